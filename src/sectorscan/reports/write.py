"""A shortlist to a file, whole or not at all, in the form that the file's ending says."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sectorscan.errors import Finding, SectorscanError, nearest, quoted
from sectorscan.tables.writing import CHOOSE_ANOTHER, final_place, trouble, write_bytes

if TYPE_CHECKING:
    # Only a name here: places can be checked before pandas is loaded.
    from sectorscan.scan.model import Shortlist

T = TypeVar("T")
"""A result that is written: of one region, of many, a sector's footprint, a shift-share."""


def render(shortlist: Shortlist, output_format: str) -> str:
    """Return the shortlist as text for standard output: ``json``, ``csv`` or ``markdown``."""
    if output_format == "json":
        from sectorscan.reports.ranking_json import to_json

        return to_json(shortlist)
    if output_format == "csv":
        from sectorscan.reports.table import to_csv

        return to_csv(shortlist)
    from sectorscan.reports.markdown import to_markdown

    return to_markdown(shortlist)


def render_sector(shortlist: Shortlist, sector: str, output_format: str) -> str:
    """Return one sector in full as text: ``json``, ``csv`` or ``markdown``.

    Raises
    ------
    KeyError
        Where no candidate has this id.
    """
    from sectorscan.reports.one_sector import render_sector as render_one

    return render_one(shortlist, sector, output_format)


TEXT_FORMATS: Mapping[str, str] = {".csv": "csv", ".json": "json", ".md": "markdown"}
"""The format that each ending of a text file stands for, and all that one sector is written in."""


def encoded(text: str, output_format: str) -> bytes:
    """Return a report's text as a file has it."""
    # Excel reads a CSV file as UTF-8 only with a byte order mark; standard output has none.
    return text.encode("utf-8-sig" if output_format == "csv" else "utf-8")


def text_writers(render: Callable[[T, str], str]) -> dict[str, Callable[[T], bytes]]:
    """Return what writes the text formats, by ending; ``render`` takes a result and a format."""

    def writer(output_format: str) -> Callable[[T], bytes]:
        return lambda result: encoded(render(result, output_format), output_format)

    return {ending: writer(output_format) for ending, output_format in TEXT_FORMATS.items()}


def _html(shortlist: Shortlist) -> bytes:
    from sectorscan.reports.html.document import to_html

    return to_html(shortlist).encode("utf-8")


def _parquet(shortlist: Shortlist) -> bytes:
    from sectorscan.reports.table import to_parquet

    return to_parquet(shortlist)


def _xlsx(shortlist: Shortlist) -> bytes:
    from sectorscan.reports.workbook import to_workbook

    return to_workbook(shortlist)


def _docx(shortlist: Shortlist) -> bytes:
    from sectorscan.reports.memo.memo import to_memo

    return to_memo(shortlist)


WRITERS: Mapping[str, Callable[[Shortlist], bytes]] = {
    **text_writers(render),
    ".html": _html,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
    ".docx": _docx,
}
"""What each ending is written with."""

_NEEDS = {".docx": ("docx", "sectorscan[memo]")}
"""The library that an ending needs beside those always there, and what installs it."""


def write(shortlist: Shortlist, path: Path) -> None:
    """Write a shortlist's report, as `save` does."""
    save(shortlist, path, WRITERS)


def save(result: T, path: Path, writers: Mapping[str, Callable[[T], bytes]]) -> None:
    """Write one report; an earlier file of that name is replaced only once the new one is whole.

    ``writers`` has what each ending is written with.

    Raises
    ------
    SectorscanError
        Where the ending isn't known or the place can't be written to.
    """
    check([path], writers)
    write_bytes(path, writers[path.suffix.lower()](result))


def write_sector(shortlist: Shortlist, sector: str, path: Path) -> None:
    """Write one sector in full, as `write` writes a shortlist.

    Raises
    ------
    SectorscanError
        Where the ending isn't known or the place can't be written to.
    """
    check([path], TEXT_FORMATS)
    output_format = TEXT_FORMATS[path.suffix.lower()]
    write_bytes(path, encoded(render_sector(shortlist, sector, output_format), output_format))


def write_text(path: Path, text: str, output_format: str) -> None:
    """Write a report that is already text, as `save` writes one.

    Raises
    ------
    SectorscanError
        Where the place can't be written to.
    """
    write_bytes(path, encoded(text, output_format))


def check(paths: Sequence[Path], known: Collection[str] = WRITERS) -> None:
    """Find every problem of the places to write to, before any work is done.

    ``known`` are the endings that work.

    Raises
    ------
    SectorscanError
        With a finding for each path that can't be written.
    """
    findings = [finding for path in paths for finding in _problems(path, known)]
    if findings:
        raise SectorscanError(findings)


def cannot_write(ending: str, known: Collection[str] = WRITERS) -> tuple[str, str] | None:
    """Return why no file of an ending is written here, and the remedy; None where one is."""
    if ending not in known:
        endings = ", ".join(sorted(known))
        guess = nearest(ending, known) if ending else ""
        seen = f"the ending {ending!r}" if ending else "no ending"
        what = f"the output has {seen}, which no report is written with."
        return what, f"The endings that work are {endings}.{guess}"
    module, install = _NEEDS.get(ending, ("", ""))
    if module and find_spec(module) is None:
        what = f"a {ending} file needs a library that isn't installed here."
        return what, f'Install it: pip install "{install}"'
    return None


def _problems(path: Path, known: Collection[str]) -> list[Finding]:
    if why := cannot_write(path.suffix.lower(), known):
        return [Finding(*why, file=str(path))]
    try:
        problem = _problem_of_place(path, final_place(path))
    except OSError as error:
        problem = trouble(error, path)
    return [] if problem is None else [problem]


def _problem_of_place(path: Path, target: Path) -> Finding | None:
    file = str(path)
    if target.is_dir():
        remedy = f"Name a file in it, such as {path / ('shortlist' + path.suffix)}."
        return Finding("the output is a folder.", remedy, file=file)
    if target.exists() and not target.is_file():
        return Finding("the output isn't an ordinary file.", "Choose another name.", file=file)
    if not target.parent.is_dir():
        what = f"the output's folder {quoted(path.parent)} doesn't exist."
        return Finding(what, "Make the folder first, or choose another.", file=file)
    if target.exists() and not os.access(target, os.W_OK):
        return Finding("the output is write-protected.", CHOOSE_ANOTHER, file=file)
    if target.exists():
        # Windows refuses this while the file is open in Excel: better now than after the work.
        target.open("r+b").close()
    return None
