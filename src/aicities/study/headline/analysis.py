"""The headline findings, computed: the numbers that the first notebook and the README print."""

from __future__ import annotations

from typing import Any

import pandas as pd

from aicities import bounds, evidence, tables, votes
from aicities.study import claims
from aicities.study.headline.wording import say, templates
from aicities.votes import FIELDS, OPEN, THREE

__all__ = [
    "article_leaders",
    "captions",
    "headline_numbers",
    "headline_sentences",
    "picture_text",
]


def article_leaders() -> pd.Series:
    """Which of the three cities the article puts ahead in each field.

    It is the city of which the article names most strengths and firsts: statements of strength about that city alone,
    first places of the city itself, and the highest of three counts. Two or more with as many make none.

    Returns
    -------
    A city, or `OPEN`, for each of `FIELDS` (the index).
    """
    statements, indicators = tables.load("statements"), tables.load("indicators")
    alone = statements.groupby("statement_id")["city"].transform("nunique") == 1
    strengths = statements[(statements["kind"] == "strength") & alone]
    firsts = indicators[
        (indicators["relation"] == "first") & (indicators["subject_id"] == indicators["city"].str.lower())
    ]
    equal = indicators[(indicators["relation"] == "eq") & indicators["city"].notna()]
    counted = equal[equal.groupby("statement_id")["city"].transform("nunique") == len(THREE)]
    highest = counted.loc[counted.groupby("statement_id")["value"].idxmax()]
    named = pd.concat([strengths, firsts, highest]).groupby(["dimension", "city"]).size().unstack(fill_value=0)
    named = named.reindex(index=FIELDS, columns=THREE, fill_value=0)
    unique = named.eq(named.max(axis=1), axis=0).sum(axis=1) == 1
    return named.idxmax(axis=1).where(unique, OPEN)


def headline_numbers() -> dict[str, Any]:
    """The numbers behind `headline_sentences`, by name."""
    agreed = evidence.agreement()
    answers = votes.field_leaders()
    decided = answers[answers["leader"].isin(THREE)]
    ahead = decided.groupby("dimension")["leader"].agg(set)
    said = article_leaders()
    agrees = pd.Series([ahead.get(field) == {city} for field, city in said.items()], index=said.index)
    verdicts = claims.summary()
    top_three = verdicts.set_index("claim_id").loc["C01"]
    compute = tables.load("indicators").query("indicator == 'intelligent_compute'")
    city_figure = compute[compute["subject_id"].isin(["beijing", "shanghai", "shenzhen"])]
    row = city_figure.iloc[0]
    lists = votes.voting_groups()
    years = lists["as_of"].str[:4]
    deciding = lists[lists["leader"] != OPEN]
    own = tables.load("claims").set_index("claim_id")["own_yardstick"].reindex(verdicts["claim_id"]).to_numpy()
    of_shenzhen = verdicts["city"] == "Shenzhen"
    return {
        "facts": len(agreed),
        "facts_in_both": int((agreed["agreement"] == "both").sum()),
        "share_in_both": float((agreed["agreement"] == "both").mean()),
        "facts_wrong_in_both": int((agreed["agreement"] == "neither").sum()),
        "fields": len(ahead),
        "fields_beijing": int((ahead == {"Beijing"}).sum()),
        "fields_without_beijing": sum("Beijing" not in cities for cities in ahead),
        **{f"article_{city}": int((said == city).sum()) for city in THREE},
        **{f"borne_out_{city}": int((agrees & (said == city)).sum()) for city in THREE},
        "fields_shenzhen": sum("Shenzhen" in cities for cities in ahead),
        "publishers": answers["publisher_id"].nunique(),
        "first_year": years.min(),
        "last_year": years.max(),
        "lists": len(deciding),
        "lists_led_by_others": int((~deciding["first"].isin([*THREE, OPEN])).sum()),
        "ranked": int(top_three["publishers_for"] + top_three["publishers_against"]),
        "top_three_for": int(top_three["publishers_for"]),
        "top_three_against": int(top_three["publishers_against"]),
        "claims": len(verdicts),
        **{f"claims_{name.replace(' ', '_')}": int((verdicts["headline"] == name).sum())
           for name in ("holds", "fails", "mixed", "cannot tell")},
        "claims_own_yardstick": int(((verdicts["headline"] == "holds") & own).sum()),
        "claims_untested": int((verdicts["tests"] == 0).sum()),
        "claims_Shenzhen": int(of_shenzhen.sum()),
        "claims_open_Shenzhen": int((of_shenzhen & (verdicts["headline"] == "cannot tell")).sum()),
        "cities_with_compute": city_figure["subject_id"].nunique(),
        "compute": bounds.words(row["relation"], row["value"], row["unit"]),
        "compute_relation": row["relation"],
        "compute_value": float(row["value"]),
        "compute_unit": row["unit"],
    }  # fmt: skip


def headline_sentences(language: str = "en", *, numbers: dict[str, Any] | None = None) -> list[str]:
    """Headline findings as Markdown sentences, in one of `wording.LANGUAGES`, each with its numbers.

    `numbers` are those of `headline_numbers`, for callers that have them already.
    """
    values = _with_amount(numbers, language)
    return [say(template, values, language=language) for template in templates(language)["findings"]]


def captions(language: str = "en", *, numbers: dict[str, Any] | None = None) -> list[dict[str, str]]:
    """`caption` and `source` of each figure of the first notebook, in one of `wording.LANGUAGES`.

    `numbers` are those of `headline_numbers`, for callers that have them already.
    """
    values = _with_amount(numbers, language)
    return [
        {part: say(template, values, language=language) for part, template in figure.items()}
        for figure in templates(language)["captions"]
    ]


def picture_text(language: str = "en") -> str:
    """The alternative text of the picture on the first page, in one of `wording.LANGUAGES`."""
    words, voted, said = templates(language), votes.field_leaders(), article_leaders()
    form, names = words["picture"], words["leader"]
    rows = []
    for field, answers in voted.groupby("dimension", sort=False)["leader"]:
        counts = answers.value_counts()
        found = form["between_votes"].join(
            say(form["vote"], {"count": int(counts[leader]), "leader": names[leader]}, language=language)
            for leader in names
            if leader in counts
        )
        rows.append(form["row"].format(field=words["field"][field], article=names[said[field]], votes=found))
    return str(form["text"].format(rows=form["between_rows"].join(rows)))


def _with_amount(numbers: dict[str, Any] | None, language: str) -> dict[str, Any]:
    """The numbers, with the bound on computing power in words of the language."""
    numbers = headline_numbers() if numbers is None else numbers
    amount = templates(language)["amount"][numbers["compute_relation"]]
    values = {"value": numbers["compute_value"], "unit": numbers["compute_unit"]}
    return numbers | {"compute": say(amount, values, language=language)}
