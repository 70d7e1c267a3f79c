"""The package in environments that are not the project's: bare, and with the oldest and newest of what it needs."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", one)]
TESTS = ["aicities/test_bounds.py", "aicities/test_votes.py", "aicities/test_evidence.py", "study", "rankstats"]
NEEDED_BY_TESTS = ["pytest", "hypothesis", "nbval", "nbclient", "ipykernel", "pyyaml"]


def run(*command: str | Path, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "PYTEST"))}
    own = inherited | {"OPENBLAS_NUM_THREADS": "1"} | settings
    return subprocess.run(command, cwd=cwd, env=own, capture_output=True, text=True, timeout=3000)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def interpreter(python: str) -> str:
    found = shutil.which(f"python{python}") or (
        sys.executable if sys.version_info[:2] == tuple(map(int, python.split("."))) else ""
    )
    done = run(found or "false", "--version", cwd=ROOT)
    if done.returncode:
        pytest.skip(f"no Python {python} on this machine")
    return found


def installed(place: Path, python: str, wheel: Path, *options: str) -> Path:
    """The interpreter of a new environment with the wheel and what it needs, and nothing else."""
    assert run(UV, "venv", "--quiet", "--python", python, place, cwd=ROOT).returncode == 0
    own = place / "bin" / "python"
    done = run(UV, "pip", "install", "--quiet", "--only-binary", ":all:", "--python", own, *options, wheel, cwd=ROOT)
    if "Failed to fetch" in done.stderr or "error sending request" in done.stderr:
        pytest.skip("the index is out of reach")
    assert done.returncode == 0, done.stderr
    return own


def said(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def works(command: Path, folder: Path) -> None:
    assert re.fullmatch(r"No problem in \d+ tables\.\n", said(command, "check", cwd=folder))
    assert "claim_id" in said(command, "show", "claims", cwd=folder)


def test_the_package_works_with_what_it_names_and_nothing_else(wheel: Path, tmp_path: Path) -> None:
    # in the locked versions, which uv has at hand since it made this environment
    python = installed(tmp_path / "bare", sys.executable, wheel, "--constraints", str(ROOT / "requirements.lock"))
    works(python.with_name("aicities"), tmp_path)
    assert "done" in said(python, "-c", "from aicities import figures; figures.use(); print('done')", cwd=tmp_path)


@pytest.mark.weekly
@pytest.mark.parametrize("python", PYTHONS)
def test_the_command_runs_without_installing_anything(python: str, tmp_path: Path) -> None:
    command = [UV, "tool", "run", "--python", interpreter(python), "--from", ROOT, "aicities", "show", "claims"]
    assert "claim_id" in said(*command, cwd=tmp_path)


@pytest.mark.weekly
@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
@pytest.mark.parametrize("python", PYTHONS)
def test_the_package_keeps_its_word_at_both_ends_of_its_bounds(
    python: str, resolution: str, wheel: Path, tmp_path: Path
) -> None:
    # named once more: a wheel's own needs are not direct ones
    own = installed(tmp_path / "bare", interpreter(python), wheel, "--resolution", resolution, *PROJECT["dependencies"])
    works(own.with_name("aicities"), tmp_path)
    frozen = tmp_path / "frozen.txt"
    frozen.write_text(said(UV, "pip", "freeze", "--python", own, "--exclude", "aicities", cwd=ROOT), "utf-8")
    said(UV, "pip", "install", "--quiet", "--python", own, "--constraints", frozen, *NEEDED_BY_TESTS, cwd=ROOT)
    tests = [f"tests/{name}" for name in TESTS]
    done = run(own, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-5000:]


def test_an_editor_knows_the_modules_that_are_imported_when_used() -> None:
    jedi = pytest.importorskip("jedi", reason="comes with IPython")
    known = {one.name for one in jedi.Script("import aicities as ac\nac.").complete(2, 3)}
    folder = ROOT / "src" / "aicities"
    modules = {path.stem for path in folder.glob("[!_]*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    assert modules <= known


def test_only_the_direct_imports_of_the_package_are_its_dependencies() -> None:
    named = {re.split(r"[<>=]", one)[0] for one in PROJECT["dependencies"]}
    modules = {"PIL": "pillow", "IPython": "ipython", "font_source_sans_pro": "font-source-sans-pro"}
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)) | set(
        re.findall(r'files\("(\w+)"\)', text)
    )
    assert named == {modules.get(one, one) for one in imported} & (named | set(modules.values()))
