"""BLS's projections by industry: the real workbook, and tables in the layout of other releases."""

import openpyxl
import pytest

from sectorscan.errors import InputError
from sectorscan.sources.bls_projections import is_bls_projections, read_bls_projections
from sectorscan.tables.files import expand

BLS = "data/projections/bls_employment_projections_2020_2030_industry.xlsx"
HEADER = [
    *("Industry", "2022 NAICS", "Employment, 2013", "Employment, 2023", "Employment, 2033"),
    *("Employment change, 2013–23", "Employment change, 2023–33"),
    *("Employment, Compound annual rate of change, 2023–33",),
    "Occupational openings, 2023–33 annual average",
]


def workbook(path, rows, title="Table 2.11"):
    book = openpyxl.Workbook()
    book.active.title = "Index"
    book.active.append(["Synthetic industry tables"])
    sheet = book.create_sheet(title)
    sheet.append(["Table 2.11 Synthetic (Employment in thousands of jobs)"])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    sheet.append(["(1) A footnote."])
    sheet.append(["Source: synthetic figures"])
    book.save(path)
    return expand([path])[0]


def amounts(tables, quantity="projected_jobs"):
    rows = tables.rates[tables.rates["quantity"] == quantity]
    pairs = zip(rows["numerator"], rows["denominator"], strict=True)
    return dict(zip(rows["industry"], pairs, strict=True))


@pytest.mark.shared
def test_the_published_rate_of_every_row_is_reproduced(shared):
    """Jobs of the real table give back BLS's own rates, which it rounds to a tenth."""
    file = expand([shared(BLS)])[0]
    tables = read_bls_projections(file)
    (read,) = tables.inputs
    assert (read.kind, read.rows) == ("bls-projections", 253)
    assert set(zip(tables.rates["base_year"], tables.rates["end_year"], strict=True)) == {
        (2020, 2030)
    }
    jobs = amounts(tables)
    assert jobs["10"] == pytest.approx((165_413_700, 153_533_800))
    assert jobs["48-49"] == pytest.approx((6_189_200, 5_555_100))
    sheet = openpyxl.load_workbook(file.path)["Table 2.11"]
    compared = 0
    for row in sheet.iter_rows(min_row=3, values_only=True):
        base, end, published = row[3], row[4], row[8]
        if not base or isinstance(base, str) or not isinstance(published, int | float):
            continue
        found = [pair for pair in jobs.values() if pair == pytest.approx((end * 1e3, base * 1e3))]
        if found:
            rate = 100 * ((found[0][0] / found[0][1]) ** 0.1 - 1)
            # Jobs are rounded to 50: in the smallest industries that moves the rate.
            assert abs(rate - published) <= 0.0501 + 100 / (found[0][1] / 100) / 10
            compared += 1
    assert compared > 215


def test_a_later_release_with_openings_en_dashes_and_footnotes(tmp_path):
    rows = [
        ["Total(1)(2)", None, 140000, 160000, 168000, 1, 1, 0.5, 18000],
        ["  Mining", "21", 600, 550, 500, 1, 1, -0.9, 60],
        ["    Coal mining", "2121", 80, 40, "—", 1, 1, "—", "—"],
        ["  Apparel, leather", "315, 316", 180, 100, 60, 1, 1, -5.0, 10],
        ["Federal government", "NA", 2900, 2900, 2900, 0, 0, 0, 300],
    ]
    tables = read_bls_projections(workbook(tmp_path / "industry.xlsx", rows))
    assert amounts(tables) == {
        "10": (168e6, 160e6),
        "21": (5e5, 5.5e5),
        "315, 316": (6e4, 1e5),
    }
    assert amounts(tables, "openings")["21"] == (6e4, 5.5e5)
    assert set(tables.rates["base_year"]) == {2023}
    assert tables.findings[-1:] == ()


def test_it_is_known_by_its_columns_not_by_an_analysts():
    assert is_bls_projections(HEADER)
    assert not is_bls_projections(["region", "naics", "Employment, 2013", "Employment, 2023"])
    assert not is_bls_projections(["Industry", "NAICS", "Output, 2013", "Output, 2023"])


def test_every_bad_cell_is_told_with_its_place(tmp_path):
    rows = [
        ["Total", None, 1, 160000, 168000, 1, 1, 0.5, 18000],
        ["Mining", "twenty-one", 600, 550, 500, 1, 1, -0.9, 60],
        ["Utilities", "22", 600, "lots", 500, 1, 1, -0.9, 60],
        ["Construction", "23", 600, 500, -500, 1, 1, -0.9, 60],
    ]
    with pytest.raises(InputError) as caught:
        read_bls_projections(workbook(tmp_path / "industry.xlsx", rows))
    said = "\n".join(str(finding) for finding in caught.value.findings)
    assert "column Employment, 2023: this is not a number (found 'lots')" in said
    assert "row 4, column 2022 NAICS: the cell names no NAICS codes (found 'twenty-one')" in said
    assert "column Employment, 2033" in said
    assert len(caught.value.findings) == 3


def test_a_table_without_its_total_is_a_caution(tmp_path):
    rows = [["Mining", "21", 600, 550, 500, 1, 1, -0.9, 60]] * 2
    tables = read_bls_projections(workbook(tmp_path / "industry.xlsx", rows))
    assert [f.severity for f in tables.findings if "no row for all" in f.what] == ["caution"]
    assert len(tables.rates) == 2
