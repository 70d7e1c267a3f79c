"""Stage five: the sign before a quantity, and what says that it is about, more than or at most so much."""

from __future__ import annotations

import re

from .patterns import folded
from .quantity import Quantity, Spot

NUMERIC = ("percent", "money", "count", "index", "other", "compute", "duration")
"""Kinds that can be negative."""
HYPHENED = re.compile(r"(?:\A|[\s（(：:＝=、，,|$€£¥])[-–]\Z")
# a value in the brackets of accounts: (1,234) in a cell, $(71.5)
ACCOUNTS = re.compile(r"(?:[$€£¥]|[\t|]|  )\(\Z")
TRIANGLES = frozenset("▲△▼")
BRACKETED = re.compile(r"\)")
MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]{0,40}|[^<>]*\")>\Z|(?:\A|\n)(?:> ?)+\Z")


def qualified(quantity: Quantity, spot: Spot) -> Quantity:
    """The quantity with its sign and the qualifier around it."""
    if quantity.kind in NUMERIC and isinstance(quantity.value, (int, float)) and quantity.value:
        _signed(quantity, spot)
    if quantity.qualifier != "none" or (quantity.kind == "rank" and not quantity.top_n):
        return quantity
    at = quantity.start
    if quantity.unit == "time" and (told := spot.lexicon.ahead("hour_word_before", spot.text, at, 10)):
        # sekitar pukul 22.15
        at = told.start()
    found = spot.before("qualifiers_before", at)
    if found and _qualifies(spot, quantity, *found):
        quantity.qualifier = spot.lexicon.qualifiers_before[found[0]]
    elif quantity.kind not in ("date", "year") and quantity.unit != "time":
        quantity.qualifier = _after(quantity, spot)
    return quantity


def _qualifies(spot: Spot, quantity: Quantity, form: str, begin: int) -> bool:
    """Whether the form before a quantity qualifies it: > is none in mark-up, 过 none in 经过, sampai none of a date."""
    text, lexicon = spot.text, spot.lexicon
    if not form[0].isalnum():
        return not MARKUP.search(text, max(0, begin - 44), quantity.start)
    if quantity.kind in ("date", "year") and form in lexicon.words["until_forms"]:
        return False
    if form in lexicon.words["before_magnitude"] and text[quantity.number_start] not in lexicon.magnitudes:
        # 过万 is more than ten thousand, 参加过8届 is not more than eight
        return False
    return not lexicon.ahead("not_qualifier_before", text, begin + len(form), 12)


def _after(quantity: Quantity, spot: Spot) -> str:
    text, lexicon = spot.text, spot.lexicon
    end = quantity.end
    bracket = lexicon.beyond("bracket", text, end) if text[end : end + 1] in ("(", "（") else None
    match = lexicon.following("qualifiers_after", text, end)
    if match is None and bracket:
        match = lexicon.following("qualifiers_after", text, bracket.end())
        match = match if match and (match["particle"] or match["form"][0] in lexicon.words["particles"]) else None
    if match is None:
        return "none"
    form = folded(match["form"])
    if lexicon.beyond("qualifies_next", text, match.start("form")):
        # 5 persen, lebih dari 3 tahun: it belongs to what follows
        return "none"
    if form in lexicon.words["comparatives"] and _comparative(match.end(), spot):
        return "none"
    if form in lexicon.words["limits"] and quantity.kind == "other":
        # 200マイル以内で: within that distance
        return "none"
    return lexicon.qualifiers_after[form]


def _comparative(end: int, spot: Spot) -> bool:
    """Whether lebih goes with an adjective (5 persen lebih tinggi) and does not mean "and more"."""
    word = spot.lexicon.beyond("next_word", spot.text, end)
    return word is not None and word[1] not in spot.lexicon.words["not_nouns"]


def _signed(quantity: Quantity, spot: Spot) -> None:
    """Make the value negative where a sign, a word or the brackets of accounts say so."""
    text, start = spot.text, quantity.start
    if _sign_before(quantity, spot):
        _negative(quantity, start - 1)
        if text[start - 1] == "(" and quantity.end == quantity.number_end:
            quantity.end += 1
        return
    found = spot.before("before", start)
    if found and spot.lexicon.before.get(found[0]) == "minus":
        _negative(quantity, found[1])
    elif start < quantity.number_start and text[quantity.number_start - 1] == "-":
        # Rp-3 miliar
        _negative(quantity, start)


def _sign_before(quantity: Quantity, spot: Spot) -> bool:
    """Whether a minus, a triangle of Japanese accounts or an opening bracket of accounts stands right before."""
    text, start = spot.text, quantity.start
    before = text[start - 1 : start] if start else ""
    if before in ("-", "–"):
        return bool(HYPHENED.search(text, max(0, start - 3), start)) or _sign_after_letter(quantity, spot)
    if before == "(":
        closed = BRACKETED.match(text, quantity.number_end)
        return closed is not None and ACCOUNTS.search(text, max(0, start - 3), start) is not None
    return before in TRIANGLES


def _sign_after_letter(quantity: Quantity, spot: Spot) -> bool:
    """Whether a hyphen right after a character is a sign: 降至-0.5%, but not 新型-19."""
    letter = spot.text[quantity.start - 2 : quantity.start - 1]
    figure = quantity.kind in ("percent", "money") or quantity.value != int(quantity.value)
    return figure and letter > "\u3000"


def _negative(quantity: Quantity, start: int) -> None:
    if isinstance(quantity.value, (int, float)):
        quantity.value, quantity.start = -quantity.value, start
