"""One environment, told four times: pyproject.toml, locks, environment.yml and workflow must agree."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-uv.lock")
PYTHONS = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]
CONDA_NAMES = {"matplotlib-base": "matplotlib", "seaborn-base": "seaborn"}


def entries(name):
    """Each pin of a lock file, as (requirement, hashes)."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        pin, *hashes = re.split(r"\s+--hash=", line.strip())
        found.append((Requirement(pin), hashes))
    return found


def locked(python):
    """Name to version of what the lock installs on Linux with that Python."""
    marks = default_environment() | {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
    }
    pins = {}
    for pin, _ in entries("requirements.lock"):
        if pin.marker is None or pin.marker.evaluate(marks):
            assert canonicalize_name(pin.name) not in pins, f"{pin.name} is pinned twice for Python {python}"
            pins[canonicalize_name(pin.name)] = Version(next(iter(pin.specifier)).version)
    return pins


def conda_pins():
    """Python-package name to specifier, for everything in environment.yml; and what pip is to install."""
    pins, by_pip = {}, []
    for entry in CONDA["dependencies"]:
        if isinstance(entry, dict):
            by_pip = entry["pip"]
            continue
        name, specifier = re.fullmatch(r"([\w-]+)(.*)", entry).groups()
        if re.match(r"=\d", specifier):  # conda's "=3.1" is pip's "==3.1.*"
            specifier = f"={specifier}.*"
        pins[CONDA_NAMES.get(name, name)] = SpecifierSet(specifier)
    return pins, [Requirement(entry) for entry in by_pip]


def minor(specifier):
    """ "3.12" of "==3.12.*"."""
    return str(specifier).removeprefix("==").removesuffix(".*")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_exact_versions_with_hashes_and_names_no_host(name):
    for pin, hashes in entries(name):
        assert re.fullmatch(r"==[^*]+", str(pin.specifier)), f"{name}: {pin} is not one exact version"
        assert pin.url is None, f"{name}: {pin} names a place"
        assert hashes, f"{name}: {pin} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), f"{name}: {pin} has an odd hash"


@pytest.mark.parametrize(
    "name", [*LOCKS, "pyproject.toml", "environment.yml", "postBuild", "Makefile", "tools/environment.sh"]
)
def test_no_file_of_the_environment_names_a_registry(name):
    text = (ROOT / name).read_text("utf-8")
    text = re.sub(r"(?m)^\[project\.urls\]\n(?:(?!\[).*\n)*", "", text)  # the project's own address may stand there
    assert not re.search(r"https?://|file:|--(extra-)?index|find-links|trusted-host", text)


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_pyproject_on_each_python(python):
    pins = locked(python)
    extras = PROJECT["optional-dependencies"].values()
    for wanted in map(Requirement, [*PROJECT["dependencies"], *(r for extra in extras for r in extra)]):
        found = pins.get(canonicalize_name(wanted.name))
        assert found, f"{wanted.name} is not in requirements.lock: make lock"
        assert found in wanted.specifier, f"requirements.lock has {wanted.name} {found}, pyproject.toml wants {wanted}"


def test_what_is_installed_is_what_the_lock_says():
    pins = [pin for name in LOCKS for pin, _ in entries(name) if pin.marker is None or pin.marker.evaluate()]
    wrong = [f"{pin} (installed: {version(pin.name)})" for pin in pins if version(pin.name) not in pin.specifier]
    assert not wrong, f"make environment would install: {', '.join(wrong)}"


def test_supported_pythons_are_told_alike():
    assert PYTHONS, "pyproject.toml has no classifiers of Python versions"
    assert all(f"{python}.0" in SpecifierSet(PROJECT["requires-python"]) for python in PYTHONS)
    assert f">={PYTHONS[0]}" == PROJECT["requires-python"]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python-version"] == PYTHONS
    assert {"push", "pull_request", "schedule"} == set(workflow[True]), "YAML 1.1 reads the key 'on' as true"


def test_conda_has_the_locked_versions():
    pins, by_pip = conda_pins()
    python = minor(pins.pop("python"))
    assert python in PYTHONS
    lock = locked(python)
    for name, specifier in pins.items():
        if name != "pip":
            assert str(specifier), f"environment.yml: {name} has no version"
            assert lock[name] in specifier, (
                f"environment.yml: {name}{specifier}, but requirements.lock has {lock[name]}"
            )
            assert re.match(r"==\d+\.\d+\.\*$|>=", str(sorted(map(str, specifier))[-1])), f"{name}: pin major.minor"
    for pin in by_pip:
        assert str(pin.specifier) == f"=={lock[canonicalize_name(pin.name)]}", f"environment.yml, pip: {pin}"


def test_conda_has_every_runtime_dependency_and_jupyterlab():
    pins, by_pip = conda_pins()
    have = {*pins, *(pin.name for pin in by_pip)}
    wanted = {Requirement(r).name for r in PROJECT["dependencies"]} | {"jupyterlab", "ipykernel"}
    assert wanted <= have, f"environment.yml lacks {wanted - have}"


def test_conda_takes_everything_from_one_channel():
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]


def test_binder_builds_the_packages_first_and_the_project_last():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ | {"NO_COLOR": "1"})
    assert done.returncode == 0, done.stderr
    told = done.stdout + done.stderr
    assert f"Building conda environment for python={minor(conda_pins()[0]['python'])}\n" in told
    steps = ['--file "environment.yml"', "COPY --chown=0:0 src/ ${REPO_DIR}/", "RUN ./postBuild"]
    places = [told.find(step) for step in steps]
    assert -1 not in places and places == sorted(places), dict(zip(steps, places, strict=True))


def test_binder_adds_the_project_without_its_dependencies():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    assert "pip install --no-deps --editable ." in script.read_text("utf-8")
    assert not list(ROOT.glob("requirements*.txt")) and not (ROOT / "runtime.txt").exists(), "Binder would ignore it"


def test_ci_runs_the_tests():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text("utf-8")


@pytest.mark.parametrize("target", ["coverage", "audit"])
def test_the_workflow_measures_coverage_and_audits_the_lock(target):
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))
    assert {"run": f"make {target}"} in workflow["jobs"][target]["steps"]


def test_the_wheel_works_by_itself_and_carries_the_data(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("aicities-*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    data = ROOT / "data"
    assert {p.name: p.read_bytes() for p in (installed / "aicities" / "data").iterdir()} == {
        p.name: p.read_bytes() for p in data.iterdir() if p.is_file()
    }
    names = [r["name"] for r in json.loads((data / "datapackage.json").read_text("utf-8"))["resources"]]
    code = (
        "import aicities as ac\nprint(ac.__file__, *(f'{name}:{len(ac.load(name))}' for name in ac.names()), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    where, *tables = done.stdout.splitlines()
    assert Path(where).is_relative_to(installed)
    assert [t.partition(":")[0] for t in tables] == names
    assert all(int(t.partition(":")[2]) > 0 for t in tables)
    assert "aicities = aicities.__main__:main" in next(installed.glob("*.dist-info/entry_points.txt")).read_text()


def test_the_way_to_src_is_written_in_plain_letters():
    """In the locale C Python 3.11 reads no other letters in a .pth file, and does not start."""
    files = list((ROOT / ".venv").glob("lib/python3*/site-packages/*aicities*.pth"))
    if not files:
        pytest.skip("this environment was not made by tools/environment.sh")
    assert [file.read_text("ascii") for file in files] == ["../../../../src\n"]
