"""What callers see beside the quantities: records, tables, the guess of the language, folded texts."""

from __future__ import annotations

import warnings
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.textnumbers import marked_texts
from textnumbers import COLUMNS, LANGUAGES, Quantity, extract, extract_table
from textnumbers.guess import guess

TEXTS = {
    "en": "The price of the house rose to $3,400 from $2,900 and it was said that 12 of them left the town.",
    "id": "Harga rumah di kota itu naik dari 2,5 juta ke 3,4 juta rupiah pada tahun lalu dan akan turun.",
    "ja": "昨年の住宅価格は3400万円から2900万円に下がり、12人が町を離れたという。",
    "zh": "去年住房价格从三千四百万元降到2900万元，有12人离开了这个小镇，另有3家企业表示，"
    "明年将继续在当地投资建设新的研究中心和实验室。",
}
ODD = [
    *"0123456789",
    *"¹²³①②⑳٣৪Ⅳ½０９",
    *"一二三十百万億亿",
    *"年月日时点%円元",
    *"-−△▲()（）.,，．、 \n\u00a0\u3000",
    *"twolimaP$K×^",
]


def test_records_and_table_hold_the_same() -> None:
    for language, text in TEXTS.items():
        records, table = extract(text, language), extract_table(text, language)
        assert all(isinstance(record, Quantity) for record in records)
        assert [record.token for record in records] == table["token"].tolist()
        assert [record.value for record in records] == table["value"].tolist()
        assert tuple(table.columns) == COLUMNS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_guessed(language: str) -> None:
    assert guess(TEXTS[language]) == (language, True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert extract(TEXTS[language], "auto") == extract(TEXTS[language], language)


@pytest.mark.parametrize(("language", "other"), [("en", "id"), ("id", "en"), ("ja", "zh"), ("zh", "ja"), ("zh", "en")])
def test_a_text_in_another_language_is_told(language: str, other: str) -> None:
    with pytest.warns(UserWarning, match=f"the text is rather in '{language}' than in '{other}'"):
        extract(TEXTS[language], other)


def test_a_text_that_says_too_little_is_told() -> None:
    with pytest.warns(UserWarning, match="says too little"):
        extract("3", "auto")


@pytest.mark.parametrize(("tag", "value"), [("en", "2024-12-11"), ("en-GB", "2024-11-12"), ("en_AU", "2024-11-12")])
def test_the_region_decides_the_order_of_day_and_month(tag: str, value: str) -> None:
    assert [found.value for found in extract("Meet on 12/11/2024.", tag)] == [value]


def test_what_is_no_language() -> None:
    with pytest.raises(TypeError, match="language is of type NoneType"):
        extract("3", None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="language 'xx' is not known; expected one of en, id, ja, zh, or auto"):
        extract("3", "xx")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(ODD), max_size=40).map("".join))
def test_odd_digits_and_mixed_scripts_break_nothing(language: str, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        end = 0
        for found in extract(text, language):
            assert text[found.start : found.end] == found.token != ""
            assert end <= found.start <= found.number_start < found.number_end <= found.end
            end = found.end


NAMES = [path.relative_to(marked_texts.FOLDER).with_suffix("") for path in sorted(marked_texts.FOLDER.rglob("*.txt"))]


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_a_line_break_for_each_blank_changes_nothing(name: Path) -> None:
    for line in marked_texts.read(str(name)).text.splitlines():
        spaced, broken = (
            [astuple(q)[:-1] for q in extract(text, name.name[:2])] for text in (line, line.replace(" ", "\n"))
        )
        assert [(*q[:7], q[10]) for q in spaced] == [(*q[:7], q[10]) for q in broken]


SAME = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [lambda text: text.translate(SAME), lambda text: text.replace(" ", "\u00a0")])
def test_width_and_blanks_change_nothing(language: str, change) -> None:
    text = TEXTS[language]
    before, after = extract(text, language), extract(change(text), language)
    assert [(found.start, found.end, found.value) for found in before] == [
        (found.start, found.end, found.value) for found in after
    ]


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("超过3万个国家级项目，约两亿元。", "超過3萬個國家級項目，約兩億元。"),
        ("经过五年的审议，通过六套方案。", "經過五年的審議，通過六套方案。"),
        ("下午两点半，三点五万台机器。", "下午兩點半，三點五萬臺機器。"),
    ],
)
def test_both_scripts_of_chinese_say_the_same(simplified: str, traditional: str) -> None:
    def read(text: str) -> list[tuple[object, ...]]:
        return [(q.start, q.end, q.kind, q.value, q.unit, q.qualifier) for q in extract(text, "zh")]

    assert read(simplified) == read(traditional) != []
