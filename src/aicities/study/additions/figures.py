"""Figures and captions on what rows of your own change."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from aicities.figures import AGREEMENT, INK, MUTED, canvas, describe, label
from aicities.study import claims
from aicities.study.claims import figures as claim_figures
from aicities.study.rankings import figures as rankings

__all__ = ["changed", "changed_caption", "moved", "moved_caption", "side_by_side", "side_by_side_caption"]

SIZE = 14  # points: the smallest type that is legible on a phone
SAME = ("same", "order differs")  # findings of reconcile on a number that both texts have
LOOKS: dict[str, dict[str, object]] = {
    "same": {"marker": "s", "color": AGREEMENT["both"]},
    "differs": {"marker": "X", "color": AGREEMENT["neither"]},
    "alone": {"marker": "s", "mfc": "white", "mec": MUTED},
}
WORDS = {"same": "the same", "differs": "different", "alone": "in one text only"}


def side_by_side(pairs: Mapping[str, pd.DataFrame]) -> Figure:
    """A mark for each number of two texts: the same in both, another in each, or in one of them only.

    Parameters
    ----------
    pairs
        What the two texts are, to what `textnumbers.reconcile` gives of them.
    """
    (first, worst), (other, best) = ((name, _counts(table)["differs"]) for name, table in pairs.items())
    headline = f"The {first} contradict each other\nin {worst or 'no'} numbers, the {other} in {best or 'none'}"
    fig, ax = canvas(1.5 * len(pairs) + 1.5, headline=headline)
    said = []
    for y, (name, table) in enumerate(pairs.items()):
        counts, x = _counts(table), 0
        label(ax, name[:1].upper() + name[1:], 0, y, dx=-9, dy=22, fontsize=SIZE, fontweight="semibold", color=INK)
        for kind, look in LOOKS.items():
            ax.plot(range(x, x + counts[kind]), [y] * counts[kind], ls="", ms=17, **look)
            x += counts[kind]
        words = ", ".join(f"{count} {WORDS[kind]}" for kind, count in counts.items() if count)
        differ = [f"{a}  ≠  {b}" for a, b in _differing(table)]
        told = "\n".join([words, *differ])
        label(ax, told, 0, y, dx=-9, dy=-16, va="top", fontsize=SIZE, color=MUTED, linespacing=1.25)
        said.append(f"{name}: {words}")
    ax.set(xlim=(-0.6, 15.5), ylim=(len(pairs) - 0.4, -0.6), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return describe(fig, "One mark for each number. " + "; ".join(said) + ".")


def side_by_side_caption(pairs: Mapping[str, pd.DataFrame]) -> str:
    """What `side_by_side` shows: the numbers that differ."""
    differ = [f"*{a}* against *{b}*" for table in pairs.values() for a, b in _differing(table)]
    return f"A square is a number that both texts have, a cross one that differs: {'; '.join(differ) or 'none'}."


def moved(scores: pd.DataFrame) -> Figure:
    """Scores of places before and after; `scores` is what `analysis.moved` gives."""
    old, new = (scores.loc[scores[name].idxmax(), "place"] for name in ("before", "after"))
    headline = f"One invented table moves the scores,\nand {new} " + ("stays first" if old == new else f"passes {old}")
    return rankings.before_after(scores, headline=headline, xlabel="Borda score: 1 is first in every table, 0 last")


def moved_caption(scores: pd.DataFrame) -> str:
    """How far the scores move."""
    change = (scores["after"] - scores["before"]).abs().max()
    return f"Hollow: as published; filled: with the invented table. Scores change by up to {change:.2f}."


def changed(touched: pd.DataFrame, verdicts: pd.DataFrame) -> Figure:
    """Claims with a mark for each publisher, as the fact-check draws them.

    Parameters
    ----------
    touched
        Rows of `claims.summary`, with `before`: the headline before, missing for a claim that is new.
    verdicts
        What `claims.verdicts` gives.
    """
    known = touched[touched["before"].notna()]
    turned = int((known["headline"] != known["before"]).sum())
    headline = f"The invented rows change {turned} of {len(known)} verdicts;\na claim of your own gets its first"
    return claim_figures.scoreboard(touched, claims.votes(verdicts), headline=headline)


def changed_caption(touched: pd.DataFrame) -> str:
    """Which verdicts change, and what a new claim comes to."""
    said = []
    for row in touched.itertuples():
        if isinstance(row.before, str) and row.headline != row.before:
            said.append(f"*{row.label}* goes from *{row.before}* to *{row.headline}*")
        elif not isinstance(row.before, str):
            said.append(f"*{row.label}*, from published tables only, comes to *{row.headline}*")
    return "With the invented rows, " + "; ".join(said) + "."


def _counts(table: pd.DataFrame) -> dict[str, int]:
    """How many numbers of two texts are the same, differ, or stand in one of them only."""
    same, alone = table["finding"].isin(SAME), table["finding"].str.startswith("only")
    return {"same": int(same.sum()), "differs": int((~same & ~alone).sum()), "alone": int(alone.sum())}


def _differing(table: pd.DataFrame) -> list[tuple[str, str]]:
    """The tokens of the numbers that differ."""
    rows = table[~table["finding"].isin(SAME) & table["token_a"].notna() & table["token_b"].notna()]
    return list(zip(rows["token_a"], rows["token_b"], strict=True))
