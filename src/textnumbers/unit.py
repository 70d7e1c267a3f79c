"""Stage three: what a number counts or measures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from .lexicon import Lexicon, Unit
from .number import Number, Value, read_number
from .patterns import SPACE, folded
from .quantity import Quantity, Spot, plain, span

# RTX 5090: letters and digits of one name
CODE_AFTER = re.compile(rf"{SPACE}\d")
# two digits right after a unit that has hundredths: 9秒98, 1米85
HUNDREDTHS = re.compile(r"([0-9]{2})(?![0-9.,])")
PART = "part"
"""The tag of the smaller part of an amount, whose unit needs no more proof: 三角."""
PARTICIPLE = 3
"""Letters before the ending of a participle, at least: killed, working."""


class Measured(NamedTuple):
    """A unit, its form in the text, and its end."""

    unit: Unit
    form: str
    end: int

    @property
    def kind(self) -> str:
        """The kind of quantity that the unit makes."""
        return self.unit.kind


class Noun(NamedTuple):
    """What is counted, by its common name or as written, and its end."""

    name: str
    end: int


def unit_after(spot: Spot, number: Number, *, tag: str | None = None) -> Measured | None:
    """The unit after a number."""
    lexicon, text = spot.lexicon, spot.text
    end = number.end + number.odd
    if number.vague and (of := lexicon.beyond("of", text, end)):
        end = of.end() - 1
    match = lexicon.following("unit", text, end)
    if match is None:
        return None
    unit = lexicon.unit(match["form"])
    if unit is None:
        return None
    if lexicon.characters and not number.printed and tag not in ("rank", "top", PART):
        lone = text[number.start : number.end]
        if len(lone) == 1 and not number.odd and not _lone_counts(spot, number, lone, match):
            return None
    return Measured(unit, match["form"], match.end())


def _lone_counts(spot: Spot, number: Number, lone: str, match: re.Match[str]) -> bool:
    """Whether one character numeral before a counter counts: 三家 does, 一家 rarely, 三角 only after 共 or 有."""
    text, lexicon, form = spot.text, spot.lexicon, folded(match["form"])
    before = text[number.start - 1 : number.start]
    if lexicon.numerals.get(lone) == 0:
        return False
    if lexicon.numerals.get(lone) == 1:
        return match["form"] in lexicon.one_counts or (form not in lexicon.digits_only and one_of_before(spot))
    if lone in lexicon.magnitudes:
        if form in lexicon.digits_only and number.multiplier < 10_000:
            return False
        if not lexicon.table.needs_counter:
            return True
        return (
            form in lexicon.words["lone_units"]
            or before in lexicon.words["lone_before"]
            or lone in lexicon.words["tens"]
        )
    unit = lexicon.unit(match["form"])
    counted = unit is not None and unit.kind == "count" and form not in lexicon.words["counted_by_ordinal_two"]
    if lone in lexicon.words["ordinal_two"] and counted:
        # 二本 is a class of schools; two books are 两本
        return False
    if form not in lexicon.digits_only:
        return True
    if lone in lexicon.words["two"] and form in lexicon.words["counted_by_two"]:
        return True
    if spot.is_before("lasting_before"):
        return True
    if not lexicon.table.needs_counter or form in lexicon.words["never_alone"]:
        return False
    after = text[match.end() : match.end() + 1]
    return before in lexicon.words["counted_after"] or not (before.isalnum() or after.isalnum())


def one_of_before(spot: Spot) -> bool:
    """Whether 一つ, 一人 and the like mean one of those named before."""
    return spot.is_before("one_of_before", 5)


def noun_after(spot: Spot, end: int, *, vague: bool = False) -> Noun | None:
    """The noun counted, by its common name or as written.

    Where nouns end in -s, up to three adjectives may stand before it (three large armed groups); else the noun
    stands right after the number.
    """
    text, lexicon = spot.text, spot.lexicon
    at, first = end, None
    plural = lexicon.table.plural_s
    of = lexicon.beyond("of", text, end)
    if of:
        at = of.end() - 1
    elif vague and plural:
        # thousands joined: what is counted would stand after "of"
        return None
    for _ in range(4 if plural else 1):
        match = lexicon.pattern["noun"].match(text, at)
        if match is None or not _noun_goes_on(spot, match, bool(first)):
            break
        word = match["noun"]
        unit = lexicon.units.get(word.casefold())
        if unit and unit.kind == "count":
            return Noun(unit.unit, match.end())
        if spot.text[at] == "-":
            # a 300-page report
            return Noun(word, match.end())
        if plural and word.endswith("s") and not word.endswith(("ss", "ous")):
            return Noun(word, match.end())
        if first is None:
            first = Noun(word, match.end())
        at = match.end()
    return None if first and plural and _participle(first.name) else first


def _participle(word: str) -> bool:
    return len(word) > PARTICIPLE + 1 and word.endswith(("ed", "ing", "ly"))


def _noun_goes_on(spot: Spot, match: re.Match[str], later: bool) -> bool:
    word, lexicon = match["noun"], spot.lexicon
    small = word.casefold()
    if small in lexicon.words["not_nouns"] or small in lexicon.numerals or small in lexicon.magnitudes:
        return False
    if lexicon.beyond("not_noun", small, 0):
        return False
    if (later and small in lexicon.vague) or (word.isupper() and CODE_AFTER.match(spot.text, match.end())):
        return False
    return not word[0].isupper() or spot.text[spot.start].isupper() or word.removesuffix("s").isupper()


def noun_in_characters(spot: Spot, end: int) -> Noun | None:
    """The common name of the thing counted after a counter (6つの側面: aspects)."""
    match = spot.lexicon.pattern["noun"].match(spot.text, end)
    return Noun(spot.lexicon.nouns[folded(match["noun"])], match.end()) if match else None


def row(
    number: Number,
    kind: str,
    unit: str | None,
    *,
    end: int | None = None,
    begin: int | None = None,
    value: Value | None = None,
) -> Quantity:
    """The quantity of one number; neighbouring numerals ("two or three") make a range."""
    start = number.start if begin is None or begin > number.start else begin
    stated = plain(number.value if value is None else value)
    quantity = Quantity(start, number.end if end is None else end, number.start, number.end, kind, stated, unit=unit)
    quantity.qualifier = number.qualifier
    if number.pair:
        scale = Decimal(1) if value is None else Decimal(value) / number.value
        low, high = (plain(part * scale) for part in number.pair)
        quantity.kind, quantity.value, quantity.low, quantity.high = "range", span(low, high), low, high
    quantity.vague = number.vague
    quantity.approximate_multiple = number.vague and stated >= 10
    return quantity


def compounded(spot: Spot, quantity: Quantity, unit: Measured) -> Quantity:
    """The quantity with the smaller parts that follow it: 148円35銭, 3小时20分, two and a half hours, 5 feet 7 inches.

    A duration is then in its smallest unit, which keeps it whole; money and lengths stay in the larger one.
    """
    text, lexicon = spot.text, spot.lexicon
    if quantity.end != unit.end or not isinstance(quantity.value, (int, float)) or not _may_go_on(spot, unit):
        return quantity
    timed = quantity.kind in ("duration", "index")
    value, divisor, end, larger = Decimal(str(quantity.value)), 1, unit.end, unit
    while found := _part(spot, larger, end):
        part, larger, ratio = found
        end = larger.end
        if timed:
            quantity.kind, quantity.unit, value = "duration", larger.unit.unit, value * ratio + part
        else:
            divisor *= ratio
            value += part / Decimal(divisor)
    halved = larger.form[-1] in lexicon.words["half"]
    if quantity.kind == "duration" and not halved and lexicon.beyond("half_after", text, end):
        value, end = value + Decimal("0.5"), end + 1
    elif hundredths := _hundredths(spot, larger, end):
        value, end = value + Decimal(int(hundredths[1])) / 100, hundredths.end()
    elif tenth := _tenth(spot, quantity, end):
        quantity.kind, quantity.unit = "money", next(iter(lexicon.words["tenths_of"]))
        value, end = value + tenth / 10, end + 1
    elif bare := lexicon.beyond("smaller_bare", text, end):
        value += Decimal(int(bare[1])) / max(lexicon.parts.get(larger.unit.unit, {"": 0}).values())
        end = bare.end()
    if end > quantity.end:
        quantity.value, quantity.end = plain(value), end
        if quantity.kind == "duration" and quantity.unit == "points":
            quantity.unit = "minutes"
    return quantity


def _may_go_on(spot: Spot, unit: Measured) -> bool:
    """Whether a smaller part can follow at all: most amounts have none."""
    text, lexicon, end = spot.text, spot.lexicon, unit.end
    if not lexicon.characters:
        return unit.unit.unit in lexicon.parts
    follows = text[end : end + 1]
    if follows == " ":
        follows = text[end + 1 : end + 2]
    return follows.isdigit() or follows in lexicon.numerals or follows in lexicon.words["half"]


def _hundredths(spot: Spot, unit: Measured, end: int) -> re.Match[str] | None:
    return HUNDREDTHS.match(spot.text, end) if unit.form in spot.lexicon.words["hundredths"] else None


def _tenth(spot: Spot, quantity: Quantity, end: int) -> Decimal | None:
    """The last digit of 3块5, as a value."""
    lexicon, text = spot.lexicon, spot.text
    if text[end - 1 : end] not in lexicon.words["tenths"]:
        return None
    digit = text[end : end + 1]
    then = text[end + 1 : end + 2]
    goes_on = then.isdigit() or then in lexicon.numerals or then in lexicon.magnitudes
    if goes_on or lexicon.following("unit", text, end + 1) or not (digit in "123456789" or digit in lexicon.numerals):
        return None
    return Decimal(lexicon.numerals.get(digit) or int(digit))


def _part(spot: Spot, larger: Measured, end: int) -> tuple[Value, Measured, int] | None:
    """The number, unit and ratio of a smaller part that begins at ``end``."""
    text, lexicon = spot.text, spot.lexicon
    names = [name for name in (larger.unit.unit, larger.form.casefold()) if name in lexicon.parts]
    if not names:
        return None
    glue = lexicon.beyond("part_glue", text, end)
    end = glue.end() if glue else end
    first = text[end : end + 1]
    if not first.isdigit() and first not in lexicon.numerals and not first.isalpha():
        return None
    number = read_number(text, end, lexicon)
    unit = unit_after(Spot(text, end, lexicon, end), number, tag=PART) if number and not number.pair else None
    if number is None or unit is None:
        return None
    for name in names:
        for form in (unit.unit.unit, unit.form.casefold()):
            ratio = lexicon.parts[name].get(form)
            if ratio and number.value < ratio:
                return number.value, unit, ratio
    return None


def measured(spot: Spot, number: Number, found: Measured) -> Quantity | None:
    """A number with a unit of the table."""
    (kind, name, scale), form, end = found
    lexicon = spot.lexicon
    value = number.value * scale
    if not lexicon.characters:
        return row(number, kind, name, end=end, value=value)
    if kind == "percent" and scale == 10:
        value, end = _tenths(spot, value, end)
    if kind == "duration" and not lexicon.words["half"].isdisjoint(form):
        value += Decimal("0.5")
    if (kind == "index" and number.multiplier >= 10_000) or (form in lexicon.words["few"] and value >= 100):
        # 618大促
        return None
    if form in lexicon.words["large_only"] and value < 100:
        # 4K is a resolution, 256K a size
        return None
    if form in lexicon.words["scores"] and number.printed and (number.value % 1 or number.grouped or value >= 1000):
        kind, name = "index", "points"
    if kind == "percent" and name == "pp" and value > 100:
        kind, name = "index", "points"
    one_of = kind == "count" and value == 1 and form in lexicon.words["one_of_forms"] and one_of_before(spot)
    noun = noun_in_characters(spot, end) if kind == "count" and name == form else None
    quantity = row(number, kind, noun.name if noun else name, end=end, value=value)
    quantity.one_of = one_of
    return quantity


def _tenths(spot: Spot, value: Value, end: int) -> tuple[Value, int]:
    """Value and end of tenths with their hundredths and thousandths: 7割6分5厘, 七成五."""
    lexicon = spot.lexicon
    match = lexicon.beyond("tenths_go_on", spot.text, end)
    if match is None:
        return value, end
    digits = [_digit(digit, lexicon) for digit in match.groups() if digit]
    return value + digits[0] + Decimal(sum(digits[1:])) / 10, match.end()


def _digit(digit: str, lexicon: Lexicon) -> int:
    return 5 if digit in lexicon.words["half"] else lexicon.numerals.get(digit) or int(digit)
