"""The scorecard from the blank workbook to tiers, on the command line."""

import csv
import datetime as dt
import io
import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook
from tests.readiness.filling import Book
from tests.running import run_program

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
QUESTIONS = ("champions", "critical_mass", "support_team", "convener", "shared_agenda", "landscape",
             "geography_fit", "outlook", "early_win")  # fmt: skip


@pytest.fixture
def card(filled, tmp_path):
    """A scorecard of the sample's first three sectors, filled in by three raters."""
    return Path(shutil.copy(filled, tmp_path))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "card.xlsx"
    names = "Rater A, Rater B, Rater C"
    code, _, err = run_program("scorecard", "new", "--top", 3, "--raters", names, "--out", path)
    assert code == 0, err
    book = Book.open(path)
    for k, name in enumerate(names.split(", "), start=1):
        book.sign(k, name, dt.date(2026, 10, k))
        for question in QUESTIONS:
            book.answer("334", question, k, 3 if k < 3 else 4)
            book.answer("333", question, k, 1)
            book.answer("541", question, k, 0 if question == "convener" else 3)
    return book.save()


def sectors(text):
    return {sector["id"]: sector for sector in json.loads(text)["sectors"]}


def test_tiers_from_both_axes_in_every_output(run, card, tmp_path):
    out = tmp_path / "r.json"
    arguments = ("rank", "--readiness", card, "--draws", 0)
    code, table, _ = run(*arguments, "--out", out, "--out", tmp_path / "r.xlsx")
    assert code == 0
    found = sectors(out.read_text())
    tiers = {name: found[name]["tier"] for name in ("334", "333", "541", "493")}
    assert tiers == {"334": "launch", "333": "prepare", "541": "prepare",
                     "493": "economic case only"}  # fmt: skip
    assert found["493"]["readiness"] is None
    assert found["541"]["readiness"]["blocked_by"] == ["convener"]
    (step,) = found["541"]["readiness"]["lacking"]
    assert (step["kind"], step["question"], step["from"], step["to"]) == ("raise", "convener", 0, 1)
    assert step["blocks_launch"]
    assert "Without it no launch" in step["text"]
    assert found["334"]["readiness"]["score"] == pytest.approx(25 * 10 / 3)
    assert "Lacking for launch" in table
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(run(*arguments, "-f", "csv")[1]))}
    assert {name: rows[name]["tier"] for name in tiers} == tiers
    assert float(rows["334"]["readiness"]) == found["334"]["readiness"]["score"]
    assert rows["493"]["readiness"] == ""
    assert rows["541"]["next_tier"] == "launch"
    markdown = run(*arguments, "-f", "markdown")[1]
    assert "#### Lacking for launch, least effort first" in markdown
    workbook = load_workbook(tmp_path / "r.xlsx", data_only=True)
    cells = [cell.value for row in workbook["Shortlist"] for cell in row]
    assert {"launch", "prepare", "economic case only"} <= set(cells)


def test_economic_scores_and_ranks_are_untouched(run, card):
    plain = json.loads(run("rank", "--draws", 0, "--format", "json")[1])
    rated = json.loads(run("rank", "--readiness", card, "--draws", 0, "--format", "json")[1])
    for one, other in zip(plain["sectors"], rated["sectors"], strict=True):
        for key in ("id", "rank", "score", "criteria", "coverage", "justification"):
            assert one[key] == other[key]
    assert {one["tier"] for one in plain["sectors"]} == {"economic case only"}
    assert all(one["readiness"] is None for one in plain["sectors"])


def test_the_same_files_give_the_same_bytes_on_any_day(run, card):
    arguments = ("rank", "--readiness", card, "--draws", 0, "--format", "json")
    first = run(*arguments)[1]
    assert first == run(*arguments)[1]
    assert sectors(first)["334"]["readiness"]["as_of"] == "2026-10-03"
    later = run(*arguments, "--as-of", "2028-01-01")[1]
    assert sectors(later)["334"]["readiness"]["stale_share"] == 1
    assert "more than 12 months old on 2028-01-01" in later


def test_the_config_names_scorecards_beside_itself(run, card, tmp_path):
    config = tmp_path / "board.yaml"
    config.write_text("readiness: [card.xlsx]\nas_of: 2026-12-01\n"
                      "scorecard: {convener: {blocks_launch_at: null}}\n")  # fmt: skip
    code, out, err = run("rank", "-c", config, "--draws", 0, "--format", "json")
    assert code == 0, err
    assert sectors(out)["541"]["tier"] == "launch"
    assert sectors(out)["541"]["readiness"]["as_of"] == "2026-12-01"
    assert [i["path"] for i in json.loads(out)["inputs"] if i["kind"] == "scorecard"] == [
        "card.xlsx"
    ]


def test_explain_says_what_is_lacking(run, card):
    code, out, _ = run("explain", "541", "--readiness", card, "--draws", 0)
    assert code == 0
    assert "It can't be launched, because the level of Convener is too low." in out
    assert "Lacking for launch, least effort first" in out
    assert "Nobody has rated its readiness" in run("explain", "493", "--readiness", card)[1]
    assert "Readiness" not in run("explain", "541", "--draws", 0)[1]


def test_a_sheet_of_another_ranking_is_a_caution(run, card, tmp_path):
    book = Book.open(card)
    sheet = book.sheet("334")
    sheet["A2"].value = "sector:3344"
    found = json.loads(run("rank", "--readiness", book.save(), "--draws", 0, "--format", "json")[1])
    said = " ".join(found["cautions"])
    assert "sheet of '3344' is of no sector in this ranking" in said
    assert "Did you mean '334'?" in said


def test_what_is_at_fault_stops_with_every_cell(run, card):
    book = Book.open(card)
    book.answer("334", "champions", 1, 9).answer("541", "outlook", 2, "lots")
    code, out, err = run("rank", "--readiness", book.save())
    assert (code, out) == (1, "")
    assert err.count("this is no level") == 2
    assert "card.xlsx: 334 Computer and Electronic Pro!F" in err
    assert "2 problems." in err
    code, out, _ = run("check", "--format", "csv", "-c", _config(book.path))
    assert code == 1
    assert out.count("this is no level") == 2


def _config(card):
    path = card.with_name("check.yaml")
    path.write_text(f"readiness: {card.name}\n")
    return path


def test_read_shows_differences_agreement_and_what_is_missing(run, card):
    book = Book.open(card)
    book.answer("334", "convener", 1, 0, None)
    code, out, err = run("scorecard", "read", book.save(), "--as-of", "2027-10-02")
    assert code == 0
    assert "read card.xlsx: scorecard, 81 ratings" in err
    assert "3 raters: Rater A, Rater B, Rater C" in out
    assert "Krippendorff's alpha" in out
    named = Book.open(book.path).sign(2, "Chair, Chamber").save(card.with_name("named.xlsx"))
    assert "raters: Chair, Chamber; Rater A; Rater C" in run("scorecard", "read", named)[1]
    meeting = out[out.index("For the meeting") :]
    assert "Raters lie 2 levels or more apart" in meeting
    assert "0: Rater A" in meeting
    assert "4 apart: discuss" in out
    assert "1 of 3 stale" in out
    assert "a level without evidence" in " ".join(out.split())
    assert run("scorecard", "read", book.path, "--strict")[0] == 3
    found = json.loads(run("scorecard", "read", book.path, "--format", "json")[1])
    convener = next(
        q for q in sectors(json.dumps(found))["334"]["questions"] if q["id"] == "convener"
    )
    assert convener["levels"] == [0, 3, 4]
    assert convener["discuss"]
    rows = list(csv.DictReader(io.StringIO(run("scorecard", "read", book.path, "-f", "csv")[1])))
    assert len(rows) == 81
    assert {row["rater"] for row in rows} == {"Rater A", "Rater B", "Rater C"}
    assert "| Champions |" in run("scorecard", "read", book.path, "-f", "markdown")[1]


def test_the_json_keeps_its_schemas(run, card):
    reading = json.loads(run("scorecard", "read", card, "--format", "json")[1])
    validate(reading, "scorecards-1")
    ranking = json.loads(run("rank", "--readiness", card, "--draws", 0, "--format", "json")[1])
    validate(ranking, "ranking-1")
    said = json.dumps(ranking)
    assert "Rater A" not in said, "names stay in the scorecards"
    assert "Minutes of 3 March" not in said


def validate(document, name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)


def test_read_of_a_blank_one_says_so(run, tmp_path):
    path = tmp_path / "blank.xlsx"
    assert run("scorecard", "new", "--out", path)[0] == 0
    code, out, _ = run("scorecard", "read", path)
    assert code == 0
    assert "Nobody has rated anything yet." in out


@pytest.mark.parametrize("command", [("scorecard", "read"), ("rank", "--readiness")])
def test_a_day_that_is_none_is_the_command_line_s_fault(run, card, command):
    code, _, err = run(*command, card, "--as-of", "11/22/2026")
    assert code == 2
    assert "2026-11-22" in err


def test_a_workbook_that_is_there_is_never_overwritten(run, card):
    before = card.read_bytes()
    code, _, err = run("scorecard", "new", "--out", card)
    assert code == 1
    assert "may hold people's answers" in err
    assert card.read_bytes() == before


def test_chosen_sectors_and_raters(run, tmp_path):
    path = tmp_path / "two.xlsx"
    code, _, err = run(
        "scorecard", "new", "--sectors", "621; Machinery Manufacturing", "--out", path
    )
    assert code == 0, err
    ids = [sheet["A2"].value for sheet in load_workbook(path).worksheets[1:]]
    assert ids == ["sector:621", "sector:333"]
    code, _, err = run("scorecard", "new", "--sectors", "62l", "--out", tmp_path / "no.xlsx")
    assert code == 1
    assert "is no candidate" in err
    assert run("scorecard", "new", "--raters", "A,,B", "--out", tmp_path / "no.xlsx")[0] == 2
    assert run("scorecard", "new", "--out", tmp_path / "no.csv")[0] == 1


def test_a_scorecard_among_the_inputs_is_left_out(run, card):
    code, _, err = run("check", card.parent, "--format", "csv")
    assert "no input; left out" in run("check", card.parent)[1] + err
    assert code == 1  # there is no table in that folder
    book = load_workbook(card, data_only=True)
    book.properties.category = None  # as other programs save it
    book.save(card)
    assert "no input; left out" in run("check", card.parent)[1]


def test_all_regions_says_that_scorecards_are_of_one(run, card, tmp_path):
    config = tmp_path / "regions.yaml"
    config.write_text(f"regions: {{every: county}}\nreadiness: {card.name}\n")
    code, out, err = run("rank", "-c", config, "--all-regions", "--format", "json")
    assert code == 0, err
    assert "the economic case alone" in " ".join(json.loads(out)["cautions"])


def crowd(run, path, names, levels):
    """Return a scorecard of one sector that raters of these names filled in."""
    code, _, err = run("scorecard", "new", "--sectors", "334", "--raters", ";".join(names),
                       "--out", path)  # fmt: skip
    assert code == 0, err
    book = Book.open(path)
    for k, name in enumerate(names, start=1):
        book.sign(k, name)
        for place, question in enumerate(QUESTIONS):
            book.answer("334", question, k, levels(place, k))
    return book.save()


def test_what_to_discuss_comes_furthest_apart_first(run, tmp_path):
    spread = (0, 2, 4, 2, 1, 3, 0, 4, 2)
    names = ["Rater A", "Rater B"]
    path = crowd(run, tmp_path / "a.xlsx", names, lambda place, k: spread[place] * (k - 1))
    _, out, _ = run("scorecard", "read", path, "--format", "markdown")
    meeting = out.partition("## For the meeting")[2].split("\n## ")[0]
    rows = [line.split("|")[2:6] for line in meeting.splitlines() if line.startswith("| 334")]
    assert [tuple(cell.strip() for cell in row) for row in rows] == [
        ("Support team", "15", "0: Rater A", "4: Rater B"),
        ("Outlook for growth and community", "5", "0: Rater A", "4: Rater B"),
        ("Landscape and fatigue", "10", "0: Rater A", "3: Rater B"),
        ("Critical mass", "15", "0: Rater A", "2: Rater B"),
        ("Convener", "15", "0: Rater A", "2: Rater B"),
        ("Early win", "5", "0: Rater A", "2: Rater B"),
    ]
    agreed = crowd(run, tmp_path / "b.xlsx", names, lambda place, k: place % 2 + k)
    assert "For the meeting" not in run("scorecard", "read", agreed)[1]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (7, ["A: The organization of number 1;", "A  B  C  D  E  F  G"]),
        (11, ["Levels given,", "by how many", "1 by 10, ? by 1"]),
        (40, ["The organization of number 2 and 28 more. On", "1 by 39, ? by 1"]),
    ],
)
def test_many_raters_fit_on_eighty_columns(run, tmp_path, monkeypatch, count, words):
    monkeypatch.setenv("COLUMNS", "80")
    names = [f"The organization of number {k}" for k in range(1, count + 1)]
    path = crowd(run, tmp_path / "a.xlsx", names, lambda _, k: "unknown" if k == 2 else 1)
    code, out, _ = run("scorecard", "read", path)
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    told = " ".join(out.split())
    for word in words:
        assert word in out or word in told


def test_the_first_day_of_all_is_a_day(run, card):
    code, _, err = run("scorecard", "read", card, "--as-of", "0001-01-01")
    assert (code, "Traceback" in err) == (0, False)
