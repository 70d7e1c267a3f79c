import matplotlib.pyplot as plt
import pandas as pd
import pytest

from aicities import figures
from aicities.study.headline import figures as headline


@pytest.fixture(autouse=True)
def style():
    figures.use()
    yield
    plt.close("all")


def test_votes_draw_the_article_and_each_publisher():
    counted = pd.DataFrame(
        {"dimension": ["models", "models", "hardware"], "leader": ["cannot tell", "Beijing", "Shanghai"]}
    )
    article = pd.Series({"models": "Beijing", "hardware": "Shenzhen"})
    fig = headline.votes(counted, article, headline="x")
    (ax,) = fig.axes
    drawn = [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in ax.lines]
    assert drawn[:5] == [(0, 0, "o"), (1.3, 0, "o"), (2.0, 0, "x"), (0, 1, "^"), (1.3, 1, "s")]
    assert "hardware: the article Shenzhen, publishers 1 Shanghai" in fig.get_label()
    key = [text.get_text() for text in ax.texts[2:]]
    assert key == ["Beijing", "Shanghai", "Shenzhen", "cannot tell"]


def test_verdict_bars_stack_up_and_leave_out_zeros():
    counts = pd.DataFrame([[6, 0, 0, 7], [1, 1, 1, 3]], index=["Beijing", "all"], columns=list(headline.VERDICTS))
    (ax,) = headline.verdict_bars(counts, headline="x").axes
    assert max(bar.get_x() + bar.get_width() for bar in ax.patches) == 13
    assert [text.get_text() for text in ax.texts][:6] == ["6", "7", "1", "1", "1", "3"]


def test_the_front_page_comes_from_the_data_package():
    label = headline.front_page().get_label()
    assert label.startswith("One row per field") and "research: the article Beijing" in label
