"""Amounts whose parts have units of their own: 148円35銭, 3小时20分, two and a half hours, 5 feet 7 inches."""

from __future__ import annotations

import re
from decimal import Decimal

from .lexicon import SPACE
from .measures import Found, number_at, unit_after
from .numerals import Value
from .quantity import Place, Quantity, plain

# two digits right after these are hundredths: 9秒98, 1米85
HUNDREDTHS = re.compile(r"(?:(?<=秒)|(?<=米)|(?<=メートル))([0-9０-９]{2})(?![0-9０-９.,．，])")
HALF = re.compile(r"半(?![ば分数數期端額])")
GLUE = re.compile(rf"{SPACE}?(?:,{SPACE})?(?:(?:and|dan){SPACE})?")


def compounded(place: Place, quantity: Quantity | None, unit: Found | None) -> Quantity | None:
    """The quantity with the smaller parts that follow it.

    A duration is then in its smallest unit, which keeps it whole; money and lengths stay in the larger one.
    """
    if (
        quantity is None
        or unit is None
        or quantity.kind not in ("duration", "money", "other", "index")
        or not isinstance(quantity.value, (int, float))
    ):
        return quantity
    text, characters = place.text, place.lexicon.table.characters
    following = text[quantity.end : quantity.end + 1]
    if characters and following != "半" and not following.isdigit() and following not in place.lexicon.numerals:
        return quantity
    if not characters and unit[0].unit not in place.lexicon.parts:
        return quantity
    larger, end = unit, quantity.end
    if end != unit[2]:
        return quantity
    value: Value = Decimal(str(quantity.value))
    divisor = 1
    while found := _part(place, larger, end):
        part, smaller, ratio = found
        if quantity.kind in ("duration", "index"):
            quantity.kind = "duration"
            value, quantity.unit = value * ratio + part, smaller[0].unit
        else:
            divisor *= ratio
            value += part / Decimal(divisor)
        larger, end = smaller, smaller[2]
    if characters:
        if quantity.kind == "duration" and HALF.match(text, end) and "半" not in larger[1]:
            value, end = value + Decimal("0.5"), end + 1
        elif hundredths := HUNDREDTHS.match(text, end):
            value, end = value + Decimal(int(hundredths[1])) / 100, hundredths.end()
    if end > quantity.end:
        quantity.value, quantity.end = plain(value), end
        quantity.number_end = max(quantity.number_end, quantity.number_start + 1)
        if quantity.kind == "duration" and quantity.unit == "points":
            quantity.unit = "minutes"
    return quantity


def _part(place: Place, larger: Found, end: int) -> tuple[Value, Found, int] | None:
    """The number, unit and ratio of a smaller part that begins at ``end``."""
    text, lexicon = place.text, place.lexicon
    names = [name for name in (larger[0].unit, larger[1].casefold()) if name in lexicon.parts]
    if not names:
        return None
    if not lexicon.table.characters:
        glue = GLUE.match(text, end)
        end = glue.end() if glue else end
    if (
        not text[end : end + 1].isdigit()
        and text[end : end + 1] not in lexicon.numerals
        and not text[end : end + 1].isalpha()
    ):
        return None
    number = number_at(Place(text, end, lexicon, end, None))
    unit = unit_after(place, number) if number and not number.pair and not number.vague else None
    if number is None or unit is None:
        return None
    for name in names:
        for form in (unit[0].unit, unit[1].casefold()):
            ratio = lexicon.parts[name].get(form)
            if ratio and number.value < ratio:
                return number.value, unit, ratio
    return None
