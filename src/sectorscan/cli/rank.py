"""``sectorscan rank``: load, score, rank, justify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import (
    CAUTIONS,
    console,
    counting,
    faults_end_with_1,
    files,
    progress,
    say,
)

if TYPE_CHECKING:
    from sectorscan.scan.model import Shortlist
    from sectorscan.tables.model import InputFile

FEW_FILES = 6
"""Up to how many inputs are told one by one."""


def command(
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    quarter: o.QuarterOption = None,
    level: o.LevelOption = None,
    weight: o.WeightOption = None,
    top: o.TopOption = None,
    out: o.OutOption = None,
    charts: o.ChartsOption = None,
    plot: o.PlotOption = None,
    output_format: o.FormatOption = o.Format.table,
    seed: o.SeedOption = None,
    draws: o.DrawsOption = None,
    cache: o.CacheOption = None,
    readiness: o.ReadinessOption = None,
    as_of: o.AsOfOption = None,
    all_regions: o.AllRegionsOption = False,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    verbose: o.VerboseOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Rank the region's sectors and say why.

    For example:

      sectorscan rank

      sectorscan rank my_tables/ --out shortlist.xlsx

      sectorscan rank my_tables/ --charts slides/

      sectorscan rank qcew/ -c sectorscan.yaml --weight job_quality=40

      sectorscan rank qcew/ --region 39041,39045 --benchmark US000 --period 2020:2023

      sectorscan rank qcew/ -c sectorscan.yaml --readiness scorecard.xlsx

      sectorscan rank qcew/ -c sectorscan.yaml --all-regions --out regions.xlsx
    """
    from sectorscan.cli.all_regions import run as run_all

    asked = o.Asked(
        tuple(inputs or ()), config, region, benchmark, period, level, tuple(weight or ()),
        top, seed, quarter, cache, draws, tuple(readiness or ()), as_of,
    )  # fmt: skip
    if all_regions and charts is not None:
        message = "goes without --all-regions: it draws one region's ranking"
        raise typer.BadParameter(message, param_hint="--charts")
    ask = run_all if all_regions else partial(run, charts=charts, plot=plot)
    ask(asked, out or [], output_format, quiet=quiet, verbose=verbose, strict=strict,
        no_color=no_color)  # fmt: skip


def run(
    asked: o.Asked,
    out: list[Path],
    output_format: o.Format,
    *,
    quiet: bool,
    verbose: bool,
    strict: bool,
    no_color: bool,
    charts: Path | None = None,
    plot: bool | None = None,
) -> None:
    """Rank one region, print and write what is asked for."""
    from sectorscan.reports.write import check

    with faults_end_with_1():
        check(out)
        keep_inputs(out, asked.inputs)
        check_pictures(charts)
        shortlist = ranked(asked, quiet=quiet)
        write_all(shortlist, out)
        drawn, missing = draw(shortlist, charts, quiet=quiet)
        if not quiet:
            say(read_notes(shortlist.inputs, shortlist.notes, verbose=verbose))
        show(shortlist, output_format, no_color=no_color, plot=plot)
    if not quiet:
        say(f"wrote {path}" for path in (*out, *drawn))
        say([missing] if missing else [])
    if strict and shortlist.cautions:
        raise typer.Exit(CAUTIONS)


def ranked(asked: o.Asked, *, quiet: bool, draws: bool = True, readiness: bool = True) -> Shortlist:
    """Return the shortlist that the command line asks for.

    ``draws`` and ``readiness`` False leave the draws and the scorecards out.

    Raises
    ------
    ConfigError
        Where the config has many regions and none is chosen.
    """
    from sectorscan.scan import scan

    paths, loaded = o.settle_one(asked)
    if not readiness:
        loaded = replace(loaded, readiness=())
    with progress("Reading and ranking ...", quiet=quiet) as say_now:
        return scan(paths, loaded, asked.reading(), draws=draws, told=counting(say_now))


def keep_inputs(out: Sequence[Path], given: Sequence[Path]) -> None:
    """Check that no file asked for is one of the inputs; an earlier report of ours may be.

    Raises
    ------
    InputError
        Where one would be overwritten.
    """
    from sectorscan.errors import Finding, InputError
    from sectorscan.tables.bystanders import headers_if_readable, is_own_report
    from sectorscan.tables.files import expand

    places = {path.resolve(): path for path in out if path.exists()}
    files = expand(given) if places else ()
    found = {file.path.resolve(): file for file in files}
    clashes = [
        Finding(f"{path} is one of the inputs and would be overwritten.", "Name another file.")
        for place, path in places.items()
        if place in found
        and not is_own_report(found[place], *headers_if_readable(found[place])[:1])
    ]
    if clashes:
        raise InputError(clashes)


def write_all(shortlist: Shortlist, paths: list[Path]) -> None:
    """Write every file asked for."""
    from sectorscan.reports.write import write

    for path in paths:
        write(shortlist, path)


def check_pictures(folder: Path | None) -> None:
    """Find what would keep the pictures from being drawn, where they are asked for."""
    if folder is not None:
        from sectorscan.reports.charts.files import check_folder

        check_folder(folder)


def draw(shortlist: Shortlist, folder: Path | None, *, quiet: bool) -> tuple[tuple[Path, ...], str]:
    """Draw the charts where asked for; return the files, and why a picture isn't there."""
    if folder is None:
        return (), ""
    from sectorscan.reports.charts.files import left_out, save_pictures

    with progress("Drawing ...", quiet=quiet):
        return save_pictures(shortlist, folder), left_out(shortlist)


def show(
    shortlist: Shortlist, output_format: o.Format, *, no_color: bool, plot: bool | None = None
) -> None:
    """Print the shortlist to standard output in the format asked for.

    ``plot`` None: the charts in text only where a person reads along.
    """
    if output_format is o.Format.table:
        from sectorscan.reports.console import show as show_table

        screen = console(no_color=no_color)
        show_table(shortlist, screen, plot=screen.is_terminal if plot is None else plot)
        return
    from sectorscan.reports.write import render

    typer.echo(render(shortlist, output_format.value), nl=False)


def read_notes(read: Sequence[InputFile], notes: Sequence[str], *, verbose: bool) -> list[str]:
    """Return what was read (each file, or a line a kind where they are many) and mended."""
    if verbose or len(read) <= FEW_FILES:
        lines = [f"read {i.path}: {i.kind}, {i.rows:,} rows" for i in read]
    else:
        of_kind: dict[str, list[InputFile]] = {}
        for entry in read:
            of_kind.setdefault(entry.kind, []).append(entry)
        lines = [
            f"read {some[0].path if len(some) == 1 else files(len(some))}: {kind}, "
            f"{sum(one.rows for one in some):,} rows"
            for kind, some in of_kind.items()
        ]
    return [*lines, *(f"note: {note}" for note in notes)]
