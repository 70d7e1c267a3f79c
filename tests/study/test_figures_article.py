"""The figures on the article: what is drawn, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from aicities import figures
from aicities.study.translations import figures as translations


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_agreement_bars_stack_up_to_all_facts_of_a_topic():
    counts = pd.DataFrame(
        {"both": [3, 20], "one only": [0, 1], "conflict": [2, 4], "neither": [1, 0]},
        index=["capital", "models"],
    )
    fig = translations.agreement_bars(counts, headline="x")
    ends = [
        max(patch.get_x() + patch.get_width() for patch in bars) for bars in zip(*fig.axes[0].containers, strict=True)
    ]
    assert ends == pytest.approx([1, 1])
    assert [tick.get_text() for tick in fig.axes[0].get_yticklabels()] == ["capital (6)", "models (25)"]
    assert texts(fig.axes[0]) == ["3", "20", "1", "2", "4", "1"]
    assert "capital 50%" in fig.get_label() and "models 80%" in fig.get_label()


def test_reading_matrix_writes_every_number_and_draws_areas():
    order = ["supports", "garbled", "absent"]
    counts = pd.DataFrame([[90, 4, 1], [10, 5, 0], [0, 0, 0]], index=order, columns=order)
    fig = translations.reading_matrix(counts, headline="x", rows="Japanese", columns="Indonesian")
    (ax,) = fig.axes
    assert texts(ax) == ["90", "4", "1", "10", "5", "0", "0", "0", "0"]
    sides = [points.get_sizes()[0] ** 0.5 for points in ax.collections]
    assert sides[0] / sides[3] == pytest.approx(3)  # nine times the area
    assert sides[-1] == 0


def test_values_by_reading_shows_a_value_without_a_city():
    pairs = pd.DataFrame(
        {
            "reading": ["one, alone"] * 2 + ["both"] * 2,
            "city": ["Shenzhen", None, "Beijing", "Shenzhen"],
            "value": [1, 0.7, 1, 0.7],
        }
    )
    fig = translations.values_by_reading(pairs, headline="x", xlabel="index")
    (ax,) = fig.axes
    assert texts(ax) == ["Shenzhen", "no city", "Beijing", "Shenzhen"]
    marks = [line.get_marker() for line in ax.lines if line.get_marker() not in ("None", "")]
    assert marks == ["^", "x", "o", "^"]


def test_error_rates_draw_the_interval_around_the_share():
    rates = pd.DataFrame(
        {
            "text": ["Japanese"] * 2,
            "part": ["opening", "rest"],
            "share": [0.25, 0.1],
            "low": [0.1, 0.05],
            "high": [0.4, 0.2],
            "label": ["8 of 32", "10 of 100"],
        }
    )
    fig = translations.error_rates(rates, headline="x", xlabel="share")
    (ax,) = fig.axes
    assert [list(line.get_xdata()) for line in ax.lines] == [[0.1, 0.4], [0.25], [0.05, 0.2], [0.1]]
    assert "25% (10% to 40%), 8 of 32" in fig.get_label()
