"""The sub-commands extract and reconcile."""

from __future__ import annotations

import argparse
import functools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from textnumbers import cli
from textnumbers import extract_table as extract


def run(*words: object) -> int:
    """Run a command line that has these two sub-commands; its exit status."""
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers(required=True))
    options = parser.parse_args([str(word) for word in words])
    return options.run(options)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("7月26日、22の対策を発表した。\r\n規模は2万Pを超える。", "utf-8", newline="")
    return path


def test_table(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", article, "--language", "ja") == 0
    printed = capsys.readouterr().out
    assert "PFLOPS" in printed
    assert "--07-26" in printed


def test_json_lines_keep_types_and_offsets(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", article, "--language", "ja", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = article.read_bytes().decode("utf-8")
    assert [row["value"] for row in rows] == ["--07-26", 22, 20000]
    assert all(text[row["start"] : row["end"]] == row["token"] for row in rows)


def test_csv_and_parquet_hold_the_same(article: Path, tmp_path: Path) -> None:
    for form in ("csv", "parquet"):
        assert run("extract", article, "--language", "ja", "--format", form, "--output", tmp_path / f"out.{form}") == 0
    csv, parquet = pd.read_csv(tmp_path / "out.csv"), pd.read_parquet(tmp_path / "out.parquet")
    assert csv["token"].tolist() == parquet["token"].tolist()
    assert parquet["value"].tolist() == ["--07-26", "22", "20000"]
    assert len(csv) == len(extract(article.read_bytes().decode("utf-8"), "ja"))


def test_reconcile(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "id.txt"
    other.write_text("Pada 26 Juli diumumkan 22 langkah.\nSkalanya melampaui 20.000 peso.", "utf-8")
    assert run("reconcile", article, other, "--languages", "ja", "id", "--differences", "--format", "csv") == 0
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 2
    assert "unit differs" in printed[1]


def test_faults_are_one_line(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    for words, said in [
        (["extract", article], "--language is missing"),
        (["extract", article, "--language", "fr"], "'fr' is not known"),
        (["extract", tmp_path / "latin.txt", "--language", "en"], "is no UTF-8"),
        (["extract", tmp_path, "--language", "ja"], "--output is missing"),
        (["extract", article, "--language", "ja", "--format", "parquet"], "--output is missing"),
        (["extract", tmp_path / "nofile.txt", "--language", "ja"], "nofile.txt: no such file or directory"),
        (["extract", tmp_path / "nofile.txt"], "nofile.txt: no such file or directory"),
        (["reconcile", article, tmp_path / "no.txt", "--languages", "ja", "id"], "no.txt: no such file or directory"),
    ]:
        assert run(*words) == 2
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1


def test_a_corpus(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed", reason="needs the extra aicities[corpus]")
    from dask.distributed import Client, LocalCluster

    folder = tmp_path / "texts"
    folder.mkdir()
    article.rename(folder / "article.txt")
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster, Client(cluster):
        words = ["extract", folder, "--language", "ja", "--output", tmp_path / "out"]
        assert run(*words, "--scheduler", cluster.scheduler_address) == 0
    assert capsys.readouterr().out == "1 documents, 3 quantities, 0 errors\n"


def test_documents_that_cannot_be_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed", reason="needs the extra aicities[corpus]")
    from dask.distributed import Client, LocalCluster

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad\nname.txt").write_bytes(b"\xff")
    (tmp_path / "in" / "good.txt").write_text("3 cities")
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster, Client(cluster):
        words = ["extract", tmp_path / "in", "--language", "en", "--output", tmp_path / "out"]
        assert run(*words, "--scheduler", cluster.scheduler_address) == 0
    out, err = capsys.readouterr()
    assert out.startswith("2 documents, 1 quantities, 1 errors (the first are named")
    assert err.count("\n") == 1
    assert err.startswith("textnumbers: bad\\nname: cannot be read")


def test_reconcile_with_entities(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, names = tmp_path / "id.txt", tmp_path / "names.csv"
    other.write_text("Pada 26 Juli diumumkan 22 langkah. Skalanya melampaui 20.000P.", "utf-8")
    names.write_text("entity_id,kind,form_ja,form_id\nbeijing,city,北京,Beijing\n", "utf-8")
    words = ["reconcile", article, other, "--languages", "ja", "id", "--entities", names, "--format", "csv"]
    assert run(*words) == 0
    assert [line.split(",")[-2] for line in capsys.readouterr().out.splitlines()[1:]] == ["same"] * 3


@pytest.mark.parametrize("command", ["extract", "reconcile"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main([command, "--help"])
    assert done.value.code == 0
    assert f"example: textnumbers {command} " in capsys.readouterr().out.replace("\n", " ")


def test_a_reader_that_has_seen_enough(article: Path) -> None:
    article.write_text("3社が参加した。\n" * 20_000, "utf-8")
    words = [sys.executable, "-m", "textnumbers", "extract", str(article), "--language", "ja", "--format", "csv"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait() == 0
    assert said == b""


def test_another_language_is_told(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.write_text("Harga rumah di kota itu naik dan akan turun pada tahun ini.", "utf-8")
    assert run("extract", article, "--language", "en") == 0
    assert "warning: the text is rather in 'id' than in 'en'" in capsys.readouterr().err


@pytest.mark.parametrize(("sent", "ignored"), [("SIGINT", "SIGINT"), ("SIGTERM", None), ("SIGHUP", None)])
@pytest.mark.parametrize("program", ["aicities", "textnumbers"])
def test_a_signal_ends_the_program_in_one_line(tmp_path: Path, program: str, sent: str, ignored: str | None) -> None:
    pipe, number = tmp_path / "text.txt", getattr(signal, sent)
    os.mkfifo(pipe)
    command = [sys.executable, "-m", program, "extract", pipe, "--language", "en"]
    before = functools.partial(signal.signal, getattr(signal, ignored), signal.SIG_IGN) if ignored else None
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=before)
    with process, pipe.open("wb"):  # opens when the program reads, and then keeps it waiting
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
    assert (process.returncode, said) == (128 + number, f"{program}: interrupted\n")
