"""The repository's address stands in pyproject.toml; what is made from it appears once it is known, and not before."""

import json
import re
import shutil
import subprocess
import tomllib

import pytest

from aicities import tables
from tools.pages import readme, repository
from tools.pages.repository import Repository

HOSTS = re.compile(r"https?://")


@pytest.fixture
def unknown():
    """The text of pyproject.toml without an address."""
    return repository.URLS.sub("", (readme.ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def numbers():
    return readme.analysis.numbers(tables.load_all())


@pytest.fixture
def checkout(tmp_path, monkeypatch, unknown, numbers):
    """A copy of what the READMEs are made from, before an address is known; the picture is not drawn anew."""
    (tmp_path / "pyproject.toml").write_text(unknown, "utf-8")
    for name in ("CHANGELOG.md", "CITATION.cff", *readme.READMES.values()):
        shutil.copy(readme.ROOT / name, tmp_path)
    for name in ("notebooks", "docs"):
        shutil.copytree(readme.ROOT / name, tmp_path / name)
    drawn = (readme.ROOT / readme.PICTURE).read_bytes()
    monkeypatch.setattr(readme, "ROOT", tmp_path)
    monkeypatch.setattr(readme, "picture", lambda *_: drawn)
    monkeypatch.setattr(readme.analysis, "numbers", lambda data: numbers)
    return tmp_path


def test_without_an_address_no_link_leads_to_a_host(checkout):
    assert readme.main([]) == 0
    for name in readme.READMES.values():
        assert not HOSTS.search((checkout / name).read_text("utf-8")), name
    assert "[project.urls]" not in (checkout / "pyproject.toml").read_text("utf-8")


def test_with_an_address_badges_and_links_are_filled_and_stay(checkout):
    before = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    assert readme.main(["--repository", "ann/ai-cities"]) == 0
    after = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    assert after["project"].pop("urls") == {
        "Homepage": "https://github.com/ann/ai-cities#readme",
        "Repository": "https://github.com/ann/ai-cities",
        "Issues": "https://github.com/ann/ai-cities/issues",
    }
    assert after == before
    text = (checkout / "README.md").read_text("utf-8")
    assert "https://github.com/ann/ai-cities/actions/workflows/test.yml/badge.svg?branch=main" in text
    tag = repository.release((checkout / "CHANGELOG.md").read_text("utf-8"))
    binder = f"https://mybinder.org/v2/gh/ann/ai-cities/{tag}?urlpath=lab/tree/notebooks/00-start-here.ipynb"
    assert text.count(binder) == 2
    for notebook in (checkout / "notebooks").glob("*.ipynb"):
        assert f"https://nbviewer.org/github/ann/ai-cities/blob/{tag}/notebooks/{notebook.name})" in text
    assert "(https://ann.github.io/ai-cities/)" in text
    assert 'repository-code: "https://github.com/ann/ai-cities"' in (checkout / "CITATION.cff").read_text("utf-8")
    own = ("/ann/ai-cities", "ann.github.io/ai-cities", "badge_logo")
    assert all(any(part in url for part in own) for url in re.findall(r"https://[^)\s]+", text))
    assert "data set. https://github.com/ann/ai-cities\n" in text

    assert readme.main([]) == 0 and readme.main(["--check"]) == 0
    assert (checkout / "README.md").read_text("utf-8") == text

    assert readme.main(["--check", "--repository", "bo/fork"]) == 1
    assert readme.main(["--repository", "bo/fork"]) == 0
    text = (checkout / "README.md").read_text("utf-8")
    assert "/bo/fork" in text and "/ann/ai-cities" not in text


def test_once_released_links_lead_to_the_tag(checkout):
    (checkout / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.0 (unreleased)\n\n## 1.1.0 (2027-01-02)\n", "utf-8")
    assert readme.main(["--repository", "ann/cities"]) == 0
    text = (checkout / "README.md").read_text("utf-8")
    assert "mybinder.org/v2/gh/ann/cities/v1.1.0?" in text and "/blob/v1.1.0/notebooks/00" in text


@pytest.mark.parametrize(
    "name", ["ann", "ann/", "/cities", "ann/cities/x", "https://github.com/ann/cities", "-a/b", "a b/c", "ann/c.git"]
)
def test_what_is_no_repository_is_refused_and_nothing_written(name, checkout, capsys):
    before = {path: path.read_bytes() for path in checkout.glob("*.*")}
    with pytest.raises(SystemExit) as stopped:
        readme.main([f"--repository={name}"])
    assert stopped.value.code == 2 and "is no repository; expected owner/name" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in checkout.glob("*.*")} == before


def test_an_address_that_is_not_on_github_is_named(unknown):
    text = unknown + '\n[project.urls]\nRepository = "https://example.org/ann/cities"\n'
    with pytest.raises(
        ValueError, match=r"Repository is 'https://example.org/ann/cities'; expected https://github.com"
    ):
        repository.address(text)


@pytest.mark.parametrize(
    "text", ['[project]\nname = "a"\n', '[project]\nname = "a"\n\n[tool.x]\ny = 1\n\n[project.urls]\nA = "b"\n']
)
def test_the_address_finds_its_place_in_any_pyproject(text):
    written = repository.with_address(text, "ann/cities")
    assert repository.address(written) == "ann/cities" and written.count("[project.urls]") == 1
    assert repository.with_address(written, "ann/cities") == written


def test_the_citation_has_a_date_once_the_changelog_has_one():
    cff, changelog = ((readme.ROOT / name).read_text("utf-8") for name in ("CITATION.cff", "CHANGELOG.md"))
    dated = re.search(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$", changelog, re.M)
    said = re.search(r'^version: (\S+)(?:\ndate-released: "?([\d-]+))?', cff, re.M)
    assert said[2] == (dated and dated[2])
    assert f"## {said[1]} " in changelog
    assert json.loads((readme.ROOT / "data" / "datapackage.json").read_text("utf-8"))["version"] == said[1]


def test_a_release_counts_when_it_is_dated():
    assert repository.release("# Changelog\n\n## 0.1.0 (unreleased)\n") == "main"
    assert repository.release("## 0.2.0 (unreleased)\n\n## 0.1.0 (2027-01-02)\n") == "v0.1.0"


def test_links_name_files_that_exist():
    assert (readme.ROOT / repository.FIRST_NOTEBOOK).exists()
    assert (readme.ROOT / ".github" / "workflows" / "test.yml").exists()
    assert "/workflows/test.yml" in repository.badges(Repository("ann/cities"))


def test_make_hands_the_address_on():
    said = subprocess.run(
        ["make", "-n", "readme", "REPO=ann/cities"], cwd=readme.ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"-m tools\.pages\.readme --repository '?ann/cities'?$", said, re.M)
