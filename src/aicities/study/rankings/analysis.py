"""League tables of Chinese cities in one form, and who holds the first places in them.

``rankstats`` takes tables as they are printed. Here they are made ready for it: one row for each table of cities with
its publisher and the days on which it can have appeared, and ranks among the cities of mainland China, so that a table
of the world's cities can stand beside one of China's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

import numpy as np
import pandas as pd

from aicities.bounds import intervals, to_pflops
from aicities.dates import period
from aicities.votes import FAILS, HOLDS, OPEN, SPLIT, one_vote
from rankstats import Lists, bootstrap_ranks, borda, chance_of_top, positions, read

__all__ = [
    "among_mainland",
    "article_index",
    "as_lists",
    "by_span_and_scope",
    "city_tables",
    "consensus_by_choice",
    "count_answers",
    "counted_tables",
    "displaced",
    "editions",
    "first_places",
    "in_publisher_order",
    "matrix",
    "matrix_cells",
    "newest_lists",
    "place_holders",
    "publisher_names",
    "publishers_by_place",
    "relative_scores",
    "sure_holders",
    "then_and_now",
    "top_consensus",
    "without",
]

Data = Mapping[str, pd.DataFrame]
LEAST_CITIES = 4  # a table enters if it lists as many cities of the mainland: the three and a rival
LEAST_PUBLISHERS = 5  # of fewer, so few different draws are possible that their share is no number to quote
ARTICLE_INDEX = "the article's report"
DRAWS = 10_000
WHOLE = "overall"  # the topic of tables on AI as a whole


def city_tables(data: Data) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The league tables of cities, and their entries among the cities of mainland China.

    ``data``: ``league_tables``, ``league_table_entries``, ``sources`` and ``places``.

    Returns tables and entries as :mod:`rankstats` takes them, in the order of the input. Tables of provinces and of
    clusters, and tables that list no city of the mainland, are left out. Of the tables, these columns are new or made
    anew:

    - ``publisher_id``, ``short_name``, ``publisher_kind``, ``publisher_home``, ``url_kind``: from the sources;
    - ``name``: the publisher's short name and the year of the edition;
    - ``first_day``, ``last_day``: when the table can have appeared at the earliest and at the latest;
    - ``listed``: number of mainland cities listed, with or without a rank;
    - ``independent``: whether the table can confirm or refute the article;
    - ``firm``: independent, all rows of its first three places of high confidence, and a page of the publisher or of a
      recognised outlet known;
    - ``n_published``: missing where places outside the mainland were taken out.

    Raises ValueError if a table's source or an entry's place is not among ``sources`` or ``places``.

    >>> import aicities as ac
    >>> tables, entries = city_tables(ac.load_all())
    >>> tables.loc[tables["table_id"] == "idc2022", "name"].item()
    'IDC 2022'
    """
    tables, entries, sources = (data[name] for name in ("league_tables", "league_table_entries", "sources"))
    cities = tables[tables["unit"] == "city"]
    unknown = sorted({*cities["source_id"]} - {*sources["source_id"]})
    if unknown:
        raise ValueError(f"`sources` has no {unknown[0]!r}, which a league table cites: add it there")
    printed = entries[entries["table_id"].isin(cities["table_id"])]
    world = cities.loc[cities["scope"] == "global", "table_id"]
    ranked = among_mainland(printed, data["places"], world=world)

    kept = ["publisher_id", "short_name", "publisher_kind", "publisher_home", "url_kind"]
    counts = [frame.groupby("table_id").size() for frame in (printed, ranked)]
    cities = cities[cities["table_id"].isin(ranked["table_id"])].join(
        sources.set_index("source_id")[kept], on="source_id"
    )
    dates = cities["published"].where(cities["published"].notna(), cities["edition_year"].astype("str"))
    days = [period(date) for date in dates]
    before, listed = (cities["table_id"].map(count) for count in counts)
    leading = ranked[(ranked["rank"] <= 3).fillna(False) | ranked["tier"].eq("T1").fillna(False)]
    sure = leading["confidence"].eq("high").groupby(leading["table_id"]).all()
    independent = cities["independent_of_article"] == "yes"
    cities = cities.assign(
        name=cities["short_name"] + " " + cities["edition_year"].astype("str"),
        first_day=[first for first, _ in days],
        last_day=[last for _, last in days],
        listed=listed,
        independent=independent,
        firm=independent & (cities["url_kind"] != "none") & cities["table_id"].map(sure).eq(True),
        n_published=cities["n_published"].where(before == listed),
    )
    return cities.reset_index(drop=True), ranked.reset_index(drop=True)


def as_lists(entries: pd.DataFrame, tables: pd.DataFrame) -> Lists:
    """Tables and their entries as the functions of :mod:`rankstats` take them, one vote for each publisher."""
    return read(entries, tables, by="publisher_id", ranks="competition")


def publisher_names(data: Data) -> pd.Series:
    """The short name of each publisher, indexed by its key."""
    return data["sources"].drop_duplicates("publisher_id").set_index("publisher_id")["short_name"]


def among_mainland(entries: pd.DataFrame, places: pd.DataFrame, *, world: Collection[str] = ()) -> pd.DataFrame:
    """Entries of mainland places, ranked anew in tables that list others, too.

    ``entries``: ``table_id``, ``place``, ``rank``, maybe ``rank_best`` and ``rank_worst``, and any other columns;
    ``places``: ``place`` and ``territory``; ``world``: tables that rank others even if no entry of them is there.

    Returns the rows of mainland places. Where others are taken out, ``rank`` is the place among the mainland ones, and
    missing if a better rank was not readable, since a city of the mainland may hold it; ranges of ranks are left out
    there, since they count the places taken out. Raises ValueError for a place that ``places`` does not have.
    """
    territory = entries["place"].map(places.set_index("place")["territory"])
    if territory.isna().any():
        raise ValueError(f"`places` has no {entries.loc[territory.isna(), 'place'].iloc[0]!r}: add it there")
    home = (territory == "mainland").to_numpy()
    table, printed = entries["table_id"].to_numpy(), entries["rank"].to_numpy(dtype=float, na_value=np.nan)
    rank, mixed = printed.copy(), ~home | np.isin(table, list(world))
    for name in np.unique(table[mixed]):
        here = table == name
        better = printed[here][None, :] < printed[here][:, None]
        complete = better.sum(axis=1) == printed[here] - 1
        rank[here] = np.where(complete, 1 + (better & home[here]).sum(axis=1), np.nan)
    ranges = [column for column in ("rank_best", "rank_worst") if column in entries]
    taken_out = np.isin(table, table[mixed])
    kept = entries.assign(**{column: entries[column].mask(taken_out) for column in ranges})
    return kept.assign(rank=pd.array(rank, dtype="Int64"))[home]


def without(data: Data, publishers: Collection[str] | str) -> dict[str, pd.DataFrame]:
    """The tables without what some publishers say of cities.

    ``data``: the tables; rows of ``league_tables``, ``city_indicators`` and ``compute`` go, with the entries of the
    rankings and the tests of claims that rest on any of them; ``publishers``: short names or keys of publishers, a list
    or one text with commas, as papermill hands it on.

    Raises ValueError for a publisher that has no row, and for anything but texts.

    >>> import aicities as ac
    >>> left = without(ac.load_all(), ["IDC"])
    >>> int(left["league_tables"]["source_id"].str.startswith("idc-").sum())
    0
    """
    if isinstance(publishers, str):
        publishers = [name.strip() for name in publishers.split(",") if name.strip()]
    if not isinstance(publishers, Collection) or not all(isinstance(name, str) for name in publishers):
        raise ValueError(
            f"publishers to leave out are {publishers!r}; expected a list of texts, such as ['hurun', 'IDC']"
        )
    sources = data["sources"]
    cited = {name: data[name] for name in ("league_tables", "city_indicators", "compute")}
    heard = sources[sources["source_id"].isin(pd.concat([rows["source_id"] for rows in cited.values()]))]
    known = {*heard["short_name"], *heard["publisher_id"]}
    for name in publishers:
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            raise ValueError(f"no number is by {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    out = sources["short_name"].isin(list(publishers)) | sources["publisher_id"].isin(list(publishers))
    gone = sources.loc[out, "source_id"]
    left = {name: rows[~rows["source_id"].isin(gone)] for name, rows in cited.items()}
    lost: set[str] = set()
    for name, key in (("league_tables", "table_id"), ("city_indicators", "fact_id"), ("compute", "fact_id")):
        lost |= {*cited[name].loc[cited[name]["source_id"].isin(gone), key]}
    grouped = cited["city_indicators"]
    lost |= {*grouped.loc[grouped["source_id"].isin(gone), "comparable_group"].dropna()}
    entries, tests = data["league_table_entries"], data["claim_tests"]
    left["league_table_entries"] = entries[~entries["table_id"].isin(lost)]
    left["claim_tests"] = tests[[lost.isdisjoint(chosen.split(";")) for chosen in tests["selection"]]]
    return dict(data) | left


def counted_tables(tables: pd.DataFrame) -> pd.DataFrame:
    """The tables that count: independent, on AI itself or a neighbour of it, with at least four cities.

    ``tables``: what :func:`city_tables` gives.

    Returns the tables in the order of :func:`in_publisher_order`. Metrics of all sectors are context, and left out.
    """
    enough = tables["independent"] & (tables["listed"] >= LEAST_CITIES) & (tables["coverage"] != "all_sectors")
    return in_publisher_order(tables[enough])


def in_publisher_order(tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of one publisher together, publishers and their tables in the order in which they first appeared."""
    started = tables.groupby("publisher_id")["first_day"].transform("min")
    order = ["started", "publisher_id", "first_day", "table_id"]
    return tables.assign(started=started).sort_values(order, ignore_index=True).drop(columns="started")


def first_places(entries: pd.DataFrame, tables: pd.DataFrame, cities: Collection[str]) -> pd.DataFrame:
    """Whether the given cities hold the first places of each table, as many as they are.

    ``entries``, ``tables``: what :func:`city_tables` gives; ``tables`` may be filtered; ``cities``: the cities.

    Returns ``tables`` with three more columns. ``answer``: ``holds`` if each city certainly is among the first,
    ``fails`` if one of them certainly is not, else ``cannot tell``; of a tier it is only known that its places follow
    one another. ``out``: those of the cities that certainly are not; ``instead``: other cities that certainly are, both
    separated by commas. Raises ValueError as :func:`rankstats.positions` does.
    """
    k = len(cities)
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


def sure_holders(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Who certainly holds which of the first three places.

    Returns ``table_id``, ``publisher_id``, ``place`` and ``rank``, a row for each table and holder. A tier of several
    counts for none of its places.
    """
    spans = _spans(entries, tables)
    held = spans[(spans["best"] == spans["worst"]) & (spans["worst"] <= 3)]
    publisher = held["table_id"].map(tables.set_index("table_id")["publisher_id"])
    held = held.assign(rank=held["best"].astype(int), publisher_id=publisher)
    return held[["table_id", "publisher_id", "place", "rank"]].reset_index(drop=True)


def count_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """How many tables, and how many publishers, give each answer.

    ``answers``: columns ``publisher_id`` and ``answer``, as :func:`first_places` gives them.

    Returns columns ``tables`` and ``publishers`` by ``answer``. A publisher has one vote, see
    :func:`aicities.votes.one_vote`.
    """
    given = {
        "tables": answers["answer"],
        "publishers": answers.groupby("publisher_id")["answer"].agg(one_vote),
    }
    index = pd.Index([HOLDS, FAILS, SPLIT, OPEN], name="answer")
    return pd.DataFrame(
        {name: each.value_counts().reindex(index).fillna(0).astype(int) for name, each in given.items()}
    )


def top_consensus(entries: pd.DataFrame, tables: pd.DataFrame, cities: Collection[str]) -> dict[str, object]:
    """What a set of tables says on whether the given cities hold the first places, as one row.

    Returns ``tables`` and ``publishers`` in the set; publishers for which it ``holds`` and ``fails`` (see
    :func:`count_answers`); the first places of the Borda ``consensus``, as many as there are cities; and ``share``,
    that of draws of the publishers, with replacement, in which the cities hold these places, a tie with another city
    counting against them; all draws are listed, or 10,000 drawn if there are more. Of fewer than five publishers the
    share is missing: three give 27 draws, hardly a percentage.
    """
    votes = count_answers(first_places(entries, tables, cities))["publishers"]
    publishers = tables["publisher_id"].nunique()
    lists = as_lists(entries, tables)
    order = borda(lists)["place"]
    share = np.nan
    if publishers >= LEAST_PUBLISHERS:
        share = float(chance_of_top(bootstrap_ranks(lists, draws=DRAWS, seed=0), cities)["chance"])
    return {
        "tables": len(tables),
        "publishers": publishers,
        "holds": int(votes[HOLDS]),
        "fails": int(votes[FAILS]),
        "consensus": ", ".join(order.head(len(cities))),
        "share": share,
    }


def matrix_cells(entries: pd.DataFrame, tables: pd.DataFrame, places: Collection[str]) -> pd.DataFrame:
    """What to print in a matrix of tables and places.

    Returns ``table_id``, ``place``, ``state`` (as :func:`rankstats.positions` names it, or ``unknown`` for a place that
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


def newest_lists(tables: pd.DataFrame) -> pd.DataFrame:
    """The newest list by each publisher on each field, lists on AI itself before those on its neighbours.

    Returns the tables with ``heading``, the field in words: that of a list on something ``other`` is its own label.
    Fields with most publishers first.
    """
    fields = tables[tables["topic"] != WHOLE].sort_values(["last_day", "edition_year"], kind="stable")
    newest = fields.drop_duplicates(["publisher_id", "topic"], keep="last")
    own, number = newest["coverage"] == "ai", newest["topic"].map(newest["topic"].value_counts())
    heading = newest["topic"].where(newest["topic"] != "other", newest["short_label"])
    newest = newest.assign(heading=heading + own.map({True: "", False: ", a neighbouring field"}))
    order = newest.assign(later=~own, few=-number)
    return order.sort_values(["later", "few", "topic", "first_day"], ignore_index=True).drop(columns=["later", "few"])


def place_holders(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Who may stand at each of the first five places of each table.

    Returns ``table_id``, ``place``, ``best`` and ``worst`` rank, ``sure`` (the two are the same and nobody shares it),
    for every city that certainly is among the first five; sorted by table, best rank and name.
    """
    spans = _spans(entries, tables)
    inside = spans[(spans["worst"] <= 5) & spans["state"].isin(["ranked", "tied", "tier", "unranked"])]
    inside = inside.assign(sure=inside["best"] == inside["worst"])
    kept = inside.sort_values(["table_id", "best", "place"], ignore_index=True)
    return kept[["table_id", "place", "best", "worst", "sure"]]


def editions(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """The ranks of the tables of one publisher, by edition.

    Returns ``year``, ``place``, ``best`` and ``worst`` rank, for every place that an edition lists.
    """
    spans = _spans(entries, tables)
    listed = spans[spans["state"].isin(["ranked", "tied", "unranked"])]
    year = listed["table_id"].map(tables.set_index("table_id")["edition_year"])
    return listed.assign(year=year)[["year", "place", "best", "worst"]].reset_index(drop=True)


def then_and_now(data: Data) -> pd.DataFrame:
    """What one source, or one city, has counted in the same way at several dates.

    ``data``: ``city_indicators``, ``compute`` and ``sources``; rows that share a ``series`` belong together.

    Returns ``series``, ``place``, ``day`` (the middle of the date), ``low`` and ``high`` (infinite for *more than*; in
    PFLOPS for compute), ``exact``, ``unit`` and ``joined``: false where what is counted is not what the date before
    counts. Rows of whole cities, by series, place and day.
    """
    counted = data["city_indicators"]
    counted = counted[counted["series"].notna() & (counted["place_level"] == "city")].assign(series_break=False)
    power = data["compute"]
    power = power[power["series"].notna()]
    power = power.assign(value=to_pflops(power["value"], power["unit"]), unit="PFLOPS")
    rows = pd.concat([counted, power], ignore_index=True)
    ends = intervals(rows)
    days = [first + (last - first) / 2 for first, last in map(period, rows["as_of"])]
    found = rows.assign(
        day=days,
        low=ends["low"],
        high=ends["high"],
        exact=rows["relation"] == "eq",
        joined=~rows["series_break"].fillna(False).astype(bool),
    )
    kept = ["series", "place", "day", "low", "high", "exact", "unit", "joined"]
    return found.sort_values(["series", "place", "day"], ignore_index=True)[kept]


def article_index(data: Data) -> pd.Series:
    """The index values of the report that the article quotes, by city, highest first."""
    facts = data["indicators"]
    values = facts[facts["indicator"] == "composite_index"].set_index("city")["value"].astype("float64")
    return values.sort_values(ascending=False, kind="stable")


def relative_scores(entries: pd.DataFrame, tables: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    """Printed index scores of the article's cities, as shares of the best score in the table, oldest table first.

    Tables of counts and shares (``additive``), and those that print a score of one of the cities only, are left out.
    Where the zero of an index is arbitrary, so is the share: it shows a scale, and no distance.

    ``entries``, ``tables``: what :func:`city_tables` gives; ``tables`` may be filtered; ``own``: what
    :func:`article_index` gives; it comes last, under the name ``the article's report``.

    Returns ``name``, ``place``, ``score`` as printed and ``share`` from 0 to 1.
    """
    composite = tables.loc[~tables["additive"], ["table_id", "name", "first_day"]]
    scored = entries.dropna(subset=["score_value"]).merge(composite, on="table_id")
    share = scored["score_value"] / scored.groupby("table_id")["score_value"].transform("max")
    shown = scored.assign(score=scored["score_value"], share=share).sort_values("first_day", kind="stable")
    shown = shown[shown["place"].isin(list(own.index))]
    enough = shown.groupby("table_id")["place"].transform("size") >= 2
    last = pd.DataFrame({"name": ARTICLE_INDEX, "place": own.index, "score": own, "share": own / own.max()})
    return pd.concat([shown.loc[enough, ["name", "place", "score", "share"]], last], ignore_index=True)


def matrix(
    entries: pd.DataFrame, tables: pd.DataFrame, uncounted: pd.DataFrame, *, least: int
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """What a matrix of ranks shows: its cells, its lines and its columns.

    ``entries``, ``tables``: what :func:`city_tables` gives; ``tables`` may be filtered; ``uncounted``: tables to show
    below the others; a star is put at their names; ``least``: a city has a column if at least so many of ``tables``
    list it; the columns are in the order of the consensus.

    Returns cells, see :func:`matrix_cells`; the tables with ``group`` and ``counted``; and the cities.
    """
    order = borda(as_lists(entries, tables))
    columns = order.loc[order["listed"] >= least, "place"].tolist()
    parts = [tables.assign(counted=True), uncounted.assign(name=uncounted["name"] + " *", counted=False)]
    rows = pd.concat(parts, ignore_index=True)
    return matrix_cells(entries, rows, columns), rows.assign(group=rows["publisher_id"]), columns


def displaced(answers: pd.DataFrame) -> pd.DataFrame:
    """Who is out of the first places and who is there instead, by number of publishers and of tables.

    ``answers``: what :func:`first_places` gives. Who is out with most publishers comes first, whoever is there instead.
    """
    failed = answers[answers["answer"] == FAILS]
    pushed = failed.groupby(["out", "instead"])["publisher_id"].agg(publishers="nunique", tables="count").reset_index()
    pushed["all"] = pushed["out"].map(failed.groupby("out")["publisher_id"].nunique())
    order = ["all", "out", "publishers", "tables"]
    return (
        pushed.sort_values(order, ascending=[False, True, False, False], kind="stable")
        .drop(columns="all")
        .reset_index(drop=True)
    )


def publishers_by_place(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """With how many publishers each place certainly is first, second or third, in at least one of their tables."""
    held = sure_holders(entries, tables).drop_duplicates(["publisher_id", "place", "rank"])
    counted = held.groupby(["place", "rank"]).size().unstack(fill_value=0).reindex(columns=[1, 2, 3], fill_value=0)
    counted = counted.sort_values([1, 2, 3], ascending=False)
    return counted.set_axis(["first", "second", "third"], axis=1)


def consensus_by_choice(
    entries: pd.DataFrame, parts: Mapping[str, pd.DataFrame], cities: Collection[str]
) -> pd.DataFrame:
    """:func:`top_consensus` of several sets of tables, by name, with the ``third`` of the consensus in its stead."""
    found = pd.DataFrame({name: top_consensus(entries, part, cities) for name, part in parts.items()}).T
    third = found.pop("consensus").str.split(", ").str[-1]
    return found.infer_objects().assign(share=lambda of: of["share"].astype(float), third=third)


def by_span_and_scope(
    tables: pd.DataFrame, *, start: pd.Timestamp, end: pd.Timestamp, window: str = "the window"
) -> dict[str, pd.DataFrame]:
    """Tables inside a window and of all years, those on AI as a whole and any of them, each under its name.

    A table is inside if it can have appeared between ``start`` and ``end``, both included; ``window`` is their name.
    Tables of a neighbouring field, such as chips, are in none of them.
    """
    tables = tables[tables["coverage"] == "ai"]
    inside = (tables["last_day"] >= start) & (tables["first_day"] <= end)
    whole = tables["topic"] == WHOLE
    return {
        f"{window}, AI as a whole": tables[inside & whole],
        f"{window}, any table": tables[inside],
        "all years, AI as a whole": tables[whole],
        "all years, any table": tables,
    }


def _spans(entries: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Best and worst rank that each table leaves to each place; infinite where it says nothing."""
    levels = positions(as_lists(entries, tables))
    size = levels.groupby(["table_id", "first", "state"])["place"].transform("size")
    worst = levels["last"].where(levels["state"] != "tier", levels["first"] + size - 1)
    silent = levels["state"] == "not_covered"
    return levels.assign(best=levels["first"].mask(silent, 1), worst=worst.mask(silent, np.inf))
