"""Below each figure of a notebook: the rows behind it, each with its sources, for readers who cannot hover.

A cell that is a key of the data package, or the short label of a list, leads to its page and says whence the row is.
Where no row holds such a key, the sources are those of the publishers that the caption names, or else those of all rows
that the notebook computes with.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pandas as pd

from aicities.study import claims
from aicities.study.rankings.analysis import WHOLE, city_tables
from aicities.votes import voting_groups
from tools.site.explorer import records

FIGURE = re.compile(r'<figure.*?src="(?P<name>[\w-]+-\d+)[^"/]*".*?(?P<end></figure>)', re.S)
MOST_COLUMNS, MOST_SOURCES = 9, 4
# Of wide tables these columns are shown, in this order; the CSV beside the figure has all.
TELLING = """
fact_id table_id claim_id goal_id plan_id comparable_group name place city centre label short_label headline field
metric relation value value_max unit rank leader status as_of published publishers_for publishers_against Beijing
Shanghai Shenzhen
"""
CITING = {
    "city_indicators": ("fact_id", "comparable_group", "short_label", "series"),
    "compute": ("fact_id", "series"),
    "plans": ("plan_id",),
    "plan_items": ("item_id",),
    "programmes": ("designation_id",),
}
SOURCE = re.compile(r"<em>Source: (?P<line>.*?)</em>", re.S)
SAFE = "/#."
Row = list[str]
Data = Mapping[str, pd.DataFrame]


class Key(NamedTuple):
    """Where a key of the data package leads on the site, and the sources behind it."""

    page: str
    sources: tuple[str, ...]


class Source(NamedTuple):
    """What is said of a source: its place on the site, publisher, date and address."""

    page: str
    publisher: str
    date: str
    url: str | None


class Keys(NamedTuple):
    """All keys and sources, and the sources by publisher, and by the notebook whose figures rest on many rows."""

    known: dict[str, Key]
    sources: dict[str, Source]
    publishers: dict[str, tuple[str, ...]]
    notebooks: dict[str, tuple[str, ...]]


def keys(data: Data, works: list[dict[str, Any]], cities: list[dict[str, Any]]) -> Keys:
    """The keys of all tables that a figure can be about."""
    sources = {
        row["source_id"]: Source(
            f"sources.html#{row['source_id']}", row["short_name"], row["published"] or "", row["url"]
        )
        for row in records(data["sources"])
    }
    publishers = data["sources"].groupby("short_name")["source_id"].agg(tuple).to_dict()
    known = {source: Key(one.page, (source,)) for source, one in sources.items()}
    for name, columns in CITING.items():
        for column in columns:
            cited = data[name].groupby(column)["source_id"].agg(distinct)
            known |= {key: Key(sources[found[0]].page, found) for key, found in cited.items()}
    tables, _ = city_tables(data)
    for table, source in data["league_tables"][["table_id", "source_id"]].itertuples(index=False):
        known[table] = Key(f"league-tables.html#{table}", (source,))
    known |= {name: known[table] for name, table in tables[["name", "table_id"]].itertuples(index=False)}
    for city in cities:
        for row in [*city["numbers"], *city["compute"]]:
            fact = row["fact_id"]
            known[fact] = Key(f"cities/{city['slug']}.html#{fact}", known[fact].sources)
    for work in works:
        text = work["texts"][0]
        sources[work["page"]] = Source(work["page"], text["publisher"], text["published"], text["url"])
        publishers[text["publisher"]] = (work["page"],)
        known |= {fact["fact_id"]: Key(f"{work['page']}#{fact['fact_id']}", (work["page"],)) for fact in work["facts"]}
    tests = claims.verdicts(data)
    tests["source_id"] = tests["source_id"].str.split("; ")
    for claim, rows in tests.groupby("claim_id"):
        known[str(claim)] = Key(f"claims/{claim}.html", distinct(rows["source_id"].explode()))
        for test, sources_of_test in zip(rows["test_id"], rows["source_id"], strict=True):
            known[test] = Key(f"claims/{claim}.html#{test}", tuple(sources_of_test))
    return Keys(known, sources, publishers, _by_notebook(data, tests, tables))


def _by_notebook(data: Data, tests: pd.DataFrame, tables: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The sources of all rows that a notebook computes with, by the number of the notebook."""
    voting = data["city_indicators"]["comparable_group"].isin(voting_groups(data)["comparable_group"])
    papers = pd.concat([data[name]["source_id"] for name in ("plans", "plan_items", "programmes")])
    return {
        "00": distinct(tests["source_id"].explode()),
        "05": distinct(papers),
        "07": distinct(data["city_indicators"].loc[voting, "source_id"]),
        "08": distinct(tables.loc[tables["topic"] == WHOLE, "source_id"]),
    }


def distinct(values: pd.Series) -> tuple[str, ...]:
    """Each value once, in the order of the rows."""
    return tuple(dict.fromkeys(values.dropna()))


def with_rows(html: str, *, folder: Path, keys: Keys) -> str:
    """A page's HTML in which each figure that has a CSV file in the folder of the page holds its rows, too."""

    def added(figure: re.Match[str]) -> str:
        path = folder / f"{figure['name']}.csv"
        rows = details(path, keys, caption=figure[0]) if path.is_file() else ""
        return figure[0].removesuffix(figure["end"]) + rows + figure["end"]

    return FIGURE.sub(added, html)


def details(path: Path, keys: Keys, *, caption: str) -> str:
    """The rows of a CSV file as a folded table, and the sources that they name, or else the caption."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    shown = _columns(header, rows)
    cited = [_sources(row, keys) for row in rows]
    named = list(dict.fromkeys(source for sources in cited for source in sources))
    titles = [header[at] or "row" for at in shown] + (["Source"] if named else [])
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    lines = []
    for row, sources in zip(rows, cited, strict=True):
        cells = [_cell(row[at], keys) for at in shown] + ([_said(sources, keys)] if named else [])
        lines.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n")
    label = f'aria-label="Rows behind figure {path.stem.rpartition("-")[2]}"'
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{''.join(lines)}</tbody></table>"
    intro = "" if named else "<p>No row here has one source alone: each is computed from these publications.</p>\n"
    listed = named or _of_figure(path.stem, unescape(caption), keys)
    return (
        f'<details class="behind"><summary>{len(rows)} rows behind this figure, and their sources</summary>\n'
        f'<div class="scroll" role="group" {label} tabindex="0">{table}</div>\n'
        f"{intro}<ul>\n{''.join(_addressed(listed, keys))}</ul>\n</details>\n"
    )


def _of_figure(name: str, caption: str, keys: Keys) -> list[str]:
    """The sources of the publishers that a caption names, or else of all rows that the notebook computes with."""
    said = SOURCE.search(caption)
    line = said["line"] if said else ""
    by_name = [
        source
        for publisher, sources in keys.publishers.items()
        if re.search(rf"(?<!\w){re.escape(publisher)}(?!\w)", line)
        for source in sources
    ]
    return by_name + list(keys.notebooks.get(name[:2], ()) if name[:2] == "00" or not by_name else ())


def _columns(header: Row, rows: list[Row]) -> list[int]:
    """Which columns to show: those that hold anything, each once, and of many the telling ones."""
    seen: dict[str, int] = {}
    for at, name in enumerate(header):
        if any(row[at] for row in rows) and (name or any(not row[at].isdigit() for row in rows)):
            seen.setdefault(name, at)
    telling = [seen[name] for name in TELLING.split() if name in seen]
    return sorted([*telling, *(at for at in seen.values() if at not in telling)][:MOST_COLUMNS])


def _sources(row: Row, keys: Keys) -> tuple[str, ...]:
    """The sources that a row names: by its own key first, and not those of a series that it belongs to."""
    found = [keys.known[cell].sources for cell in row if cell in keys.known and keys.known[cell].sources]
    return min(found, key=len, default=())


def _cell(value: str, keys: Keys) -> str:
    if value in keys.known:
        return f'<a href="../{quote(keys.known[value].page, safe=SAFE)}">{escape(value)}</a>'
    if re.fullmatch(r"-?\d+\.\d{3,}(e-?\d+)?", value):
        return f"{float(value):.4g}"
    return escape(value.removesuffix(".0").removesuffix(" 00:00:00").replace("\n", " "))


def _said(sources: tuple[str, ...], keys: Keys) -> str:
    """Publisher and date of each source of a row; of many, how many there are."""
    if len(sources) > MOST_SOURCES:
        return f"{len(sources)} sources"
    return "; ".join(_link(source, keys) for source in sources)


def _link(source: str, keys: Keys) -> str:
    one = keys.sources[source]
    return f'<a href="../{quote(one.page, safe=SAFE)}">{escape(one.publisher)}</a>' + (
        f", {one.date}" if one.date else ""
    )


def _addressed(named: list[str], keys: Keys) -> Iterator[str]:
    """Every source once with publisher, date and address."""
    for source in named:
        url = keys.sources[source].url
        address = f'<a href="{escape(url)}">{escape(url)}</a>' if url else "no address of the publisher’s is known"
        yield f"<li>{_link(source, keys)}: {address}</li>\n"
