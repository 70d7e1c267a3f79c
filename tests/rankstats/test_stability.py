"""Resampling of publishers: against every possible resample, and against leaving them out by hand."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest

import aicities as ac
import rankstats
from tests.rankstats.hand_made import Lists, published

LISTS = published("A B C D", "A C B D", "B A (C D)", "D A B", publishers=["x", "x", "y", "z"])


def resampled(lists: Lists, publishers: tuple[str, ...]) -> Lists:
    """Entries and tables of a resample, each copy of a publisher under a name of its own."""
    entries, tables = lists
    rows, kept = [], []
    for number, publisher in enumerate(publishers):
        for table in tables.loc[tables["publisher"] == publisher, "table_id"]:
            rows.append(entries[entries["table_id"] == table].assign(table_id=f"{table}-{number}"))
            kept.append((f"{table}-{number}", f"{publisher}-{number}"))
    return pd.concat(rows, ignore_index=True), pd.DataFrame(kept, columns=["table_id", "publisher"])


def ranks_of(lists: Lists, method: str) -> dict[str, int]:
    if method == "borda":
        return rankstats.borda(*lists).set_index("place")["rank"].to_dict()
    return rankstats.kemeny(*lists).order.set_index("place")["first"].to_dict()


@pytest.mark.parametrize("method", ["borda", "kemeny"])
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
        if method == "borda":
            ranks = rankstats.borda(entries, tables, weights=weights).set_index("place")["rank"].to_dict()
        else:
            order = rankstats.kemeny(entries, tables, weights=weights).order
            ranks = order.set_index("place")["first"].to_dict()
        for place, rank in ranks.items():
            exact[place, rank] += 1
        top += ranks["C"] > 2 and ranks["D"] > 2
    drawn = rankstats.bootstrap_ranks(*LISTS, method=method, draws=20_000, seed=1)
    found = rankstats.rank_chances(drawn).set_index(["place", "rank"])
    assert set(found.index) == set(exact)
    for key, times in exact.items():
        chance = times / 27
        assert abs(found.loc[key, "chance"] - chance) < 4.5 * np.sqrt(chance * (1 - chance) / 20_000) + 1e-12
    held = rankstats.chance_of_top(drawn, ["A", "B"])
    account = {"method": method, "draws": 20_000, "seed": 1, "publishers": 3, "tables": 4, "places": 4}
    assert found.attrs == account | {"standard_error": found["se"].max()}
    assert {name: held[name] for name in account} == account
    intervals = rankstats.rank_intervals(drawn)
    assert intervals.attrs == account | {"standard_error": intervals["mean_se"].max()}
    assert abs(held["chance"] - top / 27) < 4.5 * held["se"]
    assert held["se"] == pytest.approx(np.sqrt(held["chance"] * (1 - held["chance"]) / 20_000))


@pytest.mark.parametrize("method", ["borda", "kemeny"])
def test_leaving_out_a_publisher_is_computing_without_it(method: str) -> None:
    entries, tables = published("A B C", "A C B", "B A C", "C A B", publishers=["x", "x", "y", "z"])
    found = rankstats.without_each_publisher(entries, tables, method=method)
    everything = ranks_of((entries, tables), method)
    for publisher, rows in found.groupby("without"):
        rest = tables[tables["publisher"] != publisher]
        assert rows.set_index("place")["rank"].to_dict() == ranks_of((entries, rest), method)
        assert rows.set_index("place")["rank_with_all"].to_dict() == everything


def test_the_same_seed_gives_the_same_ranks_and_another_seed_others() -> None:
    first = rankstats.bootstrap_ranks(*LISTS, draws=1_500, seed=3)
    assert first.equals(rankstats.bootstrap_ranks(*LISTS, draws=1_500, seed=3))
    assert not first.equals(rankstats.bootstrap_ranks(*LISTS, draws=1_500, seed=4))
    assert first.attrs == {"method": "borda", "draws": 1_500, "seed": 3, "publishers": 3, "tables": 4, "places": 4}


def test_editions_of_one_publisher_come_and_go_together() -> None:
    entries, tables = published("A B", "A B", "A B", "B A", publishers=["x", "x", "x", "y"])
    chances = rankstats.rank_chances(rankstats.bootstrap_ranks(entries, tables, draws=20_000))
    found = chances.set_index(["place", "rank"])["chance"]
    # Both from x, one of each (a tie), both from y.
    assert found["A", 1] == pytest.approx(0.75, abs=0.02)
    assert found["B", 1] == pytest.approx(0.75, abs=0.02)
    tied = rankstats.bootstrap_ranks(entries, tables, draws=20_000).eq(1).all(axis=1).mean()
    assert tied == pytest.approx(0.5, abs=0.02)


def test_a_tie_at_the_last_place_counts_against_the_top() -> None:
    ranks = pd.DataFrame({"A": [1, 1, 1, 2], "B": [2, 2, 3, 3], "C": [3, 2, 2, 1]}, dtype=float)
    found = rankstats.chance_of_top(ranks, ["A", "B"])
    assert found["chance"] == 0.25
    assert found["k"] == 2
    assert rankstats.chance_of_top(ranks, "A")["chance"] == 0.75
    assert rankstats.chance_of_top(ranks, ["C", "A", "B"])["chance"] == 1


def test_a_draw_in_which_no_table_covers_a_place_gives_it_no_rank() -> None:
    entries, tables = published("A B C", "A B")
    drawn = rankstats.bootstrap_ranks(entries, tables, not_covered={"t1": ["C"]}, draws=4_000)
    assert drawn["C"].isna().mean() == pytest.approx(0.25, abs=0.03)
    assert drawn[["A", "B"]].notna().all(axis=None)
    chances = rankstats.rank_chances(drawn)
    assert chances[chances["place"] == "C"]["chance"].sum() == pytest.approx(1)
    assert rankstats.chance_of_top(drawn, ["A", "B", "C"])["chance"] == pytest.approx(0.75, abs=0.03)
    by_order = rankstats.bootstrap_ranks(entries, tables, not_covered={"t1": ["C"]}, draws=4_000, method="kemeny")
    assert by_order["C"].isna().equals(drawn["C"].isna())


def test_intervals_hold_the_middle_of_the_draws() -> None:
    drawn = rankstats.bootstrap_ranks(*LISTS, draws=2_000, seed=2)
    found = rankstats.rank_intervals(drawn, level=0.8).set_index("place")
    for place in drawn:
        row = found.loc[place]
        assert row["mean"] == drawn[place].mean()
        assert (drawn[place] < row["low"]).mean() <= 0.1
        assert (drawn[place] > row["high"]).mean() <= 0.1
        assert {row["low"], row["median"], row["high"]} <= set(drawn[place])
    assert found["mean"].is_monotonic_increasing
    assert (found["seed"] == 2).all()


def test_bad_options_are_errors() -> None:
    entries, tables = LISTS
    with pytest.raises(ValueError, match="seed is None"):
        rankstats.bootstrap_ranks(*LISTS, seed=None)
    with pytest.raises(ValueError, match="draws is 0"):
        rankstats.bootstrap_ranks(entries, tables, draws=0)
    with pytest.raises(ValueError, match="borda or kemeny"):
        rankstats.bootstrap_ranks(entries, tables, method="copeland")
    alone = tables[tables["publisher"] == "x"]
    with pytest.raises(ValueError, match="two or more, there is 'x' only"):
        rankstats.bootstrap_ranks(entries, alone)
    with pytest.raises(ValueError, match="two or more, there is 'x' only"):
        rankstats.without_each_publisher(entries, alone)
    drawn = rankstats.bootstrap_ranks(entries, tables, draws=10)
    for places in ([], ["Atlantis"], ["A", "A"]):
        with pytest.raises(ValueError, match="one or more different places"):
            rankstats.chance_of_top(drawn, places)
    with pytest.raises(ValueError, match="level is 1"):
        rankstats.rank_intervals(drawn, level=1)


def test_the_published_tables_by_both_methods() -> None:
    entries, tables = ac.load("league_table_entries"), ac.load("league_tables")
    chosen = tables[(tables["unit"] == "city") & (tables["scope"] == "china")]
    options = {"not_covered": {"cingai2021city": ["Beijing", "Shanghai", "Tianjin", "Chongqing"]}}
    for method, draws in (("borda", 2_000), ("kemeny", 50)):
        drawn = rankstats.bootstrap_ranks(entries, chosen, method=method, draws=draws, **options)
        assert drawn["Beijing"].median() == 1
        assert rankstats.rank_chances(drawn).groupby("place")["chance"].sum().to_numpy() == pytest.approx(1)
