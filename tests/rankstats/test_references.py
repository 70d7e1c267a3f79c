"""Scales fixed by a reference, and the edges of intervals: by hand, and each wrong scale by name."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import rankstats
from rankstats import Interval

VALUES = pd.DataFrame({"firms": [2.0, 4.0, 10.0]}, index=["a", "b", "c"])
WIDE = Interval(VALUES, VALUES + 2)


def scale(**rows: float) -> pd.DataFrame:
    return pd.DataFrame({"firms": rows})


@pytest.mark.parametrize(
    ("method", "reference", "higher", "lower"),
    [
        ("minmax", scale(min=0, max=20), [0.1, 0.2, 0.5], [0.9, 0.8, 0.5]),
        ("z", scale(mean=4, sd=2), [-1, 0, 3], [1, 0, -3]),
        ("leader", scale(leader=20), [0.1, 0.2, 0.5], [10, 5, 2]),
    ],
)
def test_a_reference_fixes_the_scale_either_way(
    method: str, reference: pd.DataFrame, higher: list[float], lower: list[float]
) -> None:
    for direction, expected in (("higher", higher), ("lower", lower)):
        found = rankstats.normalise(VALUES, method=method, reference=reference, direction=direction)
        assert found["firms"].tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("method", "reference", "low", "high"),
    [
        ("minmax", scale(min=0, max=20), [0.1, 0.2, 0.5], [0.2, 0.3, 0.6]),
        ("z", scale(mean=4, sd=2), [-1, 0, 3], [0, 1, 4]),
        ("share", scale(total=20), [0.1, 0.2, 0.5], [0.2, 0.3, 0.6]),
        ("leader", scale(leader=20), [0.1, 0.2, 0.5], [0.2, 0.3, 0.6]),
    ],
)
def test_on_a_fixed_scale_each_end_stands_for_itself(
    method: str, reference: pd.DataFrame, low: list[float], high: list[float]
) -> None:
    found = rankstats.normalise(WIDE, method=method, reference=reference)
    assert isinstance(found, Interval)
    assert found.low["firms"].tolist() == pytest.approx(low)
    assert found.high["firms"].tolist() == pytest.approx(high)


@pytest.mark.parametrize(
    ("method", "reference", "direction", "said"),
    [
        ("share", scale(total=0), "higher", "the reference of indicator 'firms' is 0; it must be positive"),
        ("leader", scale(leader=-1), "higher", "the reference of indicator 'firms' is -1; it must be positive"),
        ("z", scale(mean=1, sd=0), "higher", "the reference sd of indicator 'firms' is 0; it must be positive"),
        ("minmax", scale(min=3, max=3), "higher", "'firms' has its max no higher than its min"),
        ("minmax", scale(min=0, max=1).rename(columns={"firms": "x"}), "higher", "the reference lacks indicator"),
    ],
)
def test_a_wrong_reference_is_named(method: str, reference: pd.DataFrame, direction: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rankstats.normalise(VALUES, method=method, reference=reference, direction=direction)


def test_nobody_can_be_compared_with_a_leader_of_none() -> None:
    with pytest.raises(ValueError, match="cannot be formed, because place 'a' has 0"):
        rankstats.normalise(VALUES - 2, method="leader", direction="lower")


def test_a_single_place_with_an_open_value_is_at_either_end() -> None:
    one = Interval(VALUES.iloc[:1], VALUES.iloc[:1] + 2)
    for method, low, high in (("share", 1.0, 1.0), ("leader", 1.0, 1.0), ("rank", 1.0, 1.0)):
        found = rankstats.normalise(one, method=method)
        assert (found.low.iloc[0, 0], found.high.iloc[0, 0]) == (low, high), method


def test_intervals_of_shares_are_reached_by_hand() -> None:
    found = rankstats.normalise(WIDE, method="share")
    assert found.low["firms"].tolist() == pytest.approx([2 / 20, 4 / 20, 10 / 20])
    assert found.high["firms"].tolist() == pytest.approx([4 / 18, 6 / 18, 12 / 18])


def test_an_unknown_way_with_missing_values_is_named() -> None:
    with pytest.raises(ValueError, match="missing is 'drop'; it must be 'error' or 'rescale'"):
        rankstats.aggregate(VALUES, missing="drop")


def test_a_missing_value_stays_missing_on_a_fixed_scale() -> None:
    holed = VALUES.replace(4.0, np.nan)
    found = rankstats.normalise(holed, reference=scale(min=0, max=10))
    assert found["firms"].isna().tolist() == [False, True, False]
