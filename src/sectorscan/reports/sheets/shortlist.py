"""Sheet *Shortlist*: every ranked sector with what a board asks first."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Cell, Column, Value
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "Shortlist"
_LONGEST_FACT = 200

_FIGURES = {
    "employment": ("Jobs", 9.5),
    "employment_share_pct": ("Share of jobs, %", 8.0),
    "establishments": ("Establishments", 13.0),
    "location_quotient": ("Location quotient", 9.5),
    "employment_cagr_pct": ("Job growth, %/year", 10.0),
    "avg_annual_pay": ("Average annual pay", 10.0),
    "pay_vs_region": ("Pay, % of region's", 8.5),
}


def write(book: Book, shortlist: Shortlist) -> None:
    """Write the sheet and the defined names of its scores and ranks."""
    sheet = book.sheet(NAME)
    top = _write_head(book, sheet, shortlist) + 1
    grid.keep_in_view(sheet, top, columns=3)
    candidates = view.ranked(shortlist)
    figures = view.headline_indicators(shortlist, _FIGURES)
    columns = _columns(shortlist, figures)
    rows = [_row(shortlist, candidate, figures) for candidate in candidates]
    shaded = frozenset(place for place, c in enumerate(candidates) if c.shortlisted)
    below = grid.write_table(book, sheet, top, columns, rows, shaded=shaded)
    if not candidates:
        text = "No sector could be ranked; sheet Not shortlisted says why."
        grid.put(sheet, below, 0, text, book.format(italic=True))
        return
    score = 3 + len(figures)
    sheet.conditional_format(
        top + 1,
        score,
        below - 1,
        score,
        {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": "#A9CADA",
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 100,
            "data_bar_2010": True,
        },
    )
    _define_names(book, candidates, top + 1, score)


def _head_lines(shortlist: Shortlist) -> list[tuple[tuple[str, str], ...]]:
    """Return the lines between title and table, each a few labels with their texts."""
    facts = dict(view.header(shortlist))
    candidates = view.ranked(shortlist)
    chosen = sum(candidate.shortlisted for candidate in candidates)
    facts["Areas"] = textwrap.shorten(facts["Areas"], 120, placeholder=" ... (all: see Method)")
    facts["Shaded"] = f"the shortlist, {chosen} of {len(candidates)} ranked sectors"
    facts["≈"] = "rests on withheld figures, estimated"
    facts["Score, low and high"] = "an outer bound, see Method"
    facts["Quadrant"] = view.quadrant_note(shortlist)
    labels = (
        ("Region", "Areas"),
        ("Benchmark", "Ownership", "Location quotient's base", "Period"),
        ("Jobs in the region", "Share of jobs that is estimated", "Mean range of withheld jobs"),
        ("Shaded", "≈", "Score, low and high", "Quadrant"),
    )
    return [tuple((label, facts[label]) for label in line if facts.get(label)) for line in labels]


def book_title(shortlist: Shortlist) -> str:
    """Return ``Sector shortlist: Central Ohio``."""
    region = plain(shortlist.ranking.indicators.panel.region_name)
    return f"Sector shortlist: {region}"


def _write_head(book: Book, sheet: Worksheet, shortlist: Shortlist) -> int:
    """Write title, banner and header lines; return the first free row below."""
    sheet.set_row(0, 26)
    title_look = book.format(bold=True, font_size=16, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, 0, book_title(shortlist), title_look)
    row = 1
    if shortlist.synthetic:
        sheet.set_row(row, 20)
        look = book.format(bold=True, font_size=12, font_color=grid.BANNER, valign="vcenter")
        grid.put(sheet, row, 0, view.SYNTHETIC_BANNER, look)
        row += 1
    bold, plain_look = book.format(bold=True, font_color=grid.INK), book.format()
    for line in _head_lines(shortlist):
        parts: list[object] = []
        for label, text in line:
            parts += [bold, f"{label}: ", plain_look, f"{text[:_LONGEST_FACT]}      "]
        sheet.write_rich_string(row, 0, *parts, plain_look)
        row += 1
    return row


def _columns(shortlist: Shortlist, figures: Sequence[str]) -> list[Column]:
    middle = []
    for indicator in figures:
        unit = view.unit_of(shortlist, indicator)
        title, width = _FIGURES.get(
            indicator, (f"{view.label_of(shortlist, indicator)}, {unit}".rstrip(", "), 12.0)
        )
        shown = grid.PERCENT if indicator == "pay_vs_region" else None
        middle.append(Column(title, width, shown or grid.number_format(indicator, unit)))
    return [
        Column("Rank", 5.5, grid.PLACE),
        Column("Code", 8, wrap=True),
        Column("Sector", 30, wrap=True, bold=True),
        *middle,
        Column("Score, 0 to 100", 10, grid.ONE_DECIMAL, bold=True),
        Column("Score, low", 7, grid.ONE_DECIMAL),
        Column("Score, high", 7, grid.ONE_DECIMAL),
        Column("Weight known", 8, grid.PERCENT),
        Column("Tier", 17, wrap=True),
        Column("Quadrant", 12),
        Column("Reasons", 17, wrap=True),
        Column("In one line", 42, wrap=True),
    ]


def _row(shortlist: Shortlist, candidate: view.Candidate, figures: Iterable[str]) -> list[Value]:
    ranking, s, advice = shortlist.ranking, candidate.index, candidate.advice
    return [
        Cell(candidate.rank, '0"="' if candidate.tied else "0"),
        candidate.codes,
        candidate.title,
        *(_figure(shortlist, indicator, s) for indicator in figures),
        view.number(ranking.score[s]),
        view.number(ranking.score_low[s]),
        view.number(ranking.score_high[s]),
        view.number(ranking.coverage[s]),
        ranking.tier[s],
        advice.quadrant,
        view.reason_words(advice),
        view.in_one_line(advice),
    ]


def _figure(shortlist: Shortlist, indicator: str, s: int) -> Value:
    value = view.figure(shortlist, indicator, s)
    if value is None or not view.is_estimated(shortlist, indicator, s):
        return value
    shown = (
        grid.PERCENT
        if indicator == "pay_vs_region"
        else grid.number_format(indicator, view.unit_of(shortlist, indicator))
    )
    return Cell(value, grid.estimated(shown))


def _define_names(
    book: Book, candidates: Sequence[view.Candidate], first: int, score_column: int
) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    names = defined_names([candidate.id for candidate in candidates])
    for place, name in enumerate(names):
        for kind, column in (("score", score_column), ("rank", 0)):
            place_on_sheet = xl_rowcol_to_cell(first + place, column, row_abs=True, col_abs=True)
            book.workbook.define_name(f"{kind}_{name}", f"={NAME}!{place_on_sheet}")


def defined_names(ids: Sequence[str]) -> list[str]:
    """Return for each id the part of a defined name after ``score_``.

    A character that a name can't hold becomes ``_``; Excel ignores case in names, so where two
    would be the same the later one gets ``_2``, ``_3`` ...
    """
    taken: set[str] = set()
    names = []
    for sector in ids:
        name = base = "".join(char if _fits_name(char) else "_" for char in sector)[:200]
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _fits_name(char: str) -> bool:
    category = unicodedata.category(char)
    return char == "_" or (char.isascii() and char.isalnum()) or category in {"Lu", "Ll", "Lo"}
