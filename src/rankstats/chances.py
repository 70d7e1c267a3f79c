"""Rank acceptability: how often each place takes each rank, over all weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from . import outranking
from ._arguments import choice, fraction, refuse_memory, seeded, whole
from .ahead import exact_terms
from .draws import Scores, group_equal, scores_of
from .frames import About, Values, checked, count_places, missing_rule, opened
from .halfspaces import both_positive, fraction_positive
from .weights import WeightLaw, about_table, corners, law_of

# Up to this many places, comparing each two is faster than sorting.
_FEW_PLACES = 8
# With up to this many bits for a group's number, few scores agree in the rest of a 32-bit key.
_FEW_BITS = 10


@dataclass(frozen=True)
class Acceptability:
    """How often each place takes each rank.

    Attributes
    ----------
    shares : Places × ranks 1 … n: probability of the rank. Rows and columns sum to 1.
    central_weights : Places × indicators: mean weights among those under which the place is first; missing for a place
        that never is.
    tied : Places with equal values, tied under all weights; they share their ranks equally.
    about : About
    """

    shares: pd.DataFrame
    central_weights: pd.DataFrame
    tied: list[list[object]]
    about: About

    def p_top(self, k: int = 1) -> pd.Series:
        """Probability of each place to be among the first `k`."""
        k = whole(k, "k", most=len(self.shares))
        return self.shares.iloc[:, :k].sum(axis=1).rename(f"p_top_{k}")

    @property
    def standard_error(self) -> pd.DataFrame:
        """Monte Carlo standard errors √(p(1-p)/draws) of `shares`; zero if exact.

        Of a rank that was never drawn it is 0 too: then the share is below 3/draws, at 95 % confidence.
        """
        if self.about.exact:
            return self.shares * 0.0
        return (self.shares * (1 - self.shares)).clip(lower=0).div(self.about.draws) ** 0.5

    def expected_rank(self) -> pd.Series:
        """Mean rank of each place."""
        return pd.Series(self.shares.to_numpy() @ self.shares.columns.to_numpy(), self.shares.index, name="rank")

    def rank_interval(self, level: float = 0.9) -> pd.DataFrame:
        """The ranks between the (1-level)/2 and (1+level)/2 quantiles: columns `low`, `median`, `high`."""
        level = fraction(level, "level")
        cumulated = self.shares.cumsum(axis=1).to_numpy()
        # sums of shares miss a quantile by rounding only
        reached = {
            name: (cumulated < quantile - 1e-12).sum(axis=1) + 1
            for name, quantile in (("low", (1 - level) / 2), ("median", 0.5), ("high", (1 + level) / 2))
        }
        return pd.DataFrame(reached, index=self.shares.index)

    def plot(self, *, ax: Any = None) -> Any:
        """Shares of the ranks as a bar for each place, the best expected rank on top; returns the axes."""
        from ._plots import stacked

        return stacked(
            self.shares.loc[self.expected_rank().sort_values(kind="stable").index], ax=ax, label=str(self.about)
        )


def acceptability(
    values: Values, *, law: Any = None, method: str = "arithmetic", draws: int = 10_000, seed: int = 0
) -> Acceptability:
    """Rank acceptability over drawn weights (stochastic multicriteria acceptability analysis, SMAA-2).

    Parameters
    ----------
    values : Places × indicators, normalised, higher is better. Of an Interval each value is drawn uniformly between
        its bounds, independently, at the same time as the weights.
    law : From `uniform` (the default), `around` or `ordered`; or weights by name or in order, which then are what they
        are, so that only the values of an Interval vary.
    method : {"arithmetic", "geometric", "harmonic", "copeland"}; what makes the score: see `aggregate`.
    draws : Number of draws of the weights. Memory does not grow with it.
    seed : The same input and seed give the same result to the last bit.

    Notes
    -----
    Scores are compared to 1 part in 2**52 / n, n the number of places rounded up to a power of 2. Places that draw in
    Copeland's count share their ranks equally.

    References
    ----------
    Lahdelma, R., and Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group
    decision making. Operations Research 49(3), 444-454.

    Examples
    --------
    >>> values = pd.DataFrame({"x": [3, 1, 0], "y": [1, 2, 1]}, index=["a", "b", "c"])
    >>> rankstats.acceptability(values, draws=2000).shares.round(2)
    rank     1     2    3
    a     0.66  0.34  0.0
    b     0.34  0.66  0.0
    c     0.00  0.00  1.0
    """
    law = law_of(law)
    draws, seed = whole(draws, "draws"), seeded(seed)
    values = opened(values, method)
    size = count_places(values)
    refuse_memory(8.0 * size**2, f"the ranks of {size:,} places", "give fewer places, or take aggregate()")
    if method == "copeland":
        table = checked(values, places=2)
        found = outranking.drawn(table, *corners(law, table.columns), draws, seed)
        return _copeland(table, law, *found, draws, seed)
    scores = scores_of(values, law, method)
    group, distinct, sizes = group_equal(scores)
    few = len(sizes) <= _FEW_PLACES
    tally = _Comparing(sizes, distinct) if few else _Sorting(sizes, distinct, draws)
    for negated, parts in tally.scores.chunks(draws, seed):
        tally.add(negated, parts)
    starts = tally.starts()
    with np.errstate(invalid="ignore", divide="ignore"):
        central = (tally.central / starts[:, [0]]) @ scores.points
    starts = np.divide(starts, draws, order="C")
    del tally
    return _result(scores, law, method, group, sizes, starts, central, draws, seed)


def _copeland(
    table: pd.DataFrame, law: WeightLaw, shares: np.ndarray, central: np.ndarray, draws: int, seed: int | None
) -> Acceptability:
    rows = pd.Series(list(map(tuple, table.to_numpy())), index=table.index)
    tied = [list(same.index) for _, same in rows.groupby(rows, sort=False) if len(same) > 1]
    about = about_table(table, law, "copeland", draws, seed, _largest_error(shares, draws), missing_rule(table))
    return _made(table, shares, central, tied, about)


def _made(
    table: pd.DataFrame, shares: np.ndarray, central: np.ndarray, tied: list[list[object]], about: About
) -> Acceptability:
    ranks = pd.RangeIndex(1, len(table) + 1, name="rank")
    return Acceptability(
        shares=pd.DataFrame(shares, index=table.index, columns=ranks, copy=False),
        central_weights=pd.DataFrame(central, index=table.index, columns=table.columns),
        tied=tied,
        about=about,
    )


def _largest_error(shares: np.ndarray, draws: int) -> float:
    """The largest Monte Carlo standard error among shares of the draws, row by row to save memory."""
    variance = max(float((row * (1 - row)).max()) for row in shares)
    return sqrt(max(variance, 0.0) / draws) if draws else 0.0


class _Sorting:
    """Counts at which rank each group starts, and sums the weights that put it first, by sorting scores."""

    def __init__(self, sizes: np.ndarray, scores: Scores, draws: int) -> None:
        self.sizes = sizes
        self.bits = int(len(sizes) - 1).bit_length()
        self.mask = (1 << self.bits) - 1
        self.short = self.bits <= _FEW_BITS and not scores.noise
        self.scores = _stretched(scores) if self.short else scores
        self.ids: np.ndarray = np.arange(len(sizes), dtype=np.int32 if self.short else np.int64)
        # half the table stays in the cache where the whole does not
        count = np.int32 if draws < 2**31 else np.int64
        self.one = count(1)
        self.table = np.zeros(int(sizes.sum()) * len(sizes), dtype=count)
        self.central = np.zeros(scores.at_corners.shape)

    def add(self, negated: np.ndarray, parts: np.ndarray) -> None:
        ranked = self._ranked(negated)
        corners = parts.shape[1]
        first = ranked[:, [0]] * corners + np.arange(corners)
        np.add.at(self.central.reshape(-1), first.reshape(-1), parts.reshape(-1))
        if len(self.sizes) == self.sizes.sum():
            ranked += self.ids * len(self.sizes)
        else:
            taken = self.sizes[ranked]
            ranked += (taken.cumsum(axis=1) - taken) * len(self.sizes)
        # the scores are done with, and their memory is in the cache
        cells = negated.view(np.int64)
        cells[:] = ranked
        np.add.at(self.table, cells.reshape(-1), self.one)

    def _ranked(self, negated: np.ndarray) -> np.ndarray:
        """The groups of each row, the best first."""
        if not self.short:
            return self._ranked_in_full(negated)
        # Half the bits sort up to three times as fast; rows in which two scores agree in these are sorted again.
        keys = negated.astype(np.int32)
        self._sort_with_ids(keys, keys)
        scores = (keys >> self.bits).reshape(-1)
        doubtful = np.unique(np.flatnonzero(scores[1:] == scores[:-1]) // len(self.ids))
        keys &= self.mask
        keys[doubtful] = self._ranked_in_full(negated[doubtful])
        return keys

    def _ranked_in_full(self, negated: np.ndarray) -> np.ndarray:
        packed = negated.view(np.int64)
        self._sort_with_ids(negated, packed)
        packed &= self.mask
        return packed

    def _sort_with_ids(self, rows: np.ndarray, bits: np.ndarray) -> None:
        """Put the group's number into the last bits of its score, so that one plain sort carries it along."""
        bits &= ~self.mask
        bits |= self.ids
        rows.sort(axis=1)

    def starts(self) -> np.ndarray:
        return self.table.reshape(-1, len(self.sizes)).T


def _stretched(scores: Scores) -> Scores:
    """Scores moved and stretched to fill 32 bits, which leaves every order as it is."""
    at_corners = scores.at_corners
    centre = at_corners.min() / 2 + at_corners.max() / 2
    moved = at_corners - centre
    # the floor keeps the factor finite
    return replace(scores, at_corners=moved * ((2**31 - 1) / max(moved.max(), 1e-290)))


class _Comparing:
    """Does the same by comparing each two groups, which is faster for a few."""

    def __init__(self, sizes: np.ndarray, scores: Scores) -> None:
        self.sizes = sizes
        self.scores = scores
        self.table = np.zeros((len(sizes), int(sizes.sum())), dtype=np.int64)
        self.central = np.zeros(scores.at_corners.shape)

    def add(self, negated: np.ndarray, parts: np.ndarray) -> None:
        by_group = np.ascontiguousarray(negated.T)
        # the smallest type that holds a rank: comparisons and sums of bytes are many times faster
        sizes = self.sizes.astype(np.min_scalar_type(self.table.shape[1]))
        starts = np.zeros(by_group.shape, dtype=sizes.dtype)
        for i in range(len(by_group)):
            for j in range(i):
                ahead = by_group[j] <= by_group[i]
                starts[i] += ahead * sizes[j]
                starts[j] += ~ahead * sizes[i]
        for rank in range(self.table.shape[1]):
            self.table[:, rank] += np.count_nonzero(starts == rank, axis=1)
        self.central += (starts == 0).astype(float) @ parts

    def starts(self) -> np.ndarray:
        return self.table


def _result(
    scores: Scores,
    law: WeightLaw,
    method: str,
    group: np.ndarray,
    sizes: np.ndarray,
    starts: np.ndarray,
    central: np.ndarray,
    draws: int,
    seed: int | None,
) -> Acceptability:
    """Spread the ranks that a group takes equally over its members."""
    names, count = scores.values.index, len(group)
    shares = starts
    if len(sizes) < count:
        spread = np.zeros_like(starts)
        for size in np.unique(sizes):
            members = sizes == size
            for step in range(size):
                spread[members, step:] += starts[members, : count - step] / size
        shares = spread[group]
    tied = [list(names[group == g]) for g in np.flatnonzero(sizes > 1)]
    error = _largest_error(shares, draws)
    about = about_table(scores.values, law, method, draws, seed, error, scores.missing)
    return _made(scores.values, shares, central[group], tied, about)


def exact_acceptability(
    values: Values, *, law: Any = None, method: str = "arithmetic", central: bool = True
) -> Acceptability:
    """Rank acceptability and central weights of two or three places without a draw.

    An order of three places is the part of the simplex of weights where two linear functions are positive.
    It is cut by the first into smaller simplices, whose number is a binomial coefficient, and each of these
    by the second (see `fraction_positive`); all terms are positive, so no digits cancel.

    Parameters are those of `acceptability`, and ``central``: without it the central weights, which take most of the
    time, are left missing, as they always are for Copeland's count.

    Examples
    --------
    >>> values = pd.DataFrame({"x": [3, 1, 2], "y": [1, 2, 0], "z": [2, 3, 1]}, index=["a", "b", "c"])
    >>> rankstats.exact_acceptability(values).shares.round(4)
    rank       1       2       3
    a     0.4444  0.5556  0.0000
    b     0.5556  0.3333  0.1111
    c     0.0000  0.1111  0.8889
    >>> rankstats.exact_acceptability(values, method="copeland").p_top(1).round(4).tolist()
    [0.25, 0.75, 0.0]
    """
    law = law_of(law)
    choice(central, "central", True, False)
    values = opened(values, method)
    if method == "copeland":
        table = checked(values, places=2)
        if len(table) > 3:
            raise ValueError(_three_at_most(len(table)))
        return _copeland(table, law, outranking.exact(table, law), np.full(table.shape, np.nan), 0, None)
    scores = scores_of(values, law, method)
    if scores.noise:
        raise ValueError("values within bounds have no exact acceptability; use acceptability()")
    group, distinct, sizes = group_equal(scores)
    if len(sizes) > 3:
        raise ValueError(_three_at_most(len(sizes)))
    terms = exact_terms(distinct)
    if terms is None:
        raise ValueError(f"no exact result for {law}; use acceptability()")
    starts = np.zeros((len(sizes), len(group)))
    for order in permutations(range(len(sizes))):
        chance = _chance_of_order(terms, order)
        position = 0
        for place in order:
            starts[place, position] += chance
            position += sizes[place]
    weights = _central(terms, distinct) if central else np.full((len(sizes), len(distinct.alpha)), np.nan)
    return _result(scores, law, method, group, sizes, starts, weights @ scores.points, 0, None)


def _three_at_most(count: int) -> str:
    return (
        f"exact rank acceptability is for at most three places, not {count}; use acceptability(), "
        "or pairwise() for exact chances to be ahead and exact expected ranks"
    )


def _central(terms: np.ndarray, scores: Scores) -> np.ndarray:
    """The mean weights of the corners where each place is first; NaN for a place that is first nowhere."""
    central = np.full((len(terms), len(scores.alpha)), np.nan)
    firsts = [_chance_of_first(terms, place) for place in range(len(terms))]
    for corner, parameter in enumerate(scores.alpha):
        # E[w_i; place first] = α_i / Σα × the chance with corner i counted once more
        again = np.column_stack((terms, scores.at_corners[:, corner]))
        for place, chance in enumerate(firsts):
            if chance > 0:
                part = _chance_of_first(again, place)
                central[place, corner] = parameter / scores.alpha.sum() * part / chance
    return central


def _chance_of_order(terms: np.ndarray, order: tuple[int, ...]) -> float:
    steps = [terms[a] - terms[b] for a, b in pairwise(order)]
    return _chance_of_all(steps)


def _chance_of_first(terms: np.ndarray, place: int) -> float:
    return _chance_of_all([terms[place] - terms[other] for other in range(len(terms)) if other != place])


def _chance_of_all(functions: list[np.ndarray]) -> float:
    """Part of a simplex on which one or two functions, given by their corner values, are all positive."""
    if not functions:
        return 1.0
    if len(functions) == 1:
        return float(fraction_positive(functions[0][None, :])[0])
    return both_positive(*functions)
