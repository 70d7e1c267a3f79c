"""How far rankings, and indicators, agree: pair by pair, with the rest, and all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from ._arguments import choice, fraction, refuse_memory, seeded, whole
from .frames import checked, checked_weights, opened
from .lists import Lists, checked_lists, competition_ranks, read

Ties = Literal["uncertain", "equal"]

# So many comparisons are held at a time that the work fits into a processor's cache.
_BLOCK = 1 << 18
# Pairs of places whose order is known, times lists, that are multiplied at a time.
_CELLS = 1 << 22


def agreement_matrix(lists: Lists) -> pd.DataFrame:
    """Kendall's tau-b (1945, corrected for ties) of each two lists, on the places that both rank.

    For indicators, read their table with ``scores="higher"``. For other measures, see :func:`agreement`.

    Returns
    -------
    DataFrame, lists × lists; NaN where two lists have fewer than two places in common, or one ties all of them.

    Examples
    --------
    >>> lists = rankstats.read({"x": ["a", "b", "c"], "y": ["a", "c", "b"], "z": ["c", "b", "a"]})
    >>> rankstats.agreement_matrix(lists).round(3)
    table_id      x      y      z
    table_id
    x         1.000  0.333 -1.000
    y         0.333  1.000 -0.333
    z        -1.000 -0.333  1.000
    """
    names = pd.Index(checked_lists(lists).lists, name="table_id")
    return pd.DataFrame(_tau_b(lists.levels.T), index=names, columns=names)


def agreement(lists: Lists, *, overlap: bool = False, persistence: float = 0.9) -> pd.DataFrame:
    """Agreement of each two lists, one row for each pair of lists.

    Parameters
    ----------
    lists : From :func:`rankstats.read`; two or more.
    overlap : Also give rank-biased overlap, which takes a third of a millisecond a pair.
    persistence : The weight of depth in it, see :func:`rank_biased_overlap`.

    Returns
    -------
    DataFrame with

    - ``table_a``, ``table_b``, ``publisher_a``, ``publisher_b``, ``same_publisher``;
    - ``common``: places that both list with a rank or tier, and ``tau_b`` on them;
    - ``pairs``: pairs of places whose order both lists settle (above, below or tied), those included of which one is
      known to stand below the listed ones; over these pairs ``tau_x`` (Emond & Mason 2002: a tie in both lists is
      agreement, a tie in one is neither) and ``kemeny_distance`` (Kemeny 1959: 2 for a pair in opposite order, 1 for
      a pair tied in one list only);
    - if asked for, ``overlap``, ``overlap_min``, ``overlap_max``: rank-biased overlap of the unbroken upper part of
      both lists, without the places that either does not cover; NaN where a list has no such part.

    Examples
    --------
    >>> lists = rankstats.read({"x": ["a", "b", "c"], "y": ["a", "c"], "z": ["c", "b", "a"]})
    >>> rankstats.agreement(lists)[["table_a", "table_b", "common", "tau_b", "pairs", "tau_x"]]
      table_a table_b  common  tau_b  pairs     tau_x
    0       x       y       2    1.0      3  0.333333
    1       x       z       3   -1.0      3 -1.000000
    2       y       z       2   -1.0      3 -0.333333
    """
    count = len(checked_lists(lists).lists)
    if count < 2:
        raise ValueError(f"agreement needs two tables or more, there is {lists.lists[0]!r} only")
    fraction(persistence, "persistence")
    advice = "select fewer lists, or take agreement_matrix()"
    refuse_memory(count**2 * 120.0, f"the agreement of each two of {count:,} lists", advice)
    level = lists.levels.T
    known = (~np.isnan(level)).astype(float)
    common = known.T @ known
    tau_b = _tau_b(level)
    signed, pairs, tied = _settled_counts(lists)
    agreed = signed + tied
    with np.errstate(invalid="ignore", divide="ignore"):
        tau_x = agreed / pairs
    a, b = np.triu_indices(count, 1)
    table, publisher = np.array(lists.lists, dtype=object), np.array(lists.publishers, dtype=object)
    frame = pd.DataFrame(
        {
            "table_a": table[a],
            "table_b": table[b],
            "publisher_a": publisher[a],
            "publisher_b": publisher[b],
            "same_publisher": publisher[a] == publisher[b],
            "common": common[a, b].astype(int),
            "tau_b": tau_b[a, b],
            "pairs": pairs[a, b].astype(int),
            "tau_x": tau_x[a, b],
            "kemeny_distance": (pairs - agreed)[a, b],
        }
    )
    choice(overlap, "overlap", True, False)
    if overlap:
        upper = [_upper_part(lists, at) for at in range(count)]
        found = [_overlap_of(lists, upper, int(i), int(j), persistence) for i, j in zip(a, b, strict=True)]
        frame[["overlap", "overlap_min", "overlap_max"]] = found
    return frame


def kendall_w(lists: Lists, *, permutations: int = 9999, seed: int = 0) -> pd.Series:
    """Kendall's coefficient of concordance, corrected for ties (Kendall & Babington Smith 1939).

    Parameters
    ----------
    lists : From :func:`rankstats.read`. Places that not all rank are left out; those left are ranked anew, tied ones
        sharing the mean of their ranks.
    permutations : Random permutations of each list, all lists independently (Legendre 2005). The chance is that of
        independent random orders: lists of one publisher are no such thing.
    seed : Of the random numbers.

    Returns
    -------
    Series with ``w`` (0 no agreement, 1 all the same), ``chi2`` (Friedman's statistic, ``places - 1`` degrees of
    freedom), ``p_value`` (share of permutations, the observed order counted as one, whose ``w`` is as large),
    ``p_value_se`` (its Monte Carlo standard error), ``rankings``, ``places``, ``permutations`` and ``seed``.

    References
    ----------
    Legendre, P. (2005). Species associations: the Kendall coefficient of concordance revisited. Journal of
    Agricultural, Biological and Environmental Statistics 10(2), 226-245.

    Examples
    --------
    >>> found = rankstats.kendall_w(rankstats.read([["a", "b", "c"], ["a", "c", "b"], ["a", "b", "c"]]))
    >>> float(round(found["w"], 4)), found["places"]
    (0.7778, 3)
    """
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    values = checked_lists(lists).levels.T
    if values.shape[1] < 2:
        raise ValueError(f"concordance needs two rankings or more, there is {values.shape[1]}")
    values = values[~np.isnan(values).any(axis=1)]
    places, rankings = values.shape
    if places < 2:
        raise ValueError(f"concordance needs two places ranked by all {rankings} rankings, there is {places}")
    column = np.sort(values, axis=0)
    below = np.column_stack([np.searchsorted(column[:, at], values[:, at]) for at in range(rankings)])
    upto = np.column_stack([np.searchsorted(column[:, at], values[:, at], side="right") for at in range(rankings)])
    same = upto - below
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


def rank_biased_overlap(a: Any, b: Any, *, persistence: float = 0.9, ties: Ties = "uncertain") -> pd.Series:
    """Rank-biased overlap of two lists of unequal depth (Webber, Moffat & Zobel 2010).

    Parameters
    ----------
    a, b : list of places, or Series or mapping of ranks by place; as one list of :func:`rankstats.read`. What stands
        below the last listed place is unknown.
    persistence : p between 0 and 1, the chance that a reader goes on to the next place; with 0.9 the first ten places
        carry 86 percent of the weight.
    ties : {"uncertain", "equal"}; ``uncertain``: one of the tied places comes first but it is not known which, so each
        depth is given the mean over all orders of the tied places (RBO-a of Corsi & Urbano 2024). ``equal``: they
        stand at the same place, and the whole group enters with its first (RBO-w).

    Returns
    -------
    Series with ``overlap`` (extrapolated from the observed agreement), ``overlap_min`` and ``overlap_max`` (what the
    unknown rest of both lists can make of it), ``depth_a`` and ``depth_b``.

    Notes
    -----
    Under ``uncertain`` all three values are the exact means over all orders of the tied places. The code published
    with Corsi & Urbano (2024) departs from that where the lists differ in depth and a tie reaches across the depth
    of the shorter one: there its values lie up to .046 (its maxima up to .060) away.

    References
    ----------
    Webber, W., Moffat, A., and Zobel, J. (2010). A similarity measure for indefinite rankings. ACM Transactions on
    Information Systems 28(4), 20.
    Corsi, M., and Urbano, J. (2024). The treatment of ties in rank-biased overlap. SIGIR 2024, 251-260.

    Examples
    --------
    >>> rankstats.rank_biased_overlap(["a", "b"], ["a", ("b", "c", "d")])["overlap"].round(4)
    np.float64(0.8305)
    """
    choice(ties, "ties", "uncertain", "equal")
    lists = [_only_list(given, name) for name, given in (("a", a), ("b", b))]
    names = {name: at for at, name in enumerate({**lists[0], **lists[1]})}
    starts = [np.full(len(names), np.inf), np.full(len(names), np.inf)]
    for start, ranks in zip(starts, lists, strict=True):
        start[[names[name] for name in ranks]] = competition_ranks(-np.array(list(ranks.values())))
    found = _overlap(starts[0], starts[1], persistence, ties)
    depth = {"depth_a": len(lists[0]), "depth_b": len(lists[1])}
    labels = ["overlap", "overlap_min", "overlap_max"]
    return pd.Series(dict(zip(labels, found, strict=True)) | depth, name="rank_biased_overlap")


def indicator_agreement(values: pd.DataFrame, *, weights: Any = None) -> pd.DataFrame:
    """Who agrees with whom among indicators: each with the others, and with the score of all the others.

    Parameters
    ----------
    values : Places × indicators, normalised, higher is better; missing values stay out of each pair.
    weights : mapping, Series, list, array or "equal", optional; of the indicators in the score of the others; equal if
        not given.

    Returns
    -------
    DataFrame by indicator: ``places`` with a value, ``mean_tau`` (mean tau-b with the others), ``closest`` and
    ``closest_tau``, ``furthest`` and ``furthest_tau``, and ``rest_tau`` (tau-b with the mean of the others, over
    places that have a value). For each two indicators see :func:`agreement_matrix`. ``attrs["alpha"]`` is Cronbach's
    alpha over places without a gap: how far the indicators measure one thing.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16(3), 297-334.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 2, 3, 4], "y": [2, 1, 3, 4], "z": [4, 3, 2, 1]})
    >>> rankstats.indicator_agreement(table)[["mean_tau", "closest", "furthest", "rest_tau"]].round(3)
               mean_tau closest furthest  rest_tau
    indicator
    x            -0.167       y        z    -0.183
    y             0.000       x        z       NaN
    z            -0.833       y        x    -0.913
    """
    table = checked(opened(values), missing=True, places=2)
    if table.shape[1] < 2:
        raise ValueError("agreement needs two indicators or more, there is one")
    weight = checked_weights(weights, table.columns)
    lists = read(table.set_axis(map(str, range(len(table)))), scores="higher")
    tau = pd.DataFrame(_tau_b(lists.levels.T), index=table.columns, columns=table.columns)
    tau = tau.mask(np.eye(len(tau), dtype=bool))
    some = tau.loc[:, tau.notna().any()]
    frame = pd.DataFrame(
        {
            "places": table.notna().sum(),
            "mean_tau": tau.mean(),
            "closest": some.idxmax(),
            "closest_tau": tau.max(),
            "furthest": some.idxmin(),
            "furthest_tau": tau.min(),
            "rest_tau": [_tau_with_rest(table, name, weight) for name in table.columns],
        },
        index=table.columns.rename("indicator"),
    )
    frame.attrs["alpha"] = _alpha(table.dropna())
    return frame


def _tau_with_rest(table: pd.DataFrame, name: Any, weight: pd.Series) -> float:
    """Tau-b of an indicator with the mean of all others, over places that have both."""
    rest = table.drop(columns=name)
    share = rest.notna() * weight[rest.columns]
    score = (rest.fillna(0) * share).sum(axis=1) / share.sum(axis=1)
    both = pd.DataFrame({"own": table[name], "rest": score}).dropna()
    return float(_tau_b(np.round(both.to_numpy() / max(both.abs().to_numpy().max(initial=0), 1e-300), 12))[0, 1])


def _alpha(table: pd.DataFrame) -> float:
    """Cronbach's alpha; NaN for fewer than two places, or a sum that never varies."""
    total, count = table.sum(axis=1).var(), table.shape[1]
    if len(table) < 2 or not total > 0:
        return float("nan")
    return float(count / (count - 1) * (1 - table.var().sum() / total))


def _only_list(given: Any, name: str) -> dict[str, float]:
    """Place -> level of one list."""
    from ._sheets import from_orders

    if not isinstance(given, Mapping | pd.Series | Sequence) or isinstance(given, str):
        raise TypeError(f"{name} must be a list of places or a Series of ranks by place, not {type(given).__name__}")
    (sheet,), _ = from_orders({name: given}, None, "auto")
    return dict(zip(sheet.place, sheet.rank, strict=True))


def _tau_b(values: np.ndarray) -> np.ndarray:
    """Tau-b of each two columns over the pairs of places that both rank, counted with one bit for each pair."""
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
    # untied[i, j] are the pairs that i does not tie
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.clip((np.triu(signed) + np.triu(signed, 1).T) / np.sqrt(untied * untied.T), -1.0, 1.0)


def _packed(bits: np.ndarray) -> np.ndarray:
    """Booleans, one row for each ranking, as 64-bit words."""
    packed = np.packbits(bits.reshape(len(bits), -1), axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64)


def _ones(words: np.ndarray) -> np.ndarray:
    return np.bitwise_count(words).sum(axis=1, dtype=np.uint32)


def _settled_counts(lists: Lists) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the pairs of places whose order both of two lists settle: concordant less discordant, all, tied in both."""
    left, right = np.triu_indices(len(lists.places), 1)
    count = len(lists.lists)
    signed, pairs, tied_in_both = np.zeros((3, count, count))
    step = max(1, _CELLS // count)
    first, last, level = lists.first, lists.last, lists.levels
    for start in range(0, len(left), step):
        a, b = left[start : start + step], right[start : start + step]
        sign = np.subtract(last[:, a] < first[:, b], last[:, b] < first[:, a], dtype=np.float32)
        tied = (level[:, a] == level[:, b]).astype(np.float32)
        known = np.abs(sign) + tied
        signed += sign @ sign.T
        pairs += known @ known.T
        tied_in_both += tied @ tied.T
    return signed, pairs, tied_in_both


def _upper_part(chosen: Lists, table: int) -> dict[int, float]:
    """Place -> level of the part of a table that is known without gap, from the first place down."""
    first, last = chosen.first[table], chosen.last[table]
    listed = np.flatnonzero(chosen.listed[table])
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
    chosen: Lists, upper: list[dict[int, float]], a: int, b: int, persistence: float
) -> tuple[float, float, float]:
    both = chosen.covered[a] & chosen.covered[b]
    starts = []
    for part in (upper[a], upper[b]):
        start = np.full(len(chosen.places), np.nan)
        kept = [at for at in part if both[at]]
        if not kept:
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
