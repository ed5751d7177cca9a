"""What ``init`` asks on a terminal, each question until its answer can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from sectorscan.cli.session import command_line, say
from sectorscan.errors import nearest

if TYPE_CHECKING:
    from sectorscan.cli.project import Settings

T = TypeVar("T")
MOST_PLACES = 12
"""How many areas of a name are shown before fewer words are asked for."""
INTERRUPTED = 130
_INIT = ("sectorscan", "init", "DIR", "--region")


def asked() -> Settings:
    """Return what the user answers; an empty first answer is the synthetic sample."""
    from sectorscan.cli.project import Settings

    areas = _ask_areas()
    if not areas:
        return Settings()
    return Settings(
        areas=areas,
        name=_ask("What is the region called?", _called(areas), _name),
        benchmark=_ask("What is it compared with? (US000: the nation)", "US000", _codes),
        period=_ask("First and last year (2020:2023), or Enter for all there are", "", _years),
        preset=_ask("Weights to start from: balanced, rural, urban ...", "balanced", preset_name),
    )


def _called(areas: tuple[str, ...]) -> str:
    from sectorscan.sources.areas import title

    return (title(areas[0]) if len(areas) == 1 else None) or "My region"


def _name(text: str) -> str:
    if not text.isprintable():
        message = "write the name on one line, without control characters"
        raise ValueError(message)
    return text.strip()


def _codes(text: str) -> tuple[str, ...]:
    """Return area codes, once it is said what they are."""
    from sectorscan.config.overrides import parse_codes
    from sectorscan.sources.areas import title

    codes = parse_codes(_name(text))
    unknown = "no area of the Bureau of Labor Statistics: taken as your own tables have it"
    say(f"  {code}  {title(code) or unknown}" for code in codes if code != "all")
    return codes


def _years(text: str) -> tuple[int, int] | None:
    from sectorscan.config.overrides import parse_period

    return parse_period(text) if text.strip() else None


def _ask(question: str, default: str, parse: Callable[[str], T]) -> T:
    """Ask until the answer can be read."""
    while True:
        try:
            return parse(_answer(question, default))
        except ValueError as error:
            text = str(error)
            say([text if text.endswith(("?", ".")) else f"{text}."])


def _answer(question: str, default: str) -> str:
    """Return what is typed; where that is broken off, end as everything that is interrupted."""
    try:
        return str(typer.prompt(question, default=default, show_default=bool(default), err=True))
    except typer.Abort:
        say(["", "Broken off: nothing was written."])
        raise typer.Exit(INTERRUPTED) from None


def _ask_areas() -> tuple[str, ...]:
    """Ask for area codes; words are looked up among the areas' names."""
    question = "Your region's area codes (39041,39045), a name to look up, or Enter for the sample"
    return _ask(question, "", _areas)


def _areas(text: str) -> tuple[str, ...]:
    """Return the codes that are typed.

    Raises
    ------
    ValueError
        Where names were, with what was found of them.
    """
    from sectorscan.sources.areas import search

    words = text.strip()
    if not words:
        return ()
    if any(mark.isdigit() for mark in words):
        return _codes(words)
    found = search(words)
    say(f"  {code}  {title}" for code, title in found[:MOST_PLACES])
    if len(found) > MOST_PLACES:
        message = f"and {len(found) - MOST_PLACES} more: add a word, such as the state's name"
    elif found:
        message = "Type the codes that make up your region, with commas between them"
    else:
        message = (
            f"Nothing found for {words!r}. Try fewer or shorter words. If your own tables call it "
            f"that, break off with Ctrl-C: {command_line([*_INIT, words])}"
        )
    raise ValueError(message)


def preset_name(text: str) -> str:
    """Return a preset's name.

    Raises
    ------
    ValueError
        Where it is none.
    """
    from sectorscan.config.presets import preset_names

    if text not in preset_names():
        known = ", ".join(preset_names())
        message = f"{text!r} is no preset; they are {known}.{nearest(text, preset_names())}"
        raise ValueError(message)
    return text
