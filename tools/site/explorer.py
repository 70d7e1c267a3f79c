"""Every fact with what the texts do with it, who says it, and how the claims that rest on it fare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from aicities import bounds, evidence
from aicities.study import claims

Fact = dict[str, Any]
FILTERS = {
    "city": "City",
    "dimension": "Topic",
    "kind": "Kind",
    "agreement": "Agreement",
    "speaker": "Said by",
    "verdict": "Tested claim",
}
NO_CITY, UNTESTED = "no single city", "not tested"
FIRST = "evidence.html"  # the page of the article


def works(package: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """One record per work with a full text, the collection's first: its page, its full texts, and its facts."""
    found: list[dict[str, Any]] = []
    for work in records(package["works"]):
        page = f"evidence-{work['work_id']}.html" if found else FIRST
        texts = package["articles"].query("work_id == @work['work_id'] and coverage == 'full'")
        if texts.empty:
            continue  # of an opening alone nothing can be compared
        told = [fact | {"work": work["title_en"]} for fact in facts(package, work["work_id"], page=page)]
        shown = {"texts": records(texts), "facts": told, "witnesses": texts["witness"].nunique()}
        found.append(work | {"page": page, "columns": columns(shown["texts"])} | shown)
    return found


def columns(texts: list[dict[str, Any]]) -> list[str]:
    """A heading for each text: its language, and its key where several are of one language."""
    names = [text["language_name"] for text in texts]
    return [
        f"{name} text" + (f" ({text['article_id']})" if names.count(name) > 1 else "")
        for name, text in zip(names, texts, strict=True)
    ]


def facts(package: Mapping[str, pd.DataFrame], work: str, *, page: str) -> list[Fact]:
    """One record per fact of a work, indicators first: what is said, and where and how either text says it."""
    data = evidence.of_work(package, work)
    joined, agreed = evidence.join(data), evidence.agreement(data, work=work)
    confirming = data["articles"].loc[data["articles"]["coverage"] != "full", "article_id"].tolist()
    details = {row["fact_id"]: row for row in records(pd.concat([data["indicators"], data["statements"]]))}
    names = data["entities"].set_index("entity_id")["name_en"].to_dict()
    places: dict[str, dict[str, Any]] = {}
    for row in records(joined):
        places.setdefault(row["fact_id"], {})[row["article_id"]] = row
    tested = _tested(data)
    return [
        {
            "fact_id": fact_id,
            "page": page,
            "kind": "figure" if row["table"] == "indicators" else "statement",
            "claim": row["claim"],
            "value": said_value(details[fact_id]) if row["table"] == "indicators" else None,
            "qualifiers": qualifiers(details[fact_id], names),
            "subject": names.get(row["subject_id"], row["subject_id"]),
            "city": row["city"] or NO_CITY,
            "dimension": row["dimension"],
            "agreement": str(row["agreement"]),
            "confirmed": bool(row["confirmed"]),
            "original": next((places[fact_id][one]["says"] for one in confirming if one in places[fact_id]), None),
            "places": places[fact_id],
            "speaker": names.get(row["stated_by"], row["stated_by"]),
            "note": details[fact_id]["note"],
            "claims": tested.get(fact_id, []),
            "verdict": sorted({one["headline"] for one in tested.get(fact_id, [])}) or [UNTESTED],
        }
        for row in records(agreed)
        for fact_id in [row["fact_id"]]
    ]


def said_value(row: dict[str, Any]) -> str:
    """The value with its qualifier; for a date, the date."""
    if row["value"] is None and row["relation"] == "eq" and row["unit"] == "date":
        return str(row["period"])
    return bounds.words(row["relation"], row["value"], row["unit"])


def qualifiers(row: dict[str, Any], names: dict[str, str]) -> list[tuple[str, str]]:
    """What limits the fact: its period, among what it holds, whether the capacity exists."""
    dated = row.get("unit") in ("date", "year")  # the value says it
    found = [
        ("period", None if dated else row.get("period")),
        ("among", names.get(row.get("scope") or "", row.get("scope"))),
        ("status", (row.get("status") or "").replace("_", " ")),
        ("about", names.get(row.get("object_id") or "", row.get("object_id"))),
    ]
    said = [(name, str(value)) for name, value in found if value]
    return [*said, ("derived", "follows from other words of the text")] if row.get("derived") is True else said


def _tested(data: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """For each fact the claims that it belongs to, with the verdict."""
    summed = claims.summary(data)
    by_claim = {row["claim_id"]: row for row in records(summed)}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(data["claim_facts"]):
        found.setdefault(row["fact_id"], []).append(by_claim[row["claim_id"]])
    return found


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries, with None for what is missing."""
    plain = table.astype("object")
    return [{str(k): v for k, v in row.items()} for row in plain.where(plain.notna(), None).to_dict("records")]
