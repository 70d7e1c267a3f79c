"""The figures on compute: what is drawn, not how it looks."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Annotation

import aicities as ac
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
    return compute.collect(ac.load_all())


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


def stocks(known):
    totals = compute.whole_cities(known, figures.CITIES)
    site = known[(known["origin"] == "article") & (known["level"] == "centre") & (known["metric"] != "cabinets")]
    return pd.concat([totals[totals["role"] == "stock"], site])


def test_timeline_fills_only_what_is_installed_and_joins_nothing(known):
    rows = stocks(known)
    fig = plots.timeline(rows, headline="x", article="2024-08-02", sides={"CMP-030": "left"})
    (ax,) = fig.axes
    drawn = points(ax)
    assert all(len(line.get_xdata()) == 1 for line in drawn)
    found = sorted((line.get_ydata()[0], hollow(line)) for line in drawn)
    hollow_states = rows["state"].isin(["planned", "not_stated"])
    assert found == sorted(zip(rows["pflops"] / 1000, hollow_states, strict=True))
    assert len(arrows(ax)) == rows["relation"].isin(["gt", "ge"]).sum()
    written = texts(ax)
    assert "?" in written and "Shenzhen, one site, planned\n40, AI" in written and "Shanghai\nover 120, AI" in written
    styles = {line.get_ydata()[0]: line.get_fillstyle() for line in drawn}
    assert styles[62] == "left" and styles[60] == "full"
    assert "Shenzhen, Aug 2024, 40, AI, planned, one site" in fig.get_label()
    assert "(Beijing 5, Shanghai 2, Shenzhen none)" in plots.timeline_caption(rows)
    assert plots.timeline_headline(rows) == (
        "Beijing and Shanghai have totals of what is\ninstalled; for Shenzhen none was found"
    )
    assert plots.timeline_headline(rows[rows["place"] == "Beijing"]).startswith("Beijing has a total of what")
    assert plots.timeline_headline(rows.assign(state="planned")).startswith("No city has a published total")


def nation(known):
    return known[(known["level"] == "country") & known["metric"].isin(plots.METHODS) & (known["state"] == "installed")]


def test_country_series_gives_each_method_a_marker_and_labels_those_asked_for(known):
    rows = nation(known)
    (ax,) = plots.country_series(rows, headline="x", sides={"CMP-128": "right", "CMP-135": "left"}).axes
    marked = points(ax)
    assert all(len(line.get_xdata()) == 1 for line in marked)
    assert len(marked) == len(rows) and {line.get_marker() for line in marked} == {"o", "s", "D"}
    assert set(texts(ax)) == {"280\nall kinds, FP32", "725.3\nAI alone, analysts"}
    assert f"2 of {len(rows)} points state a precision (FP32, FP16)" in plots.country_caption(rows)


def test_by_year_keeps_bounds_and_gaps(known):
    wide = plots.by_year(nation(known)).set_index("year")
    assert list(wide.columns) == ["all kinds", "all kinds, by servers shipped", "AI alone"]
    assert wide.loc["2021", "all kinds"] == "over 140" and wide.loc["2024", "all kinds"] == "280"
    assert pd.isna(wide.loc["2021", "AI alone"])


def test_obstacles_writes_a_sign_for_each_aspect_that_does_not_fit(known):
    rows = compute.whole_cities(known, ["Beijing", "Shanghai"])
    pairs = compute.pairs(rows[rows["role"] == "stock"])
    fig = plots.obstacles(pairs, rows, headline="x")
    (ax,) = fig.axes
    kinds = pairs[list(compute.ASPECTS)].stack()
    signs = texts(ax)
    assert signs.count("×") == (kinds == "differs").sum()
    assert signs.count("?") == (kinds == "unknown").sum()
    assert "Beijing, the article" in signs
    assert pairs.loc[0, "reasons"] in fig.get_label()
    caption = plots.obstacles_caption(pairs.head(5), of=20)
    assert "The 5 pairs" in caption and "of 20" in caption and "there are none" in caption


def test_aspects_are_those_of_the_analysis():
    assert tuple(plots.COLUMNS) == compute.ASPECTS


def test_results_begin_with_what_has_an_answer(known):
    outcomes = compute.outcomes(known[known["origin"] == "published"], until="2025-12", tolerance=0.1)
    table = plots.results(outcomes, known)
    answered = table["answer"].str.startswith(("reached", "missed"))
    assert len(table) == len(outcomes) and answered.any() and not answered[answered.sum() :].any()
    first = table[table["place"] == "Beijing"].iloc[0]
    assert list(first)[1:] == ["over 45, all kinds", "60 (2025, installed)", "reached at face value"]
    assert (table["what came of it"] == "no number of this kind found").sum() == outcomes["figure"].isna().sum()


def test_captions_and_source_follow_the_rows(known):
    own = known[known["origin"] == "article"]
    caption = plots.account_caption(own)
    assert "bound for Beijing, a ceiling for one site in Shenzhen, and no total for 2" in caption
    rows = known.set_index("fact_id", drop=False).loc[["CMP-054", "I014", "CMP-052"]]
    assert "can support 1.6 times" in plots.site_caption(rows)
    assert plots.source(known) == "plans, governments and news reports of 2020 to 2026"


def test_site_against_city_colours_the_article_only(known):
    rows = known.set_index("fact_id", drop=False).loc[["CMP-054", "I014", "CMP-058"]]
    names = dict(zip(rows["fact_id"], ["city", "site", "cluster"], strict=True))
    fig = plots.site_against_city(rows, headline="x", names=names)
    (ax,) = fig.axes
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["city", "site", "cluster"]
    inks = [line.get_color() for line in points(ax)]
    assert inks == [figures.OTHER.ink, figures.CITIES["Shenzhen"].ink, figures.OTHER.ink]
    assert texts(ax) == ["over 62", "40, a ceiling", "14"]
    assert "site 40, planned" in fig.get_label()
