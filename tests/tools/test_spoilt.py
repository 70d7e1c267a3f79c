"""Spoilt inputs for all that reads: each is accepted and then what it seems, or refused in one line.

`make fuzz` looks for new examples, many more of them.
"""

from __future__ import annotations

import contextlib
import copy
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicities import DataError, tables
from aicities import __main__ as cli
from tests.aicities import packages
from tests.notebooks.small import small
from tools import rules
from tools.notebook import NotebookFailed, read, to_bytes

CELLS = (
    *("NaN", "NA", "null", "inf", "1e400", "-0", "1_000", "1,5", "+1", "01", "1.", "0x10", "9" * 400, "٣", "１２", "½"),
    *("=1+1", "@SUM(A1)", " 1", "1 ", "", " ", "true", "yes", "2024-02-30", "0000-00-00", "9999", "12/31/2024"),
    *("<script>", "a\nb", "\u2028", "\u202e", "\ufeff", "\x85", "\x1b[31m", "上海", "😀", '"', "'", "\\", "../x", "%s"),
    *("x" * 3000, "Pek", "рek", "pek ", "e\u0301", "\ufffd", "\u200b"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 10**400, 1.5, "", "x", "a\nb", "\0", "\ud800", [], {}, [None], {"": ""}, "string"),
    *("../x.csv", "x" * 300 + ".csv", ".", "2024-02-30", "[", "(" * 3000, "a{99999999999999999999}", "<b>", "```"),
)
BYTES = (b"\0", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\r", b"\n", b'"', b",", b";", b"\x1a", b"x" * 140_000)
WORDS = (
    *(
        "tables",
        "show",
        "describe",
        "check",
        "extract",
        "cities",
        "twins",
        "--data",
        "--where",
        "--columns",
        "--format",
    ),
    *("--spreadsheet", "--help", "--", "csv", "json", "xml", "..", ".", "people>1", "city_id=pek", "people", "", "-"),
)


@st.composite
def bytes_of(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes inserted, exchanged, cut, doubled, or encoded otherwise."""
    here, there = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
    ways = (
        content[:here] + draw(st.sampled_from(BYTES)) + content[here:],
        content[:here] + draw(st.binary(max_size=4)) + content[there:],
        content[:there] + content[here:],
        content.decode("utf-8", "replace").encode(draw(st.sampled_from(("utf-16", "gb18030", "utf-8-sig"))), "replace"),
        content.replace(b"\n", b"\r\n"),
    )
    return draw(st.sampled_from(ways))


@st.composite
def table_of(draw: st.DrawFn, content: bytes) -> bytes:
    """A CSV file with a cell exchanged, put in or taken out, or a row doubled; or its bytes spoilt."""
    rows = list(csv.reader(io.StringIO(content.decode())))
    row = draw(st.sampled_from(rows))
    place = draw(st.integers(0, len(row) - 1))
    way = draw(st.sampled_from(("set", "set", "set", "insert", "delete", "repeat", "bytes")))
    if way == "bytes":
        return draw(bytes_of(content))
    if way in ("set", "insert"):
        row[place : place + (way == "set")] = [draw(st.sampled_from((*CELLS, *row)) | st.text(max_size=5))]
    elif way == "delete":
        del row[place]
    else:
        rows.insert(draw(st.integers(0, len(rows))), list(row))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")


@st.composite
def document_of(draw: st.DrawFn, document: Any) -> Any:
    """A JSON document with one to three things in it exchanged, dropped or put elsewhere."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        places = [(parent, key) for parent in containers(document) for key in keys(parent)]
        if not places:
            break
        parent, key = draw(st.sampled_from(places))
        other, there = draw(st.sampled_from(places))
        if draw(st.booleans()):
            parent[key] = draw(st.sampled_from([*VALUES, copy.deepcopy(other[there])]))
        else:
            del parent[key]
    return document


def containers(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    return [value, *(one for key in keys(value) for one in containers(value[key]))]


def keys(container: Any) -> list[Any]:
    return list(container) if isinstance(container, dict) else list(range(len(container)))


def one_line(said: str) -> None:
    assert said.strip() and len(said.splitlines()) == 1 and "Traceback" not in said, said[:300]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for inputs, in which nobody writes but the tests."""
    path = tmp_path_factory.mktemp("spoilt")
    with contextlib.chdir(path):
        yield path


@given(content=table_of(packages.TEXTS["cities.csv"].replace("large", "huge").encode()))
def test_a_spoilt_table(folder: Path, content: bytes) -> None:
    packages.write(folder, cities=content)
    try:
        frame = tables.load("cities", folder=folder)
    except DataError as error:
        one_line(str(error))
        assert len(tables.check(folder)), "what load refuses, check tells"
        return
    records = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))[1:]
    assert len(frame) == len(records)
    assert int(frame.isna().sum().sum()) == sum(row.count("") for row in records)
    numbers = frame.select_dtypes("float64").to_numpy()
    assert not np.isinf(numbers).any() and not (np.signbit(numbers) & (numbers == 0)).any()


@given(descriptor=document_of(packages.described()))
def test_a_spoilt_schema(folder: Path, descriptor: Any) -> None:
    packages.write(folder)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    found = tables.check(folder)
    for row in found.astype("object").where(found.notna(), None).itertuples(index=False):
        one_line(str(tables.Problem(*row)))
    try:
        for name in tables.names(folder=folder):
            tables.describe(name, folder=folder)
            tables.load(name, folder=folder)
    except DataError as error:
        one_line(str(error))
        assert len(found), "what load refuses, check tells"


@given(words=st.lists(st.sampled_from(WORDS) | st.sampled_from(CELLS) | st.text(max_size=4), max_size=6))
def test_spoilt_words_of_a_command(folder: Path, words: list[str]) -> None:
    packages.write(folder)
    before = sorted(folder.iterdir())
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = cli.main(words)
        except SystemExit as end:
            status = int(end.code or 0)
    assert status in (0, 1, 2)
    if status and not out.getvalue():
        one_line(err.getvalue().removesuffix("\n"))
    assert sorted(folder.iterdir()) == before, "nothing is written"


@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
@given(document=document_of(json.loads(to_bytes(small()))))
def test_a_spoilt_notebook(folder: Path, document: Any) -> None:
    path = folder / "a.ipynb"
    path.write_text(json.dumps(document), "utf-8")
    found = [str(problem) for problem in rules.problems(path)]
    for problem in found:
        one_line(problem)
    try:
        read(path)
    except NotebookFailed as error:
        one_line(str(error))
        assert found, "what a run refuses, the rules tell"
