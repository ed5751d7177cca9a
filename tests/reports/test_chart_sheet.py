"""The sheet of charts: labels that don't cover one another, axes, figures behind the charts."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.recalculated import stored

from sectorscan.config.loader import load_config
from sectorscan.reports import view
from sectorscan.reports.sheets import labels, palette
from sectorscan.reports.sheets.bubbles import axis, label, points
from sectorscan.reports.sheets.layout import Layout
from sectorscan.reports.workbook import to_workbook
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

WIDE, HIGH = 900.0, 480.0
BUBBLES = st.lists(
    st.builds(
        labels.Bubble,
        st.floats(0, WIDE),
        st.floats(0, HIGH),
        st.floats(3, 30),
        st.sampled_from(["", "Hospitals", "Computer and Electronic ..."]),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def shortlist():
    samples = bundled("samples")
    return scan(sorted(samples.glob("*.csv")), load_config(samples / "sample.yaml"))


@given(BUBBLES)
def test_labels_cover_neither_one_another_nor_what_is_taken_and_stay_inside(bubbles):
    taken = [labels.Box(0, 0, 120, 30)]
    kept = labels.place(bubbles, WIDE, HIGH, taken)
    boxes = [labels._label_box(bubbles[at], position) for at, position in kept.items()]
    for one, other in itertools.combinations([*boxes, *taken], 2):
        assert one.overlap(other) == 0
    for box in boxes:
        assert box.overlap(labels.Box(0, 0, WIDE, HIGH)) >= box.area - 1
    assert all(bubbles[at].label for at in kept)


def test_a_lone_label_is_always_shown_and_turns_inward_at_the_edge():
    middle = labels.place([labels.Bubble(450, 240, 10, "Hospitals")], WIDE, HIGH)
    edge = labels.place([labels.Bubble(895, 240, 4, "Hospitals")], WIDE, HIGH)
    assert (middle, edge) == ({0: "right"}, {0: "left"})


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_axes_hold_every_value_between_round_ends(values):
    found = axis(values)
    assert found.low < min(values)
    assert max(values) < found.high
    assert 3 <= (found.high - found.low) / found.step <= 12


def test_what_looks_like_a_cell_s_address_is_no_address(nasty):
    (first, *_) = view.ranked(nasty)
    hostile = type(first)(
        index=0, id="x", title="a!A1 b", naics=(), rank=1, tied=False, shortlisted=True,
        advice=first.advice,
    )  # fmt: skip
    assert label(hostile) == "a! A1 b"


def test_the_shortlist_s_sectors_are_named_and_all_are_drawn_by_jobs(shortlist):
    drawn = points(Layout(shortlist))
    assert len(drawn) == len(view.ranked(shortlist))
    assert sum(point.candidate.shortlisted for point in drawn) == 5
    jobs = sorted((point.jobs, point.size) for point in drawn)
    assert [size for _, size in jobs] == sorted(size for _, size in jobs)
    most = jobs[-1]
    for number, size in jobs:
        assert size == max(5, round(most[1] * (number / most[0]) ** 0.5))


def test_the_figures_behind_the_charts_are_the_result_s(shortlist):
    sheet = stored(to_workbook(shortlist))["Charts"]
    rows = [row[17:] for row in sheet.iter_rows(values_only=True)]
    top = next(place for place, row in enumerate(rows) if row[0] == "Sector, as ranked now")
    groups = [title for title in rows[top][1:] if title]
    first = view.ranked(shortlist)[0]
    parts = rows[top + 1][1 : 1 + len(groups)]
    assert rows[top + 1][0] == first.name
    assert sum(parts) == pytest.approx(shortlist.ranking.score[first.index])
    top = next(place for place, row in enumerate(rows) if row[0] == "Sector, original order")
    low, middle, high, *bar = rows[top + 1][1:7]
    assert (low, middle, high) == tuple(
        view.robust(shortlist, first, name) for name in ("rank_p05", "rank_p50", "rank_p95")
    )
    assert sum(bar) == high + 0.5


def test_group_colors_differ_and_text_is_legible_on_their_tints():
    colors = [palette.of_group(place) for place in range(8)]
    assert len(set(colors)) == 8
    for color in colors:
        red, green, blue = (int(palette.tint(color)[at : at + 2], 16) / 255 for at in (1, 3, 5))
        # Contrast of black on the tint, roughly by relative luminance (WCAG 2.1): 7 is AAA.
        luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        assert (luminance + 0.05) / 0.05 > 7
