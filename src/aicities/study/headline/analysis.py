"""The answer in numbers: who leads in what, by which lists, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from aicities import bounds, dates, evidence, votes
from aicities.study import claims
from aicities.study.claims.praise import strengths
from aicities.study.rankings import analysis as rankings
from aicities.votes import FAILS, FIELDS, HOLDS, MIXED, OPEN, SPLIT, THREE

__all__ = ["GRADES", "article_leaders", "field_leaders", "lists", "nearest", "newest", "numbers", "standing"]
__all__ += ["under_usage"]

Data = Mapping[str, pd.DataFrame]
GRADES = ("sure", "likely", "open")
"""How sure a first place is.

``sure``: two publishers or more put the city first by a direct measure, and none puts another first. ``likely``:
every list of these that gives an order names the same city, but by proxies, or by the direct measure of one
publisher. ``open``: publishers contradict each other or themselves, or none gives an order.
"""


def lists(data: Data, *, floors: str = "strict") -> pd.DataFrame:
    """The published lists that cover all three cities and count AI, with what each says of them, by field.

    ``fit`` is ``direct`` or ``proxy``, ``leader`` one of the three or `OPEN`, ``first`` whoever is certainly first, a
    fourth city as well, ``at_home``: the publisher sits in the city that it puts first; a column for each of the three
    has what the list prints, in words.
    """
    groups = votes.voting_groups(data, floors=floors).drop(columns="label")
    groups = groups.rename(columns={"dimension": "field", "short_label": "label"})
    indicators = data["city_indicators"]
    about = indicators.drop_duplicates("comparable_group").set_index("comparable_group")
    known = data["sources"].drop_duplicates("publisher_id").set_index("publisher_id")
    for name in ("fit", "unit"):
        groups[name] = groups["comparable_group"].map(about[name])
    for column, name in (("publisher", "short_name"), ("publisher_kind", "publisher_kind"), ("home", "publisher_home")):
        groups[column] = groups["publisher_id"].map(known[name])
    groups["at_home"] = groups["home"] == groups["leader"]
    rows = votes.comparable(indicators, THREE)
    said = rows.assign(said=[printed(row) for row in rows.to_dict("records")])
    together = said["basis"] == "named_together"
    lowest = said["value"].where(together).groupby(said["comparable_group"]).transform("max")
    said.loc[together, "said"] = "top " + lowest[together].astype(int).astype("str")
    said = said.drop_duplicates(["comparable_group", "place"])
    values = said.pivot(index="comparable_group", columns="place", values="said")[list(THREE)]
    columns = ["comparable_group", "field", "publisher_id", "publisher", "publisher_kind", "label", "unit", "as_of"]
    columns += ["fit", "leader", "first", "at_home"]
    groups = groups.assign(order=groups["field"].map(FIELDS.index))
    groups = groups.sort_values(["order", "publisher_id", "as_of"], ignore_index=True)
    return groups[columns].join(values, on="comparable_group")


def printed(row: Mapping[str, Any]) -> str:
    """What a list prints of a city, as short as it can be: ``#2``, ``>30,000``, ``8–10``, ``27.9 %``.

    >>> printed({"relation": "gt", "value": 2400.0, "value_max": None, "unit": "companies"})
    '>2,400'
    """
    value = bounds.words("eq", row["value"])
    if row["relation"] == "rank":
        return f"#{value}"
    if not pd.isna(row["value_max"]):
        return f"{value}–{bounds.words('eq', row['value_max'])}"
    sign = {"gt": ">", "ge": "≥", "approx": "≈", "lt": "<", "le": "≤"}.get(row["relation"], "")
    return f"{sign}{value}" + ("%" if str(row["unit"]).startswith("percent") else "")


def nearest(listed: pd.DataFrame, day: str) -> pd.DataFrame:
    """Of each publisher in each field one list: a direct one before a proxy, then the nearest to a day.

    Of two that are as near the one that gives an order comes first.
    """
    away = [dates.days_apart(date, day) for date in listed["as_of"]]
    ranked = listed.assign(proxy=listed["fit"] != "direct", away=away, open=listed["leader"] == OPEN)
    ranked = ranked.sort_values(["proxy", "away", "open"], kind="stable")
    return listed.loc[ranked.drop_duplicates(["field", "publisher_id"]).index.sort_values()].reset_index(drop=True)


def standing(listed: pd.DataFrame) -> pd.DataFrame:
    """Who leads in each of `FIELDS` (the index), and how sure that is; one vote per publisher.

    ``leader`` is a city, `SPLIT` if publishers contradict each other or themselves, `OPEN` if none gives an order;
    ``grade`` is one of `GRADES`; ``naming`` publishers put the leader first, ``direct`` of them by direct measures.
    """
    named = listed.rename(columns={"field": "dimension"})
    voted, direct = (votes.by_publisher(part) for part in (named, named[named["fit"] == "direct"]))
    rows = {}
    for field in FIELDS:
        answers = voted.loc[voted["dimension"] == field, "leader"]
        plain = direct.loc[direct["dimension"] == field, "leader"]
        leader = votes.one_vote(answers)
        sure = "sure" if (plain == leader).sum() >= 2 else "likely"
        rows[field] = {
            "leader": leader,
            "grade": "open" if leader in (SPLIT, OPEN) else sure,
            "naming": int((answers == leader).sum()) if leader in THREE else 0,
            "direct": int((plain == leader).sum()) if leader in THREE else 0,
            "publishers": len(answers),
            "lists": int((listed["field"] == field).sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


def article_leaders(data: Data) -> pd.Series:
    """The city that the article puts ahead in each of `FIELDS`: the one that it praises most often there, or `OPEN`."""
    praised = strengths(data).groupby(["dimension", "city"]).size().unstack(fill_value=0)
    counts = praised.reindex(index=list(FIELDS), columns=list(THREE), fill_value=0)
    unique = counts.eq(counts.max(axis=1), axis=0).sum(axis=1) == 1
    return counts.idxmax(axis=1).where(unique, OPEN).rename("article")


def under_usage(data: Data) -> pd.DataFrame:
    """The votes that change where "more than" is read as usage has it: ``field``, ``publisher_id``, both votes."""
    strict, rounded = (field_leaders(data, floors=floors) for floors in ("strict", "rounded"))
    both = strict.rename(columns={"leader": "strict", "dimension": "field"}).assign(rounded=rounded["leader"])
    return both.loc[both["strict"] != both["rounded"], ["field", "publisher_id", "strict", "rounded"]]


def newest(data: Data) -> str:
    """The date of the newest publication that the tables hold."""
    return str(data["sources"]["published"].dropna().max())


def numbers(data: Data) -> dict[str, Any]:
    """The numbers behind the sentences of the first page, by name; fields as lists of names."""
    listed = lists(data)
    found, usage = standing(listed), standing(lists(data, floors="rounded"))
    shown = nearest(listed, dates.of_article(data))
    years = shown["as_of"].str[:4]
    return (
        {"newest": newest(data), "first_year": years.min(), "last_year": years.max()}
        | _leads(found)
        | {"turned": found.index[found["leader"] != usage["leader"]].tolist()}
        | second_places(data, listed)
        | _rankings(data)
        | {"lists": len(listed), "shown": len(shown), "publishers": listed["publisher_id"].nunique()}
        | _verdicts(data)
        | _texts(data)
        | _compute(data)
    )


def _leads(found: pd.DataFrame) -> dict[str, Any]:
    """Fields by leader and by grade, and the city that leads in most of them."""
    won = found[found["grade"] != "open"]
    counts = won["leader"].value_counts().reindex(list(THREE), fill_value=0)
    most = counts[counts == counts.max()]
    return (
        {"fields": len(found), "leader": most.index[0] if len(most) == 1 else OPEN, "won": int(counts.max())}
        | {f"first_{city}": won.index[won["leader"] == city].tolist() for city in THREE}
        | {grade: found.index[found["grade"] == grade].tolist() for grade in GRADES}
    )


def second_places(data: Data, listed: pd.DataFrame) -> dict[str, int]:
    """How many publishers that put Beijing first have Shanghai second, Shenzhen, or now the one and now the other."""
    led = listed[listed["leader"] == "Beijing"]
    others = votes.by_group(data, THREE[1:]).set_index("comparable_group")["leader"]
    second = led["comparable_group"].map(others).groupby(led["publisher_id"]).agg(votes.one_vote)
    return {f"second_{name}": int((second == name).sum()) for name in (*THREE[1:], SPLIT)}


def _rankings(data: Data) -> dict[str, int]:
    """How many publishers rank AI as a whole, and how many of them have Shanghai second in at least one table."""
    tables, entries = rankings.city_tables(data)
    counted = rankings.counted_tables(tables)
    overall = counted[(counted["topic"] == "overall") & (counted["coverage"] == "ai")]
    held = rankings.publishers_by_place(entries, overall)
    return {"rankers": overall["publisher_id"].nunique(), "rankers_second": int(held.loc["Shanghai", "second"])}


def _verdicts(data: Data) -> dict[str, Any]:
    """How the claims fare: those of the article, and our question on its first sentence."""
    tests = claims.verdicts(data)
    summed = claims.summary(data, tests).set_index("claim_id")
    known = data["claims"].set_index("claim_id")
    article = summed[known["origin"].reindex(summed.index) == "article"]
    top_three = summed.loc["C34"]
    heard = zip(("testing", "tested_first", "tested_last"), claims.heard(tests, article.index), strict=True)
    return {
        "claims": len(article),
        **dict(heard),
        **{
            f"claims_{name.replace(' ', '_')}": int((article["headline"] == name).sum())
            for name in (HOLDS, MIXED, FAILS, OPEN)
        },
        "ranked": int(top_three["publishers_for"] + top_three["publishers_against"] + top_three["publishers_split"]),
        "top_three": int(top_three["publishers_for"]),
    }


def _texts(data: Data) -> dict[str, Any]:
    """What the two translations agree on, by statement and by fact."""
    agreed = evidence.agreement(data)
    worst = agreed.groupby("statement_id")["agreement"].max()
    return {
        "statements": len(worst),
        "statements_in_both": float((worst == "both").mean()),
        "statements_wrong": int((worst == "neither").sum()),
        "facts": len(agreed),
        "facts_in_both": float((agreed["agreement"] == "both").mean()),
    }


def _compute(data: Data) -> dict[str, Any]:
    """The one number on a city's computing power that the article has."""
    power = evidence.of_work(data)["indicators"].query("indicator == 'intelligent_compute'")
    cities = data["entities"].query("kind == 'city'")["entity_id"]
    row = power[power["subject_id"].isin(cities)].iloc[0]
    return {"compute_relation": row["relation"], "compute_value": float(row["value"]), "compute_unit": row["unit"]}


def field_leaders(data: Data, *, floors: str = "strict") -> pd.DataFrame:
    """Which of the three cities each independent publisher puts ahead in each field.

    Metrics of all sectors are context and no evidence on AI, so they don't vote. Returns the rows of `by_publisher`
    whose dimension is one of `FIELDS`, in that order.
    """
    voted = votes.by_publisher(votes.voting_groups(data, floors=floors)).sort_values("publisher_id", kind="stable")
    return voted.sort_values("dimension", key=lambda field: field.map(FIELDS.index), kind="stable", ignore_index=True)
