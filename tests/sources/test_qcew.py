"""QCEW files as BLS published them: totals, withheld cells, the published location quotients."""

import csv

import numpy as np
import pandas as pd
import pytest
from tests.sources.columbus import COLUMBUS, REGION, everyone, private, read

from sectorscan.sources import naics
from sectorscan.sources.qcew import is_qcew
from sectorscan.tables.files import expand, read_header

__all__ = ["everyone", "private"]


def regional_totals(tables):
    frame = tables.employment
    total = frame[frame["region"].isin(REGION) & (frame["industry"] == "10")]
    return total.groupby("year")["employment"].sum().to_dict()


def test_regional_totals_equal_the_published_ones(private, everyone):
    assert regional_totals(private) == {2020: 924163, 2021: 958148, 2022: 983609, 2023: 997033}
    covered = {2020: 1101795, 2021: 1135112, 2022: 1162502, 2023: 1180538}
    assert regional_totals(everyone) == covered


def test_covered_totals_are_those_of_all_ownerships_in_both_scopes(private, everyone):
    for tables in (private, everyone):
        totals = tables.covered_totals
        region = totals[totals["region"].isin(REGION)].groupby("year")["employment"].sum()
        assert region.to_dict() == regional_totals(everyone)
        nation = totals[totals["region"] == "US000"].set_index("year")["employment"]
        assert nation.to_dict() == {2023: 153140899}


def test_nation_2023_is_2024_minus_the_change(private):
    nation = private.employment[private.employment["region"] == "US000"]
    assert set(nation["year"]) == {2023}
    assert set(nation["employment_status"]) == {"derived"}
    total = nation.set_index("industry").loc["10"]
    # oracles/regional/qcew_lq_real.json: US private 2023
    assert total["employment"] == total["employment_low"] == total["employment_high"] == 131289681


def published_rows(shared, pattern):
    paths = sorted(shared(COLUMBUS).glob(pattern))
    frames = (pd.read_csv(p, dtype=str, keep_default_na=False).assign(file=p.name) for p in paths)
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="module")
def raw(shared):
    rows = published_rows(shared, "*.csv")
    depth = rows["agglvl_code"].str[-1].isin(list("145678"))
    rows = rows[(rows["own_code"] == "5") & depth]
    return rows.astype({"year": int, "annual_avg_emplvl": float, "annual_avg_estabs": float})


def test_every_row_is_there_once_and_disclosed_ones_are_as_published(private, raw):
    keys = ["region", "industry", "year"]
    ours = private.employment[private.employment["region"].isin(REGION)]
    assert len(ours) == len(raw)
    both = ours.merge(
        raw, left_on=keys, right_on=["area_fips", "industry_code", "year"], validate="one_to_one"
    )
    assert len(both) == len(raw)
    np.testing.assert_array_equal(both["establishments"], both["annual_avg_estabs"])
    disclosed = both["disclosure_code"] == ""
    published = both[disclosed]
    for column in ("employment", "employment_low", "employment_high"):
        np.testing.assert_array_equal(published[column], published["annual_avg_emplvl"])
    wages = published["total_annual_wages"].astype(float)
    np.testing.assert_array_equal(published["total_wages"], wages)
    assert set(published["employment_status"]) == {"published"}
    assert set(both.loc[~disclosed, "employment_status"]) == {"estimated"}
    assert set(both.loc[~disclosed, "wages_status"]) == {"estimated"}
    assert set(both["source"] == both["file"]) == {True}


def test_estimates_add_up_to_their_parents(private):
    frame = private.employment.copy()
    frame["parent"] = frame["industry"].map(naics.parent)
    below = frame.dropna(subset="parent").groupby(["region", "year", "parent"])
    sums = below.agg(
        jobs=("employment", "sum"), n=("employment", "size"), pay=("total_wages", "sum")
    )
    above = frame.set_index(["region", "year", "industry"]).rename_axis(
        ["region", "year", "parent"]
    )
    both = sums.join(above[["employment", "total_wages"]], how="inner")
    assert len(both) == len(sums)
    assert ((both["jobs"] - both["employment"]).abs() <= 0.5 * (both["n"] + 1) + 1e-6).all()
    counties = both[both.index.get_level_values("region") != "US000"]
    gap = (counties["pay"] - counties["total_wages"]).abs()
    assert (gap <= 1e-9 * counties["total_wages"] + 1e-3).all()


def test_published_location_quotients_are_reproduced(private, shared):
    """BLS's own base: all industries of all ownerships. Every disclosed private row of 2023.

    The nation's 2023 comes from the 2024 release, so it is revised: unclassified establishments
    (99) most of all, which is what the rows beyond 0.02 are about.
    """
    rows = published_rows(shared, "*2023*.csv")
    depth = rows["agglvl_code"].str[-1].isin(list("145678"))
    rows = rows[(rows["own_code"] == "5") & depth & (rows["disclosure_code"] == "")]
    frame = private.employment[private.employment["year"] == 2023]
    totals = private.covered_totals.query("year == 2023").set_index("region")["employment"]
    nation = frame[frame["region"] == "US000"].set_index("industry")["employment"]
    both = rows.merge(
        frame, left_on=["area_fips", "industry_code"], right_on=["region", "industry"]
    )
    assert len(both) == len(rows) == 5526
    local = both["employment"] / both["region"].map(totals)
    quotient = local / (both["industry"].map(nation) / totals["US000"])
    gap = (quotient - both["lq_annual_avg_emplvl"].astype(float)).abs()
    assert (gap <= 0.02).mean() >= 0.99
    assert (gap <= 0.005 + 1e-9).mean() >= 0.91
    beyond = both[gap > 0.02]
    assert (beyond["industry"].str.startswith("99")).mean() > 0.5
    assert (gap[gap > 0.02] / quotient[gap > 0.02] < 0.2).all()


def test_the_year_before_comes_from_the_changes_where_no_file_has_it(shared, private):
    folder = shared(COLUMBUS)
    frame = read(sorted(folder.glob("*2022*.csv")), period=(2021, 2022)).employment
    before = frame[frame["year"] == 2021]
    known = private.employment.query("year == 2021")
    both = before.merge(known, on=["region", "industry"], suffixes=("", "_published"))
    np.testing.assert_array_equal(both["establishments"], both["establishments_published"])
    derived = both[both["employment_status"] == "derived"]
    assert len(derived) > 4000
    np.testing.assert_array_equal(derived["employment"], derived["employment_published"])
    np.testing.assert_array_equal(derived["total_wages"], derived["total_wages_published"])
    # disclosed in 2021, withheld in 2022: the changes hide them, their own file knows the truth
    hidden = both[
        (both["employment_status"] == "estimated")
        & (both["employment_status_published"] == "published")
    ]
    assert len(hidden) > 300
    assert (hidden["employment_low"] <= hidden["employment_published"]).all()
    assert (hidden["employment_published"] <= hidden["employment_high"]).all()
    assert not before["establishments"].eq(0).any()


def test_given_years_are_never_replaced_by_changes(private):
    counties = private.employment[private.employment["region"].isin(REGION)]
    assert not (counties["employment_status"] == "derived").any()
    assert sorted(counties["year"].unique()) == [2020, 2021, 2022, 2023]


@pytest.mark.parametrize("ownership", ["private", "all"])
def test_the_lazy_filter_equals_a_plain_read(shared, ownership):
    paths = [shared("data/qcew/us_annual_2024.csv"), *sorted(shared(COLUMBUS).glob("*2023*39045*"))]
    plain = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            plain += list(csv.DictReader(stream))
    owns = {"private": "5", "all": "1235"}[ownership]
    totals = {
        (row["area_fips"], int(row["year"])): float(row["annual_avg_emplvl"])
        for row in plain
        if row["own_code"] == "0" and row["industry_code"] == "10"
    }
    wanted = {}
    for row in plain:
        if row["own_code"] in owns and row["agglvl_code"][1] in "145678":
            key = (row["area_fips"], row["industry_code"], int(row["year"]))
            jobs = float("nan") if row["disclosure_code"] else float(row["annual_avg_emplvl"])
            wanted[key] = wanted.get(key, 0.0) + jobs
    if ownership == "all":
        wanted.update({(area, "10", year): jobs for (area, year), jobs in totals.items()})
    tables = read(paths, areas=None, ownership=ownership)
    frame = tables.employment[tables.employment["year"].isin([2023, 2024])]
    frame = frame[(frame["region"] == "US000") == (frame["year"] == 2024)]
    ours = {
        (row.region, row.industry, row.year): row.employment
        for row in frame.itertuples()
        if row.employment_status == "published"
    }
    assert ours == {key: jobs for key, jobs in wanted.items() if not np.isnan(jobs)}
    assert len(frame) == len(wanted)
    assert {file.path: file.rows for file in tables.inputs} == {
        paths[0].name: 4526,
        paths[1].name: len(plain) - 4526,
    }


def test_an_analyst_panel_with_qcew_names_is_not_qcew(shared):
    panel = shared("data/panel/virginia_localities_private_sectors_2019_2025.csv")
    assert is_qcew(read_header(expand([panel])[0])) is None


def test_a_missing_county_year_is_named(shared):
    files = [
        path
        for path in sorted(shared(COLUMBUS).glob("*.csv"))
        # with 2022 gone too, the changes can't give 2021
        if not (path.stem.endswith("39045") and ("2021" in path.name or "2022" in path.name))
    ]
    cautions = [
        str(f) for f in read(files, period=(2020, 2023)).findings if f.severity == "caution"
    ]
    assert any("39045 (2021)" in text for text in cautions)
