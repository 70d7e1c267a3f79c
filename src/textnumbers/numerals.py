"""Reading one number: printed digits, character numerals and number words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from .lexicon import DIGITS, ODD, POINTS, SPACE, Lexicon

Value = int | Decimal

LONGEST = 40
"""Characters of the longest thing that is read as a number; longer runs are identifiers or noise."""

FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
SEPARATED = re.compile(rf"[{DIGITS}.,．，]+")
ARTICLE = re.compile(rf"(?i:(?<!\w)(an?){SPACE})\Z")
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
MILLIONS_OF = re.compile(rf"{SPACE}(?:people|(?!hurdles|metres|meters)[a-z]{{3,}}[^s\W]s)(?!\w)")
MORE, SOME = "余餘多来來", "几幾数數"


class Number(NamedTuple):
    """A number where it stands."""

    start: int
    end: int
    value: Value
    printed: bool
    """Begins with digits."""
    multiplier: int
    """The last magnitude word, 1 if there is none."""
    grouped: bool = False
    foreign: bool = False
    """A decimal separator of another locale."""
    vague: bool = False
    qualifier: str = "none"
    odd: int = 0
    """Characters after the number that make it "more than" or "some" (二十余, 十数)."""
    pair: tuple[Value, Value] | None = None
    """The two ends where two neighbouring numerals mean "two or three"."""


def printed(blob: str, lexicon: Lexicon) -> tuple[Value, bool, bool] | None:
    """Value, whether grouped, whether foreign, of digits and separators; ``None`` if they are no number."""
    if len(blob) > LONGEST:
        return None
    if not blob.isascii():
        blob = blob.translate(FULL_WIDTH)
    if blob.isdigit():
        return int(blob), False, False
    whole, point, decimals = blob.partition(lexicon.decimal)
    if point and not decimals.isdigit():
        return None
    groups = whole.split(lexicon.group)
    if len(groups) > 1:
        if groups[0][0] != "0" and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
            whole = "".join(groups)
        elif len(groups) == 2 and lexicon.group == "." and not point:
            return Decimal(blob), False, True
        else:
            return None
    return (Decimal(f"{whole}.{decimals}") if point else int(whole)), len(groups) > 1, False


def read_characters(text: str, start: int, lexicon: Lexicon) -> Number | None:
    """The number that begins at ``start`` in a language of character numerals."""
    plain = lexicon.pattern["plain"].match(text, start)
    if plain:
        # digits alone or with one magnitude, as most numbers are printed
        multiplier = lexicon.magnitudes.get(plain[2], 1)
        return Number(start, plain.end(), int(plain[1]) * multiplier, True, multiplier)
    match = lexicon.pattern["number"].match(text, start)
    if match is None or match.end() - start > LONGEST:
        return None
    end = match.end()
    body_start = start + (match["some"] is not None)
    body = text[body_start:end]
    read = _simple_value(body, lexicon) or _character_value(body, lexicon)
    if read is None:
        return None
    value, multiplier, grouped, pair, qualifier, vague = read
    if not match["printed"] and end < len(text) and text[end] in POINTS:
        end, value, multiplier = _decimals(text, start, end, value, multiplier, lexicon)
    odd = 0
    if end < len(text) and text[end] in ODD and value:
        if text[end] in SOME and text[end - 1] in "十百" and text[end + 1 : end + 2] not in "据值字":
            vague, odd = True, 1
        elif text[end] in MORE and (multiplier > 1 or value % 10 == 0):
            qualifier, odd = "more_than", 1
    if match["some"]:
        vague = True
    return Number(
        start, end, value, match["printed"] is not None, multiplier, grouped, False, vague, qualifier, odd, pair
    )


def _decimals(
    text: str, start: int, end: int, value: Value, multiplier: int, lexicon: Lexicon
) -> tuple[int, Value, int]:
    """End, value and magnitude of a number in characters with its decimals (三点五, 一・二億)."""
    match = lexicon.pattern["decimals"].match(text, end)
    if match is None or multiplier >= 10_000:
        return end, value, multiplier
    digits, magnitudes = match["digits"], match["magnitudes"]
    stop = match.end()
    # 三点五十分 is a time, 二点三人 a number: the word for the point asks for something that can be counted
    if match["point"] in "点點" and not magnitudes and not text.startswith("百分之", max(0, start - 3)):
        unit = lexicon.pattern["unit"].match(text, stop)
        joined = lexicon.pattern["join"].match(text, stop)
        if not (unit and unit["form"] not in "分半") and not joined:
            return end, value, multiplier
    value += Decimal("0." + "".join(str(lexicon.numerals[character]) for character in digits))
    for character in magnitudes:
        multiplier = lexicon.magnitudes[character]
        value *= multiplier
    return stop, value, multiplier


def _simple_value(body: str, lexicon: Lexicon) -> tuple[Value, int, bool, tuple[Value, Value] | None, str, bool] | None:
    """Digits alone or with one magnitude, as most numbers are printed."""
    if body.isdecimal():
        return int(body), 1, False, None, "none", False
    multiplier = lexicon.magnitudes.get(body[-1])
    digits = body[:-1] if multiplier else body
    if not digits or not digits[-1].isdecimal():
        return None
    if not digits.isdecimal() and not SEPARATED.fullmatch(digits):
        return None
    read = printed(digits, lexicon)
    return (read[0] * (multiplier or 1), multiplier or 1, read[1], None, "none", False) if read else None


def _character_value(
    body: str, lexicon: Lexicon
) -> tuple[Value, int, bool, tuple[Value, Value] | None, str, bool] | None:
    numerals, magnitudes = lexicon.numerals, lexicon.magnitudes
    total: Value = 0
    section: Value = 0
    current: Value | None = None
    last, highest, index, grouped, vague = 1, 0, 0, False, False
    qualifier, pair_low = "none", None
    run = 0
    while index < len(body):
        character = body[index]
        if character in magnitudes:
            magnitude = magnitudes[character]
            if magnitude < 10_000:
                if pair_low is not None:
                    pair_low *= magnitude
                section += (1 if current is None else current) * magnitude
            else:
                block = section + (current or 0)
                if not block and not total:
                    block = 1 if current is None else 0
                if pair_low is not None:
                    pair_low *= magnitude
                if magnitude > highest:
                    total = (total + block) * magnitude
                    highest = magnitude
                elif not block:
                    total *= magnitude
                else:
                    total += block * magnitude
                section = 0
            current, last, run = None, magnitude, 0
            index += 1
        elif character in numerals:
            digit = numerals[character]
            if run and last > 1 and not (run == 1 and current == 0):
                if run > 1 or digit != (current or 0) + 1:
                    return None
                pair_low = section + total + (current or 0)
                current = digit
            elif run == 1 and index + 1 <= len(body) and digit == (current or 0) + 1 and current and len(body) <= 5:
                follows = body[index + 1 : index + 2]
                if (follows and follows in magnitudes) or not follows:
                    pair_low, current = current, digit
                else:
                    current = current * 10 + digit
            else:
                current = digit if not run else (current or 0) * 10 + digit
            run += 1
            index += 1
        elif character in ODD:
            if character in MORE:
                qualifier = "more_than"
            elif character in SOME:
                vague = True
            index += 1
        elif character in " \u00a0\u3000":
            index += 1
        else:
            stop = index
            while stop < len(body) and (body[stop] in "0123456789.,０１２３４５６７８９，．"):
                stop += 1
            read = printed(body[index:stop], lexicon) if stop > index else None
            if read is None:
                return None
            current, was_grouped, _ = read
            grouped, run, index = grouped or was_grouped, 0, stop
    if current is not None and run == 1 and last >= 1000 and current and body[-2:-1] in magnitudes and pair_low is None:
        current = current * (last // 10)
    value = total + section + (current or 0)
    pair = None if pair_low is None else (pair_low, value)
    return value, last, grouped, pair, qualifier, vague


def read_words(text: str, start: int, lexicon: Lexicon, *, money: bool) -> Number | None:
    """The number that begins at ``start`` in a language of number words.

    After a currency the one-letter magnitudes count too (``$5m``).
    """
    if text[start].isdigit():
        return _printed_words(text, start, lexicon, money=money)
    return _number_words(text, start, lexicon)


def _printed_words(text: str, start: int, lexicon: Lexicon, *, money: bool) -> Number | None:
    match = lexicon.pattern["number"].match(text, start)
    read = printed(match.group(), lexicon) if match else None
    if match is None or read is None:
        return None
    value, grouped, foreign = read
    end, last, vague = match.end(), 1, False
    half = lexicon.following("half", text, end)
    if half:
        value, end = Decimal(value) + Decimal("0.5"), half.end()
    elif text[end : end + 1] in VULGAR and end < len(text):
        value, end = value + VULGAR[text[end]], end + 1
    for _ in range(3):
        more = lexicon.following("multiplier", text, end)
        if more is None:
            break
        form = more["form"].casefold()
        if len(form) == 1 and not _one_letter(more, end, lexicon, money=money):
            break
        if form in lexicon.vague and lexicon.vague[form] == 12:
            break
        last = lexicon.magnitudes.get(form) or lexicon.vague[form]
        value, end = value * last, more.end()
    return Number(start, end, value, True, last, grouped, foreign, vague)


def _one_letter(match: re.Match[str], end: int, lexicon: Lexicon, *, money: bool) -> bool:
    """Whether a single letter after digits is a magnitude: $5m, Rp 3,5 T, 300k."""
    form, attached = match["form"], match.start("form") == end
    if form == "m" and attached and not money and not lexicon.day_first:
        # 2.3m homes, but the 100m hurdles
        return MILLIONS_OF.match(match.string, match.end()) is not None
    return (form == "k" and attached) or (money and (attached or (form in "MT" and lexicon.day_first)))


def _number_words(text: str, start: int, lexicon: Lexicon) -> Number | None:
    numerals, magnitudes, vague_words = lexicon.numerals, lexicon.magnitudes, lexicon.vague
    match = lexicon.pattern["word"].match(text, start)
    total, group, current = 0, 0, None
    end, last, highest, vague, pair = start, 1, 0, False, None
    while match is not None and match.end() - start <= 4 * LONGEST:
        first = end == start
        form = " ".join((match.group() if first else match["form"]).split()).casefold()
        joined = text[end : match.end() - len(form)].split()
        if "of" in joined and not (vague and form in vague_words):
            break
        if form in numerals:
            number = numerals[form]
            if number >= 100 and not group and current is None:
                total, group, highest = (total, number, highest) if number < 1000 else (number, 0, number)
            elif number < 100 and current is None and (number or first):
                current = number
            elif current is not None and 20 <= current < 100 and current % 10 == 0 and 0 < number < 10:
                current += number
            elif current is not None and joined == ["-"] and not group and not total and current + 1 == number < 10:
                pair, current = (current, number), number
            else:
                break
        elif form in magnitudes or form in vague_words:
            if first and form in magnitudes and not _indefinite(text, start):
                return None
            if form in vague_words and not first and not vague:
                break
            last = magnitudes.get(form) or vague_words[form]
            vague = vague or (first and not _article(text, start))
            if pair:
                pair = (pair[0] * last, pair[1] * last)
            if last < 1000:
                group += (1 if current is None else current) * last
            elif last > highest:
                total, group, highest = (total + group + (current or 0) or 1) * last, 0, last
            else:
                total, group = total + (group + (current or 0)) * last, 0
            current = None
        else:
            break
        end = match.end()
        match = lexicon.pattern["next_word"].match(text, end)
    if end == start:
        return None
    value: Value = total + group + (current or 0)
    half = lexicon.following("half", text, end)
    if half and value < 100:
        value, end = value + Decimal("0.5"), half.end()
        more = lexicon.following("multiplier", text, end)
        if more and len(more["form"]) > 2:
            last = magnitudes.get(more["form"].casefold(), 1)
            value, end = value * last, more.end()
    article = ARTICLE.search(text, max(0, start - 4), start) if last > 1 else None
    return Number(article.start(1) if article else start, end, value, False, last, vague=vague, pair=pair)


def _article(text: str, start: int) -> bool:
    return text[max(0, start - 8) : start].casefold().split()[-1:] in (["a"], ["an"])


def _indefinite(text: str, start: int) -> bool:
    """Whether a magnitude may stand without a number before it: after an article or a word such as several."""
    words = text[max(0, start - 12) : start].casefold().split()
    return bool(words) and words[-1] in {"a", "an", "several", "few", "many", "beberapa"}
