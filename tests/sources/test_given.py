"""Figures that the user's tables give ready-made."""

import numpy as np
import pandas as pd
import pytest

from sectorscan.errors import InputError
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope

GROWTH = [
    *("region", "industry", "base_year", "end_year"),
    *("annual_growth_pct", "basis", "openings", "source"),
]
OWN = [*("region", "industry", "indicator", "year", "value", "low", "high", "unit", "source")]


def _growth(*rows):
    return pd.DataFrame([(*row, np.nan, "growth.csv") for row in rows], columns=GROWTH)


def _jobs(region, code, jobs):
    return (region, code, 2023, jobs)


def test_projected_growth_of_counties_is_weighed_by_their_jobs(tables):
    """100 jobs that double and 300 that stay make 500 of 400 in ten years: 2.26 % a year."""
    growth = _growth(
        ("39041", "722", 2023, 2033, 100 * (2**0.1 - 1), "projected"),
        ("39045", "722", 2023, 2033, 0.0, "projected"),
    )
    panel = roll_up(
        tables([_jobs("39041", "722", 100.0), _jobs("39045", "722", 300.0)], growth=growth),
        Scope(areas=("39041", "39045")),
    )
    value = panel.given.values["projected_growth_pct"].value[0]
    assert value == pytest.approx(100 * ((500 / 400) ** 0.1 - 1))
    assert panel.given.sources["projected_growth_pct"] == "growth.csv"


def test_the_regions_own_rows_win_and_the_total_is_kept(tables):
    growth = _growth(
        ("39041", "722", 2023, 2033, 9.0, "projected"),
        ("Central Ohio", "722", 2023, 2033, 1.5, "projected"),
        ("Central Ohio", "10", 2023, 2033, 1.0, "projected"),
    )
    panel = roll_up(
        tables([_jobs("39041", "722", 100.0), _jobs("39045", "722", 300.0)], growth=growth),
        Scope(name="Central Ohio", areas=("39041", "39045")),
    )
    assert panel.given.values["projected_growth_pct"].value.tolist() == [1.5]
    assert panel.given.region["projected_growth_pct"] == 1.0


def test_a_county_without_a_projection_leaves_the_region_without_one(tables):
    growth = _growth(("39041", "722", 2023, 2033, 9.0, "projected"))
    panel = roll_up(
        tables([_jobs("39041", "722", 100.0), _jobs("39045", "722", 300.0)], growth=growth),
        Scope(areas=("39041", "39045")),
    )
    assert "projected_growth_pct" not in panel.given.values


def test_quotients_of_single_counties_are_left_out_and_this_is_said(tables):
    concentration = pd.DataFrame(
        [("39041", "722", 2023, 1.4, "concentration.csv")],
        columns=["region", "industry", "year", "location_quotient", "source"],
    )
    rows = [_jobs("39041", "722", 100.0), _jobs("39045", "722", 300.0)]
    both = roll_up(tables(rows, concentration=concentration), Scope(areas=("39041", "39045")))
    assert "location_quotient" not in both.given.values
    assert any("39041) can't be added up" in text for text in both.cautions)
    one = roll_up(tables(rows, concentration=concentration), Scope(areas=("39041",)))
    assert one.given.values["location_quotient"].value.tolist() == [1.4]


def test_own_indicators_alone_make_candidates_of_any_names(tables):
    indicators = pd.DataFrame(
        [
            ("", "Boats", "readiness_of_firms", np.nan, 3.0, 2.0, 4.0, "0-4", "indicators.csv"),
            ("", "Bread", "readiness_of_firms", np.nan, 1.0, 1.0, 1.0, "0-4", "indicators.csv"),
        ],
        columns=OWN,
    )
    given = tables([("x", "722", 2023, 1.0)], indicators=indicators)
    empty = given.employment.iloc[:0]
    panel = roll_up(_replace(given, employment=empty), Scope())
    assert [s.id for s in panel.sectors] == ["Boats", "Bread"]
    assert panel.years == ()
    own = panel.given.values["readiness_of_firms"]
    assert (own.low.tolist(), own.value.tolist(), own.high.tolist()) == (
        [2.0, 1.0],
        [3.0, 1.0],
        [4.0, 1.0],
    )
    assert panel.given.units["readiness_of_firms"] == "0-4"


def test_nothing_to_rank_is_an_error(tables):
    given = tables([("39041", "722", 2023, 1.0)])
    with pytest.raises(InputError, match="no employment figures for the region"):
        roll_up(_replace(given, employment=given.employment.iloc[:0]), Scope(areas=("39041",)))


def _replace(given, **changes):
    from dataclasses import replace

    return replace(given, **changes)
