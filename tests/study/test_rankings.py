"""League tables of cities: made comparable, and asked who holds the first places."""

import pandas as pd
import pytest

import aicities as ac
from aicities import votes
from aicities.study import claims
from aicities.study.rankings import analysis as leagues

THREE = list(votes.THREE)
PLACES = pd.DataFrame(
    [(name, "mainland") for name in [*THREE, "Hangzhou", "Wuhan"]]
    + [("Hong Kong", "hong_kong_taiwan"), ("London", "abroad")],
    columns=["place", "territory"],
)


def league(**tables):
    """Entries of tables given as name={place: rank}, a rank of "T2" being a tier and None no rank."""
    rows = []
    for table, ranks in tables.items():
        for place, rank in ranks.items():
            tier = rank if isinstance(rank, str) else None
            rows.append((table, place, None if tier else rank, tier, "high"))
    frame = pd.DataFrame(rows, columns=["table_id", "place", "rank", "tier", "confidence"])
    return frame.astype({"rank": "Int64", "tier": "str"})


def described(entries, **columns):
    """The tables of these entries, each by a publisher of its own."""
    names = list(entries["table_id"].unique())
    given = {"table_id": names, "publisher_id": names, "scope": "china", "topic": "overall", "unit": "city"}
    return pd.DataFrame(given | columns)


@pytest.fixture(scope="module")
def data():
    return ac.load_all()


@pytest.fixture(scope="module")
def real(data):
    return leagues.city_tables(data)


def test_city_tables_have_cities_of_the_mainland_only(real):
    tables, entries = real
    assert (tables["unit"] == "city").all()
    assert set(entries["table_id"]) == set(tables["table_id"])
    kinds = ac.load("places").set_index("place").loc[entries["place"].unique()]
    assert set(kinds["kind"]) <= {"city", "municipality"} and set(kinds["territory"]) == {"mainland"}
    assert (tables["first_day"] <= tables["last_day"]).all()
    assert tables.set_index("table_id")["listed"].to_dict() == entries.groupby("table_id").size().to_dict()


def test_city_tables_know_publishers_and_what_is_firm(real):
    tables = real[0].set_index("table_id")
    assert tables.loc["idc2022", ["short_name", "name"]].tolist() == ["IDC", "IDC 2022"]
    assert tables.loc[["idc2019", "sydney2020", "kr36-2020"], "firm"].all()
    # a medium rank, no page of the publisher, the article's own source
    assert not tables.loc[["ccid2018", "idc2018", "tmtpost2024"], "firm"].any()
    assert tables["publisher_id"].nunique() < len(tables)


def test_city_tables_name_a_source_that_is_missing(data):
    sources = data["sources"]
    with pytest.raises(ValueError, match="`sources` has no 'idc-2019'"):
        leagues.city_tables(data | {"sources": sources[sources["source_id"] != "idc-2019"]})


def test_counted_tables_are_independent_long_enough_and_about_ai(real):
    counted = leagues.counted_tables(real[0])
    assert counted["independent"].all() and (counted["listed"] >= 4).all()
    assert set(counted["coverage"]) == {"ai", "ai_related"}


def test_publishers_to_leave_out_may_be_one_text(data):
    named = leagues.without(data, ["IDC", "hurun"])
    for name, table in leagues.without(data, "IDC, hurun").items():
        pd.testing.assert_frame_equal(table, named[name])
    assert len(leagues.without(data, "")["league_tables"]) == len(data["league_tables"])
    for wrong in (None, 5, [5]):
        with pytest.raises(ValueError, match="expected a list of texts, such as"):
            leagues.without(data, wrong)


def test_without_a_publisher_nothing_of_it_is_left(data):
    left = leagues.without(data, ["IDC", "hurun"])
    gone = data["sources"].loc[data["sources"]["publisher_id"].isin(["idc-inspur", "hurun"]), "source_id"]
    for name in ("league_tables", "city_indicators", "compute"):
        assert not left[name]["source_id"].isin(gone).any()
        assert left[name].equals(data[name][~data[name]["source_id"].isin(gone)])
    assert data["league_tables"]["source_id"].isin(gone).sum() > 5
    assert set(left["league_table_entries"]["table_id"]) <= set(left["league_tables"]["table_id"])
    tests = left["claim_tests"]["selection"]
    assert not tests.str.contains("idc2022|hurunai50").any() and len(tests) < len(data["claim_tests"])
    assert len(claims.summary(left, claims.verdicts(left))) == len(data["claims"])
    assert leagues.without(data, []).keys() == data.keys()
    with pytest.raises(ValueError, match="no number is by 'Hurum'; did you mean 'Hurun'"):
        leagues.without(data, ["Hurum"])


def test_ranks_are_counted_anew_among_the_mainland():
    entries = league(
        world={"London": 1, "Beijing": 2, "Hong Kong": 3, "Shanghai": 4},
        gap={"London": 1, "Beijing": 3},
        home={"Beijing": 1, "Shanghai": 3},
    )
    ranks = leagues.among_mainland(entries, PLACES).set_index(["table_id", "place"])["rank"]
    assert (ranks["world", "Beijing"], ranks["world", "Shanghai"]) == (1, 2)
    assert pd.isna(ranks["gap", "Beijing"])  # second place was not readable and may be Shanghai's
    assert ranks["home", "Shanghai"] == 3
    assert ("world", "London") not in ranks.index
    # third of the world, and those above it were not read: nothing says that it is third of the mainland
    alone = league(alone={"Beijing": 3, "Shanghai": 4}, first={"Beijing": 1, "Shanghai": 5})
    ranks = leagues.among_mainland(alone, PLACES, world=["alone", "first"]).set_index(["table_id", "place"])["rank"]
    assert ranks.isna().tolist() == [True, True, False, True]


def test_ranges_of_ranks_are_left_out_where_others_were_taken_out():
    entries = league(mixed={"London": 1, "Beijing": 2}, home={"Beijing": 1}).assign(rank_best=1, rank_worst=4)
    kept = leagues.among_mainland(entries, PLACES).set_index("table_id")
    for column, printed in (("rank_best", 1), ("rank_worst", 4)):
        assert pd.isna(kept.loc["mixed", column]) and kept.loc["home", column] == printed


def test_a_place_without_a_territory_is_named():
    with pytest.raises(ValueError, match="'Atlantis'"):
        leagues.among_mainland(league(a={"Atlantis": 1}), PLACES)


def test_first_places_hold_fail_or_stay_open():
    entries = league(
        holds={"Beijing": 1, "Shenzhen": 2, "Shanghai": 3, "Hangzhou": 4},
        fails={"Beijing": 1, "Shanghai": 2, "Hangzhou": 3, "Shenzhen": 4},
        below={"Beijing": 1, "Shanghai": 2, "Hangzhou": 3},
        tiers={"Beijing": "T1", "Shanghai": "T2", "Shenzhen": "T2", "Hangzhou": "T2"},
        short={"Beijing": 1, "Shanghai": 2},
        narrow={"Shenzhen": 1, "Hangzhou": 2},
    )
    tables = described(entries, not_covered=[None] * 5 + ["Beijing;Shanghai"])
    answers = leagues.first_places(entries, tables, THREE).set_index("table_id")
    assert answers["answer"].to_dict() == {
        "holds": votes.HOLDS,
        "fails": votes.FAILS,
        "below": votes.FAILS,
        "tiers": votes.OPEN,
        "short": votes.OPEN,
        "narrow": votes.OPEN,
    }
    assert answers.loc["fails", ["out", "instead"]].tolist() == ["Shenzhen", "Hangzhou"]
    assert answers.loc["below", ["out", "instead"]].tolist() == ["Shenzhen", "Hangzhou"]
    four = leagues.first_places(entries, tables, [*THREE, "Hangzhou"]).set_index("table_id")
    assert four.loc[["fails", "tiers"], "answer"].eq(votes.HOLDS).all()


def test_first_places_agree_with_the_verdicts_on_the_claim(data, real):
    tables, entries = real
    readings = claims.verdicts(data).query("claim_id == 'C34' and source_table == 'league_table_entries'")
    answers = leagues.first_places(entries, tables, THREE).set_index("table_id")["answer"]
    assert len(readings) > 20
    assert answers[readings["selection"]].tolist() == readings["reading"].tolist()
    counted = leagues.counted_tables(tables)["table_id"]
    assert {*answers[counted][answers != votes.OPEN].index} <= {*readings["selection"]}


def test_holders_are_those_whose_place_is_certain():
    entries = league(a={"Beijing": "T1", "Shanghai": "T2", "Shenzhen": "T2"}, b={"Shanghai": 1, "Beijing": 2})
    held = leagues.sure_holders(entries, described(entries))
    assert held[["table_id", "place", "rank"]].to_numpy().tolist() == [
        ["a", "Beijing", 1],
        ["b", "Beijing", 2],
        ["b", "Shanghai", 1],
    ]


def test_count_answers_gives_each_publisher_one_vote():
    answers = pd.DataFrame(
        [("x", "holds"), ("x", "holds"), ("x", "cannot tell"), ("y", "holds"), ("y", "fails"), ("z", "cannot tell")],
        columns=["publisher_id", "answer"],
    )
    counts = leagues.count_answers(answers)
    assert counts["tables"].to_dict() == {"holds": 3, "fails": 1, "split": 0, "cannot tell": 2}
    assert counts["publishers"].to_dict() == {"holds": 1, "fails": 0, "split": 1, "cannot tell": 1}


def test_spans_take_a_table_that_may_have_appeared_in_the_window():
    tables = pd.DataFrame(
        {
            "topic": ["overall", "models", "overall", "chips"],
            "coverage": ["ai", "ai", "ai", "ai_related"],
            "first_day": pd.to_datetime(["2022-08-01", "2024-01-01", "2024-09-01", "2024-01-01"]),
            "last_day": pd.to_datetime(["2022-08-31", "2024-12-31", "2024-09-30", "2024-01-01"]),
        }
    )
    parts = leagues.by_span_and_scope(
        tables, start=pd.Timestamp("2022-08-02"), end=pd.Timestamp("2024-08-02"), window="then"
    )
    assert {name: list(part.index) for name, part in parts.items()} == {
        "then, AI as a whole": [0],
        "then, any table": [0, 1],
        "all years, AI as a whole": [0, 2],
        "all years, any table": [0, 1, 2],
    }


def test_cells_say_what_is_known_of_each_place():
    entries = league(
        a={"Beijing": 1, "Shanghai": 2, "Shenzhen": None, "Hangzhou": None},
        b={"Beijing": "T1", "Shanghai": "T2", "Wuhan": "T2"},
        c={"Shenzhen": 1, "Hangzhou": 3},
    )
    tables = described(entries, n_published=[4, None, None], not_covered=[None, None, "Beijing"])
    text = leagues.matrix_cells(entries, tables, [*THREE, "Hangzhou"]).pivot(
        index="table_id", columns="place", values="text"
    )
    assert text.loc["a"].to_dict() == {"Beijing": "1", "Shanghai": "2", "Shenzhen": "3–4", "Hangzhou": "3–4"}
    assert text.loc["b"].to_dict() == {"Beijing": "T1", "Shanghai": "T2", "Shenzhen": "?", "Hangzhou": "?"}
    assert text.loc["c"].to_dict() == {"Beijing": "", "Shanghai": ">1", "Shenzhen": "1", "Hangzhou": "3"}


def test_cells_of_a_top_ten_put_the_rest_below_ten(real):
    tables, entries = real
    chosen = tables[tables["table_id"].isin(["idc2021", "idc2022"])]
    cells = leagues.matrix_cells(entries, chosen, ["Beijing", "Nanjing", "Tianjin"]).set_index(["table_id", "place"])
    assert cells.loc[("idc2022", "Tianjin"), ["state", "text"]].tolist() == ["unranked", "6–10"]
    assert cells.loc[("idc2021", "Tianjin"), ["state", "text"]].tolist() == ["not_listed", ">10"]


def test_tables_of_one_publisher_stand_together():
    days = pd.to_datetime(["2020-05-01", "2019-01-01", "2021-01-01", "2018-01-01"])
    tables = pd.DataFrame({"table_id": list("abcd"), "publisher_id": list("xyxx"), "first_day": days})
    assert leagues.in_publisher_order(tables)["table_id"].tolist() == ["d", "a", "c", "b"]


def test_displaced_counts_publishers_and_tables():
    answers = pd.DataFrame(
        [("x", "fails", "Shanghai", "Hangzhou"), ("x", "fails", "Shanghai", "Hangzhou"),
         ("y", "fails", "Shanghai", "Hangzhou"), ("z", "fails", "Shenzhen", "Nanjing"),
         ("v", "fails", "Shenzhen", "Wuhan"), ("u", "fails", "Shenzhen", "Suzhou"),
         ("u", "fails", "Shenzhen", "Suzhou"), ("w", "holds", "", "")],
        columns=["publisher_id", "answer", "out", "instead"],
    )  # fmt: skip
    assert leagues.displaced(answers).to_numpy().tolist() == [
        ["Shenzhen", "Suzhou", 1, 2], ["Shenzhen", "Nanjing", 1, 1], ["Shenzhen", "Wuhan", 1, 1],
        ["Shanghai", "Hangzhou", 2, 3],
    ]  # fmt: skip


def test_publishers_by_place_count_each_publisher_once():
    entries = league(a={"Beijing": 1, "Wuhan": 2}, b={"Beijing": 1, "Shanghai": 2}, c={"Shanghai": 1, "Beijing": 2})
    found = leagues.publishers_by_place(entries, described(entries, publisher_id=["x", "x", "y"]))
    assert found.loc["Beijing"].tolist() == [1, 1, 0] and found.loc["Shanghai"].tolist() == [1, 1, 0]
    assert found.loc["Wuhan"].tolist() == [0, 1, 0]


def test_matrix_shows_cities_that_enough_tables_list_and_stars_what_does_not_count():
    entries = league(a={"Beijing": 1, "Wuhan": 2}, b={"Shanghai": 2, "Beijing": 1}, c={"Beijing": 1, "Shanghai": 2})
    tables = described(entries, name=["A", "B", "C"])
    cells, rows, columns = leagues.matrix(entries, tables.head(2), tables.tail(1), least=2)
    assert columns == ["Beijing"] and rows["name"].tolist() == ["A", "B", "C *"]
    assert rows["counted"].tolist() == [True, True, False] and set(cells["table_id"]) == {"a", "b", "c"}


def test_top_consensus_sums_a_set_of_tables_up():
    order = {"Beijing": 1, "Shanghai": 2, "Shenzhen": 3, "Hangzhou": 4}
    entries = league(**dict.fromkeys("abcde", order))
    tables = described(entries)
    found = leagues.top_consensus(entries, tables, THREE)
    assert found == {
        "tables": 5, "publishers": 5, "holds": 5, "fails": 0, "consensus": "Beijing, Shanghai, Shenzhen", "share": 1.0
    }  # fmt: skip
    # of four publishers no share is given: there are too few different draws
    assert pd.isna(leagues.top_consensus(entries, tables.head(4), THREE)["share"])


def test_newest_lists_are_one_for_each_publisher_and_field(data, real):
    counted = leagues.counted_tables(real[0])
    newest = leagues.newest_lists(counted)
    assert not newest.duplicated(["publisher_id", "topic"]).any() and (newest["topic"] != "overall").all()
    assert {"hurunai50-2025", "csia2023design"} <= set(newest["table_id"])
    assert newest["coverage"].eq("ai").is_monotonic_decreasing  # neighbours come last, and say so
    assert newest["heading"].str.endswith("a neighbouring field").equals(newest["coverage"] == "ai_related")
    assert not newest["heading"].str.startswith("other").any()


def test_place_holders_leave_out_who_may_stand_lower():
    entries = league(
        a={"Beijing": 1, "Shanghai": 2, "Shenzhen": 6}, b={"Beijing": "T1", "Shanghai": "T2", "Wuhan": "T2"}
    )
    found = leagues.place_holders(entries, described(entries))
    assert found.to_numpy().tolist() == [
        ["a", "Beijing", 1, 1, True], ["a", "Shanghai", 2, 2, True],
        ["b", "Beijing", 1, 1, True], ["b", "Shanghai", 2, 3, False], ["b", "Wuhan", 2, 3, False],
    ]  # fmt: skip


def test_editions_of_idc_have_a_rank_for_each_year(real):
    tables, entries = real
    ranks = leagues.editions(entries, tables[tables["publisher_id"] == "idc-inspur"]).set_index(["year", "place"])
    assert ranks.loc[(2018, "Hangzhou"), ["best", "worst"]].tolist() == [1, 1]
    assert ranks.loc[(2022, "Chengdu"), ["best", "worst"]].tolist() == [6, 10]
    assert sorted({year for year, _ in ranks.index}) == [2018, 2019, 2020, 2021, 2022]


def test_then_and_now_keeps_ends_breaks_and_units(data):
    found = leagues.then_and_now(data).set_index(["series", "place"])
    shenzhen = found.loc[("models-on-file", "Shenzhen")]
    assert shenzhen["high"].gt(shenzhen["low"]).any() and not shenzhen["exact"].all()
    shanghai = found.loc[("shanghai-compute", "Shanghai")]
    assert set(shanghai["unit"]) == {"PFLOPS"} and shanghai["low"].tolist() == [9_000, 120_000]
    assert shanghai["high"].tolist() == [9_000, float("inf")] and shanghai["joined"].tolist() == [True, False]
    assert "Guangdong" not in found.index.get_level_values("place")  # a province is no city


def test_relative_scores_leave_out_counts_and_single_cities():
    entries = league(
        index={"Beijing": 1, "Shanghai": 2}, lone={"Beijing": 1, "Wuhan": 2}, count={"Beijing": 1, "Shanghai": 2},
        older={"Shanghai": 1, "Beijing": 2},
    )  # fmt: skip
    entries["score_value"] = [80.0, 60.0, 9.0, 3.0, 20.0, 10.0, 5.0, 4.0]
    names = ["Index", "Lone", "Count", "Older"]
    tables = described(entries, additive=[False, False, True, False], name=names, first_day=[2, 0, 0, 1])
    own = pd.Series({"Beijing": 2.0, "Shanghai": 1.0})
    shares = leagues.relative_scores(entries, tables, own)
    assert shares["name"].tolist() == ["Older"] * 2 + ["Index"] * 2 + [leagues.ARTICLE_INDEX] * 2
    assert shares["share"].tolist() == [1.0, 0.8, 1.0, 0.75, 1.0, 0.5]


def test_the_articles_index_is_sorted(data):
    assert leagues.article_index(data).index.tolist() == ["Beijing", "Shenzhen", "Shanghai"]


def test_consensus_by_choice_names_the_third():
    order = {"Beijing": 1, "Shanghai": 2, "Wuhan": 3, "Shenzhen": 4}
    entries = league(**dict.fromkeys("abcde", order))
    tables = described(entries)
    found = leagues.consensus_by_choice(entries, {"all": tables, "two": tables.head(2)}, THREE)
    assert found["third"].tolist() == ["Wuhan", "Wuhan"] and found["fails"].tolist() == [5, 2]
    assert found.loc["all", "share"] == 0 and pd.isna(found.loc["two", "share"])


def test_publishers_have_one_short_name_each(data):
    names = leagues.publisher_names(data)
    assert names["idc-inspur"] == "IDC" and names.is_unique and names.index.is_unique


def test_a_table_of_ones_own_is_counted_like_the_others(data):
    own = data["league_tables"].query("table_id == 'qcc2023'").assign(table_id="mine", edition_year=2027)
    rows = data["league_table_entries"].query("table_id == 'qcc2023'").assign(table_id="mine")
    longer = data | {
        "league_tables": pd.concat([data["league_tables"], own], ignore_index=True),
        "league_table_entries": pd.concat([data["league_table_entries"], rows], ignore_index=True),
    }
    tables = leagues.city_tables(longer)[0]
    assert tables.set_index("table_id").loc["mine", "name"].endswith("2027")
    assert len(leagues.counted_tables(tables)) == len(leagues.counted_tables(leagues.city_tables(data)[0])) + 1
