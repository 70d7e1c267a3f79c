"""Quantities as a list of records and as a table."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
import pandas as pd

from .find import find
from .guess import AUTO, fits, guess, of_type
from .lexicon import lexicon
from .quantity import Quantity

PLACES = ("start", "end", "number_start", "number_end")
STATED = ("value", "low", "high")
FLAGS = ("vague", "one_of", "top_n", "collective", "approximate_multiple")
COLUMNS = (*PLACES, "token", "kind", *STATED, "unit", "qualifier", *FLAGS)
FIELDS = attrgetter(*COLUMNS)


def extract(text: str, language: str) -> list[Quantity]:
    """Find every numeric quantity of a text.

    Parameters
    ----------
    text
        The text as it came. It is never changed: all offsets are offsets of this string.
    language
        Its language: ``en``, ``id``, ``ja`` or ``zh`` (both scripts), also as a tag such as ``zh-Hant`` or
        ``en-GB``, whose region decides the order of day and month in 12/11/2024. ``auto`` guesses by script and
        function words, and warns where the text says too little.

    Returns
    -------
    The quantities in the order of the text; they never overlap. `Quantity` describes the fields.

    Raises
    ------
    TypeError
        The text or the language is no ``str``.
    ValueError
        The language has no table.

    Warns
    -----
    UserWarning
        The text is rather in another language than the one named, or ``auto`` could not tell.

    Examples
    --------
    >>> from textnumbers import extract
    >>> for found in extract("Sales fell 8.5% to more than $1.2 billion on 3 May 2024.", "en"):
    ...     print(found.token, found.kind, found.value, found.unit, found.qualifier)
    8.5% percent 8.5 percent none
    $1.2 billion money 1200000000 USD more_than
    3 May 2024 date 2024-05-03 None none
    """
    of_type(str, text=text, language=language)
    if language == AUTO:
        language, sure = guess(text)
        if not sure:
            warnings.warn(f"the text says too little of its language; read as {language!r}", stacklevel=2)
    found = lexicon(language)
    other = fits(text, found.code)
    if other:
        warnings.warn(f"the text is rather in {other!r} than in {language!r}", stacklevel=2)
    return list(find(text, found))


def extract_table(text: str, language: str) -> pd.DataFrame:
    """Find every numeric quantity of a text, as a table.

    Parameters
    ----------
    text, language
        As in `extract`.

    Returns
    -------
    One row a quantity with the columns ``COLUMNS``, the fields of `Quantity`; missing where nothing is stated.

    Raises
    ------
    TypeError, ValueError
        As in `extract`.

    Examples
    --------
    >>> from textnumbers import extract_table
    >>> extract_table("Ada 22 langkah dan dana Rp 3,5 triliun.", "id")[["token", "kind", "value", "unit"]]
                token   kind          value      unit
    0      22 langkah  count             22  measures
    1  Rp 3,5 triliun  money  3500000000000       IDR
    """
    return table(extract(text, language))


def table(quantities: Sequence[Quantity]) -> pd.DataFrame:
    """Quantities as the table that ``extract_table`` describes."""
    stated = zip(*map(FIELDS, quantities), strict=True) if quantities else [()] * len(COLUMNS)
    columns: dict[str, object] = {}
    for name, values in zip(COLUMNS, stated, strict=True):
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
    return pd.DataFrame(columns, copy=False)
