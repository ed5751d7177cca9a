"""Make ``docs/example.md``: a sector of the sample worked out by hand.

Plain arithmetic on the committed CSV files, without the package's own kernels, so that the page
proves something: ``tests/tools/test_docs.py`` holds its figures against what the package says.

Run ``python tools/make_example_page.py``.
"""

# ruff: noqa: E501  (prose with figures in it)

from __future__ import annotations

import csv
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "example.md"
TABLES = ROOT / "data" / "samples"
SLICE = ROOT / "data" / "samples_qcew" / "2023.annual.synthetic.csv"
COUNTIES = ("98001", "98003", "98005", "98007", "98009", "98011")
BASE, RECENT, END = 2018, 2021, 2023
SPAN = END - BASE
SECTOR, UNCERTAIN = "334", "333"
COUNTY = "98007"

Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion worked out: value, 0-100, effective weight; points = weight x 0-100."""

    id: str
    value: float
    scaled: float
    weight: float

    @property
    def points(self) -> float:
        """The criterion's contribution to the score."""
        return self.weight * self.scaled


class Tables:
    """The sample's analyst tables, cell by cell."""

    def __init__(self) -> None:
        self.jobs = {_key(row): row for row in _rows(TABLES / "employment.csv")}
        self.wages = {_key(row): row for row in _rows(TABLES / "wages.csv")}
        self.growth = {(r["region"], r["industry"]): r for r in _rows(TABLES / "growth.csv")}

    def e(self, area: str, industry: str, year: int, end: str = "employment") -> float:
        """Return a cell's jobs, or one end of what they can be."""
        row = self.jobs[area, industry, year]
        return float(row[end] or row["employment"])

    def region_e(self, industry: str, year: int, end: str = "employment") -> float:
        """Return the region's jobs: the sum of its counties'."""
        return sum(self.e(area, industry, year, end) for area in COUNTIES)

    def region_n(self, industry: str, year: int) -> float:
        """Return the region's establishments."""
        return sum(float(self.jobs[a, industry, year]["establishments"]) for a in COUNTIES)

    def w(self, area: str, industry: str, year: int, end: str = "employment") -> float:
        """Return a cell's wages; where only the pay is given, pay times jobs (or their end)."""
        row = self.wages[area, industry, year]
        if row["total_wages"]:
            return float(row["total_wages"])
        return float(row["avg_annual_pay"]) * self.e(area, industry, year, end)

    def region_w(self, industry: str, year: int, end: str = "employment") -> float:
        """Return the region's wages."""
        return sum(self.w(area, industry, year, end) for area in COUNTIES)

    def projected(self, industry: str) -> float:
        """Return the projected growth, %/year: the counties' growth weighted by their jobs."""
        start = finish = 0.0
        years = 0
        for area in COUNTIES:
            row = self.growth[area, industry]
            jobs = self.e(area, industry, END)
            years = int(row["end_year"]) - int(row["base_year"])
            start += jobs
            finish += jobs * (1 + float(row["growth_pct"]) / 100)
        return cagr(finish, start, years)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _key(row: Mapping[str, str]) -> tuple[str, str, int]:
    return row["region"], row["industry"], int(row["year"])


def cagr(end: float, base: float, years: float) -> float:
    """Return growth, %/year."""
    return 100 * (math.pow(end / base, 1 / years) - 1)


def criteria() -> dict[str, tuple[float, Pairs, bool]]:
    """Return the balanced criteria: effective weight, points, and whether they are logarithmic."""
    config = yaml.safe_load((ROOT / "configs" / "balanced.yaml").read_text(encoding="utf-8"))
    groups: dict[str, Any] = config["criteria"]
    total = sum(group["weight"] for group in groups.values())
    found: dict[str, tuple[float, Pairs, bool]] = {}
    for group in groups.values():
        inside = sum(one["weight"] for one in group["indicators"].values())
        for name, one in group["indicators"].items():
            weight = group["weight"] / total * one["weight"] / inside
            pairs = [(float(x), float(y)) for x, y in one["scale"]["points"]]
            found[name] = (weight, pairs, bool(one["scale"].get("log", False)))
    return found


def on_scale(value: float, pairs: Pairs, log: bool) -> float:
    """Return the 0-100 value on the straight lines through the points, flat outside."""
    if value <= pairs[0][0]:
        return pairs[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(pairs):
        if value <= x1:
            a, b, c = (math.log10(x) if log else x for x in (x0, value, x1))
            return y0 + (y1 - y0) * (b - a) / (c - a)
    return pairs[-1][1]


def values(tables: Tables, sector: str, jobs: str = "employment") -> dict[str, float]:
    """Return the criteria's values; ``jobs`` is the end of the end year's jobs that counts.

    At ``employment_high`` the base years stand at their low and wages at their high, which is
    where every growth and pay criterion is highest; at ``employment_low`` the other way round.
    """
    other = {"employment_low": "employment_high", "employment_high": "employment_low"}.get(
        jobs, jobs
    )
    e1 = tables.region_e(sector, END, jobs)
    e0 = tables.region_e(sector, BASE, other)
    recent = tables.region_e(sector, RECENT, other)
    r1, r0, r_recent = (tables.region_e("10", year) for year in (END, BASE, RECENT))
    n_i1, n_i0 = (tables.e("US000", sector, year) for year in (END, BASE))
    n1 = tables.e("US000", "10", END)
    # Jobs and wages are separate unknowns: pay is highest with most wages and fewest jobs.
    pay = tables.region_w(sector, END, jobs) / tables.region_e(sector, END, other)
    region_pay = tables.region_w("10", END) / r1
    return {
        "employment_share_pct": 100 * e1 / r1,
        "establishments": tables.region_n(sector, END),
        "location_quotient": (e1 / r1) / (n_i1 / n1),
        "employment_cagr_vs_region_pp": cagr(e1, e0, SPAN) - cagr(r1, r0, SPAN),
        "recent_growth_vs_region_pp": cagr(e1, recent, 2) - cagr(r1, r_recent, 2),
        "competitive_rate_pp": cagr(e1, e0, SPAN) - cagr(n_i1, n_i0, SPAN),
        "projected_growth_vs_region_pp": tables.projected(sector) - tables.projected("10"),
        "pay_vs_region": pay / region_pay,
        "pay_vs_benchmark": pay / (tables.w("US000", sector, END) / n_i1),
    }


def lines(tables: Tables, sector: str, jobs: str = "employment") -> list[Line]:
    """Return every criterion worked out."""
    found = values(tables, sector, jobs)
    return [
        Line(name, found[name], on_scale(found[name], pairs, log), weight)
        for name, (weight, pairs, log) in criteria().items()
    ]


@dataclass(frozen=True, slots=True)
class Withheld:
    """The county's construction tree: bounds and estimates of its withheld cells, jobs."""

    total: float
    disclosed: float
    part: float
    ends: Mapping[str, tuple[float, float]]
    expected: Mapping[str, float]
    values: Mapping[str, float]
    rates: Mapping[str, float]
    establishments: Mapping[str, float]


def withheld() -> Withheld:
    """Work the county's construction out: 236 and 237 are withheld, and 2361 and 2373 in them."""
    rows = {
        (r["area_fips"], r["industry_code"]): r
        for r in _rows(SLICE)
        if r["own_code"] == "5" and r["area_fips"] in (COUNTY, "US000")
    }

    def figure(area: str, code: str, name: str) -> float:
        return float(rows[area, code][f"annual_avg_{name}"])

    for code in ("236", "2361", "237", "2373"):
        if rows[COUNTY, code]["disclosure_code"] != "N":
            message = f"{code} in {COUNTY} is no longer withheld: choose another example"
            raise ValueError(message)
    total, disclosed, part = (figure(COUNTY, code, "emplvl") for code in ("23", "238", "2362"))
    slack, slack_236, slack_237 = 0.5 * (3 + 1), 0.5 * (2 + 1), 0.5 * (1 + 1)
    low_236 = part - slack_236
    high_236 = total + slack - disclosed
    high_237 = total + slack - disclosed - low_236
    ends = {
        "236": (low_236, high_236),
        "237": (0.0, high_237),
        "2361": (0.0, high_236 + slack_236 - part),
        "2373": (0.0, high_237 + slack_237),
    }
    codes = ("236", "2361", "237")
    establishments = {c: figure(COUNTY, c, "estabs") for c in codes}
    rates = {c: figure("US000", c, "emplvl") / figure("US000", c, "estabs") for c in codes}
    expected = {c: establishments[c] * rates[c] for c in codes}
    expected["236"] = max(expected["236"], part + expected["2361"])
    k = (total - disclosed) / (expected["236"] + expected["237"])
    jobs = {code: k * expected[code] for code in ("236", "237")}
    if k < 1 or not all(ends[code][0] < jobs[code] < ends[code][1] for code in jobs):
        message = "the shares meet a bound or are scarce: the page's words no longer hold"
        raise ValueError(message)
    jobs |= {"2361": jobs["236"] - part, "2373": jobs["237"]}
    return Withheld(total, disclosed, part, ends, expected, jobs, rates, establishments)


def page() -> str:
    """Return the page."""
    tables = Tables()
    parts = [HEAD, _sums(tables), _score(tables), _cells(), _range(tables), _one(tables)]
    return re.sub(r"(?<![\w-])-(?=\d)", "\u2212", "\n".join(parts))


HEAD = f"""\
<!-- Generated by tools/make_example_page.py from the sample's CSV files: edit that, not this. -->

# A sector by hand

Everything below is plain arithmetic on the files in `data/samples` and `data/samples_qcew`. A test
works it out again and compares it with what `sectorscan rank` says. The region is invented.
[method.md](method.md) has the rules; this page applies them.

The sector is {SECTOR}, computer and electronic product manufacturing; {BASE} to {END}, so T = {SPAN};
benchmark US000; private jobs. `sectorscan explain {SECTOR}` prints the same figures.
"""


def _sums(tables: Tables) -> str:
    rows = "\n".join(
        f"| {area} | {tables.e(area, SECTOR, BASE):,.0f} | {tables.e(area, SECTOR, RECENT):,.0f} | "
        f"{tables.e(area, SECTOR, END):,.0f} | "
        f"{float(tables.jobs[area, SECTOR, END]['establishments']):,.0f} | "
        f"{tables.w(area, SECTOR, END):,.0f} |"
        for area in COUNTIES
    )
    both = "\n".join(
        f"| {name} | {e0:,.0f} | {er:,.0f} | {e1:,.0f} | {n} | {w:,.0f} |"
        for name, e0, er, e1, n, w in (
            (
                "**region, sector**",
                *(tables.region_e(SECTOR, year) for year in (BASE, RECENT, END)),
                f"{tables.region_n(SECTOR, END):,.0f}",
                tables.region_w(SECTOR, END),
            ),
            (
                "**region, all industries**",
                *(tables.region_e("10", year) for year in (BASE, RECENT, END)),
                "",
                tables.region_w("10", END),
            ),
            (
                "**US000, sector**",
                *(tables.e("US000", SECTOR, year) for year in (BASE, RECENT, END)),
                "",
                tables.w("US000", SECTOR, END),
            ),
            (
                "**US000, all industries**",
                *(tables.e("US000", "10", year) for year in (BASE, RECENT, END)),
                "",
                tables.w("US000", "10", END),
            ),
        )
    )
    return f"""\
## 1. Add the counties up

| area | jobs {BASE} | jobs {RECENT} | jobs {END} | establishments {END} | wages {END}, USD |
|---|---:|---:|---:|---:|---:|
{rows}
{both}

Never average the counties' quotients or pay: add first, divide then.
"""


def _score(tables: Tables) -> str:
    found = values(tables, SECTOR)
    e1, e0, recent = (tables.region_e(SECTOR, year) for year in (END, BASE, RECENT))
    r1, r0, r_recent = (tables.region_e("10", year) for year in (END, BASE, RECENT))
    i1, i0, n1 = (
        tables.e("US000", SECTOR, END),
        tables.e("US000", SECTOR, BASE),
        tables.e("US000", "10", END),
    )
    pay = tables.region_w(SECTOR, END) / e1
    region_pay = tables.region_w("10", END) / r1
    nation_pay = tables.w("US000", SECTOR, END) / i1
    worked = lines(tables, SECTOR)
    table = "\n".join(
        f"| `{line.id}` | {line.value:.4f} | {line.scaled:.2f} | {line.weight:.2f} | "
        f"{line.points:.4f} |"
        for line in worked
    )
    n0 = tables.e("US000", "10", BASE)
    change, national = e1 - e0, e0 * (n1 / n0 - 1)
    mix, local = e0 * (i1 / i0 - n1 / n0), e1 - e0 * i1 / i0
    share = found["employment_share_pct"]
    scaled_share = worked[0].scaled
    quotient_lines = f"({e1:,.0f} / {r1:,.0f}) / ({i1:,.0f} / {n1:,.0f})"
    return f"""\
## 2. The indicators

- Share of jobs: 100 · {e1:,.0f} / {r1:,.0f} = {share:.4f} %.
- Location quotient: {quotient_lines} = {found["location_quotient"]:.4f}.
- Growth a year: sector 100 · (({e1:,.0f} / {e0:,.0f})^(1/{SPAN}) − 1) = {cagr(e1, e0, SPAN):.4f} %;
  region {cagr(r1, r0, SPAN):.4f} %; the sector in US000 {cagr(i1, i0, SPAN):.4f} %. Against the
  region {found["employment_cagr_vs_region_pp"]:.4f}, against the sector in US000
  {found["competitive_rate_pp"]:.4f} percentage points.
- The last two years: sector {cagr(e1, recent, 2):.4f} %, region {cagr(r1, r_recent, 2):.4f} %;
  difference {found["recent_growth_vs_region_pp"]:.4f}.
- Projected growth (`growth.csv`; each county's growth on its {END} jobs, then the sum):
  sector {tables.projected(SECTOR):.4f} %, all industries {tables.projected("10"):.4f} % a year;
  difference {found["projected_growth_vs_region_pp"]:.4f}.
- Pay: sector {pay:,.2f}, region {region_pay:,.2f}, the sector in US000 {nation_pay:,.2f} USD a year;
  ratios {found["pay_vs_region"]:.4f} and {found["pay_vs_benchmark"]:.4f}.
- Shift-share of the {change:,.0f} jobs gained: {national:,.2f} from the nation's growth, {mix:,.2f}
  from the industry's, {local:,.2f} local. They add up to {national + mix + local:,.0f}.

## 3. From values to the score

The scale of the share of jobs is straight in the logarithm between (1, 50) and (5, 100):
50 + 50 · log10({share:.4f}) / log10(5) = {scaled_share:.2f}. The other scales are straight lines
between their points, and flat outside. Points are weight times the 0-100 value.

| criterion | value | 0-100 | effective weight | points |
|---|---:|---:|---:|---:|
{table}
| **score** | | | **{sum(line.weight for line in worked):.2f}** | \
**{sum(line.points for line in worked):.4f}** |
"""


def _cells() -> str:
    w = withheld()
    two, one, three = w.expected["236"], w.expected["2361"], w.expected["237"]
    n, rates = w.establishments, w.rates
    k = (w.total - w.disclosed) / (two + three)
    return f"""\
## 4. A withheld cell

County {COUNTY} in `data/samples_qcew`, {END}, private construction (23): {w.total:,.0f} jobs. Its parts:
238 is published with {w.disclosed:,.0f}; 236 and 237 are withheld. Inside 236, 2362 is published with
{w.part:,.0f} and 2361 is withheld; inside 237 there is 2373 alone, withheld.

Published averages are rounded to whole jobs, so a sum of c parts may be off by 0.5 · (c + 1): by 2
for 23, by 1.5 for 236, by 1 for 237.

**Up**: 236 is at least {w.part:,.0f} − 1.5 = {w.ends["236"][0]:,.1f}.
**Down**: 236 is at most {w.total:,.0f} + 2 − {w.disclosed:,.0f} − 0 = {w.ends["236"][1]:,.1f};
237 is at most {w.total:,.0f} + 2 − {w.disclosed:,.0f} − {w.ends["236"][0]:,.1f} = {w.ends["237"][1]:,.1f};
2361 is at most {w.ends["236"][1]:,.1f} + 1.5 − {w.part:,.0f} = {w.ends["2361"][1]:,.1f}.

**The estimate** starts from what the establishments would have at the nation's jobs per
establishment: 236 has {n["236"]:,.0f} · {rates["236"]:.4f} = {n["236"] * rates["236"]:,.2f}, and 237 has
{n["237"]:,.0f} · {rates["237"]:.4f} = {three:,.2f}. But 236 holds 2362 and what is expected of 2361,
{w.part:,.0f} + {n["2361"]:,.0f} · {rates["2361"]:.4f} = {w.part + one:,.2f}: the larger counts, {two:,.2f}.

The published {w.total:,.0f} − {w.disclosed:,.0f} = {w.total - w.disclosed:,.0f} jobs are shared in proportion to
what is expected ({two:,.2f} and {three:,.2f}), so with k = {k:.5f}. Both stay inside their bounds, and k is
at least 1; below 1 the lows would come first ([method.md](method.md)):

| code | low | estimate | high |
|---|---:|---:|---:|
| 236 | {w.ends["236"][0]:,.1f} | {w.values["236"]:,.2f} | {w.ends["236"][1]:,.1f} |
| 2361 | {w.ends["2361"][0]:,.1f} | {w.values["2361"]:,.2f} | {w.ends["2361"][1]:,.1f} |
| 237 | {w.ends["237"][0]:,.1f} | {w.values["237"]:,.2f} | {w.ends["237"][1]:,.1f} |
| 2373 | {w.ends["2373"][0]:,.1f} | {w.values["2373"]:,.2f} | {w.ends["2373"][1]:,.1f} |

`data/samples/employment.csv` has the same cells, rounded to whole jobs (lows down, highs up).
"""


def _range(tables: Tables) -> str:
    low, at, high = (
        lines(tables, UNCERTAIN, end) for end in ("employment_low", "employment", "employment_high")
    )
    table = "\n".join(
        f"| `{a.id}` | {a.value:.4f} | {b.value:.4f} | {c.value:.4f} | "
        f"{a.scaled:.2f} | {b.scaled:.2f} | {c.scaled:.2f} |"
        for a, b, c in zip(low, at, high, strict=True)
    )
    score = [sum(line.points for line in worked) for worked in (low, at, high)]
    cell = tables.jobs["98011", UNCERTAIN, END]
    ends = [
        tables.region_e(UNCERTAIN, END, end)
        for end in ("employment_low", "employment", "employment_high")
    ]
    return f"""\
## 5. What a withheld cell does to a score

Sector {UNCERTAIN}, machinery: one county's jobs are withheld in {END}, between
{float(cell["employment_low"]):,.0f} and {float(cell["employment_high"]):,.0f} (estimate
{float(cell["employment"]):,.0f}). So the region's lie between {ends[0]:,.0f} and {ends[2]:,.0f}, at
{ends[1]:,.0f}. The same county is withheld in {BASE} and {RECENT}. The years are not tied together:
growth is lowest from the most jobs then to the fewest now. Jobs and wages are not tied either: pay is
lowest with the least wages and the most jobs.

| criterion | low | value | high | 0-100 at low | at value | at high |
|---|---:|---:|---:|---:|---:|---:|
{table}
| **score** | | | | **{score[0]:.4f}** | **{score[1]:.4f}** | **{score[2]:.4f}** |

The range is an outer bound: jobs can't be at their lowest for the growth and at their highest for the
pay at the same time. The true score never lies outside it.
"""


def _one(tables: Tables) -> str:
    e, n = tables.region_e(SECTOR, END), tables.region_n(SECTOR, END)
    r = tables.region_e("10", END)
    nation = tables.e("US000", SECTOR, END) / tables.e("US000", "10", END)
    step = e / n
    more, fewer = ((e + s) / (r + s) / nation for s in (step, -step))
    return f"""\
## 6. One establishment more or fewer

Sector {SECTOR} has {e:,.0f} / {n:,.0f} = {step:.2f} jobs an establishment. One more gives the quotient
(({e:,.0f} + {step:.2f}) / ({r:,.0f} + {step:.2f})) / {nation:.8f} = {more:.4f}, one fewer {fewer:.4f}:
neither crosses 1 or 1.25, nor moves by more than 0.15, so no caution is due.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.name}")
