"""Which packages the collection needs in the browser, where each comes from, and whether it is what it should be.

What is compiled, and what the kernel needs (which runs with no other IPython), comes from Pyodide's distribution with
the hash of Pyodide's own list, ``pyodide-lock.json``. All else comes from the index, in the version and with a hash of
requirements.lock. The result is such a list again.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PURE = "-none-any.whl"
# what the kernel asks for, besides the wheels that it brings
KERNEL = ("micropip", "ssl", "sqlite3", "comm", "jedi", "ipython")


class Missing(Exception):
    """Packages that could not be had, or are not what they should be; the message says which, and what to do."""


@dataclass
class Browser:
    """Pyodide's Python: its list of packages, and what it is called in markers and in names of wheels."""

    lock: dict[str, Any]
    packages: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.packages = {canonicalize_name(name): entry for name, entry in self.lock["packages"].items()}

    @property
    def python(self) -> str:
        """Major and minor, as in 3.12."""
        return ".".join(self.lock["info"]["python"].split(".")[:2])

    @property
    def markers(self) -> dict[str, str]:
        """The environment in which markers of requirements are read."""
        return {name: str(value) for name, value in default_environment().items()} | {
            "python_version": self.python,
            "python_full_version": self.lock["info"]["python"],
            "sys_platform": "emscripten",
            "platform_system": "Emscripten",
            "platform_machine": "wasm32",
            "os_name": "posix",
            "extra": "",
        }

    @property
    def pip(self) -> list[str]:
        """The options that make pip look for wheels of this Python, those of every platform included."""
        abi = self.lock["info"]["abi_version"]
        platforms = [f"--platform={name}_{abi}_wasm32" for name in ("pyodide", "pyemscripten")]
        return ["--only-binary=:all:", "--implementation=cp", f"--python-version={self.python}", *platforms]

    def has(self, wanted: Requirement, *, compiled: bool) -> bool:
        """Whether the distribution has the package in a version that will do; `compiled`, whether it must be so."""
        entry = self.packages.get(canonicalize_name(wanted.name))
        if entry is None or (compiled and entry["file_name"].endswith(PURE)):
            return False
        return wanted.specifier.contains(entry["version"])


def pins(text: str, markers: dict[str, str]) -> dict[str, str]:
    """The entries of a lock file that hold for an environment: name to the entry with its hashes."""
    entries = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    found: dict[str, str] = {}
    for entry in filter(None, entries):
        pin = Requirement(entry.partition(" --hash")[0])
        if pin.marker is None or pin.marker.evaluate(markers):
            # pip would read the marker as of the Python that runs it
            found[canonicalize_name(pin.name)] = f"{pin.name}{pin.specifier} --hash{entry.partition(' --hash')[2]}"
    return found


def fetch(lines: list[str], browser: Browser, target: Path) -> None:
    """Have pip fetch wheels for the browser, each with one of the hashes that its line names.

    Raises:
        Missing: the index cannot be reached, or has no such wheel; what pip says is in the message.
    """
    target.mkdir(parents=True, exist_ok=True)
    wanted = target / "wanted.txt"
    wanted.write_text("\n".join(lines) + "\n", "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", *browser.pip]
    done = subprocess.run([*command, "-r", wanted, "-d", target], capture_output=True, text=True)
    wanted.unlink()
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        names = ", ".join(line.partition(" ")[0] for line in lines)
        raise Missing(f"the index did not give {names} for Python {browser.python} of the browser: {' '.join(said)}")


def sha256(path: Path) -> str:
    """The hash that lists of packages state."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def requirements(wheel: Path, markers: dict[str, str]) -> Iterator[Requirement]:
    """What a wheel asks for in an environment."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one))
        about = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for text in about.get_all("Requires-Dist", []):
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate(markers):
            yield wanted


def imports(wheel: Path) -> list[str]:
    """The modules of a wheel, by which Pyodide knows what an import statement needs."""
    with zipfile.ZipFile(wheel) as archive:
        parts = [name.split("/") for name in archive.namelist()]
    packages = {part[0] for part in parts if len(part) > 1 and part[0].isidentifier()}
    return sorted(
        packages | {part[0].removesuffix(".py") for part in parts if len(part) == 1 and part[0].endswith(".py")}
    )


def described(wheel: Path, depends: list[str]) -> dict[str, Any]:
    """A wheel as an entry of Pyodide's list."""
    name, version, *_ = wheel.name.split("-")
    return {
        "name": canonicalize_name(name),
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel),
        "package_type": "package",
        "imports": imports(wheel),
        "depends": depends,
        "unvendored_tests": False,
    }


@dataclass
class Collection:
    """What goes into the site's folder of packages, one after the other, with all that each needs.

    Attributes
    ----------
    browser
        Whose Python it is for.
    pins
        The entries of requirements.lock, by name.
    folder
        Files of Pyodide's distribution; None if there are none.
    target
        The folder that is filled.
    kept, lacking
        What is in it, as entries of Pyodide's list by name; and which files the folder should have, one line each.
    """

    browser: Browser
    pins: dict[str, str]
    folder: Path | None
    target: Path
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)

    def add(self, asked: list[Requirement], *, kernel: bool = False) -> None:
        """Add packages and all that they need: for the kernel whatever the distribution has, else what is compiled.

        Raises:
            Missing: the index lacks a wheel, or two packages need different versions of a third.
        """
        while asked := [one for one in asked if unmet(one, self.kept)]:
            wanted = {canonicalize_name(one.name): one for one in asked}
            given = sorted(
                name for name, one in wanted.items() if self.browser.has(one, compiled=not kernel and name in self.pins)
            )
            others = sorted(wanted.keys() - set(given))
            if unknown := [str(wanted[name]) for name in others if name not in self.pins]:
                raise Missing(f"{', '.join(unknown)}: neither in requirements.lock nor in Pyodide's distribution")
            asked = [need for name in given for need in self.take(name)]
            asked += self.fetch([self.pins[name] for name in others])

    def take(self, name: str) -> list[Requirement]:
        """Take a file of the distribution if it is there and has its hash; what it needs."""
        self.kept[name] = entry = self.browser.packages[name]
        file = self.folder / entry["file_name"] if self.folder else None
        if file is None or not file.is_file():
            self.lacking.append(f"{entry['file_name']}  sha256 {entry['sha256']}")
        elif sha256(file) != entry["sha256"]:
            said = f"has another hash, {sha256(file)}; expected sha256 {entry['sha256']}"
            self.lacking.append(f"{entry['file_name']}  {said}")
        else:
            shutil.copy(file, self.target)
        return [Requirement(one) for one in entry["depends"]]

    def fetch(self, lines: list[str]) -> list[Requirement]:
        """Fetch wheels from the index; what they need."""
        if not lines:
            return []
        before = set(self.target.iterdir())
        fetch(lines, self.browser, self.target)
        return [need for file in sorted(set(self.target.iterdir()) - before) for need in self.keep(file)]

    def keep(self, wheel: Path) -> list[Requirement]:
        """Enter a wheel that is in the target; what it needs."""
        needs = list(requirements(wheel, self.browser.markers))
        entry = described(wheel, [canonicalize_name(one.name) for one in needs])
        self.kept[entry["name"]] = entry
        return needs


def collect(wheel: Path, browser: Browser, *, locked: str, folder: Path | None, target: Path) -> dict[str, Any]:
    """Put a wheel and all it needs, and all that the kernel needs, into `target`; return the list that says so.

    Parameters
    ----------
    wheel
        The project's own.
    locked
        The text of requirements.lock.
    folder
        Files of Pyodide's distribution; None if there are none.

    Raises
    ------
    Missing
        The index lacks a wheel; or the folder lacks files, or they have another hash: all of them are named at once.
    """
    collection = Collection(browser, pins(locked, browser.markers), folder, target)
    collection.add([Requirement(name) for name in KERNEL], kernel=True)
    collection.add(collection.keep(Path(shutil.copy(wheel, target))))
    if collection.lacking:
        raise Missing("\n".join(sorted(collection.lacking)))
    return browser.lock | {"packages": dict(sorted(collection.kept.items()))}


def unmet(wanted: Requirement, kept: dict[str, dict[str, Any]]) -> bool:
    """Whether a package is still to be had.

    Raises:
        Missing: it is had already, in a version that will not do.
    """
    entry = kept.get(canonicalize_name(wanted.name))
    if entry is not None and not wanted.specifier.contains(entry["version"]):
        raise Missing(f"{wanted} is needed, and the browser would get {entry['version']}")
    return entry is None
