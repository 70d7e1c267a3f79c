"""How a file or a folder is saved: whole, or as it was."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path


def save(path: Path, content: bytes, *, failed: type[BaseException] = SystemExit) -> None:
    """Write beside the file, then rename: at any moment the file is whole. Links are followed, rights are kept.

    Raises:
        failed: the disk is full, say, or the folder cannot be written. By default the program ends with that.
    """
    if path.exists() and path.read_bytes() == content:
        return
    file = path.resolve()
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        if file.exists():
            shutil.copymode(file, part)
        part.replace(file)
    except BaseException as error:  # an interruption as well
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise failed(f"{path}: cannot be saved ({error.strerror}); it is as it was") from error
        raise


@contextlib.contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A name beside a folder for what replaces it once all is written. What is there is always whole."""
    new, old = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    try:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
