"""Areas of every kind that QCEW has: counted once, named, and never grown from nothing."""

import csv

import numpy as np
import pytest

from sectorscan.errors import InputError
from sectorscan.sources import areas
from sectorscan.sources.load import load
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope

COLUMNS = (
    *("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"),
    *("disclosure_code", "annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages"),
    *("lq_annual_avg_emplvl", "oty_disclosure_code", "oty_annual_avg_estabs_chg"),
    *("oty_annual_avg_emplvl_chg", "oty_total_annual_wages_chg"),
)
TENS = {"nation": "1", "msa": "4", "state": "5", "county": "7", "no county": "7"}


def area_rows(area, year, jobs, change=0):
    """Return an area's total and private rows: 722 has a quarter of the jobs, 541 the rest."""
    parts = {"10": 4, "72": 1, "722": 1, "54": 3, "541": 3}
    depths = {"10": "1", "72": "4", "54": "4", "722": "5", "541": "5"}
    tens = TENS[areas.kind(area)]
    whole = _row(area, "0", "10", tens + "0", year, 4 * jobs, 4 * change)
    return [
        whole,
        *(
            _row(area, "5", code, tens + depths[code], year, n * jobs, n * change)
            for code, n in parts.items()
        ),
    ]


def _row(area, own, code, level, year, jobs, change):
    figures = (area, own, code, level, "0", year, "A", "", jobs // 10, jobs, jobs * 50_000, "1.0")
    return dict(zip(COLUMNS, (*figures, "", change // 10, change, change * 50_000), strict=True))


def put(folder, *groups):
    path = folder / "qcew.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for rows in groups:
            writer.writerows(rows)
    return path


def panel_of(path, **scope):
    asked = Scope(**scope)
    tables = load([path], asked, {})
    return roll_up(tables, asked), tables


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("US000", "nation"),
        ("US", "nation"),
        ("USMSA", "part of the nation"),
        ("USNMS", "part of the nation"),
        ("39000", "state"),
        ("39041", "county"),
        ("51510", "county"),
        ("09110", "county"),
        ("39999", "no county"),
        ("39996", "no county"),
        ("C1814", "msa"),
        ("CS198", "csa"),
        ("Bath, OH", "other"),
        ("C181", "other"),
        ("390410", "other"),
    ],
)
def test_kinds(code, kind):
    assert areas.kind(code) == kind


def test_every_code_of_bls_s_list_has_a_kind_and_a_name(shared):
    """QCEW area titles of 2018; 57000 is the FBI's, which is no area."""
    with shared("data/naics/area_titles.csv").open(encoding="utf-8", newline="") as stream:
        codes = [row["area_fips"].zfill(5) for row in csv.DictReader(stream)]
    assert len(codes) > 4700
    kinds = [areas.kind(code) for code in codes]
    assert "other" not in kinds
    assert [code for code in codes if areas.title(code) is None] == ["57000"]
    counts = {kind: kinds.count(kind) for kind in ("msa", "csa", "no county")}
    assert counts["msa"] + counts["csa"] == 1204
    assert counts["no county"] == 4 * 53


def test_search_finds_what_qcew_has():
    assert ("C1814", "Columbus, OH MSA") in areas.search("columbus")
    assert ("CS198", "Columbus-Marion-Zanesville, OH CSA") in areas.search("zanesville csa")
    assert ("50996", "Overseas locations, Vermont") in areas.search("overseas vermont")
    assert ("50999", "Unknown or undefined, Vermont") in areas.search("50999")
    assert ("72000", "Puerto Rico (statewide)") in areas.search("puerto rico")
    assert areas.search("capitol planning") == (("09110", "Capitol Planning Region, Connecticut"),)


def test_a_metropolitan_area_is_a_region(tmp_path):
    path = put(
        tmp_path,
        *(area_rows("C1814", year, 100 + year - 2020) for year in (2020, 2023)),
        *(area_rows("US000", year, 10_000) for year in (2020, 2023)),
    )
    panel, _ = panel_of(path, areas=("C1814",), benchmark=("US000",))
    assert panel.region_name == "Columbus, OH MSA"
    assert [s.id for s in panel.sectors] == ["541", "722"]
    np.testing.assert_array_equal(panel.e_ir.value, [[300, 309], [100, 103]])
    assert any("C1814 may have had other counties in 2020" in text for text in panel.cautions)


@pytest.mark.parametrize("area", ["CS198", "C1026", "USMSA"])
def test_of_combined_and_micropolitan_areas_there_is_the_total_only(tmp_path, area):
    level = {"CS198": "30", "C1026": "80", "USMSA": "91"}[area]
    total = _row(area, "0", "10", level, 2023, 500, 0)
    path = put(tmp_path, [total], area_rows("US000", 2023, 1000))
    with pytest.raises(InputError, match=f"only the total of {area}, no industries.*counties"):
        panel_of(path, areas=(area,))
    with pytest.raises(InputError, match=f"only the total of {area}"):
        panel_of(path, areas=("US000",), benchmark=(area,))


def test_all_counts_every_county_once(tmp_path):
    """With the jobs in no county, and without nation, states and metropolitan areas."""
    path = put(
        tmp_path,
        *(
            area_rows(code, year, jobs)
            for year in (2022, 2023)
            for code, jobs in (
                *(("US000", 990), ("39000", 165), ("C1814", 130)),
                *(("39041", 70), ("39049", 60), ("39998", 30)),
            )
        ),
        # a state's jobs in no county, of which there were none the year before
        area_rows("39999", 2023, 5),
    )
    panel, _ = panel_of(path, areas=("39041",), benchmark=("all",))
    np.testing.assert_array_equal(panel.e_n.value, [[4 * 160, 4 * 165]])
    np.testing.assert_array_equal(panel.e_in.value, [[480, 495], [160, 165]])


def test_without_counties_all_is_every_state(tmp_path):
    path = put(tmp_path, *(area_rows(c, 2023, 10) for c in ("US000", "39000", "18000", "C1814")))
    panel, _ = panel_of(path, areas=("39000",), benchmark=("all",))
    assert panel.e_n.value.tolist() == [[80]]


@pytest.mark.parametrize(
    ("region", "words"),
    [
        (("39000", "39041"), "39000 and 39041, which is a part of it: jobs would count twice"),
        (("39000", "39999"), "39999, which is a part of it"),
        (("US000", "C1814"), "C1814, which is a part of it"),
        (("09001", "09190"), r"counties \(09001\) and its planning regions \(09190\)"),
    ],
)
def test_a_region_never_counts_jobs_twice(tmp_path, region, words):
    path = put(tmp_path, *(area_rows(code, 2023, 10) for code in region))
    with pytest.raises(InputError, match=words):
        panel_of(path, areas=region, benchmark=("all",))


def test_metropolitan_areas_beside_counties_are_a_caution(tmp_path):
    path = put(tmp_path, *(area_rows(code, 2023, 10) for code in ("C1814", "39041", "US000")))
    panel, _ = panel_of(path, areas=("C1814", "39041"))
    assert any("where one lies in the other, its jobs count twice" in t for t in panel.cautions)


@pytest.fixture
def connecticut(tmp_path):
    """Two counties until 2023, two planning regions since, the state and a county of New York."""
    always = [area_rows(c, y, j) for c, j in (("09000", 100), ("36119", 40), ("US000", 5000))
              for y in (2022, 2023, 2024, 2025)]  # fmt: skip
    old = [area_rows(c, y, 50) for c in ("09001", "09009") for y in (2022, 2023)]
    new = [area_rows(c, y, 50) for c in ("09110", "09190") for y in (2024, 2025)]
    return put(tmp_path, *always, *old, *new)


def test_connecticut_s_counties_end_and_its_planning_regions_begin(connecticut):
    before, _ = panel_of(connecticut, areas=("09001", "09009"))
    assert before.years == (2022, 2023)
    since, _ = panel_of(connecticut, areas=("09110", "09190"))
    assert since.years == (2024, 2025)
    whole, _ = panel_of(connecticut, areas=("09000",))
    assert whole.years == (2022, 2023, 2024, 2025)


@pytest.mark.parametrize(
    ("region", "period"),
    [
        (("09001",), (2022, 2024)),
        (("09190",), (2022, 2024)),
        (("09190", "36119"), (2023, 2025)),
    ],
)
def test_growth_from_one_kind_to_the_other_is_refused(connecticut, region, period):
    with pytest.raises(InputError, match=r"begin in 2024 and have other limits.*09000"):
        panel_of(connecticut, areas=region, period=period)


def test_a_region_across_the_state_line_starts_with_its_planning_regions(connecticut):
    panel, tables = panel_of(connecticut, areas=("09190", "36119"))
    assert panel.years == (2024, 2025)
    assert panel.e_ir.value.tolist() == [[270, 270], [90, 90]]
    [said] = [f for f in tables.findings if "some years only" in f.what]
    assert "it lacks 09190 (2022, 2023)" in said.what


def test_all_of_connecticut_is_whole_in_every_year(connecticut):
    panel, _ = panel_of(connecticut, areas=("36119",), benchmark=("all",))
    assert panel.years == (2022, 2023, 2024, 2025)
    assert panel.e_n.value.tolist() == [[4 * 140] * 4]


def test_no_year_before_is_made_of_an_area_without_changes(tmp_path):
    """A planning region's first file has no changes beside areas that have them."""
    path = put(tmp_path, area_rows("09190", 2024, 50), area_rows("36119", 2024, 40, change=2))
    tables = load([path], Scope(areas=("09190", "36119")), {})
    years = tables.employment.groupby("region")["year"].unique().apply(sorted).to_dict()
    assert years == {"09190": [2024], "36119": [2023, 2024]}
