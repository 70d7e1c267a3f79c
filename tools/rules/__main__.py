"""Check notebooks against the rules of the house.

    python -m tools.rules               every notebook of notebooks/
    python -m tools.rules 03 FILE …     those whose name starts so, and files
    python -m tools.rules --rules       list the rules

Exit status: 0 no problem; 1 problems, one a line; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys

from tools.notebook import NotebookFailed, chosen
from tools.rules import RULES, Problem, problems


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.rules", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("notebooks", nargs="*", help="a file, or how a name starts, as in 03 (default: all)")
    parser.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    options = parser.parse_args(arguments)
    if options.rules:
        for rule in RULES:
            print(f"{rule.__name__}: {rule.__doc__}")
        return 0
    try:
        files = chosen(options.notebooks)
    except NotebookFailed as error:
        parser.error(str(error))
    found = [problem for file in files for problem in problems(file)]
    cells: dict[Problem, list[int]] = {}
    for problem in found:
        cells.setdefault(problem._replace(cell=0), []).append(problem.cell)
    for problem, (first, *rest) in cells.items():
        print(f"{problem._replace(cell=first)}{f' (so too in cells {str(rest)[1:-1]})' if rest else ''}")
    print(f"{len(files)} notebooks, {len(RULES) + 1} rules, {len(found)} problems", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
