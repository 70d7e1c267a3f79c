"""Verdicts: on tables made by hand, where the right answer is plain, and on the tables of the package."""

from __future__ import annotations

import pandas as pd
import pytest

import aicities as ac
from aicities import votes
from aicities.study import claims
from aicities.study.policy import analysis as policy

NAMES = (
    *("claims", "claim_tests", "league_tables", "league_table_entries", "city_indicators", "compute"),
    *("plans", "plan_items", "places", "sources"),
)


@pytest.fixture(scope="module")
def package() -> dict[str, pd.DataFrame]:
    return ac.load_all()


@pytest.fixture(scope="module")
def real(package: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return claims.verdicts(package)


class World:
    """Small tables with one claim, to which a test adds what it needs."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict]] = {name: [] for name in NAMES}
        self.claim()
        for place, kind, province in [
            ("Beijing", "municipality", "Beijing"),
            ("Shanghai", "municipality", "Shanghai"),
            ("Shenzhen", "city", "Guangdong"),
            ("Hangzhou", "city", "Zhejiang"),
            ("Guangdong", "province", "Guangdong"),
        ]:
            self.rows["places"].append({"place": place, "kind": kind, "province": province, "territory": "mainland"})
        self.rows["places"].append({"place": "London", "kind": "city", "province": None, "territory": "abroad"})
        for source in ("s1", "s2", "s3", "s4"):
            self.source(source)

    def claim(self, claim_id: str = "C01", quantifier: str = "single", **more: object) -> None:
        self.rows["claims"] = [row for row in self.rows["claims"] if row["claim_id"] != claim_id]
        window = {"window_from": pd.Timestamp("2023-01-01"), "window_to": pd.Timestamp("2025-12-31")}
        shown = {"label": claim_id, "city": "Beijing", "dimension": "research"}
        self.rows["claims"].append({"claim_id": claim_id, "quantifier": quantifier} | window | shown | more)

    def source(
        self,
        source_id: str,
        *,
        publisher: str | None = None,
        url_kind: str = "original",
        home: str | None = None,
    ) -> None:
        self.rows["sources"] = [row for row in self.rows["sources"] if row["source_id"] != source_id]
        url = None if url_kind == "none" else f"https://example.org/{source_id}"
        key = publisher or f"p-{source_id}"
        self.rows["sources"].append(
            {
                "source_id": source_id,
                "short_name": key.upper(),
                "publisher_id": key,
                "publisher_home": home,
                "url": url,
                "url_kind": url_kind,
            }
        )

    def indicators(self, group: str | None, values: dict[str, object], **more: object) -> list[str]:
        """Rows of one group; a value is a number, or a pair of relation and number."""
        facts = []
        for place, value in values.items():
            relation, number = value if isinstance(value, tuple) else ("eq", value)
            fact = f"SP{len(self.rows['city_indicators']):03d}"
            row = {
                "fact_id": fact,
                "place": place,
                "place_level": "province" if place == "Guangdong" else "city",
                "indicator": "companies",
                "indicator_label": "Companies",
                "relation": relation,
                "value": float(number),
                "unit": "rank_china" if relation == "rank" else "companies",
                "as_of": "2024",
                "comparable_group": group,
                "stated_rank": None,
                "basis": "printed",
                "source_id": "s1",
                "duplicate_of": None,
                "confidence": "high",
                "independent_of_article": "yes",
            }
            self.rows["city_indicators"].append(row | more)
            facts.append(fact)
        return facts

    def league(
        self,
        table_id: str,
        ranks: dict[str, object],
        *,
        entry: dict[str, object] | None = None,
        **more: object,
    ) -> None:
        """A ranking; a rank is a number, or a pair of the best and the worst that is open."""
        table = {
            "table_id": table_id,
            "source_id": "s1",
            "title_en": table_id,
            "edition_year": 2024,
            "published": "2024-06",
            "scope": "china",
            "unit": "city",
            "independent_of_article": "yes",
            "additive": False,
            "not_covered": None,
        }
        self.rows["league_tables"].append(table | more)
        for place, rank in ranks.items():
            best, worst = rank if isinstance(rank, tuple) else (None, None)
            number = None if isinstance(rank, tuple) else rank
            self.rows["league_table_entries"].append(
                {
                    "table_id": table_id,
                    "place": place,
                    "rank": number,
                    "rank_best": best,
                    "rank_worst": worst,
                    "basis": "printed",
                    "score_value": None,
                    "score_relation": None,
                    "confidence": "high",
                }
                | (entry or {})
            )

    def compute(self, **more: object) -> str:
        fact = f"CMP-{len(self.rows['compute']):03d}"
        row = {
            "fact_id": fact,
            "place": "Beijing",
            "place_level": "city",
            "centre": None,
            "metric": "intelligent_compute",
            "relation": "eq",
            "role": "stock",
            "value": 25.0,
            "unit": "EFLOPS",
            "precision": "unstated",
            "status": "installed",
            "as_of": "2024-08",
            "as_of_is_year_only": False,
            "source_id": "s1",
            "confidence": "high",
            "independent_of_article": "yes",
        }
        self.rows["compute"].append(row | more)
        return fact

    def goals(self, place: str, *topics: str, **more: object) -> None:
        """A plan of a city with a goal for each topic."""
        plan = f"plan-{place}-{len(self.rows['plans'])}"
        self.rows["plans"].append({"plan_id": plan, "place": place, "published": "2024-03"})
        for topic in topics:
            row = {
                "plan_id": plan,
                "kind": "target",
                "place_level": "city",
                "duplicate_of": None,
                "topic": topic,
                "measure": f"{topic} counted",
            }
            self.rows["plan_items"].append(row | {"source_id": "s1", "confidence": "high"} | more)

    def test(self, selection: str, comparison: str, places: str = "Beijing", **more: object) -> None:
        kind = (
            "compute"
            if selection.startswith("CMP")
            else "plan_items"
            if selection in ("topic", "measure")
            else "city_indicators"
            if selection[0] in "GS"
            else "league_table_entries"
        )
        row = {
            "test_id": f"T{len(self.rows['claim_tests'])}",
            "claim_id": "C01",
            "source_table": kind,
            "selection": selection,
            "comparison": comparison,
            "places": places,
            "k": None,
            "factor": None,
            "low": None,
            "high": None,
            "unit": None,
            "better": None,
            "among": "mainland",
            "per": None,
            "fit": "direct",
        }
        self.rows["claim_tests"].append(row | more)

    def data(self) -> dict[str, pd.DataFrame]:
        columns = {
            "city_indicators": ["fact_id", "comparable_group"],
            "compute": ["fact_id"],
            "league_tables": ["table_id"],
            "league_table_entries": ["table_id"],
            "plans": ["plan_id"],
            "plan_items": ["plan_id"],
        }
        frames = {
            name: pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns.get(name, []))
            for name, rows in self.rows.items()
        }
        return frames | {"articles": pd.DataFrame({"published": ["2024-08-02"]})}

    def verdicts(self, **options: object) -> pd.DataFrame:
        return claims.verdicts(self.data(), **options)

    def summary(self, **options: object) -> pd.Series:
        return claims.summary(self.data(), self.verdicts(**options)).iloc[0]

    def one(self, **options: object) -> tuple[str, str]:
        row = self.verdicts(**options).iloc[-1]
        return row["verdict"], "" if pd.isna(row["reason"]) else row["reason"]


@pytest.fixture
def world() -> World:
    return World()


# -- values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"Beijing": 3, "Shanghai": 2, "Shenzhen": 1}, ("holds", "")),
        ({"Beijing": 3, "Shanghai": 3, "Shenzhen": 1}, ("fails", "")),
        ({"Beijing": 3, "Shanghai": 4}, ("fails", "")),
        ({"Beijing": 3, "Shanghai": 2}, ("cannot tell", "missing place")),
        ({"Beijing": ("gt", 500), "Shanghai": ("gt", 500), "Shenzhen": 300}, ("cannot tell", "bound")),
        ({"Beijing": ("gt", 500), "Shanghai": 500, "Shenzhen": 300}, ("holds", "")),
        ({"Beijing": ("ge", 500), "Shanghai": 500, "Shenzhen": 300}, ("cannot tell", "bound")),
        ({"Beijing": 700, "Shanghai": ("lt", 700), "Shenzhen": 300}, ("holds", "")),
        ({"Beijing": ("le", 500), "Shanghai": 500, "Shenzhen": 300}, ("fails", "")),
    ],
)
def test_leads_three(world: World, values: dict, expected: tuple[str, str]) -> None:
    world.indicators("G", values)
    world.test("G", "leads_three")
    assert world.one() == expected


def test_a_value_that_is_only_about_a_number_is_as_wide_as_the_reader_says(world: World) -> None:
    world.indicators("G", {"Beijing": 439, "Shanghai": ("approx", 300), "Shenzhen": ("approx", 300)})
    world.test("G", "leads_three")
    assert world.one() == ("holds", "")
    assert world.one(tolerance=0.5) == ("cannot tell", "bound")
    assert world.one(tolerance=None) == ("cannot tell", "approximate")


def test_a_factor_asks_for_more_than_a_lead(world: World) -> None:
    world.indicators("G", {"Beijing": 14, "Shanghai": 10, "Shenzhen": 1})
    world.test("G", "leads_three", factor=1.3)
    assert world.one() == ("holds", "")
    world.test("G", "leads_three", factor=1.5)
    assert world.one() == ("fails", "")


def test_less_can_be_better(world: World) -> None:
    world.indicators("G", {"Beijing": 1, "Shanghai": ("gt", 1), "Shenzhen": 5})
    world.test("G", "leads_three", better="lower")
    assert world.one() == ("holds", "")
    world.test("G", "leads_three", better="higher")
    assert world.one() == ("fails", "")


def test_leads_all_looks_at_every_city_of_the_mainland(world: World) -> None:
    world.indicators("G", {"Beijing": 3, "Hangzhou": 2, "London": 9})
    world.test("G", "leads_all")
    assert world.one() == ("holds", "")
    world.test("G", "leads_all", among="listed")
    assert world.one() == ("fails", "")
    world.test("G", "leads_all", "Hangzhou")
    assert world.one() == ("fails", "")


def test_one_place_alone_leads_nobody(world: World) -> None:
    world.indicators("G", {"Beijing": 3})
    world.test("G", "leads_all")
    assert world.one() == ("cannot tell", "nothing to compare with")


def test_nobody_ahead_allows_a_tie(world: World) -> None:
    world.indicators("G", {"Beijing": 3, "Shanghai": 3})
    world.test("G", "nobody_ahead")
    assert world.one() == ("holds", "")
    world.test("G", "leads_all")
    assert world.one() == ("fails", "")
    world.indicators("G2", {"Beijing": ("gt", 3), "Shanghai": 4})
    world.test("G2", "nobody_ahead")
    assert world.one() == ("cannot tell", "bound")


def test_order_is(world: World) -> None:
    world.indicators("G", {"Beijing": 3, "Shanghai": 2, "Shenzhen": 1})
    world.test("G", "order_is", "Beijing;Shanghai;Shenzhen")
    assert world.one() == ("holds", "")
    world.test("G", "order_is", "Beijing;Shenzhen;Shanghai")
    assert world.one() == ("fails", "")


def test_scales_of_money_are_brought_together(world: World) -> None:
    world.indicators("G", {"Beijing": 2}, unit="CNY_bn")
    world.indicators("G", {"Shanghai": 15, "Shenzhen": 10}, unit="CNY_100m")
    world.test("G", "leads_three")
    assert world.one() == ("holds", "")
    assert world.verdicts()["says"].iloc[-1] == "Beijing 2 CNY bn, Shanghai 15 CNY 100m, Shenzhen 10 CNY 100m"


def test_units_that_differ_are_not_compared(world: World) -> None:
    world.indicators("G", {"Beijing": 2, "Shanghai": 1}, unit="CNY_bn")
    world.indicators("G", {"Shenzhen": 1}, unit="USD_bn")
    world.test("G", "leads_three")
    assert world.one() == ("cannot tell", "different units")


def test_values_per_resident(world: World) -> None:
    world.indicators("G", {"Beijing": 20, "Shanghai": 9, "Shenzhen": 15})
    world.indicators(None, {"Beijing": 22, "Shenzhen": 10}, indicator="residents", unit="million_people", as_of="2023")
    world.indicators(None, {"Shanghai": 2000}, indicator="residents", unit="10k_people", as_of="2023")
    world.indicators(None, {"Shenzhen": 100}, indicator="residents", unit="million_people", as_of="2013")
    world.test("G", "leads_three", "Shenzhen", per="residents")
    assert world.one() == ("holds", "")
    world.test("G", "leads_three", "Beijing", per="residents")
    assert world.one() == ("fails", "")
    assert world.verdicts()["says"].iloc[-1] == "Shenzhen 15, Beijing 20, Shanghai 9 companies, by residents"


def test_values_per_resident_are_no_surer_than_the_residents(world: World) -> None:
    world.indicators("G", {"Beijing": 20, "Shanghai": 1, "Shenzhen": 9})
    world.indicators(None, {"Beijing": ("approx", 20), "Shanghai": 10, "Shenzhen": 10}, indicator="residents")
    world.test("G", "leads_three", "Beijing", per="residents")
    assert world.one(tolerance=0.05) == ("holds", "")
    assert world.one(tolerance=0.2) == ("cannot tell", "bound")
    assert world.one(tolerance=None) == ("cannot tell", "approximate")


# -- ranks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ranks", "k", "expected"),
    [
        ({"Beijing": 1, "Shanghai": 2, "Shenzhen": 3}, 3, ("holds", "")),
        ({"Beijing": 1, "Hangzhou": 2, "Shanghai": 3, "Shenzhen": 4}, 3, ("fails", "")),
        ({"Beijing": 1, "Hangzhou": 2, "Shanghai": 3}, 3, ("fails", "")),
        ({"Beijing": 1, "Shanghai": 3}, 3, ("cannot tell", "missing place")),
        ({"Beijing": 1, "Shanghai": 2, "Shenzhen": 5}, 5, ("holds", "")),
        ({"Beijing": 1, "Shanghai": 3, "Shenzhen": 4}, 3, ("fails", "")),
        ({"Beijing": 1, "Shanghai": (2, 3), "Shenzhen": (2, 3)}, 3, ("holds", "")),
        (
            {"Beijing": 1, "Shanghai": (2, 4), "Shenzhen": (2, 4), "Hangzhou": (2, 4)},
            3,
            ("cannot tell", "open rank"),
        ),
        ({"London": 1, "Beijing": 2, "Shanghai": 3, "Shenzhen": 4}, 3, ("holds", "")),
        ({"Beijing": 1, "Shanghai": 1, "Shenzhen": 3, "Hangzhou": 3}, 3, ("holds", "")),
    ],
)
def test_in_first_k(world: World, ranks: dict, k: int, expected: tuple[str, str]) -> None:
    world.league("list", ranks)
    world.test("list", "in_first_k", "Beijing;Shanghai;Shenzhen", k=k)
    verdict, reason = world.one()
    assert (verdict, set(reason.split("; "))) == (expected[0], set(expected[1].split("; ")))


def test_a_city_that_a_complete_list_does_not_show_stands_below_it(world: World) -> None:
    world.league("list", {"Beijing": 1, "Shanghai": 2})
    world.test("list", "leads_three", "Beijing")
    assert world.one() == ("holds", "")
    world.test("list", "leads_three", "Shenzhen")
    assert world.one() == ("fails", "")
    world.test("list", "order_is", "Shanghai;Shenzhen")
    assert world.one() == ("holds", "")


def test_a_gap_may_be_the_missing_city(world: World) -> None:
    world.league("list", {"Beijing": 2, "Shanghai": 3})
    world.test("list", "leads_three", "Beijing")
    assert world.one() == ("cannot tell", "missing place")


def test_a_rank_below_the_first_is_enough_to_fail(world: World) -> None:
    world.league("list", {"Shenzhen": 3})
    world.test("list", "leads_all", "Shenzhen")
    assert world.one() == ("fails", "")
    world.test("list", "nobody_ahead", "Shenzhen")
    assert world.one() == ("fails", "")


def test_a_rank_in_the_world_leaves_open_who_leads_at_home(world: World) -> None:
    world.league("list", {"Shenzhen": 3}, scope="global")
    world.test("list", "leads_all", "Shenzhen")
    assert world.one() == ("cannot tell", "open rank")


def test_a_gap_in_a_world_list_may_be_a_place_abroad(world: World) -> None:
    world.league("list", {"Beijing": 1, "Shanghai": 3, "Shenzhen": 4}, scope="global")
    world.test("list", "in_first_k", "Beijing;Shanghai;Shenzhen", k=3)
    assert world.one() == ("cannot tell", "open rank")
    world.test("list", "in_first_k", "Beijing;Shanghai;Shenzhen", k=3, among="listed")
    assert world.one() == ("fails", "")


def test_places_named_together_share_their_ranks(world: World) -> None:
    world.indicators("G", {"Beijing": ("rank", 1), "Shanghai": ("rank", 2)}, basis="named_together")
    world.indicators("G", {"Hangzhou": ("rank", 3), "Shenzhen": ("rank", 4)})
    world.test("G", "leads_three", "Shanghai")
    assert world.one() == ("cannot tell", "open rank")
    world.test("G", "leads_three", "Shenzhen")
    assert world.one() == ("fails", "")


def test_a_rank_that_the_source_states_beside_a_value_counts(world: World) -> None:
    (fact,) = world.indicators(None, {"Beijing": ("approx", 28)}, stated_rank=1)
    world.test(fact, "leads_all", "Shenzhen")
    assert world.one() == ("fails", "")
    world.test(fact, "value_within", "Beijing", low=20, unit="companies")
    assert world.one() == ("holds", "")


def test_what_a_table_leaves_out_on_purpose_is_not_behind(world: World) -> None:
    world.league("list", {"Shenzhen": 1, "Hangzhou": 2}, not_covered="Beijing;Shanghai")
    world.test("list", "leads_three", "Shenzhen")
    assert world.one() == ("cannot tell", "not covered")


def test_scores_stand_in_where_there_are_no_ranks(world: World) -> None:
    world.league("list", {"Beijing": None, "Shanghai": None, "Shenzhen": None}, entry={"score_relation": "eq"})
    for row, score in zip(world.rows["league_table_entries"], (9.0, 8.0, 7.0), strict=True):
        row["score_value"] = score
    world.test("list", "leads_three")
    assert world.one() == ("holds", "")


# -- provinces ---------------------------------------------------------------------------------------------


def test_a_city_has_no_more_than_its_province_where_figures_add_up(world: World) -> None:
    world.indicators("G", {"Beijing": 41, "Shanghai": 24, "Guangdong": 23})
    world.test("G", "leads_three", "Beijing")
    assert world.one() == ("holds", "")
    world.test("G", "leads_three", "Shenzhen")
    assert world.one() == ("fails", "")
    world.indicators("G2", {"Beijing": 41, "Shanghai": 24, "Guangdong": 80})
    world.test("G2", "leads_three", "Beijing")
    assert world.one() == ("cannot tell", "province only")
    world.test("G2", "leads_all", "Shenzhen")
    assert world.one() == ("cannot tell", "province only")
    world.test("G2", "nobody_ahead", "Beijing")
    assert world.one() == ("cannot tell", "province only")


def test_a_province_says_nothing_of_its_city_where_figures_do_not_add_up(world: World) -> None:
    world.indicators("G", {"Beijing": 41, "Shanghai": 24, "Guangdong": 23}, unit="points")
    world.test("G", "leads_three", "Beijing")
    assert world.one() == ("cannot tell", "province only")


@pytest.mark.parametrize(("additive", "expected"), [(True, ("holds", "")), (False, ("cannot tell", "province only"))])
def test_ranks_of_provinces(world: World, additive: bool, expected: tuple[str, str]) -> None:
    world.league("list", {"Beijing": 1, "Shanghai": 2, "Guangdong": 3}, unit="province", additive=additive)
    world.test("list", "leads_three", "Beijing")
    assert world.one() == expected
    world.test("list", "leads_three", "Shenzhen")
    assert world.one() == (("fails", "") if additive else expected)


def test_a_city_is_not_below_a_list_of_provinces_that_does_not_show_it(world: World) -> None:
    world.league("list", {"Beijing": 1, "Shanghai": 2}, unit="province")
    world.test("list", "leads_three", "Beijing")
    assert world.one() == ("cannot tell", "missing place")
    world.indicators("G", {"Beijing": ("rank", 1), "Shanghai": ("rank", 2), "Guangdong": ("rank", 3)})
    world.test("G", "leads_three", "Beijing")
    assert world.one() == ("cannot tell", "province only")


def test_a_province_is_never_counted_among_the_first_cities(world: World) -> None:
    world.league("list", {"Beijing": 1, "Guangdong": 2, "Shanghai": 3}, unit="province", additive=True)
    world.test("list", "in_first_k", "Beijing;Shanghai", k=2)
    assert world.one() == ("cannot tell", "province only")


# -- computing power ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, ("holds", "")),
        ({"value": 12000.0, "unit": "PFLOPS"}, ("fails", "")),
        ({"value": 12000.0, "unit": "PFLOPS", "relation": "ge"}, ("cannot tell", "bound")),
        ({"value": 20.0, "relation": "gt"}, ("holds", "")),
        ({"role": "target", "status": "target"}, ("cannot tell", "not installed")),
        ({"status": "under_construction"}, ("cannot tell", "not installed")),
        ({"as_of": None}, ("cannot tell", "no date")),
        ({"relation": "lt", "value": 20.0}, ("fails", "")),
        ({"relation": "le", "value": 20.0}, ("cannot tell", "bound")),
    ],
)
def test_value_within(world: World, row: dict, expected: tuple[str, str]) -> None:
    world.test(world.compute(**row), "value_within", low=20000, unit="PFLOPS")
    assert world.one() == expected


def test_compute_is_not_compared_across_precision_or_kind(world: World) -> None:
    one = world.compute()
    other = world.compute(place="Shanghai", value=5.0, precision="FP16", metric="total_compute")
    third = world.compute(place="Shenzhen", value=5.0, precision="FP16", metric="total_compute")
    world.test(f"{one};{other};{third}", "leads_three")
    assert world.one() == ("cannot tell", "different measures; different precision")


def test_a_date_that_is_only_a_year_is_the_whole_year(world: World) -> None:
    world.claim(window_from=pd.Timestamp("2024-05-01"), window_to=pd.Timestamp("2024-11-01"))
    world.test(world.compute(as_of="2024-12"), "value_within", low=20, unit="EFLOPS")
    assert world.one() == ("cannot tell", "other date")
    world.test(world.compute(as_of="2024-12", as_of_is_year_only=True), "value_within", low=20, unit="EFLOPS")
    assert world.one() == ("holds", "")


# -- plans -------------------------------------------------------------------------------------------------


def test_plans_are_alike_if_each_pair_shares_enough(world: World) -> None:
    world.goals("Beijing", "models", "parks")
    world.goals("Shanghai", "models", "parks", "chips")
    world.test("topic", "shared", "Beijing;Shanghai", low=0.6)
    assert world.one() == ("holds", "")
    assert world.verdicts()["says"].tolist() == ["Beijing and Shanghai 2 of 3"]
    world.goals("Shenzhen", "chips")
    world.test("topic", "shared", "Beijing;Shanghai;Shenzhen", low=0.6)
    assert world.one() == ("fails", "")
    assert "Beijing and Shenzhen 0 of 3" in world.verdicts()["says"].iloc[-1]


def test_only_goals_for_the_whole_city_are_compared(world: World) -> None:
    world.goals("Beijing", "models")
    world.goals("Beijing", "chips", place_level="zone")
    world.goals("Beijing", "talent", kind="fund")
    world.goals("Shanghai", "models")
    world.test("measure", "shared", "Beijing;Shanghai", low=1)
    assert world.one() == ("holds", "")


def test_goals_for_computing_power_beside_the_plans_count_once(world: World) -> None:
    world.goals("Beijing", "compute")
    world.goals("Shanghai", "models")
    world.test("topic", "shared", "Beijing;Shanghai", low=0.4)
    assert world.one() == ("fails", "")
    told = world.compute(place="Shanghai", role="target", status="target")
    assert world.verdicts()["says"].tolist() == ["Beijing and Shanghai 1 of 2"]
    assert world.one() == ("holds", "")
    # one that a plan has as well, that is of a single centre, or that may be the article's own adds nothing
    world.rows["plan_items"][-1]["duplicate_of"] = told
    world.compute(place="Shanghai", role="target", status="target", centre="Lingang")
    world.compute(place="Shanghai", role="target", status="target", independent_of_article="unknown")
    assert world.one() == ("fails", "")


def test_papers_of_several_bodies_do_not_decide_how_alike_plans_are(world: World) -> None:
    for number in range(1, 6):
        world.source(f"s{number}")
        world.goals("Beijing", "models", source_id=f"s{number}")
        world.rows["plans"][-1]["published"] = f"202{number}"
    world.goals("Shanghai", "models")
    world.test("topic", "shared", "Beijing;Shanghai", low=1)
    table = world.verdicts()
    assert table["reading"].tolist() == ["holds"]
    assert "different publications" in table["reason"].item()
    # too many to be told one by one
    assert table[["publisher", "date"]].iloc[0].tolist() == ["5 publishers", "2021 to 2025"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": None}, "T0, low: None is wrong; expected the share that each pair"),
        ({"selection": "label"}, "T0, selection: 'label' is not a column of plan_items by which goals are alike"),
        ({"places": "Beijing"}, "T0, places: 'Beijing' is wrong; expected two places or more"),
        ({"places": "Beijing;Hangzhou"}, "T0, places: no plan of 'Hangzhou' has a goal for the city"),
        ({"comparison": "leads_three", "places": "Beijing"}, "T0, comparison: 'leads_three' is wrong; expected shared"),
        ({"source_table": "compute"}, "T0, comparison: 'shared' is wrong; expected shared for plan_items"),
    ],
)
def test_a_wrong_test_of_plans_is_named(world: World, change: dict, message: str) -> None:
    world.goals("Beijing", "models")
    world.goals("Shanghai", "models")
    world.test("topic", "shared", "Beijing;Shanghai", low=0.5)
    world.rows["claim_tests"][-1] |= change
    with pytest.raises(ValueError, match=message):
        world.verdicts()


# -- what withholds a verdict ------------------------------------------------------------------------------


def leading(world: World, **more: object) -> None:
    group = f"G{len(world.rows['city_indicators'])}"
    world.indicators(group, {"Beijing": 3, "Shanghai": 2, "Shenzhen": 1}, **more)
    world.test(group, "leads_three")


def trailing(world: World, **more: object) -> None:
    group = f"G{len(world.rows['city_indicators'])}"
    world.indicators(group, {"Beijing": 1, "Shanghai": 2, "Shenzhen": 3}, **more)
    world.test(group, "leads_three")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"independent_of_article": "no"}, "not independent"),
        ({"independent_of_article": "unknown"}, "not independent"),
        ({"confidence": "low"}, "low confidence"),
        ({"as_of": "2019"}, "other date"),
        ({"as_of": "2026-01"}, "other date"),
        ({"place_level": "cluster"}, "not the city"),
    ],
)
def test_a_reading_is_withheld_for_a_reason(world: World, row: dict, reason: str) -> None:
    leading(world, **row)
    assert world.one() == ("cannot tell", reason)
    assert world.verdicts()["reading"].tolist() == ["holds"]
    assert world.summary()["headline"] == "cannot tell"


def test_a_proxy_never_decides(world: World) -> None:
    leading(world)
    world.rows["claim_tests"][-1]["fit"] = "proxy"
    assert world.one() == ("cannot tell", "other measure")
    assert world.summary()["leaning_for"] == 1


def test_confidence_can_be_asked_for(world: World) -> None:
    leading(world, confidence="medium")
    assert world.one() == ("holds", "")
    assert world.one(least_confidence="high") == ("cannot tell", "low confidence")


def test_floors_have_two_readings(world: World) -> None:
    world.indicators("G", {"Shenzhen": 65_291, "Beijing": ("gt", 30_000), "Shanghai": 45_801})
    world.test("G", "leads_three", "Shenzhen")
    assert world.one() == ("cannot tell", "bound")
    assert world.one(floors="rounded") == ("holds", "")


def test_a_range_has_two_ends(world: World) -> None:
    world.indicators("G", {"Shanghai": ("ge", 8), "Beijing": 12, "Shenzhen": 1})
    world.rows["city_indicators"][0]["value_max"] = 10.0
    world.test("G", "leads_three", "Beijing")
    assert world.one() == ("holds", "")


def test_rows_of_two_publications_do_not_decide(world: World) -> None:
    one = world.indicators(None, {"Beijing": 3})
    two = world.indicators(None, {"Shanghai": 2, "Shenzhen": 1}, source_id="s2")
    world.test(";".join(one + two), "leads_three")
    assert world.one() == ("cannot tell", "different publications")


def test_a_figure_that_stands_twice_counts_once(world: World) -> None:
    world.league("list", {"Beijing": 1, "Shanghai": 2, "Shenzhen": 3})
    world.test("list", "leads_three")
    leading(world, duplicate_of="list", source_id="s2")
    assert world.one() == ("cannot tell", "same figure")
    assert world.summary()["publishers_for"] == 1


# -- the summary -------------------------------------------------------------------------------------------


def test_five_editions_of_one_publisher_are_one_witness(world: World) -> None:
    for number in range(5):
        world.source(f"idc{number}", publisher="idc")
        leading(world, source_id=f"idc{number}")
    trailing(world, source_id="s2")
    result = world.summary()
    assert (result["publishers_for"], result["publishers_against"], result["decided"]) == (1, 1, 6)
    assert result["headline"] == "mixed"


def test_a_publisher_against_itself_is_split(world: World) -> None:
    leading(world)
    trailing(world)
    result = world.summary()
    assert (result["publishers_for"], result["publishers_against"], result["publishers_split"]) == (0, 0, 1)
    assert result["headline"] == "mixed"


def test_one_failing_edition_of_a_publisher_refutes_a_claim_about_every_report(world: World) -> None:
    world.claim(quantifier="every")
    leading(world)
    trailing(world)
    assert world.summary()["headline"] == "fails"


def test_the_articles_own_source_never_confirms(world: World) -> None:
    leading(world, independent_of_article="no")
    result = world.summary()
    assert result["headline"] == "cannot tell"
    assert (result["publishers_for"], result["leaning_for"]) == (0, 0)
    assert pd.isna(result["strongest_for"])


@pytest.mark.parametrize(
    ("quantifier", "for_", "against", "headline"),
    [
        ("single", 0, 0, "cannot tell"),
        ("single", 2, 0, "holds"),
        ("single", 0, 1, "fails"),
        ("single", 2, 1, "mixed"),
        ("every", 2, 0, "holds"),
        ("every", 3, 1, "fails"),
        ("every", 0, 0, "cannot tell"),
        ("varies", 2, 0, "fails"),
        ("varies", 1, 1, "holds"),
        ("varies", 0, 2, "cannot tell"),
    ],
)
def test_headline(world: World, quantifier: str, for_: int, against: int, headline: str) -> None:
    world.claim(quantifier=quantifier)
    for number in range(for_ + against):
        (leading if number < for_ else trailing)(world, source_id=f"s{number + 1}")
    if not for_ + against:
        leading(world, as_of="2010")
    assert world.summary()["headline"] == headline


def test_the_strongest_is_sure_then_near_then_printed_by_its_publisher(world: World) -> None:
    world.source("s3", url_kind="recognised_outlet")
    world.source("s4", url_kind="none")
    leading(world, source_id="s4", as_of="2024-08")
    leading(world, source_id="s1", as_of="2024-12", confidence="medium")
    leading(world, source_id="s1", as_of="2023-06")
    leading(world, source_id="s3", as_of="2024-06")
    leading(world, source_id="s2", as_of="2024-06")
    table = world.verdicts()
    assert table["strength"].tolist() == [2, 2, 3, 3, 3]
    assert table["days_off"].tolist() == [0, 121, 399, 33, 33]
    assert world.summary()["strongest_for"] == "T4"
    trailing(world, source_id="s1", as_of="2015")
    assert world.summary()["strongest_against"] == "T5"


def test_an_order_of_naming_is_weaker_and_only_shown_addresses_are_given(world: World) -> None:
    world.source("s4", url_kind="none")
    leading(world, source_id="s4", basis="order_of_naming")
    leading(world)
    table = world.verdicts()
    assert table["strength"].tolist() == [1, 3]
    assert table["url"].isna().tolist() == [True, False]


def test_a_publisher_that_sits_in_the_city_it_favours_is_marked(world: World) -> None:
    world.source("s2", home="Beijing")
    world.source("s3", home="Shenzhen")
    leading(world, source_id="s2")
    trailing(world, source_id="s2")
    # against the claim, and in favour of its own city
    trailing(world, source_id="s3")
    # of several places together it favours none
    world.league("list", {"Beijing": 1, "Shanghai": 2}, source_id="s2")
    world.test("list", "in_first_k", "Beijing;Shanghai", k=3)
    # that a number is not reached puts nobody ahead
    (fact,) = world.indicators(None, {"Beijing": 3}, source_id="s2")
    world.test(fact, "value_within", low=5, unit="companies")
    assert world.verdicts()["own_city"].tolist() == [True, False, True, False, False]
    assert world.summary()["at_home"] == 1


def test_of_two_that_share_the_first_place_neither_is_put_ahead(world: World) -> None:
    world.source("s2", home="Shanghai")
    world.indicators("G", {"Beijing": 1, "Shanghai": 3, "Shenzhen": 3}, source_id="s2")
    world.test("G", "leads_three")
    assert world.one() == ("fails", "")
    assert not world.verdicts()["own_city"].any()


def test_the_dates_of_what_decides_are_told(world: World) -> None:
    leading(world, as_of="2024-08")
    leading(world, as_of="2023", source_id="s2")
    leading(world, as_of="2025-11", source_id="s3", independent_of_article="no")
    assert world.summary()[["decided_from", "decided_to"]].tolist() == ["2023", "2024-08"]


def test_a_claim_without_tests_says_so(world: World) -> None:
    leading(world)
    world.claim("C02")
    both = claims.summary(world.data(), world.verdicts())
    assert both["headline"].tolist() == ["holds", "cannot tell"]
    assert both["why"].tolist()[1] == "nothing published"


# -- errors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"selection": "G9", "source_table": "city_indicators"},
            r"T0, selection: 'G9' is not a comparable_group",
        ),
        (
            {"selection": "lsit", "source_table": "league_table_entries"},
            r"T0, selection: 'lsit' .* did you mean list\?",
        ),
        (
            {"selection": "CMP-999", "source_table": "compute"},
            r"T0, selection: 'CMP-999' is not a fact_id of compute",
        ),
        ({"claim_id": "C77"}, r"T0, claim_id: 'C77' is wrong; expected one of C01"),
        ({"comparison": "wins"}, r"T0, comparison: 'wins' is wrong; expected one of leads_three"),
        ({"fit": "good"}, r"T0, fit: 'good' is wrong; expected one of direct, proxy"),
        ({"source_table": "papers"}, r"T0, source_table: 'papers' is wrong"),
        ({"places": "Beijing;Shanghai"}, r"T0, places: 'Beijing;Shanghai' is wrong; expected one place"),
        ({"comparison": "order_is"}, r"T0, places: 'Beijing' is wrong; expected two places"),
        ({"comparison": "in_first_k"}, r"T0, k: None is wrong"),
        ({"comparison": "value_within"}, r"T0, low: None is wrong"),
        ({"comparison": "value_within", "low": 1}, r"T0, unit: None is wrong"),
        (
            {"comparison": "value_within", "low": 1, "unit": "km"},
            r"T0, unit: 'km' cannot be compared with 'companies'",
        ),
        ({"per": "mayors"}, r"T0, per: 'mayors' is no indicator"),
    ],
)
def test_a_wrong_test_is_named(world: World, change: dict, message: str) -> None:
    world.league("list", {"Beijing": 1})
    leading(world)
    world.rows["claim_tests"][-1] |= change
    with pytest.raises(ValueError, match=message):
        world.verdicts()


def test_a_place_that_is_not_known_is_named(world: World) -> None:
    world.league("list", {"Beijing": 1, "Atlantis": 2})
    world.test("list", "leads_three")
    with pytest.raises(ValueError, match="T0: 'Atlantis' is not in the table places"):
        world.verdicts()


def test_a_missing_table_is_named(world: World) -> None:
    data = world.data()
    del data["places"]
    with pytest.raises(KeyError, match="the tables given lack"):
        claims.verdicts(data)


# -- the package -------------------------------------------------------------------------------------------

# What is published decides little: whatever is not named here stays open.
DECIDED = {
    "holds": "C02 C05 C06 C14 C15 C16 C17 C19 C23 C24 C31 C37 C40",
    "mixed": "C25 C28 C35 C36 C38",
    "fails": "C29 C34",
}


def test_a_summary_makes_the_verdicts_it_is_not_given(package: dict[str, pd.DataFrame], real: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(claims.summary(package), claims.summary(package, real))


@pytest.mark.parametrize("wrong", [lambda: claims.summary("x"), lambda: claims.verdicts("x")])
def test_what_is_no_mapping_of_tables_is_told(wrong) -> None:
    with pytest.raises(TypeError, match="expected a mapping of names to tables, as load_all\\(\\) gives it, not str"):
        wrong()


def test_heard_counts_publishers_of_these_claims_only() -> None:
    row = {"publisher": "p", "verdict": "holds", "reason": None, "reading": "holds", "own_city": False}
    rows = [("C01", "p", "2023-05"), ("C01", "q; r", "2021"), ("C01", "p", "2024"), ("C02", "s", "1999")]
    table = pd.DataFrame([row | dict(zip(("claim_id", "publisher_id", "date"), one, strict=True)) for one in rows])
    assert claims.heard(table, ["C01"]) == (3, "2021", "2024")


@pytest.mark.parametrize("call", [lambda data: claims.summary(data, "x"), lambda data: claims.votes("x")])
def test_what_is_no_table_of_verdicts_is_told(call, package: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(TypeError, match="expected the table that verdicts\\(\\) gives, not str"):
        call(package)


def test_headlines_of_the_package(package: dict[str, pd.DataFrame], real: pd.DataFrame) -> None:
    table = claims.summary(package, real)
    decided = table[table["headline"] != "cannot tell"].groupby("headline")["claim_id"].agg(" ".join)
    assert decided.to_dict() == DECIDED


def test_every_test_gets_one_verdict_and_its_reason(real: pd.DataFrame, package: dict[str, pd.DataFrame]) -> None:
    assert real["test_id"].tolist() == package["claim_tests"]["test_id"].tolist()
    assert set(real["verdict"]) == set(real["reading"]) == {"holds", "fails", "cannot tell"}
    assert ((real["verdict"] == "cannot tell") == real["reason"].notna()).all()
    assert (real["verdict"].isin([*real["reading"], "cannot tell"])).all()
    assert real["says"].str.len().gt(0).all()


def test_the_articles_own_ranking_decides_nothing(package: dict[str, pd.DataFrame], real: pd.DataFrame) -> None:
    own = real[real["publisher_id"] == "tmtpost"]
    assert len(own) >= 4
    assert own["reason"].str.contains("not independent").all()
    assert not claims.summary(package, real)["strongest_for"].isin(own["test_id"]).any()


def test_top_three_everywhere_is_refuted_by_more_than_one_publisher_within_its_window(real: pd.DataFrame) -> None:
    rows = real[(real["claim_id"] == "C34") & (real["verdict"] == "fails")]
    assert set(rows["publisher_id"]) == {"idc-inspur", "aminer-zhipu"}
    assert rows["says"].tolist()[0] == "Beijing 1, Hangzhou 2, Shenzhen 3, Shanghai 4"


def test_more_than_500_against_more_than_500_is_open(real: pd.DataFrame) -> None:
    row = real[(real["claim_id"] == "C16") & (real["selection"] == "G03_SAIIA_FIN2024_A")].iloc[0]
    assert (row["verdict"], row["reason"]) == ("cannot tell", "bound")


def test_addresses_are_given_only_where_a_page_may_be_shown(real: pd.DataFrame) -> None:
    assert real.loc[real["url_kind"] == "none", "url"].isna().all()
    assert real["url"].notna().any()


def test_verdicts_are_a_pure_function_of_the_tables(package: dict[str, pd.DataFrame], real: pd.DataFrame) -> None:
    before = {name: table.copy() for name, table in package.items()}
    again = claims.verdicts(package)
    pd.testing.assert_frame_equal(again, real)
    for name, table in package.items():
        pd.testing.assert_frame_equal(table, before[name])
    shuffled = {name: table.sample(frac=1, random_state=1) for name, table in package.items()}
    other = claims.verdicts(shuffled | {name: package[name] for name in ("claim_tests", "articles")})
    pd.testing.assert_series_equal(other["verdict"], real["verdict"])


def test_every_open_claim_says_what_would_decide_it(package: dict[str, pd.DataFrame], real: pd.DataFrame) -> None:
    summed = claims.summary(package, real).set_index("claim_id")
    wanted = package["claims"].set_index("claim_id")["wanted"]
    assert wanted[summed["headline"] == "cannot tell"].notna().all()


def test_plans_are_alike_in_subjects_and_not_in_what_they_count(real: pd.DataFrame) -> None:
    rows = real[real["claim_id"] == "C33"]
    assert rows["reading"].tolist() == ["holds", "fails"]
    assert rows["verdict"].eq("cannot tell").all()


def test_what_plans_share_is_what_the_notebook_on_plans_counts(
    package: dict[str, pd.DataFrame], real: pd.DataFrame
) -> None:
    compute = package["compute"]
    package = package | {"compute": compute[compute["independent_of_article"] == "yes"]}
    for by, said in real[real["claim_id"] == "C33"].set_index("selection")["says"].items():
        for pair in policy.likeness(package, votes.THREE, str(by)).itertuples():
            assert f"{pair.one} and {pair.other} {pair.both} of {pair.either}" in said


def test_every_comparison_and_every_claim_of_the_package_can_be_used(
    package: dict[str, pd.DataFrame],
) -> None:
    tests, table = package["claim_tests"], package["claims"]
    assert set(tests["claim_id"]) <= set(table["claim_id"])
    untested = set(table["claim_id"]) - set(tests["claim_id"])
    assert untested == {"C08", "C10", "C26"}
    assert not tests.duplicated(["claim_id", "selection", "comparison", "places"]).any()


def test_every_city_table_that_ranks_the_three_is_tried_on_the_wider_claim(
    package: dict[str, pd.DataFrame],
) -> None:
    tables, entries, tests = package["league_tables"], package["league_table_entries"], package["claim_tests"]
    cities = tables.loc[(tables["unit"] == "city"), "table_id"]
    ranked = entries[entries["rank"].notna() & entries["place"].isin(["Beijing", "Shanghai", "Shenzhen"])]
    three = ranked.groupby("table_id")["place"].nunique().eq(3)
    wanted = set(three[three].index) & set(cities)
    tried = set(tests.loc[tests["claim_id"] == "C34", "selection"])
    assert len(wanted) > 30
    assert wanted - tried == set()


def test_one_more_table_changes_a_verdict_without_code(package: dict[str, pd.DataFrame], real: pd.DataFrame) -> None:
    tables, entries, tests = package["league_tables"], package["league_table_entries"], package["claim_tests"]
    mine = tables[tables["table_id"] == "qcc2023"].assign(table_id="mine", published="2024-05", source_id="sydney-2020")
    places = entries[entries["table_id"] == "qcc2023"].head(3).assign(table_id="mine")
    places["place"] = ["Hangzhou", "Shanghai", "Shenzhen"]
    row = tests[tests["test_id"] == "C02-13"].assign(test_id="C02-99", selection="mine", k=3)
    added = package | {
        "league_tables": pd.concat([tables, mine]),
        "league_table_entries": pd.concat([entries, places]),
        "claim_tests": pd.concat([tests, row]),
    }
    headline = claims.summary(added, claims.verdicts(added)).set_index("claim_id")["headline"]
    assert headline["C02"] == "mixed"
    assert claims.summary(package, real).set_index("claim_id")["headline"]["C02"] == "holds"


# A word that the article's facts behind a claim have in common: ids alone would not show a wrong link.
WORDS = {
    "C01": "think-tank report",
    "C02": "Echelon|one of the three that lead",
    "C03": "in the competitiveness report",
    "C04": "in the development index report",
    "C05": "ranked differently",
    "C06": "basic|innovative",
    "C07": "insured|research and development staff|talent",
    "C08": "growth",
    "C09": "valid invention patents",
    "C10": "citations",
    "C11": "laboratories|engineering research centres",
    "C12": "listed companies",
    "C13": "high-tech companies",
    "C14": "unicorns",
    "C15": "financing deals",
    "C16": "amount of AI financing",
    "C17": "financing",
    "C18": "Intelligent computing power of Beijing",
    "C19": "infrastructure|computing power",
    "C20": "Lingang",
    "C21": "chip",
    "C22": "scenarios|applications",
    "C23": "public data",
    "C24": "Model Speed Space",
    "C25": "companies related to AI",
    "C26": "layer",
    "C27": "density",
    "C28": "hardware",
    "C29": "humanoid",
    "C30": "Qianhai",
    "C31": "five large-model start-ups",
    "C32": "does the part",
    "C33": "policies",
    "C34": "think-tank report",
    "C35": "in the competitiveness report",
    "C36": "infrastructure|computing power",
    "C37": "chip",
    "C38": "public data",
    "C39": "hardware",
    "C40": "connected cars",
    "C41": "density of talent",
}


def test_each_claim_leads_back_to_what_the_article_says() -> None:
    indicators = ac.load("indicators").rename(columns={"label": "text"})
    statements = ac.load("statements").rename(columns={"claim": "text"})
    facts = pd.concat([indicators, statements])[["fact_id", "city", "text"]]
    linked = ac.load("claim_facts").merge(facts, on="fact_id", validate="many_to_one")
    assert set(linked["claim_id"]) == set(ac.load("claims")["claim_id"]) == set(WORDS)
    for claim, rows in linked.groupby("claim_id"):
        assert rows["text"].str.contains(WORDS[claim]).all(), (claim, rows["text"].tolist())
    city = linked["claim_id"].map(ac.load("claims").set_index("claim_id")["city"])
    assert (linked["city"] == city)[city.notna()].all()
