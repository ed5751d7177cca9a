"""Which criteria count as strengths and concerns, reason codes, quadrants, what would help."""

import numpy as np
import pytest

from sectorscan.advice.improvement import improvements
from sectorscan.advice.recommend import recommend
from sectorscan.reports.words import render


@pytest.fixture
def advice(ranking):
    return {one.sector: one for one in recommend(ranking)}


def test_strengths_come_by_the_points_they_add(advice):
    leads = [render(sentence).partition(":")[0] for sentence in advice["311"].strengths]
    assert leads == ["Specialized", "Good pay", "Large", "Outgrowing the region"]
    assert advice["311"].concerns == ()


def test_concerns_come_by_the_points_they_cost(advice):
    leads = [render(sentence).partition(":")[0] for sentence in advice["722"].concerns]
    assert leads == ["Low pay", "In decline", "Losing ground lately"]


def test_a_side_that_is_not_certain_is_called_probable(advice):
    strengths = [render(sentence) for sentence in advice["336"].strengths]
    assert strengths == ["Probably good pay: about 7 % above the regional average."]
    concerns = [render(sentence) for sentence in advice["336"].concerns]
    assert concerns[0].startswith("Probably in decline: jobs shrank about 0.9 % a year")


def test_the_headline_is_one_line(advice):
    assert render(advice["311"].headline) == (
        "1.9 times as concentrated here as nationally; pays 18 % above the regional average; "
        "4.1 % of private covered jobs"
    )
    assert advice["483"].headline == advice["483"].reason


def test_reason_codes(advice):
    assert advice["311"].reason_codes == ("size", "concentration", "growth", "wage")
    assert advice["336"].reason_codes == ("wage",)
    assert advice["722"].reason_codes == ("size",)


def test_reason_codes_hold_at_the_average(toy):
    rows = [
        (*row[:3], {"location_quotient": 1.2, "pay_vs_region": 1.0}.get(row[0], row[3]), *row[4:])
        for row in toy.INDICATORS
    ]
    rows.append(("projected_growth_vs_region_pp", "Projected", "percentage points/year",
                 0.0, -0.1, np.nan, 1.0))  # fmt: skip
    config = toy.toy_config()
    first, second, third, _ = recommend(toy.ranked(toy.toy_table(rows), config))
    assert first.reason_codes == ("size", "concentration", "growth", "projected", "wage")
    assert second.reason_codes == ("wage",)
    assert third.reason_codes == ("wage",)


def test_quadrants(advice):
    quadrants = {sector: one.quadrant for sector, one in advice.items()}
    assert quadrants == {"311": "star", "336": "mature", "483": None, "722": "transforming"}


def test_a_falling_scale_turns_strength_and_concern(toy):
    falling = {"weight": 1, "scale": {"points": [[0.5, 100], [1.5, 0]]}}
    criteria = {"one": {"weight": 1, "indicators": {"pay_vs_region": falling}}}
    config = toy.toy_config(criteria=criteria, gates=[], min_coverage=0)
    advice = recommend(toy.ranked(toy.toy_table(), config))
    assert render(advice[3].strengths[0]) == "Low pay: 62 % below the regional average."
    assert render(advice[2].concerns[0]) == "Good pay: 46 % above the regional average."


def test_an_own_indicator_is_told_with_its_points(toy):
    config, table = toy.own_indicators()
    advice = recommend(toy.ranked(table, config))
    assert render(advice[1].strengths[0]) == (
        "Kilowatts: 12 kW, against 6.5 kW for all industries, worth 100.0 points on its scale, "
        "better than the median candidate."
    )
    assert render(advice[1].headline).startswith("Kilowatts 12 kW")
    assert advice[1].quadrant is None
    assert advice[1].reason_codes == ()


@pytest.mark.parametrize("missing", ["renormalise", "exclude", "worst"])
@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
def test_what_nobody_has_changes_what_a_full_score_adds_as_it_does_the_score(
    toy, aggregation, missing
):
    points = {"points": [[0.5, 0], [1.5, 100]]}
    criterion = {"weight": 1, "scale": points}
    criteria = {"one": {"weight": 1, "indicators": {"pay_vs_region": criterion, "x": criterion}}}
    config = toy.toy_config(
        criteria=criteria, gates=[], min_coverage=0, aggregation=aggregation, missing=missing
    )
    ranking = toy.ranked(toy.toy_table(), config)
    (found,) = improvements(ranking, 1)
    rows = [
        (*row[:4], 1.5, *row[5:]) if row[0] == "pay_vs_region" else row for row in toy.INDICATORS
    ]
    better = toy.ranked(toy.toy_table(rows), config)
    assert better.score[1] - ranking.score[1] == pytest.approx(found.full_score_adds)


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
def test_a_full_score_adds_what_improvements_say(toy, aggregation):
    """The score is computed again with the criterion at the top of its scale."""
    config = toy.toy_config(aggregation=aggregation)
    ranking = toy.ranked(toy.toy_table(), config)
    found = improvements(ranking, 1)
    assert [one.full_score_adds for one in found] == sorted(
        (one.full_score_adds for one in found), reverse=True
    )
    for one in found:
        rows = []
        for row in toy.INDICATORS:
            cells = list(row[3:])
            if row[0] == one.criterion.id:
                cells[1] = one.criterion.scale.points[-1][0] if one.criterion.scale.points else 1e9
            rows.append((*row[:3], *cells))
        better = toy.ranked(toy.toy_table(rows), config)
        assert better.score[1] - ranking.score[1] == pytest.approx(one.full_score_adds)


def test_the_next_step_is_a_corner_that_scores_more(ranking):
    steps = {
        one.criterion.id: (one.next_value, one.next_scaled) for one in improvements(ranking, 1)
    }
    assert steps["location_quotient"] == (1.25, 75)
    assert steps["establishments"] == (100, 100)


def test_the_same_ranking_gives_the_same_advice(ranking):
    assert recommend(ranking) == recommend(ranking)


@pytest.mark.parametrize(
    ("quotient", "lead"),
    [
        (1.1, "Above-average concentration"),
        ((1.01, 1.15, 1.4), "Above-average concentration"),
        (1.2, "Specialized"),
        ((1.21, 1.4, 1.5), "Specialized"),
        ((1.1, 1.4, 1.5), "Probably specialized"),
        ((0.9, 1.4, 1.5), "Probably specialized"),
    ],
)
def test_specialized_is_what_the_reason_code_calls_concentrated(toy, quotient, lead):
    """The mark is 1.2 in both; docs/method.md."""
    rows = [
        (*row[:3], quotient, *row[4:]) if row[0] == "location_quotient" else row
        for row in toy.INDICATORS
    ]
    config = toy.toy_config()
    first = recommend(toy.ranked(toy.toy_table(rows), config))[0]
    leads = [render(sentence).partition(":")[0] for sentence in first.strengths]
    assert [found for found in leads if found in lead or found.endswith("ation")] == [lead]
    assert ("concentration" in first.reason_codes) == ("pecialized" in lead)
