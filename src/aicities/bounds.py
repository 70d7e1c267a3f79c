"""Values that are more, less or about a number: as intervals, compared without pretending to know more.

"More than 20,000" says only that the value lies in (20000, inf). Two such values can be compared only where
their intervals do not overlap; otherwise the answer is "unknown". This is interval arithmetic's certain
order (Moore, Kearfott and Cloud 2009, Introduction to Interval Analysis, ch. 2), kept exact at the ends: a
value of more than 500 is ahead of 500, one of at least 500 may or may not be.

"About 15,000" does not say how far off it may be. Any width chosen here would find its way into verdicts as
if the source had given it, so by default an approximate value is a point that cannot decide a comparison.
``tolerance=0.1`` makes it the range of 10 % either way: then the width is the reader's, and stands in the
code.

Ranks and firsts (``rank``, ``first``, ``among_first``) are places in an order, not amounts: they have no
interval.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd

__all__ = [
    "AMOUNTS",
    "PLACES",
    "Interval",
    "ahead",
    "compare",
    "interval",
    "intervals",
    "to_pflops",
    "words",
]

AMOUNTS = ("eq", "gt", "ge", "approx", "lt", "le")
PLACES = ("rank", "first", "among_first")
UNSTATED = "unstated"

_PFLOPS = {
    "EFLOPS": Decimal(1000),
    "PFLOPS": Decimal(1),
    "P": Decimal(1),
    "TFLOPS": Decimal("1e-3"),
    "GFLOPS": Decimal("1e-6"),
}
_PREFIXES = {
    "eq": "",
    "gt": "more than ",
    "ge": "at least ",
    "approx": "about ",
    "lt": "less than ",
    "le": "at most ",
    "rank": "rank ",
}


class Interval(NamedTuple):
    """What is known of a value: where it lies, if the ends belong to it, if it is only about there."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool
    approximate: bool = False


def interval(relation: str, value: float, *, tolerance: float | None = None) -> Interval:
    """The interval in which a value lies that is ``relation`` (``gt``, ``ge``, ``eq``...) a number.

    ``tolerance`` is the relative half-width of an approximate value (0.1: 10 % either way); without it, the
    interval of ``approx`` is a point with ``approximate=True``.

    Raises ValueError for a relation that is not one of ``AMOUNTS``, a value that is not finite, and a
    tolerance that is negative or not finite.
    """
    if relation not in AMOUNTS:
        raise ValueError(f"relation {relation!r} has no interval; expected one of {', '.join(AMOUNTS)}")
    value = float(value)
    if not math.isfinite(value):
        raise ValueError(f"value {value!r} is not a finite number; a missing value has no interval")
    margin = _margin(tolerance) * abs(value)
    if relation == "approx":
        return Interval(value - margin, value + margin, True, True, tolerance is None)
    low = value if relation in ("eq", "gt", "ge") else -math.inf
    high = value if relation in ("eq", "lt", "le") else math.inf
    return Interval(low, high, relation in ("eq", "ge"), relation in ("eq", "le"))


def intervals(table: pd.DataFrame, *, tolerance: float | None = None) -> pd.DataFrame:
    """The table with ``low``, ``high``, ``low_closed`` and ``high_closed``: the interval of each row.

    ``table`` needs the columns ``relation`` and ``value``. Rows without a value, and places (``rank``,
    ``first``, ``among_first``), have no interval: ``low`` and ``high`` are NaN and their ends count as not
    closed. The columns have the unit of ``value``.

    Raises ValueError for missing columns, an unknown relation, or a value that is infinite.
    """
    relation, value = _relations(table), _values(table)
    known = np.isin(relation, AMOUNTS) & ~np.isnan(value)
    margin = np.where(relation == "approx", _margin(tolerance) * np.abs(value), 0.0)
    low = np.where(np.isin(relation, ("lt", "le")), -np.inf, value - margin)
    high = np.where(np.isin(relation, ("gt", "ge")), np.inf, value + margin)
    return table.assign(
        low=np.where(known, low, np.nan),
        high=np.where(known, high, np.nan),
        low_closed=known & np.isin(relation, ("eq", "ge", "approx")),
        high_closed=known & np.isin(relation, ("eq", "le", "approx")),
    )


def compare(a_relation: str, a_value: float, b_relation: str, b_value: float, *, tolerance: float | None = None) -> str:
    """Whether a is greater than b: "yes", "no" (it is equal or less) or "unknown".

    Both in the same unit. An approximate value decides nothing unless ``tolerance`` is given, and neither do
    a missing value (NaN) and a place (``rank``, ``first``, ``among_first``).

    Raises ValueError for an unknown relation, an infinite value or a wrong tolerance.
    """
    _known({a_relation, b_relation})
    _margin(tolerance)
    for value in (a_value, b_value):
        if not pd.isna(value) and math.isinf(value):
            raise ValueError(f"value {value!r} is infinite; expected a finite number or a missing value")
    if {a_relation, b_relation} & {*PLACES} or pd.isna(a_value) or pd.isna(b_value):
        return "unknown"
    a, b = (interval(*pair, tolerance=tolerance) for pair in ((a_relation, a_value), (b_relation, b_value)))
    if a.approximate or b.approximate:
        return "unknown"
    if a.low > b.high or (a.low == b.high and not (a.low_closed and b.high_closed)):
        return "yes"
    return "no" if a.high <= b.low else "unknown"


def ahead(a: pd.DataFrame, b: pd.DataFrame, *, tolerance: float | None = None) -> pd.Series:
    """Row by row, whether a is greater than b: a Series of "yes", "no" and "unknown" indexed as ``a``.

    Both tables need ``relation`` and ``value``, and as many rows; rows are matched by position. If both have
    a ``unit``, amounts of compute are brought to PFLOPS and other units must be the same. If both have a
    ``precision``, rows whose precision differs answer "unknown"; a missing precision counts as "unstated",
    and two unstated ones are compared at face value. Missing values, places and, without ``tolerance``,
    approximate values answer "unknown".

    Raises ValueError for missing columns, tables of different length, units that cannot be compared, an
    unknown relation, an infinite value or a wrong tolerance.
    """
    if len(a) != len(b):
        raise ValueError(f"tables of {len(a)} and {len(b)} rows; expected as many in both")
    x, y = (intervals(table, tolerance=tolerance) for table in _same_units(a, b))
    x_low, x_high = x["low"].to_numpy(), x["high"].to_numpy()
    y_low, y_high = y["low"].to_numpy(), y["high"].to_numpy()
    touching = (x_low == y_high) & ~(x["low_closed"].to_numpy() & y["high_closed"].to_numpy())
    # Comparisons with NaN are false, so rows without an interval stay unknown.
    answer = np.where((x_low > y_high) | touching, "yes", np.where(x_high <= y_low, "no", "unknown"))
    vague = np.zeros(len(a), dtype=bool)
    if tolerance is None:
        vague |= (_relations(a) == "approx") | (_relations(b) == "approx")
    if "precision" in a and "precision" in b:
        vague |= _precisions(a) != _precisions(b)
    return pd.Series(np.where(vague, "unknown", answer), index=a.index, name="ahead", dtype="str")


def to_pflops(value: float | pd.Series, unit: str | pd.Series) -> float | pd.Series:
    """Compute in PFLOPS (1e15 floating-point operations a second).

    1 EFLOPS is 1000 PFLOPS, and P, as Chinese texts write it, is PFLOPS. A number with a unit gives a number;
    a Series with a unit, or with a Series of units of the same index, gives a Series. The precision (FP16,
    FP32, ...) is no part of the unit: it stays a label beside the value.

    Raises ValueError for a unit other than GFLOPS, TFLOPS, PFLOPS, P and EFLOPS.
    """
    wrong = sorted(map(repr, ({unit} if isinstance(unit, str) else set(unit)) - _PFLOPS.keys()))
    if wrong:
        raise ValueError(f"unit {', '.join(wrong)} is not one of compute; expected one of {', '.join(_PFLOPS)}")
    if isinstance(value, pd.Series):
        units = [unit] * len(value) if isinstance(unit, str) else list(unit.reindex(value.index))
        amounts = value.to_numpy(dtype="float64", na_value=np.nan)
        return pd.Series([_pflops(*pair) for pair in zip(amounts, units, strict=True)], value.index)
    return _pflops(value, str(unit))


def words(relation: str, value: float | None, unit: str | None = None) -> str:
    """A value for a sentence: ``words("gt", 20000, "PFLOPS")`` is "more than 20,000 PFLOPS".

    A missing value (None, NaN, NA) is "not stated", except for ``first`` ("first") and ``among_first``
    ("among the first"; with a value, "among the first 3"). Percent is written "26 %", a year without a comma
    and an index without a unit; units of several words lose their underscores.

    Raises ValueError for an unknown relation.
    """
    _known({relation})
    missing = bool(pd.isna(value))
    if relation == "first":
        return "first"
    if relation == "among_first":
        return "among the first" if missing else f"among the first {_number(value)}"
    if missing:
        return "not stated"
    if relation == "rank":
        return f"rank {_number(value)}"
    if unit == "year":
        return _PREFIXES[relation] + _number(value).replace(",", "")
    if pd.isna(unit) or unit in ("", "index"):
        return _PREFIXES[relation] + _number(value)
    return f"{_PREFIXES[relation]}{_number(value)} {'%' if unit == 'percent' else str(unit).replace('_', ' ')}"


def _number(value: float | None) -> str:
    text = f"{Decimal(repr(float(value or 0))):,f}"
    return text.removesuffix(".0")


def _known(relations: set[str]) -> None:
    wrong = sorted(map(repr, relations - {*AMOUNTS, *PLACES}))
    if wrong:
        raise ValueError(f"unknown relation {', '.join(wrong)}; expected one of {', '.join(AMOUNTS + PLACES)}")


def _margin(tolerance: float | None) -> float:
    if tolerance is None:
        return 0.0
    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise ValueError(f"tolerance {tolerance!r} is wrong; expected a share such as 0.1, not below 0")
    return float(tolerance)


def _relations(table: pd.DataFrame) -> np.ndarray:
    _need(table, "relation")
    relation = table["relation"].astype("object")
    _known(set(relation.dropna()))
    return relation.where(relation.notna(), "").to_numpy(dtype="str")


def _values(table: pd.DataFrame) -> np.ndarray:
    _need(table, "value")
    value = table["value"].to_numpy(dtype="float64", na_value=np.nan)
    if np.isinf(value).any():
        row = table.index[np.isinf(value)][0]
        raise ValueError(f"value in row {row!r} is infinite; expected a finite number or a missing value")
    return value


def _need(table: pd.DataFrame, column: str) -> None:
    if column not in table:
        raise ValueError(f"column {column!r} is missing; the table has {', '.join(map(str, table.columns))}")


def _same_units(a: pd.DataFrame, b: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Relations and values of both tables, in PFLOPS where the units are different ones of compute."""
    pair = [pd.DataFrame({"relation": _relations(table), "value": _values(table)}) for table in (a, b)]
    if "unit" in a and "unit" in b:
        units = [table["unit"].astype("object").reset_index(drop=True) for table in (a, b)]
        differ = (units[0] != units[1]) & ~(units[0].isna() & units[1].isna())
        wrong = differ & ~(units[0].isin(_PFLOPS) & units[1].isin(_PFLOPS))
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            said = " with ".join("no unit" if pd.isna(unit[row]) else repr(unit[row]) for unit in units)
            raise ValueError(f"row {row}: cannot compare {said}; expected the same unit, or two units of compute")
        for table, unit in zip(pair, units, strict=True) if differ.any() else ():
            table.loc[differ, "value"] = to_pflops(table["value"][differ], unit[differ])
    return pair[0], pair[1]


def _pflops(value: float, unit: str) -> float:
    # In decimals, so that 4.035 EFLOPS and 4035 PFLOPS are the same number.
    return float(Decimal(repr(float(value))) * _PFLOPS[unit])


def _precisions(table: pd.DataFrame) -> np.ndarray:
    return table["precision"].astype("object").fillna(UNSTATED).to_numpy(dtype="str")
