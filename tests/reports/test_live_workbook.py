"""The live workbook, recalculated by LibreOffice, against the program's own arithmetic."""

import itertools
import math
from dataclasses import replace

import pytest
from tests.reports import live_cases as cases
from tests.reports import recalculated as calc

from sectorscan.config.loader import load_config
from sectorscan.reports.sheets.names import defined_names
from sectorscan.reports.workbook import to_workbook
from sectorscan.scan import scan
from sectorscan.scoring.rank import rank
from sectorscan.tables.resources import bundled

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

KINDS = [
    *(("points", mean, policy) for mean, policy in itertools.product(
        ("arithmetic", "geometric"), ("renormalise", "neutral", "worst", "exclude"))),
    *((scales, "arithmetic", "renormalise") for scales in cases.SCALES if scales != "points"),
    ("zscore", "geometric", "neutral"),
    ("percentile", "geometric", "exclude"),
]  # fmt: skip
SAMPLE_WEIGHTS = (
    {},
    {"weight_group_job_quality": 60, "weight_group_scale": 5},
    {"weight_group_growth": 0, "weight_group_job_quality": 0, "weight_location_quotient": 3},
)
REAL = """
region: {name: Columbus, areas: ["39041", "39045", "39049", "39089", "39097", "39129"]}
period: {base: 2020, end: 2023}
benchmark: all
robustness: {draws: 100}
"""


def sets_for(number):
    """Return the weights as they are, and two of the changed sets, other ones for each kind."""
    changed = cases.WEIGHTS[1:]
    return ({}, *(changed[(2 * number + step) % len(changed)] for step in (0, 1)))


def check_against_program(found, books, sets):
    """Compare scores, ranks, ties and the order of sheet Shortlist, set of weights by set."""
    sectors = found.ranking.indicators.sectors
    parts = defined_names([f"score_{one.id}" for one in sectors])
    for book, weights in zip(books, sets, strict=True):
        expected = cases.with_weights(found, weights)
        for s, name in enumerate(parts):
            score = calc.number(book, name)
            if math.isnan(expected.score[s]):
                assert score is None, (weights, name)
            else:
                assert score == pytest.approx(expected.score[s], abs=1e-9), (weights, name)
            place = calc.number(book, name.replace("score_", "rank_", 1))
            assert place == (expected.rank[s] or None), (weights, name)
        rows = [row[:2] for row in book["Shortlist"].iter_rows(values_only=True)]
        top = next(place for place, row in enumerate(rows) if row[0] == "Rank")
        shown = [row for row in rows[top + 1 :] if row[0] not in (None, "")]
        assert shown == [(expected.rank[s], named(sectors[s])) for s in expected.order], weights
        said = any("Weights were changed" in str(row[0]) for row in rows[:top])
        assert said == bool(weights)


def named(sector):
    title = sector.title or sector.id
    return title if title == sector.id else f"{title} ({sector.id})"


def check_stored(content, book, computed):
    """Compare what is stored beside every formula with what LibreOffice computes."""
    stored, count = calc.stored(content), 0
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            count += 1
            place = (sheet.title, cell.coordinate)
            was, now = (one[sheet.title][cell.coordinate].value for one in (stored, computed))
            if isinstance(was, float | int):
                assert now == pytest.approx(was, abs=1e-9, rel=1e-12), place
            else:
                assert (now or "") == (was or ""), place
    assert count > 100


def check_no_errors(books):
    for book in books:
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "e", (sheet.title, cell.coordinate, cell.value)
                assert not str(cell.value).startswith("Err:"), (sheet.title, cell.coordinate)


def check(pairs, folder):
    """Check workbooks, each under its sets of weights: LibreOffice is started once for all."""
    contents = [to_workbook(found) for found, _ in pairs]
    given = [
        calc.with_weights(content, weights)
        for content, (_, sets) in zip(contents, pairs, strict=True)
        for weights in sets
    ]
    computed = iter(calc.recalculate(given, folder))
    for content, (found, sets) in zip(contents, pairs, strict=True):
        print(found.config.aggregation, found.config.missing, found.config_name)  # noqa: T201
        books = list(itertools.islice(computed, len(sets)))
        book = calc.to_read(content)
        check_stored(content, book, books[0])
        for one in books:
            one.defined_names = book.defined_names
        check_against_program(found, books, sets)
        check_no_errors(books)


@pytest.mark.parametrize("half", [0, 1])
def test_the_workbook_computes_what_the_program_does(half, tmp_path):
    calc.soffice()
    numbers = range(half, len(KINDS), 2)
    folders = {number: tmp_path / "-".join(KINDS[number]) for number in numbers}
    pairs = [
        (cases.shortlist(folder, cases.settings(*KINDS[number])), sets_for(number))
        for number, folder in folders.items()
    ]
    check(pairs, tmp_path / "soffice")


def test_the_sample_s_workbook_computes_what_the_program_does(tmp_path):
    calc.soffice()
    samples = bundled("samples")
    found = scan(sorted(samples.glob("*.csv")), load_config(samples / "sample.yaml"))
    check([(found, SAMPLE_WEIGHTS)], tmp_path / "soffice")


@pytest.mark.shared
def test_a_real_region_s_workbook_computes_what_the_program_does(shared, tmp_path):
    calc.soffice()
    config = tmp_path / "config.yaml"
    config.write_text("extends: balanced" + REAL, encoding="utf-8")
    files = shared("data/qcew/columbus_oh_annual_2020_2023")
    found = scan([files], load_config(config))
    check([(found, SAMPLE_WEIGHTS[:2])], tmp_path / "soffice")


def test_the_cases_hold_ties_gates_and_lost_coverage(tmp_path):
    """What the comparison above is worth."""
    found = cases.shortlist(tmp_path / "a", cases.settings("points", "arithmetic", "renormalise"))
    rankings = [cases.with_weights(found, weights) for weights in cases.WEIGHTS]
    assert all(ranking.tied.any() for ranking in rankings)
    reasons = [ranking.exclusion for ranking in rankings]
    assert {reason for one in reasons for reason in one} == {None, "gate", "coverage"}
    assert len(set(reasons)) > 1
    assert len({tuple(ranking.rank) for ranking in rankings}) > 3
    exact = cases.shortlist(tmp_path / "b", cases.settings("points", "arithmetic", "exclude"))
    assert "missing" in exact.ranking.exclusion
    assert {place for number in range(len(KINDS)) for place in map(str, sets_for(number))} == {
        str(weights) for weights in cases.WEIGHTS
    }


def test_weights_of_zero_or_of_no_number_say_so(tmp_path):
    calc.soffice()
    found = cases.shortlist(tmp_path / "a", cases.settings("points", "arithmetic", "neutral"))
    content = to_workbook(found)
    zero = {f"weight_group_{group}": 0 for group in cases.GROUPS}
    negative = {"weight_group_size": -4}
    given = [calc.with_weights(content, weights) for weights in (zero, negative)]
    nothing, counted = calc.recalculate(given, tmp_path / "soffice")
    check_no_errors([nothing, counted])
    names = calc.formulas(content).defined_names
    nothing.defined_names = counted.defined_names = names
    assert "All weights are zero" in nothing["Weights"]["A3"].value
    assert "All weights are zero" in str(list(nothing["Shortlist"].values))
    ranks = [name for name in names if name.startswith("rank_")]
    assert {calc.number(nothing, name) for name in ranks} == {None}
    assert "isn't a number of 0 or more" in counted["Weights"]["A3"].value
    without = cases.with_weights(found, {"weight_group_size": 0})
    for s, sector in enumerate(found.ranking.indicators.sectors):
        assert calc.number(counted, f"rank_{sector.id}") == (without.rank[s] or None)


def test_sorting_the_indicators_moves_nothing(tmp_path):
    """Scores looks values up by a key that is sorted with them."""
    calc.soffice()
    found = cases.shortlist(tmp_path / "a", cases.settings("points", "arithmetic", "renormalise"))
    book = calc.formulas(to_workbook(found))
    sheet = book["Indicators"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for place, values in enumerate(sorted(rows, key=lambda row: str(row[2:4])), start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(place, column).value = value
    assert [cell.value for cell in sheet[2]] != rows[0]
    book.save(tmp_path / "sorted.xlsx")
    content = (tmp_path / "sorted.xlsx").read_bytes()
    (computed,) = calc.recalculate([content], tmp_path / "soffice")
    computed.defined_names = book.defined_names
    check_against_program(found, [computed], [{}])


def test_a_value_typed_over_counts_as_it_would_in_the_program(tmp_path):
    """One known value changed, one missing value filled in, one known value taken away."""
    calc.soffice()
    found = cases.shortlist(tmp_path / "a", cases.settings("minmax", "arithmetic", "renormalise"))
    table, book = found.ranking.indicators, calc.formulas(to_workbook(found))
    typed = {("s02", "a"): 9.5, ("s08", "b"): 77, ("s04", "d"): "–"}
    value = table.value.copy()
    for row in book["Indicators"].iter_rows(min_row=2):
        key = (row[0].value, row[2].value)
        if key in typed:
            row[3].value = typed.pop(key)
            s = [sector.id for sector in table.sectors].index(key[0])
            known = row[3].value if row[3].value != "–" else math.nan
            value[s, table.ids.index(key[1])] = known
    assert typed == {}
    book.save(tmp_path / "typed.xlsx")
    content = (tmp_path / "typed.xlsx").read_bytes()
    (computed,) = calc.recalculate([content], tmp_path / "soffice")
    computed.defined_names = book.defined_names
    expected = rank(replace(table, value=value), found.config)
    assert list(expected.rank) != list(found.ranking.rank)
    for s, sector in enumerate(table.sectors):
        assert calc.number(computed, f"rank_{sector.id}") == (expected.rank[s] or None)
        if not math.isnan(expected.score[s]):
            score = calc.number(computed, f"score_{sector.id}")
            assert score == pytest.approx(expected.score[s], abs=1e-9)
