"""What can be read in a figure: its texts, what is behind each, and how far two colours stand apart."""

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


def grounds(fig):
    """What texts of the Axes may stand on: box, layer and colour of each patch and mark that isn't see-through."""
    found = []

    def marks(points, size, layer, colour):
        found.extend(((*(point - size / 2), *(point + size / 2)), layer, colour) for point in points)

    for ax in fig.axes:
        for patch in ax.patches:
            if patch.get_facecolor()[3] == 1:
                found.append((patch.get_window_extent().extents, patch.get_zorder(), ink(patch.get_facecolor())))
        for line in ax.lines:
            if line.get_marker() == "s":
                points, colour = ax.transData.transform(line.get_xydata()), ink(line.get_markerfacecolor())
                marks(points, line.get_markersize(), line.get_zorder(), colour)
        for many in ax.collections:
            for point, size in zip(ax.transData.transform(many.get_offsets()), many.get_sizes(), strict=False):
                marks([point], size**0.5, many.get_zorder(), ink(many.get_facecolor()[0]))
    return found


def behind(text, grounds):
    """The colour under the middle of a text: of what is uppermost there, or of the page."""
    box = text.get_window_extent()
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    under = [(layer, colour) for (x0, y0, x1, y1), layer, colour in grounds if x0 <= x <= x1 and y0 <= y <= y1]
    return max([(-1, PAGE), *(under if text.axes else ())], key=lambda one: one[0])[1]


def contrast(one, other):
    def light(colour):
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)
