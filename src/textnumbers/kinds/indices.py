"""Values of an index or score."""

from __future__ import annotations

from ..reading import Answer, Reading, goes_on_with_indices
from ..unit import noun_after, row


def read_index_words(reading: Reading) -> Answer:
    """A score of 0.74, indeks 0,61 dan 0,58."""
    unit, number, tag = reading.unit, reading.number, reading.tag
    if unit is not None and unit.kind not in ("index", "count"):
        return None
    if tag == "index" and unit is None and reading.lexicon.table.plural_s and isinstance(number.value, int):
        # scored 52 goals
        goals = noun_after(reading.spot, number.end)
        tag = None if goals and goals.name.endswith("s") else tag
    if tag != "index" and not (unit is None and goes_on_with_indices(reading.spot)):
        return None
    end = unit.end if unit and unit.kind == "index" else number.end
    return row(number, "index", "points" if end > number.end else "index", end=end)


def read_index_characters(reading: Reading) -> Answer:
    """指数为0.7449."""
    if reading.unit is not None or not reading.number.printed:
        return None
    if reading.tag == "index" or goes_on_with_indices(reading.spot):
        return row(reading.number, "index", "index")
    return None
