"""Say what is told in two places, and not alike: in the tables, in their schema, in the texts.

    python -m tools.agree

What only one place tells can't be checked by reading; what two tell can. Nothing is executed. Each rule is a function
whose docstring is the rule. Those of `TABLES` take the folder of the tables, those of `TEXTS` that of the project.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

from tools.notebook import ROOT
from tools.texts import full_dates, repeated

Rows = list[dict[str, str]]
LICENCE = re.compile(r"CC0|CC[ -]BY(?:[ -](?:NC|ND|SA))*(?:[ -]\d\.\d)?")
GENERATED = re.compile(r"<!-- (\w+) -->.*?<!-- /\1 -->|^```.*?^```|`[^`\n]*`", re.M | re.S)
TIMES = re.compile(r"([\d.,]+) (min|s|ms|µs) / ([\d.,]+) (min|s|ms|µs) = ([\d.,]+) times")
SECONDS = {"min": 60, "s": 1, "ms": 1e-3, "µs": 1e-6}
KEY_DATE = re.compile(r"(?<!\d)20\d\d(?!\d)(?:-(?:0[1-9]|1[0-2])(?!\w))?")


def rows(folder: Path, name: str) -> Rows:
    """A table as it stands."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tokens(folder: Path) -> Iterator[str]:
    """Where tokens of an article overlap they have the same characters, and paragraphs follow one another."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    places = defaultdict(list)
    for name, key in (("evidence", "fact_id"), ("quantities", "quantity_id")):
        for row in rows(folder, name):
            if row["start"]:
                places[row["article_id"]].append((int(row["start"]), int(row["paragraph"]), row[key]))
            for at, char in enumerate(row["token"], int(row["start"] or 0)):
                before = found.setdefault((row["article_id"], at), (char, row[key]))
                if before[0] != char:
                    yield f"{name}.csv, {row[key]}: character {at} of {row['article_id']} is {char!r}, {before} has it"
    for article, known in places.items():
        known.sort()
        for (_, one, _), (start, other, key) in pairwise(known):
            if one > other:
                yield f"{key}: character {start} of {article} is in paragraph {other}, what is before it in {one}"


def scores(folder: Path) -> Iterator[str]:
    """In a league table nobody stands above a place that has a higher score."""
    by_table = defaultdict(list)
    for row in rows(folder, "league_table_entries"):
        if row["rank"] and row["score_value"]:
            by_table[row["table_id"]].append((int(row["rank"]), float(row["score_value"]), row["place"]))
    for table, known in by_table.items():
        for rank, score, place in known:
            for other, more, ahead in known:
                if rank > other and score > more:
                    yield f"{table}: {place} has {score:g} on place {rank}, {ahead} only {more:g} on place {other}"


def keys(folder: Path) -> Iterator[str]:
    """A year in the key of a league table or plan is that of its row; a source is of that year, or of the next."""
    for name, date in (("league_tables", "edition_year"), ("plans", "published"), ("sources", "published")):
        for row in rows(folder, name):
            key, said = next(iter(row.values())), row[date][:4]
            for year in KEY_DATE.findall(key)[-1:] if said else ():
                late = int(said) - int(year[:4])
                right = late in (0, 1) or year[:4] in row["title_en"] if name == "sources" else late == 0
                if not right:
                    yield f"{name}.csv, {key}: {date} is {row[date]}; expected one of {year[:4]}"


def cited(folder: Path) -> Iterator[str]:
    """A source is as old as a row that cites it says of it, and sits in the city that its name has."""
    sources = {row["source_id"]: row for row in rows(folder, "sources")}
    told: dict[str, set[str]] = defaultdict(set)
    for name in ("compute", "league_tables"):
        for row in rows(folder, name):
            told[row["source_id"]] |= {row["published"]} - {""}
    for key, dates in told.items():
        known = sources[key]["published"]
        if known and dates and not any(known.startswith(date) or date.startswith(known) for date in dates):
            yield f"sources.csv, {key}: published {known}; {', '.join(sorted(dates))} where it is cited"
    cities = [row["place"] for row in rows(folder, "places") if row["kind"] == "city"]
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, cities))})\b")
    for key, row in sources.items():
        if (city := named.search(row["publisher"])) and row["publisher_home"] not in ("", city[0]):
            yield f"sources.csv, {key}: {row['publisher']} sits in {row['publisher_home']}; expected {city[0]}"


def schema(folder: Path) -> Iterator[str]:
    """A column named as the key of another table refers to it, and what a code means is the same everywhere."""
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    primary = {one["schema"]["primaryKey"] for one in resources if isinstance(one["schema"]["primaryKey"], str)}
    for one in resources:
        links = one["schema"].get("foreignKeys", []) + one["schema"].get("aicities:oneOf", [])
        linked = {
            name for link in links for name in ([link["fields"]] if isinstance(link["fields"], str) else link["fields"])
        }
        for field in one["schema"]["fields"]:
            name = field["name"]
            if name in primary - linked and name != one["schema"]["primaryKey"]:
                yield f"datapackage.json, {one['name']}: {name} refers to nothing; expected the table with this key"
            if name == "relation":
                for code, said in re.findall(r"\b(gt|ge|lt|le|approx)[: ] ?(\w+)", field["description"]):
                    if said not in MEANINGS[code]:
                        yield f"datapackage.json, {one['name']}: {code} is told as {said!r}; expected {MEANINGS[code]}"


MEANINGS = {"gt": ("more", "over"), "ge": ("at", "or"), "lt": ("less",), "le": ("at", "up"), "approx": ("about",)}


def licences(root: Path) -> Iterator[str]:
    """All files state one licence of the data; that of the code is the MIT licence, word by word."""
    for path in [
        *root.glob("*.*"),
        root / "LICENSE-DATA",
        root / "data/datapackage.json",
        root / "tools/site/labels.toml",
    ]:
        if path.suffix in (".md", ".cff", ".json", ".toml", "") and path.is_file():
            for found in set(LICENCE.findall(path.read_text("utf-8"))):
                if found not in ("CC BY 4.0", "CC-BY-4.0"):
                    yield f"{path.relative_to(root)}: {found}; expected CC BY 4.0"
    for name, pattern in (
        ("CITATION.cff", r"^license: CC-BY-4\.0$"),
        (".zenodo.json", r'^  "license": "CC-BY-4\.0",$'),
        ("data/datapackage.json", r'^      "name": "CC-BY-4\.0",$'),
        ("LICENSE-DATA", r"SPDX: +CC-BY-4\.0$"),
    ):
        if not re.search(pattern, (root / name).read_text("utf-8"), re.M):
            yield f"{name}: no licence of the data; expected CC-BY-4.0"
    right = distribution("pytest").read_text("licenses/LICENSE") or ""  # under the same licence
    mine = (root / "LICENSE").read_text("utf-8")
    if mine.partition("Permission")[2].split() != right.partition("Permission")[2].split():
        yield "LICENSE: not the words of the MIT licence"


def stated(root: Path) -> Iterator[str]:
    """Title, authors and version are the same in all files that state them."""
    citation, changes = ((root / name).read_text("utf-8") for name in ("CITATION.cff", "CHANGELOG.md"))
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    archive, package = (
        json.loads((root / name).read_text("utf-8")) for name in (".zenodo.json", "data/datapackage.json")
    )
    question = tomllib.loads((root / "tools/pages/questions.toml").read_text("utf-8"))["00-start-here"]["en"]
    cited = dict(re.findall(r'^(?:  - )?([\w-]+): "?(.+?)"?$', citation, re.M))
    title, author = f"aicities: {question[0].lower()}{question[1:]}", project["authors"][0]["name"]
    for where, said, right in (
        ("CITATION.cff", cited.get("title"), title),
        (".zenodo.json", archive["title"], title),
        ("data/datapackage.json", package["title"], question),
        ("CITATION.cff", cited.get("name"), author),
        (".zenodo.json", archive["creators"][0]["name"], author),
        ("CITATION.cff", cited.get("version"), project["version"]),
        ("data/datapackage.json", package["version"], project["version"]),
        ("CHANGELOG.md", re.findall(r"^## (\S+)", changes, re.M)[0], project["version"]),
    ):
        if said != right:
            yield f"{where}: {said}; expected {right}"


def typed(root: Path) -> list[Path]:
    """The texts that readers get, and those from which they are made."""
    found = [
        *root.glob("*.md"),
        *root.glob("docs/*.md"),
        *root.glob("src/aicities/study/**/*.toml"),
        root / "CITATION.cff",
    ]
    return [*found, root / ".zenodo.json", root / "tools/site/labels.toml", root / "tools/pages/questions.toml"]


def dates(root: Path) -> Iterator[str]:
    """A day that is typed into a text is that of the article, or of a release."""
    article = rows(root / "data", "articles")[0]["published"]
    known = {article, *re.findall(r"^## \S+ \((\S+)\)", (root / "CHANGELOG.md").read_text("utf-8"), re.M)}
    for path in typed(root):
        for day in sorted(full_dates(GENERATED.sub(" ", path.read_text("utf-8"))) - known):
            yield f"{path.relative_to(root)}: {day}; expected the day of the article, {article}, or of a release"


def once(root: Path) -> Iterator[str]:
    """No text says a sentence twice; what is generated, and code, aside."""
    for path in (
        path for path in typed(root) if path.suffix == ".md" and path.name not in ("FINDINGS.md", "CHECKS.md")
    ):
        for sentence in repeated(GENERATED.sub(" ", path.read_text("utf-8"))):
            yield f"{path.relative_to(root)}: said twice: {sentence}"


def shares(root: Path) -> Iterator[str]:
    """No share is typed into a README: those that it has are computed."""
    for path in root.glob("README*.md"):
        for found in re.findall(r"[\d.,]*\d ?[%％]|\w+ per ?cent\b", GENERATED.sub(" ", path.read_text("utf-8"))):
            yield f"{path.name}: {found} is typed; expected a computed share"


def numbered(root: Path) -> Iterator[str]:
    """A link that names a notebook by its number leads to that notebook."""
    for path in root.glob("*.md"):
        for number, target in re.findall(r"\[[^\]\d]*\b(\d\d)\b[^\]]*\]\(notebooks/(\d\d)", path.read_text("utf-8")):
            if number != target:
                yield f"{path.name}: a link to notebook {number} leads to {target}"


def reckoned(root: Path) -> Iterator[str]:
    """Where a benchmark divides two times, the quotient is what it prints."""
    for path in root.glob("benchmarks/results/*.md"):
        for one, unit, other, by, printed in TIMES.findall(path.read_text("utf-8")):
            a, b, times = (float(number.replace(",", "")) for number in (one, other, printed))
            right = a * SECONDS[unit] / (b * SECONDS[by])
            if abs(times - right) > rounding(printed) + right * (rounding(one) / a + rounding(other) / b):
                yield f"{path.name}: {one} {unit} / {other} {by} is {right:.2f} times; {printed} is printed"


def rounding(printed: str) -> float:
    """By how much a printed number may be off."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


Rule = Callable[[Path], Iterator[str]]
TABLES: tuple[Rule, ...] = (tokens, scores, keys, cited, schema)
TEXTS: tuple[Rule, ...] = (licences, stated, dates, once, shares, numbered, reckoned)


def problems(folder: Path, rules: tuple[Rule, ...]) -> list[str]:
    """What does not agree, one line each."""
    return [f"{rule.__name__}: {told}" for rule in rules for told in rule(folder)]


def main() -> int:
    """Run from the command line; return the exit status."""
    found = [*problems(ROOT / "data", TABLES), *problems(ROOT, TEXTS)]
    print("\n".join([*found, f"{len(TABLES) + len(TEXTS)} rules, {len(found)} problems"]))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
