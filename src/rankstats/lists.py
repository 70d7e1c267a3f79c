"""Rankings as they are: partial, tied, in tiers, with members that carry no rank.

:func:`read` takes rankings in the shapes people have them in and makes one :class:`Lists` of them, which every
function on rankings takes. In it each list gives each place an interval of levels ``[first, last]``. One place
stands above another when its interval ends before the other's begins; two places are tied when both have the same
single level; otherwise the list leaves their order open. Nothing is made up to fill a gap:

============ ================================== ====================================================
state        what the list says                 interval
============ ================================== ====================================================
ranked       a rank                             ``[rank, rank]``
tied         a rank that others share           ``[rank, rank]`` for all of them
tier         a tier and no rank                 one level for each tier, after the ranks
unranked     among those listed, no rank        from the first rank nobody holds to ``n_published``; where a
                                                range of ranks is given, the ranks in it that nobody holds
not_listed   covered by the list, not listed    from the first rank nobody is known to hold, without end
not_covered  the list says nothing about it     none
============ ================================== ====================================================

So a place missing from a complete top ten stands below all ten; a place missing from a list of which the ranks
1, 2, 3, 5 and 8 could be read stands below the first three only, because it may be the fourth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from ._arguments import as_list, choice, weights_by_name
from ._sheets import Sheet, from_entries, from_orders, from_wide, named

Weights: TypeAlias = str | Mapping[str, float] | pd.Series | Sequence[float] | np.ndarray
NotCovered: TypeAlias = Mapping[str, Iterable[str]] | None
Publishers: TypeAlias = str | Mapping[str, str] | pd.Series | Sequence[str] | None

STATES = ("ranked", "tied", "tier", "unranked", "not_listed", "not_covered")
RANKED, TIED, TIER, UNRANKED, NOT_LISTED, NOT_COVERED = range(6)

# Sums of whole weights, which a float holds exactly up to 2**53.
_MOST_PARTS = 2**40
_ROUNDED_PARTS = 2**30


@dataclass(frozen=True, eq=False, repr=False)
class Lists:
    """Rankings as :func:`read` understood them; printing it says how.

    Attributes
    ----------
    lists, publishers : Name of each list, and whose it is.
    places : The places compared, in alphabetical order.
    weights : How much each list counts.
    first, last : Interval of levels; NaN where a list does not cover a place.
    state : Number of the state in :data:`STATES`.
    below : Level from which places that a list does not name may stand.

    Examples
    --------
    >>> lists = rankstats.read([["Oslo", "Bergen"], ["Bergen", "Oslo", "Tromsø"]], weights=[3, 1])
    >>> print(lists)
    2 lists of 3 places
    publishers: 2, one list each; weights as given, from 1 to 3
    ranks: no ties, no gaps
    not listed: 1 of 6, below those listed
    >>> lists.preferences
    below   Bergen  Oslo  Tromsø
    above
    Bergen     0.0   1.0     4.0
    Oslo       3.0   0.0     4.0
    Tromsø     0.0   0.0     0.0
    """

    lists: list[str]
    publishers: list[str]
    places: list[str]
    weights: np.ndarray
    first: np.ndarray
    last: np.ndarray
    state: np.ndarray
    below: np.ndarray
    rule: str
    readings: list[str] = field(default_factory=list)
    gaps: list[bool] = field(default_factory=list)

    @property
    def covered(self) -> np.ndarray:
        """Lists × places: whether the list says something about the place."""
        return self.state != NOT_COVERED

    @property
    def listed(self) -> np.ndarray:
        """Lists × places: whether the list names the place."""
        return self.state < NOT_LISTED

    @property
    def settled(self) -> np.ndarray:
        """Lists × places: whether a listed place has a single level, a rank or a tier."""
        return (self.first == self.last) & self.listed

    @property
    def levels(self) -> np.ndarray:
        """Lists × places: the single level of a place, NaN where it has none."""
        return np.where(self.settled, self.first, np.nan)

    @property
    def names(self) -> list[str]:
        """The publishers, each once, in alphabetical order."""
        return sorted(set(self.publishers))

    @property
    def owners(self) -> np.ndarray:
        """Number of each list's publisher in `names`."""
        return np.searchsorted(np.array(self.names, dtype=object), np.array(self.publishers, dtype=object))

    def by_publisher(self, cells: np.ndarray) -> np.ndarray:
        """Publishers × what `cells` has for each list: the sum over the lists of each."""
        total = np.zeros((len(self.names), *cells.shape[1:]), dtype=np.result_type(cells, np.int64))
        np.add.at(total, self.owners, cells)
        return total

    @property
    def preferences(self) -> pd.DataFrame:
        """Places × places: weight of the lists that put the row's place above the column's."""
        above = pd.Index(self.places, name="above")
        return pd.DataFrame(_added(self, self.weights), index=above, columns=pd.Index(self.places, name="below"))

    def above(self, at: int) -> np.ndarray:
        """Places × places: whether list number ``at`` puts the first above the second."""
        return self.last[at][:, None] < self.first[at][None, :]

    def tied(self, at: int) -> np.ndarray:
        """Places × places: whether list number ``at`` gives both the same rank or tier."""
        level = np.where((self.first[at] == self.last[at]) & self.listed[at], self.first[at], np.nan)
        same = level[:, None] == level[None, :]
        np.fill_diagonal(same, False)
        return same

    def weighted(self, weights: Weights) -> Lists:
        """The same lists with other weights, given as for :func:`read`."""
        found, rule = _weights(self.lists, self.publishers, weights)
        return replace(self, weights=found, rule=rule)

    def select(self, *, lists: Collection[str] | None = None, places: Collection[str] | None = None) -> Lists:
        """Some lists, some places, or both; what a list says about others still counts for where these stand.

        Weights stay what they are, except that publishers that share one vote share it anew.
        """
        rows = _numbers(lists, self.lists, "lists")
        columns = _numbers(places, self.places, "places")
        if len(columns) < 2:
            raise ValueError(f"an order needs two places or more, not {len(columns)}")
        take = np.ix_(rows, columns)
        publishers = [self.publishers[at] for at in rows]
        kept = [self.lists[at] for at in rows]
        weights = self.weights[rows]
        if self.rule == _ONE_VOTE:
            weights, _ = _weights(kept, publishers, "publisher")
        return replace(
            self,
            lists=kept,
            publishers=publishers,
            places=[self.places[at] for at in columns],
            weights=weights,
            first=self.first[take],
            last=self.last[take],
            state=self.state[take],
            below=self.below[rows],
            readings=[self.readings[at] for at in rows],
            gaps=[self.gaps[at] for at in rows],
        )

    def __str__(self) -> str:
        """What was understood, in a few lines."""
        return "\n".join(_description(self))

    __repr__ = __str__


def read(
    data: Any,
    tables: pd.DataFrame | None = None,
    *,
    scores: str | None = None,
    ranks: str = "auto",
    unlisted: str | None = None,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = None,
    weights: Weights = "publisher",
) -> Lists:
    """Read rankings in one of the shapes people have them in.

    Parameters
    ----------
    data
        - DataFrame of ranks, or of ``scores``, one row for each place and one column for each list (places may
        stand in a column called ``place``); a missing value is a place that the list does not name.
        - List of orders, or mapping of names to orders, best place first; places in one set, list or tuple are
        tied: ``[["a", "b"], ["b", {"a", "c"}]]``. A mapping may also have ranks by place.
        - Ballots and their numbers: mapping of orders to weights, ``{("a", "b", "c"): 12, ("b", "a", "c"): 7}``.
        - DataFrame with the columns ``table_id``, ``place``, ``rank`` and, where any list has them, ``tier`` (``T1``
        is the first) and ``rank_best`` with ``rank_worst``: the range of ranks in which a place without a rank
        stands. A tier says more than its range, and goes before it.
    tables : For the last shape, one row for each list to use: ``table_id`` and, where known, ``n_published``,
        ``unit``, ``scope``, ``publisher`` and ``not_covered`` (places, separated by semicolons). A list whose
        ``scope`` is not ``global`` covers only the places that some list of its scope names. Entries of other lists
        are left out.
    scores : ``higher`` or ``lower``: the values are scores, and which way is better.
    ranks : What ties do to ranks: ``competition`` (1, 2, 2, 4), ``dense`` (1, 2, 2, 3), ``mean`` (1, 2.5, 2.5, 4), or
        ``auto``: the first of them that all lists keep to, or else each by itself.
    unlisted : ``below``: a place that a list does not name stands below those it names (the default for ranks and
        orders); ``unknown``: the list says nothing about it (the default for scores).
    places : The places to compare; by default all that are listed.
    not_covered : List -> places that it leaves out by design, so that their absence says nothing.
    by : Whose lists belong together: a column of ``tables``, a publisher for each list, or list -> publisher. By
        default the column ``publisher`` if there is one, or else each list stands alone.
    weights : ``publisher``: the lists of one publisher share one vote; ``equal``: each list has one; or a number for
        each list, as a mapping, a list or an array.

    Examples
    --------
    >>> table = pd.DataFrame({"A": [1, 2.5, 2.5], "B": [1, 2, None]}, index=["Lyon", "Nice", "Brest"])
    >>> print(rankstats.read(table))
    2 lists of 3 places
    publishers: 2, one list each; weights: one vote each
    ranks: read as mean ranks; ties in 1 list, no gaps
    not listed: 1 of 6, below those listed
    >>> print(rankstats.read({("a", "b", "c"): 12, ("b", ("a", "c")): 7}))
    2 lists of 3 places
    publishers: 2, one list each; weights as given, from 7 to 12
    ranks: ties in 1 list, no gaps
    """
    choice(unlisted, "unlisted", None, "below", "unknown")
    if isinstance(data, Lists):
        raise TypeError("these lists are read already; use weighted() or select() to change them")
    if tables is not None and not isinstance(data, pd.DataFrame):
        raise TypeError(f"tables= goes with a DataFrame of entries, not with a {type(data).__name__}")
    everyone = None
    if isinstance(data, pd.DataFrame) and (tables is not None or "table_id" in data):
        if scores is not None:
            raise ValueError("scores= is for a table of places × lists; entries have ranks")
        sheets = from_entries(data, tables, ranks)
    elif isinstance(data, pd.DataFrame):
        sheets, everyone = from_wide(data, scores, ranks)
    else:
        sheets, given = from_orders(data, scores, ranks)
        if given is not None:
            if not (isinstance(weights, str) and weights == "publisher"):
                raise ValueError("the ballots have their numbers; give no weights beside them")
            weights = given
    if not sheets:
        raise ValueError("there is no list: nothing to rank")
    if everyone is None:
        everyone = pd.unique(np.concatenate([sheet.place for sheet in sheets]))
    return _fill(
        sheets,
        everyone,
        unknown=unlisted == "unknown" or (unlisted is None and scores is not None),
        places=places,
        not_covered=not_covered,
        publishers=_publishers([sheet.name for sheet in sheets], tables, by),
        weights=weights,
    )


def positions(lists: Lists) -> pd.DataFrame:
    """What each list says about each place.

    Returns
    -------
    DataFrame with the columns ``table_id``, ``place``, ``state``, ``first`` and ``last``, one row for each list and
    place; see the table of states at the head of this module. The levels order the places of one list; they are the
    ranks wherever there are ranks. ``last`` is infinite where a place may stand anywhere below.

    Examples
    --------
    >>> rankstats.positions(rankstats.read({"top two": ["a", "b"], "all": ["a", ("b", "c")]}))
      table_id place       state  first  last
    0  top two     a      ranked    1.0   1.0
    1  top two     b      ranked    2.0   2.0
    2  top two     c  not_listed    3.0   inf
    3      all     a      ranked    1.0   1.0
    4      all     b        tied    2.0   2.0
    5      all     c        tied    2.0   2.0
    """
    checked_lists(lists)
    shape = lists.first.shape
    return pd.DataFrame(
        {
            "table_id": np.repeat(lists.lists, shape[1]),
            "place": np.tile(lists.places, shape[0]),
            "state": np.array(STATES, dtype=object)[lists.state.ravel()].astype(str),
            "first": lists.first.ravel(),
            "last": lists.last.ravel(),
        }
    )


def checked_lists(lists: Lists) -> Lists:
    """Lists, after pointing whoever gives something else to :func:`read`."""
    if not isinstance(lists, Lists):
        raise TypeError(f"lists must come from rankstats.read(), not be a {type(lists).__name__}")
    return lists


def competition_ranks(scores: np.ndarray, *, decimals: int = 12) -> np.ndarray:
    """Competition ranks (1, 2, 2, 4) of the scores in each row, highest first; NaN where the score is NaN.

    Scores are compared after rounding to ``decimals``, so that equal results reached by sums in another order
    stay tied. Shape and order are kept.
    """
    rounded = np.round(np.atleast_2d(np.asarray(scores, dtype=float)), decimals)
    order = np.argsort(-rounded, axis=1, kind="stable")
    ordered = np.take_along_axis(rounded, order, axis=1)
    new = np.ones(ordered.shape, dtype=bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    places = np.arange(1, ordered.shape[1] + 1)
    ranks = np.empty(ordered.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(np.where(new, places, 0), axis=1).astype(float), 1)
    ranks[np.isnan(rounded)] = np.nan
    return ranks.reshape(np.shape(scores))


def exact_preferences(lists: Lists) -> tuple[np.ndarray, Fraction]:
    """The preferences in whole numbers, and the weight that one of them stands for."""
    whole, unit = whole_weights(lists.weights)
    return _added(lists, whole), unit


def whole_weights(weights: np.ndarray) -> tuple[np.ndarray, Fraction]:
    """Weights as whole numbers in the same proportion, and the weight of one.

    Weights that are no fractions with denominators up to a million, or that would take too many parts, are rounded
    to 2**-30 of their sum.
    """
    exact = [Fraction(float(weight)).limit_denominator(1_000_000) for weight in weights]
    close = all(abs(float(f) - w) <= 1e-14 * max(1.0, w) for f, w in zip(exact, weights, strict=True))
    parts = lcm(*(weight.denominator for weight in exact))
    if not close or sum(exact) * parts > _MOST_PARTS:
        unit = Fraction(float(weights.sum())) / _ROUNDED_PARTS
        return np.rint(weights / weights.sum() * _ROUNDED_PARTS).astype(np.int64), unit
    whole = [int(weight * parts) for weight in exact]
    common = int(np.gcd.reduce(whole)) or 1
    return np.array([number // common for number in whole], dtype=np.int64), Fraction(common, parts)


def _added(lists: Lists, weights: np.ndarray) -> np.ndarray:
    """Sum of the weights of the lists that put one place above another, list by list."""
    total = np.zeros((len(lists.places),) * 2, dtype=weights.dtype)
    for at in np.flatnonzero(weights):
        total += weights[at] * lists.above(int(at))
    return total


def _fill(
    sheets: list[Sheet],
    everyone: np.ndarray,
    *,
    unknown: bool,
    places: Iterable[str] | None,
    not_covered: NotCovered,
    publishers: list[str],
    weights: Weights,
) -> Lists:
    names = [sheet.name for sheet in sheets]
    listed = sorted(everyone)
    chosen = _chosen(places, listed)
    index = pd.Index(chosen)
    outside = _outside(names, not_covered, set(listed))
    shape = len(names), len(chosen)
    first, last = np.full(shape, np.nan), np.full(shape, np.nan)
    state = np.full(shape, NOT_COVERED, dtype=np.int8)
    below = np.empty(len(names))
    for row, sheet in enumerate(sheets):
        states, low, high, below[row] = sheet.levels()
        left_out = outside.get(sheet.name, set()) | sheet.outside
        wrong = left_out.intersection(sheet.place)
        if wrong:
            raise ValueError(f"table {sheet.name!r} lists {named(wrong)}, which not_covered says it does not cover")
        if not unknown:
            first[row], last[row], state[row] = below[row], np.inf, NOT_LISTED
            gone = left_out if sheet.scope is None else left_out | (set(everyone) - sheet.scope)
            away = index.get_indexer(pd.Index(sorted(gone), dtype=object)) if gone else np.array([], dtype=int)
            away = away[away >= 0]
            first[row, away], last[row, away], state[row, away] = np.nan, np.nan, NOT_COVERED
        at = index.get_indexer(pd.Index(sheet.place, dtype=object))
        here = at >= 0
        first[row, at[here]], last[row, at[here]] = low[here], high[here]
        state[row, at[here]] = states[here]
    found, rule = _weights(names, publishers, weights)
    return Lists(
        names,
        publishers,
        chosen,
        found,
        first,
        last,
        state,
        below,
        rule,
        [sheet.reading for sheet in sheets],
        [sheet.gap() for sheet in sheets],
    )


def _chosen(places: Iterable[str] | None, listed: list[str]) -> list[str]:
    chosen = listed if places is None else as_list(places, "places")
    twice = {place for place, count in Counter(chosen).items() if count > 1}
    if twice:
        raise ValueError(f"places names {named(twice)} more than once")
    unknown = set(chosen) - set(listed)
    if unknown:
        raise ValueError(f"no table lists {named(unknown)}")
    if len(chosen) < 2:
        raise ValueError(f"an order needs two places or more, there is {named(chosen) or 'none'}")
    return sorted(chosen)


def _outside(names: list[str], given: NotCovered, listed: set[str]) -> dict[str, set[str]]:
    if not isinstance(given, Mapping | None):
        raise TypeError(f"not_covered must map tables to lists of places, not be a {type(given).__name__}")
    outside: dict[str, set[str]] = {}
    for table, left_out in (given or {}).items():
        if table not in names:
            raise ValueError(f"not_covered names {table!r}, which is none of the tables")
        outside[table] = set(as_list(left_out, f"not_covered of {table!r}"))
        unknown = outside[table] - listed
        if unknown:
            raise ValueError(f"not_covered of {table!r}: no table lists {named(unknown)}")
    return outside


def _numbers(given: Collection[str] | None, known: list[str], what: str) -> list[int]:
    if given is None:
        return list(range(len(known)))
    chosen = list(given)
    unknown = [name for name in chosen if name not in known]
    if isinstance(given, str) or unknown or not chosen or len(set(chosen)) < len(chosen):
        raise ValueError(f"{what}={given!r}: give a list of different names among {named(known)}")
    return [known.index(name) for name in sorted(chosen)] if what == "places" else [known.index(n) for n in chosen]


def _publishers(names: list[str], tables: pd.DataFrame | None, by: Publishers) -> list[str]:
    if by is None:
        by = "publisher" if tables is not None and "publisher" in tables else names
    if isinstance(by, str):
        if tables is None or by not in tables:
            raise ValueError(f"by is {by!r}, but `tables` has no column {by!r}")
        group = dict(zip(tables["table_id"], tables[by], strict=True))
    elif isinstance(by, Mapping | pd.Series):
        if isinstance(by, pd.Series) and not by.index.is_unique:
            raise ValueError(f"by names table {named(by.index[by.index.duplicated()].unique())} more than once")
        group = dict(by.items())
    else:
        owners = as_list(by, "by")
        if len(owners) != len(names):
            raise ValueError(f"by has {len(owners)} publishers for {len(names)} lists; give one for each list")
        group = dict(zip(names, owners, strict=True))
    without = [table for table in names if table not in group or pd.isna(group[table])]
    if without:
        raise ValueError(f"no publisher is given for {named(without)}")
    return [str(group[table]) for table in names]


_ONE_VOTE = "one vote each"


def _weights(names: list[str], publishers: list[str], weights: Weights) -> tuple[np.ndarray, str]:
    """How much each list counts, and the rule in words."""
    if isinstance(weights, str) and weights == "equal":
        return np.ones(len(names)), "one vote for each list"
    if isinstance(weights, str) and weights == "publisher":
        size = Counter(publishers)
        return np.array([1 / size[publisher] for publisher in publishers]), _ONE_VOTE
    if isinstance(weights, str):
        raise ValueError(f"weights is {weights!r}; it must be 'publisher', 'equal' or a number for each table")
    found = weights_by_name(weights, names, "table")
    return found, f"as given, from {found.min():g} to {found.max():g}"


def _description(lists: Lists) -> Iterator[str]:
    def many(number: int, what: str) -> str:
        return f"{number:,} {what}" + ("" if number == 1 else "s")

    yield f"{many(len(lists.lists), 'list')} of {many(len(lists.places), 'place')}"
    size = Counter(lists.publishers)
    several = [f"{name} {count}" for name, count in size.most_common(5) if count > 1]
    held = "one list each" if not several else f"with several lists: {', '.join(several)}"
    weight = lists.rule if lists.rule.startswith("as given") else f": {lists.rule}"
    yield f"publishers: {len(size)}, {held}; weights{'' if weight.startswith(':') else ' '}{weight}"
    readings = Counter(reading for reading in lists.readings if reading)
    told = [f"read as {name} ranks" + ("" if len(readings) == 1 else f" in {n}") for name, n in readings.items()]

    def where(state: int) -> int:
        return int((lists.state == state).any(axis=1).sum())

    parts = [f"ties in {many(where(TIED), 'list')}" if where(TIED) else "no ties"]
    if where(TIER):
        parts.append(f"tiers in {many(where(TIER), 'list')}")
    if where(UNRANKED):
        parts.append(f"members without a rank in {many(where(UNRANKED), 'list')}")
    parts.append(f"gaps in {many(sum(lists.gaps), 'list')}" if any(lists.gaps) else "no gaps")
    yield "ranks: " + "; ".join([", ".join(told), ", ".join(parts)] if told else [", ".join(parts)])
    missing, silent = int((lists.state == NOT_LISTED).sum()), int((lists.state == NOT_COVERED).sum())
    if missing:
        yield f"not listed: {missing:,} of {lists.state.size:,}, below those listed"
    if silent:
        yield f"not covered: {silent:,} of {lists.state.size:,}, of which nothing is said"
