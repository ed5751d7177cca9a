"""A scorecard that is made with ratings in it: read back it is those ratings, as it shows them."""

import datetime as dt
import shutil

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readiness.filling import Book
from tests.reports.recalculated import recalculate

from sectorscan.readiness import read_scorecards
from sectorscan.readiness.model import Rating
from sectorscan.reports import view
from sectorscan.reports.scorecard.blank import blank_scorecard
from sectorscan.reports.scorecard.looks import Blank, BlankSheet
from sectorscan.reports.scorecard.sample import PLACES, QUESTIONS, RATERS, sample_scorecards

SHEETS = tuple(BlankSheet(str(code), f"Sector {code}", "About it") for code in range(331, 337))
NAMES = ("A", "B", "C")
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


def blank_of(questions, **more):
    return Blank("Toy region", SHEETS[:2], questions, NAMES, **more)


def ratings_of(questions, pick):
    return tuple(
        Rating(sheet.sector, question, name, day, level, "=1+1" if level else "", "")
        for sheet in SHEETS[:2]
        for question in questions
        for name in NAMES
        for level, day in pick()
    )


def said(found):
    return {
        (one.sector, one.question, one.rater, one.date, one.level, one.evidence)
        for sector in found.sectors.values()
        for answer in sector.answers
        for one in answer.ratings
    }


@given(st.data())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_read_is_what_was_written(questions, tmp_path, data):
    answers = st.lists(st.tuples(st.none() | st.integers(0, 4), DAYS), max_size=1)
    ratings = ratings_of(questions, lambda: data.draw(answers))
    path = tmp_path / "card.xlsx"
    blank = blank_of(questions, ratings=ratings, conveners={"331": "=Chamber"})
    path.write_bytes(blank_scorecard(blank))
    found = read_scorecards([path], questions)
    assert said(found) == {
        (r.sector, r.question, r.rater, r.date, r.level, r.evidence) for r in ratings
    }
    assert found.sectors["331"].conveners == ("=Chamber",)
    for sector in found.sectors.values():
        for answer in sector.answers:
            ours = blank.answer(sector.sector, answer.question)
            assert (ours.level, ours.spread) == (answer.level, answer.spread)


def test_libreoffice_computes_every_value_that_is_stored(questions, tmp_path):
    levels = [None, 0, 1, 2, 3, 4, 4, 1]
    days = [dt.date(2026, 10, 1), dt.date(2025, 3, 1)]
    turn = iter(range(10_000))

    def pick():
        n = next(turn)
        return [] if n % 7 == 3 else [(levels[n % 8], days[n % 5 == 0])]

    content = blank_scorecard(blank_of(questions, ratings=ratings_of(questions, pick)))
    (tmp_path / "card.xlsx").write_bytes(content)
    stored = openpyxl.load_workbook(tmp_path / "card.xlsx", data_only=True)
    (computed,) = recalculate([content], tmp_path)
    compared = 0
    for sheet in openpyxl.load_workbook(tmp_path / "card.xlsx"):
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            ours = stored[sheet.title][cell.coordinate].value
            theirs = computed[sheet.title][cell.coordinate].value
            close = isinstance(ours, float) and theirs == pytest.approx(ours, abs=1e-9)
            assert close or (ours or "") == (theirs or ""), f"{sheet.title}!{cell.coordinate}"
            compared += 1
    assert compared > 100


@pytest.fixture(scope="module")
def cards(questions, tmp_path_factory):
    """The sample's scorecards for a shortlist of six, whatever its sectors."""
    folder = tmp_path_factory.mktemp("cards")
    blank = Blank("Toy region", SHEETS, questions, synthetic=True)
    for name, content in sample_scorecards(blank).items():
        (folder / name).write_bytes(content)
    return folder


def test_the_sample_s_table_has_a_level_for_every_question_and_rater(questions):
    assert tuple(questions) == QUESTIONS
    for place in PLACES:
        assert len(place.levels) == len(RATERS)
        assert {len(levels) for levels in place.levels} <= {0, len(QUESTIONS)}
        assert set("".join(place.levels)) <= set("01234?")


def test_the_sample_s_scorecards_say_that_they_are_on_every_sheet(cards):
    for path in sorted(cards.iterdir()):
        for sheet in openpyxl.load_workbook(path):
            cells = {cell.value for row in sheet.iter_rows() for cell in row}
            assert {view.SYNTHETIC_BANNER, "synthetic"} <= cells
            assert sheet.column_dimensions["A"].hidden


def test_beside_real_figures_they_are_left_out_whatever_became_of_them(cards, questions, tmp_path):
    names = []
    for path in sorted(cards.iterdir()):
        book = Book.open(path).answer("331", "outlook", 1, "no level at all")
        del book.book["Start here"]
        book.sheet("331").title = "Renamed"
        book.save(tmp_path / path.name)
        names.append(path.name)
    found = read_scorecards([tmp_path], questions, synthetic_too=False)
    assert (found.sectors, found.inputs, found.findings, found.synthetic) == ({}, (), (), False)
    assert found.left_out.severity == "caution"
    assert all(name in found.left_out.what for name in names)
    shutil.copy(cards / names[0], tmp_path / "mine.xlsx")
    assert read_scorecards([tmp_path / "mine.xlsx"], questions).synthetic
