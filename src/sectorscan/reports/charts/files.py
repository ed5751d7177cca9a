"""The three charts as files for slides: a PNG and an SVG each, in one folder."""

from __future__ import annotations

import os
from pathlib import Path

from sectorscan.errors import Finding, SectorscanError
from sectorscan.reports.charts import PICTURES, pictures, render
from sectorscan.reports.charts.model import Look
from sectorscan.scan.model import Shortlist
from sectorscan.tables.writing import make_folder, write_bytes

LOOK = Look(framed=True, most=20)
"""As tall as a slide bears; more sectors would be too small to read."""


def check_folder(folder: Path) -> None:
    """Find what would keep the pictures from being written, before any work is done.

    Raises
    ------
    SectorscanError
        Where the library is missing, the place is a file, or it can't be written to.
    """
    render.library()
    if folder.exists() and not folder.is_dir():
        what = "the folder for the pictures is a file."
        raise SectorscanError(Finding(what, "Choose another name.", file=str(folder)))
    if folder.is_dir() and not os.access(folder, os.W_OK):
        what = "the folder for the pictures is write-protected."
        remedy = "Allow writing to it, or choose another."
        raise SectorscanError(Finding(what, remedy, file=str(folder)))


def save_pictures(shortlist: Shortlist, folder: Path) -> tuple[Path, ...]:
    """Write the pictures, each whole or not at all; return the files.

    Raises
    ------
    SectorscanError
        Where the library is missing or the place can't be written to.
    """
    drawn = [
        (folder / f"{chart.name}{ending}", make(chart))
        for chart in pictures(shortlist, LOOK)
        for ending, make in ((".png", render.to_png), (".svg", render.to_svg))
    ]
    make_folder(folder)
    for path, content in drawn:
        write_bytes(path, content)
    return tuple(path for path, _ in drawn)


def left_out(shortlist: Shortlist) -> str:
    """Return why a picture isn't there, ``""`` where all are."""
    missing = len(PICTURES) - len(pictures(shortlist, LOOK))
    if not missing:
        return ""
    if not shortlist.ranking.order:
        return "no picture was drawn: no sector is ranked"
    reasons = []
    if shortlist.robustness is None:
        reasons.append("rank-intervals needs draws, which are switched off")
    if missing > len(reasons):
        reasons.append(
            "growth-concentration needs growth and location quotients, which no ranked sector has"
        )
    return f"not drawn: {'; '.join(reasons)}"
