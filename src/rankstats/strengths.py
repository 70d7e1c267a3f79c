"""Plackett–Luce strengths from partial lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ._arguments import number
from .consensus import ordered
from .lists import NotCovered, Panel, Publishers, Weights, competition_ranks, panel

__all__ = ["PlackettLuce", "plackett_luce"]

_STEPS = 10_000


@dataclass(frozen=True)
class PlackettLuce:
    """Fitted strengths.

    ``strengths`` has one row for each place, strongest first: ``place``; ``strength`` (adding up to 1);
    ``log_strength`` (mean 0) and its standard error ``se``; ``rank`` and ``tied``. ``covariance`` is that of
    the log strengths, places x places: the variance of a difference is the two variances less twice the
    covariance.
    """

    strengths: pd.DataFrame
    covariance: pd.DataFrame
    log_likelihood: float
    prior: float


@dataclass(frozen=True)
class _Choices:
    """Choices (rows) among places: ``share`` of each place's strength that takes part, ``weight`` of each.

    ``won`` is the weight of the choices each place won; ``ghost`` the strength outside the places that takes
    part; ``beats[a, b]`` whether a was chosen while b was there.
    """

    share: np.ndarray
    weight: np.ndarray
    won: np.ndarray
    ghost: np.ndarray
    beats: np.ndarray


def plackett_luce(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    prior: float = 0.0,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
    weights: Weights = "publisher",
) -> PlackettLuce:
    """Strengths under which the tables are most likely (Plackett 1975; Luce 1959).

    A table is read as a sequence of choices: the first place is chosen among all that the table covers, the
    next among the rest, each with a chance in proportion to its strength. A list that ends after k places
    ends after k choices: those not listed were there to be chosen and were not. After a gap in the ranks a
    place is known to beat only the listed ones below it, so the choice is among these. Tied places, a tier
    and members without a rank count as chosen one after another in an unknown order, by the approximation of
    Efron (1977), which is exact for equal strengths; a last group with nothing known below it says nothing
    and is left out.

    The maximum is found with the algorithm of Hunter (2004) and polished with Newton steps; standard errors
    come from the observed information. With weights below 1, as for editions that share one vote, it is that
    of the weighted likelihood: such tables count as part of an observation each.

    Parameters
    ----------
    entries, tables, places, not_covered, by, weights : see :func:`rankstats.pairwise_record`.
    prior : each place gets so many wins and as many defeats against a ghost of strength 1, which draws
        strengths towards each other and keeps them finite (Turner et al. 2020). 0 is plain maximum
        likelihood.

    Raises
    ------
    ValueError
        as :func:`rankstats.pairwise_record` does; for a negative prior; and without one if the
        maximum does not exist because some places never stand above the others, or never below, naming them.
    RuntimeError
        if the maximum is not found.
    """
    prior = number(prior, "prior", zero=True)
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights=weights)
    choices = _choices(chosen, prior)
    if prior == 0:
        _check_connected(choices, chosen.places)
    log = _polish(choices, _climb(choices))
    information = _information(choices, log)
    size = len(log)
    centre = np.eye(size) - 1 / size
    # Without a prior only differences are known; the inverse on that space is the pseudo-inverse.
    covariance = centre @ np.linalg.pinv(information, hermitian=True) @ centre
    value = log - log.mean()
    strength = np.exp(value - value.max())
    rank = competition_ranks(value, decimals=8)
    frame = pd.DataFrame(
        {
            "place": chosen.places,
            "strength": strength / strength.sum(),
            "log_strength": value,
            "se": np.sqrt(np.diag(covariance)),
            "rank": rank.astype(int),
            "tied": [int(np.sum(rank == each)) > 1 for each in rank],
        }
    )
    index = pd.Index(chosen.places, name="place")
    return PlackettLuce(
        strengths=ordered(frame, "rank"),
        covariance=pd.DataFrame(covariance, index=index, columns=index),
        log_likelihood=_likelihood(choices, log),
        prior=prior,
    )


def _choices(chosen: Panel, prior: float) -> _Choices:
    size = len(chosen.places)
    share, weight = [], []
    won, beats = np.full(size, float(prior)), np.zeros((size, size), dtype=bool)
    for table, vote in enumerate(chosen.weights):
        first, last = chosen.first[table], chosen.last[table]
        listed = (chosen.state[table] != "not_listed") & chosen.covered[table]
        if vote == 0 or not listed.any():
            continue
        for low, high in sorted(set(zip(first[listed], last[listed], strict=True))):
            group = listed & (first == low) & (last == high)
            below = first > high
            if not below.any():
                continue
            count = int(group.sum())
            won[group] += float(vote)
            beats[np.ix_(group, group | below)] = True
            for taken in range(count):
                share.append(np.where(group, 1 - taken / count, below.astype(float)))
                weight.append(float(vote))
    ghost = np.zeros(len(share))
    if prior > 0:
        share.extend(np.eye(size))
        weight.extend([2 * prior] * size)
        ghost = np.concatenate([ghost, np.ones(size)])
    if not share:
        raise ValueError("no table puts one of the places above another")
    return _Choices(np.array(share), np.array(weight), won, ghost, beats)


def _check_connected(choices: _Choices, places: list[str]) -> None:
    """A maximum exists if a chain of choices won leads from each place to each other (Hunter 2004)."""
    from scipy.sparse.csgraph import connected_components

    count, label = connected_components(choices.beats, directed=True, connection="strong")
    if count > 1:
        main = np.bincount(label).argmax()
        apart = [place for place, of in zip(places, label, strict=True) if of != main]
        raise ValueError(
            f"no finite strengths exist: {', '.join(map(repr, apart))} never stand above, or never below, "
            "the other places; leave them out with `places` or give a `prior`, such as 0.5"
        )


def _climb(choices: _Choices) -> np.ndarray:
    """Log strengths near the maximum: each step maximises a function that lies below the likelihood."""
    strength = np.ones(len(choices.won))
    for _ in range(_STEPS):
        total = choices.share @ strength + choices.ghost
        new = choices.won / (choices.share.T @ (choices.weight / total))
        if not choices.ghost.any():
            new /= np.exp(np.log(new).mean())
        change = np.abs(np.log(new / strength)).max()
        strength = new
        if change < 1e-4:
            break
    return np.log(strength)


def _polish(choices: _Choices, log: np.ndarray) -> np.ndarray:
    """Newton steps, halved while they overshoot; the likelihood is concave in the log strengths."""
    value = _likelihood(choices, log)
    scale = 1e-10 * max(1.0, float(choices.weight.sum()))
    for _ in range(100):
        chance = _chances(choices, log)
        slope = choices.won - choices.weight @ chance
        if np.abs(slope).max() < scale:
            return log
        step = np.linalg.pinv(_information(choices, log), hermitian=True) @ slope
        while (new := _likelihood(choices, log + step)) < value - scale and np.abs(step).max() > 1e-12:
            step /= 2
        log, value = log + step, new
    raise RuntimeError(f"the likelihood was not brought to its maximum: slope {np.abs(slope).max():.1e}")


def _chances(choices: _Choices, log: np.ndarray) -> np.ndarray:
    """Choices x places: the chance of each place to be chosen."""
    strength = np.exp(log)
    return choices.share * strength / (choices.share @ strength + choices.ghost)[:, None]


def _information(choices: _Choices, log: np.ndarray) -> np.ndarray:
    """The negative second derivative of the log likelihood."""
    chance = _chances(choices, log)
    weighted = choices.weight[:, None] * chance
    return np.diag(weighted.sum(axis=0)) - weighted.T @ chance


def _likelihood(choices: _Choices, log: np.ndarray) -> float:
    total = choices.share @ np.exp(log) + choices.ghost
    return float(choices.won @ log - choices.weight @ np.log(total))
