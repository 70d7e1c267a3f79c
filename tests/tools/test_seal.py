"""The seal: what is sealed is as it was, and renewing it says what changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import seal
from tools.notebook import ROOT

TABLE = "place,people,note\npek,21,a\nsha,24,b\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a table and a text, sealed and committed."""
    (tmp_path / "data").mkdir()
    schema = {
        "fields": [{"name": name, "type": "string"} for name in ("place", "people", "note")],
        "primaryKey": "place",
    }
    package = {"name": "small", "resources": [{"name": "cities", "path": "cities.csv", "schema": schema}]}
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package))
    (tmp_path / "data" / "cities.csv").write_text(TABLE)
    (tmp_path / "README.md").write_text("One.\nBeijing leads.\n")
    monkeypatch.setattr(seal, "ROOT", tmp_path)
    assert seal.main(["--data", "--renew"]) == 0
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "a"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    return tmp_path


def test_ours_is_as_it_was_sealed(capsys: pytest.CaptureFixture[str]) -> None:
    assert seal.main([]) == 0, capsys.readouterr().err


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_others_can_read_the_seal(project: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--quiet", seal.SUMS], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_changed_row_is_told_with_its_cells(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert seal.main([]) == 0
    (project / "data" / "cities.csv").write_text("place,people,note\npek,22,a\nszx,17,c\n")
    assert seal.main([]) == 1
    said = capsys.readouterr()
    assert "data/cities.csv is not as it was sealed: read what changed, then `make data`" in said.err
    assert seal.main(["--data"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "data/cities.csv: pek: people: '21' -> '22'",
        "data/cities.csv: sha: row dropped",
        "data/cities.csv: szx: row added",
    ]
    assert seal.main([]) == 0


def test_a_changed_line_is_told_as_it_was_and_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "README.md").write_text("One.\nShanghai leads.\n")
    (project / "README.zh.md").write_text("一。\n")
    assert seal.main([]) == 1
    said = capsys.readouterr().err
    assert said.count("`make seal`") == 2 and "README.zh.md is not as it was sealed" in said
    assert seal.main(["--renew"]) == 0
    out = capsys.readouterr().out
    assert "-Beijing leads.\n+Shanghai leads.\n" in out
    assert "README.zh.md: new, or not known to git: read it whole" in out
    assert seal.main([]) == 0


def test_a_text_that_is_gone_is_missed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "README.md").unlink()
    assert seal.main([]) == 1
    assert "README.md is not as it was sealed" in capsys.readouterr().err
    assert seal.main(["--renew"]) == 0
    assert "-Beijing leads." in capsys.readouterr().out
    assert seal.main([]) == 0


def test_without_git_what_changed_is_to_be_read_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / ".git")
    (project / "README.md").write_text("Two.\n")
    assert seal.main(["--renew"]) == 0
    assert capsys.readouterr().out == "README.md: new, or not known to git: read it whole\n"
