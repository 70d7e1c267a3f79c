"""House rules on how a notebook is built: its opening and ending, its length, its code."""

from __future__ import annotations

import ast
import builtins
import json
import re
import statistics
import subprocess
from functools import lru_cache

from ruff.__main__ import find_ruff_bin

from aicities.votes import THREE
from tools.rules.numbers import strings
from tools.rules.view import FENCE, HEADING, LINK, RAW_HTML, Found, Notebook, parsed
from tools.texts import repeated

CELLS, WORDS = (25, 50), (700, 1400)
MEDIAN_LINES, MOST_LINES = 6, 25
WIDTH = 96  # characters of a line that JupyterLab shows at 1280 pixels, beside its contents panel
UNPLAIN = {"__builtins__", "__import__", "compile", "eval", "exec", "globals", "open", "setattr", "vars"}
ALL_THREE = f"{', '.join(THREE[:-1])} and {THREE[-1]}"
JOINED = re.compile(r"[,;:.] ?|\b(?:and|but|while|whoever|that|where|do)\b")
DICTIONARY = "../data/README.md"


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
            "Markdown with the line that `make readme` writes",
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


def plain_code(notebook: Notebook) -> Found:
    """Code is plain Python: it defines no function or class, gives nothing another meaning, opens and runs no text."""
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
            stored = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
            if isinstance(node, ast.Attribute) and (stored or node.attr.startswith("__")):
                yield n, f"{ast.unparse(node)!r} may change what others mean", "a name of your own"
            if isinstance(node, ast.Name) and (node.id in UNPLAIN or (stored and hasattr(builtins, node.id))):
                yield n, f"{node.id!r}, which hides what is done", "plain code, and a name of your own"


def used(notebook: Notebook) -> Found:
    """What a cell names, some cell uses."""
    trees = [(n, parsed(cell.source)) for n, cell in notebook.code()]
    names = [(n, node) for n, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)]
    texts = " ".join(
        node.value
        for _, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    known = {node.id for _, node in names if isinstance(node.ctx, ast.Load)} | set(re.findall(r"@(\w+)", texts))
    for n, node in names:
        if isinstance(node.ctx, ast.Store) and node.id not in known and node.id.strip("_"):
            yield n, f"{node.id!r} is named and never used", "no such name"


def once(notebook: Notebook) -> Found:
    """No sentence is typed twice."""
    for sentence in repeated("\n\n".join(text for _, text in notebook.markdown())):
        place = next(n for n, text in reversed(notebook.markdown()) if sentence[:20] in " ".join(text.split()))
        yield place, f"said twice: {sentence[:60]}", "each thing said once"


def answered(notebook: Notebook) -> Found:
    """What the answer says of a city, up to the next comma or joining word, an assertion on that city says as well."""
    answer = re.search(r"^\*\*Answer\.\*\* (.+)$", notebook.cells[0].source if notebook.cells else "", re.M)
    held = []
    for _, cell in notebook.code():
        tree = parsed(cell.source)
        tests = [node for node in tree.body if isinstance(node, ast.Assert) and node.msg]
        rest = [node for node in tree.body if not isinstance(node, ast.Assert)]
        for node in tests:
            said = " ".join(strings(node.msg)) if node.msg else ""
            if cities(said) <= (cities_of([node.test]) or cities_of(rest)):
                held.append(said)
    for clause in map(str.strip, JOINED.split(answer[1].replace(ALL_THREE, "the three")) if answer else []):
        if cities(clause) and not any(clause in said for said in held):
            yield 1, f"no assertion on the city says: {clause}", f'assert …, "finding: {clause}"'


def cities(text: str) -> set[str]:
    """Which of the three a text names, or a name in code."""
    return {city for city in THREE if city in text or city.lower() in text}


def cities_of(nodes: list[ast.AST] | list[ast.expr] | list[ast.stmt]) -> set[str]:
    """Which of the three some code names, in strings that are no sentences, and in its names."""
    names = [name.id for node in nodes for name in ast.walk(node) if isinstance(name, ast.Name)]
    return cities(" ".join([*names, *(text for node in nodes for text in strings(node) if text.count(" ") < 3)]))


def introduced(notebook: Notebook) -> Found:
    """Markdown stands before each code cell, or before each two."""
    in_a_row = 2
    for n, cell in enumerate(notebook.cells, start=1):
        in_a_row = 0 if cell.cell_type == "markdown" else in_a_row + 1
        if in_a_row > 2:
            yield n, "nothing introduces the cell", "a sentence before it that says what it does and why"


def short_code(notebook: Notebook) -> Found:
    """As formatted at 96 characters, the median code cell has at most 6 lines and none over 25, comments aside."""
    lines = {}
    sources = formatted(tuple(cell.source for _, cell in notebook.code()))
    for (n, cell), source in zip(notebook.code(), sources, strict=True):
        if source != cell.source:
            yield n, "the code is not in the house format", f"what `make format` writes, at {WIDTH} characters"
        lines[n] = len(re.findall(r"^\s*[^#\s]", source, re.M))
        longest = max(map(len, source.splitlines()), default=0)
        if longest > WIDTH:
            yield n, f"a line of {longest} characters", f"at most {WIDTH}, as JupyterLab shows them"
    median = statistics.median(lines.values()) if lines else 0
    if median > MEDIAN_LINES:
        yield 0, f"the median code cell has {median:g} lines", f"at most {MEDIAN_LINES}"
    for n, many in lines.items():
        if many > MOST_LINES:
            yield n, f"a code cell of {many} lines", f"at most {MOST_LINES} (move a function to src/)"


@lru_cache(maxsize=64)
def formatted(sources: tuple[str, ...]) -> list[str]:
    """The source of each code cell as Ruff formats it; one that is no Python as it stands."""
    right = [source if parsed(source).body else "" for source in sources]
    metadata = {"language_info": {"name": "python"}}
    empty: dict[str, object] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    content = {"cells": [empty | {"source": one} for one in right], "metadata": metadata, "nbformat": 4}
    command = [find_ruff_bin(), "format", "--isolated", "--line-length", str(WIDTH), "--stdin-filename", "a.ipynb", "-"]
    done = subprocess.run(
        command, input=json.dumps(content | {"nbformat_minor": 4}), capture_output=True, check=True, encoding="utf-8"
    )
    found = ["".join(cell["source"]) for cell in json.loads(done.stdout)["cells"]]
    return [new if parsed(old).body else old for old, new in zip(sources, found, strict=True)]


RULES = (
    *(opening, tables_read, imports, headings, ending, length, words, short_code, plain_code, introduced),
    *(used, once, answered),
)
