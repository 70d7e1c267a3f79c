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
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from aicities import figures, study
from tools.notebook import read

LABEL = "aicities_data"


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
    """The function; a figure that it returns remembers the first table that it was given."""

    @functools.wraps(function)
    def drawn(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
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
        path = output / f"{name}-{number}.svg"
        figures.save(fig, path, source=source)
        path.write_text(counted(path.read_text("utf-8")), "utf-8")
        files.add(f"{name}-{number}.svg")

    return show
