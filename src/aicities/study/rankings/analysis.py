"""League tables of Chinese cities in one form, and who holds the first places in them.

``rankings`` takes tables as they are printed. Here they are made ready for it: one row for each table of cities with
its publisher as a witness and the days on which it can have appeared, and ranks among the cities of mainland China,
so that a table of the world's cities can stand beside one of China's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from aicities import tables as package
from aicities.study.claims.selection import period
from rankstats import bootstrap_ranks, borda, chance_of_top, positions, read

__all__ = [
    "FAILS",
    "HOLDS",
    "OPEN",
    "among_mainland",
    "by_publisher",
    "cells",
    "city_tables",
    "first_places",
    "holders",
    "outcome",
    "publisher_name",
    "relative_scores",
    "slices",
    "tallies",
    "tally",
    "topic_orders",
]

HOLDS, FAILS, OPEN = "holds", "fails", "cannot tell"

# Short names of publishers; one that is not here goes by its key.
PUBLISHERS = {
    "21st-century-herald": "21st Century Herald",
    "36kr": "36Kr",
    "ai-world": "AI World",
    "alshebli-et-al": "AlShebli et al.",
    "aminer-zhipu": "AMiner",
    "awesome-llms-in-china": "Open model list",
    "caict": "CAICT",
    "ccid": "CCID",
    "cingai": "CINGAI",
    "csrankings": "CSRankings",
    "hk-economic-journal": "HK Economic Journal",
    "idc-inspur": "IDC",
    "it-juzi": "IT Juzi",
    "kpmg-zgc": "KPMG and ZGC",
    "peking-university-zhaopin": "Peking U., Zhaopin",
    "saiia": "SAIIA",
    "sass": "Shanghai Academy",
    "shanghai-city": "Shanghai city",
    "tmtpost": "TMTPost",
    "tsinghua-baidu": "Tsinghua, Baidu",
    "university-of-sydney": "U. of Sydney",
    "unnamed-humanoid-2025q1": "Unnamed report",
    "xinhua": "Xinhua",
    "zgc-alliance": "ZGC, Peking U.",
}


def city_tables(
    *,
    tables: pd.DataFrame | None = None,
    entries: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The league tables of cities, and their entries among the cities of mainland China.

    Parameters
    ----------
    tables, entries, sources, places
        ``league_tables``, ``league_table_entries``, ``sources`` and ``places``; by default those of the data package.

    Returns
    -------
    Tables and entries as :mod:`rankstats` takes them, in the order of the input. Tables of provinces, and
    tables that list no city of the mainland, are left out. Of the tables, these columns are new or made anew:

    - ``publisher_id``, ``publisher_home``, ``url_kind``: from the sources;
    - ``first_day``, ``last_day``: when the table can have appeared at the earliest and at the latest;
    - ``listed``: number of mainland cities listed, with or without a rank;
    - ``witness``: the publisher's short name; ``name``: that and the year of the edition;
    - ``independent``: whether the table can confirm or refute the article;
    - ``firm``: independent, all rows of its first three places of high confidence, and a page of the publisher or of a
      recognised outlet known;
    - ``n_published``: missing where places outside the mainland were taken out.

    Raises
    ------
    ValueError
        if a table's source or an entry's place is not among ``sources`` or ``places``.
    """
    tables = package.load("league_tables") if tables is None else tables
    entries = package.load("league_table_entries") if entries is None else entries
    sources = package.load("sources") if sources is None else sources
    places = package.load("places") if places is None else places
    cities = tables[tables["unit"] == "city"]
    unknown = sorted({*cities["source_id"]} - {*sources["source_id"]})
    if unknown:
        raise ValueError(f"`sources` has no {unknown[0]!r}, which `tables` cites: add it there")
    printed = entries[entries["table_id"].isin(cities["table_id"])]
    ranked = among_mainland(printed, places=places)

    origin = sources.set_index("source_id")[["publisher_id", "publisher_home", "url_kind"]]
    counts = [frame.groupby("table_id").size() for frame in (printed, ranked)]
    cities = cities[cities["table_id"].isin(ranked["table_id"])].join(origin, on="source_id")
    dates = cities["published"].where(cities["published"].notna(), cities["edition_year"].astype("str"))
    days = [period(date) for date in dates]
    before, listed = (cities["table_id"].map(count) for count in counts)
    leading = ranked[(ranked["rank"] <= 3).fillna(False) | ranked["tier"].eq("T1").fillna(False)]
    sure = leading["confidence"].eq("high").groupby(leading["table_id"]).all()
    independent = cities["independent_of_article"] == "yes"
    known = cities["url_kind"] != "none"
    publisher = [publisher_name(key) for key in cities["publisher_id"]]
    cities = cities.assign(
        witness=publisher,
        name=[f"{short} {year}" for short, year in zip(publisher, cities["edition_year"], strict=True)],
        first_day=[first for first, _ in days],
        last_day=[last for _, last in days],
        listed=listed,
        independent=independent,
        firm=independent & known & cities["table_id"].map(sure).eq(True),
        n_published=cities["n_published"].where(before == listed),
    )
    return cities.reset_index(drop=True), ranked.reset_index(drop=True)


def publisher_name(publisher_id: str) -> str:
    """A publisher's short name."""
    return PUBLISHERS.get(publisher_id, publisher_id.replace("-", " ").title())


def among_mainland(entries: pd.DataFrame, *, places: pd.DataFrame) -> pd.DataFrame:
    """Entries of mainland places, ranked anew in tables that list others, too.

    Parameters
    ----------
    entries
        ``table_id``, ``place``, ``rank``, maybe ``rank_best`` and ``rank_worst``, and any other columns.
    places
        ``place`` and ``territory``.

    Returns
    -------
    The rows of mainland places. Where others are taken out, ``rank`` is the place among the mainland ones, and missing
    if a better rank was not readable, since a city of the mainland may hold it; ranges of ranks are left out there,
    since they count the places taken out.

    Raises
    ------
    ValueError
        for a place that ``places`` does not have.
    """
    territory = entries["place"].map(places.set_index("place")["territory"])
    if territory.isna().any():
        raise ValueError(f"`places` has no {entries.loc[territory.isna(), 'place'].iloc[0]!r}: add it there")
    home = (territory == "mainland").to_numpy()
    table, printed = entries["table_id"].to_numpy(), entries["rank"].to_numpy(dtype=float, na_value=np.nan)
    rank, mixed = printed.copy(), np.isin(table, table[~home])
    for name in np.unique(table[~home]):
        here = table == name
        better = printed[here][None, :] < printed[here][:, None]
        complete = better.sum(axis=1) == printed[here] - 1
        rank[here] = np.where(complete, 1 + (better & home[here]).sum(axis=1), np.nan)
    ranges = [column for column in ("rank_best", "rank_worst") if column in entries]
    kept = entries.assign(**{column: entries[column].mask(mixed) for column in ranges})
    return kept.assign(rank=pd.array(rank, dtype="Int64"))[home]


def first_places(
    entries: pd.DataFrame, tables: pd.DataFrame, cities: Collection[str], *, k: int | None = None
) -> pd.DataFrame:
    """Whether the given cities hold the first places of each table.

    Parameters
    ----------
    entries, tables
        What :func:`city_tables` gives; ``tables`` may be filtered.
    cities
        The cities.
    k
        How many places count as first; by default as many as there are cities.

    Returns
    -------
    ``tables`` with three more columns. ``answer``: ``holds`` if each city certainly is among the first k, ``fails`` if
    one of them certainly is not, else ``cannot tell``; of a tier it is only known that its places follow one another.
    ``out``: those of the cities that certainly are not; ``instead``: other cities that certainly are, both
    separated by commas.

    Raises
    ------
    ValueError
        as :func:`rankstats.positions` does.
    """
    k = len(cities) if k is None else k
    spans = _spans(entries, tables)
    own = spans["place"].isin(list(cities))
    inside, outside = spans["worst"] <= k, spans["best"] > k
    rows = []
    for table in tables["table_id"]:
        here = spans["table_id"] == table
        out = spans.loc[here & own & outside, "place"]
        all_in = (inside | ~own)[here].all()
        answer = FAILS if len(out) else HOLDS if all_in else OPEN
        rows.append((answer, ", ".join(out), ", ".join(spans.loc[here & ~own & inside, "place"])))
    added = pd.DataFrame(rows, index=tables.index, columns=["answer", "out", "instead"])
    return tables.assign(**{name: added[name] for name in added})


def holders(entries: pd.DataFrame, tables: pd.DataFrame, *, k: int = 3) -> pd.DataFrame:
    """Who certainly holds which of the first k places.

    Returns
    -------
    ``table_id``, ``publisher_id``, ``place`` and ``rank``, a row for each table and holder. A tier of several counts
    for none of its places.
    """
    spans = _spans(entries, tables)
    held = spans[(spans["best"] == spans["worst"]) & (spans["worst"] <= k)]
    publisher = held["table_id"].map(tables.set_index("table_id")["publisher_id"])
    held = held.assign(rank=held["best"].astype(int), publisher_id=publisher)
    return held[["table_id", "publisher_id", "place", "rank"]].reset_index(drop=True)


def tally(answers: pd.DataFrame) -> pd.DataFrame:
    """How many tables, and how many publishers, give each answer.

    Parameters
    ----------
    answers
        Columns ``publisher_id`` and ``answer``, as :func:`first_places` gives them.

    Returns
    -------
    Columns ``tables`` and ``publishers`` by ``answer``. A publisher has one vote, that of its tables that decide;
    ``split`` if these contradict each other.
    """
    names = [HOLDS, FAILS, "split", OPEN]
    votes = {}
    for publisher, given in answers.groupby("publisher_id")["answer"]:
        decided = sorted(set(given) - {OPEN}) or [OPEN]
        votes[publisher] = decided[0] if len(decided) == 1 else "split"
    counted = {"tables": answers["answer"].value_counts(), "publishers": pd.Series(votes).value_counts()}
    index = pd.Index(names, name="answer")
    return pd.DataFrame({name: count.reindex(index).fillna(0).astype(int) for name, count in counted.items()})


def outcome(
    entries: pd.DataFrame, tables: pd.DataFrame, cities: Collection[str], *, draws: int = 10_000, seed: int = 0
) -> dict[str, object]:
    """What a set of tables says on whether the given cities hold the first places, as one row.

    Returns
    -------
    ``tables`` and ``publishers`` in the set; publishers for which it ``holds`` and ``fails`` (see :func:`tally`); the
    first places of the Borda ``consensus``, as many as there are cities; and ``chance``, the share of resamples of the
    publishers in which the cities hold these places: all of them where there are no more than ``draws``.
    """
    votes = tally(first_places(entries, tables, cities))["publishers"]
    lists = read(entries, tables, by="publisher_id", ranks="competition")
    order = borda(lists)["place"]
    ranks = bootstrap_ranks(lists, draws=draws, seed=seed)
    return {
        "tables": len(tables),
        "publishers": tables["publisher_id"].nunique(),
        "holds": int(votes[HOLDS]),
        "fails": int(votes[FAILS]),
        "consensus": ", ".join(order.head(len(cities))),
        "chance": chance_of_top(ranks, cities)["chance"],
    }


def by_publisher(tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of one publisher together, publishers and their tables in the order in which they first appeared."""
    started = tables.groupby("publisher_id")["first_day"].transform("min")
    order = ["started", "publisher_id", "first_day", "table_id"]
    return tables.assign(started=started).sort_values(order, ignore_index=True).drop(columns="started")


def topic_orders(entries: pd.DataFrame, tables: pd.DataFrame, *, first: int = 4) -> pd.DataFrame:
    """The first places of the consensus in each topic.

    Returns
    -------
    ``topic``, ``tables``, ``publishers``, ``order`` (Borda count, one vote for each publisher; equal scores joined by
    ``=``), topics with most publishers first.
    """
    rows = []
    for topic, part in tables.groupby("topic", sort=True):
        leaders = borda(read(entries, part, by="publisher_id", ranks="competition")).head(first)
        order, before = "", None
        for row in leaders.itertuples():
            order += "" if before is None else " = " if row.rank == before else ", "
            order, before = order + row.place, row.rank
        rows.append((str(topic), len(part), part["publisher_id"].nunique(), order))
    frame = pd.DataFrame(rows, columns=["topic", "tables", "publishers", "order"])
    return frame.sort_values(["publishers", "tables", "topic"], ascending=[False, False, True], ignore_index=True)


def cells(entries: pd.DataFrame, tables: pd.DataFrame, places: Collection[str]) -> pd.DataFrame:
    """What to print in a matrix of tables and places.

    Returns
    -------
    ``table_id``, ``place``, ``state`` (as :func:`rankstats.positions` names it, or ``unknown`` for a place that
    may stand anywhere), ``best`` and ``worst`` rank, and ``text``: a rank, a tier, a range of ranks, ``>10`` for a
    place below the tenth, ``?``, or nothing where the table does not cover the place.
    """
    spans = _spans(entries, tables)
    spans = spans[spans["place"].isin(list(places))]
    tiers = entries.set_index(["table_id", "place"])["tier"]
    texts, states = [], []
    for row in spans.itertuples():
        state = row.state
        if state == "not_covered":
            text = ""
        elif state == "tier":
            text = str(tiers.loc[(row.table_id, row.place)])
        elif state == "unranked":
            text = f"{row.best:.0f}–{row.worst:.0f}" if np.isfinite(row.worst) else "?"
        elif state == "not_listed":
            text, state = (f">{row.best - 1:.0f}", state) if row.best > 1 else ("?", "unknown")
        else:
            text = f"{row.best:.0f}"
        texts.append(text)
        states.append(state)
    shown = spans.assign(state=states, text=texts)
    return shown[["table_id", "place", "state", "best", "worst", "text"]].reset_index(drop=True)


def relative_scores(
    entries: pd.DataFrame, tables: pd.DataFrame, cities: Collection[str], *, least: int = 2
) -> pd.DataFrame:
    """Printed index scores of the given cities, as shares of the best score in the table.

    Tables of counts and shares (``additive``), and those that print scores of fewer than ``least`` of the cities, are
    left out. Where the zero of an index is arbitrary, so is the share: it shows a scale, and no distance.

    Returns
    -------
    ``table_id``, ``name``, ``place``, ``score`` as printed and ``share`` from 0 to 1.
    """
    composite = tables.loc[~tables["additive"], ["table_id", "name"]]
    scored = entries.dropna(subset=["score_value"]).merge(composite, on="table_id")
    share = scored["score_value"] / scored.groupby("table_id")["score_value"].transform("max")
    shown = scored.assign(score=scored["score_value"], share=share)
    shown = shown[shown["place"].isin(list(cities))]
    enough = shown.groupby("table_id")["place"].transform("size") >= least
    return shown.loc[enough, ["table_id", "name", "place", "score", "share"]].reset_index(drop=True)


def slices(
    tables: pd.DataFrame, *, start: pd.Timestamp, end: pd.Timestamp, window: str = "the window"
) -> dict[str, pd.DataFrame]:
    """Tables inside a window and of all years, those on AI as a whole and any of them, each under its name.

    A table is inside if it can have appeared between ``start`` and ``end``, both included; ``window`` is their name.
    """
    inside = (tables["last_day"] >= start) & (tables["first_day"] <= end)
    whole = tables["topic"] == "overall"
    return {
        f"{window}, AI as a whole": tables[inside & whole],
        f"{window}, any table": tables[inside],
        "all years, AI as a whole": tables[whole],
        "all years, any table": tables,
    }


def tallies(parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The :func:`tally` of several sets of answers, by name: ``which tables``, ``number of``, and the answers."""
    counts = {name: tally(part).T for name, part in parts.items()}
    return pd.concat(counts, names=["which tables", "number of"]).rename_axis(columns=None).reset_index()


def _spans(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Best and worst rank that each table leaves to each place; infinite where it says nothing."""
    levels = positions(read(entries, tables, ranks="competition"))
    size = levels.groupby(["table_id", "first", "state"])["place"].transform("size")
    worst = levels["last"].where(levels["state"] != "tier", levels["first"] + size - 1)
    silent = levels["state"] == "not_covered"
    return levels.assign(best=levels["first"].mask(silent, 1), worst=worst.mask(silent, np.inf))
