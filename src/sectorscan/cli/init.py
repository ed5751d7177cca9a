"""``sectorscan init``: a new project folder."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sectorscan.cli import options as o
from sectorscan.cli.session import faults_end_with_1, progress, say
from sectorscan.errors import Finding, InputError, SectorscanError, nearest

if TYPE_CHECKING:
    from sectorscan.cli.project import Settings

T = TypeVar("T")
MOST_PLACES = 12
"""How many areas of a name are shown before fewer words are asked for."""
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows keeps for devices, whatever their ending."""


def command(
    folder: Annotated[
        Path, typer.Argument(parser=o.place, metavar="DIR", help="The folder to make.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What the region is called.")
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
    """Make a new project folder: a commented config, a README, folders for your files, scorecards.

    On a terminal it asks. With options it doesn't, and without either it makes a project that runs
    at once on the synthetic sample. Where the folder has tables in inputs already, the blank
    scorecard is of their shortlist.

    For example:

      sectorscan init my_region

      sectorscan init my_region --name "Central Ohio" --region 39041,39045,39049 --period 2020:2023

      sectorscan refresh my_region
    """
    from sectorscan.cli.project import BLANK, INPUTS

    given = (name, region, benchmark, period, level, preset)
    settings = _settings(name, region, benchmark, period, level, preset)
    with faults_end_with_1():
        check_free(folder)
        if _on_terminal() and all(option is None for option in given):
            settings = asked()
        check_sample_fits(folder, settings)
        with progress("Making ...", quiet=False):
            files, without = contents(folder, settings)
            make(folder, files)
    say([f"made {folder}: {', '.join(sorted(files))}"])
    say(f"note: no {BLANK} yet, because the figures can't be ranked: {one}" for one in without)
    config, told = quoted(folder / "sectorscan.yaml"), quoted(folder)
    if settings.areas is None:
        say([f"next: sectorscan refresh {told}  (ranks the synthetic sample)"])
        say([f"then: sectorscan plan -c {config}"])
    elif BLANK in files:
        say([f"next: sectorscan refresh {told}"])
    elif without:
        say([f"next: sectorscan check -c {config}"])
    else:
        say([f"next: put your figures into {folder / INPUTS}, then  sectorscan refresh {told}"])
    say([f"README.md in {folder} has the steps of a year, in order"])


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


def quoted(path: Path) -> str:
    """Return a path as it is typed: in quotes where it has to be."""
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:~+,=@%-]+", text) else f'"{text}"'


def check_free(folder: Path) -> None:
    """Check that a project can be made there: a usable name, and none of its files there.

    Raises
    ------
    InputError
        Where it can't.
    """
    from sectorscan.cli.project import BLANK, TEXTS

    if folder.name.split(".")[0].rstrip().casefold() in RESERVED:
        what = f"no folder can be called {folder.name!r} on Windows."
        raise InputError(Finding(what, "Choose another name."))
    present = [name for name in sorted((*TEXTS, BLANK)) if _exists(folder / name)]
    if present:
        raise InputError(
            Finding(
                f"{folder} already has {', '.join(present)}; nothing was written.",
                "Name a new folder, or take those files away.",
            )
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(Finding(f"{folder} is a file.", "Name a new folder."))


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError as error:
        raise _unwritable(path.parent, error) from None


def _unwritable(folder: Path, error: OSError) -> InputError:
    what = f"{folder} can't be written: {error.strerror}."
    return InputError(Finding(what, "Name a folder of your own."))


def check_sample_fits(folder: Path, settings: Settings) -> None:
    """Check that a project for the sample holds no figures of its own.

    Raises
    ------
    InputError
        Where it does: the sample's region isn't theirs.
    """
    from sectorscan.cli.project import INPUTS, holds_inputs

    if settings.areas is None and holds_inputs(folder):
        what = f"{folder / INPUTS} has tables already, so this can't be the sample's project."
        remedy = "Say which areas they are of: --region 39041,39045"
        raise InputError(Finding(what, remedy))


def contents(folder: Path, settings: Settings) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the new folder's files, and why there is no blank scorecard where figures are.

    Raises
    ------
    ConfigError
        Where the config can't be read, whatever it was filled with.
    """
    from sectorscan.cli.project import CONFIG, scorecards, texts
    from sectorscan.config.loader import load_config

    files = {name: text.encode("utf-8") for name, text in texts(settings).items()}
    with tempfile.TemporaryDirectory() as place:
        make(Path(place), files)
        load_config(Path(place) / CONFIG)
        try:
            files |= scorecards(folder, settings, Path(place) / CONFIG)
        except SectorscanError as error:
            return files, list(error.findings)
    return files, []


def make(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files into the folder, all or none; whatever is there already stays as it is.

    Raises
    ------
    InputError
        Where one of the files is there, or the folder can't be written.
    """
    written: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            for place in reversed((path.parent, *path.parent.parents)):
                if not place.exists():
                    place.mkdir()
                    written.append(place)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(content)
    except BaseException as error:
        for path in reversed(written):
            path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from None
        raise
