"""The command line, ``aicities COMMAND`` or ``python -m aicities COMMAND``.

``tables``, ``show`` and ``describe`` print the data, ``find`` and ``profile`` search them, ``claims`` and ``rank``
answer from them, ``check`` looks for faults in them, ``export`` writes them as files, ``verify`` looks up the evidence
in the article, ``extract`` and ``reconcile`` find quantities in any text.

Messages go to standard error, one line each. Exit status: 0 if all is well, 1 if the data are wrong, 2 if the command.

CSV and JSON are UTF-8 and exact, also where a cell begins like a formula (``=``, ``+``, ``-``, ``@``), which a
spreadsheet may run. ``--spreadsheet`` puts an apostrophe before such texts; else a message says how many there are.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from itertools import zip_longest
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NoReturn

import pandas as pd

from aicities import __version__, tables
from aicities.tables.cells import line, parse, plain, written
from aicities.tables.problems import DataError, one_of, printable, quoted
from textnumbers.cli import add_commands, heed_signals

FORMULA = ("=", "+", "-", "@", "\t", "\r")
OPERATORS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
NARROWEST = 16  # columns of text are not broken into narrower ones
CONDITION = re.compile(r"([^=!<>]+)(!=|<=|>=|=|<|>)(.*)", re.DOTALL)
ELSEWHERE = {"city": "place", "place": "city"}  # the same thing in what the article says and in what is published
EXAMPLES = {
    "tables": "aicities tables --format json",
    "show": "aicities show compute --where place=Shanghai status=installed --columns centre,value,unit,as_of",
    "describe": "aicities describe indicators",
    "find": "aicities find Qianhai",
    "profile": "aicities profile Hangzhou",
    "claims": "aicities claims C01",
    "rank": "aicities rank --weights overall=2,talent=0.5",
    "check": "aicities check my-data",
    "export": "aicities export my-data --format csv",
    "verify": "aicities verify my-texts",
    "extract": "aicities extract article.txt --language zh",
    "reconcile": "aicities reconcile original.txt translation.txt --languages zh en",
}


class UsageError(ValueError):
    """The command asks for something that there is not."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        if choice := re.search(r"invalid choice: '(.*)' \(choose from (.*)\)", message):
            close = get_close_matches(choice[1][:100], re.findall(r"[\w-]+", choice[2]), n=2)
            message += f" (did you mean {' or '.join(close)}?)" if close else ""
        self.exit(2, f"{self.prog}: {printable(message)} (see {self.prog} --help)\n")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; ``argv`` are the words after the program's name. Returns the exit status."""
    if argv is None:  # a program of its own
        heed_signals()
    options = _parser().parse_args(argv)
    _output(errors="backslashreplace")  # a terminal may know fewer characters than the data have
    try:
        result: pd.DataFrame | int = options.run(options)
        if isinstance(result, pd.DataFrame):
            _print(result, options)
            result = 0
        sys.stdout.flush()
    except (UsageError, DataError) as error:
        print(f"aicities: {printable(str(error))}", file=sys.stderr)
        return 1 if isinstance(error, DataError) else 2
    except BrokenPipeError:
        # Whoever read the output has gone. Python flushes once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as stop:
        print("aicities: interrupted", file=sys.stderr)
        return 128 + (stop.args or (2,))[0]
    return result


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="aicities", description="Data on AI in Chinese cities.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"aicities {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    data = _Parser(add_help=False)
    data.add_argument("--data", metavar="FOLDER", help="the data package to read (default: the package's own)")
    output = _Parser(add_help=False, parents=[data])
    output.add_argument("--format", choices=("text", "csv", "json"), default="text")
    spreadsheet = "in CSV, put an apostrophe before texts that a spreadsheet would take for a formula"
    output.add_argument("--spreadsheet", action="store_true", help=spreadsheet)

    def command(name: str, run: Callable[[Any], Any], said: str, parent: _Parser = output) -> Callable[..., Any]:
        added = commands.add_parser(name, help=said, description=said, parents=[parent], allow_abbrev=False)
        added.set_defaults(run=run, command=name)
        return added.add_argument

    command("tables", _tables, "List the tables.")
    add = command("show", _show, "Print a table.")
    add("name", metavar="NAME")
    where = "keep rows for which all of these hold; also != < <= > >=; no value means missing"
    add("--where", metavar="COLUMN=VALUE", nargs="+", action="extend", default=[], help=where)
    add("--columns", metavar="A,B", help="print these columns, in this order")
    add = command("describe", _describe, "Say what the columns of a table mean.")
    add("name", metavar="NAME")
    add = command("find", _answer, "Find a text in facts, tables and sources, and where it stands.")
    add("text", metavar="TEXT", help="as it stands in a cell; capitals make no difference")
    add = command("profile", _answer, "Say all that is known of a city: ranks, numbers, claims.")
    add("city", metavar="CITY", help="as in the table places, in English, Chinese or Japanese")
    add = command("claims", _answer, "Say which claims hold, or what decides one of them.")
    add("claim", metavar="CLAIM", nargs="?", help="a claim_id, such as C01; default: all claims")
    add = command("rank", _answer, "Rank the cities by league tables of four or more, one vote per publisher.")
    add("--topic", help="only tables on this topic, such as overall")
    add("--method", choices=("borda", "kemeny"), default="borda", help="default: borda")
    add("--weights", type=_weights, metavar="TOPIC=NUMBER,...", help="what tables on a topic count; default: 1 each")
    add = command("check", _check, "Look for faults in a data package.", data)
    add("folder", metavar="FOLDER", nargs="?", help="the same as --data")
    add = command("export", _export, "Write all tables into a new folder.", data)
    add("folder", metavar="FOLDER", help="an empty folder, or one that is not there yet")
    formats = ("csv", "parquet", "sqlite", "xlsx")
    add("--format", choices=formats, default="csv", help="default: csv, which check and load read again")
    add = command("verify", _verify, "Check all evidence against the files of the article.", data)
    add("folder", metavar="FOLDER", help="where the article's texts are, under any name")
    add("--work", metavar="WORK", help="only the texts of this work; default: all")
    add_commands(commands)
    for name, example in EXAMPLES.items():
        commands.choices[name].epilog = f"Example: {example}"
    return parser


def _tables(options: argparse.Namespace) -> pd.DataFrame:
    listed = tables.overview(folder=options.data)
    return listed.drop(columns="description") if options.format == "text" else listed


def _show(options: argparse.Namespace) -> pd.DataFrame:
    fields = _fields(options)
    chosen = list(fields) if options.columns is None else options.columns.split(",")
    for column in chosen:
        _known_column(column, fields)
    if len(set(chosen)) < len(chosen):
        raise UsageError(f"--columns {quoted(options.columns)} names a column twice; expected each once")
    conditions = [_condition(text, fields) for text in options.where]
    whole = table = tables.load(options.name, folder=options.data)
    for column, sign, value in conditions:
        table = table[_holds(table[column], sign, value)]
        if sign == "=" and isinstance(value, str):
            _hint(column, value, whole[column])
    return table[chosen]


def _hint(column: str, value: str, there: pd.Series) -> None:
    """Say what a value may be that a column has nowhere."""
    known = set(there.dropna().astype("str"))
    close = [] if value in known else get_close_matches(value[:100], sorted(known), n=3, cutoff=0.6)
    if column in ELSEWHERE and not (value in known or close):  # a place may be named in Chinese or Japanese
        from aicities.study import lookup

        close = [name] if (name := lookup.place(tables.load("places"), value)) else []
    if close:
        said = printable(f"no {column} is {quoted(value)} (did you mean {' or '.join(map(quoted, close))}?)")
        print(f"aicities: {said}", file=sys.stderr)


def _describe(options: argparse.Namespace) -> pd.DataFrame:
    _fields(options)
    return tables.describe(options.name, folder=options.data)


def _answer(options: argparse.Namespace) -> pd.DataFrame:
    # Only here: the other commands need not wait for it.
    from aicities.study import lookup

    asked = {name: value for name, value in vars(options).items() if name in ("topic", "method", "weights")}
    words = [value for name, value in vars(options).items() if name in ("text", "city", "claim")]
    data = tables.load_all(folder=options.data)
    try:
        answer: pd.DataFrame = getattr(lookup, options.command)(data, *words, **asked)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return answer


def _weights(text: str) -> dict[str, float]:
    pairs = [pair.partition("=") for pair in text.split(",")]
    try:
        return {topic: float(number) for topic, _, number in pairs}
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)}; expected TOPIC=NUMBER, such as overall=2") from None


def _check(options: argparse.Namespace) -> int:
    folder = options.data if options.folder is None else options.folder
    problems = tables.check(folder)
    for row in problems.astype("object").where(problems.notna(), None).itertuples(index=False):
        print(tables.Problem(*row))
    if len(problems):
        print(f"aicities: {_count(len(problems), 'problem')} found", file=sys.stderr)
        return 1
    print(f"No problem in {_count(len(tables.names(folder=folder)), 'table')}.")
    return 0


def _export(options: argparse.Namespace) -> int:
    from aicities.study.additions.exporting import export

    data = tables.load_all(folder=options.data)
    try:
        export(data, options.folder, format=options.format, schema=options.data)
    except (ValueError, OSError, ImportError) as error:
        raise UsageError(str(error)) from None
    print(f"{_count(len(data), 'table')} in {printable(options.folder)}.")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from aicities import evidence

    data = tables.load_all(folder=options.data)
    try:
        result = evidence.verify(options.folder, data, work=options.work)
    except ValueError as error:
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


def _fields(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    known = tables.names(folder=options.data)
    if options.name not in known:
        raise UsageError(f"unknown table {quoted(options.name)}; expected one of {one_of(known, options.name)}")
    return {field["name"]: field for field in tables.schema(options.name, folder=options.data)["fields"]}


def _known_column(column: str, fields: dict[str, dict[str, Any]]) -> None:
    if column not in fields:
        alike = ELSEWHERE.get(column)
        hint = f" (here it is {alike})" if alike in fields else ""
        raise UsageError(f"unknown column {quoted(column)}{hint}; expected one of {one_of(fields, column)}")


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
        records = [{str(column): plain(value) for column, value in row.items()} for row in table.to_dict("records")]
        print(json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False))
        return
    cells = table.astype("object").map(written)
    texts = table.columns[[isinstance(dtype, pd.StringDtype) for dtype in table.dtypes]]
    risky = cells[texts].map(lambda cell: cell.startswith(FORMULA))
    if options.spreadsheet:
        cells[texts] = cells[texts].mask(risky, "'" + cells[texts])
    elif risky.to_numpy().any():
        said = _count(int(risky.to_numpy().sum()), "cell")
        print(f"aicities: {said} a spreadsheet may take for a formula (see --spreadsheet)", file=sys.stderr)
    for row in [list(cells.columns), *cells.itertuples(index=False)]:
        print(line(row))


def _text(table: pd.DataFrame, *, width: int | None = None) -> str:
    """Columns side by side, numbers to the right; a missing value is a dash. Long cells are broken to fit the width."""
    columns = {
        name: [str(name), *(printable(written(value)) or "-" for value in table[name].astype("object"))]
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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
