"""Published multi-criteria answers through ``indicators.csv`` and the command line.

Sources: Lahdelma, Hokkanen, Salminen 1998, EJOR 106(1), section 5 (municipal plan); Van Heerden,
Cabral, Luczywo 2021 (van2021), as several independent packages score them.
"""

import csv
import json

import pytest

METHODS = {
    "wsm_minmax": ("minmax", "arithmetic", 100.0),
    "wsm_prank": ("rank", "arithmetic", 100.0),
    "geometric_minmax_1_100": ("minmax", "geometric", 1.0),
}
CASES = [
    ("municipal_plan", "wsm_minmax"),
    ("municipal_plan", "wsm_prank"),
    ("municipal_plan", "geometric_minmax_1_100"),
    ("van2021_w7", "wsm_minmax"),
    ("van2021_w7", "geometric_minmax_1_100"),
]


@pytest.mark.parametrize(("problem", "method"), CASES)
def test_scores_and_ranks_through_the_command_line(shared, ranked, tmp_path, problem, method):
    oracle = json.loads(shared(f"oracles/mcda/{problem}__{method}.json").read_text())
    scale, aggregation, factor = METHODS[method]
    table = tmp_path / "indicators.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["region", "industry", "indicator", "value"])
        for name, row in zip(oracle["alternatives"], oracle["matrix"], strict=True):
            for criterion, value in zip(oracle["criteria"], row, strict=True):
                writer.writerow(["here", name, criterion, repr(value)])
    indicators = {
        criterion: {
            "weight": weight,
            "direction": "max" if direction > 0 else "min",
            "scale": {"method": scale},
        }
        for criterion, weight, direction in zip(
            oracle["criteria"], oracle["weights"], oracle["directions"], strict=True
        )
    }
    config = tmp_path / "oracle.yaml"
    config.write_text(
        json.dumps(
            {
                "version": 1,
                "aggregation": aggregation,
                "gates": [],
                "criteria": {"all": {"weight": 1, "indicators": indicators}},
            }
        ),
        encoding="utf-8",
    )
    result = ranked(table, "-c", config)
    by_id = {s["id"]: s for s in result["sectors"]}
    for name, score, rank in zip(
        oracle["alternatives"], oracle["expected"], oracle["expected_rank"], strict=True
    ):
        assert by_id[name]["score"] == pytest.approx(score * factor, rel=1e-9, abs=1e-7)
        assert by_id[name]["rank"] == rank
        known = [c["contribution"] for c in by_id[name]["criteria"]]
        assert sum(known) == pytest.approx(by_id[name]["score"], rel=1e-9, abs=1e-9)
