from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import Markdown
from IPython.utils.capture import capture_output
from scipy.stats import beta

import aicities as ac
from aicities.study.claims.praise import strengths
from aicities.study.compute import analysis as compute
from aicities.study.headline import analysis as headline
from aicities.study.policy import analysis as policy
from aicities.study.translations import analysis


@pytest.fixture(scope="module")
def data():
    return ac.load_all()


ROWS = [
    ("I1", "indicators", "T9", "A", "general", "both", True),
    ("I2", "indicators", "T9", None, "ranking", "conflict", False),
    ("S1", "statements", "T1", None, "general", "one only", False),
    ("S2", "statements", "T1", "B", "general", "neither", True),
    ("S3", "statements", "T1", None, "general", "neither", False),
]
COLUMNS = ["fact_id", "table", "statement_id", "city", "dimension", "agreement", "confirmed"]
KINDS = pd.CategoricalDtype(ac.evidence.AGREEMENT, ordered=True)
AGREED = pd.DataFrame(ROWS, columns=COLUMNS).astype({"agreement": KINDS})

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
EVENT = "beijing-compute-2026"


def run(notebook, *, until=None, **variables):
    """Run the code cells of a notebook here, up to a cell: the variables that it leaves, and what it shows."""
    shell, said = InteractiveShell.instance(), []
    given = "".join(f"\n{name} = {value!r}" for name, value in variables.items())
    with plt.rc_context():
        for cell in nbformat.read(NOTEBOOKS / notebook, as_version=4).cells:
            if cell.cell_type == "code":
                more = given if "parameters" in cell.metadata.get("tags", []) else ""
                with capture_output() as shown:
                    done = shell.run_cell(cell.source + more)
                done.raise_error()
                said += [one.data.get("text/markdown", "") or one.data["text/plain"] for one in shown.outputs]
                said += [done.result.data] if isinstance(done.result, Markdown) else []
            if cell.id == until:
                break
        plt.close("all")
    InteractiveShell.clear_instance()
    return shell.user_ns, "\n".join(said)


@pytest.fixture(scope="module")
def reports():
    """The two reports of notebook 08, stored beside the article."""
    return run("08-add-your-own.ipynb", until="art-c")[0]["mine"]


def without(data, article):
    """The tables without one text."""
    return data | {name: data[name][data[name]["article_id"] != article] for name in ("articles", "evidence")}


def test_the_notebook_runs_for_another_work(reports, monkeypatch):
    monkeypatch.setattr(ac, "load_all", lambda: reports)
    _, said = run("01-two-translations.ipynb", work=EVENT)
    for sentence in (
        "The texts make **9 statements**",
        "**2 full texts, 2 witnesses.**",
        "It found **15** expressions: 15 carry a fact",
        "As data it is a lower bound, **more than 700,000,000 CNY**",
        "The English text fails on **2** of 9 statements, the Indonesian on **3**; 0 are garbled in both",
        "no index value",
        "No opening",
        "two reports; own reading",
    ):
        assert sentence in said, sentence


@pytest.mark.parametrize("lacks", ["a second text", "numbers"])
def test_the_notebook_says_what_a_work_lacks(reports, monkeypatch, lacks):
    data = without(reports, "bharata")
    sentences = ["alone has 7 of 9", "**1 full text, 1 witness.**", "There is one text", "There is none.", "No opening"]
    if lacks == "numbers":
        claims = ["fact_id", "statement_id", "subject_id", "city", "dimension", "stated_by"]
        own = reports["indicators"]["fact_id"].isin(reports["evidence"].query("article_id == 'bharata'")["fact_id"])
        stated = reports["indicators"].loc[own, claims].assign(kind="fact", claim="Something")
        data = reports | {
            "indicators": reports["indicators"][~own],
            "statements": pd.concat([reports["statements"], stated]),
        }
        data |= {name: data[name].iloc[:0] for name in ("quantities", "quantity_facts")}
        sentences = ["no row of these texts", "There is no number", "no number in `indicators`", "There is none."]
    monkeypatch.setattr(ac, "load_all", lambda: data)
    _, said = run("01-two-translations.ipynb", work=EVENT)
    assert not [one for one in sentences if one not in said]


def test_a_statement_is_as_good_as_its_worst_fact():
    assert analysis.by_statement(AGREED)["fact_id"].tolist() == ["I2", "S2"]
    assert analysis.by_statement(AGREED, within=["city"])["fact_id"].tolist() == ["I1", "I2", "S3", "S2"]


def test_coverage_counts_statements_and_facts():
    table = analysis.coverage(AGREED, by="table").set_index("table")
    assert list(table.columns)[:6] == ["statements", "facts", *ac.evidence.AGREEMENT]
    assert table.loc["indicators"].tolist() == [1, 2, 0, 0, 1, 0, 0, 0, 0]
    assert table.loc["statements", ["statements", "facts", "neither", "share_both"]].tolist() == [1, 3, 1, 0]
    cities = analysis.coverage(AGREED, by=["city", "table"])
    assert cities["facts"].sum() == 5
    assert cities["city"].isna().sum() == 2
    assert analysis.coverage(AGREED)["dimension"].tolist() == ["general", "ranking"]
    with pytest.raises(ValueError, match="unknown column 'town'; expected one of fact_id"):
        analysis.coverage(AGREED, by="town")


@pytest.mark.parametrize("by", ["dimension", "table", "city"])
def test_coverage_counts_each_fact_once(data, by):
    agreed = ac.evidence.agreement(data)
    counted = analysis.coverage(agreed, by=by)
    assert counted["facts"].sum() == len(agreed)
    assert (counted[list(ac.evidence.AGREEMENT)].sum(axis=1) == counted["statements"]).all()
    assert counted["statements"].sum() == len(agreed.drop_duplicates([by, "statement_id"]))


def test_error_rates_count_statements_in_the_opening_and_after_it(data):
    rates = analysis.error_rates(data).set_index(["text", "part"])
    agreed = analysis.by_statement(ac.evidence.agreement(data))
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
    assert analysis.error_rates(data | {"evidence": known}).empty


def test_the_index_values_go_to_other_cities_in_the_japanese_text(data):
    pairs = analysis.pair_in_print_order(data, cities="composite_rank", values="composite_index")
    leader = pairs.loc[pairs.groupby("reading")["value"].idxmax()].set_index("reading")["city"]
    assert leader.to_dict() == {"Japanese": "Shenzhen", "Indonesian": "Beijing", "both together": "Beijing"}
    japanese = pairs[pairs["reading"] == "Japanese"]
    assert japanese["value"].tolist() == [1.0, 0.7449, 0.6266]
    assert japanese["city"].isna().tolist() == [False, False, True]


def test_another_article_changes_nothing(data):
    """Rows of a second work lie beside those of the article and are not counted with them."""
    data = ac.evidence.of_work(data)
    work = ac.added("works", [{"work_id": "other", "kind": "event", "title_en": "Another"}], to=data)
    text = {"language": "en", "language_name": "English", "edition": "report", "coverage": "full", "work_id": "other"}
    text |= {"publisher": "X", "witness": "x", "title": "Y", "published": "2026-01-01"}
    texts = ac.added("articles", [text | {"article_id": "en-1"}, text | {"article_id": "en-2"}], to=data)
    fact = {"fact_id": "S901", "statement_id": "T901", "subject_id": "beijing", "dimension": "compute"}
    facts = ac.added(
        "statements",
        [fact | {"kind": "advice", "city": "Beijing", "claim": "Build more", "stated_by": "beijing"}],
        to=data,
    )
    read = [{"fact_id": "S901", "article_id": name, "reading": "absent"} for name in ("en-1", "en-2")]
    measured = {"fact_id": "I901", "statement_id": "T902", "subject_id": "beijing", "city": "Beijing", "value": 2e5}
    measured |= {"dimension": "compute", "indicator": "intelligent_compute", "label": "Compute", "relation": "gt"}
    measured |= {"quantity": "compute", "unit": "PFLOPS", "derived": False, "stated_by": "beijing"}
    read += [row | {"fact_id": "I901"} for row in read]
    more = data | {"works": work, "articles": texts, "statements": facts}
    more |= {"indicators": ac.added("indicators", measured, to=data), "evidence": ac.added("evidence", read, to=data)}
    told = (analysis.error_rates, analysis.agreement_by_field, strengths, policy.strengths_and_advice,
            policy.advice, compute.collect, headline.numbers)  # fmt: skip
    for function in told:
        was, now = function(data), function(more)
        assert was.equals(now) if isinstance(was, pd.DataFrame) else was == now, function.__name__
