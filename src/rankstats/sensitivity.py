"""Which weight, and which uncertain value, a place's rank owes its spread to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ._arguments import seed_number, whole
from .draws import product, scores_of
from .frames import About, Interval
from .weights import WeightLaw, account, uniform

# Independent replications, from whose spread the standard errors come.
_REPLICATES = 8
_MOST_VALUES = 60
_ROWS = 2048


@dataclass(frozen=True)
class RankSensitivity:
    """Sobol indices of one place's rank.

    Attributes
    ----------
    indices : DataFrame
        One row per uncertain input: `kind` ("weight" or "value"), `place` (of a value), `indicator`,
        `first_order`, `total`, and the standard errors `first_order_se`, `total_se`.
    mean, variance : float
        Of the rank over all draws. If the variance is 0 nothing moves the rank, and all indices are 0.
    about : About
    """

    place: object
    indices: pd.DataFrame
    mean: float
    variance: float
    about: About


def rank_sensitivity(
    values: pd.DataFrame | Interval,
    place: object,
    *,
    law: WeightLaw | None = None,
    method: str = "arithmetic",
    floor: float | None = None,
    draws: int = 4096,
    seed: int = 0,
) -> RankSensitivity:
    """First-order and total Sobol indices of a place's rank.

    The first-order index of an input is the part of the rank's variance that its value alone explains; the
    total index adds what it does together with others. Weights that sum to 1 are not independent, so the
    inputs are the independent gamma variates (exponential ones under uniform weights) that the weights are
    made of: each indicator's weight before division by the sum. Of an `Interval`, each value whose bounds
    differ is a further input, uniform between them.

    Parameters
    ----------
    values, law, method, floor
        As for `acceptability`. An order of importance has no weight that moves alone and is refused.
    place
        The place whose rank is looked at.
    draws : int
        Size of the base sample, a power of 2 of at least 64, in 8 scrambled replications; the rank is
        computed draws × (inputs + 2) times.
    seed : int

    Raises
    ------
    ValueError
        If the place is unknown, there is one indicator only, `draws` is not such a power of 2, or more than
        60 values are uncertain.

    References
    ----------
    Saltelli, A., et al. (2010). Variance based sensitivity analysis of model output. Computer Physics
    Communications 181(2), 259-270 (the estimators, from `scipy.stats.sobol_indices`).
    Saisana, M., Saltelli, A., and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as
    tools for the quality assessment of composite indicators. Journal of the Royal Statistical Society A
    168(2), 307-323 (their use on the ranks of a composite indicator).
    """
    law = uniform() if law is None else law
    scores = scores_of(values, law, method, floor)
    table = scores.values
    if place not in table.index:
        raise ValueError(f"there is no place {place!r}; the places are {list(table.index)}")
    if law.kind == "ordered":
        raise ValueError("under an order of importance no weight moves alone; use uniform() or around()")
    if len(scores.alpha) < 2:
        raise ValueError("one indicator of positive weight only: its weight cannot move the rank")
    draws, seed = whole(draws, "draws"), seed_number(seed)
    if draws < 64 or draws & (draws - 1):
        raise ValueError(f"draws is {draws!r}; it must be a power of 2 of at least 64")
    cells = np.argwhere(scores.noise[1] > 0) if scores.noise else np.empty((0, 2), dtype=int)
    if len(cells) > _MOST_VALUES:
        raise ValueError(f"{len(cells)} values lie between bounds; at most {_MOST_VALUES} can be told apart")

    from scipy import stats

    own = int(table.index.get_loc(place))
    laws = [stats.gamma(alpha) for alpha in scores.alpha] + [stats.uniform()] * len(cells)
    corner_scores = np.ascontiguousarray(scores.at_corners.T)

    def rank(inputs: np.ndarray) -> np.ndarray:
        parts, positions = inputs[: len(scores.alpha)].T, inputs[len(scores.alpha) :].T
        ranks = np.empty(len(parts))
        for start in range(0, len(parts), _ROWS):
            rows = slice(start, start + _ROWS)
            block = np.empty((len(parts[rows]), len(table)))
            product(np.ascontiguousarray(parts[rows]), corner_scores, block)
            if scores.noise:
                block += _effect_of_values(scores.noise, cells, positions[rows], parts[rows] @ scores.points)
            ranks[rows] = _ranks_of(own, block)
        return ranks

    size = draws // _REPLICATES
    results = [
        stats.sobol_indices(func=rank, n=size, dists=laws, rng=np.random.default_rng([seed, r]))
        for r in range(_REPLICATES)
    ]
    plain = np.concatenate([_ranks_of(own, -negated) for negated, _ in scores.chunks(draws, seed)])
    first = np.array([r.first_order for r in results])
    total = np.array([r.total_order for r in results])
    kept = scores.points.argmax(axis=1)
    names = [("weight", None, table.columns[k]) for k in kept]
    names += [("value", table.index[row], table.columns[column]) for row, column in cells]
    indices = pd.DataFrame(names, columns=["kind", "place", "indicator"])
    for column, found in (("first_order", first), ("total", total)):
        indices[column] = found.mean(axis=0)
        indices[f"{column}_se"] = found.std(axis=0, ddof=1) / np.sqrt(_REPLICATES)
    largest = float(indices[["first_order_se", "total_se"]].to_numpy().max())
    return RankSensitivity(
        place=place,
        indices=indices,
        mean=float(plain.mean()),
        variance=float(plain.var()),
        about=account(table, law, method, draws=draws, seed=seed, standard_error=largest, missing=scores.missing),
    )


def _ranks_of(place: int, scores: np.ndarray) -> np.ndarray:
    """Mean rank among ties of one place in each row of scores."""
    mine = scores[:, [place]]
    return 0.5 + (scores > mine).sum(axis=1) + 0.5 * (scores == mine).sum(axis=1)


def _effect_of_values(
    noise: tuple[np.ndarray, np.ndarray, str], cells: np.ndarray, positions: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """What the uncertain values add to each score, over the score at the low bounds."""
    low, width, method = noise
    shift = np.zeros((len(weights), len(low)))
    for number, (row, column) in enumerate(cells):
        bottom = low[row, column]
        value = bottom + width[row, column] * positions[:, number]
        change = {
            "arithmetic": lambda v, b: v - b,
            "geometric": lambda v, b: np.log(v / b),
            "harmonic": lambda v, b: 1 / b - 1 / v,
        }[method](value, bottom)
        shift[:, row] += weights[:, column] * change
    return shift
