"""Quantities in news texts: speed against Duckling, Recognizers-Text and a bare digit pattern; a corpus on workers.

Run as a script with the name of a work, it does that work in this process and prints one line of JSON. The texts
are those of the tests, cut into articles of 2 to 3 KB; each is handed over by itself, to ours and to the peers
alike. The peers look for numbers only, which is the least that they can do; ours does everything it does.
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
LANGUAGES = ("en", "id", "ja", "zh")
ARTICLE = 2_500
"""Bytes of an article, about."""
CHARACTERS = [*"0123456789.,-~/:+()、・ ", *"一二三十百千万億兆数第年月日時分の点割"]
WORDS = [*"0123456789.,-~/:+() ", "satu ", "dua-", "puluh ", "ribu ", "ke-", "Rp", "hundred ", "and ", "million "]
PIECES = {"ja": CHARACTERS, "zh": CHARACTERS, "id": WORDS, "en": WORDS}
REPEATED = [
    "1", "1,", "1.", "，１", "1 ", "1-", "1~", "一", "万", "1万", "1 万", "一万", "十数", "数", "第", "百分之",
    "1月", "satu ", "dua-", "dua puluh ", "one ", "hundred and ", "million ", "Rp", "US$", "ke-",
    "\n", " ", "1/2/", "http://1/", "1-1-", "0 1", "+1 ", "(1)", "一・", "二、", "一点",
    "半", "首", "1時間", "1/2 ", "Q1",
    "kedua ", "kuartal I", "third ", "half a ", "one in ",
]  # fmt: skip
"""Of each of these a whole text is made, which may lead nothing astray."""
PATIENCE = 4.0
"""Seconds after which a slow peer has been measured well enough."""
TARGET = 3
DOCUMENTS = 20_000

Result = dict[str, Any]


def articles(language: str) -> tuple[list[str], int]:
    """Articles of 2 to 3 KB, and how many quantities are marked in them."""
    sources = [
        path.read_text("utf-8") for path in sorted(TEXTS.rglob(f"{language}*.txt")) if path.parent.name != "single"
    ]
    made, current, quantities = [], "", 0
    for line in "\n".join(sources).splitlines():
        quantities += sum(match[1] is not None for match in MARK.finditer(line))
        current += MARK.sub(lambda match: match[1] or match[2], line) + "\n"
        if len(current.encode()) >= ARTICLE:
            made.append(current)
            current = ""
    return [*made, current], quantities


def rate(work: Callable[[str], object], texts: list[str]) -> float:
    """MB of UTF-8 a second of processor time, article by article: the best of several passes, or one pass cut off
    for a slow worker."""
    work(texts[0])
    best = 0.0
    begun = time.perf_counter()
    for _ in range(7):
        done, start = 0, time.process_time()
        for text in texts:
            work(text)
            done += len(text.encode())
            if time.perf_counter() - begun > PATIENCE:
                break
        best = max(best, done / 1e6 / max(time.process_time() - start, 1e-9))
        if time.perf_counter() - begun > PATIENCE:
            break
    return best


def ours(language: str) -> Result:
    """Ours as records and as a table, and the floor."""
    from textnumbers import extract, extract_table

    texts, quantities = articles(language)
    digits = re.compile("[0-9]+")
    size = sum(len(text.encode()) for text in texts)
    return {
        "records": rate(lambda text: extract(text, language), texts),
        "table": rate(lambda text: extract_table(text, language), texts),
        "floor": rate(lambda text: list(digits.finditer(text)), texts),
        "bytes": size / len(texts),
        "bytes_for_each": size / quantities,
        "versions": {package: version(package) for package in ("pandas", "babel")},
    }


def duckling(language: str) -> Result:
    """Duckling, numbers only."""
    import zoneinfo

    import duckling as peer

    zones = peer.load_time_zones(next(path for path in zoneinfo.TZPATH if Path(path).is_dir()))
    locale = peer.default_locale_lang(peer.parse_lang(language.upper()))
    context = peer.Context(peer.parse_ref_time(zones, "UTC", 1_722_556_800), locale)
    dimensions = peer.parse_dimensions(["number"])
    found = rate(lambda text: peer.parse(text, context, dimensions, False), articles(language)[0])
    return {"rate": found, "versions": {"pyduckling-native-phihos": version("pyduckling-native-phihos")}}


def recognizers(language: str) -> Result:
    """Recognizers-Text, numbers only."""
    from recognizers_number import Culture, NumberRecognizer

    culture = {"ja": Culture.Japanese, "zh": Culture.Chinese, "en": Culture.English}[language]
    model = NumberRecognizer(culture).get_number_model(culture, False)
    found = rate(model.parse, articles(language)[0])
    return {"rate": found, "versions": {"recognizers-text-suite": version("recognizers-text-suite")}}


def adversarial(language: str) -> Result:
    """Seconds for 0.3 and for 3 megabytes of digits, separators and numerals at random."""
    from textnumbers.find import find
    from textnumbers.lexicon import lexicon

    rows = random.Random(7)
    seconds = {}
    for size in (300_000, 3_000_000):
        text, length = [], 0
        while length < size:
            text.append(rows.choice(PIECES[language]) * rows.choice((1, 1, 1, 2, 40)))
            length += len(text[-1].encode())
        joined = "".join(text)
        start = time.process_time()
        found = sum(1 for _ in find(joined, lexicon(language)))
        seconds[size] = time.process_time() - start
    return {"one": seconds[300_000], "ten": seconds[3_000_000], "found": found, "versions": {}}


def repeated(language: str) -> Result:
    """How much longer eight times as much of one piece takes, and which piece is the worst."""
    from textnumbers import extract

    worst = (0.0, "")
    for piece in REPEATED:
        small, large = (_fastest(extract, piece * (size // len(piece)), language) for size in (4_000, 32_000))
        worst = max(worst, (large / small, piece))
    return {"times": worst[0], "piece": worst[1], "versions": {}}


def _fastest(work: Callable[..., object], *given: str) -> float:
    """Seconds of the processor, the best of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work(*given)
        taken.append(time.process_time() - start)
    return min(taken)


def corpus(workers: int, documents: int = DOCUMENTS) -> Result:
    """Documents a second on so many workers of this machine, without their start, and the largest worker."""
    import resource

    from dask.distributed import Client, LocalCluster

    from textnumbers import extract_corpus

    paragraphs = "\n".join(articles("id")[0]).splitlines()
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
    **{f"ours {language}": (lambda language=language: ours(language)) for language in LANGUAGES},
    **{f"duckling {language}": (lambda language=language: duckling(language)) for language in LANGUAGES},
    **{f"recognizers {code}": (lambda code=code: recognizers(code)) for code in ("ja", "zh", "en")},
    **{f"adversarial {language}": (lambda language=language: adversarial(language)) for language in PIECES},
    **{f"repeated {language}": (lambda language=language: repeated(language)) for language in LANGUAGES},
    **{f"corpus {workers}": (lambda workers=workers: corpus(workers)) for workers in (1, 2)},
    "corpus tenth": lambda: corpus(1, DOCUMENTS // 10),
}


def against_floor(language: str) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """How fast ours is, and how many times slower than finding the digits alone."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        mine = results[f"ours {language}"]
        milliseconds = mine["bytes"] / mine["records"] / 1000
        text = (
            f"{mine['records']:.1f} MB/s as records, {mine['table']:.1f} as a table: {milliseconds:.2f} ms an article "
            f"of {mine['bytes'] / 1000:.1f} KB (a quantity in {mine['bytes_for_each']:.0f} bytes); "
            f"floor {mine['floor']:.0f} MB/s"
        )
        return text, None

    return judge


def against_peer(language: str, peer: str) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """How many times faster than a peer."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        mine, other = results[f"ours {language}"]["records"], results[f"{peer} {language}"]["rate"]
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
        return f"{mine['ten']:.1f} s, {times:.1f} times as long as 0.3 MB", times <= 15

    return judge


def bounded(language: str) -> Callable[[dict[str, Result]], tuple[str, bool | None]]:
    """Whether eight times a piece takes nowhere near 64 times as long."""

    def judge(results: dict[str, Result]) -> tuple[str, bool | None]:
        mine = results[f"repeated {language}"]
        return f"{mine['times']:.1f} times as long for {mine['piece']!r}", mine["times"] <= 16

    return judge


def cases() -> list[dict[str, Any]]:
    """What is measured: name, target, the works it needs (those of peers apart), and how it is judged."""
    made: list[dict[str, Any]] = [
        {
            "name": f"{language}: speed, article by article",
            "target": "reported",
            "ours": [f"ours {language}"],
            "peers": [],
            "judge": against_floor(language),
        }
        for language in LANGUAGES
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
            "name": f"{language}: 3 MB of digits, separators and numerals at random",
            "target": "time grows linearly",
            "ours": [f"adversarial {language}"],
            "peers": [],
            "judge": linear(language),
        }
        for language in PIECES
    ]
    made += [
        {
            "name": f"{language}: eight times as much of the worst of {len(REPEATED)} pieces",
            "target": "time grows linearly",
            "ours": [f"repeated {language}"],
            "peers": [],
            "judge": bounded(language),
        }
        for language in LANGUAGES
    ]
    return made


if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]]()))
