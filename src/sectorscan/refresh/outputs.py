"""The reports of a run: which ones, and their bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.errors import ConfigError
from sectorscan.reports.write import WRITERS, cannot_write

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scan.model import Shortlist

RANKING = "ranking.json"
"""Every run has it: what changed is told from it."""
_PLAN = "plan"
_BY_DEFAULT = ("ranking.csv", "shortlist.xlsx", "report.html", "memo.docx")


def output_names(loaded: LoadedConfig) -> tuple[str, ...]:
    """Return the names of the reports that a run writes.

    Raises
    ------
    ConfigError
        Where the config asks for one that this installation can't write.
    """
    asked = loaded.config.outputs.files
    if asked is None:
        return (RANKING, *(name for name in _BY_DEFAULT if not cannot_write(Path(name).suffix)))
    wrong = [
        loaded.finding(("outputs", "files", str(place)), *why)
        for place, name in enumerate(asked)
        if (why := cannot_write(Path(name).suffix))
    ]
    if wrong:
        raise ConfigError(wrong)
    return (RANKING, *(name for name in asked if name.casefold() != RANKING))


def write_outputs(shortlist: Shortlist, folder: Path, names: tuple[str, ...]) -> None:
    """Write the reports into a folder that nobody looks at yet."""
    for name in names:
        (folder / name).write_bytes(_writer(Path(name))(shortlist))


def _writer(name: Path) -> Callable[[Shortlist], bytes]:
    """Return what writes a report: its ending says the form, the name ``plan`` the launch order."""
    from sectorscan.reports import plan

    known = plan.WRITERS if name.stem == _PLAN and name.suffix in plan.WRITERS else WRITERS
    return known[name.suffix]
