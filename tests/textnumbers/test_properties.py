"""What holds for the extraction whatever the text: offsets, locales and surroundings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bench_extract import REPEATED
from textnumbers import COLUMNS
from textnumbers import extract_table as extract

LANGUAGES = ("en", "id", "ja", "zh")
COUNTED = {"en": "{} units", "id": "{} unit", "ja": "{}台", "zh": "{}台"}
PERCENT = {"en": "{} percent", "id": "{} persen", "ja": "{}%", "zh": "{}%"}
SENTENCES = {
    "en": [
        "It has 22 measures.",
        "By 2027 it costs US$1.2 billion.",
        "All three cities rank first.",
        "On July 26 it grew 5%.",
    ],
    "id": ["Ada 22 langkah.", "Pada 2027 biayanya Rp 3,5 triliun.", "Ketiga kota itu maju.", "Pada 26 Juli naik 5%."],
    "ja": ["22の対策がある。", "2027年に1億2000万円。", "上位3位に入った。", "7月26日に5%増えた。"],
    "zh": ["共有22项举措。", "2027年投资45亿元。", "排名第三。", "7月26日增长5%。"],
}
PIECES = [
    *"0123456789.,-~%/: \n、。一二三十百千万億亿兆年月日第数几半つ", "１", "，", "．", "tiga", "ribu", "juta",
    "dua puluh", "ke-", "Juli", "salah satu", "kota", "hingga", "Rp", "one", "hundred",
    "million", "three", "to", "first", "half", "May", "US$", "P", "EFLOPS", "分の", "百分之", "上位",
    "台", "社", "\u00a0", "\u3000", "é", "😀", "İ",
]  # fmt: skip
# No deadlines: the first call for a language compiles its patterns.
languages = st.sampled_from(LANGUAGES)


def values(text: str, language: str) -> list[object]:
    """The values found, in order."""
    return extract(text, language)["value"].tolist()


@settings(deadline=None)
@given(languages, st.integers(1, 10**15))
def test_whole_numbers_of_a_locale_are_read_back(language: str, number: int) -> None:
    assert values(COUNTED[language].format(format_decimal(number, locale=language)), language) == [number]


@settings(deadline=None)
@given(languages, st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_decimals_of_a_locale_are_read_back(language: str, number: Decimal) -> None:
    printed = format_decimal(number, format="#,##0.0000", locale=language)
    assert values(PERCENT[language].format(printed), language) == [float(number)]


@settings(deadline=None)
@given(languages, st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["long", "medium"]))
def test_dates_of_a_locale_are_read_back(language: str, day: date, width: str) -> None:
    assert values(format_date(day, width, locale=language), language) == [day.isoformat()]


@settings(deadline=None)
@given(languages, st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_iso_dates_are_read_back(language: str, day: date) -> None:
    assert values(day.isoformat(), language) == [day.isoformat()]


def in_their_place(text: str, language: str) -> None:
    end = 0
    for row in extract(text, language).itertuples():
        assert text[row.start : row.end] == row.token != ""
        assert row.start <= row.number_start < row.number_end <= row.end
        assert end <= row.start
        end = row.end


@settings(max_examples=300, deadline=None)
@given(languages, st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_tokens_at_their_place(language: str, text: str) -> None:
    in_their_place(text, language)


@settings(deadline=None)
@given(languages, st.text(max_size=200))
def test_no_text_breaks_it(language: str, text: str) -> None:
    found = extract(text, language)
    assert tuple(found.columns) == COLUMNS
    assert (found["start"] >= 0).all() and (found["end"] <= len(text)).all()
    assert found["token"].tolist() == [text[row.start : row.end] for row in found.itertuples()]


@settings(deadline=None)
@given(st.data())
def test_sentences_say_the_same_wherever_they_stand(data: st.DataObject) -> None:
    language = data.draw(languages)
    chosen = data.draw(st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=6))
    between = data.draw(st.sampled_from(["\n", "\n\n", "\r\n", " "]))
    prefix = data.draw(st.sampled_from(["", "\n", "— ", "北京。", "News: ", "😀"]))
    text = prefix + between.join(chosen)
    found = extract(text, language)
    assert found["value"].tolist() == [value for sentence in chosen for value in values(sentence, language)]
    start = len(prefix)
    expected = []
    for sentence in chosen:
        expected += (extract(sentence, language)["start"] + start).tolist()
        start += len(sentence) + len(between)
    assert found["start"].tolist() == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_one_piece_gives_tokens_at_their_place(language: str) -> None:
    for piece in REPEATED:
        in_their_place(piece * (1_000 // len(piece)), language)
