"""What the page of publishers starts from: their tables on AI as a whole as points of the Borda count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

import rankstats
from aicities.study.rankings import analysis
from rankstats import Lists
from rankstats.consensus import borda_points

MOST = 10  # how much a publisher can be believed
SHOWN = 10  # cities
COMMERCIAL = {"company", "research_firm", "media"}


def lists(data: Mapping[str, pd.DataFrame]) -> tuple[Lists, pd.DataFrame]:
    """The independent tables of cities on AI as a whole, as `rankstats` reads them and as a table."""
    tables, entries = analysis.city_tables(data)
    counted = analysis.counted_tables(tables)
    whole = counted[counted["topic"] == analysis.WHOLE]
    return analysis.as_lists(entries, whole), whole


def page(data: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Cities in the order of the Borda count, publishers with their points, presets, and the answer in words.

    A publisher's points are those of its tables on the average, and its votes the share of them that cover the city.
    """
    read, tables = lists(data)
    order = rankstats.borda(read).dropna(subset="score")
    at = [read.places.index(city) for city in order["place"]]
    points, votes = (read.by_publisher(cells)[:, at] for cells in borda_points(read))
    size = read.by_publisher(np.ones(len(read.lists)))[:, None]
    about = tables.groupby("publisher_id").agg(
        name=("short_name", "first"),
        kind=("publisher_kind", "first"),
        first=("edition_year", "min"),
        last=("edition_year", "max"),
        tables=("table_id", "size"),
        page=("url_kind", lambda kinds: bool((kinds != "none").any())),
        long=("listed", "max"),
    )
    publishers = [
        {
            "key": key,
            "points": _said(points[at] / size[at]),
            "votes": _said(votes[at] / size[at]),
            **about.loc[key].to_dict(),
        }
        for at, key in enumerate(read.names)
    ]
    scores = dict(zip(order["place"], order["score"], strict=True))
    first = list(scores)[:3]
    return {
        "publishers": publishers,
        "scores": scores,
        "shown": SHOWN,
        "most": MOST,
        "answer": f"First three: {', '.join(first)}.",
        "presets": {
            "All alike": [MOST] * len(publishers),
            "No companies, no media": [MOST * (one["kind"] not in COMMERCIAL) for one in publishers],
            "Only those whose page is known": [MOST * one["page"] for one in publishers],
            "Only those that list ten cities or more": [MOST * (one["long"] >= SHOWN) for one in publishers],
        },
    }


def _said(numbers: np.ndarray) -> str:
    return " ".join(f"{number:.9g}" for number in numbers)
