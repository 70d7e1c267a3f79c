"""What goes in: equal scores, values of extreme size, and input that nothing can be made of."""

from __future__ import annotations

import traceback
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rankstats
from rankstats import Interval
from rankstats.halfspaces import fraction_positive

NAMES = ["a", "b", "c"]
LEVEL = pd.DataFrame([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.2, 0.2]], index=list("ABC"), columns=NAMES)
GOOD = pd.DataFrame([[1.0, 2, 3], [3, 1, 2], [2, 2, 2.5]], index=list("ABC"), columns=NAMES)


# ties


def test_equal_scores_are_level_wherever_they_are_compared() -> None:
    scores = rankstats.aggregate(LEVEL)
    assert scores.nunique() == 1
    assert rankstats.rank_places(scores).tolist() == [1, 1, 1]
    points = rankstats.tipping_points(LEVEL).points
    assert points["rank"].tolist() == [1, 1] and points["distance"].tolist() == [0, 0]


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_order_of_indicators_and_unit_break_no_tie(method: str) -> None:
    generator = np.random.default_rng(5)
    for _ in range(50):
        row = generator.random(7) + 0.01
        values = pd.DataFrame([generator.permutation(row) for _ in range(6)] + [row * 0.9])
        for unit in (1.0, 1e-9, 3e7):
            scores = rankstats.aggregate(values * unit, method=method)
            assert rankstats.rank_places(scores).tolist() == [1] * 6 + [7]
            assert rankstats.tipping_points(values * unit, method=method).points["rank"].tolist() == [1] * 5 + [7]


def test_places_level_but_for_rounding_are_tied_under_all_weights() -> None:
    values = pd.DataFrame([[0.1 + 0.2, 0.7], [0.3, 0.1 * 7], [0.5, 0.1]], index=list("ABC"), columns=["a", "b"])
    assert (values.loc["A"] != values.loc["B"]).any()
    for law in (None, rankstats.uniform(minimum=0.1), rankstats.ordered(["b", "a"])):
        assert rankstats.pairwise(values, law=law).p_ahead("A", "B") == 0.5
        assert rankstats.exact_acceptability(values, law=law).tied == [["A", "B"]]
        assert rankstats.acceptability(values, law=law, draws=500).tied == [["A", "B"]]


def test_a_tie_is_judged_by_the_size_of_the_places_in_it() -> None:
    assert rankstats.rank_places(pd.Series([1e13, 2.0, 1.0])).tolist() == [1, 2, 3]
    assert rankstats.rank_places(pd.Series([1.0, 1 - 1e-11, 1 - 1e-13])).tolist() == [1, 3, 1]
    # terms that cancel leave rounding as large as the terms allow, whatever the sum
    values = pd.DataFrame([[0.1, 0.2, -0.3], [0.3, -0.2, -0.1], [1e-9, 0, 0]])
    assert rankstats.rank_places(rankstats.aggregate(values)).tolist() == [2, 2, 1]


def test_bounds_of_scores_are_level_as_scores_are() -> None:
    scores = pd.Series((LEVEL.to_numpy() / 3).sum(axis=1), index=LEVEL.index)
    assert scores.nunique() > 1
    bounds = rankstats.rank_places((scores, scores))
    assert bounds.to_numpy().tolist() == [[1, 1]] * 3
    low, high = rankstats.aggregate(Interval(LEVEL, LEVEL))
    assert (low == high).all() and low.nunique() == 1


# extreme sizes


def half_space(corners: list[float] | np.ndarray) -> float:
    """Part of the simplex on which the function with these corner values is positive."""
    return float(fraction_positive(np.array([corners], dtype=float))[0])


@pytest.mark.parametrize("unit", [5e-324, 1e-320, 1e-160, 1.0, 1e200, 5e307])
def test_a_half_space_does_not_depend_on_the_unit(unit: float) -> None:
    found = half_space([unit, -3 * unit])
    assert found == pytest.approx(0.25, abs=1e-15)
    assert half_space([-unit, 3 * unit]) == pytest.approx(0.75, abs=1e-15)


def test_a_half_space_with_corners_of_very_different_sizes() -> None:
    assert half_space([1.7e308, -1e308]) == pytest.approx(1.7 / 2.7)
    rows = np.array([[1, 1e-320, -1e-320], [-1e308, 1e-320, -1e-320], [1e150, -1e150, 1e-150], [0, 0, 0.0]])
    assert fraction_positive(rows).tolist() == pytest.approx([1, 0, 0.5, 0.5])


def test_scaling_changes_no_digit() -> None:
    rows = np.random.default_rng(2).normal(size=(200, 6))
    plain = fraction_positive(rows)
    for unit in (2.0**-1000, 2.0**-30, 2.0**900):
        np.testing.assert_array_equal(fraction_positive(rows * unit), plain)


@pytest.mark.parametrize("unit", [1e-300, 1e-160, 1e149])
def test_results_do_not_depend_on_the_unit(unit: float) -> None:
    plain, scaled = GOOD, GOOD * unit
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for part in ("shares", "central_weights"):
            exact = (getattr(rankstats.exact_acceptability(values), part) for values in (plain, scaled))
            np.testing.assert_allclose(*exact, rtol=1e-12, atol=1e-15)
            drawn = (getattr(rankstats.acceptability(values, draws=500), part) for values in (plain, scaled))
            np.testing.assert_allclose(*drawn, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(*(rankstats.pairwise(v).matrix for v in (plain, scaled)), rtol=1e-12)
        for method in ("minmax", "z", "rank", "share", "leader"):
            np.testing.assert_allclose(
                *(rankstats.normalise(v, method=method) for v in (plain, scaled)), rtol=1e-12, atol=1e-15
            )


def test_exact_numbers_of_any_size_give_the_chance_of_their_fractions() -> None:
    exact = Fraction(17, 27) * Fraction(17, 37)  # of u·(17, -10, -20) > 0: Π of y / (y + x)
    for unit in (1e-310, 1e306):
        row = np.array([17, -10, -20]) * unit
        assert half_space(row) == pytest.approx(float(exact), rel=1e-9)


# what nothing can be made of

HUGE = GOOD.replace(3, 1e308)
STRINGS = pd.Series(["1", "2"], index=["A", "B"])


def scores(**given: float) -> pd.Series:
    return pd.Series(given, dtype="float64")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        # size
        (lambda: rankstats.pairwise(HUGE), "place 'A' has 1e+308 for indicator 'c'"),
        (lambda: rankstats.exact_acceptability(HUGE), "place 'A' has 1e+308 for indicator 'c'"),
        (lambda: rankstats.normalise(HUGE), "of a size up to 1e+150"),
        (lambda: rankstats.acceptability(Interval(-HUGE, HUGE)), "place 'A' has -1e+308"),
        (lambda: rankstats.around(concentration=np.inf), "concentration is inf; it must be a positive number up to"),
        (lambda: rankstats.around(concentration=1e308), "concentration is 1e+308"),
        (lambda: rankstats.aggregate(GOOD, weights=dict.fromkeys(NAMES, 1e308)), "indicator 'a' is 1e+308"),
        (lambda: rankstats.aggregate(GOOD * 1e-200, method="harmonic"), "place 'A' has 1e-200 for indicator 'a'"),
        (lambda: rankstats.normalise(GOOD * 1e-200, method="leader", direction="lower"), "place 'A' has 1e-200"),
        # weights
        (lambda: rankstats.aggregate(GOOD, weights=dict.fromkeys(NAMES, True)), "indicator 'a' is True"),
        (lambda: rankstats.aggregate(GOOD, weights=dict.fromkeys(NAMES, "1")), "indicator 'a' is '1'"),
        (lambda: rankstats.around({"a": -1}, concentration=9), "the weight of indicator 'a' is -1"),
        (
            lambda: rankstats.around(pd.Series([1, 2], index=["a", "a"]), concentration=9),
            "weights names indicator 'a' more than once",
        ),
        (
            lambda: rankstats.acceptability(GOOD, law=rankstats.uniform(minimum={"a": "x"})),
            "the minimum share of indicator 'a' is 'x'",
        ),
        (lambda: rankstats.sample_weights([]), "indicators is empty"),
        (lambda: rankstats.sample_weights(["a", "b", "a"]), "indicators names 'a' more than once"),
        (lambda: rankstats.weight_grid(["a", "b", "a"]), "indicators names 'a' more than once"),
        (lambda: rankstats.weight_grid([]), "indicators is empty"),
        (lambda: rankstats.weight_grid(NAMES, steps=2.5), "steps is 2.5"),
        # scores
        (lambda: rankstats.rank_places(pd.Series(dtype="float64")), "scores: the table is empty"),
        (lambda: rankstats.rank_places(STRINGS), "every column must be numeric"),
        (lambda: rankstats.rank_places(pd.Series([1, 2.0], index=["A", "A"])), "place 'A' appears more than once"),
        (lambda: rankstats.rank_places(scores(A=np.inf)), "place 'A' has inf"),
        (lambda: rankstats.rank_places((scores(A=1, B=np.nan), scores(A=1, B=2))), "place 'B' has no score"),
        (lambda: rankstats.rank_places((scores(A=1, B=3), scores(A=1, B=2))), "'B' has the low score 3 above the high"),
        (lambda: rankstats.rank_places((scores(A=1, B=1), scores(B=1, A=1))), "the same places, in the same order"),
        (lambda: rankstats.rank_places((scores(A=1),)), "low and high, not 1"),
        # the rest
        (lambda: rankstats.sensitivity(lambda a: scores(x=a), {"a": [1, 2]}), "is a Series, no number"),
        (lambda: rankstats.normalise(GOOD, direction=[1, -1]), "direction names 1, -1, which the table does not"),
        (lambda: rankstats.normalise(GOOD.assign(b=np.nan)), "indicator 'b' has no value for any place"),
        (lambda: rankstats.normalise(GOOD.assign(b=np.nan), method="share"), "'b' has no value for any place"),
        (lambda: rankstats.normalise(GOOD, direction=["lower"]), "direction names 'lower', which the table does not"),
        (
            lambda: rankstats.aggregate(GOOD, weights=[1, 2]),
            "weights has 2 numbers; there are 3, one for each indicator",
        ),
        (lambda: rankstats.weight_grid([f"x{k}" for k in range(10)]), "draw some with sample_weights()"),
        (lambda: rankstats.normalise(GOOD, direction={"a": None}), "direction of indicator 'a' is None"),
        (lambda: rankstats.acceptability(GOOD, draws=200).p_top(1.5), "k is 1.5; it must be a whole number"),
        (lambda: rankstats.pairwise(GOOD, draws=0), "draws is 0"),
        (lambda: rankstats.acceptability(GOOD, draws=True), "draws is True"),
        (lambda: rankstats.acceptability(GOOD, seed=None), "seed is None; it must be a whole number from 0 on"),
        (lambda: rankstats.pairwise(GOOD, seed=None), "seed is None"),
        (lambda: rankstats.sample_weights(NAMES, seed=None), "seed is None"),
        (lambda: rankstats.sample_weights(NAMES, seed=-1), "seed is -1"),
        (lambda: rankstats.uniform(minimum=10**400), "minimum is 1000"),
        (lambda: rankstats.pairwise(()), "an interval is two tables, low and high, not 0"),
        (lambda: rankstats.fraction_positive(np.array([[1, np.nan]])), "corner_values has a value that is missing"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:
    with warnings.catch_warnings(), pytest.raises(ValueError) as caught:
        warnings.simplefilter("error")
        call()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rankstats.acceptability(GOOD, law="uniform"), "law is 'uniform'; it must come from uniform()"),
        (lambda: rankstats.pairwise(GOOD, law=""), "law is ''"),
        (lambda: rankstats.aggregate(GOOD, weights="even"), "weights is 'even'; give a number for each indicator"),
        (lambda: rankstats.aggregate(GOOD, weights=3), "weights is 3; give a number for each indicator"),
        (lambda: rankstats.around([1, 2], concentration=9), "weights must be a mapping"),
        (lambda: rankstats.uniform(minimum="0.1"), "minimum must be a number, or a mapping"),
        (lambda: rankstats.normalise(GOOD, direction=None), "direction is None; give 'higher', 'lower', a mapping"),
        (lambda: rankstats.sample_weights("abc"), "indicators is 'abc'; it must be a list of names"),
        (lambda: rankstats.rank_places([1, 2]), "scores must be a Series"),
        (lambda: rankstats.sensitivity(lambda a: a, {"a": 3}), "the options of 'a' are 3; give a list"),
        (lambda: rankstats.sensitivity(lambda a: a, [1, 2]), "a mapping of choices to their options, not function and"),
        (lambda: rankstats.sensitivity(3, {"a": [1]}), "give a function and a mapping"),
        (lambda: rankstats.fraction_positive([[1, -1]]), "corner_values is a list; it must be an array of numbers"),
        (lambda: rankstats.fraction_positive(np.array([])), "simplexes × corners"),
        (
            lambda: rankstats.normalise(GOOD, reference=3),
            "with rows 'min', 'max', not int",
        ),
        (lambda: rankstats.weight_grid([["a"], ["b"]]), "indicators is [['a'], ['b']]; it must be a list of names"),
    ],
)
def test_things_of_another_kind_are_named(call, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        call()
    assert message in str(caught.value)


def test_the_account_of_drawn_weights_is_as_elsewhere() -> None:
    about = rankstats.sample_weights(NAMES, draws=50, seed=3).attrs["about"]
    assert isinstance(about, rankstats.About)
    assert (about.draws, about.seed, about.indicators, about.exact) == (50, 3, 3, False)
    assert str(about) == "50 draws, seed 3; weights uniform on the simplex"


LISTS = rankstats.read([["a", "b", "c"], ["a", "c", "b"], ["b", "a", "c"]])
RESAMPLED = rankstats.bootstrap_ranks(LISTS, draws=20)
RIGHT = {  # a call of each function that takes arguments of its own
    "acceptability": {"values": GOOD, "law": None, "method": "arithmetic", "draws": 9, "seed": 0},
    "aggregate": {"values": GOOD, "weights": None, "method": "arithmetic", "groups": None, "missing": "error"},
    "agreement": {"lists": LISTS, "overlap": False, "persistence": 0.9},
    "around": {"weights": {"x": 1, "y": 2}, "concentration": 5, "groups": None},
    "bootstrap_ranks": {"lists": LISTS, "method": "borda", "draws": 9, "seed": 0, "time_limit": 5.0},
    "chance_of_top": {"ranks": RESAMPLED, "places": ["a", "b"]},
    "complete": {"values": GOOD, "policy": "mean"},
    "entropy": {"amounts": GOOD, "by": "place", "base": None},
    "exact_acceptability": {"values": GOOD.iloc[:3], "law": None, "method": "arithmetic", "central": False},
    "interval": {"counts": GOOD.round(), "measure": "shares", "by": "place", "level": 0.9, "draws": 100, "seed": 0},
    "kemeny": {"lists": LISTS, "time_limit": 5.0},
    "kendall_w": {"lists": LISTS, "permutations": 9, "seed": 0},
    "location_quotient": {"amounts": GOOD, "reference": None},
    "normalise": {"values": GOOD, "method": "z", "direction": "higher", "reference": None, "range": (0, 1)},
    "ordered": {"order": ["x", "y"], "minimum": 0.0, "groups": None},
    "pairwise": {"values": GOOD, "law": None, "method": "arithmetic", "draws": 9, "seed": 0},
    "rank_biased_overlap": {"a": ["a", "b"], "b": ["b", "a"], "persistence": 0.9, "ties": "uncertain"},
    "rank_intervals": {"ranks": RESAMPLED, "level": 0.9},
    "read": {"data": [["a", "b"], ["b", "a"]], "tables": None, "scores": None, "ranks": "auto", "unlisted": None}
    | {"places": None, "not_covered": None, "by": None, "weights": "publisher"},
    "results": {"data": GOOD, "weights": None, "law": None, "method": None, "level": 0.9, "draws": 9, "seed": 0},
    "sample_weights": {"indicators": ["x", "y"], "law": None, "draws": 9, "seed": 0},
    "tipping_points": {"values": GOOD, "weights": None, "method": "arithmetic"},
    "weight_grid": {"indicators": ["x", "y"], "steps": 3},
}
HOSTILE = (np.array([1, 2, 3]), object(), b"nope", [[1]], {"nope": [1]}, 10**400, GOOD.T.iloc[:0], pd.NA)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_wrong_with_an_argument_is_said_in_our_words(name: str) -> None:
    function = getattr(rankstats, name)
    function(**RIGHT[name])
    for argument in RIGHT[name]:
        for value in HOSTILE:
            try:
                function(**RIGHT[name] | {argument: value})
            except (ValueError, TypeError) as error:
                raised = traceback.extract_tb(error.__traceback__)[-1]
                assert Path(raised.filename).parent.name == "rankstats", f"{argument}={value!r}: {error}"
                assert str(raised.line).startswith("raise ") and "\n" not in str(error), (
                    f"{argument}={value!r}: {error}"
                )
