"""Build the static site.

    python -m tools.site                    into build/site
    python -m tools.site --output FOLDER    into another folder, whose site it replaces once all is built

Exit status: 0 done; 1 data or a notebook cannot be shown; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aicities import tables
from tools.site.build import MARK, ROOT, build


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description="Build the static site, offline.")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "site", metavar="FOLDER")
    output = parser.parse_args(arguments).output
    if output.exists() and not (output / MARK).is_file() and any(output.iterdir()):
        parser.error(f"{output} holds something else than a site; expected an empty folder, or one to be built")
    try:
        pages = build(output)
    except (tables.DataError, ValueError, OSError) as error:
        print(f"site: {error}", file=sys.stderr)
        return 1
    print(f"{len(pages)} pages; to browse: {output / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
