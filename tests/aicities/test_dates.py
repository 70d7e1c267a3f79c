"""Dates that are a year, a month or a day: their span, their distance, their words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicities import dates

DAYS = st.dates(pd.Timestamp("1990-01-01").date(), pd.Timestamp("2040-12-31").date()).map(str)
DATES = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4])


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-06-30", "2024-06-30", "2024-06-30"),
    ],
)
def test_a_date_spans_what_it_leaves_open(date: str, first: str, last: str) -> None:
    assert dates.period(date) == (pd.Timestamp(first), pd.Timestamp(last))


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_year(day: str) -> None:
    for date in (day, day[:7], day[:4]):
        first, last = dates.period(date)
        assert first <= pd.Timestamp(day) <= last
        assert dates.days_apart(date, day) == 0


@pytest.mark.parametrize(
    ("date", "day", "days"),
    [
        ("2024-08-01", "2024-08-02", 1),
        ("2024-08-03", "2024-08-02", 1),
        ("2023", "2024-08-02", 215),
        ("2025", "2024-08-02", 152),
        ("2024-09", "2024-08-02", 30),
        ("2024-07", "2024", 0),
    ],
)
def test_days_apart_are_the_least_possible(date: str, day: str, days: int) -> None:
    assert dates.days_apart(date, day) == days


@given(DATES, DATES)
def test_distance_has_no_direction(a: str, b: str) -> None:
    assert dates.days_apart(a, b) == dates.days_apart(b, a) >= 0


def test_months_are_counted_with_a_sign() -> None:
    assert dates.months_between("2024-12", "2025-01-31") == 1
    assert dates.months_between("2025-01-01", "2023-12-31") == -13
    with pytest.raises(ValueError, match="dates '2024' and '2025-01': expected YYYY-MM or YYYY-MM-DD"):
        dates.months_between("2024", "2025-01")


@pytest.mark.parametrize(
    ("date", "said"),
    [("2024", "2024"), ("2024-05", "May 2024"), ("2024-09-30", "Sept 2024"), ("2024-12-01", "Dec 2024")],
)
def test_a_date_is_told_as_exactly_as_it_is_known(date: str, said: str) -> None:
    assert dates.in_words(date) == said
    assert dates.in_words(date, year_only=True) == date[:4]


def test_the_day_of_the_article_stands_in_its_table() -> None:
    articles = pd.DataFrame({"published": [pd.Timestamp("2024-08-02"), pd.Timestamp("2024-08-05")]})
    assert dates.of_article({"articles": articles}) == "2024-08-02"
