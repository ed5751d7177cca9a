"""Ranks and scores over the runs in text: what is listed, at every width, in every encoding."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from tests.reports.trends import TITLES, make_trend

from sectorscan.reports.trend import show, to_markdown
from sectorscan.reports.trend_text import (
    change_words,
    moved_ranks,
    rank_shares,
    score_shares,
    sections,
    sparkline,
)


def shown(trend, width, encoding="utf-8"):
    """Return what a terminal of a width and an encoding gets."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    show(trend, Console(file=stream, width=width, color_system=None, highlight=False))
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("runs", [1, 3, 10, 20])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_no_line_is_wider_than_the_terminal(runs, width, encoding):
    trend = make_trend(runs, 12, rated=True)
    text = shown(trend, width, encoding)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    # The latest run has its column, whatever the width.
    assert text.count(trend.runs[-1].name) >= 3
    assert ("One run is no trend yet" in text) == (runs == 1)
    assert ("All runs" in text) == (runs > 1)


def test_the_listed_are_those_of_the_shortlists():
    trend = make_trend(6, 30, top=4)
    ranks, scores, *_ = sections(trend)
    listed = [one.name for one in trend.listed]
    assert 4 < len(listed) < 30
    assert [row[0] for row in ranks.rows] == [row[0] for row in scores.rows] == listed
    assert f"{30 - len(listed)} other ranked sectors aren't listed; --top" in ranks.notes[1]
    least = max(one.best for one in trend.sectors)
    assert ranks.notes[1].endswith(f"--top {least} lists all.")
    everyone, *_ = sections(replace(trend, top=least))
    assert len(everyone.rows) == 30
    assert len(next(sections(replace(trend, top=least - 1))).rows) < 30


def test_the_cells_are_the_standings():
    trend = make_trend(10, 12, rated=True)
    ranks, scores, readiness, runs = sections(trend)
    for one, rank, score in zip(trend.listed, ranks.rows, scores.rows, strict=True):
        told = zip(one.standings[-6:], rank[2:-1], score[2:-1], strict=True)
        for s, rank_cell, score_cell in told:
            assert rank_cell == ("–" if s is None else str(s.rank))
            assert (
                score_cell == "–"
                if s is None
                else float(score_cell) == pytest.approx(s.score, abs=0.051)
            )
        assert rank[-1] == moved_ranks(*one.ranks[-2:])
        # A bar or a dot a run, and a line where settings changed: before the 4th, 7th and 10th.
        assert len(rank[1]) == 13
        assert [place for place, char in enumerate(rank[1]) if char == "│"] == [3, 7, 11]
        gaps = [s is None for s in one.standings]
        assert [char == "·" for char in rank[1].replace("│", "")] == gaps
    rated = {row[0] for row in readiness.rows}
    assert rated == {one.name for one in trend.listed if int(one.id) % 3 != 311 % 3}
    assert len(runs.rows) == 10
    assert len(runs.notes) == 3


def test_settings_are_told_as_changes_tells_them():
    trend = make_trend(4)
    assert change_words(trend.runs[3]) == (
        "growth's weight from 20 to 35 (20 % of all weights, now 35 %); "
        "pay's weight from 30 to 20 (30 % of all weights, now 20 %)"
    )
    assert change_words(trend.runs[0]) == ""


def test_how_a_rank_moved():
    cases = [(3, 1), (1, 3), (2, 2), (None, 4), (4, None), (None, None)]
    assert [moved_ranks(*case) for case in cases] == ["up 2", "down 2", "same", "new", "left", "–"]


def test_hostile_titles_stay_text():
    titles = ("| `a` *b* <img src=x>", "\x1b[31mred\x1b[0m", "=cmd|' /C calc'!A0")
    trend = make_trend(3, 9, titles=titles, region="<b>\x1b[1m")
    assert "\x1b" not in shown(trend, 80)
    text = to_markdown(trend)
    assert "<img" not in text
    assert "<b>" not in text
    assert TITLES[0] not in text


shares = st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=12)


@given(shares, st.booleans())
def test_a_larger_share_has_a_bar_at_least_as_high(shares, ascii_only):
    line = sparkline(shares, ascii_only=ascii_only)
    assert len(line) == len(shares)
    assert line.isascii() or not ascii_only
    bars, gap = ("_.-=+*%#", ".") if ascii_only else ("▁▂▃▄▅▆▇█", "·")
    drawn = [
        (one, bars.index(bar)) for one, bar in zip(shares, line, strict=True) if one is not None
    ]
    for one, height in drawn:
        assert all(height >= other for less, other in drawn if less <= one)
    assert all(bar == gap for one, bar in zip(shares, line, strict=True) if one is None)


def test_the_ends_of_the_bars():
    assert sparkline(rank_shares([1, None, 9], 9)) == "█·▁"
    assert sparkline(rank_shares([1], 1)) == "█"
    assert sparkline(score_shares([40.0, 60.0, None, 50.0], 40.0, 60.0), [3]) == "▁█·│▅"
    assert sparkline(score_shares([50.0], 50.0, 50.0)) == "▁"
