"""``sectorscan scope``: a sector's footprint, county by county."""

from __future__ import annotations

from typing import Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.rank import keep_inputs
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1, progress, say

Sector = Annotated[
    str, typer.Argument(metavar="SECTOR", help="A NAICS code, a bundle's name, or a title.")
]
NeighboursOption = Annotated[
    str | None,
    typer.Option(
        "--neighbours",
        metavar="CODES",
        help="The counties to look at beside the region's: 39083,39091, or 'bordering'. "
        "By default every county of the files.",
    ),
]
QuotientOption = Annotated[
    float,
    typer.Option(
        "--lq",
        min=0.01,
        max=1000,
        metavar="NUMBER",
        help="The location quotient from which on counties together are a concentration.",
    ),
]


def command(
    sector: Sector,
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    neighbours: NeighboursOption = None,
    quotient: QuotientOption = 1.2,
    out: o.OutOption = None,
    output_format: o.FormatOption = o.Format.table,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Show where a sector's jobs are, county by county, and what each does to the region.

    For example:

      sectorscan scope 336 qcew/ --region 39041,39049 --benchmark US000

      sectorscan scope "Health care" qcew/ -c sectorscan.yaml --neighbours bordering

      sectorscan scope 3361 qcew/ -c sectorscan.yaml --lq 1.5 --out footprint.xlsx
    """
    from sectorscan.config.overrides import parse_codes
    from sectorscan.reports.footprint import RENDERERS, WRITERS, save, show
    from sectorscan.reports.page import Page
    from sectorscan.reports.write import check
    from sectorscan.scan.footprint import scan_footprint

    asked = o.Asked(tuple(inputs or ()), config, region, benchmark, period)
    beside = o.parsed("--neighbours", neighbours, parse_codes)
    with faults_end_with_1():
        check(out or [], WRITERS)
        keep_inputs(out or [], asked.inputs)
        paths, loaded = o.settle(asked)
        with progress("Reading and adding up ...", quiet=quiet):
            found = scan_footprint(paths, loaded, sector, neighbours=beside, threshold=quotient)
        for path in out or ():
            save(found, path)
        if output_format is o.Format.table:
            show(found, Page(console(no_color=no_color)))
        else:
            typer.echo(RENDERERS[output_format.value](found), nl=False)
    if not quiet:
        say(f"note: {note}" for note in found.notes)
        say(f"wrote {path}" for path in out or ())
    if strict and found.cautions:
        raise typer.Exit(CAUTIONS)
