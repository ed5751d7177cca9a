"""Make ``docs/samples/``: what a board gets of the synthetic sample, for the documentation.

Run ``python tools/make_samples_page.py``. A further sample is a line in ``MAKERS``: a function from
the shortlist to files by name. The same result and the same libraries give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sectorscan.cli.options import Asked, settle
from sectorscan.reports.charts import pictures
from sectorscan.reports.charts.files import LOOK
from sectorscan.reports.charts.render import to_svg
from sectorscan.scan import scan
from sectorscan.scan.model import Shortlist

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "samples"
DRAWN_WITH = "1.9.0"
"""The vl-convert that drew the committed pictures: another's may differ in a pixel."""


def charts(shortlist: Shortlist) -> Mapping[str, bytes]:
    """Return the three charts as SVG, as ``rank --charts`` writes them."""
    return {f"{chart.name}.svg": to_svg(chart) + b"\n" for chart in pictures(shortlist, LOOK)}


MAKERS: tuple[Callable[[Shortlist], Mapping[str, bytes]], ...] = (charts,)


def samples() -> dict[str, bytes]:
    """Return every sample by its file's name."""
    shortlist = scan(*settle(Asked((), None)))
    return {name: content for make in MAKERS for name, content in make(shortlist).items()}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in samples().items():
        (FOLDER / name).write_bytes(content)
        print(f"wrote samples/{name}")
