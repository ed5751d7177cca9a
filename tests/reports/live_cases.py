"""Small rankings of own indicators in which everything that a score can do happens."""

import csv
import itertools
import json
from pathlib import Path

from sectorscan.config.loader import load_config
from sectorscan.scan import scan
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.rank import rank

VALUES = {
    "a": [1, 2, 2, 4, 4, None, 7, 8, 9, 10, 3.5, 6, 0],
    "b": [100, 10, 10, 0.5, 0.5, 55, -3, 1000, None, 40, 41, 0, 12],
    "c": [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, None],
    "d": [0.3, 0.1, 0.1, 0.7, 0.7, 0.2, None, None, None, 0.9, 0.25, 0.05, None],
    "e": [3, 3, 3, 1, 1, 2, 2, 2, 2, None, 8, None, None],
    "real_pay_cagr_pct": [None] * 13,
}
"""Thirteen sectors: some tie whatever the weights, one is known by a alone, one fails a gate;
what the registry calls real_pay_cagr_pct nobody has."""
POINTS = {"points": [[0, 0], [2, 30], [5, 80], [9, 100]]}
LOG = {"points": [[1, 100], [10, 40], [100, 0]], "log": True}

GROUPS = {
    "size": (30, {"a": 2, "b": 1}),
    "growth": (45, {"c": 1, "d": 3}),
    "rest": (25, {"e": 4, "real_pay_cagr_pct": 1}),
}
SCALES = {
    "points": {"a": POINTS, "b": LOG, "c": POINTS, "d": {"points": [[0, 100], [1, 0]]}},
    "minmax": {"a": {"method": "minmax"}, "d": {"method": "minmax", "direction": "min"}},
    "zscore": {"a": {"method": "zscore"}, "b": {"method": "zscore", "direction": "min"}},
    "percentile": {
        "a": {"method": "percentile"},
        "e": {"method": "percentile", "direction": "min"},
    },
    "rank": {"b": {"method": "rank"}, "c": {"method": "rank"}, "e": {"method": "rank"}},
}
WEIGHTS = (
    {},
    {"weight_group_size": 80, "weight_group_rest": 3.5, "weight_d": 0.25},
    {"weight_group_growth": 0, "weight_a": 0},
    {"weight_b": 0, "weight_c": 7, "weight_d": 0, "weight_group_size": 1},
    {"weight_group_size": 0, "weight_group_rest": 0, "weight_c": 0},
    {"weight_e": 0, "weight_real_pay_cagr_pct": 0, "weight_group_rest": 1e6},
)
"""What is set in the workbook: the first leaves it, others put zeros in groups and inside them."""


def settings(scales: str, aggregation: str, missing: str) -> dict[str, object]:
    """Return a config's settings."""
    chosen = {name: POINTS for name in VALUES} | SCALES[scales]
    criteria = {
        group: {
            "weight": weight,
            "indicators": {
                name: {
                    "weight": inside,
                    "scale": {k: v for k, v in chosen[name].items() if k != "direction"},
                    "direction": chosen[name].get("direction", "max"),
                }
                for name, inside in indicators.items()
            },
        }
        for group, (weight, indicators) in GROUPS.items()
    }
    return {
        "criteria": criteria,
        "aggregation": aggregation,
        "missing": missing,
        "min_coverage": 0.5,
        "gates": [{"indicator": "a", "below": 1.5, "effect": "exclude"}],
        "outputs": {"top": 4},
        "robustness": {"draws": 50},
    }


def shortlist(folder: Path, given: dict[str, object]) -> Shortlist:
    """Return the result of a config over the thirteen sectors."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "indicators.csv"
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["region", "industry", "indicator", "value"])
        for (name, values), place in itertools.product(VALUES.items(), range(13)):
            # Ids against the order of the values, so that ties are seen to go by id.
            sector = f"s{99 - place if place % 2 else place:02d}"
            if values[place] is not None:
                writer.writerow(["here", sector, name, values[place]])
            elif name == "a":
                writer.writerow(["here", sector, "not scored", 1])
    config = folder / "config.yaml"
    config.write_text(json.dumps(given), encoding="utf-8")
    return scan([table], load_config(config))


def with_weights(found: Shortlist, weights: dict[str, float]) -> Ranking:
    """Return the program's own ranking with weights that are named as in the workbook."""
    criteria = {}
    for group_id, group in found.config.criteria.items():
        inside = {
            name: one.model_copy(update={"weight": weights.get(f"weight_{name}", one.weight)})
            for name, one in group.indicators.items()
        }
        weight = weights.get(f"weight_group_{group_id}", group.weight)
        criteria[group_id] = group.model_copy(update={"weight": weight, "indicators": inside})
    # A copy isn't checked: a group with weight whose criteria weigh nothing is an error in a YAML.
    return rank(found.ranking.indicators, found.config.model_copy(update={"criteria": criteria}))
