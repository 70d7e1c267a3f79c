"""Known vulnerabilities of the packages in requirements.lock, and the licences of those that are installed.

    python tools/audit.py

pip-audit asks osv.dev, from an environment of its own that uv makes. Where either cannot be reached, that is said, and
only the licences are listed. Exit status: 1 a pin has a known vulnerability, or a package states no licence; else 0.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
# not the registry's own service: behind a mirror it finds no package, and then no vulnerability either
AUDIT = ["pip-audit", "--vulnerability-service", "osv", "--progress-spinner", "off"]
LOCK = ["--requirement", "requirements.lock", "--disable-pip", "--require-hashes"]
FINDINGS = re.compile(r"^Found \d+ known vulnerabilit|^No known vulnerabilities", re.MULTILINE)


def vulnerabilities() -> int:
    """Ask, and print what is answered; 1 if something is known."""
    try:
        done = subprocess.run([UV, "tool", "run", *AUDIT, *LOCK], cwd=ROOT, capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"Vulnerabilities: not known, pip-audit could not run ({type(error).__name__}).")
        return 0
    if not FINDINGS.search(done.stderr):
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"Vulnerabilities: not known, pip-audit got no answer ({why[:160]}).")
        return 0
    print(done.stdout + done.stderr, end="")
    return done.returncode


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the first line of the field."""
    said = package.metadata
    classified = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License :: ")]
    expression, field = said.get_all("License-Expression", []), "".join(said.get_all("License", []))
    return "".join(expression) or " and ".join(classified) or field.strip().partition("\n")[0]


def main() -> int:
    """Run from the command line; return the exit status."""
    found = vulnerabilities()
    names: dict[str, list[str]] = {}
    for package in distributions():
        names.setdefault(licence(package) or "no licence stated", []).append(package.metadata["Name"])
    for said in sorted(names, key=str.lower):
        print(f"{said}: {', '.join(sorted(names[said], key=str.lower))}")
    return found or int("no licence stated" in names)


if __name__ == "__main__":
    sys.exit(main())
