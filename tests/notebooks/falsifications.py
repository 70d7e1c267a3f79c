"""Kinds of falsification of a notebook or of the data, and which check catches each.

    python -m tests.falsifications > docs/CHECKS.md

What is said here is measured in test_tampering.py. The checks:

- house rules: tools/house_rules.py, which executes nothing
- nbval: `pytest --nbval` with our conftest.py, which executes every notebook
- data check: `aicities.check()`, against datapackage.json
- evidence: `aicities verify FOLDER`, for whoever has the articles
- rerun: `make check`, which compares every byte of a notebook with those of a new run; not part of `make test`
"""

from __future__ import annotations

import base64
import copy
import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.image
import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output, new_raw_cell

from tests.notebooks import count

HTML_NUMBER, HTML_ROW = r"(?<=<td>)[\d.,]*\d(?=</td>)", r"<tr>(?:(?!<tr>).)*</tr>\s*(?=</tbody>)"
CHECKS = {
    "house rules": "`tools/house_rules.py`, which executes nothing",
    "nbval": "`pytest --nbval` with `conftest.py`, which executes every notebook and compares texts and pictures",
    "data check": "`aicities check`, against `data/datapackage.json`",
    "evidence": "`aicities verify FOLDER`, for whoever has the articles",
    "rerun": "`make check`, which compares every byte of a notebook with a new run; not part of `make test`",
}


class Falsification(NamedTuple):
    """A way to falsify a notebook at one of its code cells; `apart` if it needs a kernel of its own to show."""

    name: str
    suits: Callable[[NotebookNode], bool]
    change: Callable[[NotebookNode, int], object]
    caught_by: tuple[str, ...]
    apart: bool = False


class DataFalsification(NamedTuple):
    """A way to falsify the tables of a data folder."""

    name: str
    change: Callable[[Path], object]
    caught_by: tuple[str, ...]


# --- which cells ---------------------------------------------------------------------------------------------


def shows(mimetype: str, pattern: str = "", *, alone: bool = False) -> Callable[[NotebookNode], bool]:
    """Whether a cell's first output is of a type (and of no other) and matches a pattern."""

    def suits(cell: NotebookNode) -> bool:
        data = cell.outputs[0].get("data", {}) if cell.outputs else {}
        found = mimetype in data and bool(re.search(pattern, data[mimetype]))
        return found and not (alone and len(data) > 1)

    return suits


def prints(cell: NotebookNode) -> bool:
    return bool(cell.outputs) and bool(re.search(r"\d", cell.outputs[0].get("text", "")))


def has_output(cell: NotebookNode) -> bool:
    return bool(cell.outputs)


def returns(cell: NotebookNode) -> bool:
    return has_output(cell) and cell.outputs[0].output_type == "execute_result"


def draws(cell: NotebookNode) -> bool:
    return figure(cell) and "\nfigures.show(fig" in cell.source


def counts_facts(cell: NotebookNode) -> bool:
    return has_output(cell) and "len(facts)" in cell.source


figure, html_table = shows("image/png"), shows("text/html", r"<td>[\d.,]+</td>")
table, sentence = shows("text/markdown", r"^\|(?s:.)*\d"), shows("text/markdown", r"^[^|]*\d")
result = shows("text/plain", r"\d", alone=True)


# --- how to falsify ------------------------------------------------------------------------------------------


def other(number: str) -> str:
    """The number with another last digit."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def rewritten(mimetype: str, pattern: str = r"\d+", by: Any = lambda found: other(found[0])) -> Any:
    """Rewrite what the pattern finds first in the first output."""

    def change(notebook: NotebookNode, place: int) -> None:
        output = notebook.cells[place].outputs[0]
        holder, key = (output, "text") if mimetype == "stream" else (output.data, mimetype)
        holder[key] = re.sub(pattern, by, holder[key], count=1, flags=re.DOTALL)

    return change


def repainted(paint: Callable[[np.ndarray], np.ndarray]) -> Any:
    """Paint over the picture: RGB, 0 to 1."""

    def change(notebook: NotebookNode, place: int) -> None:
        data = notebook.cells[place].outputs[0].data
        image = matplotlib.image.imread(io.BytesIO(base64.b64decode(data["image/png"])), format="png")
        buffer = io.BytesIO()
        matplotlib.image.imsave(buffer, np.ascontiguousarray(paint(image[..., :3].copy())), format="png")
        data["image/png"] = base64.b64encode(buffer.getvalue()).decode()

    return change


def colourful(image: np.ndarray) -> np.ndarray:
    """Where the picture is in colour."""
    return np.ptp(image, axis=2) > 0.2


def recoloured(image: np.ndarray) -> np.ndarray:
    """All that is in colour gets a little lighter."""
    image[colourful(image)] = image[colourful(image)] * 0.9 + 0.1
    return image


def moved(image: np.ndarray) -> np.ndarray:
    """A piece as large as a point, in colour and at an edge, is shifted by two pixels of a thousand."""
    size = 24
    edge = colourful(image)[size:-size, size:-size]
    row, column = np.argwhere(edge[:, :-1] != edge[:, 1:])[0] + size
    patch = image[row - size // 2 : row + size // 2, column - size // 2 : column + size // 2]
    patch[:] = np.roll(patch, 2, axis=1)
    return image


def in_cell(do: Callable[[NotebookNode], object]) -> Any:
    """Do something to the cell itself."""
    return lambda notebook, place: do(notebook.cells[place])


def in_figure(do: Callable[[NotebookNode], object]) -> Any:
    """Do something to the cell's picture with its alternative text."""
    return lambda notebook, place: do(notebook.cells[place].outputs[0])


def realt(output: NotebookNode) -> None:
    output.metadata["image/png"]["alt"] += " All fell."
    output.data["text/plain"] += " All fell."


def recaption(cell: NotebookNode) -> None:
    data = cell.outputs[1].data
    data["text/markdown"] = re.sub(r"(?<=\.\*\* ).*", "All fell.", data["text/markdown"])


def recode(old: str, new: str) -> Any:
    """Change the code and keep what is shown."""
    return in_cell(lambda cell: cell.update(source=cell.source.replace(old, new, 1)))


def add_output(*args: Any, **kwargs: Any) -> Any:
    return in_cell(lambda cell: cell.outputs.append(new_output(*args, **kwargs)))


def code_places(notebook: NotebookNode) -> list[int]:
    return [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]


def recount(notebook: NotebookNode) -> None:
    for number, place in enumerate(code_places(notebook), start=1):
        count(notebook.cells[place], number)


def hide(**metadata: Any) -> Any:
    return in_cell(lambda cell: cell.metadata.update(metadata))


def clear_all(notebook: NotebookNode, _: int) -> None:
    for place in code_places(notebook):
        notebook.cells[place].update(outputs=[], execution_count=None)


def insert(cell: NotebookNode, *, counted: bool) -> Any:
    def change(notebook: NotebookNode, place: int) -> None:
        notebook.cells.insert(place + 1, copy.deepcopy(cell))
        if counted:
            recount(notebook)

    return change


def delete(notebook: NotebookNode, place: int) -> None:
    del notebook.cells[place]


def delete_first(notebook: NotebookNode, _: int) -> None:
    delete(notebook, code_places(notebook)[1])
    recount(notebook)


def delete_last(notebook: NotebookNode, _: int) -> None:
    delete(notebook, code_places(notebook)[-1])
    recount(notebook)


def swap_first(notebook: NotebookNode, _: int) -> None:
    first, second = code_places(notebook)[1:3]
    notebook.cells[first], notebook.cells[second] = notebook.cells[second], notebook.cells[first]
    recount(notebook)


def mark_and_falsify(notebook: NotebookNode, place: int) -> None:
    rewritten("text/markdown")(notebook, place)
    notebook.cells[place].source = "# NBVAL_IGNORE_OUTPUT\n" + notebook.cells[place].source


def in_prose(heading: str, pattern: str, by: str) -> Any:
    """Rewrite what the pattern finds first in the Markdown cell with this heading."""

    def change(notebook: NotebookNode, _: int) -> None:
        cells = (cell for cell in notebook.cells if re.search(rf"^{heading}", cell.source, re.MULTILINE))
        cell = next(cells)
        cell.source = re.sub(pattern, by, cell.source, count=1)

    return change


def anywhere(_: NotebookNode) -> bool:
    return True


RAW = new_raw_cell("It is 98,765.", id="added")
ADDED = new_code_cell("1", id="added")
FORGED = new_code_cell(
    "facts.empty",
    id="added",
    outputs=[new_output("execute_result", {"text/plain": "True"}, execution_count=1)],
)
HUNDRED = "Ninety-nine of a hundred"
NEXT, FRONT_PAGE = r".*\[All notebooks\]", r"\(\.\./README\.md\)"
SCRIPT = {"application/javascript": "1", "text/plain": "a chart"}
EVERYWHERE, RUN, RULES = ("house rules", "nbval", "rerun"), ("nbval", "rerun"), ("house rules",)
RERUN = ("house rules", "rerun")

NOTEBOOK = (
    Falsification("number in an HTML table", html_table, rewritten("text/html", HTML_NUMBER), RUN),
    Falsification("row taken out of an HTML table", html_table, rewritten("text/html", HTML_ROW, ""), RUN),
    Falsification("number in a table", table, rewritten("text/markdown"), RUN),
    Falsification("row taken out of a table", table, rewritten("text/markdown", r"\n[^\n]*\Z", ""), RUN),
    Falsification("number in the plain text of a table", table, rewritten("text/plain"), RUN),
    Falsification("number in a printed line", prints, rewritten("stream"), RUN),
    Falsification("number in a result", result, rewritten("text/plain"), RUN),
    Falsification("number in a computed sentence", sentence, rewritten("text/markdown"), RUN),
    Falsification("picture replaced", figure, repainted(lambda image: image[:, ::-1]), RUN),
    Falsification("picture cut", figure, repainted(lambda image: image[:-40]), RUN),
    Falsification("picture recoloured", figure, repainted(recoloured), RUN),
    Falsification("one point of a picture moved", figure, repainted(moved), RUN),
    Falsification("picture removed", figure, in_figure(lambda output: output.data.pop("image/png")), EVERYWHERE),
    Falsification("picture and caption removed", figure, in_cell(lambda cell: cell.outputs.clear()), EVERYWHERE),
    Falsification("alternative text changed", figure, in_figure(realt), RUN),
    Falsification("alternative text removed", figure, in_figure(lambda o: o.metadata.clear()), EVERYWHERE),
    Falsification("caption changed", figure, in_cell(recaption), RUN),
    Falsification(
        "code changed, old picture kept", draws, recode("\nfigures.show", "\nfig.axes[0].margins(1)\nfigures.show"), RUN
    ),
    Falsification("code changed, old number kept", counts_facts, recode("len(facts)", "len(facts[1:])"), RUN),
    Falsification("outputs of a cell cleared", has_output, in_cell(lambda cell: cell.outputs.clear()), RUN),
    Falsification(
        "outputs and execution count of a cell cleared",
        has_output,
        in_cell(lambda cell: cell.update(outputs=[], execution_count=None)),
        EVERYWHERE,
    ),
    Falsification("all outputs and execution counts cleared", anywhere, clear_all, EVERYWHERE),
    Falsification(
        "execution count removed", has_output, in_cell(lambda cell: cell.update(execution_count=None)), EVERYWHERE
    ),
    Falsification(
        "execution count changed", anywhere, in_cell(lambda cell: cell.update(execution_count=99)), EVERYWHERE
    ),
    Falsification(
        "execution count of a result changed", returns, in_figure(lambda o: o.update(execution_count=99)), EVERYWHERE
    ),
    Falsification("outputs of a cell hidden", has_output, hide(jupyter={"outputs_hidden": True}), RERUN),
    Falsification("code of a cell hidden", anywhere, hide(jupyter={"source_hidden": True}), RERUN),
    Falsification("cell collapsed", anywhere, hide(collapsed=True), RERUN),
    Falsification("cell hidden by a tag", anywhere, hide(tags=["hide-cell"]), RULES),
    Falsification("raw cell added", anywhere, insert(RAW, counted=False), RULES),
    Falsification("cell added and not run", anywhere, insert(ADDED, counted=False), EVERYWHERE, apart=True),
    Falsification("cell added with a made-up output", counts_facts, insert(FORGED, counted=True), RUN, apart=True),
    Falsification("cell deleted", has_output, delete, EVERYWHERE, apart=True),
    Falsification("cell deleted, later ones need it, counts set anew", anywhere, delete_first, RUN, apart=True),
    Falsification("cells put in another order, counts set anew", anywhere, swap_first, RUN, apart=True),
    Falsification("warning added", has_output, add_output("stream", name="stderr", text="Warning: old\n"), EVERYWHERE),
    Falsification("error added", has_output, add_output("error", ename="E", evalue="", traceback=[]), EVERYWHERE),
    Falsification("script added", has_output, add_output("display_data", SCRIPT), EVERYWHERE),
    Falsification("number changed, and nbval told to ignore it", table, mark_and_falsify, EVERYWHERE),
    Falsification("number typed into prose", anywhere, in_prose("## Limits", r"\Z", " It is 98,765."), RULES),
    Falsification(
        "number typed as code into prose", anywhere, in_prose("## Limits", r"\Z", "\n\n```\n98,765\n```"), RULES
    ),
    Falsification("number typed into prose in words", anywhere, in_prose("## Limits", r"\Z", f" {HUNDRED}."), RULES),
    Falsification("fraction typed into prose as a sign", anywhere, in_prose("## Limits", r"\Z", " It is ½."), RULES),
    Falsification("number typed into prose in Chinese", anywhere, in_prose("## Limits", r"\Z", " 二十三。"), RULES),
    Falsification(
        "link in prose led to another host", anywhere, in_prose(NEXT, FRONT_PAGE, "(https://example.org)"), RULES
    ),
    Falsification("`## Limits` renamed", anywhere, in_prose("## Limits", "## Limits", "## Notes"), RULES),
    Falsification("cell deleted that no other needs, counts set anew", anywhere, delete_last, (), apart=True),
    Falsification(
        "number in prose exchanged for another of the notebook", anywhere, in_prose("## Limits", r"\Z", " It is 0."), ()
    ),
    Falsification(
        "number up to ten, or a part, typed into prose in words",
        anywhere,
        in_prose("## Limits", r"\Z", " Nine of ten, or three fifths."),
        (),
    ),
    Falsification(
        "link in prose led to another file of the project",
        anywhere,
        in_prose(NEXT, FRONT_PAGE, "(../data/README.md)"),
        (),
    ),
    Falsification("word in prose exchanged", anywhere, in_prose("# ", r"\b(most|far|by)\b", "hardly"), ()),
)


# --- the data ------------------------------------------------------------------------------------------------


def edit(folder: Path, name: str, change: Callable[[list[dict[str, str]]], object]) -> None:
    """Change the rows of a table."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    header = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def cell(name: str, column: str, by: str | Callable[[str], str], *, where: str = r".") -> Callable[[Path], None]:
    """Change one cell: the last of the column in which the pattern is found."""

    def change(rows: list[dict[str, str]]) -> None:
        row = [row for row in rows if re.search(where, row[column])][-1]
        row[column] = by if isinstance(by, str) else by(row[column])

    return lambda folder: edit(folder, name, change)


def rows(name: str, change: Callable[[list[dict[str, str]]], object]) -> Callable[[Path], None]:
    return lambda folder: edit(folder, name, change)


def row_with(name: str, column: str, known: str, /, **cells: str) -> Callable[[Path], None]:
    """Change other cells of the last row that has this value."""
    return rows(name, lambda rows: [row for row in rows if row[column] == known][-1].update(cells))


def shifted(rows: list[dict[str, str]]) -> None:
    """Start and end of the last token, by one."""
    row = [row for row in rows if row["token"]][-1]
    row.update({column: str(int(row[column]) - 1) for column in ("start", "end")})


def text(name: str, old: str, new: str) -> Callable[[Path], object]:
    """Change the file itself."""

    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    return change


CHECK, SHOWN, PLACE = ("data check",), ("nbval", "rerun"), ("evidence",)

DATA = (
    DataFalsification("value that is no number", cell("indicators", "value", "many"), CHECK),
    DataFalsification("unknown unit", cell("indicators", "unit", "pesos"), CHECK),
    DataFalsification("unknown relation", cell("indicators", "relation", "nearly"), CHECK),
    DataFalsification("source that does not exist", cell("compute", "source_id", "nobody-2024"), CHECK),
    DataFalsification("fact with another key", cell("indicators", "fact_id", "I999"), CHECK),
    DataFalsification("fact dropped", rows("statements", lambda rows: rows.pop()), CHECK),
    DataFalsification("row doubled", rows("league_table_entries", lambda rows: rows.append(rows[-1])), CHECK),
    DataFalsification("evidence of a fact that does not exist", cell("evidence", "fact_id", "S999"), CHECK),
    DataFalsification("column renamed", text("compute.csv", "precision", "exactness"), CHECK),
    DataFalsification("cell dropped", text("places.csv", "\nAnhui,", "\nAnhui"), CHECK),
    DataFalsification("table deleted", lambda folder: (folder / "places.csv").unlink(), CHECK),
    DataFalsification("day that no calendar has", cell("sources", "published", "2024-02-31"), CHECK),
    DataFalsification("month that no calendar has", cell("compute", "as_of", "2023-13"), CHECK),
    DataFalsification("period that is none", cell("indicators", "period", "2024-07-36"), CHECK),
    DataFalsification("period that ends before it begins", cell("indicators", "period", "2023/2022"), CHECK),
    DataFalsification("value of an amount removed", row_with("indicators", "relation", "gt", value=""), CHECK),
    DataFalsification("first with an amount", row_with("indicators", "relation", "first", value="20000"), CHECK),
    DataFalsification("rank between two ranks", row_with("city_indicators", "relation", "rank", value="7.5"), CHECK),
    DataFalsification("half a company", row_with("indicators", "unit", "companies", value="2.5"), CHECK),
    DataFalsification("end of a token shifted", cell("evidence", "end", lambda n: str(int(n) + 1)), CHECK),
    DataFalsification("end of a token before its start", cell("quantities", "start", "9999999"), CHECK),
    DataFalsification("garbled reading without its place", row_with("evidence", "reading", "garbled", token=""), CHECK),
    DataFalsification("window that ends before it begins", cell("claims", "window_from", "2030-01-01"), CHECK),
    DataFalsification("range of ranks the wrong way round", cell("league_table_entries", "rank_best", "99"), CHECK),
    DataFalsification("test of rows that do not exist", cell("claim_tests", "selection", "nonsense"), CHECK),
    DataFalsification("row of a test cut off", cell("claim_tests", "selection", "CMP-001;", where=";CMP"), CHECK),
    DataFalsification(
        "the article's own source marked independent",
        row_with("league_tables", "source_id", "tmtpost-2024", independent_of_article="yes"),
        CHECK,
    ),
    DataFalsification("place of a token shifted", rows("evidence", shifted), PLACE),
    DataFalsification("token changed", cell("evidence", "token", other, where=r"\d$"), PLACE),
    DataFalsification("token put into another paragraph", cell("evidence", "paragraph", "0", where="3"), PLACE),
    DataFalsification("value changed within its type", cell("indicators", "value", other, where=r"^\d+$"), SHOWN),
    DataFalsification("bound turned into a value", cell("indicators", "relation", "eq", where="^g[te]$"), SHOWN),
    DataFalsification("unit exchanged for another", cell("indicators", "unit", "percent", where="PFLOPS"), SHOWN),
    DataFalsification(
        "planned turned into installed", cell("indicators", "status", "installed", where="planned"), SHOWN
    ),
    DataFalsification("value that no notebook shows", cell("city_indicators", "value", other, where=r"^\d+$"), ()),
)

ARTICLE = (
    DataFalsification("one character of an article changed", text("", "2024", "2023"), PLACE),
    DataFalsification("article missing", lambda file: file.unlink(), PLACE),
)


def as_table() -> str:
    """What catches what, as Markdown."""
    lines = ["| falsification | " + " | ".join(CHECKS) + " |", "| --- |" + " :-: |" * len(CHECKS)]
    for kind in (*NOTEBOOK, *DATA, *ARTICLE):
        marks = ["×" if check in kind.caught_by else "" for check in CHECKS]
        lines.append(f"| {kind.name} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def as_summary() -> str:
    """For the front page: how many falsifications each check catches, and which nothing does, as Markdown."""
    objects: dict[str, Sequence[Falsification | DataFalsification]]
    objects = {"notebooks": NOTEBOOK, "tables": DATA, "articles": ARTICLE}
    header = [f"{len(kinds)} ways to falsify {name}" for name, kinds in objects.items()]
    lines = [f"| check | {' | '.join(header)} |", "| --- |" + " ---: |" * len(header)]
    for check, how in CHECKS.items():
        counts = [sum(check in kind.caught_by for kind in kinds) for kinds in objects.values()]
        lines.append(f"| **{check}**: {how} | {' | '.join(str(count or '–') for count in counts)} |")
    escaped = [kind.name for kinds in objects.values() for kind in kinds if not kind.caught_by]
    return "\n".join(lines) + f"\n\nCaught by nothing: {'; '.join(escaped)}."


def as_page() -> str:
    """docs/CHECKS.md: what the checks are, and the table."""
    checks = "\n".join(f"- **{check}**: {how}" for check, how in CHECKS.items())
    return f"""# What is caught, and by which check

Each line is a way to falsify a notebook, a table or an article. The suite `tests/test_tampering.py` does each of them
to a copy and asserts that exactly the checks marked here notice it. Lines without a mark are what nothing catches.

{checks}

{as_table()}
"""


if __name__ == "__main__":
    print(as_page(), end="")
