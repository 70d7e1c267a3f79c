"""The counts of the first page once more, from the CSV files alone: no line of the package is used to find them.

A filter negated or a rule weakened in `votes` or `study` would change both what a notebook shows and what its tests
expect of it; here it would meet a second reckoning.
"""

import csv
from collections import defaultdict
from pathlib import Path

import aicities as ac
from aicities.study.headline import analysis

DATA = Path(__file__).resolve().parents[2] / "data"
CITIES = ["Beijing", "Shanghai", "Shenzhen"]
FIELDS = ["research", "talent", "models", "capital", "companies", "infrastructure", "applications", "chips", "devices"]


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ends(row):
    """The least and the most that a row can mean, and whether each is meant as well."""
    value = float(row["value"])
    if row["value_max"]:
        return value, float(row["value_max"]), True, True
    return {
        "eq": (value, value, True, True),
        "gt": (value, float("inf"), False, True),
        "ge": (value, float("inf"), True, True),
        "lt": (float("-inf"), value, True, False),
        "le": (float("-inf"), value, True, True),
        "approx": (value * 0.9, value * 1.1, True, True),
    }[row["relation"]]


def ahead(one, other):
    if one["relation"] == "rank":
        together = one["basis"] == other["basis"] == "named_together"
        return float(one["value"]) < float(other["value"]) and not together
    (least, _, meant, _), (_, most, _, too) = ends(one), ends(other)
    return least > most or (least == most and not (meant and too))


def lists():
    """Field, publisher, fit and leader of each list that has all three cities, counts AI, and is independent."""
    publishers = {row["source_id"]: row["publisher_id"] for row in rows("sources")}
    groups = defaultdict(dict)
    for row in rows("city_indicators"):
        about = (
            row["dimension"] in FIELDS and row["coverage"] != "all_sectors" and row["independent_of_article"] == "yes"
        )
        if about and row["comparable_group"] and row["place_level"] == "city" and row["place"] in CITIES:
            groups[row["comparable_group"]][row["place"]] = row
    for group in groups.values():
        if len(group) == len(CITIES):
            row = group["Beijing"]
            first = [a for a in CITIES if all(ahead(group[a], group[b]) for b in CITIES if b != a)]
            yield row["dimension"], publishers[row["source_id"]], row["fit"], "".join(first)


def test_the_counts_of_the_first_page_are_those_of_the_tables():
    named, direct, every = defaultdict(set), defaultdict(lambda: defaultdict(set)), list(lists())
    for field, publisher, fit, first in every:
        named[field] |= {first} - {""}
        if first and fit == "direct":
            direct[field][publisher].add(first)
    leaders = {field: next(iter(named[field])) for field in FIELDS if len(named[field]) == 1}
    sure = [field for field in leaders if len(direct[field]) > 1]
    numbers = analysis.numbers(ac.load_all())
    assert {f"first_{city}": [f for f in FIELDS if leaders.get(f) == city] for city in CITIES} == {
        f"first_{city}": numbers[f"first_{city}"] for city in CITIES
    }
    assert [numbers["sure"], numbers["open"]] == [sure, [field for field in FIELDS if field not in leaders]]
    assert [numbers["fields"], numbers["lists"]] == [len(FIELDS), len(every)]
    assert numbers["publishers"] == len({publisher for _, publisher, _, _ in every})
    assert numbers["newest"] == max(row["published"] for row in rows("sources"))
    facts = [row["fact_id"] for name in ("indicators", "statements") for row in rows(name)]
    assert numbers["facts"] == len(facts)
    assert numbers["claims"] == sum(row["origin"] == "article" for row in rows("claims"))
