"""Execute notebooks from top to bottom, each in a fresh kernel, and save them in place.

    python -m tools.run                  every notebook of notebooks/
    python -m tools.run 03 other.ipynb   those whose name starts so, and files
    python -m tools.run --check          compare with what is saved; write nothing
    python -m tools.run --draft          list findings that changed, where a run would stop at the first

A saved notebook carries nothing that changes from run to run or from machine to machine, so that a second
run changes no byte. Exit status: 0 done; 1 a cell failed, or --check found a difference; 2 wrong usage;
128 and the number of a signal that stopped it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.util
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from tools.notebook import ROOT, NotebookFailed, chosen, read, tidy, to_bytes
from tools.saving import save

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
RULE = "------------------\n"
LONGEST_SOCKET = 90  # bytes; systems allow 104 or more, and Jupyter adds a few
FAILED = "stopped, which no assertion did"  # in a draft the others go on
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def kernel_environment() -> dict[str, str]:
    """Variables that make a kernel give the same outputs on every machine.

    They settle the order of sets, the time zone, the locale and the number of threads, and keep the
    user's own settings of IPython and Matplotlib out. The folder for their own is made, if it can be: with the list
    of fonts, since a kernel that makes it, or finds no place for it, says so in the notebook.
    """
    own = ROOT / "build" / "ipython"
    with contextlib.suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
        if not any(own.glob("fontlist-*.json")):
            fonts = [sys.executable, "-c", "import matplotlib.font_manager"]
            subprocess.run(fonts, env=os.environ | {"MPLCONFIGDIR": str(own)}, capture_output=True)
    spec = importlib.util.find_spec("matplotlib")
    settings = {"MATPLOTLIBRC": str(Path(spec.origin).parent / "mpl-data")} if spec and spec.origin else {}
    return settings | {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "IPYTHONDIR": str(own),
        "MPLCONFIGDIR": str(own),
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


async def execute(path: Path, *, timeout: int, sockets: Path | None = None) -> NotebookNode:
    """Execute a notebook in a fresh kernel of the running interpreter, in the notebook's folder.

    `timeout` is in seconds for each cell. The kernel is reached by sockets in a folder, or else by ports. The file
    is only read.

    Raises:
        NotebookFailed: a cell raised, ran longer than `timeout`, or its kernel died.
    """
    notebook = read(path)
    # without folders to look in, "python3" is this interpreter, whatever kernels the machine has
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    file = str(sockets / f"{os.urandom(3).hex()}.json") if sockets else ""
    # two kernels that start together can pick the same port; but the path of a socket is limited
    if sockets and os.name == "posix" and len(os.fsencode(file)) <= LONGEST_SOCKET:
        manager.transport, manager.connection_file = "ipc", file
    client = NotebookClient(notebook, km=manager, timeout=timeout, record_timing=False, coalesce_streams=True)
    client.log.disabled = True
    number = 0
    try:
        await client.async_start_new_kernel(cwd=str(path.parent), env=os.environ | kernel_environment())
        await client.async_start_new_kernel_client()
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                number += 1
                cell.outputs, cell.execution_count = [], None
                await client.async_execute_cell(cell, index)
    except CellExecutionError as error:
        raise NotebookFailed(f"{path}, code cell {number}:\n{error}") from error
    except CellTimeoutError as error:
        reason = f"still running after {timeout} s, the limit (--timeout)"
        raise NotebookFailed(f"{path}, code cell {number}: {reason}:\n{RULE}{cell.source}\n{RULE}") from error
    except DeadKernelError as error:
        task = asyncio.current_task()
        if task and task.cancelling():  # nbclient takes a cancelled cell for a dead kernel
            raise asyncio.CancelledError from error
        raise NotebookFailed(f"{path}, code cell {number}: the kernel died:\n{RULE}{cell.source}\n{RULE}") from error
    finally:
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        if client.kc is not None:
            client.kc.stop_channels()
    return tidy(notebook)


def difference(old: NotebookNode, new: NotebookNode) -> str:
    """Say where two notebooks first differ."""
    for number, (before, after) in enumerate(zip(old.cells, new.cells, strict=True), start=1):
        if before != after:
            parts = [key for key in after if before.get(key) != after[key]]
            return f"cell {number} of {len(new.cells)}: {', '.join(parts)}"
    return "the metadata, or the way it is written"


def changes(path: Path, notebook: NotebookNode) -> list[str]:
    """The findings of a notebook that its assertions no longer hold for, one a line."""
    shown = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [data for data in shown if any(kind.startswith("application/") for kind in data)]
    if not shown:
        return []
    from aicities.study.draft import MIMETYPE  # here, as it brings pandas along

    found = [data[MIMETYPE] for data in shown if MIMETYPE in data]
    return [f"{path.stem}: {one['sentence']}\n    was: {one['was']}\n    is:  {one['is']}" for one in found]


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A temporary folder that is gone afterwards; so are those of runs that were killed."""
    for left in Path(tempfile.gettempdir()).glob("aicities-*-*") if os.name == "posix" else ():
        owner = left.name.split("-")[1]
        if owner.isdecimal() and not alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"aicities-{os.getpid()}-") as folder:
        yield Path(folder)


def alive(pid: int) -> bool:
    """Whether a process runs, be it somebody else's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


async def run(paths: list[Path], *, jobs: int, timeout: int, check: bool) -> list[str]:
    """Execute notebooks, `jobs` at a time, and save them; return what is to be told of them, one line each.

    With `check`, nothing is written, and what is told are differences. In a draft a notebook that failed is told, too.

    Raises:
        ExceptionGroup: of the NotebookFailed that stopped the run; all kernels are stopped by then.
    """
    told: dict[Path, list[str]] = {path: [] for path in paths}
    slots = asyncio.Semaphore(jobs)

    async def one(path: Path) -> None:
        async with slots:
            start = time.monotonic()
            try:
                notebook = await execute(path, timeout=timeout, sockets=sockets)
            except NotebookFailed as failure:
                from aicities.study.draft import wanted  # here, as it brings pandas along

                if not wanted():
                    raise
                told[path].append(f"{path.stem}: {FAILED}\n{failure}")
                return
            print(f"{path.stem}  {time.monotonic() - start:.1f} s", flush=True)
        content = to_bytes(notebook)
        told[path] += changes(path, notebook)
        if not check:
            save(path, content, failed=NotebookFailed)
        elif content != path.read_bytes():
            told[path].append(f"{path}: differs from what is saved: {difference(read(path), notebook)}")

    with own_folder() as sockets:
        async with asyncio.TaskGroup() as group:
            # a long one must not be left for the end; what shows most takes longest
            for path in sorted(paths, key=lambda path: -path.stat().st_size if path.exists() else 0):
                group.create_task(one(path))
    return [line for lines in told.values() for line in lines]


class Stopped(Exception):
    """A signal asked the run to end."""


async def until_stopped(paths: list[Path], *, jobs: int, timeout: int, check: bool) -> list[str]:
    """Run, and end in order when a signal comes, also where an interrupt is ignored, as in a background job.

    Raises:
        Stopped: a signal came, by its number; every kernel is stopped by then.
    """
    work = asyncio.ensure_future(run(paths, jobs=jobs, timeout=timeout, check=check))
    came: list[int] = []

    def stop(number: int) -> None:
        came.append(number)
        work.cancel()

    if os.name == "posix":
        for name in SIGNALS:
            number = signal.Signals[name]
            if name != "SIGHUP" or signal.getsignal(number) is not signal.SIG_IGN:  # of nohup
                asyncio.get_running_loop().add_signal_handler(number, stop, number)
    try:
        return await work
    except asyncio.CancelledError:
        raise Stopped(came[0] if came else signal.SIGINT) from None


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tools.run", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("notebooks", nargs="*", help="a file, or how a name starts, as in 03 (default: all)")
    parser.add_argument("--jobs", type=int, default=2, help="how many run at the same time (default: 2)")
    parser.add_argument("--timeout", type=int, default=300, help="seconds that one cell may take (default: 300)")
    parser.add_argument("--check", action="store_true", help="compare with what is saved, and write nothing")
    parser.add_argument("--draft", action="store_true", help="go on where a finding changed, and list all at the end")
    options = parser.parse_args(arguments)
    if options.jobs < 1 or options.timeout < 1:
        parser.error("--jobs and --timeout must be 1 or more")
    try:
        options.notebooks = chosen(options.notebooks)
    except NotebookFailed as error:
        parser.error(str(error))
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    options = parse(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal may know fewer characters than a file's name has
        sys.stdout.reconfigure(errors="backslashreplace")
    if options.draft:
        os.environ["AICITIES_DRAFT"] = "1"
    work = until_stopped(options.notebooks, jobs=options.jobs, timeout=options.timeout, check=options.check)
    try:
        told = asyncio.run(work)
    except* NotebookFailed as failures:
        for failure in failures.exceptions:
            text = str(failure)
            print(text if sys.stderr.isatty() else ANSI.sub("", text), file=sys.stderr)
        return_status = 1
    except* Stopped as stopped:
        print("Interrupted: every notebook is whole, finished or as it was.", file=sys.stderr)
        return_status = 128 + stopped.exceptions[0].args[0]
    else:
        done = f"{len(options.notebooks)} executed"
        print(f"{done}; every byte is as saved" if options.check and not told else done)
        if told and not options.check:
            print("These findings changed:")
        print(ANSI.sub("", "\n".join(told)), end="\n" if told else "")
        return_status = int((options.check and bool(told)) or any(FAILED in line for line in told))
    return return_status


if __name__ == "__main__":
    sys.exit(main())
