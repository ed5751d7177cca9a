"""Raters and files in any order are the same; scores lie in 0 to 100; repeats are settled."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.config.loader import load_config
from sectorscan.readiness.combine import combine, is_stale
from sectorscan.readiness.model import Rating
from sectorscan.readiness.sheets import FilledWorkbook
from sectorscan.tables.files import TableFile

QUESTIONS = load_config().config.scorecard
RATINGS = st.builds(
    Rating,
    sector=st.sampled_from(["332", "621", "Food"]),
    question=st.sampled_from(list(QUESTIONS)),
    rater=st.sampled_from(["A", "a", "B", "Ch"]),
    date=st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    level=st.sampled_from([None, 0, 1, 2, 3, 4]),
    evidence=st.sampled_from(["", "seen", "minutes of March"]),
    place=st.integers(1, 99).map(lambda row: f"card.xlsx: 332!E{row}"),
)


def books(ratings, parts=1):
    made = []
    for part in range(parts):
        book = FilledWorkbook(TableFile("card.xlsx", None, f"{part}.xlsx"))
        book.titles.update({"332": "Metal", "621": "Care", "Food": "Food"})
        book.ratings += ratings[part::parts]
        made.append(book)
    return made


@settings(max_examples=100, deadline=None)
@given(st.lists(RATINGS, max_size=60), st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_ratings_files_and_raters_changes_nothing(ratings, random, parts):
    whole = combine(books(ratings), QUESTIONS, None)
    mixed = random.sample(ratings, len(ratings))
    split = books(mixed, parts)
    random.shuffle(split)
    found = combine(split, QUESTIONS, None)
    assert found == whole


@settings(max_examples=100, deadline=None)
@given(st.lists(RATINGS, max_size=60))
def test_scores_lie_in_0_to_100_and_an_unknown_answer_moves_none(ratings):
    found = combine(books(ratings), QUESTIONS, None)
    for sector in found.sectors.values():
        known = [answer for answer in sector.answers if answer.level is not None]
        assert (sector.score is None) == (not known)
        assert sector.score is None or 0 <= sector.score <= 100
        assert 0 <= sector.coverage <= 1
    asked = [replace(r, rater="Nobody else", level=None) for r in ratings]
    with_unknown = combine(books([*ratings, *asked]), QUESTIONS, None)
    for name, sector in found.sectors.items():
        assert with_unknown.sectors[name].score == sector.score
        assert with_unknown.sectors[name].coverage == sector.coverage
        assert with_unknown.sectors[name].agreement == sector.agreement


@settings(max_examples=100, deadline=None)
@given(st.lists(RATINGS, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_a_higher_level_never_lowers_a_score(ratings, random):
    """Each rater once, so that no repeat decides which of two ratings counts."""
    single = [replace(r, rater=f"Rater {n}") for n, r in enumerate(ratings)]
    low = [n for n, rating in enumerate(single) if rating.level is not None and rating.level < 4]
    if not low:
        return
    place = random.choice(low)
    one = single[place]
    higher = [*single[:place], replace(one, level=one.level + 1), *single[place + 1 :]]
    before, after = (combine(books(r), QUESTIONS, None).sectors[one.sector]
                     for r in (single, higher))  # fmt: skip
    assert after.score > before.score
    assert (after.coverage, after.stale_share) == (before.coverage, before.stale_share)


@given(st.dates(dt.date(2001, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 800))
def test_stale_is_older_than_the_same_day_a_year_before(as_of, days):
    date = as_of - dt.timedelta(days=days)
    assert is_stale(date, as_of) is (days > 366 or (days > 365 and _plain(date, as_of)))


def _plain(date, as_of):
    """Say whether no leap day lies between, so that 366 days are more than a year."""
    leap = [dt.date(y, 2, 29) for y in range(date.year, as_of.year + 1)
            if y % 4 == 0 and (y % 100 or y % 400 == 0)]  # fmt: skip
    return not any(date <= day < as_of or day == as_of for day in leap)


def test_the_spelling_used_most_is_the_one_shown():
    given_names = ["rater a", "Rater A", "Rater A"]
    ratings = [
        Rating("332", question, name, dt.date(2026, 1, 1), 2, "seen", question)
        for question, name in zip(QUESTIONS, given_names, strict=False)
    ]
    assert combine(books(ratings), QUESTIONS, None).raters == ("Rater A",)
