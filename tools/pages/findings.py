"""Write `docs/FINDINGS.md`: every finding that an assertion of a notebook holds.

    python -m tools.pages.findings            write it
    python -m tools.pages.findings --check    say whether it is fresh; exit status 1 if it is not

An assertion that somebody takes out is missed here, where a run would not miss it.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from tools.notebook import ROOT, chosen, read, title_of
from tools.rules.view import parsed
from tools.saving import save

PAGE = ROOT / "docs" / "FINDINGS.md"
HEAD = """<!-- Written by `make readme` from the notebooks: change those, not this. -->

# What the notebooks assert

A run stops where one of these no longer holds; `make run DRAFT=1` goes on, and lists what changed. `…` stands for what
the code fills in."""


def findings(notebook: NotebookNode) -> Iterator[str]:
    """What each assertion says, in order; one that says nothing is shown itself."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(parsed(cell.source)):
                if isinstance(node, ast.Assert):
                    yield said(node.msg) or f"`{ast.unparse(node.test)}`"


def said(message: ast.expr | None) -> str:
    """The text of a message, with `…` for what is filled in."""
    if isinstance(message, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in message.values)
    return str(message.value) if isinstance(message, ast.Constant) else ""


def page(paths: list[Path]) -> str:
    """The page as Markdown."""
    sections = []
    for path in paths:
        notebook = read(path)
        lines = [f"- {' '.join(one.split())}" for one in findings(notebook)]
        sections.append("\n".join([f"## [{path.stem[:2]} {title_of(notebook)}](../notebooks/{path.name})", "", *lines]))
    return "\n\n".join([HEAD, *sections]) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.pages.findings", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="say whether it is fresh; write nothing")
    options = parser.parse_args(arguments)
    wanted = page(chosen([]))
    if PAGE.exists() and PAGE.read_text("utf-8") == wanted:
        return 0
    if options.check:
        print(f"docs/{PAGE.name} is not what the notebooks assert: `make readme`, and read on", file=sys.stderr)
        return 1
    save(PAGE, wanted.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
