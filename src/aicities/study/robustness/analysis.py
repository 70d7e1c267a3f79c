"""One score from many published lists, and what it owes to choices: weights, lists let in, numbers not known.

A list is a group of comparable numbers: one publication, one metric, one date. Each gives the three cities an order, or
leaves part of it open; the lists of a field count alike, and what the fields are worth is left to the weights of
:mod:`rankstats`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations, permutations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

import rankstats
from aicities import bounds, votes
from aicities.dates import days_apart, of_article, period
from aicities.study import claims
from aicities.study.claims.selection import ADDITIVE
from aicities.study.rankings import analysis as rankings
from aicities.votes import FIELDS, THREE
from rankstats import Interval

__all__ = [
    "GROUPS",
    "LAST_OF_FIRST_ROUND",
    "RULES",
    "Believed",
    "Lists",
    "Orders",
    "chosen_lists",
    "claims_by_floors",
    "claims_under_rules",
    "discrete_choices",
    "field_means",
    "field_orders",
    "first_round",
    "group_means",
    "kinds_of_weighting",
    "lists_by_floors",
    "lists_short_of_one_city",
    "midpoints",
    "place_points",
    "places_in_words",
    "score_under",
    "share_by_pairs",
    "share_first",
    "shares_by_scale_and_mean",
    "steps_since_first_round",
    "turned",
    "under_rules",
    "unknowns",
    "without_each_publisher",
    "without_two_publishers",
    "worth_of_second_place",
]

Data = Mapping[str, pd.DataFrame]
CITIES = list(THREE)
GROUPS: dict[str, tuple[str, ...]] = {
    "minds": ("research", "talent", "models"),
    "money and firms": ("capital", "companies"),
    "things and uses": ("infrastructure", "applications", "chips", "devices"),
}
"""The fields in three groups, for a triangle of weights."""

RULES = {
    "as_is": "all numbers",
    "direct": "only what measures a whole field",
    "exact": "exact numbers only",
    "away": "no city ranked by its own body",
    "printed": "only printed numbers",
    "page": "only with a known page",
    "ai": "only AI itself",
    "window": "only the article's two years",
    "high": "only high confidence",
}
"""The rules of :func:`under_rules`, by key, in words."""

NO_LIST = "no list"
TOGETHER = "named_together"
TOLERANCE = 0.1  # relative half-width of "about"
BEYOND = 2.0  # how many times the largest number of a list an open end may reach; above 1 it changes no order
MOST_EXACT = 16  # columns up to which shares of weightings are exact; beyond it they are drawn
DRAWS = 100_000
LAST_OF_FIRST_ROUND = "SP467"  # the last row of city_indicators that the first edition of this collection had
SCALES = (("minmax", ("arithmetic",)), ("share", ("arithmetic", "geometric")), ("leader", ("arithmetic", "geometric")))


class Lists(NamedTuple):
    """Lists and what they say.

    ``about``: one row for each list, with ``field``, ``publisher_id``, ``label``, ``as_of`` and ``ranked`` (it gives
    ranks and no amounts). ``values``: cities × lists, the interval of each value, higher being better (a rank r is -r).
    """

    about: pd.DataFrame
    values: Interval


class Orders(NamedTuple):
    """What every order of importance of the fields does to the lead of a city.

    ``by_first``: by the most important field (``first``), the part of its orders in which the city has the
    ``majority`` of weights, and its ``lowest`` and ``median`` share. ``shares``: of all orders, lowest first; each
    stands for as many orders as any other.
    """

    by_first: pd.DataFrame
    shares: np.ndarray


class Believed(NamedTuple):
    """What is left under each rule.

    ``leading``: fields × rules, the city that every publisher that decides puts first, ``split`` if they name several,
    ``cannot tell`` if none decides, ``no list`` if none is left. ``shares``: rules × cities, shares of all weightings
    of the fields that put the city first, exact. ``lists``: the lists under each rule.
    """

    leading: pd.DataFrame
    shares: pd.DataFrame
    lists: dict[str, Lists]


def chosen_lists(data: Data, *, floors: str = "strict") -> Lists:
    """One list for each field and publisher, with a number of each of the three cities.

    Of several lists by one publisher in one field the nearest to the article's date is taken; of these the one with
    most exact numbers, then the longest. Lists of all sectors, and those that are no field of
    :data:`aicities.votes.FIELDS`, are left out, as are those that :func:`aicities.votes.by_group` leaves out.

    ``data``: ``city_indicators``, ``sources`` and ``articles``; ``floors``: how *more than* is read, see
    :func:`aicities.bounds.interval`.

    Raises ValueError if no list is left.
    """
    return _taken(data, votes.voting_groups(data, floors=floors), floors)


def lists_short_of_one_city(data: Data, chosen: Lists) -> Lists:
    """Lists that have a number of all cities but one, by publishers that have no list in that field yet.

    The missing amount may be anything from zero to twice the list's largest, but no more than that of the city's
    province where the list has it and parts can't exceed the whole; the missing rank is one that no listed place holds.

    ``data``: ``city_indicators``, ``sources`` and ``places``; ``chosen``: the complete lists, from
    :func:`chosen_lists`.
    """
    indicators = data["city_indicators"]
    province = data["places"].set_index("place")["province"]
    publisher = indicators["source_id"].map(data["sources"].set_index("source_id")["publisher_id"])
    usable = indicators.assign(publisher_id=publisher)[
        indicators["comparable_group"].notna()
        & (indicators["independent_of_article"] == "yes")
        & (indicators["coverage"] != "all_sectors")
        & indicators["dimension"].isin(FIELDS)
        & (indicators["unit"] != "rank_region")
    ]
    voting = set(zip(chosen.about["field"], chosen.about["publisher_id"], strict=True))
    own = _ends(usable[usable["place"].isin(CITIES) & (usable["place_level"] == "city")], "strict")
    groups = dict(list(usable.groupby("comparable_group", sort=False)))
    about, holes = {}, []
    for name, part in own.groupby("comparable_group", sort=False):
        missing = [city for city in CITIES if city not in set(part["place"])]
        row = part.iloc[0]
        if len(missing) == 1 and (row["dimension"], row["publisher_id"]) not in voting:
            label = f"{row['short_label']}: no {missing[0]}"
            about[name] = (row["dimension"], row["publisher_id"], label, row["as_of"], row["ranked"])
            holes.append((name, *missing, *_hole(groups[name], row["ranked"], missing[0], str(province[missing[0]]))))
    columns = ["field", "publisher_id", "label", "as_of", "ranked"]
    table = pd.DataFrame.from_dict(about, orient="index", columns=columns)
    added = pd.DataFrame(holes, columns=["comparable_group", "place", "low", "high"])
    return Lists(table, _stacked(pd.concat([own, added]), table.index))


def place_points(chosen: Lists, *, middle: float = 0.5) -> Interval:
    """Places as points, cities × lists: three for the first place, one for the last.

    Where a list leaves an order open, the points lie between two bounds.

    ``middle``: how far the middle place is from the last to the first, 0 to 1; at 0.5 it is worth two points.
    """
    if chosen.about.empty:
        return chosen.values
    given = _interval(rankstats.normalise(chosen.values, method="rank"))
    return Interval(*(_worth(end, middle) for end in given))


def _worth(points: pd.DataFrame, middle: float) -> pd.DataFrame:
    last = len(points)
    worth = np.interp(points, [1, (1 + last) / 2, last], [1, 1 + (last - 1) * middle, last])
    return pd.DataFrame(worth, index=points.index, columns=points.columns)


def places_in_words(chosen: Lists) -> pd.DataFrame:
    """Which place each list gives to each city, as words, lists × cities: ``1``, or ``1–2`` where that is open."""
    given = place_points(chosen)
    best, worst = (len(end) + 1 - end.T for end in (given.high, given.low))
    return best.astype("int64").astype("str") + ("–" + worst.astype("int64").astype("str")).where(best < worst, "")


def field_means(scores: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Mean of the lists of each field: cities × fields from cities × lists."""
    return scores.T.groupby(about["field"].reindex(scores.columns).to_numpy(), sort=False).mean().T


def group_means(fields: pd.DataFrame) -> pd.DataFrame:
    """Mean of the fields of each of :data:`GROUPS`: cities × groups from cities × fields."""
    present = {name: [field for field in own if field in fields] for name, own in GROUPS.items()}
    return pd.DataFrame({name: fields[own].mean(axis=1) for name, own in present.items() if own})


def midpoints(values: Interval) -> pd.DataFrame:
    """The middle of each interval. Of points: cities whose order is open share the places in question."""
    return (values.low + values.high) / 2


def score_under(fields: pd.DataFrame, weights: Mapping[str, float]) -> tuple[pd.Series, pd.Series]:
    """Mean points of each city under some weights, and what part of all weight must move before each other one leads.

    ``fields``: cities × fields, see :func:`field_means`; ``weights``: field to its weight; fields that are not named
    have none, and of those that have no list the weight is lost.

    Returns scores by city, best first; and by city the part (0 to 1) of all weight that must change hands before it
    draws level with the leader, 0 for the leader and infinite where no weights do it. Raises ValueError for anything
    but a mapping, an unknown field, a weight that isn't a number from 0 on, or no weight at all.

    >>> fields = pd.DataFrame({"research": [3, 1], "chips": [1, 3]}, index=["Beijing", "Shanghai"])
    >>> score_under(fields, {"research": 3, "chips": 1})[0].to_dict()
    {'Beijing': 2.5, 'Shanghai': 1.5}
    """
    if not isinstance(weights, Mapping):
        raise ValueError(
            f"weights are {weights!r}; expected fields with numbers, such as {{'research': 2, 'chips': 1}}"
        )
    for name in weights:
        if name not in FIELDS:
            near = get_close_matches(str(name), FIELDS, n=1)
            raise ValueError(
                f"weights name {name!r}, which is no field; expected one of {', '.join(FIELDS)}"
                + (f"; did you mean {near[0]!r}?" if near else "")
            )
    given = {field: weights.get(field, 0) for field in fields}
    points = rankstats.tipping_points(fields, weights=given).points
    share = pd.Series(given, dtype="float64") / sum(given.values())
    scores = (fields * share).sum(axis=1).sort_values(ascending=False, kind="stable")
    return scores, points["moved"].reindex(scores.index).fillna(0.0)


def share_first(scores: pd.DataFrame, about: pd.DataFrame) -> pd.Series:
    """Share of all weightings of the fields that put each city first, exact; ``scores`` are cities × lists."""
    return _first(field_means(scores, about)).rename("first")


def kinds_of_weighting(scores: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Share of the weightings of several kinds that put each city first; exact but for more than 16 single lists.

    ``scores``: cities × lists, for instance the middle of their points; ``about``: what the lists are.

    Returns kinds of weightings × cities: any weights of the fields; those that give each field 0.05 or more; any of
    :data:`GROUPS`; any of the single lists; those in the order of :data:`aicities.votes.FIELDS`, and in the reverse.
    """
    fields = field_means(scores, about)
    order = [field for field in FIELDS if field in fields]
    kinds = {
        "any weights of the fields": _first(fields),
        "no field below 5 of 100": _first(fields, rankstats.uniform(minimum=0.05)),
        "three groups of fields": _first(group_means(fields)),
        "each list by itself": _first(scores),
        "ideas first, the market last": _first(fields, rankstats.ordered(order)),
        "the market first, ideas last": _first(fields, rankstats.ordered(order[::-1])),
    }
    return pd.DataFrame(kinds).T


def field_orders(fields: pd.DataFrame, city: str, other: str) -> Orders:
    """Every order of importance of the fields, and the share of the weights in it that put one city ahead of another.

    In an order each field weighs at least as much as the next; all such weights are equally likely. The shares are
    exact. Orders in which the lead of the city runs alike have the same share, and are reckoned once.

    >>> fields = pd.DataFrame({"research": [3, 1], "chips": [1, 2]}, index=["Beijing", "Shanghai"])
    >>> field_orders(fields, "Beijing", "Shanghai").shares.round(3).tolist()
    [0.333, 1.0]
    """
    lead = (fields.loc[city] - fields.loc[other]).round(12)
    sequences = np.array(sorted(set(permutations(lead))))
    # weights in an order are a mean of equal weights on the first field, the first two, and so on
    corners = np.cumsum(sequences, axis=1) / np.arange(1, len(lead) + 1)
    shares = rankstats.fraction_positive(corners)
    rows = []
    for field, own in lead.items():
        part = shares[sequences[:, 0] == own]
        rows.append((field, float((part > 0.5).mean()), float(part.min()), float(np.median(part))))
    by_first = pd.DataFrame(rows, columns=["first", "majority", "lowest", "median"])
    return Orders(by_first.sort_values("majority", kind="stable", ignore_index=True), np.sort(shares))


def _first(scores: pd.DataFrame, law: rankstats.WeightLaw | None = None, *, method: str = "arithmetic") -> pd.Series:
    if scores.shape[1] > MOST_EXACT:
        return rankstats.acceptability(scores, law=law, method=method, draws=DRAWS, seed=0).shares[1]
    return rankstats.exact_acceptability(scores, law=law, method=method, central=False).shares[1]


def share_by_pairs(chosen: Lists) -> pd.Series:
    """Share of all weightings under which a city beats each other one, counting only who stands above whom.

    In each pair a list counts for the city that is certainly ahead, half for each where that is open (Copeland's rule
    with weights; Copeland 1951). So nothing is assumed of how far apart places are.

    Returns share by city, exact; what is missing from 1 are weightings without a winner.
    """
    low, high = chosen.values
    shares = {}
    for city in low.index:
        # the city scores nothing, each other one what it wins against it: the city is first where none wins more
        wins = {
            other: (low.loc[other] > high.loc[city]).astype(float) - (low.loc[city] > high.loc[other])
            for other in low.index
            if other != city
        }
        against = pd.DataFrame(wins | {city: 0.0}).T
        shares[city] = _first(field_means(against, chosen.about))[city]
    return pd.Series(shares)


def worth_of_second_place(chosen: Lists) -> pd.DataFrame:
    """Share of all weightings that put each city first, by what a second place is taken to be worth, exact.

    Returns worth × cities; the last row counts pairs only, see :func:`share_by_pairs`.
    """
    worth = {"no more than a third": 0, "half of the way": 0.5, "three quarters": 0.75, "as much as a first": 1}
    rows = {
        name: share_first(midpoints(place_points(chosen, middle=part)), chosen.about) for name, part in worth.items()
    }
    return pd.DataFrame(rows | {"pairs only": share_by_pairs(chosen)}).T


def claims_under_rules(data: Data) -> pd.DataFrame:
    """How many claims hold, fail, are mixed or can't be told: as it is, and by numbers of high confidence alone.

    Returns rows by kind of claim and rule, a column for each headline. Claims that something exists (one list proves
    them, none refutes them) stand apart from the others of the article, and so do wider questions of ours.
    """
    table = data["claims"].set_index("claim_id")
    kind = pd.Series("the article's", index=table.index)
    kind = kind.mask(table["existence"], "that something exists").mask(table["origin"] == "ours", "questions of ours")
    strict: dict[str, Any] = {"least_confidence": "high", "tolerance": None}
    counts = {}
    for rule, how in (("everything", {}), ("high confidence", strict)):
        heads = claims.summary(data, claims.verdicts(data, **how)).set_index("claim_id")["headline"]
        for name, own in heads.groupby(kind, sort=False):
            counts[f"{name}, {rule}"] = own.value_counts()
    order = [votes.HOLDS, votes.FAILS, votes.MIXED, votes.OPEN]
    found = pd.DataFrame(counts).T.reindex(columns=order).fillna(0).astype(int)
    return found.sort_index(kind="stable")


def shares_by_scale_and_mean(chosen: Lists) -> tuple[pd.DataFrame, rankstats.About]:
    """Who is first over all weightings of the fields, by scale and by mean.

    Places come from all lists and from those with amounts alone, which also give the other scales. Places are exact;
    amounts are drawn between their bounds, at the same time as the weights.

    Returns a table with ``scale``, ``mean``, ``lists``, ``fields``, a column for each city (shares of all weightings),
    and the account of the drawn row with the largest Monte Carlo standard error.
    """
    amounts = chosen.about.index[~chosen.about["ranked"]]
    rows, accounts = [], []
    for names in (chosen.about.index, amounts):
        scores = field_means(midpoints(place_points(chosen))[names], chosen.about)
        for mean in ("arithmetic", "geometric"):
            shares = _first(scores, method=mean)
            rows.append({"scale": "place", "mean": mean, "lists": len(names), "fields": scores.shape[1], **shares})
    for scale, means in SCALES:
        scaled = _interval(rankstats.normalise(Interval(*(end[amounts] for end in chosen.values)), method=scale))
        fields = Interval(*(field_means(end, chosen.about) for end in scaled))
        for mean in means:
            drawn = rankstats.acceptability(fields, method=mean, draws=DRAWS, seed=0)
            accounts.append(drawn.about)
            about = {"scale": scale, "mean": mean, "lists": len(amounts), "fields": fields.low.shape[1]}
            rows.append(about | dict(drawn.shares[1]))
    return pd.DataFrame(rows), max(accounts, key=lambda account: account.standard_error)


def unknowns(chosen: Lists, extra: Lists, city: str) -> pd.DataFrame:
    """How far one number that is not known can move the share of all weightings under which a city is first.

    Each open list takes every order that its bounds allow, while the others stay in the middle of theirs.

    Returns ``kind`` (``open``: a list of ``chosen`` that leaves an order open; ``hole``: a list of ``extra``, added;
    ``new``: a further list in a field, which may say anything), ``list`` (its comparable group), ``field``, ``label``
    (of a further list the field), ``low`` and ``high``, and ``lists``, how many the field has already. Widest first.
    """
    given, holes = place_points(chosen), place_points(extra)
    scores, about = midpoints(given), chosen.about
    rows = []
    for name in scores.columns[(given.low < given.high).any()]:
        found = [share_first(scores.assign(**{name: order}), about)[city] for order in _orders(given, name)]
        rows.append(("open", name, *about.loc[name, ["field", "label"]], min(found), max(found)))
    for name in holes.low.columns:
        more = pd.concat([about, extra.about.loc[[name]]])
        found = [share_first(scores.assign(**{name: order}), more)[city] for order in _orders(holes, name)]
        rows.append(("hole", name, *extra.about.loc[name, ["field", "label"]], min(found), max(found)))
    number = about["field"].value_counts()
    anything = Interval(*(pd.DataFrame({"new": end}, index=scores.index) for end in (1, len(scores))))
    for field in dict.fromkeys(about["field"]):
        more = pd.concat([about, pd.DataFrame({"field": [field]}, index=["new"])])
        found = [share_first(scores.assign(new=order), more)[city] for order in _orders(anything, "new")]
        rows.append(("new", None, field, field, min(found), max(found)))
    frame = pd.DataFrame(rows, columns=["kind", "list", "field", "label", "low", "high"])
    frame = frame.assign(lists=frame["field"].map(number), width=frame["high"] - frame["low"])
    return frame.sort_values("width", ascending=False, kind="stable", ignore_index=True).drop(columns="width")


def without_each_publisher(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """What a consensus of league tables becomes without one publisher at a time.

    ``entries``, ``tables``: what :func:`aicities.study.rankings.analysis.city_tables` gives; ``tables`` may be
    filtered.

    Returns ``without`` (the publisher's short name) and the columns of ``top_consensus`` in the study of rankings, with
    the ``share`` of draws in which the three come first; the highest share first.
    """
    rows = []
    for name in sorted(tables["short_name"].unique()):
        left = tables[tables["short_name"] != name]
        rows.append({"without": name} | rankings.top_consensus(entries, left, THREE))
    return pd.DataFrame(rows).sort_values(["share", "without"], ascending=[False, True], ignore_index=True)


def without_two_publishers(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """The first three of a consensus without any two publishers: ``publishers`` (both), ``first`` (three cities)."""
    rows = []
    for pair in combinations(sorted(tables["short_name"].unique()), 2):
        left = tables[~tables["short_name"].isin(pair)]
        order = rankstats.borda(rankings.as_lists(entries, left))["place"]
        rows.append((pair, ", ".join(order.head(3))))
    return pd.DataFrame(rows, columns=["publishers", "first"])


def under_rules(data: Data) -> Believed:
    """Who leads, field by field and over all weightings, when each of :data:`RULES` chooses what is believed.

    ``direct``: the list measures its field as a whole; ``exact``: no number of the cities is only about a number;
    ``away``: the group doesn't put the place first where its publisher sits; ``printed``: the publisher prints the
    numbers (no count of ours, no rank read from an order of naming); ``page``: a page of the publisher or of a
    recognised outlet is known; ``ai``: no neighbouring field; ``window``: of a time within the two years before the
    article; ``high``: high confidence. Each rule chooses among the comparable groups that :func:`chosen_lists` chooses
    from; one under which no list is left is left out.
    """
    groups = votes.voting_groups(data)
    leading, shares, chosen = {}, {}, {}
    for rule, names in _admitted(data, groups).items():
        left = groups[groups["comparable_group"].isin(names)]
        if left.empty:
            continue
        leading[rule] = leaders_by_field(left)
        chosen[rule] = _taken(data, left, "strict")
        shares[rule] = share_first(midpoints(place_points(chosen[rule])), chosen[rule].about)
    table = pd.DataFrame(leading).reindex([field for field in FIELDS if field in set(groups["dimension"])])
    return Believed(table.astype("object").fillna(NO_LIST), pd.DataFrame(shares).T, chosen)


def leaders_by_field(groups: pd.DataFrame) -> pd.Series:
    """The city that every publisher that decides puts first in a field, ``split`` or ``cannot tell``, by field."""
    voted = votes.by_publisher(groups)
    return voted.groupby("dimension", sort=False, observed=True)["leader"].agg(votes.one_vote)


def discrete_choices(data: Data, city: str, *, believed: pd.DataFrame, scales: pd.DataFrame) -> pd.DataFrame:
    """How far each choice that has no right answer moves the share of all weightings that put a city first.

    ``believed``, ``scales``: the shares of :func:`under_rules`, and the table of :func:`shares_by_scale_and_mean`.

    Returns ``choice``, ``options`` (how many were tried), ``low`` and ``high`` (shares), the widest first; each choice
    is varied alone, the others staying as in the notebook. Of the orders of importance, which are very many, it is the
    middle nine tenths, and the share in which the city is ahead of the best other one under equal weights.
    """
    chosen = chosen_lists(data)
    points = midpoints(place_points(chosen))
    kinds = kinds_of_weighting(points, chosen.about)[city]
    amounts = scales["lists"] == scales["lists"].min()
    each = [share_first(points.drop(columns=name), chosen.about)[city] for name in points]
    rounded = chosen_lists(data, floors="rounded")
    floors = [share_first(midpoints(place_points(part)), part.about)[city] for part in (chosen, rounded)]
    fields = field_means(points, chosen.about)
    other = fields.mean(axis=1).drop(city).idxmax()
    orders = field_orders(fields, city, other).shares
    tried = {
        "order of importance of the fields": np.quantile(orders, [0.05, 0.95]),
        "which evidence is believed": believed[city],
        "weights of fields, groups or lists": kinds.iloc[:-2],
        "what second place is worth": worth_of_second_place(chosen)[city],
        "one list left out": each,
        "ranks without amounts dropped": scales.loc[
            (scales["scale"] == "place") & (scales["mean"] == "arithmetic"), city
        ],
        "scale, same lists and mean": scales.loc[amounts & (scales["mean"] == "arithmetic"), city],
        "mean, same lists and scale": scales.loc[(scales["scale"] == "place") & ~amounts, city],
        "reading of more than": floors,
    }
    rows = [(name, len(part), min(part), max(part)) for name, part in tried.items()]
    frame = pd.DataFrame(rows, columns=["choice", "options", "low", "high"])
    frame.loc[0, "options"] = math.factorial(fields.shape[1])
    width = frame["high"] - frame["low"]
    return frame.loc[width.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def first_round(data: Data) -> dict[str, pd.DataFrame]:
    """The tables with the rows of ``city_indicators`` that the first edition of this collection had.

    Rows that have been corrected since then are taken as they are now.
    """
    indicators = data["city_indicators"]
    number = indicators["fact_id"].str.removeprefix("SP").astype(int)
    return dict(data) | {"city_indicators": indicators[number <= int(LAST_OF_FIRST_ROUND.removeprefix("SP"))]}


def steps_since_first_round(data: Data) -> pd.DataFrame:
    """The share of all weightings that put each city first: as the first edition had it, then one change at a time.

    Returns steps × cities. The first edition had one field for chips and devices; then they are two; then the rows that
    came in since are added.
    """
    old, new = chosen_lists(first_round(data)), chosen_lists(data)
    one_field = old.about.assign(field=old.about["field"].replace({"chips": "hardware", "devices": "hardware"}))
    return pd.DataFrame(
        {
            "first edition, hardware as one field": share_first(midpoints(place_points(old)), one_field),
            "chips and devices apart": share_first(midpoints(place_points(old)), old.about),
            "with the rows added since": share_first(midpoints(place_points(new)), new.about),
        }
    ).T


def lists_by_floors(data: Data) -> pd.DataFrame:
    """Lists that name another leader where *more than* is read as in Chinese news.

    Returns ``what`` (short label of the list), and the leader by the reading ``strict`` and by ``rounded``.
    """
    return _changed(lambda floors: votes.voting_groups(data, floors=floors).set_index("short_label")["leader"])


def claims_by_floors(data: Data) -> pd.DataFrame:
    """Claims with another verdict where *more than* is read as in Chinese news; columns as `lists_by_floors`."""
    return _changed(
        lambda floors: claims.summary(data, claims.verdicts(data, floors=floors)).set_index("label")["headline"]
    )


def _changed(read: Callable[[str], pd.Series]) -> pd.DataFrame:
    table = pd.concat({floors: read(floors) for floors in bounds.FLOORS}, axis=1)
    return table[table["strict"] != table["rounded"]].rename_axis("what").reset_index()


def turned(data: Data) -> pd.DataFrame:
    """Field by field: who led by the rows of the first edition, who leads now, and which lists came in between.

    Returns ``field``, ``then``, ``now`` (a city, ``split``, ``cannot tell`` or ``no list``), ``new`` (number of lists
    that came in) and ``against``: the new lists that name another leader than ``then``, by publisher, as ``publisher,
    first of its lists and how many more (leader)``.
    """
    before, after = votes.voting_groups(first_round(data)), votes.voting_groups(data)
    then, now = leaders_by_field(before), leaders_by_field(after)
    names = rankings.publisher_names(data)
    fresh = after[~after["comparable_group"].isin(before["comparable_group"])]
    fresh = fresh.assign(label=fresh["short_label"], by=fresh["publisher_id"].map(names))
    rows = []
    for field in [field for field in FIELDS if field in now]:
        own, led = fresh[fresh["dimension"] == field], then.get(field, NO_LIST)
        said = []
        for (by, leader), part in own[~own["leader"].isin([led, votes.OPEN])].groupby(["by", "leader"], sort=False):
            more = f" and {len(part) - 1} more" if len(part) > 1 else ""
            said.append(f"{by}, {part['label'].iloc[0]}{more} ({leader})")
        rows.append((field, led, now[field], len(own), "; ".join(said)))
    return pd.DataFrame(rows, columns=["field", "then", "now", "new", "against"])


def _taken(data: Data, groups: pd.DataFrame, floors: str) -> Lists:
    if groups.empty:
        raise ValueError(f"no list has a number of each of {', '.join(THREE)}: keep more groups or publishers")
    indicators = data["city_indicators"]
    rows = _rows(indicators, groups)
    inexact = (~rows["relation"].isin(("eq", "rank"))).groupby(rows["comparable_group"]).sum()
    day = of_article(data)
    order = groups.assign(
        field=groups["dimension"],
        label=groups["short_label"],
        place=groups["dimension"].map(FIELDS.index),
        away=[days_apart(date, day) for date in groups["as_of"]],
        inexact=groups["comparable_group"].map(inexact),
        short=-groups["comparable_group"].map(rows.groupby("comparable_group")["value"].sum()),
    ).sort_values(["place", "publisher_id", "away", "inexact", "short"], kind="stable")
    about = order.drop_duplicates(["field", "publisher_id"]).set_index("comparable_group")
    ends = _ends(rows[rows["comparable_group"].isin(about.index)], floors)
    about = about.assign(ranked=ends.groupby("comparable_group")["ranked"].all())
    return Lists(about[["field", "publisher_id", "label", "as_of", "ranked"]], _stacked(ends, about.index))


def _rows(indicators: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The numbers of the cities in some comparable groups."""
    named = indicators["comparable_group"].isin(groups["comparable_group"]) & indicators["place"].isin(CITIES)
    return indicators[named & (indicators["place_level"] == "city")]


def _admitted(data: Data, groups: pd.DataFrame) -> dict[str, list[str]]:
    names = groups["comparable_group"]
    rows = _rows(data["city_indicators"], groups)
    every = (
        rows.assign(
            direct=rows["fit"] == "direct",
            exact=rows["relation"] != "approx",
            printed=rows["basis"] == "printed",
            high=rows["confidence"] == "high",
        )
        .groupby("comparable_group")[["direct", "exact", "printed", "high"]]
        .all()
    )
    source = rows.drop_duplicates("comparable_group").set_index("comparable_group")["source_id"]
    origin = data["sources"].set_index("source_id").loc[source.loc[names]].set_axis(groups.index)
    article = pd.Timestamp(of_article(data))
    days = [period(date) for date in groups["as_of"]]
    inside = [last >= article - pd.DateOffset(years=2) and start <= article for start, last in days]
    passes = {
        "as_is": names.notna(),
        "direct": names.map(every["direct"]),
        "exact": names.map(every["exact"]),
        "away": groups["leader"] != origin["publisher_home"].fillna(""),
        "printed": names.map(every["printed"]),
        "page": origin["url_kind"] != "none",
        "ai": groups["coverage"] == "ai",
        "window": pd.Series(inside, index=groups.index),
        "high": names.map(every["high"]),
    }
    return {rule: names[passes[rule].astype(bool)].tolist() for rule in RULES}


def _ends(rows: pd.DataFrame, floors: str) -> pd.DataFrame:
    """The rows with ``ranked`` (all of their list are ranks), ``low`` and ``high``, higher being better."""
    group, value, together = rows["comparable_group"], rows["value"].astype("float64"), rows["basis"] == TOGETHER
    ranked = (rows["relation"] == "rank").groupby(group).transform("all")
    named = value.where(together).groupby(group)
    known = bounds.intervals(rows, tolerance=TOLERANCE, floors=floors)[["low", "high"]]
    largest = np.fmax(value, rows["value_max"].astype("float64")).groupby(group).transform("max")
    known = known.clip(lower=0).clip(upper=BEYOND * largest, axis=0)
    ranks = {
        "low": -value.mask(together, named.transform("max")),
        "high": -value.mask(together, named.transform("min")),
    }
    return rows.assign(ranked=ranked, **{end: known[end].mask(ranked, ranks[end]) for end in known})


def _hole(group: pd.DataFrame, ranked: bool, city: str, province: str) -> tuple[float, float]:
    """Between what the number of a city lies that a list doesn't have."""
    value = group["value"].astype("float64")
    if ranked:
        held = set(value)
        return -max(held) - 1, -min(rank for rank in range(1, len(held) + 2) if rank not in held)
    whole = group[(group["place"] == province) & (group["place_level"] == "province") & (group["relation"] == "eq")]
    if len(whole) and whole["unit"].isin(ADDITIVE).all():
        return 0.0, float(whole["value"].iloc[0])
    return 0.0, BEYOND * float(value.max())


def _stacked(ends: pd.DataFrame, names: pd.Index) -> Interval:
    """Cities × lists, in the order of the names."""
    wide = (ends.pivot(index="place", columns="comparable_group", values=end) for end in ("low", "high"))
    return Interval(*(end.reindex(index=CITIES, columns=names).rename_axis(columns=None) for end in wide))


def _interval(values: pd.DataFrame | Interval) -> Interval:
    return Interval(*values) if isinstance(values, tuple) else Interval(values, values)


def _orders(given: Interval, name: str) -> Iterator[pd.Series]:
    """All orders of the cities without ties that the bounds of one list allow, as points."""
    low, high = given.low[name], given.high[name]
    for order in permutations(range(1, len(low) + 1)):
        candidate = pd.Series(order, index=low.index, dtype="float64")
        if candidate.between(low, high).all():
            yield candidate
