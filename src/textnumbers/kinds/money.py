"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal

from ..quantity import Quantity, Spot, plain
from ..reading import Answer, Reading
from ..unit import compounded, row


def read_money(reading: Reading) -> Answer:
    """An amount with a currency before or after it."""
    number, unit = reading.number, reading.unit
    money = unit if unit and unit.kind == "money" else None
    if money is None and reading.currency is None:
        return None
    if reading.currency and _counts(reading):
        return None
    if money and not reading.currency and _other_word(reading):
        return row(number, "count", None)
    if money and not reading.currency and number.value == 1 and not number.printed and not reading.lexicon.characters:
        return None
    if money and money.form in reading.lexicon.words["weights"] and reading.spot.is_before("weight_before"):
        return row(number, "other", "lb", end=money.end)
    if reading.currency in reading.lexicon.words["versions"] and number.value < 10:
        # PHP 8: the version of a program
        return False
    begin = reading.begin if reading.currency else reading.spot.start
    if reading.currency and reading.follows == ")" and reading.text[reading.spot.start - 1] == "(":
        return _in_brackets(reading)
    if money is None:
        return row(number, "money", reading.currency, begin=begin)
    name = reading.currency or money.unit.unit
    value = None if reading.currency else number.value * money.unit.scale
    amount = row(number, "money", name, end=money.end, begin=begin, value=value)
    return amount if amount.kind == "range" else compounded(reading.spot, amount, money)


def _in_brackets(reading: Reading) -> Quantity:
    """A loss as accounts print it: $(45.2) million."""
    number, lexicon = reading.number, reading.lexicon
    loss = row(number, "money", reading.currency, end=number.end + 1, begin=reading.begin, value=-number.value)
    more = lexicon.following("multiplier", reading.text, loss.end) if "multiplier" in lexicon.after else None
    magnitude = lexicon.magnitudes.get(more["form"].casefold()) if more else None
    if more and magnitude and isinstance(loss.value, (int, float)):
        loss.value, loss.end = plain(Decimal(str(loss.value)) * magnitude), more.end()
    return loss


def _counts(reading: Reading) -> bool:
    """Whether a currency's name before a number belongs to what was said before: 其中美元35款."""
    before = reading.text[reading.begin : reading.spot.start].strip()
    unit = reading.unit
    if not (before and before[-1].isalpha() and before[-1] > "\u3000"):
        return False
    return unit is not None and unit.kind not in ("money", "percent")


def _other_word(reading: Reading) -> bool:
    """Whether the unit is another word too and the amount too small for it: 3 won."""
    unit = reading.unit
    return bool(unit and unit.form in reading.lexicon.words["ambiguous_money"] and reading.number.value < 1000)


def half_of_money(spot: Spot, quantity: Quantity) -> Quantity:
    """A count such as half a million with the currency after it."""
    unit = spot.lexicon.following("unit", spot.text, quantity.end)
    found = spot.lexicon.unit(unit["form"]) if unit else None
    if unit is None or found is None or found.kind != "money" or not isinstance(quantity.value, (int, float)):
        return quantity
    quantity.kind, quantity.unit, quantity.end = "money", found.unit, unit.end()
    quantity.value = plain(Decimal(str(quantity.value)) * found.scale)
    return quantity
