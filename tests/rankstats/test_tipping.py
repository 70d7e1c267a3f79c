"""Tipping points against greedy and grid searches, and against linear programmes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from rankstats import tipping
from tests.rankstats.hand_made import leaders


def table(array: np.ndarray) -> pd.DataFrame:
    names = [f"city {k}" for k in range(array.shape[0])]
    return pd.DataFrame(array, index=names, columns=[f"x{k}" for k in range(array.shape[1])], dtype="float64")


def greedy_distance(gap: np.ndarray, weights: np.ndarray) -> float:
    """Smallest L1 change that brings gap·w down to 0.

    Every bit of weight is best moved to where the gap is lowest, first from where it is highest.
    """
    lacking, moved = float(gap @ weights), 0.0
    if lacking <= 0:
        return 0.0
    for k in np.argsort(-gap):
        gain = gap[k] - gap.min()
        if gain <= 0:
            break
        part = min(weights[k], lacking / gain)
        lacking -= part * gain
        moved += part
        if lacking <= 1e-14:
            return 2 * moved
    return np.inf


def test_by_hand() -> None:
    values = pd.DataFrame({"research": [1, 0.0], "capital": [0, 1.0]}, index=["A", "B"])
    start = {"research": 0.6, "capital": 0.4}
    points, weights = rankstats.tipping_points(values, weights=start)
    assert list(points.index) == ["B"] and points.at["B", "rank"] == 2
    assert points.loc["B", ["distance", "moved"]].tolist() == pytest.approx([0.2, 0.1])
    assert weights.loc["B"].tolist() == pytest.approx([0.5, 0.5])
    assert points.at["B", "exact"]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(2, 8), st.sampled_from(["arithmetic", "geometric", "harmonic"]))
def test_swaps_against_the_greedy_way(seed: int, indicators: int, method: str) -> None:
    generator = np.random.default_rng(seed)
    values = table(generator.random((2, indicators)) + 0.05)
    start = generator.dirichlet(np.ones(indicators))
    terms = {"arithmetic": lambda x: x, "geometric": np.log, "harmonic": lambda x: -1 / x}[method](values.to_numpy())
    gap = terms[0] - terms[1] if (terms[0] - terms[1]) @ start >= 0 else terms[1] - terms[0]
    points, weights = rankstats.tipping_points(values, weights=start, method=method)
    expected = greedy_distance(gap, start)
    if np.isinf(expected):
        assert np.isinf(points["distance"].item()) and weights.isna().all(axis=None)
    else:
        assert points["distance"].item() == pytest.approx(expected, abs=1e-12)
        assert points["exact"].item()
        assert abs(gap @ weights.to_numpy()[0]) < 1e-12 * np.abs(gap).max()


@pytest.mark.parametrize("seed", range(6))
def test_changes_of_leader_against_a_grid(seed: int) -> None:
    generator = np.random.default_rng(seed)
    values = table(generator.random((5, 3)))
    start = generator.dirichlet(np.ones(3) * 3)
    points, _ = rankstats.tipping_points(values, weights=dict(zip(values.columns, start, strict=True)))
    grid = rankstats.weight_grid(values.columns, steps=200)
    leader = leaders(values, grid)
    change = (grid - start).abs()
    distance = change.sum(axis=1)
    for place, expected in distance.groupby(leader).min().items():
        if place in points.index:
            # the grid is never nearer than the tipping point, and at most its own spacing farther
            assert points.at[place, "distance"] <= expected + 1e-6
            assert points.at[place, "distance"] >= expected - 0.02
    never = set(values.index) - set(leader.dropna())
    assert all(points.at[place, "distance"] > 0.02 for place in never)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(2, 6), st.integers(2, 6))
def test_at_the_tipping_point_the_lead_is_shared(seed: int, places: int, indicators: int) -> None:
    values = table(np.random.default_rng(seed).random((places, indicators)))
    points, weights = rankstats.tipping_points(values)
    assert points["distance"].is_monotonic_increasing
    for place in points.index[np.isfinite(points["distance"])]:
        np.testing.assert_allclose(weights.loc[place].sum(), 1)
        scores = rankstats.aggregate(values, weights=weights.loc[place])
        assert scores[place] >= scores.max() - 1e-6
    relabelled = rankstats.tipping_points(values.iloc[::-1]).points
    pd.testing.assert_series_equal(relabelled["distance"].sort_index(), points["distance"].sort_index(), atol=1e-7)


def test_a_dominated_place_never_leads() -> None:
    values = table(np.array([[3, 3], [2, 2.5], [4, 1]]))
    points, weights = rankstats.tipping_points(values)
    assert np.isinf(points.at["city 1", "distance"]) and weights.loc["city 1"].isna().all()
    assert list(points.index) == ["city 2", "city 1"]


def test_places_that_are_level_need_no_change() -> None:
    values = table(np.array([[1, 2], [2, 1.0]]))
    assert rankstats.tipping_points(values).points["distance"].tolist() == [0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda v: rankstats.tipping_points(v.iloc[:1]), "one place only"),
        (lambda v: rankstats.tipping_points(v, weights={"x0": 1}), "weights lacks indicator 'x1'"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call(table(np.array([[1, 2], [3, 1.0]])))
    assert message in str(caught.value)


@pytest.mark.parametrize("seed", range(30))
def test_the_closed_form_is_what_the_linear_programme_finds(seed: int) -> None:
    generator = np.random.default_rng(seed)
    values = generator.random((6, 5))
    start = generator.dirichlet(np.ones(5))
    points = rankstats.tipping_points(table(values), weights=start).points
    for place in points.index:
        own = int(place.removeprefix("city "))
        found = tipping._nearest(np.delete(values, own, axis=0) - values[own], start)
        expected = np.inf if found is None else np.abs(found - start).sum()
        assert points.at[place, "distance"] == pytest.approx(expected, abs=1e-6)


def test_both_ways_to_a_tipping_point_are_gone() -> None:
    exact = [
        rankstats.tipping_points(table(np.random.default_rng(seed).random((6, 5)))).points["exact"]
        for seed in range(30)
    ]
    assert set(pd.concat(exact)) == {True, False}
