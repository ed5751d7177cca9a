"""A chart's definition drawn: PNG and SVG, without a browser and without the network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sectorscan.errors import Finding, SectorscanError
from sectorscan.reports.charts.model import Chart

if TYPE_CHECKING:
    from types import ModuleType

VEGA_LITE = "6.4"
"""The Vega-Lite that draws the definitions, of those that vl-convert has."""


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
    """Return the chart as SVG."""
    text: str = library().vegalite_to_svg(
        json.dumps(chart.spec), vl_version=VEGA_LITE, allowed_base_urls=[]
    )
    return text.encode("utf-8")


def to_png(chart: Chart, scale: float = 2.0) -> bytes:
    """Return the chart as PNG, so many times its size in pixels."""
    drawn: bytes = library().vegalite_to_png(
        json.dumps(chart.spec), vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[]
    )
    return drawn
