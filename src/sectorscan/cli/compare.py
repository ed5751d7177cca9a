"""``sectorscan compare``: why one sector scores more than another, and what would turn that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from sectorscan.cli import options as o
from sectorscan.cli.explain import find
from sectorscan.cli.rank import keep_inputs, ranked
from sectorscan.cli.session import CAUTIONS, command_line, console, faults_end_with_1, progress
from sectorscan.errors import Finding, InputError, quoted

if TYPE_CHECKING:
    from sectorscan.robustness.compare import SideBySide
    from sectorscan.scan.model import Shortlist

FEWEST = 2
_TYPED = "A B [C ...] [INPUT ...]"


class Compare(TyperCommand):
    """The command, its usage line as one types it: typer would brace all of it together."""

    def collect_usage_pieces(self, ctx: object) -> list[str]:
        """Return the options and the names."""
        return [self.options_metavar or "", _TYPED]


def command(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar=_TYPED,
            help="Two sectors or more (NAICS codes or bundles' names), then the inputs: from the "
            "first that is a file or folder on, all are inputs.",
        ),
    ],
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    level: o.LevelOption = None,
    quarter: o.QuarterOption = None,
    weight: o.WeightOption = None,
    out: o.SectorOutOption = None,
    output_format: o.FormatOption = o.Format.table,
    seed: o.SeedOption = None,
    draws: o.DrawsOption = None,
    cache: o.CacheOption = None,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Compare sectors: why one scores more than the other, and what would turn the two round.

    For example:

      sectorscan compare 332 621

      sectorscan compare "Health care" "Life sciences" my_tables/ -c sectorscan.yaml

      sectorscan compare 332 621 484 qcew/ --region 39041,39045 --out three.md
    """
    from sectorscan.reports.write import TEXT_FORMATS, check, write_text

    wanted, inputs = parted(names)
    asked = o.Asked(
        *(inputs, config, region, benchmark, period, level, tuple(weight or ())),
        quarter=quarter, cache=cache, seed=seed, draws=draws,
    )  # fmt: skip
    with faults_end_with_1():
        check(out or [], TEXT_FORMATS)
        keep_inputs(out or [], inputs)
        shortlist = ranked(asked, quiet=quiet, draws=False, readiness=False)
        with progress("Comparing ...", quiet=quiet):
            found = compared(shortlist, wanted)
        for path in out or []:
            ending = TEXT_FORMATS[path.suffix.lower()]
            write_text(path, _text(shortlist, found, ending), ending)
        show(shortlist, found, output_format, no_color=no_color)
    if strict and shortlist.cautions:
        raise typer.Exit(CAUTIONS)


def parted(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Return the sectors' names and the inputs: from the first path that exists on.

    Raises
    ------
    typer.BadParameter
        Where fewer than two sectors are named: a usage error, exit code 2.
    """
    first = next((n for n, name in enumerate(names) if Path(name).exists()), len(names))
    if first < FEWEST:
        taken = "" if first == len(names) else f" ({quoted(names[first])} is a file or folder here)"
        message = (
            f"two sectors are needed before the inputs, and {first or 'none'} is named{taken}. "
            "For example: sectorscan compare 332 621 my_tables/"
        )
        raise typer.BadParameter(message)
    return tuple(names[:first]), tuple(o.place(name) for name in names[first:])


def compared(shortlist: Shortlist, wanted: Sequence[str]) -> SideBySide:
    """Return the comparison of the sectors named.

    Raises
    ------
    InputError
        Where one is no candidate, named twice, or without a score.
    """
    from sectorscan.robustness.compare import side_by_side

    found = [_found(shortlist, name) for name in wanted]
    ids = [sector.id for sector in shortlist.ranking.indicators.sectors]
    twice = {one for one in found if found.count(one) > 1}
    scores = shortlist.ranking.score
    nothing = {one for one in found if scores[ids.index(one)] != scores[ids.index(one)]}
    problems = [Finding(f"{one!r} is named twice.", "Name different sectors.") for one in twice]
    problems += [
        Finding(
            f"{one!r} has no score to compare: too little is known of it.",
            f"See what is missing: {command_line(['sectorscan', 'explain', one])}",
        )
        for one in nothing
    ]
    if problems:
        raise InputError(sorted(problems, key=str))
    places = tuple(ids.index(one) for one in found)
    return side_by_side(shortlist.ranking, shortlist.config, places)


def _found(shortlist: Shortlist, name: str) -> str:
    """Return the sector meant; what looks like a path that isn't there is said to be one."""
    try:
        return find(shortlist, name)
    except InputError:
        if Path(name).suffix or "/" in name or "\\" in name:
            what = (
                f"{quoted(name)} is neither a file or folder here nor a candidate of this ranking."
            )
            remedy = "Check the path; sectors come first, then the inputs."
            raise InputError(Finding(what, remedy)) from None
        raise


def _text(shortlist: Shortlist, found: SideBySide, output_format: str) -> str:
    from sectorscan.reports.compare import render_comparison

    return render_comparison(shortlist, found, output_format)


def show(
    shortlist: Shortlist, found: SideBySide, output_format: o.Format, *, no_color: bool
) -> None:
    """Print the comparison to standard output."""
    if output_format is o.Format.table:
        from sectorscan.reports.console_compare import show_comparison

        show_comparison(shortlist, found, console(no_color=no_color))
        return
    typer.echo(_text(shortlist, found, output_format.value), nl=False)
