"""How much a consensus owes to the publishers that happen to be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb, factorial
from typing import Any, Literal

import numpy as np
import pandas as pd

from ._arguments import as_list, choice, fraction, number, refuse_memory, seeded, whole
from .consensus import borda_points, in_order
from .lists import Lists, checked_lists, competition_ranks, whole_weights
from .orders import _Clock, ranks_of_margins

Method = Literal["borda", "kemeny", "copeland"]
Ranker = Callable[[np.ndarray], np.ndarray]

_BLOCK = 512


@dataclass(frozen=True, eq=False, repr=False)
class Bootstrap:
    """Consensus ranks under resampling of publishers; printing it says how they came about.

    Attributes
    ----------
    ranks : Consensus rank; NaN where no list in the resample covers the place.
    chances : Probability of each resample; they sum to 1.
    method : What made the consensus.
    draws : Number of draws; 0 if all possible resamples are in it, each with its exact probability.
    seed : Of the draws; None if exact.
    publishers, tables : How many there are.
    """

    ranks: pd.DataFrame
    chances: np.ndarray
    method: str
    draws: int
    seed: int | None
    publishers: int
    tables: int

    @property
    def exact(self) -> bool:
        """Whether all possible resamples are in it."""
        return self.draws == 0

    def __str__(self) -> str:
        """Say what was resampled and how."""
        how = f"all {len(self.ranks):,} resamples" if self.exact else f"{self.draws:,} resamples"
        end = "exact" if self.exact else f"drawn, seed {self.seed}"
        places = self.ranks.shape[1]
        return f"{self.method} ranks of {places} places in {how} of {self.publishers} publishers ({end})"

    __repr__ = __str__

    def plot(self, *, ax: Any = None) -> Any:
        """Chance of each rank as a bar for each place, the best mean rank on top; returns the axes."""
        from ._plots import stacked

        table = rank_chances(self).pivot(index="place", columns="rank", values="chance").fillna(0)
        return stacked(table.loc[rank_intervals(self)["place"]], ax=ax, label=str(self))

    def __len__(self) -> int:
        """Number of resamples."""
        return len(self.ranks)


def bootstrap_ranks(
    lists: Lists,
    *,
    method: Method = "borda",
    draws: int = 10_000,
    seed: int = 0,
    time_limit: float | None = 600.0,
) -> Bootstrap:
    """Consensus ranks under resampling of publishers (cluster bootstrap, Field & Welsh 2007).

    Each resample takes as many publishers as there are, with replacement, and all lists of each one taken, as often
    as it is taken. So the editions of one publisher are never treated as independent. Where there are no more
    possible resamples than draws, as for up to eight publishers at the default, all are listed with their exact
    probabilities, and nothing is drawn.

    Parameters
    ----------
    method : {"borda", "kemeny", "copeland"}; ``borda``, ``copeland``: competition rank of the score; ``kemeny``: the
        best position of a place in any optimal order, so places that the optimal orders do not settle can share a
        rank.
    draws, seed : Number of draws, and seed of the random numbers. The same input and seed give the same ranks.
    time_limit : Seconds, about, that Kemeny orders may take all told; None for as many as it takes.

    References
    ----------
    Field, C. A., and Welsh, A. H. (2007). Bootstrapping clustered data. Journal of the Royal Statistical Society B
    69(3), 369-390.

    Examples
    --------
    >>> lists = rankstats.read([["a", "b"], ["a", "b"], ["b", "a"]], by=["x", "x", "y"])
    >>> found = rankstats.bootstrap_ranks(lists)
    >>> found.ranks.assign(chance=found.chances)
    place     a  b  chance
    resample
    0         1  2    0.25
    1         1  1    0.50
    2         2  1    0.25
    """
    draws, seed = whole(draws, "draws"), seeded(seed)
    seconds = None if time_limit is None else number(time_limit, "time_limit")
    count = len(checked_lists(lists).names)
    if count < 2:
        raise ValueError(f"resampling publishers needs two or more, there is {lists.names[0]!r} only")
    ranker = _ranker(lists, method, seconds)
    exact = comb(2 * count - 1, count) <= draws
    if exact:
        taken, chances = _all_resamples(count)
    else:
        taken = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
        chances = np.full(draws, 1 / draws)
    ranks = np.vstack([ranker(taken[start : start + _BLOCK]) for start in range(0, len(taken), _BLOCK)])
    frame = pd.DataFrame(ranks, columns=pd.Index(lists.places, name="place"))
    frame.index.name = "resample"
    frame = frame if np.isnan(ranks).any() else frame.astype("int64")
    return Bootstrap(frame, chances, method, 0 if exact else draws, None if exact else seed, count, len(lists.lists))


def rank_chances(ranks: Bootstrap) -> pd.DataFrame:
    """The distribution of each place's rank.

    Returns
    -------
    DataFrame with ``place``, ``rank``, ``chance`` (share of the resamples), ``se`` (its Monte Carlo standard error, 0
    if exact), ``draws`` and ``seed``; ranks that no resample gave are left out. A missing rank is that of resamples
    in which no list covers the place.

    Examples
    --------
    >>> lists = rankstats.read([["a", "b"], ["a", "b"], ["b", "a"]], by=["x", "x", "y"])
    >>> rankstats.rank_chances(rankstats.bootstrap_ranks(lists))[["place", "rank", "chance", "se"]]
      place  rank  chance   se
    0     a     1    0.75  0.0
    1     a     2    0.25  0.0
    2     b     1    0.75  0.0
    3     b     2    0.25  0.0
    """
    rows = []
    for place in _checked(ranks).ranks.columns:
        column = ranks.ranks[place]
        for rank, chance in pd.Series(ranks.chances).groupby(column.to_numpy(), dropna=False).sum().items():
            rows.append((place, rank, min(chance, 1.0)))
    frame = pd.DataFrame(rows, columns=["place", "rank", "chance"])
    frame["rank"] = frame["rank"].astype("Int64")
    frame["se"] = _standard_error(frame["chance"], ranks)
    frame = frame.sort_values(["place", "rank"], ignore_index=True)
    return frame.assign(draws=ranks.draws, seed=ranks.seed)


def rank_intervals(ranks: Bootstrap, *, level: float = 0.9) -> pd.DataFrame:
    """Where each place stands in the middle of the resamples.

    Parameters
    ----------
    level : Share of the resamples between ``low`` and ``high``, the rest half above and half below.

    Returns
    -------
    DataFrame with ``place``, ``mean``, ``mean_se`` (Monte Carlo standard error, 0 if exact), ``low``, ``median``,
    ``high`` (ranks that occur), ``level``, ``draws`` and ``seed``, best mean rank first. Resamples without a rank are
    left out.

    Examples
    --------
    >>> lists = rankstats.read([["a", "b"], ["a", "b"], ["b", "a"]])
    >>> rankstats.rank_intervals(rankstats.bootstrap_ranks(lists))[["place", "mean", "low", "median", "high"]]
      place      mean  low  median  high
    0     a  1.259259    1       1     2
    1     b  1.740741    1       2     2
    """
    level = fraction(level, "level")
    rows = []
    for place in _checked(ranks).ranks.columns:
        column = ranks.ranks[place].to_numpy(dtype=float)
        known = ~np.isnan(column)
        values, weight = column[known], ranks.chances[known] / ranks.chances[known].sum()
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(weight[order])
        # sums of chances miss a quantile by rounding only
        ends = [values[order][np.searchsorted(reached, q - 1e-12)] for q in ((1 - level) / 2, 0.5, (1 + level) / 2)]
        mean = float(weight @ values)
        spread = float(weight @ (values - mean) ** 2) ** 0.5
        rows.append((place, mean, 0.0 if ranks.exact else spread / max(known.sum() - 1, 1) ** 0.5, *ends))
    frame = pd.DataFrame(rows, columns=["place", "mean", "mean_se", "low", "median", "high"])
    frame = frame.astype({"low": "Int64", "median": "Int64", "high": "Int64"})
    return in_order(frame, "mean").assign(level=level, draws=ranks.draws, seed=ranks.seed)


def chance_of_top(ranks: Bootstrap, places: Iterable[str]) -> pd.Series:
    """The chance that the given k places hold the first k places among themselves, in any order.

    Parameters
    ----------
    places : The k places.

    Returns
    -------
    Series with ``chance`` (share of the resamples in which all of them have a rank and every other place has one
    beyond k), ``se`` (its Monte Carlo standard error, 0 if exact), ``k``, ``method``, ``draws``, ``seed`` and the
    numbers of ``publishers``, ``tables`` and ``places``. A tie with an outsider at place k counts against them.

    Examples
    --------
    >>> lists = rankstats.read([["a", "b", "c"], ["a", "c", "b"], ["b", "a", "c"]])
    >>> float(round(rankstats.chance_of_top(rankstats.bootstrap_ranks(lists), ["a", "b"])["chance"], 4))
    0.7407
    """
    chosen = [places] if isinstance(places, str) else as_list(places, "places")
    unknown = [place for place in chosen if place not in _checked(ranks).ranks.columns]
    if unknown or not chosen or len(set(chosen)) < len(chosen):
        raise ValueError(f"places={chosen!r}: give one or more different places of `ranks`")
    others = ranks.ranks.drop(columns=chosen)
    held = (ranks.ranks[chosen].notna().all(axis=1)) & ~(others <= len(chosen)).any(axis=1)
    chance = min(float(ranks.chances[held.to_numpy()].sum()), 1.0)
    return pd.Series(
        {
            "chance": chance,
            "se": float(_standard_error(np.array(chance), ranks)),
            "k": len(chosen),
            "method": ranks.method,
            "draws": ranks.draws,
            "seed": ranks.seed,
            "publishers": ranks.publishers,
            "tables": ranks.tables,
            "places": ranks.ranks.shape[1],
        },
        dtype=object,
        name="chance_of_top",
    )


def _all_resamples(count: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each of `count` publishers is taken, in every resample, and the probability of each."""

    def compositions() -> Iterator[list[int]]:
        # stars and bars: count stars, count - 1 bars
        for bars in combinations(range(2 * count - 1), count - 1):
            ends = (-1, *bars, 2 * count - 1)
            yield [b - a - 1 for a, b in pairwise(ends)]

    taken = np.array(sorted(compositions(), reverse=True))
    ways = np.array([factorial(count) / np.prod([float(factorial(n)) for n in row]) for row in taken.tolist()])
    return taken, ways / float(count) ** count


def _ranker(lists: Lists, method: Method, seconds: float | None) -> Ranker:
    """A function from how often each publisher is taken (resamples × publishers) to ranks (resamples × places)."""
    choice(method, "method", "borda", "kemeny", "copeland")
    if method == "borda":
        points, votes = (lists.by_publisher(lists.weights[:, None] * part) for part in borda_points(lists))

        def rank(taken: np.ndarray) -> np.ndarray:
            with np.errstate(invalid="ignore", divide="ignore"):
                return competition_ranks((taken @ points) / (taken @ votes))

        return rank
    count, size = len(lists.names), len(lists.places)
    advice = "select fewer places, or take the Borda count"
    refuse_memory(16.0 * count * size**2, f"the votes of {count:,} publishers on {size:,} places", advice)
    weights = whole_weights(lists.weights)[0]
    margins = np.zeros((count, size, size), dtype=np.int64)
    for at, owner in enumerate(lists.owners):
        margins[owner] += weights[at] * lists.above(at)
    margins -= margins.transpose(0, 2, 1)
    covered = lists.by_publisher(weights[:, None] * lists.covered) > 0
    clock = _Clock(seconds)

    def order(margin: np.ndarray) -> np.ndarray:
        if method == "copeland":
            return competition_ranks(np.sign(margin).sum(axis=1))
        if clock.over():
            raise TimeoutError(f"the Kemeny orders take longer than time_limit={seconds:g} s; {advice}, or fewer draws")
        return ranks_of_margins(margin, clock)

    def rank_by_margins(taken: np.ndarray) -> np.ndarray:
        ranks = np.array([order(np.tensordot(row, margins, axes=1)) for row in taken], dtype=float)
        if method == "kemeny" and clock.over():
            raise TimeoutError(f"the Kemeny orders take longer than time_limit={seconds:g} s; {advice}, or fewer draws")
        return np.where(taken @ covered > 0, ranks, np.nan)

    return rank_by_margins


def _checked(ranks: Bootstrap) -> Bootstrap:
    if not isinstance(ranks, Bootstrap):
        raise TypeError(f"ranks must come from rankstats.bootstrap_ranks(), not be a {type(ranks).__name__}")
    return ranks


def _standard_error(chance: pd.Series | np.ndarray, ranks: Bootstrap) -> pd.Series | np.ndarray:
    return np.sqrt(np.clip(chance * (1 - chance), 0, None) / ranks.draws) if ranks.draws else chance * 0.0
