"""Missing values, normalisation, aggregation and ranks."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rankstats
from rankstats import Interval

METHODS = ["minmax", "z", "rank", "share", "leader"]


def frame(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(
        rows,
        index=[f"city {k}" for k in range(len(rows))],
        columns=[f"indicator {k}" for k in range(len(rows[0]))],
        dtype="float64",
    )


@st.composite
def tables(draw: st.DrawFn, places: tuple[int, int] = (2, 7), indicators: tuple[int, int] = (1, 5)) -> pd.DataFrame:
    shape = draw(st.integers(*places)), draw(st.integers(*indicators))
    numbers = st.integers(1, 1000)
    rows = draw(st.lists(st.lists(numbers, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]))
    table = frame(rows)
    table.iloc[0] = 0.5  # no indicator has the same value everywhere
    return table


def test_importing_does_not_load_scipy() -> None:
    code = "import sys, rankstats; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# normalisation


@pytest.mark.parametrize(
    ("method", "higher", "lower"),
    [
        ("minmax", [0, 0.25, 1], [1, 0.75, 0]),
        ("z", [-2.5 / 7**0.5 / 1.5, -1 / 7**0.5 / 1.5, 3.5 / 7**0.5 / 1.5], None),
        ("rank", [1, 2, 3], [3, 2, 1]),
        ("share", [2 / 13, 3 / 13, 8 / 13], None),
        ("leader", [2 / 8, 3 / 8, 1], [1, 2 / 3, 0.25]),
    ],
)
def test_by_hand(method: str, higher: list[float], lower: list[float] | None) -> None:
    table = frame([[2], [3], [6]]) if method == "minmax" else frame([[2], [3], [8]])
    if method == "z":
        higher = list((np.array([2, 3, 8]) - 13 / 3) / np.std([2, 3, 8], ddof=1))
    got = rankstats.normalise(table, method=method)["indicator 0"]
    assert got.tolist() == pytest.approx(higher)
    if lower is not None:
        got = rankstats.normalise(table, method=method, direction="lower")["indicator 0"]
        assert got.tolist() == pytest.approx(lower)


@settings(deadline=None, max_examples=60)
@given(tables(), st.sampled_from(METHODS), st.floats(0.01, 100), st.randoms(use_true_random=False))
def test_unit_order_and_names_do_not_matter(table: pd.DataFrame, method: str, factor: float, random) -> None:
    plain = rankstats.normalise(table, method=method)
    pd.testing.assert_frame_equal(rankstats.normalise(table * factor, method=method), plain)
    rows, columns = list(table.index), list(table.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = rankstats.normalise(table.loc[rows, columns], method=method)
    pd.testing.assert_frame_equal(shuffled.loc[table.index, table.columns], plain)


@settings(deadline=None)
@given(tables(), st.sampled_from(["minmax", "rank", "share", "leader"]), st.integers(0, 2**32), st.booleans())
def test_intervals_hold_every_table_within_them_and_are_reached(
    table: pd.DataFrame, method: str, seed: int, lower: bool
) -> None:
    generator = np.random.default_rng(seed)
    width = generator.uniform(0, 400, table.shape) * generator.integers(0, 2, table.shape)
    values = Interval(table, table + width)
    direction = "lower" if lower and method != "share" else "higher"
    low, high = rankstats.normalise(values, method=method, direction=direction)
    for _ in range(3):
        inside = table + width * generator.uniform(0, 1, table.shape)
        found = rankstats.normalise(inside, method=method, direction=direction)
        assert (found >= low - 1e-12).all(axis=None)
        assert (found <= high + 1e-12).all(axis=None)
    # the bounds of a place are reached with it at one end of its interval and all others at the opposite end
    for place in table.index:
        worst, best = (values.high.copy(), values.low.copy())
        worst.loc[place], best.loc[place] = values.low.loc[place], values.high.loc[place]
        if direction == "lower":
            worst, best = best, worst
        for corner, bound in ((worst, low), (best, high)):
            varied = corner.columns[corner.nunique() > 1]
            if len(varied):
                found = rankstats.normalise(corner[varied], method=method, direction=direction)
                assert found.loc[place].to_numpy() == pytest.approx(bound.loc[place, varied].to_numpy())


def test_intervals_of_no_width_are_values() -> None:
    table = frame([[1, 5], [2, 4], [7, 4.5]])
    for method in ("minmax", "rank", "share", "leader"):
        low, high = rankstats.normalise(Interval(table, table.copy()), method=method)
        pd.testing.assert_frame_equal(low, rankstats.normalise(table, method=method))
        pd.testing.assert_frame_equal(high, low)


def test_reference_fixes_the_scale() -> None:
    table = frame([[20], [90]])
    reference = pd.DataFrame(
        {"indicator 0": [0, 80, 40, 10, 200, 100]}, index=["min", "max", "mean", "sd", "total", "leader"]
    )
    for method, expected in [("minmax", [0.25, 1.125]), ("z", [-2, 5]), ("share", [0.1, 0.45]), ("leader", [0.2, 0.9])]:
        got = rankstats.normalise(table, method=method, reference=reference)["indicator 0"]
        assert got.tolist() == pytest.approx(expected)
    low, high = rankstats.normalise(Interval(table, table + 10), method="z", reference=reference)
    assert low["indicator 0"].tolist() == [-2, 5] and high["indicator 0"].tolist() == [-1, 6]


def test_missing_values_stay_missing() -> None:
    table = frame([[1, 5], [2, np.nan], [4, 6]])
    got = rankstats.normalise(table)
    assert np.isnan(got.iat[1, 1]) and got["indicator 1"].dropna().tolist() == [0, 1]


# missing values


@pytest.fixture
def holed() -> pd.DataFrame:
    return frame([[1, 5, 3], [2, np.nan, 9], [6, 7, np.nan], [8, 9, 1]])


@pytest.mark.parametrize(("policy", "filled"), [("mean", [7, 13 / 3]), ("median", [7, 3])])
def test_filling_says_what_it_put_in(holed: pd.DataFrame, policy: str, filled: list[float]) -> None:
    values, changes, rule = rankstats.complete(holed, policy=policy)
    assert [values.iat[1, 1], values.iat[2, 2]] == pytest.approx(filled)
    assert changes[["place", "indicator"]].values.tolist() == [["city 1", "indicator 1"], ["city 2", "indicator 2"]]
    assert changes["low"].tolist() == changes["high"].tolist() == pytest.approx(filled)
    assert rule == f"2 missing values replaced by the indicator's {policy}"
    assert values.attrs["missing"] == rule


def test_dropping_names_what_goes(holed: pd.DataFrame) -> None:
    places = rankstats.complete(holed, policy="drop_places")
    assert list(places.values.index) == ["city 0", "city 3"]
    assert places.rule == "places left out because of 2 missing values: city 1, city 2"
    indicators = rankstats.complete(holed, policy="drop_indicators")
    assert list(indicators.values.columns) == ["indicator 0"]
    assert "indicator 1, indicator 2" in indicators.rule


def test_an_open_value_may_be_anything_known(holed: pd.DataFrame) -> None:
    values, changes, _ = rankstats.complete(holed, policy="interval")
    assert (values.low.iat[1, 1], values.high.iat[1, 1]) == (5, 9)
    assert (values.low.drop("city 1").dropna(axis=1) == values.high.drop("city 1").dropna(axis=1)).sum().sum() == 8
    assert changes[["low", "high"]].values.tolist() == [[5, 9], [1, 9]]


def test_the_rule_travels_into_the_result(holed: pd.DataFrame) -> None:
    for policy in ("median", "interval"):
        completed = rankstats.complete(holed, policy=policy)
        result = rankstats.acceptability(rankstats.normalise(completed.values), draws=200)
        assert result.about.missing == completed.rule
    assert rankstats.acceptability(rankstats.normalise(holed.iloc[:, :1]), draws=200).about.missing == "none"


def test_nothing_missing_is_said_too() -> None:
    assert rankstats.complete(frame([[1, 2], [3, 4]]), policy="median").rule == "none"


# aggregation


def test_means_by_hand_and_by_scipy() -> None:
    from scipy import stats

    table = frame([[1, 4, 2], [9, 3, 5]])
    weights = {"indicator 2": 1.0, "indicator 0": 2.0, "indicator 1": 3.0}
    ordered = [2, 3, 1]
    assert rankstats.aggregate(table, weights=weights).tolist() == pytest.approx([16 / 6, 32 / 6])
    for method, theirs in (("geometric", stats.gmean), ("harmonic", stats.hmean)):
        assert rankstats.aggregate(table, weights=weights, method=method).tolist() == pytest.approx(
            list(theirs(table.to_numpy(), axis=1, weights=ordered))
        )


@settings(deadline=None, max_examples=50)
@given(tables(), st.lists(st.floats(0, 10), min_size=5, max_size=5))
def test_harmonic_below_geometric_below_arithmetic(table: pd.DataFrame, weights: list[float]) -> None:
    given_weights = dict(zip(table.columns, np.array(weights[: table.shape[1]]) + 0.1, strict=True))
    scores = [
        rankstats.aggregate(table, weights=given_weights, method=m) for m in ("harmonic", "geometric", "arithmetic")
    ]
    assert (scores[0] <= scores[1] * (1 + 1e-12)).all() and (scores[1] <= scores[2] * (1 + 1e-12)).all()
    doubled = rankstats.aggregate(table, weights={k: 2 * w for k, w in given_weights.items()}, method="geometric")
    pd.testing.assert_series_equal(doubled, scores[1])


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_score_intervals(method: str) -> None:
    low, high = frame([[1, 4], [2, 2]]), frame([[3, 4], [2, 5]])
    scores = rankstats.aggregate(Interval(low, high), method=method)
    pd.testing.assert_series_equal(scores.low, rankstats.aggregate(low, method=method))
    pd.testing.assert_series_equal(scores.high, rankstats.aggregate(high, method=method))


def test_rescaling_takes_the_mean_of_what_is_there() -> None:
    table = frame([[2, np.nan, 8], [1, 1, 1]])
    scores = rankstats.aggregate(
        table, weights={"indicator 0": 3, "indicator 1": 5, "indicator 2": 1}, missing="rescale"
    )
    assert scores.tolist() == pytest.approx([14 / 4, 1])
    assert "1 missing value" in scores.attrs["missing"]


def test_a_range_leaves_no_zero() -> None:
    table = pd.DataFrame({"x": [0.0, 5, 10], "y": [3.0, 1, 2]}, index=["a", "b", "c"])
    found = rankstats.normalise(table, range=(1, 100))
    pd.testing.assert_frame_equal(found, 1 + 99 * rankstats.normalise(table))
    assert (rankstats.aggregate(found, method="geometric") > 0).all()
    ends = rankstats.normalise(Interval(table, table + 1), range=(-1, 1))
    pd.testing.assert_frame_equal(ends.low, 2 * rankstats.normalise(Interval(table, table + 1)).low - 1)


def test_each_indicator_can_have_its_method_and_its_direction() -> None:
    table = pd.DataFrame({"x": [1.0, 5, 10], "y": [3.0, 1, 2]}, index=["a", "b", "c"])
    found = rankstats.normalise(table, method={"x": "z", "y": "rank"}, direction=["y"])
    pd.testing.assert_series_equal(found["x"], rankstats.normalise(table, method="z")["x"])
    assert found["y"].tolist() == [1, 3, 2]
    ways = ({"y": -1}, {"y": "lower", "x": 1}, ["y"], pd.Series({"y": -1}), [1, -1], np.array([1, -1]))
    for direction in ways:
        pd.testing.assert_frame_equal(
            rankstats.normalise(table, direction=direction), rankstats.normalise(table, direction={"y": "lower"})
        )
    pd.testing.assert_frame_equal(
        rankstats.normalise(table, direction=-1), rankstats.normalise(table, direction="lower")
    )


def test_what_complete_gives_can_go_on_as_it_is() -> None:
    holed = pd.DataFrame({"x": [1.0, np.nan, 3], "y": [3.0, 1, 2]}, index=["a", "b", "c"])
    for policy in ("mean", "interval"):
        completed = rankstats.complete(holed, policy=policy)
        for function in (rankstats.normalise, rankstats.aggregate, rankstats.acceptability, rankstats.pairwise):
            mine, plain = function(completed), function(completed.values)
            assert str(mine) == str(plain)


def test_groups_are_means_of_means() -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.random((4, 5)) + 0.1, columns=list("vwxyz"))
    groups = dict(zip("vwxyz", ["one", "two", "one", "three", "two"], strict=True))
    found = rankstats.aggregate(table, groups=groups)
    expected = table.T.groupby(pd.Series(groups), sort=False).mean().T
    pd.testing.assert_frame_equal(found, expected, check_names=False)
    weighted = rankstats.aggregate(table, groups=groups, weights=[1, 2, 3, 4, 5], method="geometric")
    assert weighted["one"].tolist() == pytest.approx(np.exp((np.log(table["v"]) + 3 * np.log(table["x"])) / 4).tolist())
    ends = rankstats.aggregate(Interval(table, table + 1), groups=groups)
    pd.testing.assert_frame_equal(ends.high, rankstats.aggregate(table + 1, groups=groups))
    holed = table.copy()
    holed.loc[0, "y"] = np.nan
    assert rankstats.aggregate(holed, groups=groups, missing="rescale").isna().to_numpy().nonzero() == (0, 2)
    with pytest.raises(ValueError, match="groups lacks indicator 'z'"):
        rankstats.aggregate(table, groups=dict.fromkeys("vwxy", "a"))


def test_weights_go_by_name_or_in_order_or_are_equal() -> None:
    table = pd.DataFrame({"x": [1.0, 5, 10], "y": [3.0, 1, 2]}, index=["a", "b", "c"])
    for weights in ({"x": 1, "y": 3}, [1, 3], np.array([0.25, 0.75]), (1, 3), pd.Series({"y": 3, "x": 1})):
        assert rankstats.aggregate(table, weights=weights).tolist() == pytest.approx([2.5, 2, 4])
    assert rankstats.aggregate(table, weights="equal").equals(rankstats.aggregate(table))


# ranks


def test_ties_share_the_better_rank() -> None:
    scores = pd.Series([3.0, 5.0, 3.0, 1.0], index=list("abcd"))
    assert rankstats.rank_places(scores).to_dict() == {"b": 1, "a": 2, "c": 2, "d": 4}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=2, max_size=6), st.integers(0, 2**32))
def test_rank_bounds_are_reached_and_hold(pairs: list[tuple[int, int]], seed: int) -> None:
    low = pd.Series([float(a) for a, _ in pairs])
    high = low + [float(b) for _, b in pairs]
    bounds = rankstats.rank_places((low, high))
    for place in low.index:
        best, worst = low.copy(), high.copy()
        best[place], worst[place] = high[place], low[place]
        assert rankstats.rank_places(best)[place] == bounds["best"][place]
        assert rankstats.rank_places(worst)[place] == bounds["worst"][place]
    generator = np.random.default_rng(seed)
    for _ in range(10):
        ranks = rankstats.rank_places(low + (high - low) * generator.uniform(size=len(low)))
        assert ((bounds["best"] <= ranks) & (ranks <= bounds["worst"])).all()


# errors name what is wrong

GOOD = frame([[1, 2], [3, 4], [5, 7]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rankstats.normalise(GOOD.set_axis(["x", "y", "x"])), "place 'x' appears more than once"),
        (lambda: rankstats.normalise(GOOD.set_axis(["a", "a"], axis=1)), "indicator 'a' appears more than once"),
        (lambda: rankstats.normalise(GOOD.iloc[:0]), "the table is empty"),
        (lambda: rankstats.normalise(GOOD.replace(3, np.inf)), "place 'city 1' has inf for indicator 'indicator 0'"),
        (lambda: rankstats.normalise(GOOD.assign(n="x")), "indicator 'n' has type"),
        (lambda: rankstats.normalise(GOOD.assign(n=1.0)), "indicator 'n' has the same value for every place"),
        (lambda: rankstats.normalise(GOOD.assign(n=0.0), method="share"), "indicator 'n' is zero for every place"),
        (lambda: rankstats.normalise(GOOD.assign(n=0.0), method="leader"), "indicator 'n' is zero for every place"),
        (lambda: rankstats.normalise(-GOOD, method="share"), "place 'city 0' has -1"),
        (lambda: rankstats.normalise(GOOD, method="share", direction="lower"), "no form in which lower is better"),
        (lambda: rankstats.normalise(GOOD, direction={"x": "lower"}), "direction names 'x'"),
        (lambda: rankstats.normalise(GOOD, direction="up"), "must be 'higher' (1) or 'lower' (-1)"),
        (lambda: rankstats.normalise(GOOD, method="max"), "method is 'max'"),
        (lambda: rankstats.normalise(GOOD, reference=pd.DataFrame()), "lacks row 'min', 'max'"),
        (lambda: rankstats.normalise(GOOD, method="rank", reference=pd.DataFrame()), "takes no reference"),
        (lambda: rankstats.normalise(Interval(GOOD, GOOD), method="z"), "need reference="),
        (lambda: rankstats.normalise(Interval(GOOD, GOOD - 1)), "the low bound 1 is above the high bound 0"),
        (
            lambda: rankstats.complete(GOOD.replace(4, np.nan)),
            "place 'city 1' has no value for indicator 'indicator 1'",
        ),
        (lambda: rankstats.complete(GOOD.assign(n=np.nan), policy="mean"), "indicator 'n' has no value"),
        (lambda: rankstats.complete(GOOD.assign(n=np.nan), policy="drop_places"), "leaves nothing"),
        (lambda: rankstats.complete(GOOD, policy="zero"), "policy is 'zero'"),
        (
            lambda: rankstats.aggregate(GOOD.replace(4, np.nan)),
            "place 'city 1' has no value for indicator 'indicator 1'",
        ),
        (
            lambda: rankstats.aggregate(GOOD.replace(4, 0), method="geometric"),
            "'city 1' has 0 for indicator 'indicator 1'; normalise to a range above",
        ),
        (lambda: rankstats.aggregate(GOOD.replace(4, 0), method="harmonic"), "as range=(1, 100)"),
        (lambda: rankstats.normalise(GOOD, range=(1, 1)), "range is (1, 1); it must be two numbers, the lower first"),
        (lambda: rankstats.normalise(GOOD, range=(0, np.inf)), "range is (0, inf)"),
        (lambda: rankstats.aggregate(GOOD, method="median"), "method is 'median'"),
        (
            lambda: rankstats.aggregate(GOOD, weights={"indicator 0": -1, "indicator 1": 2}),
            "weight of indicator 'indicator 0' is -1",
        ),
        (lambda: rankstats.aggregate(GOOD, weights={"indicator 0": np.nan, "indicator 1": 2}), "'indicator 0' is nan"),
        (lambda: rankstats.aggregate(GOOD, weights={"indicator 0": 0, "indicator 1": 0}), "all weights are zero"),
        (lambda: rankstats.aggregate(GOOD, weights={"indicator 0": 1}), "weights lacks indicator 'indicator 1'"),
        (
            lambda: rankstats.aggregate(GOOD, weights={"indicator 0": 1, "indicator 1": 1, "x": 1}),
            "weights names indicator 'x'",
        ),
        (
            lambda: rankstats.aggregate(GOOD.replace([1, 2], np.nan), missing="rescale"),
            "place 'city 0' has no value for any",
        ),
        (lambda: rankstats.rank_places(pd.Series([1, np.nan], index=["a", "b"])), "place 'b' has no score"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


def test_not_a_table() -> None:
    with pytest.raises(TypeError, match="must be a DataFrame"):
        rankstats.normalise([[1, 2], [3, 4]])
