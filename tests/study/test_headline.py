"""The findings in each language: the same numbers, as the language writes them, in sentences that stay right."""

import re
import string
import warnings
from collections import Counter
from functools import cache

import matplotlib.pyplot as plt
import nbformat
import pytest
from babel.numbers import parse_decimal

import aicities as ac
from aicities import bounds, figures, votes
from aicities.study.headline import analysis as findings
from aicities.study.headline import figures as headline
from aicities.study.headline import wording
from tools.readme import ROOT

OTHERS = [language for language in wording.LANGUAGES if language != "en"]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
real_numbers = cache(findings.headline_numbers)


def made_up(value):
    """Numbers of the right kind, all alike, or counted up from a start."""
    return {name: value if isinstance(known, int) else known for name, known in real_numbers().items()}


def different():
    return {
        name: 12_345 + 1_111 * place if isinstance(known, int) else known
        for place, (name, known) in enumerate(real_numbers().items())
    }


def sentences(language, numbers):
    said = findings.captions(language, numbers=numbers)
    return [
        *findings.headline_sentences(language, numbers=numbers),
        *(text for caption in said for text in caption.values()),
    ]


def numbers_in(text, language):
    return Counter(parse_decimal(found, locale=language, strict=True) for found in NUMBER.findall(text))


def fields(template):
    """How often a template prints each number; forms of words by number print none."""
    parsed = string.Formatter().parse(template)
    return Counter((name, form) for _, name, form, _ in parsed if name and "|" not in form)


def test_the_numbers_are_the_same_in_every_language():
    for numbers in (real_numbers(), different()):
        wanted = [numbers_in(text, "en") for text in sentences("en", numbers)]
        assert sum(wanted, Counter()), "no number was found in English"
        for language in OTHERS:
            assert [numbers_in(text, language) for text in sentences(language, numbers)] == wanted, language


def test_the_alternative_text_has_the_same_numbers_in_every_language():
    wanted = numbers_in(findings.picture_text("en"), "en")
    assert wanted and all(numbers_in(findings.picture_text(language), language) == wanted for language in OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_templates_have_the_same_keys_and_print_the_same_fields(language):
    english, other = wording.templates("en"), wording.templates(language)
    assert {key: list(part) if isinstance(part, dict) else len(part) for key, part in english.items()} == {
        key: list(part) if isinstance(part, dict) else len(part) for key, part in other.items() if key != "figure"
    } | {"figure": len(english["figure"])}
    for mine, theirs in zip(english["findings"], other["findings"], strict=True):
        assert fields(mine) == fields(theirs), theirs
    for mine, theirs in zip(english["captions"], other["captions"], strict=True):
        assert {part: fields(text) for part, text in mine.items()} == {
            part: fields(text) for part, text in theirs.items()
        }
    for part in ("amount", "picture"):
        assert [fields(text) for text in english[part].values()] == [fields(text) for text in other[part].values()]
    assert fields(english["figure"]) == fields(other["figure"])


def test_templates_cover_what_the_data_can_say():
    for language in wording.LANGUAGES:
        texts = wording.templates(language)
        assert tuple(texts["amount"]) == bounds.AMOUNTS
        assert set(texts["leader"]) == {*votes.THREE, votes.SPLIT, votes.OPEN}
        assert set(texts["field"]) == set(votes.FIELDS)


def test_no_number_is_typed_into_a_template():
    text = (ROOT / "src" / "aicities" / "study" / "headline" / "wording.toml").read_text("utf-8")
    assert not re.search(r"^[^#]*\d", text, re.M)


@pytest.mark.parametrize("relation", bounds.AMOUNTS)
def test_bounds_read_in_english_as_everywhere_else(relation):
    values = {"value": 20_000.0, "unit": "PFLOPS"}
    said = wording.say(wording.templates("en")["amount"][relation], values, language="en")
    assert said == bounds.words(relation, 20_000, "PFLOPS")


@pytest.mark.parametrize(("language", "said"), [("en", "20,000"), ("zh", "20,000"), ("ja", "20,000"), ("id", "20.000")])
def test_numbers_are_written_as_the_language_writes_them(language, said):
    assert wording.say("{n}", {"n": 20_000}, language=language) == said
    assert wording.say("{n:%}", {"n": 0.804}, language=language) == "80%"
    assert wording.say("{n}", {"n": "2024"}, language=language) == "2024"


def test_word_forms_follow_the_plural_rules_of_the_language():
    template = "{n} {n:fact|facts}"
    said = [wording.say(template, {"n": n}, language="en") for n in (0, 1, 2, 21)]
    assert said == ["0 facts", "1 fact", "2 facts", "21 facts"]
    assert wording.say(template, {"n": 1}, language="ja") == "1 facts"


def test_english_stays_right_whatever_the_numbers():
    one = " ".join(sentences("en", made_up(1)))
    assert not re.search(r"\b1 (are|have|hold|fail|\w+s (that|out|for|ranked|in both)|claims|facts|fields)\b", one)
    for value in (0, 2):
        more = " ".join(sentences("en", made_up(value)))
        assert not re.search(rf"\b{value} (is|has|holds|fails|fact|claim|field|publisher)\b", more)


@pytest.mark.parametrize(("template", "error"), [("{n:.2f}", ValueError), ("{m}", KeyError), ("{n:a|b|c}", ValueError)])
def test_a_field_of_another_form_is_refused(template, error):
    with pytest.raises(error):
        wording.say(template, {"n": 1}, language="en")


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="unknown language 'fr'; expected one of en, zh, ja, id"):
        findings.headline_sentences("fr")


@pytest.mark.parametrize(
    ("language", "column"), [("en", "name_en"), ("zh", "name_zh"), ("ja", "form_ja"), ("id", "form_id")]
)
def test_cities_have_their_local_names(language, column):
    local = ac.load("entities").query("kind == 'city'").set_index("name_en", drop=False)[column]
    said = " ".join(sentences(language, real_numbers()))
    for city in votes.THREE:
        assert wording.templates(language)["leader"][city] == local[city]
        assert local[city] in said


def test_what_the_sentences_conclude_follows_from_the_numbers():
    n = real_numbers()
    # 1: Beijing first wherever the article has it so, Shenzhen nowhere; caption 1: in none is it Shenzhen
    assert n["borne_out_Beijing"] == n["article_Beijing"] > 0 and n["fields_shenzhen"] == 0
    # 2: not everywhere; 3: most stay open; 5: less than it seems
    assert n["top_three_against"] > 0 and n["claims_cannot_tell"] > n["claims"] / 2 and n["facts_wrong_in_both"] > 0
    # 4: of the three cities only Beijing has a figure, and one site of Shenzhen a first phase
    compute = ac.load("indicators").query("indicator == 'intelligent_compute'")
    assert n["cities_with_compute"] == 1
    assert compute["subject_id"].tolist().count("beijing") == 1
    rest = compute[compute["subject_id"] != "beijing"]
    assert rest[["city", "status"]].values.tolist() == [["Shenzhen", "first_phase"]]


def test_the_picture_carries_the_english_text():
    figures.use()
    assert headline.front_page().get_label() == findings.picture_text("en")
    plt.close("all")


def test_the_first_notebook_prints_these_sentences_and_captions():
    notebook = nbformat.read(ROOT / "notebooks" / "00-start-here.ipynb", 4)
    printed = "\n".join(
        output["data"].get("text/markdown", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    )
    for text in findings.headline_sentences(numbers=real_numbers()):
        assert text in printed
    form = wording.templates("en")["figure"]
    for number, caption in enumerate(findings.captions(numbers=real_numbers()), 1):
        assert wording.say(form, {"number": number, **caption}, language="en") in printed


def drawn(fig):
    """The figure as PNG; a character that the font lacks is an error."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        return figures.png(fig)


def test_the_house_font_has_every_character_of_the_front_page():
    figures.use()
    assert drawn(headline.front_page())


def test_a_character_that_the_font_lacks_is_noticed():
    figures.use()
    fig, _ = figures.canvas(2, headline="北京")
    with pytest.raises(UserWarning, match="missing from"):
        drawn(fig)
    plt.close("all")
