"""What is built: the same bytes each time, with the data, fit to be used far from the checkout, and off-line."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
NOT_BUILT = (
    ".venv",
    ".git",
    ".*_cache",
    ".hypothesis",
    "build",
    "dist",
    "__pycache__",
    "results",
)  # not in a build, or large
RUNS_TEXTS = {"eval", "exec", "compile", "__import__"}
RUNS_PICKLES = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib", "read_pickle", "to_pickle"}
REACHES_OUT = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "webbrowser"}

# Raises where anything but this machine is asked for, and notes it for the case that somebody catches it.
GUARD = """
import os, sys

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")

def closed(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        asked = args[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        asked = args
    else:
        return
    if isinstance(asked, (str, bytes)) and event == "socket.connect":
        return  # a socket of the file system
    host = asked[0] if isinstance(asked, tuple) else asked
    if not host or str(host).startswith(LOCAL):
        return
    with open(os.environ["ASKED"], "a") as noted:
        print(event, host, file=noted)
    raise OSError(f"the network is closed: {host}")

sys.addaudithook(closed)
"""

SMOKE = """
import pathlib, sys
import aicities as ac
from aicities import evidence, figures, tables
from aicities.study import claims
from aicities.study.headline import analysis, figures as headline, wording

assert pathlib.Path(ac.__file__).is_relative_to(sys.prefix), ac.__file__
assert sum(len(ac.load(name)) for name in ac.names()) > 1000
assert all(len(ac.describe(name)) for name in ac.names())
article = evidence.of_work(ac.load_all())
assert len(evidence.agreement(article)) == len(article["indicators"]) + len(article["statements"])
data = ac.load_all()
assert wording.sentences(analysis.numbers(data))
figures.use()
assert figures.png(headline.front_page(data)).startswith(b"\\x89PNG")
assert not list(pathlib.Path().iterdir()), "nothing is written"
"""


def outside(*, path: str = "", **settings: str) -> dict[str, str]:
    """The environment of a process that knows nothing of this checkout."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "PYTEST"))}
    return inherited | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"} | settings


def build(folder: Path, *kinds: str, **settings: str) -> dict[str, Path]:
    """Build sdist and wheel of the project in a folder; path by kind."""
    options = [word for kind in kinds for word in ("-t", kind)]
    command = [sys.executable, "-m", "hatchling", "build", "-d", "dist", *options]
    done = subprocess.run(command, cwd=folder, env=outside(**settings), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return {"wheel" if path.suffix == ".whl" else "sdist": path for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first") / "checkout"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_BUILT))
    return folder


@pytest.fixture(scope="module")
def built(checkout: Path) -> dict[str, Path]:
    return build(checkout, "sdist", "wheel", TZ="UTC")


@pytest.fixture(scope="module")
def unpacked(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(built["sdist"]) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def installed(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment with the wheel in it; all other packages are those of this one."""
    folder = tmp_path_factory.mktemp("new") / "environment"
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run(
        [*command, "--disable-pip-version-check", str(built["wheel"])], env=outside(), check=True, timeout=120
    )
    site = next(folder.rglob("site-packages"))
    (site / "others.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    return python


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_two_builds_are_byte_identical(checkout: Path, built: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "another place"
    shutil.copytree(checkout, again, ignore=shutil.ignore_patterns("dist"), copy_function=shutil.copy)
    for path in sorted(again.rglob("*"), reverse=True):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(path.stat().st_mode & 0o755 | 0o040)
    second = build(again, "wheel", "sdist", TZ="Asia/Shanghai", PYTHONHASHSEED="7", LC_ALL="C")
    assert {kind: (path.name, sha256(path)) for kind, path in second.items()} == {
        kind: (path.name, sha256(path)) for kind, path in built.items()
    }


def test_the_wheel_of_the_sdist_is_the_same_wheel(built: dict[str, Path], unpacked: Path) -> None:
    assert sha256(build(unpacked, "wheel")["wheel"]) == sha256(built["wheel"])


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    package = {p.relative_to(ROOT / "src").as_posix(): p for p in (ROOT / "src").rglob("*") if p.is_file()}
    data = {f"aicities/data/{path.name}": path for path in (ROOT / "data").iterdir()}
    expected = {name: path.read_bytes() for name, path in (package | data).items() if "__pycache__" not in name}
    assert {name: content for name, content in held.items() if ".dist-info/" not in name} == expected
    about = {name.partition(".dist-info/")[2] for name in held if ".dist-info/" in name}
    assert {"METADATA", "RECORD", "entry_points.txt", "licenses/LICENSE", "licenses/LICENSE-DATA"} <= about


def test_the_sdist_holds_all_that_is_needed_to_carry_on(unpacked: Path) -> None:
    for name in ("README.md", "LICENSE", "LICENSE-DATA", "Makefile", "pyproject.toml", "requirements.lock"):
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    for folder in ("data", "src/aicities", "tests", "tools", "notebooks"):
        ours = {path.name for path in (ROOT / folder).iterdir() if path.is_file() and not path.name.startswith(".")}
        assert {path.name for path in (unpacked / folder).iterdir() if path.is_file()} == ours
    assert not {".venv", "build", ".git"} & {path.name for path in unpacked.iterdir()}


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_path_of_this_machine_is_built_in(built: dict[str, Path], unpacked: Path, kind: str) -> None:
    if kind == "wheel":
        with zipfile.ZipFile(built[kind]) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
    else:
        contents = {path.name: path.read_bytes() for path in unpacked.rglob("*") if path.is_file()}
    places = [str(ROOT).encode() + b"/", str(built[kind].parent).encode(), str(Path.home()).encode() + b"/."]
    assert [name for name, content in contents.items() if any(place in content for place in places)] == []


def test_the_wheel_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    def said(*words: str) -> str:
        command = [str(installed), "-W", "error::RuntimeWarning", *words]
        done = subprocess.run(command, cwd=tmp_path, env=outside(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert re.fullmatch(r"No problem in \d+ tables\.\n", said("-m", "aicities", "check"))
    assert "indicators" in said("-m", "aicities", "tables")
    assert said("-c", SMOKE) == ""
    command = installed.with_name("aicities")
    assert subprocess.run([command, "--version"], env=outside(), cwd=tmp_path, check=True, timeout=60)


def test_the_wheel_passes_tests_of_the_sdist(installed: Path, unpacked: Path) -> None:
    chosen = ["aicities/test_votes.py", "study/test_compute.py"]
    command = [str(installed), "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/{name}" for name in chosen)]
    done = subprocess.run(command, cwd=unpacked, env=outside(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"\b\d{2,} passed", done.stdout)


def named(tree: ast.AST) -> Iterator[str]:
    """Every name that is called, imported or looked up in the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (part for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            yield from [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute):
            yield node.attr if node.attr in RUNS_PICKLES else ""
        elif isinstance(node, ast.keyword):
            yield node.arg or "" if node.arg == "allow_pickle" else ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_module_runs_texts_or_pickles_or_reaches_out(path: Path) -> None:
    used = set(named(ast.parse(path.read_text("utf-8"))))
    assert not used & (RUNS_TEXTS | RUNS_PICKLES | REACHES_OUT | {"allow_pickle"})


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("eval('1')", "eval"),
        ("from pickle import loads", "pickle"),
        ("import urllib.request", "urllib"),
        ("pd.read_pickle('x')", "read_pickle"),
        ("np.load('x', allow_pickle=True)", "allow_pickle"),
    ],
)
def test_what_is_forbidden_is_found(code: str, name: str) -> None:
    assert name in set(named(ast.parse(code)))


def run_closed(folder: Path, *notebooks: Path) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run notebooks with all sockets closed but those within the machine; also gives what was asked for."""
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD)
    asked = folder / "asked"
    asked.touch()
    done = subprocess.run(
        [sys.executable, "-m", "tools.run", *map(str, notebooks)],
        env=outside(path=os.pathsep.join(map(str, (folder / "guard", ROOT / "src", ROOT))), ASKED=str(asked)),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
    )
    return done, asked.read_text()


def test_the_notebooks_run_without_a_network(tmp_path: Path) -> None:
    copies = [Path(shutil.copy(ROOT / "notebooks" / name, tmp_path)) for name in ("00-start-here.ipynb",)]
    done, asked = run_closed(tmp_path, *copies)
    assert done.returncode == 0, done.stderr[-3000:]
    assert asked == ""


def test_a_notebook_that_asks_for_the_network_is_noticed(tmp_path: Path) -> None:
    import nbformat

    code = (
        "import contextlib, socket\nwith contextlib.suppress(OSError):\n    socket.create_connection(('192.0.2.1', 80))"
    )
    cells = [nbformat.v4.new_code_cell(code, id="c0")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    done, asked = run_closed(tmp_path, tmp_path / "a.ipynb")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "socket.connect 192.0.2.1" in asked or "socket.getaddrinfo 192.0.2.1" in asked
