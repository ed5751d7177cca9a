"""A workbook as LibreOffice computes it: weights set in the file itself, every formula anew."""

import io
import re
import shutil
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest

WAIT_SECONDS = 240
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """Return LibreOffice's command, skipping the test where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed: nothing recalculates the workbook")
    return found


def recalculate(contents: list[bytes], folder: Path) -> list[openpyxl.Workbook]:
    """Return the workbooks with the values that LibreOffice computes for every formula."""
    profile, given, computed = (folder / name for name in ("profile", "given", "computed"))
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    given.mkdir()
    paths = [given / f"{place}.xlsx" for place in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    command = [
        *(soffice(), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"),
        *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(computed)),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=WAIT_SECONDS)
    return [openpyxl.load_workbook(computed / path.name, data_only=True) for path in paths]


def stored(content: bytes) -> openpyxl.Workbook:
    """Return a workbook with the values stored beside its formulas."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def formulas(content: bytes) -> openpyxl.Workbook:
    """Return a workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(content))


def place_of(book: openpyxl.Workbook, name: str) -> tuple[str, str]:
    """Return sheet and cell that a defined name stands for."""
    sheet, cell = next(book.defined_names[name].destinations)
    return sheet, cell.replace("$", "")


def number(book: openpyxl.Workbook, name: str) -> float | None:
    """Return what a named cell holds, None for the dash."""
    sheet, cell = place_of(book, name)
    value = book[sheet][cell].value
    return None if value == "–" else value


@lru_cache(maxsize=8)
def to_read(content: bytes) -> openpyxl.Workbook:
    """Return a workbook with its formulas, opened once: to be read, not changed."""
    return formulas(content)


@lru_cache(maxsize=8)
def _named(content: bytes) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Return a workbook's sheets, and where its named cells are."""
    book = to_read(content)
    cells = [name for name in book.defined_names if name.startswith("weight_")]
    return book.sheetnames, {name: place_of(book, name) for name in cells}


def with_weights(content: bytes, weights: dict[str, float]) -> bytes:
    """Return the workbook with other numbers in the named cells, all else byte for byte."""
    sheets, places = _named(content)
    part = f"xl/worksheets/sheet{sheets.index('Weights') + 1}.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as changed:
        for info in given.infolist():
            text = given.read(info)
            if info.filename == part:
                xml = text.decode()
                for name, weight in weights.items():
                    sheet, cell = places[name]
                    assert sheet == "Weights"
                    pattern = rf'(<c r="{cell}" s="\d+"><v>)[^<]*(</v>)'
                    xml, times = re.subn(pattern, rf"\g<1>{weight!r}\g<2>", xml)
                    assert times == 1, name
                text = xml.encode()
            changed.writestr(info, text)
    return out.getvalue()
