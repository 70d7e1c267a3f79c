"""Figures on what the cities promise, what is said of them, and what they are advised to do."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from aicities.figures import CITIES, INK, MISSING, MUTED, canvas, city, describe, label


def calendar(events: pd.DataFrame, *, headline: str) -> Figure:
    """Dated events on one line, each with its label beside it.

    Parameters
    ----------
    events
        Columns `date` (datetime64), `city` (missing for an event of no city) and `label`, sorted by date.
    headline
        The finding.
    """
    fig, ax = canvas(0.62 * len(events) + 1.4, headline=headline)
    for y, event in enumerate(events.itertuples()):
        look = city(event.city if isinstance(event.city, str) else "")
        ax.plot([event.date, event.date], [y, len(events) - 0.4], color=look.colour, lw=1.2, alpha=0.6)
        ax.plot(event.date, y, look.marker, color=look.colour, ms=12)
        label(ax, event.label, event.date, y, dx=14, va="center", color=look.ink)
    first, last = events["date"].min(), events["date"].max()
    ax.set(xlim=(first - pd.Timedelta(days=1), last + pd.Timedelta(days=7)), ylim=(len(events) - 0.4, -0.6))
    days = pd.date_range(first, last)
    ax.set_xticks(days, [f"{day.day}" for day in days])
    ax.set_xlabel(f"day, {first:%B} to {last:%B %Y}", loc="left")
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    return describe(
        fig,
        "Calendar, one mark a line. " + "; ".join(f"{e.date.date()}: {e.label}" for e in events.itertuples()) + ".",
    )


def shared_or_own(counts: pd.DataFrame, *, headline: str) -> Figure:
    """For each city, how many statements it shares with the two others and how many are its own.

    Parameters
    ----------
    counts
        One row per city (the index), columns `shared` and `own`: numbers of statements.
    headline
        The finding.
    """
    fig, ax = canvas(0.75 * len(counts) + 1.3, headline=headline)
    for y, (name, row) in enumerate(counts.iterrows()):
        look = city(str(name))
        ax.barh(y, row["shared"], color=MISSING, height=0.62)
        ax.barh(y, row["own"], left=row["shared"], color=look.colour, height=0.62)
        for part, left, ink in (
            ("shared", 0, INK),
            ("own", row["shared"], "white" if name != "Shenzhen" else INK),
        ):
            label = f"{row[part]} said of all three" if part == "shared" else f"{row[part]} of it alone"
            ax.text(left + row[part] / 2, y, label, ha="center", va="center", color=ink, fontweight="semibold")
    ax.set_yticks(range(len(counts)), counts.index)
    ax.invert_yaxis()
    ax.set_xticks([])
    ax.spines[:].set_visible(False)
    said = (f"{name}: {row['shared']} said of all three, {row['own']} of it alone" for name, row in counts.iterrows())
    return describe(fig, "One bar for each city, numbers of statements. " + "; ".join(said) + ".")


def strengths_and_advice(counts: pd.DataFrame, *, headline: str) -> Figure:
    """For each city and topic, strengths named (to the left) against pieces of advice (to the right).

    Parameters
    ----------
    counts
        Columns `city`, `dimension`, `strengths`, `advice`: numbers of statements about that city alone; a row
        for each pair of city and topic, topics in the order in which they are drawn from the top.
    headline
        The finding.
    """
    topics = list(counts["dimension"].unique())
    fig, axes = canvas(0.4 * len(topics) + 2.0, headline=headline, columns=len(CITIES), sharey=True, sharex=True)
    reach = counts[["strengths", "advice"]].to_numpy().max() + 2
    for ax, (name, look) in zip(axes, CITIES.items(), strict=True):
        part = counts[counts["city"] == name].set_index("dimension").reindex(topics)
        rows = range(len(topics))
        ax.barh(rows, -part["strengths"], color=MISSING, height=0.68)
        ax.barh(rows, part["advice"], color=look.colour, height=0.68)
        for y, row in zip(rows, part.itertuples(), strict=True):
            for number, side in ((row.strengths, -1), (row.advice, 1)):
                if number:
                    ax.text(side * (number + 0.8), y, f"{number}", ha="center", va="center", fontsize=12)
        ax.axvline(0, color=MUTED, lw=0.8)
        ax.set_title(name, color=look.ink, fontweight="bold", loc="center")
        ax.set(xlim=(-reach, reach), xticks=[])
        ax.set_xlabel("strengths | advice")
        ax.spines[["left", "bottom"]].set_visible(False)
    axes[0].set_yticks(range(len(topics)), topics)
    axes[0].invert_yaxis()
    named = counts[counts[["strengths", "advice"]].any(axis=1)]
    said = (f"{r.city}, {r.dimension}: {r.strengths} and {r.advice}" for r in named.itertuples())
    return describe(
        fig,
        "A panel for each city, bars by topic, strengths to the left and advice to the right. " + "; ".join(said) + ".",
    )
