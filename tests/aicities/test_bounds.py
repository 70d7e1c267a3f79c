"""Bounded values: their intervals, their order, their units and their words."""

from __future__ import annotations

import math
import operator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicities import bounds

INF = math.inf
VALUES = st.floats(-1e9, 1e9) | st.integers(-5, 5).map(float)
RELATIONS = st.sampled_from(["eq", "gt", "ge", "lt", "le"])
HOLDS = {"eq": operator.eq, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le}


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("eq", (500, 500, True, True, False)),
        ("gt", (500, INF, False, False, False)),
        ("ge", (500, INF, True, False, False)),
        ("lt", (-INF, 500, False, False, False)),
        ("le", (-INF, 500, False, True, False)),
        ("approx", (500, 500, True, True, True)),
    ],
)
def test_a_relation_and_a_value_are_an_interval(relation: str, expected: tuple[float, ...]) -> None:
    assert bounds.interval(relation, 500) == expected


def test_more_than_20000_is_open_to_infinity() -> None:
    low, high, *closed, _ = bounds.interval("gt", 20_000)
    assert (low, high, closed) == (20_000, INF, [False, False])


def test_the_reader_says_how_far_about_reaches() -> None:
    assert bounds.interval("approx", 200, tolerance=0.1) == (180, 220, True, True, False)
    assert bounds.interval("approx", -200, tolerance=0.1) == (-220, -180, True, True, False)
    assert bounds.interval("approx", 200, tolerance=0) == (200, 200, True, True, False)
    assert bounds.interval("gt", 200, tolerance=0.1) == bounds.interval("gt", 200)


@pytest.mark.parametrize(
    ("relation", "value", "said"),
    [
        ("rank", 1, "relation 'rank' has no interval; expected one of eq, gt"),
        ("more", 1, "relation 'more' has no interval"),
        ("eq", INF, "is not a finite number"),
        ("eq", math.nan, "is not a finite number"),
    ],
)
def test_what_has_no_interval_is_refused(relation: str, value: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bounds.interval(relation, value)


@pytest.mark.parametrize(
    ("value", "below"),
    [
        (30_000, 40_000),
        (33_000, 34_000),
        (2_400, 2_500),
        (500, 600),
        (65_291, 65_292),
        (100, 200),
        (4.5, 4.6),
        (0.3, 0.4),
        (12, 13),
        (1e9, 2e9),
    ],
)
def test_usage_lets_a_floor_reach_to_the_next_step_of_its_last_figure(value: float, below: float) -> None:
    low, high, low_closed, high_closed, _ = bounds.interval("gt", value, floors="rounded")
    assert (low, low_closed, high_closed) == (value, False, False)
    assert high == pytest.approx(below)
    assert bounds.interval("ge", value, floors="rounded")[:3] == (value, high, True)


@pytest.mark.parametrize("relation", ["eq", "lt", "le", "approx"])
def test_the_reading_of_floors_touches_floors_only(relation: str) -> None:
    assert bounds.interval(relation, 500, floors="rounded") == bounds.interval(relation, 500)


def test_a_floor_of_nothing_and_an_unknown_reading() -> None:
    assert bounds.interval("gt", 0, floors="rounded").high == 1
    with pytest.raises(ValueError, match="floors='loose'; expected one of strict, rounded"):
        bounds.interval("gt", 1, floors="loose")
    with pytest.raises(ValueError, match="floors='loose'"):
        bounds.compare("eq", 1, "eq", 1, floors="loose")


def test_a_range_ends_where_its_source_says_and_no_reading_of_floors_moves_that() -> None:
    for floors in bounds.FLOORS:
        assert bounds.interval("ge", 8, value_max=10, floors=floors)[:4] == (8, 10, True, True)
    assert bounds.interval("gt", 8, value_max=10)[:4] == (8, 10, False, True)
    assert bounds.interval("ge", 8, value_max=8)[:4] == (8, 8, True, True)
    with pytest.raises(ValueError, match="value_max 7 is below value 8"):
        bounds.interval("ge", 8, value_max=7)


def test_ranges_of_a_table_are_compared_by_both_ends() -> None:
    a = pd.DataFrame({"relation": ["ge", "ge", "ge"], "value": [8, 8, 8], "value_max": [10, 10, None]})
    b = pd.DataFrame({"relation": ["eq", "eq", "eq"], "value": [10, 7, 11]})
    assert bounds.ahead(a, b).tolist() == ["no", "yes", "unknown"]
    assert bounds.ahead(b, a).tolist() == ["unknown", "no", "unknown"]
    with pytest.raises(ValueError, match="value_max in row 1 is below value"):
        bounds.intervals(a.assign(value_max=[10, 7, None]))


def test_the_ends_of_a_range_are_brought_to_one_unit() -> None:
    a = pd.DataFrame({"relation": ["ge"], "value": [1], "value_max": [2], "unit": ["EFLOPS"]})
    b = pd.DataFrame({"relation": ["eq"], "value": [2_001], "unit": ["PFLOPS"]})
    assert bounds.ahead(b, a).tolist() == ["yes"]
    assert bounds.ahead(a, b.assign(value=999)).tolist() == ["yes"]


@given(RELATIONS, VALUES, RELATIONS, VALUES)
def test_the_second_reading_of_floors_never_turns_an_answer_round(r: str, x: float, s: str, y: float) -> None:
    strict = bounds.compare(r, x, s, y)
    assert strict in ("unknown", bounds.compare(r, x, s, y, floors="rounded"))


@pytest.mark.parametrize(
    ("value", "unit", "scaled"),
    [
        (2, "CNY_bn", (2e9, "CNY")),
        (15, "CNY_100m", (1.5e9, "CNY")),
        (4.4, "USD_bn", (4.4e9, "USD")),
        (3, "10k_people", (30_000, "people")),
        (45, "EFLOPS", (45_000, "PFLOPS")),
        (5, "P", (5, "PFLOPS")),
        (7, "robots", (7, "robots")),
    ],
)
def test_scales_of_one_unit_have_one_base(value: float, unit: str, scaled: tuple[float, str]) -> None:
    number, base = bounds.scale(value, unit)
    assert (pytest.approx(scaled[0]), scaled[1]) == (number, base)


@pytest.mark.parametrize("tolerance", [-0.1, INF, math.nan])
def test_a_wrong_tolerance_is_refused(tolerance: float) -> None:
    with pytest.raises(ValueError, match=r"tolerance .* is wrong"):
        bounds.interval("approx", 1, tolerance=tolerance)
    with pytest.raises(ValueError, match=r"tolerance .* is wrong"):
        bounds.intervals(pd.DataFrame({"relation": ["eq"], "value": [1]}), tolerance=tolerance)


def test_intervals_of_a_table() -> None:
    table = pd.DataFrame(
        {
            "relation": ["gt", "eq", "approx", "rank", "first", "eq", None, "le"],
            "value": [1, 2, 3, 4, None, None, 5, 6],
        },
        index=list("abcdefgh"),
    )
    found = bounds.intervals(table)
    nan = math.nan
    np.testing.assert_equal(found["low"].tolist(), [1, 2, 3, nan, nan, nan, nan, -INF])
    np.testing.assert_equal(found["high"].tolist(), [INF, 2, 3, nan, nan, nan, nan, 6])
    assert found["low_closed"].tolist() == [False, True, True, False, False, False, False, False]
    assert found["high_closed"].tolist() == [False, True, True, False, False, False, False, True]
    assert list(table.columns) == ["relation", "value"]
    assert found.index.equals(table.index)
    assert bounds.intervals(table, tolerance=0.5)["low"]["c"] == 1.5


@given(RELATIONS, VALUES)
def test_both_ways_to_an_interval_agree(relation: str, value: float) -> None:
    row = bounds.intervals(pd.DataFrame({"relation": [relation], "value": [value]})).iloc[0]
    assert tuple(row[["low", "high", "low_closed", "high_closed"]]) == bounds.interval(relation, value)[:4]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("gt", 500), ("gt", 500), "unknown"),
        (("gt", 500), ("eq", 500), "yes"),
        (("ge", 500), ("eq", 500), "unknown"),
        (("ge", 500), ("lt", 500), "yes"),
        (("gt", 500), ("lt", 500), "yes"),
        (("gt", 500), ("le", 500), "yes"),
        (("ge", 500), ("le", 500), "unknown"),
        (("eq", 500), ("lt", 500), "yes"),
        (("eq", 500), ("le", 500), "unknown"),
        (("eq", 500), ("eq", 500), "no"),
        (("eq", 500), ("ge", 500), "no"),
        (("eq", 500), ("gt", 500), "no"),
        (("le", 500), ("ge", 500), "no"),
        (("gt", 400), ("eq", 500), "unknown"),
        (("gt", 600), ("eq", 500), "yes"),
        (("lt", 400), ("gt", 500), "no"),
        (("eq", 501), ("eq", 500), "yes"),
        (("approx", 9000), ("eq", 1), "unknown"),
        (("eq", 9000), ("approx", 1), "unknown"),
        (("eq", math.nan), ("eq", 1), "unknown"),
        (("eq", None), ("eq", 1), "unknown"),
        (("rank", 1), ("rank", 2), "unknown"),
    ],
)
def test_whether_one_is_ahead(a: tuple[str, float], b: tuple[str, float], expected: str) -> None:
    assert bounds.compare(*a, *b) == expected


def test_about_decides_once_the_reader_says_how_far_it_reaches() -> None:
    assert bounds.compare("approx", 9000, "eq", 8000, tolerance=0.1) == "yes"
    assert bounds.compare("approx", 9000, "eq", 8500, tolerance=0.1) == "unknown"
    assert bounds.compare("approx", 9000, "gt", 10_000, tolerance=0.1) == "no"


@st.composite
def stated(draw: st.DrawFn) -> tuple[str, float, float]:
    """A relation, the value that it is stated of, and a true value that fits both."""
    value, true = draw(VALUES), draw(VALUES)
    fitting = [name for name, holds in HOLDS.items() if holds(true, value)]
    return draw(st.sampled_from(fitting)), value, true


@given(stated(), stated())
def test_no_possible_pair_contradicts_the_answer(a: tuple[str, float, float], b: tuple[str, float, float]) -> None:
    answer = bounds.compare(*a[:2], *b[:2])
    assert answer != ("no" if a[2] > b[2] else "yes")


@given(RELATIONS, st.integers(-3, 3), RELATIONS, st.integers(-3, 3))
def test_unknown_is_said_only_where_both_are_possible(r: str, x: int, s: str, y: int) -> None:
    points = [n / 4 for n in range(-20, 21)]
    pairs = [(a, b) for a in points for b in points if HOLDS[r](a, x) and HOLDS[s](b, y)]
    possible = {"yes" if a > b else "no" for a, b in pairs}
    assert bounds.compare(r, x, s, y) == (possible.pop() if len(possible) == 1 else "unknown")


def table(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


@pytest.mark.parametrize(("relation", "value"), [("rank", 1), ("eq", None), ("eq", 5)])
def test_what_is_wrong_is_told_even_where_nothing_could_be_compared(relation: str, value: float | None) -> None:
    with pytest.raises(ValueError, match="tolerance -1 is wrong"):
        bounds.compare(relation, value, "eq", 1, tolerance=-1)
    with pytest.raises(ValueError, match=r"value inf is infinite"):
        bounds.compare(relation, value, "rank", INF)


def test_rows_are_compared_by_position() -> None:
    a = table(relation=["gt", "eq"], value=[5, 5]).set_axis(["p", "q"])
    b = table(relation=["eq", "eq"], value=[5, 6])
    found = bounds.ahead(a, b)
    assert found.to_dict() == {"p": "yes", "q": "no"}
    assert str(found.dtype) == "str"


def test_units_of_compute_are_brought_together() -> None:
    a = table(relation=["eq"] * 3, value=[45, 4.035, 1], unit=["EFLOPS", "EFLOPS", "companies"])
    b = table(relation=["eq"] * 3, value=[44_999, 4035, 0], unit=["PFLOPS", "P", "companies"])
    assert bounds.ahead(a, b).tolist() == ["yes", "no", "yes"]
    assert bounds.ahead(b, a).tolist() == ["no", "no", "no"]


def test_missing_units_are_the_same_unit() -> None:
    a = table(relation=["eq"], value=[2], unit=[None])
    assert bounds.ahead(a, a.assign(value=1)).tolist() == ["yes"]


@pytest.mark.parametrize(("unit", "said"), [("companies", "'companies'"), (None, "no unit")])
def test_other_units_cannot_be_compared(unit: str | None, said: str) -> None:
    a = table(relation=["eq", "eq"], value=[1, 1], unit=["rank", "PFLOPS"])
    b = table(relation=["eq", "eq"], value=[1, 1], unit=["rank", unit])
    with pytest.raises(ValueError, match=f"row 1: cannot compare 'PFLOPS' with {said}"):
        bounds.ahead(a, b)


def test_figures_of_different_precision_cannot_be_compared() -> None:
    a = table(relation=["eq"] * 4, value=[2] * 4, precision=["FP16", "FP16", None, None])
    b = table(relation=["eq"] * 4, value=[1] * 4, precision=["FP16", "FP32", "unstated", "FP16"])
    assert bounds.ahead(a, b).tolist() == ["yes", "unknown", "yes", "unknown"]


def test_tables_that_cannot_be_compared_are_refused() -> None:
    right = table(relation=["eq"], value=[1])
    with pytest.raises(ValueError, match="tables of 1 and 2 rows"):
        bounds.ahead(right, pd.concat([right, right]))
    with pytest.raises(ValueError, match="column 'value' is missing; the table has relation"):
        bounds.ahead(right, right[["relation"]])
    with pytest.raises(ValueError, match="unknown relation 'over'; expected one of eq"):
        bounds.ahead(right, right.assign(relation="over"))
    with pytest.raises(ValueError, match="value in row 0 is infinite"):
        bounds.ahead(right, right.assign(value=INF))


def test_tables_without_rows() -> None:
    empty = table(relation=[], value=[])
    assert bounds.ahead(empty, empty).tolist() == []
    assert list(bounds.intervals(empty).columns)[2:] == ["low", "high", "low_closed", "high_closed"]


def test_compute_in_pflops() -> None:
    amounts = pd.Series([45, 4.035, 500, 500, 1500, 2_000_000])
    units = pd.Series(["EFLOPS", "EFLOPS", "P", "PFLOPS", "TFLOPS", "GFLOPS"])
    assert bounds.to_pflops(amounts, units).tolist() == [45_000, 4035, 500, 500, 1.5, 2]
    found = bounds.to_pflops(pd.Series([1, None, 3], index=[5, 6, 7]), pd.Series(["P", "P", "EFLOPS"], index=[5, 6, 7]))
    pd.testing.assert_series_equal(found, pd.Series([1.0, math.nan, 3000.0], index=[5, 6, 7]))


@pytest.mark.parametrize("unit", ["FLOPS", "pflops", "standard_cabinets", ""])
def test_other_units_are_not_compute(unit: str) -> None:
    with pytest.raises(ValueError, match=f"unit '{unit}' is not one of compute; expected one of EFLOPS"):
        bounds.to_pflops(pd.Series([1.0]), pd.Series([unit]))


@pytest.mark.parametrize(
    ("relation", "value", "unit", "expected"),
    [
        ("gt", 20_000, "PFLOPS", "more than 20,000 PFLOPS"),
        ("ge", 12_000, "PFLOPS", "at least 12,000 PFLOPS"),
        ("approx", 15_000, "standard_cabinets", "about 15,000 standard cabinets"),
        ("lt", 1.5, None, "less than 1.5"),
        ("le", 7, "", "at most 7"),
        ("eq", 0.7449, "index", "0.7449"),
        ("eq", 26, "percent", "26 %"),
        ("eq", 2024, "year", "2024"),
        ("gt", 2024, "year", "more than 2024"),
        ("eq", 1e22, None, "10,000,000,000,000,000,000,000"),
        ("eq", 0, "companies", "0 companies"),
        ("rank", 2, "rank", "rank 2"),
        ("first", 1, "rank", "first"),
        ("first", None, "rank", "first"),
        ("among_first", 3, "rank", "among the first 3"),
        ("among_first", math.nan, "rank", "among the first"),
        ("eq", None, "date", "not stated"),
        ("rank", pd.NA, "rank", "not stated"),
        ("eq", 5, math.nan, "5"),
    ],
)
def test_a_value_in_words(relation: str, value: float | None, unit: str | None, expected: str) -> None:
    assert bounds.words(relation, value, unit) == expected


def test_an_unknown_relation_has_no_words() -> None:
    with pytest.raises(ValueError, match="unknown relation 'over'"):
        bounds.words("over", 1)


@given(stated(), stated(), st.none() | st.just(0.1))
def test_one_pair_is_answered_like_a_table_of_one_row(
    a: tuple[str, float, float], b: tuple[str, float, float], tolerance: float | None
) -> None:
    for relation in (a[0], "approx"):
        one, other = table(relation=[relation], value=[a[1]]), table(relation=[b[0]], value=[b[1]])
        answer = bounds.ahead(one, other, tolerance=tolerance).item()
        assert bounds.compare(relation, a[1], *b[:2], tolerance=tolerance) == answer
