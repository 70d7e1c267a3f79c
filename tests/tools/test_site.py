"""The built site: nothing broken, nothing from elsewhere, every fact in it, and the same bytes each time."""

import functools
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import nbformat
import numpy as np
import openpyxl
import pandas as pd
import pytest
import yaml

import rankstats
import tools
from aicities import evidence, tables
from aicities.study.headline import analysis as headline
from aicities.votes import THREE
from tests.tools.legible import behind as behind_text
from tests.tools.legible import contrast, grounds, ink, texts
from tools.site import (
    behind,
    cities,
    claims,
    dataset,
    downloads,
    explorer,
    languages,
    notebooks,
    pictures,
    publishers,
    reference,
    search,
    sources,
    weights,
)
from tools.site.__main__ import main
from tools.site.build import DATE, MARK, ROOT, Writer, build, write_data_pages
from tools.site.dark import COUNTERPARTS, QUIET
from tools.site.links import follower
from tools.site.markdown import renderer

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
DRAWN_TWICE = "06"
LINKING = {"href", "src", "srcset", "action", "data", "poster"}


class Parsed(HTMLParser):
    """Tags with attributes, ids, and the tags that were opened and not closed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(html)
        self.close()
        self.ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing, line {self.getpos()[0]}"

    def every(self, tag):
        return [attributes for one, attributes in self.tags if one == tag]


@functools.cache
def numbers():
    return headline.numbers(tables.load_all())


def facts_of(data):
    return [fact for work in explorer.works(data) for fact in work["facts"]]


@pytest.fixture(scope="module")
def pages(site):
    return {path.relative_to(site).as_posix(): Parsed(path.read_text("utf-8")) for path in site.rglob("*.html")}


@pytest.fixture
def no_workbook(monkeypatch):
    """It takes longest of what stands beside the pages."""
    monkeypatch.setattr(downloads, "workbook", lambda *_: b"")


def broken(site, pages):
    """Links and pictures that lead nowhere, as (page, address)."""
    found = []
    for name, page in pages.items():
        for tag, attributes in page.tags:
            address = attributes.get("href") or attributes.get("src")
            if not address or (tag == "a" and urlsplit(address).scheme in ("http", "https")) or address == "data:,":
                continue
            path, _, anchor = re.sub(r"\?[^#]*", "", address).partition("#")  # what a page does with a query is its own
            target = ((site / name).parent / unquote(path)).resolve() if path else site / name
            inside = target.is_file() and target.is_relative_to(site.resolve())
            if not inside or (anchor and anchor not in pages[target.relative_to(site).as_posix()].ids):
                found.append((name, address))
    return found


def test_no_link_anchor_or_picture_is_broken(site, pages):
    assert broken(site, pages) == []


def test_the_link_check_sees_what_is_broken(tmp_path):
    html = '<a href="no.html">x</a><a href="#no">x</a><img src="no.png"><a href="../x">x</a><a href="#a" id="a">x</a>'
    (tmp_path / "index.html").write_text(html)
    found = broken(tmp_path, {"index.html": Parsed(html)})
    assert [address for _, address in found] == ["no.html", "#no", "no.png", "../x"]


def test_nothing_is_asked_of_another_host(site, pages):
    for name, page in pages.items():
        for tag, attributes in page.tags:
            for attribute in LINKING & attributes.keys():
                outside = re.match(r"\s*(?:https?:|//|ftp:)", attributes[attribute] or "")
                assert not outside or (tag == "a" and attribute == "href"), f"{name}: <{tag} {attribute}=…>"
            assert "style" not in attributes and not any(one.startswith("on") for one in attributes), name
    for path in [*site.glob("*.css"), *site.glob("*.js")]:
        assert not re.search(r"https?:|//\w|@import|url\(|fetch\(|import\(|XMLHttp", path.read_text("utf-8")), path


def test_every_page_is_sound_and_has_landmarks(pages):
    assert {"index.html", "evidence.html", "dictionary.html", "downloads.html", "reference.html"} <= pages.keys()
    for name, page in pages.items():
        assert page.open == [], f"{name}: not closed: {page.open}"
        assert len(page.ids) == len(set(page.ids)), f"{name}: an id stands twice"
        code = languages.LABELS[name.split("/")[0] if name.split("/")[0] in languages.OTHERS else "en"]["code"]
        assert page.every("html") == [{"lang": code}] and len(page.every("h1")) == 1, name
        assert len(page.every("main")) == len(page.every("title")) == len(page.every("footer")) == 1, name
        skip = next(a for a in page.every("a"))
        assert skip["href"] == "#content" and page.every("main")[0]["id"] == "content", name
        assert all(cell.get("scope") in ("col", "row") for cell in page.every("th")), name
        labels = [one["for"] for one in page.every("label")]
        assert labels == [one["id"] for one in page.every("input") + page.every("select")], name


def test_every_notebook_is_a_page_with_all_its_figures_in_words(site, pages):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        outputs = [o for cell in nbformat.read(path, 4).cells for o in cell.get("outputs", [])]
        wanted = [o.metadata["image/png"]["alt"] for o in outputs if "image/png" in o.get("data", {})]
        page = pages[f"notebooks/{path.stem}.html"]
        assert [image["alt"] for image in page.every("img")] == wanted and all(wanted)
        assert f'href="notebooks/{path.stem}.html"' in (site / "index.html").read_text("utf-8")
    (headline,) = pages["index.html"].every("img")
    assert headline["alt"] and headline["src"] == "headline.png"
    same = [(site / name).read_bytes() for name in (headline["src"], "notebooks/00-start-here-1.png")]
    assert same[0] == same[1], "the start page borrows the forms of this figure"


def test_every_picture_has_a_form_for_phones_and_dark_pages(site):
    for page in (site / "index.html", *(site / "notebooks").glob("*.html")):
        text = page.read_text("utf-8")
        offered = re.findall(r'srcset="([^"]+)"', text)
        assert len(offered) == 3 * text.count("<img ") > 0, page.name
        assert all((page.parent / name).is_file() for name in offered), page.name


def test_the_explorer_holds_every_fact_and_its_tokens(site, pages):
    rows = [one for one in pages["evidence.html"].every("tr") if "id" in one]
    data = evidence.of_work(tables.load_all())
    assert [row["id"] for row in rows] == [*data["indicators"]["fact_id"], *data["statements"]["fact_id"]]
    text = Text((site / "evidence.html").read_text("utf-8")).said
    for token in data["evidence"]["token"].dropna():
        assert token in text


def test_every_page_has_a_policy_and_a_preview(pages):
    policy = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'"
    for name, page in pages.items():
        said = {one.get("http-equiv") or one.get("property"): one.get("content") for one in page.every("meta")}
        assert said["Content-Security-Policy"].startswith(policy), name
        assert said["og:title"] and said["og:description"] and said["og:image"].endswith("headline.png"), name


def test_every_claim_has_a_page_with_its_tests_and_its_facts(site, pages):
    data = tables.load_all()
    tests = data["claim_tests"].groupby("claim_id")["test_id"].agg(set)
    for claim in data["claims"].itertuples():
        page = pages[f"claims/{claim.claim_id}.html"]
        assert set(tests.get(claim.claim_id, set())) <= set(page.ids)
        assert f'href="{claim.claim_id}.html"' in (site / "claims" / "index.html").read_text("utf-8")
    listed = claims.listed(data, facts_of(data))
    waiting = [one for one in listed if one["headline"] == "cannot tell"]
    assert waiting and all(one["nearest"] for one in waiting)


def test_ten_cities_have_pages_with_all_their_ranks(site):
    data = tables.load_all()
    named = cities.named(data)
    assert len(named) == 10 and set(THREE) < set(named)
    text = Text((site / "cities" / "hangzhou.html").read_text("utf-8")).said
    entries = data["league_table_entries"].query("place == 'Hangzhou'")
    assert sum(text.count(title) > 0 for title in data["sources"]["short_name"].dropna().unique()) > 10
    listed = cities.listed(data, [], [])
    assert len(next(one for one in listed if one["name"] == "Hangzhou")["ranks"]) == len(entries)


def test_all_league_tables_and_sources_are_listed(pages):
    data = tables.load_all()
    assert set(data["league_tables"]["table_id"]) <= set(pages["league-tables.html"].ids)
    assert set(data["sources"]["source_id"]) <= set(pages["sources.html"].ids)
    rows = sources.league_tables(data)
    assert sum(len(row["entries"]) for row in rows) == len(data["league_table_entries"])
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_arithmetic_of_the_weights_page_is_that_of_the_library():
    """2,000 weightings: scores, and how much weight must move before another city draws level."""
    page = weights.page(tables.load_all())
    points = pd.DataFrame(page["points"], index=list(THREE))
    drawn = np.random.default_rng(0).integers(0, 11, size=(2000, points.shape[1]))
    drawn = drawn[drawn.sum(axis=1) > 0]
    script = (
        "const { standing } = require(process.argv[1]); const given = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(given.weights.map((w) => { const s = standing(given.points, w);"
        "return { ...s, moved: s.moved.map((m) => (Number.isFinite(m) ? m : null)) }; })))"
    )
    given = json.dumps({"points": points.T.to_numpy().tolist(), "weights": drawn.tolist()})
    path = ROOT / "tools" / "site" / "templates" / "weights.js"
    done = subprocess.run(["node", "-e", script, str(path)], input=given, capture_output=True, text=True, check=True)
    for row, found in zip(drawn, json.loads(done.stdout), strict=True):
        share = row / row.sum()
        assert np.allclose(found["scores"], points.to_numpy() @ share)
        first = found["leader"]
        assert found["scores"][first] == max(found["scores"])
    for row, found in zip(drawn[:60], json.loads(done.stdout)[:60], strict=True):
        leader = THREE[found["leader"]]
        for city, mine in zip(THREE, found["moved"], strict=True):
            if city != leader:
                pair = points.loc[[leader, city]]  # level with the leader, whatever the third does
                tipping = rankstats.tipping_points(pair, weights=dict(zip(points, map(float, row), strict=True)))
                wanted = tipping.points["moved"].iloc[0]
                assert (mine is None) == np.isinf(wanted) and (mine is None or abs(mine - wanted) < 1e-6), (row, city)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_arithmetic_of_the_publishers_page_is_that_of_the_library():
    """2,000 choices of whom to believe: scores, order, and publishers without whom the first three would be others."""
    data = tables.load_all()
    page, (read, _) = publishers.page(data), publishers.lists(data)
    numbers = {
        name: [[float(one) for one in row[name].split()] for row in page["publishers"]] for name in ("points", "votes")
    }
    drawn = np.random.default_rng(0).integers(0, publishers.MOST + 1, size=(2000, len(page["publishers"])))
    drawn[::3] *= drawn[::3] > 5  # some believe only a few
    drawn = drawn[drawn.sum(axis=1) > 0]
    script = (
        "const { scores, order, pivotal } = require(process.argv[1]);"
        "const { points, votes, trust } = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(trust.map((w) => { const found = scores(points, votes, w);"
        "return { found, order: order(found), pivotal: pivotal(points, votes, w) }; })))"
    )
    path = ROOT / "tools" / "site" / "templates" / "publishers.js"
    given = json.dumps(numbers | {"trust": drawn.tolist()})
    done = subprocess.run(["node", "-e", script, str(path)], input=given, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    sizes, named = pd.Series(read.publishers).value_counts(), list(page["scores"])
    keys = [one["key"] for one in page["publishers"]]

    def counted(trust):
        share = dict(zip(keys, trust, strict=True))
        each = [share[owner] / sizes[owner] for owner in read.publishers]
        return rankstats.borda(read.weighted(each)).set_index("place")["score"]

    points, votes = (drawn @ np.array(numbers[name]) for name in ("points", "votes"))
    scores = np.divide(points, votes, out=np.full(points.shape, np.nan), where=votes > 0)
    mine = np.array([one["found"] for one in found], dtype=float)
    assert np.allclose(mine, scores, equal_nan=True)
    ranked = np.array([one["order"] for one in found])
    falls = np.diff(np.take_along_axis(scores, ranked, axis=1))
    assert (falls[~np.isnan(falls)] < 1e-9).all() and (np.sort(ranked) == np.arange(len(named))).all()
    for trust, said in zip(drawn[::20], mine[::20], strict=True):
        assert np.allclose(said, counted(trust)[named], equal_nan=True)
    for trust, mine in zip(drawn[:15], found[:15], strict=True):
        first = [named[at] for at in mine["order"][:3]]
        for at in np.flatnonzero(trust):
            left = np.where(np.arange(len(trust)) == at, 0, trust)
            if left.any() and at not in mine["pivotal"]:
                assert (counted(left)[first].diff().dropna() < 1e-9).all()


def test_the_publishers_page_shows_the_order_of_all_alike_without_script(site, pages):
    data = tables.load_all()
    order = rankstats.borda(publishers.lists(data)[0]).dropna(subset="score")
    rows = [one for one in pages["publishers.html"].every("tr") if "data-city" in one]
    assert [row["data-city"] for row in rows] == order["place"].tolist()
    assert [("hidden" in row) for row in rows] == [at >= publishers.SHOWN for at in range(len(rows))]
    text = (site / "publishers.html").read_text("utf-8")
    assert f"{order['score'].iloc[0]:.3f}" in text and "Borda count, and by no other way" in text
    presets = publishers.page(data)["presets"]
    assert all(any(trust) for trust in presets.values()) and len({tuple(trust) for trust in presets.values()}) == 4


def test_the_site_speaks_four_languages_and_each_page_knows_its_others(site, pages):
    keys = {language: labels.keys() for language, labels in languages.LABELS.items()}
    assert list(keys) == ["en", *languages.OTHERS] and all(one == keys["en"] for one in keys.values())
    for name, page in pages.items():
        listed = [one for one in page.every("link") if one.get("rel") == "alternate"]
        assert len(listed) == (4 if languages.translated(languages.versions(name)["en"]) else 0), name
        switch = [one for one in page.every("a") if one.get("lang") and one.get("lang") == one.get("hreflang")]
        assert len(switch) == 3, name
    text = Text((site / "ja" / "cities" / "hangzhou.html").read_text("utf-8")).said
    assert "杭州" in text and languages.LABELS["ja"]["ranks_heading"] in text
    for language in languages.OTHERS:
        start = Text((site / language / "index.html").read_text("utf-8")).said
        assert "<!--" not in start and "make run" in start and "{" not in start
        assert all(sentence in start for sentence in languages.sentences(numbers(), language))


def test_a_readme_that_begins_otherwise_is_named():
    with pytest.raises(ValueError, match=r"README\.zh\.md begins otherwise"):
        languages.start("# aicities\n\nNo question.\n", "zh", follow=lambda target: target, numbers={})


def test_every_figure_with_a_table_shows_its_rows_and_their_sources(site, pages):
    """Not by hover alone: a folded table, in which each row that has a source names it, and a list with addresses."""
    seen = 0
    for path in sorted((site / "notebooks").glob("*.csv")):
        html = (site / "notebooks" / f"{path.stem.rpartition('-')[0]}.html").read_text("utf-8")
        number = path.stem.rpartition("-")[2]
        folded = html.partition(f'aria-label="Rows behind figure {number}"')[2].partition("</details>")[0]
        body = folded.partition("<tbody>")[2].partition("</tbody>")[0]
        assert body.count("<tr>") == len(pd.read_csv(path)), path.name
        assert folded.count("<li>") > 0, f"{path.name}: no source; name a publisher in source="
        seen += 1
    assert seen > 10


def test_a_row_leads_to_its_page_and_to_its_source(tmp_path):
    sources = {"s": behind.Source("sources.html#s", "House & Co", "2024-05", "https://example.org/a?b=1&c")}
    known = {"SP1": behind.Key("cities/x.html#SP1", ("s",)), "series": behind.Key("sources.html#s", ("s", "t", "u"))}
    keys = behind.Keys(known, sources, {"House & Co": ("s",)}, {})
    (tmp_path / "n-1.csv").write_text("fact_id,series,value\nSP1,series,2.0\n")
    figure = '<figure><img src="n-1.png"><figcaption>x</figcaption></figure>'
    html = behind.with_rows(figure, folder=tmp_path, keys=keys)
    assert html.startswith(figure.removesuffix("</figure>")) and html.endswith("</details>\n</figure>")
    assert '<a href="../cities/x.html#SP1">SP1</a>' in html and "<td>2</td>" in html
    assert '<a href="../sources.html#s">House &amp; Co</a>, 2024-05: <a href="https://example.org/a?b=1&amp;c">' in html
    (tmp_path / "n-1.csv").write_text("x\n1\n")
    captioned = figure.replace("x<", "<em>Source: House &amp; Co, 2024.</em><")
    assert "https://example.org" in behind.with_rows(captioned, folder=tmp_path, keys=keys)
    (tmp_path / "n-1.csv").unlink()
    assert behind.with_rows(figure, folder=tmp_path, keys=keys) == figure


def test_lists_can_be_sorted_by_city_and_filtered_by_what_their_rows_are_about():
    data = tables.load_all()
    ranked = {row["table_id"]: row["by_city"] for row in sources.league_tables(data)}
    assert ranked["idc2018"]["Hangzhou"] == (1, "1")
    cited = {row["source_id"]: row for row in sources.cited(data)}
    used = data["league_tables"].query("source_id == 'idc-2018'")
    assert set(used["topic"]) <= set(cited["idc-2018"]["topic"]) and cited["idc-2018"]["independent"] == ["yes"]
    named = data["league_table_entries"].query("table_id in @used.table_id and place == 'Hangzhou'")
    assert cited["idc-2018"]["by_city"]["Hangzhou"][0] <= -len(named) < 0


def test_every_work_has_a_page_of_evidence(tmp_path, no_workbook):
    """A second work, an invented event that two reports in one language tell; of a third only an opening is read."""
    data = evidence.of_work(tables.load_all())
    article = list(explorer.works(data))
    work, texts = data["works"].iloc[[0]].assign(work_id="w2", title_en="An event"), data["articles"]
    two = texts.iloc[:2].assign(work_id="w2", article_id=["r1", "r2"], language="en", language_name="English")
    fact = data["indicators"].iloc[[0]].assign(fact_id="I900", city="Wuhan")
    read = data["evidence"].iloc[[0, 0]].assign(fact_id="I900", article_id=["r1", "r2"])
    works = pd.concat([work, work.assign(work_id="w3")])
    two = pd.concat([two, two.tail(1).assign(work_id="w3", article_id="r3", coverage="opening")])
    for name, rows in {"works": works, "articles": two, "indicators": fact, "evidence": read}.items():
        data[name] = pd.concat([data[name], rows], ignore_index=True)
    first, second = explorer.works(data)
    assert [first] == article and second["columns"] == ["English text (r1)", "English text (r2)"]
    assert (first["witnesses"], second["witnesses"]) == (1, 1)
    [known] = [city for city in cities.listed(data, [*first["facts"], *second["facts"]], []) if city["name"] == "Wuhan"]
    assert {title: [one["fact_id"] for one in facts] for title, facts in known["works"]}["An event"] == ["I900"]
    assert [(one["fact_id"], one["page"]) for one in second["facts"]] == [("I900", "evidence-w2.html")]
    write_data_pages(Writer(tmp_path), [first, second], folder=ROOT / "data")
    assert "I900" in Parsed((tmp_path / "evidence-w2.html").read_text("utf-8")).ids
    assert 'href="evidence-w2.html"' in (tmp_path / "evidence.html").read_text("utf-8")


def test_a_finding_can_be_quoted_with_date_and_address(site, pages):
    text = Text((site / "index.html").read_text("utf-8")).said
    newest = numbers()["newest"]
    for number, sentence in enumerate(languages.sentences(numbers(), "en"), start=1):
        assert (
            f"“{sentence}” (aicities, data as of {newest}, " in text and f"finding-{number}" in pages["index.html"].ids
        )
    for name in ("claims/C06.html", "ja/index.html"):
        assert newest in Text((site / name).read_text("utf-8")).said


def test_dates_of_texts_hold_together_and_nothing_else_is_taken_for_one():
    kept = '<title>2024-08-02</title><a title="2024-08-02">2018-2022</a> <code>2024-08</code> 2023-24 I2-2024-08-9'
    assert all(found[1] for found in DATE.finditer(kept))
    assert [found[0] for found in DATE.finditer("截至2026-07-07。 2024-08, (2024-08-02)")] == [
        "2026-07-07",
        "2024-08",
        "2024-08-02",
    ]


def test_every_page_says_where_to_report_an_error(site, pages):
    for name, page in pages.items():
        text = (site / name).read_text("utf-8").rpartition("<footer>")[2]
        assert "contributing.html#contributing" in text or f"title={quote(f'Error on {name}', safe='/')}" in text, name
        assert any((one.get("src") or "").endswith("copy.js") for one in page.every("script")), name


def test_the_search_index_holds_every_page_without_its_code(site, pages):
    script = (site / "search-index.js").read_text("utf-8")
    assert r"\u0000" not in script  # what stood between cells while the page was put together
    entries = json.loads(script.removeprefix("globalThis.PAGES = ").removesuffix(";\n"))
    assert {one["path"] for one in entries} == pages.keys()
    assert all(one["title"] and one["text"] for one in entries)
    notebook = next(one for one in entries if one["path"].startswith("notebooks/00"))
    assert "import aicities" not in notebook["text"]
    with pytest.raises(ValueError, match="no title or no main part"):
        (site / "bare.txt").write_text("<p>x</p>")
        search.entry(site / "bare.txt", site)
    (site / "bare.txt").unlink()


def test_catalogues_find_each_table_with_its_columns_and_its_checksum(site, pages):
    record = json.loads((site / "data" / "croissant.json").read_text("utf-8"))
    assert record["@type"] == "Dataset" and len(record["distribution"]) == len(tables.names())
    for name, one in zip(tables.names(), record["recordSet"], strict=True):
        assert [field["name"] for field in one["field"]] == tables.describe(name)["column"].tolist()
    for file in record["distribution"]:
        content = (site / "data" / file["contentUrl"].rpartition("/data/")[2]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
    assert "</" not in dataset.as_json({"a": "</script>"})
    assert '"@type": "Dataset"' in (site / "index.html").read_text("utf-8")


@pytest.mark.weekly
def test_the_reference_reader_of_croissant_finds_no_error(site):
    """In an environment of its own: in that of the project mypy would take its stubs of pandas."""
    command = [Path(sys.executable).with_name("uv"), "tool", "run", "mlcroissant==1.1.1"]

    def asked(*words):
        done = subprocess.run([*command, *words], capture_output=True, text=True, timeout=600, check=False)
        if "Failed to fetch" in done.stderr or "error sending request" in done.stderr:
            pytest.skip("the index is out of reach")
        return done

    path = site / "data" / "croissant.json"
    good = asked("validate", "--jsonld", path)
    assert good.returncode == 0 and "Done." in good.stderr, good.stderr
    rows = asked("load", "--jsonld", path, "--record_set", "works", "--num_records", "1")
    assert rows.returncode == 0 and tables.load("works")["work_id"].iloc[0] in rows.stdout + rows.stderr, rows.stderr
    spoilt = json.loads(path.read_text("utf-8"))
    spoilt["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "no.csv"
    (site / "spoilt.json").write_text(json.dumps(spoilt))
    assert asked("validate", "--jsonld", site / "spoilt.json").returncode != 0
    (site / "spoilt.json").unlink()


def test_every_figure_is_offered_as_svg_and_some_with_their_table(site, pages):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        images = pages[f"notebooks/{path.stem}.html"].every("img")
        for number in range(1, len(images) + 1):
            svg = (site / "notebooks" / f"{path.stem}-{number}.svg").read_text("utf-8")
            assert "<svg" in svg and "Drawn by aicities" not in svg.split("<svg")[0]
    assert len(list((site / "notebooks").glob("*.csv"))) > 10


class Text(HTMLParser):
    """The text of a page as a reader gets it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.said = ""
        self.feed(html)

    def handle_data(self, data):
        self.said += data


def test_filters_offer_what_occurs_and_nothing_else():
    facts = facts_of(tables.load_all())
    for field, _, values in sources.filters(facts, explorer.FILTERS):
        said = {one for fact in facts for one in (fact[field] if field == "verdict" else [fact[field]])}
        assert set(values) == said and len(values) == len(said) and None not in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"relation": "gt", "value": 20000.0, "unit": "PFLOPS", "period": None}, "more than 20,000 PFLOPS"),
        ({"relation": "eq", "value": None, "unit": "date", "period": "2024-08-02"}, "2024-08-02"),
        ({"relation": "among_first", "value": 3.0, "unit": "rank", "period": None}, "among the first 3"),
        ({"relation": "gt", "value": None, "unit": "PFLOPS", "period": None}, "not stated"),
    ],
)
def test_a_value_keeps_its_qualifier(row, said):
    assert explorer.said_value(row) == said


def test_downloads_read_back_equal_to_the_tables(site):
    assert tables.check(site / "data").empty
    book = openpyxl.load_workbook(site / "data" / downloads.WORKBOOK)
    assert book.sheetnames == [downloads.DICTIONARY, *tables.names()]
    for name in tables.names():
        wanted = tables.load(name)
        pd.testing.assert_frame_equal(tables.load(name, folder=site / "data"), wanted)
        header, *rows = book[name].iter_rows(values_only=True)
        assert header == tuple(wanted.columns) and len(rows) == len(wanted)
        for row, expected in zip(rows, wanted.itertuples(index=False, name=None), strict=True):
            for found, value in zip(row, expected, strict=True):
                assert found is None if pd.isna(value) else found == value
    header, *rows = book[downloads.DICTIONARY].iter_rows(values_only=True)
    columns = {(name, column) for name in tables.names() for column in tables.describe(name)["column"]}
    assert {row[:2] for row in rows} == columns and header[:2] == ("table", "column")


def test_a_formula_in_a_workbook_stays_text(tmp_path):
    frame = pd.DataFrame({"note": ["=1+1", "+1", "-x", "@SUM(A1)", "plain"], "n": [-1, 0, 1, 2, 3]})
    content = downloads.workbook({"t": frame}, pd.DataFrame({"column": ["=2"]}))
    (tmp_path / "t.xlsx").write_bytes(content)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["t"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(frame["note"]) and {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == list(frame["n"])


@pytest.fixture
def package(tmp_path):
    """A copy of the data in which a note, a claim and a description hold markup."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    notes = pd.read_csv(folder / "indicators.csv", dtype="str", keep_default_na=False)
    notes.loc[0, ["note", "label"]] = [evil, f'"{evil}']
    notes.to_csv(folder / "indicators.csv", index=False)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["description"] = evil
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def test_markup_in_the_data_is_shown_as_text(package, tmp_path, no_workbook):
    write_data_pages(Writer(tmp_path / "site"), explorer.works(tables.load_all(folder=package)), folder=package)
    for name in ("evidence", "dictionary", "downloads"):
        html = (tmp_path / "site" / f"{name}.html").read_text("utf-8")
        page = Parsed(html)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert {one.get("src") for one in page.every("script")} <= {"filter.js", "copy.js"}
        assert page.every("img") == []


def test_markup_in_a_notebook_is_shown_as_text(tmp_path):
    evil = "<script>alert(1)</script>"
    data = [
        {"text/markdown": f"A {evil} [x](javascript:alert(1))"},
        {"text/html": f'<table onclick="x"><thead><tr><th>a</th></tr></thead><tr><th>{evil}b</th></tr></table>'},
        {"text/plain": evil},
    ]
    outputs = [nbformat.v4.new_output("display_data", one) for one in data]
    outputs.append(nbformat.v4.new_output("stream", text=evil))
    cells = [nbformat.v4.new_markdown_cell(f"# A {evil}"), nbformat.v4.new_code_cell(f"'{evil}'", outputs=outputs)]
    markdown = renderer(lambda target: target)
    made = notebooks.page_of(nbformat.v4.new_notebook(cells=cells), "x", markdown=markdown, folder=tmp_path)
    page = Parsed(made.opening + made.body)
    assert page.every("script") == [] and page.every("a") == [{"href": "#harmful-link"}]
    assert page.every("table") == [{}] and page.every("th") == [{"scope": "col"}, {"scope": "row"}]


def test_a_figure_without_words_and_an_unknown_output_are_named(tmp_path):
    shown = notebooks.Outputs("x", renderer(lambda target: target), tmp_path)
    picture = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo="})
    with pytest.raises(ValueError, match="x, cell 3: a figure without alternative text"):
        shown.html([picture], place="x, cell 3")
    with pytest.raises(ValueError, match=r"x, cell 4: the site cannot show .*image/svg\+xml"):
        shown.html([nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg/>"})], place="x, cell 4")


def test_links_lead_to_pages_to_the_repository_or_nowhere():
    file = ROOT / "notebooks" / "00-start-here.ipynb"
    follow = follower(file, base=ROOT, root="../", repository=None)
    assert follow("../README.md") == "../index.html#notebooks"
    assert follow("../data/README.md#compute") == "../dictionary.html#compute"
    assert follow("01-two-translations.ipynb#limits") == "../notebooks/01-two-translations.html#limits"
    assert follow("../data/compute.csv") == "../data/compute.csv"
    assert follow("../Makefile") is None
    known = follower(file, base=ROOT, root="../", repository="https://example.org/a/b")
    assert known("../Makefile") == "https://example.org/a/b/blob/main/Makefile"
    for wrong in ("99-no-such.ipynb", "../../../etc/hostname"):
        with pytest.raises(ValueError, match="expected a file of the project"):
            follow(wrong)


def test_a_docstring_keeps_its_lists_and_tables():
    doc = (
        "One ``f(x)``.\n\nParameters\n----------\nx : a number,\n    not 0\n\n- a\n  b\n- c\n\n=== ==\na   <b>\n=== =="
        "\n\n>>> f(\"a\")\n'``a``'"
    )
    html = reference.doc_html(doc)
    assert "<code>f(x)</code>" in html and "<dt>x</dt><dd>a number, not 0</dd>" in html
    assert "<ul><li>a b</li><li>c</li></ul>" in html and "a   &lt;b&gt;" in html
    assert '<pre class="typed" tabindex="0">&gt;&gt;&gt; f("a")\n\'``a``\'</pre>' in html


def test_the_reference_names_every_function_that_the_package_hands_on(pages):
    for module in reference.modules():
        for entry in module.entries:
            assert f"{module.name}.{entry.name}" in pages["reference.html"].ids
    assert {"aicities.load", "aicities.bounds.words", "aicities.figures.show"} <= set(pages["reference.html"].ids)


def test_pages_name_no_place_on_this_machine(site):
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert str(ROOT) not in text and not re.search(r" at 0x[0-9a-f]+", text), path


def test_on_a_phone_no_type_is_smaller_than_eleven_pixels_and_none_leaves_the_canvas(drawn):
    narrow = {name: fig for name, fig in drawn.items() if name.endswith("-narrow")}
    assert len(narrow) == len(drawn) / 2 > 30
    wrong = []
    for name, fig in narrow.items():
        pixels = 350 / fig.bbox.width
        assert fig.get_figwidth() == pictures.NARROW
        for text in texts(fig):
            box = text.get_window_extent()
            if text.get_fontsize() * pixels < 11:
                wrong.append(f"{name}: {text.get_text()!r} is {text.get_fontsize() * pixels:.1f} pixels")
            if min(box.x0, box.y0) < -1 or box.x1 > fig.bbox.width + 1 or box.y1 > fig.bbox.height + 1:
                wrong.append(f"{name}: {text.get_text()!r} runs out of the canvas")
    assert not wrong, "\n".join(wrong)


def test_on_a_phone_no_text_stands_on_another(drawn):
    wrong = []
    for name, fig in drawn.items():
        if name.endswith("-narrow"):
            level = [(text, text.get_window_extent()) for text in texts(fig) if text.get_rotation() % 90 == 0]
            for (one, a), (other, b) in combinations(level, 2):
                across, up = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
                if across > 1 and up > 4:  # the box of a line has room above and below its letters
                    wrong.append(f"{name}: {one.get_text()!r} and {other.get_text()!r}")
    assert not wrong, "\n".join(wrong)


def test_on_a_dark_page_every_text_stands_out_from_what_is_behind_it(drawn):
    turned = COUNTERPARTS | QUIET
    wrong = set()
    for name, fig in drawn.items():
        under = grounds(fig)
        for text in texts(fig):
            front, back = ink(text.get_color()), behind_text(text, under)
            if contrast(turned[front], turned[back]) < 4.5:
                wrong.add(f"{name}: {text.get_text()!r}, {front} on {back}")
    assert not wrong, "\n".join(sorted(wrong))


def test_ids_of_a_picture_do_not_hang_on_the_last_bit_of_a_length():
    first, again = (
        f'<path clip-path="url(#{one})" fill="#d1495b"/><clipPath id="{one}"/><g id="m0123456789"/><g id="axes_1"/>'
        for one in ("pbbdcfbec2b", "p542edd8f2f")
    )
    assert pictures.counted(first) == pictures.counted(again) != first
    assert 'url(#p1)" fill="#d1495b"/><clipPath id="p1"/><g id="m2"/><g id="axes_1"' in pictures.counted(first)


def test_a_figure_gets_the_cells_that_it_needs_and_no_others():
    needed = ["import a as b", "def f(): return b", "x = f()", "x[0].y = 1", "x['k'].sort()", "figures.show(x, 1)"]
    others = ["assert x", "z = x", "ac.figures.table(x)", "print(x.mean())"]
    assert pictures.needed([*needed[:-1], *others, needed[-1], *others]) == needed
    assert pictures.needed(others) == []


def test_two_builds_give_the_same_bytes(site, tmp_path):
    """All pages and tables anew; of the figures those of one notebook, and the others are taken from the first."""
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    code = f"""
import shutil, sys
from pathlib import Path
from tools.site import pictures
from tools.site.__main__ import main

write = pictures.write
def some(notebooks, output):
    output.mkdir(parents=True)
    for path in Path({str(site)!r}, "notebooks").glob("*-[0-9]*.*"):
        if path.suffix in (".svg", ".csv") and not path.name.startswith({DRAWN_TWICE!r}):
            shutil.copy(path, output)
    return write([one for one in notebooks if one.name.startswith({DRAWN_TWICE!r})], output)

pictures.write = some
sys.exit(main(["--output", {str(tmp_path / "again")!r}]))
"""
    command = [sys.executable, "-c", code]
    again = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site, tmp_path / "again")
    ]
    assert contents[0] == contents[1]


def test_a_folder_that_is_no_site_is_not_emptied(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit):
        main(["--output", str(tmp_path)])
    assert "holds something else than a site" in capsys.readouterr().err and (tmp_path / "mine.txt").exists()


def test_an_unknown_name_in_a_template_is_an_error(tmp_path):
    with pytest.raises(Exception, match="'page' is undefined"):
        Writer(tmp_path)("x.html", "notebook.html.j2", before=None, after=None)


def test_the_browser_test_pins_exact_versions_with_hashes_and_names_no_host():
    wanted = json.loads((ROOT / "browser" / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((ROOT / "browser" / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock.pop("")["devDependencies"] == wanted and all(re.fullmatch(r"[\d.]+", one) for one in wanted.values())
    for name, package in lock.items():
        assert package["version"] == wanted[name.removeprefix("node_modules/")], name
        assert package["integrity"].startswith("sha512-") and "resolved" not in package, name


@pytest.mark.parametrize("name", ["site", "browser"])
def test_a_workflow_runs_the_make_target_of_its_name(name):
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
    steps = [step.get("run") for job in workflow["jobs"].values() for step in job["steps"]]
    assert f"make {name}" in steps and f"\n{name}: " in (ROOT / "Makefile").read_text("utf-8")
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, OSError(28, "No space left on device")])
def test_what_stops_a_build_leaves_the_site_that_was_there_and_nothing_else(tmp_path, monkeypatch, error):
    output = tmp_path / "site"
    output.mkdir()
    (output / MARK).write_text("as it was")

    def stopped(*_, **__):
        raise error

    monkeypatch.setattr("tools.site.build.tables.load_all", stopped)
    with pytest.raises(type(error) if isinstance(error, OSError) else error):
        build(output, vectors=False)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["site", f"site/{MARK}"]
    assert (output / MARK).read_text() == "as it was"


class GivenUp:
    def __del__(self):
        sys.exit(130)


def test_an_end_where_no_error_gets_out_comes_again(monkeypatch):
    monkeypatch.setattr(sys, "unraisablehook", tools._again)
    before = signal.getsignal(signal.SIGALRM)
    GivenUp()
    with pytest.raises(SystemExit, match="130"):
        time.sleep(10)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_any_tool_in_one_line_also_in_the_background(tmp_path, sent):
    command = [sys.executable, "-m", "tools.site", "--output", tmp_path / "site"]
    ignored = functools.partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=ignored) as process:
        # Python's own start is over when the first of the slow imports is mapped.
        while process.poll() is None and "numpy" not in Path(f"/proc/{process.pid}/maps").read_text():
            time.sleep(0.02)
        process.send_signal(sent)
        said = process.communicate(timeout=60)[1]
    assert (process.returncode, said) == (128 + sent, "tools.site: stopped before it was done\n")
    assert not list(tmp_path.iterdir())
