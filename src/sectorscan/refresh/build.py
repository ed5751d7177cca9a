"""A run folder's content: what the ranking is made from, then the ranking made from that.

Outputs are made from the files in the folder alone, so whoever has the folder can make them again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import sectorscan
from sectorscan.errors import Finding, InputError, SectorscanError
from sectorscan.refresh.folder import MANIFEST, is_inside, readable
from sectorscan.refresh.inputs import PORTABLE, Sources, check_as_hashed
from sectorscan.refresh.manifest import (
    FileRecord,
    InputRecord,
    Manifest,
    Previous,
    Vintage,
)
from sectorscan.refresh.outputs import output_names, write_outputs
from sectorscan.refresh.resolved import SCORECARDS, load_resolved, resolved_config
from sectorscan.refresh.snapshot import read_snapshot, snapshot
from sectorscan.tables.files import digest, in_order, shown

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scan.model import Shortlist
    from sectorscan.tables.model import RegionalTables

CONFIG, TABLES = "config.yaml", "tables"
_LIBRARIES = (
    *("numpy", "pandas", "scipy", "polars", "pymcdm", "SALib", "krippendorff"),
    *("pyyaml", "jinja2", "vl-convert-python", "xlsxwriter", "python-docx"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a run before anything is computed, and goes into its manifest.

    ``previous`` is the folder of the run to compare with, ``basis`` the hash of all that decides
    the outputs but the date. ``as_of`` is the day from which ratings are looked back on, None for
    the latest rating's.
    """

    date: dt.date
    as_of: dt.date | None
    config_name: str
    basis: str
    inputs_from: Literal["project", "sample"]
    sources: Sources
    previous: Path | None


def libraries() -> dict[str, str]:
    """Return the versions of what computes and writes: another one may move a last digit."""
    system = f"{platform.system()} {platform.machine()}"
    found = {"python": platform.python_version(), "system": system}
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def basis_of(loaded: LoadedConfig, sources: Sources, scorecards: Sequence[Path]) -> str:
    """Return the hash of what decides a run's outputs: version, config, inputs and scorecards."""
    cards = []
    for path in scorecards:
        with readable(path.name):
            cards.append((path.name, digest(path)))
    decides = [
        sectorscan.__version__,
        loaded.sha256,
        output_names(loaded),
        sorted(sources.files.items()),
        cards,
    ]
    return hashlib.sha256(json.dumps(decides).encode("ascii")).hexdigest()


def scorecards_of(loaded: LoadedConfig) -> list[Path]:
    """Return the config's scorecards, folders of them file by file, as ``rank`` reads them.

    Raises
    ------
    InputError
        Where one isn't there, or can't be kept under its name.
    """
    paths = loaded.scorecards
    if not paths:
        return []
    from sectorscan.readiness.reading import workbooks

    with readable("readiness"):
        absent = [path for path in paths if not path.exists()]
    if absent:
        what, remedy = "this scorecard isn't there.", "Check readiness: in the config."
        raise InputError(Finding(what, remedy, path.name) for path in absent)
    found = [workbook.path for workbook in workbooks(paths)]
    problems = [
        Finding("this name isn't one on every system.", PORTABLE, shown(path.name))
        for path in found
        if not is_inside(path.name)
    ]
    names = [path.name.casefold() for path in found]
    problems += [
        Finding("two scorecards have this name.", "Rename one.", name)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise InputError(problems)
    return found


def keep_settings(folder: Path, loaded: LoadedConfig, made: Made) -> None:
    """Write the resolved config and the scorecards into a run folder.

    Raises
    ------
    InputError
        Where a scorecard isn't what it was when the run began.
    """
    cards = scorecards_of(loaded)
    if cards:
        (folder / SCORECARDS).mkdir()
    kept = [folder / SCORECARDS / path.name for path in cards]
    for path, copy in zip(cards, kept, strict=True):
        with readable(path.name):
            source = path.open("rb")
        with source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
    if basis_of(loaded, made.sources, kept) != made.basis:
        what = "a scorecard has changed since the run began."
        remedy = "Run it again once it is saved and closed."
        raise InputError(Finding(what, remedy, ", ".join(path.name for path in cards)))
    names = [f"{SCORECARDS}/{path.name}" for path in cards]
    text = resolved_config(loaded, names, output_names(loaded), made.as_of)
    (folder / CONFIG).write_bytes(text.encode("utf-8"))


def keep_tables(folder: Path, loaded: LoadedConfig, sources: Sources) -> None:
    """Read the inputs, all years of them, and write the prepared tables into a run folder.

    Raises
    ------
    SectorscanError
        Where an input is at fault, or doesn't go with the config.
    """
    from sectorscan.config.loader import check_known
    from sectorscan.scan import scope_of
    from sectorscan.sources.load import load

    scope = replace(scope_of(loaded), period=None)
    tables = load(sources.paths, scope, loaded.config.columns)
    check_as_hashed(sources, ((one.path, one.sha256) for one in tables.inputs))
    # Here a misspelt indicator is still told with its place in the project's own config.
    check_known(loaded, frozenset(tables.indicators["indicator"]))
    (folder / TABLES).mkdir()
    for name, content in snapshot(tables):
        (folder / TABLES / name).write_bytes(content)


def finish(folder: Path, made: Made) -> Shortlist:
    """Rank what a run folder keeps, write every output and the manifest.

    Returns the ranking. Where there is an earlier run, what changed since is written too.

    Raises
    ------
    SectorscanError
        Where the tables can't be ranked by the config.
    """
    from sectorscan.scan import recommend_tables, scope_of

    loaded = replace(load_resolved(folder / CONFIG), name=made.config_name)
    tables = read_snapshot(folder / TABLES)
    shortlist = recommend_tables(tables, scope_of(loaded), loaded)
    write_outputs(shortlist, folder, output_names(loaded))
    _write_manifest(folder, made, shortlist, tables)
    if made.previous is not None:
        _compare(made.previous, folder)
        # The comparison reads the manifest of both runs; then its own files belong into it too.
        _write_manifest(folder, made, shortlist, tables)
    return shortlist


def _compare(old: Path, new: Path) -> None:
    """Write what changed since the earlier run."""
    from sectorscan.refresh.changes import write_changes

    try:
        write_changes(old, new)
    except SectorscanError as error:
        what = f"the earlier run {old.name} can't be compared with: {error.findings[0]}"
        remedy = "Put its folder back from a copy, or take it out of runs/."
        raise SectorscanError(Finding(what, remedy)) from error


def _write_manifest(folder: Path, made: Made, shortlist: Shortlist, tables: RegionalTables) -> None:
    from sectorscan.reports.json_text import panel_record

    robustness = shortlist.config.robustness
    latest = shortlist.readiness.as_of if shortlist.readiness else None
    manifest = Manifest.model_validate(
        {
            "schema": "sectorscan/manifest/1",
            "tool": {"version": sectorscan.__version__, "libraries": libraries()},
            "date": made.date.isoformat(),
            "as_of": (made.as_of or latest or made.date).isoformat(),
            "basis_sha256": made.basis,
            "previous": _previous(made.previous),
            "synthetic": shortlist.synthetic,
            **panel_record(shortlist.ranking.indicators.panel),
            "vintage": _vintage(tables),
            "config": {"path": shortlist.config_name, "sha256": shortlist.config_sha256},
            "seed": robustness.seed,
            "draws": robustness.draws,
            "inputs_from": made.inputs_from,
            "sources": made.sources.named,
            "inputs": _inputs(made.sources, tables),
            "scorecards": records(folder, [SCORECARDS]),
            "warnings": shortlist.cautions,
            "files": records(folder, sorted(p.name for p in folder.iterdir())),
        }
    )
    (folder / MANIFEST).write_bytes(manifest.to_bytes())


def records(folder: Path, names: Sequence[str]) -> tuple[FileRecord, ...]:
    """Return the files of a run folder, its manifest apart, that lie under some names."""
    paths = [
        path for name in names for path in ((folder / name), *in_order((folder / name).rglob("*")))
    ]
    return tuple(
        FileRecord(
            path=path.relative_to(folder).as_posix(),
            bytes=path.stat().st_size,
            sha256=digest(path),
        )
        for path in paths
        if path.is_file() and path != folder / MANIFEST
    )


def _previous(run: Path | None) -> Previous | None:
    if run is None:
        return None
    return Previous(run=run.name, manifest_sha256=digest(run / MANIFEST))


def _vintage(tables: RegionalTables) -> Vintage:
    years = tables.employment["year"]
    if not len(years):
        return Vintage(first_year=None, last_year=None)
    return Vintage(first_year=int(years.min()), last_year=int(years.max()))


def _inputs(sources: Sources, tables: RegionalTables) -> list[InputRecord]:
    """Return each input with the kinds and rows that the reader found in it."""
    found = []
    for path, (size, sha256) in sources.files.items():
        name = Path(path).name
        read = [
            one
            for one in tables.inputs
            if one.sha256 == sha256 and (one.path == name or one.path.startswith(f"{name}/"))
        ]
        kinds = dict.fromkeys(one.kind for one in read)
        found.append(
            InputRecord(
                path=path,
                bytes=size,
                sha256=sha256,
                kind="+".join(kinds) if read else None,
                rows=sum(one.rows for one in read) if read else None,
            )
        )
    return found
