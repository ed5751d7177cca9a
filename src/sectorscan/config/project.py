"""The keys of a project's annual run: where its figures lie, and which files it writes."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from sectorscan.config.criteria import Strict
from sectorscan.config.fields import Problem, as_whole, refuse
from sectorscan.config.scorecard import Paths

Top = Annotated[int, Field(ge=1, le=10_000), BeforeValidator(as_whole)]
_LEADS_OUT = re.compile(r"[a-zA-Z]:|[\\/]")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.[a-z0-9]{1,10}", re.ASCII)
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows keeps for devices, whatever their ending."""
OWN_NAMES = frozenset({"manifest.json", "config.yaml", "changes.json", "changes.md"})
"""What a run folder holds beside the files that are asked for."""


def _inside(names: tuple[str, ...]) -> tuple[str, ...]:
    remedy = "Write a path from the config's folder on, such as inputs; a link there may lead out."
    problems = [
        Problem((i,), "must lie in the config's folder, or below it", remedy)
        for i, name in enumerate(names)
        if _LEADS_OUT.match(name) or ".." in re.split(r"[\\/]", name)
    ]
    return refuse(*problems) if problems else names


def _file_names(names: tuple[str, ...]) -> tuple[str, ...]:
    problems = []
    for i, name in enumerate(names):
        if not _FILE_NAME.fullmatch(name):
            what = "can't be a file's name in a run folder"
            remedy = "Write letters, digits, - and _, and an ending: shortlist.xlsx."
            problems.append(Problem((i,), what, remedy))
        elif name.split(".")[0].casefold() in DEVICES:
            what = "is the name of a device on Windows"
            problems.append(Problem((i,), what, "Choose another name."))
        elif name.casefold() in OWN_NAMES:
            what = "is a file that every run has of its own"
            problems.append(Problem((i,), what, "Choose another name."))
        elif name.casefold() in (earlier.casefold() for earlier in names[:i]):
            problems.append(Problem((i,), f"{name!r} is listed twice", "Keep one."))
    return refuse(*problems) if problems else names


Inputs = Annotated[Paths, AfterValidator(_inside)]
FileNames = Annotated[Paths, AfterValidator(_file_names)]


class OutputsConfig(Strict):
    """How many sectors are on the shortlist, and what a refresh writes."""

    top: Top = Field(default=5, description="How many sectors are on the shortlist.")
    files: FileNames | None = Field(
        default=None,
        description="The files that a refresh writes beside ranking.json, each in the form that"
        " its ending says; plan.md, plan.csv and plan.json hold the launch order. By default"
        " ranking.csv, shortlist.xlsx and whatever else this installation makes.",
    )
