"""QCEW, projections, QWI, OEWS and analyst tables in one folder; the added files are synthetic."""

import gzip
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples_qcew"
BLS = "data/projections/bls_employment_projections_2020_2030_industry.xlsx"
AREAS = ("98001", "98003")
CODES = ("311", "332", "484", "541", "621", "622", "722")

STATE = "Area,STFIPS,NAICS,Title,BaseYear,ProjYear,Base,Projected,AvgAnnualOpenings"
QWI = (
    "geo_level,geography,industry,ownercode,sex,agegrp,year,quarter,Emp,EmpS,HirNs,TurnOvrS,"
    "EarnHirNS,sEmp,sEmpS,sHirNs,sTurnOvrS,sEarnHirNS"
)
OEWS = "AREA_TYPE,NAICS,NAICS_TITLE,OWN_CODE,OCC_CODE,O_GROUP,TOT_EMP"


def state_projections(folder):
    rows = ["Synthetic,98,000000,Total,2022,2032,1000000,1050000,110000"]
    rows += [
        f"Synthetic,98,{code}000,x,2022,2032,10000,{10000 + 300 * n},{800 + 100 * n}"
        for n, code in enumerate(CODES)
    ]
    (folder / "synthetic_state.csv").write_text("\n".join([STATE, *rows, ""]))


def national_projections(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Table 2.11 Synthetic employment by industry (in thousands of jobs)"])
    sheet.append(["Industry", "2022 NAICS", "Employment, 2023", "Employment, 2033",
                  "Employment change, 2023–33"])  # fmt: skip
    sheet.append(["Total(1)", None, 160000, 168000, 8000])
    for code, base, end in (("311", 1600, 1650), ("332", 1400, 1300), ("541", 9000, 10500),
                            ("621, 622", 12000, 14000), ("722", 11000, 11500)):  # fmt: skip
        sheet.append(["Industry", code, base, end, end - base])
    book.save(folder / "synthetic_industry.xlsx")


def workers(folder):
    lines = []
    for area in AREAS:
        for n, code in enumerate(("00", *CODES)):
            ages = [10, 20, 150, 200, 200, 180, 120 + 10 * n, 20]
            tail = f"{sum(ages)},900,50,0.{8 + n:02d},{3000 + 100 * n},1,1,1,1,1"
            lines.append(f"C,{area},{code},A05,0,A00,2023,1,{tail}")
            for age, jobs in enumerate(ages, 1):
                withheld = area == "98001" and code == "484" and age in (6, 7)
                figures = "0,,,,,5,-1,-1,-1,-1" if withheld else f"{jobs},,,,,1,-1,-1,-1,-1"
                lines.append(f"C,{area},{code},A05,0,A0{age},2023,1,{figures}")
    content = "\n".join([QWI, *lines, ""]).encode()
    (folder / "synthetic_qwi.csv.gz").write_bytes(gzip.compress(content, mtime=0))


def staffing(folder):
    lines = []
    for n, code in enumerate(("000", *CODES)):
        naics = "000000" if code == "000" else f"{code}000"
        middle = 400 + 50 * n
        for group, jobs in (("00", 1000), ("11", 1000 - middle), ("51", middle)):
            lines.append(f"1,{naics},Synthetic,5,{group}-0000,major,{jobs}")
    (folder / "synthetic_nat3d_M2023.csv").write_text("\n".join([OEWS, *lines, ""]))


@pytest.fixture
def folder(tmp_path):
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for year in (2018, 2020, 2021, 2022, 2023):
        name = f"{year}.annual.synthetic.csv"
        shutil.copy(SAMPLES / name, inputs / name)
    for write in (state_projections, national_projections, workers, staffing):
        write(inputs)
    (inputs / "indicators.csv").write_text(
        "region,industry,indicator,value\n,622,traded_share,0.2\n,311,openings_vs_region,2.5\n"
    )
    config = tmp_path / "board.yaml"
    config.write_text(
        "extends: comprehensive\n"
        "region: {name: Synthetic, areas: ['98001', '98003']}\n"
        "period: {base: 2018, end: 2023}\n"
        "sectors: {level: 3-digit}\n"
        "thresholds: {new_hire_annual_pay: 42000}\n"
    )
    return inputs, config


def figures(result):
    found = [*result["sectors"], *result["excluded"]]
    return {(sector["id"], each["id"]): each for sector in found for each in sector["indicators"]}


def test_comprehensive_ranks_with_every_source_in_one_folder(ranked, folder):
    inputs, config = folder
    result = ranked(inputs, "-c", config)
    kinds = {entry["path"]: entry["kind"] for entry in result["inputs"]}
    assert kinds["synthetic_state.csv"] == "state-projections"
    assert kinds["synthetic_industry.xlsx"] == "bls-projections"
    assert kinds["synthetic_qwi.csv.gz"] == "lehd-qwi"
    assert kinds["synthetic_nat3d_M2023.csv"] == "oews-staffing"
    assert {"qcew-annual", "indicators"} <= set(kinds.values())
    found = figures(result)
    hospital = {name: each for (sector, name), each in found.items() if sector == "622"}
    # The state's projections are nearer than the nation's: 10,000 to 11,500 and 1,300 openings.
    growth = hospital["projected_growth_pct"]
    assert growth["value"] == pytest.approx(100 * (1.15**0.1 - 1))
    assert growth["source"] == "synthetic_state.csv: 98000's rate"
    assert hospital["projected_growth_vs_region_pp"]["value"] == pytest.approx(
        100 * (1.15**0.1 - 1.05**0.1)
    )
    assert hospital["openings_vs_region"]["value"] == pytest.approx(0.13 / 0.11)
    # Two counties of the same size: ages 55 and over are 180 + 20 of 960, and 120 + 20 of 900.
    share = hospital["workers_55_plus_vs_region_pp"]
    assert share["value"] == pytest.approx(100 * (200 / 960 - 140 / 900))
    assert (share["unit"], share["status"]) == ("percentage points", "derived")
    assert hospital["turnover_pct"]["value"] == pytest.approx(14)
    assert hospital["new_hire_pay_vs_threshold"]["value"] == pytest.approx(12 * 3600 / 42000)
    assert hospital["middle_skill_vs_region"]["value"] == pytest.approx(0.7 / 0.4)
    assert "SOC major groups 41, 43" in hospital["middle_skill_vs_region"]["source"]
    assert "national pattern" in hospital["middle_skill_vs_region"]["source"]
    # A user's own figures win.
    assert found["311", "openings_vs_region"]["value"] == 2.5
    assert found["311", "openings_vs_region"]["status"] == "published"
    withheld = found["484", "workers_55_plus_pct"]
    assert withheld["status"] == "estimated"
    assert withheld["low"] < withheld["value"] < withheld["high"]
    scored = next(s for s in result["sectors"] if s["id"] == "622")
    assert scored["coverage"] > 0.95
    said = " ".join(result["cautions"])
    assert "applied to it (synthetic_state.csv: 98000's rate)" in said
    assert "national pattern" in said


def test_sentences_say_whose_rate_it_is_and_every_form_is_written(run, folder, tmp_path):
    inputs, config = folder
    out = [tmp_path / f"shortlist{end}" for end in (".xlsx", ".md", ".csv", ".json")]
    code, _, err = run("rank", inputs, "-c", config, *(x for o in out for x in ("--out", o)))
    assert code == 0, err
    page = out[1].read_text(encoding="utf-8")
    assert "a year (98000's rate), against" in page
    again = tmp_path / "again.json"
    run("rank", inputs, "-c", config, "--out", again)
    assert again.read_bytes() == out[3].read_bytes()


def test_check_names_each_files_kind_and_every_problem_at_once(run, folder):
    inputs, config = folder
    code, out, _ = run("check", inputs, "-c", config)
    assert code == 0
    assert "synthetic_qwi.csv.gz: lehd-qwi, 144 rows" in out
    assert "synthetic_industry.xlsx: bls-projections, 6 rows" in out
    state = inputs / "synthetic_state.csv"
    state.write_text(state.read_text().replace("10000,10300", "ten,10300"))
    staffed = inputs / "synthetic_nat3d_M2023.csv"
    staffed.write_text(staffed.read_text().replace("51-0000,major,400", "51-0000,major,x", 1))
    code, out, _ = run("check", inputs, "-c", config)
    assert code == 1
    assert "synthetic_state.csv, row 4, column Base: this is not a number (found 'ten')" in out
    assert "column TOT_EMP: this is not a number (found 'x')" in out


def test_without_a_threshold_pay_of_new_hires_is_missing_with_that_reason(run, folder):
    inputs, config = folder
    config.write_text(config.read_text().replace("thresholds: {new_hire_annual_pay: 42000}\n", ""))
    code, out, _ = run("explain", "622", inputs, "-c", config)
    assert code == 0
    assert "no threshold was given" in " ".join(out.split())
    config.write_text(config.read_text() + "thresholds: {new_hire_pay: 42000}\n")
    code, _, err = run("rank", inputs, "-c", config)
    assert code == 1
    assert "new_hire_annual_pay" in err


def test_projections_by_occupation_are_refused_with_what_is_needed(run, folder):
    inputs, config = folder
    (inputs / "occ.csv").write_text(
        "Area,STFIPS,OccCode,Title,BaseYear,ProjYear,Base,Projected\nOhio,39,11-0000,x,2022,2032,1,2\n"
    )
    code, _, err = run("rank", inputs, "-c", config)
    assert code == 1
    assert "occ.csv: these are projections by occupation" in err


@pytest.mark.shared
def test_the_real_workbook_beside_real_qcew(ranked, shared):
    """BLS 2020-30: food services 10,022.1 to 12,157.4 thousand; all 153,533.8 to 165,413.7."""
    qcew = shared("data/qcew/columbus_oh_annual_2020_2023")
    result = ranked(qcew, shared(BLS), "--region", "39041,39045,39049", "--period", "2020:2023")
    found = figures(result)
    food = found["722", "projected_growth_vs_region_pp"]
    expected = (12157.4 / 10022.1) ** 0.1 - (165413.7 / 153533.8) ** 0.1
    assert food["value"] == pytest.approx(100 * expected)
    assert food["source"].endswith("industry.xlsx: national rate")
    apparel = found["315", "projected_growth_pct"]
    assert apparel["value"] == pytest.approx(100 * ((71.1 / 116.2) ** 0.1 - 1))
    assert any("315 (of 315, 316)" in said for said in result["cautions"])
    known = [v for (_, name), v in found.items() if name == "projected_growth_pct"]
    assert sum(each["value"] is not None for each in known) > 0.9 * len(known)
    assert json.dumps(result).count("national rate") > 50
