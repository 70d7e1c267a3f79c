"""Write ``data/README.md``, the data dictionary for people, from ``data/datapackage.json``.

python -m tools.pages.dictionary            write it
python -m tools.pages.dictionary --check    say whether it is fresh; exit status 1 if it is not
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aicities import tables
from tools.saving import save

DATA = Path(__file__).resolve().parents[2] / "data"
NAME = "README.md"
HEAD = (
    "`datapackage.json` is the schema of these files "
    "([Data Package](https://specs.frictionlessdata.io/data-package/), version 1): "
    '`aicities.load("{first}")` and `frictionless validate` both read it. All files are UTF-8, '
    "comma-separated, with one header line. An empty cell means that the value is not known or does not "
    "apply; nothing else does."
)


def dictionary(folder: Path = DATA) -> str:
    """The data dictionary as Markdown: the package, then one section per table."""
    package = tables.package(folder=folder)
    names = tables.names(folder=folder)
    parts = [
        "<!-- Written by `make data` from datapackage.json: change that, not this. -->",
        f"# {_text(package.get('title') or 'The data')}",
        _text(package.get("description") or ""),
        HEAD.format(first=names[0]),
        _listing(package["resources"], folder),
        *(_section(resource, folder) for resource in package["resources"]),
        _origins("Sources", package.get("sources", [])),
        _origins("Licences", package.get("licenses", [])),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _listing(resources: list[dict[str, Any]], folder: Path) -> str:
    rows = [
        (
            f"[{resource['name']}](#{resource['name']})",
            _text(resource.get("title") or ""),
            f"{len(tables.load(resource['name'], folder=folder)):,}",
        )
        for resource in resources
    ]
    return _table(("table", "what", "rows"), rows, right=2)


def _section(resource: dict[str, Any], folder: Path) -> str:
    name = resource["name"]
    described = tables.describe(name, folder=folder)
    rows = [
        (
            f"`{row.column}`",
            row.type + (", required" if row.required else ""),
            _text(row.unit),
            _text(row.description),
            _text(row.allowed),
        )
        for row in described.astype("object").where(described.notna(), "").itertuples()
    ]
    declared = tables.schema(name, folder=folder)
    key = declared.get("primaryKey") or []
    keyed = ", ".join(f"`{column}`" for column in ([key] if isinstance(key, str) else key))
    parts = [
        f"## {name}",
        _text(resource.get("description") or resource.get("title") or ""),
        f"File: [`{resource['path']}`]({resource['path']})." + (f" Key: {keyed}." if keyed else ""),
        _table(("column", "type", "unit", "description", "allowed"), rows),
        _rules(declared.get("aicities:rules", [])),
    ]
    return "\n\n".join(part for part in parts if part)


def _rules(rules: list[dict[str, Any]]) -> str:
    """What holds across columns, in words."""
    lines = [f"- {_text(rule['says'])}" for rule in rules]
    return "\n".join(["Across columns `aicities check` makes sure:", "", *lines]) if lines else ""


def _origins(title: str, origins: list[dict[str, Any]]) -> str:
    lines = []
    for origin in origins:
        label = _text(origin.get("title") or origin.get("name") or origin.get("path") or "")
        lines.append(f"- [{label}](<{origin['path']}>)" if origin.get("path") else f"- {label}")
    return "\n".join([f"## {title}", "", *lines]) if lines else ""


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, right: int | None = None) -> str:
    rule = tuple("---:" if number == right else "---" for number in range(len(header)))
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, rule, *rows])


def _text(text: str) -> str:
    """Text as Markdown shows it, also in a table: on one line, with nothing in it taken for markup."""
    text = " ".join(text.split())
    for char in "\\`*_[]<>|#":
        text = text.replace(char, f"\\{char}")
    return text


def main(argv: list[str] | None = None) -> int:
    """Write or check the dictionary; returns the exit status."""
    parser = argparse.ArgumentParser(description="Write the data dictionary, data/README.md.")
    parser.add_argument("--check", action="store_true", help="only say whether the file is fresh")
    parser.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="the data package")
    options = parser.parse_args(argv)
    path = options.data / NAME
    try:
        wanted = dictionary(options.data)
    except tables.DataError as error:
        print(f"dictionary: {error}", file=sys.stderr)
        return 1
    if path.is_file() and path.read_text("utf-8") == wanted:
        print(f"data/{NAME} is fresh")
        return 0
    if options.check:
        print(f"data/{NAME} is not what datapackage.json says: run make data", file=sys.stderr)
        return 1
    save(path, wanted.encode())
    print(f"data/{NAME} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
