"""One order from many tables: the record of each two places, and the Borda count."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

import numpy as np
import pandas as pd

from .lists import NotCovered, Panel, Publishers, Weights, competition_ranks, panel

__all__ = ["borda", "pairwise_record", "preference_matrix"]


def pairwise_record(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
    weights: Weights = "publisher",
) -> pd.DataFrame:
    """For each two places: in how many tables, and of how many publishers, one stands above the other.

    Parameters
    ----------
    entries, tables, places, not_covered : see :func:`rankstats.positions`.
    by : column of ``tables``, or table -> publisher.
    weights : ``publisher`` (the tables of a publisher share one vote), ``table`` (one vote each) or a number
        for each table.

    Returns
    -------
    DataFrame, one row for each two places in alphabetical order, with

    - ``place_a``, ``place_b``;
    - ``tables_a``, ``tables_b``: tables with a above b, b above a; ``tables_tied``; ``tables_undecided``:
      both covered, order open; ``tables_silent``: one of the two not covered. They add up to the number of
      tables;
    - ``publishers_a``, ``publishers_b``: publishers all of whose tables that decide put a (b) above;
      ``publishers_split``: their tables contradict each other, or tie the two; ``publishers_undecided``: no
      table of theirs decides. They add up to the number of publishers;
    - ``votes_a``, ``votes_b``: the weights of the tables on each side.

    Raises
    ------
    ValueError
        as :func:`rankstats.positions` does, and for negative, missing or infinite weights.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights=weights)
    left, right = np.triu_indices(len(chosen.places), 1)
    above = chosen.above
    a, b = above[:, left, right], above[:, right, left]
    tied = chosen.tied[:, left, right]
    both = chosen.covered[:, left] & chosen.covered[:, right]
    name = np.array(chosen.places, dtype=object)
    weight = np.array([float(value) for value in chosen.weights])

    member = _membership(chosen)
    any_a, any_b, any_tied = ((member @ x) > 0 for x in (a, b, tied))
    return pd.DataFrame(
        {
            "place_a": name[left],
            "place_b": name[right],
            "tables_a": a.sum(axis=0),
            "tables_b": b.sum(axis=0),
            "tables_tied": tied.sum(axis=0),
            "tables_undecided": (both & ~a & ~b & ~tied).sum(axis=0),
            "tables_silent": (~both).sum(axis=0),
            "publishers_a": (any_a & ~any_b & ~any_tied).sum(axis=0),
            "publishers_b": (any_b & ~any_a & ~any_tied).sum(axis=0),
            "publishers_split": ((any_a & any_b) | any_tied).sum(axis=0),
            "publishers_undecided": (~any_a & ~any_b & ~any_tied).sum(axis=0),
            "votes_a": weight @ a,
            "votes_b": weight @ b,
        }
    )


def borda(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
    weights: Weights = "publisher",
) -> pd.DataFrame:
    """Borda count of partial lists.

    In each table a place gets, for each other place covered, one point if it stands above it, half a point if
    the two are tied or their order is open, none if it stands below (Cullinan, Hsiao & Polett 2014). So it is
    the usual count for a complete order, and for ties, tiers and a list that ends after k places the expected
    one if all orders that the table allows are equally likely. Points are divided by the number of other
    places covered; a place's score is the weighted mean over the tables that cover it, so a table that says
    nothing about a place neither helps nor harms it.

    Parameters
    ----------
    entries, tables, places, not_covered, by, weights : see :func:`pairwise_record`.

    Returns
    -------
    DataFrame, best first, with ``place``; ``score`` from 0 (last in every table) to 1 (first in every table),
    NaN if no table with weight covers the place; ``rank`` (competition rank of the score, missing without
    one); ``tied`` (whether others share it); ``tables`` and ``publishers`` that cover the place, ``listed``
    (tables that list it).

    Raises
    ------
    ValueError
        as :func:`pairwise_record` does.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights=weights)
    weight = np.array([float(value) for value in chosen.weights])
    points, votes = borda_points(chosen)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = (weight @ points) / (weight @ votes)
    rank = competition_ranks(score)
    listed = chosen.covered & (chosen.state != "not_listed")
    return ordered(
        pd.DataFrame(
            {
                "place": chosen.places,
                "score": score,
                "rank": pd.array(rank, dtype="Int64"),
                "tied": [int(np.sum(rank == value)) > 1 for value in rank],
                "tables": chosen.covered.sum(axis=0),
                "publishers": ((_membership(chosen) @ chosen.covered) > 0).sum(axis=0),
                "listed": listed.sum(axis=0),
            }
        ),
        "rank",
    )


def borda_points(chosen: Panel) -> tuple[np.ndarray, np.ndarray]:
    """Points of each place in each table, from 0 to 1, and whether the table counts for it."""
    above = chosen.above
    rivals = chosen.covered.sum(axis=1, keepdims=True) - 1
    votes = chosen.covered & (rivals > 0)
    # Above counts 1, below 0, all else one half.
    net = above.sum(axis=2) - above.sum(axis=1)
    return np.where(votes, (1 + net / np.maximum(rivals, 1)) / 2, 0.0), votes.astype(float)


def preference_matrix(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
    weights: Weights = "publisher",
) -> pd.DataFrame:
    """The weight of the tables that put one place (row) above another (column).

    Parameters and errors as for :func:`pairwise_record`.

    Returns
    -------
    DataFrame, places x places, zeros on the diagonal. Ties and open orders count for neither side.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights=weights)
    preferred, unit = exact_preferences(chosen)
    index = pd.Index(chosen.places, name="above")
    return pd.DataFrame(preferred * float(unit), index=index, columns=pd.Index(chosen.places, name="below"))


def exact_preferences(chosen: Panel) -> tuple[np.ndarray, Fraction]:
    """The preference matrix in whole numbers, and the weight that one of them stands for."""
    whole, unit = whole_numbers(chosen.weights)
    return np.tensordot(whole, chosen.above.astype(np.int64), axes=1), unit


def whole_numbers(weights: list[Fraction]) -> tuple[np.ndarray, Fraction]:
    """Weights as the smallest whole numbers in the same proportion, and the weight of one.

    Raises ``ValueError`` where that takes numbers so large that sums of them are no longer exact.
    """
    parts = lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (parts // weight.denominator) for weight in weights]
    common = int(np.gcd.reduce(whole)) or 1
    whole = [number // common for number in whole]
    if sum(whole) > 2**40:
        raise ValueError(f"weights need {sum(whole)} parts to be exact: round them to fewer digits")
    return np.array(whole, dtype=np.int64), Fraction(common, parts)


def ordered(frame: pd.DataFrame, rank: str) -> pd.DataFrame:
    """Rows by rank; equal ranks in alphabetical order, so that the order of the input shows nowhere."""
    return frame.sort_values([rank, "place"], na_position="last", ignore_index=True)


def _membership(chosen: Panel) -> np.ndarray:
    """Publishers x tables, one where the table is the publisher's."""
    publishers = sorted(set(chosen.publishers))
    return np.array([[int(of == publisher) for of in chosen.publishers] for publisher in publishers])
