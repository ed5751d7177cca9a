"""Which analyst tables a file serves as, judged by its columns' names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sectorscan.errors import Finding, nearest
from sectorscan.tables.codes import looks_like_areas, looks_like_industries
from sectorscan.tables.files import shown
from sectorscan.tables.names import AMBIGUOUS, MEANING, NAMES, normalise

Group = tuple[str, ...]

_CELL: tuple[Group, ...] = (("region",), ("industry",), ("year",))
MUST_HAVE: dict[str, tuple[Group, ...]] = {
    "employment": (*_CELL, ("employment",)),
    "wages": (*_CELL, ("avg_annual_pay", "total_wages")),
    "concentration": (*_CELL, ("location_quotient",)),
    "growth": (
        ("region",),
        ("industry",),
        ("base_year",),
        ("end_year",),
        ("growth_pct", "annual_growth_pct"),
    ),
    "indicators": (("industry",), ("indicator",), ("value",)),
}
"""Each kind of table; of each group it needs one column at least."""

_ANY: Group = ("ownership", "flag", "withheld", "quarter", "note", "source", "region_title")
MAY_HAVE: dict[str, Group] = {
    "employment": (
        *_ANY,
        "industry_title",
        "establishments",
        "employment_low",
        "employment_high",
        "total_wages_low",
        "total_wages_high",
    ),
    "wages": (*_ANY, "total_wages_low", "total_wages_high"),
    "concentration": _ANY,
    "growth": (*_ANY, "basis", "openings"),
    "indicators": ("region", "year", "low", "high", "unit", "source", "note"),
}
_HARMLESS = frozenset(["note", "source", "industry_title", "region_title", "quarter"])
_YEAR_IN_HEADER = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPEN = -1
"""The position of a column that is there, but could be one of two."""

Sample = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Match:
    """What a header's columns are: ``positions`` by our name, the kinds, and what is wrong."""

    kinds: tuple[str, ...] = ()
    positions: dict[str, int] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()


def recognise(header: Sequence[str], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the kinds of analyst table that a header serves as, none where it is no such table.

    ``columns`` is the config's mapping, our name to the file's header; it wins.
    """
    return match(header, columns, (), "").kinds


def match(header: Sequence[str], columns: Mapping[str, str], sample: Sample, file: str) -> Match:
    """Return which column is which, and a problem for each column that could be two things.

    Of two columns that could both be the region (or industry), the one that holds codes is it and
    the other its title; any other doubt is left to the user.
    """
    positions, problems = _mapped(header, columns, file)
    doubts = _recognised(header, sample, positions)
    unclear = {
        position: AMBIGUOUS[normalise(name)]
        for position, name in enumerate(header)
        if normalise(name) in AMBIGUOUS
        and position not in positions.values()
        and not any(each in positions for each in AMBIGUOUS[normalise(name)])
    }
    for names in unclear.values():
        positions.update(dict.fromkeys(names, _OPEN))
    kinds = tuple(kind for kind in MUST_HAVE if not lacking(kind, positions))
    if "employment" in kinds and "indicators" not in kinds:
        for end in ("low", "high"):
            if end in positions:
                positions.setdefault(f"employment_{end}", positions[end])
    used = {name for kind in kinds for name in _names(kind)}
    for name, found in doubts.items():
        if name in used:
            problems.append(_rivals([header[position] for position in found], name, file))
    for position, names in unclear.items():
        if used.intersection(names):
            problems.append(_two_meanings(header[position], names, file))
    certain = {name: at for name, at in positions.items() if name in used and at != _OPEN}
    return Match(kinds, certain, tuple(problems))


def lacking(kind: str, names: Iterable[str]) -> list[Group]:
    """Return the groups of columns that a kind of table needs and ``names`` don't have."""
    there = set(names)
    return [group for group in MUST_HAVE[kind] if not there.intersection(group)]


def _likeliest(group: Group, free: Sequence[str]) -> str:
    """Return the unused header that holds the name of a needed column, else one that is like it."""
    holding = [name for name in free if any(own in name.lower() for own in group)]
    alike = difflib.get_close_matches(group[0], [name.lower() for name in free], n=1, cutoff=0)
    return holding[0] if holding else next(name for name in free if name.lower() in alike)


def unrecognised(header: Sequence[str], columns: Mapping[str, str], file: str) -> Finding:
    """Return the message for a file that is none of the tables: what it has, what it lacks."""
    there, _ = _mapped(header, columns, file)
    _recognised(header, (), there)
    order = list(MUST_HAVE)
    kind = min(
        order,
        key=lambda each: (len(lacking(each, there)) - len(MUST_HAVE[each]), order.index(each)),
    )
    absent = lacking(kind, there)
    seen = ", ".join(repr(shown(name)) if name else "(blank)" for name in header[:30])
    more = f" and {len(header) - 30} more" if len(header) > 30 else ""
    lacks = ", ".join(" or ".join(group) for group in absent)
    free = [name for at, name in enumerate(header) if name and at not in there.values()]
    example = shown(_likeliest(absent[0], free)) if free else "the file's header"
    what = (
        f"no analyst table is recognised. The columns are {seen}{more}; "
        f"nearest is the {kind} table, which also needs {lacks}."
    )
    remedy = (
        f"Rename the columns, or map them in the config: columns: {{{absent[0][0]}: {example!r}}}."
    )
    across = [n for n in free if _YEAR_IN_HEADER.search(n) and "naics" not in n.lower()]
    if len(across) > 1:
        what = (
            "no analyst table is recognised: the years stand side by side, in columns such as "
            f"{shown(across[0])!r}."
        )
        remedy = (
            "Give each year its own row, with the columns region, industry, year, employment "
            "(in Excel: Data, From Table, then Unpivot Columns in its editor)."
        )
    return Finding(what, remedy, file)


def check_mapping(
    columns: Mapping[str, str], headers: Iterable[Sequence[str]], files: Sequence[str]
) -> list[Finding]:
    """Return what is wrong in the config's ``columns:``: names not ours, headers not there."""
    problems = []
    there = {name for header in headers for name in header if name}
    comparable = {normalise(name) for name in there}
    where = shown(files[0]) if len(files) == 1 else "the files"
    problems += _mapped_twice(columns)
    for name, header in columns.items():
        if name not in NAMES:
            remedy = f"The names are those of the analyst tables.{nearest(name, NAMES)}"
            problems.append(Finding(f"columns: {shown(name)!r} is no column of ours.", remedy))
        elif header not in there and normalise(header) not in comparable:
            what = f"columns: {where} has no column {shown(header)!r} (mapped to {name})."
            seen = ", ".join(sorted(repr(shown(each)) for each in there)[:30])
            problems.append(Finding(what, f"Columns there: {seen}.{nearest(header, there)}"))
    return problems


def _mapped_twice(columns: Mapping[str, str]) -> list[Finding]:
    """Return a problem for each header that is to be two things; codes may be their own titles."""
    meant: dict[str, list[str]] = {}
    for name, header in columns.items():
        if not name.endswith("_title"):
            meant.setdefault(normalise(header) or header, []).append(name)
    return [
        Finding(
            f"columns: {shown(columns[names[0]])!r} is mapped to {' and to '.join(names)}.",
            "Map each to its own column.",
        )
        for names in meant.values()
        if len(names) > 1
    ]


def _mapped(
    header: Sequence[str], columns: Mapping[str, str], file: str
) -> tuple[dict[str, int], list[Finding]]:
    """Return the positions that the config's mapping gives; headers not in this file are left."""
    positions: dict[str, int] = {}
    problems: list[Finding] = []
    for name, wanted in columns.items():
        found = [position for position, seen in enumerate(header) if seen == wanted]
        if not found:
            key = normalise(wanted)
            found = [position for position, seen in enumerate(header) if normalise(seen) == key]
        if found:
            positions[name] = found[0]
        if len(found) > 1:
            problems.append(_rivals([header[position] for position in found], name, file))
    return positions, problems


def _recognised(
    header: Sequence[str], sample: Sample, positions: dict[str, int]
) -> dict[str, list[int]]:
    """Add the columns known by their names to ``positions``; return those with rivals."""
    taken = set(positions.values())
    rivals: dict[str, list[int]] = {}
    for position, seen in enumerate(header):
        name = MEANING.get(normalise(seen))
        if name and name not in positions and position not in taken:
            rivals.setdefault(name, []).append(position)
    doubts = {}
    for name, found in rivals.items():
        coded = found if len(found) == 1 else _with_codes(name, found, sample)
        positions[name] = coded[0] if coded else found[0]
        if len(coded) != 1 and name not in _HARMLESS:
            doubts[name] = found
    for name in ("region", "industry"):
        rest = [at for at in rivals.get(name, ()) if at != positions[name]]
        if len(rest) == 1 and name not in doubts:
            positions.setdefault(f"{name}_title", rest[0])
    return doubts


def _with_codes(name: str, found: list[int], sample: Sample) -> list[int]:
    """Return those of the rival columns that hold codes."""
    tests = {"region": looks_like_areas, "industry": looks_like_industries}
    if name not in tests:
        return []
    columns = {at: [row[at] for row in sample if at < len(row)] for at in found}
    return [at for at, cells in columns.items() if tests[name](cells)]


def _names(kind: str) -> set[str]:
    return {name for group in MUST_HAVE[kind] for name in group} | set(MAY_HAVE[kind])


def _rivals(headers: Sequence[str], name: str, file: str) -> Finding:
    listed = " and ".join(repr(shown(header)) for header in headers)
    if len(set(headers)) == 1:
        what = f"{len(headers)} columns are called {shown(headers[0])!r}, and both could be {name}."
        return Finding(what, "Give each column its own name.", file)
    what = f"the columns {listed} could both be {name}."
    remedy = f"Say which one in the config: columns: {{{name}: {shown(headers[0])!r}}}."
    return Finding(what, remedy, file)


def _two_meanings(header: str, names: Group, file: str) -> Finding:
    header = shown(header)
    what = f"the column {header!r} could be {' or '.join(names)}."
    return Finding(what, f"Say which in the config: columns: {{{names[0]}: {header!r}}}.", file)
