"""The forms of a figure on the site: on a phone everything can be read, and on a dark page it stands out."""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from aicities import figures
from tests.tools.legible import PAGE, contrast
from tools.site import pictures
from tools.site.dark import COUNTERPARTS, QUIET, darkened

ROOT = Path(__file__).resolve().parents[2]


def test_on_a_dark_page_marks_stand_out_and_what_lies_behind_them_does_not():
    page = COUNTERPARTS[PAGE]
    assert page in (ROOT / "tools/site/templates/site.css").read_text("utf-8"), "the page that figures are turned for"
    on_fills = {PAGE, figures.CITIES["Shenzhen"].on.lower()}
    faint = {light for light, dark in COUNTERPARTS.items() if light not in on_fills and contrast(dark, page) < 3}
    assert not faint
    assert all(contrast(dark, page) < 3 and contrast(light, PAGE) < 1.6 for light, dark in QUIET.items())


def test_a_dark_figure_has_no_colour_of_the_light_one_and_an_unknown_one_is_named():
    assert darkened('style="fill: #222b36; stroke: none"') == 'style="fill: #e3e8ed; stroke: none"'
    assert darkened("fill: url(#h1)") == "fill: url(#h1)"
    with pytest.raises(ValueError, match="#123456"):
        darkened("fill: #123456")
    with pytest.raises(ValueError, match="red"):
        darkened("stroke: red")


def test_a_headline_that_is_too_long_is_broken_into_lines_of_like_length():
    with mpl.rc_context(), pictures.on_a_phone():
        figures.use()
        fig, _ = figures.canvas(3, headline="A headline that is much longer than\na phone is wide, with more words")
        kept, _ = figures.canvas(3, headline="Short enough\nfor a phone")
        for one in (fig, kept):
            pictures.slim(one)
        lines = [len(line) for line in fig.get_suptitle().splitlines()]
        assert len(lines) == 2 and abs(lines[0] - lines[1]) < 12
        assert kept.get_suptitle() == "Short enough\nfor a phone" and kept.get_figheight() == 3
        for one in (fig, kept):
            plt.close(one)


def test_forms_of_a_figure_are_offered_by_width_and_light(tmp_path):
    assert pictures.sources(tmp_path / "x-1.png") == ""
    for ending in ("-narrow", "-dark"):
        (tmp_path / f"x-1{ending}.svg").write_text('<svg width="9pt" viewBox="0 0 100 200">', "utf-8")
    narrow, dark, rest = pictures.sources(tmp_path / "x-1.png", root="y/").split(">")
    assert 'srcset="y/x-1-narrow.svg" width="480" height="960"' in narrow and "max-width" in narrow
    assert 'srcset="y/x-1-dark.svg" width="720" height="1440"' in dark and "dark)" in dark and not rest
