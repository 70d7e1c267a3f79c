"""What is found, said in four languages: templates in ``wording.toml``, numbers from `analysis.numbers`."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import pandas as pd
from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from aicities.votes import THREE

__all__ = ["LANGUAGES", "captions", "picture_text", "quote", "say", "sentences", "templates"]

LANGUAGES = ("en", "zh", "ja", "id")
"""In this order the READMEs link to each other."""


def sentences(numbers: Mapping[str, Any], language: str = "en") -> list[str]:
    """The findings of the first page as Markdown, the answer first, in one of `LANGUAGES`.

    ``numbers`` are those of `analysis.numbers`.
    """
    words, values = templates(language), _values(numbers, language)
    return [say(template, values, language=language) for template in words["findings"]]


def quote(numbers: Mapping[str, Any], language: str = "en") -> str:
    """A finished sentence for whoever quotes the answer, with the date of the data."""
    return say(templates(language)["quote"], _values(numbers, language), language=language)


def captions(numbers: Mapping[str, Any], language: str = "en") -> list[dict[str, str]]:
    """``caption`` and ``source`` of each figure of the first notebook, in one of `LANGUAGES`."""
    words, values = templates(language), _values(numbers, language)
    return [
        {part: say(template, values, language=language) for part, template in figure.items()}
        for figure in words["captions"]
    ]


def picture_text(standing: pd.DataFrame, language: str = "en") -> str:
    """The alternative text of the picture on the first page, from what `analysis.standing` gives."""
    words = templates(language)
    form = words["picture"]
    rows = [
        say(
            form["row"],
            row | {"field": words["field"][field], "leader": words["leader"][row["leader"]]}
            | {"grade": words["grade"][row["grade"]]},
            language=language,
        )
        for field, row in standing.to_dict("index").items()
    ]  # fmt: skip
    return str(form["text"].format(rows=form["between"].join(rows)))


def templates(language: str) -> dict[str, Any]:
    """All templates of one of `LANGUAGES`, by key; ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; expected one of {', '.join(LANGUAGES)}")
    texts: dict[str, Any] = tomllib.loads((files(__package__) / "wording.toml").read_text("utf-8"))[language]
    return texts


def say(template: str, values: Mapping[str, Any], *, language: str) -> str:
    """Fill a template: text with fields `{name}`, `{name:%}`, `{name:one|more}` and `{name:none|one|more}`.

    A share of 1 becomes a percentage; the forms are chosen by the plural rules of the language (Unicode CLDR), the last
    three for 0, 1 and all others; numbers get the separators of the language. KeyError if a value is missing.

    >>> say("{n} {n:list|lists}, {none:no city|a city|cities}", {"n": 1200, "none": 0}, language="en")
    '1,200 lists, no city'
    """
    return _Sentence(Locale(language)).vformat(template, (), values)


def _values(numbers: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The numbers, with whatever is more than one number put into words of the language."""
    words = templates(language)
    named = {
        name: _listed((words["field"][field] for field in value), language)
        for name, value in numbers.items()
        if isinstance(value, list)
    }
    amount = {"value": numbers["compute_value"], "unit": numbers["compute_unit"]}
    firsts = [
        say(
            words["first"] if numbers[f"first_{city}"] else words["first_none"],
            {"city": words["leader"][city], "count": len(numbers[f"first_{city}"]), "names": named[f"first_{city}"]},
            language=language,
        )
        for city in THREE
    ]
    verdicts = [
        say(words["verdict"][name], {"count": numbers[f"claims_{name}"]}, language=language)
        for name in ("holds", "mixed", "fails", "cannot_tell")
        if numbers[f"claims_{name}"]
    ]
    return {
        **numbers,
        **named,
        "leader": words["leader"][numbers["leader"]],
        "firsts": words["between_firsts"].join(firsts),
        "verdicts": between.join(verdicts) if (between := words["between_verdicts"]) else _listed(verdicts, language),
        "compute": say(words["amount"][numbers["compute_relation"]], amount, language=language),
    }


def _listed(names: Iterable[str], language: str) -> str:
    return str(format_list(list(names), locale=language))


class _Sentence(string.Formatter):
    def __init__(self, locale: Locale) -> None:
        self.locale = locale

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "%":
            return format_percent(value, locale=self.locale)
        if "|" in format_spec:
            *none, one, more = format_spec.split("|")
            if none:
                return {0: none[0], 1: one}.get(value, more)
            return one if self.locale.plural_form(value) == "one" else more
        if format_spec:
            raise ValueError(f"a template has ':{format_spec}'; expected ':%', ':one|more' or ':none|one|more'")
        return value if isinstance(value, str) else format_decimal(value, locale=self.locale)
