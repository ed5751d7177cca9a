"""LEHD QWI files in their published columns; all figures are synthetic."""

import gzip

import numpy as np
import pytest

from sectorscan.errors import InputError
from sectorscan.sources.qwi import is_qwi, read_qwi
from sectorscan.sources.withheld_parts import share_of_parts
from sectorscan.tables.files import expand
from sectorscan.tables.model import Scope

HEADER = (
    "periodicity,seasonadj,geo_level,geography,ind_level,industry,ownercode,sex,agegrp,race,"
    "ethnicity,education,firmage,firmsize,year,quarter,Emp,EmpS,HirNs,TurnOvrS,EarnHirNS,"
    "sEmp,sEmpS,sHirNs,sTurnOvrS,sEarnHirNS"
)
AGES = [f"A0{n}" for n in range(9)]


def line(geo, industry, age, emp, *, year=2023, quarter=1, owner="A05", sex="0", flag=1, **more):
    level = {1: "S", 2: "S"}.get(len(geo), "C")
    figures = [emp, more.get("stable", ""), more.get("hires", "")]
    figures += [more.get("turnover", ""), more.get("pay", "")]
    flags = [flag, *(more.get("flags") or (1, 1, 1, 1))]
    cells = ["Q", "U", level, geo, "3", industry, owner, sex, age, "A0", "A0", "E0", "0", "0"]
    return ",".join(map(str, [*cells, year, quarter, *figures, *flags]))


def block(geo, industry, ages, **more):
    """Return the lines of one cell: all workers first, then each age group (None: withheld)."""
    total = sum(a for a in ages if a) if more.get("total") is None else more.pop("total")
    keys = {k: more[k] for k in ("year", "quarter", "owner") if k in more}
    lines = [line(geo, industry, "A00", total, **more)]
    for age, emp in zip(AGES[1:], ages, strict=True):
        withheld = {"flag": 5} if emp is None else {}
        lines.append(line(geo, industry, age, "" if emp is None else emp, **keys, **withheld))
    return lines


def read(tmp_path, lines, scope=None, name="qwi_zz_sa.csv", pack=False):
    content = "\n".join([HEADER, *lines, ""]).encode()
    path = tmp_path / (name + (".gz" if pack else ""))
    path.write_bytes(gzip.compress(content, mtime=0) if pack else content)
    return read_qwi(expand([path])[0], scope or Scope(areas=("98001", "98003")))


def found(tables, quantity):
    rows = tables.rates[tables.rates["quantity"] == quantity]
    return {
        (r.region, r.industry, r.end_year): (r.numerator, r.low, r.high, r.denominator)
        for r in rows.itertuples()
    }


EIGHT = [10, 10, 20, 20, 20, 10, 8, 2]


@pytest.mark.parametrize("pack", [False, True], ids=["csv", "csv.gz"])
def test_shares_rates_and_pay_of_the_regions_areas(tmp_path, pack):
    figures = {"stable": 80, "turnover": 0.1, "hires": 5, "pay": 3000}
    lines = [
        *block("98001", "311", EIGHT, **figures),
        *block("98001", "311", EIGHT, quarter=2, **{**figures, "turnover": 0.2, "pay": 4000}),
        *block("98", "00", EIGHT, **figures),
        *block("97001", "311", EIGHT, **figures),
    ]
    tables = read(tmp_path, lines, pack=pack)
    assert found(tables, "workers_55_plus") == {
        ("98001", "311", 2023): (20, 20, 20, 200),
        ("98000", "10", 2023): (10, 10, 10, 100),
    }
    turnover = found(tables, "turnover")["98001", "311", 2023]
    assert turnover[0] / turnover[3] == pytest.approx(0.15)
    pay = found(tables, "new_hire_pay")["98001", "311", 2023]
    assert pay[0] / pay[3] == pytest.approx(12 * 3500)
    assert tables.employment.empty
    assert (tables.inputs[0].kind, tables.inputs[0].rows) == ("lehd-qwi", 36)


def test_withheld_is_an_interval_or_missing_and_never_zero(tmp_path):
    lines = [
        # One old and one young group withheld: 30 workers are left for the two of them.
        *block("98001", "311", [None, 10, 20, 20, 10, 0, None, 10], total=100, stable=9),
        # Everybody withheld, flag 5 with a 0 in its place.
        line("98001", "312", "A00", 0, flag=5, turnover=0, pay=0, flags=(5, 5, 5, 5)),
        # Nothing there at all.
        line("98001", "313", "A00", "", flag=-2, flags=(-2, -2, -1, -1)),
    ]
    tables = read(tmp_path, lines)
    shares = found(tables, "workers_55_plus")
    assert shares["98001", "311", 2023] == (10 + 15, 10, 40, 100)
    assert np.isnan(shares["98001", "312", 2023]).all()
    assert np.isnan(found(tables, "turnover")["98001", "312", 2023]).all()
    assert np.isnan(found(tables, "new_hire_pay")["98001", "312", 2023]).all()
    assert not [key for key in shares if key[1] == "313"]


def test_the_rows_of_all_workers_of_the_ownership_asked_for_count(tmp_path):
    lines = [
        *block("98001", "311", EIGHT),
        *block("98001", "311", [50] * 8, owner="A00"),
        line("98001", "311", "A00", 7, sex="1"),
    ]
    private = read(tmp_path, lines)
    assert found(private, "workers_55_plus")["98001", "311", 2023][3] == 100
    everyone = read(tmp_path, lines, Scope(areas=("98001",), ownership="all"))
    assert found(everyone, "workers_55_plus")["98001", "311", 2023][3] == 400
    only = read(tmp_path, block("98001", "311", EIGHT, owner="A00"))
    assert "all ownerships, while private ownership is ranked" in str(only.findings[0])


def test_the_latest_years_and_the_periods_end_are_kept(tmp_path):
    lines = [x for year in range(2015, 2025) for x in block("98001", "311", EIGHT, year=year)]
    years = {key[2] for key in found(read(tmp_path, lines), "workers_55_plus")}
    assert years == {2023, 2024}
    scope = Scope(areas=("98001",), period=(2018, 2020))
    years = {key[2] for key in found(read(tmp_path, lines, scope), "workers_55_plus")}
    assert years == {2020, 2023, 2024}


def test_a_file_of_other_areas_or_without_ages_says_so_or_gives_the_rest(tmp_path):
    tables = read(tmp_path, block("97001", "311", EIGHT))
    assert [f.severity for f in tables.findings] == ["caution"]
    assert "no figures for the region's areas" in tables.findings[0].what
    alone = [line("98001", "311", "A00", 100, stable=90, turnover=0.1)]
    assert set(read(tmp_path, alone).rates["quantity"]) == {"turnover"}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (line("98001", "311", "A00", "12x"), "98001, industry 311, 2023 q1 .found '12x'"),
        (line("98001", "311", "A00", -5), "found '-5'"),
        (line("98001", "311", "A00", "inf"), "found 'inf'"),
        ("Q,U,C,98001,3,311", "6 cells where the header has 26"),
    ],
)
def test_what_is_no_figure_is_said(tmp_path, bad, says):
    with pytest.raises(InputError, match=says):
        read(tmp_path, [bad])


def test_a_gzip_bomb_and_a_torn_file_are_refused(tmp_path):
    bomb = tmp_path / "qwi_bomb.csv.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as stream:
        stream.write(HEADER.encode() + b"\n")
        for _ in range(40):
            stream.write(b"\n" * (1 << 20))
    with pytest.raises(InputError, match="unpacks 300-fold"):
        read_qwi(expand([bomb])[0], Scope(areas=("98001",)))
    whole = gzip.compress("\n".join([HEADER, *block("98001", "311", EIGHT)]).encode())
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(whole[: len(whole) - 12])
    with pytest.raises(InputError, match="gzip file is damaged"):
        read_qwi(expand([torn])[0], Scope(areas=("98001",)))


def test_it_is_known_by_its_columns():
    assert is_qwi(HEADER.split(","))
    assert not is_qwi(["geography", "industry", "year", "quarter", "employment"])


@pytest.mark.parametrize(
    ("total", "wanted", "others", "answer"),
    [
        (100, [30, 10], [60], (40, 40, 40)),
        (100, [np.nan, 10], [60], (40, 40, 40)),
        (100, [np.nan, 10], [np.nan, 60], (25, 10, 40)),
        (100, [np.nan, np.nan], [np.nan, 40], (40, 0, 60)),
        (50, [np.nan, 30], [np.nan, 40], (30, 30, 30)),
    ],
)
def test_what_is_left_of_a_total_bounds_its_withheld_parts(total, wanted, others, answer):
    assert share_of_parts(total, wanted, others) == answer
