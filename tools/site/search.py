"""The texts of all pages as one script, so that the site can be searched without a server."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

LONGEST = 30_000  # characters of a page; the tables of facts and sources have their own search
BRIEF = 400  # of the pages of cities in other languages, whose tables are those of the English ones
TITLE = re.compile(r"<title>(.*?)(?: · aicities)?</title>", re.S)
MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.S)
HIDDEN = re.compile(r"<(script|style|pre|form|details(?= class=\"behind\"))\b.*?</\1>", re.S)
TAG = re.compile(r"<[^>]+>")
ADDRESS = re.compile(r"https?://\S+")  # nobody searches for one


def index(pages: list[Path], *, root: Path) -> str:
    """JavaScript that sets ``PAGES``: path, title and text of each page."""
    return f"globalThis.PAGES = {json.dumps([entry(page, root) for page in pages], ensure_ascii=False)};\n"


def entry(page: Path, root: Path) -> dict[str, str]:
    """Path, title and text of a page, without its code."""
    html = page.read_text("utf-8")
    title, main = TITLE.search(html), MAIN.search(html)
    if title is None or main is None:
        raise ValueError(f"{page.name} has no title or no main part; expected both")
    text = ADDRESS.sub(" ", unescape(TAG.sub(" ", HIDDEN.sub(" ", main[1]))))
    path = page.relative_to(root).as_posix()
    words = re.sub(r"\s+", " ", text).strip()[: BRIEF if "/cities/" in path else LONGEST]
    return {"path": path, "title": unescape(title[1]), "text": words}
