"""The cells of a table: what the types and constraints of a Table Schema make of a text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from .problems import one_of

TYPES = ("string", "integer", "number", "boolean", "date", "year")
# What the Data Package specification (v1) takes for a boolean where the field does not say otherwise.
TRUE_VALUES = ("true", "True", "TRUE", "1")
FALSE_VALUES = ("false", "False", "FALSE", "0")

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(r"P(?=[0-9])([1-9][0-9]*Y)?([1-9][0-9]*M)?([1-9][0-9]*D)?")
_CALENDAR = "a year, month or day of the calendar, such as 2024, 2024-08 or 2024-08-02"

_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"  # by name, not by number
_ADDRESS = re.compile(rf"https?://{_HOST}(?::([0-9]{{1,5}}))?(?:[/?#][^\s\"<>\\^`{{|}}]*)?")
_YEARS = range(1800, 2101)  # of a date that the data can mean

_BARE = "!-~\u3001-\u3002\u300c-\u3011\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fd5\uff08\uff09"
_PLAIN = re.compile(rf"(?!.*\?\?)(?:[{_BARE}](?:[ {_BARE}]*[{_BARE}])?)?")  # text in which nothing is hidden
_MISREAD = re.compile("[ÂÃ][\xa0-\xbf]|â€|[ä-é][\xa0-\xbf\u2000-\u2122][\xa0-\xbf\u0152-\u2122]")  # UTF-8 as Latin
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, format, half of a pair, private, none, line ends
_UNSEEN = re.compile(r"COMBINING |VARIATION SEL|.*FILLER$|BRAILLE .*BLANK|.* FREE V|.* INHERENT|(?!IDEO).* SPACE$")
_TOGETHER = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"}  # scripts that a word may mix
# Letters of Cyrillic and Greek that look like Latin ones.
_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα", "ABESIJKMHOPCTYXaesijopcyxdqwABEZHIKMNOPTYXoa")

Fault = tuple[str, str]  # what is wrong, and what would be right


def faults(cells: Set[str], field: dict[str, Any], *, required: bool) -> dict[str, Fault]:
    """Which of these distinct cells are wrong: each with what is wrong about it and what would be right."""
    found: dict[str, Fault] = {}
    # A column without any such sign, as most are, needs no look at its cells.
    joined = "|".join(["", *cells, ""])
    if not (joined.isascii() and joined.isprintable()) or any(sign in joined for sign in ("| ", " |", "??")):
        found = {cell: fault for cell in cells if not _PLAIN.fullmatch(cell) and (fault := hidden(cell))}
    if required and "" in cells:
        found[""] = ("is missing", allowed(field) or f"a value of type {field['type']}")
    limits = field.get("constraints", {})
    free = not field.keys() & {"aicities:date", "format"} and not limits.keys() - {"required", "unique"}
    if field["type"] == "string" and free:
        return found
    texts = cells - {""} - found.keys()
    values: dict[str, Any] = dict(zip(texts, texts, strict=True)) if field["type"] == "string" else {}
    if field["type"] == "integer":
        # Most numbers are short and right: these need no closer look.
        values = {cell: int(cell) for cell in texts if len(cell) < 19 and _INTEGER.fullmatch(cell)}
    for cell in texts - values.keys():
        value, fault = parse(cell, field)
        if fault is None:
            values[cell] = value
        else:
            found[cell] = fault
    for cell, fault in _outside(values, field):
        found.setdefault(cell, fault)
    return found


def parse(cell: str, field: dict[str, Any]) -> tuple[Any, Fault | None]:
    """A non-empty cell as a Python value, or what is wrong with it and what would be right."""
    kind = field["type"]
    if kind == "integer":
        return _integer(cell)
    if kind == "year":
        if not _YEAR.fullmatch(cell):
            return None, ("is not a year", "four digits, such as 2024")
        return (int(cell), None) if _in_time(cell) else (None, OUT_OF_TIME)
    if kind == "number":
        return _number(cell)
    if kind == "boolean":
        true, false = field.get("trueValues", TRUE_VALUES), field.get("falseValues", FALSE_VALUES)
        if cell in true or cell in false:
            return cell in true, None
        return None, ("is not a boolean", f"one of {', '.join([*true, *false])}")
    if kind == "date":
        day = parse_date(cell)
        if day is None:
            return None, ("is not a date", "a day of the calendar, such as 2024-08-02")
        return (day, None) if _in_time(cell) else (None, OUT_OF_TIME)
    return cell, None


OUT_OF_TIME = ("is a date that these data cannot mean", f"a year from {_YEARS[0]} to {_YEARS[-1]}")
ADDRESS = "http or https, a host with a name, and no blank or password, such as https://example.org/page"


def _in_time(cell: str) -> bool:
    return all(int(year) in _YEARS for year in re.findall(r"(?:^|/)([0-9]{4})", cell))


def hidden(cell: str) -> Fault | None:
    """What a reader would not see in a cell: blanks at its ends, control characters, letters of another script."""
    if cell != cell.strip():
        return "has a blank before or after it", f"{cell.strip()!r}"
    if _MISREAD.search(cell):
        return "was read in another encoding than it was written in", "its own letters, saved as UTF-8"
    if (composed := unicodedata.normalize("NFC", cell)) != cell:
        return "has accents apart from their letters", f"the composed form (NFC), {composed!a}"
    for char in cell:
        if char in "\n\r":
            return "holds a line break", "text on one line, and quotes in pairs"
        if char == "\ufffd" or (char == "?" and "??" in cell):
            return "holds the sign for a character that could not be read", "the character itself"
        if unicodedata.category(char) in _HIDDEN or _UNSEEN.match(unicodedata.name(char, "")):
            return f"holds the character U+{ord(char):04X}, which is not seen", "text that shows all that it holds"
    for word in re.findall(r"\w+", cell):
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
        if "LATIN" in scripts and scripts - _TOGETHER:
            plain = unicodedata.normalize("NFKC", word).translate(_ALIKE)
            return f"mixes letters that look alike in {word!a}", f"Latin letters, {plain!r}"
    return None


def look(name: str) -> str:
    """What a name looks like: two that look alike, whatever their letters and case, give the same."""
    return unicodedata.normalize("NFKC", name).translate(_ALIKE).casefold().strip()


def is_address(text: str) -> bool:
    """Whether a text is an address on the web that anybody can follow: a named host, no user, no blank."""
    return (found := _ADDRESS.fullmatch(text)) is not None and int(found[1] or 80) in range(1, 65536)


def parse_date(text: str) -> date | None:
    """An ISO date, or None if it is none."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def first_day(text: str) -> date | None:
    """The first day of a year, month or day as text (2024, 2024-08, 2024-08-02), or None if it is none."""
    return parse_date((text + "-01-01")[:10]) if len(text) in (4, 7, 10) else None


def _has_come(text: str) -> bool:
    # Somewhere it is tomorrow already.
    return (day := first_day(text)) is not None and day <= date.today() + timedelta(1)


def is_period(text: str) -> bool:
    """Whether a text is a date as exact as known, two of them in order (2022/2023), or a duration (P3Y)."""
    start, slash, end = text.partition("/")
    if not slash:
        return first_day(text) is not None or _DURATION.fullmatch(text) is not None
    begins, ends = first_day(start), first_day(end)
    # A month is not after the year that it is part of.
    return begins is not None and ends is not None and (begins <= ends or start.startswith(end))


# What "aicities:date" may say of a column of texts: the test of a cell, and what would be right.
DATES: dict[str, tuple[Callable[[str], object], str]] = {
    "partial": (first_day, _CALENDAR),
    "past": (_has_come, f"{_CALENDAR}, up to today"),
    "period": (is_period, f"{_CALENDAR}; two of these in order, as in 2022-08/2024-08; or a duration such as P3Y"),
}


def typed(cells: tuple[str, ...], field: dict[str, Any]) -> Any:
    """Cells already found right, as an array of the dtype that their type becomes."""
    kind = field["type"]
    if kind == "string" and field.get("aicities:ordered"):
        enum = field["constraints"]["enum"]
        codes = {cell: code for code, cell in enumerate(enum)}
        return pd.Categorical.from_codes([codes.get(cell, -1) for cell in cells], categories=enum, ordered=True)
    if kind == "string":
        return pd.array([cell or None for cell in cells], dtype="str")
    if kind == "number":
        return np.array([float(cell) if cell else np.nan for cell in cells], dtype="float64")
    if kind == "date":
        return np.array([cell or "NaT" for cell in cells], dtype="datetime64[s]")
    missing = np.array([not cell for cell in cells], dtype=bool)
    if kind == "boolean":
        true = field.get("trueValues", TRUE_VALUES)
        return pd.arrays.BooleanArray(np.array([cell in true for cell in cells], dtype=bool), missing)
    whole = np.array([int(cell) if cell else 0 for cell in cells], dtype="int64")
    return pd.arrays.IntegerArray(whole, missing)


def plain(value: Any) -> Any:
    """A value as JSON knows it: None for what is missing, a whole number without a point, a day as text."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def written(value: Any) -> str:
    """A value as it stands in a CSV file of the package."""
    value = plain(value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def line(cells: Iterable[str]) -> str:
    """A line of a CSV file, without its end."""
    # Not the csv module: before Python 3.13 it leaves a carriage return unquoted where lines end with LF.
    quoted = ('"' + cell.replace('"', '""') + '"' if any(char in cell for char in ',"\r\n') else cell for cell in cells)
    # A line with nothing on it would be no row.
    return ",".join(quoted) or '""'


def allowed(field: dict[str, Any]) -> str:
    """What the constraints of a field allow, in words; empty if they allow everything of its type."""
    limits = field.get("constraints", {})
    said = []
    if "enum" in limits:
        said.append(f"one of {', '.join(map(str, limits['enum']))}")
    # Beside a date a pattern is for other readers of the schema, and the calendar says more.
    if "pattern" in limits and "aicities:date" not in field:
        said.append(f"text that matches {limits['pattern']}")
    if limits.keys() & {"minimum", "maximum"}:
        said.append(_range(limits.get("minimum"), limits.get("maximum")))
    if limits.keys() & {"minLength", "maxLength"}:
        said.append(f"{_range(limits.get('minLength'), limits.get('maxLength'))} characters")
    if "aicities:date" in field:
        said.append(DATES[field["aicities:date"]][1])
    if field.get("format") == "uri":
        said.append(ADDRESS)
    if limits.get("unique"):
        said.append("each value once")
    return "; ".join(said)


def _integer(cell: str) -> tuple[int | None, Fault | None]:
    if not _INTEGER.fullmatch(cell):
        return None, ("is not an integer", "digits only, such as 22")
    # int64 has at most 20 characters; far longer ones are slow to convert or refused by Python itself.
    if len(cell) > 20 or not -(2**63) <= int(cell) < 2**63:
        return None, ("does not fit into 64 bits", "-9223372036854775808 to 9223372036854775807")
    return int(cell), None


def _number(cell: str) -> tuple[float | None, Fault | None]:
    if not _NUMBER.fullmatch(cell):
        return None, ("is not a number", "digits with a decimal point, such as 1234.5")
    value = float(cell)
    if math.isinf(value):
        return None, ("is too large a number", "less than 1.8e308")
    if value == 0 and cell.startswith("-"):
        return None, ("is a negative zero", "0, or a number below it")
    # Up to 15 digits survive in binary; longer numbers and tiny ones may be changed.
    if (len(cell) > 15 or value == 0) and Decimal(repr(value)) != Decimal(cell):
        return None, ("cannot be held exactly", f"{value!r}, or fewer digits")
    return value, None


def _outside(values: dict[str, Any], field: dict[str, Any]) -> Iterator[tuple[str, Fault]]:
    """Cells, of these with their values, that break a limit; the first that a cell breaks is told."""
    limits, dated, most = field.get("constraints", {}), field.get("aicities:date"), field.get("aicities:digits")
    enum, pattern, address = frozenset(limits.get("enum", ())), limits.get("pattern"), field.get("format") == "uri"
    match = re.compile(pattern or "").fullmatch
    edges = limits.get("minimum"), limits.get("maximum")
    low, high = (parse_date(edge) if isinstance(edge, str) else edge for edge in edges)
    shortest, longest = limits.get("minLength", 0), limits.get("maxLength", math.inf)
    for cell, value in values.items():
        if dated and not DATES[dated][0](cell):
            yield cell, (f"is not a date that {'has come' if first_day(cell) else 'exists'}", DATES[dated][1])
        if dated and not _in_time(cell):
            yield cell, OUT_OF_TIME
        if address and not is_address(cell):
            yield cell, ("is not an address on the web", ADDRESS)
        if enum and value not in enum:
            yield cell, ("is not an allowed value", f"one of {one_of(map(str, limits['enum']), cell)}")
        if pattern and not match(cell):
            yield cell, ("does not have the right form", f"text that matches {pattern}")
        if most and ("e" in cell.casefold() or sum(map(str.isdigit, cell)) > most):
            yield cell, ("is not as sources print numbers", f"{value:.{most}g}, or another of at most {most} digits")
        if low is not None and value < low:
            yield cell, ("is too small", _range(low, high))
        if high is not None and value > high:
            yield cell, ("is too large", _range(low, high))
        if not shortest <= len(cell) <= longest:
            wanted = _range(limits.get("minLength"), limits.get("maxLength"))
            yield cell, (f"has {len(cell)} characters", f"{wanted} characters")


def _range(low: Any, high: Any) -> str:
    return f"at least {low}" if high is None else f"at most {high}" if low is None else f"{low} to {high}"
