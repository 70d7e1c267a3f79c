"""Build the collection for the reader's browser, into build/lite.

    python -m tools.lite            says which files are missing, and where they are from
    python -m tools.lite FOLDER     builds, with the compiled packages of Pyodide's distribution in FOLDER

Needs npm, which fetches Pyodide's core, and the index, which has the other packages: each with the hash that a lock in
the project states. Exit status: 0 built; 1 a tool failed; 2 something is missing.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from tools.lite.packages import Browser, Missing, collect
from tools.saving import replaced

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
OUTPUT = ROOT / "build" / "lite"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
CORE = re.compile(r"pyodide(\.asm)?\.m?js|pyodide\.asm\.wasm|python_stdlib\.zip|package\.json")
START = "lab/index.html?path=notebooks/00-start-here.ipynb"
WHERE = """\
Files named with a sha256 are from Pyodide's distribution; those compiled for the browser are on no index. Get
pyodide-{version}.tar.bz2, of release {version} of the repository pyodide/pyodide, unpack it, and give its folder:
    make lite WHEELS=folder"""
LINK = re.compile(r"\]\(\.\./([\w./-]+\.md)")
# On a phone the list of files would leave the notebook a column of one word.
NARROW = """\
    <script>
      if (innerWidth < 760) {
        const closing = setInterval(() => {
          const shell = globalThis.jupyterapp?.shell;
          if (shell?.leftCollapsed === false) shell.collapseLeft(); // it opens by itself, more than once
        }, 100);
        addEventListener("pointerdown", () => clearInterval(closing), { once: true, capture: true });
      }
    </script>
  </body>"""
# as in a notebook that is executed here; and a finding that a reader's change upsets is told, it doesn't stop the page
ENVIRONMENT = {"AICITIES_DRAFT": "1", "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a tool.

    Raises:
        subprocess.CalledProcessError: it failed; what it printed comes with it.
        FileNotFoundError: there is no such tool.
    """
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def core(work: Path) -> Path:
    """Have npm fetch Pyodide's core, as package-lock.json says; the folder with it."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, work)
    run("npm", "ci", "--ignore-scripts", "--silent", cwd=work)
    return work / "node_modules" / "pyodide"


def wheel(work: Path) -> Path:
    """Build the project's own wheel, which carries the libraries and the tables."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", work / "wheel")
    return next((work / "wheel").glob("*.whl"))


def contents(folder: Path) -> None:
    """The notebooks, and the pages of the project that they link to.

    Each text is written as one string: JupyterLite shows no saved output whose Markdown is a list of lines
    (jupyterlite/jupyterlite issue 1105).
    """
    (folder / "notebooks").mkdir(parents=True)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        text = json.dumps(nbformat.read(path, as_version=4), ensure_ascii=False)
        (folder / "notebooks" / path.name).write_text(text, "utf-8")
        for name in LINK.findall(text):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def settings() -> dict[str, Any]:
    """The site's jupyter-lite.json: no index is asked, and `jupyterapp` is what the browser test talks to."""
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": [], "env": ENVIRONMENT}}
    config = {"appName": "aicities", "exposeAppInBrowser": True, "litePluginSettings": {KERNEL: kernel}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def build(folder: Path | None, work: Path) -> int:
    """Gather all that belongs to the site in `work`, and have JupyterLite build it; the number of packages.

    Raises:
        Missing: packages could not be had.
    """
    source = core(work)
    browser = Browser(json.loads((source / "pyodide-lock.json").read_text("utf-8")))
    site, pyodide = work / "site", work / "site" / "static" / "pyodide"
    pyodide.mkdir(parents=True)
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    lock = collect(wheel(work), browser, locked=locked, folder=folder, target=pyodide)
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    for path in source.iterdir():
        if CORE.fullmatch(path.name):
            shutil.copy(path, pyodide)
    contents(site / "files")
    (site / "jupyter-lite.json").write_text(json.dumps(settings()), "utf-8")
    shutil.copy(ROOT / "tools/lab/labconfig/default_setting_overrides.json", site / "overrides.json")
    uv, python = Path(sys.executable).with_name("uv"), work / "environment" / "bin" / "python"
    run(uv, "venv", "--quiet", "--python", sys.executable, work / "environment")
    run(uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", HERE / "jupyterlite.lock")
    with replaced(OUTPUT) as new:
        options = ["--apps", "lab", "--no-sourcemaps", "--output-dir", str(new)]
        run(python.with_name("jupyter"), "lite", "build", *options, cwd=site)
        page = new / "lab" / "index.html"
        page.write_text(page.read_text("utf-8").replace("  </body>", NARROW), "utf-8")
    return len(lock["packages"])


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.lite", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("wheels", nargs="?", type=Path, help="folder with the files of Pyodide's distribution")
    options = parser.parse_args(arguments)
    if options.wheels and not options.wheels.is_dir():
        parser.error(f"{options.wheels} is no folder; expected the one with the files of Pyodide's distribution")
    version = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
    try:
        with tempfile.TemporaryDirectory(prefix="aicities-lite-") as work:
            number = build(options.wheels, Path(work))
    except Missing as missing:
        print(f"build/lite lacks:\n{missing}\n{WHERE.format(version=version)}", file=sys.stderr)
        return 2
    except FileNotFoundError as error:
        print(f"{error.filename} is not installed; it is needed to build for the browser", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"build/lite cannot be written: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd[0]} failed:\n{error.stdout}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in OUTPUT.rglob("*") if path.is_file())
    print(f"build/lite: {number} packages, {size / 1e6:.0f} MB; serve the folder, and open {START}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
