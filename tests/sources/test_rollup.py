"""The roll-up: sums of county cells, and what an absent or withheld one means."""

import numpy as np
import pytest

from sectorscan.errors import InputError
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector


def test_a_region_is_the_sum_of_its_counties_and_never_a_mean(tables):
    panel = roll_up(
        tables(
            [
                ("01001", "10", 2023, 1000.0, {"firms": 80.0}),
                ("01003", "10", 2023, 500.0, {"firms": 40.0}),
                ("01001", "722", 2023, 100.0, {"wages": 2_000_000.0}),
                ("01003", "722", 2023, 50.0, {"wages": 1_500_000.0}),
                ("US000", "10", 2023, 100_000.0),
                ("US000", "722", 2023, 5_000.0),
            ]
        ),
        Scope(areas=("01001", "01003")),
    )
    assert [s.id for s in panel.sectors] == ["722"]
    assert panel.e_ir.value.tolist() == [[150.0]]
    assert panel.w_ir.value.tolist() == [[3_500_000.0]]
    assert panel.n_ir.tolist() == [[20.0]]
    assert panel.e_region.value.tolist() == [[1500.0]]
    assert panel.e_in.value.tolist() == [[5000.0]]
    assert panel.benchmark == "US000"
    assert not panel.total_is_sum
    assert not panel.benchmark_contains_region
    assert panel.estimated_share == 0.0


def test_a_withheld_cell_is_an_interval_and_estimated_from_disclosed_areas(tables):
    """20 jobs per establishment are disclosed elsewhere: 5 establishments make 100 jobs."""
    panel = roll_up(
        tables(
            [
                ("51001", "44-45", 2023, 400.0, {"firms": 20.0}),
                ("51003", "44-45", 2023, np.nan, {"firms": 5.0, "status": "withheld"}),
                ("51005", "44-45", 2023, 200.0, {"firms": 10.0}),
            ]
        ),
        Scope(areas=("51001", "51003"), benchmark=("all",)),
    )
    assert panel.e_ir.value.tolist() == [[500.0]]
    assert panel.e_ir.low.tolist() == [[400.0]]
    assert panel.e_ir.high.tolist() == [[np.inf]]
    assert panel.e_status.tolist() == [["estimated"]]
    assert panel.withheld_areas.tolist() == [1]
    assert panel.areas_with_rows.tolist() == [2]
    assert panel.estimated_share == pytest.approx(100 / 500)
    assert panel.benchmark_contains_region
    assert panel.total_is_sum
    assert any("totals are the sum of 1 industry (sector)" in text for text in panel.cautions)


def test_less_than_ten_keeps_its_bounds(tables):
    panel = roll_up(
        tables(
            [
                ("51001", "62", 2023, 400.0, {"firms": 2.0}),
                (
                    "51003",
                    "62",
                    2023,
                    np.nan,
                    {"firms": 5.0, "status": "withheld", "bounds": (0.0, 9.0)},
                ),
            ]
        ),
        Scope(areas=("51001", "51003")),
    )
    assert panel.e_ir.low[0, 0] == 400.0
    assert panel.e_ir.value[0, 0] == 409.0
    assert panel.e_ir.high[0, 0] == 409.0


def test_an_absent_row_is_no_establishments_where_others_have_the_industry(tables):
    rows = [
        ("51001", "72", 2022, 10.0),
        ("51001", "72", 2023, 10.0),
        ("51003", "72", 2023, 7.0),
        ("51003", "62", 2022, 5.0),
        ("51003", "62", 2023, 5.0),
    ]
    scope = Scope(areas=("51001", "51003"))
    panel = roll_up(tables(rows), scope)
    food = [s.id for s in panel.sectors].index("72")
    assert panel.e_ir.value[food].tolist() == [10.0, 17.0]
    assert any("counted as no establishments" in text for text in panel.cautions)
    assert not any(
        "counted as no establishments" in text
        for text in roll_up(tables(rows, public=True), scope).cautions
    )


def test_a_code_that_no_area_has_in_a_year_stays_unknown(tables):
    """455 stands in NAICS 2022 only: its absence in 2021 isn't a zero."""
    panel = roll_up(
        tables(
            [
                ("39041", "10", 2021, 100.0),
                ("39041", "10", 2023, 110.0),
                ("39041", "455", 2023, 20.0),
            ],
            public=True,
        ),
        Scope(areas=("39041",)),
    )
    assert np.isnan(panel.e_ir.value[0, 0])
    assert panel.e_status.tolist() == [["missing", "published"]]
    assert panel.e_ir.value[0, 1] == 20.0


def test_public_files_without_a_row_mean_none_where_they_have_the_level(tables):
    """No area has 482 in 2022: the bundle has 2022 all the same, but not without 4-digit rows."""
    rows = [
        ("39041", "10", 2022, 100.0),
        ("39041", "484", 2022, 20.0),
        ("39041", "10", 2023, 110.0),
        ("39041", "482", 2023, 4.0),
        ("39041", "484", 2023, 25.0),
        ("39041", "4841", 2023, 9.0),
    ]
    bundles = (
        Sector("Freight", "Freight", ("482", "484")),
        Sector("Local", "Local", ("482", "4841")),
    )
    panel = roll_up(tables(rows, public=True), Scope(areas=("39041",), bundles=bundles))
    assert panel.e_ir.value[0].tolist() == [20.0, 29.0]
    assert np.isnan(panel.e_ir.value[1, 0])
    assert panel.e_ir.value[1, 1] == 13.0


def test_codes_that_no_input_has_are_said(tables):
    bundles = (Sector("Food", "Food", ("722", "3118")),)
    panel = roll_up(
        tables([("39041", "722", 2023, 40.0)]), Scope(areas=("39041",), bundles=bundles)
    )
    assert "Food: the inputs have no rows for 3118." in panel.cautions


def test_bundles_that_the_inputs_cannot_answer_are_errors(tables):
    given = tables([("39041", "722", 2023, 40.0)])
    elsewhere = (Sector("Food", "Food", ("722",), ("39042",)),)
    with pytest.raises(InputError, match=r"area 39042 of the sector Food .*Did you mean '39041'"):
        roll_up(given, Scope(areas=("39041",), bundles=elsewhere))
    with pytest.raises(InputError, match=r"none of the sectors' codes \(999999\). They have 722"):
        roll_up(given, Scope(areas=("39041",), bundles=(Sector("No", "No", ("999999",)),)))


def test_a_year_derived_from_the_next_has_the_next_years_codes(tables):
    """The nation's 2021 comes from its 2022 file, which no longer has 511: unknown, not zero."""
    derived = {"status": "derived"}
    panel = roll_up(
        tables(
            [
                ("39041", "10", 2021, 100.0),
                ("39041", "511", 2021, 20.0),
                ("US000", "10", 2021, 1000.0, derived),
                ("US000", "722", 2021, 300.0, derived),
            ],
            public=True,
        ),
        Scope(areas=("39041",)),
    )
    assert [s.id for s in panel.sectors] == ["511"]
    assert np.isnan(panel.e_in.value[0, 0])


def test_a_bundle_of_old_and_new_codes_is_whole_in_every_year(tables):
    rows = [
        ("39041", "10", 2021, 100.0),
        ("39041", "10", 2023, 110.0),
        ("39041", "511", 2021, 20.0),
        ("39041", "513", 2023, 25.0),
    ]
    scope = Scope(
        areas=("39041",),
        bundles=(
            Sector("Publishing", "Publishing", ("511", "513")),
            Sector("New code only", "New code only", ("513",)),
        ),
    )
    panel = roll_up(tables(rows, public=True), scope)
    assert panel.e_ir.value[0].tolist() == [20.0, 25.0]
    assert np.isnan(panel.e_ir.value[1, 0])


def test_codes_inside_a_bundles_other_codes_count_once(tables):
    panel = roll_up(
        tables(
            [
                ("39041", "10", 2023, 100.0),
                ("39041", "722", 2023, 40.0),
                ("39041", "7225", 2023, 30.0),
            ]
        ),
        Scope(areas=("39041",), bundles=(Sector("Food", "Food", ("722", "7225", "722")),)),
    )
    assert panel.e_ir.value.tolist() == [[40.0]]
    assert panel.cautions == ("Food: 7225 lies inside another of its codes.",)


def test_a_bundle_with_its_own_areas_has_its_own_total(tables):
    panel = roll_up(
        tables(
            [
                ("39041", "10", 2023, 100.0),
                ("39041", "722", 2023, 40.0),
                ("39045", "10", 2023, 300.0),
                ("39045", "722", 2023, 30.0),
            ]
        ),
        Scope(areas=("39041", "39045"), bundles=(Sector("Food", "Food", ("722",), ("39041",)),)),
    )
    assert panel.e_ir.value.tolist() == [[40.0]]
    assert panel.e_r.value.tolist() == [[100.0]]
    assert panel.e_region.value.tolist() == [[400.0]]


def test_segments_are_one_level_down_with_their_pay(tables):
    panel = roll_up(
        tables(
            [
                ("39041", "10", 2023, 100.0),
                ("39041", "722", 2023, 40.0),
                ("39041", "7223", 2023, 10.0, {"wages": 600_000.0}),
                ("39041", "7225", 2023, 30.0, {"wages": 600_000.0}),
            ]
        ),
        Scope(areas=("39041",), level="3-digit"),
    )
    assert [(s.id, s.employment, s.pay) for s in panel.segments[0]] == [
        ("7225", 30.0, 20_000.0),
        ("7223", 10.0, 60_000.0),
    ]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(areas=("39049",)), "area 39049 is in none of the inputs.*Did you mean '39045'"),
        (Scope(), "2 regions and none is chosen: 39041, 39045.*--region"),
        (Scope(areas=("39041",), benchmark=("US00",)), "benchmark US00 .*Did you mean 'US000'"),
        (
            Scope(areas=("39041",), benchmark=("39",), period=(2022, 2023)),
            "benchmark 39 is in none of the inputs of 2022 to 2023. They have",
        ),
        (Scope(areas=("39041",), period=(2019, 2023)), "year 2019 isn't in the region's tables"),
        (Scope(areas=("39041",), level="6-digit"), "no 6-digit industries in 2023.*3-digit"),
    ],
)
def test_what_isnt_in_the_tables_is_said_with_what_is(tables, scope, words):
    given = tables(
        [
            ("39041", "10", 2023, 100.0),
            ("39041", "722", 2023, 40.0),
            ("39045", "722", 2023, 40.0),
            ("US000", "722", 2023, 40.0),
        ]
    )
    with pytest.raises(InputError, match=words):
        roll_up(given, scope)


def test_the_period_is_the_widest_that_region_and_benchmark_share(tables):
    rows = [("39041", "722", year, 40.0) for year in range(2018, 2024)]
    rows += [("US000", "722", year, 4000.0) for year in range(2020, 2025)]
    assert roll_up(tables(rows), Scope()).years == (2020, 2021, 2022, 2023)
    assert roll_up(tables(rows), Scope(period=(2019, 2021))).years == (2019, 2020, 2021)
    assert roll_up(tables(rows[:6]), Scope()).years == tuple(range(2018, 2024))


@pytest.mark.parametrize(
    ("base", "end", "said"), [(2020, 2023, 1), (2018, 2020, 1), (2019, 2023, 0)]
)
def test_growth_from_or_to_the_pandemic_year_is_cautioned(tables, base, end, said):
    rows = [("39041", code, year, 40.0) for code in ("10", "722") for year in (base, end)]
    panel = roll_up(tables(rows), Scope())
    assert sum("pandemic year" in text for text in panel.cautions) == said
