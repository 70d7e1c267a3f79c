"""Tables as they are: states, intervals, coverage, and the errors for what no table can mean."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from rankstats.lists import competition_ranks
from tests.rankstats.hand_made import Lists, published, random_lists


def frames(*rows: tuple[str, int | None, str | None], **table: object) -> Lists:
    entries = pd.DataFrame(
        [("t", place, rank, tier) for place, rank, tier in rows], columns=["table_id", "place", "rank", "tier"]
    ).astype({"rank": "Int64", "tier": "str"})
    return entries, pd.DataFrame([{"table_id": "t", "publisher": "p", **table}])


def said(entries: pd.DataFrame, tables: pd.DataFrame, **options: object) -> dict[str, tuple[str, float, float]]:
    found = rankstats.positions(rankstats.read(entries, tables, **options))
    found = found[found["table_id"] == "t"]
    return {row.place: (row.state, row.first, row.last) for row in found.itertuples()}


def extra(entries: pd.DataFrame, tables: pd.DataFrame, *places: str) -> Lists:
    """The same with a second table that lists more places."""
    more, table = published(" ".join(places))
    more, table = more.assign(table_id="other"), table.assign(table_id="other")
    return pd.concat([entries, more], ignore_index=True), pd.concat([tables, table], ignore_index=True)


def test_ties_share_a_rank_and_take_up_two() -> None:
    entries, tables = frames(("A", 1, None), ("B", 2, None), ("C", 2, None), ("D", 4, None))
    assert said(entries, tables) == {
        "A": ("ranked", 1, 1),
        "B": ("tied", 2, 2),
        "C": ("tied", 2, 2),
        "D": ("ranked", 4, 4),
    }


def test_unranked_members_of_a_top_ten_fill_the_places_that_are_left() -> None:
    ranked = [(name, rank, None) for rank, name in enumerate("ABCDE", start=1)]
    entries, tables = frames(*ranked, *[(name, None, None) for name in "FGHIJ"], n_published=10)
    entries, tables = extra(entries, tables, "A", "Z")
    found = said(entries, tables)
    assert {found[name] for name in "FGHIJ"} == {("unranked", 6, 10)}
    assert found["Z"] == ("not_listed", 11, np.inf)


def test_one_unranked_member_and_one_place_left_is_a_rank() -> None:
    entries, tables = frames(("A", 1, None), ("B", 3, None), ("C", None, None), n_published=3)
    assert said(entries, tables)["C"] == ("unranked", 2, 2)


def test_after_a_gap_a_place_not_listed_may_stand_in_it() -> None:
    rows = [("A", 1, None), ("B", 2, None), ("C", 3, None), ("D", 5, None), ("E", 8, None)]
    entries, tables = extra(*frames(*rows), "A", "Z")
    assert said(entries, tables)["Z"] == ("not_listed", 4, np.inf)
    record = rankstats.pairwise_record(
        rankstats.read(entries, tables.iloc[:1].reset_index(drop=True), places=["D", "E"])
    )
    assert record.loc[0, "tables_a"] == 1
    both = rankstats.pairwise_record(rankstats.read(entries, tables)).set_index(["place_a", "place_b"])
    assert both.loc[("C", "Z"), "tables_a"] == 1
    assert both.loc[("D", "Z"), ["tables_a", "tables_b", "tables_undecided"]].tolist() == [0, 1, 1]


def test_a_list_read_in_part_leaves_the_rest_open() -> None:
    entries, tables = extra(*frames(("A", 1, None), ("B", 2, None), n_published=20), "A", "Z")
    assert said(entries, tables)["Z"] == ("not_listed", 3, np.inf)


def test_tiers_are_ties_and_follow_the_ranks() -> None:
    rows = [("A", 1, None), ("B", None, "T1"), ("C", None, "T2"), ("D", None, "T2"), ("E", None, "T4")]
    entries, tables = extra(*frames(*rows), "A", "Z")
    found = said(entries, tables)
    assert [found[name] for name in "ABCDE"] == [
        ("ranked", 1, 1),
        ("tier", 2, 2),
        ("tier", 3, 3),
        ("tier", 3, 3),
        ("tier", 5, 5),
    ]
    # The tiers may hold places that could not be read, so nothing is known of Z but that it is below A.
    assert found["Z"] == ("not_listed", 2, np.inf)
    complete = said(entries, tables.assign(n_published=[5, np.nan]))
    assert complete["Z"] == ("not_listed", 6, np.inf)


def test_a_place_not_covered_is_not_below() -> None:
    entries, tables = extra(*frames(("A", 1, None), ("B", 2, None)), "A", "Y", "Z")
    found = said(entries, tables, not_covered={"t": ["Y"]})
    assert found["Y"][0] == "not_covered"
    assert np.isnan(found["Y"][1])
    assert found["Z"][0] == "not_listed"
    by_column = said(entries, tables.assign(not_covered=["Y; Z", None]))
    assert by_column["Y"][0] == by_column["Z"][0] == "not_covered"
    record = rankstats.pairwise_record(rankstats.read(entries, tables, not_covered={"t": ["Y"]}))
    assert record.set_index(["place_a", "place_b"]).loc[("B", "Y"), "tables_silent"] == 1


def test_a_table_of_one_scope_says_nothing_about_places_of_another() -> None:
    entries, tables = extra(*frames(("Beijing", 1, None), ("Hefei", 2, None)), "London", "Beijing")
    tables = tables.assign(scope=["china", "global"])
    assert said(entries, tables)["London"][0] == "not_covered"
    other = rankstats.positions(rankstats.read(entries, tables)).set_index(["table_id", "place"])
    assert other.loc[("other", "Hefei"), "state"] == "not_listed"


def test_places_narrows_the_view_and_changes_no_level() -> None:
    entries, tables = frames(("A", 1, None), ("B", 2, None), ("C", 3, None))
    assert said(entries, tables, places=["C", "A"]) == {"A": ("ranked", 1, 1), "C": ("ranked", 3, 3)}


def ranged(*rows: tuple[str, int | None, int | None, int | None], **table: object) -> Lists:
    entries, tables = frames(*[(place, rank, None) for place, rank, _, _ in rows], **table)
    ends = {"rank_best": [row[2] for row in rows], "rank_worst": [row[3] for row in rows]}
    return entries.assign(**{name: pd.array(values, dtype="Int64") for name, values in ends.items()}), tables


def test_a_printed_range_of_ranks_is_the_interval_of_a_place_without_a_rank() -> None:
    found = said(*ranged(("A", 1, None, None), ("B", None, 2, 9), ("C", 5, None, None), ("D", None, None, None)))
    assert found["B"] == ("unranked", 2, 9)
    assert found["D"] == ("unranked", 2, np.inf)
    taken = said(*ranged(("A", 1, None, None), ("B", None, 1, 4), ("C", 4, None, None)))
    assert taken["B"] == ("unranked", 2, 3)
    # not even a range that ends before a rank begins is lost: E stands above F
    record = rankstats.pairwise_record(
        rankstats.read(*ranged(("E", None, 1, 5), ("F", 8, None, None), ("G", None, 6, 7)))
    )
    assert record["tables_a"].tolist() == [1, 1, 0] and record["tables_b"].tolist() == [0, 0, 1]


def test_places_that_fill_their_range_hold_its_ranks() -> None:
    rows = [("A", 1, None, None), ("B", None, 2, 3), ("C", None, 2, 3)]
    assert said(*extra(*ranged(*rows), "D"))["D"] == ("not_listed", 4, np.inf)
    assert said(*extra(*ranged(*rows[:2]), "D"))["D"] == ("not_listed", 2, np.inf)


def test_a_tier_goes_before_its_range() -> None:
    entries, tables = ranged(("A", None, 1, 2), ("B", None, 1, 2), ("C", None, 3, 9))
    found = said(entries.assign(tier=["T1", "T1", "T2"]), tables)
    assert found == {"A": ("tier", 1, 1), "B": ("tier", 1, 1), "C": ("tier", 3, 3)}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("B", None, 4, 2), "'t', 'B': rank_best 4, rank_worst 2: a range of ranks goes from the better to the worse"),
        (("B", None, 4, None), "'t', 'B': .* needs both ends"),
        (("B", 2, 3, 4), "'t', 'B': .* the rank lies outside its range"),
        (("B", None, 0, 4), "'t', 'B': rank_best 0 is not a whole number from 1"),
        (("B", None, 1, 1), "'t', 'B': 0 ranks of its range are left for 1 places"),
        (("B", None, 2, 9), "'t', 'B': rank_worst 9, but only 5 places were published"),
    ],
)
def test_a_range_that_none_can_mean_is_an_error(row: tuple[str, int | None, int, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rankstats.positions(rankstats.read(*ranged(("A", 1, None, None), row, n_published=5)))


def test_only_settled_places_have_a_level() -> None:
    entries, tables = frames(("A", 1, None), ("B", None, None), ("C", None, None), n_published=3)
    entries, tables = extra(entries, tables, "C", "A", "D")
    found = rankstats.read(entries, tables)
    matrix = dict(zip(found.lists, np.nan_to_num(found.levels, nan=-1).tolist(), strict=True))
    assert matrix["t"] == [1, -1, -1, -1]
    assert matrix["other"] == [2, -1, 1, 3]


@settings(deadline=None)
@given(random_lists(), st.randoms())
def test_the_order_of_rows_shows_nowhere(lists: Lists, random: object) -> None:
    entries, tables = lists
    shuffled = entries.sample(frac=1, random_state=random.randrange(2**31))
    pd.testing.assert_frame_equal(
        rankstats.positions(rankstats.read(entries, tables)), rankstats.positions(rankstats.read(shuffled, tables))
    )
    pd.testing.assert_frame_equal(
        rankstats.borda(rankstats.read(entries, tables)), rankstats.borda(rankstats.read(shuffled, tables))
    )
    assert rankstats.kemeny(rankstats.read(entries, tables)).order.equals(
        rankstats.kemeny(rankstats.read(shuffled, tables)).order
    )


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_competition_ranks_count_the_better_ones(scores: list[int]) -> None:
    expected = [1 + sum(other > score for other in scores) for score in scores]
    assert competition_ranks(np.array(scores)).tolist() == expected


def test_competition_ranks_keep_ties_reached_by_other_sums_and_skip_missing_ones() -> None:
    assert competition_ranks(np.array([0.1 + 0.2, 0.3, np.nan, 1.0])).tolist()[:2] == [2, 2]
    assert np.isnan(competition_ranks(np.array([0.1 + 0.2, 0.3, np.nan, 1.0]))[2])


@pytest.mark.parametrize(
    ("rows", "table", "message"),
    [
        ([("A", 1, None), ("A", 2, None)], {}, "table 't' lists 'A' more than once"),
        ([("A", 0, None), ("B", 2, None)], {}, "'t', 'A': rank 0 is not a whole number from 1"),
        ([("A", 1, None), ("B", 1, None), ("C", 2, None), ("D", 4, None)], {}, "'C': rank 2 is taken up by 'A', 'B'"),
        ([("A", 1, None), ("B", 2, "first")], {}, "'B': tier 'first' is not T1, T2"),
        ([("A", 1, "T2"), ("B", 2, "T1")], {}, "'B': its tier is better than that of a place ranked above"),
        ([("A", 1, "T2"), ("B", None, "T1")], {}, "'B': no rank, but a better tier"),
        ([("A", 2, None), ("B", None, "T1")], {}, "'B': a tier without a rank cannot be placed among ranks with gaps"),
        ([("A", 1, None), ("B", None, None)], {"n_published": 1}, "published 1 places and has 2 entries"),
        ([("A", 1, None), ("B", 7, None)], {"n_published": 5}, "'B': rank 7, but only 5 places"),
        ([(None, 1, None), ("B", 2, None)], {}, "table 't' has an entry without a place"),
        ([("A", 1, None)], {}, "two places or more, there is 'A'"),
    ],
)
def test_what_no_table_can_mean_is_an_error(
    rows: list[tuple[str, int | None, str | None]], table: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        rankstats.positions(rankstats.read(*frames(*rows, **table)))


def test_a_rank_that_is_not_whole_or_not_a_number_is_an_error() -> None:
    entries, tables = published("A B")
    for wrong in (1.5, 1.3, np.inf, "first", 0, True, 1e19, 1e300):
        with pytest.raises(ValueError, match=r"'t0', 'A': rank .* is not a whole number"):
            rankstats.positions(rankstats.read(entries.assign(rank=[wrong, 2]), tables))


def test_errors_of_tables_and_options_name_what_is_wrong() -> None:
    entries, tables = published("A B", "B A C")
    with pytest.raises(ValueError, match="'t2' has no entries"):
        rankstats.positions(rankstats.read(entries, pd.concat([tables, pd.DataFrame({"table_id": ["t2"]})])))
    with pytest.raises(ValueError, match="'t1' more than once"):
        rankstats.positions(rankstats.read(entries, pd.concat([tables, tables.iloc[1:]])))
    with pytest.raises(ValueError, match="nothing to rank"):
        rankstats.positions(rankstats.read(entries, tables.iloc[:0]))
    with pytest.raises(ValueError, match="row without table_id"):
        rankstats.positions(rankstats.read(entries, tables.assign(table_id=["t0", None])))
    with pytest.raises(ValueError, match="'city', 'province'"):
        rankstats.positions(rankstats.read(entries, tables.assign(unit=["city", "province"])))
    with pytest.raises(ValueError, match="no column 'rank'"):
        rankstats.positions(rankstats.read(entries.drop(columns="rank"), tables))
    with pytest.raises(ValueError, match="no table lists 'Atlantis'"):
        rankstats.positions(rankstats.read(entries, tables, places=["A", "Atlantis"]))
    with pytest.raises(ValueError, match="'A' more than once"):
        rankstats.positions(rankstats.read(entries, tables, places=["A", "A", "B"]))
    with pytest.raises(TypeError, match="places is 'AB'; it must be a list of names"):
        rankstats.positions(rankstats.read(entries, tables, places="AB"))
    with pytest.raises(ValueError, match="'t9', which is none of the tables"):
        rankstats.positions(rankstats.read(entries, tables, not_covered={"t9": ["A"]}))
    with pytest.raises(ValueError, match="no table lists 'Atlantis'"):
        rankstats.positions(rankstats.read(entries, tables, not_covered={"t0": ["Atlantis"]}))
    with pytest.raises(ValueError, match="'t0' lists 'A', which not_covered says"):
        rankstats.positions(rankstats.read(entries, tables, not_covered={"t0": ["A"]}))
    with pytest.raises(TypeError, match="not_covered of 't0' is 'A'; it must be a list"):
        rankstats.positions(rankstats.read(entries, tables, not_covered={"t0": "A"}))
    with pytest.raises(TypeError, match="not_covered must map tables to lists"):
        rankstats.positions(rankstats.read(entries, tables, not_covered=["A"]))
    with pytest.raises(ValueError, match="table 't0', column not_covered: no table of `entries` lists 'Atlantis'"):
        rankstats.positions(rankstats.read(entries, tables.assign(not_covered=["Atlantis", None])))
    assert len(rankstats.positions(rankstats.read(entries, tables.iloc[:1].assign(not_covered=["C"])))) == 2
    for wrong in ("", "A ", 7.5):
        with pytest.raises(ValueError, match=f"table 't1': {wrong!r} is no name of a place"):
            rankstats.positions(rankstats.read(entries.assign(place=["A", "B", "B", wrong, "C"]), tables))
    with pytest.raises(ValueError, match="no table lists '1'"):
        rankstats.positions(rankstats.read(entries, tables, places=["A", 1]))
    for wrong in (3.5, np.inf, 0, "many", True):
        with pytest.raises(ValueError, match=r"table 't1': n_published .* is not a whole number from 1"):
            rankstats.positions(
                rankstats.read(entries, tables.assign(n_published=pd.Series([None, wrong], dtype=object)))
            )
    with pytest.raises(TypeError, match="tables= goes with a DataFrame of entries, not with a list"):
        rankstats.read([1], tables)
    with pytest.raises(ValueError, match="no publisher is given for 't1'"):
        rankstats.borda(rankstats.read(entries, tables.assign(publisher=["p", None])))
    with pytest.raises(ValueError, match="by is 'group', but `tables` has no column 'group'"):
        rankstats.borda(rankstats.read(entries, tables, by="group"))


def test_errors_of_weights_name_the_table() -> None:
    entries, tables = published("A B", "B A C")
    for weights, message in [
        ({"t0": 1, "t1": -0.5}, "the weight of table 't1' is -0.5; it must be zero or a positive number"),
        ({"t0": 1, "t1": float("nan")}, "the weight of table 't1' is nan"),
        ({"t0": 1, "t1": 1e300}, r"the weight of table 't1' is 1e\+300"),
        ({"t0": 1, "t1": "1"}, "the weight of table 't1' is '1'"),
        ({"t0": 1}, "weights lacks table 't1'"),
        ({"t0": 1, "t1": 1, "t2": 1}, "weights names table 't2', which is not there"),
        ({"t0": 0, "t1": 0}, "all weights are zero"),
        ([1, 2, 3], "weights has 3 numbers; there are 2, one for each table"),
        ("edition", "'publisher', 'equal' or a number for each table"),
    ]:
        with pytest.raises(ValueError, match=message):
            rankstats.read(entries, tables, weights=weights)
    with pytest.raises(TypeError, match="weights is 7; give a number for each table, by name or in order"):
        rankstats.read(entries, tables, weights=7)
    with pytest.raises(ValueError, match="by has 3 publishers for 2 lists"):
        rankstats.read(entries, tables, by=["x", "y", "z"])
    with pytest.raises(ValueError, match="by names table 't0' more than once"):
        rankstats.read(entries, tables, by=pd.Series(["x", "y", "z"], index=["t0", "t0", "t1"]))


def test_importing_the_module_imports_neither_scipy_nor_matplotlib() -> None:
    code = "import sys, rankstats; print({'scipy', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
