"""Hand-made tables for the tests of `rankstats`."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from hypothesis import strategies as st

import rankstats

Lists = tuple[pd.DataFrame, pd.DataFrame]


def published(*lists: str, publishers: Iterable[str] | None = None) -> Lists:
    """Entries and tables of complete lists written as "A (B C) D", names in brackets sharing a rank.

    Tables are called t0, t1 and so on, and each has a publisher of its own unless ``publishers`` says otherwise.
    """
    rows = []
    for number, text in enumerate(lists):
        rank = 1
        for group in re.findall(r"\([^)]*\)|\S+", text):
            names = group.strip("()").split()
            rows += [(f"t{number}", name, rank) for name in names]
            rank += len(names)
    tables = pd.DataFrame({"table_id": [f"t{number}" for number in range(len(lists))]})
    tables["publisher"] = [f"p{number}" for number in range(len(lists))] if publishers is None else list(publishers)
    entries = pd.DataFrame(rows, columns=["table_id", "place", "rank"])
    return entries.astype({"rank": "Int64"}), tables


def only(entries: pd.DataFrame, tables: pd.DataFrame) -> dict[str, list[str]]:
    """A ``not_covered`` under which each table covers the places it lists and no other."""
    everyone = set(entries["place"])
    listed = entries.groupby("table_id")["place"].agg(set)
    return {table: sorted(everyone - listed[table]) for table in tables["table_id"]}


@st.composite
def random_lists(draw: st.DrawFn, *, most_places: int = 6, most_lists: int = 5) -> Lists:
    """Random lists with ties that end anywhere, over at least two places each of which some list names."""
    places = [chr(65 + number) for number in range(draw(st.integers(2, most_places)))]
    count = draw(st.integers(1, most_lists))
    texts = []
    for number in range(count):
        order = draw(st.permutations(places))
        # The first list is complete, so that every place is listed somewhere.
        order = order if number == 0 else order[: draw(st.integers(1, len(places)))]
        groups: list[list[str]] = []
        for place in order:
            if groups and draw(st.booleans()) and draw(st.booleans()):
                groups[-1].append(place)
            else:
                groups.append([place])
        texts.append(" ".join(f"({' '.join(group)})" if len(group) > 1 else group[0] for group in groups))
    owners = draw(st.lists(st.sampled_from("xyz"), min_size=count, max_size=count))
    return published(*texts, publishers=owners)


def renamed(entries: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    return entries.assign(place=entries["place"].map(names))


def twice(entries: pd.DataFrame, tables: pd.DataFrame) -> Lists:
    """Each table once more under another name, with the same publisher."""
    again = entries.assign(table_id=entries["table_id"] + "bis")
    return (
        pd.concat([entries, again], ignore_index=True),
        pd.concat([tables, tables.assign(table_id=tables["table_id"] + "bis")], ignore_index=True),
    )


def random_table(values: np.ndarray) -> pd.DataFrame:
    """Numbers as a table, places × lists, with names in alphabetical order."""
    return named_places(pd.DataFrame(values, columns=[f"l{number:03}" for number in range(values.shape[1])]))


def named_places(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_axis([f"p{number:04}" for number in range(len(table))])


def lists_of_votes(votes: pd.DataFrame) -> rankstats.Lists:
    """Ballots of two places each that make these votes for row above column."""
    ballots = {(a, b): votes.loc[a, b] for a in votes.index for b in votes.index if a != b and votes.loc[a, b]}
    return rankstats.read(ballots, unlisted="unknown")


def random_votes(places: int, lists: int, *, noise: float | None, seed: int) -> pd.DataFrame:
    """Votes for row above column from random complete orders, all alike (``noise=None``) or around one order."""
    rng = np.random.default_rng(seed)
    votes = np.zeros((places, places))
    for _ in range(lists):
        score = rng.random(places) if noise is None else np.arange(places) / places
        score = score + (0 if noise is None else noise * rng.standard_normal(places))
        votes += score[:, None] < score[None, :]
    names = [f"p{number:02}" for number in range(places)]
    return pd.DataFrame(votes, index=names, columns=names)


def leaders(values: pd.DataFrame, weights: pd.DataFrame, method: str = "arithmetic") -> pd.Series:
    """Who leads under each row of weights; missing where several share the lead."""
    terms = {"arithmetic": values, "geometric": np.log(values.abs()), "harmonic": -1 / values.where(values != 0)}[
        method
    ]
    scores = (weights[values.columns].to_numpy() @ terms.to_numpy().T).round(12)
    alone = (scores == scores.max(axis=1, keepdims=True)).sum(axis=1) == 1
    return pd.Series(values.index.to_numpy()[scores.argmax(axis=1)], index=weights.index).where(alone)
