"""Stage four: what kind of quantity a number is. One reader for each kind; the first that knows answers.

A reader answers with a quantity, with ``False`` where nothing is to be read (a name, a code, a score), or with
``None``, and then the next is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from ..reading import Answer, Reading
from .counts import (
    read_bare_characters,
    read_bare_words,
    read_measured_characters,
    read_measured_words,
    read_one,
)
from .fractions import discounted, read_fraction_characters, read_fraction_words, read_percent_characters, read_ratio
from .indices import read_index_characters, read_index_words
from .money import read_money
from .names import (
    is_code_characters,
    is_code_words,
    is_formula,
    is_latin_name_characters,
    is_latin_name_words,
    is_weekday,
    is_written_unit,
)
from .ranges import read_range
from .ranks import read_ordinal_digits, read_rank_characters, read_rank_words, read_top
from .years import read_year_characters, read_year_words

Reader = Callable[[Reading], Answer]
Readers = dict[tuple[str | None, bool], tuple[Reader, ...]]
"""The readers to ask, by the kind that the unit makes and whether a word or currency stands before the number."""

MEASURED = ("count", "percent", "money", "compute", "duration", "other", "index", "rank")
BARE = (None,)
ANY = (*BARE, *MEASURED)
COUNTED = (*BARE, "count", "index", "rank")
TOLD = ()
"""Asked only where a word or currency stands before the number."""


def _by_kind(*asked: tuple[Reader, tuple[str | None, ...], bool]) -> Readers:
    """The readers by what they are asked about: kinds of units, and whether a word before the number is enough."""
    return {
        (kind, told): tuple(reader for reader, kinds, by_word in asked if kind in kinds or (told and by_word))
        for kind in ANY
        for told in (False, True)
    }


WORDS = _by_kind(
    (is_formula, BARE, False),
    (read_ordinal_digits, BARE, True),
    (read_fraction_words, (*BARE, "duration"), True),
    (read_ratio, BARE, True),
    (is_code_words, ANY, True),
    (read_range, ANY, True),
    (read_money, ("money",), True),
    (read_one, ANY, True),
    (read_rank_words, TOLD, True),
    (read_top, COUNTED, True),
    (read_year_words, ANY, True),
    (is_latin_name_words, COUNTED, True),
    (read_index_words, COUNTED, True),
    (read_measured_words, MEASURED, False),
    (read_bare_words, ANY, True),
)

CHARACTERS = _by_kind(
    (is_formula, BARE, False),
    (is_weekday, TOLD, True),
    (is_written_unit, ANY, True),
    (read_fraction_characters, (*BARE, "duration", "index"), True),
    (read_percent_characters, TOLD, True),
    (read_year_characters, ("duration",), False),
    (is_code_characters, ANY, True),
    (read_range, ANY, True),
    (is_latin_name_characters, COUNTED, False),
    (read_money, ("money",), True),
    (read_rank_characters, TOLD, True),
    (read_top, COUNTED, True),
    (discounted, ("other",), False),
    (read_index_characters, BARE, True),
    (read_measured_characters, MEASURED, False),
    (read_bare_characters, ANY, True),
)
