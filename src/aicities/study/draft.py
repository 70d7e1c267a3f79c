"""Findings that changed, told instead of raised: for whoever adds rows and runs the notebooks.

A notebook holds each finding with ``assert …, "the sentence"``. With the environment variable ``AICITIES_DRAFT=1``,
or after ``%load_ext aicities.study.draft``, an assertion that fails no longer stops it: the cell shows the sentence,
what was asserted and what is the case, and goes on. ``changed()`` lists all of them.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from typing import Any

import pandas as pd

MIMETYPE = "application/vnd.aicities.finding+json"
_CHECK = "__aicities_finding__"
_found: list[dict[str, str]] = []


def changed() -> pd.DataFrame:
    """The findings that no longer hold: one row each, columns ``sentence``, ``was`` and ``is``."""
    return pd.DataFrame(_found, columns=["sentence", "was", "is"])


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext aicities.study.draft`` does."""
    if not any(isinstance(one, _Lenient) for one in shell.ast_transformers):
        shell.ast_transformers.append(_Lenient())
        shell.push({_CHECK: _check}, interactive=False)


def wanted() -> bool:
    """Whether ``AICITIES_DRAFT`` asks that findings that changed are told, and stop nothing."""
    return os.environ.get("AICITIES_DRAFT", "0") not in ("", "0")


def asked() -> None:
    """Load the extension into the running notebook if it is wanted."""
    if wanted():
        from IPython.core.getipython import get_ipython

        if shell := get_ipython():
            load_ipython_extension(shell)


class _Lenient(ast.NodeTransformer):
    """Makes a call of each assertion, with its test, its sentence and what it compares with others."""

    def visit_Assert(self, node: ast.Assert) -> ast.Expr:
        text = ast.unparse(node.test)
        tests = node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]
        if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or):  # the rest says where it matters
            tests = [one for one in tests if isinstance(one, ast.Compare)] or tests
        sides = [_compared(one) for one in tests]
        left = ast.Tuple(sides, ast.Load()) if len(sides) > 1 else sides[0]
        parts = [node.test, node.msg or ast.Constant(text), left]
        lazy = [ast.Lambda(ast.arguments([], [], None, [], [], None, []), part) for part in parts]
        call = ast.Call(ast.Name(_CHECK, ast.Load()), [*lazy, ast.Constant(text)], [])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))


def _compared(test: ast.expr) -> ast.expr:
    """The first side of a comparison that is no constant; of anything else, all of it."""
    sides = [test.left, *test.comparators] if isinstance(test, ast.Compare) else [test]
    return next((side for side in sides if not isinstance(side, ast.Constant)), test)


def _check(test: Callable[[], object], sentence: Callable[[], object], left: Callable[[], object], text: str) -> None:
    """Say what changed if the test fails; a test that cannot even be made has changed, too."""
    try:
        if test():
            return
        now = repr(left())
    except Exception as error:
        now = f"{type(error).__name__}: {error}"
    one = {"sentence": str(sentence()), "was": text, "is": now}
    _found.append(one)
    from IPython.display import display

    said = f"This finding changed: {one['sentence']}\n  was: {one['was']}\n  is:  {one['is']}"
    display({MIMETYPE: one, "text/plain": said}, raw=True)
