"""From a text to its quantities, by stages: find where one may begin, read number, unit, kind and qualifier.

The text is folded first, character for character, so every offset is one of the input. Each candidate costs a bounded
amount of work, whatever surrounds it, and a run of digits or numerals is passed over once: time grows linearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .fold import ODD, POWERS
from .kinds import CHARACTERS, WORDS
from .kinds.clock import read_clock, read_four_digits
from .kinds.dates import read_date, read_printed_date, read_quarter_code, read_slashed_years
from .kinds.fractions import read_half_characters, read_multiple, read_part
from .kinds.names import idiom_end, in_a_name, is_proper, list_mark
from .kinds.ranges import read_slashed_fraction
from .kinds.ranks import read_ordinal
from .kinds.years import read_first_year
from .lexicon import Lexicon
from .number import LONGEST
from .patterns import BLANKS, folded
from .qualifier import qualified
from .quantity import Quantity, Spot
from .reading import Answer, read

WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"[^\s\u4e00-\u9fff\u3041-\u30ff]*")
ALNUM_DASH = re.compile(r"[A-Za-z0-9-]|[^\W_]")
OPENING, CLOSING = "([（【“‘「『", ")]）】”’」』"
# 020 7946 0958, (021) 555-0123, +44 20 7946 0000, 859-292-3680
PHONE = re.compile(r"(?:0[0-9]{1,4}|(?<=\+)[0-9]{1,3})(?:\)?[ -]\(?[0-9]{2,5}\)?){1,4}(?![0-9,.]{0,8}[0-9])")
# a formation, a number with a check digit: 4-3-3
CHAIN = re.compile(r"[0-9]+(?:[-–][0-9]+){2,}+")
ENTITY = re.compile(r"&#[0-9]+;")
# the brackets of accounts, in a cell or after a currency: (1,234), $(71.5)
ACCOUNTS = re.compile(r"(?:[$€£¥]|[\t|]|  )\(\Z")
AGED = re.compile(r"[^\W\d_] ?\Z")
TWO_DIGITS = re.compile(r"[0-9]{1,2}(?![0-9])")
COMPOUND_ORDINAL = re.compile(r"[^\W\d_]+-([^\W\d_]+)(?![^\W_])")


def find(text: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Yield the quantities of the text from left to right; they never overlap."""
    folded_text = lexicon.fold(text)
    search = lexicon.seed.search
    last: Quantity | None = None
    floor = position = 0
    first = None if lexicon.characters else lexicon.pattern["lexeme"].match(folded_text)
    while True:
        if first is not None:
            start, first = 0, None
        else:
            match = search(folded_text, position)
            if match is None:
                return
            start = _begin(folded_text, match.start(), lexicon)
        if start < floor:
            position = floor
            continue
        quantity, position = _read(Spot(folded_text, start, lexicon, floor, last))
        if quantity is not None:
            # what a quantity begins with may belong to the one before it
            quantity.start = max(quantity.start, floor)
            quantity.token = text[quantity.start : quantity.end]
            yield quantity
            last, floor = quantity, quantity.end
            position = max(position, floor)


def _begin(text: str, start: int, lexicon: Lexicon) -> int:
    """Where the candidate begins that a seed stands for."""
    if not lexicon.characters:
        # a word is found by the character before it
        return start if text[start].isdigit() else start + 1
    # a character for an unstated number right after another word is that word's end (指数, 件数)
    ends = text[start] in lexicon.vague and text[start + 1].isdigit() and text[start - 1].isalpha()
    return start + ends


def _read(spot: Spot) -> tuple[Quantity | None, int]:
    """The quantity at a candidate, and where to go on."""
    text, start, lexicon = spot.text, spot.start, spot.lexicon
    answer: Answer
    end = start
    if text[start].isdigit():
        end = lexicon.pattern["run"].match(text, start).end()  # type: ignore[union-attr]
        answer, stop = _digits(spot, end)
    elif lexicon.characters:
        answer, stop = _numeral(spot)
    else:
        answer, stop = _word(spot)
    if answer is None and _may_be_date(spot, end):
        answer = read_date(spot)
    if answer is None:
        answer = _classified(spot)
    if not isinstance(answer, Quantity):
        return None, stop or _run_end(spot)
    named = in_a_name(spot, answer)
    return (None, named) if named else (qualified(answer, spot), answer.end)


def _run_end(spot: Spot) -> int:
    run = spot.lexicon.pattern["run"].match(spot.text, spot.start) or WORD.match(spot.text, spot.start)
    return run.end() if run else spot.start + 1


def _classified(spot: Spot) -> Answer:
    """What the first reader that knows the kind answers."""
    reading = read(spot)
    if reading is None:
        return None
    readers = CHARACTERS if spot.lexicon.characters else WORDS
    told = reading.tag is not None or reading.currency is not None
    for reader in readers[reading.unit.unit.kind if reading.unit else None, told]:
        answer = reader(reading)
        if answer is not None:
            return answer
    return None


def _digits(spot: Spot, end: int) -> tuple[Answer, int]:
    """What digits are before they are a number: a code, a printed date, a time; and where to go on if they are none."""
    text, start = spot.text, spot.start
    if end - start > LONGEST:
        return False, end
    four = read_four_digits(spot) if end - start == 4 and not spot.lexicon.characters else None
    if four:
        return four, 0
    stop = _no_number(spot, end)
    if stop:
        quantity = read_quarter_code(spot)
        return (quantity, 0) if quantity else (False, stop)
    follows = text[end : end + 1]
    dots = text.count(".", start, end)
    if follows in ("-", "/", "–") or dots == 2:
        chain = CHAIN.match(text, start)
        quantity = read_printed_date(spot)
        if quantity is None and chain:
            return False, chain.end()
        quantity = quantity or read_slashed_years(spot) or read_slashed_fraction(spot)
        if quantity:
            return quantity, 0
    sign = text[end + 1 : end + 2] if follows in BLANKS else follows
    if end - start <= 5 and (dots or sign in spot.lexicon.words["clock_signs"]):
        return read_clock(spot), 0
    return None, 0


def _no_number(spot: Spot, end: int) -> int:
    """The end of a code, number or mark-up that the digits begin or end, 0 if they count."""
    text, start = spot.text, spot.start
    before = text[start - 1 : start]
    phone = PHONE.match(text, start) if text[start] == "0" or before == "+" else None
    if phone:
        return phone.end()
    entity = ENTITY.match(text, start - 2) if before == "#" and start > 1 else None
    if entity:
        return entity.end()
    if not _identifier(spot, end):
        return 0
    address = ADDRESS.match(text, end, end + 256)
    return address.end() if address and before and before in "/=&" else end


def _identifier(spot: Spot, end: int) -> bool:
    """Whether the digits belong to a name, code, address or version and count nothing."""
    text, start = spot.text, spot.start
    before = text[start - 1] if start else "\n"
    follows = text[end : end + 1] or "\n"
    if text[start] == "0" and end - start > 1 and text[start + 1].isdigit():
        signs = spot.lexicon.words["after_zero"]
        return TWO_DIGITS.match(text, start) is None or (follows not in signs and follows not in " :/")
    if before in BLANKS:
        if end - start > 3 or follows not in ")）、.．" or not list_mark(text, start, end):
            return False
        # a line may be wrapped after an abbreviation: No. 74.
        known = spot.before("before", start)
        return known is None or not known[0].endswith(".")
    if before in OPENING:
        amount = before == "(" and ACCOUNTS.search(text, max(0, start - 3), start) is not None
        return (
            not amount and follows in CLOSING and end - start != 4 and text[start:end].isdigit() and not _age(spot, end)
        )
    if before.isascii():
        return _glued(spot, before)
    if before in "—－―" and text[start - 2 : start - 1].isdigit():
        return True
    if before in "–’" and start > 1 and text[start - 2].isalnum():
        return spot.before("before", start) is None
    return before == ODD or before in POWERS


def _glued(spot: Spot, before: str) -> bool:
    """Whether an ASCII character right before the digits makes them part of a code."""
    text, start = spot.text, spot.start
    then = text[start - 2 : start - 1]
    if before in ",;" and (then.isalpha() or then in ')）"”'):
        # officials said,2025 was a record
        return False
    lettered = before == "=" and then.isascii() and then.isalpha()
    joined = before in "-.,:'" and ALNUM_DASH.match(then) is not None
    if not (before.isalpha() or before in "_@\\&/" or lettered or joined):
        return False
    if before == "-" and then > "\u3000":
        return not spot.lexicon.beyond("signed", text, start)
    known = spot.before("before", start)
    if known is None and before == "-":
        sign = spot.before("before", start - 1)
        return sign is None or sign[0] not in spot.lexicon.money
    return known is None or (before not in "-.,:'" and known[1] == start)


def _age(spot: Spot, end: int) -> bool:
    """Whether the digits in brackets are the age of the person named before: 山田さん(52), Rahmat (34)."""
    text, start = spot.text, spot.start
    if end - start != 2 or (not text[start - 2 : start - 1].strip() and spot.lexicon.characters):
        return False
    found = spot.before("before", start - 1)
    named = found is not None and spot.lexicon.before.get(found[0]) == "name"
    return AGED.search(text, max(0, start - 4), start - 1) is not None and not named


def _numeral(spot: Spot) -> tuple[Answer, int]:
    """What a character is before it is a numeral: an idiom, a first place, a half, a time."""
    text, start, lexicon = spot.text, spot.start, spot.lexicon
    character, near = text[start], text[start + 1 : start + 4]
    clock = None if lexicon.words["clock_points"].isdisjoint(near) else read_clock(spot)
    if clock:
        return clock, 0
    if character in lexicon.words["first_year"]:
        return read_first_year(spot) or False, start + 1
    named = idiom_end(spot)
    if named:
        return False, named
    first = lexicon.pattern["first"].match(text, start)
    if first:
        return Quantity(start, first.end(), start, first.end(), "rank", 1, unit="rank"), 0
    half = read_half_characters(spot)
    if half or character in lexicon.words["half"]:
        return half or False, start + 1
    return None if lexicon.words["clock_signs"].isdisjoint(near) else read_clock(spot), 0


def _word(spot: Spot) -> tuple[Answer, int]:
    """What a word is before it is a number: an idiom, a name, an ordinal, a part, a month."""
    text, start, lexicon = spot.text, spot.start, spot.lexicon
    named = idiom_end(spot)
    if named:
        return False, named
    match = lexicon.pattern["lexeme"].match(text, start)
    if match is None:
        return False, start + 1
    word = folded(match.group())
    if _may_be_date(spot, start):
        date = read_date(spot)
        if date:
            return date, 0
    if is_proper(spot, word):
        return False, 0
    compound = COMPOUND_ORDINAL.match(text, start) if lexicon.numerals.get(word, 0) else None
    if compound and compound[1].casefold() in lexicon.ordinals:
        return _compound_ordinal(spot, word, compound), 0
    if word in lexicon.ordinals:
        return read_part(spot) or read_ordinal(spot, lexicon.ordinals[word], match.end()) or False, 0
    if word in lexicon.fractions:
        return read_part(spot) or False, 0
    if word in lexicon.multiples:
        return read_multiple(spot, word, match.end()) or False, 0
    if word in lexicon.months and word not in lexicon.numerals:
        return False, 0
    return None, 0


def _compound_ordinal(spot: Spot, word: str, match: re.Match[str]) -> Answer:
    """twenty-first, one-thousandth; one-fourth is a fraction, and for the readers."""
    lexicon = spot.lexicon
    first, last = lexicon.numerals[word], lexicon.ordinals[match[1].casefold()]
    if first >= 20 and last < 10:
        return read_ordinal(spot, first + last, match.end()) or False
    if last >= 100 and first < 10:
        return read_ordinal(spot, first * last, match.end()) or False
    return None if first < 10 else False


def _may_be_date(spot: Spot, end: int) -> bool:
    """Whether a day, month or year may begin here; ``end`` is that of a run of digits."""
    text, start, lexicon = spot.text, spot.start, spot.lexicon
    follows, then = text[end : end + 1], text[end + 1 : end + 2]
    if lexicon.characters:
        if end == start:
            return not lexicon.words["date_units"].isdisjoint(text[end + 1 : end + 6])
        if end - start > 4 or follows not in lexicon.words["date_goes_on"]:
            return False
        # most years stand alone
        return (
            follows not in lexicon.words["year_sign"]
            or then.isdigit()
            or then in lexicon.words["month_begins"]
            or then in BLANKS
        )
    if end == start:
        return text[end].isupper()
    # 26 July, 26 of July, 26-28 July, the 26th, tanggal 26
    if end - start > 2:
        return False
    goes_on = lexicon.words["day_goes_on"]
    if (then if follows in BLANKS else follows) in goes_on:
        return True
    return lexicon.beyond("day", text, start) is not None and lexicon.ahead("day_before", text, start, 14) is not None
