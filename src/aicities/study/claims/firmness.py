"""The verdicts on the claims, taken apart: who votes, what each verdict would not survive, what open ones lack.

`verdicts` computes the verdicts. Here they are read: :func:`votes` names the publishers behind the
numbers of ``claims.summary()``, :func:`under_rules` and :func:`lone_publishers` say which verdicts change when less is
believed, :func:`support_in_article` how well the article itself is known, and :func:`nearest` how far an open claim is
from a decision.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from aicities import evidence
from aicities.study.claims.verdict import summary, verdicts
from aicities.votes import FAILS, HOLDS, OPEN, one_vote

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

Data = Mapping[str, pd.DataFrame]
RULES = {
    "high": "only high confidence",
    "exact": "'about' decides nothing",
    "page": "only with a known page",
    "away": "no publisher at home",
    "rounded": "floors as usage reads them",
    "any_date": "any date",
}
"""The rules of :func:`under_rules`, by key, in words."""


def votes(table: pd.DataFrame) -> pd.DataFrame:
    """The publishers that decide each claim, or lean to a side: those that ``claims.summary()`` counts.

    ``table`` is what ``claims.verdicts()`` gives.

    Returns
    -------
    One row for each claim, publisher and side: ``claim_id``, ``publisher_id``, ``side`` (``holds``, ``fails``, or
    ``split`` for a publisher whose decided tests contradict each other), ``decides`` (False for one that only leans,
    since all its readings were withheld) and ``own_city`` (all its tests on that side put the place where it sits, and
    no other, ahead). A publisher without a vote can lean to both sides.
    """
    table = table.assign(own_city=_at_home(table))
    rows = []
    for (claim, publisher), tests in table.groupby(["claim_id", "publisher_id"], sort=False):
        decided = tests[tests["verdict"] != OPEN]
        if len(decided):
            rows.append((claim, publisher, one_vote(decided["verdict"]), True, bool(decided["own_city"].all())))
            continue
        silent = tests[~tests["reason"].fillna("").str.contains("not independent|same figure")]
        for side in (HOLDS, FAILS):
            leaning = silent[silent["reading"] == side]
            if len(leaning):
                rows.append((claim, publisher, side, False, bool(leaning["own_city"].all())))
    return pd.DataFrame(rows, columns=["claim_id", "publisher_id", "side", "decides", "own_city"])


def withhold(table: pd.DataFrame, where: pd.Series, reason: str) -> pd.DataFrame:
    """The verdicts with those of some tests withheld, ``reason`` being added to theirs."""
    before = table["reason"].fillna("")
    reasons = before.where(before == "", before + "; ") + reason
    return table.assign(verdict=table["verdict"].mask(where, OPEN), reason=table["reason"].where(~where, reasons))


def under_rules(data: Data) -> pd.DataFrame:
    """The headline of each claim when more or less is believed.

    Returns
    -------
    One row for each claim (``claim_id`` is the index), with ``as_is`` and one column for each of :data:`RULES`:
    ``high``, only figures of high confidence decide; ``exact``, a value that is only about a number decides nothing;
    ``page``, only sources of which a page of the publisher or of a recognised outlet is known; ``away``, no publisher
    decides in favour of a place where it sits; ``rounded``, "more than" stays below the next round number;
    ``any_date``, figures from outside the claim's window decide, too.
    """
    table = verdicts(data)
    changed = {
        "as_is": table,
        "high": verdicts(data, least_confidence="high"),
        "exact": verdicts(data, tolerance=None),
        "page": withhold(table, table["url_kind"] == "none", "no known page"),
        "away": withhold(table, _at_home(table), "at home"),
        "rounded": verdicts(data, floors="rounded"),
        "any_date": verdicts(data, any_date=True),
    }
    return pd.DataFrame({name: summary(data, part).set_index("claim_id")["headline"] for name, part in changed.items()})


def lone_publishers(data: Data, table: pd.DataFrame) -> pd.DataFrame:
    """The publishers without whom a verdict would be another one; ``table`` is what ``claims.verdicts()`` gives.

    Returns
    -------
    ``claim_id``, ``publisher_id`` and ``without``, the headline that the claim would have: one row for each claim and
    publisher whose loss changes it.
    """
    known, decided = data["claims"], table[table["verdict"] != OPEN]
    rows = []
    for publisher, part in decided.groupby("publisher_id", sort=False):
        # nothing changes where a publisher decides nothing
        touched = {"claims": known[known["claim_id"].isin(part["claim_id"])]}
        here = table[table["claim_id"].isin(part["claim_id"])]
        before = summary(touched, here)
        after = summary(touched, here[here["publisher_id"] != publisher])
        changed = after[after["headline"] != before["headline"]]
        rows += [
            (claim, publisher, other) for claim, other in zip(changed["claim_id"], changed["headline"], strict=True)
        ]
    return pd.DataFrame(rows, columns=["claim_id", "publisher_id", "without"]).sort_values(
        "claim_id", kind="stable", ignore_index=True
    )


def support_in_article(data: Data) -> pd.DataFrame:
    """How well the two translations support the facts behind each claim.

    Returns
    -------
    One row for each claim (``claim_id`` is the index): ``facts`` (number), ``in_both`` (how many both texts support)
    and ``weakest``, the worst agreement of any of them, ordered from ``both`` to ``neither``.
    """
    agreed, facts = evidence.agreement(data), data["claim_facts"]
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


def passed(data: Data, rules: pd.DataFrame) -> pd.DataFrame:
    """What the claims that hold survive, one check in each column; ``rules`` is what :func:`under_rules` gives.

    Returns
    -------
    One row for each claim that holds, those that pass most first (``claim_id`` is the index), and
    True or False for: ``alone``, no single publisher's loss changes the verdict; the :data:`RULES` but ``any_date``;
    ``both``, all its facts stand in both translations.
    """
    holding = rules.index[rules["as_is"] == HOLDS]
    lone = lone_publishers(data, verdicts(data))["claim_id"]
    checks = pd.DataFrame(
        {
            "alone": ~holding.isin(lone),
            **{name: (rules.loc[holding, name] == HOLDS).to_numpy() for name in RULES if name != "any_date"},
            "both": (support_in_article(data)["weakest"].reindex(holding) == "both").to_numpy(),
        },
        index=holding,
    )
    return checks.loc[checks.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def nearest(table: pd.DataFrame, summed: pd.DataFrame) -> pd.DataFrame:
    """For each open claim the test that comes nearest to a decision, and what it lacks.

    Nearest is the test with the fewest reasons against it; of these a direct one before a proxy, then the strongest.
    Figures that are not independent of the article come last, since nothing can repair them.

    Parameters
    ----------
    table, summed
        What ``claims.verdicts()`` and ``claims.summary()`` give.

    Returns
    -------
    One row for each claim whose headline is ``cannot tell``, fewest reasons first: ``claim_id``, ``label``, ``city``,
    ``test_id``, ``publisher``, ``date``, ``says``, ``reading``, ``reason`` and ``lacks`` (the number of reasons). A
    claim on which nothing is published stands last, with ``reason`` ``nothing published`` and no test.
    """
    waiting = summed.loc[summed["headline"] == OPEN, ["claim_id", "label", "city"]]
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


def _at_home(table: pd.DataFrame) -> pd.Series:
    """Whether a publisher puts its own place, and no other, ahead. Of several places together it favours none."""
    return table["own_city"] & ~table["places"].str.contains(";")
