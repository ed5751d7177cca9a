"""``sectorscan weights read``: what the filled workbooks come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import CAUTIONS, command_line, console, faults_end_with_1, progress, say

if TYPE_CHECKING:
    from sectorscan.reports.board_json import BoardReport
    from sectorscan.scan.board import Preference

YAML = (".yaml", ".yml")


Files = Annotated[
    list[Path],
    typer.Argument(parser=o.place, metavar="FILE...", help="Filled workbooks, or a folder."),
]
RankOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rank",
        parser=o.place,
        metavar="INPUT",
        help="Also say who would come first for whom: your tables. May be given several times.",
    ),
]
OutOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--out",
        "-o",
        parser=o.place,
        metavar="FILE",
        help="Also write: .yaml (a config with the medians), .json .csv .md. May be given "
        "several times.",
    ),
]


def command(
    files: Files,
    config: o.ConfigOption = None,
    rank: RankOption = None,
    out: OutOption = None,
    output_format: o.FormatOption = o.Format.table,
    strict: o.StrictOption = False,
    quiet: o.QuietOption = False,
    no_color: o.NoColorOption = False,
) -> None:
    """Read filled workbooks: each member's weights, the medians, how far the members agree.

    For example:

      sectorscan weights read weights.xlsx --out criteria.yaml

      sectorscan weights read returned/ -c sectorscan.yaml --rank qcew/ --out criteria.yaml

      sectorscan rank qcew/ -c criteria.yaml
    """
    from sectorscan.reports.board import render_board, show_board
    from sectorscan.reports.write import TEXT_FORMATS, check, write_text

    places = out or []
    with faults_end_with_1():
        check(places, [*TEXT_FORMATS, *YAML])
        report, notes = board_report(files, config, rank or [], quiet=quiet)
        texts = [(path, _yaml(path, report, config)) for path in places if _is_yaml(path)]
        for path in places:
            if not _is_yaml(path):
                ending = TEXT_FORMATS[path.suffix.lower()]
                write_text(path, render_board(report, ending), ending)
        for path, text in texts:
            write_text(path, text, "yaml")
        if not quiet:
            say(f"note: {note}" for note in notes)
        if output_format is o.Format.table:
            show_board(report, console(no_color=no_color))
        else:
            typer.echo(render_board(report, output_format.value), nl=False)
    if not quiet:
        say(f"wrote {path}" for path in places)
        say(f"next: {command_line(['sectorscan', 'rank', '-c', str(path)])}" for path, _ in texts)
    if strict and report.cautions:
        raise typer.Exit(CAUTIONS)


def board_report(
    files: list[Path], config: str | None, inputs: list[Path], *, quiet: bool
) -> tuple[BoardReport, list[str]]:
    """Return what the filled workbooks come to, and notes on sheets that don't count.

    Raises
    ------
    SectorscanError
        With every problem of the workbooks, where there is one that keeps a sheet from counting.
    """
    from sectorscan.config.loader import load_config
    from sectorscan.errors import Finding, InputError
    from sectorscan.reports.board_json import BoardReport
    from sectorscan.robustness.answers import members_of
    from sectorscan.robustness.board import hierarchy_of, labels_of, settle
    from sectorscan.scoring.weights import criteria_weights
    from sectorscan.sources.weight_forms import read_forms

    loaded = load_config(config)
    labels, hierarchy = labels_of(loaded.config), hierarchy_of(loaded.config)
    members, findings = members_of(read_forms(files), hierarchy, labels)
    if any(finding.severity == "error" for finding in findings):
        raise InputError(findings)
    if not members:
        what = "no sheet has any answers."
        remedy = "Give the workbooks that the members filled in and saved."
        raise InputError([*findings, Finding(what, remedy)])
    board = settle(hierarchy, members, loaded.config)
    found: tuple[Preference, ...] = ()
    synthetic = False
    if inputs:
        with progress("Reading and ranking ...", quiet=quiet):
            from sectorscan.scan.board import preferences

            asked = o.Asked(tuple(inputs), config)
            shortlist, found = preferences(*o.settle_one(asked), board)
            synthetic = shortlist.synthetic
    report = BoardReport(
        board=board,
        labels=labels,
        config_name=loaded.name,
        config_sha256=loaded.sha256,
        configured=criteria_weights(loaded.config),
        cautions=tuple(str(f) for f in findings if f.severity == "caution"),
        preferences=found,
        synthetic=synthetic,
    )
    return report, [str(f) for f in findings if f.severity == "note"]


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in YAML


def _yaml(path: Path, report: BoardReport, config: str | None) -> str:
    """Return the config with the medians, fit for that place.

    Raises
    ------
    SectorscanError
        Where a file that isn't of this command's would be overwritten.
    """
    from sectorscan.config.chain import source_of
    from sectorscan.config.presets import DEFAULT_PRESET
    from sectorscan.errors import ConfigError, Finding
    from sectorscan.reports.criteria_yaml import FIRST_LINE, criteria_yaml, extends_of

    extends = extends_of(config, source_of(config).preset, DEFAULT_PRESET, path)
    if path.exists():
        with path.open(encoding="utf-8", errors="replace") as stream:
            first = stream.readline(len(FIRST_LINE) + 1).strip()
        if first != FIRST_LINE:
            what = f"{path} is there already and wasn't written by this command."
            raise ConfigError(Finding(what, "Name another file, or take that one away."))
    return criteria_yaml(report.board, extends, report.labels)
