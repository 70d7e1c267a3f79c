"""What the statistics accept: one check for each kind of argument, used wherever such an argument comes in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

# Products of two such numbers, and sums of many of these, stay far from what a float can hold.
LARGEST = 1e150
MOST_BYTES = 2**30
MOST_TIMES = 10**9  # that anything is done again: more would not end


def shown(value: object) -> str:
    """A value as it is written in Python, on one line and cut, without the type of a NumPy number."""
    text = " ".join(repr(value.item() if isinstance(value, np.generic) else value).split())
    return text if len(text) <= 100 else f"{text[:100]} ..."


def is_real(value: object) -> bool:
    """Whether something is a real number, as True and False are not."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)


def choice(value: object, name: str, *known: str | bool | None) -> None:
    """One of some words, of True and False, or None where that is among them."""
    if not (value is None or isinstance(value, str | bool)) or value not in known:
        *more, last = (repr(one) for one in known if one is not None)
        raise ValueError(f"{name} is {shown(value)}; it must be {', '.join(more)} or {last}")


def as_list(value: object, name: str) -> list[Any]:
    """The names in a list, not the letters of one name."""
    found = list(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else None
    if found is None or not all(isinstance(one, Hashable) for one in found):
        raise TypeError(f"{name} is {shown(value)}; it must be a list of names")
    return found


def whole(value: object, name: str, *, least: int = 1, most: float = MOST_TIMES) -> int:
    """A whole number from `least` to `most`."""
    if is_real(value) and isinstance(value, int | np.integer) and least <= value <= most:
        return int(value)
    high = isinstance(value, int) and value > most
    right = f"from {least:,} to {most:,}" if high or most not in (MOST_TIMES, np.inf) else f"from {least:,} on"
    raise ValueError(f"{name} is {shown(value)}; it must be a whole number {right}")


def seeded(value: object) -> int:
    """A seed that gives the same numbers each time, which None doesn't."""
    return whole(value, "seed", least=0, most=np.inf)


def number(value: object, name: str, *, zero: bool = False) -> float:
    """A positive number, or zero if `zero`, of a size that can be computed with."""
    if is_real(value) and (0 < value <= LARGEST or (zero and value == 0)):  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    right = "zero or a positive number" if zero else "a positive number"
    raise ValueError(f"{name} is {shown(value)}; it must be {right} up to {LARGEST:g}")


def fraction(value: object, name: str) -> float:
    """A number between 0 and 1, both excluded."""
    if is_real(value) and 0 < value < 1:  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    raise ValueError(f"{name} is {shown(value)}; it must be a number between 0 and 1, both excluded")


def by_name(given: object, argument: str, of: str) -> pd.Series:
    """A mapping or Series that has something for each name, each name once."""
    if not isinstance(given, Mapping | pd.Series):
        raise TypeError(f"{argument} must be a mapping or a Series by {of}, not {type(given).__name__}")
    series = given if isinstance(given, pd.Series) else pd.Series(dict(given), dtype=object)
    if not series.index.is_unique:
        repeated = series.index[series.index.duplicated()].unique()
        raise ValueError(f"{argument} names {of} {quoted(repeated)} more than once")
    return series


def numbers_by_name(series: pd.Series, what: str, of: str) -> pd.Series:
    """Zero or positive numbers by name, as float64."""
    for name, value in series.items():
        if not is_real(value) or not 0 <= float(value) <= LARGEST:
            right = f"zero or a positive number up to {LARGEST:g}"
            raise ValueError(f"the {what} of {of} {name!r} is {shown(value)}; it must be {right}")
    return series.astype("float64")


def weights_by_name(given: object, names: Sequence[Any], of: str) -> np.ndarray:
    """A weight for each name, from a mapping, a Series, or a list or array in the order of the names."""
    if isinstance(given, Mapping | pd.Series):
        series = by_name(given, "weights", of)
        unknown = [name for name in series.index if name not in set(names)]
        if unknown:
            raise ValueError(f"weights names {of} {quoted(unknown)}, which is not there; there are {quoted(names)}")
        lacking = [name for name in names if name not in series.index]
        if lacking:
            raise ValueError(f"weights lacks {of} {quoted(lacking)}")
        series = series.loc[list(names)]
    else:
        if isinstance(given, str) or not isinstance(given, Sequence | np.ndarray):
            raise TypeError(f"weights is {shown(given)}; give a number for each {of}, by name or in order")
        values = list(given)
        if len(values) != len(names):
            raise ValueError(f"weights has {len(values)} numbers; there are {len(names)}, one for each {of}")
        series = pd.Series(values, index=list(names), dtype=object)
    found = numbers_by_name(series, "weight", of).to_numpy()
    if not found.any():
        raise ValueError("all weights are zero; at least one must be positive")
    return found


def number_table(
    table: object, argument: str, row: str, column: str, *, missing: bool = False, advice: str = "a number is needed"
) -> pd.DataFrame:
    """A table as float64, after naming whatever makes it unusable."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"{argument} must be a DataFrame with one row per {row} and one column per {column}, "
            f"not {type(table).__name__}"
        )
    if table.shape[0] == 0 or table.shape[1] == 0:
        raise ValueError(f"{argument}: the table is empty, {table.shape[0]} × {table.shape[1]} ({row} × {column})")
    for labels, kind in ((table.index, row), (table.columns, column)):
        if isinstance(labels, pd.MultiIndex):
            raise ValueError(f"{argument}: each {kind} has {labels.nlevels} names; join them into one")
        if not labels.is_unique:
            repeated = labels[labels.duplicated()].unique()
            raise ValueError(f"{argument}: {kind} {quoted(repeated)} appears more than once; each must appear once")
    types = pd.api.types
    for name, kind in table.dtypes.items():
        if not types.is_numeric_dtype(kind) or types.is_bool_dtype(kind) or types.is_complex_dtype(kind):
            raise ValueError(f"{argument}: {column} {name!r} has type {kind}; every {column} must be numeric")
    numbers = table.astype("float64")
    array = numbers.to_numpy()
    bad = ~(np.abs(array) <= LARGEST)
    if missing:
        bad &= ~np.isnan(array)
    if bad.any():
        at, name = np.argwhere(bad)[0]
        where = f"{argument}: {row} {table.index[at]!r} has"
        if np.isnan(array[at, name]):
            raise ValueError(f"{where} no value for {column} {table.columns[name]!r}; {advice}")
        raise ValueError(
            f"{where} {array[at, name]:g} for {column} {table.columns[name]!r}; "
            f"a finite number is needed, of a size up to {LARGEST:g}"
        )
    numbers.attrs = dict(table.attrs)
    return numbers


def quoted(names: Iterable[object], most: int = 20) -> str:
    """Names in quotes, separated by commas, for error messages; only the first of many."""
    chosen = list(names)
    more = f" and {len(chosen) - most} more" if len(chosen) > most else ""
    return ", ".join(repr(name) for name in chosen[:most]) + more


def refuse_memory(bytes_needed: float, what: str, advice: str) -> None:
    """Refuse, with advice, to ask for more than a gigabyte."""
    if bytes_needed > MOST_BYTES:
        raise ValueError(f"{what} would take {bytes_needed / 2**30:,.1f} GiB of memory; {advice}")


def power_of_two(largest: np.ndarray) -> np.ndarray:
    """Factors that bring positive numbers to the size of 1, and change no digit of what is multiplied by them."""
    return np.ldexp(1.0, -np.maximum(np.frexp(largest)[1], -1022))
