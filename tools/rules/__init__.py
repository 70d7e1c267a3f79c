"""The rules of the house for a notebook: how it is built and saved, what GitHub shows of it, what may change.

Each rule is a function whose docstring is the rule. Nothing is executed. `python -m tools.rules --rules` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools.notebook import NotebookFailed
from tools.rules import building, github, numbers, outputs
from tools.rules.view import Found, Notebook, read

RULES: tuple[Callable[[Notebook], Found], ...] = (
    *outputs.RULES,
    *numbers.RULES,
    *building.RULES,
    *github.RULES,
)


class Problem(NamedTuple):
    """What is wrong in a notebook, where, and what would be right; `cell` counts from 1, 0 is the whole."""

    notebook: str
    cell: int
    rule: str
    what: str
    right: str

    def __str__(self) -> str:
        """The problem as one line."""
        place = f", cell {self.cell}" if self.cell else ""
        said = " ".join(f"{self.notebook}{place}: {self.rule}: {self.what}; expected {self.right}".split())
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in said)


def problems(path: Path) -> list[Problem]:
    """All problems of a notebook; an unreadable one has only that problem."""
    try:
        notebook = read(path)
    except NotebookFailed as error:
        said = str(error).removeprefix(f"{path}: ")
        return [Problem(path.name, 0, "valid", said, "a notebook of format 4")]
    return [Problem(path.name, n, rule.__name__, *told) for rule in RULES for n, *told in rule(notebook)]
