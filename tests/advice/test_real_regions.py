"""The sentences of whole runs: the embedded sample, and real figures where they are at hand."""

from pathlib import Path

import pytest

from sectorscan.advice.recommend import recommend
from sectorscan.config.loader import load_config
from sectorscan.indicators.compute import compute
from sectorscan.reports.words import render
from sectorscan.robustness.one_establishment import swings
from sectorscan.scan import scope_of
from sectorscan.scoring.rank import rank
from sectorscan.sources.load import load
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.resources import bundled

VIRGINIA = """
version: 1
region: {name: Richmond, areas: ["51760", "51041", "51075", "51085", "51087", "51145"]}
benchmark: all
period: {base: 2019, end: 2025}
columns:
  region: area_fips
  industry: industry_code
  year: year
  employment: annual_avg_emplvl
  establishments: annual_avg_estabs
  total_wages: total_annual_wages
"""


def run(paths, config_path):
    loaded = load_config(config_path)
    scope = scope_of(loaded)
    panel = roll_up(load(paths, scope, loaded.config.columns), scope)
    ranking = rank(compute(panel), loaded.config)
    return ranking, swings(panel, ranking, loaded.config)


def test_the_embedded_sample(traceable):
    folder = Path(bundled("samples"))
    tables = sorted(folder.glob("*.csv"))
    ranking, moves = run(tables, folder / "sample.yaml")
    assert traceable(ranking, moves) > 500
    summaries = [render(one.summary[0]) for one in recommend(ranking, moves)]
    assert all(text.startswith("As of ") for text in summaries)


@pytest.mark.shared
def test_virginia_localities(traceable, shared, tmp_path):
    config_path = tmp_path / "richmond.yaml"
    config_path.write_text(VIRGINIA, encoding="utf-8")
    panel = shared("data/panel/virginia_localities_private_sectors_2019_2025.csv")
    ranking, moves = run([panel], config_path)
    assert traceable(ranking, moves) > 300
    cautions = [render(s) for one in recommend(ranking, moves) for s in one.cautions]
    assert any("of six localities" in caution for caution in cautions)
    assert not any("nationally" in caution for caution in cautions)
