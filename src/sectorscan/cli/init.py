"""``sectorscan init``: a new project folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.new_folder import check_free, check_sample_fits, contents, make
from sectorscan.cli.questions import asked, preset_name
from sectorscan.cli.session import command_line, faults_end_with_1, progress, say, typed, words

if TYPE_CHECKING:
    from sectorscan.cli.project import Settings


def command(
    folder: Annotated[
        Path, typer.Argument(parser=o.place, metavar="DIR", help="The folder to make.")
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", parser=words, metavar="NAME", help="What the region is called."),
    ] = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    level: o.LevelOption = None,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset", metavar="NAME", help="Weights to start from: balanced, rural, urban ..."
        ),
    ] = None,
) -> None:
    """Make a new project folder: a commented config, a README, folders for your files, scorecards.

    On a terminal it asks. With options it doesn't, and without either it makes a project that runs
    at once on the synthetic sample. Where the folder has tables in inputs already, the blank
    scorecard is of their shortlist.

    For example:

      sectorscan init my_region

      sectorscan init my_region --name "Central Ohio" --region 39041,39045,39049 --period 2020:2023

      sectorscan refresh my_region
    """
    from sectorscan.cli.project import BLANK, CONFIG, INPUTS

    given = (name, region, benchmark, period, level, preset)
    settings = _settings(name, region, benchmark, period, level, preset)
    with faults_end_with_1():
        check_free(folder)
        if _on_terminal() and all(option is None for option in given):
            settings = asked()
        check_sample_fits(folder, settings)
        with progress("Making ...", quiet=False):
            files, without = contents(folder, settings)
            make(folder, files)
    say([f"made {folder}: {', '.join(sorted({name.partition('/')[0] for name in files}))}"])
    say(f"note: no {BLANK} yet, because the figures can't be ranked: {one}" for one in without)
    project, config = typed(folder), typed(folder / CONFIG)
    then = command_line(["sectorscan", "refresh", project])
    if settings.areas is None:
        say([f"next: {then}  (ranks the synthetic sample)"])
        say([f"then: {command_line(['sectorscan', 'plan', '-c', config])}"])
    elif BLANK in files:
        say([f"next: {then}"])
    elif without:
        say([f"next: {command_line(['sectorscan', 'check', '-c', config])}"])
    else:
        say([f"next: put your figures into {folder / INPUTS}, then  {then}"])
    say([f"README.md in {folder} has the steps of a year, in order"])


def _settings(
    name: str | None,
    region: str | None,
    benchmark: str | None,
    period: str | None,
    level: o.Level | None,
    preset: str | None,
) -> Settings:
    """Return what the options say, each checked."""
    from sectorscan.cli.project import NATION, Settings
    from sectorscan.config.overrides import parse_codes, parse_period

    areas = o.parsed("--region", region, parse_codes)
    if areas is None and any(text is not None for text in (name, benchmark, period)):
        message = "which areas? A name, benchmark or period goes with a region's areas"
        raise typer.BadParameter(message, param_hint="--region")
    settings = Settings(
        areas=areas,
        benchmark=o.parsed("--benchmark", benchmark, parse_codes) or NATION,
        period=o.parsed("--period", period, parse_period),
        preset=o.parsed("--preset", preset, preset_name) or "balanced",
    )
    if name is not None:
        settings = replace(settings, name=name)
    return settings if level is None else replace(settings, level=level.value)


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
