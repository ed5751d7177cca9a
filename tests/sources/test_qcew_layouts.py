"""QCEW layouts, spreadsheets' damage and hostile files, on small files made here."""

import csv
import io
import tempfile
import tracemalloc
import zipfile

import numpy as np
import pytest

from sectorscan.errors import InputError
from sectorscan.sources import qcew_lines
from sectorscan.sources.qcew import is_qcew, read_qcew
from sectorscan.tables.files import expand

ANNUAL = (
    *("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"),
    *("disclosure_code", "annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages"),
    *("lq_annual_avg_emplvl", "oty_disclosure_code", "oty_annual_avg_estabs_chg"),
    *("oty_annual_avg_emplvl_chg", "oty_total_annual_wages_chg"),
)
TITLES = ("area_title", "own_title", "industry_title", "agglvl_title", "size_title")
LEVELS = {2: "4", 3: "5", 4: "6", 5: "7", 6: "8"}


def row(area, industry, jobs, estabs, *, own="5", year=2023, change=(0, 0, 0), change_code=""):
    """A row as BLS has it; ``jobs`` None is withheld. Pay is 50,000 a job."""
    depth = "1" if industry == "10" else "4" if "-" in industry else LEVELS[len(industry)]
    if own == "0":
        depth = "0"
    withheld = jobs is None
    return {
        "area_fips": area,
        "own_code": own,
        "industry_code": industry,
        "agglvl_code": ("1" if area == "US000" else "7") + depth,
        "size_code": "0",
        "year": str(year),
        "qtr": "A",
        "disclosure_code": "N" if withheld else "",
        "annual_avg_estabs": str(estabs),
        "annual_avg_emplvl": "0" if withheld else str(jobs),
        "total_annual_wages": "0" if withheld else str(jobs * 50_000),
        "lq_annual_avg_emplvl": "1.0",
        "oty_disclosure_code": "N" if withheld else change_code,
        "oty_annual_avg_estabs_chg": str(change[0]),
        "oty_annual_avg_emplvl_chg": str(change[1]),
        "oty_total_annual_wages_chg": str(change[2]),
    }


def county(area="01001", year=2023):
    """Total 100 = 72 (70 jobs) + 31-33 (30); 72 = 722 + 721, both withheld."""
    return [
        row(area, "10", 120, 14, own="0", year=year),
        row(area, "10", 100, 12, year=year),
        row(area, "31-33", 30, 2, year=year),
        row(area, "311", 30, 2, year=year),
        row(area, "72", 70, 10, year=year),
        row(area, "721", None, 2, year=year),
        row(area, "722", None, 8, year=year),
    ]


def nation(year=2023):
    """Ten jobs an establishment in 721, five in 722."""
    sizes = {"10": (85_000, 9_000), "72": (45_000, 7_000), "721": (20_000, 2_000)}
    sizes |= {"722": (25_000, 5_000), "31-33": (40_000, 2_000), "311": (40_000, 2_000)}
    return [row("US000", code, jobs, n, year=year) for code, (jobs, n) in sizes.items()] + [
        row("US000", "10", 200_000, 9_500, own="0", year=year)
    ]


def text_of(rows, columns=ANNUAL, delimiter=",", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out,
        columns,
        delimiter=delimiter,
        quoting=quoting,
        lineterminator="\n",
        extrasaction="ignore",
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def put(folder, rows, name="qcew.csv", **options):
    path = folder / name
    path.write_text(text_of(rows, **options), encoding="utf-8")
    return path


def read(*paths, areas=("01001",), benchmark=None, ownership="private", period=None):
    chosen = None if areas is None else frozenset(areas)
    return read_qcew(
        expand(paths), areas=chosen, benchmark=benchmark, ownership=ownership, period=period
    )


def cell(tables, industry, region="01001", year=2023):
    frame = tables.employment.set_index(["region", "industry", "year"])
    return frame.loc[(region, industry, year)]


def test_two_withheld_cells_share_what_their_parent_has(tmp_path):
    tables = read(put(tmp_path, county() + nation()))
    lodging, food = cell(tables, "721"), cell(tables, "722")
    # 2 x 10 and 8 x 5 expected, 70 in all
    assert lodging["employment"] == pytest.approx(70 * 20 / 60)
    assert food["employment"] == pytest.approx(70 * 40 / 60)
    assert (lodging["employment_low"], lodging["employment_high"]) == (0, 71.5)
    assert lodging["total_wages"] + food["total_wages"] == pytest.approx(70 * 50_000)
    assert lodging["employment_status"] == "estimated"
    assert cell(tables, "72")["employment_status"] == "published"
    assert tables.public
    assert tables.ownership == "private"
    assert tables.covered_totals.to_dict("list") == {
        "region": ["01001", "US000"],
        "year": [2023, 2023],
        "employment": [120.0, 200_000.0],
    }
    [said] = tables.findings
    assert said.what == (
        "Autauga County, Alabama (01001) withholds 2 of its 3 3-digit industries, which hold 70 % "
        "of its jobs (2023)."
    )


def besides_withholding(tables):
    return [finding for finding in tables.findings if " withhold" not in finding.what]


def by_area(rows):
    titles = {"area_title": "Autauga County, Alabama", "own_title": "Private"}
    names = {"10": "10 Total, all industries", "722": "NAICS 722 Food services and drinking places"}
    return [
        {name.replace("estabs", "estabs_count"): value for name, value in line.items()}
        | titles
        | {"industry_title": names.get(line["industry_code"], line["industry_code"] + " Other")}
        for line in rows
    ]


def test_the_by_area_layout_has_titles_and_counts(tmp_path):
    columns = tuple(name.replace("estabs", "estabs_count") for name in ANNUAL)
    columns = (*columns[:8], *TITLES, *columns[8:])
    path = put(tmp_path, by_area(county()), columns=columns, quoting=csv.QUOTE_ALL)
    assert is_qcew(columns) == "qcew-annual"
    tables = read(path)
    assert tables.area_titles == {"01001": "Autauga County, Alabama"}
    assert cell(tables, "722")["industry_title"] == "Food services and drinking places"
    assert cell(tables, "10")["industry_title"] == "Total, all industries"
    assert cell(tables, "722")["establishments"] == 8


def test_by_industry_files_make_whole_trees(tmp_path):
    """One file an industry, many areas in each: a tree's levels stand in several files."""
    rows = county() + nation() + county("01003")
    whole = read(put(tmp_path, rows, "whole.csv"), areas=("01001", "01003"))
    columns = tuple(name.replace("estabs", "estabs_count") for name in ANNUAL)
    columns = (*columns[:8], *TITLES, *columns[8:])
    packed = tmp_path / "2023_annual_by_industry.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for code in dict.fromkeys(line["industry_code"] for line in rows):
            here = by_area([line for line in rows if line["industry_code"] == code])
            text = text_of(here, columns, quoting=csv.QUOTE_ALL)
            archive.writestr(f"2023.annual.by_industry/2023.annual {code} NAICS.csv", text)
    split = read(packed, areas=("01001", "01003"))
    assert len(split.inputs) == 6
    plain = ["source", "industry_title"]
    assert split.employment.drop(columns=plain).equals(whole.employment.drop(columns=plain))
    assert cell(split, "722")["industry_title"] == "Food services and drinking places"
    pooled = read(packed, areas=None, benchmark=("all",))
    assert set(pooled.employment["region"]) == {"01001", "01003", "US000"}


def test_without_an_industry_s_file_its_sector_only_caps_the_others(tmp_path):
    rows = county() + nation()
    paths = [
        put(tmp_path, [line for line in rows if line["industry_code"] == code], f"{code}.csv")
        for code in ("10", "72", "722")
    ]
    food = cell(read(*paths), "722")
    assert (food["employment_low"], food["employment_high"]) == (0, 71)


@pytest.mark.parametrize("code", ["N", "S", "X", "n/a"])
def test_any_disclosure_code_but_the_dash_withholds(tmp_path, code):
    rows = county()
    rows[3]["disclosure_code"] = code
    assert cell(read(put(tmp_path, rows)), "311")["employment_status"] == "estimated"


@pytest.mark.parametrize("blank", ["NA", "NaN", "nan", "<NA>", "None", "NULL"])
def test_blank_disclosure_codes_as_programs_save_them_withhold_nothing(tmp_path, blank):
    rows = county() + nation()
    plain = read(put(tmp_path, rows)).employment
    saved = [
        {
            name: value or (blank if name in ("disclosure_code", "oty_disclosure_code") else "")
            for name, value in line.items()
        }
        for line in rows
    ]
    assert read(put(tmp_path, saved)).employment.equals(plain)


def test_a_withheld_total_is_said(tmp_path):
    rows = county()
    rows[1] = row("01001", "10", None, 12)
    said = [finding.what for finding in read(put(tmp_path, rows)).findings]
    assert said[0].startswith("the total of all industries is withheld in Autauga County, Alabama")
    assert said[0].endswith("(01001) (2023).")


def test_older_names_of_the_changes_in_percent_are_no_obstacle(tmp_path):
    old = {"oty_annual_avg_estabs_chg": "oty_annual_avg_estabs_count_chg"}
    rows = [
        {old.get(name, name): value for name, value in line.items()}
        | {"oty_annual_avg_emplvl_pct": "5.0"}
        for line in (row("01001", "10", 100, 12, change=(2, 10, 500_000)), *county()[2:])
    ]
    columns = (*(old.get(name, name) for name in ANNUAL), "oty_annual_avg_emplvl_pct")
    before = cell(read(put(tmp_path, rows, columns=columns)), "10", year=2022)
    assert (before["employment"], before["establishments"]) == (90, 10)


def quarterly(rows):
    """Annual rows as those of a first quarter, every month the same."""
    names = {"annual_avg_estabs": "qtrly_estabs", "total_annual_wages": "total_qtrly_wages"}
    names |= {"oty_annual_avg_estabs_chg": "oty_qtrly_estabs_chg"}
    names |= {"oty_total_annual_wages_chg": "oty_total_qtrly_wages_chg"}
    out = []
    for line in rows:
        new = {names.get(name, name): value for name, value in line.items()} | {"qtr": "1"}
        for month in ("month1", "month2", "month3"):
            new[f"{month}_emplvl"] = new["annual_avg_emplvl"]
            new[f"oty_{month}_emplvl_chg"] = new["oty_annual_avg_emplvl_chg"]
        dropped = ("annual_avg_emplvl", "oty_annual_avg_emplvl_chg", "lq_annual_avg_emplvl")
        out.append({name: value for name, value in new.items() if name not in dropped})
    return out


def layouts():
    """Return members of a zip in each layout: the wanted county, then 200,000 rows of others."""
    wanted, filler = county() + nation(), [county(f"{n:05}") for n in range(2001, 2011)]
    others = [line for rows in filler for line in rows]
    titled = (*ANNUAL, *TITLES)

    def text(rows, columns=ANNUAL):
        return text_of(rows, columns)

    def repeated(rows, columns=ANNUAL):
        head, _, body = text(rows, columns).partition("\n")
        return head + "\n" + body * (200_000 // len(rows))

    q_wanted, q_others = quarterly(wanted), quarterly(others)
    q_columns = tuple(q_wanted[0])
    return {
        "annual singlefile": {"a.csv": text(wanted) + repeated(others).partition("\n")[2]},
        "quarterly singlefile": {
            "q.csv": text(q_wanted, q_columns) + repeated(q_others, q_columns).partition("\n")[2]
        },
        "by area": {
            "01001.csv": text(by_area(wanted), titled),
            "others.csv": repeated(by_area(others), titled),
        },
        "by industry": {
            f"{code}.csv": text([r for r in wanted if r["industry_code"] == code])
            + repeated([r for r in others if r["industry_code"] == code]).partition("\n")[2]
            for code in dict.fromkeys(line["industry_code"] for line in wanted)
        },
    }


@pytest.mark.parametrize(
    "layout", ["annual singlefile", "quarterly singlefile", "by area", "by industry"]
)
def test_zip_members_are_streamed_in_every_layout(tmp_path, layout, monkeypatch, tmp_path_factory):
    """Nothing goes to disk, no read asks for more than a megabyte, no member is held whole."""
    read(put(tmp_path_factory.mktemp("small"), county()))  # what is imported isn't counted
    packed = tmp_path / "packed.zip"
    members = layouts()[layout]
    # stored: repeated rows would look like a zip bomb
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    size = sum(len(text) for text in members.values())
    asked = []
    whole = zipfile.ZipExtFile.read

    def counted(self, n=-1):
        asked.append(n)
        return whole(self, n)

    def forbidden(*args, **kwargs):
        raise AssertionError

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    for name in ("extract", "extractall", "read"):
        monkeypatch.setattr(zipfile.ZipFile, name, forbidden)
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, forbidden)
    tracemalloc.start()
    tables = read(packed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sorted(tables.employment["region"].unique()) == ["01001", "US000"]
    assert sum(file.rows for file in tables.inputs) > 100_000
    assert set(asked) <= set(range(1, (1 << 20) + 1))
    assert size > 8_000_000
    assert peak < size / 2
    assert [path.name for path in tmp_path.iterdir()] == ["packed.zip"]


def test_titles_in_windows_letters_are_read(tmp_path):
    rows = [line | {"area_title": "Doña Ana County, New Mexico"} for line in county("35013")]
    text = text_of(rows, columns=(*ANNUAL, "area_title"))
    path = tmp_path / "old.csv"
    path.write_bytes(text.encode("cp1252"))
    assert read(path, areas=["35013"]).area_titles == {"35013": "Doña Ana County, New Mexico"}


@pytest.mark.parametrize(
    "variant",
    [
        "quoted",
        "semicolon",
        "tab",
        "utf-16",
        "crlf",
        "bom",
        "floats",
        "moved column",
        "no last newline",
    ],
)
def test_re_saved_files_give_the_same_figures(tmp_path, variant):
    rows = county() + nation() + county("01003")
    plain = read(put(tmp_path, rows, "plain.csv")).employment.drop(columns="source")
    columns = ANNUAL
    if variant == "moved column":
        columns = (*ANNUAL[5:], *ANNUAL[:5])
    if variant == "floats":
        rows = [
            {k: f"{v}.0" if v.isdigit() and k != "area_fips" else v for k, v in line.items()}
            for line in rows
        ]
    delimiter = {"semicolon": ";", "tab": "\t"}.get(variant, ",")
    quoting = csv.QUOTE_ALL if variant == "quoted" else csv.QUOTE_MINIMAL
    text = text_of(rows, columns, delimiter, quoting)
    if variant == "crlf":
        text = text.replace("\n", "\r\n")
    if variant == "no last newline":
        text = text.rstrip("\n")
    encoding = {"utf-16": "utf-16", "bom": "utf-8-sig"}.get(variant, "utf-8")
    path = tmp_path / "other.csv"
    path.write_bytes(text.encode(encoding))
    tables = read(path)
    other = tables.employment.drop(columns="source")
    assert other.equals(plain)
    assert tables.inputs[0].rows == 7 + 7 + 7


def test_lost_leading_zeros_and_thousands_are_mended_and_said(tmp_path):
    rows = [line | {"area_fips": "1001"} for line in county()]
    rows[1]["total_annual_wages"] = "$5,000,000"
    tables = read(put(tmp_path, rows))
    assert cell(tables, "10")["total_wages"] == 5_000_000
    notes = [finding for finding in tables.findings if finding.severity == "note"]
    assert len(notes) == 1
    assert "leading zeros ('1001' was read as '01001')" in notes[0].what


def test_a_zip_and_a_folder_give_what_the_files_give(tmp_path):
    plain = put(tmp_path, county() + nation(), "2023.csv")
    other = put(tmp_path, county(year=2022) + nation(2022), "2022.csv")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "2023.annual.singlefile.csv")
    once = read(plain)
    zipped = read(packed)
    assert zipped.employment.drop(columns="source").equals(once.employment.drop(columns="source"))
    assert set(zipped.employment["source"]) == {"packed.zip/2023.annual.singlefile.csv"}
    assert zipped.inputs[0].rows == once.inputs[0].rows == 14
    folder = tmp_path / "years"
    folder.mkdir()
    for path in (plain, other):
        path.rename(folder / path.name)
    tables = read(folder)
    assert sorted(set(tables.employment["year"])) == [2022, 2023]
    assert [file.path for file in tables.inputs] == ["2022.csv", "2023.csv"]


def test_parquet_gives_what_csv_gives(tmp_path):
    import polars as pl

    rows = county() + nation()
    pl.DataFrame(rows).write_parquet(tmp_path / "cache.parquet")
    ours = read(tmp_path / "cache.parquet").employment.drop(columns="source")
    assert ours.equals(read(put(tmp_path, rows)).employment.drop(columns="source"))


def test_a_workbook_gives_what_csv_gives(tmp_path):
    import openpyxl

    rows = county() + nation()
    book = openpyxl.Workbook()
    book.active.append(list(ANNUAL))
    for line in rows:
        book.active.append([line[name] for name in ANNUAL])
    book.save(tmp_path / "qcew.xlsx")
    ours = read(tmp_path / "qcew.xlsx").employment.drop(columns="source")
    assert ours.equals(read(put(tmp_path, rows)).employment.drop(columns="source"))


def test_size_classes_special_totals_and_supersectors_are_left_out(tmp_path):
    extra = [
        row("01001", "722", 3, 5) | {"size_code": "1", "agglvl_code": "25"},
        row("01001", "10", 999, 9, own="8") | {"agglvl_code": "95"},
        row("01001", "101", 30, 2) | {"agglvl_code": "72"},
        row("01001", "1026", 70, 10) | {"agglvl_code": "73"},
        row("01001", "10", 15, 1, own="3"),
    ]
    path = put(tmp_path, county() + extra)
    assert sorted(read(path).employment["industry"]) == ["10", "31-33", "311", "72", "721", "722"]


def test_all_ownerships_are_summed_and_the_total_is_the_published_one(tmp_path):
    local = [row("01001", "10", None, 2, own="3"), row("01001", "72", None, 2, own="3")]
    tables = read(put(tmp_path, county() + local), ownership="all")
    total, lodging = cell(tables, "10"), cell(tables, "72")
    assert (total["employment"], total["employment_status"]) == (120, "published")
    # local government is what the total leaves: 120 - 100, each rounded
    assert (lodging["employment"], lodging["employment_status"]) == (90, "estimated")
    assert lodging["employment_low"] == pytest.approx(70 + 20 - 1.5 - 1)
    assert lodging["employment_high"] == pytest.approx(70 + 20 + 1.5 + 1)
    assert lodging["establishments"] == 12


def test_a_dash_marks_nothing_and_a_blank_is_unknown(tmp_path):
    rows = county()
    rows.append(row("01001", "713", 0, 0) | {"disclosure_code": "-"})
    rows[5] |= {"disclosure_code": "", "annual_avg_emplvl": "", "total_annual_wages": ""}
    tables = read(put(tmp_path, rows))
    assert cell(tables, "713")["employment_status"] == "published"
    assert cell(tables, "713")["employment_high"] == 0
    assert cell(tables, "721")["employment_status"] == "estimated"
    assert cell(tables, "721")["employment"] > 0


def test_figures_in_withheld_rows_are_ignored(tmp_path):
    rows = county()
    rows[5]["annual_avg_emplvl"] = "12345"
    assert cell(read(put(tmp_path, rows)), "721")["employment_high"] == 71.5


def test_an_excerpt_bounds_from_above_only(tmp_path):
    rows = [line for line in county() if line["industry_code"] != "721"]
    tables = read(put(tmp_path, rows + nation()))
    food = cell(tables, "722")
    assert (food["employment_low"], food["employment_high"]) == (0, 71)
    assert food["employment"] == 40  # 8 establishments of 5 jobs, not the whole of 72
    cautions = [finding.what for finding in tables.findings if finding.severity == "caution"]
    assert len(cautions) == 1
    assert "not all industries below are in the file in 1 place (01001 72 2023)" in cautions[0]


def test_levels_left_out_are_skipped(tmp_path):
    rows = [line for line in county() if line["industry_code"] not in ("72", "31-33")]
    tables = read(put(tmp_path, rows))
    both = cell(tables, "721")["employment"] + cell(tables, "722")["employment"]
    assert both == pytest.approx(70)
    assert besides_withholding(tables) == []


def test_contradicting_sums_are_a_caution_not_a_crash(tmp_path):
    rows = county()
    rows[3]["annual_avg_emplvl"] = "80"  # 311 above the 30 of its sector
    tables = read(put(tmp_path, rows))
    assert cell(tables, "311")["employment"] == 80
    assert cell(tables, "722")["employment_high"] == 71.5
    cautions = [finding.what for finding in besides_withholding(tables)]
    assert ["01001 31-33 2023" in what for what in cautions] == [True]


def test_without_any_benchmark_the_disclosed_areas_are_pooled(tmp_path):
    sizes = {"10": 100, "31-33": 30, "311": 30, "72": 70, "721": 60, "722": 10}
    other = [row("01003", code, jobs, 10) for code, jobs in sizes.items()]
    tables = read(put(tmp_path, county() + other), areas=["01001", "01003"], benchmark=("all",))
    # 2 establishments of 6 jobs against 8 of 1
    assert cell(tables, "721")["employment"] == pytest.approx(70 * 12 / 20)


def test_the_year_before_leaves_out_what_was_not_there(tmp_path):
    pay = 50_000
    rows = [
        row("01001", "10", 100, 12, change=(2, 10, 10 * pay)),
        row("01001", "31-33", 30, 2, change=(2, 30, 30 * pay)),
        row("01001", "72", 70, 10, change=(1, -20, -20 * pay)),
        row("01001", "722", 65, 8, change=(0, 0, 0), change_code="N"),
        row("01001", "721", None, 2, change=(2, 0, 0)),
    ]
    tables = read(put(tmp_path, rows))
    before = tables.employment[tables.employment["year"] == 2022].set_index("industry")
    # 31-33 and 721 had nothing, or were not classified so: no row, not a zero
    assert sorted(before.index) == ["10", "72", "722"]
    assert before.loc["72", "employment"] == 90
    assert before.loc["72", "employment_status"] == "derived"
    assert before.loc["722", "employment_status"] == "estimated"
    assert before.loc["722", "establishments"] == 8
    assert [f.what for f in tables.findings if f.severity == "note"] == [
        "2022 figures of 01001 are those of 2023 minus the published change."
    ]
    assert set(read(put(tmp_path, rows), period=(2022, 2022)).employment["year"]) == {2022}


def test_without_a_changes_disclosure_code_nothing_is_derived(tmp_path):
    rows = [row("01001", "10", 100, 12, change=(2, 10, 500_000))]
    columns = tuple(name for name in ANNUAL if name != "oty_disclosure_code")
    assert set(read(put(tmp_path, rows, columns=columns)).employment["year"]) == {2023}


def test_repeated_rows_count_once_and_conflicts_name_both_files(tmp_path):
    one, two = put(tmp_path, county(), "a.csv"), put(tmp_path, county(), "b.csv")
    tables = read(one, two)
    assert len(tables.employment) == 6
    assert [f.what for f in besides_withholding(tables)] == [
        "7 repeated rows with the same figures (a.csv and b.csv)."
    ]
    rows = county()
    rows[1]["annual_avg_emplvl"] = "101"
    two = put(tmp_path, rows, "b.csv")
    message = (
        r"a\.csv and b\.csv give different figures.*area 01001, ownership 5, industry 10, 2023 "
        r"\(100 jobs and 101 jobs\)"
    )
    with pytest.raises(InputError, match=message):
        read(one, two)


def test_areas_in_no_file_are_named_with_the_nearest(tmp_path):
    path = put(tmp_path, county() + county("01003"))
    with pytest.raises(InputError, match=r"no QCEW file has the area 01004\.") as caught:
        read(path, areas=["01001", "01004", "55555"])
    assert len(caught.value.findings) == 2
    assert "The files have 01001, 01003." in str(caught.value)
    assert "Did you mean '0100" in str(caught.value)
    with pytest.raises(InputError, match=r"year of the period 2010-2012.*The files have 2023"):
        read(path, period=(2010, 2012))


@pytest.mark.parametrize("bad", ["many", "1e999", "nan", "-5", "12;000", "=1+1"])
def test_cells_that_are_no_numbers_are_placed(tmp_path, bad):
    rows = county("01003") + county()
    rows[9]["annual_avg_emplvl"] = bad
    with pytest.raises(InputError, match="isn't a number that this column can hold") as caught:
        read(put(tmp_path, rows))
    finding = caught.value.findings[0]
    assert (finding.file, finding.row) == ("qcew.csv", 11)
    assert (finding.column, finding.value) == ("annual_avg_emplvl", bad)


def test_every_bad_cell_is_listed_at_once(tmp_path):
    rows = county()
    rows[1]["year"] = "20x3"
    rows[2]["annual_avg_estabs"] = "?"
    rows[3]["total_annual_wages"] = "lots"
    with pytest.raises(InputError, match="isn't a year") as caught:
        read(put(tmp_path, rows))
    assert {finding.column for finding in caught.value.findings} == {
        *("year", "annual_avg_estabs", "total_annual_wages"),
    }


def test_a_cell_that_is_no_year_is_told_whatever_the_period(tmp_path):
    rows = county() + nation()
    rows[3]["year"] = "2O23"
    with pytest.raises(InputError, match=r"row 5, column year: the cell isn't a year"):
        read(put(tmp_path, rows), period=(2023, 2024))


def test_lines_that_end_in_a_carriage_return_alone_are_a_message(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text(text_of(county()).replace("\n", "\r"), encoding="utf-8", newline="")
    with pytest.raises(InputError, match=r"old\.csv.*carriage return.*save it again"):
        read(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('"01001","5,"10\n' * 3, "quotation mark|more cells"),
        ("01001,5,722,76,0,2023,A,N,8,0,0,1,N,0,0,0,one,two\n", "more cells than the header"),
        ("01001,5,722,76,0,2023,A,N,8,0,0,1,N,0,0,0,one\n", "1 row has more cells"),
        ("01001" + "x" * 6_000_000, "line is longer"),
        ("01001,5,722,76,0,20", "ends in the middle of a row"),
    ],
)
def test_damaged_files_give_a_message(tmp_path, content, words):
    path = tmp_path / "bad.csv"
    path.write_text(text_of(county()) + content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read(path)


def test_a_cut_down_header_is_not_qcew():
    assert is_qcew(ANNUAL) == "qcew-annual"
    assert is_qcew([name.upper() for name in ANNUAL]) == "qcew-annual"
    assert is_qcew([name for name in ANNUAL if name != "own_code"]) is None
    without = {"size_code", "qtr", "lq_annual_avg_emplvl"}
    assert is_qcew([name for name in ANNUAL if name not in without]) is None


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_lines_are_found_wherever_the_pieces_are_cut(size):
    lines = [f'"{area}","5",x{number}\n' for number in range(50) for area in ("01001", "01003")]
    lines += ["1001.0,5,float\n", "1001,5,short\n", "010011,5,longer\n", "\n", "0100\n", "01001"]
    content = "".join(lines).encode()
    pieces = (content[start : start + size] for start in range(0, len(content), size))
    found = list(qcew_lines.keep(pieces, frozenset({"01001", "1001"}), ",", "x.csv"))
    kept = b"".join(lines.kept for lines in found).decode().splitlines()
    assert kept[:50] == [f'"01001","5",x{number}' for number in range(50)]
    assert kept[50:] == ["1001.0,5,float", "1001,5,short"]
    assert sum(lines.seen for lines in found) == len(lines) - 1


def test_the_same_bytes_give_the_same_tables_in_any_order(tmp_path):
    first = put(tmp_path, county(), "a.csv")
    second = put(tmp_path, county("01003") + nation(), "b.csv")
    one = read(first, second, areas=["01001", "01003"])
    other = read(second, first, areas=["01003", "01001"])
    assert one.employment.equals(other.employment)
    assert one.employment["region"].is_monotonic_increasing
    assert not np.isnan(one.employment["employment"]).any()
