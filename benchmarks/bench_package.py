"""What the package costs its users: its import, loading the tables, re-executing the collection.

Run as a script with the name of a work, it does that work and prints one line of JSON:

    python benchmarks/bench_package.py imports
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

Result = dict[str, Any]


def imports(runs: int = 11) -> Result:
    """Processor seconds of a process that imports pandas, and of one that imports the package, in turn."""
    seconds: dict[str, list[float]] = {"pandas": [], "aicities": []}
    for run in range(runs + 1):
        for name, times in seconds.items():
            spent = processor_seconds([sys.executable, "-c", f"import {name}"])
            if run:  # the first of each is a warm-up
                times.append(spent)
    return {name: statistics.median(times) for name, times in seconds.items()} | versions("pandas")


def load(runs: int = 9) -> Result:
    """Processor seconds to load every table in a fresh process: with all checks, and by pandas, dtypes given."""
    medians = {}
    for name in ("ours", "pandas"):
        once = [sys.executable, __file__, f"load_{name}"]
        times = [
            json.loads(subprocess.run(once, capture_output=True, check=True, text=True).stdout) for _ in range(runs + 1)
        ]
        medians[name] = statistics.median(times[1:])
    return medians | versions("pandas")


def load_ours() -> float:
    """Seconds of the first load of every table in this process."""
    import pandas as pd

    import aicities

    aicities.names()
    pd.read_csv(io.StringIO("a\n1\n"))  # pandas warm, as in the other process; none of our tables read yet
    start = time.process_time()
    aicities.load_all()
    return time.process_time() - start


def load_pandas() -> float:
    """Seconds to read the same files with the dtypes that the schema gives, unchecked."""
    import pandas as pd

    import aicities

    dtypes = {name: aicities.load(name).dtypes.to_dict() for name in aicities.names()}
    jobs = []
    for name, columns in dtypes.items():
        dates = [column for column, dtype in columns.items() if str(dtype).startswith("datetime")]
        jobs.append((ROOT / "data" / f"{name}.csv", {c: d for c, d in columns.items() if c not in dates}, dates))
    start = time.process_time()
    for path, columns, dates in jobs:
        pd.read_csv(path, dtype=columns, parse_dates=dates, keep_default_na=False, na_values=[""])
    return time.process_time() - start


def collection(runs: int = 3) -> Result:
    """Wall seconds to re-execute all notebooks with `make run`'s runner, and of kernels that only import."""
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    seconds: dict[str, list[float]] = {"notebooks": [], "imports": []}
    with tempfile.TemporaryDirectory() as folder:
        copies = {name: Path(folder) / name / "notebooks" for name in seconds}
        for name, target in copies.items():
            target.mkdir(parents=True)
            (target.parent / "data").symlink_to(ROOT / "data")  # one notebook breaks a copy of it on purpose
            for path in notebooks:
                saved = json.loads(path.read_text("utf-8"))
                if name == "imports":
                    code = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
                    saved["cells"] = code[:1]  # a house rule: the first code cell holds all imports
                (target / path.name).write_text(json.dumps(saved), "utf-8")
        commands = {
            "notebooks": [sys.executable, "-m", "tools.run"],
            "imports": [sys.executable, __file__, "execute"],
        }
        for run in range(runs + 1):
            for name, times in seconds.items():
                start = time.perf_counter()
                files = [str(path) for path in sorted(copies[name].glob("*.ipynb"))]
                subprocess.run([*commands[name], *files], cwd=ROOT, capture_output=True, check=True)
                if run:
                    times.append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    return medians | {"count": len(notebooks)} | versions("nbclient", "ipykernel")


def execute() -> int:
    """Execute the notebooks named on the command line, two at a time, each in a kernel started for it."""
    import nbformat
    from nbclient import NotebookClient

    paths = [Path(name) for name in sys.argv[2:]]

    async def all_of_them() -> None:
        slots = asyncio.Semaphore(2)

        async def one(path: Path) -> None:
            async with slots:
                await NotebookClient(
                    nbformat.read(path, 4), resources={"metadata": {"path": path.parent}}
                ).async_execute()

        await asyncio.gather(*map(one, paths))

    asyncio.run(all_of_them())
    return len(paths)


def processor_seconds(command: list[str]) -> float:
    """User and system seconds of one process."""
    before = os.times()
    subprocess.run(command, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def versions(*packages: str) -> Result:
    """The entry that says what was measured."""
    return {"versions": {name: version(name) for name in packages}}


WORKS: dict[str, Callable[[], Any]] = {
    "imports": imports,
    "load": load,
    "collection": collection,
    "load_ours": load_ours,
    "load_pandas": load_pandas,
    "execute": execute,
}


def ratio(work: str, ours: str, floor: str, most: float) -> Callable[[dict[str, Result]], tuple[str, bool]]:
    """Judge how many times the floor ours takes."""

    def judge(results: dict[str, Result]) -> tuple[str, bool]:
        mine, theirs = results[work][ours], results[work][floor]
        return f"{mine * 1e3:,.0f} ms / {theirs * 1e3:,.0f} ms = {mine / theirs:.2f}", mine / theirs < most

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs, and how it is judged."""
    return [
        {
            "name": "import aicities, against import pandas",
            "target": "under 1.15 times",
            "ours": ["imports"],
            "peers": [],
            "judge": ratio("imports", "aicities", "pandas", 1.15),
        },
        {
            "name": "load of every table, against pandas.read_csv with dtypes given",
            "target": "under 1.5 times",
            "ours": ["load"],
            "peers": [],
            "judge": ratio("load", "ours", "pandas", 1.5),
        },
        {
            "name": "the whole collection, against kernels that only import",
            "target": "under 1.35 times",
            "ours": ["collection"],
            "peers": [],
            "judge": ratio("collection", "notebooks", "imports", 1.35),
        },
    ]


if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]]()))
