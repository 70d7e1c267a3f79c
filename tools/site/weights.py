"""What the page of weights starts from: points of each city in each field, and some ways to weigh them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from aicities.study.robustness import analysis
from aicities.votes import THREE

IDEAS = {"research", "talent", "models"}
MARKET = {"capital", "companies", "applications"}
THINGS = {"infrastructure", "chips", "devices"}


def page(data: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Fields, cities, points by field, scores under equal weights, presets and the answer in words."""
    chosen = analysis.chosen_lists(data)
    fields = analysis.field_means(analysis.midpoints(analysis.place_points(chosen)), chosen.about)
    names = [str(name) for name in fields.columns]
    scores, _ = analysis.score_under(fields, dict.fromkeys(names, 1))
    leader = scores.index[0]
    return {
        "fields": names,
        "cities": list(THREE),
        "points": {name: [round(float(fields.loc[city, name]), 6) for city in THREE] for name in names},
        "total": [float(scores[city]) for city in THREE],
        "answer": f"{leader} leads with {scores[leader]:.2f} points of 3.",
        "presets": {
            "All alike": [5] * len(names),
            **{f"{kind} first": [10 if name in wanted else 2 for name in names]
               for kind, wanted in (("Ideas", IDEAS), ("The market", MARKET), ("Things", THINGS))},
        },
    }  # fmt: skip
