"""Kendall's tau against pandas, scipy and R, exact Kemeny against other exact ways, the bootstrap.

Run as a script with the name of a work, it does that work in this process and prints one line of JSON.
The peers here are the package's own dependencies, so all works run in its environment, and R where it is installed
with pcaPP (Debian: r-base-core, r-cran-pcapp), whose cor.fk counts in n log n steps. They run in one thread and
are judged by processor time: on a busy machine the wall's clock measures what others do. Pandas, scipy and the integer
programme, which are close to us, take turns with us.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.metadata import version
from itertools import combinations, permutations
from typing import Any

if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is imported

import numpy as np
import pandas as pd

import rankstats
from rankstats import orders

LISTS = 20
# As many instances of each size, so that one easy or hard one decides nothing.
INSTANCES = 5
DRAWS = 10_000

Result = dict[str, Any]


def medians(works: Sequence[Callable[[], object]], turns: int) -> list[float]:
    """Median processor time of each work in seconds; they take turns, and the first turn is a warm-up."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(turns + 1):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            if turn:
                taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def versions(*packages: str) -> dict[str, str]:
    """The versions of packages."""
    return {package: version(package) for package in ("numpy", "pandas", *packages)}


def ranks(kind: str) -> pd.DataFrame:
    """20 lists of 338 places: all different, with ties, or with ties and a fifth of the places missing."""
    rng = np.random.default_rng(0)
    if kind == "complete":
        return pd.DataFrame({name: rng.permutation(338) + 1.0 for name in range(LISTS)})
    tied = pd.DataFrame(rng.integers(1, 120, (338, LISTS)).astype(float))
    return tied if kind == "ties" else tied.mask(rng.random(tied.shape) < 0.2)


def votes(places: int, noise: float | None) -> list[pd.DataFrame]:
    """Votes of 20 random lists, all orders alike (no noise given) or scattered around one order."""
    rng = np.random.default_rng(places)
    names = [f"p{number:02}" for number in range(places)]
    made = []
    for _ in range(INSTANCES):
        base = 0.0 if noise is None else np.arange(places) / places
        scores = [
            base + (rng.random(places) if noise is None else noise * rng.standard_normal(places)) for _ in range(LISTS)
        ]
        total = sum((score[:, None] < score[None, :]).astype(float) for score in scores)
        made.append(pd.DataFrame(total, index=names, columns=names))
    return made


def published(lists: int = 19, publishers: int = 10) -> rankstats.Lists:
    """19 lists of 10 to 30 of 60 places by 10 publishers, scattered around one order: the size of real collections."""
    rng = np.random.default_rng(3)
    names = np.array([f"p{number:02}" for number in range(60)])
    made = []
    for _ in range(lists):
        order = names[np.argsort(np.arange(60) / 60 + 0.2 * rng.standard_normal(60))]
        made.append(order[: rng.integers(10, 31)].tolist())
    return rankstats.read(made, by=[f"publisher {number % publishers}" for number in range(lists)])


def tau(kind: str) -> Result:
    """All taus between 20 lists: ours, pandas', and scipy's pair by pair, the faster of its two ways each time."""
    from scipy.stats import kendalltau

    table = ranks(kind)
    lists = rankstats.read(table.set_axis([f"p{number:03}" for number in range(len(table))]), scores="lower")
    values = table.to_numpy()
    whole = kind != "partial"

    def pairs() -> None:
        for a, b in combinations(range(LISTS), 2):
            both = slice(None) if whole else ~np.isnan(values[:, [a, b]]).any(axis=1)
            kendalltau(values[both, a], values[both, b], method="asymptotic")

    works = (lambda: rankstats.agreement_matrix(lists), lambda: table.corr(method="kendall"), pairs)
    mine, pandas, scipy = medians(works, 40)
    return {
        "seconds": mine,
        "theirs": min(pandas, scipy),
        "pandas": pandas,
        "scipy": scipy,
        "versions": versions("scipy"),
    }


def tau_of_r(kind: str) -> Result:
    """All taus by R's cor.fk (pair by pair where places are missing) or cor, whichever is faster, and ours."""
    table = ranks(kind)
    script = """
        suppressMessages(library(pcaPP))
        x <- as.matrix(read.csv(file("stdin")))
        fk <- function() if (!anyNA(x)) cor.fk(x) else {
            found <- diag(ncol(x))
            for (a in 2:ncol(x)) for (b in 1:(a - 1)) {
                both <- !is.na(x[, a]) & !is.na(x[, b])
                found[a, b] <- found[b, a] <- cor.fk(x[both, a], x[both, b])
            }
            found
        }
        plain <- function() cor(x, method = "kendall", use = "pairwise.complete.obs")
        seconds <- function(work, turns) median(sapply(1:turns, function(turn) {
            start <- proc.time()[[1]]
            for (time in 1:5) work()
            (proc.time()[[1]] - start) / 5
        }))
        cat(min(seconds(fk, 30), seconds(plain, 3)), sum(fk()), as.character(packageVersion("pcaPP")),
            paste(R.version$major, R.version$minor, sep = "."))
    """
    seconds, total, package, r = in_r(script, table.to_csv(index=False))
    lists = rankstats.read(table.set_axis([f"p{number:03}" for number in range(len(table))]), scores="lower")
    (mine,) = medians([lambda: rankstats.agreement_matrix(lists)], 40)
    same = abs(rankstats.agreement_matrix(lists).to_numpy().sum() - float(total)) < 1e-4
    return {
        "seconds": mine,
        "theirs": float(seconds),
        "same": bool(same),
        "versions": versions() | {"R": r, "pcaPP": package},
    }


def in_r(script: str, given: str) -> list[str]:
    """What a script of R prints, in words; its packages are those that it loads."""
    program = shutil.which("Rscript")
    packages = re.findall(r"library\((\w+)\)", script)
    there = program and subprocess.run(
        [program, "-e", "".join(f"suppressMessages(library({name}));" for name in packages)],
        capture_output=True,
        check=False,
    )
    if not there or there.returncode:
        sys.exit("peer not installed")
    done = subprocess.run([program, "-e", script], input=given, capture_output=True, text=True, check=True)
    return done.stdout.split()


def consensus(votes: pd.DataFrame) -> rankstats.Kemeny:
    """The Kemeny consensus of whole numbers of votes, read already."""
    preferred = votes.to_numpy().astype(np.int64)
    return orders.of_preferences(preferred, Fraction(1), votes.index.tolist(), orders._Clock(None))


def kemeny(places: int, noise: float | None) -> Result:
    """Our consensus of each instance: cost, an order, number of optimal orders, agreed pairs."""
    instances = votes(places, noise)
    found = [consensus(instance) for instance in instances]
    (seconds,) = medians([lambda: [consensus(instance) for instance in instances]], 15)
    return {
        "seconds": seconds / INSTANCES,
        "costs": [each.cost for each in found],
        "exact": all(each.exact for each in found),
        "versions": versions("scipy"),
    }


def brute_force() -> Result:
    """All orders of ten places, one after another; one instance, once."""
    cost = votes(10, None)[0].to_numpy().tolist()
    start = time.process_time()
    least = min(
        sum(cost[later][earlier] for earlier, later in combinations(order, 2)) for order in permutations(range(10))
    )
    return {"seconds": time.process_time() - start, "costs": [least], "versions": versions()}


def vectorised_brute_force() -> Result:
    """The same with all orders in one array."""
    cost = votes(10, None)[0].to_numpy()
    start = time.process_time()
    orders = np.array(list(permutations(range(10))), dtype=np.int8)
    total = np.zeros(len(orders))
    for earlier, later in combinations(range(10), 2):
        total += cost[orders[:, later], orders[:, earlier]]
    return {"seconds": time.process_time() - start, "costs": [float(total.min())], "versions": versions()}


def programme(places: int, noise: float | None) -> Result:
    """Our consensus, and the linear ordering problem with all of its constraints, made before the clock starts."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    pair = {both: at for at, both in enumerate(combinations(range(places), 2))}
    triples = list(combinations(range(places), 3))
    columns = np.array([[pair[a, b], pair[b, c], pair[a, c]] for a, b, c in triples])
    row = np.repeat(np.arange(len(triples)), 3)
    matrix = csr_array(
        (np.tile([1.0, 1.0, -1.0], len(triples)), (row, columns.ravel())), shape=(len(triples), len(pair))
    )
    constraint = LinearConstraint(matrix, 0, 1)
    first, second = np.array(list(pair)).T

    def solve(cost: np.ndarray) -> float:
        solved = milp(
            cost[second, first] - cost[first, second],
            integrality=np.ones(len(pair)),
            bounds=(0, 1),
            constraints=constraint,
        )
        return float(solved.fun + cost[first, second].sum())

    instances = votes(places, noise)
    costs = [instance.to_numpy() for instance in instances]
    same = all(
        abs(solve(cost) - consensus(instance).cost) < 1e-6 for cost, instance in zip(costs, instances, strict=True)
    )
    works = (
        lambda: [consensus(instance) for instance in instances],
        lambda: [solve(cost) for cost in costs],
    )
    mine, theirs = (seconds / INSTANCES for seconds in medians(works, 21))
    return {"seconds": mine, "theirs": theirs, "same": same, "versions": versions("scipy")}


def bootstrap(method: str) -> Result:
    """Resampled publishers over lists of the size of real collections, reading them left out."""
    lists = published()
    (seconds,) = medians(
        [lambda: rankstats.bootstrap_ranks(lists, method=method, draws=DRAWS)], 9 if method == "borda" else 1
    )
    return {"seconds": seconds, "tables": len(lists.lists), "versions": versions()}


WORKS: dict[str, Callable[[], Result]] = {
    **{f"tau_{kind}": lambda kind=kind: tau(kind) for kind in ("complete", "ties", "partial")},
    **{f"tau_of_r_{kind}": lambda kind=kind: tau_of_r(kind) for kind in ("complete", "ties", "partial")},
    **{
        f"kemeny_{places}_{name}": lambda places=places, noise=noise: kemeny(places, noise)
        for places in (10, 50)
        for name, noise in (("random", None), ("scattered", 0.3))
    },
    "brute_force": brute_force,
    "vectorised_brute_force": vectorised_brute_force,
    "programme_20_random": lambda: programme(20, None),
    "programme_20_scattered": lambda: programme(20, 0.3),
    "bootstrap_borda": lambda: bootstrap("borda"),
    "bootstrap_kemeny": lambda: bootstrap("kemeny"),
}


def faster(peer: str, own: str, target: float | None) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """Judge how many times faster ours is; where both have costs they must be the same."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        theirs, mine = results[peer], results[own]
        ratio = theirs["seconds"] / mine["seconds"]
        same = all(abs(a - b) < 1e-6 for a, b in zip(theirs.get("costs", []), mine.get("costs", []), strict=False))
        text = f"{theirs['seconds'] * 1e3:,.1f} ms / {mine['seconds'] * 1e3:,.2f} ms = {ratio:,.2f} times"
        met = None if target is None else ratio >= target
        return (text, met) if same else (f"{text}, but other costs", False)

    return judge


def in_turn(work: str, target: float) -> Callable[[dict[str, Result]], tuple[str, bool]]:
    """Judge a work that has the peer's time too."""

    def judge(results: dict[str, Result]) -> tuple[str, bool]:
        mine, theirs = results[work]["seconds"], results[work]["theirs"]
        text = f"{theirs * 1e3:.1f} ms / {mine * 1e3:.2f} ms = {theirs / mine:.2f} times"
        if not results[work].get("same", True):
            return f"{text}, but other results", False
        return text, theirs / mine >= target

    return judge


def within(work: str, limit: float | None) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """Judge the time of a work, and that a Kemeny consensus was exact."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        result = results[work]
        text = f"{result['seconds']:.3f} s"
        if "exact" not in result:
            return text, None if limit is None else result["seconds"] < limit
        return f"{text}, {'exact' if result['exact'] else 'not exact'}", result["exact"]

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs, and how it is judged."""
    found: list[dict[str, Any]] = []

    def case(name: str, target: str, works: list[str], judge: Callable[..., Any]) -> None:
        found.append({"name": name, "target": target, "ours": works, "peers": [], "judge": judge})

    for kind, words in (("complete", "complete"), ("ties", "with ties"), ("partial", "with ties, a fifth missing")):
        for work, peers in ((f"tau_{kind}", "pandas and scipy"), (f"tau_of_r_{kind}", "R's cor and cor.fk")):
            name = f"tau-b, 20 lists of 338, {words}, against the faster of {peers}"
            case(name, "not slower", [work], in_turn(work, 1))
    works = ["brute_force", "kemeny_10_random"]
    case("exact Kemeny, 10 places, against brute force", "at least 1,000 times faster", works, faster(*works, 1000))
    works = ["vectorised_brute_force", "kemeny_10_random"]
    case("the same, against brute force in arrays", "reported", works, faster(*works, None))
    for name, words in (("random", "random lists"), ("scattered", "lists scattered around an order")):
        work = f"programme_20_{name}"
        case(
            f"exact Kemeny, 20 places, 20 {words}, against plain milp", "under half the time", [work], in_turn(work, 2)
        )
    for name, words in (("random", "random lists"), ("scattered", "lists scattered around an order")):
        work = f"kemeny_50_{name}"
        case(f"exact Kemeny, 50 places, 20 {words}", "solved exactly", [work], within(work, None))
    words = f"cluster bootstrap, {DRAWS:,} resamples of 19 lists by 10 publishers"
    case(f"{words}, Borda", "under 1 s", ["bootstrap_borda"], within("bootstrap_borda", 1))
    case(f"{words}, exact Kemeny", "reported", ["bootstrap_kemeny"], within("bootstrap_kemeny", None))
    return found


if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]]()))
