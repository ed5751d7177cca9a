"""The options that several commands share, and what they mean together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from sectorscan.cli.session import words

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.sources.engines import Reading

T = TypeVar("T")


class Format(StrEnum):
    """What standard output holds."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class Level(StrEnum):
    """The NAICS level whose industries are the candidates."""

    sector = "sector"
    three = "3-digit"
    four = "4-digit"
    five = "5-digit"
    six = "6-digit"


def place(text: str) -> Path:
    """Return a path as typed; an empty one, as from an unset variable, is no ``.``.

    Raises
    ------
    typer.BadParameter
        Where it is empty.
    """
    if not str(text).strip():
        message = "the path is empty"
        raise typer.BadParameter(message)
    # Not every shell says where ~ is.
    return Path(text).expanduser() if re.match(r"~(?![^/\\])", str(text)) else Path(text)


Inputs = Annotated[
    list[Path] | None,
    typer.Argument(
        parser=place,
        metavar="[INPUT]...",
        help="Folders or files: your tables (CSV, Excel, Parquet, zip) or QCEW files. "
        "Without any, the synthetic sample.",
        show_default=False,
    ),
]


def _out(endings: str) -> Any:
    """Return the option of files to write besides."""
    told = f"Also write a file: {endings}. May be given several times."
    return typer.Option("--out", "-o", parser=place, metavar="FILE", help=told)


def _not_empty(text: str | None) -> str | None:
    if text is not None and not text.strip():
        message = "the name is empty"
        raise typer.BadParameter(message)
    return text


ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config",
        "-c",
        callback=_not_empty,
        metavar="FILE",
        help="A YAML config, or a preset's name (balanced, rural ...).",
    ),
]
RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        parser=words,
        metavar="CODES",
        help='The areas summed into one: 39041,39045 (or "Bath, OH; Lee, OH").',
    ),
]
BenchmarkOption = Annotated[
    str | None,
    typer.Option("--benchmark", metavar="CODES", help="Reference area(s): US000, or all."),
]
PeriodOption = Annotated[
    str | None, typer.Option("--period", metavar="YEARS", help="2020:2023, or one year.")
]
QuarterOption = Annotated[
    int | None,
    typer.Option(
        "--quarter",
        min=1,
        max=4,
        metavar="N",
        help="Of quarterly QCEW files: compare this quarter of each year.",
    ),
]
LevelOption = Annotated[
    Level | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="Candidates: every industry of this level (sector, 3-digit ... 6-digit).",
    ),
]
CacheOption = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        parser=place,
        metavar="DIR",
        envvar="SECTORSCAN_CACHE",
        help="Keep what was read of QCEW files in this folder: the next run is faster.",
        show_default=False,
    ),
]
WeightOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weight",
        metavar="NAME=NUMBER",
        help="What if? A group's or indicator's weight, relative to the others'.",
    ),
]
TopOption = Annotated[
    int | None, typer.Option("--top", min=1, metavar="N", help="Sectors on the shortlist.")
]
SeedOption = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help="The draws' seed: the same gives the same bytes."),
]
DrawsOption = Annotated[
    int | None,
    typer.Option(
        "--draws",
        min=0,
        metavar="N",
        help="Random draws of weights and withheld figures (10000); 0 switches them off.",
    ),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help="What to print: table, json, csv or markdown."
    ),
]
OutOption = Annotated[list[Path] | None, _out(".xlsx .html .docx .json .csv .md .parquet")]
ChartsOption = Annotated[
    Path | None,
    typer.Option(
        "--charts",
        parser=place,
        metavar="DIR",
        help="Also draw the charts into this folder, for slides: PNG and SVG.",
        show_default=False,
    ),
]
PlotOption = Annotated[
    bool | None,
    typer.Option(
        "--plot/--no-plot",
        help="Draw the charts in text too; without either, on a terminal only.",
        show_default=False,
    ),
]
SectorOutOption = Annotated[list[Path] | None, _out(".json .csv .md")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No messages, only results.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Name every file that was read.")
]
NoColorOption = Annotated[bool, typer.Option("--no-color", help="Plain text (also: NO_COLOR).")]
ReadinessOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--readiness",
        parser=place,
        metavar="FILE",
        help="A filled scorecard (or a folder of them): tiers from both axes. Several times.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Ratings more than 12 months older than this day are stale (2026-11-22).",
    ),
]
AllRegionsOption = Annotated[
    bool,
    typer.Option("--all-regions", help="Rank each region of the config's regions:, from one load."),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 3 if there are cautions.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of the config and the inputs."""

    inputs: tuple[Path, ...]
    config: str | None
    region: str | None = None
    benchmark: str | None = None
    period: str | None = None
    level: Level | None = None
    weights: tuple[str, ...] = ()
    top: int | None = None
    seed: int | None = None
    quarter: int | None = None
    cache: Path | None = None
    draws: int | None = None
    readiness: tuple[Path, ...] = ()
    as_of: str | None = None

    def reading(self) -> Reading:
        """Return how public files are to be read."""
        from sectorscan.sources.engines import Reading

        return Reading(cache=self.cache)


def parsed(option: str, text: str | None, parse: Callable[[str], T]) -> T | None:
    """Return an option's text as a value, None where it wasn't given.

    Raises
    ------
    typer.BadParameter
        Where it can't be parsed: a usage error, exit code 2.
    """
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _weights(given: tuple[str, ...]) -> dict[str, float]:
    """Return the weights by name; one that is given twice is a usage error."""
    from sectorscan.config.overrides import parse_weight

    weights: dict[str, float] = {}
    for text in given:
        name, weight = parsed("--weight", text, parse_weight) or ("", 0.0)
        if name in weights:
            message = f"{name!r} is given twice: keep one"
            raise typer.BadParameter(message, param_hint="--weight")
        weights[name] = weight
    return weights


def settle(asked: Asked) -> tuple[tuple[Path, ...], LoadedConfig]:
    """Return the inputs and the config; without inputs, the config's, else the embedded sample.

    Raises
    ------
    ConfigError
        Where the config is at fault.
    """
    from sectorscan.config.inputs import inputs_and_config
    from sectorscan.config.overrides import Overrides, parse_codes, parse_day, parse_period

    weights = _weights(asked.weights)
    overrides = Overrides(
        region=parsed("--region", asked.region, parse_codes),
        benchmark=parsed("--benchmark", asked.benchmark, parse_codes),
        period=parsed("--period", asked.period, parse_period),
        level=asked.level.value if asked.level else None,
        weights=weights,
        top=asked.top,
        seed=asked.seed,
        draws=asked.draws,
        quarter=asked.quarter,
        readiness=tuple(str(path) for path in asked.readiness),
        as_of=parsed("--as-of", asked.as_of, parse_day),
    )
    return inputs_and_config(asked.inputs, asked.config, overrides)[:2]


def settle_one(asked: Asked) -> tuple[tuple[Path, ...], LoadedConfig]:
    """Return the inputs and the config for a command that looks at one region.

    Raises
    ------
    ConfigError
        Where the config is at fault, or has many regions and none is chosen.
    """
    paths, loaded = settle(asked)
    loaded.check_one_region()
    return paths, loaded
