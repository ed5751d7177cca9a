"""Make the table of counties that share a boundary, ``sources/county_neighbours.csv``.

Facts read off the boundaries of the US Census Bureau (cartographic boundary files, 2017 edition,
public domain) as the npm package us-atlas 3.0.0 (BSD-3-Clause) has them with shared lines: counties
are neighbours where a line belongs to both. Corners that only touch don't count; nor does water
that the boundary files cut away. Each pair stands once, under the lower code.

    npm pack us-atlas@3.0.0 && tar xzf us-atlas-3.0.0.tgz
    python tools/make_county_neighbours.py package/counties-10m.json
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "sectorscan" / "sources"


def lines_of(arcs: object) -> Iterator[int]:
    """Give the numbers of the lines that an area's rings consist of, whichever way they run."""
    if isinstance(arcs, int):
        yield arcs if arcs >= 0 else ~arcs
    elif isinstance(arcs, list):
        for part in arcs:
            yield from lines_of(part)


def neighbours(topology: Path) -> list[tuple[str, str]]:
    """Return (code, codes above it that share a line with it), a row for each county."""
    with topology.open(encoding="utf-8") as stream:
        counties = json.load(stream)["objects"]["counties"]["geometries"]
    owners: dict[int, set[str]] = {}
    for county in counties:
        for line in lines_of(county.get("arcs", [])):
            owners.setdefault(line, set()).add(county["id"])
    beside: dict[str, set[str]] = {county["id"]: set() for county in counties}
    for sharing in owners.values():
        for code in sharing:
            beside[code] |= {other for other in sharing if other > code}
    return [(code, " ".join(sorted(beside[code]))) for code in sorted(beside)]


if __name__ == "__main__":
    with (TARGET / "county_neighbours.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "neighbours"))
        writer.writerows(neighbours(Path(sys.argv[1])))
