"""Analyst tables from files to ``RegionalTables``: read, mended and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.tables import given
from sectorscan.tables.blocks import Array, Block
from sectorscan.tables.employment import jobs_and_wages
from sectorscan.tables.files import TableFile, digest, shown
from sectorscan.tables.frames import FRAMES
from sectorscan.tables.model import InputFile, RegionalTables
from sectorscan.tables.names import familiar
from sectorscan.tables.recognise import Match, check_mapping, match, unrecognised
from sectorscan.tables.sheets import Row, Sheet, read_sheets
from sectorscan.tables.typed import Typed, type_sheet

_FIGURES = frozenset(
    ["establishments", "employment", "employment_low", "employment_high", "total_wages"]
) | {"total_wages_low", "total_wages_high", "location_quotient", "annual_growth_pct", "openings"}
_FIGURES |= {"value", "low", "high"}
_YEARS = frozenset(["year", "base_year", "end_year"])


def read_tables(
    files: Sequence[TableFile],
    *,
    columns: Mapping[str, str],
    ownership: str,
    benchmark: tuple[str, ...] | None,
    regions: frozenset[str] | None = None,
) -> RegionalTables:
    """Return the analyst tables that files hold, in one ownership scope.

    Parameters
    ----------
    files
        Tables of any accepted format; each serves as every kind of table its columns make it.
    columns
        The config's mapping, our name to the file's header; it wins over recognition.
    ownership
        ``private`` or ``all``; tables without an ownership column are taken as they are.
    benchmark, regions
        The area codes that the config names, to mend lost leading zeros by.

    Raises
    ------
    InputError
        With every problem of every file. Cautions and notes are in the result's ``findings``.
    """
    known = (regions or frozenset()) | frozenset(benchmark or ())
    findings: list[Finding] = []
    headers: list[tuple[str, ...]] = []
    parts: list[Typed] = []
    inputs: list[InputFile] = []
    for file in files:
        try:
            found = _read_file(file, columns, known, headers)
        except InputError as error:
            findings.extend(error.findings)
            continue
        parts.extend(found)
        kinds = dict.fromkeys(kind for part in found for kind in part.kinds)
        rows = sum(len(part.rows) for part in found)
        inputs.append(InputFile(file.name, "+".join(kinds), digest(file.path), rows))
    if headers:
        findings = check_mapping(columns, headers, [file.name for file in files]) + findings
    findings.extend(finding for part in parts for finding in part.findings)
    tables, found_later = _assembled(parts, ownership, inputs)
    return _sound(tables, findings + found_later)


def _read_file(
    file: TableFile,
    columns: Mapping[str, str],
    known: frozenset[str],
    headers: list[tuple[str, ...]],
) -> list[Typed]:
    """Return the typed sheets of a file that are analyst tables; ``headers`` gathers all seen."""
    matches: list[Match] = []

    def choose(header: Row, sample: Sequence[Row]) -> list[int]:
        matches.append(match(header, columns, sample, file.name))
        return sorted(set(matches[-1].positions.values())) if matches[-1].kinds else []

    sheets = read_sheets(file, choose, columns.values())
    headers.extend(sheet.header for sheet in sheets)
    useful = [(sheet, found) for sheet, found in zip(sheets, matches, strict=True) if found.kinds]
    if not useful:
        raise InputError([unrecognised(sheet.header, columns, sheet.name) for sheet in sheets[:5]])
    problems = [finding for _, found in useful for finding in found.problems]
    for sheet, _ in useful:
        odd = [each for each in sheet.findings if each.severity == "error"]
        problems.extend(odd)
        if not len(sheet.rows) and not odd:
            what = "the table has a header but no rows."
            problems.append(Finding(what, "Check that it was exported whole.", sheet.name))
    if problems:
        raise InputError(problems)
    parts = [_typed(file, sheet, found, known) for sheet, found in useful]
    parts[0].findings.extend(
        _unread(sheet) for sheet, found in zip(sheets, matches, strict=True) if not found.kinds
    )
    return parts


def _unread(sheet: Sheet) -> Finding:
    """Return what to say of a worksheet beside the ones read: a caution if it may be meant."""
    what = "this worksheet is no analyst table and isn't read."
    if familiar(sheet.header) < 2:
        return Finding(what, "", sheet.name, severity="note")
    seen = ", ".join(repr(shown(name)) for name in sheet.header[:10])
    remedy = f"If it should be, rename its columns ({seen}) or map them under columns:."
    return Finding(what, remedy, sheet.name, severity="caution")


def _typed(file: TableFile, sheet: Sheet, found: Match, known: frozenset[str]) -> Typed:
    typed = type_sheet(_with_percent(file, sheet, found), found, file.name, known)
    typed.findings.extend(sheet.findings)
    return typed


def _with_percent(file: TableFile, sheet: Sheet, found: Match) -> Sheet:
    """Return the sheet with the percent signs that a workbook shows: it stores 3.2% as 0.032."""
    names = ("growth_pct", "annual_growth_pct", "value", "low", "high")
    at = {found.positions[name] for name in names if name in found.positions}
    if sheet.sheet is None or not at or not {"growth", "indicators"} & set(found.kinds):
        return sheet
    from sectorscan.tables.excel import percent_cells

    shown = percent_cells(file, sheet.sheet, sorted(at))
    cells = dict(sheet.cells)
    for position in sorted({column for _, column in shown}):
        cells[position] = [
            _as_percent(cell) if (row, position) in shown else cell
            for row, cell in zip(sheet.rows, cells[position], strict=True)
        ]
    return replace(sheet, cells=cells)


def _as_percent(cell: str) -> str:
    try:
        # 0.032 * 100 is 3.2 only to 15 digits, which is all that a spreadsheet keeps.
        return f"{float(cell) * 100:.15g}%"
    except ValueError:
        return cell


def _assembled(
    parts: Sequence[Typed], ownership: str, inputs: Sequence[InputFile]
) -> tuple[RegionalTables, list[Finding]]:
    jobs, covered, findings = jobs_and_wages(parts, ownership)
    latest = None if jobs is None or not len(jobs) else int(jobs["year"].max())
    quotients, found = given.concentration(parts, ownership)
    findings += found
    growth, found = given.growth(parts, ownership, latest)
    findings += found
    own, found = given.indicators(parts)
    findings += found
    stated = any("ownership" in part.text for part in parts if "employment" in part.kinds)
    tables = RegionalTables(
        employment=_frame("employment", jobs),
        covered_totals=_frame("covered_totals", covered),
        concentration=_frame("concentration", quotients),
        growth=_frame("growth", growth),
        indicators=_frame("indicators", own),
        inputs=tuple(inputs),
        area_titles=_area_titles(parts),
        ownership=ownership if stated else None,
        synthetic=any(part.synthetic for part in parts),
    )
    return tables, findings


def _frame(name: str, rows: Block | dict[str, Array] | None) -> pd.DataFrame:
    """Return a frame with the documented columns and types, empty where there are no rows."""
    columns = {}
    for column in FRAMES[name]:
        values = np.empty(0) if rows is None else rows[column]
        kind: type = np.float64 if column in _FIGURES else object
        if column in _YEARS:
            # An indicator may have no year.
            kind = np.float64 if name == "indicators" else np.int64
        columns[column] = pd.Series(np.asarray(values).astype(kind), dtype=kind)
    return pd.DataFrame(columns)


def _area_titles(parts: Sequence[Typed]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for part in parts:
        pairs = dict.fromkeys(
            zip(part.text["region"], part.text.get("region_title", ()), strict=False)
        )
        for code, title in pairs:
            if title and title != code:
                titles.setdefault(code, title)
    return dict(sorted(titles.items()))


def _sound(tables: RegionalTables, findings: Sequence[Finding]) -> RegionalTables:
    """Return the tables with what is worth knowing; raise if anything in them is wrong."""
    if any(finding.severity == "error" for finding in findings):
        raise InputError([finding for finding in findings if finding.severity != "note"])
    return replace(tables, findings=tuple(findings))
