"""How far rankings agree: pair by pair, by publisher, and all together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from ._arguments import fraction, number_table, seed_number, whole
from .lists import NotCovered, Panel, Publishers, competition_ranks, panel

__all__ = ["agreement", "agreement_by_publisher", "agreement_matrix", "kendall_w", "rank_biased_overlap"]

Measure = Literal["tau_b", "tau_x", "kemeny_distance", "common"]
Ties = Literal["uncertain", "equal"]

# So many comparisons are held at a time that the work fits into a processor's cache.
_BLOCK = 1 << 18


def agreement_matrix(ranks: pd.DataFrame, *, method: Measure = "tau_b") -> pd.DataFrame:
    """Agreement of each two rankings on the places both rank.

    Parameters
    ----------
    ranks : DataFrame, places x rankings, numbers from 1 on; smaller is better, equal numbers are ties, NaN is
        not ranked.
    method : ``tau_b`` (Kendall 1945, corrected for ties); ``tau_x`` (Emond & Mason 2002: a tie in both
        rankings is agreement, a tie in one is neither; for partial rankings taken over the common places, as
        in Yoo, Escobedo & Skolfield 2020); ``kemeny_distance`` (Kemeny 1959: 2 for a pair in opposite order,
        1 for a pair tied in one ranking only); ``common`` (the number of common places).

    Returns
    -------
    DataFrame, rankings x rankings; NaN where a coefficient is not defined: fewer than two common places or,
    for ``tau_b``, a ranking that ties all of them.

    Raises
    ------
    ValueError
        for an unknown method, no ranking or place, one that is named twice, a rank that is no number from 1 on.
    """
    values = _checked_ranks(ranks, "ranks")
    ranked = (~np.isnan(values)).astype(float)
    common = ranked.T @ ranked
    if method == "common":
        result = common
    elif method in ("tau_b", "tau_x", "kemeny_distance"):
        result = _coefficients(_pair_counts(values), tau_b=method == "tau_b")[method]
    else:
        raise ValueError(f"method={method!r}: tau_b, tau_x, kemeny_distance or common is right")
    return pd.DataFrame(result, index=ranks.columns, columns=ranks.columns)


def agreement(
    entries: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    persistence: float = 0.9,
    places: Iterable[str] | None = None,
    not_covered: NotCovered = None,
    by: Publishers = "publisher",
) -> pd.DataFrame:
    """Agreement of each two tables, one row for each pair of tables.

    Parameters
    ----------
    entries, tables, places, not_covered : see :func:`rankstats.positions`.
    persistence : the weight of depth in rank-biased overlap, see :func:`rank_biased_overlap`.
    by : column of ``tables``, or table -> publisher.

    Returns
    -------
    DataFrame with

    - ``table_a``, ``table_b``, ``publisher_a``, ``publisher_b``, ``same_publisher``;
    - ``common``: places that both list with a rank or tier, and ``tau_b`` on them;
    - ``pairs``: pairs of places whose order both tables settle (above, below or tied), those included of
      which one is known to stand below the listed ones; ``tau_x`` and ``kemeny_distance`` over these pairs;
    - ``overlap``, ``overlap_min``, ``overlap_max``: rank-biased overlap of the unbroken upper part of both
      tables, without the places that either does not cover; NaN where a table has no such part.

    Raises
    ------
    ValueError
        as :func:`rankstats.positions` does; if there are fewer than two tables; for a persistence
        outside 0 to 1.
    """
    chosen = panel(entries, tables, places=places, not_covered=not_covered, publisher=by, weights="table")
    count = len(chosen.tables)
    if count < 2:
        raise ValueError(f"agreement needs two tables or more, there is {chosen.tables[0]!r} only")
    level = np.where(chosen.settled, chosen.first, np.nan).T
    listed = (~np.isnan(level)).astype(float)
    common = listed.T @ listed
    tau_b = _coefficients(_pair_counts(level), tau_b=True)["tau_b"]
    counts = _settled_counts(chosen)
    settled = _coefficients(counts, tau_b=False)

    upper = [_upper_part(chosen, table) for table in range(count)]
    a, b = np.triu_indices(count, 1)
    overlap = [_overlap_of(chosen, upper, int(i), int(j), persistence) for i, j in zip(a, b, strict=True)]
    table, publisher = np.array(chosen.tables, dtype=object), np.array(chosen.publishers, dtype=object)
    return pd.DataFrame(
        {
            "table_a": table[a],
            "table_b": table[b],
            "publisher_a": publisher[a],
            "publisher_b": publisher[b],
            "same_publisher": publisher[a] == publisher[b],
            "common": common[a, b].astype(int),
            "tau_b": tau_b[a, b],
            "pairs": counts["pairs"][a, b].astype(int),
            "tau_x": settled["tau_x"][a, b],
            "kemeny_distance": settled["kemeny_distance"][a, b],
            "overlap": [value[0] for value in overlap],
            "overlap_min": [value[1] for value in overlap],
            "overlap_max": [value[2] for value in overlap],
        }
    )


def agreement_by_publisher(pairs: pd.DataFrame, *, value: str = "tau_x", min_common: int = 2) -> pd.DataFrame:
    """Mean agreement of each two publishers, and of each publisher's tables with one another.

    Parameters
    ----------
    pairs : what :func:`agreement` returns.
    value : the column to average.
    min_common : pairs of tables with fewer common places are left out.

    Returns
    -------
    DataFrame, publishers x publishers, symmetric; NaN where no pair of tables is left, and on the diagonal of
    a publisher with one table.

    Raises
    ------
    ValueError
        if ``pairs`` has no such column.
    """
    if value not in pairs:
        raise ValueError(f"`pairs` has no column {value!r}")
    kept = pairs.loc[pairs["common"] >= min_common, ["publisher_a", "publisher_b", value]]
    flipped = kept[kept["publisher_a"] != kept["publisher_b"]].rename(
        columns={"publisher_a": "publisher_b", "publisher_b": "publisher_a"}
    )
    mean = pd.concat([kept, flipped]).groupby(["publisher_a", "publisher_b"])[value].mean().unstack()
    names = sorted({*pairs["publisher_a"], *pairs["publisher_b"]})
    return mean.reindex(index=pd.Index(names, name="publisher"), columns=pd.Index(names, name="publisher"))


def kendall_w(ranks: pd.DataFrame, *, permutations: int = 9999, seed: int = 0) -> pd.Series:
    """Kendall's coefficient of concordance, corrected for ties (Kendall & Babington Smith 1939).

    Parameters
    ----------
    ranks : DataFrame, places x rankings, as for :func:`agreement_matrix`. Places that not all rank are left
        out; those left are ranked anew, tied ones sharing the mean of their ranks.
    permutations : random permutations of each ranking, all rankings independently (Legendre 2005).
    seed : of the random numbers.

    Returns
    -------
    Series with ``w`` (0 no agreement, 1 all the same), ``chi2`` (Friedman's statistic, ``places - 1`` degrees
    of freedom), ``p_value`` (share of permutations, the observed order counted as one, whose ``w`` is as
    large), ``p_value_se`` (its Monte Carlo standard error), ``rankings``, ``places``, ``permutations`` and
    ``seed``.

    Raises
    ------
    ValueError
        for fewer than two rankings or two places ranked by all, rankings that tie all places, or no
        permutation.
    """
    permutations, seed = whole(permutations, "permutations"), seed_number(seed)
    values = _checked_ranks(ranks, "ranks")
    if values.shape[1] < 2:
        raise ValueError(f"concordance needs two rankings or more, there is {values.shape[1]}")
    values = values[~np.isnan(values).any(axis=1)]
    places, rankings = values.shape
    if places < 2:
        raise ValueError(f"concordance needs two places ranked by all {rankings} rankings, there is {places}")
    below = (values[:, None, :] > values[None, :, :]).sum(axis=1)
    same = (values[:, None, :] == values[None, :, :]).sum(axis=1)
    # Twice the mean rank is a whole number, so equal sums of ranks compare as equal.
    doubled = 2 * below + same + 1
    # The sum over the members of a group of t ties of (t^2 - 1) is t^3 - t.
    spread = rankings**2 * (places**3 - places) - rankings * int((same**2 - 1).sum())
    if spread == 0:
        raise ValueError("each ranking ties all places: concordance is not defined")

    def deviation(doubled: np.ndarray) -> np.ndarray:
        total = doubled.sum(axis=-1)
        return (total**2).sum(axis=-1) - places * (rankings * (places + 1)) ** 2

    observed = int(deviation(doubled))
    rng = np.random.default_rng(seed)
    at_least = 0
    size = max(1, _BLOCK // doubled.size)
    for start in range(0, permutations, size):
        block = np.broadcast_to(doubled, (min(size, permutations - start), *doubled.shape))
        at_least += int((deviation(rng.permuted(block, axis=1)) >= observed).sum())
    p_value = (at_least + 1) / (permutations + 1)
    w = 3 * observed / spread
    return pd.Series(
        {
            "w": w,
            "chi2": rankings * (places - 1) * w,
            "p_value": p_value,
            "p_value_se": float(np.sqrt(p_value * (1 - p_value) / permutations)),
            "rankings": rankings,
            "places": places,
            "permutations": permutations,
            "seed": seed,
        },
        dtype=object,
        name="kendall_w",
    )


def rank_biased_overlap(a: pd.Series, b: pd.Series, *, persistence: float = 0.9, ties: Ties = "uncertain") -> pd.Series:
    """Rank-biased overlap of two lists of unequal depth (Webber, Moffat & Zobel 2010).

    Parameters
    ----------
    a, b : ranks from 1 on indexed by place, smaller is better, NaN for places not listed. What stands below the last
        listed place is unknown.
    persistence : p between 0 and 1, the chance that a reader goes on to the next place; with 0.9 the first
        ten places carry 86 percent of the weight.
    ties : ``uncertain``: one of the tied places comes first but it is not known which, so the expectation
        over all orders is taken; ``equal``: they stand at the same place, and the whole group enters with its
        first (RBO-a and RBO-w of Corsi & Urbano 2024).

    Returns
    -------
    Series with ``overlap`` (extrapolated from the observed agreement), ``overlap_min`` and ``overlap_max``
    (what the unknown rest of both lists can make of it), ``depth_a`` and ``depth_b``.

    Raises
    ------
    ValueError
        for a persistence outside 0 to 1, an unknown treatment of ties, an empty list, a place named twice or a rank
        that is no number from 1 on.
    """
    if ties not in ("uncertain", "equal"):
        raise ValueError(f"ties={ties!r}: uncertain or equal is right")
    lists = [_checked_list(ranks, name) for name, ranks in (("a", a), ("b", b))]
    names = {name: at for at, name in enumerate({**lists[0], **lists[1]})}
    starts = [np.full(len(names), np.inf), np.full(len(names), np.inf)]
    for start, ranks in zip(starts, lists, strict=True):
        start[[names[name] for name in ranks.index]] = competition_ranks(-ranks.to_numpy())
    found = _overlap(starts[0], starts[1], persistence, ties)
    depth = {"depth_a": len(lists[0]), "depth_b": len(lists[1])}
    labels = ["overlap", "overlap_min", "overlap_max"]
    return pd.Series(dict(zip(labels, found, strict=True)) | depth, name="rank_biased_overlap")


def _checked_ranks(ranks: pd.DataFrame, argument: str) -> np.ndarray:
    values = number_table(ranks, argument, "place", "ranking", missing=True).to_numpy()
    low = np.argwhere(values < 1)
    if len(low):
        place, ranking = low[0]
        raise ValueError(
            f"{argument}: place {ranks.index[place]!r} has {values[place, ranking]:g} for ranking "
            f"{ranks.columns[ranking]!r}; ranks go from 1 on"
        )
    return values


def _checked_list(ranks: pd.Series, name: str) -> pd.Series:
    if not isinstance(ranks, pd.Series):
        raise TypeError(f"{name} must be a Series of ranks by place, not {type(ranks).__name__}")
    listed = ranks.dropna()
    if listed.empty:
        raise ValueError(f"{name} lists no place")
    return pd.Series(_checked_ranks(listed.to_frame(name), name)[:, 0], index=listed.index)


Counts = dict[str, np.ndarray]


def _pair_counts(values: np.ndarray) -> Counts:
    """Over the pairs of places that both of two rankings rank, counted with one bit for each pair.

    ``signed`` is concordant minus discordant, ``untied`` (i, j) the pairs that i does not tie, ``tied`` those
    that both tie, ``pairs`` all of them.
    """
    places, rankings = values.shape
    column = np.ascontiguousarray(values.T)
    ranked = ~np.isnan(column)
    complete = ranked.all()
    with np.errstate(over="ignore"):
        narrow = column.astype(np.float32)
    if np.array_equal(narrow, column, equal_nan=True):
        column = narrow  # comparing takes half the time
    # A list laid beside itself, shifted by 1 to half its length, meets each pair of places once.
    half = places // 2
    shifted, shifted_ranked = (
        np.lib.stride_tricks.sliding_window_view(np.hstack([x, x]), max(places, 1), axis=1) for x in (column, ranked)
    )
    opposed, strict_in_both, untied = (np.zeros((rankings, rankings)) for _ in range(3))
    step = max(1, _BLOCK // max(1, values.size))
    for start in range(1, half + 1, step):
        other = slice(start, min(start + step, half + 1))
        rises = column[:, None, :] < shifted[:, other]
        strict = column[:, None, :] > shifted[:, other]
        strict |= rises
        known = strict if complete else ranked[:, None, :] & shifted_ranked[:, other]
        if places % 2 == 0 and other.stop == half + 1:
            # With an even number of places, the last shift meets its pairs twice.
            for bits in (rises, strict, known):
                bits[:, -1, half:] = False
        up, strict, known = _packed(rises), _packed(strict), _packed(known)
        if complete:
            untied += _ones(strict)[:, None]
        for at in range(rankings):
            if not complete:
                untied[at] += _ones(strict[at] & known)
            both = strict[at] & strict[at:]
            strict_in_both[at, at:] += _ones(both)
            opposed[at, at:] += _ones(both & (up[at] ^ up[at:]))
    signed = strict_in_both - 2 * opposed
    common = ranked.astype(float) @ ranked.T
    pairs = common * (common - 1) / 2
    signed, strict_in_both = (np.triu(x) + np.triu(x, 1).T for x in (signed, strict_in_both))
    tied = pairs - untied - untied.T + strict_in_both
    return {"signed": signed, "untied": untied, "pairs": pairs, "tied": tied}


def _packed(bits: np.ndarray) -> np.ndarray:
    """Booleans, one row for each ranking, as 64-bit words."""
    packed = np.packbits(bits.reshape(len(bits), -1), axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64)


def _ones(words: np.ndarray) -> np.ndarray:
    return np.bitwise_count(words).sum(axis=1, dtype=np.uint32)


def _settled_counts(chosen: Panel) -> Counts:
    """As :func:`_pair_counts`, over the pairs of places whose order both of two tables settle."""
    left, right = np.triu_indices(len(chosen.places), 1)
    above = chosen.above
    sign = np.subtract(above[:, left, right], above[:, right, left], dtype=np.float32)
    tied = chosen.tied[:, left, right].astype(np.float32)
    known = np.abs(sign) + tied
    return {
        "signed": (sign @ sign.T).astype(float),
        "pairs": (known @ known.T).astype(float),
        "tied": (tied @ tied.T).astype(float),
    }


def _coefficients(counts: Counts, *, tau_b: bool) -> Counts:
    agreed = counts["signed"] + counts["tied"]
    with np.errstate(invalid="ignore", divide="ignore"):
        if tau_b:
            scale = np.sqrt(counts["untied"] * counts["untied"].T)
            return {"tau_b": np.clip(counts["signed"] / scale, -1.0, 1.0)}
        return {"tau_x": agreed / counts["pairs"], "kemeny_distance": counts["pairs"] - agreed}


def _upper_part(chosen: Panel, table: int) -> dict[int, float]:
    """Place -> level of the part of a table that is known without gap, from the first place down."""
    first, last = chosen.first[table], chosen.last[table]
    listed = np.flatnonzero(~np.isnan(first) & (chosen.state[table] != "not_listed"))
    part: dict[int, float] = {}
    for level in np.unique(first[listed]):
        group = [at for at in listed if first[at] == level]
        # Members without a rank count as a group once their number fills the places they may hold.
        whole = all(last[at] in (level, level + len(group) - 1) for at in group)
        if not whole or level >= chosen.below[table]:
            break
        part.update((int(at), float(level)) for at in group)
    return part


def _overlap_of(
    chosen: Panel, upper: list[dict[int, float]], a: int, b: int, persistence: float
) -> tuple[float, float, float]:
    both = chosen.covered[a] & chosen.covered[b]
    starts = []
    for part in (upper[a], upper[b]):
        start = np.full(len(chosen.places), np.nan)
        kept = [at for at in part if both[at]]
        if not kept:
            fraction(persistence, "persistence")
            return np.nan, np.nan, np.nan
        start[kept] = [part[at] for at in kept]
        starts.append(np.nan_to_num(competition_ranks(-start), nan=np.inf))
    return _overlap(starts[0], starts[1], persistence, "uncertain")


def _overlap(a: np.ndarray, b: np.ndarray, p: float, ties: Ties) -> tuple[float, float, float]:
    """Extrapolated, least and greatest overlap of two lists of competition ranks (infinite: not listed)."""
    fraction(p, "persistence")
    if np.isfinite(a).sum() > np.isfinite(b).sum():
        a, b = b, a
    short, long = int(np.isfinite(a).sum()), int(np.isfinite(b).sum())
    depth = np.arange(1, long + 1)
    in_a, in_b = _within(a, depth, ties), _within(b, depth, ties)
    size_a = np.where(depth <= short, in_a.sum(axis=1), depth)
    size = (size_a + in_b.sum(axis=1)) / 2
    seen = (in_a * in_b).sum(axis=1)
    beyond = np.maximum(depth - short, 0)

    weight = (1 - p) * p ** (depth - 1.0)
    extrapolated = (seen + seen[short - 1] / size[short - 1] * beyond) / size
    middle = float(weight @ extrapolated + p**long * extrapolated[-1])

    total = float(seen[-1])
    # The sum of p^d / d over all d is -log(1 - p).
    tail = -np.log1p(-p) - float((p**depth / depth).sum())
    least = float(weight @ (seen / size)) + (1 - p) / p * total * tail

    full = int(np.ceil(short + long - total))
    deeper = np.arange(long + 1, max(full, long) + 1)
    most = np.minimum((seen + beyond) / size, 1.0)
    rest = np.minimum((total + 2 * deeper - short - long) / deeper, 1.0)
    greatest = float(weight @ most + (1 - p) * (p ** (deeper - 1.0) @ rest) + p ** max(full, long))
    return middle, least, greatest


def _within(start: np.ndarray, depth: np.ndarray, ties: Ties) -> np.ndarray:
    """Depths x places: how much of each place belongs to the list down to each depth."""
    if ties == "equal":
        return (start[None, :] <= depth[:, None]).astype(float)
    group = (start[:, None] == start[None, :]).sum(axis=1)
    return np.clip((depth[:, None] - start[None, :] + 1) / group, 0.0, 1.0)
