"""The patterns that find and cut out numbers, units and dates, written from a language's table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from .languages import Table

SPACE = r"(?:[ \t]|\r?\n(?![ \t]*\r?\n))"
GAP = rf"{SPACE}{{0,2}}"
BLANKS = frozenset(" \t\n\r")
D = "[0-9]"
# A run of digits and separators as printed; whether the separators are sensible is judged afterwards.
BLOB = rf"{D}++(?:[.,]{D}++)*+"
HAN = "\u4e00-\u9fff"
KANA = "\u3041-\u30ff"
KATAKANA = "\u30a0-\u30ff"


def inverted(named: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Form to name, for tables of names and their forms."""
    return {folded(form): name for name, forms in named.items() for form in forms}


def folded(form: str) -> str:
    """A form as the dictionaries hold it: one space between words, case folded."""
    return form.casefold() if form.isalnum() else " ".join(form.split()).casefold()


def written_context(name: str, source: str) -> str:
    """A context of a table as a pattern."""
    for mark, pattern in (("<SPACE>", SPACE), ("<GAP>", GAP), ("<D>", D), ("<HAN>", HAN), ("<KATAKANA>", KATAKANA)):
        source = source.replace(mark, pattern)
    return rf"(?:{source})\Z" if name.endswith("_before") else source


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


def money_pattern(signs: Iterable[str]) -> str:
    """What stands between a range's join and its second amount: a currency."""
    return rf"{GAP}(?P<form>(?i:{alternatives(signs)})){GAP}"


def _word_end(form: str) -> str:
    return r"(?![^\W_])" if form[-1].isalnum() else ""


def _character_end(table: Table) -> Callable[[str], str]:
    guards = {form.casefold(): rest for form, rest in table.guards.items()}

    def end(form: str) -> str:
        if form[-1].isascii() and form[-1].isalnum():
            return "(?![A-Za-z0-9])"
        if form not in guards:
            return ""
        # a guard may end in characters that rule out only before no others: 台 before 风, but not before 风机
        first, _, unless = guards[form].partition("!")
        return f"(?![{re.escape(first)}])" if not unless else f"(?![{re.escape(first)}](?!{unless}))"

    return end


def _begins(forms: Iterable[str]) -> str:
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
        rf"[^A-Za-zÀ-ɏ](?:(?<={D})"
        rf"|{_begins(small)}{alternatives(small)}(?![^\W_])|{_begins(large)}{alternatives(large)}(?![^\W_]))"
    )


def _seed_characters(table: Table, forms: Iterable[str]) -> str:
    """The pattern that finds where an expression may begin in a language of characters.

    A lone character numeral counts only before something it can count or after something that asks for one.
    """
    numerals, magnitudes = "".join(table.numerals), "".join(table.magnitudes)
    vague, firsts = "".join(table.vague), table.firsts
    odd, points, half, others = (_characters(table, name) for name in ("odd", "points", "half", "followers"))
    follow = "".join(sorted({form[0] for form in forms if not form[0].isascii()} | set(numerals + magnitudes + vague)))
    follow += odd + points + others
    multiplier = "".join(c for c, value in table.magnitudes.items() if value < 10**12)
    rest = "".join(f"|(?<={form[0]}){form[1:]}" for form in sorted(firsts))
    opening, signs = (_characters(table, name) for name in ("first_year", "year_sign"))
    rest += rf"|(?<=[{''.join(sorted({era[-1] for era in table.eras}))}][{opening}])[{signs}]"
    return (
        rf"[0-9{numerals}{multiplier}{vague}{half}{opening}{''.join(sorted({form[0] for form in firsts}))}]"
        rf"(?:(?<=[0-9])|(?<=[{vague}])[{magnitudes}0-9]|(?<=[{half}])[{_characters(table, 'halves')}]{rest}"
        rf"|(?<=[{numerals}{multiplier}])(?:(?=[{follow}PEA-Z%~])|(?<=[{_characters(table, 'openers')}].)"
        rf"|(?= [{follow}])))"
    )


def _characters(table: Table, name: str) -> str:
    return "".join(table.sets.get(name, []))


def _printed_and_written(table: Table) -> tuple[str, str, str]:
    """The patterns of a multiplier, of a number printed in digits, and of one written in characters."""
    digit, vague, magnitudes = map("".join, (table.numerals, table.vague, table.magnitudes))
    odd, date = _characters(table, "odd"), _characters(table, "date_units")
    zeros = "".join(c for c, value in table.numerals.items() if value == 0)
    big = "".join(c for c, value in table.magnitudes.items() if value >= 10_000)
    small = "".join(c for c, value in table.magnitudes.items() if value < 10_000)
    guards = table.not_magnitudes
    alone = "|".join(c + (f"(?![{guards[c]}])" if c in guards else "") for c in magnitudes)
    multiplier = f"(?:{alone})"
    printed = (
        rf"{BLOB}(?:(?:(?:[{odd}](?=[{big}]))?{multiplier}| ?(?=[{big}]){multiplier}){multiplier}*+"
        rf"(?:[{zeros}]?{BLOB}(?! ?[{date}])|[{digit}]++(?={multiplier})| ?{BLOB}(?= ?[{big}]))?+)*+"
    )
    more = rf"[{odd}](?=[{big}]){multiplier}++|[{vague}](?=[{small}]){multiplier}++"
    return multiplier, printed, rf"(?:[{digit}]|{multiplier})++(?:{more})?"


def _date_patterns(table: Table, join: str) -> dict[str, str]:
    """The table's contexts of dates and times, with the numbers and joins in them."""
    some = "".join(table.numerals) + _characters(table, "tens")
    marks = {
        "<PART>": rf"(?:[0-9]{{1,4}}|[{some}]{{1,4}})",
        "<TWO>": rf"(?:[0-9]{{1,2}}|[{some}]{{1,3}})",
        "<JOIN>": join,
    }
    dates = {name: table.contexts[name] for name in ("date", "dates", "time")}
    for mark, form in marks.items():
        dates = {name: source.replace(mark, form) for name, source in dates.items()}
    return {name: written_context(name, source) for name, source in dates.items()}


def character_patterns(table: Table, forms: list[str]) -> dict[str, str]:
    """The patterns of a language whose numerals are characters."""
    digit, vague, magnitudes = map("".join, (table.numerals, table.vague, table.magnitudes))
    odd, big = _characters(table, "odd"), "".join(c for c, value in table.magnitudes.items() if value >= 10_000)
    multiplier, printed, written = _printed_and_written(table)
    join = rf"{GAP}(?:{alternatives(table.joins)}){GAP}"
    return {
        "seed": _seed_characters(table, [*forms, *table.joins, *inverted(table.after)]),
        "number": rf"(?P<some>[{vague}])?(?:(?P<printed>{printed})|(?P<written>{written}))",
        "plain": rf"([0-9]{{1,15}}+)({multiplier}?)(?![0-9.,{odd}{magnitudes}{digit}{vague} ])",
        "decimals": (
            rf"(?P<point>[{_characters(table, 'points')}])(?P<digits>[{digit}]{{1,8}}+)"
            rf"(?P<magnitudes>[{_characters(table, 'thousands')}{big}]{{0,2}})(?![{_characters(table, 'hundreds')}])"
        ),
        "run": rf"(?:{printed}|[{digit}{magnitudes}{vague}])++",
        "unit": rf"{GAP}(?P<form>(?i:{alternatives(forms, _character_end(table))}))",
        "noun": (
            rf"{GAP}{_characters(table, 'of')}?{GAP}[{HAN}{KATAKANA}A-Za-z]{{0,8}}?"
            rf"(?P<noun>{alternatives(inverted(table.nouns))})"
        ),
        "first": "|".join(f"{form}{condition}" for form, condition in table.firsts.items()) or "(?!)",
        "no_counter": rf"{GAP}{alternatives(table.not_counters)}",
        "join": join,
        "after": rf"{GAP}(?P<form>{alternatives(inverted(table.after))})",
        "qualifiers_after": (
            rf"{GAP}(?P<particle>[{_characters(table, 'particles') or ' '}]?)"
            rf"(?P<form>{alternatives(inverted(table.qualifiers_after))})"
        ),
        "names": f"(?i:{alternatives(table.names)})",
        **_date_patterns(table, join),
    }


def word_patterns(table: Table, forms: list[str], months: Mapping[str, int]) -> dict[str, str]:
    """The patterns of a language whose numerals are words."""
    numerals, vague, ordinals = table.numerals, table.vague, table.ordinals
    magnitudes = table.magnitudes
    long = [form for form in magnitudes if len(form) > 2]
    words = [*numerals, *vague, *long, *ordinals, *table.fractions, *table.multiples]
    joins = table.joins
    month = rf"(?P<month>(?i:{alternatives(months, _word_end)}))(?:\.(?={SPACE}{D}))?"
    suffix = f"(?:{table.contexts.get('ordinal_suffix', '(?!)')})?"
    day, year = rf"(?P<d>{D}{{1,2}}){suffix}", rf"(?P<y>[12]{D}{{3}})(?!{D}|[.,]{D})"
    loose = table.sets.get("loose_joins", [])
    worded = [form for form in joins if form[0].isalpha() and form not in loose]
    dash = rf"(?:{SPACE}?[-–—]{SPACE}?|{SPACE}{alternatives(worded)}{SPACE})"
    glue = f"(?:{alternatives(table.sets.get('number_glue', []))}{SPACE})?"
    of = table.contexts.get("of_date", "(?!)").replace("<SPACE>", SPACE)
    return {
        "seed": _seed_words(words, months),
        "number": BLOB,
        "run": BLOB,
        "lexeme": f"(?i:{alternatives([*words, *months], _word_end)})",
        "word": f"(?i:{alternatives(words, _word_end)})",
        "multiplier": rf"(?:{GAP}|-)(?P<form>(?i:{alternatives([*magnitudes, *vague], _word_end)}))",
        "next_word": rf"(?:{SPACE}|-){glue}(?P<form>(?i:{alternatives(words, _word_end)}))",
        "unit": rf"(?:{GAP}|-)(?P<form>(?i:{alternatives(forms, _word_end)}))",
        "noun": rf"(?:{SPACE}|-)(?P<noun>[^\W\d_]{{1,40}}+(?:-[^\W\d_]{{1,40}}+){{0,3}}+)(?!\d)",
        "day_month": rf"{day}(?:{dash}(?P<d2>{D}{{1,2}}))?(?:{of})?{SPACE}{month}(?:,?{SPACE}{year})?",
        "month_day": (
            rf"{month}(?:{SPACE}{day}(?!{D})(?![.,]{D})(?:{dash}(?P<d2>{D}{{1,2}}){suffix}(?!{D}))?"
            rf"(?:,?{SPACE}{year})?|,?{SPACE}(?P<y2>[12]{D}{{3}})(?!{D}|[.,]{D}))?"
        ),
        "join": rf"{GAP}(?P<form>(?i:{alternatives(joins, _word_end)})){GAP}",
        "after": rf"(?:{SPACE}|-)(?P<form>(?i:{alternatives(inverted(table.after), _word_end)}))",
        "qualifiers_after": rf"{GAP}(?P<form>(?i:{alternatives(inverted(table.qualifiers_after), _word_end)}))",
        "names": f"(?i:{alternatives(table.names, _word_end)})",
    }
