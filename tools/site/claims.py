"""A page for each claim: what the article says, the tests, who decides, who leans, and what would decide it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from aicities.study import claims
from aicities.study.claims import firmness
from tools.site.explorer import Fact, records

Claim = dict[str, Any]
Data = Mapping[str, pd.DataFrame]


def listed(data: Data, facts: list[Fact]) -> list[Claim]:
    """One record per claim, in the order of the table: the claim, its headline, facts, tests and publishers."""
    verdicts = claims.verdicts(data)
    summed = claims.summary(data, verdicts)
    sides = claims.votes(verdicts)
    known = {fact["fact_id"]: fact for fact in facts}
    stated = data["claim_facts"].groupby("claim_id")["fact_id"].agg(list).to_dict()
    nearest = {row["claim_id"]: row for row in records(firmness.nearest(verdicts, summed))}
    about = {row["claim_id"]: row for row in records(data["claims"])}
    tests: dict[str, list[dict[str, Any]]] = {}
    for row in records(verdicts):
        tests.setdefault(row["claim_id"], []).append(row)
    return [
        about[row["claim_id"]]
        | row
        | {end: f"{about[row['claim_id']][end]:%Y-%m-%d}" for end in ("window_from", "window_to")}
        | {
            "facts": [known[fact] for fact in stated.get(row["claim_id"], []) if fact in known],
            "tests": tests.get(row["claim_id"], []),
            "votes": _votes(sides[sides["claim_id"] == row["claim_id"]]),
            "nearest": nearest.get(row["claim_id"]),
        }
        for row in records(summed)
    ]


def _votes(sides: pd.DataFrame) -> dict[str, list[str]]:
    """Publishers by what they do: decide for or against, contradict themselves, or only lean to a side."""
    kinds = {
        ("holds", True): "for",
        ("fails", True): "against",
        ("split", True): "split",
        ("holds", False): "leans for",
        ("fails", False): "leans against",
    }
    found: dict[str, list[str]] = {}
    for row in sides.itertuples():
        home = " (at home)" if row.own_city else ""
        publisher = str(row.publisher).replace("; ", " with ")
        found.setdefault(kinds[row.side, row.decides], []).append(publisher + home)
    return {kind: found[kind] for kind in kinds.values() if kind in found}
