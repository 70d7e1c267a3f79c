"""What others published: nothing is lost on the way, nothing counted twice, no place taken for another.

The tests that compare with the collected raw material run where it lies beside the checkout; the
others always run.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import aicities as ac

RAW = Path(__file__).resolve().parents[3] / "shared" / "published"
KEYS = {
    "sources": ["source_id"],
    "league_tables": ["table_id"],
    "league_table_entries": ["table_id", "place"],
    "compute": ["fact_id"],
    "city_indicators": ["fact_id"],
}
# Rows of the raw material that the package leaves out, by key, each with its reason. None so far.
LEFT_OUT: dict[str, dict[tuple[str, ...], str]] = {name: {} for name in KEYS}
# Rows that the raw material has no row for: two more dates of a count of ours, by the same rule from the same lists.
ADDED = {name: {(f"SP{n}",) for n in range(901, 911)} if name == "city_indicators" else set() for name in KEYS}
ROWS = {
    "sources": 401,
    "league_tables": 80,
    "league_table_entries": 498,
    "compute": 160,
    "city_indicators": 788,
}
# Columns that the package words or codes anew: notes are shortened, yes and no are booleans, fields have the names
# that the article's tables use, hardware is chips or devices, and a table of clusters is none of cities.
REWORDED = {"note", "seen_via", "as_of_is_year_only", "dimension", "topic", "unit of league_tables"}
# Fields by the names of the raw material.
RAW_FIELD = {"chips": "hardware", "devices": "hardware", "companies": "enterprise", "applications": "application"}
# One name is spelled out; and two editions of one ranking are told apart by the year in which they were presented.
SPELLED = ("International Data Corporation (IDC)", "IDC")
PRESENTED = {("league_tables", "edition_year"): {"cameta2023robots": "2022"}}
# One measure has one dimension, also where the raw material files it under two.
MOVED = {
    "cs_faculty_csrankings": "talent",
    "listed_ai_companies": "enterprise",
    "listed_companies_all": "enterprise",
}
# Publishers of rows that rank or decide whose seat is not known.
NO_SEAT = {"ai-world", "chengshi-zheng", "epoch-ai", "tushare", "wica", "zeping-macro"}
MUNICIPALITIES = {"Beijing", "Shanghai", "Tianjin", "Chongqing"}
CITIES = {"city", "municipality"}

with_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw material does not lie beside the checkout")


def raw(name: str) -> pd.DataFrame:
    table = pd.read_csv(RAW / f"{name}.csv", dtype="str", keep_default_na=False)
    if name != "sources":
        return table
    # The plans cite some of the same publications, read once more, and many of their own.
    plans = pd.read_csv(RAW.parent / "plans" / "sources.csv", dtype="str", keep_default_na=False)
    return pd.concat([plans, table]).drop_duplicates("source_id", ignore_index=True)


def text(name: str) -> pd.DataFrame:
    """A table of the package as text: as typed in the file, with "" for missing values."""
    table = ac.load(name)
    return pd.DataFrame({column: [_text(value) for value in table[column]] for column in table})


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def number(printed: str) -> str:
    """A number as text without what only its layout says (65.50 is 65.5)."""
    return _text(float(printed)) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", printed) else printed


# -- against the raw material ------------------------------------------------------------------------------


@with_raw
@pytest.mark.parametrize("name", KEYS)
def test_every_row_is_in_the_package_or_left_out_with_a_reason(name: str) -> None:
    there = set(raw(name)[KEYS[name]].itertuples(index=False, name=None))
    here = set(text(name)[KEYS[name]].itertuples(index=False, name=None))
    assert len(there) == len(raw(name)), "a key that is not unique would hide a row"
    assert there - here == set(LEFT_OUT[name])
    assert here - there == ADDED[name]
    assert all(LEFT_OUT[name].values())
    assert len(here) - len(ADDED[name]) + len(LEFT_OUT[name]) == ROWS[name] == len(raw(name))


@with_raw
@pytest.mark.parametrize("name", KEYS)
def test_no_figure_changed(name: str) -> None:
    ours, theirs = text(name).set_index(KEYS[name]), raw(name).set_index(KEYS[name])
    columns = [column for column in theirs if not {column, f"{column} of {name}"} & REWORDED]
    assert set(columns) <= set(ours)
    for column in columns:
        numeric = pd.api.types.is_numeric_dtype(ac.load(name)[column])
        expected = theirs[column].map(number) if numeric else theirs[column]
        found = ours.loc[theirs.index, column]
        if column == "publisher":
            found = found.str.replace(*SPELLED, regex=False)
        for key, before in PRESENTED.get((name, column), {}).items():
            found[key] = before
        pd.testing.assert_series_equal(found, expected, check_dtype=False)


@with_raw
def test_what_was_coded_anew_means_the_same() -> None:
    ours, theirs = text("compute").set_index("fact_id"), raw("compute").set_index("fact_id")
    assert (ours["as_of_is_year_only"] == theirs["as_of_is_year_only"].map({"yes": "True", "no": "False"})).all()
    said = theirs["note"].str.contains("looks like the date of the statement")
    assert (ours["as_of_is_statement_date"] == said.map({True: "True", False: "False"})).all()
    ours, theirs = text("city_indicators").set_index("fact_id"), raw("city_indicators").set_index("fact_id")
    ours = ours.loc[theirs.index]
    joined = ours["dimension"].replace(RAW_FIELD | {"models": "model"})
    output = ours["dimension"] == "output"
    target = theirs["indicator"].str.endswith("_target")
    moved = theirs["indicator"].map(MOVED)
    assert (joined == moved.fillna(theirs["dimension"]))[~output & ~target].all()
    assert (theirs["dimension"] == "economy")[output].all()
    assert (ours["dimension"] == "policy")[target].all()
    tables, ranked = text("league_tables").set_index("table_id"), raw("league_tables").set_index("table_id")
    parts = tables["topic"].replace(RAW_FIELD)
    assert (parts.loc[ranked.index] == ranked["topic"]).all()
    recoded = tables["unit"].loc[ranked.index] != ranked["unit"]
    assert tables.loc[ranked.index[recoded], "unit"].to_dict() == dict.fromkeys(["gihi2024", "gii2025"], "cluster")
    entries, printed = text("league_table_entries"), raw("league_table_entries")
    naming = printed["note"].str.contains("rder of naming")
    assert (entries["basis"][naming] == "order_of_naming").all()


@with_raw
def test_every_figure_said_to_stand_in_two_files_is_marked() -> None:
    readme = (RAW / "README.md").read_text("utf-8")
    indicators = ac.load("city_indicators")
    entries = ac.load("league_table_entries").set_index(["table_id", "place"])
    pairs = re.findall(r"`([a-z][\w.-]+)`/(G\d+(?:_[A-Z])?|SP\d{3})\b", readme)
    pairs += [(a, b) for a, b in re.findall(r"(CMP-\d{3})/(SP\d{3})", readme)]
    assert len(pairs) == 44
    for original, copy in pairs:
        if copy.startswith("SP"):
            rows = indicators[indicators["fact_id"] == copy]
        else:
            group, _, part = copy.partition("_")
            names = indicators["comparable_group"].fillna("")
            rows = indicators[names.str.startswith(f"{group}_") & names.str.endswith(f"_{part}" if part else "")]
        assert len(rows), copy
        if not original.startswith("CMP"):  # some groups go on where their table could not be read
            rows = rows[[(original, place) in entries.index for place in rows["place"]]]
        assert (rows["duplicate_of"] == original).all(), (original, copy)


# -- the package itself ------------------------------------------------------------------------------------


def test_an_address_is_shown_only_where_it_leads_to_the_publisher_or_a_recognised_outlet() -> None:
    sources = ac.load("sources")
    assert (sources["url"].notna() == sources["url_kind"].isin(["original", "recognised_outlet"])).all()
    assert sources["url_kind"].value_counts().to_dict() == {
        "none": 176,
        "recognised_outlet": 143,
        "original": 82,
    }


def test_editions_and_offices_of_one_publisher_are_one_witness() -> None:
    ids = ac.load("sources").set_index("source_id")["publisher_id"]
    assert ids[ids.index.str.startswith("idc-")].nunique() == 1
    assert ids[["ccid-2018", "ccid-2022"]].nunique() == 1
    assert ids[["beijing-jxj-2025-03", "beijing-stats-2023", "beijing-gov-2026-01"]].nunique() == 1
    assert ids[["tmtpost-2024", "tmtpost-interview-2024"]].nunique() == 1
    unnamed = ids[ids.str.startswith("unnamed-")]
    assert unnamed.is_unique
    assert len(unnamed) == 37


def test_provinces_never_stand_beside_cities() -> None:
    kind = ac.load("places").set_index("place")["kind"]
    tables = ac.load("league_tables").set_index("table_id")
    entries = ac.load("league_table_entries")
    kinds, unit = entries["place"].map(kind), entries["table_id"].map(tables["unit"])
    assert kinds[unit == "city"].isin([*CITIES, "region"]).all()
    assert set(entries["place"][(unit == "city") & (kinds == "region")]) == {
        "Baltimore-Washington",
        "San Francisco Bay Area",
        "Silicon Valley",
    }
    assert "region" in set(kinds[unit == "cluster"])
    assert kinds[unit == "province"].isin(["province", "municipality", "region"]).all()
    indicators = ac.load("city_indicators")
    of = indicators["place"].map(kind)
    assert ((indicators["place_level"] == "province") == (of == "province")).all()
    assert of[indicators["place_level"] != "province"].isin(CITIES).all()


def test_places_know_their_province() -> None:
    places = ac.load("places")
    at_home = places["territory"].eq("mainland") & places["kind"].isin([*CITIES, "county", "province"])
    assert places["province"].notna().equals(at_home)
    kind = places.set_index("place")["kind"]
    assert places.loc[at_home, "province"].map(kind).isin(["province", "municipality"]).all()
    own = places["kind"].isin(["province", "municipality"])
    assert (places["place"] == places["province"])[own].all()
    assert set(places.loc[places["kind"] == "municipality", "place"]) == MUNICIPALITIES


def test_what_a_table_does_not_cover_is_not_in_it() -> None:
    tables, entries = ac.load("league_tables"), ac.load("league_table_entries")
    known = set(ac.load("places")["place"])
    excluding = tables[tables["not_covered"].notna()]
    assert excluding["table_id"].tolist() == ["cingai2021city"]
    for table, listed in zip(excluding["table_id"], excluding["not_covered"], strict=True):
        left_out = set(listed.split(";"))
        assert left_out == MUNICIPALITIES
        assert left_out <= known
        assert not left_out & set(entries.loc[entries["table_id"] == table, "place"])


def test_a_rank_a_tier_and_an_open_rank_exclude_each_other_as_declared() -> None:
    entries = ac.load("league_table_entries")
    ranked = entries["rank"].notna()
    assert (entries["basis"].notna() == ranked).all()
    assert not (ranked & entries["rank_best"].notna()).any()
    assert (entries["rank_best"].notna() == entries["rank_worst"].notna()).all()
    both = entries[entries["rank_best"].notna()]
    assert (both["rank_best"] <= both["rank_worst"]).all()
    assert not (ranked & entries["tier"].notna()).any()


def test_ranks_of_a_table_can_stand_together() -> None:
    entries = ac.load("league_table_entries")
    for table, ranks in entries.dropna(subset=["rank"]).groupby("table_id")["rank"]:
        counts = ranks.value_counts().sort_index()
        held = [number for rank, count in counts.items() for number in range(rank, rank + count)]
        assert len(held) == len(set(held)), table


def test_the_first_number_of_a_score_is_its_value() -> None:
    entries = ac.load("league_table_entries")
    scored = entries[entries["score"].notna()]
    first = scored["score"].str.extract(r"(\d[\d,]*(?:\.\d+)?)")[0].str.replace(",", "").astype(float)
    assert (scored["score_value"] == first).all()
    assert entries["score_value"].notna().equals(entries["score"].notna())
    assert entries["score_relation"].notna().equals(entries["score"].notna())
    assert set(scored.loc[scored["score"].str.contains(r"\+"), "score_relation"]) == {"gt"}
    assert set(scored.loc[scored["score"].str.startswith("about"), "score_relation"]) == {"approx"}


def test_a_copy_has_the_figure_of_its_original() -> None:
    indicators = ac.load("city_indicators").set_index("fact_id", drop=False)
    entries = ac.load("league_table_entries").set_index(["table_id", "place"])
    compute = ac.load("compute").set_index("fact_id")
    copies = indicators[indicators["duplicate_of"].notna()]
    assert len(copies) == 222
    for row in copies.itertuples():
        other = row.duplicate_of
        if row.basis == "own_bound":  # a floor of the city from the figure of one of its makers
            assert row.relation == "ge" and row.value == indicators.loc[other, "value"]
        elif other in compute.index:
            assert (row.place, row.value, row.unit) == tuple(compute.loc[other, ["place", "value", "unit"]])
        elif other in indicators.index:
            assert (row.place, row.value, row.unit) == tuple(indicators.loc[other, ["place", "value", "unit"]])
            assert pd.isna(indicators.loc[other, "duplicate_of"])
        else:
            entry = entries.loc[(other, row.place)]
            rank = row.value if row.relation == "rank" else row.stated_rank
            agrees = [entry["score_value"] == row.value, not pd.isna(rank) and entry["rank"] == rank]
            assert any(agrees), row.fact_id


def test_a_measure_has_one_dimension_and_one_coverage() -> None:
    indicators = ac.load("city_indicators").groupby("indicator")
    assert indicators["dimension"].nunique().eq(1).all()
    assert indicators["coverage"].nunique().eq(1).all()


def test_groups_hold_one_publication_one_metric_and_one_date() -> None:
    indicators = ac.load("city_indicators").dropna(subset=["comparable_group"])
    groups = indicators.groupby("comparable_group")
    assert len(groups) == 112
    for column in ("source_id", "indicator", "unit", "as_of", "dimension"):
        assert (groups[column].nunique() == 1).all(), column
    assert not indicators.duplicated(["comparable_group", "place"]).any()


def test_the_articles_own_ranking_is_marked_wherever_it_stands() -> None:
    of_article = {"tmtpost-2024", "tmtpost-interview-2024"}
    tables, indicators = ac.load("league_tables"), ac.load("city_indicators")
    same = tables["independent_of_article"] == "probably_the_same_report"
    assert set(tables.loc[same, "source_id"]) == of_article
    assert same.equals(tables["source_id"].isin(of_article))
    dependent = indicators["independent_of_article"] == "no"
    assert dependent.equals(indicators["source_id"].isin(of_article))
    assert ac.load("compute").set_index("fact_id")["independent_of_article"].ne("yes").pipe(
        lambda x: list(x.index[x])
    ) == ["CMP-003"]


def test_parts_lie_inside_their_wholes() -> None:
    compute = ac.load("compute").set_index("fact_id")
    parts = compute[compute["part_of"].notna()]
    assert len(parts) == 9
    for _, part in parts.iterrows():
        whole = compute.loc[part["part_of"]]
        values = pd.Series([part["value"], whole["value"]])
        pflops = ac.bounds.to_pflops(values, pd.Series([part["unit"], whole["unit"]]))
        assert part["place"] == whole["place"]
        assert pflops[0] < pflops[1]


def test_only_installed_stock_is_capacity_in_place() -> None:
    compute = ac.load("compute")
    assert (compute["status"] != "installed")[compute["role"] == "target"].all()
    assert len(compute[(compute["role"] == "stock") & (compute["status"] == "installed")]) == 91


def test_a_table_is_as_sure_as_its_weakest_row() -> None:
    tables = ac.load("league_tables").set_index("table_id")["confidence"]
    weakest = ac.load("league_table_entries").groupby("table_id")["confidence"].min()
    assert (tables.sort_index() == weakest.sort_index()).all()


def test_an_interval_has_both_ends_where_it_has_an_upper_one() -> None:
    indicators = ac.load("city_indicators")
    closed = indicators[indicators["value_max"].notna()]
    assert len(closed) == 12
    assert (closed["relation"] == "ge").all()
    assert (closed["value"] < closed["value_max"]).all()


def test_counts_of_ours_say_how_they_can_be_repeated() -> None:
    rule = ac.load("sources").set_index("source_id")["recount"]
    indicators = ac.load("city_indicators")
    ours = indicators["basis"].isin(["own_count", "own_bound"])
    assert rule[indicators.loc[ours, "source_id"]].notna().all()
    assert set(rule.index[rule.notna()]) == set(indicators.loc[ours, "source_id"])
    assert ours.sum() == 206


def test_a_publisher_has_one_name_one_kind_and_one_seat() -> None:
    sources = ac.load("sources")
    for column in ("short_name", "publisher_kind", "publisher_home"):
        assert (sources.groupby("publisher_id")[column].nunique(dropna=False) == 1).all(), column
    assert sources.groupby("short_name")["publisher_id"].nunique().eq(1).all()


def test_whoever_ranks_or_decides_has_a_seat() -> None:
    sources = ac.load("sources").set_index("source_id")
    tests = ac.load("claim_tests")
    rows = {name: ac.load(name) for name in ("league_tables", "city_indicators", "compute")}
    used = set(rows["league_tables"]["source_id"])
    for chosen in tests["selection"].str.split(";"):
        for name, key in (
            ("city_indicators", "comparable_group"),
            ("city_indicators", "fact_id"),
            ("compute", "fact_id"),
        ):
            used |= set(rows[name].loc[rows[name][key].isin(chosen), "source_id"])
    seatless = sources.loc[sorted(used)].query("publisher_home.isna()")
    assert set(seatless.query("publisher_kind not in ['unknown', 'volunteers']")["publisher_id"]) == NO_SEAT
    assert sources.query("publisher_kind == 'unknown'")["publisher_home"].isna().all()


@pytest.mark.parametrize("column", ["short_label", "fit"])
def test_lists_have_one_short_label_and_one_fit(column: str) -> None:
    indicators = ac.load("city_indicators")
    grouped = indicators.dropna(subset=["comparable_group"])
    assert grouped[column].notna().all()
    assert (grouped.groupby("comparable_group")[column].nunique() == 1).all()
    assert indicators.loc[indicators["comparable_group"].isna(), column].isna().all()
    assert (grouped.loc[grouped["coverage"] == "all_sectors", "fit"] == "proxy").all()
    named = grouped["short_label"].str.contains("forecast")
    assert named.eq(grouped["status"] != "reported").all(), "a list made before its time was over says so"


def test_a_series_is_one_measure_over_time() -> None:
    indicators = ac.load("city_indicators").dropna(subset=["series"])
    for name, rows in indicators.groupby("series"):
        assert rows["as_of"].nunique() > 1, name
        assert not rows.duplicated(["place", "as_of"]).any(), name
        for column in ("indicator", "unit", "dimension"):
            assert rows[column].nunique() == 1, (name, column)
    dates = indicators.groupby("series")["as_of"].nunique()
    assert dates[["algorithms-on-file", "models-on-file", "open-model-list", "hurun-ai-top-50"]].tolist() == [
        5,
        4,
        3,
        2,
    ]
    compute = ac.load("compute").dropna(subset=["series"])
    assert compute["series_break"].notna().all()
    assert set(compute["series"]) == {"beijing-compute", "shanghai-compute"}
    assert ac.load("compute").loc[lambda table: table["series"].isna(), "series_break"].isna().all()
    assert (
        (compute["role"] == "stock") & (compute["status"] == "installed") & (compute["place_level"] == "city")
    ).all()


def test_what_covers_all_sectors_is_marked_in_rankings_too() -> None:
    tables, indicators = ac.load("league_tables").set_index("table_id"), ac.load("city_indicators")
    copies = indicators[indicators["duplicate_of"].isin(tables.index)]
    assert (copies["coverage"] == copies["duplicate_of"].map(tables["coverage"])).all()


def test_cities_of_the_mainland_lie_on_it() -> None:
    places = ac.load("places")
    there = places["territory"].eq("mainland") & places["kind"].isin(["city", "municipality"])
    assert places.loc[there, "latitude"].between(18, 54).all() and places.loc[there, "longitude"].between(73, 135).all()
    assert places.loc[~there, ["latitude", "longitude"]].isna().all(axis=None)
