"""What the readers of the kinds are handed, and what they answer."""

from __future__ import annotations

from typing import NamedTuple

from .lexicon import Lexicon
from .number import Number, read_number
from .quantity import Quantity, Spot
from .unit import Measured, noun_after, noun_in_characters, unit_after

Answer = Quantity | bool | None
"""A quantity; ``False`` where nothing is to be read here; ``None`` where another reader may try."""


class Reading(NamedTuple):
    """A number with what stands around it: its unit, and what the words before it say that it is."""

    spot: Spot
    number: Number
    unit: Measured | None
    tag: str | None
    """rank, top, year, index, minus, collective, name and so on, from the table's ``before``."""
    currency: str | None
    begin: int
    """Where the expression begins: at the currency or the word for a rank."""
    text: str
    lexicon: Lexicon

    @property
    def end(self) -> int:
        """The end of the number with its unit."""
        return self.unit.end if self.unit else self.number.end

    @property
    def follows(self) -> str:
        """The character after the number."""
        return self.text[self.number.end : self.number.end + 1]

    @property
    def kind(self) -> str | None:
        """The kind that the unit makes."""
        return self.unit.kind if self.unit else None


BEGINS = ("rank", "top", "percent", "minus")
"""Tags that belong to the expression."""


def prefix(spot: Spot) -> tuple[str | None, str | None, int]:
    """What stands right before a number: its tag or currency, and where the expression begins."""
    found = spot.before("before", spot.start)
    if spot.text[spot.start - 1 : spot.start] in ("-", "(") and spot.start > 1:
        # Rp-3 miliar, $(45.2) million
        signed = spot.before("before", spot.start - 1)
        found = signed if signed and signed[0] in spot.lexicon.money else found
    if found is None:
        return None, None, spot.start
    form, begin = found
    if form in spot.lexicon.money:
        return None, spot.lexicon.money[form], begin
    tag = spot.lexicon.before[form]
    return tag, None, begin if tag in BEGINS else spot.start


def read(spot: Spot) -> Reading | None:
    """The number at a candidate with its unit and its prefix, or ``None`` if there is no number."""
    tag, currency, begin = prefix(spot)
    number = read_number(spot.text, spot.start, spot.lexicon, money=currency is not None)
    if number is None:
        return None
    if number.start < spot.floor:
        # the article of "a million" belongs to what was read before
        number = number._replace(start=spot.start)
    unit = unit_after(spot, number, tag=tag)
    return Reading(spot, number, unit, tag, currency, begin, spot.text, spot.lexicon)


def is_year(number: Number) -> bool:
    """Whether the number, as printed, can be a year of the calendar."""
    plain = number.multiplier == 1 and not number.grouped and number.end - number.start == 4
    return plain and isinstance(number.value, int) and 1800 <= number.value <= 2100


def index_before(spot: Spot) -> bool:
    """Whether the sentence spoke of an index or score right before."""
    return spot.is_before("index_before", 48)


def goes_on_with_indices(spot: Spot) -> bool:
    """Whether the number goes on a list of index values."""
    last = spot.last
    if last is None or last.kind != "index" or spot.start - last.end > 12:
        return False
    return spot.lexicon.contexts["list"].fullmatch(spot.text, last.end, spot.start) is not None


def named_thing(reading: Reading, end: int) -> tuple[str | None, int]:
    """The noun after ``end`` and its end; no noun and ``end`` where none is counted."""
    if reading.lexicon.characters:
        noun = noun_in_characters(reading.spot, end)
    else:
        noun = noun_after(reading.spot, end, vague=reading.number.plural(reading.text))
    return noun or (None, end)
