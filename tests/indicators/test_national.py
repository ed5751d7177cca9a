"""Every county at once, against the same figures computed row by row."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from sectorscan.errors import InputError
from sectorscan.indicators.national import county_structure
from sectorscan.sources.national import every_county
from singlefile import REGION, singlefile

COUNTIES = len(REGION) + 3


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation")
    return [singlefile(folder, COUNTIES, year) for year in (2021, 2022, 2023)]


def published(files, digits):
    texts = {"area_fips": str, "industry_code": str, "own_code": str, "disclosure_code": str}
    rows = pd.concat(pd.read_csv(path, dtype=texts, keep_default_na=False) for path in files)
    rows = rows[(rows["own_code"] == "5")]
    rows.loc[rows["disclosure_code"] == "N", "annual_avg_emplvl"] = np.nan
    wanted = (rows["industry_code"].str.len() == digits) | (rows["industry_code"] == "10")
    rows = rows[wanted & ~rows["industry_code"].str.contains("-")] if digits != 2 else rows
    return rows.set_index(["area_fips", "industry_code", "year"])["annual_avg_emplvl"]


def test_arrays_hold_the_published_jobs(files, tmp_path):
    national = every_county(files, tmp_path)
    jobs = published(files, 4)
    assert national.years == (2021, 2022, 2023)
    assert len(national.areas) == COUNTIES
    assert not {"US000", "10"} & {*national.areas, *national.codes}
    cells = pd.MultiIndex.from_product([national.areas, national.codes, national.years])
    hidden = jobs.reindex(cells).to_numpy()
    expected = np.where(cells.isin(jobs.index), hidden, 0.0).reshape(national.jobs.shape)
    np.testing.assert_array_equal(national.jobs, expected)
    assert np.isnan(expected).any()
    assert national.all_jobs[0, 0, 2] == jobs["US000", "10", 2023]


def test_quotients_and_shift_share_are_those_of_the_rows(files, tmp_path):
    national = every_county(files, tmp_path)
    structure = county_structure(national)
    jobs = published(files, 4)
    checked = 0
    for at, (area, code) in enumerate(
        (area, code) for area in national.areas for code in national.codes[::25]
    ):
        a, c = national.areas.index(area), national.codes.index(code)
        now, before = (jobs.get((area, code, year), 0.0) for year in (2023, 2021))
        nation = jobs["US000", code, 2023], jobs.get(("US000", code, 2021), np.nan)
        whole = jobs["US000", "10", 2023], jobs["US000", "10", 2021]
        if at % 3 or np.isnan([now, before, *nation]).any():
            continue
        quotient = (now / jobs[area, "10", 2023]) / (nation[0] / whole[0])
        assert structure.location_quotient[a, c, 2] == pytest.approx(quotient, rel=1e-12)
        parts = [part[a, c] for part in structure.shift_share]
        assert sum(parts) == pytest.approx(now - before, abs=1e-6)
        assert parts[0] == pytest.approx(before * (whole[0] / whole[1] - 1), abs=1e-6)
        checked += 1
    assert checked > 10


def test_files_without_the_nation_are_refused(files, tmp_path):
    lines = files[0].read_text(encoding="utf-8").splitlines(keepends=True)
    cut = tmp_path / "counties.csv"
    cut.write_text("".join(line for line in lines if "US000" not in line), encoding="utf-8")
    with pytest.raises(InputError, match="no nation"):
        every_county([cut], tmp_path / "cache")
