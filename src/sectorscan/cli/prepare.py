"""``sectorscan prepare``: public data rolled up for a region into the analyst tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import command_line, faults_end_with_1, progress, say
from sectorscan.errors import Finding, InputError, quoted

if TYPE_CHECKING:
    from sectorscan.sources.scope import Resolved
    from sectorscan.tables.model import RegionalTables


class Engine(StrEnum):
    """What reads the public files."""

    polars = "polars"
    duckdb = "duckdb"
    spark = "spark"


EngineOption = Annotated[
    Engine,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="What reads the files: polars, duckdb or spark. All give the same tables.",
    ),
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--spark-master",
        metavar="URL",
        help="A cluster for --engine spark, such as spark://host:7077. Without it, this machine.",
    ),
]


def command(
    inputs: Annotated[
        list[Path],
        typer.Argument(parser=o.place, metavar="INPUT...", help="Folders or files: QCEW files."),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", parser=o.place, metavar="DIR", help="The folder for the four tables."
        ),
    ],
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    quarter: o.QuarterOption = None,
    level: o.LevelOption = None,
    cache: o.CacheOption = None,
    engine: EngineOption = Engine.polars,
    spark_master: MasterOption = None,
    quiet: o.QuietOption = False,
) -> None:
    """Roll public files up for a region into employment, wages, concentration and growth tables.

    For example:

      sectorscan prepare qcew/ --out tables --region 39041,39045 --benchmark US000

      sectorscan prepare 20*.annual.singlefile.csv --out tables -c sectorscan.yaml --cache cache

      sectorscan prepare qcew/ --out tables -c sectorscan.yaml --engine duckdb
    """
    asked = o.Asked(
        tuple(inputs),
        config,
        region,
        benchmark,
        period,
        level,
        quarter=quarter,
        cache=cache,
    )
    with faults_end_with_1():
        settled, told = written(asked, out, engine, spark_master, quiet=quiet)
    if not quiet:
        say([*told, *(f"wrote {out / name}.csv" for name in TABLES), next_step(out, settled)])


TABLES = ("employment", "wages", "concentration", "growth")
_ROLLED_UP = ("qcew", "employment", "wages")
"""How the kinds of inputs begin whose figures are summed."""


def written(
    asked: o.Asked, out: Path, engine: Engine, spark_master: str | None, *, quiet: bool
) -> tuple[Resolved, list[str]]:
    """Write the tables; return the scope that they are of, and what is to be told."""
    from dataclasses import replace

    from sectorscan.reports.prepared import to_csv
    from sectorscan.scan import scope_of
    from sectorscan.scan.prepared import prepare
    from sectorscan.sources.load import load
    from sectorscan.tables.writing import make_folder, write_bytes

    paths, loaded = o.settle_one(asked)
    reading = replace(asked.reading(), engine=engine.value, spark_master=spark_master)
    _check_apart(paths, out)
    scope = scope_of(loaded)
    with progress("Reading and rolling up ...", quiet=quiet):
        tables = load(paths, scope, loaded.config.columns, reading)
        _check_public(tables)
        level = asked.level.value if asked.level else None
        frames, resolved = prepare(tables, scope, level)
        contents = {name: to_csv(frames[name]) for name in TABLES}
    make_folder(out)
    for name, content in contents.items():
        write_bytes(out / f"{name}.csv", content)
    read = [f"read {i.path}: {i.kind}, {i.rows:,} rows" for i in tables.inputs]
    if len(read) > 6:
        read = [f"read {len(read)} files, {sum(i.rows for i in tables.inputs):,} rows"]
    cautions = [f"caution: {text}" for text in resolved.cautions]
    found = [f"{f.severity}: {f}" for f in tables.findings]
    return resolved, [*read, *found, *cautions, *_left_as_they_are(tables)]


def _check_apart(paths: tuple[Path, ...], out: Path) -> None:
    """Check that the tables don't go where they would be inputs of the next run."""
    place = out.resolve()
    inside = [path for path in paths if path.is_dir() and place.is_relative_to(path.resolve())]
    if inside:
        what = f"the folder {quoted(out)} lies in the input {quoted(inside[0])}."
        raise InputError(Finding(what, "Choose one beside it: tables in it would be read too."))


def _check_public(tables: RegionalTables) -> None:
    if not tables.public:
        what = "no QCEW file is among these inputs, and your own tables are analyst tables already."
        raise InputError(Finding(what, "Give QCEW files, or rank the tables as they are."))


def _left_as_they_are(tables: RegionalTables) -> list[str]:
    """Say which inputs have nothing that is rolled up: rank reads them beside the tables."""
    from sectorscan.sources.scope import listed

    rest = [
        f"{file.path} ({file.kind})"
        for file in tables.inputs
        if not any(kind.startswith(_ROLLED_UP) for kind in file.kind.split("+"))
    ]
    told = f"note: not rolled up: {listed(rest)}. Give them to rank beside the tables."
    return [told] if rest else []


def next_step(out: Path, resolved: Resolved) -> str:
    """Return the command that ranks what was written."""
    from sectorscan.scan.prepared import region_code

    name = region_code(resolved)
    name = f"{name};" if "," in name else name
    benchmark = "all" if resolved.benchmark_label == "all" else ",".join(resolved.benchmark)
    asked = ["--benchmark", benchmark] if benchmark else []
    then = command_line(["sectorscan", "rank", str(out), "--region", name, *asked])
    return f"next: {then}"
