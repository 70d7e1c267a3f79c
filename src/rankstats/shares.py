"""Specialisation and concentration: what each place does more of than the others.

A table of counts or amounts has one row per place and one column per activity (a technology, an industry, a
layer of the supply chain). Shares, location quotients, concentration and distance are computed from it, and,
for counts, each with the interval that the finite number of cases leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from ._arguments import LARGEST, by_name, fraction, number, number_table, seed_number, whole

Reference: TypeAlias = Mapping[str, float] | pd.Series | None

# A float tells whole numbers apart up to this one.
_MOST_CASES = 2**53
# Posterior draws are made so many cells at a time (2 MiB), whatever the number of draws.
_CELLS = 1 << 18


def shares(amounts: pd.DataFrame, *, by: str = "place") -> pd.DataFrame:
    """Shares of each place's total, of each activity's total, or of the grand total.

    Parameters
    ----------
    amounts : DataFrame
        Places × activities, zero or positive.
    by : {"place", "activity", "all"}
        "place": each row sums to 1, what a place does. "activity": each column sums to 1, who does it.

    Raises
    ------
    ValueError
        Names a place (or activity) whose total is zero, or the cell that is negative or missing.
    """
    table = _checked(amounts)
    if by == "place":
        return table.div(_row_totals(table), axis="index")
    if by == "activity":
        return table / _column_totals(table)
    if by == "all":
        if table.to_numpy().sum() == 0:
            raise ValueError("all amounts are zero; there is nothing to share")
        return table / table.to_numpy().sum()
    raise ValueError(f"by is {by!r}; it must be 'place', 'activity' or 'all'")


def location_quotient(amounts: pd.DataFrame, *, reference: Reference = None) -> pd.DataFrame:
    """Location quotient: an activity's share of a place over its share of the reference.

    Above 1, the place does more of it than the reference. The same number is known as revealed comparative
    advantage (Balassa 1965).

    Parameters
    ----------
    amounts : DataFrame
        Places × activities.
    reference : Series or mapping, optional
        Amounts by activity of a wider economy. By default the sum of the places given.

    Raises
    ------
    ValueError
        Names a place, or an activity of the reference, whose total is zero: its quotient would be 0/0.

    References
    ----------
    Balassa, B. (1965). Trade liberalisation and "revealed" comparative advantage. The Manchester School
    33(2), 99-123.
    """
    table = _checked(amounts)
    own = table.to_numpy() / _row_totals(table).to_numpy()[:, None]
    quotient = own / _reference_shares(table, reference).to_numpy()
    return pd.DataFrame(quotient, index=table.index, columns=table.columns)


def symmetric_rca(amounts: pd.DataFrame, *, reference: Reference = None) -> pd.DataFrame:
    """Symmetric revealed comparative advantage (LQ-1)/(LQ+1): from -1 through 0 (as the reference) to 1.

    References
    ----------
    Dalum, B., Laursen, K., and Villumsen, G. (1998). Structural change in OECD export specialisation
    patterns: de-specialisation and 'stickiness'. International Review of Applied Economics 12(3), 423-443.
    """
    quotient = location_quotient(amounts, reference=reference)
    return (quotient - 1) / (quotient + 1)


def herfindahl(amounts: pd.DataFrame, *, by: str = "place", normalised: bool = False) -> pd.Series:
    """Herfindahl-Hirschman index: the sum of squared shares, from 1/n (even) to 1 (all in one).

    `by` "place" asks how concentrated each place is on few activities, "activity" how concentrated each
    activity is in few places. `normalised` maps 1/n to 0. (Antitrust practice writes 10,000 times this.)

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5), 761-762.
    """
    part = _oriented_shares(amounts, by)
    index = (part**2).sum(axis=1)
    if normalised:
        count = _more_than_one(part)
        index = (index - 1 / count) / (1 - 1 / count)
    return index.rename("herfindahl")


def entropy(
    amounts: pd.DataFrame, *, by: str = "place", base: float | None = None, relative: bool = False
) -> pd.Series:
    """Shannon entropy of the shares: 0 if all is in one, log n if even; natural unit unless `base` is given.

    `relative` divides by log n, so that even is 1. `by` is as for `herfindahl`.

    References
    ----------
    Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27, 379-423.
    """
    part = _oriented_shares(amounts, by)
    result = _entropy(part.to_numpy())
    if relative:
        if base is not None:
            raise ValueError("relative entropy has no unit; give either relative=True or base=")
        result = result / np.log(_more_than_one(part))
    elif base is not None:
        if not number(base, "base") > 1:
            raise ValueError(f"base is {base!r}; it must be greater than 1")
        result = result / np.log(base)
    return pd.Series(result, index=part.index, name="entropy")


def krugman_distance(amounts: pd.DataFrame) -> pd.DataFrame:
    """Krugman's distance between every two places: the sum of absolute differences of their shares.

    0 for the same structure, 2 for nothing in common; half of it is the part of one place that would have to
    change activity to look like the other.

    References
    ----------
    Krugman, P. (1991). Geography and Trade. MIT Press.
    """
    part = shares(amounts)
    return pd.DataFrame(_distances(part.to_numpy()), index=part.index, columns=part.index.rename(None))


def ternary(amounts: pd.DataFrame, *, places: list[object] | None = None) -> pd.DataFrame:
    """Position of each activity (or indicator) between three places.

    Parameters
    ----------
    amounts : DataFrame
        Places × activities. Only the proportions within an activity matter, so units may differ between them.
    places : list of three, optional
        Which three, in the order of the corners; not needed if the table has just three.

    Returns
    -------
    DataFrame: activities × the three places, each row sums to 1. (1, 0, 0) lies in the first place's corner,
    (1/3, 1/3, 1/3) in the middle. These are the coordinates that ternary plots take.

    Raises
    ------
    ValueError
        If there are not three places, or an activity is zero in all three (names it).
    """
    table = _checked(amounts)
    chosen = list(table.index) if places is None else list(places)
    for place in chosen:
        if place not in table.index:
            raise ValueError(f"there is no place {place!r}; the places are {list(table.index)}")
    if len(chosen) != 3 or len(set(chosen)) != 3:
        raise ValueError(f"a ternary position needs three different places, not {chosen}")
    part = table.loc[chosen]
    return (part / _column_totals(part)).T


@dataclass(frozen=True)
class Estimate:
    """A measure of counts with the interval that the number of cases leaves open.

    Attributes
    ----------
    value, low, high : DataFrame or Series
        The measure of the counts as they are, and the bounds of its interval.
    level : float
        Probability that the interval is meant to cover.
    model : str
        Where the interval comes from, in words.
    draws, seed : int
        Draws from the posterior or the bootstrap; 0 and None where the bounds are exact.
    standard_error : float
        Monte Carlo standard error of the probability beyond each bound; 0 where exact.
    places, activities, cases : int
        Size of the table and sum of the counts.
    """

    value: pd.DataFrame | pd.Series
    low: pd.DataFrame | pd.Series
    high: pd.DataFrame | pd.Series
    level: float
    model: str
    draws: int
    seed: int | None
    standard_error: float
    places: int
    activities: int
    cases: int

    def __str__(self) -> str:
        """Say how the interval came about in one line, fit for a caption."""
        how = f"{self.draws:,} draws, seed {self.seed}" if self.draws else "exact"
        return (
            f"{self.level:.0%} intervals, {self.model} ({how}); {self.cases:,} cases, {self.places} places, "
            f"{self.activities} activities"
        )


_Measure = Callable[[np.ndarray], np.ndarray]


def interval(
    counts: pd.DataFrame,
    measure: str,
    *,
    level: float = 0.95,
    prior: float = 0.5,
    draws: int = 4000,
    seed: int = 0,
) -> Estimate:
    """A measure of counts with its interval.

    Parameters
    ----------
    counts : DataFrame
        Places × activities, whole numbers of cases.
    measure : str
        "shares" (of each place), "location_quotient", "symmetric_rca", "herfindahl", "entropy" or
        "krugman_distance", each as the function of that name computes it by default.
    level : float
        Probability between the bounds; the rest is split equally.
    prior : float
        Pseudo-count in every cell of the Dirichlet prior; 0.5 is Jeffreys' prior.
    draws, seed : int
        Draws from the posterior or the bootstrap; "shares" needs none, because each share's posterior is a
        Beta law.

    Returns
    -------
    Estimate

    Notes
    -----
    The cases are taken as a multinomial sample over all cells; `model` says which of two intervals it is.

    Shares, quotients and distances: the equal-tailed interval of the posterior Dirichlet(counts + prior).

    Herfindahl and entropy: few cases make a place look more concentrated than it is, and the posterior has
    the same fault. These have the interval of the parametric bootstrap (each place's cases are drawn again
    from its shares), moved by twice the bias that the bootstrap shows (Efron and Tibshirani 1993, chapter 10,
    for the bias), and cut at the ends of the measure's range. `value` is not corrected.

    In simulations of three places and five activities, 95 % intervals covered the truth in 91 to 96 % of
    samples with 4 cases per cell on average, and in 94 to 96 % with 20. Two places of the same structure have
    distance 0, which no such interval covers. Errors of counting are not in it.

    References
    ----------
    Efron, B., and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall.

    Raises
    ------
    ValueError
        Names the cell that is not a whole number, or a place or activity without cases; for more cases than can be
        told apart, and for a level, prior, number of draws or seed that is none.
    """
    table = _checked(counts)
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
    level, prior = fraction(level, "level"), number(prior, "prior")
    draws, seed = whole(draws, "draws", least=100), seed_number(seed)
    if measure not in _MEASURES:
        raise ValueError(f"measure is {measure!r}; it must be one of {', '.join(map(repr, _MEASURES))}")
    plain, drawn = _MEASURES[measure]
    value = plain(table)
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    model = f"Dirichlet posterior with {prior:g} added to each cell"
    used: tuple[int, int | None, float] = (draws, seed, float(np.sqrt(tails[0] * tails[1] / draws)))
    if measure == "shares":
        low, high = _beta_bounds(array, prior, tails)
        used = (0, None, 0.0)
    elif measure in _BOOTSTRAPPED:
        low, high = _bootstrap_bounds(array, drawn, value.to_numpy(), tails, draws, seed)
        edges = _BOOTSTRAPPED[measure](table.shape[1])
        low, high = low.clip(*edges), high.clip(*edges)
        model = "bootstrap of each place's cases, corrected for bias"
    else:
        low, high = _posterior_bounds(array + prior, drawn, value.shape, tails, draws, seed)
    return Estimate(
        value=value,
        low=_like(value, low),
        high=_like(value, high),
        level=level,
        model=model,
        draws=used[0],
        seed=used[1],
        standard_error=used[2],
        places=len(table),
        activities=table.shape[1],
        cases=int(array.sum()),
    )


def _beta_bounds(array: np.ndarray, prior: float, tails: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from scipy.stats import beta

    posterior = array + prior
    rest = posterior.sum(axis=1, keepdims=True) - posterior
    if array.shape[1] == 1:
        return np.ones(array.shape), np.ones(array.shape)
    return beta.ppf(tails[0], posterior, rest), beta.ppf(tails[1], posterior, rest)


def _posterior_bounds(
    posterior: np.ndarray, measure: _Measure, shape: tuple[int, ...], tails: np.ndarray, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    found = np.empty((draws, *shape))
    step = max(_CELLS // posterior.size, 1)
    for start in range(0, draws, step):
        count = min(step, draws - start)
        found[start : start + count] = measure(generator.standard_gamma(posterior, size=(count, *posterior.shape)))
    low, high = np.quantile(found, tails, axis=0)
    return low, high


def _bootstrap_bounds(
    array: np.ndarray, measure: _Measure, value: np.ndarray, tails: np.ndarray, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    found = np.empty((draws, len(array)))
    totals, part = array.sum(axis=1).astype(np.int64), _own_shares(array)
    step = max(_CELLS // array.size, 1)
    for start in range(0, draws, step):
        count = min(step, draws - start)
        again = generator.multinomial(totals, part, size=(count, len(array)))
        found[start : start + count] = measure(again.astype("float64"))
    bias = found.mean(axis=0) - value
    low, high = np.quantile(found, tails, axis=0)
    return low - 2 * bias, high - 2 * bias


def _like(value: pd.DataFrame | pd.Series, array: np.ndarray) -> pd.DataFrame | pd.Series:
    if isinstance(value, pd.Series):
        return pd.Series(array, index=value.index, name=value.name)
    return pd.DataFrame(array, index=value.index, columns=value.columns)


def _drawn_quotient(amounts: np.ndarray) -> np.ndarray:
    own = amounts / amounts.sum(axis=-1, keepdims=True)
    reference = amounts.sum(axis=-2, keepdims=True)
    return own / (reference / reference.sum(axis=-1, keepdims=True))


def _drawn_symmetric(amounts: np.ndarray) -> np.ndarray:
    quotient = _drawn_quotient(amounts)
    return (quotient - 1) / (quotient + 1)


def _own_shares(amounts: np.ndarray) -> np.ndarray:
    return amounts / amounts.sum(axis=-1, keepdims=True)


def _entropy(part: np.ndarray) -> np.ndarray:
    # 0 log 0 is 0
    logs = np.log(part, out=np.zeros_like(part), where=part > 0)
    return -(part * logs).sum(axis=-1)


def _distances(part: np.ndarray) -> np.ndarray:
    result = np.empty((*part.shape[:-1], part.shape[-2]))
    for place in range(part.shape[-2]):
        result[..., place, :] = np.abs(part - part[..., [place], :]).sum(axis=-1)
    return result


_MEASURES: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame | pd.Series], _Measure]] = {
    "shares": (shares, _own_shares),
    "location_quotient": (location_quotient, _drawn_quotient),
    "symmetric_rca": (symmetric_rca, _drawn_symmetric),
    "herfindahl": (herfindahl, lambda amounts: (_own_shares(amounts) ** 2).sum(axis=-1)),
    "entropy": (entropy, lambda amounts: _entropy(_own_shares(amounts))),
    "krugman_distance": (krugman_distance, lambda amounts: _distances(_own_shares(amounts))),
}
# Measures whose bias in few cases is corrected, with the ends of their range for a number of activities.
_BOOTSTRAPPED: dict[str, Callable[[int], tuple[float, float]]] = {
    "herfindahl": lambda count: (1 / count, 1.0),
    "entropy": lambda count: (0.0, float(np.log(count))),
}


def _checked(amounts: pd.DataFrame, argument: str = "amounts") -> pd.DataFrame:
    advice = "zero or a positive number is needed"
    table = number_table(amounts, argument, "place", "activity", advice=advice)
    array = table.to_numpy()
    # quotients of shares must stay of a size that can be computed with
    bad = np.argwhere((array < 0) | ((array > 0) & (array < 1 / LARGEST)))
    if len(bad):
        row, column = bad[0]
        raise ValueError(
            f"{argument}: place {table.index[row]!r} has {array[row, column]:g} for activity "
            f"{table.columns[column]!r}; {advice}, of a size from {1 / LARGEST:g} on"
        )
    return table


def _row_totals(table: pd.DataFrame) -> pd.Series:
    return _totals(table.to_numpy().sum(axis=1), table.index, "place")


def _column_totals(table: pd.DataFrame) -> pd.Series:
    return _totals(table.to_numpy().sum(axis=0), table.columns, "activity")


def _totals(sums: np.ndarray, names: pd.Index, kind: str) -> pd.Series:
    empty = np.flatnonzero(sums == 0)
    if len(empty):
        raise ValueError(f"{kind} {names[empty[0]]!r} has a total of zero; leave it out")
    return pd.Series(sums, index=names)


def _reference_shares(table: pd.DataFrame, reference: Reference) -> pd.Series:
    if reference is None:
        totals = _column_totals(table)
        return totals / totals.sum()
    given = by_name(reference, "reference", "activity")
    if set(given.index) != set(table.columns):
        raise ValueError(
            f"the reference must name each activity once: the table has {list(table.columns)}, "
            f"the reference {list(given.index)}"
        )
    row = given.reindex(table.columns).infer_objects().to_frame("reference").T
    totals = _column_totals(_checked(row, "reference"))
    return totals / totals.sum()


def _oriented_shares(amounts: pd.DataFrame, by: str) -> pd.DataFrame:
    if by not in ("place", "activity"):
        raise ValueError(f"by is {by!r}; it must be 'place' or 'activity'")
    part = shares(amounts, by=by)
    return part if by == "place" else part.T


def _more_than_one(part: pd.DataFrame) -> int:
    if part.shape[1] < 2:
        raise ValueError("one category only: nothing can be more or less even; use the plain index")
    return part.shape[1]
