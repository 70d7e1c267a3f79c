"""The extraction of quantities: texts with every quantity marked, the conventions one by one, and traps."""

from __future__ import annotations

import pytest

from tests.textnumbers import marked_texts
from textnumbers import COLUMNS
from textnumbers import extract_table as extract

TEXTS = {name: name.partition("-")[0] for name in sorted(path.stem for path in marked_texts.FOLDER.glob("*.txt"))}

FLAGGED = [
    ("これは最大の施設の1つだ。", "ja", "one_of"),
    ("Salah satu yang terbesar.", "id", "one_of"),
    ("亚洲最大的中心之一。", "zh", "one_of"),
    ("One of the largest centres.", "en", "one_of"),
    ("Ketiga kota itu.", "id", "collective"),
    ("All three cities grew.", "en", "collective"),
    ("前十名", "zh", "top_n"),
    ("ribuan orang", "id", "vague"),
    ("数千社", "ja", "approximate_multiple"),
    ("Hundreds of millions of users.", "en", "approximate_multiple"),
]

TRAPS = {
    "ja": "GPT-4 A100 5G H800 C919 MiniMax-01 "
    "一般に 万一の 三菱 四国 北京 東京 一つの意味で 一方 一部の 第三者 十分な 千葉 唯一 統一 iPhone15 3D",
    "zh": "GPT-4 A100 5G H800 C919 MiniMax-01 "
    "一般 万一 三菱 四国 北京 零一万物 一定 一些 十分 第一时间 统一 百度 三星 一带一路 萬一 一樣 十四五",
    "en": "GPT-4 A100 5G H800 C919 MiniMax-01 nobody no~one Zero-One someone one~another 3D 4K COVID-19 second~to~none",
    "id": "GPT-4 A100 5G H800 C919 MiniMax-01 "
    "Zero-One bersatu satu-satunya satu~sama~lain persatuan kesatuan suatu COVID-19",
}


def rows(text: str, language: str) -> list[dict]:
    """What is found, as records."""
    return extract(text, language).to_dict("records")


@pytest.mark.parametrize("name", TEXTS)
def test_marked_texts(name: str) -> None:
    marked = marked_texts.read(name)
    found = rows(marked.text, TEXTS[name])
    located, right, used = 0, 0, set()
    for quantity in marked.quantities:
        over = [
            number
            for number, row in enumerate(found)
            if row["start"] < quantity["end"] and quantity["start"] < row["end"] and number not in used
        ]
        if over:
            located += 1
            used.add(over[0])
            right += marked_texts.agrees(quantity["value"], found[over[0]]["value"])
    trapped = [
        marked.text[start:end]
        for start, end in marked.traps
        if any(row["start"] < end and start < row["end"] for row in found)
    ]
    assert located >= 0.97 * len(marked.quantities)
    assert len(used) >= 0.97 * len(found)
    assert right >= 0.98 * located
    assert not trapped


@pytest.mark.parametrize("name", TEXTS)
def test_kinds_units_and_qualifiers_of_the_marked_texts(name: str) -> None:
    marked = marked_texts.read(name)
    found = {(row["start"], row["end"]): row for row in rows(marked.text, TEXTS[name])}
    compared, wrong = 0, []
    for quantity in marked.quantities:
        over = [row for (start, end), row in found.items() if start < quantity["end"] and quantity["start"] < end]
        for field in ("kind", "unit", "qualifier"):
            if over and quantity.get(field):
                compared += 1
                if over[0][field] != quantity[field]:
                    wrong.append((quantity["token"], field, over[0][field]))
        if over and quantity.get("flag"):
            assert over[0][quantity["flag"]], quantity["token"]
    assert len(wrong) <= 0.05 * compared, wrong


@pytest.mark.parametrize(
    ("language", "line"),
    [
        pytest.param(code, line, id=f"{code}-{number}")
        for code in ("en", "id", "ja", "zh")
        for number, line in enumerate(marked_texts.lines(code), 1)
    ],
)
def test_single_lines(language: str, line: str) -> None:
    marked = marked_texts.marked(line)
    found = rows(marked.text, language)
    assert [row["token"] for row in found] == [quantity["token"] for quantity in marked.quantities]
    assert [row["kind"] for row in found] == [quantity["kind"] for quantity in marked.quantities]
    for row, quantity in zip(found, marked.quantities, strict=True):
        assert marked_texts.agrees(quantity["value"], row["value"]), row
        for field in ("unit", "qualifier"):
            if quantity.get(field):
                assert row[field] == quantity[field]


@pytest.mark.parametrize(("text", "language", "flag"), FLAGGED)
def test_flags(text: str, language: str, flag: str) -> None:
    found = rows(text, language)
    assert len(found) == 1
    assert found[0][flag]


@pytest.mark.parametrize("language", TRAPS)
def test_no_trap_is_returned(language: str) -> None:
    joined = {"ja": "、", "zh": "、"}.get(language, ", ")
    text = joined.join(TRAPS[language].split()).replace("~", " ")
    assert rows(text, language) == []


def test_a_zero_is_no_rank_and_a_range_no_minus() -> None:
    assert [row["value"] for row in rows("3-5 tahun, -5 persen", "id")] == ["3..5", -5]


def test_the_ends_of_a_range() -> None:
    row = rows("开发需3至5年。", "zh")[0]
    assert (row["low"], row["high"]) == (3, 5)
    row = rows("From US$3 million to US$5 million.", "en")[0]
    assert (row["low"], row["high"], row["unit"]) == (3_000_000, 5_000_000, "USD")


def test_the_number_stands_inside_the_token() -> None:
    text = "投资约人民币45亿元。"
    row = rows(text, "zh")[0]
    assert text[row["number_start"] : row["number_end"]] == "45亿"
    assert row["token"] == "人民币45亿元"


def test_columns_are_the_same_for_no_quantity() -> None:
    empty, full = extract("", "ja"), extract("3社", "ja")
    assert list(empty.columns) == list(full.columns) == list(COLUMNS)
    assert empty.dtypes.equals(full.dtypes)


@pytest.mark.parametrize("tag", ["zh-Hant", "zh_TW", "ZH"])
def test_language_tags(tag: str) -> None:
    assert extract("3萬5000人", tag)["value"].tolist() == [35000]


def test_unknown_language() -> None:
    with pytest.raises(ValueError, match="language 'fr' is not known; expected one of en, id, ja, zh"):
        extract("3", "fr")


def test_text_of_another_type() -> None:
    with pytest.raises(TypeError, match="text is of type bytes; expected str"):
        extract(b"3", "en")  # type: ignore[arg-type]
