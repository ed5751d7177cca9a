"""Which files an input names, what they may be, and their hashes: nothing is trusted.

A member of a zip is only ever read as bytes: its name labels it and is never used as a path.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sectorscan.errors import Finding, InputError, nearest, quoted
from sectorscan.tables.archives import (
    DAMAGE_WHILE_READ,
    check_archive,
    damaged,
    open_member,
    opened,
)
from sectorscan.tables.gzipped import open_gzip

MAX_FILE_BYTES = 2 << 30
"""Of a file that is held in memory."""
MAX_TEXT_BYTES = 8 << 30
"""Of a text file, which public sources read a megabyte at a time: a national quarterly file of QCEW
has more than 2 GiB."""
MAX_FILES = 100_000
"""Ten years of QCEW by area are 44,000."""
MAX_FOLDER_DEPTH = 4
TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".tab"})
EXCEL_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls"})
PACKED = ".gz"
ENDINGS = TEXT_ENDINGS | EXCEL_ENDINGS | {".parquet", ".zip"}
CHECK_READING = "Close it in Excel and other programs, and check that you may read it."
_OTHER_SPREADSHEETS = frozenset({".xlsb", ".ods", ".numbers", ".gsheet"})


@dataclass(frozen=True, slots=True, order=True)
class TableFile:
    """One table to read: a file, or a member of a zip; ``name`` is what messages call it."""

    path: Path
    member: str | None
    name: str

    @property
    def ending(self) -> str:
        """The ending of the file or member, in lower case; of a table packed with gzip, its own."""
        return Path((self.member or self.path.name).lower().removesuffix(PACKED)).suffix


def expand(paths: Sequence[Path]) -> tuple[TableFile, ...]:
    """Return the tables that files and folders hold, zips member by member.

    They are ordered by path, whatever the order they are named in: so is what is made of them.
    Hidden files and folders, spreadsheet lock files and files that are no tables are passed over
    in a folder (a README may lie beside the tables); a file that is named outright must be one.

    Raises
    ------
    InputError
        If a path doesn't exist, can't be read, is too large, or a zip is unsafe; all at once.
    """
    problems: list[Finding] = []
    found: dict[Path, tuple[TableFile, ...]] = {}
    for path in paths:
        try:
            for file in _files_under(Path(path)):
                if file.resolve() not in found:
                    found[file.resolve()] = _tables_in(file)
        except InputError as error:
            problems.extend(error.findings)
        except OSError as error:
            problems.append(_unreadable(Path(path), error))
    tables = tuple(table for path in in_order(found) for table in found[path])
    if len(tables) > MAX_FILES:
        problems.append(Finding(f"{len(tables):,} tables are more than the {MAX_FILES:,} allowed."))
    if problems:
        raise InputError(problems)
    return tables


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Return paths in the same order on every system: Windows by itself takes "B" for "b"."""
    return sorted(paths, key=lambda path: path.parts)


def holds_tables(path: Path) -> bool:
    """Return whether a path is worth reading: anything but a folder without tables in it."""
    try:
        return not path.is_dir() or any(_is_table(file) for file in _files_under(path, depth=1))
    except OSError:
        return True  # whoever reads it says what is wrong


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def open_bytes(file: TableFile) -> Iterator[IO[bytes]]:
    """Open a table's bytes: the file's own or a zip member's, unpacked as they are read.

    Raises
    ------
    InputError
        If the file can't be opened, or the zip turns out to be damaged while it is read.
    """
    try:
        if file.member is None:
            packed = file.path.suffix.lower() == PACKED
            with open_gzip(file.path, file.name) if packed else file.path.open("rb") as stream:
                yield stream
            return
        with (
            opened(file.path, file.name) as archive,
            open_member(archive, file.member, file.name) as member,
        ):
            yield member
    except DAMAGE_WHILE_READ as error:
        raise InputError(damaged(file.name)) from error
    except OSError as error:
        raise InputError(_unreadable(file.path, error)) from error


def read_bytes(file: TableFile) -> bytes:
    """Return all bytes of a table.

    Raises
    ------
    InputError
        Where it is larger than the limit, whatever a zip says.
    """
    size = _size(file)
    if size <= MAX_FILE_BYTES:
        with open_bytes(file) as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
        size = len(content)
    if size > MAX_FILE_BYTES:
        raise InputError(_too_large(file.name, size, MAX_FILE_BYTES))
    return content


def _size(file: TableFile) -> int:
    """Return how many bytes a table says that it has; a zip may lie."""
    try:
        if file.member is None:
            return file.path.stat().st_size
        with opened(file.path, file.name) as archive:
            return archive.getinfo(file.member).file_size
    except KeyError as error:
        raise InputError(damaged(file.name)) from error
    except OSError as error:
        raise InputError(_unreadable(file.path, error)) from error


def _most_bytes(ending: str) -> int:
    return MAX_TEXT_BYTES if ending in TEXT_ENDINGS else MAX_FILE_BYTES


def read_header(file: TableFile) -> tuple[str, ...]:
    """Return the column names of a table, reading no more of it than that needs.

    The header is looked for below title and comment lines; of a workbook, the first sheet that
    has one counts.

    Raises
    ------
    InputError
        If the file is empty, is no table or can't be read.
    """
    from sectorscan.tables.sheets import header_of

    return header_of(file)


def _files_under(path: Path, depth: int = 0) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    if depth > MAX_FOLDER_DEPTH:
        what = f"the folder is nested more than {MAX_FOLDER_DEPTH} deep."
        raise InputError(Finding(what, "Name the folder that holds the tables.", path.name))
    listed = sorted(path.iterdir(), key=lambda entry: entry.name)
    seen = [entry for entry in listed if not entry.name.startswith((".", "~$", "__MACOSX"))]
    for entry in seen:
        if entry.is_dir():
            # A link to a folder could lead in a circle.
            if not entry.is_symlink():
                yield from _files_under(entry, depth + 1)
        elif _is_table(entry):
            yield entry
    if depth == 0 and not any(True for entry in seen if entry.is_dir() or _is_table(entry)):
        what = "the folder holds no tables."
        remedy = "Tables end in .csv, .csv.gz, .tsv, .xlsx, .xls, .parquet or .zip."
        raise InputError(Finding(what, remedy, path.name or str(path)))


def _is_table(path: Path) -> bool:
    """Return whether a file's ending says table, also of a kind that must be saved anew first."""
    name = path.name.lower()
    text = Path(name.removesuffix(PACKED)).suffix in TEXT_ENDINGS
    return text or path.suffix.lower() in ENDINGS | _OTHER_SPREADSHEETS


def _tables_in(path: Path) -> tuple[TableFile, ...]:
    if not path.exists():
        beside = path.parent.iterdir() if path.parent.is_dir() else ()
        # A link that leads nowhere is there by name.
        names = {entry.name for entry in beside if entry.name[:1] != "."} - {path.name}
        hint = nearest(path.name, names)
        what = f"there is no file or folder {quoted(shown(str(path)))}."
        raise InputError(Finding(what, f"Check the path.{hint}"))
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InputError(Finding("this is no ordinary file.", "Name a table.", path.name))
    name = shown(path.name)
    ending = path.suffix.lower()
    if status.st_size > _most_bytes(ending):
        raise InputError(_too_large(name, status.st_size, _most_bytes(ending)))
    if ending in _OTHER_SPREADSHEETS:
        what = f"spreadsheets ending in {ending} are not read."
        raise InputError(Finding(what, "Save it as .xlsx or .csv.", name))
    if ending == ".zip":
        return _members_of(path, name)
    return (TableFile(path, None, name),)


def _members_of(path: Path, name: str) -> tuple[TableFile, ...]:
    tables = []
    for member in sorted(check_archive(path, name), key=lambda info: info.filename):
        last = member.filename.rsplit("/", 1)[-1]
        hidden = last.startswith((".", "~$")) or member.filename.startswith("__MACOSX")
        ending = Path(last).suffix.lower()
        label = f"{name}/{shown(member.filename)}"
        if member.is_dir() or hidden:
            continue
        if ending in ENDINGS - TEXT_ENDINGS or ending in _OTHER_SPREADSHEETS:
            what = "inside a zip only CSV and other text tables are read."
            raise InputError(Finding(what, "Unpack it and give the file itself.", label))
        if member.file_size > MAX_TEXT_BYTES:
            raise InputError(_too_large(label, member.file_size, MAX_TEXT_BYTES))
        if ending in TEXT_ENDINGS:
            tables.append(TableFile(path, member.filename, label))
    if not tables:
        what = "the zip holds no table (.csv, .tsv, .txt)."
        raise InputError(Finding(what, "Put the tables in it as CSV.", name))
    if len({table.member for table in tables}) < len(tables):
        what = "the zip holds two files of the same name."
        raise InputError(Finding(what, "Unpack it and give the one that counts.", name))
    return tuple(tables)


def shown(text: str) -> str:
    """Return a name or cell with control characters escaped, so that a terminal is safe."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)[:300]


def _too_large(name: str, size: int, most: int) -> Finding:
    what = f"the file has {size / 2**30:.1f} GiB, more than the {most >> 30} allowed."
    return Finding(what, "Keep the rows of your areas only, or save it as Parquet.", name)


def _unreadable(path: Path, error: OSError) -> Finding:
    reason = (error.strerror or "unknown reason").lower()
    return Finding(f"the file can't be read ({reason}).", CHECK_READING, shown(path.name))
