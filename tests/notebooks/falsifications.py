"""Kinds of falsification of notebooks, tables, articles and texts, and which check catches each.

    python -m tests.notebooks.falsifications > docs/CHECKS.md

What is said here is measured in test_tampering.py.
"""

from __future__ import annotations

import base64
import copy
import csv
import io
import json
import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.image
import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output, new_raw_cell

from tests.notebooks.small import count

HTML_NUMBER, HTML_ROW = r"(?<=<td>)[\d.,]*\d(?=</td>)", r"<tr>(?:(?!<tr>).)*</tr>\s*(?=</tbody>)"
CHECKS = {
    "house rules": "`python -m tools.rules`, which executes nothing",
    "nbval": "`pytest --nbval` with `conftest.py`, which executes every notebook and compares texts and pictures",
    "pages": "tests that the pages made from notebooks are fresh, such as the list of all findings",
    "data check": "`aicities check`, against `data/datapackage.json`",
    "seal": "`python -m tools.seal`: checksums that only a command renews which shows what changed",
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
    why: str = ""  # nothing can catch it


class FileFalsification(NamedTuple):
    """A way to falsify the tables of a data folder, an article, or a text of the project."""

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


NO_TEXT = {"metadata": {"Software": None}}


def repainted(paint: Callable[[np.ndarray], np.ndarray]) -> Any:
    """Paint over the picture: RGB, 0 to 1."""

    def change(notebook: NotebookNode, place: int) -> None:
        data = notebook.cells[place].outputs[0].data
        image = matplotlib.image.imread(io.BytesIO(base64.b64decode(data["image/png"])), format="png")
        buffer = io.BytesIO()
        matplotlib.image.imsave(buffer, np.ascontiguousarray(paint(image[..., :3].copy())), format="png", **NO_TEXT)
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
RERUN, PAGES = ("house rules", "rerun"), ("pages",)


def in_metadata(**metadata: Any) -> Any:
    return lambda notebook, _: notebook.metadata.update(metadata)


def png_part(before: bytes, after: bytes) -> Any:
    """Put bytes behind the head of the picture's file, and behind its end."""

    def change(output: NotebookNode) -> None:
        content = base64.b64decode(output.data["image/png"])
        output.data["image/png"] = base64.b64encode(content[:33] + before + content[33:] + after).decode()

    return in_figure(change)


def part(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG file."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def shown_not_returned(output: NotebookNode) -> None:
    output.output_type = "display_data"
    del output["execution_count"]


def asserts(cell: NotebookNode) -> bool:
    return cell.source.startswith("assert ")


def without_assertion(cell: NotebookNode) -> None:
    cell.source = cell.source.partition("\n")[2]


def in_limits(text: str) -> Any:
    return in_prose("## Limits", r"\Z", text)


def in_opening(pattern: str, by: str) -> Any:
    return in_prose("# ", pattern, by)


def loads_facts(cell: NotebookNode) -> bool:
    return has_output(cell) and "facts =" in cell.source


def computes_sentence(cell: NotebookNode) -> bool:
    return has_output(cell) and "Markdown(f" in cell.source and "{len(facts)}" in cell.source


def filled_with_a_typed_number(cell: NotebookNode) -> None:
    cell.source = cell.source.replace("{len(facts)}", "{49_000 * 2:,}")
    data = cell.outputs[0].data
    data["text/markdown"] = re.sub(r"of \d+ facts", "of 98,000 facts", data["text/markdown"])


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
    Falsification("gamma put into a picture", figure, png_part(part(b"gAMA", bytes([0, 0, 9, 9])), b""), RERUN),
    Falsification("text put into a picture's file", figure, png_part(part(b"tEXt", b"Title\0All fell"), b""), RERUN),
    Falsification("bytes put behind a picture's end", figure, png_part(b"", b"All fell."), RERUN),
    Falsification("result shown, not returned", returns, in_figure(shown_not_returned), RUN),
    Falsification("language in the metadata", anywhere, in_metadata(language_info={"name": "R"}), RERUN),
    Falsification("code hidden by the metadata", anywhere, in_metadata(hide_input=True), RERUN),
    Falsification(
        "displayed name of the kernel",
        anywhere,
        in_metadata(kernelspec={"display_name": "All fell", "language": "python", "name": "python3"}),
        RERUN,
    ),
    Falsification("assertion deleted", asserts, in_cell(without_assertion), PAGES),
    Falsification("comment that says something else", loads_facts, recode("facts =", "# 98,765 P\nfacts ="), RULES),
    Falsification("rest of a cell hidden by a comment", anywhere, in_prose("## Limits", r"\n", "\n<!--\n"), RULES),
    Falsification("number in prose split by emphasis", anywhere, in_limits(" It is 9**8**7****6****5."), RULES),
    Falsification("number in prose split by TeX", anywhere, in_limits(r" It is $98\,765$."), RULES),
    Falsification("number in prose turned round", anywhere, in_limits(" It is \u202e567,89\u202c."), RULES),
    Falsification("number as a place in a list", anywhere, in_limits("\n\n98765. It is so many."), RULES),
    Falsification("number behind the time", anywhere, in_opening(r"(?<=minute to run)", ", 98,765 firms"), RULES),
    Falsification("number in a name", anywhere, in_limits(" Target-98765 is met."), RULES),
    Falsification("number as the place of a figure", anywhere, in_limits(" See Figure 98765."), RULES),
    Falsification("number in Roman numerals", anywhere, in_limits(" It is MCDXLIV."), RULES),
    Falsification("number in full-width digits", anywhere, in_limits(" It is ９８７６５."), RULES),
    Falsification("invisible character in prose", anywhere, in_limits(" It\u200b is so."), RULES),
    Falsification("address typed in code", loads_facts, recode("facts =", 'a = "https://example.org"\nfacts ='), RULES),
    Falsification("code and output changed alike", computes_sentence, in_cell(filled_with_a_typed_number), RULES),
    Falsification(
        "cell deleted that no other needs, counts set anew",
        anywhere,
        delete_last,
        PAGES,
        apart=True,
    ),
    Falsification(
        "number in prose exchanged for another of the notebook",
        anywhere,
        in_limits(" It is 0."),
        (),
        why="whether a number is the one that a sentence means only a reader knows",
    ),
    Falsification(
        "number up to ten, or a part, typed into prose in words",
        anywhere,
        in_limits(" Nine of ten, or three fifths."),
        (),
        why="such words stand in every paragraph, mostly not as data",
    ),
    Falsification(
        "link in prose led to another file of the project",
        anywhere,
        in_prose(NEXT, FRONT_PAGE, "(../data/README.md)"),
        (),
        why="both files are there, and which one is meant only a reader knows",
    ),
    Falsification(
        "word in prose exchanged",
        anywhere,
        in_prose("# ", r"\b(most|far|by)\b", "hardly"),
        (),
        why="what is typed has no source but its author; what is computed is compared",
    ),
    Falsification(
        "code and sentence changed alike, by way of a name",
        loads_facts,
        recode("facts =", "least = 98_765\nfacts ="),
        (),
        why="a threshold and an invented number look alike in code",
    ),
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


def schema(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Change the schema of one table that has rules."""

    def changed(folder: Path) -> None:
        path = folder / "datapackage.json"
        package = json.loads(path.read_text("utf-8"))
        change(next(one["schema"] for one in package["resources"] if "aicities:rules" in one["schema"]))
        path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")

    return changed


def allow(schema: dict[str, Any], value: str) -> None:
    """Add an allowed value to the first column that has a list of them."""
    next(limits["enum"] for field in schema["fields"] if "enum" in (limits := field.get("constraints", {}))).append(
        value
    )


def digit(pattern: str, old: str = r"\d", new: str = "0") -> Callable[[Path], None]:
    """Exchange what a regular expression finds first in the first file of a pattern that has it."""

    def change(root: Path) -> None:
        for path in sorted(root.glob(pattern)):
            before = path.read_text("utf-8")
            after = re.sub(old if old == r"\d" else re.escape(old), new, before, count=1)
            if old == r"\d":
                after = re.sub(r"\d", lambda found: other(found[0]), before, count=1)
            if after != before:
                path.write_text(after, "utf-8")
                return

    return change


CHECK, SHOWN, SEAL = ("data check", "seal"), ("nbval", "seal", "rerun"), ("seal",)
PLACE, ARTICLES = ("seal", "evidence"), ("evidence",)

DATA = (
    FileFalsification("value that is no number", cell("indicators", "value", "many"), CHECK),
    FileFalsification("unknown unit", cell("indicators", "unit", "pesos"), CHECK),
    FileFalsification("unknown relation", cell("indicators", "relation", "nearly"), CHECK),
    FileFalsification("source that does not exist", cell("compute", "source_id", "nobody-2024"), CHECK),
    FileFalsification("fact with another key", cell("indicators", "fact_id", "I999"), CHECK),
    FileFalsification("fact dropped", rows("statements", lambda rows: rows.pop()), CHECK),
    FileFalsification("row doubled", rows("league_table_entries", lambda rows: rows.append(rows[-1])), CHECK),
    FileFalsification("evidence of a fact that does not exist", cell("evidence", "fact_id", "S999"), CHECK),
    FileFalsification("column renamed", text("compute.csv", "precision", "exactness"), CHECK),
    FileFalsification("cell dropped", text("places.csv", "\nAnhui,", "\nAnhui"), CHECK),
    FileFalsification("table deleted", lambda folder: (folder / "places.csv").unlink(), CHECK),
    FileFalsification("day that no calendar has", cell("sources", "published", "2024-02-31"), CHECK),
    FileFalsification("month that no calendar has", cell("compute", "as_of", "2023-13"), CHECK),
    FileFalsification("period that is none", cell("indicators", "period", "2024-07-36"), CHECK),
    FileFalsification("period that ends before it begins", cell("indicators", "period", "2023/2022"), CHECK),
    FileFalsification("value of an amount removed", row_with("indicators", "relation", "gt", value=""), CHECK),
    FileFalsification("first with an amount", row_with("indicators", "relation", "first", value="20000"), CHECK),
    FileFalsification("rank between two ranks", row_with("city_indicators", "relation", "rank", value="7.5"), CHECK),
    FileFalsification("half a company", row_with("indicators", "unit", "companies", value="2.5"), CHECK),
    FileFalsification("end of a token shifted", cell("evidence", "end", lambda n: str(int(n) + 1)), CHECK),
    FileFalsification("end of a token before its start", cell("quantities", "start", "9999999"), CHECK),
    FileFalsification("garbled reading without its place", row_with("evidence", "reading", "garbled", token=""), CHECK),
    FileFalsification("window that ends before it begins", cell("claims", "window_from", "2030-01-01"), CHECK),
    FileFalsification("range of ranks the wrong way round", cell("league_table_entries", "rank_best", "99"), CHECK),
    FileFalsification("test of rows that do not exist", cell("claim_tests", "selection", "nonsense"), CHECK),
    FileFalsification("row of a test cut off", cell("claim_tests", "selection", "CMP-001;", where=";CMP"), CHECK),
    FileFalsification(
        "the article's own source marked independent",
        row_with("league_tables", "source_id", "tmtpost-2024", independent_of_article="yes"),
        CHECK,
    ),
    FileFalsification("place of a token shifted", rows("evidence", shifted), PLACE),
    FileFalsification("token changed", cell("evidence", "token", other, where=r"\d$"), PLACE),
    FileFalsification("token put into another paragraph", cell("evidence", "paragraph", "0", where="3"), PLACE),
    FileFalsification("value changed within its type", cell("indicators", "value", other, where=r"^\d+$"), SHOWN),
    FileFalsification("bound turned into a value", cell("indicators", "relation", "eq", where="^g[te]$"), SHOWN),
    FileFalsification("unit exchanged for another", cell("indicators", "unit", "EFLOPS", where="PFLOPS"), SHOWN),
    FileFalsification(
        "planned turned into installed", cell("indicators", "status", "installed", where="planned"), SHOWN
    ),
    FileFalsification("value that no notebook shows", cell("city_indicators", "value", other, where=r"^\d+$"), SEAL),
    FileFalsification("two publishers made one", cell("sources", "publisher_id", "tmtpost"), SEAL),
    FileFalsification("note turned round", cell("city_indicators", "note", lambda n: f"not {n}"), SEAL),
    FileFalsification("day of a source moved", cell("sources", "published", "2024-01-02", where=r"-\d\d-"), SEAL),
    FileFalsification("names of two cities exchanged", text("entities.csv", "上海", "深圳"), SEAL),
    FileFalsification("checksum of an article", cell("articles", "sha256", lambda n: n[::-1]), PLACE),
    FileFalsification("text turned round by a control character", cell("sources", "title_en", "\u202eflesti"), CHECK),
    FileFalsification("rule of the schema removed", schema(lambda s: s.pop("aicities:rules", None)), SEAL),
    FileFalsification("allowed value added to the schema", schema(lambda s: allow(s, "certain")), SEAL),
    FileFalsification("key of the schema removed", schema(lambda s: s.pop("foreignKeys", None)), SEAL),
    FileFalsification("another licence of the data", text("datapackage.json", "CC-BY-4.0", "CC0-1.0"), SEAL),
)

ARTICLE = (
    FileFalsification("one character of an article changed", text("", "2024", "2023"), ARTICLES),
    FileFalsification("article missing", lambda file: file.unlink(), ARTICLES),
)

TEXT = (
    FileFalsification("sentence of the README turned round", text("README.md", " is ", " is not "), SEAL),
    FileFalsification("sentence of a README in another language", text("README.zh.md", "。", "吗。"), SEAL),
    FileFalsification("wording of a finding in another language", digit("src/aicities/study/**/wording.toml"), SEAL),
    FileFalsification("question in another language", text("tools/pages/questions.toml", "？", "。"), SEAL),
    FileFalsification("number in a benchmark's result", digit("benchmarks/results/*.md"), SEAL),
    FileFalsification("licence replaced", text("LICENSE-DATA", "Licence", "No licence"), SEAL),
    FileFalsification("authors of the citation", text("CITATION.cff", "contributors", "owners"), SEAL),
    FileFalsification("script of a page", digit("tools/site/templates/*.js"), SEAL),
    FileFalsification("template of a page", digit("tools/site/templates/*.j2", "{{", "{#"), SEAL),
    FileFalsification("what the workflow runs", text(".ci/run", "exec make test", 'echo "make test"'), SEAL),
    FileFalsification("action of a workflow", digit(".github/workflows/*.yml", "uses: actions/", "uses: other/"), SEAL),
    FileFalsification("hash in the lock", text("requirements.lock", "sha256:", "sha256:0"), SEAL),
)

SECTIONS = {"Notebooks": NOTEBOOK, "Tables": DATA, "Articles": ARTICLE, "Texts and code": TEXT}


def as_table(kinds: Sequence[Falsification | FileFalsification]) -> str:
    """What catches what, as Markdown."""
    lines = ["| falsification | " + " | ".join(CHECKS) + " |", "| --- |" + " :-: |" * len(CHECKS)]
    for kind in kinds:
        marks = ["×" if check in kind.caught_by else "" for check in CHECKS]
        lines.append(f"| {kind.name} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def as_page() -> str:
    """docs/CHECKS.md: what the checks are, and the tables."""
    checks = "\n".join(f"- **{check}**: {how}" for check, how in CHECKS.items())
    tables = "\n\n".join(f"## {title}\n\n{as_table(kinds)}" for title, kinds in SECTIONS.items())
    reasons = "\n".join(f"- {kind.name}: {kind.why}" for kind in NOTEBOOK if not kind.caught_by)
    return f"""# What is caught, and by which check

Each line is a way to falsify a notebook, a table, an article or a text. The suite `tests/notebooks/test_tampering.py`
does each of them to a copy and asserts that exactly the checks marked here notice it.

{checks}

The seal is another kind of check than the others: it doesn't know what is right, only that somebody has to look at a
change and renew it (`make data`, `make seal`), and a reviewer sees it in the diff. Ways that are not listed are caught
less often than those that are. Code is judged by its tests, not by any check here.

{tables}

## What nothing catches, and why

{reasons}
"""


if __name__ == "__main__":
    print(as_page(), end="")
