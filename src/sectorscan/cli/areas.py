"""``sectorscan areas`` and ``industries``: find codes by name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Annotated

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import FAULT, say, visible, words


def areas_command(
    text: Annotated[
        list[str],
        typer.Argument(
            parser=words, metavar="TEXT...", help="Words of a name, or the start of a code."
        ),
    ],
    output_format: o.FormatOption = o.Format.table,
) -> None:
    """Find area codes (FIPS) by name: the nation, states, counties.

    For example:

      sectorscan areas franklin ohio

      sectorscan areas 51
    """
    from sectorscan.sources.areas import search

    _print(("code", "area"), search(" ".join(text)), text, output_format)


def industries_command(
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT...", help="Words of a title, or the start of a code."),
    ],
    output_format: o.FormatOption = o.Format.table,
) -> None:
    """Find NAICS codes by title; a code that no longer stands in NAICS 2022 says so.

    For example:

      sectorscan industries semiconductor

      sectorscan industries 3118
    """
    from sectorscan.sources.naics import search

    rows = [(e.code, e.title, " ".join(map(str, e.vintages))) for e in search(" ".join(text))]
    _print(("code", "industry", "naics"), rows, text, output_format)


def _print(
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    text: list[str],
    output_format: o.Format,
) -> None:
    if not rows:
        say([f"Nothing found for {visible(' '.join(text))!r}. Try fewer or shorter words."])
        raise typer.Exit(FAULT)
    typer.echo(_listing(header, rows, output_format), nl=False)


def _listing(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], output_format: o.Format
) -> str:
    if output_format is o.Format.json:
        return json.dumps([dict(zip(header, row, strict=True)) for row in rows], indent=1) + "\n"
    if output_format is o.Format.csv:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
        return out.getvalue()
    if output_format is o.Format.markdown:
        rule = tuple("---" for _ in header)
        return "".join(f"| {' | '.join(row)} |\n" for row in (header, rule, *rows))
    width = max(len(row[0]) for row in rows)
    return "".join(f"{row[0]:<{width}}  {_tail(row)}\n" for row in rows)


def _tail(row: tuple[str, ...]) -> str:
    if len(row) < 3 or "2022" in row[2]:
        return row[1]
    return f"{row[1]} (NAICS {row[2].split()[-1]}, not in 2022)"
