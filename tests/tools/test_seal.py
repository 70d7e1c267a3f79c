"""The seal: what is sealed is as it was, and renewing it says what changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import seal
from tools.notebook import ROOT, to_bytes

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
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "01.ipynb").write_bytes(to_bytes(notebook("It is so.", "One.")))
    monkeypatch.setattr(seal, "ROOT", tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    assert seal.main(["--data", "--renew"]) == 0
    commit(tmp_path)
    return tmp_path


def commit(project: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
    for words in (["add", "."], ["commit", "--quiet", "-m", "a"]):
        subprocess.run([*git, *words], cwd=project, check=True)


def notebook(prose: str, shown: str) -> NotebookNode:
    outputs = [new_output("display_data", {"text/markdown": shown, "image/png": "aaaa"})]
    cells = [new_markdown_cell(prose, id="a"), new_code_cell("1", id="b", outputs=outputs)]
    return new_notebook(cells=cells)


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
    assert "README.md: 1 lines gone, 1 new\n  -Beijing leads.\n  +Shanghai leads.\n" in out
    assert "README.zh.md: new, or not known to git: read it whole" in out
    assert seal.main([]) == 0


def test_a_text_that_is_gone_is_missed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "README.md").unlink()
    assert seal.main([]) == 1
    assert "README.md is not as it was sealed" in capsys.readouterr().err
    assert seal.main(["--renew"]) == 0
    out = capsys.readouterr().out
    assert "README.md: the file is gone\n" in out and "-Beijing leads." in out
    assert seal.main([]) == 0


def test_what_was_committed_before_it_was_sealed_is_shown_all_the_same(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "README.md").write_text("One.\nShanghai leads.\n")
    (project / "data" / "cities.csv").write_text(TABLE.replace("21", "22"))
    commit(project)
    assert seal.main(["--data", "--renew"]) == 0
    out = capsys.readouterr().out
    assert "data/cities.csv: pek: people: '21' -> '22'\n" in out
    assert "  -Beijing leads.\n  +Shanghai leads.\n" in out


def test_of_a_notebook_what_is_typed_and_shown_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "notebooks" / "01.ipynb").write_bytes(to_bytes(notebook("It is not so.", "Two.")))
    assert seal.main([]) == 1
    assert seal.main(["--renew"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        *("notebooks/01.ipynb: 2 lines gone, 2 new", "  -It is so.", "  +It is not so.", "  -One.", "  +Two."),
    ]


def test_a_long_change_is_cut_and_says_where_the_rest_stands(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "README.md").write_text("One.\nBeijing leads.\n" + "More.\n" * 100)
    (project / "a.yml").write_text("1\n")
    assert seal.main(["--renew"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "README.md: 0 lines gone, 100 new" and len(out) == seal.MOST + 3
    assert out[-2:] == ["  … and 70 more: git diff -- README.md", "a.yml: new, or not known to git: read it whole"]


def test_what_is_not_seen_is_spelt_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "README.md").write_text("One.\nBeijing\u202e leads.\n")
    assert seal.main(["--renew"]) == 0
    assert "  +Beijing\\u202e leads.\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["tests/a.toml", "tools/site/a.js", "Makefile", "docs/a.md", ".github/a.yml"])
def test_words_and_settings_are_sealed_wherever_they_stand(project: Path, name: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("1\n")
    (project / "code.py").write_text("1\n")
    assert seal.broken(project) == [name]


def test_without_git_what_changed_is_to_be_read_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / ".git")
    (project / "README.md").write_text("Two.\n")
    assert seal.main(["--renew"]) == 0
    assert capsys.readouterr().out == "README.md: new, or not known to git: read it whole\n"


def test_a_full_disk_leaves_the_seal_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (project / seal.SUMS).read_bytes()
    (project / "README.md").write_text("Two.\n")

    def full(part: Path, content: bytes) -> None:
        with part.open("wb") as file:
            file.write(content[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SystemExit, match=r"SHA256SUMS: cannot be saved \(No space left on device\); it is as it was"):
        seal.main(["--renew"])
    assert (project / seal.SUMS).read_bytes() == before
    assert not list(project.rglob("*.part"))
