"""The tables to take away: the data package as it is, and one workbook with the dictionary as its first sheet."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from aicities import tables

WORKBOOK = "aicities.xlsx"
DICTIONARY = "dictionary"
MODIFIED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can name
WIDEST = 60


class File(NamedTuple):
    """A file to be downloaded."""

    path: str
    title: str
    description: str
    rows: int | None
    kilobytes: int


def write(target: Path, *, folder: Path) -> list[File]:
    """Write the data package and the workbook into a folder; say what there is, the workbook first."""
    target.mkdir(parents=True, exist_ok=True)
    frames = {name: tables.load(name, folder=folder) for name in tables.names(folder=folder)}
    (target / WORKBOOK).write_bytes(workbook(frames, described(folder)))
    resources = tables.package(folder=folder)["resources"]
    for path in ["datapackage.json", *(resource["path"] for resource in resources)]:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / path, target / path)

    def listed(path: str, title: str, description: str, rows: int | None = None) -> File:
        return File(path, title, description, rows, max(1, round((target / path).stat().st_size / 1000)))

    return [
        listed(
            WORKBOOK, "All tables in one workbook", "For spreadsheets; the first sheet says what each column means."
        ),
        listed("datapackage.json", "The schema", "Types, units, allowed values, keys and descriptions of all tables."),
        *(
            listed(one["path"], one.get("title") or one["name"], one.get("description") or "", len(frames[one["name"]]))
            for one in resources
        ),
    ]


def described(folder: Path) -> pd.DataFrame:
    """The dictionary of all tables: one row per column."""
    parts = [
        tables.describe(name, folder=folder).assign(table=name)[
            ["table", "column", "type", "unit", "required", "description", "allowed"]
        ]
        for name in tables.names(folder=folder)
    ]
    return pd.concat(parts, ignore_index=True)


def workbook(frames: dict[str, pd.DataFrame], dictionary: pd.DataFrame) -> bytes:
    """An Excel workbook of all tables, the dictionary first. The same tables give the same bytes.

    Texts stay texts, also those that begin like a formula; what is missing is an empty cell.
    """
    book = Workbook()
    book.remove(book.active)
    for name, frame in {DICTIONARY: dictionary, **frames}.items():
        _fill(book.create_sheet(name), frame)
    saved = io.BytesIO()
    book.save(saved)
    return _without_times(saved.getvalue())


def _fill(sheet: Worksheet, frame: pd.DataFrame) -> None:
    widths = [len(str(column)) for column in frame.columns]
    for number, row in enumerate([frame.columns, *frame.itertuples(index=False, name=None)], start=1):
        for place, value in enumerate(row):
            if pd.isna(value):
                continue
            cell = sheet.cell(number, place + 1, _native(value))
            if isinstance(value, str):
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
            widths[place] = max(widths[place], len(str(value)))
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(width + 2, WIDEST)
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _native(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _without_times(content: bytes) -> bytes:
    """The same archive without the moment at which it was written."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "docProps/core.xml":
                data = MODIFIED.sub(b"", data)
            new.writestr(zipfile.ZipInfo(item.filename, EARLIEST), data, zipfile.ZIP_DEFLATED)
    return fresh.getvalue()
