"""The picture on the first page: who leads in what, by how many witnesses."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities.figures import CITIES, GRID, INK, MUTED, VERDICTS, canvas, city, describe, label
from aicities.study.headline import analysis
from aicities.votes import OPEN, SPLIT, field_leaders

FRONT_PAGE = "Of the three, figures put Beijing first where\nthe article does, and Shenzhen first nowhere"
UNDECIDED = (SPLIT, OPEN)


def votes(counted: pd.DataFrame, article: pd.Series, *, headline: str) -> Figure:
    """One row per field: the city that the article puts ahead, and a mark for each publisher's answer.

    Parameters
    ----------
    counted
        Columns `dimension` (in the order in which the rows are drawn from the top) and `leader`: a city, or `SPLIT`
        or `OPEN` of `aicities.votes`. One row per publisher.
    article
        Field (the index) to the city that the article puts ahead, or `OPEN`.
    headline
        The finding.
    """
    fields = list(counted["dimension"].unique())
    order = [*CITIES, *UNDECIDED]
    fig, ax = canvas(0.46 * len(fields) + 2.1, headline=headline)
    ax.fill_between([-0.55, 0.55], -1.1, len(fields) - 0.45, color=GRID, alpha=0.6, lw=0)
    said = []
    for y, field in enumerate(fields):
        answers = sorted(counted.loc[counted["dimension"] == field, "leader"], key=order.index)
        _mark(ax, 0, y, article[field])
        for x, leader in enumerate(answers):
            _mark(ax, 1.3 + 0.7 * x, y, leader)
        found = ", ".join(f"{answers.count(name)} {name}" for name in order if name in answers)
        said.append(f"{field}: the article {article[field]}, publishers {found}")
    ax.text(0, -0.75, "the article", ha="center", fontweight="semibold")
    ax.text(1.05, -0.75, "independent publishers, one mark each", fontweight="semibold")
    shown = [name for name in order if name in {*article[fields], *counted["leader"]}]
    for step, name in enumerate(shown):
        _mark(ax, 0.1 + 1.25 * step, len(fields) + 0.1, name, size=10)
        label(ax, name, 0.1 + 1.25 * step, len(fields) + 0.1, dx=9, va="center", fontsize=12, color=city(name).ink)
    ax.set_yticks(range(len(fields)), fields)
    ax.set(ylim=(len(fields) + 0.5, -1.1), xlim=(-0.6, 5.2), xticks=[])
    ax.spines[:].set_visible(False)
    return describe(
        fig, "One row per field: who is ahead by the article and by each publisher. " + "; ".join(said) + "."
    )


def front_page() -> Figure:
    """The picture of the first page, from the data package."""
    return votes(field_leaders(), analysis.article_leaders(), headline=FRONT_PAGE)


def _mark(ax: Axes, x: float, y: float, leader: str, *, size: float = 13) -> None:
    look = city(leader)
    style: dict[str, Any] = {"marker": look.marker, "mfc": look.colour, "mec": "white", "mew": 1}
    if leader in UNDECIDED:
        style = {"marker": "x" if leader == OPEN else "o", "mfc": "white", "mec": MUTED, "mew": 2}
    ax.plot(x, y, ms=size, zorder=3, **style)


def verdict_bars(counts: pd.DataFrame, *, headline: str) -> Figure:
    """Stacked bars: how many claims hold, are mixed, fail or cannot be decided.

    Parameters
    ----------
    counts
        One row per group of claims (the index, drawn from the top), one column per verdict.
    headline
        The finding.
    """
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
