"""Published counts side by side, and the strengths that the article names."""

from __future__ import annotations

from math import comb, nan

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

import aicities as ac
import rankstats
from aicities.study.specialisation import analysis as profiles
from aicities.study.specialisation import strengths

CITIES = ["Beijing", "Shanghai", "Shenzhen"]


@pytest.fixture
def counts() -> pd.DataFrame:
    return pd.DataFrame(
        {"models": [84, 34, 19], "medical": [5, 8, 1], "robots": [8, 10, 7]}, index=CITIES, dtype="float64"
    )


def figures(*rows: tuple) -> pd.DataFrame:
    """Rows of `city_indicators`: group, place, value, and what differs from an exact count of a city."""
    usual = {"indicator": "models", "indicator_label": "Models", "dimension": "models", "coverage": "ai",
             "relation": "eq", "unit": "models", "as_of": "2024-06", "place_level": "city",
             "independent_of_article": "yes", "source_id": "one"}  # fmt: skip
    return pd.DataFrame(
        [usual | {"comparable_group": g, "place": p, "value": float(v)} | (r[0] if r else {}) for g, p, v, *r in rows]
    )


SOURCES = pd.DataFrame({"source_id": ["one", "two"], "publisher_id": ["P", "P"], "publisher": ["Paper", "Paper"]})


# groups


@pytest.mark.parametrize(
    "spoiled",
    [{"relation": "gt"}, {"relation": "rank"}, {"place_level": "province"}, {"independent_of_article": "no"},
     {"unit": "points"}],
)  # fmt: skip
def test_a_group_needs_an_exact_figure_of_each_city(spoiled: dict[str, str]) -> None:
    table = figures(("A", "Beijing", 3), ("A", "Shanghai", 2), ("B", "Beijing", 3), ("B", "Shanghai", 2, spoiled))
    found = profiles.groups(["Beijing", "Shanghai"], indicators=table)
    assert found.index.tolist() == ["A"]
    assert found.loc["A", ["Beijing", "Shanghai", "label", "as_of"]].tolist() == [3, 2, "Models", "2024-06"]


def test_of_several_editions_by_one_publisher_the_nearest_is_kept() -> None:
    pair = [("Beijing", 3), ("Shanghai", 2)]
    later, other = {"as_of": "2024-12", "source_id": "two"}, {"as_of": "2020", "indicator": "robots"}
    table = figures(*(("A", *p) for p in pair), *(("B", *p, later) for p in pair), *(("C", *p, other) for p in pair))
    found = profiles.groups(["Beijing", "Shanghai"], indicators=table, sources=SOURCES, near="2024-08")
    assert found.index.tolist() == ["A", "C"]
    found = profiles.groups(["Beijing", "Shanghai"], indicators=table, sources=SOURCES, near="2024-11")
    assert found.index.tolist() == ["B", "C"]


def test_a_comparison_needs_two_places() -> None:
    with pytest.raises(ValueError, match="at least two places"):
        profiles.groups(["Beijing", "Beijing"])


def test_groups_of_the_data_package_hold_the_printed_numbers() -> None:
    found = profiles.groups(CITIES, near="2024-08")
    assert found.loc["G23_LLMLIST_2024-06", CITIES].tolist() == [84, 34, 19]
    assert "G16_HURUN50_2025" not in found.index  # the edition before is nearer to the article
    assert "G29_ROBOT_TYC2025" not in found.index  # Beijing's is a lower bound
    assert "G28_TMTPOST2024" not in found.index  # the article's own source


# sizes and densities


def test_sizes_are_brought_to_one_unit_and_keep_their_bounds() -> None:
    people = profiles.size(CITIES, "resident_population", "2023", tolerance=0.1)
    assert people["value"].tolist() == [21_858_000, 24_900_000, 17_790_100]
    assert people.loc["Shanghai", ["low", "high"]].tolist() == pytest.approx([22_410_000, 27_390_000])
    output = profiles.size(CITIES, "gdp", "2023")
    assert output.loc["Shanghai", ["relation", "low", "high"]].tolist() == ["gt", 4.72e12, np.inf]
    with pytest.raises(ValueError, match="'Hangzhou' has 0 figures of 'gdp' for 2023"):
        profiles.size(["Beijing", "Hangzhou"], "gdp", "2023")


def test_over_a_lower_bound_a_density_is_an_upper_bound() -> None:
    sizes = pd.DataFrame({"relation": ["eq", "gt", "le"], "value": [2.0, 4.0, 5.0]}, index=CITIES)
    found = profiles.density(pd.Series([10, 10, 10], index=CITIES), sizes)
    assert found["relation"].tolist() == ["eq", "lt", "ge"] and found["value"].tolist() == [5, 2.5, 2]
    with pytest.raises(ValueError, match="no size of 'Wuhan'"):
        profiles.density(pd.Series({"Wuhan": 1}), sizes)


def test_sources_are_cited_once_with_their_dates() -> None:
    groups = pd.DataFrame({"source_id": ["one", "two", "one"], "as_of": ["2024", "2019", "2024"]})
    assert profiles.cited(groups, sources=SOURCES) == "Paper (2019, 2024)"


# quotients


def test_quotients_by_hand(counts: pd.DataFrame) -> None:
    found = profiles.quotients(counts).set_index(["activity", "place"])
    mean = (84 / 137 + 5 / 14 + 8 / 25) / 3
    assert found.loc[("models", "Beijing"), "value"] == pytest.approx(84 / 137 / mean)
    assert found.loc[("models", "Beijing"), "amount"] == 84
    assert (found["low"] < found["value"]).all() and (found["value"] < found["high"]).all()


def test_quotients_are_location_quotients_of_lists_of_the_same_length(counts: pd.DataFrame) -> None:
    same = rankstats.shares(counts, by="activity") * 100
    expected = rankstats.location_quotient(same).T.stack()
    found = profiles.quotients(counts).set_index(["activity", "place"])["value"]
    assert found.to_numpy() == pytest.approx(expected.loc[found.index].to_numpy())


def test_intervals_against_a_known_reference_are_those_of_the_beta_law(counts: pd.DataFrame) -> None:
    equal = pd.DataFrame({"low": 1.0, "high": 1.0}, index=CITIES)
    found = profiles.quotients(counts, reference=equal, draws=100_000).set_index(["activity", "place"])
    law = beta(8.5, 6.5 + 0.5)  # 8 of 14 medical models, half a case added in each of three cities
    row = found.loc[("medical", "Shanghai")]
    assert row["value"] == pytest.approx(3 * 8 / 14)
    assert [row["low"], row["high"]] == pytest.approx([3 * law.ppf(0.025), 3 * law.ppf(0.975)], abs=0.02)


def test_bounds_of_the_reference_widen_the_interval(counts: pd.DataFrame) -> None:
    exact = pd.DataFrame({"low": [2.0, 2, 2], "high": [2.0, 2, 2]}, index=CITIES)
    loose = exact.assign(low=[2.0, 1, 2], high=[2.0, 3, 2])
    amounts = counts[["models"]]
    fixed = profiles.quotients(amounts, reference=loose, counted=[]).set_index("place")
    share = 34 / 137
    assert fixed.loc["Shanghai", ["low", "high"]].tolist() == pytest.approx([share / (3 / 7), share / (1 / 5)])
    assert fixed.loc["Beijing", ["low", "high"]].tolist() == pytest.approx([84 / 137 / (2 / 5), 84 / 137 / (2 / 7)])
    tight = profiles.quotients(amounts, reference=exact).set_index("place")
    wide = profiles.quotients(amounts, reference=loose).set_index("place")
    assert (wide["low"] <= tight["low"]).all() and (wide["high"] >= tight["high"]).all()
    assert profiles.quotients(amounts, reference=exact, counted=[]).eval("low == high == value").all()


def test_intervals_cover_the_truth() -> None:
    generator = np.random.default_rng(5)
    truth = np.array([[0.5, 0.3, 0.4], [0.3, 0.5, 0.35], [0.2, 0.2, 0.25]])
    lengths = (140, 20, 30)
    right = truth / truth.mean(axis=1, keepdims=True)
    covered = []
    for trial in range(150):
        drawn = np.column_stack([generator.multinomial(n, truth[:, k]) for k, n in enumerate(lengths)])
        found = profiles.quotients(pd.DataFrame(drawn.astype(float), index=CITIES), draws=1000, seed=trial)
        low, high = (found.pivot(index="place", columns="activity", values=c).to_numpy() for c in ("low", "high"))
        covered.append((low <= right) & (right <= high))
    assert 0.92 < np.mean(covered) < 0.98


def test_quotients_are_the_same_each_time_and_narrow_with_more_cases(counts: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(profiles.quotients(counts), profiles.quotients(counts))
    few, many = profiles.quotients(counts), profiles.quotients(counts * 100)
    assert ((many["high"] - many["low"]) < (few["high"] - few["low"])).all()


def test_wrong_amounts_are_named(counts: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"'Beijing' has 0.5 for activity 'models'; cases are whole"):
        profiles.quotients(counts.replace(84, 0.5))
    with pytest.raises(ValueError, match="'Shanghai' has no value for activity 'models'"):
        profiles.quotients(counts.replace(34, nan))
    with pytest.raises(ValueError, match="no size of 'Shenzhen'"):
        profiles.quotients(counts, reference=pd.DataFrame({"low": [1, 1], "high": [1, 1]}, index=CITIES[:2]))
    with pytest.raises(ValueError, match="size of 'Beijing' lies between 1 and inf"):
        profiles.quotients(counts, reference=pd.DataFrame({"low": 1.0, "high": np.inf}, index=CITIES))


def test_beyond_chance_is_an_interval_that_leaves_out_one_by_the_margin(counts: pd.DataFrame) -> None:
    table = profiles.quotients(counts * 3, margin=0.1)
    out_by = np.maximum(table["low"] - 1, 1 - table["high"])
    assert (table["beyond"] == (out_by >= 0.1)).all()
    assert 0 < table["beyond"].sum() < (out_by > 0).sum()


def test_what_is_beyond_chance_depends_neither_on_the_prior_nor_on_the_draws() -> None:
    lists = profiles.groups(CITIES, near="2024-08")
    ai = lists.query(
        "coverage != 'all_sectors' and indicator not in ['llm_list_general_models', 'five_llm_startups_hq']"
    )
    beyond = [
        profiles.quotients(ai[CITIES].T, prior=prior, seed=seed)["beyond"].tolist()
        for prior in (1 / 3, 0.5, 1)
        for seed in (0, 1)
    ]
    assert sum(beyond[0]) == 3 and all(other == beyond[0] for other in beyond)


# the picture


def test_fit_tries_all_arrangements() -> None:
    activities = ["a", "b", "c", "d", "e"]
    value = pd.DataFrame(0.5, index=activities, columns=CITIES)
    for activity, place in zip(activities, ["Beijing"] * 2 + ["Shanghai"] * 2 + ["Shenzhen"], strict=True):
        value.loc[activity, place] = 1.5
    table = value.rename_axis("activity").melt(ignore_index=False, var_name="place").reset_index()
    picture = dict(zip(activities, ["Beijing"] * 2 + ["Shanghai"] * 2 + ["Shenzhen"], strict=True))
    assert profiles.fit(table, picture) == (5, 5, 1, comb(5, 2) * comb(3, 2))
    swapped = picture | {"d": "Shenzhen", "e": "Shanghai"}
    # exchanging one pair of unlike places leaves three right: 2*2 + 2*1 + 2*1 = 8 ways, and 1 with all five
    assert profiles.fit(table, swapped) == (3, 5, 9, 30)


def test_fit_names_what_it_lacks(counts: pd.DataFrame) -> None:
    table = profiles.quotients(counts)
    with pytest.raises(ValueError, match="no quotients of 'cars'"):
        profiles.fit(table, {"cars": "Shenzhen"})
    many = pd.concat([table.assign(activity=str(k)) for k in range(3)]).drop_duplicates(["activity", "place"])
    more = pd.concat([many.assign(activity=many["activity"] + str(k)) for k in range(3)])
    with pytest.raises(ValueError, match="at most 8"):
        profiles.fit(more, dict.fromkeys(more["activity"].unique(), "Beijing"))


# distances


def test_distances_are_krugmans_of_lists_of_the_same_weight(counts: pd.DataFrame) -> None:
    found = profiles.distances(counts)
    part = rankstats.shares(counts, by="activity")
    expected = rankstats.krugman_distance(part)
    assert found[["place", "other"]].to_numpy().tolist() == [CITIES[:2], CITIES[::2], CITIES[1:]]
    assert found["value"].tolist() == pytest.approx(
        [expected.loc[a, b] for a, b in zip(found.place, found.other, strict=True)]
    )
    assert (found["low"] > 0).all() and (found["high"] < 2).all()
    longer = profiles.distances(counts * 1000)
    assert longer["low"].tolist() == pytest.approx(longer["value"].tolist(), abs=0.05)


# strengths


def test_strengths_are_those_of_one_city_alone() -> None:
    own = strengths.named(author="zhou-chunmei")
    statements, indicators = ac.load("statements"), ac.load("indicators")
    named = pd.concat([statements, indicators])[["fact_id", "statement_id", "city", "subject_id"]]
    cities = named.groupby("statement_id")["city"].nunique()
    assert (named.set_index("fact_id").loc[own["fact_id"], "statement_id"].map(cities) == 1).all()
    assert (named.set_index("fact_id").loc[own["fact_id"], "subject_id"].to_numpy() == own["city"].str.lower()).all()
    assert set(own["voice"]) == set(strengths.VOICES)
    assert set(own["dimension"]) <= set(strengths.TOPICS)
    chips = own[own["claim"].str.contains("smart chips")]
    assert chips["voice"].tolist() == ["experts", "experts"] and chips["city"].tolist() == ["Shanghai", "Shanghai"]
    assert own.set_index("claim").loc["Rank of Shenzhen by density of AI", "voice"] == "report"


def test_strengths_are_counted_in_the_order_of_topics_and_voices() -> None:
    table = pd.DataFrame(
        [("hardware", "author", "Shenzhen"), ("research", "report", "Beijing"), ("research", "author", "Beijing")] * 2,
        columns=["dimension", "voice", "city"],
    )
    assert strengths.count(table).to_numpy().tolist() == [
        ["research", "author", "Beijing", 2],
        ["research", "report", "Beijing", 2],
        ["hardware", "author", "Shenzhen", 2],
    ]
    with pytest.raises(ValueError, match="no entity 'nobody'"):
        strengths.named(author="nobody")
