"""House rules on what GitHub shows of a notebook, and on what must not stand in a public file."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from tools.rules.view import FENCE, HEADING, LINK, Found, Notebook

COLUMNS, LINE, NOTEBOOK_KB = 8, 120, 500

HOST = re.compile(r"(?:(?<!\w)\w{1,20}:)?//[^\s)>\]]+|\bwww\.[^\s)>\]]*|\bmailto:\S*|[\w.]+@\w+\.\w+", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.:/<~])/(?:[\w.-]+/)+[\w.-]+|\b[A-Za-z]:\\\w")
REGISTRY = re.compile("|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)"]))

HIDING = {  # what shows less than is typed, or something else
    "HTML": r"<[A-Za-z/!?]\S*",
    "an entity": r"&#?\w+;",
    "a formula": r"\$\S*",
    "text struck through": r"~~\S*",
    "a backslash": r"\\[^_]",
    "a picture": r"!\[",
    "a definition": r"^ *\[[^\]]*\]:.*",
    "a block of code": r"^ *(?:```|~~~).*|^(?: {4}|\t).*",
    "a link with a title": r"\]\([^)]*\s[^)]*\)",
    "a mark inside a word": r"\w(?:\*+[.,]?|`)\w+|``|\)\[\S*",
}
SAFE = {"text/plain", "text/html", "text/markdown", "image/png"}
TABLE_TAGS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"}
TABLE_ATTRIBUTES = {
    "class": r"dataframe",
    "style": r"text-align: (left|right|center);",
    "border": r"\d",
    "(col|row)span": r"\d+",
    "h?v?align": r"\w+",
    "scope": r"col|row",
}


def mimetypes(notebook: Notebook) -> Found:
    """Outputs are text, tables, Markdown and PNG; no widget, script or SVG."""
    for n, output in notebook.outputs():
        for mimetype in sorted(set(output.get("data", {})) - SAFE):
            yield n, f"an output of type {mimetype}", f"one of {', '.join(sorted(SAFE))}"


def html(notebook: Notebook) -> Found:
    """HTML outputs are bare tables, as figures.table() writes them: no style, script, id or link."""
    for n, text in notebook.data("text/html"):
        for tag, attributes in Tags(text).seen:
            if tag not in TABLE_TAGS:
                yield n, f"<{tag}> in an HTML output", "a bare table (figures.table(frame))"
            for name, value in attributes:
                allowed = (v for k, v in TABLE_ATTRIBUTES.items() if re.fullmatch(k, name))
                if not any(re.fullmatch(pattern, value or "") for pattern in allowed):
                    yield n, f"{name}={value!r} in an HTML output", "a bare table (figures.table(frame))"


def plain(notebook: Notebook) -> Found:
    """Markdown is headings, paragraphs, lists, tables, emphasis, `code` and links: all that is typed is shown."""
    for n, text in notebook.markdown() + notebook.data("text/markdown"):
        text = re.sub(r"`[^`\n]+`", "`", text)
        for what, pattern in HIDING.items():
            if found := re.search(pattern, text, re.M):
                yield (
                    n,
                    f"{what} in Markdown, {found[0].strip()[:40]!r}",
                    "plain Markdown, which shows all that is typed",
                )
    for n, _ in notebook.markdown():
        if notebook.cells[n - 1].get("attachments"):
            yield n, "an attachment", "a figure, or a file"


def links(notebook: Notebook) -> Found:
    """Links lead to files, not to a notebook's heading, and to hosts if computed; pictures have alternative text."""
    for n, text in notebook.prose():
        for mark, label, target in LINK.findall(text):
            if mark and not label.strip():
                yield n, f"the picture {target} has no alternative text", "![what is to be seen](file)"
            if (told := re.search(r"\b\d\d\b", label)) and target.endswith(".ipynb") and not target.startswith(told[0]):
                yield n, f"the link to {told[0]} leads to {target}", "the notebook of that number"
            if fault := broken(target, folder=notebook.path.parent, picture=bool(mark)):
                yield n, f"the link {target} {fault}", "a relative link to a file of the project, or https"
    typed = [(n, cell.source) for n, cell in enumerate(notebook.cells, start=1)]
    for n, source in typed:  # a computed address is compared, a typed one is not
        for address in HOST.findall(unescape(source)):
            yield n, f"the typed address {address}", "the computed address of a source, or none"


def broken(target: str, *, folder: Path, picture: bool) -> str:
    """What is wrong with a link's target; empty if nothing is."""
    if re.match(r"https?://", target) and not picture:
        return ""
    if re.match(r"[A-Za-z][\w+.-]*:", target) or target.startswith("/"):
        return "is neither relative nor to a page of the web"
    name, _, anchor = target.partition("#")
    file = folder / unquote(name)
    if not name or (anchor and file.suffix == ".ipynb"):
        return "leads to a heading of a notebook, which GitHub does not find"
    if not file.exists():
        return "leads to no file"
    if anchor and anchor not in anchors(file.read_text("utf-8")):
        return "leads to a heading that is not there"
    return ""


def anchors(text: str) -> set[str]:
    """The names that GitHub gives to the headings of a Markdown file."""
    titles = [title.lower() for _, title in HEADING.findall(FENCE.sub("", text))]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def columns(notebook: Notebook) -> Found:
    """Tables have at most 8 columns, and nothing of them is left out."""
    for n, text in notebook.data("text/html"):
        table = Tags(text)
        if max(table.widths, default=0) > COLUMNS:
            yield n, f"a table of {max(table.widths)} columns", f"at most {COLUMNS}"
        if "..." in table.texts:
            yield n, "rows or columns of the table are left out", "all of a smaller table"
    for n, text in notebook.prose():
        if re.search(r"\| \.\.\. \|", text):
            yield n, "rows or columns of the table are left out", "all of a smaller table"
        for row in re.findall(r"^\s*\|(.*)\|\s*$", text, re.M):
            if len(cells := re.split(r"(?<!\\)\|", row)) > COLUMNS:
                yield n, f"a table of {len(cells)} columns", f"at most {COLUMNS}"
                break


def lines(notebook: Notebook) -> Found:
    """No line of an output that is shown as text is longer than 120 characters."""
    for n, output in notebook.outputs():
        data = output.get("data", {})
        text = output.get("text", "") or (data.get("text/plain", "") if len(data) == 1 else "")
        longest = max(map(len, text.splitlines()), default=0)
        if longest > LINE:
            yield n, f"a line of {longest} characters", f"at most {LINE} (figures.table() for a table)"


def addresses(notebook: Notebook) -> Found:
    """No path of somebody's machine and no address of a package registry, in source or output."""
    texts = [(n, cell.source) for n, cell in enumerate(notebook.cells, start=1)]
    texts += [(n, output.get("text", "")) for n, output in notebook.outputs()]
    texts += [item for mimetype in sorted(SAFE - {"image/png"}) for item in notebook.data(mimetype)]
    for n, text in texts:
        for found in MACHINE_PATH.findall(text):
            yield n, f"the absolute path {found!r}", "a relative path, or none"
        for found in REGISTRY.findall(text):
            yield n, f"the address of a package registry, {found!r}", "none"


def budget(notebook: Notebook) -> Found:
    """At most 500 kB a notebook: seven pictures whose type a phone can show."""
    size = notebook.path.stat().st_size
    if size > NOTEBOOK_KB * 1000:
        yield 0, f"a notebook of {size // 1000} kB", f"at most {NOTEBOOK_KB} kB"


class Tags(HTMLParser):
    """What an HTML text consists of: tags with attributes, cells in each row, texts."""

    def __init__(self, text: str) -> None:
        """Read the text."""
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.widths: list[int] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag; count it if it is a table's cell."""
        self.seen.append((tag, attrs))
        if tag == "tr":
            self.widths.append(0)
        elif tag in ("td", "th") and self.widths:
            self.widths[-1] += int(dict(attrs).get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.texts.append(data.strip())


RULES = (mimetypes, html, plain, links, columns, lines, addresses, budget)
