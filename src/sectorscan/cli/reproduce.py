"""``sectorscan reproduce``: the same bytes again, or what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import FAULT, faults_end_with_1, files, progress, visible

if TYPE_CHECKING:
    from sectorscan.refresh.reproduce import Reproduction


def command(
    run: Annotated[
        Path,
        typer.Argument(
            parser=o.place, metavar="RUN", help="A run folder, or a project: its latest run."
        ),
    ],
    quiet: o.QuietOption = False,
) -> None:
    """Make a run again from its manifest and compare every byte; exit code 1 where one differs.

    For example:

      sectorscan reproduce runs/2026-11-22

      sectorscan reproduce my_region
    """
    from sectorscan.refresh.reproduce import reproduce

    with faults_end_with_1(), progress("Checking ...", quiet=quiet) as tell:
        found = reproduce(run, tell)
    for line in told(found):
        typer.echo(visible(line))
    if not found.agrees:
        raise typer.Exit(FAULT)


def told(found: Reproduction) -> list[str]:
    """Return what came of it, in lines."""
    source = {
        "sources": "the inputs, which are unchanged",
        "tables": "the tables that the run keeps, because the inputs are not what they were",
    }[found.made_from]
    lines = [f"{found.run}: made again from {source}."]
    lines += [*found.reasons, *found.left_out]
    if found.agrees:
        return [*lines, f"All {files(found.files)} have the same bytes."]
    lines += [f"differs: {name}" for name in found.differing]
    differ = "differs" if len(found.differing) == 1 else "differ"
    return [*lines, f"{len(found.differing)} of {files(found.files)} {differ}."]
