"""Figures that others published, and what other programmes make of the same data.

Each test says where the number comes from that ours is held against.
"""

from __future__ import annotations

import re
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import rankstats

# ASEM_COIN of COINr 1.1.14 (R; European Commission, JRC): three indicators of 51 countries (embassies, organisations,
# votes), their eight pillars, two sub-indices and the index; then its a_gmean, a_hmean and a_copeland of the pillars.
ASEM = """\
AUT 88 227 42.639 41.15 26.19 78.23 77.54 54.05 69.48 72.76 62.88 55.43 68.37 61.90 57.06 53.08 40
BEL 84 248 43.003 71.97 48.22 80.84 75.60 43.32 53.01 86.17 50.09 63.99 63.09 63.54 61.71 59.81 39
BGR 67 209 42.960 28.43 24.61 67.51 75.94 27.10 55.70 53.30 61.69 44.72 56.90 50.81 45.32 41.32 -11
HRV 62 197 42.750 47.59 24.57 62.64 76.84 39.07 75.28 55.37 52.75 50.14 61.13 55.64 51.35 48.03 16
CYP 43 172 42.347 29.48 46.37 48.66 74.58 59.80 61.12 62.33 27.55 51.78 50.33 51.06 48.60 45.75 -4
CZE 84 201 42.225 41.48 33.79 71.01 74.39 39.59 51.17 61.83 70.71 52.05 61.24 56.64 53.34 51.17 10
DNK 77 259 42.791 50.52 30.43 78.13 75.35 51.04 69.83 86.40 61.29 57.10 72.51 64.80 60.13 56.93 37
EST 46 194 42.880 42.46 38.85 55.41 77.27 53.52 30.75 70.75 69.91 53.50 57.14 55.32 52.47 50.02 28
FIN 74 269 42.746 44.50 24.14 77.89 75.08 39.06 48.48 86.07 61.77 52.14 65.44 58.79 53.11 48.75 20
FRA 100 329 40.423 42.44 20.63 87.60 75.43 28.44 64.66 63.77 51.07 50.91 59.83 55.37 49.26 43.81 7
DEU 100 309 42.626 52.37 18.76 94.79 76.46 29.36 62.35 74.51 64.60 54.35 67.15 60.75 53.05 45.71 29
GRC 83 216 42.693 32.65 10.47 74.67 76.73 32.05 67.99 52.22 37.17 45.31 52.46 48.89 41.19 32.72 -12
HUN 79 212 42.534 33.58 39.66 71.56 77.08 39.65 60.53 53.47 61.42 52.31 58.48 55.39 52.52 50.42 9
IRL 74 195 42.686 46.53 48.29 67.63 73.34 40.37 65.77 72.39 56.69 55.23 64.95 60.09 57.62 56.32 25
ITA 93 288 42.995 38.84 13.09 90.37 77.46 18.96 71.30 57.16 42.59 47.74 57.02 52.38 43.01 34.21 -1
LVA 48 184 42.701 41.72 34.69 54.18 76.13 33.22 63.03 57.30 65.51 47.99 61.95 54.97 51.16 49.06 11
LTU 50 190 42.713 42.91 31.64 55.97 76.32 33.71 63.79 66.08 68.23 48.11 66.03 57.07 52.33 49.69 16
LUX 37 190 42.984 56.28 80.23 51.17 77.57 67.52 45.03 83.69 41.11 66.56 56.61 61.58 60.83 58.84 38
MLT 28 169 42.565 53.49 62.71 42.29 76.87 62.53 65.81 61.68 55.92 59.58 61.14 60.36 59.39 58.57 37
NLD 89 265 42.803 64.87 46.62 84.55 71.74 41.92 58.73 86.58 57.78 61.94 67.70 64.82 62.27 60.44 41
NOR 78 259 43.111 58.18 25.70 80.03 89.46 33.80 70.90 87.00 56.59 57.44 71.50 64.47 57.90 52.42 43
POL 87 238 42.585 38.26 20.30 79.00 77.33 26.37 55.22 60.30 63.89 48.25 59.80 54.03 47.66 42.27 5
PRT 72 236 43.186 40.95 23.60 74.49 77.57 28.85 56.36 68.88 47.76 49.09 57.67 53.38 48.35 44.21 5
ROU 75 217 42.525 31.57 20.77 70.35 76.54 20.15 72.94 52.52 70.28 43.88 65.25 54.56 45.74 39.27 3
SVK 62 201 43.101 39.46 38.65 64.75 76.94 32.22 61.18 57.08 59.81 50.40 59.36 54.88 51.71 49.60 5
SVN 43 197 43.101 58.01 30.46 55.42 76.35 42.40 64.02 71.89 68.33 52.53 68.08 60.30 56.21 53.71 34
ESP 89 280 43.101 43.78 16.99 87.91 77.07 31.69 63.94 65.17 49.57 51.49 59.56 55.52 48.95 42.38 14
SWE 78 278 42.752 51.51 23.87 80.98 74.51 38.50 66.37 87.74 62.27 53.87 72.12 63.00 56.48 51.42 35
CHE 82 222 42.641 63.41 32.87 74.78 85.94 56.93 77.21 87.85 56.88 62.79 73.98 68.38 64.36 61.22 49
GBR 100 285 39.401 51.75 21.17 77.08 76.61 37.44 64.88 73.10 50.17 52.81 62.72 57.76 52.49 47.53 22
AUS 82 196 38.462 34.77 12.65 52.53 52.41 39.47 31.92 71.88 55.70 38.36 53.17 45.77 39.65 34.12 -19
BGD 52 145 38.606 22.88 13.27 32.40 26.47 5.85 81.67 27.51 64.59 20.17 57.92 39.05 26.18 18.92 -41
BRN 41 85 38.501 44.90 34.74 18.74 66.47 35.40 36.35 35.78 54.96 40.05 42.37 41.21 38.59 36.14 -16
KHM 42 95 38.022 20.18 51.25 18.40 43.33 11.80 67.07 36.17 62.72 28.99 55.32 42.16 33.21 27.61 -26
CHN 100 193 37.137 33.67 1.74 54.51 47.90 3.38 43.87 32.55 65.48 28.24 47.30 37.77 21.66 7.94 -35
IND 95 198 36.921 18.78 6.38 51.90 59.84 6.07 75.34 22.74 54.88 28.60 50.99 39.79 26.06 16.46 -43
IDN 83 175 38.105 16.17 6.35 48.55 67.88 3.00 70.20 28.66 57.20 28.39 52.02 40.21 24.18 12.22 -42
JPN 95 201 42.172 43.80 6.62 75.86 54.93 3.63 62.69 54.10 53.33 36.97 56.71 46.84 30.72 14.99 -22
KAZ 62 117 38.727 21.60 18.54 33.79 61.06 21.34 33.73 46.42 60.21 31.27 46.79 39.03 33.70 30.67 -26
KOR 86 210 42.000 49.07 12.93 72.14 73.02 11.98 44.78 56.77 67.58 43.83 56.38 50.10 40.24 30.36 -8
LAO 41 82 37.633 13.28 28.74 14.44 53.16 12.52 68.60 34.31 53.08 24.43 52.00 38.21 28.68 23.49 -41
MYS 74 177 38.285 40.21 37.37 45.46 59.25 29.30 35.46 25.83 59.85 42.32 40.38 41.35 39.96 38.41 -22
MNG 40 107 39.053 19.67 43.19 23.72 57.44 10.20 38.82 55.77 53.94 30.84 49.51 40.18 32.92 27.23 -32
MMR 52 87 35.756 24.53 24.90 11.79 40.33 6.52 87.80 25.35 68.20 21.61 60.45 41.03 27.06 19.54 -37
NZL 44 149 42.322 33.64 12.81 45.91 61.02 42.80 52.14 65.70 52.69 39.24 56.84 48.04 41.80 35.92 -17
PAK 72 157 38.149 20.71 7.33 41.23 35.98 6.17 85.19 23.81 49.93 22.29 52.98 37.63 24.75 16.93 -46
PHL 66 158 37.682 16.80 18.80 36.49 53.49 10.05 79.37 30.03 58.49 27.13 55.96 41.55 31.05 24.90 -35
RUS 99 232 36.130 22.93 6.62 54.79 54.88 10.71 36.85 30.22 56.91 29.99 41.33 35.66 27.31 19.88 -33
SGP 58 119 38.747 77.47 72.99 32.30 70.64 56.12 45.68 59.01 59.78 61.91 54.83 58.37 57.33 55.13 10
THA 78 152 38.826 28.95 26.59 46.37 48.50 9.57 58.66 34.85 56.02 32.00 49.85 40.92 34.26 28.32 -31
VNM 80 138 37.531 18.80 44.26 39.59 45.86 8.49 57.48 42.22 65.35 31.40 55.02 43.21 34.56 26.94 -28
"""
PILLARS = ["physical", "economic", "political", "institutional", "people", "environment", "social", "financial"]
GROUPS = dict.fromkeys(PILLARS[:5], "connectivity") | dict.fromkeys(PILLARS[5:], "sustainability")
LATER = ["connectivity", "sustainability", "index", "geometric", "harmonic", "copeland"]


@pytest.fixture(scope="module")
def asem() -> pd.DataFrame:
    rows = [line.split() for line in ASEM.splitlines()]
    columns = ["embassies", "organisations", "votes", *PILLARS, *LATER]
    return pd.DataFrame({row[0]: list(map(float, row[1:])) for row in rows}, index=columns).T


def test_a_pillar_of_coinr_from_its_indicators(asem: pd.DataFrame) -> None:
    scaled = rankstats.normalise(asem[["embassies", "organisations", "votes"]], range=(0, 100))
    # two digits of the pillar, three of the votes
    np.testing.assert_allclose(rankstats.aggregate(scaled), asem["political"], atol=0.01)


def test_sub_indices_index_and_ranks_of_coinr_from_its_pillars(asem: pd.DataFrame) -> None:
    parts = rankstats.aggregate(asem[PILLARS], groups=GROUPS)
    np.testing.assert_allclose(parts, asem[["connectivity", "sustainability"]], atol=0.011)
    index = rankstats.aggregate(parts)
    np.testing.assert_allclose(index, asem["index"], atol=0.011)
    best_first = rankstats.rank_places(index).sort_values().index
    assert best_first[:5].tolist() == ["CHE", "NLD", "DNK", "NOR", "BEL"]
    assert asem["index"][best_first].is_monotonic_decreasing


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_other_means_of_coinr(asem: pd.DataFrame, mean: str) -> None:
    np.testing.assert_allclose(rankstats.aggregate(asem[PILLARS], method=mean), asem[mean], atol=0.03)


def test_outranking_of_coinr(asem: pd.DataFrame) -> None:
    # COINr counts victories less defeats, from -50 to 50
    ours = rankstats.aggregate(asem[PILLARS], method="copeland") * 100 - 50
    np.testing.assert_allclose(ours, asem["copeland"], atol=1e-9)


# Three of the twenty plots of dune meadow in vegan (R; Jongman, ter Braak and van Tongeren 1987): cover of each species
# that grows there, and what diversity() of vegan 2.6-4 gives for index "shannon" and "simpson".
DUNE = {
    1: ("1 4 7 4 2", 1.440481741592486, 0.734567901234568),
    2: ("3 2 3 4 4 5 4 7 5 5", 2.252516281224656, 0.890022675736961),
    3: ("4 7 2 4 6 5 6 2 2 2", 2.193749289870610, 0.878750000000000),
}


@pytest.mark.parametrize("plot", DUNE)
def test_shannon_and_simpson_of_vegan(plot: int) -> None:
    cover, shannon, simpson = DUNE[plot]
    table = pd.DataFrame([list(map(int, cover.split()))])
    assert rankstats.entropy(table).item() == pytest.approx(shannon, abs=1e-14)
    assert 1 - rankstats.herfindahl(table).item() == pytest.approx(simpson, abs=1e-14)


# Ranks that nine judges gave the 23 women who skated at the Olympic Games of 2002, who are numbered as they were placed
# (Lock and Lock 2003; table `skating` of hyper2, R).
SKATING = """\
1 3 2 5 4 6 7 8 9 10 13 14 15 11 12 16 17 19 20 18 22 21 23
4 1 3 2 8 5 7 10 9 6 12 11 13 14 17 16 15 18 21 19 20 22 23
3 1 2 4 5 8 7 12 13 14 11 18 6 10 17 9 15 22 16 20 19 23 21
4 1 2 3 5 7 9 8 6 11 12 16 10 15 13 14 17 20 22 21 19 18 23
1 4 2 3 5 12 6 7 13 10 16 9 8 15 11 14 17 21 18 19 20 22 23
2 1 3 4 7 5 8 6 10 12 11 15 14 13 16 9 18 17 19 20 21 22 23
1 2 3 4 5 8 10 12 7 6 11 9 13 15 14 16 17 18 21 20 19 22 23
1 3 2 4 5 7 6 8 11 9 10 12 14 13 15 16 17 18 19 20 22 21 23
1 2 3 4 5 6 7 8 14 15 9 10 16 11 13 12 17 19 18 20 22 21 23
"""


def test_skating_judges() -> None:
    ranks = pd.DataFrame([list(map(int, line.split())) for line in SKATING.splitlines()]).T
    lists = rankstats.read(ranks.set_axis([f"{at:02}" for at in range(1, 24)]))
    placed = [f"{at:02}" for at in range(1, 24)]
    # the judges' placing was by majorities: Copeland scores of corankco 7.2 go from 22 to 0 without a tie
    copeland = rankstats.copeland(lists)
    assert copeland["place"].tolist() == placed
    np.testing.assert_allclose(copeland["score"] * 22, np.arange(22, -1, -1), atol=1e-12)
    # corankco finds that this order contradicts 165 votes; majorities without a circle are the only Kemeny order
    consensus = rankstats.kemeny(lists)
    assert (consensus.order["place"].tolist(), consensus.cost, consensus.orders) == (placed, 165, 1)
    # corankco's Borda count ties the first two, and turns three pairs of neighbours round
    borda = rankstats.borda(lists).set_index("place")["rank"]
    assert (borda["01"], borda["02"], borda["03"]) == (1, 1, 3)
    assert borda[["11", "13", "12", "14", "16", "15"]].tolist() == [11, 12, 13, 14, 15, 16]
    # kendall.global of vegan 2.6-4
    agreed = rankstats.kendall_w(lists, permutations=9)
    assert agreed[["w", "chi2"]].tolist() == pytest.approx([0.922046552481, 182.565217391])


# Rows of the test data published with Corsi and Urbano (2024): two lists, the persistence, the overlap with its least
# and its greatest value if tied places stand at the same place (w), and if their order is not known (a).
OVERLAPS = [
    (
        "i4 (i2 i14) i7 i5 i3",
        "(i9 i13) (i6 i8) i1 i5 i10 i15 i11",
        0.986650551181127,
        [0.155835200392091, 0.02839705430193, 0.89085092447296],
        [0.155835200392091, 0.02839705430193, 0.89085092447296],
    ),
    (
        "i7 (i11 i13) i3 i4 i10",
        "i11 i13 i7 (i3 i4) i1 i2",
        0.946453257313063,
        [0.804699180800531, 0.425790053325368, 0.918997261499915],
        [0.78886481524479, 0.409955687769627, 0.903162895944175],
    ),
    (
        "i5 i12 (i11 i13) i1",
        "i11 i5 i6 i2 (i7 i10) i4 i1",
        0.952775555184883,
        [0.474410202870802, 0.218267448319575, 0.8210610511516],
        [0.483074234353264, 0.216620474436312, 0.819414077268336],
    ),
    (
        "i12 i1 (i2 i7) i13 i8 i4",
        "i4 i12 i6 i5 (i11 i13) i1 i7",
        0.914515930316251,
        [0.516982796004581, 0.329050000302959, 0.663307849033957],
        [0.516582249026715, 0.328649453325092, 0.662907302056091],
    ),
]
# Of these two, whose ties reach across the depth of the shorter list, a lies beside the mean over all orders.
BESIDE = [
    (
        "(i6 i8) i7 i11 i5",
        "i6 i11 (i2 i10) i8 i5 (i4 i9)",
        0.979204245634489,
        [0.703862389268494, 0.193972155344754, 0.942202919698834],
        [0.701468160107618, 0.192154080801268, 0.940734029771948],
    ),
    (
        "i9 i3 i13 (i1 i8)",
        "i9 i13 i3 i16 i8 i11 i1 i14 i17 i2 (i4 i5)",
        0.957110372625514,
        [0.866903481279539, 0.390312376426919, 0.952797594955489],
        [0.869384153333411, 0.393992865894655, 0.955876613454036],
    ),
]


def orders(text: str) -> list[list[str]]:
    """All orders of a list in which tied places stand in brackets."""
    groups = [group.strip("()").split() for group in re.findall(r"\([^)]*\)|\S+", text)]
    return [[place for group in each for place in group] for each in product(*map(permutations, groups))]


def as_list(text: str) -> list[tuple[str, ...]]:
    return [tuple(group.strip("()").split()) for group in re.findall(r"\([^)]*\)|\S+", text)]


@pytest.mark.parametrize(("a", "b", "p", "same", "unknown"), OVERLAPS + BESIDE)
def test_published_overlaps(a: str, b: str, p: float, same: list[float], unknown: list[float]) -> None:
    equal = rankstats.rank_biased_overlap(as_list(a), as_list(b), persistence=p, ties="equal")
    assert equal.iloc[:3].tolist() == pytest.approx(same, abs=1e-12)
    found = rankstats.rank_biased_overlap(as_list(a), as_list(b), persistence=p).iloc[:3]
    each = [rankstats.rank_biased_overlap(x, y, persistence=p).iloc[:3] for x, y in product(orders(a), orders(b))]
    assert found.tolist() == pytest.approx(np.mean(each, axis=0).tolist(), abs=1e-12)
    beside = (a, b, p, same, unknown) in BESIDE
    assert np.abs(found - unknown).max() < 1e-12 if not beside else 1e-4 < np.abs(found - unknown).max() < 0.06


@pytest.mark.parametrize("seed", range(12))
def test_tipping_points_by_linear_programme(seed: int) -> None:
    """scipy's linprog: least weight taken away, so that the place is level with or ahead of each other one."""
    generator = np.random.default_rng(seed)
    values = pd.DataFrame(generator.random((7, 4)))
    start = generator.dirichlet(np.ones(4))
    points = rankstats.tipping_points(values, weights=start).points
    for place, distance in points["distance"].items():
        gaps = np.delete(values.to_numpy(), place, axis=0) - values.to_numpy()[place]
        # weights are start + given - taken
        solved = linprog(
            np.concatenate([np.zeros(4), np.ones(4)]),
            A_ub=np.hstack([gaps, -gaps]),
            b_ub=-gaps @ start,
            A_eq=np.concatenate([np.ones(4), -np.ones(4)])[None, :],
            b_eq=[0],
            bounds=[(0, None)] * 4 + [(0, most) for most in start],
        )
        assert distance == pytest.approx(2 * solved.fun if solved.success else np.inf, abs=1e-7)
