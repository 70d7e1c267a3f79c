"""The house style: what `show` and `table` hand to the notebook, and if the city colours can be told apart."""

import base64
import io
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from PIL import Image

from aicities import figures
from aicities import figures as house

# How linear red, green and blue mix for readers without one kind of cone (Viénot, Brettel and Mollon, 1999).
BLINDNESS = {
    "protanopia": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deuteranopia": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}


@pytest.fixture
def shown(monkeypatch):
    """What was displayed: a list of (data, metadata)."""
    outputs = []

    def record(data, metadata=None, raw=False):
        outputs.append((data if raw else data.data, metadata))

    monkeypatch.setattr(house, "display", record)
    return outputs


def drawing():
    figures.use()
    fig, ax = figures.canvas(2, headline="A finding")
    ax.plot([1, 2], [1, 2], color=figures.CITIES["Beijing"].colour)
    return figures.describe(fig, "A line from 1 to 2.")


def test_show_gives_picture_alternative_text_and_caption(shown):
    figures.show(drawing(), 3, "It rises.", source="own data, 2024")
    (picture, metadata), (caption, _) = shown
    assert picture["text/plain"] == "Figure 3: A line from 1 to 2."
    assert metadata["image/png"]["alt"] == "A line from 1 to 2."
    assert caption == "**Figure 3.** It rises. *Source: own data, 2024.*"


def test_the_picture_is_white_small_and_the_same_each_time(shown):
    figures.show(drawing(), 1, "It rises.", source="own data, 2024")
    figures.show(drawing(), 1, "It rises.", source="own data, 2024")
    first, second = (base64.b64decode(shown[n][0]["image/png"]) for n in (0, 2))
    assert first == second and len(first) < 40_000
    image = Image.open(io.BytesIO(first))
    assert image.width == round(figures.WIDTH * figures.DPI)
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert "Software" not in image.info


@pytest.mark.parametrize("given", [{"caption": " "}, {"source": ""}, {"source": "own data"}, {"alt": ""}])
def test_an_empty_text_and_a_source_without_a_year_are_refused(shown, given):
    texts = {"caption": "It rises.", "source": "own data, 2024", "alt": "A line."} | given
    fig = figures.describe(drawing(), texts.pop("alt"))
    with pytest.raises(ValueError, match=r"figure 1 needs a|names no year"):
        figures.show(fig, 1, **texts)
    assert shown == []


def test_a_picture_needs_a_source():
    with pytest.raises(TypeError, match="source"):
        figures.show(drawing(), 1, "It rises.")


def test_source_and_project_stand_inside_the_picture(tmp_path):
    figures.save(drawing(), tmp_path / "a.svg", source="own data, 2024")
    figures.save(drawing(), tmp_path / "b.svg", source="own data, 2024")
    first = (tmp_path / "a.svg").read_bytes()
    assert first == (tmp_path / "b.svg").read_bytes()
    said = [text.get_text() for text in figures.signed(drawing(), "own data, 2024").texts]
    assert "Source: own data, 2024. Drawn\u00a0by\u00a0aicities." in said
    figures.save(drawing(), tmp_path / "a.png", source="own data, 2024")
    tall, low = Image.open(tmp_path / "a.png").height, Image.open(io.BytesIO(figures.png(drawing()))).height
    assert tall > low
    with pytest.raises(ValueError, match=r"\.png or \.svg"):
        figures.save(drawing(), tmp_path / "a.gif", source="own data, 2024")


def test_a_table_is_markdown_with_readable_numbers(shown):
    frame = pd.DataFrame({"n": [1000.0, np.nan], "share": [0.256, 1.0], "a_name": ["<b> | *x*", None]})
    figures.table(frame)
    assert shown[0][0]["text/markdown"].splitlines() == [
        r"| n | share | a\_name |",
        "| ---: | ---: | :--- |",
        r"| 1,000 | 0.26 | \<b\> \| \*x\* |",
        "| – | 1.00 | – |",
    ]


def test_a_table_that_github_would_cut_is_refused(shown):
    with pytest.raises(ValueError, match="9 columns, GitHub shows 8"):
        figures.table(pd.DataFrame([range(9)]))
    with pytest.raises(ValueError, match="9 columns"):
        figures.table(pd.DataFrame([range(8)]), index=True)


def test_unknown_cities_share_one_grey_and_markers_differ():
    assert figures.city("Hangzhou") == figures.city("Wuhan") == figures.OTHER
    assert len({look.marker for look in [*figures.CITIES.values(), figures.OTHER]}) == 4


def linear(colour):
    channel = np.array(colors.to_rgb(colour))
    return np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)


def lightness(rgb):
    light = rgb @ [0.2126, 0.7152, 0.0722]
    return 116 * np.cbrt(light) - 16


@pytest.mark.parametrize("eye", [None, *BLINDNESS])
def test_city_colours_differ_in_lightness_for_every_eye(eye):
    seen = np.array(BLINDNESS[eye]) if eye else np.eye(3)
    levels = [lightness(np.clip(seen @ linear(look.colour), 0, 1)) for look in figures.CITIES.values()]
    assert min(abs(a - b) for a, b in combinations(levels, 2)) > 12


def test_city_inks_can_be_read_on_white():
    for name, look in {**figures.CITIES, "other": figures.OTHER}.items():
        contrast = 1.05 / (linear(look.ink) @ [0.2126, 0.7152, 0.0722] + 0.05)
        assert contrast >= 4.5, name  # WCAG 2.2, AA
