"""The figures on rankings: what is drawn, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from aicities import figures
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
    return pd.DataFrame({"table_id": ["a", "b"], "name": ["A 2020", "B 2021"], "group": ["x", "y"]})


def test_matrix_prints_each_cell_and_tells_the_kinds_apart(cells, rows):
    fig = draw.rank_matrix(cells, rows, ["Beijing", "Shenzhen", "Wuhan"], headline="x")
    (ax,) = fig.axes
    assert texts(ax) == ["1", "4", ">10", "T1", "6–10", ""]
    # nothing is filled where a city is not listed; tier and range are dashed, not covered is hatched
    looks = [(box.get_linestyle() != "-" and box.get_linestyle() != "solid", box.get_hatch()) for box in ax.patches]
    assert looks == [(False, None), (False, None), (True, None), (True, None), (False, "////")]
    assert ax.patches[0].get_facecolor() != ax.patches[1].get_facecolor()
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["A 2020", "B 2021"]
    assert "A 2020: Beijing 1, Shenzhen 4, Wuhan >10; B 2021: Beijing T1" in fig.get_label()
    assert "Wuhan not covered" in fig.get_label()


def test_matrix_keeps_a_group_together_and_writes_headings_once(cells, rows):
    together = draw.rank_matrix(cells, rows.assign(group="x"), ["Beijing"], headline="x").axes[0].get_yticks()
    apart = draw.rank_matrix(cells, rows, ["Beijing"], headline="x").axes[0].get_yticks()
    assert apart[1] - apart[0] > together[1] - together[0]
    (ax,) = draw.rank_matrix(cells, rows.assign(heading="models"), ["Beijing"], headline="x").axes
    assert texts(ax).count("models") == 1


def test_matrix_only_frames_what_does_not_count(cells, rows):
    (ax,) = draw.rank_matrix(cells, rows.assign(counted=[False, True]), ["Beijing"], headline="x").axes
    assert ax.patches[0].get_facecolor() == (1, 1, 1, 1)
    (ax,) = draw.rank_matrix(cells, rows, ["Beijing"], headline="x").axes
    assert ax.patches[0].get_facecolor() != (1, 1, 1, 1)


def test_index_shares_name_a_city_without_a_score():
    shares = pd.DataFrame(
        {
            "name": ["P", "P", "Q", "Q", "Q"],
            "place": ["Beijing", "Shanghai", "Beijing", "Shanghai", "Shenzhen"],
            "share": [1.0, 0.5, 1.0, 0.9, 0.8],
        }
    )
    fig = draw.index_shares(shares, headline="x", xlabel="share")
    (ax,) = fig.axes
    assert texts(ax) == ["Shanghai 50%", "no score of Shenzhen", "Shanghai 90%", "Shenzhen 80%", "Beijing"]
    drawn = {(line.get_marker(), line.get_xdata()[0], line.get_ydata()[0]) for line in marks(ax)}
    assert drawn == {("o", 1.0, 0), ("s", 0.5, 0), ("o", 1.0, 1), ("s", 0.9, 1), ("^", 0.8, 1)}
    assert "Q: Beijing 100.0%, Shanghai 90.0%, Shenzhen 80.0%" in fig.get_label()


def test_answers_get_a_line_for_each_publisher_and_a_mark_for_each_table():
    days = pd.to_datetime(["2023-01-01", "2023-07-01", "2024-01-01", "2020-05-01"])
    answers = pd.DataFrame(
        {
            "witness": ["IDC", "IDC", "Hurun", "Maimai"],
            "topic": ["overall", "overall", "enterprise", "talent"],
            "first_day": days,
            "last_day": days + pd.to_timedelta([30, 30, 365, 30], unit="D"),
            "answer": ["fails", "fails", "holds", "cannot tell"],
            "out": ["Shanghai", "Shanghai", "", ""],
            "instead": ["Hangzhou", "Hangzhou", "", ""],
        }
    )
    window = (pd.Timestamp("2022-08-02"), pd.Timestamp("2024-08-02"))
    fig = draw.answers_in_time(answers, window=window, window_label="two years", headline="x")
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["IDC", "Hurun", "Maimai"]
    assert [line.get_marker() for line in marks(ax)] == ["X", "X", "o", "d"]
    said = [text.strip() for text in texts(ax)]
    assert said == ["two years", "Hangzhou, not Shanghai", "all three", "cannot tell", "AI as a whole", "One aspect"]
    assert "IDC, 2023-01: fails (Hangzhou instead)" in fig.get_label()
    assert "Hurun, 2024: holds" in fig.get_label()  # known to the year only, as the axis says
    assert "only the year is known" in ax.get_xlabel()


def test_chances_are_discs_whose_area_is_the_share():
    chances = pd.DataFrame(
        [("Beijing", 1, 1.0), ("Shenzhen", 2, 0.25), ("Shenzhen", 3, 0.745), ("Shenzhen", 4, 0.005)],
        columns=["place", "rank", "chance"],
    )
    fig = draw.rank_chances(chances, headline="x", xlabel="rank")
    (ax,) = fig.axes
    areas = [points.get_sizes()[0] for points in ax.collections]
    assert len(areas) == 3  # half a percent is not drawn
    assert areas[1] / areas[0] == pytest.approx(0.25)
    assert texts(ax) == ["100%", "25%", "74%"]
    assert "Shenzhen: 25% rank 2, 74% rank 3." in fig.get_label()
