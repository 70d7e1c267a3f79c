"""The figures on what each city is strong in: what is drawn, not how it looks."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import aicities as ac
from aicities import figures
from aicities.study.specialisation import analysis as study
from aicities.study.specialisation import figures as draw

CITIES = list(figures.CITIES)
DATA = ac.load_all()
PRAISED = {"talent": "Beijing", "devices": "Shenzhen"}


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.use()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def lists() -> pd.DataFrame:
    return study.lists(DATA)


@pytest.fixture(scope="module")
def quotients(lists: pd.DataFrame) -> pd.DataFrame:
    return study.quotients(lists)


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_praise_is_a_square_whose_area_is_the_number() -> None:
    praise = study.praise(DATA)
    fig = draw.praise_squares(praise)
    (ax,) = fig.axes
    number = pd.crosstab(praise["dimension"], praise["city"]).stack()
    number = number[number > 0]
    areas = sorted(square.get_sizes()[0] / draw.SIDE**2 for square in ax.collections)
    assert areas == sorted(number) and "squares: number of statements" in texts(ax)
    ticks = [tick.get_text() for tick in ax.get_yticklabels()]
    assert set(ticks) == set(praise["dimension"]) and ticks[0] == "research"
    assert "Shanghai, chips: 3" in fig.get_label()
    cities = number.groupby("dimension").size()
    assert f"{len(cities)} fields" in fig.get_suptitle() and f"{(cities == 1).sum()} in one city" in fig.get_suptitle()


def test_caption_of_praise_tells_numbers_from_words() -> None:
    praise = study.praise(DATA)
    caption = draw.praise_caption(praise)
    assert caption.startswith(f"{len(praise)} strengths") and "Shanghai none" in caption


def test_each_list_has_three_bars_and_the_praised_one_is_framed(quotients: pd.DataFrame) -> None:
    fig = draw.share_bars(quotients, headline="x", praised=PRAISED)
    for ax, city in zip(fig.axes, CITIES, strict=True):
        mine = quotients[quotients["place"] == city]
        assert [bar.get_width() for bar in ax.patches] == pytest.approx(mine["share"].tolist())
        framed = [bar.get_linewidth() > 0 for bar in ax.patches]
        assert framed == [PRAISED.get(field) == city for field in mine["field"]]
        usual = {line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1}
        assert usual - {0} == {mine["usual"].iloc[0]}
        assert f"usual {mine['usual'].iloc[0]:.0%}" in ax.get_title(loc="center")
    assert "talent: computer scientists, Oct 2024" in texts(fig.axes[0])
    assert "large models, Beijing 61%" in fig.get_label()


def test_caption_of_shares_counts_the_praised_that_pass(quotients: pd.DataFrame) -> None:
    named = quotients[quotients["place"] == quotients["field"].map(PRAISED)]
    assert f"in {(named['value'] > 1).sum()} of {len(named)} lists" in draw.share_caption(quotients, PRAISED)


def test_residents_put_the_list_with_the_largest_lead_of_beijing_first(lists: pd.DataFrame) -> None:
    per = study.per_resident(lists, study.residents(DATA, year="2023", tolerance=0.02))
    fig = draw.per_resident(per, headline="x")
    (ax,) = fig.axes
    names = [text for text in texts(ax) if text in set(per["list"])]
    wide = per.pivot(index="list", columns="place", values="value")
    lead = (wide["Beijing"] - wide[["Shanghai", "Shenzhen"]].max(axis=1)).loc[names]
    assert len(names) == len(lists) and lead.is_monotonic_decreasing
    drawn = sorted(
        line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1 and line.get_ydata()[0] > -0.9
    )
    assert drawn == pytest.approx(sorted(per["value"]))
    densest = per.loc[per.groupby("list")["value"].idxmax(), "place"].value_counts()
    assert f"Beijing in {densest['Beijing']}" in draw.resident_caption(per)


def test_sizes_of_the_industry_stand_by_year_with_their_definition() -> None:
    rows = study.output(DATA, ["2023", "2024"])
    fig = draw.outputs(rows, headline="x")
    assert [ax.get_title(loc="left") for ax in fig.axes] == ["in 2023", "in 2024"]
    for ax, year in zip(fig.axes, ("2023", "2024"), strict=True):
        part = rows[rows["year"] == year]
        assert [bar.get_width() for bar in ax.patches] == part["value"].tolist()
        floors = [line for line in ax.lines if line.get_marker() == ">"]
        assert len(floors) == part["relation"].isin(["gt", "ge"]).sum()
        assert f"{part.iloc[0]['place']}: {part.iloc[0]['definition']}" in texts(ax)
        names = [text for text in texts(ax) if ": " in text]
        assert len(names) == len(part) == len(set(names))  # no two bars are named alike
    assert "Shenzhen: AI industry output (Xinhua)" in texts(fig.axes[0])
    assert "2023, Shenzhen, AI industry output: 80 (SCMP)" in fig.get_label()
    assert draw.output_caption(rows).startswith(f"{len(rows)} published sizes of the AI industry of 3 cities")


def test_the_map_puts_each_city_where_it_lies_with_a_disc_for_its_count() -> None:
    places = DATA["places"].set_index("place")[["latitude", "longitude"]]
    where = places.loc[["Hangzhou", "Beijing", "Shanghai"]].assign(number=[25.0, 400.0, 100.0])
    fig = draw.city_map(where, headline="x", offsets={"Hangzhou": (-9, 0)})
    (ax,) = fig.axes
    areas = [disc.get_sizes()[0] for disc in ax.collections]
    assert areas == pytest.approx([areas[0], areas[0] / 4, areas[0] / 16])
    (beijing,) = ax.collections[0].get_offsets()
    assert beijing.tolist() == pytest.approx([116.4, 39.91], abs=0.1)
    assert texts(ax) == ["Beijing 400", "Shanghai 100", "Hangzhou 25"]
    assert [text.get_horizontalalignment() for text in ax.texts] == ["left", "left", "right"]
    (ax,) = draw.city_map(where, headline="x", offsets={"Hangzhou": (1, 30)}).axes
    assert [text.get_text() for text in ax.texts if text.arrow_patch] == [""]  # a line to the name that is far off
    assert "Beijing 400, Shanghai 100, Hangzhou 25" in fig.get_label()


def test_caption_of_the_map_names_who_passes_one_of_the_three() -> None:
    counts = pd.Series({"Beijing": 400, "Shanghai": 100, "Shenzhen": 20, "Hangzhou": 25})
    assert "in 4 cities. Hangzhou more than Shenzhen. No coast" in draw.map_caption(counts, "entries")
    assert "in 3 cities. No coast" in draw.map_caption(counts.drop("Hangzhou"), "entries")
