"""How the library is built: words in the tables only, short functions, examples that run."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import textnumbers
from tests.textnumbers import marked_texts
from textnumbers.languages import COMMON, table
from textnumbers.lexicon import lexicon

SOURCE = Path(textnumbers.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name not in ("__main__.py", "corpus.py"))
NAMES = {path: ".".join(("textnumbers", *path.relative_to(SOURCE).with_suffix("").parts)) for path in MODULES}
CHARACTERS = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
TABLES = {code: table(code) for code in COMMON.languages}
WORDS = frozenset(
    word
    for code, words in COMMON.function_words.items()
    for word in (*TABLES[code].numerals, *TABLES[code].ordinals, *words)
    if len(word) > 2
)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module as they are written, without docstrings and the texts of messages."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        if token.type == tokenize.STRING and token.start[0] not in documentation:
            yield token.start[0], token.string


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_word_of_a_language_stands_outside_the_tables(path: Path) -> None:
    found = [(line, text) for line, text in strings(path) if CHARACTERS.search(text)]
    # what names a set or context of the tables, a field or a qualifier is no word of a text
    whole = [(line, text) for line, text in strings(path) if text.strip("rf\"'") in WORDS]
    known = {name for table in TABLES.values() for name in (*table.sets, *table.contexts)}
    assert not found
    assert not [pair for pair in whole if pair[1].strip("\"'") not in known | {"second", "first", "and", "about"}]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_functions_are_short_and_have_few_exits(path: Path) -> None:
    wrong = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            documented = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
            length = node.end_lineno - node.lineno + 1 - documented
            exits = sum(isinstance(part, ast.Return) for part in ast.walk(node))
            if length > 40 or exits > 12:
                wrong.append((node.name, length, exits))
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_examples_run(path: Path) -> None:
    assert doctest.testmod(importlib.import_module(NAMES[path].removesuffix(".__init__"))).failed == 0


def test_the_examples_of_the_readme_run() -> None:
    assert doctest.testfile(str(SOURCE / "README.md"), module_relative=False).failed == 0


def test_each_public_function_has_an_example() -> None:
    public = [getattr(textnumbers, name) for name in textnumbers.__all__]
    lacking = [thing.__name__ for thing in public if inspect.isfunction(thing) and ">>>" not in (thing.__doc__ or "")]
    assert not lacking


def test_each_reader_answers_in_the_marked_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    from textnumbers import find, kinds

    answered = set()

    def watched(reader: kinds.Reader) -> kinds.Reader:
        def ask(reading: object) -> object:
            answer = reader(reading)
            if answer is not None:
                answered.add(reader)
            return answer

        return ask

    readers = {reader for table in (kinds.WORDS, kinds.CHARACTERS) for asked in table.values() for reader in asked}
    for name in ("WORDS", "CHARACTERS"):
        asked = {key: tuple(map(watched, readers)) for key, readers in getattr(kinds, name).items()}
        monkeypatch.setattr(find, name, asked)
    for code in TABLES:
        for line in marked_texts.lines(code):
            list(find.find(marked_texts.marked(line).text, lexicon(code)))
    assert len(readers) > 20
    assert not {reader.__name__ for reader in readers - answered}


def test_no_other_package_of_the_house_is_imported() -> None:
    for path in MODULES:
        names = {
            part
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for part in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
        }
        assert not {name for name in names if name.split(".")[0] in ("aicities", "rankstats")}
