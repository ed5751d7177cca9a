"""``weights``: from the blank workbook to a ranking by the board's medians."""

import json
from pathlib import Path

import openpyxl
import pytest
from tests.boards import fill
from tests.reports.schemas import check

from sectorscan.config.loader import load_config
from sectorscan.robustness.answers import wanted_keys
from sectorscan.robustness.board import hierarchy_of
from sectorscan.scoring.weights import criteria_weights

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
SAMPLE = SAMPLES / "sample.yaml"
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
KEYS = wanted_keys(hierarchy_of(load_config(None).config), "points")
MEMBERS = {
    "Ana": [40, 20, 20, 20, 50, 50, 25, 25, 25, 25, 90, 10],
    "Ben": [10, 20, 30, 40, 100, 0, 10, 20, 30, 40, 60, 40],
    "Chris": [20, 20, 20, 40, 70, 30, 40, 20, 20, 20, 50, 50],
}
ANSWERS = {name: dict(zip(KEYS, given, strict=True)) for name, given in MEMBERS.items()}


@pytest.fixture
def filled(run, tmp_path):
    blank = tmp_path / "blank.xlsx"
    code, out, err = run("weights", "new", "--members", "Ana, Ben, Chris, Dora", "-o", blank)
    assert code == 0, err
    assert out == ""
    assert "next: sectorscan weights read" in err
    return fill(blank, tmp_path / "filled.xlsx", ANSWERS)


def test_the_ranking_by_the_medians_round_trip(run, filled, tmp_path):
    config = tmp_path / "criteria.yaml"
    code, out, err = run("weights", "read", filled, "-c", SAMPLE, "-o", config, "-f", "json")
    assert code == 0, err
    assert "sheet Dora: the sheet has no answers, so it isn't counted" in err
    told = json.loads(out)
    weights = {one["id"]: one["weight"] for one in told["criteria"]}
    loaded = load_config(config)
    ids = [name for group in loaded.config.criteria.values() for name in group.indicators]
    effective = dict(zip(ids, criteria_weights(loaded.config), strict=True))
    assert effective == pytest.approx(weights, rel=1e-11)
    groups = {one["id"]: one["weight"] for one in told["groups"]}
    assert groups == pytest.approx({"scale": 0.2, "concentration": 0.2, "growth": 0.2,
                                    "job_quality": 0.4})  # fmt: skip
    assert weights["pay_vs_region"] == pytest.approx(0.4 * 60 / 100)
    given = load_config(SAMPLE).config
    for name, group in loaded.config.criteria.items():
        for one, criterion in group.indicators.items():
            assert criterion.scale == given.criteria[name].indicators[one].scale
    assert loaded.config.region == given.region
    code, out, err = run("rank", SAMPLES, "-c", config, "--draws", "0", "-f", "json")
    assert code == 0, err
    used = {one["id"]: one["weight"] for one in json.loads(out)["config"]["criteria"]}
    assert used == pytest.approx(weights, rel=1e-11)


def test_who_would_come_first_is_what_rank_says(run, ranked, filled, tmp_path):
    config = tmp_path / "criteria.yaml"
    asked = ("weights", "read", filled, "-c", SAMPLE, "--rank", SAMPLES, "-o", config)
    code, out, err = run(*asked, "-f", "json")
    assert code == 0, err
    told = json.loads(out)
    check(told, "weights-1.schema.json")
    orders = {(one["of"], one["member"]): one["order"] for one in told["rankings"]}
    assert set(orders) == {("config", None), ("median", None), *(("member", m) for m in MEMBERS)}
    assert told["synthetic"] is True
    for of, source in ((("median", None), config), (("config", None), SAMPLE)):
        listed = ranked(SAMPLES, "-c", source, "--draws", "0")["sectors"]
        assert orders[of] == [one["id"] for one in listed]
    table = run(*asked)[1]
    assert "Who would come first?" in table
    assert "SYNTHETIC SAMPLE" in table


def test_every_form_says_the_same(run, filled, tmp_path):
    places = [tmp_path / f"board.{ending}" for ending in ("json", "csv", "md")]
    outs = [word for place in places for word in ("-o", place)]
    code, table, err = run("weights", "read", filled, *outs)
    assert code == 0, err
    for place, form in zip(places, ("json", "csv", "markdown"), strict=True):
        printed = run("weights", "read", filled, "-f", form)[1]
        assert place.read_text(encoding="utf-8-sig") == printed
    assert "3 members answered" in table
    assert "Kendall's W" in table
    rows = places[1].read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].endswith("lowest,highest,Ana,Ben,Chris")
    assert len(rows) == 1 + 9
    assert places[2].read_text(encoding="utf-8").startswith("# Weights of the board\n")


def test_all_problems_at_once_and_nothing_written(run, filled, tmp_path):
    bad = dict(zip(KEYS, ["x", -1, *[10] * (len(KEYS) - 2)], strict=True))
    again = fill(tmp_path / "blank.xlsx", tmp_path / "again.xlsx", {"Dora": bad})
    copy = fill(tmp_path / "blank.xlsx", tmp_path / "copy.xlsx", {"Ana": ANSWERS["Ana"]})
    config = tmp_path / "criteria.yaml"
    code, out, err = run("weights", "read", filled, again, copy, "-o", config)
    assert code == 1
    assert out == ""
    assert not config.exists()
    for words in ("again.xlsx, sheet Dora, cell G10", "cell G11", "'Ana' has answered already"):
        assert words in err
    assert "3 problems." in err


def test_strict_ends_with_3_where_a_sum_was_scaled(run, filled, tmp_path):
    assert run("weights", "read", filled, "--strict")[0] == 0
    more = ANSWERS["Ana"] | {KEYS[0]: 90}
    path = fill(tmp_path / "blank.xlsx", tmp_path / "more.xlsx", {"Ana": more})
    code, out, _ = run("weights", "read", path, "--strict")
    assert code == 3
    assert "add up to 150, not to 100" in " ".join(out.split())


def test_no_answers_at_all(run, filled, tmp_path):
    code, _, err = run("weights", "read", tmp_path / "blank.xlsx")
    assert code == 1
    assert "no sheet has any answers" in err


def test_a_form_of_other_criteria(run, filled):
    code, _, err = run("weights", "read", filled, "-c", "comprehensive")
    assert code == 1
    assert "--config" in err
    assert err.count("doesn't ask for what the config has") == 4


def test_a_sheet_without_its_hidden_column_is_no_member_lost(run, filled):
    book = openpyxl.load_workbook(filled)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:  # as a spreadsheet program saves it: openpyxl keeps no results
                if cell.data_type == "f":
                    cell.value = None
    sheet = book.worksheets[0]
    sheet.delete_cols(1)
    book.save(filled)
    code, _, err = run("weights", "read", filled)
    assert code == 1
    assert f"{filled.name}, sheet {sheet.title}: the sheet is a weights form without" in err


def test_a_workbook_with_answers_is_never_overwritten(run, filled):
    before = filled.read_bytes()
    code, _, err = run("weights", "new", "-o", filled)
    assert code == 1
    assert "may hold answers" in err
    assert filled.read_bytes() == before


def test_other_peoples_files_are_not_overwritten_with_weights(run, filled, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("extends: rural\n", encoding="utf-8")
    code, _, err = run("weights", "read", filled, "-o", mine)
    assert code == 1
    assert "wasn't written by this command" in err
    code, _, err = run("weights", "read", filled, "-c", mine, "-o", mine)
    assert code == 1
    assert "would be overwritten" in err
    assert mine.read_text(encoding="utf-8") == "extends: rural\n"
    config = tmp_path / "criteria.yaml"
    for _ in range(2):
        assert run("weights", "read", filled, "-o", config)[0] == 0


def test_the_weights_lie_over_a_config_in_another_folder(run, filled, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    base = tmp_path / "a" / "my config.yaml"
    base.write_text("extends: balanced\noutputs: {top: 7}\n", encoding="utf-8")
    config = tmp_path / "b" / "criteria.yaml"
    assert run("weights", "read", filled, "-c", base, "-o", config)[0] == 0
    assert 'extends: "../a/my config.yaml"' in config.read_text(encoding="utf-8")
    assert load_config(config).config.outputs.top == 7


def test_names_that_yaml_would_take_for_something_else(run, tmp_path):
    base = tmp_path / "c.yaml"
    base.write_text(
        'criteria:\n  "null":\n    weight: 1\n    indicators:\n'
        '      "on: {x}": {weight: 1, scale: {method: minmax}}\n'
        '      "01": {weight: 1, scale: {method: rank}}\n'
        '  "é [b]":\n    weight: 1\n    indicators:\n'
        '      "= \\"q\\"": {weight: 1, scale: {method: minmax}}\n',
        encoding="utf-8",
    )
    blank, config = tmp_path / "blank.xlsx", tmp_path / "criteria.yaml"
    assert run("weights", "new", "-c", base, "--members", "Ana", "-o", blank)[0] == 0
    keys = wanted_keys(hierarchy_of(load_config(base).config), "points")
    path = fill(
        blank, tmp_path / "filled.xlsx", {"Ana": dict(zip(keys, (75, 25, 10, 90), strict=True))}
    )
    code, _, err = run("weights", "read", path, "-c", base, "-o", config)
    assert code == 0, err
    assert criteria_weights(load_config(config).config) == pytest.approx([0.075, 0.675, 0.25])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--out", "w.ods"), 1, ".xlsx"),
        (("--out", "w.xlsx", "--members", "Ana,ana"), 2, "listed twice"),
        (("--out", "w.xlsx", "--members", " , "), 2, "names with commas"),
        (("--out", "w.xlsx", "--members", "Ana", "--sheets", "2"), 2, "not both"),
        (("--out", "w.xlsx", "--sheets", "61"), 2, "up to 60"),
        (("--out", "w.xlsx", "--method", "dice"), 2, "dice"),
        (("--out", "w.xlsx", "-c", "balancd"), 1, "balanced"),
        ((), 2, "--out"),
    ],
)
def test_what_new_refuses(run, tmp_path, monkeypatch, arguments, code, words):
    monkeypatch.chdir(tmp_path)
    found, out, err = run("weights", "new", *arguments)
    assert found == code
    assert words in out + err
    assert not list(tmp_path.iterdir())


def test_new_refuses_what_cannot_be_weighed(run, tmp_path):
    one, many = tmp_path / "one.yaml", tmp_path / "many.yaml"
    scale = "{weight: 1, scale: {method: minmax}}"
    one.write_text(f"criteria: {{g: {{weight: 1, indicators: {{a: {scale}}}}}}}\n")
    each = ", ".join(f"i{i}: {scale}" for i in range(16))
    many.write_text(f"criteria: {{g: {{weight: 1, indicators: {{{each}}}}}}}\n")
    code, _, err = run("weights", "new", "-c", one, "-o", tmp_path / "w.xlsx")
    assert (code, "nothing to weigh" in err) == (1, True)
    code, _, err = run("weights", "new", "-c", many, "-m", "ahp", "-o", tmp_path / "w.xlsx")
    assert (code, "more than 15" in err) == (1, True)
    assert run("weights", "new", "-c", many, "-m", "swing", "-o", tmp_path / "w.xlsx")[0] == 0


def test_sheets_without_names(run, tmp_path):
    path = tmp_path / "w.xlsx"
    assert run("weights", "new", "--sheets", "2", "-o", path)[0] == 0
    assert openpyxl.load_workbook(path).sheetnames == ["Member 1", "Member 2", "How to"]


def test_compare_prints_what_the_library_returns(run):
    code, out, err = run("weights", "compare", "-f", "json")
    assert code == 0, err
    told = json.loads(out)
    assert told["synthetic"] is True
    for method in ("configured", "entropy", "critic"):
        assert sum(one[method] for one in told["criteria"]) == pytest.approx(1)
    table = run("weights", "compare")[1]
    assert "Neither is a recommendation" in table
    assert run("weights", "compare", "-f", "csv")[1].startswith(
        "id,configured,entropy,critic,reason"
    )
    assert "| Criterion |" in run("weights", "compare", "-f", "markdown")[1]


def test_help_shows_it_with_the_board(run):
    out = run("--help")[1]
    assert "Board" in out
    assert "weights" in out.split("Board")[1]


def test_comparisons_in_pairs_from_form_to_medians(run, tmp_path):
    blank = tmp_path / "blank.xlsx"
    assert run("weights", "new", "-m", "ahp", "--members", "Ana, Ben", "-o", blank)[0] == 0
    pairs = wanted_keys(hierarchy_of(load_config(None).config), "ahp")
    ana = dict.fromkeys(pairs, "1: both alike")
    ben = ana | {pairs[0]: "Left, 9: extremely more", pairs[1]: "Right, 9: extremely more"}
    path = fill(blank, tmp_path / "filled.xlsx", {"Ana": ana, "Ben": ben})
    code, out, err = run("weights", "read", path, "-f", "json")
    assert code == 0, err
    told = json.loads(out)
    check(told, "weights-1.schema.json")
    one, two = (member["consistency"] for member in told["members"])
    assert [part["group"] for part in one] == [None, "scale", "growth", "job_quality"]
    assert [part["ratio"] for part in one] == pytest.approx([0] * 4, abs=1e-12)
    assert two[0]["ratio"] > 0.1
    assert two[0]["oddest"] is not None
    assert any("consistency ratio" in caution for caution in told["cautions"])
    table = run("weights", "read", path)[1]
    assert "Do the comparisons fit together?" in table
