"""Counties and their state bounded together: planted truth, a linear programme, cases by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sectorscan.sources import naics
from sectorscan.sources.areas import counties_of
from sectorscan.sources.qcew_cells import fill
from sectorscan.sources.qcew_rates import rates
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.sources.state_sums import state_sums

STATE, A, B, C, NOWHERE = "10000", "10001", "10003", "10005", "10999"
"""Delaware has three counties."""
LEAVES = ("3111", "3112", "312", "441", "4421", "4422", "72")
ABOVE = ("10", "31-33", "311", "44-45", "442")
CODES = (*ABOVE, *LEAVES)
FIGURES = ["establishments", "employment", "wages"]


def line(area, industry, establishments, jobs, quarter=0, year=2023, **more):
    return {
        "area": area,
        "own": "5",
        "industry": industry,
        "year": year,
        "quarter": quarter,
        "derived": False,
        "establishments": float(establishments),
        "employment": jobs,
        "wages": jobs * 1000.0,
        **more,
    }


def coded(lines):
    """Rows as the reader gives them, and their code book."""
    codes = CodeBook()
    rows = pd.DataFrame(lines)
    for name, book in (("area", codes.areas), ("own", codes.owns), ("industry", codes.industries)):
        rows[name] = [book.number(text) for text in rows[name]]
    return rows, codes


def filled(lines):
    rows, codes = coded(lines)
    nobody = np.zeros(len(rows), dtype=bool)
    return fill(rows, codes, rates(rows, codes.industries.texts, nobody))


def ends(cells, figure="employment"):
    found = getattr(cells, figure)
    return list(zip(found.low, found.high, strict=True))


def county_b_withholds(quarter=1, b_firms=2):
    """The state has 100 in manufacturing, county A 60 of them; B has 50 jobs and withholds all."""
    nan = np.nan
    return [
        line(STATE, "10", 10 + b_firms, 150.0, quarter),
        line(STATE, "31-33", 7, 100.0, quarter),
        line(STATE, "72", 3 + b_firms, 50.0, quarter),
        line(A, "10", 8, 100.0, quarter),
        line(A, "31-33", 5, 60.0, quarter),
        line(A, "72", 3, 40.0, quarter),
        line(B, "10", 2 + b_firms, 50.0, quarter),
        line(B, "31-33", 2, nan, quarter),
        line(B, "72", b_firms, nan, quarter),
        line(C, "10", 0, 0.0, quarter),
        line(NOWHERE, "10", 0, 0.0, quarter),
    ]


def test_what_the_other_counties_leave_of_the_state_is_the_countys():
    """100 - 60 = 40 in manufacturing, so 50 - 40 = 10 elsewhere; by its own tree each 0 to 50."""
    lines = county_b_withholds()
    assert ends(filled(lines[3:]))[4:6] == [(0, 50), (0, 50)]
    cells = filled(lines)
    assert ends(cells)[7:9] == [(40, 40), (10, 10)]
    assert list(cells.employment.value[7:9]) == [40, 10]
    assert ends(cells, "wages")[7:9] == [(40_000, 40_000), (10_000, 10_000)]
    # the trees that bound bundles start from the same ends
    assert list(cells.trees.jobs.high[7:9]) == [40, 10]


def test_annual_averages_have_the_rounding_of_every_county_and_the_state():
    """Three published averages, each off by half a job at most: 40 by 1.5. Wages are exact."""
    cells = filled(county_b_withholds(quarter=0))
    assert ends(cells)[7:9] == [(38.5, 41.5), (8.5, 11.5)]
    assert ends(cells, "wages")[7:9] == [(40_000, 40_000), (10_000, 10_000)]


def test_the_counties_tell_what_their_state_withholds():
    lines = county_b_withholds()
    for at, jobs in ((1, np.nan), (2, np.nan), (7, 40.0), (8, 10.0)):
        lines[at].update(employment=jobs, wages=jobs * 1000.0)
    assert ends(filled(lines))[1:3] == [(100, 100), (50, 50)]


def test_where_a_county_may_be_absent_the_state_is_a_ceiling_only():
    """90 - 60 = 30 in manufacturing and 68 - 40 = 28 in food at most, and county B has 50."""
    lines = county_b_withholds()
    for at, firms, jobs in ((0, 14, 158.0), (1, 8, 90.0), (2, 6, 68.0)):
        lines[at].update(establishments=firms, employment=jobs, wages=jobs * 1000.0)
    assert ends(filled(lines))[7:9] == [(22, 30), (20, 28)]


def test_without_the_states_row_nothing_is_done():
    rows, codes = coded(county_b_withholds()[3:])
    assert state_sums(rows, codes) is None
    assert state_sums(*coded(county_b_withholds()[:3])) is None


@pytest.mark.parametrize("absent", [C, NOWHERE])
def test_in_annual_averages_every_county_must_be_there(absent):
    """Their establishments are rounded: that they agree doesn't make the others the state."""
    assert counties_of(STATE, 2023) == {A, B, C}
    for quarter, certain in ((0, False), (1, True)):
        lines = county_b_withholds(quarter)
        assert state_sums(*coded(lines)).sums.complete[:3].all()
        lines = [entry for entry in lines if entry["area"] != absent]
        assert (state_sums(*coded(lines)).sums.complete[:3] == certain).all()


def test_a_state_whose_counties_are_not_known_is_a_ceiling_only():
    assert not counties_of("98000", 2023)
    lines = [{**entry, "area": "98" + entry["area"][2:]} for entry in county_b_withholds(0)]
    assert not state_sums(*coded(lines)).sums.complete.any()
    # 41.5 of manufacturing at most, so 7 in food at least; and 11.5, so 37
    assert ends(filled(lines))[7:9] == [(37, 41.5), (7, 11.5)]


def test_connecticut_counts_once():
    regions, counties = counties_of("09000", 2024), counties_of("09000", 2023)
    assert (len(regions), len(counties)) == (9, 8)
    assert not regions & counties


def test_a_state_that_its_counties_contradict_is_left_out():
    lines = county_b_withholds()
    lines[1].update(employment=40.0, wages=40_000.0)  # county A alone has 60
    cells = filled(lines)
    assert list(np.flatnonzero(cells.apart)) == [1]
    # food service still holds: 50 - 40 = 10, and the rest of county B is 40
    assert ends(cells)[7:9] == [(40, 40), (10, 10)]


def test_a_state_that_the_countys_tree_contradicts_is_left_out_at_that_time():
    lines = county_b_withholds()
    lines[2].update(employment=65.0, wages=65_000.0)  # leaves 40 + 25 for a county of 50
    lines += county_b_withholds(quarter=2)
    cells = filled(lines)
    assert ends(cells)[7:9] == [(0, 50), (0, 50)]
    assert cells.apart[1:3].any()
    assert not cells.apart[11:].any()
    assert ends(cells)[18:20] == [(40, 40), (10, 10)]


def test_years_derived_from_changes_take_no_part():
    lines = [{**entry, "derived": True} for entry in county_b_withholds()]
    assert state_sums(*coded(lines)) is None


def a_state(rng, state, quarter, withheld_share):
    """A state's rows with what is hidden and its truth: leaves drawn, parents and state summed.

    Establishments of annual rows are averages too, rounded in every row for itself.
    """
    areas = [state, *sorted(counties_of(state, 2023)), f"{state[:2]}999"]
    counties = len(areas) - 1
    above = {code: [leaf for leaf in LEAVES if _is_above(code, leaf)] for code in CODES}
    firms = rng.poisson(2.0, (counties, len(LEAVES))) * (rng.random((counties, len(LEAVES))) < 0.8)
    if quarter == 0:
        firms = np.where(firms > 0, firms + rng.integers(-2, 3, firms.shape) / 4, 0.0)
    # The mean of twelve months, or of three.
    months = 3 if quarter else 12
    jobs = np.where(firms > 0, rng.integers(0, 90 * months, firms.shape) / months, 0.0)
    lines, truth, paid = [], [], []
    of, wages = (np.vstack([part.sum(0), part]) for part in (jobs, np.rint(1000.0 * jobs)))
    of_firms = np.vstack([firms.sum(0), firms])
    for at, area in enumerate(areas):
        for code in CODES:
            columns = [LEAVES.index(leaf) for leaf in above[code]]
            count, real = of_firms[at, columns].sum(), of[at, columns].sum()
            if not count:
                continue
            hidden = code != "10" and (count < 3 or rng.random() < withheld_share)
            shown = np.round(real) if quarter == 0 else real
            entry = line(area, code, np.round(count), np.nan if hidden else shown, quarter)
            lines.append({**entry, "wages": np.nan if hidden else wages[at, columns].sum()})
            truth.append(real)
            paid.append(wages[at, columns].sum())
    return lines, np.array(truth), np.array(paid)


def _is_above(code, leaf):
    while leaf is not None:
        if leaf == code:
            return True
        leaf = naics.parent(leaf)
    return False


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    state=st.sampled_from(["11000", "10000", "44000", "15000", "33000"]),
    quarter=st.sampled_from([0, 3]),
    share=st.floats(0.0, 0.8),
    absent=st.sampled_from(["nothing", "nothing", "counties", "rows"]),
)
def test_planted_truth_stays_inside_and_nothing_widens(seed, state, quarter, share, absent):
    """One to ten counties; some absent, or rows of a quarter, whose counts tell for certain."""
    rng = np.random.default_rng(seed)
    lines, truth, paid = a_state(rng, state, quarter, share)
    lost = {entry["area"] for entry in lines if absent == "counties" and rng.random() < 0.02}
    without = 0.3 if absent == "rows" and quarter else 0.0
    kept = [
        at
        for at, entry in enumerate(lines)
        if entry["area"] == state or (entry["area"] not in lost and rng.random() >= without)
    ]
    lines, truth, paid = [lines[at] for at in kept], truth[kept], paid[kept]
    together = filled(lines)
    county = np.array([entry["area"] != state for entry in lines], dtype=bool)
    alone_counties = filled([lines[at] for at in np.flatnonzero(county)]) if county.any() else None
    alone_state = filled([lines[at] for at in np.flatnonzero(~county)])
    for figure, real in (("employment", truth), ("wages", paid)):
        got = getattr(together, figure)
        hidden = np.isnan([entry[figure] for entry in lines])
        lost = 1e-9 * (1 + real)
        assert (got.low <= real + lost)[hidden].all()
        assert (real <= got.high + lost)[hidden].all()
        assert (got.low <= got.value + lost)[~np.isnan(got.value)].all()
        assert (got.value <= got.high + lost)[~np.isnan(got.value)].all()
        for alone, where in ((alone_counties, county), (alone_state, ~county)):
            if alone is not None:
                one = getattr(alone, figure)
                assert (got.low[where] >= one.low).all()
                assert (got.high[where] <= one.high).all()
    assert not together.apart.any()


def by_linear_programme(lines, quarter, complete):
    """Each withheld cell's least and most with every tree's and the state's sums, by HiGHS."""
    at = {(entry["area"], entry["industry"]): row for row, entry in enumerate(lines)}
    sums = []
    for (area, code), row in at.items():
        below = [r for (a, c), r in at.items() if a == area and _next_above(c, area, at) == code]
        across = [r for (a, c), r in at.items() if area == STATE and a != STATE and c == code]
        sums += [(row, part, full) for part, full in ((below, True), (across, complete[row]))]
    matrix, limits = [], []
    for row, below, full in (each for each in sums if each[1]):
        difference = np.zeros(len(lines))
        difference[row], difference[below] = 1.0, -1.0
        matrix += [difference, -difference] if full else [-difference]
        slack = 0.5 * (len(below) + 1) if quarter == 0 else 0.0
        limits += [slack] * (2 if full else 1)
    box = [
        (0, None) if np.isnan(entry["employment"]) else (entry["employment"],) * 2
        for entry in lines
    ]
    found = {}
    for cell in [row for row, entry in enumerate(lines) if np.isnan(entry["employment"])]:
        goal = np.zeros(len(lines))
        goal[cell] = 1.0
        least = linprog(goal, matrix, limits, bounds=box, method="highs")
        most = linprog(-goal, matrix, limits, bounds=box, method="highs")
        assert least.status == most.status == 0
        found[cell] = (least.fun, -most.fun)
    return found


def _next_above(code, area, at):
    parent = naics.parent(code)
    while parent is not None and (area, parent) not in at:
        parent = naics.parent(parent)
    return parent


@pytest.mark.parametrize("quarter", [0, 2])
def test_no_end_cuts_into_what_a_linear_programme_allows(quarter):
    """The whole system is no tree: passing in turn may stay wider, never narrower."""
    rng = np.random.default_rng(3)
    ours, exact, alone = [], [], []
    for _ in range(25):
        # Every leaf has its level's parent here, so both see the same sums.
        lines, *_ = a_state(rng, STATE, quarter, 0.4)
        cells = filled(lines)
        county = [entry for entry in lines if entry["area"] != STATE]
        own = {
            (entry["area"], entry["industry"]): end
            for part in (county, [entry for entry in lines if entry["area"] == STATE])
            for entry, end in zip(part, ends(filled(part)), strict=True)
        }
        complete = state_sums(*coded(lines)).sums.complete
        assert complete.any()
        for cell, (low, high) in by_linear_programme(lines, quarter, complete).items():
            got = (cells.employment.low[cell], cells.employment.high[cell])
            assert got[0] <= low + 1e-6
            assert got[1] >= high - 1e-6
            ours.append(got[1] - got[0])
            exact.append(high - low)
            least, most = own[lines[cell]["area"], lines[cell]["industry"]]
            alone.append(most - least)
    assert len(ours) > 400
    ours, exact, alone = (np.array(widths) for widths in (ours, exact, alone))
    assert ours.sum() < 0.5 * alone.sum()
    assert ours.sum() < 1.02 * exact.sum()
    assert (ours - exact < 1e-6).mean() > 0.95
