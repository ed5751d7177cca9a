"""``sectorscan rank --all-regions``: one load, one ranking a region, the sectors over them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1, progress, say

if TYPE_CHECKING:
    from sectorscan.scan.regions_model import Regions


def run(
    asked: o.Asked,
    out: list[Path],
    output_format: o.Format,
    *,
    quiet: bool,
    verbose: bool,
    strict: bool,
    no_color: bool,
) -> None:
    """Rank each region of the config, print and write what is asked for.

    Raises
    ------
    typer.BadParameter
        Where one region is chosen beside all of them.
    """
    from sectorscan.cli.rank import keep_inputs, read_notes
    from sectorscan.reports.regions_write import WRITERS, write
    from sectorscan.reports.write import check

    if asked.region is not None:
        message = "goes without --all-regions, which ranks the regions of the config"
        raise typer.BadParameter(message, param_hint="--region")
    with faults_end_with_1():
        check(out, WRITERS)
        keep_inputs(out, asked.inputs)
        result = ranked(asked, quiet=quiet)
        with progress("Writing ...", quiet=quiet or not out):
            for path in out:
                write(result, path)
        if not quiet:
            say(read_notes(result.pattern.inputs, result.notes, verbose=verbose))
        show(result, output_format, no_color=no_color)
    if not quiet:
        say(f"wrote {path}" for path in out)
    if strict and (result.cautions or any(one.reason or one.cautions for one in result.regions)):
        raise typer.Exit(CAUTIONS)


def ranked(asked: o.Asked, *, quiet: bool) -> Regions:
    """Return the rankings that the command line asks for, telling how far it is."""
    from sectorscan.scan.regions import scan_regions

    paths, loaded = o.settle(asked)
    with progress("Reading ...", quiet=quiet) as update:

        def told(done: int, count: int) -> None:
            update(f"Ranking region {done + 1:,} of {count:,} ...")

        return scan_regions(paths, loaded, told, asked.reading())


def show(result: Regions, output_format: o.Format, *, no_color: bool) -> None:
    """Print the result to standard output in the format asked for."""
    if output_format is o.Format.table:
        from sectorscan.reports.regions_console import show as show_table

        show_table(result, console(no_color=no_color))
        return
    from sectorscan.reports.regions_write import render

    typer.echo(render(result, output_format.value), nl=False)
