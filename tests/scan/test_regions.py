"""One ranking a region from one load: the very figures of a run for that region alone."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.config.loader import load_config
from sectorscan.errors import ConfigError, InputError
from sectorscan.scan import scan
from sectorscan.scan.across import across
from sectorscan.scan.regions import rank_regions, regions_scope, scan_regions
from sectorscan.scan.regions_model import RegionalSector, RegionRanking
from sectorscan.sources.load import load
from sectorscan.tables.model import Sector

ROOT = Path(__file__).resolve().parents[2]
QCEW = ROOT / "data" / "samples_qcew"
TABLES = tuple(sorted((ROOT / "data" / "samples").glob("*.csv")))
COUNTIES = ("98001", "98003", "98005", "98007", "98009", "98011")
COMMON = "extends: balanced\nbenchmark: US000\n"
COLUMBUS = (
    *("39041", "39045", "39047", "39049", "39073", "39083", "39089", "39091"),
    *("39097", "39101", "39117", "39127", "39129", "39141", "39159"),
)


@pytest.fixture
def config(tmp_path):
    """Return a function from YAML below the common lines to the resolved config."""

    def make(text):
        path = tmp_path / "config.yaml"
        path.write_text(COMMON + text, encoding="utf-8")
        return load_config(path)

    return make


def same(region, shortlist):
    """Check that a region's ranking is that of a run for it alone, to the last bit."""
    ranking = shortlist.ranking
    table = ranking.indicators
    place = {sector.id: s for s, sector in enumerate(table.sectors)}
    assert {one.sector for one in region.sectors} == set(table.sectors)
    assert [place[one.sector.id] for one in region.ranked] == list(ranking.order)
    assert region.years == table.panel.years
    assert region.totals == shortlist.totals
    assert region.estimated_share == shortlist.estimated_share
    assert region.ids == table.ids
    for one in region.sectors:
        s = place[one.sector.id]
        for name in ("rank", "tied", "would_rank", "tier", "exclusion"):
            assert getattr(one, name) == getattr(ranking, name)[s]
        for name in ("score", "score_low", "score_high", "coverage"):
            np.testing.assert_array_equal(getattr(one, name), getattr(ranking, name)[s])
        np.testing.assert_array_equal(one.values, table.value[s])
        np.testing.assert_array_equal(one.estimated, table.status[s] == "estimated")


def alone(config, region, more):
    areas = json.dumps(list(region.areas))
    name = json.dumps(region.name)
    return config(f"{more}\nregion: {{name: {name}, areas: {areas}}}\n")


@pytest.mark.parametrize("level", ["sector", "3-digit", "4-digit"])
@pytest.mark.parametrize("lq_base", ["same-ownership", "all-covered"])
def test_every_county_of_the_sample_as_if_it_were_ranked_alone(config, level, lq_base):
    more = f"period: 2018:2023\nlq_base: {lq_base}\nsectors: {{level: {level}}}"
    result = scan_regions([QCEW], config(f"{more}\nregions: {{every: county}}\n"))
    assert [region.areas for region in result.regions] == [(county,) for county in COUNTIES]
    for region in result.regions:
        same(region, scan([QCEW], alone(config, region, more)))


@pytest.mark.parametrize("inputs", [(QCEW,), TABLES], ids=["qcew", "tables"])
@pytest.mark.parametrize(
    "sectors",
    ["{level: 3-digit}", "{bundles: sectors-common.yaml}",
     '{list: [{name: Food, naics: ["311", "722"], areas: [98001]}, {name: Care, naics: ["62"]}]}'],
    ids=["level", "bundles", "own-areas"],
)  # fmt: skip
def test_named_regions_as_if_they_were_ranked_alone(config, inputs, sectors):
    more = f"period: 2018:2023\nsectors: {sectors}"
    regions = (
        "regions:\n  - {name: North, areas: [98001, 98003]}\n  - {name: South, areas: [98011]}\n"
    )
    result = scan_regions(list(inputs), config(f"{more}\n{regions}"))
    for region in result.regions:
        same(region, scan(list(inputs), alone(config, region, more)))
    assert ("areas of their own" in " ".join(result.cautions)) == ("areas" in sectors)


@given(st.lists(st.sampled_from(COUNTIES), min_size=1, max_size=6, unique=True))
@settings(max_examples=5, deadline=None)
def test_a_regions_figures_dont_depend_on_the_other_regions(tmp_path_factory, areas):
    folder = tmp_path_factory.mktemp("regions")

    def make(text):
        (folder / "c.yaml").write_text(COMMON + text, encoding="utf-8")
        return load_config(folder / "c.yaml")

    one = f"- {{name: One, areas: {json.dumps(areas)}}}"
    rest = "".join(f"\n  - {{name: '{c}', areas: ['{c}']}}" for c in COUNTIES)
    few = scan_regions([QCEW], make(f"period: 2022:2023\nregions:\n  {one}\n"))
    many = scan_regions([QCEW], make(f"period: 2022:2023\nregions:\n  {one}{rest}\n"))
    single = scan([QCEW], make(f"period: 2022:2023\nregion: {json.dumps(areas)}\n"))
    same(few.regions[0], single)
    same(many.regions[0], single)


def test_columbus_counties_each_a_region(config, shared):
    inputs = [
        shared("data/qcew/columbus_oh_annual_2020_2023"),
        shared("data/qcew/us_annual_2024.csv"),
    ]
    more = "period: 2020:2023\nsectors: {level: 3-digit}"
    result = scan_regions(inputs, config(f"{more}\nregions: {{every: county, states: [OH]}}\n"))
    assert tuple(region.areas[0] for region in result.regions) == COLUMBUS
    assert sum(region.totals[2023] for region in result.regions) == 997033
    assert not any(region.reason for region in result.regions)
    for region in result.regions[::4]:
        same(region, scan(inputs, alone(config, region, more)))


def test_a_region_that_cannot_be_ranked_is_listed_and_stops_nothing(config):
    regions = (
        "period: 2018:2023\nregions:\n  - {name: Gone, areas: ['98001', '99999']}\n"
        "  - {name: North, areas: ['98001']}\n"
    )
    for inputs in ([QCEW], list(TABLES)):
        result = scan_regions(inputs, config(regions))
        gone, north = result.regions
        assert gone.reason == "the inputs have no rows for 99999."
        assert gone.sectors == ()
        assert not north.reason
        assert north.ranked
        assert result.pattern.ranking.indicators.panel.areas == ("98001",)


def test_a_region_without_the_years_has_the_reason_that_rank_would_give(config):
    loaded = config("period: 2018:2023\nregions: {every: county}\n")
    scope = regions_scope(loaded)
    tables = load([QCEW], scope, {})
    frame = tables.employment
    late = frame[(frame["region"] != "98003") | (frame["year"] > 2018)]
    result = rank_regions(replace(tables, employment=late), scope, loaded)
    reasons = {region.name: region.reason for region in result.regions}
    assert reasons["98003"].startswith("the period's year 2018 isn't in the region's tables. They")
    assert sum(bool(reason) for reason in reasons.values()) == 1


def test_nothing_at_all_to_rank_is_an_error_with_the_reasons(config):
    with pytest.raises(InputError, match=r"no region can be ranked\. a: .*99999.*b: .*99997"):
        scan_regions(
            [QCEW],
            config("regions:\n  - {name: a, areas: ['99999']}\n  - {name: b, areas: ['99997']}\n"),
        )


def test_a_config_without_regions_says_what_to_write(config):
    with pytest.raises(ConfigError, match=r"names no regions.*every: county.*name: North"):
        scan_regions([QCEW], config(""))


def test_what_is_said_of_every_region_is_said_once(config):
    result = scan_regions([QCEW], config("period: 2020:2023\nregions: {every: county}\n"))
    assert sum("pandemic" in text for text in result.cautions) == 1
    assert not any("pandemic" in text for region in result.regions for text in region.cautions)


def test_an_area_in_two_regions_is_allowed_and_told(config):
    result = scan_regions(
        [QCEW],
        config("regions:\n  - {name: a, areas: [98001, 98003]}\n  - {name: b, areas: [98003]}\n"),
    )
    assert "These areas count in more than one region: 98003." in result.cautions


def test_the_progress_counts_the_regions(config):
    seen = []
    loaded = config("period: 2023\nregions: {every: county}\n")
    scan_regions([QCEW], loaded, lambda done, count: seen.append((done, count)))
    assert seen == [(done, 6) for done in range(6)]


def _one(code, rank, score, top=2):
    return RegionalSector(
        Sector(code, code, (code,)), rank, False, 0 < rank <= top, score, score, score, 1.0,
        None, None if rank else "gate", 0, np.zeros(0), np.zeros(0, dtype=bool),
    )  # fmt: skip


def test_the_sectors_over_the_regions_worked_by_hand():
    regions = [
        RegionRanking("a", ("a",), sectors=(_one("x", 1, 80), _one("y", 2, 70), _one("z", 3, 60))),
        RegionRanking("b", ("b",), sectors=(_one("y", 1, 90), _one("z", 2, 50), _one("x", 0, 95))),
        RegionRanking("c", ("c",), reason="no rows"),
    ]
    y, x, z = across(regions)
    assert [one.sector.id for one in (y, x, z)] == ["y", "x", "z"]
    assert (y.shortlisted_in, y.first_in, y.best_in, y.best_score, y.best_rank) == (
        (0, 1),
        (1,),
        1,
        90,
        1,
    )
    assert (x.candidate_in, x.ranked_in, x.shortlisted_in, x.first_in) == (2, 1, (0,), (0,))
    assert (x.best_in, x.best_score, x.median_score) == (0, 80, 80)
    assert (z.shortlisted_in, z.first_in, z.median_score) == ((1,), (), 55)
