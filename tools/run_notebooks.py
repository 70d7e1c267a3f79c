"""Execute notebooks from top to bottom, save them in place, and write browsable HTML copies.

    python tools/run_notebooks.py                        every notebook of notebooks/
    python tools/run_notebooks.py notebooks/02-*.ipynb   these only
    python tools/run_notebooks.py --check                compare with what is saved; write nothing

A saved notebook carries nothing that changes from run to run or from machine to machine, so that a second
run changes no byte. Exit status: 0 done; 1 a cell failed, or --check found a difference; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.util
import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from html import escape
from pathlib import Path

# To check a format that no notebook uses, jsonschema would build this grammar, which takes most of a second.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.kernels import AVAILABLE, Template, provision

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
RULE = "------------------\n"
LONGEST_SOCKET = 90  # bytes; systems allow 104 or more, and Jupyter adds a few
KEPT_CELL_METADATA = ("tags",)  # all others are how an editor shows a cell, or hides it

# nbconvert's own page, less what it fetches from other hosts, plus the alternative text of figures.
PAGE = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js_requirejs -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block data_png scoped -%}
<div class="jp-RenderedImage jp-OutputArea-output {{ extra_class }}">
<img src="data:image/png;base64,{{ output.data['image/png'] | replace('\n', '') }}"
 alt="{{ (output | get_metadata('alt', 'image/png') or '') | escape_html }}" style="max-width: 100%">
</div>
{%- endblock -%}
"""

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>aicities: notebooks</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 42rem; padding: 0 1rem; }}
li {{ margin: .5rem 0; }}
</style>
</head>
<body>
<main>
<h1>aicities: notebooks</h1>
<ul>
{items}
</ul>
</main>
</body>
</html>
"""


class NotebookFailed(Exception):
    """A notebook that could not be read or executed; the message says which, where and why."""


def kernel_environment() -> dict[str, str]:
    """Variables that make a kernel give the same outputs on every machine.

    They settle the order of sets, the time zone, the locale and the number of threads, and keep the
    user's own settings of IPython and Matplotlib out. The folder for IPython's own is made, if it can be.
    """
    own = ROOT / "build" / "ipython"
    with contextlib.suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
    spec = importlib.util.find_spec("matplotlib")
    settings = {"MATPLOTLIBRC": str(Path(spec.origin).parent / "mpl-data")} if spec and spec.origin else {}
    return settings | {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "IPYTHONDIR": str(own),
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",  # PyArrow's own thread: kernels are forked where none runs
    }


def read(path: Path) -> NotebookNode:
    """Read a notebook, giving a stable id to each cell that has none.

    Raises:
        NotebookFailed: the file is missing, or is no notebook of format 4.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
        raw["nbformat_minor"] = max(5, raw["nbformat_minor"])
        for position, cell in enumerate(raw["cells"]):
            cell.setdefault("id", f"cell-{position:02d}")
        # JSON can escape half of a surrogate pair, which no text can hold
        json.dumps(raw, ensure_ascii=False).encode()
        notebook = nbformat.reads(json.dumps(raw), as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # on a malformed file nbformat itself fails in many ways
        raise NotebookFailed(f"{path}: not a readable notebook: {error}") from error
    return notebook


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Drop all metadata that depend on the machine, the editor or the moment; changes `notebook`."""
    kept = {k: v for k, v in notebook.metadata.items() if k not in ("language_info", "widgets", "signature")}
    kept["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    kept["language_info"] = {"name": "python"}
    notebook.metadata = nbformat.from_dict(kept)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA})
    return notebook


def to_bytes(notebook: NotebookNode) -> bytes:
    """The notebook as it is saved: sorted keys, one space of indent, UTF-8, a newline at the end."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode("utf-8")


def save(path: Path, content: bytes) -> None:
    """Write beside the file, then rename: at any moment the file is whole, either the old or the new one.

    Raises:
        NotebookFailed: the disk is full, say, or the folder cannot be written.
    """
    if path.exists() and path.read_bytes() == content:
        return
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise NotebookFailed(f"{path}: cannot be saved ({error.strerror}); it is as it was") from error


async def execute(
    path: Path,
    *,
    timeout: int,
    turn: AbstractAsyncContextManager[object] | None = None,
    on_cell: Callable[[], object] = lambda: None,
    template: Template | None = None,
) -> NotebookNode:
    """Execute a notebook in a fresh kernel of the running interpreter, in the notebook's folder.

    `timeout` is in seconds for each cell; `turn` is entered when the kernel is ready, and left after the last cell;
    `on_cell` is called after each cell; the kernel is a fork of `template`, if there is one. The file is only read.

    Raises:
        NotebookFailed: a cell raised, ran longer than `timeout`, or its kernel died or could not be started.
    """
    notebook = read(path)
    manager = AsyncKernelManager(
        kernel_name="python3",
        # Without folders to look in, "python3" is this interpreter, whatever kernels the machine has.
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
    )
    if template:
        provision(manager, template)
    client = NotebookClient(notebook, km=manager, timeout=timeout, record_timing=False, coalesce_streams=True)
    client.log.disabled = True
    number = 0
    sockets = tempfile.TemporaryDirectory(prefix="aicities-")
    file = str(Path(sockets.name) / "kernel.json")
    # no ports: two kernels that start together can pick the same; but the path of a socket is limited
    if os.name == "posix" and len(os.fsencode(file)) <= LONGEST_SOCKET:
        manager.transport = "ipc"
        manager.connection_file = file
    try:
        await client.async_start_new_kernel(cwd=str(path.parent), env=os.environ | kernel_environment())
        await client.async_start_new_kernel_client()
        async with turn or contextlib.nullcontext():
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code":
                    continue
                number += 1
                cell.outputs, cell.execution_count = [], None
                await client.async_execute_cell(cell, index)
                on_cell()
    except CellExecutionError as error:
        raise NotebookFailed(f"{path}, code cell {number}:\n{error}") from error
    except CellTimeoutError as error:
        reason = f"still running after {timeout} s, the limit (--timeout)"
        raise NotebookFailed(f"{path}, code cell {number}: {reason}:\n{RULE}{cell.source}\n{RULE}") from error
    except DeadKernelError as error:
        task = asyncio.current_task()
        if task and task.cancelling():  # nbclient takes a cancelled cell for a dead kernel
            raise asyncio.CancelledError from error
        reason = "the kernel died"
        raise NotebookFailed(f"{path}, code cell {number}: {reason}:\n{RULE}{cell.source}\n{RULE}") from error
    except ChildProcessError as error:
        raise NotebookFailed(f"{path}: {error}") from error
    finally:
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        if client.kc is not None:
            client.kc.stop_channels()
        sockets.cleanup()
    return tidy(notebook)


def title_of(notebook: NotebookNode) -> str:
    """The text of the first heading, or an empty string."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    return found.group(1).strip() if found else ""


def relink(html: str, *, source: Path, target: Path, pages: set[Path]) -> str:
    """Turn relative links of the notebook `source` into links that work in the HTML file `target`."""

    def replace(match: re.Match[str]) -> str:
        name, hash_sign, fragment = match.group(1).partition("#")
        if not name or re.match(r"[a-z]+:|//|/", name, re.IGNORECASE):
            return match.group(0)
        linked = (source.parent / name).resolve()
        if linked in pages:
            new = linked.with_suffix(".html").name
        else:
            new = Path(os.path.relpath(linked, target.parent)).as_posix()
        return f'href="{new}{hash_sign}{fragment}"'

    return re.sub(r'href="([^"]*)"', replace, html)


def without_html(source: str) -> str:
    """Markdown as HTML; tags in it, which can only have come from a table's cell, are shown as text."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=True, allow_harmful_protocols=False)
    html: str = MarkdownWithMath(renderer=renderer).render(source)
    return html


class HtmlCopies:
    """Writes HTML copies of notebooks into a folder; loads nbconvert once, when the first is written."""

    def __init__(self, folder: Path, pages: list[Path]) -> None:
        from jinja2 import DictLoader
        from nbconvert import HTMLExporter

        self.folder, self.pages = folder, {page.resolve() for page in pages}
        self.exporter = HTMLExporter(
            template_file="page.html.j2",
            extra_loaders=[DictLoader({"page.html.j2": PAGE})],
            embed_images=True,
        )
        self.exporter.register_filter("markdown2html", without_html)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotebookFailed(f"{error.filename}: cannot be written ({error.strerror})") from error

    def write(self, path: Path, notebook: NotebookNode) -> None:
        """Write the copy of one notebook; its page title is the notebook's first heading."""
        target = self.folder / f"{path.stem}.html"
        named = nbformat.from_dict(notebook | {"metadata": notebook.metadata | {"title": title_of(notebook)}})
        resources = {"metadata": {"name": path.stem, "path": str(path.parent)}}
        html, _ = self.exporter.from_notebook_node(named, resources=resources)
        save(target, relink(html, source=path, target=target, pages=self.pages).encode("utf-8"))

    def write_index(self) -> Path:
        """Write the page that lists every copy in the folder; return its path."""
        items = []
        for page in sorted(self.pages):
            if (self.folder / f"{page.stem}.html").exists():
                title = escape(title_of(read(page)) or page.stem)
                items.append(f'<li><a href="{page.stem}.html">{title}</a></li>')
        index = self.folder / "index.html"
        save(index, INDEX.format(items="\n".join(items)).encode("utf-8"))
        return index


class Progress:
    """A bar over code cells that names the notebooks now running."""

    def __init__(self, cells: int) -> None:
        self.running: list[str] = []
        self.bar = tqdm(
            total=cells,
            bar_format="{percentage:3.0f}% |{bar:24}| {n_fmt}/{total_fmt} cells  {desc}",
            leave=False,
        )

    @contextlib.asynccontextmanager
    async def during(self, name: str, slots: asyncio.Semaphore) -> AsyncIterator[None]:
        """Wait for a slot, then show `name` while its cells run."""
        async with slots:
            with self.shown(name):
                yield

    @contextlib.contextmanager
    def shown(self, name: str) -> Iterator[None]:
        """Show `name` as running, and at the end how long it ran."""
        start = time.monotonic()
        self.running.append(name)
        self.bar.set_description_str(", ".join(self.running))
        try:
            yield
            self.bar.write(f"{name}  {time.monotonic() - start:.1f} s", file=sys.stdout)
        finally:
            self.running.remove(name)
            self.bar.set_description_str(", ".join(self.running))


def difference(old: NotebookNode, new: NotebookNode) -> str:
    """Say where two notebooks first differ."""
    for number, (before, after) in enumerate(zip(old.cells, new.cells, strict=True), start=1):
        if before != after:
            parts = [key for key in after if before.get(key) != after[key]]
            return f"cell {number} of {len(new.cells)}: {', '.join(parts)}"
    return "the metadata, or the way it is written"


async def run(paths: list[Path], *, jobs: int, timeout: int, check: bool, html: Path) -> list[str]:
    """Execute notebooks, `jobs` at a time; save them and their HTML copies.

    With `check`, writes nothing and returns one line for each notebook that would change.

    Raises:
        ExceptionGroup: of the NotebookFailed that stopped the run; all kernels are stopped by then.
    """
    if os.name == "posix":
        for number in (signal.SIGTERM, signal.SIGHUP):  # to be stopped is to be interrupted
            asyncio.get_running_loop().add_signal_handler(number, signal.raise_signal, signal.SIGINT)
    changed: list[str] = []
    slots, kernels, writing = asyncio.Semaphore(jobs), asyncio.Semaphore(jobs + 1), asyncio.Lock()
    template = Template(os.environ | kernel_environment()) if AVAILABLE and len(paths) > 1 else None
    copies = None if check else HtmlCopies(html, sorted({*paths[0].parent.glob("*.ipynb"), *paths}))
    progress = Progress(sum(cell.cell_type == "code" for path in paths for cell in read(path).cells))

    async def one(path: Path) -> None:
        async with kernels:  # one more than run, so that the next is ready when its turn comes
            turn = progress.during(path.stem, slots)
            notebook = await execute(path, timeout=timeout, turn=turn, on_cell=progress.bar.update, template=template)
        content = to_bytes(notebook)
        if copies is None:
            if content != path.read_bytes():
                changed.append(f"{path}: differs from what is saved: {difference(read(path), notebook)}")
            return
        save(path, content)
        async with writing:
            await asyncio.to_thread(copies.write, path, notebook)

    try:
        async with asyncio.TaskGroup() as group:
            # a long one must not be left for the end; what shows most takes longest
            for path in sorted(paths, key=lambda path: -path.stat().st_size):
                group.create_task(one(path))
    finally:
        progress.bar.close()
        if template:
            template.close()
    if copies is not None:
        print(f"{len(paths)} executed; to browse: {shown(copies.write_index())}")
    elif not changed:
        print(f"{len(paths)} executed; every byte is as saved")
    return changed


def shown(path: Path) -> str:
    """A path as the user would write it."""
    with contextlib.suppress(ValueError):
        return str(path.resolve().relative_to(Path.cwd()))
    return str(path)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all of notebooks/")
    parser.add_argument("--jobs", type=int, default=2, help="how many run at the same time (default: 2)")
    parser.add_argument("--timeout", type=int, default=300, help="seconds that one cell may take (default: 300)")
    parser.add_argument("--check", action="store_true", help="compare with what is saved, and write nothing")
    parser.add_argument("--html", type=Path, default=ROOT / "build" / "html", help="folder of the HTML copies")
    options = parser.parse_args(arguments)
    if options.jobs < 1 or options.timeout < 1:
        parser.error("--jobs and --timeout must be 1 or more")
    if not options.notebooks:
        options.notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
        if not options.notebooks:
            parser.error("there are no notebooks in notebooks/")
        if not options.check:
            shutil.rmtree(options.html, ignore_errors=True)  # no copy of a notebook that is gone
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    options = parse(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal may know fewer characters than a file's name has
        sys.stdout.reconfigure(errors="backslashreplace")
    changed, status = [], 0
    try:
        changed = asyncio.run(
            run(
                options.notebooks,
                jobs=options.jobs,
                timeout=options.timeout,
                check=options.check,
                html=options.html,
            )
        )
    except* NotebookFailed as failures:
        for failure in failures.exceptions:
            text = str(failure)
            print(text if sys.stderr.isatty() else ANSI.sub("", text), file=sys.stderr)
        status = 1
    except* KeyboardInterrupt:
        print("Interrupted: every notebook is whole, finished or as it was.", file=sys.stderr)
        status = 130
    for line in changed:
        print(line)
    return status or int(bool(changed))


if __name__ == "__main__":
    sys.exit(main())
