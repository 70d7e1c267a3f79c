"""What one language contributes to the extraction: lists of forms and patterns, and nothing that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """The forms of one language.

    Every text holds one entry a line, ``name: form form ...``; an underscore inside a form stands for a
    space. ``units`` names are ``kind unit`` and may end in ``*10``, the factor that turns the printed number
    into the unit; the unit ``=`` is the form itself. Separators, months and currency signs come from CLDR.
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
    """What stands before a number and settles what it is: rank, top, year, index, minus, name."""

    qualifiers_before: str
    """``qualifier: forms`` that stand before the expression."""

    qualifiers_after: str
    """``qualifier: forms`` that stand after the expression."""

    joins: str
    """Words and signs between the two ends of a range."""

    names: str
    """Expressions that hold a numeral and are no quantity: idioms, names, adverbs."""

    after: str = ""
    """What stands after a number and makes it a top-n or the whole of a group: top, collective."""

    nouns: str = ""
    """``unit: forms`` of nouns whose unit has a common name in all languages."""

    ordinals: str = ""
    """``form:value`` of the ordinal words (word languages)."""

    fractions: str = ""
    """``form:percent`` of words for a part of a whole (word languages)."""

    multiples: str = ""
    """``form:value`` of words such as twice (word languages)."""

    digits_only: str = ""
    """Units that need digits, because after a character numeral they usually make another word."""

    one_counts: str = ""
    """Units after which the character for one states a number and is no indefinite article."""

    guards: str = ""
    """``unit:characters``: a unit that is none when one of these follows (character languages).

    ``!`` and a pattern say what lifts the ban: 台 is none before 风, but before 风机.
    """

    not_magnitudes: str = ""
    """``magnitude:characters``: a multiplier that begins another word before one of these (千瓦, 百度)."""

    eras: str = ""
    """``form:year before the era's first``."""

    months: str = ""
    """``form:month`` as newspapers shorten them, beside CLDR's names."""

    firsts: str = ""
    """``form:condition`` of words for the first place (首位), with what must follow as a pattern."""

    parts: str = ""
    """``larger>smaller:ratio``, by unit or form: 148円35銭 is one amount, 3小时20分 one duration."""

    not_counters: str = ""
    """What follows a number in a name and counts nothing: 国道34号, 3丁目 (character languages)."""

    formal: str = ""
    """Numerals of cheques and contracts with the plain ones: 壹一 拾十."""

    variants: str = ""
    """Characters of another script after the one that the table has: 国國, 发發髮."""

    sets: str = ""
    """``name: forms``: words that the readers ask for by name."""

    contexts: Mapping[str, str] = field(default_factory=dict)
    """Patterns that the readers ask for by name; one whose name ends in ``_before`` must end where it is asked.

    ``<SPACE>``, ``<GAP>`` and ``<D>`` stand for one blank, up to two, and the class of digits.
    """

    noun_before: bool = False
    """An ordinal follows what it numbers, and a noun stands right after its number (peringkat kedua, 3 kota)."""

    article: bool = False
    """The language has an indefinite article, so that its word for one is often no number."""

    plural_s: bool = False
    """What is counted ends in -s, and adjectives may stand before it."""

    kana: bool = False
    """The script has syllables beside ideographs."""

    many_times: int = 10**6
    """From so many on the counter for times is rather a degree (20度)."""

    needs_counter: bool = False
    """A number counts with a counter between it and the noun, so that a bare one is rather a name (985高校)."""
