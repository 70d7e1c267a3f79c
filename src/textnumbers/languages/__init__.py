"""One short table per language."""

from __future__ import annotations

from . import en, id, ja, zh
from .table import Table

TABLES: dict[str, Table] = {"en": en.TABLE, "id": id.TABLE, "ja": ja.TABLE, "zh": zh.TABLE}

__all__ = ["TABLES", "Table"]
