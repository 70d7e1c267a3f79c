"""What the texts of a work do with each fact: where it stands, whether they agree, and how to check it.

A work is an article, or an event that several articles report. A fact is a row of ``indicators`` or ``statements``;
``evidence`` says for each fact and text whether the text ``supports`` it, has it ``garbled`` or ``absent``, or, where
only the opening of an original is known, has it ``confirmed``. Said once of three cities is three facts, one statement.

Agreement is worth as much as the texts are independent: two translations of one engine are one witness
(column ``witness`` of ``articles``), heard twice. So it is kept apart from confirmation by the original.

The functions take the tables as one mapping, as ``aicities.load_all()`` gives it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aicities import tables
from aicities.tables.problems import one_of, printable

AGREEMENT = ("both", "one only", "conflict", "neither")
COMMON = ["fact_id", "table", "statement_id", "subject_id", "city", "dimension", "claim", "stated_by"]
PLACE = ["paragraph", "start", "end", "token"]
Data = Mapping[str, pd.DataFrame]

UNREAD = "evidence has no row for the fact in this text; expected one, absent if the text leaves it out"
LARGEST = 10_000_000  # bytes; no article is nearly as long, and a folder may hold other things


def facts(data: Data) -> pd.DataFrame:
    """Indicators and statements as one table: one row per fact, indicators first.

    The columns are ``COMMON``: ``table`` is ``indicators`` or ``statements``, ``claim`` for an indicator its label.
    Raises ValueError if a fact_id stands twice.
    """
    measured, stated = tables.needed(data, "indicators", "statements")
    measured = measured.rename(columns={"label": "claim"}).assign(table="indicators")
    stated = stated.assign(table="statements")
    stacked = pd.concat([measured[COMMON], stated[COMMON]], ignore_index=True)
    twice = stacked["fact_id"][stacked["fact_id"].duplicated()]
    if len(twice):
        raise ValueError(f"fact {twice.iloc[0]!r} stands twice in indicators and statements; expected once")
    return stacked


def join(data: Data) -> pd.DataFrame:
    """Each fact with what each text does with it: one row per fact and text, in the order of the facts.

    Returns the columns of ``facts()``, of ``evidence``, and ``language``. Raises ValueError if one lacks the other.
    """
    known, (found, texts) = facts(data), tables.needed(data, "evidence", "articles")
    _subset(found["fact_id"], known["fact_id"], "evidence of a fact that does not exist")
    _subset(found["article_id"], texts["article_id"], "evidence in an article that does not exist")
    _subset(known["fact_id"], found["fact_id"], "fact without evidence")
    languages = texts[["article_id", "language"]]
    return known.merge(found, on="fact_id", how="left").merge(languages, on="article_id", how="left")


def of_work(data: Data, work: str | None = None) -> dict[str, pd.DataFrame]:
    """The tables with what belongs to one work only, by default to the first in ``works``: its texts, facts, evidence.

    Raises ValueError for an unknown work.
    """
    (works,) = tables.needed(data, "works")
    known = list(works["work_id"])
    if work is not None and work not in known:
        raise ValueError(f"unknown work {work!r}; expected one of {one_of(known, work)}")
    found = {**data, "works": works[works["work_id"] == (work or known[0])]}
    for names, key, by in (
        (("articles",), "work_id", "works"),
        (("evidence", "quantities"), "article_id", "articles"),
        (("indicators", "statements", "quantity_facts", "claim_facts"), "fact_id", "evidence"),
    ):
        found |= {name: data[name][data[name][key].isin(found[by][key])] for name in names if name in data}
    return found


def agreement(data: Data, *, work: str | None = None) -> pd.DataFrame:
    """How the full texts of a work agree on each of its facts: one row per fact, in the order of ``facts``.

    Returns the columns of ``facts()``, one column per text, named by its ``article_id``, with its reading,
    ``agreement`` (ordered: ``both`` support it; ``one only`` supports it and the other leaves it out; ``conflict``, one
    supports it and the other has it garbled; ``neither`` supports it) and ``confirmed``: whether the opening of the
    original has it. Of three texts or more, ``both`` are all, and ``one only`` is some. The work is the first in
    ``works`` unless named. Raises ValueError for an unknown work, for one that has no text in full, and for a fact that
    has not one reading in each.
    """
    join(data)  # what is wrong in another work is told as well
    data = of_work(data, work)
    joined, texts = join(data), data["articles"]
    full = texts.loc[texts["coverage"] == "full", "article_id"]
    if full.empty:
        name = data["works"]["work_id"].iloc[0]
        raise ValueError(f"of the texts of work {name!r}, none is full; expected one at least")
    twice = joined.loc[joined.duplicated(["fact_id", "article_id"]), "fact_id"]
    if len(twice):
        raise ValueError(f"fact {twice.iloc[0]!r} has two readings in one article; expected one")
    known = joined.drop_duplicates("fact_id")[COMMON].reset_index(drop=True)
    for article in full:
        readings = joined[joined["article_id"] == article].set_index("fact_id")["reading"]
        known[article] = known["fact_id"].map(readings.astype("object")).astype("str")
        lacking = known.loc[known[article].isna(), "fact_id"]
        if len(lacking):
            raise ValueError(f"fact {lacking.iloc[0]!r} has no reading in article {article!r}; expected one")
    read = known[list(full)]
    supports = read == "supports"
    some, every = supports.any(axis=1), supports.all(axis=1) & (len(full) > 1)
    garbled = some & (read == "garbled").any(axis=1)
    label = np.select([every, garbled, some], ["both", "conflict", "one only"], "neither")
    known["agreement"] = pd.Categorical(label, categories=AGREEMENT, ordered=True)
    known["confirmed"] = known["fact_id"].isin(joined.loc[joined["reading"] == "confirmed", "fact_id"])
    return known


def verify(folder: str | Path, data: Data, *, work: str | None = None) -> pd.DataFrame:
    """Check every place that ``evidence`` names against the article files in a folder, for all works or the one named.

    Files are recognised by their sha256, whatever their names, and links are not followed. A place is right if
    ``text[start:end]`` is the token and lies in the paragraph named: paragraphs are the lines that are not blank, from
    0, offsets those of a Python ``str`` with its line ends untouched.

    Returns one row per article with a recorded sha256, followed by one per place in it: ``article_id``, ``fact_id``
    (missing in the row of the article), ``file`` (missing if none was recognised), ``ok`` and ``problem`` (missing if
    ok; "missing" or "changed" at its start if the article was not recognised, and its places are not ok either).

    Raises DataError if the folder is not one or cannot be read, and ValueError for an unknown work.
    """
    texts, found = tables.needed(data if work is None else of_work(data, work), "articles", "evidence")
    placed = found[found[PLACE].notna().any(axis=1)]
    named = tables.files(folder, largest=LARGEST)
    contents = {name: content for name, content in named.items() if content is not None}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    rows: list[tuple[str, str | None, str | None, str | None]] = []
    for article in texts[texts["sha256"].notna()].itertuples():
        here = placed[placed["article_id"] == article.article_id]
        file = _recognised(hashes, article)
        if file is None:
            problem = _unrecognised(named, article)
            rows.append((article.article_id, None, None, problem))
            rows += [(article.article_id, fact, None, "not checked") for fact in here["fact_id"]]
            continue
        text, file = contents[file].decode("utf-8", errors="replace"), printable(file)
        spans = _paragraphs(text)
        rows.append((article.article_id, None, file, _miscounted(article, text, spans)))
        for row in here.itertuples():
            rows.append((article.article_id, str(row.fact_id), file, _misplaced(row, text, spans)))
        if getattr(article, "coverage", None) == "full":
            read = set(found.loc[found["article_id"] == article.article_id, "fact_id"])
            own = texts.loc[texts["work_id"] == article.work_id, "article_id"]
            wanted = found.loc[found["article_id"].isin(own), "fact_id"].unique()
            rows += [(article.article_id, fact, file, UNREAD) for fact in wanted if fact not in read]
    table = pd.DataFrame(rows, columns=["article_id", "fact_id", "file", "problem"]).astype("str")
    table.insert(3, "ok", table["problem"].isna())
    return table


def _subset(values: pd.Series, allowed: pd.Series, problem: str) -> None:
    strange = values[~values.isin(allowed)]
    if len(strange):
        raise ValueError(f"{problem}: {strange.iloc[0]!r}")


def _recognised(hashes: dict[str, str], article: Any) -> str | None:
    """The name of the file that is this article; the recorded name if several are."""
    right = [name for name, digest in hashes.items() if digest == article.sha256]
    return article.file_name if article.file_name in right else next(iter(right), None)


def _unrecognised(names: Iterable[str], article: Any) -> str:
    if article.file_name in names:
        return f"changed: {article.file_name} has not the recorded sha256 {article.sha256}"
    return f"missing: no file has the recorded sha256 {article.sha256}"


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each line that is not blank starts and ends."""
    return [match.span() for match in re.finditer(r"[^\n]+", text) if match[0].strip()]


def _miscounted(article: Any, text: str, spans: list[tuple[int, int]]) -> str | None:
    for column, counted in (("characters", len(text)), ("paragraphs", len(spans))):
        recorded = getattr(article, column)
        if not pd.isna(recorded) and recorded != counted:
            return f"{column}: {recorded} recorded, {counted} in the file"
    return None


def _misplaced(row: Any, text: str, spans: list[tuple[int, int]]) -> str | None:
    place = [getattr(row, column) for column in PLACE]
    lacking = [column for column, value in zip(PLACE, place, strict=True) if pd.isna(value)]
    if lacking:
        return f"{lacking[0]} is missing; expected all of {', '.join(PLACE)} or none"
    paragraph, start, end, token = int(row.paragraph), int(row.start), int(row.end), row.token
    if not 0 <= start < end <= len(text):
        return f"offsets {start} to {end} do not lie in the text of {len(text)} characters"
    if text[start:end] != token:
        return f"characters {start} to {end} are not the token {token!r}"
    if not 0 <= paragraph < len(spans):
        return f"paragraph {paragraph} does not exist; the text has {len(spans)}"
    first, last = spans[paragraph]
    if not first <= start < end <= last:
        return f"the token does not lie in paragraph {paragraph}, which is characters {first} to {last}"
    return None
