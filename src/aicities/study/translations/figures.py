"""Figures on what the two translations of the article do with its facts."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from aicities.figures import AGREEMENT, GRID, INK, MUTED, canvas, city, describe, label

AGREED = {
    "both": "both texts have it",
    "one only": "one leaves it out",
    "conflict": "one garbles it",
    "neither": "both get it wrong",
}
READINGS = {"supports": "supports it", "garbled": "garbles it", "absent": "leaves it out"}
EDGE = "white"


def agreement_bars(counts: pd.DataFrame, *, headline: str) -> Figure:
    """Stacked bars of equal length: on what share of the facts of each topic the translations agree.

    Parameters
    ----------
    counts
        One row per topic (the index, drawn from the bottom up), one column per kind of agreement.
    headline
        The finding.
    """
    fig, ax = canvas(0.42 * len(counts) + 2.1, headline=headline)
    total = counts.sum(axis=1)
    left = pd.Series(0.0, index=counts.index)
    for kind, colour in AGREEMENT.items():
        share = counts[kind] / total
        ax.barh(counts.index, share, left=left, color=colour, edgecolor=EDGE, height=0.72, label=AGREED[kind])
        for topic, number in counts[kind].items():
            if number:
                ink = "white" if kind in ("both", "neither") else INK
                middle = left[topic] + share[topic] / 2
                ax.text(middle, topic, f"{number}", ha="center", va="center_baseline", fontsize=11.5, color=ink)
        left = left + share
    ax.set_yticks(range(len(counts)), [f"{topic} ({total[topic]})" for topic in counts.index])
    ax.set(xlim=(0, 1), xlabel="share of a topic's facts; in the bars, how many")
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.margins(y=0.01)
    ax.spines["left"].set_visible(False)
    fig.legend(loc="outside lower center", ncol=4, columnspacing=1.3, handlelength=1, handletextpad=0.5)
    shares = (counts["both"] / total).items()
    alt = "Stacked bars, shares of the facts of each topic by agreement. Share that stands in both texts: "
    return describe(fig, alt + ", ".join(f"{topic} {share:.0%}" for topic, share in shares) + ".")


def reading_matrix(counts: pd.DataFrame, *, headline: str, rows: str, columns: str) -> Figure:
    """What one text does with a fact against what the other does: a square of counts, area as the number.

    Parameters
    ----------
    counts
        Readings of one text (rows) by readings of the other (columns): numbers of facts.
    headline
        The finding.
    rows, columns
        Names of the two texts.
    """
    fig, ax = canvas(4.3, headline=headline)
    largest = counts.to_numpy().max()
    for y, row in enumerate(counts.index):
        for x, column in enumerate(counts.columns):
            number = counts.loc[row, column]
            good = (row == "supports") + (column == "supports")
            colour = {2: AGREEMENT["both"], 1: AGREEMENT["conflict"], 0: AGREEMENT["neither"]}[good]
            # area tells the number; the floor keeps small counts visible beside the large one
            side = max(84 * (number / largest) ** 0.5, 11) if number else 0
            ax.scatter(x, y, s=side**2, color=colour, marker="s", lw=0)
            inside = number == 0 or number / largest > 0.2
            place = {"dx": 0, "ha": "center"} if inside else {"dx": side / 2 + 7, "ha": "left"}
            ink = "white" if number and inside else INK
            label(ax, f"{number}", x, y, **place, va="center", fontsize=15, fontweight="bold", color=ink)
    ax.set_xticks(range(len(counts.columns)), [READINGS[name] for name in counts.columns])
    ax.set_yticks(range(len(counts.index)), [READINGS[name] for name in counts.index])
    ax.set(xlim=(-0.6, 2.6), ylim=(2.6, -0.6), xlabel=f"The {columns} text …", ylabel=f"The {rows} text …")
    ax.spines[:].set_visible(False)
    cells = (f"{rows} {r}, {columns} {c}: {counts.loc[r, c]}" for r in counts.index for c in counts.columns)
    return describe(
        fig, "Nine squares, what one text does with a fact by what the other does. " + "; ".join(cells) + "."
    )


def values_by_reading(pairs: pd.DataFrame, *, headline: str, xlabel: str) -> Figure:
    """Which city gets which value when each text is taken at its word.

    Parameters
    ----------
    pairs
        Columns `reading` (one line of the figure each, in order), `city` (missing where a value has none) and
        `value`.
    headline
        The finding.
    xlabel
        What the values are.
    """
    lines = list(pairs["reading"].unique())
    fig, ax = canvas(0.85 * len(lines) + 1.5, headline=headline)
    for y, line in enumerate(lines):
        ax.axhline(y, color=GRID, zorder=0)
        for row in pairs[pairs["reading"] == line].itertuples():
            known = isinstance(row.city, str)
            look = city(row.city if known else "")
            ax.plot(row.value, y, look.marker if known else "x", color=look.colour if known else MUTED, ms=13)
            name, ink = (row.city, look.ink) if known else ("no city", MUTED)
            label(ax, name, row.value, y, dy=12, ha="center", fontsize=12, color=ink, fontweight="semibold")
    ax.set_yticks(range(len(lines)), [line.replace(", ", ",\n") for line in lines])
    ax.set(ylim=(len(lines) - 0.5, -0.6), xlim=(0.55, 1.07), xlabel=xlabel)
    values = sorted(pairs["value"].unique())
    ax.set_xticks(values, [f"{value:.4f}" for value in values])
    ax.spines["left"].set_visible(False)
    told = pairs.assign(city=pairs["city"].fillna("no city")).groupby("reading", sort=False)
    said = (f"{line}: " + ", ".join(f"{p.city} {p.value:.4f}" for p in part.itertuples()) for line, part in told)
    return describe(fig, "Index values on one axis, a line for each reading. " + "; ".join(said) + ".")


def error_rates(rates: pd.DataFrame, *, headline: str, xlabel: str) -> Figure:
    """Share of statements that a text does not get right, with its interval, in two parts of the article.

    Parameters
    ----------
    rates
        Columns `text`, `part`, `share`, `low`, `high` (0 to 1) and `label` (what stands beside the point).
    headline
        The finding.
    xlabel
        What the shares are of.
    """
    texts, parts = list(rates["text"].unique()), list(rates["part"].unique())
    fig, ax = canvas(0.62 * len(rates) + 1.5, headline=headline)
    ticks = []
    for row in rates.itertuples():
        y = texts.index(row.text) * (len(parts) + 0.5) + parts.index(row.part)
        ticks.append((y, f"{row.text}, {row.part}"))
        colour = AGREEMENT["neither"] if parts.index(row.part) == 0 else MUTED
        ax.plot([row.low, row.high], [y, y], color=colour, lw=3, solid_capstyle="round", alpha=0.45)
        ax.plot(row.share, y, "o" if parts.index(row.part) == 0 else "D", color=colour, ms=10)
        ax.annotate(row.label, (row.high, y), xytext=(10, 0), textcoords="offset points", va="center", fontsize=12)
    ax.set_yticks(*zip(*ticks, strict=True))
    ax.set(xlim=(0, min(1.0, rates["high"].max() + 0.22)), ylim=(ticks[-1][0] + 0.6, -0.6), xlabel=xlabel)
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.grid(axis="x")
    said = (f"{r.text}, {r.part}: {r.share:.0%} ({r.low:.0%} to {r.high:.0%}), {r.label}" for r in rates.itertuples())
    return describe(fig, "Shares as points with their intervals as lines. " + "; ".join(said) + ".")
