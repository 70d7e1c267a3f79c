"""The audit says what is known, and says so where nothing is; a month without an answer is a failure."""

from datetime import date, timedelta
from subprocess import CompletedProcess

import pytest

from tools import audit

TODAY = date(2027, 1, 31)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "HOME", tmp_path)
    return tmp_path / audit.ANSWERED


def answers(monkeypatch, status, stdout, stderr):
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: CompletedProcess([], status, stdout, stderr))


@pytest.mark.parametrize(
    ("status", "stdout", "stderr", "said"),
    [
        (0, "", "No known vulnerabilities found\n", "No known vulnerabilities found"),
        (1, "numpy 1.0 CVE-1\n", "Found 1 known vulnerability in 1 package\n", "numpy 1.0 CVE-1"),
    ],
)
def test_an_answer_is_printed_and_its_day_is_kept(monkeypatch, capsys, home, status, stdout, stderr, said):
    answers(monkeypatch, status, stdout, stderr)
    assert audit.vulnerabilities(TODAY) == status
    assert said in capsys.readouterr().out
    assert home.read_text() == "2027-01-31\n"


@pytest.mark.parametrize(
    ("stderr", "why"), [("Traceback\nConnectionError: no such host\n", "ConnectionError"), ("", "it said nothing")]
)
@pytest.mark.parametrize(("days", "status"), [(0, 0), (31, 0), (32, 1), (None, 1)])
def test_no_answer_is_not_nothing_found(monkeypatch, capsys, home, stderr, why, days, status):
    answers(monkeypatch, 1, "", stderr)
    if days is not None:
        home.write_text(f"{TODAY - timedelta(days)}\n")
    assert audit.vulnerabilities(TODAY) == status
    said = capsys.readouterr().out
    assert f"not known, pip-audit got no answer ({why}" in said
    assert "no answer here yet" in said if days is None else f"last answer came on {TODAY - timedelta(days)}" in said


def test_without_uv_nothing_is_known(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(audit, "UV", tmp_path / "uv")
    assert audit.vulnerabilities(TODAY) == 1
    assert "not known, pip-audit could not run (FileNotFoundError)" in capsys.readouterr().out


def test_every_installed_package_states_its_licence(monkeypatch, capsys):
    answers(monkeypatch, 0, "", "No known vulnerabilities found\n")
    assert audit.main() == 0
    listed = capsys.readouterr().out
    assert "BSD-3-Clause: " in listed and "MIT AND CC-BY-4.0: aicities\n" in listed


def test_a_package_without_a_licence_is_found(monkeypatch, capsys):
    answers(monkeypatch, 0, "", "No known vulnerabilities found\n")
    monkeypatch.setattr(audit, "licence", lambda package: "")
    assert audit.main() == 1
    assert "no licence stated: " in capsys.readouterr().out
