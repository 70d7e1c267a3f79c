import hashlib
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import aicities as ac
from aicities.study import claims
from aicities.study.additions import analysis, exporting, figures

TEXT = "One tower.\n\nTwo towers, 深圳.\n"
COMPARED = pd.DataFrame(
    {
        "token_a": ["200 P", "700 million yuan", None],
        "token_b": ["200 P", "7 miliar yuan", "40,2 persen"],
        "finding": ["same", "value differs", "only in b"],
    }
)


@pytest.fixture(scope="module")
def data():
    return ac.load_all()


def test_a_text_is_recorded_as_verify_reads_it(tmp_path, data):
    recorded = analysis.recorded(TEXT)
    assert recorded == {
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "characters": len(TEXT),
        "paragraphs": 2,
    }
    tokens = pd.DataFrame({"en": ["One", "深圳"], "id": [None, "深圳"]}, index=["S1", "S2"])
    rows = analysis.evidence_rows(tokens, {"en": TEXT, "id": TEXT}, garbled={("S2", "id"): "a name"})
    assert [row["reading"] for row in rows] == ["supports", "absent", "supports", "garbled"]
    evidence = ac.added("evidence", rows, to=data["evidence"].head(0))
    text = {"work_id": "w", "language": "en", "language_name": "E", "edition": "report", "coverage": "full"}
    text |= {"publisher": "X", "witness": "x", "title": "T", "published": "2026-01-01", **recorded}
    articles = ac.added(
        "articles", [text | {"article_id": "en"}, text | {"article_id": "id"}], to=data["articles"].head(0)
    )
    (tmp_path / "any.txt").write_text(TEXT, "utf-8", newline="")
    found = ac.evidence.verify(tmp_path, data | {"articles": articles, "evidence": evidence})
    assert found["ok"].all() and len(found) == 5


@pytest.mark.parametrize("token", ["tower", "three", ""])
def test_a_token_must_stand_in_the_text_exactly_once(token):
    with pytest.raises(ValueError, match=f"the token {token!r} stands .* times in the text; expected once"):
        analysis.placed(TEXT, token)


def test_a_long_token_of_the_ledger_is_cut():
    """By the schema, and so that it is still what stands in the text from start to end."""
    text = "It is a one quadrillion floating-point operation.\n"
    (row,) = ac.added("quantities", analysis.quantity_rows(text, "en", "en", after=900)).tail(1).itertuples()
    assert row.token == text[row.start : row.end] and len(row.token) == 24 < len("one quadrillion floating-point")


def test_every_number_of_new_texts_enters_the_ledger_and_carries_the_facts_that_it_touches(data):
    """Twice is once: a text's rows make way for its new ones, and those of other texts stay."""
    text = {"work_id": "w", "language_name": "E", "edition": "report", "coverage": "full", "publisher": "X"}
    text |= {"witness": "x", "title": "T", "published": "2026-01-01"}
    names = {"en-1": "en", "zh-1": "zh-Hant"}
    texts = {"en-1": "One town.\n\nOver 12 towers, and 3 parks.\n", "zh-1": "超過12座塔\n"}
    rows = [text | {"article_id": name, "language": language} for name, language in names.items()]
    tokens = pd.DataFrame([["12 towers", "12座塔"]], columns=list(names), index=["I901"])
    facts = analysis.evidence_rows(tokens, texts, garbled={})
    mine = data | {"articles": ac.added("articles", rows, to=data), "evidence": ac.added("evidence", facts, to=data)}
    once = mine | analysis.ledger(mine, texts)
    twice = analysis.ledger(once, texts)
    new = once["quantities"].query("article_id in @names")
    assert new[["paragraph", "qualifier", "value"]].to_numpy().tolist() == [
        [1, "more_than", "12"],
        [1, "none", "3"],
        [0, "more_than", "12"],
    ]
    linked = once["quantity_facts"].merge(new, on="quantity_id")
    assert linked[["article_id", "fact_id"]].to_numpy().tolist() == [["en-1", "I901"], ["zh-1", "I901"]]
    for name, table in twice.items():
        assert table.equals(once[name]) and table.head(len(data[name])).equals(data[name])


def test_a_row_like_another_can_be_added_under_another_key(data):
    row = analysis.like(data, "claims", "C12") | {"claim_id": "C99", "label": "Another"}
    assert ac.added("claims", row)["claim_id"].iloc[-1] == "C99"
    with pytest.raises(ValueError, match=r"no claim_id of claims is 'C0'; expected one of C01, .*did you mean"):
        analysis.like(data, "claims", "C0")
    with pytest.raises(TypeError, match="expected a mapping of names to tables, as load_all"):
        analysis.like("claims", "claims", "C12")


def test_the_scores_of_one_more_table_are_those_of_the_rankings(data):
    place = {"table_id": "idc2022", "basis": "printed", "confidence": "medium"}
    entries = data["league_table_entries"].query("table_id != 'idc2022'")
    turned = ac.added("league_table_entries", [place | {"place": "Shenzhen", "rank": 1}], to=entries)
    scores = analysis.moved(data, data | {"league_table_entries": turned}, ["Shenzhen", "Beijing"])
    assert scores["place"].tolist() == ["Beijing", "Shenzhen"]
    assert scores.loc[1, "after"] > scores.loc[1, "before"]


def test_a_mark_for_each_number_of_two_texts():
    pairs = {"two reports": COMPARED, "original and its translation": COMPARED.head(1)}
    fig = figures.side_by_side(pairs)
    (ax,) = fig.axes
    marks = [(line.get_marker(), len(line.get_xdata())) for line in ax.lines]
    assert marks == [("s", 1), ("X", 1), ("s", 1), ("s", 1), ("X", 0), ("s", 0)]
    assert "two reports: 1 the same, 1 different, 1 in one text only" in fig.get_label()
    assert fig.get_suptitle().endswith("in 1 numbers, the original and its translation in none")
    assert "*700 million yuan* against *7 miliar yuan*" in figures.side_by_side_caption(pairs)
    plt.close(fig)


@pytest.mark.parametrize(
    ("after", "said"), [([0.8, 0.3], "Beijing stays first"), ([0.4, 0.6], "Shenzhen passes Beijing")]
)
def test_the_title_says_who_leads_afterwards(after, said):
    scores = pd.DataFrame({"place": ["Beijing", "Shenzhen"], "before": [0.9, 0.2], "after": after})
    fig = figures.moved(scores)
    assert fig.get_suptitle().endswith(said)
    assert "up to 0." in figures.moved_caption(scores)
    plt.close(fig)


def test_verdicts_that_turn_are_named(data):
    verdicts = claims.verdicts(data)
    touched = claims.summary(data, verdicts).query("claim_id in ['C12', 'C14', 'C25']")
    touched = touched.assign(before=["holds", "holds", None])
    fig = figures.changed(touched, verdicts)
    assert fig.get_suptitle().startswith("The invented rows change 1 of 2 verdicts")
    caption = figures.changed_caption(touched)
    assert "*Beijing has the most listed AI companies* goes from *holds* to *cannot tell*" in caption
    assert "*Shenzhen has the most AI companies*, from published tables only, comes to *mixed*" in caption
    plt.close(fig)


def test_what_is_exported_is_the_package_byte_for_byte(tmp_path):
    """Rows of your own can be put into the exported files, and these back: nothing else has changed."""
    exporting.export(ac.load_all(), tmp_path / "own")
    home = Path(ac.__file__).parents[2] / "data"
    for name in ac.names():
        assert (tmp_path / "own" / f"{name}.csv").read_bytes() == (home / f"{name}.csv").read_bytes(), name


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_export_that_is_stopped_leaves_nothing(tmp_path, monkeypatch, data, there, error):
    folder = tmp_path / "out"
    if there:
        folder.mkdir()
    whole = pd.DataFrame.to_parquet

    def full(table, path, **options):
        if len(list(path.parent.iterdir())) == 3:
            path.write_bytes(b"half")
            raise error
        whole(table, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(type(error)) as told:
        exporting.export(data, folder, format="parquet")
    assert list(tmp_path.rglob("*")) == [folder] * there
    if isinstance(error, OSError):
        assert str(told.value) == f"{folder}: cannot be written (No space left on device)"
