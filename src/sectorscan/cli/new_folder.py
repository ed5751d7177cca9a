"""A new project folder: whether it can be made, what goes into it, all of it or nothing."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.errors import Finding, InputError, SectorscanError

if TYPE_CHECKING:
    from sectorscan.cli.project import Settings


def check_free(folder: Path) -> None:
    """Check that a project can be made there: a usable name, and none of its files there.

    A name that Windows doesn't take is none anywhere: folders are shared.

    Raises
    ------
    InputError
        Where it can't.
    """
    from sectorscan.cli.project import BLANK, TEXTS
    from sectorscan.config.project import DEVICES

    name = folder.name
    if not _exists(folder) and (
        name.split(".")[0].rstrip().casefold() in DEVICES
        or re.search(r'[<>:"/\\|?*]|[. ]$', name)
        or not name.isprintable()
    ):
        what = f"no folder can be called {name!r} on Windows."
        raise InputError(Finding(what, "Choose another name: letters, digits, - and _."))
    present = [name for name in sorted((*TEXTS, BLANK)) if _exists(folder / name)]
    if present:
        raise InputError(
            Finding(
                f"{folder} already has {', '.join(present)}; nothing was written.",
                "Name a new folder, or take those files away.",
            )
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(Finding(f"{folder} is a file.", "Name a new folder."))


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(folder: Path, error: OSError) -> InputError:
    what = f"{folder} can't be written: {error.strerror}."
    return InputError(Finding(what, "Name a folder of your own."))


def check_sample_fits(folder: Path, settings: Settings) -> None:
    """Check that a project for the sample holds no figures of its own.

    Raises
    ------
    InputError
        Where it does: the sample's region isn't theirs.
    """
    from sectorscan.cli.project import INPUTS, holds_inputs

    if settings.areas is None and holds_inputs(folder):
        what = f"{folder / INPUTS} has tables already, so this can't be the sample's project."
        remedy = "Say which areas they are of: --region 39041,39045"
        raise InputError(Finding(what, remedy))


def contents(folder: Path, settings: Settings) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the new folder's files, and why there is no blank scorecard where figures are.

    Raises
    ------
    ConfigError
        Where the config can't be read, whatever it was filled with.
    """
    from sectorscan.cli.project import CONFIG, scorecards, texts
    from sectorscan.config.loader import load_config
    from sectorscan.refresh.folder import scratch

    files = {name: text.encode("utf-8") for name, text in texts(settings).items()}
    with scratch() as place:
        make(place, files)
        load_config(place / CONFIG)
        try:
            files |= scorecards(folder, settings, place / CONFIG)
        except SectorscanError as error:
            return files, list(error.findings)
    return files, []


def make(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files into the folder, all or none; whatever is there already stays as it is.

    Raises
    ------
    InputError
        Where one of the files is there, or the folder can't be written.
    """
    written: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            for place in reversed((path.parent, *path.parent.parents)):
                if not place.exists():
                    place.mkdir()
                    written.append(place)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(content)
    except BaseException as error:
        for path in reversed(written):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from None
        raise
