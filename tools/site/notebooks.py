"""A saved notebook as HTML: prose, code, and the richest form of each output."""

from __future__ import annotations

import base64
import re
import struct
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import mistune
from markupsafe import Markup
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from aicities.figures import WIDTH
from tools.notebook import title_of
from tools.rules.github import TABLE_TAGS
from tools.site.pictures import sources

HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>')
CAPTION = "**Figure "
CUT = "\0"  # between cells; no text of a notebook can hold it


class Page(NamedTuple):
    """A notebook ready to be put into a page."""

    name: str
    title: str
    opening: Markup
    body: Markup
    sections: list[tuple[str, Markup]]


def page_of(notebook: NotebookNode, name: str, *, markdown: mistune.Markdown, folder: Path) -> Page:
    """A notebook as HTML: its first cell as the opening, all others as the body.

    Figures become files of `folder`, named after the notebook.

    Raises:
        ValueError: an output that the site cannot show, or a figure without alternative text.
    """
    shown = Outputs(name, markdown, folder)
    parts = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            parts.append(str(markdown(cell.source)))
        elif cell.cell_type == "code":
            outputs = shown.html(cell.outputs, place=f"{name}, cell {number}")
            parts.append(code(cell.source) + "".join(outputs))
    opening, body = _unique_names(CUT.join(parts)).split(CUT, 1)
    sections = [(anchor, Markup(text)) for anchor, text in HEADING.findall(body)]
    return Page(name, title_of(notebook), Markup(opening), Markup(body.replace(CUT, "")), sections)


def code(source: str) -> str:
    """Python with its syntax marked by class names."""
    marked = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return f'<pre class="code" tabindex="0"><code>{marked.rstrip()}</code></pre>\n'


class Outputs:
    """Turns outputs of one notebook into HTML, and writes its figures."""

    def __init__(self, name: str, markdown: mistune.Markdown, folder: Path) -> None:
        self.name, self.markdown, self.folder = name, markdown, folder
        self.figures = 0

    def html(self, outputs: list[NotebookNode], *, place: str) -> list[str]:
        """Each output; a printed caption joins the figure above it."""
        parts: list[str] = []
        for output in outputs:
            data = output.get("data", {})
            if parts and parts[-1].endswith("</figure>\n") and data.get("text/markdown", "").startswith(CAPTION):
                caption = str(self.markdown(data["text/markdown"])).strip()
                parts[-1] = parts[-1].removesuffix("</figure>\n") + f"<figcaption>{caption}</figcaption></figure>\n"
            else:
                parts.append(self.one(output, place))
        return parts

    def one(self, output: NotebookNode, place: str) -> str:
        """One output in its richest form."""
        if output.output_type == "stream":
            return _plain(output.text)
        data: dict[str, Any] = output.get("data", {})
        if "image/png" in data:
            return self.figure(data["image/png"], output.metadata.get("image/png", {}).get("alt"), place)
        if "text/markdown" in data:
            return f'<div class="output">{self.markdown(data["text/markdown"])}</div>\n'
        if "text/html" in data:
            return bare_table(data["text/html"])
        if "text/plain" in data:
            return _plain(data["text/plain"])
        raise ValueError(f"{place}: the site cannot show an output of type {output.output_type}, {sorted(data)}")

    def figure(self, encoded: str, alt: str | None, place: str) -> str:
        """A figure as a file of its own, at the size at which the notebooks show it."""
        if not alt:
            raise ValueError(f"{place}: a figure without alternative text; expected figures.show(...)")
        content = base64.b64decode(encoded)
        width, height = png_size(content)
        self.figures += 1
        file = f"{self.name}-{self.figures}.png"
        self.folder.mkdir(exist_ok=True)
        (self.folder / file).write_bytes(content)
        size = f'width="{width}" height="{height}"'
        forms = [("PNG", file)]
        for ending in ("svg", "csv"):
            other = f"{self.name}-{self.figures}.{ending}"
            if (self.folder / other).is_file():
                forms.append((ending.upper() if ending == "svg" else "data as CSV", other))
        offered = " · ".join(f'<a href="{name}">{form}</a>' for form, name in forms)
        image = f'<picture>{sources(self.folder / file)}<img src="{file}" {size} alt="{escape(alt)}"></picture>'
        picture = f'<a href="{forms[1][1] if len(forms) > 1 else file}">{image}</a>'
        return f'<figure>{picture}<p class="quiet">Figure {self.figures} as {offered}</p></figure>\n'


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height at which a picture of the house is shown, in pixels."""
    width, height = struct.unpack(">II", content[16:24])
    shown = round(WIDTH * 100)
    return shown, round(height * shown / width)


def bare_table(html: str) -> str:
    """A table out of HTML: its structure and its text, and nothing else of it."""
    parser = _TableOnly(convert_charrefs=True)
    parser.feed(html)
    parser.close()
    table = "".join(parser.parts).strip()
    return f'<div class="scroll output" role="group" aria-label="Table" tabindex="0">{table}</div>\n'


class _TableOnly(HTMLParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.parts: list[str] = []
        self.in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in TABLE_TAGS:
            spans = {k: v for k, v in attrs if k in ("rowspan", "colspan") and v and v.isdecimal()}
            self.in_head = self.in_head or tag == "thead"
            scope = {"scope": "col" if self.in_head else "row"} if tag == "th" else {}
            written = "".join(f' {name}="{value}"' for name, value in (spans | scope).items())
            self.parts.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in TABLE_TAGS:
            self.in_head = self.in_head and tag != "thead"
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data))


def _plain(text: str) -> str:
    return f'<pre class="output" tabindex="0">{escape(text.rstrip())}</pre>\n'


def _unique_names(html: str) -> str:
    """Two headings of the same words get different ids, and each table its own name."""
    seen: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return match[0] if seen[match[1]] == 1 else f'id="{match[1]}-{seen[match[1]]}"'

    html = re.sub(r'(?<=<h\d )id="([^"]*)"', numbered, html)
    tables = iter(range(1, html.count('aria-label="Table"') + 1))
    return re.sub('aria-label="Table"', lambda _: f'aria-label="Table {next(tables)}"', html)
