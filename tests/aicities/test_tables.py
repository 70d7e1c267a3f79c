"""The loader: what it gives, and what it says of everything that can be wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aicities as ac
from aicities import tables
from aicities.tables import cells as _cells
from aicities.tables.cells import hidden
from tests.aicities import packages


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return packages.write(tmp_path)


def cities(*rows: str) -> str:
    return "\n".join([packages.TEXTS["cities.csv"].split("\n")[0], *rows, ""])


def twins(*rows: str) -> str:
    return "\n".join(["twin,city_id,other_id,thing", *rows, ""])


def refused(folder: Path, name: str = "cities") -> str:
    with pytest.raises(ac.DataError) as caught:
        ac.load(name, folder=folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_types_come_from_the_schema(small: Path) -> None:
    table = ac.load("cities", folder=small)
    size = pd.CategoricalDtype(["small", "large", "huge"], ordered=True)
    expected = ["str", size, "Int64", "float64", "boolean", "datetime64[s]", "Int64", "str"]
    assert list(table.dtypes) == expected
    assert table["people"].tolist() == [21, 24, pd.NA]
    assert table["score"].tolist()[::2] == [84.5, -10.0]
    assert np.isnan(table["score"][1])
    assert table["coastal"].tolist() == [False, True, pd.NA]
    assert table["founded"].tolist() == [pd.Timestamp("2024-01-31"), pd.NaT, pd.NaT]
    assert table["size"].max() == "huge"
    assert table.index.equals(pd.RangeIndex(3))


def test_only_an_empty_cell_is_missing(small: Path) -> None:
    note = ac.load("cities", folder=small)["note"]
    assert note.isna().tolist() == [True, False, False]
    assert note[2] == "NA"


def test_text_is_kept_as_it_is(tmp_path: Path) -> None:
    notes = ["=1+1", "<b>", 'say "x"', "上海", "-0", "true", "#", "a  b", "é", "Ελλάδα", "Москва"]
    rows = [f'{chr(97 + n)},,,,,,,"{note.replace(chr(34), 2 * chr(34))}"' for n, note in enumerate(notes)]
    packages.write(tmp_path, cities=cities(*rows), twins=twins())
    assert ac.load("cities", folder=tmp_path)["note"].tolist() == notes


HIDDEN = {
    " a": "has a blank before or after it; expected 'a'",
    "a\u3000": "has a blank before or after it",
    "a\nb": "holds a line break; expected text on one line",
    "a\tb": "holds the character U+0009, which is not seen",
    "a\x1b[31mb": "holds the character U+001B",
    "a\u200bb": "holds the character U+200B",
    "a\u202eb": "holds the character U+202E",
    "a\u2028b": "holds the character U+2028",
    "a\ue000b": "holds the character U+E000",
    "a\ufffdb": "holds the sign for a character that could not be read",
    "e\u0301": "has accents apart from their letters; expected the composed form (NFC), '\\xe9'",
    "B\u0435ijing": "mixes letters that look alike in 'B\\u0435ijing'; expected Latin letters, 'Beijing'",
    "\u0391BB": "mixes letters that look alike",
}


@pytest.mark.parametrize("cell", HIDDEN)
def test_what_no_reader_would_see_is_refused_in_every_column(tmp_path: Path, cell: str) -> None:
    packages.write(tmp_path, cities=cities(f'a,,,,,,,"{cell}"', "b,,,,,,,c"), twins=twins())
    assert HIDDEN[cell] in refused(tmp_path)
    assert len(ac.check(tmp_path)) == 1


def test_stray_quotes_do_not_swallow_rows(tmp_path: Path) -> None:
    packages.write(tmp_path, cities=cities('a,,,,,,,"x', "b,,,,,,,", 'c,,,,,,,x"'), twins=twins())
    assert "row 2, column note: 'x\\nb,,,,,,,\\nc,,,,,,,x' holds a line break" in refused(tmp_path)


@pytest.mark.parametrize("key", ["b", "B", "\u0412", "\uff22", "\u0441\u0441"])
def test_keys_that_look_alike_are_refused(tmp_path: Path, key: str) -> None:
    described = packages.described()
    described["resources"][0]["schema"]["fields"][0].pop("constraints")
    other = "cc" if len(key) > 1 else "b"
    packages.write(tmp_path, descriptor=described, cities=cities(f"{other},,,,,,,", f"{key},,,,,,,"), twins=twins())
    found = ac.check(tmp_path)
    assert len(found) == 1 and found["row"].item() == 3
    said = {"b": "stands on row 2 already"}.get(key, f"looks like {other!r} on row 2")
    assert said in found["problem"].item()


def test_a_blank_at_a_key_is_told_once_and_not_again_by_what_refers_to_it(tmp_path: Path) -> None:
    described = packages.described()
    described["resources"][0]["schema"]["fields"][0].pop("constraints")
    packages.write(tmp_path, descriptor=described, cities=packages.TEXTS["cities.csv"].replace("pek,", "pek ,"))
    assert ac.check(tmp_path)[["file", "row", "value"]].values.tolist() == [["cities.csv", 2, "pek "]]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1024-01-31"])
def test_dates_that_the_data_cannot_mean_are_refused(tmp_path: Path, day: str) -> None:
    described = packages.described()
    described["resources"][0]["schema"]["fields"][5].pop("constraints")
    packages.write(tmp_path, descriptor=described, cities=cities(f"a,,,,,{day},,"), twins=twins())
    assert "is a date that these data cannot mean; expected a year from 1800 to 2100" in refused(tmp_path)
    packages.write(tmp_path, descriptor=described, cities=cities(f"a,,,,,,{day[:4]},"), twins=twins())
    assert "cannot mean" in refused(tmp_path)
    for kind, cell in (("partial", day[:7]), ("period", f"{day}/{day}")):
        assert "cannot mean" in refused(dated(tmp_path, kind, cell))


ADDRESSES = ["https://example.org", "http://a.b-c.com:8080/x?y=1#z", "https://例え.jp/上海"]
NO_ADDRESSES = [
    *[
        "ftp://example.org",
        "https://",
        "https://localhost/x",
        "http://127.0.0.1/",
        "http://[::1]/",
        "https://2130706433/",
    ],
    *["https://me:pw@example.org/", "https://me@example.org/", "https://example.org/a b", "javascript:alert(1)"],
    *["https://example", "https://exa_mple..org", "https://example.org:99999/", "https://192.168.0.1/", "example.org"],
]


@pytest.mark.parametrize("address", [*ADDRESSES, *NO_ADDRESSES])
def test_an_address_leads_to_a_named_host(tmp_path: Path, address: str) -> None:
    described = packages.described()
    described["resources"][0]["schema"]["fields"][-1] = {"name": "note", "type": "string", "format": "uri"}
    packages.write(tmp_path, descriptor=described, cities=cities(f'a,,,,,,,"{address}"'), twins=twins())
    if address in ADDRESSES:
        assert ac.load("cities", folder=tmp_path)["note"].tolist() == [address]
    else:
        assert "is not an address on the web; expected http or https" in refused(tmp_path)


def test_a_link_to_itself_and_a_file_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages.write(tmp_path)
    monkeypatch.setattr("aicities.tables.loading.LARGEST", 100)
    assert "MB; expected at most 0 MB" in refused(tmp_path)
    monkeypatch.undo()
    (tmp_path / "cities.csv").unlink()
    (tmp_path / "cities.csv").symlink_to(tmp_path / "cities.csv")
    assert "cities.csv: is " in refused(tmp_path)


def test_names_are_in_the_order_of_the_package(small: Path) -> None:
    assert ac.names(folder=small) == ["cities", "twins"]
    assert ac.names(folder=str(small)) == ["cities", "twins"]


def test_a_table_without_rows_keeps_its_types(tmp_path: Path) -> None:
    packages.write(tmp_path, cities=cities(), twins=twins())
    assert len(ac.load("cities", folder=tmp_path)) == 0
    assert list(ac.load("cities", folder=tmp_path).dtypes.astype(str))[2:4] == ["Int64", "float64"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_either_line_end_is_read_alike(tmp_path: Path, end: str) -> None:
    rows = packages.TEXTS["twins.csv"].replace("\n", end)
    packages.write(tmp_path, twins=rows)
    assert ac.load("twins", folder=tmp_path)["thing"].tolist()[:2] == ["szx", "1"]
    packages.write(tmp_path, twins=rows.replace("pek,sha", "pek,xxx"))
    assert "twins.csv, row 2, column other_id: 'xxx'" in refused(tmp_path, "twins")


def test_a_missing_last_line_end_does_not_matter(tmp_path: Path) -> None:
    packages.write(tmp_path, twins=packages.TEXTS["twins.csv"].rstrip("\n"))
    assert len(ac.load("twins", folder=tmp_path)) == 3


def test_describe_says_what_columns_mean(small: Path) -> None:
    table = ac.describe("cities", folder=small).set_index("column")
    assert list(table.columns) == ["type", "unit", "required", "description", "allowed"]
    assert table.loc["people", ["type", "unit", "allowed"]].tolist() == ["integer", "persons", "0 to 99"]
    assert table.loc["size", "allowed"] == "one of small, large, huge"
    assert table.loc["note", "allowed"] == "at most 24 characters"
    assert table.loc["score", "allowed"] == "at least -10.5"
    assert table.loc["founded", "allowed"] == "at most 2024-12-31"
    assert table.loc["city_id", "required"]
    assert table["unit"].notna().sum() == 1
    keys = ac.describe("twins", folder=small).set_index("column")["allowed"]
    assert keys["city_id"] == "a key of cities"
    assert keys["thing"] == "a key of cities or twins"
    assert keys["twin"] == "each value once"


def test_schema_and_package_are_copies(small: Path) -> None:
    tables.schema("cities", folder=small)["fields"].clear()
    tables.package(folder=small)["resources"].clear()
    assert ac.names(folder=small) == ["cities", "twins"]
    assert len(tables.schema("cities", folder=small)["fields"]) == 8


WRONG_CELLS = {
    "people": ["x", " 1", "1 ", "1.0", "1_0", "+1", "01", "-0", "1e1", "NA", "nan", "inf", "-", "٣", "0x1"],
    "score": [
        *["x", " 12", "12 ", "1_000", "1,000", "NA", "nan", "NaN", "inf", "-inf", "1e400", "-1e400", "-0"],
        *["-0.0", "+1", "1.", ".5", "00.5", "1e", "1e-400", "0.1234567890123456789", "9007199254740993", "½"],
    ],
    "coastal": ["yes", "0.0", " true", "tRUE", "2"],
    "founded": ["2024", "2024-1-1", "2024-02-30", "20240131", "2024-01-31T00:00", "31/01/2024", "2025-01-01"],
    "census": ["24", "02024", "2024.0", "20 4", "-2024"],
    "size": ["Huge", "huge ", "medium"],
    "city_id": ["Pek", "p1", " ", "a\nb"],
    "note": ["x" * 25],
}


@pytest.mark.parametrize(("column", "cell"), [(key, cell) for key, cells in WRONG_CELLS.items() for cell in cells])
def test_a_wrong_cell_is_named_with_its_place(tmp_path: Path, column: str, cell: str) -> None:
    header = packages.TEXTS["cities.csv"].split("\n")[0].split(",")
    row = [cell if name == column else "szx" * (name == "city_id") for name in header]
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(row)
    packages.write(tmp_path, cities=cities("pek,,,,,,,", written.getvalue()[:-1]))
    message = refused(tmp_path)
    assert message.startswith(f"cities.csv, row 3, column {column}: {cell!r} ")
    assert "; expected " in message


PARTIAL = ["2024", "2024-02", "2024-02-29", "1896", "2100-12-31"]
PERIODS = [
    *["2022/2023", "2022-08/2024-08", "2024-02-29/2024-02-29", "2024-08/2024", "2024/2024-08"],
    *["P3Y", "P18M", "P1Y6M", "P10D"],
]
NO_DATES = [
    *["2023-13", "2023-13-45", "2024-02-31", "2023-02-29", "2024-00", "0000", "24", "2024-8", "202408", "20240802"],
    *["2024-", "2024-08-", "2024-08-02T00", "-2024", "2024-08-2", "٢٠٢٤", "banana"],
]
NO_PERIODS = [
    *["2024-07-36", "2023/2022", "2024-08/2024-07", "2025/2024-12-31", "2024/", "/2024", "2024/2025/2026", "2024/x"],
    *["2024/P1Y", "P", "PY", "P0Y", "P03Y", "P3", "3Y", "P1M1Y", "P1W", "PT1H", "P-1Y", "P1.5Y"],
]


def dated(folder: Path, kind: str, cell: str) -> Path:
    described = packages.described()
    described["resources"][0]["schema"]["fields"][-1] = {"name": "note", "type": "string", "aicities:date": kind}
    return packages.write(folder, descriptor=described, cities=cities(f"a,,,,,,,{cell}"), twins=twins())


@pytest.mark.parametrize(
    ("kind", "cell"), [("partial", ""), *(("partial", cell) for cell in PARTIAL), *(("period", x) for x in PERIODS)]
)
def test_a_date_is_as_exact_as_it_is_known(tmp_path: Path, kind: str, cell: str) -> None:
    assert ac.load("cities", folder=dated(tmp_path, kind, cell))["note"].fillna("").tolist() == [cell]
    assert "such as 2024, 2024-08 or 2024-08-02" in ac.describe("cities", folder=tmp_path)["allowed"].iloc[-1]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *((kind, cell) for cell in NO_DATES for kind in ("partial", "period")),
        *(("period", cell) for cell in NO_PERIODS),
        *(("partial", cell) for cell in PERIODS),
    ],
)
def test_a_date_that_no_calendar_has_is_refused(tmp_path: Path, kind: str, cell: str) -> None:
    message = refused(dated(tmp_path, kind, cell))
    expected = "a year, month or day of the calendar, such as 2024, 2024-08 or 2024-08-02"
    assert message.startswith(
        f"cities.csv, row 2, column note: {cell!r} is not a date that exists; expected {expected}"
    )


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("people", "100", "'100' is too large; expected 0 to 99"),
        ("people", "-1", "'-1' is too small; expected 0 to 99"),
        ("people", "9" * 20, "does not fit into 64 bits"),
        ("people", "9" * 5000, "(5000 characters) does not fit into 64 bits"),
        ("score", "-11", "'-11' is too small; expected at least -10.5"),
        ("score", "1e400", "'1e400' is too large a number"),
        ("score", "-0", "'-0' is a negative zero"),
        ("score", "9007199254740993", "cannot be held exactly; expected 9007199254740992.0"),
        ("founded", "2025-01-01", "is too large; expected at most 2024-12-31"),
        ("size", "larg", "expected one of small, large, huge (did you mean large?)"),
        ("note", "x" * 25, "has 25 characters; expected at most 24 characters"),
        ("city_id", "P", "does not have the right form; expected text that matches [a-z]+"),
        ("city_id", "", "'' is missing; expected text that matches [a-z]+"),
        ("coastal", "yes", "expected one of true, True, TRUE, 1, false, False, FALSE, 0"),
    ],
)
def test_the_message_says_what_would_be_right(tmp_path: Path, column: str, cell: str, said: str) -> None:
    header = packages.TEXTS["cities.csv"].split("\n")[0].split(",")
    row = ",".join(cell if name == column else "a" * (name == "city_id") for name in header)
    packages.write(tmp_path, cities=cities(row))
    assert said in refused(tmp_path)


def test_rows_are_numbered_as_an_editor_shows_them(tmp_path: Path) -> None:
    packages.write(tmp_path, cities=cities('a,,,,,,,"one\ntwo\nthree"', "b,,,,,,,", "c,,x,,,,,"))
    assert "cities.csv, row 6, column people: 'x'" in refused(tmp_path)
    packages.write(tmp_path, cities=cities('a,,,,,,,"one\ntwo"', "b,,,,,,,", "c,,x,,,,,").replace("\n", "\r\n"))
    assert "cities.csv, row 5, column people: 'x'" in refused(tmp_path)


def test_repeated_keys(tmp_path: Path) -> None:
    packages.write(tmp_path, cities=cities("a,,,,,,,", "b,,,,,,,", "a,,,,,,,"))
    assert refused(tmp_path) == (
        "cities.csv, row 4, column city_id: 'a' stands on row 2 already; expected each value once"
    )
    packages.write(tmp_path, twins=twins("1,pek,sha,", "2,pek,sha,"))
    assert "row 3, column city_id, other_id: 'pek, sha' stands on row 2" in refused(tmp_path, "twins")
    packages.write(tmp_path, twins=twins("1,pek,sha,", "1,sha,pek,"))
    assert "row 3, column twin: '1' stands on row 2" in refused(tmp_path, "twins")


def test_empty_cells_repeat_nothing(tmp_path: Path) -> None:
    packages.write(tmp_path, twins=twins(",pek,sha,", ",sha,pek,"))
    assert ac.load("twins", folder=tmp_path)["twin"].isna().all()


def test_broken_references(tmp_path: Path) -> None:
    packages.write(tmp_path, twins=twins("1,pek,sha,", "2,pek,shx,"))
    assert refused(tmp_path, "twins") == (
        "twins.csv, row 3, column other_id: 'shx' is not a key of cities; "
        "expected one of pek, sha, szx (did you mean szx or sha?)"
    )
    packages.write(tmp_path, twins=twins("1,pek,sha,9"))
    assert "column thing: '9' is not a key of cities or twins" in refused(tmp_path, "twins")


def test_a_reference_to_exactly_one_table(tmp_path: Path) -> None:
    described = packages.described()
    twin = described["resources"][1]["schema"]["fields"][0]
    twin["type"] = "string"
    packages.write(tmp_path, descriptor=described, twins=twins("pek,pek,sha,pek"))
    assert "column thing: 'pek' is a key of cities and of twins" in refused(tmp_path, "twins")


def test_references_to_a_broken_table_name_that_table(tmp_path: Path) -> None:
    packages.write(tmp_path, cities="city_id\npek\n")
    assert refused(tmp_path, "twins").startswith("cities.csv, row 1: lacks the column 'size'")


def test_a_reference_within_the_table_and_of_two_columns(tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": name, "type": "string"} for name in "abcd"],
        "primaryKey": ["a", "b"],
        "foreignKeys": [{"fields": ["c", "d"], "reference": {"resource": "", "fields": ["a", "b"]}}],
    }
    described = {"resources": [{"name": "pairs", "path": "pairs.csv", "schema": schema}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    (tmp_path / "pairs.csv").write_text("a,b,c,d\nx,y,,\nx,z,x,y\nu,v,x,\n")
    assert len(ac.load("pairs", folder=tmp_path)) == 3
    assert ac.describe("pairs", folder=tmp_path)["allowed"][2] == "a key of pairs"
    (tmp_path / "pairs.csv").write_text("a,b,c,d\nx,y,y,x\n")
    assert "row 2, column c, d: 'y, x' is not a key of pairs; expected one of x, y" in refused(tmp_path, "pairs")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cities.csv, row 1: has no header"),
        (b"\n", "cities.csv, row 1: has no header"),
        ("\ufeffcity_id", "row 1: starts with a byte-order mark; expected UTF-8 without one"),
        (cities("a,,,,,,,\xff").encode("latin-1"), "row 2: is not UTF-8 (byte 0xff at offset 62)"),
        (cities("a,,,,,,,x").encode("utf-16"), "row 1: is not UTF-8 (byte 0xff at offset 0)"),
        (cities("a,,,,,,,x", "b,,,,,,,\0"), "row 3: holds a NUL character (byte offset 72)"),
        (cities("a,,,,,,,x", "b,,"), "row 3: has 3 cells; expected 8 cells"),
        (cities("a,,,,,,,x", "b,,,,,,,,"), "row 3: has 9 cells; expected 8 cells"),
        (cities("a,,,,,,,x", "", "b,,,,,,,"), "row 3: is an empty line; expected 8 cells"),
        (cities("a,,,,,,,x", ""), "row 3: is an empty line; expected 8 cells"),
        (cities("a,,,,,,,x", 'b,,,,,,,"open', "c,,,,,,,"), "row 3: starts a record that cannot be read"),
        (cities("a,,,,,,,x", 'b,,,,,,,"shut"x'), "row 3: starts a record that cannot be read"),
        (cities("a,,,,,,,").replace("note", "city_id"), "row 1: has the column 'city_id' twice"),
        (cities("a,,,,,,,").replace("note", "Note"), "row 1: lacks the column 'note' and has 'Note'"),
        (
            cities("a,,,,,,").replace(",note", ""),
            "row 1: lacks the column 'note'; expected the header city_id,",
        ),
        (cities("a,,,,,,,,").replace("note", "note,x"), "row 1: has an undeclared column 'x'"),
        (
            cities("a,,,,,,,").replace("people,score", "score,people"),
            "row 1: has its columns in another order",
        ),
        (cities("a;;;;;;;").replace(",", ";"), "row 1: lacks the column 'city_id' and has 'city_id;size"),
    ],
)
def test_a_broken_file_is_refused_with_the_line(tmp_path: Path, content: str | bytes, said: str) -> None:
    packages.write(tmp_path, cities=content)
    assert said in refused(tmp_path)


def test_a_huge_cell_is_refused(tmp_path: Path) -> None:
    packages.write(tmp_path, cities=cities("a,,,,,,,", "b,,,,,,," + "x" * 200_000))
    before = csv.field_size_limit(131_072)
    try:
        assert "row 3: starts a record that cannot be read (field larger than" in refused(tmp_path)
    finally:
        # Other libraries raise the limit for the whole process.
        csv.field_size_limit(before)


def test_an_unknown_table_offers_the_known_ones(small: Path) -> None:
    message = refused(small, "citis")
    assert message.startswith("datapackage.json: has no table 'citis'; expected one of cities, twins (did you")
    for call in (ac.describe, tables.schema):
        with pytest.raises(ac.DataError, match="has no table 'x'"):
            call("x", folder=small)


@pytest.mark.parametrize("name", ["../cities", "/etc/passwd", "cities.csv", "", "cities\0", "datapackage.json"])
def test_a_name_cannot_leave_the_folder(small: Path, name: str) -> None:
    (small.parent / "cities.csv").write_text(packages.TEXTS["cities.csv"])
    assert "has no table" in refused(small, name)


@pytest.mark.parametrize(
    "path", ["../cities.csv", "/cities.csv", "x/../../y.csv", "c:\\x.csv", "..\\x.csv", "http://x"]
)
def test_a_path_cannot_leave_the_folder(tmp_path: Path, path: str) -> None:
    described = packages.described()
    described["resources"][0]["path"] = path
    packages.write(tmp_path, descriptor=described)
    assert "wrong at resources[0].path; expected the name of a file inside the data folder" in refused(tmp_path)


def test_a_link_cannot_leave_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    packages.write(folder)
    (tmp_path / "outside.csv").write_text(packages.TEXTS["cities.csv"])
    (folder / "cities.csv").unlink()
    (folder / "cities.csv").symlink_to(tmp_path / "outside.csv")
    assert "cities.csv: is a link that leaves the data folder" in refused(folder)
    (folder / "cities.csv").unlink()
    (folder / "inside.csv").write_text(packages.TEXTS["cities.csv"])
    (folder / "cities.csv").symlink_to(folder / "inside.csv")
    assert len(ac.load("cities", folder=folder)) == 3


def test_missing_and_unreadable_files(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "cities.csv").unlink()
    assert refused(small) == "cities.csv: is not there; expected a file cities.csv"
    (small / "cities.csv").mkdir()
    assert refused(small) == "cities.csv: is not a file; expected a file cities.csv"
    (small / "cities.csv").rmdir()
    os.mkfifo(small / "cities.csv")
    assert refused(small) == "cities.csv: is not a file; expected a file cities.csv"
    (small / "datapackage.json").unlink()
    assert "datapackage.json: is not there" in refused(small)
    assert "is not a folder; expected a folder that holds datapackage.json" in refused(small / "nowhere")

    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    packages.write(small.parent)
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "cannot be read (Permission denied)" in refused(small.parent)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "row 1: is not JSON"),
        (
            '{"resources":\n [}',
            "datapackage.json, row 2: is not JSON (Expecting value, character 3 of the line)",
        ),
        ("[" * 100_000, "cannot be read as JSON"),
        ('{"resources": ' + "9" * 5000 + "}", "cannot be read as JSON"),
        ('{"a": 1, "a": 2}', "the key 'a'; expected each key once in an object"),
        ('{"a": NaN}', "wrong at NaN"),
        ("[]", "wrong at the top"),
        ("{}", "wrong at resources"),
        ('{"resources": []}', "wrong at resources"),
        ('{"resources": [1]}', "wrong at resources[0]; expected an object"),
        ('{"resources": [{"name": ""}]}', "wrong at resources[0].name"),
    ],
)
def test_a_broken_descriptor_is_refused(tmp_path: Path, text: str, said: str) -> None:
    packages.write(tmp_path)
    (tmp_path / "datapackage.json").write_text(text)
    assert said in refused(tmp_path)


FIELD = ("resources", 0, "schema", "fields")
KEYS = ("resources", 1, "schema")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("resources", 1, "name"), "cities", "resources[1].name"),
        (("resources", 0, "path"), "", "resources[0].path"),
        (("resources", 0, "dialect"), {"delimiter": ";"}, "resources[0].dialect"),
        (("resources", 0, "dialect"), [], "resources[0].dialect"),
        (("resources", 0, "encoding"), "latin-1", "resources[0].encoding"),
        (("resources", 0, "schema"), None, "resources[0].schema"),
        (("resources", 0, "schema", "missingValues"), ["", "NA"], "missingValues"),
        (FIELD, [], "cities.fields"),
        ((*FIELD, 0), "x", "cities.fields[0]"),
        ((*FIELD, 0, "name"), 5, "cities.fields[0].name"),
        ((*FIELD, 0, "name"), "note", "cities.fields; expected each column once"),
        ((*FIELD, 0, "type"), "geopoint", "cities.city_id.type; expected one of string, integer"),
        ((*FIELD, 0, "type"), ["string"], "cities.city_id.type"),
        ((*FIELD, 0, "format"), "email", "cities.city_id.format"),
        ((*FIELD, 4, "trueValues"), "yes", "cities.coastal.trueValues"),
        ((*FIELD, 0, "constraints"), [], "cities.city_id.constraints"),
        ((*FIELD, 0, "constraints"), {"size": 1}, "cities.city_id.constraints; expected only required"),
        ((*FIELD, 0, "constraints"), {"required": "yes"}, "constraints.required"),
        ((*FIELD, 0, "constraints"), {"maxLength": 2.5}, "constraints.maxLength"),
        (
            (*FIELD, 0, "constraints"),
            {"minimum": "a"},
            "constraints.minimum; expected a type that has an order",
        ),
        (
            (*FIELD, 2, "constraints"),
            {"minimum": "1"},
            "constraints.minimum; expected a value of type integer",
        ),
        (
            (*FIELD, 5, "constraints"),
            {"minimum": "1.1.2024"},
            "constraints.minimum; expected a value of type date",
        ),
        ((*FIELD, 0, "constraints"), {"enum": []}, "constraints.enum"),
        ((*FIELD, 4, "constraints"), {"enum": [True]}, "constraints.enum; expected a list of values, on a"),
        ((*FIELD, 2, "constraints"), {"enum": [1, "2"]}, "constraints.enum; expected values of type integer"),
        ((*FIELD, 3, "constraints"), {"enum": [True]}, "constraints.enum; expected values of type number"),
        ((*FIELD, 0, "constraints"), {"enum": ["a", "a"]}, "constraints.enum; expected each value once"),
        ((*FIELD, 0, "constraints"), {"enum": ["a", ""]}, "constraints.enum; expected values of type string"),
        ((*FIELD, 0, "constraints"), {"pattern": "("}, "constraints.pattern"),
        ((*FIELD, 0, "constraints"), {"pattern": 1}, "constraints.pattern"),
        ((*FIELD, 0, "aicities:ordered"), True, "aicities:ordered"),
        (
            (*FIELD, 0, "aicities:date"),
            "exact",
            "aicities:date; expected one of partial, past, period, on a string or date",
        ),
        ((*FIELD, 0, "aicities:date"), ["period"], "aicities:date"),
        ((*FIELD, 4, "aicities:date"), "partial", "aicities:date"),
        ((*KEYS, "primaryKey"), "x", "twins.primaryKey"),
        ((*KEYS, "primaryKey"), [], "twins.primaryKey"),
        ((*KEYS, "primaryKey"), {}, "twins.primaryKey"),
        ((*KEYS, "foreignKeys"), {}, "twins.foreignKeys; expected a list"),
        ((*KEYS, "foreignKeys", 0), 5, "twins.foreignKeys; expected a list of objects"),
        ((*KEYS, "foreignKeys", 0, "fields"), "x", "twins.foreignKeys; expected columns of this table"),
        ((*KEYS, "foreignKeys", 0, "reference"), None, "twins.foreignKeys; expected a table of this package"),
        ((*KEYS, "foreignKeys", 0, "reference", "resource"), "x", "twins.foreignKeys"),
        ((*KEYS, "foreignKeys", 0, "reference", "resource"), 1, "twins.foreignKeys"),
        ((*KEYS, "foreignKeys", 0, "reference", "fields"), ["city_id", "size"], "twins.foreignKeys"),
        ((*KEYS, "aicities:oneOf", 0, "references"), [], "twins.aicities:oneOf"),
    ],
)
def test_a_descriptor_that_cannot_be_relied_on_is_refused(
    tmp_path: Path, path: tuple[Any, ...], value: Any, said: str
) -> None:
    described = packages.described()
    place: Any = described
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    packages.write(tmp_path, descriptor=described)
    message = refused(tmp_path)
    assert message.startswith("datapackage.json: is wrong at ")
    assert said in message


def test_what_a_descriptor_may_also_say(tmp_path: Path) -> None:
    described = packages.described()
    described["resources"][0]["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "header": True}
    fields = described["resources"][0]["schema"]["fields"]
    fields[4] |= {"trueValues": ["yes"], "falseValues": ["no"]}
    fields[2]["constraints"] = {"enum": [21, 24], "required": False}
    fields[3]["constraints"] = {"maximum": 100}
    fields[5]["constraints"] = {"minimum": "2000-01-01"}
    fields[6]["constraints"] = {"enum": [2020]}
    fields[7]["constraints"] = {"minLength": 2, "maxLength": 30}
    text = packages.TEXTS["cities.csv"].replace("false", "no").replace("true", "yes")
    packages.write(tmp_path, descriptor=described, cities=text)
    assert ac.load("cities", folder=tmp_path)["coastal"].tolist() == [False, True, pd.NA]
    assert ac.describe("cities", folder=tmp_path)["allowed"].tolist()[-1] == "2 to 30 characters"
    packages.write(tmp_path, descriptor=described, cities=text.replace("21", "22"))
    assert "'22' is not an allowed value; expected one of 21, 24" in refused(tmp_path)
    packages.write(tmp_path, descriptor=described, cities=text.replace(",NA", ",N"))
    assert "'N' has 1 characters; expected 2 to 30 characters" in refused(tmp_path)
    packages.write(tmp_path, descriptor=described, cities=text.replace("84.5", "100.5"))
    assert "'100.5' is too large; expected at most 100" in refused(tmp_path)
    fields[7]["constraints"] = {"minLength": 2}
    packages.write(tmp_path, descriptor=described, cities=text)
    assert ac.describe("cities", folder=tmp_path)["allowed"].tolist()[-1] == "at least 2 characters"


def test_check_finds_nothing_in_a_sound_package(small: Path) -> None:
    found = ac.check(small)
    assert list(found.columns) == ["file", "row", "column", "value", "problem", "expected"]
    assert len(found) == 0
    assert str(found["row"].dtype) == "Int64"


def test_check_finds_all_problems(tmp_path: Path) -> None:
    packages.write(tmp_path, cities=cities("pek,x,y,,,,,", "pek,,,,,,,", "szx,,,,,,,"), twins=twins("1,pek,sha,"))
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "stray.csv").write_text("a\n")
    found = ac.check(tmp_path)
    assert found[["file", "row", "column", "value"]].astype("object").where(found.notna(), None).values.tolist() == [
        ["more/stray.csv", None, None, None],
        ["cities.csv", 2, "size", "x"],
        ["cities.csv", 2, "people", "y"],
        ["cities.csv", 3, "city_id", "pek"],
        ["twins.csv", 2, "other_id", "sha"],
    ]


def test_check_tells_a_broken_file_once(tmp_path: Path) -> None:
    packages.write(tmp_path, cities="x\n")
    assert ac.check(tmp_path)["file"].tolist() == ["cities.csv"]


def test_check_of_no_package_is_a_problem_too(tmp_path: Path) -> None:
    assert ac.check(tmp_path)["problem"].tolist() == ["is not there"]
    assert "is not a folder" in ac.check(tmp_path / "x")["problem"].tolist()


def test_a_change_of_the_file_is_seen(small: Path) -> None:
    assert len(ac.load("twins", folder=small)) == 3
    stamp = (small / "twins.csv").stat()
    (small / "twins.csv").write_text(packages.TEXTS["twins.csv"].replace("1,pek,sha,szx", "1,pek,sha,pek"))
    os.utime(small / "twins.csv", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert ac.load("twins", folder=small)["thing"][0] == "pek"


def test_what_load_gives_can_be_changed_freely(small: Path) -> None:
    table = ac.load("cities", folder=small)
    table.loc[:, "score"] = 0.0
    table["city_id"] = "x"
    assert ac.load("cities", folder=small)["score"][0] == 84.5


def test_an_error_survives_pickling(small: Path) -> None:
    with pytest.raises(ac.DataError) as caught:
        ac.load("x", folder=small)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.problem == caught.value.problem


def test_files_lists_regular_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.txt").write_text("b")
    (folder / "a.txt").write_text("a" * 11)
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_text("secret")
    os.mkfifo(folder / "pipe")
    assert tables.files(folder, largest=10) == {"a.txt": None, "b.txt": b"b"}
    assert list(tables.files(folder, largest=10)) == ["a.txt", "b.txt"]
    for wrong in (tmp_path / "nowhere", folder / "b.txt", "nul\0"):
        with pytest.raises(ac.DataError, match="cannot be listed"):
            tables.files(wrong, largest=10)

    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert tables.files(folder, largest=10) == {"a.txt": None, "b.txt": None}


def test_a_wheel_carries_the_data_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "aicities" / "data"
    inside.mkdir(parents=True)
    packages.write(inside)
    monkeypatch.setattr("aicities.tables.loading.__file__", str(tmp_path / "aicities" / "tables" / "loading.py"))
    assert ac.names() == ["cities", "twins"]


CELLS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 99)),
        st.one_of(st.none(), st.floats(min_value=-10.5, allow_nan=False, allow_infinity=False)),
        st.one_of(st.none(), st.booleans()),
        st.text(max_size=24).filter(lambda text: not hidden(text)),
    ),
    max_size=6,
)


@given(CELLS)
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(packages.TEXTS["cities.csv"].split("\n")[0].split(","))
    rows = [(a, 0.0 if b == 0 else b, c, d) for a, b, c, d in rows]
    for number, (people, score, coastal, note) in enumerate(rows):
        said = None if coastal is None else str(coastal).lower()
        writer.writerow(
            [chr(97 + number), None, people, None if score is None else repr(score), said, None, None, note]
        )
    folder = packages.write(tmp_path_factory.mktemp("data"), cities=written.getvalue(), twins=twins())
    table = ac.load("cities", folder=folder).astype("object")
    read = table[["people", "score", "coastal", "note"]].where(table.notna(), None).values.tolist()
    assert read == [[a, b, c, d or None] for a, b, c, d in rows]


@given(st.binary(max_size=200) | st.text(alphabet='a,"\r\n\x00\x85é1.', max_size=60).map(str.encode))
def test_no_bytes_bring_the_loader_down(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    header = packages.TEXTS["cities.csv"].split("\n")[0].encode() + b"\n"
    folder = packages.write(tmp_path_factory.mktemp("data"), cities=header + content, twins=twins())
    found = ac.check(folder)
    try:
        table = ac.load("cities", folder=folder)
    except ac.DataError as error:
        assert len(found) > 0
        assert error.problem in [
            tables.Problem(*row) for row in found.astype("object").where(found.notna(), None).itertuples(index=False)
        ]
        assert error.problem.row is None or 1 <= error.problem.row <= content.count(b"\n") + content.count(b"\r") + 2
    else:
        assert len(found) == 0
        assert len(table) == len(list(csv.reader(io.StringIO(content.decode(), newline=""))))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["resources", "schema", "fields", "name", "type"]), inner)
        ),
    )
)
def test_no_json_brings_the_descriptor_down(tmp_path_factory: pytest.TempPathFactory, described: Any) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "datapackage.json").write_text(json.dumps(described))
    with pytest.raises(ac.DataError, match=r"datapackage\.json"):
        ac.names(folder=folder)


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: value != 0))
def test_every_float_can_be_written(value: float) -> None:
    assert _cells.parse(repr(value), {"type": "number"}) == (value, None)


# what a whole package says


def keyed(tmp_path: Path, cities_text: str, twins_text: str) -> list[list[Any]]:
    packages.write(tmp_path, cities=cities_text, twins=twins_text)
    found = ac.check(tmp_path)
    return found[["file", "row", "column", "value", "problem"]].values.tolist()


def test_a_key_that_was_changed_is_told_once_at_its_row(tmp_path: Path) -> None:
    changed = packages.TEXTS["cities.csv"].replace("szx,", "szy,")
    ((file, row, column, value, problem),) = keyed(tmp_path, changed, twins("1,pek,sha,", "2,sha,szx,", "3,szx,pek,"))
    assert (file, row, column, value) == ("cities.csv", 4, "city_id", "szy")
    assert problem == "is used nowhere, while 'szx' is (in 2 rows of twins.csv: city_id, twins.csv: other_id)"


def test_a_key_that_was_taken_out_is_told_once_with_all_its_uses(tmp_path: Path) -> None:
    without = "\n".join(line for line in packages.TEXTS["cities.csv"].split("\n") if "pek" not in line)
    ((file, row, column, value, problem),) = keyed(tmp_path, without, packages.TEXTS["twins.csv"])
    assert (file, row, column, value) == ("twins.csv", 2, "city_id", "pek")
    assert "is not a key of cities (in 3 rows of twins.csv: city_id, twins.csv: other_id" in problem


def test_a_table_without_rows_is_one_problem_of_that_table(tmp_path: Path) -> None:
    found = keyed(tmp_path, packages.TEXTS["cities.csv"].split("\n")[0] + "\n", twins("1,pek,sha,", "2,sha,pek,"))
    assert [(file, problem) for file, *_, problem in found] == [
        ("cities.csv", "has no rows, but other tables refer to some")
    ]


def test_a_column_that_is_wrong_all_over_is_one_problem(tmp_path: Path) -> None:
    rows = [f"{chr(97 + n)},,x,,,,," for n in range(26)]
    ((file, row, column, _, problem),) = keyed(tmp_path, cities(*rows), twins())
    assert (file, row, column, problem) == ("cities.csv", 2, "people", "is not an integer, as in 25 more rows")


def test_a_header_that_stands_twice_is_one_problem(tmp_path: Path) -> None:
    head = packages.TEXTS["cities.csv"].split("\n")[0]
    packages.write(tmp_path, cities=packages.TEXTS["cities.csv"] + head + "\n")
    found = ac.check(tmp_path)
    assert found[["row", "problem"]].values.tolist() == [[5, "has its header 2 times"]]


def test_the_same_row_under_another_name_is_told_by_check(tmp_path: Path) -> None:
    row = "{},huge,21,84.5,false,2024-01-31,2020,"
    packages.write(tmp_path, cities=cities(row.format("a"), row.format("b"), "c,,1,,,,,", "d,,1,,,,,"), twins=twins())
    found = ac.check(tmp_path)
    assert found[["row", "column", "value", "problem"]].values.tolist() == [
        [3, "city_id", "b", "is 'a' on row 2 in all other columns"]
    ]
    assert len(ac.load("cities", folder=tmp_path)) == 4


@pytest.mark.parametrize(
    "cell", ["29.729999999999997", "0.30000000000000004", "29.7300000", "1e3", "3.3333333333", "1E2"]
)
def test_a_number_has_the_digits_that_a_source_prints(tmp_path: Path, cell: str) -> None:
    described = packages.described()
    score = described["resources"][0]["schema"]["fields"][3]
    packages.write(tmp_path, descriptor=described, cities=cities(f"a,,,{cell},,,,"), twins=twins())
    assert ac.load("cities", folder=tmp_path)["score"].item() == float(cell)
    score["aicities:digits"] = 6
    packages.write(tmp_path, descriptor=described, cities=cities(f"a,,,{cell},,,,"), twins=twins())
    said = f"{cell!r} is not as sources print numbers; expected {float(cell):.6g}, or another of at most 6 digits"
    assert said in refused(tmp_path)


def test_a_day_that_has_not_come_is_refused_where_it_must_have(tmp_path: Path) -> None:
    ahead = date.today() + timedelta(40)
    for day, fine in ((date.today(), True), (ahead, False), (ahead.replace(year=ahead.year + 40), False)):
        folder = dated(tmp_path, "past", day.isoformat())
        if fine:
            ac.load("cities", folder=folder)
        else:
            assert "is not a date that has come; expected a year" in refused(folder)
    assert "is not a date that exists" in refused(dated(tmp_path, "past", "2024-02-30"))


def test_dates_of_a_rule_are_put_in_order_as_far_as_they_are_known(tmp_path: Path) -> None:
    fields = [{"name": "id", "type": "string"}]
    fields += [{"name": name, "type": "string", "aicities:date": "partial"} for name in ("start", "end")]
    rules = [{"says": "It ends no sooner.", "ordered": ["start", "end"]}]
    described = {"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": fields, "aicities:rules": rules}}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    (tmp_path / "a.csv").write_text("id,start,end\n1,2020-05,2020\n2,2020,2020-05\n3,2030,2020\n4,2020-06,2020-05-31\n")
    assert ac.check(tmp_path)["row"].tolist() == [4, 5]
