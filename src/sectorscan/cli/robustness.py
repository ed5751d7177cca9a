"""``sectorscan robustness``: how far the ranking can be trusted, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from sectorscan.cli import options as o
from sectorscan.cli.rank import keep_inputs, ranked
from sectorscan.cli.session import CAUTIONS, console, counting, faults_end_with_1, progress, say

if TYPE_CHECKING:
    from sectorscan.robustness.examination import Examination
    from sectorscan.scan.model import Shortlist


def command(
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    level: o.LevelOption = None,
    quarter: o.QuarterOption = None,
    weight: o.WeightOption = None,
    top: o.TopOption = None,
    out: o.SectorOutOption = None,
    output_format: o.FormatOption = o.Format.table,
    seed: o.SeedOption = None,
    draws: o.DrawsOption = None,
    cache: o.CacheOption = None,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Say how far the ranking can be trusted, and what would change it.

    For example:

      sectorscan robustness

      sectorscan robustness qcew/ -c sectorscan.yaml --draws 50000 --seed 7 --format json
    """
    from sectorscan.reports.robustness import render_robustness, show_robustness
    from sectorscan.reports.write import TEXT_FORMATS, check, write_text

    asked = o.Asked(
        tuple(inputs or ()),
        config,
        region,
        benchmark,
        period,
        level,
        tuple(weight or ()),
        *(top, seed, quarter, cache, draws),
    )
    files = out or []
    with faults_end_with_1():
        check(files, TEXT_FORMATS)
        keep_inputs(files, asked.inputs)
        shortlist, found = examined(asked, quiet=quiet)
        for path in files:
            ending = TEXT_FORMATS[path.suffix.lower()]
            write_text(path, render_robustness(shortlist, found, ending), ending)
        if output_format is o.Format.table:
            show_robustness(shortlist, found, console(no_color=no_color))
        else:
            typer.echo(render_robustness(shortlist, found, output_format.value), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in files)
    if strict and shortlist.cautions:
        raise typer.Exit(CAUTIONS)


def examined(asked: o.Asked, *, quiet: bool) -> tuple[Shortlist, Examination | None]:
    """Return the shortlist and everything that shakes it."""
    from sectorscan.robustness.examine import examine

    # The draws are made once, with the examination's others.
    shortlist = ranked(asked, quiet=quiet, draws=False, readiness=False)
    with progress("Drawing weights and withheld figures ...", quiet=quiet) as say_now:

        def told(done: int, draws: int) -> None:
            counting(say_now)(done, draws)
            if done == draws:
                say_now("Solving for what would change the ranking ...")

        found = examine(shortlist.ranking, shortlist.config, told)
    return replace(shortlist, robustness=found.robustness if found else None), found
