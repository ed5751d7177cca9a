"""What speaks for or against a sector on one criterion: a lead word and the comparison behind it.

Every phrase says what the number says, whichever list it lands in: a high wage that a config
scores low stands among the concerns as "Good pay".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sectorscan.advice.facts import Parts, SectorFacts, own_address
from sectorscan.advice.wording import (
    ESTABLISHMENTS,
    Clause,
    covered_jobs,
    criterion_name,
    elsewhere,
    grew,
    own_value,
    unit_suffix,
)

DOUBLE = 2.0
"""From here on pay is told as "2.3 times", not as "130 % above"."""
CONCENTRATED = 1.2
"""From this quotient on a sector is called specialized: a habit, no statistic (docs/method.md)."""
FLAT_PCT = 0.05
"""Growth below this reads 0.0 % a year: it is called flat."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A lead word and the clause that backs it; ``alone`` where that can't do without the lead."""

    lead: str
    clause: Clause
    alone: Clause | None = None

    @property
    def in_a_headline(self) -> Clause:
        """The clause that stands without its lead."""
        return self.alone or self.clause


def _share(facts: SectorFacts, good: bool) -> Evidence:
    panel = facts.ranking.indicators.panel
    share = facts.fact("employment_share_pct", "%")
    about = facts.about("employment_share_pct")
    parts: Parts = {"about": about, "share": share, "jobs": covered_jobs(panel)}
    clause = Clause("{about}{share} of {jobs}", parts)
    # Beside the reason code "size" a sector isn't called small.
    return Evidence("Large" if good else "Small", clause)


def above_median_share(facts: SectorFacts) -> bool:
    """Return whether a sector has a larger share of jobs than the median candidate."""
    shares = facts.ranking.indicators.values("employment_share_pct")
    known = shares[~np.isnan(shares)]
    own = facts.number("employment_share_pct")
    return bool(len(known) and own > np.median(known))


def _establishments(facts: SectorFacts, good: bool) -> Evidence:
    count = facts.fact("establishments", "count", ESTABLISHMENTS)
    lead = "Broad base of employers" if good else "Narrow base of employers"
    return Evidence(lead, Clause("{count}", {"count": count}))


def concentration(facts: SectorFacts) -> Clause:
    """Return how concentrated the sector is: times as much, about as much, or less."""
    quotient = facts.number("location_quotient")
    parts: Parts = {
        "about": facts.about("location_quotient"),
        "elsewhere": elsewhere(facts.ranking.indicators.panel),
    }
    if quotient >= 1.05:
        times = facts.fact("location_quotient", "times")
        template = "{about}{times} times as concentrated here as {elsewhere}"
        return Clause(template, {**parts, "times": times})
    level = "about as concentrated here as" if quotient >= 0.95 else "less concentrated here than"
    template = f"{level} {{elsewhere}} (location quotient {{about}}{{quotient}})"
    return Clause(template, {**parts, "quotient": facts.fact("location_quotient", "ratio")})


def _location_quotient(facts: SectorFacts, good: bool) -> Evidence:
    quotient = facts.number("location_quotient")
    if quotient >= CONCENTRATED:
        lead = "Specialized"
    else:
        lead = "Above-average concentration" if quotient >= 1 else "Not a local specialty"
    return Evidence(lead, concentration(facts))


def growth(facts: SectorFacts) -> Clause:
    """Return the sector's growth over the period, beside the region's where that is known."""
    rate = facts.number("employment_cagr_pct")
    parts: Parts = {
        "about": facts.about("employment_cagr_pct"),
        "base": facts.fact("period.base", "year"),
        "end": facts.fact("period.end", "year"),
    }
    if abs(rate) < FLAT_PCT:
        own = "jobs were flat from {base} to {end}"
    else:
        own = f"jobs {grew(rate)} {{about}}{{rate}} a year from {{base}} to {{end}}"
        parts["rate"] = facts.fact("employment_cagr_pct", "abs %/year")
    beside = _beside_region(facts, rate)
    return Clause(own + beside.template, {**parts, **beside.parts})


def _beside_region(facts: SectorFacts, rate: float) -> Clause:
    region = facts.number("region.employment_cagr_pct")
    if np.isnan(region):
        return Clause("", {})
    parts = {"region": facts.fact("region.employment_cagr_pct", "abs %/year", against=abs(rate))}
    if abs(rate - region) < FLAT_PCT:
        return Clause(", about as in the region as a whole", {})
    if abs(region) < FLAT_PCT:
        return Clause(", while the region as a whole stood still", {})
    if (rate >= 0) == (region >= 0) and abs(rate) >= FLAT_PCT:
        return Clause(", against {region} in the region as a whole", parts)
    return Clause(f", while the region as a whole {grew(region)} {{region}} a year", parts)


def _growth_vs_region(facts: SectorFacts, good: bool) -> Evidence:
    difference = facts.number("employment_cagr_vs_region_pp")
    rate = facts.number("employment_cagr_pct")
    shrank = rate <= -FLAT_PCT
    whom = "the region" if facts.sector.areas is None else "its own areas"
    if difference >= 0:
        lead = f"Holding up better than {whom}" if shrank else f"Outgrowing {whom}"
    else:
        declining = "Probably in decline" if facts.unsure("employment_cagr_pct") else "In decline"
        lead = declining if shrank else f"Growing more slowly than {whom}"
    if facts.sector.areas is None and facts.known("employment_cagr_pct"):
        return Evidence(lead, growth(facts), _growth_alone(facts))
    clause = _points_apart(facts, "employment_cagr_vs_region_pp", " from {base} to {end}")
    years = {"base": facts.fact("period.base", "year"), "end": facts.fact("period.end", "year")}
    return Evidence(lead, Clause(clause.template, {**clause.parts, **years}))


def _growth_alone(facts: SectorFacts) -> Clause:
    rate = facts.number("employment_cagr_pct")
    parts: Parts = {
        "about": facts.about("employment_cagr_pct"),
        "rate": facts.fact("employment_cagr_pct", "abs %/year"),
    }
    return Clause(f"jobs {grew(rate)} {{about}}{{rate}} a year", parts)


def _points_apart(facts: SectorFacts, indicator: str, when: str = "") -> Clause:
    side = "above" if facts.number(indicator) >= 0 else "below"
    gap = facts.fact(indicator, "abs percentage points/year")
    template = f"job growth{when} {{about}}{{gap}} percentage points a year {side} that of {{whom}}"
    whom = "its own areas" if facts.sector.areas is not None else "the region as a whole"
    return Clause(template, {"about": facts.about(indicator), "gap": gap, "whom": whom})


def _recent_growth(facts: SectorFacts, good: bool) -> Evidence:
    indicator = "recent_growth_vs_region_pp"
    clause = _points_apart(facts, indicator)
    since = {"since": facts.fact("period.recent", "year")}
    lead = "Gaining ground lately" if facts.number(indicator) >= 0 else "Losing ground lately"
    return Evidence(lead, Clause(clause.template + " since {since}", {**clause.parts, **since}))


def _competitive_rate(facts: SectorFacts, good: bool) -> Evidence:
    indicator = "competitive_rate_pp"
    clause = _points_apart(facts, indicator)
    whom = f"the same industry {elsewhere(facts.ranking.indicators.panel)}"
    ahead = facts.number(indicator) >= 0
    return Evidence(
        "Ahead of its industry" if ahead else "Behind its industry",
        Clause(clause.template, {**clause.parts, "whom": whom}),
    )


def projection(facts: SectorFacts) -> Clause:
    """Return the projected growth, beside all industries' where that is known."""
    rate = facts.number("projected_growth_pct")
    verb = "grow" if rate >= 0 else "shrink"
    own = facts.fact("projected_growth_pct", "abs %/year")
    template = f"jobs are projected to {verb} {{projected}} a year"
    parts: Parts = {"projected": own}
    if wider := _borrowed_rate(facts):
        template, parts = f"{template} ({{wider}})", {**parts, "wider": wider}
    if not facts.known("region.projected_growth_pct"):
        return Clause(template, parts)
    region = facts.number("region.projected_growth_pct")
    overall = facts.fact("region.projected_growth_pct", "abs %/year", against=abs(rate))
    if (rate >= 0) == (region >= 0):
        sign = "" if region >= 0 else "a decline of "
        beside = f"against {sign}{{overall}} for all industries"
    else:
        beside = f"while all industries {'grow' if region >= 0 else 'shrink'} {{overall}}"
    return Clause(f"{template}, {beside}", {**parts, "overall": overall})


def _borrowed_rate(facts: SectorFacts) -> str:
    """Return whose projected rate it is, where it isn't the region's own ("national rate")."""
    panel = facts.ranking.indicators.panel
    rate = panel.rates.get("projected_growth_pct")
    given = panel.given.values.get("projected_growth_pct")
    own = given is not None and not np.isnan(given.value[facts.place])
    return rate.wider if rate is not None and not own else ""


def _projected_growth(facts: SectorFacts, good: bool) -> Evidence:
    indicator = "projected_growth_vs_region_pp"
    lead = "Good outlook" if facts.number(indicator) >= 0 else "Weak outlook"
    if facts.known("projected_growth_pct", "region.projected_growth_pct"):
        return Evidence(lead, projection(facts))
    side = "above" if facts.number(indicator) >= 0 else "below"
    gap = facts.fact(indicator, "abs percentage points/year")
    template = f"projected growth {{gap}} percentage points a year {side} that of all industries"
    return Evidence(lead, Clause(template, {"gap": gap}))


def pay_compared(facts: SectorFacts, indicator: str) -> Clause:
    """Return pay against a reference as ``18 % above`` or ``2.3 times``, the reference left out."""
    unit = "times" if facts.number(indicator) >= DOUBLE else "ratio-as-percent-above"
    template = "{about}{ratio} times" if unit == "times" else "{about}{ratio}"
    return Clause(template, {"about": facts.about(indicator), "ratio": facts.fact(indicator, unit)})


def regional_average(facts: SectorFacts) -> str:
    """Return whose average pay is compared with: the region's, or a bundle's own areas'."""
    own = facts.sector.areas is not None
    return "the average of its own areas" if own else "the regional average"


def _pay_vs_region(facts: SectorFacts, good: bool) -> Evidence:
    compared = pay_compared(facts, "pay_vs_region")
    lead = "Good pay" if facts.number("pay_vs_region") >= 1 else "Low pay"
    template = f"{compared.template} {regional_average(facts)}"
    alone = Clause(f"pays {template}", compared.parts)
    return Evidence(lead, Clause(template, compared.parts), alone)


def _pay_vs_benchmark(facts: SectorFacts, good: bool) -> Evidence:
    compared = pay_compared(facts, "pay_vs_benchmark")
    parts = {**compared.parts, "elsewhere": elsewhere(facts.ranking.indicators.panel)}
    above = facts.number("pay_vs_benchmark") >= 1
    lead = "Pays more than its industry does" if above else "Pays less than its industry does"
    template = f"{compared.template} the same industry {{elsewhere}}"
    return Evidence(lead, Clause(template, parts), Clause(f"pays {template}", parts))


def _own(facts: SectorFacts, indicator: str, good: bool) -> Evidence:
    """Return the evidence of any other criterion: its value, its points, and the other sectors'."""
    unit = facts.unit(indicator)
    parts: Parts = {
        "about": facts.about(indicator),
        "value": own_value(facts, indicator),
        "unit": unit_suffix(unit),
        "scaled": facts.fact(f"criterion.{indicator}.scaled", "points"),
    }
    template = "{about}{value}{unit}"
    if facts.known(f"region.{indicator}"):
        template += ", against {overall}{unit} for all industries"
        parts["overall"] = facts.fact(f"region.{indicator}", unit)
    template += f", worth {{scaled}} points on its scale{_beside_others(facts, indicator)}"
    name = criterion_name(facts, indicator)
    lead = name[0].upper() + name[1:]
    alone = Clause("{name} {about}{value}{unit}", {**parts, "name": lead})
    return Evidence(lead, Clause(template, parts), alone)


def _beside_others(facts: SectorFacts, indicator: str) -> str:
    ranking = facts.ranking
    place = [criterion.id for criterion in ranking.matrix.criteria].index(indicator)
    scaled = ranking.scaled[:, place]
    own, known = scaled[facts.place], scaled[~np.isnan(scaled)]
    if len(known) < 2 or own == np.median(known):
        return ""
    side = "better" if own > np.median(known) else "worse"
    return f", {side} than the median candidate"


_OF_INDICATOR: Mapping[str, Callable[[SectorFacts, bool], Evidence]] = {
    "employment_share_pct": _share,
    "establishments": _establishments,
    "location_quotient": _location_quotient,
    "employment_cagr_vs_region_pp": _growth_vs_region,
    "recent_growth_vs_region_pp": _recent_growth,
    "competitive_rate_pp": _competitive_rate,
    "projected_growth_vs_region_pp": _projected_growth,
    "pay_vs_region": _pay_vs_region,
    "pay_vs_benchmark": _pay_vs_benchmark,
}


def evidence(facts: SectorFacts, indicator: str, *, good: bool) -> Evidence:
    """Return what one criterion says of a sector; its value must be known.

    ``good`` picks the lead word where the value alone doesn't (large or small).
    """
    if indicator in _OF_INDICATOR and own_address(indicator) == indicator:
        return _OF_INDICATOR[indicator](facts, good)
    return _own(facts, indicator, good)
