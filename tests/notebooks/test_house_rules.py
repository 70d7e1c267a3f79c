"""The house rules: the small good notebook and all of ours keep them, and each rule finds what it is for."""

from __future__ import annotations

import base64
import io
import re
import zlib
from decimal import Decimal
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from tests.notebooks.falsifications import clear_all, part
from tests.notebooks.small import checkout, count, edited, executed, prose
from tools.notebook import ROOT, read, to_bytes
from tools.pages import navigation
from tools.rules import RULES, problems
from tools.rules.__main__ import main
from tools.rules.github import anchors
from tools.rules.numbers import said, value

OURS = sorted((ROOT / "notebooks").glob("*.ipynb"))
IMPORTS, STREAM, TABLE, SENTENCE, FIGURE, RESULT, SECOND_FIGURE, ASSERTION = 1, 4, 7, 10, 13, 16, 19, 22
LIMITS, SUMMARY, LAST = 24, 25, 26
SECOND_PARAGRAPHS = (3, 6, 9, 12, 15, 18, 21, 23)


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return executed(checkout(tmp_path_factory.mktemp("checkout")))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_notebooks_keep_the_rules(path):
    assert [str(problem) for problem in problems(path)] == []


def test_our_navigation_is_fresh():
    assert list(navigation.update(ROOT / "notebooks")) == []


def test_the_good_notebook_has_no_problem(good):
    assert problems(good) == []


def png(image, *, more=b"", after=b""):
    """A picture encoded, with another part after its head, and with bytes after its end."""
    buffer = io.BytesIO()
    matplotlib.image.imsave(buffer, image, format="png", metadata={"Software": None})
    content = buffer.getvalue()
    more = part(more[:4], more[4:]) if more else b""
    return base64.b64encode(content[:33] + more + content[33:] + after).decode()


def packed(*, pixels=b"", stream=b"", end=b""):
    """A white picture with more behind its pixels, behind their packed form, and in its last part."""
    head = (2).to_bytes(4) + (2).to_bytes(4) + bytes([8, 2, 0, 0, 0])
    body = zlib.compress((b"\0" + b"\xff" * 6) * 2 + pixels) + stream
    content = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", end)
    return base64.b64encode(content).decode()


def typed(place, text):
    """Add text to the end of a cell."""

    def change(notebook):
        notebook.cells[place].source += text

    return change


def put(place, old, new):
    """Replace text in a cell, which must be there."""

    def change(notebook):
        assert old in notebook.cells[place].source
        notebook.cells[place].source = notebook.cells[place].source.replace(old, new)

    return change


def data(place, **content):
    """Set what the cell's first output shows; `image_png=...` stands for image/png."""

    def change(notebook):
        for name, shown in content.items():
            notebook.cells[place].outputs[0].data[name.replace("_", "/")] = shown

    return change


def output(place, *args, **kwargs):
    """Add an output to a cell."""
    return lambda notebook: notebook.cells[place].outputs.append(new_output(*args, **kwargs))


def cell(place, **content):
    """Set fields of a cell."""
    return lambda notebook: notebook.cells[place].update(content)


def add(place, *cells):
    """Put cells before a place; executed code is counted on."""

    def change(notebook):
        notebook.cells[place:place] = [item.copy() for item in cells]
        for position, item in enumerate(notebook.cells):
            item.id = f"cell-{position:02d}"
        code = [item for item in notebook.cells if item.cell_type == "code"]
        for number, item in enumerate(code, start=1):
            count(item, number)

    return change


def without(*places):
    """Leave cells out; the rest is counted anew."""

    def change(notebook):
        notebook.cells = [item for place, item in enumerate(notebook.cells) if place not in places]
        add(0)(notebook)

    return change


def meta(**content):
    return lambda notebook: notebook.metadata.update(content)


def html(inside, *, tag="table"):
    return data(TABLE, text_html=f"<{tag}>{inside}</{tag}>")


def more_code_than_prose(notebook):
    for place in SECOND_PARAGRAPHS[:-1]:
        notebook.cells[place] = new_code_cell("1")
    add(0)(notebook)
    typed(SUMMARY, " word" * 300)(notebook)


def little_prose(notebook):
    for place in SECOND_PARAGRAPHS:
        notebook.cells[place].source = "A word."


WHITE = np.ones((30, 40, 4))
NOISE = np.where(np.indices((280, 280, 4)).min(axis=0) < 2, 1, np.random.default_rng(0).random((280, 280, 4)))
MACHINE = "/".join(["", "home", "ann", "data.csv"])
LONG = "a word " * 20
ROW = "|" + " a |" * 9

BAD = {
    "executed": [
        cell(TABLE, execution_count=None),
        cell(TABLE, execution_count=7),
        lambda notebook: notebook.cells[SENTENCE].outputs[0].update(execution_count=7),
        output(TABLE, "stream", name="stderr", text="a warning"),
        output(TABLE, "error", ename="ValueError", evalue="", traceback=[]),
    ],
    "compared": [
        typed(TABLE, "\n# NBVAL_IGNORE_OUTPUT"),
        typed(TABLE, "\n_ = 1  # noqa: F841"),
        typed(TABLE, "\n_ = 1  # fmt: skip"),
    ],
    "written": [
        add(23, new_raw_cell("It is 98,765.")),
        cell(TABLE, metadata={"tags": ["nbval-skip"]}),
        cell(TABLE, metadata={"tags": ["hide-output"]}),
        cell(TABLE, metadata={"tags": ["jp-any"]}),
        lambda notebook: notebook.cells[TABLE].outputs[0].metadata.update(scrapbook={}),
        lambda notebook: notebook.cells[FIGURE].outputs[0].metadata["image/png"].update(title="All fell"),
        lambda notebook: notebook.cells[FIGURE].outputs[1].metadata.update({"image/png": {}}),
        cell(SUMMARY, metadata={"collapsed": True}),
        cell(TABLE, metadata={"jupyter": {"outputs_hidden": True}}),
        cell(TABLE, metadata={"jupyter": {"source_hidden": True}}),
        cell(TABLE, metadata={"hide_input": True}),
        meta(kernelspec={"name": "conda-env", "display_name": "Mine", "language": "python"}),
        meta(kernelspec={"name": "python3", "display_name": "98,765", "language": "python"}),
        meta(language_info={"name": "python", "version": "3.99"}),
        meta(hide_input=True),
        meta(widgets={}),
        meta(title="Another"),
    ],
    "characters": [
        *(typed(SUMMARY, f" This{sign}is so.") for sign in "\u202e\u2029\ufe0f\u20e3\u0336\u3164\u2800\xa0\U000e0041"),
        *(typed(SUMMARY, f" It is so{sign}.") for sign in ("w\u0435", "ｗｅ", "𝐰𝐞", "이십")),
        typed(TABLE, "\n# an invisible\u200b sign"),
        data(SENTENCE, text_markdown="**25** of 75 f\u0430cts"),
        data(SENTENCE, text_markdown="**2\u03365** of 75 facts"),
        data(RESULT, text_plain="1\u2060"),
        data(SENTENCE, text_markdown="**2\x1b[8m5** of 75 facts"),
    ],
    "filled": [
        put(SENTENCE, "{counts['size'].max()}", "{20_000 * 2:,}"),
        put(SENTENCE, "{counts['size'].max()}", "{counts['size'].max() * 37}"),
        put(SENTENCE, "{counts['size'].max()}", "{'many'}"),
        put(SENTENCE, "{counts['size'].max()}", "{counts['size'].max() + 7}"),
        put(SENTENCE, "{counts['size'].max()}", "{98_765}"),
        typed(RESULT, "\nprint(chr(57))"),
        typed(RESULT, '\nMarkdown("{}".format(98_765))'),
    ],
    "asserted": [
        put(ASSERTION, ', "Each fact has one topic."', ""),
        put(ASSERTION, '"Each fact has one topic."', '""'),
        put(ASSERTION, 'counts["size"].sum() == len(facts)', "True"),
        put(ASSERTION, "len(facts),", "len(facts) or 1,"),
        put(ASSERTION, "len(facts),", "len(facts) or 1 < 2,"),
        put(ASSERTION, "assert counts", "if not len(facts):\n    assert counts"),
        put(ASSERTION, 'counts["size"].sum() == len(facts)', 'counts["size"] is not None'),
        put(ASSERTION, 'counts["size"].sum() == len(facts)', 'counts["size"]'),
        put(ASSERTION, 'counts["size"].sum() == len(facts)', "len(facts)"),
        put(ASSERTION, 'counts["size"].sum() == len(facts)', "len(facts) == len(facts)"),
        put(ASSERTION, "== len(facts)", ">= 0"),
        put(ASSERTION, 'len(facts), "Each fact has one topic."', 'len(facts), ("Each fact has one topic.",)'),
        typed(STREAM, '\nassert len(facts), "There are facts."'),
        put(FIGURE, "caption =", 'assert len(facts), "There are facts."\ncaption ='),
    ],
    "steady": [
        typed(RESULT, ";"),
        typed(RESULT, "\npd.Timestamp.now()"),
        typed(RESULT, "\nurlopen(address)"),
        typed(RESULT, "\nnp.random.default_rng()"),
        data(RESULT, text_plain="<object at 0x7f0012345678>"),
        data(RESULT, text_plain="<Axes: >"),
    ],
    "numbers": [
        typed(SUMMARY, " Beijing has 4,321 firms."),
        typed(SUMMARY, " That was on 2023-05-06."),
        typed(SUMMARY, " That was on 3 August 2024."),
        typed(SUMMARY, " That was in July 2024."),
        typed(SUMMARY, " It is six per cent of them."),
        typed(SUMMARY, " A share of 17.5 % is large."),
        typed(SUMMARY, " It is .98765 of them."),
        typed(SUMMARY, " It is < 98,765 or > 97,654."),
        typed(SUMMARY, " It is 98 765."),
        typed(SUMMARY, " It is 9 8 7 6 5."),
        typed(SUMMARY, " It is 9e5."),
        typed(SUMMARY, " It is 0x181cd."),
        typed(SUMMARY, " It is P98765."),
        typed(SUMMARY, " It is mcdxliv."),
        typed(SUMMARY, " It grew twentyfold."),
        typed(SUMMARY, " It is the ninety-ninth."),
        typed(SUMMARY, " It is nine crore."),
        typed(SUMMARY, " There are a dozen."),
        typed(SUMMARY, " Model-99 is met."),
        typed(SUMMARY, " See Figure 99."),
        typed(SUMMARY, " It is ninety-odd million."),
        typed(SUMMARY, " Shenzhen (1999) leads."),
        typed(SUMMARY, " 壱弐。"),
        typed(SUMMARY, "\n\n19. It is so."),
        typed(RESULT, '\nprint("4,321")'),
        typed(RESULT, '\nprint("\\u2460")'),
        typed(SUMMARY, "\n\n98765. That is how many there are."),
        put(0, "1 minute to run", "1 minute to run, 98,765 firms"),
        typed(SUMMARY, " Target-98765 is met."),
        typed(SUMMARY, " See Figure 98765."),
        typed(SUMMARY, " There are MCDXLIV of them."),
        typed(TABLE, "\n# Shenzhen has 98,765 of them"),
        typed(SUMMARY, " So do ninety-nine of them."),
        typed(SUMMARY, " Two hundred and five firms agree."),
        typed(SUMMARY, " A million firms agree."),
        typed(SUMMARY, " 共有二十三家企业。"),
        put(FIGURE, "One topic leads by far", "One topic leads by forty-four"),
        put(FIGURE, "One topic leads by far", "One topic leads by 44 facts"),
        put(FIGURE, "Bars of falling length.", "Bars of falling length, the first at 44."),
        put(SENTENCE, "The largest topic has", "The largest of 44 topics has"),
    ],
    "opening": [
        put(0, "# A small notebook", "A word first.\n\n# A small notebook"),
        put(0, "facts?", "facts."),
        put(0, " The rest follow at a distance.", ""),
        put(0, "- draw what was counted\n", ""),
        put(0, "- draw", "- how to draw"),
        put(0, "../data/README.md", "../README.md"),
        put(0, " to run", ""),
    ],
    "tables_read": [put(0, "[indicators]", "[compute]")],
    "imports": [typed(TABLE, "\nimport math"), add(1, new_markdown_cell(prose("x")))],
    "headings": [put(LIMITS, "## Limits", "# Another title\n\n## Limits"), put(2, "## Step", "### Step")],
    "ending": [
        put(LIMITS, "## Limits", "## Bounds"),
        put(SUMMARY, "## Summary", "## Summary\n\n## More"),
        put(LAST, "[All notebooks](../README.md)", "That is all."),
    ],
    "length": [
        without(2, 5, 8),
        add(23, *[new_markdown_cell("A word.")] * 24),
        more_code_than_prose,
        cell(23, source=" "),
    ],
    "words": [little_prose, typed(SUMMARY, " word" * 700)],
    "short_code": [
        typed(TABLE, "\n_ = 1" * 26),
        lambda notebook: [typed(place, "\n_ = 1" * 6)(notebook) for place in (4, 7, 10, 16, 22)],
        typed(TABLE, "\n_ = 1; _ = 2"),
        typed(TABLE, f'\n_ = "{"word " * 20}"'),
    ],
    "plain_code": [
        typed(TABLE, "\n\n\ndef f(): ..."),
        typed(TABLE, "\n\n\nclass A: ..."),
        typed(TABLE, "\n%matplotlib inline"),
        typed(TABLE, "\nlen = counts"),
        typed(TABLE, "\nac.load = counts"),
        typed(TABLE, '\nexec("1")'),
        typed(TABLE, '\n_ = open("a.csv")'),
        typed(TABLE, "\n_ = ac.__dict__"),
    ],
    "used": [typed(TABLE, "\na = 1")],
    "once": [
        lambda notebook: notebook.cells[3].update(source=notebook.cells[2].source),
        put(2, "This is", "Whoever has one text only is misled. Whoever has one text only is misled. This is"),
    ],
    "answered": [
        put(0, "Beijing has more facts than Shenzhen", "Shenzhen has more facts than Beijing"),
        put(ASSERTION, '"Beijing has more', '"It has more'),
        put(ASSERTION, 'by_city["Beijing"] > by_city["Shenzhen"]', "by_city.max() > by_city.min()"),
    ],
    "introduced": [add(TABLE, new_code_cell("_ = 1"), new_code_cell("_ = 2"))],
    "figures": [
        lambda notebook: notebook.cells[FIGURE].outputs[0].metadata.clear(),
        data(FIGURE, text_plain="Figure 1: Something else."),
        lambda notebook: notebook.cells[FIGURE].outputs.pop(1),
        lambda notebook: notebook.cells[FIGURE].outputs[1].data.update({"text/markdown": "**Figure 2.** No."}),
    ],
    "explained": [without(20, 21)],
    "mimetypes": [
        data(RESULT, **{"image_svg+xml": "<svg/>"}),
        data(RESULT, application_javascript="1"),
        data(RESULT, **{"application_vnd.jupyter.widget-view+json": {}}),
    ],
    "html": [
        html("<script>1</script>"),
        html("<style>td {}</style>"),
        html("<tr id='a'><td>1</td></tr>"),
        html("<tr><td style='color: red'>1</td></tr>"),
        html("<tr><td onclick='1'>1</td></tr>"),
        html("text", tag="div"),
    ],
    "plain": [
        typed(SUMMARY, " It is $x$."),
        typed(SUMMARY, " It is so**me**thing."),
        typed(SUMMARY, " It is `a``b`."),
        typed(SUMMARY, " It is a<br>b."),
        typed(SUMMARY, " It is <sup>a</sup>."),
        typed(SUMMARY, "\n<section hidden"),
        typed(SUMMARY, " It is [a](../README.md)[b](../README.md)."),
        typed(SUMMARY, ' It is [a](../README.md "All fell").'),
        typed(SUMMARY, " It is ~~not~~ so."),
        typed(SUMMARY, " It is &lt;so."),
        typed(SUMMARY, " It is a\\b."),
        typed(SUMMARY, "\n\n[//]: # (All fell)"),
        typed(SUMMARY, "\n\n[^1]: All fell."),
        typed(SUMMARY, "\n\n    All fell."),
        typed(SUMMARY, "\n\n```\nAll fell."),
        typed(SUMMARY, " ![All fell](../README.md)"),
        typed(SUMMARY, "\n\n<details>more</details>"),
        put(LIMITS, "## Limits\n", "## Limits\n<!--"),
        typed(SUMMARY, "\n\n<?php"),
        typed(SUMMARY, "\n\n<img src='a.png'>"),
        typed(SUMMARY, "\n\n```mermaid\ngraph\n```"),
        cell(SUMMARY, attachments={"a.png": {"image/png": png(WHITE)}}),
        data(SENTENCE, text_markdown="<span>25</span> of 75 facts"),
    ],
    "links": [
        typed(SUMMARY, " [See](#limits)"),
        typed(SUMMARY, " [See](none.ipynb)"),
        typed(SUMMARY, " [See 03](small.ipynb)"),
        typed(SUMMARY, " [See](small.ipynb#Limits)"),
        typed(SUMMARY, " [See](../README.md#no-such-heading)"),
        typed(SUMMARY, " [See](attachment:a.png)"),
        typed(SUMMARY, " Ask a@example.org."),
        typed(SUMMARY, " [See](https://example.org)"),
        typed(SUMMARY, " [See](//example.org)"),
        typed(SUMMARY, " See www.example.org."),
        typed(TABLE, '\nMarkdown("[here](https://example.org)")'),
    ],
    "columns": [
        html("<tr>" + "<td>a</td>" * 9 + "</tr>"),
        html("<tr><td colspan='9'>a</td></tr>"),
        html("<tr><td>...</td></tr>"),
        data(TABLE, text_markdown="| a |\n| :--- |\n| ... |"),
        typed(SUMMARY, f"\n\n{ROW}\n{ROW.replace('a', '-')}\n"),
    ],
    "lines": [
        data(RESULT, text_plain=LONG),
        lambda notebook: notebook.cells[STREAM].outputs[0].update(text=LONG),
    ],
    "pictures": [
        data(FIGURE, image_png=png(WHITE * 0.5)),
        data(FIGURE, image_png=png(WHITE * [1, 1, 1, 0])),
        data(FIGURE, image_png=png(NOISE)),
        data(FIGURE, image_png="no picture"),
        data(FIGURE, image_png=png(WHITE, more=b"gAMA" + (1).to_bytes(4))),
        data(FIGURE, image_png=png(WHITE, more=b"tEXt" + b"Title\0Other")),
        data(FIGURE, image_png=png(WHITE, after=b"98765")),
        data(FIGURE, image_png=png(WHITE, more=b"PLTE" + b"All fell.")),
        data(FIGURE, image_png=png(WHITE, more=b"IDAT" + b"")),
        data(FIGURE, image_png=png(WHITE) + "\nAll fell."),
        *(data(FIGURE, image_png=packed(**{way: b"All fell."})) for way in ("pixels", "stream", "end")),
    ],
    "addresses": [
        typed(TABLE, f'\n_ = "{MACHINE}"'),
        data(RESULT, text_plain=f"'{MACHINE}'"),
        data(RESULT, text_plain=r"'C:\data.csv'"),
        typed(SUMMARY, " py" + "pi.org"),
    ],
    "budget": [typed(TABLE, f"\n# {'a comment' * 10}" * 5_600)],
}


def test_of_a_notebook_that_was_never_run_this_is_told_once(good):
    found = problems(edited(good, lambda notebook: clear_all(notebook, 0)))
    assert [(p.cell, p.what) for p in found if p.rule == "executed"] == [(0, "it was never run")]


def test_every_rule_is_tried():
    assert set(BAD) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize(("rule", "change"), [(rule, change) for rule, changes in BAD.items() for change in changes])
def test_the_rule_finds(good, rule, change):
    notebook = read(good)
    change(notebook)
    bad = good.with_name(f"{rule}.ipynb")
    bad.write_bytes(to_bytes(notebook))
    assert {problem.rule for problem in problems(bad)} == {rule}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nbformat": 3}', '{"nbformat": 4, "cells": 1}', "\x00"])
def test_what_is_no_notebook_is_said(tmp_path, text):
    path = tmp_path / "bad.ipynb"
    path.write_text(text)
    assert [problem.rule for problem in problems(path)] == ["valid"]


@pytest.mark.parametrize(
    "text",
    [
        "Published on 2 August 2024, that is 2024-08-02.",
        "From 0 to 1, then 1→10 and 10 to 100.",
        "See figures 1 and 2, table 3 and notebook 02.",
        "1. The first thing\n2. The second",
        "The 5G network and GPT-4 are names, and so is I017.",
        "[A page](../README.md), `x_1 = 2`, **one** (*two*) mix.",
        "One of three, ten at most; the third, half of them, hundreds.",
    ],
)
def test_numbers_that_need_no_backing(good, text):
    assert problems(edited(good, typed(SUMMARY, f"\n\n{text}"))) == []


def test_a_number_is_backed_by_an_assertion_a_table_and_a_computed_sentence(good):
    largest = re.search(r"\d+", read(good).cells[SENTENCE].outputs[0].data["text/markdown"]).group()
    text = typed(SUMMARY, f" The largest has {largest}.0, that is under 4,321.")
    assert [p.what for p in problems(edited(good, text))] == ["nothing backs the number 4,321"]

    def both(notebook):
        text(notebook)
        typed(ASSERTION, '\nassert len(facts) < 4_321, "Few."')(notebook)

    assert problems(edited(good, both)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ninety-nine", 99),
        ("A hundred", 100),
        ("two hundred and five", 205),
        ("sixteen million five hundred thousand", 16_500_000),
        ("eleven\n- twelve", 11),
        ("twenty and thirty", 20),
        ("1,234.50", Decimal("1234.5")),
        ("2024-05", "2024-05"),
        ("½", "½"),
        ("二十三", "二十三"),
    ],
)
def test_a_number_in_words_is_compared_by_its_value(text, number):
    assert value(said(text)[0]) == number


def test_a_number_in_words_is_backed_by_an_assertion(good):
    def both(notebook):
        typed(SUMMARY, " Fewer than four thousand three hundred and twenty-one.")(notebook)
        typed(ASSERTION, '\nassert len(facts) < 4_321, "Few."')(notebook)

    assert problems(edited(good, both)) == []


def test_a_caption_does_not_back_itself(good):
    found = problems(edited(good, lambda n: (put(FIGURE, "by far", "by 44")(n), output(
        FIGURE, "display_data", data={"text/markdown": "It leads by 44."})(n))))  # fmt: skip
    assert [(p.cell, p.rule) for p in found] == [(FIGURE + 1, "numbers")]


def test_a_computed_sentence_may_follow_a_figure(good):
    assert problems(edited(good, lambda n: (output(SECOND_FIGURE, "display_data", data={
        "text/markdown": "Most points lie to the left."})(n), without(20, 21)(n)))) == []  # fmt: skip


def test_anchors_are_those_of_github():
    assert anchors("# A title, with `code`\n## Größe (m²)\n```\n# no\n```") == {
        "a-title-with-code",
        "größe-m²",
    }


def test_the_command(good, capsys):
    bad = edited(good, cell(TABLE, execution_count=None))
    assert main([str(good)]) == 0
    assert main([str(good), str(bad)]) == 1
    printed = capsys.readouterr()
    assert f"{bad.name}, cell {TABLE + 1}: executed: execution count None; expected 3" in printed.out
    many = edited(good, lambda n: [typed(place, " See P4321.")(n) for place in (3, 6, LIMITS)])
    assert main([str(many)]) == 1
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith(f"{many.name}, cell 4: numbers: nothing backs the number P4321;")
    assert said.endswith(f" (so too in cells 7, {LIMITS + 1})")
    assert main(["--rules"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(RULES)


def test_what_is_no_notebook_of_ours_is_an_error(tmp_path):
    for command in (main, navigation.main):
        with pytest.raises(SystemExit, match="2"):
            command([str(tmp_path)])


def three(good, folder: Path):
    for name in ("01-one", "02-two", "03-three"):
        path = folder / f"{name}.ipynb"
        notebook = read(good)
        put(0, "# A small notebook", f"# Notebook {name[3:]}")(notebook)
        path.write_bytes(to_bytes(notebook))
    return folder


def test_navigation_leads_through_the_notebooks_and_a_second_run_changes_nothing(good, tmp_path, capsys):
    folder = three(good, tmp_path)
    assert navigation.main([str(folder), "--check"]) == 1
    assert navigation.main([str(folder)]) == 0
    written = {path: path.read_bytes() for path in folder.iterdir()}
    expected = (
        "[← Previous: Notebook one](01-one.ipynb) · [All notebooks](../README.md) · "
        "[Next: Notebook three →](03-three.ipynb)"
    )
    middle = read(folder / "02-two.ipynb")
    assert middle.cells[0].source.startswith(f"# Notebook two\n\n{expected}\n\n**Question.**")
    assert middle.cells[-1].source.endswith(f"\n\n{expected}")
    assert middle.cells[-1].source.count("[All notebooks]") == 1
    assert "Previous" not in read(folder / "01-one.ipynb").cells[0].source
    assert "Next:" not in read(folder / "03-three.ipynb").cells[-1].source
    assert navigation.main([str(folder)]) == navigation.main([str(folder), "--check"]) == 0
    assert {path: path.read_bytes() for path in folder.iterdir()} == written


def test_navigation_follows_a_new_title_and_a_notebook_that_is_gone(good, tmp_path):
    folder = three(good, tmp_path)
    navigation.main([str(folder)])
    edited(folder / "02-two.ipynb", put(0, "# Notebook two", "# A better title"), name="02-two")
    (folder / "03-three.ipynb").unlink()
    assert [path.name for path in navigation.update(folder)] == ["01-one.ipynb", "02-two.ipynb"]
    navigation.main([str(folder)])
    assert "[Next: A better title →](02-two.ipynb)" in read(folder / "01-one.ipynb").cells[0].source
    assert "Next:" not in read(folder / "02-two.ipynb").cells[0].source


@pytest.mark.parametrize("change", [put(0, "# A small", "A small"), without(0), lambda n: n.cells.clear()])
def test_navigation_says_where_it_cannot_be_written(good, tmp_path, capsys, change):
    path = three(good, tmp_path) / "02-two.ipynb"
    notebook = read(good)
    change(notebook)
    path.write_bytes(to_bytes(notebook))
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    assert navigation.main([str(tmp_path)]) == 1
    assert "02-two.ipynb" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
