"""Two translations side by side: pairs, and each kind of difference."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
import pytest

from textnumbers import compare, reconcile

ENTITIES = pd.DataFrame(
    {
        "entity_id": ["north", "south", "atlas", "survey", "firm"],
        "kind": ["city", "city", "report", "report", "company"],
        "form_ja": ["北市", "南市", "都市図鑑", "住民調査", "光社"],
        "form_id": ["Kota Utara", "Kota Selatan", "Atlas Kota", "Survei Warga", "Cahaya"],
    }
)
JA = """市の計画

7月26日、市は22の対策を発表した。期間は2024年~2026年だ。

計算能力は2万Pを超え、標準ラックは約15,000台ある。

指数は0.7449で、上位3位に入った。"""
ID = """Rencana kota

Pada 26 Juli, kota mengumumkan 22 langkah. Periodenya 2024-2026.

Daya komputasi melampaui 20.000P, dengan sekitar 15.000 rak.

Indeksnya 0,7449 dan masuk tiga besar."""


def findings(a: str, b: str, **options: object) -> list[tuple]:
    """Tokens and finding of each row, with a dash for what is not there."""
    table = reconcile(a, b, ("ja", "id"), **options)  # type: ignore[arg-type]
    return list(
        table[["token_a", "token_b", "finding"]].astype("object").fillna("-").itertuples(index=False, name=None)
    )


def test_faithful_translations_agree() -> None:
    found = findings(JA, ID)
    assert [finding for *_, finding in found] == ["same"] * 7
    assert ("2万P", "20.000P", "same") in found
    assert ("上位3位", "tiga besar", "same") in found


def test_offsets_are_those_of_the_texts() -> None:
    table = reconcile(JA, ID, ("ja", "id"))
    for row in table.itertuples():
        assert JA[row.start_a : row.end_a] == row.token_a
        assert ID[row.start_b : row.end_b] == row.token_b


def test_a_letter_that_became_a_currency() -> None:
    found = findings(JA.replace("2万P", "2万ペソ"), ID)
    assert ("2万ペソ", "20.000P", "unit differs") in found
    assert [finding for *_, finding in found].count("same") == 6


def test_another_value() -> None:
    found = findings(JA.replace("標準ラックは約15,000台", "約15,000ラック"), ID.replace("15.000", "16.000"))
    assert ("15,000ラック", "16.000 rak", "value differs") in found


def test_a_rank_that_became_a_count() -> None:
    assert findings("北市は第3位だ。", "Ada tiga hal.") == [("第3位", "tiga hal", "kind differs")]


def test_a_top_n_is_no_rank() -> None:
    found = reconcile("北市は第3位だ。", "Kota Utara masuk tiga besar.", ("ja", "id"))
    assert found["finding"].tolist() == ["kind differs"]
    assert found["detail"].tolist() == ["rank / top n"]


def test_another_order() -> None:
    found = findings("6つの側面がある。22の対策を示す。", "Ada 22 langkah. Ada 6 aspek.")
    assert sorted(finding for *_, finding in found) == ["order differs", "same"]


def test_the_order_inside_a_sentence_is_the_languages() -> None:
    found = findings("6つの側面から22の対策を示す。", "Ada 22 langkah dari 6 aspek.")
    assert [finding for *_, finding in found] == ["same", "same"]


@pytest.mark.parametrize(
    ("a", "b", "finding"),
    [
        ("2万人を超えた。", "Lebih dari 20.000 orang.", "same"),
        ("2万人以上だ。", "Lebih dari 20.000 orang.", "same"),
        ("約2万人だ。", "Hampir 20.000 orang.", "same"),
        ("2万人だ。", "Lebih dari 20.000 orang.", "qualifier differs"),
        ("約2万人だ。", "20.000 orang.", "qualifier differs"),
        ("2万人以上だ。", "Paling banyak 20.000 orang.", "qualifier differs"),
    ],
)
def test_qualifiers_are_compared(a: str, b: str, finding: str) -> None:
    assert [row[-1] for row in findings(a, b)] == [finding]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("視聴者は300万人だ。", "Ada 3 juta penonton."),
        ("山田さん（45）が語る。", "Yamada, 45 tahun, berkata."),
        ("指数は5ポイント上がった。", "Indeks naik 5 poin."),
        ("5社が参加した。", "Lima peserta hadir."),
    ],
)
def test_nouns_are_no_units(a: str, b: str) -> None:
    assert [row[-1] for row in findings(a, b)] == ["same"]


def test_work_grows_with_the_paragraphs_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[str] = Counter()

    def counting(name: str) -> None:
        plain = getattr(compare, name)
        monkeypatch.setattr(compare, name, lambda *given: done.update([name]) or plain(*given))

    for name in ("_likeness", "_agreement"):
        counting(name)
    counts = []
    for size in (100, 200):
        text = "\n".join(f"第{number}節では{number * 7 % 97}社が{number}件を示した。" for number in range(2, size + 2))
        assert reconcile(text, text, ("ja", "ja"))["finding"].eq("same").all()
        counts.append(Counter(done))
        done.clear()
    assert all(0 < counts[1][name] < 2.5 * counts[0][name] for name in ("_likeness", "_agreement"))


def test_single_quantities() -> None:
    found = findings(JA.replace("、標準ラックは約15,000台ある", ""), ID)
    assert ("-", "15.000 rak", "only in b") in found
    assert ("15,000台", "-", "only in a") in findings(JA, ID.replace(", dengan sekitar 15.000 rak", ""))


def test_a_value_that_moved_to_another_report() -> None:
    a = "「都市図鑑」は5つの面を調べた。「住民調査」では北市の指数は0.9で、南市は0.7だ。"
    b = '"Atlas Kota" memeriksa lima aspek, dengan indeks 0,9 dan 0,7. "Survei Warga" terbit kemudian.'
    found = reconcile(a, b, ("ja", "id"), entities=ENTITIES)
    moved = found[found["finding"] == "attached differs"]
    assert moved["token_a"].tolist() == ["0.9", "0.7"]
    assert set(moved["detail"]) == {"report survey / atlas"}


def test_a_value_that_moved_to_another_city() -> None:
    a = "北市の企業は500社。南市の企業は300社。"
    b = "Kota Selatan memiliki 500 perusahaan. Kota Utara memiliki 300 perusahaan."
    found = reconcile(a, b, ("ja", "id"), entities=ENTITIES)
    assert found["finding"].tolist() == ["attached differs"] * 2
    assert found["detail"].tolist() == ["cities north / south", "cities south / north"]


def test_paragraphs_split_and_joined() -> None:
    split = ID.replace(". Periodenya", ".\n\nPeriodenya")
    assert [finding for *_, finding in findings(JA, split)] == ["same"] * 7


def test_a_paragraph_that_is_missing() -> None:
    paragraphs = ID.split("\n\n")
    found = findings(JA, "\n\n".join(paragraphs[:2] + paragraphs[3:]))
    assert [finding for *_, finding in found].count("only in a") == 2
    assert [finding for *_, finding in found].count("same") == 5


def test_a_text_against_itself() -> None:
    assert reconcile(ID, ID, ("id", "id"))["finding"].eq("same").all()


def test_nothing_against_something() -> None:
    assert findings("", "3 kota") == [("-", "3 kota", "only in b")]
    assert reconcile("", "", ("ja", "id")).empty


def test_entities_without_the_language() -> None:
    with pytest.raises(ValueError, match="entities have no column form_ja; expected entity_id, kind and form_ja"):
        reconcile(JA, ID, ("ja", "id"), entities=ENTITIES.drop(columns="form_ja"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"a": None}, "a is of type NoneType; expected str"),
        ({"b": b"3"}, "b is of type bytes; expected str"),
        ({"languages": "en"}, "languages are 'en'; expected two, that of a and that of b"),
        ({"languages": ("en",)}, "languages are ('en',); expected two"),
        ({"languages": ("en", pd.DataFrame())}, r"languages[1] is of type DataFrame; expected str"),
        ({"entities": "names.csv"}, "entities is of type str; expected DataFrame"),
    ],
)
def test_arguments_of_another_type_are_refused(change, said):
    with pytest.raises((TypeError, ValueError), match=re.escape(said)):
        reconcile(**({"a": "3 labs", "b": "3 labs", "languages": ("en", "en")} | change))
