"""Published counts of several places side by side: who has which share of what, and what is beyond chance.

Each group of comparable figures is a list of its own (one publication, one metric, one date), and lists differ in
length by a factor of a hundred. So each is turned into shares first, and every list weighs the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
import pandas as pd

import rankstats
from aicities import bounds, tables
from aicities.votes import comparable

__all__ = ["AMOUNTS", "COUNTS", "Fit", "cited", "density", "distances", "fit", "groups", "quotients", "size"]

# Units of things counted one by one: chance can be reckoned from their number.
COUNTS = ("companies", "entries", "models", "people")
# Units of which a share makes sense; a share of a score or of a rank does not.
AMOUNTS = (*COUNTS, "percent_of_sample", "CNY_100m", "USD_100m", "USD_bn", "deals")

_FACTORS = {"10k_people": 1e4, "million_people": 1e6, "CNY_100m": 1e8, "CNY_bn": 1e9, "CNY_tn": 1e12}
_TURNED = {"eq": "eq", "approx": "approx", "gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
_DRAWS_AT_ONCE = 2048


def groups(
    places: Sequence[str],
    *,
    units: Collection[str] = COUNTS,
    near: str | None = None,
    indicators: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Groups of comparable figures that give an exact figure of each of some places.

    Only figures of the whole city that are independent of the article; a bound, a rounded figure or a rank in
    one of the places leaves the group out.

    Parameters
    ----------
    places
        Names of at least two cities.
    units
        Units to keep, for instance `COUNTS` or `AMOUNTS`.
    near
        A date (YYYY-MM): of several editions of one metric by one publisher, only the nearest is kept. By default all.
    indicators, sources
        `city_indicators` and `sources`; by default those of the data package.

    Returns
    -------
    One row per group (the index), in the order of the table: `indicator`, `label`, `dimension`, `coverage`, `unit`,
    `as_of`, `source_id`, and a column for each place.

    Raises
    ------
    ValueError
        For fewer than two places.
    """
    if len(set(places)) < 2:
        raise ValueError(f"a comparison needs at least two places, got {list(places)}")
    table = tables.load("city_indicators") if indicators is None else indicators
    chosen = comparable(table, places)
    chosen = chosen[(chosen["relation"] == "eq") & chosen["unit"].isin(units)]
    values = chosen.pivot(index="comparable_group", columns="place", values="value")
    values = values.reindex(columns=list(places)).dropna()
    about = chosen.drop_duplicates("comparable_group").set_index("comparable_group")
    columns = ["indicator", "indicator_label", "dimension", "coverage", "unit", "as_of", "source_id"]
    found = about.loc[about.index.isin(values.index), columns].rename(columns={"indicator_label": "label"})
    found = found.join(values)
    if near is None:
        return found
    sources = tables.load("sources") if sources is None else sources
    publisher = found["source_id"].map(sources.set_index("source_id")["publisher_id"])
    away = (found["as_of"].map(_months) - _months(near)).abs()
    return found.loc[found.index.isin(away.groupby([publisher, found["indicator"]]).idxmin())]


def size(
    places: Sequence[str],
    indicator: str,
    as_of: str,
    *,
    tolerance: float | None = None,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How large the places are: the interval in which the published figure of each leaves its size.

    Parameters
    ----------
    places
        Names of cities.
    indicator, as_of
        Code of the metric ("resident_population", "gdp") and its date, as in `city_indicators`.
    tolerance
        Relative half-width of an approximate figure, see `aicities.bounds.interval`.
    indicators
        `city_indicators`; by default that of the data package.

    Returns
    -------
    One row per place (the index, in the order given): `relation`, `value`, `low` and `high`, in people or yuan, and
    `as_of` and `source_id`.

    Raises
    ------
    ValueError
        Names the place that has no such figure, or several.
    """
    table = tables.load("city_indicators") if indicators is None else indicators
    chosen = table[
        (table["indicator"] == indicator)
        & (table["as_of"] == as_of)
        & (table["place_level"] == "city")
        & (table["independent_of_article"] == "yes")
        & table["place"].isin(places)
    ]
    for place in places:
        number = int((chosen["place"] == place).sum())
        if number != 1:
            raise ValueError(f"{place!r} has {number} figures of {indicator!r} for {as_of}; one is needed")
    known = bounds.intervals(chosen, tolerance=tolerance).set_index("place").loc[list(places)]
    factor = known["unit"].map(_FACTORS)
    amounts = known[["value", "low", "high"]].mul(factor, axis="index")
    return known[["relation"]].join(amounts).join(known[["as_of", "source_id"]])


def density(counts: pd.Series, sizes: pd.DataFrame) -> pd.DataFrame:
    """Counts over sizes, where a lower bound of a size is an upper bound of the density and the other way round.

    Parameters
    ----------
    counts
        Exact numbers by place.
    sizes
        `relation` and `value` by place, as `size` gives them.

    Returns
    -------
    `relation` and `value` by place, in the order of `counts`, for instance for `aicities.bounds.ahead`.

    Raises
    ------
    ValueError
        Names a place without a size.
    """
    missing = counts.index.difference(sizes.index)
    if len(missing):
        raise ValueError(f"there is no size of {missing[0]!r}")
    known = sizes.loc[counts.index]
    return pd.DataFrame(
        {"relation": known["relation"].map(_TURNED), "value": counts.astype("float64") / known["value"]}
    )


def cited(groups: pd.DataFrame, *, sources: pd.DataFrame | None = None) -> str:
    """Publishers of some groups with the dates of their figures, for a line of sources.

    Parameters
    ----------
    groups
        As the function of that name gives them.
    sources
        By default those of the data package.
    """
    sources = tables.load("sources") if sources is None else sources
    publisher = groups["source_id"].map(sources.set_index("source_id")["publisher"])
    dates = groups["as_of"].groupby(publisher, sort=False).agg(lambda days: ", ".join(sorted(set(days))))
    return "; ".join(f"{name} ({days})" for name, days in dates.items())


def quotients(
    amounts: pd.DataFrame,
    *,
    average: Sequence[str] | None = None,
    reference: pd.DataFrame | None = None,
    counted: Collection[str] | None = None,
    level: float = 0.95,
    prior: float = 0.5,
    margin: float = 0.03,
    draws: int = 100_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Each place's share of an activity over its share of a reference, with the interval that few cases leave open.

    This is the location quotient with the same weight for each activity, however long its list.

    Parameters
    ----------
    amounts
        Places × activities, zero or positive.
    average
        Activities whose mean share is the reference; by default all.
    reference
        Sizes of the places instead: `low` and `high` by place, as `size` gives them. Its bounds widen the interval.
    counted
        Activities that are numbers of cases; by default all. The others have no interval of their own.
    level, prior, draws, seed
        Probability between the bounds; pseudo-count of each cell; number and seed of the draws.
    margin
        By how much an interval must leave out 1 to be called beyond chance. Without it, the luck of the draws or the
        choice of the prior would decide where a bound comes to lie at 1.

    Returns
    -------
    One row per activity and place: `activity`, `place`, `amount`, `share` (among the places), `value` (the quotient),
    `low`, `high`, and `beyond`: whether the interval leaves out 1 by `margin` or more.

    Raises
    ------
    ValueError
        Names the cell that is negative, missing or no whole number of cases, or the place without a finite size.

    Notes
    -----
    Each activity is taken as a multinomial sample of its own, with a Dirichlet(cases + prior) posterior; prior 0.5
    is Jeffreys'. The interval is equal-tailed. What a list leaves out or puts in wrongly is not in it.
    """
    part = rankstats.shares(amounts, by="activity")
    among = list(part.columns if average is None else average)
    drawn = _drawn_shares(amounts, counted, prior=prior, draws=draws, seed=seed)
    tails = [(1 - level) / 2, (1 + level) / 2]
    if reference is None:
        chosen = part.columns.get_indexer(pd.Index(among))
        value = part.div(part[among].mean(axis=1), axis="index")
        low, high = np.quantile(drawn / drawn[:, :, chosen].mean(axis=2, keepdims=True), tails, axis=0)
    else:
        least, most = _share_bounds(reference, part.index)
        middle = reference.loc[part.index, ["low", "high"]].mean(axis=1)
        value = part.div(middle / middle.sum(), axis="index")
        low, high = np.quantile(drawn, tails, axis=0)
        low, high = low / most[:, None], high / least[:, None]
    found = {"amount": amounts, "share": part, "value": value}
    found |= {name: pd.DataFrame(a, part.index, part.columns) for name, a in (("low", low), ("high", high))}
    table = _long(found)
    return table.assign(beyond=(table["low"] >= 1 + margin) | (table["high"] <= 1 - margin))


class Fit(NamedTuple):
    """How well a picture fits: activities in which it is right, and of all arrangements those as good."""

    right: int
    activities: int
    as_good: int
    arrangements: int


def fit(quotients: pd.DataFrame, picture: dict[str, str]) -> Fit:
    """Whether the places lean to the activities that a picture gives them, more often than by the luck of the draw.

    The picture is right in an activity if its place has the highest quotient there. An exact permutation test
    (Fisher 1935, The Design of Experiments) says how often it would be right so often, had the same places been dealt
    out to the activities at random.

    Parameters
    ----------
    quotients
        As the function of that name gives them.
    picture
        Place by activity; at most eight activities, since all arrangements are tried.

    Raises
    ------
    ValueError
        Names an activity that has no quotients; or for more than eight.
    """
    value = quotients.pivot(index="activity", columns="place", values="value")
    for activity in picture:
        if activity not in value.index:
            raise ValueError(f"there are no quotients of {activity!r}; they are of {list(value.index)}")
    if len(picture) > 8:
        raise ValueError(f"the picture has {len(picture)} activities; all arrangements are tried for at most 8")
    highest = value.loc[list(picture)].idxmax(axis=1).tolist()
    right = [
        sum(a == b for a, b in zip(order, highest, strict=True))
        for order in sorted(set(permutations(picture.values())))
    ]
    own = sum(a == b for a, b in zip(picture.values(), highest, strict=True))
    return Fit(own, len(picture), sum(number >= own for number in right), len(right))


def distances(
    counts: pd.DataFrame, *, level: float = 0.95, prior: float = 0.5, draws: int = 100_000, seed: int = 0
) -> pd.DataFrame:
    """Krugman's distance between the profiles of every two places, each activity with the same weight.

    Parameters
    ----------
    counts
        Places × activities, numbers of cases.
    level, prior, draws, seed
        As for `quotients`.

    Returns
    -------
    One row per pair: `place`, `other`, `value`, `low`, `high`; from 0, the same profile, to 2, nothing in common.

    Raises
    ------
    ValueError
        Names the cell that is negative, missing or no whole number of cases.
    """
    value = rankstats.krugman_distance(rankstats.shares(counts, by="activity"))
    drawn = _drawn_shares(counts, None, prior=prior, draws=draws, seed=seed)
    profile = drawn / drawn.sum(axis=2, keepdims=True)
    tails = [(1 - level) / 2, (1 + level) / 2]
    rows = []
    for i, place in enumerate(counts.index):
        for j in range(i + 1, len(counts)):
            apart = np.abs(profile[:, i] - profile[:, j]).sum(axis=1)
            other = counts.index[j]
            rows.append((place, other, value.loc[place, other], *np.quantile(apart, tails)))
    return pd.DataFrame(rows, columns=["place", "other", "value", "low", "high"])


def _drawn_shares(
    amounts: pd.DataFrame, counted: Collection[str] | None, *, prior: float, draws: int, seed: int
) -> np.ndarray:
    """Draws × places × activities: shares of each activity; the observed ones where cases were not counted."""
    table = amounts.to_numpy(dtype="float64")
    generator = np.random.default_rng(seed)
    drawn = np.empty((draws, *table.shape))
    for start in range(0, draws, _DRAWS_AT_ONCE):
        many = min(_DRAWS_AT_ONCE, draws - start)
        drawn[start : start + many] = generator.standard_gamma(table + prior, size=(many, *table.shape))
    drawn /= drawn.sum(axis=1, keepdims=True)
    for column, name in enumerate(amounts.columns):
        if counted is not None and name not in counted:
            drawn[:, :, column] = table[:, column] / table[:, column].sum()
            continue
        broken = table[:, column] != np.rint(table[:, column])
        if broken.any():
            row = int(np.argmax(broken))
            raise ValueError(
                f"place {amounts.index[row]!r} has {table[row, column]:g} for activity {name!r}; "
                "cases are whole numbers (name the activities that are counts with counted=)"
            )
    return drawn


def _share_bounds(reference: pd.DataFrame, places: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest share of each place, when each size may lie anywhere between its bounds."""
    missing = places.difference(reference.index)
    if len(missing):
        raise ValueError(f"the reference has no size of {missing[0]!r}")
    low = reference.loc[places, "low"].to_numpy(dtype="float64")
    high = reference.loc[places, "high"].to_numpy(dtype="float64")
    bad = ~((low > 0) & (high >= low) & np.isfinite(high))
    if bad.any():
        row = int(np.argmax(bad))
        raise ValueError(
            f"the size of {places[row]!r} lies between {low[row]:g} and {high[row]:g}; "
            "a share of the whole needs 0 < low <= high, both finite"
        )
    return low / (low + high.sum() - high), high / (high + low.sum() - low)


def _long(columns: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Tables of places × activities as columns of one table with a row per activity and place."""
    stacked = {
        name: pd.DataFrame(table.to_numpy(), table.index.rename("place"), table.columns.rename("activity")).T.stack()
        for name, table in columns.items()
    }
    return pd.DataFrame(stacked).reset_index()


def _months(date: str) -> int:
    """Months of a date; a year alone counts as its middle."""
    year, _, rest = date.partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else 7)
