"""What nbval leaves out when it re-executes the notebooks.

It compares texts, but neither asks for pictures nor looks at them, and it skips the outputs of a cell that
was never run. So each cell that passes nbval is checked once more here: it was executed, in its turn, nothing
in it failed or warned, and every picture in it is, pixel by pixel, the one that its code draws.
"""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Generator, Iterator
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nbval.plugin import IPyNbCell

from tools.run import kernel_environment

LOCK = Path(__file__).parent / "requirements.lock"
# RMS, of 255: one point moved by a hair is above one of them, another processor's rounding below both
TOLERANCE = 0.5  # of a whole picture
TOLERANCE_OF_PART = 3.0  # of a square of it: a small change is lost in a large picture
PART = 100  # pixels


def pytest_configure(config: pytest.Config) -> None:
    """Give all kernels the settings of `make run`; say if pictures cannot be compared."""
    os.environ.update(kernel_environment())
    if config.getoption("nbval") and not comparable():
        config.issue_config_time_warning(
            pytest.PytestConfigWarning(
                f"pictures are asked for but not compared: drawn by matplotlib {pinned()}, as {LOCK.name} "
                f"says, and this is {version('matplotlib')}, which draws other pixels"
            ),
            stacklevel=2,
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """After nbval has run a cell and compared its texts, compare what nbval does not."""
    if not isinstance(item, IPyNbCell) or item.config.getoption("nbval_lax"):
        return (yield)
    marked = item.options["skip"] or not item.options["check"]
    item.options.update(skip=False, check=True)
    result = yield
    problems = [*unexecuted(item), *kinds(item), *pictures(item)]
    if marked:
        problems.append("it carries a mark that keeps nbval from comparing it; expected none")
    if problems:
        item.raise_cell_error("; ".join(problems))
    return result


def unexecuted(item: IPyNbCell) -> list[str]:
    """What shows that the saved cell did not come out of one run from top to bottom."""
    count, right = item.cell.execution_count, item.cell_num + 1
    problems = [] if count == right else [f"the saved execution count is {count}, expected {right}"]
    for output in item.cell.outputs:
        if output.get("execution_count", right) != right:
            problems.append(f"the execution count of a saved result is {output.execution_count}, expected {right}")
        if output.output_type == "error" or output.get("name") == "stderr":
            problems.append("the saved outputs hold an error or a warning; expected none")
    return problems


def kinds(item: IPyNbCell) -> list[str]:
    """Whether what is saved was printed, shown or returned as it is in this run."""
    saved, shown = ([output.output_type for output in outputs] for outputs in (item.cell.outputs, item.test_outputs))
    return [] if saved == shown else [f"the saved outputs are {', '.join(saved)}; the code gives {', '.join(shown)}"]


def pictures(item: IPyNbCell) -> list[str]:
    """How the saved pictures differ from those of this run."""
    saved, drawn = shown(item.cell.outputs), shown(item.test_outputs)
    if len(saved) != len(drawn):
        return [f"{len(saved)} pictures are saved, the code draws {len(drawn)}"]
    problems = []
    for old, new in zip(saved, drawn, strict=True):
        if old["metadata"].get("image/png") != new["metadata"].get("image/png"):
            problems.append("the saved alternative text, or width, is not the one that the code gives")
        before, after = old["data"]["image/png"], new["data"]["image/png"]
        if before != after and comparable() and (said := difference(before, after)):
            problems.append(said)
    return problems


def shown(outputs: list[Any]) -> list[Any]:
    """Those outputs that are pictures."""
    return [output for output in outputs if "image/png" in output.get("data", {})]


def difference(old: str, new: str) -> str:
    """What sets two base64-encoded PNG apart; empty if nothing beyond the tolerance does."""
    try:
        before, after = pixels(old), pixels(new)
    except (ValueError, OSError, SyntaxError) as error:
        return f"the saved picture cannot be read: {error}"
    if before.shape != after.shape:
        return f"the saved picture has {before.shape[:2]} pixels, the code draws {after.shape[:2]}"
    squares = (before - after) ** 2
    whole, part = rms(squares), max(rms(square) for square in parts(squares))
    if whole <= TOLERANCE and part <= TOLERANCE_OF_PART:
        return ""
    return f"the saved picture is not what the code draws: RMS {whole:.2f} of 255, {part:.1f} where most differs"


def rms(squares: np.ndarray) -> float:
    """Root of the mean of squares."""
    return float(np.sqrt(squares.mean()))


def parts(picture: np.ndarray) -> Iterator[np.ndarray]:
    """The squares that a picture consists of; those at the right and lower edge are smaller."""
    height, width = picture.shape[:2]
    for top, left in product(range(0, height, PART), range(0, width, PART)):
        yield picture[top : top + PART, left : left + PART]


def pixels(encoded: str) -> np.ndarray:
    """Height x width x channels, 0 to 255."""
    from matplotlib.image import imread

    return np.asarray(imread(io.BytesIO(base64.b64decode(encoded)), format="png"), dtype=float) * 255


def pinned() -> str:
    """The version of matplotlib that the lock names."""
    found = re.search(r"^matplotlib==([\w.]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    if not found:
        raise LookupError(f"{LOCK.name} pins no matplotlib; expected a line matplotlib==…")
    return found.group(1)


def comparable() -> bool:
    """Whether this matplotlib draws the very pixels of the saved pictures."""
    return version("matplotlib") == pinned()
