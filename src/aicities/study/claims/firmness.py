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

__all__ = [
    "READINGS",
    "STRICTER",
    "admit",
    "hangs_on",
    "lone_publishers",
    "nearest",
    "obstacles",
    "passed",
    "shared_tests",
    "support_in_article",
    "under_rules",
    "voters",
    "withhold",
]

Data = Mapping[str, pd.DataFrame]
STRICTER = {
    "high": "only high confidence",
    "exact": "'about' decides nothing",
    "page": "only with a known page",
    "away": "no publisher at home",
}
"""The rules of :func:`under_rules` by which less is believed, by key, in words."""
READINGS = {
    "rounded": "floors as usage reads them",
    "any_date": "any date",
    "proxies": "proxies decide, too",
}
"""Its rules by which the same numbers are read in another way, or more of them are believed."""


def withhold(table: pd.DataFrame, where: pd.Series, reason: str) -> pd.DataFrame:
    """The verdicts with those of some tests withheld, ``reason`` being added to theirs.

    >>> table = pd.DataFrame({"verdict": ["holds", "fails"], "reason": [None, None]}, dtype="str")
    >>> withhold(table, table["verdict"] == "fails", "at home").loc[1].tolist()
    ['cannot tell', 'at home']
    """
    before = table["reason"].fillna("")
    reasons = before.where(before == "", before + "; ") + reason
    return table.assign(verdict=table["verdict"].mask(where, OPEN), reason=table["reason"].where(~where, reasons))


def admit(table: pd.DataFrame, reason: str) -> pd.DataFrame:
    """The verdicts with those of the tests that were withheld for this reason alone.

    >>> columns = {"reading": "holds", "verdict": "cannot tell"}
    >>> table = pd.DataFrame({"reason": ["other date", "other date; bound"], **columns}, dtype="str")
    >>> admit(table, "other date")["verdict"].tolist()
    ['holds', 'cannot tell']
    """
    alone = table["reason"] == reason
    return table.assign(verdict=table["verdict"].mask(alone, table["reading"]), reason=table["reason"].mask(alone))


def under_rules(data: Data) -> pd.DataFrame:
    """The headline of each claim when more or less is believed.

    Returns
    -------
    One row for each claim (``claim_id`` is the index), with ``as_is`` and one column for each rule in
    :data:`STRICTER` and :data:`READINGS`: ``high``, only figures of high confidence decide; ``exact``, a value that is
    only about a number decides nothing; ``page``, only sources of which a page of the publisher or of a recognised
    outlet is known; ``away``, no publisher decides that puts the place ahead where it sits; ``rounded``, "more than"
    stays below the next round number; ``any_date``, figures from outside the claim's window decide, too; ``proxies``,
    so do figures of something near.

    Examples
    --------
    >>> from aicities import load_all
    >>> under_rules(load_all()).loc["C14", ["as_is", "away"]].tolist()
    ['holds', 'cannot tell']
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

    Returns
    -------
    ``claim_id``, ``publisher_id`` and ``without``, the headline that the claim would have: one row for each claim and
    publisher whose loss changes it, in the order of the claims.

    Examples
    --------
    >>> from aicities import load_all
    >>> data = load_all()
    >>> lone = lone_publishers(data, verdicts(data)).set_index("claim_id")
    >>> lone.loc["C14"].tolist()
    ['kpmg-zgc', 'cannot tell']
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

    Parameters
    ----------
    data
        The tables ``claims`` and ``sources``.
    table, rules
        What ``claims.verdicts()`` and :func:`under_rules` give.

    Returns
    -------
    One row for each claim whose verdict is another one in some way (``claim_id`` is the index): ``label``, ``as_is``,
    and what the verdict would be: ``rounded``, with floors as usage reads them; ``proxies``, if proxies decided, too;
    ``away``, without publishers at home; ``alone``, without a publisher, which is named. Missing where it stays.

    Examples
    --------
    >>> from aicities import load_all
    >>> data = load_all()
    >>> found = hangs_on(data, verdicts(data), under_rules(data))
    >>> found.loc["C17", ["as_is", "rounded", "alone"]].tolist()
    ['holds', 'mixed', 'cannot tell without AI World']
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

    ``cast`` is what ``claims.votes()`` gives, or some of its rows.

    Returns
    -------
    One row for each publisher that decides: ``publisher_id``, ``short_name``, ``kind``, ``seat`` (missing where none
    is known), ``claims`` (number that it decides), ``for``, ``against``, ``split`` (as many as it does each way) and
    ``at_home`` (votes that put the city ahead in which it sits).

    Examples
    --------
    >>> from aicities import load_all
    >>> data = load_all()
    >>> found = voters(data, votes(verdicts(data))).set_index("publisher_id")
    >>> found.loc["fudan-university", ["kind", "seat"]].tolist()
    ['university', 'Shanghai']
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

    ``table`` is what ``claims.verdicts()`` gives.

    Returns
    -------
    One row for each: ``selection``, ``publisher``, ``date``, ``says`` and ``claims`` (their keys), those that decide
    most claims first.

    Examples
    --------
    >>> from aicities import load_all
    >>> found = shared_tests(verdicts(load_all())).set_index("publisher")
    >>> found.loc["AMiner", "claims"]
    'C02, C05, C34, C35'
    """
    decided = table[table["verdict"] != OPEN]
    by = decided.groupby("selection", sort=False)
    found = by.agg(publisher=("publisher", "first"), date=("date", "first"), says=("says", "first"))
    claims = by["claim_id"].unique()
    found = found.assign(claims=claims.map(", ".join), number=claims.map(len)).query("number > 1")
    return found.sort_values("number", ascending=False, kind="stable").drop(columns="number").reset_index()


def support_in_article(data: Data) -> pd.DataFrame:
    """How well the two translations support the facts behind each claim.

    Returns
    -------
    One row for each claim that has facts (``claim_id`` is the index): ``facts`` (number), ``in_both`` (how many both
    texts support) and ``weakest``, the worst agreement of any of them, ordered from ``both`` to ``neither``.

    Examples
    --------
    >>> from aicities import load_all
    >>> support_in_article(load_all()).loc["C14", "weakest"]
    'conflict'
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

    Claims that say only that something exists (``existence``) pass by their form: more lists can't take away that two
    of them differ. They are left out.

    Returns
    -------
    One row for each claim that holds, those that pass most first (``claim_id`` is the index), and True or False for:
    ``alone``, no single publisher's loss changes the verdict; the rules in :data:`STRICTER`; ``rounded``, it holds in
    both readings of floors; ``both``, all its facts stand in both translations (no fact, no doubt).

    Examples
    --------
    >>> from aicities import load_all
    >>> data = load_all()
    >>> checks = passed(data, under_rules(data))
    >>> checks.loc["C14", ["alone", "high", "away"]].tolist()
    [False, True, False]
    """
    known = data["claims"].set_index("claim_id")
    holding = rules.index[(rules["as_is"] == HOLDS) & ~known["existence"].reindex(rules.index).astype(bool)]
    lone = lone_publishers(data, verdicts(data))["claim_id"]
    weakest = support_in_article(data)["weakest"].astype("str").reindex(holding)
    checks = pd.DataFrame(
        {
            "alone": ~holding.isin(lone),
            **{name: (rules.loc[holding, name] == HOLDS).to_numpy() for name in (*STRICTER, "rounded")},
            "both": (weakest.isna() | (weakest == "both")).to_numpy(),
        },
        index=holding,
    )
    return checks.loc[checks.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def nearest(table: pd.DataFrame, summed: pd.DataFrame) -> pd.DataFrame:
    """For each open claim the test that comes nearest to a decision, and what it lacks.

    Nearest is a test that says something, with the fewest reasons against it; of these a direct one before a proxy,
    then the strongest. Figures that leave the answer open come after all that lean to a side, and those that are not
    independent of the article last, since nothing can repair them.

    Parameters
    ----------
    table, summed
        What ``claims.verdicts()`` and ``claims.summary()`` give.

    Returns
    -------
    One row for each claim whose headline is ``cannot tell``, fewest reasons first: ``claim_id``, ``label``, ``city``,
    ``test_id``, ``publisher``, ``date``, ``says``, ``reading``, ``reason`` and ``lacks`` (the number of reasons). A
    claim on which nothing is published stands last, with ``reason`` ``nothing published`` and no test.

    Examples
    --------
    >>> from aicities import load_all
    >>> data = load_all()
    >>> table = verdicts(data)
    >>> nearest(table, summary(data, table)).set_index("claim_id").loc["C13", "reason"]
    'other measure'
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
    """What the nearest tests of the open claims lack, and how often it is all they lack.

    ``near`` is what :func:`nearest` gives. Returns ``reason``, ``alone`` and ``with_others`` (numbers of claims), the
    most frequent reason first.

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
