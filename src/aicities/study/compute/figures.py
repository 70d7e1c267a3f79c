"""Figures on computing power: what the article says, what was published, what may be compared, what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle

from aicities.figures import CITIES, GRID, INK, MISSING, MUTED, OTHER, City, canvas, city, describe, label

KINDS = {
    "total_compute": "all kinds",
    "intelligent_compute": "AI",
    "general_compute": "general",
    "supercompute": "supercomputing",
    "total_compute_device_side": "all kinds, by servers shipped",
}
WORDS = {"eq": "", "gt": "over ", "ge": "at least ", "approx": "about ", "lt": "under ", "le": "at most "}
STATES = {
    "installed": "installed",
    "under_construction": "partly being built",
    "planned": "planned",
    "not_stated": "status not stated",
}
COUNTED = {
    "total_compute": "all kinds",
    "intelligent_compute": "AI only",
    "total_compute_device_side": "all kinds, by servers shipped",
}
BLANK = {"facecolor": "#EEF0F3", "edgecolor": MISSING, "ls": (0, (4, 3)), "lw": 1}
SQUARES = {"fits": ("#D3E7E4", "", INK), "unknown": ("#F1CFC4", "?", INK), "differs": ("#8E2F1B", "×", "white")}
ASPECTS = {
    "level": "level",
    "status": "status",
    "metric": "kind",
    "precision": "precision",
    "date": "date",
    "bound": "bound",
}
ANSWERS = {"fits": "fits", "unknown": "not stated, or left open", "differs": "differs"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# What `show` prints as the source of figures that rest on the table `compute`.
CITIES_SAY = "city plans, governments and news reports, each in the table of sources"
NATION_SAYS = "MIIT, CAICT, IDC with Inspur, as reported from 2021 to 2026, each in the table of sources"

# Shift in points, then horizontal and vertical alignment.
SIDES = {
    "right": (11, 0, "left", "center"),
    "upper right": (11, 7, "left", "center"),
    "lower right": (11, -7, "left", "center"),
    "left": (-11, 0, "right", "center"),
    "above": (0, 11, "center", "bottom"),
    "above, right": (-30, 23, "left", "bottom"),
    "below": (0, -10, "center", "top"),
}
# Where labels stand that would meet others at the right of their points.
PLACED = {
    "CMP-001": "left",
    "CMP-002": "below",
    "CMP-003": "lower right",
    "CMP-004": "above, right",
    "CMP-005": "upper right",
    "CMP-006": "left",
    "CMP-022": "above",
    "CMP-029": "left",
    "CMP-130": "above",
    "CMP-132": "right",
    "CMP-125": "right",
}


def amount(relation: str, pflops: float) -> str:
    """An amount in EFLOPS, short enough for a label: ``amount("gt", 33000)`` is "over 33"."""
    return f"{WORDS[relation]}{pflops / 1000:,.4g}"


def month(as_of: str, *, year_only: bool = False) -> str:
    """A date for a label: "Feb 2024" for "2024-02" or "2024-02-29", "2023" if only the year is known."""
    year, *rest = as_of.split("-")
    return year if year_only or not rest else f"{MONTHS[int(rest[0]) - 1]} {year}"


def by_year(latest: pd.DataFrame) -> pd.DataFrame:
    """A table of amounts in EFLOPS, bounds in words: one row a year, one column for each way of counting.

    ``latest`` is what `aicities.compute.latest` gives of a country.
    """
    written = [amount(row.relation, row.pflops) for row in latest.itertuples()]
    wide = latest.assign(written=written).pivot(index="year", columns="metric", values="written")
    return wide.reindex(columns=list(COUNTED)).rename(columns=COUNTED).rename_axis(columns=None).reset_index()


def article_account(own: pd.DataFrame, *, headline: str) -> Figure:
    """All that the article says about amounts of compute, blanks included: one line for each city and site.

    Parameters
    ----------
    own
        Annotated figures of the article (see `aicities.compute`). A city of the three without a row of its own gets
        a blank; what a site can support is drawn as a ceiling.
    headline
        The finding.
    """
    power = own[own["metric"] == "intelligent_compute"]
    lines = [(name, power[(power["place"] == name) & (power["level"] == "city")]) for name in CITIES]
    lines += [(row["place"], power.loc[[i]]) for i, row in power[power["level"] == "centre"].iterrows()]
    fig, ax = canvas(0.92 * len(lines) + 1.4, headline=headline)
    right, names, told = 1.45 * power["pflops"].max() / 1000, [], []
    for y, (place, rows) in enumerate(lines):
        look = city(place)
        if rows.empty:
            names.append(f"{place},\nwhole city")
            told.append(f"{place}: no amount")
            ax.barh(y, right, height=0.3, **BLANK)
            ax.text(right / 2, y, "no amount", ha="center", va="center", color=MUTED, fontsize=13)
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
        text = text if whole else f"{x:,.4g}: what the first phase can support, a ceiling"
        told.append(f"{place}, {'whole city' if whole else 'one site'}: {text}")
        label(ax, text, x, y, dy=15, ha="left" if whole else "center", fontsize=12, color=look.ink, weight="semibold")
    ax.set_yticks(range(len(lines)), names)
    ax.set(xlim=(0, right), ylim=(len(lines) - 0.55, -0.75))
    ax.set_xlabel("EFLOPS for AI (1 EFLOPS = 1,000 P)")
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    return describe(fig, "One line for each city or site, EFLOPS across. " + "; ".join(told) + ".")


def timeline(figures: pd.DataFrame, *, headline: str, article: str, blank: str) -> Figure:
    """Published amounts of whole cities by date: one panel a city, on one log scale, joined by no line.

    Parameters
    ----------
    figures
        Annotated figures of whole cities (see `aicities.compute`), with `origin`. A panel for each place, in
        order. A centre among them is drawn in grey, since it is no total.
    headline
        The finding.
    article
        Date of the article (``YYYY-MM-DD``), drawn through all panels.
    blank
        What to write at that date for a city of which the article gives no amount.
    """
    year, number, _ = article.split("-")
    when = int(year) + (int(number) - 0.5) / 12
    places = list(figures["place"].unique())
    fig, axes = canvas(2.45 * len(places) + 1.4, headline=headline, rows=len(places), sharex=True)
    for ax, place in zip(axes, places, strict=True):
        look, here = city(place), figures[figures["place"] == place]
        totals = here[here["level"] == "city"]
        if "article" in set(totals["origin"]):
            ax.axvline(when, color=MUTED, lw=1, ls=(0, (4, 3)), zorder=0)
        else:
            ax.axvspan(when - 0.09, when + 0.09, **BLANK, zorder=0)
            label(ax, blank, when, 190, dx=-12, ha="right", va="center", fontsize=12, color=MUTED)
        for _, row in totals.iterrows():
            _point(ax, row["when"], row["pflops"] / 1000, row, look, up=True)
            _label(ax, row, PLACED.get(row["fact_id"], "right"), _described(row), look.ink)
        for _, row in here.drop(totals.index).iterrows():
            _point(ax, row["when"], row["pflops"] / 1000, row, OTHER, up=True)
            _label(ax, row, "left", f"one site could support {amount(row['relation'], row['pflops'])}", OTHER.ink)
        ax.set_title(place, color=look.ink, fontweight="bold", fontsize=14, pad=4)
        ax.set(yscale="log", ylim=(1.3, 330))
        ax.set_yticks([10, 100], ["10", "100"])
        ax.minorticks_off()
        ax.grid(axis="y")
    label(axes[0], "the article", when, 330, dy=3, ha="center", fontsize=12, color=MUTED)
    axes[0].set_ylabel("EFLOPS, log scale")
    axes[-1].set(xlim=(2022.35, 2028.35))
    axes[-1].set_xticks(range(2023, 2029))
    fig.legend(handles=_legend(), loc="outside lower center", ncol=3)
    told = " ".join(f"{place}: {_listed(rows)}." for place, rows in figures.groupby("place", sort=False))
    return describe(fig, f"A panel for each city, EFLOPS on a log scale by date. {told}")


def country_series(figures: pd.DataFrame, *, headline: str, names: Mapping[str, str]) -> Figure:
    """The country's compute by date, in each way of counting: points of different shape, joined by no line.

    Parameters
    ----------
    figures
        Annotated figures of the country (see `aicities.compute`); an `operator` marks an estimate.
    headline
        The finding.
    names
        For each metric drawn, at most three, its name.
    """
    fig, ax = canvas(5.2, headline=headline)
    looks = {
        metric: City(colour, colour, marker)
        for metric, (colour, marker) in zip(names, ((INK, "o"), ("#1B6E6A", "D"), ("#A9713B", "s")), strict=False)
    }
    for _, row in figures.iterrows():
        look = looks[row["metric"]]
        extra = ["estimate"] * isinstance(row["operator"], str) + ["target"] * (row["state"] == "planned")
        extra = [row["precision"]] * (row["precision"] != "unstated") + extra
        text = ", ".join([amount(row["relation"], row["pflops"]), *extra])
        _point(ax, row["when"], row["pflops"] / 1000, row, look, up=True)
        usual = "below" if look.marker == "o" else "left"
        _label(ax, row, PLACED.get(row["fact_id"], usual), text, look.ink)
    handles = [
        Line2D([], [], marker=looks[metric].marker, color=looks[metric].ink, ls="", ms=10, label=name)
        for metric, name in names.items()
    ]
    ax.legend(handles=handles, loc="upper left", handletextpad=0.3)
    ax.set(yscale="log", ylim=(100, 2900), xlim=(2020.3, 2026.6), ylabel="EFLOPS, log scale")
    ax.set_yticks([100, 200, 500, 1000, 2000], ["100", "200", "500", "1,000", "2,000"])
    ax.minorticks_off()
    ax.grid(axis="y")
    return describe(fig, f"Points by date, EFLOPS on a log scale, in each way of counting: {_listed(figures)}.")


def obstacles(pairs: pd.DataFrame, figures: pd.DataFrame, *, headline: str) -> Figure:
    """What stands between each pair of figures: one line a pair, one square an aspect.

    Parameters
    ----------
    pairs
        In the order of the lines, as `aicities.compute.pairs` gives them; the first of a pair is written
        only where it is another than in the line above.
    figures
        Annotated figures, with `origin` and the fact ids of the pairs.
    headline
        The finding.
    """
    fig, ax = canvas(0.31 * len(pairs) + 1.9, headline=headline)
    known = figures.set_index("fact_id")
    last = None
    for y, pair in enumerate(pairs.to_dict("records")):
        for x, aspect in enumerate(ASPECTS):
            _square(ax, float(x), y, *SQUARES[pair[aspect]])
        if pair["a"] != last:
            ax.axhline(y - 0.5, color=GRID, lw=0.8)
        for side, left in (("a", -6.0), ("b", -3.15)):
            row = known.loc[pair[side]]
            if side == "b" or pair["a"] != last:
                ax.text(left, y, _short(row), va="center", fontsize=12, color=city(row["place"]).ink)
        last = pair["a"]
    for x, text in enumerate(ASPECTS.values()):
        ax.text(x, -0.75, text, ha="center", va="bottom", fontsize=12, color=MUTED)
    for left, (kind, text) in zip((-6.0, -4.3, 0.1), ANSWERS.items(), strict=True):
        _square(ax, left + 0.2, len(pairs) + 0.5, *SQUARES[kind])
        ax.text(left + 0.7, len(pairs) + 0.5, text, va="center", fontsize=12)
    ax.set(xlim=(-6.05, len(ASPECTS) - 0.4), ylim=(len(pairs) + 1.1, -1.5))
    ax.axis("off")
    counts = (
        f"{aspect} {(pairs[aspect] == 'differs').sum()} and {(pairs[aspect] == 'unknown').sum()}" for aspect in ASPECTS
    )
    alt = f"{len(pairs)} lines, one for each pair of figures, with a square for each aspect. Pairs that differ, and "
    return describe(fig, alt + f"pairs of which it is not known: {'; '.join(counts)}.")


def targets(outcomes: pd.DataFrame, figures: pd.DataFrame, *, headline: str) -> Figure:
    """Each target beside the figure that could show what came of it.

    Parameters
    ----------
    outcomes
        In the order of the lines, as `aicities.compute.outcomes` gives them.
    figures
        Annotated figures with the fact ids of both.
    headline
        The finding.
    """
    fig, ax = canvas(0.41 * len(outcomes) + 2.0, headline=headline)
    known, labels, told = figures.set_index("fact_id"), [], []
    for y, row in enumerate(outcomes.itertuples()):
        goal = known.loc[row.target]
        figure = known.loc[row.figure] if isinstance(row.figure, str) else None
        ax.axhline(y, color=GRID, lw=0.8, zorder=0)
        bar = [goal["pflops"] / 1000] * 2
        ax.plot(bar, [y - 0.32, y + 0.32], color=INK, lw=3, solid_capstyle="butt", zorder=4)
        answered, text = row.answer.startswith(("reached", "missed")), row.answer
        if figure is not None:
            _point(ax, figure["pflops"] / 1000, y, figure, city(goal["place"]))
            if figure["state"] != "installed":
                text = STATES[figure["state"]]
            elif not answered:
                text = f"{abs(row.gap)} months {'before' if row.gap < 0 else 'after'} due"
        style = {"color": INK, "weight": "semibold"} if answered else {"color": MUTED}
        ax.text(1.02, y, text, transform=ax.get_yaxis_transform(), va="center", fontsize=12, **style)
        labels.append(f"{goal['place']}: {_described(goal)}")
        told.append(f"{labels[-1]}: {text}")
    ax.set_yticks(range(len(outcomes)), labels, fontsize=12)
    ax.set(xscale="log", xlim=(0.3, 420), ylim=(len(outcomes) - 0.4, -0.6), xlabel="EFLOPS, log scale")
    ax.set_xticks([1, 10, 100], ["1", "10", "100"])
    ax.minorticks_off()
    ax.spines["left"].set_visible(False)
    line = Line2D([], [], marker="|", color=INK, ls="", ms=14, mew=3, label="target")
    handles = [line, *_legend(["installed"], more="rightarrow")]
    fig.legend(handles=handles, loc="outside lower center", ncol=4, columnspacing=1.2, handletextpad=0.4)
    return describe(fig, "One line for each goal, EFLOPS on a log scale, and what came of it. " + "; ".join(told) + ".")


def site_against_city(rows: pd.DataFrame, *, headline: str, names: Mapping[str, str]) -> Figure:
    """Amounts of one city and its sites, one line each, with what each of them is.

    Parameters
    ----------
    rows
        Annotated figures in the order of the lines, with `origin`; those of the article stand out in colour.
    headline
        The finding.
    names
        For each fact_id, what stands before its line.
    """
    fig, ax = canvas(0.7 * len(rows) + 1.5, headline=headline)
    right = 1.22 * rows["pflops"].max() / 1000
    for y, (_, row) in enumerate(rows.iterrows()):
        look = city(row["place"]) if row["origin"] == "article" else OTHER
        x, there = row["pflops"] / 1000, row["state"] == "installed"
        ax.plot([0, x], [y, y], color=look.colour, lw=3 if there else 2, ls="-" if there else (0, (2, 2)), zorder=1)
        _point(ax, x, y, row, look, size=12)
        text = amount(row["relation"], row["pflops"])
        label(ax, text, x, y, dy=11, ha="center", fontsize=13, color=look.ink, weight="semibold")
    ax.set_yticks(range(len(rows)), [names[fact] for fact in rows["fact_id"]])
    for tick, origin in zip(ax.get_yticklabels(), rows["origin"], strict=True):
        tick.set_fontweight("semibold" if origin == "article" else "normal")
    ax.set(xlim=(0, right), ylim=(len(rows) - 0.5, -0.75), xlabel="EFLOPS")
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    told = (
        f"{names[row['fact_id']]} {amount(row['relation'], row['pflops'])}, {STATES[row['state']]}"
        for _, row in rows.iterrows()
    )
    return describe(fig, "One line for each figure, EFLOPS across. " + "; ".join(told).replace("\n", " ") + ".")


def _point(ax: Axes, x: float, y: float, row: pd.Series, look: City, *, up: bool = False, size: float = 11) -> None:
    """A figure as a point: filled as far as it is in place, with an arrow if there may be more."""
    if row["relation"] in ("gt", "ge"):
        # drawn towards the point, since only the text end of an annotation can be given in points of type
        style = {"arrowstyle": "<|-,head_width=0.22,head_length=0.4", "lw": 1.8, "color": look.ink}
        far: dict[str, Any] = {"xytext": (0, 21) if up else (27, 0), "textcoords": "offset points"}
        ax.annotate("", (x, y), **far, arrowprops={**style, "shrinkA": 0, "shrinkB": 0}, zorder=2)
    half = row["state"] == "under_construction"
    fill = look.colour if half or row["state"] == "installed" else "white"
    marker = MarkerStyle(look.marker, fillstyle="left" if half else "full", joinstyle="round")
    # what is hollow stays visible where it meets what is filled
    order = 3 if fill != "white" else 3.5
    ax.plot(x, y, marker=marker, ms=size, color=look.ink, mfc=fill, mfcalt="white", mew=1.8, zorder=order)
    if row["state"] == "not_stated":
        asked: dict[str, Any] = {"fontsize": 10.5, "weight": "bold", "color": look.ink, "zorder": 4}
        ax.text(x, y, "?", ha="center", va="center_baseline", **asked)


def _label(ax: Axes, row: pd.Series, side: str, text: str, colour: str) -> None:
    dx, dy, ha, va = SIDES[side]
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    label(ax, text, row["when"], row["pflops"] / 1000, dx=dx, dy=dy, ha=ha, va=va, fontsize=12, color=colour,
          bbox=plate, zorder=1)  # fmt: skip


def _described(row: pd.Series) -> str:
    precision = "" if row["precision"] == "unstated" else f", {row['precision']}"
    return f"{amount(row['relation'], row['pflops'])}, {KINDS[row['metric']]}{precision}"


def _listed(figures: pd.DataFrame) -> str:
    return "; ".join(
        f"{month(row['as_of'], year_only=row['as_of_is_year_only'])} {_described(row)}, {STATES[row['state']]}"
        + ", one site" * (row["level"] == "centre")
        for _, row in figures.sort_values("when", kind="stable").iterrows()
    )


def _short(row: pd.Series) -> str:
    if row["level"] != "city":
        return f"{row['place']}, one site"
    if row["origin"] == "article":
        return f"{row['place']}, article"
    return f"{row['place']}, {month(row['as_of'], year_only=row['as_of_is_year_only'])}"


def _square(ax: Axes, x: float, y: float, colour: str, sign: str, ink: str) -> None:
    ax.plot(x, y, "s", ms=16, color=colour, mew=0)
    ax.text(x, y, sign, ha="center", va="center", color=ink, fontsize=13, fontweight="bold")


def _legend(states: Iterable[str] = STATES, *, more: str = "uparrow") -> list[Line2D]:
    style: dict[str, Any] = {"ls": "", "ms": 9, "color": OTHER.ink, "mew": 1.8, "mfcalt": "white"}
    half = {"fillstyle": "left", "mfc": OTHER.colour}
    looks: dict[str, Any] = {
        "installed": {"mfc": OTHER.colour},
        "under_construction": half,
        "planned": {"mfc": "white"},
    }
    handles = [
        Line2D([], [], marker="o", **style, **looks[state], label=STATES[state])
        if state in looks
        else Line2D([], [], marker="$?$", ls="", ms=8, color=OTHER.ink, mew=0.4, label=STATES[state])
        for state in states
    ]
    return [*handles, Line2D([], [], marker=rf"$\{more}$", ls="", ms=11, color=OTHER.ink, label="this or more")]
