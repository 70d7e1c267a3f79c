"""From raw values to one score: missing values, normalisation, aggregation, ranks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ._arguments import LARGEST, as_list, choice, is_real, power_of_two, quoted, shown
from .frames import (
    Completed,
    Interval,
    ScoreInterval,
    Values,
    checked,
    checked_interval,
    checked_scores,
    checked_weights,
    level,
    linear_form,
    match_indicators,
    mean_scores,
    missing_rule,
    opened,
)
from .outranking import copeland_scores
from .weights import membership

NORMALISATIONS = ("minmax", "z", "rank", "share", "leader")
POLICIES = ("error", "drop_places", "drop_indicators", "mean", "median", "interval")

_REFERENCE_ROWS = {"minmax": ("min", "max"), "z": ("mean", "sd"), "leader": ("leader",), "share": ("total",)}

Direction = str | int | Mapping[str, str | int] | Collection[str | int] | np.ndarray


def complete(values: pd.DataFrame, *, policy: str = "error") -> Completed:
    """Do something about missing values, and say what.

    Parameters
    ----------
    values : Places × indicators; NaN (or NA) means missing.
    policy : {"error", "drop_places", "drop_indicators", "mean", "median", "interval"}; "error" accepts no hole.
        "drop_places" and "drop_indicators" leave out every row or column that has one. "mean" and "median" put in the
        indicator's mean or median. "interval" invents nothing: the value may be anything between the smallest and the
        largest that is known for the indicator, and the result is an `Interval`.

    Returns
    -------
    Completed
        values, changes, rule. The rule also goes into ``values.attrs["missing"]``, from where the results of
        `acceptability` and its like take it.

    Examples
    --------
    >>> table = pd.DataFrame({"papers": [10, 20, None], "firms": [3, 1, 2]}, index=["a", "b", "c"])
    >>> rankstats.complete(table, policy="interval").changes
      place indicator    action   low  high
    0     c    papers  interval  10.0  20.0
    """
    choice(policy, "policy", *POLICIES)
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
    values: Values,
    *,
    method: str | Mapping[str, str] = "minmax",
    direction: Direction = "higher",
    reference: pd.DataFrame | None = None,
    range: tuple[float, float] = (0, 1),
) -> pd.DataFrame | Interval:
    """Bring indicators to one scale on which higher is better.

    Parameters
    ----------
    values : Places × indicators, in the indicators' own units. Missing values stay missing (not in an Interval).
    method : {"minmax", "z", "rank", "share", "leader"} or mapping; "minmax": the lower end of the range for the worst
        place, the upper end for the best. "z": distance from the mean in sample standard deviations. "rank": 1 plus
        the number of places below, so ties share the lower number. "share": part of the sum over places. "leader":
        part of the leader's value (for an indicator where lower is better, the leader's value over the place's). A
        mapping gives a method for each indicator.
    direction : "higher", "lower", 1, -1, mapping, or list; which way is better: for all indicators; by indicator (those
        not named: "higher"); for each in order, as [1, -1, 1]; or the names of those of which lower is better.
    reference : Fixes the scale instead of taking it from the places. Columns are the indicators, rows "min" and "max"
        (minmax), "mean" and "sd" (z), "leader", or "total" (share). Values may then fall outside the range.
    range : The ends that minmax gives; (1, 100) leaves no zero for a geometric mean.

    Returns
    -------
    DataFrame or Interval, as given. An interval's bounds are tight: they are reached when a place is at one
    end of its own interval and all others are at the opposite end of theirs.

    Notes
    -----
    Handbook on Constructing Composite Indicators (OECD and JRC, 2008), step 5; its table 15 is reproduced.

    Examples
    --------
    >>> table = pd.DataFrame({"papers": [10, 30, 20], "rent": [3, 1, 2]}, index=["a", "b", "c"])
    >>> rankstats.normalise(table, direction=["rent"])
       papers  rent
    a     0.0   0.0
    b     1.0   1.0
    c     0.5   0.5
    """
    values = opened(values)
    if isinstance(values, tuple):
        low, high = checked_interval(values)
    else:
        low = high = checked(values, missing=True)
    empty = low.columns[low.isna().all()]
    if len(empty):
        raise ValueError(f"indicator {quoted(empty)} has no value for any place; leave it out")
    methods = _methods(method, low.columns)
    if "z" in methods.values() and reference is None and isinstance(values, tuple):
        raise ValueError("z-scores of intervals need reference= with rows 'mean' and 'sd'")
    lower = _lower_is_better(direction, low.columns)
    bottom, top = _checked_range(range)
    scale = _checked_reference(reference, methods, low.columns)
    results = []
    for own, others in ((low, high), (high, low)):
        columns = {}
        for name, way in methods.items():
            # a lower-is-better column is turned round, which also swaps the ends of its intervals
            first, second = (others, own) if name in lower else (own, others)
            column, rest = _turn(first[name], second[name], way, name in lower)
            fixed = None if scale is None else _turn_scale(scale[name], way, name in lower)
            known = column.notna()
            made = _MAKERS[way](column[known], rest[known], fixed).reindex(low.index)
            columns[name] = bottom + (top - bottom) * made if way == "minmax" and (bottom, top) != (0, 1) else made
        result = pd.DataFrame(columns, index=low.index, columns=low.columns)
        result.attrs = dict(low.attrs)
        results.append(result)
        if low is high:
            return result
    return Interval(*results)


def _methods(method: str | Mapping[str, str], indicators: pd.Index) -> dict[Any, str]:
    given = match_indicators(method, indicators, "method") if isinstance(method, Mapping | pd.Series) else None
    methods: dict[Any, Any] = dict.fromkeys(indicators, method) if given is None else dict(given)
    for way in methods.values():
        choice(way, "method", *NORMALISATIONS)
    return methods


def _checked_range(ends: tuple[float, float]) -> tuple[float, float]:
    both = list(ends) if isinstance(ends, Iterable) else []
    if len(both) != 2 or not all(is_real(end) and abs(end) <= LARGEST for end in both) or not both[0] < both[1]:
        raise ValueError(f"range is {shown(ends)}; it must be two numbers, the lower first")
    return float(both[0]), float(both[1])


def _lower_is_better(direction: Direction, indicators: pd.Index) -> set[object]:
    if isinstance(direction, str) or is_real(direction):
        given: Mapping[Any, Any] | pd.Series = dict.fromkeys(indicators, direction)
    elif isinstance(direction, Mapping | pd.Series):
        given = direction
    elif isinstance(direction, Collection | np.ndarray):
        ways = as_list(direction, "direction")
        in_order = len(ways) == len(indicators) and all(way in ("higher", "lower", 1, -1) for way in ways)
        given = dict(zip(indicators, ways, strict=True)) if in_order else dict.fromkeys(ways, "lower")
    else:
        raise TypeError(f"direction is {shown(direction)}; give 'higher', 'lower', a mapping, or those to be low")
    by_name = match_indicators(given, indicators, "direction", partly=True)
    by_name = by_name[by_name.index.isin(list(given.keys()))]
    for name, way in by_name.items():
        if not (isinstance(way, str) or is_real(way)) or way not in ("higher", "lower", 1, -1):
            raise ValueError(f"the direction of indicator {name!r} is {way!r}; it must be 'higher' (1) or 'lower' (-1)")
    return {name for name, way in by_name.items() if way in ("lower", -1)}


def _checked_reference(
    reference: pd.DataFrame | None, methods: dict[Any, str], indicators: pd.Index
) -> pd.DataFrame | None:
    if reference is None:
        return None
    if len(set(methods.values())) > 1:
        raise ValueError("a reference is for one method; normalise the indicators of each method by themselves")
    method = next(iter(methods.values()))
    if method not in _REFERENCE_ROWS:
        raise ValueError(f"method {method!r} takes no reference")
    rows = _REFERENCE_ROWS[method]
    if not isinstance(reference, pd.DataFrame):
        raise TypeError(f"reference must be a DataFrame with rows {quoted(rows)}, not {type(reference).__name__}")
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


def _minmax(own: pd.Series, others: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None:
        return (own - scale["min"]) / (scale["max"] - scale["min"])
    _refuse_constant(own, min(own.min(), others.min()), max(own.max(), others.max()))
    low = np.fmin(own, _extreme_of_others(others.to_numpy(), largest=False))
    high = np.fmax(own, _extreme_of_others(others.to_numpy(), largest=True))
    # where all places may coincide, the value is only known to lie between 0 and 1
    return _ratio(own - low, high - low, own, others)


def _z(own: pd.Series, _: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None:
        return (own - scale["mean"]) / scale["sd"]
    _refuse_constant(own, own.min(), own.max())
    # squares of very small differences would be zero
    own = own * float(power_of_two(np.array(own.abs().max())))
    return (own - own.mean()) / own.std(ddof=1)


def _rank(own: pd.Series, others: pd.Series, _: pd.Series | None) -> pd.Series:
    below = np.searchsorted(np.sort(others.to_numpy()), own.to_numpy(), side="left")
    return 1.0 + below - (others < own)


def _share(own: pd.Series, others: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None:
        return own / scale["total"]
    if not max(own.max(), others.max()) > 0:
        raise ValueError(f"indicator {own.name!r} is zero for every place; there is nothing to share")
    return _ratio(own, others.sum() + (own - others), own, others)


def _leader(own: pd.Series, others: pd.Series, scale: pd.Series | None) -> pd.Series:
    if scale is not None:
        return own / scale["leader"]
    if not max(own.max(), others.max()) > 0:
        raise ValueError(f"indicator {own.name!r} is zero for every place; there is no leader")
    return _ratio(own, np.fmax(own, _extreme_of_others(others.to_numpy(), largest=True)), own, others)


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


def _ratio(part: pd.Series, whole: pd.Series, own: pd.Series, others: pd.Series) -> pd.Series:
    """Part of a whole; where the whole may be zero, the end that the bound `own` stands for."""
    return (part / whole.where(whole > 0)).fillna(0.0 if (own <= others).all() else 1.0)


_MAKERS = {"minmax": _minmax, "z": _z, "rank": _rank, "share": _share, "leader": _leader}


def aggregate(
    values: Values,
    *,
    weights: Any = None,
    method: str = "arithmetic",
    groups: Mapping[str, str] | None = None,
    missing: str = "error",
) -> Any:
    """Make one score of several indicators: a weighted mean, or the Copeland count.

    Parameters
    ----------
    values : Places × indicators, on one scale on which higher is better.
    weights : mapping, Series, list, array or "equal", optional; weight of each indicator, by name or in order, zero or
        positive; they are divided by their sum. Equal if not given.
    method : {"arithmetic", "geometric", "harmonic", "copeland"}; "copeland": two places are compared by the weight of
        the indicators in which either is ahead; each place gets a point for every place that it beats so, half a point
        for a draw, as a share of the other places. Only who is ahead counts, so no scale is needed, and weak
        indicators can't be made up for by strong ones.
    groups : Indicator -> its group. The result is then a table, places × groups, of the means in each group, in which
        the weights are divided by their sum; aggregate it again for the level above.
    missing : {"error", "rescale"}; "rescale" takes each place's mean over the indicators it has, their weights divided
        by their sum.

    Returns
    -------
    Series of scores by place, or a pair (low, high) of such Series: every mean rises with each of its values,
    so the low scores come from the low values. Scores that differ by rounding only (1e-12 of what they are summed
    from) come out equal. With `groups`, a DataFrame or an Interval.

    Examples
    --------
    >>> table = pd.DataFrame({"papers": [1, 0.5], "talent": [0, 0.5], "firms": [0.2, 0.8]}, index=["a", "b"])
    >>> rankstats.aggregate(table, weights=[1, 1, 2]).tolist()
    [0.35, 0.65]
    >>> fields = rankstats.aggregate(table, groups={"papers": "minds", "talent": "minds", "firms": "money"})
    >>> fields
       minds  money
    a    0.5    0.2
    b    0.5    0.8
    >>> rankstats.aggregate(fields, method="copeland").tolist()
    [0.0, 1.0]
    """
    choice(missing, "missing", "error", "rescale")
    values = opened(values, method)
    sides = checked_interval(values) if isinstance(values, tuple) else (checked(values, missing=missing == "rescale"),)
    table = sides[0]
    weight = checked_weights(weights, table.columns)
    if groups is not None:
        return _by_group(sides, weight, method, groups, missing)
    if method == "copeland":
        if len(sides) > 1:
            raise ValueError("values within bounds have no Copeland count; take the middle of each, or either end")
        scores = copeland_scores(table.to_numpy(), weight.to_numpy()[None, :])[0]
        return _described(scores, table, missing_rule(table) if missing == "error" else "pairs with a gap left out")
    terms = np.concatenate([linear_form(side, method).to_numpy() for side in sides])
    known = ~np.isnan(terms)
    total = known @ weight.to_numpy()
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
    results = [_described(part, table, rule) for part in np.split(scores, len(sides))]
    return ScoreInterval(*results) if isinstance(values, tuple) else results[0]


def _described(scores: np.ndarray, table: pd.DataFrame, rule: str) -> pd.Series:
    series = pd.Series(scores, index=table.index, name="score")
    series.attrs["missing"] = rule
    return series


def _by_group(
    sides: tuple[pd.DataFrame, ...], weight: pd.Series, method: str, groups: Mapping[str, str], missing: str
) -> pd.DataFrame | Interval:
    names, own = membership(groups, sides[0].columns)
    made = []
    for side in sides:
        columns = {}
        for name, members in zip(names, own, strict=True):
            part = side.loc[:, members]
            # a place without any value of the group has none for the group either
            part = part.dropna(how="all")
            if part.empty:
                raise ValueError(f"group {name!r} has no value for any place; leave its indicators out")
            columns[name] = aggregate(part, weights=weight[members], method=method, missing=missing)
        made.append(pd.DataFrame(columns).reindex(index=side.index, columns=names))
        made[-1].attrs = dict(side.attrs)
    return Interval(*made) if len(made) > 1 else made[0]


def rank_places(scores: pd.Series | ScoreInterval) -> pd.Series | pd.DataFrame:
    """Competition ranks, 1 for the highest score; places with equal scores share the better rank.

    Scores are equal if they are closer than 1e-12 of the larger one, which rounding alone can put between them.
    From a pair (low, high) of scores comes a table with the columns `best` and `worst`: the ranks that each
    place can reach when scores move inside their bounds.

    Examples
    --------
    >>> rankstats.rank_places(pd.Series({"a": 0.5, "b": 0.1 + 0.2, "c": 0.3})).tolist()
    [1, 2, 2]
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
