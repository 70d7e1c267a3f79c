"""Copeland's count over indicators and over all weights: only who is ahead counts, no distance is made up."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from .halfspaces import both_positive, fraction_positive, whole_corners
from .weights import WeightLaw, corners, draw

# Draws × places held at a time.
_CELLS = 1 << 18
# Weights on either side of a draw differ by rounding only.
_ROUNDING = 1e-12


def copeland_scores(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Copeland's count of each place (columns) under each row of weights, as a share of the other places.

    `values` are places × indicators; where either place has no value the indicator says nothing about the two.
    """
    count = len(values)
    scores = np.full((len(weights), count), (count - 1) / 2)
    for place in range(count):
        signs = np.nan_to_num(np.sign(values[place] - values))
        for_it = np.sign(np.where(np.abs(margin := weights @ signs.T) > _ROUNDING, margin, 0.0))
        scores[:, place] += for_it.sum(axis=1) / 2
    return scores / (count - 1)


def drawn(
    values: pd.DataFrame, points: np.ndarray, alpha: np.ndarray, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the draws in which each place takes each rank (tied ones share it), and mean weights if first."""
    count, generator = len(values), np.random.default_rng(seed)
    steps, central = np.zeros((count, count + 1)), np.zeros((count, values.shape[1]))
    size = max(1, _CELLS // max(count, len(alpha)))
    for start in range(0, draws, size):
        parts = draw(generator, alpha, np.empty((min(size, draws - start), len(alpha))))
        weights = parts / parts.sum(axis=1, keepdims=True) @ points
        scores = np.rint(copeland_scores(values.to_numpy(), weights) * 2 * (count - 1)).astype(int)
        ordered = np.sort(scores, axis=1)
        for place in range(count):
            mine = scores[:, [place]]
            above, level = (ordered > mine).sum(axis=1), (ordered == mine).sum(axis=1)
            np.add.at(steps[place], above, 1 / level)
            np.subtract.at(steps[place], above + level, 1 / level)
            central[place] += np.where(above == 0, 1 / level, 0.0) @ weights
    shares = steps.cumsum(axis=1)[:, :count] / draws
    with np.errstate(invalid="ignore", divide="ignore"):
        return shares, central / (shares[:, [0]] * draws)


def exact(values: pd.DataFrame, law: WeightLaw) -> np.ndarray:
    """The shares for two or three places without a draw.

    A place of three is first if it beats both others, which is the part of the simplex where two linear functions are
    positive, last if it loses to both, and what is left over from the first places is the part where the three beat
    each other in a circle and share all ranks.
    """
    points, alpha = corners(law, values.columns)
    return _rank_shares(_majorities(values, points, alpha), len(values))


def ahead(values: pd.DataFrame, law: WeightLaw) -> np.ndarray | None:
    """Chance that the row's place beats the column's, exact; None if the law allows no exact result."""
    points, alpha = corners(law, values.columns)
    if whole_corners(alpha) is None:
        return None
    count = len(values)
    chances = np.full((count, count), 0.5)
    for (a, b), term in _majorities(values, points, alpha).items():
        chances[a, b] = fraction_positive(term[None, :])[0]
        chances[b, a] = 1 - chances[a, b]
    return chances


def _majorities(values: pd.DataFrame, points: np.ndarray, alpha: np.ndarray) -> dict[tuple[int, int], np.ndarray]:
    """For each two places the weight for the first less that for the second, at the corners of the simplex."""
    repeats = whole_corners(alpha)
    if repeats is None:
        raise ValueError("no exact result for this law of weights; use acceptability()")
    array, margins = values.to_numpy(), {}
    for a, b in combinations(range(len(values)), 2):
        margin = points @ np.sign(array[a] - array[b])
        margins[a, b] = np.repeat(np.where(np.abs(margin) > _ROUNDING, margin, 0.0), repeats)
    return margins


def _rank_shares(margins: dict[tuple[int, int], np.ndarray], count: int) -> np.ndarray:
    """Places × ranks, from the margins between each two of two or three places."""
    drawn_always = {pair for pair, margin in margins.items() if not margin.any()}
    shares = np.zeros((count, count))
    if count == 2 or len(drawn_always) > 0:
        return _by_patterns(margins, drawn_always, count)
    first, last = np.zeros(3), np.zeros(3)
    for place in range(3):
        one, two = (_margin(margins, place, other) for other in range(3) if other != place)
        first[place], last[place] = both_positive(one, two), both_positive(-one, -two)
    circle = max(1 - first.sum(), 0.0)
    shares[:, 0], shares[:, 2] = first + circle / 3, last + circle / 3
    shares[:, 1] = 1 - shares[:, 0] - shares[:, 2]
    return shares.clip(0, 1)


def _by_patterns(
    margins: dict[tuple[int, int], np.ndarray], drawn_always: set[tuple[int, int]], count: int
) -> np.ndarray:
    """The same by going through who can win the one or two comparisons that are not draws under all weights."""
    open_pairs = [pair for pair in margins if pair not in drawn_always]
    shares = np.zeros((count, count))
    for pattern in range(1 << len(open_pairs)):
        signs = [1 if pattern >> at & 1 else -1 for at in range(len(open_pairs))]
        functions = [sign * margins[pair] for sign, pair in zip(signs, open_pairs, strict=True)]
        chance = 1.0 if not functions else both_positive(functions[0], functions[-1])
        score = np.zeros(count)
        for sign, (a, b) in zip(signs, open_pairs, strict=True):
            score[a] += sign
            score[b] -= sign
        for place in range(count):
            above, level = int((score > score[place]).sum()), int((score == score[place]).sum())
            shares[place, above : above + level] += chance / level
    return shares


def _margin(margins: dict[tuple[int, int], np.ndarray], a: int, b: int) -> np.ndarray:
    return margins[a, b] if (a, b) in margins else -margins[b, a]
