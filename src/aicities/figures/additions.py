"""What a few rows more change."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from aicities.figures.house import MUTED, canvas, city, describe, label


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
