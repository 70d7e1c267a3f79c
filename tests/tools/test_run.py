"""The runner on small notebooks: what it writes, what it says of a failure, what a stopped run leaves."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import kernels, run_notebooks

FIGURE = """
import matplotlib.pyplot as plt
from IPython.display import display
fig, ax = plt.subplots()
ax.plot([1, 2, 4])
plt.close(fig)
display(fig, metadata={"image/png": {"alt": 'A "rising" line, 1 < 4'}})
"""


def write(path, *sources, prose="# A title"):
    """Write a notebook of one Markdown cell and the given code cells; ids are fixed, so bytes are too."""
    cells = [new_markdown_cell(prose), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    path.write_text(nbformat.writes(new_notebook(cells=cells)), encoding="utf-8")
    return path


def run(folder, *arguments):
    return run_notebooks.main([*map(str, arguments), "--html", str(folder / "html")])


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


def test_a_run_saves_outputs_and_html_and_a_second_run_changes_nothing(tmp_path, capsys):
    first = write(
        tmp_path / "00-first.ipynb",
        "import sys\nfor i in range(3):\n    print(i, flush=True)",
        FIGURE,
        prose="# The first\n\n[next](01-second.ipynb), [data](../data/README.md#rows), [site](https://example.org/a)",
    )
    second = write(tmp_path / "01-second.ipynb", "6 * 7", prose="# The second & last")
    assert run(tmp_path, first, second) == 0

    said = capsys.readouterr()
    assert "00-first" in said.err and "01-second" in said.err, "the bar names the notebooks"
    assert "2 executed" in said.out
    assert outputs(first)[0] == "0\n1\n2\n"
    assert outputs(second) == ["42"]
    assert [c.execution_count for c in nbformat.read(first, as_version=4).cells[1:]] == [1, 2]

    page = (tmp_path / "html" / "00-first.html").read_text("utf-8")
    assert "<title>The first</title>" in page
    assert """alt='A "rising" line, 1 &lt; 4'""" in page
    assert 'href="01-second.html"' in page and 'href="https://example.org/a"' in page
    assert 'href="../../data/README.md#rows"' in page, "a relative link starts from the copy's own folder"
    assert "<script" not in page and "<link" not in page, "nothing is fetched from elsewhere"
    index = (tmp_path / "html" / "index.html").read_text("utf-8")
    assert '<a href="00-first.html">The first</a>' in index
    assert '<a href="01-second.html">The second &amp; last</a>' in index

    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (first, second)}
    assert run(tmp_path, first, second) == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert run(tmp_path, first, second, "--check") == 0
    assert "2 executed; every byte is as saved" in capsys.readouterr().out


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
    assert run(tmp_path, path, clean) == 0
    assert path.read_bytes() == clean.read_bytes()


def test_cells_without_ids_get_the_same_ones_each_time(tmp_path):
    path = write(tmp_path / "a.ipynb", "1")
    raw = json.loads(path.read_text("utf-8"))
    raw["nbformat_minor"] = 4
    for cell in raw["cells"]:
        del cell["id"]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert [c.id for c in run_notebooks.read(path).cells] == ["cell-00", "cell-01"]


def test_outputs_do_not_depend_on_the_machine(tmp_path, monkeypatch):
    source = "import os, sys, time, matplotlib\n(hash('city'), time.tzname[0], matplotlib.rcParams['figure.dpi'])"
    path = write(tmp_path / "a.ipynb", source, "sys.executable", FIGURE)
    assert run(tmp_path, path) == 0
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
    assert run(tmp_path, path) == 0
    assert path.read_bytes() == before


def test_a_failing_cell_is_shown_and_stops_the_run(tmp_path, capsys):
    bad = write(tmp_path / "bad.ipynb", "cities = 3", "share = cities / 0  # here")
    slow = write(tmp_path / "slow.ipynb", "import time; time.sleep(100)")
    before = {path: path.read_bytes() for path in (bad, slow)}
    start = time.monotonic()
    assert run(tmp_path, bad, slow) == 1
    assert time.monotonic() - start < 30, "the other notebook's kernel is stopped"
    said = capsys.readouterr().err
    assert f"{bad}, code cell 2" in said
    assert "share = cities / 0  # here" in said
    assert "Traceback" in said and "ZeroDivisionError: division by zero" in said
    assert "\x1b[3" not in said, "no colours where nobody sees them"
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.ipynb", "html", "slow.ipynb"]


def companion(folder, alone):
    """Nothing, or a second notebook: with two, kernels are forks of one process."""
    return [] if alone else [write(folder / "companion.ipynb", "1")]


@pytest.mark.parametrize("alone", [True, False])
def test_a_cell_over_the_time_limit_is_named(tmp_path, capsys, alone):
    path = write(tmp_path / "slow.ipynb", "import time", "time.sleep(100)")
    before = path.read_bytes()
    assert run(tmp_path, path, *companion(tmp_path, alone), "--timeout", 1) == 1
    said = capsys.readouterr().err
    assert f"{path}, code cell 2: still running after 1 s" in said
    assert "time.sleep(100)" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize("alone", [True, False])
def test_a_dead_kernel_is_named(tmp_path, capsys, alone):
    path = write(tmp_path / "dead.ipynb", "import os; os._exit(1)")
    before = path.read_bytes()
    assert run(tmp_path, path, *companion(tmp_path, alone)) == 1
    assert f"{path}, code cell 1: the kernel died" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_check_says_where_a_saved_output_differs(tmp_path, capsys):
    path = write(tmp_path / "a.ipynb", "6 * 7")
    assert run(tmp_path, path) == 0
    path.write_text(path.read_text("utf-8").replace('"42"', '"43"'), encoding="utf-8")
    before = path.read_bytes()
    capsys.readouterr()
    assert run(tmp_path, path, "--check") == 1
    assert f"{path}: differs from what is saved: cell 2 of 2: outputs" in capsys.readouterr().out
    assert path.read_bytes() == before, "nothing is written"


@pytest.mark.parametrize("content", ["", "[]", '{"cells": []}', '{"nbformat": 4, "nbformat_minor": 5, "cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, capsys, content):
    path = tmp_path / "a.ipynb"
    path.write_text(content, encoding="utf-8")
    assert run(tmp_path, path) == 1
    assert f"{path}: not a readable notebook" in capsys.readouterr().err
    assert path.read_text("utf-8") == content


def test_a_missing_file_is_named(tmp_path, capsys):
    assert run(tmp_path, tmp_path / "gone.ipynb") == 1
    assert "gone.ipynb: not a readable notebook: [Errno 2]" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--jobs", "--timeout"])
def test_numbers_below_one_are_refused(tmp_path, capsys, option):
    with pytest.raises(SystemExit) as stopped:
        run(tmp_path, tmp_path / "a.ipynb", option, 0)
    assert stopped.value.code == 2
    assert "must be 1 or more" in capsys.readouterr().err


LOOKS = """
import os, sys, matplotlib
print(sorted(name for name in globals() if not name.startswith("_")), os.getcwd(), sys.argv[1:2])
print(sorted(set(os.environ) - {"JPY_PARENT_PID"}), os.environ["MPLBACKEND"], hash("a"))
print(sys.path[:1], sys.stdin.closed, os.getsid(0) == os.getpid(), matplotlib.get_backend(auto_select=False))
import matplotlib.pyplot as plt
plt.get_fignums(), plt.rcParams["figure.dpi"], len(plt.plot([1, 2]))
"""


def test_a_fork_looks_like_a_kernel_that_was_started_alone(tmp_path):
    paths = [write(tmp_path / f"{name}.ipynb", LOOKS) for name in ("alone", "fork", "other")]
    assert run(tmp_path, paths[0]) == 0
    assert run(tmp_path, *paths[1:]) == 0
    alone, *forks = [nbformat.read(path, as_version=4).cells[1].outputs for path in paths]
    assert [output.output_type for output in alone] == ["stream", "execute_result", "display_data"]
    assert forks == [alone, alone]


def test_forks_draw_random_numbers_of_their_own_and_say_nothing(tmp_path, capfd):
    paths = [write(tmp_path / f"{name}.ipynb", "import numpy as np\nnp.random.rand()") for name in "ab"]
    assert run(tmp_path, *paths) == 0
    assert outputs(paths[0]) != outputs(paths[1])
    assert "kernel" not in capfd.readouterr().err


def test_the_end_of_the_process_that_starts_kernels_is_told(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(kernels, "__file__", str(tmp_path / "gone.py"))
    paths = [write(tmp_path / f"{name}.ipynb", "1") for name in "ab"]
    assert run(tmp_path, *paths) == 1
    said = capsys.readouterr().err
    assert f"{paths[0]}: the process that starts kernels ended with status 2" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
@pytest.mark.parametrize("alone", [True, False])
def test_stopped_while_a_cell_runs(tmp_path, sent, status, alone):
    marker = tmp_path / "pid"
    tell = f"import os, pathlib, time\npathlib.Path({str(marker)!r}).write_text(f'{{os.getpid()}} {{os.getppid()}}')"
    path = write(tmp_path / "a.ipynb", f"{tell}\ntime.sleep(100)")
    before = path.read_bytes()
    others = companion(tmp_path, alone)
    command = [sys.executable, run_notebooks.__file__, str(path), *map(str, others), "--html", str(tmp_path / "html")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: marker.exists() and marker.read_text())
        process.send_signal(sent)
        assert process.wait(30) == status
    started = [int(pid) for pid in marker.read_text().split()]  # the kernel, and what started it
    wait_until(lambda: not any(map(alive, started)))
    assert path.read_bytes() == before


@pytest.mark.skipif(not kernels.AVAILABLE, reason="kernels are not forked here")
def test_a_kernel_that_is_forked_when_all_is_stopped_ends_too(tmp_path):
    template = kernels.Template(os.environ | run_notebooks.kernel_environment())
    first = template.fork(str(tmp_path / "first.json"), str(tmp_path))
    print(json.dumps([str(tmp_path / "second.json"), str(tmp_path)]), file=template.process.stdin, flush=True)
    children = Path(f"/proc/{template.process.pid}/task/{template.process.pid}/children")
    wait_until(lambda: len(children.read_text().split()) == 2)
    second = max(map(int, children.read_text().split()))
    os.kill(second, signal.SIGSTOP)
    template.close()
    with contextlib.suppress(ProcessLookupError):  # it may have got as far as to end with its parent
        os.kill(second, signal.SIGCONT)
    wait_until(lambda: not alive(first.pid) and not alive(second))


def test_a_long_temporary_folder_is_no_obstacle(tmp_path, monkeypatch):
    folder = tmp_path / ("y" * 120)
    folder.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = write(tmp_path / "a.ipynb", "6 * 7")
    assert run(tmp_path, path, write(tmp_path / "b.ipynb", "1")) == 0
    assert outputs(path) == ["42"]


def test_killed_between_writing_and_renaming(tmp_path):
    path = write(tmp_path / "a.ipynb", "6 * 7")
    before = path.read_bytes()
    killed_then = (
        "import os, sys, pathlib; from tools import run_notebooks\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "run_notebooks.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", killed_then, str(path), "--html", str(tmp_path / "html")]
    done = subprocess.run(command, cwd=run_notebooks.ROOT, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert (tmp_path / ".a.ipynb.part").exists(), "it was killed where it was meant to be"

    assert run(tmp_path, path) == 0
    assert outputs(path) == ["42"]
    assert not (tmp_path / ".a.ipynb.part").exists()
