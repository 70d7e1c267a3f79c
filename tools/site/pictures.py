"""Each figure of the notebooks as SVG, wide and for a phone, on a light page and on a dark one, and its table as CSV.

The saved outputs hold PNG only, so the cells that figures need are run once more, in this process and without a
kernel; what they display is dropped. Whenever a function draws a figure it is asked for it a second time, on a narrow
canvas.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from aicities import figures, study
from tools.notebook import read
from tools.site.dark import darkened

LABEL, TWIN = "aicities_data", "aicities_narrow"
NARROW, SMALLEST = 5.4, 12.5  # inches and points: on a phone where it is 350 pixels wide, such type is 11 pixels high
SHRUNK = 0.86  # type of 14.5 points, which wide figures have for being read small, is then the smallest
PHONE, DARK = "(max-width: 40rem)", "(prefers-color-scheme: dark)"
# What a file's name ends with, to when it is shown; the first that fits counts.
FORMS = {"-narrow-dark": "{narrow} and {dark}", "-narrow": "{narrow}", "-dark": "{dark}"}
SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')


def write(notebooks: list[Path], output: Path) -> dict[str, set[str]]:
    """Write ``NAME-N.svg`` in its four forms and, where one table is behind it, ``NAME-N.csv``; say which by notebook.

    Raises ValueError for a colour that has no counterpart on a dark page.
    """
    output = output.resolve()  # cells run in the folder of their notebook
    output.mkdir(parents=True, exist_ok=True)
    written: dict[str, set[str]] = {}
    with mpl.rc_context(), contextlib.ExitStack() as stack:
        for module in _drawing():
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    stack.enter_context(mock.patch.object(module, name, _remembering(function)))
        stack.enter_context(mock.patch("IPython.display.display", lambda *_, **__: None))
        stack.enter_context(mock.patch.object(figures, "display", lambda *_, **__: None))
        for path in notebooks:
            files = written.setdefault(path.stem, set())
            with mock.patch.object(figures, "show", _saving(path.stem, output, files)), contextlib.chdir(path.parent):
                namespace: dict[str, Any] = {"__name__": "__main__"}
                for source in needed([cell.source for cell in read(path).cells if cell.cell_type == "code"]):
                    exec(compile(source, path.name, "exec"), namespace)
    return written


def needed(cells: list[str]) -> list[str]:
    """Of a notebook's code cells those that show a figure, and those that set or change a name which these use."""
    kept: list[str] = []
    used: set[str] = set()
    for cell in reversed(cells):
        nodes = list(ast.walk(ast.parse(cell)))
        if "figures.show(" in cell or used & {name for node in nodes for name in _touched(node)}:
            kept.append(cell)
            used |= {node.id for node in nodes if isinstance(node, ast.Name)}
    return kept[::-1]


def _touched(node: ast.AST) -> set[str]:
    """The name that code sets, as `x = 1` and `import x` do, or changes, as `x[0] = 1`, `x.y = 1` and `x.sort()` do."""
    if isinstance(node, ast.alias):
        return {(node.asname or node.name).split(".")[0]}
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        node = node.value.func.value
        if isinstance(node, ast.Attribute):  # of a module, as in `ac.figures.table(x)`
            return set()
    elif not isinstance(getattr(node, "ctx", None), ast.Store):
        return set()
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def sources(picture: Path, *, root: str = "", narrow: str = PHONE) -> str:
    """The forms of a figure beside its PNG, as elements of `<picture>`; `narrow` says when the narrow ones are shown.

    Addresses start at `root`.
    """
    told = ""
    for ending, when in FORMS.items():
        file = picture.with_name(f"{picture.stem}{ending}.svg")
        if file.is_file() and (size := SIZE.search(file.read_text("utf-8"))):
            width = 480 if "narrow" in ending else round(figures.WIDTH * 100)
            height = round(float(size[2]) / float(size[1]) * width)
            media = when.format(narrow=narrow, dark=DARK)
            told += f'<source media="{media}" srcset="{root}{file.name}" width="{width}" height="{height}">'
    return told


def counted(svg: str) -> str:
    """A picture whose ids are numbers: as matplotlib hashes them, they differ where a length does by its last bit."""
    found = dict.fromkeys(re.findall(r'\bid="([a-z][0-9a-f]{10})"', svg))
    numbers = {one: f"{one[0]}{number}" for number, one in enumerate(found, start=1)}
    return re.sub(r"\b[a-z][0-9a-f]{10}\b", lambda one: numbers.get(one[0], one[0]), svg)


def _drawing() -> Iterator[Any]:
    """The modules that draw: one in each folder of the study."""
    for info in pkgutil.iter_modules(study.__path__, f"{study.__name__}."):
        if info.ispkg:
            yield importlib.import_module(f"{info.name}.figures")


def _remembering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function; a figure that it returns remembers the first table that it was given, and its narrow twin."""

    @functools.wraps(function)
    def drawn(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        if isinstance(result, Figure) and not figures.narrow():
            if hasattr(result, TWIN):  # of a function that this one calls
                plt.close(getattr(result, TWIN))
            with on_a_phone():
                setattr(result, TWIN, slim(function(*arguments, **options)))
        given = next((one for one in (*arguments, *options.values()) if isinstance(one, pd.DataFrame)), None)
        if isinstance(result, Figure) and given is not None and not hasattr(result, LABEL):
            setattr(result, LABEL, given)
        return result

    return drawn


def on_a_phone() -> contextlib.AbstractContextManager[Any]:
    """While it lasts, figures are drawn on a narrow canvas, which `slim` makes ready to be read."""
    return mock.patch.object(figures, "WIDTH", NARROW)


def slim(fig: Figure) -> Figure:
    """A figure on a narrow canvas with smaller type, and a headline that is broken where the canvas ends."""
    headline = fig.get_suptitle()
    title = next(text for text in fig.texts if text.get_text() == headline)
    for text in set(fig.findobj(Text)) - {title}:
        text.set_fontsize(max(SMALLEST, float(text.get_fontsize()) * SHRUNK))
    for letters in range(60, 20, -1):
        broken, lines = textwrap.fill(" ".join(headline.split()), letters), title.get_text().count("\n")
        fits = title.get_window_extent().width < 0.976 * fig.bbox.width
        if fits and (title.get_text() == headline or broken.count("\n") > lines):
            break
        title.set_text(broken)  # if it fits: as many lines, of more equal length
    fig.set_figheight(fig.get_figheight() + 0.28 * (title.get_text().count("\n") - headline.count("\n")))
    return fig


def _saving(name: str, output: Path, files: set[str]) -> Callable[..., None]:
    """In place of ``figures.show``: the figure and its table as files."""

    def show(fig: Figure, number: int, caption: str, *, source: str) -> None:
        stem = f"{name}-{number}"
        data = getattr(fig, LABEL, None)
        if data is not None:
            plain = isinstance(data.index, pd.RangeIndex)
            data.to_csv(output / f"{stem}.csv", index=not plain, lineterminator="\n")
            files.add(f"{stem}.csv")
        for drawn, form in ((fig, stem), (getattr(fig, TWIN, None), f"{stem}-narrow")):
            if drawn is not None:
                light, dark = output / f"{form}.svg", output / f"{form}-dark.svg"
                figures.save(drawn, light, source=source)
                svg = counted(light.read_text("utf-8"))
                light.write_text(svg, "utf-8")
                dark.write_text(darkened(svg), "utf-8")
                files.update((light.name, dark.name))

    return show
