"""The verdicts taken apart, on tables made by hand and on those of the package."""

from __future__ import annotations

import pandas as pd
import pytest

import aicities as ac
from aicities.study import claims
from aicities.study.claims import firmness as factcheck

COLUMNS = [
    *("claim_id", "test_id", "places", "fit", "publisher_id", "publisher", "date", "says", "url_kind"),
    *("days_off", "strength", "own_city", "reading", "verdict", "reason"),
]


def made(*rows: dict) -> pd.DataFrame:
    """Verdicts as `claims.verdicts()` gives them: what a row does not say is ordinary."""
    usual = {
        "claim_id": "C01", "places": "Beijing", "fit": "direct", "publisher": "P", "date": "2024", "says": "x",
        "url_kind": "original", "days_off": 0, "strength": 2, "own_city": False, "reading": "holds", "reason": None,
    }  # fmt: skip
    filled = []
    for number, row in enumerate(rows, 1):
        full = usual | {"test_id": f"{row.get('claim_id', 'C01')}-{number:02d}"} | row
        full.setdefault("verdict", "cannot tell" if full["reason"] else full["reading"])
        filled.append(full)
    return pd.DataFrame(filled, columns=COLUMNS).astype({"reason": "str"})


def known(*ids: str, quantifier: str = "single") -> pd.DataFrame:
    return pd.DataFrame(
        [{"claim_id": one, "label": one, "city": None, "dimension": "x", "quantifier": quantifier} for one in ids]
    )


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    return claims.verdicts()


def test_a_publisher_votes_once_is_split_or_leans():
    table = made(
        {"publisher_id": "a"},
        {"publisher_id": "a"},
        {"publisher_id": "b", "reading": "fails"},
        {"publisher_id": "c"},
        {"publisher_id": "c", "reading": "fails"},
        {"publisher_id": "d", "reason": "other date"},
        {"publisher_id": "d", "reading": "fails", "reason": "other measure"},
        {"publisher_id": "e", "reason": "not independent"},
        {"publisher_id": "a", "reading": "fails", "reason": "other date"},
    )
    got = factcheck.votes(table)
    assert list(zip(got["publisher_id"], got["side"], got["decides"], strict=True)) == [
        ("a", "holds", True),
        ("b", "fails", True),
        ("c", "split", True),
        ("d", "holds", False),
        ("d", "fails", False),
    ]


def test_votes_are_those_that_the_summary_counts(real):
    votes = factcheck.votes(real)
    counted = votes.groupby(["claim_id", "side", "decides"]).size()
    for claim in claims.summary(real).itertuples():
        numbers = [counted.get((claim.claim_id, side, True), 0) for side in ("holds", "fails", "split")]
        assert numbers == [claim.publishers_for, claim.publishers_against, claim.publishers_split]
        leaning = [counted.get((claim.claim_id, side, False), 0) for side in ("holds", "fails")]
        assert leaning == [claim.leaning_for, claim.leaning_against]


def test_only_the_place_alone_makes_a_home():
    table = made(
        {"publisher_id": "a", "own_city": True},
        {"publisher_id": "b", "own_city": True, "places": "Beijing;Shanghai"},
        {"publisher_id": "c", "own_city": True},
        {"publisher_id": "c", "own_city": False},
    )
    assert factcheck.votes(table)["own_city"].tolist() == [True, False, False]


def test_withheld_tests_keep_their_reasons_and_lean():
    table = made({"publisher_id": "a"}, {"publisher_id": "b"}, {"publisher_id": "c", "reason": "bound"})
    got = factcheck.withhold(table, table["publisher_id"] != "a", "at home")
    assert got["verdict"].tolist() == ["holds", "cannot tell", "cannot tell"]
    assert got["reason"].fillna("").tolist() == ["", "at home", "bound; at home"]
    assert got["reading"].tolist() == ["holds"] * 3


def test_a_lone_publisher_is_one_without_whom_the_verdict_changes():
    table = made(
        {"publisher_id": "a"},
        {"claim_id": "C02", "publisher_id": "a"},
        {"claim_id": "C02", "publisher_id": "b"},
        {"claim_id": "C03", "publisher_id": "a"},
        {"claim_id": "C03", "publisher_id": "b", "reading": "fails"},
    )
    got = factcheck.lone_publishers(table, known=known("C01", "C02", "C03"))
    assert got.to_numpy().tolist() == [["C01", "a", "cannot tell"], ["C03", "a", "fails"], ["C03", "b", "holds"]]


def test_rules_change_one_thing_at_a_time(real):
    rules = factcheck.under_rules()
    assert list(rules.columns) == ["as_is", *factcheck.RULES]
    strict = claims.summary(claims.verdicts(least_confidence="high")).set_index("claim_id")["headline"]
    assert rules["high"].tolist() == strict.tolist()
    assert rules["as_is"].tolist() == claims.summary(real)["headline"].tolist()
    # the only figure on most unicorns that decides comes from a body of Beijing
    assert rules.loc["C14", ["as_is", "away"]].tolist() == ["holds", "cannot tell"]


def test_rules_take_other_tables():
    none = ac.load("claim_tests").head(0)
    assert set(factcheck.under_rules({"claim_tests": none}).to_numpy().ravel()) == {"cannot tell"}


def test_support_is_that_of_the_worst_fact():
    agreed = pd.DataFrame({"fact_id": ["f1", "f2", "f3"], "agreement": ["both", "conflict", "one only"]})
    facts = pd.DataFrame({"claim_id": ["C01", "C01", "C02"], "fact_id": ["f1", "f2", "f3"]})
    got = factcheck.support_in_article(agreed, facts=facts)
    assert got.loc["C01"].tolist() == [2, 1, "conflict"] and got.loc["C02"].tolist() == [1, 0, "one only"]


def test_what_holds_is_checked_and_sorted():
    passed = factcheck.passed()
    assert passed.dtypes.eq(bool).all()
    assert passed.sum(axis=1).is_monotonic_decreasing
    assert set(passed.index) == set(claims.summary().query("headline == 'holds'")["claim_id"])
    assert not passed.loc["C14", "alone"] and not passed.loc["C14", "both"] and passed.loc["C06"].all()


def test_the_nearest_test_lacks_least_and_is_direct_before_a_proxy():
    table = made(
        {"publisher_id": "a", "reason": "bound; other date"},
        {"publisher_id": "b", "reason": "other measure", "fit": "proxy", "strength": 3},
        {"publisher_id": "c", "reason": "bound", "strength": 1},
        {"claim_id": "C02", "publisher_id": "a", "reason": "not independent"},
        {"claim_id": "C02", "publisher_id": "b", "reason": "bound; other date; other measure"},
        {"claim_id": "C04", "publisher_id": "b"},
    )
    summary = claims.summary(table, claims=known("C01", "C02", "C03", "C04"))
    near = factcheck.nearest(table, summary=summary)
    assert near["claim_id"].tolist() == ["C01", "C02", "C03"]
    assert near["test_id"].fillna("").tolist() == ["C01-03", "C02-05", ""]
    assert near["reason"].iloc[2] == "nothing published"
    counted = factcheck.obstacles(near).set_index("reason")
    assert counted.loc["bound"].tolist() == [1, 1] and counted.loc["nothing published"].tolist() == [1, 0]
