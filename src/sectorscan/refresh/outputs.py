"""The reports of a run: which ones, and their bytes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.errors import ConfigError, nearest
from sectorscan.reports.write import WRITERS

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scan.model import Shortlist

RANKING = "ranking.json"
"""Every run has it: what changed is told from it."""
_BY_DEFAULT = ("ranking.csv", "shortlist.xlsx", "report.html", "memo.docx")
_NEEDS = {".docx": "docx"}
"""The optional library that an ending needs."""


def output_names(loaded: LoadedConfig) -> tuple[str, ...]:
    """Return the names of the reports that a run writes.

    Raises
    ------
    ConfigError
        Where the config asks for one that this installation can't write.
    """
    asked = loaded.config.outputs.files
    if asked is None:
        return (RANKING, *(name for name in _BY_DEFAULT if _can_write(name)))
    wrong = [
        loaded.finding(("outputs", "files", str(place)), *_why_not(name))
        for place, name in enumerate(asked)
        if not _can_write(name)
    ]
    if wrong:
        raise ConfigError(wrong)
    return (RANKING, *(name for name in asked if name != RANKING))


def write_outputs(shortlist: Shortlist, folder: Path, names: tuple[str, ...]) -> None:
    """Write the reports into a folder that nobody looks at yet."""
    for name in names:
        (folder / name).write_bytes(WRITERS[Path(name).suffix](shortlist))


def _can_write(name: str) -> bool:
    ending = Path(name).suffix
    needed = _NEEDS.get(ending)
    return ending in WRITERS and (needed is None or find_spec(needed) is not None)


def _why_not(name: str) -> tuple[str, str]:
    ending = Path(name).suffix
    if ending in WRITERS:
        return f"needs an optional library to write {ending}", "Install the extra memo."
    known = ", ".join(sorted(WRITERS))
    return (
        f"has the ending {ending!r}, which no report is written with",
        f"The endings that work are {known}.{nearest(ending, WRITERS)}",
    )
