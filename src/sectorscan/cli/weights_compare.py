"""``sectorscan weights compare``: the configured weights beside those of the figures."""

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
    quarter: o.QuarterOption = None,
    level: o.LevelOption = None,
    weight: o.WeightOption = None,
    out: o.SectorOutOption = None,
    output_format: o.FormatOption = o.Format.table,
    cache: o.CacheOption = None,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Show the configured weights beside entropy and CRITIC weights: a comparison, no advice.

    For example:

      sectorscan weights compare

      sectorscan weights compare qcew/ -c sectorscan.yaml --format csv
    """
    from sectorscan.reports.weight_comparison import render_comparison, show_comparison
    from sectorscan.reports.write import TEXT_FORMATS, check, write_text
    from sectorscan.robustness.statistical_weights import statistical_weights

    asked = o.Asked(
        tuple(inputs or ()), config, region, benchmark, period, level, tuple(weight or ()),
        quarter=quarter, cache=cache,
    )  # fmt: skip
    with faults_end_with_1():
        check(out or [], TEXT_FORMATS)
        keep_inputs(out or [], asked.inputs)
        shortlist = ranked(asked, quiet=quiet, draws=False, readiness=False)
        found = statistical_weights(shortlist.ranking)
        for path in out or []:
            ending = TEXT_FORMATS[path.suffix.lower()]
            write_text(path, render_comparison(shortlist, found, ending), ending)
        if output_format is o.Format.table:
            show_comparison(shortlist, found, console(no_color=no_color))
        else:
            typer.echo(render_comparison(shortlist, found, output_format.value), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in out or ())
    if strict and shortlist.cautions:
        raise typer.Exit(CAUTIONS)
