"""Withheld cells of analyst tables under the rows above them."""

import numpy as np

from sectorscan.sources.ceilings import with_ceilings

WITHHELD = {"status": "withheld"}


def _ends(tables, code):
    row = tables.employment.set_index("industry").loc[code]
    return row["employment_low"], row["employment_high"]


def test_a_withheld_cell_is_at_most_what_its_siblings_leave_of_the_parent(tables):
    """3-digit under a total without its sector row: 100 jobs less 70 leave 30, and 2 of slack."""
    given = tables(
        [
            ("39041", "10", 2023, 100.0),
            ("39041", "722", 2023, 70.0),
            ("39041", "721", 2023, np.nan, WITHHELD),
            ("39041", "7211", 2023, np.nan, WITHHELD),
            ("39041", "541", 2023, np.nan, WITHHELD),
        ]
    )
    tightened = with_ceilings(given)
    assert _ends(tightened, "721") == (0.0, 32.0)
    assert _ends(tightened, "541") == (0.0, 32.0)
    assert _ends(tightened, "7211") == (0.0, 33.0)
    assert _ends(given, "721") == (0.0, np.inf)


def test_without_a_parent_a_cell_stays_open(tables):
    given = tables([("39041", "722", 2023, 70.0), ("39041", "721", 2023, np.nan, WITHHELD)])
    assert _ends(with_ceilings(given), "721") == (0.0, np.inf)


def test_public_tables_are_bounded_already(tables):
    given = tables([("39041", "721", 2023, np.nan, WITHHELD)], public=True)
    assert with_ceilings(given) is given
