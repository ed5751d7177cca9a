"""What a run was made from and what it made, schema ``sectorscan/manifest/1``.

The models give ``docs/schemas/manifest-1.schema.json``; reading holds a manifest to them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sectorscan.errors import Finding, InputError, quoted
from sectorscan.refresh.folder import MANIFEST, RUNS, is_inside, is_own_file

SCHEMA: Literal["sectorscan/manifest/1"] = "sectorscan/manifest/1"
_LARGEST = 1 << 26


def _relative(path: str) -> str:
    if not is_inside(path):
        message = "must be a path inside the folder"
        raise ValueError(message)
    return path


def _day(text: str) -> str:
    dt.date.fromisoformat(text)
    return text


Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)]
Inside = Annotated[str, Field(max_length=4096), AfterValidator(_relative)]
Count = Annotated[int, Field(ge=0)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRecord(_Frozen):
    """A file by its path (slashes, relative), size and hash."""

    path: Inside
    bytes: Count
    sha256: Sha256


class InputRecord(FileRecord):
    """An input: its kind and rows too; null for a file that was looked at and left out."""

    kind: str | None
    rows: Count | None


class Tool(_Frozen):
    """What made the run."""

    name: Literal["sectorscan"] = "sectorscan"
    version: str
    libraries: dict[str, str] = Field(
        description="The system, and versions of Python and of what computes and writes."
    )


class Previous(_Frozen):
    """The run that this one was compared with, and the hash of its manifest."""

    run: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(-\d+)?$")]
    manifest_sha256: Sha256


class Region(_Frozen):
    """The region's name and the areas summed into it."""

    name: str
    areas: tuple[str, ...]


class Period(_Frozen):
    """The years compared, and the quarter of each where quarters are."""

    base: int | None
    end: int | None
    quarter: int | None


class Vintage(_Frozen):
    """The first and last year that the inputs have figures of; null where they say none."""

    first_year: int | None
    last_year: int | None


class ConfigRecord(_Frozen):
    """The config's file name, and the hash of the resolved config as in ranking.json."""

    path: str
    sha256: Sha256


class Manifest(_Frozen):
    """A run: what it was made from, and every file that it made."""

    schema_: Literal["sectorscan/manifest/1"] = Field(SCHEMA, alias="schema")
    tool: Tool
    date: Day
    as_of: Day = Field(description="The day from which readiness ratings are looked back on.")
    basis_sha256: Sha256 = Field(
        description="Of version, config, inputs and scorecards: --if-changed compares it."
    )
    previous: Previous | None
    synthetic: bool
    region: Region
    benchmark: str
    ownership: str
    lq_base: str
    period: Period
    vintage: Vintage
    config: ConfigRecord
    seed: int
    draws: Count
    inputs_from: Literal["project", "sample"]
    sources: tuple[Inside, ...] = Field(description="The folders and files that were named.")
    inputs: tuple[InputRecord, ...]
    scorecards: tuple[FileRecord, ...]
    warnings: tuple[str, ...]
    files: tuple[FileRecord, ...] = Field(description="Every other file of the run folder.")

    def to_bytes(self) -> bytes:
        """Return the manifest as its file has it."""
        from sectorscan.reports.json_text import dump

        return dump(self.model_dump(mode="json", by_alias=True)).encode("ascii")


def read_manifest(run: Path) -> Manifest:
    """Return a run folder's manifest.

    Raises
    ------
    InputError
        Where the folder has none, or it isn't one.
    """
    path = run / MANIFEST
    remedy = "Name a run folder, such as runs/2026-11-22."
    named = f"{run.name}/{MANIFEST}"
    try:
        if not is_own_file(path):
            raise InputError(_no_run_folder(run, remedy))
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(_no_run_folder(run, remedy)) from error
    try:
        if len(content) > _LARGEST:
            raise InputError(Finding("the file is too large for a manifest.", remedy, named))
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        what = f"this isn't a manifest that this version can read: {place} {first['msg']}".strip()
        raise InputError(Finding(f"{what}.", remedy, named)) from error


def _no_run_folder(run: Path, remedy: str) -> Finding:
    """Return what is at a place where there is no manifest."""
    name = quoted(run.name or run)
    if run.is_file():
        what = f"{name} is a file, not the folder of a run."
        return Finding(what, f"{remedy} refresh makes them; a zip is to be unpacked first.")
    if (run / RUNS).is_dir():
        return Finding(f"{name} is a project, not one of its runs.", remedy)
    return Finding(f"{name} is no run folder: there is no {MANIFEST} to read in it.", remedy)


def schema_text() -> str:
    """Return the JSON Schema of a manifest, as ``docs/schemas`` has it."""
    import json

    schema = Manifest.model_json_schema(by_alias=True, mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA}
    return json.dumps({**schema, **head}, indent=2) + "\n"
