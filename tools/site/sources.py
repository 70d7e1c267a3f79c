"""League tables and sources as pages: what was published, by whom, when, and where it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tools.site.explorer import records

Data = Mapping[str, pd.DataFrame]


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
            "independent": {"yes": "yes", "unknown": "unknown"}.get(row["independent_of_article"], "no"),
        }
        for row in records(data["league_tables"])
    ]
    return sorted(found, key=lambda row: (row["date"], row["table_id"]))


def cited(data: Data) -> list[dict[str, Any]]:
    """One record per source, by publisher and date, with the number of rows of other tables that cite it."""
    citing = [table["source_id"] for name, table in data.items() if name != "sources" and "source_id" in table]
    uses = pd.concat(citing).value_counts()
    rows = [
        row | {"rows": int(uses.get(row["source_id"], 0)), "year": (row["published"] or "")[:4]}
        for row in records(data["sources"])
    ]
    return sorted(rows, key=lambda row: (row["publisher"].casefold(), row["published"] or ""))


def filters(rows: list[dict[str, Any]], fields: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """Column, label and values in order, for each column by which a table can be filtered."""
    return [(field, label, sorted({str(row[field]) for row in rows if row[field]})) for field, label in fields.items()]


def _place(row: Mapping[str, Any]) -> str:
    """Rank, range or tier in words."""
    if row["rank"]:
        return str(row["rank"])
    if row["rank_best"]:
        return f"{row['rank_best']} to {row['rank_worst']}" if row["rank_worst"] else f"{row['rank_best']} or lower"
    return f"tier {row['tier']}" if row["tier"] else "named"
