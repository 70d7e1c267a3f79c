"""Rank statistics for published tables as they are: partial, tied, tiered, and of very different worth.

:func:`positions` shows what each table says about each place. Then: how far tables agree (:func:`agreement`,
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
"""

from ._agreement import (
    agreement,
    agreement_by_publisher,
    agreement_matrix,
    kendall_w,
    rank_biased_overlap,
)
from ._consensus import borda, pairwise_record, preference_matrix
from ._kemeny import Kemeny, kemeny, kemeny_of_preferences
from ._lists import positions, rank_matrix
from ._stability import (
    bootstrap_ranks,
    chance_of_top,
    rank_chances,
    rank_intervals,
    without_each_publisher,
)
from ._strengths import PlackettLuce, plackett_luce

__all__ = [
    "Kemeny",
    "PlackettLuce",
    "agreement",
    "agreement_by_publisher",
    "agreement_matrix",
    "bootstrap_ranks",
    "borda",
    "chance_of_top",
    "kemeny",
    "kemeny_of_preferences",
    "kendall_w",
    "pairwise_record",
    "plackett_luce",
    "positions",
    "preference_matrix",
    "rank_biased_overlap",
    "rank_chances",
    "rank_intervals",
    "rank_matrix",
    "without_each_publisher",
]
