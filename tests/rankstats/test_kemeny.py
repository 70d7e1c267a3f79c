"""Exact Kemeny consensus: published examples, brute force, a plain integer programme, invariants."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

import rankstats
from rankstats import orders
from tests.rankstats.hand_made import Lists, lists_of_votes, published, random_lists, random_votes, renamed, twice
from tests.rankstats.test_consensus import TENNESSEE, VOTERS

ANY_TIME = orders._Clock(None)


def kemeny_of(votes: pd.DataFrame) -> rankstats.Kemeny:
    return rankstats.kemeny(lists_of_votes(votes))


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
    found = rankstats.kemeny(rankstats.read(*TENNESSEE, weights=VOTERS))
    assert found.order["place"].tolist() == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert (found.votes, found.votes - found.cost) == (600, 393)
    assert (found.orders, found.exact, len(found.agreed)) == (1, True, 6)


def test_the_example_of_condorcet() -> None:
    """Sixty voters with a cycle (Condorcet 1785, in Young 1988): b, c, a with 104 of 180 votes."""
    lists = published("a b c", "b c a", "b a c", "c a b", "c b a")
    found = rankstats.kemeny(
        rankstats.read(*lists, weights=dict(zip(["t0", "t1", "t2", "t3", "t4"], [23, 17, 2, 10, 8], strict=True)))
    )
    assert found.order["place"].tolist() == ["b", "c", "a"]
    assert found.votes - found.cost == 104
    assert found.order["group"].tolist() == [1, 1, 1]


@settings(deadline=None, max_examples=80)
@given(random_lists())
def test_partial_lists_with_ties_against_all_orders(lists: Lists) -> None:
    found = rankstats.kemeny(rankstats.read(*lists))
    # Five editions at most share a vote: sixtieths make whole numbers of all votes.
    votes = (60 * rankstats.read(*lists).preferences).round()
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
    # ballots of no weight would be no ballots
    votes[0, 1:] += not votes.any(axis=0)[1:].all() or not votes.any()
    names = list("GFEDCBA")[:size]
    frame = pd.DataFrame(votes, index=names, columns=names)
    assert_is_brute_force(kemeny_of(frame), frame)


@pytest.mark.parametrize("places", [10, 15, 20])
@pytest.mark.parametrize("noise", [None, 0.3])
def test_twenty_lists_against_a_plain_integer_programme(places: int, noise: float | None) -> None:
    for seed in range(3):
        votes = random_votes(places, 20, noise=noise, seed=seed)
        found = kemeny_of(votes)
        assert found.cost == pytest.approx(by_plain_programme(votes.to_numpy()))
        assert found.exact


def test_fifty_places_are_solved_exactly() -> None:
    votes = random_votes(50, 20, noise=None, seed=0)
    found = kemeny_of(votes)
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
    by_sets = orders._over_sets(margins, None, nothing, 1 << 14)
    by_cuts = orders._by_cuts(margins, ANY_TIME)
    assert by_cuts.cost == by_sets.cost == orders._cost(margins, by_cuts.order)
    assert not (by_cuts.before & ~by_sets.before).any()
    monkeypatch.setattr(orders, "_FEW_SETS", 0)
    in_steps = orders._solve(margins, ANY_TIME)
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
        by_cuts = orders._by_cuts(margins, ANY_TIME)
        if calls:
            break
    assert calls
    nothing = np.zeros(margins.shape, dtype=bool)
    assert by_cuts.cost == orders._over_sets(margins, None, nothing, 1 << 15).cost


def test_with_too_many_sets_the_optimum_stands_and_the_rest_is_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = random_votes(9, 4, noise=None, seed=1)
    exact = kemeny_of(votes)
    assert exact.orders > 1
    monkeypatch.setattr(orders, "_FEW_SETS", 3)
    monkeypatch.setattr(orders, "_MANY_SETS", 3)
    with pytest.warns(RuntimeWarning, match="the order is optimal, but there are too many others"):
        bound = kemeny_of(votes)
    assert not bound.exact
    assert bound.cost == exact.cost
    assert 1 <= bound.orders <= exact.orders
    pairs, known = (set(found.agreed.itertuples(index=False, name=None)) for found in (exact, bound))
    assert known <= pairs
    order = bound.order["place"]
    assert np.triu(votes.loc[order, order].to_numpy().T, 1).sum() == exact.cost
    both = exact.order.set_index("place").join(bound.order.set_index("place"), rsuffix="_bound")
    assert (both["first_bound"] <= both["first"]).all()
    assert (both["last_bound"] >= both["last"]).all()


def test_more_places_than_bits_in_a_word() -> None:
    votes = random_votes(70, 3, noise=None, seed=0)
    with pytest.warns(RuntimeWarning, match="there are too many others"):
        found = kemeny_of(votes)
    order = found.order["place"]
    assert found.cost == np.triu(votes.loc[order, order].to_numpy().T, 1).sum()
    least = np.minimum(votes, votes.T).to_numpy()[np.triu_indices(70, 1)].sum()
    assert found.cost >= least


def test_equal_sums_of_weights_are_equal() -> None:
    entries, tables = published("A B", "A B", "A B", "B A", publishers=["x", "x", "x", "y"])
    shared = rankstats.kemeny(rankstats.read(entries, tables))
    assert (shared.orders, shared.cost, shared.votes, len(shared.agreed)) == (2, 1.0, 2.0, 0)
    tenths = rankstats.kemeny(rankstats.read(entries, tables, weights={"t0": 0.1, "t1": 0.1, "t2": 0.1, "t3": 0.3}))
    assert tenths.orders == 2
    exact = rankstats.kemeny(
        rankstats.read(entries, tables, weights={"t0": Fraction(1, 3), "t1": 0, "t2": 0, "t3": Fraction(1, 7)})
    )
    assert exact.cost == pytest.approx(1 / 7)


def test_weights_that_are_no_fractions_are_rounded_to_parts_of_their_sum() -> None:
    entries, tables = published("A B C", "B C A", "C A B")
    found = rankstats.kemeny(rankstats.read(entries, tables, weights=[np.pi, np.e, np.float32(0.1)]))
    assert found.order["place"].tolist() == ["A", "B", "C"]
    assert found.cost == pytest.approx(2 * np.e + 2 * np.float32(0.1))
    assert found.votes == pytest.approx(3 * (np.pi + np.e + 0.1), rel=1e-8)


@settings(deadline=None, max_examples=30)
@given(random_lists(), st.permutations("ABCDEF"))
def test_new_names_tables_counted_twice_and_orders_reversed(lists: Lists, names: list[str]) -> None:
    entries, tables = lists
    rename = dict(zip("ABCDEF", names, strict=True))
    found = rankstats.kemeny(rankstats.read(entries, tables))
    pairs = set(found.agreed.itertuples(index=False, name=None))
    again = rankstats.kemeny(rankstats.read(renamed(entries, rename), tables))
    assert (again.cost, again.orders) == (found.cost, found.orders)
    assert {(rename[a], rename[b]) for a, b in pairs} == set(again.agreed.itertuples(index=False, name=None))
    doubled = rankstats.kemeny(rankstats.read(*twice(entries, tables)))
    assert (doubled.cost, doubled.orders) == (found.cost, found.orders)
    assert doubled.agreed.equals(found.agreed)
    votes = rankstats.read(entries, tables).preferences.rename_axis(index=None, columns=None)
    back = kemeny_of(votes.T)
    assert (back.cost, back.orders) == (found.cost, found.orders)
    assert {(b, a) for a, b in pairs} == set(back.agreed.itertuples(index=False, name=None))


def test_when_the_time_is_over_the_best_order_comes_with_its_bound() -> None:
    votes = random_votes(40, 20, noise=None, seed=0)
    with pytest.warns(RuntimeWarning, match=r"the time of 0\.001 s is over: .* give a longer time_limit="):
        found = rankstats.kemeny(lists_of_votes(votes), time_limit=0.001)
    order = found.order["place"]
    assert found.cost == np.triu(votes.loc[order, order].to_numpy().T, 1).sum()
    assert found.bound < found.cost and not found.exact
    assert found.bound >= np.minimum(votes, votes.T).to_numpy()[np.triu_indices(40, 1)].sum()
    exact = rankstats.kemeny(lists_of_votes(votes))
    assert found.bound <= exact.cost <= found.cost
    assert exact.bound == exact.cost
    assert set(found.agreed.itertuples(index=False, name=None)) <= set(exact.agreed.itertuples(index=False, name=None))
    assert "the best order found in the time given" in str(found)
    with pytest.raises(ValueError, match="time_limit is 0"):
        rankstats.kemeny(lists_of_votes(votes), time_limit=0)


def test_a_consensus_says_itself_in_a_sentence() -> None:
    found = rankstats.kemeny(rankstats.read([["a", "b"], ["b", "a"]]))
    assert str(found) == "a > b: contradicts 1 of 2 votes, one of 2 optimal orders"
