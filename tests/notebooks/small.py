"""A small notebook that keeps the rules of the house: as an author writes it, and executed on copied data."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.notebook import ROOT, read, tidy, to_bytes
from tools.run import execute

FIRST = """# A small notebook

**Question.** Which topic has the most measurable facts?

**Answer.** One topic leads by far, and Beijing has more facts than Shenzhen. The rest follow at a distance.

**What you will learn**

- count the facts of a topic
- draw what was counted

**Tables read:** [indicators](../data/README.md) · **Time:** 5 minutes to read, under 1 minute to run"""


def prose(letter: str) -> str:
    """A paragraph, like the others but for a letter."""
    return (
        f"This is paragraph {letter}: it introduces the next step and says why it is taken, as is done before a cell "
        f"of code. Paragraph {letter} is long enough to be read slowly, it names no number that the code does not "
        f"compute, and whoever skips paragraph {letter} misses nothing but the reason for the step that follows."
    )


CODE = [
    """from IPython.display import HTML, Markdown

import aicities as ac
from aicities import figures

figures.use()""",
    """facts = ac.load("indicators", folder="../data")
print(f"{len(facts)} facts are measurable")""",
    """counts = facts.groupby("dimension", as_index=False).size().sort_values("size", ascending=False)
figures.table(counts)""",
    """Markdown(f"The largest topic has **{counts['size'].max()}** of {len(facts)} facts.")""",
    """fig, ax = figures.canvas(3, headline="One topic leads by far")
ax.barh(counts["dimension"], counts["size"])
caption = f"The largest topic has {counts['size'].max()} facts."
figures.describe(fig, "Bars of falling length.")
figures.show(fig, 1, caption, source="Securities Times, 2 August 2024")""",
    """measured = facts.dropna(subset=["value"])
int(measured["value"].count())""",
    """fig, ax = figures.canvas(3, headline="Large values are rare")
ax.plot(measured["value"], measured.index, "o")
figures.describe(fig, "Points, most of them on the left.")
figures.show(fig, 2, "Most values are small.", source="Securities Times, 2 August 2024")""",
    """assert counts["size"].sum() == len(facts), "Each fact has one topic."
by_city = facts["city"].value_counts()
assert by_city["Beijing"] > by_city["Shenzhen"], "Beijing has more facts than Shenzhen"
shown = measured.query("unit != 'rank'")[["label", "relation", "value", "unit", "status"]]
HTML(shown.to_html(index=False))""",
]
LAST = "## Where to go next\n\nThe list of all notebooks leads on.\n\n[All notebooks](../README.md)"


def small() -> NotebookNode:
    """The notebook as an author writes it, without outputs."""
    cells = [new_markdown_cell(FIRST), new_code_cell(CODE[0])]
    for step, source in enumerate(CODE[1:]):
        letter = "abcdefg"[step]
        cells += [new_markdown_cell(f"## Step {letter}\n\n{prose(letter)}"), new_markdown_cell(prose(letter.upper()))]
        cells += [new_code_cell(source)]
    ends = (prose("h"), f"## Limits\n\n{prose('i')}", f"## Summary\n\n{prose('j')}", LAST)
    cells += [new_markdown_cell(text) for text in ends]
    for position, cell in enumerate(cells):
        cell.id = f"cell-{position:02d}"
    return tidy(new_notebook(cells=cells))


def checkout(folder: Path) -> Path:
    """Lay out what a notebook needs in a folder: data, README, the conftest with what it reads."""
    for name in ("data", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("conftest.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    for name in ("README.md", "data/README.md"):
        (folder / name).touch()
    (folder / "notebooks").mkdir()
    return folder


def executed(folder: Path) -> Path:
    """The small notebook, executed in the `notebooks` of a checkout."""
    path = folder / "notebooks" / "small.ipynb"
    path.write_bytes(to_bytes(small()))
    path.write_bytes(to_bytes(asyncio.run(execute(path, timeout=60))))
    return path


def count(cell: NotebookNode, number: int) -> None:
    """Give a code cell, and its results, another execution count."""
    cell.execution_count = number
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = number


def edited(path: Path, change: Callable[[NotebookNode], object], *, name: str = "edited") -> Path:
    """A copy of a notebook beside it, after a change."""
    notebook = read(path)
    change(notebook)
    copy = path.with_name(f"{name}.ipynb")
    copy.write_bytes(to_bytes(notebook))
    return copy
