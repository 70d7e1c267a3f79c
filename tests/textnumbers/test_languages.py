"""The tables of the languages: what they may hold, and what is said of a table that is wrong."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import textnumbers
from textnumbers.languages import COMMON, Table, read_table, table

SOURCE = Path(textnumbers.__file__).parent
CODE = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))


def test_each_language_has_a_table() -> None:
    assert sorted(COMMON.languages) == sorted(path.stem for path in SOURCE.glob("languages/??.toml"))


@pytest.mark.parametrize("code", COMMON.languages)
def test_each_set_and_context_is_asked_for(code: str) -> None:
    known = table(code)
    asked = set(re.findall(r"[\"']([A-Za-z_]+)[\"']", CODE)) | {"plate_count_before", "plate_range_before"}
    assert not {*known.sets, *known.contexts} - asked


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("joins = -", "xx.toml is no TOML: .*line 1"),
        ("unit = 'km'", "xx.toml: 'unit' is no part of a table; expected one of numerals, "),
        ("numerals = 'one:1 two'", "xx.toml: numerals: 'two' has no number; expected form:number"),
        ("joins = ['-']", r"xx.toml: joins: found \['-'\]; expected forms in quotes"),
        ("numerals = 'one:1 one:2'", "xx.toml: numerals: 'one' stands there twice"),
        ("names = 'no_one no_one'", "xx.toml: names: 'no one' stands there twice"),
        ("guards = '台:风 台:北'", "xx.toml: guards: '台' stands there twice"),
        ("units = 'km'", "xx.toml: units: found 'km'; expected lines such as name = 'form form'"),
        ("[contexts]\nday = 3", "xx.toml: contexts: found 3; expected a pattern in quotes"),
        ("article = 1", "xx.toml: article: found 1; expected true or false"),
    ],
)
def test_a_wrong_table_is_told(source: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_table(Table, "xx.toml", source)


def test_it_runs_from_an_archive(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "library"), "zip", SOURCE.parent, SOURCE.name)
    code = "import textnumbers as t; print(t.__file__, [q.value for q in t.extract('Ada 3 kota.', 'id')])"
    done = subprocess.run(
        [
            sys.executable,
            "-S",
            "-c",
            f"import sys; sys.path[:] = {[str(tmp_path / 'library.zip'), *sys.path]!r}; {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "library.zip" in done.stdout and done.stdout.endswith("[3]\n")
