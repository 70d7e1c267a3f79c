"""Exact Kemeny consensus: the orders that contradict the tables least.

A set of places each of which beats each place outside it in a majority of votes comes first in every optimal
order, so the places fall into groups that are solved one after another (Truchon 1998). Inside a group a
dynamic programme runs over the sets that can be the upper part of an order (Betzler et al. 2009); it leaves
out those that already cost more than a known order, and counts the optimal orders. Where there are too many
sets, a linear programme with the constraints that some three places violate gives the optimum (Grötschel,
Jünger & Reinelt 1984; integers are enforced by ``scipy.optimize.milp`` if need be), and its reduced costs say
which pairs stand in the same order in all optimal orders; with these pairs fixed the dynamic programme is
tried once more.
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ._arguments import number
from .lists import Lists, checked_lists, exact_preferences

# Sets the dynamic programme may hold: at first, and once pairs are fixed.
_FEW_SETS = 6_000
_MANY_SETS = 250_000
# A set of places is the bits of one 64-bit word.
_MOST_PLACES = 62
_SHOWN = 12


@dataclass(frozen=True, repr=False)
class Kemeny:
    """A Kemeny consensus; printing it says it in a sentence.

    Attributes
    ----------
    cost, votes : Weight of the statements "a stands above b" that ``order`` contradicts, out of all.
    bound : No order costs less. Equal to ``cost`` unless the time was over.
    order : One row for each place: ``place``; ``position`` in one optimal order (the first in the alphabet, if
        ``exact``); ``first`` and ``last``, its best and worst position in any optimal order; ``group``, the number of
        its group: all optimal orders have the groups in this sequence.
    orders : Number of optimal orders.
    agreed : Pairs (``above``, ``below``) that stand in this order in all optimal orders.
    exact : Whether all of this is settled. If not, and ``cost`` equals ``bound``, then ``order`` is optimal, but there
        were too many sets to go through: ``orders`` is a lower bound, there may be more agreed pairs, and ``first``
        and ``last`` may lie further apart than need be. If ``cost`` is above ``bound``, the time was over and
        ``order`` is the best found.
    """

    cost: float
    bound: float
    votes: float
    order: pd.DataFrame
    orders: int
    agreed: pd.DataFrame
    exact: bool

    def __str__(self) -> str:
        """The order, what it contradicts, and how sure it is."""
        names = self.order["place"].tolist()
        more = f" > … ({len(names)} places)" if len(names) > _SHOWN else ""
        if self.exact:
            sure = "the only optimal order" if self.orders == 1 else f"one of {self.orders:,} optimal orders"
        elif self.cost > self.bound:
            sure = f"the best order found in the time given; none contradicts fewer than {self.bound:g}"
        else:
            sure = "optimal; there may be other optimal orders"
        return f"{' > '.join(names[:_SHOWN])}{more}: contradicts {self.cost:g} of {self.votes:g} votes, {sure}"

    __repr__ = __str__


class _Clock:
    """Seconds left, None for as many as it takes."""

    def __init__(self, seconds: float | None) -> None:
        self.end = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """Seconds left, never less than a moment."""
        return None if self.end is None else max(self.end - time.monotonic(), 1e-3)

    def over(self) -> bool:
        """Whether the time is over."""
        return self.end is not None and time.monotonic() >= self.end


@dataclass(frozen=True)
class _Solution:
    """Optimal orders of a group.

    ``before[a, b]``: a stands before b in all of them; ``first``, ``last``: best and worst position in any.
    """

    cost: int
    bound: int
    order: list[int]
    orders: int
    before: np.ndarray
    first: np.ndarray
    last: np.ndarray
    exact: bool


def kemeny(lists: Lists, *, time_limit: float | None = 60.0) -> Kemeny:
    """The complete orders of the places that contradict the lists least (Kemeny 1959).

    Each pair that a list puts in an order counts with the list's weight against the orders that turn it round. Ties
    and open orders count against none, so that a list that says little has little say.

    Parameters
    ----------
    lists : From :func:`rankstats.read`. Weights are used exactly, 0.1 being a tenth; those that are no fractions with
        denominators up to a million are rounded to 2**-30 of their sum.
    time_limit : Seconds for the search, about; None for as many as it takes. When they are over, the best order so far
        is returned with the bound that no order can beat.

    Warns
    -----
    RuntimeWarning
        If the result is not ``exact``, saying why.

    References
    ----------
    Kemeny, J. G. (1959). Mathematics without numbers. Daedalus 88(4), 577-591.

    Examples
    --------
    >>> found = rankstats.kemeny(rankstats.read([["a", "b", "c"], ["b", "c", "a"], ["a", ("b", "c")]]))
    >>> found.order
      place  position  first  last  group
    0     a         1      1     1      1
    1     b         2      2     2      2
    2     c         3      3     3      3
    """
    seconds = None if time_limit is None else number(time_limit, "time_limit")
    preferred, unit = exact_preferences(checked_lists(lists))
    found = of_preferences(preferred, unit, lists.places, _Clock(seconds))
    if not found.exact:
        why = (
            f"the time of {seconds:g} s is over: the best order so far contradicts {found.cost:g} votes, and none "
            f"fewer than {found.bound:g}; give a longer time_limit="
            if found.cost > found.bound
            else "the order is optimal, but there are too many others to go through: `orders` is a lower bound, and "
            "`first` and `last` may lie further apart than need be"
        )
        warnings.warn(why, RuntimeWarning, stacklevel=2)
    return found


def of_preferences(preferred: np.ndarray, unit: Fraction, places: list[str], clock: _Clock) -> Kemeny:
    """The consensus of whole numbers of votes for row above column, each worth `unit`."""
    margins = preferred - preferred.T
    groups = _groups(margins >= 0)
    parts = [_solve(margins[np.ix_(group, group)], clock) for group in groups]
    order = [group[at] for group, part in zip(groups, parts, strict=True) for at in part.order]
    size = len(places)
    before = np.zeros((size, size), dtype=bool)
    orders, number, done = 1, np.zeros(size, dtype=int), np.zeros(size, dtype=bool)
    first, last = np.zeros(size, dtype=int), np.zeros(size, dtype=int)
    for count, (group, part) in enumerate(zip(groups, parts, strict=True), start=1):
        first[group] = done.sum() + part.first
        last[group] = done.sum() + part.last
        done[group] = True
        before[np.ix_(group, ~done)] = True
        before[np.ix_(group, group)] = part.before
        number[group] = count
        orders *= part.orders
    position = np.empty(size, dtype=int)
    position[order] = np.arange(1, size + 1)
    above, below = np.nonzero(before)
    by_place = np.lexsort((position[below], position[above]))
    name = np.array(places, dtype=object)
    least = int(np.minimum(preferred, preferred.T)[np.triu_indices(size, 1)].sum())
    return Kemeny(
        cost=float((least + sum(part.cost for part in parts)) * unit),
        bound=float((least + sum(part.bound for part in parts)) * unit),
        votes=float(int(preferred.sum()) * unit),
        order=pd.DataFrame(
            {
                "place": [places[at] for at in order],
                "position": np.arange(1, size + 1),
                "first": first[order],
                "last": last[order],
                "group": number[order],
            }
        ),
        orders=orders,
        agreed=pd.DataFrame({"above": name[above[by_place]], "below": name[below[by_place]]}),
        exact=all(part.exact for part in parts),
    )


def ranks_of_margins(margins: np.ndarray, clock: _Clock) -> np.ndarray:
    """The best position of each place in any optimal order.

    Places can share one. The first k are the same in all optimal orders if nobody else has a rank up to k.
    """
    beats = (margins > 0).sum(axis=1)
    size = len(margins)
    if len(set(beats.tolist())) == size:
        # A majority without cycle and without ties is the one optimal order.
        return size - beats
    ranks = np.empty(size, dtype=int)
    ahead = 0
    for group in _groups(margins >= 0):
        alone = len(group) == 1
        ranks[group] = ahead + (1 if alone else _solve(margins[np.ix_(group, group)], clock).first)
        ahead += len(group)
    return ranks


def _groups(edges: np.ndarray) -> list[np.ndarray]:
    """Strong components of a graph in which each two nodes are joined, each before those it leads to.

    Whoever is in an earlier component has more successors than anyone in a later one, so the components are runs
    of the nodes sorted by successors, and a run ends where no edge leads back over its end.
    """
    order = np.argsort(-edges.sum(axis=1), kind="stable")
    back = edges.T[np.ix_(order, order)]
    size = len(order)
    furthest = size - 1 - back[:, ::-1].argmax(axis=1)
    ends = np.flatnonzero(np.maximum.accumulate(furthest) == np.arange(size)) + 1
    return [np.sort(group) for group in np.split(order, ends[:-1])]


def _solve(margins: np.ndarray, clock: _Clock) -> _Solution:
    """Optimal orders of one group. Cost is counted from that of following each majority."""
    size = len(margins)
    free = np.zeros((size, size), dtype=bool)
    if size == 1:
        return _Solution(0, 0, [0], 1, free, np.ones(1, dtype=int), np.ones(1, dtype=int), True)
    bound = _cost(margins, _good_order(margins)) if size > 5 else None
    found = _over_sets(margins, bound, free, _FEW_SETS)
    if found is not None:
        return found
    parts = _strict_parts(margins)
    solved = [
        _solve(margins[np.ix_(part, part)], clock) if len(parts) > 1 else _by_cuts(margins, clock) for part in parts
    ]
    cost, low = sum(part.cost for part in solved), sum(part.bound for part in solved)
    before = margins > 0
    for part, solution in zip(parts, solved, strict=True):
        before[np.ix_(part, part)] = solution.before
    before = _closure(before)
    found = None if low < cost else _over_sets(margins, cost, before, _MANY_SETS)
    if found is not None:
        return found
    orders = 1
    for solution in solved:
        orders *= solution.orders
    order = [int(part[at]) for part, solution in zip(parts, solved, strict=True) for at in solution.order]
    return _inexact(cost, low, order, orders, before)


def _inexact(cost: int, bound: int, order: list[int], orders: int, before: np.ndarray) -> _Solution:
    first, last = before.sum(axis=0) + 1, len(before) - before.sum(axis=1)
    return _Solution(cost, bound, order, orders, before, first, last, False)


def _cost(margins: np.ndarray, order: list[int]) -> int:
    lost = np.triu(margins[np.ix_(order, order)], 1)
    return int(-lost[lost < 0].sum())


def _good_order(margins: np.ndarray) -> list[int]:
    """An order that moving no single place improves, from the Borda order on."""
    order = np.argsort(-margins.sum(axis=1), kind="stable").tolist()
    better = True
    while better:
        better = False
        for place in sorted(order):
            at = order.index(place)
            rest = order[:at] + order[at + 1 :]
            # Cost of standing at each position: being before those that beat it, after those it beats.
            against = margins[rest, place]
            cost = np.concatenate([[0], np.cumsum(against)])
            best = int(cost.argmax())
            if cost[best] > cost[at]:
                order = [*rest[:best], place, *rest[best:]]
                better = True
    return order


def _strict_parts(margins: np.ndarray) -> list[np.ndarray]:
    """Strong components of the strict majority, each before those it beats."""
    from scipy.sparse.csgraph import connected_components

    beats = margins > 0
    count, label = connected_components(beats, directed=True, connection="strong")
    member = label == np.arange(count)[:, None]
    leads = _closure((member @ beats @ member.T) & ~np.eye(count, dtype=bool))
    # Whoever leads to another also leads to all that the other leads to, and to the other itself.
    return [np.flatnonzero(member[part]) for part in np.argsort(-leads.sum(axis=1), kind="stable")]


def _closure(before: np.ndarray) -> np.ndarray:
    closed = before.copy()
    for via in range(len(closed)):
        closed |= np.outer(closed[:, via], closed[via])
    return closed


def _over_sets(margins: np.ndarray, bound: int | None, before: np.ndarray, most: int) -> _Solution | None:
    """Dynamic programme over the sets that can be the upper part of an order.

    Only orders that cost at most ``bound`` and keep ``before`` are looked at. None if there are more than
    ``most`` sets.
    """
    size = len(margins)
    if size > _MOST_PLACES:
        return None
    # lost[a, b]: what it costs to put a before b. Sums stay far below 2^53, so floats are exact.
    lost = np.maximum(-margins, 0).astype(float)
    predecessors = before.astype(float)
    needed = predecessors.sum(axis=0)
    limit = np.inf if bound is None else float(bound)
    bit = np.uint64(1) << np.arange(size, dtype=np.uint64)

    sets, cost = np.zeros(1, dtype=np.uint64), np.zeros(1)
    layers = [(sets, cost)]
    steps: list[tuple[np.ndarray, ...]] = []
    held = 1
    for _ in range(size):
        inside = (sets[:, None] & bit) != 0
        member = inside.astype(float)
        price = cost[:, None] + lost.sum(axis=1) - member @ lost.T
        allowed = ~inside & (price <= limit) & (member @ predecessors == needed)
        row, place = np.nonzero(allowed)
        larger, price = sets[row] | bit[place], price[row, place]
        sets, target = np.unique(larger, return_inverse=True)
        held += len(sets)
        if held > most:
            return None
        cost = np.full(len(sets), np.inf)
        np.minimum.at(cost, target, price)
        steps.append((row, place, target, price))
        layers.append((sets, cost))
    return _trace(layers, steps, bit)


def _trace(
    layers: list[tuple[np.ndarray, np.ndarray]], steps: list[tuple[np.ndarray, ...]], bit: np.ndarray
) -> _Solution:
    """Walk back from the full set: which sets lie on optimal orders, and how many pass through them."""
    size = len(bit)
    # Up to 20 places the number of orders fits into 64 bits.
    kind: Any = np.int64 if size <= 20 else object
    ways = np.array([1], dtype=kind)
    together = np.zeros((size, size), dtype=bool)
    first, last = np.zeros(size, dtype=int), np.zeros(size, dtype=int)
    routes = []
    for position in range(size, 0, -1):
        row, place, target, price = steps[position - 1]
        sets, cost = layers[position - 1][0], layers[position][1]
        tight = (price == cost[target]) & (ways[target] != 0)
        row, place, target = row[tight], place[tight], target[tight]
        fewer = np.zeros(len(sets), dtype=kind)
        np.add.at(fewer, row, ways[target])
        routes.append((row, place, target))
        first[place] = position
        last[place] = np.where(last[place] == 0, position, last[place])
        ways = fewer
        inside = ((sets[ways != 0][:, None] & bit) != 0).astype(float)
        # A set with a and without b lies on an optimal order: a can stand before b.
        together |= inside.T @ (1 - inside) > 0
    order, at = [], 0
    for row, place, target in reversed(routes):
        here = np.flatnonzero(row == at)
        chosen = here[place[here].argmin()]
        order.append(int(place[chosen]))
        at = target[chosen]
    before = ~together.T
    np.fill_diagonal(before, False)
    least = int(layers[-1][1][0])
    return _Solution(least, least, order, int(ways[0]), before, first, last, True)


def _by_cuts(margins: np.ndarray, clock: _Clock) -> _Solution:
    """Optimum of a group by a linear programme over pairs, with the constraints that are violated.

    If the time is over first, the best order so far, and the bound of the last programme solved.
    """
    from scipy.optimize import LinearConstraint, linprog, milp

    size = len(margins)
    first, second = np.triu_indices(size, 1)
    pair = np.zeros((size, size), dtype=int)
    pair[first, second] = np.arange(len(first))
    gain = margins[first, second].astype(float)
    base = float(np.maximum(gain, 0).sum())
    cuts = _Cuts(pair)
    value = (gain > 0).astype(float)
    best = _good_order(margins)
    best_cost = _cost(margins, best)
    low, reduced = 0.0, np.abs(gain)
    while not clock.over() and cuts.add(_square(value, first, second, size)):
        solved = linprog(
            -gain,
            A_ub=cuts.matrix(),
            b_ub=cuts.limits(),
            bounds=(0, 1),
            method="highs-ds",
            options={"time_limit": clock.left()},
        )
        if clock.over() and not solved.success:
            break
        _check(solved)
        value, low = solved.x, base + solved.fun
        reduced = np.abs(solved.lower.marginals + solved.upper.marginals)
        best, best_cost = _better(margins, _square(value, first, second, size), best, best_cost)
    relaxed, relaxed_value = low, value
    # Costs are whole numbers: an order within less than one of the bound is optimal.
    while low <= best_cost - 1 + _slack(best_cost) and not clock.over():
        solved = milp(
            -gain,
            integrality=np.ones(len(gain)),
            bounds=(0, 1),
            constraints=LinearConstraint(cuts.matrix(), ub=cuts.limits()),
            options={"mip_rel_gap": 0.0, "time_limit": clock.left()},
        )
        if clock.over() and not solved.success:
            low = max(low, base + (solved.mip_dual_bound if solved.mip_dual_bound is not None else -np.inf))
            if solved.x is not None:
                best, best_cost = _better(margins, _square(solved.x, first, second, size), best, best_cost)
            break
        _check(solved)
        low = max(low, base + solved.mip_dual_bound)
        square = _square(np.round(solved.x), first, second, size)
        best, best_cost = _better(margins, square, best, best_cost)
        if not cuts.add(square):
            low = float(best_cost)
    optimal = low > best_cost - 1 + _slack(best_cost)
    before = np.zeros((size, size), dtype=bool)
    # Turning such a pair round costs more than the optimum, whatever the rest.
    fixed = relaxed + reduced > best_cost + _slack(best_cost)
    up = fixed & (relaxed_value > 0.5)
    down = fixed & ~up
    before[first[up], second[up]] = True
    before[second[down], first[down]] = True
    bound = best_cost if optimal else min(best_cost - 1, max(int(np.ceil(low - _slack(best_cost))), 0))
    return _inexact(best_cost, bound, best, 1, _closure(before))


def _better(margins: np.ndarray, square: np.ndarray, best: list[int], cost: int) -> tuple[list[int], int]:
    """The order that a solution of the programme suggests, if it is better than the best so far."""
    order = np.argsort(-square.sum(axis=1), kind="stable").tolist()
    return min((best, cost), (order, _cost(margins, order)), key=lambda found: found[1])


def _slack(cost: int) -> float:
    """How far a solver's floating-point bound may be off."""
    return 1e-3 + 1e-7 * cost


def _square(value: np.ndarray, first: np.ndarray, second: np.ndarray, size: int) -> np.ndarray:
    square = np.zeros((size, size))
    square[first, second] = value
    square[second, first] = 1 - value
    return square


def _check(solved: Any) -> None:
    if not solved.success:
        raise RuntimeError(f"scipy.optimize did not solve the programme: {solved.message}")


class _Cuts:
    """Constraints "of a before b, b before c, c before a, two at most", gathered as they are violated."""

    def __init__(self, pair: np.ndarray) -> None:
        self.pair = pair
        self.rows = np.zeros((0, 3), dtype=int)
        self.signs = np.zeros((0, 3))
        self.seen: set[tuple[int, int, int]] = set()

    def add(self, square: np.ndarray) -> bool:
        """Take up the cycles that ``square`` violates most; false if there are none."""
        size = len(square)
        over = square[:, :, None] + square[None, :, :] + square.T[:, None, :] - 2
        a, b, c = np.nonzero(over > 1e-6)
        once = (a < b) & (a < c)
        a, b, c = a[once], b[once], c[once]
        worst = np.argsort(-over[a, b, c], kind="stable")[: 20 * size]
        new = [cycle for cycle in zip(a[worst], b[worst], c[worst], strict=True) if cycle not in self.seen]
        if not new:
            return False
        self.seen.update(new)
        cycle = np.array(new)
        start, stop = cycle, np.roll(cycle, -1, axis=1)
        self.rows = np.vstack([self.rows, self.pair[np.minimum(start, stop), np.maximum(start, stop)]])
        self.signs = np.vstack([self.signs, np.where(start < stop, 1.0, -1.0)])
        return True

    def matrix(self) -> Any:
        from scipy.sparse import csr_array

        places = (np.repeat(np.arange(len(self.rows)), 3), self.rows.ravel())
        found = csr_array((self.signs.ravel(), places), shape=(len(self.rows), int(self.pair.max()) + 1))
        # all that the milp of SciPy 1.14 takes
        found.indices, found.indptr = found.indices.astype(np.int32), found.indptr.astype(np.int32)
        return found

    def limits(self) -> np.ndarray:
        """2 less the ones that come from writing "b before a" as 1 - "a before b"."""
        return 2.0 - (self.signs < 0).sum(axis=1)
