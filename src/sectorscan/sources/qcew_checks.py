"""What is wrong or worth saying about a set of QCEW rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.sources.areas import meant_by, stands_in
from sectorscan.sources.qcew_layout import TOTAL_COVERED, Selection, is_qcew
from sectorscan.sources.qcew_numbers import FIGURES
from sectorscan.sources.scope import listed
from sectorscan.tables.files import TableFile, read_header
from sectorscan.tables.periods import quarter_name, spoken

if TYPE_CHECKING:
    from sectorscan.sources.engines import Reading
    from sectorscan.sources.qcew_cells import Cells
    from sectorscan.sources.qcew_scan import CodeBook

_LISTED = 5
KEYS = ["area", "own", "industry", "year", "quarter"]
_PLACE = ["area", "industry", "year", "quarter"]


def _few(names: Sequence[object]) -> str:
    return listed(names, _LISTED)


def counted(number: int, noun: str) -> str:
    """Return ``1 row``, ``2 rows``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def kinds_of(files: Sequence[TableFile]) -> list[str]:
    """Return whether each file is ``qcew-annual`` or ``qcew-quarterly``.

    Raises
    ------
    InputError
        For what is no QCEW file, all at once.
    """
    kinds = [is_qcew(read_header(file)) for file in files]
    what = "this is not a QCEW file: columns that BLS publishes are absent."
    problems = [
        Finding(what, "Keep all columns as published.", file.name)
        for file, kind in zip(files, kinds, strict=True)
        if kind is None
    ]
    if problems:
        raise InputError(problems)
    return [kind for kind in kinds if kind is not None]


def refuse_absent_areas(
    files: Sequence[TableFile],
    wanted: frozenset[str] | None,
    found: set[str],
    selection: Selection,
    reading: Reading,
) -> None:
    """Check that every wanted area has rows, and that anything at all was found.

    Raises
    ------
    InputError
        Naming each area that has no rows, or the years, the quarter and the ownership that nothing
        was found of.
    """
    absent = sorted(wanted - found) if wanted is not None else []
    if found and not absent:
        return
    from sectorscan.sources.qcew_scan import areas_and_years

    years, quarter = selection.years, selection.quarter
    present, in_files = areas_and_years(files, reading)
    having = f"The files have {_few(sorted(present)) or 'no areas'}."
    problems = [
        Finding(f"no QCEW file has the area {code}.", having + meant_by(code, present))
        for code in absent
        if code not in present
    ]
    wrong_years = [code for code in absent if code in present] or (not found and not absent)
    if wrong_years and years is not None and not in_files & years:
        what = f"no QCEW file has a year of the period {min(years)}-{max(years) - 1}."
        problems.append(Finding(what, f"The files have {listed(sorted(in_files), 40)}."))
    elif wrong_years:
        which = f" of {_few(absent)}" if absent else ""
        when = "" if quarter is None else f" in the {quarter_name(quarter)}"
        what = f"no QCEW file has rows{which}{when} for this ownership, period and NAICS."
        problems.append(Finding(what, "Check ownership: and period: in the config."))
    raise InputError(problems)


def refuse_totals_alone(rows: pd.DataFrame, codes: CodeBook, named: frozenset[str]) -> None:
    """Check that the areas asked for have more than the total of all ownerships.

    Raises
    ------
    InputError
        For combined and micropolitan areas, and for all metropolitan areas together.
    """
    covered = rows["own"] == codes.owns.number(TOTAL_COVERED)
    alone = rows["area"].isin(set(rows["area"]) - set(rows.loc[~covered, "area"]))
    lacking = sorted({codes.areas.texts[number] for number in rows.loc[alone, "area"]} & named)
    if lacking:
        what = f"the files have only the total of {_few(lacking)}, no industries."
        remedy = "Of combined and micropolitan areas BLS publishes no more: name their counties."
        raise InputError(Finding(what, remedy))


def without_repeats(
    rows: pd.DataFrame, codes: CodeBook, files: Sequence[TableFile]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the rows without those that stand in two files, and a note that says so.

    Raises
    ------
    InputError
        Where two files give different figures for the same area, ownership, industry and year.
    """
    repeated = rows.duplicated(KEYS)
    if not repeated.any():
        return rows, []
    first = rows.drop_duplicates(KEYS)
    pairs = rows[repeated].merge(first, on=KEYS, suffixes=("", "_first"))
    same = np.ones(len(pairs), dtype=np.bool_)
    for name in FIGURES:
        one, other = pairs[name].to_numpy(), pairs[f"{name}_first"].to_numpy()
        same &= (one == other) | (np.isnan(one) & np.isnan(other))
    if not same.all():
        raise InputError(_conflicts(pairs[~same], codes, files))
    names = _file_pairs(pairs, files)
    what = f"{counted(len(pairs), 'repeated row')} with the same figures ({_few(names)})."
    return first, [Finding(what, "Each was counted once.", severity="note")]


def _file_pairs(pairs: pd.DataFrame, files: Sequence[TableFile]) -> list[str]:
    both = pairs[["file_first", "file"]].drop_duplicates().sort_values(["file_first", "file"])
    return [
        f"{files[a].name} and {files[b].name}" if a != b else f"{files[a].name} twice"
        for a, b in zip(both["file_first"], both["file"], strict=True)
    ]


def _conflicts(pairs: pd.DataFrame, codes: CodeBook, files: Sequence[TableFile]) -> list[Finding]:
    problems = []
    for _, some in pairs.groupby(["file_first", "file"], sort=True):
        row = some.iloc[0]
        a, b = int(row["file_first"]), int(row["file"])
        place = f"area {codes.areas.texts[int(row['area'])]}, ownership "
        place += f"{codes.owns.texts[int(row['own'])]}, industry "
        place += f"{codes.industries.texts[int(row['industry'])]}, "
        place += spoken(int(row["year"]), int(row["quarter"]))
        figures = " and ".join(
            "withheld" if np.isnan(row[name]) else f"{row[name]:,.0f} jobs"
            for name in ("employment_first", "employment")
        )
        where = f"{files[a].name} and {files[b].name}" if a != b else f"{files[a].name}, twice,"
        what = f"{where} give different figures for the same row: {place} ({figures})"
        others = len(some) - 1
        more = f"; and {counted(others, 'other row')}." if others else "."
        problems.append(Finding(what + more, "Keep the newer release and leave the other out."))
    return problems


def missing_years(rows: pd.DataFrame, codes: CodeBook, region: frozenset[str]) -> list[Finding]:
    """Return cautions naming the region's areas that lack years which its others have."""
    numbers = [number for number, code in enumerate(codes.areas.texts) if code in region]
    mine = rows[rows["area"].isin(numbers)]
    published = sorted(mine.loc[~mine["derived"], "year"].unique())
    there = mine[["area", "year"]].drop_duplicates()
    has = set(zip(there["area"], there["year"], strict=True))
    gaps = {
        codes.areas.texts[number]: [int(year) for year in published if (number, year) not in has]
        for number in numbers
    }
    findings = []
    for there_are, what, remedy in (
        (
            True,
            "some areas have no rows in some years: {}.",
            "Add their files, or sums over the region will miss them.",
        ),
        (
            False,
            "QCEW has some of the region's areas in some years only; it lacks {}.",
            "Those years are not used: Connecticut's planning regions are no sums of its counties.",
        ),
    ):
        lacking = {
            code: [year for year in years if stands_in(code, year) == there_are]
            for code, years in sorted(gaps.items())
        }
        named = [f"{code} ({_few(years)})" for code, years in lacking.items() if years]
        if named:
            findings.append(Finding(what.format(_few(named)), remedy, severity="caution"))
    return findings


def uneven_trees(rows: pd.DataFrame, codes: CodeBook, cells: Cells) -> list[Finding]:
    """Return cautions on sums that don't hold, and on industries whose parts aren't all there."""
    findings = []
    for where, what, remedy in (
        (
            cells.contradicted,
            "The industries below don't add up to the published figure in {count} ({some}).",
            "That sum was not used to bound the withheld figures there. "
            "Check whether a file was edited; in years derived from changes it can happen.",
        ),
        (
            cells.partial,
            "Not all industries below are in the file in {count} ({some}).",
            "The figures above bound the withheld ones there from above only. BLS's own files are "
            "complete; years derived from changes lack codes that were dropped since.",
        ),
        (
            cells.apart,
            "the counties don't add up to their state's figure in {count} ({some}).",
            "The state was not used to bound the counties' withheld figures there. "
            "Take the state's file and the counties' from one release.",
        ),
    ):
        places = [
            f"{codes.areas.texts[area]} {codes.industries.texts[industry]} "
            + (f"{year}q{quarter}" if quarter else str(year))
            for area, industry, year, quarter in rows.loc[where, _PLACE]
            .head(_LISTED)
            .itertuples(index=False, name=None)
        ]
        if places:
            count = int(where.sum())
            some = _few(places) + (" ..." if count > _LISTED else "")
            text = what.format(count=counted(count, "place"), some=some)
            findings.append(Finding(text, remedy, severity="caution"))
    return findings


def notes(rows: pd.DataFrame, codes: CodeBook, ownership: str) -> list[Finding]:
    """Return what was mended or derived, said once."""
    said = []
    if codes.mended:
        text, code = min(codes.mended.items())
        what = f"area codes had lost their leading zeros ({text!r} was read as {code!r})."
        said.append(Finding(what, "", column="area_fips", severity="note"))
    derived = rows[rows["derived"]]
    for year in sorted(int(year) for year in derived["year"].unique()):
        numbers = derived.loc[derived["year"] == year, "area"].unique()
        areas = _few(sorted(codes.areas.texts[number] for number in numbers))
        what = f"{year} figures of {areas} are those of {year + 1} minus the published change."
        said.append(Finding(what, "", severity="note"))
    return said
