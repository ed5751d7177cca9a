"""Withheld cells of real counties: bounds against a linear programme, and hidden truth."""

import csv

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack
from tests.sources.columbus import COLUMBUS, everyone, private, read

from sectorscan.sources import naics
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector

__all__ = ["everyone", "private"]


def published_rows(shared, pattern):
    paths = sorted(shared(COLUMBUS).glob(pattern))
    frames = (pd.read_csv(p, dtype=str, keep_default_na=False).assign(file=p.name) for p in paths)
    return pd.concat(frames, ignore_index=True)


@pytest.mark.parametrize("figure", ["employment", "total_wages"])
def test_every_value_lies_in_its_bounds(private, everyone, figure):
    for tables in (private, everyone):
        frame = tables.employment
        assert not frame[figure].isna().any()
        slack = 1e-9 * (1 + frame[figure])
        assert (frame[f"{figure}_low"] <= frame[figure] + slack).all()
        assert (frame[figure] <= frame[f"{figure}_high"] + slack).all()
        assert np.isfinite(frame[f"{figure}_high"]).all()


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
