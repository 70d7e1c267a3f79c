"""How time and memory of the rank statistics grow with size, up to sizes at which peers stop; with a picture.

Run as a script with the name of a work, it does that work in this process and prints one line of JSON: seconds of
the processor and the peak of what is allocated above the inputs, for each size. Beside each stands what the plain
way of doing it takes for the same size, as far as it gets in a few seconds and 2 GiB.
"""

from __future__ import annotations

import json
import os
import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is imported

import numpy as np
import pandas as pd

import rankstats

Result = dict[str, Any]
MEBIBYTE = 2**20
# A plain way that took so many seconds for one size is not asked for the next.
PATIENCE = 2.0


def lists(count: int, places: int) -> pd.DataFrame:
    """Random complete lists as a table."""
    rng = np.random.default_rng(0)
    names = [f"p{number:05}" for number in range(places)]
    return pd.DataFrame({f"l{number}": rng.permutation(places) + 1 for number in range(count)}, index=names)


def values(places: int) -> pd.DataFrame:
    """Places × 50 indicators."""
    return pd.DataFrame(np.random.default_rng(0).random((places, 50)) + 0.1)


def counts(places: int) -> pd.DataFrame:
    """Places × 20 activities, a few cases in each cell."""
    return pd.DataFrame(np.random.default_rng(0).poisson(3, (places, 20)))


def by_mean(table: pd.DataFrame) -> None:
    """Mean of ranks, list by list, as pandas gives it."""
    table.rank().mean(axis=1).rank()


def by_pairs(table: pd.DataFrame) -> None:
    """Votes of each two places from one array of all comparisons."""
    array = table.to_numpy()
    (array[:, None, :] < array[None, :, :]).sum(axis=2)


def loop_of_draws(table: pd.DataFrame) -> None:
    """A thousand drawn weights, one after another."""
    array, rng = table.to_numpy(), np.random.default_rng(1)
    ranks = np.zeros((len(array), len(array)), dtype=np.int32)
    for weights in rng.dirichlet(np.ones(array.shape[1]), 1000):
        ranks[np.argsort(-(array @ weights)), np.arange(len(array))] += 1


def taus(table: pd.DataFrame) -> None:
    """Kendall's tau of each two lists."""
    table.corr(method="kendall")


def read(table: pd.DataFrame) -> rankstats.Lists:
    """The lists of a table."""
    return rankstats.read(table)


class Work(NamedTuple):
    """Sizes, input of a size, what is made of it before the clock starts, our work, and the plain way if any."""

    unit: str
    sizes: list[int]
    make: Callable
    prepare: Callable
    ours: Callable
    plain: Callable | None


def same(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is."""
    return table


WORKS = {
    "borda": Work("lists of 1,000 places", [20, 200, 2000], lambda n: lists(n, 1000), read, rankstats.borda, by_mean),
    "copeland": Work(
        "lists of 500 places", [10, 100, 1000], lambda n: lists(n, 500), read, rankstats.copeland, by_pairs
    ),
    "agreement": Work("lists of 100 places", [25, 100, 400], lambda n: lists(n, 100), read, rankstats.agreement, taus),
    "acceptability": Work(
        "places, 50 indicators, 1,000 draws",
        [100, 1000, 10_000],
        values,
        same,
        lambda table: rankstats.acceptability(table, draws=1000),
        loop_of_draws,
    ),
    "quotients with intervals": Work(
        "places, 20 activities",
        [10, 100, 1000],
        counts,
        same,
        lambda table: rankstats.interval(table, "location_quotient"),
        None,
    ),
}


def measured(name: str) -> Result:
    """Seconds and bytes for each size, of ours and of the peer."""
    unit, sizes, make, prepare, ours, plain = WORKS[name]
    rows, patient = [], True
    for size in sizes:
        table = make(size)
        given = prepare(table)
        ours(prepare(make(sizes[0])))
        row: dict[str, Any] = {"size": size, "seconds": _seconds(ours, given), "bytes": _peak(ours, given)}
        if plain is not None and patient and table.shape[0] ** 2 * table.shape[1] < 2**31:
            row["theirs"] = _seconds(plain, table)
            patient = row["theirs"] < PATIENCE
        rows.append(row)
    return {"unit": unit, "rows": rows, "versions": {"numpy": version("numpy"), "pandas": version("pandas")}}


def _seconds(work: Callable, given: object) -> float:
    start = time.process_time()
    work(given)
    return time.process_time() - start


def _peak(work: Callable, given: object) -> int:
    tracemalloc.start()
    work(given)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def judged(name: str, limit: float, memory: float) -> Callable[[dict[str, Result]], tuple[str, bool]]:
    """Judge the largest size by seconds and by MiB."""

    def judge(results: dict[str, Result]) -> tuple[str, bool]:
        rows = results[name]["rows"]
        last = rows[-1]
        text = f"{last['seconds']:.2f} s, {last['bytes'] / MEBIBYTE:,.0f} MiB"
        both = [row for row in rows if "theirs" in row][-1:]
        for row in both:
            text += f"; at {row['size']:,} {row['theirs'] / row['seconds']:.1f} times as fast as the plain way"
        return text, last["seconds"] < limit and last["bytes"] < memory * MEBIBYTE

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs, and how it is judged."""
    limits = {
        "borda": (10, 512),
        "copeland": (20, 512),
        "agreement": (2, 512),
        "acceptability": (20, 2048),
        "quotients with intervals": (10, 256),
    }
    return [
        {
            "name": f"{name}, {WORKS[name].sizes[-1]:,} {WORKS[name].unit}",
            "target": f"under {seconds} s and {memory:,} MiB",
            "ours": [name],
            "peers": [],
            "judge": judged(name, seconds, memory),
        }
        for name, (seconds, memory) in limits.items()
    ]


def picture(results: dict[str, Result], path: Path) -> None:
    """Time and memory against size, both axes in powers of ten."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "growth"
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    for name, found in results.items():
        sizes = [row["size"] for row in found["rows"]]
        axes[0].loglog(sizes, [row["seconds"] for row in found["rows"]], "o-", label=f"{name} ({found['unit']})")
        axes[1].loglog(sizes, [row["bytes"] / MEBIBYTE for row in found["rows"]], "o-")
    axes[0].set(xlabel="size", ylabel="seconds of the processor")
    axes[1].set(xlabel="size", ylabel="MiB allocated above the inputs")
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize="small")
    fig.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
