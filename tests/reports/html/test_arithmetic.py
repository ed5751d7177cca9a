"""The page ranks as Python does: every scale, policy and mean, ties and thresholds included."""

import itertools
import math
import random

import pytest

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.reports.html.model import movable
from sectorscan.reports.write import write
from sectorscan.scan import scan
from sectorscan.scoring.rank import rank

GROUPS = ("first", "second", "third")
INDICATORS = {"first": ("a", "b"), "second": ("c", "d", "e"), "third": ("f",)}
SCALES = {
    "points": "{points: [[0, 0], [3, 40], [10, 100]]}",
    "log": "{points: [[0.5, 0], [10, 100]], log: true}",
    "minmax": "{method: minmax}",
    "zscore": "{method: zscore}",
    "percentile": "{method: percentile}",
    "rank": "{method: rank}",
}
SECTORS = 14


def figures(seed):
    """Yield rows with gaps, and sectors that are the same as others: ties."""
    drawn = random.Random(seed)  # noqa: S311
    names = [name for group in INDICATORS.values() for name in group]
    earlier = {}
    for s in range(SECTORS):
        for name in names:
            value = drawn.choice([*range(1, 11), drawn.uniform(0, 11), None])
            earlier[s, name] = earlier[s - 1, name] if s in (3, 8) else value
            if earlier[s, name] is not None:
                yield f"R1,{100 + s},{name},{earlier[s, name]}"


def config_text(scales, missing, aggregation, coverage):
    lines = ["version: 1", "criteria:"]
    scale = itertools.cycle(scales)
    for group, weight in zip(GROUPS, (30, 45.5, 24.25), strict=True):
        lines += [f"  {group}:", f"    weight: {weight}", "    indicators:"]
        for n, name in enumerate(INDICATORS[group]):
            kind = next(scale)
            turned = ", direction: min" if n and "method" in SCALES[kind] else ""
            lines.append(f"      {name}: {{weight: {n + 1.5}, scale: {SCALES[kind]}{turned}}}")
    lines += [
        f"missing: {missing}",
        f"aggregation: {aggregation}",
        f"min_coverage: {coverage}",
        "gates:",
        "  - {indicator: a, above: 9.5, effect: exclude}",
        "robustness: {draws: 0}",
        "outputs: {top: 4}",
    ]
    return "\n".join(lines) + "\n"


CASES = [
    (tuple(SCALES), "renormalise", "arithmetic", 0.6),
    (tuple(SCALES), "neutral", "geometric", 0.5),
    (("minmax", "percentile", "log"), "worst", "arithmetic", 0.7),
    (("zscore", "points", "rank"), "exclude", "geometric", 0.0),
    (("points",), "neutral", "arithmetic", 0.3),
    (("zscore", "rank"), "renormalise", "geometric", 0.75),
]


@pytest.mark.parametrize(("scales", "missing", "aggregation", "coverage"), CASES)
def test_every_rank_and_score_is_python_s(opened, tmp_path, scales, missing, aggregation, coverage):
    table = tmp_path / "indicators.csv"
    rows = figures(f"{scales}{missing}")
    table.write_text("region,industry,indicator,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    config = tmp_path / "config.yaml"
    text = config_text(scales, missing, aggregation, coverage)
    config.write_text(text, encoding="utf-8")
    shortlist = scan([table], load_config(config))
    page = tmp_path / "page.html"
    write(shortlist, page)
    drawn = random.Random(3)  # noqa: S311
    trials = [(30, 45.5, 24.25), (1, 0, 0), (0, 0, 7), (0, 1, 1e-6), (1e9, 1, 3)]
    trials += [tuple(drawn.choice([0, 1, drawn.uniform(0, 99)]) for _ in GROUPS) for _ in range(40)]
    trials = [trial for trial in trials if any(trial)]
    places = [candidate.index for candidate in movable(shortlist)]
    unlike, tied = 0, 0
    with opened(page) as watched:
        for trial in trials:
            weights = dict(zip(GROUPS, trial, strict=True))
            loaded = load_config(config, overrides=Overrides(weights=weights))
            expected = rank(shortlist.ranking.indicators, loaded.config)
            watched.type_weights(trial)
            shown = {row["place"]: row for row in watched.table()}
            for place, s in enumerate(places):
                row = shown[place]
                assert row["rank"] == (str(expected.rank[s]) if expected.rank[s] else "–"), trial
                assert (row["tied"] == "tied") == bool(expected.tied[s]), trial
                score = float(expected.score[s])
                if math.isnan(score):
                    assert row["score"] == ""
                else:
                    assert float(row["score"]) == pytest.approx(score, abs=1e-10)
                unlike += bool(expected.rank[s]) != bool(shortlist.ranking.rank[s])
                tied += bool(expected.tied[s])
    if coverage >= 0.5:
        assert unlike, "no trial changed who is ranked: the thresholds weren't tried"
    assert tied, "no trial had a tie"
