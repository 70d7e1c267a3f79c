"""What each city does more of than is usual for it: praised in the article, and counted by others.

Each published list (one publication, one metric, one date) becomes the shares that the places have of it, so that a
list of a dozen entries and one of a thousand can stand side by side. A place's usual share is its mean over the fields,
each field with the same weight, however many lists it has; a share over the usual one is a location quotient.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
import pandas as pd

import rankstats
from aicities import bounds, dates, votes
from aicities.study.strengths import strengths
from aicities.votes import FIELDS, THREE

# Units of things counted one by one: chance can be reckoned from their number.
COUNTS = ("algorithms", "companies", "entries", "models", "organisations", "people")
# Of these a share makes sense as well. Not of sales: they are counted in each city where a company sells, and the
# cities add up to more than the country. Nor of services registered: that is the practice of each local office.
AMOUNTS = (*COUNTS, "percent_of_sample", "USD_bn", "deals")
# By how much an interval must leave out 1 to be called beyond chance. Without it, the luck of the draws or the choice
# of the prior would decide where a bound comes to lie at 1.
MARGIN = 0.03
PRIOR = 0.5  # pseudo-count of Jeffreys' prior
DRAWS, AT_ONCE = 20_000, 2_000

Data = Mapping[str, pd.DataFrame]


def praise(data: Data) -> pd.DataFrame:
    """The rows of `study.strengths` with ``voice``: ``author``, ``experts`` whom she quotes, or ``report``."""
    named, entities = strengths(data), data["entities"]
    authors = entities.loc[entities["name_en"].isin(data["articles"]["author"].dropna()), "entity_id"]
    kind = named["stated_by"].map(entities.set_index("entity_id")["kind"])
    voice = pd.Series(np.where(kind == "report", "report", "experts"), named.index)
    return named.assign(voice=voice.mask(named["stated_by"].isin(authors), "author"))


def lists(data: Data, places: Sequence[str] = THREE) -> pd.DataFrame:
    """The published lists on AI that give an exact amount of each of some places, one of each publisher in each field.

    A bound, a rounded figure or a rank in one of the places leaves a list out, and so does a unit of which a share
    makes no sense. Of several lists of one publisher in one field the direct measure is kept before a proxy, then the
    one nearest to the article, then the longest. The index holds the comparable_group; there is a column for each
    place.
    """
    chosen = votes.comparable(data["city_indicators"], places)
    kept = chosen["relation"].eq("eq") & chosen["unit"].isin(AMOUNTS) & chosen["dimension"].isin(FIELDS)
    chosen = chosen[kept & (chosen["coverage"] != "all_sectors")]
    values = chosen.pivot(index="comparable_group", columns="place", values="value")
    values = values.reindex(columns=list(places)).dropna()
    about = chosen.drop_duplicates("comparable_group").set_index("comparable_group")
    about = about.rename(columns={"dimension": "field", "short_label": "list"})
    found = about.loc[values.index, ["field", "list", "fit", "basis", "unit", "as_of", "source_id"]].join(values)
    day = dates.of_article(data)
    order = pd.DataFrame(
        {
            "field": found["field"].map(FIELDS.index),
            "publisher": found["source_id"].map(data["sources"].set_index("source_id")["publisher_id"]),
            "proxy": found["fit"] != "direct",
            "away": [dates.days_apart(date, day) for date in found["as_of"]],
            "short": -found[list(places)].sum(axis=1),
        }
    )
    best = order.sort_values(["proxy", "away", "short"], kind="stable").drop_duplicates(["field", "publisher"])
    return found.loc[best.sort_values(["field", "short"], kind="stable").index]


def cited(data: Data, listed: pd.DataFrame) -> str:
    """Publishers of some rows with ``source_id`` and ``as_of``, and the years of their figures, as a line of source."""
    name = listed["source_id"].map(data["sources"].set_index("source_id")["short_name"])
    years = listed["as_of"].str[:4].groupby(name, sort=False).agg(lambda years: ", ".join(sorted(set(years))))
    return "; ".join(f"{publisher} ({said})" for publisher, said in years.items())


def quotients(listed: pd.DataFrame, places: Sequence[str] = THREE, *, level: float = 0.95) -> pd.DataFrame:
    """Each place's share of each list over its usual share, with the interval that few cases leave open.

    ``listed`` is what `lists` gives for these places, ``beyond`` whether the interval leaves out 1 by `MARGIN` or more;
    what was not counted one by one is never beyond chance. Each list is taken as a multinomial sample of its own, with
    a Dirichlet(cases + 0.5) posterior; the 95 % interval is equal-tailed. What a list puts in wrongly is not in it.
    """
    share = _shares(listed, places)
    weights = _weights(listed["field"])
    usual = weights @ share
    drawn = _drawn_shares(listed, places)
    drawn /= np.einsum("l,dlp->dp", weights, drawn)[:, None, :]
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    table = _long(listed, places, share=share, usual=np.broadcast_to(usual, share.shape), value=share / usual)
    counted = np.repeat(listed["unit"].isin(COUNTS).to_numpy(), len(places))
    table = table.assign(low=low.ravel(), high=high.ravel())
    return table.assign(beyond=counted & ((table["low"] >= 1 + MARGIN) | (table["high"] <= 1 - MARGIN)))


def by_field(quotients: pd.DataFrame) -> pd.DataFrame:
    """The quotients of each field: mean share in its lists over the usual share; fields × places, in their order."""
    order = [field for field in FIELDS if field in set(quotients["field"])]
    share = quotients.pivot_table(index="field", columns="place", values="share", sort=False)
    usual = quotients.groupby("place", sort=False)["usual"].first()
    return (share / usual).loc[order, list(usual.index)]


class Fit(NamedTuple):
    """How well a picture fits: fields in which it is right, and of all arrangements those as good."""

    right: int
    fields: int
    as_good: int
    arrangements: int


def fit(leaning: pd.DataFrame, picture: pd.Series) -> Fit:
    """Whether the places lean to the fields that a picture gives them, more often than by the luck of the draw.

    ``picture`` (place by field) is right in a field if its place has the highest quotient of `by_field` there. An exact
    permutation test (Fisher 1935, The Design of Experiments) says how often it would be right so often, had the same
    places been dealt out to the fields at random. ValueError for more than eight fields: all arrangements are tried.
    """
    own = picture[picture.index.isin(leaning.index)]
    if len(own) > 8:
        raise ValueError(f"the picture has {len(own)} fields; all arrangements are tried for at most 8")
    highest = leaning.idxmax(axis=1)[own.index].tolist()
    right = [sum(a == b for a, b in zip(order, highest, strict=True)) for order in sorted(set(permutations(own)))]
    reached = sum(a == b for a, b in zip(own, highest, strict=True))
    return Fit(reached, len(own), sum(number >= reached for number in right), len(right))


def residents(data: Data, *, year: str, tolerance: float) -> pd.DataFrame:
    """How many people live in each of the three: the interval in which the published figure leaves the number.

    ``tolerance`` is the relative half-width of a figure that is given as "about". One row per city (the index): ``low``
    and ``high`` in people, ``as_of``, ``source_id``. ValueError names the city that has no such figure for the year, or
    several.
    """
    table = data["city_indicators"]
    kept = table["indicator"].eq("resident_population") & table["as_of"].eq(year) & table["place_level"].eq("city")
    chosen = table[kept & table["independent_of_article"].eq("yes") & table["place"].isin(THREE)]
    for place in THREE:
        number = int((chosen["place"] == place).sum())
        if number != 1:
            raise ValueError(f"{place!r} has {number} figures of residents for {year}; one is needed")
    known = bounds.intervals(chosen, tolerance=tolerance).set_index("place").loc[list(THREE)]
    scaled = [
        [bounds.scale(end, unit)[0] for end in (low, high)]
        for low, high, unit in zip(known["low"], known["high"], known["unit"], strict=True)
    ]
    return pd.DataFrame(scaled, known.index, ["low", "high"]).join(known[["as_of", "source_id"]])


def per_resident(listed: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The share of each of the three in each list over its share of the residents, with a 95 % interval.

    ``listed`` and ``people`` are what `lists` and `residents` give; the bounds of the residents widen the interval.
    ValueError names the city without a finite number of residents.
    """
    people = people.loc[list(THREE)]
    least, most = _share_bounds(people)
    share, middle = _shares(listed, THREE), people[["low", "high"]].mean(axis=1).to_numpy()
    low, high = np.quantile(_drawn_shares(listed, THREE), [0.025, 0.975], axis=0)
    value = share / (middle / middle.sum())
    return _long(listed, THREE, share=share, value=value, low=low / most, high=high / least)


class Closeness(NamedTuple):
    """How close the profiles of some cities are, beside what one and the same profile in all cities would give."""

    largest: float  # distance between any two of the cities
    others: float  # median distance of all other pairs
    closer: float  # share of draws of one profile in which `largest` is below `others` as well
    alike: float  # what `others` is in such draws, in the middle
    as_wide: float  # share of such draws in which `others` is as large as it is here


def closeness(counts: pd.DataFrame, cities: Collection[str], *, draws: int = 2000) -> Closeness:
    """Whether some cities are closer to each other than other pairs, and if their long lists alone would make them so.

    Distances are Krugman's, each activity (column of ``counts``) with the same weight: 0 for the same profile, 2 for
    nothing in common. Short lists make profiles look further apart than they are, so the same is asked of draws in
    which each activity has as many cases as here, dealt out by the same shares in all. ValueError for a city that is no
    place there.
    """
    unknown = sorted(set(cities) - set(counts.index))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not among the places, {', '.join(map(str, counts.index))}")
    rows, columns = np.triu_indices(len(counts), k=1)
    inside = counts.index.isin(list(cities))
    among = inside[rows] & inside[columns]
    part = rankstats.shares(counts, by="activity")
    apart = rankstats.krugman_distance(part).to_numpy()[rows, columns]
    generator = np.random.default_rng(0)
    size = part.mean(axis=1).to_numpy()
    found = np.empty((draws, 2))
    for draw in range(draws):
        cases = np.stack([generator.multinomial(int(total), size) for total in counts.sum()], axis=1) + 1e-9
        profile = cases / cases.sum(axis=0)
        profile /= profile.sum(axis=1, keepdims=True)
        distance = np.abs(profile[rows] - profile[columns]).sum(axis=1)
        found[draw] = distance[among].max(), np.median(distance[~among])
    largest, others = float(apart[among].max()), float(np.median(apart[~among]))
    closer = float((found[:, 0] < found[:, 1]).mean())
    return Closeness(largest, others, closer, float(np.median(found[:, 1])), float((found[:, 1] >= others).mean()))


def output(data: Data, years: Sequence[str]) -> pd.DataFrame:
    """What was published of the size of the AI industry of the three, each amount once, by year, place and size.

    ``value`` is in billion yuan, ``definition`` of several labels the longest, which says most; ``publishers`` are
    short names.
    """
    table = data["city_indicators"]
    kept = table["dimension"].eq("output") & table["place_level"].eq("city") & table["as_of"].isin(list(years))
    rows = table[kept & table["place"].isin(THREE) & table["status"].eq("reported")]
    scaled = [bounds.scale(value, unit) for value, unit in zip(rows["value"], rows["unit"], strict=True)]
    money = [unit == "CNY" for _, unit in scaled]
    rows = rows.assign(value=[value / 1e9 for value, _ in scaled], year=rows["as_of"])[money]
    rows["publishers"] = rows["source_id"].map(data["sources"].set_index("source_id")["short_name"])
    once = rows.groupby(["year", "place", "relation", "value"], sort=False, as_index=False).agg(
        definition=("indicator_label", lambda labels: max(labels, key=len)),
        publishers=("publishers", lambda names: ", ".join(dict.fromkeys(names))),
        as_of=("as_of", "first"),
        source_id=("source_id", "first"),
    )
    order = once["place"].map(THREE.index)
    return once.assign(order=order).sort_values(["year", "order", "value"], ignore_index=True).drop(columns="order")


def _shares(listed: pd.DataFrame, places: Sequence[str]) -> np.ndarray:
    """Lists × places: the share of each place among them."""
    amounts = listed[list(places)].to_numpy(dtype="float64")
    return amounts / amounts.sum(axis=1, keepdims=True)


def _weights(fields: pd.Series) -> np.ndarray:
    """The weight of each list in the mean: each field has the same, and in a field each list."""
    return (1 / (fields.map(fields.value_counts()) * fields.nunique())).to_numpy(dtype="float64")


def _drawn_shares(listed: pd.DataFrame, places: Sequence[str]) -> np.ndarray:
    """Draws × lists × places: shares of each list; the observed ones where cases were not counted."""
    amounts = listed[list(places)].to_numpy(dtype="float64")
    generator = np.random.default_rng(0)
    drawn = np.empty((DRAWS, *amounts.shape))
    for start in range(0, DRAWS, AT_ONCE):
        drawn[start : start + AT_ONCE] = generator.standard_gamma(amounts + PRIOR, size=(AT_ONCE, *amounts.shape))
    drawn /= drawn.sum(axis=2, keepdims=True)
    measured = ~listed["unit"].isin(COUNTS).to_numpy()
    drawn[:, measured] = _shares(listed, places)[measured]
    return drawn


def _share_bounds(people: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest share of each place, when each size may lie anywhere between its bounds."""
    low, high = people["low"].to_numpy(dtype="float64"), people["high"].to_numpy(dtype="float64")
    bad = ~((low > 0) & (high >= low) & np.isfinite(high))
    if bad.any():
        row = int(np.argmax(bad))
        raise ValueError(
            f"the size of {people.index[row]!r} lies between {low[row]:g} and {high[row]:g}; "
            "a share of the whole needs 0 < low <= high, both finite"
        )
    return low / (low + high.sum() - high), high / (high + low.sum() - low)


def _long(listed: pd.DataFrame, places: Sequence[str], **columns: np.ndarray) -> pd.DataFrame:
    """One row per list and place, with a column for each array of lists × places."""
    many = len(places)
    about = listed[["field", "list"]].loc[listed.index.repeat(many)].reset_index(drop=True)
    amounts = listed[list(places)].to_numpy().ravel()
    values = {name: array.ravel() for name, array in columns.items()}
    return about.assign(place=list(places) * len(listed), amount=amounts, **values)
