"""Write the line that leads to the previous and the next notebook into the first and last cell of each.

    python -m tools.pages.navigation            every notebook of notebooks/, in the order of their names
    python -m tools.pages.navigation FOLDER     those of another folder
    python -m tools.pages.navigation --check    write nothing; say which notebooks need the line anew

Names in the line are the titles of the notebooks. A second run changes nothing. Exit status: 0 done;
1 --check found something, or a notebook cannot take the line; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.notebook import ROOT, NotebookFailed, read, title_of, to_bytes
from tools.saving import save

INDEX = "[All notebooks](../README.md)"
LINE = re.compile(r"\n*^.*" + re.escape(INDEX) + r".*$\n*", re.MULTILINE)


def line(position: int, files: list[Path], titles: list[str]) -> str:
    """The line of one notebook: previous, index, next, where there are such."""
    parts = [INDEX]
    if position > 0:
        parts.insert(0, f"[← Previous: {titles[position - 1]}]({files[position - 1].name})")
    if position < len(files) - 1:
        parts.append(f"[Next: {titles[position + 1]} →]({files[position + 1].name})")
    return " · ".join(parts)


def lead(notebook: NotebookNode, said: str, *, name: str) -> None:
    """Put the line under the title and at the very end; changes `notebook`.

    Raises:
        NotebookFailed: the first or last cell is not Markdown, or the first has no title.
    """
    if not notebook.cells or any(notebook.cells[end].cell_type != "markdown" for end in (0, -1)):
        raise NotebookFailed(f"{name}: the first and the last cell must be Markdown, to take the navigation")
    first, last = notebook.cells[0], notebook.cells[-1]
    title, _, rest = LINE.sub("\n\n", first.source).partition("\n")
    if not title.startswith("# "):
        raise NotebookFailed(f"{name}: the first cell must start with a title, '# …'")
    first.source = f"{title}\n\n{said}\n\n{rest.strip()}".rstrip()
    last.source = f"{LINE.sub('', last.source).rstrip()}\n\n{said}".lstrip()


def update(folder: Path) -> dict[Path, bytes]:
    """The new content of each notebook of a folder whose navigation is not as it should be.

    Raises:
        NotebookFailed: one of them cannot be read, or cannot take the line.
    """
    files = sorted(folder.glob("*.ipynb"))
    notebooks = [read(file) for file in files]
    titles = [title_of(notebook) for notebook in notebooks]
    changed = {}
    for position, (file, notebook) in enumerate(zip(files, notebooks, strict=True)):
        before = nbformat.from_dict(notebook)
        lead(notebook, line(position, files, titles), name=file.name)
        if notebook != before:
            changed[file] = to_bytes(notebook)
    return changed


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "notebooks", help="default: notebooks/")
    parser.add_argument("--check", action="store_true", help="write nothing, and fail if something would change")
    options = parser.parse_args(arguments)
    if not any(options.folder.glob("*.ipynb")):
        parser.error(f"there are no notebooks in {options.folder}")
    try:
        changed = update(options.folder)
    except NotebookFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    for file, content in changed.items():
        print(f"{file.name}: {'needs its navigation anew' if options.check else 'navigation written'}")
        if not options.check:
            save(file, content)
    return int(options.check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
