"""The figures on the article: what is drawn and said, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import aicities as ac
from aicities import figures
from aicities.study.translations import analysis
from aicities.study.translations import figures as translations

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
    fig = translations.agreement_bars(FIELDS)
    (ax,) = fig.axes
    ends = [max(patch.get_x() + patch.get_width() for patch in bars) for bars in zip(*ax.containers, strict=True)]
    assert ends == pytest.approx([1, 1, 1])
    assert [tick.get_text() for tick in ax.get_yticklabels()] == FIELDS["field"].tolist()
    assert texts(ax) == ["20", "8", "5", "1", "4", "6", "2"]
    assert "models 80% of 25" in fig.get_label() and "capital 50% of 16" in fig.get_label()
    assert fig.get_suptitle() == "On models the two translations agree most,\non capital least"


def test_the_caption_names_the_ends_that_are_seen():
    caption = translations.agreement_caption(FIELDS)
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
    assert "smaller" not in translations.agreement_caption(fields)
    assert texts(translations.agreement_bars(fields).axes[0])


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
