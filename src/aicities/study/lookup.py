"""Answers to single questions: where does it say so, what is known of this city, does that claim hold, who is ahead?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

import pandas as pd

import rankstats
from aicities import bounds, evidence
from aicities.study import claims as tested
from aicities.study.rankings import analysis as rankings
from aicities.tables import needed, written
from aicities.tables.problems import one_of, quoted

__all__ = ["abbreviations", "claims", "find", "place", "profile", "rank"]

Data = Mapping[str, pd.DataFrame]
STATED = {"indicators": "label", "statements": "claim"}  # facts, and what they say
KINDS = ("市", "省", "県")  # what kind of place a name is, which may be said or left out
SUMMARY = ["claim_id", "label", "headline", "publishers_for", "publishers_against", "tests", "decided"]
TEST = ["test_id", "publisher", "date", "verdict", "reason", "says"]


def abbreviations(data: Data, publishers: Iterable[str]) -> str:
    """What the capital letters stand for by which some publishers are known, as Markdown.

    ``publishers`` are their ids; a text may hold several, separated by semicolons, and what is missing is passed over.

    >>> import aicities as ac
    >>> abbreviations(ac.load_all(), ["cac", "hurun"])
    'Short names: *CAC*: Cyberspace Administration of China.'
    """
    (sources,) = needed(data, "sources")
    named = {name for several in publishers if not pd.isna(several) for name in several.split("; ")}
    known = sources[sources["publisher_id"].isin(named) & ~sources["short_name"].str.startswith("Unnamed")]
    full, capitals = known["publisher"].str.replace(r" \(.*", "", regex=True), r"\b([A-Z]{3,})\b"
    letters = known["short_name"].str.extract(capitals, expand=False)
    other = [not pd.isna(short) and short not in name for short, name in zip(letters, full, strict=True)]
    spelled = full[other].groupby(known["short_name"]).agg(lambda names: max(names, key=len))
    return f"Short names: {'; '.join(f'*{short}*: {name}' for short, name in spelled.items())}."


def find(data: Data, text: str) -> pd.DataFrame:
    """Every row of any table that has a text in one of its cells, and where it can be looked up.

    A fact is found by what it says and by its tokens in the texts. Capitals, and full-width or half-width forms, make
    no difference.

    Returns one row per row found: `table`, `key`, `text` (what the fact says, or the first cell that has the text) and
    `where`: the places in the texts for a fact, the address of the source for what others have published. Raises
    ValueError for an empty text.

    >>> import aicities as ac
    >>> find(ac.load_all(), "20.000P").loc[0, ["table", "key", "where"]].tolist()
    ['indicators', 'I017', 'ja 1544–1551; id 3711–3734']
    """
    if not text.strip():
        raise ValueError("the text to find is empty; expected at least one character")
    wanted, rows = _folded(text), []
    (proofs,) = needed(data, "evidence")
    proven = set(proofs.loc[_hits(proofs[["token", "says"]], wanted).any(axis=1), "fact_id"])
    for name in [*STATED, *(name for name in data if name not in (*STATED, "evidence"))]:
        table, said = data[name], STATED.get(name)
        hits = _hits(table, wanted)
        found = hits.any(axis=1) | (table["fact_id"].isin(proven) if said else False)
        keys = table[_key(table)].astype("object").map(written).agg(", ".join, axis=1)
        where = _where(data, name, table)
        for place in hits.index[found]:
            shown = table.loc[place, said or hits.loc[place].idxmax()]
            rows.append((name, keys[place], written(shown), where.get(place)))
    return pd.DataFrame(rows, columns=["table", "key", "text", "where"]).astype("str")


def profile(data: Data, city: str) -> pd.DataFrame:
    """Everything that the data have on a place: ranks, numbers, computing power, claims, and what the article says.

    Capitals make no difference; a place may be named in Chinese or Japanese.

    Returns `about` (`ranking`, `number`, `compute`, `claim`, `article`, or another work by its id), `what`, `value`,
    `date`, `publisher`, `where`: the address of the source, or the places in the texts. Raises ValueError for a place
    that is not in the table `places`.

    >>> import aicities as ac
    >>> known = profile(ac.load_all(), "Hangzhou")
    >>> set(known["about"]) >= {"ranking", "number"}
    True
    """
    places, works = needed(data, "places", "works")
    asked, city = city, place(places, city) or city
    if city not in (known := list(places["place"])):
        raise ValueError(f"unknown place {quoted(asked)}; expected one of {one_of(known, asked)}")
    sources = data["sources"].set_index("source_id")[["short_name", "url"]].set_axis(["publisher", "where"], axis=1)
    about = ["source_id", "short_label", "edition_year", "published", "n_published"]
    lists = data["league_tables"].set_index("table_id")[about]
    ranked = data["league_table_entries"].query("place == @city").join(lists, on="table_id")
    numbers = data["city_indicators"].query("place == @city")
    power = data["compute"].query("place == @city")
    ranked = ranked.assign(
        what=ranked["short_label"],
        value=[_rank(row) for row in ranked.to_dict("records")],
        date=ranked["published"].fillna(ranked["edition_year"].astype("str")),
    )
    numbers = numbers.assign(what=numbers["indicator_label"], value=_amounts(numbers), date=numbers["as_of"])
    centre = power["centre"].fillna("")
    power = power.assign(what=(centre + " " + power["metric"]).str.strip(), value=_amounts(power), date=power["as_of"])
    published = {"ranking": ranked, "number": numbers, "compute": power}
    parts = [
        rows.drop(columns="publisher", errors="ignore").assign(about=about).join(sources, on="source_id")
        for about, rows in published.items()
    ]
    summed = tested.summary(data).query("city == @city")
    named = {"label": "what", "headline": "value", "decided_to": "date"}
    parts.append(summed.rename(columns=named).assign(about="claim"))
    for number, work in enumerate(works["work_id"]):
        facts = evidence.facts(evidence.of_work(data, work)).query("city == @city")
        texts = facts["fact_id"].map(_places(data["evidence"]))
        parts.append(
            facts.assign(
                about=work if number else "article", what=facts["claim"], value=facts["dimension"], where=texts
            )
        )
    columns = ["about", "what", "value", "date", "publisher", "where"]
    return pd.concat([part.reindex(columns=columns).astype("str") for part in parts], ignore_index=True)


def claims(data: Data, claim: str | None = None) -> pd.DataFrame:
    """All claims with their verdicts, or what decides one of them.

    Raises ValueError for a claim that is not in the table `claims`.
    """
    tests = tested.verdicts(data)
    if claim is None:
        return tested.summary(data, tests)[SUMMARY]
    known = list(data["claims"]["claim_id"])
    if claim not in known:
        raise ValueError(f"unknown claim {quoted(claim)}; expected one of {one_of(known, claim)}")
    return tests.loc[tests["claim_id"] == claim, TEST]


def place(places: pd.DataFrame, asked: str) -> str | None:
    """The place that is meant by a name in English, Chinese or Japanese, with or without what kind of place it is."""
    wanted = _folded(asked).strip()
    for column in ("place", "name_zh", "name_ja"):
        for name, english in places[[column, "place"]].set_axis(["a", "b"], axis=1).dropna().itertuples(index=False):
            if wanted in (_folded(name), *(_folded(name) + kind for kind in KINDS if column != "place")):
                return str(english)
    return None


def rank(
    data: Data, *, topic: str | None = None, method: str = "borda", weights: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """The cities by the independent tables on AI and its neighbours that list four or more, as in notebook 02.

    Each publisher has one vote.

    ``data``: as `aicities.load_all()` gives it; ``topic``: only tables on this topic; ``method``: `borda` or `kemeny`;
    ``weights``: topic to the weight of its tables; a topic that is not named has weight 1.

    Raises ValueError for an unknown topic, a weight below zero, and a weight of another topic than the one asked for.
    """
    needed(data, "league_tables", "league_table_entries")
    known, entries = rankings.city_tables(data)
    known = rankings.counted_tables(known)
    topics = sorted(known["topic"].unique())
    weights = weights or {}
    for named in [*([topic] if topic is not None else []), *weights]:
        if named not in topics:
            raise ValueError(f"unknown topic {quoted(named)}; expected one of {one_of(topics, named)}")
        if not 0 <= weights.get(named, 1) < float("inf"):
            raise ValueError(f"the weight of {quoted(named)} is {weights[named]:g}; expected a number from zero up")
        if topic not in (None, named):
            raise ValueError(f"the weight of {quoted(named)} changes nothing: only tables on {quoted(topic)} count")
    if topic is not None:
        known = known[known["topic"] == topic]
    # a publisher's tables share its vote, each as much of it as its topic is worth
    share = 1 / known.groupby("publisher_id")["table_id"].transform("size")
    votes = dict(zip(known["table_id"], known["topic"].map(weights).fillna(1.0) * share, strict=True))
    shared = votes if weights else "publisher"
    lists = rankstats.read(entries, known, by="publisher_id", ranks="competition", weights=shared)
    if method == "kemeny":
        return rankstats.kemeny(lists).order
    return rankstats.borda(lists).round({"score": 3})


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _hits(table: pd.DataFrame, wanted: str) -> pd.DataFrame:
    return table.astype("object").map(lambda cell: wanted in _folded(written(cell)))


def _key(table: pd.DataFrame) -> list[str]:
    """The first columns, as many as tell each row from the others."""
    for width in range(1, len(table.columns)):
        if not table.duplicated(list(table.columns[:width])).any():
            return list(table.columns[:width])
    return list(table.columns)


def _where(data: Data, name: str, table: pd.DataFrame) -> dict[object, str]:
    """For the rows of a table, where they can be looked up."""
    if name == "quantities":
        return _spans(table).dropna().to_dict()
    if "fact_id" in table and name in ("indicators", "statements", "claim_facts", "quantity_facts"):
        return table["fact_id"].map(_places(data["evidence"])).dropna().to_dict()
    if name == "league_table_entries":
        table = table.join(data["league_tables"].set_index("table_id")["source_id"], on="table_id")
    if name == "sources":
        return table["url"].dropna().to_dict()
    if "source_id" in table:
        return table["source_id"].map(data["sources"].set_index("source_id")["url"]).dropna().to_dict()
    return {}


def _spans(places: pd.DataFrame) -> pd.Series:
    return (places["article_id"] + " " + places["start"].astype("str") + "–" + places["end"].astype("str")).where(
        places["start"].notna()
    )


def _places(found: pd.DataFrame) -> pd.Series:
    """For each fact its places in the texts, as one text."""
    spans = _spans(found)
    return spans.dropna().groupby(found["fact_id"]).agg("; ".join)


def _rank(row: Mapping[str, object]) -> str:
    """The rank that a list gives, with how many places it has."""
    if pd.isna(row["rank"]):
        return "listed" if pd.isna(row["tier"]) else f"tier {row['tier']}"
    return f"{row['rank']}" if pd.isna(row["n_published"]) else f"{row['rank']} of {row['n_published']}"


def _amounts(rows: pd.DataFrame) -> list[str]:
    """Values with what qualifies them, as words; an interval with both ends."""
    said = []
    for row in rows.to_dict("records"):
        top = row.get("value_max")
        words = bounds.words(row["relation"], row["value"], row["unit"])
        interval = f"{bounds.words('eq', row['value'])} to {bounds.words('eq', top, row['unit'])}"
        said.append(words if pd.isna(top) else interval)
    return said
