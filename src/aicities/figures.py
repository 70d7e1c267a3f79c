"""The house style: one canvas, one colour and marker for each city, one way to show figures and tables."""

from __future__ import annotations

import base64
import io
import re
import textwrap
import warnings
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import Markdown, display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from PIL import Image

# inches; at GitHub's 880 pixels 13-point type is then as large as body text, on a phone still legible
WIDTH = 7.2
DPI = 150  # half as many pixels again as are shown: sharp enough, and a notebook stays below 500 kB
MAX_COLUMNS = 8  # GitHub cuts wider tables
ARTICLE = "Securities Times, 2 August 2024, two machine translations; own reading"  # a source for `show`
INK, MUTED, GRID, MISSING = "#222B36", "#6B7480", "#E3E6EA", "#C9CED6"


class City(NamedTuple):
    """How a city is drawn everywhere: fill colour, a darker ink of it for text on white, a marker, text on the fill."""

    colour: str
    ink: str
    marker: str
    on: str = "white"

    @property
    def color(self) -> str:
        """The same as `colour`."""
        return self.colour


# Lightness 52, 25 and 76 of 100: told apart in greyscale and by colour-blind readers, never by colour alone.
CITIES: dict[str, City] = {
    "Beijing": City("#D1495B", "#B03246", "o"),
    "Shanghai": City("#1F3A6E", "#1F3A6E", "s"),
    "Shenzhen": City("#EDAE49", "#8F5F00", "^", "#2B2000"),
}
OTHER = City("#9AA2AD", "#4A5360", "D")

# What the two translations do with a fact, from best to worst.
AGREEMENT = {"both": "#1B6E6A", "one only": "#8CC5BF", "conflict": "#E9A08A", "neither": "#8E2F1B"}
# What the published figures say of a claim.
VERDICTS = {"holds": "#1B6E6A", "mixed": "#8CC5BF", "fails": "#8E2F1B", "cannot tell": MISSING}


def city(name: str) -> City:
    """Return how a city is drawn; cities other than the article's three share one grey."""
    return CITIES.get(name, OTHER)


def use() -> None:
    """Switch matplotlib to the house style, once, after the imports of a notebook; without the house font it warns."""
    with as_file(files(__package__) / "house.mplstyle") as style:
        mpl.style.use(style)
    try:
        with as_file(files("font_source_sans_pro") / "files") as folder:
            for weight in ("Regular", "Semibold", "Bold", "It"):
                font_manager.fontManager.addfont(folder / f"SourceSansPro-{weight}.ttf")
    except (ImportError, OSError):
        mpl.rcParams["font.family"] = ["DejaVu Sans"]
        right = "expected the package font-source-sans-pro, which `make environment` installs"
        warnings.warn(f"the house font is missing, so figures have other pixels; {right}", stacklevel=2)


def canvas(height: float, *, headline: str, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """Make a figure of the house's width under a headline that states the finding: the figure, and its Axes.

    ``height`` is in inches; break the headline with ``\\n``, in at most two lines. ``rows``, ``columns`` and
    ``options`` are handed to `matplotlib.pyplot.subplots`; for more than one the Axes are an array.
    """
    fig, axes = plt.subplots(rows, columns, figsize=(WIDTH, height), **options)
    fig.suptitle(headline, x=0.012, ha="left", linespacing=1.15)
    return fig, axes


def narrow() -> bool:
    """Whether figures are drawn for a phone now: the width of the house is that of `tools.site.pictures`."""
    return WIDTH < 6


def show(fig: Figure, number: int, caption: str, *, source: str) -> None:
    """Display a figure with its alternative text, and under it the numbered caption; it is closed.

    The picture itself says where it is from, so that a copy does. Its alternative text, which the plot function wrote
    with `describe`, goes into the metadata, for screen readers, and into the plain text, which nbval compares.
    ``number`` is its place in the notebook, ``caption`` the finding, as Markdown, ``source`` where the numbers come
    from, with their year. Raises ValueError if caption or alternative text is empty, or the source names no year.
    """
    alt = fig.get_label()
    for name, text in (("caption", caption), ("alternative text, which describe() gives", str(alt))):
        if not text.strip():
            raise ValueError(f"figure {number} needs a {name}")
    # as base64, since not every kernel turns bytes into it
    picture = base64.b64encode(png(signed(fig, source))).decode()
    display(
        {"image/png": picture, "text/plain": f"Figure {number}: {alt}"},
        metadata={"image/png": {"alt": alt, "width": int(WIDTH * 100)}},
        raw=True,
    )
    display(Markdown(f"**Figure {number}.** {caption} *Source: {source}.*"))


def save(fig: Figure, path: str | Path, *, source: str) -> None:
    """Write a figure to a file, PNG or SVG by the ending of its name, with its source inside; it is closed.

    Raises ValueError for another ending, and for a source that names no year.
    """
    if (path := Path(path)).suffix not in (".png", ".svg"):
        raise ValueError(f"{path.name}: expected a name that ends in .png or .svg")
    signed(fig, source)
    if path.suffix == ".png":
        path.write_bytes(png(fig))
        return
    # the same bytes each time: no date, and the house style fixes the salt of the names
    FigureCanvasSVG(fig).print_svg(path, metadata={"Date": None, "Creator": None})
    plt.close(fig)


def signed(fig: Figure, source: str) -> Figure:
    """The figure with a strip at its foot: where the numbers come from, of what years, and who drew it.

    Raises ValueError for a source that names no year.
    """
    if not re.search(r"\b(?:19|20)\d\d\b", source):
        raise ValueError(f"source={source!r} names no year; expected who published the numbers and when")
    width, height = fig.get_size_inches()
    pt = 12.5 if width < 6 else 10
    lines = textwrap.wrap(f"Source: {source}. Drawn\u00a0by\u00a0aicities.", width=round(width * 160 / pt))
    strip = 0.017 * pt * len(lines) + 0.16
    fig.set_size_inches(width, height + strip)
    if isinstance(engine := fig.get_layout_engine(), ConstrainedLayoutEngine):
        engine.set(rect=(0, strip / (height + strip), 1, height / (height + strip)))
    fig.text(0.012, 0.07 / (height + strip), "\n".join(lines), fontsize=pt, color=MUTED, va="bottom", linespacing=1.15)
    return fig


def label(ax: Axes, text: str, x: Any, y: Any, *, dx: float = 0, dy: float = 0, **options: Any) -> None:
    """Write text at a point of the data, shifted by dx and dy points of type."""
    ax.annotate(text, (x, y), xytext=(dx, dy), textcoords="offset points", **options)


def describe(fig: Figure, alt: str) -> Figure:
    """Give a figure its alternative text. Plot functions end with it: who draws knows what is to be seen."""
    fig.set_label(alt)
    return fig


def png(fig: Figure) -> bytes:
    """The figure as PNG, and closed. 256 colours are enough for flat shapes and a third of the size."""
    fig.set_dpi(DPI)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    plt.close(fig)
    small = drawn.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # the octree takes white for the mean of white and the palest edges; a corner of a figure is white
    palette = np.reshape(small.getpalette() or (), (-1, 3))
    palette[np.asarray(small)[0, 0]] = 255
    small.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    small.save(file, "png", optimize=True)
    return file.getvalue()


def table(frame: pd.DataFrame, *, digits: int = 2, index: bool = False) -> None:
    """Display a table as Markdown, which GitHub and JupyterLab show alike: text to the left, numbers to the right.

    Numbers get thousands separators, and `digits` decimals in columns that hold fractions; what is missing shows as a
    dash. Nothing in a cell is read as markup.

    Raises ValueError for more than `MAX_COLUMNS` columns, which GitHub would cut.
    """
    frame = frame.reset_index() if index else frame
    if frame.shape[1] > MAX_COLUMNS:
        raise ValueError(f"the table has {frame.shape[1]} columns, GitHub shows {MAX_COLUMNS}: drop some, or split it")
    rows = zip(*(_cells(frame[name], digits) for name in frame), strict=True)
    rule = ["---:" if _numeric(frame[name]) else ":---" for name in frame]
    lines = [map(_plain, map(str, frame.columns)), rule, *(map(_plain, row) for row in rows)]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    display({"text/markdown": text, "text/plain": text}, raw=True)


def _numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _cells(column: pd.Series, digits: int) -> list[str]:
    number = _numeric(column)
    places = digits if number and (column.dropna() % 1 != 0).any() else 0
    return ["–" if pd.isna(value) else f"{value:,.{places}f}" if number else str(value) for value in column]


def _plain(text: str) -> str:
    """The text with every character that Markdown could take for markup escaped, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#~$&])", r"\\\1", " ".join(text.split()))
