"""One environment, told four times: pyproject.toml, locks, environment.yml and workflow must agree."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions, version
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
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


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
    assert not re.search(r"https?://|file:|--(extra-)?index|--find-links|--trusted-host", text)


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
    assert {"push", "pull_request"} == set(workflow[True]), "YAML 1.1 reads the key 'on' as true"


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


def test_binder_has_the_house_settings_of_jupyterlab():
    script = (ROOT / "postBuild").read_text("utf-8")
    for name in re.findall(r"tools/lab/\S+", script):
        assert (ROOT / name).is_file(), f"postBuild: there is no {name}"
    assert {path.name for path in (ROOT / "tools" / "lab").rglob("*") if path.is_file()} == {
        Path(name).name for name in re.findall(r"tools/lab/\S+", script)
    }


def test_binder_adds_the_project_without_its_dependencies():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    # what builds it stands in environment.yml: in an environment of its own pip would fetch the newest of that day
    assert "pip install --no-deps --no-build-isolation --editable ." in script.read_text("utf-8")
    assert "hatchling" in conda_pins()[0]
    assert not list(ROOT.glob("requirements*.txt")) and not (ROOT / "runtime.txt").exists(), "Binder would ignore it"


def test_ci_runs_the_tests():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "exec make test"


def workflows():
    """Name to content of each workflow."""
    folder = ROOT / ".github" / "workflows"
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("*.yml")}


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_the_workflow_measures_coverage():
    assert {"run": "make coverage"} in workflows()["test"]["jobs"]["coverage"]["steps"]


def test_each_week_both_ways_of_installing_are_tried_on_each_python_and_the_lock_is_audited():
    weekly = workflows()["weekly"]
    assert "schedule" in weekly[True]
    jobs = weekly["jobs"]
    assert jobs["environment"]["strategy"]["matrix"] == {"python-version": PYTHONS, "by": ["uv", "pip"]}
    commands = [step["run"] for step in steps(weekly) if "run" in step]
    for wanted in (
        "make environment",
        "make lock",
        "make audit",
        "make fuzz",
        "conda",
        ".venv\\Scripts\\python -m tools.run",
    ):
        assert any(wanted in command for command in commands), wanted
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    windows = [step["run"] for step in jobs["windows"]["steps"] if "run" in step]
    assert set(windows[:2]) <= set(readme), "what is tried on Windows is not what the README says"
    package = workflows()["elsewhere"]["jobs"]["package"]["steps"]
    (pythons,) = (step["with"]["python-version"] for step in package if "setup-python" in step.get("uses", ""))
    assert sorted(pythons.split()) == PYTHONS


def test_a_workflow_may_do_little_keeps_no_credentials_and_ends():
    for name, workflow in workflows().items():
        assert workflow["permissions"] == {"contents": "read"}, name
        for job, told in workflow["jobs"].items():
            assert "runs-on" in told and told["timeout-minutes"] <= 180, f"{name}: {job}"
            assert "permissions" not in told or job == "deploy", f"{name}: {job}"
        for step in steps(workflow):
            # an expression would be read as a part of the script
            assert "${{" not in step.get("run", ""), f"{name}: hand it over as a variable: {step}"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name


def test_an_action_is_one_commit_everywhere_and_says_its_version():
    known = {}
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        for line in re.findall(r"uses: (.*)", path.read_text("utf-8")):
            told = re.fullmatch(r"(actions/[\w-]+)@([0-9a-f]{40}  # v\d+\.\d+\.\d+)", line)
            assert told, f"{path.name}: {line}"
            assert known.setdefault(told[1], told[2]) == told[2], f"{path.name}: {line}"


def test_a_container_for_developers_has_the_python_of_binder():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["image"].startswith(f"python:{minor(conda_pins()[0]['python'])}-")
    assert container["postCreateCommand"] == "make environment"


def test_every_file_has_a_name_that_each_system_can_write():
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if told.returncode:
        pytest.skip("no clone")
    names = told.stdout.rstrip("\0").split("\0")
    odd = re.compile(r"[^\w./-]|\.(/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)", re.ASCII | re.IGNORECASE)
    assert not [name for name in names if odd.search(name) or len(name) > 120]
    assert len({name.casefold() for name in names}) == len(names)


def test_extras_that_a_pin_asks_for_stand_in_the_lock():
    """Without them pip would look for what they name, and find newer versions than are pinned."""
    pinned = {canonicalize_name(pin.name): pin.extras for pin, _ in entries("requirements.lock")}
    for package in distributions():
        for wanted in map(Requirement, package.requires or []):
            name = canonicalize_name(wanted.name)
            applies = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
            if applies and wanted.extras and name in pinned and canonicalize_name(package.name) in pinned:
                assert wanted.extras <= pinned[name], f"{package.name} asks for {wanted}"


# --- making it ----------------------------------------------------------------------------------------------

PIP = """#!/bin/sh
# stands in for a Python: notes what reaches it, and makes a .venv whose python is this file
case "$*" in
    *"-m venv"*)
        mkdir -p .venv/bin .venv/lib/python3.11/site-packages
        cp "$0" .venv/bin/python; printf '#!/bin/sh\\n' >.venv/bin/uv; chmod +x .venv/bin/uv ;;
    *"pip install"*)
        env >>asked; echo "$@" >>asked; sleep "${SLOW:-0}"
        while [ -e "${HELD:-}" ]; do sleep 0.05; done
        touch .venv/lib/python3.11/site-packages/package ;;
    *"pip config"*) echo "global.index-url='https://mirror.example'"; echo "install.target='/nowhere'" ;;
    --version) echo Python 3.11.0 ;;
    *base_executable*) echo "$0" ;;
    -c*) echo 3 11 0 /usr ;;
esac
"""


@pytest.fixture(params=["plain", "a b", 'it\'s $HOME; `touch pwned` & "#" (x)', "上海"])
def folder(tmp_path, request):
    return laid_out(tmp_path / request.param)


@pytest.fixture
def plain(tmp_path):
    return laid_out(tmp_path / "plain")


def laid_out(root):
    """A checkout with what makes the environment, and a Python that only notes what it is asked."""
    (root / "tools").mkdir(parents=True)
    for name in ("tools/environment.sh", "requirements.lock", "requirements-uv.lock", "pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, root / name)
    (root / "python").write_text(PIP)
    (root / "python").chmod(0o755)
    return root


def made(root, **settings):
    """Run `make environment` with the noted Python; what it printed."""
    done = subprocess.run(
        ["make", "--silent", "environment", "PYTHON=./python"],
        cwd=root,
        env={"PATH": os.environ["PATH"], "HOME": str(root)} | settings,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_environment_is_made_once_and_again_where_something_is_missing(folder):
    assert "Making .venv" in made(folder)
    assert made(folder) == ""
    assert not (folder / "pwned").exists() and not list((folder / "build").iterdir())
    with (folder / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert made(folder).splitlines() == ["Installing the pinned packages ..."], (
        "what is whole is only brought up to date"
    )
    (folder / ".venv" / "lib" / "python3.11" / "site-packages" / "package").unlink()
    assert "Making .venv" in made(folder), "a file that is gone"
    (folder / ".venv" / ".stamp").unlink()
    assert "Making .venv" in made(folder), "an interrupted run"
    (folder / "build" / "environment.lock").write_text("999999999\n")
    (folder / ".venv" / "bin" / "uv").unlink()
    assert "Making .venv" in made(folder), "a run that was killed"


def test_settings_of_the_user_stay_outside_but_for_where_packages_come_from(plain):
    foreign = {
        "PIP_TARGET": "x",
        "PIP_PREFIX": "x",
        "PIP_REQUIREMENT": "x",
        "PIP_CONSTRAINT": "x",
        "UV_CONSTRAINT": "x",
    }
    foreign |= {
        "UV_EXCLUDE_NEWER": "x",
        "PYTHONPATH": "x",
        "PYTHONHOME": "x",
        "PYTHONOPTIMIZE": "2",
        "PIP_NO_DEPS": "1",
    }
    kept = {"PIP_CERT": "x", "PIP_PROXY": "x", "UV_INDEX_URL": "x", "UV_SYSTEM_CERTS": "1"}
    made(plain, PIP_USER="1", **foreign, **kept)
    asked = (plain / "asked").read_text().splitlines()
    assert not [name for name in foreign if any(line.startswith(f"{name}=") for line in asked)]
    assert all(f"{name}={value}" in asked for name, value in kept.items())
    assert "PIP_USER=0" in asked and "PIP_INDEX_URL=https://mirror.example" in asked
    assert "PIP_CONFIG_FILE=/dev/null" in asked and "/nowhere" not in asked


def test_two_at_once_make_it_once(plain):
    with ThreadPoolExecutor() as threads:
        said = list(threads.map(lambda _: made(plain, SLOW="1"), range(2)))
    assert sorted("Making .venv" in one for one in said) == [False, True]
    assert sum("Waiting for another process" in one for one in said) == 1


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_one_leaves_nothing_that_looks_whole(plain, sent):
    command = ["sh", "tools/environment.sh", "./python"]
    (held := plain / "held").touch()
    settings = {"PATH": os.environ["PATH"], "HELD": str(held)}
    with subprocess.Popen(command, cwd=plain, env=settings, preexec_fn=default_signals) as process:
        while not (plain / "asked").exists():
            time.sleep(0.05)
        process.send_signal(sent)
        held.unlink()
        assert process.wait(30) in (128 + sent, -sent)
    assert not (plain / ".venv" / ".stamp").exists() and not list((plain / "build").iterdir())
    assert "Making .venv" in made(plain)


def test_what_a_killed_one_leaves_the_next_one_removes(plain):
    command = ["sh", "tools/environment.sh", "./python"]
    settings = {"PATH": os.environ["PATH"], "SLOW": "5"}
    with subprocess.Popen(command, cwd=plain, env=settings, start_new_session=True) as process:
        while not (plain / "asked").exists():
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
    assert f"TMPDIR={plain}/build/environment.tmp\n" in (plain / "asked").read_text()
    assert {path.name for path in (plain / "build").iterdir()} == {"environment.lock", "environment.tmp"}
    assert "Making .venv" in made(plain) and not list((plain / "build").iterdir())


def default_signals():
    """As in the foreground, also where the tests run in the background."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def test_commands_of_make_quote_the_folder(folder):
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "lab"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert str(folder) not in done.stdout


def test_make_diff_says_that_it_needs_git(tmp_path):
    (tmp_path / ".venv").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path)
    command = ["make", "--silent", "--assume-old=environment", "diff"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "make diff needs git" in done.stderr


def test_the_way_to_src_is_written_in_plain_letters():
    """In the locale C Python 3.11 reads no other letters in a .pth file, and does not start."""
    files = list((ROOT / ".venv").glob("lib/python3*/site-packages/*aicities*.pth"))
    if not files:
        pytest.skip("this environment was not made by tools/environment.sh")
    assert [file.read_text("ascii") for file in files] == ["../../../../src\n"]


def test_licences_are_stated_alike_in_every_file():
    data = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    code, own = PROJECT["license"].split(" AND ")
    assert [one["name"] for one in data["licenses"]] == [own] == [citation["license"]]
    assert PROJECT["license-files"] == ["LICENSE", "LICENSE-DATA"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith(f"{code} License\n")
    assert data["licenses"][0]["path"] in (ROOT / "LICENSE-DATA").read_text("utf-8").replace("\n", " ")
