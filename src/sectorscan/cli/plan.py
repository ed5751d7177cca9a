"""``sectorscan plan``: which partnership to launch first, who convenes, what next, what not yet."""

from __future__ import annotations

import typer

from sectorscan.cli import options as o
from sectorscan.cli.rank import keep_inputs, ranked
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1, say


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
    readiness: o.ReadinessOption = None,
    as_of: o.AsOfOption = None,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Plan the launches: which sector first, why it, who convenes, what next, what not yet.

    For example:

      sectorscan plan --readiness scorecard.xlsx

      sectorscan plan qcew/ -c rural --region 39041,39045 --readiness cards/ --out plan.md
    """
    from sectorscan.reports.plan import WRITERS, render_plan, show_plan
    from sectorscan.reports.write import check, save

    asked = o.Asked(
        *(tuple(inputs or ()), config, region, benchmark, period, level, tuple(weight or ())),
        *(top, seed, quarter, cache, draws, tuple(readiness or ()), as_of),
    )
    files = out or []
    with faults_end_with_1():
        check(files, WRITERS)
        keep_inputs(files, asked.inputs)
        shortlist = ranked(asked, quiet=quiet)
        for path in files:
            save(shortlist, path, WRITERS)
        if output_format is o.Format.table:
            show_plan(shortlist, console(no_color=no_color))
        else:
            typer.echo(render_plan(shortlist, output_format.value), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in files)
    if strict and shortlist.cautions:
        raise typer.Exit(CAUTIONS)
