"""A language's table and its CLDR facts, looked up by what stands before and after a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from .fold import Folds, fold
from .languages import TABLES, Table
from .languages.common import CURRENCIES, EXACT, MONEY, UNITS
from .patterns import (
    BLANKS,
    character_patterns,
    entries,
    folded,
    inverted,
    money_pattern,
    values,
    word_patterns,
    written_context,
)

BLANK_AS_SPACE = dict.fromkeys(map(ord, BLANKS), " ")
WINDOW = 28
"""How far before an expression its prefixes and qualifiers are looked for; the longest has 24 characters."""
NO_WORDS: frozenset[str] = frozenset()


class Unit(NamedTuple):
    """What a form after a number says: the kind, the canonical unit and the factor to it."""

    kind: str
    unit: str
    scale: int | Decimal


@dataclass(frozen=True)
class Lexicon:
    """Everything the readers need to know about one language."""

    table: Table
    characters: bool
    """Whether numerals are characters."""
    folds: Folds
    formal: Mapping[int, str]
    group: str
    decimal: str
    day_first: bool
    seed: re.Pattern[str]
    numerals: Mapping[str, int]
    ordinals: Mapping[str, int]
    magnitudes: Mapping[str, int]
    vague: Mapping[str, int]
    fractions: Mapping[str, float]
    multiples: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, Unit]
    exact: frozenset[str]
    before: Mapping[str, str]
    money: Mapping[str, str]
    qualifiers_before: Mapping[str, str]
    qualifiers_after: Mapping[str, str]
    top_after: Mapping[str, str]
    digits_only: frozenset[str]
    one_counts: frozenset[str]
    nouns: Mapping[str, str]
    eras: Mapping[str, int]
    parts: Mapping[str, Mapping[str, int]]
    sets: Mapping[str, frozenset[str]]
    contexts: Mapping[str, re.Pattern[str]]
    name_offsets: tuple[int, ...]
    """How far before a numeral a name may begin."""
    name_words: frozenset[str]
    """The words that come right before the numeral in a name (word languages)."""
    tails: Mapping[str, Mapping[str, list[str]]]
    """The forms that stand before an expression, by their last character or word; the longest first."""
    after: Mapping[str, tuple[frozenset[str], Callable[..., re.Match[str] | None]]]
    """For what stands after an expression the first characters of its forms, and how it is matched."""
    pattern: Mapping[str, re.Pattern[str]]

    def fold(self, text: str) -> str:
        """The text as the readers read it."""
        text = fold(text, self.folds)
        if self.formal and self.pattern["formal_sign"].search(text):
            text = self.contexts["formal"].sub(lambda match: match[0].translate(self.formal), text)
        return text

    def words(self, name: str) -> frozenset[str]:
        """The words that the table lists under a name."""
        return self.sets.get(name, NO_WORDS)

    def ahead(self, name: str, text: str, at: int, window: int = WINDOW) -> re.Match[str] | None:
        """The match of a context that ends at ``at``."""
        pattern = self.contexts.get(name)
        return pattern.search(text, at - window if at > window else 0, at) if pattern else None

    def beyond(self, name: str, text: str, at: int) -> re.Match[str] | None:
        """The match of a context that begins at ``at``."""
        pattern = self.contexts.get(name)
        return pattern.match(text, at) if pattern else None

    def unit(self, form: str) -> Unit | None:
        """The unit of a form as it stands in the text; symbols such as m and M differ by case."""
        found = self.units.get(form)
        if found is None:
            small = folded(form)
            found = None if small in self.exact or form in self.exact else self.units.get(small)
        return found

    def following(self, name: str, text: str, end: int) -> re.Match[str] | None:
        """The match of a pattern after an expression; one character rules most places out."""
        starters, match = self.after[name]
        first = text[end : end + 1]
        if first in BLANKS:
            first = text[end + 1 : end + 2]
            if first in BLANKS:
                first = text[end + 2 : end + 3]
        return match(text, end) if first in starters else None

    def ending(self, forms: Iterable[str], text: str, floor: int, at: int) -> tuple[str, int] | None:
        """The first of the forms that ends at ``at``, and where it begins."""
        low = max(floor, at - WINDOW)
        tail = text[low:at]
        if not tail.isprintable():
            tail = tail.translate(BLANK_AS_SPACE)
        if not tail.islower():
            folded_tail = tail.casefold()
            tail = folded_tail if len(folded_tail) == len(tail) else tail
        for form in forms:
            if tail.endswith(form):
                start = at - len(form)
                before = text[start - 1] if start else " "
                # a form in letters begins a word
                if not (form[0].isalpha() and before.isalpha() and (before.isascii() or not self.characters)):
                    return form, start
        return None

    def last(self, text: str, floor: int, end: int) -> tuple[str, int]:
        """The last character before ``end``, or in languages of words the last word, and its end before the blanks."""
        at = end
        while at > floor and at > end - 3 and text[at - 1] in BLANKS:
            at -= 1
        if at <= floor:
            return "", at
        character = text[at - 1]
        if self.characters or at == end or not character.isalpha():
            return character, at
        low = max(floor, at - WINDOW)
        word = text[max(low, text.rfind(" ", low, at) + 1) : at]
        return (word if word.isalpha() else word_before(text, floor, at)[0]).casefold(), at


def word_before(text: str, floor: int, end: int) -> tuple[str, int]:
    """The word that ends at ``end``, or before the blank there, and where it begins; empty if there is none.

    Twice as fast as a pattern that is anchored at the end.
    """
    parts = text[max(floor, end - WINDOW) : end].rsplit(None, 1)
    word = parts[-1].lstrip("([{\"'“‘«-–—/") if parts else ""
    if not word.replace("-", "").isalpha():
        return "", end
    return word, text.rfind(word, 0, end)


def _currency_signs(locale: Locale) -> dict[str, str]:
    codes = CURRENCIES.split()
    signs = {get_currency_symbol(code, locale): code for code in codes} | {code: code for code in codes}
    return {sign: code for sign, code in signs.items() if not sign.isalpha() or (sign.isascii() and sign.isupper())}


def _months(locale: Locale, table: Table) -> dict[str, int]:
    names = {form.casefold(): month for form, month in values(table.months).items()}
    for width in ("wide", "abbreviated"):
        for number, name in locale.months["format"][width].items():
            if name[0].isalpha():
                names[name.rstrip(".").casefold()] = number
    return names


def _units(table: Table, folds: Folds) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for source in (table.units, UNITS):
        for name, forms in entries(source).items():
            kind, _, rest = name.partition(" ")
            unit, _, scale = rest.partition("*")
            factor = Decimal(scale) if "." in scale else int(scale or 1)
            for form in forms:
                known = Unit(kind, form if unit.strip() == "=" else unit.strip(), factor)
                units.setdefault(fold(form, folds), known)
                if form not in EXACT.split():
                    units.setdefault(folded(fold(form, folds)), known)
    return units


def _parts(text: str) -> dict[str, dict[str, int]]:
    """The ``larger>smaller:ratio`` entries of a table, by the larger."""
    found: dict[str, dict[str, int]] = {}
    for entry, ratio in values(text).items():
        larger, _, smaller = entry.partition(">")
        found.setdefault(larger, {})[smaller] = ratio
    return found


def fraction_values(text: str) -> dict[str, float]:
    """The ``form:percent`` entries of a table, as parts of one."""
    return {form: float(value) / 100 for form, value in (entry.rsplit(":", 1) for entry in text.split())}


def _offsets(names: Iterable[str], numerals: Iterable[str]) -> tuple[int, ...]:
    """How far before a numeral a name may begin: the places of all numerals in the names."""
    found = {0}
    for name in names:
        found |= {match.start() for match in re.finditer("|".join(map(re.escape, numerals)), name.casefold())}
    return tuple(sorted(found))


def _name_words(names: Iterable[str], numerals: Iterable[str]) -> frozenset[str]:
    """The words right before the first numeral of names: kaki lima, no one."""
    found = set()
    known = set(numerals)
    for name in names:
        words = name.casefold().replace("-", " ").split()
        at = next((number for number, word in enumerate(words) if word in known), 0)
        if at:
            found.add(words[at - 1])
    return frozenset(found)


def _tails(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        for last in {form[-1], form.split()[-1]}:
            found.setdefault(last, []).append(form)
    return found


def _starters(forms: Iterable[str], others: str = "") -> frozenset[str]:
    first = {form[0] for form in forms} | set(others)
    return frozenset(first | {character.upper() for character in first} | {character.lower() for character in first})


def split_tag(language: str) -> tuple[str, str]:
    """The code of the table and the CLDR locale of a language tag such as ``zh-Hant`` or ``en_GB``.

    Raises ``ValueError`` for a language that has no table, and ``TypeError`` for what is no text.
    """
    if not isinstance(language, str):
        raise TypeError(f"language is of type {type(language).__name__}; expected a tag such as {min(TABLES)!r}")
    parts = language.strip().replace("_", "-").split("-")
    code = parts[0].casefold()
    if code not in TABLES:
        raise ValueError(f"language {language!r} is not known; expected one of {', '.join(sorted(TABLES))}, or auto")
    region = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), "")
    return code, f"{code}_{region}" if region else code


def language_code(language: str) -> str:
    """The table's code of a language tag such as ``zh-Hant`` or ``en_GB``; raises as ``split_tag`` does."""
    return split_tag(language)[0]


def lexicon(language: str) -> Lexicon:
    """The compiled lexicon of a language tag; raises as ``split_tag`` does."""
    return _compiled(*split_tag(language))


def _region(table: Table, locale: str) -> Locale:
    """The locale whose order of day and month holds: that of the tag if CLDR knows it."""
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(table.locale)


@cache
def _compiled(code: str, region: str) -> Lexicon:
    table = TABLES[code]
    locale = Locale.parse(table.locale)
    symbols = locale.number_symbols["latn"]
    folds = Folds(table.variants.split())
    signs = {sign.casefold(): unit for sign, unit in _currency_signs(locale).items()}
    money = signs | inverted(MONEY) | inverted(table.money_before)
    units, months = _units(table, folds), _months(locale, table)
    forms = list(dict.fromkeys(form.casefold() for form in units))
    names = [form for listed in entries(table.names).values() for form in listed]
    counted = [*values(table.numerals), *values(table.magnitudes), *values(table.ordinals)]
    pattern = _patterns(table, forms, names, months, money)
    return Lexicon(
        table=table,
        characters=table.characters,
        folds=folds,
        group=symbols["group"],
        decimal=symbols["decimal"],
        day_first=_region(table, region).date_formats["short"].pattern.lower().startswith("d"),
        seed=pattern["seed"],
        months=months,
        units=units,
        money=money,
        name_offsets=_offsets(names, counted),
        name_words=_name_words(names, counted),
        tails={
            "before": _tails([*inverted(table.before), *money]),
            "qualifiers_before": _tails(inverted(table.qualifiers_before)),
        },
        sets=_sets(table, months),
        after=_after(table, forms, pattern),
        pattern=pattern,
        **_words(table),
    )


def _words(table: Table) -> dict[str, Any]:
    """The fields of a lexicon that are its table's entries looked up by form."""
    return {
        "formal": {ord(pair[0]): pair[1] for pair in table.formal.split()},
        "numerals": values(table.numerals),
        "magnitudes": values(table.magnitudes),
        "vague": values(table.vague),
        "ordinals": {folded(form): value for form, value in values(table.ordinals).items()},
        "fractions": fraction_values(table.fractions),
        "multiples": values(table.multiples),
        "exact": frozenset(EXACT.split()) | {form.casefold() for form in EXACT.split()},
        "before": inverted(table.before),
        "qualifiers_before": inverted(table.qualifiers_before),
        "qualifiers_after": inverted(table.qualifiers_after),
        "top_after": inverted(table.after),
        "digits_only": frozenset(folded(form) for form in table.digits_only.split()),
        "one_counts": frozenset(table.one_counts.split()),
        "nouns": inverted(table.nouns),
        "eras": values(table.eras),
        "parts": _parts(table.parts),
        "contexts": {name: re.compile(written_context(name, source)) for name, source in table.contexts.items()},
    }


def _patterns(
    table: Table, forms: list[str], names: list[str], months: Mapping[str, int], money: Iterable[str]
) -> dict[str, re.Pattern[str]]:
    if table.characters:
        sources = character_patterns(table, forms, names)
    else:
        sources = word_patterns(table, forms, names, months)
    formal = "".join(pair[0] for pair in table.formal.split())
    sources |= {"money": money_pattern(money), "formal_sign": f"[{formal}]" if formal else "(?!)"}
    return {name: re.compile(source) for name, source in sources.items()}


def _sets(table: Table, months: Iterable[str]) -> dict[str, frozenset[str]]:
    sets = {name: frozenset(listed) for name, listed in entries(table.sets).items()}
    # with what a date goes on after its day: the first letters of months and joins
    goes_on = {form[0] for form in (*months, *table.joins.split(), *sets.get("of", ()), "-", "–", "—", "~")}
    return sets | {"day_goes_on": frozenset(goes_on | {letter.upper() for letter in goes_on})}


def _after(
    table: Table, forms: Iterable[str], pattern: Mapping[str, re.Pattern[str]]
) -> dict[str, tuple[frozenset[str], Callable[..., re.Match[str] | None]]]:
    particles = "".join(entries(table.sets).get("particles", []))
    starters = {
        "unit": _starters(forms, "-"),
        "join": _starters(table.joins.split()),
        "after": _starters(inverted(table.after)),
        "qualifiers_after": _starters(inverted(table.qualifiers_after), particles),
        "multiplier": _starters([*values(table.magnitudes), *values(table.vague)], "-"),
    }
    return {name: (first, pattern[name].match) for name, first in starters.items() if name in pattern}
