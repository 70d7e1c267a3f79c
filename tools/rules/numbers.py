"""House rule on numbers: each one in a notebook's prose is backed by something that the notebook computes.

Prose is what an author typed: Markdown cells, comments, and in code every string that is shown or is a sentence
(captions, headlines, alternative texts, the fixed parts of computed sentences). A number is backed if it stands

- in a table or another result that the code computed,
- in a computed sentence, in a part that the code filled in, or
- as a number in the code itself, for instance in an assertion; but not in what a sentence is filled with.

Numbers are compared by value, anywhere in the notebook. So one that happens to be equal to another number of
the notebook passes. A day, a month (but in code) and a percentage are numbers of their own: "58%" is backed by a
percentage, or by 0.58 in the code, not by 58 of something else. English number words above ten count as well
("ninety-nine", "a hundredth", "twentyfold"), and so do signs (½, ①), digits in a word (9e5), Roman numerals and those
of two or more Chinese characters. The rules `plain` and `characters` keep marks away from between digits. Not looked at
are words up to ten, parts ("half", "three fifths"), words of other languages and what has no exact value ("hundreds").
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from math import inf
from typing import Any

from tools.notebook import chosen
from tools.rules.view import Found, Notebook, parsed
from tools.texts import DAY, iso

WORDS = 4  # a string of so many words is a sentence, shown or not

ALLOWED = {
    "the date of the article": r"\b2 August 2024\b|\b2024-08-02\b|(?<!\d )\bAugust 2024\b",
    "the article's division of labour": r"\b(?:0(?: to |→)1(?:00)?|1(?: to |→)10|10(?: to |→)100)\b",
    "figures and tables": r"\b(?:[Ff]igure|[Tt]able)s? \d\b(?:(?:, | and | to )\d\b)*",
    "notebooks": rf"(?<!-)\b(?:{'|'.join(path.name[:2] for path in chosen([]))})\b(?!-\d)",
    "the place in a list": r"^\s*\d\. ",
    "how long it takes": r"\*\*Time:\*\* \d\d? minutes to read, (?:under|about) \d minutes? to run",
    "names": r"\b(?:[2-6]G|[23]D|FP(?:8|16|32|64)|GPT-\d)\b",
    "the usual level of an interval": r"\b95 ?% (?:confidence|interval)",
    "definitions": r"\ba million billion operations\b|\ba thousand of them are one\b",
    "usage": r"\*over 30\* as thirty-odd\b",
}

ALLOWANCE = re.compile("|".join(ALLOWED.values()), re.MULTILINE)
UNREAD = re.compile(r"(?<=\])\([^)\s]+\)|https?://\S+|</?[A-Za-z][^<>\n]*>")
# digits in a word, such as 9e5, or one by one
ODD = re.compile(r"\b(?:\d+[A-Za-z_]+\d\w*|[A-Za-z_]+\d{4,}\w*|\d(?: \d){2,})\b")
NUMBER = re.compile(r"(?<![\w.])(?:\d{4}-\d\d(?:-\d\d)?(?![\w-])|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)")
TAG = re.compile(r"<[^>]+>")

SCALES = {10**power for power in range(16)}  # a unit, or a percentage

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: n for n, word in enumerate(ONES.split())} | {word: 10 * n for n, word in enumerate(TENS.split(), 2)}
LARGE = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
LARGE |= {"dozen": 12, "lakh": 10**5, "crore": 10**7, "quadrillion": 10**15}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
SMALL |= {re.sub("y$", "ie", word) + "th": n for word, n in SMALL.items()} | ORDINALS
LARGE |= {f"{word}th": n for word, n in LARGE.items()}
WORD = rf"(?:{'|'.join(sorted([*SMALL, *LARGE], key=len, reverse=True))})"
NUMBER_WORDS = re.compile(rf"\b{WORD}(?:(?:[ \n-]|(?<=hundred) and |(?<=thousand) and ){WORD})*(?=(?:fold)?\b)", re.I)
ROMAN = re.compile(
    r"\b(?!mix\b)(?=[MDCLXVI]{2}|(?i:[MDCLXVI]{3}))"
    r"(?i:M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))\b(?<=\w)"
)
PERCENT = re.compile(rf"({NUMBER.pattern}|\b{WORD}(?:[ -]{WORD})*) ?(?:%|per ?cent\b)", re.I)
NUMERALS = "".join(char for char in map(chr, range(0x3007, 0xA000)) if unicodedata.numeric(char, None) is not None)
CHINESE = re.compile(f"[{NUMERALS}两兩廿卅]{{2,}}")

Value = Decimal | str


def numbers(notebook: Notebook) -> Found:
    """Each number in prose or a comment stands in a computed output, or in an assertion, of the same notebook."""
    for n, number in unbacked(notebook.cells):
        yield n, f"nothing backs the number {number}", "a sentence that the code computes, or an assertion"


def filled(notebook: Notebook) -> Found:
    """What fills a computed sentence is computed from data, not from a number typed there."""
    for n, cell in notebook.code():
        for node in ast.walk(parsed(cell.source)):
            fills = [node.value] if isinstance(node, ast.FormattedValue) else shown(node)
            for value in fills:
                names = isinstance(node, ast.Call) or any(isinstance(part, ast.Name) for part in ast.walk(value))
                if not names or any(number > 10 and number not in SCALES for number in typed_in(value)):
                    yield n, f"a typed number fills a sentence: {{{ast.unparse(value)}}}", "a computed one"


def unbacked(cells: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Yield the place of the cell (from 1) and the number, for each number in prose that nothing backs."""
    numbered = list(enumerate(cells, start=1))
    backing: set[Value] = set()
    for _, cell in numbered:
        if cell.cell_type == "code":
            backing |= computed(cell)
    for place, cell in numbered:
        texts = [cell.source] if cell.cell_type == "markdown" else [*sentences(cell.source), *comments(cell.source)]
        if cell.cell_type == "code":  # names of sources have a month, which the table has and no cell prints
            texts = [
                DAY.sub(lambda found: found[0] if found[1] or found[6] else iso(found)[:4], text) for text in texts
            ]
        found = {number for text in texts for number in said(bare(text))}
        yield from ((place, number) for number in sorted(found) if value(number) not in backing)


@lru_cache(maxsize=10_000)  # many notebooks say the same
def said(text: str) -> list[str]:
    """The numbers of a text as they are written: digits, words above ten, signs, Roman and Chinese numerals."""
    own = [found[0] for pattern in (DAY, PERCENT) for found in pattern.finditer(text)]
    text = PERCENT.sub(" ", DAY.sub(" ", text))
    words = [words for words in NUMBER_WORDS.findall(text) if in_words(words) > 10]
    signs = [char for char in text if unicodedata.category(char) in ("No", "Nl")]
    return [
        *own,
        *NUMBER.findall(text),
        *ODD.findall(text),
        *words,
        *signs,
        *ROMAN.findall(text),
        *CHINESE.findall(text),
    ]


def in_words(words: str) -> int:
    """What number words say: of "two hundred and five", 205."""
    whole = part = 0
    for word in re.findall(r"\w+", words.lower().replace(" and ", " ")):
        if word in SMALL:
            part += SMALL[word]
        elif LARGE[word] < 1000:
            part = (part or 1) * LARGE[word]
        else:
            whole, part = whole + (part or 1) * LARGE[word], 0
    return whole + part


def bare(prose: str) -> str:
    """Prose without what may hold any number: addresses, tags, the allowed phrases."""
    return ALLOWANCE.sub(" ", UNREAD.sub(" ", prose))


def value(number: str) -> Value:
    """What a number says, however it is written; a date, a sign and a numeral in Chinese stay what they are."""
    if found := DAY.fullmatch(number):
        return iso(found)
    if found := PERCENT.fullmatch(number):
        return f"{value(found[1])}%"
    if NUMBER_WORDS.fullmatch(number):
        return Decimal(in_words(number))
    return Decimal(number.replace(",", "")) if NUMBER.fullmatch(number) and "-" not in number else number


def values(text: str) -> set[Value]:
    """All numbers of a text."""
    return {value(number) for number in said(text)}


def computed(cell: Any) -> set[Value]:
    """The numbers that a code cell computes or states outside of strings."""
    tree = parsed(cell.source)
    typed = {number for text in strings(tree) for number in values(text)}
    backing = literals(tree)
    for output in cell.outputs:
        data = output.get("data", {})
        told = output.get("text", "") + data.get("text/markdown", "")
        if "image/png" in data:
            told += data.get("text/plain", "")
        elif "text/markdown" not in data:
            backing |= values(TAG.sub(" ", data.get("text/html", ""))) | values(data.get("text/plain", ""))
        backing |= values(told) - typed
    return backing


def literals(tree: ast.AST) -> set[Value]:
    """The numbers of the code, and fractions as percentages, less those that lay out a figure, or fill a sentence."""
    apart = [node.value for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)]
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("figures."):
            apart += [*call.args, *(keyword.value for keyword in call.keywords)]
    left_out = {id(node) for part in apart for node in ast.walk(part)}
    kept = (node for node in ast.walk(tree) if id(node) not in left_out)
    found = {Decimal(str(node.value)) for node in kept if is_number(node)}  # type: ignore[attr-defined]
    return found | {f"{(100 * number).normalize():f}%" for number in found if 0 < number < 1}


def is_number(node: ast.AST) -> bool:
    """Whether a node is a number as typed."""
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def typed_in(expression: ast.expr) -> Iterator[float]:
    """The numbers typed in an expression; those that only point to a place, or are compared with, aside.

    What is added to a number, or taken from it, is no change of unit: it counts as infinite, unless it is one.
    """
    for node in ast.iter_child_nodes(expression):
        if is_number(node):
            moves = isinstance(getattr(expression, "op", None), ast.Add | ast.Sub) and node.value != 1  # type: ignore[attr-defined]
            yield inf if moves else abs(node.value)  # type: ignore[attr-defined]
        elif isinstance(node, ast.expr) and not isinstance(node, ast.Compare):
            yield from typed_in(node.value if isinstance(node, ast.Subscript) else node)


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string of the code; of a formatted one, its fixed parts, and not how it is formatted."""
    formats = [node.format_spec for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)]
    apart = {id(node) for form in formats if form for node in ast.walk(form)}
    for node in ast.walk(tree):
        if id(node) in apart:
            continue
        if isinstance(node, ast.JoinedStr):
            yield " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def shown(node: ast.AST) -> list[ast.expr]:
    """What a call shows as text."""
    return list(node.args) if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Markdown", "print") else []


def sentences(source: str) -> list[str]:
    """The strings of the code that are shown, or are sentences; conditions of a query are none."""
    tree = parsed(source)
    queries = {
        text
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith((".query", ".eval"))
        for argument in call.args
        for text in strings(argument)
    }
    said = [text for node in ast.walk(tree) for part in shown(node) for text in strings(part)]
    said += [text for text in strings(tree) if len(re.findall(r"[^\W\d]{2,}", text)) >= WORDS]
    return [text for text in said if text not in queries]


def comments(source: str) -> list[str]:
    """The comments of the code."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return re.findall(r"#.*", source)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


RULES = (numbers, filled)
