"""From raw values to one score: missing values, normalisation, aggregation, ranks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from ._arguments import LARGEST, power_of_two, quoted
from .frames import (
    Interval,
    ScoreInterval,
    checked,
    checked_interval,
    checked_scores,
    checked_weights,
    level,
    linear_form,
    match_indicators,
    mean_scores,
    missing_rule,
)

NORMALISATIONS = ("minmax", "z", "rank", "share", "leader")
POLICIES = ("error", "drop_places", "drop_indicators", "mean", "median", "interval")

_REFERENCE_ROWS = {"minmax": ("min", "max"), "z": ("mean", "sd"), "leader": ("leader",), "share": ("total",)}


class Completed(NamedTuple):
    """A table without holes, and what was done to get there.

    `changes` has one row per missing value: place, indicator, action, low, high. `low` and `high` are the
    values put in (equal unless the policy is "interval"), or missing where a place or an indicator was
    dropped.
    """

    values: pd.DataFrame | Interval
    changes: pd.DataFrame
    rule: str


def complete(values: pd.DataFrame, *, policy: str = "error") -> Completed:
    """Do something about missing values, and say what.

    Parameters
    ----------
    values : DataFrame
        Places × indicators; NaN (or NA) means missing.
    policy : {"error", "drop_places", "drop_indicators", "mean", "median", "interval"}
        "error" accepts no hole. "drop_places" and "drop_indicators" leave out every row or column that has
        one. "mean" and "median" put in the indicator's mean or median. "interval" invents nothing: the value
        may be anything between the smallest and the largest that is known for the indicator, and the result
        is an `Interval`.

    Returns
    -------
    Completed
        values, changes, rule. The rule also goes into ``values.attrs["missing"]``, from where the results of
        `acceptability` and its like take it.

    Raises
    ------
    ValueError
        If a value is missing under "error" (names place and indicator), if an indicator has no value at all,
        or if nothing is left.
    """
    if policy not in POLICIES:
        raise ValueError(f"policy is {policy!r}; it must be one of {quoted(POLICIES)}")
    table = checked(values, missing=policy != "error")
    holes = table.isna()
    where = [(table.index[r], table.columns[c]) for r, c in np.argwhere(holes.to_numpy())]
    changes = pd.DataFrame(where, columns=["place", "indicator"])
    changes["action"] = policy
    empty = holes.all()
    if policy in ("mean", "median", "interval") and empty.any():
        raise ValueError(f"indicator {quoted(empty[empty].index)} has no value for any place; leave it out or drop it")
    if policy in ("mean", "median"):
        fill_low = fill_high = getattr(table, policy)()
        low = high = table.fillna(fill_low)
    elif policy == "interval":
        fill_low, fill_high = table.min(), table.max()
        low, high = table.fillna(fill_low), table.fillna(fill_high)
    else:
        fill_low = fill_high = pd.Series(np.nan, index=table.columns)
        low = high = table.dropna(axis="columns" if policy == "drop_indicators" else "index")
    if low.empty:
        raise ValueError(f"policy {policy!r} leaves nothing: {len(where)} values are missing")
    for name, fill in (("low", fill_low), ("high", fill_high)):
        changes[name] = changes["indicator"].map(fill).astype("float64")
    rule = _rule_in_words(policy, len(where), table, low)
    low.attrs["missing"] = high.attrs["missing"] = rule
    return Completed(Interval(low, high) if policy == "interval" else low, changes, rule)


def _rule_in_words(policy: str, count: int, before: pd.DataFrame, after: pd.DataFrame) -> str:
    if count == 0:
        return "none"
    values = f"{count} missing value" + ("s" if count > 1 else "")
    if policy in ("mean", "median"):
        return f"{values} replaced by the indicator's {policy}"
    if policy == "interval":
        return f"{values} left open between the smallest and the largest known"
    places = before.index.difference(after.index, sort=False)
    indicators = before.columns.difference(after.columns, sort=False)
    kind, gone = ("places", places) if len(places) else ("indicators", indicators)
    return f"{kind} left out because of {values}: {', '.join(str(name) for name in gone)}"


def normalise(
    values: pd.DataFrame | Interval,
    *,
    method: str = "minmax",
    direction: str | Mapping[str, str] = "higher",
    reference: pd.DataFrame | None = None,
) -> pd.DataFrame | Interval:
    """Bring indicators to one scale on which higher is better.

    Parameters
    ----------
    values : DataFrame or Interval
        Places × indicators, in the indicators' own units. Missing values stay missing (not in an Interval).
    method : {"minmax", "z", "rank", "share", "leader"}
        "minmax": 0 for the worst place, 1 for the best. "z": distance from the mean in sample standard
        deviations. "rank": 1 plus the number of places below, so ties share the lower number. "share": part
        of the sum over places. "leader": part of the leader's value (for an indicator where lower is better,
        the leader's value over the place's).
    direction : "higher", "lower" or mapping
        Which way is better: for all indicators, or by indicator (those not named: "higher").
    reference : DataFrame, optional
        Fixes the scale instead of taking it from the places. Columns are the indicators, rows "min" and
        "max" (minmax), "mean" and "sd" (z), "leader", or "total" (share). Values may then fall outside
        0 to 1.

    Returns
    -------
    DataFrame or Interval, as given. An interval's bounds are tight: they are reached when a place is at one
    end of its own interval and all others are at the opposite end of theirs.

    Raises
    ------
    ValueError
        Names the indicator that cannot be put on the scale (all places alike, a negative value in a share,
        no positive leader), or the z-scores of intervals without a reference: these are not monotone in the
        values of the other places, so no simple bound is tight.

    Notes
    -----
    Handbook on Constructing Composite Indicators (OECD and JRC, 2008), step 5; its table 15 is reproduced.
    """
    if method not in NORMALISATIONS:
        raise ValueError(f"method is {method!r}; it must be one of {quoted(NORMALISATIONS)}")
    if isinstance(values, tuple):
        low, high = checked_interval(values)
    else:
        low = high = checked(values, missing=True)
    if method == "z" and reference is None and isinstance(values, tuple):
        raise ValueError("z-scores of intervals need reference= with rows 'mean' and 'sd'")
    empty = low.columns[low.isna().all()]
    if len(empty):
        raise ValueError(f"indicator {quoted(empty)} has no value for any place; leave it out")
    lower = _lower_is_better(direction, low.columns)
    scale = _checked_reference(reference, method, low.columns)
    make = _POINT if low is high else _BOUNDS
    results = []
    for own, others in ((low, high), (high, low)):
        result = pd.DataFrame(index=low.index, columns=low.columns, dtype="float64")
        for name in low.columns:
            # a lower-is-better column is turned round, which also swaps the ends of its intervals
            first, second = (others, own) if name in lower else (own, others)
            column, rest = _turn(first[name], second[name], method, name in lower)
            fixed = None if scale is None else _turn_scale(scale[name], method, name in lower)
            result[name] = make[method](column, rest, fixed)
        result.attrs = dict(low.attrs)
        results.append(result)
        if low is high:
            return result
    return Interval(*results)


def _lower_is_better(direction: str | Mapping[str, str], indicators: pd.Index) -> set[object]:
    given = dict.fromkeys(indicators, direction) if isinstance(direction, str) else direction
    ways = match_indicators(given, indicators, "direction", partly=True)
    ways = ways[ways.index.isin(list(given.keys()))]
    for name, way in ways.items():
        if way not in ("higher", "lower"):
            raise ValueError(f"the direction of indicator {name!r} is {way!r}; it must be 'higher' or 'lower'")
    return {name for name, way in ways.items() if way == "lower"}


def _checked_reference(reference: pd.DataFrame | None, method: str, indicators: pd.Index) -> pd.DataFrame | None:
    if reference is None:
        return None
    if method not in _REFERENCE_ROWS:
        raise ValueError(f"method {method!r} takes no reference")
    rows = _REFERENCE_ROWS[method]
    lacking = [row for row in rows if row not in reference.index]
    if lacking:
        raise ValueError(f"the reference for method {method!r} lacks row {quoted(lacking)}")
    for name in indicators:
        if name not in reference.columns:
            raise ValueError(f"the reference lacks indicator {name!r}")
    return checked(reference.loc[list(rows), list(indicators)])


def _turn(column: pd.Series, others: pd.Series, method: str, lower: bool) -> tuple[pd.Series, pd.Series]:
    if method in ("share", "leader"):
        _refuse_negative(column, others, method)
    if not lower:
        return column, others
    if method == "share":
        raise ValueError(f"indicator {column.name!r}: a share has no form in which lower is better; use another method")
    if method != "leader":
        return -column, -others
    zero = column.index[(column < 1 / LARGEST) | (others < 1 / LARGEST)]
    if len(zero):
        raise ValueError(
            f"indicator {column.name!r}: the leader over a place's value cannot be formed, because place "
            f"{zero[0]!r} has {min(column[zero[0]], others[zero[0]]):g}"
        )
    return 1 / column, 1 / others


def _turn_scale(scale: pd.Series, method: str, lower: bool) -> pd.Series:
    if method in ("share", "leader") and not scale.iloc[0] > 0:
        raise ValueError(f"the reference of indicator {scale.name!r} is {scale.iloc[0]:g}; it must be positive")
    if method == "z" and not scale["sd"] > 0:
        raise ValueError(f"the reference sd of indicator {scale.name!r} is {scale['sd']:g}; it must be positive")
    if method == "minmax" and not scale["max"] > scale["min"]:
        raise ValueError(f"the reference of indicator {scale.name!r} has its max no higher than its min")
    if not lower:
        return scale
    if method == "minmax":
        return pd.Series({"min": -scale["max"], "max": -scale["min"]}, name=scale.name)
    if method == "z":
        return pd.Series({"mean": -scale["mean"], "sd": scale["sd"]}, name=scale.name)
    return 1 / scale


def _refuse_negative(column: pd.Series, others: pd.Series, method: str) -> None:
    for side in (column, others):
        negative = side[side < 0]
        if len(negative):
            raise ValueError(
                f"indicator {column.name!r}: method {method!r} needs values of zero or more, but place "
                f"{negative.index[0]!r} has {negative.iloc[0]:g}"
            )


def _point_minmax(column: pd.Series, _: pd.Series, scale: pd.Series | None) -> pd.Series:
    low, high = (column.min(), column.max()) if scale is None else (scale["min"], scale["max"])
    _refuse_constant(column, low, high)
    return (column - low) / (high - low)


def _point_z(column: pd.Series, _: pd.Series, scale: pd.Series | None) -> pd.Series:
    _refuse_constant(column, column.min(), column.max() if scale is None else np.inf)
    if scale is None:
        # squares of very small differences would be zero
        column = column * float(power_of_two(np.array(column.abs().max())))
    mean, sd = (column.mean(), column.std(ddof=1)) if scale is None else (scale["mean"], scale["sd"])
    return (column - mean) / sd


def _point_rank(column: pd.Series, _: pd.Series, __: pd.Series | None) -> pd.Series:
    return column.rank(method="min")


def _point_share(column: pd.Series, _: pd.Series, scale: pd.Series | None) -> pd.Series:
    total = column.sum() if scale is None else scale["total"]
    if total == 0:
        raise ValueError(f"indicator {column.name!r} is zero for every place; there is nothing to share")
    return column / total


def _point_leader(column: pd.Series, _: pd.Series, scale: pd.Series | None) -> pd.Series:
    leader = column.max() if scale is None else scale["leader"]
    if not leader > 0:
        raise ValueError(f"indicator {column.name!r} is zero for every place; there is no leader")
    return column / leader


def _refuse_constant(column: pd.Series, low: float, high: float) -> None:
    if not high > low:
        raise ValueError(
            f"indicator {column.name!r} has the same value for every place ({low:g}) and cannot be put on a "
            "scale; leave it out"
        )


def _extreme_of_others(others: np.ndarray, largest: bool) -> np.ndarray:
    """For each place, the largest (or smallest) value among the other places."""
    if len(others) == 1:
        return np.full(1, np.nan)
    signed = others if largest else -others
    second, first = np.sort(signed)[-2:]
    extreme = np.where(np.arange(len(others)) == signed.argmax(), second, first)
    return extreme if largest else -extreme


def _bounds_minmax(column: pd.Series, others: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None:
        return _point_minmax(column, others, scale)
    own = column.to_numpy()
    _refuse_constant(column, min(column.min(), others.min()), max(column.max(), others.max()))
    low = np.fmin(own, _extreme_of_others(others.to_numpy(), largest=False))
    high = np.fmax(own, _extreme_of_others(others.to_numpy(), largest=True))
    level = 0.0 if (own <= others.to_numpy()).all() else 1.0
    # where all places may coincide, the value is only known to lie between 0 and 1
    return _ratio(own - low, high - low, level, column)


def _bounds_rank(column: pd.Series, others: pd.Series, _: pd.Series | None) -> pd.Series:
    ordered = np.sort(others.to_numpy())
    below = np.searchsorted(ordered, column.to_numpy(), side="left")
    itself = others.to_numpy() < column.to_numpy()
    return pd.Series(1.0 + below - itself, index=column.index)


def _bounds_share(column: pd.Series, others: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None or not max(column.max(), others.max()) > 0:
        return _point_share(column, others, scale)
    own = column.to_numpy()
    total = own + others.sum() - others.to_numpy()
    return _ratio(own, total, 0.0 if (own <= others.to_numpy()).all() else 1.0, column)


def _bounds_leader(column: pd.Series, others: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None or not max(column.max(), others.max()) > 0:
        return _point_leader(column, others, scale)
    own = column.to_numpy()
    leader = np.fmax(own, _extreme_of_others(others.to_numpy(), largest=True))
    return _ratio(own, leader, 0.0 if (own <= others.to_numpy()).all() else 1.0, column)


def _ratio(part: np.ndarray, whole: np.ndarray, if_zero: float, column: pd.Series) -> pd.Series:
    result = np.divide(part, whole, out=np.full(len(part), if_zero), where=whole > 0)
    return pd.Series(result, index=column.index)


_Maker = Callable[[pd.Series, pd.Series, "pd.Series | None"], pd.Series]
_POINT: dict[str, _Maker] = {
    "minmax": _point_minmax,
    "z": _point_z,
    "rank": _point_rank,
    "share": _point_share,
    "leader": _point_leader,
}
_BOUNDS: dict[str, _Maker] = {
    "minmax": _bounds_minmax,
    "z": _point_z,
    "rank": _bounds_rank,
    "share": _bounds_share,
    "leader": _bounds_leader,
}


def aggregate(
    values: pd.DataFrame | Interval,
    *,
    weights: Mapping[str, float] | pd.Series | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    missing: str = "error",
) -> pd.Series | ScoreInterval:
    """Make one score of several indicators: a weighted mean.

    Parameters
    ----------
    values : DataFrame or Interval
        Places × indicators, on one scale on which higher is better.
    weights : mapping or Series, optional
        Weight of each indicator, zero or positive; they are divided by their sum. Equal if not given.
    method : {"arithmetic", "geometric", "harmonic"}
        The less a mean lets a strength make up for a weakness, the later it stands in this list.
    floor : float, optional
        For the geometric and harmonic means: values below it are raised to it.
    missing : {"error", "rescale"}
        "rescale" takes each place's mean over the indicators it has, their weights divided by their sum.

    Returns
    -------
    Series of scores by place, or a pair (low, high) of such Series: every mean rises with each of its values,
    so the low scores come from the low values. Scores that differ by rounding only (1e-12 of what they are summed
    from) come out equal.

    Raises
    ------
    ValueError
        Names the place and indicator with a missing value, or with one that is not positive in a geometric
        or harmonic mean; names a weight that is negative, unknown or lacking.
    """
    if missing not in ("error", "rescale"):
        raise ValueError(f"missing is {missing!r}; it must be 'error' or 'rescale'")
    sides = checked_interval(values) if isinstance(values, tuple) else (checked(values, missing=missing == "rescale"),)
    table = sides[0]
    weight = checked_weights(weights, table.columns).to_numpy()
    terms = np.concatenate([linear_form(side, method, floor)[0].to_numpy() for side in sides])
    known = ~np.isnan(terms)
    total = known @ weight
    if not (total > 0).all():
        raise ValueError(f"place {table.index[total == 0][0]!r} has no value for any indicator of positive weight")
    terms = np.where(known, terms, 0.0)
    # low and high scores together, so that rounding puts no low score above its high one
    scores = mean_scores(terms @ weight / total, np.abs(terms) @ weight / total, method)
    rule = (
        missing_rule(table)
        if known.all()
        else f"{int((~known).sum())} missing values; each place's mean is over the indicators it has"
    )
    results = [pd.Series(part, index=table.index, name="score") for part in np.split(scores, len(sides))]
    for result in results:
        result.attrs["missing"] = rule
    return ScoreInterval(*results) if isinstance(values, tuple) else results[0]


def rank_places(scores: pd.Series | ScoreInterval) -> pd.Series | pd.DataFrame:
    """Competition ranks, 1 for the highest score; places with equal scores share the better rank.

    Scores are equal if they are closer than 1e-12 of the larger one, which rounding alone can put between them.
    From a pair (low, high) of scores comes a table with the columns `best` and `worst`: the ranks that each
    place can reach when scores move inside their bounds.

    Raises
    ------
    TypeError
        If the scores are no Series.
    ValueError
        Names the place that has no score, appears more than once, or has its low score above its high one; if there
        is no place, or low and high scores are not those of the same places in the same order.
    """
    if not isinstance(scores, tuple):
        scores = checked_scores(scores)
        equal = pd.Series(level(scores.to_numpy()), index=scores.index)
        return equal.rank(method="min", ascending=False).astype("int64").rename("rank")
    if len(scores) != 2:
        raise ValueError(f"scores are one Series or two, low and high, not {len(scores)}")
    lower, upper = (checked_scores(side) for side in scores)
    if not lower.index.equals(upper.index):
        raise ValueError("the low and high scores must be those of the same places, in the same order")
    low, high = np.split(level(np.concatenate((lower, upper))), 2)
    wrong = np.flatnonzero(low > high)
    if len(wrong):
        raise ValueError(
            f"scores: place {lower.index[wrong[0]]!r} has the low score {lower.iloc[wrong[0]]:g} above the high score "
            f"{upper.iloc[wrong[0]]:g}"
        )
    surely_above = len(low) - np.searchsorted(np.sort(low), high, side="right")
    perhaps_above = len(high) - np.searchsorted(np.sort(high), low, side="right") - (high > low)
    return pd.DataFrame({"best": 1 + surely_above, "worst": 1 + perhaps_above}, index=lower.index)
