"""Rows of your own, added to a table of the data package in memory; no file is touched."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from . import loading as tables
from .cells import faults, typed
from .descriptor import as_list, required
from .problems import DataError, Problem, one_of
from .rules import broken

__all__ = ["added"]


def added(name: str, rows: Iterable[Mapping[str, Any]], *, to: pd.DataFrame | None = None) -> pd.DataFrame:
    """A table of the data package with rows added at its end.

    Parameters
    ----------
    name
        A name out of ``aicities.names()``.
    rows
        One mapping from column to value for each row, or a DataFrame's ``to_dict("records")``. A column that is not
        named, or whose value is None or NaN, is missing.
    to
        The table to add to; by default as ``aicities.load(name)`` gives it.

    Returns
    -------
    A new DataFrame with the columns and dtypes of ``aicities.load(name)``. Keys of other tables are not checked, since
    their rows may be added as well; the functions that join them say what they miss.

    Raises
    ------
    DataError
        naming the row (counted from 1 among those added), the column, its value and what would be right, for an unknown
        table or column, a value that the schema does not allow, alone or beside others of its row, and a key that
        stands there already.
    """
    declared = tables.schema(name)
    before = tables.load(name) if to is None else to
    given = [dict(row) for row in rows]
    fields = {field["name"]: field for field in declared["fields"]}
    for number, row in enumerate(given, 1):
        for column in row:
            if column not in fields:
                raise _wrong(name, number, column, None, "is not a column", f"one of {one_of(fields, column)}")
    cells = {column: tuple(_cell(row.get(column)) for row in given) for column in fields}
    needed = required(declared)
    for column, field in fields.items():
        found = faults(set(cells[column]), field, required=column in needed)
        for number, cell in enumerate(cells[column], 1):
            if cell in found:
                raise _wrong(name, number, column, cell, *found[cell])
    lists = tables.package().get("aicities:lists", {})
    for position, *fault in broken(declared, cells, lists, lambda target: None):
        raise _wrong(name, position + 1, *fault)
    more = pd.DataFrame({column: typed(cells[column], field) for column, field in fields.items()})
    whole = pd.concat([before, more], ignore_index=True)
    alone = [[column] for column, field in fields.items() if field.get("constraints", {}).get("unique")]
    for key in [as_list(declared.get("primaryKey")), *alone]:
        twice = whole.dropna(subset=key).duplicated(key) if key else pd.Series(dtype=bool)
        if twice.any():
            place = twice.idxmax()
            value = ", ".join(str(whole.loc[place, column]) for column in key)
            said = "stands in the table already", "each value once"
            raise _wrong(name, int(place) - len(before) + 1, ", ".join(key), value, *said)
    return whole


def _cell(value: Any) -> str:
    """A value as it would stand in the CSV file."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def _wrong(name: str, row: int, column: str, value: str | None, problem: str, expected: str) -> DataError:
    return DataError(Problem(f"rows added to {name}", row, column, value, problem, expected))
