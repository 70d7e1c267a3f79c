"""One order from many lists: the record of each two places, the Borda count, and who beats whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ._arguments import refuse_memory
from .lists import Lists, checked_lists, competition_ranks


def pairwise_record(lists: Lists) -> pd.DataFrame:
    """For each two places: in how many lists, and of how many publishers, one stands above the other.

    Returns
    -------
    DataFrame, one row for each two places in alphabetical order, with

    - ``place_a``, ``place_b``;
    - ``tables_a``, ``tables_b``: lists with a above b, b above a; ``tables_tied``; ``tables_undecided``: both covered,
      order open; ``tables_silent``: one of the two not covered. They add up to the number of lists;
    - ``publishers_a``, ``publishers_b``: publishers all of whose lists that decide put a (b) above;
      ``publishers_split``: their lists contradict each other, or tie the two; ``publishers_undecided``: no list of
      theirs decides. They add up to the number of publishers;
    - ``votes_a``, ``votes_b``: the weights of the lists on each side.

    Examples
    --------
    >>> lists = rankstats.read([["a", "b", "c"], ["a", "c", "b"], ["b", "a"]])
    >>> rankstats.pairwise_record(lists)[["place_a", "place_b", "tables_a", "tables_b"]]
      place_a place_b  tables_a  tables_b
    0       a       b         2         1
    1       a       c         3         0
    2       b       c         2         1
    """
    size = len(checked_lists(lists).places)
    refuse_memory(size**2 * 60.0, f"the record of each two of {size:,} places", "select fewer places")
    left, right = np.triu_indices(size, 1)
    counts = {name: np.zeros((size, size), dtype=np.int32) for name in ("above", "tied", "only", "mixed")}
    votes, owners = np.zeros((size, size)), lists.owners
    for owner in range(len(lists.names)):
        own = np.flatnonzero(owners == owner)
        won, level = lists.above(int(own[0])), lists.tied(int(own[0]))
        for at in own:
            above, same = (lists.above(int(at)), lists.tied(int(at))) if at != own[0] else (won, level)
            counts["above"] += above
            counts["tied"] += same
            votes += lists.weights[at] * above
            won, level = (won, level) if at == own[0] else (won | above, level | same)
        contradicted = level if len(own) == 1 else level | (won & won.T)
        counts["mixed"] += contradicted
        counts["only"] += won & ~contradicted
    covered = lists.covered.astype(np.float32)
    both = (covered.T @ covered).astype(np.int32)
    a, b, tied = counts["above"][left, right], counts["above"][right, left], counts["tied"][left, right]
    pair, split = (left, right), counts["mixed"][left, right]
    names = np.array(lists.places, dtype=object)
    return pd.DataFrame(
        {
            "place_a": names[left],
            "place_b": names[right],
            "tables_a": a,
            "tables_b": b,
            "tables_tied": tied,
            "tables_undecided": both[left, right] - a - b - tied,
            "tables_silent": len(lists.lists) - both[left, right],
            "publishers_a": counts["only"][left, right],
            "publishers_b": counts["only"][right, left],
            "publishers_split": split,
            "publishers_undecided": len(lists.names) - sum(counts["only"][p] for p in (pair, pair[::-1])) - split,
            "votes_a": votes[left, right],
            "votes_b": votes[right, left],
        }
    )


def borda(lists: Lists) -> pd.DataFrame:
    """Borda count of partial lists.

    In each list a place gets, for each other place covered, one point if it stands above it, half a point if the two
    are tied or their order is open, none if it stands below (Cullinan, Hsiao & Polett 2014). So it is the usual count
    for a complete order, and for ties, tiers and a list that ends after k places the expected one if all orders that
    the list allows are equally likely. Points are divided by the number of other places covered; a place's score is
    the weighted mean over the lists that cover it, so a list that says nothing about a place neither helps nor harms
    it.

    Returns
    -------
    DataFrame, best first, with ``place``; ``score`` from 0 (last in every list) to 1 (first in every list), NaN if no
    list with weight covers the place; ``rank`` (competition rank of the score, missing without one); ``tied``
    (whether others share it); ``tables`` and ``publishers`` that cover the place, ``listed`` (lists that name it).

    References
    ----------
    Cullinan, J., Hsiao, S. K., and Polett, D. (2014). A Borda count for partially ordered ballots. Social Choice and
    Welfare 42(4), 913-926.

    Examples
    --------
    >>> rankstats.borda(rankstats.read([["a", "b", "c"], ["a", "c", "b"], ["b", "a"]]))
      place     score  rank   tied  tables  publishers  listed
    0     a  0.833333     1  False       3           3       3
    1     b  0.500000     2  False       3           3       3
    2     c  0.166667     3  False       3           3       2
    """
    points, votes = borda_points(checked_lists(lists))
    with np.errstate(invalid="ignore", divide="ignore"):
        score = (lists.weights @ points) / (lists.weights @ votes)
    frame = pd.DataFrame({"place": lists.places, "score": score, **_ranks(score)})
    return in_order(frame.assign(**_coverage(lists)), "rank")


def copeland(lists: Lists) -> pd.DataFrame:
    """Copeland's count: how many others a place beats by a majority of the votes on the two.

    Only who is ahead counts, so no distance between ranks is made up. A draw is half a win, also where no list says
    anything about the two.

    Returns
    -------
    DataFrame, best first, with ``place``; ``score``, wins and half the draws as a share of the other places; ``rank``
    and ``tied``; ``wins``, ``draws``, ``losses``; ``tables``, ``publishers`` and ``listed`` as for
    :func:`rankstats.borda`.

    References
    ----------
    Copeland, A. H. (1951). A reasonable social welfare function. University of Michigan.

    Examples
    --------
    >>> lists = rankstats.read([["a", "b", "c"], ["a", "c", "b"], ["b", "a"]])
    >>> rankstats.copeland(lists)[["place", "score", "rank", "wins", "draws", "losses"]]
      place  score  rank  wins  draws  losses
    0     a    1.0     1     2      0       0
    1     b    0.5     2     1      0       1
    2     c    0.0     3     0      0       2
    """
    votes = checked_lists(lists).preferences.to_numpy()
    margin = np.round(votes - votes.T, 12)
    wins, losses = (margin > 0).sum(axis=1), (margin < 0).sum(axis=1)
    others = len(votes) - 1
    score = (wins + (others - wins - losses) / 2) / others
    frame = pd.DataFrame({"place": lists.places, "score": score, **_ranks(score)})
    frame = frame.assign(wins=wins, draws=others - wins - losses, losses=losses, **_coverage(lists))
    return in_order(frame, "rank")


def borda_points(lists: Lists) -> tuple[np.ndarray, np.ndarray]:
    """Points of each place in each list, from 0 to 1, and whether the list counts for it."""
    covered = lists.covered
    rivals = covered.sum(axis=1, keepdims=True) - 1
    votes = covered & (rivals > 0)
    net = np.zeros(covered.shape)
    for at in range(len(covered)):
        # Above counts 1, below 0, all else one half.
        first, last = lists.first[at, covered[at]], lists.last[at, covered[at]]
        lower = len(first) - np.searchsorted(np.sort(first), last, side="right")
        net[at, covered[at]] = lower - np.searchsorted(np.sort(last), first, side="left")
    return np.where(votes, (1 + net / np.maximum(rivals, 1)) / 2, 0.0), votes.astype(float)


def in_order(frame: pd.DataFrame, rank: str) -> pd.DataFrame:
    """Rows by rank; equal ranks in alphabetical order, so that the order of the input shows nowhere."""
    return frame.sort_values([rank, "place"], na_position="last", ignore_index=True)


def _ranks(score: np.ndarray) -> dict[str, object]:
    rank = competition_ranks(score)
    values, counts = np.unique(rank[~np.isnan(rank)], return_counts=True)
    return {"rank": pd.array(rank, dtype="Int64"), "tied": np.isin(rank, values[counts > 1])}


def _coverage(lists: Lists) -> dict[str, np.ndarray]:
    return {
        "tables": lists.covered.sum(axis=0),
        "publishers": (lists.by_publisher(lists.covered) > 0).sum(axis=0),
        "listed": lists.listed.sum(axis=0),
    }
