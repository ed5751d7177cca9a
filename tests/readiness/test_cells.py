"""What people type: levels, dates in many forms, names."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.readiness import cells
from sectorscan.readiness.cells import NotUnderstoodError

THIRD_OF_NOVEMBER = dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("0", 0), ("4", 4), ("3.0", 3), ("2.", 2), ("level 3", 3), ("Level3", 3),
        ("unknown", None), ("Unknown", None), ("?", None), ("N/A", None), ("don’t know", None),
    ],
)  # fmt: skip
def test_levels(text, level):
    assert cells.level(text) == level


@pytest.mark.parametrize("text", ["5", "-1", "2.5", "2,5", "three", "=1", "0-4", "33", "yes", "٣"])
def test_what_is_no_level(text):
    with pytest.raises(NotUnderstoodError, match="is no level") as caught:
        cells.level(text)
    assert caught.value.remedy.startswith("Choose 0, 1, 2, 3, 4 or unknown.")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03", "2026/11/3", "2026-11-03 10:30:00", "2026-11-03T00:00:00", "3.11.2026",
        "03. 11. 2026", "November 3, 2026", "Nov 3rd, 2026", "3 november 2026", "3-Nov-2026",
        "Tuesday, 3 November 2026", "46329", "46329.4375",
    ],
)  # fmt: skip
def test_dates(text):
    assert cells.date(text) == THIRD_OF_NOVEMBER


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("11/23/2026", dt.date(2026, 11, 23)),
        ("23/11/2026", dt.date(2026, 11, 23)),
        ("5/5/2026", dt.date(2026, 5, 5)),
        ("Sept 9, 2025", dt.date(2025, 9, 9)),
        ("29.02.2024", dt.date(2024, 2, 29)),
    ],
)
def test_dates_that_can_be_one_day_only(text, date):
    assert cells.date(text) == date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3/11/2026", "could be two dates"),
        ("31.11.2026", "doesn't exist"),
        ("2026-02-30", "doesn't exist"),
        ("3 novembre 2026", "is no date"),
        ("last week", "is no date"),
        ("2026", "is no date"),
        ("12345", "in the year 1933"),
        ("1926-11-03", "in the year 1926"),
        ("3 March or April 2026", "is no date"),
    ],
)
def test_what_is_no_date(text, words):
    with pytest.raises(NotUnderstoodError, match=words):
        cells.date(text)


def test_two_dates_are_both_named():
    with pytest.raises(NotUnderstoodError) as caught:
        cells.date("3/11/2026")
    assert caught.value.remedy == "Write 2026-11-03 or 2026-03-11."


@given(st.dates(dt.date(2000, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_in_every_plain_form(day):
    serial = (day - dt.date(1899, 12, 30)).days
    forms = [
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%d %B %Y}",
        f"{day:%b} {day.day} {day.year}",
    ]
    forms += [str(serial)] if serial < 100000 else []
    assert {cells.date(text) for text in forms} == {day}


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        found = cells.date(text.strip())
    except NotUnderstoodError:
        return
    assert 2000 <= found.year <= 2199


def test_names_are_trimmed_and_fit_on_a_line():
    assert cells.name("  Rater \t A\n\u202e ") == "Rater A"
    assert len(cells.name("x" * 500)) == cells.LONGEST_NAME
