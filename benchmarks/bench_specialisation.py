"""Location quotients against ecomplexity, from the table and from a list of its cells.

Run as a script with the name of a work, it does that work in this process and prints one line of JSON. Judged by
processor time, as in bench_composite.
"""

from __future__ import annotations

import contextlib
import io
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

SHAPE = (338, 200)

Result = dict[str, Any]


def amounts() -> pd.DataFrame:
    """Places × activities, all positive."""
    rows = [f"place {k:03}" for k in range(SHAPE[0])]
    columns = [f"activity {k:03}" for k in range(SHAPE[1])]
    return pd.DataFrame(np.random.default_rng(0).integers(1, 100, SHAPE), index=rows, columns=columns)


def cells() -> pd.DataFrame:
    """The same as a list of cells, the form that ecomplexity takes."""
    listed = amounts().rename_axis(index="place", columns="activity").stack().rename("amount").reset_index()
    return listed.assign(year=2024)


def median_of(work: Callable[[], object], runs: int) -> dict[str, float]:
    """Median seconds of several runs after a warm-up, by the processor's clock and by the wall's."""
    work()
    seconds, wall = [], []
    for _ in range(runs):
        start, wall_start = time.process_time(), time.perf_counter()
        work()
        seconds.append(time.process_time() - start)
        wall.append(time.perf_counter() - wall_start)
    return {"seconds": statistics.median(seconds), "wall": statistics.median(wall)}


def ours() -> Result:
    """Location quotients of the table, and from the list of cells by a pivot."""
    import rankstats

    table, listed = amounts(), cells()

    def from_cells() -> pd.DataFrame:
        return rankstats.location_quotient(listed.pivot(index="place", columns="activity", values="amount"))

    return {
        "table": median_of(lambda: rankstats.location_quotient(table), 101),
        "cells": median_of(from_cells, 21),
        "versions": {"pandas": version("pandas")},
    }


def ecomplexity() -> Result:
    """Its public call, which gives revealed comparative advantage with more; and the steps for that alone."""
    from ecomplexity import ecomplexity as public
    from ecomplexity.ComplexityData import ComplexityData

    listed = cells()
    columns = {"time": "year", "loc": "place", "prod": "activity", "val": "amount"}

    def alone() -> np.ndarray:
        data = ComplexityData(listed, columns, "coerce")
        data.create_full_df(2024)
        data.calculate_rca()
        return data.rca_t

    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return {
            "public": median_of(lambda: public(listed, columns, verbose=False), 7),
            "alone": median_of(alone, 15),
            "versions": {"ecomplexity": version("ecomplexity")},
        }


WORKS: dict[str, Callable[[], Result]] = {"ours": ours, "ecomplexity": ecomplexity}


def compared(theirs: str, mine: str, target: float | None) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """Judge how many times faster ours is; without a target it is only reported."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        slow, fast = results["ecomplexity"][theirs], results["ours"][mine]
        ratio = slow["seconds"] / fast["seconds"]
        text = f"{slow['seconds'] * 1e3:.1f} ms / {fast['seconds'] * 1e3:.2f} ms = {ratio:.0f} times"
        return f"{text} (wall {slow['wall'] / fast['wall']:.0f})", None if target is None else ratio >= target

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs (those of peers apart), and how it is judged."""
    both = {"ours": ["ours"], "peers": ["ecomplexity"]}
    return [
        {
            "name": "location quotients, 338 × 200, against ecomplexity's public call",
            "target": "at least 50 times faster",
            **both,
            "judge": compared("public", "table", 50),
        },
        {
            "name": "the same, against its steps for revealed comparative advantage alone",
            "target": "reported",
            **both,
            "judge": compared("alone", "table", None),
        },
        {
            "name": "the same, both from a list of cells, our pivot included",
            "target": "reported",
            **both,
            "judge": compared("alone", "cells", None),
        },
    ]


if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]]()))
