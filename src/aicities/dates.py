"""Dates that are only as exact as a source gives them: 2024, 2024-06 or 2024-06-30."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["days_apart", "in_words", "months_between", "of_article", "period"]

Data = Mapping[str, pd.DataFrame]
ENDS = {4: pd.offsets.YearEnd(), 7: pd.offsets.MonthEnd()}  # by the length of a date
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def period(date: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a date that may be only a year or a month.

    >>> period("2024-06")
    (Timestamp('2024-06-01 00:00:00'), Timestamp('2024-06-30 00:00:00'))
    """
    first = pd.Timestamp(date)
    return first, first + ENDS[len(date)] if len(date) in ENDS else first


def days_apart(date: str, day: str) -> int:
    """The least number of days between a day and a date; 0 if the day may be the date.

    >>> days_apart("2024", "2024-08-02"), days_apart("2024-07", "2024-08-02")
    (0, 2)
    """
    (first, last), (start, end) = period(date), period(day)
    return int(max((first - end).days, (start - last).days, 0))


def months_between(a: str, b: str) -> int:
    """Months from date ``a`` to date ``b``; days don't count. Raises ValueError for a date without a month.

    >>> months_between("2024-02", "2024-08-02")
    6
    """
    if min(len(a), len(b)) < 7:
        raise ValueError(f"dates {a!r} and {b!r}: expected YYYY-MM or YYYY-MM-DD")
    return (int(b[:4]) - int(a[:4])) * 12 + int(b[5:7]) - int(a[5:7])


def in_words(date: str, *, year_only: bool = False) -> str:
    """A date for a label, by month, or by year if no more is known.

    >>> in_words("2024-02-29"), in_words("2023"), in_words("2023-12", year_only=True)
    ('Feb 2024', '2023', '2023')
    """
    year, *rest = date.split("-")
    return year if year_only or not rest else f"{MONTHS[int(rest[0]) - 1]} {year}"


def of_article(data: Data) -> str:
    """The day on which the article was published, out of the table ``articles``."""
    return str(data["articles"]["published"].iloc[0])[:10]
