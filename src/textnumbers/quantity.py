"""One quantity, and the place in a text where it is being read."""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import Lexicon
from .numerals import Value

Stated = int | float | str


@dataclass(slots=True)
class Quantity:
    """One quantity; the fields are the columns that ``extract`` describes."""

    start: int
    end: int
    number_start: int
    number_end: int
    kind: str
    value: Stated | None
    low: Stated | None = None
    high: Stated | None = None
    unit: str | None = None
    qualifier: str = "none"
    vague: bool = False
    one_of: bool = False
    top_n: bool = False
    collective: bool = False
    approximate_multiple: bool = False


@dataclass(slots=True)
class Place:
    """A candidate: where it begins, how far back it may reach, and what stands before it."""

    text: str
    start: int
    lexicon: Lexicon
    floor: int
    last: Quantity | None
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


def plain(value: Value) -> int | float:
    """The value as a whole number where it is one, else as a float."""
    if isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)


def span(low: Stated, high: Stated) -> str:
    """A range as one value."""
    return f"{low}..{high}"
