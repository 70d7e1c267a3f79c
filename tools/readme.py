"""Write the generated parts of README.md: headline picture, findings, table of notebooks.

    python tools/readme.py            write them
    python tools/readme.py --check    say whether they are fresh; write nothing

A generated part stands between `<!-- NAME -->` and `<!-- /NAME -->`; everything else is written by hand.
Exit status: 0 done or fresh; 1 stale; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from aicities import figures, findings
from aicities.figures import headline

ROOT = Path(__file__).resolve().parent.parent
PICTURE = "docs/headline.png"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description="Write the generated parts of README.md.")
    parser.add_argument("--check", action="store_true", help="say whether they are fresh; write nothing")
    check = parser.parse_args(arguments).check
    readme, picture = ROOT / "README.md", ROOT / PICTURE
    figures.use()
    fig = headline.front_page()
    alt = str(fig.get_label())
    drawn = figures.png(fig)
    text = with_parts(readme.read_text("utf-8"), parts(alt=alt, notebooks=sorted((ROOT / "notebooks").glob("*.ipynb"))))
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, content in ((readme, text.encode()), (picture, drawn))
        if not path.exists() or path.read_bytes() != content
    ]
    if check:
        for name in stale:
            print(f"{name} is not fresh; expected what `make readme` writes", file=sys.stderr)
        return 1 if stale else 0
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(drawn)
    readme.write_text(text, "utf-8")
    return 0


def parts(*, alt: str, notebooks: list[Path]) -> dict[str, str]:
    """What stands in each generated part."""
    return {
        "picture": f"![{alt}]({PICTURE})",
        "findings": "\n".join(f"{number}. {text}" for number, text in enumerate(findings.headline_sentences(), 1)),
        "notebooks": "\n".join(
            [
                "| notebook | question | what comes out | minutes |",
                "| --- | --- | --- | --- |",
                *map(row, notebooks),
            ]
        ),
    }


def with_parts(text: str, generated: dict[str, str]) -> str:
    """The text with each generated part replaced; ValueError for a part that has no place in it."""
    for name, content in generated.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, opened, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not opened or not closed:
            raise ValueError(f"README.md has no place for {name!r}: expected {start.strip()} and {end}")
        text = f"{before}{start}{content}\n{end}{after}"
    return text


def row(path: Path) -> str:
    """One line of the table of notebooks: title, question, first computed line of its summary, minutes."""
    notebook = nbformat.read(path, 4)
    opening = notebook.cells[0].source
    title = found(r"^# (.+)$", opening, path)
    question = found(r"\*\*Question\.\*\* (.+)", opening, path)
    minutes = found(r"\*\*Time:\*\* (\d+) minutes", opening, path)
    return f"| [{path.stem[:2]} {title}](notebooks/{path.name}) | {question} | {finding(notebook, path)} | {minutes} |"


def finding(notebook: NotebookNode, path: Path) -> str:
    """The first line of the computed summary."""
    start = next(i for i, cell in enumerate(notebook.cells) if re.search(r"^## Summary$", cell.source, re.M))
    for cell in notebook.cells[start:]:
        for output in cell.get("outputs", []):
            if "text/markdown" in output.get("data", {}):
                return found(r"^- (.+)$", output["data"]["text/markdown"], path)
    raise ValueError(f"{path.name} has no computed summary; expected a Markdown output under '## Summary'")


def found(pattern: str, text: str, path: Path) -> str:
    """What the pattern captures; ValueError if the notebook has no such line."""
    match = re.search(pattern, text, re.M)
    if match is None:
        raise ValueError(f"{path.name} has no line like {pattern!r}; see the first cell of the other notebooks")
    return match[1].replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
