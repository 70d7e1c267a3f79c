"""What the article praises, what published lists count, and what is beyond chance: on made-up and on real lists."""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

import aicities as ac
import rankstats
from aicities.study.specialisation import analysis as study
from aicities.study.strengths import strengths

CITIES = list(ac.votes.THREE)
DATA = ac.load_all()
REPORT = "report-competitiveness"


def table(*rows: tuple[Any, ...]) -> dict[str, pd.DataFrame]:
    """The data package with these rows of `city_indicators`: group, place, value, and what differs from a count."""
    usual = {
        **{"indicator": "models", "indicator_label": "Models", "short_label": "models", "dimension": "models"},
        **{"coverage": "ai", "fit": "proxy", "relation": "eq", "value_max": None, "unit": "models"},
        **{"as_of": "2024-08", "status": "reported", "place_level": "city", "independent_of_article": "yes"},
        **{"source_id": "one", "note": None, "basis": "printed"},
    }
    made = [
        usual | {"comparable_group": g, "place": p, "value": float(v)} | (r[0] if r else {}) for g, p, v, *r in rows
    ]
    sources = pd.DataFrame(
        {
            "source_id": ["one", "two", "three"],
            "publisher_id": ["paper", "paper", "other"],
            "short_name": ["Paper", "Paper", "Other"],
        }
    )
    return DATA | {"city_indicators": pd.DataFrame(made), "sources": sources}


def pair(group: str, first: float, second: float, **changes: Any) -> list[tuple[Any, ...]]:
    return [(group, "Beijing", first, changes), (group, "Shanghai", second, changes)]


@pytest.fixture
def lists() -> pd.DataFrame:
    """Four lists in three fields; the third counts money."""
    return pd.DataFrame(
        {
            "field": ["models", "applications", "capital", "applications"],
            "list": ["large models", "medical models", "investment", "algorithms"],
            "unit": ["entries", "models", "USD_bn", "algorithms"],
            "as_of": "2024-06",
            "source_id": "one",
            "Beijing": [84.0, 5.0, 4.4, 400.0],
            "Shanghai": [34.0, 8.0, 1.1, 300.0],
            "Shenzhen": [19.0, 1.0, 1.1, 300.0],
        },
        index=["A", "B", "C", "D"],
    )


# praise


def test_praise_knows_who_speaks() -> None:
    found = study.praise(DATA).set_index("fact_id")
    assert found.loc["S192", ["city", "dimension", "voice"]].tolist() == ["Shanghai", "chips", "experts"]
    assert set(found.loc[found["stated_by"] == REPORT, "voice"]) == {"report"}
    assert set(found.loc[found["stated_by"] == "zhou-chunmei", "voice"]) == {"author"}
    assert len(found) == len(strengths(DATA))


# lists


@pytest.mark.parametrize(
    "spoiled",
    [
        {"relation": "gt"},
        {"relation": "rank"},
        {"place_level": "province"},
        {"independent_of_article": "no"},
        {"unit": "points"},
        {"unit": "CNY_100m"},
        {"coverage": "all_sectors"},
        {"dimension": "overall"},
    ],
)
def test_a_list_needs_an_exact_amount_of_each_city(spoiled: dict[str, str]) -> None:
    whole, broken = pair("A", 3, 2), [("B", "Beijing", 3), ("B", "Shanghai", 2, spoiled)]
    found = study.lists(table(*whole, *broken), ["Beijing", "Shanghai"])
    assert found.index.tolist() == ["A"]
    assert found.loc["A", ["Beijing", "Shanghai", "list", "as_of"]].tolist() == [3, 2, "models", "2024-08"]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"fit": "direct", "as_of": "2020"}, {}, "A"),  # a direct measure before a proxy that is nearer
        ({"as_of": "2024-12", "source_id": "two"}, {}, "B"),  # the nearer edition, whatever the source
        ({}, {"as_of": "2024-08-02"}, "A"),  # of the same date the longer one
    ],
)
def test_one_list_of_each_publisher_in_each_field(first: dict[str, str], second: dict[str, str], kept: str) -> None:
    elsewhere = [*pair("C", 1, 1, source_id="three"), *pair("D", 1, 1, dimension="talent")]
    rows = table(*pair("A", 30, 20, **first), *pair("B", 3, 2, **second), *elsewhere)
    assert study.lists(rows, ["Beijing", "Shanghai"]).index.tolist() == ["D", kept, "C"]


def test_the_lists_of_the_data_package_hold_the_printed_numbers() -> None:
    found = study.lists(DATA)
    assert found.loc["G23_LLMLIST_2024-06", CITIES].tolist() == [84, 34, 19]
    assert "G29_ROBOT_TYC2025" not in found.index  # Beijing's is a lower bound
    assert "G72_ICDESIGN2023" not in found.index  # the cities add up to more than the country
    publisher = found["source_id"].map(DATA["sources"].set_index("source_id")["publisher_id"])
    assert not pd.DataFrame({"field": found["field"], "publisher": publisher}).duplicated().any()


def test_sources_are_cited_once_with_their_years(lists: pd.DataFrame) -> None:
    rows = lists.assign(source_id=["one", "two", "three", "one"], as_of=["2024-06", "2020", "2023", "2024-08-02"])
    assert study.cited(table(("A", "Beijing", 1)), rows) == "Paper (2020, 2024); Other (2023)"


# quotients


def test_quotients_by_hand(lists: pd.DataFrame) -> None:
    found = study.quotients(lists).set_index(["list", "place"])
    share = [84 / 137, (5 / 14 + 0.4) / 2, 4.4 / 6.6]  # of models, applications and capital
    assert found.loc[("large models", "Beijing"), "usual"] == pytest.approx(np.mean(share))
    assert found.loc[("large models", "Beijing"), "value"] == pytest.approx(share[0] / np.mean(share))
    assert found.groupby("list")["share"].sum().tolist() == pytest.approx([1] * 4)
    assert found.groupby("place")["usual"].first().sum() == pytest.approx(1)


def test_quotients_are_location_quotients_of_lists_of_the_same_length(lists: pd.DataFrame) -> None:
    one_each = lists.iloc[:3]
    alike = rankstats.shares(one_each.set_index("list")[CITIES].T, by="activity")
    expected = rankstats.location_quotient(alike)
    found = study.quotients(one_each).pivot(index="place", columns="list", values="value")
    pd.testing.assert_frame_equal(found, expected.loc[found.index, found.columns], check_names=False)


def test_what_is_not_counted_has_no_luck_of_its_own(lists: pd.DataFrame) -> None:
    found = study.quotients(lists).set_index("list")
    assert not found.loc["investment", "beyond"].any()
    alone = study.quotients(lists.loc[["C"]])
    assert alone["low"].tolist() == alone["high"].tolist() == alone["value"].tolist() == [1, 1, 1]


def test_beyond_chance_is_an_interval_that_leaves_out_one_by_the_margin(lists: pd.DataFrame) -> None:
    found = study.quotients(lists).query("list != 'investment'")
    outside = (found["low"] >= 1.03) | (found["high"] <= 0.97)
    assert found["beyond"].equals(outside) and 0 < outside.sum() < len(found)


def test_quotients_are_the_same_each_time_and_narrow_with_more_cases(lists: pd.DataFrame) -> None:
    first, again = study.quotients(lists), study.quotients(lists)
    pd.testing.assert_frame_equal(first, again)
    longer = study.quotients(lists.assign(**{city: 100 * lists[city] for city in CITIES}))
    assert ((longer["high"] - longer["low"]) < (first["high"] - first["low"])).all()
    wider = study.quotients(lists, level=0.999)
    assert (wider["high"] > first["high"]).all() and (wider["low"] < first["low"]).all()


def test_intervals_cover_the_truth() -> None:
    """In samples of a list of 40 and one of 100, the true quotients lie in the interval nearly as often as it says."""
    truth = np.array([[0.5, 0.3, 0.2], [0.6, 0.2, 0.2]])
    true = truth / truth.mean(axis=0)
    generator, inside = np.random.default_rng(7), []
    about = {"field": ["models", "talent"], "list": ["a", "b"], "unit": "models"}
    for _ in range(40):
        cases = np.stack([generator.multinomial(n, p) for n, p in zip((40, 100), truth, strict=True)])
        found = study.quotients(pd.DataFrame(about | dict(zip(CITIES, cases.T, strict=True))))
        inside += list((found["low"] <= true.ravel()) & (true.ravel() <= found["high"]))
    assert 0.9 < np.mean(inside) < 0.99


def test_a_field_is_the_mean_of_its_lists(lists: pd.DataFrame) -> None:
    found = study.by_field(study.quotients(lists))
    assert found.index.tolist() == ["models", "capital", "applications"] and found.columns.tolist() == CITIES
    usual = np.mean([84 / 137, (5 / 14 + 0.4) / 2, 4.4 / 6.6])
    assert found.loc["applications", "Beijing"] == pytest.approx((5 / 14 + 0.4) / 2 / usual)


# fit


def test_fit_tries_all_arrangements() -> None:
    leaning = pd.DataFrame(
        {"Beijing": [2, 2, 0, 0], "Shanghai": [1, 1, 2, 0], "Shenzhen": [0, 0, 1, 2]},
        index=["talent", "models", "chips", "devices"],
    )
    right = pd.Series(["Beijing", "Beijing", "Shanghai", "Shenzhen"], leaning.index)
    ways = factorial(4) // factorial(2)
    assert study.fit(leaning, right) == (4, 4, 1, ways)
    swapped = right.replace({"Shanghai": "Shenzhen", "Shenzhen": "Shanghai"})
    # of 12 arrangements one has 4 right; none has 3; with 2 right: the last two swapped, or one of two with one of two
    assert study.fit(leaning, swapped) == (2, 4, 6, ways)
    assert study.fit(leaning, pd.concat([right, pd.Series({"research": "Shenzhen"})])).fields == 4


def test_fit_refuses_more_than_it_can_try() -> None:
    names = [f"field {n}" for n in range(9)]
    leaning = pd.DataFrame({"Beijing": range(9), "Shanghai": range(9, 0, -1)}, index=names)
    with pytest.raises(ValueError, match="9 fields; all arrangements are tried for at most 8"):
        study.fit(leaning, pd.Series("Beijing", names))


# residents


def test_residents_are_brought_to_one_unit_and_keep_their_bounds() -> None:
    found = study.residents(DATA, year="2023", tolerance=0.02)
    assert found.index.tolist() == CITIES
    assert found.loc["Beijing", ["low", "high"]].tolist() == pytest.approx([21_858_000] * 2)
    assert found.loc["Shanghai", ["low", "high"]].tolist() == pytest.approx([24.9e6 * 0.98, 24.9e6 * 1.02])
    with pytest.raises(ValueError, match="'Shanghai' has 0 figures of residents for 2024; one is needed"):
        study.residents(DATA, year="2024", tolerance=0.02)


def people(low: list[float], high: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"low": low, "high": high}, index=CITIES)


def test_intervals_against_known_residents_are_those_of_the_beta_law(lists: pd.DataFrame) -> None:
    found = study.per_resident(lists.loc[["A"]], people([2, 1, 1], [2, 1, 1])).set_index("place")
    cases = lists.loc["A", CITIES].to_numpy(dtype=float) + 0.5
    ends = [beta.ppf(tail, cases, cases.sum() - cases) / [0.5, 0.25, 0.25] for tail in (0.025, 0.975)]
    assert found["low"].tolist() == pytest.approx(ends[0], rel=0.02)
    assert found["high"].tolist() == pytest.approx(ends[1], rel=0.02)
    assert found.loc["Beijing", "value"] == pytest.approx(84 / 137 / 0.5)


def test_bounds_of_the_residents_widen_the_interval(lists: pd.DataFrame) -> None:
    known, about = (study.per_resident(lists, people([2, 0.9, 1], [2, high, 1])) for high in (0.9, 1.1))
    assert (about["low"] < known["low"]).any() and (about["high"] >= known["high"]).all()
    with pytest.raises(ValueError, match="size of 'Shenzhen' lies between 1 and inf"):
        study.per_resident(lists, people([2, 1, 1], [2, 1, np.inf]))


# closeness


def test_distances_are_krugmans_of_lists_of_the_same_weight() -> None:
    counts = pd.DataFrame({"a": [50, 30, 20, 10], "b": [50, 20, 30, 40]}, index=[*CITIES, "Wuhan"])
    found = study.closeness(counts, ["Beijing", "Shanghai"], draws=50)
    apart = rankstats.krugman_distance(rankstats.shares(counts, by="activity"))
    pairs = [(a, b) for i, a in enumerate(apart) for b in list(apart)[i + 1 :]]
    others = [apart.loc[a, b] for a, b in pairs if {a, b} != {"Beijing", "Shanghai"}]
    assert found.largest == pytest.approx(apart.loc["Beijing", "Shanghai"])
    assert found.others == pytest.approx(np.median(others))
    assert found == study.closeness(counts, ["Beijing", "Shanghai"], draws=50)


def test_one_profile_is_what_its_own_draws_look_like() -> None:
    names = ["big", "large", *(f"small {n}" for n in range(6))]
    size = np.array([0.35, 0.35, *[0.05] * 6])
    generator = np.random.default_rng(3)
    counts = pd.DataFrame({name: generator.multinomial(200, size) for name in "abc"}, index=names)
    found = study.closeness(counts, ["big", "large"], draws=200)
    assert 0.02 < found.as_wide < 0.98
    assert found.closer > 0.9  # two long lists are nearly always closer than short ones
    apart = counts.assign(a=[70, 70, 20, 0, 20, 0, 20, 0], b=[70, 70, 0, 20, 0, 20, 0, 20])
    assert study.closeness(apart, ["big", "large"], draws=200).as_wide == 0


def test_a_city_that_is_not_there_is_named() -> None:
    counts = pd.DataFrame({"a": [1, 2, 3]}, index=["x", "y", "z"])
    with pytest.raises(ValueError, match="'w' is not among the places, x, y, z"):
        study.closeness(counts, ["x", "w"])


# output


def test_an_amount_of_output_stands_once_whoever_prints_it() -> None:
    output = {"dimension": "output", "as_of": "2024", "unit": "CNY_100m"}
    rows = [
        ("", "Shanghai", 4500, output),
        ("", "Beijing", 3000, output | {"relation": "gt"}),
        ("", "Beijing", 300, output | {"relation": "gt", "unit": "CNY_bn", "indicator_label": "Core industry"}),
        ("", "Beijing", 300, output | {"relation": "gt", "unit": "CNY_bn", "source_id": "three"}),
        ("", "Beijing", 10, output | {"unit": "percent"}),
        ("", "Beijing", 500, output | {"status": "projected"}),
        ("", "Beijing", 400, output | {"place_level": "district"}),
        ("", "Beijing", 2, output | {"as_of": "2024-06"}),
    ]
    found = study.output(table(*rows), ["2024"])
    assert found[["place", "relation", "value"]].to_numpy().tolist() == [
        ["Beijing", "gt", 300],
        ["Shanghai", "eq", 450],
    ]
    assert found.loc[0, ["definition", "publishers"]].tolist() == ["Core industry", "Paper, Other"]


def test_the_sizes_of_one_year_contradict_each_other() -> None:
    found = study.output(DATA, ["2023"]).query("place == 'Shenzhen'")
    assert found[["relation", "value"]].to_numpy().tolist() == [["eq", 80], ["gt", 300]]
