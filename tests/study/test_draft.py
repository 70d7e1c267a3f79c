"""Findings that changed are told, and the notebook goes on."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from aicities.study import draft


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    """A shell like that of a notebook, with a list of findings of its own."""
    monkeypatch.setattr(draft, "_found", [])
    made = InteractiveShell()
    draft.load_ipython_extension(made)
    draft.load_ipython_extension(made)
    assert len([one for one in made.ast_transformers if type(one).__module__ == draft.__name__]) == 1
    return made


def told() -> list[tuple[str, str, str]]:
    return [tuple(row) for row in draft.changed().to_numpy()]


def test_what_holds_is_not_told(shell: InteractiveShell) -> None:
    assert shell.run_cell('a = 2\nassert a == 2, "Two."\nassert a').success
    assert told() == [] and list(draft.changed()) == ["sentence", "was", "is"]


def test_each_kind_of_change_is_told_and_the_cell_goes_on(
    shell: InteractiveShell, capsys: pytest.CaptureFixture
) -> None:
    cell = """
place, first = "Beijing", {}
assert place == "Shanghai", f"{place} leads."
assert first["city"] > 3, "There is a first."
assert not place
assert place == "Beijing" and len(place) < 5
assert not place or 0.7 < len(place) < 5, "It is short."
for number in range(2):
    assert number < 1, f"{number} is small."
def inner(x):
    assert x is None, "Nothing."
    return x
done = inner(7)
"""
    assert shell.run_cell(cell).success and shell.user_ns["done"] == 7
    assert told() == [
        ("Beijing leads.", "place == 'Shanghai'", "'Beijing'"),
        ("There is a first.", "first['city'] > 3", "KeyError: 'city'"),
        ("not place", "not place", "False"),
        *[("place == 'Beijing' and len(place) < 5",) * 2 + ("('Beijing', 7)",)],
        ("It is short.", "not place or 0.7 < len(place) < 5", "7"),
        ("1 is small.", "number < 1", "1"),
        ("Nothing.", "x is None", "7"),
    ]
    assert "This finding changed: Beijing leads." in capsys.readouterr().out


@pytest.mark.parametrize("value", ["", "0"])
def test_nothing_is_asked_for_by_an_empty_variable(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("AICITIES_DRAFT", value)
    monkeypatch.setattr(draft, "load_ipython_extension", lambda shell: pytest.fail("loaded"))
    draft.asked()
