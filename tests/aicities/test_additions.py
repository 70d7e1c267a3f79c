import pandas as pd
import pytest

import aicities as ac
from aicities.tables.additions import added

PLACE = {"place": "Kota Contoh", "kind": "city", "province": None, "territory": "abroad"}


def test_rows_come_last_with_the_dtypes_of_the_table():
    for name in ac.names():
        table = ac.load(name)
        some = table.tail(2)
        again = added(name, some.to_dict("records"), to=table.head(len(table) - 2))
        assert again.dtypes.equals(table.dtypes), name
        pd.testing.assert_frame_equal(again.tail(2).reset_index(drop=True), some.reset_index(drop=True))


def test_what_is_not_named_is_missing():
    got = added("places", [PLACE]).iloc[-1]
    assert got["place"] == "Kota Contoh" and pd.isna(got["province"])


def test_the_given_table_is_left_alone():
    before = ac.load("places")
    added("places", [PLACE], to=before)
    pd.testing.assert_frame_equal(before, ac.load("places"))


def test_one_row_may_stand_alone():
    pd.testing.assert_frame_equal(added("places", PLACE), added("places", [PLACE]))
    with pytest.raises(TypeError, match="row 1 added to places is str; expected a mapping from column to value"):
        added("places", ["Kota Contoh"])
    with pytest.raises(TypeError, match="row 1 added to places is NoneType; expected a mapping"):
        added("places", None)
    with pytest.raises(TypeError, match=r"of a DataFrame its to_dict\('records'\)"):
        added("places", ac.load("places"))


def test_all_missing_columns_of_a_row_are_told_at_once():
    with pytest.raises(ac.DataError) as caught:
        added("league_tables", [{"table_id": "example", "publisher": "X", "unit": "city"}])
    needed = ac.describe("league_tables").query("required")["column"]
    lacking = [name for name in needed if name not in ("table_id", "publisher", "unit")]
    assert len(lacking) > 5 and f"row 1, column {', '.join(lacking)}: are missing" in str(caught.value)


@pytest.mark.parametrize(
    ("quantity", "unit", "fine"),
    [
        ("money", "USD", True),
        ("money", "usd", False),
        ("money", "dollars", False),
        ("count", "data_centres", True),
        ("count", "USD", False),
        ("count", "percent", False),
        ("percent", "percent", True),
        ("compute", "EFLOPS", True),
        ("compute", "P", False),
        ("duration", "years", True),
        ("year", "years", False),
    ],
)
def test_units_are_free_within_their_kind(quantity, unit, fine):
    row = ac.load("indicators").iloc[0].to_dict()
    row |= {"fact_id": "I999", "relation": "gt", "value": 70, "period": "2026", "quantity": quantity, "unit": unit}
    if fine:
        assert added("indicators", row)["unit"].iloc[-1] == unit
        return
    with pytest.raises(ac.DataError, match=f"column unit: '{unit}' .* where quantity is '{quantity}'"):
        added("indicators", row)


def test_no_rows_are_no_change():
    pd.testing.assert_frame_equal(added("places", []), ac.load("places"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "row 2, column colour: is not a column; expected one of place, "),
        ({"kind": "town"}, "row 2, column kind: 'town' is not an allowed value; expected one of "),
        ({"kind": None}, "row 2, column kind: is missing; expected a value in each; describe('places') says which"),
        ({"place": "Beijing"}, "row 2, column place: 'Beijing' stands in the table already; expected each value once"),
    ],
)
def test_a_wrong_row_is_named(change, said):
    with pytest.raises(ac.DataError) as caught:
        added("places", [PLACE, PLACE | {"place": "Kota Lain"} | change])
    assert str(caught.value).startswith(f"rows added to places, {said}")


def test_numbers_and_booleans_are_checked_like_cells():
    row = ac.load("league_tables").iloc[0].to_dict() | {"table_id": "example"}
    assert added("league_tables", [row | {"additive": True}])["additive"].iloc[-1]
    assert added("league_tables", [row | {"edition_year": 2024.0}])["edition_year"].iloc[-1] == 2024
    with pytest.raises(ac.DataError, match=r"edition_year: '2024\.5' is not a year"):
        added("league_tables", [row | {"edition_year": 2024.5}])


def test_rows_keep_to_the_rules_across_columns():
    rank = {"relation": "first", "quantity": "rank", "unit": "rank"}
    row = ac.load("indicators").iloc[0].to_dict() | {"fact_id": "I999", **rank}
    assert added("indicators", [row | {"value": 1}])["value"].iloc[-1] == 1
    with pytest.raises(ac.DataError, match=r"row 1, column value: '20000' is not .* where relation is 'first'"):
        added("indicators", [row | {"value": 20000}])
    test = ac.load("claim_tests").iloc[0].to_dict() | {"test_id": "C01-99", "selection": "a-table-added-as-well"}
    assert added("claim_tests", [test])["test_id"].iloc[-1] == "C01-99"


def test_other_unique_columns_count_as_keys():
    row = ac.load("claims").iloc[0].to_dict()
    with pytest.raises(ac.DataError, match=f"column label: '{row['label']}' stands in the table already"):
        added("claims", [row | {"claim_id": "C99"}])


def test_an_unknown_table_is_told():
    with pytest.raises(ac.DataError, match="has no table 'league'"):
        added("league", [])
