"""Laws of weights, rank acceptability, chances to be ahead: against exact and independent computations."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from fractions import Fraction
from itertools import pairwise, permutations
from math import prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from rankstats import Interval
from rankstats.halfspaces import fraction_positive
from tests.rankstats.hand_made import leaders


def table(array: np.ndarray) -> pd.DataFrame:
    names = [f"city {k}" for k in range(array.shape[0])]
    return pd.DataFrame(array, index=names, columns=[f"x{k}" for k in range(array.shape[1])], dtype="float64")


@pytest.fixture(scope="module")
def three() -> pd.DataFrame:
    return table(np.random.default_rng(7).random((3, 5)))


def fraction_by_partial_fractions(values: list[Fraction]) -> Fraction:
    """P(Σ vᵢwᵢ > 0) for uniform weights and distinct vᵢ: Σ over vᵢ > 0 of vᵢ^(m-1) / Π (vᵢ - vⱼ).

    This comes from the partial fractions of the moment generating function of a sum of exponentials, and has
    nothing in common with the recurrence.
    """
    return sum(
        (v ** (len(values) - 1) / prod((v - u for u in values if u != v), start=Fraction(1)) for v in values if v > 0),
        Fraction(0),
    )


# chances to be ahead


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(-40, 40), min_size=2, max_size=20, unique=True))
def test_half_space_against_fractions(numbers: list[int]) -> None:
    exact = fraction_by_partial_fractions([Fraction(n) for n in numbers])
    found = fraction_positive(np.array([numbers], dtype="float64"))[0]
    assert abs(Fraction(float(found)) - exact) < Fraction(1, 10**14)


def test_half_space_on_floats_of_any_size_against_fractions() -> None:
    generator = np.random.default_rng(3)
    for size in (2, 5, 12, 20, 40):
        numbers = generator.normal(size=size) * 10.0 ** generator.integers(-8, 8, size)
        exact = fraction_by_partial_fractions([Fraction(x) for x in numbers.tolist()])
        assert abs(Fraction(float(fraction_positive(numbers[None, :])[0])) - exact) < Fraction(1, 10**12)


def test_every_pair_of_a_large_table_against_fractions() -> None:
    values = np.random.default_rng(11).random((60, 20))
    ahead = rankstats.pairwise(table(values)).matrix.to_numpy()
    for a, b in np.random.default_rng(1).integers(0, 60, (40, 2)):
        if a != b:
            exact = fraction_by_partial_fractions([Fraction(x) for x in (values[a] - values[b]).tolist()])
            assert abs(Fraction(float(ahead[a, b])) - exact) < Fraction(1, 10**12)


def test_half_space_by_hand() -> None:
    # the example of volesti's frustum_of_simplex: the half x₂ ≤ x₁ of a triangle with its corner at 0
    assert fraction_positive(np.array([[1.0, -1.0, 0.0]]))[0] == 0.5
    # a against b with two indicators: ahead while w₁ > 1/4
    # zeros change nothing, equality is one half, dominance is certain
    np.testing.assert_array_equal(
        fraction_positive(np.array([[3, -1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 2], [-1, 0, 0, -2.0]])), [0.75, 0.5, 1, 0]
    )


def test_half_space_volume_against_a_convex_hull() -> None:
    from scipy.spatial import ConvexHull, HalfspaceIntersection

    values = np.array([0.9, -0.4, 0.3, -1.1])
    # w₄ = 1 - w₁ - w₂ - w₃, so the half-space has the normal v₁-v₄, v₂-v₄, v₃-v₄
    sides = np.vstack(
        (
            np.column_stack((-np.eye(3), np.zeros(3))),
            [1, 1, 1, -1],
            [*-(values[:3] - values[3]), -values[3]],
        )
    )
    inside = np.array([0.5, 0.05, 0.3])
    corners = HalfspaceIntersection(sides, inside).intersections
    assert fraction_positive(values[None, :])[0] == pytest.approx(ConvexHull(corners).volume * 6, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.integers(2, 6), st.integers(1, 8))
def test_chances_are_consistent(seed: int, places: int, indicators: int) -> None:
    values = table(np.random.default_rng(seed).integers(0, 6, (places, indicators)))
    result = rankstats.pairwise(values)
    assert result.about.exact
    matrix = result.matrix.to_numpy()
    np.testing.assert_allclose(matrix + matrix.T, 1, atol=1e-15)
    assert result.expected_rank.sum() == pytest.approx(places * (places + 1) / 2)
    # names, order of the indicators, scale and a common shift do not matter
    order = np.random.default_rng(seed).permutation(indicators)
    other = rankstats.pairwise(values.iloc[::-1, order] * 8 + 16).matrix
    pd.testing.assert_frame_equal(other.loc[values.index, values.index], result.matrix, rtol=1e-12)
    # an indicator on which all are equal does change what the weights leave to the others, but not the order
    pd.testing.assert_frame_equal(rankstats.pairwise(values.assign(same=3.0)).matrix, result.matrix, rtol=1e-12)


@pytest.mark.parametrize(
    "law",
    [
        rankstats.uniform(),
        rankstats.uniform(minimum=0.1),
        rankstats.uniform(minimum={"x1": 0.3, "x4": 0.05}),
        rankstats.ordered(["x3", "x0", "x4", "x1", "x2"]),
        rankstats.ordered(["x3", "x0", "x4", "x1", "x2"], minimum=0.05),
        rankstats.around({"x0": 3, "x1": 2, "x2": 1, "x3": 1, "x4": 0}, concentration=14),
    ],
)
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_exact_results_agree_with_draws(three: pd.DataFrame, law: rankstats.WeightLaw, method: str) -> None:
    values = three + 0.1
    exact = rankstats.pairwise(values, law=law, method=method)
    assert exact.about.exact and exact.standard_error.to_numpy().max() == 0
    full = rankstats.exact_acceptability(values, law=law, method=method)
    drawn = rankstats.acceptability(values, law=law, method=method, draws=40_000, seed=5)
    allowed = 4.5 * np.sqrt(full.shares * (1 - full.shares) / 40_000) + 1e-12
    assert ((drawn.shares - full.shares).abs() <= allowed).all(axis=None)
    np.testing.assert_allclose(full.expected_rank(), exact.expected_rank, rtol=0, atol=1e-12)
    weights = rankstats.sample_weights(values.columns, law=law, draws=40_000, seed=6)
    for place in values.index:
        if full.p_top(1)[place] > 0.05:
            first = leaders(values, weights, method) == place
            expected = weights[first.to_numpy(dtype=bool)].mean()
            np.testing.assert_allclose(full.central_weights.loc[place], expected, atol=0.02)
            np.testing.assert_allclose(drawn.central_weights.loc[place], expected, atol=0.02)


def test_laws_without_a_closed_form_are_drawn_and_say_so(three: pd.DataFrame) -> None:
    near = rankstats.around(concentration=7.3)
    result = rankstats.pairwise(three, law=near, draws=50_000, seed=1)
    assert not result.about.exact and result.about.standard_error == pytest.approx(0.5 / 50_000**0.5, rel=0.2)
    neighbour = rankstats.pairwise(three, law=rankstats.around(concentration=7.5)).matrix  # 5 × 1.5, not whole
    whole = rankstats.pairwise(three, law=rankstats.around(concentration=10)).matrix  # 5 × 2: exact
    assert (result.matrix - neighbour).abs().max(axis=None) < 0.02
    assert (result.matrix - whole).abs().max(axis=None) < 0.06
    with pytest.raises(ValueError, match="no exact result for Dirichlet weights"):
        rankstats.exact_acceptability(three, law=near)


# exact acceptability of three places


def clipped_area(corners: list[tuple[Fraction, ...]], function: list[Fraction]) -> list[tuple[Fraction, ...]]:
    """The part of a polygon of weights on which a linear function is positive (Sutherland and Hodgman)."""
    kept: list[tuple[Fraction, ...]] = []
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        at_here, at_there = (sum(f * w for f, w in zip(function, p, strict=True)) for p in (here, there))
        if at_here >= 0:
            kept.append(here)
        if at_here * at_there < 0:
            t = at_here / (at_here - at_there)
            kept.append(tuple(a + t * (b - a) for a, b in zip(here, there, strict=True)))
    return kept


def area(corners: list[tuple[Fraction, ...]]) -> Fraction:
    turned = corners[1:] + corners[:1]
    return abs(sum((a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, turned, strict=True)), Fraction(0)))


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3, unique_by=tuple))
def test_three_places_three_indicators_against_polygons(rows: list[list[int]]) -> None:
    triangle = [tuple(Fraction(int(i == j)) for j in range(3)) for i in range(3)]
    shares = np.zeros((3, 3))
    for order in permutations(range(3)):
        polygon = triangle
        for a, b in pairwise(order):
            polygon = clipped_area(polygon, [Fraction(rows[a][k] - rows[b][k]) for k in range(3)])
        for rank, place in enumerate(order):
            shares[place, rank] += float(area(polygon))
    found = rankstats.exact_acceptability(table(np.array(rows)))
    np.testing.assert_allclose(found.shares.to_numpy(), shares, atol=1e-13)


def test_three_places_many_indicators_against_draws() -> None:
    values = table(np.random.default_rng(21).random((3, 14)))
    exact = rankstats.exact_acceptability(values)
    drawn = rankstats.acceptability(values, draws=200_000, seed=2)
    assert (exact.shares - drawn.shares).abs().max(axis=None) < 5 * drawn.about.standard_error
    np.testing.assert_allclose(exact.shares.sum(), 1, atol=1e-12)
    np.testing.assert_allclose(exact.central_weights.sum(axis=1), 1, atol=1e-10)

    quick = rankstats.exact_acceptability(values, central=False)
    assert quick.shares.equals(exact.shares) and quick.central_weights.isna().all(axis=None)


def test_limits_of_the_exact_method_are_said() -> None:
    with pytest.raises(ValueError, match="at most three places, not 4"):
        rankstats.exact_acceptability(table(np.eye(4)))
    with pytest.raises(ValueError, match="meant for up to 16 indicators"):
        rankstats.exact_acceptability(table(np.random.default_rng(0).random((3, 40))))
    with pytest.raises(ValueError, match="values within bounds"):
        rankstats.exact_acceptability(Interval(table(np.eye(3)), table(np.eye(3) + 1)))


# ties


def test_equal_places_share_ranks_whatever_their_order() -> None:
    rows = np.array([[1, 0, 2.0], [0, 1, 0], [1, 0, 2], [0, 1, 0], [0, 1, 0]])
    values = table(rows)
    for result in (rankstats.acceptability(values, draws=4000), rankstats.exact_acceptability(values)):
        assert result.tied == [["city 0", "city 2"], ["city 1", "city 3", "city 4"]]
        shares = result.shares.to_numpy()
        np.testing.assert_array_equal(shares[0], shares[2])
        np.testing.assert_allclose(shares.sum(axis=0), 1)
        np.testing.assert_allclose(shares.sum(axis=1), 1)
        assert shares[0, 0] == shares[0, 1] and shares[1, 0] == shares[1, 1] < shares[1, 2]
    exact = rankstats.exact_acceptability(values)
    ahead = rankstats.pairwise(values)
    assert ahead.matrix.at["city 0", "city 2"] == 0.5
    np.testing.assert_allclose(exact.expected_rank(), ahead.expected_rank, atol=1e-12)


def test_many_tied_places_by_sorting() -> None:
    rows = np.random.default_rng(4).random((12, 3))
    values = table(np.vstack((rows, rows[:3])))
    result = rankstats.acceptability(values, draws=20_000, seed=3)
    assert result.tied == [["city 0", "city 12"], ["city 1", "city 13"], ["city 2", "city 14"]]
    np.testing.assert_allclose(result.expected_rank(), rankstats.pairwise(values).expected_rank, atol=0.1)
    np.testing.assert_allclose(result.shares.sum(axis=0), 1)


# drawn acceptability


def brute_force(values: pd.DataFrame, weights: pd.DataFrame) -> np.ndarray:
    shares = np.zeros((len(values), len(values)))
    for row in weights.to_numpy():
        scores = values.to_numpy() @ row
        for place, score in enumerate(scores):
            shares[place, int((scores > score).sum())] += 1
    return shares / len(weights)


@pytest.mark.parametrize("places", [2, 3, 8, 9, 30])
@pytest.mark.parametrize(
    "law", [rankstats.uniform(), rankstats.around(concentration=12.5), rankstats.uniform(minimum=0.02)]
)
def test_draw_by_draw_against_a_plain_loop(places: int, law: rankstats.WeightLaw) -> None:
    # 2,500 draws are more than one chunk; negative scores are among them
    values = table(np.random.default_rng(places).normal(size=(places, 4)))
    weights = rankstats.sample_weights(values.columns, law=law, draws=2500, seed=8)
    result = rankstats.acceptability(values, law=law, draws=2500, seed=8)
    np.testing.assert_allclose(result.shares.to_numpy(), brute_force(values, weights), atol=1e-12)
    first = leaders(values, weights)
    for place in values.index:
        mine = (first == place).to_numpy(dtype=bool)
        if mine.any():
            np.testing.assert_allclose(result.central_weights.loc[place], weights[mine].mean(), atol=1e-12)
        else:
            assert result.central_weights.loc[place].isna().all()


def test_scores_that_agree_in_seven_digits_are_told_apart() -> None:
    values = table(1 + 1e-7 * np.random.default_rng(1).normal(size=(30, 4)))
    weights = rankstats.sample_weights(values.columns, draws=1000, seed=8)
    result = rankstats.acceptability(values, draws=1000, seed=8)
    np.testing.assert_allclose(result.shares.to_numpy(), brute_force(values, weights), atol=1e-12)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(2, 12), st.integers(1, 6))
def test_shares_are_doubly_stochastic_and_follow_the_names(seed: int, places: int, indicators: int) -> None:
    values = table(np.random.default_rng(seed).integers(0, 9, (places, indicators)))
    result = rankstats.acceptability(values, draws=500, seed=seed)
    np.testing.assert_allclose(result.shares.sum(axis=0), 1)
    np.testing.assert_allclose(result.shares.sum(axis=1), 1)
    relabelled = rankstats.acceptability(values.iloc[::-1], draws=500, seed=seed)
    np.testing.assert_allclose(relabelled.shares.loc[values.index], result.shares)
    scaled = rankstats.acceptability(values * 4 + 1024, draws=500, seed=seed)
    np.testing.assert_allclose(scaled.shares, result.shares, atol=0.005)
    assert (result.p_top(places) - 1).abs().max() < 1e-12
    assert result.p_top(1).tolist() == result.shares[1].tolist()


def test_dominance_is_certain() -> None:
    values = table(np.array([[3, 3, 3], [2, 2, 2], [1, 1, 1.0]]))
    assert (rankstats.acceptability(values, draws=1000).shares.to_numpy() == np.eye(3)).all()
    assert (rankstats.exact_acceptability(values).shares.to_numpy() == np.eye(3)).all()


def test_rank_intervals() -> None:
    shares = pd.DataFrame([[0.04, 0.5, 0.46], [0.06, 0.1, 0.84], [0.9, 0.4, 0.1]], columns=[1, 2, 3])
    result = rankstats.Acceptability(shares, shares, [], rankstats.About("", 100, 0, 0.1, 3, 3, "arithmetic", "none"))
    assert result.rank_interval(0.9).to_numpy().tolist() == [[2, 2, 3], [1, 3, 3], [1, 1, 2]]
    assert result.standard_error.iat[0, 1] == 0.05


def test_values_within_bounds_are_drawn_too() -> None:
    low = table(np.array([[0.0, 0.0], [0.5, 0.5]]))
    high = table(np.array([[1.0, 1.0], [0.5, 0.5]]))
    # with equal values in both indicators for b and independent uniform ones for a, a leads half the time
    result = rankstats.acceptability(Interval(low, high), draws=40_000, seed=3)
    assert result.p_top(1)["city 0"] == pytest.approx(0.5, abs=0.012)
    certain = rankstats.acceptability(Interval(low, low + 0.1), draws=2000)
    assert certain.shares.to_numpy().tolist() == [[0, 1], [1, 0]]
    # bounds of no width change nothing: the same weights are drawn
    fixed = table(np.random.default_rng(5).random((4, 3)) + 0.1)
    for method in ("arithmetic", "geometric", "harmonic"):
        point = rankstats.acceptability(fixed, draws=3000, seed=9, method=method)
        width_zero = rankstats.acceptability(Interval(fixed, fixed.copy()), draws=3000, seed=9, method=method)
        pd.testing.assert_frame_equal(point.shares, width_zero.shares)
        ahead = rankstats.pairwise(Interval(fixed, fixed.copy()), draws=3000, seed=9, method=method)
        exact = rankstats.pairwise(fixed, method=method)
        assert not ahead.about.exact
        assert (ahead.matrix - exact.matrix).abs().max(axis=None) < 0.05


def test_the_account_is_complete(three: pd.DataFrame) -> None:
    result = rankstats.acceptability(three, law=rankstats.uniform(minimum=0.05), draws=5000, seed=12)
    about = result.about
    assert (about.draws, about.seed, about.places, about.indicators) == (5000, 12, 3, 5)
    assert about.standard_error == pytest.approx(result.standard_error.max(axis=None))
    assert str(about).startswith("5,000 draws, seed 12, Monte Carlo standard error at most 0.00")
    assert "weights uniform on the simplex, each at least 0.05; arithmetic mean of 5 indicators for 3 places" in str(
        about
    )
    assert str(rankstats.pairwise(three).about).startswith("exact; weights uniform on the simplex")


def test_standard_errors_are_what_repetition_shows(three: pd.DataFrame) -> None:
    runs = np.array([rankstats.acceptability(three, draws=400, seed=s).shares.to_numpy() for s in range(200)])
    claimed = rankstats.acceptability(three, draws=400, seed=0).standard_error.to_numpy()
    np.testing.assert_allclose(claimed, runs.std(axis=0), rtol=0.25, atol=0.003)


# the same bytes, little memory

DIGEST = """
import hashlib, numpy as np, pandas as pd
import rankstats
values = pd.DataFrame(np.random.default_rng(0).random((40, 20)))
result = rankstats.acceptability(values, draws=5000, seed=4)
print(hashlib.sha256(result.shares.to_numpy().tobytes() + result.central_weights.to_numpy().tobytes()).hexdigest())
"""


def test_same_seed_same_bytes_whatever_the_threads() -> None:
    digests = set()
    for threads in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    values = pd.DataFrame(np.random.default_rng(0).random((40, 20)))
    result = rankstats.acceptability(values, draws=5000, seed=4)
    digests.add(
        hashlib.sha256(result.shares.to_numpy().tobytes() + result.central_weights.to_numpy().tobytes()).hexdigest()
    )
    assert len(digests) == 1
    assert not rankstats.acceptability(values, draws=5000, seed=5).shares.equals(result.shares)


@pytest.mark.parametrize("shape", [(338, 20), (3, 5)])
@pytest.mark.parametrize("draws", [2_000, 40_000])
def test_memory_does_not_grow_with_the_draws(shape: tuple[int, int], draws: int) -> None:
    values = table(np.random.default_rng(0).random(shape))
    rankstats.acceptability(values, draws=300)
    tracemalloc.start()
    rankstats.acceptability(values, draws=draws)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


# laws of weights


def test_uniform_weights_have_beta_margins_and_scaled_uniform_numbers_do_not() -> None:
    from scipy import stats

    weights = rankstats.sample_weights(list("abcde"), draws=20_000, seed=1)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    for name in weights:
        assert stats.kstest(weights[name], stats.beta(1, 4).cdf).pvalue > 0.001
    scaled = np.random.default_rng(1).random((20_000, 5))
    scaled /= scaled.sum(axis=1, keepdims=True)
    ours, theirs = (np.diff(np.quantile(w, [0.05, 0.95]))[0] for w in (weights["a"], scaled[:, 0]))
    assert theirs < 0.8 * ours


@pytest.mark.parametrize(
    ("count", "expected"),
    [(3, [0.6111, 0.2778, 0.1111]), (4, [0.5208, 0.2708, 0.1458, 0.0625]), (5, [0.4567, 0.2567, 0.1567, 0.09, 0.04])],
)
def test_ordered_weights_have_the_rank_order_centroid_as_mean(count: int, expected: list[float]) -> None:
    # Barron and Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11)
    names = [f"x{k}" for k in range(count)]
    weights = rankstats.sample_weights(names, law=rankstats.ordered(names), draws=40_000, seed=2)
    assert (np.diff(weights.to_numpy(), axis=1) <= 1e-15).all()
    np.testing.assert_allclose(weights.mean(), expected, atol=0.004)
    # as uniform weights sorted
    plain = np.sort(rankstats.sample_weights(names, draws=40_000, seed=3).to_numpy(), axis=1)[:, ::-1]
    np.testing.assert_allclose(np.quantile(weights, 0.9, axis=0), np.quantile(plain, 0.9, axis=0), atol=0.01)


def test_minimum_shares_hold_and_leave_the_rest_uniform() -> None:
    from scipy import stats

    weights = rankstats.sample_weights(list("abc"), law=rankstats.uniform(minimum={"b": 0.4}), draws=10_000, seed=3)
    assert weights["b"].min() >= 0.4
    assert stats.kstest((weights["b"] - 0.4) / 0.6, stats.beta(1, 2).cdf).pvalue > 0.001


def test_weights_around_given_ones() -> None:
    given_weights = {"a": 0.5, "b": 0.3, "c": 0.2, "d": 0.0}
    weights = rankstats.sample_weights(
        list("abcd"), law=rankstats.around(given_weights, concentration=50), draws=40_000, seed=4
    )
    mean = np.array([0.5, 0.3, 0.2, 0])
    np.testing.assert_allclose(weights.mean(), mean, atol=0.002)
    np.testing.assert_allclose(weights.std(), np.sqrt(mean * (1 - mean) / 51), rtol=0.02)


def test_first_draws_do_not_depend_on_their_number() -> None:
    for law in (rankstats.uniform(), rankstats.around(concentration=6.5)):
        few, many = (rankstats.sample_weights(list("ab"), law=law, draws=n, seed=1) for n in (5, 5000))
        np.testing.assert_array_equal(few, many.iloc[:5])


def test_a_grid_of_weights() -> None:
    grid = rankstats.weight_grid(["a", "b", "c"], steps=10)
    assert len(grid) == 66 and len(grid.drop_duplicates()) == 66
    np.testing.assert_allclose(grid.sum(axis=1), 1)


# errors

GOOD = table(np.array([[1, 2, 3], [3, 1, 2], [2, 2, 2.0]]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rankstats.acceptability(GOOD.iloc[:1]), "one place only, 'city 0'"),
        (lambda: rankstats.acceptability(GOOD.replace(1, np.nan)), "place 'city 0' has no value for indicator 'x0'"),
        (lambda: rankstats.acceptability(GOOD, draws=0), "draws is 0"),
        (lambda: rankstats.acceptability(GOOD, draws=1.5), "draws is 1.5"),
        (lambda: rankstats.acceptability(GOOD - 1, method="geometric"), "'city 0' has 0 for indicator 'x0'"),
        (lambda: rankstats.acceptability(GOOD, law=rankstats.uniform(minimum=0.4)), "the minimum shares sum to 1.2"),
        (lambda: rankstats.acceptability(GOOD, law=rankstats.uniform(minimum={"x1": -0.1})), "indicator 'x1' is -0.1"),
        (lambda: rankstats.acceptability(GOOD, law=rankstats.uniform(minimum={"y": 0.1})), "minimum names 'y'"),
        (
            lambda: rankstats.acceptability(GOOD, law=rankstats.ordered(["x0", "x1"])),
            "the order of importance lacks indicator 'x2'",
        ),
        (lambda: rankstats.acceptability(GOOD, law=rankstats.ordered(["x0", "x1", "x1"])), "names x1 more than once"),
        (lambda: rankstats.around(concentration=0), "concentration is 0"),
        (lambda: rankstats.acceptability(GOOD, law=rankstats.around(concentration=0.1)), "below 0.05"),
        (lambda: rankstats.acceptability(GOOD).p_top(4), "k is 4"),
        (lambda: rankstats.acceptability(GOOD).rank_interval(1.0), "level is 1.0"),
        (lambda: rankstats.pairwise(GOOD).p_ahead("city 0", "Paris"), "there is no place 'Paris'"),
        (lambda: rankstats.weight_grid(["a"], steps=0), "steps is 0"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)
