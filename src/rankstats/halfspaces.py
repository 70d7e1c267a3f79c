"""Volumes that half-spaces cut from a simplex: what exact chances over all weights are made of."""

from __future__ import annotations

from math import comb

import numpy as np

from ._arguments import power_of_two

# Rows handled at a time: enough to pay for each numpy call, and a few MiB of working arrays.
ROWS = 30_000
# A Dirichlet law with whole-number parameters is exact by repeating corners; more than this is left to draws.
_MOST_CORNERS = 400
_NOTHING = 2.0**-500
# Pieces that cutting a simplex of 16 corners can give: C(16, 8).
_MOST_PIECES = 12_870


def whole_corners(alpha: np.ndarray) -> np.ndarray | None:
    """How often each corner is repeated to make the Dirichlet law uniform; None if no whole number does.

    Dirichlet(α) with whole α is the law of a uniform draw whose corner i is repeated α_i times.
    """
    whole = np.rint(alpha)
    # weights such as 0.2 × 15 miss the whole number by rounding only
    if not np.allclose(alpha, whole, rtol=1e-12, atol=0) or whole.sum() > _MOST_CORNERS:
        return None
    return whole.astype(int)


def fraction_positive(corner_values: np.ndarray) -> np.ndarray:
    """Part of a simplex on which a linear function is positive.

    Parameters
    ----------
    corner_values : One simplex per row: the function's values at its m corners.

    Returns
    -------
    array, shape (n,): volumes as parts of the whole simplex; 0.5 where the function is zero everywhere. With a place's
    lead over another in each indicator for corner values, it is the part of all weights under which it is ahead.

    Notes
    -----
    The volume that a half-space cuts from a simplex has a closed form (Varsi 1973; Ali 1973). With positive
    corner values y and negative ones -x, cutting one edge between a positive and a negative corner splits the
    simplex into two smaller ones of the same kind, so

        f(h, k) = (x_k f(h-1, k) + y_h f(h, k-1)) / (x_k + y_h),   f(h, 0) = 1,   f(0, k) = 0.

    All terms are positive, so no digits cancel: the relative error grows only with m times the machine
    precision. A corner of value zero changes nothing and is left out.

    References
    ----------
    Varsi, G. (1973). The multidimensional content of the frustum of the simplex. Pacific Journal of
    Mathematics 46(1), 303-314.
    Ali, M. M. (1973). Content of the frustum of a simplex. Pacific Journal of Mathematics 48(2), 313-322.

    Examples
    --------
    >>> rankstats.fraction_positive(np.array([[2.0, -1.0], [1.0, 1.0]])).round(3).tolist()
    [0.667, 1.0]
    """
    given: object = corner_values
    if not isinstance(given, np.ndarray) or given.ndim != 2 or not given.shape[1] or given.dtype.kind not in "iuf":
        kind = type(given).__name__
        raise TypeError(f"corner_values is a {kind}; it must be an array of numbers, simplexes × corners")
    if not np.isfinite(corner_values).all():
        raise ValueError("corner_values has a value that is missing or infinite; every corner needs a number")
    result = np.empty(len(corner_values))
    size = corner_values.shape[1]
    for start in range(0, len(corner_values), ROWS):
        block = np.sort(scaled(corner_values[start : start + ROWS]), axis=1)
        # one simplex per column, and those alike side by side, so that each step runs along whole rows
        block = np.ascontiguousarray(block.T)
        kinds = (block < 0).sum(axis=0, dtype=np.int32) * (size + 1) + (block > 0).sum(axis=0, dtype=np.int32)
        order = np.argsort(kinds, kind="stable")
        block, kinds = np.take(block, order, axis=1), kinds[order]
        part = np.empty(len(order))
        for alike in np.split(np.arange(len(order)), np.flatnonzero(np.diff(kinds)) + 1):
            negatives, positives = divmod(int(kinds[alike[0]]), size + 1)
            columns = slice(alike[0], alike[-1] + 1)
            part[columns] = _cut(block[size - positives :, columns], -block[:negatives, columns])
        result[start + order] = part
    return result


def scaled(corner_values: np.ndarray) -> np.ndarray:
    """Corner values, one simplex per row, brought to the size of 1, so that products of them are numbers.

    What is too small beside the largest for its products becomes zero, which moves the cut by less than any rounding.
    """
    size = np.abs(corner_values)
    if size.size and size.min() > _NOTHING**0.5 and size.max() < _NOTHING**-0.5:
        return corner_values
    result = corner_values * power_of_two(size.max(axis=1))[:, None]
    result[np.abs(result) < _NOTHING] = 0.0
    return result


def _cut(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """f(H, K) for columns that all have H positive corner values `above` and K negative ones, `below`."""
    if not len(above) or not len(below):
        value = 0.5 if not len(above) and not len(below) else float(len(above) > 0)
        return np.full(above.shape[1], value)
    parts, share, rest = np.zeros((3, *below.shape))
    for y in above:
        # share = y / (x + y), rest = x f(h-1, k) / (x + y), with one division for both
        np.add(below, y, out=rest)
        np.divide(1.0, rest, out=rest)
        np.multiply(rest, y, out=share)
        rest *= below
        parts *= rest
        for k in range(len(below)):
            if k:
                share[k] *= parts[k - 1]
            parts[k] += share[k]
    return parts[-1]


def both_positive(f: np.ndarray, g: np.ndarray) -> float:
    """Part of a simplex on which two functions, given by their corner values, are both positive.

    The simplex is cut into smaller ones where f = 0, and g > 0 is measured on those where f > 0.

    A piece is known by the corners with f > 0 and with f < 0 that it still has, and by g at the corners that
    cutting has put where f = 0. Cutting between the last of each gives two pieces; see `fraction_positive`.
    """
    f, g = scaled(np.stack((f, g)))
    above, below, on = np.flatnonzero(f > 0), np.flatnonzero(f < 0), np.flatnonzero(f == 0)
    _refuse_too_many(len(above), len(below))
    pieces = {(len(above), len(below)): (np.ones(1), g[on][None, :])}
    total = 0.0
    for left in range(len(above) + len(below), -1, -1):
        for h in range(min(left, len(above)), -1, -1):
            k = left - h
            if (h, k) not in pieces:
                continue
            volume, at_zero = pieces.pop((h, k))
            if k == 0 and h > 0:
                corners = np.column_stack((np.tile(g[above[:h]], (len(volume), 1)), at_zero))
                total += float(volume @ fraction_positive(corners))
            if h == 0 or k == 0:
                continue
            y, x = f[above[h - 1]], -f[below[k - 1]]
            cut = (x * g[above[h - 1]] + y * g[below[k - 1]]) / (x + y)
            at_zero = np.column_stack((at_zero, np.full(len(volume), cut)))
            for state, share in (((h, k - 1), y / (x + y)), ((h - 1, k), x / (x + y))):
                if state in pieces:
                    old_volume, old = pieces[state]
                    pieces[state] = (np.append(old_volume, volume * share), np.vstack((old, at_zero)))
                else:
                    pieces[state] = (volume * share, at_zero)
    return total


def _refuse_too_many(above: int, below: int) -> None:
    if comb(above + below, above) > _MOST_PIECES * 2:
        raise ValueError(
            f"exact rank acceptability would cut the weights into {comb(above + below, above):,} pieces; it "
            "is meant for up to 16 indicators; use acceptability()"
        )
