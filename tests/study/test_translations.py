import pandas as pd
import pytest
from scipy.stats import beta

import aicities as ac
from aicities.study.translations import analysis


@pytest.fixture(scope="module")
def data():
    return ac.load_all()


def test_error_rates_count_statements_in_the_opening_and_after_it(data):
    rates = analysis.error_rates(data).set_index(["text", "part"])
    agreed = ac.evidence.by_statement(ac.evidence.agreement(data))
    opening = agreed[agreed["confirmed"]]
    assert rates.loc[("Japanese", "opening"), "wrong"] == (opening["ja"] != "supports").sum()
    assert rates.groupby(level="text")["statements"].sum().eq(len(agreed)).all()
    both = agreed[(agreed["ja"] != "supports") & (agreed["id"] != "supports")]
    assert rates.loc["both", "wrong"].sum() == len(both)
    # Clopper and Pearson by the quantiles of the beta distribution
    wrong, number = rates.loc[("Japanese", "rest"), ["wrong", "statements"]]
    assert rates.loc[("Japanese", "rest"), "low"] == pytest.approx(beta.ppf(0.025, wrong, number - wrong + 1))
    assert rates.loc[("Japanese", "rest"), "high"] == pytest.approx(beta.ppf(0.975, wrong + 1, number - wrong))


def test_error_rates_need_both_parts(data):
    known = data["evidence"][data["evidence"]["article_id"] != "zh"]
    with pytest.raises(ValueError, match="one of the two is empty"):
        analysis.error_rates(data | {"evidence": known})


def test_the_index_values_go_to_other_cities_in_the_japanese_text(data):
    pairs = analysis.pair_in_print_order(data, cities="composite_rank", values="composite_index")
    leader = pairs.loc[pairs.groupby("reading")["value"].idxmax()].set_index("reading")["city"]
    assert leader.to_dict() == {"Japanese": "Shenzhen", "Indonesian": "Beijing", "both together": "Beijing"}
    japanese = pairs[pairs["reading"] == "Japanese"]
    assert japanese["value"].tolist() == [1.0, 0.7449, 0.6266]
    assert japanese["city"].isna().tolist() == [False, False, True]


def test_another_article_changes_nothing(data):
    """Rows of a second work lie beside those of the article and are not counted with them."""
    work = ac.added("works", [{"work_id": "other", "kind": "event", "title_en": "Another"}])
    text = {"language": "en", "language_name": "English", "edition": "report", "coverage": "full", "work_id": "other"}
    text |= {"publisher": "X", "witness": "x", "title": "Y", "published": "2026-01-01"}
    texts = ac.added("articles", [text | {"article_id": "en-1"}, text | {"article_id": "en-2"}])
    fact = {"fact_id": "S901", "statement_id": "T901", "subject_id": "beijing", "dimension": "compute"}
    facts = ac.added("statements", [fact | {"kind": "facility", "claim": "It stands", "stated_by": "beijing"}])
    read = [{"fact_id": "S901", "article_id": name, "reading": "absent"} for name in ("en-1", "en-2")]
    more = data | {"works": work, "articles": texts, "statements": facts, "evidence": ac.added("evidence", read)}
    pd.testing.assert_frame_equal(analysis.error_rates(more), analysis.error_rates(data))
