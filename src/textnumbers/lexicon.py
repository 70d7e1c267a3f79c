"""A language's table and its CLDR facts, compiled into the patterns that the engine matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import get_currency_symbol

from .languages import TABLES, Table

SPACE = r"(?:[ \t\u00a0\u2009\u202f\u3000]|\r?\n(?![ \t]*\r?\n))"
GAP = rf"{SPACE}{{0,2}}"
DIGITS = "0-9０-９"
# A run of digits and separators as printed; whether the separators are sensible is judged afterwards.
BLOB = rf"[{DIGITS}]++(?:[.,][{DIGITS}]++|[．，][０-９]++)*+"
ODD = "余餘多来來几幾数數"
POINTS = "・．点點"
"""The decimal points of numbers written in characters."""
BLANKS = frozenset(" \t\n\r\u00a0\u2009\u202f\u3000")
BLANK_AS_SPACE = dict.fromkeys(map(ord, BLANKS), " ")
WINDOW = 28
"""How far before an expression its prefixes and qualifiers are looked for; the longest has 24 characters."""
PAIR_BEFORE = re.compile(r"(?i:\b(?:between|antara)\s(?:\S{1,4}\s?)?)\Z")
PAIR_AFTER = re.compile(rf"{SPACE}(?:and|dan){SPACE}")
CURRENCIES = """
    USD CNY JPY IDR EUR GBP HKD TWD KRW INR AUD CAD CHF SEK NOK DKK NZD SGD MYR THB PHP VND BRL RUB ZAR MXN PLN
    AED SAR TRY
"""


class Unit(NamedTuple):
    """What a form after a number says: the kind, the canonical unit and the factor to it."""

    kind: str
    unit: str
    scale: int | Decimal


@dataclass(frozen=True)
class Lexicon:
    """Everything the engine needs to know about one language."""

    table: Table
    group: str
    decimal: str
    day_first: bool
    seed: re.Pattern[str]
    numerals: Mapping[str, int]
    ordinals: Mapping[str, int]
    magnitudes: Mapping[str, int]
    vague: Mapping[str, int]
    fractions: Mapping[str, float]
    ordered: frozenset[str]
    months: Mapping[str, int]
    day_goes_on: frozenset[str]
    """With what a date goes on after the blank behind its day: the first characters of months, "of" and joins."""
    units: Mapping[str, Unit]
    before: Mapping[str, str]
    money: Mapping[str, str]
    qualifiers_before: Mapping[str, str]
    qualifiers_after: Mapping[str, str]
    digits_only: frozenset[str]
    one_counts: frozenset[str]
    determiners: frozenset[str]
    not_nouns: frozenset[str]
    nouns: Mapping[str, str]
    eras: Mapping[str, int]
    parts: Mapping[str, Mapping[str, int]]
    name_offsets: tuple[int, ...]
    """How far before a numeral a name may begin."""
    name_words: frozenset[str]
    """The words that come right before the numeral in a name (word languages)."""
    tails: Mapping[str, Mapping[str, list[str]]]
    """The forms that stand before an expression, by their last character or word; the longest first."""
    after: Mapping[str, tuple[frozenset[str], Callable[..., re.Match[str] | None]]]
    """For what stands after an expression the first characters of its forms, and how it is matched."""
    pattern: Mapping[str, re.Pattern[str]]

    def following(self, name: str, text: str, end: int) -> re.Match[str] | None:
        """The match of a pattern after an expression; one character rules most places out."""
        starters, match = self.after[name]
        first = text[end : end + 1]
        if first in BLANKS:
            first = text[end + 1 : end + 2]
            if first in BLANKS:
                first = text[end + 2 : end + 3]
        return match(text, end) if first in starters else None

    def ending(self, forms: Iterable[str], text: str, floor: int, at: int) -> tuple[str, int] | None:
        """The first of the forms that ends at ``at``, and where it begins."""
        low = max(floor, at - WINDOW)
        tail = text[low:at]
        if not tail.isprintable():
            tail = tail.translate(BLANK_AS_SPACE)
        if not tail.islower():
            folded_tail = tail.casefold()
            tail = folded_tail if len(folded_tail) == len(tail) else tail
        for form in forms:
            if tail.endswith(form):
                start = at - len(form)
                before = text[start - 1] if start else " "
                # a form in letters begins a word
                if not (form[0].isalpha() and before.isalpha() and (before.isascii() or not self.table.characters)):
                    return form, start
        return None

    def last(self, text: str, floor: int, end: int) -> tuple[str, int]:
        """The last character before ``end``, or in languages of words the last word, and its end before the blanks."""
        at = end
        while at > floor and at > end - 3 and text[at - 1] in BLANKS:
            at -= 1
        if at <= floor:
            return "", at
        character = text[at - 1]
        if self.table.characters or at == end or not character.isalpha():
            return character, at
        low = max(floor, at - WINDOW)
        word = text[max(low, text.rfind(" ", low, at) + 1) : at]
        return (word if word.isalpha() else word_before(text, floor, at)[0]).casefold(), at


def word_before(text: str, floor: int, end: int) -> tuple[str, int]:
    """The word that ends at ``end``, or before the blank there, and where it begins; empty if there is none.

    Twice as fast as a pattern that is anchored at the end.
    """
    parts = text[max(floor, end - WINDOW) : end].rsplit(None, 1)
    word = parts[-1].lstrip("([{\"'“‘«-–—/") if parts else ""
    if not word.replace("-", "").isalpha():
        return "", end
    return word, text.rfind(word, 0, end)


def entries(text: str) -> dict[str, list[str]]:
    """The ``name: form form`` lines of a table; a line without a name goes on with the one above."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        head, colon, tail = line.strip().partition(": ")
        if colon or line.strip().endswith(":"):
            name = head.rstrip(":")
        else:
            tail = line.strip()
        found.setdefault(name, []).extend(form.replace("_", " ") for form in tail.split())
    return {name: forms for name, forms in found.items() if forms}


def values(text: str) -> dict[str, int]:
    """The ``form:value`` entries of a table."""
    pairs = (entry.replace("_", " ").rsplit(":", 1) for entry in text.split())
    return {form: int(value) for form, value in pairs}


def conditions(text: str) -> dict[str, str]:
    """The ``form:condition`` entries of a table, in which the condition is a pattern."""
    return {form: condition for form, _, condition in (entry.partition(":") for entry in text.split())}


def inverted(text: str) -> dict[str, str]:
    """Form to name, for tables of ``name: forms``."""
    return {folded(form): name for name, forms in entries(text).items() for form in forms}


def folded(form: str) -> str:
    """A form as the dictionaries hold it: one space between words, case folded."""
    return form.casefold() if form.isalnum() else " ".join(form.split()).casefold()


def alternatives(forms: Iterable[str], end: Callable[[str], str] = lambda form: "") -> str:
    """A pattern for the longest of the forms, as a trie: its cost does not grow with their number.

    ``end`` gives what must follow a form.
    """
    trie: dict[str, dict] = {}
    for form in forms:
        node = trie
        for character in form:
            node = node.setdefault(character, {})
        node[""] = {"": end(form)}

    def render(node: dict) -> str:
        branches = [
            (SPACE if character == " " else re.escape(character)) + render(child)
            for character, child in sorted(node.items())
            if character
        ]
        if "" in node:
            branches.append(node[""][""])
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"

    return render(trie) if trie else r"(?!)"


def _currency_signs(locale: Locale) -> dict[str, str]:
    signs = {get_currency_symbol(code, locale): code for code in CURRENCIES.split()} | {
        code: code for code in CURRENCIES.split()
    }
    return {sign: code for sign, code in signs.items() if not sign.isalpha() or (sign.isascii() and sign.isupper())}


def _months(locale: Locale) -> dict[str, int]:
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in locale.months["format"][width].items():
            if name[0].isalpha():
                names[name.rstrip(".").casefold()] = number
    return names


def _word_end(form: str) -> str:
    return r"(?![^\W_])" if form[-1].isalnum() else ""


def _character_end(guards: Mapping[str, str]) -> Callable[[str], str]:
    def end(form: str) -> str:
        if form[-1].isascii() and form[-1].isalnum():
            return "(?![A-Za-z0-9])"
        if form not in guards:
            return ""
        # a guard may end in characters that rule out only before no others: 台 before 风, but not before 风机
        first, _, unless = guards[form].partition("!")
        return f"(?![{re.escape(first)}])" if not unless else f"(?![{re.escape(first)}](?!{unless}))"

    return end


def _ahead(forms: Iterable[str]) -> str:
    """What the forms begin with, two characters wide: it rules most words out before the trie is tried."""
    first, second = ("".join(sorted({form[at] for form in forms})) for at in (0, 1))
    return f"(?=[{first}][{second}])"


def _seed_words(words: Iterable[str], months: Iterable[str]) -> str:
    """The pattern that finds where an expression may begin in a language of words: a digit, or what is no letter
    before one of the words. Months count with a capital only.

    Spelling out the cases (small, Capital, ALL CAPITALS) is several times faster than ignoring case.
    """
    small = list(words)
    large = [form for word in [*small, *months] for form in (word[0].upper() + word[1:], word.upper())]
    return (
        rf"[^A-Za-zÀ-ɏ](?:(?<=[{DIGITS}])"
        rf"|{_ahead(small)}{alternatives(small)}(?![^\W_])|{_ahead(large)}{alternatives(large)}(?![^\W_]))"
    )


def _seed_characters(numerals: str, magnitudes: str, vague: str, forms: Iterable[str], firsts: Iterable[str]) -> str:
    """The pattern that finds where an expression may begin in a language of characters.

    A lone character numeral counts only before something it can count or after something that asks for one.
    """
    follow = "".join(
        sorted(
            {form[0] for form in forms if not form[0].isascii()}
            | set(numerals + magnitudes + vague + ODD + POINTS + "、")
        )
    )
    multiplier = "".join(c for c in magnitudes if c not in "兆京")
    first = "".join(sorted({form[0] for form in firsts}))
    rest = "|".join(f"(?<={form[0]}){form[1:]}" for form in sorted(firsts))
    return (
        rf"[{DIGITS}{numerals}{multiplier}{vague}半{first}]"
        rf"(?:(?<=[{DIGITS}])|(?<=[{vague}])[{magnitudes}{DIGITS}]|(?<=半)[年数數月日天小个個時世]|{rest}"
        rf"|(?<=[{numerals}{multiplier}])(?:(?=[{follow}PEA-Z%％~～〜])|(?<=[第之前トプ].)|(?= [{follow}])))"
    )


def _parts(text: str) -> dict[str, dict[str, int]]:
    """The ``larger>smaller:ratio`` entries of a table, by the larger."""
    found: dict[str, dict[str, int]] = {}
    for entry, ratio in values(text).items():
        larger, _, smaller = entry.partition(">")
        found.setdefault(larger, {})[smaller] = ratio
    return found


def _units(table: Table) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for name, forms in entries(table.units).items():
        kind, _, rest = name.partition(" ")
        unit, _, scale = rest.partition("*")
        factor = Decimal(scale) if "." in scale else int(scale or 1)
        for form in forms:
            units.setdefault(folded(form), Unit(kind, unit.strip(), factor))
    return units


def language_code(language: str) -> str:
    """The table's code of a language tag such as ``zh-Hant`` or ``en_GB``.

    Raises ``ValueError`` for a language that has no table.
    """
    code = str(language).replace("_", "-").split("-")[0].casefold()
    if code not in TABLES:
        raise ValueError(f"language {language!r} is not known; expected one of {', '.join(sorted(TABLES))}")
    return code


# After a number of days these say how long something takes: 14日前後かかる, 10日遅い, 1日52分.
LASTING = (
    r"(?:前後|ほど|程度|余り|近く|以上|弱|強)?(?:も|は|が)?"
    r"(?:かか[らりるっ]|かけて|要[しす]|続[いけく]|遅(?:い|れ|け|か|く(?![にま]))|早(?:い|か|ま(?![でに]))|短[いくま縮]|長[いく引])"
    r"|(?:あたり|平均)?(?:約|およそ|平均)?[0-9０-９]{1,3}(?:分(?![の割])|時間|[回本杯錠食]|往復)"
)
# Before a number of days these say so too.
LASTED = (
    "连续",
    "連續",
    "接连",
    "接連",
    "一连",
    "一連",
    "为期",
    "為期",
    "历时",
    "歷時",
    "长达",
    "長達",
    "持续",
    "持續",
)

# A multiplier that begins one of these is part of another word: a kilowatt, Chiba, a percentage.
NOT_MULTIPLIERS = {
    "百": "分度貨货科花",
    "千": "瓦米克卡兆赫帕葉代歳歲",
    "兆": "瓦字赫比候し",
    "京": "都阪王浜成葉急東",
    "万": "科达達博全能",
}


def _character_patterns(table: Table, units: Mapping[str, Unit], names: list[str]) -> dict[str, str]:
    """The patterns of a language whose numerals are characters."""
    digit, vague = "".join(values(table.numerals)), "".join(values(table.vague))
    magnitudes = "".join(values(table.magnitudes))
    guarded = [c + (f"(?![{NOT_MULTIPLIERS[c]}])" if c in NOT_MULTIPLIERS else "") for c in magnitudes]
    multiplier = f"(?:{'|'.join(guarded)})"
    big = "".join(c for c, value in values(table.magnitudes).items() if value >= 10_000)
    odd = rf"(?:[{ODD}](?=[{big}]))?"
    space = r"[ \u00a0\u3000]?"
    printed = (
        rf"{BLOB}(?:(?:{odd}{multiplier}|{space}(?=[{big}]){multiplier}){multiplier}*+"
        rf"(?:{BLOB}(?!{space}[年月日])|[{digit}]++(?={multiplier})|{space}{BLOB}(?={space}[{big}]))?+)*+"
    )
    written = rf"(?:[{digit}]|{multiplier})++(?:[{ODD}](?=[{big}]){multiplier}++|[{vague}](?=[十百千]){multiplier}++)?"
    part = rf"(?:[{DIGITS}]{{1,4}}|[{digit}十廿卅]{{1,4}})"
    two = rf"(?:[{DIGITS}]{{1,2}}|[{digit}十廿卅]{{1,3}})"
    guards = dict(line.split(":") for line in table.guards.split())
    unit_forms = [form for forms in entries(table.units).values() for form in forms]
    ends = _character_end(guards)
    nouns = alternatives(inverted(table.nouns))
    join = rf"{GAP}(?:{alternatives(table.joins.split())}){GAP}"
    return {
        "seed": _seed_characters(
            "".join(values(table.numerals)),
            magnitudes,
            vague,
            [*unit_forms, *table.joins.split(), *inverted(table.after), *"季月日分半"],
            conditions(table.firsts),
        ),
        "number": rf"(?P<some>[{vague}])?(?:(?P<printed>{printed})|(?P<written>{written}))",
        "plain": (
            rf"([{DIGITS}]{{1,15}}+)({multiplier}?)(?![{DIGITS}.,．，{ODD}{magnitudes}{digit}{vague} \u00a0\u3000])"
        ),
        "decimals": rf"(?P<point>[{POINTS}])(?P<digits>[{digit}]{{1,8}}+)(?P<magnitudes>[千{big}]{{0,2}})(?![十百])",
        "run": rf"(?:{printed}|[{digit}{magnitudes}{vague}])++",
        "unit": rf"{GAP}(?P<form>(?i:{alternatives(unit_forms, ends)}))",
        "noun": rf"{GAP}の?{GAP}[一-鿿゠-ヿA-Za-z]{{0,8}}?(?P<noun>{nouns})",
        "date": (
            rf"(?:(?P<y>{part}){GAP}年度?{GAP})?"
            rf"(?:第?{GAP}(?P<q>[1-4１-４一二三四]){GAP}(?:(?<![第年][1-4１-４一二三四])四半期(?!連続|ぶり|分|にわ)|(?<=[第年][1-4１-４一二三四])四半期|季度|(?:(?<=第四)|(?<!四))季(?![节節报報刊]))"
            rf"|(?P<m>{two}){GAP}月(?![間间])(?:份)?(?:{GAP}(?P<d>{two}){GAP}[日号號](?![間间]))?)"
            rf"|(?P<day>{two}){GAP}日(?![間间本以連连ぶ後内目元系程曜]|当た|あた|当り|{LASTING}|{join}{two}{GAP}日(?:{LASTING}))"
        ),
        "dates": (
            rf"(?:(?P<y>{part}){GAP}年{GAP})?(?:(?P<m1>{two}){join}(?P<m2>{two}){GAP}月(?![間间])(?:份)?"
            rf"|(?P<m>{two}){GAP}月{GAP}(?P<d1>{two}){join}(?P<d2>{two}){GAP}[日号號](?![間间]))"
        ),
        "time": (
            rf"(?P<h>{two}){GAP}(?:時|时|点|點|:|：){GAP}"
            rf"(?:(?P<half>半)|(?P<min>{two}){GAP}分?(?![{DIGITS}之の野]))?"
        ),
        "first": "|".join(f"{form}{condition}" for form, condition in conditions(table.firsts).items()),
        "no_counter": rf"{GAP}{alternatives(table.not_counters.split())}",
        "join": join,
        "after": rf"{GAP}(?P<form>{alternatives(inverted(table.after))})",
        "qualifiers_after": rf"{GAP}[はがもをの]?(?P<form>{alternatives(inverted(table.qualifiers_after))})",
        "names": f"(?i:{alternatives(names)})",
        "fraction": rf"{GAP}分{GAP}[之の]{GAP}",
    }


def _word_patterns(
    table: Table, units: Mapping[str, Unit], names: list[str], months: Mapping[str, int]
) -> dict[str, str]:
    """The patterns of a language whose numerals are words."""
    numerals, magnitudes = values(table.numerals), values(table.magnitudes)
    vague, ordinals, fractions = values(table.vague), values(table.ordinals), fraction_values(table.fractions)
    long = [form for form in magnitudes if len(form) > 2]
    unit_forms = [form for forms in entries(table.units).values() for form in forms]
    words = [*numerals, *vague, *long, *ordinals, *fractions]
    joins = [form.replace("_", " ") for form in table.joins.split()]
    month = rf"(?P<month>(?i:{alternatives(months, _word_end)}))(?:\.(?={SPACE}[{DIGITS}]))?"
    day = rf"(?P<d>[{DIGITS}]{{1,2}})(?:st|nd|rd|th)?"
    year = rf"(?P<y>[12][0-9]{{3}})(?![{DIGITS}]|[.,][{DIGITS}])"
    worded = [form for form in joins if form[0].isalpha() and form != "and"]
    dash = rf"(?:{SPACE}?[-–—]{SPACE}?|{SPACE}{alternatives(worded)}{SPACE})"
    return {
        "seed": _seed_words(words, months),
        "number": BLOB,
        "run": BLOB,
        "lexeme": f"(?i:{alternatives([*words, *months], _word_end)})",
        "word": f"(?i:{alternatives(words, _word_end)})",
        "multiplier": rf"(?:{GAP}|-)(?P<form>(?i:{alternatives([*magnitudes, *vague], _word_end)}))",
        "next_word": rf"(?:{SPACE}|-)(?:(?:and|of){SPACE})?(?P<form>(?i:{alternatives(words, _word_end)}))",
        "half": rf"(?:{SPACE}(?:and{SPACE}a{SPACE}half|setengah)|-and-a-half)(?!\w)",
        "unit": rf"(?:{GAP}|-)(?P<form>(?i:{alternatives(unit_forms, _word_end)}))",
        "noun": rf"(?:{SPACE}|-)(?P<noun>[^\W\d_]{{1,40}}+(?:-[^\W\d_]{{1,40}}+){{0,3}}+)(?!\d)",
        "day_month": rf"{day}(?:{dash}(?P<d2>[{DIGITS}]{{1,2}}))?(?:{SPACE}of)?{SPACE}{month}(?:,?{SPACE}{year})?",
        "month_day": (
            rf"{month}(?:{SPACE}{day}(?![{DIGITS}])(?![.,][{DIGITS}])(?:{dash}(?P<d2>[{DIGITS}]{{1,2}})(?:st|nd|rd|th)?(?![{DIGITS}]))?"
            rf"(?:,?{SPACE}{year})?|,?{SPACE}(?P<y2>[12][0-9]{{3}})(?![{DIGITS}]|[.,][{DIGITS}]))?"
        ),
        "time": (
            rf"(?P<h>[{DIGITS}]{{1,2}})[.:](?P<min>[{DIGITS}]{{2}})(?![{DIGITS}])(?:{SPACE}?(?P<half>[ap](?:\.m\.|m)(?!\w)))?"
            rf"|(?P<hour>[{DIGITS}]{{1,2}}){SPACE}?(?P<noon>[ap](?:\.m\.|m)(?!\w))"
        ),
        "join": rf"{GAP}(?P<form>(?i:{alternatives(joins, _word_end)})){GAP}",
        "after": rf"(?:{SPACE}|-)(?P<form>(?i:{alternatives(inverted(table.after), _word_end)}))",
        "qualifiers_after": rf"{GAP}(?P<form>(?i:{alternatives(inverted(table.qualifiers_after), _word_end)}))",
        "names": f"(?i:{alternatives(names, _word_end)})",
    }


def fraction_values(text: str) -> dict[str, float]:
    """The ``form:percent`` entries of a table, as parts of one."""
    return {form: float(value) / 100 for form, value in (entry.rsplit(":", 1) for entry in text.split())}


def _offsets(names: Iterable[str], numerals: Iterable[str]) -> tuple[int, ...]:
    """How far before a numeral a name may begin: the places of all numerals in the names."""
    found = {0}
    for name in names:
        folded_name = name.casefold()
        found |= {match.start() for match in re.finditer("|".join(map(re.escape, numerals)), folded_name)}
    return tuple(sorted(found))


@cache
def lexicon(code: str) -> Lexicon:
    """The compiled lexicon of a language code that ``language_code`` gave."""
    table = TABLES[code]
    locale = Locale.parse(table.locale)
    symbols = locale.number_symbols["latn"]
    units, months = _units(table), _months(locale)
    names = [form for forms in entries(table.names).values() for form in forms]
    money = {folded(form): name for name, forms in entries(table.money_before).items() for form in forms}
    money = {sign.casefold(): unit for sign, unit in _currency_signs(locale).items()} | money
    before = inverted(table.before)
    sources = (
        _character_patterns(table, units, names) if table.characters else _word_patterns(table, units, names, months)
    )
    pattern = {name: re.compile(source) for name, source in sources.items()}
    pattern["money"] = re.compile(rf"{GAP}(?P<form>(?i:{alternatives(money)})){GAP}")
    forms = [form for group in entries(table.units).values() for form in group]
    numerals, magnitudes, ordinals = values(table.numerals), values(table.magnitudes), values(table.ordinals)
    pattern["list"] = re.compile(
        rf"{SPACE}?[,、，;；和與与及]?{SPACE}?(?:(?:and|dan|serta){SPACE})?(?i:{alternatives(money)})?"
    )
    return Lexicon(
        table=table,
        group=symbols["group"],
        decimal=symbols["decimal"],
        day_first=locale.date_formats["short"].pattern.lower().startswith("d"),
        seed=pattern["seed"],
        numerals=numerals,
        ordinals={folded(form): value for form, value in ordinals.items()},
        magnitudes=magnitudes,
        vague=values(table.vague),
        fractions=fraction_values(table.fractions),
        ordered=frozenset(table.ordered.split()),
        months=months,
        day_goes_on=frozenset(
            char for form in (*months, *table.joins.split(), "of", "-", "–", "—") for char in (form[0], form[0].upper())
        ),
        units=units,
        before=before,
        money=money,
        qualifiers_before=inverted(table.qualifiers_before),
        qualifiers_after=inverted(table.qualifiers_after),
        digits_only=frozenset(folded(form) for form in table.digits_only.split()),
        one_counts=frozenset(table.one_counts.split()),
        determiners=frozenset(table.determiners.split()),
        not_nouns=frozenset(table.not_nouns.split()),
        nouns=inverted(table.nouns),
        eras=values(table.eras),
        parts=_parts(table.parts),
        name_offsets=_offsets(names, [*numerals, *magnitudes, *ordinals]),
        name_words=_name_words(names, [*numerals, *magnitudes, *ordinals]),
        tails={
            "before": _tails([*before, *money]),
            "qualifiers_before": _tails(inverted(table.qualifiers_before)),
        },
        after={
            name: (first, pattern[name].match)
            for name, first in {
                "unit": _starters(forms, "-"),
                "join": _starters(table.joins.split()),
                "after": _starters(inverted(table.after)),
                "qualifiers_after": _starters(inverted(table.qualifiers_after), "はがもをの"),
                "multiplier": _starters([*magnitudes, *values(table.vague)], "-"),
                "half": _starters(["and", "setengah"], "-"),
            }.items()
            if name in pattern
        },
        pattern=pattern,
    )


def _name_words(names: Iterable[str], numerals: Iterable[str]) -> frozenset[str]:
    """The words right before the first numeral of names: kaki lima, no one."""
    found = set()
    known = set(numerals)
    for name in names:
        words = name.casefold().replace("-", " ").split()
        at = next((number for number, word in enumerate(words) if word in known), 0)
        if at:
            found.add(words[at - 1])
    return frozenset(found)


def _tails(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        for last in {form[-1], form.split()[-1]}:
            found.setdefault(last, []).append(form)
    return found


def _starters(forms: Iterable[str], others: str = "") -> frozenset[str]:
    first = {form[0] for form in forms} | set(others)
    return frozenset(first | {character.upper() for character in first} | {character.lower() for character in first})
