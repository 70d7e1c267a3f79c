"""The text as it is read: one form for each digit, blank, minus sign and script, character for character.

Nothing is added or taken away, so every offset is one of the text that came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ODD = "\ue00a"
"""A digit that is none of 0 to 9: ①, ٣. It begins no number and ends none."""
POWERS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009"
"""Digits set high: 10³, km²."""
POWER_MINUS = "\ue00b"
"""A minus set high: 10⁻³."""
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", POWERS + POWER_MINUS, strict=True))
_SAME = frozenset("，．。、：；！？（）［］｛｝「」")
_HYPHENS = frozenset("\u2010\u2011\u2212\ufe63\uff0d")
_TILDES = frozenset("\u301c\uff5e\u223c")
# a comma or point between full-width digits is of them, a point between digits of any width too
_SEPARATORS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))|(?<=[0-9０-９])．(?=[0-9０-９])")
# a line that is wrapped and not ended: no full stop before the break, no point of a list after it
_WRAPPED = re.compile(r"(?<=[^\s.。!?！？:：;；])\r?\n(?=[^\s>|])(?![0-9]{1,3}[.)）．、](?![0-9])[ \t]?\S)")
_HALF = {"，": ",", "．": "."}


class Folds(dict[int, str]):
    """The character that each stands for, worked out when it is first met; ``str.translate`` takes it."""

    def __init__(self, variants: Iterable[str] = ()) -> None:
        super().__init__()
        for group in variants:
            self.update((ord(other), group[0]) for other in group[1:])

    def __missing__(self, code: int) -> str:
        character = self[code] = _folded(chr(code))
        return character


def _folded(character: str) -> str:
    if character in _SAME or character.isascii():
        return character
    if character in _SUPERSCRIPTS:
        return _SUPERSCRIPTS[character]
    if character == "\u00b5":
        return "\u03bc"
    if character in _HYPHENS:
        return "-"
    if character in _TILDES:
        return "~"
    if character.isspace():
        return " "
    if "\uff01" <= character <= "\uff5d":
        return chr(ord(character) - 0xFEE0)
    return ODD if unicodedata.category(character) in ("Nd", "No") and character.isdigit() else character


def fold(text: str, folds: Folds) -> str:
    """The text with each character as ``folds`` has it, of the same length.

    >>> fold("３．８％　①", Folds())
    '3.8% \\ue00a'
    """
    if "\n" in text:
        text = _WRAPPED.sub(lambda match: " " * len(match[0]), text)
    if text.isascii():
        return text
    if "，" in text or "．" in text:
        text = _SEPARATORS.sub(lambda match: _HALF[match[0]], text)
    return text.translate(folds)
