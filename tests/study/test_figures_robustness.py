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
    fig = draw.first_places(shares)
    (ax,) = fig.axes
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([90, 10, 0, 98, 2, 0])
    # the narrow part has its number outside the bar, the empty one has none
    assert texts(ax) == ["90", "10", "98", "2", "Beijing first", "Shanghai first", "Shenzhen: none"]
    assert ax.texts[3].get_position()[0] > 100
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["any,\nall", "b"]
    assert "any, all: Beijing 90, Shanghai 10, Shenzhen 0; b: Beijing 98" in fig.get_label()
    assert fig.get_suptitle().startswith("However the fields are weighed, Beijing comes first")


def test_words_on_weighing_follow_the_shares():
    shares = pd.DataFrame({"Beijing": [0.9, 0.1], "Shanghai": [0.1, 0.9], "Shenzhen": 0.0}, index=["any", "market"])
    assert (
        draw.first_places(shares).get_suptitle()
        == "Of 2 kinds of weighing only one kind puts\nShanghai first, not Beijing"
    )
    said = draw.first_caption(shares)
    assert "90 put Beijing first" in said and "90 put Shanghai first" in said and said.endswith("comes first in none.")
    assert "in up to 2 of 100" in draw.first_caption(shares.assign(Shenzhen=[0, 0.02]))
    assert "in less than 1 of 100" in draw.first_caption(shares.assign(Shenzhen=[0, 0.0002]))


GROUPS = pd.DataFrame({"t": [1.0, 3, 0], "l": [3.0, 1, 0], "r": [3.0, 1, 0]}, index=CITIES)


def test_triangle_is_tinted_where_each_city_leads():
    tip = rankstats.tipping_points(GROUPS).weights.loc["Shanghai"]
    names = {"t": ["top"], "l": ["left"], "r": ["right"]}
    fig = draw.weight_triangle(GROUPS, tip, names=names, corners=["t", "l", "r"])
    (ax,) = fig.axes
    assert len(ax.patches) == 2  # no part for Shenzhen
    assert {"only t", "only l", "only r", "Shanghai\nleads", "Beijing\nleads"} <= set(texts(ax))
    assert fig.get_suptitle() == "To lead, Shanghai needs 50% of all weight\non t"
    assert "t 50%" in fig.get_label()
    said = draw.triangle_caption(pd.Series({"Beijing": 0.75, "Shanghai": 0.25}))
    assert said.endswith("Beijing in 75 of 100, Shanghai in 25 of 100.")
    # its tint is as large as its share of all weights
    area = [
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(p.get_xy()[:-1], p.get_xy()[1:], strict=True)))
        for p in ax.patches
    ]
    exact = rankstats.exact_acceptability(GROUPS, central=False).shares[1]
    assert area[1] / sum(area) == pytest.approx(exact["Shanghai"])


def test_least_weight_is_that_of_the_nearest_edge():
    assert draw.least_weight(GROUPS, "Shanghai", "t") == pytest.approx(0.5)
    assert draw.least_weight(GROUPS, "Shenzhen", "t") == float("inf")


ROWS = pd.DataFrame({"label": ["a", "b"], "low": [0.43, 0.9], "high": [0.94, 0.9]})


def test_ranges_run_from_lowest_to_highest_and_show_where_the_lead_is_lost():
    fig = draw.ranges(ROWS, base=0.91, headline="x")
    (ax,) = fig.axes
    lines = [sorted(line.get_xdata()) for line in ax.lines if line.get_marker() in ("None", "")]
    assert lines == [pytest.approx(x) for x in ([91, 91], [43, 94], [90, 90])]
    assert texts(ax) == ["Beijing first\nin less than half", "as it is:\n91", "43", "94", "90", "90"]
    assert ax.get_xlim()[0] == 0
    assert "91 as it is. a: 43 to 94; b: 90 to 90" in fig.get_label()


def test_unknown_rows_leave_out_what_says_the_same():
    unknowns = pd.DataFrame(
        [("open", "infrastructure", "computing power", 0.7, 0.9), ("new", "infrastructure", "infrastructure", 0.7, 0.9),
         ("new", "talent", "talent", 0.8, 0.9), ("hole", "capital", "deals: no Shenzhen", 0.85, 0.9)],
        columns=["kind", "field", "label", "low", "high"],
    )  # fmt: skip
    shown = draw.unknown_rows(unknowns)
    assert shown["label"].tolist() == [
        "computing power:\norder left open", "one more list\non talent", "deals: no Shenzhen:\none city missing"
    ]  # fmt: skip
    assert draw.unknowns_headline(unknowns).endswith("knowing computing power would change the answer most")
    assert draw.unknowns_headline(unknowns.assign(low=0.4)).startswith("A single unknown could unseat")
    assert "3 widest of 4 unknowns" in draw.unknowns_caption(unknowns, shown)


def test_words_on_choices_say_which_lose_the_lead():
    choices = pd.DataFrame(
        {"choice": ["order", "scale, same lists"], "options": [362880, 4], "low": [0.1, 0.8], "high": [1, 0.9]}
    )
    assert draw.choice_rows(choices)["label"].tolist() == ["order\n(362,880 tried)", "scale, same lists\n(4 tried)"]
    assert draw.choices_headline(choices).startswith("1 of 2 choices can take the lead from Beijing;\nhow numbers")
    assert draw.choices_headline(choices.assign(low=0.4)).endswith("see which")
    assert draw.choices_headline(choices.assign(low=0.6)) == "None of 2 choices takes the lead from Beijing"
    assert "Below half go: order (10 to 100). The others move the number by 10 at most." in draw.choices_caption(
        choices
    )


LEADING = pd.DataFrame({"r1": ["Beijing", "cannot tell"], "r2": ["Beijing", "no list"]}, index=["f", "g"])
SHARES = pd.DataFrame({"Beijing": [0.6, 0.3], "Shanghai": [0.4, 0.6], "Shenzhen": [0, 0.1]}, index=["r1", "r2"])
NAMES = {"r1": "one", "r2": "two"}


def test_rules_show_leaders_gaps_and_shares():
    fig = draw.rules_matrix(LEADING, SHARES, names=NAMES)
    left, right = fig.axes
    cells = [line for line in left.lines if line.get_marker() not in ("None", "") and line.get_ydata()[0] in (0, 1)]
    drawn = [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in cells]
    assert drawn == [(0, 0, "o"), (1, 0, "x"), (0, 1, "o"), (1, 1, "_")]
    assert texts(left) == ["Beijing", "open or split", "no list"]  # no key for a city that leads nowhere
    assert [bar.get_width() for bar in right.patches] == pytest.approx([60, 40, 0, 30, 60, 10])
    assert texts(right) == ["60", "40", "30", "60", "10"]
    said = "one: f Beijing, g cannot tell, all fields together Beijing 60, Shanghai 40, Shenzhen 0; two: f Beijing"
    assert said in fig.get_label()
    assert fig.get_suptitle() == (
        "How many of 2 fields a city leads hangs on the rule:\nBeijing 1, Shanghai 0, Shenzhen 0"
    )


def test_words_on_rules_name_the_strictest():
    said = draw.rules_caption(LEADING, SHARES, NAMES)
    assert said.startswith("The strictest rule, two, leaves 1 fields with a leader.")
    assert "Beijing in 30, Shanghai in 60" in said and "Beijing is first in 60 to 60" in said
    spread = "Beijing 0 to 1, Shanghai 0 to 2, Shenzhen 0"
    assert draw.rules_headline(LEADING.assign(r2="Shanghai")).endswith(spread)
