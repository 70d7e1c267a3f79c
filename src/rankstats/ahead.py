"""Who is ahead of whom, over all weights: exact wherever the law of the weights allows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ._arguments import power_of_two, seed_number, whole
from .draws import Scores, group_equal, scores_of
from .frames import About, Interval
from .weights import WeightLaw, account, corners, uniform

# Rows handled at a time: enough to pay for each numpy call, and a few MiB of working arrays.
_ROWS = 30_000
# A Dirichlet law with whole-number parameters is exact by repeating corners; more than this is left to draws.
_MOST_CORNERS = 400
_NOTHING = 2.0**-500


def fraction_positive(corner_values: np.ndarray) -> np.ndarray:
    """Part of a simplex on which a linear function is positive.

    Parameters
    ----------
    corner_values : array, shape (n, m)
        One simplex per row: the function's values at its m corners.

    Returns
    -------
    array, shape (n,): volumes as parts of the whole simplex; 0.5 where the function is zero everywhere.

    Notes
    -----
    The volume that a half-space cuts from a simplex has a closed form (Varsi 1973; Ali 1973). With positive
    corner values y and negative ones -x, cutting one edge between a positive and a negative corner splits the
    simplex into two smaller ones of the same kind, so

        f(h, k) = (x_k f(h-1, k) + y_h f(h, k-1)) / (x_k + y_h),   f(h, 0) = 1,   f(0, k) = 0.

    All terms are positive, so no digits cancel: the relative error grows only with m times the machine
    precision. A corner of value zero changes nothing and is left out.

    References
    ----------
    Varsi, G. (1973). The multidimensional content of the frustum of the simplex. Pacific Journal of
    Mathematics 46(1), 303-314.
    Ali, M. M. (1973). Content of the frustum of a simplex. Pacific Journal of Mathematics 48(2), 313-322.
    """
    result = np.empty(len(corner_values))
    size = corner_values.shape[1]
    for start in range(0, len(corner_values), _ROWS):
        block = np.sort(scaled(corner_values[start : start + _ROWS]), axis=1)
        # one simplex per column, and those alike side by side, so that each step runs along whole rows
        block = np.ascontiguousarray(block.T)
        kinds = (block < 0).sum(axis=0, dtype=np.int32) * (size + 1) + (block > 0).sum(axis=0, dtype=np.int32)
        order = np.argsort(kinds, kind="stable")
        block, kinds = np.take(block, order, axis=1), kinds[order]
        part = np.empty(len(order))
        for alike in np.split(np.arange(len(order)), np.flatnonzero(np.diff(kinds)) + 1):
            negatives, positives = divmod(int(kinds[alike[0]]), size + 1)
            columns = slice(alike[0], alike[-1] + 1)
            part[columns] = _cut(block[size - positives :, columns], -block[:negatives, columns])
        result[start + order] = part
    return result


def scaled(corner_values: np.ndarray) -> np.ndarray:
    """Corner values, one simplex per row, brought to the size of 1, so that products of them are numbers.

    What is too small beside the largest for its products becomes zero, which moves the cut by less than any rounding.
    """
    size = np.abs(corner_values)
    if size.size and size.min() > _NOTHING**0.5 and size.max() < _NOTHING**-0.5:
        return corner_values
    result = corner_values * power_of_two(size.max(axis=1))[:, None]
    result[np.abs(result) < _NOTHING] = 0.0
    return result


def _cut(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """f(H, K) for columns that all have H positive corner values `above` and K negative ones, `below`."""
    if not len(above) or not len(below):
        value = 0.5 if not len(above) and not len(below) else float(len(above) > 0)
        return np.full(above.shape[1], value)
    parts, share, rest = np.zeros((3, *below.shape))
    for y in above:
        # share = y / (x + y), rest = x f(h-1, k) / (x + y), with one division for both
        np.add(below, y, out=rest)
        np.divide(1.0, rest, out=rest)
        np.multiply(rest, y, out=share)
        rest *= below
        parts *= rest
        for k in range(len(below)):
            if k:
                share[k] *= parts[k - 1]
            parts[k] += share[k]
    return parts[-1]


def exact_p_ahead(a: np.ndarray, b: np.ndarray) -> float:
    """Probability that a·w > b·w for weights w uniform on the simplex, in closed form.

    `a` and `b` are the values of two places, in the same order of indicators; 0.5 if they are equal.
    See `fraction_positive` for method and source.
    """
    rows = [np.asarray(row) for row in (a, b)]
    for name, row in zip("ab", rows, strict=True):
        if row.ndim != 1 or not row.size or row.dtype.kind not in "iuf" or not np.isfinite(row).all():
            raise ValueError(f"{name} is {row.tolist()!r}; a row of finite numbers is needed")
    if len(rows[0]) != len(rows[1]):
        raise ValueError(f"a has {len(rows[0])} values and b has {len(rows[1])}; rows of the same length are needed")
    first, second = (row.astype("float64") for row in rows)
    with np.errstate(over="ignore"):
        difference = first - second
    if not np.isfinite(difference).all():
        difference = first / 2 - second / 2
    return float(fraction_positive(difference[None, :])[0])


@dataclass(frozen=True)
class Pairwise:
    """Chances of standing ahead, for every two places.

    Attributes
    ----------
    matrix : DataFrame
        Places × places: probability that the row's place is ahead of the column's. A tie counts one half, so
        the diagonal is 0.5 and ``matrix + matrix.T`` is 1.
    expected_rank : Series
        Mean rank of each place: 0.5 plus the sum of its column.
    standard_error : DataFrame
        Monte Carlo standard errors of `matrix`; zero if exact.
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
    values: pd.DataFrame | Interval,
    *,
    law: WeightLaw | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    draws: int = 10_000,
    seed: int = 0,
) -> Pairwise:
    """Chance of each place to be ahead of each other one, over all weights.

    Exact, and labelled so in `about`, for weights uniform on the simplex, with minimum shares or in an order
    of importance, and for Dirichlet weights with whole-number parameters, under each of the three means. For
    other Dirichlet laws, and for an `Interval` of values (each value is drawn uniformly between its bounds,
    at the same time as the weights), it is a share of draws.

    Parameters are those of `acceptability`; `draws` and `seed` are used only where nothing exact is possible, but
    must be right all the same.

    Notes
    -----
    The mean rank of a place is 1 plus the sum of the others' chances to be ahead of it, so exact chances give
    exact expected ranks without a draw.
    """
    law = uniform() if law is None else law
    draws, seed = whole(draws, "draws"), seed_number(seed)
    scores = scores_of(values, law, method, floor)
    terms = None if isinstance(values, tuple) else exact_terms(scores, law)
    if terms is None:
        ahead = _drawn_ahead(scores, draws, seed)
        error = np.sqrt(ahead * (1 - ahead) / draws)
    else:
        ahead = _exact_ahead(terms)
        error = np.zeros_like(ahead)
        draws = 0
    names = scores.values.index
    return Pairwise(
        matrix=pd.DataFrame(ahead, index=names, columns=names),
        expected_rank=pd.Series(0.5 + ahead.sum(axis=0), index=names, name="expected_rank"),
        standard_error=pd.DataFrame(error, index=names, columns=names),
        about=account(
            scores.values,
            law,
            method,
            draws=draws,
            seed=seed if draws else None,
            standard_error=float(error.max()),
            missing=scores.missing,
        ),
    )


def exact_terms(scores: Scores, law: WeightLaw) -> np.ndarray | None:
    """Scores at the corners of a simplex on which the law is uniform; None if there is no such simplex.

    Dirichlet(α) with whole α is the law of a uniform draw whose corner i is repeated α_i times.
    """
    _, alpha = corners(law, scores.values.columns)
    whole = np.rint(alpha)
    # weights such as 0.2 × 15 miss the whole number by rounding only
    if not np.allclose(alpha, whole, rtol=1e-12, atol=0) or whole.sum() > _MOST_CORNERS:
        return None
    return np.repeat(scores.at_corners, whole.astype(int), axis=1)


def _exact_ahead(terms: np.ndarray) -> np.ndarray:
    count = len(terms)
    ahead = np.full((count, count), 0.5)
    step = max(_ROWS // count, 1)
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
