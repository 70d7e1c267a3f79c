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
ROWS = {
    "sources": 207,
    "league_tables": 54,
    "league_table_entries": 327,
    "compute": 130,
    "city_indicators": 442,
}
# Columns that the package words or codes anew: notes are shortened, yes and no are booleans, one dimension
# has the name that the article's tables use.
REWORDED = {"note", "seen_via", "as_of_is_year_only", "dimension"}
MUNICIPALITIES = {"Beijing", "Shanghai", "Tianjin", "Chongqing"}
CITIES = {"city", "municipality"}

with_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw material does not lie beside the checkout")


def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(RAW / f"{name}.csv", dtype="str", keep_default_na=False)


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
    assert here <= there
    assert all(LEFT_OUT[name].values())
    assert len(here) + len(LEFT_OUT[name]) == ROWS[name] == len(raw(name))


@with_raw
@pytest.mark.parametrize("name", KEYS)
def test_no_figure_changed(name: str) -> None:
    ours, theirs = text(name).set_index(KEYS[name]), raw(name).set_index(KEYS[name])
    columns = [column for column in theirs if column not in REWORDED]
    assert set(columns) <= set(ours)
    for column in columns:
        numeric = pd.api.types.is_numeric_dtype(ac.load(name)[column])
        expected = theirs[column].map(number) if numeric else theirs[column]
        pd.testing.assert_series_equal(ours.loc[theirs.index, column], expected, check_dtype=False)


@with_raw
def test_what_was_coded_anew_means_the_same() -> None:
    ours, theirs = text("compute").set_index("fact_id"), raw("compute").set_index("fact_id")
    assert (ours["as_of_is_year_only"] == theirs["as_of_is_year_only"].map({"yes": "True", "no": "False"})).all()
    said = theirs["note"].str.contains("looks like the date of the statement")
    assert (ours["as_of_is_statement_date"] == said.map({True: "True", False: "False"})).all()
    ours, theirs = text("city_indicators").set_index("fact_id"), raw("city_indicators").set_index("fact_id")
    assert (ours["dimension"] == theirs["dimension"].replace({"model": "models"})).all()
    entries, printed = text("league_table_entries"), raw("league_table_entries")
    naming = printed["note"].str.contains("rder of naming")
    assert (entries["basis"][naming] == "order_of_naming").all()


@with_raw
def test_every_figure_said_to_stand_in_two_files_is_marked() -> None:
    section = (RAW / "README.md").read_text("utf-8").split("### The same figure in two files")[1].split("\n## ")[0]
    indicators = ac.load("city_indicators")
    pairs = re.findall(r"`([\w.-]+)`/(G\d\d(?:_[A-Z])?|SP\d{3})\b", section)
    pairs += [(a, b) for a, b in re.findall(r"(CMP-\d{3})/(SP\d{3})", section)]
    assert len(pairs) == 24
    for original, copy in pairs:
        if copy.startswith("SP"):
            rows = indicators[indicators["fact_id"] == copy]
        else:
            group, _, part = copy.partition("_")
            names = indicators["comparable_group"].fillna("")
            rows = indicators[names.str.startswith(f"{group}_") & names.str.endswith(f"_{part}" if part else "")]
        assert len(rows), copy
        assert (rows["duplicate_of"] == original).all(), (original, copy)


# -- the package itself ------------------------------------------------------------------------------------


def test_an_address_is_shown_only_where_it_leads_to_the_publisher_or_a_recognised_outlet() -> None:
    sources = ac.load("sources")
    assert (sources["url"].notna() == sources["url_kind"].isin(["original", "recognised_outlet"])).all()
    assert sources["url_kind"].value_counts().to_dict() == {
        "none": 104,
        "recognised_outlet": 59,
        "original": 44,
    }


def test_editions_and_offices_of_one_publisher_are_one_witness() -> None:
    ids = ac.load("sources").set_index("source_id")["publisher_id"]
    assert ids[ids.index.str.startswith("idc-")].nunique() == 1
    assert ids[["ccid-2018", "ccid-2022"]].nunique() == 1
    assert ids[["beijing-jxj-2025-03", "beijing-stats-2023", "beijing-gov-2026-01"]].nunique() == 1
    assert ids[["tmtpost-2024", "tmtpost-interview-2024"]].nunique() == 1
    unnamed = ids[ids.str.startswith("unnamed-")]
    assert unnamed.is_unique
    assert len(unnamed) == 20


def test_provinces_never_stand_beside_cities() -> None:
    kind = ac.load("places").set_index("place")["kind"]
    tables = ac.load("league_tables").set_index("table_id")
    entries = ac.load("league_table_entries")
    kinds, unit = entries["place"].map(kind), entries["table_id"].map(tables["unit"])
    assert kinds[unit == "city"].isin([*CITIES, "region"]).all()
    assert set(entries["place"][(unit == "city") & (kinds == "region")]) == {
        "San Francisco Bay Area",
        "Silicon Valley",
    }
    assert kinds[unit == "province"].isin(["province", "municipality", "region"]).all()
    indicators = ac.load("city_indicators")
    of = indicators["place"].map(kind)
    assert ((indicators["place_level"] == "province") == (of == "province")).all()
    assert of[indicators["place_level"] != "province"].isin(CITIES).all()


def test_places_know_their_province() -> None:
    places = ac.load("places")
    at_home = places["territory"].eq("mainland") & places["kind"].isin([*CITIES, "province"])
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
    assert len(copies) == 114
    for row in copies.itertuples():
        other = row.duplicate_of
        if other in compute.index:
            assert (row.place, row.value, row.unit) == tuple(compute.loc[other, ["place", "value", "unit"]])
        elif other in indicators.index:
            assert (row.place, row.value, row.unit) == tuple(indicators.loc[other, ["place", "value", "unit"]])
            assert pd.isna(indicators.loc[other, "duplicate_of"])
        else:
            entry = entries.loc[(other, row.place)]
            rank = row.value if row.relation == "rank" else row.stated_rank
            agrees = [entry["score_value"] == row.value, not pd.isna(rank) and entry["rank"] == rank]
            assert any(agrees), row.fact_id


def test_groups_hold_one_publication_one_metric_and_one_date() -> None:
    indicators = ac.load("city_indicators").dropna(subset=["comparable_group"])
    groups = indicators.groupby("comparable_group")
    assert len(groups) == 63
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
    assert len(parts) == 7
    for _, part in parts.iterrows():
        whole = compute.loc[part["part_of"]]
        values = pd.Series([part["value"], whole["value"]])
        pflops = ac.bounds.to_pflops(values, pd.Series([part["unit"], whole["unit"]]))
        assert part["place"] == whole["place"]
        assert pflops[0] < pflops[1]


def test_only_installed_stock_is_capacity_in_place() -> None:
    compute = ac.load("compute")
    assert (compute["status"] != "installed")[compute["role"] == "target"].all()
    assert len(compute[(compute["role"] == "stock") & (compute["status"] == "installed")]) == 75


def test_a_table_is_as_sure_as_its_weakest_row() -> None:
    tables = ac.load("league_tables").set_index("table_id")["confidence"]
    weakest = ac.load("league_table_entries").groupby("table_id")["confidence"].min()
    assert (tables.sort_index() == weakest.sort_index()).all()
