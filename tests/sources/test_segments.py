"""A sector's parts, and the better-paid industries beside a low-paid one."""

import numpy as np
import pytest

from sectorscan.sources.rollup import roll_up
from sectorscan.sources.segments import Beside
from sectorscan.tables.model import Scope, Sector

PAY = {"10": 50e3, "721": 25e3, "722": 20e3, "711": 60e3, "7225": 19e3, "7223": 30e3,
       "713": 55e3, "712": 40e3, "621": 90e3}  # fmt: skip


def _rows(*codes, years=(2023,)):
    return [
        ("39041", code, year, 100.0, {"wages": 100 * PAY[code]}) for code in codes for year in years
    ]


def _panel(tables, bundles=None, codes=tuple(PAY), **options):
    scope = Scope(areas=("39041",), bundles=bundles, level=None if bundles else "3-digit")
    return roll_up(tables(_rows(*codes, **options)), scope)


def test_a_low_paid_sector_without_better_parts_has_its_nearest_better_neighbours(tables):
    panel = _panel(tables, codes=("10", "711", "712", "713", "721", "722", "7223", "7225", "621"))
    at = [s.id for s in panel.sectors].index("722")
    assert panel.neighbours[at] == ()  # 72 has nothing that pays more
    at = [s.id for s in panel.sectors].index("712")
    assert [s.id for s in panel.neighbours[at]] == ["711", "713"]
    assert [s.pay for s in panel.neighbours[at]] == [60e3, 55e3]
    at = [s.id for s in panel.sectors].index("621")
    assert panel.neighbours[at] == ()  # well paid itself


def test_a_bundle_with_a_better_part_needs_no_neighbour(tables):
    bundle = Sector("Fun", "Fun", ("711", "722"))
    panel = _panel(tables, (bundle,))
    assert panel.neighbours == ((),)
    low = Sector("Low", "Low", ("712", "722"))
    panel = _panel(tables, (low,))
    assert [s.id for s in panel.neighbours[0]] == ["711", "713"]


def test_what_lies_beside_a_sector_and_how_near():
    present = ["7111", "7112", "7131", "7132", "7139", "7211", "713"]
    beside = Beside(present)
    assert beside.of(Sector("7132", "7132", ("7132",))) == {
        "7111": 2, "7112": 2, "7131": 3, "7139": 3,
    }  # fmt: skip
    assert beside.of(Sector("71", "71", ("71",))) == {}
    assert beside.of(Sector("B", "B", ("713", "7211"))) == {}
    bundle = Sector("B", "B", ("713", "7111"))
    assert list(Beside(["711", "712", "713"]).of(bundle)) == ["712"]


def test_the_nearest_come_first_then_those_with_more_jobs(tables):
    rows = [("39041", "10", 2023, 900.0, {"wages": 900 * 50e3})]
    for code, jobs, pay in (
        ("7132", 50.0, 20e3), ("7131", 5.0, 60e3), ("7139", 9.0, 60e3), ("7111", 99.0, 60e3),
        ("7112", 100.0, 30e3), ("7115", 120.0, 60e3),
    ):  # fmt: skip
        rows.append(("39041", code, 2023, jobs, {"wages": jobs * pay}))
    panel = roll_up(tables(rows), Scope(areas=("39041",), level="4-digit"))
    at = [s.id for s in panel.sectors].index("7132")
    assert [s.id for s in panel.neighbours[at]] == ["7139", "7131", "7115"]


def test_parts_know_their_growth_and_the_ends_of_their_pay(tables):
    rows = _rows("10", "722", "7223", "7225", years=(2022, 2023))
    rows[-1] = (
        "39041", "7225", 2023, 100.0,
        {"status": "estimated", "bounds": (50.0, 200.0), "wages": 2e6},
    )  # fmt: skip
    panel = roll_up(tables(rows), Scope(areas=("39041",), level="3-digit"))
    known, open_ended = panel.segments[0]
    assert (known.id, known.pay_low, known.pay, known.pay_high) == ("7223", 30e3, 30e3, 30e3)
    assert known.employment_base == 100.0
    assert np.isnan(known.employment_in)  # no benchmark
    assert open_ended.status == "estimated"
    assert (open_ended.pay_low, open_ended.pay, open_ended.pay_high) == (0.0, 20e3, np.inf)


@pytest.mark.parametrize("year", [2021, 2022])
def test_a_part_that_naics_renumbered_has_no_base(tables, year):
    rows = [
        ("39041", code, y, 100.0)
        for y, codes in ((2021, ("10", "511", "5112")), (2023, ("10", "513", "5132")))
        for code in codes
    ]
    rows += [("39041", code, 2022, 90.0) for code in ("10", "513", "5132")]
    panel = roll_up(
        tables(rows, public=True), Scope(areas=("39041",), level="3-digit", period=(year, 2023))
    )
    part = panel.segments[0][0]
    assert part.id == "5132"
    assert np.isnan(part.employment_base) == (year == 2021)
