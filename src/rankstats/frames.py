"""What all that is done with scores shares: the checks on tables, intervals, and the account of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ._arguments import LARGEST, by_name, choice, number_table, quoted, weights_by_name

MEANS = ("arithmetic", "geometric", "harmonic", "copeland")
# Scores closer than this part of their terms differ by rounding only.
_ROUNDING = 1e-12


class Interval(NamedTuple):
    """Two tables of one shape: each value lies between `low` and `high`.

    Examples
    --------
    >>> low = pd.DataFrame({"firms": [3, 5]}, index=["a", "b"])
    >>> rankstats.rank_places(rankstats.aggregate(rankstats.Interval(low, low + 3)))
       best  worst
    a     1      2
    b     1      2
    """

    low: pd.DataFrame
    high: pd.DataFrame


class Completed(NamedTuple):
    """A table without holes, and what was done to get there; whatever takes a table takes this too.

    `changes` has one row per missing value: place, indicator, action, low, high. `low` and `high` are the values put
    in (equal unless the policy is "interval"), or missing where a place or an indicator was dropped.
    """

    values: pd.DataFrame | Interval
    changes: pd.DataFrame
    rule: str


Values: TypeAlias = "pd.DataFrame | Interval | Completed"


class ScoreInterval(NamedTuple):
    """Two columns of scores: each place's score lies between `low` and `high`."""

    low: pd.Series
    high: pd.Series


@dataclass(frozen=True)
class About:
    """How a probabilistic result came about.

    Attributes
    ----------
    law : The law of the weights, in words.
    draws : Number of draws; 0 for an exact result.
    seed : Seed of the generator; None for an exact result.
    standard_error : The largest Monte Carlo standard error among the probabilities; 0 for an exact result, and for
        draws of weights as such.
    places, indicators : Size of the table; 0 places for draws of weights as such.
    aggregation : Arithmetic, geometric or harmonic; none for draws of weights as such.
    missing : What was done about missing values.
    """

    law: str
    draws: int
    seed: int | None
    standard_error: float
    places: int
    indicators: int
    aggregation: str
    missing: str

    @property
    def exact(self) -> bool:
        """Whether the result is a closed form, free of sampling error."""
        return self.draws == 0

    def __str__(self) -> str:
        """Say all of it in one line, fit for a caption."""
        how = (
            "exact"
            if self.exact
            else f"{self.draws:,} draws, seed {self.seed}, Monte Carlo standard error at most {self.standard_error:.2g}"
        )
        if not self.places:
            return f"{self.draws:,} draws, seed {self.seed}; {self.law}"
        score = "copeland count" if self.aggregation == "copeland" else f"{self.aggregation} mean"
        return (
            f"{how}; {self.law}; {score} of {self.indicators} indicators for {self.places} "
            f"places; missing values: {self.missing}"
        )


def opened(values: Values, method: str = MEANS[0]) -> Any:
    """A table or a pair of tables, also out of what `complete` gives, to be put together by one of MEANS."""
    choice(method, "method", *MEANS)
    return values.values if isinstance(values, Completed) else values


def count_places(values: Any) -> int:
    """The number of places, 0 if these are no tables: that is told where they are checked."""
    table = values[0] if isinstance(values, tuple) and values else values
    return len(table) if isinstance(table, pd.DataFrame) else 0


def checked(values: pd.DataFrame, *, missing: bool = False, places: int = 1) -> pd.DataFrame:
    """Return a table as float64 after naming whatever makes it unusable, see `number_table`."""
    advice = "choose what to do about it with complete()"
    numbers = number_table(values, "values", "place", "indicator", missing=missing, advice=advice)
    if len(values) < places:
        raise ValueError(f"the table has one place only, {values.index[0]!r}; an order needs at least {places} places")
    return numbers


def checked_interval(values: tuple[pd.DataFrame, pd.DataFrame], *, places: int = 1) -> Interval:
    """Check both tables of an interval, that they match, and that no low stands above its high."""
    if len(values) != 2:
        raise ValueError(f"an interval is two tables, low and high, not {len(values)}")
    low, high = checked(values[0], places=places), checked(values[1], places=places)
    if not low.index.equals(high.index) or not low.columns.equals(high.columns):
        raise ValueError("the tables of low and high values must have the same places and indicators, in order")
    wrong = np.argwhere(low.to_numpy() > high.to_numpy())
    if len(wrong):
        row, column = wrong[0]
        raise ValueError(
            f"place {low.index[row]!r}, indicator {low.columns[column]!r}: the low bound "
            f"{low.iat[row, column]:g} is above the high bound {high.iat[row, column]:g}"
        )
    return Interval(low, high)


def checked_scores(scores: pd.Series) -> pd.Series:
    """Return scores by place as float64 after naming whatever makes them unusable."""
    if not isinstance(scores, pd.Series):
        raise TypeError(f"scores must be a Series by place, or two of them, not {type(scores).__name__}")
    numbers = number_table(scores.to_frame("score"), "scores", "place", "column", missing=True)["score"]
    if numbers.isna().any():
        raise ValueError(f"scores: place {numbers.index[numbers.isna()][0]!r} has no score; leave it out")
    return numbers


def level(scores: np.ndarray, size: np.ndarray | None = None) -> np.ndarray:
    """Scores of which those that differ by rounding only are equal, along the last axis.

    `size` is what each score was summed from, without signs; by default the score's own. Scores next to each other
    are level if they are closer than 1e-12 of the larger size; all that are linked so take the highest's score.
    """
    size = np.abs(scores) if size is None else size
    gaps = np.diff(np.sort(scores, axis=-1), axis=-1)
    if ((gaps == 0) | (gaps > _ROUNDING * size.max(initial=0.0))).all():
        return scores
    order = np.argsort(-scores, axis=-1, kind="stable")
    downwards, error = (np.take_along_axis(x, order, axis=-1) for x in (scores, _ROUNDING * size))
    apart = np.ones(scores.shape, dtype=bool)
    apart[..., 1:] = -np.diff(downwards, axis=-1) > np.maximum(error[..., 1:], error[..., :-1])
    highest = np.maximum.accumulate(np.where(apart, np.arange(scores.shape[-1]), 0), axis=-1)
    result = np.empty(scores.shape)
    np.put_along_axis(result, order, np.take_along_axis(downwards, highest, axis=-1), axis=-1)
    return result


def mean_scores(mean: np.ndarray, size: np.ndarray, method: str) -> np.ndarray:
    """Scores from the means of the terms of `linear_form`, level where rounding alone tells them apart.

    `size` is the mean of the terms without their signs.
    """
    scores = level(mean, size)
    if method != "arithmetic":
        scores = np.exp(scores) if method == "geometric" else -1 / scores
    return level(scores)


def missing_rule(values: pd.DataFrame) -> str:
    """What was done about missing values, as noted by `complete` in the table's attributes."""
    return str(values.attrs.get("missing", "none"))


def match_indicators(
    given: Mapping[str, object] | pd.Series, indicators: pd.Index, what: str, *, partly: bool = False
) -> pd.Series:
    """Line a mapping by indicator up with the table's columns, naming whatever is unknown or lacking."""
    series = by_name(given, what, "indicator")
    unknown = series.index.difference(indicators, sort=False)
    if len(unknown):
        known = f"its indicators are {quoted(indicators)}"
        raise ValueError(f"{what} names {quoted(unknown)}, which the table does not have; {known}")
    lacking = indicators.difference(series.index, sort=False)
    if len(lacking) and not partly:
        raise ValueError(f"{what} lacks indicator {quoted(lacking)}")
    return series.reindex(indicators)


def checked_weights(weights: Any, indicators: pd.Index) -> pd.Series:
    """Weights that sum to 1, in the order of the table's columns; equal ones for None or "equal"."""
    if weights is None or (isinstance(weights, str) and weights == "equal"):
        return pd.Series(1 / len(indicators), index=indicators)
    found = weights_by_name(weights, indicators, "indicator")
    return pd.Series(found / found.sum(), index=indicators)


def linear_form(values: pd.DataFrame, method: str) -> pd.DataFrame:
    """The terms of a mean that are linear in the weights.

    The order that a weighted mean gives to places is the order of the weighted sums of the values (arithmetic), of
    their logarithms (geometric) or of their negated reciprocals (harmonic).
    """
    choice(method, "method", *MEANS)
    if method == "arithmetic":
        return values
    array = values.to_numpy()
    # reciprocals must stay of a size that can be computed with
    bad = np.argwhere(array < 1 / LARGEST if method == "harmonic" else array <= 0)
    if len(bad):
        row, column = bad[0]
        raise ValueError(
            f"a {method} mean needs positive values, but place {values.index[row]!r} has "
            f"{array[row, column]:g} for indicator {values.columns[column]!r}; normalise to a range above zero, as "
            "range=(1, 100), or use the arithmetic mean"
        )
    return np.log(values) if method == "geometric" else -1 / values
