"""NAICS revisions: what appears, vanishes or is redrawn is never read as growth."""

import itertools
import json

import numpy as np
import pytest

from sectorscan.sources import naics, revisions
from sectorscan.sources.load import load
from sectorscan.sources.revisions import same_content
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector


@pytest.mark.parametrize(
    ("codes", "same"),
    [
        (("722",), True),
        (("44-45",), True),
        (("51",), True),
        (("511210", "513210"), True),  # software publishers, renumbered
        (("5112", "5132"), True),
        (("511", "513", "515", "516", "519"), True),
        (("517",), True),
        (("441110",), True),  # new car dealers kept number and content
        (("333",), True),
        (("238111",), True),  # BLS's own split of 238110
        (("no code",), True),
        (("441",), True),  # told with a caution, as the next
        (("511", "513"), True),
        (("511210",), False),
        (("519",), False),  # internet publishers left it
        (("515", "516", "519"), False),  # ... for 513 too
        (("448", "458"), False),  # 458 took online sellers of clothes in, from 454
        (("448", "455"), False),
        (("5112", "5131"), False),
        (("454110",), False),
        (("325314",), False),  # kept its number; composting went to 325315
        (("425120",), False),  # kept its number, took 425110 in
        (("425",), True),
        (("425110", "425120"), True),
        (("516210",), False),
        (("513",), False),
        (("441330",), False),
        (("44513",), False),
        (("445110",), True),
    ],
)
def test_only_what_exchanged_nothing_is_the_same_before_and_after_2022(codes, same):
    """US Census Bureau, 2017 NAICS to 2022 NAICS concordance."""
    assert same_content(codes, 2020, 2023) is same
    assert same_content(codes, 2023, 2020) is same
    assert same_content(codes, 2020, 2021)
    assert same_content(codes, 2022, 2023)


@pytest.mark.parametrize(
    ("codes", "base", "end", "same"),
    [
        (("5171",), 2015, 2023, False),  # wired carriers until NAICS 2012, all carriers since 2022
        (("517",), 2015, 2023, True),
        (("4521", "4529"), 2016, 2017, False),
        (("452",), 2016, 2017, True),
        (("334",), 2010, 2011, False),  # 334119 gave a part to 333316
        (("333", "334"), 2010, 2011, True),
        (("722110", "722511"), 2010, 2011, True),  # full-service restaurants, renumbered
        (("722",), 2006, 2023, True),
        (("326",), 2006, 2007, False),  # inflatable boats went to 336612
        (("326",), 2007, 2021, True),
        (("336", "326"), 2000, 2010, True),
        (("541710",), 2006, 2007, False),
        (("5417",), 1990, 2023, True),
        (("561310", "561311", "561312"), 2006, 2007, False),  # 541612 gave a part
        (("511",), 1985, 1995, True),  # before NAICS: nothing is known against it
    ],
)
def test_each_revision_since_2002_counts(codes, base, end, same):
    """US Census Bureau, NAICS concordances; years as BLS says that QCEW uses each vintage."""
    assert same_content(codes, base, end) is same


def test_the_changes_of_2022_are_the_whole_of_the_census_bureaus_table(shared):
    """1,150 rows, 1,057 industries of 2017 and 1,012 of 2022: 2017_to_2022_NAICS.xlsx."""
    leaves = {
        year: {
            entry["id"]
            for entry in json.loads(shared(f"data/naics/naics_{year}.json").read_text())[
                "taxonomies"
            ]["6"]
        }
        for year in (2017, 2022)
    }
    moves = revisions._moves()[2022]
    before, since = {old for old, _ in moves}, {new for _, new in moves}
    assert before <= leaves[2017]
    assert since <= leaves[2022]
    assert leaves[2017] - before == leaves[2022] - since
    assert len(leaves[2017] - before) + len(moves) == 1150


def test_every_changed_code_stands_on_its_side_of_the_revision():
    table = naics.table()
    vintages = sorted(vintage for vintage, _ in naics.FIRST_YEARS)
    assert sorted(revisions._moves()) == vintages[1:]
    for earlier, revision in itertools.pairwise(vintages):
        for old, new in revisions._moves()[revision]:
            assert earlier in table[old].vintages
            assert revision in table[new].vintages


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
    assert any("mail-order and direct sellers into 445: not all" in text for text in panel.cautions)


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
