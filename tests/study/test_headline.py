"""The answer, and its sentences in four languages: the same numbers, as the language writes them."""

import re
import string
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from babel.numbers import parse_decimal

import aicities as ac
from aicities import bounds, figures, votes
from aicities.study.headline import analysis, wording
from aicities.study.headline import figures as draw

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [language for language in wording.LANGUAGES if language != "en"]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def data():
    return ac.load_all()


@cache
def real():
    return analysis.numbers(data())


def counted_up():
    """Numbers of the right kind, all different, so that no two can be taken for each other."""
    return {
        name: 12_345 + 1_111 * place if isinstance(known, int) else known
        for place, (name, known) in enumerate(real().items())
    }


def made_up(value):
    return {name: value if isinstance(known, int) else known for name, known in real().items()}


def said(language, numbers):
    parts = [text for caption in wording.captions(numbers, language) for text in caption.values()]
    return [*wording.sentences(numbers, language), *parts, wording.quote(numbers, language)]


def numbers_in(text, language):
    # a month, or one publisher, is a word in some languages, a digit in others
    found = NUMBER.findall(re.sub(r"8月|(?<!\d)1機関", "", text))
    return Counter(parse_decimal(number, locale=language, strict=True) for number in found)


def printed(template):
    """How often a template prints each number; forms of words by number print none but those inside them."""
    return Counter((name, form) for _, name, form, _ in string.Formatter().parse(template) if name and "|" not in form)


def a_list(field="models", publisher="p", leader="Beijing", fit="direct", first=None):
    return {"field": field, "publisher_id": publisher, "leader": leader, "fit": fit, "first": first or leader}


def test_two_direct_counts_make_a_first_place_sure():
    rows = [a_list(publisher="p"), a_list(publisher="q"), a_list(publisher="r", fit="proxy")]
    found = analysis.standing(pd.DataFrame(rows)).loc["models"]
    assert found[["leader", "grade", "naming", "direct", "publishers"]].tolist() == ["Beijing", "sure", 3, 2, 3]


@pytest.mark.parametrize(
    "rows",
    [
        [a_list(publisher="p"), a_list(publisher="q", fit="proxy")],
        [a_list(publisher="p", fit="proxy"), a_list(publisher="q", fit="proxy")],
        # editions of one publisher are one witness
        [a_list(publisher="p"), a_list(publisher="p")],
        [a_list(publisher="p"), a_list(publisher="q", leader=votes.OPEN)],
    ],
)
def test_less_than_that_is_likely_at_most(rows):
    found = analysis.standing(pd.DataFrame(rows)).loc["models"]
    assert (found["leader"], found["grade"]) == ("Beijing", "likely")


@pytest.mark.parametrize(
    ("other", "leader"),
    [({"leader": "Shanghai"}, votes.SPLIT), ({"leader": "Shenzhen", "publisher": "p"}, votes.SPLIT)],
)
def test_who_contradicts_leaves_it_open_and_has_no_leader_counted(other, leader):
    rows = [a_list(publisher="p"), a_list(publisher="q"), a_list(**{"publisher": "r"} | other)]
    found = analysis.standing(pd.DataFrame(rows)).loc["models"]
    assert found[["leader", "grade", "naming", "direct"]].tolist() == [leader, "open", 0, 0]
    nothing = analysis.standing(pd.DataFrame([a_list(leader=votes.OPEN)])).loc["models"]
    assert (nothing["leader"], nothing["grade"]) == (votes.OPEN, "open")


def test_every_voting_list_has_what_the_picture_prints():
    listed = analysis.lists(data())
    assert len(listed) > 40 and listed.notna().drop(columns=["at_home"]).to_numpy().all()
    assert set(listed["field"]) <= set(votes.FIELDS) and set(listed["fit"]) == {"direct", "proxy"}
    assert not listed["comparable_group"].duplicated().any()


def test_of_each_publisher_the_direct_list_nearest_to_the_day_is_shown():
    rows = pd.DataFrame(
        [
            a_list(fit="proxy") | {"as_of": "2024-08"},
            a_list() | {"as_of": "2020"},
            a_list() | {"as_of": "2023-12"},
            a_list(field="chips", fit="proxy") | {"as_of": "2025"},
        ]
    )
    assert analysis.nearest(rows, "2024-08-02")["as_of"].tolist() == ["2023-12", "2025"]


def test_of_two_lists_as_near_the_one_with_an_order_is_shown():
    rows = pd.DataFrame([a_list(leader=leader) | {"as_of": "2024"} for leader in (votes.OPEN, "Beijing")])
    assert analysis.nearest(rows, "2024-08-02")["leader"].tolist() == ["Beijing"]


def test_the_picture_has_a_mark_for_each_publisher_that_the_table_counts():
    listed = analysis.lists(data())
    shown, found = analysis.nearest(listed, ac.dates.of_article(data())), analysis.standing(listed)
    settled = found[found["grade"] != "open"]
    marks = shown[shown["leader"] != votes.OPEN].groupby("field").size()
    assert marks[settled.index].tolist() == settled["naming"].tolist()


def test_printed_values_stay_bounds():
    rows = [
        ("rank", 2, None, "rank_china", "#2"), ("gt", 30_000, None, "companies", ">30,000"),
        ("ge", 12, 15, "models", "12–15"), ("eq", 29.73, None, "percent_of_sample", "29.73%"),
        ("le", 3_949, None, "robots", "≤3,949"), ("approx", 300, None, "CNY_100m", "≈300"),
    ]  # fmt: skip
    for relation, value, most, unit, text in rows:
        row = {"relation": relation, "value": value, "value_max": most, "unit": unit}
        assert analysis.printed(row) == text


def test_usage_changes_a_vote_only_where_a_floor_stands():
    changed = analysis.under_usage(data())
    assert (changed["strict"] == votes.OPEN).all() and len(changed) <= 3


def test_the_article_puts_the_city_ahead_that_it_praises_most():
    leaders = analysis.article_leaders(data())
    assert leaders.index.tolist() == list(votes.FIELDS)
    assert leaders["chips"] == "Shanghai" and leaders["devices"] == "Shenzhen"
    none = data() | {"statements": data()["statements"].iloc[:0], "indicators": data()["indicators"].iloc[:0]}
    assert (analysis.article_leaders(none) == votes.OPEN).all()


def test_the_numbers_are_the_same_in_every_language():
    for numbers in (real(), counted_up()):
        wanted = [numbers_in(text, "en") for text in said("en", numbers)]
        assert sum(wanted, Counter()), "no number was found in English"
        for language in OTHERS:
            assert [numbers_in(text, language) for text in said(language, numbers)] == wanted, language


def test_the_alternative_text_has_a_row_for_each_field_in_every_language():
    standing = analysis.standing(analysis.lists(data()))
    for language in wording.LANGUAGES:
        words, text = wording.templates(language), wording.picture_text(standing, language)
        assert all(words["field"][field] in text for field in votes.FIELDS)


@pytest.mark.parametrize("language", OTHERS)
def test_templates_have_the_same_keys_and_print_the_same_numbers(language):
    english, other = wording.templates("en"), wording.templates(language)
    assert english.keys() == other.keys()
    for mine, theirs in zip(english["findings"], other["findings"], strict=True):
        assert printed(mine) == printed(theirs), theirs
    for mine, theirs in zip(english["captions"], other["captions"], strict=True):
        assert {part: printed(text) for part, text in mine.items()} == {k: printed(t) for k, t in theirs.items()}
    for part in ("amount", "verdict", "grade", "leader", "field"):
        assert english[part].keys() == other[part].keys()
        assert [printed(text) for text in english[part].values()] == [printed(text) for text in other[part].values()]


def test_templates_cover_what_the_data_can_say():
    for language in wording.LANGUAGES:
        texts = wording.templates(language)
        assert tuple(texts["amount"]) == bounds.AMOUNTS and tuple(texts["grade"]) == analysis.GRADES
        assert set(texts["leader"]) == {*votes.THREE, votes.SPLIT, votes.OPEN}
        assert set(texts["field"]) == set(votes.FIELDS)


def test_no_count_is_typed_into_a_template():
    text = (ROOT / "src/aicities/study/headline/wording.toml").read_text("utf-8")
    dates = re.sub(r"2 August 2024|2024年8月2日|2 Agustus 2024", "", text)
    # a form for one may write it as a digit, since it stands for that number alone
    forms = re.sub(r"\{\w+:[^{}|]*\|[^{}|]*\|", "", dates)
    assert not re.search(r"^[^#]*\d", forms, re.M)


@pytest.mark.parametrize("relation", bounds.AMOUNTS)
def test_bounds_read_in_english_as_everywhere_else(relation):
    values = {"value": 20_000.0, "unit": "PFLOPS"}
    text = wording.say(wording.templates("en")["amount"][relation], values, language="en")
    assert text == bounds.words(relation, 20_000, "PFLOPS")


@pytest.mark.parametrize(("language", "text"), [("en", "20,000"), ("zh", "20,000"), ("ja", "20,000"), ("id", "20.000")])
def test_numbers_are_written_as_the_language_writes_them(language, text):
    assert wording.say("{n}", {"n": 20_000}, language=language) == text
    assert wording.say("{n:%}", {"n": 0.804}, language=language) == "80%"
    assert wording.say("{n}", {"n": "2024"}, language=language) == "2024"


def test_word_forms_follow_the_plural_rules_of_the_language():
    forms = [wording.say("{n} {n:fact|facts}", {"n": n}, language="en") for n in (0, 1, 2, 21)]
    assert forms == ["0 facts", "1 fact", "2 facts", "21 facts"]
    assert wording.say("{n:none|one|many}", {"n": 0}, language="ja") == "none"


def test_english_stays_right_whatever_the_numbers():
    one = " ".join(said("en", made_up(1)))
    assert not re.search(r"\b1 (are|have|hold|fail|stay|claims|facts)\b", one)
    for value in (0, 2):
        more = " ".join(said("en", made_up(value)))
        assert not re.search(rf"\b{value} (is|has|holds|fails|stays|fact|claim|field|publisher)\b", more)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_nothing_is_said_of_zero_cities_or_claims(language):
    numbers = real() | {"first_Shanghai": [], "claims_mixed": 0, "top_three": 0, "second_split": 0}
    for text in wording.sentences(numbers, language)[:5]:
        assert 0 not in numbers_in(text, language), text


@pytest.mark.parametrize(("template", "error"), [("{n:.2f}", ValueError), ("{m}", KeyError)])
def test_a_field_of_another_form_is_refused(template, error):
    with pytest.raises(error):
        wording.say(template, {"n": 1}, language="en")


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="unknown language 'fr'; expected one of en, zh, ja, id"):
        wording.sentences(real(), "fr")


@pytest.mark.parametrize(
    ("language", "column"), [("en", "name_en"), ("zh", "name_zh"), ("ja", "form_ja"), ("id", "form_id")]
)
def test_cities_have_their_local_names(language, column):
    local = data()["entities"].query("kind == 'city'").set_index("name_en", drop=False)[column]
    text = " ".join(said(language, real()))
    for city in votes.THREE:
        assert wording.templates(language)["leader"][city] == local[city]
        assert local[city] in text


def test_what_the_sentences_conclude_follows_from_the_numbers():
    n = real()
    # second place less sure than the first
    assert min(n["second_Shanghai"], n["second_Shenzhen"] + n["second_split"]) > 0
    # not everybody's top three; most can't be checked; wrong in both
    assert n["top_three"] < n["ranked"] and n["claims_cannot_tell"] > n["claims"] / 2 and n["statements_wrong"] > 0
    # of the three only Beijing has a number on computing power, and one site of Shenzhen a first phase
    article = ac.evidence.of_work(data())
    power = article["indicators"].query("indicator == 'intelligent_compute'")
    rest = power[power["subject_id"] != "beijing"]
    assert len(power) == 2 and rest[["city", "status"]].values.tolist() == [["Shenzhen", "first_phase"]]
    assert article["articles"].query("coverage == 'full'")["witness"].nunique() == 1


def test_the_first_notebook_prints_these_sentences_and_captions():
    notebook = nbformat.read(ROOT / "notebooks" / "00-start-here.ipynb", 4)
    shown = "\n".join(
        output["data"].get("text/markdown", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    )
    for text in wording.sentences(real()):
        assert text in shown
    form = wording.templates("en")["figure"]
    for number, caption in enumerate(wording.captions(real()), 1):
        assert wording.say(form, {"number": number, **caption}, language="en") in shown


@pytest.fixture
def style():
    figures.use()
    yield
    plt.close("all")


def test_the_front_page_marks_direct_lists_filled_and_proxies_hollow(style):
    listed = analysis.nearest(analysis.lists(data()), "2024-08-02")
    (ax,) = draw.front_page(data()).axes
    marks = [line for line in ax.lines if line.get_marker() in {look.marker for look in figures.CITIES.values()}]
    led = listed[listed["leader"] != votes.OPEN]
    hollow = [line for line in marks if line.get_markerfacecolor() == "white"]
    # besides those of the lists: a key of two marks, and one in the colour of each city
    assert len(marks) == len(led) + 5 and len(hollow) == (led["fit"] == "proxy").sum() + 1
    texts = {text.get_text() for text in ax.texts}
    assert {*listed["Beijing"], *listed["Shanghai"], *listed["Shenzhen"]} <= texts


def test_the_title_of_the_front_page_counts_fields():
    standing = pd.DataFrame(
        {"leader": ["Beijing", "Beijing", "Shanghai", votes.SPLIT], "grade": [*["sure"] * 3, "open"]}
    )
    assert (
        draw.front_headline(standing) == "Beijing leads in 2 of 4 fields, Shanghai in 1;\nin 1 the lists settle nothing"
    )


def test_verdict_bars_stack_up_and_leave_out_zeros(style):
    counts = pd.DataFrame([[6, 0, 0, 7], [1, 1, 1, 3]], index=["Beijing", "all"], columns=list(figures.VERDICTS))
    (ax,) = draw.verdict_bars(counts, headline="x").axes
    assert max(bar.get_x() + bar.get_width() for bar in ax.patches) == 13
    assert [text.get_text() for text in ax.texts][:6] == ["6", "7", "1", "1", "1", "3"]


def test_claims_are_counted_by_city_and_the_title_says_of_whom_most_hold():
    summary = pd.DataFrame({"city": ["Beijing", None, "Shenzhen"], "headline": ["holds", "fails", "cannot tell"]})
    counts = draw.by_city(summary)
    assert counts.loc["all three", "fails"] == 1 and counts.to_numpy().sum() == 3
    assert draw.verdict_headline(counts) == "1 claim on Beijing holds, none on Shanghai;\n1 of all 3 stay open"


def drawn(fig):
    """The figure as PNG; a character that the font lacks is an error."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        return figures.png(fig)


def test_the_house_font_has_every_character_of_the_front_page(style):
    assert drawn(draw.front_page(data()))
    fig, _ = figures.canvas(2, headline="北京")
    with pytest.raises(UserWarning, match="missing from"):
        drawn(fig)
