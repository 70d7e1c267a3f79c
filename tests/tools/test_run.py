"""The runner on small notebooks: what it writes, what it says of a failure, what a stopped run leaves."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import notebook, run

FIGURE = """
import matplotlib.pyplot as plt
from IPython.display import display
fig, ax = plt.subplots()
ax.plot([1, 2, 4])
plt.close(fig)
display(fig, metadata={"image/png": {"alt": 'A "rising" line, 1 < 4'}})
"""
RUN = [sys.executable, "-m", "tools.run"]


def write(path, *sources, prose="# A title"):
    """Write a notebook of one Markdown cell and the given code cells; ids are fixed, so bytes are too."""
    cells = [new_markdown_cell(prose), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    path.write_text(nbformat.writes(new_notebook(cells=cells)), encoding="utf-8")
    return path


def executed(*arguments):
    return run.main([*map(str, arguments)])


def outputs(path):
    """The text outputs of each code cell."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    return ["".join(o.get("text") or o["data"]["text/plain"] for o in cell.outputs) for cell in cells]


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not Path("/proc").exists()
    return state != "Z"


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


def test_a_home_where_nothing_can_be_kept_leaves_no_word_of_it_in_a_notebook(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    home = {"HOME": os.devnull, "XDG_CACHE_HOME": os.devnull, "XDG_CONFIG_HOME": os.devnull}
    command = [sys.executable, "-c", "import matplotlib.font_manager; print(matplotlib.get_cachedir())"]
    done = subprocess.run(command, env=os.environ | run.kernel_environment() | home, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == (str(tmp_path / "build" / "ipython"), "")
    assert list((tmp_path / "build" / "ipython").glob("fontlist-*.json"))


def test_a_run_saves_outputs_and_a_second_run_changes_nothing(tmp_path, capsys):
    first = write(tmp_path / "00-first.ipynb", "for i in range(3):\n    print(i, flush=True)", FIGURE)
    second = write(tmp_path / "01-second.ipynb", "6 * 7")
    assert executed(first, second) == 0

    said = capsys.readouterr().out
    assert "00-first  " in said and "01-second  " in said and said.endswith("2 executed\n")
    assert outputs(first)[0] == "0\n1\n2\n"
    assert outputs(second) == ["42"]
    assert [c.execution_count for c in nbformat.read(first, as_version=4).cells[1:]] == [1, 2]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (first, second)}
    assert executed(first, second) == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert executed(first, second, "--check") == 0
    assert "2 executed; every byte is as saved" in capsys.readouterr().out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["00-first.ipynb", "01-second.ipynb"]


def test_notebooks_are_named_by_how_they_start(tmp_path):
    ours = [write(tmp_path / f"{name}.ipynb") for name in ("01-a", "02-b", "02-c")]
    assert notebook.chosen([], folder=tmp_path) == ours
    assert notebook.chosen(["02", "elsewhere.ipynb"], folder=tmp_path) == [*ours[1:], Path("elsewhere.ipynb")]
    with pytest.raises(notebook.NotebookFailed, match=r"no notebook is called '3'; expected one of 01-a, 02-b, 02-c"):
        notebook.chosen(["3"], folder=tmp_path)
    with pytest.raises(notebook.NotebookFailed, match="there are no notebooks"):
        notebook.chosen([], folder=tmp_path / "empty")


def test_rights_are_kept_and_a_link_stays_a_link(tmp_path):
    file = write(tmp_path / "file.ipynb", "6 * 7")
    file.chmod(0o600)
    link = tmp_path / "link.ipynb"
    link.symlink_to(file)
    assert executed(link) == 0
    assert link.is_symlink() and outputs(file) == ["42"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_in_a_draft_findings_that_changed_are_listed(tmp_path, capsys):
    ours = 'import aicities\nfrom aicities.study import claims\nleads = {"first": "Shanghai", "share": 0.25}'
    holds = 'assert leads["share"] < 1, "A share is a part."'
    changed = (
        'assert leads["first"] == "Beijing", f"{1} city leads: Beijing."\nassert leads["last"] == "Shenzhen", "Last."'
    )
    path = write(tmp_path / "a.ipynb", ours, holds, changed, '"the end"')
    assert executed(path) == 1, "without a draft the first that changed stops it"
    assert "AssertionError" in capsys.readouterr().err
    assert executed(path, "--draft") == 0
    del os.environ["AICITIES_DRAFT"]
    said = capsys.readouterr().out.partition("These findings changed:\n")[2]
    assert said.splitlines() == [
        "a: 1 city leads: Beijing.",
        "    was: leads['first'] == 'Beijing'",
        "    is:  'Shanghai'",
        "a: Last.",
        "    was: leads['last'] == 'Shenzhen'",
        "    is:  KeyError: 'last'",
    ]
    shown = nbformat.read(path, as_version=4).cells[3].outputs
    assert [one.output_type for one in shown] == ["display_data"] * 2
    assert shown[0].data["text/plain"].startswith("This finding changed: 1 city leads: Beijing.")
    assert outputs(path)[-1] == "'the end'", "it went on"


def test_in_a_draft_a_notebook_that_fails_stops_no_other(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("AICITIES_DRAFT", "1")
    fails, goes_on = write(tmp_path / "a.ipynb", "1 / 0"), write(tmp_path / "b.ipynb", "6 * 7")
    assert executed(fails, goes_on) == 1 and outputs(goes_on) == ["42"]
    said = capsys.readouterr().out.partition("These findings changed:\n")[2]
    assert said.startswith("a: stopped, which no assertion did\n") and "ZeroDivisionError" in said


def test_what_an_editor_leaves_is_dropped(tmp_path):
    path = write(tmp_path / "a.ipynb", "1", "2")
    raw = json.loads(path.read_text("utf-8"))
    clean = tmp_path / "clean.ipynb"
    clean.write_text(json.dumps(raw), encoding="utf-8")
    raw["metadata"] = {
        "kernelspec": {"display_name": "mine", "language": "python", "name": "mine"},
        "language_info": {"name": "python", "version": "3.99.1"},
        "widgets": {},
    }
    raw["cells"][1]["metadata"] = {
        "execution": {"iopub.execute_input": "2026-01-01"},
        "scrolled": True,
        "jupyter": {"outputs_hidden": True},
    }
    raw["cells"][1] |= {"execution_count": 17, "outputs": [new_output("stream", text="old\n")]}
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert executed(path, clean) == 0
    assert path.read_bytes() == clean.read_bytes()


def test_cells_without_ids_get_the_same_ones_each_time(tmp_path):
    path = write(tmp_path / "a.ipynb", "1")
    raw = json.loads(path.read_text("utf-8"))
    raw["nbformat_minor"] = 4
    for cell in raw["cells"]:
        del cell["id"]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert [c.id for c in notebook.read(path).cells] == ["cell-00", "cell-01"]


def test_outputs_do_not_depend_on_the_machine(tmp_path, monkeypatch):
    source = "import os, sys, time, matplotlib\n(hash('city'), time.tzname[0], matplotlib.rcParams['figure.dpi'])"
    path = write(tmp_path / "a.ipynb", source, "sys.executable", FIGURE)
    assert executed(path) == 0
    assert outputs(path)[1] == repr(sys.executable)
    before = path.read_bytes()

    settings = tmp_path / "settings"
    (settings / "kernels" / "python3").mkdir(parents=True)
    (settings / "kernels" / "python3" / "kernel.json").write_text(
        json.dumps({"argv": ["/no/such/python"], "display_name": "Other", "language": "python"})
    )
    (settings / "matplotlibrc").write_text("figure.dpi: 33\n")
    for name, value in {
        "JUPYTER_PATH": settings,
        "MATPLOTLIBRC": settings,
        "MPLBACKEND": "Agg",
        "PYTHONHASHSEED": "77",
        "TZ": "Asia/Shanghai",
    }.items():
        monkeypatch.setenv(name, str(value))
    assert executed(path) == 0
    assert path.read_bytes() == before


def test_a_failing_cell_is_shown_and_stops_the_run(tmp_path, capsys):
    bad = write(tmp_path / "bad.ipynb", "cities = 3", "share = cities / 0  # here")
    slow = write(tmp_path / "slow.ipynb", "import time; time.sleep(100)")
    before = {path: path.read_bytes() for path in (bad, slow)}
    start = time.monotonic()
    assert executed(bad, slow) == 1
    assert time.monotonic() - start < 30, "the other notebook's kernel is stopped"
    said = capsys.readouterr().err
    assert f"{bad}, code cell 2" in said
    assert "share = cities / 0  # here" in said
    assert "Traceback" in said and "ZeroDivisionError: division by zero" in said
    assert "\x1b[3" not in said, "no colours where nobody sees them"
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.ipynb", "slow.ipynb"]


def test_a_cell_over_the_time_limit_is_named(tmp_path, capsys):
    path = write(tmp_path / "slow.ipynb", "import time", "time.sleep(100)")
    before = path.read_bytes()
    assert executed(path, "--timeout", 1) == 1
    said = capsys.readouterr().err
    assert f"{path}, code cell 2: still running after 1 s" in said
    assert "time.sleep(100)" in said
    assert path.read_bytes() == before


def test_a_dead_kernel_is_named(tmp_path, capsys):
    path = write(tmp_path / "dead.ipynb", "import os; os._exit(1)")
    before = path.read_bytes()
    assert executed(path) == 1
    assert f"{path}, code cell 1: the kernel died" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_check_says_where_a_saved_output_differs(tmp_path, capsys):
    path = write(tmp_path / "a.ipynb", "6 * 7")
    assert executed(path) == 0
    path.write_text(path.read_text("utf-8").replace('"42"', '"43"'), encoding="utf-8")
    before = path.read_bytes()
    capsys.readouterr()
    assert executed(path, "--check") == 1
    assert f"{path}: differs from what is saved: cell 2 of 2: outputs" in capsys.readouterr().out
    assert path.read_bytes() == before, "nothing is written"


@pytest.mark.parametrize("content", ["", "[]", '{"cells": []}', '{"nbformat": 4, "nbformat_minor": 5, "cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, capsys, content):
    path = tmp_path / "a.ipynb"
    path.write_text(content, encoding="utf-8")
    assert executed(path) == 1
    assert f"{path}: not a readable notebook" in capsys.readouterr().err
    assert path.read_text("utf-8") == content


def test_a_missing_file_is_named(tmp_path, capsys):
    assert executed(tmp_path / "gone.ipynb") == 1
    assert "gone.ipynb: not a readable notebook: [Errno 2]" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--jobs", "--timeout"])
def test_numbers_below_one_are_refused(tmp_path, capsys, option):
    with pytest.raises(SystemExit) as stopped:
        executed(tmp_path / "a.ipynb", option, 0)
    assert stopped.value.code == 2
    assert "must be 1 or more" in capsys.readouterr().err


def stopped(tmp_path, sent, *, ignored=()):
    """Start a run whose cell never ends, send it a signal, wait for its end; its status, and what it left behind."""
    marker, temporary = tmp_path / "pid", Path(tempfile.mkdtemp(prefix="short-"))  # sockets have short paths only
    tell = f"import os, pathlib, time\npathlib.Path({str(marker)!r}).write_text(str(os.getpid()))"
    path = write(tmp_path / "a.ipynb", f"{tell}\ntime.sleep(100)")
    before = path.read_bytes()

    def as_started():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(signal.Signals[name], signal.SIG_IGN if name in ignored else signal.SIG_DFL)

    with subprocess.Popen(
        [*RUN, str(path)],
        cwd=notebook.ROOT,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_started,
    ) as process:
        wait_until(lambda: marker.exists() and marker.read_text())
        process.send_signal(sent)
        said = process.communicate(timeout=30)[1]
    wait_until(lambda: not alive(int(marker.read_text())))
    assert path.read_bytes() == before
    left = list(temporary.iterdir())
    if not left:
        temporary.rmdir()
    return process.returncode, said, left


@pytest.mark.parametrize(
    ("sent", "ignored"),
    [
        (signal.SIGINT, []),
        (signal.SIGTERM, []),
        (signal.SIGHUP, []),
        (signal.SIGINT, ["SIGINT"]),  # as a job in the background of a script starts
        (signal.SIGTERM, ["SIGINT", "SIGHUP"]),  # as nohup starts it
    ],
)
def test_a_signal_ends_a_run_in_order(tmp_path, sent, ignored):
    status, said, left = stopped(tmp_path, sent, ignored=ignored)
    assert status == 128 + sent
    assert said == "Interrupted: every notebook is whole, finished or as it was.\n"
    assert left == []


def test_what_a_killed_run_leaves_the_next_one_removes(tmp_path, monkeypatch):
    status, _, left = stopped(tmp_path, signal.SIGKILL)
    assert status == -signal.SIGKILL and len(left) == 1
    monkeypatch.setattr(tempfile, "tempdir", str(left[0].parent))
    other = left[0].with_name(f"aicities-{os.getpid()}-of-another")
    other.mkdir()
    with run.own_folder() as own:
        assert sorted(left[0].parent.iterdir()) == sorted([own, other])
    other.rmdir()
    left[0].parent.rmdir()


def test_a_long_temporary_folder_is_no_obstacle(tmp_path, monkeypatch):
    folder = tmp_path / ("y" * 120)
    folder.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = write(tmp_path / "a.ipynb", "6 * 7")
    assert executed(path, write(tmp_path / "b.ipynb", "1")) == 0
    assert outputs(path) == ["42"]


def test_killed_between_writing_and_renaming(tmp_path):
    path = write(tmp_path / "a.ipynb", "6 * 7")
    before = path.read_bytes()
    killed_then = (
        "import os, sys, pathlib; from tools import run\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "run.main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", killed_then, str(path)], cwd=notebook.ROOT, capture_output=True, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert (tmp_path / ".a.ipynb.part").exists(), "it was killed where it was meant to be"

    assert executed(path) == 0
    assert outputs(path) == ["42"]
    assert not (tmp_path / ".a.ipynb.part").exists()
