"""How well quantities are found in texts that no rule was made for. A rule made for one of them would spoil them.

The limits are those that the extractor is meant to keep on any news text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from tests.textnumbers import marked_texts
from textnumbers import extract_table as extract

LANGUAGES = ("en", "id", "ja", "zh")
Place = dict[str, Any]


def overlap(found: Place, places: Iterable[Place]) -> Place | None:
    """The place that shares most with what was found, if any shares a character."""
    shared = [(min(found["end"], place["end"]) - max(found["start"], place["start"]), place) for place in places]
    most = max(shared, key=lambda pair: pair[0], default=(0, None))
    return most[1] if most[0] > 0 else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_unseen_texts_are_read(language: str) -> None:
    marked = marked_texts.read(f"unseen/{language}")
    rows = extract(marked.text, language).to_dict("records")
    pairs = [(stated, overlap(stated, rows)) for stated in marked.quantities]
    located = [(stated, row) for stated, row in pairs if row is not None]
    right = [row for row in rows if overlap(row, marked.quantities)]
    valued = [row for stated, row in located if marked_texts.agrees(stated["value"], row["value"])]
    traps = [{"start": start, "end": end} for start, end in marked.traps]
    caught = [trap for trap in traps if overlap(trap, rows)]
    assert len(marked.quantities) > 80 and len(traps) > 35
    assert len(located) >= 0.95 * len(pairs), [stated["token"] for stated, row in pairs if row is None]
    assert len(right) >= 0.95 * len(rows)
    assert len(valued) >= 0.95 * len(located)
    assert len(caught) <= max(1, 0.02 * len(traps)), [marked.text[trap["start"] : trap["end"]] for trap in caught]
