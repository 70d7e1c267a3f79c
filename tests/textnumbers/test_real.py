"""Passages of public data sets that nobody of the project wrote, where they lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.textnumbers import accuracy

REAL = Path(__file__).resolve().parents[3] / "shared" / "texts" / "real"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the passages are not beside the checkout")


@pytest.mark.parametrize("language", accuracy.LANGUAGES)
def test_real_passages_are_read(language: str) -> None:
    coded = [text for text in accuracy.passages(REAL) if text.language == language]
    found = accuracy.measures(coded, accuracy.ours(language, [text.text for text in coded]))
    shares = {name: hits / max(cases, 1) for name, (hits, cases) in found.items()}
    assert found["recall"][1] > 30
    assert shares["recall"] >= 0.97
    assert shares["precision"] >= 0.97
    assert shares["values"] >= 0.97
    assert shares["qualifiers"] >= 0.97
    assert found["traps taken"][0] == 0
