"""Figures on the plans of the cities, on national titles, and on what the article praises and advises."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities.figures import CITIES, GRID, INK, MISSING, MUTED, OTHER, City, canvas, city, describe, narrow
from aicities.study.policy.analysis import HELD, MISSED, NOT_HELD, NOT_KNOWN, REACHED, SORTS

SIZE = 14  # points: the smallest type that is legible on a phone
NO_DATE = "no date"
MOST_YEARS = 7  # more years than these are written with two digits
SORT_NAMES = {
    "pot": "in all,\nspan not\nprinted",
    "yearly_pot": "each year,\nfor all",
    "ceiling": "at most,\none\nproject",
    "yearly_ceiling": "at most,\none firm,\none year",
    "share": "share of\nthe cost,\npercent",
}
ABSENT = {NOT_HELD: "–", NOT_KNOWN: "?"}
BOUNDS = {"le": "≤ ", "lt": "< ", "ge": "≥ ", "gt": "> ", "approx": "about "}


def calendar(plans: pd.DataFrame) -> Figure:
    """Every plan of `analysis.calendar` as a mark, in the row of its city and the column of its year."""
    first, last, recent = _busy_years(plans)
    years = [*map(str, range(first, last + 1)), *([NO_DATE] if plans["year"].isna().any() else [])]
    part = int(plans["year"].isin(recent).sum())
    span = f"have come out since {recent[0]}" if recent[-1] == last else f"came out from {recent[0]} to {recent[-1]}"
    headline = f"{part} of {len(plans)} plans that could be read\n{span}"
    fig, ax = canvas(7.6, headline=headline)
    column = plans["year"].astype("str").where(plans["year"].notna(), NO_DATE)
    for x, y, plan in _spots(ax, plans.assign(column=column), years, wide=3):
        look = city(plan.place)
        ax.plot(x, y, look.marker, ms=7, mfc=look.colour if plan.on_ai else "white", mec=look.colour, mew=1.4)
        if plan.named:
            ax.plot(x, y, "o", ms=13, mfc="none", mec=INK, mew=1.4)
    _key(ax, "filled: on AI itself · open: on a field beside it\nor on all sectors · ringed: named in the article")
    counts = pd.crosstab(plans["place"], column)
    said = (f"{place} {_listed(counts.loc[place], years)}" for place in plans["place"].unique())
    return describe(fig, f"One mark for each plan, by city and year. {'; '.join(said)}.")


def calendar_caption(plans: pd.DataFrame) -> str:
    """What `calendar` shows, and what it cannot."""
    by_city = plans["place"].value_counts().head(3)
    return (
        f"Plans, measures, laws, funds and announcements of {plans['place'].nunique()} cities. "
        f"{by_city.sum()} of {len(plans)} are of {_and(by_city.index)}, {plans['on_ai'].sum()} are on AI itself. "
        f"More marks mean that more could be read, not that a city plans more; "
        f"of {plans['year'].isna().sum()} no date was read."
    )


def goals_due(outcomes: pd.DataFrame) -> Figure:
    """Every goal of `analysis.outcomes` as a mark, by city and due year: filled where a figure shows it reached."""
    counts = outcomes["result"].value_counts()
    reached, missed = int(counts.get(REACHED, 0)), int(counts.get(MISSED, 0))
    headline = (
        f"Of {len(outcomes)} goals that have fallen due, published\n"
        f"numbers show {reached} as reached, {missed or 'none'} as missed"
    )
    goals = outcomes.assign(column=outcomes["due"].str[:4], first=outcomes["result"].ne(REACHED))
    goals["many"] = goals["place"].map(goals["place"].value_counts())
    goals = goals.sort_values(["many", "place", "first"], ascending=[False, True, True], kind="stable")
    years = sorted(goals["column"].unique())
    fig, ax = canvas(7.2, headline=headline)
    for x, y, goal in _spots(ax, goals, years, wide=6):
        _goal(ax, x, y, goal.result, city(goal.place))
    _key(ax, "filled: reached · cross: missed\nopen: no published number decides")
    settled = goals[goals["result"].isin([REACHED, MISSED])]
    said = [f"{goal.place}, {goal.label}, due {goal.due}: {goal.result}" for goal in settled.itertuples()]
    table = pd.crosstab(goals["place"], goals["column"])
    number = [f"{place} {_listed(table.loc[place], years)}" for place in goals["place"].unique()]
    return describe(fig, f"One mark for each goal, by city and due year. {'; '.join(number + said)}.")


def goals_due_caption(outcomes: pd.DataFrame) -> str:
    """What `goals_due` shows, and whose word it is."""
    settled = outcomes[outcomes["result"].isin([REACHED, MISSED])]
    own = int(settled["own_word"].astype("bool").sum())
    return (
        f"For {len(outcomes) - len(settled)} of {len(outcomes)} goals no number among those collected here decides. "
        f"Of the {len(settled)} numbers that do, the city's own government told {own}. Silence is no proof of failure."
    )


def voucher_sums(sums: pd.DataFrame) -> Figure:
    """What each city prints about its vouchers: one column for each sort of money, none of which is another.

    ``sums`` is what `analysis.vouchers` gives for one sort of vouchers; sums in CNY million.
    """
    order = list(dict.fromkeys((*CITIES, *sums["place"])))
    house = sorted(sums.itertuples(), key=lambda row: (order.index(row.place), row.place_level != "city"))
    rows = list(dict.fromkeys(map(_whose, house)))
    common = _common(sums)
    fig, axes = canvas(0.52 * len(rows) + 2.5, headline=_voucher_headline(sums), columns=len(SORTS), sharey=True)
    for ax, sort in zip(axes, SORTS, strict=True):
        part = sums[sums["money"] == sort]
        there = {_whose(row): row for row in part.itertuples()}
        for y, name in enumerate(rows):
            if name in there:
                row = there[name]
                ax.barh(y, row.value, color=city(row.place).colour, height=0.24, zorder=2)
                ax.text(0, y - 0.2, f"{BOUNDS.get(row.relation, '')}{row.value:,.0f}", fontsize=SIZE, va="bottom")
            else:
                ax.text(0, y, "–", fontsize=SIZE, color=MUTED, va="center")
        ax.set_title(SORT_NAMES[sort], fontsize=SIZE, color=INK, fontweight="bold" if sort in common else "normal")
        ax.set(xlim=(0, 1.15 * part["value"].max() if len(part) else 1), ylim=(len(rows) - 0.5, -0.8), xticks=[])
        ax.spines[["bottom", "left"]].set_visible(False)
    axes[0].set_yticks(range(len(rows)), rows, fontsize=SIZE)
    said = (f"{_flat(_whose(row))}, {_flat(SORT_NAMES[row.money])}: {row.said}" for row in sums.itertuples())
    return describe(fig, f"A column for each sort of money, a bar and number for each city. {'; '.join(said)}.")


def voucher_sums_caption(sums: pd.DataFrame) -> str:
    """What `voucher_sums` shows, with what a dash means."""
    pots = [int((sums["money"] == sort).sum()) for sort in ("pot", "yearly_pot")]
    return (
        "Sums in CNY million; bars compare inside a column only. A dash means that nothing was read, not that nothing "
        f"is paid. Sums for each year printed: {pots[1]}; sums whose span is left open: {pots[0]}. A zone's money is "
        "not its city's, and no sum says what was paid out."
    )


def national_titles(held: pd.DataFrame, places: Sequence[str]) -> Figure:
    """Which of the places, side by side, holds which title of `analysis.titles`, and since when."""
    rows = held.sort_values("coverage", kind="stable")
    fig, ax = canvas(0.44 * len(rows) + 1.9, headline=_titles_headline(held, places))
    for y, row in enumerate(rows.to_dict("records")):
        for x, place in enumerate(places):
            _title(ax, x, y, row[place], row[f"since {place}"], city(place))
        if row["tells_apart"]:
            ax.axhspan(y - 0.46, y + 0.46, color=GRID, alpha=0.8, lw=0, zorder=0)
    for x, place in enumerate(places):
        ax.text(x - 0.06, -0.8, place, fontsize=SIZE, fontweight="bold", color=city(place).ink)
    ax.set_yticks(range(len(rows)), rows["short_name"], fontsize=SIZE)
    ax.set(xlim=(-0.2, len(places) - 0.2), ylim=(len(rows) + 0.5, -1.1), xticks=[])
    ax.spines[:].set_visible(False)
    _key(ax, "open: only its province holds it · –: not held · ?: not known\ngrey rows tell the cities apart", y=0.0)
    said = (
        f"{row['short_name']}: {', '.join(f'{place} {_held(row, place)}' for place in places)}"
        for row in rows.to_dict("records")
    )
    return describe(fig, f"One row for each national title, a column for each city. {'; '.join(said)}.")


def national_titles_caption(held: pd.DataFrame, places: Sequence[str]) -> str:
    """What `national_titles` shows, and what is not known."""
    zones = held[held["short_name"].isin(["AI pilot zone", "AI pioneer zone"])]
    all_since = zones[[f"since {place}" for place in places]].max(axis=None) if len(zones) else ""
    unknown = held[list(places)].eq(NOT_KNOWN).any(axis=1)
    return (
        f"The two zones for AI are held by all {len(places)} since {all_since[:4]}; only their dates differ. "
        f"Of {unknown.sum()} titles it is not known who else holds them. A district, a centre or a region may be the "
        "holder."
    )


def strengths_and_advice(counts: pd.DataFrame, *, headline: str) -> Figure:
    """For each city and field, strengths named (to the left) against pieces of advice (to the right).

    ``counts`` is what `analysis.strengths_and_advice` gives; its fields are drawn from the top.
    """
    fields = list(counts["dimension"].unique())
    fig, axes = canvas(0.4 * len(fields) + 2.0, headline=headline, columns=len(CITIES), sharey=True, sharex=True)
    reach = counts[["strengths", "advice"]].to_numpy().max() + (6 if narrow() else 3)
    for ax, (name, look) in zip(axes, CITIES.items(), strict=True):
        part = counts[counts["city"] == name].set_index("dimension").reindex(fields)
        rows = range(len(fields))
        ax.barh(rows, -part["strengths"], color=MISSING, height=0.68)
        ax.barh(rows, part["advice"], color=look.colour, height=0.68)
        for y, row in zip(rows, part.itertuples(), strict=True):
            for number, side, ha in ((row.strengths, -1, "right"), (row.advice, 1, "left")):
                if number:
                    ax.text(side * (number + 0.3), y, f"{number}", ha=ha, va="center", fontsize=12)
        ax.axvline(0, color=MUTED, lw=0.8)
        ax.set_title(name, color=look.ink, fontweight="bold", loc="center")
        ax.set(xlim=(-reach, reach), xticks=[])
        ax.set_xlabel("strengths | advice")
        ax.spines[["left", "bottom"]].set_visible(False)
    axes[0].set_yticks(range(len(fields)), fields)
    axes[0].invert_yaxis()
    named = counts[counts[["strengths", "advice"]].any(axis=1)]
    said = (f"{r.city}, {r.dimension}: {r.strengths} and {r.advice}" for r in named.itertuples())
    panels = "A panel for each city, bars by field, strengths to the left and advice to the right."
    return describe(fig, f"{panels} {'; '.join(said)}.")


def _busy_years(plans: pd.DataFrame) -> tuple[int, int, list[int]]:
    """First and last year, and the run of years around the busiest that have more plans than an average year."""
    counts = plans["year"].dropna().value_counts()
    first, last = int(counts.index.min()), int(counts.index.max())
    mean = counts.sum() / (last - first + 1)
    run = [int(counts.idxmax())]
    while counts.get(run[0] - 1, 0) > mean:
        run.insert(0, run[0] - 1)
    while counts.get(run[-1] + 1, 0) > mean:
        run.append(run[-1] + 1)
    return first, last, run


def _spots(ax: Axes, marks: pd.DataFrame, columns: Sequence[str], *, wide: int) -> Iterator[tuple[float, float, Any]]:
    """Draw the grid, and give each mark with a spot of its own in the cell of its `place` and `column`."""
    places = list(marks["place"].unique())
    for (place, column), cell in marks.groupby(["place", "column"], sort=False):
        lines = -(-len(cell) // wide)
        for n, mark in enumerate(cell.itertuples()):
            x = columns.index(column) + (n % wide + 0.5) / wide * 0.9 - 0.45
            y = places.index(place) + (n // wide - (lines - 1) / 2) * 0.27
            yield x, y, mark
    for y in range(len(places) + 1):
        ax.axhline(y - 0.5, color=GRID, lw=0.8, zorder=0)
    short = len(columns) > MOST_YEARS
    names = [f"’{column[2:]}" if short and column != NO_DATE else _wrapped(column) for column in columns]
    ax.set_xticks(range(len(columns)), names, fontsize=SIZE)
    ax.set_yticks(range(len(places)), places, fontsize=SIZE)
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(places) - 0.5, -0.5))
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)


def _goal(ax: Axes, x: float, y: float, result: str, look: City) -> None:
    if result == MISSED:
        ax.plot(x, y, "x", ms=9, mec=INK, mew=2.2)
        return
    size, edge, fill = (9, "white", look.colour) if result == REACHED else (6, OTHER.colour, "white")
    ax.plot(x, y, look.marker, ms=size, mec=edge, mfc=fill, mew=1.3)


def _title(ax: Axes, x: float, y: float, answer: str, since: str | None, look: City) -> None:
    if answer in ABSENT:
        ax.text(x, y, ABSENT[answer], fontsize=SIZE + 2, color=MUTED, ha="center", va="center")
        return
    ax.plot(x, y, look.marker, ms=10, mfc=look.colour if answer == HELD else "white", mec=look.colour, mew=1.6)
    if answer == HELD:
        ax.text(x + (0.13 if narrow() else 0.09), y, _month(since), fontsize=SIZE, va="center")


def _held(row: dict[str, Any], place: str) -> str:
    since = row[f"since {place}"]
    return f"{row[place]} since {since}" if row[place] == HELD and isinstance(since, str) else str(row[place])


def _month(date: object) -> str:
    if not isinstance(date, str):
        return "no date"
    return date if len(date) == len("2024") else f"{pd.Timestamp(date):%b %Y}"


def _titles_headline(held: pd.DataFrame, places: Sequence[str]) -> str:
    everybody = int(held[list(places)].eq(HELD).all(axis=1).sum())
    apart = int(held["tells_apart"].sum())
    return f"{everybody} of {len(held)} national titles are held by all {len(places)} cities,\n{apart} tell them apart"


def _common(sums: pd.DataFrame) -> list[str]:
    """The sorts of money that all whole cities of the table print."""
    cities = sums[sums["place_level"] == "city"]
    return [sort for sort in SORTS if set(cities.loc[cities["money"] == sort, "place"]) == set(cities["place"])]


def _voucher_headline(sums: pd.DataFrame) -> str:
    cities = sums.loc[sums["place_level"] == "city", "place"].nunique()
    common = len(_common(sums))
    found = (
        f"only {common} of {len(SORTS)} sorts of sum {'is' if common == 1 else 'are'}"
        if common
        else "no sort of sum is"
    )
    return f"{cities} cities promise vouchers for computing power,\nand {found} printed by all of them"


def _whose(row: Any) -> str:
    return f"{row.place}" if row.place_level == "city" else f"{row.place}\n(a zone)"


def _key(ax: Axes, text: str, *, y: float = -0.02) -> None:
    text = "\n".join(textwrap.fill(line, 50) for line in text.split("\n")) if narrow() else text
    ax.text(0, y, text, transform=ax.transAxes, fontsize=SIZE, color=MUTED, va="top")


def _listed(counts: pd.Series, columns: Sequence[str]) -> str:
    named = [f"{column}: {counts[column]}" for column in columns if counts.get(column, 0)]
    return f"{counts.sum()} ({', '.join(named)})"


def _wrapped(text: str) -> str:
    return text.replace(" ", "\n")


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
