"""Published tables as they are: partial, tied, in tiers, with members that carry no rank.

Each table becomes, for each place, an interval of levels ``[first, last]``. One place stands above another
when its interval ends before the other's begins; two places are tied when both have the same single level;
otherwise the table leaves their order open. Nothing is made up to fill a gap:

============ =================================== ====================================================
state        what the table says                 interval
============ =================================== ====================================================
ranked       a printed rank                      ``[rank, rank]``
tied         a printed rank that others share    ``[rank, rank]`` for all of them
tier         a tier and no rank                  one level for each tier, after the ranks
unranked     among those listed, no rank         from the first rank nobody holds to ``n_published``; where a
                                                 range of ranks is printed, the ranks in it that nobody holds
not_listed   covered by the table, not listed    from the first rank nobody is known to hold, without end
not_covered  the table says nothing about it     none
============ =================================== ====================================================

So a city missing from a complete top ten stands below all ten; a city missing from a list of which the places
1, 2, 3, 5 and 8 could be read stands below the first three only, because it may be the fourth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ._arguments import by_name, is_real, shown

__all__ = ["Panel", "Weights", "competition_ranks", "panel", "positions", "rank_matrix"]

Weights: TypeAlias = Literal["publisher", "table"] | Mapping[str, float] | pd.Series
"""How much a table counts: one vote for each publisher, one for each table, or a number for each table."""

NotCovered: TypeAlias = Mapping[str, Iterable[str]] | None
Publishers: TypeAlias = str | Mapping[str, str] | pd.Series

_MOST_RANKS = 1_000_000
# Weights are added up as whole numbers, which a float holds exactly up to 2**53.
_LARGEST_WEIGHT = 2**40


@dataclass(frozen=True, slots=True)
class Panel:
    """Tables and places as arrays: what every method of this subpackage computes with.

    ``first``, ``last`` and ``state`` have one row for each table and one column for each place; ``first`` is
    NaN where a table does not cover a place. ``below`` is the level from which places not listed may stand in
    each table. ``weights`` are exact.
    """

    tables: list[str]
    publishers: list[str]
    places: list[str]
    first: np.ndarray
    last: np.ndarray
    state: np.ndarray
    below: np.ndarray
    weights: list[Fraction]

    @property
    def covered(self) -> np.ndarray:
        """Tables x places, true where the table says something about the place."""
        return ~np.isnan(self.first)

    @property
    def settled(self) -> np.ndarray:
        """Tables x places, true where a listed place has a single level: a rank, or a tier."""
        return (self.first == self.last) & (self.state != "not_listed")

    @property
    def above(self) -> np.ndarray:
        """Tables x places x places, true where the table puts the first place above the second."""
        return self.last[:, :, None] < self.first[:, None, :]

    @property
    def tied(self) -> np.ndarray:
        """Tables x places x places, true where the table gives both places the same rank or tier."""
        level = np.where(self.settled, self.first, np.nan)
        tied = level[:, :, None] == level[:, None, :]
        tied[:, np.arange(len(self.places)), np.arange(len(self.places))] = False
        return tied


def positions(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
) -> pd.DataFrame:
    """What each table says about each place.

    Parameters
    ----------
    entries : DataFrame with the columns ``table_id``, ``place``, ``rank`` (whole numbers, may be missing)
        and, if any table has them, ``tier`` (``T1`` is the first) and ``rank_best`` with ``rank_worst``: the
        range of ranks in which a place without a rank stands. A tier says more than its range, and goes before
        it. Rows of tables that ``tables`` does not have are left out, so filtering ``tables`` is enough.
    tables : DataFrame with one row for each table: ``table_id`` and, where known, ``n_published``, ``unit``,
        ``scope``, ``publisher`` and ``not_covered`` (places, separated by semicolons).
    places : the places to look at, in any order; by default all that the tables list.
    not_covered : table -> places it says nothing about, in addition to the column of that name.

    A table whose ``scope`` is not ``global`` is taken to cover only the places that some table of its scope
    lists: a table of Chinese cities says nothing about London.

    Returns
    -------
    DataFrame with the columns ``table_id``, ``place``, ``state``, ``first`` and ``last``, one row for each
    table and place. The levels order the places of one table; they are the printed ranks wherever ranks are
    printed. ``last`` is infinite where a place may stand anywhere below.

    Raises
    ------
    ValueError
        for anything that no table can mean, naming table and place: a place listed twice, a rank below 1 or
        not whole, a rank that the ties above it take up, a tier that contradicts the ranks, a range that ends
        before it begins or has no rank left for its places, more places than were published, tables of cities
        beside tables of provinces, a table without entries, an unknown place.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=None, weights="table")
    shape = chosen.first.shape
    return pd.DataFrame(
        {
            "table_id": np.repeat(chosen.tables, shape[1]),
            "place": np.tile(chosen.places, shape[0]),
            "state": chosen.state.ravel().astype(str),
            "first": chosen.first.ravel(),
            "last": chosen.last.ravel(),
        }
    )


def rank_matrix(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
) -> pd.DataFrame:
    """The level of each place (rows) in each table (columns), NaN where it is not listed or not settled.

    Ties and tiers share a level. For the arguments and errors see :func:`positions`.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=None, weights="table")
    level = np.where(chosen.settled, chosen.first, np.nan)
    return pd.DataFrame(
        level.T, index=pd.Index(chosen.places, name="place"), columns=pd.Index(chosen.tables, name="table_id")
    )


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


def exact_weight(value: Any, what: str) -> Fraction:
    """The fraction that a number stands for: 0.1 is a tenth, so that equal sums of weights are equal.

    Raises ``ValueError`` if it is negative, no number, too large, or no fraction with a denominator up to a million.
    """
    if not is_real(value) or not 0 <= value <= _LARGEST_WEIGHT:
        raise ValueError(f"{what}: {shown(value)} is not zero or a positive number up to {_LARGEST_WEIGHT:,}")
    if isinstance(value, Fraction):
        return value
    number = float(value)
    fraction = Fraction(number).limit_denominator(1_000_000)
    if abs(float(fraction) - number) > 1e-14 * max(1.0, number):
        raise ValueError(f"{what}: the weight {number!r} is no fraction of whole numbers up to a million: round it")
    return fraction


def _is_name(name: object) -> bool:
    return isinstance(name, str) and name != "" and name == name.strip()


def checked_names(names: Iterable[Any], what: str) -> list[str]:
    """Names in alphabetical order, after naming one that is no text or has blanks around it."""
    names = list(names)
    for name in names:
        if not _is_name(name):
            raise ValueError(f"{what}: {shown(name)} is no name of a place: text without blanks around it is right")
    return sorted(names)


def panel(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    places: Iterable[str] | None,
    not_covered: NotCovered,
    publisher: Publishers | None,
    weights: Weights,
) -> Panel:
    """The tables as arrays; see :func:`positions` for the arguments and the errors."""
    tables = _checked_tables(tables)
    known = entries
    entries = _checked_entries(entries, tables)
    names = tables["table_id"].tolist()
    listed = sorted(entries["place"].unique())
    chosen = _checked_places(places, listed)
    excluded = _excluded(tables, not_covered, listed, set(known["place"]))
    groups = _rows_by_table(entries)
    covered_by_scope = _places_by_scope(entries, tables)

    column = {place: at for at, place in enumerate(chosen)}
    shape = len(names), len(chosen)
    first, last = np.full(shape, np.nan), np.full(shape, np.nan)
    state = np.full(shape, "not_covered", dtype=object)
    below = np.full(len(names), np.nan)
    published = tables["n_published"].tolist() if "n_published" in tables else [None] * len(names)
    for row, (table, size) in enumerate(zip(names, published, strict=True)):
        if table not in groups:
            raise ValueError(f"table {table!r} has no entries: leave it out of `tables` or give its entries")
        members, below[row] = _levels(table, groups[table], None if pd.isna(size) else int(size))
        outside = excluded.get(table, set())
        wrong = outside & members.keys()
        if wrong:
            raise ValueError(f"table {table!r} lists {_named(wrong)}, which not_covered says it does not cover")
        scope = covered_by_scope.get(table)
        for place, at in column.items():
            if place in members:
                state[row, at], first[row, at], last[row, at] = members[place]
            elif place not in outside and (scope is None or place in scope):
                state[row, at], first[row, at], last[row, at] = "not_listed", below[row], np.inf
    publishers = _publishers(tables, publisher)
    return Panel(names, publishers, chosen, first, last, state, below, _weights(names, publishers, weights))


def _checked_tables(tables: pd.DataFrame) -> pd.DataFrame:
    _need(tables, "tables", ["table_id"])
    if tables.empty:
        raise ValueError("`tables` has no rows: nothing to rank")
    if tables["table_id"].isna().any():
        raise ValueError("`tables` has a row without table_id")
    twice = tables.loc[tables["table_id"].duplicated(), "table_id"]
    if len(twice):
        raise ValueError(f"`tables` has {_named(twice)} more than once: one row for each table is right")
    if "unit" in tables and tables["unit"].nunique() > 1:
        raise ValueError(
            f"tables of different units ({_named(tables['unit'].dropna().unique())}) cannot be put together: "
            "a province is no rival of a city; filter `tables` by unit"
        )
    if "n_published" in tables:
        size = _whole_numbers(tables, "n_published", lambda row: f"table {row['table_id']!r}")
        tables = tables.assign(n_published=size)
    return tables


def _whole_numbers(rows: pd.DataFrame, column: str, where: Callable[[pd.Series], str]) -> pd.Series:
    """A column of whole numbers from 1 on, as floats; missing ones stay missing."""
    given = rows[column]
    number = pd.to_numeric(given, errors="coerce").astype("float64")
    wrong = (given.notna() & number.isna()) | (number < 1) | (number % 1 > 0) | (number > _MOST_RANKS)
    if given.dtype == object or pd.api.types.is_bool_dtype(given.dtype):
        wrong |= given.map(lambda value: isinstance(value, bool | np.bool_)).to_numpy(bool)
    if wrong.any():
        bad = rows[wrong].iloc[0]
        raise ValueError(f"{where(bad)}: {column} {bad[column]} is not a whole number from 1 to {_MOST_RANKS:,}")
    return number


def _checked_entries(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    _need(entries, "entries", ["table_id", "place", "rank"])
    rows = entries[entries["table_id"].isin(tables["table_id"])]
    nameless = rows["place"].isna()
    if nameless.any():
        raise ValueError(f"table {rows.loc[nameless, 'table_id'].iloc[0]!r} has an entry without a place")
    twice = rows[rows.duplicated(["table_id", "place"])]
    if len(twice):
        table, place = twice.iloc[0][["table_id", "place"]]
        raise ValueError(f"table {table!r} lists {place!r} more than once")
    wrong = [place for place in rows["place"].unique() if not _is_name(place)]
    for table, place in rows.loc[rows["place"].isin(wrong), ["table_id", "place"]].to_numpy():
        checked_names([place], f"table {table!r}")
    number = _whole_numbers(rows, "rank", lambda row: f"table {row['table_id']!r}, {row['place']!r}")
    if "tier" in rows:
        tier = rows["tier"].astype("string")
        wrong = tier.notna() & ~tier.str.fullmatch(r"T[1-9]\d*").fillna(False)
        if wrong.any():
            bad = rows[wrong.to_numpy(bool)].iloc[0]
            raise ValueError(
                f"table {bad['table_id']!r}, {bad['place']!r}: tier {bad['tier']!r} is not T1, T2 and so on"
            )
        level = tier.str.slice(1).astype("float64")
    else:
        level = pd.Series(np.nan, index=rows.index)
    best, worst = _checked_ranges(rows, number)
    return rows[["table_id", "place"]].assign(
        rank=number.to_numpy(), tier=level.to_numpy(), best=best.to_numpy(), worst=worst.to_numpy()
    )


def _checked_ranges(rows: pd.DataFrame, rank: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Ends of the ranges of ranks, missing where there is no range."""
    columns = [column for column in ("rank_best", "rank_worst") if column in rows]
    if not columns:
        return rank * np.nan, rank * np.nan
    _need(rows, "entries", ["rank_best", "rank_worst"])

    def where(row: pd.Series) -> str:
        return f"table {row['table_id']!r}, {row['place']!r}"

    best, worst = (_whole_numbers(rows, column, where) for column in columns)
    for wrong, fault in (
        (best.isna() != worst.isna(), "a range of ranks needs both ends"),
        (best > worst, "a range of ranks goes from the better to the worse"),
        (best.notna() & rank.notna() & ((rank < best) | (worst < rank)), "the rank lies outside its range"),
    ):
        if wrong.any():
            bad = rows[wrong].iloc[0]
            raise ValueError(f"{where(bad)}: rank_best {bad['rank_best']}, rank_worst {bad['rank_worst']}: {fault}")
    return best, worst


def _checked_places(places: Iterable[str] | None, listed: list[str]) -> list[str]:
    if isinstance(places, str):
        raise ValueError(f"places={places!r} is one name: give a list of places")
    chosen = listed if places is None else checked_names(places, "places")
    twice = {place for place in chosen if chosen.count(place) > 1}
    if twice:
        raise ValueError(f"places names {_named(twice)} more than once")
    unknown = set(chosen) - set(listed)
    if unknown:
        raise ValueError(f"no table lists {_named(unknown)}")
    if len(chosen) < 2:
        raise ValueError(f"an order needs two places or more, there is {_named(chosen) or 'none'}")
    return chosen


def _excluded(tables: pd.DataFrame, given: NotCovered, listed: list[str], known: set[str]) -> dict[str, set[str]]:
    """Table -> places it does not cover; in the column any place of ``known``, as ``tables`` may be filtered."""
    excluded: dict[str, set[str]] = {}
    if "not_covered" in tables:
        for table, text in tables.dropna(subset=["not_covered"])[["table_id", "not_covered"]].to_numpy():
            excluded[table] = {place.strip() for place in str(text).split(";") if place.strip()}
            unknown = excluded[table] - known
            if unknown:
                raise ValueError(f"table {table!r}, column not_covered: no table of `entries` lists {_named(unknown)}")
    if not isinstance(given, Mapping | None):
        raise TypeError(f"not_covered must map tables to lists of places, not be a {type(given).__name__}")
    for table, outside in (given or {}).items():
        if table not in set(tables["table_id"]):
            raise ValueError(f"not_covered names {table!r}, which is none of the tables")
        if isinstance(outside, str):
            raise ValueError(f"not_covered of {table!r} is {outside!r}, one name: give a list of places")
        unknown = set(outside) - set(listed)
        if unknown:
            raise ValueError(f"not_covered of {table!r}: no table lists {_named(unknown)}")
        excluded[table] = excluded.get(table, set()) | set(outside)
    return excluded


def _places_by_scope(entries: pd.DataFrame, tables: pd.DataFrame) -> dict[str, set[str]]:
    if "scope" not in tables:
        return {}
    scope = tables.set_index("table_id")["scope"].dropna().astype(str)
    places: dict[str, set[str]] = {name: set() for name in scope.unique() if name != "global"}
    for table, place in entries[["table_id", "place"]].to_numpy():
        if scope.get(table) in places:
            places[scope[table]].add(place)
    return {str(table): places[name] for table, name in scope.items() if name in places}


class _Rows(NamedTuple):
    """The entries of one table, column by column."""

    place: np.ndarray
    rank: np.ndarray
    tier: np.ndarray
    best: np.ndarray
    worst: np.ndarray


def _rows_by_table(entries: pd.DataFrame) -> dict[str, _Rows]:
    columns = [entries[name].to_numpy() for name in _Rows._fields]
    code, tables = pd.factorize(entries["table_id"])
    ends = np.cumsum(np.bincount(code, minlength=len(tables)))[:-1]
    rows = np.split(np.argsort(code, kind="stable"), ends)
    return {table: _Rows(*(column[at] for column in columns)) for table, at in zip(tables, rows, strict=False)}


def _levels(table: str, rows: _Rows, size: int | None) -> tuple[dict[str, tuple[str, float, float]], float]:
    """State and interval of each listed place, and the level from which those not listed may stand."""
    place, rank, tier, best, worst = rows
    ranked = ~np.isnan(rank)
    barred = ~ranked & ~np.isnan(tier)
    count = len(place)
    if size is not None and count > size:
        raise ValueError(f"table {table!r} published {size} places and has {count} entries")
    held = _held(table, place[ranked], rank[ranked], size)
    loose = ~ranked & ~barred
    ranges = _ranges(table, place[loose], best[loose], worst[loose], held, size)
    # As many places as a range has ranks left hold all of them.
    spans = list(ranges.values())
    held = held.union(*(span for span in spans if spans.count(span) == len(span)))
    free = next(number for number in range(1, count + 2) if number not in held)
    _check_tiers(table, place, rank, tier, gap=bool(held) and max(held) > free)

    members: dict[str, tuple[str, float, float]] = {}
    values, counts = np.unique(rank[ranked], return_counts=True)
    shared = set(values[counts > 1])
    open_ranks = [number for number in range(free, (size or 0) + 1) if number not in held]
    for at in range(count):
        if ranked[at]:
            members[place[at]] = ("tied" if rank[at] in shared else "ranked", rank[at], rank[at])
        elif barred[at]:
            level = float(free + np.sum(tier[barred] < tier[at]))
            members[place[at]] = ("tier", level, level)
        elif place[at] in ranges:
            members[place[at]] = ("unranked", float(ranges[place[at]][0]), float(ranges[place[at]][-1]))
        else:
            members[place[at]] = ("unranked", float(free), float(open_ranks[-1]) if open_ranks else np.inf)
    return members, float(count + 1 if count == size else free)


def _ranges(
    table: str, place: np.ndarray, best: np.ndarray, worst: np.ndarray, held: set[int], size: int | None
) -> dict[str, tuple[int, ...]]:
    """The ranks in which each place with a range may stand: those that no printed rank takes up."""
    ranges: dict[str, tuple[int, ...]] = {}
    for at in np.flatnonzero(~np.isnan(best)):
        if size is not None and worst[at] > size:
            raise ValueError(
                f"table {table!r}, {place[at]!r}: rank_worst {worst[at]:.0f}, but only {size} places were published"
            )
        ranks = range(int(best[at]), int(worst[at]) + 1)
        ranges[place[at]] = tuple(number for number in ranks if number not in held)
    spans = list(ranges.values())
    for name, span in ranges.items():
        if spans.count(span) > len(span):
            raise ValueError(
                f"table {table!r}, {name!r}: {len(span)} ranks of its range are left for {spans.count(span)} places"
            )
    return ranges


def _held(table: str, place: np.ndarray, rank: np.ndarray, size: int | None) -> set[int]:
    """The numbers that the printed ranks take up: two places sharing rank 2 take up 2 and 3."""
    held: dict[int, str] = {}
    values, counts = np.unique(rank, return_counts=True)
    for value, count in zip(values.astype(int), counts, strict=True):
        names = _named(place[rank == value])
        if value in held:
            raise ValueError(
                f"table {table!r}, {names}: rank {value} is taken up by {held[value]}, who share a rank "
                "above it; competition ranks go 1, 2, 2, 4"
            )
        if size is not None and value > size:
            raise ValueError(f"table {table!r}, {names}: rank {value}, but only {size} places were published")
        held.update(dict.fromkeys(range(value, value + count), names))
    return set(held)


def _check_tiers(table: str, place: np.ndarray, rank: np.ndarray, tier: np.ndarray, *, gap: bool) -> None:
    ranked, tiered = ~np.isnan(rank), ~np.isnan(tier)
    both = ranked & tiered
    order = np.lexsort((tier[both], rank[both]))
    steps = np.diff(tier[both][order])
    if (steps < 0).any():
        name = place[both][order][1:][steps < 0][0]
        raise ValueError(f"table {table!r}, {name!r}: its tier is better than that of a place ranked above it")
    barred = tiered & ~ranked
    if not barred.any():
        return
    if gap:
        raise ValueError(
            f"table {table!r}, {place[barred][0]!r}: a tier without a rank cannot be placed among ranks with gaps"
        )
    if both.any() and tier[barred].min() < tier[both].max():
        name = place[barred][tier[barred].argmin()]
        raise ValueError(f"table {table!r}, {name!r}: no rank, but a better tier than a place that has one")


def _publishers(tables: pd.DataFrame, publisher: Publishers | None) -> list[str]:
    names = tables["table_id"].tolist()
    if publisher is None:
        return names
    if isinstance(publisher, str):
        _need(tables, "tables", [publisher])
        group = dict(zip(names, tables[publisher].tolist(), strict=True))
    elif isinstance(publisher, Mapping | pd.Series):
        group = dict(by_name(publisher, "by", "table").items())
    else:
        raise TypeError(f"by must be a column of `tables` or map tables to publishers, not {type(publisher).__name__}")
    without = [table for table in names if table not in group or pd.isna(group[table])]
    if without:
        raise ValueError(f"no publisher is given for {_named(without)}")
    return [str(group[table]) for table in names]


def _weights(names: list[str], publishers: list[str], weights: Weights) -> list[Fraction]:
    if isinstance(weights, str):
        if weights == "table":
            return [Fraction(1)] * len(names)
        if weights == "publisher":
            return [Fraction(1, publishers.count(publisher)) for publisher in publishers]
        raise ValueError(f"weights={weights!r}: 'publisher', 'table' or a number for each table is right")
    given: pd.Series = by_name(weights, "weights", "table")
    for table in names:
        if table not in given.index:
            raise ValueError(f"weights has no number for table {table!r}")
    for table in given.index:
        if table not in names:
            raise ValueError(f"weights names {table!r}, which is none of the tables")
    exact = [exact_weight(given[table], f"weights of table {table!r}") for table in names]
    if not any(exact):
        raise ValueError("all weights are zero")
    return exact


def _need(frame: pd.DataFrame, name: str, columns: list[str]) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"`{name}` must be a DataFrame, not {type(frame).__name__}")
    missing = [column for column in columns if column not in frame]
    if missing:
        raise ValueError(f"`{name}` has no column {_named(missing)}")


def _named(names: Iterable[Any]) -> str:
    return ", ".join(repr(str(name)) for name in sorted(names, key=str))
