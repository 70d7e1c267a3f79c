"""Ordinal words and parts of a whole, in languages of words."""

from __future__ import annotations

import re

from .lexicon import SPACE, WINDOW, Unit, folded, word_before
from .measures import noun_in_words
from .numerals import Number
from .quantity import Place, Quantity, plain

WORD_AFTER = re.compile(rf"{SPACE}([^\W\d_]+(?:-[^\W\d_]+)*)")
ORDINAL_END = re.compile(r"(?:st|nd|rd|th)(?![^\W_])")
ONE_OF = re.compile(rf"{SPACE}of{SPACE}")
RANKED = frozenset(
    ["ranked", "ranks", "rank", "ranking", "came", "placed", "finished", "finishing", "coming", "placing"]
)
RANKED_IN = re.compile(r"(?i:\b(?:came|comes|coming|ranked|ranks|finished|placed)\s(?:\w+\s)?in\s)\Z")
ALL_OF = re.compile(rf"{SPACE}[^\W\d_]+{SPACE}(?:tersebut|itu|ini)(?!\w)")
PLACES = ("posisi", "tempat")
COLLECTIVE_AFTER = frozenset(
    [
        "bahwa",
        "karena",
        "oleh",
        "bagi",
        "kata",
        "jelas",
        "ungkap",
        "tutur",
        "menghubungkan",
        "mendorong",
        "membuat",
        "hanya",
    ]
)
FRACTION_VALUES = {
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "pertiga": 3,
    "perempat": 4,
    "perlima": 5,
    "persepuluh": 10,
}
FRACTION = re.compile(
    rf"(?i:(?:-|{SPACE})(thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|pertiga|perempat|perlima|persepuluh)(?![^\W_]))"
)
PART_OF = re.compile(rf"{SPACE}(?:of|dari|the|its|their|all){SPACE}")
HYPHEN_WORD = re.compile(r"-([^\W\d_]+)")
OF_YEAR = re.compile(rf"(?:,?{SPACE}(?:of{SPACE}|tahun{SPACE})?)([12]\d{{3}})(?!\d|[.,]\d)")
A_MILLION = re.compile(rf"{SPACE}an?{SPACE}(million|billion|trillion|dozen)(?!\w)")


def read_ordinal(place: Place, word: str) -> Quantity | None:
    """An ordinal word: a rank, a quarter, or all of a group (ketiga kota)."""
    text, lexicon, start = place.text, place.lexicon, place.start
    end = start + len(lexicon.pattern["lexeme"].match(text, start).group())  # type: ignore[union-attr]
    value = lexicon.ordinals[word]
    before, begin = word_before(text, 0, start)
    previous = before.casefold()
    after = WORD_AFTER.match(text, end) or HYPHEN_WORD.match(text, end)
    following = after[1].casefold() if after else ""
    if lexicon.day_first:
        return _ordinal_indonesian(place, word, value, end, begin, previous, following)
    if following == "quarter":
        return _quarter(place, value, start, after.end())  # type: ignore[union-attr]
    if following in lexicon.ordered:
        unit = lexicon.units.get(following)
        return Quantity(start, after.end(), start, end, "rank", value, unit=_numbered(unit))  # type: ignore[union-attr]
    if previous in RANKED or (previous == "in" and RANKED_IN.search(text, max(0, start - WINDOW), start)):
        return Quantity(start, end, start, end, "rank", value, unit="rank")
    return None


def _numbered(unit: Unit | None) -> str:
    return unit.unit if unit and unit.unit in ("echelon", "stage", "tier", "generations") else "rank"


def _ordinal_indonesian(
    place: Place, word: str, value: int, end: int, begin: int, previous: str, following: str
) -> Quantity | None:
    text, lexicon, start = place.text, place.lexicon, place.start
    if previous in ("kuartal", "triwulan"):
        return _quarter(place, value, begin, end)
    counted = noun_in_words(place, end) if word != "pertama" else None
    if counted and (
        (ALL_OF.match(text, end) and previous not in lexicon.ordered - set(PLACES))
        or (previous in PLACES and counted[0] in ("cities", "companies"))
    ):
        previous = ""
    if previous and (previous in lexicon.ordered or (previous.startswith("ter") and previous in lexicon.ordered)):
        unit = lexicon.units.get(previous)
        return Quantity(begin, end, start, end, "rank", value, unit=_numbered(unit))
    if following in lexicon.ordered and following.startswith("ter"):
        return Quantity(start, end + 1 + len(following), start, end, "rank", value, unit="rank")
    if word.endswith("nya"):
        return Quantity(start, end, start, end, "count", value, collective=True)
    if counted is None or (previous and previous not in lexicon.not_nouns and previous not in COLLECTIVE_AFTER):
        return None
    return Quantity(start, counted[1], start, end, "count", value, unit=counted[0], collective=True)


def _quarter(place: Place, value: int, start: int, end: int) -> Quantity | None:
    if not 1 <= value <= 4:
        return None
    year = OF_YEAR.match(place.text, end)
    stop = year.end() if year else end
    return Quantity(start, stop, place.start, end, "date", f"{year[1] if year else '-'}-Q{value}")


def read_ordinal_digits(place: Place, number: Number) -> Quantity | None:
    """1st, 22nd: a rank, a quarter or the number of an edition."""
    text, start = place.text, place.start
    end = ORDINAL_END.match(text, number.end).end()  # type: ignore[union-attr]
    after = WORD_AFTER.match(text, end) or HYPHEN_WORD.match(text, end)
    following = after[1].casefold() if after else ""
    value = plain(number.value)
    if not isinstance(value, int) or number.grouped:
        return None
    if following == "quarter":
        return _quarter(place, value, start, after.end())  # type: ignore[union-attr]
    if following == "century":
        return Quantity(start, after.end(), start, number.end, "other", value, unit="century")  # type: ignore[union-attr]
    unit = place.lexicon.units.get(following)
    if following in place.lexicon.ordered and after:
        return Quantity(start, after.end(), start, number.end, "rank", value, unit=_numbered(unit))
    return Quantity(start, end, start, number.end, "rank", value, unit="rank")


def read_fraction(place: Place, number: Number) -> Quantity | None:
    """two-thirds, dua pertiga, a quarter of."""
    if number.printed or number.multiplier > 1 or number.value > 9:
        return None
    match = FRACTION.match(place.text, number.end)
    if match is None:
        return None
    value = plain(number.value) / FRACTION_VALUES[match[1].casefold().rstrip("s")]
    return Quantity(place.start, match.end(), place.start, match.end(), "other", value, unit="fraction")


def read_part(place: Place) -> Quantity | None:
    """half of, a third of, sepertiga, setengah dari."""
    text, lexicon, start = place.text, place.lexicon, place.start
    match = lexicon.pattern["lexeme"].match(text, start)
    word = folded(match.group())  # type: ignore[union-attr]
    end = match.end()  # type: ignore[union-attr]
    part = lexicon.fractions.get(word) or (
        1 / lexicon.ordinals[word] if word in ("third", "fourth", "fifth", "sixth", "tenth") else None
    )
    if part is None:
        return None
    previous = word_before(text, 0, start)[0].casefold()
    if lexicon.day_first:
        return (
            Quantity(start, end, start, end, "other", part, unit="fraction")
            if word != "setengah" or PART_OF.match(text, end)
            else None
        )
    if word == "half":
        million = A_MILLION.match(text, end)
        if million:
            return Quantity(start, million.end(), start, million.end(), "count", lexicon.magnitudes[million[1]] // 2)
        if previous in ("first", "second", "other", "last", "this", "that") or not PART_OF.match(text, end):
            return None
        return Quantity(start, end, start, end, "other", part, unit="fraction")
    if previous not in ("a", "one") or not ONE_OF.match(text, end):
        return None
    return Quantity(start, end, start, end, "other", part, unit="fraction")
