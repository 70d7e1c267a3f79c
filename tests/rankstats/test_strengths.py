"""Plackett–Luce: published estimates, choix, a general optimiser, simulation, invariants."""

from __future__ import annotations

import math
from itertools import permutations

import choix
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

import aicities as ac
import rankstats
from tests.rankstats.hand_made import Lists, only, published, random_lists, renamed, twice


def logs(found: rankstats.PlackettLuce) -> pd.Series:
    return found.strengths.set_index("place")["log_strength"].sort_index()


def simulated(log: np.ndarray, depths: list[int], seed: int) -> Lists:
    """Lists drawn from the model, each cut off at its depth."""
    rng = np.random.default_rng(seed)
    names = np.array([chr(65 + number) for number in range(len(log))])
    orders = [names[np.argsort(-(log + rng.gumbel(size=len(log))))] for _ in depths]
    return published(*(" ".join(order[:depth]) for order, depth in zip(orders, depths, strict=True)))


def test_two_place_lists_are_bradley_terry_as_published() -> None:
    """American League 1987 (Agresti, Categorical Data Analysis; standard errors as printed by BradleyTerry2)."""
    wins = {
        "Milwaukee": [0, 7, 9, 7, 7, 9, 11],
        "Detroit": [6, 0, 7, 5, 11, 9, 9],
        "Toronto": [4, 6, 0, 7, 7, 8, 12],
        "New_York": [6, 8, 6, 0, 6, 7, 10],
        "Boston": [6, 2, 6, 7, 0, 7, 12],
        "Cleveland": [4, 4, 5, 6, 6, 0, 6],
        "Baltimore": [2, 4, 1, 3, 1, 7, 0],
    }
    pairs = [(a, b, n) for a, row in wins.items() for b, n in zip(wins, row, strict=True) if n]
    entries, tables = published(*(f"{a} {b}" for a, b, _ in pairs))
    weights = {table: n for table, (_, _, n) in zip(tables["table_id"], pairs, strict=True)}
    found = rankstats.plackett_luce(entries, tables, weights=weights, not_covered=only(entries, tables))
    log, cov = logs(found), found.covariance
    published_estimates = {
        "Milwaukee": (1.5814, 0.3433),
        "Detroit": (1.4364, 0.3396),
        "Toronto": (1.2945, 0.3367),
        "New_York": (1.2476, 0.3359),
        "Boston": (1.1077, 0.3339),
        "Cleveland": (0.6839, 0.3319),
    }
    base = "Baltimore"
    for team, (estimate, error) in published_estimates.items():
        assert round(log[team] - log[base], 4) == estimate
        variance = cov.loc[team, team] + cov.loc[base, base] - 2 * cov.loc[team, base]
        assert round(math.sqrt(variance), 4) == error


@pytest.mark.parametrize("seed", range(5))
def test_lists_that_end_anywhere_are_those_of_choix(seed: int) -> None:
    depths = [1, 2, 3, 4, 6] * 8
    entries, tables = simulated(np.linspace(1, -1, 6), depths, seed)
    found = rankstats.plackett_luce(entries, tables)
    choices = []
    for table in tables["table_id"]:
        order = [ord(place) - 65 for place in entries.loc[entries["table_id"] == table, "place"]]
        rest = list(range(6))
        for winner in order[:5]:
            rest.remove(winner)
            choices.append((winner, list(rest)))
    expected = choix.mm_top1(6, choices, max_iter=100_000, tol=1e-10)
    assert logs(found).to_numpy() == pytest.approx(expected - expected.mean(), abs=1e-6)


def test_lists_over_part_of_the_places_are_those_of_choix() -> None:
    rng = np.random.default_rng(5)
    orders = [rng.permutation(6)[: rng.integers(2, 6)] for _ in range(40)]
    entries, tables = published(*(" ".join(chr(65 + place) for place in order) for order in orders))
    found = rankstats.plackett_luce(entries, tables, not_covered=only(entries, tables))
    expected = choix.mm_rankings(6, [list(order) for order in orders], max_iter=100_000, tol=1e-10)
    assert logs(found).to_numpy() == pytest.approx(expected - expected.mean(), abs=1e-6)


def chance_of_groups(strength: dict[str, float], groups: list[str]) -> float:
    """The exact chance that groups of places come one after another, in any order inside each."""
    rest, chance = set(strength), 1.0
    for group in groups:
        total = 0.0
        for order in permutations(group):
            left, product = sum(strength[place] for place in rest), 1.0
            for place in order:
                product *= strength[place] / left
                left -= strength[place]
            total += product
        chance *= total
        rest -= set(group)
    return chance


def test_the_likelihood_of_lists_without_ties_is_the_exact_chance() -> None:
    entries, tables = published("A B C D", "B A", "C A D", "D B A C", "B D")
    found = rankstats.plackett_luce(entries, tables)
    strength = found.strengths.set_index("place")["strength"].to_dict()
    lists = [["A", "B", "C", "D"], ["B", "A"], ["C", "A", "D"], ["D", "B", "A", "C"], ["B", "D"]]
    exact = sum(math.log(chance_of_groups(strength, groups)) for groups in lists)
    assert found.log_likelihood == pytest.approx(exact)


def test_ties_come_close_to_the_exact_chance_of_their_groups() -> None:
    lists = [["A", "BC", "D", "E"], ["B", "A"], ["AC", "E"], ["D", "AB", "C", "E"], ["E", "CD"], ["C", "E", "A"]]
    entries, tables = published(*(" ".join(f"({' '.join(group)})" for group in groups) for groups in lists))
    found = logs(rankstats.plackett_luce(entries, tables))

    def loss(free: np.ndarray) -> float:
        strength = dict(zip("ABCDE", np.exp(np.append(free, 0.0)), strict=True))
        return -sum(math.log(chance_of_groups(strength, groups)) for groups in lists)

    exact = np.append(optimize.minimize(loss, np.zeros(4)).x, 0.0)
    assert found.to_numpy() == pytest.approx(exact - exact.mean(), abs=0.05)


def test_a_last_group_with_nothing_below_it_says_nothing() -> None:
    entries, tables = published("A B C", "B A C", "C A B", "A (B C)")
    same, _ = published("A B C", "B A C", "C A B", "A")
    assert logs(rankstats.plackett_luce(entries, tables)).equals(logs(rankstats.plackett_luce(same, tables)))


def test_after_a_gap_a_place_beats_only_the_listed_ones() -> None:
    entries, tables = published("A B C D", "D C B A", "B D A C", "A C B D")
    entries.loc[(entries["table_id"] == "t3") & (entries["place"] == "B"), "rank"] = 5
    entries = entries[~((entries["table_id"] == "t3") & (entries["place"] == "D"))]
    found = rankstats.plackett_luce(entries, tables)
    # The list reads 1 A, 2 C, 5 B: after C, D may be third, so B is known to beat nobody.
    same, _ = published("A B C D", "D C B A", "B D A C", "A C")
    assert logs(found).to_numpy() == pytest.approx(logs(rankstats.plackett_luce(same, tables)).to_numpy())


def test_standard_errors_cover_the_truth_as_often_as_they_should() -> None:
    truth = np.array([1.0, 0.4, 0.0, -0.4, -1.0])
    inside = []
    for seed in range(200):
        found = rankstats.plackett_luce(*simulated(truth, [5, 3] * 30, seed)).strengths.set_index("place").sort_index()
        inside.append(np.abs(found["log_strength"] - truth) < 1.96 * found["se"])
    # 1,000 intervals that hold in 95 percent of the cases; those of one sample are not independent.
    assert 0.93 < np.mean(inside) < 0.97


def test_the_information_is_the_curvature_of_the_likelihood() -> None:
    entries, tables = simulated(np.array([0.8, 0.2, -0.3, -0.7]), [4, 2, 3, 4] * 5, seed=1)
    found = rankstats.plackett_luce(entries, tables)
    from rankstats import strengths as _strengths
    from rankstats.lists import panel

    chosen = panel(entries, tables, places=None, not_covered=None, publisher="publisher", weights="publisher")
    choices = _strengths._choices(chosen, 0.0)
    log, step = logs(found).to_numpy(), 1e-4
    curvature = np.empty((4, 4))
    for a in range(4):
        for b in range(4):
            ends = [
                _strengths._likelihood(choices, log + step * (i * np.eye(4)[a] + j * np.eye(4)[b]))
                for i, j in ((1, 1), (1, -1), (-1, 1), (-1, -1))
            ]
            curvature[a, b] = -(ends[0] - ends[1] - ends[2] + ends[3]) / (4 * step**2)
    assert np.linalg.pinv(found.covariance.to_numpy()) == pytest.approx(curvature, abs=1e-4)


def test_counting_each_table_twice_halves_the_variance_if_each_has_a_vote() -> None:
    entries, tables = simulated(np.array([0.5, 0.0, -0.5]), [3, 2] * 10, seed=2)
    once = rankstats.plackett_luce(entries, tables)
    shared = rankstats.plackett_luce(*twice(entries, tables))
    both = rankstats.plackett_luce(*twice(entries, tables), weights="table")
    assert np.allclose(once.covariance, shared.covariance)
    assert np.allclose(once.covariance, 2 * both.covariance)
    assert logs(both).to_numpy() == pytest.approx(logs(once).to_numpy())


@settings(deadline=None, max_examples=40)
@given(random_lists(), st.permutations("ABCDEF"))
def test_new_names_change_nothing_and_strengths_add_up(lists: Lists, names: list[str]) -> None:
    entries, tables = lists
    rename = dict(zip("ABCDEF", names, strict=True))
    if entries.groupby("table_id").size().max() == 1 or entries["rank"].max() == 1:
        return
    found = rankstats.plackett_luce(entries, tables, prior=0.5)
    again = rankstats.plackett_luce(renamed(entries, rename), tables, prior=0.5).strengths.set_index("place")
    assert found.strengths["strength"].sum() == pytest.approx(1)
    for row in found.strengths.itertuples():
        assert again.loc[rename[row.place], "log_strength"] == pytest.approx(row.log_strength, abs=1e-7)
        assert again.loc[rename[row.place], "se"] == pytest.approx(row.se, abs=1e-7)
        assert again.loc[rename[row.place], "rank"] == row.rank


def test_a_place_that_never_wins_is_named_and_a_prior_keeps_it_finite() -> None:
    entries, tables = published("A B C", "B A C")
    with pytest.raises(ValueError, match="no finite strengths exist: 'C' never stand above"):
        rankstats.plackett_luce(entries, tables)
    found = rankstats.plackett_luce(entries, tables, prior=0.5)
    assert found.strengths["place"].tolist()[-1] == "C"
    assert np.isfinite(found.strengths["se"]).all()
    strong = rankstats.plackett_luce(entries, tables, prior=1e6)
    assert logs(strong).abs().max() < 1e-3


def test_the_prior_is_wins_and_defeats_against_a_ghost() -> None:
    entries, tables = published("A B C", "B A C", "A C B")
    found = rankstats.plackett_luce(entries, tables, prior=0.7)
    lists = [["A", "B", "C"], ["B", "A", "C"], ["A", "C", "B"]]

    def loss(log: np.ndarray) -> float:
        strength = dict(zip("ABC", np.exp(log), strict=True))
        games = sum(0.7 * (value - 2 * math.log(1 + math.exp(value))) for value in log)
        return -games - sum(math.log(chance_of_groups(strength, groups)) for groups in lists)

    expected = optimize.minimize(loss, np.zeros(3), tol=1e-10).x
    assert logs(found).to_numpy() == pytest.approx(expected - expected.mean(), abs=1e-5)
    assert found.log_likelihood == pytest.approx(-loss(expected), abs=1e-8)


def test_bad_input_is_an_error() -> None:
    entries, tables = published("A B", "B A")
    for prior in (-1, np.nan, np.inf, 1e308, "1"):
        with pytest.raises(ValueError, match="prior is"):
            rankstats.plackett_luce(entries, tables, prior=prior)
    with pytest.raises(ValueError, match="no table puts one of the places above another"):
        rankstats.plackett_luce(*published("(A B)"))


def test_the_published_tables_give_finite_strengths() -> None:
    entries, tables = ac.load("league_table_entries"), ac.load("league_tables")
    chosen = tables[(tables["unit"] == "city") & (tables["scope"] == "china")]
    away = {"cingai2021city": ["Beijing", "Shanghai", "Tianjin", "Chongqing"]}
    found = rankstats.plackett_luce(entries, chosen, prior=0.5, not_covered=away)
    assert found.strengths["place"].iloc[0] == "Beijing"
    assert found.strengths["se"].between(0.1, 2).all()
