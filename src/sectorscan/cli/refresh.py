"""``sectorscan refresh``: the annual run of a project folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import CAUTIONS, faults_end_with_1, progress, say

if TYPE_CHECKING:
    from sectorscan.refresh.run import Outcome

_DAY = len("2026-11-22")


def command(
    project: Annotated[
        Path | None,
        typer.Argument(
            parser=o.place,
            metavar="[PROJECT]",
            help="The project folder, with its sectorscan.yaml. By default the current one.",
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The run's date (2026-11-22), else today."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check, read and rank; write nothing.")
    ] = False,
    if_changed: Annotated[
        bool,
        typer.Option(
            "--if-changed",
            help="Do nothing where inputs, config, scorecards and version are the latest run's.",
        ),
    ] = False,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
) -> None:
    """Rank a project anew and keep everything in runs/DATE: reports, tables, manifest.

    For example:

      sectorscan refresh

      sectorscan refresh my_region --if-changed --quiet

      sectorscan refresh my_region --date 2026-11-22 --dry-run
    """
    from sectorscan.config.overrides import parse_day
    from sectorscan.refresh.run import refresh
    from sectorscan.refresh.stopping import interrupt_when_asked

    given = o.parsed("--date", date, parse_day)
    day = dt.date.fromisoformat(given) if given else dt.datetime.now().astimezone().date()
    interrupt_when_asked()
    with faults_end_with_1(), progress("Checking ...", quiet=quiet) as tell:
        outcome = refresh(project or Path(), day, if_changed=if_changed, trial=dry_run, tell=tell)
    if not quiet:
        say(told(outcome))
    if outcome.status == "done":
        typer.echo(f"runs/{outcome.run}")
    if strict and outcome.shortlist is not None and outcome.shortlist.cautions:
        raise typer.Exit(CAUTIONS)


def told(outcome: Outcome) -> list[str]:
    """Return what a refresh did, in lines."""
    from sectorscan.cli.rank import read_notes

    lines = [f"note: took away what an interrupted run left: {name}" for name in outcome.cleaned]
    shortlist = outcome.shortlist
    if shortlist is None:
        same = "inputs, config, scorecards and version are those of"
        return [*lines, f"unchanged: {same} runs/{outcome.run}; nothing was written"]
    if outcome.sample:
        lines.append("note: the inputs hold no tables yet: this is the synthetic sample")
    lines += read_notes(shortlist.inputs, shortlist.notes, verbose=False)
    lines += [f"caution: {text}" for text in shortlist.cautions]
    if outcome.previous is not None:
        lines.append(f"compared with runs/{outcome.previous}")
    if outcome.run and outcome.previous and outcome.run[:_DAY] < outcome.previous[:_DAY]:
        lines.append("note: that run's date is later than this one's: check the clock, or --date")
    if outcome.status == "trial":
        return [*lines, "a trial: nothing was written"]
    return [*lines, f"wrote runs/{outcome.run}"]
