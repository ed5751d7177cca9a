"""Tiers and readiness from one run to the next, with scorecards that were really filled in."""

import datetime as dt
import json
import shutil
from itertools import product

import pytest
from tests.refresh.rated import configure, fill, put_figures, run
from tests.reports.schemas import check

from sectorscan.refresh.changes import compare_runs
from sectorscan.refresh.run_folder import Gate, Question, Readiness, SectorRecord
from sectorscan.refresh.standings import because
from sectorscan.reports.changes import to_markdown
from sectorscan.reports.changes_json import document, to_json
from sectorscan.reports.changes_words import sentence
from sectorscan.reports.words import cell
from sectorscan.scoring.tiers import tier

LAST_YEAR, THIS_YEAR = dt.date(2025, 10, 1), dt.date(2026, 10, 1)


def at_first(sector, question, rater):
    """Level 3 all over, but no convener; of the third sector one rater knows nothing."""
    if sector == "493" and rater == "College":
        return None
    return 0 if question == "convener" else 3


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Return a project with one run in which three sectors are rated."""
    project = tmp_path_factory.mktemp("rated") / "project"
    put_figures(project)
    configure(project)
    fill(project, at_first, date=LAST_YEAR)
    run(project, 2025)
    return project


@pytest.fixture
def project(first, tmp_path):
    return shutil.copytree(first, tmp_path / "project")


def compared(project):
    """Refresh a year later; return what changed, checked against its schema."""
    changes = compare_runs(project / "made" / "2025-11-01", run(project, 2026))
    check(json.loads(to_json(changes)), "changes-1.schema.json")
    return changes


def raised(changes):
    return document(changes)["readiness"]


def of(changes, code):
    return next(one for one in changes.sectors if one.id == code)


def test_a_convener_is_found(project):
    fill(project, lambda s, q, r: 3 if s == "334" else at_first(s, q, r), date=THIS_YEAR)
    changes = compared(project)
    one = of(changes, "334")
    assert one.tiers == ("prepare", "launch")
    text = "It moved from prepare to launch, because a convener was found (Convener from 0 to 3)."
    assert sentence(changes, one).endswith(text)
    record = next(r for r in document(changes)["sectors"] if r["id"] == "334")
    assert record["tier_because"] == ["a convener was found (Convener from 0 to 3)"]
    assert record["readiness_questions"] == [
        {"id": "convener", "title": "Convener", "old": 0, "new": 3}
    ]
    assert raised(changes) == []
    assert of(changes, "621").tiers[0] == of(changes, "621").tiers[1]
    assert "| prepare | launch | Convener 0 to 3 |" in to_markdown(changes)


def test_engagement_wanes(project):
    """The champions leave one sector; in another the rest grows as much as they go."""

    def level(sector, question, rater):
        if sector == "334":
            fallen = question in ("champions", "critical_mass")
            return 1 if fallen else at_first(sector, question, rater)
        if sector == "621":
            return 2 if question == "champions" else 4
        return at_first(sector, question, rater)

    fill(project, level, date=THIS_YEAR)
    changes = compared(project)
    fell, mixed = raised(changes)
    one = of(changes, "334").readiness
    assert one.falls
    scores = f"from {cell(one.old, 'score')} to {cell(one.new, 'score')}"
    assert fell.endswith(
        f"readiness fell {scores} (Champions from 3 to 1; Critical mass from 3 to 1). "
        "Ask its champions before the next meeting."
    )
    assert mixed.endswith(
        "Champions from 3 to 2, though its readiness as a whole didn't fall. "
        "Ask its champions before the next meeting."
    )


def test_a_launch_is_lost_with_its_convener(project):
    fill(project, lambda s, q, r: 3, date=THIS_YEAR)
    with_one = run(project, 2026)
    fill(project, at_first, date=dt.date(2027, 10, 1))
    changes = compare_runs(with_one, run(project, 2027))
    assert sentence(changes, of(changes, "334")).endswith(
        "It moved from launch to prepare, because there is no convener any more "
        "(Convener from 3 to 0)."
    )


def test_a_rater_who_vanishes_is_counted(project):
    """Chamber alone answers, and lower: the fall may be of who answered."""
    fill(project, lambda s, q, r: 2, date=THIS_YEAR, raters=("Chamber",))
    changes = compared(project)
    assert of(changes, "334").readiness.raters == (2, 1)
    assert "1 rated it, where 2 did." in raised(changes)[0]


def test_a_sector_that_nobody_rates_any_more(project):
    def level(sector, question, rater):
        return None if sector == "621" else at_first(sector, question, rater)

    fill(project, level, date=THIS_YEAR)
    changes = compared(project)
    one = of(changes, "621")
    assert one.tiers == ("prepare", "economic case only")
    (text,) = raised(changes)
    assert text.startswith("Not rated any more: Ambulatory Health Care Services (it was 6")
    assert sentence(changes, one).endswith(
        "Its tier was prepare, and is the economic case only, because it isn't rated any more."
    )


def test_scorecards_in_the_second_run_only(project, tmp_path):
    configure(project, "")
    shutil.rmtree(project / "made")
    run(project, 2025)
    configure(project)
    fill(project, lambda s, q, r: 3, date=THIS_YEAR)
    changes = compared(project)
    (text,) = raised(changes)
    assert text.startswith("Rated in this run, and not in the old one: Computer and Electronic")
    assert sentence(changes, of(changes, "334")).endswith(
        "Its tier is launch, and was the economic case only, because it is rated now, with a "
        "readiness of 75.0."
    )
    assert of(changes, "541").tiers == ("economic case only",) * 2
    assert changes.settings == ()


def test_scorecards_in_the_first_run_only(project):
    configure(project, "")
    changes = compared(project)
    (text,) = raised(changes)
    assert text.startswith("Rated in the old run, and not in this one: ")
    assert text.endswith("all tiers rest on the economic case alone.")
    assert all(one.tiers[1] == "economic case only" for one in changes.sectors)
    assert changes.settings == ()
    assert changes.cautions == ()


def test_last_years_ratings_are_stale(project):
    changes = compared(project)
    (text,) = raised(changes)
    assert text.startswith("Older than twelve months on 2026-11-01: all ratings of ")
    assert text.endswith("Ask the raters again.")
    assert changes.settings == (), "a run's own day is nobody's setting"


def test_the_day_is_a_setting_where_somebody_fixes_it(project):
    configure(project, 'readiness: card.xlsx\nas_of: "2026-03-01"\n')
    changes = compared(project)
    assert raised(changes) == []
    text = to_markdown(changes)
    assert "Scorecard: the day from which ratings are looked back on from the run's own " in text


def test_an_answer_that_is_lost_and_one_that_is_found_low(project):
    def level(sector, question, rater):
        if sector == "334" and question == "shared_agenda":
            return None
        return 1 if sector == "493" and rater == "College" else at_first(sector, question, rater)

    fill(project, level, date=THIS_YEAR)
    lost, fell = raised(compared(project))
    assert "Shared agenda from 3 to unknown" in lost
    assert "readiness fell" in fell
    assert "2 rated it, where 1 did." in fell


def test_ratings_that_are_partly_stale_are_told_with_their_weight(project):
    """Last year's rater rated champions alone again this year."""

    def level(sector, question, rater):
        return 3 if question == "champions" else None

    fill(project, level, date=THIS_YEAR)
    (project / "card.xlsx").rename(project / "again.xlsx")
    fill(project, at_first, date=LAST_YEAR)
    configure(project, "readiness: [card.xlsx, again.xlsx]\n")
    (text,) = raised(compared(project))
    assert text.startswith("Older than twelve months on 2026-11-01: ratings with 80 % of the ")


def test_other_questions(project):
    """One question goes, one is renamed, one weighs more, one has other words."""
    question = (
        "title: Leaders, question: Q, evidence: E, ask: A, weight: 20, "
        'levels: {"0": a, "1": b, "2": c, "3": d, "4": e}'
    )
    configure(
        project,
        "readiness: card.xlsx\nscorecard:\n  early_win: null\n  landscape: null\n"
        f"  leaders: {{{question}}}\n"
        '  convener: {weight: 30, levels: {"3": Other words.}}\n',
    )
    fill(project, at_first, date=THIS_YEAR)
    changes = compared(project)
    (caution,) = changes.cautions
    assert caution.startswith("The two scorecards don't ask the same questions (new: Leaders; gone")
    paths = {one.name: one for one in changes.settings}
    assert set(paths) == {
        "scorecard.early_win", "scorecard.landscape", "scorecard.leaders",
        "scorecard.convener.weight", "scorecard.convener.levels.3",
    }  # fmt: skip
    assert {one.moves for one in changes.settings} == {"readiness"}
    assert of(changes, "334").readiness.levels == ()
    assert of(changes, "334").readiness.falls
    assert raised(changes) == [], "a score that falls by other questions is no waning engagement"
    text = to_markdown(changes)
    assert "the question Leaders is new" in text
    assert "the scorecard's question convener: other words for level 3" in text
    assert "Settings that move scores: the same." in text


def record(economic, rated, champions, held):
    """A sector as ``ranking.json`` has it, its tier by the rules."""
    readiness = rated and Readiness(
        score=rated,
        questions=(Question(id="champions", level=champions),),
        blocked_by=() if champions > 1 else ("champions",),
    )
    gates = (Gate(effect="hold", triggered=held),)
    blocked = held or (bool(rated) and champions <= 1)
    return SectorRecord(
        id="1", title="One", rank=1, score=economic, readiness=readiness or None, gates=gates,
        tier=tier(economic, rated or None, blocked=blocked),
    )  # fmt: skip


STATES = [record(*each) for each in product((35, 45, 65), (0, 50, 70), (1, 3), (False, True))]


@pytest.mark.parametrize("old", STATES)
def test_a_tier_changes_because_of_something_and_of_nothing_that_stayed(old):
    for new in STATES:
        causes = {one.kind for one in because(old, new, {})}
        assert bool(causes) == (old.tier != new.tier)
        scores = [one.readiness.score if one.readiness else None for one in (old, new)]
        assert "economic" not in causes or old.score != new.score
        assert "readiness" not in causes or scores[0] != scores[1]
        assert not causes & {"held", "let go"} or old.held != new.held


def test_a_record_that_the_rules_do_not_give_has_no_causes():
    odd = record(65, 70, 3, held=False).model_copy(update={"tier": "prepare"})
    assert because(odd, record(65, 70, 3, held=False), {}) == ()
