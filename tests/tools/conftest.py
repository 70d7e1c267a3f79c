"""One built site for all tests that look at it; its figures are kept, since drawing them takes longest."""

import functools
from unittest import mock

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from aicities import figures
from tools.site.build import build


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the site, and its figures as they were saved, wide and narrow, by the name of their file."""
    folder, kept, save = tmp_path_factory.mktemp("site"), {}, figures.save

    @functools.wraps(save)
    def keep(fig, path, *, source):
        save(fig, path, source=source)
        kept[path.stem] = fig

    with mock.patch.object(figures, "save", keep):
        build(folder)
    return folder, kept


@pytest.fixture(scope="session")
def site(built):
    return built[0]


@pytest.fixture(scope="session")
def drawn(built):
    """Every figure of the notebooks by the name of its file, as it was drawn: so that a pixel is a point."""
    with mpl.rc_context():
        for fig in built[1].values():
            fig.set_dpi(72)
            FigureCanvasAgg(fig)
        yield built[1]
    plt.close("all")
