"""The data package itself: valid, complete, and traceable to the texts."""

from __future__ import annotations

import json
import re
import shutil
from itertools import product
from pathlib import Path

import frictionless
import pandas as pd
import pytest

import aicities as ac
from aicities import evidence
from tools.pages import dictionary

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
TEXTS = ROOT.parent / "shared" / "sources"
PACKAGE = json.loads((DATA / "datapackage.json").read_text("utf-8"))

needs_texts = pytest.mark.skipif(not TEXTS.is_dir(), reason="the articles are not here; their text is not ours to give")


def test_frictionless_finds_the_package_valid() -> None:
    report = frictionless.Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])
    assert len(report.tasks) == len(PACKAGE["resources"])


def test_frictionless_would_see_a_fault(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = folder / "evidence.csv"
    path.write_text(path.read_text("utf-8").replace(",supports,", ",support,", 1), "utf-8")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert not report.valid
    found = ac.check(folder)
    assert found[["file", "column", "value"]].values.tolist() == [["evidence.csv", "reading", "support"]]


def test_check_finds_nothing() -> None:
    assert ac.check().values.tolist() == []


@pytest.mark.parametrize("name", ac.names())
def test_every_table_is_loaded_whole(name: str) -> None:
    path = next(resource["path"] for resource in PACKAGE["resources"] if resource["name"] == name)
    plain = pd.read_csv(DATA / path, dtype=str, keep_default_na=False)
    table = ac.load(name)
    assert table.columns.tolist() == plain.columns.tolist()
    assert table.isna().to_numpy().tolist() == (plain == "").to_numpy().tolist()
    for column in table.columns[[isinstance(dtype, pd.StringDtype) for dtype in table.dtypes]]:
        assert table[column].fillna("").tolist() == plain[column].tolist()


@pytest.mark.parametrize("name", ac.names())
def test_every_table_and_column_is_described(name: str) -> None:
    resource = next(resource for resource in PACKAGE["resources"] if resource["name"] == name)
    assert resource["title"] and resource["description"]
    assert ac.describe(name)["description"].notna().all()
    assert resource["schema"].get("primaryKey")


@pytest.mark.parametrize("name", ac.names())
def test_no_text_has_blanks_at_its_ends_or_twice(name: str) -> None:
    table = ac.load(name)
    for column in table.columns[[isinstance(dtype, pd.StringDtype) for dtype in table.dtypes]]:
        texts = table[column].dropna()
        untidy = (
            texts[texts != texts.str.strip()] if column == "token" else texts[texts != texts.str.split().str.join(" ")]
        )
        assert untidy.tolist() == [], column


def test_the_dictionary_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert dictionary.main(["--check"]) == 0, capsys.readouterr().err


def test_the_dictionary_holds_every_column() -> None:
    text = (DATA / "README.md").read_text("utf-8")
    for resource in PACKAGE["resources"]:
        section = re.search(rf"^## {resource['name']}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section is not None
        for field in resource["schema"]["fields"]:
            assert f"| `{field['name']}` |" in section[1]


def test_a_stale_dictionary_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described["resources"][0]["schema"]["fields"][0]["description"] = "Another | *meaning*"
    (folder / "datapackage.json").write_text(json.dumps(described), "utf-8")
    before = (folder / "README.md").read_text("utf-8")
    assert dictionary.main(["--check", "--data", str(folder)]) == 1
    assert (folder / "README.md").read_text("utf-8") == before
    assert dictionary.main(["--data", str(folder)]) == 0
    assert r"| Another \| \*meaning\* |" in (folder / "README.md").read_text("utf-8")
    assert dictionary.main(["--check", "--data", str(folder)]) == 0
    (folder / "datapackage.json").write_text("{")
    assert dictionary.main(["--data", str(folder)]) == 1
    assert "is not JSON" in capsys.readouterr().err


@needs_texts
def test_every_token_stands_where_the_evidence_says() -> None:
    result = evidence.verify(TEXTS, ac.load_all())
    assert result.loc[~result["ok"]].values.tolist() == []
    places = ac.load("evidence")["token"].notna().sum()
    assert result["fact_id"].notna().sum() == places > 600


@needs_texts
@pytest.mark.parametrize("article", ["ja", "id"])
def test_every_form_of_an_entity_occurs_in_its_text(article: str) -> None:
    name = ac.load("articles").set_index("article_id").loc[article, "file_name"]
    text = (TEXTS / name).read_text("utf-8")
    forms = ac.load("entities")[f"form_{article}"].dropna()
    assert [form for form in forms if form not in text] == []


def test_an_entity_has_a_form_unless_it_is_absent() -> None:
    entities = ac.load("entities")
    for article in ("ja", "id"):
        absent = entities[f"form_{article}_reading"] == "absent"
        assert (entities[f"form_{article}"].isna() == absent).all()


def test_tokens_are_short() -> None:
    tokens = ac.load("evidence")["token"].dropna()
    forms = ac.load("entities")[["form_ja", "form_id"]].stack()
    assert tokens.str.len().max() <= 24
    assert forms.str.len().max() <= 24


def test_evidence_names_its_whole_place_or_none() -> None:
    table = ac.load("evidence")
    named = table[evidence.PLACE].notna()
    assert (named.all(axis=1) == named.any(axis=1)).all()
    there = table["reading"].isin(["supports", "garbled"])
    assert (named.all(axis=1) == there).all()
    assert (table["end"] - table["start"] == table["token"].str.len()).loc[there].all()
    assert table.loc[table["reading"] == "garbled", "says"].notna().all()


def test_each_fact_has_one_row_of_evidence_per_translation() -> None:
    data = evidence.of_work(ac.load_all())
    facts, table = evidence.facts(data)["fact_id"], data["evidence"]
    for article in ("ja", "id"):
        rows = table.loc[table["article_id"] == article]
        assert sorted(rows["fact_id"]) == sorted(facts)
        assert set(rows["reading"]) <= {"supports", "garbled", "absent"}
    assert set(table.loc[table["article_id"] == "zh", "reading"]) == {"confirmed"}


def test_no_fact_rests_on_nothing() -> None:
    data = ac.load_all()
    for work in data["works"]["work_id"]:
        agreed, texts = evidence.agreement(data, work=work), data["articles"].query("work_id == @work")
        read = agreed[texts.loc[texts["coverage"] == "full", "article_id"].tolist()]
        lost = (read == "absent").all(axis=1) & ~agreed["confirmed"]
        assert agreed.loc[lost, "fact_id"].tolist() == []


def test_facts_of_one_sentence_share_their_statement() -> None:
    facts = evidence.facts(ac.load_all())
    joined = facts.groupby("statement_id")["city"].nunique()
    assert (joined > 1).any()
    assert facts["statement_id"].notna().all()


def test_an_amount_has_a_value_and_a_first_is_one() -> None:
    table = ac.load("indicators")
    amounts = table["relation"].isin(["gt", "ge", "approx", "lt", "le", "rank"])
    assert table.loc[amounts, "value"].notna().all()
    dated = table["unit"] == "date"
    assert table.loc[(table["relation"] == "eq") & ~dated, "value"].notna().all()
    assert table.loc[dated, "period"].notna().all()
    assert (table.loc[table["relation"] == "first", "value"].dropna() == 1).all()


def test_statements_are_counted_beside_facts() -> None:
    facts = evidence.facts(evidence.of_work(ac.load_all()))
    assert len(facts) == 368
    assert facts["statement_id"].nunique() == 268
    several = facts[facts.duplicated("statement_id", keep=False)]
    alike = several.groupby("statement_id")
    assert alike["dimension"].nunique().eq(1).all()
    assert alike["stated_by"].nunique().eq(1).all()


def test_both_translations_are_one_witness() -> None:
    articles = evidence.of_work(ac.load_all())["articles"].set_index("article_id")
    assert articles.loc["ja", "witness"] == articles.loc["id", "witness"] != articles.loc["zh", "witness"]
    assert articles[["carrier", "url"]].notna().all(axis=None)


def test_questions_of_our_own_and_claims_of_existence_are_marked() -> None:
    claims = ac.load("claims").set_index("claim_id")
    assert (claims["existence"] == (claims["quantifier"] == "varies")).all()
    assert set(claims.index[claims["origin"] == "ours"]) == {"C29", "C34", "C35", "C36", "C37", "C38", "C40"}
    facts = ac.load("claim_facts")
    assert set(facts["claim_id"]) == set(claims.index)


def test_no_closed_list_ends_with_a_year() -> None:
    for resource in PACKAGE["resources"]:
        for field in resource["schema"]["fields"]:
            if "year" in field["name"]:
                assert "maximum" not in field.get("constraints", {}), field["name"]


def test_nothing_lies_beyond_what_its_own_table_says_of_its_size() -> None:
    data = ac.load_all()
    ranks = data["league_table_entries"].merge(data["league_tables"][["table_id", "n_assessed", "n_published"]])
    for column, size in product(("rank", "rank_best", "rank_worst"), ("n_assessed", "n_published")):
        assert not (ranks[column] > ranks[size]).any(), f"{column} beyond {size}"
    for name, (column, size) in product(
        ("evidence", "quantities"), (("end", "characters"), ("paragraph", "paragraphs"))
    ):
        placed = data[name].merge(data["articles"][["article_id", size]])
        assert not (placed[column] > placed[size]).any(), f"{column} of {name} beyond {size}"
