"""Figures on the published league tables: who stands where, in how many of them, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from aicities.figures import AGREEMENT, CITIES, GRID, INK, MUTED, OTHER, canvas, city, describe, label, narrow
from aicities.study.rankings.analysis import ARTICLE_INDEX
from aicities.votes import FAILS, HOLDS, OPEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALL = 14.5  # points: 11 pixels on a phone
# Fill and ink of a cell by the worst rank that it stands for; ranks beyond the last share the last one's.
SHADES: tuple[tuple[float, str, str], ...] = (
    (3, "#1B6E6A", "white"),
    (5, "#8CC5BF", INK),
    (10, "#DCECEA", INK),
    (float("inf"), "#F1F4F5", INK),
)
EDGE = "#1B6E6A"
PALE = "#E7EAEE"  # a city other than the three, where their colours fill
ANSWERS = {HOLDS: ("o", AGREEMENT["both"]), FAILS: ("X", AGREEMENT["neither"]), OPEN: ("d", "white")}
GAP = 0.3  # rows between two groups, so that the editions of one publisher stand together
RIVALS = ("Hangzhou", "Guangzhou")
PANELS = {
    "algorithms-on-file": "Algorithms on file",
    "models-on-file": "Models on file, nationally",
    "open-model-list": "Entries in the open model list",
    "hurun-ai-top-50": "Companies in Hurun's AI top 50",
    "beijing-models-on-file": "Models on file, by Beijing's count",
    "compute": "Computing power, EFLOPS",
}
"""What is drawn of :func:`analysis.then_and_now`, by series, in order. `compute` joins two cities' own series."""


ORDINALS = ("first", "second", "third", "fourth", "fifth")


def how_many(number: int, of: int, things: str) -> str:
    """A count in words that can stand in a title.

    >>> how_many(7, 7, "tables"), how_many(6, 7, "tables"), how_many(4, 7, "tables"), how_many(0, 7, "tables")
    ('all 7 tables', 'all tables but one', '4 of 7 tables', 'none of 7 tables')
    """
    if number == of:
        return f"all {of} {things}"
    return f"all {things} but one" if number == of - 1 and of > 2 else f"{number or 'none'} of {of} {things}"


def index_words(index: pd.Series) -> str:
    """The gaps between the article's three index values, highest first, in a sentence."""
    first, second, third = index.index
    gaps = -index.diff()
    said = ", ".join(f"{name} {value:.4g}" for name, value in index.items())
    return f"{said}: {second} is **{gaps[second]:.2f}** behind {first}, and {third} another {gaps[third]:.2f}."


def index_shares(shares: pd.DataFrame) -> Figure:
    """Index values of cities as shares of the leader's, a line for each index.

    ``shares``: columns `name` (one line of the figure each, in order), `place` and `share` (0 to 1).
    """
    lines = list(shares["name"].unique())
    leads = shares.loc[shares["share"] == 1, "place"].eq("Beijing").sum()
    whole = "Every index with scores has Beijing ahead"
    title = whole if leads == len(lines) else f"{leads} of {len(lines)} indexes have Beijing ahead"
    fig, ax = canvas(0.78 * len(lines) + 1.6, headline=f"{title},\nbut by how much depends on the index")
    said = []
    for y, line in enumerate(lines):
        ax.axhline(y, color=GRID, zorder=0)
        part = shares[shares["name"] == line].sort_values("share", kind="stable")
        for row in part[::-1].itertuples():
            look = city(row.place)
            near = part.loc[(part["share"] - row.share).abs().between(1e-9, 0.01) & (part["share"] < 1), "share"]
            off = 0.12 if (near > row.share).any() else -0.12 if (near < row.share).any() else 0  # rows apart
            ax.plot(row.share, y + off, look.marker, color=look.colour, mec="white", ms=13, zorder=3)
        # the leader needs no number; of the two others one is named above and one below, as they may lie close
        for row, dy in zip(part.iloc[-2::-1].itertuples(), (14, -26), strict=False):
            text, ink = f"{row.place} {row.share:.0%}", city(row.place).ink
            label(ax, text, row.share, y, dx=7, dy=dy, ha="right", fontsize=SMALL, color=ink)
        missing = [name for name in CITIES if name not in set(part["place"])]
        if missing:
            label(ax, f"no score of {', '.join(missing)}", 0, y, dy=-18, fontsize=SMALL, color=MUTED)
        said.append(f"{line}: " + ", ".join(f"{r.place} {r.share:.1%}" for r in part[::-1].itertuples()))
    label(ax, "Beijing", 1, 0, dy=12, ha="center", color=CITIES["Beijing"].ink, fontsize=SMALL)
    ax.set_yticks(range(len(lines)), lines, fontsize=SMALL)
    ax.set(ylim=(len(lines) - 0.4, -0.6), xlim=(0, 1.06))
    ax.set_xlabel("score as a share of the leader's", fontsize=SMALL)
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.spines["left"].set_visible(False)
    return describe(fig, "Index values as shares of the leader's, a line for each index. " + "; ".join(said) + ".")


def index_caption(shares: pd.DataFrame) -> str:
    """What the figure of index values shows."""
    second = shares[shares["share"] < 1].groupby("name")["share"].max()
    return (
        f"{len(second)} indexes, oldest first: the second city has {second.min():.0%} to {second.max():.0%} of the "
        f"leader's score; in the article's report {second[ARTICLE_INDEX]:.0%}."
    )


def rank_matrix(
    cells: pd.DataFrame,
    rows: pd.DataFrame,
    places: Sequence[str],
    *,
    headline: str,
    note: str,
) -> Figure:
    """Who stands where: a line for each table, a column for each city.

    ``cells``: what `analysis.matrix_cells` gives: `table_id`, `place`, `state`, `worst` and `text`; ``rows``: the
    tables from the top down: `table_id`, `name`, `group` (lines of one group stand together) and `counted` (false: only
    framed); ``places``: the columns; ``note``: written below, for instance what a star at a
    name means.
    """
    groups = list(rows["group"])
    ys, y = [], -1.0
    for at, group in enumerate(groups):
        y += 1 + GAP * (at > 0 and group != groups[at - 1])
        ys.append(y)
    fig, ax = canvas(0.38 * (y + 1) + 2.1, headline=headline)
    found = cells.set_index(["table_id", "place"])
    for y, table, solid in zip(ys, rows["table_id"], rows["counted"], strict=True):
        for x, place in enumerate(places):
            _cell(ax, x, y, found.loc[(table, place)], solid=solid)
    ax.set_yticks(ys, rows["name"], fontsize=SMALL)
    ax.set_xticks(range(len(places)), places, rotation=50, ha="left", rotation_mode="anchor")
    ax.xaxis.tick_top()
    for tick in ax.get_xticklabels():
        own = tick.get_text() in CITIES
        tick.set(color=city(tick.get_text()).ink, fontweight="bold" if own else "normal", fontsize=SMALL)
    ax.set(xlim=(-0.52, len(places) - 0.48), ylim=(ys[-1] + 0.6, -0.6))
    ax.spines[:].set_visible(False)
    ax.set_xlabel(note, loc="right", fontsize=SMALL)
    said = (
        f"{row.name}: "
        + ", ".join(f"{place} {found.loc[(row.table_id, place), 'text'] or 'not covered'}" for place in places)
        for row in rows.rename_axis(None).itertuples(index=False)
    )
    alt = "Matrix of ranks, a line for each table and a column for each city; >10 means below the tenth place. "
    return describe(fig, alt + "; ".join(said) + ".")


def ranks_headline(cells: pd.DataFrame, counted: Sequence[str]) -> str:
    """In how many of the counted tables Beijing is first."""
    first = cells[cells["table_id"].isin(counted) & (cells["place"] == "Beijing")]["worst"].eq(1).sum()
    return f"Beijing is first in {how_many(first, len(counted), 'tables')};\nbehind it they part ways"


def ranks_caption(cells: pd.DataFrame, overall: pd.DataFrame, *, least: int) -> str:
    """Where Beijing and Shanghai stand in the tables on AI as a whole, `overall`."""
    own = cells[cells["table_id"].isin(overall["table_id"])].merge(overall[["table_id", "short_name"]], on="table_id")
    beijing, shanghai = (own[own["place"] == name] for name in ("Beijing", "Shanghai"))
    second = shanghai["best"].eq(2) & shanghai["state"].isin(["ranked", "tied", "tier"])
    elsewhere = shanghai.loc[~second, "short_name"].value_counts()
    rest = ", ".join(f"{name} ({count})" for name, count in elsewhere.items())
    return (
        f"Beijing is first in {beijing['worst'].eq(1).sum()} of {len(overall)} tables. Shanghai is second, or in the "
        f"second tier, in {second.sum()}"
        + (f"; it is not in those of {rest}. " if rest else ". ")
        + f"Shown are cities that at least {least} tables list."
    )


def _cell(ax: Axes, x: float, y: float, cell: pd.Series, *, solid: bool) -> None:
    """One cell of the matrix: filled for a rank, framed for a tier or range, plain for what is not listed."""
    state = cell["state"]
    ink, weight, size = MUTED, "normal", 12.5
    if state in ("ranked", "tied"):
        _, fill, ink = next(shade for shade in SHADES if cell["worst"] <= shade[0])
        weight, size = ("bold" if cell["worst"] <= 3 else "normal"), SMALL
        if solid:
            _box(ax, x, y, facecolor=fill, edgecolor="none")
        else:
            ink = EDGE
            _box(ax, x, y, facecolor="white", edgecolor=EDGE, linewidth=1)
    elif state in ("tier", "unranked"):
        ink, size = INK, 13
        _box(ax, x, y, facecolor="white", edgecolor=EDGE, linewidth=1, linestyle=(0, (3, 2)))
    elif state == "not_covered":
        _box(ax, x, y, facecolor="white", edgecolor=GRID, hatch="////", linewidth=0)
    ax.text(x, y, cell["text"], ha="center", va="center", fontsize=size, color=ink, fontweight=weight)


def _box(ax: Axes, x: float, y: float, *, width: float = 1, **options: Any) -> None:
    box = "round,pad=0,rounding_size=0.08"
    ax.add_patch(FancyBboxPatch((x - 0.46, y - 0.43), width - 0.08, 0.86, boxstyle=box, **options))


def bump(ranks: pd.DataFrame, measures: pd.Series, *, publisher: str) -> Figure:
    """The editions of one publisher's ranking, a line for each city, and under each year how little was measured alike.

    ``ranks``: what `analysis.editions` gives. Ranks that are only a range are not drawn; ``measures``: year to the
    names of what goes into that edition, separated by semicolons; ``publisher``: its short name.
    """
    sure = ranks[ranks["best"] == ranks["worst"]]
    years = sorted(sure["year"].unique())
    fig, ax = canvas(5.2, headline=_bump_headline(sure, publisher))
    for place, part in sure.groupby("place"):
        look, own = city(str(place)), place in (*CITIES, "Hangzhou")
        part = part.set_index("year")["best"].reindex(years)
        style: dict[str, Any] = {"color": INK if place == "Hangzhou" else look.colour if own else "#D5D9DF"}
        ax.plot(years, part, "-", lw=4 if own else 2, zorder=3 if own else 1, **style)
        ax.plot(years, part, look.marker, ms=11 if own else 6, mec="white", zorder=4 if own else 2, **style)
        ink = INK if place == "Hangzhou" else look.ink
        for year, dx, ha in ((years[0], -14, "right"), (years[-1], 14, "left")) if own else ():
            if pd.notna(part[year]):
                label(ax, str(place), year, part[year], dx=dx, ha=ha, va="center", fontsize=SMALL, color=ink,
                      fontweight="bold", annotation_clip=False)  # fmt: skip
    ticks = []
    for at, year in enumerate(years):
        names = set(measures[year].split(";"))
        same = len(names & set(measures[years[at - 1]].split(";"))) if at else 0
        ticks.append(f"{year}\n{len(names)}" + (f"\n{same}" if at else ""))
    ax.set_xticks([years[0] - 0.9, *years], ["\nmeasures\nas before", *ticks], fontsize=SMALL, linespacing=1.15)
    ax.set_yticks(range(1, int(sure["best"].max()) + 1))
    ax.tick_params(axis="y", labelsize=SMALL)
    room = 1.7 if narrow() else 1.2
    ax.set(xlim=(years[0] - room, years[-1] + room - 0.15), ylim=(sure["best"].max() + 0.6, 0.4))
    ax.spines[:].set_visible(False)
    said = (
        f"{place}: " + ", ".join(f"{row.year} rank {row.best:.0f}" for row in part.itertuples())
        for place, part in sure.groupby("place")
    )
    return describe(fig, f"Ranks in the editions of {publisher}, a line for each city. " + "; ".join(said) + ".")


def _bump_headline(sure: pd.DataFrame, publisher: str) -> str:
    top = sure[sure["best"] <= 3].groupby("year")["place"].agg(frozenset)
    if top.nunique() > 1:
        return f"The first three change\nfrom edition to edition with {publisher}"
    out = [name for name in CITIES if name not in top.iloc[0]]
    inside = [name for name in sorted(top.iloc[0]) if name not in CITIES]
    if not out:
        return f"With {publisher}, the article's three\nare first in every edition"
    who, whose = " and ".join(inside), " and ".join(out)
    return f"With {publisher}, {who} holds {whose}'s place\namong the first three in every edition"


def bump_caption(ranks: pd.DataFrame, measures: pd.Series, *, publisher: str) -> str:
    """The trap of the editions: how many measures two editions in a row have in common."""
    years = sorted(measures.index)
    common = sum(len({*measures[a].split(";")} & {*measures[b].split(";")}) for a, b in pairwise(years))
    where = ", ".join(f"{row.best:.0f}" for row in ranks[ranks["place"] == "Shanghai"].sort_values("year").itertuples())
    names = "none is" if common == 0 else f"{common} in all are"
    return (
        f"Shanghai's place in the {len(years)} editions of {publisher}: {where}. This is no trend: of the measures "
        f"that an edition names {names} worded as in the edition before."
    )


def answers_in_time(answers: pd.DataFrame, *, window: tuple[pd.Timestamp, pd.Timestamp], headline: str) -> Figure:
    """Whether the given cities hold the first places, by publisher and date of publication.

    ``answers``: a row for each table, publishers from the top down: `short_name` (one line each), `topic` (those with
    `overall` come first), `first_day` and `last_day` (when it can have appeared), `answer`, and for those that fail
    `out` and `instead` (who is there in whose stead); ``window``: first and last day of the article's two years, which
    are marked.
    """
    lines: list[tuple[float, pd.DataFrame]] = []
    heads: dict[str, float] = {}
    y = 0.0
    whole = answers["topic"] == "overall"
    for head, part in (("AI as a whole", answers[whole]), ("One field of it", answers[~whole])):
        heads[head] = y
        for _, rows in part.groupby("short_name", sort=False):
            y += 1
            lines.append((y, rows))
        y += 1.35
    fig, ax = canvas(0.35 * y + 2.0, headline=headline)
    ax.axvspan(*window, color="#F3E9D8", lw=0, zorder=0)
    middle = window[0] + (window[1] - window[0]) / 2
    ax.text(middle, -0.75, "the article's two years", ha="center", va="bottom", fontsize=SMALL, color="#8F5F00")
    end = answers["last_day"].max() + pd.Timedelta(days=60)
    for line, part in lines:
        ax.plot([part["first_day"].min(), end], [line, line], color=GRID, lw=0.8, zorder=1)
        for row in part.itertuples():
            marker, colour = ANSWERS[row.answer]
            day = row.first_day + (row.last_day - row.first_day) / 2
            edge = MUTED if row.answer == OPEN else "white"
            if _only_year(row):
                ax.plot([row.first_day, row.last_day], [line, line], color=MUTED, lw=2.5, zorder=2)
            ax.plot(day, line, marker, color=colour, mec=edge, mew=1, ms=12, zorder=3)
        verdict, said = _told(part)
        ax.text(end, line, f" {said}", ha="left", va="center", fontsize=SMALL, color=verdict)
    for head, line in heads.items():
        ax.text(-0.005, line, head, transform=ax.get_yaxis_transform(), ha="right", va="center", fontweight="bold",
                fontsize=SMALL)  # fmt: skip
    ax.set_yticks([line for line, _ in lines], [part["short_name"].iloc[0] for _, part in lines], fontsize=SMALL)
    years = range(answers["first_day"].dt.year.min(), answers["last_day"].dt.year.max() + 1, 2)
    ax.set_xticks([pd.Timestamp(f"{year}-01-01") for year in years], [str(year) for year in years], fontsize=SMALL)
    first = answers["first_day"].min() - pd.Timedelta(days=120)
    ax.set(xlim=(first, end), ylim=(y - 0.6, -0.85))
    ax.spines["left"].set_visible(False)
    vague = " (a bar: only the year is known)" * any(_only_year(row) for row in answers.itertuples())
    ax.set_xlabel(f"published{vague}", loc="left", fontsize=SMALL)
    alt = "Time line, a line for each publisher and a mark for each table. "
    told = (
        f"{row.short_name}, {row.first_day:{'%Y' if _only_year(row) else '%Y-%m'}}: {row.answer}"
        + f" ({row.instead} instead)" * (row.answer == FAILS)
        for row in answers.itertuples()
    )
    return describe(fig, alt + "; ".join(told) + ".")


def answers_headline(near: pd.Series, every: pd.Series) -> str:
    """Who is in the majority, from votes of publishers in the article's years and over all years."""
    if near[HOLDS] and near[FAILS] and every[HOLDS] and every[FAILS]:
        return "Publishers are split on the top three,\nin the article's two years and beyond"
    side = "bear out" if not (near[FAILS] or every[FAILS]) else "contradict"
    return f"Some publishers {side} the top three,\nin the article's two years or beyond"


def thin_ground(near: pd.Series, voters: pd.DataFrame) -> str:
    """How little it takes to turn the vote of the publishers on AI as a whole, and of what kinds publishers are.

    ``near``: votes in the article's two years; ``voters``: one row for each publisher, with `publisher_kind`.
    """
    kinds = voters["publisher_kind"].str.replace("_", " ").value_counts()
    return (
        f"Of the publishers that ranked AI as a whole in the article's two years, **{near[HOLDS]}** had the three in "
        f"front and **{near[FAILS]}** had not. One more could make that {near[HOLDS] + 1} to {near[FAILS]}. Nor are "
        f"all {len(voters)} publishers alike: " + ", ".join(f"{kind} {number}" for kind, number in kinds.items()) + "."
    )


def displaced_words(answers: pd.DataFrame) -> str:
    """How many publishers push out which city, and whom nobody pushes out."""
    failed = answers[answers["answer"] == FAILS]
    failed = failed.assign(out=failed["out"].str.split(", ")).explode("out")  # a table may push out two
    losers = failed.groupby("out")["publisher_id"].nunique().sort_values(ascending=False, kind="stable")
    never = [name for name in CITIES if name not in losers.index]
    instead = failed.loc[failed["out"] == losers.index[0], "instead"].str.split(", ").explode().nunique()
    of = failed["publisher_id"].nunique()
    said = "; ".join(f"**{number}** of {of} publishers push out {name}" for name, number in losers.items())
    return f"{said}. For {losers.index[0]} {instead} different {'cities come' if instead > 1 else 'city comes'} in." + (
        f" Nobody pushes out {' or '.join(never)}." if never else ""
    )


def answers_caption(near: pd.Series, every: pd.Series) -> str:
    """Both votes, of the tables on AI and of its fields."""
    return (
        f"Dots: the three hold the first three places. Crosses: another city has one of them. Publishers for and "
        f"against: {near[HOLDS]} and {near[FAILS]} in the two years before the article, {every[HOLDS]} and "
        f"{every[FAILS]} in all years."
    )


def _only_year(row: Any) -> bool:
    return bool(row.last_day - row.first_day > pd.Timedelta(days=31))


def _told(part: pd.DataFrame) -> tuple[str, str]:
    """Colour and words for what the tables of one publisher say."""
    failed = part[part["answer"] == FAILS]
    if len(failed) and (part["answer"] == HOLDS).any():
        return MUTED, "split"
    if len(failed):
        return AGREEMENT["neither"], f"{failed['instead'].iloc[-1]}, not {failed['out'].iloc[-1]}"
    if (part["answer"] == HOLDS).any():
        return AGREEMENT["both"], "all three"
    return MUTED, OPEN


def place_shares(chances: pd.DataFrame) -> Figure:
    """Who gets each of the first places when the publishers are drawn anew: a bar of 100 draws for each place.

    ``chances``: columns `place`, `rank` and `chance` (0 to 1), of the ranks to draw.
    """
    ranks = sorted(chances["rank"].unique())
    fig, ax = canvas(0.75 * len(ranks) + 1.75, headline=_shares_headline(chances))
    for y, rank in enumerate(ranks):
        start = 0.0
        part = chances[chances["rank"] == rank].sort_values("chance", ascending=False, kind="stable")
        for row in part.itertuples():
            wide, own = 100 * row.chance, row.place in CITIES
            fill, ink = (city(row.place).colour, city(row.place).on) if own else (PALE, INK)
            ax.barh(y, wide, left=start, color=fill, edgecolor="white", linewidth=1.5, height=0.72)
            text = f"{row.place} {wide:.0f}" if wide >= 20 else f"{wide:.0f}" if wide >= 6 and own else ""
            ax.text(start + wide / 2, y, text, ha="center", va="center", color=ink, fontsize=SMALL)
            start += wide
    names = dict(enumerate(ORDINALS, start=1))
    ax.set_yticks(range(len(ranks)), [names[rank] for rank in ranks], fontsize=SMALL)
    ax.set(xlim=(0, 100.5), ylim=(len(ranks) - 0.5, -0.5))
    ax.set_xticks(range(0, 101, 25))
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.set_xlabel("who gets the place, in 100 draws of publishers", fontsize=SMALL)
    ax.spines["left"].set_visible(False)
    said = (
        f"{names[rank]}: " + ", ".join(f"{r.place} {r.chance:.0%}" for r in part.itertuples())
        for rank, part in chances.sort_values("chance", ascending=False, kind="stable").groupby("rank")
    )
    return describe(fig, "Stacked bars, who gets each place in 100 draws. " + "; ".join(said) + ".")


def _shares_headline(chances: pd.DataFrame, firm: float = 0.9) -> str:
    best = chances.loc[chances.groupby("rank")["chance"].idxmax()].set_index("rank")
    sure = [best.loc[rank, "place"] for rank in (1, 2) if best.loc[rank, "chance"] >= firm]
    third = chances[(chances["rank"] == 3) & (chances["chance"] >= 0.1)].sort_values(
        "chance", ascending=False, kind="stable"
    )
    who = " or ".join(f"{name}'s" for name in third["place"])
    start = f"{' and '.join(sure)} {'is' if len(sure) == 1 else 'are'} firm" if sure else "No place is firm"
    return f"{start};\nthird place is {who}"


def shares_caption(chances: pd.DataFrame) -> str:
    """The shares of the draws in which the likeliest cities get second and third place."""
    parts = []
    for rank, name in enumerate(ORDINALS[:3], start=1):
        part = chances[(chances["rank"] == rank) & (chances["chance"] >= 0.05)].sort_values(
            "chance", ascending=False, kind="stable"
        )
        parts.append(f"{name} is " + ", ".join(f"{row.place} in {row.chance:.0%}" for row in part.itertuples()))
    return "Who gets a place in the consensus when publishers are drawn at random: " + "; ".join(parts) + "."


def who_stands_where(holders: pd.DataFrame, rows: pd.DataFrame, *, headline: str) -> Figure:
    """Who holds the first places of each list: a line for each list, a column for each place.

    The three cities have their marks, and of others those among the first three their names.

    ``holders``: what `analysis.place_holders` gives; ``rows``: the tables from the top down: `table_id`, `name` and
    `heading`, written above the first line that has it.
    """
    last = int(holders["worst"].max())
    heads: dict[str, float] = {}
    ys, y = [], -1.0
    for title in rows["heading"]:
        y += 1
        if title not in heads:
            heads[title] = y + 0.12
            y += 0.9
        ys.append(y)
    fig, ax = canvas(0.36 * (y + 1) + 1.9, headline=headline)
    said = []
    for y, row in zip(ys, rows.itertuples(), strict=True):
        ax.axhline(y, color=GRID, lw=0.8, zorder=0)
        told = []
        here = holders[holders["table_id"] == row.table_id]
        for (best, worst), part in here.groupby(["best", "worst"]):
            _holders_of(ax, best, worst, y, list(part["place"]))
            to = "" if best == worst else f" to {worst:.0f}"
            told.append(f"{best:.0f}{to} {', '.join(part['place'])}")
        said.append(f"{row.name}: " + ", ".join(told))
    for title, line in heads.items():
        ax.text(0.52, line, title, va="center", color=MUTED, fontsize=SMALL, fontweight="semibold")
    for at, name in enumerate(CITIES):
        ax.plot(0.7 + at * 1.45, ys[-1] + 1.15, city(name).marker, color=city(name).colour, ms=12)
        label(ax, name, 0.7 + at * 1.45, ys[-1] + 1.15, dx=10, va="center", fontsize=SMALL, color=city(name).ink)
    ax.set_yticks(ys, rows["name"], fontsize=SMALL)
    ax.set_xticks(range(1, last + 1), ORDINALS[:last])
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.xaxis.tick_top()
    ax.set(xlim=(0.5, last + 0.5), ylim=(ys[-1] + 1.6, -0.5))
    ax.spines[:].set_visible(False)
    return describe(fig, "Who holds the first places, a line for each list. " + "; ".join(said) + ".")


def _holders_of(ax: Axes, best: float, worst: float, y: float, names: Sequence[str]) -> None:
    """The marks or names of who holds some places of one list; in a frame where it isn't known who has which."""
    if best != worst:
        frame = {"facecolor": "white", "edgecolor": MUTED, "linestyle": (0, (3, 2))}
        _box(ax, best, y, width=worst - best + 1, **frame)
    own = [name for name in names if name in CITIES]
    others = [name for name in names if name not in CITIES]
    step = (worst - best + 0.5) / len(names)  # clear of the columns, which would say who has which
    for at, name in enumerate(own):
        x = best - 0.25 + step * (at + 0.5)
        ax.plot(x, y, city(name).marker, color=city(name).colour, ms=13, zorder=3)
    if others and best <= 3:
        x = best - 0.25 + step * (len(own) + len(names)) / 2
        back = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(x, y, ", ".join(others), ha="center", va="center", fontsize=SMALL - 1, color=OTHER.ink, bbox=back)
    elif others:
        ax.plot(best, y, OTHER.marker, color=GRID, ms=7, zorder=2)


def fields_headline(holders: pd.DataFrame, rows: pd.DataFrame) -> str:
    """In how many lists of one field Beijing is first, on AI itself and on its neighbours."""
    first = holders[(holders["worst"] == 1) & (holders["place"] == "Beijing")]["table_id"]
    own = rows["coverage"] == "ai"
    said = [f"{how_many(part['table_id'].isin(first).sum(), len(part), 'lists')}" for part in (rows[own], rows[~own])]
    return f"On one field of AI, Beijing is first in {said[0]};\non a neighbouring field, in {said[1]}"


def fields_caption(holders: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Shenzhen's best and worst sure place, and where."""
    names = rows.set_index("table_id")
    own = holders[(holders["place"] == "Shenzhen") & holders["sure"] & holders["table_id"].isin(names.index)]
    parts = []
    for rank in (own["best"].min(), own["best"].max()):
        lists = [
            f"{names.loc[key, 'name']} ({names.loc[key, 'short_label']})"
            for key in own[own["best"] == rank]["table_id"]
        ]
        parts.append(f"{ORDINALS[int(rank) - 1]} in {' and '.join(lists)}")
    return (
        f"The first {len(ORDINALS)} places of the newest list by each publisher on each field. Shenzhen is {parts[0]}, "
        f"and {parts[1]}. A dashed frame holds places of which it isn't known who has which; a gap is a city that "
        "could not be read; small grey marks are other cities."
    )


def in_panels(rows: pd.DataFrame) -> pd.DataFrame:
    """What is drawn of `analysis.then_and_now`: the series of `PANELS`, of the three cities and two rivals.

    `count` keeps the name under which it was counted, as two series can share a panel.
    """
    joined = rows["series"].replace({"beijing-compute": "compute", "shanghai-compute": "compute"})
    drawn = joined.isin(PANELS) & rows["place"].isin([*CITIES, *RIVALS])
    return rows.assign(series=joined, count=rows["series"])[drawn]


def then_and_now(rows: pd.DataFrame, *, headline: str) -> Figure:
    """What was counted in the same way at several dates: a panel for each of `PANELS`, a line for each city.

    ``rows``: what `in_panels` gives. A value that lies between two ends is drawn as a bar, one that is more than a
    number has an arrow, and no line joins two dates between which the way of counting changed.
    """
    columns = 1 if narrow() else 2
    fig, axes = canvas(16.8 / columns, headline=headline, rows=len(PANELS) // columns, columns=columns)
    said = []
    for ax, (series, title) in zip(axes.flat, PANELS.items(), strict=True):
        part = rows[rows["series"] == series]
        scale = 1000 if series == "compute" else 1
        _panel(ax, part.assign(low=part["low"] / scale, high=part["high"] / scale))
        ax.set_title(title, fontsize=SMALL)
        said += [
            f"{title}, {place}: " + ", ".join(_value(row, scale) for row in own.itertuples())
            for place, own in part.groupby("place")
        ]
    return describe(fig, "Small multiples, values at several dates. " + "; ".join(said) + ".")


def _value(row: Any, scale: float = 1) -> str:
    low, high = row.low / scale, row.high / scale
    value = f"{low:,.0f}" if low == high else f"over {low:,.0f}" if high == np.inf else f"{low:,.0f} to {high:,.0f}"
    return f"{row.day:%Y-%m} {value}"


def _panel(ax: Axes, part: pd.DataFrame) -> None:
    ends = []
    top = part["low"].max()
    for place, own in part.groupby("place"):
        look = city(str(place))
        width = 2.5 if place in CITIES else 1.5
        middle = np.where(np.isfinite(own["high"]), (own["low"] + own["high"]) / 2, own["low"])
        for at, row in enumerate(own.itertuples()):
            if at and row.joined:
                ax.plot([own["day"].iloc[at - 1], row.day], middle[at - 1 : at + 1], color=look.colour, lw=width)
            if row.high == np.inf:
                arrow = {"arrowstyle": "-|>", "color": look.colour, "lw": 1.8}
                ax.annotate("", (row.day, row.low + top * 0.17), (row.day, row.low), arrowprops=arrow)
            elif row.high > row.low:
                ax.plot([row.day, row.day], [row.low, row.high], color=look.ink, lw=3, zorder=6)
            face = look.colour if row.exact else "white"
            ax.plot(row.day, middle[at], look.marker, color=look.colour, mfc=face, mec=look.colour, ms=7, zorder=5)
        last = own.iloc[-1]
        value = f"{last['low']:,.0f}" if last["high"] == last["low"] else (
            f"over {last['low']:,.0f}" if last["high"] == np.inf else f"{last['low']:,.0f}–{last['high']:,.0f}"
        )  # fmt: skip
        ends.append((float(middle[-1]), last["day"], f"{place} {value}", look.ink))
    low, high = 0.0, max(top, part.loc[np.isfinite(part["high"]), "high"].max()) * 1.22
    ax.set_ylim(low, high)
    placed = -np.inf
    for y, day, text, ink in sorted(ends):
        placed = max(y, placed + (high - low) * 0.125)
        label(ax, text, day, placed, dx=8, va="center", fontsize=SMALL - 0.5, color=ink, annotation_clip=False)
    first, last = part["day"].min(), part["day"].max()
    years = range(first.year, last.year + 1)
    ax.set_xticks([pd.Timestamp(f"{year}-01-01") for year in years], [f"’{year % 100}" for year in years])
    start = pd.Timestamp(f"{first.year}-01-01")
    ax.set_xlim(start - (last - start) * 0.12, last + (last - start) * 0.85)
    ax.tick_params(labelsize=SMALL - 1)
    ax.locator_params(axis="y", nbins=4, integer=True)
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)


def overtaken(rows: pd.DataFrame, series: str, behind: str) -> list[str]:
    """Cities that stood below another at an earlier date of a series, and stand above it at the last for certain."""
    part = rows[rows["series"] == series]
    wide = {end: part.pivot_table(index="day", columns="place", values=end) for end in ("low", "high")}
    last = wide["low"].iloc[-1] > wide["high"].iloc[-1][behind]
    before = (wide["high"].iloc[:-1].lt(wide["low"].iloc[:-1][behind], axis=0)).any()
    return sorted(before.index[before & last.reindex(before.index, fill_value=False)])


def then_headline(rows: pd.DataFrame) -> str:
    """Who passed Shanghai in algorithms on file, and in how many series that count cities alike Beijing leads.

    Left out are series of one city, and panels in which each city counts for itself.
    """
    passed = overtaken(rows, "algorithms-on-file", "Shanghai")
    last = rows.sort_values("day", kind="stable").groupby(["count", "place"]).tail(1).set_index("place")
    alike = [part for _, part in last.groupby("count") if len(part) > 1]
    ahead = sum(part.loc["Beijing", "low"] > part["high"].drop("Beijing").max() for part in alike)
    start = (
        f"{' and '.join(passed)} passed Shanghai in algorithms" if passed else "Nobody passed Shanghai in algorithms"
    )
    return f"{start};\nBeijing leads {how_many(ahead, len(alike), 'series')} that count cities alike"


def then_caption(rows: pd.DataFrame) -> str:
    """The first and the last state of the longest series, and how to read the marks."""
    part = rows[rows["series"] == "algorithms-on-file"]
    first, last = (part[part["day"] == day].set_index("place")["low"] for day in (part["day"].min(), part["day"].max()))
    grown = ", ".join(
        f"{place} {first[place]:,.0f} to {last[place]:,.0f}" for place in last.sort_values(kind="stable")[::-1].index
    )
    return (
        f"Algorithms on file, {part['day'].min():%B %Y} to {part['day'].max():%B %Y}: {grown}. A bar is a range, an "
        "arrow a number given as *more than*, a hollow mark a number that isn't exact; where the line breaks, what is "
        "counted changed."
    )


def before_after(scores: pd.DataFrame, *, headline: str, xlabel: str) -> Figure:
    """Scores of places before and after a change: hollow marks, and filled ones at the end of the line.

    ``scores``: columns `place` (from the top down), `before` and `after`; ``xlabel``: what
    the scores are.
    """
    fig, ax = canvas(0.5 * len(scores) + 2.1, headline=headline)
    for y, row in enumerate(scores.itertuples()):
        look = city(str(row.place))
        ax.plot([row.before, row.after], [y, y], color=look.colour, lw=2)
        ax.plot(row.before, y, look.marker, ms=11, mfc="white", mec=look.colour, mew=1.8)
        ax.plot(row.after, y, look.marker, ms=11, color=look.colour)
        ahead = row.after >= row.before
        label(ax, f"{row.after:.2f}", row.after, y, dx=11 if ahead else -11, ha="left" if ahead else "right",
              va="center_baseline", color=look.ink)  # fmt: skip
    first = scores.iloc[0]
    for name, x in (("before", first["before"]), ("after", first["after"])):
        ahead = (first["after"] >= first["before"]) == (name == "after")
        label(
            ax, name, x, 0, dx=-6 if not ahead else 6, dy=13, ha="left" if ahead else "right", color=MUTED, fontsize=12
        )
    ax.set_yticks(range(len(scores)), scores["place"])
    ax.set(ylim=(len(scores) - 0.5, -0.8), xlabel=xlabel)
    ax.margins(x=0.25 if narrow() else 0.12)
    ax.grid(axis="x")
    said = "; ".join(f"{row.place} {row.before:.2f}, then {row.after:.2f}" for row in scores.itertuples())
    return describe(fig, f"Scores of places before (hollow) and after (filled), {xlabel}. {said}.")
