"""House rules on what is saved with a notebook: it was executed, can be compared, and shows its figures in full."""

from __future__ import annotations

import ast
import base64
import io
import itertools
import re
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

import nbformat

from aicities.tables.cells import hidden
from tools.notebook import METADATA, tidy, to_bytes
from tools.rules.view import Found, Notebook, parsed

PICTURE_KB = 300
PNG = b"\x89PNG\r\n\x1a\n"
PARTS = "IHDR( PLTE)?( tRNS)?( pHYs)?( IDAT)+ IEND"  # no other can change what is seen, or carry text
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by the colour type of a PNG

MARKS = re.compile(r"#\s*(?:NBVAL_\w+|PYTEST_VALIDATE_\w+|noqa|type:|ruff:|pragma:|fmt:|yapf:)", re.I)
SHOWN = {"image/png": {"alt", "width"}}  # the metadata that an output may have, by type
# What an author can type: ASCII, Latin letters, Chinese and Japanese signs, and the marks of good prose.
TYPED = re.compile(r"[^\n -~À-ÖØ-öø-ɏ、-〿ぁ-ヿ一-鿿，：；？！（）–—·…×←→‘’“”]")
UNSTABLE = {
    "a memory address": re.compile(r" at 0x[0-9a-f]{6,}"),
    "the repr of a plot": re.compile(r"<(?:Axes|Figure|matplotlib\.)[^>]*>|AxesSubplot"),
}
CHANGING = {
    "the time of the run": r"\b(?:datetime|date|Timestamp)\.(?:now|today|utcnow)\(|\btime\.\w+\(",
    "the network": r"\brequests\.\w+\(|\burlopen\(|\burlretrieve\(|read_\w+\(\s*f?[\"']https?:",
    "draws without a seed": r"default_rng\(\s*\)|\bnp\.random\.(?!default_rng)\w+\(|\brandom\.\w+\(",
}


def written(notebook: Notebook) -> Found:
    """The file is, byte for byte, what `make run` writes of it: no other metadata, tag, order or kind of cell."""
    for key in sorted({**METADATA, **notebook.metadata}):
        if notebook.metadata.get(key) != METADATA.get(key):
            yield 0, f"the metadata {key!r}, as an editor leaves them", f"{METADATA.get(key, 'none')} (make run)"
    for n, cell in enumerate(notebook.cells, start=1):
        for key in sorted(set(cell.metadata) - {"tags"}):
            yield n, f"the metadata {key!r}, with which an editor hides a cell or its outputs", "none (make run)"
        for tag in sorted(set(cell.metadata.get("tags", [])) - {"parameters"}):
            yield n, f"the tag {tag!r}, which can hide a cell or keep it from being compared", "none"
        if cell.cell_type == "raw":
            yield n, "a raw cell, which no rule reads", "Markdown or code"
    for n, output in notebook.outputs():
        for kind, held in output.get("metadata", {}).items():
            known = kind in output.get("data", {}) and isinstance(held, dict) and set(held) <= SHOWN.get(kind, set())
            if not known:
                yield n, f"the metadata {kind!r} of an output", "alternative text and width of a picture only"
    version = {"nbformat": 4, "nbformat_minor": 5}
    raw = nbformat.from_dict(version | {"cells": notebook.cells, "metadata": notebook.metadata})
    if notebook.content != to_bytes(raw) and notebook.content != to_bytes(tidy(raw)):
        yield 0, "the file is written in another way", "sorted keys, ids, one space of indent (make run)"


_hidden = lru_cache(maxsize=10_000)(hidden)  # many notebooks show the same lines


def characters(notebook: Notebook) -> Found:
    """What is typed keeps to a list of characters; in outputs, too, none is unseen or looks like another."""
    for n, cell in enumerate(notebook.cells, start=1):
        for char in sorted(set(TYPED.findall(cell.source))):
            yield n, f"the character {char!a}", "Latin letters, Chinese or Japanese signs, ASCII and – — · … × ← →"
    texts = [(n, output.get("text", "")) for n, output in notebook.outputs()]
    texts += [(n, str(output["data"][kind])) for n, output in notebook.outputs() for kind in output.get("data", {})]
    for n, text in texts:
        for fault in dict.fromkeys(_hidden(line.strip()) for line in unescape(text).split("\n")):
            if fault:
                yield n, f"an output {fault[0]}", fault[1]


def executed(notebook: Notebook) -> Found:
    """Every code cell ran, once, from top to bottom, without error or warning."""
    counts = {cell.execution_count for _, cell in notebook.code()}
    if counts == {None} and not notebook.outputs():
        yield 0, "it was never run", "the outputs that `make run` writes"
        return
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
    """No mark keeps a check from looking at a cell."""
    for n, cell in notebook.code():
        for mark in MARKS.findall(cell.source):
            yield n, f"{mark.strip()!r} keeps a check from looking", "no such mark"


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


def pictures(notebook: Notebook) -> Found:
    """Each picture is a PNG on opaque white, of at most 300 kB, with nothing in the file but what is seen."""
    for n, encoded in notebook.data("image/png"):
        yield from ((n, *fault) for fault in picture(encoded))


@lru_cache(maxsize=64)
def picture(encoded: str) -> list[tuple[str, str]]:
    """What is wrong with a picture, and what would be right."""
    from matplotlib.image import imread

    try:
        content = base64.b64decode(encoded, validate=True)
        found = [(f"the picture's file {fault}", "nothing but the picture") for fault in surplus(content)]
        image = imread(io.BytesIO(content), format="png")
        corners = image[[0, 0, -1, -1], [0, -1, 0, -1]]
    except (ValueError, OSError, SyntaxError, struct.error, zlib.error, KeyError) as error:
        return [(f"the picture cannot be read: {error}", "a PNG")]
    if image.ndim != 3 or corners.min() < 1:
        found.append(("the picture is not on white", "four white, opaque corners (figures.use())"))
    if len(content) > PICTURE_KB * 1000:
        found.append((f"a picture of {len(content) // 1000} kB", f"at most {PICTURE_KB} kB"))
    return found


def surplus(content: bytes) -> Iterator[str]:
    """What stands in a PNG file beside its picture. Raises an error if it is none."""
    if not content.startswith(PNG):
        raise ValueError("no PNG signature")
    place, kinds, stream = len(PNG), [""], b""
    while kinds[-1] != "IEND":
        size, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + size]
        place += 12 + size
        kinds.append(kind.decode("latin-1"))
        stream += body if kind == b"IDAT" else b""
        if struct.unpack_from(">I", content, place - 4) != (zlib.crc32(kind + body),):
            yield f"holds a part {kinds[-1]!r} whose checksum is wrong"
    if not re.fullmatch(PARTS, " ".join(kinds[1:])):
        yield f"holds the parts {' '.join(dict.fromkeys(kinds[1:]))}, not {PARTS},"
    if len(content) > place or size:
        yield f"goes on for {len(content) - place + size} bytes after its end"
    width, height, depth, colour = struct.unpack_from(">IIBB", content, len(PNG) + 8)
    pixels = zlib.decompressobj()
    spare = len(pixels.decompress(stream)) - height * (1 + (width * depth * CHANNELS[colour] + 7) // 8)
    if spare or pixels.unused_data:
        yield f"holds {spare + len(pixels.unused_data)} bytes more than its pixels"
    if "PLTE" in kinds and colour != 3:
        yield "holds a palette that no pixel uses"


def asserted(notebook: Notebook) -> Found:
    """Each assertion can fail, says which finding it holds, stands by itself, and below the first picture."""
    first = min((n for n, _ in notebook.data("image/png")), default=0)
    for n, cell in notebook.code():
        shown = min((i for i, line in enumerate(cell.source.splitlines(), 1) if "figures.show(" in line), default=0)
        tree = parsed(cell.source)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Assert):
                continue
            if node not in tree.body:
                yield n, "an assertion that may not be reached", "one at the margin of the cell"
            if isinstance(node.test, ast.Tuple) or constant(node.test) or vague(node.test):
                yield n, f"an assertion that cannot fail: {ast.unparse(node.test)[:60]}", "one that the data can break"
            if not isinstance(node.msg, ast.Constant | ast.JoinedStr) or not ast.unparse(node.msg).strip("f'\" "):
                yield n, f"an assertion without a message: {ast.unparse(node.test)[:60]}", 'assert …, "the finding"'
            if n < first or (n == first and node.lineno < shown):
                yield n, "an assertion above the first picture", "assertions below it: readers come for the picture"


def constant(test: ast.expr) -> bool:
    """Whether a condition, or a part of it that would be enough, depends on nothing."""
    parts = test.values if isinstance(test, ast.BoolOp) else [test]
    return any(not any(isinstance(node, ast.Name | ast.BinOp) for node in ast.walk(part)) for part in parts)


def vague(test: ast.expr) -> bool:
    """Whether a condition, or a part of it, asks only that something is there, is a count, or is itself."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.And) and any(map(vague, test.values))
    if isinstance(test, ast.Compare):
        sides = [ast.unparse(side) for side in (test.left, *test.comparators)]
        there = any(isinstance(op, ast.Is | ast.IsNot) for op in test.ops) or ast.unparse(test).endswith(">= 0")
        return there or len(set(sides)) < len(sides)
    weak = isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id not in ("all", "any")
    return weak or isinstance(test, ast.Subscript | ast.BinOp)


RULES = (
    *(executed, compared, written, characters, steady),
    *(figures, explained, pictures, asserted),
)
