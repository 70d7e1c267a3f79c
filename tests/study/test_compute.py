"""Which figures of compute may be compared, and what came of targets: on made-up figures and on the real ones."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aicities as ac
from aicities.study.compute import analysis as compute

DATA = ac.load_all()
COLUMNS: dict[str, Any] = {
    "fact_id": "F1",
    "place": "Beijing",
    "place_level": "city",
    "centre": None,
    "metric": "intelligent_compute",
    "relation": "eq",
    "role": "stock",
    "value": 10.0,
    "unit": "EFLOPS",
    "precision": "FP16",
    "status": "installed",
    "as_of": "2024-08",
    "as_of_is_year_only": False,
    "as_of_is_statement_date": False,
    "part_of": None,
}


def figure(**changes: Any) -> dict[str, Any]:
    unknown = set(changes) - set(COLUMNS)
    assert not unknown, unknown
    return COLUMNS | changes


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """What `collect` makes of these rows, beside an article without amounts of its own."""
    silent = DATA | {"indicators": DATA["indicators"][:0], "compute": pd.DataFrame(list(rows))}
    return compute.collect(silent)


def against(**changes: Any) -> list[tuple[str, str]]:
    """What stands against comparing the figure above with one of another city that differs as given."""
    other = figure(fact_id="F2", place="Shanghai", value=12.0) | changes
    return [(reason.aspect, reason.kind) for reason in compute.comparable(figure(), other)]


def test_like_figures_may_be_compared():
    assert against() == []
    assert against(value=12_000.0, unit="PFLOPS") == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"place_level": "centre", "centre": "A centre"}, ("level", "differs")),
        ({"centre": "Platform of the city"}, ("level", "differs")),
        ({"place_level": "province"}, ("level", "differs")),
        ({"part_of": "F1"}, ("level", "differs")),
        ({"status": "under_construction"}, ("status", "differs")),
        ({"status": "target", "role": "target"}, ("status", "differs")),
        ({"status": "first_phase"}, ("status", "unknown")),
        ({"status": "not_stated"}, ("status", "unknown")),
        ({"role": "flow"}, ("status", "differs")),
        ({"metric": "total_compute"}, ("metric", "differs")),
        ({"precision": "FP32"}, ("precision", "differs")),
        ({"precision": "unstated"}, ("precision", "unknown")),
        ({"as_of": "2025-03"}, ("date", "differs")),
        ({"as_of": "2024-12", "as_of_is_year_only": True}, ("date", "unknown")),
        ({"as_of": "2022-12", "as_of_is_year_only": True}, ("date", "differs")),
        ({"as_of": None}, ("date", "unknown")),
        ({"relation": "gt", "value": 5.0}, ("bound", "unknown")),
        ({"relation": "approx"}, ("bound", "unknown")),
    ],
)
def test_one_difference_is_one_reason(changes, reason):
    assert against(**changes) == [reason]


def test_bounds_that_do_not_overlap_leave_an_order():
    assert against(relation="gt", value=12.0) == []
    assert against(relation="gt", value=10.0) == []  # more than 10 is ahead of 10
    assert against(relation="ge", value=10.0) == [("bound", "unknown")]  # they may be equal
    assert against(value=10.0) == []  # and here they are


def test_about_needs_a_tolerance():
    about = figure(fact_id="F2", place="Shanghai", value=12.0, relation="approx")
    assert compute.comparable(figure(), about, tolerance=0.1) == []
    assert [r.aspect for r in compute.comparable(figure(), about, tolerance=0.3)] == ["bound"]


def test_months_allowed_and_date_of_a_plan():
    late = figure(fact_id="F2", place="Shanghai", value=12.0, as_of="2025-03-31")
    (reason,) = compute.comparable(figure(), late, months=6)
    assert reason == ("date", "differs", "7 months apart")
    assert compute.comparable(figure(), late, months=7) == []
    goal, announced = (
        figure(role="target", status="target", as_of="2025-12", as_of_is_statement_date=said) for said in (False, True)
    )
    assert compute.comparable(goal, goal | {"fact_id": "F2", "value": 12.0}) == []
    assert [r.aspect for r in compute.comparable(goal, announced | {"fact_id": "F2", "value": 12.0})] == ["date"]


def test_racks_are_compared_with_the_same_racks_only():
    racks = {"metric": "cabinets", "unit": "standard_racks", "precision": "FP16"}
    a, b = figure(**racks), figure(**racks, fact_id="F2", value=12.0)
    assert compute.comparable(a, b) == []
    found = compute.comparable(a, b | {"unit": "high_power_racks"})
    assert [(r.aspect, r.kind) for r in found] == [("metric", "differs"), ("bound", "differs")]


def test_floors_can_be_read_as_usage_has_them():
    many = figure(fact_id="F2", place="Shanghai", value=30.0)
    assert [r.aspect for r in compute.comparable(figure(relation="gt"), many)] == ["bound"]
    assert compute.comparable(figure(relation="gt"), many, floors="rounded") == []


FIGURES = st.fixed_dictionaries(
    {
        "place_level": st.sampled_from(["city", "centre"]),
        "metric": st.sampled_from(["total_compute", "intelligent_compute"]),
        "relation": st.sampled_from(["eq", "gt", "ge", "approx", "lt", "le"]),
        "role": st.sampled_from(["stock", "target"]),
        "value": st.floats(0.1, 1000),
        "precision": st.sampled_from(["FP16", "FP32", "unstated"]),
        "status": st.sampled_from(["installed", "under_construction", "first_phase", "not_stated"]),
        "as_of": st.sampled_from(["2023-12", "2024-08", "2025-03-01", None]),
        "as_of_is_year_only": st.booleans(),
    }
)


@given(FIGURES, FIGURES)
def test_comparing_is_the_same_both_ways(a, b):
    first, second = figure(**a), figure(**b, fact_id="F2")
    one = [(r.aspect, r.kind) for r in compute.comparable(first, second)]
    assert one == [(r.aspect, r.kind) for r in compute.comparable(second, first)]


def test_collect_says_level_state_amount_and_date():
    rows = table(
        figure(),
        figure(centre="Platform"),
        figure(place_level="centre", centre="Lingang (zone total)", value=500.0, unit="PFLOPS"),
        figure(role="target", status="first_phase", as_of=None),
        figure(metric="cabinets", unit="racks", role="flow"),
    )
    assert list(rows["level"]) == ["city", "part", "zone", "city", "city"]
    assert list(rows["state"]) == ["installed", "installed", "installed", "planned", "flow"]
    assert list(rows["pflops"][:4]) == [10_000, 10_000, 500, 10_000] and pd.isna(rows["pflops"][4])
    assert rows["when"][0] == pytest.approx(2024 + 7.5 / 12) and pd.isna(rows["when"][3])


def test_whole_cities_and_installed_leave_out_what_is_not_capacity_in_place():
    rows = table(
        figure(fact_id="late", as_of="2025-01"),
        figure(fact_id="early", as_of="2024-01"),
        figure(fact_id="goal", role="target", status="target", as_of="2026-01"),
        figure(fact_id="platform", metric="platform_managed_compute"),
        figure(fact_id="added", role="flow"),
        figure(fact_id="centre", place_level="centre", centre="A centre"),
        figure(fact_id="half", centre="A centre", place_level="centre", part_of="centre"),
        figure(fact_id="elsewhere", place="Wuhan"),
    )
    whole = compute.whole_cities(rows, ["Beijing"])
    assert list(whole["fact_id"]) == ["early", "late", "goal"]
    assert list(compute.installed(whole)["fact_id"]) == ["early", "late"]
    assert "half" not in set(compute.installed(rows)["fact_id"])


def test_pairs_are_of_different_places_and_carry_a_verdict():
    rows = table(
        figure(),
        figure(fact_id="F2", value=11.0),
        figure(fact_id="F3", place="Shanghai", value=12.0),
        figure(fact_id="F4", place="Shenzhen", value=13.0, precision="unstated", as_of="2026-08"),
    )
    found = compute.pairs(rows).set_index(["a", "b"])
    assert ("F1", "F2") not in found.index and len(found) == 5
    assert found.loc[("F1", "F3"), "verdict"] == "yes" and found.loc[("F1", "F3"), "reasons"] == ""
    last = found.loc[("F1", "F4")]
    assert (last["verdict"], last["differs"], last["unknown"]) == ("no", 1, 1)
    assert (last["date"], last["precision"], last["metric"]) == ("differs", "unknown", "fits")
    assert compute.pairs(rows[:2]).empty
    assert compute.pairs(rows)["differs"].is_monotonic_increasing


def outcome(goal: dict[str, Any], *stocks: dict[str, Any], until: str = "2025-12", **options: Any) -> tuple[Any, ...]:
    target = figure(fact_id="T", role="target", status="target", as_of="2025-12") | goal
    rows = [figure(as_of="2025-12", fact_id=f"S{i}") | stock for i, stock in enumerate(stocks)]
    found = compute.outcomes(table(target, *rows), until=until, **options)
    return tuple(found.iloc[0][["figure", "answer"]]) if len(found) else ()


@pytest.mark.parametrize(
    ("goal", "stock", "answer"),
    [
        ({}, {}, "reached"),
        ({"relation": "gt"}, {}, "missed"),  # a goal to exceed 10 is not reached by 10
        ({"relation": "gt"}, {"relation": "gt"}, "reached"),
        ({}, {"relation": "gt", "value": 9.0}, "cannot tell"),
        ({}, {"value": 9.0}, "missed"),
        ({}, {"precision": "unstated"}, "reached at face value"),
        ({}, {"precision": "FP32"}, "cannot tell"),
        ({}, {"status": "under_construction", "value": 99.0}, "cannot tell"),
        ({}, {"as_of": "2025-06", "value": 9.0}, "cannot tell"),  # there was time left
        ({}, {"as_of": "2025-06", "value": 11.0}, "reached"),
        ({}, {"as_of": "2027-01", "value": 11.0}, "cannot tell"),
        ({}, {"as_of": "2026-05", "value": 11.0}, "reached"),
    ],
)
def test_what_came_of_a_target(goal, stock, answer):
    assert outcome(goal, stock) == ("S0", answer)


def test_a_target_is_answered_by_the_nearest_stock_of_its_kind():
    assert outcome({}, {"as_of": "2024-01"}, {"as_of": "2026-01"}) == ("S1", "reached")
    other = outcome({}, {"metric": "total_compute"}, {"place": "Shanghai"}, {"place_level": "centre", "centre": "A"})
    assert pd.isna(other[0]) and other[1] == "no number"


def test_targets_without_due_date_or_due_later_are_left_out():
    assert outcome({"as_of": None}, {}) == ()
    assert outcome({"as_of_is_statement_date": True}, {}) == ()
    assert outcome({"as_of": "2027-12"}, {}) == ()
    assert outcome({"as_of": "2027-12"}, {"as_of": "2027-12"}, until="2027-12") == ("S0", "reached")


def test_about_answers_a_target_only_with_a_tolerance():
    assert outcome({}, {"relation": "approx", "value": 20.0})[1] == "cannot tell"
    assert outcome({}, {"relation": "approx", "value": 20.0}, tolerance=0.1)[1] == "reached"


def test_the_article_joins_the_published_figures():
    known = compute.collect(DATA)
    own = known[known["origin"] == "article"]
    assert known["fact_id"].is_unique and len(known) == len(DATA["compute"]) + len(own)
    assert set(own["precision"]) == {"unstated"} and set(own["as_of"]) == {"2024-08-02"}
    beijing = own[own["level"] == "city"].squeeze()
    assert (beijing["place"], beijing["relation"], beijing["pflops"]) == ("Beijing", "gt", 20_000)
    assert beijing["state"] == "not_stated"
    site = own[(own["level"] == "centre") & (own["metric"] == "intelligent_compute")].squeeze()
    assert (site["place"], site["pflops"], site["state"]) == ("Shenzhen", 40_000, "planned")


def test_an_article_figure_without_entity_is_refused():
    entities = DATA["entities"]
    with pytest.raises(ValueError, match="subject 'beijing' of an indicator is not in entities"):
        compute.collect(DATA | {"entities": entities[entities["entity_id"] != "beijing"]})


def test_shenzhen_has_no_installed_total_and_no_pair_of_cities_passes():
    whole = compute.whole_cities(compute.collect(DATA))
    assert "Shenzhen" not in set(compute.installed(whole)["place"])
    stocks = whole[whole["role"] == "stock"]
    assert set(stocks["precision"]) == {"unstated"}
    assert "yes" not in set(compute.pairs(stocks, months=36, tolerance=0.1)["verdict"])
