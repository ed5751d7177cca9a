"""A run folder's content: what the ranking is made from, then the ranking made from that.

Outputs are made from the files in the folder alone, so whoever has the folder can make them again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import sectorscan
from sectorscan.errors import Finding, InputError, SectorscanError
from sectorscan.refresh.folder import MANIFEST
from sectorscan.refresh.inputs import Sources
from sectorscan.refresh.manifest import FileRecord, InputRecord, Manifest, Previous, Vintage
from sectorscan.refresh.outputs import output_names, write_outputs
from sectorscan.refresh.resolved import resolved_config
from sectorscan.refresh.snapshot import read_snapshot, snapshot
from sectorscan.tables.files import EXCEL_ENDINGS, digest, expand

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scan.model import Shortlist
    from sectorscan.tables.model import RegionalTables

CONFIG, TABLES, SCORECARDS = "config.yaml", "tables", "scorecards"


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


def basis_of(loaded: LoadedConfig, sources: Sources) -> str:
    """Return the hash of what decides a run's outputs: version, config, inputs and scorecards."""
    cards = [(path.name, digest(path)) for path in scorecards_of(loaded)]
    decides = [
        sectorscan.__version__,
        loaded.sha256,
        output_names(loaded),
        sorted(sources.files.items()),
        cards,
    ]
    return hashlib.sha256(json.dumps(decides).encode("ascii")).hexdigest()


def scorecards_of(loaded: LoadedConfig) -> list[Path]:
    """Return the config's scorecards, folders of them file by file.

    Raises
    ------
    InputError
        Where one isn't there, or two have the same name.
    """
    found: list[Path] = []
    for path in loaded.scorecards:
        within = expand([path]) if path.is_dir() else ()
        found += [file.path for file in within if file.ending in EXCEL_ENDINGS]
        found += [] if path.is_dir() else [path]
    problems = [
        Finding("this scorecard isn't there.", "Check readiness: in the config.", path.name)
        for path in found
        if not path.is_file()
    ]
    names = [path.name.casefold() for path in found]
    problems += [
        Finding("two scorecards have this name.", "Rename one.", name)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise InputError(problems)
    return found


def keep_settings(folder: Path, loaded: LoadedConfig, as_of: dt.date | None) -> None:
    """Write the resolved config and the scorecards into a run folder."""
    cards = scorecards_of(loaded)
    if cards:
        (folder / SCORECARDS).mkdir()
    for path in cards:
        shutil.copyfile(path, folder / SCORECARDS / path.name)
    kept = [f"{SCORECARDS}/{path.name}" for path in cards]
    text = resolved_config(loaded, kept, output_names(loaded), as_of)
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
    from sectorscan.config.loader import load_config
    from sectorscan.scan import recommend_tables, scope_of

    loaded = replace(load_config(folder / CONFIG), name=made.config_name)
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
            "tool": {"version": sectorscan.__version__},
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
        path for name in names for path in ((folder / name), *sorted((folder / name).rglob("*")))
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
