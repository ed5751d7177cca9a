"""The invented economy as QCEW annual files, in the 38 columns and the quoting that BLS uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sample_region import NATION, STATE, YEARS, Cell, Key, Truth

COLUMNS = [
    "area_fips",
    "own_code",
    "industry_code",
    "agglvl_code",
    "size_code",
    "year",
    "qtr",
    "disclosure_code",
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
    "lq_disclosure_code",
    "lq_annual_avg_estabs",
    "lq_annual_avg_emplvl",
    "lq_total_annual_wages",
    "lq_taxable_annual_wages",
    "lq_annual_contributions",
    "lq_annual_avg_wkly_wage",
    "lq_avg_annual_pay",
    "oty_disclosure_code",
    "oty_annual_avg_estabs_chg",
    "oty_annual_avg_estabs_pct_chg",
    "oty_annual_avg_emplvl_chg",
    "oty_annual_avg_emplvl_pct_chg",
    "oty_total_annual_wages_chg",
    "oty_total_annual_wages_pct_chg",
    "oty_taxable_annual_wages_chg",
    "oty_taxable_annual_wages_pct_chg",
    "oty_annual_contributions_chg",
    "oty_annual_contributions_pct_chg",
    "oty_annual_avg_wkly_wage_chg",
    "oty_annual_avg_wkly_wage_pct_chg",
    "oty_avg_annual_pay_chg",
    "oty_avg_annual_pay_pct_chg",
]
"""BLS's annual layout (https://www.bls.gov/cew/about-data/downloadable-file-layouts/annual/)."""

TAXABLE_PCT = {"5": 24, "2": 5, "3": 3, "1": 0}
CONTRIBUTIONS_PER_MILLE = 17
QUANTITIES = 7
"""Establishments, jobs, wages, taxable wages, contributions, weekly wage, annual pay."""

Figures = tuple[int, int, int, int, int, int, int]


def write_slices(truth: Truth, withheld: set[Key], folder: Path) -> None:
    """Write one file a year, ``2023.annual.synthetic.csv``: counties, state and nation."""
    folder.mkdir(parents=True, exist_ok=True)
    header = ",".join(f'"{name}"' for name in COLUMNS)
    figures = _all_figures(truth)
    for year in YEARS:
        keys = sorted((key for key in truth if key.year == year), key=_file_order)
        rows = [_row(key, figures, withheld) for key in keys]
        path = folder / f"{year}.annual.synthetic.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write("\n".join([header, *rows]) + "\n")


def _file_order(key: Key) -> tuple[str, str, str, str]:
    """Areas, then ownerships, then industries with each parent before its children."""
    return (key.area, key.own, "" if key.code == "10" else key.code[:2], key.code)


def _all_figures(truth: Truth) -> dict[Key, Figures]:
    taxable: dict[Key, int] = {
        key: cell.wages * TAXABLE_PCT[key.own] // 100
        for key, cell in truth.items()
        if key.own != "0"
    }
    for key in truth:
        if key.own == "0":
            owns = (key._replace(own=own) for own in TAXABLE_PCT)
            taxable[key] = sum(taxable.get(part, 0) for part in owns)
    return {key: _figures(cell, taxable[key]) for key, cell in truth.items()}


def _figures(cell: Cell, taxable: int) -> Figures:
    pay = _half_up(cell.wages, cell.jobs)
    weekly = _half_up(cell.wages, cell.jobs * 52)
    contributions = taxable * CONTRIBUTIONS_PER_MILLE // 1000
    return (cell.establishments, cell.jobs, cell.wages, taxable, contributions, weekly, pay)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _row(key: Key, figures: dict[Key, Figures], withheld: set[Key]) -> str:
    is_withheld = key in withheld
    now = figures[key]
    shown = (now[0], *(0,) * (QUANTITIES - 1)) if is_withheld else now
    quotients = _quotients(key, figures)
    if is_withheld:
        quotients = [quotients[0], *["0.00"] * (QUANTITIES - 1)]
    mark = "N" if is_withheld else ""
    before = key._replace(year=key.year - 1)
    changes_mark = "N" if is_withheld or before in withheld else ""
    changes = _changes(now, figures.get(before, (0,) * QUANTITIES), changes_mark)
    texts = (key.area, key.own, key.code, _aggregation_level(key), "0", str(key.year), "A", mark)
    return ",".join(
        [
            *(f'"{text}"' for text in texts),
            *map(str, shown),
            f'"{mark}"',
            *quotients,
            f'"{changes_mark}"',
            *changes,
        ]
    )


def _aggregation_level(key: Key) -> str:
    """Return BLS's ``agglvl_code``: area type in tens, depth of the industry in units."""
    tens = {NATION: 10, STATE: 50}.get(key.area, 70)
    if key.own == "0":
        return str(tens)
    depth = {"10": 1}.get(key.code, 4 if "-" in key.code or len(key.code) == 2 else None)
    return str(tens + (depth if depth is not None else len(key.code) + 2))


def _quotients(key: Key, figures: dict[Key, Figures]) -> list[str]:
    """Location quotients on BLS's base: all industries of all ownerships, against the nation."""
    total = figures[key._replace(own="0", code="10")]
    nation = figures[key._replace(area=NATION)]
    nation_total = figures[Key(NATION, key.year, "0", "10")]
    return [
        f"{here * all_nation / (all_here * there):.2f}" if all_here and there else "0.00"
        for here, all_here, there, all_nation in zip(
            figures[key], total, nation, nation_total, strict=True
        )
    ]


def _changes(now: Figures, before: tuple[int, ...], mark: str) -> Iterator[str]:
    """Yield each quantity's change over the year and its percentage; establishments always."""
    for place, (new, old) in enumerate(zip(now, before, strict=True)):
        if mark and place:
            yield from ("0", "0.0")
            continue
        change = new - old
        pct = 100 * change / old if old else 100.0 if change else 0.0
        yield str(change)
        yield f"{pct:.1f}".replace("-0.0", "0.0") if abs(pct) < 0.05 else f"{pct:.1f}"
