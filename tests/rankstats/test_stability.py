"""Resampling of publishers: against every possible resample, and against leaving them out by hand."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest

import rankstats
from tests.rankstats.hand_made import Lists, published

LISTS = published("A B C D", "A C B D", "B A (C D)", "D A B", publishers=["x", "x", "y", "z"])
READ = rankstats.read(*LISTS)


def resampled(lists: Lists, publishers: tuple[str, ...]) -> Lists:
    """Entries and tables of a resample, each copy of a publisher under a name of its own."""
    entries, tables = lists
    rows, kept = [], []
    for number, publisher in enumerate(publishers):
        for table in tables.loc[tables["publisher"] == publisher, "table_id"]:
            rows.append(entries[entries["table_id"] == table].assign(table_id=f"{table}-{number}"))
            kept.append((f"{table}-{number}", f"{publisher}-{number}"))
    return pd.concat(rows, ignore_index=True), pd.DataFrame(kept, columns=["table_id", "publisher"])


def ranks_of(lists: rankstats.Lists, method: str) -> dict[str, int]:
    if method == "kemeny":
        return rankstats.kemeny(lists).order.set_index("place")["first"].to_dict()
    count = rankstats.borda if method == "borda" else rankstats.copeland
    return count(lists).set_index("place")["rank"].to_dict()


@pytest.mark.parametrize("method", ["borda", "kemeny", "copeland"])
def test_chances_are_those_over_all_resamples(method: str) -> None:
    exact: Counter[tuple[str, int]] = Counter()
    top = 0.0
    for taken in product("xyz", repeat=3):
        # t3 lists D, A, B only; a resample of z alone would not list C, so a table without weight does.
        entries, tables = resampled(LISTS, taken)
        entries = pd.concat([entries, LISTS[0][LISTS[0]["table_id"] == "t0"].assign(table_id="all")])
        tables = pd.concat([tables, pd.DataFrame({"table_id": ["all"], "publisher": ["none"]})])
        weights = {
            table: 0.0 if table == "all" else 1 / (tables["publisher"] == publisher).sum()
            for table, publisher in tables[["table_id", "publisher"]].to_numpy()
        }
        ranks = ranks_of(rankstats.read(entries, tables, weights=weights), method)
        for place, rank in ranks.items():
            exact[place, rank] += 1
        top += ranks["C"] > 2 and ranks["D"] > 2
    listed = rankstats.bootstrap_ranks(READ, method=method)
    assert listed.exact and (listed.draws, listed.seed, len(listed)) == (0, None, 10)
    found = rankstats.rank_chances(listed).set_index(["place", "rank"])
    assert found["chance"].to_dict() == pytest.approx({key: times / 27 for key, times in exact.items()}, abs=1e-14)
    assert (found["se"] == 0).all()
    held = rankstats.chance_of_top(listed, ["A", "B"])
    assert (held["chance"], held["se"]) == (pytest.approx(top / 27, abs=1e-14), 0)
    drawn = rankstats.bootstrap_ranks(READ, method=method, draws=9, seed=1)
    assert not drawn.exact and (drawn.draws, drawn.seed) == (9, 1)


def test_draws_are_those_of_the_exact_chances() -> None:
    lists = rankstats.read([list(order) for order in ("ABC", "ACB", "BAC", "ABC", "CAB", "ABC")])
    exact = rankstats.rank_chances(rankstats.bootstrap_ranks(lists)).set_index(["place", "rank"])["chance"]
    drawn = rankstats.bootstrap_ranks(lists, draws=400, seed=2)
    assert not drawn.exact
    found = rankstats.rank_chances(drawn).set_index(["place", "rank"])
    for key, row in found.iterrows():
        assert abs(row["chance"] - exact[key]) < 4.5 * np.sqrt(exact[key] * (1 - exact[key]) / 400) + 1e-12
    held = rankstats.chance_of_top(drawn, ["A"])
    assert held["se"] == pytest.approx(np.sqrt(held["chance"] * (1 - held["chance"]) / 400))


def test_the_same_seed_gives_the_same_ranks_and_another_seed_others() -> None:
    lists = rankstats.read([list(order) for order in ("ABCD", "ACBD", "BACD", "DABC", "CABD")])
    first = rankstats.bootstrap_ranks(lists, draws=100, seed=3)
    assert first.ranks.equals(rankstats.bootstrap_ranks(lists, draws=100, seed=3).ranks)
    assert not first.ranks.equals(rankstats.bootstrap_ranks(lists, draws=100, seed=4).ranks)
    assert str(first) == "borda ranks of 4 places in 100 resamples of 5 publishers (drawn, seed 3)"


def test_editions_of_one_publisher_come_and_go_together() -> None:
    entries, tables = published("A B", "A B", "A B", "B A", publishers=["x", "x", "x", "y"])
    found = rankstats.bootstrap_ranks(rankstats.read(entries, tables))
    # Both from x, one of each (a tie), both from y.
    assert found.ranks.to_numpy().tolist() == [[1, 2], [1, 1], [2, 1]]
    assert found.chances.tolist() == [0.25, 0.5, 0.25]


def test_a_tie_at_the_last_place_counts_against_the_top() -> None:
    ranks = pd.DataFrame({"A": [1, 1, 1, 2], "B": [2, 2, 3, 3], "C": [3, 2, 2, 1]}, dtype=float)
    drawn = rankstats.Bootstrap(ranks, np.full(4, 0.25), "borda", 4, 0, 3, 3)
    found = rankstats.chance_of_top(drawn, ["A", "B"])
    assert found["chance"] == 0.25
    assert found["k"] == 2
    assert rankstats.chance_of_top(drawn, "A")["chance"] == 0.75
    assert rankstats.chance_of_top(drawn, ["C", "A", "B"])["chance"] == 1


@pytest.mark.parametrize("method", ["borda", "kemeny", "copeland"])
def test_a_resample_in_which_no_table_covers_a_place_gives_it_no_rank(method: str) -> None:
    lists = rankstats.read(*published("A B C", "A B"), not_covered={"t1": ["C"]})
    found = rankstats.bootstrap_ranks(lists, method=method)
    assert found.ranks["C"].isna().tolist() == [False, False, True]
    assert found.ranks[["A", "B"]].notna().all(axis=None)
    chances = rankstats.rank_chances(found)
    assert chances.loc[chances["place"] == "C", "chance"].tolist() == [0.75, 0.25]
    assert chances.loc[chances["place"] == "C", "rank"].isna().tolist() == [False, True]
    assert rankstats.chance_of_top(found, ["A", "B", "C"])["chance"] == 0.75
    assert rankstats.rank_intervals(found).set_index("place").loc["C", ["mean", "low", "high"]].tolist() == [3, 3, 3]


def test_intervals_hold_the_middle_of_the_resamples() -> None:
    for draws, seed in ((10_000, None), (9, 2)):
        drawn = rankstats.bootstrap_ranks(READ, draws=draws, seed=seed or 0)
        found = rankstats.rank_intervals(drawn, level=0.8).set_index("place")
        for place in drawn.ranks:
            row, ranks = found.loc[place], drawn.ranks[place].to_numpy()
            assert row["mean"] == pytest.approx(drawn.chances @ ranks)
            assert drawn.chances[ranks < row["low"]].sum() <= 0.1 + 1e-12
            assert drawn.chances[ranks > row["high"]].sum() <= 0.1 + 1e-12
            assert {row["low"], row["median"], row["high"]} <= set(ranks)
        assert found["mean"].is_monotonic_increasing
        assert (found["mean_se"] == 0).all() == drawn.exact


def test_bad_options_are_errors() -> None:
    with pytest.raises(ValueError, match="seed is None"):
        rankstats.bootstrap_ranks(READ, seed=None)
    with pytest.raises(ValueError, match="draws is 0"):
        rankstats.bootstrap_ranks(READ, draws=0)
    with pytest.raises(ValueError, match="method is 'median'; it must be 'borda', 'kemeny' or 'copeland'"):
        rankstats.bootstrap_ranks(READ, method="median")
    alone = READ.select(lists=["t0", "t1"])
    with pytest.raises(ValueError, match="two or more, there is 'x' only"):
        rankstats.bootstrap_ranks(alone)
    drawn = rankstats.bootstrap_ranks(READ, draws=10)
    for places in ([], ["Atlantis"], ["A", "A"]):
        with pytest.raises(ValueError, match="one or more different places"):
            rankstats.chance_of_top(drawn, places)
    with pytest.raises(ValueError, match="level is 1"):
        rankstats.rank_intervals(drawn, level=1)
    with pytest.raises(TypeError, match=r"must come from rankstats.bootstrap_ranks\(\), not be a DataFrame"):
        rankstats.rank_chances(drawn.ranks)
    with pytest.raises(TypeError, match=r"must come from rankstats.read\(\), not be a list"):
        rankstats.bootstrap_ranks([["a", "b"]])


def test_kemeny_orders_that_take_too_long_are_not_waited_for() -> None:
    rng = np.random.default_rng(0)
    names = [f"p{number:02}" for number in range(60)]
    lists = rankstats.read([rng.permutation(names).tolist() for _ in range(20)])
    with pytest.raises(TimeoutError, match=r"longer than time_limit=0\.5 s; select fewer places"):
        rankstats.bootstrap_ranks(lists, method="kemeny", time_limit=0.5)
