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
    assert rankstats.entropy(frame([[5, 5, 5]]), relative=True).item() == pytest.approx(1)


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
    assert rankstats.symmetric_rca(table).iat[0, 0] == pytest.approx(1 / 3)  # as in Laursen (1998)
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
        rankstats.symmetric_rca,
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
    assert (rankstats.symmetric_rca(table).abs() < 1).all(axis=None)
    plain, scaled = (rankstats.herfindahl(table, normalised=n) for n in (False, True))
    assert ((plain >= 1 / activities - 1e-12) & (plain <= 1)).all() and ((scaled > -1e-12) & (scaled <= 1)).all()
    distance = rankstats.krugman_distance(table).to_numpy()
    assert (distance >= 0).all() and (distance <= 2).all()
    np.testing.assert_array_equal(distance, distance.T)
    assert len(rankstats.herfindahl(table, by="activity")) == activities


def test_zero_cells_are_numbers_and_not_missing() -> None:
    table = frame([[0, 10], [5, 5]])
    assert rankstats.location_quotient(table).iat[0, 0] == 0
    assert rankstats.symmetric_rca(table).iat[0, 0] == -1
    assert rankstats.entropy(table).iat[0] == 0
    assert rankstats.herfindahl(table).iat[0] == 1


def test_ternary_positions() -> None:
    table = frame([[2, 0, 1], [1, 0, 1], [1, 7, 1]])
    position = rankstats.ternary(table)
    assert position.loc["activity 0"].tolist() == [0.5, 0.25, 0.25]
    assert position.loc["activity 1"].tolist() == [0, 0, 1]
    np.testing.assert_allclose(position.sum(axis=1), 1)
    chosen = rankstats.ternary(
        pd.concat([table, frame([[9, 9, 9]]).set_axis(["x"])]), places=["city 2", "city 0", "city 1"]
    )
    pd.testing.assert_frame_equal(chosen, position[["city 2", "city 0", "city 1"]])


# intervals


def test_intervals_of_shares_are_those_of_the_beta_law() -> None:
    from scipy import stats

    table = frame([[3, 7], [20, 20]])
    estimate = rankstats.interval(table, "shares", level=0.9)
    assert estimate.low.iat[0, 0] == pytest.approx(stats.beta.ppf(0.05, 3.5, 7.5))
    assert estimate.high.iat[0, 0] == pytest.approx(stats.beta.ppf(0.95, 3.5, 7.5))
    assert (estimate.draws, estimate.seed, estimate.standard_error) == (0, None, 0)
    assert str(estimate) == (
        "90% intervals, Dirichlet posterior with 0.5 added to each cell (exact); 50 cases, 2 places, 2 activities"
    )


TRUTH = np.array([[0.10, 0.08, 0.05, 0.04, 0.03], [0.05, 0.10, 0.08, 0.06, 0.02], [0.02, 0.04, 0.06, 0.12, 0.15]])
MEASURES = ["shares", "location_quotient", "symmetric_rca", "herfindahl", "entropy", "krugman_distance"]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(("cases", "allowed"), [(60, (0.90, 0.98)), (300, (0.92, 0.975))])
def test_coverage_in_simulated_samples(measure: str, cases: int, allowed: tuple[float, float]) -> None:
    truth = TRUTH / TRUTH.sum()
    exact = getattr(rankstats, measure)(frame(truth.tolist())).to_numpy()
    generator = np.random.default_rng(cases)
    hits = []
    while len(hits) < 250:
        sample = generator.multinomial(cases, truth.ravel()).reshape(truth.shape)
        if (sample.sum(axis=0) > 0).all() and (sample.sum(axis=1) > 0).all():
            estimate = rankstats.interval(frame(sample.tolist()), measure, draws=400, seed=len(hits))
            inside = (estimate.low.to_numpy() <= exact) & (exact <= estimate.high.to_numpy())
            hits.append(inside[np.triu_indices(3, 1)] if measure == "krugman_distance" else inside)
    assert allowed[0] <= np.mean(hits) <= allowed[1]


@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_hold_the_value_narrow_with_cases_and_repeat(measure: str) -> None:
    few = frame([[12, 30, 8], [25, 14, 19]])
    many = few * 100
    wide, narrow = (rankstats.interval(t, measure, draws=800, seed=1) for t in (few, many))
    off = ~np.eye(2, dtype=bool) if measure == "krugman_distance" else slice(None)
    for estimate in (wide, narrow):
        assert (estimate.low.to_numpy()[off] <= estimate.value.to_numpy()[off]).all()
        assert (estimate.value.to_numpy()[off] <= estimate.high.to_numpy()[off]).all()
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
        (lambda: rankstats.herfindahl(GOOD[["activity 0"]], normalised=True), "one category only"),
        (lambda: rankstats.herfindahl(GOOD, by="all"), "by is 'all'"),
        (lambda: rankstats.entropy(GOOD, base=1), "base is 1"),
        (lambda: rankstats.entropy(GOOD, base=np.inf), "base is inf"),
        (lambda: rankstats.entropy(GOOD, base="2"), "base is '2'"),
        (lambda: rankstats.entropy(GOOD, base=2, relative=True), "relative entropy has no unit"),
        (lambda: rankstats.ternary(GOOD), "three different places"),
        (lambda: rankstats.ternary(GOOD, places=["city 0", "city 1", "Paris"]), "there is no place 'Paris'"),
        (
            lambda: rankstats.interval(GOOD + 0.5, "shares"),
            "has 1.5 for activity 'activity 0'; intervals are for counts",
        ),
        (lambda: rankstats.interval(GOOD, "gini"), "measure is 'gini'"),
        (lambda: rankstats.interval(GOOD, "shares", level=95), "level is 95"),
        (lambda: rankstats.interval(GOOD, "shares", prior=0), "prior is 0"),
        (lambda: rankstats.interval(GOOD, "entropy", draws=10), "draws is 10"),
        (lambda: rankstats.interval(GOOD, "entropy", draws=200.5), "draws is 200.5"),
        (lambda: rankstats.interval(GOOD, "entropy", seed=None), "seed is None"),
        (lambda: rankstats.interval(GOOD, "shares", seed=-1), "seed is -1"),
        (
            lambda: rankstats.interval(GOOD, "shares", prior=np.inf),
            "prior is inf; it must be a positive",
        ),
        (lambda: rankstats.interval(GOOD, "location_quotient", prior=1e308), "prior is 1e+308"),
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
