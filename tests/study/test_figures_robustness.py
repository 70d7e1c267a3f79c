"""The figures on robustness: what is drawn, not how it looks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import rankstats
from aicities import figures
from aicities.study.robustness import figures as draw

CITIES = list(figures.CITIES)


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_bars_fill_a_hundred_and_name_every_part():
    shares = pd.DataFrame({"Beijing": [0.9, 0.98], "Shanghai": [0.1, 0.02], "Shenzhen": 0.0}, index=["any, all", "b"])
    fig = draw.first_places(shares, headline="x", xlabel="ways")
    (ax,) = fig.axes
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([90, 10, 0, 98, 2, 0])
    # the narrow part has its number outside the bar, the empty one has none
    assert texts(ax) == ["90", "10", "98", "2", "Beijing first", "Shanghai first", "Shenzhen: none of 100"]
    assert ax.texts[3].get_position()[0] > 100
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["any,\nall", "b"]
    assert "any, all: Beijing 90, Shanghai 10, Shenzhen 0; b: Beijing 98" in fig.get_label()


def test_triangle_marks_each_weighting_by_its_leader_and_points_to_the_change():
    values = pd.DataFrame({"t": [1.0, 3, 0], "l": [3.0, 1, 0], "r": [3.0, 1, 0]}, index=CITIES)
    grid = rankstats.weight_grid(["t", "l", "r"], steps=4)
    leader = rankstats.leader_under(values, grid)
    assert leader.isna().any()  # at half the weight two are level
    tip = rankstats.tipping_points(values).weights.loc["Shanghai"]
    fig = draw.weight_triangle(grid, leader, tip=tip, names={"t": "top", "l": "left", "r": "right"}, headline="x")
    (ax,) = fig.axes
    sizes = [len(marks.get_offsets()) for marks in ax.collections]
    assert sizes == [(leader == name).sum() for name in CITIES] + [leader.isna().sum()] and sum(sizes) == len(grid)
    shanghai = ax.collections[1].get_offsets()
    assert shanghai[:, 1].min() > ax.collections[0].get_offsets()[:, 1].max()  # the top corner is Shanghai's
    assert {"only t", "only l", "only r", "Shanghai\nleads", "Beijing\nleads"} <= set(texts(ax))
    assert "Shenzhen\nleads" not in texts(ax)
    assert f"Beijing under {(leader == 'Beijing').sum()} of {len(grid)} weightings" in fig.get_label()
    assert "t 50%" in fig.get_label()


def test_swings_run_from_lowest_to_highest_under_their_headings():
    rows = pd.DataFrame(
        [("open", "a", 0.83, 0.94), ("open", "b", 0.90, 0.90), ("new", "c", 0.85, 0.92)],
        columns=["kind", "label", "low", "high"],
    )
    fig = draw.swings(rows, base=0.91, kinds={"open": "Open", "new": "New"}, headline="x", xlabel="ways")
    (ax,) = fig.axes
    lines = [line.get_xdata() for line in ax.lines if line.get_marker() in ("None", "")]
    assert [sorted(line) for line in lines] == [pytest.approx(x) for x in ([91, 91], [83, 94], [90, 90], [85, 92])]
    # a point has one number, a line has two
    assert texts(ax) == ["83", "94", "90", "85", "92", "Open", "New", "as it is: 91"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["a", "b", "c"]
    ys = ax.get_yticks()
    assert ys[1] - ys[0] < ys[2] - ys[1]
    assert "91 as it is. a: 83 to 94; b: 90 to 90; c: 85 to 92" in fig.get_label()


def test_chances_point_up_or_down_from_the_chance_with_all():
    rows = pd.DataFrame({"without": ["A", "B"], "chance": [0.8, 0.5]})
    fig = draw.chances_without(rows, base=0.7, headline="x", xlabel="draws")
    (ax,) = fig.axes
    marks = [line for line in ax.lines if line.get_marker() not in ("None", "")]
    assert [mark.get_marker() for mark in marks] == ["^", "v"]
    assert marks[0].get_color() != marks[1].get_color()
    assert texts(ax) == ["all counted: 70", "80", "50"]
    assert "70 with all publishers: without A 80, without B 50" in fig.get_label()


def test_rules_show_leaders_gaps_and_shares():
    leading = pd.DataFrame({"r1": ["Beijing", "cannot tell"], "r2": ["Shanghai", "no list"]}, index=["f", "g"])
    shares = pd.DataFrame({"Beijing": [0.6, 0.3], "Shanghai": [0.4, 0.7], "Shenzhen": 0.0}, index=["r1", "r2"])
    fig = draw.rules_matrix(leading, shares, names={"r1": "one", "r2": "two"}, headline="x")
    left, right = fig.axes
    cells = [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in left.lines[:4]]
    assert cells == [(0, 0, "o"), (1, 0, "x"), (0, 1, "s"), (1, 1, "_")]
    assert texts(left) == ["Beijing", "Shanghai", "cannot tell", "no list left"]  # no key for a city that leads nowhere
    assert [bar.get_width() for bar in right.patches] == pytest.approx([60, 40, 0, 30, 70, 0])
    assert texts(right) == ["60", "40", "30", "70"]
    said = "one: f Beijing, g cannot tell, all fields together Beijing 60, Shanghai 40, Shenzhen 0; two: f Shanghai"
    assert said in fig.get_label()
