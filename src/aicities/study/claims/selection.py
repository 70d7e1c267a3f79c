"""The published rows that a test of a claim points at, brought into one form.

A test selects a league table, a comparable group of indicators, single rows, or the goals of the cities' plans.
Whatever it selects becomes a ``Selection``: for each place an interval in which more is better (a rank ``r`` is
``-r``), for each pair of places the share that their plans have in common, and what has to be known to judge it.
Nothing is filled in: a bound stays a bound, a rank that is not known stays open.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from aicities import bounds
from aicities.bounds import Interval, scale
from aicities.dates import period

__all__ = ["Row", "Rows", "Selection", "Width", "prepared", "select"]

Row = dict[str, Any]
"""One row of a table; a missing value is None."""

# These are sums over the parts of a place; averages, indexes and shares of a place's own total are not.
ADDITIVE = (
    *("CNY", "USD", "companies", "deals", "people", "organisations", "laboratories", "platforms", "centres"),
    *("models", "algorithms", "entries", "articles", "patents", "patent_applications", "scenarios"),
    *("licences", "vehicles", "percent_of_china", "percent_of_sample"),
)
CHINESE_RANKS = ("rank_china", "rank_region")
GOALS = ("topic", "measure")  # goals can be about the same, or count the same
DATES = ("date", "first_day", "last_day")


class Rows(NamedTuple):
    """The tables that tests read, as rows by key."""

    tables: dict[str, Row]
    entries: dict[str, list[Row]]
    groups: dict[str, list[Row]]
    indicators: dict[str, Row]
    compute: dict[str, Row]
    goals: list[Row]
    places: dict[str, Row]
    sources: dict[str, Row]


class Width(NamedTuple):
    """How far a value may lie from what is printed, see `aicities.bounds.interval`."""

    tolerance: float | None
    floors: str


class Selection(NamedTuple):
    """What one test looks at.

    ``spans``: the interval of each listed place, more being better. ``said``: the value of each as words.
    ``ranked``: the values are ranks; ``domestic``: ranks among Chinese places only; ``gaps``: ranks that no
    listed place is known to hold; ``unlisted``: the best that a place can have that is not listed, if known.
    ``provinces``: listed places that are provinces; ``additive``: a city cannot have more than its province.
    ``not_covered``: places the table leaves out on purpose. ``unit``: base unit of the values.
    ``rows``: the rows, each with ``first_day``, ``last_day`` and ``date``; ``doubts``: reasons in them to
    withhold a verdict; ``same_as``: what the figures are a copy of, or the selection itself.
    """

    rows: list[Row]
    title: str
    same_as: str
    spans: dict[str, Interval]
    said: dict[str, str]
    ranked: bool = False
    domestic: bool = True
    gaps: tuple[int, ...] = ()
    unlisted: float | None = None
    provinces: frozenset[str] = frozenset()
    additive: bool = False
    not_covered: frozenset[str] = frozenset()
    unit: str | None = None
    doubts: tuple[str, ...] = ()


def prepared(frames: Mapping[str, pd.DataFrame]) -> Rows:
    """The tables of the data package that tests read, by key."""
    entries: dict[str, list[Row]] = {}
    for row in records(frames["league_table_entries"]):
        entries.setdefault(row["table_id"], []).append(row)
    groups: dict[str, list[Row]] = {}
    indicators, compute = keyed(frames["city_indicators"], "fact_id"), keyed(frames["compute"], "fact_id")
    for row in indicators.values():
        if row["comparable_group"] is not None:
            groups.setdefault(row["comparable_group"], []).append(row)
    return Rows(
        tables=keyed(frames["league_tables"], "table_id"),
        entries=entries,
        groups=groups,
        indicators=indicators,
        compute=compute,
        goals=_goals(records(frames["plan_items"]), keyed(frames["plans"], "plan_id"), compute),
        places=keyed(frames["places"], "place"),
        sources=keyed(frames["sources"], "source_id"),
    )


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, with None for missing values."""
    names, columns = list(table), [column.to_numpy(dtype="object", na_value=None) for _, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def keyed(table: pd.DataFrame, key: str) -> dict[str, Row]:
    """The rows of a table by one of its columns."""
    return {row[key]: row for row in records(table)}


def select(test: Row, data: Rows, width: Width) -> Selection:
    """The rows that one row of ``claim_tests`` points at.

    Raises ValueError, naming the test, for a selection or a place that is not in the data.
    """
    chosen = READERS[test["source_table"]](test, data, width)
    if test["source_table"] != "compute":
        unknown = [row["place"] for row in chosen.rows if row["place"] not in data.places]
        if unknown:
            raise ValueError(f"claim_tests, {test['test_id']}: {unknown[0]!r} is not in the table places; add it there")
    doubts = list(chosen.doubts)
    if len({row["source_id"] for row in chosen.rows}) > 1:
        doubts.append("different publications")
    if any(row["first_day"] is None for row in chosen.rows):
        doubts.append("no date")
    spans = chosen.spans
    if test["better"] == "lower" and not chosen.ranked:
        spans = {place: _turned(span) for place, span in spans.items()}
    kinds = {place: data.places.get(place, {}).get("kind") for place in spans}
    provinces = frozenset(place for place, kind in kinds.items() if kind == "province")
    # Where provinces are ranked, a city that is not listed can be anywhere.
    unlisted = None if provinces else chosen.unlisted
    return chosen._replace(spans=spans, provinces=provinces, unlisted=unlisted, doubts=tuple(doubts))


def _league_table(test: Row, data: Rows, width: Width) -> Selection:
    name = test["selection"]
    if name not in data.tables:
        raise ValueError(_unknown(test, name, "table_id of league_tables", data.tables))
    table = data.tables[name]
    date = table["published"] or str(table["edition_year"])
    shared = {name: table[name] for name in ("source_id", "independent_of_article")} | {"place_level": "city"}
    rows = [_dated(row | shared, date) for row in data.entries.get(name, [])]
    common = Selection(
        rows,
        table["title_en"],
        name,
        {},
        {},
        domestic=table["scope"] == "china",
        additive=bool(table["additive"]),
        not_covered=frozenset((table["not_covered"] or "").split(";")),
    )
    ranks = {
        row["place"]: (row["rank"], row["rank"]) if row["rank"] else (row["rank_best"], row["rank_worst"])
        for row in rows
        if row["rank"] or row["rank_best"]
    }
    if ranks:
        return _ranked(common, ranks, open_below=table["unit"] == "city")
    scored = [
        row | {"relation": row["score_relation"], "value": row["score_value"], "unit": "score"}
        for row in rows
        if row["score_value"] is not None
    ]
    return _valued(common, scored, width) if scored else common


def _indicators(test: Row, data: Rows, width: Width) -> Selection:
    name = test["selection"]
    what = "comparable_group or fact_id of city_indicators"
    rows = data.groups.get(name) or _facts(test, data.indicators, what, data.groups)
    rows = [_dated(row, row["as_of"]) for row in rows]
    copies = {row["duplicate_of"] for row in rows}
    only = next(iter(copies))
    common = Selection(
        rows,
        "; ".join(dict.fromkeys(row["indicator_label"] for row in rows)),
        name if only is None or len(copies) > 1 else only,
        {},
        {},
        doubts=_doubts(test, rows, measure="indicator"),
    )
    if all(row["relation"] == "rank" for row in rows):
        together = [row["value"] for row in rows if row["basis"] == "named_together"]
        held = [together if row["basis"] == "named_together" else [row["value"]] for row in rows]
        ranks = {row["place"]: (min(values), max(values)) for row, values in zip(rows, held, strict=True)}
        domestic = all(row["unit"] in CHINESE_RANKS for row in rows)
        return _ranked(common._replace(domestic=domestic), ranks)
    if test["comparison"] != "value_within" and all(row["stated_rank"] is not None for row in rows):
        return _ranked(common, {row["place"]: (row["stated_rank"], row["stated_rank"]) for row in rows})
    return _valued(common, [row for row in rows if row["relation"] != "rank"], width)


def _compute(test: Row, data: Rows, width: Width) -> Selection:
    rows = []
    for row in _facts(test, data.compute, "fact_id of compute"):
        place = row["centre"] if row["place_level"] == "centre" else row["place"]
        rows.append(_stated(row | {"place": place, "place_level": "city"}))
    doubts = list(_doubts(test, rows, measure="metric"))
    if any(row["role"] != "stock" or row["status"] != "installed" for row in rows):
        doubts.append("not installed")
    if len({row["precision"] for row in rows}) > 1:
        doubts.append("different precision")
    title = "; ".join(dict.fromkeys(row["metric"] for row in rows))
    return _valued(Selection(rows, title, test["selection"], {}, {}, doubts=tuple(doubts)), rows, width)


def _plans(test: Row, data: Rows, width: Width) -> Selection:
    """Of all that two cities set goals about, the share that both do (Jaccard's coefficient), for each pair."""
    column, places = test["selection"], test["places"].split(";")
    if column not in GOALS:
        raise ValueError(_unknown(test, column, "column of plan_items by which goals are alike", GOALS))
    rows = [row for row in data.goals if row["place"] in places]
    about = {place: {row[column] for row in rows if row["place"] == place} for place in places}
    without = [place for place, named in about.items() if not named]
    if without:
        raise ValueError(f"claim_tests, {test['test_id']}, places: no plan of {without[0]!r} has a goal for the city")
    spans, said = {}, {}
    for one, other in combinations(places, 2):
        both, either = about[one] & about[other], about[one] | about[other]
        pair, share = f"{one} and {other}", len(both) / len(either)
        spans[pair], said[pair] = Interval(share, share, True, True), f"{len(both)} of {len(either)}"
    return Selection(rows, f"goals of the plans, by {column}", f"plan_items, {column}", spans, said)


def _goals(items: list[Row], plans: Mapping[str, Row], compute: Mapping[str, Row]) -> list[Row]:
    """What each city wants to reach as a whole, in its plans or, for computing power, beside them.

    A goal that may come from the article's own source can't test it, and is left out.
    """
    found = []
    for item in items:
        if item["kind"] == "target" and item["place_level"] == "city":
            plan = plans[item["plan_id"]]
            row = item | {"place": plan["place"], "independent_of_article": "yes"}
            found.append(_dated(row, plan["published"]))
    in_plans = {item["duplicate_of"] for item in items}
    for fact, row in compute.items():
        of_city = row["place_level"] == "city" and row["centre"] is None and row["independent_of_article"] == "yes"
        if row["role"] == "target" and of_city and fact not in in_plans:
            found.append(_stated(row | {"topic": "compute", "measure": row["metric"]}))
    names = (*GOALS, "place", "place_level", "source_id", "confidence", "independent_of_article", *DATES)
    return [{name: row[name] for name in names} for row in found]


READERS = {
    "league_table_entries": _league_table,
    "city_indicators": _indicators,
    "compute": _compute,
    "plan_items": _plans,
}


# many rows share a few dates
_days = cache(period)


def _dated(row: Row, date: str | None) -> Row:
    first, last = (None, None) if date is None else _days(date)
    return row | {"date": date, "first_day": first, "last_day": last}


def _stated(row: Row) -> Row:
    """A row of ``compute`` with its date."""
    return _dated(row, row["as_of"][:4] if row["as_of"] and row["as_of_is_year_only"] else row["as_of"])


def _doubts(test: Row, rows: list[Row], *, measure: str) -> tuple[str, ...]:
    doubts = []
    if len({row[measure] for row in rows}) > 1:
        doubts.append("different measures")
    part = any(row["place_level"] not in ("city", "province") for row in rows)
    if part and test["comparison"] != "value_within":
        doubts.append("not the city")
    return tuple(doubts)


def _ranked(common: Selection, ranks: Mapping[str, tuple[float, float]], *, open_below: bool = True) -> Selection:
    """A selection of ranks, each from a best to a worst one."""
    known = {place: (int(best), int(worst)) for place, (best, worst) in ranks.items()}
    blocks = list(known.values())
    held: set[int] = set()
    for best, worst in set(blocks):
        count = blocks.count((best, worst))
        # Two places that share rank 10 hold 10 and 11; five named for the places 6 to 10 hold all of these.
        if best == worst:
            held |= set(range(best, best + count))
        elif count == worst - best + 1:
            held |= set(range(best, worst + 1))
    end = max(held, default=0)
    gaps = tuple(rank for rank in range(1, end) if rank not in held)
    return common._replace(
        spans={place: Interval(-float(w), -float(b), True, True) for place, (b, w) in known.items()},
        said={place: str(b) if b == w else f"{b} to {w}" for place, (b, w) in known.items()},
        ranked=True,
        gaps=gaps,
        unlisted=-float(min(gaps, default=end + 1)) if open_below else None,
    )


def _valued(common: Selection, rows: list[Row], width: Width) -> Selection:
    """A selection of values, in one unit if they have one."""
    spans, said, units = {}, {}, []
    printed_alike = len({row["unit"] for row in rows}) == 1
    for row in rows:
        value, unit = scale(row["value"], row["unit"])
        most = None if row.get("value_max") is None else scale(row["value_max"], row["unit"])[0]
        spans[row["place"]] = bounds.interval(row["relation"], value, value_max=most, **width._asdict())
        said[row["place"]] = bounds.words(row["relation"], row["value"], None if printed_alike else row["unit"])
        units.append(unit)
    mixed = ("different units",) if len(set(units)) > 1 else ()
    return common._replace(
        spans=spans,
        said=said,
        unit=units[0],
        additive=common.additive or units[0] in ADDITIVE,
        doubts=common.doubts + mixed,
    )


def _turned(span: Interval) -> Interval:
    return Interval(-span.high, -span.low, span.high_closed, span.low_closed, span.approximate)


def _facts(test: Row, table: Mapping[str, Row], what: str, other: Iterable[str] = ()) -> list[Row]:
    wanted = test["selection"].split(";")
    for fact in wanted:
        if fact not in table:
            raise ValueError(_unknown(test, fact, what, [*table, *other]))
    return [table[fact] for fact in wanted]


def _unknown(test: Row, value: str, what: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(value, sorted(known), n=3)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"claim_tests, {test['test_id']}, selection: {value!r} is not a {what}{hint}"
