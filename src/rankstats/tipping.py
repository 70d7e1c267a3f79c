"""The tipping point: the smallest change of given weights that changes an order, and where it lies."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .frames import Values, checked, checked_weights, linear_form, mean_scores, opened
from .scales import rank_places

# Part of a gap between two scores that rounding may leave.
_ROUNDING = 1e-9


class TippingPoints(NamedTuple):
    """Where an order tips.

    `points` has one row per place: `rank` under the given weights, `distance` to the nearest weights at which
    the place draws level (the sum of absolute changes; 0 if it is level already, infinite if no weights do it),
    `moved`, the part of all weight that changes hands on the way (half of it), and `exact`, whether it is a closed
    form. `weights` has those weights, missing where there are none.
    """

    points: pd.DataFrame
    weights: pd.DataFrame


def tipping_points(values: Values, *, weights: Any = None, method: str = "arithmetic") -> TippingPoints:
    """For each place that does not lead: the smallest change of weights that lets it share the lead.

    Parameters
    ----------
    values : Places × indicators, normalised, higher is better.
    weights : mapping, Series, list, array or "equal", optional; the weights to start from; equal if not given. For the
        tipping point of two places, give their two rows.
    method : {"arithmetic", "geometric", "harmonic"}; the mean that makes the score: see `aggregate`.

    Returns
    -------
    TippingPoints
        Nearest first, without the place that leads. The first row is the smallest change that changes the
        leader: beyond that point the place is ahead.

    Notes
    -----
    Against a single rival the nearest weights have a closed form: weight goes from the indicators that speak most for
    the rival to the one that speaks most for the place, until the two are level. Where the weights found so for the
    rival that is hardest to catch put nobody else ahead, they are the nearest of all, exactly. Otherwise the row is a
    linear programme (minimise the sum of changes, subject to the place's score being no lower than any other's),
    solved by HiGHS through `scipy.optimize.linprog`, with scores level to 1e-7.

    Examples
    --------
    >>> values = pd.DataFrame({"x": [3, 1, 0], "y": [1, 2, 1]}, index=["a", "b", "c"])
    >>> rankstats.tipping_points(values).points.round(3)
       rank  distance  moved  exact
    b     2     0.333  0.167   True
    c     3       inf    inf   True
    """
    table = checked(opened(values), places=2)
    terms = linear_form(table, method).to_numpy()
    start = checked_weights(weights, table.columns).to_numpy()
    scores = pd.Series(mean_scores(terms @ start, np.abs(terms) @ start, method), index=table.index)
    level = (scores == scores.max()).to_numpy()
    rows = [place for place in range(len(table)) if place != int(level.argmax())]
    found = [
        (start, True) if level[place] else _tip(np.delete(terms, place, axis=0) - terms[place], start) for place in rows
    ]
    names = table.index[rows]
    ends = np.array([np.full(len(start), np.nan) if end is None else end for end, _ in found])
    distance = np.abs(ends - start).sum(axis=1)
    distance = np.where(np.isnan(distance), np.inf, distance)
    points = pd.DataFrame(
        {
            "rank": rank_places(scores).to_numpy()[rows],
            "distance": distance,
            "moved": distance / 2,
            "exact": [exact for _, exact in found],
        },
        index=names,
    )
    order = np.argsort(distance, kind="stable")
    return TippingPoints(points.iloc[order], pd.DataFrame(ends, index=names, columns=table.columns).iloc[order])


def _tip(gaps: np.ndarray, start: np.ndarray) -> tuple[np.ndarray | None, bool]:
    """Weights nearest to `start` with ``gaps @ weights <= 0``, None if there are none, and whether they are exact."""
    if (gaps.min(axis=1) > 0).any():
        return None, True
    single = [_level_with(gap, start) for gap in gaps]
    hardest = max(single, key=lambda weights: float(np.abs(weights - start).sum()))
    if (gaps @ hardest <= _ROUNDING * np.abs(gaps).max(axis=1)).all():
        return hardest, True
    return _nearest(gaps, start), False


def _level_with(gap: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Weights nearest to `start` with ``gap @ weights <= 0``, whose smallest gap is no more than 0."""
    weights, ahead = start.copy(), float(gap @ start)
    best = int(gap.argmin())
    for worst in np.argsort(-gap, kind="stable"):
        gain = gap[worst] - gap[best]
        if ahead <= 0 or gain <= 0:
            break
        step = min(weights[worst], ahead / gain)
        weights[worst] -= step
        weights[best] += step
        ahead -= step * gain
    return weights


def _nearest(gaps: np.ndarray, start: np.ndarray) -> np.ndarray | None:
    from scipy.optimize import linprog

    size = len(start)
    # the solver's tolerance is absolute, so each constraint is brought to the scale of 1
    largest = np.abs(gaps).max(axis=1, keepdims=True)
    gaps = np.divide(gaps, largest, out=np.zeros_like(gaps), where=largest > 0)
    same = np.eye(size)
    solution = linprog(
        np.concatenate((np.zeros(size), np.ones(size))),
        A_ub=np.block([[gaps, np.zeros_like(gaps)], [same, -same], [-same, -same]]),
        b_ub=np.concatenate((np.zeros(len(gaps)), start, -start)),
        A_eq=np.concatenate((np.ones(size), np.zeros(size)))[None, :],
        b_eq=[1.0],
        method="highs",
    )
    if solution.status == 2:
        return None
    if not solution.success:
        raise RuntimeError(f"the linear programme was not solved: {solution.message}")
    weights = solution.x[:size].clip(min=0)
    return weights / weights.sum()
