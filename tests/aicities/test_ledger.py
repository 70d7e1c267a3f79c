"""The ledger: every quantity of a text carries a fact, or says why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

import aicities as ac
from aicities.study.additions.analysis import quantity_rows

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
FILES = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in SOURCES.rglob("*.txt")}
TEXTS = list(ac.load("quantities")["article_id"].unique())
AT_HAND = ac.load("articles").query("sha256 in @FILES")


@pytest.fixture(scope="module")
def ledger():
    return ac.load("quantities")


@pytest.fixture(scope="module")
def carried(ledger):
    """Quantities with the indicator that they carry, where that text supports it."""
    links = ledger.merge(ac.load("quantity_facts"), on="quantity_id")
    indicators = ac.load("indicators")[["fact_id", "relation", "value", "unit", "period", "derived"]]
    known = links.merge(indicators, on="fact_id", suffixes=("", "_fact"))
    readings = ac.load("evidence")[["fact_id", "article_id", "reading"]]
    return known.merge(readings, on=["fact_id", "article_id"]).query("reading == 'supports'")


def test_each_quantity_carries_a_fact_or_is_dismissed(ledger):
    carrying = ledger["quantity_id"].isin(ac.load("quantity_facts")["quantity_id"])
    wrong = ledger[carrying == ledger["dismissed"].notna()]
    assert wrong.empty, f"carry a fact and are dismissed, or neither: {wrong['quantity_id'].tolist()}"


def test_quantities_stand_in_the_order_of_the_texts_and_do_not_overlap(ledger):
    for text in TEXTS:
        here = ledger[ledger["article_id"] == text]
        assert (here["start"].iloc[1:].to_numpy() >= here["end"].iloc[:-1].to_numpy()).all()


def test_the_value_of_a_quantity_is_the_value_of_its_fact(carried):
    """Numbers, dates and years; a range carries its two ends, a top three the three places."""
    for row in carried.itertuples():
        if row.unit_fact == "date":
            agrees = str(row.period).endswith(row.value.lstrip("-"))
        elif row.kind == "range":
            agrees = str(int(row.value_fact)) in (row.low, row.high)
        elif pd.isna(row.value_fact):  # one of the largest: a place among the first, without a number
            agrees = row.relation == "among_first" and row.flags == "one_of"
        else:
            agrees = float(row.value) == row.value_fact
        assert agrees, f"{row.quantity_id} {row.token!r} is {row.value}, {row.fact_id} has {row.value_fact}"


def test_the_qualifier_of_a_quantity_is_the_relation_of_its_fact(carried):
    meant = {"about": "approx", "more_than": "gt", "at_least": "ge", "less_than": "lt", "up_to": "le"}
    qualified = carried[carried["qualifier"] != "none"]
    wrong = qualified[qualified["qualifier"].map(meant | {"nearly": "approx"}) != qualified["relation"]]
    assert len(qualified) and wrong.empty, wrong[
        ["quantity_id", "token", "qualifier", "fact_id", "relation"]
    ].to_string()


@pytest.mark.parametrize("text", TEXTS)
def test_no_printed_number_of_an_indicator_is_without_a_quantity(ledger, text):
    """Indicators that this text supports with a number of their own: counts, amounts, dates, percentages."""
    evidence = ac.load("evidence").query("article_id == @text and reading == 'supports'")
    indicators = ac.load("indicators").merge(evidence, on="fact_id")
    counted = indicators[~indicators["derived"] & ~indicators["unit"].isin(["rank", "echelon"])]
    counted = counted[counted["value"] != 0]  # none of them: a word, and no quantity in any of the four languages
    carrying = ac.load("quantity_facts").merge(ledger[ledger["article_id"] == text], on="quantity_id")["fact_id"]
    lacking = counted[~counted["fact_id"].isin(carrying)]
    assert lacking.empty, f"no quantity of {text!r} carries {lacking['fact_id'].tolist()}"


@pytest.mark.parametrize("row", list(AT_HAND.itertuples()), ids=lambda row: row.article_id)
def test_the_ledger_is_what_the_extractor_finds(ledger, row):
    """In each text whose file is beside the checkout."""
    text, saved = FILES[row.sha256].read_bytes().decode("utf-8"), ledger[ledger["article_id"] == row.article_id]
    assert len(saved), f"quantities has no row of {row.article_id!r}; study.additions.analysis.ledger makes them"
    fresh = quantity_rows(text, row.article_id, row.language, after=int(saved["quantity_id"].iloc[0][1:]) - 1)
    found = ac.added("quantities", fresh, to=ledger.head(0)).drop(columns="dismissed")
    pd.testing.assert_frame_equal(found, saved.drop(columns="dismissed").reset_index(drop=True))
