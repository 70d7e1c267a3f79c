"""Quantities in news texts: speed against Duckling, Recognizers-Text and a bare digit pattern; a corpus on workers.

Run as a script with the name of a work, it does that work in this process and prints one line of JSON. The texts
are those of the tests, thinned out with sentences without numbers to the density of news: the two articles of the
collection have a quantity in 293 bytes (Japanese) and in 264 (Indonesian); short news in Chinese and English is
taken to be a little denser. The speed on the test texts as they stand, far denser, is reported beside it.
The peers look for numbers only, which is the least that they can do; ours does everything it does.
Speeds are processor time, so that what else the machine does weighs less.
"""

from __future__ import annotations

import json
import platform
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "textnumbers" / "texts"
MARK = re.compile(r"⟦([^|⟧]*)\|[^⟧]*⟧|⟪([^⟫]*)⟫")
FILLING = {
    "ja": "市の担当者は、企業や大学と話し合いながら、住民が安心して使える仕組みを整えたいと語った。"
    "専門家の間では、電力の確保と人材の育成が課題になるとの見方が広がっている。",
    "id": "Menurut pejabat kota, kerja sama dengan kampus dan pelaku usaha akan diperkuat agar warga terbantu. "
    "Para pengamat menilai pasokan listrik dan mutu tenaga kerja menjadi tantangan yang paling berat. ",
    "zh": "有关负责人表示，将与企业和高校加强合作，让居民真正用得上、用得好。"
    "业内人士认为，电力供应和人才培养仍然是最大的挑战。",
    "en": "Officials said they would work with universities and employers so that residents feel the benefit. "
    "Analysts regard the supply of electricity and of skilled people as the hardest part of the plan. ",
}
BYTES_FOR_EACH = {"ja": 290, "id": 260, "zh": 250, "en": 250}
SIZE = 400_000
CHARACTERS = [*"0123456789.,-~/:+()、・ ", *"一二三十百千万億兆数第年月日時分の点割"]
WORDS = [*"0123456789.,-~/:+() ", "satu ", "dua-", "puluh ", "ribu ", "ke-", "Rp", "hundred ", "and ", "million "]
PIECES = {"ja": CHARACTERS, "zh": CHARACTERS, "id": WORDS, "en": WORDS}
PATIENCE = 4.0
"""Seconds after which a slow peer has been measured well enough."""
TARGET = 5
DOCUMENTS = 100_000

Result = dict[str, Any]


def text_of(language: str, *, thinned: bool = True) -> tuple[str, int]:
    """A text of about ``SIZE`` bytes, and how many quantities stand in it."""
    sources = [path.read_text("utf-8") for path in sorted(TEXTS.glob(f"{language}*.txt"))]
    lines = [line for source in sources for line in source.splitlines() if line.strip()]
    paragraphs, quantities, total, missing = [], 0, 0, 0
    filling = len(FILLING[language].encode())
    while total < SIZE:
        for line in lines:
            marked = sum(match[1] is not None for match in MARK.finditer(line))
            plain = MARK.sub(lambda match: match[1] or match[2], line)
            missing += BYTES_FOR_EACH[language] * marked - len(plain.encode()) - 1
            if thinned and missing > 0:
                sentences = round(missing / filling)
                plain += FILLING[language] * sentences
                missing -= filling * sentences
            paragraphs.append(plain)
            quantities += marked
            total += len(plain.encode()) + 1
    return "\n".join(paragraphs), quantities


def rate(work: Callable[[str], object], pieces: list[str]) -> float:
    """MB of UTF-8 a second of processor time: the best of several passes, or one pass cut off for a slow worker."""
    work(pieces[0])
    best = 0.0
    begun = time.perf_counter()
    for _ in range(7):
        done, start = 0, time.process_time()
        for piece in pieces:
            work(piece)
            done += len(piece.encode())
            if time.perf_counter() - begun > PATIENCE:
                break
        best = max(best, done / 1e6 / max(time.process_time() - start, 1e-9))
        if time.perf_counter() - begun > PATIENCE:
            break
    return best


def ours(language: str) -> Result:
    """Ours on the whole text and article by article, and the floor."""
    from textnumbers import extract

    text, quantities = text_of(language)
    dense, many = text_of(language, thinned=False)
    # some twenty paragraphs are as long as an article
    paragraphs = text.split("\n")
    articles = ["\n".join(paragraphs[at : at + 20]) for at in range(0, len(paragraphs), 20)]
    digits = re.compile("[0-9]+")
    return {
        "whole": rate(lambda piece: extract(piece, language), [text]),
        "dense": rate(lambda piece: extract(piece, language), [dense]),
        "dense_bytes": len(dense.encode()) / many,
        "articles": rate(lambda piece: extract(piece, language), articles),
        "floor": rate(lambda piece: list(digits.finditer(piece)), [text]),
        "bytes_for_each": len(text.encode()) / quantities,
        "versions": {package: version(package) for package in ("pandas", "babel")},
    }


def duckling(language: str) -> Result:
    """Duckling, numbers only, paragraph by paragraph."""
    import zoneinfo

    import duckling as peer

    zones = peer.load_time_zones(next(path for path in zoneinfo.TZPATH if Path(path).is_dir()))
    locale = peer.default_locale_lang(peer.parse_lang(language.upper()))
    context = peer.Context(peer.parse_ref_time(zones, "UTC", 1_722_556_800), locale)
    dimensions = peer.parse_dimensions(["number"])
    paragraphs = text_of(language)[0].split("\n")
    found = rate(lambda piece: peer.parse(piece, context, dimensions, False), paragraphs)
    return {"rate": found, "versions": {"pyduckling-native-phihos": version("pyduckling-native-phihos")}}


def recognizers(language: str) -> Result:
    """Recognizers-Text, numbers only, paragraph by paragraph."""
    from recognizers_number import Culture, NumberRecognizer

    culture = {"ja": Culture.Japanese, "zh": Culture.Chinese, "en": Culture.English}[language]
    model = NumberRecognizer(culture).get_number_model(culture, False)
    found = rate(model.parse, text_of(language)[0].split("\n"))
    return {"rate": found, "versions": {"recognizers-text-suite": version("recognizers-text-suite")}}


def adversarial(language: str) -> Result:
    """Seconds for one and for ten megabytes of digits, separators and numerals at random."""
    from textnumbers.engine import find
    from textnumbers.lexicon import lexicon

    rows = random.Random(7)
    seconds = {}
    for size in (1_000_000, 10_000_000):
        text, length = [], 0
        while length < size:
            text.append(rows.choice(PIECES[language]) * rows.choice((1, 1, 1, 2, 40)))
            length += len(text[-1].encode())
        joined = "".join(text)
        start = time.process_time()
        found = sum(1 for _ in find(joined, lexicon(language)))
        seconds[size] = time.process_time() - start
    return {"one": seconds[1_000_000], "ten": seconds[10_000_000], "found": found, "versions": {}}


def corpus(workers: int, documents: int = DOCUMENTS) -> Result:
    """Documents a second on so many workers of this machine, without their start, and the largest worker."""
    import resource

    from dask.distributed import Client, LocalCluster

    from textnumbers import extract_corpus

    paragraphs = text_of("id")[0].split("\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        source = Path(folder) / "corpus.jsonl"
        with source.open("w", encoding="utf-8") as lines:
            for number in range(documents):
                text = paragraphs[number % len(paragraphs)][:600]
                lines.write(json.dumps({"id": str(number), "language": "id", "text": text}) + "\n")
        start = time.perf_counter()
        summary = extract_corpus(source, Path(folder) / "out", scheduler=client, partition_size=2000, progress=False)
        seconds = time.perf_counter() - start
        peaks = client.run(lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return {
        "rate": documents / seconds,
        "megabytes": max(peaks.values()) / 1024,
        "quantities": int(summary["quantities"].sum()),
        "versions": {"distributed": version("distributed"), "python": platform.python_version()},
    }


WORKS: dict[str, Callable[[], Result]] = {
    **{f"ours {language}": (lambda language=language: ours(language)) for language in FILLING},
    **{f"duckling {language}": (lambda language=language: duckling(language)) for language in FILLING},
    **{f"recognizers {code}": (lambda code=code: recognizers(code)) for code in ("ja", "zh", "en")},
    **{f"adversarial {language}": (lambda language=language: adversarial(language)) for language in PIECES},
    **{f"corpus {workers}": (lambda workers=workers: corpus(workers)) for workers in (1, 2)},
    "corpus tenth": lambda: corpus(1, DOCUMENTS // 10),
}


def against_floor(language: str) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """How fast ours is, and how many times slower than finding the digits alone."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        mine = results[f"ours {language}"]
        text = (
            f"{mine['whole']:.1f} MB/s in one text, {mine['articles']:.1f} in articles "
            f"(a quantity in {mine['bytes_for_each']:.0f} bytes), {mine['dense']:.1f} unthinned "
            f"(in {mine['dense_bytes']:.0f} bytes); "
            f"floor {mine['floor']:.0f} MB/s, "
            f"{mine['floor'] / mine['whole']:.0f} times as fast"
        )
        return text, mine["whole"] >= 10 if language in ("ja", "id") else None

    return judge


def against_peer(language: str, peer: str) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """How many times faster than a peer."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        mine, other = results[f"ours {language}"]["whole"], results[f"{peer} {language}"]["rate"]
        return f"{mine / other:.1f} times as fast ({other:.3f} MB/s)", mine >= TARGET * other

    return judge


def scaled(results: dict[str, Result]) -> tuple[str, bool | None]:
    """Documents a second on one and on two workers."""
    one, two = (results[f"corpus {workers}"]["rate"] for workers in (1, 2))
    return f"{one:,.0f} on 1 worker, {two:,.0f} on 2 ({two / one:.2f} times)", None


def constant(results: dict[str, Result]) -> tuple[str, bool | None]:
    """Whether the memory of a worker stays the same for ten times the documents."""
    tenth, whole = results["corpus tenth"]["megabytes"], results["corpus 1"]["megabytes"]
    return f"{whole:.0f} MB, {tenth:.0f} MB for a tenth of them", whole <= 1.1 * tenth


def linear(language: str) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """Whether ten times the text takes about ten times as long."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        mine = results[f"adversarial {language}"]
        times = mine["ten"] / mine["one"]
        return f"{mine['ten']:.1f} s, {times:.1f} times as long as 1 MB", times <= 15

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs (those of peers apart), and how it is judged."""
    made: list[dict[str, Any]] = [
        {
            "name": f"{language}: speed, against a digit pattern",
            "target": "at least 10 MB/s" if language in ("ja", "id") else "reported",
            "ours": [f"ours {language}"],
            "peers": [],
            "judge": against_floor(language),
        }
        for language in FILLING
    ]
    for name in WORKS:
        peer, _, language = name.partition(" ")
        if peer in ("duckling", "recognizers"):
            made.append(
                {
                    "name": f"{language}: against {peer.capitalize()}, which looks for numbers only",
                    "target": f"at least {TARGET} times faster",
                    "ours": [f"ours {language}"],
                    "peers": [name],
                    "judge": against_peer(language, peer),
                }
            )
    made.append(
        {
            "name": f"corpus of {DOCUMENTS:,} short articles, documents a second",
            "target": "reported",
            "ours": ["corpus 1", "corpus 2"],
            "peers": [],
            "judge": scaled,
        }
    )
    made.append(
        {
            "name": f"corpus of {DOCUMENTS:,} short articles, memory of a worker",
            "target": "at most a tenth more than for a tenth of the documents",
            "ours": ["corpus 1", "corpus tenth"],
            "peers": [],
            "judge": constant,
        }
    )
    made += [
        {
            "name": f"{language}: 10 MB of digits, separators and numerals at random",
            "target": "time grows linearly",
            "ours": [f"adversarial {language}"],
            "peers": [],
            "judge": linear(language),
        }
        for language in PIECES
    ]
    return made


if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]]()))
