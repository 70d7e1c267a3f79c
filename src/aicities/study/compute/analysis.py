"""Published figures of computing power: which may be compared, and what came of the targets.

A figure of compute is a row with the columns of the table ``compute``. Whether two of them may be compared is asked
aspect by aspect: do they cover the same level (city, centre), the same status (installed, planned), metric (all kinds,
AI only) and precision (FP16, FP32), do their dates lie close together, and do their bounds leave an order at all?
Nothing is converted, interpolated or added up: what a source does not say stays unknown.

The aspects follow what statistical offices ask of figures that are to be compared: coverage, definition, unit
and reference period (Eurostat 2015, ESS Handbook for Quality Reports, 2014 edition, on coherence and
comparability), with status and bound added for figures that are promised or given as a least amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

import pandas as pd

from aicities import bounds, dates, evidence

__all__ = ["ASPECTS", "Reason", "collect", "comparable", "installed", "outcomes", "pairs", "whole_cities"]

ASPECTS = ("level", "status", "metric", "precision", "date", "bound")
# What a place has; additions, shares, racks, and what a platform can hand out, are something else.
CAPACITY = ("total_compute", "intelligent_compute", "general_compute", "supercompute")
NOTHING = "no stock of this kind published"
PROMISED = ("planned", "first_phase", "under_construction")

Data = Mapping[str, pd.DataFrame]
Row: TypeAlias = Mapping[str, Any] | pd.Series


class Reason(NamedTuple):
    """What stands against comparing two figures: the aspect, ``differs`` or ``unknown``, and why."""

    aspect: str
    kind: str
    text: str


def collect(data: Data) -> pd.DataFrame:
    """All figures of compute: those published by others (``origin``), then those of the article.

    The columns of ``compute``, and ``level`` (``city`` and ``country`` only for the whole of it, else ``part``,
    ``zone``, ``centre``, ``province``), ``state`` (``planned`` for a target, its status for a stock), ``pflops`` (NaN
    where the unit is not one of compute) and ``when`` (decimal year). ValueError for an amount of the article whose
    subject is unknown.
    """
    figures = pd.concat(
        [data["compute"].assign(origin="published"), _of_article(data).assign(origin="article")], ignore_index=True
    )
    scaled = [bounds.scale(value, unit) for value, unit in zip(figures["value"], figures["unit"], strict=True)]
    months = [None if pd.isna(date) else _months(date) for date in figures["as_of"]]
    return figures.assign(
        level=[_level(row) for row in _rows(figures)],
        state=[_state(row) for row in _rows(figures)],
        pflops=[value if unit == "PFLOPS" else float("nan") for value, unit in scaled],
        when=[float("nan") if span is None else (span[1] + 0.5) / 12 for span in months],
    )


def _of_article(data: Data) -> pd.DataFrame:
    """The article's own amounts of compute and racks, in the columns of the table ``compute``.

    Its day stands for the date of each figure, as the article gives none. What is planned, being built or a first
    phase counts as a target; the precision is unstated throughout.
    """
    data = evidence.of_work(data)
    indicators, entities = data["indicators"], data["entities"]
    own = indicators[(indicators["dimension"] == "compute") & indicators["relation"].isin(bounds.AMOUNTS)]
    missing = sorted(set(own["subject_id"]) - set(entities["entity_id"]))
    if missing:
        raise ValueError(f"subject {missing[0]!r} of an indicator is not in entities")
    subject = entities.set_index("entity_id").loc[own["subject_id"]]
    whole = (subject["kind"] == "city").to_numpy()
    kept = own[["fact_id", "relation", "value", "unit", "status"]].reset_index(drop=True)
    return kept.assign(
        place=own["city"].to_numpy(),
        place_level=["city" if city else "centre" for city in whole],
        centre=[None if city else name for city, name in zip(whole, subject["name_en"], strict=True)],
        metric=own["indicator"].to_numpy(),
        role=["target" if status in PROMISED else "stock" for status in own["status"]],
        precision=bounds.UNSTATED,
        as_of=dates.of_article(data),
        as_of_is_year_only=False,
        as_of_is_statement_date=True,
    )


def whole_cities(figures: pd.DataFrame, places: Iterable[str] | None = None) -> pd.DataFrame:
    """Of what `collect` gives, the stocks and targets of capacity that cover a whole city, by place and date.

    ``places`` restricts them to these cities.
    """
    kept = figures["level"].eq("city") & figures["metric"].isin(CAPACITY)
    kept &= figures["role"].isin(["stock", "target"])
    if places is not None:
        kept &= figures["place"].isin(list(places))
    return figures[kept].sort_values(["place", "when"], kind="stable")


def installed(figures: pd.DataFrame) -> pd.DataFrame:
    """Of what `collect` gives, the capacity in place; what is counted inside another figure is left out."""
    there = figures["state"].eq("installed") & figures["metric"].isin(CAPACITY)
    return figures[there & figures["part_of"].isna()]


def comparable(
    a: Row, b: Row, *, months: int = 6, tolerance: float | None = None, floors: str = "strict"
) -> list[Reason]:
    """Why figure ``a`` may not be set against figure ``b``: an empty list if nothing stands against it.

    A reason ``differs`` where both sources say so, and is ``unknown`` where one is silent. The date differs if more
    than ``months`` lie between them; a year without a month may be any of its months, and what is planned is dated by
    when it falls due. ``tolerance`` and ``floors`` are those of `bounds.interval`.
    """
    found = [compare(a, b) for compare in (_compare_level, _compare_state, _compare_metric, _compare_precision)]
    found += [_compare_date(a, b, months=months), _compare_bound(a, b, tolerance=tolerance, floors=floors)]
    return [Reason(aspect, *reason) for aspect, reason in zip(ASPECTS, found, strict=True) if reason]


def pairs(
    figures: pd.DataFrame, *, months: int = 6, tolerance: float | None = None, floors: str = "strict"
) -> pd.DataFrame:
    """Each pair of figures of different places, with the reasons against comparing them, fewest first.

    ``a`` and ``b`` are fact ids; for each of ``ASPECTS`` a column (``fits``, ``differs``, ``unknown``); ``differs`` and
    ``unknown`` count them; ``verdict`` is ``no`` if something differs, ``unknown`` if something is not stated, else
    ``yes``.
    """
    found = []
    for a, b in combinations(_rows(figures), 2):
        if a["place"] != b["place"]:
            against = comparable(a, b, months=months, tolerance=tolerance, floors=floors)
            kinds = dict.fromkeys(ASPECTS, "fits") | {reason.aspect: reason.kind for reason in against}
            found.append({"a": a["fact_id"], "b": b["fact_id"], **kinds, **_verdict(against)})
    table = pd.DataFrame(found, columns=["a", "b", *ASPECTS, "differs", "unknown", "verdict", "reasons"])
    return table.sort_values(["differs", "unknown"], kind="stable", ignore_index=True)


def outcomes(figures: pd.DataFrame, *, until: str, months: int = 6, tolerance: float | None = None) -> pd.DataFrame:
    """Each target of a whole city or country due by ``until``, with the stock nearest in date, if there is one.

    ``target`` and ``figure`` are fact ids, ``gap`` the months between them. ``reached`` or ``missed`` where status,
    precision and bound allow it and the figure is of the due date or up to ``months`` later (or earlier, if it was
    reached before its time), ``at face value`` where a precision is not stated; else ``cannot tell``, or ``no number``.
    """
    places = figures[figures["level"].isin(["city", "country"]) & figures["metric"].isin(CAPACITY)]
    stocks = places[(places["role"] == "stock") & places["when"].notna()]
    due = places[(places["role"] == "target") & places["as_of"].notna() & ~places["as_of_is_statement_date"]]
    found = []
    for target in _rows(due[due["as_of"] <= until]):
        there = stocks[(stocks["place"] == target["place"]) & (stocks["metric"] == target["metric"])]
        if there.empty:
            found.append({"target": target["fact_id"], "answer": "no number", "reasons": NOTHING})
            continue
        gap = there["as_of"].map(lambda date, due=target["as_of"]: dates.months_between(due, date))
        nearest = gap.abs().idxmin()
        row = _rows(there.loc[[nearest]])[0]
        answer, reasons = _outcome(target, row, int(gap[nearest]), months=months, tolerance=tolerance)
        beside = {"figure": there.loc[nearest, "fact_id"], "gap": int(gap[nearest])}
        found.append({"target": target["fact_id"], **beside, "answer": answer, "reasons": reasons})
    table = pd.DataFrame(found, columns=["target", "figure", "gap", "answer", "reasons"])
    return table.astype({"gap": "Int64"})


def _outcome(target: Row, figure: Row, gap: int, *, months: int, tolerance: float | None) -> tuple[str, str]:
    precision = _compare_precision(target, figure)
    against = [] if precision is None else [Reason("precision", *precision)]
    if figure["state"] != "installed":
        against.append(Reason("status", "differs", f"it is {_plain(figure['state'])}"))
    result = _reached(target, figure, tolerance=tolerance)
    if result is None:
        against.append(Reason("bound", "unknown", f"{_said(figure)} leaves it open"))
    early = gap < 0 and (result != "reached" or any(reason.kind == "differs" for reason in against))
    if gap > months or early:
        when = f"{abs(gap)} months {'after' if gap > 0 else 'before'} the due date"
        against.append(Reason("date", "differs", f"the number is of {when}"))
    reasons = "; ".join(reason.text for reason in against)
    if result is None or any((reason.aspect, reason.kind) != ("precision", "unknown") for reason in against):
        return "cannot tell", reasons
    return (f"{result} at face value" if against else result), reasons


def _reached(target: Row, figure: Row, *, tolerance: float | None) -> str | None:
    amount, goal = (figure["relation"], figure["pflops"]), ("eq", target["pflops"])
    if target["relation"] == "gt":  # a goal to exceed an amount needs more than the amount
        answer = bounds.compare(*amount, *goal, tolerance=tolerance)
        return {"yes": "reached", "no": "missed"}.get(answer)
    answer = bounds.compare(*goal, *amount, tolerance=tolerance)
    return {"yes": "missed", "no": "reached"}.get(answer)


def _verdict(against: list[Reason]) -> dict[str, Any]:
    differs = sum(reason.kind == "differs" for reason in against)
    verdict = "no" if differs else "unknown" if against else "yes"
    words = "; ".join(reason.text for reason in against)
    return {"differs": differs, "unknown": len(against) - differs, "verdict": verdict, "reasons": words}


def _compare_level(a: Row, b: Row) -> tuple[str, str] | None:
    if a["fact_id"] == b.get("part_of") or b["fact_id"] == a.get("part_of"):
        return "differs", "one is part of the other"
    return _unlike(_level(a), _level(b))


def _compare_state(a: Row, b: Row) -> tuple[str, str] | None:
    states = {_state(a), _state(b)}
    if "not_stated" in states or "first_phase" in states:
        return "unknown", "the status of one is not stated"
    if states == {"under_construction"}:
        return "unknown", "how much of either runs is not stated"
    return _unlike(_state(a), _state(b))


def _compare_metric(a: Row, b: Row) -> tuple[str, str] | None:
    if a["metric"] == b["metric"] and bounds.scale(1, a["unit"])[1] != bounds.scale(1, b["unit"])[1]:
        return _unlike(a["unit"], b["unit"])
    return _unlike(a["metric"], b["metric"])


def _compare_precision(a: Row, b: Row) -> tuple[str, str] | None:
    silent = [a["precision"], b["precision"]].count(bounds.UNSTATED)
    if silent:
        return "unknown", f"precision of {'one' if silent == 1 else 'both'} unstated"
    return _unlike(a["precision"], b["precision"])


def _compare_date(a: Row, b: Row, *, months: int) -> tuple[str, str] | None:
    a_span, b_span = _span(a), _span(b)
    if a_span is None or b_span is None:
        return "unknown", "the date of one is not stated"
    (a_first, a_last), (b_first, b_last) = a_span, b_span
    nearest = max(a_first - b_last, b_first - a_last, 0)
    if nearest > months:
        return "differs", f"{nearest} months apart"
    farthest = max(a_last - b_first, b_last - a_first)
    return ("unknown", f"up to {farthest} months apart") if farthest > months else None


def _compare_bound(a: Row, b: Row, *, tolerance: float | None, floors: str) -> tuple[str, str] | None:
    (value, unit), (other, other_unit) = (bounds.scale(row["value"], row["unit"]) for row in (a, b))
    if unit != other_unit:
        return "differs", f"{_plain(a['unit'])} against {_plain(b['unit'])}"
    one, two = (a["relation"], value), (b["relation"], other)
    answers = [bounds.compare(*x, *y, tolerance=tolerance, floors=floors) for x, y in ((one, two), (two, one))]
    if "yes" in answers or "unknown" not in answers:
        return None
    return "unknown", f"{_said(a)} against {_said(b)} leaves the order open"


def _unlike(a: str, b: str) -> tuple[str, str] | None:
    return None if a == b else ("differs", f"{_plain(a)} against {_plain(b)}")


def _level(row: Row) -> str:
    level = row["place_level"]
    if level == "centre":
        return "zone" if "(zone total)" in str(row["centre"]) else "centre"
    return level if pd.isna(row["centre"]) else "part"


def _state(row: Row) -> str:
    if row["role"] == "stock":
        return row["status"]
    return "planned" if row["role"] == "target" else row["role"]


def _span(row: Row) -> tuple[int, int] | None:
    """First and last month in which the figure may lie, counted from the year 0."""
    if pd.isna(row["as_of"]) or (row["role"] == "target" and row["as_of_is_statement_date"]):
        return None
    # "by 2025" falls due with the year's end; "in 2025" may be any of its months
    anywhere = row["role"] != "target" and row["as_of_is_year_only"]
    return _months(row["as_of"][:4] if anywhere else row["as_of"])


def _months(date: str) -> tuple[int, int]:
    first, last = dates.period(date)
    return first.year * 12 + first.month - 1, last.year * 12 + last.month - 1


def _said(row: Row) -> str:
    value, unit = bounds.scale(row["value"], row["unit"])
    return bounds.words(row["relation"], *((value / 1000, "EFLOPS") if unit == "PFLOPS" else (value, unit)))


def _plain(code: str) -> str:
    return {
        "intelligent_compute": "AI compute",
        "total_compute": "compute of all kinds",
        "under_construction": "partly being built",
        "not_stated": "of a status not stated",
        "part": "part of a place",
    }.get(code, code.replace("_", " "))


def _rows(figures: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in figures.to_dict("records")]
