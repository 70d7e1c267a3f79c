"""Copeland's count over all weights, what matters most, and all results in one table."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from rankstats import Interval


def table(array: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(array, index=list("abcdefgh")[: len(array)], columns=[f"x{k}" for k in range(array.shape[1])])


def copeland_by_hand(values: np.ndarray, weights: np.ndarray) -> list[float]:
    scores = []
    for own in range(len(values)):
        points = 0.0
        for other in range(len(values)):
            margin = sum(w * np.sign(a - b) for w, a, b in zip(weights, values[own], values[other], strict=True))
            points += 0 if own == other else 1.0 * (margin > 1e-12) + 0.5 * (abs(margin) <= 1e-12)
        scores.append(points / (len(values) - 1))
    return scores


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.integers(2, 5), st.integers(1, 5))
def test_copeland_scores_by_hand(seed: int, places: int, indicators: int) -> None:
    rng = np.random.default_rng(seed)
    values, weights = rng.integers(0, 3, (places, indicators)).astype(float), rng.integers(1, 4, indicators)
    found = rankstats.aggregate(table(values), method="copeland", weights=weights)
    assert found.tolist() == pytest.approx(copeland_by_hand(values, weights / weights.sum()))


@pytest.mark.parametrize("seed", range(8))
def test_exact_copeland_chances_are_those_of_draws(seed: int) -> None:
    rng = np.random.default_rng(seed)
    # few levels make draws under all weights, which have a way of their own
    values = table(rng.integers(0, 2 + seed % 3, (3, 4)).astype(float))
    for law in (None, rankstats.uniform(minimum=0.1), rankstats.ordered(values.columns), [1, 2, 3, 5]):
        exact = rankstats.exact_acceptability(values, law=law, method="copeland")
        drawn = rankstats.acceptability(values, law=law, method="copeland", draws=20_000, seed=seed)
        np.testing.assert_allclose(exact.shares.sum(axis=1), 1)
        np.testing.assert_allclose(exact.shares, drawn.shares, atol=0.02)
        ahead = rankstats.pairwise(values, law=law, method="copeland")
        weights = rankstats.sample_weights(values.columns, law=law, draws=20_000, seed=seed)
        margin = weights @ np.sign(values.loc["a"] - values.loc["b"])
        assert ahead.p_ahead("a", "b") == pytest.approx(
            (margin > 1e-12).mean() + (margin.abs() <= 1e-12).mean() / 2, abs=0.02
        )


def test_three_places_that_beat_each_other_in_a_circle_share_all_ranks() -> None:
    values = table(np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]]))
    found = rankstats.exact_acceptability(values, method="copeland")
    # no indicator has half the weight in a quarter of the simplex: then there is a circle
    assert found.shares.to_numpy() == pytest.approx(np.full((3, 3), 1 / 3))
    assert rankstats.exact_acceptability(values, law="equal", method="copeland").p_top().tolist() == pytest.approx(
        [1 / 3] * 3
    )


def test_copeland_takes_no_bounds_and_no_more_than_three_places_exactly() -> None:
    values = table(np.eye(4))
    with pytest.raises(ValueError, match="at most three places, not 4"):
        rankstats.exact_acceptability(values, method="copeland")
    with pytest.raises(ValueError, match="values within bounds have no Copeland count"):
        rankstats.aggregate(Interval(values, values + 1), method="copeland")
    with pytest.raises(ValueError, match="no exact result for this law"):
        rankstats.exact_acceptability(values.iloc[:3], law=rankstats.around(concentration=7.5), method="copeland")
    drawn = rankstats.pairwise(values, law=rankstats.around(concentration=7.5), method="copeland", draws=500)
    assert not drawn.about.exact and drawn.matrix.to_numpy() + drawn.matrix.to_numpy().T == pytest.approx(1)


def test_a_law_over_groups_is_a_law_over_their_means() -> None:
    rng = np.random.default_rng(3)
    values = table(rng.random((3, 5)))
    groups = {"x0": "a", "x1": "b", "x2": "a", "x3": "a", "x4": "c"}
    means = rankstats.aggregate(values, groups=groups)
    for law, inner in (
        (rankstats.uniform(groups=groups), rankstats.uniform()),
        (rankstats.uniform(minimum=0.2, groups=groups), rankstats.uniform(minimum=0.2)),
        (rankstats.ordered(list("bca"), groups=groups), rankstats.ordered(list("bca"))),
        (rankstats.around({"a": 2, "b": 1, "c": 1}, concentration=8, groups=groups),
         rankstats.around({"a": 2, "b": 1, "c": 1}, concentration=8)),
    ):  # fmt: skip
        mine = rankstats.exact_acceptability(values, law=law)
        np.testing.assert_allclose(mine.shares, rankstats.exact_acceptability(means, law=inner).shares)
        assert "of 3 groups, shared equally inside" in mine.about.law
    with pytest.raises(ValueError, match="groups lacks indicator 'x4'"):
        rankstats.acceptability(values, law=rankstats.uniform(groups=dict.fromkeys(["x0", "x1", "x2", "x3"], "a")))


def test_given_weights_leave_only_the_values_to_vary() -> None:
    low = pd.DataFrame({"x": [0.0, 0.5], "y": [0.5, 0.5]}, index=["a", "b"])
    high = low.assign(x=[1.0, 0.5])
    for law in ({"x": 0.9, "y": 0.1}, [9, 1]):
        found = rankstats.acceptability(Interval(low, high), law=law, draws=4_000)
        assert found.p_top()["a"] == pytest.approx(0.5, abs=0.03)
    sure = rankstats.exact_acceptability(high, law=[9, 1])
    assert sure.p_top().tolist() == [1, 0] and sure.about.law == "fixed weights: 1 9, 2 1"


# what matters most


def test_effects_are_those_of_an_analysis_of_variance_by_hand() -> None:
    effect = {"a": [0.0, 2.0], "b": [0.0, 1.0, 5.0]}

    def answer(a: int, b: int) -> float:
        return effect["a"][a] + effect["b"][b] + 3.0 * (a == 1 and b == 2)

    found = rankstats.sensitivity(answer, {"a": [0, 1], "b": {"low": 0, "middle": 1, "high": 2}})
    cube = np.array([[answer(a, b) for b in range(3)] for a in range(2)])
    assert found.table.loc["a", ["moves", "at_most"]].tolist() == [(2 + 2 + 5) / 3, 5]
    assert found.table.loc["b", ["moves", "at_most"]].tolist() == [(5 + 8) / 2, 8]
    assert found.table.loc["b", ["lowest", "highest", "options"]].tolist() == ["low", "high", 3]
    alone = {"a": cube.mean(axis=1).var() / cube.var(), "b": cube.mean(axis=0).var() / cube.var()}
    for name in "ab":
        assert found.table.loc[name, "alone"] == pytest.approx(alone[name])
    # with two choices, what one has with the other is all that neither has alone
    both = 1 - alone["a"] - alone["b"]
    assert found.table.loc["a", "total"] == pytest.approx(alone["a"] + both)
    assert found.table.index.tolist() == ["b", "a"]
    assert found.answers["answer"].tolist() == cube.ravel().tolist()


def test_combinations_without_an_answer_are_counted_and_left_out() -> None:
    found = rankstats.sensitivity(lambda a, b: np.nan if (a, b) == (1, 1) else a + b, {"a": [0, 1], "b": [0, 1]})
    assert found.without == 1
    assert found.table["moves"].tolist() == [1, 1]
    assert found.table["total"].isna().all()
    assert "1 of them without an answer" in str(found)


def test_bad_choices_are_named() -> None:
    for choices, error, message in (
        ({}, ValueError, "choices is empty"),
        ({"a": []}, ValueError, "'a' needs one or more different options"),
        ({"a": [1, 1]}, ValueError, "'a' needs one or more different options"),
        ({"a": "mean"}, TypeError, "the options of 'a' are 'mean'"),
        ({name: range(100) for name in "abc"}, ValueError, "there are 1,000,000 combinations"),
    ):
        with pytest.raises(error, match=message):
            rankstats.sensitivity(lambda **given: 0.0, choices)
    with pytest.raises(ValueError, match=r"the answer for \{'a': 1\} is 'x', no number"):
        rankstats.sensitivity(lambda a: "x", {"a": [1]})


# all in one table


def test_results_are_those_of_the_functions() -> None:
    rng = np.random.default_rng(0)
    values = table(rng.random((5, 3)))
    found = rankstats.results(values, weights=[1, 2, 3], draws=2_000)
    scores = rankstats.aggregate(values, weights=[1, 2, 3])
    drawn = rankstats.acceptability(values, draws=2_000)
    assert found["score"].to_dict() == scores.to_dict() and found["rank"].is_monotonic_increasing
    assert found["p_first"].to_dict() == drawn.p_top().to_dict()
    assert found.loc[values.index, "low"].tolist() == drawn.rank_interval().low.tolist()
    ends = rankstats.results(Interval(values, values + 0.1), draws=500)
    assert ends.columns.tolist() == ["score_low", "score_high", "rank_best", "rank_worst", "low", "high", "p_first"]
    exact = rankstats.results(values.iloc[:3], method="copeland")
    assert exact.attrs["about"].startswith("exact; ")
    with pytest.raises(ValueError, match="weights= and law= are for indicators"):
        rankstats.results(rankstats.read([["a", "b"], ["b", "a"]]), weights=[1, 2])


def test_pictures_are_drawn_of_what_the_results_say() -> None:
    values = table(np.random.default_rng(0).random((4, 3)))
    lists = rankstats.read([["a", "b", "c"], ["b", "a", "c"]])
    counts = pd.DataFrame({"x": [3, 1], "y": [0, 5]}, index=["a", "b"])
    chosen = rankstats.sensitivity(lambda a, b: a + b, {"a": [0, 1], "b": [0, 2]})
    found = rankstats.acceptability(values, draws=500)
    for thing, rows in (
        (found, found.expected_rank().sort_values().index.tolist()),
        (rankstats.bootstrap_ranks(lists), ["a", "b", "c"]),
        (rankstats.interval(counts, "herfindahl", draws=100), ["a", "b"]),
        (rankstats.interval(counts, "shares"), [f"{a}, {b}" for a, b in product("ab", "xy")]),
        (chosen, ["b", "a"]),
    ):
        axes = thing.plot()
        assert [label.get_text() for label in axes.get_yticklabels()] == rows
        assert axes.get_title(loc="left")
        assert thing.plot(ax=axes) is axes
