"""Put the pages of the site together and write them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aicities import tables
from aicities.study.headline import analysis, wording
from tools.notebook import read, title_of
from tools.pages import navigation, repository
from tools.pages import parts as readme_parts
from tools.saving import replaced
from tools.site import (
    behind,
    cities,
    claims,
    dataset,
    downloads,
    explorer,
    languages,
    pictures,
    publishers,
    reference,
    search,
    sources,
    weights,
)
from tools.site.links import DOCUMENTS, follower
from tools.site.markdown import inline, renderer
from tools.site.notebooks import Page, page_of, png_size

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).resolve().parent / "templates"
STATIC = ("site.css", "stacks.css", "copy.js", "filter.js", "search.js", "sliders.js", "weights.js", "publishers.js")
PICTURE = ROOT / "docs" / "headline.png"
FRONT = Path("notebooks", "00-start-here-1.png")  # the same picture, which has other forms beside it
BESIDE = f"({pictures.PHONE} or (min-width: 64rem))"  # where it has no more room than on a phone
# A date in a text, which is not to be broken at its hyphens; tags, and where tags mean nothing, are passed over first.
DATE = re.compile(
    r"(<(script|style|title|pre|option|code)\b.*?</\2>|<[^>]*>)|(?<![\d-])\d{4}-(0[1-9]|1[012])(-\d\d)?(?![\d-])",
    re.DOTALL,
)
MARK = "site.css"  # a folder that holds it is a site, and may be emptied


def build(
    output: Path, *, folder: Path = ROOT / "data", notebooks: Path = ROOT / "notebooks", vectors: bool = True
) -> list[Path]:
    """Write the whole site beside a folder, then put it in its place; return its pages. What is there is always whole.

    `folder` is the data package; with `vectors` each figure is drawn once more, as SVG and with its table. Raises
    ValueError or DataError for a notebook or a table that cannot be shown.
    """
    listed = sorted(notebooks.glob("*.ipynb"))
    if not listed:
        raise ValueError(f"there are no notebooks in {notebooks}")
    with replaced(output) as new:
        pages = write_all(new, listed, folder=folder, vectors=vectors)
    return [output / page.relative_to(new) for page in pages]


def write_all(output: Path, listed: list[Path], *, folder: Path, vectors: bool) -> list[Path]:
    """Write the site into a new folder; return its pages."""
    output.mkdir(parents=True)
    for name in sorted(STATIC, key=lambda name: name != MARK):
        shutil.copyfile(TEMPLATES / name, output / name)
    shutil.copyfile(PICTURE, output / "headline.png")
    if vectors:
        pictures.write(listed, output / "notebooks")
    data = tables.load_all(folder=folder)
    works = explorer.works(data)
    facts = [fact for work in works for fact in work["facts"]]
    numbers = analysis.numbers(data)
    write = Writer(output, newest=numbers["newest"])
    citation = readme_parts.citation((ROOT / "CITATION.cff").read_text("utf-8"), address())
    citation = citation.removeprefix("> ").replace("*", "")
    record, beside = (
        dataset.as_json(dataset.croissant(folder, site=site_address(), tables_at=at, citation=citation))
        for at in ("data/", "")
    )
    front: dict[str, Any] = {
        "forms": Markup(pictures.sources(output / FRONT, root="@notebooks/", narrow=BESIDE)),
        "size": png_size(PICTURE.read_bytes()),
    }
    given = start(data, numbers, listed, works[0]["facts"])
    write("index.html", "start.html.j2", dataset=Markup(record), **front, **given)
    described = write_pages_of_claims_and_cities(write, data, facts)
    for language in languages.OTHERS:
        path = ROOT / f"README.{language}.md"
        follow = follower(path, base=ROOT, root="../", repository=address())
        shown = languages.start(path.read_text("utf-8"), language, follow=follow, numbers=numbers) | front
        write(f"{language}/index.html", "translated.html.j2", language=language, cities=described, **shown)
    write_lists(write, data)
    keys = behind.keys(data, works, described)
    rendered = notebook_pages(listed, output, {fact["fact_id"]: f"../{fact['page']}" for fact in facts}, keys)
    for before, page, after in zip([None, *rendered], rendered, [*rendered[1:], None], strict=False):
        write(f"notebooks/{page.name}.html", "notebook.html.j2", page=page, before=before, after=after)
    write_data_pages(write, works, folder=folder)
    write("reference.html", "reference.html.j2", modules=reference.modules())
    for name, target in DOCUMENTS.items():
        write(target, "document.html.j2", **document(name))
    write("404.html", "not-found.html.j2", root=site_address() or "")  # shown at any depth
    write("search.html", "search.html.j2")
    (output / "search-index.js").write_text(search.index(write.pages, root=output), "utf-8")
    (output / "data" / "croissant.json").write_text(f"{beside}\n", "utf-8")
    return write.pages


def write_pages_of_claims_and_cities(
    write: Writer, data: dict[str, pd.DataFrame], facts: list[explorer.Fact]
) -> list[dict[str, Any]]:
    """Write a page for each claim and for each of the ten cities, and the two lists of them; return the cities."""
    known = claims.listed(data, facts)
    by = {"city": "City", "headline": "Verdict", "origin": "Whose claim"}
    shown = [claim | {"city": claim["city"] or "all three"} for claim in known]
    write("claims/index.html", "claims.html.j2", claims=shown, filters=sources.filters(shown, by))
    names = data["articles"].set_index("article_id")["language_name"].to_dict()
    for claim in known:
        write(f"claims/{claim['claim_id']}.html", "claim.html.j2", claim=claim, languages=names)
    described = cities.listed(data, facts, known)
    for language in languages.LABELS:
        folder = "cities" if language == "en" else f"{language}/cities"
        write(f"{folder}/index.html", "cities.html.j2", language=language, cities=described)
        for city in described:
            write(f"{folder}/{city['slug']}.html", "city.html.j2", language=language, city=city)
    return described


def write_lists(write: Writer, data: dict[str, pd.DataFrame]) -> None:
    """Write the league tables, the sources, and the pages on which readers weigh fields and publishers."""
    named = cities.named(data)
    by = {"publisher_short": "Publisher", "year": "Year", "scope": "Scope", "unit": "Unit", "topic": "Topic"}
    ranked, cited = sources.league_tables(data), sources.cited(data)
    write("league-tables.html", "league-tables.html.j2", tables=ranked, cities=named,
          filters=sources.filters(ranked, by | {"independent": "Independent"}))  # fmt: skip
    by = {"short_name": "Publisher", "year": "Year", "scope": "Scope", "topic": "Topic", "independent": "Independent"}
    by |= {"kind": "Kind", "publisher_kind": "Kind of publisher", "url_kind": "Address"}
    write("sources.html", "sources.html.j2", sources=cited, cities=named, filters=sources.filters(cited, by))
    write("weights.html", "weights.html.j2", **weights.page(data))
    write("publishers.html", "publishers.html.j2", **publishers.page(data))


def write_data_pages(write: Writer, works: list[dict[str, Any]], *, folder: Path) -> None:
    """Write the pages that show the data package: the evidence of each work, dictionary and downloads."""
    for work in works:
        write(work["page"], "evidence.html.j2", work=work, others=works if len(works) > 1 else [],
              filters=sources.filters(work["facts"], explorer.FILTERS))  # fmt: skip
    write("dictionary.html", "dictionary.html.j2", sections=dictionary(folder))
    write("downloads.html", "downloads.html.j2", files=downloads.write(write.output / "data", folder=folder))


class Writer:
    """Fills templates and writes pages; a page knows its depth and language, so that all links are relative."""

    def __init__(self, output: Path, *, newest: str = "") -> None:
        self.output, self.pages = output, list[Path]()
        self.templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        common = {"repository": address(), "site": site_address(), "newest": newest, "labels": languages.LABELS}
        self.templates.globals |= common | {"translated": languages.translated}

    def __call__(self, path: str, template: str, *, language: str = "en", **values: Any) -> None:
        """Write one page; `root` is the way to the start of the site, unless it is given."""
        target = self.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        known = {
            "path": path,
            "root": "../" * path.count("/"),
            "language": language,
            "prefix": "" if language == "en" else f"{language}/",
            "words": languages.LABELS[language],
            "versions": languages.versions(path),
        }
        text = self.templates.get_template(template).render(known | values)
        target.write_text(DATE.sub(lambda found: found[1] or f"<time>{found[0]}</time>", text), "utf-8")
        self.pages.append(target)


def address() -> str | None:
    """Address of the repository; None while no owner is known."""
    name = repository.address((ROOT / "pyproject.toml").read_text("utf-8"))
    return f"{repository.HOST}/{name}" if name else None


def site_address() -> str | None:
    """Where the built site is published; None while no owner is known."""
    name = repository.address((ROOT / "pyproject.toml").read_text("utf-8"))
    return repository.site(repository.Repository(name)) if name else None


def start(
    data: dict[str, pd.DataFrame], numbers: dict[str, Any], notebooks: list[Path], facts: list[explorer.Fact]
) -> dict[str, Any]:
    """What the start page shows: findings, the picture with its alternative text, and the list of notebooks."""
    markdown = renderer(lambda target: target)
    standing = analysis.standing(analysis.lists(data))
    return {
        "findings": [inline(markdown, sentence) for sentence in wording.sentences(numbers)],
        "sentences": languages.sentences(numbers),
        "quote": inline(markdown, wording.quote(numbers)),
        "alt": wording.picture_text(standing),
        "caption": inline(markdown, "{caption} *Source: {source}.*".format(**wording.captions(numbers)[0])),
        "notebooks": [listing(path, markdown) for path in notebooks],
        "facts": len(facts),
    }


def listing(path: Path, markdown: Any) -> dict[str, Any]:
    """One entry of the list of notebooks: title, question, first computed line of its summary, minutes."""
    notebook = read(path)
    opening = notebook.cells[0].source
    return {
        "name": path.stem,
        "title": title_of(notebook),
        "question": inline(markdown, readme_parts.found(r"\*\*Question\.\*\* (.+)", opening, path)),
        "finding": inline(markdown, readme_parts.computed_finding(notebook, path)),
        "minutes": readme_parts.found(r"\*\*Time:\*\* (\d+) minutes", opening, path),
    }


def dictionary(folder: Path) -> list[dict[str, Any]]:
    """One section of the data dictionary per table."""
    sections = []
    for resource in tables.package(folder=folder)["resources"]:
        name = resource["name"]
        described = tables.describe(name, folder=folder)
        columns = described.astype("object").where(described.notna(), None).to_dict("records")
        key = resource["schema"].get("primaryKey") or []
        sections.append(
            {
                "name": name,
                "title": resource.get("title") or name,
                "description": resource.get("description") or "",
                "path": resource["path"],
                "key": [key] if isinstance(key, str) else key,
                "rows": len(tables.load(name, folder=folder)),
                "columns": columns,
            }
        )
    return sections


def notebook_pages(notebooks: list[Path], output: Path, facts: dict[str, str], keys: behind.Keys) -> list[Page]:
    """Each notebook with the rows behind its figures, and without its navigation, since pages have their own."""
    rendered = []
    for path in notebooks:
        notebook = read(path)
        for cell in notebook.cells:
            cell.source = navigation.LINE.sub("\n\n", cell.source).strip()
        links = follower(path, base=path.parents[1], root="../", repository=address())
        markdown = renderer(links, facts=facts)
        page = page_of(notebook, path.stem, markdown=markdown, folder=output / "notebooks")
        body = behind.with_rows(page.body, folder=output / "notebooks", keys=keys)
        rendered.append(page._replace(body=Markup(body)))
    return rendered


def document(name: str) -> dict[str, Markup]:
    """A Markdown file of the project: its title, and all of it as HTML."""
    path = ROOT / name
    body = str(renderer(follower(path, base=ROOT, root="", repository=address()))(path.read_text("utf-8")))
    title = re.search(r"<h1[^>]*>(.*?)</h1>", body)
    if title is None:
        raise ValueError(f"{name} has no title; expected a line that starts with '# '")
    return {"title": Markup(title[1]), "body": Markup(body)}
