"""A saved notebook as the house rules see it: its cells, its outputs by type, its prose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.M | re.S)
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.M)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(<?([^)\s>]+)>?[^)]*\)")
RAW_HTML = re.compile(r"</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")

Found = Iterator[tuple[int, str, str]]  # place of the cell (0: the whole), what is wrong, what would be right


class Notebook(NamedTuple):
    """A notebook as the rules see it."""

    path: Path
    metadata: dict[str, Any]
    cells: list[Any]

    def markdown(self) -> list[tuple[int, str]]:
        """Place and source of each Markdown cell."""
        return [(n, c.source) for n, c in enumerate(self.cells, start=1) if c.cell_type == "markdown"]

    def code(self) -> list[tuple[int, Any]]:
        """Place and cell of each code cell."""
        return [(n, c) for n, c in enumerate(self.cells, start=1) if c.cell_type == "code"]

    def outputs(self) -> list[tuple[int, Any]]:
        """Place of the cell, and output, of each output."""
        return [(n, output) for n, cell in self.code() for output in cell.outputs]

    def data(self, mimetype: str) -> list[tuple[int, str]]:
        """Place of the cell, and content, of each output of one type."""
        return [(n, o["data"][mimetype]) for n, o in self.outputs() if mimetype in o.get("data", {})]

    def computed(self) -> list[tuple[int, str]]:
        """Place and text of each computed piece of Markdown that is no table."""
        return [(n, text) for n, text in self.data("text/markdown") if not text.startswith("|")]

    def prose(self) -> list[tuple[int, str]]:
        """Markdown, typed or computed, without code blocks."""
        return [(n, FENCE.sub("", text)) for n, text in self.markdown() + self.data("text/markdown")]


def read(path: Path) -> Notebook:
    """Read a notebook.

    Raises:
        ValueError: the file is missing, or is no valid notebook of format 4.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw.get("nbformat") != 4 or raw.get("nbformat_minor") not in range(6):
            raise ValueError(f"nbformat {raw.get('nbformat')}.{raw.get('nbformat_minor')}, not 4.0 to 4.5")
        # JSON can escape half of a surrogate pair, which no text can hold
        json.dumps(raw, ensure_ascii=False).encode()
        nbformat.validate(raw)
        content = nbformat.reads(json.dumps(raw), as_version=4)
    except Exception as error:  # on a malformed file nbformat itself fails in many ways
        raise ValueError((str(error).splitlines() or [type(error).__name__])[0]) from error
    return Notebook(path, content.metadata, content.cells)
