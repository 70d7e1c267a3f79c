"""What a selection says about one comparison: it holds, it fails, or it cannot be told, and why.

All comparisons are certain ones: "ahead" means that the lowest value possible for one place lies above the
highest possible for the other. An answer that bounds, gaps or missing places leave open is never guessed.

A city for which only its province is listed has at most what the province has, if the figures add up
(companies, patents, money). So Shenzhen is behind Beijing where the whole of Guangdong is; in any other case
the province says nothing about the city.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from aicities.bounds import Interval, scale
from aicities.study.claims.selection import Row, Selection
from aicities.votes import FAILS, HOLDS, OPEN, THREE

__all__ = ["COMPARISONS", "Reading", "read"]

Places = Mapping[str, Row]


class Reading(NamedTuple):
    """``answer`` (holds, fails, cannot tell) and, where it cannot be told, the reasons."""

    answer: str
    reasons: tuple[str, ...] = ()


def read(test: Row, chosen: Selection, places: Places) -> Reading:
    """What the selected rows say about the comparison of one row of ``claim_tests``."""
    return COMPARISONS[test["comparison"]](test, chosen, places)


def _leads_three(test: Row, chosen: Selection, places: Places) -> Reading:
    subject = test["places"]
    return _all_of([_ahead(test, chosen, places, subject, city) for city in THREE if city != subject])


def _leads_all(test: Row, chosen: Selection, places: Places) -> Reading:
    subject = test["places"]
    answers = [_ahead(test, chosen, places, subject, rival) for rival in _rivals(test, chosen, places, subject)]
    return _against_all(test, chosen, places, answers)


def _nobody_ahead(test: Row, chosen: Selection, places: Places) -> Reading:
    subject = test["places"]
    opposite = {HOLDS: FAILS, FAILS: HOLDS, OPEN: OPEN}
    ahead = [_ahead(test, chosen, places, rival, subject) for rival in _rivals(test, chosen, places, subject)]
    answers = [Reading(opposite[answer], reasons) for answer, reasons in ahead]
    return _against_all(test, chosen, places, answers)


def _against_all(test: Row, chosen: Selection, places: Places, answers: list[Reading]) -> Reading:
    """All answers together with what ranks above the subject leave open that no listed place holds."""
    span, _ = _span(chosen, places, test["places"])
    if chosen.ranked and span is not None:
        if span.high < -1 and _all_are_rivals(test, chosen):
            answers = [*answers, Reading(FAILS)]
        elif any(rank < -span.low for rank in chosen.gaps):
            answers = [*answers, Reading(OPEN, ("open rank",))]
        else:
            answers = [*answers, Reading(HOLDS)]
    return _all_of(answers) if answers else Reading(OPEN, ("nothing to compare with",))


def _in_first_k(test: Row, chosen: Selection, places: Places) -> Reading:
    return _all_of([_within_first(test, chosen, places, place) for place in test["places"].split(";")])


def _within_first(test: Row, chosen: Selection, places: Places, place: str) -> Reading:
    span, reason = _span(chosen, places, place)
    if span is None:
        return Reading(OPEN, (reason,))
    rivals = _rivals(test, chosen, places, place)
    if chosen.provinces.intersection(rivals):
        return Reading(OPEN, ("province only",))
    ahead = [_ahead(test, chosen, places, rival, place).answer for rival in rivals]
    best = 1 + ahead.count(HOLDS)
    worst: float = best + ahead.count(OPEN) + sum(rank < -span.low for rank in chosen.gaps)
    # Somebody holds each rank, though not shown: a rival, unless places abroad are ranked as well.
    if _all_are_rivals(test, chosen):
        best += sum(rank < -span.high for rank in chosen.gaps)
    # A list of values may leave out anybody, a list of ranks only those below its last.
    if not chosen.ranked or place not in chosen.spans:
        worst = math.inf
    if worst <= test["k"]:
        return Reading(HOLDS)
    if best > test["k"]:
        return Reading(FAILS)
    return Reading(OPEN, ("open rank" if chosen.ranked and place in chosen.spans else "missing place",))


def _order_is(test: Row, chosen: Selection, places: Places) -> Reading:
    order = test["places"].split(";")
    return _all_of([_ahead(test, chosen, places, a, b) for a, b in pairwise(order)])


def _value_within(test: Row, chosen: Selection, places: Places) -> Reading:
    span = chosen.spans.get(test["places"])
    if span is None or chosen.ranked:
        return Reading(OPEN, ("missing place",))
    low, unit = scale(-math.inf if test["low"] is None else test["low"], test["unit"])
    high, _ = scale(math.inf if test["high"] is None else test["high"], test["unit"])
    if unit != chosen.unit:
        raise ValueError(
            f"claim_tests, {test['test_id']}, unit: {test['unit']!r} cannot be compared with {chosen.unit!r}"
        )
    if span.approximate:
        return Reading(OPEN, ("approximate",))
    if low <= span.low and span.high <= high:
        return Reading(HOLDS)
    below = span.high < low or (span.high == low and not span.high_closed)
    above = span.low > high or (span.low == high and not span.low_closed)
    return Reading(FAILS) if below or above else Reading(OPEN, ("bound",))


def _shared(test: Row, chosen: Selection, places: Places) -> Reading:
    """Each pair has at least that share in common."""
    return Reading(HOLDS if all(span.low >= test["low"] for span in chosen.spans.values()) else FAILS)


COMPARISONS = {
    "leads_three": _leads_three,
    "leads_all": _leads_all,
    "nobody_ahead": _nobody_ahead,
    "in_first_k": _in_first_k,
    "order_is": _order_is,
    "value_within": _value_within,
    "shared": _shared,
}
"""The comparisons that a row of ``claim_tests`` can ask for."""


def _span(chosen: Selection, places: Places, place: str) -> tuple[Interval | None, str]:
    """The interval of a place, and why it is not its own or is missing."""
    if place in chosen.spans:
        return chosen.spans[place], ""
    if place in chosen.not_covered:
        return None, "not covered"
    province = places.get(place, {}).get("province")
    if province in chosen.provinces and chosen.additive:
        whole = chosen.spans[province]
        floor = -math.inf if chosen.ranked else 0.0
        return Interval(floor, whole.high, True, whole.high_closed, whole.approximate), "province only"
    if chosen.ranked and chosen.unlisted is not None:
        return Interval(-math.inf, chosen.unlisted, False, True), "missing place"
    return None, "province only" if chosen.provinces else "missing place"


def _all_are_rivals(test: Row, chosen: Selection) -> bool:
    """Whether everybody ranked counts as a rival, shown or not."""
    return chosen.domestic or test["among"] != "mainland"


def _rivals(test: Row, chosen: Selection, places: Places, subject: str) -> list[str]:
    """The other listed places, but for the subject's province and, if asked, those outside the mainland."""
    own = {subject, places.get(subject, {}).get("province")}
    return [
        place
        for place in chosen.spans
        if place not in own
        and (test["among"] != "mainland" or places.get(place, {}).get("territory", "mainland") == "mainland")
    ]


def _ahead(test: Row, chosen: Selection, places: Places, a: str, b: str) -> Reading:
    """Whether a place is certainly ahead of another, by the test's factor if it has one."""
    (x, x_reason), (y, y_reason) = _span(chosen, places, a), _span(chosen, places, b)
    if x is None or y is None:
        missing = [reason for span, reason in ((x, x_reason), (y, y_reason)) if span is None]
        return Reading(OPEN, tuple(dict.fromkeys(missing)))
    if x.approximate or y.approximate:
        return Reading(OPEN, ("approximate",))
    factor = 1.0 if chosen.ranked or test["factor"] is None else float(test["factor"])
    low, high = y.low * factor, y.high * factor
    certain = x.low > high or (x.low == high and not (x.low_closed and y.high_closed))
    # Ahead of a whole province is ahead of each of its cities, and a province behind has no city ahead, if
    # the figures add up; nothing else follows from a province.
    if {a, b} & chosen.provinces and not (chosen.additive and (certain if b in chosen.provinces else x.high <= low)):
        return Reading(OPEN, ("province only",))
    if certain:
        return Reading(HOLDS)
    if x.high <= low:
        return Reading(FAILS)
    reasons = tuple(dict.fromkeys(reason for reason in (x_reason, y_reason) if reason))
    return Reading(OPEN, reasons or (("open rank",) if chosen.ranked else ("bound",)))


def _all_of(answers: list[Reading]) -> Reading:
    if any(answer == FAILS for answer, _ in answers):
        return Reading(FAILS)
    reasons = [reason for answer, reasons in answers if answer == OPEN for reason in reasons]
    return Reading(OPEN, tuple(dict.fromkeys(reasons))) if reasons else Reading(HOLDS)
