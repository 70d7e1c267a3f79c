"""Run all benchmarks, print what they say, and write it to ``build/benchmarks``.

    python -m benchmarks                    # all bench_*.py
    python -m benchmarks rankings           # those of one module
    python -m benchmarks rankings -k tau    # of these, the cases whose name has "tau" in it
    python -m benchmarks --record           # write to benchmarks/results, as what is published

A module has ``cases()``: a list with, for each case, its ``name``, its ``target`` in words, the works it needs,
``ours`` (run by this Python) and ``peers`` (run by the Python of the peers), and ``judge``, a function from the
results of these works to what was measured, in words, and whether the target was met (``None``: only reported).
Run as a script with the name of a work, the module does this work and prints its result as one line of JSON, of
which ``versions`` says what was measured.

A module with ``ROUNDS`` has all its works run that often, ours and the peers' in turn, and the median of each counts.

The peers' Python is the one that ``PEERS_PYTHON`` names, or that of ``build/peers``; see requirements.txt here.
Works run one after another, never two at a time.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS, RECORDED = HERE.parent / "build" / "benchmarks", HERE / "results"
HEADER = ("work", "target", "measured", "met")

Result = dict[str, Any]
Row = tuple[str, str, str, str]


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen modules; 1 if a target was missed or a work failed."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the package against its peers.")
    parser.add_argument("modules", nargs="*", metavar="module", help=f"of {', '.join(known)}; all if none is named")
    parser.add_argument("-k", default="", metavar="WORDS", help="only the cases with these words in their name")
    parser.add_argument("--record", action="store_true", help="write to benchmarks/results, as what is published")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.modules) - set(known))
    if unknown:
        parser.error(f"no module {', '.join(unknown)}; there are {', '.join(known)}")
    missed = False
    for name in options.modules or known:
        rows, versions = measured(name, options.k)
        if not rows:
            continue
        text = report(name, rows, versions)
        print(text, flush=True)
        if not options.k:
            results = RECORDED if options.record else RESULTS
            results.mkdir(parents=True, exist_ok=True)
            (results / f"{name}.md").write_text(text, encoding="utf-8")
        missed |= any(row[3] in ("no", "failed") for row in rows)
    return int(missed)


def measured(name: str, words: str) -> tuple[list[Row], dict[str, str]]:
    """The rows of one module's table, and the versions of what was measured."""
    module = importlib.import_module(f"benchmarks.bench_{name}")
    cases = [case for case in module.cases() if words.casefold() in case["name"].casefold()]
    works = dict.fromkeys((work, peer) for case in cases for peer in (False, True) for work in case[KIND[peer]])
    runs: dict[str, list[Result]] = {}
    problems: dict[str, str] = {}
    for work, peer in list(works) * getattr(module, "ROUNDS", 1):
        python = peers_python() if peer else sys.executable
        if python is None:
            problems[work] = "peer not installed"
            continue
        print(f"{name}: {work} …", file=sys.stderr, flush=True)
        result = run(module.__file__, work, python)
        if isinstance(result, str):
            problems[work] = result
        else:
            runs.setdefault(work, []).append(result)
    results = {work: median(found) for work, found in runs.items()}
    versions: dict[str, str] = {}
    for result in results.values():
        versions |= result["versions"]
    return [row(case, results, problems) for case in cases], versions


def median(found: list[Result]) -> Result:
    """Of several results of a work, the one whose time is in the middle."""
    return sorted(found, key=lambda result: result.get("seconds", 0.0))[len(found) // 2]


KIND = {False: "ours", True: "peers"}


def row(case: dict[str, Any], results: dict[str, Result], problems: dict[str, str]) -> Row:
    """One line of the table."""
    wrong = [problems[work] for work in (*case["ours"], *case["peers"]) if work in problems]
    if wrong:
        return case["name"], case["target"], wrong[0], "not run" if wrong[0] == "peer not installed" else "failed"
    text, met = case["judge"](results)
    return case["name"], case["target"], text, {True: "yes", False: "no", None: "–"}[met]


def run(script: str, work: str, python: str) -> Result | str:
    """The result of one work in its own process, or the last line of what went wrong."""
    done = subprocess.run(
        [python, script, work], cwd=HERE.parent, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return json.loads(done.stdout.strip().splitlines()[-1])


def environment() -> dict[str, str]:
    """That of this process; the package is imported from this checkout whether it is installed or not."""
    source = str(HERE.parent / "src")
    path = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore", "MPLBACKEND": "Agg"}


def peers_python() -> str | None:
    """The Python that has the peers, if there is one."""
    named = os.environ.get("PEERS_PYTHON")
    if named:
        return named
    found = HERE.parent / "build" / "peers" / "bin" / "python"
    return str(found) if found.exists() else None


def report(name: str, rows: Iterable[Row], versions: dict[str, str]) -> str:
    """A page of Markdown whose table can also be read in a terminal."""
    cells = [HEADER, *rows]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEADER))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    listed = ", ".join(f"{package} {number}" for package, number in sorted(versions.items()))
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors; {listed}."
    return "\n".join([f"# Benchmarks: {name}", "", machine, "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
