"""The verdicts taken apart, on tables made by hand and on those of the package."""

from __future__ import annotations

import pandas as pd
import pytest

import aicities as ac
from aicities.study import claims
from aicities.study.claims import firmness

COLUMNS = [
    *("claim_id", "test_id", "selection", "places", "fit", "publisher_id", "publisher", "date", "says", "url_kind"),
    *("days_off", "strength", "own_city", "reading", "verdict", "reason"),
]


def made(*rows: dict) -> pd.DataFrame:
    """Verdicts as `claims.verdicts()` gives them: what a row does not say is ordinary."""
    usual = {
        "claim_id": "C01", "selection": "list", "places": "Beijing", "fit": "direct", "publisher": "P", "date": "2024",
        "says": "x", "url_kind": "original", "days_off": 0, "strength": 2, "own_city": False, "reading": "holds",
        "reason": None,
    }  # fmt: skip
    filled = []
    for number, row in enumerate(rows, 1):
        full = usual | {"test_id": f"{row.get('claim_id', 'C01')}-{number:02d}"} | row
        full.setdefault("verdict", "cannot tell" if full["reason"] else full["reading"])
        filled.append(full)
    return pd.DataFrame(filled, columns=COLUMNS).astype({"reason": "str"})


def known(*ids: str, quantifier: str = "single") -> dict[str, pd.DataFrame]:
    rows = [{"claim_id": one, "label": one, "city": None, "dimension": "x", "quantifier": quantifier} for one in ids]
    return {"claims": pd.DataFrame(rows)}


@pytest.fixture(scope="module")
def data() -> dict[str, pd.DataFrame]:
    return ac.load_all()


@pytest.fixture(scope="module")
def real(data: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return claims.verdicts(data)


@pytest.fixture(scope="module")
def rules(data: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return firmness.under_rules(data)


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
    got = claims.votes(table)
    assert list(zip(got["publisher_id"], got["side"], got["decides"], strict=True)) == [
        ("a", "holds", True),
        ("b", "fails", True),
        ("c", "split", True),
        ("d", "holds", False),
        ("d", "fails", False),
    ]


def test_votes_are_those_that_the_summary_counts(data, real):
    votes = claims.votes(real)
    counted = votes.groupby(["claim_id", "side", "decides"]).size()
    for claim in claims.summary(data, real).itertuples():
        numbers = [counted.get((claim.claim_id, side, True), 0) for side in ("holds", "fails", "split")]
        assert numbers == [claim.publishers_for, claim.publishers_against, claim.publishers_split]
        leaning = [counted.get((claim.claim_id, side, False), 0) for side in ("holds", "fails")]
        assert leaning == [claim.leaning_for, claim.leaning_against]


def test_a_publisher_is_at_home_if_all_that_it_says_on_that_side_is():
    table = made(
        {"publisher_id": "a", "own_city": True},
        {"publisher_id": "b", "own_city": True},
        {"publisher_id": "b", "own_city": False},
        {"publisher_id": "c", "own_city": True, "reason": "other date"},
    )
    got = claims.votes(table)
    assert got["own_city"].tolist() == [True, False, True]
    assert got["decides"].tolist() == [True, True, False]


def test_no_verdicts_no_votes():
    assert claims.votes(made()).empty


def test_withheld_tests_keep_their_reasons_and_lean():
    table = made({"publisher_id": "a"}, {"publisher_id": "b"}, {"publisher_id": "c", "reason": "bound"})
    got = firmness.withhold(table, table["publisher_id"] != "a", "at home")
    assert got["verdict"].tolist() == ["holds", "cannot tell", "cannot tell"]
    assert got["reason"].fillna("").tolist() == ["", "at home", "bound; at home"]
    assert got["reading"].tolist() == ["holds"] * 3


def test_what_was_withheld_for_one_reason_alone_is_admitted():
    table = made(
        {"publisher_id": "a", "reason": "other date"},
        {"publisher_id": "b", "reason": "other date; bound"},
        {"publisher_id": "c", "reading": "fails"},
    )
    got = firmness.admit(table, "other date")
    assert got["verdict"].tolist() == ["holds", "cannot tell", "fails"]
    assert got["reason"].fillna("").tolist() == ["", "other date; bound", ""]
    assert claims.summary(known("C01"), got)["headline"].tolist() == ["mixed"]


def test_a_lone_publisher_is_one_without_whom_the_verdict_changes():
    table = made(
        {"publisher_id": "a"},
        {"claim_id": "C02", "publisher_id": "a"},
        {"claim_id": "C02", "publisher_id": "b"},
        {"claim_id": "C03", "publisher_id": "a"},
        {"claim_id": "C03", "publisher_id": "b", "reading": "fails"},
    )
    got = firmness.lone_publishers(known("C01", "C02", "C03"), table)
    assert got.to_numpy().tolist() == [["C01", "a", "cannot tell"], ["C03", "a", "fails"], ["C03", "b", "holds"]]


def test_the_last_denial_of_a_claim_about_every_report_is_a_lone_one():
    table = made({"publisher_id": "a"}, {"publisher_id": "b", "reading": "fails"})
    got = firmness.lone_publishers(known("C01", quantifier="every"), table)
    assert got.to_numpy().tolist() == [["C01", "b", "holds"]]


def test_rules_change_one_thing_at_a_time(data, real, rules):
    assert list(rules.columns) == ["as_is", *firmness.STRICTER, *firmness.READINGS]
    strict = claims.summary(data, claims.verdicts(data, least_confidence="high")).set_index("claim_id")["headline"]
    assert rules["high"].tolist() == strict.tolist()
    assert rules["as_is"].tolist() == claims.summary(data, real)["headline"].tolist()
    # the only figure on most unicorns that decides comes from a body of Beijing
    assert rules.loc["C14", ["as_is", "away"]].tolist() == ["holds", "cannot tell"]
    # two more-thans are no longer open where each stays below the next round number
    assert rules.loc["C17", ["as_is", "rounded"]].tolist() == ["holds", "mixed"]


def test_rules_take_other_tables(data):
    none = data | {"claim_tests": data["claim_tests"].head(0)}
    assert set(firmness.under_rules(none).to_numpy().ravel()) == {"cannot tell"}


def test_support_is_that_of_the_worst_fact(data):
    linked = pd.DataFrame({"claim_id": ["C01", "C01", "C02"], "fact_id": ["I012", "I058", "I048"]})
    agreed = ac.evidence.agreement(data).set_index("fact_id")["agreement"]
    assert agreed[linked["fact_id"]].tolist()[1] == "conflict"
    got = firmness.support_in_article(data | {"claim_facts": linked})
    assert got["facts"].tolist() == [2, 1]
    assert got["weakest"].astype("str").tolist() == [max(agreed["I012"], "conflict"), agreed["I048"]]
    assert got["in_both"].tolist() == [(agreed[["I012", "I058"]] == "both").sum(), int(agreed["I048"] == "both")]


def test_what_holds_is_checked_and_sorted(data, real, rules):
    checks = firmness.passed(data, rules)
    assert checks.dtypes.eq(bool).all()
    assert checks.sum(axis=1).is_monotonic_decreasing
    holds = claims.summary(data, real).query("headline == 'holds'")["claim_id"]
    exists = data["claims"].loc[data["claims"]["existence"], "claim_id"]
    assert set(checks.index) == set(holds) - set(exists) and set(exists) & set(holds)
    assert not checks.loc["C14", "alone"] and not checks.loc["C14", "both"] and checks.loc["C06"].all()
    assert not checks.loc["C17", "rounded"]


def test_the_nearest_test_lacks_least_and_is_direct_before_a_proxy():
    table = made(
        {"publisher_id": "a", "reason": "bound; other date"},
        {"publisher_id": "b", "reason": "other measure", "fit": "proxy", "strength": 3},
        {"publisher_id": "c", "reason": "bound", "strength": 1},
        {"claim_id": "C02", "publisher_id": "a", "reason": "not independent"},
        {"claim_id": "C02", "publisher_id": "b", "reason": "bound; other date; other measure"},
        {"claim_id": "C04", "publisher_id": "b"},
        {"claim_id": "C05", "publisher_id": "a", "reason": "missing place", "reading": "cannot tell"},
        {"claim_id": "C05", "publisher_id": "b", "reason": "other date; other measure", "fit": "proxy"},
    )
    summary = claims.summary(known("C01", "C02", "C03", "C04", "C05"), table)
    near = firmness.nearest(table, summary)
    assert near["claim_id"].tolist() == ["C01", "C05", "C02", "C03"]
    # what says nothing is farther from a decision than what lacks more
    assert near["test_id"].fillna("").tolist() == ["C01-03", "C05-08", "C02-05", ""]
    assert near["reason"].iloc[3] == "nothing published"
    counted = firmness.obstacles(near).set_index("reason")
    assert counted.loc["bound"].tolist() == [1, 1] and counted.loc["other date"].tolist() == [0, 2]
    assert counted.loc["nothing published"].tolist() == [1, 0]


def test_a_verdict_hangs_on_what_would_change_it(data, real, rules):
    found = firmness.hangs_on(data, real, rules)
    assert found.loc["C17", ["as_is", "rounded"]].tolist() == ["holds", "mixed"]
    assert found.loc["C14", "alone"] == "cannot tell without KPMG and ZGC"
    assert found.loc["C23", ["alone", "rounded", "proxies"]].isna().all() and found.loc["C23", "away"] == "cannot tell"
    # nothing moves this one
    assert "C02" not in found.index
    for name in ("rounded", "proxies", "away"):
        changed = found.index[found[name].notna()]
        assert set(changed) == set(rules.index[rules[name] != rules["as_is"]])


def test_voters_are_publishers_with_their_kind_and_seat(data, real):
    cast = claims.votes(real)
    found = firmness.voters(data, cast)
    assert found["claims"].sum() == cast["decides"].sum()
    assert (found[["for", "against", "split"]].sum(axis=1) == found["claims"]).all()
    assert found["claims"].is_monotonic_decreasing and found["publisher_id"].is_unique
    assert found["at_home"].sum() == (cast["decides"] & cast["own_city"]).sum()
    assert not found["kind"].str.contains("_").any()


def test_one_list_can_decide_several_claims():
    table = made(
        {"selection": "a"},
        {"claim_id": "C02", "selection": "a"},
        {"claim_id": "C02", "selection": "a"},
        {"claim_id": "C03", "selection": "a", "reason": "other date"},
        {"claim_id": "C03", "selection": "b"},
    )
    found = firmness.shared_tests(table)
    assert found[["selection", "claims"]].to_numpy().tolist() == [["a", "C01, C02"]]
