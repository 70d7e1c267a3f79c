"""The checks bite: each kind of falsification is caught by the checks that falsifications.py names, and no other.

One pytest runs all falsified notebooks. Nbval judges each code cell by itself, so most falsifications share one
notebook, in which the code of the original stands several times, from its imports on, each time with others.
"""

from __future__ import annotations

import asyncio
import base64
import copy
import importlib.util
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import matplotlib.image
import numpy as np
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from aicities import evidence, tables
from tests.notebooks.falsifications import (
    ARTICLE,
    CHECKS,
    DATA,
    NOTEBOOK,
    SECTIONS,
    TEXT,
    Falsification,
    FileFalsification,
    as_page,
    code_places,
    edit,
    moved,
)
from tests.notebooks.small import checkout, executed
from tools import agree, seal
from tools.notebook import ROOT, NotebookFailed, read, tidy, to_bytes
from tools.pages import findings
from tools.rules import problems
from tools.run import execute

ARTICLES = ROOT.parent / "shared" / "sources"
KINDS = {kind.name: kind for kind in NOTEBOOK}
articles_at_hand = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are not at hand")


def named(kinds: Iterable) -> list:
    return [pytest.param(kind, id=kind.name) for kind in kinds]


# --- falsified notebooks -------------------------------------------------------------------------------------


def falsified(original: NotebookNode, kind: Falsification, place: int) -> NotebookNode:
    notebook = copy.deepcopy(original)
    kind.change(notebook, place)
    assert notebook != original, f"{kind.name}: nothing changed"
    return notebook


def places(notebook: NotebookNode, kind: Falsification) -> list[int]:
    return [place for place in code_places(notebook) if kind.suits(notebook.cells[place])]


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [notebook.cells[place] for place in code_places(notebook)]


def sources(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in code(notebook)]


class Way:
    """A falsification at one place: what it makes of a notebook, and the code cells (from 0) that it touches."""

    def __init__(self, original: NotebookNode, kind: Falsification, place: int) -> None:
        self.place, self.changed = place, falsified(original, kind, place)
        pairs = list(zip(code(original), code(self.changed), strict=True))
        self.touched = {n for n, (old, new) in enumerate(pairs) if old != new}
        if rewritten := {n for n, (old, new) in enumerate(pairs) if old.source != new.source}:
            after = range(min(rewritten), len(pairs))  # it may depend on what was rewritten; one picture stands for all
            drawn = [n for n in after if n not in self.touched and draws(code(original)[n])]
            self.touched |= set(after) - set(drawn[1:])


class Shared(NamedTuple):
    """A notebook that carries several falsifications: where each was applied, and which code cells it touched."""

    notebook: NotebookNode
    place: dict[str, int]
    touched: dict[str, set[int]]


def shared(original: NotebookNode, *, rewriting: bool = False) -> Shared:
    """Repeat the code of a notebook until each falsification that suits it has its cells.

    Left out are those that have to stand `apart` and, if asked, those that rewrite no code.
    """
    right, rounds, place, touched = code(original), [copy.deepcopy(code(original))], {}, {}
    taken: set[tuple[int, int]] = set()
    for kind in NOTEBOOK:
        at = [] if kind.apart else places(original, kind)
        if not at:
            continue
        first = Way(original, kind, at[0])
        rewrites = sources(first.changed) != sources(original)
        if rewriting and not rewrites:
            continue
        others = [] if rewrites else at[1:]  # as its first place says what has to catch it
        fitting = (
            (number, way)
            for way in itertools.chain([first], (Way(original, kind, where) for where in others))
            for number in range(1, len(rounds))
            if not taken & {(number, n) for n in way.touched}
        )
        number, way = next(fitting, (len(rounds), first))
        if number == len(rounds):
            rounds.append(copy.deepcopy(right))
        for n in way.touched:
            rounds[number][n] = code(way.changed)[n]
        taken |= {(number, n) for n in way.touched}
        place[kind.name] = way.place
        touched[kind.name] = {(number, n) for n in way.touched}
    kept = [
        (number, n)
        for number, cells in enumerate(rounds)
        for n, cell in enumerate(cells)
        if not number or (number, n) in taken or not draws(cell)
    ]
    rounds = [[cell if (number, n) in kept else None for n, cell in enumerate(r)] for number, r in enumerate(rounds)]
    return Shared(repeated(original, rounds), place, {k: set(map(kept.index, at)) for k, at in touched.items()})


def draws(cell: NotebookNode) -> bool:
    """Whether a cell draws a picture, which takes longest, and on which no other cell depends."""
    return "figures.show(" in cell.source


def repeated(original: NotebookNode, rounds: list[list[NotebookNode | None]]) -> NotebookNode:
    """A notebook of these rounds of code cells, some left out, with execution counts that go on from round to round."""
    notebook = copy.deepcopy(original)
    notebook.cells = []
    for cells in rounds:
        for number, cell in enumerate(cells, start=1):
            if cell is None:
                continue
            for counted in (cell, *cell.outputs):
                if counted.get("execution_count") == number:
                    counted.execution_count = len(notebook.cells) + 1
            cell.id = f"cell-{len(notebook.cells)}"
            notebook.cells.append(cell)
    return notebook


def joined(notebooks: dict[str, NotebookNode]) -> tuple[NotebookNode, dict[str, range]]:
    """The code of notebooks in one, each after a cell that forgets what stands before; and which cells are whose."""
    joint, at = copy.deepcopy(next(iter(notebooks.values()))), {}
    joint.cells = []
    for name, notebook in notebooks.items():
        joint.cells.append(new_code_cell("%reset -f", execution_count=len(joint.cells) + 1))
        before, cells = len(joint.cells), copy.deepcopy(code(notebook))
        for counted in (each for cell in cells for each in (cell, *cell.outputs)):
            if counted.get("execution_count"):
                counted.execution_count += before
        joint.cells += cells
        at[name] = range(before, len(joint.cells))
    for number, cell in enumerate(joint.cells):
        cell.id = f"cell-{number}"
    return joint, at


def write(path: Path, notebook: NotebookNode) -> Path:
    path.write_bytes(to_bytes(notebook))
    return path


def nbval(folder: Path) -> tuple[dict[str, set[int]], str]:
    """The failed code cells (from 0) of each notebook of a checkout, by its name, and what pytest printed."""
    report = folder / "report.xml"
    settings = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    command = [sys.executable, "-m", "pytest", "notebooks", "--nbval", "--nbval-current-env"]
    options = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", f"--junitxml={report}"]
    done = subprocess.run(
        [*command, *options],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        timeout=1200,  # a busy machine is no fault
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    failed: dict[str, set[int]] = {path.stem: set() for path in (folder / "notebooks").glob("*.ipynb")}
    for case in ET.parse(report).iter("testcase"):
        name = case.attrib["classname"].split(".")[1]
        if len(case) and case[0].tag in ("failure", "error"):
            failed[name].add(int(case.attrib["name"].removeprefix("Cell ")))
    return failed, done.stdout


def pages_differ(before: Path, after: Path) -> bool:
    """Whether the list of findings would be another one."""
    old, new = (list(findings.findings(read(path))) for path in (before, after))
    return old != new


def as_run(notebook: NotebookNode, original: NotebookNode) -> NotebookNode:
    """What a new run makes of a notebook whose code is that of an original that a new run does not change."""
    again = copy.deepcopy(notebook)
    for cell, right in zip(code(again), code(original), strict=True):
        cell.outputs, cell.execution_count = copy.deepcopy(right.outputs), right.execution_count
    return tidy(again)


def rerun_differs(path: Path) -> bool:
    """Whether a new run gives other bytes, as `make check` asks."""
    try:
        return to_bytes(asyncio.run(execute(path, timeout=60))) != path.read_bytes()
    except NotebookFailed:
        return True


def keeps_to_types(kind: FileFalsification) -> bool:
    return not {"data check", "agreement", "evidence"} & set(kind.caught_by)


def found(**checks: bool) -> set[str]:
    return {name for name in CHECKS if checks.get(name.replace(" ", "_"))}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small notebook, executed in a checkout of its own."""
    return executed(checkout(tmp_path_factory.mktemp("small")))


def test_what_catches_falsified_notebooks_and_data_that_keep_to_their_types(small):
    """All in one test, since one run of pytest measures them all."""
    folder = small.parents[1]
    assert problems(small) == [] and not rerun_differs(small)
    original, aside = read(small), small.with_name("aside.ipynb")
    many = shared(original)
    write(folder / "notebooks" / "many.ipynb", many.notebook)
    own = {kind.name: falsified(original, kind, places(original, kind)[0]) for kind in NOTEBOOK}
    own = {name: notebook for name, notebook in own.items() if name not in many.place}
    # tables show what the pictures draw, and no other cell needs them
    without = [None if draws(cell) else cell for cell in code(original)]
    bare = repeated(original, [copy.deepcopy(without)])
    joint, at = joined({name: falsified(bare, KINDS[name], places(bare, KINDS[name])[0]) for name in own})
    write(small.with_name("joint.ipynb"), joint)
    in_type = [kind for kind in DATA if keeps_to_types(kind)]
    rounds = [copy.deepcopy(without) for _ in [None, *in_type]]
    for number, kind in enumerate(in_type, start=1):
        kind.change(Path(shutil.copytree(folder / "data", folder / f"data{number}")))
        for cell in filter(None, rounds[number]):
            cell.source = cell.source.replace("../data", f"../data{number}")
    data = write(small.with_name("data.ipynb"), repeated(original, rounds))
    failed, stdout = nbval(folder)
    size = len(list(filter(None, without)))
    assert not failed["small"] and min(failed["many"]) >= len(code(original)) and min(failed["data"]) >= size, stdout

    rewriting = shared(original, rewriting=True)
    again = asyncio.run(execute(write(aside, rewriting.notebook), timeout=120)).cells

    caught = {}
    for name, kind in KINDS.items():
        notebook = own[name] if name in own else falsified(original, kind, many.place[name])
        write(aside, notebook)
        if name in own:
            cells = failed["joint"] & set(at[name])
            differs = sources(notebook) != sources(original) and (bool(cells) or rerun_differs(aside))
        else:
            cells = failed["many"] & many.touched[name]
            differs = (
                to_bytes(as_run(notebook, original)) != to_bytes(notebook)
                if name not in rewriting.place
                else (any(again[n] != rewriting.notebook.cells[n] for n in rewriting.touched[name]))
            )
        rules, pages = bool(problems(aside)), pages_differ(small, aside)
        unsealed = aside.read_bytes() != small.read_bytes()
        caught[name] = found(house_rules=rules, nbval=bool(cells), pages=pages, seal=unsealed, rerun=differs)
    for number, kind in enumerate(in_type, start=1):
        bites = any(cell // size == number for cell in failed[data.stem])
        caught[kind.name] = found(nbval=bites, rerun=bites)
    expected = {kind.name: set(kind.caught_by) for kind in NOTEBOOK}
    assert caught == expected | {kind.name: set(kind.caught_by) - {"seal"} for kind in in_type}
    assert all((kind.caught_by == ("seal",)) == bool(kind.why) for kind in NOTEBOOK), (
        "what the seal alone sees has a reason"
    )


def test_a_small_change_is_not_lost_in_a_large_picture():
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "conftest.py")
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)

    def encoded(image):
        file = io.BytesIO()
        matplotlib.image.imsave(file, image, format="png")
        return base64.b64encode(file.getvalue()).decode()

    image = np.ones((1000, 1250, 3))
    image[700:716, 700:716] = 0.9, 0.65, 0.675
    squares = (image - moved(image.copy())) ** 2 * 255**2
    assert pictures.rms(squares) < pictures.TOLERANCE, "the whole picture does not show it"
    saved = encoded(image)
    assert "where most differs" in pictures.difference(saved, encoded(moved(image.copy())))
    assert pictures.difference(saved, saved) == ""


def test_where_another_matplotlib_draws_pictures_are_asked_for_but_not_compared(small, tmp_path):
    folder = checkout(tmp_path)
    lock = folder / "requirements.lock"
    lock.write_text(re.sub(r"^matplotlib==\S+", "matplotlib==1.0", lock.read_text("utf-8"), flags=re.M), "utf-8")
    both = folder / "notebooks" / small.name
    notebook = read(small)
    first, second = places(notebook, KINDS["picture removed"])
    KINDS["picture recoloured"].change(notebook, first)
    KINDS["picture removed"].change(notebook, second)
    write(both, notebook)
    failed, stdout = nbval(folder)
    assert failed == {both.stem: {code_places(notebook).index(second)}}
    assert "not compared: drawn by matplotlib 1.0" in stdout


# --- falsified data ------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path):
    shutil.copy(ROOT / seal.SUMS, tmp_path)
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def misplaced(folder: Path) -> bool:
    """Whether `verify` finds a fault, with the evidence of this folder."""
    return not evidence.verify(ARTICLES, tables.load_all(folder=folder))["ok"].all()


@pytest.mark.parametrize("kind", named(DATA))
def test_falsified_data(data, kind):
    kind.change(data)
    refused = not tables.check(data).empty
    wrong_place = not refused and ARTICLES.is_dir() and misplaced(data)
    differs = not refused and bool(agree.problems(data, agree.TABLES))
    expected = set(kind.caught_by) & {"data check", "agreement", "seal", "evidence" if ARTICLES.is_dir() else ""}
    sealed = bool(set(seal.broken(data.parent)) - set(seal.broken(ROOT)) - set(not_data(data.parent)))
    assert found(data_check=refused, agreement=differs, evidence=wrong_place, seal=sealed) == expected


def not_data(root: Path) -> list[str]:
    """What a folder with nothing but the data lacks of what is sealed."""
    return [path for path in seal.written(root) if not path.startswith("data/")]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of all that is sealed, with its seal."""
    root = tmp_path_factory.mktemp("project")
    for path in [*seal.sealed(ROOT), *(f"data/{one['path']}" for one in seal.resources(ROOT))]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    return root


@pytest.mark.parametrize("kind", named(TEXT))
def test_a_falsified_text(project, kind):
    sums = "".join(f"{checksum}  {path}\n" for path, checksum in seal.sealed(ROOT).items())
    (project / seal.SUMS).write_text(sums, "utf-8")
    before = {path: (project / path).read_bytes() for path in seal.sealed(ROOT)}
    assert not [path for path in seal.broken(project) if not path.startswith("data/")]
    kind.change(project)
    assert found(agreement=bool(agree.problems(project, agree.TEXTS)), seal=bool(seal.broken(project))) == set(
        kind.caught_by
    )
    for path, content in before.items():
        if not (project / path).exists() or (project / path).read_bytes() != content:
            (project / path).write_bytes(content)


@articles_at_hand
@pytest.mark.parametrize("kind", named(ARTICLE))
@pytest.mark.parametrize("article", tables.load("articles")["file_name"].dropna())
def test_a_falsified_article(tmp_path, kind, article):
    for name in tables.load("articles")["file_name"].dropna():
        shutil.copyfile(ARTICLES / name, tmp_path / name)
    assert evidence.verify(tmp_path, tables.load_all())["ok"].all()
    kind.change(tmp_path / article)
    rows = evidence.verify(tmp_path, tables.load_all())
    assert list(rows.loc[rows["fact_id"].isna() & ~rows["ok"], "file"].isna()) == [True]
    assert kind.caught_by == ("evidence",)


def guarded(table: str) -> list[str]:
    """Each reference, enumeration, number, date, period and truth value of a table."""
    schema = tables.schema(table)
    links = [link["fields"] for link in schema.get("foreignKeys", []) + schema.get("aicities:oneOf", [])]
    links += [list(rule["refers"]) for rule in schema.get("aicities:rules", []) if "refers" in rule]
    referring = {name for fields in links for name in ([fields] if isinstance(fields, str) else fields)}
    return [
        field["name"]
        for field in schema["fields"]
        if field["type"] != "string"
        or "enum" in field.get("constraints", {})
        or "aicities:date" in field
        or field["name"] in referring
    ]


@pytest.mark.parametrize("table", filter(guarded, tables.names()))
def test_each_column_refuses_what_it_cannot_hold(data, table):
    """Each in a row of its own, since one wrong cell of a row may keep others from being compared."""
    columns = guarded(table)

    def spoil(rows):
        for column, row in zip(columns, itertools.cycle(rows), strict=False):
            row[column] = f"no such {column}"

    edit(data, table, spoil)
    told = tables.check(data)
    told = told[told["file"] == f"{table}.csv"]
    assert {(column, f"no such {column}") for column in columns} <= set(zip(told["column"], told["value"], strict=True))


@pytest.mark.parametrize("table", tables.names())
def test_each_table_refuses_a_doubled_row_and_an_emptied_key(data, table):
    edit(data, table, lambda rows: rows.append(rows[0]))
    assert f"{table}.csv" in set(tables.check(data)["file"])
    key = tables.schema(table)["primaryKey"]
    column = key if isinstance(key, str) else key[0]
    edit(data, table, lambda rows: (rows.pop(), rows[-1].update({column: ""})))
    assert f"{table}.csv" in set(tables.check(data)["file"])


def test_the_page_of_checks_is_fresh_and_has_a_line_for_every_falsification():
    page = (ROOT / "docs" / "CHECKS.md").read_text("utf-8")
    assert page == as_page(), "write it anew: make readme"
    lines = re.findall(r"^\| (.+?) \|", page.partition("\n## ")[2], re.M)
    named = [kind.name for kinds in SECTIONS.values() for kind in kinds]
    assert [line for line in lines if line not in ("falsification", "---")] == named
    assert len(set(named)) == len(named)


def test_the_list_of_findings_is_fresh():
    assert findings.main(["--check"]) == 0
