"""Quantities in languages whose numerals are words (English, Indonesian)."""

from __future__ import annotations

import re
from decimal import Decimal

from .compounds import compounded
from .lexicon import SPACE, Unit, folded, word_before
from .measures import (
    MID_SENTENCE,
    goes_on_with_indices,
    index_before,
    is_year,
    latin_name,
    may_begin,
    noun_in_words,
    prefix,
    read_money,
    read_range,
    read_top,
    row,
    unit_after,
)
from .numerals import Number, read_words
from .ordinals import read_fraction, read_ordinal, read_ordinal_digits, read_part
from .quantity import Place, Quantity, plain

WORD = re.compile(r"[^\W\d_]+")
ORDINAL_END = re.compile(r"(?:st|nd|rd|th)(?![^\W_])")
# 5.000-an: some 5,000
SOME = re.compile(r"-an(?![^\W_])")
DECADE = re.compile(r"(?:s|-?an)(?![^\W_])")
ONE_OF = re.compile(rf"{SPACE}of{SPACE}")
ONE_NOT_AFTER = frozenset(
    [
        "no",
        "any",
        "some",
        "every",
        "each",
        "the",
        "this",
        "that",
        "which",
        "another",
        "last",
        "next",
        "new",
        "old",
        "big",
        "good",
        "bad",
        "only",
        "tidak",
        "tak",
        "bukan",
        "pun",
        "someone",
        "loved",
        "day",
        "tiap",
        "setiap",
        "suatu",
    ]
)
COMPOUND_ORDINAL = re.compile(r"[^\W\d_]+-([^\W\d_]+)(?![^\W_])")
# a house or a law has that number
ADDRESS_BEFORE = re.compile(
    r"\b(?:Jalan|Jl\.?|Gang|Undang-Undang|UU|Peraturan|Perda|Perpres|Keputusan|Resolution|Order|Flight|Route|Typhoon"
    r"|Hurricane|Cyclone|Storm|Topan|Siklon|Symphony|Concerto|Sonata|Opus|Chanel|Reactor|PP|PMK|Permen|Perpu|Inpres"
    r"|Keppres|SK|SNI)\b[^,;.:]{0,40}\Z"
)
IN_EVERY = re.compile(rf"{SPACE}in{SPACE}(?:every{SPACE})?")
THE = frozenset(["the", "its", "their", "those"])
DARI = re.compile(rf"{SPACE}dari{SPACE}")
DECADES = frozenset(range(10, 100, 10))
DECADE_BEFORE = re.compile(rf"(?i:\b(?:tahun|era|dekade)){SPACE}\Z")
ADDRESS_AFTER = re.compile(
    rf"{SPACE}(?:[A-Z]\w+{SPACE}){{1,2}}(?:Street|Avenue|Road|Lane|Square|Boulevard|Drive|Place|St|Ave|Rd|Blvd"
    rf"|Terrace|Crescent|Parade|Quay|Highway|Parkway|Way)(?!\w)|{SPACE}(?:shirt|jersey)(?!\w)|{SPACE}(?:Rue|Via|Calle|Jalan)\b"
    rf"|{SPACE}[A-Z]\w+-(?:ro|gil|daero|dong|gu|dori|cho|machi)(?!\w)"
)
HYPHEN_NOUN = re.compile(r"-(?!way)[a-z]{3,}(?!-)")
HYPHEN_NAME = re.compile(r"-[A-Z]")
# Tiga Serangkai membuka
SENTENCE_NAME = re.compile(rf"{SPACE}[A-Z][a-z]+{SPACE}[a-z]")
PLURAL_NAME = re.compile(rf"{SPACE}[A-Z][a-z]+s(?![\w'’])")


def read_word_quantity(place: Place) -> Quantity | None:
    """The quantity at a candidate that is no date or time."""
    text, lexicon, start = place.text, place.lexicon, place.start
    word = None if text[start].isdigit() else folded(lexicon.pattern["lexeme"].match(text, start).group())  # type: ignore[union-attr]
    if word is not None:
        if _proper(place, word):
            return None
        compound = COMPOUND_ORDINAL.match(text, start) if lexicon.numerals.get(word, 0) >= 20 else None
        if compound and compound[1].casefold() in lexicon.ordinals:
            tens, ones = lexicon.numerals[word], lexicon.ordinals[compound[1].casefold()]
            return read_ordinal(place, tens + ones, compound.end()) if ones < 10 else None
        if word in lexicon.ordinals:
            end = lexicon.pattern["lexeme"].match(text, start).end()  # type: ignore[union-attr]
            return read_part(place) or read_ordinal(place, lexicon.ordinals[word], end)
        if word in lexicon.fractions:
            return read_part(place)
        if word in lexicon.months and word not in lexicon.numerals:
            return None
    tag, money, begin = prefix(place)
    number = read_words(text, start, lexicon, money=money is not None)
    if number is None:
        return None
    if (
        word is None
        and text[number.end : number.end + 1] in ("s", "n", "r", "t")
        and ORDINAL_END.match(text, number.end)
    ):
        return read_ordinal_digits(place, number)
    fraction = read_fraction(place, number) if word is not None else None
    if fraction:
        return fraction
    ratio = _ratio(place, number) if text.startswith(" in ", number.end) else None
    if ratio:
        return ratio
    if money == "PHP" and number.value < 10:
        # the version of a program
        return None
    unit = unit_after(place, number)
    follows = text[number.end : number.end + 1]
    counted = unit is None or unit[0].kind in ("count", "index")
    if tag == "name" and number.multiplier == 1 and not number.grouped and counted:
        return None
    if unit is None and number.printed and not money and _glued(text, number.end):
        return None
    if word is not None and text[start - 1] == "-" and text[start - 2 : start - 1].isdigit():
        # 7-Eleven
        return None
    ranged = read_range(place, number, unit, tag, money)
    if ranged:
        if money:
            ranged.start = begin
        return ranged
    if follows in ("-", "–") and number.printed and text[number.end + 1 : number.end + 2].isdigit():
        # the score of a match: 3-1
        return None
    if money or (unit and unit[0].kind == "money" and number.value != 1):
        return read_money(place, number, unit, money, begin)
    if number.value == 1 and word is not None and number.multiplier == 1 and tag not in ("rank", "top"):
        return _one(place, number, unit)
    if tag == "rank" and lexicon.following("after", text, number.end):
        tag = "top"
        begin = start
    address = ADDRESS_BEFORE.search(text, max(0, begin - 48), begin) if tag == "rank" else None
    if address or (tag == "rank" and ADDRESS_AFTER.match(text, number.end)):
        return None
    if tag == "rank" and not (unit and unit[0].kind in ("percent", "money", "other", "compute")):
        value = plain(number.value)
        if isinstance(value, int) and value > 0 and number.multiplier == 1:
            named = folded(text[begin:start].strip())
            name = lexicon.units[named].unit if named in lexicon.units else "rank"
            return row(number, "rank", name, end=number.end, begin=begin)
    top = read_top(place, number, unit if unit and unit[0].kind in ("count", "rank") else None, begin, tag)
    if top and not (unit and unit[0].kind not in ("count", "rank")):
        return top
    year = _year_words(place, number, unit, tag)
    if year:
        return year
    if tag not in ("index", "size") and latin_name(place, number, unit):
        return None
    if number.foreign and (unit is None or unit[0].kind == "count") and number.multiplier == 1:
        return None
    if tag == "index" and unit is None and not lexicon.day_first and isinstance(number.value, int):
        # scored 52 goals
        goals = noun_in_words(place, number.end)
        tag = None if goals and goals[0].endswith("s") else tag
    listed = tag == "index" or (unit is None and goes_on_with_indices(place))
    if listed and (unit is None or unit[0].kind in ("index", "count")):
        end = unit[2] if unit and unit[0].kind == "index" else number.end
        return row(number, "index", "points" if end > number.end else "index", end=end)
    if unit and number.value == 0 and text[number.end] == "-":
        # 0-day, zero-hour
        return None
    if unit and not (unit[0].kind == "count" and number.foreign):
        quantity = row(number, unit[0].kind, unit[0].unit, end=unit[2], value=number.value * unit[0].scale)
        quantity.collective = tag == "collective" and unit[0].kind == "count"
        if tag == "minus" and isinstance(quantity.value, (int, float)):
            quantity.value, quantity.start = -quantity.value, begin
        return compounded(place, quantity, unit)
    return _bare_words(place, number, tag, follows)


def _ratio(place: Place, number: Number) -> Quantity | None:
    """one in five: a part of a whole."""
    text, lexicon = place.text, place.lexicon
    match = IN_EVERY.match(text, number.end) if not lexicon.day_first and number.value < 10 else None
    if match is None or match.end() >= len(text) or not may_begin(text, match.end(), lexicon):
        return None
    second = read_words(text, match.end(), lexicon, money=False)
    if second is None or not number.value < second.value <= 100 or second.pair:
        return None
    unit = unit_after(place, second)
    if unit and unit[0].kind != "count":
        return None
    value = plain(number.value) / plain(second.value)
    return Quantity(number.start, second.end, number.start, second.end, "other", value, unit="fraction")


def _glued(text: str, end: int) -> bool:
    """Whether the digits run on into a word or code: 5G, 3D, 4K, 3-in-1, 16:9."""
    follows, then = text[end : end + 1], text[end + 1 : end + 2]
    if follows.isalpha() and not DECADE.match(text, end):
        return True
    return (
        follows in ("-", ":", "/", "_", "'")
        and then.isalnum()
        and not (follows == "-" and (then.isdigit() or HYPHEN_NOUN.match(text, end) or DECADE.match(text, end)))
    )


def _year_words(place: Place, number: Number, unit: tuple[Unit, str, int] | None, tag: str | None) -> Quantity | None:
    if not is_year(number) or not number.printed:
        return None
    decade = DECADE.match(place.text, number.end)
    if decade:
        quantity = row(number, "year", "year", end=decade.end())
        quantity.vague = True
        return quantity
    if unit and not (tag == "year" and unit[0].kind == "count" and number.value % 100 and number.value >= 2000):
        return None
    if tag == "index" or (tag == "collective" and word_before(place.text, 0, number.start)[0].casefold() not in THE):
        return None
    return row(number, "year", "year", end=number.end)


def _one(place: Place, number: Number, unit: tuple[Unit, str, int] | None) -> Quantity | None:
    """The word for one: often no number at all."""
    text, start = place.text, place.start
    before, begin = word_before(text, place.floor, start)
    previous = before.casefold()
    if previous == "salah":
        quantity = Quantity(begin, number.end, start, number.end, "count", 1)
        quantity.one_of = True
        return quantity
    out_of = DARI.match(text, number.end) if place.lexicon.day_first else None
    if out_of and out_of.end() < len(text) and may_begin(text, out_of.end(), place.lexicon):
        return Quantity(start, number.end, start, number.end, "count", 1)
    one_of = ONE_OF.match(text, number.end)
    if one_of and not place.lexicon.day_first:
        quantity = Quantity(start, number.end, start, number.end, "count", 1)
        quantity.one_of = True
        return quantity
    if previous in ONE_NOT_AFTER:
        return None
    if unit is None:
        # Indonesian has no article: satu with a noun states a number
        noun = noun_in_words(place, number.end) if place.lexicon.day_first and number.end - start > 1 else None
        return row(number, "count", noun[0], end=noun[1]) if noun else None
    if (
        unit[0].unit == "days"
        and text[number.end] != "-"
        and previous
        not in (
            "in",
            "within",
            "than",
            "for",
            "only",
            "after",
            "dalam",
            "selama",
            "hanya",
        )
    ):
        return None
    quantity = row(number, unit[0].kind, unit[0].unit, end=unit[2], value=number.value * unit[0].scale)
    return compounded(place, quantity, unit)


def _bare_words(place: Place, number: Number, tag: str | None, follows: str) -> Quantity | None:
    """A number without a unit of the table: what is counted is the noun after it."""
    text = place.text
    if number.printed and ADDRESS_AFTER.match(text, number.end):
        return None
    if tag == "size" and number.multiplier == 1:
        return row(number, "other", None, end=number.end)
    if isinstance(number.value, Decimal) and number.multiplier == 1:
        if number.end - number.start <= 3 and text[number.end - 1] == "0":
            return None
        index = index_before(place)
        noun = None if index else noun_in_words(place, number.end)
        name, end = noun or ("index" if index else None, number.end)
        return row(number, "index" if index else "count" if noun else "other", name, end=end)
    some = SOME.match(text, number.end) if number.printed else None
    if (
        follows == "-"
        and some is None
        and text[number.end + 1 : number.end + 2].isalpha()
        and not (
            (number.printed or number.value >= 3)
            and HYPHEN_NOUN.match(text, number.end)
            and not text.startswith("-way", number.end)
        )
    ):
        return None
    if some and number.value in DECADES and DECADE_BEFORE.search(text, max(0, place.start - 12), place.start):
        quantity = row(number, "year", "year", end=some.end(), value=1900 + number.value)
        quantity.vague = True
        return quantity
    if some:
        quantity = row(number, "count", None, end=some.end())
        noun = noun_in_words(place, some.end())
        if noun:
            quantity.unit, quantity.end = noun
        quantity.qualifier = "about"
        return quantity
    noun = noun_in_words(place, number.end)
    if noun is None and number.printed and not number.grouped and number.multiplier == 1:
        if index_before(place):
            return row(number, "index", "index", end=number.end)
        if number.value >= 100_000 or follows.isalpha():
            return None
    if noun is None and not number.printed and number.value == 0:
        return None
    name, end = noun or (None, number.end)
    quantity = row(number, "count", name, end=end)
    quantity.collective = tag == "collective"
    return quantity


def _proper(place: Place, word: str) -> bool:
    """Whether a capitalised number word is part of a name (Zero-One, Three Gorges) and counts nothing."""
    text, start = place.text, place.start
    lexicon = place.lexicon
    if not text[start].isupper() or word in lexicon.months or word in lexicon.vague:
        return False
    if word in lexicon.ordinals and " " in word:
        # Kuartal III
        return False
    end = start + len(word)
    hyphened = HYPHEN_NAME.match(text, end)
    if text[start - 1 : start] in ("-", "‑") and text[start - 2 : start - 1].isalpha():
        # Seven-Eleven
        return True
    if not MID_SENTENCE.search(text, max(0, start - 4), start) and not hyphened:
        named = (SENTENCE_NAME if lexicon.day_first else PLURAL_NAME).match(text, end)
        return named is not None and not _headline(text, start)
    return bool(hyphened) or not _headline(text, start)


def _headline(text: str, start: int) -> bool:
    """Whether the line is set in capitals, so that a capital says nothing."""
    begin = text.rfind("\n", max(0, start - 160), start) + 1
    stop = text.find("\n", start, start + 160)
    if (begin == 0 and start > 160) or (stop < 0 and len(text) > start + 160):
        # a paragraph
        return False
    line = text[begin : stop if stop >= 0 else min(len(text), start + 160)]
    if line.rstrip().endswith((".", "。")):
        return False
    words = [word for word in WORD.findall(line) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
