"""A page for each of the ten cities of which most is published: ranks over time, numbers, claims, the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from aicities import bounds
from tools.site.claims import Claim
from tools.site.explorer import FIRST, Fact, records
from tools.site.sources import league_tables

MOST = 10  # cities that get a page
Data = Mapping[str, pd.DataFrame]


def named(data: Data) -> list[str]:
    """The cities of which most numbers and ranks are published, those with most first."""
    kinds = data["places"].set_index("place")
    cities = kinds.index[kinds["kind"].isin(["city", "municipality"]) & (kinds["territory"] == "mainland")]
    own = data["city_indicators"].query("place_level == 'city'")["place"]
    counts = pd.concat([own, data["league_table_entries"]["place"]]).value_counts()
    return counts[counts.index.isin(cities)].head(MOST).index.tolist()


def listed(data: Data, facts: list[Fact], claims: list[Claim]) -> list[dict[str, Any]]:
    """One record per city: its ranks, numbers and computing power by date, its claims and the facts about it."""
    sources = {row["source_id"]: row for row in records(data["sources"])}
    tables = league_tables(data)
    spelled = data["places"].set_index("place")[["name_zh", "name_ja"]].set_axis(["zh", "ja"], axis=1)
    return [
        {
            "name": city,
            "names": spelled.loc[city].dropna().to_dict(),
            "slug": city.lower().replace(" ", "-").replace("'", ""),
            "ranks": _ranks(city, tables),
            "numbers": _numbers(data["city_indicators"].query("place == @city and relation != 'rank'"), sources),
            "compute": _numbers(data["compute"].query("place == @city"), sources),
            "claims": [claim for claim in claims if claim["city"] == city],
            "works": _by_work(fact for fact in facts if fact["city"] == city),
        }
        for city in named(data)
    ]


def _by_work(facts: Iterable[Fact]) -> list[tuple[str | None, list[Fact]]]:
    """The facts of the article, without a title, and those of each other work under its own."""
    own: dict[str | None, list[Fact]] = {None: []}
    for fact in facts:
        own.setdefault(fact["work"] if fact["page"] != FIRST else None, []).append(fact)
    return list(own.items())


def _ranks(city: str, tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where each league table puts the city, the oldest first."""
    rows = [
        {"table": table, "place": entry["place_said"], "score": entry["score"]}
        for table in tables
        for entry in table["entries"]
        if entry["place"] == city
    ]
    return sorted(rows, key=lambda row: (row["table"]["date"], row["table"]["table_id"]))


def _numbers(rows: pd.DataFrame, sources: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each number in words with its date, publisher and address, by field and date."""
    found = []
    for row in records(rows):
        source = sources[row["source_id"]]
        part = "" if row["place_level"] == "city" else f" ({row.get('centre') or row['place_level']})"
        planned = row.get("status") in ("planned", "target", "projected", "under_construction")
        found.append(
            {
                "fact_id": row["fact_id"],
                "label": (row.get("indicator_label") or str(row["metric"]).replace("_", " ")) + part,
                "field": row.get("dimension") or "compute",
                "said": bounds.words(row["relation"], row["value"], row["unit"])
                + (f", at most {bounds.words('eq', row['value_max'])}" if row.get("value_max") else ""),
                "planned": planned,
                "date": row["as_of"] or "",
                "publisher": source["short_name"] or source["publisher"],
                "url": source["url"],
            }
        )
    return sorted(found, key=lambda row: (row["field"], row["date"]))
