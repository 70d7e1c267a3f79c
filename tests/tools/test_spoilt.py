"""A short run of `make fuzz`; and that it finds what it is for."""

from __future__ import annotations

import contextlib
import json
import os
import re
from pathlib import Path
from random import Random

import pytest

from aicities import __main__ as cli
from aicities import evidence, tables
from tools import fuzz, house_rules, spoil

INPUTS = {"table": 250, "schema": 60, "command": 150, "notebook": 40, "verify": 60, "extract": 100}


@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_spoilt_inputs_are_accepted_or_refused_in_one_line(name: str) -> None:
    tally = fuzz.fuzz(name, INPUTS[name], seed=1)
    assert [f"{one.number}: {one.what}" for one in tally.failures] == []
    assert tally.tried == INPUTS[name] == tally.accepted + tally.refused
    assert tally.refused > 0 < tally.reasons


def test_the_whole_run_is_long_enough(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = []

    def counted(name: str, inputs: int, *, seed: int) -> fuzz.Tally:
        asked.append((name, inputs, seed))
        return fuzz.Tally(name, inputs, inputs, 0, 0, 0.0, 0.0, [])

    monkeypatch.setattr(fuzz, "fuzz", counted)
    assert fuzz.main([]) == 0
    assert {name for name, _, _ in asked} == set(fuzz.TARGETS)
    assert sum(inputs for _, inputs, _ in asked) >= 10_000
    assert re.search(r"^12,000 different inputs tried, 0 failed$", capsys.readouterr().out, re.M)


def test_the_same_seed_spoils_in_the_same_way(tmp_path: Path) -> None:
    good = fuzz.package_files(tmp_path)
    first, again, other = (fuzz.spoilt_table(Random(seed), tmp_path, good) for seed in ("0 17", "0 17", "0 18"))
    assert first == again != other


def test_an_input_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(cli, "main", lambda words: 1 / 0)
    assert fuzz.main(["--only", "command", "--number", "17"]) == 1
    said = capsys.readouterr().out
    assert "command 17: ZeroDivisionError: division by zero" in said and "Traceback" in said
    assert isinstance(json.loads((tmp_path / "kept" / "input").read_bytes()), list)


@pytest.mark.parametrize("words", [["--inputs", "3"], ["--number", "3"]])
def test_a_wrong_command_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        fuzz.main(words)


def failures(name: str, inputs: int = 12) -> list[str]:
    return [failure.what for failure in fuzz.fuzz(name, inputs, seed=1).failures]


def test_another_exception_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "load", lambda name, folder: {}[name])
    assert any(what.startswith("KeyError") for what in failures("table"))


def test_a_wrong_table_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    load = tables.load

    def careless(name: str, *, folder: Path) -> object:
        return load(name, folder=folder).iloc[1:]

    monkeypatch.setattr(tables, "load", careless)
    assert "Broken: the table has not the rows, or the missing cells, of its file" in failures("table", 40)


def test_a_message_of_two_lines_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "printable", lambda text: text + "\nand more")
    assert any("a message that is not one line" in what for what in failures("command"))


def test_a_written_file_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = house_rules.problems

    def writing(path: Path) -> list[house_rules.Problem]:
        Path("left").write_text("behind")
        return problems(path)

    monkeypatch.setattr(house_rules, "problems", writing)
    assert "Broken: a file was written" in failures("notebook", 3)


def test_a_place_wrongly_said_to_be_right_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "_misplaced", lambda *_: None)
    assert any("is said to be right" in what for what in failures("verify"))


def test_a_token_at_another_place_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    extract = fuzz.extract
    monkeypatch.setattr(fuzz, "extract", lambda text, language: extract(text, language).assign(token="x"))
    assert any("does not stand at" in what for what in failures("extract", 20))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs the alarms of POSIX")
def test_a_hang_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(words: list[str]) -> int:
        while True:
            with contextlib.suppress(Exception):
                pass

    monkeypatch.setattr(fuzz, "LIMIT", 0.1)
    monkeypatch.setattr(cli, "main", endless)
    assert failures("command", 2) == ["Hang: not done within 0.1 s"] * 2


def test_tables_are_spoilt_in_every_way_that_is_named() -> None:
    good = b"a,b\n1,2\n3,4\n"
    made = {spoil.table(Random(n), good) for n in range(600)} | {spoil.raw(Random(n), good) for n in range(300)}
    text = b"\n".join(made)
    assert max(map(len, made)) > spoil.HUGE, "a huge cell"
    for part in (b"\0", b"\xef\xbb\xbf", b"\r\n", b"NaN", b"1e400", b"-0", b"=1+1", b"a,a\n", b"b,a\n", b"\xff\xfe"):
        assert part in text, part
    assert any(len({line.count(b",") for line in one.split(b"\n") if line}) > 1 for one in made), "ragged rows"
