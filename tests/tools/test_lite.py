"""What goes into the site for the browser is what its locks say; whatever is missing or another is named."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.lite import __main__ as lite
from tools.lite import packages
from tools.lite.packages import Browser, Missing, collect, pins

INFO = {"python": "3.12.7", "abi_version": "2024_0", "arch": "wasm32"}
LOCKED = """\
tzdata==2026.6 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
pywin==1 ; sys_platform == 'win32' \\
    --hash=sha256:cc
pandas==3.1.1 \\
    --hash=sha256:dd
"""


def wheel(folder: Path, name: str, version: str, *needs: str, modules: tuple[str, ...] = ()) -> Path:
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        about = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(about) + "\n")
        for module in modules or (f"{name}/__init__.py",):
            archive.writestr(module, "")
    return path


def entry(name: str, version: str, *depends: str, compiled: bool = True, content: bytes = b"") -> dict[str, object]:
    tag = "cp312-cp312-pyodide_2024_0_wasm32" if compiled else "py3-none-any"
    return {
        "name": name,
        "version": version,
        "file_name": f"{name}-{version}-{tag}.whl",
        "sha256": hashlib.sha256(content).hexdigest(),
        "depends": list(depends),
    }


@pytest.fixture
def browser() -> Browser:
    kernel = [entry(name, "1.0", compiled=False, content=b"kernel") for name in packages.KERNEL]
    others = [
        entry("numpy", "2.0.2", content=b"numpy"),
        entry("pandas", "2.2.3"),
        entry("tzdata", "2024.1", compiled=False),
    ]
    return Browser({"info": INFO, "packages": {one["name"]: one for one in [*kernel, *others]}})


@pytest.fixture
def folder(tmp_path: Path, browser: Browser) -> Path:
    """Pyodide's distribution, but for what is not needed of it."""
    place = tmp_path / "distribution"
    place.mkdir()
    for name in packages.KERNEL:
        (place / browser.packages[name]["file_name"]).write_bytes(b"kernel")
    (place / browser.packages["numpy"]["file_name"]).write_bytes(b"numpy")
    return place


@pytest.fixture
def target(tmp_path: Path) -> Path:
    place = tmp_path / "target"
    place.mkdir()
    return place


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that pip is asked for; it delivers what they name."""
    asked: list[str] = []

    def deliver(lines: list[str], _: Browser, target: Path) -> None:
        asked.extend(lines)
        for line in lines:
            pin = Requirement(line.partition(" --hash")[0])
            needs = ["numpy>=1.26", "tzdata ; sys_platform == 'emscripten'", "pywin ; sys_platform == 'win32'"]
            wheel(target, pin.name, next(iter(pin.specifier)).version, *(needs if pin.name == "pandas" else []))

    monkeypatch.setattr(packages, "fetch", deliver)
    return asked


def test_pins_are_those_of_the_browser(browser: Browser) -> None:
    assert pins(LOCKED, browser.markers) == {
        "tzdata": "tzdata==2026.6 --hash=sha256:aa --hash=sha256:bb",
        "pandas": "pandas==3.1.1 --hash=sha256:dd",
    }


def test_pip_is_asked_for_the_browsers_wheels(browser: Browser) -> None:
    assert {"--python-version=3.12", "--platform=pyemscripten_2024_0_wasm32"} <= set(browser.pip)


def test_each_package_comes_from_where_it_should(
    tmp_path: Path, browser: Browser, folder: Path, target: Path, index: list[str]
) -> None:
    own = wheel(tmp_path, "aicities", "0.1.0", "pandas>=3.0", "numpy>=2", modules=("aicities/a.py", "rankstats/b.py"))
    lock = collect(own, browser, locked=LOCKED, folder=folder, target=target)
    # pandas of the distribution is too old, and tzdata is not compiled
    assert [line.partition(" ")[0] for line in index] == ["pandas==3.1.1", "tzdata==2026.6"]
    assert set(lock["packages"]) == {"aicities", "pandas", "numpy", "tzdata", *packages.KERNEL}
    assert lock["info"] == INFO
    assert lock["packages"]["aicities"]["imports"] == ["aicities", "rankstats"]
    assert lock["packages"]["pandas"]["depends"] == ["numpy", "tzdata"]
    for one in lock["packages"].values():
        assert packages.sha256(target / one["file_name"]) == one["sha256"]


def test_all_that_is_missing_is_named_at_once(
    tmp_path: Path, browser: Browser, folder: Path, target: Path, index: list[str]
) -> None:
    own = wheel(tmp_path, "aicities", "0.1.0", "numpy>=2")
    numpy = browser.packages["numpy"]["file_name"]
    with pytest.raises(Missing) as told:
        collect(own, browser, locked=LOCKED, folder=None, target=target)
    assert len(str(told.value).splitlines()) == len(packages.KERNEL) + 1
    assert f"{numpy}  sha256 {hashlib.sha256(b'numpy').hexdigest()}" in str(told.value)
    (folder / numpy).write_bytes(b"another")
    with pytest.raises(
        Missing, match=rf"^{numpy}  has another hash, {hashlib.sha256(b'another').hexdigest()}; expected"
    ):
        collect(own, browser, locked=LOCKED, folder=folder, target=target)


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("unheard-of>=1", "unheard-of>=1: neither in requirements.lock nor in Pyodide's distribution"),
        ("micropip>=2", "micropip>=2 is needed, and the browser would get 1.0"),
    ],
)
def test_what_cannot_be_had_is_said(
    tmp_path: Path, browser: Browser, folder: Path, target: Path, index: list[str], need: str, said: str
) -> None:
    with pytest.raises(Missing) as told:
        collect(wheel(tmp_path, "aicities", "0.1.0", need), browser, locked=LOCKED, folder=folder, target=target)
    assert str(told.value) == said


def test_texts_of_the_notebooks_are_whole_and_links_lead_somewhere(tmp_path: Path) -> None:
    lite.contents(tmp_path)
    written = sorted((tmp_path / "notebooks").glob("*.ipynb"))
    assert [path.name for path in written] == sorted(path.name for path in (lite.ROOT / "notebooks").glob("*.ipynb"))
    for path in written:
        notebook = json.loads(path.read_text("utf-8"))
        texts = [
            text
            for cell in notebook["cells"]
            for one in cell.get("outputs", [])
            for text in one.get("data", {}).values()
        ]
        assert texts and all(isinstance(text, str) for text in texts)
    for name in ("README.md", "data/README.md"):
        assert (tmp_path / name).read_bytes() == (lite.ROOT / name).read_bytes()


def test_no_index_is_asked_in_the_browser() -> None:
    kernel = lite.settings()["jupyter-config-data"]["litePluginSettings"][lite.KERNEL]
    assert kernel["disablePyPIFallback"] is True
    assert kernel["loadPyodideOptions"]["env"]["AICITIES_DRAFT"] == "1"


def test_a_folder_that_is_not_there_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        lite.main(["no such folder"])
    assert stopped.value.code == 2
    assert "no such folder is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Missing("numpy.whl  sha256 00"), 2, "build/lite lacks:\nnumpy.whl  sha256 00\n"),
        (FileNotFoundError(2, "none", "npm"), 1, "npm is not installed"),
        (lite.subprocess.CalledProcessError(1, ["npm"], "no network"), 1, "npm failed:\nno network"),
    ],
)
def test_what_went_wrong_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, status: int, said: str
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(lite, "build", fail)
    assert lite.main([]) == status
    told = capsys.readouterr().err
    assert said in told
    assert ("pyodide-0" in told) == isinstance(error, Missing), "where the files are from"
