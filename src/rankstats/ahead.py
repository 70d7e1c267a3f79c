"""Who is ahead of whom, over all weights: exact wherever the law of the weights allows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import outranking
from ._arguments import refuse_memory, seeded, whole
from .draws import Scores, group_equal, scores_of
from .frames import About, Values, checked, count_places, missing_rule, opened
from .halfspaces import ROWS, fraction_positive, whole_corners
from .weights import about_table, corners, draw, law_of


@dataclass(frozen=True)
class Pairwise:
    """Chances of standing ahead, for every two places.

    Attributes
    ----------
    matrix : Places × places: probability that the row's place is ahead of the column's. A tie counts one half, so the
        diagonal is 0.5 and ``matrix + matrix.T`` is 1.
    expected_rank : Mean rank of each place: 0.5 plus the sum of its column.
    standard_error : Monte Carlo standard errors of `matrix`; zero if exact.
    about : About
    """

    matrix: pd.DataFrame
    expected_rank: pd.Series
    standard_error: pd.DataFrame
    about: About

    def p_ahead(self, a: object, b: object) -> float:
        """Probability that place `a` is ahead of place `b`."""
        for place in (a, b):
            if place not in self.matrix.index:
                raise ValueError(f"there is no place {place!r}; the places are {list(self.matrix.index)}")
        return float(self.matrix.at[a, b])


def pairwise(
    values: Values, *, law: Any = None, method: str = "arithmetic", draws: int = 10_000, seed: int = 0
) -> Pairwise:
    """Chance of each place to be ahead of each other one, over all weights.

    Exact, and labelled so in `about`, for weights uniform on the simplex, with minimum shares, in an order of
    importance or in groups, for fixed weights, and for Dirichlet weights with whole-number parameters, under each of
    the three means and for Copeland's count. For other Dirichlet laws, and for an `Interval` of values (each value is
    drawn uniformly between its bounds, at the same time as the weights), it is a share of draws.

    Parameters are those of `acceptability`; `draws` and `seed` are used only where nothing exact is possible, but
    must be valid all the same. With the method "copeland", to be ahead is to be ahead in indicators of more than half
    the weight (of those in which either is), whatever third places do.

    Notes
    -----
    The mean rank of a place is 1 plus the sum of the others' chances to be ahead of it, so exact chances give
    exact expected ranks without a draw.

    Examples
    --------
    >>> values = pd.DataFrame({"x": [3, 1, 0], "y": [1, 2, 1]}, index=["a", "b", "c"])
    >>> found = rankstats.pairwise(values)
    >>> found.matrix.round(3)
           a      b    c
    a  0.500  0.667  1.0
    b  0.333  0.500  1.0
    c  0.000  0.000  0.5
    >>> found.about.exact
    True
    """
    law = law_of(law)
    draws, seed = whole(draws, "draws"), seeded(seed)
    values = opened(values, method)
    size = count_places(values)
    refuse_memory(16.0 * size**2, f"the chances of each two of {size:,} places", "give fewer places")
    if method == "copeland":
        table = checked(values, places=2)
        missing, terms = missing_rule(table), None
        ahead = outranking.ahead(table, law)
        exact = ahead is not None
        if ahead is None:
            ahead = _drawn_majorities(table, law, draws, seed)
    else:
        scores = scores_of(values, law, method)
        table, missing = scores.values, scores.missing
        terms = None if isinstance(values, tuple) else exact_terms(scores)
        exact = terms is not None
        ahead = _drawn_ahead(scores, draws, seed) if terms is None else _exact_ahead(terms)
    error = np.zeros_like(ahead) if exact else np.sqrt(ahead * (1 - ahead) / draws)
    draws = 0 if exact else draws
    return Pairwise(
        matrix=pd.DataFrame(ahead, index=table.index, columns=table.index),
        expected_rank=pd.Series(0.5 + ahead.sum(axis=0), index=table.index, name="expected_rank"),
        standard_error=pd.DataFrame(error, index=table.index, columns=table.index),
        about=about_table(table, law, method, draws, seed if draws else None, float(error.max()), missing),
    )


def exact_terms(scores: Scores) -> np.ndarray | None:
    """Scores at the corners of a simplex on which the law is uniform; None if there is no such simplex."""
    repeats = whole_corners(scores.alpha)
    return None if repeats is None else np.repeat(scores.at_corners, repeats, axis=1)


def _exact_ahead(terms: np.ndarray) -> np.ndarray:
    count = len(terms)
    ahead = np.full((count, count), 0.5)
    step = max(ROWS // count, 1)
    for start in range(0, count - 1, step):
        rows = range(start, min(start + step, count - 1))
        chances = fraction_positive(np.concatenate([terms[a] - terms[a + 1 :] for a in rows]))
        ends = np.cumsum([count - 1 - a for a in rows])
        for a, own in zip(rows, np.split(chances, ends[:-1]), strict=True):
            ahead[a, a + 1 :] = own
            ahead[a + 1 :, a] = 1 - own
    return ahead


def _drawn_ahead(scores: Scores, draws: int, seed: int) -> np.ndarray:
    group, distinct, sizes = group_equal(scores)
    count = len(sizes)
    ahead = np.zeros((count, count))
    for negated, _ in distinct.chunks(draws, seed):
        by_place = np.ascontiguousarray(negated.T)
        for place in range(count):
            mine = by_place[place]
            ahead[place] += (mine < by_place).sum(axis=1) + 0.5 * (mine == by_place).sum(axis=1)
    return (ahead / draws)[np.ix_(group, group)]


def _drawn_majorities(table: pd.DataFrame, law: Any, draws: int, seed: int) -> np.ndarray:
    """Share of drawn weights under which the row's place is ahead of the column's in more than half the weight."""
    points, alpha = corners(law, table.columns)
    parts = draw(np.random.default_rng(seed), alpha, np.empty((draws, len(alpha))))
    weights = parts / parts.sum(axis=1, keepdims=True) @ points
    array = table.to_numpy()
    return np.array(
        [((np.sign(weights @ np.sign(array[a] - array).T) + 1) / 2).mean(axis=0) for a in range(len(array))]
    )
