"""Quantities in news texts: where they stand, what they say, and how two translations differ in them.

``extract`` reads one text, ``reconcile`` sets two translations of one text side by side, ``extract_corpus`` reads
any number of documents on one machine or many. Nothing else in the package imports this.
"""

from __future__ import annotations

from typing import Any

from .frame import COLUMNS, extract
from .reconcile import reconcile

__all__ = ["COLUMNS", "extract", "extract_corpus", "reconcile"]


def __getattr__(name: str) -> Any:
    # needs the extra aicities[corpus]
    if name == "extract_corpus":
        from .corpus import extract_corpus

        return extract_corpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
