"""What the checks ask of any text: the days that it names, and the sentences that it says twice."""

from __future__ import annotations

import re
from collections import Counter

ENGLISH = "January February March April May June July August September October November December"
INDONESIAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
MONTH = {name: number for names in (ENGLISH, INDONESIAN) for number, name in enumerate(names.split(), 1)}
DAY = re.compile(rf"\b(?:(\d{{1,2}}) )?\b({'|'.join(MONTH)}) (\d{{4}})\b|(\d{{4}})年(\d{{1,2}})月(?:(\d{{1,2}})日)?")
LEAST = 25  # characters of a sentence that is more than a phrase


def iso(found: re.Match[str]) -> str:
    """A date of a text, as `2024-08-02`, or as `2024-08` if it has no day."""
    day, month, year = found[1] or found[6], MONTH.get(found[2] or "") or int(found[5]), found[3] or found[4]
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def full_dates(text: str) -> set[str]:
    """The days that a text names, in any of the four languages."""
    named = {iso(found) for found in DAY.finditer(text)} | set(re.findall(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", text))
    return {day for day in named if len(day) == 10}


def repeated(text: str) -> list[str]:
    """The sentences that a text says more than once, headings, lines of tables and of links aside."""
    lines = [line for line in text.splitlines() if not re.match(r"\s*(?:[#|]|\[|<)|.*·", line)]
    said = re.split(r"(?<=[.!?。！？])\s*(?=\S)|\n\s*\n|\n(?=\s*[-*\d])", "\n".join(lines))
    found = Counter(" ".join(sentence.strip(" -*").split()) for sentence in said)
    return [sentence for sentence, times in found.items() if times > 1 and len(sentence) >= LEAST]
