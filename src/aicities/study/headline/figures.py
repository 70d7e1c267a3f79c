"""The picture on the first page, list by list, and the bars of verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities import dates
from aicities.figures import GRID, INK, MUTED, VERDICTS, canvas, city, describe, label, narrow
from aicities.study.headline import analysis
from aicities.votes import OPEN, THREE

GAP = 0.42  # the space between two fields, in rows


class Layout(NamedTuple):
    """Where the first picture has what: in inches from the left, and in rows."""

    lists: float
    cities: tuple[float, float, float]
    right: float
    height: float  # of a list
    head: float  # of the name of a field above its lists


WIDE, NARROW = Layout(1.2, (4.92, 5.76, 6.66), 7.3, 1, 0), Layout(0, (2.72, 3.7, 4.74), 5.5, 1.55, 1.15)


def front_page(data: Mapping[str, pd.DataFrame]) -> Figure:
    """The picture on the first page: of each publisher in each field its list nearest to the article."""
    listed = analysis.lists(data)
    standing = analysis.standing(listed)
    shown = analysis.nearest(listed, dates.of_article(data))
    return front(shown, standing, headline=front_headline(standing))


def front(shown: pd.DataFrame, standing: pd.DataFrame, *, headline: str) -> Figure:
    """What each list prints for the three cities, a mark at the one that it certainly puts first.

    ``shown`` are rows of `analysis.lists`, in the order in which they are drawn, ``standing`` what `analysis.standing`
    gives.
    """
    fields = list(shown["field"].unique())
    at = NARROW if narrow() else WIDE
    height = at.height * len(shown) + (GAP + at.head) * len(fields)
    fig, ax = canvas(0.27 * height + 1.5, headline=headline)
    others = sorted({*shown["first"]} - {*THREE, OPEN})
    if others:
        ax.text(at.lists, height + 0.75, f"* First in this list: {', '.join(others)}.", fontsize=11, color=MUTED)
    ax.set(xlim=(0, at.right), ylim=(height + 1, -1.9))
    ax.axis("off")
    y = 0.4 * at.head
    _key(ax, at, y - 1.25)
    for field, rows in shown.groupby("field", sort=False):
        ax.plot([0, at.right], [y - 0.62] * 2, color=GRID, lw=1)
        ax.text(0, y, str(field), fontweight="bold", va="center_baseline", fontsize=12)
        x, below = (1.3, 0) if at.head else (0, 1)
        ax.text(x, y + below, standing.loc[str(field), "grade"], va="center_baseline", fontsize=12, color=MUTED)
        y += at.head
        for row in rows.itertuples():
            _line(ax, y + (at.height - 1) / 2, row, at)
            y += at.height
        y += GAP + (len(rows) == 1 and not at.head) * 0.9
    said = (
        f"{row.field}, {row.publisher}, {row.label}, {row.as_of[:4]}: "
        + ", ".join(f"{name} {getattr(row, name)}" for name in THREE)
        + (f", {row.leader} first" if row.leader != OPEN else ", no certain order")
        for row in shown.itertuples()
    )
    return describe(fig, "A table of published lists by field, with what each prints. " + "; ".join(said) + ".")


def front_headline(standing: pd.DataFrame) -> str:
    """The finding of `front`, as strong as the lists allow: who leads in how many fields, and how many stay open."""
    settled = standing[standing["grade"] != "open"]
    counts = settled["leader"].value_counts()
    first = f"{counts.index[0]} leads in {counts.iloc[0]} of {len(standing)} fields"
    rest = ", ".join(f"{name} in {count}" for name, count in counts.iloc[1:].items())
    return f"{first}{', ' + rest if rest else ''};\nin {len(standing) - len(settled)} the lists settle nothing"


def _line(ax: Axes, y: float, row: Any, at: Layout) -> None:
    elsewhere = "*" if row.first not in (*THREE, OPEN) else ""
    year = "" if row.as_of[:4] in row.label else f", {row.as_of[:4]}"
    unit = f", {row.unit.replace('_', ' ')}" if row.unit.startswith(("CNY", "USD")) else ""
    parts = (f"{unit}\n", row.label) if at.head else (": ", f"{row.label}{unit}")
    written = f"{row.publisher}{''.join(parts)}{year}{elsewhere}"
    ax.text(at.lists, y, written, va="center_baseline", fontsize=11.5)
    for name, x in zip(THREE, at.cities, strict=True):
        leads = row.leader == name
        look = city(name)
        if leads:
            face = look.colour if row.fit == "direct" else "white"
            ax.plot(x - 0.15, y, look.marker, ms=9, mfc=face, mec=look.colour, mew=1.6)
        weight, ink = ("bold", look.ink) if leads else ("normal", INK)
        ax.text(x, y, getattr(row, name), va="center_baseline", color=ink, fontsize=12, weight=weight)


def _key(ax: Axes, at: Layout, y: float) -> None:
    for name, x in zip(THREE, at.cities, strict=True):
        ax.plot(x - 0.15, y, city(name).marker, ms=8, color=city(name).colour)
        ax.text(x - 0.03, y, name, fontweight="semibold", color=city(name).ink, va="center_baseline", fontsize=11.5)
    for x, face, word in ((at.lists + 0.1, MUTED, "direct count"), (at.lists + 1.3, "white", "proxy")):
        ax.plot(x, y, "o", ms=8, mfc=face, mec=MUTED, mew=1.6)
        label(ax, word, x, y, dx=8, va="center_baseline", fontsize=12, color=MUTED)


def verdict_bars(counts: pd.DataFrame, *, headline: str) -> Figure:
    """Stacked bars of what `by_city` counts: how many claims hold, are mixed, fail or cannot be decided."""
    fig, ax = canvas(0.62 * len(counts) + 1.9, headline=headline)
    for y, row in enumerate(counts.to_dict("records")):
        start = 0
        for verdict, colour in VERDICTS.items():
            number = int(row[verdict])
            ax.barh(y, number, left=start, color=colour, edgecolor="white", height=0.66)
            if number:
                ink = "white" if verdict in ("holds", "fails") else INK
                ax.text(start + number / 2, y, f"{number}", ha="center", va="center", color=ink, fontweight="semibold")
            start += number
    for x, (verdict, colour) in enumerate(VERDICTS.items()):
        step = counts.sum(axis=1).max() / len(VERDICTS)
        ax.plot(x * step + 0.15, -0.9, "s", color=colour, ms=11)
        label(ax, verdict, x * step + 0.15, -0.9, dx=10, va="center", fontsize=12)
    ax.set_yticks(range(len(counts)), counts.index)
    ax.set(ylim=(len(counts) - 0.5, -1.3), xticks=[])
    ax.spines[:].set_visible(False)
    said = (
        f"{name}: " + ", ".join(f"{row[verdict]} {verdict}" for verdict in VERDICTS) for name, row in counts.iterrows()
    )
    return describe(fig, "Stacked bars of claims by verdict. " + "; ".join(said) + ".")


def by_city(summary: pd.DataFrame) -> pd.DataFrame:
    """Numbers of claims by the city that they speak of and by verdict, as `verdict_bars` takes them."""
    city_of = summary["city"].fillna("all three")
    counts = summary.groupby([city_of, "headline"]).size().unstack(fill_value=0)
    return counts.reindex(index=[*THREE, "all three"], columns=list(VERDICTS), fill_value=0)


def verdict_headline(counts: pd.DataFrame) -> str:
    """The finding of `verdict_bars`: of whom most claims hold, and of whom fewest."""
    holds = counts["holds"].reindex(list(THREE)).sort_values(kind="stable")
    few, most = holds.index[0], holds.index[-1]
    least = f"{holds[few]} on {few}" if holds[few] else f"none on {few}"
    waiting, total = counts["cannot tell"].sum(), counts.sum().sum()
    claims = "claim on {} holds" if holds[most] == 1 else "claims on {} hold"
    return f"{holds[most]} {claims.format(most)}, {least};\n{waiting} of all {total} stay open"
