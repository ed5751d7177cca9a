"""``sectorscan init``: a new project folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import command_line, faults_end_with_1, say, words
from sectorscan.errors import Finding, InputError, nearest

if TYPE_CHECKING:
    from sectorscan.cli.project import Settings

T = TypeVar("T")
MOST_PLACES = 12
"""How many areas of a name are shown before fewer words are asked for."""


def command(
    folder: Annotated[
        Path, typer.Argument(parser=o.place, metavar="DIR", help="The folder to make.")
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", parser=words, metavar="NAME", help="What the region is called."),
    ] = None,
    region: o.RegionOption = None,
    benchmark: o.BenchmarkOption = None,
    period: o.PeriodOption = None,
    level: o.LevelOption = None,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset", metavar="NAME", help="Weights to start from: balanced, rural, urban ..."
        ),
    ] = None,
) -> None:
    """Make a new project folder: a commented config, a README, a folder for your tables.

    On a terminal it asks. With options it doesn't, and without either it makes a project that runs
    at once on the synthetic sample.

    For example:

      sectorscan init my_region

      sectorscan init my_region --name "Central Ohio" --region 39041,39045,39049 --period 2020:2023

      sectorscan refresh my_region
    """
    from sectorscan.cli.project import contents

    given = (name, region, benchmark, period, level, preset)
    settings = _settings(name, region, benchmark, period, level, preset)
    with faults_end_with_1():
        check_free(folder, contents(settings))
        if _on_terminal() and all(option is None for option in given):
            settings = asked()
        files = contents(settings)
        _check_config(files["sectorscan.yaml"])
        make(folder, files)
    say([f"made {folder}: {', '.join(sorted(files))}"])
    then = command_line(["sectorscan", "refresh", str(folder)])
    if settings.areas is None:
        say([f"next: {then}  (ranks the synthetic sample)"])
    else:
        say([f"next: put your figures into {folder / 'inputs'}, then  {then}"])


def _settings(
    name: str | None,
    region: str | None,
    benchmark: str | None,
    period: str | None,
    level: o.Level | None,
    preset: str | None,
) -> Settings:
    """Return what the options say, each checked."""
    from sectorscan.cli.project import NATION, Settings
    from sectorscan.config.overrides import parse_codes, parse_period

    areas = o.parsed("--region", region, parse_codes)
    if areas is None and any(text is not None for text in (name, benchmark, period)):
        message = "which areas? A name, benchmark or period goes with a region's areas"
        raise typer.BadParameter(message, param_hint="--region")
    settings = Settings(
        areas=areas,
        benchmark=o.parsed("--benchmark", benchmark, parse_codes) or NATION,
        period=o.parsed("--period", period, parse_period),
        preset=o.parsed("--preset", preset, _preset) or "balanced",
    )
    if name is not None:
        settings = replace(settings, name=name)
    return settings if level is None else replace(settings, level=level.value)


def _preset(text: str) -> str:
    from sectorscan.config.presets import preset_names

    if text not in preset_names():
        known = ", ".join(preset_names())
        message = f"{text!r} is no preset; they are {known}.{nearest(text, preset_names())}"
        raise ValueError(message)
    return text


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked() -> Settings:
    """Return what the user answers; an empty first answer is the synthetic sample."""
    from sectorscan.cli.project import Settings
    from sectorscan.config.overrides import parse_codes

    areas = _ask_areas()
    if not areas:
        return Settings()
    return Settings(
        areas=areas,
        name=_ask("What is the region called?", "My region", str),
        benchmark=_ask("What is it compared with? (US000: the nation)", "US000", parse_codes),
        period=_ask("First and last year (2020:2023), or Enter for all there are", "", _years),
        preset=_ask("Weights to start from: balanced, rural, urban ...", "balanced", _preset),
    )


def _years(text: str) -> tuple[int, int] | None:
    from sectorscan.config.overrides import parse_period

    return parse_period(text) if text.strip() else None


def _ask(question: str, default: str, parse: Callable[[str], T]) -> T:
    """Ask until the answer can be read."""
    while True:
        answer = typer.prompt(question, default=default, show_default=bool(default), err=True)
        try:
            return parse(answer)
        except ValueError as error:
            say([f"{error}."])


def _ask_areas() -> tuple[str, ...]:
    """Ask for area codes; words are looked up among the areas' names."""
    from sectorscan.config.overrides import parse_codes
    from sectorscan.sources.areas import search

    question = "Your region's area codes (39041,39045), a name to look up, or Enter for the sample"
    while True:
        answer = typer.prompt(question, default="", show_default=False, err=True).strip()
        if not answer:
            return ()
        if any(mark.isdigit() for mark in answer):
            try:
                return parse_codes(answer)
            except ValueError as error:
                say([f"{error}."])
                continue
        found = search(answer)
        say(f"  {code}  {title}" for code, title in found[:MOST_PLACES])
        if len(found) > MOST_PLACES:
            say([f"  and {len(found) - MOST_PLACES} more: add a word, such as the state's name."])
        if not found:
            say([f"Nothing found for {answer!r}. Try fewer or shorter words."])


def check_free(folder: Path, files: dict[str, str]) -> None:
    """Check that none of the files is there.

    Raises
    ------
    InputError
        Where one is.
    """
    present = [name for name in sorted(files) if (folder / name).exists()]
    if present:
        raise InputError(
            Finding(
                f"{folder} already has {', '.join(present)}; nothing was written.",
                "Name a new folder, or take those files away.",
            )
        )


def _check_config(text: str) -> None:
    """Check that the config can be read, whatever it was filled with, before anything is written.

    Raises
    ------
    ConfigError
        Where it can't.
    """
    import tempfile

    from sectorscan.config.loader import load_config

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        config = Path(place) / "sectorscan.yaml"
        config.write_text(text, encoding="utf-8")
        load_config(config)


def make(folder: Path, files: dict[str, str]) -> None:
    """Write the files into the folder; whatever is there already stays as it is.

    Raises
    ------
    InputError
        Where one of the files is there, or the folder can't be written.
    """
    check_free(folder, files)
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise InputError(
            Finding(f"{folder} can't be written: {error.strerror}.", "Name a folder of your own.")
        ) from None
