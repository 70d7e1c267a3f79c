"""Quantities in languages whose numerals are characters (Japanese, Chinese)."""

from __future__ import annotations

import re
from decimal import Decimal

from .compounds import compounded
from .dates import era_year
from .lexicon import DIGITS, Unit, folded
from .measures import (
    goes_on_with_indices,
    index_before,
    is_year,
    latin_name,
    may_begin,
    noun_in_characters,
    prefix,
    read_money,
    read_range,
    read_top,
    row,
    unit_after,
    with_unit,
)
from .numerals import Number, read_characters
from .quantity import Place, Quantity, plain, span

TEMPERATURE = re.compile(r"(?:[気氣气水体體高低]温|温度|氷点下|最高|最低)[^。度]*\Z")
# what may stand right before a number whose counter is unknown; after other ideographs it ends a name
COUNTING = frozenset("有共计計约約达達近超过過各每毎为為增減减加至到了的仅僅只均逾满滿另需用由全大延数")
# the score of a match, a proportion: 5対3, 3―1
SCORE = re.compile(r"(?:対|比|[-‐‑–—－―])[0-9０-９]")
# an article or chapter of a law
ARTICLE = re.compile(r"[条條章款項项]")
UPWARDS = re.compile(r"(?<!以)上\Z")
COUNTER_RUN = re.compile(r"(?:[一-鿿]{1,4}|[゠-ヿ]{1,10})")
NOUN_RUN = re.compile(r"の([一-鿿゠-ヿ]{1,12})")
# 豆包1.5: the version of what is named before, unless that says that a value follows
VERSION = re.compile(
    r"[一-鿿]{2}[^\W\d_为為是达達至到了报報得升降跌率数數比值于於有约約超近过過涨漲增减減加均分每共计計仅逾满只]\Z"
)
MONTH = re.compile(rf"[{DIGITS}]{{1,2}}月")


def read_character_quantity(place: Place) -> Quantity | None:
    """The quantity at a candidate that is no date or time."""
    text, lexicon, start = place.text, place.lexicon, place.start
    if text[start] == "半":
        return _half(place)
    if text.startswith("一半", start):
        return Quantity(start, start + 2, start, start + 2, "other", 0.5, unit="fraction")
    number = read_characters(text, start, lexicon)
    if number is None:
        return None
    tag, money, begin = prefix(place)
    if tag == "weekday" and not number.printed:
        return None
    if "分" in text[number.end : number.end + 2]:
        fraction = _fraction(place, number)
        if fraction:
            return fraction
    if tag == "percent":
        return row(number, "percent", "percent", end=number.end, begin=begin)
    unit = unit_after(place, number, tag=tag)
    if tag == "plain" and unit is None and not number.printed and text[start - 1] == "前":
        # 联赛前四: the word ends in 前 by chance
        tag, begin = "top", start - 1
    if unit and unit[0].unit == "years" and unit[1] in ("年", "年间"):
        year = _year_characters(place, number, unit[2], era_year(place))
        if year:
            return year
    ranged = read_range(place, number, unit, tag, money)
    if ranged:
        if not number.printed and ranged.unit is None and not _bare_range(place, number):
            return None
        return ranged
    if tag is None and money is None and text[start - 1 : start].isascii() and latin_name(place, number, unit):
        return None
    if money or (unit and unit[0].kind == "money"):
        return compounded(place, read_money(place, number, unit, money, begin), unit)
    if tag == "rank":
        return _rank_characters(place, number, unit, begin)
    if tag == "top" or lexicon.following("after", text, number.end):
        top = read_top(place, number, unit, begin, tag)
        if top:
            return top
    if unit is None:
        return _bare_characters(place, number, tag)
    quantity = with_unit(place, number, unit)
    if quantity is None:
        return None
    if UPWARDS.search(text, max(0, start - 2), start) and text[start] in lexicon.magnitudes and quantity.start == start:
        # 上百支: a hundred and more
        quantity.start, quantity.vague = start - 1, True
    if tag == "minus" and isinstance(quantity.value, (int, float)):
        quantity.value, quantity.start = -quantity.value, begin
    return compounded(place, _numbered(place, quantity), unit)


def _numbered(place: Place, quantity: Quantity) -> Quantity:
    """回目, 度目: a place in an order. 度 after a word for temperature: degrees."""
    text, end = place.text, quantity.end
    if quantity.kind == "count" and text[end : end + 1] == "目" and isinstance(quantity.value, int):
        quantity.kind, quantity.unit, quantity.end = "rank", "rank", end + 1
    elif text[end - 1] == "度" and (
        isinstance(quantity.value, float)
        or quantity.value < 0  # type: ignore[operator]
        or TEMPERATURE.search(text, max(0, place.start - 16), place.start)
    ):
        quantity.kind, quantity.unit = "other", "°C"
    return quantity


def _bare_range(place: Place, number: Number) -> bool:
    return place.text[number.end : number.end + 1] in ("至", "到", "か") or number.multiplier > 1


def _half(place: Place) -> Quantity | None:
    """半年, 半小时, 半数, 一半."""
    text, start = place.text, place.start
    before = text[start - 1 : start]
    if before in tuple("上下前後后大多过過年月倍个個点點"):
        return None
    unit = place.lexicon.following("unit", text, start + 1)
    found = place.lexicon.units[folded(unit["form"])] if unit else None
    if unit and found and found.kind == "duration":
        return Quantity(start, unit.end(), start, start + 1, "duration", 0.5, unit=found.unit)
    return (
        Quantity(start, start + 2, start, start + 1, "other", 0.5, unit="fraction")
        if text[start + 1] in "数數分" and before not in tuple("談白び")
        else None
    )


def _fraction(place: Place, number: Number) -> Quantity | None:
    """3分の1, 三分之一."""
    match = place.lexicon.pattern["fraction"].match(place.text, number.end)
    if match is None or match.end() >= len(place.text) or not may_begin(place.text, match.end(), place.lexicon):
        return None
    upper = read_characters(place.text, match.end(), place.lexicon)
    if upper is None or not number.value or number.vague:
        return None
    if number.value in (100, 1000) and "之" in match.group():
        value = plain(upper.value if number.value == 100 else Decimal(upper.value) / 10)
        return Quantity(place.start, upper.end, upper.start, upper.end, "percent", value, unit="percent")
    value = plain(upper.value) / plain(number.value)
    return Quantity(place.start, upper.end, place.start, upper.end, "other", value, unit="fraction")


def _year_characters(place: Place, number: Number, end: int, era: tuple[int, int] | None) -> Quantity | None:
    """年 after a number: a year of the calendar, or ``None`` where it is a number of years."""
    text = place.text
    follows = text[end : end + 1]
    value = number.value
    if not isinstance(value, int) or number.grouped or number.vague:
        return None
    begin = place.start
    if era and value < 100:
        begin, value = era[0], value + era[1]
    elif value < 100 and (follows in tuple("度末初版春夏秋冬底") or text.startswith(("までに", "年代", "代"), end)):
        if follows == "代":
            value += 1900 if value >= 30 else 2000
        else:
            value += 2000 if value <= 60 else 1900
    elif not 1000 <= value <= 2999 or number.end - number.start != 4 or text[end - 1] != "年":
        return None
    if follows in ("度", "代") and follows:
        end += 1
    join = place.lexicon.following("join", text, end)
    if join and join.end() < len(text) and text[join.end()].isdigit():
        second = read_characters(text, join.end(), place.lexicon)
        if second and is_year(second) and second.value > value:
            stop = second.end + text.startswith("年", second.end)
            stop += text.startswith("度", stop)
            if not MONTH.match(text, stop):
                return Quantity(
                    begin,
                    stop,
                    number.start,
                    second.end,
                    "range",
                    span(value, int(second.value)),
                    value,
                    int(second.value),
                    "year",
                )
    return Quantity(begin, end, number.start, number.end, "year", value, unit="year")


def _rank_characters(place: Place, number: Number, unit: tuple[Unit, str, int] | None, begin: int) -> Quantity | None:
    text, value = place.text, plain(number.value)
    form = text[begin : place.start].strip()
    if not isinstance(value, int) or value < 1:
        return None
    if form == "第" and ARTICLE.match(text, unit[2] - 1 if unit else number.end):
        return None
    if form in ("列", "居", "排") and (unit is None or unit[1] not in ("位", "名")):
        return None
    if unit is None or unit[1] in ("位", "名", "个", "個", "大"):
        noun = noun_in_characters(place, number.end) if unit is None and place.lexicon.table.locale == "zh" else None
        end = unit[2] if unit else number.end
        name = noun[0] if noun and noun[1] - number.end <= 4 else "rank"
        return row(number, "rank", name, end=noun[1] if noun and name != "rank" else end, begin=begin)
    return row(number, "rank", unit[0].unit, end=unit[2], begin=begin)


def _bare_characters(place: Place, number: Number, tag: str | None) -> Quantity | None:
    """A number without a unit in a language of characters."""
    text, start, end = place.text, place.start, number.end
    before, follows = text[start - 1 : start], text[end : end + 1]
    if before == "・" and text[start - 2 : start - 1].isdigit():
        # 3・11
        return None
    if SCORE.match(text, end) or (before in ("比", "対") and text[start - 2 : start - 1].isdigit()):
        return None
    if follows.isascii() and (follows.isalpha() or (follows in "-/:_+" and text[end + 1 : end + 2].isalnum())):
        return None
    if tag in ("name", "plain"):
        return None
    if not number.printed:
        counted = follows.isalpha() and not "ぁ" <= follows <= "ん"
        if number.vague:
            noun = noun_in_characters(place, end)
            return row(number, "count", noun[0] if noun else None, end=end)
        if (
            number.multiplier >= 10_000
            and number.end - number.start > 1
            and (not counted or text[start] in place.lexicon.numerals)
        ):
            return row(number, "count", None, end=end)
        if isinstance(number.value, Decimal):
            return row(number, "other", None, end=end)
        counter = COUNTER_RUN.match(text, end + number.odd)
        if (
            counter
            and number.multiplier >= 10
            and end - start >= 2
            and (text[start] == "十" or text[start] in place.lexicon.numerals)
            and not _named_after(place, end)
        ):
            return row(number, "count", counter[0][0], end=counter.start() + 1)
        if _one_of_list(place, number):
            quantity = Quantity(start - 1, end, start, end, "count", 1, unit=None)
            quantity.one_of = True
            return quantity
        return None
    value = number.value
    if tag == "index" or goes_on_with_indices(place):
        return row(number, "index", "index", end=end)
    if _named_after(place, end):
        return None
    round_number = is_year(number) and not number.value % 100 and "一" <= follows <= "鿿"
    if is_year(number) and before not in ("-", "/") and not round_number:
        return row(number, "year", "year", end=end)
    if isinstance(value, Decimal):
        if value < 20 and place.lexicon.table.locale == "zh" and VERSION.search(text, max(0, start - 3), start):
            return None
        if (number.end - number.start <= 3 and text[end - 1] == "0") or (
            number.multiplier == 1 and follows in ("版", "时", "時", "代")
        ):
            return None
        index = index_before(place)
        kind = "index" if index else "count" if number.multiplier > 1 else "other"
        return row(number, kind, "index" if index else None, end=end)
    if follows == "の" and value >= 100 and "ァ" <= before <= "ー" and noun_in_characters(place, end) is None:
        # ボーイング787の部品
        return None
    noun = (
        noun_in_characters(place, end) if follows in ("の", "大") or number.grouped or number.multiplier > 1 else None
    )
    if follows == "の" or noun:
        generic = NOUN_RUN.match(text, end)
        name = noun[0] if noun else generic[1] if generic else None
        if name is None and not number.grouped and number.multiplier == 1:
            return None
        return row(number, "count", name, end=noun[1] if noun else generic.end() if generic else end)
    if number.grouped or number.multiplier > 1:
        return row(number, "count", None, end=end)
    if index_before(place):
        return row(number, "index", "index", end=end)
    named = before.isalpha() and not "ぁ" <= before <= "ん" and before not in COUNTING
    # right after another quantity it ends no name: 7回2失点
    named = named and not (place.last is not None and place.last.end == start)
    if value == 0 or value >= 100_000 or named:
        return None
    if place.lexicon.following("qualifiers_after", text, end):
        return row(number, "count", None, end=end)
    if before in ("(", "（") and follows in (")", "）"):
        return row(number, "count", None, end=end)
    counter = COUNTER_RUN.match(text, end)
    if counter and value >= 100 and value % 10 and place.lexicon.table.locale == "zh":
        # Chinese counts with a counter, and the table has the frequent ones: 985高校, 315晚会, 302室
        return None
    if counter and not text[counter.end() : counter.end() + 1].isdigit():
        return row(number, "count", counter[0], end=counter.end())
    return row(number, "count", None, end=end) if before in tuple("はがでをにとも数") else None


def _named_after(place: Place, end: int) -> bool:
    """Whether what follows makes the number part of a name: 107国道, 3丁目."""
    return place.lexicon.pattern["no_counter"].match(place.text, end) is not None


def _one_of_list(place: Place, number: Number) -> bool:
    """之一: one of those named before."""
    return (
        number.value == 1
        and place.text[place.start - 1 : place.start] == "之"
        and place.text[place.start - 2 : place.start - 1] != "分"
    )
