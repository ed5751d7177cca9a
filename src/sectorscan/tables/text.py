"""Bytes to text to cells: encodings, delimiters and what only looks like a table."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from sectorscan.errors import Finding, InputError

DELIMITERS = (",", "\t", ";", "|")
HEAD_BYTES = 1 << 16
MAX_COLUMNS = 2000
MAX_LINE = 1 << 20
"""In characters: two thousand cells of five hundred each."""

_NOT_TEXT = (
    (b"%PDF", "is a PDF document", "Export the table behind it as CSV or Excel."),
    (b"\x1f\x8b", "is compressed with gzip", "Unpack it first, or make it a zip of CSV files."),
    (b"7z\xbc\xaf", "is a 7-Zip archive", "Unpack it first, or make it a zip of CSV files."),
    (b"Rar!", "is a RAR archive", "Unpack it first, or make it a zip of CSV files."),
    (b"\x89PNG", "is a picture", "Give the table as CSV or Excel."),
    (b"\xff\xd8\xff", "is a picture", "Give the table as CSV or Excel."),
    (b"SQLite format 3", "is a database", "Export the table from it as CSV."),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<body", b"<meta", b"<style")


def encoding_of(head: bytes) -> str:
    """Return the encoding of a file from its first bytes (BOM first, then what they hold).

    ``cp1252`` (Windows) is the answer where the bytes aren't UTF-8; the head may end inside a
    character.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Excel's "Unicode text" without its mark: every other byte of plain letters is NUL.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) > len(head) * 0.3 and min(even, odd) < len(head) * 0.02:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def refuse_what_is_no_table(head: bytes, name: str) -> None:
    """Check that the first bytes of a file can be those of a text table.

    Raises
    ------
    InputError
        Where they are not: empty, another format, a web page, or one endless line.
    """
    if not head.strip():
        raise InputError(Finding("the file is empty.", "Give a table with a header line.", name))
    for magic, what, remedy in _NOT_TEXT:
        if head.startswith(magic):
            raise InputError(Finding(f"the file {what}, not a table.", remedy, name))
    if len(head) >= HEAD_BYTES and not any(mark in head for mark in (b"\n", b"\r")):
        what = f"the first line is longer than {HEAD_BYTES:,} bytes, as in no table."
        raise InputError(Finding(what, "Check what the file is, and export it again.", name))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        what = "the file holds a web page (HTML or XML), whatever its name ends in."
        remedy = "Open it in a spreadsheet program and save it as .xlsx or .csv."
        raise InputError(Finding(what, remedy, name))


def decode(content: bytes, name: str) -> str:
    """Return the text of a file: UTF-8, UTF-16 or Windows-1252.

    Raises
    ------
    InputError
        If the bytes are no text in any of these, or hold NUL characters.
    """
    encoding = encoding_of(content[:HEAD_BYTES])
    tries = ("utf-8", "cp1252") if encoding == "utf-8" else (encoding,)
    text = None
    for candidate in tries:
        try:
            text = content.decode(candidate)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\0" in text:
        what = "the file is not text: it holds bytes that no table has."
        remedy = "Save it again as CSV (UTF-8) or as .xlsx."
        raise InputError(Finding(what, remedy, name))
    _refuse_endless_lines(text, name)
    return text.removeprefix("\ufeff")


def _refuse_endless_lines(text: str, name: str) -> None:
    """Refuse a text with a line that alone would make millions of cells."""
    mark = "\n" if "\n" in text else "\r"
    start = 0
    while len(text) - start > MAX_LINE:
        end = text.rfind(mark, start, start + MAX_LINE)
        if end < 0:
            what = f"a line is longer than {MAX_LINE:,} characters."
            remedy = "Look for a line break that got lost, and export the table again."
            row = text.count(mark, 0, start) + 1
            raise InputError(Finding(what, remedy, name, row))
        start = end + 1


def decode_head(head: bytes, name: str) -> str:
    """Return the text of a file's first bytes, which may end inside a character or line."""
    if len(head) < HEAD_BYTES:
        return decode(head, name)
    encoding = encoding_of(head)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head, final=False)
    return text.removeprefix("\ufeff").rpartition("\n")[0] or text


def delimiter_of(text: str) -> str:
    """Return the delimiter of a table from its first lines: comma, tab, semicolon or bar.

    The one that cuts a line into most cells; where two agree, the one that cuts more lines.
    """
    lines = [line for line in text[: 4 * HEAD_BYTES].splitlines()[:60] if line.strip()]
    lines = [line for line in lines if not line.startswith("#")][:25]

    def cuts(delimiter: str) -> tuple[int, int]:
        counts = [_cells_in(line, delimiter) for line in lines]
        return max(counts, default=1), sum(counts)

    # A decimal comma makes commas plentiful in a semicolon file, so the header decides first.
    header = max(lines[:1], key=len, default="")
    by_header = max(DELIMITERS, key=lambda mark: _cells_in(header, mark))
    if _cells_in(header, by_header) >= 3:
        return by_header
    return max(DELIMITERS, key=cuts)


def text_rows(text: str, name: str) -> Iterator[Sequence[str]]:
    """Yield the rows of a delimited text, blank ones included so that they can be counted.

    Raises
    ------
    InputError
        Where the text can't be cut into cells.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        yield from reader
    except csv.Error as error:
        what = f"the file can't be cut into cells ({error})."
        remedy = "Look for a quotation mark that is not closed, or an enormous cell."
        raise InputError(Finding(what, remedy, name, row=reader.line_num)) from error


def _cells_in(line: str, delimiter: str) -> int:
    """Return how many cells a delimiter cuts a line into, minding quotes."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0
