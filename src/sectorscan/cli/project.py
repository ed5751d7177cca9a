"""What stands in a new project folder."""

from __future__ import annotations

README = """\
# A sector ranking

`sectorscan.yaml` says which region, benchmark, years, sectors and weights.

1. See it work on the synthetic sample:  sectorscan rank -c sectorscan.yaml
2. In `sectorscan.yaml` name your region's areas and years (sectorscan areas NAME finds codes).
3. Put your tables, or QCEW files, into `inputs/`. Or download the QCEW files of your region:
   sectorscan fetch -c sectorscan.yaml --to inputs
4. Check them:  sectorscan check inputs -c sectorscan.yaml
5. Rank:        sectorscan rank inputs -c sectorscan.yaml --out shortlist.xlsx

What changed in the region's jobs, and why:  sectorscan shiftshare inputs -c sectorscan.yaml
Where a sector's jobs are:                   sectorscan scope 332 inputs -c sectorscan.yaml
Several regions at once (`regions:`):        sectorscan rank inputs -c sectorscan.yaml --all-regions
"""

INPUTS = """\
Your tables go here: employment.csv (region, industry, year, employment) and, where you have
them, wages.csv, concentration.csv, growth.csv, indicators.csv; or QCEW files, annual or quarterly,
as the Bureau of Labor Statistics publishes them. Excel, Parquet and zip of CSV will do as well.
Industry projections, LEHD QWI and OEWS files may lie beside them.
"""


def contents() -> dict[str, str]:
    """Return the new folder's files: path to text."""
    from sectorscan.config.example import example_config

    return {
        "sectorscan.yaml": example_config(),
        "README.md": README,
        "inputs/README.md": INPUTS,
    }
