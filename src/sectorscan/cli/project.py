"""What stands in a new project folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass

README = """\
# A sector ranking

`sectorscan.yaml` says which region, benchmark, years, sectors and weights, where the figures lie
and what is written.

1. See it work on the synthetic sample:  sectorscan refresh
2. In `sectorscan.yaml` name your region's areas and years (sectorscan areas NAME finds codes).
3. Put your tables, or QCEW files, into `inputs/`. Or download the QCEW files of your region:
   sectorscan fetch -c sectorscan.yaml --to inputs
4. Check them:  sectorscan check -c sectorscan.yaml
5. Look at the ranking:  sectorscan rank -c sectorscan.yaml
6. Have people rate the sectors:  sectorscan scorecard new -c sectorscan.yaml --out scorecard.xlsx
   then name the filled workbook in `sectorscan.yaml` (`readiness:`).
7. Every year:  sectorscan refresh

`refresh` writes `runs/DATE/` with the reports, the tables they were made from and `manifest.json`;
`runs/latest` holds the name of the latest run, `refresh.log.jsonl` what happened when. Made again,
byte by byte:  sectorscan reproduce runs/DATE

What changed in the region's jobs, and why:  sectorscan shiftshare -c sectorscan.yaml
Where a sector's jobs are:                   sectorscan scope 332 -c sectorscan.yaml
Several regions at once (`regions:`):        sectorscan rank -c sectorscan.yaml --all-regions
"""

INPUTS = """\
Your tables go here: employment.csv (region, industry, year, employment) and, where you have
them, wages.csv, concentration.csv, growth.csv, indicators.csv; or QCEW files, annual or quarterly,
as the Bureau of Labor Statistics publishes them. Excel, Parquet and zip of CSV will do as well.
Industry projections, LEHD QWI and OEWS files may lie beside them.
"""


NATION = ("US000",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project starts with; ``areas`` None is the synthetic sample's region and years."""

    areas: tuple[str, ...] | None = None
    name: str = "My region"
    benchmark: tuple[str, ...] = NATION
    period: tuple[int, int] | None = None
    level: str = "3-digit"
    preset: str = "balanced"


def contents(settings: Settings) -> dict[str, str]:
    """Return the new folder's files: path to text."""
    from sectorscan.config.example import example_config

    if settings.areas is None:
        config = example_config(level=settings.level, preset=settings.preset)
    else:
        config = example_config(**asdict(settings))
    return {"sectorscan.yaml": config, "README.md": README, "inputs/README.md": INPUTS}
