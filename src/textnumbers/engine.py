"""From a text to its quantities: find where one may begin, then read it there.

The text is never changed, so every offset is one of the input. Each candidate costs a bounded amount of work,
whatever surrounds it, and a run of digits or numerals is passed over once: time grows linearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import read_character_quantity
from .dates import read_clock, read_date, read_printed_date
from .lexicon import BLANKS, POINTS, Lexicon, folded, word_before
from .measures import one_of_before
from .names import AMOUNTS, in_a_name
from .numerals import LONGEST
from .quantity import Place, Quantity, span
from .words import read_word_quantity

WORD = re.compile(r"[^\W\d_]+")
SIGNED = re.compile(r"(?:\A|[\s（(：:＝=、，])[-−]\Z")
LIST_MARK = re.compile(r"(?:\A|\n)[ \t]*\Z")
LIST_MARK_END = re.compile(r"[.)）．、][ \t]?(?!\d)")
CLOCK_SIGNS = frozenset("時时点點:：.apAP")
# what can follow the digits of a year, month, day or quarter, or of the first of two
DATE_AFTER = frozenset("年月日号號四半季第~〜～-‐‑–—－―至到かない \u3000\u00a0\n\r")
DATE_SIGNS = frozenset("年月日号號季四")
DAY_AFTER = frozenset("~〜～-‐‑–—－―snrt")
MONTH_BEGINS = frozenset("一二三四五六七八九十度第")
ADDRESS = re.compile(r"[^\s一-鿿ぁ-ヿ]*")
ALNUM = re.compile(r"[A-Za-z0-9]")
ALNUM_DASH = re.compile(r"[A-Za-z0-9-]|[^\W_]")
OPENING, CLOSING = "([（【“‘「『", ")]）】”’」』"
ONE_OF_THEM = re.compile(r"一(?:つ|人|社)(?![ひ一つ一屋の])")
# 020 7946 0958, (021) 555-0123, +44 20 7946 0000
PHONE = re.compile(r"(?:0\d{1,4}|(?<=\+)\d{1,3})(?:\)?[ -]\(?\d{2,5}\)?){1,4}(?![\d,.]{0,8}\d)")
# a formation, a number with a check digit: 4-3-3
CHAIN = re.compile(r"\d+(?:[-–]\d+){2,}+")
QUARTER_CODE = re.compile(r"([1-4])(?![\w.,]*\d)(?:[ '/-]{1,2}(20\d\d)(?!\d))?")
YEARS = re.compile(r"((?:19|20)\d\d)/((?:19|20)?\d\d)(?![\d/]|[.,]\d)")
SLASHED = re.compile(r"([1-9])/([2-9]|10)(?![\d/]|[.,]\d)")
AGED = re.compile(r"[^\W\d_] ?\Z")
NEXT_WORD = re.compile(r"\s(\w+)")
TWO_DIGITS = re.compile(r"\d{1,2}(?!\d)")


def find(text: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Yield the quantities of the text from left to right; they never overlap."""
    search = lexicon.seed.search
    words = not lexicon.table.characters
    last: Quantity | None = None
    floor = position = 0
    first = lexicon.pattern["lexeme"].match(text) if words else None
    while True:
        if first is not None:
            start, first = 0, None
        else:
            match = search(text, position)
            if match is None:
                return
            start = match.start()
            # a word is found by the character before it
            start += words and not text[start].isdigit()
            # a character for an unstated number right after another word is that word's end (指数, 件数)
            start += (
                not words and text[start] in lexicon.vague and text[start + 1].isdigit() and text[start - 1].isalpha()
            )
        if start < floor:
            position = floor
            continue
        quantity, position = _read(Place(text, start, lexicon, floor, last))
        if quantity is not None:
            yield quantity
            last, floor = quantity, quantity.end


def _read(place: Place) -> tuple[Quantity | None, int]:
    """The quantity at a candidate, and where to go on."""
    text, start, lexicon = place.text, place.start, place.lexicon
    quantity, end = None, start
    if text[start].isdigit():
        end = lexicon.pattern["run"].match(text, start).end()  # type: ignore[union-attr]
        if end - start > LONGEST:
            return None, end
        phone = PHONE.match(text, start) if text[start] in "0０" or text[start - 1 : start] == "+" else None
        if phone:
            return None, phone.end()
        if _identifier(place, end):
            quantity = _quarter_code(place)
            if quantity:
                return quantity, quantity.end
            address = ADDRESS.match(text, end, end + 256)
            return None, address.end() if address and text[start - 1] in "/=&" else end
        follows = text[end : end + 1]
        dotted = text.find(".", start, end) >= 0
        if follows in ("-", "/") or (dotted and text.count(".", start, end) == 2):
            quantity = read_printed_date(place)
            chain = CHAIN.match(text, start) if quantity is None else None
            if chain:
                return None, chain.end()
            quantity = quantity or _slashed_years(place) or _slashed_fraction(place)
        if quantity is None and end - start <= 5:
            sign = text[end + 1 : end + 2] if follows == " " else follows
            if dotted or sign in CLOCK_SIGNS:
                quantity = read_clock(place)
    else:
        named = _named(place)
        if named:
            return None, named
        first = lexicon.pattern["first"].match(text, start) if lexicon.table.characters else None
        if first:
            return Quantity(start, first.end(), start, first.end(), "rank", 1, unit="rank"), first.end()
        if lexicon.table.characters and CLOCK_SIGNS.intersection(text[start + 1 : start + 4]):
            quantity = read_clock(place)
    if quantity is None and _may_be_date(place, end):
        quantity = read_date(place)
    if quantity is None:
        quantity = read_character_quantity(place) if lexicon.table.characters else read_word_quantity(place)
    if quantity is None:
        run = lexicon.pattern["run"].match(text, start) or WORD.match(text, start)
        return None, run.end() if run else start + 1
    if quantity.kind not in AMOUNTS:
        named = in_a_name(place, quantity)
        if named:
            return None, named
    return _qualified(quantity, place), quantity.end


def _quarter_code(place: Place) -> Quantity | None:
    """Q3, Q3 2025."""
    text, start = place.text, place.start
    if text[start - 1] != "Q" or (start > 1 and ALNUM.match(text, start - 2)):
        return None
    match = QUARTER_CODE.match(text, start)
    if match is None:
        return None
    return Quantity(start - 1, match.end(), start, start + 1, "date", f"{match[2] or '-'}-Q{match[1]}")


def _slashed_years(place: Place) -> Quantity | None:
    """2025/2026, 2024/25: two years that follow each other."""
    match = YEARS.match(place.text, place.start)
    if match is None:
        return None
    low = int(match[1])
    high = int(match[2]) + (low - low % 100 if len(match[2]) == 2 else 0)
    if high != low + 1:
        return None
    return Quantity(place.start, match.end(), place.start, match.end(), "range", span(low, high), low, high, "year")


def _slashed_fraction(place: Place) -> Quantity | None:
    """1/3, 2/5: a part of a whole."""
    match = SLASHED.match(place.text, place.start)
    if match is None or int(match[1]) >= int(match[2]) or place.text[place.start - 1 : place.start] == "(":
        return None
    value = int(match[1]) / int(match[2])
    return Quantity(place.start, match.end(), place.start, match.end(), "other", value, unit="fraction")


def _may_be_date(place: Place, end: int) -> bool:
    """Whether a day, month or year may begin here; ``end`` is that of a run of digits."""
    if place.lexicon.table.characters:
        if end == place.start:
            return not DATE_SIGNS.isdisjoint(place.text[end + 1 : end + 6])
        follows = place.text[end : end + 1]
        if end - place.start > 4 or follows not in DATE_AFTER:
            return False
        # most years stand alone
        then = place.text[end + 1 : end + 2]
        return follows != "年" or then.isdigit() or then in MONTH_BEGINS or then in BLANKS
    if end == place.start:
        return place.text[end].isupper()
    if end - place.start > 2:
        return False
    follows = place.text[end : end + 1]
    then = place.text[end + 1 : end + 2]
    # 26 July, 26 of July, 26-28 July, the 26th, tanggal 26
    return (then in place.lexicon.day_goes_on if follows in BLANKS else follows in DAY_AFTER) or (
        place.text[place.start - 2 : place.start - 1] in ("l", "L")
    )


def _named(place: Place) -> int:
    """The end of an idiom or name that holds the candidate, 0 if there is none."""
    match = place.lexicon.pattern["names"].match
    text, start = place.text, place.start
    lexicon = place.lexicon
    if (
        lexicon.table.characters
        and text[start + 1 : start + 2] in POINTS
        and text[start + 2 : start + 3] in lexicon.numerals
    ):
        # 一点八倍 is a number, whatever 一点 means
        name = match(text, start)
        return name.end() if name and name.end() > start + 2 else 0
    if not lexicon.table.characters:
        word = word_before(text, 0, start)[0].casefold()
        if word == "salah":
            return 0
        if word not in lexicon.name_words:
            name = match(text, start)
            return name.end() if name else 0
    if text[start] == "一" and one_of_before(text, start) and ONE_OF_THEM.match(text, start):
        return 0
    for offset in lexicon.name_offsets:
        # 第二次 counts, whatever 二次 means
        if not offset and text[start - 1 : start] == "第":
            continue
        if offset > start:
            break
        name = match(text, start - offset)
        if name and name.end() > start and not (offset and start > offset and ALNUM.match(text, start - offset - 1)):
            return name.end()
    return 0


def _identifier(place: Place, end: int) -> bool:
    """Whether the digits belong to a name, code, address or version and count nothing."""
    text, start = place.text, place.start
    before = text[start - 1] if start else "\n"
    follows = text[end] if end < len(text) else "\n"
    if text[start] in "0０" and end - start > 1 and text[start + 1].isdigit():
        return TWO_DIGITS.match(text, start) is None or follows not in "月日 :/"
    if before in " \n\t":
        return end - start <= 3 and follows in ")）、.．" and _list_mark(text, start, end)
    if before.isascii():
        glued = (
            before.isalpha()
            or before in "_@\\&/"
            or (before == "=" and start > 1 and text[start - 2].isascii())
            or (before in "-.,:'" and start > 1 and ALNUM_DASH.match(text, start - 2))
        )
        if glued:
            known = place.before("before", start)
            return known is None or (before not in "-.,:'" and known[1] == start)
    elif before in "—－―" and text[start - 2 : start - 1].isdigit():
        return True
    elif before in "–‑’" and start > 1 and text[start - 2].isalnum():
        return place.before("before", start) is None
    if before in OPENING:
        return follows in CLOSING and end - start != 4 and text[start:end].isdigit() and not _age(place, end)
    return False


def _age(place: Place, end: int) -> bool:
    """Whether the digits in brackets are the age of the person named before: 山田さん(52), Rahmat (34)."""
    text, start = place.text, place.start
    if end - start != 2 or (not text[start - 2 : start - 1].strip() and place.lexicon.table.characters):
        return False
    found = place.before("before", start - 1)
    return AGED.search(text, max(0, start - 4), start - 1) is not None and not (
        found and place.lexicon.before.get(found[0]) == "name"
    )


def _list_mark(text: str, start: int, end: int) -> bool:
    """Whether the digits number a paragraph or a point of a list: "1. ", "2)"."""
    mark = LIST_MARK_END.match(text, end)
    return mark is not None and LIST_MARK.search(text, max(0, start - 6), start) is not None


def _qualified(quantity: Quantity, place: Place) -> Quantity:
    """The quantity with the sign before it and the qualifier around it."""
    text, lexicon, start = place.text, place.lexicon, quantity.start
    signed = text[start - 1 : start] in ("-", "−") and SIGNED.search(text, max(0, start - 3), start)
    if signed and isinstance(quantity.value, (int, float)) and quantity.kind not in ("year", "rank"):
        quantity.value, quantity.start = -quantity.value, start - 1
    if quantity.qualifier != "none" or quantity.unit == "time" or (quantity.kind == "rank" and not quantity.top_n):
        return quantity
    found = place.before("qualifiers_before", quantity.start)
    if found:
        quantity.qualifier = lexicon.qualifiers_before[found[0]]
    elif quantity.kind not in ("date", "year"):
        match = lexicon.following("qualifiers_after", text, quantity.end)
        if match and not (match["form"] == "lebih" and _comparative(match.end(), place)):
            quantity.qualifier = lexicon.qualifiers_after[folded(match["form"])]
    return quantity


def _comparative(end: int, place: Place) -> bool:
    """Whether lebih goes with an adjective (5 persen lebih tinggi) and does not mean "and more"."""
    word = NEXT_WORD.match(place.text, end)
    return word is not None and word[1] not in place.lexicon.not_nouns
