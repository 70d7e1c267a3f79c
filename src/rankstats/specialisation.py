"""Specialisation and concentration: what each place does more of than the others.

A table of counts or amounts has one row per place and one column per activity (a technology, an industry, a
layer of the supply chain). Shares, location quotients, concentration and distance are computed from it;
:func:`rankstats.interval` gives each, for counts, with what the finite number of cases leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from ._arguments import LARGEST, by_name, choice, number, number_table

Reference: TypeAlias = Mapping[str, float] | pd.Series | None


def shares(amounts: pd.DataFrame, *, by: str = "place") -> pd.DataFrame:
    """Shares of each place's total, of each activity's total, or of the grand total.

    Parameters
    ----------
    amounts : Places × activities, zero or positive.
    by : {"place", "activity", "all"}; "place": each row sums to 1, what a place does. "activity": each column sums to
        1, who does it.

    Examples
    --------
    >>> counts = pd.DataFrame({"models": [6, 1], "chips": [2, 3]}, index=["a", "b"])
    >>> rankstats.shares(counts)
       models  chips
    a    0.75   0.25
    b    0.25   0.75
    """
    table = checked_amounts(amounts)
    choice(by, "by", "place", "activity", "all")
    if by == "place":
        return table.div(_row_totals(table), axis="index")
    if by == "activity":
        return table / _column_totals(table)
    if table.to_numpy().sum() == 0:
        raise ValueError("all amounts are zero; there is nothing to share")
    return table / table.to_numpy().sum()


def location_quotient(amounts: pd.DataFrame, *, reference: Reference = None) -> pd.DataFrame:
    """Location quotient: an activity's share of a place over its share of the reference.

    Above 1, the place does more of it than the reference. The same number is known as revealed comparative
    advantage (Balassa 1965).

    Parameters
    ----------
    amounts : Places × activities.
    reference : Amounts by activity of a wider economy. By default the sum of the places given.

    References
    ----------
    Balassa, B. (1965). Trade liberalisation and "revealed" comparative advantage. The Manchester School
    33(2), 99-123.

    Examples
    --------
    >>> counts = pd.DataFrame({"models": [6, 1], "chips": [2, 3]}, index=["a", "b"])
    >>> rankstats.location_quotient(counts).round(3)
       models  chips
    a   1.286    0.6
    b   0.429    1.8
    """
    table = checked_amounts(amounts)
    own = table.to_numpy() / _row_totals(table).to_numpy()[:, None]
    quotient = own / reference_shares(table, reference).to_numpy()
    return pd.DataFrame(quotient, index=table.index, columns=table.columns)


def herfindahl(amounts: pd.DataFrame, *, by: str = "place") -> pd.Series:
    """Herfindahl-Hirschman index: the sum of squared shares, from 1/n (even) to 1 (all in one).

    `by` "place" asks how concentrated each place is on few activities, "activity" how concentrated each
    activity is in few places. (Antitrust practice writes 10,000 times this.)

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5), 761-762.

    Examples
    --------
    >>> counts = pd.DataFrame({"models": [6, 1], "chips": [2, 3]}, index=["a", "b"])
    >>> rankstats.herfindahl(counts).tolist()
    [0.625, 0.625]
    """
    return (_oriented_shares(amounts, by) ** 2).sum(axis=1).rename("herfindahl")


def entropy(amounts: pd.DataFrame, *, by: str = "place", base: float | None = None) -> pd.Series:
    """Shannon entropy of the shares: 0 if all is in one, log n if even; natural unit unless `base` is given.

    With the number of activities as `base`, even shares have 1. `by` is as for `herfindahl`.

    References
    ----------
    Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27, 379-423.

    Examples
    --------
    >>> counts = pd.DataFrame({"models": [6, 1], "chips": [2, 3]}, index=["a", "b"])
    >>> rankstats.entropy(counts, base=2).round(3).tolist()
    [0.811, 0.811]
    """
    part = _oriented_shares(amounts, by)
    result = plain_entropy(part.to_numpy())
    if base is not None:
        if not number(base, "base") > 1:
            raise ValueError(f"base is {base!r}; it must be greater than 1")
        result = result / np.log(base)
    return pd.Series(result, index=part.index, name="entropy")


def krugman_distance(amounts: pd.DataFrame) -> pd.DataFrame:
    """Krugman's distance between every two places: the sum of absolute differences of their shares.

    0 for the same structure, 2 for nothing in common; half of it is the part of one place that would have to
    change activity to look like the other.

    References
    ----------
    Krugman, P. (1991). Geography and Trade. MIT Press.

    Examples
    --------
    >>> counts = pd.DataFrame({"models": [6, 1], "chips": [2, 3]}, index=["a", "b"])
    >>> rankstats.krugman_distance(counts).loc["a", "b"].tolist()
    1.0
    """
    part = shares(amounts)
    return pd.DataFrame(_distances(part.to_numpy()), index=part.index, columns=part.index.rename(None))


def checked_amounts(amounts: pd.DataFrame, argument: str = "amounts") -> pd.DataFrame:
    """Amounts as float64, after naming whatever makes them unusable."""
    advice = "zero or a positive number is needed"
    table = number_table(amounts, argument, "place", "activity", advice=advice)
    array = table.to_numpy()
    # quotients of shares must stay of a size that can be computed with
    bad = np.argwhere((array < 0) | ((array > 0) & (array < 1 / LARGEST)))
    if len(bad):
        row, column = bad[0]
        raise ValueError(
            f"{argument}: place {table.index[row]!r} has {array[row, column]:g} for activity "
            f"{table.columns[column]!r}; {advice}, of a size from {1 / LARGEST:g} on"
        )
    return table


def _row_totals(table: pd.DataFrame) -> pd.Series:
    return _totals(table.to_numpy().sum(axis=1), table.index, "place")


def _column_totals(table: pd.DataFrame) -> pd.Series:
    return _totals(table.to_numpy().sum(axis=0), table.columns, "activity")


def _totals(sums: np.ndarray, names: pd.Index, kind: str) -> pd.Series:
    empty = np.flatnonzero(sums == 0)
    if len(empty):
        raise ValueError(f"{kind} {names[empty[0]]!r} has a total of zero; leave it out")
    return pd.Series(sums, index=names)


def reference_shares(table: pd.DataFrame, reference: Reference) -> pd.Series:
    """Share of each activity in the reference, by default in the places given."""
    if reference is None:
        totals = _column_totals(table)
        return totals / totals.sum()
    given = by_name(reference, "reference", "activity")
    if set(given.index) != set(table.columns):
        raise ValueError(
            f"the reference must name each activity once: the table has {list(table.columns)}, "
            f"the reference {list(given.index)}"
        )
    row = given.reindex(table.columns).infer_objects().to_frame("reference").T
    totals = _column_totals(checked_amounts(row, "reference"))
    return totals / totals.sum()


def _oriented_shares(amounts: pd.DataFrame, by: str) -> pd.DataFrame:
    choice(by, "by", "place", "activity")
    part = shares(amounts, by=by)
    return part if by == "place" else part.T


def plain_entropy(part: np.ndarray) -> np.ndarray:
    """Shannon entropy of shares along the last axis."""
    # 0 log 0 is 0
    logs = np.log(part, out=np.zeros_like(part), where=part > 0)
    return 0.0 - (part * logs).sum(axis=-1)


def _distances(part: np.ndarray) -> np.ndarray:
    return np.array([np.abs(part - row).sum(axis=-1) for row in part]).reshape(len(part), len(part))
