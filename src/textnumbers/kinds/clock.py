"""Times of day, as ``Thh:mm``."""

from __future__ import annotations

import re

from ..number import small_number
from ..quantity import Quantity, Spot, span

COLONS = ":："
MORE_DIGITS = re.compile(r"[:：]?[0-9]")
# 14:30-16:00, which needs no word to be a time
SPAN = re.compile(r"[0-9]{1,2}[:.][0-9]{2} ?[-–—~] ?[0-9]{1,2}[:.][0-9]{2}(?![:.]?[0-9])")
JOIN = re.compile(r" ?[-–—~] ?")
FOUR_DIGITS = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])(?![0-9])")


def read_clock(spot: Spot) -> Quantity | None:
    """The time of day at a candidate, or the two that a time goes from and to."""
    lexicon = spot.lexicon
    hours = lexicon.beyond("hours", spot.text, spot.start)
    both = None if lexicon.characters else SPAN.match(spot.text, spot.start)
    spanned = hours or (both and (":" in both[0] or lexicon.beyond("zone", spot.text, both.end())))
    first = _time(spot, spot.start, later="T" if spanned else "")
    if first is None:
        return None
    begin, end, value = first
    join = JOIN.match(spot.text, end) or (lexicon.following("join", spot.text, end) if hours else None)
    second = _time(spot, join.end(), later=value) if join and spot.text[join.end() : join.end() + 1].isdigit() else None
    if second and second[2] > value:
        stop = second[1]
        return Quantity(begin, stop, spot.start, stop, "range", span(value, second[2]), value, second[2], "time")
    return Quantity(begin, end, spot.start, end, "other", value, unit="time")


def read_four_digits(spot: Spot) -> Quantity | None:
    """A time of day without a sign, before the name of a zone: 0830 GMT."""
    match = FOUR_DIGITS.match(spot.text, spot.start)
    zone = spot.lexicon.beyond("zone", spot.text, match.end()) if match else None
    # 1500 hours is a duration, 2024 ET may be a year
    if match is None or zone is None or (match[1][0] != "0" and not (zone[0].isupper() and len(zone[0].strip()) > 2)):
        return None
    return Quantity(*match.span(), *match.span(), "other", f"T{match[1]}:{match[2]}", unit="time")


def _time(spot: Spot, start: int, *, later: str = "") -> tuple[int, int, str] | None:
    """Begin, end and value of a time of day; ``later`` is the one from which it goes on."""
    match = spot.lexicon.pattern["time"].match(spot.text, start) if spot.lexicon.characters else None
    if spot.lexicon.characters:
        return _in_characters(spot, match, start, later=later) if match and match.end() > start else None
    match = spot.lexicon.beyond("time", spot.text, start)
    return _in_words(spot, match, start, later=later) if match and match.end() > start else None


def _in_words(spot: Spot, match: re.Match[str], start: int, *, later: str) -> tuple[int, int, str] | None:
    text, lexicon = spot.text, spot.lexicon
    hour, minute = int(match["h"] or match["hour"]), int(match["min"] or 0)
    half = (match["half"] or match["noon"] or "").replace(".", "").casefold()
    last = spot.last
    goes_on = last is not None and last.unit == "time" and lexicon.beyond("until", text, last.end)
    told = later or (goes_on and goes_on.end() == start) or lexicon.ahead("time_before", text, start, 14)
    zoned = match.groupdict().get("told") or lexicon.beyond("zone", text, match.end())
    if not (half or zoned or told) or hour > 24 or minute > 59:
        return None
    if not (half or zoned) and "." in match.group() and not lexicon.contexts.get("clock_with_point"):
        return None
    if (
        match["min"] is None
        and not half
        and not match.groupdict().get("told")
        and not (told and lexicon.ahead("hour_before", text, start, 14))
    ):
        return None
    shift = 12 if half in lexicon.words["second_half"] and hour < 12 else 0
    hour = 0 if hour == 12 and half in lexicon.words["first_half"] else hour + shift
    return start, match.end(), f"T{hour:02}:{minute:02}"


def _in_characters(spot: Spot, match: re.Match[str], start: int, *, later: str) -> tuple[int, int, str] | None:
    lexicon = spot.lexicon
    before = None if later else spot.before("before", start)
    half_day = lexicon.before.get(before[0]) if before else None
    half_day = half_day if half_day in ("afternoon", "morning") else None
    hour, sign = small_number(match["h"], lexicon), match["sign"]
    if match["half"]:
        minute = 15 * lexicon.numerals.get(match["half"][0], 2) if len(match["half"]) > 1 else 30
    else:
        minute = small_number(match["min"], lexicon) or 0
    if hour is None or not 0 <= hour <= 24 or not 0 <= minute <= 59:
        return None
    if not _told(spot, match, sign, half_day is not None or bool(later)):
        return None
    begin = before[1] if half_day and before else start
    hour += 12 if half_day == "afternoon" and hour < 12 else 0
    return begin, match.end(), f"T{hour:02}:{minute:02}"


def _told(spot: Spot, match: re.Match[str], sign: str, half_day: bool) -> bool:
    """Whether an hour and its sign are a time of day: 3点 may be three points, 5時間 is a duration."""
    text, lexicon, minutes = spot.text, spot.lexicon, match["min"]
    follows = text[match.end() : match.end() + 1]
    if sign in COLONS:
        return bool(minutes) and len(minutes) == 2 and not MORE_DIGITS.match(text, match.end())
    if minutes and not match["minute_sign"]:
        return False
    if sign in lexicon.words["clock_points"]:
        return half_day or bool(minutes or match["half"])
    return follows not in lexicon.words["not_hours"] and (half_day or text[match.start()].isdigit())
