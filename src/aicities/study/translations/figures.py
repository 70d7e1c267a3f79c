"""Figures on what the two translations of the article do with its statements."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from aicities.figures import AGREEMENT, GRID, INK, MUTED, canvas, city, describe, label

__all__ = ["agreement_bars", "agreement_caption", "values_by_reading", "values_caption"]

SIZE = 14  # points: the smallest type that is legible on a phone
AGREED = {
    "both": "both texts\nhave it",
    "one only": "one leaves\nit out",
    "conflict": "one\ngarbles it",
    "neither": "both get\nit wrong",
}


def agreement_bars(fields: pd.DataFrame) -> Figure:
    """Stacked bars of equal length: on what share of the statements of each field the translations agree.

    ``fields``: what `analysis.agreement_by_field` gives, drawn from the top down; a row of small fields together stands
    apart.
    """
    named = _named(fields)
    worst, best = named["field"].iloc[-1], named["field"].iloc[0]
    headline = f"On {best} the two translations agree most,\non {worst} least"
    fig, ax = canvas(0.4 * len(fields) + 2.2, headline=headline)
    rows = [*range(len(named)), *[len(fields) - 0.5] * (len(named) < len(fields))]
    left = pd.Series(0.0, index=fields.index)
    for kind, colour in AGREEMENT.items():
        share = fields[kind] / fields["statements"]
        ax.barh(rows, share, left=left, color=colour, edgecolor="white", height=0.74, label=AGREED[kind])
        for row, number, middle in zip(rows, fields[kind], left + share / 2, strict=True):
            if number:
                ink = "white" if kind in ("both", "neither") else INK
                ax.text(middle, row, f"{number}", ha="center", va="center_baseline", fontsize=SIZE, color=ink)
        left = left + share
    ax.set_yticks(rows, fields["field"], fontsize=SIZE)
    ax.set(xlim=(0, 1), ylim=(rows[-1] + 0.5, -0.5))
    ax.set_xlabel("share of a field's statements; in the bars, how many", fontsize=SIZE)
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.tick_params(axis="x", labelsize=SIZE)
    ax.spines["left"].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.42, 1), ncol=4, fontsize=SIZE, columnspacing=1.1, handlelength=0.9)
    shares = (f"{row.field} {row.both / row.statements:.0%} of {row.statements}" for row in fields.itertuples())
    alt = "Stacked bars, shares of the statements of each field by agreement. Share that stands in both texts: "
    return describe(fig, alt + ", ".join(shares) + ".")


def agreement_caption(fields: pd.DataFrame) -> str:
    """What `agreement_bars` shows."""
    named = _named(fields)
    share = (named["both"] / named["statements"]).set_axis(named["field"])
    pooled = "Fields with fewer than ten statements are one bar, the last. " if len(named) < len(fields) else ""
    return (
        f"Of the statements on {share.index[0]} {share.iloc[0]:.0%} stand in both texts, of those on "
        f"{share.index[-1]} {share.iloc[-1]:.0%}. {pooled}"
        "Both texts are one witness: what they agree on may still be wrong."
    )


def _named(fields: pd.DataFrame) -> pd.DataFrame:
    """The rows of one field each."""
    return fields[~fields["field"].str.endswith("smaller fields")]


def values_by_reading(pairs: pd.DataFrame) -> Figure:
    """Which city gets which value when each text is taken at its word.

    ``pairs``: what `analysis.pair_in_print_order` gives: a line for each reading, the last the one that the data hold.
    """
    lines = list(pairs["reading"].unique())
    fig, ax = canvas(0.92 * len(lines) + 1.7, headline=_headline(pairs))
    for y, line in enumerate(lines):
        ax.axhline(y, color=GRID, zorder=0)
        for row in pairs[pairs["reading"] == line].itertuples():
            known = isinstance(row.city, str)
            look = city(row.city if known else "")
            ax.plot(row.value, y, look.marker if known else "x", color=look.colour if known else MUTED, ms=14)
            name, ink = (row.city, look.ink) if known else ("no city", MUTED)
            label(ax, name, row.value, y, dy=12, ha="center", fontsize=SIZE, color=ink, fontweight="semibold")
    ax.set_yticks(range(len(lines)), [f"{line},\nword for word" for line in lines[:-1]] + [f"{lines[-1]},\nas read"])
    values = sorted(pairs["value"].unique())
    room = 0.15 * (values[-1] - values[0])
    ax.set(ylim=(len(lines) - 0.5, -0.65), xlim=(values[0] - room, values[-1] + room))
    ax.set_xlabel("composite index of the competitiveness report", fontsize=SIZE)
    ax.set_xticks(values, [f"{value:.4f}" for value in values])
    ax.tick_params(labelsize=SIZE)
    ax.spines["left"].set_visible(False)
    told = pairs.assign(city=pairs["city"].fillna("no city")).groupby("reading", sort=False)
    said = (f"{line}: " + ", ".join(f"{p.city} {p.value:.4f}" for p in part.itertuples()) for line, part in told)
    return describe(fig, "Index values on one axis, a line for each reading. " + "; ".join(said) + ".")


def values_caption(pairs: pd.DataFrame) -> str:
    """What `values_by_reading` shows."""
    counts = pairs.groupby("reading", sort=False)["city"].agg(["size", "count"])
    short = counts[counts["count"] < counts["size"]]
    lost = " and ".join(f"the {text} text has {row['size']} values and {row['count']} cities" for text, row in
                        short.iterrows())  # fmt: skip
    said = lost[:1].upper() + lost[1:] if lost else "Each text has a city for each value"
    return f"{said}. The last line is our reading, from both texts together and from the order of the values."


def _headline(pairs: pd.DataFrame) -> str:
    """The texts that put another city first than the data do."""
    leaders = pairs.loc[pairs.groupby("reading", sort=False)["value"].idxmax()].set_index("reading")["city"]
    wrong = leaders[leaders != leaders.iloc[-1]]
    if wrong.empty:
        return f"Every text, taken at its word,\nputs {leaders.iloc[-1]} first"
    return f"Taken at its word, the {wrong.index[0]} text\nputs {wrong.iloc[0]} in first place"
