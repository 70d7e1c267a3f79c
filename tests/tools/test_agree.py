"""What two places tell is told alike; that the rules bite is measured in tests/notebooks/test_tampering.py."""

import pytest

from tools import agree
from tools.notebook import ROOT
from tools.texts import full_dates, repeated


@pytest.mark.parametrize("rule", [*agree.TABLES, *agree.TEXTS], ids=lambda rule: rule.__name__)
def test_the_collection_agrees_with_itself(rule):
    assert list(rule(ROOT / "data" if rule in agree.TABLES else ROOT)) == []


def test_a_day_is_read_in_four_languages():
    text = "On 2 August 2024, 3 Mei 2024, 2024年8月12日 or 2024-01-05; in July 2024 and 2024年6月 no day is named."
    assert full_dates(text) == {"2024-08-02", "2024-05-03", "2024-08-12", "2024-01-05"}


def test_a_sentence_counts_as_repeated_if_it_is_long_enough():
    assert repeated("It is so. It is so.") == []
    assert repeated("Both texts are one witness. So it is.\n\n- Both texts are one witness.") == [
        "Both texts are one witness."
    ]
    assert repeated("| Both texts are one witness. |\n| Both texts are one witness. |") == []


@pytest.mark.parametrize(("printed", "off"), [("35", 0.5), ("1.49", 0.005)])
def test_a_printed_number_may_be_off_by_half_its_last_digit(printed, off):
    assert agree.rounding(printed) == pytest.approx(off)
