"""The extraction of quantities: texts with every quantity marked, the conventions one by one, and traps."""

from __future__ import annotations

import pytest

from tests.textnumbers import marked_texts
from textnumbers import COLUMNS
from textnumbers import extract_table as extract

TEXTS = {name: name.partition("-")[0] for name in sorted(path.stem for path in marked_texts.FOLDER.glob("*.txt"))}

# text, language, token, kind, value, unit, qualifier
SINGLE = [
    ("Skala komputasi sebesar 40.000P.", "id", "40.000P", "compute", 40000, "PFLOPS", "none"),
    ("Indeksnya 0,7449.", "id", "0,7449", "index", 0.7449, "index", "none"),
    ("Luasnya 1.234,5 hektare.", "id", "1.234,5 hektare", "other", 1234.5, "ha", "none"),
    ("規模は40,000Pだ。", "ja", "40,000P", "compute", 40000, "PFLOPS", "none"),
    ("規模は４０，０００Ｐだ。", "ja", "４０，０００Ｐ", "compute", 40000, "PFLOPS", "none"),
    ("約 15,000 台を置く。", "ja", "15,000 台", "count", 15000, "units", "about"),
    ("特許では第 1 位だ。", "ja", "第 1 位", "rank", 1, "rank", "none"),
    ("売上高は1億2000万円。", "ja", "1億2000万円", "money", 120_000_000, "JPY", "none"),
    ("投资3.5亿元。", "zh", "3.5亿元", "money", 350_000_000, "CNY", "none"),
    ("利用者は2万人。", "ja", "2万人", "count", 20000, "people", "none"),
    ("共有二十二家企业。", "zh", "二十二家企业", "count", 22, "companies", "none"),
    ("二〇二四年のことだ。", "ja", "二〇二四年", "year", 2024, "year", "none"),
    ("Ada 500 ribu rumah.", "id", "500 ribu rumah", "count", 500_000, "rumah", "none"),
    ("Nilainya Rp 3,5 triliun.", "id", "Rp 3,5 triliun", "money", 3.5e12, "IDR", "none"),
    ("A fund of US$1.2 billion.", "en", "US$1.2 billion", "money", 1.2e9, "USD", "none"),
    ("A fund of €3bn.", "en", "€3bn", "money", 3e9, "EUR", "none"),
    ("1500億円を投じる。", "ja", "1500億円", "money", 150_000_000_000, "JPY", "none"),
    ("基金规模45亿元。", "zh", "45亿元", "money", 4_500_000_000, "CNY", "none"),
    ("総規模は2万ペソを超え、", "ja", "2万ペソ", "money", 20000, "ペソ", "more_than"),
    ("総規模は4万P。", "ja", "4万P", "compute", 40000, "PFLOPS", "none"),
    ("将来は1.2 EFLOPSに達する。", "ja", "1.2 EFLOPS", "compute", 1.2, "EFLOPS", "none"),
    ("Kenaikan 26 persen.", "id", "26 persen", "percent", 26, "percent", "none"),
    ("占百分之二十六。", "zh", "百分之二十六", "percent", 26, "percent", "none"),
    ("全体の3割だ。", "ja", "3割", "percent", 30, "percent", "none"),
    ("Margins rose by 2 percentage points.", "en", "2 percentage points", "percent", 2, "pp", "none"),
    ("Dalam dua tahun terakhir.", "id", "dua tahun", "duration", 2, "years", "none"),
    ("A dozen labs joined.", "en", "A dozen labs", "count", 12, "laboratories", "none"),
    ("Ketiga kota itu maju.", "id", "Ketiga kota", "count", 3, "cities", "none"),
    ("Ia meraih juara ketiga.", "id", "juara ketiga", "rank", 3, "rank", "none"),
    ("東京が上位3位に入った。", "ja", "上位3位", "rank", 3, "top", "none"),
    ("Beijing menempati peringkat pertama.", "id", "peringkat pertama", "rank", 1, "rank", "none"),
    ("Mereka masuk tiga teratas.", "id", "tiga teratas", "rank", 3, "top", "none"),
    ("It is No. 1 in Asia.", "en", "No. 1", "rank", 1, "rank", "none"),
    ("Periode 2024-2025 dimulai.", "id", "2024-2025", "range", "2024..2025", "year", "none"),
    ("開発に3~5年かかる。", "ja", "3~5年", "range", "3..5", "years", "none"),
    ("Dari 10 hingga 100.", "id", "10 hingga 100", "range", "10..100", None, "none"),
    ("五至十四岁的儿童。", "zh", "五至十四岁", "range", "5..14", "years", "none"),
    ("数百社が参加した。", "ja", "数百社", "count", 100, "companies", "none"),
    ("Puluhan ribu pekerja.", "id", "Puluhan ribu pekerja", "count", 10000, "people", "none"),
    ("百余家企业参展。", "zh", "百余家企业", "count", 100, "companies", "more_than"),
    ("7月26日に発表。", "ja", "7月26日", "date", "--07-26", None, "none"),
    ("Pada 26 Juli 2024.", "id", "26 Juli 2024", "date", "2024-07-26", None, "none"),
    ("On July 26 it opened.", "en", "July 26", "date", "--07-26", None, "none"),
    ("2024年8月公布。", "zh", "2024年8月", "date", "2024-08", None, "none"),
    ("8月に始まる。", "ja", "8月", "date", "--08", None, "none"),
    ("17日公布数据。", "zh", "17日", "date", "---17", None, "none"),
    ("投資は5%以上増える。", "ja", "5%", "percent", 5, "percent", "at_least"),
    ("Suhu turun -2,5 derajat.", "id", "-2,5 derajat", "other", -2.5, "°C", "none"),
]

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


@pytest.mark.parametrize(("text", "language", "token", "kind", "value", "unit", "qualifier"), SINGLE)
def test_conventions(
    text: str, language: str, token: str, kind: str, value: object, unit: str | None, qualifier: str
) -> None:
    found = rows(text, language)
    assert [row["token"] for row in found] == [token]
    row = found[0]
    assert (row["kind"], row["value"], row["qualifier"]) == (
        kind,
        pytest.approx(value) if isinstance(value, float) else value,
        qualifier,
    )
    assert row["unit"] == unit or (unit is None and row["unit"] != row["unit"])


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
