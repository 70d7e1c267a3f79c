"""Who leads for certain, and what publishers say: one answer per list, one vote per publisher.

The words that the whole collection shares stand here: the three cities, the fields, and the four answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from aicities import bounds

THREE = ("Beijing", "Shanghai", "Shenzhen")
# In the order of the way from an idea to a product; composite indexes are no field of their own.
FIELDS = ["research", "talent", "models", "capital", "companies", "infrastructure", "applications", "chips", "devices"]
# What the published figures say of a claim, or of who leads; a publisher whose figures contradict each other is split,
# a claim on which publishers contradict each other is mixed.
HOLDS, FAILS, MIXED, OPEN, SPLIT = "holds", "fails", "mixed", "cannot tell", "split"
COLUMNS = ["comparable_group", "dimension", "coverage", "label", "short_label", "publisher_id", "publisher", "as_of"]

TOLERANCE = 0.1  # relative half-width of values called "about" a number

Data = Mapping[str, pd.DataFrame]


def voting_groups(data: Data, *, floors: str = "strict") -> pd.DataFrame:
    """The groups of comparable figures that vote on a field: independent, of the whole city, and on AI."""
    groups = by_group(data, THREE, floors=floors)
    return groups[(groups["coverage"] != "all_sectors") & groups["dimension"].isin(FIELDS)]


def by_group(data: Data, cities: Collection[str], *, floors: str = "strict") -> pd.DataFrame:
    """Which of some cities leads in each group of comparable figures; ValueError for fewer than two cities.

    A group is one publication, one metric and one date. It counts if it has a figure of the whole city for each of
    `cities` and is independent of the article. A city leads if it is certainly ahead of each of the others, by rank or
    by value; bounds that overlap, ties and places named together leave it open. `floors` is that of `bounds.interval`.

    Returns one row per group, in the order of the table: `COLUMNS`, `confidence`, `leader` (one of `cities`, or `OPEN`)
    and `first`: the city that is certainly ahead of all others in the group, asked for or not, or `OPEN`.
    """
    if len(set(cities)) < 2:
        raise ValueError(f"a leader needs at least two cities, got {cities}")
    indicators, sources = data["city_indicators"], data["sources"]
    chosen = comparable(indicators, cities)
    chosen = chosen[chosen.groupby("comparable_group")["place"].transform("nunique") == len(set(cities))]
    groups = chosen.drop_duplicates("comparable_group").rename(columns={"indicator_label": "label"})
    groups = groups.merge(sources[["source_id", "publisher_id", "publisher"]], on="source_id", how="left")
    pairs = _pairs(comparable(indicators, set(indicators["place"])), floors)
    asked = pairs[["place", "place_other"]].isin(set(cities)).all(axis=1)
    asked &= pairs["comparable_group"].isin(groups["comparable_group"])
    for name, part in (("leader", pairs[asked]), ("first", pairs)):
        leads = part.groupby(["comparable_group", "place"])["ahead"].all()
        named = groups["comparable_group"].map(leads[leads].reset_index("place")["place"])
        groups[name] = named.astype("str").fillna(OPEN)  # of dtype str even where no group has a leader
    return groups[[*COLUMNS, "confidence", "leader", "first"]].reset_index(drop=True)


def comparable(indicators: pd.DataFrame, places: Collection[str]) -> pd.DataFrame:
    """The rows of `city_indicators` by which some places may be compared.

    They belong to a group, are figures of the whole city, and come from a source that is independent of the article.
    """
    return indicators[
        indicators["comparable_group"].notna()
        & indicators["place"].isin(places)
        & (indicators["place_level"] == "city")
        & (indicators["independent_of_article"] == "yes")
    ]


def one_vote(answers: Iterable[str]) -> str:
    """The one vote of a publisher that has given several answers: `OPEN` ones don't count, different ones make `SPLIT`.

    >>> one_vote(["Beijing", OPEN, "Beijing"]), one_vote([HOLDS, FAILS]), one_vote([OPEN])
    ('Beijing', 'split', 'cannot tell')
    """
    named = set(answers) - {OPEN}
    return named.pop() if len(named) == 1 else SPLIT if named else OPEN


def by_publisher(groups: pd.DataFrame) -> pd.DataFrame:
    """One vote per publisher and dimension: five editions of one publisher are one witness.

    `groups` is what `by_group` gives, or some rows of it. Returns one row per dimension and publisher: `dimension`,
    `publisher_id`, `groups` (number) and `leader`: the city that leads in all its groups that decide, `SPLIT` if they
    name several, `OPEN` if none decides.
    """
    votes = groups.groupby(["dimension", "publisher_id"], sort=False, observed=True)["leader"]
    return votes.agg(groups="size", leader=one_vote).reset_index()


def _pairs(rows: pd.DataFrame, floors: str) -> pd.DataFrame:
    """Each place of a group with each other one, and whether it is certainly `ahead` of it."""
    measured = ["relation", "value", "value_max", "unit"]
    kept = rows[["comparable_group", "place", *measured, "basis"]]
    pairs = kept.merge(kept, on="comparable_group", suffixes=("", "_other"))
    pairs = pairs[pairs["place"] != pairs["place_other"]].reset_index(drop=True)
    others = pairs[[f"{name}_other" for name in measured]].set_axis(measured, axis=1)
    ahead = bounds.ahead(pairs, others, tolerance=TOLERANCE, floors=floors) == "yes"
    ranked = (pairs["relation"] == "rank") & (pairs["relation_other"] == "rank")
    # named in one breath: the source gives the places, but not who has which
    together = pairs[["basis", "basis_other"]].eq("named_together").all(axis=1)
    return pairs.assign(ahead=ahead | (ranked & (pairs["value"] < pairs["value_other"]) & ~together))
