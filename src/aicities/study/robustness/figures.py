"""Figures on how much an answer depends on weights, on the lists that are counted, and on what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities.figures import CITIES, GRID, INK, MISSING, MUTED, OTHER, canvas, city, describe, label, narrow

HEIGHT = 3**0.5 / 2  # of a triangle whose sides are 1
SMALL = 14.5  # points: 11 pixels on a phone
RANGE, KINDS = "#4A5360", {"open": "order left open", "hole": "one city missing", "new": "one more list"}
NO_LIST = "no list"


def first_places(shares: pd.DataFrame) -> Figure:
    """Stacked bars: how many of every 100 weightings put each city first.

    ``shares``: one row for each way of weighing (the index, drawn from the top), one column for each city, 0 to 1.
    """
    lost = [name for name, row in shares.iterrows() if row.idxmax() != "Beijing"]
    if not lost:
        headline = "However the fields are weighed, Beijing comes first\nin most of the ways"
    else:
        whose = shares.loc[lost[0]].idxmax()
        kind = "only one kind puts" if len(lost) == 1 else f"{len(lost)} kinds put"
        headline = f"Of {len(shares)} kinds of weighing {kind}\n{whose} first, not Beijing"
    fig, ax = canvas(0.74 * len(shares) + 1.9, headline=headline)
    _bars(ax, shares, room=8)
    left, middle = (-34, 28) if narrow() else (1, 46)
    for x, ha, name in zip((left, middle, 99), ("left", "center", "right"), shares.columns, strict=True):
        often = f"{name} first" if shares[name].max() >= 0.005 else f"{name}: none"
        ax.text(x, -0.72, often, color=city(name).ink, fontweight="semibold", ha=ha, va="center", fontsize=SMALL)
    ax.set_yticks(range(len(shares)), [name.replace(", ", ",\n") for name in shares.index], fontsize=SMALL)
    ax.set(ylim=(len(shares) - 0.5, -1.05), xlim=(0, 107))
    ax.set_xlabel("who is first, of every 100 ways of that kind", fontsize=SMALL)
    ax.set_xticks(range(0, 101, 20))
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.spines[["left", "bottom"]].set_visible(False)
    said = (f"{way}: {_shares(row)}" for way, row in shares.iterrows())
    return describe(fig, "Stacked bars, who is first in every 100 weightings. " + "; ".join(said) + ".")


def first_caption(shares: pd.DataFrame) -> str:
    """The first and the last kind of weighing in numbers, and whether Shenzhen comes first anywhere."""
    whole, last = shares.iloc[0], shares.iloc[-1]
    other = last.idxmax()
    most = shares["Shenzhen"].max()
    never = (
        "in none" if most < 1e-6 else "in less than 1 of 100" if most < 0.01 else f"in up to {most * 100:.0f} of 100"
    )
    many = "over 99" if 0.99 < last[other] < 1 else f"{last[other] * 100:.0f}"
    return (
        f"Of every 100 ways to weigh the fields, {whole['Beijing'] * 100:.0f} put Beijing first. If each field weighs "
        f"more the nearer it is to the market, {many} put {other} first. Shenzhen comes first {never}."
    )


def weight_triangle(
    groups: pd.DataFrame, tip: pd.Series, *, names: Mapping[str, Sequence[str]], corners: Sequence[str]
) -> Figure:
    """All weights of three groups in a triangle, tinted by the city that leads under them.

    ``groups``: cities × groups, points; ``tip``: the weights nearest to equal ones at which another city draws level,
    by group; ``names``: the fields of each group; ``corners``: the groups at the top, the left and the right corner.
    """
    top, left, right = corners
    leading = {name: _region(groups[list(corners)], name) for name in groups.index}
    leading = {name: area for name, area in leading.items() if len(area) > 2}
    fig, ax = canvas(6.5, headline=_triangle_headline(groups, corners, leading))
    said = []
    for name, area in leading.items():
        look = city(name)
        x, y = _corners(area[:, 0], area[:, 2])
        ax.fill(x, y, color=look.colour, alpha=0.28, lw=0)
        ax.plot([*x, x[0]], [*y, y[0]], color=look.colour, lw=1.5)
        ink = {"ha": "center", "va": "center", "color": look.ink, "fontweight": "semibold", "linespacing": 1.0}
        middle = y.mean() - 0.17 * (y.mean() < 0.5)  # out of the way of the arrow
        ax.text(x.mean(), middle, f"{name}\nleads", fontsize=16, **ink)
        said.append(
            f"{name} leads where " + ", ".join(f"{c} up to {area[:, n].max():.0%}" for n, c in enumerate(corners))
        )
    start, end = _corners(1 / 3, 1 / 3), _corners(tip[top], tip[right])
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=arrow)
    ax.plot(*start, "o", mfc="white", mec=INK, ms=11, mew=2)
    for (px, py), text in ((start, "equal\nweights"), (end, "nearest point\nof change")):
        outside = 1.04 - py / HEIGHT / 2
        ax.plot([px + 0.014, outside], [py, py], color=INK, lw=1)
        label(ax, text, outside, py, dx=4, ha="left", va="center", fontsize=SMALL)
    for name, (cx, cy), ha, va, dy in (
        (top, _corners(1, 0), "center", "bottom", 10),
        (left, _corners(0, 0), "left", "top", -12),
        (right, _corners(0, 1), "right", "top", -12),
    ):
        label(ax, f"only {name}", cx, cy, dy=dy + (20 if va == "bottom" else 0), ha=ha, va=va, fontweight="semibold",
              fontsize=SMALL)  # fmt: skip
        text = ", ".join(names[name])
        label(ax, text, cx, cy, dy=dy - (21 if va == "top" else 0), ha=ha, va=va, fontsize=SMALL, color=MUTED)
    ax.set(xlim=(-0.12, 1.22), ylim=(-0.17, HEIGHT + 0.14), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    moved = ", ".join(f"{name} {share:.0%}" for name, share in tip.items())
    alt = f"Triangle of the weights of {top} (top), {left} (left) and {right} (right). " + "; ".join(said)
    return describe(fig, f"{alt}. From equal weights the nearest change of the leader is at {moved}.")


def triangle_caption(shares: pd.Series) -> str:
    """How much of the triangle each city leads in."""
    said = ", ".join(f"{name} in {share * 100:.0f} of 100" for name, share in shares.items())
    return f"Each point is one way to weigh the three groups, its tint the city that leads: {said}."


def least_weight(groups: pd.DataFrame, name: str, corner: str) -> float:
    """The least weight of one group under which a city can lead, 0 to 1; infinite if it never leads."""
    area = _region(groups, name)
    return float(area[:, list(groups.columns).index(corner)].min()) if len(area) else float("inf")


def _triangle_headline(groups: pd.DataFrame, corners: Sequence[str], leading: Mapping[str, np.ndarray]) -> str:
    rest = [name for name in leading if name != "Beijing"]
    if not rest:
        return "No weighing of the three groups\ntakes the lead from Beijing"
    least = least_weight(groups[list(corners)], rest[0], corners[0])
    return f"To lead, {rest[0]} needs {least:.0%} of all weight\non {corners[0]}"


def _region(groups: pd.DataFrame, name: str) -> np.ndarray:
    """Corners of the part of the triangle in which a city scores at least as much as each other one, as weights."""
    area = np.eye(groups.shape[1])
    for other in groups.index.drop(name):
        ahead = (groups.loc[name] - groups.loc[other]).to_numpy()
        kept: list[np.ndarray] = []
        values = area @ ahead if len(area) else np.array([])
        for at in range(len(area)):
            here, before = values[at], values[at - 1]
            if here * before < 0:
                part = before / (before - here)
                kept.append(area[at - 1] + part * (area[at] - area[at - 1]))
            if here >= 0:
                kept.append(area[at])
        area = np.array(kept)
    return area


def ranges(rows: pd.DataFrame, *, base: float, headline: str) -> Figure:
    """From how low to how high a share can go: a line for each thing that may turn out one way or another.

    ``rows``: columns `label`, `low` and `high` (0 to 1), drawn from the top; ``base``: the share as it is.
    """
    fig, ax = canvas(0.62 * len(rows) + 2.0, headline=headline)
    ax.axvspan(0, 50, color="#F3E9D8", lw=0, zorder=0)
    ax.text(25, -0.95, "Beijing first\nin less than half", ha="center", va="center", fontsize=SMALL, color="#8F5F00",
            linespacing=1.0)  # fmt: skip
    ax.plot([base * 100] * 2, [-0.5, len(rows) - 0.5], color=MUTED, lw=1.5, ls=(0, (4, 3)), zorder=1)
    ax.text(base * 100, -0.95, f"as it is:\n{base * 100:.0f}", ha="center", va="center", color=MUTED, fontsize=SMALL,
            linespacing=1.0)  # fmt: skip
    for y, row in enumerate(rows.itertuples()):
        low, high = row.low * 100, row.high * 100
        ax.plot([low, high], [y, y], color=RANGE, lw=9, solid_capstyle="butt", zorder=2)
        ax.plot([low, high], [y, y], "|", color=RANGE, ms=14, mew=2.5, zorder=2)
        label(ax, f"{low:.0f}", low, y, dx=-8, ha="right", va="center", fontsize=SMALL)
        label(ax, f"{high:.0f}", high, y, dx=8, ha="left", va="center", fontsize=SMALL)
    ax.set_yticks(range(len(rows)), rows["label"], fontsize=SMALL, linespacing=1.0)
    ax.set(ylim=(len(rows) - 0.5, -1.4), xlim=(0, 108))
    ax.set_xticks(range(0, 101, 25))
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.set_xlabel("ways of 100 that put Beijing first", fontsize=SMALL)
    ax.spines["left"].set_visible(False)
    said = (f"{' '.join(row.label.split())}: {row.low * 100:.0f} to {row.high * 100:.0f}" for row in rows.itertuples())
    return describe(fig, f"Lines from lowest to highest, {base * 100:.0f} as it is. " + "; ".join(said) + ".")


def unknown_rows(unknowns: pd.DataFrame) -> pd.DataFrame:
    """The five widest of what `analysis.unknowns` gives; of two that say the same of a field the first."""
    distinct = unknowns.round({"low": 6, "high": 6}).drop_duplicates(["field", "low", "high"]).head(5)
    words = distinct["kind"].map(KINDS)
    text = [
        f"{label}:\n{kind}" if of != "new" else f"{kind}\non {label}"
        for label, kind, of in zip(distinct["label"], words, distinct["kind"], strict=True)
    ]
    return distinct.assign(label=text)


def unknowns_headline(unknowns: pd.DataFrame) -> str:
    """Whether a single unknown can take most weightings from Beijing, and in which field it would do most."""
    widest = unknowns.iloc[0]
    what = "computing power" if widest["field"] == "infrastructure" else str(widest["field"])
    lost = unknowns["low"].min() < 0.5
    start = "A single unknown could unseat Beijing" if lost else "No single unknown unseats Beijing"
    return f"{start};\nknowing {what} would change the answer most"


def unknowns_caption(unknowns: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Over all unknowns, from how low to how high the share goes."""
    return (
        f"The {len(shown)} widest of {len(unknowns)} unknowns, one at a time. Whatever any of them turns out to be, "
        f"{unknowns['low'].min() * 100:.0f} to {unknowns['high'].max() * 100:.0f} of every 100 ways to weigh the "
        "fields put Beijing first."
    )


def choice_rows(choices: pd.DataFrame) -> pd.DataFrame:
    """What `analysis.discrete_choices` gives, with labels for `ranges`."""
    text = [f"{name}\n({number:,} tried)" for name, number in zip(choices["choice"], choices["options"], strict=True)]
    return choices.assign(label=text)


def choices_headline(choices: pd.DataFrame) -> str:
    """How many choices can take the majority of weightings from Beijing."""
    lost = (choices["low"] < 0.5).sum()
    if not lost:
        return f"None of {len(choices)} choices takes the lead from Beijing"
    technical = choices["choice"].str.startswith(("scale", "mean"))
    rest = (
        "how numbers are scaled and averaged can't" if not (technical & (choices["low"] < 0.5)).any() else "see which"
    )
    return f"{lost} of {len(choices)} choices can take the lead from Beijing;\n{rest}"


def choices_caption(choices: pd.DataFrame) -> str:
    """Which choices those are, and how narrow the others."""
    lost, kept = choices[choices["low"] < 0.5], choices[choices["low"] >= 0.5]
    named = ", ".join(f"{row.choice} ({row.low * 100:.0f} to {row.high * 100:.0f})" for row in lost.itertuples())
    widest = (kept["high"] - kept["low"]).max() * 100 if len(kept) else 0
    return (
        "How many of every 100 ways to weigh the fields put Beijing first, by choice, one at a time. "
        + (f"Below half go: {named}. " if len(lost) else "")
        + f"The others move the number by {widest:.0f} at most. Of the orders of importance the middle nine tenths are "
        "drawn."
    )


def rules_matrix(leading: pd.DataFrame, shares: pd.DataFrame, *, names: Mapping[str, str]) -> Figure:
    """Who leads each field under each rule, and beside it how often each city is first over all weightings.

    ``leading``: fields × rules: a city, or what stands in its place if there is none (``cannot tell``, ``no list``
    ...); ``shares``: one row for each rule, a column for each city, 0 to 1; ``names``: rule to its name.
    """
    rules, fields = list(leading.columns), list(leading.index)
    fig, (left, right) = canvas(
        0.55 * len(rules) + 3.3,
        headline=rules_headline(leading),
        columns=2,
        sharey=True,
        gridspec_kw={"width_ratios": [1.9, 1]},
    )
    for y, rule in enumerate(rules):
        left.axhline(y, color=GRID, lw=0.8, zorder=0)
        for x, field in enumerate(fields):
            who = leading.loc[field, rule]
            look = city(who)
            if who in CITIES:
                left.plot(x, y, look.marker, color=look.colour, ms=13)
            elif who == NO_LIST:
                left.plot(x, y, "_", color=MISSING, ms=10, mew=2)
            else:
                left.plot(x, y, "x", color=OTHER.ink, ms=8, mew=2)
    _bars(right, shares.loc[rules], room=30 if narrow() else 22)
    left.set_yticks(range(len(rules)), [_folded(names[rule]) for rule in rules], fontsize=SMALL, linespacing=0.95)
    left.set_xticks(range(len(fields)), fields, rotation=50, ha="left", rotation_mode="anchor", fontsize=SMALL)
    left.xaxis.tick_top()
    left.set(xlim=(-0.5, len(fields) - 0.5), ylim=(len(rules) + (1.3 if narrow() else 0.75), -0.6))
    right.set(xlim=(0, 150 if narrow() else 140), xticks=[])
    right.set_title(_folded("first in so many of 100 weightings", 14 if narrow() else 19), fontsize=SMALL)
    marks = [(name, look.marker, look.colour) for name, look in CITIES.items() if (leading == name).any(axis=None)]
    rest = [("open or split", "x", OTHER.ink), ("no list", "_", MISSING)]
    right.patch.set_visible(False)
    at, line, wide = -4.6, len(rules) + 0.25, 1.6 if narrow() else 1
    for name, marker, colour in [*marks, *rest]:
        if narrow() and name == rest[0][0]:  # a second line
            at, line = -4.6, line + 0.55
        (mark,) = left.plot(at, line, marker, color=colour, ms=10, mew=2, clip_on=False)
        word = left.text(at + 0.4 * wide, line, name, va="center", fontsize=SMALL)
        mark.set_in_layout(False)  # the key may reach under the bars
        word.set_in_layout(False)
        at += wide * (1.5 + 0.22 * len(name))
    for ax in (left, right):
        ax.spines[:].set_visible(False)
    said = (
        f"{names[rule]}: " + ", ".join(f"{field} {leading.loc[field, rule]}" for field in fields)
        + f", all fields together {_shares(shares.loc[rule])}"
        for rule in rules
    )  # fmt: skip
    return describe(fig, "Who leads each field, one line for each rule. " + "; ".join(said) + ".")


def rules_headline(leading: pd.DataFrame) -> str:
    """The fewest and the most fields that each city leads under the rules.

    >>> rules_headline(pd.DataFrame({"all": ["Beijing", "Beijing"], "strict": ["Beijing", "no list"]}))
    'How many of 2 fields a city leads hangs on the rule:\\nBeijing 1 to 2, Shanghai 0, Shenzhen 0'
    """
    counts = {name: (leading == name).sum() for name in CITIES}
    told = [
        f"{name} {fewest} to {most}" if fewest < most else f"{name} {most}"
        for name, (fewest, most) in ((name, (count.min(), count.max())) for name, count in counts.items())
    ]
    return f"How many of {len(leading)} fields a city leads hangs on the rule:\n{', '.join(told)}"


def rules_caption(leading: pd.DataFrame, shares: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The rule under which Beijing is first least often, and what it leaves."""
    worst = shares["Beijing"].idxmin()
    decided = leading[worst].isin(CITIES).sum()
    others = shares["Beijing"].drop(worst)
    said = ", ".join(f"{name} in {share * 100:.0f}" for name, share in shares.loc[worst].items())
    return (
        f"The strictest rule, {names[worst]}, leaves {decided} fields with a leader. Who is first under 100 ways to "
        f"weigh what is left: {said}. Under the other rules Beijing is first in {others.min() * 100:.0f} to "
        f"{others.max() * 100:.0f}."
    )


def _folded(text: str, width: int = 18) -> str:
    words, lines = text.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _bars(ax: Axes, shares: pd.DataFrame, *, room: float) -> None:
    """A bar of 100 for each row, in the colours of the cities; what is narrower than `room` has its number outside."""
    text: dict[str, Any] = {"va": "center", "fontweight": "semibold", "fontsize": SMALL}
    for y, row in enumerate(shares.to_dict("records")):
        start, outside = 0.0, 101.5
        for name, share in row.items():
            wide, look = share * 100, city(str(name))
            ax.barh(y, wide, left=start, color=look.colour, edgecolor="white", height=0.66)
            start += wide
            if wide >= room:
                ax.text(start - wide / 2, y, f"{wide:.0f}", ha="center", color=look.on, **text)
            elif wide >= 0.5 and name != shares.columns[0]:
                ax.text(outside, y, f"{wide:.0f}", ha="left", color=look.ink, **text)
                outside += room * (0.55 + 0.45 * (wide >= 9.5))


def _corners(top: Any, right: Any) -> tuple[Any, Any]:
    """Where weights lie in the triangle, from those of the top and the right corner."""
    return right + top / 2, top * HEIGHT


def _shares(row: pd.Series) -> str:
    return ", ".join(f"{name} {share * 100:.0f}" for name, share in row.items() if name in CITIES)
