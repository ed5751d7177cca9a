"""The Markdown shows nasty text as text, and its tables keep their columns."""

import re
from dataclasses import replace

from sectorscan.reports.markdown import to_markdown


def tables(text):
    """Return each table as a list of rows of cells, bars inside cells escaped."""
    found, rows = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(re.split(r"(?<!\\)\|", line)[1:-1])
        elif rows:
            found.append(rows)
            rows = []
    return found


def test_every_table_row_has_as_many_cells_as_its_header(nasty):
    found = tables(to_markdown(nasty))
    assert len(found) == 6
    for rows in found:
        assert {len(row) for row in rows} == {len(rows[0])}


def test_no_html_or_code_gets_through(nasty):
    text = to_markdown(nasty)
    assert "<script" not in text
    assert "</script" not in text
    assert "<img" not in text
    assert "<b>" not in text
    assert not re.search(r"(?<!\\)`", text)
    assert "http://" not in text
    assert "\x1b" not in text


def test_parts_stand_in_order(nasty):
    heads = [line for line in to_markdown(nasty).splitlines() if re.match("#{1,2} ", line)]
    assert [head.lstrip("# ") for head in heads[1:]] == [
        "Shortlist",
        "Why",
        "All ranked sectors",
        "Not shortlisted",
        "Cautions",
        "Method",
    ]
    assert heads[0].startswith("# Sector shortlist: Central")


def test_shortlist_has_the_first_sectors_and_marks_estimates(nasty):
    first = tables(to_markdown(nasty))[0]
    assert [row[0].strip() for row in first[2:]] == ["1", "2", "3"]
    assert first[4][2].strip() == "\\~5,000"


def test_estimated_share_period_and_base_are_said(nasty):
    text = to_markdown(nasty)
    assert "**Share of jobs that is estimated**: 3.1 %" in text
    assert "**Period**: 2020 to 2023" in text
    assert "same-ownership" in text


def test_synthetic_banner_only_where_so(nasty):
    assert "SYNTHETIC SAMPLE" in to_markdown(nasty)
    assert "SYNTHETIC" not in to_markdown(replace(nasty, synthetic=False))


def test_nothing_ranked_still_gives_the_ledger(nasty):
    ranking = replace(nasty.ranking, rank=nasty.ranking.rank * 0)
    text = to_markdown(replace(nasty, ranking=ranking))
    assert "No sector could be ranked" in text
    assert "## Not shortlisted" in text


def test_missing_benchmark_growth_is_said_beside_the_quadrants(nasty):
    table = replace(nasty.ranking.indicators, benchmark={})
    ranking = replace(nasty.ranking, indicators=table)
    assert "benchmark's growth is missing" in to_markdown(replace(nasty, ranking=ranking))
    assert "benchmark's growth is missing" not in to_markdown(nasty)
