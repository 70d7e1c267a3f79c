"""Write the generated parts of README.md and of its short forms in other languages.

    python -m tools.pages.readme                           write them
    python -m tools.pages.readme --check                   say whether they are fresh; write nothing
    python -m tools.pages.readme --repository OWNER/NAME   put the repository's address into pyproject.toml before

Badges and links to the repository are written once its address is known. A generated part stands between
`<!-- NAME -->` and `<!-- /NAME -->`; everything else is written by hand. Exit status: 0 done or fresh; 1 stale;
2 cannot be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from aicities import figures, load_all
from aicities.study import lookup
from aicities.study.headline import analysis, wording
from aicities.study.headline import figures as headline
from tools.pages import parts, repository
from tools.pages.repository import Repository
from tools.saving import save
from tools.site import pictures

ROOT = Path(__file__).resolve().parents[2]
PICTURE, SLIM = "docs/headline.png", "docs/headline-narrow.png"  # the second for a phone
CITATION = "CITATION.cff"
READMES = {language: "README.md" if language == "en" else f"README.{language}.md" for language in wording.LANGUAGES}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="say whether they are fresh; write nothing")
    parser.add_argument("--repository", metavar="OWNER/NAME", help="where the project is on GitHub")
    options = parser.parse_args(arguments)
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    try:
        if options.repository:
            pyproject = repository.with_address(pyproject, options.repository)
        wanted = texts(ROOT, address=repository.address(pyproject))
    except ValueError as error:
        parser.error(str(error))
    cff = repository.with_code((ROOT / CITATION).read_text("utf-8"), repository.address(pyproject))
    files = {"pyproject.toml": pyproject.encode(), CITATION: cff.encode(), PICTURE: picture(), SLIM: slim_picture()}
    files |= {name: text.encode() for name, text in wanted.items()}
    stale = {
        name: content
        for name, content in files.items()
        if not (ROOT / name).exists() or (ROOT / name).read_bytes() != content
    }
    if options.check:
        for name in stale:
            print(f"{name} is not fresh; expected what `make readme` writes", file=sys.stderr)
        return 1 if stale else 0
    for name, content in stale.items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        save(ROOT / name, content)
    return 0


def picture(finish: Callable[[Figure], Figure] = lambda fig: fig) -> bytes:
    """The picture of the first page as PNG, with its source inside."""
    figures.use()
    data = load_all()
    source = wording.captions(analysis.numbers(data))[0]["source"]
    return figures.png(figures.signed(finish(headline.front_page(data)), source))


def slim_picture() -> bytes:
    """The same picture for a phone."""
    with pictures.on_a_phone():
        return picture(pictures.slim)


def pictured(alt: str) -> str:
    """The picture as HTML, since Markdown can't say which of two a window gets."""
    source = f'<source media="{pictures.PHONE}" srcset="{SLIM}">'
    return f'<picture>{source}<img src="{PICTURE}" alt="{escape(alt)}"></picture>'


def texts(root: Path, *, address: str | None) -> dict[str, str]:
    """File name to text of each README, with all generated parts; `address` is `owner/name`, or None."""
    known = Repository(address, repository.release((root / "CHANGELOG.md").read_text("utf-8"))) if address else None
    cff = (root / CITATION).read_text("utf-8")
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    data = load_all()
    numbers, listed = analysis.numbers(data), analysis.lists(data)
    standing, short = analysis.standing(listed), lookup.abbreviations(data, listed["publisher_id"])
    alt = {language: wording.picture_text(standing, language) for language in READMES}
    return {
        name: with_parts(
            (root / name).read_text("utf-8"),
            generated(language, numbers, alt[language], short, notebooks=notebooks, repository=known, cff=cff),
            name=name,
        )
        for language, name in READMES.items()
    }


def generated(
    language: str,
    numbers: dict[str, Any],
    alt: str,
    short: str,
    *,
    notebooks: list[Path],
    repository: Repository | None,
    cff: str,
) -> dict[str, str]:
    """What stands in each generated part of the README of a language; in English there are more."""
    found = {
        "answer": parts.answer(language, numbers),
        "picture": f"{pictured(alt)}\n\n{parts.caption(language, numbers)}",
        "findings": parts.finding_list(language, numbers),
        "notebooks": parts.notebook_table(notebooks, language=language, repository=repository),
    }
    found["citation"] = addressed(repository, cff)["citation"]
    if language == "en":
        found["example"] = parts.example(numbers)
        found["picture"] += f"\n\n{short}"
        found |= addressed(repository, cff)
    return found


def addressed(known: Repository | None, cff: str) -> dict[str, str]:
    """The parts that need the repository's address, as they are with or without it."""
    if known is None:
        return {"badges": "", "elsewhere": "", "citation": parts.citation(cff, None)}
    links = {
        "Run it in your browser, with nothing to install": repository.lite(known),
        "Browse the site": repository.site(known),
        "Read in nbviewer": repository.nbviewer(known),
        "Open in Binder": repository.binder(known),
    }
    return {
        "badges": repository.badges(known),
        "elsewhere": " · ".join(f"[{text}]({address})" for text, address in links.items()),
        "citation": parts.citation(cff, f"{repository.HOST}/{known.name}"),
    }


def with_parts(text: str, generated: dict[str, str], *, name: str) -> str:
    """The text with each generated part replaced; ValueError for a part that has no place in it."""
    for part, content in generated.items():
        start, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
        before, opened, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not opened or not closed:
            raise ValueError(f"{name} has no place for {part!r}: expected {start.strip()} and {end}")
        lines = f"{content}\n" if content else ""
        text = f"{before}{start}{lines}{end}{after}"
    return text


if __name__ == "__main__":
    sys.exit(main())
