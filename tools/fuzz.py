"""Try thousands of spoilt inputs on everything that reads: tables, schema, command line, notebooks, texts.

    python tools/fuzz.py                               12,000 different inputs
    python tools/fuzz.py --inputs 500 --seed 7         fewer, and others
    python tools/fuzz.py --only table --number 17      one of them again, kept in build/fuzz/

Each input is a good one, spoilt one to three times at random. It must be accepted, and then be what it seems, or
refused with one line that says why (DataError, UsageError, a problem found), within the time limit and without a
file written. Anything else is a failure: it is told with its number, under which it can be tried again.
Exit status: 0 no failure; 1 failures; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import csv
import hashlib
import io
import json
import math
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import nbformat
import numpy as np
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that this file runs as a command, too

from aicities import DataError, evidence, tables
from aicities import __main__ as cli
from textnumbers import extract
from tools import house_rules, spoil
from tools.run_notebooks import ROOT, NotebookFailed, read, tidy, to_bytes

TABLES = ("places", "articles", "sources", "compute")  # all types and kinds of key; closed under references
ROWS = 40
LIMIT = 20.0  # seconds for one input; the slowest takes a fraction of one
KEPT = ROOT / "build" / "fuzz"
TEXTS = {
    "en": "In 2024 Beijing had more than 20,000 firms, 3.5 billion yuan (about 12.5%) and two of the top 10.",
    "id": "Pada 2 Agustus 2024 ada lebih dari 2.400 perusahaan, 1,5 miliar yuan, sekitar sepertiga dan tiga besar.",
    "ja": "2024年8月2日、北京市の企業は2万社超、投資額は4.5億元、約3割、計算能力は1000PFLOPSで第1位。",
    "zh": "2024年8月2日，北京企业超过2万家，投资4.5亿元，约占三成，算力达1000P，排名第一。",
}
TEXT = "Beijing has 12 towers.\n\nShanghai has more than 30, and Shenzhen 上海 7.\n"


class Hang(BaseException):
    """An input took longer than the limit. Not an Exception, so that nothing that is tried can catch it."""


class Broken(Exception):
    """An input was accepted, but is not what it seems; or was refused in a way that tells nobody why."""


class Target(NamedTuple):
    """Something that reads: how to lay out good files, to spoil one, and to try it."""

    share: int  # of all inputs
    prepare: Callable[[Path], Any]  # folder -> what `make` spoils
    make: Callable[[Random, Path, Any], bytes]  # writes the input, and returns all that makes it this input
    use: Callable[[Path, bytes], str]  # returns why it was refused, or nothing


class Failure(NamedTuple):
    """An input that came out neither accepted nor refused."""

    target: str
    number: int
    what: str
    trace: str


class Tally(NamedTuple):
    """What came of the inputs of one target."""

    target: str
    tried: int
    accepted: int
    refused: int
    reasons: int  # different messages, whatever values they name
    seconds: float
    slowest: float
    failures: list[Failure]


# --- tables and schema --------------------------------------------------------------------------------------


def small_package(folder: Path) -> dict[str, Any]:
    """A data package of a few of our tables, cut to some rows."""
    described = tables.package()
    described["resources"] = [resource for resource in described["resources"] if resource["name"] in TABLES]
    (folder / "data").mkdir()
    write(folder / "data" / "datapackage.json", json.dumps(described).encode())
    for resource in described["resources"]:
        whole = (ROOT / "data" / resource["path"]).read_text("utf-8")
        rows = list(csv.reader(io.StringIO(whole, newline="")))
        kept = rows if resource["name"] in ("places", "sources") else rows[: ROWS + 1]
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(kept)
        write(folder / "data" / resource["path"], written.getvalue().encode())
    problems = tables.check(folder / "data")
    if len(problems):
        raise ValueError(f"the tables to be spoilt have {len(problems)} problems already; expected none")
    return described


def package_files(folder: Path) -> dict[str, bytes]:
    """The CSV files of the small package."""
    small_package(folder)
    return {name: (folder / "data" / f"{name}.csv").read_bytes() for name in TABLES}


def spoilt_table(rng: Random, folder: Path, good: dict[str, bytes]) -> bytes:
    """Spoil one table; the others are as they were."""
    chosen, content = rng.choice(TABLES), b""
    for name, whole in good.items():
        content = whole if name != chosen else spoilt(rng, whole, rng.choice([spoil.table, spoil.table, spoil.raw]))
        write(folder / "data" / f"{name}.csv", content)
    return chosen.encode() + b" " + (folder / "data" / f"{chosen}.csv").read_bytes()


def load_table(folder: Path, made: bytes) -> str:
    """Load the spoilt table: what is accepted has each cell of the file; what is refused is found by check."""
    name = made.partition(b" ")[0].decode()
    data = folder / "data"
    try:
        frame = tables.load(name, folder=data)
    except DataError as error:
        if made[-1] % 8 == 0 and tables.check(data).empty:
            raise Broken("load refuses what check finds no problem in") from error
        return one_line(str(error))
    records = list(csv.reader(io.StringIO((data / f"{name}.csv").read_bytes().decode("utf-8"), newline="")))[1:]
    if len(frame) != len(records) or int(frame.isna().sum().sum()) != sum(row.count("") for row in records):
        raise Broken("the table has not the rows, or the missing cells, of its file")
    numbers = frame.select_dtypes("float64").to_numpy()
    if np.isinf(numbers).any() or (np.signbit(numbers) & (numbers == 0)).any():
        raise Broken("an infinity or a negative zero was accepted")
    return ""


def spoilt_schema(rng: Random, folder: Path, good: dict[str, Any]) -> bytes:
    """Spoil datapackage.json."""
    described: Any = good
    for _ in range(rng.randint(1, 2)):
        described = spoil.document(rng, described)
    return write(folder / "data" / "datapackage.json", spoil.json_bytes(rng, described))


def load_package(folder: Path, made: bytes) -> str:
    """List, describe, load and check all tables."""
    data = folder / "data"
    found = tables.check(data)
    rows = found.astype("object").where(found.notna(), None).itertuples(index=False)
    said = [one_line(str(tables.Problem(*row))) for row in rows]
    refused = ""
    try:
        for name in tables.names(folder=data):
            tables.describe(name, folder=data)
            tables.load(name, folder=data)
    except DataError as error:
        refused = one_line(str(error))
        if not said:
            raise Broken("load refuses what check finds no problem in") from error
    return refused or (said[0] if said else "")


# --- command line -------------------------------------------------------------------------------------------


def known_words(folder: Path) -> dict[str, list[str]]:
    """The words of the command line by kind: commands, options, columns, conditions, other values."""
    small_package(folder)
    (folder / "texts").mkdir()
    write(folder / "texts" / "a.txt", TEXT.encode())
    commands = ["tables", "show", "describe", "check", "verify", "extract", "reconcile"]
    options = ["--data", "--where", "--columns", "--format", "--spreadsheet", "--help", "--version", "--"]
    columns = [field["name"] for field in tables.schema("compute")["fields"]]
    conditions = [column + sign for column in columns[:6] for sign in ("=", "!=", ">", "<=", "=x", ">1", "=Beijing")]
    values = ["csv", "json", "text", "xml", "../data", "../texts", "..", ".", "data", *TABLES, ",".join(columns[:2])]
    known = {"commands": commands, "options": options, "columns": columns, "conditions": conditions, "values": values}
    return known | {"rest": [word for kind in known.values() for word in kind]}


def spoilt_words(rng: Random, folder: Path, known: dict[str, list[str]]) -> bytes:
    """A right command, spoilt or not."""
    command = rng.choice(["show", *known["commands"]])
    words = [command]
    if command in ("extract", "reconcile"):
        texts = ["../texts/a.txt"] * (1 if command == "extract" else 2)
        languages = ["--language", "en"] if command == "extract" else ["--languages", "en", "id"]
        words += [*texts, *languages, "--format", rng.choice(["csv", "jsonl", "table"])]
    elif command in ("check", "verify"):
        words.append("../data" if command == "check" else "../texts")
    else:
        words += ["compute"] if command != "tables" else []
        words += ["--format", rng.choice(["csv", "json", "text"]), "--data", "../data"]
    if command == "show":
        words += ["--columns", ",".join(rng.sample(known["columns"], rng.randint(1, 3)))]
        words += ["--where", *rng.sample(known["conditions"], rng.randint(1, 2))]
    return json.dumps(spoil.words(rng, words, known["rest"])).encode()


def run_command(folder: Path, made: bytes) -> str:
    """Run it: status 0 with a result, or 2 (1 for wrong data) with one line that says why."""
    words = json.loads(made)
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = cli.main(words)
        except SystemExit as end:
            status = int(end.code or 0)
    for stream in (out, err):
        stream.flush()
    printed, said = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    notice = said.endswith("(see --spreadsheet)\n") or not said
    if status == 0 and printed and notice:
        return ""
    if status == 1 and printed and words[0] in ("check", "verify"):
        return one_line(printed.splitlines()[0])
    if status in (1, 2) and not printed and said.endswith("\n"):
        return one_line(said.removesuffix("\n"))
    raise Broken(f"status {status} with {len(printed)} characters of output and this message: {said[:300]!r}")


# --- notebooks ----------------------------------------------------------------------------------------------


def good_notebook(folder: Path) -> Any:
    """A notebook with an output of each kind."""
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(picture, "png")
    png = {"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": "Figure 1: White."}
    outputs = [
        new_output("stream", name="stdout", text="12 facts\n"),
        new_output("display_data", png, metadata={"image/png": {"alt": "White."}}),
        new_output("display_data", {"text/markdown": "**Figure 1.** White, | and [a link](../README.md)."}),
        new_output("execute_result", {"text/html": "<table><tr><td>1</td></tr></table>"}, execution_count=1),
        new_output("error", ename="ValueError", evalue="x", traceback=["x"]),
    ]
    cells = [
        new_markdown_cell("# A title\n\n**Question.** What is it?\n\n**Tables read:** [a](../data/README.md)"),
        new_code_cell('assert 12 == 12\nprint(f"{12} facts")', execution_count=1, outputs=outputs),
        new_markdown_cell("## Limits\n\nThe 3 cities, $x^2$, ![white](a.png) and <b>12</b>.\n\n```\n1\n```"),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    notebook = tidy(new_notebook(cells=cells))
    write(folder / "a.ipynb", to_bytes(notebook))
    return json.loads(nbformat.writes(notebook))


def spoilt_notebook(rng: Random, folder: Path, good: Any) -> bytes:
    """Spoil the notebook's metadata, cells or outputs."""
    notebook = good
    for _ in range(rng.randint(1, 3)):
        keys = ("metadata", "tags", "outputs", "kernelspec", "widgets", "attachments", "alt", "image/png", "text")
        notebook = spoil.document(rng, notebook, keys=keys)
    return write(folder / "a.ipynb", spoil.json_bytes(rng, notebook))


def check_notebook(folder: Path, made: bytes) -> str:
    """Check it by the rules of the house, and read it as `make run` does."""
    found = [one_line(str(problem)) for problem in house_rules.problems(folder / "a.ipynb")]
    try:
        to_bytes(tidy(read(folder / "a.ipynb")))
    except NotebookFailed as error:
        if not found:
            raise Broken("make run refuses what the house rules find no problem in") from error
    return found[0] if found else ""


# --- texts --------------------------------------------------------------------------------------------------


def texts_folder(folder: Path) -> bytes:
    """An empty folder for the text of an article."""
    (folder / "texts").mkdir()
    return TEXT.encode()


def spoilt_text(rng: Random, folder: Path, good: bytes) -> bytes:
    """Spoil the text, and name places in it that may be right."""
    content = spoilt(rng, good, spoil.raw)
    write(folder / "texts" / "a.txt", content)
    places = []
    for _ in range(6):
        start = rng.choice([12, 0, 33, rng.randrange(-5, 90), 2**62])
        end = start + rng.choice([2, 2, 0, -1, 7, 2**61])
        places.append([rng.choice([0, 1, 0, 1, -1, 2**62, None]), rng.choice([start, start, None]), end])
    return json.dumps([content.hex(), places]).encode()


def verify_text(folder: Path, made: bytes) -> str:
    """Verify the places: right are exactly those whose characters are the token."""
    encoded, places = json.loads(made)
    content = bytes.fromhex(encoded)
    text = content.decode("utf-8", "replace")
    paragraphs = sum(bool(line.strip()) for line in text.split("\n"))
    digest = hashlib.sha256(content).hexdigest()
    row = {"article_id": "ja", "file_name": "a.txt", "sha256": digest}
    article = pd.DataFrame([row | {"characters": len(text), "paragraphs": paragraphs}])
    found = pd.DataFrame(places, columns=["paragraph", "start", "end"]).astype("Int64")
    found["fact_id"] = [f"I{number}" for number in range(len(found))]
    found = found.assign(article_id="ja", token="12")
    result = evidence.verify(folder / "texts", articles=article, evidence=found)
    if not result["ok"].iloc[0]:
        raise Broken(f"the text itself is said to be wrong: {result['problem'].iloc[0]}")
    for (paragraph, start, end), ok in zip(places, result["ok"].iloc[1:], strict=True):
        here = [paragraph, start, end]
        token = None if None in here or start < 0 or end > len(text) else text[start:end]
        lines = [line for line in text.split("\n") if line.strip()]
        right = token == "12" and 0 <= paragraph < len(lines) and text[:start].count("\n") == text[:end].count("\n")
        if ok and not right:
            raise Broken(f"place {here} is said to be right")
    wrong = result["problem"].dropna()
    return one_line(wrong.iloc[0]) if len(wrong) else ""


def sentences(folder: Path) -> dict[str, str]:
    """Sentences with quantities of many kinds, by language."""
    return TEXTS


def spoilt_sentence(rng: Random, folder: Path, good: dict[str, str]) -> bytes:
    """A spoilt sentence, its language or another, now and then one that there is not."""
    content = spoilt(rng, rng.choice([*good.values()]).encode(), spoil.raw).decode("utf-8", "replace")
    for _ in range(rng.randint(0, 3)):
        here = rng.randrange(len(content) + 1)
        added = rng.choice([*spoil.CELLS, "万", "億", "juta", "bn", "%", "年", "第", "-"])
        content = content[:here] + added + content[here:]
    return json.dumps([rng.choice([*good, *good, "fr", ""]), content]).encode()


def extract_quantities(folder: Path, made: bytes) -> str:
    """Extract: every token stands at its place, from left to right, none over another."""
    language, text = json.loads(made)
    try:
        found = extract(text, language)
    except ValueError as error:
        if language in TEXTS:
            raise
        return one_line(str(error))
    last = 0
    for row in found.itertuples():
        if text[row.start : row.end] != row.token or not last <= row.start < row.end:
            raise Broken(f"the token {row.token!r} does not stand at {row.start}")
        last = row.end
        if isinstance(row.value, float) and not math.isfinite(row.value):
            raise Broken(f"the value of {row.token!r} is {row.value}")
    return ""


TARGETS = {
    "table": Target(5, package_files, spoilt_table, load_table),
    "schema": Target(2, small_package, spoilt_schema, load_package),
    "command": Target(2, known_words, spoilt_words, run_command),
    "notebook": Target(1, good_notebook, spoilt_notebook, check_notebook),
    "verify": Target(1, texts_folder, spoilt_text, verify_text),
    "extract": Target(1, sentences, spoilt_sentence, extract_quantities),
}


# --- trying them --------------------------------------------------------------------------------------------


def spoilt(rng: Random, content: bytes, spoiler: Callable[[Random, bytes], bytes]) -> bytes:
    """Content spoilt one to three times."""
    for _ in range(rng.randint(1, 3)):
        content = spoiler(rng, content)
    return content


def write(path: Path, content: bytes) -> bytes:
    """Write a file; return what was written."""
    path.write_bytes(content)
    return content


def one_line(said: str) -> str:
    """A message as it is, if it is one printable line."""
    if not said.strip() or len(said.splitlines()) != 1 or "Traceback" in said:
        raise Broken(f"a message that is not one line: {said[:300]!r}")
    return said


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Hang in here after so many seconds, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise Hang(f"not done within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def listing(folder: Path) -> list[tuple[str, int, int]]:
    """All files with size and time of change."""
    files = (Path(where) / name for where, _, names in os.walk(folder) for name in names)
    return sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)


def fuzz(name: str, inputs: int, *, seed: int, first: int = 0, keep: Path | None = None) -> Tally:
    """Try so many different inputs on one target, numbered from `first`; `keep` gets the files of the last."""
    target = TARGETS[name]
    seen: set[bytes] = set()
    reasons: set[str] = set()
    failures: list[Failure] = []
    accepted = refused = 0
    slowest = 0.0
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="aicities-fuzz-") as temporary:
        folder = Path(temporary)
        good = target.prepare(folder)
        (folder / "here").mkdir()
        number = first
        while len(seen) < inputs:
            made = target.make(Random(f"{seed} {name} {number}"), folder, good)
            digest = hashlib.sha256(made).digest()
            if digest in seen:
                number += 1
                continue
            seen.add(digest)
            before, began = listing(folder), time.monotonic()
            try:
                with contextlib.chdir(folder / "here"), within(LIMIT):
                    said = target.use(folder, made)
                if listing(folder) != before:
                    raise Broken("a file was written")
            except (Exception, Hang) as error:
                what = f"{type(error).__name__}: {error}".splitlines()[0][:300]
                failures.append(Failure(name, number, what, traceback.format_exc()))
            else:
                accepted, refused = accepted + (not said), refused + bool(said)
                if said:
                    reasons.add(re.sub(r"'.*?'|\".*?\"|[0-9]+|; expected .*", "", said))
            slowest = max(slowest, time.monotonic() - began)
            number += 1
        if keep is not None:
            shutil.rmtree(keep, ignore_errors=True)
            shutil.copytree(folder, keep)
            write(keep / "input", made)
    return Tally(name, len(seen), accepted, refused, len(reasons), time.monotonic() - start, slowest, failures)


def report(tallies: list[Tally]) -> str:
    """The counts as a table, and the failures, one a line."""
    columns = ("tried", "accepted", "refused", "reasons", "failed", "seconds", "slowest")
    lines = ["read by".ljust(9) + "".join(name.rjust(9) for name in columns)]
    for one in tallies:
        counts = (one.tried, one.accepted, one.refused, one.reasons, len(one.failures))
        cells = "".join(f"{count:9,}" for count in counts)
        lines.append(f"{one.target:9}{cells}{one.seconds:9.1f}{one.slowest:9.2f}")
    tried, failed = sum(one.tried for one in tallies), sum(len(one.failures) for one in tallies)
    lines.append(f"{tried:,} different inputs tried, {failed:,} failed")
    lines += [f"{fail.target} {fail.number}: {fail.what}" for one in tallies for fail in one.failures]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--inputs", type=int, default=12_000, help="how many (default: 12,000)")
    parser.add_argument("--seed", type=int, default=0, help="which ones (default: 0)")
    parser.add_argument("--only", choices=TARGETS, help="one target only")
    parser.add_argument("--number", type=int, help="with --only: this input alone, kept in build/fuzz/")
    options = parser.parse_args(arguments)
    if options.inputs < len(TARGETS) or (options.number is not None and not options.only):
        parser.error(f"--inputs is at least {len(TARGETS)}; --number needs --only")
    if options.number is not None:
        tallies = [fuzz(options.only, 1, seed=options.seed, first=options.number, keep=KEPT)]
    else:
        chosen = {name: target for name, target in TARGETS.items() if options.only in (None, name)}
        whole = sum(target.share for target in chosen.values())
        shares = {name: math.ceil(options.inputs * target.share / whole) for name, target in chosen.items()}
        tallies = [fuzz(name, inputs, seed=options.seed) for name, inputs in shares.items()]
    print(report(tallies))
    if options.number is not None:
        print("".join(fail.trace for fail in tallies[0].failures), end="")
    return int(any(one.failures for one in tallies))


if __name__ == "__main__":
    sys.exit(main())
