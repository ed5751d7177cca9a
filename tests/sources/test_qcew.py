"""QCEW files as BLS published them: totals, withheld cells, the published location quotients."""

import csv

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from sectorscan.sources import naics
from sectorscan.sources.qcew import is_qcew, read_qcew
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.files import expand, read_header
from sectorscan.tables.model import Scope, Sector

COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"
REGION = frozenset(
    f"39{county:03}"
    for county in (41, 45, 47, 49, 73, 83, 89, 91, 97, 101, 117, 127, 129, 141, 159)
)


def read(paths, areas=REGION, benchmark=None, ownership="private", period=None):
    return read_qcew(
        expand(paths), areas=areas, benchmark=benchmark, ownership=ownership, period=period
    )


@pytest.fixture(scope="module")
def private(shared):
    nation = shared("data/qcew/us_annual_2024.csv")
    return read([shared(COLUMBUS), nation], period=(2020, 2023))


@pytest.fixture(scope="module")
def everyone(shared):
    nation = shared("data/qcew/us_annual_2024.csv")
    return read([shared(COLUMBUS), nation], ownership="all", period=(2020, 2023))


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


@pytest.mark.parametrize("figure", ["employment", "total_wages"])
def test_every_value_lies_in_its_bounds(private, everyone, figure):
    for tables in (private, everyone):
        frame = tables.employment
        assert not frame[figure].isna().any()
        slack = 1e-9 * (1 + frame[figure])
        assert (frame[f"{figure}_low"] <= frame[figure] + slack).all()
        assert (frame[figure] <= frame[f"{figure}_high"] + slack).all()
        assert np.isfinite(frame[f"{figure}_high"]).all()


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


SUPERSECTORS = {
    **dict.fromkeys(("11", "21"), "1011"),
    "23": "1012",
    "31-33": "1013",
    "51": "1022",
    "81": "1027",
    "99": "1029",
    **dict.fromkeys(("22", "42", "44-45", "48-49"), "1021"),
    **dict.fromkeys(("52", "53"), "1023"),
    **dict.fromkeys(("54", "55", "56"), "1024"),
    **dict.fromkeys(("61", "62"), "1025"),
    **dict.fromkeys(("71", "72"), "1026"),
}


def code_above(code):
    """What a private code is counted in, domains and supersectors between total and sectors."""
    if code in SUPERSECTORS:
        return SUPERSECTORS[code]
    if code.startswith("10"):
        return code[:3] if len(code) == 4 else "10" if len(code) == 3 else None
    return naics.parent(code)


def county_tree(shared, area, year):
    """Return codes, parents, and own ends of a county's private rows as published."""
    rows = published_rows(shared, f"*{year}*{area}.csv")
    rows = rows[(rows["own_code"] == "5") & rows["agglvl_code"].str[-1].isin(list("12345678"))]
    codes = list(rows["industry_code"])
    position = {code: row for row, code in enumerate(codes)}
    parent = np.array([position.get(code_above(code), -1) for code in codes])
    jobs = rows["annual_avg_emplvl"].astype(float).to_numpy()
    withheld = (rows["disclosure_code"] != "").to_numpy()
    return codes, parent, np.where(withheld, 0.0, jobs), np.where(withheld, np.inf, jobs)


def test_bounds_equal_a_linear_programme_on_two_real_county_years(private, shared):
    """A sample of withheld cells of Delaware 2020 and Madison 2023, with the rounding slack."""
    rng = np.random.default_rng(7)
    checked = 0
    for area, year in (("39041", 2020), ("39097", 2023)):
        frame = private.employment
        frame = frame[(frame["region"] == area) & (frame["year"] == year)].set_index("industry")
        codes, parent, low, high = county_tree(shared, area, year)
        known = np.array([code in frame.index for code in codes])
        cells = rng.choice(np.flatnonzero((low != high) & known), 60, replace=False)
        ends = linear_programme(parent, low, high, [[cell] for cell in cells])
        ours = frame.loc[[codes[cell] for cell in cells]]
        np.testing.assert_allclose(ours["employment_low"], ends[:, 0], atol=1e-6)
        np.testing.assert_allclose(ours["employment_high"], ends[:, 1], atol=1e-6)
        checked += len(cells)
    assert checked == 120


def test_bundles_equal_a_linear_programme_on_a_real_county(private, shared):
    """Random bundles of Delaware 2020: as narrow as the whole tree allows, and no narrower."""
    rng = np.random.default_rng(11)
    codes, parent, low, high = county_tree(shared, "39041", 2020)
    position = {code: row for row, code in enumerate(codes)}
    hidden = [c for c in codes if low[position[c]] != high[position[c]] and 3 <= len(c) <= 4]
    hidden = [c for c in hidden if naics.level(c) in ("3-digit", "4-digit")]
    bundles = []
    for _ in range(40):
        chosen = rng.choice(hidden, int(rng.integers(2, 9)), replace=False)
        inside = [c for c in chosen if not any(o != c and c.startswith(o) for o in chosen)]
        bundles.append(tuple(sorted(inside)))
    bundles = [bundle for bundle in bundles if len(bundle) > 1]
    sectors = tuple(Sector(f"b{at}", "", bundle) for at, bundle in enumerate(bundles))
    scope = Scope(areas=("39041",), period=(2020, 2020), bundles=sectors)
    panel = roll_up(private, scope)
    sums = [[position[code] for code in bundle] for bundle in bundles]
    ends = linear_programme(parent, low, high, sums)
    np.testing.assert_allclose(panel.e_ir.low[:, 0], ends[:, 0], atol=1e-6)
    np.testing.assert_allclose(panel.e_ir.high[:, 0], ends[:, 1], atol=1e-6)
    assert len(ends) > 30


def linear_programme(parent, low, high, sums_of):
    """The least and most of each sum of rows, by HiGHS, with the rounding slack."""
    size = len(parent)
    below = np.flatnonzero(parent >= 0)
    children = np.bincount(parent[below], minlength=size)
    parents = np.flatnonzero(children)
    row = np.full(size, -1)
    row[parents] = np.arange(len(parents))
    sums = csr_array(
        (
            np.r_[np.ones(len(parents)), -np.ones(len(below))],
            (np.r_[row[parents], row[parent[below]]], np.r_[parents, below]),
        ),
        shape=(len(parents), size),
    )
    slack = np.tile(0.5 * (children[parents] + 1), 2)
    limits = list(zip(low, high, strict=True))
    ends = []
    for cells in sums_of:
        goal = np.zeros(size)
        goal[cells] = 1
        options = {
            "A_ub": vstack([sums, -sums]),
            "b_ub": slack,
            "bounds": limits,
            "method": "highs",
        }
        least, most = linprog(goal, **options), linprog(-goal, **options)
        assert least.status == most.status == 0
        ends.append((least.fun, -most.fun))
    return np.array(ends)


def test_hidden_figures_lie_in_their_bounds_and_are_guessed_closely(shared, tmp_path):
    """Every tenth disclosed 3- to 6-digit cell is marked withheld: the truth must stay possible."""
    truth = []
    for path in sorted(shared(COLUMBUS).glob("*2023*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        detail = [
            row
            for row in rows
            if row["own_code"] == "5" and row["agglvl_code"] > "74" and not row["disclosure_code"]
        ]
        for row in detail[::10]:
            if float(row["annual_avg_estabs"]) < 40:
                truth.append(
                    (row["area_fips"], row["industry_code"], float(row["annual_avg_emplvl"]))
                )
                row.update(disclosure_code="N", annual_avg_emplvl="0", total_annual_wages="0")
        with (tmp_path / path.name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    nation = shared("data/qcew/us_annual_2024.csv")
    frame = read([tmp_path, nation], period=(2023, 2023)).employment
    hidden = pd.DataFrame(truth, columns=["region", "industry", "true"]).merge(frame)
    assert len(hidden) == len(truth) > 300
    assert set(hidden["employment_status"]) == {"estimated"}
    assert (hidden["employment_low"] <= hidden["true"]).all()
    assert (hidden["true"] <= hidden["employment_high"]).all()
    error = (hidden["employment"] - hidden["true"]).abs().sum() / hidden["true"].sum()
    assert error < 0.15


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
