"""How much a consensus owes to the publishers that happen to be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np
import pandas as pd

from ._arguments import fraction, seed_number, whole
from .consensus import borda_points, ordered, whole_numbers
from .kemeny import ranks_of_margins
from .lists import NotCovered, Panel, Publishers, Weights, competition_ranks, panel

__all__ = ["bootstrap_ranks", "chance_of_top", "rank_chances", "rank_intervals", "without_each_publisher"]

Method = Literal["borda", "kemeny"]
Ranker = Callable[[np.ndarray], np.ndarray]

_BLOCK = 512


def bootstrap_ranks(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    method: Method = "borda",
    draws: int = 10_000,
    seed: int = 0,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
    weights: Weights = "publisher",
) -> pd.DataFrame:
    """Consensus ranks under resampling of publishers (cluster bootstrap, Field & Welsh 2007).

    Each draw takes as many publishers as there are, with replacement, and all tables of each one taken, as
    often as it is taken. So the editions of one publisher are never treated as independent.

    Parameters
    ----------
    entries, tables, places, not_covered, by, weights : see :func:`rankstats.pairwise_record`.
    method : ``borda``: competition rank of the Borda score; ``kemeny``: the best position of a place in any
        optimal order, so places that the optimal orders do not settle can share a rank.
    draws, seed : number of draws, and seed of the random numbers. The same input and seed give the same
        ranks.

    Returns
    -------
    DataFrame, draws x places (in alphabetical order). A rank is NaN where no table in the draw covers the
    place. ``attrs`` holds ``method``, ``draws``, ``seed`` and the numbers of ``publishers``, ``tables`` and
    ``places``.

    Raises
    ------
    ValueError
        as :func:`rankstats.pairwise_record` does; for fewer than two publishers, no draw, an unknown
        method.
    """
    draws, seed = whole(draws, "draws"), seed_number(seed)
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights=weights)
    publishers = sorted(set(chosen.publishers))
    count = len(publishers)
    if count < 2:
        raise ValueError(f"resampling publishers needs two or more, there is {publishers[0]!r} only")
    ranker = _ranker(chosen, publishers, method)
    rng = np.random.default_rng(seed)
    taken = rng.multinomial(count, np.full(count, 1 / count), size=draws)
    ranks = np.vstack([ranker(taken[start : start + _BLOCK]) for start in range(0, draws, _BLOCK)])
    frame = pd.DataFrame(ranks, columns=pd.Index(chosen.places, name="place"))
    frame.index.name = "draw"
    frame.attrs = {
        "method": method,
        "draws": draws,
        "seed": seed,
        "publishers": count,
        "tables": len(chosen.tables),
        "places": len(chosen.places),
    }
    return frame


def rank_chances(ranks: pd.DataFrame) -> pd.DataFrame:
    """The distribution of each place's rank.

    Parameters
    ----------
    ranks : what :func:`bootstrap_ranks` returns.

    Returns
    -------
    DataFrame with ``place``, ``rank``, ``chance`` (share of the draws), ``se`` (its Monte Carlo standard
    error), ``draws`` and ``seed``; ranks that no draw gave are left out. A missing rank is that of draws in
    which no table covers the place. ``attrs`` holds what that of the draws does, and ``standard_error``, the
    largest of the chances.
    """
    draws = len(ranks)
    rows = []
    for place in ranks.columns:
        for rank, times in ranks[place].value_counts(dropna=False).items():
            rows.append((place, rank, times / draws))
    frame = pd.DataFrame(rows, columns=["place", "rank", "chance"])
    frame["rank"] = frame["rank"].astype("Int64")
    frame["se"] = _standard_error(frame["chance"], draws)
    frame = frame.sort_values(["place", "rank"], ignore_index=True)
    frame = frame.assign(draws=draws, seed=ranks.attrs.get("seed"))
    frame.attrs = _account(ranks) | {"standard_error": float(frame["se"].max())}
    return frame


def rank_intervals(ranks: pd.DataFrame, *, level: float = 0.9) -> pd.DataFrame:
    """Where each place stands in the middle of the draws.

    Parameters
    ----------
    ranks : what :func:`bootstrap_ranks` returns.
    level : share of the draws between ``low`` and ``high``, the rest half above and half below.

    Returns
    -------
    DataFrame with ``place``, ``mean``, ``mean_se`` (Monte Carlo standard error), ``low``, ``median``,
    ``high`` (ranks that occur), ``level``, ``draws`` and ``seed``, best mean rank first. Draws without a rank
    are left out. ``attrs`` holds what that of the draws does, and ``standard_error``, the largest of the means.

    Raises
    ------
    ValueError
        for a level outside 0 to 1.
    """
    level = fraction(level, "level")
    ends = ranks.quantile([(1 - level) / 2, 0.5, (1 + level) / 2], interpolation="nearest")
    frame = pd.DataFrame(
        {
            "place": ranks.columns,
            "mean": ranks.mean().to_numpy(),
            "mean_se": (ranks.std(ddof=1) / np.sqrt(ranks.notna().sum())).to_numpy(),
            **{name: ends.iloc[at].astype("Int64").to_numpy() for at, name in enumerate(["low", "median", "high"])},
        }
    )
    frame = ordered(frame, "mean").assign(level=level, draws=len(ranks), seed=ranks.attrs.get("seed"))
    frame.attrs = _account(ranks) | {"standard_error": float(frame["mean_se"].max())}
    return frame


def chance_of_top(ranks: pd.DataFrame, places: Iterable[str]) -> pd.Series:
    """The chance that the given k places hold the first k places among themselves, in any order.

    Parameters
    ----------
    ranks : what :func:`bootstrap_ranks` returns.
    places : the k places.

    Returns
    -------
    Series with ``chance`` (share of the draws in which all of them have a rank and every other place has one
    beyond k), ``se`` (its Monte Carlo standard error), ``k``, ``method``, ``draws``, ``seed`` and the
    numbers of ``publishers``, ``tables`` and ``places``. A tie with an outsider at place k counts against them.

    Raises
    ------
    ValueError
        for a place that ``ranks`` does not have, a place named twice, or none.
    """
    chosen = [places] if isinstance(places, str) else list(places)
    unknown = [place for place in chosen if place not in ranks.columns]
    if unknown or not chosen or len(set(chosen)) < len(chosen):
        raise ValueError(f"places={chosen!r}: one or more different places of `ranks` are right")
    others = ranks.drop(columns=chosen)
    held = (ranks[chosen].notna().all(axis=1)) & ~(others <= len(chosen)).any(axis=1)
    chance = float(held.mean())
    return pd.Series(
        {
            "chance": chance,
            "se": float(_standard_error(np.array(chance), len(ranks))),
            "k": len(chosen),
            **_account(ranks),
        },
        dtype=object,
        name="chance_of_top",
    )


def without_each_publisher(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    method: Method = "borda",
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
    weights: Weights = "publisher",
) -> pd.DataFrame:
    """What the consensus becomes when one publisher is left out.

    Parameters and errors as for :func:`bootstrap_ranks`.

    Returns
    -------
    DataFrame with ``without`` (the publisher), ``place``, ``rank`` and ``rank_with_all``, ranks as in
    :func:`bootstrap_ranks`; a rank is missing where no other publisher covers the place.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights=weights)
    publishers = sorted(set(chosen.publishers))
    count = len(publishers)
    if count < 2:
        raise ValueError(f"leaving out a publisher needs two or more, there is {publishers[0]!r} only")
    ranks = _ranker(chosen, publishers, method)(np.vstack([np.ones(count, dtype=int), 1 - np.eye(count, dtype=int)]))
    return pd.DataFrame(
        {
            "without": np.repeat(publishers, len(chosen.places)),
            "place": np.tile(chosen.places, count),
            "rank": pd.array(ranks[1:].ravel(), dtype="Int64"),
            "rank_with_all": pd.array(np.tile(ranks[0], count), dtype="Int64"),
        }
    )


def _ranker(chosen: Panel, publishers: list[str], method: Method) -> Ranker:
    """A function from how often each publisher is taken (draws x publishers) to ranks (draws x places)."""
    whole, _ = whole_numbers(chosen.weights)
    member = np.array([[of == publisher for of in chosen.publishers] for publisher in publishers])
    weight = member * whole
    if method == "borda":
        points, votes = (weight @ part for part in borda_points(chosen))

        def rank(taken: np.ndarray) -> np.ndarray:
            with np.errstate(invalid="ignore", divide="ignore"):
                return competition_ranks((taken @ points) / (taken @ votes))

    elif method == "kemeny":
        above = chosen.above.astype(np.int64)
        margins = np.tensordot(weight, above - above.transpose(0, 2, 1), axes=1)
        covered = (weight @ chosen.covered) > 0

        def rank(taken: np.ndarray) -> np.ndarray:
            each = np.tensordot(taken, margins, axes=1)
            ranks = np.array([ranks_of_margins(one) for one in each], dtype=float)
            return np.where(taken @ covered > 0, ranks, np.nan)

    else:
        raise ValueError(f"method={method!r}: borda or kemeny is right")
    return rank


def _account(ranks: pd.DataFrame) -> dict[str, object]:
    """How drawn ranks came about; None for what their ``attrs`` have lost."""
    kept = {name: ranks.attrs.get(name) for name in ("method", "draws", "seed", "publishers", "tables", "places")}
    return kept | {"draws": len(ranks)}


def _standard_error(chance: pd.Series | np.ndarray, draws: int) -> pd.Series | np.ndarray:
    return np.sqrt(chance * (1 - chance) / draws)
