"""Tables as files: a data package that can be loaded again, or what other programs read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from aicities import tables
from aicities.tables.cells import line, plain, written
from aicities.tables.descriptor import FILE
from aicities.tables.problems import one_of, printable, wrong

__all__ = ["FORMATS", "export"]

FORMATS = ("csv", "parquet", "sqlite", "xlsx")


def export(
    data: Mapping[str, pd.DataFrame], folder: str | Path, *, format: str = "csv", schema: str | Path | None = None
) -> None:
    """Write tables into a new folder: all of them, or nothing.

    Parameters
    ----------
    data
        As ``aicities.load_all()`` gives it, with or without rows of your own.
    folder
        Where to write: a folder that is empty, or not there yet.
    format
        ``csv``, with ``datapackage.json``: a data package, exact to the byte, for ``check`` and ``load``. ``parquet``:
        a file for each table. ``sqlite`` and ``xlsx``: one file with all tables.
    schema
        The folder of the data package to which the tables belong; by default the package's own.

    Raises
    ------
    DataError
        If the folder holds something already.
    ValueError
        For another format, for tables that the package does not declare, and for a data package that lacks one.
    OSError
        If there is no room, say, or the folder may not be written.
    ImportError
        If the format needs a library that is not installed: pyarrow for Parquet, openpyxl for Excel.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}; expected one of {', '.join(FORMATS)}")
    package = tables.package(folder=schema)
    known = [resource["name"] for resource in package["resources"]]
    for name in data:
        if name not in known:
            raise ValueError(f"the data package has no table {name!r}; expected one of {one_of(known, name)}")
    lacking = [name for name in known if name not in data]
    if format == "csv" and lacking:
        raise ValueError(f"a data package has all its tables; missing: {', '.join(lacking)}")
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise wrong(printable(str(folder)), "holds something already", "a folder that is empty or not there yet")
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".") as part:
            _write(data, Path(part), format, package)
            for file in sorted(Path(part).iterdir(), key=lambda file: file.name == FILE):
                file.rename(folder / file.name)
    except BaseException as error:  # an interruption as well
        if new:
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise OSError(f"{folder}: cannot be written ({error.strerror or error})") from error
        raise


def _write(data: Mapping[str, pd.DataFrame], folder: Path, format: str, package: dict[str, Any]) -> None:
    if format == "csv":
        for resource in package["resources"]:
            table = data[resource["name"]]
            rows = table.astype("object").map(written).itertuples(index=False)
            content = ("\n".join(map(line, [list(table.columns), *rows])) + "\n").encode()
            (folder / resource["path"]).write_bytes(content)
            resource |= {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        (folder / FILE).write_bytes((json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode())
    elif format == "parquet":
        for name, table in data.items():
            table.to_parquet(folder / f"{name}.parquet", index=False)
    elif format == "sqlite":
        import sqlite3  # only here: Python in a browser comes without it

        try:
            with closing(sqlite3.connect(folder / "aicities.sqlite")) as base, base:
                for name, table in data.items():
                    table.astype("object").map(plain).to_sql(name, base, index=False)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error
    else:
        with pd.ExcelWriter(folder / "aicities.xlsx", engine="openpyxl") as book:
            for name, table in data.items():
                table.to_excel(book, sheet_name=name, index=False)
                for cell in (cell for row in book.sheets[name].iter_rows() for cell in row if cell.data_type == "f"):
                    cell.data_type = "s"  # a text that begins like a formula stays a text
