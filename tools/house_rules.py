"""Check notebooks against the rules of the house: how one is built, what GitHub shows of it, what may change.

    python tools/house_rules.py                    every notebook of notebooks/
    python tools/house_rules.py FILE_OR_FOLDER …   these
    python tools/house_rules.py --rules            list the rules

Nothing is executed. Exit status: 0 no problem; 1 problems, one a line; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import re
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that this file runs as a command, too

from tools import github_rules
from tools.prose_numbers import parsed, unbacked
from tools.saved_notebook import FENCE, HEADING, LINK, RAW_HTML, Found, Notebook, read

ROOT = Path(__file__).resolve().parents[1]
CELLS, WORDS, MEDIAN_LINES, MOST_LINES = (25, 50), (700, 1400), 4, 20
DICTIONARY = "../data/README.md"

MARKS = re.compile(r"^\s*#\s*(?:NBVAL|PYTEST_VALIDATE)_\w+", re.M)
MARKING_TAGS = re.compile(r"nbval-|raises-exception|skip-execution")
HIDING_TAGS = re.compile(r"hide|remove")
UNSTABLE = {
    "a memory address": re.compile(r" at 0x[0-9a-f]{6,}"),
    "the repr of a plot": re.compile(r"<(?:Axes|Figure|matplotlib\.)[^>]*>|AxesSubplot"),
}
CHANGING = {
    "the time of the run": r"\b(?:datetime|date|Timestamp)\.(?:now|today|utcnow)\(|\btime\.\w+\(",
    "the network": r"\brequests\.\w+\(|\burlopen\(|\burlretrieve\(|read_\w+\(\s*f?[\"']https?:",
    "draws without a seed": r"default_rng\(\s*\)|\bnp\.random\.(?!default_rng)\w+\(|\brandom\.\w+\(",
}


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
        return " ".join(f"{self.notebook}{place}: {self.rule}: {self.what}; expected {self.right}".split())


# --- executed, and compared ---------------------------------------------------------------------------------


def executed(notebook: Notebook) -> Found:
    """Every code cell ran, once, from top to bottom, without error or warning."""
    for right, (n, cell) in enumerate(notebook.code(), start=1):
        if cell.execution_count != right:
            yield n, f"execution count {cell.execution_count}", str(right)
        for output in cell.outputs:
            if (count := output.get("execution_count", right)) != right:
                yield n, f"execution count {count} of its result", str(right)
    for n, output in notebook.outputs():
        if output.output_type == "error":
            yield n, f"the cell failed: {output.ename}", "no error"
        elif output.get("name") == "stderr":
            yield n, f"a warning was saved: {output.text.strip()[:60]!r}", "nothing on stderr"


def compared(notebook: Notebook) -> Found:
    """No mark keeps nbval from comparing a cell."""
    for n, cell in notebook.code():
        tags = [tag for tag in cell.metadata.get("tags", []) if MARKING_TAGS.match(tag)]
        for mark in MARKS.findall(cell.source) + tags:
            yield n, f"{mark.strip()!r} keeps the outputs from being compared", "no such mark"


def visible(notebook: Notebook) -> Found:
    """Every cell is Markdown or code and shown in full: no raw cell, no metadata or tag that hides."""
    for n, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "raw":
            yield n, "a raw cell, which no rule reads", "Markdown or code"
        for key in sorted(set(cell.metadata) - {"tags"}):
            yield n, f"the metadata {key!r}, with which an editor hides a cell or its outputs", "none (make run)"
        for tag in filter(HIDING_TAGS.match, cell.metadata.get("tags", [])):
            yield n, f"the tag {tag!r}", "no tag that hides"


def steady(notebook: Notebook) -> Found:
    """Nothing changes by itself: no clock, network, unseeded draw, address or repr of a plot; no last `;`."""
    for n, cell in notebook.code():
        if cell.source.rstrip().endswith(";"):
            yield n, "the cell ends in ';', on which nbval fails", "none (assign the result, or show it)"
        for what, pattern in CHANGING.items():
            if found := re.search(pattern, cell.source):
                yield n, f"{found.group(0)!r} depends on {what}", "code that gives the same each time"
    for n, output in notebook.outputs():
        text = output.get("text", "") + output.get("data", {}).get("text/plain", "")
        for what, unstable in UNSTABLE.items():
            if unstable.search(text):
                yield n, f"the output shows {what}", "a figure through figures.show(), or no last expression"


def numbers(notebook: Notebook) -> Found:
    """Each number in prose stands in a computed output, or in an assertion, of the same notebook."""
    for n, number in unbacked(notebook.cells):
        yield n, f"nothing backs the number {number}", "a sentence that the code computes, or an assertion"


# --- how a notebook is built --------------------------------------------------------------------------------


def opening(notebook: Notebook) -> Found:
    """The first cell: title, question, answer in two sentences, what you will learn, tables read, time."""
    first = notebook.cells[0].source if notebook.cells and notebook.cells[0].cell_type == "markdown" else ""
    if not first.startswith("# "):
        yield 1, "the notebook does not open with its title", "a Markdown cell that starts with '# '"
    if not re.search(r"^\*\*Question\.\*\* .*\?$", first, re.M):
        yield 1, "no question", "a line '**Question.** …?'"
    answer = re.search(r"^\*\*Answer\.\*\* (.+)$", first, re.M)
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z\"“*`\d])", answer.group(1).strip()) if answer else []
    if len(sentences) != 2:
        yield 1, f"an answer of {len(sentences)} sentences", "a line '**Answer.** …' of two sentences"
    learn = re.search(r"^\*\*What you will learn\*\*\n+((?:- .+\n?)+)", first, re.M)
    items = re.findall(r"^- (\w+)", learn.group(1), re.M) if learn else []
    if len(items) < 2:
        yield 1, "no list of what is learnt", "'**What you will learn**', then two or more lines '- verb …'"
    for word in items:
        if re.fullmatch(r"an?|the|how|what|why|which|who|that|to", word, re.I):
            yield 1, f"what is learnt starts with {word!r}", "a verb (trace, compare, judge …)"
    if not re.search(r"\*\*Tables read:\*\* .*\]\(" + re.escape(DICTIONARY), first):
        yield (
            1,
            "the tables read are not linked to the dictionary",
            f"'**Tables read:** [names]({DICTIONARY})'",
        )
    if not re.search(r"\*\*Time:\*\* .*\bminutes?\b.*\brun\b", first):
        yield 1, "no time to run", "'**Time:** … minutes to read, … minute to run'"


def tables_read(notebook: Notebook) -> Found:
    """The first cell names every table that the code loads."""
    said = re.search(r"\*\*Tables read:\*\*.*", notebook.cells[0].source if notebook.cells else "")
    named = re.findall(r"\w+", said.group(0)) if said else []
    for n, cell in notebook.code():
        for name in re.findall(r"\bload\(\s*[\"'](\w+)[\"']", cell.source):
            if name not in named:
                yield (
                    n,
                    f"table {name!r} is read but not named in the first cell",
                    f"{name} among the tables read",
                )


def imports(notebook: Notebook) -> Found:
    """All imports stand in the first code cell, which is the second cell."""
    importing = [
        n
        for n, cell in notebook.code()
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(parsed(cell.source)))
    ]
    if importing[:1] != [2]:
        yield 2, "the second cell imports nothing", "the one import cell, right after the first cell"
    for n in importing[1:]:
        yield n, "a second import cell", "all imports in cell 2"


def headings(notebook: Notebook) -> Found:
    """One title; no level of headings is skipped."""
    before = 0
    for n, text in notebook.markdown():
        for marks, title in HEADING.findall(FENCE.sub("", text)):
            level = len(marks)
            if level == 1 and before:
                yield n, f"a second title {title!r}", "one H1, in the first cell"
            elif level > before + 1:
                yield n, f"{title!r} is H{level} after H{before}", f"H{before + 1}"
            before = level


def ending(notebook: Notebook) -> Found:
    """Last come `## Limits`, `## Summary`, then where to go next, in the last cell."""
    titles = [
        title
        for _, text in notebook.markdown()
        for marks, title in HEADING.findall(FENCE.sub("", text))
        if marks == "##"
    ]
    if titles and re.search(r"\bnext\b", titles[-1], re.I):
        titles.pop()
    if titles[-2:] != ["Limits", "Summary"]:
        yield (
            0,
            f"the last sections are {titles[-2:]}",
            "'## Limits', '## Summary' (then '## Where to go next')",
        )
    last = notebook.cells[-1] if notebook.cells else None
    if last is None or last.cell_type != "markdown" or not re.search(r"\]\([^)]*\.(?:ipynb|md)\)", last.source):
        yield (
            len(notebook.cells),
            "the last cell does not lead on",
            "Markdown with the line of tools/navigation.py",
        )


def length(notebook: Notebook) -> Found:
    """25 to 50 cells, none empty, at least as many of Markdown as of code."""
    least, most = CELLS
    if not least <= len(notebook.cells) <= most:
        yield 0, f"{len(notebook.cells)} cells", f"{least} to {most}"
    texts, codes = len(notebook.markdown()), len(notebook.code())
    if texts < codes:
        yield 0, f"{texts} Markdown cells and {codes} code cells", "at least as many of Markdown"
    for n, cell in enumerate(notebook.cells, start=1):
        if not cell.source.strip():
            yield n, "an empty cell", "no such cell"


def words(notebook: Notebook) -> Found:
    """At most 1,400 words in Markdown cells; at least 700 in these and in computed Markdown together."""

    def count(texts: list[tuple[int, str]]) -> int:
        return sum(len(RAW_HTML.sub(" ", LINK.sub(r"\2", FENCE.sub(" ", text))).split()) for _, text in texts)

    typed, computed = count(notebook.markdown()), count(notebook.computed())
    if typed + computed < WORDS[0] or typed > WORDS[1]:
        yield 0, f"{typed} words in Markdown cells, {computed} computed", f"{WORDS[0]} to {WORDS[1]:,}"


def short_code(notebook: Notebook) -> Found:
    """The median code cell has at most 4 lines, none has over 20, blank lines and comments aside."""
    lines = {n: len(re.findall(r"^\s*[^#\s]", cell.source, re.M)) for n, cell in notebook.code()}
    median = statistics.median(lines.values()) if lines else 0
    if median > MEDIAN_LINES:
        yield 0, f"the median code cell has {median:g} lines", f"at most {MEDIAN_LINES}"
    for n, many in lines.items():
        if many > MOST_LINES:
            yield n, f"a code cell of {many} lines", f"at most {MOST_LINES} (move a function to src/)"


def plain_code(notebook: Notebook) -> Found:
    """Code is plain Python, and defines no function or class."""
    for n, cell in notebook.code():
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            yield n, f"not plain Python: {error.msg}", "no magic, no shell line"
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield (
                    n,
                    f"{node.name!r} is defined in the notebook",
                    "a function of src/, with docstring and test",
                )


def introduced(notebook: Notebook) -> Found:
    """Markdown stands before each code cell, or before each two."""
    in_a_row = 2
    for n, cell in enumerate(notebook.cells, start=1):
        in_a_row = 0 if cell.cell_type == "markdown" else in_a_row + 1
        if in_a_row > 2:
            yield n, "nothing introduces the cell", "a sentence before it that says what it does and why"


# --- figures ------------------------------------------------------------------------------------------------


def figures(notebook: Notebook) -> Found:
    """Each figure has alternative text, as metadata and as plain text, and a numbered caption under it."""
    number = 0
    for n, cell in notebook.code():
        drawn = 0
        for output, below in itertools.pairwise([*cell.outputs, {}]):
            data = output.get("data", {})
            if "image/png" not in data:
                continue
            number, drawn = number + 1, drawn + 1
            shown = output.metadata.get("image/png")
            alt = shown.get("alt") if isinstance(shown, dict) else None
            if not isinstance(alt, str) or not alt.strip():
                yield n, f"figure {number} has no alternative text", "figures.show(…, alt=…)"
            if data.get("text/plain") != f"Figure {number}: {alt}":
                yield (
                    n,
                    f"the plain text of figure {number} is not its alternative text",
                    repr(f"Figure {number}: {alt}"),
                )
            if not re.match(rf"\*\*Figure {number}\.\*\* \S", below.get("data", {}).get("text/markdown", "")):
                yield n, f"no caption under figure {number}", f"'**Figure {number}.** …' (numbers run from 1)"
        called = len(re.findall(r"\bfigures\.show\(", cell.source))
        if called > drawn:
            yield n, f"figures.show() is called {called} times, {drawn} figures are there", "a figure for each"


def explained(notebook: Notebook) -> Found:
    """After each figure a sentence says what to see: a Markdown cell, or one computed there or in the next cell."""
    sentences = [n for n, text in notebook.computed() if not text.startswith("**Figure ")]
    for n in sorted({n for n, _ in notebook.data("image/png")}):
        below = notebook.cells[n].cell_type if n < len(notebook.cells) else "nothing"
        if below != "markdown" and not {n, n + 1} & set(sentences):
            yield n, "nothing is said after the figure", "a sentence on what to see in it"


RULES: tuple[Callable[[Notebook], Found], ...] = (
    *(executed, compared, visible, steady, numbers),
    *(opening, tables_read, imports, headings, ending, length, words, short_code, plain_code, introduced),
    *(figures, explained),
    *github_rules.RULES,
)


def problems(path: Path) -> list[Problem]:
    """All problems of a notebook; an unreadable one has only that problem."""
    try:
        notebook = read(path)
    except ValueError as error:
        return [Problem(path.name, 0, "valid", f"not a valid notebook: {error}", "a notebook of format 4")]
    return [Problem(path.name, n, rule.__name__, *told) for rule in RULES for n, *told in rule(notebook)]


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "notebooks"], help="default: notebooks/")
    parser.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    options = parser.parse_args(arguments)
    if options.rules:
        for rule in RULES:
            print(f"{rule.__name__}: {rule.__doc__}")
        return 0
    files = [f for path in options.paths for f in (sorted(path.glob("*.ipynb")) if path.is_dir() else [path])]
    if not files:
        parser.error(f"no notebooks in {', '.join(map(str, options.paths))}")
    found = [problem for file in files for problem in problems(file)]
    for problem in found:
        print(problem)
    print(f"{len(files)} notebooks, {len(RULES) + 1} rules, {len(found)} problems", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
