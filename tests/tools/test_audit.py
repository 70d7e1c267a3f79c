"""The audit says what is known, and says so where nothing is."""

from subprocess import CompletedProcess

import pytest

from tools import audit


def answers(monkeypatch, status, stdout, stderr):
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: CompletedProcess([], status, stdout, stderr))


@pytest.mark.parametrize(
    ("status", "stdout", "stderr", "said"),
    [
        (0, "", "No known vulnerabilities found\n", "No known vulnerabilities found"),
        (1, "numpy 1.0 CVE-1\n", "Found 1 known vulnerability in 1 package\n", "numpy 1.0 CVE-1"),
        (0, "", "Traceback\nConnectionError: no such host\n", "not known, pip-audit got no answer (ConnectionError"),
        (0, "", "", "not known, pip-audit got no answer (it said nothing)"),
    ],
)
def test_what_is_known_of_vulnerabilities(monkeypatch, capsys, status, stdout, stderr, said):
    # without an answer pip-audit fails, and that is no finding
    answers(monkeypatch, status or int("known" not in stderr), stdout, stderr)
    assert audit.vulnerabilities() == status
    assert said in capsys.readouterr().out


def test_without_uv_nothing_is_known(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(audit, "UV", tmp_path / "uv")
    assert audit.vulnerabilities() == 0
    assert "not known, pip-audit could not run (FileNotFoundError)" in capsys.readouterr().out


def test_every_installed_package_states_its_licence(monkeypatch, capsys):
    answers(monkeypatch, 0, "", "")
    assert audit.main() == 0
    listed = capsys.readouterr().out
    assert "BSD-3-Clause: " in listed and "MIT AND CC-BY-4.0: aicities\n" in listed


def test_a_package_without_a_licence_is_found(monkeypatch, capsys):
    answers(monkeypatch, 0, "", "")
    monkeypatch.setattr(audit, "licence", lambda package: "")
    assert audit.main() == 1
    assert "no licence stated: " in capsys.readouterr().out
