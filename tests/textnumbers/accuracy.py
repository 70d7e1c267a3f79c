"""How well quantities are found, by language, with 95 % intervals, on the marked texts; peers beside it.

    python -m tests.textnumbers.accuracy              prints the table
    python -m tests.textnumbers.accuracy --write      writes it into the library's README
    python -m tests.textnumbers.accuracy --real PATH  adds passages with their gold.csv

The peers' Python is the one that ``PEERS_PYTHON`` names; without it their rows are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve()
README = HERE.parents[2] / "src" / "textnumbers" / "README.md"
LANGUAGES = ("en", "id", "ja", "zh")
START, END = "<!-- accuracy: written by python -m tests.textnumbers.accuracy --write -->", "<!-- end of accuracy -->"
HEADER = ("texts", "by", "language", "quantities", "recall", "precision", "values", "qualifiers", "traps taken")


class Found(NamedTuple):
    """What one tool found: where, the value as text, and the qualifier, ``None`` if the tool has none."""

    start: int
    end: int
    value: str
    qualifier: str | None


class Coded(NamedTuple):
    """One text with what a coder marked in it: quantities (place, value, qualifier) and traps (place)."""

    language: str
    text: str
    quantities: list[Found]
    traps: list[tuple[int, int]]


def held_out() -> Iterator[Coded]:
    """The texts that no rule was made for."""
    from tests.textnumbers import marked_texts

    for language in LANGUAGES:
        marked = marked_texts.read(f"unseen/{language}")
        quantities = [Found(q["start"], q["end"], q["value"], q.get("qualifier")) for q in marked.quantities]
        yield Coded(language, marked.text, quantities, marked.traps)


def passages(folder: Path) -> Iterator[Coded]:
    """Passages of public data sets and their ``gold.csv``; what may be marked or not is left out."""
    with (folder / "gold.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for path in sorted((folder / "passages").glob("*.txt")):
        here = [row for row in rows if row["passage"] == path.stem]
        quantities = [
            Found(int(row["number_start"]), int(row["number_end"]), either(row, "value"), either(row, "qualifier"))
            for row in here
            if row["is_trap"] == "0"
        ]
        spans = [(int(row["number_start"]), int(row["number_end"]), row["is_trap"]) for row in here]
        traps = [(start, end) for start, end, trap in spans if trap == "1"]
        text = path.read_bytes().decode("utf-8")
        for start, end, trap in spans:
            if trap == "2":
                # neither right nor wrong: not there
                text = text[:start] + "\ue00b" * (end - start) + text[end:]
        yield Coded(path.stem[:2], text, quantities, traps)


def either(row: dict[str, str], field: str) -> str:
    """What a row states, and what its note takes for right as well, with a bar between."""
    key = {"value": "alt", "qualifier": "altqual"}[field]
    return "|".join([row[field], *re.findall(rf"(?:^|[; ]){key}=([^; ]+)", row["note"])])


def ours(language: str, texts: list[str]) -> list[list[Found]]:
    """What the library finds."""
    from textnumbers import extract

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [[Found(q.start, q.end, str(q.value), q.qualifier) for q in extract(text, language)] for text in texts]


def duckling(language: str, texts: list[str]) -> list[list[Found]]:
    """What Duckling finds with its dimension of numbers."""
    import zoneinfo

    import duckling as peer

    zones = peer.load_time_zones(next(path for path in zoneinfo.TZPATH if Path(path).is_dir()))
    locale = peer.default_locale_lang(peer.parse_lang(language.upper()))
    context = peer.Context(peer.parse_ref_time(zones, "UTC", 1_722_556_800), locale)
    dimensions = peer.parse_dimensions(["number"])
    answers = [peer.parse(text, context, dimensions, False) for text in texts]
    return [[Found(a["start"], a["end"], str(a["value"]["value"]), None) for a in answer] for answer in answers]


def recognizers(language: str, texts: list[str]) -> list[list[Found]]:
    """What Recognizers-Text finds with its model of numbers; it has none for Indonesian."""
    from recognizers_number import Culture, NumberRecognizer

    culture = {"ja": Culture.Japanese, "zh": Culture.Chinese, "en": Culture.English}[language]
    model = NumberRecognizer(culture).get_number_model(culture, False)
    found: list[list[Found]] = []
    for text in texts:
        # paragraph by paragraph, because it finds nothing in some longer texts
        found.append([])
        for match in re.finditer(r"[^\n]+", text):
            for r in model.parse(match[0]):
                if r.resolution:
                    start, end = match.start() + r.start, match.start() + r.end + 1
                    found[-1].append(Found(start, end, str(r.resolution["value"]), None))
    return found


TOOLS: dict[str, tuple[Callable[[str, list[str]], list[list[Found]]], tuple[str, ...]]] = {
    "textnumbers": (ours, LANGUAGES),
    "Duckling": (duckling, LANGUAGES),
    "Recognizers-Text": (recognizers, ("en", "ja", "zh")),
}


def answers(tool: str, language: str, texts: list[str]) -> list[list[Found]] | None:
    """What a tool finds, run by the Python that has it; ``None`` where it is not installed."""
    if tool == "textnumbers":
        return ours(language, texts)
    python = os.environ.get("PEERS_PYTHON")
    if python is None:
        return None
    asked = json.dumps({"tool": tool, "language": language, "texts": texts})
    done = subprocess.run([python, str(HERE), "--answer"], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stderr.strip().splitlines()[-1]}")
    return [[Found(*found) for found in text] for text in json.loads(done.stdout)]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """How many characters two places share."""
    return min(a[1], b[1]) - max(a[0], b[0])


def measures(coded: Iterable[Coded], found: Iterable[list[Found]]) -> dict[str, tuple[int, int]]:
    """Hits and cases of each measure. A quantity is found if an answer overlaps it; each answer counts once."""
    totals: dict[str, list[int]] = {name: [0, 0] for name in HEADER[4:]}
    for text, rows in zip(coded, found, strict=True):
        used: set[int] = set()
        for quantity in text.quantities:
            near = [at for at, row in enumerate(rows) if overlap(row[:2], quantity[:2]) > 0 and at not in used]
            totals["recall"][1] += 1
            if not near:
                continue
            best = max(near, key=lambda at: overlap(rows[at][:2], quantity[:2]))
            used.add(best)
            totals["recall"][0] += 1
            totals["values"][1] += 1
            totals["values"][0] += any(agrees(value, rows[best].value) for value in quantity.value.split("|"))
            if quantity.qualifier and rows[best].qualifier is not None:
                totals["qualifiers"][1] += 1
                totals["qualifiers"][0] += rows[best].qualifier in quantity.qualifier.split("|")
        right = [row for row in rows if any(overlap(row[:2], quantity[:2]) > 0 for quantity in text.quantities)]
        totals["precision"][0] += len(right)
        totals["precision"][1] += len(rows)
        taken = sum(any(overlap(row[:2], trap) > 0 for row in rows) for trap in text.traps)
        totals["traps taken"][0] += taken
        totals["traps taken"][1] += len(text.traps)
    return {name: (hits, cases) for name, (hits, cases) in totals.items()}


def agrees(stated: str, value: str) -> bool:
    """Whether two values, as text, are the same."""
    try:
        return abs(float(stated) - float(value)) <= 1e-4 * max(1.0, abs(float(stated)))
    except ValueError:
        return stated == value


def interval(hits: int, cases: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927).

    >>> tuple(round(end, 3) for end in interval(97, 100))
    (0.915, 0.99)
    """
    z = 1.959964
    share, spread = hits / cases, z * z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / cases + spread / (4 * cases)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def shown(hits: int, cases: int) -> str:
    """A share with its interval in percent."""
    if not cases:
        return "–"
    low, high = interval(hits, cases)
    return f"{100 * hits / cases:.1f} ({100 * low:.0f}–{100 * high:.0f})"


def rows(name: str, coded: list[Coded]) -> Iterator[tuple[str, ...]]:
    """The lines of the table for one set of texts."""
    for tool, (_, languages) in TOOLS.items():
        for language in languages:
            here = [text for text in coded if text.language == language]
            found = answers(tool, language, [text.text for text in here])
            if found is None:
                continue
            result = measures(here, found)
            yield name, tool, language, str(result["recall"][1]), *(shown(*result[part]) for part in HEADER[4:])


def table(lines: Iterable[tuple[str, ...]]) -> str:
    """The table in Markdown."""
    body = [HEADER, tuple("---" for _ in HEADER), *lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in body)


def main(arguments: list[str] | None = None) -> int:
    """Print or write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.textnumbers.accuracy", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table into the README of the library")
    parser.add_argument("--real", type=Path, help="a folder with passages/ and gold.csv")
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.answer:
        asked: dict[str, Any] = json.load(sys.stdin)
        print(json.dumps(TOOLS[asked["tool"]][0](asked["language"], asked["texts"])))
        return 0
    lines = list(rows("held out", list(held_out())))
    if options.real:
        lines += rows("real", list(passages(options.real)))
    text = table(lines)
    print(text)
    if options.write:
        before, _, rest = README.read_text("utf-8").partition(START)
        README.write_text(f"{before}{START}\n{text}\n{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
