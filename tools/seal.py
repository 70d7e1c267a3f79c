"""Checksums of what no test can judge: words, published figures, licences, what the workflows run.

    python -m tools.seal            name what is not as it was sealed; exit status 1 if there is such
    python -m tools.seal --renew    show what changed since it was sealed, line by line, and seal it
    python -m tools.seal --data     the same for tables, by row; their `hash` and `bytes` stand in datapackage.json

Whoever turns a sentence round, exchanges two names or raises a figure within its type breaks no rule. The seal makes
that a change which somebody has looked at. It stands in SHA256SUMS, which `sha256sum --check` reads as well, and for
each table in datapackage.json, where every reader of data packages looks. Sealed is all that git knows but for Python:
its tests judge what code does, and a seal to renew after each line would be in everybody's way.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import difflib
import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.saving import save

ROOT = Path(__file__).resolve().parents[1]
SUMS = "SHA256SUMS"
PACKAGE = "data/datapackage.json"
UNSEALED = re.compile(rf"data/\w+\.csv|{SUMS}|.+\.py")  # tables have their seal in datapackage.json
MOST = 30  # lines of a file that are shown


def sealed(root: Path) -> dict[str, str]:
    """Path to checksum of every file that is to be sealed, as it is now; without git, of those that were sealed."""
    listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").decode("utf-8", "replace")
    paths = {path for path in listed.split("\0") if path and not UNSEALED.fullmatch(path)} or {*written(root)}
    return {path: checksum((root / path).read_bytes()) for path in sorted(paths) if (root / path).is_file()}


def git(root: Path, *words: str) -> bytes:
    """What git says; nothing where there is none, or it fails."""
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""


def checksum(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def written(root: Path) -> dict[str, str]:
    """Path to checksum as SHA256SUMS has them."""
    file = root / SUMS
    text = file.read_text("utf-8") if file.exists() else ""
    return {path: checksum for checksum, path in re.findall(r"^([0-9a-f]{64})  (.+)$", text, re.M)}


def broken(root: Path) -> list[str]:
    """The files that are not as they were sealed, be they changed, new or gone; and the tables."""
    now, before = sealed(root), written(root)
    told = [path for path in sorted({*now, *before}) if now.get(path) != before.get(path)]
    return told + [
        f"data/{one['path']}" for one in resources(root) if seal_of(one, root) != {k: one.get(k) for k in KEYS}
    ]


KEYS = ("hash", "bytes")


def resources(root: Path) -> list[dict[str, Any]]:
    """The tables that datapackage.json declares."""
    found: list[dict[str, Any]] = json.loads((root / PACKAGE).read_text("utf-8"))["resources"]
    return found


def seal_of(resource: dict[str, Any], root: Path) -> dict[str, Any]:
    """What `hash` and `bytes` of a table are to be."""
    file = root / "data" / str(resource["path"])
    content = file.read_bytes() if file.exists() else b""
    return {"hash": f"sha256:{checksum(content)}", "bytes": len(content)}


def as_sealed(path: str, seal: str | None, root: Path) -> bytes | None:
    """A file as it was when it was sealed, or else at the last commit; None if git knows neither."""
    commits = ["HEAD", *git(root, "log", "--format=%h", "--max-count=200", "--", path).decode().split()] if seal else []
    versions = [git(root, "show", f"{commit}:./{path}") for commit in commits[:1]]
    for commit in commits:
        if checksum(content := git(root, "show", f"{commit}:./{path}")) == seal:
            return content
    return versions[0] if versions and versions[0] else None


def changed_lines(path: str, seal: str | None, root: Path) -> Iterator[str]:
    """How a file differs from what was sealed: a line on the file, then what was and what is, up to some lines."""
    before = as_sealed(path, seal, root)
    if before is None:
        known = "new, or not known to git: read it whole"
        yield f"{path}: {known if (root / path).exists() else 'the file is gone'}"
        return
    now = (root / path).read_bytes() if (root / path).exists() else None
    old, new = lines(path, before), lines(path, now or b"")
    told = [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if not re.match(r"---|\+\+\+|@@", line)]
    less, more = (sum(line[0] == sign for line in told) for sign in "-+")
    changed = f"{less} lines gone, {more} new" if told else "written in another way; no line changed"
    yield f"{path}: {'the file is gone' if now is None else changed}"
    yield from (f"  {line}" for line in told[:MOST])
    if len(told) > MOST:
        yield f"  … and {len(told) - MOST} more: git diff -- {path}"


def lines(path: str, content: bytes) -> list[str]:
    """A file as lines that can be read: of a notebook, what is typed and shown; of a picture, its checksum."""
    if path.endswith(".ipynb"):
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            return list(cells(json.loads(content)))
    text = content.decode("utf-8", "replace")
    shown = [f"{len(content)} bytes, SHA-256 {checksum(content)}"] if "\0" in text else text.splitlines()
    return ["".join(char if char.isprintable() else ascii(char)[1:-1] for char in line) for line in shown]


def cells(notebook: dict[str, Any]) -> Iterator[str]:
    """The lines of a notebook: sources, and outputs by type."""
    for cell in notebook["cells"]:
        yield from lines("", "".join(cell["source"]).encode())
        for output in cell.get("outputs", []):
            for kind, shown in ({"text": output["text"]} if "text" in output else output.get("data", {})).items():
                content = "".join(shown).encode()
                yield from lines("", content) if kind.startswith("text") else [f"[{kind}, {checksum(content)}]"]


def changed_rows(resource: dict[str, Any], root: Path) -> Iterator[str]:
    """How a table differs from what was sealed: its rows by key, with each cell that changed."""
    path = f"data/{resource['path']}"
    before = as_sealed(path, str(resource.get("hash", "")).removeprefix("sha256:"), root)
    if before is None:
        yield f"{path}: new, or not known to git: read it whole"
        return
    schema = resource["schema"]
    keys = schema.get("primaryKey", [])
    texts = before.decode("utf-8", "replace"), read(root / path)
    old, new = (rows(text, [keys] if isinstance(keys, str) else keys) for text in texts)
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            yield f"{path}: {', '.join(key)}: row {'added' if was is None else 'dropped'}"
            continue
        for column in dict.fromkeys([*was, *now]):
            if was.get(column) != now.get(column):
                yield f"{path}: {', '.join(key)}: {column}: {was.get(column)!r} -> {now.get(column)!r}"


def read(path: Path) -> str:
    """The text of a file with its line ends; empty if there is none."""
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else ""


def rows(text: str, keys: list[str]) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows of a table by their key, or by all that they hold."""
    found = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(str(row.get(key)) for key in keys) or tuple(map(str, row.values())): row for row in found}


def renew_tables(root: Path) -> None:
    """Print which rows changed, and write `hash` and `bytes` of each table."""
    package = json.loads((root / PACKAGE).read_text("utf-8"))
    for one in package["resources"]:
        fresh = seal_of(one, root)
        if fresh != {key: one.get(key) for key in KEYS}:
            print("\n".join(changed_rows(one, root)) or f"data/{one['path']}: written in another way; no row changed")
            schema = one.pop("schema")
            one |= fresh | {"schema": schema}  # the long part stays last
    content = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    save(root / PACKAGE, content.encode())


def renew(root: Path, paths: list[str]) -> None:
    """Print how files changed, and write their checksums."""
    now, before = sealed(root), written(root)
    for path in sorted(paths, key=lambda path: path.endswith(".py")):  # words first
        if now.get(path) != before.get(path):
            print("\n".join(changed_lines(path, before.get(path), root)))
    kept = {path: checksum for path, checksum in before.items() if path not in paths}
    fresh = kept | {path: now[path] for path in paths if path in now}
    text = "".join(f"{fresh[path]}  {path}\n" for path in sorted(fresh))
    save(root / SUMS, text.encode())


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.seal", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--renew", action="store_true", help="show what changed in texts, and seal it")
    parser.add_argument("--data", action="store_true", help="show which rows changed, and seal the tables")
    options = parser.parse_args(arguments)
    if options.data:
        renew_tables(ROOT)
        renew(ROOT, [PACKAGE])
    if options.renew:
        renew(ROOT, sorted({*sealed(ROOT), *written(ROOT)} - {PACKAGE}))
    if options.data or options.renew:
        return 0
    told = broken(ROOT)
    for path in told:
        command = "make data" if path.startswith("data/") and path != "data/README.md" else "make seal"
        print(f"{path} is not as it was sealed: read what changed, then `{command}`", file=sys.stderr)
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
