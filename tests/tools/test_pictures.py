"""The forms of a figure on the site: on a phone everything can be read, and on a dark page it stands out."""

from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from aicities import figures
from tools.site import pictures
from tools.site.dark import COUNTERPARTS, QUIET, darkened

pytestmark = pytest.mark.xdist_group("site")
ROOT = Path(__file__).resolve().parents[2]
PAGE = "#ffffff"


def texts(fig):
    """All text that is seen: also labels of ticks, if the tick lies on its axis."""
    found = list(fig.texts)
    for ax in fig.axes:
        if ax.axison:
            for axis in (ax.xaxis, ax.yaxis):
                low, high = sorted(axis.get_view_interval())
                ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
                found += [axis.label, *(part for tick in ticks for part in (tick.label1, tick.label2))]
        legend = ax.get_legend()
        found += [*ax.texts, ax.title, ax._left_title, ax._right_title, *(legend.get_texts() if legend else ())]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def ink(colour):
    return to_hex(colour, keep_alpha=False).lower()


def behind(text, fig):
    """The colour under the middle of a text: of a patch or a mark there that isn't see-through, or of the page."""
    box = text.get_window_extent()
    middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
    found = [(-1, PAGE)]
    for ax in fig.axes if text.axes else ():
        for patch in ax.patches:
            if patch.get_facecolor()[3] == 1 and patch.get_window_extent().contains(*middle):
                found.append((patch.get_zorder(), ink(patch.get_facecolor())))
        for line in ax.lines:
            points = ax.transData.transform(line.get_xydata()) if line.get_marker() == "s" else ()
            if any(np.abs(point - middle).max() < line.get_markersize() / 2 for point in points):
                found.append((line.get_zorder(), ink(line.get_markerfacecolor())))
        for marks in ax.collections:
            points = ax.transData.transform(marks.get_offsets())
            for point, size in zip(points, marks.get_sizes(), strict=False):
                if np.abs(point - middle).max() < size**0.5 / 2:
                    found.append((marks.get_zorder(), ink(marks.get_facecolor()[0])))
    return max(found, key=lambda one: one[0])[1]


def contrast(one, other):
    def light(colour):
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


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
        for text in texts(fig):
            front, back = ink(text.get_color()), behind(text, fig)
            if contrast(turned[front], turned[back]) < 4.5:
                wrong.add(f"{name}: {text.get_text()!r}, {front} on {back}")
    assert not wrong, "\n".join(sorted(wrong))


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
