"""``sectorscan changes``: what changed from one run to another, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1, progress, say


def command(
    old: Annotated[
        Path, typer.Argument(parser=o.place, metavar="OLD", help="The earlier run's folder.")
    ],
    new: Annotated[
        Path, typer.Argument(parser=o.place, metavar="NEW", help="The later run's folder.")
    ],
    out: o.SectorOutOption = None,
    output_format: o.FormatOption = o.Format.table,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Say what changed between two runs: ranks, entries, exits, and each score's change split.

    For example:

      sectorscan changes runs/2025-11-20 runs/2026-11-22

      sectorscan changes runs/2025-11-20 runs/2026-11-22 --out changes.md --out changes.csv
    """
    from sectorscan.refresh.changes import compare_runs
    from sectorscan.reports.changes import RENDERERS, WRITERS, show
    from sectorscan.reports.write import check, save

    with faults_end_with_1():
        check(out or [], WRITERS)
        with progress("Comparing ...", quiet=quiet):
            found = compare_runs(old, new)
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
