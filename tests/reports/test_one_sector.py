"""One sector in full: every indicator with what it adds to the score."""

import csv
import io
import json

from sectorscan.reports.one_sector import render_sector
from sectorscan.reports.ranking_json import document


def test_json_is_the_ranking_s_own_record(nasty):
    one = json.loads(render_sector(nasty, "31-33", "json"))
    assert one["schema"] == "sectorscan/sector/1"
    assert one["sector"] == json.loads(json.dumps(document(nasty)["sectors"][2]))
    assert one["ranked"] == 5


def test_json_of_an_unranked_one_gives_the_reason(nasty):
    one = json.loads(render_sector(nasty, "521", "json"))["sector"]
    assert one["reason"] == "not shortlisted: 50 jobs where 200 are needed"
    assert "rank" not in one


def test_csv_has_a_row_an_indicator_with_its_contribution(nasty):
    rows = list(csv.DictReader(io.StringIO(render_sector(nasty, "541", "csv"))))
    assert [row["id"] for row in rows][:2] == ["employment", "employment_share_pct"]
    quotient = next(row for row in rows if row["id"] == "location_quotient")
    assert float(quotient["contribution"]) == nasty.ranking.contribution[0, 0]
    assert rows[-1]["id"] == "'=my indicator"


def test_markdown_gives_rank_reasons_and_indicators(nasty):
    text = render_sector(nasty, "541", "markdown")
    assert "Rank 1 of 5. Score 78.4 (77.2 to 79.7)" in text
    assert "## Strengths" in text
    assert "| Location quotient | 1.90 |" in text


def test_markdown_of_an_unranked_one_says_what_would_change_it(nasty):
    text = render_sector(nasty, "521", "markdown")
    assert "Not shortlisted: 50 jobs where 200 are needed. It would qualify if it had 200" in text
    assert "The score it would have is 44.4 (43.2 to 45.7)." in text


def test_what_would_move_it_up_is_given_with_its_points(nasty):
    one = json.loads(render_sector(nasty, "541", "json"))["improvements"]
    quotient = next(step for step in one if step["id"] == "location_quotient")
    assert (quotient["next_value"], quotient["next_scaled"]) == (2, 100)
    assert quotient["full_score_adds"] == 0.6 * (100 - nasty.ranking.scaled[0, 0])
    assert "## What would move it up" in render_sector(nasty, "541", "markdown")
