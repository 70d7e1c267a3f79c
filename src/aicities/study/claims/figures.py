"""The figures and tables on the claims: who is for and who against, what stands behind a verdict, what it survives.

Captions and headlines stand beside their figures and follow the data, so that a new table needs no new words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aicities.dates import in_words
from aicities.figures import GRID, INK, MUTED, VERDICTS, canvas, describe, label, narrow
from aicities.votes import FAILS, HOLDS, MIXED, OPEN, SPLIT, THREE

DAY = re.compile(r"\d{4}(-\d\d){0,2}")
GROUPS = (*THREE, "all three")
SIDES = {HOLDS: VERDICTS[HOLDS], FAILS: VERDICTS[FAILS], SPLIT: MUTED}
WORDS = {HOLDS: "for", FAILS: "against", SPLIT: "split"}
CHECKS = {
    "alone": "a second publisher",
    "high": "high confidence",
    "exact": "exact numbers",
    "page": "a known page",
    "away": "an outside witness",
    "rounded": "the other reading of floors",
    "both": "support of both texts",
}
"""What a claim lacks that fails a check, by the columns of `firmness.passed()`."""
LINE, TEXT = 0.56, 15  # inches for a row of two lines, and the size of its type: 11 pixels on a phone
SLOTS = 24  # marks side by side for which there is room


def scoreboard(summary: pd.DataFrame, votes: pd.DataFrame, *, headline: str) -> Figure:
    """Claims in one picture: a mark for each vote, to the right if it is for the claim, else to the left.

    ``summary`` and ``votes`` are what `claims.summary()` and `claims.votes()` give. Claims stand together by city,
    those of other cities last; claims on which nobody decides or leans have no row.
    """
    votes = votes[votes["claim_id"].isin(summary["claim_id"])]
    drawn = summary[summary["claim_id"].isin(votes["claim_id"])]
    drawn = drawn.assign(group=drawn["city"].fillna(GROUPS[-1]))
    groups = sorted(drawn["group"].unique(), key=lambda name: GROUPS.index(name) if name in GROUPS else len(GROUPS))
    fig, ax = canvas(LINE * (len(drawn) + len(groups)) + 1.8, headline=headline)
    left = -max(_longest(votes, FAILS), 4) - 0.7
    right = max(_longest(votes, HOLDS) + 0.7, left + SLOTS)
    y, said = 0.0, []
    for group in groups:
        ax.text(left, y + 0.3, f"Said of {group}", fontweight="bold", va="center", fontsize=TEXT + 1)
        y += 1
        for claim in drawn[drawn["group"] == group].itertuples():
            own = votes[votes["claim_id"] == claim.claim_id]
            ax.text(left, y, claim.label, va="center", fontsize=TEXT)
            ax.text(right, y, claim.headline, va="center", ha="right", **_inked(claim.headline))
            ax.plot([left, right], [y + 0.72] * 2, color=GRID, lw=0.8)
            ax.plot([0, 0], [y + 0.2, y + 0.64], color=MUTED, lw=1, zorder=0)
            _row(ax, y + 0.42, own)
            said.append(f"{claim.label}: {claim.headline}, {_counted(own)}")
            y += 1
    _key(ax, left, right, votes)
    ax.set(ylim=(y - 0.1, -1.5), xlim=(left, right), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    rows = "One row per claim, a mark per vote, for it to the right, against it to the left."
    return describe(fig, f"{rows} {'; '.join(said)}")


def scoreboard_headline(summary: pd.DataFrame) -> str:
    """How many claims hold of each city, in at most two lines.

    >>> summary = pd.DataFrame({"city": ["Shanghai"] * 2 + [None], "headline": ["holds", "fails", "cannot tell"]})
    >>> scoreboard_headline(summary.assign(publishers_against=0, publishers_split=0))
    'Of 2 claims on Shanghai 1 holds,\\nof 1 on all three none'
    """
    groups = summary["city"].fillna(GROUPS[-1])
    told = []
    for group in (name for name in GROUPS if (groups == name).any()):
        own = summary.loc[groups == group, "headline"]
        holds = int((own == HOLDS).sum())
        told.append((group, len(own), holds))
    (group, number, holds), *others = told
    verb = "holds" if holds == 1 else "hold"
    first = f"Of {number} claims on {group} {holds or 'none'} {verb},"
    if not others:
        disputed = int((summary["publishers_against"] + summary["publishers_split"] > 0).sum())
        return f"{first}\nand {'nobody who decides speaks against one' if not disputed else f'{disputed} are disputed'}"
    return first + "\n" + ", ".join(f"of {number} on {group} {holds or 'none'}" for group, number, holds in others)


def scoreboard_caption(summary: pd.DataFrame, votes: pd.DataFrame) -> str:
    """What the verdicts come to, and which claims have no row."""
    own = votes[votes["claim_id"].isin(summary["claim_id"])]
    counts = summary["headline"].value_counts()
    forms = {HOLDS: ("holds", "hold"), MIXED: ("is mixed", "are mixed")}
    forms |= {FAILS: ("fails", "fail"), OPEN: ("stays open", "stay open")}
    named = ((name, one if counts[name] == 1 else more) for name, (one, more) in forms.items() if name in counts)
    told = [f"{counts[name]} {verb}" for name, verb in named]
    deciding = own[own["decides"]]
    silent = summary.loc[~summary["claim_id"].isin(own["claim_id"]), "label"]
    text = (
        f"Of {len(summary)} claims, {_listed(told)}. {len(deciding)} votes by "
        f"{deciding['publisher_id'].nunique()} publishers decide, filled; {int((~own['decides']).sum())} more only "
        "lean, hollow. A house is a publisher that sits in the city which it puts first."
    )
    if len(silent):
        text += f" Nobody decides or leans on: {'; '.join(silent)}."
    return text


def checks(passed: pd.DataFrame, labels: Mapping[str, str], *, headline: str) -> Figure:
    """What each claim survives: a dot for a check that it passes, a cross for one that it fails.

    ``passed`` is what `firmness.passed()` gives, drawn from the top down; ``labels`` says what is printed for a claim.
    Those that pass all are printed bold.
    """
    width, edge, letters = passed.shape[1], *((19, 44) if narrow() else (27, 56))
    said, y = [], 0.0
    told = {claim: [CHECKS[name] for name in passed.columns[~row]] for claim, row in passed.iterrows()}
    texts = {claim: f"lacks {', '.join(named)}" if named else "passes every check" for claim, named in told.items()}
    lines = {claim: textwrap.wrap(text, letters) for claim, text in texts.items()}
    rows = sum(1 + 0.42 * (len(wrapped) - 1) for wrapped in lines.values())
    heads = [CHECKS[name] for name in passed.columns]
    room = 0.14 * max(map(len, heads))  # rows that the slanted names take
    fig, ax = canvas(LINE * (rows + room) + 1.3, headline=headline)
    for x, head in enumerate(heads):
        ax.text(x, -0.5, head, rotation=65, rotation_mode="anchor", va="center", fontsize=TEXT - 1, color=MUTED)
    for claim, row in passed.iterrows():
        weight = "bold" if row.all() else "normal"
        ax.text(-0.4, y, labels[str(claim)], va="center", fontsize=TEXT, fontweight=weight)
        for x, good in enumerate(row):
            _tick(ax, x, y + 0.42, good=bool(good))
        ink = INK if row.all() else MUTED
        for line in lines[claim]:
            y += 0.42
            ax.text(width, y, line, va="center", fontsize=TEXT - 1, color=ink, fontweight=weight)
        ax.plot([-0.4, edge], [y + 0.3] * 2, color=GRID, lw=0.8)
        y += 0.58
        said.append(f"{labels[str(claim)]} {int(row.sum())} of {width}, {texts[claim]}")
    ax.set(ylim=(y - 0.1, -0.4 - room), xlim=(-0.5, edge), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return describe(fig, "Checks that each claim passes, dots, or fails, crosses: " + "; ".join(said) + ".")


def checks_headline(passed: pd.DataFrame) -> str:
    """How many of the claims that hold pass every check.

    >>> checks_headline(pd.DataFrame({"high": [True, False], "both": [True, True]}))
    'Of 2 claims that hold,\\n1 passes every check'
    """
    firm = int(passed.all(axis=1).sum())
    return f"Of {len(passed)} claims that hold,\n{firm or 'none'} {'pass' if firm > 1 else 'passes'} every check"


def checks_caption(passed: pd.DataFrame, apart: Collection[str]) -> str:
    """Which check most claims fail, how many fall with a single publisher, and what is counted apart."""
    failed = (~passed).sum().sort_values(ascending=False, kind="stable")
    text = (
        f"{int(failed['alone'])} of {len(passed)} fall with the loss of a single publisher. What is lacking most "
        f"often, {failed.iloc[0]} times, is *{CHECKS[str(failed.index[0])]}*. Each check changes one rule."
    )
    if len(apart):
        text += f" Counted apart, since further lists could only confirm it: *{'*, *'.join(apart)}*."
    return text


def fact_table(summary: pd.DataFrame, verdicts: pd.DataFrame, *, torn: Collection[str] = ()) -> str:
    """The fact-check as a Markdown table: each claim, its verdict, what it stands on, and the strongest numbers.

    Rows stand in the order of ``summary``; claims in ``torn`` get a dagger. A publisher is linked where its address may
    be shown. What leans but does not decide is told in italics, with what keeps it from deciding.
    """
    tests = verdicts.set_index("test_id")
    lines = ["| claim | verdict | direct measures | strongest numbers |", "| --- | --- | --- | --- |"]
    for claim in summary.itertuples():
        sides = ((claim.strongest_for, "For"), (claim.strongest_against, "Against"))
        numbers = [_evidence(tests, test, side) for test, side in sides if not pd.isna(test)]
        name = _cell(claim.label) + " †" * (claim.claim_id in torn)
        lines.append(f"| {name} | **{claim.headline}** | {_standing(claim)} | {' '.join(numbers) or '–'} |")
    return "\n".join(lines)


def _standing(claim: Any) -> str:
    """On how many direct measures a verdict stands, of what dates, by whom; or who leans."""
    if not claim.decided:
        leaning = [
            f"{number} {'leans' if number == 1 else 'lean'} {side}"
            for number, side in ((claim.leaning_for, "for"), (claim.leaning_against, "against"))
            if number
        ]
        return f"none; {' and '.join(leaning)}" if leaning else "none"
    dates = dict.fromkeys(in_words(date) for date in (claim.decided_from, claim.decided_to))
    counts = {side: getattr(claim, f"publishers_{side}") for side in WORDS.values()}
    votes = [f"{number} {side}" for side, number in counts.items() if number]
    home = f", {claim.at_home} at home" if claim.at_home else ""
    return f"{claim.decided}, {' to '.join(dates)}; publishers: {', '.join(votes)}{home}"


def _evidence(tests: pd.DataFrame, test_id: Any, side: str) -> str:
    test = tests.loc[test_id]
    name = _cell(test["publisher"])
    name = name if pd.isna(test["url"]) else f"[{name}]({test['url']})"
    dates = DAY.sub(lambda date: in_words(date.group()), str(test["date"]))
    said = f"{name}, {dates}: {_cell(test['says'])}"
    return f"{side}: {said}." if test["verdict"] != OPEN else f"*{side}, leaning: {said} ({_cell(test['reason'])}).*"


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("*", "\\*").replace("[", "\\[").replace("]", "\\]")


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _inked(headline: str) -> dict[str, Any]:
    ink = {HOLDS: VERDICTS[HOLDS], FAILS: VERDICTS[FAILS], MIXED: INK}.get(headline, MUTED)
    return {"color": ink, "fontsize": TEXT, "fontweight": "normal" if headline == OPEN else "semibold"}


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
    home = int((votes["decides"] & votes["own_city"]).sum())
    return " and ".join(told) + (f", {home} of them at home" if home else "")


def _row(ax: Axes, y: float, votes: pd.DataFrame) -> None:
    for side, step in ((HOLDS, 1), (FAILS, -1)):
        own = votes[votes["side"] == side].sort_values("decides", ascending=False, kind="stable")
        for x, vote in enumerate(own.itertuples(), 1):
            _mark(ax, step * (x - 0.2), y, side, decides=vote.decides, home=vote.own_city)
    if (votes["side"] == SPLIT).any():
        _mark(ax, 0, y, SPLIT)


def _mark(ax: Axes, x: float, y: float, side: str, *, decides: bool = True, home: bool = False) -> None:
    """A vote: hollow if it only leans, a diamond if the publisher is split, a house if it decides at home."""
    shape, size = ("D", 8) if side == SPLIT else ("p", 12) if home and decides else ("o", 10)
    fill = SIDES[side] if decides else "white"
    ax.plot(x, y, marker=shape, ms=size, mfc=fill, mec=SIDES[side], mew=1.3, zorder=3)


def _tick(ax: Axes, x: float, y: float, *, good: bool) -> None:
    if good:
        ax.plot(x, y, "o", ms=10, color=VERDICTS[HOLDS])
    else:
        ax.plot(x, y, "x", ms=8, color=VERDICTS[FAILS], mew=2)


def _key(ax: Axes, left: float, right: float, votes: pd.DataFrame) -> None:
    """What the marks mean; no entry for what is not drawn."""
    for side, arrow, place in ((HOLDS, "for  →", "left"), (FAILS, "←  against", "right")):
        x = 0.4 if place == "left" else -0.4
        ax.text(x, -1.2, arrow, fontsize=TEXT, color=SIDES[side], va="center", ha=place, fontweight="semibold")
    entries = [("decides", {}), ("leans", {"decides": False})]
    if (votes["decides"] & votes["own_city"]).any():
        entries.append(("decides, at home", {"home": True}))
    if (votes["side"] == SPLIT).any():
        entries.append(("split", {}))
    room = (right - left) / 66  # a character, in units of the axis
    x = left + 2 * room
    for word, how in entries:
        _mark(ax, x, -0.45, SPLIT if word == "split" else HOLDS, **how)
        label(ax, word, x, -0.45, dx=9, va="center", fontsize=TEXT - 1)
        x += room * (len(word) + 5)
