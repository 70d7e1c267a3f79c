"""A saved notebook as the house rules see it: its cells, its outputs by type, its prose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tools import notebook

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

    @property
    def content(self) -> bytes:
        """The file as it is."""
        return self.path.read_bytes()

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
        NotebookFailed: the file is missing, or is no valid notebook of format 4.
    """
    content = notebook.read(path)
    return Notebook(path, content.metadata, content.cells)


def parsed(source: str) -> ast.Module:
    """The syntax tree of a cell; an empty one if it is not Python, which another rule tells."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])
