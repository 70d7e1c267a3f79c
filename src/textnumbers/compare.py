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

# Counters without a meaning of their own agree with whatever is counted.
NEUTRAL = frozenset({"つ", "個", "个", "項目", "项", "units", "点", "hal", "rank", "top"})
ALIKE = ({"count", "other", "index"}, {"year", "date"})
HOLDERS = {"report": "report", "plan": "report", "city": "city"}


@dataclass
class _Side:
    """One of the two texts, taken apart."""

    text: str
    quantities: list[Quantity]
    paragraphs: list[tuple[int, int]]
    holding: list[list[int]]
    """The quantities of each paragraph, by number."""
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
        Their languages, in that order.
    entities
        The reports and cities that a quantity can be attached to, one a row: ``entity_id``, ``kind`` (report,
        plan or city; others are left out) and, for each language, ``form_<language>``, the name as the text
        has it. Without it nothing is said about what a quantity is attached to.

    Returns
    -------
    One row for each pair and each quantity without a partner, in the order of the first text: paragraph (from 1),
    offsets and token on both sides, ``finding`` and ``detail``. The finding is the gravest difference: value
    differs, unit differs, kind differs, attached differs (another report or other cities beside it), order
    differs, only in a, only in b, else same; the detail names all of them.

    Raises
    ------
    ValueError
        A language that has no table, or entities without a column that is needed.
    """
    codes = [language_code(language) for language in languages]
    first, second = (_taken_apart(text, code, entities) for text, code in zip((a, b), codes, strict=True))
    pairs: list[tuple[int, int]] = []
    for group_a, group_b in _aligned_paragraphs(first, second):
        pairs += _paired(
            first,
            second,
            [i for paragraph in group_a for i in first.holding[paragraph]],
            [j for paragraph in group_b for j in second.holding[paragraph]],
        )
    in_order = _in_order(pairs)
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


def _taken_apart(text: str, code: str, entities: pd.DataFrame | None) -> _Side:
    quantities = list(find(text, lexicon(code)))
    paragraphs = [match.span() for match in PARAGRAPH.finditer(text)]
    holding: list[list[int]] = [[] for _ in paragraphs]
    starts = [start for start, _ in paragraphs]
    for number, quantity in enumerate(quantities):
        holding[bisect_right(starts, quantity.start) - 1].append(number)
    return _Side(text, quantities, paragraphs, holding, _named(text, code, entities))


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


def _aligned_paragraphs(first: _Side, second: _Side) -> list[tuple[range, range]]:
    """Groups of paragraphs that render each other: one and one, one and two, two and one, one alone."""
    keys_a = [_keys(first, i) for i in range(len(first.paragraphs))]
    keys_b = [_keys(second, j) for j in range(len(second.paragraphs))]
    sizes_a, sizes_b = ([end - start for start, end in side.paragraphs] for side in (first, second))
    # characters of the second text that one of the first becomes
    rate = sum(sizes_b) / max(sum(sizes_a), 1) or 1.0
    rows, columns = len(keys_a), len(keys_b)
    best = [[-math.inf] * (columns + 1) for _ in range(rows + 1)]
    move = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1):
            if best[i][j] == -math.inf:
                continue
            for step in MOVES:
                to_i, to_j = i + step[0], j + step[1]
                if to_i > rows or to_j > columns:
                    continue
                score = best[i][j] + _likeness(
                    sum(keys_a[i:to_i], Counter()),
                    sum(keys_b[j:to_j], Counter()),
                    sum(sizes_a[i:to_i]) * rate,
                    sum(sizes_b[j:to_j]),
                )
                if score > best[to_i][to_j]:
                    best[to_i][to_j], move[to_i][to_j] = score, step
    groups = []
    i, j = rows, columns
    while i or j:
        step_i, step_j = move[i][j]
        groups.append((range(i - step_i, i), range(j - step_j, j)))
        i, j = i - step_i, j - step_j
    return groups[::-1]


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
    same_kind, same_unit = _same_kind(a, b), a.unit == b.unit and a.unit not in NEUTRAL and a.unit is not None
    if _value(a) == _value(b):
        return 2.0 + 0.5 * same_kind + 0.5 * same_unit + 0.5 * (a.one_of == b.one_of and a.top_n == b.top_n)
    # another value, and yet the same thing counted in the same place
    return 0.3 if same_kind and same_unit and a.kind != "rank" else 0.0


def _same_kind(a: Quantity, b: Quantity) -> bool:
    return a.kind == b.kind or any(a.kind in kinds and b.kind in kinds for kinds in ALIKE)


def _in_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The largest set of pairs that stand in the same order in both texts."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(places[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        places[at : at + 1] = [place]
    kept = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(pairs[place])
        place = before[place]
    return kept


def _paired_elsewhere(first: _Side, second: _Side, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of equal value and kind among what stayed single, if the paragraphs around them are paired."""
    taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
    home = {_paragraph(first, i): _paragraph(second, j) for i, j in pairs}
    scored = []
    for i, a in enumerate(first.quantities):
        if i in taken_a:
            continue
        paragraph = _paragraph(first, i)
        expected = [home[near] for near in range(paragraph - NEARBY, paragraph + NEARBY + 1) if near in home]
        if not expected:
            continue
        for j, b in enumerate(second.quantities):
            apart = min(abs(_paragraph(second, j) - place) for place in expected)
            if j not in taken_b and apart <= NEARBY and _agreement(a, b) > 2:
                scored.append((apart - _agreement(a, b), i, j))
    return _greedy(sorted(scored))


def _paragraph(side: _Side, number: int) -> int:
    starts = [start for start, _ in side.paragraphs]
    return bisect_right(starts, side.quantities[number].start) - 1


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
    neutral = a.unit in NEUTRAL or b.unit in NEUTRAL or not _specific(a, b)
    if a.unit != b.unit and not neutral:
        yield "unit differs", f"{a.unit} / {b.unit}"
    elif not _same_kind(a, b):
        yield "kind differs", f"{a.kind} / {b.kind}"
    elif a.one_of != b.one_of or a.top_n != b.top_n:
        yield "kind differs", f"{_reading(a)} / {_reading(b)}"


def _specific(a: Quantity, b: Quantity) -> bool:
    """Whether a difference of units says something: words of two languages that have no common name do not."""
    known = [unit is None or unit.isascii() or kind == "money" for unit, kind in ((a.unit, a.kind), (b.unit, b.kind))]
    return all(known) and "range" not in (a.kind, b.kind)


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
                f"paragraph_{suffix}": _paragraph(side, number) + 1,
                f"start_{suffix}": quantity.start,
                f"end_{suffix}": quantity.end,
                f"token_{suffix}": side.text[quantity.start : quantity.end],
            }
    return row
