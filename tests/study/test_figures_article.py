"""The figures on the article: what is drawn and said, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import aicities as ac
from aicities import figures
from aicities.study.translations import analysis
from aicities.study.translations import figures as translations

TEXTS = analysis.full_texts(ac.load_all())
FIELDS = pd.DataFrame(
    {
        "field": ["models", "capital", "2 smaller fields"],
        "statements": [25, 16, 5],
        "both": [20, 8, 5],
        "one only": [1, 0, 0],
        "conflict": [4, 6, 0],
        "neither": [0, 2, 0],
    }
)
PAIRS = pd.DataFrame(
    {
        "reading": ["Japanese"] * 2 + ["Indonesian"] * 2 + ["both together"] * 2,
        "city": ["Shenzhen", None, "Beijing", "Shenzhen", "Beijing", "Shenzhen"],
        "value": [1, 0.7] * 3,
    }
)


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_agreement_bars_stack_up_to_all_statements_of_a_field():
    fig = translations.agreement_bars(FIELDS, TEXTS)
    (ax,) = fig.axes
    ends = [max(patch.get_x() + patch.get_width() for patch in bars) for bars in zip(*ax.containers, strict=True)]
    assert ends == pytest.approx([1, 1, 1])
    assert [tick.get_text() for tick in ax.get_yticklabels()] == FIELDS["field"].tolist()
    assert texts(ax) == ["20", "8", "5", "1", "4", "6", "2"]
    assert "models 80% of 25" in fig.get_label() and "capital 50% of 16" in fig.get_label()
    assert fig.get_suptitle() == "On models the two translations agree most,\non capital least"


def test_the_caption_names_the_ends_that_are_seen():
    caption = translations.agreement_caption(FIELDS, TEXTS)
    assert caption.startswith("Of the statements on models 80% stand in both texts, of those on capital 50%.")
    assert "one witness" in caption


def test_a_work_with_few_statements_has_a_row_for_each_field():
    """A second work, of two facts: all its fields are small, and none is set apart."""
    data = ac.evidence.of_work(ac.load_all())
    few = ["S270", "S271"]
    more = {name: table[table["fact_id"].isin(few)] for name, table in data.items() if name == "evidence"}
    assert set(more["evidence"]["fact_id"]) == set(few)
    fields = analysis.agreement_by_field(ac.evidence.of_work(data | more))
    assert fields["statements"].sum() == 2 and not fields["field"].str.contains("smaller").any()
    assert "smaller" not in translations.agreement_caption(fields, TEXTS)
    assert texts(translations.agreement_bars(fields, TEXTS).axes[0])


def test_titles_and_sources_say_what_texts_they_are():
    """The article's two translations, two reports of two houses and days, and one text alone."""
    assert translations.source(TEXTS) == ac.figures.ARTICLE
    days = pd.to_datetime(["2026-01-23", "2026-01-24"])
    two = TEXTS.assign(publisher=["A", "B"], witness=["a", "b"], edition="report", published=days)
    assert translations.source(two) == "A and B, 23 January 2026 to 24 January 2026, two reports; own reading"
    assert translations.witness_words(two) == "Both texts are two witnesses"
    assert translations.agreement_bars(FIELDS, two).get_suptitle().startswith("On models the two reports agree most")
    alike = FIELDS.assign(both=FIELDS["statements"])
    assert translations.agreement_bars(alike, two).get_suptitle() == "The two reports agree on each field alike"
    one = two.head(1)
    assert translations.source(one) == "A, 23 January 2026, one report; own reading"
    assert translations.agreement_bars(FIELDS, one).get_suptitle().startswith("One text alone")
    assert translations.witness_words(one) == "The one report is one witness"
    mixed = two.assign(edition=["original", "translation"])
    assert translations.source(mixed).endswith("two texts; own reading")


def test_small_fields_are_one_row_at_the_end():
    fields = analysis.agreement_by_field(ac.load_all())
    counted = analysis.coverage(ac.evidence.agreement(ac.load_all()))
    small = counted[counted["statements"] < 10]
    assert fields["field"].iloc[-1] == f"{len(small)} smaller fields"
    assert fields["statements"].iloc[-1] == small["statements"].sum()
    assert fields["statements"].sum() == counted["statements"].sum()
    share = fields["both"] / fields["statements"]
    assert share.iloc[:-1].is_monotonic_decreasing


def test_values_by_reading_shows_a_value_without_a_city():
    fig = translations.values_by_reading(PAIRS)
    (ax,) = fig.axes
    assert texts(ax) == ["Shenzhen", "no city", "Beijing", "Shenzhen", "Beijing", "Shenzhen"]
    marks = [line.get_marker() for line in ax.lines if line.get_marker() not in ("None", "")]
    assert marks == ["^", "x", "o", "^", "o", "^"]
    assert fig.get_suptitle() == "Taken at its word, the Japanese text\nputs Shenzhen in first place"
    assert translations.values_caption(PAIRS).startswith("The Japanese text has 2 values and 1 cities.")


def test_the_title_follows_the_data():
    right = PAIRS[PAIRS["reading"] != "Japanese"]
    assert translations.values_by_reading(right).get_suptitle() == "Every text, taken at its word,\nputs Beijing first"
    assert translations.values_caption(right).startswith("Each text has a city for each value.")
