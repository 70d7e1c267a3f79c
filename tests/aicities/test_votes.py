import pandas as pd
import pytest

import aicities as ac
from aicities import votes
from aicities.study.headline import analysis as findings

CITIES = ["Beijing", "Shanghai", "Shenzhen"]
SOURCES = pd.DataFrame({"source_id": ["a", "b"], "publisher_id": ["p", "p"], "publisher": ["P", "P, second edition"]})


def group(name, figures, *, relation="eq", source="a", basis="printed", **other):
    return pd.DataFrame(
        {
            "comparable_group": name,
            "place": list(figures),
            "value": [float(value) for value in figures.values()],
            "relation": relation,
            "basis": basis,
            "unit": "models",
            "place_level": "city",
            "independent_of_article": "yes",
            "dimension": "models",
            "coverage": "ai",
            "indicator_label": "models",
            "source_id": source,
            "as_of": "2024",
            "confidence": "high",
        }
        | other
    )


def leader(figures, **options):
    groups = votes.by_group(CITIES, indicators=group("g", figures, **options), sources=SOURCES)
    return groups["leader"].tolist()


def test_the_highest_value_leads_and_the_lowest_rank():
    assert leader({"Beijing": 4, "Shanghai": 1, "Shenzhen": 0}) == ["Beijing"]
    assert leader({"Beijing": 7, "Shanghai": 1, "Shenzhen": 6}, relation="rank") == ["Shanghai"]


def test_bounds_and_ties_leave_it_open():
    assert leader({"Beijing": 500, "Shanghai": 500, "Shenzhen": 300}, relation="gt") == [votes.OPEN]
    assert leader({"Beijing": 5, "Shanghai": 5, "Shenzhen": 1}) == [votes.OPEN]
    assert leader({"Beijing": 30, "Shanghai": 45, "Shenzhen": 65}, relation=["gt", "eq", "eq"]) == [votes.OPEN]
    assert leader({"Beijing": 80, "Shanghai": 45, "Shenzhen": 65}, relation=["gt", "eq", "eq"]) == ["Beijing"]


def test_about_a_number_decides_within_its_tolerance_only():
    figures, relation = {"Beijing": 439, "Shanghai": 300, "Shenzhen": 290}, ["eq", "approx", "approx"]
    assert leader(figures, relation=relation) == ["Beijing"]
    rows = group("g", figures, relation=relation)
    open_ended = votes.by_group(CITIES, indicators=rows, sources=SOURCES, tolerance=None)
    assert open_ended["leader"].tolist() == [votes.OPEN]


def test_places_named_together_have_no_order():
    basis = ["named_together", "named_together", "printed"]
    assert leader({"Beijing": 1, "Shanghai": 2, "Shenzhen": 4}, relation="rank", basis=basis) == [votes.OPEN]


@pytest.mark.parametrize(
    "left_out",
    [{"independent_of_article": "no"}, {"place_level": "district"}, {"place": ["Beijing", "Shanghai", "Wuhan"]}],
)
def test_groups_that_cannot_compare_the_cities_are_left_out(left_out):
    assert leader({"Beijing": 4, "Shanghai": 1, "Shenzhen": 0}, **left_out) == []


def test_one_city_has_no_rival():
    with pytest.raises(ValueError, match="at least two cities"):
        votes.by_group(["Beijing"])


def test_editions_of_one_publisher_share_a_vote():
    def vote(*names):
        rows = [{"dimension": "models", "publisher_id": "p", "leader": name} for name in names]
        (row,) = votes.by_publisher(pd.DataFrame(rows)).to_dict("records")
        assert row["groups"] == len(names)
        return row["leader"]

    assert vote("Beijing", "Beijing", votes.OPEN) == "Beijing"
    assert vote("Beijing", "Shanghai") == votes.SPLIT
    assert vote(votes.OPEN) == votes.OPEN


def test_no_publisher_of_the_first_page_has_two_marks_in_a_field():
    answers = votes.field_leaders()
    assert not answers.duplicated(["dimension", "publisher_id"]).any()
    assert answers["dimension"].map(votes.FIELDS.index).is_monotonic_increasing


def test_metrics_of_all_sectors_do_not_vote_on_ai():
    groups = votes.by_group(CITIES)
    general = set(groups.loc[groups["coverage"] == "all_sectors", "publisher_id"])
    only_general = general - set(groups.loc[groups["coverage"] != "all_sectors", "publisher_id"])
    assert only_general and not only_general & set(votes.field_leaders()["publisher_id"])


def test_the_article_puts_ahead_the_city_it_praises_most():
    said = findings.article_leaders()
    assert said.index.tolist() == votes.FIELDS
    assert said["research"] == "Beijing" and said["hardware"] == "Shenzhen"


def test_headline_sentences_carry_the_computed_numbers():
    numbers, sentences = findings.headline_numbers(), findings.headline_sentences()
    assert f"Of {numbers['claims']} claims" in sentences[2] and numbers["compute"] in sentences[3]
    verdicts = [numbers[f"claims_{name}"] for name in ("holds", "fails", "mixed", "cannot_tell")]
    assert sum(verdicts) == numbers["claims"] == len(ac.load("claims"))
