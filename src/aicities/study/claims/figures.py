"""The figures and tables on the claims: who is for and who against, who decides, and what a verdict survives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities.figures import GRID, INK, MUTED, VERDICTS, canvas, describe, label
from aicities.votes import OPEN

GROUPS = ("Beijing", "Shanghai", "Shenzhen", "all three")
SIDES = {"holds": VERDICTS["holds"], "fails": VERDICTS["fails"], "split": MUTED}
WORDS = {"holds": "for", "fails": "against", "split": "split"}
LINE, TEXT = 0.285, 11.5  # inches for a row of a picture with many, and the size of its type


def scoreboard(summary: pd.DataFrame, votes: pd.DataFrame, *, headline: str) -> Figure:
    """All claims in one picture: a mark for each publisher, to the right if it is for the claim, else to the left.

    Parameters
    ----------
    summary
        What `claims.summary()` gives: `claim_id`, `label`, `city` (missing for all three) and `headline`. Claims
        stand together by city, those of other cities last.
    votes
        What `firmness.votes()` gives.
    headline
        The finding.
    """
    votes = votes[votes["claim_id"].isin(summary["claim_id"])]
    grouped = summary.assign(group=summary["city"].fillna(GROUPS[-1]))
    groups = sorted(grouped["group"].unique(), key=lambda name: GROUPS.index(name) if name in GROUPS else len(GROUPS))
    rows = len(grouped) + 1.3 * len(groups)
    fig, ax = canvas(LINE * (rows + 4), headline=headline)
    sides = votes["side"].value_counts() if len(votes) else {}
    y, ticks, said = 0.0, [], []
    wide = {side: _longest(votes, side) for side in ("holds", "fails")}
    right, left = wide["holds"] + 1.3, -wide["fails"] - 0.8
    for group in groups:
        members = grouped[grouped["group"] == group]
        ax.text(left - 0.4, y, _said_of(group), fontweight="bold", va="center", ha="right", fontsize=13)
        ax.plot([left, right + 4], [y + 0.55] * 2, color=GRID, lw=1)
        for claim in members.itertuples():
            y += 1
            own = votes[votes["claim_id"] == claim.claim_id]
            _row(ax, y, own)
            ink = VERDICTS[claim.headline] if claim.headline in ("holds", "fails") else MUTED
            ink = INK if claim.headline == "mixed" else ink
            weight = "normal" if claim.headline == OPEN else "semibold"
            ax.text(right, y, claim.headline, va="center_baseline", color=ink, fontsize=TEXT, fontweight=weight)
            ticks.append((y, claim.label))
            said.append(f"{claim.label}: {claim.headline}, {_counted(own)}")
        y += 1.3
    ax.plot([0, 0], [-0.5, y - 0.8], color=GRID, lw=1.2, zorder=0)
    ax.set_yticks([at for at, _ in ticks], [name for _, name in ticks], fontsize=TEXT)
    _key(ax, left, right, "split" in sides)
    ax.set(ylim=(y - 0.7, -2.9), xlim=(left, right + 5.4), xticks=[])
    ax.spines[:].set_visible(False)
    return describe(
        fig, "One row per claim, a mark per publisher, for it to the right, against it to the left. " + "; ".join(said)
    )


def deciders(votes: pd.DataFrame, labels: Mapping[str, str], *, names: pd.Series, headline: str) -> Figure:
    """Claims and publishers: a mark where a publisher decides.

    Parameters
    ----------
    votes
        What `firmness.votes()` gives. Only those that decide are drawn, publishers that decide most claims first.
    labels
        Claim to what is printed for it, from the top down. Others are left out, and so are those that nobody decides.
    names
        Publisher to its short name.
    headline
        The finding.
    """
    decided = votes[votes["decides"] & votes["claim_id"].isin(list(labels))]
    decided = decided.assign(publisher=decided["publisher_id"].map(names))
    names = decided["publisher"].value_counts(sort=False)
    names = names.sort_values(ascending=False, kind="stable")
    claims = [claim for claim in labels if claim in set(decided["claim_id"])]
    fig, ax = canvas(LINE * len(claims) + 3.5, headline=headline)
    _lines(ax, len(claims), len(names))
    columns = list(names.index)
    for vote in decided.itertuples():
        _mark(ax, columns.index(vote.publisher), claims.index(vote.claim_id), vote.side, home=vote.own_city)
    ax.set_yticks(range(len(claims)), [labels[claim] for claim in claims], fontsize=TEXT)
    ax.set_xticks(range(len(columns)), columns, fontsize=TEXT, rotation=90)
    ax.xaxis.tick_top()
    key = [side for side in SIDES if (decided["side"] == side).any()] + ["home"] * bool(decided["own_city"].any())
    for step, side in enumerate(key):
        x, y = step * len(columns) / len(key) - 0.4, len(claims) + 0.35
        _mark(ax, x, y, "holds" if side == "home" else side, home=side == "home")
        label(ax, WORDS.get(side, "for, at home"), x, y, dx=8, va="center_baseline", fontsize=TEXT)
    ax.set(ylim=(len(claims) + 0.8, -0.6), xlim=(-0.8, len(columns) - 0.4))
    ax.spines[:].set_visible(False)
    said = []
    for claim in claims:
        own = decided[decided["claim_id"] == claim]
        said.append(f"{labels[claim]}: " + ", ".join(f"{v.publisher} {WORDS[v.side]}" for v in own.itertuples()))
    return describe(fig, "Claims and the publishers that decide them. " + "; ".join(said) + ".")


def checks(passed: pd.DataFrame, *, headline: str) -> Figure:
    """What each claim survives: a filled mark for a check that it passes, a cross for one that it fails.

    Parameters
    ----------
    passed
        True or False, one row per claim (the index holds what is printed, from the top down), one column per check
        (its name may be broken into lines with ``\\n``).
    headline
        The finding.
    """
    fig, ax = canvas(0.36 * len(passed) + 2.1, headline=headline)
    _lines(ax, len(passed), passed.shape[1])
    for y, row in enumerate(passed.to_numpy()):
        for x, good in enumerate(row):
            _tick(ax, x, y, good=bool(good))
    ax.set_yticks(range(len(passed)), passed.index, fontsize=TEXT)
    for x, name in enumerate(passed.columns):
        # line by line, so that first lines stand level whatever letters hang below them
        for up, line in enumerate(reversed(name.split("\n"))):
            label(ax, line, x, -0.6, dy=6 + 13 * up, ha="center", fontsize=10.5)
    ax.set_xticks([])
    ax.set(ylim=(len(passed) - 0.4, -0.6), xlim=(-0.55, passed.shape[1] - 0.45))
    ax.spines[:].set_visible(False)
    said = (f"{name} {int(row.sum())} of {len(row)}" for name, row in passed.iterrows())
    return describe(
        fig, "Checks that each claim passes, filled, or fails, crossed. Passed: " + "; ".join(map(str, said)) + "."
    )


def fact_table(summary: pd.DataFrame, verdicts: pd.DataFrame, *, torn: Collection[str] = ()) -> str:
    """The fact-check as a Markdown table: each claim, its verdict, the votes, and the strongest figure on either side.

    A publisher is linked where its address may be shown. What leans but does not decide is told in italics, with what
    keeps it from deciding.

    Parameters
    ----------
    summary
        Rows of what `claims.summary()` gives, in the order in which they are printed.
    verdicts
        What `claims.verdicts()` gives.
    torn
        Claims to mark with a dagger.
    """
    tests = verdicts.set_index("test_id")
    lines = [
        "| claim | verdict | for : against | strongest for | strongest against |",
        "| --- | --- | --- | --- | --- |",
    ]
    for claim in summary.itertuples():
        votes = f"{claim.publishers_for} : {claim.publishers_against}"
        votes += f", {claim.publishers_split} split" if claim.publishers_split else ""
        sides = [_evidence(tests, side) for side in (claim.strongest_for, claim.strongest_against)]
        name = _cell(claim.label) + " †" * (claim.claim_id in torn)
        lines.append("| " + " | ".join([name, f"**{claim.headline}**", votes, *sides]) + " |")
    return "\n".join(lines)


def _evidence(tests: pd.DataFrame, test_id: Any) -> str:
    if pd.isna(test_id):
        return "–"
    test = tests.loc[test_id]
    name = _cell(test["publisher"])
    name = name if pd.isna(test["url"]) else f"[{name}]({test['url']})"
    said = f"{name}, {_cell(test['date'])}: {_cell(test['says'])}"
    return said if test["verdict"] != OPEN else f"*leans: {said} ({_cell(test['reason'])})*"


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("*", "\\*").replace("[", "\\[").replace("]", "\\]")


def _said_of(group: str) -> str:
    return f"said of {group}"


def _longest(votes: pd.DataFrame, side: str) -> int:
    counts = votes[votes["side"] == side].groupby("claim_id").size()
    return int(counts.max()) if len(counts) else 1


def _counted(votes: pd.DataFrame) -> str:
    told = []
    for side, word in WORDS.items():
        for decides, how in ((True, "decide"), (False, "lean")):
            number = int(((votes["side"] == side) & (votes["decides"] == decides)).sum())
            if number:
                told.append(f"{number} {how} {word}")
    return " and ".join(told) or "nobody decides or leans"


def _row(ax: Axes, y: float, votes: pd.DataFrame) -> None:
    for side, step in (("holds", 1), ("fails", -1)):
        own = votes[votes["side"] == side].sort_values("decides", ascending=False, kind="stable")
        for x, vote in enumerate(own.itertuples(), 1):
            # the side says for or against, so both sides have the same mark
            ax.plot(
                step * (x - 0.1), y, "o", ms=8, mfc=SIDES[side] if vote.decides else "white", mec=SIDES[side], mew=1.2
            )
    if (votes["side"] == "split").any():
        _mark(ax, 0, y, "split", size=8)


def _mark(ax: Axes, x: float, y: float, side: str, *, home: bool = False, size: float = 9.5) -> None:
    """A publisher that decides: a diamond if it is split, a pentagon, like a house, if it sits where it favours."""
    shape, share = {"holds": ("o", 1.0), "fails": ("X", 0.95), "split": ("D", 0.75)}[side]
    ax.plot(x, y, marker="p" if home else shape, ms=size * share, color=SIDES[side], mec=SIDES[side], zorder=3)


def _lines(ax: Axes, rows: int, columns: int) -> None:
    """Thin lines that lead the eye along a row, and up to the name of a column."""
    ax.hlines(range(rows), -0.5, columns - 0.5, color=GRID, lw=1, zorder=0)
    ax.vlines(range(columns), -0.5, rows - 0.5, color=GRID, lw=0.6, zorder=0)


def _tick(ax: Axes, x: float, y: float, *, good: bool) -> None:
    if good:
        ax.plot(x, y, "o", ms=11, color=VERDICTS["holds"])
    else:
        ax.plot(x, y, "x", ms=8, color=VERDICTS["fails"], mew=2)


def _key(ax: Axes, left: float, right: float, split: bool) -> None:
    for side, arrow, place in (("holds", "for  →", "left"), ("fails", "←  against", "right")):
        x = 0.5 if place == "left" else -0.5
        ax.text(x, -2.3, arrow, fontsize=TEXT, color=SIDES[side], va="center", ha=place, fontweight="semibold")
    x = left + 0.6
    for word in ("decides", "only leans", *(["split"] if split else [])):
        if word == "split":
            _mark(ax, x, -1.25, "split", size=8)
        else:
            ax.plot(x, -1.25, "o", ms=8, mfc=MUTED if word == "decides" else "white", mec=MUTED, mew=1.2)
        label(ax, word, x, -1.25, dx=7, va="center_baseline", fontsize=TEXT)
        x += 1.6 + 0.62 * len(word)
    ax.text(right, -1.25, "verdict", fontsize=TEXT, color=MUTED, va="center_baseline")
