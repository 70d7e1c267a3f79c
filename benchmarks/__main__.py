"""Run benchmarks against the peers, print what they say, and write it to ``build/benchmarks``.

    python -m benchmarks                    # all bench_*.py
    python -m benchmarks rankings           # those of one module
    python -m benchmarks rankings -k tau    # of these, the cases whose name has "tau" in it
    python -m benchmarks --record           # replace the results that are committed

A module has ``cases()``: a list with, for each case, its ``name``, its ``target`` in words, the works it needs,
``ours`` (run by this Python) and ``peers`` (run by the Python of the peers), and ``judge``, a function from the
results of these works to what was measured, in words, and whether the target was met (``None``: only reported).
Run as a script with the name of a work, the module does this work and prints its result as one line of JSON, of
which ``versions`` says what was measured.

A module with ``ROUNDS`` has all its works run that often, ours and the peers' in turn, and the median of each counts.
One with ``picture(results, path)`` draws what it measured.

The peers' Python is the one that ``PEERS_PYTHON`` names, or that of ``build/peers``, which is made from
requirements.txt here the first time that a case needs it. R and its packages are taken if they are installed. Works
run one after another, never two at a time. The noise of the machine is measured first and said; ``--record`` refuses
to replace anything under load, with peers missing, with failed works, or with some cases only.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
BUILD = HERE.parent / "build"
HEADER = ("work", "target", "measured", "met")
# The same work may take so much longer in one run of four than in the fastest, and so many processes may wait for each
# processor, before a result says more about the machine than about the code.
MOST_SPREAD = 0.1
MOST_LOAD = 0.5
# What a work says, and nothing else, that has looked for a peer in vain.
MISSING = "peer not installed"

Result = dict[str, Any]
Row = tuple[str, str, str, str]


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen modules; 1 if a target was missed or a work failed, 2 if nothing may be recorded."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the package against its peers.")
    parser.add_argument("modules", nargs="*", metavar="module", help=f"of {', '.join(known)}; all if none is named")
    parser.add_argument("-k", default="", metavar="WORDS", help="only the cases with these words in their name")
    parser.add_argument("--record", action="store_true", help="replace the committed results")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.modules) - set(known))
    if unknown:
        parser.error(f"no module {', '.join(unknown)}; there are {', '.join(known)}")
    if options.record and options.k:
        parser.error("--record replaces whole results; leave out -k")
    chosen = {name: matching(name, options.k) for name in options.modules or known}
    if not any(chosen.values()):
        parser.error(f"no case has {options.k!r} in its name")
    quiet, words = noise()
    print(words, file=sys.stderr, flush=True)
    if options.record and not quiet:
        print("nothing is recorded under such load; wait until the machine is quiet", file=sys.stderr)
        return 2
    if any(case["peers"] for cases in chosen.values() for case in cases):
        set_up_peers()
    missed = refused = False
    for name, cases in chosen.items():
        if not cases:
            continue
        rows, versions, results = measured(name, cases)
        text = report(name, rows, versions, words)
        print(text, flush=True)
        complete = all(row[3] not in ("failed", "not run") for row in rows)
        folder = RESULTS if options.record and complete else BUILD / "benchmarks"
        if options.record and not complete:
            refused = True
            print(f"{name}: not recorded, because some works failed or have no peer", file=sys.stderr)
        if not options.k:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
            picture = getattr(importlib.import_module(f"benchmarks.bench_{name}"), "picture", None)
            if picture is not None and complete:
                picture(results, folder / f"{name}.svg")
        missed |= any(row[3] in ("no", "failed") for row in rows)
    return 2 if refused else int(missed)


def noise(runs: int = 40) -> tuple[bool, str]:
    """Whether the machine is quiet enough for a record, and its noise in words."""
    numbers = list(range(200_000))
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        sum(numbers)
        seconds.append(time.perf_counter() - start)
    spread = statistics.quantiles(seconds, n=4)[2] / min(seconds) - 1
    load = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0
    words = (
        f"Noise: one run in four of the same work takes {spread:.0%} longer than the fastest or more; load {load:.2f}"
    )
    return spread <= MOST_SPREAD and load <= MOST_LOAD, f"{words} for each processor."


def set_up_peers() -> None:
    """Make the environment of the peers if there is none yet; without a network their rows say so."""
    if peers_python() is not None:
        return
    print("Setting up the peers in build/peers …", file=sys.stderr, flush=True)
    folder = BUILD / "peers"
    steps = [
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "-r", str(HERE / "requirements.txt")],
    ]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"the peers could not be set up: {last_line(done.stderr)}", file=sys.stderr)
            return
    (folder / "complete").touch()


def matching(name: str, words: str) -> list[dict[str, Any]]:
    """The cases of a module with these words in their name."""
    cases = importlib.import_module(f"benchmarks.bench_{name}").cases()
    return [case for case in cases if words.casefold() in case["name"].casefold()]


def measured(name: str, cases: list[dict[str, Any]]) -> tuple[list[Row], dict[str, str], dict[str, Result]]:
    """The rows of one module's table, the versions of what was measured, and the results of the works."""
    module = importlib.import_module(f"benchmarks.bench_{name}")
    works = dict.fromkeys((work, peer) for case in cases for peer in (False, True) for work in case[KIND[peer]])
    runs: dict[str, list[Result]] = {}
    problems: dict[str, str] = {}
    for work, peer in list(works) * getattr(module, "ROUNDS", 1):
        python = peers_python() if peer else sys.executable
        if python is None:
            problems[work] = MISSING
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
    return [row(case, results, problems) for case in cases], versions, results


def median(found: list[Result]) -> Result:
    """Of several results of a work, the one whose time is in the middle."""
    return sorted(found, key=lambda result: result.get("seconds", 0.0))[len(found) // 2]


KIND = {False: "ours", True: "peers"}


def row(case: dict[str, Any], results: dict[str, Result], problems: dict[str, str]) -> Row:
    """One line of the table."""
    wrong = [problems[work] for work in (*case["ours"], *case["peers"]) if work in problems]
    if wrong:
        return case["name"], case["target"], wrong[0], "not run" if wrong[0] == MISSING else "failed"
    text, met = case["judge"](results)
    return case["name"], case["target"], text, {True: "yes", False: "no", None: "–"}[met]


def run(script: str, work: str, python: str) -> Result | str:
    """The result of one work in its own process, or the last line of what went wrong."""
    done = subprocess.run(
        [python, script, work], cwd=HERE.parent, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return last_line(done.stderr) or f"exit code {done.returncode}"
    return json.loads(done.stdout.strip().splitlines()[-1])


def last_line(text: str) -> str:
    """The last line of what a program said; empty if it said nothing."""
    return (text.strip().splitlines() or [""])[-1]


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
    folder = BUILD / "peers"
    return str(folder / "bin" / "python") if (folder / "complete").exists() else None


def report(name: str, rows: Iterable[Row], versions: dict[str, str], noise: str) -> str:
    """A page of Markdown whose table can also be read in a terminal."""
    cells = [HEADER, *rows]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEADER))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    listed = ", ".join(f"{package} {number}" for package, number in sorted(versions.items()))
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors; {listed}."
    return "\n".join([f"# Benchmarks: {name}", "", machine, noise, "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
