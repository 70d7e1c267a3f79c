"""Measures of counts with the interval that the finite number of cases leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from ._arguments import choice, fraction, refuse_memory, seeded, whole
from .specialisation import (
    Reference,
    checked_amounts,
    entropy,
    herfindahl,
    krugman_distance,
    location_quotient,
    plain_entropy,
    reference_shares,
    shares,
)

# A float tells whole numbers apart up to this one.
_MOST_CASES = 2**53
# Samples are drawn for so many cells at a time (4 MiB), whatever their number.
_CELLS = 1 << 19
_MEASURES = ("shares", "location_quotient", "herfindahl", "entropy", "krugman_distance")
# Halvings that find the end of an interval among samples.
_HALVINGS = 12
# Cases added to each cell in the middle of the family of shares, and how ties are broken on it.
_PRIOR = 2.0
_TIE = 1e-3
_ROUNDING = 1e-9
# What a sample that is as observed counts among those beyond it (mid-p).
_LEVEL = 0.5
_WILSON = "Wilson's binomial intervals"


@dataclass(frozen=True, eq=False, repr=False)
class Estimate:
    """A measure of counts with its interval; printing it says how the interval came about.

    Attributes
    ----------
    value, low, high : The measure of the counts as they are, and the bounds of its interval, which holds it.
    level : Probability that the interval is meant to cover.
    measure, model : What is measured, and where the interval comes from, in words.
    draws, seed : Samples drawn for each bound; 0 and None where the bounds are computed exactly.
    standard_error : Monte Carlo standard error of the probability beyond each bound; 0 where nothing is drawn.
    places, activities, cases : Size of the table and sum of the counts.
    """

    value: pd.DataFrame | pd.Series
    low: pd.DataFrame | pd.Series
    high: pd.DataFrame | pd.Series
    level: float
    measure: str
    model: str
    draws: int
    seed: int | None
    standard_error: float
    places: int
    activities: int
    cases: int

    def __str__(self) -> str:
        """Say how the interval came about in one line, fit for a caption."""
        how = f"{self.draws:,} samples for each bound, seed {self.seed}" if self.draws else "nothing drawn"
        return (
            f"{self.level:.0%} intervals of {self.measure.replace('_', ' ')}, {self.model} ({how}); {self.cases:,} "
            f"cases, {self.places} places, {self.activities} activities"
        )

    __repr__ = __str__

    def table(self) -> pd.DataFrame:
        """One row for each value: `value`, `low`, `high`."""
        parts = {"value": self.value, "low": self.low, "high": self.high}
        return pd.DataFrame({name: x.stack() if x.ndim == 2 else x for name, x in parts.items()})

    def plot(self, *, ax: Any = None) -> Any:
        """Values as points on the lines of their intervals, one below the other; returns the axes."""
        from ._plots import ranges

        return ranges(self.table(), ax=ax, label=str(self))


def interval(
    counts: pd.DataFrame,
    measure: str,
    *,
    by: str = "place",
    reference: Reference = None,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> Estimate:
    """A measure of counts with its interval.

    Parameters
    ----------
    counts : Places × activities, whole numbers of cases.
    measure : "shares", "location_quotient", "herfindahl", "entropy" or "krugman_distance", each as the function of
        that name computes it.
    by : {"place", "activity", "all"}; as for the function: of shares (all three), of "herfindahl" and "entropy" (the
        first two).
    reference : Of "location_quotient": amounts by activity of a wider economy, taken as known.
    level : Probability between the bounds; the rest is split equally.
    draws, seed : Samples drawn at each step towards a bound of "herfindahl", "entropy" and "krugman_distance"; nothing
        is drawn for the others.

    Notes
    -----
    The cases of a place are taken as a multinomial sample.

    Shares: Wilson's interval of each share by itself, which holds 0 where there is no case and 1 where there is no
    other (Brown, Cai and DasGupta 2001). Quotients: the ratio of the place's share to that of all others, from the
    intervals of both (Donner and Zou 2012), or, with a `reference`, of the share alone.

    Herfindahl, entropy and distance: those values that a test does not reject, by samples drawn from a family of
    shares on which the measure takes all its values (test inversion; Carpenter 1999), with half the probability of
    what was observed on either side. For the first two the family goes through the observed shares with two
    cases added to each, in the direction in which the measure changes most per unit of information: powers of the
    shares for the entropy, shares whose reciprocals change alike for the Herfindahl index. For a distance both places
    move towards their common shares, or away from them. Few cases make a place look more concentrated, and two places
    less alike, than they are; the samples do too, so the bias is allowed for. `value` is not corrected, and where it
    would fall outside, the interval is extended to it.

    How often 95 % intervals held the truth stands in the README. Errors of counting are not in it.

    References
    ----------
    Brown, L. D., Cai, T. T., and DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical
    Science 16(2), 101-133.
    Carpenter, J. (1999). Test inversion bootstrap confidence intervals. Journal of the Royal Statistical Society B
    61(1), 159-172.
    Donner, A., and Zou, G. Y. (2012). Closed-form confidence intervals for functions of the normal mean and standard
    deviation. Statistical Methods in Medical Research 21(4), 347-359.

    Examples
    --------
    >>> counts = pd.DataFrame({"x": [3, 5], "y": [0, 5], "z": [0, 5]}, index=["a", "b"])
    >>> rankstats.interval(counts, "shares").table().loc["a"].round(3)
       value    low   high
    x    1.0  0.439  1.000
    y    0.0  0.000  0.561
    z    0.0  0.000  0.561
    """
    table = _checked_counts(counts)
    choice(measure, "measure", *_MEASURES)
    choice(by, "by", "place", "activity", "all")
    if by != "place" and measure not in ("shares", "herfindahl", "entropy"):
        raise ValueError(f"by= is for shares, herfindahl and entropy; {measure} has none")
    if reference is not None and measure != "location_quotient":
        raise ValueError(f"reference= is for location quotients; {measure} has none")
    level = fraction(level, "level")
    draws, seed = whole(draws, "draws", least=100), seeded(seed)
    tail = (1 - level) / 2
    array, drawn = table.to_numpy(), False
    if measure == "shares":
        value: pd.DataFrame | pd.Series = shares(table, by=by)
        total = {"place": array.sum(axis=1, keepdims=True), "activity": array.sum(axis=0, keepdims=True)}
        low, high = _binomial(array, total.get(by, array.sum()), tail)
        model = _WILSON
    elif measure == "location_quotient":
        value = location_quotient(table, reference=reference)
        low, high = _quotients(table, reference, tail)
        model = "ratios of Wilson's binomial intervals" if reference is None else _WILSON
    elif measure == "krugman_distance":
        value, drawn = krugman_distance(table), True
        low, high = _distance_bounds(array, tail, draws, seed)
        model = "test inversion"
    else:
        value, drawn = (herfindahl(table, by=by) if measure == "herfindahl" else entropy(table, by=by)), True
        low, high = _concentration_bounds(array if by == "place" else array.T, measure, tail, draws, seed)
        model = "test inversion"
    low, high = np.minimum(low, value.to_numpy()), np.maximum(high, value.to_numpy())
    return Estimate(
        value=value,
        low=_like(value, low),
        high=_like(value, high),
        level=level,
        measure=measure,
        model=model,
        draws=draws if drawn else 0,
        seed=seed if drawn else None,
        standard_error=float(np.sqrt(tail * (1 - tail) / draws)) if drawn else 0.0,
        places=len(table),
        activities=table.shape[1],
        cases=int(array.sum()),
    )


def _checked_counts(counts: pd.DataFrame) -> pd.DataFrame:
    table = checked_amounts(counts)
    array = table.to_numpy()
    broken = np.argwhere(array != np.rint(array))
    if len(broken):
        row, column = broken[0]
        raise ValueError(
            f"place {table.index[row]!r} has {array[row, column]:g} for activity {table.columns[column]!r}; "
            "intervals are for counts, which are whole numbers"
        )
    if array.sum() > _MOST_CASES:
        raise ValueError(f"the counts sum to {array.sum():g}; up to {_MOST_CASES:,} cases can be told apart")
    return table


def _binomial(cases: np.ndarray, of: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval of each share, which begins at 0 for none and ends at 1 for all."""
    z = -NormalDist().inv_cdf(tail)
    cases, of = np.broadcast_arrays(cases.astype(float), np.asarray(of, dtype=float))
    middle = (cases + z**2 / 2) / (of + z**2)
    reach = z / (of + z**2) * np.sqrt(cases * (of - cases) / of + z**2 / 4)
    return np.where(cases == 0, 0.0, middle - reach), np.where(cases == of, 1.0, middle + reach)


def _quotients(table: pd.DataFrame, reference: Reference, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of location quotients.

    Against the places themselves, with shares p of the place and q of all others, and the place's part π of all
    cases, the quotient p / (π p + (1 - π) q) rises with p / q.
    """
    array = table.to_numpy()
    own = array.sum(axis=1, keepdims=True)
    low, high = _binomial(array, own, tail)
    if reference is not None:
        known = reference_shares(table, reference).to_numpy()
        return low / known, high / known
    if len(array) == 1:
        return np.ones(array.shape), np.ones(array.shape)
    others = array.sum(axis=0) - array
    rest = array.sum() - own
    rest_low, rest_high = _binomial(others, rest, tail)
    p, q = array / own, others / rest
    part = own / array.sum()

    def quotient(ratio: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore"):
            return 1 / (part + (1 - part) / ratio)

    return quotient(_ratio(p, q, low, rest_high, -1)), quotient(_ratio(p, q, high, rest_low, 1))


def _ratio(p: np.ndarray, q: np.ndarray, end: np.ndarray, other: np.ndarray, sign: int) -> np.ndarray:
    """One bound of p / q from a bound of p and the opposite one of q (Donner and Zou 2012)."""
    spread = np.sqrt(np.maximum((p * q) ** 2 - end * other * (2 * p - end) * (2 * q - other), 0.0))
    below = other * (2 * q - other)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(below > 0, (p * q + sign * spread) / below, np.inf)
    # for a lower bound with 2 q below the upper bound of q, the plain ratio of the bounds is all that is known
    plain = np.divide(end, other, out=np.full(end.shape, np.inf), where=other > 0)
    return np.where((below <= 0) & (other > 0), plain, np.maximum(ratio, 0.0))


def _path(base: np.ndarray, at: np.ndarray, measure: str) -> np.ndarray:
    """Shares through those given, at 0, along which a measure changes most per unit of information.

    Even at the start, all in the largest at the end. For the entropy these are powers of the shares; for the
    Herfindahl index shares whose reciprocals change alike.
    """
    if measure == "entropy":
        power = np.log(base) * np.exp(at)[:, None]
        found = np.exp(power - power.max(axis=1, keepdims=True))
    else:
        found = base / (1 + np.expm1(-at)[:, None] * base / base.max(axis=1, keepdims=True))
    return found / found.sum(axis=1, keepdims=True)


def _concentration_bounds(
    array: np.ndarray, measure: str, tail: float, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of each row's Herfindahl index or entropy, by samples from powers of its shares."""
    count = array.shape[1]
    if count == 1:
        only = np.full(len(array), 1.0 if measure == "herfindahl" else 0.0)
        return only, only

    def measured(amounts: np.ndarray) -> np.ndarray:
        part = amounts / amounts.sum(axis=-1, keepdims=True)
        return -(part**2).sum(axis=-1) if measure == "herfindahl" else plain_entropy(part)

    low, high = np.empty(len(array)), np.empty(len(array))
    for rows in _runs(len(array), draws * count):
        cases = array[rows]
        place = np.argsort(np.argsort(-cases, axis=1, kind="stable"), axis=1)
        base = (cases + _PRIOR) * np.exp(-_TIE * place)
        base /= base.sum(axis=1, keepdims=True)

        def shares_at(at: np.ndarray, base: np.ndarray = base) -> np.ndarray:
            return _path(base, at, measure)[:, None, :]

        ends = np.full(len(cases), -9.0), np.full(len(cases), 12.0)
        found = _inverted(cases[:, None, :], shares_at, lambda x: measured(x[..., 0, :]), ends, tail, draws, seed)
        # the measure falls along the path
        high[rows], low[rows] = (measured(_path(base, at, measure)) for at in found)
    edges = (-1.0, -1 / count) if measure == "herfindahl" else (0.0, float(np.log(count)))
    low, high = _to_edges(low, high, *edges)
    return (-high, -low) if measure == "herfindahl" else (low, high)


def _distance_bounds(array: np.ndarray, tail: float, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the distance of each two rows, by samples from shares between their common ones and beyond."""
    size = len(array)
    refuse_memory(32.0 * size**2, f"the distances of each two of {size:,} places", "give fewer places")
    low, high = np.zeros((size, size)), np.zeros((size, size))
    left, right = np.triu_indices(size, 1)

    def distance(amounts: np.ndarray) -> np.ndarray:
        part = amounts / amounts.sum(axis=-1, keepdims=True)
        return -np.abs(part[..., 0, :] - part[..., 1, :]).sum(axis=-1)

    for rows in _runs(len(left), draws * array.shape[1] * 2):
        pair = np.stack([array[left[rows]], array[right[rows]]], axis=1)
        base = (pair + _PRIOR) / (pair + _PRIOR).sum(axis=-1, keepdims=True)
        common = (pair + _PRIOR).sum(axis=1, keepdims=True)
        common = common / common.sum(axis=-1, keepdims=True)

        def shares_at(at: np.ndarray, base: np.ndarray = base, common: np.ndarray = common) -> np.ndarray:
            moved = np.maximum(common + np.expm1(at)[:, None, None] * (base - common), 0.0)
            return moved / moved.sum(axis=-1, keepdims=True)

        ends = np.zeros(len(pair)), np.full(len(pair), 5.0)
        found = _inverted(pair, shares_at, distance, ends, tail, draws, seed)
        for bounds, at in zip((low, high), found, strict=True):
            bounds[left[rows], right[rows]] = -distance(shares_at(at))
    low, high = _to_edges(low, high, 0.0, 2.0)
    return low + low.T, high + high.T


def _inverted(
    cases: np.ndarray,
    shares_at: Callable[[np.ndarray], np.ndarray],
    measured: Callable[[np.ndarray], np.ndarray],
    ends: tuple[np.ndarray, np.ndarray],
    tail: float,
    draws: int,
    seed: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Where on a path of shares, along which a measure falls, it is likely to be as low as observed: both ends.

    `cases` are rows × samples × cells; samples as low as the observed measure count one half. Each end is found by
    halving, with few samples at each point. Around it, all samples are drawn at once, and weighted by how much more
    likely they are at the points beside it.
    """
    observed, totals = measured(cases.astype(float)), cases.sum(axis=-1).astype(np.int64)

    def rare(at: np.ndarray, count: int, sign: int) -> tuple[np.ndarray, np.ndarray]:
        """Samples, and which of them lie beyond what is observed."""
        generator = np.random.default_rng(seed)
        drawn = generator.multinomial(totals, shares_at(at), size=(count, *totals.shape)).astype(float)
        beyond = sign * (measured(drawn) - observed)
        return drawn, np.where(np.abs(beyond) <= _ROUNDING, _LEVEL, beyond > 0)

    def logs(at: np.ndarray) -> np.ndarray:
        return np.log(np.maximum(shares_at(at), 1e-300))

    found = []
    for sign in (-1, 1):
        low, high = ends
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            further = sign * (rare(middle, max(draws // 8, 100), sign)[1].mean(axis=0) - tail) > 0
            low, high = np.where(further, middle, low), np.where(further, high, middle)
        centre = (low + high) / 2
        drawn, beyond = rare(centre, draws, sign)
        start = logs(centre)
        # one standard deviation along the path, from the information of the cases
        step = 1e-4
        slope = (logs(centre + step) - start) / step
        spread = 1 / np.sqrt((np.exp(start) * slope**2 * cases.sum(axis=-1, keepdims=True)).sum(axis=(-2, -1)) + 1e-12)
        reach = np.minimum(2 * spread, 1.0)
        low, high = np.maximum(centre - reach, ends[0]), np.minimum(centre + reach, ends[1])
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            more = np.exp(np.minimum(np.einsum("drsc,rsc->dr", drawn, logs(middle) - start), 50.0))
            further = sign * ((more * beyond).mean(axis=0) - tail) > 0
            low, high = np.where(further, middle, low), np.where(further, high, middle)
        found.append((low + high) / 2)
    return found[0], found[1]


def _to_edges(low: np.ndarray, high: np.ndarray, least: float, most: float) -> tuple[np.ndarray, np.ndarray]:
    """Bounds that came within a thousandth of an end of the range are that end."""
    close = (most - least) * 1e-3
    return np.where(low < least + close, least, low), np.where(high > most - close, most, high)


def _runs(count: int, cells: int) -> Iterator[slice]:
    step = max(_CELLS // cells, 1)
    for start in range(0, count, step):
        yield slice(start, min(start + step, count))


def _like(value: pd.DataFrame | pd.Series, array: np.ndarray) -> pd.DataFrame | pd.Series:
    if isinstance(value, pd.Series):
        return pd.Series(array, index=value.index, name=value.name)
    return pd.DataFrame(array, index=value.index, columns=value.columns)
