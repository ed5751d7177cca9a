"""``sectorscan weights new``: a blank workbook in which a board gives its weights."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import command_line, faults_end_with_1, say, words


class Method(StrEnum):
    """How the members are asked."""

    points = "points"
    swing = "swing"
    ahp = "ahp"


def command(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", parser=o.place, metavar="FILE", help="The workbook: .xlsx."),
    ],
    config: o.ConfigOption = None,
    method: Annotated[
        Method,
        typer.Option(
            "--method",
            "-m",
            metavar="METHOD",
            help="points (share out 100), swing (worst to best) or ahp (compare in pairs).",
        ),
    ] = Method.points,
    members: Annotated[
        str | None,
        typer.Option(
            "--members",
            parser=words,
            metavar="NAMES",
            help='A sheet for each: "Ana, Ben, Chris".',
        ),
    ] = None,
    sheets: Annotated[
        int | None,
        typer.Option("--sheets", min=1, metavar="N", help="Or so many sheets without a name (1)."),
    ] = None,
    quiet: o.QuietOption = False,
) -> None:
    """Make a blank workbook in which each board member says how much each criterion counts.

    For example:

      sectorscan weights new --out weights.xlsx

      sectorscan weights new -c sectorscan.yaml --members "Ana, Ben, Chris" --out weights.xlsx

      sectorscan weights new --method ahp --sheets 7 --out weights.xlsx
    """
    from sectorscan.config.loader import load_config
    from sectorscan.reports.weight_form import weight_form
    from sectorscan.reports.write import check
    from sectorscan.tables.writing import write_bytes

    names = _names(members, sheets)
    with faults_end_with_1():
        check([out], [".xlsx"])
        _keep(out)
        loaded = load_config(config)
        write_bytes(out, weight_form(loaded.config, loaded.name, method.value, names))
    if not quiet:
        then = ["sectorscan", "weights", "read", str(out), "--out", "criteria.yaml"]
        say([f"wrote {out}", f"next: {command_line(then)}"])


def _names(members: str | None, sheets: int | None) -> list[str]:
    """Return the members' names; empty ones where only their number is given."""
    from sectorscan.reports.weight_form import MOST_MEMBERS

    if members is not None and sheets is not None:
        message = "give --members or --sheets, not both"
        raise typer.BadParameter(message, param_hint="--sheets")
    mark = ";" if ";" in (members or "") else ","
    names = [name.strip() for name in (members or "").split(mark) if name.strip()]
    if members is not None and not names:
        message = "write the names with commas between them"
        raise typer.BadParameter(message, param_hint="--members")
    folded = [name.casefold() for name in names]
    twice = [name for name in names if folded.count(name.casefold()) > 1]
    if twice:
        message = f"{twice[0]!r} is listed twice"
        raise typer.BadParameter(message, param_hint="--members")
    names = names or [""] * (sheets or 1)
    if len(names) > MOST_MEMBERS:
        message = f"a workbook holds up to {MOST_MEMBERS} sheets; make several"
        raise typer.BadParameter(message, param_hint="--members" if members else "--sheets")
    return names


def _keep(out: Path) -> None:
    """Check that no workbook is overwritten: it may hold answers.

    Raises
    ------
    InputError
        Where the file is there.
    """
    from sectorscan.errors import Finding, InputError

    if out.exists():
        what = f"{out} is there already, and may hold answers; nothing was written."
        raise InputError(Finding(what, "Name another file, or take that one away."))
