"""Many documents: partitions, restarts, broken documents, and workers that die."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

pytest.importorskip("distributed", reason="needs the extra aicities[corpus]")
pytest.importorskip("pyarrow", reason="needs the extra aicities[corpus]")

from dask.distributed import Client, LocalCluster

from textnumbers import corpus, extract_corpus
from textnumbers import extract_table as extract

TEXTS = {
    "ja": "{}社が参加し、7月26日に3割増えた。",
    "id": "Ada {} perusahaan pada 26 Juli, naik 30 persen.",
    "zh": "{}家企业参加，7月26日增长三成。",
    "en": "There are {} companies since July 26, up 30 percent.",
}


def documents(count: int) -> list[dict[str, object]]:
    """Documents in turn of all languages."""
    languages = list(TEXTS)
    return [
        {"id": f"d{number:04}", "language": language, "text": TEXTS[language].format(number + 2)}
        for number in range(count)
        for language in [languages[number % len(languages)]]
    ]


def serial(records: list[dict[str, object]]) -> pd.DataFrame:
    """The rows of a plain loop."""
    return corpus.extract_documents((record["id"], record["language"], record["text"]) for record in records)[0]  # type: ignore[arg-type]


def written(output: Path, part: str = "quantities") -> pd.DataFrame:
    """What stands in the output, in the order of the partitions."""
    return pd.concat([pd.read_parquet(path) for path in sorted((output / part).glob("*.parquet"))], ignore_index=True)


@pytest.fixture(scope="module")
def client() -> Client:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        Client(cluster) as made,
    ):
        yield made


def test_json_lines(tmp_path: Path, client: Client) -> None:
    records = documents(50)
    source = tmp_path / "corpus.jsonl"
    source.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    summary = extract_corpus(source, tmp_path / "out", scheduler=client, partition_size=8, progress=False)
    assert summary["documents"].tolist() == [8] * 6 + [2]
    assert summary["quantities"].sum() == 150
    pd.testing.assert_frame_equal(written(tmp_path / "out"), serial(records))
    assert written(tmp_path / "out", "errors").empty


def test_the_rows_are_those_of_extract(tmp_path: Path) -> None:
    record = documents(1)[0]
    table = serial([record])
    single = extract(record["text"], record["language"])  # type: ignore[arg-type]
    assert table["token"].tolist() == single["token"].tolist()
    assert table["value"].tolist() == single["value"].map(str).tolist()
    assert list(table.columns) == ["id", "language", *single.columns]


def test_a_glob_of_parquet(tmp_path: Path, client: Client) -> None:
    records = documents(30)
    for number in range(3):
        pd.DataFrame(records[10 * number : 10 * number + 10]).to_parquet(
            tmp_path / f"part{number}.parquet", row_group_size=4
        )
    extract_corpus(
        str(tmp_path / "part*.parquet"), tmp_path / "out", scheduler=client, partition_size=6, progress=False
    )
    pd.testing.assert_frame_equal(written(tmp_path / "out"), serial(records))


def test_a_folder_of_texts(tmp_path: Path, client: Client) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(5):
        (folder / f"n{number}.txt").write_text(TEXTS["id"].format(number + 2), "utf-8")
    (folder / "n5.txt").write_bytes(b"\xff\xfe 3 kota")
    extract_corpus(folder, tmp_path / "out", language="id", scheduler=client, partition_size=4, progress=False)
    assert written(tmp_path / "out")["id"].unique().tolist() == [f"n{number}" for number in range(5)]
    errors = written(tmp_path / "out", "errors")
    assert errors["id"].tolist() == ["n5"]
    assert "cannot be read" in errors["reason"][0]


def test_broken_documents_are_told_and_lose_nothing(tmp_path: Path, client: Client) -> None:
    lines = [
        json.dumps({"id": "good", "language": "id", "text": "Ada 3 kota."}),
        "{not json",
        json.dumps({"id": "no text", "language": "id"}),
        json.dumps({"id": "no language", "text": "3"}),
        json.dumps({"id": "other language", "language": "fr", "text": "3 villes"}),
        "",
        json.dumps(["a list"]),
        json.dumps({"id": "last", "language": "en", "text": "It has 5 labs."}),
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    summary = extract_corpus(tmp_path / "c.jsonl", tmp_path / "out", scheduler=client, partition_size=3, progress=False)
    assert written(tmp_path / "out")["id"].tolist() == ["good", "last"]
    errors = written(tmp_path / "out", "errors").set_index("id")["reason"]
    assert set(errors.index) == {"c.jsonl:2", "no text", "no language", "other language", "c.jsonl:7"}
    assert errors["no text"] == "text is of type NoneType; expected str"
    assert errors["no language"] == "language is missing"
    assert "'fr' is not known" in errors["other language"]
    assert summary["errors"].sum() == 5


def test_a_broken_table_loses_no_other(tmp_path: Path, client: Client) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "a.parquet").write_bytes(b"no parquet")
    pd.DataFrame(documents(3)).to_parquet(folder / "b.parquet")
    extract_corpus(folder, tmp_path / "out", scheduler=client, progress=False)
    assert written(tmp_path / "out")["id"].nunique() == 3
    assert written(tmp_path / "out", "errors")["id"].tolist() == ["a.parquet"]


def test_what_is_written_is_not_done_again(tmp_path: Path, client: Client) -> None:
    source = tmp_path / "c.parquet"
    pd.DataFrame(documents(20)).to_parquet(source)
    options = {"scheduler": client, "partition_size": 5, "progress": False}
    extract_corpus(source, tmp_path / "out", **options)
    parts = sorted((tmp_path / "out" / "quantities").glob("*.parquet"))
    before = {path: path.stat().st_mtime_ns for path in parts}
    parts[2].unlink()
    summary = extract_corpus(source, tmp_path / "out", **options)
    assert summary["kept"].tolist() == [True, True, False, True]
    assert [path for path in parts if path.stat().st_mtime_ns != before[path]] == [parts[2]]
    pd.testing.assert_frame_equal(written(tmp_path / "out"), serial(documents(20)))


def test_other_arguments_do_not_mix(tmp_path: Path, client: Client) -> None:
    source = tmp_path / "c.parquet"
    pd.DataFrame(documents(4)).to_parquet(source)
    extract_corpus(source, tmp_path / "out", scheduler=client, partition_size=2, progress=False)
    with pytest.raises(ValueError, match="holds the result of other sources or arguments"):
        extract_corpus(source, tmp_path / "out", scheduler=client, partition_size=3, progress=False)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no \.parquet, \.jsonl, \.ndjson, \.txt file there"):
        extract_corpus(tmp_path / "*.jsonl", tmp_path / "out")
    with pytest.raises(ValueError, match="partition_size is 0; expected at least 1"):
        extract_corpus(tmp_path, tmp_path / "out", partition_size=0)


def test_a_worker_killed_half_way_changes_no_row(tmp_path: Path) -> None:
    records = documents(100)
    for record in records:
        record["text"] = " ".join([str(record["text"])] * 60)
    source = tmp_path / "c.parquet"
    pd.DataFrame(records).to_parquet(source)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as connected,
    ):
        victim = next(iter(cluster.workers.values())).pid
        output = tmp_path / "out"

        def kill() -> None:
            while len(list((output / "quantities").glob("part*.parquet"))) < 3:
                time.sleep(0.01)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        extract_corpus(source, output, scheduler=connected, partition_size=5, progress=False)
        killer.join(30)
        assert not killer.is_alive()
    pd.testing.assert_frame_equal(written(output), serial(records))
    assert not list(output.rglob(".part*"))


def test_what_a_killed_worker_left_is_cleared_away(tmp_path: Path, client: Client) -> None:
    (tmp_path / "a.txt").write_text("22社", "utf-8")
    left = tmp_path / "out" / "quantities" / ".part-00000.parquet.0123"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"PAR1")
    extract_corpus(tmp_path / "a.txt", tmp_path / "out", language="ja", scheduler=client, progress=False)
    assert [path.name for path in left.parent.iterdir()] == ["part-00000.parquet"]


def test_workers_are_started_where_no_client_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_runs() -> Client:
        raise ValueError("no client")

    monkeypatch.setattr("dask.distributed.get_client", none_runs)
    monkeypatch.setattr("dask.distributed.LocalCluster", partial(LocalCluster, processes=False))
    (tmp_path / "a.txt").write_text("22社", "utf-8")
    summary = extract_corpus(tmp_path / "a.txt", tmp_path / "out", language="ja", workers=1, progress=True)
    assert summary["quantities"].tolist() == [1]


def test_the_client_that_runs_is_used(tmp_path: Path, client: Client) -> None:
    (tmp_path / "a.txt").write_text("22社", "utf-8")
    with client.as_current():
        summary = extract_corpus(tmp_path / "a.txt", tmp_path / "out", language="ja", progress=False)
    assert summary["quantities"].tolist() == [1]


def test_a_partition_that_cannot_be_written(tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("22社", "utf-8")

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(corpus, "_replace", fails)
    monkeypatch.setattr(corpus, "_check_plan", lambda *_: None)
    with pytest.raises(RuntimeError, match="1 of 1 partitions failed, the first 0: disk full"):
        extract_corpus(tmp_path / "a.txt", tmp_path / "out", language="ja", scheduler=client, progress=False)


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.csv is no corpus; expected one of"):
        extract_corpus(tmp_path / "a.csv", tmp_path / "out")


def test_ids_are_unique_across_folders_and_null_is_none(tmp_path: Path, client: Client) -> None:
    folder = tmp_path / "texts"
    for part in ("a", "b"):
        (folder / part).mkdir(parents=True)
        (folder / part / "n1.txt").write_text("There are 3 cities.", "utf-8")
        lines = [{"id": None, "text": "There are 4 labs."}, {"text": "There are 5 labs."}, {"id": 0, "text": "6 labs."}]
        (folder / part / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    extract_corpus(folder, tmp_path / "out", language="en", scheduler=client, progress=False)
    ids = written(tmp_path / "out")["id"].tolist()
    assert ids == ["a/n1", "b/n1", "a/t.jsonl:1", "a/t.jsonl:2", "0", "b/t.jsonl:1", "b/t.jsonl:2", "0"]


def test_a_document_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(text: str, lexicon: object) -> list[object]:
        if "bad" in text:
            raise AttributeError("no attribute")
        return list(find(text, lexicon))  # type: ignore[arg-type]

    find = corpus.find
    monkeypatch.setattr(corpus, "find", failing)
    quantities, errors = corpus.extract_documents([("a", "en", "3 labs"), ("b", "en", "bad"), ("c", "en", "4 labs")])
    assert quantities["id"].tolist() == ["a", "c"]
    assert errors.to_dict("records") == [{"id": "b", "reason": "AttributeError: no attribute"}]


def test_what_is_no_text_of_utf8_is_told(tmp_path: Path, client: Client) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    odd = os.fsdecode(os.fsencode(str(folder)) + b"/caf\xe9.txt")
    try:
        Path(odd).write_text("There are 3 cities.", "utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    (folder / "s.jsonl").write_text(
        '{"id": "half", "text": "3 labs \\ud800"}\n{"id": "good", "text": "4 labs"}\n', "utf-8"
    )
    extract_corpus(folder, tmp_path / "out", language="en", scheduler=client, progress=False)
    assert written(tmp_path / "out")["id"].tolist() == ["caf\\xe9", "good"]
    errors = written(tmp_path / "out", "errors")
    assert errors["id"].tolist() == ["half"]
    assert "half of a surrogate pair" in errors["reason"][0]


def test_files_that_are_left_out_are_named(tmp_path: Path, client: Client) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "n1.txt").write_text("There are 3 cities.", "utf-8")
    (tmp_path / "in" / "n2.pdf").write_bytes(b"%PDF")
    (tmp_path / "in" / "n3.txt").symlink_to("gone")
    (tmp_path / "in" / "n4.txt").symlink_to("n4.txt")
    os.mkfifo(tmp_path / "in" / "n5.txt")
    named = r"4 left out, being no file of .parquet, .jsonl, .ndjson, .txt: n2.pdf, n3.txt, n4.txt, n5.txt"
    with pytest.warns(UserWarning, match=named):
        extract_corpus(tmp_path / "in", tmp_path / "out", language="auto", scheduler=client, progress=False)
    assert written(tmp_path / "out")["language"].tolist() == ["en"]


def test_blank_lines_are_no_documents(tmp_path: Path, client: Client) -> None:
    lines = ['{"id": "a", "text": "3 labs"}', "", "  ", '{"id": "b", "text": "4 labs"}', ""]
    (tmp_path / "c.jsonl").write_text("\n".join(lines), "utf-8")
    summary = extract_corpus(
        tmp_path / "c.jsonl", tmp_path / "out", language="en", scheduler=client, partition_size=2, progress=False
    )
    assert summary["documents"].sum() == 2
    assert written(tmp_path / "out")["id"].tolist() == ["a", "b"]
