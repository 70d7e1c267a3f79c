"""What short names stand for; the other answers are tested through the command line, in test_cli."""

import pandas as pd
import pytest

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


@pytest.mark.parametrize("column", ["place", "name_zh", "name_ja"])
def test_a_place_is_known_by_each_of_its_names(column: str) -> None:
    places = ac.load("places")
    for name, place in places.dropna(subset=column)[[column, "place"]].itertuples(index=False):
        assert lookup.place(places, f" {name.upper()}") == place
    assert lookup.place(places, "杭州市") == "Hangzhou" and lookup.place(places, "杭") is None
    at_home = places["kind"].isin(["city", "municipality", "province"]) & (places["territory"] == "mainland")
    assert places.loc[at_home, ["name_zh", "name_ja"]].notna().all(axis=None)


def test_what_another_work_says_is_not_put_into_the_article() -> None:
    data = ac.evidence.of_work(ac.load_all())
    work = {"work_id": "other", "kind": "event", "title_en": "Another"}
    text = {"article_id": "en-1", "language": "en", "language_name": "English", "edition": "report", "coverage": "full"}
    text |= {"work_id": "other", "publisher": "X", "witness": "x", "title": "Y", "published": "2026-01-01"}
    fact = {"fact_id": "S901", "statement_id": "T901", "subject_id": "beijing", "dimension": "compute"}
    fact |= {"kind": "advice", "city": "Beijing", "claim": "Build more", "stated_by": "beijing"}
    read = {"fact_id": "S901", "article_id": "en-1", "reading": "absent"}
    rows = {"works": work, "articles": text, "statements": fact, "evidence": read}
    more = data | {name: ac.added(name, row, to=data) for name, row in rows.items()}
    was, now = lookup.profile(data, "Beijing"), lookup.profile(more, "Beijing")
    pd.testing.assert_frame_equal(now.query("about != 'other'"), was)
    assert now.query("about == 'other'")["what"].tolist() == ["Build more"]
