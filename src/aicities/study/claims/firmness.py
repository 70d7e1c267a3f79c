"""The verdicts on the claims, taken apart: what each would not survive, and what the open ones lack.

:func:`under_rules` and :func:`lone_publishers` say which verdicts change when more or less is believed, :func:`passed`
what a claim that holds survives, :func:`support_in_article` how well the article itself is known, and :func:`nearest`
how far an open claim is from a decision.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from aicities import evidence
from aicities.study.claims.verdict import NOTHING, headline, summary, verdicts, votes
from aicities.votes import FAILS, HOLDS, OPEN, SPLIT

Data = Mapping[str, pd.DataFrame]
STRICTER = {
    "high": "only high confidence",
    "exact": "'about' decides nothing",
    "page": "only with a known page",
    "away": "no publisher at home",
}
"""The rules of :func:`under_rules` by which less is believed, by key, in words."""
READINGS = {"rounded": "floors as usage reads them", "any_date": "any date", "proxies": "proxies decide, too"}
"""Its rules by which the same numbers are read in another way, or more of them are believed."""


def withhold(table: pd.DataFrame, where: pd.Series, reason: str) -> pd.DataFrame:
    """The verdicts with those of some tests withheld, ``reason`` being added to theirs."""
    before = table["reason"].fillna("")
    reasons = before.where(before == "", before + "; ") + reason
    return table.assign(verdict=table["verdict"].mask(where, OPEN), reason=table["reason"].where(~where, reasons))


def admit(table: pd.DataFrame, reason: str) -> pd.DataFrame:
    """The verdicts with those of the tests that were withheld for this reason alone."""
    alone = table["reason"] == reason
    return table.assign(verdict=table["verdict"].mask(alone, table["reading"]), reason=table["reason"].mask(alone))


def under_rules(data: Data) -> pd.DataFrame:
    """The headline of each claim when more or less is believed.

    One row for each claim (``claim_id`` is the index), with ``as_is`` and one column for each rule in :data:`STRICTER`
    and :data:`READINGS`: by each of them one rule changes, and all others stay.
    """
    table = verdicts(data)
    changed = {
        "as_is": table,
        "high": withhold(table, table["confidence"] != "high", "not high confidence"),
        "exact": verdicts(data, tolerance=None),
        "page": withhold(table, table["url_kind"] == "none", "no known page"),
        "away": withhold(table, table["own_city"], "at home"),
        "rounded": verdicts(data, floors="rounded"),
        "any_date": admit(table, "other date"),
        "proxies": admit(table, "other measure"),
    }
    return pd.DataFrame({name: summary(data, part).set_index("claim_id")["headline"] for name, part in changed.items()})


def lone_publishers(data: Data, table: pd.DataFrame) -> pd.DataFrame:
    """The publishers without whom a verdict would be another one; ``table`` is what ``claims.verdicts()`` gives.

    One row for each claim and publisher whose loss changes it: ``claim_id``, ``publisher_id`` and ``without``, the
    headline that the claim would have.
    """
    cast = votes(table)
    deciding = cast[cast["decides"]]
    rows = []
    for claim in data["claims"].itertuples():
        own = deciding[deciding["claim_id"] == claim.claim_id]
        sides = dict(zip(own["publisher_id"], own["side"], strict=True))
        before = headline(claim.quantifier, sides.values())
        for publisher in sides:
            after = headline(claim.quantifier, [side for name, side in sides.items() if name != publisher])
            if after != before:
                rows.append((claim.claim_id, publisher, after))
    return pd.DataFrame(rows, columns=["claim_id", "publisher_id", "without"])


def hangs_on(data: Data, table: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """The verdicts that hang on a reading of floors, on proxies, on publishers at home, or on a single publisher.

    ``table`` and ``rules`` are what ``claims.verdicts()`` and :func:`under_rules` give. One row for each such claim
    (the index): ``label``, ``as_is`` and the other verdict under ``rounded``, ``proxies``, ``away`` and ``alone``.
    """
    names = data["sources"].drop_duplicates("publisher_id").set_index("publisher_id")["short_name"]
    lone = lone_publishers(data, table)
    told = lone["without"] + " without " + lone["publisher_id"].map(names)
    ways = rules[["rounded", "proxies", "away"]]
    found = ways.where(ways.ne(rules["as_is"], axis=0)).assign(alone=told.groupby(lone["claim_id"]).agg("; ".join))
    found = found[found.notna().any(axis=1)]
    labels = data["claims"].set_index("claim_id")["label"]
    found.insert(0, "label", labels.reindex(found.index))
    found.insert(1, "as_is", rules["as_is"].reindex(found.index))
    return found


def voters(data: Data, cast: pd.DataFrame) -> pd.DataFrame:
    """Who decides: the publishers with their kind and their seat, those that decide most claims first.

    ``cast`` is what ``claims.votes()`` gives, or some of its rows. ``seat`` is missing where none is known; ``claims``
    are those that it decides, ``at_home`` its votes that put the city ahead in which it sits.
    """
    deciding = cast[cast["decides"]]
    sides = pd.crosstab(deciding["publisher_id"], deciding["side"]).reindex(columns=[HOLDS, FAILS, SPLIT], fill_value=0)
    sides.columns = pd.Index(["for", "against", "split"])
    counts = sides.assign(claims=sides.sum(axis=1), at_home=deciding.groupby("publisher_id")["own_city"].sum())
    known = data["sources"].drop_duplicates("publisher_id").set_index("publisher_id")
    about = known[["short_name", "publisher_kind", "publisher_home"]].set_axis(["short_name", "kind", "seat"], axis=1)
    about = about.assign(kind=about["kind"].str.replace("_", " "))
    joined = counts.join(about).rename_axis("publisher_id").reset_index()
    columns = ["publisher_id", "short_name", "kind", "seat", "claims", "for", "against", "split", "at_home"]
    return joined.sort_values(["claims", "short_name"], ascending=[False, True], ignore_index=True)[columns]


def shared_tests(table: pd.DataFrame) -> pd.DataFrame:
    """Published tables and groups of figures that decide more than one claim, so that these verdicts hang together.

    ``table`` is what ``claims.verdicts()`` gives. One row for each: ``selection``, ``publisher``, ``date``, ``says``
    and ``claims`` (their keys), those that decide most claims first.
    """
    decided = table[table["verdict"] != OPEN]
    by = decided.groupby("selection", sort=False)
    found = by.agg(publisher=("publisher", "first"), date=("date", "first"), says=("says", "first"))
    claims = by["claim_id"].unique()
    found = found.assign(claims=claims.map(", ".join), number=claims.map(len)).query("number > 1")
    return found.sort_values("number", ascending=False, kind="stable").drop(columns="number").reset_index()


def support_in_article(data: Data) -> pd.DataFrame:
    """How well the two translations support the facts behind each claim that has facts (``claim_id`` is the index).

    ``facts`` is their number, ``in_both`` how many both texts support, and ``weakest`` the worst agreement of any of
    them.
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

    Claims that say only that something exists (``existence``) pass by their form and are left out. True or False for
    ``alone`` (no single publisher's loss changes the verdict), the rules in :data:`STRICTER`, ``rounded`` (both
    readings of floors) and ``both`` (all its facts stand in both translations); claims that pass most come first.
    """
    known = data["claims"].set_index("claim_id")
    holding = rules.index[(rules["as_is"] == HOLDS) & ~known["existence"].reindex(rules.index).astype(bool)]
    weakest = support_in_article(data)["weakest"].astype("str").reindex(holding)
    checks = rules.loc[holding, [*STRICTER, "rounded"]] == HOLDS
    checks.insert(0, "alone", ~holding.isin(lone_publishers(data, verdicts(data))["claim_id"]))
    checks["both"] = weakest.isna() | (weakest == "both")
    return checks.loc[checks.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def nearest(table: pd.DataFrame, summed: pd.DataFrame) -> pd.DataFrame:
    """For each open claim the test that comes nearest to a decision, and what it lacks, fewest reasons first.

    Nearest is a test that says something, with the fewest reasons against it; then a direct one before a proxy, then
    the strongest. Those that are not independent of the article come last, since nothing can repair them. ``lacks`` is
    the number of reasons; a claim on which nothing is published stands last, without a test.
    """
    waiting = summed.loc[summed["headline"] == OPEN, ["claim_id", "label", "city"]]
    ranked = table.assign(
        lacks=table["reason"].str.count(";") + 1,
        dependent=table["reason"].fillna("").str.contains("not independent"),
        silent=table["reading"] == OPEN,
        proxy=table["fit"] == "proxy",
        weight=-table["strength"],
    ).sort_values(["dependent", "silent", "lacks", "proxy", "weight"], kind="stable")
    first = ranked.drop_duplicates("claim_id")
    columns = ["claim_id", "test_id", "publisher", "date", "says", "reading", "reason", "lacks"]
    joined = waiting.merge(first[columns], on="claim_id", how="left")
    joined["reason"] = joined["reason"].fillna(NOTHING)
    return joined.sort_values("lacks", kind="stable", na_position="last", ignore_index=True).astype({"lacks": "Int64"})


def obstacles(near: pd.DataFrame) -> pd.DataFrame:
    """What the nearest tests of the open claims lack, and how often it is all they lack: ``alone`` and ``with_others``.

    >>> obstacles(pd.DataFrame({"reason": ["bound", "bound; other date"]})).to_numpy().tolist()
    [['bound', 1, 1], ['other date', 0, 1]]
    """
    reasons = near["reason"].str.split("; ")
    lone = reasons.str.len().eq(1)
    counts = {name: reasons[part].explode().value_counts() for name, part in (("alone", lone), ("with_others", ~lone))}
    order = reasons.explode().value_counts().rename_axis("reason")
    return pd.DataFrame(
        {name: count.reindex(order.index).fillna(0).astype(int) for name, count in counts.items()}, order.index
    ).reset_index()
