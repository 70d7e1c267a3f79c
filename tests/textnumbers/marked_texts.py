"""Texts with their quantities marked in place: ``⟦token|kind|value|unit|qualifier|flag⟧`` and ``⟪trap⟫``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "texts"
MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧|⟪([^⟫]*)⟫")


class Marked(NamedTuple):
    """A text without its marks, the quantities that must be found in it and the places of its traps."""

    text: str
    quantities: list[dict[str, Any]]
    traps: list[tuple[int, int]]


def marked(source: str) -> Marked:
    """Take the marks out of a text."""
    text, quantities, traps, end = "", [], [], 0
    for match in MARK.finditer(source):
        text += source[end : match.start()]
        end = match.end()
        if match[3] is not None:
            traps.append((len(text), len(text) + len(match[3])))
            text += match[3]
            continue
        fields = dict(zip(("kind", "value", "unit", "qualifier", "flag"), match[2].split("|"), strict=False))
        quantities.append({"start": len(text), "end": len(text) + len(match[1]), "token": match[1]} | fields)
        text += match[1]
    return Marked(text + source[end:], quantities, traps)


def read(language: str) -> Marked:
    """The marked text of a language."""
    return marked((FOLDER / f"{language}.txt").read_text("utf-8"))


def lines(language: str) -> list[str]:
    """Single marked lines, one class of expression each."""
    return (FOLDER / "single" / f"{language}.txt").read_text("utf-8").splitlines()


def agrees(stated: str, value: object) -> bool:
    """Whether an expected value, as text, is the extracted one."""
    try:
        return abs(float(stated) - float(value)) <= 1e-9 * max(1.0, abs(float(stated)))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return stated == str(value)
