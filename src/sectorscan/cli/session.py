"""What every command does alike: consoles, progress, errors and exit codes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from sectorscan.errors import Finding, SectorscanError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

USUAL_WIDTH = 80
FAULT, CAUTIONS = 1, 3
_PLAIN_ON_WINDOWS = re.compile(r"[\w.:=/\\+-]+")


def console(*, no_color: bool = False, stderr: bool = False) -> Console:
    """Return a console that never reads markup or emoji codes in the user's own words."""
    from rich.console import Console

    plain = no_color or bool(os.environ.get("NO_COLOR"))
    return Console(
        stderr=stderr,
        # Without a color system bold and dim are left out too: plain text, as promised.
        color_system=None if plain else "auto",
        # Some editors' shells say COLUMNS=0, into which nothing would fit.
        width=USUAL_WIDTH if os.environ.get("COLUMNS") == "0" else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=stderr,
    )


def say(lines: Iterable[str]) -> None:
    """Print messages to standard error, control characters made visible."""
    for line in lines:
        typer.echo(visible(line), err=True)


def words(text: str) -> str:
    """Return text as it was typed: in a locale without its letters Python passes bytes on."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    typed = text.encode("utf-8", "surrogateescape")
    try:
        return typed.decode("utf-8")
    except UnicodeDecodeError:
        return typed.decode("cp1252", "replace")


def command_line(words: Sequence[str], *, windows: bool = os.name == "nt") -> str:
    """Return a command as this system's shell takes it: cmd and PowerShell know double quotes."""
    if windows:
        return " ".join(
            word if _PLAIN_ON_WINDOWS.fullmatch(word) else f'"{word}"' for word in words
        )
    import shlex

    return shlex.join(words)


def typed(path: Path) -> str:
    """Return a path as a command takes it, never like an option."""
    return f"./{path}" if str(path).startswith("-") else str(path)


def files(number: int) -> str:
    """Return a number of files as messages have it."""
    return "1 file" if number == 1 else f"{number:,} files"


def visible(text: str) -> str:
    """Return text with control characters escaped, so that no input can steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


@contextmanager
def faults_end_with_1() -> Iterator[None]:
    """Print what the user can mend, all of it, and end with exit code 1."""
    try:
        yield
    except SectorscanError as error:
        report(error.findings)
        raise typer.Exit(FAULT) from None


def report(findings: Iterable[Finding]) -> None:
    """Print findings to standard error, one line each, what stops the run first."""
    found = sorted(findings, key=lambda finding: finding.severity != "error")
    say(f"{finding.severity}: {finding}" for finding in found)
    errors = sum(finding.severity == "error" for finding in found)
    if errors > 1:
        say([f"{errors} problems."])


def counting(say_now: Callable[[str], None]) -> Callable[[int, int], None]:
    """Return what says on a line of progress how many draws are made."""
    return lambda done, draws: say_now(
        f"Drawing weights and withheld figures, {done:,} of {draws:,} ..."
    )


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show that work goes on, on a terminal only; what is yielded changes the words."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    with console(stderr=True).status(what) as status:
        yield status.update
