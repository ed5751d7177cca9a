"""Filled workbooks into readiness: every problem with its cell, nothing trusted."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sectorscan.config.scorecard import Questions
from sectorscan.errors import Finding, InputError
from sectorscan.readiness.combine import combine
from sectorscan.readiness.model import Readiness
from sectorscan.readiness.sheets import filled
from sectorscan.readiness.workbook import FilledWorkbook
from sectorscan.sources.scope import listed
from sectorscan.tables.files import EXCEL_ENDINGS, TableFile, digest, expand, holds_tables, shown
from sectorscan.tables.model import InputFile

MOST_BYTES = 32 << 20
"""No scorecard is that large."""
MOST_WORKBOOKS = 500
KIND = "scorecard"
MOST_NAMED = 8
MAKE_ONE = (
    "Make one of your own sectors, DIR being the project folder: "
    "sectorscan scorecard new -c DIR/sectorscan.yaml --out DIR/scorecard.xlsx"
)


def read_scorecards(
    paths: Sequence[Path],
    questions: Questions,
    as_of: dt.date | None = None,
    *,
    synthetic_too: bool = True,
) -> Readiness:
    """Read filled scorecards, and put together what all raters say of each sector.

    Parameters
    ----------
    paths
        Workbooks, or folders of them, in any order.
    questions
        The scorecard of the config: weights come from here, whatever a workbook says.
    as_of
        The day from which ratings are looked back on; None: the latest date in the workbooks, so
        that the same files give the same result on any day.
    synthetic_too
        False, beside real figures: workbooks made from the synthetic sample are left out.

    Raises
    ------
    InputError
        With every problem of every workbook, each with its cell, where one can't be used.
    """
    files = workbooks(paths)
    books: list[FilledWorkbook] = []
    findings: list[Finding] = []
    for file in files:
        try:
            books.append(filled(file, questions))
        except InputError as error:
            findings += error.findings
    left_out = [book.file.name for book in books if book.synthetic and not synthetic_too]
    kept = [book for book in books if synthetic_too or not book.synthetic]
    findings += [finding for book in kept for finding in book.findings]
    readiness = combine(kept, questions, as_of)
    findings += readiness.findings
    if any(finding.severity == "error" for finding in findings):
        raise InputError(sorted(findings, key=_as_read))
    inputs = sorted((_input(book) for book in kept), key=lambda one: (one.path, one.sha256))
    said = sorted(findings, key=_as_read)
    return replace(
        readiness,
        inputs=tuple(inputs),
        findings=tuple(said),
        synthetic=any(book.synthetic for book in kept),
        left_out=_left_out(left_out),
    )


def _left_out(names: Sequence[str]) -> Finding | None:
    """Return what is said of workbooks made from the sample that stand beside real figures."""
    if not names:
        return None
    named = listed([shown(name) for name in names], MOST_NAMED)
    what = f"Left out, because made from the synthetic sample while the figures are real: {named}."
    return Finding(what, MAKE_ONE, severity="caution")


def _as_read(one: Finding) -> tuple[bool, str, list[tuple[int, str]], str]:
    """Return what orders findings: errors first, then as one goes over files, sheets and cells."""
    parts = re.findall(r"\d{1,9}|\D+", one.file or "", re.ASCII)
    place = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return (one.severity != "error", one.severity, place, str(one))


def _input(book: FilledWorkbook) -> InputFile:
    return InputFile(book.file.path.name, KIND, digest(book.file.path), len(book.ratings))


def workbooks(paths: Sequence[Path]) -> list[TableFile]:
    """Return the workbooks that files and folders hold; those of one name are told apart.

    Raises
    ------
    InputError
        Where a path doesn't exist, or is no workbook.
    """
    files = [
        file
        for path in paths
        for file in (expand([path]) if holds_tables(path) else ())
        if not path.is_dir() or file.ending in EXCEL_ENDINGS
    ]
    problems = [problem for file in files if (problem := _no_workbook(file))]
    if len(files) > MOST_WORKBOOKS:
        problems.append(Finding(f"{len(files):,} workbooks are more than {MOST_WORKBOOKS}."))
    if not files:
        remedy = "Put filled scorecards there, or name them."
        problems.append(Finding(f"there is no scorecard in {_told(paths)}.", remedy))
    if problems:
        raise InputError(problems)
    unique = {file.path.resolve(): file for file in files}
    names = Counter(file.name for file in unique.values())
    return [
        TableFile(file.path, None, f"{place.parent.name}/{file.name}")
        if names[file.name] > 1
        else file
        for place, file in sorted(unique.items(), key=lambda entry: entry[0].parts)
    ]


def _told(paths: Sequence[Path]) -> str:
    return listed([shown(path.name or str(path)) for path in paths], MOST_NAMED)


def _no_workbook(file: TableFile) -> Finding | None:
    if file.member is not None or file.ending not in EXCEL_ENDINGS:
        remedy = "A scorecard is a workbook, as sectorscan scorecard new makes it (.xlsx)."
        return Finding("this is no scorecard.", remedy, file.name)
    if (size := file.path.stat().st_size) > MOST_BYTES:
        what = f"the workbook has {size / 2**20:.0f} MiB, more than the {MOST_BYTES >> 20} allowed."
        return Finding(what, "Take pictures and other sheets out of it.", file.name)
    return None
