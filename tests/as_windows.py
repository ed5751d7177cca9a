"""The file system as Windows has it, as far as Linux can play it: what is open stays in place."""

import contextlib
import os
from pathlib import Path

from sectorscan.refresh import folder
from sectorscan.tables import writing

HANDLES, MAPPED = Path("/proc/self/fd"), Path("/proc/self/maps")


def held(path):
    """Return what this process has open, or mapped into memory, of a file or below a folder."""
    links = []
    for link in HANDLES.iterdir():
        # The handle with which they are listed is closed by now.
        with contextlib.suppress(FileNotFoundError):
            links.append(str(link.readlink()))
    maps = [line.split(maxsplit=5)[5] for line in MAPPED.read_text("utf-8").splitlines()
            if line.count("/")]  # fmt: skip
    place = os.path.realpath(path)
    return [name for name in (*links, *maps) if name == place or name.startswith(place + os.sep)]


def play(monkeypatch, waits=()):
    """Have the program take itself for one on Windows; return what it was refused, path by path."""
    refused = []

    def strict(step):
        def taken(path, *arguments, **options):
            # By a handle of a folder (shutil.rmtree) a name alone is given.
            if "dir_fd" not in options:
                for place in (path, *arguments[:1]):
                    if isinstance(place, str | os.PathLike) and held(place):
                        refused.append(str(place))
                        raise PermissionError(13, "Permission denied", str(place))
                if step.__name__ != "rmdir" and Path(path).is_file() and not _writable(path):
                    refused.append(str(path))
                    raise PermissionError(13, "Permission denied", str(path))
            return step(path, *arguments, **options)

        taken.__name__ = step.__name__
        return taken

    for name in ("rename", "replace", "unlink", "remove", "rmdir"):
        monkeypatch.setattr(os, name, strict(getattr(os, name)))
    for module in (writing, folder):
        monkeypatch.setattr(module, "ON_WINDOWS", True)
    monkeypatch.setattr(writing, "_WAITS", waits)
    return refused


def _writable(path):
    return bool(Path(path).stat().st_mode & 0o200)
