"""Laws over all possible weights, and which place leads where among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from ._arguments import as_list, by_name, is_real, number, numbers_by_name, quoted, refuse_memory, seeded, shown, whole
from .frames import About, checked_weights, match_indicators

# Below this a gamma variate can underflow to zero, and the weights of a draw with it.
SMALLEST_ALPHA = 0.05
# Scores held at a time.
_CELLS = 1 << 20


@dataclass(frozen=True)
class WeightLaw:
    """A law over weights: what is believed about them before a place is looked at.

    Made by `uniform`, `around` or `ordered`. Every law is a Dirichlet law over the corners of a simplex of
    weights; that is what allows exact results. Wherever a law goes in, weights may too: then they are what they are.
    """

    kind: str
    minimum: Mapping[str, float] | float = 0.0
    order: tuple[str, ...] = ()
    weights: Mapping[str, float] | None = None
    concentration: float = 0.0
    groups: Mapping[str, str] | None = None

    def __str__(self) -> str:
        """Say the law in words."""
        at_least = ""
        if isinstance(self.minimum, Mapping):
            at_least = ", at least " + ", ".join(f"{share:g} for {name}" for name, share in self.minimum.items())
        elif self.minimum:
            at_least = f", each at least {self.minimum:g}"
        within = "" if self.groups is None else f" of {len(set(self.groups.values()))} groups, shared equally inside"
        if self.kind == "uniform":
            return f"weights uniform on the simplex{within}{at_least}"
        if self.kind == "ordered":
            return f"weights uniform among those in the order {' ≥ '.join(map(str, self.order))}{within}{at_least}"
        given = (
            "equal weights"
            if self.weights is None
            else ", ".join(f"{name} {weight:g}" for name, weight in self.weights.items())
        )
        if self.kind == "fixed":
            return f"fixed weights: {given}"
        return f"Dirichlet weights around {given}{within}, concentration {self.concentration:g}"


def uniform(*, minimum: Mapping[str, float] | float = 0.0, groups: Mapping[str, str] | None = None) -> WeightLaw:
    """All weights that sum to 1 are equally likely: Dirichlet(1, …, 1).

    Parameters
    ----------
    minimum : Gives each indicator, or each named one, at least that share of the total weight.
    groups : Indicator -> its group. The law is then one over the weights of the groups, which each shares equally
        among its indicators; `minimum` is that of groups.

    Notes
    -----
    Dividing independent uniform numbers by their sum is not this law: it favours weights near equality.

    Examples
    --------
    >>> law = rankstats.uniform(groups={"papers": "minds", "talent": "minds", "capital": "money"})
    >>> rankstats.sample_weights(["papers", "talent", "capital"], law=law, draws=2).round(3)
       papers  talent  capital
    0   0.200   0.200    0.600
    1   0.449   0.449    0.103
    """
    return WeightLaw("uniform", minimum=_frozen(minimum), groups=_grouping(groups))


def around(
    weights: Mapping[str, float] | pd.Series | None = None,
    *,
    concentration: float,
    groups: Mapping[str, str] | None = None,
) -> WeightLaw:
    """Weights near the given ones (equal ones if None): Dirichlet(concentration × weight).

    The mean is the given weight w, the standard deviation √(w(1-w)/(concentration+1)). The weights are divided by
    their sum; an indicator of weight 0 stays without weight. `groups` is as for `uniform`; the weights are then those
    of groups.

    Examples
    --------
    >>> print(rankstats.around({"papers": 2, "capital": 1}, concentration=20))
    Dirichlet weights around papers 2, capital 1, concentration 20
    """
    given = None
    if weights is not None:
        given = dict(numbers_by_name(by_name(weights, "weights", "indicator"), "weight", "indicator").items())
    spread = number(concentration, "concentration")
    return WeightLaw("around", weights=given, concentration=spread, groups=_grouping(groups))


def ordered(order: Sequence[str], *, minimum: float = 0.0, groups: Mapping[str, str] | None = None) -> WeightLaw:
    """All weights in this order of importance, most important indicator first, are equally likely.

    The order must name every indicator, or every group if there are `groups`, as for `uniform`. `minimum` gives each
    at least that share.

    Examples
    --------
    >>> values = pd.DataFrame({"x": [1, 0], "y": [0, 1]}, index=["a", "b"])
    >>> float(rankstats.pairwise(values, law=rankstats.ordered(["x", "y"])).p_ahead("a", "b"))
    1.0
    """
    return WeightLaw(
        "ordered", minimum=_frozen(minimum), order=tuple(as_list(order, "order")), groups=_grouping(groups)
    )


def law_of(given: Any) -> WeightLaw:
    """A law, uniform if None, and a law of one point from weights."""
    if given is None:
        return uniform()
    if isinstance(given, WeightLaw):
        return given
    if given != "equal" if isinstance(given, str) else not isinstance(given, Iterable):
        raise TypeError(f"law is {shown(given)}; it must come from uniform(), around() or ordered(), or be weights")
    if isinstance(given, Mapping | pd.Series):
        return WeightLaw("fixed", weights=dict(given.items()))
    names = None if isinstance(given, str) else {str(at): weight for at, weight in enumerate(given, start=1)}
    return WeightLaw("fixed", weights=names, order=() if names is None else tuple(names))


def _grouping(groups: Mapping[str, str] | None) -> Mapping[str, str] | None:
    return None if groups is None else dict(by_name(groups, "groups", "indicator").items())


def membership(groups: Mapping[str, str] | pd.Series, indicators: pd.Index) -> tuple[pd.Index, np.ndarray]:
    """Names of the groups in the order of their first indicators, and groups × indicators, true for its own."""
    of = match_indicators(groups, indicators, "groups")
    if of.isna().any():
        raise ValueError(f"groups names no group for indicator {quoted(of.index[of.isna()])}")
    names = pd.Index(of.unique())
    return names, of.to_numpy() == names.to_numpy()[:, None]


def _frozen(minimum: Mapping[str, float] | float) -> Mapping[str, float] | float:
    if isinstance(minimum, Mapping):
        return dict(minimum)
    if not is_real(minimum):
        raise TypeError(f"minimum must be a number, or a mapping by indicator, not {type(minimum).__name__}")
    return number(minimum, "minimum", zero=True)


def corners(law: WeightLaw, indicators: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """Corners of the simplex of weights (one per row) and the Dirichlet parameters over them.

    Weights are ``u @ corners`` with u ~ Dirichlet(parameters); a corner of parameter 0 is left out.
    """
    if law.groups is not None:
        names, own = membership(law.groups, indicators)
        points, alpha = corners(replace(law, groups=None), names)
        return points @ (own / own.sum(axis=1, keepdims=True)), alpha
    if law.kind == "fixed":
        weights = list(law.weights.values()) if law.order and law.weights else law.weights
        return checked_weights(weights, indicators).to_numpy()[None, :], np.ones(1)
    size = len(indicators)
    if law.kind == "around":
        weight = checked_weights(law.weights, indicators).to_numpy()
        alpha = law.concentration * weight
        kept = alpha > 0
        if alpha[kept].min() < SMALLEST_ALPHA:
            raise ValueError(
                f"concentration {law.concentration:g} times the weight {weight[kept].min():g} of indicator "
                f"{indicators[kept][alpha[kept].argmin()]!r} is below {SMALLEST_ALPHA}; "
                "give a higher concentration, or use uniform()"
            )
        return np.eye(size)[kept], alpha[kept]
    points = np.eye(size)
    if law.kind == "ordered":
        repeated = sorted({str(name) for name in law.order if law.order.count(name) > 1})
        if repeated:
            raise ValueError(f"the order of importance names {', '.join(repeated)} more than once")
        place = match_indicators({name: k for k, name in enumerate(law.order)}, indicators, "the order of importance")
        # the corners of ordered weights: the first k indicators share the weight equally
        points = (place.to_numpy(dtype=int) <= np.arange(size)[:, None]) / np.arange(1, size + 1)[:, None]
    shares = _minimum_shares(law.minimum, indicators)
    return shares + (1 - shares.sum()) * points, np.ones(size)


def _minimum_shares(minimum: Mapping[str, float] | float, indicators: pd.Index) -> np.ndarray:
    if isinstance(minimum, Mapping):
        named = match_indicators(minimum, indicators, "minimum", partly=True)
        named = named.where(indicators.isin(list(minimum)), 0.0)
    else:
        named = pd.Series(minimum, index=indicators)
    shares = numbers_by_name(named, "minimum share", "indicator").to_numpy()
    if shares.sum() >= 1:
        raise ValueError(f"the minimum shares sum to {shares.sum():g}; they must leave something of 1")
    return shares


def draw(generator: np.random.Generator, alpha: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Fill the rows of `out` with gamma variates; divided by its sum each row is a Dirichlet(alpha) draw."""
    if (alpha == 1).all():
        return generator.standard_exponential(out=out)
    out[:] = generator.standard_gamma(alpha, size=out.shape)
    return out


def sample_weights(
    indicators: Sequence[str] | pd.Index, *, law: WeightLaw | None = None, draws: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Draw weights from a law: one row per draw, one column per indicator, each row sums to 1.

    The first rows do not depend on the number of draws, and equal those that `acceptability` uses with the
    same law and seed. ``attrs["about"]`` is the account of where they come from, without a table of places.

    Examples
    --------
    >>> rankstats.sample_weights(["x", "y"], draws=2, seed=1).round(3)
           x      y
    0  0.777  0.223
    1  0.936  0.064
    """
    columns = pd.Index(_checked_indicators(indicators))
    law = law_of(law)
    points, alpha = corners(law, columns)
    draws, seed = whole(draws, "draws"), seeded(seed)
    refuse_memory(24.0 * draws * len(columns), f"{draws:,} draws of {len(columns)} weights", "draw fewer")
    parts = draw(np.random.default_rng(seed), alpha, np.empty((draws, len(alpha))))
    parts /= parts.sum(axis=1, keepdims=True)
    result = pd.DataFrame(parts @ points, columns=columns)
    result.attrs["about"] = About(str(law), draws, seed, 0.0, 0, len(columns), "none", "none")
    return result


def _checked_indicators(indicators: Iterable[str]) -> list[str]:
    names = as_list(indicators, "indicators")
    if not names:
        raise ValueError("indicators is empty; at least one name is needed")
    repeated = list(dict.fromkeys(name for name in names if names.count(name) > 1))
    if repeated:
        raise ValueError(f"indicators names {quoted(repeated)} more than once; each must be named once")
    return names


def weight_grid(indicators: Sequence[str], *, steps: int = 20) -> pd.DataFrame:
    """All weights that are whole multiples of 1/steps and sum to 1: a grid over the simplex.

    For three indicators this is the triangle of weights, with (steps+1)(steps+2)/2 points.

    Examples
    --------
    >>> rankstats.weight_grid(["x", "y"], steps=2)
         x    y
    0  0.0  1.0
    1  0.5  0.5
    2  1.0  0.0
    """
    names, steps = _checked_indicators(indicators), whole(steps, "steps")
    points = comb(steps + len(names) - 1, len(names) - 1)
    refuse_memory(24.0 * points * len(names), f"a grid of {points:,} weightings", "draw some with sample_weights()")
    rows = np.zeros((1, 0), dtype=int)
    for _ in range(len(names) - 1):
        rest = steps - rows.sum(axis=1)
        rows = np.column_stack((np.repeat(rows, rest + 1, axis=0), np.concatenate([np.arange(r + 1) for r in rest])))
    rows = np.column_stack((rows, steps - rows.sum(axis=1)))
    return pd.DataFrame(rows / steps, columns=names)


def about_table(
    values: pd.DataFrame, law: WeightLaw, method: str, draws: int, seed: int | None, error: float, missing: str
) -> About:
    """The account of a result about places × indicators."""
    return About(str(law), draws, seed, error, values.shape[0], values.shape[1], method, missing)
