"""The commands and their groups."""

from __future__ import annotations

from typing import Annotated

import typer

from sectorscan import __version__
from sectorscan.cli import (
    areas,
    changes,
    check,
    compare,
    explain,
    fetch,
    indicators,
    init,
    plan,
    prepare,
    rank,
    refresh,
    reproduce,
    robustness,
    schema,
    scope,
    scorecard,
    shiftshare,
    trend,
    weights,
)

app = typer.Typer(
    name="sectorscan",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Rank a region's sectors, say why, and say how sure that is.\n\n"
    "Start with:  sectorscan rank   (ranks the synthetic sample that comes with it)",
    pretty_exceptions_enable=False,
)

RANK, DATA, BOARD, YEARLY, REFERENCE = "Rank", "Data", "Board", "Every year", "Reference"
app.command("rank", rich_help_panel=RANK)(rank.command)
app.command("explain", rich_help_panel=RANK)(explain.command)
app.command("compare", cls=compare.Compare, rich_help_panel=RANK)(compare.command)
app.command("robustness", rich_help_panel=RANK)(robustness.command)
app.command("check", rich_help_panel=DATA)(check.command)
app.command("prepare", rich_help_panel=DATA)(prepare.command)
app.command("fetch", rich_help_panel=DATA)(fetch.command)
app.command("scope", rich_help_panel=DATA)(scope.command)
app.command("shiftshare", rich_help_panel=DATA)(shiftshare.command)
app.command("areas", rich_help_panel=DATA)(areas.areas_command)
app.command("industries", rich_help_panel=DATA)(areas.industries_command)
app.add_typer(scorecard.app, name="scorecard", rich_help_panel=BOARD)
app.add_typer(weights.app, name="weights", rich_help_panel=BOARD)
app.command("plan", rich_help_panel=BOARD)(plan.command)
app.command("init", rich_help_panel=YEARLY)(init.command)
app.command("refresh", rich_help_panel=YEARLY)(refresh.command)
app.command("changes", rich_help_panel=YEARLY)(changes.command)
app.command("reproduce", rich_help_panel=YEARLY)(reproduce.command)
app.command("trend", rich_help_panel=YEARLY)(trend.command)
app.command("indicators", rich_help_panel=REFERENCE)(indicators.command)
app.command("schema", rich_help_panel=REFERENCE)(schema.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sectorscan {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Rank a region's sectors, say why, and say how sure that is."""
