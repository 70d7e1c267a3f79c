"""The three pictures that results draw of themselves; matplotlib is imported when one is asked for."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

_LABELLED = 0.08


def _axes(ax: Any, rows: int) -> Any:
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(7, 1.2 + 0.32 * rows), layout="constrained")[1] if ax is None else ax


def _named(ax: Any, names: pd.Index, label: str) -> Any:
    text = [", ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in names]
    ax.set_yticks(range(len(text)), text)
    ax.invert_yaxis()
    ax.set_title(fill(label, 90), fontsize="small", loc="left")
    return ax


def stacked(shares: pd.DataFrame, *, ax: Any, label: str) -> Any:
    """One bar a row, divided into the shares of its columns, the first darkest."""
    import matplotlib as mpl

    ax = _axes(ax, len(shares))
    shades = mpl.colormaps["Blues_r"](np.linspace(0.1, 0.95, shares.shape[1]))
    left = np.zeros(len(shares))
    for at, (name, share) in enumerate(shares.items()):
        width = share.to_numpy()
        ax.barh(range(len(shares)), width, left=left, color=shades[at], edgecolor="white", linewidth=0.5)
        for row in np.flatnonzero(width > _LABELLED):
            ink = "white" if at < shares.shape[1] / 2 else "black"
            ax.text(left[row] + width[row] / 2, row, str(name), ha="center", va="center", color=ink, fontsize="small")
        left += width
    ax.set(xlim=(0, 1), xlabel="chance of each rank")
    return _named(ax, shares.index, label)


def ranges(table: pd.DataFrame, *, ax: Any, label: str) -> Any:
    """One line a row from ``low`` to ``high``, with a point at the value."""
    ax = _axes(ax, len(table))
    ax.hlines(range(len(table)), table["low"], table["high"], color="0.6")
    ax.plot(table["value"], range(len(table)), "o", color="C0")
    return _named(ax, table.index, label)


def bars(lengths: pd.Series, *, ax: Any, label: str, xlabel: str) -> Any:
    """One bar a row."""
    ax = _axes(ax, len(lengths))
    ax.barh(range(len(lengths)), lengths.to_numpy(), color="C0")
    ax.set(xlabel=xlabel)
    return _named(ax, lengths.index, label)
