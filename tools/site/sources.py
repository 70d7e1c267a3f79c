"""League tables and sources as pages: what was published, by whom, when, and where it can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tools.site.explorer import records

Data = Mapping[str, pd.DataFrame]


INDEPENDENT = {"yes": "yes", "unknown": "unknown"}  # all other values say how a table hangs on the article
NAMED = 999  # sorts places without rank or tier last


def league_tables(data: Data) -> list[dict[str, Any]]:
    """One record per league table, the oldest first: what it ranks, its publisher, and all its entries in words."""
    sources = {row["source_id"]: row for row in records(data["sources"])}
    entries: dict[str, list[dict[str, Any]]] = {}
    for row in records(data["league_table_entries"]):
        entries.setdefault(row["table_id"], []).append(row | {"place_said": _place(row)})
    found = [
        row
        | {
            "entries": entries.get(row["table_id"], []),
            "publisher_short": sources[row["source_id"]]["short_name"],
            "url": sources[row["source_id"]]["url"],
            "date": row["published"] or str(row["edition_year"]),
            "year": (row["published"] or str(row["edition_year"]))[:4],
            "independent": INDEPENDENT.get(row["independent_of_article"], "no"),
            "by_city": {one["place"]: (_key(one), one["place_said"]) for one in entries.get(row["table_id"], [])},
        }
        for row in records(data["league_tables"])
    ]
    return sorted(found, key=lambda row: (row["date"], row["table_id"]))


def cited(data: Data) -> list[dict[str, Any]]:
    """One record per source, by publisher and date: the rows of other tables that cite it, and what these are about."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, table in data.items():
        if name != "sources" and "source_id" in table:
            for row in records(table):
                rows.setdefault(row["source_id"], []).append(row)
    ranked = {row["table_id"]: row["source_id"] for row in records(data["league_tables"])}
    for row in records(data["league_table_entries"]):
        rows[ranked[row["table_id"]]].append({"place": row["place"]})
    found = [_described(row, rows.get(row["source_id"], [])) for row in records(data["sources"])]
    return sorted(found, key=lambda row: (row["publisher"].casefold(), row["published"] or ""))


def _described(source: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A source with what the rows that cite it are about, each value once."""

    def every(*columns: str) -> list[str]:
        return sorted({str(row[column]) for row in rows for column in columns if row.get(column)})

    cities = Counter(str(row["place"]) for row in rows if row.get("place"))
    return source | {
        "rows": len(rows),
        "year": (source["published"] or "")[:4],
        "scope": every("scope"),
        "topic": every("topic", "dimension"),
        "independent": sorted({INDEPENDENT.get(one, "no") for one in every("independent_of_article")}),
        "by_city": {city: (-times, f"{times} {'row' if times == 1 else 'rows'}") for city, times in cities.items()},
    }


def filters(rows: list[dict[str, Any]], fields: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """Column, label and values in order, for each column by which a table can be filtered; a cell may hold several."""
    found = []
    for field, label in fields.items():
        cells = [row[field] if isinstance(row[field], list) else [row[field]] for row in rows]
        found.append((field, label, sorted({str(one) for cell in cells for one in cell if one}, key=str.casefold)))
    return found


def _place(row: Mapping[str, Any]) -> str:
    """Rank, range or tier in words."""
    best, worst = row["rank_best"], row["rank_worst"]
    if row["rank"] or (best and best == worst):
        return str(row["rank"] or best)
    if best:
        return f"{best} to {worst}" if worst else f"{best} or lower"
    return f"tier {row['tier']}" if row["tier"] else "named"


def _key(row: Mapping[str, Any]) -> int:
    """A number to sort places by: the rank, or the best one that is possible, or the tier."""
    return int(row["rank"] or row["rank_best"] or str(row["tier"] or "").lstrip("T") or NAMED)
