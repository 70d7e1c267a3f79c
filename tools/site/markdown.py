"""Markdown of notebooks as HTML: raw HTML escaped, links led to the site's pages, tables in a frame that scrolls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Any

import mistune
from markupsafe import Markup

LINE_TAGS = re.compile(r"</?(?:br|sub|sup) ?/?>")  # what the house rules allow in prose
TAG = re.compile(r"<[^>]*>")


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, link: Callable[[str], str | None], facts: Mapping[str, str]) -> None:
        super().__init__(escape=True)
        self.follow, self.facts = link, facts

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Links to other hosts stay; all others are led to a page of the site, or are no links if there is none."""
        if re.match(r"[a-z]+:|//|#", url, re.IGNORECASE):
            return super().link(text, url, title)
        led = self.follow(url)
        return super().link(text, led, title) if led else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture, as HTML writes it."""
        return super().image(text, url, title).replace(" />", ">")

    def inline_html(self, html: str) -> str:
        """Only line breaks, and signs set lower or higher, are kept as tags."""
        return html if LINE_TAGS.fullmatch(html) else escape(html)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A heading with an id made of its words."""
        return f'<h{level} id="{slug(text)}">{text}</h{level}>\n'

    def codespan(self, text: str) -> str:
        """Code; the id of a fact leads to its evidence."""
        return self._to_fact(text, f"<code>{escape(text)}</code>")

    def block_code(self, code: str, info: str | None = None) -> str:
        """A block of code that can be scrolled from the keyboard."""
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'

    def table(self, text: str) -> str:
        """A table in a frame that can be scrolled from the keyboard."""
        return f'<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>\n{text}</table></div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """A cell; one that holds the id of a fact leads to its evidence."""
        kind = f' class="{align}"' if align in ("right", "center") else ""
        if head:
            return f'<th scope="col"{kind}>{text}</th>\n' if text else f"<td{kind}></td>\n"
        return f"<td{kind}>{self._to_fact(unescape(text), text)}</td>\n"

    def _to_fact(self, text: str, html: str) -> str:
        return f'<a href="{self.facts[text]}#{text}">{html}</a>' if text in self.facts else html


def renderer(link: Callable[[str], str | None], *, facts: Mapping[str, str] = MappingProxyType({})) -> mistune.Markdown:
    """What turns Markdown into HTML.

    `link` gives the address on the site for a relative link, or None; `facts` the page to which the id of a fact leads.
    """
    return mistune.create_markdown(renderer=_Renderer(link, facts), plugins=["table"])


def inline(markdown: mistune.Markdown, text: str) -> Markup:
    """One paragraph of Markdown, without the paragraph's tags."""
    html = str(markdown(text)).strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))


def slug(html: str) -> str:
    """An id made of the words of a heading."""
    return re.sub(r"[^\w]+", "-", unescape(TAG.sub("", html)).lower()).strip("-")
