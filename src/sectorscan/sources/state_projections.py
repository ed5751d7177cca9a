"""States' long-term employment projections by industry, in the forms in which states publish them.

A row an area x industry (x period) with jobs at the base and at the end. The columns' names are
those of Projections Central, of the Workforce Information Database and of state open-data sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sectorscan.errors import Finding, InputError
from sectorscan.sources.rate_tables import RateLine, rate_tables, without_repeats
from sectorscan.sources.state_rows import rate_lines
from sectorscan.tables.files import TableFile, shown
from sectorscan.tables.model import RegionalTables
from sectorscan.tables.names import normalise
from sectorscan.tables.sheets import Row, Sheet, read_sheets

KIND = "state-projections"
_NAMES: Mapping[str, str] = {
    "state_code": "stfips statefips statefipscode statecode fips areafips fipscode geoid",
    "area_type": "areatype areatyname areatypename geographytype",
    "area_code": "areacode",
    "area": "area areaname state statename region regionname geography geographyname areatitle",
    "industry": "naics naicscode indcode industrycode matincode naicsindustrycode industrynaics",
    "title": "title industrytitle naicstitle indtitle codetitle industryname indcodetitle",
    "base_year": "baseyear baseyr",
    "end_year": "projyear projectedyear projectionyear projyr",
    "period": "period projectionperiod timeframe projectionterm years",
    "base": "base baseemployment baseemp employmentbase baseyearemployment baseyearjobs basejobs "
    "baseyearemploymentestimate estindprj estimatedemployment baseyearest",
    "end": "proj projected projection projectedemployment projemp employmentprojected "
    "projectedyearemployment projectedyearjobs projectedjobs projectedyearemploymentestimate "
    "projindprj projectedyearest",
    "openings": "avgannualopenings averageannualopenings annualavgopenings annualaverageopenings "
    "annualopenings totalannualopenings annualtotalopenings aopent totalannualavgopenings",
}
_MEANING = {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}
_JOBS_OF_A_YEAR = frozenset(["employment", "emp", "jobs", "annualaverageemployment"])
_BY_YEAR = frozenset([*_JOBS_OF_A_YEAR, *_NAMES["base"].split(), *_NAMES["end"].split()])
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_OCCUPATIONS = re.compile(r"(?:occ|soc)(?:code)?|occupationcode|standardoccupational.*")


def is_state_projections(header: Sequence[str]) -> bool:
    """Return whether a header has industries with jobs at a base and at a projected year."""
    found = _positions(header)
    return all(found.get(name) for name in ("industry", "base", "end"))


def is_occupational(header: Sequence[str]) -> bool:
    """Return whether a header is that of projections by occupation, which say nothing here."""
    found = _positions(header)
    coded = any(_OCCUPATIONS.fullmatch(_key(name)) for name in header)
    return coded and bool(found.get("base") and found.get("end")) and not found.get("industry")


def read_state_projections(file: TableFile) -> RegionalTables:
    """Return projected jobs and openings by area and industry.

    Raises
    ------
    InputError
        Where the file can't be read, a column could be two things, areas or years aren't said, or
        cells are no numbers.
    """

    def choose(header: Row, _: Sequence[Row]) -> list[int]:
        if not is_state_projections(header):
            return []
        return sorted({at for found in _positions(header).values() for at in found})

    sheets = [s for s in read_sheets(file, choose) if is_state_projections(s.header)]
    lines: list[RateLine] = []
    findings: list[Finding] = []
    problems: list[Finding] = []
    for sheet in sheets:
        at = _positions(sheet.header)
        wrong = [*_rivals(sheet, at), *_lacking(sheet, at)]
        if wrong:
            problems += wrong
            continue
        single = {name: found[0] for name, found in at.items() if found}
        found, told = rate_lines(sheet, single, _years_in(sheet.header, single), file.name)
        lines += found
        problems += [finding for finding in told if finding.severity == "error"]
        findings += [finding for finding in told if finding.severity != "error"]
    if problems or not sheets:
        raise InputError(problems or [Finding("no projections were found.", "", file.name)])
    lines, repeated = without_repeats(lines, file.name)
    rows = sum(len(sheet.rows) for sheet in sheets)
    return rate_tables(file, KIND, rows, lines, [*findings, *repeated])


def occupations_instead(file: TableFile) -> Finding:
    """Return what is said of projections by occupation."""
    what = "these are projections by occupation; sectors need them by industry (NAICS)."
    return Finding(what, "Download the state's industry projections.", file.name)


def _key(name: str) -> str:
    return normalise(_YEAR.sub(" ", re.sub(r"\[\d+\]", "", name))).replace("_", "")


def _positions(header: Sequence[str]) -> dict[str, list[int]]:
    """Return our name of each column and every position that could be it."""
    found: dict[str, list[int]] = {}
    dated: list[tuple[int, int]] = []
    for at, name in enumerate(header):
        key, year = _key(name), _YEAR.search(name)
        if year and key in _BY_YEAR:
            dated.append((int(year[1]), at))
        elif meaning := _MEANING.get(key):
            found.setdefault(meaning, []).append(at)
        elif key == "industry":
            found.setdefault("plain_industry", []).append(at)
    years = sorted({number for number, _ in dated})
    # Jobs of two years alone could both be history: something must speak of what is to come.
    ahead = "openings" in found or any("proj" in _key(name) for name in header)
    if len(years) == 2 and ahead:
        for number, at in dated:
            found.setdefault("base" if number == years[0] else "end", []).append(at)
    return _settled(found)


def _settled(found: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the columns with those settled whose meaning hangs on the others."""
    if found.get("period") and not found.get("base") and not found.get("end"):
        # Beside a period, New York's columns of this name hold the jobs of the year.
        for year, jobs in (("base_year", "base"), ("end_year", "end")):
            if year in found:
                found[jobs] = found.pop(year)
    plain = found.pop("plain_industry", [])
    if plain:
        found.setdefault("title" if found.get("industry") else "industry", []).extend(plain)
    return found


def _years_in(header: Sequence[str], at: Mapping[str, int]) -> tuple[int, int] | None:
    """Return the years that the columns of jobs name, if they do."""
    base, end = (_YEAR.search(header[at[name]]) for name in ("base", "end"))
    return (int(base[1]), int(end[1])) if base and end else None


def _rivals(sheet: Sheet, at: Mapping[str, Iterable[int]]) -> list[Finding]:
    problems = []
    for name, positions in at.items():
        headers = [shown(sheet.header[p]) for p in positions]
        if len(headers) > 1 and name != "title":
            listed = " and ".join(map(repr, headers))
            what = f"the columns {listed} could both be {_WORDS.get(name, name)}."
            problems.append(Finding(what, "Take one of them out.", sheet.name))
    return problems


_WORDS = {
    "base": "the jobs in the base year",
    "end": "the jobs in the projected year",
    "openings": "the openings a year",
    "industry": "the industry's code",
    "area": "the area's name",
    "state_code": "the area's code",
    "base_year": "the base year",
    "end_year": "the projected year",
}


def _lacking(sheet: Sheet, at: Mapping[str, Sequence[int]]) -> list[Finding]:
    problems = []
    if not any(at.get(name) for name in ("area", "state_code", "area_code")):
        what = "the table doesn't say which area the projections are for."
        problems.append(Finding(what, "Add a column Area, such as Ohio or 39.", sheet.name))
    dated = all(_YEAR.search(sheet.header[at[name][0]]) for name in ("base", "end"))
    if not (dated or at.get("period") or (at.get("base_year") and at.get("end_year"))):
        what = "the table doesn't say from which year to which the projections reach."
        remedy = "Add a column Period (2022-2032), or BaseYear and ProjYear."
        problems.append(Finding(what, remedy, sheet.name))
    return problems
