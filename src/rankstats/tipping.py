"""The tipping point: the smallest change of given weights that changes an order, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import checked, checked_weights, linear_form, mean_scores
from .values import rank_places

NORMS = ("l1", "linf")


class TippingPoints(NamedTuple):
    """Where an order tips.

    `points` has one row per place: `rank` under the given weights, `distance` to the nearest weights at which
    the place draws level (0 if it is level already, infinite if no weights do it), and `moved`, the part of
    all weight that changes hands on the way (half the sum of absolute changes). `weights` has those weights,
    missing where there are none.
    """

    points: pd.DataFrame
    weights: pd.DataFrame


def tipping_points(
    values: pd.DataFrame,
    *,
    weights: Mapping[str, float] | pd.Series | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    norm: str = "l1",
) -> TippingPoints:
    """For each place that does not lead: the smallest change of weights that lets it share the lead.

    Parameters
    ----------
    values : DataFrame
        Places × indicators, normalised, higher is better.
    weights : mapping or Series, optional
        The weights to start from; equal if not given.
    method, floor
        The mean that makes the score: see `aggregate`.
    norm : {"l1", "linf"}
        What "smallest" means: the sum of absolute changes, or the largest of them.

    Returns
    -------
    TippingPoints
        Nearest first, without the place that leads. The first row is the smallest change that changes the
        leader: beyond that point the place is ahead.

    Notes
    -----
    Each row is a linear programme (minimise the norm of the change, subject to the place's score being no
    lower than any other's), solved by HiGHS through `scipy.optimize.linprog`; scores are level to 1e-7.
    """
    table, terms, start, scores = _prepare(values, weights, method, floor, norm)
    ranks = rank_places(scores)
    level = (scores == scores.max()).to_numpy()
    rows = [place for place in range(len(table)) if place != int(level.argmax())]
    found = [
        start if level[place] else _nearest(np.delete(terms, place, axis=0) - terms[place], start, norm)
        for place in rows
    ]
    return _collect(table, rows, ranks, found, start, norm)


def swap_point(
    values: pd.DataFrame,
    a: object,
    b: object,
    *,
    weights: Mapping[str, float] | pd.Series | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    norm: str = "l1",
) -> TippingPoints:
    """The smallest change of weights that lets the lower of two places draw level with the other.

    One row, for the place that stands lower under the given weights. Parameters and method are those of
    `tipping_points`.

    Raises
    ------
    ValueError
        If `a` or `b` is not in the table, or both are the same.
    """
    table, terms, start, scores = _prepare(values, weights, method, floor, norm)
    for place in (a, b):
        if place not in table.index:
            raise ValueError(f"there is no place {place!r}; the places are {list(table.index)}")
    if a == b:
        raise ValueError(f"two different places are needed, not {a!r} twice")
    ranks = rank_places(scores)
    first, second = (int(table.index.get_loc(place)) for place in (a, b))
    upper, lower = (first, second) if scores[a] >= scores[b] else (second, first)
    found = [start if scores[a] == scores[b] else _nearest(terms[[upper]] - terms[lower], start, norm)]
    return _collect(table, [lower], ranks, found, start, norm)


def _prepare(
    values: pd.DataFrame,
    weights: Mapping[str, float] | pd.Series | None,
    method: str,
    floor: float | None,
    norm: str,
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, pd.Series]:
    if norm not in NORMS:
        raise ValueError(f"norm is {norm!r}; it must be 'l1' or 'linf'")
    table = checked(values, places=2)
    terms = linear_form(table, method, floor)[0].to_numpy()
    start = checked_weights(weights, table.columns).to_numpy()
    scores = mean_scores(terms @ start, np.abs(terms) @ start, method)
    return table, terms, start, pd.Series(scores, index=table.index)


def _nearest(gaps: np.ndarray, start: np.ndarray, norm: str) -> np.ndarray | None:
    """Weights nearest to `start` with ``gaps @ weights <= 0``; None if there are none."""
    from scipy.optimize import linprog

    size = len(start)
    # the solver's tolerance is absolute, so each constraint is brought to the scale of 1
    largest = np.abs(gaps).max(axis=1, keepdims=True)
    gaps = np.divide(gaps, largest, out=np.zeros_like(gaps), where=largest > 0)
    slack = np.eye(size) if norm == "l1" else np.ones((size, 1))
    constraints = np.block(
        [
            [gaps, np.zeros((len(gaps), slack.shape[1]))],
            [np.eye(size), -slack],
            [-np.eye(size), -slack],
        ]
    )
    solution = linprog(
        np.concatenate((np.zeros(size), np.ones(slack.shape[1]))),
        A_ub=constraints,
        b_ub=np.concatenate((np.zeros(len(gaps)), start, -start)),
        A_eq=np.concatenate((np.ones(size), np.zeros(slack.shape[1])))[None, :],
        b_eq=[1.0],
        method="highs",
    )
    if solution.status == 2:
        return None
    if not solution.success:
        raise RuntimeError(f"the linear programme was not solved: {solution.message}")
    weights = solution.x[:size].clip(min=0)
    return weights / weights.sum()


def _collect(
    table: pd.DataFrame,
    rows: list[int],
    ranks: pd.Series,
    found: list[np.ndarray | None],
    start: np.ndarray,
    norm: str,
) -> TippingPoints:
    names = table.index[rows]
    ends = np.array([np.full(len(start), np.nan) if end is None else end for end in found])
    change = np.abs(ends - start)
    distance = change.sum(axis=1) if norm == "l1" else change.max(axis=1)
    points = pd.DataFrame(
        {
            "rank": ranks.to_numpy()[rows],
            "distance": np.where(np.isnan(distance), np.inf, distance),
            "moved": np.where(np.isnan(distance), np.inf, change.sum(axis=1) / 2),
        },
        index=names,
    )
    order = np.argsort(points["distance"].to_numpy(), kind="stable")
    return TippingPoints(points.iloc[order], pd.DataFrame(ends, index=names, columns=table.columns).iloc[order])
