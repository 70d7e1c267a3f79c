"""Stage two: one number. Printed digits, character numerals and number words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from .fold import POWER_MINUS, POWERS
from .lexicon import Lexicon
from .patterns import BLANKS, SPACE

Value = int | Decimal

LONGEST = 40
"""Characters of the longest thing that is read as a number; longer runs are identifiers or noise."""
LARGEST = 30
"""The largest power of ten that is worked out."""

VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
# 816 000, 12 345 678
SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9]|[.,:/-][0-9])")
# 2 1/2
MIXED = re.compile(rf"(?:{SPACE}|-)([1-9])/([2-9]|1[0-9])(?![0-9/])")
# 3×10^8, 3 x 10⁸; 10^-8, 10³; 1.5e6
_POWER = rf"(?:\^(-?[0-9]{{1,2}})|({POWER_MINUS}?[{POWERS}]{{1,2}}))"
TIMES_POWER = re.compile(rf" ?[×x*] ?10{_POWER}")
POWER = re.compile(_POWER)
EXPONENT = re.compile(r"[eE]([+-]?[0-9]{1,2})(?![0-9A-Za-z])")
RAISING = frozenset(" ×x*^eE" + POWERS + POWER_MINUS)
PLAIN_POWERS = str.maketrans(POWERS + POWER_MINUS, "0123456789-")


class Number(NamedTuple):
    """A number where it stands."""

    start: int
    end: int
    value: Value
    printed: bool
    """Begins with digits."""
    multiplier: int = 1
    """The last magnitude word, 1 if there is none."""
    grouped: bool = False
    foreign: bool = False
    """A decimal separator of another locale."""
    vague: bool = False
    qualifier: str = "none"
    odd: int = 0
    """Characters after the number that make it "more than" or "some" (二十余, 十数)."""
    pair: tuple[Value, Value] | None = None
    """The two ends where two neighbouring numerals mean "two or three"."""

    def plural(self, text: str) -> bool:
        """Whether it is a word such as hundreds, after which "of" leads to what is counted."""
        return self.vague and text[self.end - 1] in "sS"

    @property
    def bare(self) -> bool:
        """Whether it is printed without separators and magnitudes, as the number in a name is."""
        return self.printed and not self.grouped and self.multiplier == 1


def read_number(text: str, start: int, lexicon: Lexicon, *, money: bool = False) -> Number | None:
    """The number that begins at ``start``; after a currency the one-letter magnitudes count too (``$5m``)."""
    if lexicon.characters:
        return _read_characters(text, start, lexicon)
    if text[start].isdigit():
        return _printed_words(text, start, lexicon, money=money)
    return _Words(text, start, lexicon).read()


def may_begin(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a number can begin here."""
    if at >= len(text):
        return False
    if text[at].isdigit():
        return True
    if lexicon.characters:
        return text[at] in lexicon.numerals or 1 < lexicon.magnitudes.get(text[at], 1) < 10_000
    return lexicon.pattern["word"].match(text, at) is not None


def printed(blob: str, lexicon: Lexicon) -> tuple[Value, bool, bool] | None:
    """Value, whether grouped, whether foreign, of digits and separators; ``None`` if they are no number."""
    if len(blob) > LONGEST:
        return None
    if blob.isdigit():
        return int(blob), False, False
    whole, point, decimals = blob.partition(lexicon.decimal)
    if point and not decimals.isdigit():
        return None
    groups = whole.split(lexicon.group)
    if len(groups) > 1:
        if groups[0][0] != "0" and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
            whole = "".join(groups)
        elif len(groups) == 2 and not point and not lexicon.characters:
            return Decimal(f"{groups[0]}.{groups[1]}"), False, True
        elif (
            not point
            and groups[0][0] != "0"
            and all(len(group) == 2 for group in groups[1:-1])
            and len(groups[-1]) == 3
        ):
            # 12,34,567, as India groups
            whole = "".join(groups)
        else:
            return None
    return (Decimal(f"{whole}.{decimals}") if point else int(whole)), len(groups) > 1, False


def _power(exponent: str) -> Value:
    """A power of ten, 0 if it is too large or small to be worked out."""
    power = int(exponent.translate(PLAIN_POWERS))
    if abs(power) > LARGEST:
        return 0
    return 10**power if power >= 0 else Decimal(f"1e{power}")


def _raised(text: str, start: int, end: int, value: Value) -> tuple[Value, int]:
    """Value and end with a power of ten: 3×10^8, 10³, 1.5e6."""
    if text[end : end + 1] not in RAISING:
        return value, end
    match, base = TIMES_POWER.match(text, end) or EXPONENT.match(text, end), value
    if match is None and value == 10 and end - start == 2:
        match, base = POWER.match(text, end), 1
    factor = _power(match[match.lastindex or 0]) if match else 0
    return (base * factor, match.end()) if match and factor else (value, end)


# characters


def _read_characters(text: str, start: int, lexicon: Lexicon) -> Number | None:
    plain = lexicon.pattern["plain"].match(text, start)
    if plain:
        # digits alone or with one magnitude, as most numbers are printed
        multiplier = lexicon.magnitudes.get(plain[2], 1)
        value: Value = int(plain[1]) * multiplier
        end = plain.end()
        if multiplier == 1 and not text[end : end + 1].isalpha():
            value, end = _raised(text, start, end, value)
        return Number(start, end, value, True, multiplier)
    match = lexicon.pattern["number"].match(text, start)
    if match is None or match.end() - start > LONGEST:
        return None
    some, printed, _ = match.groups()
    number = _written(text, start, match.end(), lexicon, vague=some is not None, printed=printed is not None)
    if number is None:
        return None
    follows = text[number.end : number.end + 1]
    if number.printed:
        number = _abbreviated(text, number, lexicon)
        if number.multiplier == 1:
            value, end = _raised(text, start, number.end, number.value)
            number = number._replace(value=value, end=end) if end > number.end else number
    elif follows in lexicon.words["points"]:
        number = _decimals(text, number, lexicon)
    return _odd(text, number, lexicon)


def _odd(text: str, number: Number, lexicon: Lexicon) -> Number:
    """The number with what may follow it to say "and more" (二十余) or "and some" (十数)."""
    end = number.end
    sign = text[end : end + 1]
    if sign not in lexicon.words["odd"] or not number.value:
        return number
    tens = lexicon.magnitudes.get(text[end - 1], 0) in (10, 100)
    if sign in lexicon.words["some"]:
        if tens and text[end + 1 : end + 2] not in lexicon.words["not_some"]:
            return number._replace(vague=True, odd=1)
    elif number.multiplier > 1 or number.value % 10 == 0:
        return number._replace(qualifier="more_than", odd=1)
    return number


def _abbreviated(text: str, number: Number, lexicon: Lexicon) -> Number:
    """13万2 is 132,000 where nothing is counted by the last digit."""
    digit, magnitude = text[number.end - 1], lexicon.magnitudes.get(text[number.end - 2], 0)
    if magnitude < 1000 or digit not in "123456789" or lexicon.following("unit", text, number.end):
        return number
    value = number.value + int(digit) * (magnitude // 10 - 1)
    return number._replace(value=value, multiplier=magnitude)


def _decimals(text: str, number: Number, lexicon: Lexicon) -> Number:
    """A number in characters with its decimals (三点五, 一・二億)."""
    match = lexicon.pattern["decimals"].match(text, number.end)
    if match is None or number.multiplier >= 10_000:
        return number
    # 三点五十分 is a time, 一点一点 an idiom: the word for the point is followed by what no clock says
    if match["point"] in lexicon.words["clock_points"] and lexicon.beyond("clock_goes_on", text, match.end()):
        return number
    value = number.value + Decimal("0." + "".join(str(lexicon.numerals[c]) for c in match["digits"]))
    multiplier = 1
    for character in match["magnitudes"]:
        multiplier = lexicon.magnitudes[character]
        value *= multiplier
    return number._replace(end=match.end(), value=value, multiplier=multiplier, pair=None)


def _written(text: str, start: int, end: int, lexicon: Lexicon, *, vague: bool, printed: bool) -> Number | None:
    """The number that digits, numerals and magnitudes are; the first of them may be one for "some"."""
    body, magnitudes = text[start + vague : end], lexicon.magnitudes
    if len(body) == 1 and not printed:
        # most that is written is one character
        value: Value = lexicon.numerals[body] if body in lexicon.numerals else magnitudes[body]
        return Number(start, end, value, False, magnitudes.get(body, 1), vague=vague)
    if body.isdigit():
        return Number(start, end, int(body), True, vague=vague)
    tokens = _tokens(body, lexicon)
    if tokens is None:
        return None
    value, multiplier = _added(tokens, magnitudes, high=True)
    pair = None
    if any(isinstance(token, tuple) for token in tokens):
        pair = _added(tokens, magnitudes, high=False)[0], value
    elif body[-1] in lexicon.numerals and magnitudes.get(body[-2:-1], 0) >= 1000:
        # 三万五 is 35,000
        value += lexicon.numerals[body[-1]] * (multiplier // 10 - 1)
    more, some = (not lexicon.words[name].isdisjoint(body) for name in ("more", "some"))
    qualifier = "more_than" if more else "none"
    return Number(
        start, end, value, printed, multiplier, lexicon.group in body, False, vague or some, qualifier, 0, pair
    )


Token = Value | str | tuple[int, int]


def _tokens(body: str, lexicon: Lexicon) -> list[Token] | None:
    """Values of digits and runs of numerals (two of them for 三四), and magnitudes as they are written."""
    tokens: list[Token] = []
    at = 0
    while at < len(body):
        stop = at
        if body[at] in lexicon.magnitudes:
            tokens.append(body[at])
            stop += 1
        elif body[at].isdigit():
            while stop < len(body) and body[stop] in "0123456789.,":
                stop += 1
            read = printed(body[at:stop], lexicon)
            if read is None:
                return None
            tokens.append(read[0])
        elif body[at] in lexicon.numerals:
            while stop < len(body) and body[stop] in lexicon.numerals:
                stop += 1
            token = _run(body, at, stop, lexicon)
            if token is None:
                return None
            tokens += [] if token == -1 else [token]
        else:
            stop += 1
        at = stop
    return tokens


def _run(body: str, at: int, stop: int, lexicon: Lexicon) -> int | tuple[int, int] | None:
    """The value of numerals in a row: one digit, two neighbours (三四), or digits one by one; -1 for a filling zero."""
    digits = [lexicon.numerals[c] for c in body[at:stop]]
    before, after = at > 0 and body[at - 1] in lexicon.magnitudes, stop < len(body)
    if at and digits[0] == 0:
        digits = digits[1:]
        if not digits:
            return -1
    if len(digits) == 1:
        return digits[0]
    neighbours = len(digits) == 2 and 0 < digits[0] == digits[1] - 1
    if neighbours and (before or len(body) <= 5) and (not after or body[stop] in lexicon.magnitudes):
        return digits[0], digits[1]
    # 三七二十一: digits one by one take none of the small magnitudes, 四六八億 is printed so in columns
    small = after and lexicon.magnitudes.get(body[stop], 0) < 10_000
    return None if before or small else int("".join(map(str, digits)))


def _added(tokens: Sequence[Token], magnitudes: Mapping[str, int], *, high: bool) -> tuple[Value, int]:
    """The sum of the tokens and the last magnitude."""
    total: Value = 0
    section: Value = 0
    current: Value | None = None
    last, highest = 1, 0
    for token in tokens:
        if not isinstance(token, str):
            current = token[high] if isinstance(token, tuple) else token
            continue
        last = magnitudes[token]
        if last < 10_000:
            section += (1 if current is None else current) * last
        else:
            block = section + (current or 0)
            block = 1 if not block and not total and current is None else block
            if last > highest:
                total, highest = (total + block) * last, last
            else:
                total = total + block * last if block else total * last
            section = 0
        current = None
    return total + section + (current or 0), last


# words


def _printed_words(text: str, start: int, lexicon: Lexicon, *, money: bool) -> Number | None:
    spaced = SPACED.match(text, start) if text[start - 1 : start] not in ("+", "(") else None
    match = spaced or lexicon.pattern["number"].match(text, start)
    blob = match.group() if match else ""
    read = (int(blob.replace(" ", "")), True, False) if spaced else printed(blob, lexicon)
    if match is None or read is None:
        return None
    value, grouped, foreign = read
    value, end = _parts_of_one(text, match.end(), value, lexicon)
    if end == match.end():
        value, end = _raised(text, start, end, value)
    last, vague = 1, False
    for _ in range(3):
        more = lexicon.following("multiplier", text, end)
        if more is None:
            break
        form = more["form"].casefold()
        if len(form) == 1 and not _one_letter(more, end, lexicon, money=money):
            break
        if form in lexicon.vague and lexicon.vague[form] == 12:
            break
        last = lexicon.magnitudes.get(form) or lexicon.vague[form]
        value, end = value * last, more.end()
    return Number(start, end, value, True, last, grouped, foreign, vague)


def _parts_of_one(text: str, end: int, value: Value, lexicon: Lexicon) -> tuple[Value, int]:
    """Value and end with a half or another part: 2 1/2, 2½, two and a half."""
    half = lexicon.beyond("and_half", text, end)
    if half:
        return Decimal(value) + Decimal("0.5"), half.end()
    if text[end : end + 1] in VULGAR and end < len(text):
        return value + VULGAR[text[end]], end + 1
    mixed = MIXED.match(text, end) if isinstance(value, int) else None
    if mixed and int(mixed[1]) < int(mixed[2]):
        return value + Decimal(int(mixed[1])) / Decimal(int(mixed[2])), mixed.end()
    return value, end


def _one_letter(match: re.Match[str], end: int, lexicon: Lexicon, *, money: bool) -> bool:
    """Whether a single letter after digits is a magnitude: $5m, Rp 3,5 T, 300k."""
    letter = match["form"]
    attached = match.start("form") == end
    if letter.casefold() in lexicon.words["counted_letters"] and attached and not money:
        # 2.3m homes, but the 100m hurdles
        return lexicon.beyond("counted_after_letter", match.string, match.end()) is not None
    if letter in lexicon.words["thousand_letters"]:
        return attached
    return money and (attached or letter in lexicon.words["spaced_letters"])


class _Words:
    """A number written in words, word by word."""

    def __init__(self, text: str, start: int, lexicon: Lexicon) -> None:
        self.text, self.start, self.lexicon = text, start, lexicon
        self.end = start
        self.total, self.group, self.highest, self.last = 0, 0, 0, 1
        self.current: int | None = None
        self.pair: tuple[Value, Value] | None = None
        self.vague = False

    def read(self) -> Number | None:
        """The number, or ``None`` where the words are none."""
        match = self.lexicon.pattern["word"].match(self.text, self.start)
        while match is not None and match.end() - self.start <= 4 * LONGEST:
            first = self.end == self.start
            form = " ".join((match.group() if first else match["form"]).split()).casefold()
            if not self._takes(form, self.text[self.end : match.end() - len(form)].split(), first=first):
                break
            self.end = match.end()
            match = self.lexicon.pattern["next_word"].match(self.text, self.end)
        if self.end == self.start:
            return None
        value: Value = self.total + self.group + (self.current or 0)
        return self._finished(value)

    def _takes(self, form: str, joined: list[str], *, first: bool) -> bool:
        """Whether the word goes on with the number; then it is added."""
        lexicon = self.lexicon
        if lexicon.words["of"].intersection(joined) and not (self.vague and form in lexicon.vague):
            return False
        if lexicon.words["and"].intersection(joined) and self.current is not None:
            # thirty and six games
            return False
        if form in lexicon.numerals:
            return self._takes_numeral(lexicon.numerals[form], joined, first=first)
        if form in lexicon.magnitudes or form in lexicon.vague:
            return self._takes_magnitude(form, first=first)
        return False

    def _takes_numeral(self, number: int, joined: list[str], *, first: bool) -> bool:
        current = self.current
        if number >= 100 and not self.group and current is None:
            if number < 1000:
                self.group = number
            else:
                self.total, self.highest = self.total + number, number
        elif number < 100 and current is None and (number or first):
            self.current = number
        elif current is not None and 20 <= current < 100 and current % 10 == 0 and 0 < number < 10:
            self.current = current + number
        elif current and joined == ["-"] and not self.group and not self.total and current + 1 == number < 10:
            self.pair, self.current = (current, number), number
        else:
            return False
        return True

    def _takes_magnitude(self, form: str, *, first: bool) -> bool:
        lexicon, stated = self.lexicon, self.lexicon.magnitudes.get(form)
        if first and stated and not lexicon.ahead("indefinite_before", self.text, self.start, 12):
            return False
        if form in lexicon.vague and not first and not self.vague:
            return False
        self.last = last = stated or lexicon.vague[form]
        self.vague = self.vague or (first and not lexicon.ahead("article_before", self.text, self.start, 4))
        if self.pair:
            self.pair = (self.pair[0] * last, self.pair[1] * last)
        if last < 1000:
            self.group += (1 if self.current is None else self.current) * last
        elif last > self.highest:
            self.total = (self.total + self.group + (self.current or 0) or 1) * last
            self.group, self.highest = 0, last
        else:
            self.total, self.group = self.total + (self.group + (self.current or 0)) * last, 0
        self.current = None
        return True

    def _finished(self, value: Value) -> Number:
        """The number with its decimals, its half and the article before it."""
        text, lexicon = self.text, self.lexicon
        value = self._decimals(value)
        half = lexicon.beyond("and_half", text, self.end) if value < 100 else None
        if half:
            value, self.end = value + Decimal("0.5"), half.end()
        if half or isinstance(value, Decimal):
            more = lexicon.following("multiplier", text, self.end)
            if more and lexicon.magnitudes.get(more["form"].casefold(), 0) >= 1000 and len(more["form"]) > 2:
                self.last = lexicon.magnitudes.get(more["form"].casefold(), 1)
                value, self.end = value * self.last, more.end()
        article = lexicon.ahead("article_before", text, self.start, 4) if self.last > 1 else None
        begin = article.start(1) if article else self.start
        return Number(begin, self.end, value, False, self.last, vague=self.vague, pair=self.pair)

    def _decimals(self, value: Value) -> Value:
        """one point five, satu koma lima."""
        point = self.lexicon.beyond("point_word", self.text, self.end)
        if point is None or self.last > 1:
            return value
        digits, end = "", point.end()
        while match := self.lexicon.pattern["word"].match(self.text, end):
            number = self.lexicon.numerals.get(match.group().casefold(), 100)
            if number > 99:
                break
            digits, self.end = digits + str(number), match.end()
            end = match.end() + (self.text[match.end() : match.end() + 1] in BLANKS)
        return value + Decimal(f"0.{digits}") if digits else value


def small_number(form: str | None, lexicon: Lexicon) -> int | None:
    """The whole number that a part of a date is, -1 if it is none."""
    if form is None:
        return None
    number = read_number(form, 0, lexicon)
    return int(number.value) if number and number.end == len(form) else -1
