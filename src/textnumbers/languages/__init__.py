"""The tables of the languages: a TOML file each beside this module, read when it is first asked for.

They hold words and patterns and nothing that runs. What each part means stands in the files.
"""

from __future__ import annotations

import pkgutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

Forms = list[str]
Named = dict[str, list[str]]
Units = dict[str, dict[str, list[str]]]
Numbers = dict[str, int]
Shares = dict[str, float]
Patterns = dict[str, str]


@dataclass(frozen=True)
class Table:
    """The forms of one language."""

    numerals: Numbers
    magnitudes: Numbers
    vague: Numbers
    ordinals: Numbers
    multiples: Numbers
    months: Numbers
    eras: Numbers
    parts: Numbers
    fractions: Shares
    joins: Forms
    names: Forms
    digits_only: Forms
    one_counts: Forms
    not_counters: Forms
    formal: Forms
    variants: Forms
    units: Units
    money_before: Named
    before: Named
    after: Named
    qualifiers_before: Named
    qualifiers_after: Named
    nouns: Named
    sets: Named
    guards: Patterns
    not_magnitudes: Patterns
    firsts: Patterns
    contexts: Patterns
    noun_before: bool = False
    article: bool = False
    plural_s: bool = False
    needs_counter: bool = False
    many_times: int = 10**6


@dataclass(frozen=True)
class Common:
    """What all languages share, and which they are."""

    languages: Patterns
    function_words: Named
    exact: Forms
    currencies: Forms
    units: Units
    money_before: Named


AnyTable = TypeVar("AnyTable", Table, Common)


def _of_type(stated: Any, expected: type, example: str) -> Any:
    if type(stated) is not expected:
        raise ValueError(f"found {stated!r}; expected {example}")
    return stated


def _section(stated: Any) -> dict[str, Any]:
    return dict(_of_type(stated, dict, "lines such as name = 'form form'"))


def _forms(stated: Any) -> Forms:
    forms = [form.replace("_", " ") for form in _of_type(stated, str, "forms in quotes, 'form form'").split()]
    _once(forms)
    return forms


def _once(forms: Forms) -> None:
    if len(set(forms)) < len(forms):
        raise ValueError(f"{next(form for form in forms if forms.count(form) > 1)!r} stands there twice")


def _named(stated: Any) -> Named:
    return {name: _forms(forms) for name, forms in _section(stated).items()}


def _units(stated: Any) -> Units:
    return {kind: _named(units) for kind, units in _section(stated).items()}


def _fractions(stated: Any) -> dict[str, Fraction]:
    entries = [entry.rpartition(":") for entry in _forms(stated)]
    _once([form for form, *_ in entries])
    return {form: _fraction(number, form) for form, _, number in entries}


def _fraction(number: str, form: str) -> Fraction:
    try:
        return Fraction(number)
    except ValueError:
        raise ValueError(f"{form or number!r} has no number; expected form:number") from None


def _numbers(stated: Any) -> Numbers:
    return {form: int(number) for form, number in _fractions(stated).items()}


def _shares(stated: Any) -> Shares:
    return {form: float(number) for form, number in _fractions(stated).items()}


def _patterns(stated: Any) -> Patterns:
    if isinstance(stated, str):
        entries = [entry.partition(":") for entry in stated.split()]
        _once([form for form, *_ in entries])
        return {form: pattern for form, _, pattern in entries}
    return {name: _pattern(source) for name, source in _section(stated).items()}


def _pattern(stated: Any) -> str:
    """A pattern without its line ends and the indent of its lines."""
    lines = _of_type(stated, str, "a pattern in quotes").split("\n")
    return "".join(map(str.strip, lines)) if len(lines) > 1 else lines[0]


READERS: dict[str, Callable[[Any], Any]] = {
    "Forms": _forms,
    "Named": _named,
    "Units": _units,
    "Numbers": _numbers,
    "Shares": _shares,
    "Patterns": _patterns,
    "bool": lambda stated: _of_type(stated, bool, "true or false"),
    "int": lambda stated: _of_type(stated, int, "a whole number"),
}


def read_table(kind: type[AnyTable], file: str, source: str) -> AnyTable:
    """The table that a file holds; raises ``ValueError`` with the file and the part that is wrong."""
    try:
        stated = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file} is no TOML: {error}") from None
    types = {part.name: str(part.type) for part in fields(kind)}
    made: dict[str, Any] = {name: [] if of == "Forms" else {} for name, of in types.items() if of[0].isupper()}
    for name, value in stated.items():
        if name not in types:
            raise ValueError(f"{file}: {name!r} is no part of a table; expected one of {', '.join(types)}")
        try:
            made[name] = READERS[types[name]](value)
        except ValueError as error:
            raise ValueError(f"{file}: {name}: {error}") from None
    return kind(**made)


def _read(kind: type[AnyTable], name: str) -> AnyTable:
    data = pkgutil.get_data(__name__, f"{name}.toml") or b""
    return read_table(kind, f"{name}.toml", data.decode("utf-8"))


@cache
def table(code: str) -> Table:
    """The table of a language."""
    return _read(Table, code)


COMMON = _read(Common, "common")
