"""NAICS revisions: what appears, vanishes or is redrawn is never read as growth."""

import numpy as np
import pytest

from sectorscan.sources.load import load
from sectorscan.sources.rollup import roll_up
from sectorscan.sources.vintages import same_content
from sectorscan.tables.model import Scope, Sector


@pytest.mark.parametrize(
    ("codes", "same"),
    [
        (("722",), True),
        (("44-45",), True),
        (("51",), True),
        (("511", "513"), True),
        (("511210", "513210"), True),
        (("515", "516", "519"), True),
        (("517",), True),
        (("441",), True),  # told with a caution
        (("519",), False),  # internet publishing left it
        (("448", "458"), False),  # 458 took online sellers of clothes in, from 454
        (("448", "455"), False),
        (("5112", "5131"), False),
    ],
)
def test_only_whole_groups_are_the_same_before_and_after_2022(codes, same):
    """US Census Bureau, 2022 NAICS manual, changes to the structure."""
    assert same_content(codes, 2020, 2023) is same
    assert same_content(codes, 2020, 2021)
    assert same_content(codes, 2022, 2023)


def test_a_number_that_came_back_with_other_content_is_not_the_same():
    """5171 was wired telecommunications until NAICS 2012, and all carriers since NAICS 2022."""
    assert not same_content(("5171",), 2015, 2023)
    assert same_content(("517",), 2015, 2023)


def _rows(industry, *more):
    return [
        *(("39041", "10", year, 1000.0) for year in (2020, 2023)),
        ("39041", industry, 2020, 100.0),
        ("39041", industry, 2023, 40.0),
        *more,
    ]


def test_a_redrawn_industry_has_jobs_but_no_growth(tables):
    panel = roll_up(tables(_rows("519"), public=True), Scope(areas=("39041",)))
    assert np.isnan(panel.e_ir.value[0, 0])
    assert panel.e_status[0].tolist() == ["missing", "published"]
    assert panel.e_ir.value[0, 1] == 40.0


def test_stores_that_took_online_sellers_in_keep_their_growth_and_it_is_said(tables):
    panel = roll_up(tables(_rows("445"), public=True), Scope(areas=("39041",)))
    assert panel.e_ir.value.tolist() == [[100.0, 40.0]]
    assert any("mail-order sellers into 445: not all" in text for text in panel.cautions)


def test_a_bundle_of_codes_that_dont_succeed_each_other_has_no_growth(tables):
    rows = [("39041", "10", year, 1000.0) for year in (2020, 2023)]
    rows += [("39041", "448", 2020, 100.0), ("39041", "455", 2023, 300.0)]
    bundle = Sector("Shops", "Shops", ("448", "455"))
    panel = roll_up(tables(rows, public=True), Scope(areas=("39041",), bundles=(bundle,)))
    assert np.isnan(panel.e_ir.value[0, 0])
    assert panel.e_ir.value[0, 1] == 300.0


def test_a_series_that_is_back_cast_is_taken_as_it_is(tables):
    rows = _rows("519", ("39041", "513", 2020, 10.0), ("39041", "513", 2023, 12.0))
    panel = roll_up(tables(rows), Scope(areas=("39041",)))
    assert panel.e_ir.value.tolist() == [[10.0, 12.0], [100.0, 40.0]]
    assert not any("NAICS" in text for text in panel.cautions)


def test_a_back_cast_industry_that_one_county_lacks_is_none_there(tables):
    rows = _rows("513", *(("39045", "10", year, 500.0) for year in (2020, 2023)))
    rows.append(("39045", "722", 2020, 5.0))
    panel = roll_up(tables(rows, public=True), Scope(areas=("39041", "39045"), level="3-digit"))
    assert panel.e_ir.value[0].tolist()[0] == 100.0


@pytest.mark.parametrize(
    ("name", "synthetic"), [("my.synthetic.csv", True), ("Synthetic.CSV", True), ("my.csv", False)]
)
def test_a_file_that_says_synthetic_is_labelled(tmp_path, name, synthetic):
    path = tmp_path / name
    path.write_text(
        "region,industry,year,employment,industry_title\n"
        "39041,10,2023,900,All\n39041,3252,2023,90,Synthetic Rubber\n",
        encoding="utf-8",
        newline="",
    )
    assert load([path], Scope(), {}).synthetic is synthetic
