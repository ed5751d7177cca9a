"""``compare`` on the sample: what is a sector, what an input; formats; what goes wrong."""

import csv
import io
import json
from pathlib import Path

import pytest

QCEW = Path(__file__).resolve().parents[2] / "data" / "samples_qcew"


@pytest.fixture
def compared(run):
    def call(*arguments):
        code, out, err = run("compare", *arguments, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    return call


def test_two_sectors_of_the_sample(compared, ranked):
    result = compared("332", "621")
    assert result["schema"] == "sectorscan/compare/1"
    scores = {sector["id"]: sector["score"] for sector in ranked()["sectors"]}
    ids = [sector["id"] for sector in result["sectors"]]
    assert ids == sorted(["332", "621"], key=lambda one: -scores[one])
    assert result["gap"] == pytest.approx(scores[ids[0]] - scores[ids[1]])
    assert sum(c["difference"] for c in result["criteria"]) == pytest.approx(result["gap"])
    for row, one in enumerate(ids):
        total = sum(criterion["sectors"][row]["points"] for criterion in result["criteria"])
        assert total == pytest.approx(scores[one])
    assert result["draws"]["draws"] == 10_000
    assert result["draws"]["beats"][0][1] + result["draws"]["beats"][1][0] == pytest.approx(1)


def test_the_same_inputs_give_the_same_bytes(run):
    assert run("compare", "332", "621", "--format", "json") == run(
        "compare", "621", "332", "--format", "json"
    )


def test_inputs_follow_the_names(compared):
    region = ("--region", "98001,98003", "--period", "2022:2023")
    result = compared("722", "Hospitals", "621", QCEW, *region)
    assert {sector["id"] for sector in result["sectors"]} == {"722", "622", "621"}
    assert result["region"]["areas"] == ["98001", "98003"]
    assert result["gap"] is None
    assert len(result["draws"]["beats"]) == 3


def test_a_cache_changes_nothing(compared, tmp_path):
    asked = ("722", "622", QCEW, "--region", "98001,98003", "--period", "2022:2023")
    plain = compared(*asked)
    kept = tmp_path / "kept"
    assert compared(*asked, "--cache", kept) == compared(*asked, "--cache", kept) == plain
    assert any(kept.iterdir())


def test_the_usage_line_is_what_one_types(run):
    assert "compare [OPTIONS] A B [C ...] [INPUT ...]" in run("compare", "--help")[1]


def test_what_is_written_is_what_is_printed(run, tmp_path):
    for ending, name in ((".json", "json"), (".csv", "csv"), (".md", "markdown")):
        path = tmp_path / f"two{ending}"
        code, out, _ = run("compare", "332", "621", "--out", path, "--format", name)
        assert code == 0
        assert path.read_text(encoding="utf-8-sig") == out


def test_csv_has_a_row_a_criterion_and_the_score(run):
    _, out, _ = run("compare", "332", "621", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    total = sum(float(row["difference"]) for row in rows[:-1])
    assert rows[-1]["id"] == "score"
    assert float(rows[-1]["difference"]) == pytest.approx(total)


def test_the_table_has_the_words_and_the_points(run):
    code, out, _ = run("compare", "332", "621")
    assert code == 0
    for text in ("SYNTHETIC SAMPLE", "points between them", "Order turns", "Value needed"):
        assert text in out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("332",), 2, "two sectors are needed"),
        (("332", QCEW), 2, "is a file or folder here"),
        (("332", "332"), 1, "'332' is named twice"),
        (("332", "nowhere/"), 1, "neither a file or folder here nor a candidate"),
        (("332", "no such"), 1, "is no candidate of this ranking"),
        (("332", "621", QCEW, "absent.csv"), 1, "absent.csv"),
    ],
)
def test_what_goes_wrong_is_said(run, arguments, code, told):
    got, out, err = run("compare", *arguments)
    assert got == code
    assert told in " ".join(err.replace("│", " ").split())
    assert out == ""


def test_without_draws_the_rest_is_there(compared):
    result = compared("332", "621", "--draws", "0")
    assert result["draws"] is None
    assert result["reversal"]["least_weight_change"] > 0
    assert not any("trials" in sentence for sentence in result["sentences"])


@pytest.mark.shared
def test_two_sectors_of_columbus(compared, shared, tmp_path):
    """Real figures with withheld cells: the parts still sum to the gap, and the words are said."""
    areas = "39041,39045,39047,39049,39073,39083,39089,39091,39097,39101,39117,39127,39129,39141"
    result = compared(
        *("541", "551"),
        shared("data/qcew/columbus_oh_annual_2020_2023"),
        shared("data/qcew/us_annual_2024.csv"),
        *("--region", f"{areas},39159", "--period", "2020:2023", "--draws", "300"),
    )
    assert sum(c["difference"] for c in result["criteria"]) == pytest.approx(result["gap"])
    assert len(result["sentences"]) >= 6
    assert 0 < result["draws"]["beats"][0][1] < 1
