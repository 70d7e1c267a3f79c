"""Facts and their evidence: joined, counted, and checked against texts."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicities import evidence
from aicities.study.claims.praise import strengths
from aicities.tables import DataError

TEXT = "title\n\n  \nIn Aland there are 12 towers.\r\nBland has 深圳 too.\n"
SHA = hashlib.sha256(TEXT.encode()).hexdigest()


def fact(number: str, **more: Any) -> dict[str, Any]:
    common = {"statement_id": "T1", "subject_id": "x", "city": None, "dimension": "general", "stated_by": "y"}
    return {"fact_id": number, **common, **more}


INDICATORS = pd.DataFrame([fact("I1", label="towers", city="A"), fact("I2", label="rank", dimension="ranking")])
STATEMENTS = pd.DataFrame(
    [fact("S1", claim="A is high"), fact("S2", claim="B is low", city="B"), fact("S3", claim="?")]
)
WORKS = pd.DataFrame({"work_id": ["w1", "w2"], "kind": ["article", "event"]})
ARTICLES = pd.DataFrame(
    {
        "article_id": ["ja", "id", "zh"],
        "work_id": "w1",
        "coverage": ["full", "full", "opening"],
        "language": ["ja", "id", "zh-Hans"],
        "file_name": ["one.txt", "two.txt", None],
        "sha256": [SHA, "0" * 64, None],
        "characters": pd.array([len(TEXT), None, None], dtype="Int64"),
        "paragraphs": pd.array([3, None, None], dtype="Int64"),
    }
).astype({"file_name": "str", "sha256": "str"})


def rows(readings: dict[str, tuple[str, str]], confirmed: tuple[str, ...] = ()) -> pd.DataFrame:
    listed = [
        (key, article, said) for key, both in readings.items() for article, said in zip(("ja", "id"), both, strict=True)
    ]
    listed += [(key, "zh", "confirmed") for key in confirmed]
    table = pd.DataFrame(listed, columns=["fact_id", "article_id", "reading"])
    places = {name: pd.array([None] * len(table), dtype="Int64") for name in ("paragraph", "start", "end")}
    return table.assign(**places, token=pd.Series([None] * len(table), dtype="str"), says=None)


READINGS = {
    "I1": ("supports", "supports"),
    "I2": ("supports", "garbled"),
    "S1": ("absent", "supports"),
    "S2": ("garbled", "garbled"),
    "S3": ("absent", "garbled"),
}
EVIDENCE = rows(READINGS, confirmed=("I1", "S2"))


def data(found: pd.DataFrame = EVIDENCE, **tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    ledger = pd.DataFrame({"article_id": ["ja"]})
    given = {"works": WORKS, "articles": ARTICLES, "indicators": INDICATORS, "statements": STATEMENTS}
    return {**given, "evidence": found, "quantities": ledger, **tables}


def test_facts_are_indicators_and_statements() -> None:
    table = evidence.facts(data())
    assert table["fact_id"].tolist() == ["I1", "I2", "S1", "S2", "S3"]
    assert table["table"].tolist() == ["indicators"] * 2 + ["statements"] * 3
    assert table["claim"].tolist() == ["towers", "rank", "A is high", "B is low", "?"]


def test_a_fact_stands_once() -> None:
    with pytest.raises(ValueError, match="fact 'I1' stands twice"):
        evidence.facts(data(statements=STATEMENTS.assign(fact_id=["I1", "S2", "S3"])))


def test_facts_are_joined_to_each_text() -> None:
    table = evidence.join(data())
    assert len(table) == len(EVIDENCE)
    assert table["fact_id"].tolist() == [
        "I1",
        "I1",
        "I1",
        "I2",
        "I2",
        "S1",
        "S1",
        "S2",
        "S2",
        "S2",
        "S3",
        "S3",
    ]
    assert table["language"].tolist()[:3] == ["ja", "id", "zh-Hans"]
    assert {"claim", "reading", "paragraph", "start", "end", "token", "says"} <= set(table.columns)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (EVIDENCE.replace({"fact_id": {"S3": "S9"}}), "evidence of a fact that does not exist: 'S9'"),
        (EVIDENCE.replace({"article_id": {"ja": "fr"}}), "evidence in an article that does not exist: 'fr'"),
        (EVIDENCE[EVIDENCE["fact_id"] != "I2"], "fact without evidence: 'I2'"),
    ],
)
def test_facts_and_evidence_must_fit(found: pd.DataFrame, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        evidence.join(data(found))


def test_agreement_of_the_translations() -> None:
    table = evidence.agreement(data()).set_index("fact_id")
    assert table["agreement"].to_dict() == {
        "I1": "both",
        "I2": "conflict",
        "S1": "one only",
        "S2": "neither",
        "S3": "neither",
    }
    assert table.index[table["confirmed"]].tolist() == ["I1", "S2"]
    assert table["ja"].to_dict() == {key: both[0] for key, both in READINGS.items()}
    assert list(table["agreement"].cat.categories) == list(evidence.AGREEMENT)
    assert table["agreement"].cat.ordered


def test_agreement_needs_one_reading_in_each_translation() -> None:
    with pytest.raises(ValueError, match="fact 'S1' has no reading in article 'id'"):
        evidence.agreement(data(EVIDENCE.query("not (fact_id == 'S1' and article_id == 'id')")))
    with pytest.raises(ValueError, match="fact 'I1' has two readings in one article"):
        evidence.agreement(data(pd.concat([EVIDENCE, EVIDENCE.head(1)])))


@given(st.tuples(*[st.sampled_from(["supports", "garbled", "absent"])] * 2))
def test_the_order_of_the_translations_does_not_matter(both: tuple[str, str]) -> None:
    found = rows({**READINGS, "I1": both})
    forth = evidence.agreement(data(found))["agreement"]
    back = evidence.agreement(data(found, articles=ARTICLES.iloc[::-1]))["agreement"]
    assert forth.tolist() == back.tolist()
    assert (forth[0] == "both") == (both == ("supports", "supports"))
    assert (forth[0] == "neither") == ("supports" not in both)


def second(found: pd.DataFrame = EVIDENCE, *, coverage: str = "full") -> dict[str, pd.DataFrame]:
    """The same with another work of two texts and one fact."""
    texts = pd.DataFrame({"article_id": ["en-2", "id-2"], "work_id": "w2", "coverage": coverage, "language": "en"})
    read = EVIDENCE.head(2).assign(fact_id="I3", article_id=["en-2", "id-2"], reading=["supports", "garbled"])
    more = pd.DataFrame([fact("I3", label="subsidies", statement_id="T3")])
    return data(
        pd.concat([found, read], ignore_index=True),
        articles=pd.concat([ARTICLES, texts], ignore_index=True),
        indicators=pd.concat([INDICATORS, more], ignore_index=True),
    )


def test_each_work_agrees_for_itself() -> None:
    pd.testing.assert_frame_equal(evidence.agreement(second()), evidence.agreement(data()), check_dtype=False)
    other = evidence.agreement(second(), work="w2")
    assert other[["fact_id", "en-2", "id-2", "agreement"]].values.tolist() == [
        ["I3", "supports", "garbled", "conflict"]
    ]


def test_a_work_is_narrowed_to_its_texts_and_facts() -> None:
    here = evidence.of_work(second(), "w2")
    assert here["indicators"]["fact_id"].tolist() == ["I3"] and here["statements"].empty
    assert set(here["evidence"]["article_id"]) == set(here["articles"]["article_id"]) == {"en-2", "id-2"}
    assert here["quantities"].empty and here["works"]["work_id"].tolist() == ["w2"]
    assert evidence.of_work(second())["indicators"]["fact_id"].tolist() == ["I1", "I2"]


def test_what_was_narrowed_to_a_work_agrees_as_that_work() -> None:
    named = evidence.agreement(second(), work="w2")
    pd.testing.assert_frame_equal(evidence.agreement(evidence.of_work(second(), "w2")), named)


def test_agreement_needs_a_full_text_of_a_known_work() -> None:
    with pytest.raises(ValueError, match="unknown work 'w'; expected one of w1, w2"):
        evidence.agreement(data(), work="w")
    with pytest.raises(ValueError, match="of the texts of work 'w2', none is full; expected one at least"):
        evidence.agreement(second(coverage="opening"), work="w2")


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (("supports",), "one only"),
        (("garbled",), "neither"),
        (("supports", "supports", "supports"), "both"),
        (("supports", "supports", "absent"), "one only"),
        (("supports", "absent", "garbled"), "conflict"),
        (("absent", "absent", "garbled"), "neither"),
    ],
)
def test_one_text_or_three_agree_as_two_do(readings: tuple[str, ...], expected: str) -> None:
    texts = pd.DataFrame({"article_id": list("abc")[: len(readings)], "work_id": "w1", "coverage": "full"})
    read = pd.DataFrame({"fact_id": "I1", "article_id": texts["article_id"], "reading": readings})
    given = data(read, articles=texts.assign(language="en"), indicators=INDICATORS.head(1), statements=STATEMENTS[:0])
    assert evidence.agreement(given)["agreement"].tolist() == [expected]


def test_what_is_no_mapping_of_tables_is_refused() -> None:
    for wrong in ("x", ARTICLES):
        with pytest.raises(TypeError, match="expected a mapping of names to tables, as load_all"):
            evidence.agreement(wrong)
    with pytest.raises(KeyError, match="the tables given lack 'works'"):
        evidence.agreement({name: table for name, table in data().items() if name != "works"})


def place(**changes: Any) -> pd.DataFrame:
    start = TEXT.index("12 towers")
    found = EVIDENCE.head(1).assign(paragraph=1, start=start, end=start + 9, token="12 towers").assign(**changes)
    return found.astype({"paragraph": "Int64", "start": "Int64", "end": "Int64", "token": "str"})


def verify(folder: Path, **changes: Any) -> pd.DataFrame:
    return evidence.verify(folder, data(place(**changes)))


def write(folder: Path, name: str = "any name.text", text: str = TEXT) -> Path:
    (folder / name).write_bytes(text.encode())
    return folder


def test_an_article_is_recognised_by_its_content(tmp_path: Path) -> None:
    found = verify(write(tmp_path))
    assert found["article_id"].tolist() == ["ja", "ja", "id"]
    assert found["fact_id"].astype("object").where(found["fact_id"].notna(), None).tolist() == [
        None,
        "I1",
        None,
    ]
    assert found["file"][0] == "any name.text"
    assert found["ok"].tolist() == [True, True, False]
    assert found["problem"][2] == f"missing: no file has the recorded sha256 {'0' * 64}"
    assert found["problem"][:2].isna().all()


def test_the_texts_of_one_work_are_verified_alone(tmp_path: Path) -> None:
    texts = ARTICLES.assign(work_id=["w1", "w2", "w1"])
    found = evidence.verify(write(tmp_path), data(place(), articles=texts), work="w1")
    assert found["article_id"].tolist() == ["ja", "ja"] and found["ok"].all()
    assert set(evidence.verify(write(tmp_path), data(place(), articles=texts))["article_id"]) == {"ja", "id"}


def test_a_fact_that_a_full_text_has_no_row_for_is_told(tmp_path: Path) -> None:
    read = pd.concat([place(), EVIDENCE.query("article_id == 'id'")])
    found = evidence.verify(write(tmp_path), data(read)).query("file.notna() and not ok")
    assert found["problem"].eq(evidence.UNREAD).all() and set(found["fact_id"]) == set(read["fact_id"]) - {"I1"}


def test_of_two_copies_the_recorded_name_is_told(tmp_path: Path) -> None:
    found = verify(write(write(tmp_path, "a.txt"), "one.txt"))
    assert found["file"][0] == "one.txt"


def test_a_changed_article_is_named(tmp_path: Path) -> None:
    found = verify(write(tmp_path, "one.txt", TEXT + " "))
    assert found["problem"][0] == f"changed: one.txt has not the recorded sha256 {SHA}"
    assert found["problem"][1] == "not checked"
    assert not found["ok"].any()
    assert found["file"].isna().all()


def test_a_missing_article_is_named(tmp_path: Path) -> None:
    found = verify(tmp_path)
    assert found["problem"].tolist()[:2] == [f"missing: no file has the recorded sha256 {SHA}", "not checked"]


def test_links_and_folders_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "deeper").mkdir(parents=True)
    write(folder / "deeper")
    write(tmp_path)
    (folder / "link").symlink_to(tmp_path / "any name.text")
    os.mkfifo(folder / "pipe")
    assert verify(folder)["problem"][0].startswith("missing")


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "LARGEST", len(TEXT.encode()) - 1)
    assert verify(write(tmp_path, "one.txt"))["problem"][0].startswith("changed")


def test_no_folder_no_check(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be listed"):
        verify(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": 30}, "characters 30 to 38 are not the token '12 towers'"),
        ({"token": "13 towers"}, "are not the token '13 towers'"),
        ({"paragraph": 2}, "does not lie in paragraph 2, which is characters 41 to 58"),
        ({"paragraph": 3}, "paragraph 3 does not exist; the text has 3"),
        ({"end": 1000}, "offsets 29 to 1000 do not lie in the text"),
        ({"start": 38}, "offsets 38 to 38 do not lie in the text"),
        ({"start": -40, "end": -31}, "offsets -40 to -31 do not lie in the text"),
        ({"end": None}, "end is missing; expected all of paragraph, start, end, token or none"),
        ({"token": None}, "token is missing"),
        (
            {"start": 39, "end": 44, "token": "\r\nBla"},
            "does not lie in paragraph 1, which is characters 10 to 40",
        ),
        ({"start": 5, "end": 6, "token": "\n", "paragraph": 0}, "does not lie in paragraph 0"),
    ],
)
def test_a_wrong_place_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    found = verify(write(tmp_path), **changes)
    assert not found["ok"][1]
    assert said in found["problem"][1]


def test_a_wrong_count_is_named(tmp_path: Path) -> None:
    wrong = ARTICLES.assign(characters=pd.array([5, None, None], dtype="Int64"))
    found = evidence.verify(write(tmp_path), data(place(), articles=wrong))
    assert found["problem"][0] == f"characters: 5 recorded, {len(TEXT)} in the file"
    wrong = ARTICLES.assign(paragraphs=pd.array([5, None, None], dtype="Int64"))
    found = evidence.verify(write(tmp_path), data(place(), articles=wrong))
    assert found["problem"][0] == "paragraphs: 5 recorded, 3 in the file"


@given(st.text(st.sampled_from("ab \n\r\u2028\x0b深")), st.data())
def test_every_span_of_every_text_is_found_again(text: str, draws: st.DataObject) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    spans = evidence._paragraphs(text)
    assert [text[start:end] for start, end in spans] == lines
    if spans:
        number = draws.draw(st.integers(0, len(spans) - 1))
        first, last = spans[number]
        start = draws.draw(st.integers(first, last - 1))
        end = draws.draw(st.integers(start + 1, last))
        row = place(paragraph=number, start=start, end=end, token=text[start:end]).iloc[0]
        assert evidence._misplaced(row, text, spans) is None
        assert evidence._misplaced(place(start=start, end=end, paragraph=number).iloc[0], text, spans)


def test_a_strength_is_said_of_one_city_alone() -> None:
    common = {"stated_by": "y"}
    statements = pd.DataFrame(
        [
            ("S1", "T1", "beijing", "Beijing", "research", "strength"),
            ("S2", "T2", "beijing", "Beijing", "research", "strength"),
            ("S3", "T2", "shanghai", "Shanghai", "research", "strength"),
            ("S4", "T3", "beijing", "Beijing", "research", "advice"),
            ("S5", "T4", "beijing", "Beijing", "policy", "strength"),
        ],
        columns=["fact_id", "statement_id", "subject_id", "city", "dimension", "kind"],
    ).assign(claim="good", **common)
    indicators = pd.DataFrame(
        [
            ("I1", "T5", "shanghai", "Shanghai", "first", 1),
            ("I2", "T6", "site", "Shanghai", "first", 1),
            ("I3", "T7", "beijing", "Beijing", "eq", 4),
            ("I4", "T7", "shanghai", "Shanghai", "eq", 3),
            ("I5", "T8", "beijing", "Beijing", "eq", 4),
            ("I6", "T8", "shanghai", "Shanghai", "eq", 4),
            ("I7", "T9", "beijing", "Beijing", "eq", 9),
            ("I8", "T10", "shanghai", "Shanghai", "among_first", None),
        ],
        columns=["fact_id", "statement_id", "subject_id", "city", "relation", "value"],
    ).assign(label="labs", indicator="labs", dimension="talent", **common)
    entities = pd.DataFrame({"entity_id": ["beijing", "shanghai", "site"], "kind": ["city", "city", "facility"]})
    read = rows(dict.fromkeys([*indicators["fact_id"], *statements["fact_id"]], ("supports", "supports")))
    found = strengths(data(read, statements=statements, indicators=indicators, entities=entities))
    assert found["fact_id"].tolist() == ["I1", "I3", "I8", "S1"]
    assert found["city"].tolist() == ["Shanghai", "Beijing", "Shanghai", "Beijing"]
