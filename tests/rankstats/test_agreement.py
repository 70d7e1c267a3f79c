"""Agreement of rankings: against scipy, pandas, published examples and definitions written out."""

from __future__ import annotations

import math
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import rankstats
from tests.rankstats.hand_made import named_places, published, random_table

CELL = st.one_of(st.integers(1, 6).map(float), st.just(math.nan))


@st.composite
def rank_tables(draw: st.DrawFn, *, cell: st.SearchStrategy[float] = CELL, least: int = 1) -> pd.DataFrame:
    places, lists = draw(st.integers(least + 1, 9)), draw(st.integers(least, 4))
    cells = draw(st.lists(cell, min_size=places * lists, max_size=places * lists))
    table = np.array(cells).reshape(places, lists)
    # each list names somebody
    table[0] = np.nan_to_num(table[0], nan=1.0)
    return pd.DataFrame(table, index=list("ABCDEFGHIJ")[:places], columns=list("wxyz")[:lists])


def matrix(ranks: pd.DataFrame) -> pd.DataFrame:
    """Tau-b of numbers of which smaller are better, whatever they are."""
    return rankstats.agreement_matrix(rankstats.read(named_places(ranks), scores="lower"))


def pairs(ranks: pd.DataFrame) -> pd.DataFrame:
    """Agreement of each two of them."""
    found = rankstats.agreement(rankstats.read(named_places(ranks), scores="lower"))
    return found.set_index(["table_a", "table_b"])


def concordance(ranks: pd.DataFrame, **options: int) -> pd.Series:
    return rankstats.kendall_w(rankstats.read(named_places(ranks), scores="lower"), **options)


def emond_mason(ranks: pd.Series) -> np.ndarray:
    """Score matrix of Emond & Mason (2002): 1 for ahead or tied, -1 for behind, 0 on the diagonal."""
    values = ranks.to_numpy()
    return np.where(values[:, None] <= values[None, :], 1, -1) * (1 - np.eye(len(values), dtype=int))


def kemeny_score(ranks: pd.Series) -> np.ndarray:
    """Score matrix of Kemeny (1959): 1 for ahead, 0 for tied, -1 for behind."""
    values = ranks.to_numpy()
    return np.sign(values[None, :] - values[:, None])


@settings(deadline=None, max_examples=50)
@given(rank_tables())
def test_tau_b_is_that_of_scipy_on_the_common_places(ranks: pd.DataFrame) -> None:
    found = matrix(ranks)
    for a, b in product(ranks.columns, repeat=2):
        both = ranks[[a, b]].dropna() if a != b else ranks[[a]].dropna()
        if len(both) < 2:
            assert math.isnan(found.loc[a, b])
            continue
        expected = stats.kendalltau(both.iloc[:, 0], both.iloc[:, -1]).statistic
        assert found.loc[a, b] == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("places", [30, 338, 901])
def test_tau_b_is_that_of_pandas_on_long_lists(places: int) -> None:
    rng = np.random.default_rng(places)
    ranks = random_table(rng.integers(1, places + 1, (places, 20)).astype(float))
    for table in (ranks, ranks.mask(rng.random(ranks.shape) < 0.2)):
        with np.errstate(invalid="ignore"):
            expected = table.corr(method="kendall", min_periods=2)
        pd.testing.assert_frame_equal(matrix(table), expected, atol=1e-12, check_names=False)


@settings(deadline=None, max_examples=50)
@given(rank_tables(least=2))
def test_tau_x_and_kemeny_distance_are_those_of_the_score_matrices(ranks: pd.DataFrame) -> None:
    found, tau_b = pairs(ranks), matrix(ranks)
    tau_x, distance = found["tau_x"], found["kemeny_distance"]
    for a, b in combinations(ranks.columns, 2):
        both = ranks.loc[ranks[a].notna() & ranks[b].notna()]
        size = len(both)
        assert found.loc[(a, b), "common"] == size
        assert found.loc[(a, b), "tau_b"] == pytest.approx(tau_b.loc[a, b], nan_ok=True)
        apart = np.abs(kemeny_score(both[a]) - kemeny_score(both[b])).sum() / 2
        assert distance.loc[a, b] == apart
        if size < 2:
            assert math.isnan(tau_x.loc[a, b])
            continue
        expected = (emond_mason(both[a]) * emond_mason(both[b])).sum() / (size * (size - 1))
        assert tau_x.loc[a, b] == pytest.approx(expected)
        # The linear relation between the two (Emond & Mason 2002).
        assert tau_x.loc[a, b] == pytest.approx(1 - 2 * apart / (size * (size - 1)))


def test_tau_b_corrects_for_ties_and_tau_x_takes_common_ties_for_agreement() -> None:
    ranks = pd.DataFrame({"x": [1, 2, 2, 4], "y": [1, 2, 2, 4], "flat": [1, 1, 1, 1]}, dtype=float)
    tau_b = matrix(ranks)
    # Without the correction, five of six pairs concordant would give 0.83.
    assert tau_b.loc["x", "y"] == 1
    assert math.isnan(tau_b.loc["x", "flat"])
    assert pairs(ranks.assign(even=1.0)).loc[[("x", "y"), ("flat", "even")], "tau_x"].tolist() == [1, 1]


def test_reversing_a_ranking_turns_the_sign_round() -> None:
    ranks = pd.DataFrame({"x": [3.0, 1, 4, 2, 5], "y": [1.0, 2, 3, 4, 5]})
    for measure in ("tau_b", "tau_x"):
        there = pairs(ranks).loc[("x", "y"), measure]
        back = pairs(ranks.assign(x=6 - ranks["x"])).loc[("x", "y"), measure]
        assert back == pytest.approx(-there)


def test_a_seed_is_needed() -> None:
    with pytest.raises(ValueError, match="seed is None"):
        rankstats.kendall_w(rankstats.read([["A", "B"], ["B", "A"]]), seed=None)


def test_indicators_agree_with_the_rest() -> None:
    rng = np.random.default_rng(1)
    values = pd.DataFrame(rng.normal(size=(30, 4)), columns=list("wxyz"))
    values["x"] += values["w"]
    values.loc[3, "z"] = np.nan
    found = rankstats.indicator_agreement(values)
    taus = values.corr(method="kendall")
    for name in values:
        others = taus[name].drop(name)
        assert found.loc[name, "mean_tau"] == pytest.approx(others.mean())
        assert found.loc[name, "closest"] == others.idxmax()
        assert found.loc[name, "furthest_tau"] == pytest.approx(others.min())
        rest = stats.kendalltau(values[name], values.drop(columns=name).mean(axis=1), nan_policy="omit").statistic
        assert found.loc[name, "rest_tau"] == pytest.approx(rest)
    whole = values.dropna()
    by_covariance = 4 / 3 * (1 - np.trace(whole.cov()) / whole.cov().to_numpy().sum())
    assert found.attrs["alpha"] == pytest.approx(by_covariance)


# Kendall's W

SIEGEL_TIED = pd.DataFrame(
    {
        "x": [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        "y": [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        "z": [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    }
)


def test_w_of_the_textbook_without_ties() -> None:
    """Siegel (1956), Nonparametric Statistics, chapter 9: three executives rank six applicants, W = 0.16."""
    ranks = pd.DataFrame({"x": [1, 6, 3, 2, 5, 4], "y": [1, 5, 6, 4, 2, 3], "z": [6, 3, 2, 5, 4, 1]})
    assert concordance(ranks)["w"] == pytest.approx(12 * 25.5 / (9 * (6**3 - 6)))
    assert round(concordance(ranks)["w"], 2) == 0.16


def test_w_of_the_textbook_with_ties() -> None:
    """Siegel (1956), chapter 9, also the example of NAG's G08DAF: W = 0.828, significance 0.008."""
    found = concordance(SIEGEL_TIED)
    assert round(found["w"], 3) == 0.828
    assert round(stats.chi2.sf(found["chi2"], 9), 3) == 0.008
    assert found["p_value"] < 0.008


@settings(deadline=None, max_examples=50)
@given(rank_tables(cell=st.integers(1, 6).map(float), least=2))
def test_w_is_that_of_friedman_with_ties(ranks: pd.DataFrame) -> None:
    ranks = ranks.assign(untied=range(1, len(ranks) + 1))  # where every list ties all places, W has no value
    expected = stats.friedmanchisquare(*ranks.to_numpy())
    assert concordance(ranks, permutations=1)["chi2"] == pytest.approx(expected.statistic)


def test_w_is_the_mean_rank_correlation() -> None:
    rng = np.random.default_rng(3)
    ranks = pd.DataFrame({name: rng.permutation(8) + 1 for name in "abcd"})
    mean = (ranks.corr(method="spearman").to_numpy().sum() - 4) / 12
    assert (4 * concordance(ranks)["w"] - 1) / 3 == pytest.approx(mean)


def test_the_permutation_p_value_is_that_of_all_permutations() -> None:
    ranks = pd.DataFrame({"x": [1, 2, 3, 4], "y": [1, 3, 2, 4], "z": [2, 1, 3, 3]})
    observed = concordance(ranks, permutations=1)["w"]
    as_large = [
        concordance(ranks.assign(y=list(y), z=list(z)), permutations=1)["w"] >= observed - 1e-12
        for y, z in product(permutations(ranks["y"]), permutations(ranks["z"]))
    ]
    found = concordance(ranks, permutations=20_000, seed=4)
    assert abs(found["p_value"] - np.mean(as_large)) < 4 * found["p_value_se"]
    assert concordance(ranks, permutations=500, seed=4).equals(concordance(ranks, permutations=500, seed=4))


def test_w_leaves_out_what_not_all_rank_and_refuses_what_has_no_answer() -> None:
    ranks = SIEGEL_TIED.copy()
    ranks.loc[3, "x"] = np.nan
    assert concordance(ranks)["places"] == 9
    with pytest.raises(ValueError, match="two rankings or more, there is 1"):
        concordance(SIEGEL_TIED[["x"]])
    with pytest.raises(ValueError, match="two places ranked by all 3 rankings, there is 1"):
        concordance(SIEGEL_TIED.mask(np.arange(10)[:, None] > np.zeros(3)))
    with pytest.raises(ValueError, match="ties all places"):
        concordance(pd.DataFrame({"x": [1, 1], "y": [2, 2]}))
    with pytest.raises(ValueError, match="permutations is 0"):
        concordance(SIEGEL_TIED, permutations=0)


# Rank-biased overlap


def ranked(text: str) -> pd.Series:
    entries, _ = published(text)
    return entries.set_index("place")["rank"].astype(float)


def test_overlap_with_ties_of_the_paper() -> None:
    """Example published with Corsi & Urbano (2024), The treatment of ties in rank-biased overlap."""
    a, b = ranked("red (blue green) yellow pink"), ranked("(blue red) white (yellow black purple) green")
    uncertain = rankstats.rank_biased_overlap(a, b, persistence=0.95)
    assert uncertain[:3].round(7).tolist() == [0.6922853, 0.3310519, 0.8930692]
    equal = rankstats.rank_biased_overlap(a, b, persistence=0.95, ties="equal")
    assert equal[:3].round(7).tolist() == [0.7068257, 0.3429684, 0.9049857]


def test_overlap_is_that_of_the_formulas() -> None:
    """Equations 11, 30 and 32 of Webber, Moffat & Zobel (2010), for lists of unequal depth."""
    short, long, p = "cbdfa", "abcdefghij", 0.8
    s, k = len(short), len(long)
    x = {d: len(set(short[:d]) & set(long[:d])) for d in range(1, k + 1)}
    extrapolated = (1 - p) / p * (
        sum(x[d] / d * p**d for d in range(1, k + 1))
        + sum(x[s] * (d - s) / (s * d) * p**d for d in range(s + 1, k + 1))
    ) + ((x[k] - x[s]) / k + x[s] / s) * p**k
    least = (1 - p) / p * (sum((x[d] - x[k]) * p**d / d for d in range(1, k + 1)) - x[k] * math.log(1 - p))
    f = k + s - x[k]
    residual = (
        p**s
        + p**k
        - p**f
        - (1 - p)
        / p
        * (
            sum(s * p**d / d for d in range(s + 1, f + 1))
            + sum(k * p**d / d for d in range(k + 1, f + 1))
            + x[k] * (math.log(1 / (1 - p)) - sum(p**d / d for d in range(1, f + 1)))
        )
    )
    found = rankstats.rank_biased_overlap(ranked(" ".join(long)), ranked(" ".join(short)), persistence=p)
    assert found["overlap"] == pytest.approx(extrapolated)
    assert found["overlap_min"] == pytest.approx(least)
    assert found["overlap_max"] == pytest.approx(least + residual)


def test_where_a_tie_reaches_across_the_depth_of_the_shorter_list_the_mean_stands() -> None:
    """The code published with Corsi & Urbano (2024) gives .8245 here."""
    orders = [ranked(f"A {' '.join(rest)}") for rest in permutations("BCD")]
    mean = np.mean([rankstats.rank_biased_overlap(ranked("A B"), order)["overlap"] for order in orders])
    found = rankstats.rank_biased_overlap(ranked("A B"), ranked("A (B C D)"))["overlap"]
    assert found == pytest.approx(mean, abs=1e-14)
    assert round(found, 4) == 0.8305


def test_uncertain_ties_give_the_mean_over_their_orders() -> None:
    a, b = "A (B C D) E", "(B A) (C E)"
    first = [f"A {' '.join(middle)} E" for middle in permutations("BCD")]
    second = [" ".join([*head, *tail]) for head in permutations("AB") for tail in permutations("CE")]
    each = [rankstats.rank_biased_overlap(ranked(x), ranked(y)) for x, y in product(first, second)]
    found = rankstats.rank_biased_overlap(ranked(a), ranked(b))
    for bound in ("overlap", "overlap_min", "overlap_max"):
        assert found[bound] == pytest.approx(np.mean([one[bound] for one in each]))


@settings(deadline=None, max_examples=50)
@given(
    st.permutations("ABCDEF"), st.permutations("ABCDEFG"), st.integers(1, 6), st.integers(1, 7), st.floats(0.05, 0.98)
)
def test_overlap_lies_between_its_bounds_and_they_are_reached(
    a: list[str], b: list[str], depth_a: int, depth_b: int, p: float
) -> None:
    x, y = a[:depth_a], b[:depth_b]
    found = rankstats.rank_biased_overlap(ranked(" ".join(x)), ranked(" ".join(y)), persistence=p)
    other = rankstats.rank_biased_overlap(ranked(" ".join(y)), ranked(" ".join(x)), persistence=p)
    assert found[:3].tolist() == pytest.approx(other[:3].tolist())
    assert found["overlap_min"] - 1e-12 <= found["overlap"] <= found["overlap_max"] + 1e-12
    # Lists that go on with nothing in common, far enough down for the rest to weigh nothing.
    deep = math.ceil(math.log(1e-6) / math.log(p)) + 20
    worst = rankstats.rank_biased_overlap(
        ranked(" ".join(x + [f"x{number}" for number in range(deep)])),
        ranked(" ".join(y + [f"y{number}" for number in range(deep)])),
        persistence=p,
    )
    assert worst["overlap"] == pytest.approx(found["overlap_min"], abs=1e-4)
    # Lists that go on with all the other has and they lack, and then with the same.
    same = [f"z{number}" for number in range(deep)]
    best = rankstats.rank_biased_overlap(
        ranked(" ".join(x + [name for name in y if name not in x] + same)),
        ranked(" ".join(y + [name for name in x if name not in y] + same)),
        persistence=p,
    )
    assert best["overlap"] <= found["overlap_max"] + 1e-9
    if len(x) == len(y):
        assert best["overlap"] == pytest.approx(found["overlap_max"], abs=1e-4)


def test_the_same_list_overlaps_fully_and_lists_with_nothing_in_common_not_at_all() -> None:
    assert rankstats.rank_biased_overlap(ranked("A B C"), ranked("A B C"))["overlap"] == pytest.approx(1)
    apart = rankstats.rank_biased_overlap(ranked("A B C"), ranked("D E F"))
    assert apart["overlap"] == apart["overlap_min"] == 0


def test_bad_lists_and_options_of_overlap_are_errors() -> None:
    with pytest.raises(ValueError, match="persistence is 1"):
        rankstats.rank_biased_overlap(ranked("A"), ranked("A"), persistence=1)
    with pytest.raises(ValueError, match="'uncertain' or 'equal'"):
        rankstats.rank_biased_overlap(ranked("A"), ranked("A"), ties="broken")
    with pytest.raises(ValueError, match="'b' names no place"):
        rankstats.rank_biased_overlap(ranked("A"), ranked("A").iloc[:0])
    with pytest.raises(ValueError, match="'a' names 'A' more than once"):
        rankstats.rank_biased_overlap(pd.Series([1, 2], index=["A", "A"]), ranked("A"))
    for wrong in (0, np.inf):
        with pytest.raises(ValueError, match=f"'b', 'A': {wrong:g} is no rank from 1"):
            rankstats.rank_biased_overlap(ranked("A"), pd.Series([wrong], index=["A"]))
    with pytest.raises(TypeError, match="b must be a list of places or a Series"):
        rankstats.rank_biased_overlap(["A"], "A")
    assert rankstats.rank_biased_overlap(["A", "B"], ranked("A B"))["overlap"] == pytest.approx(1)


# Tables


def test_agreement_of_tables_counts_what_both_settle() -> None:
    entries, tables = published("A B C", "B A D", "C B A", publishers=["x", "x", "y"])
    found = rankstats.agreement(rankstats.read(entries, tables), overlap=True).set_index(["table_a", "table_b"])
    first = found.loc[("t0", "t1")]
    assert first["same_publisher"]
    assert first["common"] == 2
    assert first["tau_b"] == -1
    # A:B opposed; A:C, B:C, A:D, B:D alike; C:D opposed, for each list has one of them and not the other.
    assert first["pairs"] == 6
    assert first["kemeny_distance"] == 4
    assert first["tau_x"] == pytest.approx(2 / 6)
    assert found.loc[("t0", "t2"), "tau_b"] == -1
    assert first["overlap"] == pytest.approx(rankstats.rank_biased_overlap(ranked("A B C"), ranked("B A D"))["overlap"])


def test_overlap_leaves_out_what_one_table_does_not_cover() -> None:
    entries, tables = published("Z A B", "A B C")
    found = rankstats.agreement(rankstats.read(entries, tables, not_covered={"t1": ["Z"]}), overlap=True).loc[0]
    expected = rankstats.rank_biased_overlap(ranked("A B"), ranked("A B C"))
    assert found["overlap"] == pytest.approx(expected["overlap"])


def test_overlap_takes_unranked_members_for_a_group_and_stops_at_a_gap() -> None:
    entries, tables = published("A B C D", "A B C D")
    entries.loc[[2, 3], "rank"] = pd.NA
    grouped = rankstats.agreement(rankstats.read(entries, tables.assign(n_published=[4, 4])), overlap=True).loc[0]
    expected = rankstats.rank_biased_overlap(ranked("A B (C D)"), ranked("A B C D"))
    assert grouped["overlap"] == pytest.approx(expected["overlap"])
    open_end = rankstats.agreement(rankstats.read(entries, tables.assign(n_published=[9, 4])), overlap=True).loc[0]
    expected = rankstats.rank_biased_overlap(ranked("A B"), ranked("A B C D"))
    assert open_end["overlap"] == pytest.approx(expected["overlap"])


def test_agreement_refuses_one_table_and_a_bad_persistence() -> None:
    entries, tables = published("A B", "B A")
    with pytest.raises(ValueError, match="two tables or more, there is 't0' only"):
        rankstats.agreement(rankstats.read(entries, tables.iloc[:1]))
    with pytest.raises(ValueError, match=r"persistence is 1\.5"):
        rankstats.agreement(rankstats.read(entries, tables), persistence=1.5)
