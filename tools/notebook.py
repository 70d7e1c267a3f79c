"""A notebook as a file: read, freed of what depends on machine or moment, and written always in the same way."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
KEPT_CELL_METADATA = ("tags",)  # all others are how an editor shows a cell, or hides it
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class NotebookFailed(Exception):
    """A notebook that could not be read, executed or saved; the message says which, where and why."""


def read(path: Path) -> NotebookNode:
    """Read a notebook, giving a stable id to each cell that has none.

    Raises:
        NotebookFailed: the file is missing, or is no notebook of format 4.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
        raw["nbformat_minor"] = max(5, raw["nbformat_minor"])
        for position, cell in enumerate(raw["cells"]):
            cell.setdefault("id", f"cell-{position:02d}")
        # JSON can escape half of a surrogate pair, which no text can hold
        json.dumps(raw, ensure_ascii=False).encode()
        notebook = nbformat.reads(json.dumps(raw), as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # on a malformed file nbformat itself fails in many ways
        said = (str(error).splitlines() or [type(error).__name__])[0]
        raise NotebookFailed(f"{path}: not a readable notebook: {said}") from error
    return notebook


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Keep only the metadata that every notebook of the house has; changes `notebook`."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA})
    return notebook


def to_bytes(notebook: NotebookNode) -> bytes:
    """The notebook as it is saved: sorted keys, one space of indent, UTF-8, a newline at the end."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode("utf-8")


def title_of(notebook: NotebookNode) -> str:
    """The text of the first heading, or an empty string."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    return found.group(1).strip() if found else ""


def chosen(names: list[str], *, folder: Path = ROOT / "notebooks") -> list[Path]:
    """The notebooks that are meant: files by their path, ours by how their name starts ("03"); all if none is named.

    Raises:
        NotebookFailed: nothing is called so.
    """
    ours = sorted(folder.glob("*.ipynb"))
    found: list[Path] = []
    for name in names:
        meant = [Path(name)] if name.endswith(".ipynb") else [path for path in ours if path.name.startswith(name)]
        if not meant:
            raise NotebookFailed(f"no notebook is called {name!r}; expected one of {', '.join(p.stem for p in ours)}")
        found += meant
    if not names and not ours:
        raise NotebookFailed(f"there are no notebooks in {folder.name}/")
    return found or ours
