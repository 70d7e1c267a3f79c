"""What the two translations of the article get wrong, measured on the readings in `evidence`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from aicities import evidence

__all__ = ["agreement_by_field", "by_statement", "coverage", "error_rates", "pair_in_print_order"]

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
    """How often each full text of the article garbles or leaves out a statement, in the confirmed opening and after it.

    ``data``: as `aicities.load_all()` gives it.

    Returns one row per text and part (`opening`, confirmed by the original, and `rest`): `text` (its language), `part`,
    `statements`, `wrong` (numbers), `share` of them and the ends `low` and `high` of its exact binomial interval of 95
    % (0 to 1; Clopper and Pearson, 1934). A last pair of rows, `both`, counts what is wrong in both texts at once.
    Raises ValueError if nothing is confirmed, or everything, so that there is nothing to compare.
    """
    from scipy.stats import binomtest  # its import costs as much as the rest of the package

    each = by_statement(evidence.agreement(data))
    if each["confirmed"].all() or not each["confirmed"].any():
        raise ValueError("error_rates compares confirmed with unconfirmed statements; one of the two is empty")
    named = _full_texts(data)
    wrong = each[list(named)].ne("supports").rename(columns=named)
    rows = []
    for text, failed in [*wrong.items(), ("both", wrong.all(axis=1))]:
        for part, inside in (("opening", each["confirmed"]), ("rest", ~each["confirmed"])):
            count, number = int(failed[inside].sum()), int(inside.sum())
            interval = binomtest(count, number).proportion_ci(confidence_level=0.95, method="exact")
            rows.append((text, part, number, count, count / number, interval.low, interval.high))
    return pd.DataFrame(rows, columns=["text", "part", "statements", "wrong", "share", "low", "high"])


def pair_in_print_order(data: Data, *, cities: str, values: str) -> pd.DataFrame:
    """Pair cities with values in the order in which each text prints them, as a reader of it alone would.

    ``data``: as `aicities.load_all()` gives it; ``cities``, ``values``: codes of two indicators: the tokens of the
    first hold the names of the cities, where the text has them; the second gives the values.

    Returns columns `reading` (the language of a text, and `both together` for the reading that the data hold), `city`
    (missing where a text has fewer cities than values) and `value`.
    """
    coded = evidence.join(data).merge(data["indicators"][["fact_id", "indicator", "value"]], on="fact_id")
    forms = data["entities"].set_index("name_en")
    rows: list[tuple[str, str | None, float]] = []
    for text, language in _full_texts(data).items():
        here = coded[(coded["article_id"] == text) & coded["token"].notna()].sort_values("start", kind="stable")
        named = here[here["indicator"] == cities]
        printed = [row.city for row in named.itertuples() if forms.loc[row.city, f"form_{text}"] in row.token]
        numbers = here.loc[here["indicator"] == values, "value"]
        padded = [*printed, *[None] * (len(numbers) - len(printed))]
        rows += [(language, city, number) for city, number in zip(padded, numbers, strict=True)]
    known = data["indicators"][data["indicators"]["indicator"] == values]
    rows += [("both together", city, number) for city, number in zip(known["city"], known["value"], strict=True)]
    return pd.DataFrame(rows, columns=["reading", "city", "value"])


def _full_texts(data: Data) -> dict[str, str]:
    """The texts of the article that can be read to their end: key to language."""
    texts = evidence.of_work(data)["articles"].query("coverage == 'full'")
    return dict(zip(texts["article_id"], texts["language_name"], strict=True))
