"""Ways to spoil a good input: bytes, a CSV file, a JSON document, the words of a command.

Every function takes a `random.Random`, so that the same seed spoils in the same way again.
"""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Sequence
from random import Random
from typing import Any

CELLS = (
    *("NaN", "nan", "NA", "N/A", "null", "None", "-", "inf", "-inf", "Infinity", "1e400", "-1e400", "-0", "-0.0"),
    *("1_000", "1,5", "+1", "01", "1.", ".5", "1e-400", "0x10", "9" * 400, "9007199254740993", "٣", "１２", "½"),
    *("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", '=HYPERLINK("x")', "#REF!"),
    *(" 1", "1 ", "", " ", "true", "TRUE", "yes", "0", "1", "2024-02-30", "2024-08-02", "0000-00-00", "12/31/2024"),
    *("<script>alert(1)</script>", "a\nb", "a\r\nb", "\u2028", "\u202e", "\ufeff", "\x85", "\x1b[31m", "上海", "😀"),
    *('"', '""', "'", "\\", "../x", "/etc/passwd", "%s", "{0}", "x" * 3000, "é" * 24, "Beijing", "I001"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**63, 10**400, 1.5, -0.0, 1e308, "", " ", "x", "a\nb", "\0", "\ud800", "é"),
    *([], {}, [[]], [None], {"": ""}, {"name": "x"}, ["x", "x"], "string", "integer", "year", "date", "boolean"),
    *("../x.csv", "/x.csv", "places.csv", "c:\\x", "x" * 300 + ".csv", ".", "a/b.csv", "2024-02-30", "[", "(?P<a>"),
    *("(" * 3000, "a{99999999999999999999}", "(?i)x", "\\", "<b>", "| x |", "```", "$x$", "![](x)", "[a](b(c)"),
)
KEYS = ("name", "path", "type", "fields", "constraints", "enum", "pattern", "minimum", "maximum", "required", "unique")
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "latin-1", "gb18030", "shift_jis", "utf-7", "utf-8-sig", "cp037")
BYTES = (b"\0", b"\xef\xbb\xbf", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\r", b"\n", b'"', b",", b";", b"\t", b"\x1a")
HUGE = 140_000  # over the 131,072 characters that Python's csv module allows in a cell


def raw(rng: Random, content: bytes) -> bytes:
    """Spoil bytes: insert, flip, cut, repeat, drop, or encode otherwise."""
    here, there = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    kind = rng.randrange(8)
    if kind == 0:
        return content[:here] + rng.choice(BYTES) + content[here:]
    if kind == 1:
        return content[:here] + rng.randbytes(rng.randint(1, 4)) + content[here + 1 :]
    if kind == 2:
        return content[:here]
    if kind == 3:
        return content[:here] + content[there:]
    if kind == 4:
        return content[:there] + content[here:]
    if kind == 5:
        return content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")
    if kind == 6:
        ends = rng.choice([(b"\n", b"\r\n"), (b"\n", b"\r"), (b"\n", b"\n\n"), (b",", b";"), (b",", b"\t")])
        return content.replace(*ends, rng.choice([-1, 1, 2]))
    return rng.choice([b"\xef\xbb\xbf" + content, content.rstrip(b"\n"), content + b"\n", content + b"\x1a", b""])


def table(rng: Random, content: bytes) -> bytes:
    """Spoil a CSV file: a cell, a row or the header of it."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return raw(rng, content)
    if not any(rows):
        return raw(rng, content)
    row = rng.choice([row for row in rows if row])
    place = rng.randrange(len(row))
    kind = rng.randrange(10)
    if kind <= 3:
        row[place] = rng.choice(CELLS)
    elif kind == 4:
        row[place] = rng.choice(row)
    elif kind == 5:
        row.insert(place, rng.choice(CELLS))
    elif kind == 6:
        del row[place]
    elif kind == 7:
        rows.insert(rng.randrange(len(rows) + 1), rng.choice([list(row), [], [""], ["x"] * len(row)]))
    elif kind == 8:
        rng.shuffle(rng.choice([rows[0], rows, row]))
    else:
        row[place] = rng.choice(["x" * HUGE, row[place].upper(), row[place] * 2, row[place] + "\0", ""])
    written = io.StringIO()
    ends, everywhere = rng.choice(["\n", "\n", "\r\n"]), rng.random() < 0.3
    writer = csv.writer(written, lineterminator=ends, quoting=csv.QUOTE_ALL if everywhere else csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8")


def document(rng: Random, value: Any, *, keys: Sequence[str] = KEYS) -> Any:
    """A JSON value with one thing in it replaced, dropped, doubled, added or put elsewhere."""
    value = copy.deepcopy(value)
    places = [(parent, key) for parent in _containers(value) for key in _keys(parent)]
    if not places:
        return rng.choice(VALUES)
    parent, key = rng.choice(places)
    kind = rng.randrange(6)
    if kind <= 2:
        parent[key] = rng.choice(VALUES)
    elif kind == 3:
        del parent[key]
    elif kind == 4:
        other, there = rng.choice(places)
        parent[key] = copy.deepcopy(other[there])
    elif isinstance(parent, dict):
        parent[rng.choice(keys)] = rng.choice(VALUES)
    else:
        parent.insert(key, copy.deepcopy(rng.choice([parent[key], *VALUES])))
    return value


def json_bytes(rng: Random, value: Any) -> bytes:
    """A JSON document as a file, now and then spoilt as a text too."""
    content = json.dumps(value).encode()
    kind = rng.randrange(12)
    if kind == 0:
        return raw(rng, content)
    if kind == 1:
        return content.replace(b"null", rng.choice([b"NaN", b"-Infinity", b"1e999", b"[" * 20_000]), 1)
    if kind == 2:
        return content.replace(b"{", b'{"name": "twice", ', rng.choice([1, 3]))
    return content


def words(rng: Random, command: Sequence[str], known: Sequence[str]) -> list[str]:
    """The words of a command with up to three of them replaced, dropped, added or put elsewhere."""
    said = list(command)
    for _ in range(rng.randint(0, 3)):
        place = rng.randrange(len(said) + 1)
        kind = rng.randrange(4)
        if kind <= 1:
            said[place : place + kind] = [_word(rng, known)]
        elif kind == 2:
            del said[place : place + 1]
        else:
            rng.shuffle(said)
    return said


def _word(rng: Random, known: Sequence[str]) -> str:
    word = rng.choice(known)
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(CELLS)
    if kind == 1:
        return raw(rng, word.encode()).decode("utf-8", "surrogateescape")
    return word + rng.choice(known) if kind == 2 else word


def _containers(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(found for one in inner for found in _containers(one))]


def _keys(container: Any) -> list[Any]:
    return list(container) if isinstance(container, dict) else list(range(len(container)))
