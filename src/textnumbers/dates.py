"""Calendar dates, quarters and clock times."""

from __future__ import annotations

import re

from .lexicon import DIGITS, LASTED, PAIR_AFTER, PAIR_BEFORE, SPACE, WINDOW, Lexicon
from .numerals import read_characters
from .quantity import Place, Quantity, span

DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ISO = re.compile(rf"([12]\d{{3}})([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}))?(?![\d{DIGITS}]|[-/.]\d)")
SLASHES = re.compile(r"(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/]|[.,]\d)")
QUARTER_YEAR = re.compile(rf"(?:{SPACE}(?:of{SPACE}|tahun{SPACE})?|,{SPACE})([12]\d{{3}})(?!\d|[.,]\d)")

CAPITAL = re.compile(rf"{SPACE}[A-Z][a-z]")

SMALL = re.compile(rf"{SPACE}[a-z]")

NEXT = re.compile(rf"{SPACE}(\w+)")

TOLD = re.compile(rf"(?i:\b(?:pukul|jam|at|from|until)){SPACE}\Z")

UNTIL = re.compile(r"(?: (?:WIB|WITA|WIT))?(?: (?:hingga|sampai|dan|to|and|until) |[-–])")

MORE_DIGITS = re.compile(r"[:：]?\d")

Parts = tuple[int | None, int | None, int | None]


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """The date as ISO 8601 writes it, ``-`` for each part that the text leaves out; ``None`` if there is no such."""
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= DAYS[month or 1]):
        return None
    if year is not None and not 1000 <= year <= 2999:
        return None
    if month is None:
        return None if day is None else f"---{day:02}"
    head = "--" if year is None else f"{year}-"
    return f"{head}{month:02}" + ("" if day is None else f"-{day:02}")


def read_date(place: Place) -> Quantity | None:
    """The date or range of dates at a candidate."""
    text, start = place.text, place.start
    read = _characters if place.lexicon.table.characters else _words
    first = read(place, start)
    if first is None:
        return None
    value, end, begin, parts = first
    if ".." in value:
        low, _, high = value.partition("..")
        return Quantity(begin, end, begin, end, "range", value, low, high, "date")
    join = place.lexicon.following("join", text, end)
    if join is None and not place.lexicon.table.characters and PAIR_BEFORE.search(text, max(0, begin - WINDOW), begin):
        join = PAIR_AFTER.match(text, end)
    second = read(place, join.end()) if join and join.end() < len(text) else None
    if second and value.count("Q") == second[0].count("Q") and "-" in second[0]:
        value, high = _shared(parts, second[3], value, second[0])
        if value < high:
            return Quantity(begin, second[1], begin, second[1], "range", span(value, high), value, high, "date")
    return Quantity(begin, end, begin, end, "date", value)


def _shared(low: Parts, high: Parts, low_value: str, high_value: str) -> tuple[str, str]:
    """Both ends with the year or month that the text states once."""
    year = low[0] or high[0]
    month = low[1]
    if high[1] is None and month:
        high = (high[0], month, high[2])
    elif month is None and high[1]:
        low = (low[0], high[1], low[2])
    if "Q" in low_value:
        return low_value, high_value
    return iso(year, low[1], low[2]) or low_value, iso(high[0] or year, high[1], high[2]) or high_value


def read_printed_date(place: Place) -> Quantity | None:
    """2024-08-02, 2024/8/2, and in languages of words 2/8/2024 or 2/8, in the order that CLDR gives."""
    text, start = place.text, place.start
    match = ISO.match(text, start)
    if match and (match[4] or (match[2] == "-" and len(match[3]) == 2 and int(match[3]) <= 12)):
        value = iso(int(match[1]), int(match[3]), int(match[4]) if match[4] else None)
        if value:
            return Quantity(start, match.end(), start, match.end(), "date", value)
    if place.lexicon.table.characters:
        return None
    match = SLASHES.match(text, start)
    if match is None or (match[2] == "." and (match[4] is None or len(match[4]) != 4)):
        return None
    first, second = int(match[1]), int(match[3])
    day, month = (first, second) if place.lexicon.day_first else (second, first)
    year = None if match[4] is None else int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    if year is None and not (text[start - 1 : start] == "(" and text[match.end() : match.end() + 1] in ")"):
        return None
    value = iso(year, month, day)
    return Quantity(start, match.end(), start, match.end(), "date", value) if value else None


def _characters(place: Place, start: int) -> tuple[str, int, int, Parts] | None:
    text, lexicon = place.text, place.lexicon
    both = lexicon.pattern["dates"].match(text, start)
    if both and start == place.start:
        year, month, low, high = (_small(both[name], lexicon) for name in ("y", "m", "d1", "d2"))
        if month is None:
            first, last = (iso(year, _small(both[name], lexicon), None) for name in ("m1", "m2"))
        else:
            first, last = (iso(year, month, day) for day in (low, high))
        if first and last and first < last:
            return span(first, last), both.end(), start, (year, month, low)
    match = lexicon.pattern["date"].match(text, start)
    if match is None:
        return None
    begin = start
    year, month, day = (_small(match[name], lexicon) for name in ("y", "m", "d"))
    if year is not None:
        era = _era(place, start)
        if era:
            begin, year = era[0], year + era[1]
        elif year < 100 and match["q"] is None:
            year += 2000
    elif match["q"]:
        before = place.before("before", start)
        if before and lexicon.before.get(before[0]) == "rank":
            begin = before[1]
        elif before and lexicon.before.get(before[0]) == "top":
            return None
    if match["q"]:
        quarter = _small(match["q"], lexicon)
        return f"{'-' if year is None else year}-Q{quarter}", match.end(), begin, (year, None, None)
    if match["day"]:
        day = _small(match["day"], lexicon)
        if match["day"] in "一二" and start == place.start:
            return None
        if place.text[start - 1 : start] == "泊" or place.text.endswith(LASTED, max(0, start - 2), start):
            return None
    value = iso(year, month, day)
    return (value, match.end(), begin, (year, month, day)) if value else None


def _small(form: str | None, lexicon: Lexicon) -> int | None:
    if form is None:
        return None
    number = read_characters(form, 0, lexicon)
    return int(number.value) if number and number.end == len(form) else -1


def _era(place: Place, start: int) -> tuple[int, int] | None:
    for era, offset in place.lexicon.eras.items():
        if place.text.endswith(era, max(0, start - len(era)), start):
            return start - len(era), offset
    return None


def era_year(place: Place) -> tuple[int, int] | None:
    """Where an era's name before the candidate begins, and the year before the era's first."""
    return _era(place, place.start)


def _words(place: Place, start: int) -> tuple[str, int, int, Parts] | None:
    text, pattern, months = place.text, place.lexicon.pattern, place.lexicon.months
    if text[start].isdigit():
        match = pattern["day_month"].match(text, start)
        if match is None:
            return _day(place, start)
        year = int(match["y"]) if match["y"] else None
    else:
        match = pattern["month_day"].match(text, start)
        if match is None or not match["month"][0].isupper():
            return None
        stated = match["y"] or match["y2"]
        year = int(stated) if stated else None
        if match["d"] is None and year is None and not _month_alone(place, start, match.end("month")):
            return None
    month = months[match["month"].rstrip(".").casefold()]
    end = match.end()
    if match["d"] is None and year is None:
        end = match.end("month")
    day = int(match["d"]) if match["d"] else None
    value = iso(year, month, day)
    if value is None:
        return None
    if match["d2"]:
        high = iso(year, month, int(match["d2"]))
        if high and high > value:
            return span(value, high), end, start, (year, month, day)
    return value, end, start, (year, month, day)


MONTH_BEFORE = re.compile(
    rf"(?i:(?<!\w)(?:in|since|by|until|till|during|from|to|through|of|last|early|late|mid|next|this|before|after|and|between|for"
    rf"|bulan|sepanjang|pada|sejak|hingga|sampai|awal|akhir|pertengahan|selama|dari|antara|dan|per|mulai|sebelum|setelah|di)){SPACE}\Z"
    rf"|[-–—(]{SPACE}?\Z|(?i:\bmid-)\Z"
)


def _month_alone(place: Place, start: int, end: int) -> bool:
    """Whether a month's name without day and year is meant as a date: several are also other words or names."""
    if not MONTH_BEFORE.search(place.text, max(0, start - 14), start):
        return start != place.start or MONTH_AFTER.match(place.text, end) is not None
    return not CAPITAL.match(place.text, end) or len(place.text[start:end]) > 3


# Januari-Juni
MONTH_AFTER = re.compile(
    rf"{SPACE}?[-–—]{SPACE}?[A-Z][a-z]{{2}}|{SPACE}(?:to|hingga|sampai){SPACE}[A-Z][a-z]{{2}}|{SPACE}(?:nanti|lalu|mendatang|depan)(?!\w)"
)
DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)(?!\w)")
DAY_BEFORE = re.compile(rf"(?i:\b(?:on|by|until|since|from){SPACE}the{SPACE})\Z")
TANGGAL = re.compile(rf"(?i:\btanggal{SPACE})\Z")
BARE_DAY = re.compile(r"(\d{1,2})(?![\d%]|[.,/:]\d)")


def _day(place: Place, start: int) -> tuple[str, int, int, Parts] | None:
    """The day of the month alone: on the 26th, tanggal 26."""
    text = place.text
    if place.lexicon.day_first:
        match = BARE_DAY.match(text, start)
        match = match if match and TANGGAL.search(text, max(0, start - 12), start) else None
    else:
        match = DAY.match(text, start)
        match = match if match and DAY_BEFORE.search(text, max(0, start - 14), start) else None
        if match and SMALL.match(text, match.end()):
            follows = NEXT.match(text, match.end())
            if follows and follows[1] not in place.lexicon.not_nouns:
                return None
    value = iso(None, None, int(match[1])) if match else None
    return (value, match.end(), start, (None, None, int(match[1]))) if match and value else None


def read_clock(place: Place) -> Quantity | None:
    """The time of day at a candidate, as ``Thh:mm``; kind other."""
    text, start, lexicon = place.text, place.start, place.lexicon
    match = lexicon.pattern["time"].match(text, start)
    if match is None or match.end() == start:
        return None
    after = text[match.end() : match.end() + 6]
    if lexicon.table.characters:
        return _clock_characters(place, match)
    hour = int(match["h"] or match["hour"])
    minute = int(match["min"] or 0)
    noon = (match["half"] or match["noon"] or "").replace(".", "").casefold()
    zoned = after.lstrip().startswith(("WIB", "WITA", "WIT", "GMT", "UTC"))
    last = place.last
    goes_on = last is not None and last.unit == "time" and UNTIL.fullmatch(text, last.end, start)
    told = goes_on or TOLD.search(text, max(0, start - 10), start)
    if not (noon or zoned or told) or hour > 24 or minute > 59:
        return None
    if not (noon or zoned) and "." in match.group() and not lexicon.day_first:
        return None
    hour = hour % 12 + 12 * (noon == "pm") if noon else hour
    return Quantity(start, match.end(), start, match.end(), "other", f"T{hour:02}:{minute:02}", unit="time")


def _clock_characters(place: Place, match: re.Match[str]) -> Quantity | None:
    text, start, lexicon = place.text, place.start, place.lexicon
    before = place.before("before", start)
    half_day = lexicon.before.get(before[0]) if before else None
    half_day = half_day if half_day in ("afternoon", "morning") else None
    sign = next((c for c in match.group() if c in "時时点點:："), "")
    follows = text[match.end() : match.end() + 1]
    minutes = match["min"]
    if minutes and text[match.end() - 1] != "分" and sign not in ":：":
        return None
    if (sign in "点點" and not (half_day or minutes or match["half"])) or (
        sign in ":：" and not (minutes and len(minutes) == 2)
    ):
        return None
    if sign in "時时" and (follows in tuple("間间代期価給速点") or not (half_day or text[start].isdigit())):
        return None
    hour, minute = _small(match["h"], lexicon), 30 if match["half"] else _small(minutes, lexicon) or 0
    if hour is None or not 0 <= hour <= 24 or not 0 <= minute <= 59:
        return None
    if sign in ":：" and MORE_DIGITS.match(text, match.end()):
        return None
    begin = before[1] if half_day and before else start
    hour += 12 if half_day == "afternoon" and hour < 12 else 0
    return Quantity(begin, match.end(), start, match.end(), "other", f"T{hour:02}:{minute:02}", unit="time")
