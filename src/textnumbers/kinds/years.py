"""Years of the calendar and decades."""

from __future__ import annotations

from ..number import Number, read_number
from ..quantity import Quantity, Spot, span
from ..reading import Answer, Reading, is_year
from ..unit import row
from .dates import era_before, read_date


def read_year_characters(reading: Reading) -> Answer:
    """The sign for year after a number: a year of the calendar; ``None`` where it is a number of years."""
    unit, number = reading.unit, reading.number
    if unit is None or unit.form not in reading.lexicon.words["year_signs"]:
        return None
    value = number.value
    if not isinstance(value, int) or number.grouped or number.vague:
        return None
    begin, end = reading.spot.start, unit.end
    era = era_before(reading.spot, begin)
    if era and value < 100:
        begin, value = era[0], value + era[1]
    elif value < 100 and reading.lexicon.beyond("short_year", reading.text, end):
        value = _century(value, reading, end)
    elif (
        not 1000 <= value <= 2999
        or number.end - number.start != 4
        or unit.form not in reading.lexicon.words["year_sign"]
    ):
        return None
    if reading.text[end : end + 1] in reading.lexicon.words["year_ends"]:
        end += 1
    ranged = _to_another(reading, begin, end, value)
    return ranged or Quantity(begin, end, number.start, number.end, "year", value, unit="year")


def read_first_year(spot: Spot) -> Quantity | None:
    """The first year of an era: 令和元年."""
    era = era_before(spot, spot.start)
    sign = spot.lexicon.words["year_sign"]
    if era is None or spot.text[spot.start + 1 : spot.start + 2] not in sign:
        return None
    date = read_date(spot)
    if date:
        return date
    end = spot.start + 2
    end += spot.text[end : end + 1] in spot.lexicon.words["year_ends"]
    return Quantity(era[0], end, spot.start, spot.start + 1, "year", era[1] + 1, unit="year")


def _century(value: int, reading: Reading, end: int) -> int:
    """The full year of two digits: 90年代, 24年度."""
    decade = reading.lexicon.beyond("decade", reading.text, end)
    return value + (1900 if value >= (30 if decade else 61) else 2000)


def _to_another(reading: Reading, begin: int, end: int, value: int) -> Quantity | None:
    """2024年～2026年, 2024年度から26年度."""
    text, lexicon = reading.text, reading.lexicon
    join = lexicon.following("join", text, end)
    if join is None or not text[join.end() : join.end() + 1].isdigit():
        return None
    second = read_number(text, join.end(), lexicon)
    if second is None or not is_year(second) or not second.value > value:
        return None
    stop = second.end
    for sign in ("year_sign", "year_ends"):
        stop += text[stop : stop + 1] in lexicon.words[sign]
    if lexicon.beyond("month", text, stop):
        return None
    high = int(second.value)
    start = reading.number.start
    return Quantity(begin, stop, start, second.end, "range", span(value, high), value, high, "year")


def read_year_words(reading: Reading) -> Answer:
    """Four digits that are a year, or a decade: in 2025, the 1990s, the '90s."""
    number, unit, tag, start = reading.number, reading.unit, reading.tag, reading.spot.start
    short = reading.lexicon.beyond("short_decade", reading.text, start) if number.bare else None
    if short and not reading.text[start - 2 : start - 1].isalnum():
        full = int(number.value) + (1900 if number.value >= 30 else 2000)
        return Quantity(start - 1, short.end(), start, number.end, "year", full, unit="year", vague=True)
    if not is_year(number) or not number.printed:
        return None
    decade = reading.lexicon.beyond("decade", reading.text, number.end)
    if decade:
        quantity = row(number, "year", "year", end=decade.end())
        quantity.vague = True
        return quantity
    if unit and not _counted_in_year(reading):
        return None
    if tag == "index" or (tag == "collective" and not reading.spot.is_before("the_before", 8)):
        return None
    return row(number, "year", "year")


def _counted_in_year(reading: Reading) -> bool:
    """In 2025 companies ...: the noun begins a sentence's next part."""
    value: Number = reading.number
    counted = reading.tag == "year" and reading.kind == "count"
    return counted and value.value % 100 != 0 and value.value >= 2000
