"""Pairwise record and Borda count: published examples, brute force, exact fractions, invariants."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from tests.rankstats.hand_made import Lists, published, random_lists, renamed, twice

# The capital of Tennessee, the usual example of voting theory: 100 voters in four groups.
TENNESSEE = published(
    "Memphis Nashville Chattanooga Knoxville",
    "Nashville Chattanooga Knoxville Memphis",
    "Chattanooga Knoxville Nashville Memphis",
    "Knoxville Chattanooga Nashville Memphis",
)
VOTERS = {"t0": 42, "t1": 26, "t2": 15, "t3": 17}


def test_borda_of_the_usual_example() -> None:
    found = rankstats.borda(rankstats.read(*TENNESSEE, weights=VOTERS)).set_index("place")
    points = (found["score"] * 3 * 100).round(9).to_dict()
    assert points == {"Nashville": 194, "Chattanooga": 173, "Memphis": 126, "Knoxville": 107}
    assert found["rank"].to_dict() == {"Nashville": 1, "Chattanooga": 2, "Memphis": 3, "Knoxville": 4}


def test_pairwise_votes_of_the_usual_example() -> None:
    votes = rankstats.read(*TENNESSEE, weights=VOTERS).preferences
    assert votes.loc["Nashville", "Memphis"] == 58
    assert votes.loc["Memphis", "Nashville"] == 42
    assert votes.loc["Knoxville", "Chattanooga"] == 17


def exact_borda(entries: pd.DataFrame, tables: pd.DataFrame) -> dict[str, Fraction]:
    """Scores from the definition, in exact fractions: mean over publishers' shared votes of the points."""
    places = sorted(entries["place"].unique())
    share = 1 / tables.groupby("publisher")["table_id"].transform("size").map(Fraction)
    total = dict.fromkeys(places, Fraction(0))
    for table, vote in zip(tables["table_id"], share, strict=True):
        rank = entries[entries["table_id"] == table].set_index("place")["rank"].to_dict()
        for a, b in product(places, repeat=2):
            if a != b:
                # Not listed comes after all that are listed; two of them are open.
                first, second = rank.get(a, 99), rank.get(b, 99)
                total[a] += vote * (Fraction(1, 2) if first == second else int(first < second))
    return {place: points / sum(share) / (len(places) - 1) for place, points in total.items()}


@settings(deadline=None, max_examples=60)
@given(random_lists())
def test_borda_is_its_definition_in_fractions(lists: Lists) -> None:
    found = rankstats.borda(rankstats.read(*lists)).set_index("place")
    exact = exact_borda(*lists)
    for place, score in exact.items():
        assert found.loc[place, "score"] == pytest.approx(float(score), abs=1e-12)
        assert found.loc[place, "rank"] == 1 + sum(other > score for other in exact.values())
        assert found.loc[place, "tied"] == (list(exact.values()).count(score) > 1)


def test_borda_of_a_partial_list_is_the_mean_over_all_orders_it_allows() -> None:
    entries, tables = published("A (B C) D", "A B C D E F")
    found = rankstats.borda(rankstats.read(entries, tables, weights={"t0": 1, "t1": 0})).set_index("place")["score"]
    allowed = [["A", *middle, "D", *rest] for middle in permutations("BC") for rest in permutations("EF")]
    for place in "ABCDEF":
        mean = sum(Fraction(5 - order.index(place), 5) for order in allowed) / len(allowed)
        assert found[place] == pytest.approx(float(mean))


@settings(deadline=None, max_examples=40)
@given(random_lists(), st.permutations("ABCDEF"))
def test_new_names_and_tables_counted_twice_change_nothing(lists: Lists, names: list[str]) -> None:
    entries, tables = lists
    rename = dict(zip("ABCDEF", names, strict=True))
    scores = rankstats.borda(rankstats.read(entries, tables)).set_index("place")["score"]
    again = rankstats.borda(rankstats.read(renamed(entries, rename), tables)).set_index("place")["score"]
    doubled = rankstats.borda(rankstats.read(*twice(entries, tables))).set_index("place")["score"]
    for place in scores.index:
        assert again[rename[place]] == pytest.approx(scores[place])
        assert doubled[place] == pytest.approx(scores[place])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.permutations("ABCD"), min_size=1, max_size=4))
def test_reversing_complete_lists_turns_scores_round(orders: list[list[str]]) -> None:
    there = rankstats.borda(rankstats.read(*published(*map(" ".join, orders)))).set_index("place")["score"]
    back = rankstats.borda(rankstats.read(*published(*(" ".join(reversed(order)) for order in orders)))).set_index(
        "place"
    )["score"]
    for place in there.index:
        assert back[place] == pytest.approx(1 - there[place])


def test_places_with_the_same_record_have_the_same_score() -> None:
    found = rankstats.borda(rankstats.read(*published("A (B C) D", "D B C A", "D C B A", publishers="xyz"))).set_index(
        "place"
    )
    assert found.loc["B", "score"] == found.loc["C", "score"]
    assert found.loc["B", "rank"] == found.loc["C", "rank"]
    assert found.loc["B", "tied"]
    assert not found.loc["D", "tied"]


def test_the_editions_of_one_publisher_share_one_vote() -> None:
    entries, tables = published("A B", "A B", "A B", "B A", publishers=["x", "x", "x", "y"])
    assert rankstats.borda(rankstats.read(entries, tables))["score"].tolist() == [0.5, 0.5]
    assert rankstats.borda(rankstats.read(entries, tables, weights="equal")).set_index("place")["score"].to_dict() == {
        "A": 0.75,
        "B": 0.25,
    }
    assert (
        rankstats.borda(rankstats.read(entries, tables, by={f"t{k}": f"own{k}" for k in range(4)}))["score"].max()
        == 0.75
    )


def test_a_table_that_does_not_cover_a_place_neither_helps_nor_harms_it() -> None:
    entries, tables = published("A B C", "B C D")
    with_it = rankstats.borda(rankstats.read(entries, tables, not_covered={"t1": ["A"]})).set_index("place")
    assert with_it.loc["A", "score"] == 1
    assert with_it.loc["A", ["tables", "publishers", "listed"]].tolist() == [1, 1, 1]
    assert rankstats.borda(rankstats.read(entries, tables)).set_index("place").loc["A", "score"] == 0.5
    alone = rankstats.borda(
        rankstats.read(entries, tables, not_covered={"t0": ["D"]}, weights={"t0": 1, "t1": 0})
    ).set_index("place")
    assert pd.isna(alone.loc["D", "score"])
    assert pd.isna(alone.loc["D", "rank"])
    assert alone.index[-1] == "D"


def test_the_record_of_two_places_counts_every_table_and_publisher_once() -> None:
    entries, tables = published("A B", "B A", "(A B)", "A C", "C D", "B A", publishers=["x", "x", "y", "z", "z", "u"])
    found = rankstats.pairwise_record(rankstats.read(entries, tables, not_covered={"t4": ["A"]}))
    row = found.set_index(["place_a", "place_b"]).loc[("A", "B")]
    assert row[[name for name in row.index if name.startswith("tables")]].to_dict() == {
        "tables_a": 2,
        "tables_b": 2,
        "tables_tied": 1,
        "tables_undecided": 0,
        "tables_silent": 1,
    }
    assert row[[name for name in row.index if name.startswith("publishers")]].to_dict() == {
        "publishers_a": 1,
        "publishers_b": 1,
        "publishers_split": 2,
        "publishers_undecided": 0,
    }
    assert row["votes_a"] == 1.0
    assert row["votes_b"] == 1.5


@settings(deadline=None, max_examples=40)
@given(random_lists())
def test_the_record_adds_up_and_is_that_of_the_lists(lists: Lists) -> None:
    entries, tables = lists
    found = rankstats.pairwise_record(rankstats.read(entries, tables))
    places = sorted(entries["place"].unique())
    assert list(zip(found["place_a"], found["place_b"], strict=True)) == list(combinations(places, 2))
    assert (found.filter(like="tables_").sum(axis=1) == len(tables)).all()
    assert (found.filter(like="publishers_").sum(axis=1) == tables["publisher"].nunique()).all()
    ranks = [entries[entries["table_id"] == table].set_index("place")["rank"].to_dict() for table in tables["table_id"]]
    for row in found.itertuples():
        sides = [(rank.get(row.place_a, 99), rank.get(row.place_b, 99)) for rank in ranks]
        assert row.tables_a == sum(a < b for a, b in sides)
        assert row.tables_b == sum(a > b for a, b in sides)
        assert row.tables_undecided == sum(a == b == 99 for a, b in sides)


def test_copeland_counts_majorities_written_out() -> None:
    found = rankstats.copeland(rankstats.read(*TENNESSEE, weights=VOTERS)).set_index("place")
    assert found["wins"].to_dict() == {"Nashville": 3, "Chattanooga": 2, "Knoxville": 1, "Memphis": 0}
    assert found["score"].tolist() == pytest.approx([1, 2 / 3, 1 / 3, 0])
    circle = rankstats.copeland(rankstats.read([["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"]]))
    assert circle["rank"].tolist() == [1, 1, 1] and circle["score"].tolist() == [0.5] * 3
    drawn = rankstats.copeland(rankstats.read([["a", "b"], ["b", "a"]], unlisted="unknown"))
    assert drawn[["wins", "draws", "losses"]].to_numpy().tolist() == [[0, 1, 0], [0, 1, 0]]


@settings(deadline=None, max_examples=40)
@given(random_lists())
def test_copeland_is_the_sign_of_the_record(lists: Lists) -> None:
    record = rankstats.pairwise_record(rankstats.read(*lists))
    found = rankstats.copeland(rankstats.read(*lists)).set_index("place")
    margin = (record["votes_a"] - record["votes_b"]).round(9)
    for place, row in found.iterrows():
        own = margin.where(record["place_a"] == place, -margin)[record[["place_a", "place_b"]].eq(place).any(axis=1)]
        assert (row["wins"], row["losses"]) == ((own > 0).sum(), (own < 0).sum())


def test_any_weights_do_and_the_votes_are_their_sums() -> None:
    lists = rankstats.read(*TENNESSEE, weights=[np.pi, np.float32(0.1), 1e-9, 2])
    votes = lists.preferences
    assert votes.loc["Memphis", "Nashville"] == pytest.approx(np.pi)
    assert votes.loc["Nashville", "Memphis"] == pytest.approx(2.1 + 1e-9)
    for weights in rankstats.sample_weights(lists.lists, draws=5).to_numpy():
        assert rankstats.borda(lists.weighted(weights))["score"].sum() == pytest.approx(2)
