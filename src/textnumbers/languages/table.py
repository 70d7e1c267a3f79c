"""What one language contributes to the extraction: lists of forms, and nothing that runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """The forms of one language.

    Every text holds one entry a line, ``name: form form ...``; an underscore inside a form stands for a
    space. ``units`` names are ``kind unit`` and may end in ``*10``, the factor that turns the printed number
    into the unit. Separators, months and currency signs are not here: they come from CLDR.
    """

    locale: str
    """The CLDR locale whose separators, months and currency signs hold."""

    characters: bool
    """True where numerals are characters without spaces (ja, zh), False where they are words."""

    numerals: str
    """``form:value`` of every digit, word or character that can be part of a numeral."""

    magnitudes: str
    """``form:value`` of the multipliers that may follow digits or a numeral."""

    vague: str
    """``form:value`` of words for an unstated multiple (dozens, ribuan, 数), with their base magnitude."""

    units: str
    """What may follow a number; the first word of a name is the kind."""

    money_before: str
    """Currencies that stand before the number, beside the signs of CLDR."""

    before: str
    """What stands before a number and settles what it is: rank, top, year, index, part, name."""

    after: str
    """What stands after a number and makes it a top-n or the whole of a group: top, collective."""

    qualifiers_before: str
    """``qualifier: forms`` that stand before the expression."""

    qualifiers_after: str
    """``qualifier: forms`` that stand after the expression."""

    joins: str
    """Words and signs between the two ends of a range."""

    names: str
    """Expressions that hold a numeral and are no quantity: idioms, names, adverbs."""

    nouns: str = ""
    """``unit: forms`` of nouns whose unit has a common name in all languages."""

    ordinals: str = ""
    """``form:value`` of the ordinal words (word languages)."""

    fractions: str = ""
    """``form:percent`` of words for a part of a whole (word languages)."""

    ordered: str = ""
    """What an ordinal word or number can number: places, stages, editions (word languages)."""

    not_nouns: str = ""
    """Words that are never the thing counted (word languages)."""

    digits_only: str = ""
    """Units that need digits, because after a character numeral they usually make another word."""

    one_counts: str = ""
    """Units after which the character for one states a number and is no indefinite article."""

    guards: str = ""
    """``unit:characters``: a unit that is none when one of these follows (character languages).

    ``!`` and a pattern say what lifts the ban: 台 is none before 风, but before 风机.
    """

    eras: str = ""
    """``form:year before the era's first`` (Japan)."""

    firsts: str = ""
    """``form:condition`` of words for the first place (首位), with what must follow as a pattern."""

    determiners: str = ""
    """Words after which an ordinal is the place of what follows: the third warning (English)."""

    parts: str = ""
    """``larger>smaller:ratio``, by unit or form: 148円35銭 is one amount, 3小时20分 one duration."""

    not_counters: str = ""
    """What follows a number in a name and counts nothing: 国道34号, 3丁目 (character languages)."""
