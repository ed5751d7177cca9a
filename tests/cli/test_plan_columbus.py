"""A board's plan from real figures, fifteen Ohio counties, and three raters' scorecards."""

import json
import re

import pytest
from tests.conftest import shared_path
from tests.readiness.filling import Book, write_blank
from tests.running import run_program
from tests.sources.columbus import COLUMBUS, REGION

from sectorscan.config.loader import load_config

QUESTIONS = load_config().config.scorecard
HEALTH, FOOD, TRADES = "Ambulatory Health Care Services", "Food Manufacturing", "Specialty Trade"
CIVIL, OFFICES = "Heavy and Civil Engineering Construction", "Professional, Scientific"
CONVENERS = {"621": "Columbus Chamber", "311": "columbus  CHAMBER", "238": "Trades Council",
             "237": "Trades Council"}  # fmt: skip


def level(sector, question, rater):
    """621, 238 and 311 are ready, 237 lacks champions, nobody knows those of 541, 522 is weak."""
    if sector == "522":
        return (1, 2, 2)[rater]
    if (sector, question) == ("238", "champions"):
        return (2, 4, 4)[rater]
    at = {("621", "early_win"): 4, ("621", "champions"): (2, 4, 4)[rater], ("237", "champions"): 1,
          ("541", "champions"): "Unknown"}  # fmt: skip
    return at.get((sector, question), 3)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("columbus")
    config = folder / "own.yaml"
    config.write_text(
        "extends: balanced\n"
        f"region: {{name: Central Ohio, areas: {json.dumps(sorted(REGION))}}}\n"
        "benchmark: all\nperiod: {base: 2020, end: 2023}\n"
        "readiness: card.xlsx\nrobustness: {draws: 200}\n",
        encoding="utf-8",
    )
    sectors = ("621", "311", "238", "237", "541", "522", "531")
    raters = ("Chamber", "College", "Workforce board")
    book = Book.open(write_blank(folder / "card.xlsx", QUESTIONS, sectors, raters))
    for rater in range(3):
        book.sign(rater + 1, raters[rater])
        for sector in sectors[:-1]:
            for question in QUESTIONS:
                book.answer(sector, question, rater + 1, level(sector, question, rater))
    for sector, name in CONVENERS.items():
        sheet = book.sheet(sector)
        sheet.cell(book.row(sheet, "convener:1"), 4).value = name
    book.save()
    return config


@pytest.fixture(scope="module")
def plan(project):
    outs = [project.with_name(f"plan.{ending}") for ending in ("json", "md")]
    code, out, err = run_program(
        "plan", shared_path(COLUMBUS), "-c", project, "--out", outs[0], "--out", outs[1]
    )
    assert code == 0, err
    found = json.loads(outs[0].read_text("ascii"))
    return found, outs[1].read_text("utf-8"), out


@pytest.fixture
def answers(plan):
    return {one["question"]: one["sentences"] for one in plan[0]["answers"]}


@pytest.fixture
def sectors(plan):
    return {one["id"]: one for one in plan[0]["sectors"]}


def test_the_stages_are_those_of_the_scorecards(sectors):
    stages = {code: (sectors[code]["stage"], sectors[code]["year"], sectors[code]["convener"])
              for code in ("621", "238", "311", "237", "522", "541", "531")}  # fmt: skip
    assert stages == {
        "621": ("launch", 1, "Columbus Chamber"),
        "238": ("launch", 2, "Trades Council"),
        "311": ("launch", 2, "Columbus Chamber"),
        "237": ("prepare", 3, "Trades Council"),
        "522": ("prepare", 3, None),
        "541": ("ask", None, None),
        "531": ("not yet", None, None),
    }
    # The same people in other letters, as "columbus  CHAMBER", are one convener.
    assert sectors["311"]["conveners"] == ["Columbus Chamber"]


def test_which_first_and_why(answers, sectors):
    first, second, unknown = (sectors[code] for code in ("621", "311", "541"))
    for one in sectors.values():
        if one["priority"] is not None:
            parts = (("economic", 40, 1), ("readiness", 30, 1), ("early_win", 15, 25),
                     ("p_top", 15, 100))  # fmt: skip
            known = [(weight, one["values"][name] * full) for name, weight, full in parts
                     if one["values"][name] is not None]  # fmt: skip
            mean = sum(weight * points for weight, points in known) / sum(w for w, _ in known)
            assert one["priority"] == pytest.approx(mean)
    assert answers["Which first?"] == [
        f"Start with {HEALTH}: of 3 sectors that are ready it has the highest priority, "
        f"{first['priority']:.1f} points.",
        "In the first year one partnership is launched, after that at most 2 a year.",
    ]
    made = re.findall(r"(\d+\.\d) from", answers["Why it?"][0])
    assert [float(points) for points in made] == pytest.approx(
        [term["points"] for term in first["terms"]], abs=0.051
    )
    behind = first["priority"] - second["priority"]
    assert (
        f"That is {behind:.1f} points more than {FOOD}, the next that is ready."
        in answers["Why it?"]
    )
    assert unknown["priority"] > first["priority"]
    assert (
        f"{unknown['title']} has a higher priority, {unknown['priority']:.1f} points, but nobody "
        "could rate Champions." in answers["Why it?"]
    )
    assert answers["Why it?"][-1] == (
        "Raters lie apart on Champions (2 levels): they should talk about it."
    )


def test_who_convenes_what_next_what_not_yet(answers, sectors):
    assert answers["Who convenes?"][0] == f"Columbus Chamber convenes {HEALTH}."
    following = answers["What next?"]
    assert following[0].startswith(f"Year 2: launch {FOOD}, priority")
    assert following[1].startswith(f"Year 2: launch {TRADES}")
    assert following[2].startswith(f"Year 3: launch {CIVIL} if it is ready by then")
    assert following[3].startswith("It needs: Champions, from level 1 to 2 (One business leader")
    assert following[3].endswith("Without it no launch.")
    assert "".join(answers["What only needs a survey or a focus group for now?"]).startswith(
        f"{OFFICES}, and Technical Services: nobody could rate Champions"
    )
    unrated = [one for one in sectors.values() if one["values"]["readiness"] is None]
    below = [one for one in unrated if one["stage"] == "not yet"]
    assert answers["What not yet?"] == [f"Nobody has rated {len(below)} sectors below the "
                                        "shortlist."]  # fmt: skip
    rated = answers["What must be rated before it can be judged?"][:-1]
    assert {line.split(":")[0] for line in rated} == {
        one["title"] for one in unrated if one["stage"] == "rate"
    }


def test_it_is_short_and_each_sector_stands_in_one_place(plan, answers, sectors):
    found, page, printed = plan
    assert sum(map(len, answers.values())) <= 25
    assert max(map(len, printed.splitlines())) <= 80
    assert len(printed.splitlines()) <= 110
    for lines in answers.values():
        for line in lines:
            assert f"- {line}" in page
    for one in sectors.values():
        starts = [line for lines in answers.values() for line in lines
                  if re.match(rf"(Start with |Year \d: launch |){re.escape(one['title'])}\b", line)
                  and "higher priority" not in line]  # fmt: skip
        assert len(starts) == (one["stage"] != "not yet"), one["title"]
    assert found["first"] == "621"


def test_a_weak_sector_is_asked_for_many_small_steps(project, sectors):
    # All its questions lie at a mean of 5/3: none is told to go to the top.
    assert sectors["522"]["tier"] == "prepare"
    assert not any(" to 4 (" in step for step in sectors["522"]["lacking"])
    arguments = ("522", shared_path(COLUMBUS), "-c", project, "--draws", 0)
    code, out, err = run_program("explain", *arguments)
    assert code == 0, err
    text = " ".join(out.split())
    assert "; tier: prepare;" in text
    assert "; tier: prepare; " in text
    assert "Readiness score 41.7, by 3 raters." in text
    assert "Lacking for launch, least effort first" in text
    for number, step in enumerate(sectors["522"]["lacking"], 1):
        assert f"{number}. {step}" in text
