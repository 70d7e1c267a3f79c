"""One score from many lists: what is taken, what stays open, and what it owes to choices."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import rankstats
from aicities import tables, votes
from aicities.study.rankings import analysis as leagues
from aicities.study.robustness import analysis as scores

THREE = votes.THREE
COMMON = {
    "place_level": "city",
    "indicator_label": "things",
    "coverage": "ai",
    "relation": "eq",
    "unit": "companies",
    "as_of": "2024",
    "basis": "printed",
    "duplicate_of": None,
    "confidence": "high",
    "independent_of_article": "yes",
}


def listed(name, field, source, values, **more):
    """Rows of one group; `values` by place, with a relation where it is not eq."""
    rows = []
    for place, value in values.items():
        relation, number = value if isinstance(value, tuple) else (more.get("relation", "eq"), value)
        rows.append(
            COMMON | {"comparable_group": name, "dimension": field, "source_id": source, "place": place} | more
            | {"relation": relation, "value": float(number)}
        )  # fmt: skip
    return rows


def frame(*groups):
    return pd.DataFrame([row for rows in groups for row in rows])


def three(a, b, c):
    return dict(zip(THREE, (a, b, c), strict=True))


@pytest.fixture
def sources():
    names = ["s1", "s2", "s3"]
    return pd.DataFrame(
        {
            "source_id": names,
            "publisher_id": ["p1", "p2", "p3"],
            "publisher": names,
            "publisher_home": [None, "Shanghai", None],
            "url_kind": ["original", "original", "none"],
        }
    )


@pytest.fixture
def small():
    return frame(
        listed("A", "research", "s1", three(30, 20, 10)),
        listed("B", "research", "s2", three(2, 1, 3), relation="rank", unit="rank_china", confidence="medium"),
        listed("C", "hardware", "s3", three(("gt", 30), 45, 65), coverage="ai_related"),
    )


@pytest.fixture
def chosen(small, sources):
    return scores.lists(THREE, indicators=small, sources=sources)


def test_lists_keep_bounds_and_turn_ranks_round(chosen):
    assert chosen.about["field"].to_dict() == {"A": "research", "B": "research", "C": "hardware"}
    assert chosen.about["ranked"].tolist() == [False, True, False]
    low, high = chosen.values
    assert low["B"].tolist() == high["B"].tolist() == [-2, -1, -3]
    assert (low.loc["Beijing", "C"], high.loc["Beijing", "C"]) == (30, 130)  # "more than 30", to twice the largest
    assert low["A"].equals(high["A"])


def test_points_leave_open_what_bounds_leave_open(chosen):
    low, high = scores.points(chosen)
    assert low["C"].tolist() == [1, 1, 2] and high["C"].tolist() == [3, 2, 3]
    assert scores.standings(chosen).loc["C"].tolist() == ["1–3", "2–3", "1–2"]
    assert scores.standings(chosen).loc["B"].tolist() == ["2", "1", "3"]
    # what is open adds up to the same six points as what is not
    assert scores.middle(scores.points(chosen)).sum().tolist() == [6, 6, 6]


def test_reach_of_an_open_end_changes_no_order(small, sources):
    near, far = (scores.lists(THREE, indicators=small, sources=sources, beyond=b) for b in (1.1, 50))
    for one, other in zip(scores.points(near), scores.points(far), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_one_list_for_each_field_and_publisher_nearest_then_most_exact_then_longest(sources):
    rows = frame(
        listed("old", "research", "s1", three(300, 200, 100), as_of="2019"),
        listed("vague", "research", "s1", three(90, ("approx", 80), 70), as_of="2024-07"),
        listed("short", "research", "s1", three(3, 2, 1), as_of="2024-07"),
        listed("long", "research", "s1", three(30, 20, 10), as_of="2024-07"),
        listed("other", "research", "s2", three(3, 2, 1), as_of="2010"),
        listed("wide", "research", "s3", three(3, 2, 1), coverage="all_sectors"),
        listed("index", "overall", "s3", three(3, 2, 1)),
    )
    assert list(scores.lists(THREE, indicators=rows, sources=sources).about.index) == ["long", "other"]
    kept = scores.lists(THREE, keep=["old", "vague"], indicators=rows, sources=sources)
    assert list(kept.about.index) == ["vague"]
    assert kept.values.low.loc["Shanghai", "vague"] == pytest.approx(72)


def test_named_together_share_their_ranks(sources):
    rows = listed("T", "talent", "s1", three(1, 2, 4), relation="rank", unit="rank_china")
    for row in rows[:2]:
        row["basis"] = "named_together"
    chosen = scores.lists(THREE, indicators=frame(rows), sources=sources)
    assert scores.standings(chosen).loc["T"].tolist() == ["1–2", "1–2", "3"]


def test_no_list_left_is_an_error(small, sources):
    with pytest.raises(ValueError, match="no list has a figure of each of Beijing, Shanghai, Shenzhen"):
        scores.lists(THREE, keep=[], indicators=small, sources=sources)


def test_means_of_fields_and_groups(chosen):
    fields = scores.by_field(scores.middle(scores.points(chosen)), chosen.about)
    assert fields["research"].tolist() == [2.5, 2.5, 1] and list(fields.columns) == ["research", "hardware"]
    every = pd.DataFrame(dict.fromkeys(votes.FIELDS, 1.0), index=THREE).assign(research=4.0)
    assert scores.in_groups(every).loc["Beijing"].to_dict() == {"minds": 2, "money and firms": 1, "things and uses": 1}
    assert sorted(sum(scores.GROUPS.values(), ())) == sorted(votes.FIELDS)


def test_first_is_the_length_of_the_part_of_a_line():
    # two fields, weight w on the first: Beijing has 3w + 1(1-w), Shanghai 1w + 2(1-w); level at w = 1/3
    two = pd.DataFrame({"a": [3.0, 1, 0], "b": [1.0, 2, 0]}, index=THREE)
    about = pd.DataFrame({"field": ["research", "hardware"]}, index=["a", "b"])
    assert scores.first(two, about).tolist() == pytest.approx([2 / 3, 1 / 3, 0])


@pytest.fixture
def places():
    return pd.DataFrame(
        {"place": ["Shenzhen", "Shanghai", "Beijing"], "province": ["Guangdong", "Shanghai", "Beijing"]}
    )


def test_incomplete_lists_bound_what_is_missing(small, sources, places, chosen):
    holes = frame(
        listed("capped", "models", "s1", {"Beijing": 100, "Shanghai": 60}),
        [listed("capped", "models", "s1", {"Guangdong": 40})[0] | {"place_level": "province"}],
        listed("free", "capital", "s1", {"Beijing": 100, "Shanghai": 60}, unit="points"),
        listed(
            "rank", "talent", "s2", {"Shanghai": 1, "Guangzhou": 3, "Shenzhen": 4}, relation="rank", unit="rank_china"
        ),
        listed("votes", "research", "s1", {"Beijing": 100, "Shanghai": 60}),
        listed("lone", "talent", "s3", {"Beijing": 100}),
        listed("regional", "talent", "s3", {"Beijing": 1, "Shanghai": 1}, relation="rank", unit="rank_region"),
    )
    found = scores.incomplete(chosen, indicators=pd.concat([small, holes]), sources=sources, places=places)
    assert list(found.about.index) == ["capped", "free", "rank"]
    ends = {name: [(end[name]).to_dict() for end in found.values] for name in found.about.index}
    assert [end["Shenzhen"] for end in ends["capped"]] == [0, 40]  # no more than its province
    assert [end["Shenzhen"] for end in ends["free"]] == [0, 200]  # a score has no whole
    assert [end["Beijing"] for end in ends["rank"]] == [-5, -2]  # second, or below all that are listed
    assert found.about.loc["free", "label"] == "things, no figure of Shenzhen"


def test_swings_take_every_order_that_bounds_allow(chosen, small, sources, places):
    none = scores.incomplete(chosen, indicators=small, sources=sources, places=places)
    assert len(none.about) == 0
    found = scores.swings(chosen, none, "Beijing").set_index("label")
    assert found["kind"].to_dict() == {"things": "open", "hardware": "new", "research": "new"}
    middle = scores.middle(scores.points(chosen))
    by_hand = []
    for order in permutations((1.0, 2.0, 3.0)):
        if order[1] < 3 and order[2] > 1:
            by_hand.append(scores.first(middle.assign(C=order), chosen.about)["Beijing"])
    assert found.loc["things", ["low", "high"]].tolist() == [min(by_hand), max(by_hand)]
    assert (
        found.loc["hardware", "low"] <= scores.first(middle, chosen.about)["Beijing"] <= found.loc["hardware", "high"]
    )
    assert found.loc["research", "lists"] == 2


def test_rules_choose_what_is_believed(small, sources):
    found = scores.under_rules(THREE, indicators=small, sources=sources)
    kept = {rule: list(part.about.index) for rule, part in found.lists.items()}
    assert kept == {
        "as_is": ["A", "B", "C"], "exact": ["A", "B", "C"], "away": ["A", "C"], "printed": ["A", "B", "C"],
        "page": ["A", "B"], "ai": ["A", "B"], "window": ["A", "B", "C"], "high": ["A", "C"],
    }  # fmt: skip
    assert found.leading.loc["research", ["as_is", "away"]].tolist() == [votes.SPLIT, "Beijing"]
    assert found.leading.loc["hardware", ["as_is", "page"]].tolist() == [votes.OPEN, scores.NO_LIST]
    assert list(found.leading.index) == votes.FIELDS
    assert found.shares.sum(axis=1).tolist() == pytest.approx([1] * len(scores.RULES))


@pytest.mark.parametrize(
    ("change", "rule"),
    [({"relation": "approx"}, "exact"), ({"basis": "own_count"}, "printed"), ({"as_of": "2021-05"}, "window"),
     ({"as_of": "2024-09"}, "window"), ({"confidence": "medium"}, "high")],
)  # fmt: skip
def test_each_rule_shuts_out_what_it_names(small, sources, change, rule):
    rows = small.copy()
    for column, value in change.items():
        rows.loc[rows.index[0], column] = value
    found = scores.under_rules(THREE, indicators=rows, sources=sources)
    assert "A" not in found.lists[rule].about.index
    assert "A" in found.lists["as_is"].about.index


# --- the data package -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    return scores.lists(THREE)


def test_lists_of_the_package_are_one_for_each_field_and_publisher(real):
    assert not real.about.duplicated(["field", "publisher_id"]).any()
    assert set(real.about["field"]) == set(votes.FIELDS)
    answers = votes.field_leaders()
    assert len(real.about) == len(answers)


def test_places_of_the_package_agree_with_its_leaders(real):
    groups = votes.by_group(THREE).set_index("comparable_group")["leader"]
    standings = scores.standings(real)
    for name in real.about.index:
        sure = standings.loc[name][standings.loc[name] == "1"].index.tolist()
        assert sure == ([] if groups[name] == votes.OPEN else [groups[name]])


def test_exact_shares_agree_with_draws(real):
    places = scores.middle(scores.points(real))
    drawn = rankstats.acceptability(scores.by_field(places, real.about), draws=40_000, seed=1)
    exact = scores.first(places, real.about)
    assert np.abs(drawn.shares[1] - exact).max() < 5 * drawn.about.standard_error


def test_ways_are_shares_and_start_with_all_weights(real):
    places = scores.middle(scores.points(real))
    found = scores.ways(places, real.about)
    assert np.allclose(found.sum(axis=1), 1)
    assert found.iloc[0].tolist() == pytest.approx(scores.first(places, real.about).tolist())


def test_choices_are_the_same_for_the_same_seed(real):
    one, about = scores.choices(real, draws=2000, seed=3)
    again, _ = scores.choices(real, draws=2000, seed=3)
    pd.testing.assert_frame_equal(one, again)
    assert (about.draws, about.seed) == (2000, 3) and about.standard_error > 0
    assert np.allclose(one[THREE].sum(axis=1), 1)
    assert one.groupby("scale", sort=False).size().to_dict() == {"place": 4, "minmax": 1, "share": 2, "leader": 2}


def test_labels_name_lists_that_exist(real):
    extra = scores.incomplete(real)
    assert set(scores.LABELS) == set(scores.swings(real, extra, "Beijing")["list"].dropna())
    assert set(scores.LABELS) <= set(tables.load("city_indicators")["comparable_group"].dropna())


def test_losses_of_publishers():
    printed, entries = leagues.city_tables()
    some = printed[printed["independent"] & (printed["listed"] >= 6) & (printed["topic"] == "overall")]
    each = scores.without_each(entries, some, THREE, draws=200)
    assert sorted(each["without"]) == sorted(some["witness"].unique())
    assert each["chance"].is_monotonic_decreasing and (each["publishers"] == some["witness"].nunique() - 1).all()
    row = each.iloc[0]
    again = leagues.outcome(entries, some[some["witness"] != row["without"]], THREE, draws=200)
    assert (row["chance"], row["consensus"]) == (again["chance"], again["consensus"])
    two = scores.without_pairs(entries, some, k=2)
    count = some["witness"].nunique()
    assert len(two) == count * (count - 1) // 2 and set(two["first"]) == {"Beijing, Shanghai"}
