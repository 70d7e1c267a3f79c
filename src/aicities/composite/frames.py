"""What every part of `composite` shares: the checks on tables, intervals, and the account of a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd


class Interval(NamedTuple):
    """Two tables (or two columns of scores) of one shape: each value lies between `low` and `high`."""

    low: pd.DataFrame
    high: pd.DataFrame


class ScoreInterval(NamedTuple):
    """Two columns of scores: each place's score lies between `low` and `high`."""

    low: pd.Series
    high: pd.Series


@dataclass(frozen=True)
class About:
    """How a probabilistic result came about.

    Attributes
    ----------
    law : str
        The law of the weights, in words.
    draws : int
        Number of draws; 0 for an exact result.
    seed : int or None
        Seed of the generator; None for an exact result.
    standard_error : float
        The largest Monte Carlo standard error among the probabilities; 0 for an exact result.
    places, indicators : int
        Size of the table.
    aggregation : str
        Arithmetic, geometric or harmonic.
    missing : str
        What was done about missing values.
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
        return (
            f"{how}; {self.law}; {self.aggregation} mean of {self.indicators} indicators for {self.places} "
            f"places; missing values: {self.missing}"
        )


def quoted(names: Iterable[object]) -> str:
    """Names in quotes, separated by commas, for error messages."""
    return ", ".join(repr(name) for name in names)


def checked(values: pd.DataFrame, *, missing: bool = False, places: int = 1) -> pd.DataFrame:
    """Return a table as float64 after naming whatever makes it unusable.

    Raises
    ------
    TypeError
        If it is not a DataFrame.
    ValueError
        If it is empty, has fewer than `places` rows, repeats a place or an indicator, or holds something
        that is not a finite number (missing values are let through if `missing`).
    """
    if not isinstance(values, pd.DataFrame):
        raise TypeError(
            f"values must be a DataFrame with one row per place and one column per indicator, "
            f"not {type(values).__name__}"
        )
    if values.shape[1] == 0 or values.shape[0] == 0:
        raise ValueError(f"the table is empty: {values.shape[0]} places and {values.shape[1]} indicators")
    for labels, kind in ((values.index, "place"), (values.columns, "indicator")):
        if not labels.is_unique:
            repeated = labels[labels.duplicated()].unique()
            raise ValueError(f"{kind} {quoted(repeated)} appears more than once; each {kind} must appear once")
    if len(values) < places:
        raise ValueError(f"the table has one place only, {values.index[0]!r}; an order needs at least {places} places")
    for indicator, kind in values.dtypes.items():
        if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind):
            raise ValueError(f"indicator {indicator!r} has type {kind}; every indicator must be numeric")
    numbers = values.astype("float64")
    array = numbers.to_numpy()
    bad = np.isinf(array) if missing else ~np.isfinite(array)
    if bad.any():
        row, column = np.argwhere(bad)[0]
        if np.isnan(array[row, column]):
            raise ValueError(
                f"place {values.index[row]!r} has no value for indicator {values.columns[column]!r}; "
                "choose what to do about it with composite.complete()"
            )
        raise ValueError(
            f"place {values.index[row]!r} has {array[row, column]} for indicator {values.columns[column]!r}; "
            "a finite number is needed"
        )
    numbers.attrs = dict(values.attrs)
    return numbers


def checked_interval(values: Interval, *, places: int = 1) -> Interval:
    """Check both tables of an interval, that they match, and that no low stands above its high."""
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


def missing_rule(values: pd.DataFrame) -> str:
    """What was done about missing values, as noted by `complete` in the table's attributes."""
    return str(values.attrs.get("missing", "none"))


def match_indicators(
    given: Mapping[str, object] | pd.Series, indicators: pd.Index, what: str, *, partly: bool = False
) -> pd.Series:
    """Line a mapping by indicator up with the table's columns, naming whatever is unknown or lacking."""
    series = given if isinstance(given, pd.Series) else pd.Series(dict(given))
    if not series.index.is_unique:
        repeated = series.index[series.index.duplicated()].unique()
        raise ValueError(f"{what} names indicator {quoted(repeated)} more than once")
    unknown = series.index.difference(indicators, sort=False)
    if len(unknown):
        raise ValueError(
            f"{what} names {quoted(unknown)}, which the table does not have; its indicators are {quoted(indicators)}"
        )
    lacking = indicators.difference(series.index, sort=False)
    if len(lacking) and not partly:
        raise ValueError(f"{what} lacks indicator {quoted(lacking)}")
    return series.reindex(indicators)


def checked_weights(weights: Mapping[str, float] | pd.Series | None, indicators: pd.Index) -> pd.Series:
    """Weights that sum to 1, in the order of the table's columns; equal ones if None is given."""
    if weights is None:
        return pd.Series(1 / len(indicators), index=indicators)
    series = match_indicators(weights, indicators, "weights").astype("float64")
    bad = series[~np.isfinite(series) | (series < 0)]
    if len(bad):
        raise ValueError(
            f"the weight of indicator {bad.index[0]!r} is {bad.iloc[0]:g}; weights are zero or positive numbers"
        )
    if series.sum() == 0:
        raise ValueError("all weights are zero; at least one must be positive")
    return series / series.sum()


def linear_form(values: pd.DataFrame, method: str, floor: float | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rewrite a mean so that it is linear in the weights, and return (the terms, the values used).

    The order that a weighted mean gives to places is the order of the weighted sums of the values
    (arithmetic), of their logarithms (geometric) or of their negated reciprocals (harmonic).

    Raises
    ------
    ValueError
        If the method is unknown, or a geometric or harmonic mean meets a value that is not positive.
    """
    if method == "arithmetic":
        if floor is not None:
            raise ValueError("floor= is for the geometric and harmonic means; an arithmetic mean needs none")
        return values, values
    if method not in ("geometric", "harmonic"):
        raise ValueError(f"method is {method!r}; it must be 'arithmetic', 'geometric' or 'harmonic'")
    if floor is not None:
        if not floor > 0:
            raise ValueError(f"floor is {floor!r}; it must be a positive number")
        values = values.clip(lower=floor)
    array = values.to_numpy()
    bad = np.argwhere(array <= 0)
    if len(bad):
        row, column = bad[0]
        raise ValueError(
            f"a {method} mean needs positive values, but place {values.index[row]!r} has "
            f"{array[row, column]:g} for indicator {values.columns[column]!r}; give floor= to raise all "
            "values below it to it, or use the arithmetic mean"
        )
    return (np.log(values) if method == "geometric" else -1 / values), values
