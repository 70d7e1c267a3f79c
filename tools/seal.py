"""Checksums of what no test can judge: words, published figures, licences, what the workflows run.

    python -m tools.seal            name what is not as it was sealed; exit status 1 if there is such
    python -m tools.seal --renew    show what changed since the last commit, line by line, and seal it
    python -m tools.seal --data     the same for tables, by row; their `hash` and `bytes` stand in datapackage.json

Whoever turns a sentence round, exchanges two names or raises a figure within its type breaks no rule. The seal makes
that a change which somebody has looked at. It stands in SHA256SUMS, which `sha256sum --check` reads as well, and for
each table in datapackage.json, where every reader of data packages looks.
"""

from __future__ import annotations

import argparse
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

ROOT = Path(__file__).resolve().parents[1]
SUMS = "SHA256SUMS"
PACKAGE = "data/datapackage.json"
SEALED = (
    PACKAGE,
    "README*.md",
    "LICENSE*",
    "CITATION.cff",
    "requirements*.lock",
    "src/**/*.toml",
    "tools/**/*.toml",
    "tools/site/templates/*",
    "benchmarks/results/*",
    ".ci/run",
    ".github/workflows/*",
)


def sealed(root: Path) -> dict[str, str]:
    """Path to checksum of every file that is to be sealed, as it is now."""
    files = sorted({path for pattern in SEALED for path in root.glob(pattern) if path.is_file()})
    return {path.relative_to(root).as_posix(): checksum(path.read_bytes()) for path in files}


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


def resources(root: Path) -> list[dict[str, object]]:
    """The tables that datapackage.json declares."""
    found: list[dict[str, object]] = json.loads((root / PACKAGE).read_text("utf-8"))["resources"]
    return found


def seal_of(resource: dict[str, object], root: Path) -> dict[str, object]:
    """What `hash` and `bytes` of a table are to be."""
    file = root / "data" / str(resource["path"])
    content = file.read_bytes() if file.exists() else b""
    return {"hash": f"sha256:{checksum(content)}", "bytes": len(content)}


def committed(path: str, root: Path) -> str | None:
    """The text of a file at the last commit; None where there is no git, or no such file."""
    done = subprocess.run(["git", "show", f"HEAD:./{path}"], cwd=root, capture_output=True)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def changed_lines(path: str, root: Path) -> Iterator[str]:
    """How a file differs from the last commit."""
    before = committed(path, root)
    if before is None:
        yield f"{path}: new, or not known to git: read it whole"
        return
    now = (root / path).read_text("utf-8", "replace") if (root / path).exists() else ""
    yield from difflib.unified_diff(before.splitlines(), now.splitlines(), path, path, lineterm="", n=0)


def changed_rows(resource: dict[str, object], root: Path) -> Iterator[str]:
    """How a table differs from the last commit: its rows by key, with each cell that changed."""
    path = f"data/{resource['path']}"
    before = committed(path, root)
    if before is None:
        yield f"{path}: new, or not known to git: read it whole"
        return
    schema = resource["schema"]
    keys = schema.get("primaryKey", [])  # type: ignore[attr-defined]
    old, new = (rows(text, [keys] if isinstance(keys, str) else keys) for text in (before, read(root / path)))
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
            print(
                "\n".join(changed_rows(one, root))
                or f"data/{one['path']}: sealed; no row changed since the last commit"
            )
            schema = one.pop("schema")
            one |= fresh | {"schema": schema}  # the long part stays last
    content = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    if content != (root / PACKAGE).read_text("utf-8"):
        (root / PACKAGE).write_text(content, "utf-8", newline="\n")


def renew(root: Path, paths: list[str]) -> None:
    """Print how files changed, and write their checksums."""
    now, before = sealed(root), written(root)
    for path in paths:
        if now.get(path) != before.get(path):
            print("\n".join(changed_lines(path, root)) or f"{path}: sealed; nothing changed since the last commit")
    kept = {path: checksum for path, checksum in before.items() if path not in paths}
    fresh = kept | {path: now[path] for path in paths if path in now}
    text = "".join(f"{fresh[path]}  {path}\n" for path in sorted(fresh))
    (root / SUMS).write_text(text, "utf-8", newline="\n")


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
        command = "make data" if path.startswith("data/") else "make seal"
        print(f"{path} is not as it was sealed: read what changed, then `{command}`", file=sys.stderr)
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
