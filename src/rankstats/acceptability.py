"""Rank acceptability: how often each place takes each rank, over all weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from math import comb, sqrt

import numpy as np
import pandas as pd

from ._arguments import fraction, seed_number, whole
from .ahead import exact_terms, fraction_positive, scaled
from .draws import Scores, group_equal, scores_of
from .frames import About, Interval
from .weights import WeightLaw, account, uniform

# Up to this many places, comparing each two is faster than sorting.
_FEW_PLACES = 8
# With up to this many bits for a group's number, few scores agree in the rest of a 32-bit key.
_FEW_BITS = 10
# Pieces that cutting a simplex of 16 corners can give: C(16, 8).
_MOST_PIECES = 12_870


@dataclass(frozen=True)
class Acceptability:
    """How often each place takes each rank.

    Attributes
    ----------
    shares : DataFrame
        Places × ranks 1 … n: probability of the rank. Rows and columns sum to 1.
    central_weights : DataFrame
        Places × indicators: mean weights among those under which the place is first; missing for a place
        that never is.
    tied : list of lists
        Places with equal values, tied under all weights; they share their ranks equally.
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


def acceptability(
    values: pd.DataFrame | Interval,
    *,
    law: WeightLaw | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    draws: int = 10_000,
    seed: int = 0,
) -> Acceptability:
    """Rank acceptability over drawn weights (stochastic multicriteria acceptability analysis, SMAA-2).

    Parameters
    ----------
    values : DataFrame or Interval
        Places × indicators, normalised, higher is better. Of an Interval each value is drawn uniformly
        between its bounds, independently, at the same time as the weights.
    law : WeightLaw, optional
        From `uniform` (the default), `around` or `ordered`.
    method, floor
        The mean that makes the score: see `aggregate`.
    draws : int
        Number of draws of the weights. Memory does not grow with it.
    seed : int
        The same input and seed give the same result to the last bit.

    Returns
    -------
    Acceptability

    Raises
    ------
    ValueError
        For one place only, a missing value (names place and indicator), a value that a geometric or harmonic
        mean cannot take, or a law that does not fit the indicators.

    Notes
    -----
    Scores are compared to 1 part in 2**52 / n, n the number of places rounded up to a power of 2.

    References
    ----------
    Lahdelma, R., and Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group
    decision making. Operations Research 49(3), 444-454.
    """
    law = uniform() if law is None else law
    draws, seed = whole(draws, "draws"), seed_number(seed)
    scores = scores_of(values, law, method, floor)
    group, distinct, sizes = group_equal(scores)
    few = len(sizes) <= _FEW_PLACES
    tally = _Comparing(sizes, distinct) if few else _Sorting(sizes, distinct, draws)
    for negated, parts in tally.scores.chunks(draws, seed):
        tally.add(negated, parts)
    starts = tally.starts()
    with np.errstate(invalid="ignore", divide="ignore"):
        central = (tally.central / starts[:, [0]]) @ scores.points
    starts = np.divide(starts, draws, order="C")
    return _result(scores, law, method, group, sizes, starts, central, draws, seed)


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
        self.table = np.zeros(int(sizes.sum()) << self.bits, dtype=count)
        self.central = np.zeros(scores.at_corners.shape)

    def add(self, negated: np.ndarray, parts: np.ndarray) -> None:
        ranked = self._ranked(negated)
        corners = parts.shape[1]
        first = ranked[:, [0]] * corners + np.arange(corners)
        np.add.at(self.central.reshape(-1), first.reshape(-1), parts.reshape(-1))
        if len(self.sizes) == self.sizes.sum():
            ranked += self.ids << self.bits
        else:
            taken = self.sizes[ranked]
            ranked += (taken.cumsum(axis=1) - taken) << self.bits
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
        return self.table.reshape(-1, 1 << self.bits)[:, : len(self.sizes)].T


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
    variance = float((shares * (1 - shares)).max())
    ranks = pd.RangeIndex(1, count + 1, name="rank")
    return Acceptability(
        shares=pd.DataFrame(shares, index=names, columns=ranks, copy=False),
        central_weights=pd.DataFrame(central[group], index=names, columns=scores.values.columns),
        tied=[list(names[group == g]) for g in np.flatnonzero(sizes > 1)],
        about=account(
            scores.values,
            law,
            method,
            draws=draws,
            seed=seed,
            standard_error=sqrt(max(variance, 0.0) / draws) if draws else 0.0,
            missing=scores.missing,
        ),
    )


def exact_acceptability(
    values: pd.DataFrame,
    *,
    law: WeightLaw | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    central: bool = True,
) -> Acceptability:
    """Rank acceptability and central weights of two or three places without a draw.

    An order of three places is the part of the simplex of weights where two linear functions are positive.
    It is cut by the first into smaller simplices, whose number is a binomial coefficient, and each of these
    by the second (see `fraction_positive`); all terms are positive, so no digits cancel.

    Parameters are those of `acceptability`, and ``central``: without it the central weights, which take most of the
    time, are left missing.

    Raises
    ------
    ValueError
        For more than three places that are not tied (no method is known whose cost does not explode; take
        `acceptability`, or `pairwise` for exact expected ranks of any number), for more than 16 indicators
        that tell two places apart, or for a law that is not uniform on some simplex.
    """
    law = uniform() if law is None else law
    scores = scores_of(values, law, method, floor)
    if scores.noise:
        raise ValueError("values within bounds have no exact acceptability; use acceptability()")
    group, distinct, sizes = group_equal(scores)
    if len(sizes) > 3:
        raise ValueError(
            f"exact rank acceptability is for at most three places, not {len(sizes)}; use acceptability(), "
            "or pairwise() for exact chances to be ahead and exact expected ranks"
        )
    terms = exact_terms(distinct, law)
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
    return _both_positive(*functions)


def _both_positive(f: np.ndarray, g: np.ndarray) -> float:
    """Cut the simplex where f = 0 into smaller ones, and measure g > 0 on those where f > 0.

    A piece is known by the corners with f > 0 and with f < 0 that it still has, and by g at the corners that
    cutting has put where f = 0. Cutting between the last of each gives two pieces; see `fraction_positive`.
    """
    f, g = scaled(np.stack((f, g)))
    above, below, on = np.flatnonzero(f > 0), np.flatnonzero(f < 0), np.flatnonzero(f == 0)
    _refuse_too_many(len(above), len(below))
    pieces = {(len(above), len(below)): (np.ones(1), g[on][None, :])}
    total = 0.0
    for left in range(len(above) + len(below), -1, -1):
        for h in range(min(left, len(above)), -1, -1):
            k = left - h
            if (h, k) not in pieces:
                continue
            volume, at_zero = pieces.pop((h, k))
            if k == 0 and h > 0:
                corners = np.column_stack((np.tile(g[above[:h]], (len(volume), 1)), at_zero))
                total += float(volume @ fraction_positive(corners))
            if h == 0 or k == 0:
                continue
            y, x = f[above[h - 1]], -f[below[k - 1]]
            cut = (x * g[above[h - 1]] + y * g[below[k - 1]]) / (x + y)
            at_zero = np.column_stack((at_zero, np.full(len(volume), cut)))
            for state, share in (((h, k - 1), y / (x + y)), ((h - 1, k), x / (x + y))):
                if state in pieces:
                    old_volume, old = pieces[state]
                    pieces[state] = (np.append(old_volume, volume * share), np.vstack((old, at_zero)))
                else:
                    pieces[state] = (volume * share, at_zero)
    return total


def _refuse_too_many(above: int, below: int) -> None:
    if comb(above + below, above) > _MOST_PIECES * 2:
        raise ValueError(
            f"exact rank acceptability would cut the weights into {comb(above + below, above):,} pieces; it "
            "is meant for up to 16 indicators; use acceptability()"
        )
