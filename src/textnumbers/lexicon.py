"""A language's table and its CLDR facts, looked up by what stands before and after a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from .fold import Folds, fold
from .languages import COMMON, Table, table
from .patterns import BLANKS, character_patterns, folded, inverted, money_pattern, word_patterns, written_context

BLANK_AS_SPACE = dict.fromkeys(map(ord, BLANKS), " ")
WINDOW = 28
"""How far before an expression its prefixes and qualifiers are looked for; the longest has 24 characters."""
EXACT = frozenset(COMMON.exact)


class Unit(NamedTuple):
    """What a form after a number says: the kind, the canonical unit and the factor to it."""

    kind: str
    unit: str
    scale: int | Decimal


class Lexicon:
    """Everything the readers need to know about one language."""

    def __init__(self, code: str, region: str) -> None:
        self.code = code
        self.table = known = table(code)
        self.characters = COMMON.languages[code] != "words"
        locale = Locale.parse(code)
        symbols = locale.number_symbols["latn"]
        self.group, self.decimal = symbols["group"], symbols["decimal"]
        self.day_first = _region(locale, region).date_formats["short"].pattern.lower().startswith("d")
        self.folds = Folds(known.variants)
        self.formal = {ord(pair[0]): pair[1] for pair in known.formal}
        self.numerals, self.magnitudes, self.vague = known.numerals, known.magnitudes, known.vague
        self.fractions, self.multiples, self.eras = known.fractions, known.multiples, known.eras
        self.ordinals = {folded(form): value for form, value in known.ordinals.items()}
        self.months = _months(locale, known)
        self.units = _units(known, self.folds)
        self.exact = EXACT | {form.casefold() for form in EXACT}
        self.digits_only = frozenset(map(folded, known.digits_only))
        self.one_counts = frozenset(known.one_counts)
        self.parts: dict[str, dict[str, int]] = {}
        for entry, ratio in known.parts.items():
            larger, _, smaller = entry.partition(">")
            self.parts.setdefault(larger, {})[smaller] = ratio
        self.before, self.nouns, self.top_after = map(inverted, (known.before, known.nouns, known.after))
        self.qualifiers_before, self.qualifiers_after = map(inverted, (known.qualifiers_before, known.qualifiers_after))
        signs = {sign.casefold(): unit for sign, unit in _currency_signs(locale).items()}
        self.money = signs | inverted(COMMON.money_before) | inverted(known.money_before)
        self.words = _words(known, self.months)
        self.tails = {
            "before": _tails([*self.before, *self.money]),
            "qualifiers_before": _tails(self.qualifiers_before),
        }
        """The forms that stand before an expression, by their last character or word; the longest first."""
        self._names()
        self._patterns()

    def _names(self) -> None:
        known = self.table
        numerals = [*known.numerals, *known.magnitudes, *known.ordinals]
        anywhere = re.compile("|".join(map(re.escape, numerals)))
        names = [name.casefold() for name in known.names]
        self.name_offsets = sorted({0} | {match.start() for name in names for match in anywhere.finditer(name)})
        """How far before a numeral a name may begin."""
        self.name_starts = _starters(known.names)
        before_numeral = (_word_before_numeral(name, set(numerals)) for name in names)
        self.name_words = frozenset(word for word in before_numeral if word)
        """The words that come right before the numeral in a name (word languages)."""

    def _patterns(self) -> None:
        known = self.table
        forms = list(dict.fromkeys(form.casefold() for form in self.units))
        sources = character_patterns(known, forms) if self.characters else word_patterns(known, forms, self.months)
        formal = "".join(map(chr, self.formal))
        sources |= {"money": money_pattern(self.money), "formal_sign": f"[{formal}]" if formal else "(?!)"}
        self.pattern = {name: re.compile(source) for name, source in sources.items()}
        self.seed = self.pattern["seed"]
        self.contexts = {}
        for name, source in known.contexts.items():
            try:
                self.contexts[name] = re.compile(written_context(name, source))
            except re.error as error:
                raise ValueError(f"{self.code}.toml: contexts: {name} is no pattern: {error}") from None
        starters = {
            "unit": _starters(forms, "-"),
            "join": _starters(known.joins),
            "after": _starters(self.top_after),
            "qualifiers_after": _starters(self.qualifiers_after, "".join(known.sets.get("particles", []))),
            "multiplier": _starters([*known.magnitudes, *known.vague], "-"),
        }
        self.after = {
            name: (first, self.pattern[name].match) for name, first in starters.items() if name in self.pattern
        }
        """For what stands after an expression the first characters of its forms, and how it is matched."""

    def fold(self, text: str) -> str:
        """The text as the readers read it."""
        text = fold(text, self.folds)
        if self.formal and self.pattern["formal_sign"].search(text):
            text = self.contexts["formal"].sub(lambda match: match[0].translate(self.formal), text)
        return text

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
    signs = {get_currency_symbol(code, locale): code for code in COMMON.currencies}
    signs |= {code: code for code in COMMON.currencies}
    return {sign: code for sign, code in signs.items() if not sign.isalpha() or (sign.isascii() and sign.isupper())}


def _months(locale: Locale, known: Table) -> dict[str, int]:
    names = {form.casefold(): month for form, month in known.months.items()}
    for width in ("wide", "abbreviated"):
        for number, name in locale.months["format"][width].items():
            if name[0].isalpha():
                names[name.rstrip(".").casefold()] = number
    return names


def _units(known: Table, folds: Folds) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for kind, named in (*known.units.items(), *COMMON.units.items()):
        for name, forms in named.items():
            unit, _, scale = name.partition("*")
            factor = Decimal(scale) if "." in scale else int(scale or 1)
            for form in forms:
                stated = Unit(kind, form if unit == "=" else unit, factor)
                units.setdefault(fold(form, folds), stated)
                if form not in EXACT:
                    units.setdefault(folded(fold(form, folds)), stated)
    return units


def _words(known: Table, months: Iterable[str]) -> dict[str, frozenset[str]]:
    """The words that a table lists under a name; none under a name that it lacks."""
    words = {name: frozenset(listed) for name, listed in known.sets.items()}
    # with what a date goes on after its day: the first letters of months and joins
    goes_on = {form[0] for form in (*months, *known.joins, *words.get("of", ()), "-", "–", "—", "~")}
    words["day_goes_on"] = frozenset(goes_on | {letter.upper() for letter in goes_on})
    return defaultdict(frozenset, words)


def _word_before_numeral(name: str, numerals: set[str]) -> str:
    """The word right before the first numeral of a name: kaki lima, no one."""
    words = name.replace("-", " ").split()
    at = next((at for at, word in enumerate(words) if word in numerals), 0)
    return words[at - 1] if at else ""


def _tails(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        for last in {form[-1], form.split()[-1]}:
            found.setdefault(last, []).append(form)
    return found


def _starters(forms: Iterable[str], others: str = "") -> frozenset[str]:
    first = {form[0] for form in forms} | set(others)
    return frozenset(first | {character.upper() for character in first} | {character.lower() for character in first})


def _region(locale: Locale, region: str) -> Locale:
    """The locale whose order of day and month holds: that of the tag if CLDR knows it."""
    try:
        return Locale.parse(region)
    except (UnknownLocaleError, ValueError):
        return locale


def split_tag(language: str) -> tuple[str, str]:
    """The code of the table and the CLDR locale of a language tag such as ``zh-Hant`` or ``en_GB``.

    Raises ``ValueError`` for a language that has no table, and ``TypeError`` for what is no text.
    """
    if not isinstance(language, str):
        raise TypeError(
            f"language is of type {type(language).__name__}; expected a tag such as {min(COMMON.languages)!r}"
        )
    parts = language.strip().replace("_", "-").split("-")
    code = parts[0].casefold()
    if code not in COMMON.languages:
        raise ValueError(
            f"language {language!r} is not known; expected one of {', '.join(sorted(COMMON.languages))}, or auto"
        )
    region = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), "")
    return code, f"{code}_{region}" if region else code


def language_code(language: str) -> str:
    """The table's code of a language tag such as ``zh-Hant`` or ``en_GB``; raises as ``split_tag`` does."""
    return split_tag(language)[0]


def lexicon(language: str) -> Lexicon:
    """The compiled lexicon of a language tag; raises as ``split_tag`` does."""
    return _lexicon(*split_tag(language))


_lexicon = cache(Lexicon)
