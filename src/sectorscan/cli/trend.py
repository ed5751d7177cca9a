"""``sectorscan trend``: ranks and scores over all runs of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1, progress, say

OutOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--out",
        "-o",
        parser=o.place,
        metavar="FILE",
        help="Also write a file: .html .csv .json .md .svg .png. May be given several times.",
    ),
]


def command(
    project: Annotated[
        Path | None,
        typer.Argument(
            parser=o.place,
            metavar="[DIR]",
            help="The project folder, or its folder of runs. By default the current one.",
            show_default=False,
        ),
    ] = None,
    out: OutOption = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            min=1,
            metavar="N",
            help="List the sectors that were ever among the first N. By default those that were "
            "on a shortlist.",
        ),
    ] = None,
    output_format: o.FormatOption = o.Format.table,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Show how ranks and scores moved over all runs of a project.

    For example:

      sectorscan trend

      sectorscan trend my_region --out trend.html --out trend.csv
    """
    from sectorscan.refresh.trend import trend
    from sectorscan.reports.trend import RENDERERS, WRITERS, show
    from sectorscan.reports.write import check, save

    with faults_end_with_1():
        check(out or [], WRITERS)
        with progress("Reading the runs ...", quiet=quiet):
            found = trend(project or Path(), top)
        for path in out or []:
            save(found, path, WRITERS)
        if output_format is o.Format.table:
            show(found, console(no_color=no_color))
        else:
            typer.echo(RENDERERS[output_format.value](found), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in out or ())
    if strict and found.cautions:
        raise typer.Exit(CAUTIONS)
