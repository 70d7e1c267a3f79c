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
        "claim_id": ["C01", "C02", "C03", "C04"],
        "label": ["Three lead", "Beijing leads", "Shenzhen leads", "Silence"],
        "city": [None, "Beijing", "Shenzhen", "Shenzhen"],
        "headline": ["fails", "holds", "cannot tell", "cannot tell"],
        "publishers_for": [1, 1, 0, 0],
        "publishers_against": [1, 0, 0, 0],
        "publishers_split": [0, 1, 0, 0],
        "leaning_for": [0, 0, 1, 0],
        "leaning_against": [1, 0, 2, 0],
        "decided": [2, 3, 0, 0],
        "decided_from": ["2023", "2022-05", None, None],
        "decided_to": ["2023", "2024-06-30", None, None],
        "at_home": [0, 1, 0, 0],
        "strongest_for": ["t1", "t1", None, None],
        "strongest_against": [None, None, "t2", None],
    }
)
VOTES = pd.DataFrame(
    [
        ("C01", "idc-inspur", "holds", True, False),
        ("C01", "sass", "fails", True, False),
        ("C01", "hurun", "fails", False, False),
        ("C02", "idc-inspur", "holds", True, True),
        ("C02", "sass", "split", True, False),
        ("C03", "sass", "fails", False, True),
        ("C99", "sass", "holds", True, False),
    ],
    columns=["claim_id", "publisher_id", "side", "decides", "own_city"],
)
VERDICTS = pd.DataFrame(
    {
        "test_id": ["t1", "t2"],
        "publisher": ["A [B]", "C|D"],
        "url": ["https://example.org/a", None],
        "date": ["2024", "2023-05; 2024-06-30"],
        "says": ["Beijing 1", "Shenzhen more than 5"],
        "verdict": ["holds", "cannot tell"],
        "reason": [None, "bound"],
    }
)


def words(ax):
    return [text.get_text() for text in ax.texts]


def height(ax, text):
    (found,) = [label.get_position()[1] for label in ax.texts if label.get_text() == text]
    return found


def test_the_scoreboard_puts_each_side_on_its_side_and_leans_hollow():
    (ax,) = claims.scoreboard(SUMMARY, VOTES, headline="x").axes
    assert [word for word in words(ax) if word in set(SUMMARY["label"])] == [
        "Beijing leads",
        "Shenzhen leads",
        "Three lead",
    ]

    def marks(name):
        row = height(ax, name) + 0.42
        here = [line for line in ax.lines if len(line.get_xdata()) == 1 and abs(line.get_ydata()[0] - row) < 0.01]
        return [(line.get_xdata()[0], line.get_marker(), line.get_mfc() != "white") for line in here]

    assert marks("Three lead") == [(0.8, "o", True), (-0.8, "o", True), (-1.8, "o", False)]
    # a house for a publisher at home, a diamond for one that is split
    assert marks("Beijing leads") == [(0.8, "p", True), (0, "D", True)]
    # who only leans has no house
    assert marks("Shenzhen leads") == [(-0.8, "o", False)]
    assert [word for word in words(ax) if word.startswith("Said of")] == [
        "Said of Beijing",
        "Said of Shenzhen",
        "Said of all three",
    ]


def test_the_scoreboard_says_the_votes_in_words_and_leaves_out_silence():
    told = claims.scoreboard(SUMMARY, VOTES, headline="x").get_label()
    assert "Three lead: fails, 1 decide for and 1 decide against and 1 lean against" in told
    assert "Beijing leads: holds, 1 decide for and 1 decide split, 1 of them at home" in told
    assert "Silence" not in told


def test_claims_of_another_city_come_last_and_no_key_is_drawn_for_what_is_not_there():
    other = SUMMARY.iloc[[2]].assign(city="Hangzhou")
    (ax,) = claims.scoreboard(pd.concat([other, SUMMARY.head(1)]), VOTES, headline="x").axes
    assert [word for word in words(ax) if word.startswith("Said of")] == ["Said of all three", "Said of Hangzhou"]
    assert "split" not in words(ax) and "decides, at home" not in words(ax)
    (ax,) = claims.scoreboard(SUMMARY, VOTES, headline="x").axes
    keys = [text for text in ax.texts if text.get_text() in ("decides", "leans", "decides, at home", "split")]
    assert len(keys) == 4 and all(ax.get_xlim()[0] < key.xy[0] < ax.get_xlim()[1] for key in keys)


def test_the_headline_of_the_scoreboard_counts_what_holds():
    beijing, shenzhen = SUMMARY.iloc[[1]], SUMMARY.iloc[[2, 3]]
    assert claims.scoreboard_headline(beijing) == "Of 1 claims on Beijing 1 holds,\nand 1 are disputed"
    assert claims.scoreboard_headline(shenzhen) == (
        "Of 2 claims on Shenzhen none hold,\nand nobody who decides speaks against one"
    )
    assert claims.scoreboard_headline(SUMMARY).count("\n") == 1


def test_the_caption_of_the_scoreboard_names_who_is_silent_and_tells_votes_from_publishers():
    caption = claims.scoreboard_caption(SUMMARY, VOTES)
    assert caption.startswith(
        "Of 4 claims, 1 holds, 1 fails and 2 stay open. 4 votes by 2 publishers decide, filled; 2 "
    )
    assert caption.endswith("Nobody decides or leans on: Silence.")
    assert "Nobody" not in claims.scoreboard_caption(SUMMARY.head(3), VOTES)


PASSED = pd.DataFrame({"high": [True, False], "both": [True, True], "alone": [True, False]}, index=["C02", "C01"])
LABELS = {"C01": "one", "C02": "two"}


def test_checks_tick_and_cross_and_name_what_is_lacking():
    fig = claims.checks(PASSED, LABELS, headline="x")
    (ax,) = fig.axes
    marks = {}
    for line in ax.lines:
        if len(line.get_xdata()) == 1:
            marks.setdefault(round(line.get_ydata()[0], 2), []).append(line.get_marker())
    assert list(marks.values()) == [["o", "o", "o"], ["x", "o", "x"]]
    heads = [text.get_text() for text in ax.texts if text.get_rotation()]
    assert heads == [claims.CHECKS[name] for name in PASSED.columns]
    assert "two 3 of 3, passes every check; one 1 of 3, lacks high confidence, a second publisher" in fig.get_label()
    assert [text.get_fontweight() for text in ax.texts if text.get_text() in ("one", "two")] == ["bold", "normal"]


def test_what_is_lacking_is_told_in_lines_that_fit():
    all_lacking = pd.DataFrame(False, index=["C01", "C02"], columns=list(claims.CHECKS))
    (ax,) = claims.checks(all_lacking, LABELS, headline="x").axes
    assert max(map(len, words(ax))) <= 56
    assert height(ax, "two") > height(ax, "one") + 1


def test_the_words_of_the_checks_follow_the_data():
    assert claims.checks_headline(PASSED) == "Of 2 claims that hold,\n1 passes every check"
    assert claims.checks_headline(PASSED.tail(1)) == "Of 1 claims that hold,\nnone passes every check"
    caption = claims.checks_caption(PASSED, [])
    assert caption.startswith(
        "1 of 2 fall with the loss of a single publisher. What is lacking most often, 1 times, is *high"
    )
    assert claims.checks_caption(PASSED, ["Lists differ"]).endswith("could only confirm it: *Lists differ*.")


def test_the_fact_table_links_what_may_be_linked_and_marks_what_only_leans():
    lines = claims.fact_table(SUMMARY, VERDICTS, torn={"C02"}).split("\n")
    assert lines[1] == "| --- | --- | --- | --- |"
    assert lines[2] == (
        "| Three lead | **fails** | 2, 2023; publishers: 1 for, 1 against | "
        "For: [A \\[B\\]](https://example.org/a), 2024: Beijing 1. |"
    )
    assert lines[3].startswith(
        "| Beijing leads † | **holds** | 3, May 2022 to June 2024; publishers: 1 for, 1 split, 1 at home | "
    )
    assert lines[4].endswith(
        "| none; 1 leans for and 2 lean against | "
        "*Against, leaning: C\\|D, May 2023; June 2024: Shenzhen more than 5 (bound).* |"
    )
    assert lines[5] == "| Silence | **cannot tell** | none | – |"


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
