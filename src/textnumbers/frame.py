"""Quantities as a table."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
import pandas as pd

from .engine import find
from .lexicon import language_code, lexicon
from .quantity import Quantity

PLACES = ("start", "end", "number_start", "number_end")
STATED = ("value", "low", "high")
FLAGS = ("vague", "one_of", "top_n", "collective", "approximate_multiple")
NAMES = (*PLACES, "kind", *STATED, "unit", "qualifier", *FLAGS)
FIELDS = attrgetter(*NAMES)
COLUMNS = (*PLACES, "token", "kind", *STATED, "unit", "qualifier", *FLAGS)


def extract(text: str, language: str) -> pd.DataFrame:
    """Find every numeric quantity of a news text.

    Parameters
    ----------
    text
        The text as it came. It is never changed: all offsets are offsets of this string.
    language
        Its language: ``en``, ``id``, ``ja`` or ``zh`` (both scripts), also as a tag such as ``zh-Hant`` or
        ``en-GB``. The language decides how separators and words are read; it is never guessed.

    Returns
    -------
    One row a quantity, in the order of the text:

    ``start``, ``end``, ``token``
        The whole expression with its unit, without the words that qualify it; ``text[start:end]`` is the token.
    ``number_start``, ``number_end``
        The number in it, with its magnitude (万, juta, bn).
    ``kind``
        count, percent, index, compute, money, rank, date, year, duration, range or other (measures, multiples,
        fractions, times of day).
    ``value``
        An int or float in base units (45亿元 is 4500000000, 3割 is 30, 148円35銭 is 148.35); a duration in several
        units is whole in the smallest (3小时20分 is 200 minutes); for dates ISO 8601 with dashes for what
        the text leaves out (``--07-26``, ``---26``, ``2024-Q3``), after TIMEX3 (Pustejovsky et al. 2003); for a
        range ``low..high``.
    ``low``, ``high``
        The ends of a range, else ``None``.
    ``unit``
        PFLOPS, EFLOPS, an ISO 4217 code, percent, pp, years, companies and so on where there is a common name,
        top for a top-n; else the counter or noun as written; missing where nothing is counted.
    ``qualifier``
        about, more_than, at_least, nearly, up_to or none.
    ``vague``, ``one_of``, ``top_n``, ``collective``, ``approximate_multiple``
        Flags: no exact number; one of several; the first n; all of a known group; an unstated multiple of the
        value (数百, puluhan ribu).

    Raises
    ------
    TypeError
        The text is no ``str``.
    ValueError
        The language has no table.
    """
    if not isinstance(text, str):
        raise TypeError(f"text is of type {type(text).__name__}; expected str")
    found = list(find(text, lexicon(language_code(language))))
    return frame(found, [text[quantity.start : quantity.end] for quantity in found])


def frame(quantities: Sequence[Quantity], tokens: Sequence[str]) -> pd.DataFrame:
    """Quantities and their tokens as the table that ``extract`` describes."""
    stated = zip(*map(FIELDS, quantities), strict=True) if quantities else [()] * len(NAMES)
    columns: dict[str, object] = dict.fromkeys(COLUMNS)
    for name, values in zip(NAMES, stated, strict=True):
        if name in PLACES:
            columns[name] = np.array(values, dtype="int64")
        elif name in FLAGS:
            columns[name] = np.array(values, dtype=bool)
        elif name in STATED:
            column = np.empty(len(quantities), dtype=object)
            column[:] = values
            columns[name] = column
        else:
            columns[name] = pd.array(values, dtype="str")
    columns["token"] = pd.array(tokens, dtype="str")
    return pd.DataFrame(columns, copy=False)
