"""What the texts of a work get wrong, such as the two translations of the article, by the readings in `evidence`.

`data` holds one work, as `evidence.of_work` gives it; of all tables, the first work is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from aicities import evidence

__all__ = [
    "agreement_by_field",
    "by_statement",
    "coverage",
    "crossed",
    "damaged",
    "error_rates",
    "followed",
    "full_texts",
    "misnamed",
    "pair_in_print_order",
    "shared_errors",
]

Data = Mapping[str, pd.DataFrame]
LEAST = 10  # statements: a field with fewer has no row of its own


def by_statement(agreed: pd.DataFrame, *, within: Sequence[str] = ()) -> pd.DataFrame:
    """Statements instead of facts: one row per statement, in order of first mention, as for the worst of its facts.

    ``agreed`` is what ``evidence.agreement()`` gives. With ``within``, columns of it, a statement has a row in each of
    the groups that it has facts in.
    """
    number = agreed.groupby([*within, "statement_id"], sort=False, dropna=False, observed=True).ngroup()
    worst = agreed.assign(number=number).sort_values("agreement", ascending=False, kind="stable")
    return worst.drop_duplicates("number").sort_values("number", kind="stable").drop(columns="number")


def coverage(agreed: pd.DataFrame, *, by: str | list[str] = "dimension") -> pd.DataFrame:
    """How many statements of each group the texts agree on: one row per group, in order of first mention.

    ``agreed`` is what ``evidence.agreement()`` gives; ``by`` is one of its columns, or several (``dimension``,
    ``table``, ``city``, ``stated_by``, ...). Facts that have none (no city, say) form a group of their own,
    shown as missing. A statement counts in each group that it has facts in.

    Returns the group's columns, ``statements`` and ``facts`` (numbers), of the statements one column per kind
    of agreement and ``confirmed`` (numbers), and ``share_both`` and ``share_confirmed`` (of the statements of
    that group, 0 to 1).

    Raises ValueError for an unknown column.
    """
    groups = [by] if isinstance(by, str) else list(by)
    for column in groups:
        if column not in agreed:
            raise ValueError(f"unknown column {column!r}; expected one of {', '.join(agreed.columns)}")
    each = by_statement(agreed, within=groups)
    kinds = pd.get_dummies(each["agreement"], dtype=int)[list(evidence.AGREEMENT)]
    counted = pd.concat([each[groups].assign(statements=1), kinds, each["confirmed"].astype(int)], axis=1)
    order = {"sort": False, "dropna": False, "observed": True}
    summed = counted.groupby(groups, **order).sum().reset_index()
    summed.insert(len(groups) + 1, "facts", agreed.groupby(groups, **order).size().to_numpy())
    summed["share_both"] = summed["both"] / summed["statements"]
    summed["share_confirmed"] = summed["confirmed"] / summed["statements"]
    return summed


def agreement_by_field(data: Data) -> pd.DataFrame:
    """How many statements of each field the texts of a work agree on, the best field first.

    The work is the first, as for `evidence.agreement`. Fields with fewer than ten statements say little each; they are
    one row, the last, unless all are so small.

    Returns `field`, `statements`, and one column for each kind of agreement (numbers of statements).

    >>> import aicities as ac
    >>> fields = agreement_by_field(ac.load_all())
    >>> fields["statements"].iloc[:-1].min() >= 10
    np.True_
    """
    kinds = ["statements", *evidence.AGREEMENT]
    fields = coverage(evidence.agreement(data)).astype({"dimension": "str"})
    small = (fields["statements"] < LEAST) & (fields["statements"].max() >= LEAST)
    pooled = fields.loc[small, kinds].sum().to_frame().T.assign(dimension=f"{small.sum()} smaller fields")
    order = fields[~small].sort_values(["share_both", "statements"], ascending=False)
    rows = pd.concat([order, pooled], ignore_index=True) if small.any() else order
    return rows.rename(columns={"dimension": "field"})[["field", *kinds]].reset_index(drop=True)


def error_rates(data: Data) -> pd.DataFrame:
    """How often each full text of a work garbles or leaves out a statement, in the confirmed opening and after it.

    Returns one row per text and part (`opening`, confirmed by the original, and `rest`): `text` (its language), `part`,
    `statements`, `wrong` (numbers), `share` of them and the ends `low` and `high` of its exact binomial interval of 95
    % (0 to 1; Clopper and Pearson, 1934). A last pair of rows, `both`, counts what is wrong in both texts at once.
    No row if nothing is confirmed, or everything, so that there is nothing to compare.
    """
    from scipy.stats import binomtest  # its import costs as much as the rest of the package

    each = by_statement(evidence.agreement(data))
    named = full_texts(data)["label"]
    wrong = each[list(named.index)].ne("supports").rename(columns=named)
    rows, comparable = [], each["confirmed"].any() and not each["confirmed"].all()
    for text, failed in [*wrong.items(), ("both", wrong.all(axis=1))] if comparable else ():
        for part, inside in (("opening", each["confirmed"]), ("rest", ~each["confirmed"])):
            count, number = int(failed[inside].sum()), int(inside.sum())
            interval = binomtest(count, number).proportion_ci(confidence_level=0.95, method="exact")
            rows.append((text, part, number, count, count / number, interval.low, interval.high))
    return pd.DataFrame(rows, columns=["text", "part", "statements", "wrong", "share", "low", "high"])


def pair_in_print_order(data: Data, *, cities: str, values: str) -> pd.DataFrame:
    """Pair cities with values in the order in which each text prints them, as a reader of it alone would.

    ``cities``, ``values``: codes of two indicators: the tokens of the first hold the names of the cities, as `entities`
    has them, where the text has them; the second gives the values.

    Returns columns `reading` (the language of a text, and `both together` for the reading that the data hold), `city`
    (missing where a text has fewer cities than values) and `value`; no row if the work has no such values.
    """
    coded = evidence.join(data).merge(data["indicators"][["fact_id", "indicator", "value"]], on="fact_id")
    forms = data["entities"].set_index("name_en")
    rows: list[tuple[str, str | None, float]] = []
    for text, label in full_texts(data)["label"].items():
        here = coded[(coded["article_id"] == text) & coded["token"].notna()].sort_values("start", kind="stable")
        named = here[here["indicator"] == cities]
        form = forms.get(f"form_{text}", pd.Series(forms.index, forms.index))
        printed = [row.city for row in named.itertuples() if str(form.get(row.city)) in row.token]
        numbers = here.loc[here["indicator"] == values, "value"]
        padded = [*printed, *[None] * len(numbers)][: len(numbers)]
        rows += [(label, city, number) for city, number in zip(padded, numbers, strict=True)]
    known = data["indicators"][data["indicators"]["indicator"] == values]
    rows += [("both together", city, number) for city, number in zip(known["city"], known["value"], strict=True)]
    return pd.DataFrame(rows, columns=["reading", "city", "value"]).astype({"value": "float64"})


def full_texts(data: Data) -> pd.DataFrame:
    """The rows of `articles` that can be read to their end, by key, and how each is called, its `label`.

    That is its language; where two texts have the same, with the publisher.

    >>> import aicities as ac
    >>> full_texts(ac.load_all())["label"].to_dict()
    {'ja': 'Japanese', 'id': 'Indonesian'}
    """
    texts = evidence.of_work(data)["articles"].query("coverage == 'full'").set_index("article_id")
    alone = ~texts["language_name"].duplicated(keep=False)
    longer = texts["language_name"] + " (" + texts["publisher"] + ")"
    return texts.assign(label=texts["language_name"].where(alone, longer))


def followed(data: Data) -> pd.DataFrame:
    """The number to follow from its sentence to its source: a bound that one text garbles, if there is one.

    Returns one row of `indicators`, or none where the work has no number.
    """
    known = data["indicators"].merge(evidence.agreement(data)[["fact_id", "agreement"]], on="fact_id")
    known = known[known["value"].notna()]
    plain, whole = ~known["relation"].isin(["gt", "ge", "lt", "le"]), known["agreement"] != "conflict"
    return known.assign(last=plain * 1 + whole).sort_values("last", kind="stable").head(1)


def crossed(data: Data) -> pd.DataFrame:
    """The first two full texts against each other: how many statements have which two readings, a row per reading.

    Its first column names the text of the rows. No row where the work has one text only.
    """
    labels = full_texts(data)["label"].head(2)
    if len(labels) < 2:
        return pd.DataFrame()
    order = ["supports", "garbled", "absent"]
    counted = by_statement(evidence.agreement(data)).groupby(list(labels.index)).size().unstack(fill_value=0)
    matrix = counted.reindex(index=order, columns=order, fill_value=0)
    return matrix.rename_axis(f"{labels.iloc[0]} (rows)").reset_index()


def damaged(data: Data) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the first full text garbles or loses of the indicators that the second has, and the other way round.

    Returns columns `fact_id`, `claim`, `city` and what the text that fails makes of it, named by its language; no row
    where the work has one text only.
    """
    agreed, says = evidence.agreement(data), _says(data)
    measured = agreed[agreed["table"] == "indicators"]
    labels = full_texts(data)["label"].head(2)
    found = []
    for fails, has in zip(labels.index, reversed(labels.index), strict=True):
        lost = measured[(measured[fails] != "supports") & (measured[has] == "supports")]
        found.append(
            lost[["fact_id", "claim", "city"]].assign(**{labels[fails].lower(): lost["fact_id"].map(says[fails])})
        )
    return found[0], found[-1]


def shared_errors(data: Data) -> pd.DataFrame:
    """The statements that no text supports, and what each text makes of them: `claim`, and a column for each text."""
    each = by_statement(evidence.agreement(data)).set_index("fact_id")
    labels = full_texts(data)["label"]
    return (
        each.loc[each["agreement"] == "neither", ["claim"]].join(_says(data)[list(labels.index)]).rename(columns=labels)
    )


def misnamed(data: Data) -> pd.DataFrame:
    """The entities that each text names wrongly, with their forms; no row where `entities` lacks forms of the texts."""
    entities, texts = data["entities"], list(full_texts(data).index)
    read = [f"form_{text}_reading" for text in texts]
    if not set(read) <= set(entities):
        return pd.DataFrame()
    wrong = entities[read].eq("wrong").all(axis=1)
    return entities.loc[wrong, ["name_en", "name_zh", *(f"form_{text}" for text in texts)]]


def _says(data: Data) -> pd.DataFrame:
    """What each text (a column) makes of each fact."""
    return evidence.join(data).pivot(index="fact_id", columns="article_id", values="says")
