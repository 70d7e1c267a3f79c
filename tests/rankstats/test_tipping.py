"""Tipping points against greedy and grid searches; Sobol indices against closed forms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from rankstats import Interval


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
    largest = rankstats.tipping_points(values, weights=start, norm="linf").points
    assert largest.loc["B", ["distance", "moved"]].tolist() == pytest.approx([0.1, 0.1])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(2, 8), st.sampled_from(["arithmetic", "geometric", "harmonic"]))
def test_swaps_against_the_greedy_way(seed: int, indicators: int, method: str) -> None:
    generator = np.random.default_rng(seed)
    values = table(generator.random((2, indicators)) + 0.05)
    start = generator.dirichlet(np.ones(indicators))
    terms = {"arithmetic": lambda x: x, "geometric": np.log, "harmonic": lambda x: -1 / x}[method](values.to_numpy())
    gap = terms[0] - terms[1] if (terms[0] - terms[1]) @ start >= 0 else terms[1] - terms[0]
    points, weights = rankstats.swap_point(
        values, "city 0", "city 1", weights=dict(zip(values.columns, start, strict=True)), method=method
    )
    expected = greedy_distance(gap, start)
    if np.isinf(expected):
        assert np.isinf(points["distance"].item()) and weights.isna().all(axis=None)
    else:
        assert points["distance"].item() == pytest.approx(expected, abs=1e-6)
        assert abs(gap @ weights.to_numpy()[0]) < 1e-6 * np.abs(gap).max()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("norm", ["l1", "linf"])
def test_changes_of_leader_against_a_grid(seed: int, norm: str) -> None:
    generator = np.random.default_rng(seed)
    values = table(generator.random((5, 3)))
    start = generator.dirichlet(np.ones(3) * 3)
    points, _ = rankstats.tipping_points(values, weights=dict(zip(values.columns, start, strict=True)), norm=norm)
    grid = rankstats.weight_grid(values.columns, steps=200)
    leader = rankstats.leader_under(values, grid)
    change = (grid - start).abs()
    distance = change.sum(axis=1) if norm == "l1" else change.max(axis=1)
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
        (lambda v: rankstats.tipping_points(v, norm="l2"), "norm is 'l2'"),
        (lambda v: rankstats.tipping_points(v.iloc[:1]), "one place only"),
        (lambda v: rankstats.tipping_points(v, weights={"x0": 1}), "weights lacks indicator 'x1'"),
        (lambda v: rankstats.swap_point(v, "city 0", "Paris"), "there is no place 'Paris'"),
        (lambda v: rankstats.swap_point(v, "city 0", "city 0"), "not 'city 0' twice"),
        (lambda v: rankstats.rank_sensitivity(v, "Paris"), "there is no place 'Paris'"),
        (lambda v: rankstats.rank_sensitivity(v, "city 0", draws=100), "a power of 2"),
        (lambda v: rankstats.rank_sensitivity(v[["x0"]], "city 0"), "one indicator of positive weight only"),
        (
            lambda v: rankstats.rank_sensitivity(v, "city 0", law=rankstats.ordered(["x0", "x1"])),
            "no weight moves alone",
        ),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call(table(np.array([[1, 2], [3, 1.0]])))
    assert message in str(caught.value)


def test_sensitivity_of_two_places_against_its_closed_form() -> None:
    """b is ahead of a while E₂ > c E₁ for exponential E: variances of conditional chances are elementary."""
    c = 3.0
    values = table(np.array([[c, 0.0], [0.0, 1.0]]))
    result = rankstats.rank_sensitivity(values, "city 0", draws=2**14, seed=1)
    p = 1 / (1 + c)
    variance = p * (1 - p)
    first = [(1 / (1 + 2 * c) - p**2) / variance, (1 / (1 + 2 / c) - (1 - p) ** 2) / variance]
    np.testing.assert_allclose(result.indices["first_order"], first, atol=0.02)
    np.testing.assert_allclose(result.indices["total"], [1 - first[1], 1 - first[0]], atol=0.02)
    assert result.mean == pytest.approx(1 + p, abs=0.01) and result.variance == pytest.approx(variance, abs=0.01)
    assert (result.indices["first_order_se"] < 0.02).all()
    assert (result.about.draws, result.about.seed) == (2**14, 1)


def test_sensitivity_to_a_value_within_bounds() -> None:
    # a's value is uniform on 0 to 1, b's is 0.3, one indicator counts for next to nothing: the value decides
    low = table(np.array([[0.0, 0.5], [0.3, 0.5]]))
    high = low.copy()
    high.iat[0, 0] = 1.0
    result = rankstats.rank_sensitivity(Interval(low, high), "city 1", draws=1024, seed=2)
    row = result.indices[result.indices["kind"] == "value"].iloc[0]
    assert (row["place"], row["indicator"]) == ("city 0", "x0")
    assert row["first_order"] == pytest.approx(1, abs=0.05) and row["total"] == pytest.approx(1, abs=0.05)
    assert result.mean == pytest.approx(1.7, abs=0.05)
    others = result.indices[result.indices["kind"] == "weight"]
    assert others["total"].abs().max() < 1e-9
    for method in ("geometric", "harmonic"):
        moved = rankstats.rank_sensitivity(Interval(low + 0.1, high + 0.1), "city 1", draws=1024, seed=2, method=method)
        assert moved.mean == pytest.approx(1.7, abs=0.05)


def test_sensitivity_is_the_same_again_and_nothing_where_nothing_moves() -> None:
    values = table(np.array([[3, 1, 2], [1, 2.5, 2], [1, 1, 1.0]]))
    once, again = (rankstats.rank_sensitivity(values, "city 0", draws=256, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(once.indices, again.indices, check_exact=True)
    last = rankstats.rank_sensitivity(values, "city 2", draws=256)
    assert last.variance == 0 and (last.indices[["first_order", "total"]] == 0).all(axis=None)
