"""The rules across columns: who breaks them, what is said of it, and which rules are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import aicities as ac
from aicities import tables
from tests.aicities import packages
from tests.aicities.test_data import PACKAGE
from tools.pages import dictionary

HEADER = "city_id,size,people,score,coastal,founded,census,note,most,start,end,name"


def told(folder: Path, *rows: str, twins: str = "", descriptor: Any = None) -> list[str]:
    """The problems of the small tables with rules, with these rows of cities, as lines."""
    described = descriptor or packages.ruled()
    text = "\n".join([HEADER, *rows, ""])
    packages.write(folder, descriptor=described, cities=text, twins="twin,city_id,other_id,thing\n" + twins)
    found = ac.check(folder).astype("object")
    return [str(tables.Problem(*row)) for row in found.where(found.notna(), None).itertuples(index=False)]


RIGHT = [
    "a,small,,,,,,,,,,",
    "a,large,10,,,,,,10,,,",
    "a,large,,,,,,new,,,,",
    "a,huge,3,1.5,false,,,newer,4,,,",
    "a,,,7,true,,,,,,,",
    "a,,,,,,,,,5,7,ab",
    "a,,,,,,,,,5,,ab",
    "a,,,,,,,,,5,5,",
    "a,small,,,,,,,,,,a",
]


@pytest.mark.parametrize("row", RIGHT)
def test_what_keeps_to_the_rules_is_not_told(tmp_path: Path, row: str) -> None:
    assert told(tmp_path, row) == []


WRONG = [
    (
        "a,huge,,,,,,,,,,",
        "column people: '' is missing where size is 'huge'; expected at least 10. "
        "A large city has people, unless it is new.",
    ),
    (
        "a,large,9,,,,,old,,,,",
        "column people: '9' is too small where size is 'large'; expected at least 10. "
        "A large city has people, unless it is new.",
    ),
    (
        "a,,,7.5,true,,,,,,,",
        "column score: '7.5' is not an integer where coastal is 'true'; expected digits only, such as 22. "
        "The score of a coast is a whole number.",
    ),
    (
        "a,,9,,,,,,8,,,",
        "column most: '8' comes before people, '9'; expected no less than people. Nobody is counted twice.",
    ),
    (
        "a,,,,,,,,,9999,7,上海",
        "column start, end: '9999, 7' are -9992 apart; expected 2, the length of name '上海'. "
        "A name is as long as its place.",
    ),
    (
        "a,small,,,,,,,,,,b",
        "column name: 'b' is not city_id of cities or thing of twins where size is 'small'; expected a. "
        "A city on its own names a city, or twins with a bar between.",
    ),
]


@pytest.mark.parametrize(("row", "said"), WRONG)
def test_what_breaks_a_rule_is_told_in_one_line_with_the_rule(tmp_path: Path, row: str, said: str) -> None:
    assert told(tmp_path, row) == [f"cities.csv, row 2, {said}"]


def test_every_row_and_every_rule_is_told(tmp_path: Path) -> None:
    lines = told(tmp_path, "a,huge,,1.5,true,,,,,1,2,ab", "b,huge,5,1.5,true,,,,4,1,2,ab")
    assert [line.split(":")[0] for line in lines] == [
        *("cities.csv, row 2, column people", "cities.csv, row 3, column people"),
        *("cities.csv, row 2, column score", "cities.csv, row 3, column score"),
        "cities.csv, row 3, column most",
        *("cities.csv, row 2, column start, end", "cities.csv, row 3, column start, end"),
    ]


def test_a_cell_wrong_in_itself_is_told_once(tmp_path: Path) -> None:
    assert [line.split(";")[0] for line in told(tmp_path, "a,large,x,y,true,,,,x,y,z,ab")] == [
        "cities.csv, row 2, column people: 'x' is not an integer",
        "cities.csv, row 2, column score: 'y' is not a number",
        "cities.csv, row 2, column most: 'x' is not an integer",
        "cities.csv, row 2, column start: 'y' is not an integer",
        "cities.csv, row 2, column end: 'z' is not an integer",
    ]


def test_several_keys_may_stand_in_one_cell(tmp_path: Path) -> None:
    twins = "1,a,a,a\n2,a,b,b\n"
    cities = ["b,,,,,,,,,,,"]
    assert told(tmp_path, "a,small,,,,,,,,,,a|b", *cities, twins=twins) == []
    for cell, part in {"a|c": "c", "a|": "", "|": "", "a;b": "a;b", "a|a b": "a b"}.items():
        (line,) = told(tmp_path, f"a,small,,,,,,,,,,{cell}", *cities, twins=twins)
        assert f"column name: {cell!r} " in line
        assert (f"holds {part!r}, which is not" in line) == (part != cell)


def test_a_broken_table_hides_no_other_problem(tmp_path: Path) -> None:
    described = packages.ruled()
    described["resources"][1]["schema"]["foreignKeys"] = []
    packages.write(tmp_path, descriptor=described, cities=f"{HEADER}\na,small,x,1.5,true,,,,,,,b\n", twins="x\n")
    assert ac.check(tmp_path)[["file", "column"]].astype("object").fillna("").values.tolist() == [
        ["cities.csv", "people"],
        ["cities.csv", "score"],
        ["twins.csv", ""],
    ]


def test_days_are_put_in_order_too(tmp_path: Path) -> None:
    described = packages.ruled()
    described["resources"][0]["schema"]["fields"][8]["type"] = "date"
    described["resources"][0]["schema"]["aicities:rules"] = [{"says": "It lasts.", "ordered": ["founded", "most"]}]
    row = "a,,,,,2024-02-01,,,{},,,"
    assert told(tmp_path, row.format("2024-02-01"), descriptor=described) == []
    (line,) = told(tmp_path, row.format("2024-01-31"), descriptor=described)
    assert "column most: '2024-01-31' comes before founded, '2024-02-01'; expected no less than founded." in line


def test_load_leaves_the_rules_to_check(tmp_path: Path) -> None:
    assert len(told(tmp_path, "a,huge,,,,,,,,,,")) == 1
    assert len(ac.load("cities", folder=tmp_path)) == 1


def test_a_table_without_rows_breaks_no_rule(tmp_path: Path) -> None:
    assert told(tmp_path) == []


def test_the_dictionary_prints_the_rules_of_a_table(tmp_path: Path) -> None:
    described = packages.ruled()
    described["resources"][0]["schema"]["aicities:rules"][0]["says"] = "A | *bar*."
    told(tmp_path, descriptor=described)
    cities, twins = dictionary.dictionary(tmp_path).split("## twins")
    assert "Across columns `aicities check` makes sure:\n\n- A \\| \\*bar\\*.\n- The score of a coast is" in cities
    assert "Across columns" not in twins


CASE, THEN = {"size": ["large"]}, {"people": {"constraints": {"required": True}}}
NAMED = [{"resource": "twins", "fields": "twin"}]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (5, "[0].says; expected a sentence"),
        ({"then": THEN}, "[0].says"),
        ({"says": "", "then": THEN}, "[0].says"),
        ({"says": "x"}, "[0]; expected says, when, unless and one of then, refers, ordered, spans"),
        ({"says": "x", "when": CASE}, "[0]; expected"),
        ({"says": "x", "then": THEN, "ordered": ["people", "most"]}, "[0]; expected"),
        ({"says": "x", "than": THEN}, "[0]; expected"),
        ({"says": "x", "when": [], "then": THEN}, "[0].when; expected columns of this table"),
        ({"says": "x", "when": {}, "then": THEN}, "[0].when"),
        ({"says": "x", "when": {"Size": ["large"]}, "then": THEN}, "[0].when"),
        ({"says": "x", "when": {"size": []}, "then": THEN}, "[0].when.size; expected a list of texts, or the name"),
        ({"says": "x", "when": {"size": 5}, "then": THEN}, "[0].when.size"),
        ({"says": "x", "unless": {"size": "nobody"}, "then": THEN}, "[0].unless.size"),
        ({"says": "x", "unless": {"size": ["lrge"]}, "then": THEN}, "[0].unless.size; expected allowed values"),
        ({"says": "x", "then": {}}, "[0].then"),
        ({"says": "x", "then": {"peple": {"type": "integer"}}}, "[0].then"),
        ({"says": "x", "then": {"people": {}}}, "[0].then.people; expected type, constraints or both"),
        ({"says": "x", "then": {"people": {"name": "y"}}}, "[0].then.people"),
        ({"says": "x", "then": {"people": {"type": "whole"}}}, "[0].then.people.type"),
        ({"says": "x", "then": {"people": {"constraints": {"enum": ["1"]}}}}, "[0].then.people.constraints.enum"),
        ({"says": "x", "then": {"people": {"constraints": {"unique": True}}}}, "[0].then.people; expected no unique"),
        ({"says": "x", "refers": {"name": []}}, "[0].refers.name; expected tables of this package"),
        ({"says": "x", "refers": {"nam": NAMED}}, "[0].refers"),
        ({"says": "x", "refers": {"name": [5]}}, "[0].refers.name"),
        ({"says": "x", "refers": {"name": [{"resource": "towns", "fields": "twin"}]}}, "[0].refers.name"),
        ({"says": "x", "refers": {"name": [{"resource": "twins", "fields": "x"}]}}, "[0].refers.name"),
        ({"says": "x", "refers": {"name": [{"resource": "twins", "fields": ["twin"]}]}}, "[0].refers.name"),
        ({"says": "x", "refers": {"name": [NAMED[0] | {"separator": ""}]}}, "[0].refers.name"),
        ({"says": "x", "ordered": ["people"]}, "[0].ordered; expected columns of this table, of types"),
        ({"says": "x", "ordered": "people"}, "[0].ordered"),
        ({"says": "x", "ordered": ["people", "most", "x"]}, "[0].ordered"),
        ({"says": "x", "ordered": ["size", "name"]}, "[0].ordered"),
        ({"says": "x", "ordered": ["people", "score"]}, "[0].ordered"),
        ({"says": "x", "spans": ["start", "end"]}, "[0].spans"),
        ({"says": "x", "spans": ["name", "start", "end"]}, "[0].spans"),
        ({"says": "x", "spans": [["start"], "end", "name"]}, "[0].spans"),
    ],
)
def test_a_rule_that_cannot_be_relied_on_is_refused(tmp_path: Path, rule: Any, said: str) -> None:
    described = packages.ruled()
    described["resources"][0]["schema"]["aicities:rules"] = [rule]
    (line,) = told(tmp_path, descriptor=described)
    assert line.startswith(f"datapackage.json: is wrong at cities.aicities:rules{said}")


@pytest.mark.parametrize("lists", [[], {"young": "new"}, {"young": [5]}])
def test_lists_are_lists_of_texts(tmp_path: Path, lists: Any) -> None:
    (line,) = told(tmp_path, descriptor=packages.ruled() | {"aicities:lists": lists})
    assert line == "datapackage.json: is wrong at aicities:lists; expected lists of texts by name"


def test_rules_are_a_list(tmp_path: Path) -> None:
    described = packages.ruled()
    described["resources"][0]["schema"]["aicities:rules"] = {}
    assert told(tmp_path, descriptor=described) == [
        "datapackage.json: is wrong at cities.aicities:rules; expected a list"
    ]


def test_the_sources_of_the_article_are_those_that_the_tables_know() -> None:
    listed = set(PACKAGE["aicities:lists"]["sources_of_the_article"])
    rankings, figures = ac.load("league_tables"), ac.load("city_indicators")
    same = rankings["independent_of_article"] == "probably_the_same_report"
    dependent = figures["independent_of_article"] == "no"
    assert listed == set(rankings.loc[same, "source_id"]) | set(figures.loc[dependent, "source_id"])
    assert listed <= set(ac.load("sources")["source_id"])


def test_all_rules_of_the_data_have_something_to_say() -> None:
    for resource in PACKAGE["resources"]:
        table = ac.load(resource["name"]).astype("str")
        for rule in resource["schema"].get("aicities:rules", []):
            assert rule["says"][0].isupper() and rule["says"].endswith(".")
            for column, values in rule.get("when", {}).items():
                listed = PACKAGE["aicities:lists"][values] if isinstance(values, str) else values
                # none of the figures of compute comes from the article's own source, and it names no sum of money
                if resource["name"] != "compute" and values != ["money"]:
                    assert table[column].isin(listed).any(), rule["says"]
