"""Kinds of falsification of notebooks, tables, articles and texts, and which check catches each.

    python -m tests.notebooks.falsifications    write docs/CHECKS.md

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
from tools.notebook import ROOT
from tools.saving import save

HTML_NUMBER, HTML_ROW = r"(?<=<td>)[\d.,]*\d(?=</td>)", r"<tr>(?:(?!<tr>).)*</tr>\s*(?=</tbody>)"
CHECKS = {
    "house rules": "`python -m tools.rules`, which executes nothing",
    "nbval": "`pytest --nbval` with `conftest.py`, which executes every notebook and compares texts and pictures",
    "pages": "tests that the pages made from notebooks are fresh, such as the list of all findings",
    "data check": "`aicities check`, against `data/datapackage.json`",
    "seal": "`python -m tools.seal`: checksums that only a command renews, which shows what changed",
    "agreement": "`python -m tools.agree`: what two places tell is told alike, in tables, schema and texts",
    "evidence": "`aicities verify FOLDER`, for whoever has the articles",
    "rerun": "`make check`, which compares every byte of a notebook with a new run; not part of `make test`",
}


class Falsification(NamedTuple):
    """A way to falsify a notebook at one of its code cells; `apart` if it needs a kernel of its own to show.

    `why` says what hinders a check that knows what is right, where only the seal sees the change.
    """

    name: str
    suits: Callable[[NotebookNode], bool]
    change: Callable[[NotebookNode, int], object]
    caught_by: tuple[str, ...]
    apart: bool = False
    why: str = ""


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
        cell.source = re.sub(pattern, lambda _: by, cell.source, count=1)

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
# thought up before the checks were read: how many, and how many a check that knows what is right saw, and sees
TRIED = (146, 33, 57)
EVERYWHERE, RUN, RULES = ("house rules", "nbval", "rerun", "seal"), ("nbval", "rerun", "seal"), ("house rules", "seal")
RERUN, PAGES, SEAL = ("house rules", "rerun", "seal"), ("pages", "seal"), ("seal",)


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


def before_facts(line: str) -> Any:
    """Put a line of code before the one that loads the facts."""
    return recode("facts =", f"{line}\nfacts =")


def of_two_pictures(exchange: Callable[[NotebookNode, NotebookNode], object]) -> Any:
    """Do something to the outputs of the first two pictures."""

    def change(notebook: NotebookNode, _: int) -> None:
        exchange(*[cell.outputs[0] for cell in notebook.cells if cell.cell_type == "code" and figure(cell)][:2])

    return change


def exchange_pictures(one: NotebookNode, two: NotebookNode) -> None:
    one.data["image/png"], two.data["image/png"] = two.data["image/png"], one.data["image/png"]


def exchange_texts(one: NotebookNode, two: NotebookNode) -> None:
    one.metadata, two.metadata = two.metadata, one.metadata


def repacked(do: Callable[[bytes], bytes]) -> Any:
    """Do something to the packed pixels of the picture."""

    def change(output: NotebookNode) -> None:
        content = base64.b64decode(output.data["image/png"])
        place, kept, packed = 8, [], b""
        while place < len(content):
            size, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
            body = content[place + 8 : place + 8 + size]
            place += 12 + size
            packed += body if kind == b"IDAT" else b""
            kept += [] if kind == b"IDAT" else [part(kind, body)]
        new = content[:8] + b"".join([*kept[:-1], part(b"IDAT", do(packed)), kept[-1]])
        output.data["image/png"] = base64.b64encode(new).decode()

    return in_figure(change)


def without_words_after(notebook: NotebookNode, place: int) -> None:
    """Delete the second paragraph of the step."""
    del notebook.cells[place - 1]


def paragraphs_exchanged(notebook: NotebookNode, place: int) -> None:
    cells = notebook.cells
    cells[place - 2].source, cells[place - 1].source = cells[place - 1].source, cells[place - 2].source


TYPED = {
    "number in Arabic digits": " It is ٩٨٧٦٥.",
    "number in mathematical digits": " It is 𝟗𝟖𝟕𝟔𝟓.",
    "number in superscripts": " It is ⁹⁸⁷⁶⁵.",
    "number in circles": " It is ㊿.",
    "number in Hangul": " It is 이십삼.",
    "number in Hangzhou numerals": " It is 〡〢〣.",
    "number in numerals of banks": " It is 壱拾弐.",
    "number with a blank": " It is 98 765.",
    "number spelt digit by digit": " It is 9 8 7 6 5.",
    "number with an apostrophe": " It is 98'765.",
    "number with a power of ten": " It is 9e5.",
    "number in sixteens": " It is 0x181cd.",
    "number glued to a letter": " It is P98765.",
    "number in small Roman numerals": " It is mcdxliv.",
    "number as an ordinal in words": " It is the ninety-ninth.",
    "number as so many times": " It grew twentyfold.",
    "number in words of India": " It is nine crore.",
    "number of dozens": " There are a dozen.",
    "number made vague": " It is ninety-odd million.",
    "number as a year of literature": " So Shenzhen (1999) has it.",
    "number as a figure that is not there": " See Figure 99.",
    "number in a name with a hyphen": " Model-99 is met.",
    "number as a late place in a list": "\n\n19. It is so.",
    "number in the text of a link": " See [98765](../README.md).",
    "number in a typed table": "\n\n| a | b |\n| --- | --- |\n| x | 98,765 |",
    "number in a heading": "\n\n### It is 98765",
    "number split by code": " It is `9``8765`.",
    "number split by a link": " It is [9](../README.md)[8765](../README.md).",
    "number split by a tag": " It is 9<sub>8765</sub>.",
    "number as entities": " It is &#57;&#56;&#55;.",
    "number in a block of code": "\n\n    98765",
    "words split by emphasis": " It is nine**ty** thousand.",
    "words in a title of a link": ' See [all](../README.md "All fell").',
    "words as a comment of Markdown": "\n\n[//]: # (All fell)",
    "words in a footnote": "\n\n[^1]: All fell.",
    "words in a picture of the prose": " ![All fell](../docs/headline.png)",
    "words struck through": " It is ~~not~~ so.",
    "words in white": r" $\color{white}{so}$",
    "words turned round by an entity": " &#x202e;so",
    "rest hidden by a block": "\n\n```\nAll fell.",
    "rest hidden by a tag": "\n<div hidden",
    "letter of another script": " Sh\u0435nzhen leads.",
    "letters of full width": " Ｓｈｅｎｚｈｅｎ leads.",
    "strokes through letters": " It is n\u0336o\u0336t\u0336 so.",
    "blank that fills": " It\u3164is so.",
    "blanks that do not break": " It" + "\xa0" * 30 + "is so.",
    "tags of Unicode": " It is so.\U000e0041",
    "selector of a variant": " It is so\ufe0f.",
    "line end of Unicode": " It is\u2029so.",
    "address of mail": " Ask a@example.org.",
    "address without its scheme": " See www.example.org.",
    "address with entities": " [See](&#104;ttps://example.org)",
    "address by a definition": " [See][1]\n\n[1]: https://example.org",
    "picture of another host": " ![A city](https://example.org/a.png)",
    "link that runs a script": " [See](javascript:alert)",
    "link to no file": " [See](../READNE.md)",
    "day of the article moved": " That was on 3 August 2024.",
    "month of the article moved": " That was in July 2024.",
    "percentage of something else": " It is six per cent.",
    "sentence typed twice": " Whoever has one text only is misled. Whoever has one text only is misled.",
    "link to a notebook of another number": " See [notebook 03](small.ipynb).",
    "path of a machine": " See /" + "home/ann/a.csv.",
}

CODED = {
    "builtin given another meaning": "hash = dict",
    "function of the package exchanged": "ac.names = dict",
    "text run as code": 'exec("1")',
    "file opened past the loader": "a = open",
    "check told to look away": "a = 1  # noqa: F841",
    "another import": "import sys",
    "function hidden in the notebook": "def f():\n    pass\n\n\n",
    "name that no cell uses": "beijing = 98765",
    "number in a comment in words": "# Shenzhen has ninety-nine thousand",
}


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


SUMMED = 'counts["size"].sum() == len(facts)'
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
    *(Falsification(name, anywhere, in_limits(text), RULES) for name, text in TYPED.items()),
    *(Falsification(name, loads_facts, before_facts(line), RULES) for name, line in CODED.items()),
    Falsification("pictures exchanged", figure, of_two_pictures(exchange_pictures), RUN),
    Falsification("alternative texts exchanged", figure, of_two_pictures(exchange_texts), EVERYWHERE),
    Falsification("width of a picture", figure, in_figure(lambda o: o.metadata["image/png"].update(width=1)), RUN),
    Falsification(
        "title of a picture in its metadata",
        figure,
        in_figure(lambda o: o.metadata["image/png"].update(title="All fell")),
        EVERYWHERE,
    ),
    Falsification("metadata of a table", table, in_figure(lambda o: o.metadata.update(scrapbook={})), RERUN),
    Falsification("metadata of a cell", anywhere, hide(slideshow={"slide_type": "skip"}), RERUN),
    Falsification("tag of an editor", anywhere, hide(tags=["jp-hidden"]), RULES),
    Falsification("authors in the metadata", anywhere, in_metadata(authors=[{"name": "All fell"}]), RERUN),
    Falsification("title in the metadata", anywhere, in_metadata(title="All fell"), RERUN),
    Falsification(
        "compressed text in a picture's file",
        figure,
        png_part(part(b"zTXt", b"a\0\0" + zlib.compress(b"All fell")), b""),
        RERUN,
    ),
    Falsification("profile of colours in a picture", figure, png_part(part(b"cHRM", bytes(32)), b""), RERUN),
    Falsification("palette that no pixel uses", figure, png_part(part(b"PLTE", b"All fell."), b""), RERUN),
    Falsification("density of a picture", figure, png_part(part(b"pHYs", b"\0\0\0\1\0\0\0\1\0") * 2, b""), RERUN),
    Falsification("part of its own in a picture's file", figure, png_part(part(b"prVt", b"All fell"), b""), RERUN),
    Falsification(
        "more pixels than are shown", figure, repacked(lambda p: zlib.compress(zlib.decompress(p) + b"All fell")), RERUN
    ),
    Falsification("bytes behind the packed pixels", figure, repacked(lambda packed: packed + b"All fell"), RERUN),
    Falsification(
        "text behind the picture's letters",
        figure,
        in_figure(lambda o: o.data.update({"image/png": o.data["image/png"] + "\n!All fails!"})),
        RERUN,
    ),
    Falsification(
        "assertion that is always true", asserts, recode('counts["size"].sum() == len(facts)', "True"), RULES
    ),
    Falsification("assertion with a way out", asserts, recode("== len(facts)", "== len(facts) or True"), RULES),
    Falsification(
        "assertion that is not reached",
        asserts,
        recode("assert ", "if not len(facts):\n    assert "),
        ("house rules", *PAGES),
    ),
    Falsification("assertion that something is there", asserts, recode(SUMMED, 'counts["size"] is not None'), RULES),
    Falsification("assertion of what is given", asserts, recode(SUMMED, "len(facts) == len(facts)"), RULES),
    Falsification("assertion that no count can break", asserts, recode("== len(facts)", ">= 0"), RULES),
    Falsification("city exchanged in the answer", anywhere, in_opening("Beijing has", "Shanghai has"), RULES),
    Falsification(
        "cities exchanged in an assertion's message",
        asserts,
        recode('"Beijing has more facts than Shenzhen"', '"Shanghai has more facts than Shenzhen"'),
        (*RULES, *PAGES[:1]),
    ),
    Falsification("assertion turned into a comment", asserts, recode("assert ", "# assert "), PAGES),
    Falsification("message of an assertion", asserts, recode("one topic", "some topics"), PAGES),
    Falsification(
        "message of an assertion emptied",
        asserts,
        recode("Each fact has one topic.", ""),
        ("house rules", "pages", "seal"),
    ),
    Falsification(
        "assertion weakened", asserts, recode("== len(facts)", "> 0"), SEAL, why="a weaker condition is true as well"
    ),
    Falsification(
        "comment in words",
        loads_facts,
        before_facts("# Shenzhen leads"),
        SEAL,
        why="words of code have no source but their author",
    ),
    Falsification("paragraphs exchanged", loads_facts, paragraphs_exchanged, SEAL, why="each is as it was"),
    Falsification(
        "paragraph deleted", loads_facts, without_words_after, SEAL, why="what is not said is missed by readers only"
    ),
    Falsification(
        "number in words of another language",
        anywhere,
        in_limits(" Es sind neunundneunzig."),
        SEAL,
        why="numbers have words in every language",
    ),
    Falsification(
        "so many times, in words",
        anywhere,
        in_limits(" It is twice as large."),
        SEAL,
        why="such words stand in every paragraph, mostly not as data",
    ),
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
        ("house rules", *PAGES),
        apart=True,
    ),
    Falsification(
        "number in prose exchanged for another of the notebook",
        anywhere,
        in_limits(" It is 0."),
        SEAL,
        why="whether a number is the one that a sentence means only a reader knows",
    ),
    Falsification(
        "number up to ten, or a part, typed into prose in words",
        anywhere,
        in_limits(" Nine of ten, or three fifths."),
        SEAL,
        why="such words stand in every paragraph, mostly not as data",
    ),
    Falsification(
        "link in prose led to another file of the project",
        anywhere,
        in_prose(NEXT, FRONT_PAGE, "(../data/README.md)"),
        SEAL,
        why="both files are there, and which one is meant only a reader knows",
    ),
    Falsification(
        "word in prose exchanged",
        anywhere,
        in_prose("# ", r"\b(most|far|by)\b", "hardly"),
        SEAL,
        why="what is typed has no source but its author; what is computed is compared",
    ),
    Falsification(
        "code and sentence changed alike, by way of a name",
        loads_facts,
        recode("facts =", "least = 98_765\n_ = least\nfacts ="),
        SEAL,
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


def exchanged(rows: list[dict[str, str]], column: str) -> None:
    """Exchange the cells of the last two rows that differ in a column."""
    last = rows[-1]
    before = next(row for row in reversed(rows) if row[column] != last[column])
    last[column], before[column] = before[column], last[column]


def coordinates_exchanged(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["latitude"], row["longitude"] = row["longitude"], row["latitude"]


def resaved(name: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], object]:
    """Write each line of a table anew, its header too."""

    def changed(folder: Path) -> None:
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            lines = [change(row) for row in csv.reader(file)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)

    return changed


def text(name: str, old: str, new: str, *, all_of_them: bool = False, last: str = "") -> Callable[[Path], object]:
    """Change the file itself; `last` is put before its last line end."""

    def change(folder: Path) -> None:
        path = folder / name
        content = path.read_bytes().decode().replace(old, new, -1 if all_of_them else 1)
        content = content.removesuffix("\n") + last + "\n" if last else content
        path.write_bytes(content.encode())

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


def limits(name: str) -> Callable[[Path], object]:
    """Take a constraint off the first column that has it."""

    def changed(folder: Path) -> None:
        path = folder / "datapackage.json"
        package = json.loads(path.read_text("utf-8"))
        fields = (field for one in package["resources"] for field in one["schema"]["fields"])
        next(found for field in fields if name in (found := field.get("constraints", {}))).pop(name)
        path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")

    return changed


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


CHECK, SHOWN = ("data check", "seal"), ("nbval", "seal", "rerun")
PLACE, ARTICLES, AGREED = ("seal", "evidence"), ("evidence",), ("agreement", "seal")

DAMAGED = {
    "number with a decimal comma": cell("city_indicators", "value", "29,73"),
    "number with marks between thousands": cell("city_indicators", "value", "1,234"),
    "number with a percent sign": cell("city_indicators", "value", "29%"),
    "value in full-width digits": cell("city_indicators", "value", "２９"),
    "number with a minus of print": cell("city_indicators", "value", "−29"),
    "sign of a number turned": cell("city_indicators", "value", lambda n: f"-{n}", where=r"^[1-9]"),
    "share of more than all": row_with("city_indicators", "unit", "percent", value="129.73"),
    "formula's error": cell("city_indicators", "value", "#REF!"),
    "word for a missing value": cell("city_indicators", "value", "n/a"),
    "rank as a decimal": cell("league_table_entries", "rank", "3.0"),
    "date as in America": cell("sources", "published", "12/31/2023"),
    "date as a spreadsheet counts": cell("sources", "published", "45291"),
    "date with a time": cell("sources", "published", "2023-12-31 00:00:00"),
    "date of another age": cell("sources", "published", "1023-12-31"),
    "place in small letters": cell("city_indicators", "place", str.lower),
    "place with a letter of another script": cell("city_indicators", "place", "B\u0435ijing"),
    "place with a blank that does not break": cell("city_indicators", "place", "Hong\xa0Kong"),
    "place with a blank at its end": cell("city_indicators", "place", lambda place: f"{place} "),
    "place in Chinese": cell("city_indicators", "place", "北京"),
    "names that look alike": cell("places", "place", "ABU Dhabi", where="Anhui"),
    "note with a stroke through it": cell("city_indicators", "note", "n\u0336o\u0336t so"),
    "note with letters apart from accents": cell("city_indicators", "note", "cafe\u0301"),
    "note with a line break": cell("city_indicators", "note", "so\nit is"),
    "note read in another encoding": cell("city_indicators", "note", "cafÃ©"),
    "names lost in another encoding": cell("entities", "name_zh", "????"),
    "address with a password": cell("sources", "url", "https://a:b@example.org/"),
    "address of this machine": cell("sources", "url", "http://127.0.0.1/"),
    "address that runs a script": cell("sources", "url", "javascript:alert(1)"),
    "address with a quote": cell("sources", "url", 'https://example.org/"x'),
    "two addresses": cell("sources", "url", "https://example.org https://example.com"),
    "latitude and longitude exchanged": rows("places", coordinates_exchanged),
    "cells left empty as if merged": cell("city_indicators", "source_id", ""),
    "columns exchanged": resaved("places", lambda row: [row[1], row[0], *row[2:]]),
    "column taken out": resaved("places", lambda row: row[:3] + row[4:]),
    "column added": resaved("places", lambda row: [*row, "x"]),
    "semicolons for commas": text("places.csv", ",", ";", all_of_them=True),
    "byte-order mark": text("places.csv", "place", "\ufeffplace"),
    "two quotes that swallow rows": text("places.csv", "Anhui", '"Anhui', last='"'),
    "sign of a merge": text("places.csv", "\nAnhui", "\n<<<<<<< HEAD\nAnhui"),
    "empty line": text("places.csv", "\nAnhui", "\n\nAnhui"),
}

EXCHANGED = {
    "ranks of two cities exchanged": rows("league_table_entries", lambda rows: exchanged(rows, "place")),
    "values of two rows exchanged": rows("city_indicators", lambda rows: exchanged(rows, "value")),
    "value ten times as large": cell("city_indicators", "value", lambda n: f"{n}0", where=r"^[1-9]$"),
    "day of a figure moved by one": cell("city_indicators", "as_of", other, where=r"-0[1-8]$"),
    "unit exchanged for one of the same kind": cell("city_indicators", "unit", "people", where="^companies$"),
    "confidence raised": cell("city_indicators", "confidence", "high", where="medium"),
    "evidence called direct": cell("claim_tests", "fit", "direct", where="proxy"),
    "seat of a publisher": cell("sources", "publisher_home", "London"),
    "address led to another page": cell("sources", "url", lambda url: f"{url}/other"),
    "window of a claim widened": cell("claims", "window_to", "2030-01-01"),
    "label of a claim": cell("claims", "label", lambda label: f"Not: {label}"),
    "goal of a plan halved": cell("plan_items", "value", "1", where=r"^[2-9]\d+$"),
    "title of a plan in Chinese": cell("plans", "title_zh", lambda title: title[::-1]),
    "stock of computing power": cell("compute", "value", other, where=r"^\d+$"),
    "note emptied": cell("compute", "note", ""),
    "copy no longer called one": cell("city_indicators", "duplicate_of", ""),
    "rows in another order": rows("league_table_entries", lambda rows: rows.reverse()),
    "line ends of Windows": text("places.csv", "\n", "\r\n", all_of_them=True),
    "bound of the schema removed": limits("minimum"),
    "form of the schema removed": limits("pattern"),
    "column of the schema no longer needed": limits("required"),
    "description of a column": text("datapackage.json", '"description": "', '"description": "Not: '),
    "version of the data": text("datapackage.json", '"version": "', '"version": "9'),
    "sources of the data": text("datapackage.json", '"sources": [', '"sources": [{"title": "Another"},'),
}


def unlinked(package: dict[str, Any]) -> None:
    """Take away by what computing power refers to its sources."""
    links = next(one["schema"]["foreignKeys"] for one in package["resources"] if one["name"] == "compute")
    links[:] = [link for link in links if link["fields"] != "source_id"]


def in_package(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Change the data package."""

    def changed(folder: Path) -> None:
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        change(package)
        (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")

    return changed


TWICE = {
    "score of a leader lowered": cell("league_table_entries", "score_value", "1", where="92.93"),
    "year of a league table": row_with("league_tables", "table_id", "sydney2020", edition_year="2021"),
    "year of a plan": row_with("plans", "plan_id", "SH-2018-measures", published="2017-09-17"),
    "year of a source": row_with("sources", "source_id", "alshebli-2022", published="2020"),
    "day of a source, not where it is cited": row_with(
        "sources", "source_id", "beijing-congress-2024", published="2024-01-22"
    ),
    "seat of a publisher, not in its name": row_with("sources", "source_id", "saiia-wp-2025", publisher_home="Beijing"),
    "key of one table removed": in_package(unlinked),
    "meaning of a code": text("datapackage.json", "gt more than", "gt at least"),
}

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
    FileFalsification("place of a token shifted", rows("evidence", shifted), (*AGREED, "evidence")),
    FileFalsification("token changed", cell("evidence", "token", other, where=r"\d$"), (*AGREED, "evidence")),
    FileFalsification(
        "token put into another paragraph", cell("evidence", "paragraph", "0", where="3"), (*AGREED, "evidence")
    ),
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
    *(FileFalsification(name, change, CHECK) for name, change in DAMAGED.items()),
    FileFalsification("table added", lambda folder: (folder / "places (1).csv").touch(), ("data check",)),
    *(FileFalsification(name, change, AGREED) for name, change in TWICE.items()),
    *(FileFalsification(name, change, SEAL) for name, change in EXCHANGED.items()),
)

ARTICLE = (
    FileFalsification("one character of an article changed", text("", "2024", "2023"), ARTICLES),
    FileFalsification("article missing", lambda file: file.unlink(), ARTICLES),
)

WORDS = {
    "sentence of the README turned round": text("README.md", " is ", " is not "),
    "sentence of the README in Chinese": text("README.zh.md", "。", "吗。"),
    "sentence of the README in Japanese": text("README.ja.md", "。", "か。"),
    "sentence of the README in Indonesian": text("README.id.md", " yang ", " bukan "),
    "wording of a finding in another language": digit("src/aicities/study/**/wording.toml"),
    "question in another language": text("tools/pages/questions.toml", "？", "。"),
    "number in a benchmark's result": digit("benchmarks/results/*.md"),
    "licence replaced": text("LICENSE-DATA", "Licence", "No licence"),
    "licence of the code replaced": text("LICENSE", " ", " not "),
    "authors of the citation": text("CITATION.cff", "contributors", "owners"),
    "version of the citation": digit("CITATION.cff"),
    "licence of the archive": text(".zenodo.json", '"license"', '"licence"'),
    "entry of the changelog": text("CHANGELOG.md", " is ", " is not "),
    "number in the changelog": digit("CHANGELOG.md"),
    "sentence on the structure": text("docs/ARCHITECTURE.md", " is ", " is not "),
    "finding in the list of them": text("docs/FINDINGS.md", "Beijing", "Shenzhen"),
    "mark on the page of checks": text("docs/CHECKS.md", "×", " "),
    "front picture replaced": lambda root: (root / "docs/headline.png").write_bytes(b"\x89PNG\r\n\x1a\n"),
    "dictionary of the data": text("data/README.md", " is ", " is not "),
    "handbook of a library": text("src/rankstats/README.md", " is ", " is not "),
    "what a contributor is told": text("CONTRIBUTING.md", "never", "always"),
    "what a pull request asks": text(".github/pull_request_template.md", "- ", "- no "),
    "script of a page": digit("tools/site/templates/*.js"),
    "style of a page": digit("tools/site/templates/site.css"),
    "template of a page": digit("tools/site/templates/*.j2", "{{", "{#"),
    "what a page allows to load": text("tools/site/templates/base.html.j2", "'none'", "*"),
    "style of the figures": digit("src/aicities/house.mplstyle"),
    "what the workflow runs": text(".ci/run", "exec make test", 'echo "make test"'),
    "action of a workflow": digit(".github/workflows/*.yml", "uses: actions/", "uses: other/"),
    "rights of a workflow": text(".github/workflows/test.yml", "read", "write"),
    "weekly job switched off": text(".github/workflows/weekly.yml", "cron:", "# cron:"),
    "what runs before a commit": text(".pre-commit-config.yaml", "tools.seal", "tools.audit"),
    "what `make test` runs": text("Makefile", "--nbval ", "", all_of_them=True),
    "hash in the lock": text("requirements.lock", "sha256:", "sha256:0"),
    "hash in the lock of uv": text("requirements-uv.lock", "sha256:", "sha256:0"),
    "hash in the lock of the audit": text("tools/audit.lock", "sha256:", "sha256:0"),
    "hash in the lock of the browser": text("browser/package-lock.json", "sha512-", "sha512-0"),
    "version in the environment of Binder": digit("environment.yml"),
    "what Binder runs": lambda root: (root / "postBuild").write_text("true\n"),
    "settings of the linter": text("pyproject.toml", 'select = ["E", ', "select = ["),
    "limit of coverage": text("Makefile", "fail-under=95", "fail-under=5"),
    "test of the site in a browser": text("browser/site.mjs", "if (", "if (false && "),
    "browser edition": text("browser/lite.mjs", "if (", "if (false && "),
    "output of a notebook": text("notebooks/02-rankings.ipynb", "Beijing", "Nanjing", all_of_them=True),
    "file deleted": lambda root: (root / "docs/ARCHITECTURE.md").unlink(),
}

AGREEING = {
    "day of the article in a README": text("README.md", "On 2 August", "On 12 August"),
    "day of the article in a README in Chinese": text("README.zh.md", "年8月2日", "年8月12日"),
    "sentence of a README twice": text(
        "README.md", " disagree.", " disagree." + " They are one witness heard twice." * 2
    ),
    "share typed into a README": text("README.md", "\n## Citing", "\nBeijing has 90% of all talent.\n\n## Citing"),
    "link to a notebook of another number in a README": text("README.md", "(notebooks/08-add", "(notebooks/07-add"),
    "licence of the data package": text("data/datapackage.json", "CC-BY-4.0", "CC0-1.0"),
    "licence in a README": text("README.ja.md", "CC BY 4.0", "CC BY-SA 4.0"),
    "words of the licence of the code": text("LICENSE", "without restriction", "with restriction"),
    "title of the citation": text("CITATION.cff", "Chinese city leads", "city leads"),
    "version of the data package": text("data/datapackage.json", '"version": "', '"version": "9'),
    "quotient of a benchmark": text("benchmarks/results/composite.md", "ms = ", "ms = 9"),
}
for name in (
    "wording of a finding in another language",
    "authors of the citation",
    "licence of the archive",
    "number in the changelog",
):
    AGREEING[name] = WORDS.pop(name)
TEXT = (
    *(FileFalsification(name, change, AGREED) for name, change in AGREEING.items()),
    *(FileFalsification(name, change, SEAL) for name, change in WORDS.items()),
)

SECTIONS = {"Notebooks": NOTEBOOK, "Tables": DATA, "Articles": ARTICLE, "Texts and settings": TEXT}


def as_table(kinds: Sequence[Falsification | FileFalsification]) -> str:
    """What catches what, as Markdown."""
    lines = ["| falsification | " + " | ".join(CHECKS) + " |", "| --- |" + " :-: |" * len(CHECKS)]
    for kind in kinds:
        marks = ["×" if check in kind.caught_by else "" for check in CHECKS]
        lines.append(f"| {kind.name} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def known(kind: Falsification | FileFalsification) -> bool:
    """Whether a check that knows what is right sees it, and not the seal alone."""
    return kind.caught_by != SEAL


def counted() -> str:
    """How many kinds are tried, and what sees them, as Markdown."""
    lines = [
        "| tried on | kinds | seen by a check that knows what is right | by the seal alone |",
        "| --- |" + " --: |" * 3,
    ]
    sections = [*SECTIONS.items(), ("all", [kind for kinds in SECTIONS.values() for kind in kinds])]
    for title, kinds in sections:
        right = sum(map(known, kinds))
        lines.append(f"| {title.lower()} | {len(kinds)} | {right} | {len(kinds) - right} |")
    return "\n".join(lines)


def as_page() -> str:
    """docs/CHECKS.md: what the checks are, and the tables."""
    checks = "\n".join(f"- **{check}**: {how}" for check, how in CHECKS.items())
    tables = "\n\n".join(f"## {title}\n\n{as_table(kinds)}" for title, kinds in SECTIONS.items())
    tried, saw, sees = TRIED
    reasons = "\n".join(f"- {kind.name}: {kind.why}" for kind in NOTEBOOK if kind.why)
    return f"""# What is caught, and by which check

Each line is a way to falsify a notebook, a table, an article or a text. The suite `tests/notebooks/test_tampering.py`
does each of them to a copy and asserts that exactly the checks marked here notice it.

{checks}

{counted()}

The seal is another kind of check than the others: it doesn't know what is right, only that somebody has to look at a
change and renew it (`make data`, `make seal`), which shows each line, row and cell that changed. Every file that git
knows is sealed, but for Python. Ways that are not listed are caught less often than those that are: of {tried} that
were thought up without having read the checks, and done with all that an author renews, a check that knows
what is right saw {saw}, and sees {sees} since there are rules on what is told twice. The seal sees all but those in
Python.

{tables}

## What only the seal sees, and why

{reasons}
- in tables, another value of the right kind: whether it is the one that the source prints only the source tells
- in texts and settings, what stands in one place only: nothing says what is right of it
- a headline or a caption stronger than its data, a limit left out, a label on the wrong column: words have no value

## What nothing catches

Whoever changes a file, seals it anew and commits both, with outputs of a new run, passes every check. Then it stands
in the diff, as a change of that file and of `SHA256SUMS`, and only a reader of that diff sees it.

Python is not sealed: its tests judge what code does, and a seal to renew after each line would be in everybody's way.
So nothing catches a test taken out or weakened, a looser bound of a rule, or a comment or docstring that tells wrong.
Nor does a check see what is left out with its traces: a list with its tests, a row of which no other speaks.
"""


if __name__ == "__main__":
    save(ROOT / "docs" / "CHECKS.md", as_page().encode())
