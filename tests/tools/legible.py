"""What can be read in a figure: its texts, what is behind each, and how far two colours stand apart."""

import numpy as np
from matplotlib.colors import to_hex

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
