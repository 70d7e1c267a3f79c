"""What the article praises a city for: notebooks 00, 04 and 05 count it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from aicities import evidence

__all__ = ["strengths"]

NO_FIELD = ("general", "policy", "ranking")


def strengths(data: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What the article says in favour of one city and not of the others in the same sentence.

    These are rows of ``evidence.facts()``. Three kinds of facts count: a statement of a strength; a first place, or
    one among the first, of the city itself; and, where one sentence counts the same thing in several cities, the
    highest number, if one city alone has it. What is said of no field in particular, of policies and of places in
    rankings is left out. The article is the first work.

    >>> from aicities import load_all
    >>> named = strengths(load_all())
    >>> named.loc[named["dimension"] == "chips", "city"].unique().tolist()
    ['Shanghai']
    """
    data = evidence.of_work(data)
    told, measured, entities = data["statements"], data["indicators"], data["entities"]
    of_city = measured[measured["subject_id"].isin(entities.loc[entities["kind"] == "city", "entity_id"])]
    places = of_city[of_city["relation"].isin(("first", "among_first"))]
    known = evidence.facts(data)
    praise = known[known["fact_id"].isin([*told.loc[told["kind"] == "strength", "fact_id"], *places["fact_id"]])]
    alone = praise.groupby("statement_id")["city"].transform("nunique") == 1
    counts = of_city[of_city["relation"] == "eq"]
    value = counts.groupby(["statement_id", "indicator"])["value"]
    # two that share the highest number both have rank 2
    highest = counts[(value.transform("size") > 1) & (value.rank(method="max", ascending=False) == 1)]
    own = known[known["fact_id"].isin([*praise.loc[alone, "fact_id"], *highest["fact_id"]])]
    return own[~own["dimension"].isin(NO_FIELD)].reset_index(drop=True)
