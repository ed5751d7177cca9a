"""Labels never hide one another, and stay inside the frame."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.reports.charts.labels import Box, Bubbles, Frame, cut, placed, text_width, wrap

FRAME = Frame(Box(0, 0, 600, 400), (Box(0, 0, 50, 20),), (300.0,), (200.0,))
places = st.tuples(
    st.floats(0, 600), st.floats(0, 400), st.floats(2, 30), st.floats(10, 200), st.floats(12, 30)
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(places, min_size=1, max_size=12))
def test_no_label_hides_another(rows):
    x, y, radius, width, height = np.array(rows).T
    bubbles = Bubbles(x, y, radius, np.ones(len(rows)))
    wanted = [(n, float(width[n]), float(height[n])) for n in range(len(rows))]
    labels = placed(bubbles, wanted, FRAME)
    assert len(labels) == len(rows)
    boxes = [label.box for label in labels if label is not None]
    assert not any(a.overlaps(b) for a, b in itertools.combinations([*boxes, *FRAME.taken], 2))
    assert all(box.within(FRAME.box) for box in boxes)
    assert placed(bubbles, wanted, FRAME) == labels


def test_a_lonely_bubble_has_its_label_at_its_right():
    bubbles = Bubbles(*(np.array([n]) for n in (100.0, 100.0, 10.0, 1.0)))
    (label,) = placed(bubbles, [(0, 80.0, 15.0)], FRAME)
    assert label.box == Box(114, 92.5, 194, 107.5)
    assert label.leader is None
    assert label.align == "left"


# Adobe's font metrics of Helvetica, which Arial and Liberation Sans share: 1000 units an em.
@pytest.mark.parametrize(("text", "units"), [("Hospitals", 4112), ("Manufacturing (334)", 8948)])
def test_widths_are_near_helveticas(text, units):
    assert text_width(text, 1000) == pytest.approx(units, rel=0.12)
    assert text_width(text, 1000) >= units


def test_cut_and_wrapped_lines_fit():
    text = "Professional, Scientific, and Technical Services " + "x" * 90
    assert text_width(cut(text, 120, 12), 12) <= 120
    lines = wrap(text, 120, 12)
    assert all(text_width(line, 12) <= 120 for line in lines)
    assert lines[0].startswith("Professional")
