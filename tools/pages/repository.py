"""The repository's address: kept in pyproject.toml, [project.urls], and nowhere else; links are made from it."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

HOST = "https://github.com"
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?/[A-Za-z0-9._-]{1,100}")
URLS = re.compile(r"^\[project\.urls\]\n(?:(?!\[).*\n)*", re.M)
FIRST_NOTEBOOK = "notebooks/00-start-here.ipynb"
BRANCH = "main"


class Repository(NamedTuple):
    """Owner and name on GitHub, as `owner/name`, and the tag or branch to which links lead."""

    name: str
    ref: str = BRANCH


def address(pyproject: str) -> str | None:
    """`owner/name` from the text of pyproject.toml, or None while no address is known.

    Raises ValueError if the address there is not one on GitHub.
    """
    urls = tomllib.loads(pyproject)["project"].get("urls", {})
    if not urls:
        return None
    url = urls.get("Repository", "")
    owner_and_name = url.removeprefix(f"{HOST}/")
    if owner_and_name == url or not NAME.fullmatch(owner_and_name):
        raise ValueError(f"pyproject.toml, [project.urls]: Repository is {url!r}; expected {HOST}/owner/name")
    return str(owner_and_name)


def with_address(pyproject: str, name: str) -> str:
    """The text of pyproject.toml with `[project.urls]` for `owner/name`, in place of an earlier one if there is one.

    Raises ValueError for a name that GitHub would not take.
    """
    if not NAME.fullmatch(name) or name.endswith(".git"):
        raise ValueError(f"{name!r} is no repository; expected owner/name, as in {HOST}/owner/name")
    url = f"{HOST}/{name}"
    table = f'[project.urls]\nHomepage = "{url}#readme"\nRepository = "{url}"\nIssues = "{url}/issues"\n\n'
    rest = URLS.sub("", pyproject)
    start = rest.index("[project]\n")
    following = re.compile(r"^\[", re.M).search(rest, start + 1)
    if following is None:
        return f"{rest.rstrip()}\n\n{table}".rstrip() + "\n"
    return rest[: following.start()] + table + rest[following.start() :]


def with_code(cff: str, name: str | None) -> str:
    """The text of CITATION.cff with the address of the code; without a line for it while no address is known."""
    rest = re.sub(r"^repository-code: .*\n", "", cff, flags=re.M)
    return rest if name is None else f'{rest.rstrip()}\nrepository-code: "{HOST}/{name}"\n'


def release(changelog: str) -> str:
    """The tag of the newest dated release in the text of CHANGELOG.md; before the first, the main branch."""
    dated = re.search(r"^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$", changelog, re.M)
    return f"v{dated[1]}" if dated else BRANCH


def nbviewer(repository: Repository, notebook: str = FIRST_NOTEBOOK) -> str:
    """Where nbviewer shows a notebook."""
    return f"https://nbviewer.org/github/{repository.name}/blob/{repository.ref}/{notebook}"


def binder(repository: Repository) -> str:
    """Where Binder opens the first notebook in JupyterLab."""
    return f"https://mybinder.org/v2/gh/{repository.name}/{repository.ref}?urlpath=lab/tree/{FIRST_NOTEBOOK}"


def site(repository: Repository) -> str:
    """Where GitHub Pages shows the site that the workflow builds."""
    owner, name = repository.name.split("/")
    return f"https://{owner.lower()}.github.io/{name}/"


def lite(repository: Repository, notebook: str = FIRST_NOTEBOOK) -> str:
    """Where a notebook runs in the reader's own browser; the site's workflow puts it beside the pages."""
    return f"{site(repository)}lite/lab/index.html?path={notebook}"


def badges(repository: Repository) -> str:
    """State of the tests on the main branch, and Binder, as Markdown images that are links."""
    workflow = f"{HOST}/{repository.name}/actions/workflows/test.yml"
    return (
        f"[![State of the tests]({workflow}/badge.svg?branch={BRANCH})]({workflow}) "
        f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder(repository)})"
    )
