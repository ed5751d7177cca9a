"""``sectorscan shiftshare``: published answers, forms of output, and what it says of its total."""

import csv
import io
import json

import openpyxl
import polars as pl
import pytest

from sectorscan.config.loader import load_config
from sectorscan.reports.shiftshare import SCHEMA, document
from sectorscan.scan.shiftshare import shift_share
from sectorscan.tables.resources import bundled

ORACLE = "oracles/regional/shiftshare_farhauer_A_by_industry.json"
COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"
KEYS = {
    "classic": {
        "national_growth_effect": "NS",
        "industry_mix_effect": "IM",
        "competitive_effect": "RS",
    },
    "esteban-marquillas": {
        "national_growth_effect": "NS",
        "industry_mix_effect": "IM",
        "homothetic_competitive_effect": "EM_competitive",
        "allocation_effect": "EM_allocation",
    },
    "arcelus": {
        "national_expected": "ARC_NG_exp",
        "national_differential": "ARC_NG_diff",
        "mix_expected": "ARC_IM_exp",
        "mix_differential": "ARC_IM_diff",
        "regional_expected": "ARC_RG_exp",
        "regional_differential": "ARC_RG_diff",
        "regional_mix_expected": "ARC_RI_exp",
        "regional_mix_differential": "ARC_RI_diff",
    },
}


@pytest.fixture
def told(run):
    """Return a function from arguments to the parsed JSON of ``shiftshare``."""

    def call(*arguments):
        code, out, err = run("shiftshare", *arguments, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    return call


def _table(folder, rows):
    path = folder / "employment.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["region", "industry", "year", "employment"])
        writer.writerows(rows)
    return path


def _by_code(jobs, year):
    return [(code, year, x) for code, x in zip(("11", "21", "22", "23"), jobs, strict=True)]


@pytest.mark.parametrize("method", KEYS)
def test_farhauer_and_kroells_region_a_through_the_command(shared, tmp_path, told, method):
    """Farhauer and Kroell (2013) as the R package REAT has it; by industry from the formulas."""
    answer = json.loads(shared(ORACLE).read_text(encoding="utf-8"))
    rows = []
    for region, name in (("A", "region"), ("US", "nation")):
        for year, key in ((2010, f"{name}_t0"), (2020, f"{name}_t1")):
            jobs = answer[key]
            rows += [(region, *pair) for pair in _by_code(jobs, year)]
            rows.append((region, "10", year, sum(jobs)))
    found = told(_table(tmp_path, rows), "--level", "sector", "--method", method)["methods"]
    assert [one["id"] for one in found] == [method]
    assert found[0]["covers_region"]
    for name, key in KEYS[method].items():
        parts = [line["parts"][name]["value"] for line in found[0]["sectors"]]
        assert parts == pytest.approx(answer["expected"][key], abs=1e-9)
        total = found[0]["total"]["parts"][name]["value"]
        assert total == pytest.approx(answer["expected"]["totals"][key], abs=1e-9)


def test_the_json_is_what_the_library_returns(told):
    sample = bundled("samples")
    result = shift_share(
        sorted(sample.glob("*.csv")), load_config(sample / "sample.yaml"), ["classic", "dynamic"]
    )
    printed = told()
    assert printed["schema"] == SCHEMA == "sectorscan/shiftshare/1"
    assert printed["synthetic"] is True
    library = json.loads(json.dumps(document(result)))
    assert printed["methods"] == library["methods"][:1]
    assert printed["structure"] == library["structure"]
    assert library["by_year"][0]["from"] == 2018
    assert printed["by_year"] == []


def test_every_form_has_the_same_figures(run, tmp_path):
    names = [f"s{ending}" for ending in (".csv", ".json", ".md", ".parquet", ".xlsx")]
    outs = [part for name in names for part in ("--out", tmp_path / name)]
    code, out, err = run("shiftshare", "--method", "all", "-q", "--format", "csv", *outs)
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["method"] for row in rows} == set(KEYS) | {"dynamic"}
    assert (tmp_path / "s.csv").read_text(encoding="utf-8-sig") == out
    frame = pl.read_parquet(tmp_path / "s.parquet")
    effects = [float(row["competitive_effect"]) for row in rows if row["method"] == "classic"]
    classic = frame.filter(pl.col("method") == "classic")
    assert classic["competitive_effect"].to_list() == effects
    document = json.loads((tmp_path / "s.json").read_text())["methods"][0]
    lines = [*document["sectors"], document["total"]]
    assert [line["parts"]["competitive_effect"]["value"] for line in lines] == effects
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets[0]
    assert [sheet.cell(at, 8).value for at in range(2, len(effects) + 2)] == pytest.approx(effects)
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert "| Local performance |" in text
    assert "Herfindahl-Hirschman index, 2018 to 2023" in text


def test_the_table_says_what_is_estimated_and_what_the_total_covers(run):
    code, out, _ = run("shiftshare", "--no-color")
    said = " ".join(out.split())
    assert code == 0
    assert "SYNTHETIC SAMPLE" in out
    assert "~ estimated, as some figures are withheld" in said
    assert "The last line is the region's whole change: the 49 sectors make it up." in said
    assert "Krugman specialization index" in said


def test_bundles_that_overlap_are_summed_and_it_is_said(run, tmp_path):
    config = tmp_path / "own.yaml"
    config.write_text(
        "version: 1\nsectors: {list: [{name: A, naics: ['722']}, {name: B, naics: ['72']}]}\n",
        encoding="utf-8",
    )
    rows = [
        (region, code, year, jobs)
        for region, jobs in (("Bath", 100), ("US", 9000))
        for code in ("10", "72", "722")
        for year in (2018, 2023)
    ]
    code, out, err = run("shiftshare", _table(tmp_path, rows), "-c", config)
    assert code == 0, err
    assert "not the region's change: some jobs count in more than one sector" in " ".join(
        out.split()
    )


def test_faults_end_as_everywhere(run, tmp_path):
    code, _, err = run("shiftshare", "--out", tmp_path / "s.html")
    assert code == 1
    assert "the endings that work are .csv, .json, .md, .parquet, .xlsx" in err.lower()
    assert run("shiftshare", "--method", "spatial")[0] == 2
    assert run("shiftshare", "--strict", "-q", "--period", "2020:2023")[0] == 3


def test_columbus_adds_up_to_the_published_change(shared, told):
    """Private jobs of three of the counties, as their files' rows for all industries have them."""
    base, end = (_private_jobs(shared(COLUMBUS), year) for year in (2020, 2023))
    found = told(
        shared(COLUMBUS), "--region", "39041,39045,39049", "--benchmark", "all",
        "--period", "2020:2023", "--method", "all",
    )  # fmt: skip
    for method in found["methods"]:
        assert method["covers_region"]
        total = method["total"]
        assert total["employment_base"] == {"value": base, "low": base, "high": base}
        assert total["employment_end"]["value"] == end
        parts = sum(ends["value"] for ends in total["parts"].values())
        assert parts == pytest.approx(end - base, abs=1e-6)
        redrawn = {line["id"]: line["reason"] for line in method["sectors"] if line["reason"]}
        assert {"449", "455", "456", "457", "458", "459", "513", "516", "519"} <= set(redrawn)
        assert redrawn["519"] == "NAICS 519 held other establishments in 2020"
    intervals = found["methods"][0]["sectors"][0]["parts"]["competitive_effect"]
    assert intervals["low"] < intervals["value"] < intervals["high"]
    assert 0 < found["structure"]["share_of_jobs"] < 1


def _private_jobs(folder, year):
    jobs = 0
    for county in ("39041", "39045", "39049"):
        path = folder / f"morpc-qcew-{year}-a-{county}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [(r["own_code"][:1], r["industry_code"], r) for r in csv.DictReader(stream)]
        jobs += sum(
            int(float(row["annual_avg_emplvl"]))
            for own, industry, row in rows
            if own == "5" and industry in ("10", "10.0")
        )
    return jobs
