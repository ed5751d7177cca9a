"""Files written whole or not at all, and what to say where the system refuses."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from sectorscan.errors import Finding, SectorscanError, quoted

ON_WINDOWS = os.name == "nt"
CHOOSE_ANOTHER = "Allow writing to it, or choose another name."
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""In seconds, between tries: a virus scanner looks into a new file no longer than that."""
_LONGEST_ON_WINDOWS = 248
"""Of a folder's path, where Windows isn't set to allow longer ones; 259 of a file's."""


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
        what = f"the folder {quoted(folder)} can't be made ({error.strerror})."
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
            patiently(temporary.replace, target)
        finally:
            _discard(temporary)
    except OSError as error:
        raise SectorscanError(trouble(error, path)) from error


def patiently(rename: Callable[[Path], object], target: Path) -> None:
    """Rename a file or folder (``path.rename``, ``path.replace``), on Windows in several tries.

    Windows refuses while anybody has the file, or one in the folder, open.
    """
    for wait in _WAITS if ON_WINDOWS else ():
        with contextlib.suppress(PermissionError):
            rename(target)
            return
        time.sleep(wait)
    rename(target)


def _discard(temporary: Path) -> None:
    """Take away a temporary file, if it is still there."""
    with contextlib.suppress(OSError):
        if ON_WINDOWS:
            # With the permissions of a write-protected target, Windows wouldn't delete it.
            temporary.chmod(0o666)
        temporary.unlink(missing_ok=True)


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
    if isinstance(error, PermissionError) and _is_open_elsewhere(path):
        what = "the file is open in another program."
        remedy = "Close it in Excel, or wherever it is open, or choose another name."
    elif isinstance(error, PermissionError):
        what = "no permission to write the output."
        remedy = (
            "Close the file where it is open (Excel locks it), or choose a folder that you may "
            "write to."
        )
    elif _is_too_long(error, path):
        what = "the output's path is longer than Windows takes."
        remedy = "Choose a folder nearer to the drive's root, such as C:\\sectorscan."
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


def _is_open_elsewhere(path: Path) -> bool:
    """Return whether an output is there and could be replaced, if Windows didn't hold it."""
    return ON_WINDOWS and path.is_file() and os.access(path, os.W_OK)


def _is_too_long(error: OSError, path: Path) -> bool:
    """Return whether Windows says "not found" of a path only because of its length."""
    if not ON_WINDOWS or error.errno not in (errno.ENOENT, errno.EINVAL):
        return False
    return len(str(Path(error.filename or path).absolute())) >= _LONGEST_ON_WINDOWS
