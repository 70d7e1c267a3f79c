"""The plan of the house, kept from the code's imports."""

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
LIBRARIES = ("rankstats", "textnumbers")
SHARED = ("rankings", "claims")  # subjects that others build on
HELPER = [path for path in (SRC / "aicities").rglob("*.py") if "study" not in path.relative_to(SRC).parts]


def imports(path: Path) -> set[str]:
    """The modules that a file imports, by absolute names; of `from x import y` both x and x.y."""
    package = path.relative_to(SRC).with_suffix("").parts[:-1] if path.is_relative_to(SRC) else ()
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    # what only type checkers and editors follow is no import
    typed = {id(part) for node in ast.walk(tree) if _is_type_checking(node) for part in ast.walk(node)}
    for node in (node for node in ast.walk(tree) if id(node) not in typed):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def reaches(found: set[str], *targets: str) -> set[str]:
    return {name for name in found for target in targets if name == target or name.startswith(f"{target}.")}


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_know_neither_the_package_nor_each_other(library):
    paths = list((SRC / library).rglob("*.py"))
    others = {"aicities", *LIBRARIES} - {library}
    assert paths and not {path.name: found for path in paths if (found := reaches(imports(path), *others))}


def test_the_helper_imports_no_library_and_no_study_but_in_its_commands():
    commands = ("__main__.py", "commands.py")
    found = {
        path.name: wrong
        for path in HELPER
        if path.name not in commands and (wrong := reaches(imports(path), *LIBRARIES, "aicities.study"))
    }
    assert not found


def test_a_subject_imports_of_the_others_only_rankings_and_claims():
    folders = [folder for folder in (SRC / "aicities" / "study").iterdir() if (folder / "__init__.py").is_file()]
    allowed = {f"aicities.study.{name}" for name in (*SHARED, "strengths")}
    for folder in folders:
        for path in folder.rglob("*.py"):
            own = f"aicities.study.{folder.name}"
            found = {name for name in reaches(imports(path), "aicities.study") if name != "aicities.study"}
            strange = found - reaches(found, own, *allowed)
            assert not strange, f"{path.relative_to(SRC)} imports {sorted(strange)}"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_imports_the_package_its_subject_and_one_library(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    lines = [line for line in code.splitlines() if line.startswith(("import ", "from "))]
    ours = [line for line in lines if any(name in line for name in ("aicities", *LIBRARIES))]
    libraries = {name for name in LIBRARIES for line in ours if f" {name}" in line}
    subjects = {line.split("aicities.study", 1)[1] for line in ours if "aicities.study" in line}
    assert len(libraries) <= 1, ours
    assert all("import aicities as ac" in line or "aicities.study" in line for line in ours if "aicities" in line), ours
    assert len({name.split()[0] for name in subjects if name.startswith(".")}) <= 2, ours


def test_words_that_the_house_shares_are_defined_once():
    text = {path: path.read_text("utf-8") for path in (SRC / "aicities").rglob("*.py")}
    for words in ('"cannot tell"', '"Beijing", "Shanghai", "Shenzhen"', '"2024-08-02"'):
        where = [
            path.relative_to(SRC).as_posix()
            for path, code in text.items()
            if f"= {words}" in code or f"= ({words}" in code
        ]
        assert len(where) <= 1, f"{words} is defined in {where}"
