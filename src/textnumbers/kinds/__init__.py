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

WORDS: tuple[Reader, ...] = (
    is_formula,
    read_ordinal_digits,
    read_fraction_words,
    read_ratio,
    is_code_words,
    read_range,
    read_money,
    read_one,
    read_rank_words,
    read_top,
    read_year_words,
    is_latin_name_words,
    read_index_words,
    read_measured_words,
    read_bare_words,
)

CHARACTERS: tuple[Reader, ...] = (
    is_formula,
    is_weekday,
    is_written_unit,
    read_fraction_characters,
    read_percent_characters,
    read_year_characters,
    is_code_characters,
    read_range,
    is_latin_name_characters,
    read_money,
    read_rank_characters,
    read_top,
    discounted,
    read_index_characters,
    read_measured_characters,
    read_bare_characters,
)
