"""Any number of documents: the same extraction on one machine or on many, restartable.

Needs the extra ``aicities[corpus]`` (Dask, its distributed scheduler and PyArrow).

A corpus is cut into partitions before anything is read. Each is extracted by one task and written to one file of
``quantities`` and one of ``errors``, first under another name and then renamed, so that a file that is there is
whole: what is there is not done again. Memory needed does not grow with the number of documents.
"""

from __future__ import annotations

import glob
import json
import logging
import os
import signal
import uuid
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from .find import find
from .frame import STATED, table
from .guess import AUTO, guess
from .lexicon import language_code, lexicon
from .quantity import Quantity

FIELDS = ("id", "language", "text")
ERRORS = ("id", "reason")
TABLES = (".parquet", ".jsonl", ".ndjson")
PLAN = "plan.json"


class Partition(NamedTuple):
    """Some documents of a corpus: rows of a table, lines of a file from a byte ``offset`` on, or text files."""

    number: int
    path: str
    name: str
    """What the documents without an id are named after: the file, as far as it differs from the others."""
    first: int
    rows: int
    documents: int
    offset: int = 0
    files: tuple[tuple[str, str], ...] = ()
    """Path and id of each text file."""


class Document(NamedTuple):
    """One document as it came; ``problem`` says why it could not be read."""

    id: str
    language: Any
    text: Any
    problem: str | None = None


def extract_corpus(
    source: str | Path,
    output: str | Path,
    *,
    language: str | None = None,
    scheduler: str | Any = None,
    workers: int | None = None,
    partition_size: int = 1000,
    progress: bool = True,
) -> pd.DataFrame:
    """Extract the quantities of all documents of a corpus.

    Parameters
    ----------
    source
        A Parquet or JSON Lines table with the columns ``id``, ``language`` and ``text``, a folder of such tables
        or of ``.txt`` files, or a glob of any of these. The id of a text file is its path below the folder without
        its ending; a row without an id is named after its file and line. A ``UserWarning`` names the files of a
        folder that are none of these.
    output
        Folder for the result: ``quantities/part-00000.parquet`` and so on, with the columns of ``extract`` after
        ``id`` and ``language``, and ``errors/part-00000.parquet`` with ``id`` and ``reason`` of each document
        that could not be read; all others go on. ``value``, ``low`` and ``high`` are text there: they hold numbers,
        dates and ranges. Started again with the same arguments, it does what is still missing.
    language
        The language of documents that do not say theirs: text files, and tables without the column; ``auto``
        guesses it for each.
    scheduler
        Address of a Dask scheduler (``tcp://...``) or a ``dask.distributed`` client. By default the client that
        is running in this process, and if there is none, processes on this machine.
    workers
        How many processes if they are started here; by default one for each processor.
    partition_size
        Documents in a partition, at least 1.
    progress
        Whether to show a progress bar.

    Returns
    -------
    One row a partition: ``partition``, ``documents``, ``quantities``, ``errors``, and whether it was ``kept`` from
    an earlier run.

    Raises
    ------
    FileNotFoundError
        The source matches nothing.
    ValueError
        No such language, or the output holds the result of other arguments or of another state of the source.
    RuntimeError
        Partitions that failed again and again; all others are written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from textnumbers import extract_corpus
    >>> with TemporaryDirectory() as folder:
    ...     for city, measures in (("north", 22), ("south", 9)):
    ...         _ = Path(folder, f"{city}.txt").write_text(f"The plan has {measures} measures.", "utf-8")
    ...     summary = extract_corpus(folder, Path(folder, "out"), language="en", workers=1, progress=False)
    ...     pd.read_parquet(Path(folder, "out", "quantities"))[["id", "token", "value"]]
          id        token value
    0  north  22 measures    22
    1  south   9 measures     9
    """
    if partition_size < 1:
        raise ValueError(f"partition_size is {partition_size}; expected at least 1")
    if language is not None and language != AUTO:
        language_code(language)
    paths = _paths(source)
    folder = Path(output)
    _check_plan(folder, paths, partition_size, language)
    partitions = list(_partitions(paths, partition_size))
    missing = [partition for partition in partitions if not _written(folder, partition.number)]
    failed = _run(missing, str(folder.resolve()), language, scheduler, workers, progress=progress) if missing else {}
    if failed:
        number, reason = next(iter(failed.items()))
        raise RuntimeError(
            f"{len(failed)} of {len(partitions)} partitions failed, the first {number}: {reason}; "
            "all others are written, start again to do these"
        )
    for left in folder.rglob(".part-*"):  # what a worker was writing when it was killed
        left.unlink(missing_ok=True)
    done = {partition.number for partition in missing}
    return pd.DataFrame([_summary(folder, partition, partition.number not in done) for partition in partitions])


def extract_documents(
    documents: Iterable[tuple[str, Any, Any] | Document],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The quantities of documents ``(id, language, text)``, and the id and reason of those that cannot be read.

    Examples
    --------
    >>> quantities, errors = extract_documents([("a", "en", "3 cities"), ("b", "fr", "3 villes")])
    >>> quantities["token"].tolist(), errors["id"].tolist()
    (['3 cities'], ['b'])
    """
    heads: list[tuple[str, str]] = []
    quantities: list[Quantity] = []
    errors: list[tuple[str, str]] = []
    for document in documents:
        identifier, language, text, problem = Document(*document)
        problem = problem or _problem(language, text)
        if problem is None:
            try:
                code = guess(text)[0] if language == AUTO else str(language)
                found = list(find(text, lexicon(code)))
            except Exception as error:  # a document that fails must not take its neighbours along
                problem = f"{type(error).__name__}: {error}"
            else:
                heads += [(_shown(identifier), code)] * len(found)
                quantities += found
        if problem:
            errors.append((_shown(identifier), _shown(problem)))
    result = table(quantities)
    for name in STATED:
        values = [None if value is None else str(value) for value in result[name]]
        result[name] = pd.array(values, dtype="str")
    for place, name in enumerate(("id", "language")):
        result.insert(place, name, pd.array([head[place] for head in heads], dtype="str"))
    return result, pd.DataFrame(errors, columns=list(ERRORS)).astype("str")


def _shown(text: Any) -> str:
    """A name as text that any file can hold: what is no UTF-8 is escaped."""
    return os.fsencode(str(text)).decode("utf-8", "backslashreplace") if _odd(str(text)) else str(text)


def _odd(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _problem(language: Any, text: Any) -> str | None:
    if not isinstance(text, str):
        return f"text is of type {type(text).__name__}; expected str"
    if not isinstance(language, str):
        return "language is missing"
    if _odd(text):
        return "text has half of a surrogate pair, which is no character"
    if language != AUTO:
        try:
            language_code(language)
        except ValueError as error:
            return str(error)
    return None


def _paths(source: str | Path) -> list[Path]:
    """The tables and text files of a source, in order."""
    given, read = Path(source), (*TABLES, ".txt")
    if given.is_dir():
        files = [path for path in given.rglob("*") if not path.is_dir()]
        found = [path for path in files if path.suffix in read and path.is_file()]  # not a pipe, or a link to nothing
        left = sorted(_shown(path.relative_to(given)) for path in {*files} - {*found})
        if left and found:
            named = ", ".join(left[:5]) + (", ..." if len(left) > 5 else "")
            warnings.warn(f"{len(left)} left out, being no file of {', '.join(read)}: {named}", stacklevel=3)
    else:
        names = [str(source)] if given.is_file() else glob.iglob(str(source), recursive=True)  # noqa: PTH207
        found = [path for name in names if (path := Path(name)).is_file()]
        wrong = [path for path in found if path.suffix not in read]
        if wrong:
            raise ValueError(f"{wrong[0]} is no corpus; expected one of {', '.join(read)}")
    if not found:
        raise FileNotFoundError(f"{source}: no {', '.join(read)} file there")
    return sorted(found)


def _check_plan(folder: Path, paths: Sequence[Path], size: int, language: str | None) -> None:
    """Note what the output is made of, or see that it is made of the same."""
    states = [[str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns] for path in paths]
    plan = {"partition_size": size, "language": language, "sources": states}
    noted = folder / PLAN
    if noted.exists():
        if json.loads(noted.read_text("utf-8")) != plan:
            raise ValueError(f"{folder} holds the result of other sources or arguments; expected an empty folder")
        return
    for part in ("quantities", "errors"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    _replace(noted, lambda path: path.write_text(json.dumps(plan), "utf-8"))


def _partitions(paths: Sequence[Path], size: int) -> Iterator[Partition]:
    number = 0
    base = os.path.commonpath([path.resolve().parent for path in paths])
    names = {path: path.resolve().relative_to(base) for path in paths}
    texts = iter([(str(path.resolve()), str(names[path].with_suffix(""))) for path in paths if path.suffix == ".txt"])
    while files := tuple(islice(texts, size)):
        yield Partition(number, "", "", 0, len(files), len(files), files=files)
        number += 1
    for path in paths:
        if path.suffix != ".txt":
            for block in _row_blocks(path, size) if path.suffix == ".parquet" else _line_blocks(path, size):
                yield Partition(number, str(path.resolve()), str(names[path]), *block)
                number += 1


Block = tuple[int, int, int, int]
"""First row, rows, documents in them, and the first byte."""


def _row_blocks(path: Path, size: int) -> Iterator[Block]:
    """The parts of a Parquet file; one part where it cannot be read, to tell why."""
    try:
        total = pq.read_metadata(path).num_rows
    except Exception:
        total = 1
    for first in range(0, total, size):
        rows = min(size, total - first)
        yield first, rows, rows, 0


def _line_blocks(path: Path, size: int) -> Iterator[Block]:
    """The parts of a file of lines by their first byte, so that no part reads another's; blank lines hold nothing."""
    first = length = documents = offset = end = 0
    with path.open("rb") as lines:
        for line in lines:
            length, end, documents = length + 1, end + len(line), documents + bool(line.strip())
            if length == size:
                yield first, length, documents, offset
                first, length, documents, offset = first + length, 0, 0, end
    if length:
        yield first, length, documents, offset


def _documents(partition: Partition, language: str | None) -> Iterator[Document]:
    if partition.files:
        yield from (_text_file(*file, language) for file in partition.files)
    elif partition.path.endswith(".parquet"):
        yield from _parquet(partition, language)
    else:
        yield from _json_lines(partition, language)


def _text_file(path: str, name: str, language: str | None) -> Document:
    try:
        return Document(name, language, Path(path).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Document(name, language, None, f"cannot be read: {error}")


def _row(row: dict[str, Any], name: str, language: str | None) -> Document:
    """A document of a table; without an id it is named after its place."""
    identifier = row.get("id")
    return Document(name if identifier is None else str(identifier), row.get("language") or language, row.get("text"))


def _parquet(partition: Partition, language: str | None) -> Iterator[Document]:
    try:
        file = pq.ParquetFile(partition.path)
        columns = [name for name in FIELDS if name in file.schema_arrow.names]
        rows = _rows(file, columns, partition.first, partition.rows)
        for at, row in enumerate(rows, partition.first + 1):
            yield _row(row, f"{partition.name}:{at}", language)
    except Exception as error:
        yield Document(partition.name, language, None, f"cannot be read: {error}")


def _rows(file: pq.ParquetFile, columns: list[str], first: int, count: int) -> Iterator[dict[str, Any]]:
    """Some rows of a file, reading only the row groups that hold them."""
    start = 0
    for group in range(file.metadata.num_row_groups):
        length = file.metadata.row_group(group).num_rows
        low, high = max(first, start), min(first + count, start + length)
        if low < high:
            yield from file.read_row_group(group, columns=columns).slice(low - start, high - low).to_pylist()
        start += length


def _json_lines(partition: Partition, language: str | None) -> Iterator[Document]:
    with Path(partition.path).open("rb") as lines:
        lines.seek(partition.offset)
        for at, line in enumerate(islice(lines, partition.rows), partition.first + 1):
            name = f"{partition.name}:{at}"
            if not line.strip():
                continue
            try:
                row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except (ValueError, RecursionError) as error:
                yield Document(name, language, None, f"no JSON object: {error}")
                continue
            if isinstance(row, dict):
                yield _row(row, name, language)
            else:
                yield Document(name, language, None, f"no JSON object: {type(row).__name__}")


def _work(partition: Partition, folder: str, language: str | None) -> int:
    """Extract one partition and write it; the errors first, so that a written partition is complete."""
    if not _written(Path(folder), partition.number):
        quantities, errors = extract_documents(_documents(partition, language))
        for part, result in (("errors", errors), ("quantities", quantities)):
            _replace(partition_file(Path(folder), part, partition.number), result.to_parquet)
    return partition.number


def _run(
    partitions: Sequence[Partition],
    folder: str,
    language: str | None,
    scheduler: Any,
    workers: int | None,
    *,
    progress: bool,
) -> dict[int, str]:
    """Run the tasks; the partitions that failed and why."""
    from dask.distributed import Client, LocalCluster, get_client, wait
    from dask.distributed import progress as bar

    with ExitStack() as stack:
        client = scheduler
        if isinstance(scheduler, str):
            client = stack.enter_context(Client(scheduler))
        elif scheduler is None:
            try:
                client = get_client()
            except ValueError:
                with _unheard():
                    cluster = stack.enter_context(
                        LocalCluster(
                            n_workers=workers or os.cpu_count(),
                            threads_per_worker=1,
                            dashboard_address=None,
                            silence_logs=logging.CRITICAL,
                        )
                    )
                    client = stack.enter_context(Client(cluster))
        futures = client.map(_work, partitions, folder=folder, language=language, pure=False)
        if progress:
            bar(futures, notebook=False)
        wait(futures)
        return {
            partition.number: str(future.exception())
            for partition, future in zip(partitions, futures, strict=True)
            if future.status != "finished"
        }


@contextmanager
def _unheard() -> Iterator[None]:
    """Start processes that an interruption of all does not reach: this one ends them, without a word of theirs.

    What comes while they start is heard after it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ends = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        ensure_running()  # which every first process starts, and lets interruptions through again
        signal.pthread_sigmask(signal.SIG_BLOCK, ends)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _summary(folder: Path, partition: Partition, kept: bool) -> dict[str, Any]:
    rows = {
        part: pq.read_metadata(partition_file(folder, part, partition.number)).num_rows
        for part in ("quantities", "errors")
    }
    return {"partition": partition.number, "documents": partition.documents, **rows, "kept": kept}


def partition_file(folder: Path, part: str, number: int) -> Path:
    """Where a partition of `quantities` or `errors` is written."""
    return folder / part / f"part-{number:05}.parquet"


def _written(folder: Path, number: int) -> bool:
    return partition_file(folder, "quantities", number).exists()


def _replace(path: Path, write: Any) -> None:
    """Write a file under another name and rename it, so that it is never there in part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    write(partial)
    partial.replace(path)
