"""The commented config that a new project folder starts with."""

from __future__ import annotations

import json
from collections.abc import Sequence

_SAMPLE_NAME = "Synthetic six-county region"
_SAMPLE_AREAS = ("98001", "98003", "98005", "98007", "98009", "98011")
_SAMPLE_PERIOD = (2018, 2023)


def example_config(
    *,
    name: str = _SAMPLE_NAME,
    areas: Sequence[str] = _SAMPLE_AREAS,
    benchmark: Sequence[str] = ("US000",),
    period: tuple[int, int] | None = _SAMPLE_PERIOD,
    level: str = "3-digit",
    preset: str = "balanced",
) -> str:
    """Return a config that runs, with every other key commented out and explained.

    By default it is that of the embedded synthetic sample, so a new project runs at once.
    """
    years = "" if period is None else f"{{base: {period[0]}, end: {period[1]}}}"
    years_line = f"period: {years}" if years else "# period: {base: 2020, end: 2023}"
    # Text in JSON's quotes is text in YAML's.
    return _TEMPLATE.format(
        name=json.dumps(name, ensure_ascii=False),
        areas=json.dumps(list(areas), ensure_ascii=False),
        benchmark=json.dumps(
            benchmark[0] if len(benchmark) == 1 else list(benchmark), ensure_ascii=False
        ),
        period=years_line,
        level=level,
        preset=preset,
    )


_TEMPLATE = """\
# Which region, against what, which years, which sectors, and what counts how much.
# Lines that start with # are comments: take the # away to use one. Check the file with
#   sectorscan check inputs -c sectorscan.yaml

# The config format's version. Always 1.
version: 1

# Criteria, weights, scales and gates to start from: balanced, comprehensive, four-core,
# equal-groups, job-quality, rural or urban; or another config beside this file.
extends: {preset}

# The region: area codes that are summed into one, or one code as your tables have it.
# sectorscan areas NAME finds codes. Codes are text: 01001 keeps its zero.
region:
  name: {name}
  areas: {areas}

# Where the figures lie, beside this file, where a command names no input: folders or files. As
# long as there is no table in them, the synthetic sample is ranked.
inputs: [inputs]

# Several regions at once, for rank --all-regions: a list, or every area of a kind that the inputs
# have: {{every: county}} (or state, msa, area).
# regions:
#   - {{name: North, areas: ["98001", "98003"]}}
#   - {{name: South, areas: ["98007", "98009"]}}

# What the region is compared with: an area in your inputs (US000 is the nation), a list of areas,
# or all (the sum of every area given).
benchmark: {benchmark}

# First and last year. Without it, the widest span that the inputs have. With quarterly QCEW files
# quarter: 1 beside them compares the first quarter of each year.
{period}

# The candidates: every industry of a level (sector, 3-digit, 4-digit, 5-digit, 6-digit),
sectors:
  level: {level}
  # or, instead of level, named sectors from a file (sectors-common.yaml is shipped),
  # bundles: sectors-common.yaml
  # or named sectors written here.
  # list:
  #   - {{name: Food and hospitality, naics: ["722", "721", "3118"]}}
  #   - {{name: Manufacturing without pharmaceuticals, naics: ["31-33"], except: ["3254"]}}

# private (industry) or all (government too).
# ownership: private

# The location quotient's denominator: same-ownership, or all-covered (as BLS publishes it).
# lq_base: same-ownership

# Your own thresholds, by indicator: new hires' pay is measured against yours (dollars a year).
# thresholds:
#   new_hire_annual_pay: 42000

# Our column name to the header in your file, where it isn't recognised by itself.
# columns:
#   employment: Jobs (annual average)

# Other weights than the preset's, key by key: only the proportions count. null takes an inherited
# group or indicator away. An indicator of your own (from indicators.csv) needs a scale: points are
# [value, score] pairs, or a method (minmax, zscore, percentile, rank).
# criteria:
#   job_quality:
#     weight: 40
#     indicators:
#       pay_vs_benchmark: null
#       my_own_indicator: {{weight: 5, direction: min, scale: {{method: minmax}}}}

# How scores add up: arithmetic, or geometric (a low score can't be fully bought back).
# aggregation: arithmetic

# A value that isn't known: renormalise, neutral (50), worst (0) or exclude.
# missing: renormalise

# A sector isn't ranked where less than this share of the weight is known.
# min_coverage: 0.7

# Gates of your own instead of the preset's (all of them: lists are replaced, not merged).
# gates:
#   - {{indicator: employment, below: 200, effect: exclude}}
#   - {{indicator: establishments, below: 10, effect: exclude}}

# Filled readiness scorecards beside this file: a folder of them, a file, or a list. As long as the
# folder holds none, tiers are of the economic case alone. A blank one is made by:
#   sectorscan scorecard new -c sectorscan.yaml --out scorecard.xlsx
readiness: scorecards

# The scorecard's questions where they differ from configs/scorecard.yaml, key by key: a weight, a
# text, or null to take one away.
# scorecard:
#   early_win: {{weight: 10}}

# The day from which ratings older than 12 months are stale. By default the latest rating's; for
# sectorscan refresh, the day of the run.
# as_of: 2026-11-22

# The launch order (sectorscan plan): partnerships a year, years ahead, for how long a convener is
# taken, and what the order weighs (economic, readiness, early_win, p_top, support_team,
# critical_mass, landscape).
# plan: {{capacity: 2, years: 3, convener_years: 1, weights: {{early_win: 25}}}}

# How far the ranking can be trusted: random draws, seed, near or any weights, spread.
# robustness: {{draws: 10000, seed: 1, weights: near, spread: 0.25}}

# How many sectors are on the shortlist, and which files `sectorscan refresh` writes.
# outputs: {{top: 5, files: [ranking.csv, shortlist.xlsx]}}
"""
