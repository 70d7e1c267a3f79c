"""The commands ``extract`` and ``reconcile``, as sub-commands of another command or as ``python -m textnumbers``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from .compare import reconcile
from .frame import STATED, extract_table

FORMATS = ("table", "csv", "jsonl", "parquet")
SHOWN = ["start", "end", "token", "kind", "value", "unit", "qualifier"]
CORPORA = (".parquet", ".jsonl", ".ndjson")


def add_commands(subparsers: Any) -> None:
    """Add ``extract`` and ``reconcile`` to the sub-parsers of a command; each sets ``run``.

    ``run(options)`` returns the exit status: 0, or 2 if the command asks for what cannot be.
    """
    command = subparsers.add_parser(
        "extract",
        help="Find the quantities of a text, or of all documents of a corpus.",
        description="Find the quantities of a text file, or of all documents of a corpus: a folder, a glob, or a"
        " .parquet or .jsonl table of id, language and text.",
        epilog="example: %(prog)s article.txt --language en --format csv --output quantities.csv",
        allow_abbrev=False,
    )
    command.add_argument("source", metavar="FILE|FOLDER")
    command.add_argument(
        "--language", help="en, id, ja, zh, a tag such as en-GB, or auto; a corpus table may say it itself"
    )
    command.add_argument("--format", choices=FORMATS, default="table")
    command.add_argument("--output", metavar="PATH", help="where to write; for a corpus a folder")
    command.add_argument("--scheduler", metavar="tcp://HOST:PORT", help="of Dask; default: this machine")
    command.add_argument("--workers", type=int, help="processes on this machine")
    command.set_defaults(run=_told(_extract))

    command = subparsers.add_parser(
        "reconcile",
        help="Set the quantities of two translations side by side.",
        description="Set the quantities of two translations of one text side by side and say where they differ.",
        epilog="example: %(prog)s article.ja.txt article.id.txt --languages ja id --differences",
        allow_abbrev=False,
    )
    command.add_argument("a", metavar="A")
    command.add_argument("b", metavar="B")
    command.add_argument("--languages", nargs=2, required=True, metavar=("OF_A", "OF_B"))
    command.add_argument("--entities", metavar="CSV", help="entity_id, kind and form_<language>: reports and cities")
    command.add_argument("--differences", action="store_true", help="leave out what is the same")
    command.add_argument("--format", choices=FORMATS, default="table")
    command.add_argument("--output", metavar="PATH")
    command.set_defaults(run=_told(_reconcile))


def main(words: list[str] | None = None) -> int:
    """Run ``python -m textnumbers``; the exit status."""
    parser = argparse.ArgumentParser(prog="textnumbers", description=__doc__, allow_abbrev=False)
    add_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    options = parser.parse_args(words)
    if words is None:
        heed_signals()
    try:
        status: int = options.run(options)
    except KeyboardInterrupt as stop:
        print("textnumbers: interrupted", file=sys.stderr)
        return 128 + (stop.args or (2,))[0]
    return status


def heed_signals() -> None:
    """Have TERM and HUP interrupt this program as INT does, KeyboardInterrupt with their number.

    A job in the background starts with interrupts ignored, which count here all the same; nohup ignores HUP for good.
    """

    def stop(number: int, _: object) -> None:
        raise KeyboardInterrupt(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        end = getattr(signal, name, None)
        if end and (name == "SIGINT" or signal.getsignal(end) == signal.SIG_DFL):
            signal.signal(end, stop)


def _told(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command with its errors and warnings as one line each."""

    def told(options: argparse.Namespace) -> int:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", UserWarning)
            try:
                status = run(options)
                sys.stdout.flush()
            except BrokenPipeError:
                # the reader has seen enough: | head
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 0
            except (ValueError, OSError, RuntimeError) as error:
                print(_line(f"textnumbers: {_message(error)}"), file=sys.stderr)
                status = 2
        for warning in caught:
            if warning.category is UserWarning:
                print(_line(f"textnumbers: warning: {warning.message}"), file=sys.stderr)
        return status

    return told


def _line(text: str) -> str:
    """A message on one line, whatever a file is called."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _message(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename}: {error.strerror[0].lower()}{error.strerror[1:]}"
    return str(error)


def _extract(options: argparse.Namespace) -> int:
    source = Path(options.source)
    single = source.suffix not in CORPORA and not source.is_dir() and not any(c in options.source for c in "*?[")
    if single or (source.is_file() and source.suffix not in CORPORA):
        text = _text(source)
        if options.language is None:
            raise ValueError(f"--language is missing; expected the language of {source}, or auto")
        _write(extract_table(text, options.language), options, shown=SHOWN)
        return 0
    if options.output is None:
        raise ValueError("--output is missing; expected a folder for the result of a corpus")
    from .corpus import extract_corpus, partition_file

    summary = extract_corpus(
        options.source,
        options.output,
        language=options.language,
        scheduler=options.scheduler,
        workers=options.workers,
        progress=sys.stderr.isatty(),
    )
    for number in summary.loc[summary["errors"] > 0, "partition"].head(1):
        errors = pd.read_parquet(partition_file(Path(options.output), "errors", number)).head(5)
        for document, reason in errors.itertuples(index=False):
            print(_line(f"textnumbers: {document}: {reason}"), file=sys.stderr)
    totals = summary[["documents", "quantities", "errors"]].sum()
    told = " (the first are named; all are in the folder errors)" if totals["errors"] else ""
    print(f"{totals['documents']} documents, {totals['quantities']} quantities, {totals['errors']} errors{told}")
    return 0


def _reconcile(options: argparse.Namespace) -> int:
    entities = None
    if options.entities is not None:
        entities = pd.read_csv(options.entities, dtype="str", keep_default_na=False)
    a, b = (_text(Path(name)) for name in (options.a, options.b))
    table = reconcile(a, b, tuple(options.languages), entities=entities)
    if options.differences:
        table = table[table["finding"] != "same"]
    _write(table, options, shown=["token_a", "token_b", "finding", "detail"])
    return 0


def _text(path: Path) -> str:
    """The text of a file as it came: line ends count as characters, so that offsets are those of the file."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is no UTF-8; expected a text in UTF-8") from None


def _write(table: pd.DataFrame, options: argparse.Namespace, *, shown: list[str]) -> None:
    target = options.output
    if options.format == "parquet":
        if target is None:
            raise ValueError("--output is missing; expected a file for Parquet")
        stated = {name: table[name].map(str, na_action="ignore").astype("str") for name in STATED if name in table}
        table.assign(**stated).to_parquet(target, index=False)
        return
    if options.format == "csv":
        text = table.to_csv(index=False, lineterminator="\n")
    elif options.format == "jsonl":
        text = table.to_json(orient="records", lines=True, force_ascii=False)
    else:
        text = table[shown].to_string(index=False, na_rep="-") + "\n"
    if target is None:
        sys.stdout.write(text)
    else:
        Path(target).write_text(text, "utf-8")
