"""Each figure of the notebooks as SVG, and the table behind it as CSV.

The saved outputs hold PNG only, so the cells are run once more, in this process and without a kernel; what they
display is dropped.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from aicities import figures, study
from tools.notebook import read

LABEL, TWIN = "aicities_data", "aicities_narrow"
NARROW, SMALLEST = 5.4, 12.5  # inches and points: on a phone where it is 350 pixels wide, such type is 11 pixels high
SHRUNK = 0.86  # type of 14.5 points, which the wide figures have for reading them small, is then the smallest


def write(notebooks: list[Path], output: Path) -> dict[str, set[str]]:
    """Write ``NAME-N.svg`` and, where one table is behind it, ``NAME-N.csv``; say which files there are by notebook."""
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
                for cell in read(path).cells:
                    if cell.cell_type == "code":
                        exec(compile(cell.source, path.name, "exec"), namespace)
    return written


def _drawing() -> Iterator[Any]:
    """The modules that draw: one in each folder of the study."""
    for info in pkgutil.iter_modules(study.__path__, f"{study.__name__}."):
        if info.ispkg:
            yield importlib.import_module(f"{info.name}.figures")


def _remembering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function; a figure that it returns remembers the first table that it was given."""

    @functools.wraps(function)
    def drawn(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        if isinstance(result, Figure) and not figures.narrow():
            with mock.patch.object(figures, "WIDTH", NARROW):
                setattr(result, TWIN, function(*arguments, **options))
        given = next((one for one in (*arguments, *options.values()) if isinstance(one, pd.DataFrame)), None)
        if isinstance(result, Figure) and given is not None and not hasattr(result, LABEL):
            setattr(result, LABEL, given)
        return result

    return drawn


def _saving(name: str, output: Path, files: set[str]) -> Callable[..., None]:
    """In place of ``figures.show``: the figure and its table as files."""

    def show(fig: Figure, number: int, caption: str, *, source: str) -> None:
        data = getattr(fig, LABEL, None)
        if data is not None:
            plain = isinstance(data.index, pd.RangeIndex)
            data.to_csv(output / f"{name}-{number}.csv", index=not plain, lineterminator="\n")
            files.add(f"{name}-{number}.csv")
        figures.save(fig, output / f"{name}-{number}.svg", source=source)
        files.add(f"{name}-{number}.svg")
        twin = getattr(fig, TWIN, None)
        if twin is not None:
            for text in twin.findobj(Text):
                if text is not twin._suptitle:
                    text.set_fontsize(max(SMALLEST, text.get_fontsize() * SHRUNK))
            figures.save(twin, output / f"{name}-{number}-narrow.svg", source=source)
            files.add(f"{name}-{number}-narrow.svg")

    return show
