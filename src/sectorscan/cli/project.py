"""What stands in a new project folder."""

from __future__ import annotations

README = """\
# A sector ranking

`sectorscan.yaml` says which region, benchmark, years, sectors and weights.

1. See it work on the synthetic sample:  sectorscan rank -c sectorscan.yaml
2. Put your tables, or QCEW annual files, into `inputs/`.
3. In `sectorscan.yaml` name your region's areas (sectorscan areas NAME finds their codes).
4. Check them:  sectorscan check inputs -c sectorscan.yaml
5. Rank:        sectorscan rank inputs -c sectorscan.yaml --out shortlist.xlsx
"""

INPUTS = """\
Your tables go here: employment.csv (region, industry, year, employment) and, where you have
them, wages.csv, concentration.csv, growth.csv, indicators.csv; or QCEW annual files as the
Bureau of Labor Statistics publishes them. Excel, Parquet and zip of CSV will do as well.
"""


def contents() -> dict[str, str]:
    """Return the new folder's files: path to text."""
    from sectorscan.config.example import example_config

    return {
        "sectorscan.yaml": example_config(),
        "README.md": README,
        "inputs/README.md": INPUTS,
    }
