"""``datapackage.json``: reading it, and making sure that it says what the loader relies on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .cells import DATES, TYPES, parse, parse_date
from .problems import DataError, quoted, wrong

FILE = "datapackage.json"
CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")
# Other dialects can be described, but are not read; lines that end with CRLF are read all the same.
DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}

# What a rule may ask for, and the types of the columns that two of these compare.
RULES: dict[str, list[list[str]]] = {
    "then": [],
    "refers": [],
    "ordered": [[kind, kind] for kind in ("integer", "number", "date", "year", "string")],
    "spans": [["integer", "integer", "string"]],
}


# Kept by content, not by name or time: the same text always means the same.
@lru_cache(maxsize=8)
def descriptor(text: str) -> dict[str, Any]:
    """The data package that this JSON describes, checked. Not to be changed by the caller.

    Raises DataError, which names the place, if it is not JSON or not what the loader can rely on.
    """
    try:
        package = json.loads(
            text, object_pairs_hook=_once, parse_constant=lambda text: _need(False, text, "a number that JSON knows")
        )
        # JSON can escape half of a surrogate pair, which no text file, table or terminal can hold.
        json.dumps(package, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        said = f"is not JSON ({error.msg}, character {error.colno} of the line)"
        raise wrong(FILE, said, "valid JSON", row=error.lineno) from None
    except DataError:
        raise
    except (RecursionError, ValueError) as error:
        raise wrong(FILE, f"cannot be read as JSON ({error})", "a data package") from None
    _check_package(package)
    return package


def as_list(keys: Any) -> list[str]:
    """Column names that the schema may give as one text or as a list."""
    return [keys] if isinstance(keys, str) else list(keys or [])


def required(schema: dict[str, Any]) -> set[str]:
    """The columns that must not be empty: those marked so, and the primary key."""
    marked = {field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")}
    return marked | set(as_list(schema.get("primaryKey")))


def unique_keys(schema: dict[str, Any]) -> list[list[str]]:
    """Columns of which each value stands once: those marked so, and the primary key."""
    alone = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    primary = as_list(schema.get("primaryKey"))
    return alone if not primary or primary in alone else [*alone, primary]


def references(schema: dict[str, Any]) -> Iterator[tuple[list[str], list[dict[str, Any]]]]:
    """Both kinds of reference as one: columns here, and the tables of which exactly one has their value."""
    for rule in schema.get("foreignKeys", []):
        yield as_list(rule["fields"]), [rule["reference"]]
    for rule in schema.get("aicities:oneOf", []):
        yield as_list(rule["fields"]), rule["references"]


def narrowed(field: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The field as a rule changes it: another type, or constraints instead of its own."""
    return {**field, "aicities:ordered": False, "constraints": {}, **changes}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    described: dict[str, Any] = {}
    for key, value in pairs:
        _need(key not in described, f"the key {quoted(key)}", "each key once in an object")
        described[key] = value
    return described


def _need(right: object, where: str, expected: str) -> None:
    if not right:
        raise wrong(FILE, f"is wrong at {where}", expected)


def _check_package(package: Any) -> None:
    _need(isinstance(package, dict), "the top", "an object with 'resources'")
    resources = package.get("resources")
    _need(isinstance(resources, list) and resources, "resources", "a list of at least one table")
    columns: dict[str, list[str]] = {}
    for number, resource in enumerate(resources):
        _check_resource(resource, f"resources[{number}]")
        name = resource["name"]
        _need(name not in columns, f"resources[{number}].name", f"a name of its own, not {quoted(name)} again")
        columns[name] = [field["name"] for field in resource["schema"]["fields"]]
    lists = package.get("aicities:lists", {})
    _need(isinstance(lists, dict) and all(map(_are_texts, lists.values())), "aicities:lists", "lists of texts by name")
    for resource in resources:
        _check_keys(resource["name"], resource["schema"], columns)
        rules = resource["schema"].get("aicities:rules", [])
        _need(isinstance(rules, list), f"{resource['name']}.aicities:rules", "a list")
        for number, rule in enumerate(rules):
            where = f"{resource['name']}.aicities:rules[{number}]"
            _check_rule(rule, where, resource["schema"], columns, lists)


def _check_resource(resource: Any, where: str) -> None:
    _need(isinstance(resource, dict), where, "an object with name, path and schema")
    _need(_is_text(resource.get("name")), f"{where}.name", "a name")
    _need(_is_local(resource.get("path")), f"{where}.path", "the name of a file inside the data folder")
    dialect = resource.get("dialect", {})
    plain = isinstance(dialect, dict) and all(DIALECT.get(key) == dialect[key] for key in dialect)
    _need(plain, f"{where}.dialect", f"no other than {DIALECT}")
    _need(resource.get("encoding", "utf-8") in ("utf-8", "UTF-8"), f"{where}.encoding", "utf-8")
    schema = resource.get("schema")
    _need(isinstance(schema, dict), f"{where}.schema", "an object with 'fields'")
    fields = schema.get("fields")
    where = f"{resource['name']}.fields"
    _need(isinstance(fields, list) and fields, where, "a list of at least one column")
    _need(schema.get("missingValues", [""]) == [""], f"{where}: missingValues", '[""], the empty cell only')
    for number, field in enumerate(fields):
        _need(isinstance(field, dict), f"{where}[{number}]", "an object with name and type")
        _need(_is_text(field.get("name")), f"{where}[{number}].name", "a name")
        _check_field(field, f"{resource['name']}.{field['name']}")
    names = [field["name"] for field in fields]
    _need(len(set(names)) == len(names), where, "each column once")


def _check_field(field: dict[str, Any], where: str) -> None:
    kind = field.get("type")
    named = all(isinstance(field.get(key, ""), str) for key in ("title", "description", "unit"))
    _need(named, where, "title, description and unit as texts")
    _need(kind in TYPES, f"{where}.type", f"one of {', '.join(TYPES)}")
    formats = ("default", "uri") if kind == "string" else ("default",)
    _need(field.get("format", "default") in formats, f"{where}.format", " or ".join(formats))
    for key in ("trueValues", "falseValues"):
        _need(_are_texts(field.get(key, [])), f"{where}.{key}", "a list of texts")
    limits = field.get("constraints", {})
    _need(isinstance(limits, dict), f"{where}.constraints", "an object")
    where = f"{where}.constraints"
    _need(limits.keys() <= set(CONSTRAINTS), where, f"only {', '.join(CONSTRAINTS)}")
    for key in limits.keys() & {"required", "unique"}:
        _need(isinstance(limits[key], bool), f"{where}.{key}", "true or false")
    for key in limits.keys() & {"minLength", "maxLength"}:
        right = kind == "string" and type(limits[key]) is int and limits[key] >= 0
        _need(right, f"{where}.{key}", "a whole number, on a string")
    for key in limits.keys() & {"minimum", "maximum"}:
        _need(kind not in ("string", "boolean"), f"{where}.{key}", "a type that has an order")
        _need(_is_value(limits[key], field), f"{where}.{key}", f"a value of type {kind}")
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum")):
        right = low not in limits or limits[low] <= limits.get(high, limits[low])
        _need(right, f"{where}.{low}", f"no more than {high}")
    if "enum" in limits:
        enum = limits["enum"]
        listed = isinstance(enum, list) and enum and kind in ("string", "integer", "year", "number")
        _need(listed, f"{where}.enum", "a list of values, on a string or a number")
        _need(all(_is_value(value, field) for value in enum), f"{where}.enum", f"values of type {kind}")
        _need(len(set(enum)) == len(enum), f"{where}.enum", "each value once")
    if "pattern" in limits:
        _need(_is_pattern(limits["pattern"]), f"{where}.pattern", "a regular expression")
    if field.get("aicities:ordered"):
        _need(kind == "string" and "enum" in limits, f"{where}: aicities:ordered", "a string with an enum")
    if "aicities:date" in field:
        right = kind in ("string", "date") and field["aicities:date"] in [*DATES]
        _need(right, f"{where}: aicities:date", f"one of {', '.join(DATES)}, on a string or date")
    most = field.get("aicities:digits", 1)
    _need(type(most) is int and 0 < most < 16, f"{where}: aicities:digits", "a whole number from 1 to 15")


def _check_keys(name: str, schema: dict[str, Any], columns: dict[str, list[str]]) -> None:
    def known(keys: Any, table: str) -> bool:
        listed = [keys] if isinstance(keys, str) else keys
        return _are_texts(listed) and 0 < len(listed) == len(set(listed) & set(columns[table]))

    def refers(keys: Any, reference: Any) -> bool:
        if not isinstance(reference, dict) or not isinstance(reference.get("resource"), str):
            return False
        table, there = reference["resource"] or name, reference.get("fields")
        return table in columns and known(there, table) and len(as_list(keys)) == len(as_list(there))

    if "primaryKey" in schema:
        _need(known(schema["primaryKey"], name), f"{name}.primaryKey", "columns of this table")
    for kind in ("foreignKeys", "aicities:oneOf"):
        rules = schema.get(kind, [])
        _need(isinstance(rules, list), f"{name}.{kind}", "a list")
        for rule in rules:
            _need(isinstance(rule, dict), f"{name}.{kind}", "a list of objects")
            _need(known(rule.get("fields"), name), f"{name}.{kind}", "columns of this table as 'fields'")
            targets = [rule.get("reference")] if kind == "foreignKeys" else rule.get("references")
            right = isinstance(targets, list) and targets and all(refers(rule["fields"], x) for x in targets)
            _need(right, f"{name}.{kind}", "a table of this package, and as many of its columns")


def _check_rule(rule: Any, where: str, schema: dict[str, Any], columns: dict[str, list[str]], lists: Any) -> None:
    """What the forms of a rule mean stands at the head of ``_rules``."""
    fields = {field["name"]: field for field in schema["fields"]}
    _need(isinstance(rule, dict) and _is_text(rule.get("says")), f"{where}.says", "a sentence")
    forms = sorted(rule.keys() - {"says", "when", "unless"})
    _need(len(forms) == 1 and forms[0] in RULES, where, f"says, when, unless and one of {', '.join(RULES)}")
    for part in ("when", "unless", "then", "refers"):
        asked = rule.get(part, {})
        by_column = isinstance(asked, dict) and asked.keys() <= fields.keys() and (asked or part not in rule)
        _need(by_column, f"{where}.{part}", "columns of this table, each with what is asked of it")
    for part in ("when", "unless"):
        for column, values in rule.get(part, {}).items():
            _check_case(values, f"{where}.{part}.{column}", fields[column], lists)
    for column, changes in rule.get("then", {}).items():
        _check_changes(changes, f"{where}.then.{column}", fields[column])
    for column, targets in rule.get("refers", {}).items():
        known = isinstance(targets, list) and targets and all(_is_target(target, columns) for target in targets)
        _need(known, f"{where}.refers.{column}", "tables of this package, each with one column as 'fields'")
    if RULES[forms[0]]:
        named = rule[forms[0]]
        kinds = [fields[name]["type"] for name in named if name in fields] if _are_texts(named) else []
        right = kinds in RULES[forms[0]] and len(kinds) == len(named)
        right = right and (kinds != ["string", "string"] or all("aicities:date" in fields[name] for name in named))
        _need(right, f"{where}.{forms[0]}", f"columns of this table, of types {RULES[forms[0]]}")


def _check_case(values: Any, where: str, field: dict[str, Any], lists: dict[str, list[str]]) -> None:
    listed: Any = lists.get(values) if isinstance(values, str) else values
    texts = [one for one in listed if one != ""] if isinstance(listed, list) else listed  # "" is an empty cell
    _need(_are_texts(texts) and listed, where, "a list of texts, or the name of one in aicities:lists")
    # A value that no cell can have would make a rule that never speaks.
    enum = field.get("constraints", {}).get("enum", texts)
    _need(set(texts) <= set(map(str, enum)), where, "allowed values of that column")


def _check_changes(changes: Any, where: str, field: dict[str, Any]) -> None:
    right = isinstance(changes, dict) and changes and changes.keys() <= {"type", "constraints"}
    _need(right, where, "type, constraints or both")
    _check_field(narrowed(field, changes), where)
    _need("unique" not in changes.get("constraints", {}), where, "no unique, which is said of the column")


def _is_target(target: Any, columns: dict[str, list[str]]) -> bool:
    if not isinstance(target, dict) or not isinstance(target.get("resource"), str):
        return False
    known = isinstance(target.get("fields"), str) and target["fields"] in columns.get(target["resource"], [])
    return known and ("separator" not in target or _is_text(target["separator"]))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(map(_is_text, values))


def _is_local(path: Any) -> bool:
    return _is_text(path) and ".." not in re.split(r"[/\\]", path) and not re.match(r"[/\\]|.*[:\0]", path)


def _is_value(value: Any, field: dict[str, Any]) -> bool:
    if field["type"] == "date":
        return isinstance(value, str) and parse_date(value) is not None
    if field["type"] == "string":
        return _is_text(value)
    if field["type"] == "number":
        return type(value) in (int, float)
    return type(value) is int and parse(str(value), field)[1] is None


def _is_pattern(pattern: Any) -> bool:
    try:
        return _is_text(pattern) and re.compile(pattern) is not None
    except (re.error, OverflowError, RecursionError):
        return False
