"""What the two translations of the article get wrong, measured on the readings in `evidence`."""

from __future__ import annotations

import pandas as pd

from aicities import tables

__all__ = ["error_rates", "pair_in_print_order"]


def error_rates(agreed: pd.DataFrame, *, texts: dict[str, str], level: float = 0.95) -> pd.DataFrame:
    """How often each text garbles or leaves out a statement, inside and outside the confirmed opening.

    Parameters
    ----------
    agreed
        What `evidence.agreement()` gives, with one row for each statement that is to count.
    texts
        Column of `agreed` to the name of the text.
    level
        Of the exact binomial interval (Clopper and Pearson, 1934).

    Returns
    -------
    One row per text and part (`opening`, confirmed by the original, and `rest`): `text`, `part`, `share`,
    `low`, `high` (0 to 1) and `label` ("8 of 32").

    Raises
    ------
    ValueError
        If nothing is confirmed, or everything, so that there is nothing to compare.
    """
    from scipy.stats import binomtest  # its import costs as much as the rest of the package

    if agreed["confirmed"].all() or not agreed["confirmed"].any():
        raise ValueError("error_rates compares confirmed with unconfirmed statements; one of the two is empty")
    rows = []
    for column, name in texts.items():
        for part, confirmed in (("opening", True), ("rest", False)):
            readings = agreed.loc[agreed["confirmed"] == confirmed, column]
            wrong, number = int((readings != "supports").sum()), len(readings)
            interval = binomtest(wrong, number).proportion_ci(confidence_level=level, method="exact")
            rows.append((name, part, wrong / number, interval.low, interval.high, f"{wrong} of {number}"))
    return pd.DataFrame(rows, columns=["text", "part", "share", "low", "high", "label"])


def pair_in_print_order(
    joined: pd.DataFrame,
    *,
    cities: str,
    values: str,
    texts: dict[str, str],
    trusted: str,
    indicators: pd.DataFrame | None = None,
    entities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Pair cities with values in the order in which each text prints them, as a reader of it alone would.

    Parameters
    ----------
    joined
        What `evidence.join()` gives.
    cities, values
        Codes of two indicators: the tokens of the first hold the names of the cities, where the text has
        them; the second gives the values.
    texts
        Article to the name of its reading.
    trusted
        Name of the reading that the data hold, which closes the table.
    indicators, entities
        By default those of the data package.

    Returns
    -------
    Columns `reading`, `city` (missing where a text has fewer cities than values) and `value`.
    """
    indicators = tables.load("indicators") if indicators is None else indicators
    entities = tables.load("entities") if entities is None else entities
    coded = joined.merge(indicators[["fact_id", "indicator", "value"]], on="fact_id")
    forms = entities.set_index("name_en")
    rows: list[tuple[str, str | None, float]] = []
    for text, reading in texts.items():
        here = coded[(coded["article_id"] == text) & coded["token"].notna()].sort_values("start")
        named = here[here["indicator"] == cities]
        printed = [row.city for row in named.itertuples() if forms.loc[row.city, f"form_{text}"] in row.token]
        numbers = here.loc[here["indicator"] == values, "value"]
        padded = [*printed, *[None] * (len(numbers) - len(printed))]
        rows += [(reading, city, number) for city, number in zip(padded, numbers, strict=True)]
    known = indicators[indicators["indicator"] == values]
    rows += [(trusted, city, number) for city, number in zip(known["city"], known["value"], strict=True)]
    return pd.DataFrame(rows, columns=["reading", "city", "value"])
