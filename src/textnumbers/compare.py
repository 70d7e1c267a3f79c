"""Two translations of one text, quantity by quantity: where they agree and where they differ."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .find import find
from .guess import AUTO, guess, of_type
from .lexicon import language_code, lexicon
from .quantity import Quantity

COLUMNS = {
    "paragraph_a": "Int64",
    "start_a": "Int64",
    "end_a": "Int64",
    "token_a": "str",
    "paragraph_b": "Int64",
    "start_b": "Int64",
    "end_b": "Int64",
    "token_b": "str",
    "finding": "str",
    "detail": "str",
}
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=[\s\"”’]|\Z)")

SKIPPED = -0.2
"""Score of a paragraph without a partner: a little worse than two that share nothing but their length."""
MOVES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
NEARBY = 2
"""How many paragraphs away a quantity without a partner is looked for."""

BAND = 24
"""How many paragraphs beside the diagonal are tried, beyond the difference of both numbers."""

MEASURED = frozenset({"percent", "money", "compute", "duration", "other"})
"""Kinds whose units are compared. What is counted is a noun, and two languages have other nouns for one thing."""
ALIKE = (frozenset({"count", "other", "index"}), frozenset({"year", "date"}), frozenset({"percent", "index"}))
"""Kinds that one language states where the other has another: 5 points and 5 percentage points."""
BOUNDS = {"more_than": "more", "at_least": "more", "up_to": "less", "about": "about", "nearly": "about"}
"""Qualifiers that translators take for one another say the same: more than and at least, about and nearly."""
HOLDERS = {"report": "report", "plan": "report", "city": "city"}


@dataclass
class _Side:
    """One of the two texts, taken apart."""

    text: str
    quantities: list[Quantity]
    paragraphs: list[tuple[int, int]]
    holding: list[list[int]]
    """The quantities of each paragraph, by number."""
    home: list[int]
    """The paragraph of each quantity."""
    sentence: list[int]
    """The sentence of each quantity."""
    names: list[tuple[int, str, str]]
    """Where a report or city is named: offset, what it is, its id; in order of offset."""


def reconcile(a: str, b: str, languages: tuple[str, str], *, entities: pd.DataFrame | None = None) -> pd.DataFrame:
    """Align the quantities of two translations of one text and say, pair by pair, what differs.

    Paragraphs are aligned first, by dynamic programming over their lengths (Gale and Church 1993, Computational
    Linguistics 19(1)) and over the values and names they share; then, inside them, the quantities by value, kind
    and position. What stays single is looked for in the paragraphs around.

    Parameters
    ----------
    a, b
        The two texts.
    languages
        Their languages, in that order; ``auto`` guesses.
    entities
        The reports and cities that a quantity can be attached to, one a row: ``entity_id``, ``kind`` (report,
        plan or city; others are left out) and, for each language, ``form_<language>``, the name as the text
        has it. Without it nothing is said about what a quantity is attached to.

    Returns
    -------
    One row for each pair and each quantity without a partner, in the order of the first text: paragraph (from 1),
    offsets and token on both sides, ``finding`` and ``detail``. The finding is the gravest difference: value
    differs, unit differs (of measures and money; what is counted is a noun, and not compared), kind differs,
    qualifier differs (more than or at least; up to; about or nearly; none), attached differs (another report or
    other cities beside it), order differs, only in a, only in b, else same; the detail names all of them.

    Raises
    ------
    TypeError
        A text or a language is no ``str``, or entities are no table.
    ValueError
        A language that has no table, or entities without a column that is needed.

    Examples
    --------
    >>> from textnumbers import reconcile
    >>> reconcile("超过2万人参加。投资30亿元。", "20,000 people came. It cost 3 million yuan.", ("zh", "en"))[
    ...     ["token_a", "token_b", "finding"]
    ... ]
      token_a         token_b            finding
    0     2万人   20,000 people  qualifier differs
    1    30亿元  3 million yuan      value differs
    """
    of_type(str, a=a, b=b)
    if not isinstance(languages, tuple | list) or len(languages) != 2:
        raise ValueError(f"languages are {languages!r}; expected two, that of a and that of b")
    of_type(str, **{f"languages[{n}]": language for n, language in enumerate(languages)})
    if entities is not None:
        of_type(pd.DataFrame, entities=entities)
    first, second = (_taken_apart(text, tag, entities) for text, tag in zip((a, b), languages, strict=True))
    pairs: list[tuple[int, int]] = []
    for group_a, group_b in _aligned_paragraphs(first, second):
        pairs += _paired(
            first,
            second,
            [i for paragraph in group_a for i in first.holding[paragraph]],
            [j for paragraph in group_b for j in second.holding[paragraph]],
        )
    in_order = _in_order(first, second, pairs)
    elsewhere = _paired_elsewhere(first, second, pairs)
    rows = [_compared(first, second, i, j, in_order=(i, j) in in_order) for i, j in pairs + elsewhere]
    partners = dict(pairs + elsewhere)
    partnered = {j: i for i, j in partners.items()}
    rows += [_row(first, second, i, None, "only in a", "") for i in range(len(first.quantities)) if i not in partners]
    single = [j for j in range(len(second.quantities)) if j not in partnered]
    rows += [_row(first, second, None, j, "only in b", "") for j in single]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "order"])
    # a quantity of the second text alone stands after the one that the quantity before it was paired with
    table = table.assign(order=[_order(row, second, partnered) for row in rows]).sort_values("order", kind="stable")
    return table.drop(columns="order").reset_index(drop=True).astype(COLUMNS)


def _order(row: dict[str, Any], second: _Side, partnered: dict[int, int]) -> tuple[int, int]:
    i, j = row["order"]
    if i is not None:
        return i, -1
    before = next((partnered[k] for k in range(j - 1, -1, -1) if k in partnered), -1)
    return before, j


def _taken_apart(text: str, language: str, entities: pd.DataFrame | None) -> _Side:
    language = guess(text)[0] if language == AUTO else language
    quantities = list(find(text, lexicon(language)))
    paragraphs = [match.span() for match in PARAGRAPH.finditer(text)]
    holding: list[list[int]] = [[] for _ in paragraphs]
    starts = [start for start, _ in paragraphs]
    home = [bisect_right(starts, quantity.start) - 1 for quantity in quantities]
    for number, paragraph in enumerate(home):
        holding[paragraph].append(number)
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    sentence = [bisect_right(ends, quantity.start) for quantity in quantities]
    return _Side(text, quantities, paragraphs, holding, home, sentence, _named(text, language_code(language), entities))


def _named(text: str, code: str, entities: pd.DataFrame | None) -> list[tuple[int, str, str]]:
    if entities is None:
        return []
    form = f"form_{code}"
    missing = {"entity_id", "kind", form} - set(entities.columns)
    if missing:
        raise ValueError(f"entities have no column {', '.join(sorted(missing))}; expected entity_id, kind and {form}")
    names = entities.loc[entities["kind"].isin(HOLDERS), ["entity_id", "kind", form]].dropna()
    found = []
    for identifier, kind, name in names.itertuples(index=False):
        if name:
            found += [(match.start(), HOLDERS[kind], identifier) for match in re.finditer(re.escape(name), text)]
    return sorted(found)


def _keys(side: _Side, paragraph: int) -> Counter[str]:
    """What two translations of a paragraph have in common: values and names."""
    start, end = side.paragraphs[paragraph]
    low, high = (bisect_left(side.names, (place,)) for place in (start, end))
    keys = Counter(_value(side.quantities[number]) for number in side.holding[paragraph])
    return keys + Counter(identifier for _, _, identifier in side.names[low:high])


def _value(quantity: Quantity) -> str:
    value = quantity.value
    return f"{value:.9g}" if isinstance(value, (int, float)) else str(value)


Step = tuple[int, int]


def _aligned_paragraphs(first: _Side, second: _Side) -> list[tuple[range, range]]:
    """Groups of paragraphs that render each other: one and one, one and two, two and one, one alone."""
    rows, columns = len(first.paragraphs), len(second.paragraphs)
    moves = _best_moves(first, second, rows, columns)
    groups = []
    i, j = rows, columns
    while i or j:
        step_i, step_j = moves[i, j]
        groups.append((range(i - step_i, i), range(j - step_j, j)))
        i, j = i - step_i, j - step_j
    return groups[::-1]


def _best_moves(first: _Side, second: _Side, rows: int, columns: int) -> dict[Step, Step]:
    """The last step on the best way to each pair of paragraphs in a band around the diagonal."""
    keys_a = [_keys(first, i) for i in range(rows)]
    keys_b = [_keys(second, j) for j in range(columns)]
    sizes_a, sizes_b = ([end - start for start, end in side.paragraphs] for side in (first, second))
    # characters of the second text that one of the first becomes
    rate = sum(sizes_b) / max(sum(sizes_a), 1) or 1.0
    reach = BAND + abs(rows - columns)
    best: dict[Step, float] = {(0, 0): 0.0}
    moves: dict[Step, Step] = {}
    for i in range(rows + 1):
        middle = i * columns // max(rows, 1)
        for j in range(max(0, middle - reach), min(columns, middle + reach) + 1):
            reached = best.get((i, j))
            if reached is None:
                continue
            for step in MOVES:
                to = to_i, to_j = i + step[0], j + step[1]
                if to_i > rows or to_j > columns:
                    continue
                score = reached + _likeness(
                    sum(keys_a[i:to_i], Counter()),
                    sum(keys_b[j:to_j], Counter()),
                    sum(sizes_a[i:to_i]) * rate,
                    sum(sizes_b[j:to_j]),
                )
                if score > best.get(to, -math.inf):
                    best[to], moves[to] = score, step
    return moves


def _likeness(keys_a: Counter[str], keys_b: Counter[str], size_a: float, size_b: float) -> float:
    """Score of two groups of paragraphs as renderings of each other."""
    if not size_a or not size_b:
        return SKIPPED
    shared = sum((keys_a & keys_b).values())
    length = 0.5 - min(1.5, abs(math.log(size_a / size_b)))
    return shared + 0.5 * length


def _paired(first: _Side, second: _Side, left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs inside a group of paragraphs: the best first, by value, kind, unit and position."""
    scored = []
    for rank_a, i in enumerate(left):
        for rank_b, j in enumerate(right):
            apart = abs(rank_a / len(left) - rank_b / len(right))
            score = _agreement(first.quantities[i], second.quantities[j]) - apart
            if score > 0:
                scored.append((-score, i, j))
    return _greedy(sorted(scored))


def _greedy(scored: Sequence[tuple[float, int, int]]) -> list[tuple[int, int]]:
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _agreement(a: Quantity, b: Quantity) -> float:
    """How much speaks for two quantities rendering the same one."""
    same_kind, same_unit = _same_kind(a, b), a.unit == b.unit and a.unit is not None
    if _value(a) == _value(b):
        return 2.0 + 0.5 * same_kind + 0.5 * same_unit + 0.5 * (a.one_of == b.one_of and a.top_n == b.top_n)
    # another value, and yet the same thing counted in the same place
    return 0.3 if same_kind and same_unit and a.kind != "rank" else 0.0


def _same_kind(a: Quantity, b: Quantity) -> bool:
    if a.kind == b.kind or any(a.kind in kinds and b.kind in kinds for kinds in ALIKE):
        return True
    # 45 in brackets is an age, a bare number anything that is counted or measured
    bare = [quantity for quantity in (a, b) if quantity.kind == "count" and quantity.unit is None]
    return bool(bare) and not {a.kind, b.kind} & {"date", "money", "compute"}


def _in_order(first: _Side, second: _Side, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The largest set of pairs whose sentences stand in the same order in both texts.

    Inside a sentence each language has its own order.
    """
    ordered = sorted(pairs, key=lambda pair: (first.sentence[pair[0]], second.sentence[pair[1]]))
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(ordered):
        at = bisect_right(tails, second.sentence[j])
        before.append(places[at - 1] if at else -1)
        tails[at : at + 1] = [second.sentence[j]]
        places[at : at + 1] = [place]
    kept = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(ordered[place])
        place = before[place]
    return kept


def _paired_elsewhere(first: _Side, second: _Side, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of equal value and kind among what stayed single, if the paragraphs around them are paired."""
    taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
    home = {first.home[i]: second.home[j] for i, j in pairs}
    scored = []
    for i, a in enumerate(first.quantities):
        paragraph = first.home[i]
        expected = [home[near] for near in range(paragraph - NEARBY, paragraph + NEARBY + 1) if near in home]
        if i in taken_a or not expected:
            continue
        for place in range(max(0, min(expected) - NEARBY), min(len(second.holding), max(expected) + NEARBY + 1)):
            apart = min(abs(place - near) for near in expected)
            for j in second.holding[place] if apart <= NEARBY else ():
                agreement = _agreement(a, second.quantities[j])
                if j not in taken_b and agreement > 2:
                    scored.append((apart - agreement, i, j))
    return _greedy(sorted(scored))


def _compared(first: _Side, second: _Side, i: int, j: int, *, in_order: bool) -> dict[str, Any]:
    a, b = first.quantities[i], second.quantities[j]
    differences = list(_differences(a, b))
    attached = _attached(first, second, a, b)
    if attached:
        differences.append(("attached differs", attached))
    if not in_order:
        differences.append(("order differs", "another place among the quantities around"))
    finding = differences[0][0] if differences else "same"
    return _row(first, second, i, j, finding, "; ".join(detail for _, detail in differences))


def _differences(a: Quantity, b: Quantity) -> Iterator[tuple[str, str]]:
    if _value(a) != _value(b):
        yield "value differs", f"{a.value} / {b.value}"
    if a.unit != b.unit and a.kind in MEASURED and b.kind in MEASURED and a.unit and b.unit:
        yield "unit differs", f"{a.unit} / {b.unit}"
    elif not _same_kind(a, b):
        yield "kind differs", f"{a.kind} / {b.kind}"
    elif a.one_of != b.one_of or a.top_n != b.top_n:
        yield "kind differs", f"{_reading(a)} / {_reading(b)}"
    if BOUNDS.get(a.qualifier) != BOUNDS.get(b.qualifier) and not (a.vague and b.vague):
        yield "qualifier differs", f"{a.qualifier} / {b.qualifier}"


def _reading(quantity: Quantity) -> str:
    return "one of" if quantity.one_of else "top n" if quantity.top_n else quantity.kind


def _attached(first: _Side, second: _Side, a: Quantity, b: Quantity) -> str:
    """Which reports or cities stand beside a quantity in one text and not in the other."""
    report_a, report_b = _report(first, a), _report(second, b)
    if report_a and report_b and report_a != report_b:
        return f"report {report_a} / {report_b}"
    cities_a, cities_b = (_beside(side, quantity, "city") for side, quantity in ((first, a), (second, b)))
    if cities_a and cities_b and not (set(cities_a) <= set(cities_b) or set(cities_b) <= set(cities_a)):
        return f"cities {', '.join(sorted(cities_a))} / {', '.join(sorted(cities_b))}"
    return ""


def _report(side: _Side, quantity: Quantity) -> str | None:
    """The report or plan that a quantity belongs to: named before it in the sentence, else after it in the
    sentence, else last before it in the paragraph."""
    beside = _beside(side, quantity, "report")
    if beside:
        before = [identifier for identifier, place in beside.items() if place < quantity.start]
        return before[-1] if before else next(iter(beside))
    floor = side.text.rfind("\n", 0, quantity.start) + 1
    names = side.names[bisect_left(side.names, (floor,)) : bisect_left(side.names, (quantity.start,))]
    return next((identifier for _, kind, identifier in reversed(names) if kind == "report"), None)


def _beside(side: _Side, quantity: Quantity, kind: str) -> dict[str, int]:
    """The reports or cities named in the sentence of a quantity, and where."""
    text = side.text
    floor = text.rfind("\n", 0, quantity.start) + 1
    begin = max((match.end() for match in SENTENCE_END.finditer(text, floor, quantity.start)), default=floor)
    end = SENTENCE_END.search(text, quantity.end)
    stop = end.start() if end else len(text)
    names = side.names[bisect_left(side.names, (begin,)) : bisect_left(side.names, (stop,))]
    return {identifier: place for place, held, identifier in names if held == kind}


def _row(first: _Side, second: _Side, i: int | None, j: int | None, finding: str, detail: str) -> dict[str, Any]:
    row: dict[str, Any] = {"finding": finding, "detail": detail, "order": (i, j)}
    for suffix, side, number in (("a", first, i), ("b", second, j)):
        if number is not None:
            quantity = side.quantities[number]
            row |= {
                f"paragraph_{suffix}": side.home[number] + 1,
                f"start_{suffix}": quantity.start,
                f"end_{suffix}": quantity.end,
                f"token_{suffix}": side.text[quantity.start : quantity.end],
            }
    return row
