"""The figures on compute: what is drawn, not how it looks."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Annotation

from aicities import figures
from aicities.study.compute import analysis as compute
from aicities.study.compute import figures as plots


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def known():
    return compute.collect()


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def arrows(ax):
    return [text for text in ax.texts if isinstance(text, Annotation) and text.arrow_patch is not None]


def hollow(line):
    return line.get_markerfacecolor() == "white"


def points(ax):
    return [line for line in ax.lines if line.get_marker() not in ("None", "", None)]


@pytest.mark.parametrize(
    ("relation", "pflops", "text"),
    [
        ("gt", 33_000, "over 33"),
        ("eq", 3_740, "3.74"),
        ("ge", 1_590_000, "at least 1,590"),
        ("approx", 900, "about 0.9"),
    ],
)
def test_amount(relation, pflops, text):
    assert plots.amount(relation, pflops) == text


def test_month():
    assert plots.month("2024-02-29") == "Feb 2024" and plots.month("2024") == "2024"
    assert plots.month("2023-12", year_only=True) == "2023"


def test_article_account_draws_blanks_and_hollow_points(known):
    (ax,) = plots.article_account(known[known["origin"] == "article"], headline="x").axes
    assert [tick.get_text().split(",")[0] for tick in ax.get_yticklabels()] == [
        "Beijing",
        "Shanghai",
        "Shenzhen",
        "Shenzhen",
    ]
    assert texts(ax).count("no amount") == 2 and len(ax.patches) == 2
    values = {line.get_xdata()[0]: hollow(line) for line in points(ax) if line.get_marker() in ("o", "^")}
    assert values == {20: True, 40: True}
    floor, ceiling = (line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2)
    assert floor[0] == 20 < floor[1] and list(ceiling) == [0, 40]


def test_timeline_fills_only_what_is_installed_and_joins_nothing(known):
    site = known[known["centre"].astype("str").str.contains("Qianhai") & (known["metric"] != "cabinets")]
    rows = pd.concat([compute.whole_cities(known, figures.CITIES), site])
    fig = plots.timeline(rows, headline="x", article="2024-08-02", blank="none")
    for ax, place in zip(fig.axes, figures.CITIES, strict=True):
        here = rows[rows["place"] == place]
        drawn = points(ax)
        assert all(len(line.get_xdata()) == 1 for line in drawn)
        found = sorted((line.get_ydata()[0], hollow(line)) for line in drawn)
        hollow_states = here["state"].isin(["planned", "not_stated"])
        assert found == sorted(zip(here["pflops"] / 1000, hollow_states, strict=True))
        assert len(arrows(ax)) == here["relation"].isin(["gt", "ge"]).sum()
        assert ("none" in texts(ax)) == (place != "Beijing")
    assert "?" in texts(fig.axes[0]) and "one site could support 40" in texts(fig.axes[2])
    assert "40, AI, planned, one site" in fig.get_label()


def test_a_part_that_is_being_built_is_half_filled(known):
    rows = compute.whole_cities(known, ["Shenzhen", "Shanghai"])
    fig = plots.timeline(rows, headline="x", article="2024-08-02", blank="none")
    styles = {line.get_ydata()[0]: line.get_fillstyle() for line in points(fig.axes[1])}
    assert styles[62] == "left" and styles[25] == "full"


def test_country_series_gives_each_metric_a_marker_and_writes_precisions(known):
    nation = known[(known["level"] == "country") & known["metric"].isin(plots.COUNTED.keys())]
    (ax,) = plots.country_series(nation, headline="x", names=plots.COUNTED).axes
    assert len(points(ax)) == len(nation)
    written = texts(ax)
    assert "280, FP32" in written and "788, FP16" in written and "over 300, target" in written
    assert sum("estimate" in text for text in written) == nation["operator"].notna().sum()
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == list(plots.COUNTED.values())


def test_by_year_keeps_bounds_and_gaps(known):
    nation = known[(known["level"] == "country") & (known["state"] == "installed")]
    wide = plots.by_year(compute.latest(nation)).set_index("year")
    assert list(wide.columns) == list(plots.COUNTED.values())
    assert wide.loc["2021", "all kinds"] == "over 140" and wide.loc["2024", "all kinds"] == "280"
    assert pd.isna(wide.loc["2021", "AI only"])


def test_obstacles_writes_a_sign_for_each_aspect_that_does_not_fit(known):
    rows = compute.whole_cities(known, ["Beijing", "Shanghai"])
    rows = rows[rows["role"] == "stock"]
    pairs = compute.pairs(rows)
    fig = plots.obstacles(pairs, rows, headline="x")
    (ax,) = fig.axes
    kinds = pairs[list(compute.ASPECTS)].stack()
    signs = texts(ax)
    assert signs.count("×") == (kinds == "differs").sum() + 1  # and one in the legend
    assert signs.count("?") == (kinds == "unknown").sum() + 1
    assert signs.count("Beijing, article") == 1
    assert f"precision 0 and {len(pairs)}" in fig.get_label()


def test_aspects_are_those_of_the_analysis():
    assert tuple(plots.ASPECTS) == compute.ASPECTS


def test_targets_says_why_a_figure_does_not_answer(known):
    outcomes = compute.outcomes(known[known["origin"] == "published"], until="2025-12")
    fig = plots.targets(outcomes, known, headline="x")
    (ax,) = fig.axes
    written = texts(ax)
    assert len([text for text in written if text]) == len(outcomes)
    assert written.count("reached at face value") == 2 and "partly being built" in written
    assert written.count("no figure") == (outcomes["answer"] == "no figure").sum() == outcomes["figure"].isna().sum()
    assert len(points(ax)) == outcomes["figure"].notna().sum()


def test_site_against_city_colours_the_article_only(known):
    rows = known.set_index("fact_id", drop=False).loc[["CMP-054", "I014", "CMP-058"]]
    names = dict(zip(rows["fact_id"], ["city", "site", "cluster"], strict=True))
    fig = plots.site_against_city(rows, headline="x", names=names)
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["city", "site", "cluster"]
    inks = [line.get_color() for line in points(ax)]
    assert inks == [figures.OTHER.ink, figures.CITIES["Shenzhen"].ink, figures.OTHER.ink]
    assert texts(ax) == ["over 62", "40", "14"] and len(arrows(ax)) == 1
    assert "site 40, planned" in fig.get_label()
