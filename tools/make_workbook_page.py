"""Make ``docs/images/workbook-*.png``: sheets of the sample's workbook, as LibreOffice prints them.

Run ``python tools/make_workbook_page.py``. It needs LibreOffice (``soffice``) and poppler
(``pdftoppm``, ``pdftotext``); without them the pictures stay as they are. Another LibreOffice may
draw a letter's edge otherwise, so no test compares the bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from sectorscan.cli.options import Asked, settle
from sectorscan.reports.write import write
from sectorscan.scan import scan

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
SHEETS = ("Shortlist", "Weights", "Charts")
PROGRAMS = ("soffice", "pdftoppm", "pdftotext")
DOTS_PER_INCH = "80"


def printed(folder: Path) -> Path:
    """Return the sample's workbook as a PDF."""
    book = folder / "shortlist.xlsx"
    write(scan(*settle(Asked((), None))), book)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, book],
        check=True,
        capture_output=True,
    )
    return book.with_suffix(".pdf")


def first_page(pdf: Path, sheet: str) -> int:
    """Return the number of a sheet's first page: its name stands in the footer."""
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    for number, page in enumerate(text.split("\f"), start=1):
        foot = page.strip().splitlines()[-1:]
        if foot and f" {sheet} " in f" {foot[0]} ":
            return number
    message = f"no page has {sheet} in its footer"
    raise LookupError(message)


def picture(pdf: Path, sheet: str) -> Path:
    """Write a sheet's first page as a picture and return its place."""
    place = FOLDER / f"workbook-{sheet.lower()}"
    number = str(first_page(pdf, sheet))
    subprocess.run(
        ["pdftoppm", "-r", DOTS_PER_INCH, "-f", number, "-l", number, "-singlefile", "-png",
         pdf, place],
        check=True,
    )  # fmt: skip
    return place.with_suffix(".png")


if __name__ == "__main__":
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if absent:
        print(f"no {', '.join(absent)} on this machine: the workbook's pictures stay as they are")
    else:
        with tempfile.TemporaryDirectory() as temporary:
            document = printed(Path(temporary))
            for name in SHEETS:
                print(f"wrote {picture(document, name).name}")
