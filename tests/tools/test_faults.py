"""What goes wrong around the work: a full disk, a folder that cannot be written, odd paths, locales, fonts."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from aicities import figures
from tools import notebook, run
from tools.notebook import ROOT

LOADS = (
    'import aicities as ac\nfound = ac.load("articles")\n'
    'print(len(ac.names()), *found["published"].astype("str"), *ac.load("entities")["name_zh"].dropna()[:3])'
)


def write(path: Path, *sources: str) -> Path:
    cells = [new_markdown_cell("# A title: 上海"), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    nbformat.write(new_notebook(cells=cells), path)
    return path


def ran(
    path: Path,
    *options: str,
    root: Path = ROOT,
    prefix: Sequence[str] = (),
    env: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a notebook in a process of its own; `env` is added to that of this process."""
    return subprocess.run(
        [*prefix, sys.executable, "-m", "tools.run", str(path), *options],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src")} | (env or {}),
        preexec_fn=before,
        capture_output=True,
        text=True,
        timeout=120,
    )


def outputs(path: Path) -> list[str]:
    return [o["text"] for cell in nbformat.read(path, 4).cells[1:] for o in cell.outputs]


def no_more_than(size: int) -> Callable[[], None]:
    """Files cannot grow beyond this size, as if the disk were full then."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_full_disk_leaves_the_notebook_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", 'print("x" * 50_000)')
    before = path.read_bytes()
    done = ran(path, before=no_more_than(20_000))
    assert done.returncode == 1
    assert f"{path}: cannot be saved ({os.strerror(errno.EFBIG)}); it is as it was\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*")), "no half of a file is left"

    assert run.main([str(path)]) == 0, "a rerun finishes"
    assert outputs(path) == ["x" * 50_000 + "\n"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_whatever_keeps_it_from_saving_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    path = write(tmp_path / "a.ipynb")
    before = path.read_bytes()

    def half_written(part: Path, content: bytes) -> None:
        with part.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(code, os.strerror(code), str(part))

    async def executed(path: Path, **_: object) -> nbformat.NotebookNode:
        return notebook.tidy(notebook.read(path))

    monkeypatch.setattr(run, "execute", executed)
    monkeypatch.setattr(Path, "write_bytes", half_written)
    assert run.main([str(path)]) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert said[-1] == f"{path}: cannot be saved ({os.strerror(code)}); it is as it was"
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


# Root may write everywhere, so a read-only mount has to take the place of missing rights.
MOUNTED = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"']


@pytest.fixture
def read_only(tmp_path: Path) -> tuple[Path, list[str]]:
    """A checkout that cannot be written, and the words before a command that make it so."""
    root = tmp_path / "checkout"
    for name in ("src", "data", "tools"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("site"))
    (root / "notebooks").mkdir()
    path = write(root / "notebooks" / "a.ipynb", LOADS)
    path.write_bytes(notebook.to_bytes(asyncio.run(run.execute(path, timeout=60))))
    write(path.with_name("b.ipynb"), "1")
    before = [*MOUNTED, str(root)] if os.getuid() == 0 else []
    if not before:
        for place in [*root.rglob("*"), root]:
            place.chmod(0o555 if place.is_dir() else 0o444)
    elif subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("root may write everywhere, and may not mount here")
    return root, before


def test_a_checkout_that_cannot_be_written(read_only: tuple[Path, list[str]], tmp_path: Path) -> None:
    root, prefix = read_only
    path = root / "notebooks" / "a.ipynb"
    before = path.read_bytes()
    checked = ran(path, "--check", root=root, prefix=prefix)
    assert checked.stdout.splitlines()[-1] == "1 executed; every byte is as saved", checked.stderr

    assert ran(path, root=root, prefix=prefix).returncode == 0, "what is as it was need not be written"
    refused = ran(path.with_name("b.ipynb"), root=root, prefix=prefix)
    assert refused.returncode == 1
    assert re.search(r"b\.ipynb: cannot be saved \(.+\); it is as it was\n", refused.stderr)
    assert "Traceback" not in refused.stderr
    assert path.read_bytes() == before


def test_a_path_with_blanks_and_other_letters(tmp_path: Path) -> None:
    root = tmp_path / "Städte 上海 & Co #1%20"
    for name in ("src", "data", "tools"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("site"))
    (root / "notebooks").mkdir()
    path = write(root / "notebooks" / "a b é.ipynb", LOADS, "import aicities\nprint(aicities.__file__)")
    done = ran(path, root=root)
    assert done.returncode == 0, done.stderr
    assert outputs(path)[1] == f"{root / 'src' / 'aicities' / '__init__.py'}\n"


def test_a_poor_locale_and_another_time_zone_change_nothing(tmp_path: Path) -> None:
    settings = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "TZ": "Pacific/Kiritimati", "COLUMNS": "20"}
    path = write(tmp_path / "städte.ipynb", LOADS)
    done = ran(path, env=settings)
    assert done.returncode == 0, done.stderr
    said = subprocess.run(
        [sys.executable, "-c", LOADS],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert outputs(path) == [said.stdout.decode()]
    command = [sys.executable, "-m", "aicities", "check"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")} | settings
    assert b"No problem" in subprocess.run(command, env=environment, capture_output=True, timeout=60).stdout


def test_without_the_house_font_figures_are_drawn_and_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "font_source_sans_pro", None)
    with mpl.rc_context():
        with pytest.warns(UserWarning, match=r"font is missing.*other pixels.*font-source-sans-pro"):
            figures.use()
        fig, ax = figures.canvas(2, headline="A headline")
        ax.set_title("A title")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert figures.png(fig).startswith(b"\x89PNG")
