"""What short names stand for; the other answers are tested through the command line, in test_cli."""

import pandas as pd

import aicities as ac
from aicities.study import lookup


def test_short_names_are_spelled_out_once_and_only_where_they_need_it() -> None:
    rows = [
        ("a", "ABC", "Alpha Bureau of Cities (ABC)"),
        ("a", "ABC", "ABC Consulting"),
        ("b", "Plain House", "Plain House"),
        ("c", "Unnamed, XYZ", "Not identified"),
        ("d", "DEF, Some U.", "Delta Fund and Some University"),
        ("e", "GHI", "Gamma House"),
    ]
    data = {"sources": pd.DataFrame(rows, columns=["publisher_id", "short_name", "publisher"])}
    told = lookup.abbreviations(data, ["a; b", "c", None, "d"])
    assert told == "Short names: *ABC*: Alpha Bureau of Cities; *DEF, Some U.*: Delta Fund and Some University."


def test_no_short_name_of_the_picture_stays_unexplained() -> None:
    data = ac.load_all()
    told = lookup.abbreviations(data, data["sources"]["publisher_id"])
    for short in ("CAC", "CAICT", "CAMETA", "CCID", "CINGAI", "CSIA", "IDC", "SAIIA", "WICA"):
        assert f"*{short}*: " in told, short
