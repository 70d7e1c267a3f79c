"""Two numbers that are the ends of one range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..number import Number, Value, may_begin, read_number
from ..quantity import Quantity, Spot, plain, span
from ..reading import Answer, Reading, is_year, named_thing
from ..unit import Measured, unit_after

HYPHENS = ("-", "–", "—", "―")
# telephone numbers and post codes: 1234-5678, 100-8111
CODE_DIGITS = 4


class Second(NamedTuple):
    """The second number of a range, its unit, and whether a hyphen joins it."""

    number: Number
    unit: Measured | None
    hyphen: bool

    @property
    def end(self) -> int:
        """The end of the number with its unit."""
        return self.unit.end if self.unit else self.number.end


def read_range(reading: Reading) -> Answer:
    """The range that begins with this number, or ``False`` for the score of a match or another pair of numbers."""
    answer = _range(reading)
    if answer is None and reading.unit is None and reading.number.printed and _chain(reading.text, reading.number.end):
        return False
    return answer


def _range(reading: Reading) -> Answer:
    number, unit, text = reading.number, reading.unit, reading.text
    second = _second(reading)
    if second is None:
        return None
    low, high = _ends(number, second.number, hyphen=second.hyphen)
    years = is_year(number) and 1800 <= high <= 2200
    if second.hyphen and unit is None and not years and _score(reading, second):
        return False
    if not low < high or (is_year(second.number) and not years) or not _units_agree(unit, second, years=years):
        return None
    if _change(reading, second.end) or (second.hyphen and _chain(text, second.number.end)):
        return None
    follows = text[second.number.end : second.number.end + 1]
    if second.unit is None and follows.isascii() and (follows.isalpha() or _runs_on(text, second.number.end)):
        return None
    made = _made(reading, second, low, high, years=years)
    if made and not number.printed and made.unit is None and number.multiplier == 1 and reading.lexicon.characters:
        # 一到五台山: neither a counter nor a noun
        return False
    return made


def _made(reading: Reading, second: Second, low: Value, high: Value, *, years: bool) -> Quantity | None:
    unit = second.unit or reading.unit
    name, end = unit.unit.unit if unit else None, second.end
    if years and (unit is None or name == "years"):
        name = "year"
    elif reading.currency:
        name = reading.currency
    elif unit is None:
        name, end = named_thing(reading, second.number.end)
    if second.hyphen and name is None and second.number.end - second.number.start == CODE_DIGITS:
        return None
    scale = unit.unit.scale if unit else 1
    ends = plain(low * scale), plain(high * scale)
    begin = reading.begin if reading.currency else reading.spot.start
    return Quantity(begin, end, reading.number.start, second.number.end, "range", span(*ends), *ends, name)


def _ends(number: Number, second: Number, *, hyphen: bool) -> tuple[Value, Value]:
    """Both ends, the first with the century or magnitude that the text states once: 2024-26, 3 to 5 million."""
    low, high = number.value, second.value
    if hyphen and is_year(number) and 10 <= high < 100 and second.end - second.start == 2 and low % 100 < high:
        high = low - low % 100 + high
    if number.multiplier < second.multiplier and low < high / second.multiplier:
        low = low * second.multiplier
    return low, high


def _units_agree(unit: Measured | None, second: Second, *, years: bool) -> bool:
    if unit is None:
        return True
    if second.unit:
        return unit.unit == second.unit.unit
    return years and unit.kind != "percent"


def _chain(text: str, end: int) -> bool:
    """4-3-3."""
    return text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isdigit()


def _runs_on(text: str, end: int) -> bool:
    return text[end : end + 1] in (":", "/") and text[end + 1 : end + 2].isdigit()


def _score(reading: Reading, second: Second) -> bool:
    """Whether two small numbers joined by a hyphen are the score of a match: 3-1, 25-18.

    A range of so few has a noun or unit (3-5 years), or a word before it says that it is one (aged 18-24).
    """
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    if not (number.printed and second.number.printed) or reading.currency:
        return False
    end = second.number.end
    told = number.bare and second.number.bare and lexicon.ahead("score_before", text, reading.spot.start, 16)
    if told or lexicon.beyond("score_after", text, end):
        return True
    if second.unit:
        return False
    if not number.bare or max(number.value, second.number.value) >= 200 or number.value % 1 or second.number.value % 1:
        return False
    if lexicon.ahead("range_before", text, reading.spot.start) or reading.spot.before(
        "qualifiers_before", reading.begin
    ):
        return False
    return named_thing(reading, end)[0] is None and lexicon.beyond("counts_on", text, end) is None


def _second(reading: Reading) -> Second | None:
    """The second number of a range that begins with the reading's."""
    spot, lexicon, text = reading.spot, reading.lexicon, reading.text
    end = reading.end
    join = lexicon.following("join", text, end)
    if join is None:
        listed = text[end : end + 1] == "、" and reading.unit is None
        if lexicon.characters:
            return _neighbour(reading) if listed else None
        if text[end + 1 : end + 2] not in lexicon.words["pair_begins"]:
            return None
        alternative = lexicon.beyond("either", text, end) if reading.unit is None else None
        if alternative:
            return _alternative(reading, alternative.end())
        join = lexicon.beyond("pair", text, end) if spot.is_before("between_before") else None
    if join is None:
        return None
    at = join.end()
    money = lexicon.pattern["money"].match(text, at)
    at = money.end() if money else at
    if not may_begin(text, at, lexicon):
        return None
    number = read_number(text, at, lexicon, money=bool(money))
    if number is None or number.pair or number.start < at:
        return None
    unit = unit_after(Spot(text, at, lexicon, at), number)
    return Second(number, unit, join.group().strip() in HYPHENS)


def _alternative(reading: Reading, at: int) -> Second | None:
    """Two or three: the next number."""
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    second = read_number(text, at, lexicon) if may_begin(text, at, lexicon) else None
    if second is None or second.pair or number.value >= 20 or second.value != (number.value + 1) * second.multiplier:
        return None
    return Second(second, unit_after(Spot(text, at, lexicon, at), second), hyphen=False)


def _neighbour(reading: Reading) -> Second | None:
    """The next number in 二、三人 or 14、5人: two or three, some fourteen or fifteen."""
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    at = number.end + 1
    if reading.spot.is_before("listed_before", 2):
        return None
    if not may_begin(text, at, lexicon) or not 0 < number.value % 10 < 9:
        return None
    second = read_number(text, at, lexicon)
    unit = unit_after(Spot(text, at, lexicon, at), second) if second and not second.pair else None
    if second is None or unit is None:
        return None
    step = second.multiplier if second.value >= second.multiplier else 1
    high = number.value - number.value % 10 + Decimal(second.value) / step
    return Second(second._replace(value=high * step), unit, hyphen=False) if high == number.value + 1 else None


def _change(reading: Reading, end: int) -> bool:
    """Whether a value went from the first number to the second, which are then two quantities and no range.

    Japanese says so after them (320台から2,000台に増やす), the others before them (rose from 3% to 5%).
    """
    lexicon, text, unit = reading.lexicon, reading.text, reading.unit
    if reading.spot.is_before("change_before", 60):
        return True
    if unit and unit.end < end - 1 and reading.spot.is_before("change_by_before"):
        # fell 14p to 302p
        return not text[unit.end : end].strip().startswith(("-", "–"))
    return bool(unit and lexicon.beyond("from_here", text, unit.end) and lexicon.beyond("to_there", text, end))


def read_slashed_fraction(spot: Spot) -> Quantity | None:
    """1/3, 2/5: a part of a whole."""
    match = SLASHED.match(spot.text, spot.start)
    if match is None or int(match[1]) >= int(match[2]) or spot.text[spot.start - 1 : spot.start] == "(":
        return None
    value = int(match[1]) / int(match[2])
    return Quantity(spot.start, match.end(), spot.start, match.end(), "other", value, unit="fraction")


SLASHED = re.compile(r"([1-9])/([2-9]|10)(?![0-9/]|[.,][0-9])")
