"""Where a link of a notebook or of another Markdown file leads on the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aicities.study.headline.wording import LANGUAGES

DOCUMENTS = {"CONTRIBUTING.md": "contributing.html"}
WHOLE = {"README.md": "index.html#notebooks", "data/README.md": "dictionary.html"} | DOCUMENTS
WHOLE |= {f"README.{language}.md": f"{language}/index.html" for language in LANGUAGES if language != "en"}


def follower(file: Path, *, base: Path, root: str, repository: str | None) -> Callable[[str], str | None]:
    """What gives the address for a relative link in `file`.

    `base` is the checkout and `root` the way from the page to the site's start. A file that the site does not show
    is linked in the repository, and nowhere (None) while that has no address.

    The function raises ValueError for a link to a file that does not exist.
    """

    def follow(target: str) -> str | None:
        name, hash_sign, fragment = target.partition("#")
        linked = (file.parent / name).resolve()
        if not linked.exists() or not linked.is_relative_to(base):
            raise ValueError(f"{file.name} links to {target!r}; expected a file of the project")
        path = linked.relative_to(base).as_posix()
        if path in WHOLE:
            page = WHOLE[path]
            return root + (page if "#" in page else f"{page}{hash_sign}{fragment}")
        if path.startswith("notebooks/") and linked.suffix == ".ipynb":
            return f"{root}notebooks/{linked.stem}.html{hash_sign}{fragment}"
        if path.startswith("data/"):
            return root + path
        return f"{repository}/blob/main/{path}{hash_sign}{fragment}" if repository else None

    return follow
