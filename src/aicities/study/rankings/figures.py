"""Figures on the published league tables: who stands where, in how many of them, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from aicities.figures import AGREEMENT, CITIES, GRID, INK, MUTED, canvas, city, describe, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Fill and ink of a cell by the worst rank that it stands for; ranks beyond the last share the last one's.
SHADES: tuple[tuple[float, str, str], ...] = (
    (3, "#1B6E6A", "white"),
    (5, "#8CC5BF", INK),
    (10, "#DCECEA", INK),
    (float("inf"), "#F1F4F5", INK),
)
EDGE = "#1B6E6A"
ANSWERS = {"holds": ("o", AGREEMENT["both"]), "fails": ("X", AGREEMENT["neither"]), "cannot tell": ("d", "white")}
CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # behind text that stands on a line
GAP = 0.3  # rows between two groups, so that the editions of one publisher stand together


def index_shares(shares: pd.DataFrame, *, headline: str, xlabel: str) -> Figure:
    """Index values of cities as shares of the leader's, a line for each index.

    Parameters
    ----------
    shares
        Columns `name` (one line of the figure each, in order), `place` and `share` (0 to 1).
    headline
        The finding.
    xlabel
        What the shares are of.
    """
    lines = list(shares["name"].unique())
    fig, ax = canvas(0.6 * len(lines) + 1.6, headline=headline)
    said = []
    for y, line in enumerate(lines):
        ax.axhline(y, color=GRID, zorder=0)
        part = shares[shares["name"] == line].sort_values("share")
        for row in part[::-1].itertuples():
            look = city(row.place)
            ax.plot(row.share, y, look.marker, color=look.colour, mec="white", ms=13, zorder=3)
        # the leader needs no number; of the two others one is named above and one below, as they may lie close
        for row, dy in zip(part.iloc[-2::-1].itertuples(), (10, -20), strict=False):
            text, ink = f"{row.place} {row.share:.0%}", city(row.place).ink
            label(ax, text, row.share, y, dx=7, dy=dy, ha="right", fontsize=12, color=ink)
        missing = [name for name in CITIES if name not in set(part["place"])]
        if missing:
            label(ax, f"no score of {', '.join(missing)}", 0, y, dy=6, fontsize=12, color=MUTED)
        said.append(f"{line}: " + ", ".join(f"{r.place} {r.share:.1%}" for r in part[::-1].itertuples()))
    label(ax, "Beijing", 1, 0, dy=12, ha="center", color=CITIES["Beijing"].ink, fontsize=12)
    ax.set_yticks(range(len(lines)), lines)
    ax.set(ylim=(len(lines) - 0.4, -0.6), xlim=(0, 1.06), xlabel=xlabel)
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.spines["left"].set_visible(False)
    return describe(fig, "Index values as shares of the leader's, a line for each index. " + "; ".join(said) + ".")


def rank_matrix(
    cells: pd.DataFrame,
    rows: pd.DataFrame,
    places: Sequence[str],
    *,
    headline: str,
    note: str = "",
) -> Figure:
    """Who stands where: a line for each table, a column for each city.

    Parameters
    ----------
    cells
        What `analysis.cells` gives: `table_id`, `place`, `state`, `worst` and `text`.
    rows
        The tables from the top down: `table_id`, `name`, `group` (lines of one group stand together) and,
        where needed, `heading` (written above the first line that has it) and `counted` (false: only framed).
    places
        The columns.
    headline
        The finding.
    note
        Written below, for instance what a star at a name means.
    """
    groups = list(rows["group"])
    titles = list(rows["heading"]) if "heading" in rows else [""] * len(rows)
    ys: list[float] = []
    heads: dict[str, float] = {}
    y = -1.0
    for at, (group, title) in enumerate(zip(groups, titles, strict=True)):
        y += 1 + GAP * (at > 0 and group != groups[at - 1])
        if title and title not in heads:
            heads[title] = y
            y += 0.8
        ys.append(y)
    fig, ax = canvas(0.345 * (y + 1) + 1.75 + 0.25 * bool(note), headline=headline)
    found = cells.set_index(["table_id", "place"])
    counted = rows["counted"].eq(True) if "counted" in rows else pd.Series(True, index=rows.index)
    for y, table, solid in zip(ys, rows["table_id"], counted, strict=True):
        for x, place in enumerate(places):
            _cell(ax, x, y, found.loc[(table, place)], solid=solid)
    for title, line in heads.items():
        ax.text(-0.5, line + 0.05, title, va="center", color=MUTED, fontsize=12)
    ax.set_yticks(ys, rows["name"])
    ax.set_xticks(range(len(places)), places, rotation=50, ha="left", rotation_mode="anchor")
    ax.xaxis.tick_top()
    for tick in ax.get_xticklabels():
        own = tick.get_text() in CITIES
        tick.set(color=city(tick.get_text()).ink, fontweight="bold" if own else "normal", fontsize=13)
    ax.set(xlim=(-0.52, len(places) - 0.48), ylim=(ys[-1] + 0.6, -0.6))
    ax.spines[:].set_visible(False)
    if note:
        ax.set_xlabel(note, loc="left", fontsize=12)
    said = (
        f"{row.name}: "
        + ", ".join(f"{place} {found.loc[(row.table_id, place), 'text'] or 'not covered'}" for place in places)
        for row in rows.rename_axis(None).itertuples(index=False)
    )
    alt = "Matrix of ranks, a line for each table and a column for each city; >10 means below the tenth place. "
    return describe(fig, alt + "; ".join(said) + ".")


def _cell(ax: Axes, x: float, y: float, cell: pd.Series, *, solid: bool) -> None:
    """One cell of the matrix: filled for a rank, framed for a tier or range, plain for what is not listed."""
    state = cell["state"]
    ink, weight, size = MUTED, "normal", 11.0
    if state in ("ranked", "tied"):
        _, fill, ink = next(shade for shade in SHADES if cell["worst"] <= shade[0])
        weight, size = ("bold" if cell["worst"] <= 3 else "normal"), 13.0
        if solid:
            _box(ax, x, y, facecolor=fill, edgecolor="none")
        else:
            ink = EDGE
            _box(ax, x, y, facecolor="white", edgecolor=EDGE, linewidth=1)
    elif state in ("tier", "unranked"):
        ink, size = INK, 11.5
        _box(ax, x, y, facecolor="white", edgecolor=EDGE, linewidth=1, linestyle=(0, (3, 2)))
    elif state == "not_covered":
        _box(ax, x, y, facecolor="white", edgecolor=GRID, hatch="////", linewidth=0)
    ax.text(x, y, cell["text"], ha="center", va="center", fontsize=size, color=ink, fontweight=weight)


def _box(ax: Axes, x: float, y: float, **options: Any) -> None:
    box = "round,pad=0,rounding_size=0.08"
    ax.add_patch(FancyBboxPatch((x - 0.46, y - 0.43), 0.92, 0.86, boxstyle=box, **options))


def answers_in_time(
    answers: pd.DataFrame, *, window: tuple[pd.Timestamp, pd.Timestamp], window_label: str, headline: str
) -> Figure:
    """Whether the given cities hold the first places, by publisher and date of publication.

    Parameters
    ----------
    answers
        A row for each table, publishers from the top down: `witness` (the publisher, one line each), `topic` (those
        with `overall` come first), `first_day` and `last_day` (when it can have appeared), `answer`, and for those
        that fail `out` and `instead` (who is there in whose stead).
    window
        First and last day of the period to mark.
    window_label
        What the period is.
    headline
        The finding.
    """
    lines: list[tuple[float, pd.DataFrame]] = []
    heads: dict[str, float] = {}
    y = 0.0
    whole = answers["topic"] == "overall"
    for head, part in (("AI as a whole", answers[whole]), ("One aspect", answers[~whole])):
        heads[head] = y
        for _, rows in part.groupby("witness", sort=False):
            y += 1
            lines.append((y, rows))
        y += 1.35
    fig, ax = canvas(0.325 * y + 1.95, headline=headline)
    ax.axvspan(*window, color="#F3E9D8", lw=0, zorder=0)
    middle = window[0] + (window[1] - window[0]) / 2
    ax.text(middle, -0.75, window_label, ha="center", va="bottom", fontsize=12, color="#8F5F00")
    end = answers["last_day"].max() + pd.Timedelta(days=60)
    for line, part in lines:
        ax.plot([part["first_day"].min(), end], [line, line], color=GRID, lw=0.8, zorder=1)
        for row in part.itertuples():
            marker, colour = ANSWERS[row.answer]
            day = row.first_day + (row.last_day - row.first_day) / 2
            edge = MUTED if row.answer == "cannot tell" else "white"
            if _only_year(row):
                ax.plot([row.first_day, row.last_day], [line, line], color=MUTED, lw=2.5, zorder=2)
            ax.plot(day, line, marker, color=colour, mec=edge, mew=1, ms=11, zorder=3)
        verdict, said = _told(part)
        ax.text(end, line, f" {said}", ha="left", va="center", fontsize=12, color=verdict)
    for head, line in heads.items():
        ax.text(-0.005, line, head, transform=ax.get_yaxis_transform(), ha="right", va="center", fontweight="bold")
    ax.set_yticks([line for line, _ in lines], [part["witness"].iloc[0] for _, part in lines])
    years = range(answers["first_day"].dt.year.min(), answers["last_day"].dt.year.max() + 1, 2)
    ax.set_xticks([pd.Timestamp(f"{year}-01-01") for year in years], [str(year) for year in years])
    first = answers["first_day"].min() - pd.Timedelta(days=120)
    ax.set(xlim=(first, end), ylim=(y - 0.6, -0.85))
    ax.spines["left"].set_visible(False)
    vague = " (a bar where only the year is known)" * any(_only_year(row) for row in answers.itertuples())
    ax.set_xlabel(f"date of publication{vague}", loc="left")
    alt = "Time line, a line for each publisher and a mark for each table. "
    told = (
        f"{row.witness}, {row.first_day:{'%Y' if _only_year(row) else '%Y-%m'}}: {row.answer}"
        + f" ({row.instead} instead)" * (row.answer == "fails")
        for row in answers.itertuples()
    )
    return describe(fig, alt + "; ".join(told) + ".")


def _only_year(row: Any) -> bool:
    return bool(row.last_day - row.first_day > pd.Timedelta(days=31))


def _told(part: pd.DataFrame) -> tuple[str, str]:
    """Colour and words for what the tables of one publisher say."""
    failed = part[part["answer"] == "fails"]
    if len(failed):
        return AGREEMENT["neither"], f"{failed['instead'].iloc[-1]}, not {failed['out'].iloc[-1]}"
    if (part["answer"] == "holds").any():
        return AGREEMENT["both"], "all three"
    return MUTED, "cannot tell"


def rank_chances(chances: pd.DataFrame, *, headline: str, xlabel: str, least: float = 0.01) -> Figure:
    """How often each city gets each rank when the publishers are drawn anew: discs, area as the share.

    Parameters
    ----------
    chances
        Columns `place` (from the top down), `rank` and `chance` (0 to 1).
    headline
        The finding.
    xlabel
        What the ranks are.
    least
        Smaller shares are not drawn.
    """
    places = list(chances["place"].unique())
    shown = chances[chances["chance"] >= least]
    fig, ax = canvas(0.62 * len(places) + 1.6, headline=headline)
    for y, place in enumerate(places):
        look = city(place)
        ax.axhline(y, color=GRID, lw=0.8, zorder=0)
        for row in shown[shown["place"] == place].itertuples():
            side = 38 * row.chance**0.5
            ax.scatter(row.rank, y, s=side**2, color=look.colour, lw=0, zorder=2)
            if row.chance >= 0.1:
                inside = row.chance >= 0.4
                ink = ("white" if place in ("Beijing", "Shanghai") else INK) if inside else look.ink
                beside: dict[str, Any] = {"dx": side / 2 + 4, "ha": "left", "bbox": CLEAR}
                where = {"dx": 0, "ha": "center"} if inside else beside
                label(ax, f"{row.chance:.0%}", row.rank, y, va="center", fontsize=12, color=ink, **where)
    ax.set_yticks(range(len(places)), places)
    last = int(shown["rank"].max())
    ax.set_xticks(range(1, last + 1))
    ax.set(xlim=(0.5, last + 0.6), ylim=(len(places) - 0.5, -0.55), xlabel=xlabel)
    ax.spines["left"].set_visible(False)
    said = (
        f"{place}: " + ", ".join(f"{r.chance:.0%} rank {r.rank}" for r in part.itertuples())
        for place, part in shown.groupby("place", sort=False)
    )
    return describe(fig, "Discs for the share of draws by city and rank. " + "; ".join(said) + ".")


def before_after(scores: pd.DataFrame, *, headline: str, xlabel: str) -> Figure:
    """Scores of places before and after a change: hollow marks, and filled ones at the end of the line.

    Parameters
    ----------
    scores
        Columns `place` (from the top down), `before` and `after`.
    headline
        The finding.
    xlabel
        What the scores are.
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
    ax.margins(x=0.12)
    ax.grid(axis="x")
    said = "; ".join(f"{row.place} {row.before:.2f}, then {row.after:.2f}" for row in scores.itertuples())
    return describe(fig, f"Scores of places before (hollow) and after (filled), {xlabel}. {said}.")
