"""The READMEs: generated parts are fresh, links and commands work, each language has the same parts."""

import contextlib
import io
import re
import shlex
import subprocess
import sys
from collections import Counter

import nbformat
import pytest

from aicities import tables
from tools.pages import parts, readme

ROOT = readme.ROOT
TEXTS = {language: (ROOT / name).read_text("utf-8") for language, name in readme.READMES.items()}
OTHERS = [language for language in TEXTS if language != "en"]
PART = re.compile(r"^<!-- (\w+) -->\n(.*?)^<!-- /\1 -->$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def handwritten(text):
    return PART.sub("", text)


def commands(block):
    """The lines of a block of commands, without comments."""
    return [line.partition("#")[0].strip() for line in block.splitlines()]


def numbers_in(text):
    """How often each number stands in a text; August counts as 8."""
    return Counter(re.findall(r"\d+(?:\.\d+)?", re.sub("August|Agustus", "8", text)))


def notebook(path, *, summary="- Two of three agree.", question="Who leads?"):
    opening = f"# A title\n\n**Question.** {question}\n\n**Tables read:** [a, b_c](x) · **Time:** 7 minutes to read"
    output = nbformat.v4.new_output("display_data", {"text/markdown": summary})
    cells = [
        nbformat.v4.new_markdown_cell(opening),
        nbformat.v4.new_markdown_cell("## Summary"),
        nbformat.v4.new_code_cell("...", outputs=[output] if summary else []),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


# --- fresh --------------------------------------------------------------------------------------------------


def test_the_readmes_and_their_picture_are_fresh(capsys):
    assert readme.main(["--check"]) == 0, capsys.readouterr().err


def test_check_names_what_is_stale_and_writes_nothing(tmp_path, monkeypatch, capsys):
    for name in ("pyproject.toml", "CHANGELOG.md", "CITATION.cff"):
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    before = {}
    for language, name in readme.READMES.items():
        before[name] = TEXTS[language].replace("<!-- findings -->\n", "<!-- findings -->\n1. False.\n")
        (tmp_path / name).write_text(before[name], "utf-8")
    (tmp_path / "notebooks").mkdir()
    numbers = readme.analysis.numbers(tables.load_all())
    monkeypatch.setattr(readme.analysis, "numbers", lambda data: numbers)
    monkeypatch.setattr(readme, "ROOT", tmp_path)
    monkeypatch.setattr(readme, "picture", lambda *_: b"a picture")
    assert readme.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert [line.split()[0] for line in said.splitlines()] == [readme.PICTURE, readme.SLIM, *readme.READMES.values()]
    assert {name: (tmp_path / name).read_text("utf-8") for name in before} == before
    assert not (tmp_path / readme.PICTURE).exists()
    assert readme.main([]) == 0 and readme.main(["--check"]) == 0


def test_a_part_without_a_place_is_named():
    with pytest.raises(ValueError, match=r"README\.zh\.md has no place for 'findings'"):
        readme.with_parts("# Title", {"findings": "x"}, name="README.zh.md")


# --- the table of notebooks ---------------------------------------------------------------------------------


def test_a_row_holds_question_first_finding_tables_and_minutes(tmp_path):
    path = notebook(tmp_path / "03-a-title.ipynb", summary="- Two | of three.\n- More.")
    link, *rest = parts.row(path, language="en", translated={})
    assert link == "[03 A title](notebooks/03-a-title.ipynb)"
    assert rest == ["Who leads?", "Two \\| of three.", "`a`, `b_c`", "7"]


def test_a_row_in_another_language_has_the_translated_question(tmp_path):
    path = notebook(tmp_path / "03-a-title.ipynb")
    finding = {"en": parts.NUMBER.sub("#", parts.computed_finding(nbformat.read(path, 4), path)), "zh": "结果"}
    translated = {"03-a-title": {"en": "Who leads?", "zh": "谁领先？", "finding": finding}}
    link = "[03 A title](notebooks/03-a-title.ipynb)"
    assert parts.row(path, language="zh", translated=translated) == [link, "谁领先？", "结果", "7"]


def test_a_finding_in_another_language_has_the_numbers_of_the_notebook_and_asks_when_its_words_change(tmp_path):
    path = notebook(tmp_path / "03-a-title.ipynb", summary="- Of 1,234 lists 56% agree, 7.5 don't.")
    read = nbformat.read(path, 4)
    known = {"en": "Of # lists # agree, # don't.", "id": "{1} dari {0} daftar, {2}", "zh": "{0}份中{1}"}
    assert parts.finding_in("id", read, path, known) == "56% dari 1.234 daftar, 7,5"
    assert parts.finding_in("zh", read, path, known) == "1,234份中56%"
    with pytest.raises(ValueError, match="translations of it"):
        parts.finding_in("zh", read, path, known | {"en": "Of # lists # agree."})


@pytest.mark.parametrize("translated", [{}, {"03-a-title": {"en": "Who led?", "zh": "谁领先？"}}])
def test_a_question_that_changed_asks_for_translations(tmp_path, translated):
    with pytest.raises(ValueError, match=r"\[03-a-title\]: en is .*, but the notebook asks 'Who leads\?'"):
        parts.row(notebook(tmp_path / "03-a-title.ipynb"), language="zh", translated=translated)


def test_a_notebook_without_a_computed_summary_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"03-x\.ipynb has no computed summary"):
        parts.row(notebook(tmp_path / "03-x.ipynb", summary=""), language="en", translated={})


# --- every language -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_the_same_parts_and_sections(language):
    english, other = TEXTS["en"], TEXTS[language]
    names = [name for name, _ in PART.findall(other)]
    assert {"picture", "findings", "notebooks"} <= set(names)
    assert [name for name, _ in PART.findall(english) if name in names] == names
    levels = [re.findall(r"^#+(?= )", CODE.sub("", text), re.M) for text in (english, other)]
    assert levels[1] == ["#", "##", "##", "##"] == levels[0][:4]
    for name, content in PART.findall(other):
        rows = [re.findall(r"^(?:\||\d+\.)", dict(PART.findall(text))[name], re.M) for text in (english, other)]
        assert rows[0] == rows[1], f"{name}: {content}"


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_typed_has_the_same_commands_links_and_numbers_in_each_language(language):
    english, other = handwritten(TEXTS["en"]), handwritten(TEXTS[language])
    (code,) = CODE.findall(other)
    assert commands(code[1]) == commands(CODE.findall(english)[0][1])
    known = {*readme.READMES.values(), *LINK.findall(english)}
    assert {*LINK.findall(other)} <= known and "README.md" in LINK.findall(other)
    typed = numbers_in(other)
    assert typed == numbers_in(handwritten(TEXTS["zh"])) and typed <= numbers_in(english)


@pytest.mark.parametrize("language", list(TEXTS))
def test_each_language_leads_to_the_others(language):
    (line,) = re.findall(r"^.*\[[^]]+\]\(README[^)]*\) · .*$|^English · .*$", TEXTS[language], re.M)
    others = [name for key, name in readme.READMES.items() if key != language]
    assert LINK.findall(line) == others


@pytest.mark.parametrize("language", list(TEXTS))
def test_links_lead_somewhere(language):
    for link in LINK.findall(TEXTS[language]):
        path, _, anchor = link.partition("#")
        if not path.startswith("https://"):
            assert (ROOT / path).exists(), link
            assert not anchor, f"{link}: GitHub breaks links to headings of notebooks; link the file"


# --- what the English README tells to type ------------------------------------------------------------------


def blocks(language):
    found = [block for kind, block in CODE.findall(TEXTS["en"]) if kind == language]
    assert found, f"README.md has no block of {language}"
    return found


def test_the_commands_print_what_the_readme_shows():
    shown = re.findall(r"^\$ aicities (.+)\n((?:(?!\$ ).*\n)*)", "".join(blocks("console")), re.M)
    assert len(shown) >= 2
    for command, output in shown:
        run = [sys.executable, "-m", "aicities", *shlex.split(command)]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60)
        assert (done.returncode, done.stdout.strip()) == (0, output.strip()), command


def test_the_lines_of_python_run():
    with contextlib.redirect_stdout(io.StringIO()):
        for block in blocks("python"):
            exec(compile(block, "README.md", "exec"), {})


def test_commands_named_in_passing_exist():
    named = set(re.findall(r"`aicities (\w+)", TEXTS["en"]))
    help_text = subprocess.run([sys.executable, "-m", "aicities", "--help"], capture_output=True, text=True).stdout
    assert named and all(re.search(rf"^\s+{name}\b", help_text, re.M) for name in named)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"`make (\w+)`|^make (\w+)", TEXTS["en"], re.M))
    assert {a or b for a, b in re.findall(r"`make (\w+)`|^make (\w+)", TEXTS["en"], re.M)} <= targets


def test_the_example_tells_each_reading():
    row = {"article_id": "ja", "start": 1, "end": 5, "token": "x", "says": "y"}
    said = {reading: parts.place(row | {"reading": reading}) for reading in ("supports", "garbled", "absent")}
    assert said["supports"] == "The Japanese text supports it: characters 1 to 5, `x`."
    assert said["garbled"] == "The Japanese text garbles it: characters 1 to 5, `x`, which says *y*."
    assert said["absent"] == "The Japanese text leaves it out."


def test_a_command_that_fails_is_not_printed(capsys):
    with pytest.raises(ValueError, match="ended with status 2; expected 0"):
        parts.shown("show nothing")


@pytest.mark.parametrize("address", [None, "https://github.com/ann/cities"])
def test_the_citation_follows_the_file(address):
    cff = "authors:\n  - name: A\n  - name: B\ndate-released: '2027-01-02'\ntitle: T?\nversion: 1.2.0\n"
    said = parts.citation(cff, address)
    before = parts.citation(cff.replace("date-released: '2027-01-02'\n", ""), address)
    assert before.startswith("> A, B. *T?* Version 1.2.0 (unreleased), data set.")
    assert said == "> A, B (2027). *T?* Version 1.2.0, data set." + (f" {address}" if address else "")
