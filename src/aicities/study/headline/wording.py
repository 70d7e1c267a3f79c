"""Sentences in several languages: templates from `wording.toml`, numbers as each language writes them."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, format_percent

__all__ = ["LANGUAGES", "say", "templates"]

LANGUAGES = ("en", "zh", "ja", "id")


def templates(language: str) -> dict[str, Any]:
    """All templates of one of `LANGUAGES`, by key; ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; expected one of {', '.join(LANGUAGES)}")
    texts: dict[str, Any] = tomllib.loads((files(__package__) / "wording.toml").read_text("utf-8"))[language]
    return texts


def say(template: str, values: Mapping[str, Any], *, language: str) -> str:
    """Fill a template.

    Parameters
    ----------
    template
        Text with fields `{name}`, `{name:%}` (a share of 1 as a percentage) and `{name:one|more}` (the first form if
        the number counts as one by the plural rules of the language, Unicode CLDR).
    values
        Numbers and texts by name. Numbers get the separators of the language, texts stay as they are.
    language
        A locale that Babel knows.

    Raises
    ------
    KeyError
        If a value is missing.
    ValueError
        For a field of another form.
    """
    return _Sentence(Locale(language)).vformat(template, (), values)


class _Sentence(string.Formatter):
    def __init__(self, locale: Locale) -> None:
        self.locale = locale

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "%":
            return format_percent(value, locale=self.locale)
        if "|" in format_spec:
            one, more = format_spec.split("|")
            return one if self.locale.plural_form(value) == "one" else more
        if format_spec:
            raise ValueError(f"a template has ':{format_spec}'; expected ':%' or ':one|more'")
        return value if isinstance(value, str) else format_decimal(value, locale=self.locale)
