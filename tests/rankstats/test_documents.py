"""Every public function has an example, and all examples, those of the README too, say what is so."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rankstats

HOUSE = Path(rankstats.__file__).parent
MODULES = ["rankstats", *(f"rankstats.{module.name}" for module in pkgutil.iter_modules([str(HOUSE)]))]
FLAGS = doctest.NORMALIZE_WHITESPACE


@pytest.fixture(autouse=True)
def wide_tables() -> object:
    with pd.option_context("display.width", 120, "display.max_columns", 20):
        yield


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_run(name: str) -> None:
    known = {"rankstats": rankstats, "np": np, "pd": pd}
    assert doctest.testmod(importlib.import_module(name), extraglobs=known, optionflags=FLAGS).failed == 0


def test_examples_of_the_readme_run() -> None:
    text = re.sub(r"^```.*$", "", (HOUSE / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    assert len(examples.examples) >= 15
    assert doctest.DocTestRunner(optionflags=FLAGS).run(examples).failed == 0


@pytest.mark.parametrize("name", rankstats.__all__)
def test_every_function_has_an_example_and_a_place_in_the_documents(name: str) -> None:
    thing = getattr(rankstats, name)
    assert inspect.getdoc(thing)
    if inspect.isfunction(thing):
        assert ">>>" in inspect.getdoc(thing), f"{name} has no example"
        assert f"`{name}`" in rankstats.__doc__, f"{name} is not in the grid of the package"
        assert f"`{name}" in (HOUSE / "README.md").read_text(encoding="utf-8"), f"{name} is not in the README"


def test_no_module_has_the_name_of_a_public_thing() -> None:
    assert not {name.rpartition(".")[2] for name in MODULES[1:]} & set(rankstats.__all__)


def test_the_library_knows_nothing_of_its_neighbours() -> None:
    for path in HOUSE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & {"aicities", "textnumbers"}, path.name
