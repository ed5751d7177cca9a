"""The Quarterly Census of Employment and Wages: annual files as BLS publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sectorscan.errors import Finding
from sectorscan.sources import qcew_checks
from sectorscan.sources.qcew_layout import OWNERSHIPS, TOTAL_COVERED, Selection, is_qcew
from sectorscan.sources.scope import is_all
from sectorscan.tables.files import TableFile, digest
from sectorscan.tables.model import FRAMES, InputFile, RegionalTables

if TYPE_CHECKING:
    from sectorscan.sources.qcew_scan import CodeBook

__all__ = ["is_qcew", "read_qcew"]

KIND = "qcew-annual"
NATION = ("US000",)


def read_qcew(
    files: Sequence[TableFile],
    *,
    areas: frozenset[str] | None,
    benchmark: tuple[str, ...] | None,
    ownership: str,
    period: tuple[int, int] | None,
    all_areas_needed: bool = True,
) -> RegionalTables:
    """Return annual QCEW files as tables: every withheld cell bounded and estimated, none zero.

    Parameters
    ----------
    files
        National singlefiles, area slices and by-area files (CSV, in a zip or not; Parquet; Excel).
    areas
        The region's area codes; ``None`` takes every area.
    benchmark
        The reference area's codes, read beside the region; ``("all",)`` takes every area.
    ownership
        ``private`` or ``all`` (federal, state, local and private).
    period
        First and last year wanted; ``None`` takes every year. Where the files lack an area's year
        but have the next one, its over-the-year columns give it.
    all_areas_needed
        Whether an area that no file has is an error, or simply has no rows.

    Raises
    ------
    InputError
        For quarterly files, damaged files, cells that are no numbers, areas that no file has, and
        files that contradict each other.
    """
    qcew_checks.refuse_other_kinds(files)
    from sectorscan.sources.qcew_scan import scan
    from sectorscan.sources.qcew_years import with_years_before

    years = None if period is None else frozenset(range(period[0], period[1] + 2))
    selection = Selection(_needed(areas, benchmark), years, ownership)
    # Hashing a large file takes as long as looking through it, and both leave Python's lock.
    with ThreadPoolExecutor(1) as background:
        hashes = background.submit(_digests, files)
        scanned = scan(files, selection)
        rows, codes = scanned.rows, scanned.codes
        found = {codes.areas.texts[number] for number in rows["area"].unique()}
        needed = areas if all_areas_needed else None
        qcew_checks.refuse_absent_areas(files, needed, found, years)
        rows, findings = qcew_checks.without_repeats(rows, codes, files)
        rows = with_years_before(rows)
        if period is not None:
            rows = rows[rows["year"].between(*period)]
        sha256 = hashes.result()
    inputs = tuple(
        InputFile(file.name, KIND, sha256[file.path], count)
        for file, count in zip(files, scanned.in_file, strict=True)
    )
    wanted = _Wanted(areas, benchmark, ownership)
    return _tables(rows.reset_index(drop=True), scanned.codes, wanted, inputs, findings)


@dataclass(frozen=True, slots=True)
class _Wanted:
    region: frozenset[str] | None
    benchmark: tuple[str, ...] | None
    ownership: str

    def reference(self, code: str) -> bool:
        """Return whether an area is the benchmark's; none is where that is the sum of all."""
        named = NATION if self.benchmark is None else self.benchmark
        return code in named and not is_all(self.benchmark)

    def in_region(self, code: str) -> bool:
        """Return whether an area is the region's."""
        return not self.reference(code) if self.region is None else code in self.region


def _tables(
    rows: pd.DataFrame,
    codes: CodeBook,
    wanted: _Wanted,
    inputs: tuple[InputFile, ...],
    findings: list[Finding],
) -> RegionalTables:
    from sectorscan.sources.qcew_cells import fill
    from sectorscan.sources.qcew_rates import rates
    from sectorscan.sources.qcew_tables import covered_totals, employment_table

    owns = list(OWNERSHIPS[wanted.ownership])
    if wanted.ownership == "all":
        owns.append(TOTAL_COVERED)
    counted = rows[rows["own"].isin([codes.owns.number(own) for own in owns])]
    counted = counted.reset_index(drop=True)
    reference = np.array([wanted.reference(code) for code in codes.areas.texts], dtype=np.bool_)
    expected = rates(counted, codes.industries.texts, reference[counted["area"].to_numpy()])
    cells = fill(counted, codes, expected)
    region = frozenset(code for code in codes.areas.texts if wanted.in_region(code))
    findings = [
        *findings,
        *qcew_checks.missing_years(counted, codes, region),
        *qcew_checks.uneven_trees(counted, codes, cells),
        *qcew_checks.notes(counted, codes, wanted.ownership),
    ]
    return RegionalTables(
        employment=employment_table(counted, cells, codes, [file.path for file in inputs]),
        covered_totals=covered_totals(rows, codes),
        concentration=pd.DataFrame(columns=FRAMES["concentration"]),
        growth=pd.DataFrame(columns=FRAMES["growth"]),
        indicators=pd.DataFrame(columns=FRAMES["indicators"]),
        inputs=inputs,
        findings=tuple(findings),
        area_titles=dict(sorted(codes.area_titles.items())),
        ownership=wanted.ownership,
        public=True,
    )


def _needed(
    areas: frozenset[str] | None, benchmark: tuple[str, ...] | None
) -> frozenset[str] | None:
    """Return the areas to read; None is every one."""
    if areas is None or is_all(benchmark):
        return None
    return areas | frozenset(NATION if benchmark is None else benchmark)


def _digests(files: Sequence[TableFile]) -> dict[Path, str]:
    return {path: digest(path) for path in dict.fromkeys(file.path for file in files)}
