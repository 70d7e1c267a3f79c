"""Places in an order: ordinals, numbers of places, the first n."""

from __future__ import annotations

from ..lexicon import Unit, word_before
from ..number import Number
from ..patterns import folded
from ..quantity import Quantity, Spot, plain
from ..reading import Answer, Reading, is_year
from ..unit import measured, noun_after, noun_in_characters, row

NUMBERED = frozenset(["echelon", "stage", "tier", "generations"])
"""Units that a place keeps; all others are a rank."""


def read_ordinal(spot: Spot, value: int, end: int) -> Quantity | None:
    """An ordinal word: a rank, a quarter, or all of a group (ketiga kota)."""
    text, lexicon, start = spot.text, spot.lexicon, spot.start
    before, begin = word_before(text, 0, start)
    after = lexicon.beyond("next_word", text, end)
    following = after[1].casefold() if after else ""
    if lexicon.table.noun_before:
        return _ordinal_after_noun(spot, value, end, begin, before.casefold(), following)
    if lexicon.beyond("period_Q", text, end) or lexicon.beyond("period_H", text, end):
        return _period(spot, value, start, end)
    if following in lexicon.words["half"]:
        # the second half of a match
        return None
    if following in lexicon.words["ordered"] and after:
        name = _numbered(lexicon.units.get(following))
        return Quantity(start, after.end(), start, end, "rank", value, unit=name)
    if spot.is_before("ranked_before") or _ordinal_before_noun(spot, before.casefold(), value, following):
        return Quantity(start, end, start, end, "rank", value, unit="rank")
    return None


def _ordinal_before_noun(spot: Spot, previous: str, value: int, following: str) -> bool:
    """Whether what stands around an ordinal makes it the place of something: her fourth victory, we are fifth."""
    lexicon = spot.lexicon
    counted = bool(following) and (following not in lexicon.words["not_nouns"] or following in lexicon.words["of"])
    if previous in lexicon.words["copulas"] or previous in lexicon.words["from_to"]:
        # "was first reported" is no place
        return value > 1 and not counted
    if previous in lexicon.words["articles"]:
        return value > 1 and counted
    if previous in lexicon.words["for"] and following in lexicon.words["periods"]:
        return value > 1
    return previous in lexicon.words["determiners"]


def _numbered(unit: Unit | None) -> str:
    return unit.unit if unit and unit.unit in NUMBERED else "rank"


def _ordinal_after_noun(spot: Spot, value: int, end: int, begin: int, previous: str, following: str) -> Quantity | None:
    """An ordinal after what it numbers (peringkat kedua), or before a group that it counts (kedua kota)."""
    text, lexicon, start = spot.text, spot.lexicon, spot.start
    period = _period(spot, value, begin, end)
    if period:
        return period
    if following in lexicon.words["occasions"]:
        return Quantity(start, end + 1 + len(following), start, end, "rank", value, unit="rank")
    counted = noun_after(spot, end) if value > 1 else None
    places = lexicon.words["places"]
    grouped = lexicon.beyond("all_of", text, end) and previous not in lexicon.words["ordered"] - places
    if counted and (grouped or (previous in places and counted.name in ("cities", "companies"))):
        previous = ""
    if previous in lexicon.words["ordered"]:
        return Quantity(begin, end, start, end, "rank", value, unit=_numbered(lexicon.units.get(previous)))
    if following in lexicon.words["superlatives"]:
        return Quantity(start, end + 1 + len(following), start, end, "rank", value, unit="rank")
    verb = bool(lexicon.beyond("verb", previous, 0))
    if counted and (not previous or previous in lexicon.words["not_nouns"] or verb):
        return Quantity(start, counted.end, start, end, "count", value, unit=counted.name, collective=True)
    # after a noun, or in "yang ketiga": the third
    named = previous in lexicon.words["the"] or previous not in lexicon.words["not_nouns"]
    if previous and named and not verb:
        return Quantity(start, end, start, end, "rank", value, unit="rank")
    return None


def _period(spot: Spot, value: int, begin: int, end: int) -> Quantity | None:
    """The third quarter, kuartal III 2025, the first half of the year."""
    text, lexicon = spot.text, spot.lexicon
    places = (begin, spot.start) if lexicon.table.noun_before else (end,)
    for letter, last in (("Q", 4), ("H", 2)):
        for at in places:
            match = lexicon.beyond(f"period_{letter}", text, at)
            if match and 1 <= value <= last and match.end() >= end:
                # a half-year stands beside its year, which is a quantity of its own
                stop = match.end() if letter == "Q" else max(end, match.end("half"))
                value_text = f"{match['y'] or '-'}-{letter}{value}"
                return Quantity(min(at, spot.start), stop, spot.start, end, "date", value_text)
    return None


def read_ordinal_digits(reading: Reading) -> Answer:
    """1st, 22nd: a rank, a quarter or the number of an edition."""
    number, lexicon, text, spot = reading.number, reading.lexicon, reading.text, reading.spot
    suffix = lexicon.beyond("ordinal_end", text, number.end)
    value = plain(number.value)
    if suffix is None or not number.printed:
        return None
    if not isinstance(value, int):
        return False
    end, start = suffix.end(), spot.start
    period = _period(spot, value, start, end)
    if period:
        return period
    after = lexicon.beyond("next_word", text, end)
    following = after[1].casefold() if after else ""
    if after and following in lexicon.words["century"]:
        return Quantity(start, after.end(), start, number.end, "other", value, unit="century")
    if after and following in lexicon.words["ordered"]:
        name = _numbered(lexicon.units.get(following))
        return Quantity(start, after.end(), start, number.end, "rank", value, unit=name)
    return Quantity(start, end, start, number.end, "rank", value, unit="rank")


def read_rank_words(reading: Reading) -> Answer:
    """No. 5, peringkat 3; not the number of a house or of a law."""
    if reading.tag != "rank" or _is_top(reading):
        return None
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    numbered = lexicon.ahead("numbered_before", text, reading.begin, 60)
    called = lexicon.ahead("called_before", text, reading.spot.start, 40)
    if numbered or called or lexicon.beyond("address_after", text, number.end) or reading.follows == "/":
        return False
    if reading.kind in ("percent", "money", "other", "compute"):
        return None
    value = plain(number.value)
    if not isinstance(value, int) or value < 1 or number.multiplier > 1:
        return None
    named = lexicon.units.get(folded(text[reading.begin : reading.spot.start].strip()))
    return row(number, "rank", named.unit if named else "rank", begin=reading.begin)


def read_rank_characters(reading: Reading) -> Answer:
    """第3位, 排名第二; not an article of a law."""
    if reading.tag != "rank":
        return None
    number, unit, lexicon, text = reading.number, reading.unit, reading.lexicon, reading.text
    value = plain(number.value)
    form = text[reading.begin : reading.spot.start].strip()
    if not isinstance(value, int) or value < 1:
        return False
    if lexicon.beyond("article", text, unit.end - len(unit.form) if unit else number.end):
        return False
    places = lexicon.words["place_forms"]
    if form in lexicon.words["listing"] and (unit is None or unit.form not in places):
        return False
    if unit is None or unit.form in places or unit.form in lexicon.words["loose_places"]:
        noun = noun_in_characters(reading.spot, number.end) if unit is None and lexicon.table.needs_counter else None
        if noun and noun.end - number.end <= 4:
            return row(number, "rank", noun.name, end=noun.end, begin=reading.begin)
        return row(number, "rank", "rank", end=reading.end, begin=reading.begin)
    return row(number, "rank", unit.unit.unit, end=unit.end, begin=reading.begin)


def _is_top(reading: Reading) -> bool:
    after = reading.lexicon.following("after", reading.text, reading.number.end)
    return after is not None and reading.lexicon.top_after.get(folded(after["form"])) == "top"


def read_top(reading: Reading) -> Answer:
    """The first n: 上位3位, top three, tiga besar, 前十."""
    lexicon, text, number, unit = reading.lexicon, reading.text, reading.number, reading.unit
    tag, begin = reading.tag, reading.begin
    after = lexicon.following("after", text, number.end)
    collective = after is not None and lexicon.top_after[folded(after["form"])] == "collective"
    if lexicon.characters and _split_word(reading):
        # 联赛前四: the word for "at present" ends in the sign for "first" by chance
        tag, begin = "top", reading.spot.start - 1
    if tag == "rank" and after and not lexicon.characters:
        begin = reading.spot.start
    if tag != "top" and (after is None or collective):
        quantity = measured(reading.spot, number, unit) if after and unit else None
        if quantity:
            quantity.collective = True
        return quantity
    if unit and unit.kind not in ("count", "rank"):
        return measured(reading.spot, number, unit) if lexicon.characters else None
    return _first_n(number, after.end() if after and not collective else 0, reading, begin, tag)


def _split_word(reading: Reading) -> bool:
    first = reading.lexicon.words["top_sign"]
    before = reading.text[reading.spot.start - 1 : reading.spot.start]
    return reading.tag == "plain" and reading.unit is None and not reading.number.printed and before in first


def _first_n(number: Number, end: int, reading: Reading, begin: int, tag: str | None) -> Quantity | None:
    value = plain(number.value)
    if not isinstance(value, int) or value < 2 or is_year(number):
        return None
    quantity = row(
        number, "rank", "top", end=max(end, reading.end), begin=begin if tag == "top" else reading.spot.start
    )
    quantity.top_n = True
    return quantity
