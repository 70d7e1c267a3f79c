"""Plans: what is counted, what can be compared, what came due, and the figures that show it."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import aicities as ac
from aicities.study.compute import analysis as compute
from aicities.study.policy import analysis, figures
from aicities.study.strengths import strengths

THREE = ["Beijing", "Shanghai", "Shenzhen"]
REAL = ac.load_all()


@pytest.fixture(autouse=True)
def style():
    ac.figures.use()
    yield
    plt.close("all")


def small(**items: list) -> dict[str, pd.DataFrame]:
    """Two plans of two cities, and these columns of items instead of the given ones."""
    plans = pd.DataFrame(
        {
            "plan_id": ["A-1", "B-1"],
            "place": ["Beijing", "Shanghai"],
            "title_en": ["A", "B"],
            "published": ["2023-05-01", "2024"],
            "kind": ["plan", "plan"],
            "coverage": ["ai", "all_sectors"],
            "entity_id": [None, "a-plan"],
            "measures": pd.array([None, 3], dtype="Int64"),
        }
    )
    columns = {
        "item_id": ["PI-1", "PI-2"],
        "plan_id": ["A-1", "B-1"],
        "kind": ["target", "target"],
        "topic": ["models", "models"],
        "measure": ["models", "models"],
        "money": [None, None],
        "label": ["Models", "Models"],
        "place_level": ["city", "city"],
        "relation": ["eq", "ge"],
        "value": [10.0, 20.0],
        "value_max": [None] * len(items.get("value", [1, 2])),
        "unit": ["models", "models"],
        "due": ["2024", "2024-12"],
        "draft": [False, False],
        "indicator": ["models", "models"],
        "duplicate_of": [None] * len(items.get("value", [1, 2])),
    } | items
    return {"plans": plans, "plan_items": pd.DataFrame(columns), "compute": REAL["compute"].head(0)}


def published(*rows: tuple) -> dict[str, pd.DataFrame]:
    """Figures (relation, value, unit, as_of) of Beijing under the indicator `models`, told by the city."""
    indicators = pd.DataFrame(rows, columns=["relation", "value", "unit", "as_of"]).assign(
        value_max=None,
        place="Beijing",
        place_level="city",
        indicator="models",
        source_id="s",
        fact_id=[f"F{n}" for n in range(len(rows))],
    )
    sources = pd.DataFrame(
        {
            "source_id": ["s"],
            "published": ["2026-01-01"],
            "publisher_home": ["Beijing"],
            "publisher_kind": ["local_body"],
        }
    )
    return {"city_indicators": indicators, "sources": sources}


# -- analysis ------------------------------------------------------------------------------------------------


def test_a_table_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="lack 'plan_items'"):
        analysis.outcomes({"plans": REAL["plans"]})
    with pytest.raises(KeyError, match="lack 'places'"):
        analysis.titles({"programmes": REAL["programmes"]}, THREE)


def test_each_item_has_the_city_and_date_of_its_plan() -> None:
    table = analysis.promises(REAL)
    assert len(table) == len(REAL["plan_items"])
    assert table["place"].notna().all()
    row = table.set_index("item_id").loc["PI-154"]
    assert (row["place"], row["published"], row["value"]) == ("Shenzhen", "2024-07-30", 30000)


def test_goals_of_zones_and_centres_are_not_counted_for_the_city() -> None:
    assert analysis.counted(small(), "measure").loc["models"].tolist() == [1, 1]
    assert analysis.counted(small(place_level=["zone", "city"]), "measure").loc["models"].tolist() == [0, 1]
    assert analysis.counted(small(kind=["target", "fund"]), "topic").loc["models"].tolist() == [1, 0]


def test_goals_told_beside_the_plans_count_once() -> None:
    table = analysis.goals(REAL).set_index("goal_id")
    assert table.index.is_unique
    assert table.loc["CMP-003", ["place", "measure", "due"]].tolist() == ["Beijing", "intelligent_compute", "2025-12"]
    assert not {"CMP-029", "CMP-052", "CMP-151"} & set(table.index), "the plans have these goals"
    assert not {"CMP-024", "CMP-057", "PI-153", "PI-044"} & set(table.index), "these are not of a whole city"
    assert table.loc["PI-150", "precision"] == "FP16"


def test_only_computing_power_is_counted_by_all_three_cities() -> None:
    measures = analysis.counted(REAL, "measure")[THREE] > 0
    assert measures.index[measures.all(axis=1)].tolist() == ["intelligent_compute"]
    assert measures.sum(axis=1).eq(2).sum() > 5
    assert (analysis.counted(REAL, "topic")[THREE] > 0).all(axis=1).sum() >= 4


def test_the_three_papers_of_the_article_count_nothing_alike() -> None:
    papers = analysis.three_papers(REAL)
    assert papers["place"].tolist() == THREE
    assert papers["goals"].tolist() == [5, 0, 4]
    assert papers["measures"].map(len).tolist() == [5, 0, 2]
    assert not frozenset.intersection(*papers["measures"])
    assert not papers["measures"][0] & papers["measures"][2]
    assert papers["points"].fillna(0).tolist() == [0, 19, 22]
    assert analysis.three_papers(small())["sums"].tolist() == [0]


def test_like_goals_are_of_one_measure_and_year() -> None:
    table = analysis.like_goals(small(), ["Beijing", "Shanghai"])
    assert table.values.tolist() == [["models", "2024", "10 models", "at least 20 models"]]
    assert analysis.like_goals(small(due=["2024", "2025"]), ["Beijing", "Shanghai"]).empty
    assert analysis.like_goals(small(due=["2024", None]), ["Beijing", "Shanghai"]).empty
    real = analysis.like_goals(REAL, THREE).set_index("measure")
    assert real.loc["robot_scenarios", THREE[:2]].tolist() == ["100 scenarios"] * 2
    assert real.index[real[THREE].notna().all(axis=1)].tolist() == ["intelligent_compute"]
    assert real.loc["intelligent_compute", "Shenzhen"] == "25 EFLOPS at FP16"


@pytest.mark.parametrize(
    ("figures_", "goal", "result", "decides"),
    [
        ([("eq", 10, "models", "2024")], "eq", "reached", "F0"),
        ([("eq", 9, "models", "2024")], "eq", "missed", "F0"),
        ([("eq", 10, "models", "2024")], "gt", "missed", "F0"),
        ([("gt", 10, "models", "2024")], "gt", "reached", "F0"),
        ([("gt", 9, "models", "2024")], "eq", "cannot tell", "F0"),
        ([("lt", 10, "models", "2024")], "ge", "missed", "F0"),
        ([("le", 10, "models", "2024")], "ge", "cannot tell", "F0"),
        ([("approx", 30, "models", "2024")], "ge", "cannot tell", "F0"),
        ([("eq", 30, "companies", "2024")], "ge", "cannot tell", "F0"),
        ([("eq", 30, "models", "2024")], "approx", "cannot tell", "F0"),
        ([("eq", 9, "models", "2023")], "ge", "no number", None),
        ([("eq", 12, "models", "2023")], "ge", "reached", "F0"),
        ([("eq", 12, "models", "2025-01-31")], "ge", "reached", "F0"),
        ([("eq", 9, "models", "2025-01-31")], "ge", "missed", "F0"),
        ([("eq", 12, "models", "2025-02-01")], "ge", "no number", None),
        (
            [("eq", 9, "models", "2024"), ("eq", 11, "models", "2023"), ("eq", 12, "models", "2024")],
            "ge",
            "reached",
            "F1",
        ),
        ([], "ge", "no number", None),
    ],
)
def test_what_a_figure_says_of_a_goal(figures_: list, goal: str, result: str, decides: str | None) -> None:
    data = small(relation=[goal, "ge"]) | published(*figures_)
    row = analysis.outcomes(data).iloc[0]
    assert (row["result"], row["fact_id"] if decides else None) == (result, decides)


def test_a_figure_with_two_ends_is_read_as_a_range() -> None:
    data = small() | published(("ge", 7, "models", "2024"))
    assert analysis.outcomes(data).loc[0, "result"] == "cannot tell"
    data["city_indicators"]["value_max"] = 9.0
    assert analysis.outcomes(data).loc[0, ["result", "figure"]].tolist() == ["missed", "7 to 9 models"]


def test_money_and_compute_are_compared_in_one_unit() -> None:
    for unit, other, value in (("CNY_100m", "CNY_bn", 1.0), ("EFLOPS", "PFLOPS", 10_000.0)):
        data = small(unit=[unit, unit]) | published(("eq", value, other, "2024"))
        assert analysis.outcomes(data).loc[0, "result"] == "reached", unit


def test_what_is_not_due_by_the_newest_source_is_left_out() -> None:
    data = small(due=["2026-01-01", "2026-01-02"]) | published()
    assert analysis.known_until(data) == pd.Timestamp("2026-01-01")
    assert analysis.outcomes(data)["goal_id"].tolist() == ["PI-1"]


def test_goals_of_the_real_plans() -> None:
    table = analysis.outcomes(REAL).set_index("goal_id")
    assert len(table) == 98
    assert set(table["result"]) <= {"reached", "missed", "cannot tell", "no number"}
    assert table.loc[["PI-001", "PI-067", "PI-078", "PI-097"], "result"].eq("reached").all()
    assert table.loc["PI-001", "own_word"]
    assert table.loc["PI-150", "result"] == "no number"  # what is being built is not in place


def test_sorts_of_voucher_money_stay_apart() -> None:
    sums = analysis.vouchers(REAL, "compute_vouchers")
    table = sums.pivot(index=["place", "place_level"], columns="money", values="said")
    assert table.loc[("Shanghai", "city"), "pot"] == "600 million yuan"
    assert table.loc[("Shenzhen", "city"), "yearly_pot"] == "at most 500 million yuan a year"
    assert table.loc[("Beijing", "city"), "yearly_ceiling"] == "at most 2 million yuan a year"
    assert table.loc[("Beijing", "zone"), "yearly_pot"] == "100 million yuan a year"
    assert table.loc[[(place, "city") for place in THREE]].notna().all().loc[lambda x: x].index.tolist() == ["share"]
    assert sums.iloc[0]["place"] == "Beijing"


def test_the_newest_sum_counts_and_the_first_of_a_paper() -> None:
    data = small(
        kind=["voucher"] * 3,
        plan_id=["A-1", "A-1", "A-1"],
        item_id=["1", "2", "3"],
        money=["pot", "pot", "share"],
        **{name: [value] * 3 for name, value in (("topic", "money"), ("measure", "v"), ("label", "x"), ("due", None))},
        **{name: [value] * 3 for name, value in (("place_level", "city"), ("draft", False), ("indicator", None))},
        relation=["eq", "eq", "le"],
        value=[1.0, 2.0, 30.0],
        unit=["CNY_million", "CNY_million", "percent"],
    )
    assert analysis.vouchers(data, "v")["value"].tolist() == [1.0, 30.0]
    assert analysis.vouchers(data, "other").empty


def test_which_titles_tell_the_cities_apart() -> None:
    held = analysis.titles(REAL, THREE).set_index("short_name")
    assert held.loc[["AI pilot zone", "AI pioneer zone"], THREE].eq("held").all(axis=None)
    assert not held.loc[["AI pilot zone", "AI pioneer zone"], "tells_apart"].any()
    assert held.loc["digital economy zone", THREE].tolist() == ["not held", "held", "its province"]
    assert held.loc["data-element zone", THREE].tolist() == ["held", "not known", "not known"]
    assert held.index[held["tells_apart"]].tolist() == ["digital economy zone", "seat of the AI fund"]
    assert held.loc["AI application base", "since Shanghai"] == "2025-07-27"


def test_the_calendar_has_every_plan_the_city_with_most_first() -> None:
    table = analysis.calendar(REAL)
    assert len(table) == len(REAL["plans"])
    assert table["place"].unique()[:3].tolist() == ["Shanghai", "Beijing", "Shenzhen"]
    assert table["named"].sum() == 3
    assert table["year"].isna().sum() == REAL["plans"]["published"].isna().sum() == 3


def test_likeness_is_the_common_part_of_all_measures() -> None:
    pair = analysis.likeness(small(measure=["models", "parks"]), ["Beijing", "Shanghai"], "measure").iloc[0]
    assert (pair["both"], pair["either"], pair["share"]) == (0, 2, 0)
    assert analysis.likeness(small(), ["Beijing", "Shanghai"], "measure")["share"].tolist() == [1]
    assert analysis.likeness(small(kind=["fund"] * 2), ["Beijing", "Shanghai"], "measure")["share"].isna().all()
    real = {by: analysis.likeness(REAL, THREE, by)["share"] for by in ("measure", "topic")}
    assert real["measure"].max() < 0.2 < 0.4 < real["topic"].min()


def test_judgements_of_one_city_alone_by_field() -> None:
    table = analysis.strengths_and_advice(REAL)
    assert table["city"].unique().tolist() == THREE
    assert table["dimension"].nunique() * len(THREE) == len(table)
    own = REAL["statements"].dropna(subset="city").query("kind == 'advice'")
    alone = own.groupby("statement_id")["city"].transform("nunique") == 1
    assert table["advice"].sum() == alone.sum(), "a field is left out"
    assert table["strengths"].sum() == len(strengths(REAL)), "as many as notebook 04 counts"
    shanghai = table[table["city"] == "Shanghai"].set_index("dimension")
    assert shanghai["strengths"].idxmax() == "applications"
    assert shanghai.loc["applications", "advice"] == 0
    said = pd.DataFrame(
        [("T1", "Beijing", "strength", "models"), ("T2", "Beijing", "advice", "models")]
        + [("T3", city, "strength", "models") for city in THREE],
        columns=["statement_id", "city", "kind", "dimension"],
    )
    statements = REAL["statements"].head(len(said)).reset_index(drop=True)
    statements[said.columns] = said
    few = REAL | {"statements": statements, "indicators": REAL["indicators"].iloc[:0]}
    one = analysis.strengths_and_advice(few).set_index(["city", "dimension"])
    assert one.loc[("Beijing", "models")].tolist() == [1, 1]
    assert one.sum().tolist() == [1, 1]


def test_advice_by_adviser_and_breadth() -> None:
    table = analysis.advice(REAL)
    assert set(table["to"]) == {"one city", "each of the three", "cities at large"}
    assert table.loc[table["to"] == "one city", "by"].unique().tolist() == ["Zhao Gang"]
    pieces = REAL["statements"].query("kind == 'advice'")["statement_id"].nunique()
    assert table["pieces"].sum() == pieces


def test_tools_that_were_read() -> None:
    table = analysis.tools(REAL, THREE).set_index("tool")
    assert table.index[table.all(axis=1)].tolist() == ["application_subsidies", "compute_vouchers", "fund"]
    assert table.loc["law"].tolist() == [False, True, True]
    assert table.loc["corpus_vouchers"].tolist() == [False, True, True]
    assert "talent_subsidies" not in table.index, "only Suzhou has them"
    assert "data_vouchers" not in table.index, "these are of a zone"


def test_funds_for_ai_itself() -> None:
    table = analysis.funds(REAL, THREE)
    assert table["place"].unique().tolist() == THREE
    assert "22.501 billion yuan" in table["said"].tolist()
    assert not table["label"].str.contains("Chip|Biomedicine|Pudong").any()


# -- figures -------------------------------------------------------------------------------------------------


def headline(fig: plt.Figure) -> str:
    return fig.get_suptitle().replace("\n", " ")


def marks(fig: plt.Figure) -> list:
    return [line for ax in fig.axes for line in ax.lines if line.get_marker() not in ("None", None, "")]


def test_the_calendar_draws_every_plan_and_rings_those_of_the_article() -> None:
    plans = analysis.calendar(REAL)
    fig = figures.calendar(plans)
    recent = plans["year"].ge(2023).sum()
    assert headline(fig) == f"{recent} of 86 plans that could be read have come out since 2023"
    assert len(marks(fig)) == 86 + 3
    alt = fig.get_label()
    assert "Shanghai 27 (" in alt
    assert sum(map(int, re.findall(r": (\d+)", alt))) == 86
    assert "61 of 86" in figures.calendar_caption(plans)
    assert figures.calendar(analysis.calendar(small())).get_label().startswith("One mark for each plan")


def test_goals_that_fell_due_are_filled_only_where_reached() -> None:
    table = analysis.outcomes(REAL)
    fig = figures.goals_due(table)
    reached = int(table["result"].eq("reached").sum())
    assert headline(fig).startswith(f"Of {len(table)} goals that have fallen due, published numbers show {reached} as")
    filled = [line for line in marks(fig) if line.get_markerfacecolor() != "white"]
    assert (len(marks(fig)), len(filled)) == (len(table), reached)
    assert fig.get_label().count(": reached") == reached
    assert f"of {len(table)} goals" in figures.goals_due_caption(table)
    missed = table.assign(result="missed", own_word=False)
    assert headline(figures.goals_due(missed)).endswith(f"show 0 as reached, {len(table)} as missed")


def test_voucher_sums_show_what_is_printed_and_a_dash_for_the_rest() -> None:
    sums = analysis.vouchers(REAL, "compute_vouchers")
    fig = figures.voucher_sums(sums)
    said = [text.get_text() for ax in fig.axes for text in ax.texts]
    rows = sums.drop_duplicates(["place", "place_level"])
    assert said.count("–") == len(rows) * len(analysis.SORTS) - len(sums)
    assert "≤ 500" in said
    assert "600" in said
    said = "6 cities promise vouchers for computing power, and no sort of sum is printed by all of them"
    assert headline(fig) == said
    of_two = sums[sums["place"].isin(["Shanghai", "Shenzhen"])]
    assert headline(figures.voucher_sums(of_two)).endswith("and only 1 of 5 sorts of sum is printed by all of them")
    assert "\n" not in fig.get_label()
    assert "each year printed: 5" in figures.voucher_sums_caption(sums)


def test_titles_are_marks_only_where_held() -> None:
    held = analysis.titles(REAL, THREE)
    fig = figures.national_titles(held, THREE)
    assert headline(fig) == "6 of 11 national titles are held by all 3 cities, 2 tell them apart"
    filled = [line for line in marks(fig) if line.get_markerfacecolor() != "white"]
    assert len(filled) == held[THREE].eq("held").sum().sum()
    assert "Shenzhen its province" in fig.get_label()
    assert "since 2021" in figures.national_titles_caption(held, THREE)


def test_goals_for_computing_power_are_reached_here_as_in_the_notebook_on_it() -> None:
    table = analysis.outcomes(REAL)
    here = table[table["said"].str.contains("FLOPS") & (table["result"] == "reached")]
    told = compute.outcomes(
        compute.collect(REAL).query("origin == 'published'"), until="2025-12", months=1, tolerance=0.1
    )
    there = told[told["answer"] == "reached at face value"]
    assert len(here) == len(there) == 3
    assert set(here["fact_id"]) == set(there["figure"])


def test_strengths_point_left_and_advice_right() -> None:
    counts = pd.DataFrame(
        [(name, topic, 3, 1) for name in ac.figures.CITIES for topic in ("research", "hardware")],
        columns=["city", "dimension", "strengths", "advice"],
    )
    fig = figures.strengths_and_advice(counts, headline="x")
    assert len(fig.axes) == 3
    assert [bar.get_width() for bar in fig.axes[0].patches] == [-3, -3, 1, 1]
    assert [tick.get_text() for tick in fig.axes[0].get_yticklabels()] == ["research", "hardware"]


@pytest.mark.parametrize(
    "fig",
    [
        lambda: figures.calendar(analysis.calendar(REAL)),
        lambda: figures.goals_due(analysis.outcomes(REAL)),
        lambda: figures.voucher_sums(analysis.vouchers(REAL, "compute_vouchers")),
        lambda: figures.national_titles(analysis.titles(REAL, THREE), THREE),
    ],
)
def test_no_label_is_too_small_for_a_phone_or_cut_off(fig) -> None:
    drawn = fig()
    drawn.canvas.draw()
    box = drawn.bbox
    for text in drawn.findobj(plt.Text):
        if text.get_text() and text.get_visible():
            assert text.get_fontsize() >= 14, text.get_text()
            extent = text.get_window_extent()
            assert extent.x0 >= box.x0 - 1, text.get_text()
            assert extent.x1 <= box.x1 + 1, text.get_text()
