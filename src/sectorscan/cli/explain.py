"""``sectorscan explain``: one sector in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.rank import keep_inputs, ranked
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1

if TYPE_CHECKING:
    from sectorscan.scan.model import Shortlist


def command(
    sector: Annotated[
        str, typer.Argument(metavar="SECTOR", help="A NAICS code or a bundle's name.")
    ],
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    quarter: o.QuarterOption = None,
    level: o.LevelOption = None,
    weight: o.WeightOption = None,
    seed: o.SeedOption = None,
    draws: o.DrawsOption = None,
    out: o.SectorOutOption = None,
    output_format: o.FormatOption = o.Format.table,
    cache: o.CacheOption = None,
    readiness: o.ReadinessOption = None,
    as_of: o.AsOfOption = None,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Show one sector in full: indicators, contributions, reasons, what would move it up.

    For example:

      sectorscan explain 332

      sectorscan explain "Health care" my_tables/ -c sectorscan.yaml --out health.md
    """
    from sectorscan.reports.write import TEXT_FORMATS, check, write_sector

    asked = o.Asked(
        tuple(inputs or ()),
        config,
        region,
        benchmark,
        period,
        level,
        tuple(weight or ()),
        seed=seed,
        draws=draws,
        cache=cache,
        quarter=quarter,
        readiness=tuple(readiness or ()),
        as_of=as_of,
    )
    with faults_end_with_1():
        check(out or [], TEXT_FORMATS)
        keep_inputs(out or [], asked.inputs)
        shortlist = ranked(asked, quiet=quiet)
        chosen = find(shortlist, sector)
        for path in out or []:
            write_sector(shortlist, chosen, path)
        show(shortlist, chosen, output_format, no_color=no_color)
    if strict and shortlist.cautions:
        raise typer.Exit(CAUTIONS)


def find(shortlist: Shortlist, wanted: str) -> str:
    """Return the id of the sector with that code, name or title.

    Raises
    ------
    InputError
        Where no candidate, or more than one, answers to it.
    """
    from sectorscan.scan.sectors import pick

    listing = "The candidates are listed by: sectorscan rank."
    sectors = shortlist.ranking.indicators.sectors
    return pick(sectors, wanted, "candidate of this ranking", listing).id


def show(shortlist: Shortlist, sector: str, output_format: o.Format, *, no_color: bool) -> None:
    """Print one sector to standard output."""
    if output_format is o.Format.table:
        from sectorscan.reports.console import explain

        explain(shortlist, sector, console(no_color=no_color))
        return
    from sectorscan.reports.write import render_sector

    typer.echo(render_sector(shortlist, sector, output_format.value), nl=False)
