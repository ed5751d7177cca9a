"""Bundles that share jobs are told, with the codes and the jobs."""

import pytest

from sectorscan.errors import InputError
from sectorscan.sources.load import load
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector

ROWS = [
    (area, code, 2023, jobs * size)
    for area, size in (("39041", 1), ("39045", 2))
    for code, jobs in (("10", 900.0), ("621", 60.0), ("6215", 7.0), ("722", 40.0), ("6211", 9.0))
]


def _told(tables, *bundles, rows=ROWS):
    scope = Scope(areas=("39041", "39045"), bundles=bundles)
    cautions = roll_up(tables(rows), scope).cautions
    return [caution for caution in cautions if caution.startswith("Sectors overlap")]


def _bundle(name, *codes, areas=None):
    return Sector(name, name, codes, areas)


def test_a_code_inside_the_other_bundles_code_is_shared(tables):
    told = _told(tables, _bundle("Care", "621"), _bundle("Labs", "6215", "722"))
    assert told == [
        "Sectors overlap, so jobs count in more than one (figures of 2023): "
        "Care and Labs share 6215 (21 jobs)."
    ]


def test_every_pair_is_told_once(tables):
    bundles = (_bundle("A", "621"), _bundle("B", "6215", "6211"), _bundle("C", "621", "722"))
    (told,) = _told(tables, *bundles)
    assert "A and B share 6211, 6215 (48 jobs)" in told
    assert "A and C share 621 (180 jobs)" in told
    assert "B and C share 6211, 6215 (48 jobs)" in told


def test_only_common_counties_count(tables):
    one, two = _bundle("A", "621", areas=("39041",)), _bundle("B", "621", areas=("39045",))
    assert _told(tables, one, two) == []
    (told,) = _told(tables, one, _bundle("B", "6215"))
    assert "share 6215 (7 jobs)" in told


def test_own_counties_outside_of_the_region_count_and_are_told(tables):
    bundle = _bundle("A", "621", areas=("39041", "39045"))
    scope = Scope(areas=("39041",), bundles=(bundle,))
    panel = roll_up(tables(ROWS, public=True), scope)
    assert panel.e_ir.value.tolist() == [[180.0]]
    assert panel.e_r.value.tolist() == [[2700.0]]
    assert panel.e_region.value.tolist() == [[900.0]]
    assert any("A: 39045 isn't in the region" in caution for caution in panel.cautions)
    inside = roll_up(tables(ROWS), Scope(areas=("39041", "39045"), bundles=(bundle,)))
    assert not any("isn't in the region" in caution for caution in inside.cautions)


def test_no_overlap_no_caution(tables):
    assert _told(tables, _bundle("A", "621"), _bundle("B", "722")) == []
    assert _told(tables, _bundle("A", "6211"), _bundle("B", "6215")) == []


def test_shared_withheld_jobs_are_an_interval(tables):
    withheld = ("39041", "722", 2023, 40.0, {"status": "estimated", "bounds": (10.0, 90.0)})
    rows = [withheld if row[:2] == ("39041", "722") else row for row in ROWS]
    (told,) = _told(tables, _bundle("A", "722"), _bundle("B", "722", "621"), rows=rows)
    assert "A and B share 722 (about 120 jobs, 90 to 170)" in told


def test_what_is_taken_out_is_not_shared(tables):
    less = Sector("A", "A", ("621",), written=("621",), excluded=("6215",))
    assert _told(tables, less, _bundle("B", "6215")) == []
    (told,) = _told(tables, less, _bundle("B", "62"))
    assert "share 621 except 6215" in told


def test_check_tells_it_too(shared, tmp_path):
    from sectorscan.cli.check import everything
    from sectorscan.cli.options import Asked

    folder = shared("data/qcew/columbus_oh_annual_2020_2023")
    config = tmp_path / "board.yaml"
    config.write_text(
        "region: ['39041', '39049']\nbenchmark: all\nperiod: 2023\nsectors: {list: "
        "[{name: Care, naics: '62'}, {name: Nursing, naics: '623'}]}\n"
    )
    findings, _ = everything(Asked((folder,), str(config)))
    told = [f.what for f in findings if "overlap" in f.what]
    assert len(told) == 1
    assert "Care and Nursing share 623 (" in told[0]
    read = load([folder], Scope(areas=("39041", "39049"), benchmark=("all",)), {})
    rows = read.employment
    jobs = rows[
        rows["region"].isin(("39041", "39049")) & (rows["industry"] == "623") & (rows.year == 2023)
    ]["employment"].sum()
    assert told[0].split("share 623 (")[1].startswith((f"{jobs:,.0f}", f"about {jobs:,.0f}"))


@pytest.mark.parametrize("name", ["sectors-common"])
def test_the_shipped_bundles_dont_overlap(tables, name):
    from sectorscan.config.bundles import as_sectors, bundles_path, read_bundles

    bundles = as_sectors(read_bundles(bundles_path(name, None)))
    assert _told(tables, *bundles) == []


def test_all_industries_together_are_no_sector(tables):
    with pytest.raises(InputError, match="Everything holds the code 10, which means all"):
        _told(tables, _bundle("Everything", "10"), _bundle("Care", "621"))
