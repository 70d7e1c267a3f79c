"""The generated parts of README.md are what the data and the notebooks give today."""

import nbformat
import pytest

from tools import readme


def notebook(path, *, summary="- Two of three agree."):
    opening = "# A title\n\n**Question.** Who leads?\n\n**Time:** 7 minutes to read"
    output = nbformat.v4.new_output("display_data", {"text/markdown": summary})
    cells = [
        nbformat.v4.new_markdown_cell(opening),
        nbformat.v4.new_markdown_cell("## Summary"),
        nbformat.v4.new_code_cell("...", outputs=[output] if summary else []),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_the_readme_and_its_picture_are_fresh(capsys):
    assert readme.main(["--check"]) == 0, capsys.readouterr().err


def test_check_names_what_is_stale_and_writes_nothing(tmp_path, monkeypatch, capsys):
    before = (
        (readme.ROOT / "README.md").read_text("utf-8").replace("<!-- findings -->\n", "<!-- findings -->\n1. False.\n")
    )
    (tmp_path / "README.md").write_text(before, "utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr(readme, "ROOT", tmp_path)
    assert readme.main(["--check"]) == 1
    assert capsys.readouterr().err.count("is not fresh") == 2
    assert (tmp_path / "README.md").read_text("utf-8") == before and not (tmp_path / "docs").exists()
    assert readme.main([]) == 0 and readme.main(["--check"]) == 0


def test_a_row_holds_question_first_finding_and_minutes(tmp_path):
    path = notebook(tmp_path / "03-a-title.ipynb", summary="- Two | of three.\n- More.")
    assert readme.row(path) == "| [03 A title](notebooks/03-a-title.ipynb) | Who leads? | Two \\| of three. | 7 |"


def test_a_notebook_without_a_computed_summary_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"03-x\.ipynb has no computed summary"):
        readme.row(notebook(tmp_path / "03-x.ipynb", summary=""))


def test_a_part_without_a_place_is_named():
    with pytest.raises(ValueError, match="no place for 'findings'"):
        readme.with_parts("# Title", {"findings": "x"})
