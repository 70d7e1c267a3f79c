"""Parts of a whole and multiples: two-thirds, 3分の1, half a million, twice, 九折."""

from __future__ import annotations

from decimal import Decimal

from ..number import may_begin, read_number
from ..patterns import folded
from ..quantity import Quantity, Spot, plain
from ..reading import Answer, Reading
from ..unit import row, unit_after
from .money import half_of_money


def read_fraction_characters(reading: Reading) -> Answer:
    """3分の1, 三分之一, 百分之三."""
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    if lexicon.words["fraction_sign"].isdisjoint(text[number.end : number.end + 3]):
        return None
    match = lexicon.beyond("fraction", text, number.end)
    if match is None or not may_begin(text, match.end(), lexicon):
        return None
    upper = read_number(text, match.end(), lexicon)
    if upper is None or not number.value or number.vague:
        return None
    start = reading.spot.start
    if number.value in (100, 1000) and match["percent"]:
        value = plain(upper.value if number.value == 100 else Decimal(upper.value) / 10)
        return Quantity(start, upper.end, upper.start, upper.end, "percent", value, unit="percent")
    value = plain(upper.value) / plain(number.value)
    return Quantity(start, upper.end, start, upper.end, "other", value, unit="fraction")


def read_percent_characters(reading: Reading) -> Answer:
    """百分之 before the number."""
    if reading.tag != "percent":
        return None
    return row(reading.number, "percent", "percent", begin=reading.begin)


def read_half_characters(spot: Spot) -> Quantity | None:
    """半年, 半小时, 半数, 一半."""
    text, lexicon, start = spot.text, spot.lexicon, spot.start
    whole = lexicon.beyond("one_half", text, start)
    if whole:
        return Quantity(start, whole.end(), start, whole.end(), "other", 0.5, unit="fraction")
    if text[start] not in lexicon.words["half"] or spot.is_before("not_half_before", 1):
        return None
    part = lexicon.beyond("half_part", text, start)
    if part:
        return Quantity(start, part.end(), start, start + 1, "other", 0.5, unit="fraction")
    unit = lexicon.following("unit", text, start + 1)
    found = lexicon.unit(unit["form"]) if unit else None
    if unit is None or found is None or found.kind != "duration":
        return None
    return Quantity(start, unit.end(), start, start + 1, "duration", 0.5, unit=found.unit)


def read_fraction_words(reading: Reading) -> Answer:
    """two-thirds, dua pertiga, three quarters of a million."""
    number, lexicon = reading.number, reading.lexicon
    if number.printed or number.multiplier > 1 or number.value > 9:
        return None
    match = lexicon.beyond("fraction", reading.text, number.end)
    if match is None:
        return None
    word = match["part"].casefold()
    divisor = lexicon.ordinals.get(word) or lexicon.ordinals.get(word.removesuffix("s"))
    part = 1 / divisor if divisor else lexicon.fractions.get(word, lexicon.fractions.get(word.removesuffix("s")))
    if not part or plain(number.value) * part >= 1.5:
        return None
    whole = Quantity(number.start, match.end(), number.start, match.end(), "other", 0, unit="fraction")
    whole.value = plain(number.value) / divisor if divisor else plain(number.value) * part
    return _of_magnitude(reading.spot, whole) or whole


def _of_magnitude(spot: Spot, part: Quantity) -> Quantity | None:
    """a quarter of a million dollars."""
    lexicon, text = spot.lexicon, spot.text
    of = lexicon.beyond("of_a", text, part.end)
    multiplier = lexicon.following("multiplier", text, of.end() - 1) if of else None
    magnitude = lexicon.magnitudes.get(folded(multiplier["form"])) if multiplier else None
    if multiplier is None or magnitude is None or len(multiplier["form"]) < 3:
        return None
    value = plain(Decimal(str(part.value)) * magnitude)
    count = Quantity(part.start, multiplier.end(), part.start, multiplier.end(), "count", value)
    return half_of_money(spot, count)


def read_ratio(reading: Reading) -> Answer:
    """one in five: a part of a whole."""
    number, lexicon, text = reading.number, reading.lexicon, reading.text
    match = lexicon.beyond("in_every", text, number.end) if number.value < 10 else None
    if match is None or not may_begin(text, match.end(), lexicon):
        return None
    second = read_number(text, match.end(), lexicon)
    if second is None or not number.value < second.value <= 100 or second.pair:
        return None
    unit = unit_after(Spot(text, match.end(), lexicon, match.end()), second)
    if unit and unit.kind != "count":
        return None
    value = plain(number.value) / plain(second.value)
    return Quantity(number.start, second.end, number.start, second.end, "other", value, unit="fraction")


def read_part(spot: Spot) -> Quantity | None:
    """half of, half an hour, a third of, sepertiga, setengah jam."""
    text, lexicon, start = spot.text, spot.lexicon, spot.start
    match = lexicon.pattern["lexeme"].match(text, start)
    word, end = folded(match.group()), match.end()  # type: ignore[union-attr]
    part = lexicon.fractions.get(word) or (
        1 / lexicon.ordinals[word] if word in lexicon.words["part_ordinals"] else None
    )
    if part is None:
        return None
    whole = Quantity(start, end, start, end, "other", part, unit="fraction")
    if word in lexicon.words["half"]:
        return _half_a(spot, end) or (whole if _half_of(spot, end) else None)
    if not lexicon.table.article:
        return whole
    article = lexicon.ahead("part_article_before", text, start, 16)
    if article is None:
        return None
    whole.start = max(spot.floor, article.start("article"))
    large = _of_magnitude(spot, whole)
    if large:
        return large
    alone = word not in lexicon.words["never_part_alone"] and lexicon.beyond("part_end", text, end)
    return whole if lexicon.beyond("part_of", text, end) or article["about"] or alone else None


def _half_of(spot: Spot, end: int) -> bool:
    """Whether half is a part of something, and not the second half of a match."""
    return not spot.is_before("nth_before", 10) and spot.lexicon.beyond("part_of", spot.text, end) is not None


def _half_a(spot: Spot, end: int) -> Quantity | None:
    """half a million, half a dozen, half an hour, setengah jam, setengah juta."""
    text, lexicon, start = spot.text, spot.lexicon, spot.start
    if lexicon.table.article:
        article = lexicon.beyond("a", text, end)
        if article is None:
            return None
        end = article.end()
    multiplier = lexicon.following("multiplier", text, end)
    if multiplier and folded(multiplier["form"]) in lexicon.magnitudes:
        value = lexicon.magnitudes[folded(multiplier["form"])] // 2
        count = Quantity(start, multiplier.end(), start, multiplier.end(), "count", value)
        return half_of_money(spot, count)
    match = lexicon.following("unit", text, end)
    unit = lexicon.unit(match["form"]) if match else None
    if match is None or unit is None or unit.kind not in ("duration", "percent", "other"):
        return None
    return Quantity(start, match.end(), start, end, unit.kind, 0.5, unit=unit.unit)


def read_multiple(spot: Spot, word: str, end: int) -> Quantity | None:
    """twice, thrice; once where it counts: once a week, only once."""
    lexicon = spot.lexicon
    value = lexicon.multiples.get(word)
    if value is None or (value == 1 and not (spot.is_before("once_before") or lexicon.beyond("once", spot.text, end))):
        return None
    return Quantity(spot.start, end, spot.start, end, "other", value, unit="times")


def discounted(reading: Reading) -> Answer:
    """九折: nine tenths of the price."""
    number, unit = reading.number, reading.unit
    if unit is None or unit.form not in reading.lexicon.words["tenths_of_price"]:
        return None
    value = plain(Decimal(number.value) / (10 if number.value < 10 else 100))
    return Quantity(number.start, unit.end, number.start, number.end, "other", value, unit="fraction")
