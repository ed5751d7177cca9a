"""Shift-share for people: on a terminal, as Markdown, as an Excel workbook. Rounded here alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sectorscan.indicators.decomposition import METHODS, Decomposition, Ends, Line
from sectorscan.indicators.structure import INDICES, Structure
from sectorscan.reports import view
from sectorscan.reports.markdown import bullets, markdown_table
from sectorscan.reports.page import GAP, Column, Page
from sectorscan.reports.settings import against
from sectorscan.reports.shiftshare import to_csv, to_json, to_parquet
from sectorscan.reports.text import markdown_text, plain
from sectorscan.reports.words import ESTIMATED, MINUS
from sectorscan.reports.write import text_writers
from sectorscan.scan.shiftshare import NO_CHANGE, ShiftShare
from sectorscan.tables.periods import span, spoken

if TYPE_CHECKING:
    from rich.console import Console

UNKNOWN = "\u2013"
NARROWEST_TITLE = 26
_LOW_AND_HIGH = (
    "Where low and high differ, withheld figures stand behind a part: it lies between the two."
)
_QUADRANTS = "star: concentrated and growing; emerging: growing; mature: concentrated"


def show(result: ShiftShare, console: Console) -> None:
    """Print each method's table, what it leaves out, and the region's structure."""
    page = Page(console)
    page.paragraph(_title(result), style="bold")
    if result.synthetic:
        page.paragraph(view.SYNTHETIC_BANNER, style="bold yellow")
    page.paragraph(_settings(result))
    for one in _parted(result):
        page.heading(METHODS[one.method].label)
        page.paragraph(METHODS[one.method].answers)
        page.line()
        titles = Column("Sector", [_name(line) for line in one.lines], right=False, flexible=True)
        for group in _fitting(_columns(result, one), page.width):
            page.table([titles, *group], rule_after=len(one.lines) - 1)
            page.line()
        for sentence in (*_legend(one), *_left_out(one)):
            page.paragraph(sentence, style="dim")
    page.heading("Structure of the region")
    for sentence in _structure(result):
        page.paragraph(sentence)
    if result.cautions:
        page.heading("Cautions")
        for caution in result.cautions:
            page.paragraph(caution, indent=1, mark="!", style="yellow")


def to_markdown(result: ShiftShare) -> str:
    """Return the same as Markdown, to paste into a memo."""
    return "\n".join(_markdown(result))


def _markdown(result: ShiftShare) -> Iterator[str]:
    yield from (f"# {markdown_text(_title(result))}", "")
    if result.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    yield from (markdown_text(_settings(result)), "")
    for one in _parted(result):
        yield from (f"## {METHODS[one.method].label}", "", METHODS[one.method].answers, "")
        columns = _columns(result, one)
        heads = ["Sector", *(column.header.replace("\n", " ") for column in columns)]
        rows = zip([_name(line) for line in one.lines], *(c.cells for c in columns), strict=True)
        numeric = {place for place, column in enumerate(columns, 1) if column.right}
        yield from markdown_table(heads, rows, numeric)
        yield from bullets("Notes", [*_legend(one), *_left_out(one)], level=3)
    yield from bullets("Structure of the region", list(_structure(result)))
    yield from bullets("Cautions", [*result.cautions, *result.notes])


def _title(result: ShiftShare) -> str:
    return f"Shift-share of {plain(result.panel.region_name)}"


def _settings(result: ShiftShare) -> str:
    panel = result.panel
    jobs = "Private covered jobs" if panel.ownership == "private" else "All covered jobs"
    what = "Parts are jobs, and sum to the change." if _parted(result) else NO_CHANGE
    return f"{jobs}, {view.period(panel)}; {against(panel)}. {what}"


def _parted(result: ShiftShare) -> tuple[Decomposition, ...]:
    """Return what is shown of the methods: nothing where there is one year, and so no change."""
    return () if len(result.panel.years) == 1 else result.decompositions


def _name(line: Line) -> str:
    own = line.kind == "sector" and line.title != line.id
    return f"{line.id} {line.title}" if own else line.title


def _columns(result: ShiftShare, one: Decomposition) -> list[Column]:
    """Return jobs, change, the parts, and what a sector's place in the region is."""
    base, end = result.panel.base, result.panel.end
    sectors = len(result.panel.sectors)
    quotients = [float(x) for x in result.indicators.values("location_quotient")]
    others = [UNKNOWN] * (len(one.lines) - sectors)
    return [
        Column(f"Jobs\n{base}", [_jobs(line.base) for line in one.lines]),
        Column(f"Jobs\n{end}", [_jobs(line.end) for line in one.lines]),
        Column("Change", [_signed(line.change) for line in one.lines]),
        *(
            Column(_two_lines(part.label), [_signed(line.parts[part.id]) for line in one.lines])
            for part in METHODS[one.method].parts
        ),
        Column("LQ", [*(view.shown(x, "ratio") for x in quotients), *others]),
        Column("Quadrant", [*(q or UNKNOWN for q in result.quadrants), *others], right=False),
    ]


def _fitting(columns: Sequence[Column], width: int) -> Iterator[list[Column]]:
    """Yield the columns in groups that fit beside a title, in their order."""
    group: list[Column] = []
    left = width - NARROWEST_TITLE
    for column in columns:
        if group and column.width + GAP > left:
            yield group
            group, left = [], width - NARROWEST_TITLE
        group.append(column)
        left -= column.width + GAP
    yield group


def _two_lines(label: str) -> str:
    words = label.split(" ")
    middle = (len(words) + 1) // 2
    return "\n".join(filter(None, (" ".join(words[:middle]), " ".join(words[middle:]))))


def _jobs(ends: Ends) -> str:
    return f"{_mark(ends)}{view.shown(ends.value, 'jobs')}"


def _signed(ends: Ends) -> str:
    text = view.shown(ends.value, "jobs")
    plus = "" if text in (UNKNOWN, "0") or text.startswith(MINUS) else "+"
    return f"{_mark(ends)}{plus}{text}"


def _mark(ends: Ends) -> str:
    return ESTIMATED if not math.isnan(ends.value) and ends.low != ends.high else ""


def _legend(one: Decomposition) -> Iterator[str]:
    if _estimated(one):
        yield (
            f"{ESTIMATED} estimated, as some figures are withheld: --format json has the ends, and "
            "says how they are got."
        )
    yield f"LQ: location quotient. Quadrants: {_QUADRANTS}; transforming: neither."
    yield _last_line(one)


def _estimated(one: Decomposition) -> bool:
    lines = [line for line in one.lines if not line.reason]
    return any(_mark(ends) for line in lines for ends in (line.change, *line.parts.values()))


def _last_line(one: Decomposition) -> str:
    """Return what the sum of the table is of."""
    computed = sum(line.kind == "sector" and not line.reason for line in one.lines)
    if not one.covers_region:
        return (
            f"The last line is the sum of the {computed} sectors that could be computed, not the "
            f"region's change: {one.why_not}."
        )
    if any(line.kind == "rest" for line in one.lines):
        return (
            "The last line is the region's whole change. All other industries are the rest: what "
            f"the {computed} sectors computed leave of the totals of region and benchmark."
        )
    return (
        f"The last line is the region's whole change: the {computed} sectors make it up, but for "
        "the rounding of published figures."
    )


def _left_out(one: Decomposition) -> Iterator[str]:
    """Yield the sectors that couldn't be computed, by their reason."""
    by_reason: dict[str, list[str]] = {}
    for line in one.lines:
        if line.kind == "sector" and line.reason:
            reason = line.reason.replace(f"NAICS {line.id} ", "its code ")
            by_reason.setdefault(reason, []).append(line.id)
    for reason, ids in by_reason.items():
        yield f"Not computed: {', '.join(ids)} ({reason})."


def _structure(result: ShiftShare) -> Iterator[str]:
    if result.no_structure:
        yield f"Not computed: {result.no_structure}."
        return
    years, quarter = list(result.structure), result.panel.quarter
    for place, (name, index) in enumerate(INDICES.items()):
        found = [result.structure[year][place] for year in years]
        figures = " to ".join(map(_index_text, found))
        yield f"{index.label}, {span(years[0], years[-1], quarter)}: {figures}. {_MEANING[name]}"
    yield (
        f"Over the {result.compared} sectors known in each of these years, "
        f"{view.shown(100 * result.compared_share, '%')} of the region's jobs in "
        f"{spoken(years[-1], quarter)}."
    )


def _index_text(one: Structure) -> str:
    if math.isnan(one.value):
        return UNKNOWN
    ends = f" ({one.low:.4f} to {one.high:.4f})" if one.low < one.high else ""
    return f"{one.value:.4f}{ends}"


_MEANING: Mapping[str, str] = {
    "herfindahl_hirschman": "1 is one sector alone; the lower, the more evenly spread.",
    "hachman": "1 is the benchmark's mix of industries; the lower, the more special.",
    "krugman_specialization": "0 is the benchmark's mix, 2 nothing in common with it.",
}


def to_workbook(result: ShiftShare) -> bytes:
    """Return an Excel workbook: a sheet a method, every digit kept; then the cautions."""
    from sectorscan.reports.sheets import cautions, grid
    from sectorscan.reports.workbook import book_bytes

    def fill(book: grid.Book) -> None:
        for one in result.decompositions:
            sheet = book.sheet(METHODS[one.method].label[:31])
            parts = METHODS[one.method].parts
            columns = [
                grid.Column("Code", 12),
                grid.Column("Sector", 46, wrap=True),
                grid.Column(f"Jobs {result.panel.base}", 12, grid.NUMBER),
                grid.Column(f"Jobs {result.panel.end}", 12, grid.NUMBER),
                grid.Column("Change", 12, grid.SIGNED_NUMBER, bold=True),
                *(grid.Column(part.label, 16, grid.SIGNED_NUMBER) for part in parts),
                *(grid.Column(f"{p.label}, {end}", 16, grid.SIGNED_NUMBER)
                  for p in parts for end in ("low", "high")),
                grid.Column("Why not computed", 44, wrap=True),
            ]  # fmt: skip
            grid.keep_in_view(sheet, 0, columns=2)
            below = grid.write_table(book, sheet, 0, columns, map(_sheet_row, one.lines))
            look = book.format(text_wrap=False)
            unsure = (_LOW_AND_HIGH,) if _estimated(one) else ()
            notes = (METHODS[one.method].answers, *unsure, _last_line(one), *_structure(result))
            for row, text in enumerate(notes, below + 1):
                grid.put(sheet, row, 1, plain(text), look)
        cautions.write_sheet(book, result.cautions, result.notes)

    title = _title(result) + (f" ({view.SYNTHETIC_BANNER})" if result.synthetic else "")
    return book_bytes(title, "Shift-share", fill)


def _sheet_row(line: Line) -> list[float | str | None]:
    ends = line.parts.values()
    return [
        plain(line.id) if line.kind == "sector" else None,
        plain(line.title),
        *(view.number(x.value) for x in (line.base, line.end, line.change, *ends)),
        *(view.number(x) for one in ends for x in (one.low, one.high)),
        plain(line.reason),
    ]


RENDERERS: Mapping[str, Callable[[ShiftShare], str]] = {
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
}
"""What each format of standard output is."""

WRITERS: Mapping[str, Callable[[ShiftShare], bytes]] = {
    **text_writers(lambda result, output_format: RENDERERS[output_format](result)),
    ".parquet": to_parquet,
    ".xlsx": to_workbook,
}
"""What each ending is written with."""
