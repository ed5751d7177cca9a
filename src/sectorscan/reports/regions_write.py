"""Many regions to a file or standard output, in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.reports.write import check
from sectorscan.tables.writing import write_bytes

if TYPE_CHECKING:
    from sectorscan.scan.regions_model import Regions


def render(result: Regions, output_format: str) -> str:
    """Return the regions as text for standard output: ``json``, ``csv`` or ``markdown``."""
    if output_format == "json":
        from sectorscan.reports.regions_json import to_json

        return to_json(result)
    if output_format == "csv":
        from sectorscan.reports.regions_table import to_csv

        return to_csv(result)
    from sectorscan.reports.regions_markdown import to_markdown

    return to_markdown(result)


def _parquet(result: Regions) -> bytes:
    from sectorscan.reports.regions_table import to_parquet

    return to_parquet(result)


def _xlsx(result: Regions) -> bytes:
    from sectorscan.reports.regions_workbook import to_workbook

    return to_workbook(result)


WRITERS: Mapping[str, Callable[[Regions], bytes]] = {
    # Excel reads a CSV file as UTF-8 only with a byte order mark; standard output has none.
    ".csv": lambda result: render(result, "csv").encode("utf-8-sig"),
    ".json": lambda result: render(result, "json").encode(),
    ".md": lambda result: render(result, "markdown").encode(),
    ".parquet": _parquet,
    ".xlsx": _xlsx,
}
"""What each ending is written with."""


def write(result: Regions, path: Path) -> None:
    """Write one report; an earlier file of that name is replaced only once the new one is whole.

    Raises
    ------
    SectorscanError
        Where the ending isn't known or the place can't be written to.
    """
    check([path], WRITERS)
    write_bytes(path, WRITERS[path.suffix.lower()](result))
