"""A chart's definition drawn: PNG and SVG, without a browser and without the network."""

from __future__ import annotations

import json
import struct
import zlib
from html import escape
from typing import TYPE_CHECKING

from sectorscan.errors import Finding, SectorscanError
from sectorscan.reports.charts.model import Chart

if TYPE_CHECKING:
    from types import ModuleType

VEGA_LITE = "6.4"
"""The Vega-Lite that draws the definitions, of those that vl-convert has."""

PIXELS_PER_INCH = 144
"""Twice the usual 72: sharp on a slide and in print, at the size that the definition says."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ROOT = "<svg "


def library() -> ModuleType:
    """Return vl-convert.

    Raises
    ------
    SectorscanError
        Where it isn't installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        what = "pictures need the library vl-convert-python, which isn't installed here."
        remedy = "Install it: pip install vl-convert-python"
        raise SectorscanError(Finding(what, remedy)) from error
    return vl_convert


def to_svg(chart: Chart) -> bytes:
    """Return the chart as SVG, its words for those who don't see it at its root."""
    drawn: str = library().vegalite_to_svg(
        json.dumps(chart.spec), vl_version=VEGA_LITE, allowed_base_urls=[]
    )
    title, alt = escape(chart.title), escape(chart.alt)
    root = f'{_ROOT}role="img" aria-label="{title}: {alt}" '
    return drawn.replace(_ROOT, root, 1).encode("utf-8")


def to_png(chart: Chart) -> bytes:
    """Return the chart as PNG, two pixels for each of the definition's."""
    drawn: bytes = library().vegalite_to_png(
        json.dumps(chart.spec), vl_version=VEGA_LITE, ppi=PIXELS_PER_INCH, scale=1,
        allowed_base_urls=[],
    )  # fmt: skip
    return packed(drawn)


def packed(png: bytes) -> bytes:
    """Return the same picture in about a quarter of the bytes: vl-convert packs for speed."""
    chunks, place = [], len(_SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        chunks.append((png[place + 4 : place + 8], png[place + 8 : place + 8 + length]))
        place += 12 + length
    pixels = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    first = next(number for number, (kind, _) in enumerate(chunks) if kind == b"IDAT")
    kept = [chunk for chunk in chunks if chunk[0] != b"IDAT"]
    kept.insert(first, (b"IDAT", zlib.compress(pixels, 9)))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in kept
    )
