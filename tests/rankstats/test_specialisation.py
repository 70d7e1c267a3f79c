"""Shares, quotients, concentration and distance, and the intervals of counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats


def frame(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(
        rows,
        index=[f"city {k}" for k in range(len(rows))],
        columns=[f"activity {k}" for k in range(len(rows[0]))],
    )


counts = (
    st.integers(2, 5)
    .flatmap(
        lambda width: st.lists(st.lists(st.integers(1, 200), min_size=width, max_size=width), min_size=2, max_size=5)
    )
    .map(frame)
)


# worked examples


def test_herfindahl_of_the_merger_guidelines() -> None:
    # US Department of Justice and Federal Trade Commission, Horizontal Merger Guidelines (2010), section 5.3:
    # four firms with 30, 30, 20 and 20 percent have an index of 2,600
    assert rankstats.herfindahl(frame([[30, 30, 20, 20]])).item() * 10_000 == pytest.approx(2600)


def test_entropy_of_shannon() -> None:
    # Shannon (1948): four letters with 1/2, 1/4, 1/8, 1/8 carry 7/4 bits (section 9)
    assert rankstats.entropy(frame([[4, 2, 1, 1]]), base=2).item() == pytest.approx(7 / 4)
    assert rankstats.entropy(frame([[5, 5, 5]]), base=3).item() == pytest.approx(1)


def test_krugmans_car_makers() -> None:
    # Krugman (1991), Geography and Trade: shares of car production in four regions of the United States
    # (Midwest, South, West, Northeast) and in Germany, France, Italy, the United Kingdom
    cars = frame([[66.3, 25.4, 5.1, 3.2], [38.5, 31.1, 17.6, 12.9]])
    by_hand = 27.8 + 5.7 + 12.5 + 9.7
    distance = rankstats.krugman_distance(cars).iat[0, 1] * 100
    assert distance == pytest.approx(by_hand, abs=0.1)  # the second row sums to 100.1


def test_quotients_by_hand() -> None:
    # a 20 of 100 against 30 of 300 in all: twice the share of the reference
    table = frame([[20, 80], [10, 190]])
    quotient = rankstats.location_quotient(table)
    assert quotient.iat[0, 0] == pytest.approx(2)
    reference = pd.Series({"activity 1": 50, "activity 0": 50})
    assert rankstats.location_quotient(table, reference=reference).iat[0, 0] == pytest.approx(0.4)


def test_against_scipy() -> None:
    from scipy import stats

    table = frame(np.random.default_rng(0).integers(1, 50, (4, 6)).tolist())
    expected = stats.contingency.expected_freq(table.to_numpy())
    np.testing.assert_allclose(rankstats.location_quotient(table), table / expected)
    np.testing.assert_allclose(rankstats.entropy(table), stats.entropy(table.to_numpy(), axis=1))
    from scipy.spatial.distance import cdist

    part = rankstats.shares(table).to_numpy()
    np.testing.assert_allclose(rankstats.krugman_distance(table), cdist(part, part, "cityblock"))


# properties


@settings(deadline=None, max_examples=60)
@given(counts, st.floats(0.01, 100))
def test_scale_names_and_order_do_not_matter(table: pd.DataFrame, factor: float) -> None:
    for measure in (
        rankstats.shares,
        rankstats.location_quotient,
        rankstats.krugman_distance,
    ):
        plain = measure(table)
        pd.testing.assert_frame_equal(measure(table * factor), plain)
        turned = measure(table.iloc[::-1, ::-1])
        pd.testing.assert_frame_equal(turned.loc[plain.index, plain.columns], plain)
    for index in (rankstats.herfindahl, rankstats.entropy):
        pd.testing.assert_series_equal(index(table.iloc[::-1, ::-1])[table.index], index(table))


@settings(deadline=None, max_examples=60)
@given(counts)
def test_ranges_and_identities(table: pd.DataFrame) -> None:
    activities = table.shape[1]
    for by, axis in (("place", 1), ("activity", 0)):
        np.testing.assert_allclose(rankstats.shares(table, by=by).sum(axis=axis), 1)
    assert rankstats.shares(table, by="all").to_numpy().sum() == pytest.approx(1)
    # the quotients of an activity, weighted by the size of the places, average 1
    size = table.sum(axis=1) / table.to_numpy().sum()
    np.testing.assert_allclose(rankstats.location_quotient(table).mul(size, axis=0).sum(), 1)
    plain = rankstats.herfindahl(table)
    assert ((plain >= 1 / activities - 1e-12) & (plain <= 1)).all()
    distance = rankstats.krugman_distance(table).to_numpy()
    assert (distance >= 0).all() and (distance <= 2).all()
    np.testing.assert_array_equal(distance, distance.T)
    assert len(rankstats.herfindahl(table, by="activity")) == activities


def test_zero_cells_are_numbers_and_not_missing() -> None:
    table = frame([[0, 10], [5, 5]])
    assert rankstats.location_quotient(table).iat[0, 0] == 0
    assert rankstats.entropy(table).iat[0] == 0
    assert rankstats.herfindahl(table).iat[0] == 1


# intervals


def test_intervals_of_shares_are_those_of_wilson() -> None:
    from scipy import stats

    estimate = rankstats.interval(frame([[3, 7, 0], [20, 24, 1]]), "shares", level=0.9)
    for row, cases in enumerate([[3, 7, 0], [20, 24, 1]]):
        for column, count in enumerate(cases):
            expected = stats.binomtest(count, sum(cases)).proportion_ci(0.9, method="wilson")
            assert estimate.low.iat[row, column] == pytest.approx(expected.low, abs=1e-12)
            assert estimate.high.iat[row, column] == pytest.approx(expected.high, abs=1e-12)
    assert estimate.low.iat[0, 2] == 0
    assert (estimate.draws, estimate.seed, estimate.standard_error) == (0, None, 0)
    assert str(estimate) == (
        "90% intervals of shares, Wilson's binomial intervals (nothing drawn); 55 cases, 2 places, 3 activities"
    )


def test_shares_go_by_place_by_activity_and_of_all() -> None:
    table = frame([[3, 7], [20, 20]])
    who = rankstats.interval(table, "shares", by="activity")
    pd.testing.assert_frame_equal(who.low, rankstats.interval(table.T, "shares").low.T)
    everything = rankstats.interval(table, "shares", by="all")
    flat = rankstats.interval(frame([[3, 7, 20, 20]]), "shares")
    assert everything.high.to_numpy().ravel().tolist() == flat.high.to_numpy().ravel().tolist()
    few = rankstats.interval(table, "herfindahl", by="activity", draws=100)
    assert few.value.tolist() == rankstats.herfindahl(table, by="activity").tolist()


def test_a_quotient_against_a_wider_economy_is_that_of_its_share() -> None:
    table, wider = frame([[3, 7], [20, 20]]), {"activity 0": 1, "activity 1": 3}
    found = rankstats.interval(table, "location_quotient", reference=wider)
    pd.testing.assert_frame_equal(found.low, rankstats.interval(table, "shares").low / [0.25, 0.75])
    pd.testing.assert_frame_equal(found.value, rankstats.location_quotient(table, reference=wider))


def even(count: int) -> list[float]:
    return [1 / count] * count


def steep(count: int, ratio: float) -> list[float]:
    part = ratio ** np.arange(count)
    return (part / part.sum()).tolist()


def covered(measure: str, shares: list[float], cases: int, samples: int = 1_000) -> float:
    """Share of samples of one place whose 95 % interval holds the measure of the shares that they come from."""
    drawn = np.random.default_rng(cases).multinomial(cases, shares, size=samples)
    # the measure doesn't ask which activity is which, so each set of counts is looked at once
    rows, each = np.unique(np.sort(drawn, axis=1)[:, ::-1], axis=0, return_inverse=True)
    exact = getattr(rankstats, measure)(frame([shares])).to_numpy()
    found = rankstats.interval(frame(rows.tolist()), measure)
    inside = (found.low.to_numpy() <= exact + 1e-9) & (exact <= found.high.to_numpy() + 1e-9)
    return float(inside[each.reshape(-1)].mean())


@pytest.mark.parametrize("measure", ["herfindahl", "entropy"])
@pytest.mark.parametrize(
    ("shares", "cases"),
    [
        ([0.9, 0.1], 8),
        ([0.9, 0.05, 0.05], 4),
        (steep(10, 0.7), 10),
        (steep(5, 0.4), 20),
        ([0.7, 0.1, 0.1, 0.05, 0.05], 20),
    ],
)
def test_intervals_of_concentration_cover_what_they_say_in_few_cases(
    measure: str, shares: list[float], cases: int
) -> None:
    # README has all that was tried; 1,000 samples have a standard error of .7 points
    # and of ten activities ten cases show so few that the interval is extended to the value nearly always
    assert 0.91 <= covered(measure, shares, cases) <= 0.995


@pytest.mark.parametrize("measure", ["herfindahl", "entropy"])
def test_at_the_end_of_the_range_only_one_bound_can_miss(measure: str) -> None:
    assert covered(measure, even(10), 10) >= 0.96


@pytest.mark.parametrize(
    ("shares", "cases", "least"),
    [
        ([0.9, 0.1], 8, 0.93),
        ([0.9, 0.05, 0.05], 4, 0.93),
        (0.7 ** np.arange(10) / (0.7 ** np.arange(10)).sum(), 40, 0.93),
        ([0.6, 0.1, 0.1, 0.1, 0.1], 20, 0.93),
        ([0.8, 0.05, 0.05, 0.05, 0.05], 60, 0.93),
        # so few samples are possible that these lie beside the range
        (np.ones(10) / 10, 10, 0.929),
        (0.7 ** np.arange(10) / (0.7 ** np.arange(10)).sum(), 10, 0.92),
    ],
)
def test_intervals_of_shares_cover_what_they_say(shares: list[float], cases: int, least: float) -> None:
    """Over all possible samples, as a mean over the shares."""
    from scipy import stats

    seen = np.arange(cases + 1)
    found = rankstats.interval(frame(np.column_stack([seen, cases - seen]).tolist()), "shares")
    low, high = found.low.to_numpy()[:, 0], found.high.to_numpy()[:, 0]
    each = [stats.binom.pmf(seen, cases, share) @ ((low <= share) & (share <= high)) for share in shares]
    assert least <= np.mean(each) <= 0.975


TRUTH = np.array([[0.10, 0.08, 0.05, 0.04, 0.03], [0.05, 0.10, 0.08, 0.06, 0.02], [0.02, 0.04, 0.06, 0.12, 0.15]])
MEASURES = ["shares", "location_quotient", "herfindahl", "entropy", "krugman_distance"]


@pytest.mark.parametrize("measure", ["location_quotient", "krugman_distance"])
@pytest.mark.parametrize("cases", [60, 300])
def test_intervals_of_whole_tables_cover_what_they_say(measure: str, cases: int) -> None:
    truth = TRUTH / TRUTH.sum()
    exact = getattr(rankstats, measure)(frame(truth.tolist())).to_numpy()
    generator = np.random.default_rng(cases)
    hits = []
    while len(hits) < 120:
        sample = generator.multinomial(cases, truth.ravel()).reshape(truth.shape)
        if (sample.sum(axis=0) > 0).all() and (sample.sum(axis=1) > 0).all():
            estimate = rankstats.interval(frame(sample.tolist()), measure, draws=400, seed=len(hits))
            inside = (estimate.low.to_numpy() <= exact) & (exact <= estimate.high.to_numpy())
            hits.append(inside[np.triu_indices(3, 1)] if measure == "krugman_distance" else inside)
    assert 0.90 <= np.mean(hits) <= 0.98


@pytest.mark.parametrize("measure", MEASURES)
def test_a_value_lies_in_its_interval_even_where_all_cases_are_in_one_activity(measure: str) -> None:
    for rows in ([[1, 0, 0], [5, 5, 5]], [[3, 0, 0], [1, 1, 1]], [[2, 2, 0], [2, 2, 9]]):
        found = rankstats.interval(frame(rows), measure, draws=200)
        low, value, high = (x.to_numpy() for x in (found.low, found.value, found.high))
        assert (low <= value).all() and (value <= high).all()
    single = rankstats.interval(frame([[1, 0, 0], [5, 5, 5]]), measure, draws=400).table()
    first = single.loc["city 0"] if measure in ("herfindahl", "entropy") else single.iloc[0]
    assert first["low"] < first["high"] or measure == "krugman_distance"


@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_narrow_with_cases_and_repeat(measure: str) -> None:
    few = frame([[12, 30, 8], [25, 14, 19]])
    many = few * 100
    wide, narrow = (rankstats.interval(t, measure, draws=800, seed=1) for t in (few, many))
    off = ~np.eye(2, dtype=bool) if measure == "krugman_distance" else slice(None)
    widths = [(e.high - e.low).to_numpy()[off] for e in (wide, narrow)]
    np.testing.assert_allclose(widths[0] / widths[1], 10, rtol=0.25)
    again = rankstats.interval(few, measure, draws=800, seed=1)
    assert np.array_equal(wide.low.to_numpy(), again.low.to_numpy())


# errors

GOOD = frame([[1, 2, 3], [4, 5, 6]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rankstats.shares(GOOD.iloc[:0]), "the table is empty"),
        (lambda: rankstats.shares(GOOD.set_axis(["x", "x"])), "place 'x' appears more than once"),
        (lambda: rankstats.shares(GOOD.set_axis(["a", "b", "a"], axis=1)), "activity 'a' appears more than once"),
        (lambda: rankstats.shares(GOOD.replace(5, -1)), "place 'city 1' has -1 for activity 'activity 1'"),
        (
            lambda: rankstats.shares(GOOD.replace(5, np.nan)),
            "place 'city 1' has no value for activity 'activity 1'",
        ),
        (lambda: rankstats.shares(GOOD.replace({4: 0, 5: 0, 6: 0})), "place 'city 1' has a total of zero"),
        (lambda: rankstats.shares(GOOD * 0, by="all"), "all amounts are zero"),
        (lambda: rankstats.shares(GOOD, by="city"), "by is 'city'"),
        (
            lambda: rankstats.location_quotient(GOOD.replace({1: 0, 4: 0})),
            "activity 'activity 0' has a total of zero",
        ),
        (
            lambda: rankstats.location_quotient(GOOD, reference=pd.Series({"activity 0": 1})),
            "must name each activity once",
        ),
        (lambda: rankstats.shares(GOOD.astype(object).replace(5, "many")), "every activity must be numeric"),
        (lambda: rankstats.herfindahl(GOOD, by="all"), "by is 'all'"),
        (lambda: rankstats.entropy(GOOD, base=1), "base is 1"),
        (lambda: rankstats.entropy(GOOD, base=np.inf), "base is inf"),
        (lambda: rankstats.entropy(GOOD, base="2"), "base is '2'"),
        (
            lambda: rankstats.interval(GOOD + 0.5, "shares"),
            "has 1.5 for activity 'activity 0'; intervals are for counts",
        ),
        (lambda: rankstats.interval(GOOD, "gini"), "measure is 'gini'"),
        (lambda: rankstats.interval(GOOD, "shares", level=95), "level is 95"),
        (lambda: rankstats.interval(GOOD, "krugman_distance", by="activity"), "krugman_distance has none"),
        (lambda: rankstats.interval(GOOD, "shares", reference={}), "reference= is for location quotients"),
        (lambda: rankstats.interval(GOOD, "entropy", draws=10), "draws is 10"),
        (lambda: rankstats.interval(GOOD, "entropy", draws=200.5), "draws is 200.5"),
        (lambda: rankstats.interval(GOOD, "entropy", seed=None), "seed is None"),
        (lambda: rankstats.interval(GOOD, "shares", seed=-1), "seed is -1"),
        (lambda: rankstats.interval(GOOD * 1e19, "herfindahl"), "the counts sum to 2.1e+20; up to"),
        (lambda: rankstats.shares(GOOD.astype(float) * 1e308), "amounts: place 'city 0' has 1e+308"),
        (lambda: rankstats.location_quotient(GOOD * 1e-320), "of a size from 1e-150 on"),
        (lambda: rankstats.shares(GOOD.astype(str)), "every activity must be numeric"),
        (lambda: rankstats.shares(GOOD > 2), "'activity 0' has type bool; every activity must be numeric"),
        (
            lambda: rankstats.location_quotient(GOOD, reference=dict.fromkeys(GOOD.columns, "1")),
            "reference: activity 'activity 0' has type",
        ),
        (
            lambda: rankstats.location_quotient(GOOD, reference=dict.fromkeys(GOOD.columns, -1)),
            "reference: place 'reference' has -1 for activity 'activity 0'",
        ),
        (lambda: rankstats.location_quotient(GOOD, reference={}), "must name each activity once"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


def test_not_a_table() -> None:
    with pytest.raises(TypeError, match="must be a DataFrame"):
        rankstats.shares([[1, 2]])
    with pytest.raises(TypeError, match="reference must be a mapping or a Series by activity, not list"):
        rankstats.location_quotient(GOOD, reference=[1, 2, 3])
