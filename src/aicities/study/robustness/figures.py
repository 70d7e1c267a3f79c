"""Figures on how much an answer depends on weights, on the tables that are counted, and on what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities.figures import CITIES, INK, MISSING, MUTED, OTHER, canvas, city, describe, label

HEIGHT = 3**0.5 / 2  # of a triangle whose sides are 1
UP, DOWN = "#1B6E6A", "#8E2F1B"
KINDS = {"open": ("s", "#4A5360"), "hole": ("D", "#9A7B4F"), "new": ("o", "#1B6E6A")}


def first_places(shares: pd.DataFrame, *, headline: str, xlabel: str) -> Figure:
    """Stacked bars: how many of every 100 weightings put each city first.

    Parameters
    ----------
    shares
        One row for each way of weighing (the index, drawn from the top), one column for each city, 0 to 1.
    headline
        The finding.
    xlabel
        What the 100 are.
    """
    fig, ax = canvas(0.62 * len(shares) + 1.9, headline=headline)
    _bars(ax, shares, room=8)
    for x, ha, name in zip((1, 44, 99), ("left", "center", "right"), shares.columns, strict=True):
        often = f"{name} first" if shares[name].max() >= 0.005 else f"{name}: none of 100"
        ax.text(x, -0.72, often, color=city(name).ink, fontweight="semibold", ha=ha, va="center")
    ax.set_yticks(range(len(shares)), [name.replace(", ", ",\n") for name in shares.index])
    ax.set(ylim=(len(shares) - 0.5, -1.05), xlim=(0, 107), xlabel=xlabel)
    ax.set_xticks(range(0, 101, 20))
    ax.spines[["left", "bottom"]].set_visible(False)
    said = (f"{way}: {_shares(row)}" for way, row in shares.iterrows())
    return describe(fig, "Stacked bars, who is first in every 100 weightings. " + "; ".join(said) + ".")


def weight_triangle(
    weights: pd.DataFrame, leader: pd.Series, *, tip: pd.Series, names: Mapping[str, str], headline: str
) -> Figure:
    """All weights of three groups in a triangle, each marked by the city that leads under it.

    Parameters
    ----------
    weights
        One row for each weighting, one column for each of the three groups (top, left and right corner), sums of 1.
    leader
        The city that leads under each row, missing where two share the lead.
    tip
        The weights nearest to equal ones at which another city draws level, by group.
    names
        What stands at each corner.
    headline
        The finding.
    """
    fig, ax = canvas(6.3, headline=headline)
    top, left, right = weights.columns
    x, y = _corners(weights[top], weights[right])
    for name, look in CITIES.items():
        here = (leader == name).to_numpy()
        ax.scatter(x[here], y[here], s=40, marker=look.marker, color=look.colour, lw=0)
        if here.any():
            edge = y[here].mean()
            label(ax, f"{name}\nleads", edge / HEIGHT / 2, edge, dx=-16, ha="right", va="center", color=look.ink,
                  fontsize=15, fontweight="semibold", linespacing=1.0)  # fmt: skip
    shared = leader.isna().to_numpy()
    ax.scatter(x[shared], y[shared], s=40, marker="x", color=MUTED)
    start = _corners(1 / 3, 1 / 3)
    end = _corners(tip[top], tip[right])
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=arrow)
    ax.plot(*start, "o", mfc="white", mec=INK, ms=11, mew=2)
    for (px, py), text in ((start, "equal weights"), (end, "the nearest point at\nwhich the leader changes")):
        outside = 1.04 - py / HEIGHT / 2
        ax.plot([px + 0.014, outside], [py, py], color=INK, lw=1)
        label(ax, text, outside, py, dx=4, ha="left", va="center", fontsize=12)
    for name, (cx, cy), ha, va, dy in (
        (top, _corners(1, 0), "center", "bottom", 10),
        (left, _corners(0, 0), "left", "top", -12),
        (right, _corners(0, 1), "right", "top", -12),
    ):
        label(ax, f"only {name}", cx, cy, dy=dy + (18 if va == "bottom" else 0), ha=ha, va=va, fontweight="semibold")
        label(ax, names[name], cx, cy, dy=dy - (20 if va == "top" else 0), ha=ha, va=va, fontsize=12, color=MUTED)
    ax.set(xlim=(-0.12, 1.22), ylim=(-0.17, HEIGHT + 0.14), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    counts = leader.value_counts()
    said = ", ".join(f"{name} under {number} of {len(leader)} weightings" for name, number in counts.items())
    moved = ", ".join(f"{name} {share:.0%}" for name, share in tip.items())
    alt = f"Triangle of the weights of {top} (top), {left} (left) and {right} (right), marked by who leads: {said}."
    return describe(fig, f"{alt} From equal weights the nearest change of the leader is at {moved}.")


def swings(rows: pd.DataFrame, *, base: float, kinds: Mapping[str, str], headline: str, xlabel: str) -> Figure:
    """How far each thing that is not known could move a share: a line from the lowest to the highest.

    Parameters
    ----------
    rows
        Columns `kind`, `label`, `low` and `high` (0 to 1), drawn from the top.
    base
        The share as it is.
    kinds
        Kind to the heading above its rows, in order.
    headline
        The finding.
    xlabel
        What the shares are of, in words for numbers from 0 to 100.
    """
    ys: list[float] = []
    y = 0.0
    heads = {}
    for at, kind in enumerate(rows["kind"]):
        if at == 0 or kind != rows["kind"].iloc[at - 1]:
            heads[kind] = y
            y += 1
        ys.append(y)
        y += 1 if at + 1 < len(rows) and rows["kind"].iloc[at + 1] == kind else 1.35
    fig, ax = canvas(0.34 * y + 1.7, headline=headline)
    ax.plot([base * 100] * 2, [-0.6, max(ys) + 0.7], color=MUTED, lw=1.5, ls=(0, (4, 3)), zorder=0)
    for y, row in zip(ys, rows.itertuples(), strict=True):
        marker, colour = KINDS[row.kind]
        ax.plot([row.low * 100, row.high * 100], [y, y], color=colour, lw=4, alpha=0.45, solid_capstyle="round")
        ax.plot([row.low * 100, row.high * 100], [y, y], marker, color=colour, ms=8, ls="none")
        label(ax, f"{row.low * 100:.0f}", row.low * 100, y, dx=-9, ha="right", va="center", fontsize=12)
        if row.high > row.low:
            label(ax, f"{row.high * 100:.0f}", row.high * 100, y, dx=9, ha="left", va="center", fontsize=12)
    for kind, y in heads.items():
        ax.text(-0.005, y, kinds[kind], transform=ax.get_yaxis_transform(), ha="right", va="center",
                fontweight="semibold", fontsize=13)  # fmt: skip
    ax.text(base * 100, -0.95, f"as it is: {base * 100:.0f}", ha="center", color=MUTED, fontsize=12)
    ax.set_yticks(ys, rows["label"])
    ax.tick_params(axis="y", labelsize=12)
    ax.set(ylim=(max(ys) + 0.7, -1.3), xlim=(rows["low"].min() * 100 - 3, 100.5))
    ax.set_xticks(range(int(rows["low"].min() * 20) * 5, 101, 5))
    ax.set_xlabel(xlabel, loc="right")
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    said = (f"{row.label}: {row.low * 100:.0f} to {row.high * 100:.0f}" for row in rows.itertuples())
    return describe(fig, f"Lines from lowest to highest, {base * 100:.0f} as it is. " + "; ".join(said) + ".")


def chances_without(rows: pd.DataFrame, *, base: float, headline: str, xlabel: str) -> Figure:
    """A chance when one publisher at a time is left out, against the chance with all.

    Parameters
    ----------
    rows
        Columns `without` (drawn from the top) and `chance`, 0 to 1.
    base
        The chance with all of them.
    headline
        The finding.
    xlabel
        What the chance is of.
    """
    fig, ax = canvas(0.4 * len(rows) + 2.0, headline=headline)
    ax.plot([base * 100] * 2, [-0.55, len(rows) - 0.5], color=MUTED, lw=1.5, ls=(0, (4, 3)), zorder=0)
    ax.text(base * 100, -0.75, f"all counted: {base * 100:.0f}", ha="center", color=MUTED, fontsize=12)
    for y, row in enumerate(rows.itertuples()):
        up = row.chance > base
        ax.plot([base * 100, row.chance * 100], [y, y], color=UP if up else DOWN, lw=3, alpha=0.5)
        ax.plot(row.chance * 100, y, "^" if up else "v", color=UP if up else DOWN, ms=10)
        side: dict[str, Any] = {"dx": 10, "ha": "left"} if up else {"dx": -10, "ha": "right"}
        label(ax, f"{row.chance * 100:.0f}", row.chance * 100, y, **side, va="center", fontsize=12)
    ax.set_yticks(range(len(rows)), [f"without {name}" for name in rows["without"]])
    ax.set(ylim=(len(rows) - 0.5, -1.2), xlim=(0, 100), xlabel=xlabel)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    said = (f"without {row.without} {row.chance * 100:.0f}" for row in rows.itertuples())
    return describe(fig, f"Chances of 100 as points, {base * 100:.0f} with all publishers: " + ", ".join(said) + ".")


def rules_matrix(leading: pd.DataFrame, shares: pd.DataFrame, *, names: Mapping[str, str], headline: str) -> Figure:
    """Who leads each field under each rule, and beside it how often each city is first over all weightings.

    Parameters
    ----------
    leading
        Fields × rules: a city, or what stands in its place if there is none (``cannot tell``, ``no list`` ...).
    shares
        One row for each rule, a column for each city, 0 to 1.
    names
        Rule to its name.
    headline
        The finding.
    """
    rules, fields = list(leading.columns), list(leading.index)
    fig, (left, right) = canvas(
        0.44 * len(rules) + 3.0, headline=headline, columns=2, sharey=True, gridspec_kw={"width_ratios": [2.3, 1]}
    )
    for y, rule in enumerate(rules):
        for x, field in enumerate(fields):
            who = leading.loc[field, rule]
            look = city(who)
            if who in CITIES:
                left.plot(x, y, look.marker, color=look.colour, ms=12)
            elif who == "no list":
                left.plot(x, y, "_", color=MISSING, ms=10, mew=2)
            else:
                left.plot(x, y, "x", color=OTHER.ink, ms=8, mew=2)
    _bars(right, shares.loc[rules], room=15)
    left.set_yticks(range(len(rules)), [names[rule] for rule in rules])
    left.set_xticks(range(len(fields)), fields, rotation=50, ha="left", rotation_mode="anchor")
    left.xaxis.tick_top()
    left.set(xlim=(-0.5, len(fields) - 0.5), ylim=(len(rules) + 0.55, -0.6))
    right.set(xlim=(0, 116), xticks=[])
    right.set_title("first in so many of\n100 weightings", fontsize=12)
    marks = [(name, look.marker, look.colour) for name, look in CITIES.items() if (leading == name).any(axis=None)]
    rest = [("cannot tell", "x", OTHER.ink), ("no list left", "_", MISSING)]
    at = -1.6
    for name, marker, colour in [*marks, *rest]:
        left.plot(at, len(rules) + 0.15, marker, color=colour, ms=9, mew=2, clip_on=False)
        label(left, name, at, len(rules) + 0.15, dx=9, va="center", fontsize=12, annotation_clip=False)
        at += 1.2 + 0.16 * len(name)
    for ax in (left, right):
        ax.spines[:].set_visible(False)
    said = (
        f"{names[rule]}: " + ", ".join(f"{field} {leading.loc[field, rule]}" for field in fields)
        + f", all fields together {_shares(shares.loc[rule])}"
        for rule in rules
    )  # fmt: skip
    return describe(fig, "Who leads each field, one line for each rule. " + "; ".join(said) + ".")


def _bars(ax: Axes, shares: pd.DataFrame, *, room: float) -> None:
    """A bar of 100 for each row, in the colours of the cities; what is narrower than `room` has its number outside."""
    for y, row in enumerate(shares.to_dict("records")):
        start = 0.0
        for name, share in row.items():
            wide, look = share * 100, city(str(name))
            ax.barh(y, wide, left=start, color=look.colour, edgecolor="white", height=0.66)
            start += wide
            if wide >= room:
                ink = INK if name == "Shenzhen" else "white"
                ax.text(start - wide / 2, y, f"{wide:.0f}", ha="center", va="center", color=ink, fontweight="semibold")
            elif wide >= 0.5 and start > 99:
                ax.text(101.5, y, f"{wide:.0f}", ha="left", va="center", color=look.ink, fontweight="semibold")


def _corners(top: Any, right: Any) -> tuple[Any, Any]:
    """Where weights lie in the triangle, from those of the top and the right corner."""
    return right + top / 2, top * HEIGHT


def _shares(row: pd.Series) -> str:
    return ", ".join(f"{name} {share * 100:.0f}" for name, share in row.items() if name in CITIES)
