"""Public files and an analyst's table together: what each says of withheld cells."""

from dataclasses import replace

import numpy as np

from sectorscan.sources.load import merge
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector
from sectorscan.tables.trees import Ends, Trees


def trees_of(*areas):
    """In each area 100 jobs, of which 311 and 312 have 0 to 100 each."""
    count = len(areas)
    low, high = np.tile([100.0, 0, 0], count), np.tile([100.0, 100, 100], count)
    sure = np.ones(3 * count, dtype=bool)
    ends = Ends(low, high, np.zeros(3 * count), sure, ~sure)
    start = np.repeat(3 * np.arange(count), 3)
    parent = np.where(np.arange(3 * count) == start, -1, start)
    area, industry = np.repeat(np.arange(count), 3), np.tile(np.arange(3), count)
    year = np.full(3 * count, 2023)
    return Trees(areas, ("10", "311", "312"), area, industry, year, parent, ends, ends)


def withheld(*bounds):
    return {"status": "estimated", "bounds": bounds, "wages": 1.0}


def test_an_area_that_two_inputs_have_is_not_bounded_by_the_trees_of_one(tables):
    """313 comes from the analyst: the tree of 311 and 312 knows nothing of its 0 to 70."""
    public = [
        row
        for area in ("01001", "01003")
        for row in (
            (area, "10", 2023, 100.0),
            (area, "311", 2023, 50.0, withheld(0, 100)),
            (area, "312", 2023, 50.0, withheld(0, 100)),
        )
    ]
    first = replace(tables(public), trees=trees_of("01001", "01003"), public=True)
    own = tables([("01003", "313", 2023, 30.0, withheld(0, 70))])
    both = merge([first, own])
    bundle = Sector("b", "b", ("311", "312", "313"))
    ends = {}
    for area in ("01001", "01003"):
        jobs = roll_up(both, Scope(areas=(area,), period=(2023, 2023), bundles=(bundle,))).e_ir
        ends[area] = (jobs.low[0, -1], jobs.high[0, -1])
    assert ends == {"01001": (100, 100), "01003": (0, 270)}


def test_inputs_of_other_areas_leave_the_trees_as_they_are(tables):
    first = replace(tables([("01001", "10", 2023, 100.0)]), trees=trees_of("01001"))
    assert merge([first, tables([("01003", "10", 2023, 5.0)])]).trees is first.trees
    assert (
        merge([tables([("01001", "10", 2023, 1.0)]), tables([("01003", "10", 2023, 5.0)])]).trees
        is None
    )
