"""The command line: what it prints, what it refuses, and with which exit status."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aicities as ac
import rankstats
from aicities import __main__ as cli
from aicities.study import claims
from aicities.study.additions.exporting import FORMATS, export
from aicities.study.rankings import analysis as rankings
from tests.aicities import packages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return packages.write(folder)


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    try:
        status = cli.main([str(word) for word in words])
    except SystemExit as end:
        status = int(end.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


def shown(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> list[str]:
    status, out, err = run(
        capsys, "show", "cities", "--data", folder, "--format", "csv", "--columns", "city_id", *words
    )
    assert (status, err) == (0, "")
    return out.split()[1:]


def test_the_docstring_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    listed = re.findall(r"^    ([a-z]+)(?:  |$)", run(capsys, "--help")[1], re.MULTILINE)
    assert set(listed) == set(cli.EXAMPLES)
    assert [name for name in listed if f"``{name}``" not in cli.__doc__] == []


def test_tables_are_listed(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    assert run(capsys, "tables", "--data", small) == (0, "name    title\ncities  -\ntwins   -\n", "")
    status, out, _ = run(capsys, "tables", "--format", "json")
    assert status == 0
    assert [row["name"] for row in json.loads(out)] == ac.names()


def test_a_table_is_shown_as_text(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    status, out, err = run(capsys, "show", "cities", "--data", small)
    assert (status, err) == (0, "")
    assert out.split("\n") == [
        "city_id  size   people  score  coastal  founded     census  note",
        "pek      huge       21   84.5    false  2024-01-31    2020  -",
        "sha      large      24      -     true  -                -  by the sea, big",
        "szx      -           -    -10        -  -                -  NA",
        "",
    ]


def test_wide_characters_take_two_columns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = packages.TEXTS["cities.csv"].replace("NA", "深圳x")
    packages.write(tmp_path, cities=text)
    _, out, _ = run(capsys, "show", "cities", "--data", tmp_path, "--columns", "note,city_id")
    assert out.split("\n")[3] == "深圳x            szx"


def test_csv_reads_back_as_the_same_table(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    status, out, err = run(capsys, "show", "cities", "--data", small, "--format", "csv")
    assert (status, err) == (0, "")
    before = ac.load("cities", folder=small)
    packages.write(small, cities=out)
    pd.testing.assert_frame_equal(ac.load("cities", folder=small), before)


def test_all_tables_of_the_package_read_back(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    descriptor = (ROOT / "data" / "datapackage.json").read_bytes()
    (tmp_path / "datapackage.json").write_bytes(descriptor)
    paths = {resource["name"]: resource["path"] for resource in json.loads(descriptor)["resources"]}
    for name in ac.names():
        status, out, _ = run(capsys, "show", name, "--format", "csv")
        assert status == 0
        (tmp_path / paths[name]).write_text(out, "utf-8", newline="")
    for name in ac.names():
        pd.testing.assert_frame_equal(ac.load(name, folder=tmp_path), ac.load(name))


def test_json_keeps_types_and_missing_values(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    _, out, _ = run(capsys, "show", "cities", "--data", small, "--format", "json")
    first, second, third = json.loads(out)
    assert first == {
        "city_id": "pek",
        "size": "huge",
        "people": 21,
        "score": 84.5,
        "coastal": False,
        "founded": "2024-01-31",
        "census": 2020,
        "note": None,
    }
    assert second["score"] is None
    assert third["score"] == -10


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["city_id=pek"], ["pek"]),
        (["city_id!=pek"], ["sha", "szx"]),
        (["people>21"], ["sha"]),
        (["people>=21", "people<24"], ["pek"]),
        (["people<=24"], ["pek", "sha"]),
        (["people="], ["szx"]),
        (["people!="], ["pek", "sha"]),
        (["people!=21"], ["sha", "szx"]),
        (["score=-10"], ["szx"]),
        (["size>small"], ["pek", "sha"]),
        (["size=large"], ["sha"]),
        (["coastal=true"], ["sha"]),
        (["coastal!=true"], ["pek", "szx"]),
        (["founded>2024-01-01"], ["pek"]),
        (["founded=2024-01-31"], ["pek"]),
        (["note=NA"], ["szx"]),
        (["note=by the sea, big"], ["sha"]),
        (["city_id=nobody"], []),
    ],
)
def test_rows_are_chosen(
    capsys: pytest.CaptureFixture[str], small: Path, conditions: list[str], expected: list[str]
) -> None:
    assert shown(capsys, small, "--where", *conditions) == expected
    assert shown(capsys, small, *(word for each in conditions for word in ("--where", each))) == expected


def test_columns_are_chosen_in_order(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    _, out, _ = run(capsys, "show", "cities", "--data", small, "--columns", "people,city_id", "--where", "people=21")
    assert out == "people  city_id\n    21  pek\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "citis"], "unknown table 'citis'; expected one of cities, twins (did you mean cities"),
        (["describe", "../cities"], "unknown table '../cities'"),
        (["show", "cities", "--columns", "x"], "unknown column 'x'; expected one of city_id, size"),
        (["show", "cities", "--columns", ""], "unknown column ''"),
        (["show", "cities", "--columns", "note,note"], "names a column twice; expected each once"),
        (["show", "cities", "--where", "town=x"], "unknown column 'town'; expected one of city_id"),
        (
            ["show", "cities", "--where", "size=big"],
            "'big' is not an allowed value; expected one of small, large, huge",
        ),
        (["show", "cities", "--where", "people=many"], "'many' is not an integer; expected digits only"),
        (["show", "cities", "--where", "score=1,5"], "'1,5' is not a number"),
        (["show", "cities", "--where", "founded=2024"], "'2024' is not a date"),
        (["show", "cities", "--where", "coastal=maybe"], "'maybe' is not a boolean"),
        (["show", "cities", "--where", "people"], "is no condition; expected COLUMN=VALUE"),
        (["show", "cities", "--where", "=x"], "is no condition"),
        (["show", "cities", "--where", "note>a"], "its values have no order; expected = or !="),
        (["show", "cities", "--where", "people>"], "a missing value has no order; expected = or !="),
        (["show", "cities", "--format", "xml"], "invalid choice: 'xml'"),
        (["show"], "required: NAME (see aicities show --help)"),
        (["list"], "invalid choice: 'list'"),
        ([], "required: COMMAND"),
        (["show", "cities", "--col", "x"], "unrecognized arguments"),
    ],
)
def test_a_wrong_command_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], small: Path, words: list[str], said: str
) -> None:
    data = ["--data", small] if words[:1] in (["show"], ["describe"]) else []
    status, out, err = run(capsys, *words, *data)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_wrong_data_are_told_in_one_line(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    packages.write(small, twins="twin,city_id,other_id,thing\n1,pek,xxx,\n")
    status, out, err = run(capsys, "show", "twins", "--data", small)
    assert (status, out) == (1, "")
    assert err.startswith("aicities: twins.csv, row 2, column other_id: 'xxx' is not a key of cities; expected")
    assert err.count("\n") == 1


def test_long_cells_are_broken_to_fit_a_terminal() -> None:
    table = pd.DataFrame({"key": ["a", "b"], "said": ["one two three four five six seven", "eight"], "n": [1, 22]})
    whole = cli._text(table)
    assert whole.splitlines()[1] == "a    one two three four five six seven   1"
    assert cli._text(table, width=80) == whole
    fitted = cli._text(table, width=30).splitlines()
    assert max(map(len, fitted)) <= 30
    assert fitted[1:] == [
        "a    one two three four      1",
        "     five six seven",
        "b    eight                  22",
    ]


def test_describe(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    status, out, _ = run(capsys, "describe", "cities", "--data", small, "--format", "csv")
    assert status == 0
    table = list(csv.DictReader(io.StringIO(out)))
    assert [row["column"] for row in table] == ac.describe("cities", folder=small)["column"].tolist()
    assert table[2]["unit"] == "persons"


def test_check(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    assert run(capsys, "check", small) == (0, "No problem in 2 tables.\n", "")
    assert run(capsys, "check")[0] == 0
    packages.write(small, twins="twin,city_id,other_id,thing\nx,pek,sha,\n")
    status, out, err = run(capsys, "check", small)
    assert status == 1
    assert out == "twins.csv, row 2, column twin: 'x' is not an integer; expected digits only, such as 22\n"
    assert err == "aicities: 1 problem found\n"
    status, out, err = run(capsys, "check", small / "nowhere")
    assert status == 1
    assert "is not a folder" in out


def articles(folder: Path, text: str) -> Path:
    """A package with the tables that `verify` needs, for one text."""
    names = {
        "works": ["work_id"],
        "indicators": ["fact_id"],
        "statements": ["fact_id"],
        "quantities": ["article_id"],
        "articles": ["article_id", "work_id", "language", "file_name", "sha256", "characters", "paragraphs"],
        "evidence": ["fact_id", "article_id", "reading", "paragraph", "start", "end", "token", "says"],
    }
    whole = {"characters", "paragraphs", "paragraph", "start", "end"}
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "schema": {"fields": [{"name": x, "type": "integer" if x in whole else "string"} for x in columns]},
        }
        for name, columns in names.items()
    ]
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    for name, text_of in {"works": "work_id\nw1\n", "quantities": "article_id\n"}.items():
        (folder / f"{name}.csv").write_text(text_of)
    for name in ("indicators", "statements"):
        (folder / f"{name}.csv").write_text("fact_id\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    header = ",".join(names["articles"])
    (folder / "articles.csv").write_text(f"{header}\nja,w1,ja,one.txt,{digest},{len(text)},1\n")
    header = ",".join(names["evidence"])
    (folder / "evidence.csv").write_text(f"{header}\nI1,ja,supports,0,4,6,12,\nI2,ja,supports,0,4,6,13,\n")
    return folder


def test_verify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data, texts = articles(tmp_path / "data", "has 12 towers"), tmp_path / "texts"
    texts.mkdir()
    status, out, _ = run(capsys, "verify", texts, "--data", data)
    assert status == 1
    assert out.startswith("ja: missing: no file has the recorded sha256 ")
    assert out.endswith("; 2 places not checked\n")
    (texts / "one.txt").write_text("has 13 towers")
    assert "ja: changed: one.txt has not the recorded sha256" in run(capsys, "verify", texts, "--data", data)[1]
    (texts / "other.txt").write_text("has 12 towers")
    status, out, _ = run(capsys, "verify", texts, "--data", data)
    assert status == 1
    assert out.split("\n")[:2] == [
        "ja: fine: other.txt, 1 of 2 places right",
        "ja, I2: characters 4 to 6 are not the token '13'",
    ]
    evidence = (data / "evidence.csv").read_text().replace(",13,", ",12,")
    (data / "evidence.csv").write_text(evidence)
    assert run(capsys, "verify", texts, "--data", data) == (
        0,
        "ja: fine: other.txt, 2 of 2 places right\n",
        "",
    )
    recorded = (data / "articles.csv").read_text().replace(",13,1", ",12,1")
    (data / "articles.csv").write_text(recorded)
    status, out, _ = run(capsys, "verify", texts, "--data", data)
    assert status == 1
    assert out.startswith("ja: characters: 12 recorded, 13 in the file: other.txt")
    status, out, err = run(capsys, "verify", tmp_path / "nowhere", "--data", data)
    assert (status, out) == (2, "")
    assert err.endswith("cannot be listed (No such file or directory); expected a folder with files\n")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x"])
def test_formulas_in_csv(capsys: pytest.CaptureFixture[str], tmp_path: Path, start: str) -> None:
    header = packages.TEXTS["cities.csv"].split("\n")[0]
    packages.write(tmp_path, cities=f'{header}\na,,,-1,,,,"{start}"\n', twins="twin,city_id,other_id,thing\n")
    words = ("show", "cities", "--data", tmp_path, "--format", "csv", "--columns", "score,note")
    status, out, err = run(capsys, *words)
    assert status == 0
    assert list(csv.reader(io.StringIO(out, newline="")))[1] == ["-1", start]
    assert err == "aicities: 1 cell a spreadsheet may take for a formula (see --spreadsheet)\n"
    status, out, err = run(capsys, *words, "--spreadsheet")
    assert list(csv.reader(io.StringIO(out, newline="")))[1] == ["-1", "'" + start]
    assert (status, err) == (0, "")


def test_a_single_column_keeps_its_empty_cells(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    _, out, _ = run(capsys, "show", "cities", "--data", small, "--format", "csv", "--columns", "note")
    assert out == 'note\n""\n"by the sea, big"\nNA\n'
    _, out, _ = run(capsys, "show", "cities", "--data", small, "--format", "csv", "--columns", "people,note")
    assert out.split("\n")[1] == "21,"


def test_a_choice_without_rows(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    words = ("show", "cities", "--data", small, "--where", "city_id=x", "--columns", "city_id,people")
    assert run(capsys, *words) == (0, "city_id  people\n", "")
    assert run(capsys, *words, "--format", "csv") == (0, "city_id,people\n", "")
    assert run(capsys, *words, "--format", "json") == (0, "[]\n", "")


def test_an_interruption_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(folder: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.tables, "check", interrupted)
    assert run(capsys, "check") == (130, "", "aicities: interrupted\n")


def test_output_may_be_no_file(small: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert cli.main(["show", "cities", "--data", str(small), "--format", "csv", "--columns", "city_id"]) == 0
    assert out.getvalue() == "city_id\npek\nsha\nszx\n"


def process(*words: str, **settings: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **settings}
    command = [sys.executable, "-m", "aicities", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def test_a_reader_may_go_away() -> None:
    running = process("show", "statements")
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait() == 1


@pytest.mark.parametrize("settings", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONUTF8": "0"}])
def test_exports_are_utf8_everywhere(settings: dict[str, str]) -> None:
    out, err = process("show", "entities", "--format", "csv", "--where", "kind=city", **settings).communicate()
    assert "深圳".encode() in out
    assert err == b""


def test_a_poor_terminal_gets_escapes() -> None:
    out, err = process("show", "entities", "--where", "kind=city", PYTHONIOENCODING="ascii").communicate()
    assert rb"\u6df1\u5733" in out
    assert err == b""


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert run(capsys, "--version") == (0, f"aicities {project['version']}\n", "")
    assert ac.__version__ == project["version"]
    assert project["scripts"]["aicities"] == "aicities.__main__:main"


def test_modules_are_imported_when_first_used() -> None:
    code = (
        "import sys, aicities as ac; before = set(sys.modules);"
        "assert not {'scipy', 'matplotlib', 'seaborn', 'aicities.bounds'} & before;"
        "assert 'bounds' in dir(ac) and 'tables' in dir(ac) and '_cells' not in dir(ac)[-5:];"
        "assert ac.bounds.words('gt', 1) == 'more than 1';"
        "assert set(ac.__all__) <= set(dir(ac));"
        "assert not hasattr(ac, 'nothing')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=environment)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "show",
                "describe",
                "tables",
                "cities",
                "--where",
                "--columns",
                "--format",
                "csv",
                "people>1",
                "--spreadsheet",
            ]
        )
        | st.text(max_size=8),
        max_size=6,
    )
)
def test_no_words_bring_the_command_line_down(
    capsys: pytest.CaptureFixture[str], small: Path, words: list[str]
) -> None:
    status, _, err = run(capsys, *words[:1], "--data", small, *words[1:])
    assert status in (0, 2)
    assert "Traceback" not in err
    assert (status == 0) == (err == "")


def test_claims_lists_every_claim_with_its_verdict(capsys):
    status, printed, _ = run(capsys, "claims", "--format", "csv")
    summary = pd.read_csv(io.StringIO(printed)).set_index("claim_id")
    assert status == 0 and len(summary) == len(ac.load("claims"))
    data = ac.load_all()
    computed = claims.summary(data, claims.verdicts(data)).set_index("claim_id")["headline"]
    assert summary["headline"].to_dict() == computed.to_dict() and computed.nunique() > 2


def test_claims_of_one_claim_shows_what_decides_it(capsys):
    status, printed, _ = run(capsys, "claims", "C01", "--format", "csv")
    tests = pd.read_csv(io.StringIO(printed))
    assert status == 0 and tests["test_id"].str.startswith("C01-").all()
    verdicts = claims.verdicts(ac.load_all()).query("claim_id == 'C01'")
    assert tests["verdict"].tolist() == verdicts["verdict"].tolist() != []


def test_an_unknown_claim_is_named(capsys):
    status, printed, problem = run(capsys, "claims", "C99")
    assert status == 2 and printed == "" and "unknown claim 'C99'; expected one of C01" in problem


@pytest.mark.parametrize("method", ["borda", "kemeny"])
def test_rank_puts_the_cities_in_an_order(capsys, method):
    status, printed, _ = run(capsys, "rank", "--topic", "overall", "--method", method, "--format", "csv")
    assert status == 0 and pd.read_csv(io.StringIO(printed))["place"].tolist()[:2] == ["Beijing", "Shanghai"]


def test_rank_by_an_unknown_topic_is_refused(capsys):
    status, _, problem = run(capsys, "rank", "--topic", "overal")
    assert status == 2 and "unknown topic 'overal'; expected one of" in problem and "overall" in problem


def test_weights_of_topics_move_the_order(capsys):
    _, plain, _ = run(capsys, "rank", "--format", "csv")
    assert run(capsys, "rank", "--weights", "overall=1", "--format", "csv")[1] == plain
    status, heavy, problem = run(capsys, "rank", "--weights", "capital=3,overall=0", "--format", "csv")
    assert (status, problem) == (0, "") and heavy != plain
    known, entries = rankings.city_tables(ac.load_all())
    known = rankings.counted_tables(known)
    votes = {}
    for _, own in known.groupby("publisher_id"):
        votes |= {row.table_id: {"capital": 3, "overall": 0}.get(row.topic, 1) / len(own) for row in own.itertuples()}
    entries = entries[entries["table_id"].isin(known["table_id"])]
    lists = rankstats.read(entries, known, by="publisher_id", ranks="competition", weights=votes)
    scores = rankstats.borda(lists)["score"].dropna()
    assert pd.read_csv(io.StringIO(heavy))["score"].dropna().tolist() == pytest.approx(scores.tolist(), abs=6e-4)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("overal=2", "unknown topic 'overal'; expected one of"),
        ("overall", "'overall'; expected TOPIC=NUMBER, such as overall=2"),
        ("overall=-1", "the weight of 'overall' is -1; expected a number from zero up"),
        ("overall=nan", "the weight of 'overall' is nan; expected a number from zero up"),
    ],
)
def test_wrong_weights_are_told(capsys, weights, said):
    status, printed, problem = run(capsys, "rank", "--weights", weights)
    assert (status, printed) == (2, "") and said in problem and problem.count("\n") == 1


def test_a_text_is_found_in_facts_and_their_texts(capsys):
    status, printed, _ = run(capsys, "find", "26%", "--format", "csv")
    found = pd.read_csv(io.StringIO(printed))
    fact = found[found["table"] == "indicators"].iloc[0]
    places = ac.load("evidence").query("fact_id == @fact.key")
    said = [f"{row.article_id} {row.start}–{row.end}" for row in places.itertuples() if pd.notna(row.start)]
    assert status == 0 and fact["where"] == "; ".join(said) and len(said) == 2


def test_a_text_is_found_in_sources_with_their_address(capsys):
    _, printed, _ = run(capsys, "find", "xinhua", "--format", "csv")
    found = pd.read_csv(io.StringIO(printed))
    urls = ac.load("sources").set_index("source_id")["url"]
    rows = found[found["table"] == "sources"]
    assert len(rows) and all(pd.isna(row.where) or row.where == urls[row.key] for row in rows.itertuples())
    assert run(capsys, "find", "nowhere at all")[1].split() == ["table", "key", "text", "where"]
    assert run(capsys, "find", " ")[0] == 2


def test_a_profile_has_every_rank_and_number_of_the_city(capsys):
    status, printed, _ = run(capsys, "profile", "Shenzhen", "--format", "csv")
    known = pd.read_csv(io.StringIO(printed))
    counted = known["about"].value_counts()
    tables = {"ranking": "league_table_entries", "number": "city_indicators", "compute": "compute"}
    assert status == 0
    assert {about: (ac.load(name)["place"] == "Shenzhen").sum() for about, name in tables.items()} == {
        about: counted[about] for about in tables
    }
    assert counted["article"] == (ac.evidence.facts(ac.load_all())["city"] == "Shenzhen").sum()
    assert known.loc[known["about"] == "claim", "value"].isin(["holds", "fails", "mixed", "cannot tell"]).all()
    assert "did you mean Shenzhen" in run(capsys, "profile", "Shenzen")[2]
    for name in ("shenzhen", "深圳", "深セン"):
        assert run(capsys, "profile", name, "--format", "csv")[1] == printed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["claims", "C1"], "(did you mean C01?)"),
        (["rank", "--topic", "talent", "--weights", "overall=2"], "the weight of 'overall' changes nothing"),
    ],
)
def test_a_question_that_was_not_meant_is_refused(capsys, words, expected):
    status, printed, problem = run(capsys, *words)
    assert (status, printed) == (2, "") and expected in problem


def test_an_empty_folder_is_not_the_packages_own(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, printed, _ = run(capsys, "check", "")
    assert status == 1 and "datapackage.json: is not there" in printed


def test_a_mistyped_command_says_what_was_meant(capsys):
    with pytest.raises(SystemExit):
        cli.main(["profil", "Shenzhen"])
    assert "(did you mean profile?)" in capsys.readouterr().err


@pytest.mark.parametrize("format", FORMATS)
def test_tables_are_exported(capsys, tmp_path, format):
    folder = tmp_path / "new" / "folder"
    said = f"{len(ac.names())} tables in {folder}.\n"
    assert run(capsys, "export", folder, "--format", format) == (0, said, "")
    table = ac.load("claims")
    if format == "csv":
        assert len(ac.check(folder)) == 0
        assert frictionless.Package(str(folder / "datapackage.json")).validate().valid
        for name in ac.names():
            pd.testing.assert_frame_equal(ac.load(name, folder=folder), ac.load(name))
    elif format == "parquet":
        pd.testing.assert_frame_equal(pd.read_parquet(folder / "claims.parquet"), table, check_dtype=False)
    elif format == "sqlite":
        with contextlib.closing(sqlite3.connect(folder / "aicities.sqlite")) as base:
            read = pd.read_sql("SELECT * FROM claims", base)
        assert read["claim"].tolist() == table["claim"].tolist()
        assert read["window_from"].dropna().tolist() == table["window_from"].dropna().dt.strftime("%Y-%m-%d").tolist()
    else:
        read = pd.read_excel(folder / "aicities.xlsx", sheet_name="claims")
        assert read["claim"].tolist() == table["claim"].tolist()
    assert "holds something already" in run(capsys, "export", folder, "--format", format)[2]


def test_formulas_stay_texts_in_a_workbook(tmp_path):
    notes = ac.load("claims").assign(note="=1+1")
    export({"claims": notes}, tmp_path, format="xlsx")
    assert set(pd.read_excel(tmp_path / "aicities.xlsx", sheet_name="claims")["note"]) == {"=1+1"}


def test_export_refuses_what_is_not_declared(tmp_path):
    with pytest.raises(ValueError, match=r"has no table 'claim'; expected one of .*did you mean claims"):
        export({"claim": ac.load("claims")}, tmp_path)
    with pytest.raises(ValueError, match="a data package has all its tables; missing: works, articles"):
        export({"claims": ac.load("claims")}, tmp_path)
    with pytest.raises(ValueError, match="unknown format 'xls'; expected one of csv, parquet, sqlite, xlsx"):
        export({}, tmp_path, format="xls")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copied") / "data"
    export(ac.load_all(), folder)
    return folder


@pytest.mark.parametrize("name", [name for name in cli.EXAMPLES if name not in ("extract", "reconcile")])
def test_every_command_that_reads_the_data_takes_a_folder(capsys, tmp_path, monkeypatch, copied, name):
    """And the example of its help runs."""
    assert run(capsys, name, "--help")[1].split("Example: ")[1].split() == cli.EXAMPLES[name].split()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-texts").mkdir()
    words = cli.EXAMPLES[name].split()[1:]
    if name == "check":
        (tmp_path / "my-data").symlink_to(copied)
        assert run(capsys, *words)[0] == 0
        words = ["check"]
    status, printed, problem = run(capsys, *words, "--data", copied)
    assert status == (1 if name == "verify" else 0) and printed and problem == ""


@pytest.mark.parametrize("value", ["Shangai", "shanghai", "上海"])
def test_a_value_that_occurs_nowhere_is_doubted(capsys, value):
    status, printed, said = run(capsys, "show", "compute", "--where", f"place={value}", "--columns", "value")
    assert (status, printed) == (0, "value\n")
    assert f"no place is {value!r} (did you mean 'Shanghai'" in said and said.count("\n") == 1
    assert run(capsys, "show", "compute", "--where", "place=Shanghai", "status=planned", "--columns", "value")[2] == ""


def test_a_column_with_another_name_here_is_named(capsys):
    assert (
        "unknown column 'city' (here it is place); expected one of"
        in run(capsys, "show", "compute", "--where", "city=Shanghai")[2]
    )
    assert "unknown column 'place' (here it is city)" in run(capsys, "show", "statements", "--columns", "place")[2]


def test_one_work_is_verified_alone(capsys, tmp_path):
    data, texts = articles(tmp_path / "data", "has 12 towers"), tmp_path / "texts"
    texts.mkdir()
    status, _, said = run(capsys, "verify", texts, "--data", data, "--work", "w9")
    assert status == 2 and said == "aicities: unknown work 'w9'; expected one of w1\n"
    status, printed, _ = run(capsys, "verify", texts, "--data", data, "--work", "w1")
    assert status == 1 and printed.startswith("ja: missing")
