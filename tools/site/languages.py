"""The languages of the site: its labels, and which pages there are in which language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from aicities.study.headline import wording
from tools.site.markdown import inline, renderer, slug

LABELS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
OTHERS = [language for language in wording.LANGUAGES if language != "en"]
HEAD = re.compile(r"\A# .+\n\n\*\*(?P<question>.+)\*\*\n\n.+\n(?s:.*)\n## (?P<notebooks>.+)\n\n<!-- notebooks -->")
PICTURE = re.compile(r"<picture>.* alt=\"(?P<alt>[^\"]*)\"></picture>\n\n(?P<caption>.+)\n")
SPACE = re.compile(r"(?<=[。，？：])((?:</strong>)?) (?=\S)")  # which Markdown asks for after bold type, and no reader
COMMENT = re.compile(r"<!-- /?\w+ -->\n?")


def versions(path: str) -> dict[str, str]:
    """The same page in each language; where there is none, the start in that language."""
    own = path.split("/", 1)[1] if path.split("/")[0] in OTHERS else path
    other = own if translated(own) else "index.html"
    return {"en": own} | {language: f"{language}/{other}" for language in OTHERS}


def translated(path: str) -> bool:
    """Whether a page of the English site stands there in all languages."""
    return path == "index.html" or path.startswith("cities/")


def start(text: str, language: str, *, follow: Any, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The start in a language: what its README says, with the question as title; ValueError if it is laid out anew."""
    head = HEAD.match(text)
    body = COMMENT.sub("", text.split("\n", 5)[-1])
    picture = PICTURE.search(body)
    if head is None or picture is None:
        raise ValueError(
            f"README.{language}.md begins otherwise; expected a title, the question in bold, the languages, a picture"
        )
    markdown = renderer(follow)
    quote = inline(markdown, wording.quote(numbers, language))
    html = str(markdown(body[picture.end() :])).replace(f"<p>{quote}</p>", f'<p class="quote">{quote}</p>')
    html = html.replace(f'id="{slug(head["notebooks"])}"', 'id="notebooks"')  # where the bar of all pages leads
    findings, start, rest = SPACE.sub(r"\1", html).partition('<h2 id="notebooks"')
    return {
        "question": head["question"],
        "answer": Markup(SPACE.sub(r"\1", str(markdown(body[: picture.start()])))),
        "alt": unescape(picture["alt"]),
        "caption": inline(markdown, picture["caption"]),
        "findings": Markup(findings),
        "rest": Markup(start + rest),
        "sentences": sentences(numbers, language),
    }


def sentences(numbers: Mapping[str, Any], language: str = "en") -> list[str]:
    """Each finding as plain text to be quoted, without the date, which the quotation names."""
    plain = [re.sub(r" ?\*[^*]+\*$", "", one.replace("**", "")) for one in wording.sentences(numbers, language)]
    return [SPACE.sub("", one) for one in plain]
