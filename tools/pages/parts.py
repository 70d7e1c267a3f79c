"""The generated parts of README.md and of its short forms in other languages, as Markdown."""

from __future__ import annotations

import contextlib
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode

from aicities import __main__ as command_line
from aicities import bounds, tables
from aicities.study.headline import wording
from tools.pages.repository import Repository, nbviewer

QUESTIONS = Path(__file__).with_name("questions.toml")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")
READINGS = {"supports": "supports", "confirmed": "confirms"}
HEADERS = {
    "en": ("notebook", "question", "what comes out", "[tables read](data/README.md)", "minutes"),
    "zh": ("笔记本", "问题", "结果", "阅读分钟数"),
    "ja": ("ノートブック", "問い", "分かったこと", "読む時間（分）"),
    "id": ("notebook", "pertanyaan", "hasilnya", "menit baca"),
}


FIRST = 2  # so many findings are the answer, and open the page


def answer(language: str, numbers: dict[str, Any]) -> str:
    """The findings that open the page: who leads, and how sure that is."""
    return "\n\n".join(wording.sentences(numbers, language)[:FIRST])


def finding_list(language: str, numbers: dict[str, Any]) -> str:
    """The other findings, as a list, and how to quote the answer."""
    others = "\n".join(f"- {text}" for text in wording.sentences(numbers, language)[FIRST:])
    return f"{others}\n\n{wording.quote(numbers, language)}"


def caption(language: str, numbers: dict[str, Any]) -> str:
    """The caption of the picture on the page."""
    form = wording.templates(language)["figure"]
    return wording.say(form, {"number": 1, **wording.captions(numbers, language)[0]}, language=language)


def notebook_table(paths: list[Path], *, language: str, repository: Repository | None = None) -> str:
    """The table of notebooks; in English with first computed finding and tables read."""
    header = HEADERS[language]
    translated = tomllib.loads(QUESTIONS.read_text("utf-8"))
    rows = [row(path, language=language, translated=translated, repository=repository) for path in paths]
    rule = ["---"] * (len(header) - 1) + ["---:"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [header, rule, *rows])


def row(
    path: Path, *, language: str, translated: dict[str, dict[str, Any]], repository: Repository | None = None
) -> list[str]:
    """The cells of one notebook: link, question, in English finding and tables, minutes.

    Raises ValueError if the notebook lacks one of them, or `translated` has not its question as it stands there.
    """
    notebook = nbformat.read(path, 4)
    opening = notebook.cells[0].source
    title = found(r"^# (.+)$", opening, path)
    question = found(r"\*\*Question\.\*\* (.+)", opening, path)
    minutes = found(r"\*\*Time:\*\* (\d+) minutes", opening, path)
    read = found(r"\*\*Tables read:\*\* (.+?)\]\(", opening, path)
    names = [f"`{name}`" for name in read[1:].split(", ")] if read.startswith("[") else [read.replace("[", "")]
    link = f"[{path.stem[:2]} {title}](notebooks/{path.name})"
    if language != "en":
        asked = translated.get(path.stem, {})
        if asked.get("en") != question:
            raise ValueError(
                f"{QUESTIONS.name}, [{path.stem}]: en is {asked.get('en')!r}, but the notebook asks {question!r}; "
                "expected the same, and translations of it"
            )
        return [link, asked[language], finding_in(language, notebook, path, asked["finding"]), minutes]
    if repository is not None:
        link += f" ([nbviewer]({nbviewer(repository, f'notebooks/{path.name}')}))"
    return [link, question, computed_finding(notebook, path), ", ".join(names), minutes]


def finding_in(language: str, notebook: NotebookNode, path: Path, templates: dict[str, str]) -> str:
    """The first finding in another language: its words from `templates`, its numbers from the notebook.

    Raises ValueError if the English words are not those that were translated.
    """
    english = computed_finding(notebook, path)
    if NUMBER.sub("#", english) != templates["en"]:
        raise ValueError(
            f"{QUESTIONS.name}, [{path.stem}.finding]: en is {templates['en']!r}, but the notebook finds {english!r}; "
            "expected the same with # for each number, and translations of it"
        )
    numbers = NUMBER.findall(english)
    if language == "id":
        numbers = [number.translate(str.maketrans(",.", ".,")) for number in numbers]
    return templates[language].format(*numbers)


def computed_finding(notebook: NotebookNode, path: Path) -> str:
    """The first line of the computed summary."""
    start = next((i for i, cell in enumerate(notebook.cells) if re.search(r"^## Summary$", cell.source, re.M)), None)
    for cell in notebook.cells[start:] if start is not None else []:
        for output in cell.get("outputs", []):
            if "text/markdown" in output.get("data", {}):
                return found(r"^- (.+)$", output["data"]["text/markdown"], path)
    raise ValueError(f"{path.name} has no computed summary; expected a Markdown output under '## Summary'")


def found(pattern: str, text: str, path: Path) -> str:
    """What the pattern captures; ValueError if the notebook has no such line."""
    match = re.search(pattern, text, re.M)
    if match is None:
        raise ValueError(f"{path.name} has no line like {pattern!r}; see the first cell and the summary of another")
    return match[1].replace("|", "\\|")


def example(numbers: dict[str, Any]) -> str:
    """One number, followed from the finding that prints it to its places: the commands and what they answer."""
    amount = bounds.words(numbers["compute_relation"], numbers["compute_value"], numbers["compute_unit"])
    facts = tables.load("indicators").query("indicator == 'intelligent_compute' and subject_id == 'beijing'")
    (fact,) = facts["fact_id"]
    commands = [
        f"show indicators --where fact_id={fact} --columns city,relation,value,unit,status,stated_by",
        f"show evidence --where fact_id={fact} --columns article_id,reading,start,end,token,says",
    ]
    console = "\n".join(f"$ aicities {command}\n{shown(command)}" for command in commands)
    said = " ".join(place(row) for row in tables.load("evidence").query("fact_id == @fact").to_dict("records"))
    return f"The article has *{amount}* for Beijing. Where is that from?\n\n```console\n{console}```\n\n{said}"


def shown(command: str) -> str:
    """What the command line prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = command_line.main(command.split())
    if status:
        raise ValueError(f"'aicities {command}' ended with status {status}; expected 0")
    return printed.getvalue()


def place(evidence: dict[str, Any]) -> str:
    """One row of `evidence` as a sentence."""
    language = tables.load("articles").set_index("article_id").loc[evidence["article_id"], "language_name"]
    if evidence["reading"] == "absent":
        return f"The {language} text leaves it out."
    where = f"characters {evidence['start']} to {evidence['end']}, `{evidence['token']}`"
    if evidence["reading"] == "garbled":
        return f"The {language} text garbles it: {where}, which says *{evidence['says']}*."
    return f"The {language} text {READINGS[evidence['reading']]} it: {where}."


def citation(cff: str, address: str | None) -> str:
    """The citation of CITATION.cff as one line, with the address once there is one."""
    about = yaml.safe_load(cff)
    authors = ", ".join(author["name"] for author in about["authors"])
    released = about.get("date-released")
    year = f" ({str(released)[:4]})" if released else ""
    version = f"Version {about['version']}{'' if released else ' (unreleased)'}"
    where = f" {address}" if address else ""
    return f"> {authors}{year}. *{about['title']}* {version}, data set.{where}"
