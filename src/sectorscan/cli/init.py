"""``sectorscan init``: a new project folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sectorscan.cli.options import place
from sectorscan.cli.session import faults_end_with_1, say
from sectorscan.errors import Finding, InputError


def command(
    folder: Annotated[
        Path, typer.Argument(parser=place, metavar="DIR", help="The folder to make.")
    ],
) -> None:
    """Make a new project folder: a commented config, a README, a folder for your tables.

    For example:

      sectorscan init my_region

      cd my_region

      sectorscan rank -c sectorscan.yaml
    """
    from sectorscan.cli.project import contents

    with faults_end_with_1():
        files = contents()
        make(folder, files)
    say([f"made {folder}: {', '.join(sorted(files))}"])
    say([f"next: sectorscan rank -c {folder / 'sectorscan.yaml'}  (ranks the synthetic sample)"])


def make(folder: Path, files: dict[str, str]) -> None:
    """Write the files into the folder; whatever is there already stays as it is.

    Raises
    ------
    InputError
        Where one of the files is there, or the folder can't be written.
    """
    present = [name for name in sorted(files) if (folder / name).exists()]
    if present:
        raise InputError(
            Finding(
                f"{folder} already has {', '.join(present)}; nothing was written.",
                "Name a new folder, or take those files away.",
            )
        )
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise InputError(
            Finding(f"{folder} can't be written: {error.strerror}.", "Name a folder of your own.")
        ) from None
