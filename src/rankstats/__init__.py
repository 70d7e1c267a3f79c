"""Rank statistics: partial, tied and tiered lists, composite scores and their robustness, specialisation.

Every function on lists takes what :func:`read` gives; every function on scores takes a table of places × indicators,
or an :class:`Interval` of two such tables (low, high) where a value is known only to lie between bounds.

- Lists: `read`, `positions`; who agrees: `agreement`, `agreement_matrix`, `kendall_w`, `rank_biased_overlap`; one
  order of all: `borda`, `copeland`, `kemeny`, `pairwise_record`; how sure: `bootstrap_ranks`, then `rank_chances`,
  `rank_intervals`, `chance_of_top`.
- Scores: `complete`, `normalise`; who agrees: `indicator_agreement`; one order of all: `aggregate`, `rank_places`; how
  sure: `acceptability`, `exact_acceptability`, `pairwise`, `fraction_positive`; what would change it: `tipping_points`,
  `weight_grid`.
- Counts: `shares`, `location_quotient`, `herfindahl`, `entropy`, `krugman_distance`; how sure: `interval`.
- Of any: what matters most, `sensitivity`; of lists and scores all in one table, `results`.

In the examples, `pd` is pandas and `np` is NumPy.

What cannot be used is refused by a ValueError or TypeError that names the row, the column and the value, and says what
would be right.

Weights are a mapping, a list, an array, or "equal"; where nobody knows them, a law over all of them: `uniform`,
`around` or `ordered`, of which `sample_weights` draws. Probabilities carry how they came about: exact wherever all
cases can be listed or there is a closed form, or else draws, seed and Monte Carlo standard error.

The methods follow the Handbook on Constructing Composite Indicators (OECD and JRC, 2008) and stochastic
multicriteria acceptability analysis (Lahdelma and Salminen, 2001).

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
from .halfspaces import fraction_positive
from .lists import Lists, positions, read
from .orders import Kemeny, kemeny
from .scales import aggregate, complete, normalise, rank_places
from .specialisation import entropy, herfindahl, krugman_distance, location_quotient, shares
from .stability import Bootstrap, bootstrap_ranks, chance_of_top, rank_chances, rank_intervals
from .tipping import TippingPoints, tipping_points
from .weights import WeightLaw, around, ordered, sample_weights, uniform, weight_grid

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
    "fraction_positive",
    "herfindahl",
    "indicator_agreement",
    "interval",
    "kemeny",
    "kendall_w",
    "krugman_distance",
    "location_quotient",
    "normalise",
    "ordered",
    "pairwise",
    "pairwise_record",
    "positions",
    "rank_biased_overlap",
    "rank_chances",
    "rank_intervals",
    "rank_places",
    "read",
    "results",
    "sample_weights",
    "sensitivity",
    "shares",
    "tipping_points",
    "uniform",
    "weight_grid",
]
