"""What reads like a quantity and is none: names, codes, idioms, titles, formulas.

The first functions refuse a number before it is read as a kind, ``in_a_name`` looks at the quantity that was read.
"""

from __future__ import annotations

import re

from ..lexicon import word_before
from ..quantity import Quantity, Spot
from ..reading import Answer, Reading, index_before, is_year
from ..unit import noun_after

WORD = re.compile(r"[^\W\d_]+")
NAME_END = re.compile(r"[A-Za-z0-9.+-][ ]?\Z")
NAME_BEFORE = re.compile(r"(?<![A-Za-z'’])([A-Za-z](?:[A-Za-z0-9.+-]|['’](?!s[ \n]))*)[ \n]?\Z")
# a word after a letter or a comma goes on with a sentence; after a dash, a quote or a line end it opens one
MID_SENTENCE = re.compile(r"[\w,;，、%)\]&/][ \t\r\n]*\Z")
HYPHEN_NAME = re.compile(r"-[A-Z]")
# 80÷4=20, x=5, 3×4
FORMULA_AFTER = re.compile(r" ?[÷=×](?: ?[0-9(])")
FORMULA_BEFORE = re.compile(r"[÷×+*][ ]?\Z|[0-9)][ ]?/[ ]?\Z")
# 6&5, 16:9
JOINED = re.compile(r"&[0-9]")
TITLE_WINDOW = 60
"""How far before a quantity the title that holds it may begin, and how long that may be."""
SENTENCE = re.compile(r"[。！？!?\n]|[.,](?:\Z|\s)")
QUOTES = {"「": "」", "『": "』", "《": "》", "“": "”", "〈": "〉"}
LATIN_QUOTES = {"“": "”", "‘": "’", '"': '"'}
OPENING_QUOTES, OPENING_LATIN_QUOTES = (re.compile(f"[{''.join(signs)}]") for signs in (QUOTES, LATIN_QUOTES))
# what a report says in its title of its time
TIMES = frozenset(["date", "year", "range"])
AMOUNTS = frozenset(["percent", "money", "compute", "index"])
"""Kinds around which no name is looked for."""
FIGURES = AMOUNTS | {"date", "range"}
"""Kinds that a title hardly holds, and a quotation often does."""


def is_formula(reading: Reading) -> Answer:
    """A term of a formula or a score with an ampersand: 80÷4=, 6&5."""
    text, number, spot = reading.text, reading.number, reading.spot
    if not number.printed or reading.unit or number.grouped:
        return None
    if FORMULA_AFTER.match(text, number.end) or JOINED.match(text, number.end):
        return False
    before = text[spot.start - 1 : spot.start]
    if before == "&" or FORMULA_BEFORE.search(text, max(0, spot.start - 3), spot.start):
        return False
    return None


def is_weekday(reading: Reading) -> Answer:
    """The number of a weekday: 周三."""
    return False if reading.tag == "weekday" and not reading.number.printed else None


def is_written_unit(reading: Reading) -> Answer:
    """A unit of a table that has a magnitude in it: （単位：億円）, 百万円未満は切り捨て."""
    number, spot = reading.number, reading.spot
    if (
        number.printed
        or number.pair
        or any(c in reading.lexicon.numerals for c in reading.text[number.start : number.end])
    ):
        return None
    if spot.is_before("heading_before", 12) or reading.lexicon.beyond("heading", reading.text, reading.end):
        return False
    return None


def is_code_words(reading: Reading) -> Answer:
    """A number in a name or code: Boeing 737, 5G, 7-Eleven, the score 3-1."""
    number, unit, text, lexicon = reading.number, reading.unit, reading.text, reading.lexicon
    counted = unit is None or unit.kind in ("count", "index")
    start = reading.spot.start
    tag = reading.tag
    if tag is None and text[start - 1 : start] == "-":
        # ayat -2
        before = reading.spot.before("before", start - 1)
        tag = lexicon.before.get(before[0]) if before else None
    if tag == "name" and number.multiplier == 1 and not number.grouped and counted:
        return False
    if reading.currency:
        return None
    if unit is None and number.printed and _glued(reading):
        return False
    if not number.printed and text[start - 1 : start] == "-" and text[start - 2 : start - 1].isdigit():
        return False
    bare_foreign = number.foreign and counted and number.multiplier == 1
    return False if bare_foreign and not lexicon.beyond("noun_like", text, number.end) else None


def _glued(reading: Reading) -> bool:
    """Whether the digits run on into a word or code: 5G, 3D, 4K, 3-in-1, 16:9."""
    text, lexicon, end = reading.text, reading.lexicon, reading.number.end
    follows, then = text[end : end + 1], text[end + 1 : end + 2]
    decade = lexicon.beyond("decade", text, end) or lexicon.beyond("some_after", text, end)
    if follows.isalpha():
        return not decade and not lexicon.beyond("ordinal_end", text, end)
    if follows not in ("-", ":", "/", "_", "'") or not then.isalnum():
        return False
    return not (follows == "-" and (then.isdigit() or decade or lexicon.beyond("hyphen_noun", text, end)))


def is_code_characters(reading: Reading) -> Answer:
    """The number of a document, the score of a match: 国办发〔2023〕12号, 5対3."""
    spot, number = reading.spot, reading.number
    signs, start = reading.lexicon.words["code_signs"], spot.start
    if signs.isdisjoint(spot.text[number.end : number.end + 2]) and signs.isdisjoint(
        spot.text[max(0, start - 3) : start]
    ):
        return None
    inside = spot.is_before("document_open_before", 1) and reading.lexicon.beyond(
        "document_close", spot.text, number.end
    )
    if number.printed and (inside or spot.is_before("document_before", 8)):
        return False
    scored = reading.lexicon.beyond("score_goes_on", spot.text, number.end) or spot.is_before("score_goes_on_before", 6)
    return False if scored else None


def is_latin_name_words(reading: Reading) -> Answer:
    """Digits that end a name: iPhone 15, Llama 3.1, but not In March 300 people."""
    spot, number, unit = reading.spot, reading.number, reading.unit
    if reading.tag in ("index", "size") or not number.bare or is_year(number):
        return None
    if unit and unit.unit.unit not in reading.lexicon.words["versioned"]:
        return None
    match = _latin_before(spot)
    if match is None or not any(c.isupper() for c in match[1]) or match[1].casefold() in spot.lexicon.words["articles"]:
        return None
    if number.value >= 1000 and not match[1].isupper():
        return None
    small = match[1].casefold()
    if small in spot.lexicon.words["not_nouns"] and small not in spot.lexicon.months:
        return None
    start = match.start(1)
    opens = not MID_SENTENCE.search(spot.text, max(0, start - 4), start) and match[1][1:].islower()
    counted = noun_after(spot, number.end)
    many = number.value >= 20 and spot.lexicon.table.plural_s and match[1][1:].islower()
    if counted and (opens or (many and counted.name.endswith("s"))):
        return None
    return None if opens and (unit or index_before(spot)) else False


def is_latin_name_characters(reading: Reading) -> Answer:
    """Digits right after Latin letters: Itanium 2."""
    spot, number, unit = reading.spot, reading.number, reading.unit
    before = spot.text[spot.start - 1 : spot.start]
    if reading.tag or reading.currency or not before.isascii() or not number.bare or is_year(number):
        return None
    if unit and (unit.kind not in ("count", "index") or not unit.form.isascii()):
        return None
    match = _latin_before(spot)
    if match is None or (number.value >= 1000 and not match[1].isupper()):
        return None
    spaced = before == " "
    counter = spaced and unit is None and reading.text[number.end : number.end + 1] == " "
    return None if counter else False


def _latin_before(spot: Spot) -> re.Match[str] | None:
    if not NAME_END.search(spot.text, max(spot.floor, spot.start - 2), spot.start):
        return None
    return NAME_BEFORE.search(spot.text, max(spot.floor, spot.start - 28), spot.start)


# capitalised words


def is_proper(spot: Spot, word: str) -> bool:
    """Whether a capitalised number word is part of a name (Zero-One, Three Gorges) and counts nothing."""
    text, start, lexicon = spot.text, spot.start, spot.lexicon
    if not text[start].isupper() or word in lexicon.months or word in lexicon.vague:
        return False
    if word in lexicon.ordinals and " " in word:
        # Kuartal III
        return False
    end = start + len(word)
    hyphened = HYPHEN_NAME.match(text, end)
    if text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha():
        # Seven-Eleven
        return True
    if lexicon.beyond("never_a_name", text, end):
        return False
    if not MID_SENTENCE.search(text, max(0, start - 4), start) and not hyphened:
        return lexicon.beyond("opening_name", text, end) is not None and not _headline(text, start)
    return bool(hyphened) or not _headline(text, start)


def _headline(text: str, start: int) -> bool:
    """Whether the line is set in capitals, so that a capital says nothing."""
    begin = text.rfind("\n", max(0, start - 160), start) + 1
    stop = text.find("\n", start, start + 160)
    if (begin == 0 and start > 160) or (stop < 0 and len(text) > start + 160):
        # a paragraph
        return False
    line = text[begin : stop if stop >= 0 else min(len(text), start + 160)]
    goes_on = not line.isupper() and line.rstrip(" \"'”’").endswith((".", ",", ";"))
    if goes_on or line.rstrip().endswith((".", "。")):
        return False
    words = [word for word in WORD.findall(line) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


# idioms


def idiom_end(spot: Spot) -> int:
    """The end of an idiom or name that holds the candidate, 0 if there is none; it ends where a number goes on."""
    text, start, lexicon = spot.text, spot.start, spot.lexicon
    match = lexicon.pattern["names"].match
    if not lexicon.characters:
        word = word_before(text, 0, start)[0].casefold()
        if word in lexicon.words["one_of_word"]:
            return 0
        if word not in lexicon.name_words:
            name = match(text, start)
            return name.end() if name else 0
    decimal = text[start + 1 : start + 2] in lexicon.words["points"] and text[start + 2 : start + 3] in lexicon.numerals
    if lexicon.characters and (decimal or lexicon.beyond("one_of_them", text, start)):
        name = match(text, start) if decimal else None
        return name.end() if name and name.end() > start + 2 else 0
    for offset in lexicon.name_offsets:
        begin = start - offset
        if begin < 0 or text[begin] not in lexicon.name_starts:
            continue
        name = match(text, begin)
        if name is None or name.end() <= start or _number_goes_on(spot, name.end()):
            continue
        # 第二次 counts, whatever 二次 means
        before = text[begin - 1 : begin]
        if not ((before.isascii() and before.isalnum()) if offset else before in lexicon.words["rank_sign"]):
            return name.end()
    return 0


def _number_goes_on(spot: Spot, end: int) -> bool:
    """Whether the numeral that ends an idiom goes on: 有一 is one, 有一万人 is none."""
    text, lexicon = spot.text, spot.lexicon
    if not lexicon.characters or lexicon.beyond("goes_on", text, end) is None:
        return False
    return text[end - 1] in lexicon.numerals or bool(lexicon.beyond("fraction_goes_on", text, end - 1))


# the quantity that was read


def in_a_name(spot: Spot, quantity: Quantity) -> int:
    """Where to go on after the name that holds the quantity, or 0 if it stands in none."""
    text, start, lexicon = spot.text, quantity.number_start, spot.lexicon
    if quantity.kind in AMOUNTS:
        return 0
    opening = OPENING_QUOTES if lexicon.characters else OPENING_LATIN_QUOTES
    closing = 0
    if opening.search(text, max(0, start - TITLE_WINDOW), quantity.start):
        closing = _title_in_characters(spot, quantity) if lexicon.characters else _title(spot, quantity)
    if closing or quantity.kind in ("other", "duration"):
        return closing
    if lexicon.ahead("called_after_before", text, quantity.start, 20) and text[quantity.start : quantity.end] != "":
        capital = re.match(r"[^\s]+ [A-Z]|[^\s]+\Z", text[quantity.start : quantity.end])
        if capital and quantity.kind in ("count", "date"):
            return quantity.end
    if quantity.kind == "year":
        designated = lexicon.beyond("designation", text, quantity.end)
        return designated.end() if designated else 0
    if quantity.kind == "rank":
        return quantity.number_end if _numbered_name(spot, quantity) else 0
    if lexicon.ahead(f"plate_{quantity.kind}_before", text, start, 8):
        return quantity.end
    return quantity.number_end if quantity.kind == "count" and _service(spot, quantity) else 0


def _title(spot: Spot, quantity: Quantity) -> int:
    """The end of a title in quotation marks: its words begin with capitals, or a word such as film introduces it."""
    text, start, end = spot.text, quantity.start, quantity.end
    low = max(0, start - TITLE_WINDOW)
    opening = max(text.rfind(mark, low, start) for mark in LATIN_QUOTES)
    if opening < 0 or (opening and text[opening - 1].isalnum()):
        return 0
    mark = LATIN_QUOTES[text[opening]]
    closing = text.find(mark, end, opening + 2 * TITLE_WINDOW)
    inner = text[opening + 1 : closing]
    if closing < 0 or mark in text[opening + 1 : start] or not inner[0].strip() or inner[-1] in ".,!":
        return 0
    if SENTENCE.search(re.sub(r"\?\s", " ", inner)):
        return 0
    if spot.lexicon.ahead("title_before", text, opening, 16):
        return closing
    if inner == text[start:end] and quantity.kind == "other" and inner[0].isdigit():
        return closing
    words = [word.strip(".,:;!?'’()&-") for word in inner.split()]
    small = spot.lexicon.words["title_small"]
    words = [word for word in words if word and not word[0].isdigit() and word.casefold() not in small]
    if quantity.kind in FIGURES or not words or not all(word[0].isupper() for word in words):
        return 0
    return closing if len(words) > 1 or inner[0].isdigit() else 0


def _title_in_characters(spot: Spot, quantity: Quantity) -> int:
    """The end of a title in brackets: 《 》 always, others after a word such as film, 「七人の侍」 by its form."""
    text, start, end, lexicon = spot.text, quantity.start, quantity.end, spot.lexicon
    opening = max(text.rfind(mark, max(0, start - 24), start) for mark in QUOTES)
    closing = text.find(QUOTES[text[opening]], opening + 1, opening + TITLE_WINDOW) if opening >= 0 else -1
    if closing < end:
        return 0
    inner = text[opening + 1 : closing]
    whole = inner == text[start:end]
    if text[opening] in "《〈":
        month = (
            quantity.kind == "date" and not text[start].isdigit() and not lexicon.contexts["year_sign"].search(inner)
        )
        return closing if whole or month or quantity.kind not in TIMES else 0
    if SENTENCE.search(inner):
        return 0
    if text[opening] == "『" and len(inner) <= 16:
        return closing if whole or quantity.kind not in FIGURES or quantity.kind == "date" else 0
    if lexicon.ahead("title_before", text, opening, TITLE_WINDOW):
        return closing
    written = not text[quantity.number_start].isdigit() and start == opening + 1
    return closing if written and len(inner) <= 10 and lexicon.ahead("name_with_no_before", inner, len(inner)) else 0


def _numbered_name(spot: Spot, quantity: Quantity) -> bool:
    """#9110, 第13号台风, Typhoon No. 13, 第七艦隊."""
    text, start, end, lexicon = spot.text, quantity.start, quantity.number_end, spot.lexicon
    if text[start] in "#＃":
        return end - quantity.number_start >= 3
    if text[start] in lexicon.words["rank_sign"] and lexicon.beyond("institution", text, end):
        return True
    return bool(lexicon.beyond("numbered_name", text, end)) or bool(
        lexicon.ahead("numbered_name_before", text, start, 8)
    )


def _service(spot: Spot, quantity: Quantity) -> bool:
    """Whether three to five digits are the number of a service or of a model named before: 112, the 787."""
    text, start, lexicon = spot.text, quantity.number_start, spot.lexicon
    digits, noun = text[start : quantity.number_end], quantity.unit
    if (
        not 3 <= len(digits) <= 5
        or not digits.isdecimal()
        or (noun and (noun in lexicon.units or noun in lexicon.nouns))
    ):
        return False
    counted = noun is not None and lexicon.table.plural_s and noun.endswith("s")
    if not counted and lexicon.ahead("called_before", text, start, 40):
        return noun is None or lexicon.table.plural_s or digits in lexicon.words["services"]
    if lexicon.beyond("model_number", text, start):
        return True
    return noun is None and lexicon.ahead("model_named_before", text, start, 80) is not None


def list_mark(text: str, start: int, end: int) -> bool:
    """Whether the digits number a paragraph or a point of a list: "1. ", "2)"."""
    mark = LIST_MARK_END.match(text, end)
    return mark is not None and LIST_MARK.search(text, max(0, start - 6), start) is not None


LIST_MARK = re.compile(r"(?:\A|\n)[ \t]*\Z")
LIST_MARK_END = re.compile(r"[.)）．、][ \t]?(?![0-9])")
