"""Quantities of a text in English, Indonesian, Japanese and Chinese: where they stand and what they say.

``extract`` reads one text and gives records, ``extract_table`` a DataFrame; ``reconcile`` sets two translations of
one text side by side; ``extract_corpus`` reads any number of documents on one machine or many.
"""

from __future__ import annotations

from typing import Any

from .compare import reconcile
from .frame import COLUMNS, extract, extract_table
from .languages import COMMON
from .quantity import Quantity

__all__ = ["COLUMNS", "LANGUAGES", "Quantity", "extract", "extract_corpus", "extract_table", "reconcile"]

LANGUAGES = tuple(sorted(COMMON.languages))
"""The codes of the languages that have a table."""


def __getattr__(name: str) -> Any:
    # needs the extra corpus
    if name == "extract_corpus":
        from .corpus import extract_corpus

        return extract_corpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
