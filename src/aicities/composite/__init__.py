"""Composite indicators: normalise, weight, aggregate, and ask how robust the order is.

A table of values has one row per place and one column per indicator. Where a value is known only to lie
between two bounds, an `Interval` of two such tables (low, high) goes in and an `Interval` comes out.

====================  ============================================================================
values                `complete` fills or drops what is missing and says what it did;
                      `normalise` brings indicators to one scale; `aggregate` makes one score of them;
                      `rank_places` ranks the scores
weights               `uniform`, `around` and `ordered` are laws over all weights; `sample_weights` draws
                      from one; `weight_grid` and `leaders` map who leads where
rank acceptability    `acceptability` (drawn), `exact_acceptability` (three places, no draws)
who is ahead          `pairwise` (exact wherever the law allows), `exact_p_ahead` for two rows of numbers
what would change it  `tipping_points`, `swap_point`, `rank_sensitivity`
====================  ============================================================================

Every probabilistic result carries `about`: the law of the weights, draws, seed, Monte Carlo standard error,
numbers of places and indicators, and what was done about missing values.

The methods follow the Handbook on Constructing Composite Indicators (OECD and JRC, 2008) and stochastic
multicriteria acceptability analysis (Lahdelma and Salminen, 2001).
"""

from __future__ import annotations

from .ahead import Pairwise, exact_p_ahead, pairwise
from .frames import About, Interval
from .sensitivity import RankSensitivity, rank_sensitivity
from .smaa import Acceptability, acceptability, exact_acceptability
from .tipping import swap_point, tipping_points
from .values import Completed, aggregate, complete, normalise, rank_places
from .weights import WeightLaw, around, leaders, ordered, sample_weights, uniform, weight_grid

__all__ = [
    "About",
    "Acceptability",
    "Completed",
    "Interval",
    "Pairwise",
    "RankSensitivity",
    "WeightLaw",
    "acceptability",
    "aggregate",
    "around",
    "complete",
    "exact_acceptability",
    "exact_p_ahead",
    "leaders",
    "normalise",
    "ordered",
    "pairwise",
    "rank_places",
    "rank_sensitivity",
    "sample_weights",
    "swap_point",
    "tipping_points",
    "uniform",
    "weight_grid",
]
