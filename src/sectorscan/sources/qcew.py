"""The Quarterly Census of Employment and Wages: annual and quarterly files as BLS has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sectorscan.errors import Finding
from sectorscan.sources import qcew_checks
from sectorscan.sources.engines import POLARS, Reading
from sectorscan.sources.qcew_layout import OWNERSHIPS, TOTAL_COVERED, Selection, is_qcew
from sectorscan.sources.scope import is_all
from sectorscan.tables.files import TableFile
from sectorscan.tables.frames import FRAMES
from sectorscan.tables.model import InputFile, RegionalTables

if TYPE_CHECKING:
    from sectorscan.sources.qcew_quarters import Settled
    from sectorscan.sources.qcew_scan import CodeBook

__all__ = ["is_qcew", "read_qcew", "read_qcew_frames"]

NATION = ("US000",)


def read_qcew(
    files: Sequence[TableFile],
    *,
    areas: frozenset[str] | None,
    benchmark: tuple[str, ...] | None,
    ownership: str,
    period: tuple[int, int] | None,
    quarter: int | None = None,
    all_areas_needed: bool = True,
    reading: Reading = POLARS,
) -> RegionalTables:
    """Return QCEW files as tables: every withheld cell bounded and estimated, none zero.

    Parameters
    ----------
    files
        QCEW files of any layout, annual or quarterly (CSV, in a zip or not; Parquet; Excel).
    areas
        The region's area codes; ``None`` takes every area.
    benchmark
        The reference area's codes, read beside the region; ``("all",)`` takes every area.
    ownership
        ``private`` or ``all`` (federal, state, local and private).
    period
        First and last year wanted, ``None`` for every year; one that an area's files lack comes
        from the over-the-year columns of the next.
    quarter
        The quarter (1 to 4) that is compared; ``None`` as ``qcew_quarters.settle`` says.
    all_areas_needed
        Whether an area that no file has is an error, or simply has no rows.
    reading
        The engine and the cache; every engine gives the same tables.

    Raises
    ------
    InputError
        For damage, cells that are no numbers, areas and quarters that no file has, contradictions.
    """
    from sectorscan.sources.qcew_quarters import settle
    from sectorscan.sources.qcew_scan import scan
    from sectorscan.sources.qcew_years import with_years_before

    kinds = _kinds(files, reading)
    years = None if period is None else frozenset(range(period[0], period[1] + 2))
    selection = Selection(_needed(areas, benchmark), years, ownership, quarter)
    wanted = _Wanted(areas, benchmark, ownership)
    # Hashing a large file takes as long as looking through it, and both leave Python's lock.
    with ThreadPoolExecutor(1) as background:
        hashes = background.submit(_digests, files, reading)
        scanned = scan(files, selection, reading, hashes.result)
        rows, codes = scanned.rows, scanned.codes
        needed, named = (areas, wanted.named) if all_areas_needed else (None, frozenset[str]())
        qcew_checks.refuse_absent_areas(files, needed, scanned.areas, selection, reading)
        qcew_checks.refuse_totals_alone(rows, codes, named)
        rows, findings = qcew_checks.without_repeats(rows, codes, files)
        rows = with_years_before(rows, 0 if period is None else period[0])
        rows = rows if period is None else rows[rows["year"].between(*period)]
        inputs = _inputs(files, kinds, hashes.result(), scanned.in_file)
    settled = settle(rows, codes.areas.texts, wanted.named, period, quarter)
    return _tables(settled, codes, wanted, inputs, [*findings, *settled.findings])


def _kinds(files: Sequence[TableFile], reading: Reading) -> Sequence[str]:
    if not reading.frames:
        return qcew_checks.kinds_of(files)
    from sectorscan.sources.qcew_engines import frame_kinds

    return frame_kinds(reading.frames)


def _inputs(
    files: Sequence[TableFile],
    kinds: Sequence[str],
    sha256: Mapping[Path, str],
    rows: Sequence[int],
) -> tuple[InputFile, ...]:
    return tuple(
        InputFile(file.name, kind, sha256.get(file.path, ""), count)
        for file, kind, count in zip(files, kinds, rows, strict=True)
    )


def _digests(files: Sequence[TableFile], reading: Reading) -> Mapping[Path, str]:
    from sectorscan.sources.qcew_cache import digests

    return {} if reading.frames else digests(files)


def read_qcew_frames(
    frames: Mapping[str, Any],
    *,
    areas: frozenset[str] | None,
    benchmark: tuple[str, ...] | None,
    ownership: str,
    period: tuple[int, int] | None,
    quarter: int | None = None,
) -> RegionalTables:
    """Return QCEW rows that lie in frames as `read_qcew` returns those of files.

    Parameters
    ----------
    frames
        A name for the reports, to a frame with BLS's columns: anything that Narwhals knows, such as
        a DuckDB relation, a Spark DataFrame, or a frame of Polars, PyArrow or pandas. Codes should
        be text: numbers have lost their leading zeros, which are put back.

    Raises
    ------
    InputError
        As `read_qcew`, and for a frame that lacks BLS's columns.
    """
    files = [TableFile(Path(name), None, name) for name in frames]
    reading = Reading(frames=tuple(frames.items()))
    return read_qcew(
        files,
        areas=areas,
        benchmark=benchmark,
        ownership=ownership,
        period=period,
        quarter=quarter,
        reading=reading,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    region: frozenset[str] | None
    benchmark: tuple[str, ...] | None
    ownership: str

    @property
    def named(self) -> frozenset[str]:
        """The areas that were asked for by their codes."""
        benchmark = () if is_all(self.benchmark) else self.benchmark or ()
        return frozenset({*(self.region or ()), *benchmark})

    def reference(self, code: str) -> bool:
        """Return whether an area is the benchmark's; none is where that is the sum of all."""
        named = NATION if self.benchmark is None else self.benchmark
        return code in named and not is_all(self.benchmark)

    def typical(self, code: str) -> bool:
        """Return whether an area's establishments are what withheld ones are held against.

        Where the benchmark is the sum of all, the nation's own rows are no part of it.
        """
        return code not in NATION if is_all(self.benchmark) else self.reference(code)

    def in_region(self, code: str) -> bool:
        """Return whether an area is the region's."""
        return not self.reference(code) if self.region is None else code in self.region


def _tables(
    settled: Settled,
    codes: CodeBook,
    wanted: _Wanted,
    inputs: tuple[InputFile, ...],
    findings: list[Finding],
) -> RegionalTables:
    from sectorscan.sources.qcew_cells import fill
    from sectorscan.sources.qcew_quarters import whole_years
    from sectorscan.sources.qcew_rates import rates
    from sectorscan.sources.qcew_tables import covered_totals, employment_table
    from sectorscan.sources.qcew_withholding import withholding

    rows = settled.rows
    owns = list(OWNERSHIPS[wanted.ownership])
    if wanted.ownership == "all":
        owns.append(TOTAL_COVERED)
    # The changes have done their part: a national file's take 100 MB.
    kept = [name for name in rows.columns if not name.endswith("_change")]
    counted = rows.loc[rows["own"].isin([codes.owns.number(own) for own in owns]), kept]
    counted = counted.reset_index(drop=True)
    reference = np.array([wanted.typical(code) for code in codes.areas.texts], dtype=np.bool_)
    expected = rates(counted, codes.industries.texts, reference[counted["area"].to_numpy()])
    cells = fill(counted, codes, expected)
    region = frozenset(code for code in codes.areas.texts if wanted.in_region(code))
    findings = [
        *findings,
        *qcew_checks.missing_years(counted, codes, region),
        *qcew_checks.uneven_trees(counted, codes, cells),
        *withholding(counted, codes, region, settled.quarter),
        *qcew_checks.notes(counted, codes, wanted.ownership),
    ]
    years, cells = whole_years(counted, cells, settled.quarter)
    return RegionalTables(
        employment=employment_table(years, cells, codes, [file.path for file in inputs]),
        covered_totals=covered_totals(rows, codes, settled.quarter),
        concentration=pd.DataFrame(columns=FRAMES["concentration"]),
        growth=pd.DataFrame(columns=FRAMES["growth"]),
        indicators=pd.DataFrame(columns=FRAMES["indicators"]),
        inputs=inputs,
        findings=tuple(findings),
        area_titles=dict(sorted(codes.area_titles.items())),
        ownership=wanted.ownership,
        trees=cells.trees.arranged(),
        public=True,
        quarter=settled.quarter,
    )


def _needed(
    areas: frozenset[str] | None, benchmark: tuple[str, ...] | None
) -> frozenset[str] | None:
    """Return the areas to read; None is every one."""
    if areas is None or is_all(benchmark):
        return None
    return areas | frozenset(NATION if benchmark is None else benchmark)
