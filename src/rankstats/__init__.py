"""Rank statistics: partial, tied and tiered lists, composite scores and their robustness, shares.

Lists. :func:`positions` shows what each table says about each place. Then: how far tables agree (:func:`agreement`,
:func:`agreement_by_publisher`, :func:`agreement_matrix`, :func:`kendall_w`, :func:`rank_biased_overlap`), who
stands above whom how often (:func:`pairwise_record`), one order from all (:func:`borda`, :func:`kemeny`,
:func:`plackett_luce`), and how much of it rests on single publishers (:func:`bootstrap_ranks` with
:func:`rank_chances`, :func:`rank_intervals` and :func:`chance_of_top`; :func:`without_each_publisher`).

Most take the same two tables and options:

- ``entries``: ``table_id``, ``place``, ``rank`` and, where there are any, ``tier``; ``tables``: one row for
  each table to use, with its ``publisher``. Filter ``tables``; entries of other tables are left out.
- ``places``: the places to compare. What a table says about others still counts for where these stand in it.
- ``not_covered``: table -> places that it leaves out by design, so that their absence says nothing.
- ``by``: whose tables belong together. ``weights``: by default the tables of one publisher share one vote.

Scores. A table of values has one row per place and one column per indicator. Where a value is known only to lie
between two bounds, an `Interval` of two such tables (low, high) goes in and an `Interval` comes out.

====================  ============================================================================
values                `complete` fills or drops what is missing and says what it did;
                      `normalise` brings indicators to one scale; `aggregate` makes one score of them;
                      `rank_places` ranks the scores
weights               `uniform`, `around` and `ordered` are laws over all weights; `sample_weights` draws
                      from one; `weight_grid` and `leader_under` map who leads where
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

from .acceptability import Acceptability, acceptability, exact_acceptability
from .agreement import agreement, agreement_by_publisher, agreement_matrix, kendall_w, rank_biased_overlap
from .ahead import Pairwise, exact_p_ahead, pairwise
from .consensus import borda, pairwise_record, preference_matrix
from .frames import About, Interval
from .kemeny import Kemeny, kemeny, kemeny_of_preferences
from .lists import positions, rank_matrix
from .sensitivity import RankSensitivity, rank_sensitivity
from .shares import (
    Estimate,
    entropy,
    herfindahl,
    interval,
    krugman_distance,
    location_quotient,
    shares,
    symmetric_rca,
    ternary,
)
from .stability import bootstrap_ranks, chance_of_top, rank_chances, rank_intervals, without_each_publisher
from .strengths import PlackettLuce, plackett_luce
from .tipping import swap_point, tipping_points
from .values import Completed, aggregate, complete, normalise, rank_places
from .weights import WeightLaw, around, leader_under, ordered, sample_weights, uniform, weight_grid

__all__ = [
    "About",
    "Acceptability",
    "Completed",
    "Estimate",
    "Interval",
    "Kemeny",
    "Pairwise",
    "PlackettLuce",
    "RankSensitivity",
    "WeightLaw",
    "acceptability",
    "aggregate",
    "agreement",
    "agreement_by_publisher",
    "agreement_matrix",
    "around",
    "bootstrap_ranks",
    "borda",
    "chance_of_top",
    "complete",
    "entropy",
    "exact_acceptability",
    "exact_p_ahead",
    "herfindahl",
    "interval",
    "kemeny",
    "kemeny_of_preferences",
    "kendall_w",
    "krugman_distance",
    "leader_under",
    "location_quotient",
    "normalise",
    "ordered",
    "pairwise",
    "pairwise_record",
    "plackett_luce",
    "positions",
    "preference_matrix",
    "rank_biased_overlap",
    "rank_chances",
    "rank_intervals",
    "rank_matrix",
    "rank_places",
    "rank_sensitivity",
    "sample_weights",
    "shares",
    "swap_point",
    "symmetric_rca",
    "ternary",
    "tipping_points",
    "uniform",
    "weight_grid",
    "without_each_publisher",
]
