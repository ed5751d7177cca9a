"""``sectorscan indicators``: every indicator with formula, unit, source."""

from __future__ import annotations

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import console


def command(
    output_format: o.FormatOption = o.Format.table, no_color: o.NoColorOption = False
) -> None:
    """List every indicator with its formula, unit and source.

    For example:

      sectorscan indicators

      sectorscan indicators --format markdown > indicators.md
    """
    from sectorscan.reports.reference import render_indicators, show_indicators

    if output_format is o.Format.table:
        show_indicators(console(no_color=no_color))
        return
    typer.echo(render_indicators(output_format.value), nl=False)
