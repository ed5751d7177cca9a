"""``sectorscan fetch``: a region's QCEW files and its benchmark's, from the network."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import (
    FAULT,
    command_line,
    console,
    faults_end_with_1,
    files,
    report,
    say,
)

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.sources.fetch.download import Outcome
    from sectorscan.sources.fetch.plan import Slice
    from sectorscan.sources.fetch.settings import Settings
    from sectorscan.tables.model import Scope

FOLDER = Path("qcew")
ADDRESS_VARIABLE = "SECTORSCAN_FETCH_URL"
QuartersOption = Annotated[
    list[int] | None,
    typer.Option(
        "--quarter",
        min=1,
        max=4,
        metavar="1-4",
        help="A quarter in place of the annual averages, by default the config's period: quarter. "
        "May be given several times.",
    ),
]


def command(
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    quarter: QuartersOption = None,
    to: Annotated[
        Path, typer.Option("--to", parser=o.place, metavar="DIR", help="Folder for the files.")
    ] = FOLDER,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            envvar=ADDRESS_VARIABLE,
            metavar="URL",
            help="Another server with the same files, such as a mirror.",
        ),
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask for newer versions of files that are there.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List files and addresses; download nothing.")
    ] = False,
    quiet: o.QuietOption = False,
) -> None:
    """Download the QCEW files that a region and its benchmark need, for rank to read.

    The only command that uses the network. For example:

      sectorscan fetch -c sectorscan.yaml

      sectorscan fetch --region 39041,39049 --benchmark US000 --period 2021:2024 --to qcew

      sectorscan fetch -c sectorscan.yaml --refresh
    """
    from sectorscan.sources.fetch.plan import plan
    from sectorscan.sources.fetch.settings import SERVICE, Settings, parse_base

    # The folder is what rank will be given: so no sample's config stands in for one that is absent.
    asked = o.Asked((to,), config, region, benchmark, period)
    settings = Settings(base=o.parsed("--base-url", base_url, parse_base) or SERVICE)
    with faults_end_with_1():
        _, loaded = o.settle(asked)
        scope = _scope(loaded)
        slices = plan(scope, quarter or ([scope.quarter] if scope.quarter else ()))
        if dry_run:
            _list(slices, to, settings, refresh=refresh, quiet=quiet)
            return
        outcomes = _download(slices, to, settings, refresh=refresh, quiet=quiet)
    many = loaded.config.regions is not None and loaded.config.region is None
    then = next_command(asked, to, set(quarter or ()), all_regions=many)
    _tell(outcomes, then, to, settings, quiet=quiet)


def _scope(loaded: LoadedConfig) -> Scope:
    """Return what the region, and the named ones of many, need."""
    from sectorscan.scan import scope_of
    from sectorscan.scan.regions import reading_scope

    scope = reading_scope(loaded)
    return scope if scope.areas else scope_of(loaded)


def _list(
    slices: Sequence[Slice], folder: Path, settings: Settings, *, refresh: bool, quiet: bool
) -> None:
    """Print what would be asked for, and say what wouldn't."""
    from sectorscan.sources.fetch.cache import Step
    from sectorscan.sources.fetch.download import decide

    decided = decide(slices, folder, settings, refresh=refresh)
    wanted = [each.wanted for each in decided if each.step is not Step.keep]
    typer.echo("".join(f"{one.name}  {one.address(settings.base)}\n" for one in wanted), nl=False)
    kept = len(decided) - len(wanted)
    if not quiet:
        say([f"{files(len(wanted))} would be asked for; {kept} there already in {folder}."])


def _download(
    slices: Sequence[Slice], folder: Path, settings: Settings, *, refresh: bool, quiet: bool
) -> tuple[Outcome, ...]:
    from sectorscan.sources.fetch.download import download

    with _bar(len(slices), quiet=quiet) as heard:
        return download(
            slices, folder, settings, this_year=_this_year(), refresh=refresh, heard=heard
        )


def _this_year() -> int:
    return datetime.now(UTC).year


@contextmanager
def _bar(total: int, *, quiet: bool) -> Iterator[Callable[[Outcome | str], None]]:
    """Show how far the download is, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("asking ...", total=total)

        def heard(news: Outcome | str) -> None:
            if isinstance(news, str):
                bar.update(task, description=news)
            else:
                bar.update(task, advance=1, description=news.wanted.name)

        yield heard


def _tell(
    outcomes: Sequence[Outcome], then: str, folder: Path, settings: Settings, *, quiet: bool
) -> None:
    """Say what came and what didn't; then the command that ranks it, on standard output."""
    from sectorscan.sources.fetch.failures import findings

    if not quiet:
        say([summary(outcomes, folder)])
    failed = findings(outcomes, settings.base, _this_year())
    if failed:
        report(failed)
        raise typer.Exit(FAULT)
    typer.echo(then)


def summary(outcomes: Iterable[Outcome], folder: Path) -> str:
    """Return one line of what came: files, size, what was there already."""
    came, size, there = 0, 0, 0
    for one in outcomes:
        came += one.status == "downloaded"
        size += one.size if one.status == "downloaded" else 0
        there += one.status in ("kept", "unchanged")
    return f"{files(came)} downloaded into {folder} ({size / 1e6:,.1f} MB); {there} there already."


def next_command(
    asked: o.Asked, folder: Path, quarters: Set[int] = frozenset(), *, all_regions: bool = False
) -> str:
    """Return the command that ranks what was downloaded, as this system's shell takes it.

    ``quarters`` are those that the command line asked for: where it is one, that is compared.
    """
    one = str(*quarters) if len(quarters) == 1 else None
    options = (
        ("--config", asked.config),
        ("--region", asked.region),
        ("--benchmark", asked.benchmark),
        ("--period", asked.period),
        ("--quarter", one),
    )
    words = ["sectorscan", "rank", str(folder)]
    words += [word for name, value in options if value is not None for word in (name, value)]
    words += ["--all-regions"] if all_regions else []
    return command_line(words)
