"""The issue's own commands on real figures; skipped where they don't lie beside the checkout."""

import json

import pytest

COLUMBUS = (
    *("39041", "39045", "39047", "39049", "39073", "39083", "39089", "39091"),
    *("39097", "39101", "39117", "39127", "39129", "39141", "39159"),
)
PRIVATE_JOBS = {"2020": 924163, "2021": 958148, "2022": 983609, "2023": 997033}
ALL_JOBS = {"2020": 1101795, "2021": 1135112, "2022": 1162502, "2023": 1180538}
RICHMOND = ("51760", "51041", "51075", "51085", "51087", "51145")


@pytest.fixture(scope="module")
def columbus_inputs(shared):
    return (
        shared("data/qcew/columbus_oh_annual_2020_2023"),
        shared("data/qcew/us_annual_2024.csv"),
    )


def _config(folder, text):
    path = folder / "sectorscan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def columbus(columbus_inputs, tmp_path, ranked):
    def call(more=""):
        text = (
            "version: 1\nextends: balanced\n"
            f"region: {{name: Central Ohio, areas: {json.dumps(COLUMBUS)}}}\n"
            f"benchmark: US000\nperiod: {{base: 2020, end: 2023}}\n{more}"
        )
        return ranked(*columbus_inputs, "--config", _config(tmp_path, text))

    return call


def test_columbus_totals_are_the_published_ones_and_nothing_withheld_is_zero(columbus):
    """Totals: BLS QCEW, private, 15 counties, as the data's README gives them."""
    result = columbus()
    assert result["totals"]["employment"] == PRIVATE_JOBS
    assert 0 < result["totals"]["estimated_share"] < 0.2
    assert result["lq_base"] == "same-ownership"
    assert {i["kind"] for i in result["inputs"]} == {"qcew-annual"}
    assert len(result["inputs"]) == 61
    everyone = result["sectors"] + result["excluded"]
    estimated = [
        indicator
        for sector in everyone
        for indicator in sector["indicators"]
        if indicator["id"] == "employment" and indicator["status"] == "estimated"
    ]
    assert len(estimated) > 50
    for cell in estimated:
        assert 0 <= cell["low"] <= cell["value"] <= cell["high"]
        assert cell["value"] > 0


def test_the_nation_of_2023_comes_from_the_changes_of_2024_and_2020_is_missing(columbus):
    result = columbus()
    health = next(s for s in result["sectors"] if s["id"] == "621")
    values = {i["id"]: i for i in health["indicators"]}
    # 70,654 of 997,033 here; US private 2023 = 2024 less its over-the-year change.
    assert values["location_quotient"]["value"] == pytest.approx(1.10, abs=0.01)
    assert values["competitive_effect"]["value"] is None
    assert values["competitive_effect"]["status"] == "missing"
    said = " ".join(result["cautions"])
    assert "benchmark US000 has no figures for 2020" in said
    assert "6 % of the weight is spread" in said
    assert "No sector has a quadrant" in said


def test_all_ownerships_and_the_bls_base(columbus):
    """All covered jobs of the data's README; the LQ's base is BLS's own."""
    result = columbus("ownership: all\nlq_base: all-covered\n")
    assert result["totals"]["employment"] == ALL_JOBS
    assert result["lq_base"] == "all-covered"


def test_any_group_of_virginias_localities_ranks_through_six_lines(shared, tmp_path, ranked):
    panel = shared("data/panel/virginia_localities_private_sectors_2019_2025.csv")
    columns = {
        "region": "area_fips",
        "industry": "industry_code",
        "employment": "annual_avg_emplvl",
        "total_wages": "total_annual_wages",
        "establishments": "annual_avg_estabs",
        "flag": "disclosure_code",
    }
    config = _config(
        tmp_path,
        f"version: 1\nregion: {{name: Richmond, areas: {json.dumps(RICHMOND)}}}\n"
        f"benchmark: all\nperiod: {{base: 2019, end: 2025}}\ncolumns: {json.dumps(columns)}\n",
    )
    result = ranked(panel, "--config", config)
    assert len(result["sectors"]) + len(result["excluded"]) == 19
    parts = ("national_growth_effect", "industry_mix_effect", "competitive_effect")
    for sector in result["sectors"] + result["excluded"]:
        values = {i["id"]: i["value"] for i in sector["indicators"]}
        total = sum(values[part] for part in parts)
        assert total == pytest.approx(values["employment_change"], rel=1e-12, abs=1e-9)


def test_a_table_that_sums_itself_leaves_unbounded_ends_null(shared, ranked):
    panel = shared("data/panel/virginia_localities_private_sectors_2019_2025.csv")
    result = ranked(panel, "--region", ",".join(RICHMOND), "--benchmark", "all")
    real_estate = next(s for s in result["sectors"] if s["id"] == "53")
    jobs = next(i for i in real_estate["indicators"] if i["id"] == "employment")
    assert jobs["status"] == "estimated"
    assert jobs["low"] <= jobs["value"]
    assert jobs["high"] is None


VERMONT = ("50005", "50009", "50019")


@pytest.fixture
def vermont(shared):
    folder = shared("data/qcew/by_area_2016q1_q4_vt")
    return (folder, "--region", ",".join(VERMONT), "--benchmark", "50000")


def test_vermont_s_quarters_are_ranked_and_say_what_essex_withholds(vermont, ranked, run):
    year = ranked(*vermont)
    assert year["period"] == {"base": 2015, "end": 2016, "quarter": None}
    assert {file["kind"] for file in year["inputs"]} == {"qcew-quarterly"}
    assert year["sectors"]
    [essex] = [text for text in year["cautions"] if "Essex County, Vermont (50009)" in text]
    assert "withholds 10 of its 18 sectors, which hold 46 % of its jobs" in essex
    code, out, _ = run("check", *vermont)
    assert code == 0
    assert essex in out


def test_one_quarter_is_said_wherever_its_figures_stand(vermont, ranked, run, tmp_path):
    first = ranked(*vermont, "--quarter", "1")
    assert first["period"] == {"base": 2015, "end": 2016, "quarter": 1}
    assert any("wages count four times" in text for text in first["cautions"])
    summary = first["sectors"][0]["justification"]["summary"]
    assert "As of the first quarter of 2016" in summary
    _, out, _ = run("rank", *vermont, "--quarter", "1")
    assert "first quarter of 2015 to first quarter of 2016" in " ".join(out.split())
    target = tmp_path / "vermont.md"
    run("explain", first["sectors"][0]["id"], *vermont, "--quarter", "1", "--out", target)
    assert "the first quarter of 2016" in target.read_text(encoding="utf-8")


def test_a_quarter_of_the_config_holds_too(vermont, ranked, tmp_path):
    config = _config(tmp_path, "period: {base: 2015, end: 2016, quarter: 3}")
    third = ranked(*vermont, "--config", config)
    assert third["period"]["quarter"] == 3
