"""From readings to verdicts, from verdicts to votes, and from votes to a headline for each claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from aicities.bounds import Interval, interval, scale
from aicities.dates import days_apart, of_article, period
from aicities.study.claims.reading import COMPARISONS, read
from aicities.study.claims.selection import READERS, Row, Rows, Selection, Width, keyed, prepared, records, select
from aicities.tables import needed
from aicities.votes import FAILS, HOLDS, MIXED, OPEN, SPLIT, THREE, one_vote

__all__ = ["summary", "verdicts", "votes"]

TABLES = (
    *("claims", "claim_tests", "league_tables", "league_table_entries"),
    *("city_indicators", "compute", "plans", "plan_items", "places", "sources", "articles"),
)
FITS = ("direct", "proxy")
NAMING = ("order_of_naming", "named_together")
CONFIDENCE = ("low", "medium", "high")
SEVERAL = ("order_is", "in_first_k", "shared")  # comparisons of several places
PAGES = ("original", "recognised_outlet", "none")
NOTHING = "nothing published"
MOST = 4  # publishers or dates that a cell names one by one
BARRED = ("not independent", "same figure")  # what is withheld for these reasons doesn't even lean

TEST_COLUMNS = ("claim_id", "test_id", "source_table", "selection", "comparison", "places", "fit")
# two tests of a claim that ask the same of the same figure are one
QUESTION = ("claim_id", "comparison", "places", "k", "factor", "low", "high", "unit", "better", "among", "per")
COLUMNS = (
    *TEST_COLUMNS,
    *("title", "publisher_id", "publisher", "source_id", "url", "date", "days_off"),
    *("confidence", "url_kind", "strength", "own_city", "reading", "verdict", "reason", "says"),
)
VOTES = ("claim_id", "publisher_id", "publisher", "side", "decides", "own_city")


def verdicts(
    data: Mapping[str, pd.DataFrame],
    *,
    least_confidence: str = "medium",
    tolerance: float | None = 0.1,
    floors: str = "strict",
) -> pd.DataFrame:
    """For each test of each claim: holds, fails, or cannot tell and why.

    Parameters
    ----------
    data : the tables, as ``aicities.load_all()`` gives them; rows of your own as ``data | {"claims": mine}``.
    least_confidence : ``low``, ``medium`` or ``high``; what is less sure is withheld as ``low confidence``.
    tolerance : relative half-width of values called "about" a number; None lets them decide nothing.
    floors : how "more than" is read, ``strict`` or ``rounded``; see ``aicities.bounds.interval``.

    Returns one row per test, in the order of ``claim_tests``: the test, its source, ``days_off`` (days between its date
    and the article), ``own_city`` (the publisher sits in the one place that the reading puts ahead), ``reading``,
    ``verdict``, ``reason`` (several, separated by semicolons) and ``says``, the figures themselves. ``strength`` is 3
    for high confidence, 2 for medium and 1 for low; one less where no page of the publisher or of a recognised outlet
    is known, and one less where a rank is only an order of naming.

    Raises ValueError, naming claim or test, for a test that points at nothing or cannot be read.

    >>> from aicities import load_all
    >>> table = verdicts(load_all()).set_index("test_id")
    >>> table.loc["C16-01", ["reading", "reason"]].tolist()
    ['cannot tell', 'bound']
    """
    known, tests, *_ = needed(data, *TABLES)
    published, claims = prepared(data), keyed(known, "claim_id")
    width, article = Width(tolerance, floors), of_article(data)
    rows, seen = [], set()
    for test in records(tests):
        _check(test, claims)
        chosen = select(test, published, width)
        if test["per"] is not None:
            chosen = _per(test, chosen, published, width)
        reading = read(test, chosen, published.places)
        used = _used(test, chosen)
        figure = (chosen.same_as, *(test[column] for column in QUESTION))
        doubts = {
            "not independent": any(row["independent_of_article"] != "yes" for row in chosen.rows),
            "low confidence": _lowest(used) < CONFIDENCE.index(least_confidence),
            "other measure": test["fit"] == "proxy",
            "other date": _outside(claims[test["claim_id"]], chosen),
            "same figure": figure in seen,
        }
        seen.add(figure)
        reasons = [*reading.reasons, *chosen.doubts, *(reason for reason, there in doubts.items() if there)]
        rows.append(
            {column: test[column] for column in TEST_COLUMNS}
            | _source(test, chosen, used, published, reading.answer, article)
            | {
                "reading": reading.answer,
                "verdict": OPEN if reasons else reading.answer,
                "reason": "; ".join(dict.fromkeys(reasons)) or None,
                "says": _says(test, chosen),
            }
        )
    typed = {"days_off": "Int64", "strength": "int64", "own_city": "bool"}
    return pd.DataFrame(rows, columns=COLUMNS).astype({name: typed.get(name, "str") for name in COLUMNS})


def votes(table: pd.DataFrame) -> pd.DataFrame:
    """The publishers that decide each claim, or lean to a side; each has one vote on a claim.

    ``table`` is what :func:`verdicts` gives. ``side`` is ``holds``, ``fails``, or ``split`` for a publisher whose
    decided tests contradict each other; ``decides`` is False for one that only leans, to one side or both, since all
    its readings were withheld; ``own_city``: all its tests on that side put the place ahead where it sits.
    """
    rows = []
    for (claim, publisher), tests in _by(table, "claim_id", "publisher_id").items():
        decided = [test for test in tests if test["verdict"] != OPEN]
        if decided:
            heard = {one_vote(test["verdict"] for test in decided): decided}
        else:
            leaning = [test for test in tests if not _has(test, *BARRED)]
            heard = {side: [test for test in leaning if test["reading"] == side] for side in (HOLDS, FAILS)}
        for side, own in heard.items():
            if own:
                at_home = all(test["own_city"] for test in own)
                rows.append((claim, publisher, tests[0]["publisher"], side, bool(decided), at_home))
    return pd.DataFrame(rows, columns=VOTES).astype({"decides": bool, "own_city": bool})


def heard(table: pd.DataFrame, claims: Iterable[str]) -> tuple[int, str, str]:
    """How many publishers decide some claims or lean to a side, and the first and the last year of their numbers."""
    own = table[table["claim_id"].isin(list(claims))]
    years = own["date"].str[:4].dropna()
    return votes(own)["publisher_id"].str.split("; ").explode().nunique(), years.min(), years.max()


def summary(data: Mapping[str, pd.DataFrame], table: pd.DataFrame | None = None) -> pd.DataFrame:
    """For each claim a headline, the publishers on either side and the strongest evidence.

    A publisher has one vote, however many editions it has; if its decided tests do not agree, it is split. The
    headline follows from the votes and the claim's ``quantifier``:

    - ``single``: ``holds`` if some publisher is for it and none against, ``fails`` if some is against it and
      none for it, ``mixed`` if there are both or one is split;
    - ``every``: ``fails`` as soon as one test of one publisher fails, else ``holds`` if one holds;
    - ``varies``: ``holds`` if some tests hold and others fail, ``fails`` if all that decide hold;
    - in all cases ``cannot tell`` if no test decides.

    ``table`` is what :func:`verdicts` gives, made here if it isn't given. One row per claim, in their order, with
    numbers of publishers for, against, split and leaning; ``at_home``, how many decide for a place where they sit;
    the ``test_id`` of the strongest test on either side; and ``why``: for ``cannot tell``, the reasons, most
    frequent first.
    """
    (claims,) = needed(data, "claims")
    table = verdicts(data) if table is None else table
    tests, cast = _by(table, "claim_id"), _by(votes(table), "claim_id")
    known = [(claim, (claim["claim_id"],)) for claim in records(claims)]
    return pd.DataFrame([_summed(claim, tests.get(key, []), cast.get(key, [])) for claim, key in known])


def headline(quantifier: str, sides: Iterable[str]) -> str:
    """What the votes of the publishers that decide come to, see :func:`summary`.

    >>> headline("single", ["holds", "fails"]), headline("every", ["holds", "fails"]), headline("single", [])
    ('mixed', 'fails', 'cannot tell')
    """
    given = set(sides)
    if not given:
        return OPEN
    if quantifier == "every":
        return HOLDS if given == {HOLDS} else FAILS
    if quantifier == "varies":
        return {frozenset({HOLDS}): FAILS, frozenset({FAILS}): OPEN}.get(frozenset(given), HOLDS)
    return given.pop() if given in ({HOLDS}, {FAILS}) else MIXED


def _by(table: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """The rows of a table by the values of some columns."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"expected the table that verdicts() gives, not {type(table).__name__}")
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in records(table):
        found.setdefault(tuple(row[column] for column in columns), []).append(row)
    return found


def _check(test: Row, claims: Mapping[str, Row]) -> None:
    def wrong(column: str, right: str) -> ValueError:
        return ValueError(f"claim_tests, {test['test_id']}, {column}: {test[column]!r} is wrong; expected {right}")

    for column, known in (("claim_id", claims), ("comparison", COMPARISONS), ("fit", FITS), ("source_table", READERS)):
        if test[column] not in known:
            raise wrong(column, f"one of {', '.join(known)}")
    places = test["places"].split(";")
    comparison = test["comparison"]
    if comparison in ("order_is", "shared") and len(places) < 2:
        raise wrong("places", "two places or more, separated by semicolons")
    if comparison not in SEVERAL and len(places) > 1:
        raise wrong("places", "one place")
    if comparison == "in_first_k" and test["k"] is None:
        raise wrong("k", "how many places count as first")
    if (comparison == "shared") != (test["source_table"] == "plan_items"):
        raise wrong("comparison", "shared for plan_items, and for nothing else")
    if comparison == "shared" and test["low"] is None:
        raise wrong("low", "the share that each pair of places should have in common")
    if comparison == "value_within":
        if test["low"] is None and test["high"] is None:
            raise wrong("low", "a number here or in high, or in both")
        if test["unit"] is None:
            raise wrong("unit", "the unit of low and high")


def _used(test: Row, chosen: Selection) -> list[Row]:
    """The rows of the places that the test is about; all rows if none of them is listed."""
    about = {*test["places"].split(";"), *THREE}
    return [row for row in chosen.rows if row["place"] in about] or chosen.rows


def _lowest(rows: list[Row]) -> int:
    return min(CONFIDENCE.index(row["confidence"]) for row in rows)


def _outside(claim: Row, chosen: Selection) -> bool:
    first, last = pd.Timestamp(claim["window_from"]), pd.Timestamp(claim["window_to"])
    dated = [row for row in chosen.rows if row["first_day"] is not None]
    return any(row["first_day"] > last or row["last_day"] < first for row in dated)


_apart = cache(days_apart)  # few dates, many rows


def _source(test: Row, chosen: Selection, used: list[Row], data: Rows, answer: str, article: str) -> Row:
    """Where the rows come from and how much they weigh."""
    cited = [data.sources[name] for name in dict.fromkeys(row["source_id"] for row in used)]
    gaps = [_apart(row["date"], article) for row in used if row["date"] is not None]
    shown = all(source["url"] is not None for source in cited)
    named = any(row.get("basis") in NAMING for row in used)
    return {
        "title": chosen.title,
        "publisher_id": _joined(source["publisher_id"] for source in cited),
        "publisher": _told([source["short_name"] for source in cited], "publishers"),
        "source_id": _joined(source["source_id"] for source in cited),
        "url": cited[0]["url"] if len(cited) == 1 else None,
        "date": _span([row["date"] for row in used if row["date"]]),
        "days_off": max(gaps, default=None),
        "confidence": CONFIDENCE[_lowest(used)],
        "url_kind": cited[0]["url_kind"] if shown else "none",
        "strength": _lowest(used) + 1 - (not shown) - named,
        "own_city": _favoured(test, chosen, answer) in {source["publisher_home"] for source in cited},
    }


def _favoured(test: Row, chosen: Selection, answer: str) -> str:
    """The one place that a reading puts ahead; empty if it favours none, or several together."""
    if answer == OPEN or ";" in test["places"] or (answer == FAILS and test["comparison"] == "value_within"):
        return ""
    if answer == HOLDS:
        return str(test["places"])
    best, *others = sorted(chosen.spans, key=lambda place: -chosen.spans[place].low)
    ahead = not others or chosen.spans[best].low > chosen.spans[others[0]].high
    return best if ahead and best != test["places"] else ""


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _told(names: list[str], noun: str) -> str:
    """The names, or their number where they are too many for a cell."""
    different = dict.fromkeys(names)
    return _joined(different) if len(different) <= MOST else f"{len(different)} {noun}"


def _span(dates: list[str]) -> str | None:
    different = sorted({*dates}) if len({*dates}) > MOST else []
    return f"{different[0]} to {different[-1]}" if different else _joined(dates) or None


def _says(test: Row, chosen: Selection) -> str:
    """The figures of the places that matter, the best first: ``Beijing 20, Shanghai 9 companies``."""
    listed = sorted(chosen.spans, key=lambda place: -chosen.spans[place].low)
    wanted = set(test["places"].split(";"))
    if test["comparison"] != "value_within":
        wanted |= {*THREE, *listed[:3], *chosen.provinces}
    figures = ", ".join(f"{place} {chosen.said[place]}" for place in listed if place in wanted)
    units = {row["unit"].replace("_", " ").replace("china", "China") for row in chosen.rows if row.get("unit")}
    if not chosen.ranked and len(units) == 1:
        figures += f" {units.pop()}"
    return figures if test["per"] is None else f"{figures}, by {test['per'].replace('_', ' ')}"


def _per(test: Row, chosen: Selection, data: Rows, width: Width) -> Selection:
    """The selection divided by another indicator of the same places, by the figure nearest in time."""
    by = [row for row in data.indicators.values() if row["indicator"] == test["per"] and row["place_level"] == "city"]
    if not by:
        raise ValueError(f"claim_tests, {test['test_id']}, per: {test['per']!r} is no indicator of city_indicators")
    date = min(row["first_day"] for row in chosen.rows)
    spans = {}
    for place, span in chosen.spans.items():
        own = [row for row in by if row["place"] == place]
        if not own:
            continue
        row = min(own, key=lambda row: abs(period(row["as_of"])[0] - date))
        value, _ = scale(row["value"], row["unit"])
        whole = interval(row["relation"], value, **width._asdict())
        spans[place] = Interval(
            span.low / whole.high,
            span.high / whole.low,
            span.low_closed and whole.high_closed,
            span.high_closed and whole.low_closed,
            span.approximate or whole.approximate,
        )
    return chosen._replace(spans=spans, unit=None)


def _summed(claim: Row, tests: list[Row], cast: list[Row]) -> dict[str, Any]:
    deciding = [vote for vote in cast if vote["decides"]]
    sides = Counter(vote["side"] for vote in deciding)
    leaning = Counter(vote["side"] for vote in cast if not vote["decides"])
    decided = [test for test in tests if test["verdict"] != OPEN]
    dates = sorted(date for test in decided if test["date"] for date in re.split("; | to ", test["date"]))
    answer = headline(claim["quantifier"], sides)
    reasons = Counter(reason for test in tests if test["reason"] for reason in test["reason"].split("; "))
    return {name: claim[name] for name in ("claim_id", "label", "city", "dimension")} | {
        "headline": answer,
        "publishers_for": sides[HOLDS],
        "publishers_against": sides[FAILS],
        "publishers_split": sides[SPLIT],
        "leaning_for": leaning[HOLDS],
        "leaning_against": leaning[FAILS],
        "tests": len(tests),
        "decided": len(decided),
        "decided_from": dates[0] if dates else None,
        "decided_to": dates[-1] if dates else None,
        "at_home": sum(vote["own_city"] for vote in deciding),
        "strongest_for": _strongest(tests, HOLDS),
        "strongest_against": _strongest(tests, FAILS),
        "why": None if answer != OPEN else "; ".join(name for name, _ in reasons.most_common()) or NOTHING,
    }


def _strongest(tests: list[Row], side: str) -> str | None:
    there = [test for test in tests if test["reading"] == side and not _has(test, "not independent")]
    return str(min(there, key=_weakness)["test_id"]) if there else None


def _has(test: Row, *reasons: str) -> bool:
    return any(reason in (test["reason"] or "") for reason in reasons)


def _weakness(test: Row) -> tuple[Any, ...]:
    """Sorts the evidence on one side: the strongest is the least."""
    return (
        test["verdict"] == OPEN,
        test["fit"] == "proxy",
        (test["reason"] or "").count(";"),
        -test["strength"],
        10**6 if test["days_off"] is None else test["days_off"],
        PAGES.index(test["url_kind"]),
    )
