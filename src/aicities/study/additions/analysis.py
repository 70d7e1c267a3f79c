"""Rows of your own: texts, their tokens, quantities and what they do with a fact; how far a table moves the scores."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

import rankstats
import textnumbers
from aicities.study.rankings import analysis as rankings
from aicities.tables import needed
from aicities.tables.additions import added
from aicities.tables.problems import one_of
from textnumbers.frame import FLAGS

__all__ = ["evidence_rows", "ledger", "like", "moved", "placed", "quantity_rows", "recorded"]

Data = Mapping[str, pd.DataFrame]
LONGEST = 24  # characters of a token, by the schema


def like(data: Data, name: str, key: str) -> dict[str, Any]:
    """A row of a table, by what stands in its first column, as a mapping to be changed; missing cells are left out.

    Raises
    ------
    ValueError
        If no row of the table has that key.

    >>> import aicities as ac
    >>> like(ac.load_all(), "places", "Beijing")["kind"]
    'municipality'
    """
    (table,) = needed(data, name)
    found = table[table.iloc[:, 0] == key]
    if found.empty:
        raise ValueError(f"no {table.columns[0]} of {name} is {key!r}; expected one of {one_of(table.iloc[:, 0], key)}")
    return {str(column): value for column, value in found.iloc[0].items() if not pd.isna(value)}


def recorded(text: str) -> dict[str, Any]:
    """What the table `articles` records of a text, so that `verify` recognises it: sha256, characters, paragraphs.

    >>> recorded("one\\n\\ntwo\\n")["paragraphs"]
    2
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {
        "sha256": digest,
        "characters": len(text),
        "paragraphs": sum(bool(line.strip()) for line in text.split("\n")),
    }


def placed(text: str, token: str) -> dict[str, Any]:
    """Where a token stands in a text, as the table `evidence` has it: paragraph, start, end and the token.

    Raises
    ------
    ValueError
        If the token is not there, or more than once, so that nothing says which is meant.

    >>> placed("one tower\\n\\ntwo towers\\n", "two")
    {'paragraph': 1, 'start': 11, 'end': 14, 'token': 'two'}
    """
    found = text.count(token)
    if not token or found != 1:
        raise ValueError(
            f"the token {token!r} stands {found} times in the text; expected once: take more of the words around it"
        )
    start = text.index(token)
    before = text[:start].split("\n")
    paragraph = sum(bool(line.strip()) for line in before[:-1])
    return {"paragraph": paragraph, "start": start, "end": start + len(token), "token": token}


def evidence_rows(
    tokens: pd.DataFrame, texts: Mapping[str, str], *, garbled: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """One row of `evidence` for each fact and text, for `aicities.added`.

    Parameters
    ----------
    tokens
        Facts (the index) by texts: the token of the fact in the text, missing where the text leaves it out.
    texts
        The texts by the same names.
    garbled
        Fact and text to what the text makes of the fact; all others support it.

    Raises
    ------
    ValueError
        If a token is not in its text exactly once.

    >>> tokens = pd.DataFrame({"en": ["12"], "id": [None]}, index=["I901"])
    >>> rows = evidence_rows(tokens, {"en": "12 towers", "id": "menara"}, garbled={})
    >>> [row["reading"] for row in rows]
    ['supports', 'absent']
    """
    rows = []
    for fact, found in tokens.iterrows():
        for name, token in found.items():
            row = {"fact_id": fact, "article_id": name, "reading": "absent"}
            if isinstance(token, str):
                said = garbled.get((str(fact), str(name)))
                reading = "garbled" if said else "supports"
                row |= {"reading": reading, "says": said, **placed(texts[str(name)], token)}
            rows.append(row)
    return rows


def quantity_rows(text: str, name: str, language: str, *, after: int = 0) -> list[dict[str, Any]]:
    """One row of `quantities` for each number that `textnumbers` finds in a text, for `aicities.added`.

    A token is cut at 24 characters, as all of them are.

    Parameters
    ----------
    text
        The text, with its line ends as they are in the file.
    name, language
        Its `article_id` and language tag.
    after
        The number of the last key that is taken.

    >>> quantity_rows("about 12 towers", "en", "en", after=100)[0]["quantity_id"]
    'Q101'
    """
    found = textnumbers.extract_table(text, language)
    found["flags"] = [";".join(flag for flag in FLAGS if row[flag]) for row in found[list(FLAGS)].to_dict("records")]
    rows = found.drop(columns=[*FLAGS, "number_start", "number_end"]).to_dict("records")
    for number, row in enumerate(rows, after + 1):
        before = text[: row["start"]].split("\n")[:-1]
        row |= {"token": row["token"][:LONGEST], "end": min(row["end"], row["start"] + LONGEST)}
        row |= {"quantity_id": f"Q{number:03}", "article_id": name, "paragraph": sum(map(bool, map(str.strip, before)))}
    return rows


def ledger(data: Data, texts: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The tables `quantities` and `quantity_facts` with every number of some texts, in place of what they had of these.

    A number carries the facts whose token in `evidence` it touches. That is a first reading, right for nine in ten of
    the article's: a fact with a long token may need a row by hand, and `dismissed` says why a number carries none.

    Parameters
    ----------
    data
        All tables; `articles` has the texts.
    texts
        Keys of `articles` to the texts.
    """
    evidence, articles, numbers, links = needed(data, "evidence", "articles", "quantities", "quantity_facts")
    numbers = numbers[~numbers["article_id"].isin(list(texts))]
    links = links[links["quantity_id"].isin(numbers["quantity_id"])]
    last = max((int(key[1:]) for key in numbers["quantity_id"]), default=0)
    languages, rows = articles.set_index("article_id")["language"], list[dict[str, Any]]()
    for name, text in texts.items():
        rows += quantity_rows(text, name, languages[name], after=last + len(rows))
    placed = evidence[evidence["token"].notna()].to_dict("records")
    touch = [
        {"quantity_id": row["quantity_id"], "fact_id": one["fact_id"]}
        for row in rows
        for one in placed
        if one["article_id"] == row["article_id"] and one["start"] < row["end"] and row["start"] < one["end"]
    ]
    return {
        "quantities": added("quantities", rows, to=numbers),
        "quantity_facts": added("quantity_facts", touch, to=links),
    }


def moved(data: Data, mine: Data, places: Sequence[str]) -> pd.DataFrame:
    """The Borda scores of some places in the independent overall rankings, one vote per publisher, before and after.

    Parameters
    ----------
    data, mine
        The tables without and with rows of your own.
    places
        The places that are compared.

    Returns
    -------
    `place`, `before` and `after`, from 0 (last in every table) to 1 (first in every table), the best before on top.

    >>> import aicities as ac
    >>> data = ac.load_all()
    >>> scores = moved(data, data, ["Beijing", "Hangzhou"])
    >>> scores["before"].equals(scores["after"])
    True
    """
    found = pd.DataFrame({"place": list(places)})
    for name, tables in (("before", data), ("after", mine)):
        lists, entries = rankings.city_tables(tables)
        lists = lists[lists["independent"] & (lists["topic"] == "overall")]
        read = rankstats.read(entries, lists, by="publisher_id", ranks="competition", places=places)
        borda = rankstats.borda(read)
        found[name] = found["place"].map(borda.set_index("place")["score"])
    return found.sort_values("before", ascending=False, kind="stable", ignore_index=True)
