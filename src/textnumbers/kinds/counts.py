"""Numbers with a unit of the table, and numbers that count what the table has no unit for."""

from __future__ import annotations

import re
from decimal import Decimal

from ..lexicon import word_before
from ..number import may_begin
from ..patterns import HAN, KATAKANA
from ..quantity import Quantity
from ..reading import Answer, Reading, index_before, is_year, named_thing
from ..unit import compounded, measured, noun_after, noun_in_characters, one_of_before, row

COUNTER = re.compile(rf" ?(?:[{HAN}]{{1,4}}|[{KATAKANA}]{{1,10}})")
HIRAGANA = ("\u3041", "\u3093")
LARGEST_BARE = 100_000
"""A bare number from here on, printed without separators, is rather a code."""


def read_measured_words(reading: Reading) -> Answer:
    """5 km, 22 measures, all three cities."""
    unit, number = reading.unit, reading.number
    if unit is None or (unit.kind == "count" and number.foreign):
        return None
    if number.value == 0 and reading.follows == "-":
        # 0-day, zero-hour
        return False
    quantity = measured(reading.spot, number, unit)
    if quantity is None:
        return False
    quantity.collective = reading.tag == "collective" and unit.kind == "count"
    return compounded(reading.spot, quantity, unit)


def read_measured_characters(reading: Reading) -> Answer:
    """25℃, 3家, 2回目; 上百支: a hundred and more."""
    unit, number, lexicon, spot = reading.unit, reading.number, reading.lexicon, reading.spot
    if unit is None:
        return None
    quantity = measured(spot, number, unit)
    if quantity is None:
        return False
    if (
        spot.text[spot.start] in lexicon.magnitudes
        and quantity.start == spot.start
        and spot.is_before("upwards_before", 2)
    ):
        quantity.start, quantity.vague = spot.start - 1, True
    _numbered(reading, quantity)
    return compounded(spot, quantity, unit)


def _numbered(reading: Reading, quantity: Quantity) -> None:
    """回目, 度目: a place in an order. 度 after a word for temperature: degrees."""
    lexicon, text, unit = reading.lexicon, reading.text, reading.unit
    place = lexicon.beyond("place_sign", text, quantity.end) if quantity.kind == "count" else None
    if place and isinstance(quantity.value, int):
        quantity.kind, quantity.unit, quantity.end = "rank", "rank", place.end()
    elif unit and unit.form in lexicon.words["degrees"]:
        value = quantity.value
        below = isinstance(value, (int, float)) and (value < 0 or value % 1 != 0 or value >= lexicon.table.many_times)
        if below or reading.tag == "minus" or reading.spot.is_before("temperature_before", 16):
            quantity.kind, quantity.unit = "other", "°C"


# words


def read_one(reading: Reading) -> Answer:
    """The word for one: often no number at all."""
    number, lexicon, text, spot = reading.number, reading.lexicon, reading.text, reading.spot
    if number.value != 1 or number.printed or number.multiplier > 1 or reading.tag in ("rank", "top", "minus"):
        return None
    previous, begin = word_before(text, spot.floor, spot.start)
    if previous.casefold() in lexicon.words["one_of_word"]:
        return _one_of(reading, begin)
    out_of = lexicon.beyond("out_of", text, number.end)
    if out_of and may_begin(text, out_of.end(), lexicon):
        return row(number, "count", None)
    if lexicon.beyond("of", text, number.end):
        return _one_of(reading, spot.start)
    if previous.casefold() in lexicon.words["one_not_after"]:
        return False
    if reading.unit is None:
        # without an article the word with a noun states a number
        noun = noun_after(spot, number.end) if not lexicon.table.article and number.end - spot.start > 1 else None
        return row(number, "count", noun.name, end=noun.end) if noun else False
    idle = reading.unit.unit.unit == "days" and reading.follows != "-"
    if idle and previous.casefold() not in lexicon.words["day_counts_after"]:
        return False
    quantity = measured(spot, number, reading.unit)
    return compounded(spot, quantity, reading.unit) if quantity else False


def _one_of(reading: Reading, begin: int) -> Quantity:
    quantity = row(reading.number, "count", None, begin=begin)
    quantity.one_of = True
    return quantity


def read_bare_words(reading: Reading) -> Answer:
    """A number without a unit of the table: what is counted is the noun after it."""
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    if number.printed and lexicon.beyond("address_after", text, number.end):
        return False
    if reading.tag == "size" and number.multiplier == 1:
        return row(number, "other", None)
    if isinstance(number.value, Decimal) and number.multiplier == 1:
        return _decimal(reading)
    some = lexicon.beyond("some_after", text, number.end) if number.printed else None
    if some:
        return _some(reading, some.end())
    if _hyphened(reading):
        return False
    noun = noun_after(reading.spot, number.end, vague=number.plural(text))
    if noun is None and number.bare:
        if index_before(reading.spot):
            return row(number, "index", "index")
        if number.value >= LARGEST_BARE or reading.follows.isalpha():
            return False
    if noun is None and not number.printed and number.value == 0:
        return False
    quantity = row(number, "count", noun.name if noun else None, end=noun.end if noun else number.end)
    quantity.collective = reading.tag == "collective"
    return quantity


def _decimal(reading: Reading) -> Answer:
    number = reading.number
    if number.end - number.start <= 3 and reading.text[number.end - 1] == "0":
        # version 2.0
        return False
    if index_before(reading.spot):
        return row(number, "index", "index")
    noun = noun_after(reading.spot, number.end)
    return row(number, "count" if noun else "other", noun and noun.name, end=noun.end if noun else number.end)


def _some(reading: Reading, end: int) -> Quantity:
    """5.000-an: some 5,000; tahun 90-an: a decade."""
    number = reading.number
    if 10 <= number.value < 100 and number.value % 10 == 0 and reading.spot.is_before("decade_before", 12):
        quantity = row(number, "year", "year", end=end, value=1900 + number.value)
        quantity.vague = True
        return quantity
    name, end = named_thing(reading, end)
    quantity = row(number, "count", name, end=end)
    quantity.qualifier = "about"
    return quantity


def _hyphened(reading: Reading) -> bool:
    """Whether a hyphen and a letter after the number make it part of a word: three-in-one, but not 300-page."""
    number, text = reading.number, reading.text
    if reading.follows != "-" or not text[number.end + 1 : number.end + 2].isalpha():
        return False
    counted = number.printed or number.value >= 3
    return not (counted and reading.lexicon.beyond("hyphen_noun", text, number.end))


# characters


def read_bare_characters(reading: Reading) -> Answer:
    """A number without a unit in a language of characters."""
    number = reading.number
    if _part_of_a_name(reading):
        return False
    if not number.printed:
        return _written(reading)
    if is_year(number) and not _round_count(reading):
        return row(number, "year", "year")
    if isinstance(number.value, Decimal):
        return _decimal_characters(reading)
    return _counted_noun(reading) or _alone(reading)


def _part_of_a_name(reading: Reading) -> bool:
    text, number, lexicon = reading.text, reading.number, reading.lexicon
    start, end = reading.spot.start, number.end
    before, follows = text[start - 1 : start], reading.follows
    if before in lexicon.words["points"] and text[start - 2 : start - 1].isdigit():
        # 3・11
        return True
    if number.printed and follows in lexicon.numerals:
        # 8五飛車: a square of a board
        return True
    if follows.isascii() and (follows.isalpha() or (follows in tuple("-/:_+") and text[end + 1 : end + 2].isalnum())):
        return True
    return reading.tag in ("name", "plain") or (number.printed and _named_after(reading))


def _named_after(reading: Reading) -> bool:
    """Whether what follows makes the number part of a name: 107国道, 3丁目."""
    return reading.lexicon.pattern["no_counter"].match(reading.text, reading.number.end) is not None


def _written(reading: Reading) -> Answer:
    """Character numerals without a unit: 数千, 两亿, 三点五, 之一, 八十多个."""
    number, lexicon, text, spot = reading.number, reading.lexicon, reading.text, reading.spot
    start, end, follows = spot.start, number.end, reading.follows
    if number.vague:
        noun = noun_in_characters(spot, end)
        return row(number, "count", noun.name if noun else None)
    counted = follows.isalpha() and not HIRAGANA[0] <= follows <= HIRAGANA[1]
    if number.multiplier >= 10_000 and end - number.start > 1 and (not counted or text[start] in lexicon.numerals):
        return row(number, "count", None)
    if isinstance(number.value, Decimal):
        return row(number, "other", None)
    counter = COUNTER.match(text, end + number.odd)
    begun = text[start] in lexicon.numerals or lexicon.magnitudes.get(text[start]) == 10
    if number.multiplier >= 10 and end - start >= 2 and begun and not _named_after(reading):
        unit = counter[0].strip()[0] if counter else None
        if counter and unit not in lexicon.words["not_counted"]:
            return row(number, "count", unit, end=counter.start() + 1)
        if unit or (end - start >= 4 and not follows.isalnum()):
            return row(number, "count", None)
    if number.value == 1 and one_of_before(spot) and lexicon.ahead("among_before", text, start, 2):
        return _one_of(reading, start - 1)
    return False


def _round_count(reading: Reading) -> bool:
    """Whether four digits are rather a count than a year: 2000对."""
    before = reading.text[reading.spot.start - 1 : reading.spot.start]
    return before in ("-", "/") or (reading.number.value % 100 == 0 and reading.follows > "\u3400")


def _decimal_characters(reading: Reading) -> Answer:
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    if number.value < 20 and lexicon.ahead("version_before", text, reading.spot.start, 3):
        return False
    zero = number.end - number.start <= 3 and text[number.end - 1] == "0"
    if zero or (number.multiplier == 1 and reading.follows in lexicon.words["version_signs"]):
        return False
    if index_before(reading.spot):
        return row(number, "index", "index")
    return row(number, "count" if number.multiplier > 1 else "other", None)


def _counted_noun(reading: Reading) -> Answer:
    """A number with the noun that it counts: 22の対策, 1万企業, and any large number."""
    number, lexicon, text, spot = reading.number, reading.lexicon, reading.text, reading.spot
    end = number.end
    large = number.grouped or number.multiplier > 1
    of = lexicon.beyond("of_noun", text, end)
    noun = noun_in_characters(spot, end) if of or large or reading.follows in lexicon.words["few"] else None
    if of and number.value >= 100 and spot.is_before("model_before", 1) and noun is None:
        # ボーイング787の部品
        return False
    if noun:
        return row(number, "count", noun.name, end=noun.end)
    if of:
        return row(number, "count", of["noun"], end=of.end())
    return row(number, "count", None) if large else None


def _alone(reading: Reading) -> Answer:
    """Digits that nothing explains: a count where the signs around them speak for it."""
    number, lexicon, text, spot = reading.number, reading.lexicon, reading.text, reading.spot
    start, end = spot.start, number.end
    if index_before(spot):
        return row(number, "index", "index")
    if number.value >= LARGEST_BARE or _ends_a_name(reading):
        return False
    if lexicon.following("qualifiers_after", text, end):
        return row(number, "count", None)
    before, follows = text[start - 1 : start], reading.follows
    if before in ("(", "（") and follows in (")", "）"):
        return row(number, "count", None)
    counter = COUNTER.match(text, end)
    if counter and number.value >= 100 and number.value % 10 and lexicon.table.needs_counter:
        # 985高校, 315晚会, 302室
        return False
    if counter and not text[counter.end() : counter.end() + 1].isdigit():
        unit = counter[0].strip()
        if lexicon.table.needs_counter and unit[0] in lexicon.words["not_counted"]:
            return row(number, "count", None)
        return row(number, "count", unit, end=counter.end())
    if before == " ":
        before = text[start - 2 : start - 1]
    told = before in lexicon.words["count_after"] or lexicon.beyond("only_after", text, end)
    return row(number, "count", None) if told else False


def _ends_a_name(reading: Reading) -> bool:
    """Whether the digits end the name before them: 东风5; right after another quantity they don't: 7回2失点."""
    spot, number = reading.spot, reading.number
    if spot.last is not None and spot.start - spot.last.end <= 1:
        return False
    before = spot.text[spot.start - 1 : spot.start]
    named = (
        before.isalpha() and not HIRAGANA[0] <= before <= HIRAGANA[1] and before not in spot.lexicon.words["counting"]
    )
    return named or number.value == 0
