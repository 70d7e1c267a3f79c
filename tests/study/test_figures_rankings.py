"""The figures on rankings: what is drawn, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import aicities as ac
from aicities import figures
from aicities.study.rankings import analysis
from aicities.study.rankings import figures as draw


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def marks(ax):
    return [line for line in ax.lines if line.get_marker() not in ("None", "")]


@pytest.fixture
def cells():
    return pd.DataFrame(
        [
            ("a", "Beijing", "ranked", 1, "1"),
            ("a", "Shenzhen", "ranked", 4, "4"),
            ("a", "Wuhan", "not_listed", float("inf"), ">10"),
            ("b", "Beijing", "tier", 1, "T1"),
            ("b", "Shenzhen", "unranked", 10, "6–10"),
            ("b", "Wuhan", "not_covered", float("inf"), ""),
        ],
        columns=["table_id", "place", "state", "worst", "text"],
    )


@pytest.fixture
def rows():
    return pd.DataFrame({"table_id": ["a", "b"], "name": ["A 2020", "B 2021"], "group": ["x", "y"], "counted": True})


def test_matrix_prints_each_cell_and_tells_the_kinds_apart(cells, rows):
    fig = draw.rank_matrix(cells, rows, ["Beijing", "Shenzhen", "Wuhan"], headline="x", note="n")
    (ax,) = fig.axes
    assert texts(ax) == ["1", "4", ">10", "T1", "6–10", ""]
    # nothing is filled where a city is not listed; tier and range are dashed, not covered is hatched
    looks = [(box.get_linestyle() != "-" and box.get_linestyle() != "solid", box.get_hatch()) for box in ax.patches]
    assert looks == [(False, None), (False, None), (True, None), (True, None), (False, "////")]
    assert ax.patches[0].get_facecolor() != ax.patches[1].get_facecolor()
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["A 2020", "B 2021"]
    assert "A 2020: Beijing 1, Shenzhen 4, Wuhan >10; B 2021: Beijing T1" in fig.get_label()
    assert "Wuhan not covered" in fig.get_label()


def test_matrix_keeps_a_group_together(cells, rows):
    look = {"headline": "x", "note": ""}
    together = draw.rank_matrix(cells, rows.assign(group="x"), ["Beijing"], **look).axes[0].get_yticks()
    apart = draw.rank_matrix(cells, rows, ["Beijing"], **look).axes[0].get_yticks()
    assert apart[1] - apart[0] > together[1] - together[0]


def test_matrix_only_frames_what_does_not_count(cells, rows):
    look = {"headline": "x", "note": ""}
    (ax,) = draw.rank_matrix(cells, rows.assign(counted=[False, True]), ["Beijing"], **look).axes
    assert ax.patches[0].get_facecolor() == (1, 1, 1, 1)
    (ax,) = draw.rank_matrix(cells, rows, ["Beijing"], **look).axes
    assert ax.patches[0].get_facecolor() != (1, 1, 1, 1)


def test_words_on_ranks_follow_the_tables(cells, rows):
    assert draw.ranks_headline(cells, ["a", "b"]).startswith("Beijing is first in all 2 tables;")
    lower = cells.assign(worst=cells["worst"].mask((cells["table_id"] == "a") & (cells["place"] == "Beijing"), 3))
    assert draw.ranks_headline(lower, ["a", "b"]).startswith("Beijing is first in 1 of 2 tables;")
    second = pd.DataFrame(
        [
            ("a", "Shanghai", "ranked", 2, 2, "2"),
            ("b", "Shanghai", "ranked", 4, 4, "4"),
            ("a", "Beijing", "ranked", 1, 1, "1"),
        ],
        columns=["table_id", "place", "state", "best", "worst", "text"],
    )
    said = draw.ranks_caption(second, rows.assign(short_name=["A", "B"]), least=5)
    assert "first in 1 of 2 tables" in said and "in 1; it is not in those of B (1)." in said


def test_index_shares_name_a_city_without_a_score():
    shares = pd.DataFrame(
        {
            "name": ["P", "P", "Q", "Q", "Q"],
            "place": ["Beijing", "Shanghai", "Beijing", "Shanghai", "Shenzhen"],
            "share": [1.0, 0.5, 1.0, 0.9, 0.8],
        }
    )
    fig = draw.index_shares(shares)
    (ax,) = fig.axes
    assert texts(ax) == ["Shanghai 50%", "no score of Shenzhen", "Shanghai 90%", "Shenzhen 80%", "Beijing"]
    drawn = {(line.get_marker(), line.get_xdata()[0], line.get_ydata()[0]) for line in marks(ax)}
    assert drawn == {("o", 1.0, 0), ("s", 0.5, 0), ("o", 1.0, 1), ("s", 0.9, 1), ("^", 0.8, 1)}
    assert "Q: Beijing 100.0%, Shanghai 90.0%, Shenzhen 80.0%" in fig.get_label()
    assert fig.get_suptitle().startswith("Every index with scores has Beijing ahead")
    said = draw.index_caption(shares.replace({"P": analysis.ARTICLE_INDEX}))
    assert "50% to 90%" in said and "article's report 50%" in said
    other = shares.assign(place=shares["place"].replace({"Beijing": "Shanghai", "Shanghai": "Beijing"}))
    assert draw.index_shares(pd.concat([shares, other.assign(name="R")])).get_suptitle().startswith("2 of 3 indexes")


def test_marks_that_would_cover_each_other_stand_apart():
    close = pd.DataFrame({"name": "P", "place": ["Beijing", "Shanghai", "Shenzhen"], "share": [1.0, 0.936, 0.931]})
    (ax,) = draw.index_shares(close).axes
    ys = {line.get_marker(): line.get_ydata()[0] for line in marks(ax)}
    assert ys["s"] < ys["o"] < ys["^"]


def test_answers_get_a_line_for_each_publisher_and_a_mark_for_each_table():
    days = pd.to_datetime(["2023-01-01", "2023-07-01", "2024-01-01", "2020-05-01"])
    answers = pd.DataFrame(
        {
            "short_name": ["IDC", "IDC", "Hurun", "Maimai"],
            "topic": ["overall", "overall", "companies", "talent"],
            "first_day": days,
            "last_day": days + pd.to_timedelta([30, 30, 365, 30], unit="D"),
            "answer": ["fails", "fails", "holds", "cannot tell"],
            "out": ["Shanghai", "Shanghai", "", ""],
            "instead": ["Hangzhou", "Hangzhou", "", ""],
        }
    )
    window = (pd.Timestamp("2022-08-02"), pd.Timestamp("2024-08-02"))
    fig = draw.answers_in_time(answers, window=window, headline="x")
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["IDC", "Hurun", "Maimai"]
    assert [line.get_marker() for line in marks(ax)] == ["X", "X", "o", "d"]
    said = [text.strip() for text in texts(ax)]
    assert said == [
        "the article's two years",
        "Hangzhou, not Shanghai",
        "all three",
        "cannot tell",
        "AI as a whole",
        "One field of it",
    ]
    assert "IDC, 2023-01: fails (Hangzhou instead)" in fig.get_label()
    assert "Hurun, 2024: holds" in fig.get_label()  # known to the year only, as the axis says
    assert "only the year is known" in ax.get_xlabel()


VOTES = pd.Series({"holds": 1, "fails": 2, "split": 0, "cannot tell": 0})


def test_words_on_answers_follow_the_votes():
    assert draw.answers_headline(VOTES, VOTES).startswith("Publishers are split")
    assert "contradict" in draw.answers_headline(VOTES, VOTES * [0, 1, 0, 0])
    assert "bear out" in draw.answers_headline(VOTES * [1, 0, 0, 0], VOTES * [1, 0, 0, 0])
    assert "1 and 2 in the two years" in draw.answers_caption(VOTES, VOTES)


def test_words_on_the_vote_say_how_thin_it_is_and_who_is_displaced():
    voters = pd.DataFrame({"publisher_kind": ["media", "media", "research_firm"]})
    said = draw.thin_ground(VOTES, voters)
    assert "**1** had the three in front and **2** had not. One more could make that 2 to 2." in said
    assert said.endswith("Nor are all 3 publishers alike: media 2, research firm 1.")
    answers = pd.DataFrame(
        [("x", "fails", "Shanghai", "Hangzhou"), ("y", "fails", "Shenzhen", "Nanjing"),
         ("z", "fails", "Shenzhen", "Wuhan"), ("w", "holds", "", "")],
        columns=["publisher_id", "answer", "out", "instead"],
    )  # fmt: skip
    assert draw.displaced_words(answers) == (
        "**2** of 3 publishers push out Shenzhen; **1** of 3 publishers push out Shanghai. "
        "For Shenzhen 2 different cities come in. Nobody pushes out Beijing."
    )
    answers.loc[len(answers)] = ("v", "fails", "Beijing, Shenzhen", "Wuhan, Chengdu")
    assert draw.displaced_words(answers) == (
        "**3** of 4 publishers push out Shenzhen; **1** of 4 publishers push out Beijing; "
        "**1** of 4 publishers push out Shanghai. For Shenzhen 3 different cities come in."
    )


def test_words_on_the_index_name_both_gaps():
    said = draw.index_words(pd.Series({"Beijing": 1, "Shenzhen": 0.7449, "Shanghai": 0.6266}))
    assert said.endswith("Shenzhen is **0.26** behind Beijing, and Shanghai another 0.12.")


CHANCES = pd.DataFrame(
    [("Beijing", 1, 1.0), ("Shanghai", 2, 0.95), ("Hangzhou", 2, 0.05), ("Shenzhen", 3, 0.7), ("Hangzhou", 3, 0.3)],
    columns=["place", "rank", "chance"],
)


def test_place_shares_fill_a_bar_for_each_place():
    fig = draw.place_shares(CHANCES)
    (ax,) = fig.axes
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([100, 95, 5, 70, 30])
    assert texts(ax) == ["Beijing 100", "Shanghai 95", "", "Shenzhen 70", "Hangzhou 30"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["first", "second", "third"]
    assert fig.get_suptitle() == "Beijing and Shanghai are firm;\nthird place is Shenzhen's or Hangzhou's"
    assert "third: Shenzhen 70%, Hangzhou 30%" in fig.get_label()
    assert "third is Shenzhen in 70%, Hangzhou in 30%" in draw.shares_caption(CHANCES)


def test_bump_draws_sure_ranks_and_counts_measures_in_common():
    ranks = pd.DataFrame(
        [(2018, "Beijing", 1, 1), (2018, "Hangzhou", 2, 2), (2018, "Shenzhen", 3, 3), (2018, "Shanghai", 4, 4),
         (2019, "Beijing", 1, 1), (2019, "Hangzhou", 3, 3), (2019, "Shenzhen", 2, 2), (2019, "Shanghai", 4, 4),
         (2019, "Wuhan", 6, 10)],
        columns=["year", "place", "best", "worst"],
    )  # fmt: skip
    measures = pd.Series({2018: "policy;talent", 2019: "talent;market;firms"})
    fig = draw.bump(ranks, measures, publisher="IDC")
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["\nmeasures\nas before", "2018\n2", "2019\n3\n1"]
    assert texts(ax).count("Shanghai") == 2 and "Wuhan" not in texts(ax)  # only a range
    assert fig.get_suptitle().startswith("With IDC, Hangzhou holds Shanghai's place")
    assert "4, 4. This is no trend" in draw.bump_caption(ranks, measures, publisher="IDC")
    moved = ranks.replace({"best": {4: 3, 3: 4}, "worst": {4: 3, 3: 4}})
    assert draw.bump(moved, measures, publisher="IDC").get_suptitle().startswith("The first three change")


def test_lists_show_who_stands_where_and_what_is_open():
    holders = pd.DataFrame(
        [("a", "Beijing", 1, 1, True), ("a", "Wuhan", 2, 2, True), ("a", "Hefei", 4, 4, True),
         ("b", "Beijing", 1, 1, True), ("b", "Shanghai", 2, 3, False), ("b", "Shenzhen", 2, 3, False),
         ("c", "Shenzhen", 1, 1, True)],
        columns=["table_id", "place", "best", "worst", "sure"],
    )  # fmt: skip
    rows = pd.DataFrame(
        {"table_id": list("abc"), "name": ["A 1", "B 2", "C 3"], "heading": ["models", "models", "chips"],
         "coverage": ["ai", "ai", "ai_related"], "short_label": ["m", "n", "chips"]}
    )  # fmt: skip
    fig = draw.who_stands_where(holders, rows, headline="x")
    (ax,) = fig.axes
    # others have a name among the first three, and a grey mark below them
    assert texts(ax) == ["Wuhan", "models", "chips", "Beijing", "Shanghai", "Shenzhen"]
    key = ax.get_yticks()[-1]
    drawn = [(line.get_marker(), line.get_xdata()[0]) for line in marks(ax) if line.get_ydata()[0] <= key]
    assert drawn == [("o", 1), ("D", 4), ("o", 1), ("s", 2.125), ("^", 2.875), ("^", 1)]
    assert len(ax.patches) == 1  # the frame of places that are not told apart
    assert "B 2: 1 Beijing, 2 to 3 Shanghai, Shenzhen" in fig.get_label()
    assert draw.fields_headline(holders, rows) == (
        "On one field of AI, Beijing is first in all 2 lists;\non a neighbouring field, in none of 1 lists"
    )
    assert "Shenzhen is first in C 3 (chips)" in draw.fields_caption(holders, rows)


@pytest.fixture(scope="module")
def series():
    return draw.in_panels(analysis.then_and_now(ac.load_all()))


def test_then_and_now_marks_floors_and_breaks(series):
    fig = draw.then_and_now(series, headline="x")
    assert len(fig.axes) == len(draw.PANELS)
    compute = fig.axes[list(draw.PANELS).index("compute")]
    joins = [line for line in compute.lines if line.get_marker() in ("None", "")]
    own = series[series["series"] == "compute"]
    assert len(joins) == own["joined"].sum() - own["place"].nunique()  # none leads to a date after a break
    arrows = [text for text in compute.texts if text.get_text() == ""]
    assert len(arrows) == own["high"].eq(float("inf")).sum() > 0
    assert "over 120" in fig.get_label()


def test_overtaken_needs_certainty_at_both_dates():
    days = pd.to_datetime(["2024-01-01", "2025-01-01"])
    rows = pd.DataFrame(
        [("s", "Shanghai", days[0], 50, 50), ("s", "Shanghai", days[1], 60, 60), ("s", "Shenzhen", days[0], 40, 45),
         ("s", "Shenzhen", days[1], 61, 70), ("s", "Hangzhou", days[0], 40, 55), ("s", "Hangzhou", days[1], 65, 65),
         ("s", "Wuhan", days[0], 10, 10), ("s", "Wuhan", days[1], 58, 62)],
        columns=["series", "place", "day", "low", "high"],
    )  # fmt: skip
    assert draw.overtaken(rows, "s", "Shanghai") == ["Shenzhen"]


def test_words_on_then_and_now_are_those_of_the_data(series):
    start = "Guangzhou and Shenzhen passed Shanghai in algorithms;\nBeijing leads"
    assert draw.then_headline(series) == f"{start} all 4 series that count cities alike"
    behind = series.assign(low=series["low"].where(series["place"] != "Beijing", 0))
    assert draw.then_headline(behind) == f"{start} none of 4 series that count cities alike"
    said = draw.then_caption(series)
    assert said.startswith("Algorithms on file, August 2023 to May 2026: Beijing 49 to 1,501")
