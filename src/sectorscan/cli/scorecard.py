"""``sectorscan scorecard``: the blank readiness workbook, and the reading of filled ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import (
    CAUTIONS,
    command_line,
    console,
    faults_end_with_1,
    progress,
    say,
    words,
)

if TYPE_CHECKING:
    from sectorscan.readiness import Readiness
    from sectorscan.reports.scorecard.looks import Blank, BlankSheet
    from sectorscan.reports.view import Candidate
    from sectorscan.scan.model import Shortlist

app = typer.Typer(
    no_args_is_help=True,
    help="How ready people find each sector: a workbook to fill in, and what filled ones say.",
)
MOST_SHEETS = 60

WorkbookOut = Annotated[
    Path,
    typer.Option(
        "--out", "-o", parser=o.place, metavar="FILE", help="The workbook to make (.xlsx)."
    ),
]
SectorsOption = Annotated[
    str | None,
    typer.Option(
        "--sectors",
        metavar="CODES",
        help="These sectors instead of the shortlist: 332,621 (names with commas: 'A; B').",
    ),
]
RatersOption = Annotated[
    str | None,
    typer.Option(
        "--raters",
        parser=words,
        metavar="NAMES",
        help='Who rates, a row each: "Chamber, College".',
    ),
]


@app.command("new")
def new(
    out: WorkbookOut,
    inputs: o.Inputs = None,
    config: o.ConfigOption = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    quarter: o.QuarterOption = None,
    level: o.LevelOption = None,
    top: o.TopOption = None,
    sectors: SectorsOption = None,
    raters: RatersOption = None,
    cache: o.CacheOption = None,
    quiet: o.QuietOption = False,
) -> None:
    """Make a blank scorecard: a sheet for each sector of the shortlist.

    For example:

      sectorscan scorecard new --out scorecard.xlsx

      sectorscan scorecard new qcew/ -c sectorscan.yaml --top 8 --out scorecard.xlsx

      sectorscan scorecard new --sectors 332,621 --raters "Chamber, College" --out two.xlsx
    """
    from sectorscan.cli.rank import ranked
    from sectorscan.reports.scorecard.blank import blank_scorecard
    from sectorscan.reports.write import check
    from sectorscan.tables.writing import write_bytes

    names = o.parsed("--raters", raters, _names) or ()
    wanted = o.parsed("--sectors", sectors, _names) or ()
    asked = o.Asked(
        tuple(inputs or ()),
        config,
        region,
        benchmark,
        period,
        level,
        top=top,
        quarter=quarter,
        cache=cache,
    )
    with faults_end_with_1():
        check([out], (".xlsx",))
        _keep_answers(out)
        shortlist = ranked(asked, quiet=quiet, draws=False, readiness=False)
        blank = blank_of(shortlist, wanted, names)
        write_bytes(out, blank_scorecard(blank))
    if not quiet:
        count = len(blank.sheets)
        say([f"wrote {out}: {count} sector{'s' if count != 1 else ''}"])
        then = command_line(["sectorscan", "scorecard", "read", str(out)])
        say([f"next: let people fill it in, then  {then}"])


def _names(text: str) -> tuple[str, ...]:
    """Return the names of a list; names that have commas stand between semicolons."""
    from sectorscan.config.overrides import parse_codes
    from sectorscan.readiness.layout import MOST_RATERS

    names = parse_codes(text)
    if len(names) > MOST_RATERS:
        message = f"{len(names)} are more than {MOST_RATERS}"
        raise ValueError(message)
    return names


def _keep_answers(out: Path) -> None:
    """Check that nothing is there yet: it could be a scorecard that people have filled in.

    A blank one of the synthetic sample, as ``init`` makes it, is replaced.

    Raises
    ------
    InputError
        Where something else is.
    """
    from sectorscan.errors import Finding, InputError
    from sectorscan.readiness.untouched import is_untouched_sample

    if out.exists() and not is_untouched_sample(out):
        what = "there is a file of this name, which may hold people's answers."
        raise InputError(Finding(what, "Name another file, or move that one away.", str(out)))


def blank_of(shortlist: Shortlist, wanted: Sequence[str] = (), raters: Sequence[str] = ()) -> Blank:
    """Return what the workbook is made of: the sectors asked for, else the shortlist.

    Raises
    ------
    InputError
        Where a sector is none of this ranking, or there is none to rate.
    """
    from sectorscan.cli.explain import find
    from sectorscan.errors import Finding, InputError
    from sectorscan.reports import view
    from sectorscan.reports.scorecard.looks import BLANK_RATERS, Blank

    if wanted:
        ids = dict.fromkeys(find(shortlist, one) for one in wanted)
        chosen = [view.candidate_of(shortlist, one) for one in ids]
    else:
        chosen = [one for one in view.ranked(shortlist) if one.shortlisted]
    if not chosen:
        what = "no sector is on the shortlist, so there is nothing to rate."
        raise InputError(Finding(what, "Name sectors with --sectors."))
    if len(chosen) > MOST_SHEETS:
        what = f"{len(chosen)} sectors are more than anybody rates ({MOST_SHEETS} at most)."
        raise InputError(Finding(what, "Choose fewer with --top or --sectors."))
    return Blank(
        region=shortlist.ranking.indicators.panel.region_name,
        sheets=tuple(_sheet(shortlist, one) for one in chosen),
        questions=shortlist.config.scorecard,
        raters=tuple(raters) or ("",) * BLANK_RATERS,
        synthetic=shortlist.synthetic,
    )


def _sheet(shortlist: Shortlist, one: Candidate) -> BlankSheet:
    from sectorscan.reports import view
    from sectorscan.reports.scorecard.looks import BlankSheet

    score = view.shown(float(shortlist.ranking.score[one.index]), "score")
    place = (
        "Not ranked"
        if one.rank is None
        else f"Rank {one.rank} of {len(view.ranked(shortlist))}, economic score {score} of 100"
    )
    return BlankSheet(
        view.verbatim_id(shortlist, one),
        one.title,
        f"{place}. {view.in_one_line(one.advice)}".strip(),
    )


@app.command("read")
def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            parser=o.place, metavar="FILE...", help="Filled scorecards, or folders of them."
        ),
    ],
    config: o.ConfigOption = None,
    as_of: o.AsOfOption = None,
    out: o.SectorOutOption = None,
    output_format: o.FormatOption = o.Format.table,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Read filled scorecards: scores, where raters differ, how far they agree, what is missing.

    For example:

      sectorscan scorecard read scorecard.xlsx

      sectorscan scorecard read chamber.xlsx college.xlsx --as-of 2026-11-22 --format csv
    """
    from sectorscan.config.loader import load_config
    from sectorscan.config.overrides import Overrides, parse_day
    from sectorscan.readiness import read_scorecards
    from sectorscan.reports.scorecard.records import render_readiness
    from sectorscan.reports.write import TEXT_FORMATS, check, write_text

    as_of_day = o.parsed("--as-of", as_of, parse_day)
    with faults_end_with_1():
        check(out or [], TEXT_FORMATS)
        loaded = load_config(config, overrides=Overrides(as_of=as_of_day))
        day, questions = loaded.config.as_of, loaded.config.scorecard
        with progress("Reading ...", quiet=quiet):
            found = read_scorecards(files, questions, day or _today())
            if found.synthetic and day is None:
                # Invented ratings don't grow old.
                found = read_scorecards(files, questions)
        for path in out or []:
            ending = TEXT_FORMATS[path.suffix.lower()]
            write_text(path, render_readiness(found, ending), ending)
        if not quiet:
            say(_told(found))
        if output_format is o.Format.table:
            from sectorscan.reports.scorecard.sections import show_readiness

            show_readiness(found, console(no_color=no_color))
        else:
            typer.echo(render_readiness(found, output_format.value), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in out or [])
    if strict and any(finding.severity == "caution" for finding in found.findings):
        raise typer.Exit(CAUTIONS)


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def _told(found: Readiness) -> list[str]:
    read_files = [f"read {file.path}: {file.kind}, {file.rows:,} ratings" for file in found.inputs]
    notes = [f"note: {one}" for one in found.findings if one.severity == "note"]
    return [*read_files, *notes]
