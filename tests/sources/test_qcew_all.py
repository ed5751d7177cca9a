"""With the sum of all areas as the benchmark, the nation's own rows change no estimate."""

import pytest

from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand

HEADER = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages"
)
COUNTIES = (
    "01001,5,10,71,0,2023,A,,20,200,8000000",
    "01001,5,11,74,0,2023,A,N,10,0,0",
    "01001,5,21,74,0,2023,A,N,10,0,0",
    "01003,5,10,71,0,2023,A,,20,200,8000000",
    "01003,5,11,74,0,2023,A,,10,100,4000000",
    "01003,5,21,74,0,2023,A,,10,100,4000000",
)
NATION = (
    "US000,5,10,11,0,2023,A,,20,1100,44000000",
    "US000,5,11,14,0,2023,A,,10,1000,40000000",
    "US000,5,21,14,0,2023,A,,10,100,4000000",
)


def estimated(folder, *rows, benchmark):
    path = folder / "one.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    tables = read_qcew(
        expand([path]), areas=None, benchmark=benchmark, ownership="private", period=None
    )
    found = tables.employment
    ours = found[found["region"] == "01001"].set_index("industry")["employment"]
    return ours[["11", "21"]].tolist()


def test_the_nation_is_no_part_of_all(tmp_path):
    alone = estimated(tmp_path, *COUNTIES, benchmark=("all",))
    assert alone == pytest.approx([100, 100])
    assert estimated(tmp_path, *COUNTIES, *NATION, benchmark=("all",)) == alone
    against = estimated(tmp_path, *COUNTIES, *NATION, benchmark=("US000",))
    assert against == pytest.approx([200 * 10 / 11, 200 / 11])
