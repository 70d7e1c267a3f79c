"""Figures on what each city is strong in: by the article's words, and by counts that others have published."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aicities.figures import CITIES, GRID, INK, MUTED, OTHER, canvas, city, describe, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LETTER = 12
SIDE = 12  # of the square for one strength, in points; area tells the number
EDGE = 0.027  # of the triangle's height, from the middle of a mark to where its line begins
CONTEXT = "all sectors, as context:"


def strengths_by_voice(counts: pd.DataFrame, *, headline: str) -> Figure:
    """Strengths named for each city: one panel a city, topics down, who names them across, area as the number.

    Parameters
    ----------
    counts
        Columns `city`, `dimension` (in the order in which topics are drawn from the top), `voice` and `number`; a row
        for each combination that occurs.
    headline
        The finding.
    """
    topics, voices = list(counts["dimension"].unique()), sorted(counts["voice"].unique())
    fig, axes = canvas(0.46 * len(topics) + 1.8, headline=headline, columns=len(CITIES), sharey=True)
    for ax, (name, look) in zip(axes, CITIES.items(), strict=True):
        for row in counts[counts["city"] == name].itertuples():
            x, y = voices.index(row.voice), topics.index(row.dimension)
            ax.scatter(x, y, s=SIDE**2 * row.number, color=look.colour, marker="s", lw=0, zorder=2)
            ink = INK if name == "Shenzhen" else "white"
            label(ax, f"{row.number}", x, y, ha="center", va="center_baseline", fontsize=LETTER, color=ink)
        ax.set_title(name, color=look.ink, fontweight="bold", loc="center")
        ax.set_xticks(range(len(voices)), voices, fontsize=LETTER)
        ax.set(xlim=(-0.6, len(voices) - 0.4), ylim=(len(topics) - 0.4, -0.6))
        ax.grid(axis="y")
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
    axes[0].set_yticks(range(len(topics)), topics)
    said = (f"{r.city}, {r.dimension}: {r.number} by the {r.voice}" for r in counts.itertuples())
    return describe(fig, "A panel for each city, squares by topic and by who says it. " + "; ".join(said) + ".")


def quotient_panels(
    quotients: pd.DataFrame,
    *,
    headline: str,
    xlabel: str,
    right: float,
    panels: str = "place",
    context: Collection[str] = (),
    expected: dict[str, str] | None = None,
) -> Figure:
    """Quotients with their intervals, panels side by side, against a line at 1.

    A point is coloured if it is beyond chance, and grey if not.

    Parameters
    ----------
    quotients
        Columns `activity`, `place`, `amount`, `value`, `low`, `high` and `beyond`, as of `aicities.profiles.quotients`.
    headline
        The finding.
    xlabel
        What the quotient is, below the middle panel.
    right
        Right end of the axis; an interval that goes on has an arrow there.
    panels
        "place": a panel for each place and a row for each activity, with the length of its list in brackets; or
        "activity", the other way round.
    context
        Activities that are drawn hollow; as rows they stand below the others.
    expected
        Place by activity: this cell is tinted in the colour of the place.
    """
    lines = "activity" if panels == "place" else "place"
    below = list(context) if lines == "activity" else []
    heights, ticks = _heights(quotients, lines, below)
    titles = list(quotients[panels].unique())
    bottom = max(heights.values())
    fig, axes = canvas(0.4 * bottom + 2.1, headline=headline, columns=len(titles), sharey=True)
    for ax, title in zip(axes, titles, strict=True):
        ax.axvline(1, color=MUTED, lw=1, zorder=1)
        for row in quotients[quotients[panels] == title].to_dict("records"):
            y, look = heights[row[lines]], city(row["place"])
            if expected and expected.get(row["activity"]) == row["place"]:
                ax.axhspan(y - 0.45, y + 0.45, color=look.colour, alpha=0.22, lw=0, zorder=0)
            _interval(ax, row, y, right, hollow=row["activity"] in context)
        ax.set_title(title, color=city(title).ink if title in CITIES else INK, fontweight="bold", loc="center")
        ax.set(xlim=(0, right), ylim=(bottom + 0.6, -0.6))
        ax.set_xticks(range(int(right) + 1))
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)
    axes[0].set_yticks(*ticks, fontsize=LETTER)
    axes[len(titles) // 2].set_xlabel(xlabel)
    return describe(fig, f"Points with their intervals by panel; {xlabel}. " + _said(quotients))


def pull(
    shares: pd.DataFrame,
    *,
    headline: str,
    corners: dict[str, str],
    stages: dict[str, str],
    context: Collection[str] = (),
    reference: Collection[str] = (),
) -> Figure:
    """Where each metric lies between three cities, in a triangle with the labels beside it.

    Parameters
    ----------
    shares
        One row per metric (the index holds the labels), a column for each city of `corners`; rows sum to 1.
    headline
        The finding.
    corners
        City and what is written below its name: top, left and right corner, in this order.
    stages
        City by metric: where a picture would send it. Decides on colour and marker; others are grey.
    context, reference
        Metrics that are drawn hollow, and rows that are no metric and drawn as a cross.
    """
    import mpltern  # noqa: F401  (registers the projection)

    fig, ax = canvas(5.3, headline=headline, subplot_kw={"projection": "ternary"})
    for axis in (ax.taxis, ax.laxis, ax.raxis):
        axis.set_ticks([])
    for side in ((0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)):
        ax.plot(*zip((1 / 3,) * 3, side, strict=True), color=GRID, lw=1.5, zorder=0)
    _corners(ax, corners)
    places = []
    for name, row in shares.iterrows():
        look, hollow, cross = city(stages.get(str(name), "")), name in context, name in reference
        mark = ax.scatter(
            *([row[place]] for place in corners),
            marker="P" if cross else look.marker,
            s=90,
            lw=1.6 if hollow else 0.8,
            facecolor="none" if hollow else INK if cross else look.colour,
            edgecolor=look.ink if hollow else "white",
            zorder=5 if hollow else 4,
        )
        places.append(mark.get_offsets()[0])
    _labels_beside(ax, list(shares.index), np.array(places))
    said = (
        f"{name}: " + ", ".join(f"{place} {row[place]:.0%}" for place in corners) for name, row in shares.iterrows()
    )
    return describe(fig, "Triangle with a city in each corner, one point a metric. " + "; ".join(said) + ".")


def per_size(quotients: pd.DataFrame, *, headline: str, xlabel: str, context: Collection[str] = ()) -> Figure:
    """Quotients of all three cities on one line for each metric, with their intervals.

    Parameters
    ----------
    quotients
        Columns `activity`, `place`, `value`, `low`, `high`, as `aicities.profiles.quotients` gives them.
    headline
        The finding.
    xlabel
        What the quotient is.
    context
        Activities that are drawn hollow, below the others.
    """
    heights, ticks = _heights(quotients.drop(columns="amount", errors="ignore"), "activity", context)
    bottom = max(heights.values())
    fig, ax = canvas(0.46 * bottom + 2.1, headline=headline)
    ax.axvline(1, color=MUTED, lw=1, zorder=0, ymax=0.93)
    for row in quotients.itertuples():
        look = city(row.place)
        y = heights[row.activity] + 0.24 * (list(CITIES).index(row.place) - 1)
        ax.plot([row.low, row.high], [y, y], color=look.colour, lw=2.5, alpha=0.5, solid_capstyle="round")
        fill = "white" if row.activity in context else look.colour
        ax.plot(row.value, y, look.marker, mfc=fill, mec=look.colour, ms=8, mew=1.6, zorder=3)
    for y in ticks[0][1:]:
        ax.axhline(y - 0.5, color=GRID, lw=0.8, zorder=0)
    right = quotients["high"].max() * 1.03
    for part, (name, look) in zip((0.1, 0.42, 0.74), CITIES.items(), strict=True):
        ax.plot(part * right, -1, look.marker, color=look.colour, ms=9)
        label(ax, name, part * right, -1, dx=9, va="center_baseline", color=look.ink, fontweight="semibold")
    ax.set_yticks(*ticks, fontsize=LETTER)
    ax.set(xlim=(0, right), ylim=(bottom + 0.5, -1.4), xlabel=xlabel)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return describe(fig, f"Points with their intervals, a line for each metric; {xlabel}. " + _said(quotients))


def _interval(ax: Axes, row: dict[Any, Any], y: float, right: float, *, hollow: bool) -> None:
    """One quotient: its point, and a line from the low to the high bound."""
    look = city(row["place"])
    shade = OTHER.colour if not row["beyond"] else look.colour if row["place"] in CITIES else INK
    ax.plot([row["low"], min(row["high"], right)], [y, y], color=shade, lw=2.5, alpha=0.6, solid_capstyle="round")
    if row["high"] > right:
        ax.plot(right, y, ">", color=shade, ms=7, clip_on=False)
    ax.plot(row["value"], y, look.marker, mfc="white" if hollow else shade, mec=shade, ms=9, mew=1.6, zorder=3)


def _said(quotients: pd.DataFrame) -> str:
    rows = quotients.itertuples()
    return "; ".join(f"{r.activity}, {r.place} {r.value:.2f} ({r.low:.2f} to {r.high:.2f})" for r in rows) + "."


def _heights(
    quotients: pd.DataFrame, lines: str, context: Collection[str]
) -> tuple[dict[str, float], tuple[list[float], list[str]]]:
    """Height of each row from the top, context last and under a heading, and the ticks for all of them."""
    names = list(quotients[lines].unique())
    below = [name for name in names if name in context]
    order = [name for name in names if name not in below] + ([CONTEXT] if below else []) + below
    ticks = order
    if lines == "activity" and "amount" in quotients:
        length = quotients.groupby("activity")["amount"].sum()
        ticks = [f"{name} ({length[name]:,.0f})" if name in length else name for name in order]
    heights = {name: float(y) for y, name in enumerate(order)}
    return heights, (list(heights.values()), ticks)


def _corners(ax: Axes, corners: dict[str, str]) -> None:
    """City and caption at the top, left and right corner."""
    where = [((0.5, 1.0), (0, 8), "center", "bottom"), ((0.0, 0.0), (0, -8), "center", "top"),
             ((1.0, 0.0), (0, -8), "center", "top")]  # fmt: skip
    for (name, under), (at, shift, ha, va) in zip(corners.items(), where, strict=True):
        ax.annotate(f"{name}\n{under}", at, xytext=shift, xycoords="axes fraction", textcoords="offset points", ha=ha,
                    va=va, color=city(name).ink, fontweight="semibold", linespacing=1.1)  # fmt: skip


def _labels_beside(ax: Axes, labels: list[str], places: np.ndarray, *, gap: float = 0.078) -> None:
    """Labels in a column on either side, each tied to its point by a line; none closer than `gap` to the next."""
    from matplotlib.axes import Axes as Plain

    middle = np.median(places[:, 0])
    for side in (-1, 1):
        chosen = np.flatnonzero((places[:, 0] > middle) == (side > 0))
        chosen = chosen[np.argsort(places[chosen, 1])]
        heights = spread(places[chosen, 1], gap)
        for point, y in zip(chosen, heights, strict=True):
            end = np.array([side * 0.56, y])
            way = end - places[point]
            start = places[point] + way * EDGE / np.hypot(*way)
            Plain.plot(ax, *zip(start, end, strict=True), color=MUTED, lw=0.7, zorder=2, clip_on=False)
            ax.annotate(labels[point], (end[0], end[1]), xytext=(side * 4, 0), textcoords="offset points", va="center",
                        ha="left" if side > 0 else "right", fontsize=LETTER, annotation_clip=False)  # fmt: skip


def spread(heights: np.ndarray, gap: float) -> np.ndarray:
    """Sorted heights moved as little as possible (least squares) so that none is closer than `gap` to the next.

    Raises
    ------
    ValueError
        If the heights are not sorted.
    """
    heights = np.asarray(heights, dtype="float64")
    if (np.diff(heights) < 0).any():
        raise ValueError("heights must be sorted from the lowest to the highest")
    # less the gaps, the task is isotonic regression: pool neighbours that are in the wrong order
    blocks: list[list[float]] = []
    for value in heights - gap * np.arange(len(heights)):
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    pooled = [value for value, many in blocks for _ in range(int(many))]
    return np.array(pooled) + gap * np.arange(len(heights))
