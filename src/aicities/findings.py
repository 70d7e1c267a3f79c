"""The headline findings, computed: the numbers that the first notebook and the README print."""

from __future__ import annotations

from typing import Any

import pandas as pd

from . import bounds, claims, evidence, leaders, tables

__all__ = ["CITIES", "FIELDS", "article_leaders", "field_leaders", "headline_numbers", "headline_sentences"]

CITIES = ["Beijing", "Shanghai", "Shenzhen"]
# In the order of the way from an idea to a product; composite indexes are no field of their own.
FIELDS = [
    "research",
    "talent",
    "models",
    "capital",
    "enterprise",
    "infrastructure",
    "application",
    "hardware",
]


def field_leaders() -> pd.DataFrame:
    """Which of the three cities each independent publisher puts ahead in each field.

    Metrics of all sectors are context and no evidence on AI, so they don't vote.

    Returns
    -------
    The rows of `leaders.by_publisher` whose dimension is one of `FIELDS`, in that order, with an ordered `dimension`.
    """
    groups = leaders.by_group(CITIES)
    votes = leaders.by_publisher(groups[groups["coverage"] != "all_sectors"])
    votes = votes[votes["dimension"].isin(FIELDS)]
    order = votes["dimension"].map(FIELDS.index)
    return votes.assign(order=order).sort_values(["order", "publisher_id"], ignore_index=True).drop(columns="order")


def article_leaders() -> pd.Series:
    """Which of the three cities the article puts ahead in each field.

    It is the city of which the article names most strengths and firsts: statements of strength about that city alone,
    first places of the city itself, and the highest of three counts. Two or more with as many make none.

    Returns
    -------
    A city, or `leaders.OPEN`, for each of `FIELDS` (the index).
    """
    statements, indicators = tables.load("statements"), tables.load("indicators")
    alone = statements.groupby("statement_id")["city"].transform("nunique") == 1
    strengths = statements[(statements["kind"] == "strength") & alone]
    firsts = indicators[
        (indicators["relation"] == "first") & (indicators["subject_id"] == indicators["city"].str.lower())
    ]
    equal = indicators[(indicators["relation"] == "eq") & indicators["city"].notna()]
    counted = equal[equal.groupby("statement_id")["city"].transform("nunique") == len(CITIES)]
    highest = counted.loc[counted.groupby("statement_id")["value"].idxmax()]
    named = pd.concat([strengths, firsts, highest]).groupby(["dimension", "city"]).size().unstack(fill_value=0)
    named = named.reindex(index=FIELDS, columns=CITIES, fill_value=0)
    unique = named.eq(named.max(axis=1), axis=0).sum(axis=1) == 1
    return named.idxmax(axis=1).where(unique, leaders.OPEN)


def headline_numbers() -> dict[str, Any]:
    """The numbers behind `headline_sentences`, by name."""
    agreed = evidence.agreement()
    votes = field_leaders()
    decided = votes[votes["leader"].isin(CITIES)]
    ahead = decided.groupby("dimension")["leader"].agg(set)
    said = article_leaders()
    agrees = pd.Series([ahead.get(field) == {city} for field, city in said.items()], index=said.index)
    verdicts = claims.summary()
    top_three = verdicts.set_index("claim_id").loc["C01"]
    compute = tables.load("indicators").query("indicator == 'intelligent_compute'")
    city_figure = compute[compute["subject_id"].isin(["beijing", "shanghai", "shenzhen"])]
    row = city_figure.iloc[0]
    return {
        "facts": len(agreed),
        "facts_in_both": int((agreed["agreement"] == "both").sum()),
        "facts_wrong_in_both": int((agreed["agreement"] == "neither").sum()),
        "fields": len(ahead),
        "fields_beijing": int((ahead == {"Beijing"}).sum()),
        "fields_without_beijing": sum("Beijing" not in cities for cities in ahead),
        **{f"article_{city}": int((said == city).sum()) for city in CITIES},
        **{f"borne_out_{city}": int((agrees & (said == city)).sum()) for city in CITIES},
        "fields_shenzhen": sum("Shenzhen" in cities for cities in ahead),
        "publishers": votes["publisher_id"].nunique(),
        "top_three_for": int(top_three["publishers_for"]),
        "top_three_against": int(top_three["publishers_against"]),
        "claims": len(verdicts),
        **{f"claims_{name.replace(' ', '_')}": int((verdicts["headline"] == name).sum())
           for name in ("holds", "fails", "mixed", "cannot tell")},
        "cities_with_compute": city_figure["subject_id"].nunique(),
        "compute": bounds.words(row["relation"], row["value"], row["unit"]),
    }  # fmt: skip


def headline_sentences() -> list[str]:
    """Headline findings as Markdown sentences, each with its numbers."""
    n = headline_numbers()
    ranked = n["top_three_for"] + n["top_three_against"]
    return [
        f"**Independent figures put Beijing first where the article does, and Shenzhen nowhere.** In "
        f"{n['borne_out_Beijing']} of the {n['article_Beijing']} fields in which the article puts Beijing ahead, every "
        f"publisher that decides agrees; so it is in {n['borne_out_Shanghai']} of {n['article_Shanghai']} fields for "
        f"Shanghai and in {n['borne_out_Shenzhen']} of {n['article_Shenzhen']} for Shenzhen.",
        f"**The three do not hold the first three places everywhere.** Of {ranked} independent publishers that ranked "
        f"AI cities in the two years before the article, {n['top_three_for']} has them there.",
        f"**Most testable claims stay open.** Of {n['claims']} claims that figures could test, "
        f"{n['claims_holds']} are borne out, {n['claims_fails']} is refuted, {n['claims_mixed']} are mixed, and "
        f"{n['claims_cannot_tell']} can't be decided by what is published.",
        f"**Three cities, one figure for computing power.** The article gives {n['compute']} for Beijing, one site's "
        f"first phase for Shenzhen, and nothing for Shanghai.",
        f"**Two translations agree on {n['facts_in_both'] / n['facts']:.0%} of {n['facts']} facts, and that is less "
        f"than it seems.** {n['facts_wrong_in_both']} facts come out wrong in both.",
    ]
