"""Rank acceptability and chances to be ahead, against a floor, exact fractions and three peers.

Run as a script with the name of a work, it does that work in this process and prints one line of JSON:

    python benchmarks/bench_composite.py ours_338

The works of peers import the peer and numpy only, so they run in the peers' own environment. All works run in
one thread (but the one that counts threads), so they are judged by processor time: on a busy machine the wall's clock
measures what others do. Both are printed.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import version
from typing import Any

if __name__ == "__main__" and sys.argv[1:] != ["threads"]:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is imported

import numpy as np

LARGE = (338, 20, 10_000)
SMALL = (3, 5, 1_000_000)
# Peers are looped over so many draws, and their time is scaled up to all: a loop's time is proportional.
PEER_DRAWS = {"pydecision": 2000, "pymcdm": 2000, "skcriteria": 100}
MEBIBYTE = 2**20
# Ours and the peers' run at different times, and what else the machine does then weighs as much as they.
ROUNDS = 3

Result = dict[str, Any]


def matrix(shape: tuple[int, int, int]) -> np.ndarray:
    """Values between 0.1 and 1.1: no zeros, which some peers divide by."""
    return np.random.default_rng(0).random(shape[:2]) + 0.1


def median_of(work: Callable[[], object], runs: int = 41) -> dict[str, float]:
    """Median seconds of several runs after a warm-up, by the processor's clock and by the wall's."""
    work()
    seconds, wall = [], []
    for _ in range(runs):
        start, wall_start = time.process_time(), time.perf_counter()
        work()
        seconds.append(time.process_time() - start)
        wall.append(time.perf_counter() - wall_start)
    return {"seconds": statistics.median(seconds), "wall": statistics.median(wall)}


# our works


def ours(shape: tuple[int, int, int]) -> Result:
    """Rank acceptability with drawing, and its time."""
    import pandas as pd

    import rankstats

    values = pd.DataFrame(matrix(shape))
    times = median_of(lambda: rankstats.acceptability(values, draws=shape[2], seed=1), 41 if shape == LARGE else 11)
    return {**times, "versions": {"numpy": version("numpy"), "pandas": version("pandas")}}


def floor(shape: tuple[int, int, int]) -> Result:
    """The matrix product, one sort of each row and the counting, each alone and at its best."""
    places, criteria, draws = shape
    right = np.ascontiguousarray(matrix(shape).T)
    weights = np.random.default_rng(1).dirichlet(np.ones(criteria), draws)
    size = 512
    scores = np.empty((draws, places))
    parts = [slice(start, start + size) for start in range(0, draws, size)]

    def product() -> None:
        for part in parts:
            np.matmul(weights[part], right, out=scores[part])

    product()
    scratch = np.empty((size, places))

    def copy() -> None:
        for part in parts:
            block = scores[part]
            scratch[: len(block)] = block

    def copy_and_sort() -> None:
        for part in parts:
            block = scores[part]
            scratch[: len(block)] = block
            scratch[: len(block)].sort(axis=1)

    cells = np.argsort(-scores, axis=1) * places + np.arange(places)
    table = np.zeros(places * places, dtype=np.int64)

    def count() -> None:
        for part in parts:
            np.add.at(table, cells[part].reshape(-1), 1)

    both, copied, products, counts = (median_of(w) for w in (copy_and_sort, copy, product, count))
    total = {clock: both[clock] - copied[clock] + products[clock] + counts[clock] for clock in both}
    parts_of = {"product": products["seconds"], "sort": both["seconds"] - copied["seconds"], "count": counts["seconds"]}
    return {**total, "parts": parts_of, "versions": {"numpy": version("numpy")}}


def memory(shape: tuple[int, int, int]) -> Result:
    """Peak of what is allocated during a call, above its inputs, for few and for ten times as many draws."""
    import tracemalloc

    import pandas as pd

    import rankstats

    values = pd.DataFrame(matrix(shape))
    rankstats.acceptability(values, draws=500)
    peaks = {}
    for draws in (shape[2] // 10, shape[2]):
        tracemalloc.start()
        rankstats.acceptability(values, draws=draws, seed=1)
        peaks[draws] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return {"bytes": max(peaks.values()), "peaks": peaks, "versions": {"numpy": version("numpy")}}


def threads() -> Result:
    """Processor time over wall time with BLAS threads left free: 1 if the product stays in one thread."""
    import pandas as pd

    import rankstats

    values = pd.DataFrame(matrix(LARGE))
    rankstats.acceptability(values, draws=1000)
    wall, processor = time.perf_counter(), time.process_time()
    rankstats.acceptability(values, draws=100_000)
    ratio = (time.process_time() - processor) / (time.perf_counter() - wall)
    return {"ratio": ratio, "versions": {"numpy": version("numpy")}}


def ahead() -> Result:
    """Chances to be ahead for all pairs: time, and largest error on 200 pairs against fractions."""
    import pandas as pd

    import rankstats

    values = matrix(LARGE)
    table = pd.DataFrame(values)
    times = median_of(lambda: rankstats.pairwise(table))
    found = rankstats.pairwise(table).matrix.to_numpy()
    error = Fraction(0)
    for a, b in np.random.default_rng(2).integers(0, LARGE[0], (200, 2)):
        if a != b:
            error = max(error, abs(Fraction(float(found[a, b])) - exact_chance(values[a] - values[b])))
    return {**times, "error": float(error), "versions": {"numpy": version("numpy")}}


def exact_chance(gaps: np.ndarray) -> Fraction:
    """Chance that a sum of exponentials with these weights is positive, by partial fractions."""
    values = [Fraction(float(gap)) for gap in gaps]
    chance = Fraction(0)
    for k, value in enumerate(values):
        if value > 0:
            term = Fraction(1)
            for other in values[:k] + values[k + 1 :]:
                term *= value / (value - other)
            chance += term
    return chance


# the peers' natural loops: draw weights, rank, count


def pydecision(shape: tuple[int, int, int]) -> Result:
    """The loop over pyDecision's simple additive weighting, without plot and print."""
    import matplotlib

    matplotlib.use("Agg")
    from pyDecision.algorithm import saw_method

    values, kinds = matrix(shape), ["max"] * shape[1]

    def order(weights: np.ndarray) -> np.ndarray:
        return np.argsort(-saw_method(values, kinds, weights, graph=False, verbose=False)[:, 1])

    return looped(shape, order, "pydecision")


def pymcdm(shape: tuple[int, int, int]) -> Result:
    """The loop over pymcdm's weighted sum model, validation off."""
    from pymcdm.methods import WSM
    from pymcdm.normalizations import max_normalization

    model, values, kinds = WSM(max_normalization), matrix(shape), np.ones(shape[1])

    def order(weights: np.ndarray) -> np.ndarray:
        return np.argsort(-model(values, weights, kinds, validation=False))

    return looped(shape, order, "pymcdm")


def skcriteria(shape: tuple[int, int, int]) -> Result:
    """The loop over scikit-criteria's weighted sum model, each draw divided by the maximum as in the others."""
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipeline import mkpipe
    from skcriteria.preprocessing.scalers import MaxAbsScaler

    model, values, kinds = mkpipe(MaxAbsScaler(target="matrix"), WeightedSumModel()), matrix(shape), [max] * shape[1]

    def order(weights: np.ndarray) -> np.ndarray:
        return np.argsort(model.evaluate(skcriteria.mkdm(values, kinds, weights=weights)).rank_)

    return looped(shape, order, "skcriteria")


def looped(shape: tuple[int, int, int], order: Callable[[np.ndarray], np.ndarray], peer: str) -> Result:
    """Time of a loop over draws, scaled to the full number of draws."""
    places, criteria, draws = shape
    measured = min(PEER_DRAWS[peer], draws)
    generator, ranks = np.random.default_rng(1), np.arange(places)
    table = np.zeros((places, places), dtype=np.int64)

    def work() -> None:
        for weights in generator.dirichlet(np.ones(criteria), measured):
            table[order(weights), ranks] += 1

    times = {clock: found * draws / measured for clock, found in median_of(work, runs=5).items()}
    package = {"skcriteria": "scikit-criteria"}.get(peer, peer)
    return {**times, "measured_draws": measured, "versions": {package: version(package)}}


WORKS: dict[str, Callable[[], Result]] = {
    "ours_338": lambda: ours(LARGE),
    "floor_338": lambda: floor(LARGE),
    "memory_338": lambda: memory(LARGE),
    "pydecision_338": lambda: pydecision(LARGE),
    "pymcdm_338": lambda: pymcdm(LARGE),
    "skcriteria_338": lambda: skcriteria(LARGE),
    "ours_3": lambda: ours(SMALL),
    "memory_3": lambda: memory(SMALL),
    "pydecision_3": lambda: pydecision(SMALL),
    "pymcdm_3": lambda: pymcdm(SMALL),
    "skcriteria_3": lambda: skcriteria(SMALL),
    "ahead": ahead,
    "threads": threads,
}


def times_faster(peer: str, own: str, target: float) -> Callable[[dict[str, Result]], tuple[str, bool]]:
    """Judge how many times faster ours is than a peer."""

    def judge(results: dict[str, Result]) -> tuple[str, bool]:
        theirs, mine = results[peer]["seconds"], results[own]["seconds"]
        wall = results[peer]["wall"] / results[own]["wall"]
        text = f"{theirs:,.2f} s / {mine * 1e3:,.1f} ms = {theirs / mine:,.0f} times (wall {wall:,.0f})"
        return text, theirs / mine >= target

    return judge


def under_floor(results: dict[str, Result]) -> tuple[str, bool]:
    """Judge ours against the floor: the loop around it, ties and central weights may take two fifths of it."""
    mine, least = results["ours_338"]["seconds"], results["floor_338"]["seconds"]
    wall = results["ours_338"]["wall"] / results["floor_338"]["wall"]
    text = f"{mine * 1e3:.1f} ms / {least * 1e3:.1f} ms = {mine / least:.2f} times (wall {wall:.2f})"
    return text, mine <= 1.4 * least


def small_memory(work: str) -> Callable[[dict[str, Result]], tuple[str, bool]]:
    """Judge the peak against 20 MiB."""

    def judge(results: dict[str, Result]) -> tuple[str, bool]:
        peaks = ", ".join(f"{int(n):,} draws {size / MEBIBYTE:.1f} MiB" for n, size in results[work]["peaks"].items())
        return peaks, results[work]["bytes"] < 20 * MEBIBYTE

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs (those of peers apart), and how it is judged."""
    found: list[dict[str, Any]] = [
        {
            "name": "rank acceptability, 338 × 20 × 10,000 draws, against the floor",
            "target": "at most 1.4 times product + sort + count",
            "ours": ["ours_338", "floor_338"],
            "peers": [],
            "judge": under_floor,
        }
    ]
    for peer, large, package in (
        ("pydecision", 50, "pyDecision"),
        ("pymcdm", 50, "pymcdm"),
        ("skcriteria", 300, "scikit-criteria"),
    ):
        for size, target, words in (("338", large, "338 × 20 × 10,000"), ("3", 400, "3 × 5 × 1,000,000")):
            found.append(
                {
                    "name": f"rank acceptability, {words} draws, against {package}",
                    "target": f"at least {target} times faster",
                    "ours": [f"ours_{size}"],
                    "peers": [f"{peer}_{size}"],
                    "judge": times_faster(f"{peer}_{size}", f"ours_{size}", target),
                }
            )
    for size, words in (("338", "338 × 20"), ("3", "3 × 5")):
        found.append(
            {
                "name": f"rank acceptability, {words}, memory above the inputs",
                "target": "below 20 MiB whatever the draws",
                "ours": [f"memory_{size}"],
                "peers": [],
                "judge": small_memory(f"memory_{size}"),
            }
        )
    found += [
        {
            "name": "rank acceptability, processor time over wall time, BLAS threads left free",
            "target": "below 1.1: one thread",
            "ours": ["threads"],
            "peers": [],
            "judge": lambda r: (f"{r['threads']['ratio']:.2f}", r["threads"]["ratio"] < 1.1),
        },
        {
            "name": "exact chances to be ahead, all pairs of 338 × 20",
            "target": "under 0.1 s, error below 1e-12",
            "ours": ["ahead"],
            "peers": [],
            "judge": lambda r: (
                f"{r['ahead']['seconds'] * 1e3:.1f} ms (wall {r['ahead']['wall'] * 1e3:.1f}), "
                f"error {r['ahead']['error']:.1e}",
                r["ahead"]["seconds"] < 0.1 and r["ahead"]["error"] < 1e-12,
            ),
        },
    ]
    return found


if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]]()))
