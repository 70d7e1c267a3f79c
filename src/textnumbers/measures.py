"""What the languages share: units, ranges, money, top-n, lists of index values."""

from __future__ import annotations

import re
from decimal import Decimal

from .lexicon import BLANKS, LASTED, PAIR_AFTER, PAIR_BEFORE, SPACE, WINDOW, Lexicon, Unit, folded
from .numerals import Number, Value, read_characters, read_words
from .quantity import Place, Quantity, plain, span

NAME_END = re.compile(r"[A-Za-z0-9.+-][ \u00a0]?\Z")
NAME_BEFORE = re.compile(r"(?<![A-Za-z'’])([A-Za-z][A-Za-z0-9.+'’-]*)[ \u00a0]?\Z")
# a word after a letter or a comma goes on with a sentence; after a dash, a quote or a line end it opens one
MID_SENTENCE = re.compile(r"[\w,;，、%)\]&/][ \t\u00a0]*\Z")
HYPHENS = ("-", "‐", "‑", "–", "—", "－", "―")
TOPS = frozenset(
    ["besar", "teratas", "terbesar", "terbaik", "tertinggi", "强", "強", "甲", "大城市", "名内", "傑", "terdepan"]
) | {"utama dunia"}
INDEX_BEFORE = re.compile(
    r"(?i:指数|指數|得分|评分|評分|スコア|評点|得点|score|index|indeks|skor|系数|係数|指標値)(?:[^。.!?！？\n]|\.(?=\d)){0,40}\Z"
)
# 7割6分5厘, 七成五
TENTHS = re.compile(
    r"(?<=割)([1-9１-９一二三四五六七八九])分(?:([1-9１-９一二三四五六七八九])厘)?(?![の之野])"
    r"|(?<=成)([一二三四五六七八九半])(?![一-鿿]|[の、]\d)"
    r"|(?<=成)([一二三四五六七八九半])(?=[的左以上下多弱強])"
)
ONE_OF_BEFORE = re.compile(r"(?:[^こそあどもつ]の|のうち|うちの|之|人に|其中)[ \u3000]?\Z")
ONE_OF = re.compile(rf"{SPACE}of{SPACE}")
LISTED = re.compile(r"[0-9０-９一二三四五六七八九]、\Z")
FROM_HERE = re.compile(r"から|より")
TO_THERE = re.compile(
    r"(?:超|以上|以下|程度|前後|近く|余り|強|弱)?(?:[にへ]|まで[^。、]{0,6}?[高上引増伸拡減下落縮低回延広膨])"
)
CHANGE_BEFORE = re.compile(
    r"(?i:\b(?:r[io]sen?|rais\w+|f[ae]ll(?:en|ing)?|gr[eo]wn?|growing|increas\w+|decreas\w+|drop\w*|climb\w*|jump\w*|cut\w*"
    r"|lower\w*|reduc\w+|expand\w*|shr[aiu]nk|improv\w+|surg\w+|slip\w*|slump\w*|up|down|widen\w*|narrow\w*|soar\w*"
    r"|advanc\w+|declin\w+|mov\w+|naik|turun|meningkat|menurun|bertambah|berkurang|melonjak|anjlok|merosot|tumbuh|menyusut)"
    r"(?:\s+\w+){0,4}?\s+(?:from|dari)\s(?:\S{1,4}\s?)?)\Z"
)
SCORE_BEFORE = re.compile(r"(?i:比分|スコア|\bscore|\bskor)[^。.]{0,8}\Z")
# RTX 5090: letters and digits of one name
CODE_AFTER = re.compile(rf"{SPACE}\d")
# counters that after 两, unlike after 一 or 三, begin no other word
COUNTED_BY_TWO = frozenset("间間部门門省县縣首场場支只隻片组組股份段节節张張场根册冊卷封")
OR_AFTER = re.compile(rf"{SPACE}(?:or|atau){SPACE}")


def prefix(place: Place) -> tuple[str | None, str | None, int]:
    """What stands right before a number: its tag or currency, and where the expression begins."""
    found = place.before("before", place.start)
    if found is None:
        return None, None, place.start
    form, begin = found
    lexicon = place.lexicon
    if form in lexicon.money:
        return None, lexicon.money[form], begin
    tag = lexicon.before[form]
    return tag, None, begin if tag in ("rank", "top", "percent", "minus") else place.start


def number_at(place: Place, *, money: bool = False) -> Number | None:
    """The number at a candidate."""
    if place.lexicon.table.characters:
        return read_characters(place.text, place.start, place.lexicon)
    return read_words(place.text, place.start, place.lexicon, money=money)


def unit_after(place: Place, number: Number, *, tag: str | None = None) -> tuple[Unit, str, int] | None:
    """The unit after a number, its form and its end."""
    lexicon = place.lexicon
    end = number.end + number.odd
    if number.vague and (of := ONE_OF.match(place.text, end)):
        end = of.end() - 1
    match = lexicon.following("unit", place.text, end)
    if match is None:
        return None
    form = folded(match["form"])
    if match["form"] == "M":
        # a metre has a small letter
        return None
    if lexicon.table.characters and not number.printed and tag not in ("rank", "top"):
        lone = place.text[number.start : number.end]
        if (
            form in lexicon.digits_only
            and len(lone) == 1
            and number.multiplier < 10_000
            and not number.odd
            and not (lone in "两兩" and form in COUNTED_BY_TWO)
            and not (form == "日" and place.text.endswith(LASTED, max(0, number.start - 2), number.start))
        ):
            return None
        if lone == "一" and match["form"] not in lexicon.one_counts and not one_of_before(place.text, number.start):
            return None
        if (
            lone in ("万", "萬", "亿", "億", "千", "百")
            and not number.odd
            and lexicon.table.locale == "zh"
            and form not in ("卡", "p", "p级")
            and place.text[number.start - 1 : number.start] not in ("上", "近", "超", "逾", "过", "過")
        ):
            return None
    return lexicon.units[form], match["form"], match.end()


Found = tuple[Unit, str, int]
"""A unit, its form in the text, and its end."""


def one_of_before(text: str, start: int) -> bool:
    """Whether 一つ, 一人 and the like mean one of those named before."""
    return bool(ONE_OF_BEFORE.search(text, max(0, start - 5), start))


def is_year(number: Number) -> bool:
    """Whether the number, as printed, can be a year of the calendar."""
    return (
        isinstance(number.value, int)
        and 1800 <= number.value <= 2100
        and number.multiplier == 1
        and not number.grouped
        and number.end - number.start == 4
    )


def may_begin(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a number can begin here."""
    if text[at].isdigit():
        return True
    if lexicon.table.characters:
        return text[at] in lexicon.numerals or text[at] in "十百千"
    return lexicon.pattern["word"].match(text, at) is not None


def second_number(place: Place, number: Number, unit: tuple[Unit, str, int] | None) -> tuple[Number, bool] | None:
    """The second number of a range that begins with ``number``, and whether a hyphen joins them."""
    text, lexicon = place.text, place.lexicon
    end = unit[2] if unit else number.end
    join = lexicon.following("join", text, end)
    if join is None and lexicon.table.characters:
        return _neighbour(place, number) if unit is None and text[end : end + 1] == "、" else None
    if join is None:
        paired = PAIR_AFTER.match(text, end) if text[end + 1 : end + 2] in ("a", "d", "o") else None
        alternative = OR_AFTER.match(text, end) if text[end + 1 : end + 2] in ("a", "o") and not unit else None
        if alternative and may_begin(text, alternative.end(), lexicon):
            second = number_at(Place(text, alternative.end(), lexicon, alternative.end(), None))
            step = second.multiplier if second else 1
            near = second and not second.pair and number.value < 20 and second.value == (number.value + 1) * step
            return (second, False) if second and near else None
        if not paired or not PAIR_BEFORE.search(text, max(place.floor, place.start - WINDOW), place.start):
            return None
        join = paired
    at = join.end()
    money = lexicon.pattern["money"].match(text, at)
    if money:
        at = money.end()
    if at >= len(text) or not may_begin(text, at, lexicon):
        return None
    second = number_at(Place(text, at, lexicon, at, None), money=bool(money))
    if second is None or second.pair:
        return None
    return second, join.group().strip() in HYPHENS


def _neighbour(place: Place, number: Number) -> tuple[Number, bool] | None:
    """The next number in 二、三人 or 14、5人: two or three, some fourteen or fifteen."""
    text, end = place.text, number.end
    if LISTED.search(text, max(0, place.start - 2), place.start):
        return None
    if not may_begin(text, end + 1, place.lexicon) or not 0 < number.value % 10 < 9:
        return None
    second = number_at(Place(text, end + 1, place.lexicon, end + 1, None))
    if second is None or second.pair or not unit_after(place, second):
        return None
    step = second.multiplier if second.value >= second.multiplier else 1
    high = number.value - number.value % 10 + Decimal(second.value) / step
    return (second._replace(value=high * step), False) if high == number.value + 1 else None


def read_range(
    place: Place, number: Number, unit: tuple[Unit, str, int] | None, tag: str | None, money: str | None
) -> Quantity | None:
    """The range that begins with this number, if it is one."""
    found = second_number(place, number, unit)
    if found is None:
        return None
    second, hyphen = found
    text = place.text
    if hyphen and unit is None and SCORE_BEFORE.search(text, max(0, place.start - 16), place.start):
        return None
    high_unit = unit_after(place, second)
    low, high = number.value, second.value
    if hyphen and is_year(number) and 10 <= high < 100 and second.end - second.start == 2 and low % 100 < high:
        high = low - low % 100 + high
    if number.multiplier < second.multiplier and low < high / second.multiplier:
        low = low * second.multiplier
    years = is_year(number) and high <= 2200 and high >= 1800
    if not low < high or (is_year(second) and not years):
        return None
    if (unit and high_unit and unit[0] != high_unit[0]) or (
        unit and not high_unit and not years and unit[0].kind != "percent"
    ):
        return None
    if unit and not high_unit and unit[0].kind == "percent":
        return None
    if _change(place, number, unit, high_unit[2] if high_unit else second.end):
        return None
    if hyphen and (text[second.end : second.end + 1] in HYPHENS and text[second.end + 1 : second.end + 2].isdigit()):
        return None
    follows = text[second.end : second.end + 1]
    if (
        high_unit is None
        and follows.isascii()
        and (follows.isalpha() or (follows in (":", "/") and text[second.end + 1 : second.end + 2].isdigit()))
    ):
        return None
    end = high_unit[2] if high_unit else second.end
    chosen = high_unit[0] if high_unit else unit[0] if unit else None
    scale = chosen.scale if chosen else 1
    name = chosen.unit if chosen else None
    if years and (chosen is None or chosen.unit == "years"):
        name = "year"
        if chosen is None and high_unit is None:
            end = second.end
    if money:
        name = money
    if chosen is None and not money and not years and not place.lexicon.table.characters:
        noun = noun_in_words(place, second.end)
        if noun:
            name, end = noun
    elif chosen is None and not money and not years:
        noun = noun_in_characters(place, second.end)
        if noun:
            name, end = noun
    if hyphen and name is None and second.end - second.start == 4:
        # a telephone number or a post code: 1234-5678, 100-8111
        return None
    ends = plain(low * scale), plain(high * scale)
    return Quantity(place.start, end, number.start, second.end, "range", span(*ends), *ends, name)


def _change(place: Place, number: Number, unit: Found | None, end: int) -> bool:
    """Whether a value went from the first number to the second, which are then two quantities and no range.

    Japanese says so after them (320台から2,000台に増やす), the others before them (rose from 3% to 5%).
    """
    text, low_end = place.text, unit[2] if unit else number.end
    if place.lexicon.table.characters:
        return bool(unit) and FROM_HERE.match(text, low_end) is not None and TO_THERE.match(text, end) is not None
    return CHANGE_BEFORE.search(text, max(0, place.start - 60), place.start) is not None


def latin_name(place: Place, number: Number, unit: tuple[Unit, str, int] | None) -> bool:
    """Whether the digits end a Latin name (iPhone 15, Llama 3.1) rather than count something."""
    if not number.printed or number.grouped or number.multiplier > 1 or is_year(number):
        return False
    if unit and unit[0].kind not in ("count", "index"):
        return False
    before = place.text[place.start - 1 : place.start]
    if not (before in BLANKS or (before.isascii() and (before.isalnum() or before in ".+-"))):
        return False
    low = max(place.floor, place.start - WINDOW)
    blank = place.text.rfind(" ", low, place.start - 1)
    if not place.lexicon.table.characters and place.text[max(low, blank + 1) : place.start].islower():
        return False
    if not NAME_END.search(place.text, max(place.floor, place.start - 2), place.start):
        return False
    match = NAME_BEFORE.search(place.text, max(place.floor, place.start - WINDOW), place.start)
    if match is None or (not any(c.isupper() for c in match[1]) and not place.lexicon.table.characters):
        return False
    if number.value >= 1000 and not match[1].isupper():
        return False
    if match[1] == "M" and isinstance(number.value, Decimal):
        # the magnitude of an earthquake
        return False
    if place.lexicon.table.characters:
        return unit is None or unit[1].isascii()
    if unit and unit[0].unit not in ("models", "chips", "stage", "cards", "parameters"):
        return False
    start = match.start(1)
    opens = not MID_SENTENCE.search(place.text, max(0, start - 4), start) and match[1][1:].islower()
    return not (opens and (unit or noun_in_words(place, number.end) or index_before(place)))


def read_top(
    place: Place, number: Number, unit: tuple[Unit, str, int] | None, begin: int, tag: str | None
) -> Quantity | None:
    """The first n: 上位3位, top three, tiga besar, 前十."""
    after = place.lexicon.following("after", place.text, number.end)
    collective = None
    if after:
        name = "top" if folded(after["form"]) in TOPS else "collective"
        collective = name == "collective"
    if tag != "top" and (after is None or collective):
        if after and collective and unit:
            quantity = with_unit(place, number, unit)
            if quantity:
                quantity.collective = True
            return quantity
        return None
    if unit and unit[0].kind not in ("count", "rank"):
        return with_unit(place, number, unit)
    value = plain(number.value)
    if not isinstance(value, int) or value < 2 or is_year(number):
        return None
    end = max(after.end() if after and not collective else 0, unit[2] if unit else number.end)
    start = begin if tag == "top" else place.start
    quantity = row(number, "rank", "top", end=end, begin=start)
    quantity.top_n = True
    return quantity


def read_money(
    place: Place, number: Number, unit: tuple[Unit, str, int] | None, money: str | None, begin: int
) -> Quantity | None:
    """An amount of money."""
    end = number.end
    name = money
    if unit and unit[1] == "won" and number.value < 1000:
        return row(number, "count", None, end=end)
    if unit and unit[0].kind == "money":
        end = unit[2]
        name = money or unit[0].unit
    value = number.value * unit[0].scale if unit and unit[0].kind == "money" and not money else None
    return row(number, "money", name, end=end, begin=begin if money else place.start, value=value)


def index_before(place: Place) -> bool:
    """Whether the sentence spoke of an index or score right before."""
    return INDEX_BEFORE.search(place.text, max(0, place.start - 48), place.start) is not None


def goes_on_with_indices(place: Place) -> bool:
    """Whether the number goes on a list of index values."""
    last = place.last
    return (
        last is not None
        and last.kind == "index"
        and place.start - last.end <= 12
        and place.lexicon.pattern["list"].fullmatch(place.text, last.end, place.start) is not None
    )


def noun_in_words(place: Place, end: int) -> tuple[str, int] | None:
    """The noun counted, by its common name or as written, and its end.

    In English up to two adjectives may stand between; in Indonesian the noun comes first.
    """
    text, lexicon = place.text, place.lexicon
    at, first = end, None
    if not lexicon.day_first:
        of = ONE_OF.match(text, end)
        at = of.end() - 1 if of else end
    for _ in range(1 if lexicon.day_first else 4):
        match = lexicon.pattern["noun"].match(text, at)
        if match is None:
            break
        word = match["noun"]
        if (first and word.casefold() in lexicon.numerals) or (word.isupper() and CODE_AFTER.match(text, match.end())):
            break
        if word.casefold() in lexicon.not_nouns or (
            word[0].isupper() and not text[place.start].isupper() and not word.isupper()
        ):
            break
        unit = lexicon.units.get(word.casefold())
        if unit and unit.kind == "count":
            return unit.unit, match.end()
        if first is None:
            first = (word, match.end())
        if not lexicon.day_first and word.endswith("s") and not word.endswith(("ss", "ous")):
            return word, match.end()
        at = match.end()
    return first


def noun_in_characters(place: Place, end: int) -> tuple[str, int] | None:
    """The common name of the thing counted after a counter (6つの側面: aspects), and its end."""
    match = place.lexicon.pattern["noun"].match(place.text, end)
    return (place.lexicon.nouns[folded(match["noun"])], match.end()) if match else None


def row(
    number: Number,
    kind: str,
    unit: str | None,
    *,
    end: int,
    begin: int | None = None,
    value: Value | None = None,
) -> Quantity:
    """The row of one number; neighbouring numerals ("two or three") make a range."""
    start = number.start if begin is None or begin > number.start else begin
    exact = number.value if value is None else value
    stated = exact if isinstance(exact, int) else plain(exact)
    quantity = Quantity(start, end, number.start, number.end, kind, stated, unit=unit, qualifier=number.qualifier)
    if number.pair:
        scale = Decimal(1) if value is None else Decimal(value) / number.value
        low, high = (plain(part * scale) for part in number.pair)
        quantity.kind, quantity.value, quantity.low, quantity.high = "range", span(low, high), low, high
    quantity.vague = number.vague
    quantity.approximate_multiple = number.vague and stated >= 10
    return quantity


def _tenths(digit: str, lexicon: Lexicon) -> int:
    return 5 if digit == "半" else lexicon.numerals.get(digit) or int(digit)


def with_unit(place: Place, number: Number, unit: tuple[Unit, str, int]) -> Quantity | None:
    """A number with a unit of the table."""
    (kind, name, scale), form, end = unit
    text = place.text
    value = number.value * scale
    if kind == "percent" and scale == 10:
        tenths = TENTHS.match(text, end)
        if tenths:
            digits = [_tenths(digit, place.lexicon) for digit in tenths.groups() if digit]
            value, end = value + digits[0] + Decimal(sum(digits[1:])) / 10, tenths.end()
    if kind == "duration" and "半" in form:
        value += Decimal("0.5")
    if form in ("点", "點") and number.printed and (isinstance(value, Decimal) or number.grouped or value >= 1000):
        kind, name = "index", "points"
    if kind == "index" and name == "points" and number.multiplier > 1:
        return None
    one_of = False
    if form == "大" and value >= 100:
        # 618大促
        return None
    if kind == "count" and place.lexicon.table.characters:
        one_of = value == 1 and form in ("つ", "人", "社") and one_of_before(text, place.start)
        noun = noun_in_characters(place, end) if name == form else None
        if noun:
            name = noun[0]
    if kind == "percent" and name == "pp" and form == "ポイント" and value > 100:
        kind, name = "index", "points"
    quantity = row(number, kind, name, end=end, value=value)
    quantity.one_of = one_of
    return quantity
