"""Scores of all places under drawn weights, a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .frames import Values, checked, checked_interval, level, linear_form, missing_rule, opened
from .weights import WeightLaw, corners, draw

# A chunk has 256 to 8,192 draws, fewer only where every value is drawn too: about half a MiB for each array.
_CHUNK_ELEMENTS = 1 << 16
_CHUNK_DRAWS = (256, 8192)
# OpenBLAS starts threads for products of more than 4 × 65,536 multiplications. On a busy machine these wait
# for each other far longer than the product takes, so larger products are cut into blocks of rows below that.
_ONE_THREAD = 4 * 65_536


@dataclass(frozen=True)
class Scores:
    """What is needed to score places under drawn weights.

    `at_corners` holds each place's score at each corner of the simplex of weights; scores under any weights
    of the law are a mixture of these, and level if all of these are. `values` is the table (of low values, for an
    interval).
    """

    values: pd.DataFrame
    at_corners: np.ndarray
    points: np.ndarray
    alpha: np.ndarray
    missing: str
    noise: tuple[np.ndarray, np.ndarray, str] | None = None

    def chunks(self, draws: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield (negated scores, parts), one row per draw; both arrays are used again for the next chunk.

        Scores are negated so that sorting puts the best place first. The parts are the weights of the corners.
        """
        weights_generator = np.random.default_rng(seed)
        values_generator = np.random.default_rng([seed, 1])
        per_draw = self.at_corners.size if self.noise else len(self.at_corners)
        smallest = 1 if self.noise else _CHUNK_DRAWS[0]
        size = min(max(_CHUNK_ELEMENTS // per_draw, smallest), _CHUNK_DRAWS[1], draws)
        negated = np.empty((size, len(self.at_corners)))
        parts = np.empty((size, len(self.alpha)))
        corner_scores = np.ascontiguousarray(-self.at_corners.T)
        for start in range(0, draws, size):
            count = min(size, draws - start)
            draw(weights_generator, self.alpha, parts[:count])
            parts[:count] /= np.einsum("ij->i", parts[:count])[:, None]
            if self.noise:
                negated[:count] = -self._noisy(parts[:count], values_generator)
            else:
                product(parts[:count], corner_scores, negated[:count])
            yield negated[:count], parts[:count]

    def _noisy(self, parts: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        assert self.noise is not None
        low, width, method = self.noise
        values = generator.random((len(parts), *low.shape))
        values *= width
        values += low
        if method == "geometric":
            np.log(values, out=values)
        elif method == "harmonic":
            np.divide(-1.0, values, out=values)
        weights = np.empty((len(parts), low.shape[1]))
        product(parts, self.points, weights)
        return np.einsum("dpi,di->dp", values, weights)


def product(left: np.ndarray, right: np.ndarray, out: np.ndarray) -> None:
    """``left @ right`` into `out`, in blocks small enough for BLAS to stay in one thread."""
    rows = max(_ONE_THREAD // right.size, 1)
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=out[start : start + rows])


def scores_of(values: Values, law: WeightLaw, method: str) -> Scores:
    """Check the table and the law, and prepare the scores."""
    values, noise = opened(values), None
    if isinstance(values, tuple):
        table, high = checked_interval(values, places=2)
        terms = linear_form(table, method)
        linear_form(high, method)
        noise = (table.to_numpy(), (high - table).to_numpy(), method)
        missing = missing_rule(values[0])
    else:
        table = checked(values, places=2)
        terms = linear_form(table, method)
        missing = missing_rule(table)
    points, alpha = corners(law, table.columns)
    by_corner = points @ terms.to_numpy().T
    at_corners = np.ascontiguousarray(level(by_corner, points @ np.abs(terms.to_numpy()).T).T)
    return Scores(table, at_corners, points, alpha, missing, noise)


def group_equal(scores: Scores) -> tuple[np.ndarray, Scores, np.ndarray]:
    """Group places that are tied under all weights: (group of each place, scores by group, group sizes)."""
    rows = scores.at_corners
    if scores.noise:
        # places whose values vary are drawn apart, even between equal bounds
        varies = scores.noise[1].any(axis=1)
        rows = np.column_stack((rows, np.where(varies, np.arange(1, len(rows) + 1), 0)))
    _, firsts, group, sizes = np.unique(rows, axis=0, return_index=True, return_inverse=True, return_counts=True)
    # groups in the order of the table, so that draws do not depend on how unique() sorts
    order = np.argsort(firsts)
    group = np.argsort(order)[group.reshape(-1)]
    noise = scores.noise and (scores.noise[0][firsts[order]], scores.noise[1][firsts[order]], scores.noise[2])
    kept = Scores(
        scores.values,
        scores.at_corners[firsts[order]],
        scores.points,
        scores.alpha,
        scores.missing,
        noise or None,
    )
    return group, kept, sizes[order]
