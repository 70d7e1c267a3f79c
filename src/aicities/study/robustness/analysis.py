"""One score from many published lists, and what it owes to choices: scale, mean, lists let in, figures not known.

A list is a group of comparable figures: one publication, one metric, one date. Each gives three cities an order, or
leaves part of it open; the lists of a field count alike, and what the fields are worth is left to the weights of
:mod:`rankstats`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, permutations
from math import comb
from typing import NamedTuple

import numpy as np
import pandas as pd

import rankstats
from aicities import bounds, tables, votes
from aicities.study.claims.selection import ADDITIVE, period
from aicities.study.rankings import analysis as leagues
from aicities.votes import FIELDS
from rankstats import Interval

__all__ = [
    "GROUPS",
    "LABELS",
    "RULES",
    "Believed",
    "Lists",
    "by_field",
    "choices",
    "first",
    "in_groups",
    "incomplete",
    "lists",
    "middle",
    "points",
    "standings",
    "swings",
    "under_rules",
    "ways",
    "without_each",
    "without_pairs",
]

GROUPS: dict[str, tuple[str, ...]] = {
    "minds": ("research", "talent", "models"),
    "money and firms": ("capital", "enterprise"),
    "things and uses": ("infrastructure", "application", "hardware"),
}
"""The fields in three groups, for a triangle of weights."""

RULES = {
    "as_is": "as it is",
    "exact": "no figure 'about'",
    "away": "no publisher at home",
    "printed": "only printed figures",
    "page": "only with a known page",
    "ai": "only AI itself",
    "window": "only the article's two years",
    "high": "only high confidence",
}
"""The rules of :func:`under_rules`, by key, in words."""

# Short names of lists; one that is not here goes by its own label.
LABELS = {
    "G03_SAIIA_FIN2024_B": "deals: two round numbers",
    "G05_CAC346": "models on file: no Shenzhen",
    "G06_DEEPSYNTH": "algorithms on file: no Shenzhen",
    "G10_JS_PATENT": "AI patents: no Shenzhen",
    "G13_AIWORLD2025_B": "research output: no Shenzhen",
    "G29_ROBOT_TYC2025": "robot firms: Beijing's number",
    "G30_CAICT_COMPUTE": "compute: Beijing or Shanghai",
    "G43_CNS2025C": "AI companies: no Shanghai",
    "G55_ODYMPIC2021": "open data: no Beijing",
}

ARTICLE = pd.Timestamp("2024-08-02")
NO_LIST = "no list"
TOGETHER = "named_together"
SCALES = (("minmax", ("arithmetic",)), ("share", ("arithmetic", "geometric")), ("leader", ("arithmetic", "geometric")))


class Lists(NamedTuple):
    """Lists and what they say.

    ``about``: one row for each list, with ``field``, ``publisher_id``, ``label``, ``as_of`` and ``ranked`` (it gives
    ranks and no amounts). ``values``: cities × lists, the interval of each value, higher being better (a rank r is -r).
    """

    about: pd.DataFrame
    values: Interval


class Believed(NamedTuple):
    """What is left under each rule.

    ``leading``: fields × rules, the city that every publisher that decides puts first, ``split`` if they name several,
    ``cannot tell`` if none decides, ``no list`` if none is left. ``shares``: rules × cities, shares of all weightings
    of the fields that put the city first, exact. ``lists``: the lists under each rule.
    """

    leading: pd.DataFrame
    shares: pd.DataFrame
    lists: dict[str, Lists]


def lists(
    cities: Sequence[str],
    *,
    keep: Collection[str] | None = None,
    tolerance: float | None = 0.1,
    beyond: float = 2.0,
    indicators: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> Lists:
    """One list for each field and publisher, with a figure of each city.

    Of several lists by one publisher in one field the nearest to the article's date is taken; of these the one with
    most exact figures, then the longest. Lists of all sectors, and those that are no field of
    :data:`aicities.votes.FIELDS`, are left out, as are those that :func:`aicities.votes.by_group` leaves out.

    Parameters
    ----------
    cities
        At least two names.
    keep
        Comparable groups that may be taken; by default all.
    tolerance
        Relative half-width of values called "about" a number.
    beyond
        An interval without an upper end is taken to reach this many times the list's largest figure. Above 1 it has
        no influence on an order.
    indicators, sources
        ``city_indicators`` and ``sources``; by default those of the data package.

    Raises
    ------
    ValueError
        For fewer than two cities, or if no list is left.
    """
    indicators, sources = _given(indicators, sources)
    groups = _candidates(cities, indicators, sources, tolerance)
    if keep is not None:
        groups = groups[groups["comparable_group"].isin(keep)]
    return _taken(groups, cities, indicators, tolerance, beyond)


def incomplete(
    chosen: Lists,
    *,
    tolerance: float | None = 0.1,
    beyond: float = 2.0,
    indicators: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
) -> Lists:
    """Lists that have a figure of all cities but one, by publishers that have no list in that field yet.

    The missing amount may be anything from zero to ``beyond`` times the list's largest, but no more than that of the
    city's province where the list has it and parts can't exceed the whole; the missing rank is one that no listed
    place holds.

    Parameters
    ----------
    chosen
        The complete lists, from :func:`lists`.
    tolerance, beyond, indicators, sources
        As for :func:`lists`.
    places
        The table of that name; by default that of the data package.
    """
    indicators, sources = _given(indicators, sources)
    places = tables.load("places") if places is None else places
    cities = list(chosen.values.low.index)
    province = places.set_index("place")["province"]
    publisher = indicators["source_id"].map(sources.set_index("source_id")["publisher_id"])
    usable = indicators.assign(publisher_id=publisher)[
        indicators["comparable_group"].notna()
        & (indicators["independent_of_article"] == "yes")
        & (indicators["coverage"] != "all_sectors")
        & indicators["dimension"].isin(FIELDS)
        & (indicators["unit"] != "rank_region")
    ]
    voting = set(zip(chosen.about["field"], chosen.about["publisher_id"], strict=True))
    about, ends = {}, {}
    for name, group in usable.groupby("comparable_group", sort=False):
        own = group[group["place"].isin(cities) & (group["place_level"] == "city")].set_index("place")
        missing = [city for city in cities if city not in own.index]
        row = group.iloc[0]
        if len(missing) != 1 or (row["dimension"], row["publisher_id"]) in voting:
            continue
        found = _ends(own, tolerance, beyond)
        found.loc[missing[0]] = _hole(group, missing[0], str(province[missing[0]]), beyond)
        label = f"{row['indicator_label']}, no figure of {missing[0]}"
        about[name] = (row["dimension"], row["publisher_id"], label, row["as_of"], _ranked(own))
        ends[name] = found.loc[list(cities)]
    columns = ["field", "publisher_id", "label", "as_of", "ranked"]
    return Lists(pd.DataFrame.from_dict(about, orient="index", columns=columns), _stacked(ends))


def points(chosen: Lists) -> Interval:
    """Places as points, cities × lists: as many as there are cities for the first place, one for the last.

    Where a list leaves an order open, the points lie between two bounds.
    """
    if chosen.about.empty:
        return chosen.values
    return _interval(rankstats.normalise(chosen.values, method="rank"))


def standings(chosen: Lists) -> pd.DataFrame:
    """Which place each list gives to each city, as words, lists × cities: ``1``, or ``1–2`` where that is open."""
    given = points(chosen)
    best, worst = (len(end) + 1 - end.T for end in (given.high, given.low))
    return best.astype("int64").astype("str") + ("–" + worst.astype("int64").astype("str")).where(best < worst, "")


def by_field(scores: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Mean of the lists of each field: cities × fields from cities × lists."""
    return scores.T.groupby(about["field"].reindex(scores.columns).to_numpy(), sort=False).mean().T


def in_groups(scores: pd.DataFrame) -> pd.DataFrame:
    """Mean of the fields of each of :data:`GROUPS`: cities × groups from cities × fields."""
    return pd.DataFrame(
        {name: scores[[f for f in fields if f in scores]].mean(axis=1) for name, fields in GROUPS.items()}
    )


def middle(values: Interval) -> pd.DataFrame:
    """The middle of each interval. Of points: cities whose order is open share the places in question."""
    return (values.low + values.high) / 2


def first(scores: pd.DataFrame, about: pd.DataFrame) -> pd.Series:
    """Share of all weightings of the fields that put each city first, exact; ``scores`` are cities × lists."""
    return _first(by_field(scores, about)).rename("first")


def ways(scores: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Share of the weightings of several kinds that put each city first, all of them exact.

    Parameters
    ----------
    scores
        Cities × lists, for instance the middle of their points; lists of all fields.
    about
        What the lists are.

    Returns
    -------
    Kinds of weightings × cities: any weights of the fields; those that give each field 0.05 or more; any of
    :data:`GROUPS`; any of the single lists; those in the order of :data:`aicities.votes.FIELDS`, and in the reverse.
    """
    fields = by_field(scores, about)[FIELDS]
    kinds = {
        "any weights of the fields": _first(fields),
        "no field below 5 of 100": _first(fields, rankstats.uniform(minimum=0.05)),
        "three groups of fields": _first(in_groups(fields)),
        "each list by itself": _first(scores),
        "ideas first, the market last": _first(fields, rankstats.ordered(FIELDS)),
        "the market first, ideas last": _first(fields, rankstats.ordered(FIELDS[::-1])),
    }
    return pd.DataFrame(kinds).T


def _first(scores: pd.DataFrame, law: rankstats.WeightLaw | None = None, *, method: str = "arithmetic") -> pd.Series:
    return rankstats.exact_acceptability(scores, law=law, method=method, central=False).shares[1]


def choices(chosen: Lists, *, draws: int = 100_000, seed: int = 0) -> tuple[pd.DataFrame, rankstats.About]:
    """Who is first over all weightings of the fields, by scale and by mean.

    Places come from all lists and from those with amounts alone, which also give the other scales. Places are exact;
    amounts are drawn between their bounds, at the same time as the weights.

    Returns
    -------
    A table with ``scale``, ``mean``, ``lists``, ``fields``, a column for each city (shares of all weightings), and the
    account of the drawn row with the largest Monte Carlo standard error.
    """
    amounts = chosen.about.index[~chosen.about["ranked"]]
    rows, accounts = [], []
    for names in (chosen.about.index, amounts):
        scores = by_field(middle(points(chosen))[names], chosen.about)
        for mean in ("arithmetic", "geometric"):
            shares = _first(scores, method=mean)
            rows.append({"scale": "place", "mean": mean, "lists": len(names), "fields": scores.shape[1], **shares})
    for scale, means in SCALES:
        scaled = _interval(rankstats.normalise(Interval(*(end[amounts] for end in chosen.values)), method=scale))
        fields = Interval(*(by_field(end, chosen.about) for end in scaled))
        for mean in means:
            drawn = rankstats.acceptability(fields, method=mean, draws=draws, seed=seed)
            accounts.append(drawn.about)
            about = {"scale": scale, "mean": mean, "lists": len(amounts), "fields": fields.low.shape[1]}
            rows.append(about | dict(drawn.shares[1]))
    return pd.DataFrame(rows), max(accounts, key=lambda account: account.standard_error)


def swings(chosen: Lists, extra: Lists, city: str) -> pd.DataFrame:
    """How far one figure that is not known can move the share of all weightings under which a city is first.

    Each open list takes every order that its bounds allow, while the others stay in the middle of theirs.

    Returns
    -------
    ``kind`` (``open``: a list of ``chosen`` that leaves an order open; ``hole``: a list of ``extra``, added; ``new``: a
    further list in a field, which may say anything), ``list`` (its comparable group), ``field``, ``label`` (short where
    :data:`LABELS` has it; of a further list the field), ``low`` and ``high``, and ``lists``, how many the field has
    already. Widest first within a kind.
    """
    given, holes = points(chosen), points(extra)
    scores, about = middle(given), chosen.about
    rows = []
    for name in scores.columns[(given.low < given.high).any()]:
        found = [first(scores.assign(**{name: order}), about)[city] for order in _orders(given, name)]
        rows.append(("open", name, *_named(about, name), min(found), max(found)))
    for name in holes.low.columns:
        more = pd.concat([about, extra.about.loc[[name]]])
        found = [first(scores.assign(**{name: order}), more)[city] for order in _orders(holes, name)]
        rows.append(("hole", name, *_named(extra.about, name), min(found), max(found)))
    number = about["field"].value_counts()
    anything = Interval(*(pd.DataFrame({"new": end}, index=scores.index) for end in (1, len(scores))))
    for field in dict.fromkeys(about["field"]):
        more = pd.concat([about, pd.DataFrame({"field": [field]}, index=["new"])])
        found = [first(scores.assign(new=order), more)[city] for order in _orders(anything, "new")]
        rows.append(("new", None, field, field, min(found), max(found)))
    frame = pd.DataFrame(rows, columns=["kind", "list", "field", "label", "low", "high"])
    frame = frame.assign(lists=frame["field"].map(number), width=frame["low"] - frame["high"])
    kind = frame["kind"].map({"open": 0, "hole": 1, "new": 2})
    frame = frame.assign(kind_=kind).sort_values(["kind_", "width"], kind="stable", ignore_index=True)
    return frame.drop(columns=["kind_", "width"])


def without_each(
    entries: pd.DataFrame, tables: pd.DataFrame, cities: Sequence[str], *, draws: int = 10_000, seed: int = 0
) -> pd.DataFrame:
    """What a consensus of league tables becomes without one publisher at a time.

    Parameters
    ----------
    entries, tables
        What :func:`aicities.study.rankings.analysis.city_tables` gives; ``tables`` may be filtered.
    cities
        The cities of which it is asked whether they hold the first places.
    draws, seed
        Of the bootstrap over publishers.

    Returns
    -------
    ``without`` (the publisher's short name) the columns of `outcome` in the study of rankings, and ``se`` (Monte Carlo
    standard error of ``chance``, 0 where all resamples are listed), ``draws`` and ``seed``; the highest chance first.
    """
    rows = []
    for witness in sorted(tables["witness"].unique()):
        left = tables[tables["witness"] != witness]
        rows.append({"without": witness} | leagues.outcome(entries, left, cities, draws=draws, seed=seed))
    frame = pd.DataFrame(rows).sort_values(["chance", "without"], ascending=[False, True], ignore_index=True)
    # of so few publishers that all resamples are listed, the chance is exact
    drawn = np.array([comb(2 * count - 1, count) > draws for count in frame["publishers"]])
    error = (frame["chance"] * (1 - frame["chance"]) / draws) ** 0.5
    return frame.assign(se=error.where(drawn, 0.0), draws=draws, seed=seed)


def without_pairs(entries: pd.DataFrame, tables: pd.DataFrame, *, k: int = 3) -> pd.DataFrame:
    """The first k places of a consensus without any two publishers: ``publishers`` (both), ``first`` (k cities)."""
    rows = []
    for pair in combinations(sorted(tables["witness"].unique()), 2):
        left = tables[~tables["witness"].isin(pair)]
        order = rankstats.borda(rankstats.read(entries, left, by="publisher_id", ranks="competition"))["place"]
        rows.append((pair, ", ".join(order.head(k))))
    return pd.DataFrame(rows, columns=["publishers", "first"])


def under_rules(
    cities: Sequence[str], *, indicators: pd.DataFrame | None = None, sources: pd.DataFrame | None = None
) -> Believed:
    """Who leads, field by field and over all weightings, when each of :data:`RULES` chooses what is believed.

    ``exact``: no figure of the cities is only about a number; ``away``: the group doesn't put the place first where its
    publisher sits; ``printed``: the publisher prints the figures (no count of ours, no rank read from an order of
    naming); ``page``: a page of the publisher or of a recognised outlet is known; ``ai``: no neighbouring field;
    ``window``: of a time within the two years before the article; ``high``: high confidence. Each rule chooses among
    the comparable groups that :func:`lists` chooses from.
    """
    indicators, sources = _given(indicators, sources)
    groups = _candidates(cities, indicators, sources)
    leading, shares, chosen = {}, {}, {}
    for rule, names in _admitted(groups, cities, indicators, sources).items():
        left = groups[groups["comparable_group"].isin(names)]
        voted = votes.by_publisher(left)
        # a field is to its publishers what a publisher is to its lists
        fields = votes.by_publisher(voted.assign(publisher_id="all")[["dimension", "publisher_id", "leader"]])
        leading[rule] = fields.set_index("dimension")["leader"]
        chosen[rule] = _taken(left, cities, indicators)
        shares[rule] = first(middle(points(chosen[rule])), chosen[rule].about)
    return Believed(
        pd.DataFrame(leading).reindex(FIELDS).astype("object").fillna(NO_LIST), pd.DataFrame(shares).T, chosen
    )


def _given(indicators: pd.DataFrame | None, sources: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        tables.load("city_indicators") if indicators is None else indicators,
        tables.load("sources") if sources is None else sources,
    )


def _candidates(
    cities: Sequence[str], indicators: pd.DataFrame, sources: pd.DataFrame, tolerance: float | None = 0.1
) -> pd.DataFrame:
    groups = votes.by_group(list(cities), indicators=indicators, sources=sources, tolerance=tolerance)
    return groups[(groups["coverage"] != "all_sectors") & groups["dimension"].isin(FIELDS)]


def _taken(
    groups: pd.DataFrame,
    cities: Sequence[str],
    indicators: pd.DataFrame,
    tolerance: float | None = 0.1,
    beyond: float = 2.0,
) -> Lists:
    if groups.empty:
        raise ValueError(f"no list has a figure of each of {', '.join(cities)}: keep more groups, or fewer cities")
    rows = _rows(groups, cities, indicators)
    inexact = (~rows["relation"].isin(("eq", "rank"))).groupby(rows["comparable_group"]).sum()
    order = groups.assign(
        field=groups["dimension"],
        place=groups["dimension"].map(FIELDS.index),
        away=groups["as_of"].map(_days_off),
        inexact=groups["comparable_group"].map(inexact),
        short=-groups["comparable_group"].map(rows.groupby("comparable_group")["value"].sum()),
    ).sort_values(["place", "publisher_id", "away", "inexact", "short"], kind="stable")
    about = order.drop_duplicates(["field", "publisher_id"]).set_index("comparable_group")
    parts = {name: rows[rows["comparable_group"] == name].set_index("place").loc[list(cities)] for name in about.index}
    about = about.assign(ranked=[_ranked(parts[name]) for name in about.index])
    ends = {name: _ends(part, tolerance, beyond) for name, part in parts.items()}
    return Lists(about[["field", "publisher_id", "label", "as_of", "ranked"]], _stacked(ends))


def _rows(groups: pd.DataFrame, cities: Sequence[str], indicators: pd.DataFrame) -> pd.DataFrame:
    """The figures of the cities in some comparable groups."""
    named = indicators["comparable_group"].isin(groups["comparable_group"]) & indicators["place"].isin(cities)
    return indicators[named & (indicators["place_level"] == "city")]


def _admitted(
    groups: pd.DataFrame, cities: Sequence[str], indicators: pd.DataFrame, sources: pd.DataFrame
) -> dict[str, list[str]]:
    names = groups["comparable_group"]
    rows = _rows(groups, cities, indicators)
    every = (
        rows.assign(
            exact=rows["relation"] != "approx", printed=rows["basis"] == "printed", high=rows["confidence"] == "high"
        )
        .groupby("comparable_group")[["exact", "printed", "high"]]
        .all()
    )
    source = rows.drop_duplicates("comparable_group").set_index("comparable_group")["source_id"]
    origin = sources.set_index("source_id").loc[source.loc[names]].set_axis(groups.index)
    days = [period(date) for date in groups["as_of"]]
    inside = [last >= ARTICLE - pd.DateOffset(years=2) and start <= ARTICLE for start, last in days]
    passes = {
        "as_is": names.notna(),
        "exact": names.map(every["exact"]),
        "away": groups["leader"] != origin["publisher_home"].fillna(""),
        "printed": names.map(every["printed"]),
        "page": origin["url_kind"] != "none",
        "ai": groups["coverage"] == "ai",
        "window": pd.Series(inside, index=groups.index),
        "high": names.map(every["high"]),
    }
    return {rule: names[passes[rule].astype(bool)].tolist() for rule in RULES}


def _named(about: pd.DataFrame, name: str) -> tuple[str, str]:
    return str(about.loc[name, "field"]), LABELS.get(name, str(about.loc[name, "label"]))


def _days_off(date: str) -> int:
    start, last = period(date)
    return max((start - ARTICLE).days, (ARTICLE - last).days, 0)


def _ranked(rows: pd.DataFrame) -> bool:
    return bool((rows["relation"] == "rank").all())


def _ends(rows: pd.DataFrame, tolerance: float | None, beyond: float) -> pd.DataFrame:
    """Low and high of each place of one list, higher being better."""
    value = rows["value"].astype("float64")
    if _ranked(rows):
        together = rows["basis"] == TOGETHER
        return pd.DataFrame(
            {
                "low": -value.mask(together, value[together].max()),
                "high": -value.mask(together, value[together].min()),
            }
        )
    known = bounds.intervals(rows, tolerance=tolerance)
    return known[["low", "high"]].clip(lower=0, upper=beyond * value.max())


def _hole(group: pd.DataFrame, city: str, province: str, beyond: float) -> tuple[float, float]:
    """Between what the figure of a city lies that a list doesn't have."""
    value = group["value"].astype("float64")
    if _ranked(group):
        held = set(value)
        return -max(held) - 1, -min(rank for rank in range(1, len(held) + 2) if rank not in held)
    whole = group[(group["place"] == province) & (group["place_level"] == "province") & (group["relation"] == "eq")]
    if len(whole) and whole["unit"].isin(ADDITIVE).all():
        return 0.0, float(whole["value"].iloc[0])
    return 0.0, beyond * float(value.max())


def _stacked(ends: dict[str, pd.DataFrame]) -> Interval:
    return Interval(*(pd.DataFrame({name: part[end] for name, part in ends.items()}) for end in ("low", "high")))


def _interval(values: pd.DataFrame | Interval) -> Interval:
    return Interval(*values) if isinstance(values, tuple) else Interval(values, values)


def _orders(given: Interval, name: str) -> Iterator[pd.Series]:
    """All orders of the cities without ties that the bounds of one list allow, as points."""
    low, high = given.low[name], given.high[name]
    for order in permutations(range(1, len(low) + 1)):
        candidate = pd.Series(order, index=low.index, dtype="float64")
        if candidate.between(low, high).all():
            yield candidate
