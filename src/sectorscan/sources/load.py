"""Files of any known kind into one set of tables: public ones by their reader, others as given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from sectorscan.errors import Finding, InputError, SectorscanError
from sectorscan.sources.ceilings import with_ceilings
from sectorscan.sources.engines import POLARS, Reading
from sectorscan.sources.other import kind_of, read_other
from sectorscan.tables.archives import archives_kept_open
from sectorscan.tables.bystanders import bystander, headers_if_readable
from sectorscan.tables.files import TableFile, expand
from sectorscan.tables.model import RegionalTables, Scope
from sectorscan.tables.names import familiar
from sectorscan.tables.trees import Trees

_NO_QUARTERS = Finding(
    "a quarter is chosen, but your tables hold years: it changes nothing.",
    "Leave quarter: out; it is for quarterly QCEW files.",
    severity="caution",
)


def load(
    paths: Sequence[Path], scope: Scope, columns: Mapping[str, str], reading: Reading = POLARS
) -> RegionalTables:
    """Return the tables of all inputs, public files rolled into the same form as analyst tables.

    Parameters
    ----------
    paths
        Folders or files.
    scope
        Which areas, benchmark, ownership and years are wanted (public files are filtered by it).
    columns
        Our column name to the file's header; with it every file is an analyst table.
    reading
        The engine and the cache of public files.

    Raises
    ------
    InputError
        With every problem of every file.
    SectorscanError
        Where the engine isn't installed, or the cache's folder can't be used.
    """
    reading.check()
    with archives_kept_open():
        return _load(paths, scope, columns, reading)


def _load(
    paths: Sequence[Path], scope: Scope, columns: Mapping[str, str], reading: Reading
) -> RegionalTables:
    public, others, analyst, left_out = sort_out(expand(paths), columns, paths)
    problems: list[Finding] = []
    if not public and not others and not analyst:
        remedy = "Name the tables that are to be ranked."
        raise InputError(replace(note, remedy=remedy, severity="error") for note in left_out)
    parts: list[RegionalTables] = []
    for files, read in (
        (public, partial(_read_public, scope=scope, reading=reading)),
        (analyst, partial(_read_analyst, scope=scope, columns=columns)),
    ):
        if not files:
            continue
        try:
            parts.append(read(files))
        except SectorscanError as error:
            problems += error.findings
    for file, kind in others:
        try:
            parts.append(read_other(file, kind, scope))
        except SectorscanError as error:
            problems += error.findings
    if problems:
        raise InputError(problems)
    tables = with_ceilings(_labelled(merge(parts)))
    if scope.quarter is not None and not public:
        left_out.append(_NO_QUARTERS)
    return replace(tables, findings=(*tables.findings, *left_out))


def _read_public(files: Sequence[TableFile], scope: Scope, reading: Reading) -> RegionalTables:
    from sectorscan.sources.qcew import read_qcew

    return read_qcew(
        files,
        areas=None if scope.areas is None else _all_areas(scope),
        benchmark=scope.benchmark,
        ownership=scope.ownership,
        period=scope.period,
        quarter=scope.quarter,
        reading=reading,
        all_areas_needed=scope.all_areas_needed,
    )


def _read_analyst(
    files: Sequence[TableFile], scope: Scope, columns: Mapping[str, str]
) -> RegionalTables:
    from sectorscan.tables.read import read_tables

    return read_tables(
        files,
        columns=columns,
        ownership=scope.ownership,
        benchmark=scope.benchmark,
        regions=frozenset(scope.areas) if scope.areas else None,
    )


def _labelled(tables: RegionalTables) -> RegionalTables:
    """Return the tables marked synthetic where a file's or an area's name says that they are."""
    names = (*(file.path for file in tables.inputs), *tables.area_titles.values())
    return replace(
        tables,
        synthetic=tables.synthetic or any("synthetic" in name.casefold() for name in names),
    )


def _all_areas(scope: Scope) -> frozenset[str]:
    own = {a for sector in scope.bundles or () for a in sector.areas or ()}
    return frozenset({*(scope.areas or ()), *own})


def sort_out(
    files: Sequence[TableFile], columns: Mapping[str, str], named: Sequence[Path] = ()
) -> tuple[list[TableFile], list[tuple[TableFile, str]], list[TableFile], list[Finding]]:
    """Return QCEW files, other public ones with their kind, and analyst tables, by their headers.

    The last are notes on files that lie among them without being inputs. A file that can't be
    read is left to the reader of analyst tables, which says so with the other files' problems.
    """
    from sectorscan.sources.qcew_layout import is_qcew

    public: list[TableFile] = []
    others: list[tuple[TableFile, str]] = []
    analyst: list[TableFile] = []
    notes: list[Finding] = []
    outright = {path.resolve() for path in named}
    for file in files:
        headers = headers_if_readable(file)
        header = max(headers, key=familiar, default=())
        asked_for = file.member is None and file.path.resolve() in outright
        note = bystander(file, header, asked_for, columns.values())
        if note is not None:
            notes.append(note)
        elif not columns and is_qcew(header) is not None:
            public.append(file)
        elif not columns and (kind := kind_of(headers)) is not None:
            others.append((file, kind))
        else:
            analyst.append(file)
    return public, others, analyst, notes


def merge(parts: Sequence[RegionalTables]) -> RegionalTables:
    """Return one set of tables; public rows first, the analyst's own beside them.

    Raises
    ------
    InputError
        Where two inputs give employment for the same region, industry and year.
    """
    if len(parts) == 1:
        return parts[0]
    employment = pd.concat(
        [p.employment for p in parts if len(p.employment)] or [parts[0].employment]
    )
    keys = ["region", "industry", "year"]
    twice = employment[employment.duplicated(keys, keep=False)]
    if not twice.empty:
        region, industry, year = twice.iloc[0][keys]
        names = ", ".join(sorted(set(twice["source"])))
        raise InputError(
            Finding(
                f"{names} both give employment for region {region}, industry {industry}, {year} "
                f"({len(twice) // 2} such rows).",
                "Leave one of the two inputs out.",
            )
        )

    def joined(name: str) -> pd.DataFrame:
        frames: list[pd.DataFrame] = [getattr(p, name) for p in parts]
        filled = [f for f in frames if len(f)]
        return pd.concat(filled, ignore_index=True) if filled else frames[0]

    first = parts[0]
    return replace(
        first,
        employment=employment.sort_values(keys, ignore_index=True),
        covered_totals=joined("covered_totals"),
        concentration=joined("concentration"),
        growth=joined("growth"),
        indicators=joined("indicators"),
        rates=joined("rates"),
        inputs=tuple(i for p in parts for i in p.inputs),
        findings=tuple(f for p in parts for f in p.findings),
        trees=_trees(parts),
        area_titles={code: name for p in parts for code, name in p.area_titles.items()},
        synthetic=any(p.synthetic for p in parts),
    )


def _trees(parts: Sequence[RegionalTables]) -> Trees | None:
    """Return the trees of the first part with some, for areas that no other part has rows of.

    A tree without all rows of its area would bound a sum of them too low; without a tree, ends add.
    """
    first = next((p for p in parts if p.trees is not None), None)
    if first is None or first.trees is None:
        return None
    shared = {area for p in parts if p is not first for area in p.employment["region"]}
    if not shared & set(first.trees.areas):
        return first.trees
    kept = [area for area in first.trees.areas if area not in shared]
    years = np.unique(first.trees.year).tolist()
    return first.trees.arranged().of_areas(kept, years)
