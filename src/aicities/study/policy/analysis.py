"""What the cities promised in numbers, by when, with how much money, and what came of it.

The numbers come from ``plans``, ``plan_items`` and ``programmes``. Three things are kept apart throughout: a goal is
no result, money of a zone is no money of the city, and a pot, a yearly pot and a ceiling are three sorts of money.
What could not be read is missing, so a city with more rows is one of which more could be read.

All functions take the tables of the data package as one mapping from name to DataFrame.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from aicities import bounds
from aicities.dates import period
from aicities.evidence import of_work
from aicities.study.claims.praise import strengths
from aicities.tables import needed
from aicities.votes import FIELDS, THREE

Data = Mapping[str, pd.DataFrame]

REACHED, MISSED, OPEN, NO_NUMBER = "reached", "missed", "cannot tell", "no number"
HELD, NOT_HELD, NOT_KNOWN, ITS_PROVINCE = "held", "not held", "not known", "its province"
# A figure that is dated so many days after the due date still speaks about it: reports of a year appear in January.
GRACE = 31
YUAN = {
    "CNY_100m": (0.1, "billion yuan"),
    "CNY_bn": (1.0, "billion yuan"),
    "CNY_tn": (1000.0, "billion yuan"),
    "CNY_million": (1.0, "million yuan"),
    "CNY_million_per_year": (1.0, "million yuan a year"),
}


def promises(data: Data) -> pd.DataFrame:
    """All items of ``plan_items`` with ``place``, ``title_en``, ``published`` and ``plan_kind`` of their plan."""
    plans, items = needed(data, "plans", "plan_items")
    columns = ["plan_id", "place", "title_en", "published", "plan_kind"]
    return items.merge(plans.rename(columns={"kind": "plan_kind"})[columns], "left", "plan_id", validate="many_to_one")


def goals(data: Data) -> pd.DataFrame:
    """All goals in numbers for a whole city: those of the plans, and those for computing power told beside them.

    Goals of a zone or of one centre are left out, and a goal of ``compute`` that a plan has as well is counted once.
    Only cities of which a plan could be read have rows. One row a goal: ``goal_id`` (key of ``plan_items`` or
    ``compute``), ``said`` (in words), ``indicator`` (under which results are published), ``due`` (may be missing), and
    what it counts.
    """
    items = promises(data)
    (compute,) = needed(data, "compute")
    precision = compute.set_index("fact_id")["precision"]
    of_plans = items[(items["kind"] == "target") & (items["place_level"] == "city")]
    of_plans = of_plans.assign(precision=of_plans["duplicate_of"].map(precision), goal_id=of_plans["item_id"])
    told = compute[(compute["role"] == "target") & (compute["place_level"] == "city") & compute["centre"].isna()]
    told = told[told["place"].isin(items["place"]) & ~told["fact_id"].isin(items["duplicate_of"])]
    told = told.assign(
        **{"goal_id": told["fact_id"], "topic": "compute", "measure": told["metric"], "indicator": told["metric"]},
        **{"label": told["metric"].str.replace("_", " ").str.capitalize(), "draft": False},
        due=told["as_of"].mask(told["as_of_is_statement_date"].astype("bool")),
    )
    columns = ["goal_id", "place", "plan_id", "topic", "measure", "label", "relation", "value", "value_max"]
    columns += ["unit", "precision", "due", "draft", "indicator"]
    table = pd.concat([of_plans[columns], told.reindex(columns=columns)], ignore_index=True)
    table["precision"] = table["precision"].fillna(bounds.UNSTATED)
    amount = [bounds.scale(*pair)[0] for pair in zip(table["value"], table["unit"], strict=True)]
    once = table.assign(amount=amount, year=table["due"].str[:4])
    twice = once.duplicated(["place", "measure", "year", "amount"]) & table["plan_id"].isna()
    table = table[~twice].reset_index(drop=True)
    return table.assign(said=[_said(goal) for goal in table.to_dict("records")])


def counted(data: Data, by: str) -> pd.DataFrame:
    """How many goals each city that has a plan has set, by ``measure`` or ``topic``: a column for each city."""
    table = goals(data).groupby([by, "place"]).size().unstack("place", fill_value=0)
    return table.reindex(columns=data["plans"]["place"].unique(), fill_value=0)


def in_words(measure: str) -> str:
    """The code of a measure, or of several, as words.

    >>> in_words("ai_cases, schedulable_compute")
    'AI cases, schedulable compute'
    """
    return re.sub(r"\bai\b", "AI", measure.replace("_", " "))


def three_papers(data: Data) -> pd.DataFrame:
    """The papers that the article names, and what each of them counts, the earliest first.

    ``points`` are measures, articles or tasks (missing where not printed), ``goals`` the number of goals, ``measures``
    what the goals for the whole city count (a set), ``sums`` the number of amounts of money.
    """
    plans, all_items = needed(data, "plans", "plan_items")
    rows = []
    for paper in plans.dropna(subset="entity_id").sort_values(["published", "place"]).itertuples():
        items = all_items[all_items["plan_id"] == paper.plan_id]
        aims = items[items["kind"] == "target"]
        rows.append(
            {
                **{name: getattr(paper, name) for name in ("plan_id", "place", "title_en", "published")},
                "points": paper.measures,
                "goals": len(aims),
                "measures": frozenset(aims.loc[aims["place_level"] == "city", "measure"]),
                "sums": int((items["topic"] == "money").sum()),
            }
        )
    return pd.DataFrame(rows).reset_index(drop=True)


def like_goals(data: Data, places: Sequence[str]) -> pd.DataFrame:
    """Goals of two or more of these cities for the same measure and the same year.

    They count things of one name, not always of one definition. Returns ``measure``, ``due`` (year) and a column for
    each city with its goal in words, missing where it has none.
    """
    dated = goals(data).dropna(subset="due")
    dated = dated[dated["place"].isin(places)].assign(due=dated["due"].str[:4])
    table = dated.groupby(["measure", "due", "place"])["said"].agg("; ".join).unstack("place")
    table = table.reindex(columns=list(places))
    return table[table.notna().sum(axis=1) > 1].reset_index().rename_axis(columns=None)


def known_until(data: Data) -> pd.Timestamp:
    """The day of the newest publication in ``sources``: what is due later cannot have been told."""
    (sources,) = needed(data, "sources")
    days = sources["published"].dropna()
    return pd.Timestamp(days[days.str.len() == len("2024-08-02")].max())


def outcomes(data: Data) -> pd.DataFrame:
    """What published figures say about the goals that have fallen due, one row each of `goals`, in their order.

    A figure from before the due date can show that a goal is reached, not that it is missed. ``result`` is ``reached``,
    ``missed``, ``cannot tell`` or ``no number``; of the figure that decides there are ``fact_id``, ``figure`` (in
    words), ``as_of`` and ``own_word`` (whether the city's own government told it).
    """
    dated = goals(data).dropna(subset="due")
    figures = _figures(data)
    rows = []
    for goal in dated[dated["due"].map(_last_day) <= known_until(data)].to_dict("records"):
        same = (figures["place"] == goal["place"]) & (figures["indicator"] == goal["indicator"])
        same &= figures["last_day"] <= _last_day(goal["due"]) + pd.Timedelta(days=GRACE)
        said = {name: goal[name] for name in ("goal_id", "place", "label", "said", "due", "draft")}
        rows.append(said | _result(goal, figures[same]))
    columns = ["goal_id", "place", "label", "said", "due", "draft", "result", "fact_id", "figure", "as_of", "own_word"]
    return pd.DataFrame(rows, columns=columns)


def vouchers(data: Data, measure: str) -> pd.DataFrame:
    """What the cities print about one sort of vouchers, each sort of money for itself, the earliest paper first.

    Where a later paper repeats or changes a sum, the newest counts; of several sums of one sort in one paper the first,
    which is the general one. What is not printed has no row. The sorts are those of `SORTS`.
    """
    items = promises(data)
    chosen = items[(items["measure"] == measure) & items["money"].isin(SORTS)].copy()
    by = ["place", "place_level"]
    chosen["first"] = chosen.groupby(by)["published"].transform("min")
    newest = chosen[chosen["published"] == chosen.groupby([*by, "money"])["published"].transform("max")]
    newest = newest.drop_duplicates([*by, "money"]).sort_values(["first", *by], kind="stable")
    newest["said"] = [_said(item) for item in newest.to_dict("records")]
    columns = [*by, "money", "published", "relation", "value", "unit", "said"]
    return newest[columns].reset_index(drop=True)


def funds(data: Data, places: Sequence[str]) -> pd.DataFrame:
    """Funds for AI itself that these cities set up or want, without those of a zone, by city, then by date."""
    items = promises(data)
    chosen = (items["kind"] == "fund") & (items["coverage"] == "ai") & (items["place_level"] == "city")
    table = items[chosen & items["place"].isin(places)]
    said, order = [_said(item) for item in table.to_dict("records")], table["place"].map(list(places).index)
    table = table.assign(said=said, order=order).sort_values(["order", "published"], kind="stable", ignore_index=True)
    return table[["place", "published", "money", "label", "said"]]


SORTS = ("pot", "yearly_pot", "ceiling", "yearly_ceiling", "share")
"""Sorts of voucher money, none of which can be read as another."""


def tools(data: Data, places: Sequence[str]) -> pd.DataFrame:
    """With which tools these cities support AI and the fields beside it: a law, funds, vouchers, subsidies.

    Tools of a zone and money for all sectors are left out. One row for each ``tool``, those of most cities first, and
    for each city whether it was read; one that was not read may exist all the same.
    """
    items, (plans,) = promises(data), needed(data, "plans")
    ours = (items["place_level"] == "city") & (items["coverage"] != "all_sectors")
    money = items[ours & items["kind"].isin(["fund", "voucher", "subsidy"])]
    laws = plans.loc[plans["kind"] == "law", ["place"]].assign(tool="law")
    used = pd.concat(
        [laws, money.assign(tool=money["measure"].mask(money["kind"] == "fund", "fund"))], ignore_index=True
    )
    table = pd.crosstab(used["tool"], used["place"]).reindex(columns=list(places), fill_value=0) > 0
    table = table[table.any(axis=1)]
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index().rename_axis(columns=None)


def titles(data: Data, places: Sequence[str]) -> pd.DataFrame:
    """Which of these cities hold which national titles: one row for each programme, two columns for each city.

    Its name has ``held``, ``its province`` (which is not the same), ``not held`` (all places of the programme are
    known) or ``not known``; ``since <city>`` has the date, missing where unknown. ``tells_apart``: one holds it and
    another does not.
    """
    programmes, known = needed(data, "programmes", "places")
    province = known.set_index("place")["province"]
    rows = []
    for programme, held in programmes.groupby("programme", sort=False):
        first = held.sort_values("designated", kind="stable").groupby("place")["designated"].first()
        missing = NOT_HELD if (held["listed"] == "all").all() else NOT_KNOWN
        answers = {
            place: HELD if place in first.index else ITS_PROVINCE if province[place] in first.index else missing
            for place in places
        }
        rows.append(
            {"programme": programme, "short_name": held["short_name"].iloc[0], "coverage": held["coverage"].iloc[0]}
            | answers
            | {f"since {place}": first.get(place) for place in places}
            | {"tells_apart": {HELD, NOT_HELD} <= set(answers.values())}
        )
    return pd.DataFrame(rows)


def calendar(data: Data) -> pd.DataFrame:
    """All plans with the year in which they became public, by city, the one with most plans first, then by date.

    ``on_ai``: its subject is AI itself, not a field beside it or all sectors; ``named``: the article names it.
    """
    (plans,) = needed(data, "plans")
    table = plans[["plan_id", "place", "published", "kind", "title_en"]].assign(
        year=plans["published"].str[:4].astype("Int64"),
        on_ai=plans["coverage"].eq("ai"),
        named=plans["entity_id"].notna(),
        many=plans["place"].map(plans["place"].value_counts()),
    )
    table = table.sort_values(["many", "place", "published"], ascending=[False, True, True], kind="stable")
    return table.drop(columns="many").reset_index(drop=True)


def likeness(data: Data, places: Sequence[str], by: str) -> pd.DataFrame:
    """How much two cities' goals are about the same: the measures or topics (``by``) that both have, of all of either.

    This is Jaccard's coefficient (1912, The distribution of the flora in the alpine zone), of what could be read. One
    row for each pair: ``one``, ``other``, ``both``, ``either`` (numbers) and ``share``, missing where neither has a
    goal.
    """
    table = counted(data, by) > 0
    rows = []
    for one, other in combinations(places, 2):
        both, either = (table[one] & table[other]).sum(), (table[one] | table[other]).sum()
        rows.append((one, other, int(both), int(either), both / either if either else float("nan")))
    return pd.DataFrame(rows, columns=["one", "other", "both", "either", "share"])


def strengths_and_advice(data: Data) -> pd.DataFrame:
    """How many strengths the article names for one city alone, and how many pieces of advice it gives it, by field.

    Strengths are those of `aicities.study.claims.praise`; advice to all three cities in one breath is left out. One row
    for each city and field, in the order of `aicities.votes.FIELDS`, then others: ``city``, ``dimension``,
    ``strengths``, ``advice``.
    """
    statements = of_work(data)["statements"].dropna(subset="city").query("kind == 'advice'")
    alone = statements.groupby("statement_id")["city"].transform("nunique") == 1
    parts = {"strengths": strengths(data), "advice": statements[alone]}
    table = pd.DataFrame({name: part.groupby(["city", "dimension"]).size() for name, part in parts.items()})
    named = set(table.index.get_level_values("dimension"))
    order = [*(field for field in FIELDS if field in named), *sorted(named - set(FIELDS))]
    cells = pd.MultiIndex.from_product([THREE, order], names=["city", "dimension"])
    return table.reindex(cells).fillna(0).astype("int64").reset_index()


def advice(data: Data) -> pd.DataFrame:
    """Who (``by``) gives how many ``pieces`` of advice, and ``to`` whom: one city, each of the three, cities at large.

    A piece is one statement, to however many cities.
    """
    statements, entities = needed(of_work(data), "statements", "entities")
    name = entities.set_index("entity_id")["name_en"]
    given = statements.query("kind == 'advice'")
    cities = given.groupby("statement_id")["city"].nunique()
    breadth = cities.map({0: "cities at large", 1: "one city", len(THREE): "each of the three"})
    by = given.drop_duplicates("statement_id").set_index("statement_id")["stated_by"].map(name)
    return pd.DataFrame({"to": breadth, "by": by}).groupby(["to", "by"]).size().rename("pieces").reset_index()


def _said(item: Mapping[str, Any]) -> str:
    """The value in words, yuan in the scale of a newspaper."""
    factor, unit = YUAN.get(item["unit"], (1.0, item["unit"]))
    low = round(item["value"] * factor, 6)
    if item.get("precision", bounds.UNSTATED) != bounds.UNSTATED:
        unit = f"{unit} at {item['precision']}"
    if pd.isna(item["value_max"]):
        return bounds.words(item["relation"], low, unit)
    return f"{bounds.words('eq', low)} to {bounds.words('eq', round(item['value_max'] * factor, 6), unit)}"


def _last_day(date: str) -> pd.Timestamp:
    return period(date)[1]


def _figures(data: Data) -> pd.DataFrame:
    """Published figures of whole cities that can show whether a goal is reached, with the last day they speak of."""
    indicators, compute, sources = needed(data, "city_indicators", "compute", "sources")
    # Newspapers and ministries sit in a city as well, but do not speak for it.
    homes = sources[sources["publisher_kind"] == "local_body"].set_index("source_id")["publisher_home"]
    indicators = indicators[(indicators["place_level"] == "city") & indicators["relation"].isin(bounds.AMOUNTS)]
    in_place = compute["role"].isin(["stock", "flow"]) & compute["status"].eq("installed")
    compute = compute[in_place & (compute["place_level"] == "city")].rename(columns={"metric": "indicator"})
    columns = ["fact_id", "place", "indicator", "relation", "value", "value_max", "unit", "precision", "as_of"]
    columns += ["source_id"]
    figures = pd.concat([frame.reindex(columns=columns) for frame in (indicators, compute)], ignore_index=True)
    figures = figures.dropna(subset="as_of")
    figures["precision"] = figures["precision"].fillna(bounds.UNSTATED)
    return figures.assign(
        last_day=figures["as_of"].map(_last_day).astype("datetime64[s]"),
        own_word=figures["source_id"].map(homes).eq(figures["place"]),
    )


def _result(goal: Mapping[str, Any], figures: pd.DataFrame) -> dict[str, Any]:
    """The answer of the figures, the earliest that reaches the goal first, else the latest for the due date."""
    about = _last_day(goal["due"])
    answers = [
        (_reaches(goal, figure), figure) for figure in figures.sort_values("last_day", kind="stable").to_dict("records")
    ]
    for reached, figure in answers:
        if reached:
            return _of_figure(REACHED, figure)
    at_due = [(reached, figure) for reached, figure in answers if figure["last_day"] >= about]
    if not at_due:
        return {"result": NO_NUMBER}
    reached, figure = at_due[-1]
    return _of_figure(OPEN if reached is None else MISSED, figure)


def _of_figure(result: str, figure: Mapping[str, Any]) -> dict[str, Any]:
    names = ("fact_id", "as_of", "own_word")
    return {"result": result, "figure": _said(figure)} | {name: figure[name] for name in names}


def _reaches(goal: Mapping[str, Any], figure: Mapping[str, Any]) -> bool | None:
    """Whether the figure certainly reaches the goal, certainly does not, or may."""
    aim, unit = bounds.scale(goal["value"], goal["unit"])
    value, of = bounds.scale(figure["value"], figure["unit"])
    unlike = unit != of or goal["precision"] != figure["precision"]
    if unlike or "approx" in (goal["relation"], figure["relation"]):
        return None
    most = None if pd.isna(figure["value_max"]) else bounds.scale(figure["value_max"], figure["unit"])[0]
    span = bounds.interval(figure["relation"], value, value_max=most)
    more = goal["relation"] == "gt"
    if span.low > aim or (span.low == aim and not (more and span.low_closed)):
        return True
    if span.high < aim or (span.high == aim and (more or not span.high_closed)):
        return False
    return None
