"""``sectorscan plan`` from filled scorecards to the printed plan."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from tests.readiness.filling import Book
from tests.reports.schemas import check
from tests.running import run_program

from sectorscan.config.loader import load_config

QUESTIONS = tuple(load_config().config.scorecard)
CONVENERS = {"334": "Valley Chamber", "333": "Valley Chamber"}


def level(sector, question):
    """334 and 333 are ready, 541 has no champions, nobody knows who could convene 493."""
    if sector == "541":
        return 1 if question == "champions" else 3
    if (sector, question) == ("493", "convener"):
        return "Unknown"
    if (sector, question) == ("334", "early_win"):
        return 4
    return 0 if sector == "621" else 3


@pytest.fixture
def card(filled, tmp_path):
    """A scorecard of the sample's first five sectors, filled in by two raters."""
    return Path(shutil.copy(filled, tmp_path))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "card.xlsx"
    code, _, err = run_program("scorecard", "new", "--raters", "Rater A, Rater B", "--out", path)
    assert code == 0, err
    book = Book.open(path)
    for rater in (1, 2):
        book.sign(rater, f"Rater {rater}")
        for sector in ("334", "333", "541", "493", "621"):
            for question in QUESTIONS:
                book.answer(sector, question, rater, level(sector, question))
    for sector, name in CONVENERS.items():
        sheet = book.sheet(sector)
        sheet.cell(book.row(sheet, "convener:1"), 4).value = name
    return book.save()


def test_the_plan_answers_what_a_board_asks(run, card):
    code, out, _ = run("plan", "--readiness", card, "--draws", 200)
    assert code == 0
    text = " ".join(out.split())
    for question in (
        *("Which first?", "Why it?", "Who convenes?", "What next?", "What not yet?"),
        "What only needs a survey or a focus group for now?",
    ):
        assert question in text
    assert "Start with Computer and Electronic Product Manufacturing" in text
    assert "Valley Chamber convenes Computer and Electronic Product Manufacturing." in text
    assert "Year 2: launch Machinery Manufacturing, priority" in text
    # The first year takes one partnership: that its convener is busy then delays nothing.
    assert "busy" not in text
    assert "It needs: Champions, from level 1 to 2" in text
    assert "Warehousing and Storage: nobody could rate Convener" in text


def test_the_json_is_its_schema_and_its_points_are_its_priorities(run, card):
    code, out, err = run("plan", "--readiness", card, "--draws", 200, "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    check(found, "plan-1.schema.json")
    assert found["first"] == "334"
    sectors = {one["id"]: one for one in found["sectors"]}
    stages = {code: sectors[code]["stage"] for code in ("334", "333", "541", "493", "621")}
    assert stages == {"334": "launch", "333": "launch", "541": "prepare", "493": "ask",
                      "621": "prepare"}  # fmt: skip
    assert (sectors["334"]["year"], sectors["333"]["year"]) == (1, 2)
    for one in found["sectors"]:
        if one["priority"] is not None:
            assert sum(term["points"] for term in one["terms"]) == pytest.approx(one["priority"])
            assert sum(term["weight"] for term in one["terms"]) == pytest.approx(1)
    ranking = json.loads(run("rank", "--readiness", card, "--draws", 200, "--format", "json")[1])
    for one in ranking["sectors"]:
        planned = sectors[one["id"]]
        assert (planned["rank"], planned["tier"]) == (one["rank"], one["tier"])
        assert planned["values"]["economic"] == one["score"]
        assert planned["values"]["p_top"] == one["robustness"]["p_top"]


def test_without_scorecards_it_says_what_must_be_rated(run):
    code, out, _ = run("plan", "--draws", 0, "--format", "markdown")
    assert code == 0
    assert "this is an economic order only" in out
    assert "## What must be rated first?" in out
    assert "convenes" not in out
    found = json.loads(run("plan", "--draws", 0, "--format", "json")[1])
    assert (found["rated"], found["first"]) == (False, None)
    assert all(one["year"] is None for one in found["sectors"])


def test_files_hold_what_is_printed(run, card, tmp_path):
    arguments = ("plan", "--readiness", card, "--draws", 0)
    outs = [tmp_path / f"plan.{ending}" for ending in ("json", "csv", "md")]
    code, _, err = run(*arguments, *(part for out in outs for part in ("--out", out)))
    assert code == 0, err
    for out, form in zip(outs, ("json", "csv", "markdown"), strict=True):
        assert out.read_text("utf-8-sig") == run(*arguments, "--format", form)[1]
    rows = list(csv.DictReader(io.StringIO(outs[1].read_text("utf-8-sig"))))
    assert [row["id"] for row in rows[:2]] == ["334", "333"]
    assert rows[0]["convener"] == "Valley Chamber"
    code, _, err = run("plan", "--out", tmp_path / "plan.xlsx")
    assert code == 1
    assert ".xlsx" in err


def test_rural_and_urban_plan_otherwise(run, card):
    def planned(preset):
        out = run("plan", "-c", preset, "--readiness", card, "--draws", 0, "--format", "json")[1]
        return json.loads(out)

    rural, urban, balanced = (planned(name) for name in ("rural", "urban", "balanced"))
    assert rural["settings"]["capacity"] == 1 < balanced["settings"]["capacity"]
    assert rural["settings"]["convener_years"] == 2
    weights = {name: one["settings"]["weights"] for name, one in
               (("rural", rural), ("urban", urban), ("balanced", balanced))}  # fmt: skip
    assert weights["rural"]["support_team"] > weights["balanced"]["support_team"]
    assert weights["rural"]["critical_mass"] > weights["balanced"]["critical_mass"]
    assert weights["urban"]["landscape"] > weights["balanced"]["landscape"]
    assert weights["urban"]["early_win"] > weights["balanced"]["early_win"]
    years = [one["year"] for one in rural["sectors"] if one["year"]]
    assert len(years) == len(set(years))


def test_a_question_that_was_taken_away_counts_nothing(run, card):
    config = card.with_name("own.yaml")
    config.write_text("extends: balanced\nscorecard: {early_win: null}\n", encoding="utf-8")
    code, out, err = run("plan", "-c", config, "--readiness", card, "--draws", 0, "-f", "json")
    assert code == 0, err
    first = json.loads(out)["sectors"][0]
    assert first["values"]["early_win"] is None
    assert [term["id"] for term in first["terms"]] == ["economic", "readiness"]


def test_the_order_of_launch_changes_no_hash_of_the_ranking(run, card):
    config = card.with_name("own.yaml")
    config.write_text("extends: balanced\nplan: {capacity: 1}\n", encoding="utf-8")
    plain = card.with_name("plain.yaml")
    plain.write_text("extends: balanced\n", encoding="utf-8")
    assert load_config(config).sha256 == load_config(plain).sha256
