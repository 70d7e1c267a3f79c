"""The command line, ``aicities COMMAND`` or ``python -m aicities COMMAND``.

``tables``, ``show`` and ``describe`` print the data, ``check`` looks for faults in them, ``claims`` and ``rank`` answer
from them, ``verify`` looks up the evidence in the article, ``extract`` and ``reconcile`` find quantities in any text.

Results go to standard output, messages to standard error, one line each. Exit status: 0 if all is well, 1 if
the data are wrong (``check`` and ``verify``: something was found), 2 if the command was.

CSV and JSON are UTF-8 and exact: what ``show --format csv`` prints, ``load`` would read again. Exact also
means that a cell which begins like a formula (``=``, ``+``, ``-``, ``@``) is printed as it stands, and a
spreadsheet that opens the file may run it. ``--spreadsheet`` puts an apostrophe before such texts, which
changes them; without it, a message says how many there are. Numbers are never touched.
"""

from __future__ import annotations

import argparse
import io
import json
import operator
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from itertools import zip_longest
from typing import Any, NoReturn

import pandas as pd

from aicities import __version__, tables
from aicities.tables.cells import parse
from aicities.tables.problems import DataError, one_of, printable, quoted
from textnumbers.cli import add_commands

FORMULA = ("=", "+", "-", "@", "\t", "\r")
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
NARROWEST = 16  # columns of text are not broken into narrower ones
CONDITION = re.compile(r"([^=!<>]+)(!=|<=|>=|=|<|>)(.*)", re.DOTALL)


class UsageError(ValueError):
    """The command asks for something that there is not."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {printable(message)} (see {self.prog} --help)\n")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; ``argv`` are the words after the program's name. Returns the exit status."""
    options = _parser().parse_args(argv)
    # A terminal may know fewer characters than the data have.
    _output(errors="backslashreplace")
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"aicities: {printable(str(error))}", file=sys.stderr)
        return 2
    except DataError as error:
        print(f"aicities: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output has gone. Python flushes once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("aicities: interrupted", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="aicities", description="Data on AI in Chinese cities.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"aicities {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    data = _Parser(add_help=False)
    data.add_argument("--data", metavar="FOLDER", help="the data package to read (default: the package's own)")
    output = _Parser(add_help=False)
    output.add_argument("--format", choices=("text", "csv", "json"), default="text")
    spreadsheet = "in CSV, put an apostrophe before texts that a spreadsheet would take for a formula"
    output.add_argument("--spreadsheet", action="store_true", help=spreadsheet)

    def command(name: str, run: Callable[[Any], int], said: str, *parents: _Parser) -> Any:
        added = commands.add_parser(name, help=said, description=said, parents=parents, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    command("tables", _tables, "List the tables.", data, output)
    show = command("show", _show, "Print a table.", data, output)
    show.add_argument("name", metavar="NAME")
    show.add_argument(
        "--where",
        metavar="COLUMN=VALUE",
        nargs="+",
        action="extend",
        default=[],
        help="keep rows for which all of these hold; also != < <= > >=; no value means missing",
    )
    show.add_argument("--columns", metavar="A,B", help="print these columns, in this order")
    describe = command("describe", _describe, "Say what the columns of a table mean.", data, output)
    describe.add_argument("name", metavar="NAME")
    check = command("check", _check, "Look for faults in a data package.")
    check.add_argument("folder", metavar="FOLDER", nargs="?", help="default: the package's own data")
    claims = command("claims", _claims, "Say which claims of the article hold, or what decides one of them.", output)
    claims.add_argument("claim", metavar="CLAIM", nargs="?", help="a claim_id, such as C01; default: all claims")
    rank = command("rank", _rank, "Rank the cities by all independent league tables, one vote per publisher.", output)
    rank.add_argument("--topic", help="only tables on this topic, such as overall")
    rank.add_argument("--method", choices=("borda", "kemeny"), default="borda", help="default: borda")
    verify = command("verify", _verify, "Check all evidence against the files of the article.", data)
    verify.add_argument("folder", metavar="FOLDER", help="where the article's texts are, under any name")
    add_commands(commands)
    return parser


def _tables(options: argparse.Namespace) -> int:
    listed = tables.overview(folder=options.data)
    _print(listed.drop(columns="description") if options.format == "text" else listed, options)
    return 0


def _show(options: argparse.Namespace) -> int:
    fields = _fields(options)
    chosen = list(fields)
    if options.columns is not None:
        chosen = options.columns.split(",")
        for column in chosen:
            _known_column(column, fields)
        if len(set(chosen)) < len(chosen):
            raise UsageError(f"--columns {quoted(options.columns)} names a column twice; expected each once")
    conditions = [_condition(text, fields) for text in options.where]
    table = tables.load(options.name, folder=options.data)
    for column, sign, value in conditions:
        table = table[_holds(table[column], sign, value)]
    _print(table[chosen], options)
    return 0


def _describe(options: argparse.Namespace) -> int:
    _fields(options)
    _print(tables.describe(options.name, folder=options.data), options)
    return 0


def _check(options: argparse.Namespace) -> int:
    problems = tables.check(options.folder)
    for row in problems.astype("object").where(problems.notna(), None).itertuples(index=False):
        print(tables.Problem(*row))
    if len(problems):
        print(f"aicities: {_count(len(problems), 'problem')} found", file=sys.stderr)
        return 1
    print(f"No problem in {_count(len(tables.names(folder=options.folder)), 'table')}.")
    return 0


def _verify(options: argparse.Namespace) -> int:
    # Only here: the other commands need not wait for it.
    from aicities import evidence

    given = {name: tables.load(name, folder=options.data) for name in ("articles", "evidence")}
    try:
        result = evidence.verify(options.folder, **given)
    except DataError as error:
        raise UsageError(str(error)) from None
    for article, rows in result.groupby("article_id", sort=False):
        itself, places = rows[rows["fact_id"].isna()].iloc[0], rows[rows["fact_id"].notna()]
        total = _count(len(places), "place")
        if pd.isna(itself["file"]):
            print(f"{article}: {itself['problem']}; {total} not checked")
            continue
        state = "fine" if itself["ok"] else itself["problem"]
        print(f"{article}: {state}: {itself['file']}, {places['ok'].sum()} of {total} right")
        for place in places[~places["ok"]].itertuples():
            print(f"{article}, {place.fact_id}: {place.problem}")
    return 0 if result["ok"].all() else 1


def _claims(options: argparse.Namespace) -> int:
    from aicities.study import claims

    if options.claim is None:
        columns = ["claim_id", "label", "headline", "publishers_for", "publishers_against", "tests", "decided"]
        _print(claims.summary()[columns], options)
        return 0
    tests = claims.verdicts()
    known = tables.load("claims")["claim_id"]
    if options.claim not in set(known):
        raise UsageError(f"unknown claim {quoted(options.claim)}; expected one of {one_of(known, options.claim)}")
    chosen = tests.loc[
        tests["claim_id"] == options.claim, ["test_id", "publisher", "date", "verdict", "reason", "says"]
    ]
    _print(chosen, options)
    return 0


def _rank(options: argparse.Namespace) -> int:
    import rankstats
    from aicities.study.rankings import analysis as leagues

    known, entries = leagues.city_tables()
    known = known[known["independent_of_article"] == "yes"]
    if options.topic is not None:
        topics = sorted(known["topic"].unique())
        if options.topic not in topics:
            raise UsageError(f"unknown topic {quoted(options.topic)}; expected one of {one_of(topics, options.topic)}")
        known = known[known["topic"] == options.topic]
    entries = entries[entries["table_id"].isin(known["table_id"])]
    lists = rankstats.read(entries, known, by="publisher_id", ranks="competition")
    if options.method == "kemeny":
        _print(rankstats.kemeny(lists).order, options)
    else:
        _print(rankstats.borda(lists).round({"score": 3}), options)
    return 0


def _fields(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    known = tables.names(folder=options.data)
    if options.name not in known:
        expected = one_of(known, options.name)
        raise UsageError(f"unknown table {quoted(options.name)}; expected one of {expected}")
    return {field["name"]: field for field in tables.schema(options.name, folder=options.data)["fields"]}


def _known_column(column: str, fields: dict[str, dict[str, Any]]) -> None:
    if column not in fields:
        raise UsageError(f"unknown column {quoted(column)}; expected one of {one_of(fields, column)}")


def _condition(text: str, fields: dict[str, dict[str, Any]]) -> tuple[str, str, Any]:
    """A condition such as ``city=Beijing`` as column, sign and value; None stands for missing."""
    parts = CONDITION.fullmatch(text)
    if parts is None:
        raise UsageError(f"--where {quoted(text)} is no condition; expected COLUMN=VALUE (or != < <= > >=)")
    column, sign, cell = parts.groups()
    _known_column(column, fields)
    field = fields[column]
    ordered = field["type"] not in ("string", "boolean") or field.get("aicities:ordered")
    if sign not in ("=", "!=") and not (ordered and cell):
        why = "its values have no order" if not ordered else "a missing value has no order"
        raise UsageError(f"--where {quoted(text)}: {why}; expected = or !=")
    if not cell:
        return column, sign, None
    value, fault = parse(cell, field)
    enum = field.get("constraints", {}).get("enum", [])
    if fault is None and enum and value not in enum:
        fault = ("is not an allowed value", f"one of {one_of(map(str, enum), cell)}")
    if fault is not None:
        raise UsageError(f"--where {quoted(text)}: {quoted(cell)} {fault[0]}; expected {fault[1]}")
    return column, sign, pd.Timestamp(value) if isinstance(value, date) else value


def _holds(column: pd.Series, sign: str, value: Any) -> pd.Series:
    """Where the condition holds. A missing value differs from every value, and is neither above nor below."""
    if value is None:
        return column.isna() if sign == "=" else column.notna()
    holds = OPERATORS[sign](column, value).astype("boolean")
    return holds.mask(column.isna(), sign == "!=").astype(bool)


def _output(**settings: Any) -> None:
    # Inside Jupyter, output is no file and needs no settings.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(**settings)


def _print(table: pd.DataFrame, options: argparse.Namespace) -> None:
    if options.format == "text":
        print(_text(table, width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None))
        return
    _output(encoding="utf-8", newline="")
    if options.format == "json":
        records = [{str(column): _plain(value) for column, value in row.items()} for row in table.to_dict("records")]
        print(json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False))
        return
    cells = table.astype("object").map(_cell)
    texts = table.columns[[isinstance(dtype, pd.StringDtype) for dtype in table.dtypes]]
    risky = cells[texts].map(lambda cell: cell.startswith(FORMULA))
    if options.spreadsheet:
        cells[texts] = cells[texts].mask(risky, "'" + cells[texts])
    elif risky.to_numpy().any():
        said = _count(int(risky.to_numpy().sum()), "cell")
        print(f"aicities: {said} a spreadsheet may take for a formula (see --spreadsheet)", file=sys.stderr)
    for row in [list(cells.columns), *cells.itertuples(index=False)]:
        print(_csv_line(row))


def _csv_line(cells: Iterable[str]) -> str:
    # Not the csv module: before Python 3.13 it leaves a carriage return unquoted where lines end with LF.
    line = ",".join(
        '"' + cell.replace('"', '""') + '"' if any(char in cell for char in ',"\r\n') else cell for cell in cells
    )
    # A line with nothing on it would be no row.
    return line or '""'


def _text(table: pd.DataFrame, *, width: int | None = None) -> str:
    """Columns side by side, numbers to the right; a missing value is a dash. Long cells are broken to fit the width."""
    columns = {
        name: [str(name), *(printable(_cell(value)) or "-" for value in table[name].astype("object"))]
        for name in table.columns
    }
    room = _room([max(map(_width, cells)) for cells in columns.values()], width)
    lines: list[tuple[str, ...]] = []
    for row in zip(*columns.values(), strict=True):
        broken = [_lines(cell, most) for cell, most in zip(row, room, strict=True)]
        lines += zip_longest(*broken, fillvalue="")
    right = [pd.api.types.is_numeric_dtype(table[name]) for name in table.columns]
    return "\n".join("  ".join(map(_padded, line, room, right)).rstrip() for line in lines)


def _room(widths: list[int], total: int | None) -> list[int]:
    """The width of each column; where all together are too wide, the widest give way, as far as can be read."""
    room = list(widths)
    while total is not None and sum(room) + 2 * (len(room) - 1) > total and max(room) > NARROWEST:
        room[room.index(max(room))] -= 1
    return room


def _lines(cell: str, most: int) -> list[str]:
    return [cell] if _width(cell) <= most else textwrap.wrap(cell, most)


def _padded(cell: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(cell))
    return gap + cell if right else cell + gap


def _width(text: str) -> int:
    """Columns of a terminal: Chinese and Japanese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _cell(value: Any) -> str:
    """A value as it stands in a CSV file."""
    value = _plain(value)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
