"""The figures on what each city is strong in: what is drawn, not how it looks."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from scipy.optimize import minimize

import rankstats
from aicities import figures
from aicities.study.specialisation import analysis as profiles
from aicities.study.specialisation import figures as draw

CITIES = list(figures.CITIES)


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.use()
    yield
    plt.close("all")


@pytest.fixture
def counts() -> pd.DataFrame:
    return pd.DataFrame(
        {"models": [84, 34, 19], "robots": [8, 10, 7], "giants": [1210, 1032, 1333]}, index=CITIES, dtype="float64"
    )


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def points(ax: Axes) -> dict[tuple[float, float], str]:
    """Position and fill of every point that is drawn alone."""
    return {
        (line.get_xdata()[0], line.get_ydata()[0]): to_hex(line.get_markerfacecolor())
        for line in ax.lines
        if len(line.get_xdata()) == 1
    }


def test_strengths_are_squares_whose_area_is_the_number() -> None:
    counts = pd.DataFrame(
        [
            ("research", "report", "Beijing", 2),
            ("research", "author", "Beijing", 8),
            ("hardware", "author", "Shenzhen", 3),
        ],
        columns=["dimension", "voice", "city", "number"],
    )
    fig = draw.strengths_by_voice(counts, headline="x")
    beijing, shanghai, shenzhen = fig.axes
    assert [texts(ax) for ax in (beijing, shanghai, shenzhen)] == [["2", "8"], [], ["3"]]
    areas = [square.get_sizes()[0] for square in beijing.collections]
    assert areas[1] / areas[0] == pytest.approx(4)
    assert [tuple(square.get_offsets()[0]) for square in beijing.collections] == [(1, 0), (0, 0)]
    assert [tick.get_text() for tick in beijing.get_yticklabels()] == ["research", "hardware"]
    assert "Shenzhen, hardware: 3 by the author" in fig.get_label()


def test_quotients_are_coloured_only_beyond_chance_and_context_stands_below(counts: pd.DataFrame) -> None:
    quotients = profiles.quotients(counts, average=["models", "robots"])
    fig = draw.quotient_panels(quotients, headline="x", xlabel="share", right=3, context=["giants"],
                               expected={"robots": "Shenzhen"})  # fmt: skip
    assert [tick.get_text() for tick in fig.axes[0].get_yticklabels()] == [
        "models (137)", "robots (25)", draw.CONTEXT, "giants (3,575)"]  # fmt: skip
    value = quotients.set_index(["place", "activity"])
    for ax, city in zip(fig.axes, CITIES, strict=True):
        drawn = points(ax)
        for y, activity in ((0, "models"), (1, "robots"), (3, "giants")):
            row = value.loc[(city, activity)]
            shade = figures.CITIES[city].colour if row["beyond"] else figures.OTHER.colour
            fill = drawn[(row["value"], y)]
            assert fill == ("#ffffff" if activity == "giants" else shade.lower())
        assert len(ax.patches) == (city == "Shenzhen")
    assert f"giants, Shenzhen {value.loc[('Shenzhen', 'giants'), 'value']:.2f}" in fig.get_label()


def test_quotients_beyond_the_right_end_get_an_arrow(counts: pd.DataFrame) -> None:
    quotients = profiles.quotients(counts)
    shown = quotients.assign(high=quotients["high"].where(quotients["place"] != "Beijing", 9.0))
    fig = draw.quotient_panels(shown, headline="x", xlabel="share", right=3)
    arrows = [sum(line.get_marker() == ">" for line in ax.lines) for ax in fig.axes]
    assert arrows == [3, 0, 0]
    assert max(max(line.get_xdata()) for line in fig.axes[0].lines) == 3


def test_panels_may_be_activities_with_a_row_for_each_place(counts: pd.DataFrame) -> None:
    fig = draw.quotient_panels(
        profiles.quotients(counts), headline="x", xlabel="share", right=3, panels="activity", context=["giants"]
    )
    assert [ax.get_title() for ax in fig.axes] == ["models", "robots", "giants"]
    assert [tick.get_text() for tick in fig.axes[0].get_yticklabels()] == CITIES
    assert set(points(fig.axes[2]).values()) == {"#ffffff"}


def test_triangle_has_a_point_and_a_label_for_each_metric(counts: pd.DataFrame) -> None:
    shares = rankstats.ternary(counts, places=CITIES)
    fig = draw.pull(shares, headline="x", corners={"Beijing": "0 to 1", "Shanghai": "1 to 10", "Shenzhen": "10 to 100"},
                    stages={"models": "Beijing", "robots": "Shenzhen"}, context=["giants"])  # fmt: skip
    (ax,) = fig.axes
    assert {"models", "robots", "giants", "Beijing\n0 to 1", "Shenzhen\n10 to 100"} <= set(texts(ax))
    marks = ax.collections
    assert len(marks) == 3
    # top, left, right corner of an equilateral triangle of height 1
    corner = np.array([[0, 1], [-(3**-0.5), 0], [3**-0.5, 0]])
    for mark, metric in zip(marks, shares.index, strict=True):
        assert list(mark.get_offsets()[0]) == pytest.approx(list(shares.loc[metric].to_numpy() @ corner))
    assert [len(mark.get_facecolor()) for mark in marks] == [1, 1, 0]
    assert "models: Beijing 61%, Shanghai 25%, Shenzhen 14%" in fig.get_label()


def test_labels_of_the_triangle_do_not_overlap() -> None:
    shares = pd.DataFrame(
        np.random.default_rng(0).dirichlet([30, 20, 10], size=14),
        columns=CITIES,
        index=[f"metric {k}" for k in range(14)],
    )
    fig = draw.pull(shares, headline="x", corners=dict.fromkeys(CITIES, ""), stages={})
    fig.canvas.draw()
    boxes = [text.get_window_extent() for text in fig.axes[0].texts if text.get_text().startswith("metric")]
    assert len(boxes) == 14
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_all_three_cities_stand_on_the_line_of_each_metric(counts: pd.DataFrame) -> None:
    size = pd.DataFrame({"low": [21.9, 24.4, 17.8], "high": [21.9, 25.4, 17.8]}, index=CITIES)
    quotients = profiles.quotients(counts, reference=size)
    fig = draw.per_size(quotients, headline="x", xlabel="share", context=["giants"])
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["models", "robots", draw.CONTEXT, "giants"]
    drawn = points(ax)
    for y, activity in ((0, "models"), (1, "robots"), (3, "giants")):
        for offset, city in zip((-0.24, 0, 0.24), CITIES, strict=True):
            row = quotients.set_index(["activity", "place"]).loc[(activity, city)]
            at = next(
                fill for (x, height), fill in drawn.items() if x == row["value"] and abs(height - y - offset) < 1e-9
            )
            assert at == ("#ffffff" if activity == "giants" else figures.CITIES[city].colour.lower())


def test_spread_moves_heights_as_little_as_possible() -> None:
    assert draw.spread(np.array([0.0, 1.0, 5.0]), 0.5).tolist() == [0, 1, 5]
    assert draw.spread(np.array([0.0, 0.0]), 1.0).tolist() == [-0.5, 0.5]
    heights, gap = np.sort(np.random.default_rng(1).random(7)), 0.2
    far_enough = {"type": "ineq", "fun": lambda y: np.diff(y) - gap}
    best = minimize(lambda y: ((y - heights) ** 2).sum(), np.arange(7.0), constraints=[far_enough])
    assert draw.spread(heights, gap) == pytest.approx(best.x, abs=1e-4)
    with pytest.raises(ValueError, match="sorted"):
        draw.spread(np.array([1.0, 0.0]), 0.1)
