import matplotlib.pyplot as plt
import pandas as pd
import pytest

from aicities import figures
from aicities.study.claims import figures as claims
from aicities.study.rankings import figures as additions


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


SUMMARY = pd.DataFrame(
    {
        "claim_id": ["C01", "C02", "C03"],
        "label": ["Three lead", "Beijing leads", "Shenzhen leads"],
        "city": [None, "Beijing", "Shenzhen"],
        "headline": ["fails", "holds", "cannot tell"],
        "publishers_for": [1, 2, 0],
        "publishers_against": [2, 0, 0],
        "publishers_split": [0, 1, 0],
        "strongest_for": ["t1", "t1", None],
        "strongest_against": [None, None, "t2"],
    }
)
VOTES = pd.DataFrame(
    [
        ("C01", "idc-inspur", "holds", True, False),
        ("C01", "sass", "fails", True, False),
        ("C01", "hurun", "fails", False, False),
        ("C02", "idc-inspur", "holds", True, True),
        ("C02", "sass", "split", True, False),
        ("C99", "sass", "holds", True, False),
    ],
    columns=["claim_id", "publisher_id", "side", "decides", "own_city"],
)


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_scoreboard_puts_each_side_on_its_side_and_leans_hollow():
    (ax,) = claims.scoreboard(SUMMARY, VOTES, headline="x").axes
    rows = dict(zip([label.get_text() for label in ax.get_yticklabels()], ax.get_yticks(), strict=True))
    assert list(rows) == ["Beijing leads", "Shenzhen leads", "Three lead"]

    def marks(name):
        here = [line for line in ax.lines if line.get_ydata()[0] == rows[name] and len(line.get_xdata()) == 1]
        return [(line.get_xdata()[0], line.get_marker(), line.get_mfc() != "white") for line in here]

    assert marks("Three lead") == [(0.9, "o", True), (-0.9, "o", True), (-1.9, "o", False)]
    assert marks("Beijing leads") == [(0.9, "o", True), (0, "D", True)]
    assert marks("Shenzhen leads") == []
    assert [word for word in words(ax) if word.startswith("said of")] == [
        "said of Beijing",
        "said of Shenzhen",
        "said of all three",
    ]


def test_the_scoreboard_says_the_votes_in_words():
    told = claims.scoreboard(SUMMARY, VOTES, headline="x").get_label()
    assert "Three lead: fails, 1 decide for and 1 decide against and 1 lean against" in told
    assert "Shenzhen leads: cannot tell, nobody decides or leans" in told


def test_claims_of_another_city_come_last_and_no_key_is_drawn_for_what_is_not_there():
    other = SUMMARY.tail(1).assign(city="Hangzhou", claim_id="C98")
    (ax,) = claims.scoreboard(pd.concat([other, SUMMARY.head(1)]), VOTES, headline="x").axes
    assert [word for word in words(ax) if word.startswith("said of")] == ["said of all three", "said of Hangzhou"]
    assert "split" not in words(ax)


def test_deciders_are_columns_and_those_at_home_are_houses():
    labels = dict(zip(SUMMARY["claim_id"], SUMMARY["label"], strict=True))
    names = pd.Series({"idc-inspur": "IDC", "sass": "Shanghai Academy"})
    fig = claims.deciders(VOTES, labels, names=names, headline="x")
    (ax,) = fig.axes
    assert [label.get_text() for label in ax.get_xticklabels()] == ["IDC", "Shanghai Academy"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Three lead", "Beijing leads"]
    marks = {(line.get_xdata()[0], line.get_ydata()[0]): line.get_marker() for line in ax.lines}
    assert [marks[place] for place in ((0, 0), (1, 0), (0, 1), (1, 1))] == ["o", "X", "p", "D"]
    assert "Beijing leads: IDC for, Shanghai Academy split" in fig.get_label()


def test_checks_tick_and_cross():
    passed = pd.DataFrame({"a": [True, False], "b": [True, True]}, index=["one", "two"])
    fig = claims.checks(passed, headline="x")
    (ax,) = fig.axes
    marks = {(line.get_xdata()[0], line.get_ydata()[0]): line.get_marker() for line in ax.lines}
    assert marks == {(0, 0): "o", (1, 0): "o", (0, 1): "x", (1, 1): "o"}
    assert "one 2 of 2; two 1 of 2" in fig.get_label()


def test_the_fact_table_links_what_may_be_linked_and_marks_what_only_leans():
    verdicts = pd.DataFrame(
        {
            "test_id": ["t1", "t2"],
            "publisher": ["A [B]", "C|D"],
            "url": ["https://example.org/a", None],
            "date": ["2024", "2023-05"],
            "says": ["Beijing 1", "Shenzhen more than 5"],
            "verdict": ["holds", "cannot tell"],
            "reason": [None, "bound"],
        }
    )
    lines = claims.fact_table(SUMMARY, verdicts, torn={"C02"}).split("\n")
    assert lines[1] == "| --- | --- | --- | --- | --- |"
    assert lines[2] == "| Three lead | **fails** | 1 : 2 | [A \\[B\\]](https://example.org/a), 2024: Beijing 1 | – |"
    assert lines[3].startswith("| Beijing leads † | **holds** | 2 : 0, 1 split | ")
    assert lines[4].endswith("| – | *leans: C\\|D, 2023-05: Shenzhen more than 5 (bound)* |")


def test_before_is_hollow_and_after_is_told():
    scores = pd.DataFrame({"place": ["Beijing", "Hangzhou"], "before": [0.9, 0.4], "after": [0.85, 0.5]})
    fig = additions.before_after(scores, headline="x", xlabel="score")
    (ax,) = fig.axes
    points = [line for line in ax.lines if len(line.get_xdata()) == 1]
    assert [(p.get_xdata()[0], p.get_mfc() == "white") for p in points] == [
        (0.9, True),
        (0.85, False),
        (0.4, True),
        (0.5, False),
    ]
    assert words(ax) == ["0.85", "0.50", "before", "after"]
    assert "Hangzhou 0.40, then 0.50" in fig.get_label()
