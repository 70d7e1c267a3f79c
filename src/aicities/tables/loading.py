"""The tables of the data package: the only code that opens its files.

``datapackage.json`` (Frictionless Data Package, v1 profile) is the only schema. Column types, allowed
values, keys and constraints are read from it and never stated again here.

How the types of the schema become columns of a DataFrame:

========================================= ====================================================
type in the schema                        column
========================================= ====================================================
``string``                                ``str`` (missing: NaN)
``string`` with ``"aicities:ordered"``    ordered categorical, in the order of its ``enum``
``string`` with ``"aicities:date"``       ``str``; a date as exact as known (``partial``, ``past``), or a ``period``
``integer``, ``year``                     ``Int64`` (missing: ``<NA>``)
``number``                                ``float64`` (missing: NaN)
``boolean``                               ``boolean`` (missing: ``<NA>``)
``date``                                  ``datetime64[s]`` (missing: ``NaT``)
========================================= ====================================================

An empty cell is the only way to write a missing value, and a number is written plainly: ``NA``, ``nan``, ``" 12"``,
``1_000``, ``+5``, ``007``, ``-0`` and ``1e400`` are refused, so nothing is guessed and nothing is lost. Lines may end
with LF or CRLF; keys are compared as they are written.
"""

from __future__ import annotations

import contextlib
import copy
import csv
import difflib
import io
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .cells import allowed, faults, look, typed
from .descriptor import FILE, as_list, descriptor, references, required, unique_keys
from .problems import DataError, Found, Problem, one_of, printable, quoted, wrong
from .rules import broken

Folder = str | Path | None
WORDY = 5  # filled cells in which two rows are not alike by chance
LARGEST = 100 * 10**6  # bytes of one file
MANY = 20  # rows with one problem in one column are not told one by one
Resource = dict[str, Any]
Keys = tuple[str, ...]


class _Table(NamedTuple):
    """A table as it stands in its file: the cells of each declared column, and the text they came from."""

    resource: Resource
    text: str
    columns: dict[str, tuple[str, ...]]

    def keys(self, fields: list[str]) -> list[Keys]:
        return list(zip(*(self.columns[field] for field in fields), strict=True))


class _Data:
    """A data package, each file read once: all that is said of it is said of the same bytes."""

    def __init__(self, folder: Folder) -> None:
        self.home = _home(folder)
        if not _holds(self.home.is_dir):
            raise wrong(printable(str(self.home)), "is not a folder", f"a folder that holds {FILE}")
        self.package = descriptor(_text(self.home / FILE, FILE))
        self.resources: dict[str, Resource] = {resource["name"]: resource for resource in self.package["resources"]}
        self.read: dict[str, _Table | DataError] = {}
        self.held: dict[Keys, set[Keys]] = {}

    def resource(self, name: str) -> Resource:
        if name not in self.resources:
            raise wrong(FILE, f"has no table {quoted(str(name))}", f"one of {one_of(self.resources, str(name))}")
        return self.resources[name]

    def table(self, name: str) -> _Table:
        """A table's cells. Raises DataError if the structure of its file is broken."""
        if name not in self.read:
            try:
                self.read[name] = _read(self.home, self.resource(name))
            except DataError as error:
                self.read[name] = error
        if isinstance(found := self.read[name], DataError):
            raise found
        return found

    def keys(self, target: Keys) -> set[Keys]:
        """All keys of a table: its name and that of each column."""
        if target not in self.held:
            self.held[target] = set(self.table(target[0]).keys([*target[1:]]))
        return self.held[target]


def names(*, folder: Folder = None) -> list[str]:
    """The names of all tables, in the order of the data package."""
    return list(_Data(folder).resources)


def overview(*, folder: Folder = None) -> pd.DataFrame:
    """All tables with their titles: one row per table, columns ``name``, ``title`` and ``description``."""
    rows = [(name, one.get("title"), one.get("description")) for name, one in _Data(folder).resources.items()]
    return pd.DataFrame(rows, columns=["name", "title", "description"], dtype="str")


def package(*, folder: Folder = None) -> dict[str, Any]:
    """A copy of what ``datapackage.json`` says: title, licences, resources and so on."""
    return copy.deepcopy(_Data(folder).package)


def schema(name: str, *, folder: Folder = None) -> dict[str, Any]:
    """A copy of the Table Schema of one table: ``fields``, ``primaryKey``... DataError for an unknown table."""
    return copy.deepcopy(_Data(folder).resource(name)["schema"])


def describe(name: str, *, folder: Folder = None) -> pd.DataFrame:
    """What the columns of a table mean: one row per column.

    Returns a DataFrame with ``column``, ``type``, ``unit`` (missing where there is none), ``required``, ``description``
    and ``allowed`` (values, pattern, limits, and the table whose key it is). Raises DataError for an unknown table.
    """
    declared = schema(name, folder=folder)
    needed = required(declared)
    targets: dict[str, str] = {}
    for keys, tables in references(declared):
        targets.update(dict.fromkeys(keys, f"a key of {' or '.join(to['resource'] or name for to in tables)}"))
    rows = []
    for field in declared["fields"]:
        column = field["name"]
        said = "; ".join(filter(None, [targets.get(column), allowed(field)]))
        unit, description = field.get("unit") or None, field.get("description") or None
        rows.append((column, field["type"], unit, column in needed, description, said or None))
    table = pd.DataFrame(rows, columns=["column", "type", "unit", "required", "description", "allowed"])
    return table.astype({column: "str" for column in table.columns if column != "required"})


def load(name: str, *, folder: Folder = None) -> pd.DataFrame:
    """One table as a DataFrame, typed by the schema, with every declared constraint and key checked.

    The rules across columns are left to ``check``. ``folder`` holds ``datapackage.json``; by default the package's own.
    Returns a DataFrame with one row per record of the file, in its order; the head of this module says which dtype each
    type becomes. Raises DataError, which names file, row, column, value and what would be right, for an unknown table
    and for anything in the file that is not as declared.
    """
    return _loaded(_Data(folder), name)


def load_all(*, folder: Folder = None) -> dict[str, pd.DataFrame]:
    """All tables by name, as `load` gives them: what the functions of the study take.

    Rows of your own go in as ``load_all() | {"claims": mine}``; no file is touched.

    >>> set(load_all()) == set(names())
    True
    """
    data = _Data(folder)
    return {name: _loaded(data, name) for name in data.resources}


def needed(data: object, *tables: str) -> list[pd.DataFrame]:
    """Some tables out of what a function was given, in the order asked for.

    Raises TypeError for anything but a mapping of names to tables, KeyError for one that lacks a table.
    """
    if not isinstance(data, Mapping):
        raise TypeError(f"expected a mapping of names to tables, as load_all() gives it, not {type(data).__name__}")
    for name in tables:
        if name not in data:
            raise KeyError(f"the tables given lack {name!r}; expected them as load_all() gives them")
    return [data[name] for name in tables]


def check(folder: Folder = None) -> pd.DataFrame:
    """All problems of the whole data package, one row each: ``file``, ``row`` (line), ``column``, ``value``...

    ``row`` is missing where the whole file is meant. Of a file whose structure is broken (encoding, quotes, header,
    ragged row) only the first problem is told. Bad data raise nothing here. Only here are the rules across columns
    (``aicities:rules`` in the schema) checked, and rows that are alike.
    """
    found: list[Problem] = []
    try:
        data = _Data(folder)
        found += _strays(data.home, data.resources)
        for name in data.resources:
            found += _told(data, name)
        told = {(one.file, one.row, one.column) for one in found}
        found += [one for one in _of_references(data, [*data.resources]) if (one.file, one.row, one.column) not in told]
    except DataError as error:
        found.append(error.problem)
    table = pd.DataFrame(list(_gathered(found)), columns=list(Problem._fields))
    return table.astype({column: "Int64" if column == "row" else "str" for column in Problem._fields})


def files(folder: str | Path, *, largest: int) -> dict[str, bytes | None]:
    """The regular files directly in a folder, by name in alphabetical order; links are not followed.

    The content of a file is None if it has more than ``largest`` bytes or cannot be read. DataError if it is no folder.
    """
    found: dict[str, bytes | None] = {}
    try:
        with os.scandir(folder) as entries:
            regular = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    except (OSError, ValueError) as error:
        said = f"cannot be listed ({getattr(error, 'strerror', None) or error})"
        raise wrong(printable(str(folder)), said, "a folder with files") from None
    for entry in sorted(regular, key=lambda entry: entry.name):
        found[entry.name] = None
        if entry.stat(follow_symlinks=False).st_size <= largest:
            with contextlib.suppress(OSError):
                found[entry.name] = Path(entry.path).read_bytes()
    return found


def _home(folder: Folder) -> Path:
    if folder is not None:
        return Path(folder)
    here = Path(__file__).resolve().parents[1]
    # A built wheel carries the data inside the package; a checkout has them at its top.
    return here / "data" if (here / "data").is_dir() else here.parents[1] / "data"


def _strays(home: Path, resources: dict[str, Resource]) -> list[Problem]:
    declared = {home / resource["path"] for resource in resources.values()}
    said = "is not a table of the package", f"an entry in {FILE}"
    found = (path.relative_to(home).as_posix() for path in sorted(home.rglob("*.csv")) if path not in declared)
    return [Problem(printable(path), None, None, None, *said) for path in found]


def _holds(test: Callable[[], bool]) -> bool:
    # A name may be too long for the system, or have characters that no file can have.
    try:
        return test()
    except (OSError, ValueError):
        return False


def _text(path: Path, label: str) -> str:
    # A pipe or a device would block or never end.
    if not _holds(path.is_file):
        raise wrong(label, "is not a file" if _holds(path.exists) else "is not there", f"a file {path.name}")
    try:
        if path.stat().st_size > LARGEST:
            said = f"has {path.stat().st_size // 10**6} MB"
            raise wrong(label, said, f"at most {LARGEST // 10**6} MB, which fit into memory several times")
        content = path.read_bytes()
    except OSError as error:
        raise wrong(label, f"cannot be read ({error.strerror})", "a readable file") from None
    if content.startswith(b"\xef\xbb\xbf"):
        raise wrong(label, "starts with a byte-order mark", "UTF-8 without one", row=1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        said = f"is not UTF-8 (byte 0x{content[error.start]:02x} at offset {error.start})"
        row = content.count(b"\n", 0, error.start) + 1
        raise wrong(label, said, "a file saved as UTF-8", row=row) from None
    if "\0" in text:
        offset = content.index(b"\0")
        row = content.count(b"\n", 0, offset) + 1
        raise wrong(label, f"holds a NUL character (byte offset {offset})", "plain text", row=row)
    return text


def _reader(text: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), strict=True)


def _lines(text: str) -> list[int]:
    """The line on which each record starts: not its number, since quoted cells may hold line breaks."""
    reader = _reader(text)
    lines = [1]
    with contextlib.suppress(csv.Error):  # the last line noted is where the record starts that cannot be read
        lines.extend(reader.line_num + 1 for _ in reader)
    return lines


def _read(home: Path, resource: Resource) -> _Table:
    """The cells of each declared column as texts. Raises DataError if the file's structure is broken."""
    label = resource["path"]
    path = home / label
    if _holds(path.is_symlink) and not _holds(path.exists):  # it leads to itself, or to nothing
        raise wrong(label, "is a link that leads nowhere", "a file inside the data folder")
    if not os.path.realpath(path).startswith(os.path.realpath(home) + os.sep):
        raise wrong(label, "is a link that leaves the data folder", "a file inside it")
    text = _text(path, label)
    header = tuple(field["name"] for field in resource["schema"]["fields"])
    return _Table(resource, text, dict(zip(header, _columns(text, label, header), strict=True)))


# Kept by content: a table is read again for each table that refers to it.
@lru_cache(maxsize=32)
def _columns(text: str, label: str, header: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    try:
        rows = list(_reader(text))
    except csv.Error as error:
        right = "cells of ordinary size, quotes in pairs, doubled inside a quoted cell"
        said = f"starts a record that cannot be read ({error})"
        raise wrong(label, said, right, row=_lines(text)[-1]) from None
    if not rows or rows[0] != [*header]:
        said = _wrong_header(rows[0] if rows else [], header)
        raise wrong(label, said, f"the header {','.join(header)}", row=1)
    if (again := rows.count(rows[0])) > 1:
        raise wrong(label, f"has its header {again} times", "one, on row 1", row=_lines(text)[rows.index(rows[0], 1)])
    if set(map(len, rows)) != {len(header)}:
        number = next(number for number, row in enumerate(rows) if len(row) != len(header))
        said = f"has {len(rows[number])} cells" if rows[number] else "is an empty line"
        raise wrong(label, said, f"{len(header)} cells", row=_lines(text)[number])
    return tuple(zip(*rows[1:], strict=True)) if len(rows) > 1 else ((),) * len(header)


def _wrong_header(header: list[str], expected: tuple[str, ...]) -> str:
    twice = [name for name in header if header.count(name) > 1]
    lacks = [f"lacks the column {quoted(name)}" for name in expected if name not in header]
    has = [f"has {'' if lacks else 'an undeclared column '}{quoted(name)}" for name in header if name not in expected]
    if twice or not header:
        return f"has the column {quoted(twice[0])} twice" if twice else "has no header"
    return " and ".join(lacks[:1] + has[:1]) or "has its columns in another order"


def _loaded(data: _Data, name: str) -> pd.DataFrame:
    table = data.table(name)
    for problem in chain(_problems(table), _of_references(data, [name])):
        raise DataError(problem)
    fields = {field["name"]: field for field in table.resource["schema"]["fields"]}
    # One array for all columns of texts, of which each is a part: arrays take longer to make than to fill.
    texts = [key for key, one in fields.items() if one["type"] == "string" and not one.get("aicities:ordered")]
    joined = typed(tuple(chain.from_iterable(table.columns[key] for key in texts)), {"type": "string"})
    size = len(joined) // len(texts) if texts else 0
    parts = {key: joined[n * size : (n + 1) * size] for n, key in enumerate(texts)}
    columns = {key: parts[key] if key in parts else typed(table.columns[key], fields[key]) for key in fields}
    return pd.DataFrame(columns, copy=False)


def _gathered(found: list[Problem]) -> Iterator[Problem]:
    """Each problem once; of a column that is wrong all over, as one in the wrong place is, the first row."""
    alike: dict[tuple[Any, ...], list[Problem]] = {}
    for one in dict.fromkeys(found):  # a broken table is found again from every table that refers to it
        alike.setdefault((one.file, one.column, one.problem, one.expected), []).append(one)
    for first, *more in alike.values():
        said = f"{first.problem}, as in {len(more)} more rows" if len(more) >= MANY else first.problem
        yield first._replace(problem=said)
        yield from more if len(more) < MANY else ()


def _told(data: _Data, name: str) -> Iterator[Problem]:
    """What is to be said of a table by itself, rules included. Another table that is broken hides nothing here."""
    try:
        table = data.table(name)
    except DataError as error:
        yield error.problem
        return
    cells = set()
    for problem in _problems(table):
        cells.add((problem.row, problem.column))
        yield problem
    # What a cell cannot be at all need not be said again.
    yield from (one for one in _against_rules(data, table) if (one.row, one.column) not in cells)


def _problems(table: _Table) -> Iterator[Problem]:
    """All faults of the cells and keys of a table whose structure is sound."""
    yield from _placed(table, _wrong_cells(table))
    yield from _placed(table, _repeated_keys(table))


def _placed(table: _Table, found: Iterator[Found]) -> Iterator[Problem]:
    faults = list(found)
    lines = _lines(table.text)[1:] if faults else []
    for position, *fault in faults:
        yield Problem(table.resource["path"], lines[position], *fault)


def _against_rules(data: _Data, table: _Table) -> Iterator[Problem]:
    """What breaks the rules across columns."""

    def others(name: str) -> dict[str, tuple[str, ...]] | None:
        try:
            return data.table(name).columns
        except DataError:
            return None

    yield from _placed(table, _repeated_rows(table))
    lists = data.package.get("aicities:lists", {})
    yield from _placed(table, broken(table.resource["schema"], table.columns, lists, others))


def _wrong_cells(table: _Table) -> Iterator[Found]:
    declared = table.resource["schema"]
    needed = required(declared)
    for field in declared["fields"]:
        name = field["name"]
        cells = table.columns[name]
        wrongs = faults(set(cells), field, required=name in needed)
        if wrongs:
            yield from ((n, name, cell, *wrongs[cell]) for n, cell in enumerate(cells) if cell in wrongs)


def _repeated_keys(table: _Table) -> Iterator[Found]:
    """Values of unique columns and of the primary key that look like one before; missing ones repeat nothing."""
    for fields in unique_keys(table.resource["schema"]):
        keys = table.keys(fields)
        # all at once: no cell holds NUL
        looks = list(zip(*(look("\0".join(table.columns[field])).split("\0") for field in fields), strict=True))
        if not keys or len(set(looks)) == len(looks):
            continue
        lines = _lines(table.text)[1:]
        first: dict[Keys, int] = {}
        for position, (key, seen) in enumerate(zip(keys, looks, strict=True)):
            before = first.setdefault(seen, position) if all(key) else position
            if before == position:
                continue
            said, right = f"stands on row {lines[before]} already", "each value once"
            if keys[before] != key:
                said = f"looks like {quoted(', '.join(keys[before]))} on row {lines[before]}"
                right = "names that differ by more than case, width or alphabet"
            yield position, ", ".join(fields), ", ".join(key), said, right


def _repeated_rows(table: _Table) -> Iterator[Found]:
    """Rows that say what one before says, under another name; rows of few words may be alike."""
    key, *more = as_list(table.resource["schema"].get("primaryKey")) or ("", "")
    first: dict[Keys, int] = {}
    for position, row in enumerate(table.keys([name for name in table.columns if name != key and not more])):
        before = first.setdefault(row, position)
        if before != position and sum(map(bool, row)) >= WORDY:
            said = f"is {table.columns[key][before]!r} on row {_lines(table.text)[before + 1]} in all other columns"
            yield position, key, table.columns[key][position], said, "each thing once"


def _of_references(data: _Data, tables: list[str]) -> Iterator[Problem]:
    """Keys that these tables refer to and that are not there: each is told once, however often it is used."""
    uses: dict[tuple[bool, tuple[Keys, ...], str], list[tuple[_Table, str, list[int]]]] = {}
    wanted: defaultdict[Keys, set[Keys]] = defaultdict(set)
    for table in (data.table(name) for name in tables if not isinstance(data.read.get(name), DataError)):
        for fields, there in references(table.resource["schema"]):
            used = table.keys(fields)
            asked = {key for key in set(used) if all(key)}
            targets = tuple((to["resource"] or table.resource["name"], *as_list(to["fields"])) for to in there)
            try:
                held = [data.keys(target) for target in targets]
            except DataError as error:
                yield error.problem
                continue
            for target in targets:
                wanted[target] |= asked
            twice = asked.intersection(*held) if len(held) > 1 else set()
            for key in sorted(twice | asked.difference(*held)):
                rows = [row for row, one in enumerate(used) if one == key]
                uses.setdefault((key in twice, targets, ", ".join(key)), []).append((table, ", ".join(fields), rows))
    for (twofold, targets, name), found in sorted(uses.items(), key=lambda one: one[1][0][2]):
        if sum(one[1] == targets for one in uses) < MANY or name == min(one[2] for one in uses if one[1] == targets):
            yield _misled(data, name, targets, found, wanted if len(tables) > 1 else {}, twice=twofold)


def _misled(
    data: _Data, key: str, targets: tuple[Keys, ...], uses: list[Any], wanted: Mapping[Keys, set[Keys]], *, twice: bool
) -> Problem:
    """A key that is not there: told at its first use, or at the key that it became if nothing else uses that."""
    (table, column, (row, *_)), count = uses[0], sum(len(rows) for *_, rows in uses)
    places = ", ".join(f"{table.resource['path']}: {column}" for table, column, _ in uses)
    often = f" (in {count} rows{f' of {places}' if len(uses) > 1 else ''})" if count > 1 else ""
    named = [target[0] for target in targets]
    known = sorted({", ".join(one) for target in targets for one in data.keys(target)})
    said, right = f"is not a key of {' or '.join(named)}{often}", f"one of {one_of(known, key)}"
    if twice:
        said, right = f"is a key of {' and of '.join(named)}{often}", "a key of exactly one of them"
    for name, *fields in () if twice else targets:
        there, keys = data.table(name), [", ".join(one) for one in data.table(name).keys(fields)]
        if not keys:
            return wrong(there.resource["path"], "has no rows, but other tables refer to some", "its rows").problem
        spare = {", ".join(one) for one in data.keys((name, *fields)) - wanted.get((name, *fields), set())}
        like = difflib.get_close_matches(key, spare, n=1) if wanted else []
        if like and (count > 1 or like[0].strip() == key):
            said, right = f"is used nowhere, while {quoted(key)} is{often}", f"{quoted(key)}, or this name everywhere"
            table, column, row, key = there, ", ".join(fields), keys.index(like[0]), like[0]
            break
    return next(_placed(table, iter([(row, column, key, said, right)])))
