"""``sectorscan weights``: its three commands, one file each."""

from __future__ import annotations

import typer

from sectorscan.cli import weights_compare, weights_new, weights_read

app = typer.Typer(
    no_args_is_help=True,
    help="Settle a board's weights: make its workbook, read it, compare.",
)
app.command("new")(weights_new.command)
app.command("read")(weights_read.command)
app.command("compare")(weights_compare.command)
