"""Figures on computing power: what the article says, what was published, what may be compared, what came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle

from aicities import dates
from aicities.bounds import SHORT, UNSTATED
from aicities.figures import CITIES, INK, MISSING, MUTED, OTHER, City, canvas, city, describe, label, narrow
from aicities.study.compute.analysis import ASPECTS

LETTER = 15  # points; 11 pixels on a phone
KINDS = {
    "total_compute": "all kinds",
    "intelligent_compute": "AI",
    "general_compute": "general",
    "supercompute": "supercomputing",
    "total_compute_device_side": "all kinds, by servers shipped",
}
STATES = {
    "installed": "installed",
    "under_construction": "partly being built",
    "planned": "planned",
    "not_stated": "status not stated",
}
BLANK = {"facecolor": "#EEF0F3", "edgecolor": MISSING, "ls": (0, (4, 3)), "lw": 1}
SQUARES = {"fits": ("#D3E7E4", "", INK), "unknown": ("#F1CFC4", "?", INK), "differs": ("#8E2F1B", "×", "white")}
COLUMNS = {
    "level": "level",
    "status": "status",
    "metric": "kind",
    "precision": "preci-\nsion",
    "date": "date",
    "bound": "bound",
}
# How China's compute is counted: colour and marker of each way.
METHODS = {
    "total_compute": City(INK, INK, "o"),
    "total_compute_device_side": City("#A9713B", "#8A5A2C", "s"),
    "intelligent_compute": City("#1B6E6A", "#1B6E6A", "D"),
}

# Shift in points, then horizontal and vertical alignment.
SIDES = {
    "right": (11, 0, "left", "center"),
    "left": (-11, 0, "right", "center"),
    "above": (0, 10, "center", "bottom"),
    "below": (0, -10, "center", "top"),
    "above left": (6, 10, "right", "bottom"),
    "above right": (-6, 10, "left", "bottom"),
    "below left": (6, -9, "right", "top"),
    "below right": (-6, -9, "left", "top"),
}


def amount(relation: str, pflops: float) -> str:
    """An amount in EFLOPS, short enough for a label.

    >>> amount("gt", 33_000)
    'over 33'
    """
    return f"{SHORT[relation]}{pflops / 1000:,.4g}"


def source(figures: pd.DataFrame) -> str:
    """A line of source for figures of others: what kinds of publications, and of which years."""
    years = figures["published"].dropna().str[:4]
    return f"plans, governments and news reports of {years.min()} to {years.max()}"


def article_account(own: pd.DataFrame, *, headline: str) -> Figure:
    """All that the article says about amounts of compute, blanks included: one line for each city and site.

    ``own`` are its rows of `analysis.collect`. A city of the three without one gets a blank; what a site can support is
    drawn as a ceiling.
    """
    power = own[own["metric"] == "intelligent_compute"]
    lines = [(name, power[(power["place"] == name) & (power["level"] == "city")]) for name in CITIES]
    lines += [(row["place"], power.loc[[i]]) for i, row in power[power["level"] == "centre"].iterrows()]
    fig, ax = canvas(0.95 * len(lines) + 1.5, headline=headline)
    right, names, told = 1.45 * power["pflops"].max() / 1000, [], []
    for y, (place, rows) in enumerate(lines):
        look = city(place)
        if rows.empty:
            names.append(f"{place},\nwhole city")
            told.append(f"{place}: no amount")
            ax.barh(y, right, height=0.3, **BLANK)
            ax.text(right / 2, y, "no amount", ha="center", va="center", color=MUTED, fontsize=LETTER)
            continue
        row = rows.iloc[0]
        x, whole = row["pflops"] / 1000, row["level"] == "city"
        names.append(f"{place},\n{'whole city' if whole else 'one site'}")
        ax.plot([x, right * 0.97] if whole else [0, x], [y, y], ls="-" if whole else (0, (2, 2)), color=look.ink)
        if whole:
            ax.plot(right * 0.97, y, ">", color=look.ink, ms=8)
        ax.plot(x, y, look.marker, ms=14, color=look.ink, mfc="white", mew=2.2)
        stated = STATES.get(row["state"], "")
        text = f"{amount(row['relation'], row['pflops'])}: a floor, {stated}"
        text = text if whole else f"{x:,.4g}: the first phase can support, a ceiling"
        told.append(f"{place}, {'whole city' if whole else 'one site'}: {text}")
        at, dx, ha = (x, 0, "left") if whole else (right, -2, "right")
        label(ax, text, at, y, dx=dx, dy=15, ha=ha, color=look.ink, weight="semibold", fontsize=LETTER)
    ax.set_yticks(range(len(lines)), names, fontsize=LETTER)
    ax.set(xlim=(0, right), ylim=(len(lines) - 0.55, -0.75))
    ax.tick_params(axis="x", labelsize=LETTER)
    ax.set_xlabel("EFLOPS for AI (1 EFLOPS = 1,000 P)", fontsize=LETTER)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    return describe(fig, "One line for each city or site, EFLOPS across. " + "; ".join(told) + ".")


def account_caption(own: pd.DataFrame) -> str:
    """What `article_account` shows: for how many of the three cities the article has a total."""
    power = own[own["metric"] == "intelligent_compute"]
    whole = power.loc[power["level"] == "city", "place"].tolist()
    site = power.loc[power["level"] == "centre", "place"].tolist()
    return (
        f"The article has a lower bound for {' and '.join(whole)}, a ceiling for one site in {' and '.join(site)}, "
        f"and no total for {len(CITIES) - len(whole)} of the three cities."
    )


def timeline(stocks: pd.DataFrame, *, headline: str, article: str, sides: Mapping[str, str]) -> Figure:
    """Published amounts of whole cities by date, each labelled where it stands and joined by no line.

    ``stocks`` are rows of `analysis.collect`, without targets; a single site among them is drawn in grey. A line stands
    at the date of the ``article``. ``sides`` says where the label of a fact_id stands, one of `SIDES`; by default on
    the right.
    """
    fig, ax = canvas(6.4, headline=headline)
    year, number = int(article[:4]), int(article[5:7])
    when = year + (number - 0.5) / 12
    low, high = 0.68 * stocks["pflops"].min() / 1000, 1.5 * stocks["pflops"].max() / 1000
    ax.axvline(when, color=MUTED, lw=1, ls=(0, (4, 3)), zorder=0)
    ax.text(when, high, f"the article, {dates.in_words(article)} ", ha="right", va="top", color=MUTED, fontsize=LETTER)
    apart = ",\none site, planned" if narrow() else ", one site, planned"
    for _, row in stocks.iterrows():
        whole = row["level"] == "city"
        look = city(row["place"]) if whole else OTHER
        _point(ax, row["when"], row["pflops"] / 1000, row, look)
        text = f"{row['place']}{'' if whole else apart}\n{_described(row)}"
        _label(ax, row, sides.get(row["fact_id"], "right"), text, look.ink)
    ax.set(yscale="log", ylim=(low, high), ylabel="EFLOPS, each step doubles")
    ticks = [number for number in (10, 20, 40, 80, 160) if low < number < high]
    ax.set_yticks(ticks, [str(number) for number in ticks])
    ax.minorticks_off()
    _years(ax, stocks, room=0.45)
    return describe(fig, f"Points by date, EFLOPS upwards: {_listed(stocks)}.")


def timeline_headline(stocks: pd.DataFrame) -> str:
    """Which of the cities have a total of what is in place, and which have none."""
    there = _in_place(stocks)
    some, none = (" and ".join(there.index[part]) for part in (there > 0, there == 0))
    if not some or not none:
        return f"{'Each city' if some else 'No city'} has a published total\nof what is installed"
    verb = "have totals" if (there > 0).sum() > 1 else "has a total"
    return f"{some} {verb} of what is\ninstalled; for {none} none was found"


def timeline_caption(stocks: pd.DataFrame) -> str:
    """What `timeline` shows: how many totals in place each city has."""
    there = _in_place(stocks)
    counted = ", ".join(f"{name} {number or 'none'}" for name, number in there.items())
    return (
        f"All totals of one of the three cities that were found, whatever they count; grey: one site. Filled: in place "
        f"({counted}); half filled: partly being built; with a question mark: status not stated; arrow: this or more."
    )


def _in_place(stocks: pd.DataFrame) -> pd.Series:
    return stocks.loc[stocks["state"] == "installed", "place"].value_counts().reindex(list(CITIES), fill_value=0)


def country_series(figures: pd.DataFrame, *, headline: str, sides: Mapping[str, str]) -> Figure:
    """The country's compute by date, in each way of counting: points of different shape, joined by no line.

    ``figures`` are rows of `analysis.collect` with metrics of `METHODS`; an `operator` marks an estimate of analysts.
    ``sides`` says where the label of a fact_id stands, one of `SIDES`; what is not named has none.
    """
    fig, ax = canvas(6.0, headline=headline)
    for metric, look in METHODS.items():
        rows = figures[figures["metric"] == metric].sort_values("when", kind="stable")
        for _, row in rows.iterrows():
            _point(ax, row["when"], row["pflops"] / 1000, row, look)
            if row["fact_id"] in sides:
                _label(ax, row, sides[row["fact_id"]], _counted(row), look.ink)
    ax.set(ylim=(0, 1.12 * figures["pflops"].max() / 1000), ylabel="EFLOPS")
    _years(ax, figures, room=0.25)
    return describe(fig, f"Points by date, EFLOPS upwards, in each way of counting: {_listed(figures)}.")


def country_caption(figures: pd.DataFrame) -> str:
    """What `country_series` shows: who counts what, and how many points state a precision."""
    stated = figures.loc[figures["precision"] != "unstated", "precision"]
    return (
        "Three ways of counting the same country: all kinds as the ministry surveys them, all kinds by servers "
        f"shipped, and AI alone. {len(stated)} of {len(figures)} points state a precision ({', '.join(stated)})."
    )


def by_year(figures: pd.DataFrame) -> pd.DataFrame:
    """A table of amounts in EFLOPS, bounds in words: one row a year, one column for each way of counting.

    ``figures`` are what `country_series` takes; of several figures of one year the last is kept.
    """
    dated = figures.sort_values("when", kind="stable").assign(year=figures["as_of"].str[:4])
    last = dated.drop_duplicates(["year", "metric"], keep="last")
    written = last.assign(written=[amount(row.relation, row.pflops) for row in last.itertuples()])
    wide = written.pivot(index="year", columns="metric", values="written").reindex(columns=list(METHODS))
    return wide.rename(columns=KINDS | {"intelligent_compute": "AI alone"}).rename_axis(columns=None).reset_index()


def obstacles(pairs: pd.DataFrame, figures: pd.DataFrame, *, headline: str) -> Figure:
    """What stands between pairs of figures (`analysis.pairs`): one line a pair, one square an aspect."""
    fig, ax = canvas(0.74 * len(pairs) + 1.9, headline=headline)
    known, told = figures.set_index("fact_id"), []
    for y, pair in enumerate(pairs.to_dict("records")):
        for x, aspect in enumerate(ASPECTS):
            colour, sign, ink = SQUARES[pair[aspect]]
            ax.plot(x, y, "s", ms=26, color=colour, mew=0)
            ax.text(x, y, sign, ha="center", va="center", color=ink, fontsize=18, fontweight="bold")
        for side, dy in (("a", -0.2), ("b", 0.2)):
            row = known.loc[pair[side]]
            ax.text(-0.6, y + dy, _short(row), ha="right", va="center", fontsize=LETTER, color=city(row["place"]).ink)
        told.append(f"{_short(known.loc[pair['a']])} and {_short(known.loc[pair['b']])}: {pair['reasons']}")
    for x, aspect in enumerate(ASPECTS):
        ax.text(x, -0.55, COLUMNS[aspect], ha="center", va="bottom", fontsize=LETTER, color=MUTED)
    ax.text(-4.75, len(pairs) - 0.1, "?  not stated, or left open", va="center", fontsize=LETTER)
    ax.text(2.1, len(pairs) - 0.1, "×  differs", va="center", fontsize=LETTER)
    ax.set(xlim=(-4.8, len(ASPECTS) - 0.5), ylim=(len(pairs) + 0.2, -1.25))
    ax.axis("off")
    lines = f"{len(pairs)} lines, one for each pair of figures, and what stands against it."
    return describe(fig, f"{lines} {'; '.join(told)}.")


def obstacles_caption(pairs: pd.DataFrame, *, of: int) -> str:
    """What `obstacles` shows, if ``of`` pairs could be formed in all."""
    free = int((pairs["verdict"] == "yes").sum())
    return (
        f"The {len(pairs)} pairs with the fewest obstacles, of {of}. Only a line without marks would allow a "
        f"comparison; there {'is' if free == 1 else 'are'} {free or 'none'}."
    )


def results(outcomes: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """A table of targets (`analysis.outcomes`) and what came of them, in words: first those that have an answer."""
    known, lines = figures.set_index("fact_id"), []
    for row in outcomes.itertuples():
        goal, came = known.loc[row.target], "no number of this kind found"
        if isinstance(row.figure, str):
            figure = known.loc[row.figure]
            came = f"{amount(figure['relation'], figure['pflops'])} ({_date(figure)}, {STATES[figure['state']]})"
        lines.append((goal["place"], _described(goal), came, row.answer))
    table = pd.DataFrame(lines, columns=["place", "target", "what came of it", "answer"])
    order = pd.Series(range(len(table))) + len(table) * ~table["answer"].str.startswith(("reached", "missed"))
    return table.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def site_against_city(rows: pd.DataFrame, *, headline: str, names: Mapping[str, str]) -> Figure:
    """Amounts of one city and its sites, one line each, those of the article in colour.

    ``names`` says what stands before the line of a fact_id.
    """
    fig, ax = canvas(0.95 * len(rows) + 1.5, headline=headline)
    right = 1.22 * rows["pflops"].max() / 1000
    for y, (_, row) in enumerate(rows.iterrows()):
        look = city(row["place"]) if row["origin"] == "article" else OTHER
        x, there = row["pflops"] / 1000, row["state"] == "installed"
        ax.plot([0, x], [y, y], color=look.colour, lw=3 if there else 2, ls="-" if there else (0, (2, 2)), zorder=1)
        _point(ax, x, y, row, look, more=(24, 0))
        text = f"{amount(row['relation'], row['pflops'])}{', a ceiling' if row['origin'] == 'article' else ''}"
        label(ax, text, x, y, dy=13, ha="center", fontsize=LETTER, color=look.ink, weight="semibold")
    ax.set_yticks(range(len(rows)), [names[fact] for fact in rows["fact_id"]], fontsize=LETTER)
    for tick, origin in zip(ax.get_yticklabels(), rows["origin"], strict=True):
        tick.set_fontweight("semibold" if origin == "article" else "normal")
    ax.set(xlim=(0, right), ylim=(len(rows) - 0.5, -0.75))
    ax.tick_params(axis="x", labelsize=LETTER)
    ax.set_xlabel("EFLOPS for AI", fontsize=LETTER)
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    told = (
        f"{names[row['fact_id']]} {amount(row['relation'], row['pflops'])}, {STATES[row['state']]}"
        for _, row in rows.iterrows()
    )
    return describe(fig, "One line for each number, EFLOPS across. " + "; ".join(told).replace("\n", " ") + ".")


def site_caption(rows: pd.DataFrame) -> str:
    """What `site_against_city` shows: the article's site as a multiple of the target of its city."""
    site = rows.loc[rows["origin"] == "article", "pflops"].item()
    target = rows.loc[(rows["role"] == "target") & (rows["level"] == "city"), "pflops"].item()
    return (
        f"At face value the first phase of one site can support {site / target:.1f} times what the whole city aimed at "
        "for AI. Filled: in place; half filled: partly being built; hollow: planned; arrow: this or more."
    )


def _years(ax: Axes, rows: pd.DataFrame, *, room: float) -> None:
    """Years across, with room for labels after the last date."""
    first, last = rows["when"].min(), rows["when"].max()
    ax.set(xlim=(first - 0.2, last + room), xticks=range(int(np.ceil(first)), int(last) + 1))
    ax.tick_params(labelsize=LETTER)
    ax.yaxis.label.set_fontsize(LETTER)
    ax.grid(axis="y")


def _point(ax: Axes, x: float, y: float, row: pd.Series, look: City, *, more: tuple[float, float] = (0, 24)) -> None:
    """A figure as a point: with an arrow if there may be ``more``, and that way."""
    if row["relation"] in ("gt", "ge"):
        # drawn towards the point, since only the text end of an annotation can be given in points of type
        style = {"arrowstyle": "<|-,head_width=0.22,head_length=0.4", "lw": 1.8, "color": look.ink}
        far: dict[str, Any] = {"xytext": more, "textcoords": "offset points"}
        ax.annotate("", (x, y), **far, arrowprops={**style, "shrinkA": 0, "shrinkB": 0}, zorder=2)
    _mark(ax, x, y, row, look)


def _mark(ax: Axes, x: float, y: float, row: pd.Series, look: City) -> None:
    """The marker of a figure: filled as far as it is in place, with a question mark if that is not stated."""
    half = row["state"] == "under_construction"
    fill = look.colour if half or row["state"] == "installed" else "white"
    marker = MarkerStyle(look.marker, fillstyle="left" if half else "full", joinstyle="round")
    # what is hollow stays visible where it meets what is filled
    order = 3 if fill != "white" else 3.5
    ax.plot(x, y, marker=marker, ms=12, color=look.ink, mfc=fill, mfcalt="white", mew=1.8, zorder=order)
    if row["state"] == "not_stated":
        asked: dict[str, Any] = {"fontsize": 10.5, "weight": "bold", "color": look.ink, "zorder": 4}
        ax.text(x, y, "?", ha="center", va="center_baseline", **asked)


def _label(ax: Axes, row: pd.Series, side: str, text: str, colour: str) -> None:
    dx, dy, ha, va = SIDES[side]
    if dy > 0 and row["relation"] in ("gt", "ge"):
        dy += 16  # above the arrow
    point: dict[str, Any] = {"color": colour, "fontsize": LETTER, "linespacing": 1.05, "zorder": 4}
    label(ax, text, row["when"], row["pflops"] / 1000, dx=dx, dy=dy, ha=ha, va=va, **point)


def _counted(row: pd.Series) -> str:
    """What a point of the country counts: amount, kind, who, precision."""
    kind = "AI alone" if row["metric"] == "intelligent_compute" else KINDS[row["metric"]]
    who = ", analysts" if isinstance(row["operator"], str) else ""
    return f"{amount(row['relation'], row['pflops'])}\n{kind}{who}{_precision(row)}"


def _described(row: pd.Series) -> str:
    return f"{amount(row['relation'], row['pflops'])}, {KINDS[row['metric']]}{_precision(row)}"


def _precision(row: pd.Series) -> str:
    return "" if row["precision"] == UNSTATED else f", {row['precision']}"


def _listed(figures: pd.DataFrame) -> str:
    return "; ".join(
        f"{row['place']}, {_date(row)}, {_described(row)}, "
        f"{STATES[row['state']]}{', one site' * (row['level'] == 'centre')}"
        for _, row in figures.sort_values("when", kind="stable").iterrows()
    )


def _short(row: pd.Series) -> str:
    if row["origin"] == "article":
        return f"{row['place']}, the article"
    return f"{row['place']}, {_date(row)}"


def _date(row: pd.Series) -> str:
    return dates.in_words(row["as_of"], year_only=row["as_of_is_year_only"])
