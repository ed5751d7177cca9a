"""Files written whole or not at all, and what to say where the system refuses."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from sectorscan.errors import Finding, SectorscanError

CHOOSE_ANOTHER = "Allow writing to it, or choose another name."


def final_place(path: Path) -> Path:
    """Return the file that a link points to: the link stays, its file is replaced."""
    if not path.is_symlink():
        return path
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it doesn't exist.

    Raises
    ------
    SectorscanError
        Where the system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder {str(folder)!r} can't be made ({error.strerror})."
        raise SectorscanError(Finding(what, "Choose another.")) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes whole or not at all: a temporary file beside the target, then a rename.

    Raises
    ------
    SectorscanError
        Where the system refuses; the earlier file, if any, is as it was.
    """
    try:
        target = final_place(path)
        temporary = target.with_name(f".sectorscan-{secrets.token_hex(8)}.tmp")
        try:
            _fill(temporary, content)
            _keep_mode(target, temporary)
            temporary.replace(target)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SectorscanError(trouble(error, path)) from error


def _fill(temporary: Path, content: bytes) -> None:
    with temporary.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _keep_mode(target: Path, temporary: Path) -> None:
    """Give the new file the earlier one's permissions; a new file has the user's default."""
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)


def trouble(error: OSError, path: Path) -> Finding:
    """Return what the system refused, and what to do about it."""
    if isinstance(error, PermissionError):
        what = "no permission to write the output."
        remedy = (
            "Close the file where it is open (Excel locks it), or choose a folder that you may "
            "write to."
        )
    elif error.errno == errno.ENOSPC:
        what, remedy = "the disk is full.", "Make room, or choose another disk."
    elif error.errno == errno.EROFS:
        what, remedy = "the disk is read-only.", "Choose another folder."
    elif error.errno == errno.ENAMETOOLONG:
        what, remedy = "the output's name is too long.", "Choose a shorter one."
    elif error.errno == errno.ELOOP:
        what, remedy = "the output is a link that leads back to itself.", "Choose another name."
    else:
        what = f"the output can't be written: {error.strerror or type(error).__name__}."
        remedy = "Choose another name or folder."
    return Finding(what, remedy, file=str(path))
