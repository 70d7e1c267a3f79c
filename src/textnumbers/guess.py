"""Which of the languages a text is in, by its script and its function words."""

from __future__ import annotations

import re

from .languages import COMMON
from .patterns import HAN

AUTO = "auto"


def of_type(kind: type, **given: object) -> None:
    """Raise TypeError for an argument that is something else."""
    for name, value in given.items():
        if not isinstance(value, kind):
            raise TypeError(f"{name} is of type {type(value).__name__}; expected {kind.__name__}")


SAMPLE = 800
"""Characters of the text that are looked at."""
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
IDEOGRAPHS = re.compile(f"[{HAN}]")
WORD = re.compile(r"[^\W\d_]+")
LEAST = 4
"""Function words from which a guess between languages of one script is sure."""
MANY = 40
"""Ideographs without kana from which a text is surely no Japanese."""
FUNCTION_WORDS = {code: frozenset(words) for code, words in COMMON.function_words.items()}
CODES = {script: code for code, script in COMMON.languages.items()}


def guess(text: str) -> tuple[str, bool]:
    """The code of the language that the text is most likely in, and whether the text says enough to be sure.

    >>> guess("Harga minyak di pasar dunia turun pada hari ini.")
    ('id', True)
    >>> guess("3")
    ('en', False)
    """
    sample = text[:SAMPLE]
    ideographs, kana = len(IDEOGRAPHS.findall(sample)), len(KANA.findall(sample))
    words = [word.casefold() for word in WORD.findall(sample) if word.isascii()]
    if ideographs + kana > len(words):
        # Japanese has a letter of kana for each two or three ideographs, Chinese none
        with_kana = kana * 10 > ideographs
        return (CODES["kana"], kana >= LEAST) if with_kana else (CODES["characters"], ideographs >= MANY)
    counted = {code: sum(word in known for word in words) for code, known in FUNCTION_WORDS.items()}
    best, second = sorted(counted, key=lambda code: -counted[code])[:2]
    return best, counted[best] >= LEAST and counted[best] >= 3 * counted[second]


def fits(text: str, code: str) -> str | None:
    """The language that the text is surely in, if that is another than ``code``.

    >>> fits("Harga minyak di pasar dunia turun pada hari ini.", "en")
    'id'
    """
    found, sure = guess(text)
    return found if sure and found != code else None
