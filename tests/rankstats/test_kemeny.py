"""Exact Kemeny consensus: published examples, brute force, a plain integer programme, invariants."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

import aicities as ac
import rankstats
from tests.rankstats.hand_made import Lists, published, random_lists, random_votes, renamed, twice
from tests.rankstats.test_consensus import TENNESSEE, VOTERS

_kemeny = importlib.import_module("rankstats.kemeny")  # the package gives its function by that name


def by_brute_force(votes: np.ndarray) -> tuple[float, np.ndarray]:
    """The least cost, and for each optimal order the position of each place."""
    orders = np.array(list(permutations(range(len(votes)))))
    cost = sum(votes[orders[:, b], orders[:, a]] for a, b in combinations(range(len(votes)), 2))
    return float(cost.min()), np.argsort(orders[cost == cost.min()], axis=1) + 1


def by_plain_programme(votes: np.ndarray) -> float:
    """The linear ordering problem with all of its three-place constraints."""
    size = len(votes)
    pair = {both: at for at, both in enumerate(combinations(range(size), 2))}
    triples = list(combinations(range(size), 3))
    matrix = np.zeros((len(triples), len(pair)))
    for row, (a, b, c) in enumerate(triples):
        matrix[row, [pair[a, b], pair[b, c], pair[a, c]]] = 1, 1, -1
    solved = optimize.milp(
        [votes[b, a] - votes[a, b] for a, b in pair],
        integrality=np.ones(len(pair)),
        bounds=(0, 1),
        constraints=optimize.LinearConstraint(matrix, 0, 1) if triples else (),
    )
    return float(solved.fun + sum(votes[a, b] for a, b in pair))


def assert_is_brute_force(found: rankstats.Kemeny, votes: pd.DataFrame) -> None:
    names = sorted(votes.index)
    cost, positions = by_brute_force(votes.loc[names, names].to_numpy())
    assert found.exact
    assert found.cost == pytest.approx(cost)
    assert found.orders == len(positions)
    order = found.order.set_index("place").loc[names]
    assert order["position"].tolist() in positions.tolist()
    assert order["first"].tolist() == positions.min(axis=0).tolist()
    assert order["last"].tolist() == positions.max(axis=0).tolist()
    agreed = {
        (names[a], names[b]) for a, b in permutations(range(len(names)), 2) if (positions[:, a] < positions[:, b]).all()
    }
    assert set(found.agreed.itertuples(index=False, name=None)) == agreed


def test_the_usual_example() -> None:
    """Nashville, Chattanooga, Knoxville, Memphis agrees with 393 of 600 pairwise votes."""
    found = rankstats.kemeny(*TENNESSEE, weights=VOTERS)
    assert found.order["place"].tolist() == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert (found.votes, found.votes - found.cost) == (600, 393)
    assert (found.orders, found.exact, len(found.agreed)) == (1, True, 6)


def test_the_example_of_condorcet() -> None:
    """Sixty voters with a cycle (Condorcet 1785, in Young 1988): b, c, a with 104 of 180 votes."""
    lists = published("a b c", "b c a", "b a c", "c a b", "c b a")
    found = rankstats.kemeny(*lists, weights=dict(zip(["t0", "t1", "t2", "t3", "t4"], [23, 17, 2, 10, 8], strict=True)))
    assert found.order["place"].tolist() == ["b", "c", "a"]
    assert found.votes - found.cost == 104
    assert found.order["group"].tolist() == [1, 1, 1]


@settings(deadline=None, max_examples=80)
@given(random_lists())
def test_partial_lists_with_ties_against_all_orders(lists: Lists) -> None:
    found = rankstats.kemeny(*lists)
    # Five editions at most share a vote: sixtieths make whole numbers of all votes.
    votes = (60 * rankstats.preference_matrix(*lists)).round()
    assert_is_brute_force(replace(found, cost=60 * found.cost), votes)
    first = found.order["place"].tolist()
    _, positions = by_brute_force(votes.to_numpy())
    names = sorted(first)
    assert first == min([name for _, name in sorted(zip(at, names, strict=True))] for at in positions.tolist())


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 7), st.integers(0, 2**32 - 1), st.sampled_from([1, 2, 9]))
def test_random_votes_with_cycles_and_ties_against_all_orders(size: int, seed: int, most: int) -> None:
    votes = np.random.default_rng(seed).integers(0, most + 1, (size, size)).astype(float)
    np.fill_diagonal(votes, 0)
    names = list("GFEDCBA")[:size]
    frame = pd.DataFrame(votes, index=names, columns=names)
    assert_is_brute_force(rankstats.kemeny_of_preferences(frame), frame)


@pytest.mark.parametrize("places", [10, 15, 20])
@pytest.mark.parametrize("noise", [None, 0.3])
def test_twenty_lists_against_a_plain_integer_programme(places: int, noise: float | None) -> None:
    for seed in range(3):
        votes = random_votes(places, 20, noise=noise, seed=seed)
        found = rankstats.kemeny_of_preferences(votes)
        assert found.cost == pytest.approx(by_plain_programme(votes.to_numpy()))
        assert found.exact


def test_fifty_places_are_solved_exactly() -> None:
    votes = random_votes(50, 20, noise=None, seed=0)
    found = rankstats.kemeny_of_preferences(votes)
    assert found.exact
    order = found.order["place"]
    lost = np.triu(votes.loc[order, order].to_numpy().T, 1).sum()
    assert found.cost == lost
    # No interval of places can be moved elsewhere at a gain: what any optimum must satisfy.
    margins = votes.loc[order, order].to_numpy() - votes.loc[order, order].to_numpy().T
    for start, stop in combinations(range(51), 2):
        for end in range(stop + 1, 51):
            assert margins[start:stop, stop:end].sum() >= 0


@pytest.mark.parametrize("seed", range(6))
def test_the_linear_programme_and_the_sets_find_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    margins = np.triu(rng.choice([-1, 1], (14, 14)), 1)
    margins = margins - margins.T
    nothing = np.zeros(margins.shape, dtype=bool)
    by_sets = _kemeny._over_sets(margins, None, nothing, 1 << 14)
    by_cuts = _kemeny._by_cuts(margins)
    assert by_cuts.cost == by_sets.cost == _kemeny._cost(margins, by_cuts.order)
    assert not (by_cuts.before & ~by_sets.before).any()
    monkeypatch.setattr(_kemeny, "_FEW_SETS", 0)
    in_steps = _kemeny._solve(margins)
    assert in_steps.exact
    assert in_steps.orders == by_sets.orders
    assert (in_steps.before == by_sets.before).all()


def test_where_the_linear_programme_is_not_whole_integers_are_enforced(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    milp = optimize.milp

    def counted(*args: object, **options: object) -> object:
        calls.append(1)
        return milp(*args, **options)

    monkeypatch.setattr(optimize, "milp", counted)
    for seed in range(40):
        rng = np.random.default_rng(seed)
        margins = np.triu(rng.choice([-1, 1], (15, 15)), 1)
        margins = margins - margins.T
        by_cuts = _kemeny._by_cuts(margins)
        if calls:
            break
    assert calls
    nothing = np.zeros(margins.shape, dtype=bool)
    assert by_cuts.cost == _kemeny._over_sets(margins, None, nothing, 1 << 15).cost


def test_with_too_many_sets_the_optimum_stands_and_the_rest_is_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = random_votes(9, 4, noise=None, seed=1)
    exact = rankstats.kemeny_of_preferences(votes)
    assert exact.orders > 1
    monkeypatch.setattr(_kemeny, "_FEW_SETS", 3)
    monkeypatch.setattr(_kemeny, "_MANY_SETS", 3)
    bound = rankstats.kemeny_of_preferences(votes)
    assert not bound.exact
    assert bound.cost == exact.cost
    assert 1 <= bound.orders <= exact.orders
    pairs, known = (set(found.agreed.itertuples(index=False, name=None)) for found in (exact, bound))
    assert known <= pairs
    order = bound.order["place"]
    assert np.triu(votes.loc[order, order].to_numpy().T, 1).sum() == exact.cost
    both = exact.order.set_index("place").join(bound.order.set_index("place"), suffixes=("", "_bound"))
    assert (both["first_bound"] <= both["first"]).all()
    assert (both["last_bound"] >= both["last"]).all()


def test_more_places_than_bits_in_a_word() -> None:
    votes = random_votes(70, 3, noise=None, seed=0)
    found = rankstats.kemeny_of_preferences(votes)
    order = found.order["place"]
    assert found.cost == np.triu(votes.loc[order, order].to_numpy().T, 1).sum()
    least = np.minimum(votes, votes.T).to_numpy()[np.triu_indices(70, 1)].sum()
    assert found.cost >= least


def test_equal_sums_of_weights_are_equal() -> None:
    entries, tables = published("A B", "A B", "A B", "B A", publishers=["x", "x", "x", "y"])
    shared = rankstats.kemeny(entries, tables)
    assert (shared.orders, shared.cost, shared.votes, len(shared.agreed)) == (2, 1.0, 2.0, 0)
    tenths = rankstats.kemeny(entries, tables, weights={"t0": 0.1, "t1": 0.1, "t2": 0.1, "t3": 0.3})
    assert tenths.orders == 2
    exact = rankstats.kemeny(entries, tables, weights={"t0": Fraction(1, 3), "t1": 0, "t2": 0, "t3": Fraction(1, 7)})
    assert exact.cost == pytest.approx(1 / 7)
    with pytest.raises(ValueError, match=r"the weight 1\.123456789012345 is no fraction .* round it"):
        rankstats.kemeny(entries, tables, weights={"t0": 1.123456789012345, "t1": 1, "t2": 1, "t3": 1})
    primes = {"t0": Fraction(1, 999_983), "t1": Fraction(1, 999_979), "t2": Fraction(1, 999_961), "t3": 1}
    with pytest.raises(ValueError, match="parts to be exact: round them"):
        rankstats.kemeny(entries, tables, weights=primes)


@settings(deadline=None, max_examples=30)
@given(random_lists(), st.permutations("ABCDEF"))
def test_new_names_tables_counted_twice_and_orders_reversed(lists: Lists, names: list[str]) -> None:
    entries, tables = lists
    rename = dict(zip("ABCDEF", names, strict=True))
    found = rankstats.kemeny(entries, tables)
    pairs = set(found.agreed.itertuples(index=False, name=None))
    again = rankstats.kemeny(renamed(entries, rename), tables)
    assert (again.cost, again.orders) == (found.cost, found.orders)
    assert {(rename[a], rename[b]) for a, b in pairs} == set(again.agreed.itertuples(index=False, name=None))
    doubled = rankstats.kemeny(*twice(entries, tables))
    assert (doubled.cost, doubled.orders) == (found.cost, found.orders)
    assert doubled.agreed.equals(found.agreed)
    votes = rankstats.preference_matrix(entries, tables).rename_axis(index=None, columns=None)
    back = rankstats.kemeny_of_preferences(votes.T)
    assert (back.cost, back.orders) == (found.cost, found.orders)
    assert {(b, a) for a, b in pairs} == set(back.agreed.itertuples(index=False, name=None))


def test_bad_votes_are_errors_that_say_where() -> None:
    votes = random_votes(3, 2, noise=None, seed=0)
    for wrong in (-1.0, np.nan, np.inf, 1e300):
        bad = votes.copy()
        bad.loc["p00", "p02"] = wrong
        with pytest.raises(ValueError, match=rf"'p00' above 'p02': {re.escape(str(wrong))} is not zero or a positive"):
            rankstats.kemeny_of_preferences(bad)
    with pytest.raises(ValueError, match="1 is no name of a place"):
        rankstats.kemeny_of_preferences(votes.set_axis(["p00", "p01", 1]).set_axis(["p00", "p01", 1], axis=1))
    with pytest.raises(TypeError, match="must be a DataFrame"):
        rankstats.kemeny_of_preferences(votes.to_numpy())
    for bad in (votes.iloc[:2], votes.iloc[:1, :1], votes.set_axis(["p00", "p00", "p02"])):
        with pytest.raises(ValueError, match="the same two or more places"):
            rankstats.kemeny_of_preferences(bad)


def test_the_published_tables_have_an_exact_consensus() -> None:
    entries, tables = ac.load("league_table_entries"), ac.load("league_tables")
    chosen = tables[(tables["unit"] == "city") & (tables["scope"] == "china")]
    away = {"cingai2021city": ["Beijing", "Shanghai", "Tianjin", "Chongqing"]}
    found = rankstats.kemeny(entries, chosen, not_covered=away)
    votes = rankstats.preference_matrix(entries, chosen, not_covered=away).to_numpy()
    assert found.exact
    assert found.cost == pytest.approx(by_plain_programme(votes))
