"""Rows of your own, added to a table of the data package in memory; no file is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from . import loading as tables
from .cells import faults, typed, written
from .descriptor import required, unique_keys
from .problems import DataError, Problem, one_of
from .rules import broken


def added(
    name: str,
    rows: Mapping[str, Any] | Iterable[Mapping[str, Any]],
    *,
    to: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
    replace: bool = False,
) -> pd.DataFrame:
    """A table of the data package with rows added at its end.

    ``to`` is that table, or all tables as ``load_all()`` gives them; by default it is as ``aicities.load(name)`` gives
    it. With ``replace``, a row that has the key of one of yours makes way.

    ``rows`` are one row or a list of rows, each a mapping from column to value; of a DataFrame its
    ``to_dict("records")``. A column that is not named, or whose value is None or NaN, is missing. Returns a new
    DataFrame as ``aicities.load(name)`` does. Keys of other tables are not checked: their rows may be added as well.

    Raises DataError, which names the row (from 1 among those added), the column, its value and what would be right, for
    whatever the schema does not allow, and a key that stands there already; TypeError for a row that is no mapping.

    >>> place = {"place": "Kota Contoh", "kind": "city", "territory": "abroad"}
    >>> added("places", place)["place"].iloc[-1]
    'Kota Contoh'
    """
    declared = tables.schema(name)
    before = tables.load(name) if to is None else to[name] if isinstance(to, Mapping) else to
    given = list(rows) if isinstance(rows, Iterable) and not isinstance(rows, Mapping) else [rows]
    fields = {field["name"]: field for field in declared["fields"]}
    needed = required(declared)
    for number, row in enumerate(given, 1):
        if not isinstance(row, Mapping):
            said = "expected a mapping from column to value, or a list of such (of a DataFrame its to_dict('records'))"
            raise TypeError(f"row {number} added to {name} is {type(row).__name__}; {said}")
        for column in row:
            if column not in fields:
                raise _wrong(name, number, column, None, "is not a column", f"one of {one_of(fields, column)}")
        lacking = [column for column in fields if column in needed and not written(row.get(column))]
        if lacking:
            right = f"a value in each; describe({name!r}) says which"
            said = "is missing" if len(lacking) == 1 else "are missing"
            raise _wrong(name, number, ", ".join(lacking), None, said, right)
    cells = {column: tuple(written(row.get(column)) for row in given) for column in fields}
    for column, field in fields.items():
        found = faults(set(cells[column]), field, required=False)
        for number, cell in enumerate(cells[column], 1):
            if cell in found:
                raise _wrong(name, number, column, cell, *found[cell])
    lists = tables.package().get("aicities:lists", {})
    for position, *fault in broken(declared, cells, lists, lambda target: None):
        raise _wrong(name, position + 1, *fault)
    more = pd.DataFrame({column: typed(cells[column], field) for column, field in fields.items()})
    for key in unique_keys(declared) if replace else ():
        before = before[~before.set_index(key).index.isin(more.dropna(subset=key).set_index(key).index)]
    whole = pd.concat([before, more], ignore_index=True)
    for key in unique_keys(declared):
        twice = whole.dropna(subset=key).duplicated(key)
        if twice.any():
            place = twice.idxmax()
            value = ", ".join(str(whole.loc[place, column]) for column in key)
            at = int(place) - len(before) + 1
            raise _wrong(name, at, ", ".join(key), value, "stands in the table already", "each value once")
    return whole


def _wrong(name: str, row: int, column: str, value: str | None, problem: str, expected: str) -> DataError:
    return DataError(Problem(f"rows added to {name}", row, column, value, problem, expected))
