"""Rules of a table across its columns: ``aicities:rules`` in its schema.

A rule has a sentence, ``says``, that messages and the printed dictionary show. It holds for all rows, or for
those in which columns have one of the values named in ``when`` and none of those named in ``unless`` (a list,
or the name of one in the package's ``aicities:lists``; an empty text is an empty cell). It says one of four things:

============ ==========================================================================================
``then``     columns, each with a type or constraints of Table Schema that it has to keep as well
``ordered``  two columns of numbers, days or dates as texts: the first is not above the second
``spans``    a start, an end and a text: they are as far apart as the text is long
``refers``   columns, each with the tables that have its value as a key; with a ``separator`` in a
             table's entry it may be several keys of that table
============ ==========================================================================================

An empty cell breaks only what is required. A cell that is wrong by itself is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .cells import faults, parse
from .descriptor import narrowed
from .problems import Found, one_of, quoted

Columns = Mapping[str, tuple[str, ...]]
Others = Callable[[str], Columns | None]
"""The columns of another table, or None if it cannot be read."""


def broken(schema: dict[str, Any], columns: Columns, lists: Mapping[str, list[str]], others: Others) -> Iterator[Found]:
    """What breaks the rules of this table, rule by rule. Its cells may be wrong in themselves."""
    fields = {field["name"]: field for field in schema["fields"]}
    for rule in schema.get("aicities:rules", []):
        rows = _rows(rule, columns, lists)
        for row, column, value, problem, right in _found(rule, rows, columns, fields, others):
            cases = [f"{name} is {quoted(columns[name][row])}" for name in rule.get("when", {})]
            where = f" where {' and '.join(cases)}" if cases else ""
            yield row, column, value, problem + where, f"{right}. {rule['says']}"


def _rows(rule: dict[str, Any], columns: Columns, lists: Mapping[str, list[str]]) -> list[int]:
    rows: Iterable[int] = range(len(next(iter(columns.values()))))
    for asked in ("when", "unless"):
        for column, values in rule.get(asked, {}).items():
            listed = set(lists[values] if isinstance(values, str) else values)
            cells = columns[column]
            rows = [row for row in rows if (cells[row] in listed) == (asked == "when")]
    return list(rows)


def _found(
    rule: dict[str, Any], rows: list[int], columns: Columns, fields: dict[str, dict[str, Any]], others: Others
) -> Iterator[Found]:
    for column, changes in rule.get("then", {}).items():
        yield from _narrowed(column, narrowed(fields[column], changes), rows, columns[column])
    for column, targets in rule.get("refers", {}).items():
        yield from _referring(column, targets, rows, columns[column], others)
    if "ordered" in rule:
        yield from _ordered(rule["ordered"], rows, columns, fields)
    if "spans" in rule:
        yield from _spans(rule["spans"], rows, columns, fields)


def _narrowed(column: str, field: dict[str, Any], rows: list[int], cells: tuple[str, ...]) -> Iterator[Found]:
    needed = field["constraints"].get("required", False)
    wrongs = faults({cells[row] for row in rows}, field, required=needed)
    yield from ((row, column, cells[row], *wrongs[cells[row]]) for row in rows if cells[row] in wrongs)


def _ordered(names: list[str], rows: list[int], columns: Columns, fields: dict[str, dict[str, Any]]) -> Iterator[Found]:
    first, second = names
    for row in rows:
        least, most = columns[first][row], columns[second][row]
        low, high = _value(least, fields[first]), _value(most, fields[second])
        # A month is not after the year that it is part of.
        if low is not None and high is not None and low > high and not least.startswith(f"{most}-"):
            yield row, second, most, f"comes before {first}, {quoted(least)}", f"no less than {first}"


def _spans(names: list[str], rows: list[int], columns: Columns, fields: dict[str, dict[str, Any]]) -> Iterator[Found]:
    start, end, text = names
    for row in rows:
        begins, ends, token = columns[start][row], columns[end][row], columns[text][row]
        low, high = _value(begins, fields[start]), _value(ends, fields[end])
        if token and low is not None and high is not None and high - low != len(token):
            said, right = f"are {high - low} apart", f"{len(token)}, the length of {text} {quoted(token)}"
            yield row, f"{start}, {end}", f"{begins}, {ends}", said, right


def _referring(
    column: str, targets: list[dict[str, Any]], rows: list[int], cells: tuple[str, ...], others: Others
) -> Iterator[Found]:
    pairs = []
    for target in targets:
        if (other := others(target["resource"])) is None:
            return  # that table is broken, which is told of it
        pairs.append((set(other[target["fields"]]) - {""}, target.get("separator")))
    named = " or ".join(f"{target['fields']} of {target['resource']}" for target in targets)
    everything = sorted(set().union(*(known for known, _ in pairs)))
    for row in rows:
        cell = cells[row]
        if cell and not any(_parts(cell, separator) <= known for known, separator in pairs):
            part = min(_parts(cell, pairs[-1][1]) - pairs[-1][0])
            said = f"is not {named}" if part == cell else f"holds {quoted(part)}, which is not {named}"
            yield row, column, cell, said, one_of(everything, part)


def _parts(cell: str, separator: str | None) -> set[str]:
    return set(cell.split(separator)) if separator else {cell}


def _value(cell: str, field: dict[str, Any]) -> Any:
    return parse(cell, field)[0] if cell else None
