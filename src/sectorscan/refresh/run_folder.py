"""A run folder read back: every file that is used is held against the manifest first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sectorscan.errors import Finding, InputError, SectorscanError
from sectorscan.refresh.folder import RUN_NAME, check_ordinary, is_litter, readable
from sectorscan.refresh.manifest import FileRecord, Manifest, read_manifest
from sectorscan.refresh.split import State
from sectorscan.reports.text import plain
from sectorscan.scan.changes import RunHead
from sectorscan.tables.files import digest

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig

RANKING, CONFIG, TABLES = "ranking.json", "config.yaml", "tables"
_MOST_PROBLEMS = 20
_REMEDY = "Take the run folder from a copy, or compare with another run."

# Whatever a ranking says is drawn and compared: within what any region has, many times over.
_LARGEST, _MOST_SECTORS, _LONGEST = 1_000_000, 5_000, 2_000
_LARGEST_RANKING = 1 << 27
Number = Annotated[float, Field(ge=-_LARGEST, le=_LARGEST, allow_inf_nan=False)]
Rank = Annotated[int, Field(ge=1, le=_LARGEST)]
Text = Annotated[str, Field(max_length=_LONGEST)]
# Titles are other people's, and may be of any length.
Words = Annotated[str, AfterValidator(lambda text: plain(text[:_LONGEST]))]


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Question(_Read):
    """A readiness question's mean level, 0 to 4, None where nobody knows."""

    id: Text
    level: Number | None = None
    weight: Number = 0.0


class Readiness(_Read):
    """What raters said of a sector, as far as it is compared."""

    score: Number | None = None
    stale_share: Number | None = None
    raters: Annotated[int, Field(ge=0, le=_LARGEST)] = 0
    questions: Annotated[tuple[Question, ...], Field(max_length=_LONGEST)] = ()
    blocked_by: Annotated[tuple[Text, ...], Field(max_length=_LONGEST)] = ()


class Gate(_Read):
    """What a gate does, and whether it did."""

    effect: Text
    triggered: bool


class SectorRecord(_Read):
    """A sector of ``ranking.json``; ``rank`` is None in its list of the excluded."""

    id: Text
    title: Words
    rank: Rank | None = None
    score: Number | None = None
    score_low: Number | None = None
    score_high: Number | None = None
    tied: bool = False
    shortlisted: bool = False
    tier: Words | None = None
    exclusion: Text | None = None
    reason: Words | None = None
    readiness: Readiness | None = None
    gates: Annotated[tuple[Gate, ...], Field(max_length=_LONGEST)] = ()

    @property
    def held(self) -> bool:
        """Whether a gate holds it back from launch."""
        return any(gate.effect == "hold" and gate.triggered for gate in self.gates)


class _Settings(_Read):
    top: Rank


class Ranking(_Read):
    """What ``ranking.json`` says of every candidate."""

    schema_: Literal["sectorscan/ranking/1"] = Field(alias="schema")
    sectors: Annotated[tuple[SectorRecord, ...], Field(max_length=_MOST_SECTORS)]
    excluded: Annotated[tuple[SectorRecord, ...], Field(max_length=_MOST_SECTORS)]
    config: _Settings
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder whose manifest and ranking are read; its tables and config on demand."""

    folder: Path
    manifest: Manifest
    ranking: Ranking

    @property
    def sectors(self) -> dict[str, SectorRecord]:
        """Every candidate, ranked or not, by id."""
        return {one.id: one for one in (*self.ranking.sectors, *self.ranking.excluded)}

    @property
    def rated(self) -> bool:
        """Whether it was made with readiness scorecards."""
        return bool(self.manifest.scorecards)

    @property
    def head(self) -> RunHead:
        """The run as reports name it."""
        about = self.manifest
        named = RUN_NAME.fullmatch(self.folder.name) is not None
        return RunHead(
            name=self.folder.name if named else about.date,
            date=about.date,
            version=about.tool.version,
            region=about.region.name[:_LONGEST],
            base=about.period.base,
            end=about.period.end,
            config_sha256=about.config.sha256,
        )

    def config(self) -> LoadedConfig:
        """Return the config that the run was made with.

        Raises
        ------
        SectorscanError
            Where it isn't what the run wrote, or this version can't read it.
        """
        from sectorscan.refresh.resolved import load_resolved

        _check(self.folder, self.manifest, CONFIG)
        with self._named():
            return load_resolved(self.folder / CONFIG)

    def state(self) -> State:
        """Return the tables and the config that the run was made from.

        Raises
        ------
        SectorscanError
            Where they aren't what the run wrote, or this version can't read them.
        """
        from sectorscan.refresh.snapshot import read_snapshot

        loaded = self.config()
        _check(self.folder, self.manifest, TABLES)
        period = self.manifest.period
        years = None if period.base is None or period.end is None else (period.base, period.end)
        with self._named():
            tables = read_snapshot(self.folder / TABLES)
        return State(tables, loaded, years, period.quarter)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name the run in what is wrong with its files: two runs have files of the same names."""
        try:
            yield
        except SectorscanError as error:
            named = [
                replace(one, file=_name(self.folder, one.file) if one.file else self.folder.name)
                for one in error.findings
            ]
            raise type(error)(named) from error


def read_run(folder: Path) -> Run:
    """Return a run folder's manifest and ranking.

    Raises
    ------
    InputError
        Where it is no run folder, or its ranking isn't what the run wrote.
    """
    folder = folder.resolve()
    manifest = read_manifest(folder)
    _check(folder, manifest, RANKING)
    try:
        with readable(_name(folder, RANKING)):
            if (folder / RANKING).stat().st_size > _LARGEST_RANKING:
                what = "the file is too large for a ranking."
                raise InputError(Finding(what, _REMEDY, _name(folder, RANKING)))
            content = (folder / RANKING).read_bytes()
        ranking = Ranking.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        what = f"this isn't a ranking that this version can read: {place}: {first['msg']}."
        raise InputError(Finding(what, _REMEDY, _name(folder, RANKING))) from error
    return Run(folder, manifest, ranking)


def _name(folder: Path, path: str) -> str:
    return f"{folder.name}/{path}"


def _check(folder: Path, manifest: Manifest, under: str) -> None:
    """Hold a file, or every file of a folder, against the manifest.

    Raises
    ------
    InputError
        With each file that is missing, isn't listed, or isn't what the run wrote.
    """
    check_ordinary(folder, [under])
    with readable(folder.name):
        problems = _problems(folder, manifest, under)
    more = len(problems) - _MOST_PROBLEMS
    if more > 0:
        rest = Finding(f"{more:,} more files of the run are like these.", file=folder.name)
        problems = [*problems[:_MOST_PROBLEMS], rest]
    if problems:
        raise InputError(problems)


def _problems(folder: Path, manifest: Manifest, under: str) -> list[Finding]:
    listed = {
        one.path: one
        for one in manifest.files
        if one.path == under or one.path.startswith(f"{under}/")
    }
    place = folder / under
    there = {
        path.relative_to(folder).as_posix()
        for path in ([place] if place.is_file() else sorted(place.rglob("*")))
        if path.is_file() and not is_litter(path)
    }
    problems = []
    for path in sorted({*listed, *there}) or [under]:
        name, real = _name(folder, path), folder / path
        if path not in there:
            problems.append(Finding("this file of the run is missing.", _REMEDY, name))
        elif path not in listed:
            problems.append(Finding("the run didn't write this file.", _REMEDY, name))
        elif not _as_written(real, listed[path]):
            problems.append(Finding("this isn't the file that the run wrote.", _REMEDY, name))
    return problems


def _as_written(path: Path, record: FileRecord) -> bool:
    return path.stat().st_size == record.bytes and digest(path) == record.sha256
