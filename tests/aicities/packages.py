"""Small data packages for tests, made on the spot."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

CITIES: dict[str, Any] = {
    "name": "cities",
    "path": "cities.csv",
    "schema": {
        "fields": [
            {
                "name": "city_id",
                "type": "string",
                "description": "The city.",
                "constraints": {"pattern": "[a-z]+"},
            },
            {
                "name": "size",
                "type": "string",
                "aicities:ordered": True,
                "constraints": {"enum": ["small", "large", "huge"]},
            },
            {
                "name": "people",
                "type": "integer",
                "unit": "persons",
                "constraints": {"minimum": 0, "maximum": 99},
            },
            {"name": "score", "type": "number", "constraints": {"minimum": -10.5}},
            {"name": "coastal", "type": "boolean"},
            {"name": "founded", "type": "date", "constraints": {"maximum": "2024-12-31"}},
            {"name": "census", "type": "year"},
            {"name": "note", "type": "string", "constraints": {"maxLength": 24}},
        ],
        "primaryKey": "city_id",
    },
}
TWINS: dict[str, Any] = {
    "name": "twins",
    "path": "twins.csv",
    "schema": {
        "fields": [
            {"name": "twin", "type": "integer", "constraints": {"unique": True}},
            {"name": "city_id", "type": "string", "constraints": {"required": True}},
            {"name": "other_id", "type": "string"},
            {"name": "thing", "type": "string"},
        ],
        "primaryKey": ["city_id", "other_id"],
        "foreignKeys": [
            {"fields": "city_id", "reference": {"resource": "cities", "fields": "city_id"}},
            {"fields": ["other_id"], "reference": {"resource": "cities", "fields": ["city_id"]}},
        ],
        "aicities:oneOf": [
            {
                "fields": "thing",
                "references": [
                    {"resource": "cities", "fields": "city_id"},
                    {"resource": "twins", "fields": "twin"},
                ],
            }
        ],
    },
}
RULES: list[dict[str, Any]] = [
    {
        "says": "A large city has people, unless it is new.",
        "when": {"size": ["large", "huge"]},
        "unless": {"note": "young"},
        "then": {"people": {"constraints": {"required": True, "minimum": 10}}},
    },
    {
        "says": "The score of a coast is a whole number.",
        "when": {"coastal": ["true"]},
        "then": {"score": {"type": "integer"}},
    },
    {"says": "Nobody is counted twice.", "ordered": ["people", "most"]},
    {"says": "A name is as long as its place.", "spans": ["start", "end", "name"]},
    {
        "says": "A city on its own names a city, or twins with a bar between.",
        "when": {"size": ["small"]},
        "refers": {
            "name": [
                {"resource": "cities", "fields": "city_id"},
                {"resource": "twins", "fields": "thing", "separator": "|"},
            ]
        },
    },
]
TEXTS = {
    "cities.csv": (
        "city_id,size,people,score,coastal,founded,census,note\n"
        "pek,huge,21,84.5,false,2024-01-31,2020,\n"
        'sha,large,24,,true,,,"by the sea, big"\n'
        "szx,,,-1e1,,,,NA\n"
    ),
    "twins.csv": "twin,city_id,other_id,thing\n1,pek,sha,szx\n2,sha,pek,1\n,szx,pek,\n",
}


def described(*resources: dict[str, Any]) -> dict[str, Any]:
    """A descriptor of these tables, or of both that stand above."""
    return {
        "name": "small",
        "profile": "tabular-data-package",
        "resources": copy.deepcopy(list(resources or (CITIES, TWINS))),
    }


def ruled() -> dict[str, Any]:
    """The small tables, the cities with four columns more and with rules."""
    package = described() | {"aicities:lists": {"young": ["new", "newer"]}}
    schema = package["resources"][0]["schema"]
    numbers = [{"name": name, "type": "integer"} for name in ("most", "start", "end")]
    schema["fields"] += [*numbers, {"name": "name", "type": "string"}]
    schema["aicities:rules"] = copy.deepcopy(RULES)
    return package


def write(folder: Path, *, descriptor: Any = None, **texts: str | bytes) -> Path:
    """Write the two small tables; ``cities="..."`` replaces a file's content, another name adds a file."""
    (folder / "datapackage.json").write_text(json.dumps(descriptor or described()), "utf-8")
    for name, content in (TEXTS | {f"{name}.csv": text for name, text in texts.items()}).items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
