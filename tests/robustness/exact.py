"""Rankings with gaps, and what they come to under any weights, computed as the ranking does."""

import json

import numpy as np
from hypothesis import strategies as st
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.config.models import Scale
from sectorscan.scoring.aggregate import aggregate, coverage, in_play
from sectorscan.scoring.rank import rank

TIE = 1e-9


def municipal(shared, name):
    """Return an oracle and its ranking."""
    case = json.loads(shared(f"oracles/mcda/{name}.json").read_text(encoding="utf-8"))
    matrix = np.array(case["matrix"], dtype=float)
    columns = {f"c{k + 1}": column for k, column in enumerate(matrix.T)}
    weights = case.get("weights", [0.25] * len(columns))
    criteria = {
        criterion: (weight, Scale(method="minmax"))
        for criterion, weight in zip(columns, weights, strict=True)
    }
    table = indicator_table(columns, names=case["alternatives"])
    return case, rank(table, scoring_config(criteria))


def scores_at(ranking, weights):
    """Return (draws, S) scores under (draws, C) weights, -inf where unranked; scales held."""
    matrix = ranking.matrix
    playing = in_play(matrix.value)
    parts = aggregate(
        ranking.scaled, weights, playing, method=matrix.aggregation, missing=matrix.missing
    )
    covered = coverage(matrix.value, weights, playing) >= matrix.min_coverage - 1e-9
    gated = np.array([reason == "gate" for reason in ranking.exclusion])
    ranked = covered & ~gated & ~np.isnan(parts.score)
    return np.where(ranked, parts.score, -np.inf)


VALUES = st.sampled_from([0.0, 7.0, 20.0, 35.5, 50.0, 61.0, 80.0, 99.0, 100.0])
GATE = {"indicator": "c0", "below": 1, "effect": "exclude"}
POLICIES = ("renormalise", "neutral", "worst", "exclude")


@st.composite
def rankings(draw, *, gaps=True, sectors=(2, 6), criteria=(2, 5)):
    """Draw a ranking: points scales, any policy and mean, gaps, a coverage threshold, a gate."""
    size, width = draw(st.integers(*sectors)), draw(st.integers(*criteria))
    cell = st.one_of(VALUES, VALUES, st.just(np.nan)) if gaps else VALUES
    value = np.array(draw(st.lists(cell, min_size=size * width, max_size=size * width)))
    value = value.reshape(size, width)
    weights = draw(st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0]), min_size=width, max_size=width))
    weights[0] = weights[0] or 1.0
    names = [f"c{k}" for k in range(width)]
    half = (width + 1) // 2
    groups = {"g": (3.0, names[:half]), "h": (2.0, names[half:])}
    if not any(weights[half:]):
        groups = {"g": (1.0, names)}
    return rank(
        indicator_table(dict(zip(names, value.T, strict=True))),
        scoring_config(
            dict(zip(names, weights, strict=True)),
            groups=groups,
            gates=draw(st.sampled_from([(), (GATE,)])),
            aggregation=draw(st.sampled_from(["arithmetic", "geometric"])),
            missing=draw(st.sampled_from(POLICIES)),
            min_coverage=draw(st.sampled_from([0.0, 0.5, 0.7])),
        ),
    )  # fmt: skip
