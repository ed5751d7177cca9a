"""The charts in text: as long as the numbers say, as wide as the terminal, in its encoding."""

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from sectorscan.reports import plots, view
from sectorscan.reports.charts.scene import scene
from sectorscan.reports.console import show
from sectorscan.reports.console_plots import show_plots
from sectorscan.reports.page import Page

NAMES = [f"{n:>2}" for n in range(1, 11)]


def shown(shortlist, encoding="utf-8", width=80):
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, encoding=encoding, newline="\n")
    console = Console(file=stream, width=width, legacy_windows=False, _environ={})
    show_plots(shortlist, Page(console))
    stream.flush()
    return out.getvalue().decode(encoding)


def test_a_bar_is_as_long_as_the_score_and_its_parts_as_their_points(sample):
    rows = view.ranked(sample)[:10]
    width = 2 + 7 + 100  # A cell is a point.
    for line, c in zip(plots.bars(sample, rows, NAMES, width, plots.BLOCKS), rows, strict=True):
        score = float(sample.ranking.score[c.index])
        bar = line[3:103].rstrip()
        assert abs(len(bar) - score) <= 0.5
        assert line.endswith(f"{score:.1f}")
        groups = {}
        for criterion, points in zip(
            sample.ranking.matrix.criteria, sample.ranking.contribution[c.index], strict=True
        ):
            groups[criterion.group] = groups.get(criterion.group, 0) + points
        for mark, points in zip(plots.BLOCKS.fills, groups.values(), strict=True):
            assert abs(bar.count(mark) - points) <= 1


def test_the_lines_of_ranks_end_where_the_draws_say(sample):
    rows = view.ranked(sample)[:10]
    last = max(int(view.robust(sample, c, "rank_p95")) for c in rows)
    width = 2 + 13 + last  # A cell is a rank.
    head, *lines = plots.intervals(sample, rows, NAMES, width, plots.BLOCKS)
    assert head.endswith(f"{last} on the list")
    for line, c in zip(lines, rows, strict=True):
        drawn = line[3 : 3 + last]
        cells = [place + 1 for place, mark in enumerate(drawn) if mark != " "]
        low, middle, high = (
            int(view.robust(sample, c, n)) for n in ("rank_p05", "rank_p50", "rank_p95")
        )
        assert (min(cells), max(cells)) == (min(low, c.rank), max(high, c.rank))
        assert drawn[c.rank - 1] == "●"
        assert middle == c.rank or drawn[middle - 1] == "┃"
        assert line.endswith(view.shown(view.robust(sample, c, "p_top"), "chance"))


def test_every_sector_of_the_shortlist_stands_in_its_quadrant(sample):
    lines = plots.quadrants(sample, scene(sample), 80, plots.BLOCKS)
    one = next(n for n, line in enumerate(lines) if line.startswith(" 1.00"))
    across = lines[1].index("┊")
    for number, c in enumerate(view.ranked(sample)[:5]):
        mark = plots.place_mark(number)
        ((x, y),) = [
            (line.index(mark, 7), n) for n, line in enumerate(lines[:-1]) if mark in line[7:]
        ]
        # In a cell on a line a sector may be of either side.
        if c.advice.quadrant in ("star", "mature"):
            assert y <= one
        else:
            assert y >= one
        if c.advice.quadrant in ("star", "emerging"):
            assert x >= across
        else:
            assert x <= across


def test_sectors_at_the_same_place_are_both_shown(nasty):
    # The fourth and the fifth have the same figures.
    five = replace(nasty, config=nasty.config.model_copy(
        update={"outputs": nasty.config.outputs.model_copy(update={"top": 5})}
    ))  # fmt: skip
    drawn = "".join(line[7:] for line in plots.quadrants(five, scene(five), 60, plots.PLAIN)[:-1])
    assert {"1", "2", "3", "4", "5"} <= set(drawn)


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "cp1252", "ascii"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_it_fits_the_terminal_and_its_encoding(sample, nasty, encoding, width):
    for shortlist in (sample, nasty):
        text = shown(shortlist, encoding, width)
        assert "Where the scores come from" in text
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        assert ("█" in text) == (encoding == "utf-8")


def test_without_draws_there_are_no_rank_intervals(sample):
    text = shown(replace(sample, robustness=None))
    assert "How firm the ranks are" not in text
    assert "Growth and concentration" in text


def test_more_groups_than_fills_have_letters(sample):
    assert plots.BLOCKS.fill(3, 4) == "░"
    assert [plots.BLOCKS.fill(n, 5) for n in range(5)] == list("ABCDE")


def test_a_pipe_has_no_plots_unless_asked(sample):
    def printed(plot):
        console = Console(file=io.StringIO(), width=80, _environ={})
        show(sample, console, plot=plot)
        return console.file.getvalue()

    assert "Where the scores come from" not in printed(False)
    assert printed(True).index("Where the scores come from") < printed(True).index("\n1. Computer")
