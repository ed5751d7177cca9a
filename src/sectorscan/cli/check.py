"""``sectorscan check``: every problem of tables and config, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import CAUTIONS, FAULT, faults_end_with_1, progress, visible
from sectorscan.errors import Finding, SectorscanError

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scan.regions_model import Regions
    from sectorscan.tables.model import InputFile, Panel, RegionalTables, Scope


def command(
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    quarter: o.QuarterOption = None,
    level: o.LevelOption = None,
    output_format: o.FormatOption = o.Format.table,
    cache: o.CacheOption = None,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
) -> None:
    """List every problem in tables and config, with file, row, column and remedy; rank nothing.

    For example:

      sectorscan check my_tables/

      sectorscan check my_tables/ -c sectorscan.yaml --format csv > problems.csv
    """
    asked = o.Asked(
        tuple(inputs or ()),
        config,
        region,
        benchmark,
        period,
        level,
        cache=cache,
        quarter=quarter,
    )
    with faults_end_with_1(), progress("Checking ...", quiet=quiet):
        findings, read = everything(asked)
    typer.echo(listing(findings, read, output_format), nl=False)
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(FAULT)
    if strict and any(f.severity == "caution" for f in findings):
        raise typer.Exit(CAUTIONS)


def everything(asked: o.Asked) -> tuple[tuple[Finding, ...], tuple[InputFile, ...]]:
    """Return the findings of config, tables and their fit, and the files read.

    A config at fault doesn't hide the tables' problems: they are read with the default one.
    """
    from sectorscan.scan import scope_of
    from sectorscan.scan.regions import reading_scope
    from sectorscan.sources.load import load

    findings: list[Finding] = []
    try:
        paths, loaded = o.settle(asked)
    except SectorscanError as error:
        findings += error.findings
        paths, loaded = o.settle(o.Asked(asked.inputs, None))
    scope = scope_of(loaded)
    try:
        tables = load(paths, reading_scope(loaded), loaded.config.columns, asked.reading())
    except SectorscanError as error:
        return (*findings, *_of_scorecards(loaded, synthetic=True), *error.findings), ()
    findings += tables.findings
    findings += _of_scorecards(loaded, synthetic=tables.synthetic)
    if not any(f.severity == "error" for f in findings):
        findings += misfits(tables, scope, loaded)
    return tuple(findings), tables.inputs


def _of_scorecards(loaded: LoadedConfig, *, synthetic: bool) -> list[Finding]:
    """Return what is to be said of the config's scorecards, each with its cell."""
    from sectorscan.scan import readiness_of

    try:
        found = readiness_of(loaded, synthetic=synthetic)
    except SectorscanError as error:
        return list(error.findings)
    if found is None:
        return []
    return [*found.findings, *([found.left_out] if found.left_out else [])]


def misfits(tables: RegionalTables, scope: Scope, loaded: LoadedConfig) -> list[Finding]:
    """Return what doesn't fit between sound tables and a sound config, and the roll-up's cautions.

    Indicator names and areas are at fault independently: both are looked at.
    """
    from sectorscan.config.loader import check_known

    unknown: tuple[Finding, ...] = ()
    try:
        check_known(loaded, frozenset(tables.indicators["indicator"]))
    except SectorscanError as error:
        unknown = error.findings
    found = list(unknown)
    config = loaded.config
    if config.regions is None or config.region is not None:
        found += _of_region(tables, scope)
    if config.regions is not None and not unknown:
        found += _of_regions(tables, loaded)
    return found


def _of_region(tables: RegionalTables, scope: Scope) -> list[Finding]:
    from sectorscan.indicators.compute import compute
    from sectorscan.sources.rollup import roll_up

    try:
        panel = roll_up(tables, scope)
        said = (*panel.cautions, *compute(panel).cautions)
    except SectorscanError as error:
        return list(error.findings)
    return [*_how_much_is_estimated(panel), *(Finding(text, severity="caution") for text in said)]


def _how_much_is_estimated(panel: Panel) -> list[Finding]:
    """Return the share of jobs that is estimated, as rank's header has it; nothing where none."""
    from sectorscan.reports.view import estimated

    if panel.end is None or not panel.estimated_share:
        return []
    what = f"{panel.region_name}: {estimated(panel, panel.end)}."
    return [Finding(what, severity="note")]


def _of_regions(tables: RegionalTables, loaded: LoadedConfig) -> list[Finding]:
    """Return what is said of the config's many regions; one that can't be ranked stops nothing."""
    from sectorscan.scan.regions import rank_regions, regions_scope

    try:
        result = rank_regions(tables, regions_scope(loaded), loaded)
    except SectorscanError as error:
        return list(error.findings)
    read = {str(finding) for finding in tables.findings}
    said = [text for text in result.cautions if text not in read]
    said += [f"{one.name} can't be ranked: {one.reason}" for one in result.regions if one.reason]
    return [*_over_regions(result), *(Finding(text, severity="caution") for text in said)]


def _over_regions(result: Regions) -> list[Finding]:
    """Return how much is estimated in the regions, from the least to the most."""
    from sectorscan.reports.words import cell

    shares = sorted(share for one in result.regions if (share := one.estimated_share) is not None)
    if not shares or not shares[-1]:
        return []
    least, most = (cell(100 * share, "%") for share in (shares[0], shares[-1]))
    what = f"{least} to {most} of a region's jobs are estimated, because figures are withheld."
    return [Finding(what, severity="note")]


def listing(
    findings: tuple[Finding, ...], read: tuple[InputFile, ...], output_format: o.Format
) -> str:
    """Return the findings as text."""
    if output_format is o.Format.table:
        lines = [f"{i.path}: {i.kind}, {i.rows:,} rows" for i in read]
        lines += [f"{f.severity}: {f}" for f in findings]
        counts = [sum(f.severity == s for f in findings) for s in ("error", "caution", "note")]
        named = [
            f"{n} {word if n == 1 else word + 's'}"
            for n, word in zip(counts, ("problem", "caution", "note"), strict=True)
        ]
        return "".join(f"{visible(line)}\n" for line in [*lines, ", ".join(named) + "."])
    from sectorscan.reports.findings import render_findings

    return render_findings(findings, output_format.value)
