"""A comparison of sectors whose names try everything: text that stays text, in every format."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.reports.compare import render_comparison
from sectorscan.reports.console_compare import show_comparison
from sectorscan.robustness.compare import side_by_side
from sectorscan.scoring.rank import rank

COLUMNS = {"=my indicator": [90, 40, 70], "<b>|b": [20, 60, np.nan]}


@pytest.fixture(scope="module")
def shortlist(nasty):
    """A ranking of the hand-built shortlist's first sectors under names that try everything."""
    config = scoring_config(
        {name: 1 for name in COLUMNS}, robustness={"draws": 50}, min_coverage=0.5
    )
    table = indicator_table(COLUMNS)
    sectors = nasty.ranking.indicators.sectors[1:4]
    ranking = rank(replace(table, sectors=sectors), config)
    told = nasty.recommendations[1:4]
    return replace(nasty, config=config, ranking=ranking, recommendations=told)


@pytest.fixture(scope="module")
def hostile(shortlist):
    return [side_by_side(shortlist.ranking, shortlist.config, s) for s in ((0, 1), (0, 1, 2))]


def test_csv_has_no_formula(shortlist, hostile):
    for found in hostile:
        rows = list(csv.reader(io.StringIO(render_comparison(shortlist, found, "csv"))))
        assert len({len(row) for row in rows}) == 1
        text = [
            cell for row in rows for cell in row if not cell.lstrip("-").replace(".", "").isdigit()
        ]
        assert not [cell for cell in text if cell.startswith(("=", "+", "@"))]


def test_markdown_has_no_markup_of_theirs(shortlist, hostile):
    for found in hostile:
        text = render_comparison(shortlist, found, "markdown")
        assert "<img" not in text
        assert "</script>" not in text
        assert "SYNTHETIC SAMPLE" in text


def test_json_is_plain_ascii_without_nan(shortlist, hostile):
    for found in hostile:
        text = render_comparison(shortlist, found, "json")
        assert text.isascii()
        record = json.loads(text, parse_constant=lambda word: pytest.fail(word))
        assert [len(c["sectors"]) for c in record["criteria"]] == [len(found.sectors)] * 2
        assert all(fact["value"] is not None for fact in record["facts"])


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_terminal_gets_no_escape_of_theirs_and_no_line_too_long(shortlist, hostile, width):
    for found in hostile:
        stream = io.StringIO()
        console = Console(file=stream, width=width, color_system=None, highlight=False)
        show_comparison(shortlist, found, console)
        text = stream.getvalue()
        assert "\x1b" not in text
        assert "\u202e" not in text
        if found.pair is not None:
            assert max(len(line) for line in text.splitlines()) <= max(width, 80)
