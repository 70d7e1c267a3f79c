"""What matters most: one answer under every combination of choices, and all results about places in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np
import pandas as pd

from ._arguments import is_real, shown
from .chances import acceptability, exact_acceptability
from .consensus import borda
from .frames import Interval, opened
from .lists import Lists
from .scales import aggregate, rank_places
from .stability import bootstrap_ranks, rank_chances, rank_intervals

_MOST_COMBINATIONS = 100_000


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity:
    """How much each choice moves an answer; printing it gives the table.

    Attributes
    ----------
    table : One row for each choice, the one that moves the answer most on top: ``options``, how many there are;
        ``moves``, the distance between the highest and the lowest answer when this choice alone changes, as a mean
        over all settings of the others; ``at_most``, the largest such distance; ``lowest``, ``highest``, the options
        whose mean answers are; ``alone``, the part of the variance of all answers that the choice explains by itself;
        ``total``, the part that it explains by itself and together with others (Sobol indices, exact, each option
        counting alike; missing if some combination has no answer).
    answers : One row for each combination: the option of each choice, and ``answer``.
    without : Combinations that have no answer.
    """

    table: pd.DataFrame
    answers: pd.DataFrame
    without: int

    def __str__(self) -> str:
        """The range of answers, and the table."""
        answer = self.answers["answer"]
        gone = f", {self.without} of them without an answer" if self.without else ""
        head = (
            f"an answer from {answer.min():g} to {answer.max():g} under {len(answer):,} combinations of "
            f"{len(self.table)} choices{gone}"
        )
        return f"{head}\n{self.table.to_string()}"

    __repr__ = __str__

    def plot(self, *, ax: Any = None) -> Any:
        """How far each choice moves the answer, as bars; returns the axes."""
        from ._plots import bars

        label = f"{len(self.answers):,} combinations of {len(self.table)} choices"
        return bars(self.table["moves"], ax=ax, label=label, xlabel="how far the choice moves the answer")


def sensitivity(answer: Callable[..., float], choices: Mapping[str, Mapping[Any, Any] | Iterable[Any]]) -> Sensitivity:
    """How much each of several discrete choices moves an answer: all combinations are tried.

    Parameters
    ----------
    answer : Called with an option of each choice by name; gives a number, or NaN where these options don't go
        together.
    choices : Choice -> its options, as a list, or as a mapping from labels to options.

    Notes
    -----
    This is the analysis of choices in the Handbook on Constructing Composite Indicators (OECD and JRC, 2008, step 7;
    Saisana, Saltelli and Tarantola 2005) with every combination computed rather than sampled.

    References
    ----------
    Saisana, M., Saltelli, A., and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for
    the quality assessment of composite indicators. Journal of the Royal Statistical Society A 168(2), 307-323.

    Examples
    --------
    >>> raw = pd.DataFrame({"papers": [90, 50, 10], "firms": [1, 9, 5]}, index=["a", "b", "c"])
    >>> def lead(scale, mean):
    ...     scores = rankstats.aggregate(rankstats.normalise(raw, method=scale, range=(1, 100)), method=mean)
    ...     return scores["a"] / scores["b"]
    >>> scales, means = ["minmax", "leader"], ["arithmetic", "geometric"]
    >>> rankstats.sensitivity(lead, {"scale": scales, "mean": means}).table[["moves", "highest"]].round(2)
           moves     highest
    mean    0.40  arithmetic
    scale   0.17      leader
    """
    if not callable(answer) or not isinstance(choices, Mapping):
        got = f"{type(answer).__name__} and {type(choices).__name__}"
        raise TypeError(f"give a function and a mapping of choices to their options, not {got}")
    options = {name: _options(name, given) for name, given in choices.items()}
    if not options:
        raise ValueError("choices is empty; at least one choice is needed")
    count = prod(len(of) for of in options.values())
    if count > _MOST_COMBINATIONS:
        raise ValueError(f"there are {count:,} combinations; up to {_MOST_COMBINATIONS:,} are tried: leave some out")
    labels = list(product(*(of for of in options.values())))
    found = np.empty(count)
    for at, label in enumerate(labels):
        chosen = {name: options[name][key] for name, key in zip(options, label, strict=True)}
        value = answer(**chosen)
        if not is_real(value) or np.isinf(value):
            said = shown(value) if np.isscalar(value) else f"a {type(value).__name__}"
            raise ValueError(f"the answer for {dict(zip(options, label, strict=True))} is {said}, no number")
        found[at] = value
    answers = pd.DataFrame(labels, columns=list(options)).assign(answer=found)
    cube = found.reshape([len(of) for of in options.values()])
    rows = {name: _row(cube, axis, list(of)) for axis, (name, of) in enumerate(options.items())}
    table = pd.DataFrame.from_dict(rows, orient="index").sort_values("moves", ascending=False, kind="stable")
    return Sensitivity(table, answers, int(np.isnan(found).sum()))


def _options(name: str, given: Mapping[Any, Any] | Iterable[Any]) -> dict[Any, Any]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"the options of {name!r} are {given!r}; give a list or a mapping of labels to options")
    pairs = list(given.items()) if isinstance(given, Mapping) else None
    if pairs is None:
        values = list(given)
        pairs = [(value if isinstance(value, str | int | float | bool) else f"{name} {at}", value)
                 for at, value in enumerate(values, start=1)]  # fmt: skip
    if not pairs or len(dict(pairs)) < len(pairs):
        raise ValueError(f"choice {name!r} needs one or more different options")
    return dict(pairs)


def _row(cube: np.ndarray, axis: int, labels: list[Any]) -> dict[str, Any]:
    """What one choice does to the answers, an array with one axis for each choice."""
    own = np.moveaxis(cube, axis, 0).reshape(cube.shape[axis], -1)
    known = ~np.isnan(own).any(axis=0)
    spread = own[:, known].max(axis=0) - own[:, known].min(axis=0) if known.any() else np.array([np.nan])
    means = own[:, known].mean(axis=1) if known.any() else np.full(len(own), np.nan)
    variance = cube.var()
    alone = total = np.nan
    if not np.isnan(variance):
        alone = own.mean(axis=1).var() / variance if variance else 0.0
        total = own.var(axis=0).mean() / variance if variance else 0.0
    low, high = (labels[int(at)] for at in ((means.argmin(), means.argmax()) if known.any() else (0, 0)))
    return {
        "options": len(labels),
        "moves": spread.mean(),
        "at_most": spread.max(),
        "lowest": low if known.any() else None,
        "highest": high if known.any() else None,
        "alone": alone,
        "total": total,
    }


def results(
    data: Any,
    *,
    weights: Any = None,
    law: Any = None,
    method: str | None = None,
    level: float = 0.9,
    draws: int = 10_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Score, rank, interval of ranks, and chance of the first rank, in one table.

    Parameters
    ----------
    data : From :func:`rankstats.read`: the score is that of a consensus, the chances those of resampled publishers. Or
        places × indicators, normalised: the score is an aggregate, the chances those over all weights.
    weights : Of the indicators, for the score; as for :func:`rankstats.aggregate`.
    law : Of the weights, for the chances; uniform if not given.
    method : "arithmetic" (the default), "geometric", "harmonic" or "copeland" for indicators; "borda" for lists.
    level : Of the interval of ranks.
    draws, seed : Used where nothing exact is possible.

    Returns
    -------
    DataFrame by place, best first: ``score`` (of an Interval ``score_low`` and ``score_high``), ``rank`` (``rank_best``
    and ``rank_worst``), ``low`` and ``high`` (the interval of ranks), ``p_first``. ``attrs["about"]`` says in words
    how the chances came about.

    Examples
    --------
    >>> values = pd.DataFrame({"x": [3, 1, 0], "y": [1, 2, 1]}, index=["a", "b", "c"])
    >>> rankstats.results(values).round(3)
           score  rank  low  high  p_first
    place
    a        2.0     1    1     2    0.667
    b        1.5     2    1     2    0.333
    c        0.5     3    3     3    0.000
    >>> rankstats.results(rankstats.read([["a", "b", "c"], ["b", "a"]])).round(3)
           score  rank  low  high  p_first
    place
    a       0.75     1    1     2     0.75
    b       0.75     1    1     2     0.75
    c       0.00     3    3     3     0.00
    """
    if isinstance(data, Lists):
        return _of_lists(data, weights, law, method, level, draws, seed)
    values = opened(data)
    method = "arithmetic" if method is None else method
    scores = aggregate(values, weights=weights, method=method)
    ranks = rank_places(scores)
    places = len(values[0] if isinstance(values, tuple) else values)
    few = places <= 3 and not isinstance(values, tuple)
    try:
        found = exact_acceptability(values, law=law, method=method, central=False) if few else None
    except ValueError:
        found = None
    if found is None:
        found = acceptability(values, law=law, method=method, draws=draws, seed=seed)
    ends = found.rank_interval(level)
    if isinstance(values, Interval) or isinstance(scores, tuple):
        table = pd.DataFrame({"score_low": scores[0], "score_high": scores[1]}).join(ranks.add_prefix("rank_"))
    else:
        table = pd.DataFrame({"score": scores, "rank": ranks})
    table = table.assign(low=ends["low"], high=ends["high"], p_first=found.p_top())
    order = [name for name in ("rank", "rank_best", "rank_worst") if name in table]
    table = table.rename_axis("place").sort_values(order, kind="stable")
    table.attrs["about"] = str(found.about)
    return table


def _of_lists(
    lists: Lists, weights: Any, law: Any, method: str | None, level: float, draws: int, seed: int
) -> pd.DataFrame:
    if weights is not None or law is not None:
        raise ValueError("weights= and law= are for indicators; give lists their weights with read() or weighted()")
    if method is not None and not (isinstance(method, str) and method == "borda"):
        raise ValueError(f"method is {shown(method)}; results of lists are those of the Borda count")
    found = bootstrap_ranks(lists, draws=draws, seed=seed)
    chances = rank_chances(found).set_index(["place", "rank"])["chance"]
    ends = rank_intervals(found, level=level).set_index("place")
    table = borda(lists).set_index("place")[["score", "rank"]]
    first = [chances.get((place, 1), 0.0) for place in table.index]
    table = table.assign(low=ends["low"], high=ends["high"], p_first=first)
    table.attrs["about"] = str(found)
    return table
