import pandas as pd
import pytest

import aicities as ac
from aicities import votes
from aicities.study.headline.analysis import field_leaders

SOURCES = pd.DataFrame({"source_id": ["a", "b"], "publisher_id": ["p", "p"], "publisher": ["P", "P, second edition"]})


def group(name, figures, *, relation="eq", source="a", basis="printed", **other):
    return pd.DataFrame(
        {
            "comparable_group": name,
            "place": list(figures),
            "value": [float(value) for value in figures.values()],
            "value_max": None,
            "relation": relation,
            "basis": basis,
            "unit": "models",
            "place_level": "city",
            "independent_of_article": "yes",
            "dimension": "models",
            "coverage": "ai",
            "indicator_label": "models",
            "short_label": "models",
            "source_id": source,
            "as_of": "2024",
            "confidence": "high",
        }
        | other
    )


def tables(rows):
    return {"city_indicators": rows, "sources": SOURCES}


def leader(figures, *, floors="strict", **options):
    groups = votes.by_group(tables(group("g", figures, **options)), votes.THREE, floors=floors)
    return groups["leader"].tolist()


@pytest.fixture(scope="module")
def package():
    return ac.load_all()


def test_the_highest_value_leads_and_the_lowest_rank():
    assert leader({"Beijing": 4, "Shanghai": 1, "Shenzhen": 0}) == ["Beijing"]
    assert leader({"Beijing": 7, "Shanghai": 1, "Shenzhen": 6}, relation="rank") == ["Shanghai"]


def test_bounds_and_ties_leave_it_open():
    assert leader({"Beijing": 500, "Shanghai": 500, "Shenzhen": 300}, relation="gt") == [votes.OPEN]
    assert leader({"Beijing": 5, "Shanghai": 5, "Shenzhen": 1}) == [votes.OPEN]
    assert leader({"Beijing": 30, "Shanghai": 45, "Shenzhen": 65}, relation=["gt", "eq", "eq"]) == [votes.OPEN]
    assert leader({"Beijing": 80, "Shanghai": 45, "Shenzhen": 65}, relation=["gt", "eq", "eq"]) == ["Beijing"]


def test_a_floor_that_usage_rounds_can_lose():
    figures, relation = {"Beijing": 30, "Shanghai": 45, "Shenzhen": 65}, ["gt", "eq", "eq"]
    assert leader(figures, relation=relation, floors="rounded") == ["Shenzhen"]
    # 39 would be above 38, in either reading
    close = {"Beijing": 30, "Shanghai": 35, "Shenzhen": 38}
    assert leader(close, relation=relation, floors="rounded") == [votes.OPEN]


def test_a_range_is_ahead_or_behind_by_its_two_ends():
    figures, relation = {"Beijing": 12, "Shanghai": 8, "Shenzhen": 1}, ["eq", "ge", "eq"]
    assert leader(figures, relation=relation) == [votes.OPEN]
    assert leader(figures, relation=relation, value_max=[None, 10, None]) == ["Beijing"]
    assert leader(figures, relation=relation, value_max=[None, 12, None]) == [votes.OPEN]


def test_about_a_number_decides_within_its_tolerance_only():
    figures, relation = {"Beijing": 439, "Shanghai": 300, "Shenzhen": 290}, ["eq", "approx", "approx"]
    assert leader(figures, relation=relation) == ["Beijing"]
    assert leader(figures | {"Shanghai": 420}, relation=relation) == [votes.OPEN]


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
        votes.by_group(tables(group("g", {"Beijing": 1})), ["Beijing"])


def test_editions_of_one_publisher_share_a_vote():
    def vote(*names):
        rows = [{"dimension": "models", "publisher_id": "p", "leader": name} for name in names]
        (row,) = votes.by_publisher(pd.DataFrame(rows)).to_dict("records")
        assert row["groups"] == len(names)
        return row["leader"]

    assert vote("Beijing", "Beijing", votes.OPEN) == "Beijing"
    assert vote("Beijing", "Shanghai") == votes.SPLIT
    assert vote(votes.OPEN) == votes.OPEN


@pytest.mark.parametrize(
    ("answers", "vote"),
    [
        ([], votes.OPEN),
        ([votes.OPEN, votes.OPEN], votes.OPEN),
        (["Beijing", votes.OPEN, "Beijing"], "Beijing"),
        ([votes.HOLDS, votes.FAILS, votes.HOLDS], votes.SPLIT),
        (iter([votes.FAILS]), votes.FAILS),
    ],
)
def test_one_vote_is_what_all_answers_say(answers, vote):
    assert votes.one_vote(answers) == vote


def test_who_is_first_of_all_may_be_somebody_else():
    rows = group("g", {"Beijing": 4, "Shanghai": 1, "Shenzhen": 0, "Hangzhou": 9})
    (row,) = votes.by_group(tables(rows), votes.THREE).to_dict("records")
    assert (row["leader"], row["first"]) == ("Beijing", "Hangzhou")


def test_no_publisher_of_the_first_page_has_two_marks_in_a_field(package):
    answers = field_leaders(package)
    assert not answers.duplicated(["dimension", "publisher_id"]).any()
    assert answers["dimension"].map(votes.FIELDS.index).is_monotonic_increasing


def test_metrics_of_all_sectors_do_not_vote_on_ai(package):
    groups = votes.by_group(package, votes.THREE)
    general = set(groups.loc[groups["coverage"] == "all_sectors", "comparable_group"])
    assert general and not general & set(votes.voting_groups(package)["comparable_group"])


def test_the_second_reading_of_floors_only_ever_adds_answers(package):
    strict, rounded = (votes.by_group(package, votes.THREE, floors=floors)["leader"] for floors in ac.bounds.FLOORS)
    assert (rounded[strict != votes.OPEN] == strict[strict != votes.OPEN]).all()
    assert (strict != rounded).any()
