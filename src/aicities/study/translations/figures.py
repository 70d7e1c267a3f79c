"""Figures, tables and sentences on what the texts of a work, such as two translations, do with its statements.

`texts` is what `analysis.full_texts` gives.
"""

from __future__ import annotations

import pandas as pd
from IPython.display import Markdown, display
from matplotlib.figure import Figure

from aicities import bounds
from aicities.figures import AGREEMENT, GRID, INK, MUTED, canvas, city, describe, label
from aicities.figures import table as plain_table

__all__ = [
    "agreement_bars",
    "agreement_caption",
    "bound_words",
    "failure_words",
    "ledger_words",
    "rates_words",
    "source",
    "table",
    "values_by_reading",
    "values_caption",
    "witness_words",
]

WORDS = {1: "one", 2: "two", 3: "three", 4: "four"}
BOUNDS = dict.fromkeys(["gt", "ge"], "a lower bound") | dict.fromkeys(["lt", "le"], "an upper bound")
SIZE = 14  # points: the smallest type that is legible on a phone
AGREED = {
    "both": "both texts\nhave it",
    "one only": "one leaves\nit out",
    "conflict": "one\ngarbles it",
    "neither": "both get\nit wrong",
}


def source(texts: pd.DataFrame) -> str:
    """Where the numbers of a figure are from, for `aicities.figures.show`."""
    days = [f"{day.day} {day:%B %Y}" for day in sorted(texts["published"].unique())]
    dated = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"{' and '.join(texts['publisher'].unique())}, {dated}, {_counted(texts, full=True)}; own reading"


def _counted(texts: pd.DataFrame, *, full: bool = False) -> str:
    """The texts in words: two translations, one report."""
    kinds = texts["edition"].unique()
    kind = "text" if len(kinds) > 1 else kinds[0] if full else kinds[0].split()[-1]
    return f"{WORDS.get(len(texts), len(texts))} {kind}{'s' * (len(texts) > 1)}"


def table(frame: pd.DataFrame, lacking: str) -> None:
    """Display a table, or, where it has no row, the sentence that says what is missing."""
    display(Markdown(lacking)) if frame.empty else plain_table(frame)


def agreement_bars(fields: pd.DataFrame, texts: pd.DataFrame) -> Figure:
    """Stacked bars of equal length: on what share of the statements of each field the texts agree.

    ``fields``: what `analysis.agreement_by_field` gives, drawn from the top down; a row of small fields together stands
    apart.
    """
    named = _named(fields)
    worst, best = named["field"].iloc[-1], named["field"].iloc[0]
    headline = f"On {best} the {_counted(texts)} agree most,\non {worst} least"
    if _shares(named).nunique() == 1:
        headline = f"The {_counted(texts)} agree on each field alike"
    if len(texts) == 1:
        headline = "One text alone: no other agrees or contradicts"
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


def agreement_caption(fields: pd.DataFrame, texts: pd.DataFrame) -> str:
    """What `agreement_bars` shows."""
    if len(texts) == 1:
        total = fields["statements"].sum()
        return f"The {texts['label'].iloc[0]} text alone has {total - fields['neither'].sum()} of {total} statements."
    named = _named(fields)
    share = _shares(named).set_axis(named["field"])
    least = f", of those on {share.index[-1]} {share.iloc[-1]:.0%}" if len(share) > 1 else ""
    pooled = "Fields with fewer than ten statements are one bar, the last. " if len(named) < len(fields) else ""
    return (
        f"Of the statements on {share.index[0]} {share.iloc[0]:.0%} stand in both texts{least}. {pooled}"
        f"{witness_words(texts)}: what they agree on may still be wrong."
    )


def _shares(fields: pd.DataFrame) -> pd.Series:
    return fields["both"] / fields["statements"]


def _named(fields: pd.DataFrame) -> pd.DataFrame:
    """The rows of one field each."""
    return fields[~fields["field"].str.endswith("smaller fields")]


def witness_words(texts: pd.DataFrame) -> str:
    """How many witnesses the texts are."""
    voices = texts["witness"].nunique()
    who = "Both texts" if len(texts) == 2 else f"The {_counted(texts)}"
    return f"{who} {'is' if len(texts) == 1 else 'are'} {WORDS.get(voices, voices)} witness{'es' * (voices > 1)}"


def failure_words(each: pd.DataFrame, texts: pd.DataFrame, *, strong: str = "**") -> str:
    """On how many statements each text fails; ``each`` is what `analysis.by_statement` gives."""
    failed = each[list(texts.index)].ne("supports").sum().set_axis(texts["label"])
    first, *others = (f"{text}{{}} on {strong}{number}{strong}" for text, number in failed.items())
    of = f" of {len(each)} statements" if strong else ""
    return ", ".join([f"the {first.format(' text fails')}{of}", *(f"the {one.format('')}" for one in others)])


def ledger_words(quantities: pd.DataFrame) -> str:
    """How many expressions carry a fact, and why the others don't."""
    if quantities.empty:
        return "The ledger, the table `quantities`, has no row of these texts."
    reasons = quantities["dismissed"].dropna().value_counts()
    why = "; ".join(f"*{reason}*: {count}" for reason, count in reasons.items())
    carry = f"{len(quantities) - reasons.sum()} carry a fact, {reasons.sum()} are dismissed"
    return f"It found **{len(quantities)}** expressions: {carry}{f' ({why})' if why else ''}."


def bound_words(number: pd.DataFrame) -> str:
    """What a number is as data; ``number`` is what `analysis.followed` gives."""
    if number.empty:
        return "The work has no number in `indicators`."
    row = number.iloc[0]
    kind = BOUNDS.get(row["relation"], "a number")
    return f"As data it is {kind}, **{bounds.words(row['relation'], row['value'], row['unit'])}**, and it stays one."


def rates_words(rates: pd.DataFrame) -> str:
    """How often each text fails in the opening and after it; ``rates`` is what `analysis.error_rates` gives."""
    share = rates.pivot(index="text", columns="part", values="share").sort_index(ascending=False)
    said = (f"{row.Index}: {row.opening:.0%} wrong or missing in the opening, {row.rest:.0%} in the rest" for row in
            share.itertuples())  # fmt: skip
    return "; ".join(said) + "." if len(rates) else "So no error rate can be compared."


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
    """What `values_by_reading` shows, or that there is nothing to show."""
    if pairs.empty:
        return "The work has no index value whose city a text could take for another."
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
