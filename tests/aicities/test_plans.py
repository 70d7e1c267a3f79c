"""Plans, what they say in numbers, and national titles: nothing lost, no sort of money taken for another.

The tests that compare with the collected raw material run where it lies beside the checkout; the others always run.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import aicities as ac

DATA = Path(__file__).resolve().parents[2] / "data"
RAW = Path(__file__).resolve().parents[3] / "shared" / "plans"
ROWS = {"plans": 86, "plan_items": 291, "programmes": 74}
# Rows of the raw material that the package leaves out, each with its reason. None so far.
LEFT_OUT: dict[str, dict[str, str]] = {name: {} for name in ROWS}
ZONES = {"BJ-2024-etown", "BJ-2025-etown10"}
GOALS = ["target", "fund", "voucher", "subsidy"]

with_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw material does not lie beside the checkout")


def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(RAW / f"{name}.csv", dtype="str", keep_default_na=False)


def text(name: str) -> pd.DataFrame:
    """A table of the package as text, with "" for missing values and numbers without an empty fraction."""
    table = ac.load(name)
    return pd.DataFrame({column: [_text(value) for value in table[column]] for column in table})


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


# -- against the raw material ------------------------------------------------------------------------------


@with_raw
@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_in_the_package_or_left_out_with_a_reason(name: str) -> None:
    assert len(raw(name)) == ROWS[name]
    assert len(text(name)) + len(LEFT_OUT[name]) == ROWS[name]
    assert all(LEFT_OUT[name].values())


@with_raw
def test_no_plan_changed() -> None:
    ours, theirs = text("plans").set_index("plan_id"), raw("plans").set_index("plan_id")
    columns = [column for column in theirs if column not in ("city", "note")]
    pd.testing.assert_frame_equal(ours.loc[theirs.index, columns], theirs[columns])
    assert ours["place"].to_dict() == theirs["city"].to_dict()


@with_raw
def test_no_item_changed_and_its_source_is_the_one_named_in_the_note() -> None:
    ours, theirs = text("plan_items").set_index("item_id"), raw("plan_items").set_index("item_id")
    columns = ["plan_id", "kind", "label", "relation", "unit", "due", "confidence"]
    pd.testing.assert_frame_equal(ours.loc[theirs.index, columns], theirs[columns])
    assert ours["value"].eq(theirs["value"].map(lambda value: _text(float(value)) if value else "")).all()
    of_plan = theirs["plan_id"].map(raw("plans").set_index("plan_id")["source_id"])
    named = theirs["note"].str.extract(r"Source: ([a-z0-9-]+)\.")[0].fillna(of_plan)
    assert ours["source_id"].to_dict() == named.to_dict()
    spans = theirs["note"].str.extract(r"Printed as (\d+) to (\d+)").fillna("")
    assert ours["value_max"].to_dict() == spans[1].to_dict()
    assert (spans[1] != "").sum() == 4
    copies = theirs["note"].str.extract(r"(CMP-\d{3}|SP\d{3})")[0].fillna("")
    assert (ours["duplicate_of"] == copies).all()
    assert (ours["duplicate_of"] != "").sum() == 14


@with_raw
def test_no_title_changed() -> None:
    ours, theirs = text("programmes"), raw("programmes")
    columns = ["designated", "source_id", "confidence"]
    pd.testing.assert_frame_equal(ours[columns], theirs[columns])
    assert ours["place_level"].tolist() == theirs["level"].tolist()
    places = theirs["city"].replace({"Hebei (Xiong'an)": "Hebei"})
    assert ours["place"].tolist() == places.tolist()
    names = ours["programme"] + ours["granted_by"].map(lambda by: f" ({by})" if by else "")
    assert names.tolist() == theirs["programme"].tolist()


@with_raw
def test_every_source_is_in_the_package_with_its_address() -> None:
    ours, theirs = text("sources").set_index("source_id"), raw("sources").set_index("source_id")
    assert len(theirs) == 134
    columns = ["title_en", "published", "kind", "url", "url_kind"]
    pd.testing.assert_frame_equal(ours.loc[theirs.index, columns], theirs[columns])


# -- the package itself ------------------------------------------------------------------------------------


def test_rows_by_city_and_kind() -> None:
    plans, items = ac.load("plans"), ac.load("plan_items")
    assert plans["place"].value_counts().to_dict() == {
        **{"Shanghai": 27, "Beijing": 21, "Shenzhen": 13, "Hangzhou": 5, "Wuhan": 5},
        **{"Suzhou": 4, "Guangzhou": 3, "Hefei": 3, "Nanjing": 3, "Chengdu": 2},
    }
    assert items["kind"].value_counts().to_dict() == {
        **{"target": 170, "voucher": 35, "subsidy": 31, "fund": 25, "scope": 18, "institution": 12}
    }
    of = items["plan_id"].map(plans.set_index("plan_id")["place"]).value_counts()
    assert of[["Shanghai", "Shenzhen", "Beijing"]].tolist() == [72, 68, 61]
    assert plans["kind"].value_counts()[["law", "fund", "announcement"]].tolist() == [2, 7, 4]


def test_an_institution_has_no_number_and_whatever_else_has_one() -> None:
    items = ac.load("plan_items")
    institution = items["kind"] == "institution"
    numbers = items[["relation", "value", "unit", "place_level"]]
    assert numbers[institution].isna().all(axis=None)
    assert numbers[~institution].notna().all(axis=None)
    assert items.loc[items["kind"].isin(GOALS), ["topic", "measure"]].notna().all(axis=None)


def test_sorts_of_money_are_told_apart() -> None:
    items = ac.load("plan_items")
    assert items.loc[items["unit"] == "CNY_million_per_year", "money"].value_counts().to_dict() == {
        "yearly_pot": 11,
        "yearly_ceiling": 3,
    }
    each = items.loc[items["money"] == "yearly_ceiling", "label"]
    assert each.str.contains("per company").all()
    pots = items[items["money"].isin(["pot", "yearly_pot"])]
    assert not pots["label"].str.contains("per company|[Cc]eiling|Share").any()
    paid = items.loc[items["money"] == "paid", "note"]
    assert len(paid) == 3
    vouchers = items[items["kind"] == "voucher"]
    shares = vouchers["label"].str.startswith("Share")
    assert shares.equals(vouchers["money"].eq("share"))


def test_a_zone_is_not_the_city() -> None:
    plans, items = ac.load("plans"), ac.load("plan_items")
    assert set(plans.loc[plans["place_level"] == "zone", "plan_id"]) == ZONES
    of_zone = items["plan_id"].isin(ZONES)
    assert items.loc[of_zone, "place_level"].eq("zone").all()
    assert items.loc[items["place_level"].eq("zone") & ~of_zone, "item_id"].tolist() == ["PI-113"]


def test_a_measure_has_one_topic_and_goals_in_money_are_in_yuan() -> None:
    items = ac.load("plan_items").dropna(subset="measure")
    assert (items.groupby("measure")["topic"].nunique() == 1).all()
    assert items["topic"].eq("money").equals(items["kind"].ne("target"))


def test_drafts_are_marked() -> None:
    plans, items = ac.load("plans"), ac.load("plan_items")
    said = plans["note"].fillna("").str.match("Draft") | plans["title_en"].str.match("Draft")
    assert plans["draft"].astype(bool).equals(said)
    of_draft = items["plan_id"].isin(plans.loc[said, "plan_id"]) | items["note"].fillna("").str.match("Draft")
    assert items["draft"].astype(bool).equals(of_draft)


def test_a_copy_is_the_same_goal() -> None:
    items = ac.load("plan_items").dropna(subset="duplicate_of")
    compute = ac.load("compute").set_index("fact_id")
    indicators = ac.load("city_indicators").set_index("fact_id")
    place = ac.load("plans").set_index("plan_id")["place"]
    for item in items.itertuples():
        other = (compute if item.duplicate_of in compute.index else indicators).loc[item.duplicate_of]
        assert (place[item.plan_id], item.value, item.unit) == tuple(other[["place", "value", "unit"]]), item.item_id
        assert item.due[:4] == other["as_of"][:4], item.item_id


def test_the_three_papers_of_the_article_are_among_the_plans() -> None:
    plans = ac.load("plans").dropna(subset="entity_id")
    entities = ac.load("entities").set_index("entity_id")
    assert sorted(plans["place"]) == ["Beijing", "Shanghai", "Shenzhen"]
    assert (plans["entity_id"].map(entities["kind"]) == "plan").all()
    printed = ac.load("indicators").query("unit == 'date'").set_index("subject_id")["period"]
    assert (plans["entity_id"].map(printed) == plans["published"]).all()


def test_periods_do_not_end_before_they_begin() -> None:
    plans = ac.load("plans").dropna(subset=["period_from", "period_to"])
    assert (plans["period_from"].str[:4] <= plans["period_to"].str[:4]).all()


def test_a_programme_lists_all_of_its_places_or_some() -> None:
    titles = ac.load("programmes")
    for column in ("granted_by", "coverage", "listed"):
        assert (titles.groupby("programme")[column].nunique(dropna=False) == 1).all(), column
    whole = titles[titles["listed"] == "all"].groupby("programme").size()
    assert whole.to_dict() == {
        "AI innovation pilot zone": 18,
        "AI application pioneer zone": 11,
        "Data annotation base": 7,
        "Pilot zone for the digital economy": 7,
        "Seat of the national AI industry fund": 1,
    }
    twice = titles[titles.duplicated(["programme", "place"], keep=False)]
    assert set(twice["place"]) == {"Shanghai"}
    assert twice["place_level"].eq("centre").all()


def test_notes_and_titles_hold_no_reference_that_leads_nowhere() -> None:
    sources = set(ac.load("sources")["source_id"])
    for name in ROWS:
        notes = ac.load(name)["note"].dropna()
        assert set(re.findall(r"\bp[lr]-[a-z0-9-]+", " ".join(notes))) <= sources
        assert not notes.str.contains("Source:|NOTES|CMP-0[05]").any() or name == "plans"


@pytest.mark.parametrize(
    ("table", "key", "column", "wrong"),
    [
        ("plan_items", "PI-018", "money", "pot"),
        ("plan_items", "PI-164", "money", "fund"),
        ("plan_items", "PI-017", "unit", "CNY_million"),
        ("plan_items", "PI-167", "relation", "eq"),
        ("plan_items", "PI-001", "value", ""),
        ("plan_items", "PI-001", "measure", ""),
        ("plan_items", "PI-033", "value_max", "2"),
        ("plan_items", "PI-048", "duplicate_of", "CMP-999"),
        ("plan_items", "PI-001", "indicator", "core_revenue"),
        ("plans", "BJ-2023-plan", "published", "2023-02-30"),
        ("programmes", "PR-001", "place", "Peking"),
    ],
)
def test_check_sees_what_is_wrong(table: str, key: str, column: str, wrong: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    rows = pd.read_csv(folder / f"{table}.csv", dtype="str", keep_default_na=False)
    rows.loc[rows.iloc[:, 0] == key, column] = wrong
    rows.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    found = ac.check(folder)
    assert set(found["file"]) == {f"{table}.csv"}
    assert column in set(found["column"])
