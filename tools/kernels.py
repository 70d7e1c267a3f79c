"""Kernels that start at once: forks of one process that has already imported what notebooks import.

A fresh kernel spends more time importing pandas, SciPy and Matplotlib than a notebook of this collection spends
computing. A fork has these modules already, and no variable, open figure or state of a random generator. A notebook
that uses a module without importing it passes here; `make test` runs each in a fresh kernel, where it fails.

    python tools/kernels.py      is that process: for each line of JSON it reads, it forks a kernel and prints its pid
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import uuid
from typing import Any, cast

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

PR_SET_PDEATHSIG = 1  # of prctl(2)
AVAILABLE = sys.platform == "linux"  # elsewhere libraries of the system may not survive a fork
IMPORTED = (
    "ipykernel.kernelapp",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "mpltern",
    "seaborn",
    "scipy.optimize",
    "scipy.stats",
    "babel.numbers",
    "aicities.figures",
    "aicities.claims",
    "rankstats",
    "textnumbers",
)


class Template:
    """The process whose forks become kernels; close it when no more are needed. No kernel outlives it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.asking = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,  # an interrupt from the keyboard is for the runner alone
        )

    def fork(self, connection_file: str, folder: str) -> Fork:
        """Start a kernel in a folder.

        Raises:
            ChildProcessError: the process is no more.
        """
        assert self.process.stdin and self.process.stdout
        with self.asking:
            with contextlib.suppress(BrokenPipeError):
                print(json.dumps([connection_file, folder]), file=self.process.stdin, flush=True)
            answer = self.process.stdout.readline()
        if not answer:
            raise ChildProcessError(f"the process that starts kernels ended with status {self.process.wait()}")
        return Fork(int(answer))

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin and self.process.stdout
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


class Fork:
    """What Jupyter asks of a kernel's process. Its exit status is known only to the process that forked it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs, else 1."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return None
        return 1

    def wait(self) -> int:
        """Called only after `poll` has said that it has ended."""
        return 1

    def send_signal(self, number: int) -> None:
        """Signal it, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of a template, where the usual one starts an interpreter."""

    template: Template

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Start the kernel; `cmd` is not used, since its only variable part is the connection file."""
        manager = cast(AsyncKernelManager, self.parent)
        place = os.path.realpath(manager.connection_file), str(options["cwd"])
        fork = await asyncio.to_thread(self.template.fork, *place)  # the first waits for the imports
        self.process, self.pid = cast("subprocess.Popen[bytes]", fork), fork.pid
        return self.connection_info


def provision(manager: AsyncKernelManager, template: Template) -> None:
    """Make a manager start its kernel from a template."""
    manager.kernel_id = str(uuid.uuid4())
    provisioner = ForkProvisioner(kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager)
    provisioner.template = template
    manager.provisioner = provisioner


def serve() -> None:
    """Import, then fork a kernel for each line of standard input, until it ends."""
    # to be chosen in the kernel, since the inline one ties itself to a running IPython
    backend = os.environ.pop("MPLBACKEND")
    for name in IMPORTED:
        with contextlib.suppress(Exception):  # whoever needs it meets the error, in the cell that imports it
            importlib.import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that has ended is gone at once
    parent = os.getpid()
    for line in sys.stdin:
        connection_file, folder = json.loads(line)
        pid = os.fork()
        if not pid:
            end_with(parent)
            become_kernel(connection_file, folder, backend)
        print(pid, flush=True)


def end_with(parent: int) -> None:
    """Have this process killed when its parent ends, or end at once if that has happened already."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def become_kernel(connection_file: str, folder: str, backend: str) -> None:
    """Turn this fork into a kernel; does not return."""
    import matplotlib as mpl
    import numpy as np
    from ipykernel import kernelapp

    np.random.seed()  # noqa: NPY002
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # standard output was the way to the runner
    os.chdir(folder)
    os.environ["MPLBACKEND"] = mpl.rcParams["backend"] = backend
    sys.argv[1:] = ["-f", connection_file]
    # a kernel that knows of no parent tells the terminal how to connect to it
    kernelapp.launch_new_instance([*sys.argv[1:], f"--IPKernelApp.parent_handle={os.getppid()}"])
    os._exit(0)


if __name__ == "__main__":
    serve()
