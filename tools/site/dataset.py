"""What search engines and data catalogues read: schema.org ``Dataset`` and Croissant, out of datapackage.json."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from aicities import __version__, tables

TYPES = {
    "integer": "sc:Integer",
    "year": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "key": "cr:key",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "source": "cr:source",
}


def croissant(folder: Path, *, site: str | None, tables_at: str, citation: str) -> dict[str, Any]:
    """The data package in the Croissant format (MLCommons, version 1.0), which is schema.org's ``Dataset`` and more.

    `tables_at` is the way from the record to the tables, where no address of the site is known.
    """
    base = f"{site}data/" if site else tables_at
    package = tables.package(folder=folder)
    resources = package["resources"]
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": package.get("description") or package["title"],
        "license": LICENCE,
        "version": __version__,
        "citeAs": citation,
        **({"url": site} if site else {}),
        "distribution": [_file(folder, resource, base) for resource in resources],
        "recordSet": [_records(resource) for resource in resources],
    }


def as_json(record: dict[str, Any]) -> str:
    """JSON for a page: no sequence in it can end the element that holds it."""
    return json.dumps(record, ensure_ascii=False, indent=1).replace("</", "<\\/")


def _file(folder: Path, resource: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "contentUrl": f"{base}{resource['path']}",
        "encodingFormat": "text/csv",
        "sha256": hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest(),
    }


def _records(resource: dict[str, Any]) -> dict[str, Any]:
    name = resource["name"]
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{field['name']}",
            "name": field["name"],
            "description": field.get("description", ""),
            "dataType": TYPES.get(field["type"], "sc:Text"),
            "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
        }
        for field in resource["schema"]["fields"]
    ]
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}
