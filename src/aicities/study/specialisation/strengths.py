"""What the article calls a strength of one city alone, and who says so."""

from __future__ import annotations

import pandas as pd

from aicities import tables

__all__ = ["TOPICS", "VOICES", "count", "named"]

VOICES = ("author", "experts", "report")
# In the order of the way from an idea to a product.
TOPICS = (
    *("research", "talent", "models", "capital", "enterprise"),
    *("infrastructure", "compute", "application", "hardware"),
)
_STANDING = ("rank", "first", "among_first")


def named(
    *,
    author: str,
    statements: pd.DataFrame | None = None,
    indicators: pd.DataFrame | None = None,
    entities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Strengths that the article names for one city and not for the others in the same sentence.

    A strength is a statement of that kind, or an indicator by which the city itself is first or among the first.
    What is said of no topic in particular, of policies and of places in rankings is left out.

    Parameters
    ----------
    author
        Entity of the article's author.
    statements, indicators, entities
        The tables of these names; by default those of the data package.

    Returns
    -------
    One row per fact: `fact_id`, `city`, `dimension`, `voice` (one of `VOICES`) and `claim`.

    Raises
    ------
    ValueError
        If `author` is no entity.
    """
    statements = tables.load("statements") if statements is None else statements
    indicators = tables.load("indicators") if indicators is None else indicators
    entities = tables.load("entities") if entities is None else entities
    kind = entities.set_index("entity_id")["kind"]
    if author not in kind.index:
        raise ValueError(f"there is no entity {author!r}; the author must be one of the table entities")
    praise = statements[statements["kind"] == "strength"]
    standing = indicators[
        indicators["relation"].isin(_STANDING) & (indicators["subject_id"] == indicators["city"].str.lower())
    ].rename(columns={"label": "claim"})
    columns = ["fact_id", "statement_id", "city", "dimension", "claim", "stated_by"]
    found = pd.concat([praise[columns], standing[columns]], ignore_index=True)
    alone = found.groupby("statement_id")["city"].transform("nunique") == 1
    own = found[alone & ~found["dimension"].isin(("general", "policy", "ranking"))]
    voice = own["stated_by"].map(kind).map({"report": "report"}).fillna("experts")
    own = own.assign(voice=voice.mask(own["stated_by"] == author, "author"))
    return own[["fact_id", "city", "dimension", "voice", "claim"]].reset_index(drop=True)


def count(strengths: pd.DataFrame) -> pd.DataFrame:
    """Number of strengths by topic, voice and city.

    Parameters
    ----------
    strengths
        As `named` gives them.

    Returns
    -------
    `dimension`, `voice`, `city`, `number`: a row for each combination that occurs, in the order of `TOPICS` and
    `VOICES`.
    """
    ordered = strengths.assign(
        dimension=pd.Categorical(strengths["dimension"], TOPICS), voice=pd.Categorical(strengths["voice"], VOICES)
    )
    number = ordered.groupby(["dimension", "voice", "city"], observed=True).size()
    return number.rename("number").reset_index().astype({"dimension": "str", "voice": "str"})
