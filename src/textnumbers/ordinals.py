"""Ordinal words and parts of a whole, in languages of words."""

from __future__ import annotations

import re

from .lexicon import SPACE, WINDOW, Lexicon, Unit, folded, word_before
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
POSSESSIVES = frozenset(["'s", "’s", "s'", "s’"])
COPULAS = frozenset(["is", "are", "was", "were", "am", "be"])
# active and passive verbs, adverbs of saying: what follows them is counted, what follows a noun is ranked
VERB = re.compile(r"(?:me[lmnrwy]|di|ber|ter)\w{4,}|(?:bahwa|kata|jelas|ungkap|tutur|hanya|karena|oleh|bagi)\Z")

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
ARTICLE_AFTER = re.compile(rf"{SPACE}an?(?=[ \n])")
PARTS = frozenset(["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"])
PART_ARTICLE = re.compile(
    rf"(?i:(?:\b(by|about|nearly|almost|than|over|under|around|roughly|up|down|to|some){SPACE})?\b(an?|one){SPACE})\Z"
)
PERIODS = frozenset(["year", "month", "week", "day", "night", "season", "quarter", "session", "straight", "successive"])
HALVES = frozenset(["first", "second", "other", "last", "this", "that"])


def read_ordinal(place: Place, value: int, end: int) -> Quantity | None:
    """An ordinal word: a rank, a quarter, or all of a group (ketiga kota)."""
    text, lexicon, start = place.text, place.lexicon, place.start
    before, begin = word_before(text, 0, start)
    previous = before.casefold()
    after = WORD_AFTER.match(text, end) or HYPHEN_WORD.match(text, end)
    following = after[1].casefold() if after else ""
    if lexicon.day_first:
        return _ordinal_indonesian(place, value, end, begin, previous, following)
    if following == "quarter":
        return _quarter(place, value, start, after.end())  # type: ignore[union-attr]
    if following in lexicon.ordered:
        unit = lexicon.units.get(following)
        return Quantity(start, after.end(), start, end, "rank", value, unit=_numbered(unit))  # type: ignore[union-attr]
    if (
        previous in RANKED
        or (previous == "in" and RANKED_IN.search(text, max(0, start - WINDOW), start))
        or text[start - 3 : start - 1] in POSSESSIVES
        or _ordinal_english(previous, value, following, lexicon)
    ):
        return Quantity(start, end, start, end, "rank", value, unit="rank")
    return None


def _ordinal_english(previous: str, value: int, following: str, lexicon: Lexicon) -> bool:
    """Whether what stands around an ordinal makes it the place of something: her fourth victory, we are fifth."""
    counted = bool(following) and (following not in lexicon.not_nouns or following == "of")
    if previous in COPULAS:
        # "was first reported" is no place
        return value > 1 and not counted
    if previous in ("a", "an", "another"):
        return value > 1 and counted
    if previous in ("to", "from", "into", "up", "down"):
        return value > 1 and not counted
    if previous == "for" and following in PERIODS:
        return value > 1
    return previous in lexicon.determiners


def _numbered(unit: Unit | None) -> str:
    return unit.unit if unit and unit.unit in ("echelon", "stage", "tier", "generations") else "rank"


def _ordinal_indonesian(
    place: Place, value: int, end: int, begin: int, previous: str, following: str
) -> Quantity | None:
    text, lexicon, start = place.text, place.lexicon, place.start
    if previous in ("kuartal", "triwulan"):
        return _quarter(place, value, begin, end)
    if " " in text[start:end] and text[end - 1] in "IV":
        return _quarter(place, value, start, end)
    if following in ("kali", "kalinya"):
        return Quantity(start, end + 1 + len(following), start, end, "rank", value, unit="rank")
    counted = noun_in_words(place, end) if value > 1 else None
    if counted and (
        (ALL_OF.match(text, end) and previous not in lexicon.ordered - set(PLACES))
        or (previous in PLACES and counted[0] in ("cities", "companies"))
    ):
        previous = ""
    if previous in lexicon.ordered:
        unit = lexicon.units.get(previous)
        return Quantity(begin, end, start, end, "rank", value, unit=_numbered(unit))
    if following in lexicon.ordered and following.startswith("ter"):
        return Quantity(start, end + 1 + len(following), start, end, "rank", value, unit="rank")
    if counted and (not previous or previous in lexicon.not_nouns or VERB.match(previous)):
        return Quantity(start, counted[1], start, end, "count", value, unit=counted[0], collective=True)
    # after a noun, or in "yang ketiga": the third
    if previous and (previous == "yang" or previous not in lexicon.not_nouns) and not VERB.match(previous):
        return Quantity(start, end, start, end, "rank", value, unit="rank")
    return None


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
    """half of, half an hour, a third of, sepertiga, setengah jam."""
    text, lexicon, start = place.text, place.lexicon, place.start
    match = lexicon.pattern["lexeme"].match(text, start)
    word, end = folded(match.group()), match.end()  # type: ignore[union-attr]
    part = lexicon.fractions.get(word) or (1 / lexicon.ordinals[word] if word in PARTS else None)
    if part is None:
        return None
    whole = Quantity(start, end, start, end, "other", part, unit="fraction")
    if word in ("half", "setengah"):
        return _half_a(place, end) or (whole if _half_of(place, end) else None)
    if lexicon.day_first:
        return whole
    article = PART_ARTICLE.search(text, max(0, start - 16), start)
    if article is None or not (ONE_OF.match(text, end) or article[1]):
        return None
    whole.start = article.start(2)
    return whole


def _half_of(place: Place, end: int) -> bool:
    """Whether half is a part of something, and not the second half of a match."""
    previous = word_before(place.text, 0, place.start)[0].casefold()
    return previous not in HALVES and PART_OF.match(place.text, end) is not None


def _half_a(place: Place, end: int) -> Quantity | None:
    """half a million, half a dozen, half an hour, setengah jam, setengah juta."""
    text, lexicon, start = place.text, place.lexicon, place.start
    if not lexicon.day_first:
        article = ARTICLE_AFTER.match(text, end)
        if article is None:
            return None
        end = article.end()
    multiplier = lexicon.following("multiplier", text, end)
    if multiplier and folded(multiplier["form"]) in lexicon.magnitudes:
        value = lexicon.magnitudes[folded(multiplier["form"])] // 2
        return Quantity(start, multiplier.end(), start, multiplier.end(), "count", value)
    match = lexicon.following("unit", text, end)
    unit = lexicon.units[folded(match["form"])] if match else None
    if match is None or unit is None or unit.kind not in ("duration", "percent", "other"):
        return None
    return Quantity(start, match.end(), start, end, unit.kind, 0.5, unit=unit.unit)
