"""Known vulnerabilities of the packages in requirements.lock, and the licences of those that are installed.

    python -m tools.audit

pip-audit, pinned and hashed in tools/audit.lock, asks osv.dev from an environment of its own. *Not answered* is not
*nothing found*: it is said when the last answer came, and after a month without one this fails. Exit status: 1 a pin
has a known vulnerability, nobody answered for a month, or a package states no licence; else 0.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
HOME = ROOT / "build" / "audit"
ANSWERED = "answered"  # the file in HOME that holds the day of the last answer; the workflow keeps it
DAYS = 31
# not the registry's own service: behind a mirror it finds no package, and then no vulnerability either
AUDIT = ["--vulnerability-service", "osv", "--progress-spinner", "off", "--disable-pip", "--require-hashes"]
FINDINGS = re.compile(r"^Found \d+ known vulnerabilit|^No known vulnerabilities", re.MULTILINE)


def vulnerabilities(today: date) -> int:
    """Ask, and print what is answered; 1 if something is known, or if nothing has been known for too long."""
    try:
        said, known = ask()
    except (OSError, subprocess.SubprocessError) as error:
        said, known = f"pip-audit could not run ({type(error).__name__})", None
    if known is None:
        return unanswered(said, today)
    print(said, end="")
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / ANSWERED).write_text(f"{today}\n", "utf-8")
    return known


def ask() -> tuple[str, int | None]:
    """What pip-audit says, and 1 if something is known, 0 if not; None if it got no answer."""
    python = HOME / "venv" / "bin" / "python"
    for command in (
        [UV, "venv", "--quiet", "--allow-existing", "--python", sys.executable, HOME / "venv"],
        [UV, "pip", "sync", "--quiet", "--python", python, "--require-hashes", ROOT / "tools" / "audit.lock"],
    ):
        subprocess.run([*map(str, command)], check=True, capture_output=True, timeout=600)
    asking = [str(python), "-m", "pip_audit", *AUDIT, "--requirement", str(ROOT / "requirements.lock")]
    done = subprocess.run(asking, capture_output=True, text=True, timeout=600)
    if FINDINGS.search(done.stderr):
        return done.stdout + done.stderr, int(done.returncode != 0)
    return f"pip-audit got no answer ({(done.stderr.strip().splitlines() or ['it said nothing'])[-1][:160]})", None


def unanswered(why: str, today: date) -> int:
    """Say when there was an answer last; 1 if that was too long ago, or never."""
    file = HOME / ANSWERED
    try:
        last = date.fromisoformat(file.read_text("utf-8").strip())
    except (OSError, ValueError):
        print(f"Vulnerabilities: not known, {why}; there has been no answer here yet.")
        return 1
    print(f"Vulnerabilities: not known, {why}; the last answer came on {last}.")
    return int((today - last).days > DAYS)


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the first line of the field."""
    said = package.metadata
    classified = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License :: ")]
    expression, field = said.get_all("License-Expression", []), "".join(said.get_all("License", []))
    return "".join(expression) or " and ".join(classified) or field.strip().partition("\n")[0]


def main() -> int:
    """Run from the command line; return the exit status."""
    found = vulnerabilities(date.today())
    names: dict[str, list[str]] = {}
    for package in distributions():
        names.setdefault(licence(package) or "no licence stated", []).append(package.metadata["Name"])
    for said in sorted(names, key=str.lower):
        print(f"{said}: {', '.join(sorted(names[said], key=str.lower))}")
    return found or int("no licence stated" in names)


if __name__ == "__main__":
    sys.exit(main())
