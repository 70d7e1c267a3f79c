"""Figures on what each city is strong in: praise in the article, shares of published lists, size of the industry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aicities.bounds import SHORT
from aicities.figures import CITIES, GRID, INK, MUTED, canvas, city, describe, label, narrow
from aicities.votes import FIELDS

LETTER = 15  # points; 11 pixels on a phone
SIDE = 13  # side of the square of one statement, in points


def praise_squares(praise: pd.DataFrame) -> Figure:
    """How often the article praises each city alone, by field: a square and a number for `analysis.praise`."""
    number = pd.crosstab(praise["dimension"], praise["city"])
    fields = [field for field in FIELDS if field in number.index]
    fields += [other for other in number.index if other not in fields]
    alone = int(((number > 0).sum(axis=1) == 1).sum())
    title = f"Of {len(fields)} fields that the article praises,\nit praises {alone} in one city only"
    fig, ax = canvas(0.54 * len(fields) + 1.9, headline=title)
    said = []
    for x, (name, look) in enumerate(CITIES.items()):
        for y, field in enumerate(fields):
            many = int(number.loc[field, name]) if name in number else 0
            if many:
                ax.scatter(x, y, s=SIDE**2 * many, color=look.colour, marker="s", lw=0, zorder=2)
                label(ax, f"{many}", x, y, ha="center", va="center_baseline", fontsize=LETTER, color=look.on)
                said.append(f"{name}, {field}: {many}")
        ax.text(x, -1, name, ha="center", color=look.ink, fontweight="bold", fontsize=LETTER)
    ax.set_yticks(range(len(fields)), fields, fontsize=LETTER)
    ax.text(-0.5, len(fields) - 0.1, "squares: number of statements", color=MUTED, fontsize=LETTER, va="center")
    ax.set_xticks([])
    ax.set(xlim=(-0.6, len(CITIES) - 0.4), ylim=(len(fields) + 0.2, -1.5))
    ax.grid(axis="y")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return describe(fig, "Squares by field and city, as large as the number of statements. " + "; ".join(said) + ".")


def praise_caption(praise: pd.DataFrame) -> str:
    """What `praise_squares` shows: how many of the statements are ranks, firsts or counts."""
    counted = praise.loc[praise["table"] == "indicators", "city"].value_counts()
    said = ", ".join(f"{name} {counted.get(name, 0) or 'none'}" for name in CITIES)
    return (
        f"{len(praise)} strengths that the article names for one city alone. Ranks, firsts and counts among them: "
        f"{said}; the others are words."
    )


def share_bars(quotients: pd.DataFrame, *, headline: str, praised: Mapping[str, str]) -> Figure:
    """Shares of the published lists (`analysis.quotients`), three bars a list, against each city's usual share.

    ``praised``: city by field; its bar is framed and its number bold.
    """
    rows = quotients.drop_duplicates("list")
    fig, axes = canvas(0.53 * len(rows) + 2.0, headline=headline, columns=len(CITIES), sharey=True)
    said = []
    for ax, (name, look) in zip(axes, CITIES.items(), strict=True):
        mine = quotients[quotients["place"] == name].set_index("list").loc[rows["list"]]
        usual = mine["usual"].iloc[0]
        for y, (row, field) in enumerate(zip(mine.itertuples(), mine["field"], strict=True)):
            named = praised.get(field) == name
            frame: dict[str, Any] = {"edgecolor": INK, "lw": 2} if named else {"lw": 0}
            ax.barh(y + 0.2, row.share, height=0.4, color=look.colour, alpha=1 if named else 0.55, zorder=2, **frame)
            weight = "bold" if named else "normal"
            end = max(row.share, usual)  # clear of the line
            label(ax, f"{row.share:.0%}", end, y + 0.2, dx=5, va="center_baseline", fontsize=LETTER, weight=weight)
            said.append(f"{row.Index}, {name} {row.share:.0%}")
            ax.plot([0, 0], [y - 0.05, y + 0.46], color=MUTED, lw=0.8)
            ax.plot([usual] * 2, [y - 0.05, y + 0.46], color=INK, lw=1.4, ls=(0, (2, 1.2)), zorder=3)
        ax.set_title(f"{name}\nusual {usual:.0%}", color=look.ink, fontweight="bold", fontsize=LETTER, loc="center")
        ax.set(xlim=(0, 1.12), ylim=(len(rows) - 0.35, -0.65))
        ax.set_xticks([])
        ax.spines[:].set_visible(False)
        ax.patch.set_visible(False)  # the names of the lists run on below it
        ax.tick_params(axis="y", length=0)
    for y, row in enumerate(rows.itertuples()):
        for ax in axes:
            ax.axhline(y - 0.5, color=GRID, lw=0.8, zorder=0)
        name = axes[0].text(0, y - 0.24, f"{row.field}: {row.list}", va="center", fontsize=LETTER, color=INK, zorder=5)
        name.set_in_layout(False)
    axes[0].set_yticks([])
    return describe(fig, "Three bars for each list, one a city; a line at its usual share. " + "; ".join(said) + ".")


def share_caption(quotients: pd.DataFrame, praised: Mapping[str, str]) -> str:
    """What `share_bars` shows: in how many lists the city that is praised in the field passes its usual share."""
    named = quotients[quotients["place"] == quotients["field"].map(praised)]
    above = int((named["value"] > 1).sum())
    return (
        f"Shares of what the three have together. Framed: the city that the article praises most in that field; in "
        f"{above} of {len(named)} lists its bar passes the broken line, the usual share of the city."
    )


def per_resident(quotients: pd.DataFrame, *, headline: str) -> Figure:
    """How much of each list a city has for its residents (`analysis.per_resident`): all three on one line.

    The list with Beijing's lead comes first.
    """
    wide = quotients.pivot(index="list", columns="place", values="value")
    first = next(iter(CITIES))
    order = (wide[first] - wide.drop(columns=first).max(axis=1)).sort_values(ascending=False, kind="stable").index
    fig, ax = canvas(0.6 * len(order) + 2.1, headline=headline)
    ax.axvline(1, color=MUTED, lw=1.2, ls=(0, (3, 2)), zorder=0)
    known = quotients.set_index(["list", "place"])
    for y, name in enumerate(order):
        clear = {"facecolor": "white", "lw": 0, "pad": 1}  # of the broken line
        ax.text(0.02, y - 0.28, name, va="center", fontsize=LETTER, color=INK, bbox=clear)
        for step, (place, look) in enumerate(CITIES.items()):
            row, height = known.loc[(name, place)], y + 0.02 + 0.16 * step
            ax.plot([row["low"], row["high"]], [height] * 2, color=look.colour, lw=2.5, alpha=0.5)
            ax.plot(row["value"], height, look.marker, color=look.colour, ms=9, zorder=3)
        ax.axhline(y - 0.52, color=GRID, lw=0.8, zorder=0)
    right = quotients["high"].max() * 1.03
    for part, (place, look) in zip((0.04, 0.4, 0.76), CITIES.items(), strict=True):
        ax.plot(part * right, -0.95, look.marker, color=look.colour, ms=10)
        named: dict[str, Any] = {"color": look.ink, "weight": "bold", "fontsize": LETTER}
        label(ax, place, part * right, -0.95, dx=9, va="center_baseline", **named)
    ax.set_yticks([])
    marks = ["0", "as many as\nits residents", "twice", "3 times"][: int(right) + 1]
    ax.set_xticks(range(len(marks)), marks)
    ax.tick_params(axis="x", labelsize=LETTER)
    ax.set(xlim=(0, right), ylim=(len(order) - 0.45, -1.3))
    ax.spines["left"].set_visible(False)
    said = "; ".join(f"{r.list}, {r.place} {r.value:.2f} ({r.low:.2f} to {r.high:.2f})" for r in quotients.itertuples())
    points = "Points with their intervals, a line for each list: share of it over share of residents."
    return describe(fig, f"{points} {said}.")


def resident_caption(quotients: pd.DataFrame) -> str:
    """What `per_resident` shows: in how many lists each city has most for its residents."""
    densest = quotients.loc[quotients.groupby("list")["value"].idxmax(), "place"].value_counts()
    said = ", ".join(f"{name} in {densest.get(name, 0) or 'none'}" for name in CITIES)
    return (
        f"At 1, a city has as much of a list as its residents would give it. Most for its residents: {said} of "
        f"{quotients['list'].nunique()}. Lines: what a short list leaves open (95 %)."
    )


def outputs(rows: pd.DataFrame, *, headline: str) -> Figure:
    """Published sizes of the AI industry (`analysis.output`), one line each, with the definition beside it, by year."""
    years = rows.groupby("year", sort=False).size()
    height, ratios = 0.52 * len(rows) + 0.75 * len(years) + 1.2, list(years + 0.6)
    fig, axes = canvas(height, headline=headline, rows=len(years), sharex=True, height_ratios=ratios)
    right = 1.18 * rows["value"].max()
    for ax, (year, part) in zip(axes, rows.groupby("year", sort=False), strict=True):
        for y, row in enumerate(part.itertuples()):
            look = city(row.place)
            ax.barh(y + 0.2, row.value, height=0.34, color=look.colour, zorder=2)
            if row.relation in ("gt", "ge"):
                ax.plot(row.value + 0.02 * right, y + 0.2, ">", color=look.ink, ms=8)
            amount = f"{SHORT[row.relation]}{row.value:,.0f}"
            dx = 18 if row.relation in ("gt", "ge") else 6
            label(ax, amount, row.value, y + 0.2, dx=dx, va="center_baseline", fontsize=LETTER, weight="bold")
            text = f"{row.place}: {row.definition}"
            if ((part["place"] == row.place) & (part["definition"] == row.definition)).sum() > 1:
                text += f" ({row.publishers})"
            ax.text(0, y - 0.2, text, va="center", fontsize=LETTER, color=look.ink, zorder=5)
        ax.set_title(f"in {year}", fontsize=LETTER, fontweight="bold", color=INK)
        ax.set(xlim=(0, right), ylim=(len(part) - 0.4, -0.6))
        ax.set_yticks([])
        ax.set_xticks([])
        ax.spines[["bottom"]].set_visible(False)
    axes[-1].set_xlabel("billion yuan; an arrow: this or more", fontsize=LETTER)
    said = "; ".join(
        f"{r.year}, {r.place}, {r.definition}: {SHORT[r.relation]}{r.value:,.0f} ({r.publishers})"
        for r in rows.itertuples()
    )
    return describe(fig, f"Bars by year, billion yuan. {said}.")


def output_caption(rows: pd.DataFrame) -> str:
    """What `outputs` shows: how many amounts and definitions for how many cities."""
    return (
        f"{len(rows)} published sizes of the AI industry of {rows['place'].nunique()} cities in billion yuan, under "
        f"{rows['definition'].nunique()} names."
    )


def city_map(where: pd.DataFrame, *, headline: str, offsets: Mapping[str, tuple[float, float]]) -> Figure:
    """Cities by longitude and latitude, each a disc as large as its count; no coast and no border is drawn.

    ``where`` has ``number``, ``latitude`` and ``longitude`` by place; ``offsets`` says by how many points of type to
    the right and upwards a name stands from the middle of its disc, by default on its right. A line leads to a name
    that stands far above or below.
    """
    fig, ax = canvas(5 if narrow() else 6.4, headline=headline)
    said = []
    for row in where.sort_values("number", ascending=False, kind="stable").itertuples():
        name, many, x, y = str(row.Index), row.number, row.longitude, row.latitude
        look, radius = city(name), 23 * (many / where["number"].max()) ** 0.5
        ax.scatter(x, y, s=(2 * radius) ** 2, color=look.colour, alpha=0.85, edgecolor="white", lw=0.8, zorder=2)
        dx, dy = offsets.get(name, (radius + 4, 0))
        across = {1: "left", -1: "right"}.get(int(np.sign(dx)), "center")
        written: dict[str, Any] = {"ha": across, "va": "center", "fontsize": LETTER, "color": look.ink, "zorder": 3}
        weight = "bold" if name in CITIES else "normal"
        label(ax, f"{name} {many:,.0f}", x, y, dx=dx, dy=dy, weight=weight, **written)
        if abs(dy) - radius > LETTER:  # so far off that another disc may be nearer
            line: dict[str, Any] = {"xytext": (dx, dy - LETTER / 2 * np.sign(dy)), "textcoords": "offset points"}
            ax.annotate("", (x, y), **line, arrowprops={"arrowstyle": "-", "color": look.ink, "shrinkB": radius})
        said.append(f"{name} {many:,.0f}")
    ax.set_aspect(1 / np.cos(np.radians(where["latitude"].mean())))
    (west, south), (east, north) = (ends[["longitude", "latitude"]] for ends in (where.min(), where.max()))
    ax.set(xlim=(west - 2, east + 5.5), ylim=(south - 1.5, north + 1.7))
    for axis, low, high, word in ((ax.xaxis, west, east, "east"), (ax.yaxis, south, north, "north")):
        marks = range(5 * int(np.ceil(low / 5)), int(high) + 1, 5)
        axis.set_ticks(marks, [f"{degrees}° {word}" for degrees in marks])
    ax.tick_params(labelsize=LETTER, colors=MUTED)
    ax.grid()
    ax.spines[:].set_visible(False)
    return describe(fig, f"Cities by longitude and latitude, discs as large as the count: {', '.join(said)}.")


def map_caption(counts: pd.Series, what: str) -> str:
    """What `city_map` shows: how many of what, and which other city passes one of the three."""
    others = counts.index.difference(CITIES)
    passing = [f"{name} more than {of}" for name in others for of in CITIES if counts[name] > counts[of]]
    said = f" {'; '.join(passing)}." if passing else ""
    return f"Discs and numbers: {what}, in {len(counts)} cities.{said} No coast and no border is drawn."
