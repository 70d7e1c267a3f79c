"""One score from many lists: what is taken, what stays open, and what it owes to choices."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import aicities as ac
import rankstats
from aicities import votes
from aicities.study.headline.analysis import field_leaders
from aicities.study.rankings import analysis as rankings
from aicities.study.robustness import analysis as scores

THREE = list(votes.THREE)
COMMON = {
    "place_level": "city",
    "indicator_label": "things",
    "short_label": "things",
    "value_max": None,
    "fit": "direct",
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


SOURCES = pd.DataFrame(
    {
        "source_id": ["s1", "s2", "s3"],
        "publisher_id": ["p1", "p2", "p3"],
        "publisher": ["s1", "s2", "s3"],
        "short_name": ["One", "Two", "Three"],
        "publisher_home": [None, "Shanghai", None],
        "url_kind": ["original", "original", "none"],
    }
)
PLACES = pd.DataFrame({"place": ["Shenzhen", "Shanghai", "Beijing"], "province": ["Guangdong", "Shanghai", "Beijing"]})
ARTICLES = pd.DataFrame({"published": ["2024-08-02"]})


def package(*groups):
    """A data package with these groups of rows, or a frame of them."""
    rows = groups[0] if isinstance(groups[0], pd.DataFrame) else frame(*groups)
    # the first edition ended at SP467; these come after it unless they say otherwise
    numbered = rows.assign(fact_id=[f"SP{500 + n}" for n in range(len(rows))]) if "fact_id" not in rows else rows
    numbered = numbered.astype({"value_max": "float64"})
    return {"city_indicators": numbered, "sources": SOURCES, "places": PLACES, "articles": ARTICLES}


@pytest.fixture
def small():
    return package(rows_of_small())


def rows_of_small():
    return frame(
        listed("A", "research", "s1", three(30, 20, 10)),
        listed("B", "research", "s2", three(2, 1, 3), relation="rank", unit="rank_china", confidence="medium"),
        listed("C", "devices", "s3", three(("gt", 30), 45, 65), coverage="ai_related"),
    )


@pytest.fixture
def chosen(small):
    return scores.chosen_lists(small)


def test_lists_keep_bounds_and_turn_ranks_round(chosen):
    assert chosen.about["field"].to_dict() == {"A": "research", "B": "research", "C": "devices"}
    assert chosen.about["ranked"].tolist() == [False, True, False]
    low, high = chosen.values
    assert low["B"].tolist() == high["B"].tolist() == [-2, -1, -3]
    assert (low.loc["Beijing", "C"], high.loc["Beijing", "C"]) == (30, 130)  # "more than 30", to twice the largest
    assert low["A"].equals(high["A"])


def test_points_leave_open_what_bounds_leave_open(chosen):
    low, high = scores.place_points(chosen)
    assert low["C"].tolist() == [1, 1, 2] and high["C"].tolist() == [3, 2, 3]
    assert scores.places_in_words(chosen).loc["C"].tolist() == ["1–3", "2–3", "1–2"]
    assert scores.places_in_words(chosen).loc["B"].tolist() == ["2", "1", "3"]
    # what is open adds up to the same six points as what is not
    assert scores.midpoints(scores.place_points(chosen)).sum().tolist() == [6, 6, 6]


def test_the_middle_place_is_worth_what_one_says(chosen):
    for worth, points in ((0, 1.0), (0.5, 2.0), (0.75, 2.5), (1, 3.0)):
        given = scores.place_points(chosen, middle=worth)
        assert given.low["A"].tolist() == given.high["A"].tolist() == [3, points, 1]
    assert scores.place_points(chosen, middle=1).high["C"].tolist() == [3, 3, 3]


def test_floors_read_as_in_the_news_have_a_ceiling(small):
    low, high = scores.chosen_lists(small, floors="rounded").values
    assert (low.loc["Beijing", "C"], high.loc["Beijing", "C"]) == (30, 40)
    hanging = scores.lists_by_floors(small)
    assert hanging.to_numpy().tolist() == [["things", votes.OPEN, "Shenzhen"]]


def test_one_list_for_each_field_and_publisher_nearest_then_most_exact_then_longest():
    rows = frame(
        listed("old", "research", "s1", three(300, 200, 100), as_of="2019"),
        listed("vague", "research", "s1", three(90, ("approx", 80), 70), as_of="2024-07"),
        listed("short", "research", "s1", three(3, 2, 1), as_of="2024-07"),
        listed("long", "research", "s1", three(30, 20, 10), as_of="2024-07"),
        listed("other", "research", "s2", three(3, 2, 1), as_of="2010"),
        listed("wide", "research", "s3", three(3, 2, 1), coverage="all_sectors"),
        listed("index", "overall", "s3", three(3, 2, 1)),
    )
    assert list(scores.chosen_lists(package(rows)).about.index) == ["long", "other"]
    kept = scores.chosen_lists(package(rows[rows["comparable_group"].isin(["old", "vague"])]))
    assert list(kept.about.index) == ["vague"]
    assert kept.values.low.loc["Shanghai", "vague"] == pytest.approx(72)


def test_named_together_share_their_ranks():
    rows = listed("T", "talent", "s1", three(1, 2, 4), relation="rank", unit="rank_china")
    for row in rows[:2]:
        row["basis"] = "named_together"
    chosen = scores.chosen_lists(package(rows))
    assert scores.places_in_words(chosen).loc["T"].tolist() == ["1–2", "1–2", "3"]


def test_no_list_left_is_an_error(small):
    with pytest.raises(ValueError, match="no list has a number of each of Beijing, Shanghai, Shenzhen"):
        scores.chosen_lists(small | {"city_indicators": small["city_indicators"].head(2)})


def test_means_of_fields_and_groups(chosen):
    fields = scores.field_means(scores.midpoints(scores.place_points(chosen)), chosen.about)
    assert fields["research"].tolist() == [2.5, 2.5, 1] and list(fields.columns) == ["research", "devices"]
    every = pd.DataFrame(dict.fromkeys(votes.FIELDS, 1.0), index=THREE).assign(research=4.0)
    assert scores.group_means(every).loc["Beijing"].to_dict() == {
        "minds": 2, "money and firms": 1, "things and uses": 1
    }  # fmt: skip
    assert sorted(sum(scores.GROUPS.values(), ())) == sorted(votes.FIELDS)


TWO = pd.DataFrame({"research": [3.0, 1, 0], "devices": [1.0, 2, 0]}, index=THREE)


def test_share_first_is_the_length_of_the_part_of_a_line():
    # weight w on the first: Beijing has 3w + 1(1-w), Shanghai 1w + 2(1-w); level at w = 1/3
    about = pd.DataFrame({"field": ["research", "devices"]}, index=["research", "devices"])
    assert scores.share_first(TWO, about).tolist() == pytest.approx([2 / 3, 1 / 3, 0])


def test_weights_that_are_no_mapping_are_told_as_such():
    for wrong in ("research=2", None, [1, 2]):
        with pytest.raises(ValueError, match="expected fields with numbers, such as"):
            scores.score_under(TWO, wrong)


def test_score_under_weights_of_ones_own():
    found, moved = scores.score_under(TWO, {"research": 3, "devices": 1, "chips": 5})  # chips have no list here
    assert found.to_dict() == {"Beijing": 2.5, "Shanghai": 1.25, "Shenzhen": 0}
    # from weight 3/4 on research to 1/3
    assert moved.tolist() == pytest.approx([0, 3 / 4 - 1 / 3, np.inf], abs=1e-6)


@pytest.mark.parametrize(
    ("weights", "said"),
    [({"chpis": 1}, "'chpis', which is no field.*did you mean 'chips'"), ({"research": 0}, "all weights are zero"),
     ({"research": -1}, "weight of indicator 'research' is -1")],
)  # fmt: skip
def test_wrong_weights_are_named(weights, said):
    with pytest.raises(ValueError, match=said):
        scores.score_under(TWO, weights)


def test_orders_of_fields_average_to_all_weights():
    fields = TWO.assign(models=[1.0, 1.5, 0], chips=[2.0, 2.5, 0])
    found = scores.field_orders(fields, "Beijing", "Shanghai")
    # each weighting lies in one order, and all orders are equally large
    assert found.shares.mean() == pytest.approx(rankstats.pairwise(fields).p_ahead("Beijing", "Shanghai"))
    by_first = found.by_first.set_index("first")
    assert by_first.loc["models", "majority"] == by_first.loc["chips", "majority"]  # the same lead
    assert by_first.loc["research", "lowest"] > by_first.loc["devices", "lowest"]
    order = ["research", "models", "chips", "devices"]
    one = rankstats.pairwise(fields, law=rankstats.ordered(order)).p_ahead("Beijing", "Shanghai")
    assert np.isclose(found.shares, one).any()


def test_pairs_only_counts_who_stands_above_whom():
    about = pd.DataFrame({"field": ["research", "devices"]}, index=["a", "b"])
    ends = pd.DataFrame({"a": [9.0, 2, 1], "b": [2.0, 3, 1]}, index=THREE)
    both = rankstats.Interval(ends, ends)
    # Beijing beats Shanghai where research weighs more than half, and Shenzhen always
    assert scores.share_by_pairs(scores.Lists(about, both)).tolist() == pytest.approx([0.5, 0.5, 0])
    # a cycle has no winner
    ring = pd.DataFrame({"a": [3.0, 2, 1], "b": [1.0, 3, 2], "c": [2.0, 1, 3]}, index=THREE)
    about = pd.DataFrame({"field": ["research", "devices", "chips"]}, index=list("abc"))
    assert scores.share_by_pairs(scores.Lists(about, rankstats.Interval(ring, ring))).sum() < 0.9


def test_lists_short_of_one_city_bound_what_is_missing(chosen):
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
    found = scores.lists_short_of_one_city(package(pd.concat([rows_of_small(), holes])), chosen)
    assert list(found.about.index) == ["capped", "free", "rank"]
    ends = {name: [(end[name]).to_dict() for end in found.values] for name in found.about.index}
    assert [end["Shenzhen"] for end in ends["capped"]] == [0, 40]  # no more than its province
    assert [end["Shenzhen"] for end in ends["free"]] == [0, 200]  # a score has no whole
    assert [end["Beijing"] for end in ends["rank"]] == [-5, -2]  # second, or below all that are listed
    assert found.about.loc["free", "label"] == "things: no Shenzhen"


def test_unknowns_take_every_order_that_bounds_allow(chosen, small):
    none = scores.lists_short_of_one_city(small, chosen)
    assert len(none.about) == 0
    found = scores.unknowns(chosen, none, "Beijing").set_index("label")
    assert found["kind"].to_dict() == {"things": "open", "devices": "new", "research": "new"}
    middle = scores.midpoints(scores.place_points(chosen))
    by_hand = []
    for order in permutations((1.0, 2.0, 3.0)):
        if order[1] < 3 and order[2] > 1:
            by_hand.append(scores.share_first(middle.assign(C=order), chosen.about)["Beijing"])
    assert found.loc["things", ["low", "high"]].tolist() == [min(by_hand), max(by_hand)]
    now = scores.share_first(middle, chosen.about)["Beijing"]
    assert found.loc["devices", "low"] <= now <= found.loc["devices", "high"]
    assert found.loc["research", "lists"] == 2


def test_rules_choose_what_is_believed(small):
    found = scores.under_rules(small)
    kept = {rule: list(part.about.index) for rule, part in found.lists.items()}
    assert kept == {
        "as_is": ["A", "B", "C"], "direct": ["A", "B", "C"], "exact": ["A", "B", "C"], "away": ["A", "C"],
        "printed": ["A", "B", "C"], "page": ["A", "B"], "ai": ["A", "B"], "window": ["A", "B", "C"], "high": ["A", "C"],
    }  # fmt: skip
    assert found.leading.loc["research", ["as_is", "away"]].tolist() == [votes.SPLIT, "Beijing"]
    assert found.leading.loc["devices", ["as_is", "page"]].tolist() == [votes.OPEN, scores.NO_LIST]
    assert list(found.leading.index) == ["research", "devices"]
    assert found.shares.sum(axis=1).tolist() == pytest.approx([1] * len(scores.RULES))


@pytest.mark.parametrize(
    ("change", "rule"),
    [({"relation": "approx"}, "exact"), ({"basis": "own_count"}, "printed"), ({"as_of": "2021-05"}, "window"),
     ({"as_of": "2024-09"}, "window"), ({"confidence": "medium"}, "high"), ({"fit": "proxy"}, "direct")],
)  # fmt: skip
def test_each_rule_shuts_out_what_it_names(change, rule):
    rows = rows_of_small().reset_index(drop=True)
    for column, value in change.items():
        rows.loc[0, column] = value
    found = scores.under_rules(package(rows))
    assert "A" not in found.lists[rule].about.index
    assert "A" in found.lists["as_is"].about.index


def test_a_rule_that_leaves_nothing_is_left_out():
    found = scores.under_rules(package(listed("A", "research", "s1", three(30, 20, 10), fit="proxy")))
    assert "direct" not in found.leading and "direct" not in found.shares.index


def test_turned_names_the_lists_that_say_otherwise():
    old = frame(listed("A", "research", "s1", three(30, 20, 10)), listed("B", "models", "s1", three(3, 2, 1)))
    new = frame(listed("C", "research", "s2", three(1, 2, 3)), listed("D", "models", "s2", three(3, 2, 1)))
    rows = pd.concat([old, new], ignore_index=True)
    found = scores.turned(package(rows.assign(fact_id=[f"SP{462 + n}" for n in range(len(rows))])))
    assert found.to_numpy().tolist() == [
        ["research", "Beijing", "split", 1, "Two, things (Shenzhen)"], ["models", "Beijing", "Beijing", 1, ""]
    ]  # fmt: skip


# --- the data package -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data():
    return ac.load_all()


@pytest.fixture(scope="module")
def real(data):
    return scores.chosen_lists(data)


def test_lists_of_the_package_are_one_for_each_field_and_publisher(data, real):
    assert not real.about.duplicated(["field", "publisher_id"]).any()
    assert set(real.about["field"]) == set(votes.FIELDS)
    assert len(real.about) == len(field_leaders(data))


def test_places_of_the_package_agree_with_its_leaders(data, real):
    groups = votes.by_group(data, THREE).set_index("comparable_group")["leader"]
    places = scores.places_in_words(real)
    for name in real.about.index:
        sure = places.loc[name][places.loc[name] == "1"].index.tolist()
        assert sure == ([] if groups[name] == votes.OPEN else [groups[name]])


def test_exact_shares_agree_with_draws(real):
    places = scores.midpoints(scores.place_points(real))
    drawn = rankstats.acceptability(scores.field_means(places, real.about), draws=40_000, seed=1)
    exact = scores.share_first(places, real.about)
    assert np.abs(drawn.shares[1] - exact).max() < 5 * drawn.about.standard_error


def test_kinds_of_weighting_are_shares_and_start_with_all_weights(real):
    places = scores.midpoints(scores.place_points(real))
    found = scores.kinds_of_weighting(places, real.about)
    assert np.allclose(found.sum(axis=1), 1)
    assert found.iloc[0].tolist() == pytest.approx(scores.share_first(places, real.about).tolist())


def test_pairs_agree_with_draws_of_weights(real):
    low, high = real.values
    # uniform on the simplex
    names = sorted(set(real.about["field"]))
    weights = pd.DataFrame(np.random.default_rng(2).dirichlet(np.ones(len(names)), 20_000), columns=names)
    won = np.ones(len(weights), dtype=bool)
    for other in ("Shanghai", "Shenzhen"):
        margin = (low.loc["Beijing"] > high.loc[other]).astype(float) - (low.loc[other] > high.loc["Beijing"])
        by_field = margin.groupby(real.about["field"]).mean()
        won &= (weights[by_field.index] @ by_field > 0).to_numpy()
    assert scores.share_by_pairs(real)["Beijing"] == pytest.approx(won.mean(), abs=0.015)


def test_discrete_choices_hold_the_answer_between_their_ends(data, real):
    scales, _ = scores.shares_by_scale_and_mean(real)
    found = scores.discrete_choices(data, "Beijing", believed=scores.under_rules(data).shares, scales=scales)
    base = scores.share_first(scores.midpoints(scores.place_points(real)), real.about)["Beijing"]
    alone = found.set_index("choice").drop("scale, same lists and mean")  # which has other lists
    assert ((alone["low"] <= base) & (base <= alone["high"])).all()
    assert (found["high"] - found["low"]).is_monotonic_decreasing
    number = len(set(real.about["field"]))
    assert alone.loc["order of importance of the fields", "options"] == np.prod(np.arange(1, number + 1))
    assert alone.loc["one list left out", "options"] == len(real.about)


def test_scales_and_means_are_shares_over_the_same_lists(real):
    found, about = scores.shares_by_scale_and_mean(real)
    assert (about.draws, about.seed) == (scores.DRAWS, 0) and about.standard_error > 0
    assert np.allclose(found[THREE].sum(axis=1), 1)
    assert found.groupby("scale", sort=False).size().to_dict() == {"place": 4, "minmax": 1, "share": 2, "leader": 2}


def test_the_first_edition_is_the_older_part(data):
    old = scores.first_round(data)["city_indicators"]
    number = old["fact_id"].str[2:].astype(int)
    assert number.max() == 467 and 400 < len(old) < len(data["city_indicators"])
    steps = scores.steps_since_first_round(data)
    assert np.allclose(steps.sum(axis=1), 1) and len(steps) == 3
    now = scores.chosen_lists(data)
    assert (
        steps.iloc[-1]["Beijing"]
        == scores.share_first(scores.midpoints(scores.place_points(now)), now.about)["Beijing"]
    )


def test_claims_that_hang_on_floors_have_two_verdicts(data):
    found = scores.claims_by_floors(data)
    assert set(found["what"]) <= set(data["claims"]["label"]) and (found["strict"] != found["rounded"]).all()
    assert set(found["strict"]) | set(found["rounded"]) <= {votes.HOLDS, votes.FAILS, votes.MIXED, votes.OPEN}


def test_claims_are_counted_by_kind(data):
    found = scores.claims_under_rules(data)
    kinds = data["claims"]["origin"].eq("ours").sum(), data["claims"]["existence"].sum()
    everything = found[found.index.str.endswith("everything")]
    assert everything.to_numpy().sum() == len(data["claims"])
    assert everything.loc["questions of ours, everything"].sum() == kinds[0]
    assert everything.loc["that something exists, everything"].sum() == kinds[1]


def test_losses_of_publishers(data):
    tables, entries = rankings.city_tables(data)
    some = tables[tables["independent"] & (tables["listed"] >= 6) & (tables["topic"] == "overall")]
    each = scores.without_each_publisher(entries, some)
    assert sorted(each["without"]) == sorted(some["short_name"].unique())
    assert each["share"].is_monotonic_decreasing and (each["publishers"] == some["short_name"].nunique() - 1).all()
    row = each.iloc[0]
    again = rankings.top_consensus(entries, some[some["short_name"] != row["without"]], THREE)
    assert (row["share"], row["consensus"]) == (again["share"], again["consensus"])
    two = scores.without_two_publishers(entries, some)
    count = some["short_name"].nunique()
    assert len(two) == count * (count - 1) // 2 and two["first"].str.startswith("Beijing, Shanghai, ").all()
