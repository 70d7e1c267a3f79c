"""One list as it is given: its places, ranks, tiers and ranges, checked, and the levels that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from ._arguments import choice, is_real, number_table, shown

MOST_RANKS = 1_000_000
READINGS = ("competition", "dense", "mean")
_SHOWN = 10


@dataclass(frozen=True)
class Sheet:
    """A list: ``rank`` (competition ranks once read), ``tier``, ``best`` and ``worst`` are NaN where there is none.

    ``size`` is how many places were published, ``scope`` the only places it covers, ``outside`` places that it does
    not, and ``reading`` what its ties do to ranks where that is not competition.
    """

    name: str
    place: np.ndarray
    rank: np.ndarray
    tier: np.ndarray
    best: np.ndarray
    worst: np.ndarray
    size: int | None = None
    scope: set[str] | None = None
    outside: set[str] = field(default_factory=set)
    reading: str = ""

    def read_as(self, reading: str) -> Sheet:
        """The list with competition ranks, after checking that its ranks are of the kind named."""
        ranked = ~np.isnan(self.rank)
        values, group, counts = np.unique(self.rank[ranked], return_inverse=True, return_counts=True)
        before = np.cumsum(counts) - counts
        start = {"dense": before + 1.0, "mean": values - (counts - 1) / 2}.get(reading, values)
        if reading == "dense" and (values != np.arange(1, len(values) + 1)).any():
            raise ValueError(f"table {self.name!r}: dense ranks go 1, 2, 2, 3, without a gap")
        off = np.flatnonzero(start % 1 > 0)
        if len(off):
            where = f"table {self.name!r}, {named(self._at(values[off[0]]))}: rank {values[off[0]]:g}"
            if reading == "mean":
                raise ValueError(f"{where} is no mean of the ranks that {counts[off[0]]} places share")
            raise ValueError(f"{where} is not a whole number from 1 to {MOST_RANKS:,}")
        taken = np.flatnonzero(start[1:] < (start + counts)[:-1])
        if len(taken) or (len(start) and start[0] < 1):
            at = taken[0] + 1 if len(taken) else 0
            above = named(self._at(values[at - 1])) if at else "nobody"
            raise ValueError(
                f"table {self.name!r}, {named(self._at(values[at]))}: rank {values[at]:g} is taken up by {above}, who "
                f"share a rank above it; {reading} ranks go {'1, 2.5, 2.5, 4' if reading == 'mean' else '1, 2, 2, 4'}"
            )
        rank = self.rank.copy()
        rank[ranked] = start[group]
        return replace(self, rank=rank, reading="" if reading == "competition" else reading)

    def _at(self, rank: float) -> np.ndarray:
        return self.place[self.rank == rank]

    def tied(self) -> bool:
        """Whether some rank is shared."""
        ranks = self.rank[~np.isnan(self.rank)]
        return len(np.unique(ranks)) < len(ranks)

    def gap(self) -> bool:
        """Whether some rank above the last one is held by nobody known."""
        ranks = np.sort(self.rank[~np.isnan(self.rank)])
        counted = np.searchsorted(ranks, ranks) + 1.0
        return bool((ranks != counted).any())

    def levels(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
        """Number of the state, first and last level of each place, and the level from which those not named stand."""
        count = len(self.place)
        if self.size is not None and count > self.size:
            raise ValueError(f"table {self.name!r} published {self.size} places and has {count} entries")
        ranked = ~np.isnan(self.rank)
        top = self.rank[ranked].max(initial=0)
        if self.size is not None and top > self.size:
            raise ValueError(
                f"table {self.name!r}, {named(self._at(top))}: rank {top:.0f}, but only {self.size} "
                "places were published"
            )
        values, counts = np.unique(self.rank[ranked], return_counts=True)
        tied = ranked & np.isin(self.rank, values[counts > 1])
        state = np.where(tied, 1, 0).astype(np.int8)
        low = self.rank.copy()
        high = self.rank.copy()
        if ranked.all():
            gaps = np.flatnonzero(values != np.cumsum(counts) - counts + 1)
            free = float((np.cumsum(counts) - counts)[gaps[0]] + 1) if len(gaps) else float(count + 1)
        else:
            free = self._loose(values, counts, state, low, high)
        return state, low, high, float(count + 1) if count == self.size else free

    def _loose(
        self, values: np.ndarray, counts: np.ndarray, state: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> float:
        """Fill in the members without a rank; the first level that nobody is known to hold."""
        ranked = ~np.isnan(self.rank)
        barred = ~ranked & ~np.isnan(self.tier)
        held = {int(v) + step for v, c in zip(values, counts, strict=True) for step in range(c)}
        loose = np.flatnonzero(~ranked & ~barred)
        ranges = self._ranges(loose, held)
        # As many places as a range has ranks left hold all of them.
        spans = list(ranges.values())
        held = held.union(*(span for span in spans if spans.count(span) == len(span)))
        free = next(number for number in range(1, len(self.place) + 2) if number not in held)
        self._check_tiers(gap=bool(held) and max(held) > free)
        open_ranks = [number for number in range(free, (self.size or 0) + 1) if number not in held]
        for at in np.flatnonzero(barred):
            low[at] = high[at] = free + np.sum(self.tier[barred] < self.tier[at])
            state[at] = 2
        for at in loose:
            span = ranges.get(int(at))
            low[at] = span[0] if span else free
            high[at] = span[-1] if span else (open_ranks[-1] if open_ranks else np.inf)
            state[at] = 3
        return float(free)

    def _ranges(self, loose: np.ndarray, held: set[int]) -> dict[int, tuple[int, ...]]:
        """The ranks in which each place with a range may stand: those that no printed rank takes up."""
        ranges: dict[int, tuple[int, ...]] = {}
        for at in loose[~np.isnan(self.best[loose])]:
            if self.size is not None and self.worst[at] > self.size:
                raise ValueError(
                    f"table {self.name!r}, {self.place[at]!r}: rank_worst {self.worst[at]:.0f}, but only "
                    f"{self.size} places were published"
                )
            ranks = range(int(self.best[at]), int(self.worst[at]) + 1)
            ranges[int(at)] = tuple(number for number in ranks if number not in held)
        spans = list(ranges.values())
        for at, span in ranges.items():
            if spans.count(span) > len(span):
                raise ValueError(
                    f"table {self.name!r}, {self.place[at]!r}: {len(span)} ranks of its range are left for "
                    f"{spans.count(span)} places"
                )
        return ranges

    def _check_tiers(self, *, gap: bool) -> None:
        barred = np.isnan(self.rank) & ~np.isnan(self.tier)
        if barred.any() and gap:
            raise ValueError(
                f"table {self.name!r}, {self.place[barred][0]!r}: a tier without a rank cannot be placed among ranks "
                "with gaps"
            )

    def check_tiers(self) -> None:
        """Refuse tiers that say another order than the ranks."""
        ranked, tiered = ~np.isnan(self.rank), ~np.isnan(self.tier)
        both = ranked & tiered
        order = np.lexsort((self.tier[both], self.rank[both]))
        steps = np.diff(self.tier[both][order])
        if (steps < 0).any():
            name = self.place[both][order][1:][steps < 0][0]
            raise ValueError(f"table {self.name!r}, {name!r}: its tier is better than that of a place ranked above it")
        barred = tiered & ~ranked
        if both.any() and barred.any() and self.tier[barred].min() < self.tier[both].max():
            name = self.place[barred][self.tier[barred].argmin()]
            raise ValueError(f"table {self.name!r}, {name!r}: no rank, but a better tier than a place that has one")


def from_entries(entries: pd.DataFrame, tables: pd.DataFrame | None, ranks: str) -> list[Sheet]:
    """Lists from one row for each list and place, and one for each list."""
    _need(entries, "entries", ["table_id", "place", "rank"])
    if tables is None:
        tables = pd.DataFrame({"table_id": pd.unique(entries["table_id"].dropna())})
    tables = _checked_tables(tables)
    rows = _checked_rows(entries, tables)
    outside = _outside_of(tables, set(entries["place"]))
    scope = _places_by_scope(rows, tables)
    sizes = tables["n_published"] if "n_published" in tables else [None] * len(tables)
    parts = _rows_by_table(rows)
    sheets = []
    for name, size in zip(tables["table_id"], sizes, strict=True):
        if name not in parts:
            raise ValueError(f"table {name!r} has no entries: leave it out of `tables` or give its entries")
        whole = None if size is None or pd.isna(size) else int(size)
        place, rank, tier, best, worst = parts[name]
        sheets.append(Sheet(name, place, rank, tier, best, worst, whole, scope.get(name), outside.get(name, set())))
    for sheet in sheets:
        sheet.check_tiers()
    return read_ranks(sheets, ranks)


def from_wide(table: pd.DataFrame, scores: str | None, ranks: str) -> tuple[list[Sheet], np.ndarray]:
    """Lists from a table of ranks or scores, places × lists, and all its places."""
    if "place" in table:
        table = table.set_index("place")
    numbers = number_table(table, "data", "place", "list", missing=True)
    places = np.array([checked_name(name, "data") for name in numbers.index], dtype=object)
    values = numbers.to_numpy()
    made = [_from_numbers(name, places, values[:, at], scores) for at, name in enumerate(numbers.columns)]
    return (made if scores is not None else read_ranks(made, ranks)), places


def from_orders(data: Any, scores: str | None, ranks: str) -> tuple[list[Sheet], dict[str, float] | None]:
    """Lists from orders, ranks by place, or ballots with their numbers, and these numbers."""
    if isinstance(data, pd.Series):
        data = {str(data.name or "list 1"): data}
    if isinstance(data, Mapping) and data and all(is_real(value) for value in data.values()):
        if not all(isinstance(key, tuple) for key in data):
            said = "ranks by place are one list: put them into a list or a mapping of lists"
            raise TypeError("a mapping has orders by name, or numbers by order, as {('a', 'b'): 2}; " + said)
        numbers = {f"ballot {at}": value for at, value in enumerate(data.values(), start=1)}
        orders: Mapping[Any, Any] = dict(zip(numbers, data, strict=True))
    elif isinstance(data, Mapping):
        numbers, orders = None, data
    elif isinstance(data, Collection) and not isinstance(data, str | bytes):
        numbers, orders = None, {f"list {at}": order for at, order in enumerate(data, start=1)}
    else:
        raise TypeError(
            f"data is a {type(data).__name__}; read() takes a DataFrame, a list of orders, a mapping of names to "
            "orders, or a mapping of orders to their numbers"
        )
    made = [_from_order(str(name), order, scores) for name, order in orders.items()]
    return (made if scores is not None else read_ranks(made, ranks)), numbers


def read_ranks(sheets: list[Sheet], ranks: str) -> list[Sheet]:
    """The lists with competition ranks: all read in one way if there is one, or else each in its own."""
    choice(ranks, "ranks", "auto", *READINGS)
    if ranks != "auto":
        return [sheet.read_as(ranks) for sheet in sheets]
    ways = [_readings(sheet) for sheet in sheets]
    for reading in READINGS:
        if all(reading in found for found in ways):
            return [found[reading] for found in ways]
    for sheet, found in zip(sheets, ways, strict=True):
        if not found:
            halves = bool((sheet.rank % 1 == 0.5).any()) and sheet.tied()
            sheet.read_as("mean" if halves else "competition")
    return [next(found[reading] for reading in READINGS if reading in found) for found in ways]


def _readings(sheet: Sheet) -> dict[str, Sheet]:
    found = {}
    for reading in READINGS:
        try:
            found[reading] = sheet.read_as(reading)
        except ValueError:
            continue
        if reading == "competition" and not sheet.tied():
            # without ties all readings are the same
            return dict.fromkeys(READINGS, found[reading])
    return found


def _from_numbers(name: Hashable, places: np.ndarray, values: np.ndarray, scores: str | None) -> Sheet:
    """A list from ranks or scores by place, NaN where there is none."""
    choice(scores, "scores", None, "higher", "lower")
    known = ~np.isnan(values)
    if not known.any():
        raise ValueError(f"list {name!r} names no place; leave it out")
    if scores is None:
        halves = np.fmin(values, MOST_RANKS) * 2 % 1 == 0
        wrong = np.flatnonzero(known & ((values < 1) | (values > MOST_RANKS) | ~halves))
        if len(wrong):
            raise ValueError(
                f"list {name!r}, {places[wrong[0]]!r}: {values[wrong[0]]:g} is no rank from 1 to {MOST_RANKS:,}; if "
                "these are scores, give scores='higher' or scores='lower', whichever is better"
            )
        rank = values[known]
    else:
        ordered = np.sort(-values[known] if scores == "higher" else values[known])
        rank = np.searchsorted(ordered, -values[known] if scores == "higher" else values[known]) + 1.0
    return _plain(str(name), places[known], rank)


def _from_order(name: str, order: Any, scores: str | None) -> Sheet:
    if isinstance(order, Mapping | pd.Series):
        try:
            series = (order if isinstance(order, pd.Series) else pd.Series(dict(order))).astype("O").astype("float64")
        except (TypeError, ValueError):
            raise ValueError(f"list {name!r} is {shown(order)}; its ranks or scores must be numbers") from None
        places = [checked_name(place, f"list {name!r}") for place in series.index]
        _refuse_twice(name, places)
        return _from_numbers(name, np.array(places, dtype=object), series.to_numpy(), scores)
    if isinstance(order, str) or not isinstance(order, Iterable):
        raise TypeError(f"list {name!r} is {shown(order)}; an order is a list of places, best first")
    if isinstance(order, AbstractSet):
        raise TypeError(f"list {name!r} is a set, which has no order; give a list of places, best first")
    if scores is not None:
        raise ValueError("scores= is for numbers; an order has none")
    places, ranks = [], []
    for group in order:
        several = isinstance(group, Collection) and not isinstance(group, str)
        members = [checked_name(place, f"list {name!r}") for place in (group if several else [group])]
        ranks += [float(len(places) + 1)] * len(members)
        places += members
    if not places:
        raise ValueError(f"list {name!r} names no place; leave it out")
    _refuse_twice(name, places)
    return _plain(name, np.array(places, dtype=object), np.array(ranks))


def _plain(name: str, places: np.ndarray, rank: np.ndarray) -> Sheet:
    nothing = np.full(len(rank), np.nan)
    return Sheet(name, places, rank, nothing, nothing, nothing)


def _refuse_twice(name: str, places: list[str]) -> None:
    if len(set(places)) < len(places):
        raise ValueError(f"list {name!r} names {named({p for p in places if places.count(p) > 1})} more than once")


def checked_name(name: object, what: str) -> str:
    """Name of a place: text as it is, and a whole number as text."""
    if is_real(name) and isinstance(name, int | np.integer):
        return str(name)
    if not isinstance(name, str) or name == "" or name != name.strip():
        raise ValueError(f"{what}: {shown(name)} is no name of a place; a name is text without blanks around it")
    return name


def _checked_tables(tables: pd.DataFrame) -> pd.DataFrame:
    _need(tables, "tables", ["table_id"])
    if tables.empty:
        raise ValueError("`tables` has no rows: nothing to rank")
    if tables["table_id"].isna().any():
        raise ValueError("`tables` has a row without table_id")
    twice = tables.loc[tables["table_id"].duplicated(), "table_id"]
    if len(twice):
        raise ValueError(f"`tables` has {named(twice)} more than once; give one row for each table")
    if "unit" in tables and tables["unit"].nunique() > 1:
        raise ValueError(
            f"tables of different units ({named(tables['unit'].dropna().unique())}) cannot be put together: "
            "a province is no rival of a city; filter `tables` by unit"
        )
    if "n_published" in tables:
        size = _whole_numbers(tables, "n_published", lambda row: f"table {row['table_id']!r}")
        tables = tables.assign(n_published=size)
    return tables


def _whole_numbers(
    rows: pd.DataFrame, column: str, where: Callable[[pd.Series], str], *, halves: bool = False
) -> pd.Series:
    """A column of whole numbers from 1 on (or halves), as floats; missing ones stay missing."""
    given = rows[column]
    number = pd.to_numeric(given, errors="coerce").astype("float64")
    step = number * 2 % 1 if halves else number % 1
    wrong = (given.notna() & number.isna()) | (number < 1) | (step > 0) | (number > MOST_RANKS)
    if given.dtype == object or pd.api.types.is_bool_dtype(given.dtype):
        wrong |= given.map(lambda value: isinstance(value, bool | np.bool_)).to_numpy(bool)
    if wrong.any():
        bad = rows[wrong].iloc[0]
        raise ValueError(f"{where(bad)}: {column} {bad[column]} is not a whole number from 1 to {MOST_RANKS:,}")
    return number


def _where(row: pd.Series) -> str:
    return f"table {row['table_id']!r}, {row['place']!r}"


def _checked_rows(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """The entries of the tables, with ``rank``, ``tier``, ``best`` and ``worst`` as numbers."""
    rows = entries[entries["table_id"].isin(tables["table_id"])]
    if rows.empty:
        kinds = entries["table_id"].dtype, tables["table_id"].dtype
        hint = "" if kinds[0] == kinds[1] else f"; table_id is {kinds[0]} in `entries` and {kinds[1]} in `tables`"
        raise ValueError(f"no entry belongs to a table of `tables`{hint}")
    nameless = rows["place"].isna()
    if nameless.any():
        raise ValueError(f"table {rows.loc[nameless, 'table_id'].iloc[0]!r} has an entry without a place")
    twice = rows[rows.duplicated(["table_id", "place"])]
    if len(twice):
        raise ValueError(f"table {twice.iloc[0]['table_id']!r} lists {twice.iloc[0]['place']!r} more than once")
    names = {}
    for place in pd.unique(rows["place"]):
        try:
            names[place] = checked_name(place, "")
        except ValueError:
            checked_name(place, f"table {rows.loc[rows['place'] == place, 'table_id'].iloc[0]!r}")
    rank = _whole_numbers(rows, "rank", _where, halves=True)
    if "tier" in rows:
        tier = rows["tier"].astype("string")
        wrong = tier.notna() & ~tier.str.fullmatch(r"T[1-9]\d*").fillna(False)
        if wrong.any():
            bad = rows[wrong.to_numpy(bool)].iloc[0]
            raise ValueError(f"{_where(bad)}: tier {bad['tier']!r} is not T1, T2 and so on")
        level = tier.str.slice(1).astype("float64").to_numpy(dtype="float64", na_value=np.nan)
    else:
        level = np.full(len(rows), np.nan)
    best, worst = _checked_ranges(rows, rank)
    return pd.DataFrame(
        {
            "table_id": rows["table_id"].to_numpy(dtype=object),
            "place": rows["place"].map(names).to_numpy(dtype=object),
            "rank": rank.to_numpy(),
            "tier": level,
            "best": best.to_numpy(),
            "worst": worst.to_numpy(),
        }
    )


def _checked_ranges(rows: pd.DataFrame, rank: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Ends of the ranges of ranks, missing where there is no range."""
    columns = [column for column in ("rank_best", "rank_worst") if column in rows]
    if not columns:
        return rank * np.nan, rank * np.nan
    _need(rows, "entries", ["rank_best", "rank_worst"])
    best, worst = (_whole_numbers(rows, column, _where) for column in columns)
    for wrong, fault in (
        (best.isna() != worst.isna(), "a range of ranks needs both ends"),
        (best > worst, "a range of ranks goes from the better to the worse"),
        (best.notna() & rank.notna() & ((rank < best) | (worst < rank)), "the rank lies outside its range"),
    ):
        if wrong.any():
            bad = rows[wrong].iloc[0]
            raise ValueError(f"{_where(bad)}: rank_best {bad['rank_best']}, rank_worst {bad['rank_worst']}: {fault}")
    return best, worst


def _outside_of(tables: pd.DataFrame, known: set[Any]) -> dict[str, set[str]]:
    """Table -> places it does not cover; any place of ``known``, as ``tables`` may be filtered."""
    outside: dict[str, set[str]] = {}
    if "not_covered" in tables:
        for table, text in tables.dropna(subset=["not_covered"])[["table_id", "not_covered"]].to_numpy():
            outside[table] = {place.strip() for place in str(text).split(";") if place.strip()}
            unknown = outside[table] - known
            if unknown:
                raise ValueError(f"table {table!r}, column not_covered: no table of `entries` lists {named(unknown)}")
    return outside


def _places_by_scope(rows: pd.DataFrame, tables: pd.DataFrame) -> dict[str, set[str]]:
    if "scope" not in tables:
        return {}
    scope = tables.set_index("table_id")["scope"].dropna().astype(str)
    places: dict[str, set[str]] = {name: set() for name in scope.unique() if name != "global"}
    for table, place in rows[["table_id", "place"]].to_numpy():
        if scope.get(table) in places:
            places[scope[table]].add(place)
    return {table: places[name] for table, name in scope.items() if name in places}


def _rows_by_table(rows: pd.DataFrame) -> dict[Any, list[np.ndarray]]:
    columns = [rows[name].to_numpy() for name in ("place", "rank", "tier", "best", "worst")]
    code, tables = pd.factorize(rows["table_id"])
    ends = np.cumsum(np.bincount(code, minlength=len(tables)))[:-1]
    parts = np.split(np.argsort(code, kind="stable"), ends)
    return {table: [column[at] for column in columns] for table, at in zip(tables, parts, strict=False)}


def _need(frame: pd.DataFrame, name: str, columns: list[str]) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"`{name}` must be a DataFrame, not {type(frame).__name__}")
    missing = [column for column in columns if column not in frame]
    if missing:
        raise ValueError(f"`{name}` has no column {named(missing)}")


def named(names: Iterable[Any]) -> str:
    """Names in quotes, in alphabetical order, and only the first ten of many."""
    chosen = sorted(str(name) for name in names)
    more = f" and {len(chosen) - _SHOWN} more" if len(chosen) > _SHOWN else ""
    return ", ".join(map(repr, chosen[:_SHOWN])) + more
