"""Lists in every shape that people have them in, and what is said of what was understood."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import rankstats
from tests.rankstats.hand_made import published

SHAPES = {
    "orders": [["a", "b", "c"], ["b", ("a", "c")]],
    "sets for ties": [["a", "b", "c"], ["b", {"c", "a"}]],
    "by name": {"list 1": ["a", "b", "c"], "list 2": ["b", ["a", "c"]]},
    "ranks by place": {"list 1": {"a": 1, "b": 2, "c": 3}, "list 2": pd.Series({"c": 2, "a": 2, "b": 1})},
    "table": pd.DataFrame({"list 1": [1, 2, 3], "list 2": [2, 1, 2]}, index=["a", "b", "c"]),
    "table with a column": pd.DataFrame({"place": ["a", "b", "c"], "list 1": [1, 2, 3], "list 2": [2, 1, 2]}),
    "mean ranks": pd.DataFrame({"list 1": [1, 2, 3], "list 2": [2.5, 1, 2.5]}, index=["a", "b", "c"]),
    "entries": published("a b c", "b (a c)")[0].replace({"table_id": {"t0": "list 1", "t1": "list 2"}}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_the_same_two_lists(shape: str) -> None:
    found = rankstats.positions(rankstats.read(SHAPES[shape]))
    pd.testing.assert_frame_equal(found, rankstats.positions(rankstats.read(SHAPES["orders"])))


def test_scores_are_ranked_whichever_way_is_better() -> None:
    table = pd.DataFrame({"list 1": [9.5, 7, -1], "list 2": [0, 3, 0]}, index=["a", "b", "c"])
    expected = rankstats.positions(rankstats.read(SHAPES["orders"]))
    pd.testing.assert_frame_equal(rankstats.positions(rankstats.read(table, scores="higher")), expected)
    pd.testing.assert_frame_equal(rankstats.positions(rankstats.read(-table, scores="lower")), expected)


def test_ballots_have_their_numbers() -> None:
    lists = rankstats.read({("a", "b", "c"): 12, ("b", ("a", "c")): 7})
    assert lists.weights.tolist() == [12, 7]
    assert lists.preferences.loc["a", "b"] == 12 and lists.preferences.loc["b", "c"] == 19
    with pytest.raises(ValueError, match="the ballots have their numbers; give no weights"):
        rankstats.read({("a", "b"): 12, ("b", "a"): 7}, weights="equal")


def test_numbers_are_names_too() -> None:
    assert rankstats.read([[2, 1, 10], [1, 2]]).places == ["1", "10", "2"]


def test_what_no_list_names_stays_open_where_nothing_is_said() -> None:
    table = pd.DataFrame({"x": [1, 2, np.nan]}, index=["a", "b", "c"])
    for scores, unlisted, expected in (
        (None, None, "not_listed"),
        ("lower", None, "not_covered"),
        ("lower", "below", "not_listed"),
        (None, "unknown", "not_covered"),
    ):
        found = rankstats.positions(rankstats.read(table, scores=scores, unlisted=unlisted)).set_index("place")
        assert found.loc["c", "state"] == expected


@pytest.mark.parametrize(
    ("ranks", "given", "level"),
    [
        ("competition", [1, 2, 2, 4], [1, 2, 2, 4]),
        ("dense", [1, 2, 2, 3], [1, 2, 2, 4]),
        ("mean", [1, 2.5, 2.5, 4], [1, 2, 2, 4]),
        ("mean", [2, 2, 2, 4], [1, 1, 1, 4]),
    ],
)
def test_ranks_of_each_kind_are_recognised_or_asked_for(ranks: str, given: list[float], level: list[float]) -> None:
    table = pd.DataFrame({"x": given}, index=list("abcd"), dtype=float)
    for how in ("auto", ranks):
        found = rankstats.read(table, ranks=how)
        assert found.levels[0].tolist() == level
    assert ("" if ranks == "competition" else f"read as {ranks} ranks") in str(rankstats.read(table))
    wrong = {"competition": "dense", "dense": "competition", "mean": "competition"}[ranks]
    if given != [2, 2, 2, 4]:
        with pytest.raises(ValueError, match=f"table 'x'.*({wrong} ranks go|not a whole number)"):
            rankstats.read(table, ranks=wrong)


def test_all_lists_are_read_in_one_way_if_there_is_one() -> None:
    # by itself the second list could be a group that shares rank 2, with nobody known to be first
    table = pd.DataFrame({"x": [1, 2.5, 2.5], "y": [2.0, 2, 2]}, index=list("abc"))
    assert rankstats.read(table).levels[1].tolist() == [1, 1, 1]
    mixed = pd.DataFrame({"x": [1, 2.5, 2.5, 4], "y": [1, 2, 2, 3]}, index=list("abcd"))
    assert "read as mean ranks in 1, read as dense ranks in 1" in str(rankstats.read(mixed))


def test_the_lists_say_what_was_understood() -> None:
    entries, tables = published("a b c d", "a (b c)", "b a d", publishers=["p", "p", "q"])
    entries.loc[entries["table_id"].eq("t2") & entries["place"].eq("d"), "rank"] = pd.NA
    entries.loc[entries["table_id"].eq("t0") & entries["place"].eq("d"), "rank"] = 9
    lists = rankstats.read(entries, tables, not_covered={"t2": ["c"]})
    assert str(lists).splitlines() == [
        "3 lists of 4 places",
        "publishers: 2, with several lists: p 2; weights: one vote each",
        "ranks: ties in 1 list, members without a rank in 1 list, gaps in 1 list",
        "not listed: 1 of 12, below those listed",
        "not covered: 1 of 12, of which nothing is said",
    ]
    assert repr(lists) == str(lists)


def test_some_lists_and_some_places_are_taken_without_reading_again() -> None:
    entries, tables = published("a b c d", "a (b c)", "b a d", publishers=["p", "p", "q"])
    lists = rankstats.read(entries, tables)
    part = lists.select(lists=["t2", "t0"], places=["d", "a"])
    expected = rankstats.read(entries, tables.iloc[[2, 0]], places=["a", "d"])
    pd.testing.assert_frame_equal(rankstats.positions(part), rankstats.positions(expected))
    assert part.weights.tolist() == expected.weights.tolist() == [1, 1]
    for wrong in ({"lists": ["t9"]}, {"lists": []}, {"places": ["a", "a"]}, {"lists": "t0"}):
        with pytest.raises(ValueError, match="give a list of different names among"):
            lists.select(**wrong)
    with pytest.raises(ValueError, match="an order needs two places or more, not 1"):
        lists.select(places=["a"])
    assert lists.weighted([1, 2, 3]).weights.tolist() == [1, 2, 3]
    assert lists.weighted("equal").weights.tolist() == [1, 1, 1]


def test_ids_read_as_numbers_are_named() -> None:
    entries, tables = published("a b", "b a")
    with pytest.raises(ValueError, match=r"no entry belongs to a table of `tables`; table_id is int64 in `entries`"):
        rankstats.read(entries.assign(table_id=[0, 0, 1, 1]), tables)


@pytest.mark.parametrize(
    ("data", "options", "error", "message"),
    [
        ([], {}, ValueError, "there is no list"),
        (["a", "b"], {}, TypeError, "list 'list 1' is 'a'; an order is a list of places, best first"),
        ([{"a", "b"}], {}, TypeError, "is a set, which has no order"),
        ([["a", "b", "a"]], {}, ValueError, "list 'list 1' names 'a' more than once"),
        ([["a", ""]], {}, ValueError, "list 'list 1': '' is no name of a place"),
        ([[]], {}, ValueError, "names no place; leave it out"),
        (7, {}, TypeError, "data is a int; read() takes a DataFrame"),
        ({"a": 1, "b": 2}, {}, TypeError, "put them into a list or a mapping of lists"),
        ([["a", "b"]], {"scores": "higher"}, ValueError, "scores= is for numbers; an order has none"),
        ([["a", "b"]], {"ranks": "ordinal"}, ValueError, "ranks is 'ordinal'"),
        ([["a", "b"]], {"unlisted": "last"}, ValueError, "unlisted is 'last'"),
        (
            pd.DataFrame({"x": [0.3, 0.7]}, index=["a", "b"]),
            {},
            ValueError,
            "if these are scores, give scores='higher'",
        ),
        (pd.DataFrame({"x": ["1", "2"]}, index=["a", "b"]), {}, ValueError, "every list must be numeric"),
        (pd.DataFrame({"x": [1.0, 2]}, index=["a", "b"]), {"scores": "up"}, ValueError, "scores is 'up'"),
        (rankstats.read([["a", "b"]]), {}, TypeError, "use weighted() or select()"),
    ],
)
def test_what_is_no_list_is_named(data: object, options: dict, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        rankstats.read(data, **options)
    assert message in str(caught.value)


def test_what_does_not_come_from_read_is_sent_there() -> None:
    for function in (rankstats.borda, rankstats.agreement, rankstats.kendall_w, rankstats.kemeny, rankstats.positions):
        with pytest.raises(TypeError, match=r"lists must come from rankstats.read\(\)"):
            function(pd.DataFrame({"x": [1, 2]}))


def test_a_thousand_places_in_many_lists_take_little_memory() -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {f"l{k}": rng.permutation(300) + 1 for k in range(200)}, index=[f"p{k:03}" for k in range(300)]
    )
    lists = rankstats.read(table)
    found = rankstats.copeland(lists).set_index("place")
    votes = sum((table[[name]].to_numpy() < table[name].to_numpy()).astype(int) for name in table)
    assert found.loc[table.index, "wins"].tolist() == (votes > votes.T).sum(axis=1).tolist()


def test_more_than_a_gigabyte_is_refused_with_advice() -> None:
    big = pd.DataFrame(np.zeros((30_000, 1)))
    for function in (rankstats.acceptability, rankstats.pairwise):
        with pytest.raises(ValueError, match=r"would take \d+\.\d GiB of memory; give fewer places"):
            function(big)
