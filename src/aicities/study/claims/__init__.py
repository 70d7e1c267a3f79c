"""Do the article's claims hold against figures that others have published?

``claims`` and ``claim_tests`` say as data what is claimed and what can test it; nothing about a single claim
stands in code. ``verdicts()`` goes through the tests one by one, ``votes()`` gives each publisher one vote on a claim,
``summary()`` counts the votes.

A test first gets a *reading*: what its rows say, by certain comparison. Then a *verdict*: the reading, unless
one of these reasons withholds it:

======================= ==============================================================================
reason                  meaning
======================= ==============================================================================
bound                   lower or upper bounds overlap: more than 500 against more than 500
approximate             a value is only about a number, and ``tolerance`` is None
open rank               ranks that are not known, or places named together, leave it open
missing place           a city that is needed is not among the rows
not covered             the table leaves the city out on purpose
nothing to compare with the rows hold one place only
province only           figures of a province say nothing certain about its city
not the city            the figure is of a cluster, zone, district or company
different publications  the rows come from several publications
different measures      the rows measure different things
different precision     compute in different number formats
different units         the rows have units that cannot be compared
not installed           planned, targeted or unfinished capacity, or a flow
no date                 a row has no date
not independent         the row very probably comes from the article's own source, or may do
low confidence          below ``least_confidence``
other measure           a proxy: near the claim, but not what it is about
other date              outside the claim's window
same figure             another test of the claim rests on the same figure
======================= ==============================================================================
"""

from .verdict import heard, summary, verdicts, votes

__all__ = ["heard", "summary", "verdicts", "votes"]
