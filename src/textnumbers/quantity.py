"""One quantity, and the spot in a text where it is being read."""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import Lexicon

Stated = int | float | str
"""A number, or a date or range as text."""


@dataclass(slots=True)
class Quantity:
    """One quantity of a text.

    Attributes
    ----------
    start, end
        Where the whole expression stands, with its unit and without the words that qualify it.
    number_start, number_end
        Where the number in it stands, with its magnitude (万, juta, bn).
    kind
        count, percent, index, compute, money, rank, date, year, duration, range or other (measures, multiples,
        fractions, times of day).
    value
        An int or float in base units (45亿元 is 4500000000, 3割 is 30, 148円35銭 is 148.35); a duration in several
        units is whole in the smallest (3小时20分 is 200 minutes); a date in ISO 8601 with dashes for what the text
        leaves out (``--07-26``, ``---26``, ``2024-Q3``, ``2024-H1``), after TIMEX3 (Pustejovsky et al. 2003); a
        time of day ``T15:30``; a range ``low..high``.
    low, high
        The ends of a range, else ``None``.
    unit
        PFLOPS, EFLOPS, an ISO 4217 code, percent, pp, years, companies and so on where there is a common name,
        top for a top-n; else the counter or noun as written; ``None`` where nothing is counted. Chinese counters
        and nouns are given in simplified characters.
    qualifier
        about, more_than, at_least, nearly, up_to or none.
    vague, one_of, top_n, collective, approximate_multiple
        Flags: no exact number; one of several; the first n; all of a known group; an unstated multiple of the
        value (数百, puluhan ribu).
    token
        The expression as it stands in the text.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    kind: str
    value: Stated
    low: Stated | None = None
    high: Stated | None = None
    unit: str | None = None
    qualifier: str = "none"
    vague: bool = False
    one_of: bool = False
    top_n: bool = False
    collective: bool = False
    approximate_multiple: bool = False
    token: str = ""


@dataclass(slots=True)
class Spot:
    """A candidate: where it begins, how far back it may reach, and what stands before it."""

    text: str
    start: int
    lexicon: Lexicon
    floor: int
    last: Quantity | None = None
    ahead: tuple[str, int] | None = None
    """The character or word right before the candidate and its end, once it has been looked up."""

    def before(self, name: str, at: int) -> tuple[str, int] | None:
        """The longest form that ends at ``at``, and where it begins."""
        if at != self.start:
            ahead = self.lexicon.last(self.text, self.floor, at)
        elif self.ahead is None:
            ahead = self.ahead = self.lexicon.last(self.text, self.floor, at)
        else:
            ahead = self.ahead
        forms = self.lexicon.tails[name].get(ahead[0])
        return self.lexicon.ending(forms, self.text, self.floor, ahead[1]) if forms else None

    def is_before(self, name: str, window: int = 28) -> bool:
        """Whether a context of the language ends right here."""
        return self.lexicon.ahead(name, self.text, self.start, window) is not None


def plain(value: object) -> int | float:
    """The value as a whole number where it is one, else as a float."""
    if isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)  # type: ignore[call-overload, arg-type]


def span(low: Stated, high: Stated) -> str:
    """A range as one value."""
    return f"{low}..{high}"
