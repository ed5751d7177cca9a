"""Whatever a title, an id, a file's name or a caution says, every report stays well formed."""

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reports.html.outline import Outline

from sectorscan.reports.charts import all_charts
from sectorscan.reports.charts.model import Look
from sectorscan.reports.charts.render import to_svg
from sectorscan.reports.html.document import to_html
from sectorscan.reports.markdown import to_markdown
from sectorscan.reports.memo.memo import to_memo
from sectorscan.reports.ranking_json import to_json
from sectorscan.reports.table import to_csv
from sectorscan.reports.workbook import to_workbook

TEXT = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    [
        "=1",
        "_x0041_",
        "\ud800",
        "\ufffe\uffff\U0001ffff",
        "\x00",
        "]]>",
        "{0}",
        "{name}",
        "%s",
        "|",
        "\\|",
        "\ufeff",
        "a" * 400,
    ]
)


def with_text(shortlist, words):
    """Return the shortlist with these words wherever a user's own text can stand."""
    table = shortlist.ranking.indicators
    sectors = tuple(
        replace(sector, title=words[s % len(words)], naics=(words[0],))
        for s, sector in enumerate(table.sectors)
    )
    panel = replace(table.panel, region_name=words[0], areas=(words[-1],), benchmark=words[0])
    table = replace(
        table,
        sectors=sectors,
        panel=panel,
        labels=(words[0],) * len(table.ids),
        sources=(words[-1],) * len(table.ids),
    )
    return replace(
        shortlist,
        config_name=words[0],
        cautions=tuple(words),
        ranking=replace(shortlist.ranking, indicators=table),
    )


OF_THE_PLAN = re.compile(r"=(Weights!\$A\$4|100\*SUMPRODUCT\([A-Z0-9$:/*,()]*\))")


def formulas(book):
    """Return a workbook's formulas by place: no text of anybody's may be among them.

    Those of the plan are left out: a longer name moves its table down.
    """
    return {
        (sheet.title, c.coordinate): c.value
        for sheet in book
        for row in sheet
        for c in row
        if c.data_type == "f" and sheet.title != "Plan"
    }


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(TEXT, min_size=1, max_size=4))
def test_reports_stay_well_formed(rated_nasty, words):
    shortlist = with_text(rated_nasty, words)
    assert json.loads(to_json(shortlist))["cautions"] == words
    rows = list(csv.reader(io.StringIO(to_csv(shortlist))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 1 + len(rated_nasty.ranking.indicators.sectors)
    for line in to_markdown(shortlist).splitlines():
        if line.startswith("| 1 |"):
            assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 12
    page = Outline(to_html(shortlist).encode().decode())
    assert page.tags().count("script") == 3
    assert json.loads(page.texts["script"][0])["top"] == shortlist.config.outputs.top
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(shortlist)))
    assert formulas(book) == formulas(openpyxl.load_workbook(io.BytesIO(to_workbook(rated_nasty))))
    for cell in (c for row in book["Plan"] for c in row if c.data_type == "f"):
        assert OF_THE_PLAN.fullmatch(cell.value), cell.value


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(TEXT, min_size=1, max_size=4))
def test_memo_and_charts_stay_well_formed(rated_nasty, words):
    docx = pytest.importorskip("docx")
    pytest.importorskip("vl_convert")
    shortlist = with_text(rated_nasty, words)
    assert len(docx.Document(io.BytesIO(to_memo(shortlist))).tables) == 1
    for chart in all_charts(shortlist, Look(framed=True)):
        ET.fromstring(to_svg(chart))  # noqa: S314
