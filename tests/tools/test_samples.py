"""The committed sample: reproducible, consistent, withheld by its rule, and plainly synthetic."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from make_samples import make_samples
from sample_qcew import COLUMNS
from sample_region import (
    AREA_TITLES,
    COUNTY_SHARES,
    NATION,
    STATE,
    YEARS,
    Cell,
    Key,
    ancestors,
    make_region,
)
from sample_withholding import ROOT, parent_of, withheld_cells

DATA = Path(__file__).resolve().parents[2] / "data"
SLICES = DATA / "samples_qcew"
TABLES = DATA / "samples"
MAX_ROWS = 10_000
MAX_SLICES_BYTES = 3_000_000


@pytest.fixture(scope="module")
def truth():
    return make_region()


@pytest.fixture(scope="module")
def withheld(truth):
    return withheld_cells(truth)


@pytest.fixture(scope="module")
def slices():
    rows = {}
    for year in YEARS:
        with (SLICES / f"{year}.annual.synthetic.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                key = Key(row["area_fips"], year, row["own_code"], row["industry_code"])
                assert int(row["year"]) == year
                assert key not in rows
                rows[key] = row
    return rows


def _table(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_generator_writes_the_committed_files_byte_for_byte(tmp_path):
    make_samples(tmp_path)
    written = {path.relative_to(tmp_path): path for path in sorted(tmp_path.rglob("*.csv"))}
    committed = {
        path.relative_to(DATA)
        for folder in (SLICES, TABLES)
        for path in sorted(folder.glob("*.csv"))
    }
    assert set(written) == committed
    stale = [
        str(name)
        for name, path in written.items()
        if path.read_bytes() != (DATA / name).read_bytes()
    ]
    assert not stale, f"run `make samples`: {stale}"


def test_another_seed_gives_another_region(truth):
    other = make_region(seed=7)
    total = Key(NATION, 2023, "5", "10")
    assert other[total] != truth[total]


def test_industries_add_up_to_their_parents_and_ownerships_to_the_total(truth):
    sums = defaultdict(lambda: Cell(0, 0, 0, 0))
    for key, cell in truth.items():
        parent = parent_of((key.own, key.code))
        if parent is not None:
            above = Key(key.area, key.year, *parent)
            sums[above] = sums[above].plus(cell)
    assert sums
    assert all(truth[key] == cell for key, cell in sums.items())


def test_counties_lie_inside_the_state_and_the_state_inside_the_nation(truth):
    for key, nation in truth.items():
        if key.area != NATION or key.own == "0":
            continue
        state = truth[key._replace(area=STATE)]
        counties = [truth[k] for c in COUNTY_SHARES if (k := key._replace(area=c)) in truth]
        for place in (0, 1, 2):
            assert sum(cell[place] for cell in counties) < state[place] < nation[place]


def test_few_establishments_or_a_dominant_one_are_withheld(truth, withheld):
    primary = {
        key
        for key, cell in truth.items()
        if (key.own, key.code) != ROOT
        and (cell.establishments < 3 or cell.largest > 0.8 * cell.jobs)
    }
    assert primary <= withheld
    assert {key for key in primary if truth[key].establishments >= 3}
    assert {key for key in primary if key.code == "21"}
    assert len(withheld) > len(primary)


def test_no_withheld_cell_follows_from_adding_and_subtracting(truth, withheld):
    trees = defaultdict(list)
    for key in truth:
        trees[key.area, key.year].append(key)
    hidden = 0
    for keys in trees.values():
        unknown = {key: at for at, key in enumerate(sorted(set(keys) & withheld))}
        hidden += len(unknown)
        if unknown:
            assert not _determined(_equations(keys, unknown)).any()
    assert hidden == len(withheld) > 1000


def _equations(keys, unknown):
    """Return one row a parent: +1 for a withheld child, -1 for the withheld parent itself."""
    rows = defaultdict(lambda: np.zeros(len(unknown)))
    for key in keys:
        node = (key.own, key.code)
        if key not in unknown:
            continue
        if (parent := parent_of(node)) is not None:
            rows[parent][unknown[key]] += 1
        if any(parent_of((k.own, k.code)) == node for k in keys):
            rows[node][unknown[key]] -= 1
    return np.array(list(rows.values()))


def _determined(equations):
    """Return which unknowns the equations fix: those without part in the null space."""
    _, values, directions = np.linalg.svd(equations, full_matrices=True)
    free = directions[(values > 1e-9).sum() :]
    return np.abs(free).max(axis=0, initial=0) < 1e-9


def test_slices_have_the_columns_and_quoting_of_bls(slices):
    lines = (SLICES / "2023.annual.synthetic.csv").read_text(encoding="utf-8").split("\n")
    assert len(COLUMNS) == 38
    assert lines[0] == ",".join(f'"{name}"' for name in COLUMNS)
    assert lines[1].startswith('"98000","0","10","50","0","2023","A","",')
    assert sum(path.stat().st_size for path in SLICES.iterdir()) < MAX_SLICES_BYTES
    assert {row["agglvl_code"] for row in slices.values()} == {
        *("10", "11", "14", "15", "16"),
        *("50", "51", "54", "55", "56"),
        *("70", "71", "74", "75", "76"),
    }


def test_slices_say_the_truth_except_where_it_is_withheld(slices, truth, withheld):
    assert set(slices) == {key for key in truth if key.year in YEARS}
    for key, row in slices.items():
        cell = truth[key]
        assert int(row["annual_avg_estabs"]) == cell.establishments
        hidden = key in withheld
        assert row["disclosure_code"] == ("N" if hidden else "")
        assert int(row["annual_avg_emplvl"]) == (0 if hidden else cell.jobs)
        assert int(row["total_annual_wages"]) == (0 if hidden else cell.wages)
        before = key._replace(year=key.year - 1)
        assert row["oty_disclosure_code"] == ("N" if hidden or before in withheld else "")
        if not row["oty_disclosure_code"] and before in truth:
            assert int(row["oty_annual_avg_emplvl_chg"]) == cell.jobs - truth[before].jobs


def test_published_quotients_are_on_the_base_of_bls(slices):
    row = slices[Key("98003", 2023, "5", "334")]
    jobs = int(row["annual_avg_emplvl"])
    total = int(slices[Key("98003", 2023, "0", "10")]["annual_avg_emplvl"])
    nation = int(slices[Key(NATION, 2023, "5", "334")]["annual_avg_emplvl"])
    nation_total = int(slices[Key(NATION, 2023, "0", "10")]["annual_avg_emplvl"])
    assert float(row["lq_annual_avg_emplvl"]) == round(jobs / total / (nation / nation_total), 2)


def test_the_truth_lies_between_low_and_high_in_employment_csv(truth):
    rows = _table("employment.csv")
    assert len(rows) <= MAX_ROWS
    estimated = 0
    for row in rows:
        key = Key(row["region"], int(row["year"]), "5", row["industry"])
        jobs = truth[key].jobs if key in truth else 0
        value = int(row["employment"])
        if row["flag"] == "N":
            estimated += 1
            low, high = int(row["employment_low"]), int(row["employment_high"])
            assert low <= jobs <= high, row
            assert low <= value <= high, row
            assert low < high, f"a withheld figure is given away: {row}"
        else:
            assert value == jobs, row
            assert row["employment_low"] == row["employment_high"] == ""
    assert estimated > 500


def test_wages_are_published_where_jobs_are_and_elsewhere_pay_is_estimated(truth):
    jobs = {(r["region"], r["industry"], r["year"]): r for r in _table("employment.csv")}
    estimated = 0
    for row in _table("wages.csv"):
        key = Key(row["region"], int(row["year"]), "5", row["industry"])
        if jobs[row["region"], row["industry"], row["year"]]["flag"]:
            estimated += 1
            assert row["total_wages"] == ""
            assert row["note"] == "synthetic, pay estimated"
            assert 10_000 < int(row["avg_annual_pay"]) < 400_000
        else:
            assert int(row["total_wages"]) == (truth[key].wages if key in truth else 0)
            assert row["note"] == "synthetic"
    assert estimated > 500


@pytest.mark.parametrize("name", ["employment.csv", "wages.csv", "growth.csv", "indicators.csv"])
def test_every_row_says_that_it_is_synthetic(name):
    rows = _table(name)
    assert rows
    assert all(row["note"].startswith("synthetic") for row in rows)


def test_no_area_could_be_taken_for_a_real_one():
    assert all(title.startswith("Synthetic ") for title in AREA_TITLES.values())
    assert all(code.startswith("98") for code in AREA_TITLES if code != NATION)
    assert "Invented figures" in (TABLES / "README.md").read_text(encoding="utf-8")


def test_projections_are_given_for_every_industry_and_the_total():
    rows = _table("growth.csv")
    assert {(row["base_year"], row["end_year"], row["basis"]) for row in rows} == {
        ("2023", "2033", "projected")
    }
    jobs = {
        (r["region"], r["industry"])
        for r in _table("employment.csv")
        if r["employment"] != "0" and r["year"] == "2023"
    }
    assert jobs <= {(row["region"], row["industry"]) for row in rows}
    assert (NATION, "10") in jobs


def _region(truth, code, year=2023):
    cells = [truth[k] for c in COUNTY_SHARES if (k := Key(c, year, "5", code)) in truth]
    return tuple(sum(cell[place] for cell in cells) for place in (0, 1, 2))


def _quotient(truth, code):
    jobs, total = _region(truth, code)[1], _region(truth, "10")[1]
    nation, all_nation = (truth[Key(NATION, 2023, "5", c)].jobs for c in (code, "10"))
    return jobs / total / (nation / all_nation)


def test_the_region_has_the_stories_that_its_readme_tells(truth):
    total_establishments, total, wages = _region(truth, "10")
    average = wages / total
    assert total_establishments > 20_000
    electronics = _region(truth, "334")
    assert _quotient(truth, "334") > 2
    assert electronics[1] > _region(truth, "334", 2018)[1]
    assert electronics[2] / electronics[1] > 1.4 * average
    food = _region(truth, "722")
    assert food[1] > 0.1 * total
    assert food[2] / food[1] < 0.5 * average
    assert _region(truth, "322")[1] < 0.9 * _region(truth, "322", 2018)[1]
    assert _region(truth, "721", 2020)[1] < 0.7 * _region(truth, "721", 2019)[1]
    assert _region(truth, "331")[0] == 9
    assert _quotient(truth, "331") > 8
    mine = truth[Key("98009", 2023, "5", "212")]
    assert mine.largest > 0.8 * mine.jobs


@pytest.mark.parametrize(
    ("code", "above"),
    [("3344", ("334", "31-33", "10")), ("622", ("62", "10")), ("44-45", ("10",)), ("10", ())],
)
def test_ancestors(code, above):
    assert ancestors(code) == above


def test_the_check_for_subtraction_would_notice_a_lone_withheld_cell():
    # a + b is known, c is alone under its parent.
    assert _determined(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])).tolist() == [
        False,
        False,
        True,
    ]
