"""The verdicts on the claims, taken apart: who votes, what each verdict would not survive, what open ones lack.

:mod:`aicities.claims` computes the verdicts. Here they are read: :func:`votes` names the publishers behind the
numbers of ``claims.summary()``, :func:`under_rules` and :func:`lone_publishers` say which verdicts change when less is
believed, :func:`support_in_article` how well the article itself is known, and :func:`nearest` how far an open claim is
from a decision.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from aicities import evidence, tables
from aicities.study import claims

__all__ = [
    "RULES",
    "lone_publishers",
    "nearest",
    "obstacles",
    "passed",
    "support_in_article",
    "under_rules",
    "votes",
    "withhold",
]

HOLDS, FAILS, OPEN, SPLIT = "holds", "fails", "cannot tell", "split"
RULES = {
    "high": "only high confidence",
    "exact": "'about' decides nothing",
    "page": "only with a known page",
    "away": "no publisher at home",
    "any_date": "any date",
}
"""The rules of :func:`under_rules`, by key, in words."""
READ = (
    *("claims", "claim_tests", "league_tables", "league_table_entries"),
    *("city_indicators", "compute", "places", "sources"),
)


def votes(verdicts: pd.DataFrame | None = None) -> pd.DataFrame:
    """The publishers that decide each claim, or lean to a side: those that ``claims.summary()`` counts.

    ``verdicts`` is what ``claims.verdicts()`` gives; by default that of the data package.

    Returns
    -------
    One row for each claim, publisher and side: ``claim_id``, ``publisher_id``, ``side`` (``holds``, ``fails``, or
    ``split`` for a publisher whose decided tests contradict each other), ``decides`` (False for one that only leans,
    since all its readings were withheld) and ``own_city`` (all its tests on that side put the place where it sits, and
    no other, ahead). A publisher without a vote can lean to both sides.
    """
    table = claims.verdicts() if verdicts is None else verdicts
    table = table.assign(own_city=_at_home(table))
    rows = []
    for (claim, publisher), tests in table.groupby(["claim_id", "publisher_id"], sort=False):
        decided = tests[tests["verdict"] != OPEN]
        if len(decided):
            sides = set(decided["verdict"])
            side = SPLIT if len(sides) > 1 else sides.pop()
            rows.append((claim, publisher, side, True, bool(decided["own_city"].all())))
            continue
        silent = tests[~tests["reason"].fillna("").str.contains("not independent|same figure")]
        for side in (HOLDS, FAILS):
            leaning = silent[silent["reading"] == side]
            if len(leaning):
                rows.append((claim, publisher, side, False, bool(leaning["own_city"].all())))
    return pd.DataFrame(rows, columns=["claim_id", "publisher_id", "side", "decides", "own_city"])


def withhold(verdicts: pd.DataFrame, where: pd.Series, reason: str) -> pd.DataFrame:
    """The verdicts with those of some tests withheld, ``reason`` being added to theirs."""
    before = verdicts["reason"].fillna("")
    reasons = before.where(before == "", before + "; ") + reason
    return verdicts.assign(
        verdict=verdicts["verdict"].mask(where, OPEN), reason=verdicts["reason"].where(~where, reasons)
    )


def under_rules(frames: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """The headline of each claim when more or less is believed.

    ``frames`` are tables to use in place of those of the data package, as ``claims.verdicts()`` takes them.

    Returns
    -------
    One row for each claim (``claim_id`` is the index), with ``as_is`` and one column for each of :data:`RULES`:
    ``high``, only figures of high confidence decide; ``exact``, a value that is only about a number decides nothing;
    ``page``, only sources of which a page of the publisher or of a recognised outlet is known; ``away``, no publisher
    decides in favour of a place where it sits; ``any_date``, figures from outside the claim's window decide, too.
    """
    given = {name: tables.load(name) for name in READ} | dict(frames or {})  # each loaded once, not for each rule
    table = claims.verdicts(**given)
    changed = {
        "as_is": table,
        "high": claims.verdicts(least_confidence="high", **given),
        "exact": claims.verdicts(tolerance=None, **given),
        "page": withhold(table, table["url_kind"] == "none", "no known page"),
        "away": withhold(table, _at_home(table), "at home"),
        "any_date": claims.verdicts(any_date=True, **given),
    }
    known = given["claims"]
    return pd.DataFrame(
        {name: claims.summary(part, claims=known).set_index("claim_id")["headline"] for name, part in changed.items()}
    )


def lone_publishers(verdicts: pd.DataFrame | None = None, *, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """The publishers without whom a verdict would be another one.

    ``verdicts`` is what ``claims.verdicts()`` gives, ``known`` the table ``claims``; by default those of the data
    package.

    Returns
    -------
    ``claim_id``, ``publisher_id`` and ``without``, the headline that the claim would have: one row for each claim and
    publisher whose loss changes it.
    """
    table = claims.verdicts() if verdicts is None else verdicts
    known = tables.load("claims") if known is None else known
    decided = table[table["verdict"] != OPEN]
    rows = []
    for publisher, part in decided.groupby("publisher_id", sort=False):
        # nothing changes where a publisher decides nothing
        touched = known[known["claim_id"].isin(part["claim_id"])]
        here = table[table["claim_id"].isin(part["claim_id"])]
        before = claims.summary(here, claims=touched)
        after = claims.summary(here[here["publisher_id"] != publisher], claims=touched)
        changed = after[after["headline"] != before["headline"]]
        rows += [
            (claim, publisher, other) for claim, other in zip(changed["claim_id"], changed["headline"], strict=True)
        ]
    return pd.DataFrame(rows, columns=["claim_id", "publisher_id", "without"]).sort_values(
        "claim_id", kind="stable", ignore_index=True
    )


def support_in_article(agreed: pd.DataFrame | None = None, *, facts: pd.DataFrame | None = None) -> pd.DataFrame:
    """How well the two translations support the facts behind each claim.

    ``agreed`` is what ``evidence.agreement()`` gives, ``facts`` the table ``claim_facts``; by default those of the data
    package.

    Returns
    -------
    One row for each claim (``claim_id`` is the index): ``facts`` (number), ``in_both`` (how many both texts support)
    and ``weakest``, the worst agreement of any of them, ordered from ``both`` to ``neither``.
    """
    agreed = evidence.agreement() if agreed is None else agreed
    facts = tables.load("claim_facts") if facts is None else facts
    joined = facts.merge(agreed[["fact_id", "agreement"]], on="fact_id", how="left", validate="many_to_one")
    order = pd.Categorical(joined["agreement"], categories=evidence.AGREEMENT, ordered=True)
    coded = joined.assign(code=order.codes, both=order == "both").groupby("claim_id", sort=False)
    return pd.DataFrame(
        {
            "facts": coded.size(),
            "in_both": coded["both"].sum(),
            "weakest": pd.Categorical.from_codes(coded["code"].max(), dtype=order.dtype),
        }
    )


def passed(rules: pd.DataFrame | None = None) -> pd.DataFrame:
    """What the claims of the data package that hold survive, one check in each column.

    ``rules`` is what :func:`under_rules` gives.

    Returns
    -------
    One row for each claim that holds, those that pass most first (``claim_id`` is the index), and
    True or False for: ``alone``, no single publisher's loss changes the verdict; the :data:`RULES` but ``any_date``;
    ``both``, all its facts stand in both translations.
    """
    rules = under_rules() if rules is None else rules
    holding = rules.index[rules["as_is"] == HOLDS]
    lone = lone_publishers()["claim_id"]
    checks = pd.DataFrame(
        {
            "alone": ~holding.isin(lone),
            **{name: (rules.loc[holding, name] == HOLDS).to_numpy() for name in RULES if name != "any_date"},
            "both": (support_in_article()["weakest"].reindex(holding) == "both").to_numpy(),
        },
        index=holding,
    )
    return checks.loc[checks.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def nearest(verdicts: pd.DataFrame | None = None, *, summary: pd.DataFrame | None = None) -> pd.DataFrame:
    """For each open claim the test that comes nearest to a decision, and what it lacks.

    Nearest is the test with the fewest reasons against it; of these a direct one before a proxy, then the strongest.
    Figures that are not independent of the article come last, since nothing can repair them.

    Parameters
    ----------
    verdicts, summary
        What ``claims.verdicts()`` and ``claims.summary()`` give; by default those of the data package.

    Returns
    -------
    One row for each claim whose headline is ``cannot tell``, fewest reasons first: ``claim_id``, ``label``, ``city``,
    ``test_id``, ``publisher``, ``date``, ``says``, ``reading``, ``reason`` and ``lacks`` (the number of reasons). A
    claim on which nothing is published stands last, with ``reason`` ``nothing published`` and no test.
    """
    table = claims.verdicts() if verdicts is None else verdicts
    summary = claims.summary(table) if summary is None else summary
    waiting = summary.loc[summary["headline"] == OPEN, ["claim_id", "label", "city"]]
    ranked = table.assign(
        lacks=table["reason"].str.count(";") + 1,
        dependent=table["reason"].fillna("").str.contains("not independent"),
        proxy=table["fit"] == "proxy",
        weight=-table["strength"],
    ).sort_values(["dependent", "lacks", "proxy", "weight"], kind="stable")
    first = ranked.drop_duplicates("claim_id")
    columns = ["claim_id", "test_id", "publisher", "date", "says", "reading", "reason", "lacks"]
    joined = waiting.merge(first[columns], on="claim_id", how="left")
    joined["reason"] = joined["reason"].fillna("nothing published")
    return joined.sort_values("lacks", kind="stable", na_position="last", ignore_index=True).astype({"lacks": "Int64"})


def obstacles(near: pd.DataFrame) -> pd.DataFrame:
    """What the nearest tests of the open claims lack, and how often it is all they lack.

    ``near`` is what :func:`nearest` gives. Returns ``reason``, ``alone`` and ``with_others`` (numbers of claims), the
    most frequent reason first.
    """
    reasons = near["reason"].str.split("; ")
    lone = reasons.str.len().eq(1)
    counts = {name: reasons[part].explode().value_counts() for name, part in (("alone", lone), ("with_others", ~lone))}
    order = reasons.explode().value_counts().rename_axis("reason")
    return pd.DataFrame(
        {name: count.reindex(order.index).fillna(0).astype(int) for name, count in counts.items()}, order.index
    ).reset_index()


def _at_home(verdicts: pd.DataFrame) -> pd.Series:
    """Whether a publisher puts its own place, and no other, ahead. Of several places together it favours none."""
    return verdicts["own_city"] & ~verdicts["places"].str.contains(";")
