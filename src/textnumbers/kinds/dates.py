"""Dates: days, months, quarters, half-years and years, alone or two of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..number import small_number
from ..patterns import SPACE
from ..quantity import Quantity, Spot, span

DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ISO = re.compile(r"([12][0-9]{3})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?(?![0-9]|[-/.][0-9])")
SLASHES = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?(?![0-9/]|[.,][0-9])")
QUARTER_CODE = re.compile(r"([1-4])(?![\w.,]*[0-9])(?:[ '/-]{1,2}(20[0-9]{2})(?![0-9]))?")
QUARTER_LETTERS = ("Q", "H")
YEARS = re.compile(r"((?:19|20)[0-9]{2})/((?:19|20)?[0-9]{2})(?![0-9/]|[.,][0-9])")
CAPITAL = re.compile(rf"{SPACE}[A-Z][a-z]")
SMALL = re.compile(rf"{SPACE}[a-z]")
NEXT = re.compile(rf"{SPACE}(\w+)")


class Parts(NamedTuple):
    """Year, month and day as far as they are stated."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Dated(NamedTuple):
    """A date or range of dates where it stands."""

    value: str
    end: int
    begin: int
    parts: Parts


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """The date as ISO 8601 writes it, ``-`` for each part that the text leaves out; ``None`` if there is no such.

    >>> iso(None, 7, 26), iso(2024, 2, 30)
    ('--07-26', None)
    """
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= DAYS[month or 1]):
        return None
    if year is not None and not 1000 <= year <= 2999:
        return None
    if month is None:
        return None if day is None else f"---{day:02}"
    head = "--" if year is None else f"{year}-"
    return f"{head}{month:02}" + ("" if day is None else f"-{day:02}")


def read_date(spot: Spot) -> Quantity | None:
    """The date or range of dates at a candidate."""
    text, lexicon = spot.text, spot.lexicon
    read = _characters if lexicon.characters else _words
    first = read(spot, spot.start)
    if first is None:
        return None
    value, end, begin, parts = first
    if ".." in value:
        low, _, high = value.partition("..")
        return Quantity(begin, end, begin, end, "range", value, low, high, "date")
    join = lexicon.following("join", text, end)
    if join is None and lexicon.ahead("between_before", text, begin):
        join = lexicon.beyond("pair", text, end)
    second = read(spot, join.end()) if join and join.end() < len(text) else None
    if second and value.count("Q") == second.value.count("Q") and "-" in second.value:
        value, high = _shared(parts, second.parts, value, second.value)
        if value < high:
            return Quantity(begin, second.end, begin, second.end, "range", span(value, high), value, high, "date")
    return Quantity(begin, end, begin, end, "date", value)


def _shared(low: Parts, high: Parts, low_value: str, high_value: str) -> tuple[str, str]:
    """Both ends with the year or month that the text states once."""
    year = low.year or high.year
    if high.month is None and low.month:
        high = high._replace(month=low.month)
    elif low.month is None and high.month:
        low = low._replace(month=high.month)
    if "Q" in low_value:
        return low_value, high_value
    first, last = iso(year, low.month, low.day), iso(high.year or year, high.month, high.day)
    return first or low_value, last or high_value


def read_printed_date(spot: Spot) -> Quantity | None:
    """2024-08-02, 2024/8/2, and in languages of words 2/8/2024 or 2/8, in the order that CLDR gives for the region."""
    text, start = spot.text, spot.start
    match = ISO.match(text, start)
    if match and (match[4] or (match[2] == "-" and len(match[3]) == 2 and int(match[3]) <= 12)):
        value = iso(int(match[1]), int(match[3]), int(match[4]) if match[4] else None)
        if value:
            return Quantity(start, match.end(), start, match.end(), "date", value)
    match = None if spot.lexicon.characters else SLASHES.match(text, start)
    if match is None or (match[2] in ".-" and (match[4] is None or len(match[4]) != 4)):
        return None
    first, second = int(match[1]), int(match[3])
    day_first = spot.lexicon.day_first if max(first, second) <= 12 else first > 12
    day, month = (first, second) if day_first else (second, first)
    year = None if match[4] is None else int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    if year is None and not (text[start - 1 : start] == "(" and text[match.end() : match.end() + 1] in ")"):
        return None
    value = iso(year, month, day)
    return Quantity(start, match.end(), start, match.end(), "date", value) if value else None


def read_quarter_code(spot: Spot) -> Quantity | None:
    """Q3, Q3 2025, H1."""
    text, start = spot.text, spot.start
    letter = text[start - 1 : start]
    if letter not in QUARTER_LETTERS or (start > 1 and text[start - 2].isalnum() and text[start - 2].isascii()):
        return None
    match = QUARTER_CODE.match(text, start)
    if match is None or (letter == "H" and (match[1] > "2" or text[start + 1 : start + 2].isalnum())):
        return None
    return Quantity(start - 1, match.end(), start, start + 1, "date", f"{match[2] or '-'}-{letter}{match[1]}")


def read_slashed_years(spot: Spot) -> Quantity | None:
    """2025/2026, 2024/25: two years that follow each other."""
    match = YEARS.match(spot.text, spot.start)
    if match is None:
        return None
    low = int(match[1])
    high = int(match[2]) + (low - low % 100 if len(match[2]) == 2 else 0)
    if high != low + 1:
        return None
    return Quantity(spot.start, match.end(), spot.start, match.end(), "range", span(low, high), low, high, "year")


def _characters(spot: Spot, start: int) -> Dated | None:
    text, lexicon = spot.text, spot.lexicon
    both = lexicon.pattern["dates"].match(text, start) if start == spot.start else None
    ends = _two_in_one(both, spot) if both else None
    if ends:
        return ends
    match = lexicon.pattern["date"].match(text, start)
    if match is None:
        return None
    year, month, day = (small_number(match[name], lexicon) for name in ("y", "m", "d"))
    era = era_before(spot, start) if year is not None or match["first"] else None
    if match["first"] and not era:
        return None
    begin = start
    if era:
        begin, year = era[0], (year or 1) + era[1]
    elif year is not None and year < 100 and match["q"] is None:
        year += 2000
    if match["q"]:
        return _quarter_in_characters(spot, match, begin, year)
    if match["day"]:
        day = small_number(match["day"], lexicon)
        alone = lexicon.numerals.get(match["day"]) in (1, 2) and start == spot.start
        if alone or lexicon.ahead("lasting_before", text, start, 3):
            return None
    value = iso(year, month, day)
    return Dated(value, match.end(), begin, Parts(year, month, day)) if value else None


def _two_in_one(match: re.Match[str], spot: Spot) -> Dated | None:
    """7月26~28日, 7~9月."""
    year, month, low, high = (small_number(match[name], spot.lexicon) for name in ("y", "m", "d1", "d2"))
    begin = spot.start
    era = era_before(spot, begin) if year is not None else None
    if era:
        begin, year = era[0], (year or 0) + era[1]
    elif year is not None and year < 100:
        year += 2000
    if month is None:
        first, last = (iso(year, small_number(match[name], spot.lexicon), None) for name in ("m1", "m2"))
    else:
        first, last = (iso(year, month, day) for day in (low, high))
    if not first or not last or first >= last:
        return None
    return Dated(span(first, last), match.end(), begin, Parts(year, month, low))


def _quarter_in_characters(spot: Spot, match: re.Match[str], begin: int, year: int | None) -> Dated | None:
    before = spot.before("before", match.start()) if year is None else None
    tag = spot.lexicon.before.get(before[0]) if before else None
    if tag == "top":
        return None
    if before and tag == "rank":
        begin = before[1]
    value = f"{'-' if year is None else year}-Q{small_number(match['q'], spot.lexicon)}"
    return Dated(value, match.end(), begin, Parts(year))


def era_before(spot: Spot, start: int) -> tuple[int, int] | None:
    """Where an era's name before ``start`` begins, and the year before the era's first."""
    for era, offset in spot.lexicon.eras.items():
        begin = start - len(era)
        if spot.text.endswith(era, max(0, begin), start):
            return begin, offset
    return None


def _words(spot: Spot, start: int) -> Dated | None:
    text, lexicon = spot.text, spot.lexicon
    if text[start].isdigit():
        match = lexicon.pattern["day_month"].match(text, start)
        if match is None:
            return _day(spot, start)
        year = int(match["y"]) if match["y"] else None
    else:
        match = lexicon.pattern["month_day"].match(text, start)
        if match is None or not match["month"][0].isupper():
            return None
        stated = match["y"] or match["y2"]
        year = int(stated) if stated else None
        if match["d"] is None and year is None and not _month_alone(spot, start, match.end("month")):
            return None
    month = lexicon.months[match["month"].rstrip(".").casefold()]
    end = match.end("month") if match["d"] is None and year is None else match.end()
    day = int(match["d"]) if match["d"] else None
    value = iso(year, month, day)
    if value is None:
        return None
    high = iso(year, month, int(match["d2"])) if match["d2"] else None
    if high and high > value:
        value = span(value, high)
    return Dated(value, end, start, Parts(year, month, day))


def _month_alone(spot: Spot, start: int, end: int) -> bool:
    """Whether a month's name without day and year is meant as a date: several are also other words or names."""
    if not spot.lexicon.ahead("month_before", spot.text, start, 14):
        return start != spot.start or spot.lexicon.beyond("month_after", spot.text, end) is not None
    return not CAPITAL.match(spot.text, end) or len(spot.text[start:end]) > 3


def _day(spot: Spot, start: int) -> Dated | None:
    """The day of the month alone: on the 26th, tanggal 26."""
    text, lexicon = spot.text, spot.lexicon
    match = lexicon.beyond("day", text, start)
    if match is None or not lexicon.ahead("day_before", text, start, 14):
        return None
    if lexicon.table.plural_s and SMALL.match(text, match.end()):
        follows = NEXT.match(text, match.end())
        if follows and follows[1] not in lexicon.words["not_nouns"]:
            return None
    value = iso(None, None, int(match[1]))
    return Dated(value, match.end(), start, Parts(day=int(match[1]))) if value else None
