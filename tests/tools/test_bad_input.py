"""Hostile cells and folders: they reach no markup, no spreadsheet and no other folder."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import aicities as ac
from aicities import __main__ as cli
from aicities import evidence, figures, tables
from aicities import figures as house
from tests.aicities import packages
from tools.pages import dictionary
from tools.site.markdown import renderer
from tools.site.notebooks import page_of

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a | b || c",
    "`rm -rf`, ``` and ~~~",
    "$x^2$ and $$y$$",
    "[a link](javascript:alert(1)) ![a picture](x)",
    "</td></tr></table>",
    "<!-- no comment -->",
    "&lt;b&gt; &amp; &#60;",
    "**bold** _it_ ~~out~~ # not a heading",
    "\\",
    "ends with \\",
    "javascript:alert(1)",
)


class Seen(HTMLParser):
    """The elements of a page, and its tables as rows of texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.tags += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Outputs of notebook cells for what is displayed."""
    outputs: list[Any] = []

    def display(data: Any, *, metadata: dict[str, Any] | None = None, raw: bool = False) -> None:
        bundle = dict(data) if raw else {"text/markdown": data.data}
        outputs.append(new_output("display_data", bundle, metadata=metadata or {}))

    monkeypatch.setattr(house, "display", display)
    return outputs


def page(folder: Path, outputs: list[Any], *, prose: str = "# A title") -> str:
    """What the site shows of a notebook with these outputs."""
    cells = [new_markdown_cell(prose, id="c0"), new_code_cell("1", id="c1", execution_count=1, outputs=outputs)]
    shown = page_of(new_notebook(cells=cells), "a", markdown=renderer(lambda link: None), folder=folder)
    return str(shown.opening + shown.body)


def test_nothing_in_a_table_becomes_markup(tmp_path: Path, displayed: list[Any]) -> None:
    figures.table(pd.DataFrame({"title": HOSTILE, "<b>note</b> | $n$": HOSTILE[::-1]}))
    seen = Seen(page(tmp_path, displayed))
    plain = {"div", "h1", "p", "pre", "span", "code"}
    assert set(seen.tags) <= plain | {"table", "thead", "tbody", "tr", "th", "td"}
    assert all(link.startswith("#") for link in seen.links)
    shown = [("title", "<b>note</b> | $n$"), *zip(HOSTILE, HOSTILE[::-1], strict=True)]
    assert [tuple(cell.strip() for cell in row) for row in seen.rows] == shown


def test_tags_in_a_computed_sentence_are_shown_as_text(tmp_path: Path) -> None:
    outputs = [new_output("display_data", {"text/markdown": f"The title is {text}."}) for text in HOSTILE]
    seen = Seen(page(tmp_path, outputs, prose="# <script>alert(0)</script> and <br>"))
    assert not {"script", "img onerror", "td", "b"} & set(seen.tags)
    assert not [link for link in seen.links if link.lower().startswith("javascript:")]


def test_alternative_text_cannot_leave_its_attribute(tmp_path: Path, displayed: list[Any]) -> None:
    alt = "\"'><script>alert(1)</script> onload=alert(2) '\""
    fig, ax = figures.canvas(1, headline="A headline")
    ax.plot([1, 2])
    figures.describe(fig, alt)
    figures.show(fig, 1, "A caption with <script>alert(3)</script>.", source="A house, 2024")
    written = page(tmp_path, displayed)
    assert not {"script", "img onload"} & set(Seen(written).tags)

    class Pictures(HTMLParser):
        alts: list[str | None] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                self.alts.append(dict(attrs)["alt"])

    pictures = Pictures()
    pictures.feed(written)
    assert pictures.alts == [alt]


def test_the_dictionary_of_hostile_descriptions_is_plain(tmp_path: Path) -> None:
    described = packages.described()
    described["title"] = "".join(HOSTILE[:2])
    for number, field in enumerate(described["resources"][0]["schema"]["fields"]):
        field["description"] = HOSTILE[number]
    packages.write(tmp_path, descriptor=described)
    outputs = [new_output("display_data", {"text/markdown": dictionary.dictionary(tmp_path)})]
    seen = Seen(page(tmp_path, outputs))
    assert not {"script", "img", "img onerror"} & set(seen.tags)
    rows = [row for row in seen.rows if row and row[0].strip() in ("city_id", "score", "note")]
    assert len({len(row) for row in rows}) == 1, "a bar in a description adds no cell"


@pytest.mark.parametrize("text", [cell for cell in HOSTILE if "\n" not in cell])
def test_the_loader_keeps_hostile_texts_as_they_are(tmp_path: Path, text: str) -> None:
    described = packages.described()
    described["resources"][0]["schema"]["fields"][-1].pop("constraints")
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(["a", "", "", "", "", "", "", text])
    head = packages.TEXTS["cities.csv"].split("\n")[0]
    packages.write(
        tmp_path,
        descriptor=described,
        cities=f"{head}\n{written.getvalue()}",
        twins=packages.TEXTS["twins.csv"].split("\n")[0] + "\n",
    )
    assert ac.load("cities", folder=tmp_path)["note"].tolist() == [text]


def test_formulas_are_neutralised_in_every_text_of_an_export(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "1=1", "－1"]
    table = pd.DataFrame({"people": range(9), "note": pd.array(formulas, dtype="str")})
    for spreadsheet in (True, False):
        cli._print(table, cli._parser().parse_args(["tables", "--format", "csv", *["--spreadsheet"] * spreadsheet]))
        rows = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))[1:]
        if spreadsheet:
            assert not [cell for _, cell in rows if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
            assert [cell.removeprefix("'") for _, cell in rows[:6]] == formulas[:6]
        else:
            assert [cell for _, cell in rows] == formulas


@pytest.mark.parametrize("name", ["../data/cities", "cities/../cities", "./cities", "cities.csv", "CITIES", "..", "/"])
@pytest.mark.parametrize("command", ["show", "describe"])
def test_no_command_opens_a_table_that_is_not_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, name: str
) -> None:
    packages.write(tmp_path)
    opened: list[Path] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        opened.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    assert cli.main([command, name, "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert set(opened) <= {tmp_path / "datapackage.json"}


def linked(kind: str, folder: Path, outside: Path) -> Path:
    """A folder whose only text is a link, of one kind, to a file outside of it."""
    folder.mkdir()
    if kind == "file":
        (folder / "a.txt").symlink_to(outside / "a.txt")
    elif kind == "folder":
        (folder / "texts").symlink_to(outside)
    elif kind == "loop":
        (folder / "a.txt").symlink_to(folder / "a.txt")
    else:
        (folder / "a.txt").symlink_to(outside / "gone")
    return folder


@pytest.mark.parametrize("kind", ["file", "folder", "loop", "broken"])
def test_verify_follows_no_link_out_of_its_folder(tmp_path: Path, kind: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("12")
    folder = linked(kind, tmp_path / "texts", outside)
    digest = "6b51d431df5d7f141cbececcf79edf3dd861c3b4069f0b11661a3eefacbba918"
    article = {"article_id": "ja", "file_name": "a.txt", "sha256": digest, "characters": 2, "paragraphs": 1}
    place = {"fact_id": "I1", "article_id": "ja", "paragraph": 0, "start": 0, "end": 2, "token": "12"}
    given = {"articles": pd.DataFrame([article]), "evidence": pd.DataFrame([place])}
    assert evidence.verify(outside, given)["ok"].all()
    result = evidence.verify(folder, given)
    assert result["problem"].tolist()[0].startswith("missing") and not result["ok"].any()


HALF = '{"resources": [{"name": "\\ud800", "path": "a.csv", "schema": {"fields": [{"name": "a", "type": "string"}]}}]}'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda fields: fields[0]["constraints"].update(pattern="a{99999999999999999999}"), "a regular expression"),
        (lambda fields: fields[0]["constraints"].update(pattern="(" * 5000), "a regular expression"),
        (lambda fields: fields[1]["constraints"].update(enum=["two\nlines"]), "one of two\\nlines; got"),
        (lambda fields: fields[0].update(name="two\nlines"), "lacks the column 'two\\nlines'"),
    ],
)
def test_a_message_stays_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Any], None], said: str
) -> None:
    described = packages.described(packages.CITIES)
    change(described["resources"][0]["schema"]["fields"])
    described["resources"][0]["schema"].pop("primaryKey")
    packages.write(tmp_path, descriptor=described)
    assert cli.main(["show", "cities", "--data", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert said.partition("; got")[0] in err


def test_half_a_surrogate_pair_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(HALF)
    (tmp_path / "a.csv").write_text("a\n")
    with pytest.raises(ac.DataError, match=r"^datapackage\.json: cannot be read as JSON \(.*surrogates"):
        ac.names(folder=tmp_path)
    assert ac.check(tmp_path)["problem"].str.contains("cannot be read as JSON").tolist() == [True]
    (tmp_path / "datapackage.json").write_text(json.dumps(json.loads(HALF.replace("\\ud800", "\\ud83d\\ude00"))))
    assert ac.names(folder=tmp_path) == ["😀"]


def test_words_of_a_command_cannot_break_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["tables", "one\ntwo", "\x1b[31mred"])
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "\x1b" not in err
    assert "one\\ntwo \\x1b[31mred" in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_no_command_waits_for_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = packages.write(tmp_path)
    (folder / "twins.csv").unlink()
    os.mkfifo(folder / "twins.csv")
    assert cli.main(["check", str(folder)]) == 1
    assert capsys.readouterr().out == "twins.csv: is not a file; expected a file twins.csv\n"
    assert tables.files(folder, largest=10**6).keys() == {"cities.csv", "datapackage.json"}


def test_names_that_no_text_can_hold_are_told_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / os.fsdecode(b"\xff\n")
    assert cli.main(["check", str(odd)]) == 1
    assert capsys.readouterr().out.endswith(
        "\\udcff\\n: is not a folder; expected a folder that holds datapackage.json\n"
    )
    odd.mkdir()
    (odd / os.fsdecode(b"\xfe.csv")).touch()
    packages.write(odd)
    assert ac.check(odd)["file"].tolist() == ["\\udcfe.csv"]
    assert cli.main(["check", "x" * 5000]) == 1
    assert "is not a folder" in capsys.readouterr().out
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / os.fsdecode(b"\xfd")).write_text("12")
    digest = "6b51d431df5d7f141cbececcf79edf3dd861c3b4069f0b11661a3eefacbba918"
    article = {"article_id": "ja", "file_name": "a.txt", "sha256": digest, "characters": 2, "paragraphs": 1}
    places = pd.DataFrame(columns=["fact_id", "article_id", "paragraph", "start", "end", "token"])
    result = evidence.verify(tmp_path / "texts", {"articles": pd.DataFrame([article]), "evidence": places})
    assert result["file"].tolist() == ["\\udcfd"]


def test_a_file_name_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    described = packages.described()
    described["resources"][0]["path"] = "x" * 300 + ".csv"
    packages.write(tmp_path, descriptor=described)
    with pytest.raises(ac.DataError, match=r"x\.csv: is not there"):
        ac.load("cities", folder=tmp_path)
