"""``sectorscan shiftshare``: the region's change in jobs taken apart."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.rank import keep_inputs, read_notes
from sectorscan.cli.session import CAUTIONS, console, faults_end_with_1, progress, say


class Method(StrEnum):
    """How the change is taken apart."""

    classic = "classic"
    esteban_marquillas = "esteban-marquillas"
    arcelus = "arcelus"
    dynamic = "dynamic"
    all = "all"


MethodOption = Annotated[
    Method,
    typer.Option(
        "--method",
        "-m",
        metavar="METHOD",
        help="classic, esteban-marquillas, arcelus, dynamic, or all of them.",
    ),
]


def command(
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    level: o.LevelOption = None,
    method: MethodOption = Method.classic,
    out: o.OutOption = None,
    output_format: o.FormatOption = o.Format.table,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    verbose: o.VerboseOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Take the change in jobs apart: benchmark's growth, industry mix, local performance.

    For example:

      sectorscan shiftshare

      sectorscan shiftshare my_tables/ --method all --out shiftshare.xlsx

      sectorscan shiftshare qcew/ --region 39041,39045 --benchmark US000 --period 2022:2024
    """
    from sectorscan.reports.shiftshare_text import RENDERERS, WRITERS, show
    from sectorscan.reports.write import check
    from sectorscan.tables.writing import write_bytes

    asked = o.Asked(tuple(inputs or ()), config, region, benchmark, period, level)
    methods = [m.value for m in Method if method in (Method.all, m) and m is not Method.all]
    with faults_end_with_1():
        check(out or [], WRITERS)
        keep_inputs(out or [], asked.inputs)
        paths, loaded = o.settle(asked)
        with progress("Reading and taking apart ...", quiet=quiet):
            from sectorscan.scan.shiftshare import shift_share

            result = shift_share(paths, loaded, methods)
        for path in out or []:
            write_bytes(path, WRITERS[path.suffix.lower()](result))
        if not quiet:
            say(read_notes(result.inputs, result.notes, verbose=verbose))
        if output_format is o.Format.table:
            show(result, console(no_color=no_color))
        else:
            typer.echo(RENDERERS[output_format.value](result), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in out or ())
    if strict and result.cautions:
        raise typer.Exit(CAUTIONS)
