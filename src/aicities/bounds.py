"""Values that are more, less or about a number: as intervals, compared without pretending to know more.

"More than 20,000" says only that the value lies in (20000, inf). Two such values can be compared only where their
intervals do not overlap; otherwise the answer is "unknown". This is interval arithmetic's certain order (Moore,
Kearfott and Cloud 2009, Introduction to Interval Analysis, ch. 2), kept exact at the ends: a value of more than 500 is
ahead of 500, one of at least 500 may or may not be.

"About 15,000" does not say how far off it may be, so by default it is a point that cannot decide a comparison;
``tolerance=0.1`` makes it the range of 10 % either way, a width that is the reader's.

"More than 30,000" has no ceiling, strictly. In Chinese news 超3万 or 3万余 means thirty-odd thousand, so
``floors="rounded"`` keeps the value below the next step of the last figure that is written, 30,000 below 40,000 and
33,000 below 34,000. It is usage, not logic, and misreads a text that stops at a round number on purpose, or a number
converted from another unit. So it is never the default, and whatever changes under it is reported.

Ranks and firsts (``PLACES``) are places in an order, not amounts: they have no interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd

FLOORS = ("strict", "rounded")
AMOUNTS = ("eq", "gt", "ge", "approx", "lt", "le")
PLACES = ("rank", "first", "among_first")
UNSTATED = "unstated"

# In decimals, so that 4.035 EFLOPS and 4035 PFLOPS are the same number.
_PFLOPS = {"EFLOPS": "1000", "PFLOPS": "1", "P": "1", "TFLOPS": "1e-3", "GFLOPS": "1e-6"}
# Money and people are printed in several scales of one unit.
_SCALES = {
    "10k_people": ("people", 1e4),
    "million_people": ("people", 1e6),
    "CNY_100m": ("CNY", 1e8),
    "CNY_bn": ("CNY", 1e9),
    "CNY_tn": ("CNY", 1e12),
    "USD_100m": ("USD", 1e8),
    "USD_bn": ("USD", 1e9),
}
_PREFIXES = {"eq": "", "gt": "more than ", "ge": "at least ", "approx": "about ", "lt": "less than ", "le": "at most "}
SHORT = {"eq": "", "gt": "over ", "ge": "at least ", "approx": "about ", "lt": "under ", "le": "at most "}  # for labels


class Interval(NamedTuple):
    """What is known of a value: where it lies, if the ends belong to it, if it is only about there."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool
    approximate: bool = False


def interval(
    relation: str,
    value: float,
    *,
    value_max: float | None = None,
    tolerance: float | None = None,
    floors: str = "strict",
) -> Interval:
    """The interval in which a value lies that is ``relation`` (``gt``, ``ge``, ``eq``...) a number.

    ``relation`` is one of ``AMOUNTS``, ``value_max`` the most that the value can be (``ge`` 8, at most 10),
    ``tolerance`` the relative half-width of an approximate value, which is else a point with ``approximate=True``;
    ``floors`` says how ``gt`` and ``ge`` without ``value_max`` are read, see the head of this module.

    Raises ValueError for whatever of these is not so, and for a range that ends before it begins.

    >>> interval("gt", 30_000)
    Interval(low=30000.0, high=inf, low_closed=False, high_closed=False, approximate=False)
    >>> interval("gt", 30_000, floors="rounded").high
    40000.0
    """
    if relation not in AMOUNTS:
        raise ValueError(f"relation {relation!r} has no interval; expected one of {', '.join(AMOUNTS)}")
    if not math.isfinite(float(value)):
        raise ValueError(f"value {value!r} is not a finite number; a missing value has no interval")
    if value_max is not None and value_max < value:
        raise ValueError(f"value_max {value_max!r} is below value {value!r}; expected the most that the value can be")
    most = np.array([np.nan if value_max is None else value_max], dtype="float64")
    ends = _ends(np.array([relation]), np.array([float(value)]), most, tolerance=tolerance, floors=floors)
    low, high, low_closed, high_closed = (end.item() for end in ends)
    return Interval(low, high, low_closed, high_closed, relation == "approx" and tolerance is None)


def intervals(table: pd.DataFrame, *, tolerance: float | None = None, floors: str = "strict") -> pd.DataFrame:
    """The table with ``low``, ``high``, ``low_closed`` and ``high_closed``: the interval of each row, in its unit.

    ``table`` needs the columns ``relation`` and ``value``, and may have ``value_max``. Rows without a value, and places
    (``rank``, ``first``, ``among_first``), have no interval: NaN, with ends that count as not closed. ``tolerance``,
    ``floors`` and the errors are those of :func:`interval`.

    >>> table = pd.DataFrame({"relation": ["ge", "eq"], "value": [8, 12], "value_max": [10, None]})
    >>> intervals(table)[["low", "high"]].to_numpy().tolist()
    [[8.0, 10.0], [12.0, 12.0]]
    """
    relation, value = _relations(table), _values(table, "value")
    most = _values(table, "value_max") if "value_max" in table else np.full(len(table), np.nan)
    if (most < value).any():
        row = table.index[most < value][0]
        raise ValueError(f"value_max in row {row!r} is below value; expected the most that the value can be")
    names = ("low", "high", "low_closed", "high_closed")
    ends = _ends(relation, value, most, tolerance=tolerance, floors=floors)
    return table.assign(**dict(zip(names, ends, strict=True)))


def compare(
    a_relation: str,
    a_value: float,
    b_relation: str,
    b_value: float,
    *,
    tolerance: float | None = None,
    floors: str = "strict",
) -> str:
    """Whether a is greater than b, both in the same unit: "yes", "no" (it is equal or less) or "unknown".

    An approximate value decides nothing unless ``tolerance`` is given, and neither do a missing value (NaN) and a place
    (``rank``, ``first``, ``among_first``). Raises ValueError as :func:`interval` does.

    >>> compare("gt", 500, "eq", 500), compare("gt", 500, "gt", 400), compare("eq", 400, "gt", 400)
    ('yes', 'unknown', 'no')
    """
    _known({a_relation, b_relation})
    relation, value = np.array([a_relation, b_relation]), np.array([a_value, b_value], dtype="float64")
    if np.isinf(value).any():
        raise ValueError(f"value {value[np.isinf(value)][0]} is infinite; expected a finite number or a missing value")
    ends = _ends(relation, value, np.full(2, np.nan), tolerance=tolerance, floors=floors)
    vague = tolerance is None and "approx" in (a_relation, b_relation)
    return "unknown" if vague else str(_order([end[0] for end in ends], [end[1] for end in ends]))


def ahead(a: pd.DataFrame, b: pd.DataFrame, *, tolerance: float | None = None, floors: str = "strict") -> pd.Series:
    """Row by row, whether a is greater than b: a Series of "yes", "no" and "unknown" indexed as ``a``.

    Both tables need ``relation`` and ``value``, and as many rows; rows are matched by position. If both have a
    ``unit``, amounts of compute are brought to PFLOPS and other units must be the same, else ValueError. If both have a
    ``precision``, rows whose precision differs answer "unknown" (a missing one counts as "unstated"), as do missing
    values, places and, without ``tolerance``, approximate values.

    >>> a = pd.DataFrame({"relation": ["eq"], "value": [65_291]})
    >>> b = pd.DataFrame({"relation": ["gt"], "value": [30_000]})
    >>> ahead(a, b).item(), ahead(a, b, floors="rounded").item()
    ('unknown', 'yes')
    """
    if len(a) != len(b):
        raise ValueError(f"tables of {len(a)} and {len(b)} rows; expected as many in both")
    names = ["low", "high", "low_closed", "high_closed"]
    found = (intervals(table, tolerance=tolerance, floors=floors)[names] for table in _same_units(a, b))
    answer = _order(*([one[name].to_numpy() for name in names] for one in found))
    vague = np.zeros(len(a), dtype=bool)
    if tolerance is None:
        vague |= (_relations(a) == "approx") | (_relations(b) == "approx")
    if "precision" in a and "precision" in b:
        stated = [table["precision"].astype("object").fillna(UNSTATED).to_numpy(dtype="str") for table in (a, b)]
        vague |= stated[0] != stated[1]
    return pd.Series(np.where(vague, "unknown", answer), index=a.index, name="ahead", dtype="str")


def to_pflops(value: pd.Series, unit: pd.Series) -> pd.Series:
    """Compute in PFLOPS (1e15 floating-point operations a second), from amounts and their units with the same index.

    P, as Chinese texts write it, is PFLOPS; other units than EFLOPS, TFLOPS and GFLOPS raise ValueError.
    """
    wrong = sorted(map(repr, set(unit) - _PFLOPS.keys()))
    if wrong:
        raise ValueError(f"unit {', '.join(wrong)} is not one of compute; expected one of {', '.join(_PFLOPS)}")
    amounts = value.to_numpy(dtype="float64", na_value=np.nan)
    return pd.Series([_pflops(*pair) for pair in zip(amounts, unit.reindex(value.index), strict=True)], value.index)


def scale(value: float, unit: str) -> tuple[float, str]:
    """A value in the base of its unit, and that base: money in whole units, people one by one, compute in PFLOPS.

    >>> scale(1.5, "CNY_100m"), scale(2, "EFLOPS"), scale(7, "companies")
    ((150000000.0, 'CNY'), (2000.0, 'PFLOPS'), (7.0, 'companies'))
    """
    if unit in _PFLOPS:
        return _pflops(float(value), unit), "PFLOPS"
    base, factor = _SCALES.get(unit, (unit, 1.0))
    return float(value) * factor, base


def words(relation: str, value: float | None, unit: str | None = None) -> str:
    """A value for a sentence: ``words("gt", 20000, "PFLOPS")`` is "more than 20,000 PFLOPS".

    A missing value (None, NaN, NA) is "not stated", except for ``first`` and ``among_first`` ("among the first").
    Percent is written "26 %", a year without a comma, an index without a unit. ValueError for an unknown relation.
    """
    _known({relation})
    places = {"first": "first", "among_first": "among the first"}
    if pd.isna(value) or relation == "first":
        return places.get(relation, "not stated")
    if relation in PLACES:
        return f"{places.get(relation, relation)} {_number(value)}"
    text = _PREFIXES[relation] + _number(value)
    if unit == "year":
        return text.replace(",", "")
    if pd.isna(unit) or unit in ("", "index"):
        return text
    return f"{text} {'%' if unit == 'percent' else str(unit).replace('_', ' ')}"


def _number(value: float | None) -> str:
    return f"{Decimal(repr(float(value or 0))):,f}".removesuffix(".0")


def _known(relations: set[str]) -> None:
    wrong = sorted(map(repr, relations - {*AMOUNTS, *PLACES}))
    if wrong:
        raise ValueError(f"unknown relation {', '.join(wrong)}; expected one of {', '.join(AMOUNTS + PLACES)}")


def _relations(table: pd.DataFrame) -> np.ndarray:
    _need(table, "relation")
    relation = table["relation"].astype("object")
    _known(set(relation.dropna()))
    return relation.where(relation.notna(), "").to_numpy(dtype="str")


def _values(table: pd.DataFrame, column: str) -> np.ndarray:
    _need(table, column)
    value = pd.to_numeric(table[column]).to_numpy(dtype="float64", na_value=np.nan)
    if np.isinf(value).any():
        row = table.index[np.isinf(value)][0]
        raise ValueError(f"{column} in row {row!r} is infinite; expected a finite number or a missing value")
    return value


def _ends(
    relation: np.ndarray, value: np.ndarray, most: np.ndarray, *, tolerance: float | None, floors: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Lower and upper ends, and whether these belong to the interval; NaN and no where there is none."""
    if floors not in FLOORS:
        raise ValueError(f"floors={floors!r}; expected one of {', '.join(FLOORS)}")
    if tolerance is not None and not (math.isfinite(tolerance) and tolerance >= 0):
        raise ValueError(f"tolerance {tolerance!r} is wrong; expected a share such as 0.1, not below 0")
    is_a = {name: relation == name for name in AMOUNTS}  # much sooner than np.isin
    known = np.logical_or.reduce([*is_a.values()]) & ~np.isnan(value)
    margin = np.where(relation == "approx", (tolerance or 0.0) * np.abs(value), 0.0)
    low = np.where(is_a["lt"] | is_a["le"], -np.inf, value - margin)
    ceiling = value + _steps(value) if floors == "rounded" else np.inf
    high = np.where(is_a["gt"] | is_a["ge"], ceiling, value + margin)
    high = np.where(np.isnan(most), high, most)
    low_closed = known & (is_a["eq"] | is_a["ge"] | is_a["approx"])
    high_closed = known & (is_a["eq"] | is_a["le"] | is_a["approx"] | ~np.isnan(most))
    return np.where(known, low, np.nan), np.where(known, high, np.nan), low_closed, high_closed


def _order(a: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> np.ndarray:
    """Whether a is certainly greater than b, by their ends; comparisons with NaN are false, hence unknown."""
    a_low, a_high, a_low_closed, _ = a
    b_low, b_high, _, b_high_closed = b
    touching = (a_low == b_high) & ~(a_low_closed & b_high_closed)
    return np.where((a_low > b_high) | touching, "yes", np.where(a_high <= b_low, "no", "unknown"))


def _steps(values: np.ndarray) -> np.ndarray:
    """One unit of the last figure that is written, by value: 10,000 for 30,000, 1,000 for 33,000 and 0.1 for 4.5."""
    written = [Decimal(repr(float(value))).normalize() if value else Decimal(1) for value in np.nan_to_num(values)]
    return np.array([float(Decimal(1).scaleb(int(number.as_tuple().exponent))) for number in written])


def _need(table: pd.DataFrame, column: str) -> None:
    if column not in table:
        raise ValueError(f"column {column!r} is missing; the table has {', '.join(map(str, table.columns))}")


def _same_units(a: pd.DataFrame, b: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Relations and values of both tables, in PFLOPS where the units are different ones of compute."""
    pair = []
    for table in (a, b):
        columns = [column for column in ("value", "value_max") if column == "value" or column in table]
        amounts = {column: _values(table, column) for column in columns}
        pair.append(pd.DataFrame({"relation": _relations(table)} | amounts))
    if "unit" in a and "unit" in b:
        units = [table["unit"].astype("object").reset_index(drop=True) for table in (a, b)]
        differ = (units[0] != units[1]) & ~(units[0].isna() & units[1].isna())
        wrong = differ & ~(units[0].isin(_PFLOPS) & units[1].isin(_PFLOPS))
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            said = " with ".join("no unit" if pd.isna(unit[row]) else repr(unit[row]) for unit in units)
            raise ValueError(f"row {row}: cannot compare {said}; expected the same unit, or two units of compute")
        for table, unit in zip(pair, units, strict=True) if differ.any() else ():
            for column in table.columns.drop("relation"):
                table.loc[differ, column] = to_pflops(table[column][differ], unit[differ])
    return pair[0], pair[1]


def _pflops(value: float, unit: str) -> float:
    return float(Decimal(repr(float(value))) * Decimal(_PFLOPS[unit]))
