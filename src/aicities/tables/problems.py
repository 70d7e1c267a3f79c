"""How faults of the data are told: one record, one message, one exception."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

Found = tuple[int, str, str, str, str]
"""A fault before its line is known: position of the record, column, value, problem, expected."""


class Problem(NamedTuple):
    """One fault of a file: where it is, what stands there and what would be right.

    ``row`` is the number of the line in the file, as an editor shows it; the header is line 1.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    expected: str

    def __str__(self) -> str:
        """The whole fault as one line."""
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        value = "" if self.value is None else f"{quoted(self.value)} "
        return printable(f"{where}: {value}{self.problem}; expected {self.expected}")


class DataError(ValueError):
    """The data are not as ``datapackage.json`` declares them, or there is no such table.

    The message names file, row, column, value and what would be right; ``problem`` holds the same as a record.
    """

    def __init__(self, problem: Problem) -> None:
        """Word the problem as the message."""
        super().__init__(str(problem))
        self.problem = problem

    def __reduce__(self) -> tuple[type[DataError], tuple[Problem]]:
        """Pickle from the record, since the message alone does not give it back."""
        return type(self), (self.problem,)


def wrong(file: str, problem: str, expected: str, *, row: int | None = None) -> DataError:
    """The error for a fault of a whole file or of one of its lines."""
    return DataError(Problem(file, row, None, None, problem, expected))


def printable(text: str) -> str:
    """The text on one line: control characters would break it, or do things to a terminal."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def quoted(value: str, *, width: int = 60) -> str:
    """A value for a message: on one line, and cut if it is long."""
    return repr(value) if len(value) <= width else f"{value[:width]!r}... ({len(value)} characters)"


def one_of(allowed: Iterable[str], value: str, *, most: int = 30) -> str:
    """The allowed values as a list, cut if it is long, and those that are most like this value."""
    known = list(allowed)
    bare = re.compile(r"(?<!\d)0+(?=\d)")  # C1 means C01
    same = [one for one in known if bare.sub("", one).casefold() == bare.sub("", value).casefold()]
    close = same or difflib.get_close_matches(value[:100], known, n=3, cutoff=0.6)
    listed = ", ".join(known[:most]) + (f" ... ({len(known)} in all)" if len(known) > most else "")
    return f"{listed} (did you mean {' or '.join(close)}?)" if close else listed
