"""The figures on the article: what is drawn, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from aicities import figures
from aicities.study.policy import figures as policy
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


def test_calendar_puts_each_event_on_its_day():
    events = pd.DataFrame(
        {
            "date": pd.to_datetime(["2024-07-26", "2024-08-02"]),
            "city": ["Beijing", None],
            "label": ["plan", "article"],
        }
    )
    fig = policy.calendar(events, headline="x")
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_xticklabels()] == [
        "26",
        "27",
        "28",
        "29",
        "30",
        "31",
        "1",
        "2",
    ]
    assert fig.get_label().endswith("2024-07-26: plan; 2024-08-02: article.")


def test_shared_or_own_draws_both_parts_end_to_end():
    counts = pd.DataFrame({"shared": [37, 30], "own": [22, 10]}, index=["Beijing", "Shanghai"])
    (ax,) = policy.shared_or_own(counts, headline="x").axes
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 37), (37, 22), (0, 30), (30, 10)]


def test_strengths_point_left_and_advice_right():
    counts = pd.DataFrame(
        [(name, topic, 3, 1) for name in figures.CITIES for topic in ("research", "hardware")],
        columns=["city", "dimension", "strengths", "advice"],
    )
    fig = policy.strengths_and_advice(counts, headline="x")
    assert len(fig.axes) == 3
    assert [bar.get_width() for bar in fig.axes[0].patches] == [-3, -3, 1, 1]
    assert [tick.get_text() for tick in fig.axes[0].get_yticklabels()] == ["research", "hardware"]
