"""Rank statistics: partial, tied and tiered lists, composite scores and their robustness, specialisation.

The grid: what you have, and what you can ask of it. Every function on lists takes what :func:`read` gives; every
function on scores takes a table of places × indicators, or an :class:`Interval` of two such tables (low, high) where
a value is known only to lie between bounds.

================= =============================== ================================= ================================
question          lists (``lists = read(...)``)   scores (``values``)               counts
================= =============================== ================================= ================================
what is there     `read`, `positions`,            `complete`, `normalise`           `shares`, `ternary`
                  `rank_matrix`
who agrees        `agreement`,                    `indicator_agreement`             `krugman_distance`
                  `agreement_matrix`,
                  `kendall_w`,
                  `rank_biased_overlap`
one order of all  `borda`, `copeland`, `kemeny`,  `aggregate`, `rank_places`        `location_quotient`,
                  `pairwise_record`                                                 `symmetric_rca`
how concentrated                                                                    `herfindahl`, `entropy`
how sure          `bootstrap_ranks`, then         `acceptability`,                  `interval`
                  `rank_chances`,                 `exact_acceptability`,
                  `rank_intervals`,               `pairwise`
                  `chance_of_top`
what would        `without_each_publisher`        `tipping_points`, `leader_under`
change it                                         with `weight_grid`
what matters      `sensitivity`, of any answer    `sensitivity`, of any answer      `sensitivity`, of any answer
all in one table  `results`                       `results`                         ``interval(...).table()``
================= =============================== ================================= ================================

Weights are a mapping, a list, an array, or "equal"; where nobody knows them, a law over all of them: `uniform`,
`around` or `ordered`, of which `sample_weights` draws. Probabilities carry how they came about: exact wherever all
cases can be listed or there is a closed form, or else draws, seed and Monte Carlo standard error.

The methods follow the Handbook on Constructing Composite Indicators (OECD and JRC, 2008) and stochastic
multicriteria acceptability analysis (Lahdelma and Salminen, 2001).

>>> import rankstats
>>> lists = rankstats.read([["a", "b", "c"], ["b", "a"], ["a", ("b", "c")]])
>>> rankstats.borda(lists)["place"].tolist()
['a', 'b', 'c']
"""

from __future__ import annotations

from .ahead import Pairwise, pairwise
from .chances import Acceptability, acceptability, exact_acceptability
from .choices import Sensitivity, results, sensitivity
from .concordance import agreement, agreement_matrix, indicator_agreement, kendall_w, rank_biased_overlap
from .consensus import borda, copeland, pairwise_record
from .estimates import Estimate, interval
from .frames import About, Completed, Interval
from .lists import Lists, positions, rank_matrix, read
from .orders import Kemeny, kemeny
from .scales import aggregate, complete, normalise, rank_places
from .specialisation import (
    entropy,
    herfindahl,
    krugman_distance,
    location_quotient,
    shares,
    symmetric_rca,
    ternary,
)
from .stability import (
    Bootstrap,
    bootstrap_ranks,
    chance_of_top,
    rank_chances,
    rank_intervals,
    without_each_publisher,
)
from .tipping import TippingPoints, tipping_points
from .weights import WeightLaw, around, leader_under, ordered, sample_weights, uniform, weight_grid

__all__ = [
    "About",
    "Acceptability",
    "Bootstrap",
    "Completed",
    "Estimate",
    "Interval",
    "Kemeny",
    "Lists",
    "Pairwise",
    "Sensitivity",
    "TippingPoints",
    "WeightLaw",
    "acceptability",
    "aggregate",
    "agreement",
    "agreement_matrix",
    "around",
    "bootstrap_ranks",
    "borda",
    "chance_of_top",
    "complete",
    "copeland",
    "entropy",
    "exact_acceptability",
    "herfindahl",
    "indicator_agreement",
    "interval",
    "kemeny",
    "kendall_w",
    "krugman_distance",
    "leader_under",
    "location_quotient",
    "normalise",
    "ordered",
    "pairwise",
    "pairwise_record",
    "positions",
    "rank_biased_overlap",
    "rank_chances",
    "rank_intervals",
    "rank_matrix",
    "rank_places",
    "read",
    "results",
    "sample_weights",
    "sensitivity",
    "shares",
    "symmetric_rca",
    "ternary",
    "tipping_points",
    "uniform",
    "weight_grid",
    "without_each_publisher",
]
