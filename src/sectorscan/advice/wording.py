"""The words around the numbers: what regions, benchmarks and criteria are called in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sectorscan.advice.facts import Parts, SectorFacts, own_address, say
from sectorscan.advice.model import Fact, Sentence
from sectorscan.sources.scope import NATION
from sectorscan.tables.model import Panel

PEOPLE = ("person", "people")
JOBS = ("job", "jobs")
ESTABLISHMENTS = ("establishment", "establishments")

IN_A_SENTENCE: Mapping[str, str] = {
    "employment": "jobs",
    "employment_share_pct": "share of jobs",
    "establishments": "number of establishments",
    "location_quotient": "concentration",
    "employment_cagr_pct": "job growth",
    "employment_cagr_vs_region_pp": "job growth against the region",
    "recent_growth_vs_region_pp": "recent job growth",
    "competitive_rate_pp": "local performance",
    "projected_growth_pct": "projected growth",
    "projected_growth_vs_region_pp": "projected growth",
    "avg_annual_pay": "pay",
    "pay_vs_region": "pay against the region",
    "pay_vs_benchmark": "pay against the same industry elsewhere",
    "real_pay_cagr_pct": "growth of real pay",
    "growth_volatility_pp": "volatility of job growth",
    "openings_vs_region": "openings per job against all industries",
    "workers_55_plus_vs_region_pp": "share of workers aged 55 and over against all industries",
    "turnover_pct": "turnover",
    "new_hire_annual_pay": "pay of new hires",
    "new_hire_pay_vs_threshold": "pay of new hires against your threshold",
    "middle_skill_share_pct": "middle-skill share of jobs",
    "middle_skill_vs_region": "middle-skill share of jobs against all industries",
}
"""Short names of the registry's indicators; any other goes by its label."""

_SILENT_UNITS = frozenset({"", "ratio", "count", "index", "score", "number", "share"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence: a template and its parts."""

    template: str
    parts: Mapping[str, Fact | str]

    def sentence(self, before: str = "", after: str = ".") -> Sentence:
        """Return the clause as a sentence, with text before it and after it."""
        start = before or self.template[:1].upper()
        body = self.template if before else self.template[1:]
        return say(start + body + after, self.parts)


def joined(clauses: Sequence[Clause], *, last: str = " and ", between: str = ", ") -> Clause:
    """Return several clauses as one, the places of each renamed so that none collide."""
    pieces: list[str] = []
    parts: Parts = {}
    for place, clause in enumerate(clauses):
        template = clause.template
        for name, part in clause.parts.items():
            renamed = f"{name}_{place}"
            template = template.replace(f"{{{name}}}", f"{{{renamed}}}")
            parts[renamed] = part
        pieces.append(template)
    if len(pieces) > 1:
        pieces = [between.join(pieces[:-1]) + last + pieces[-1]]
    return Clause("".join(pieces), parts)


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words: ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def elsewhere(panel: Panel) -> str:
    """Return where the benchmark is: ``nationally`` only where it is the nation."""
    if panel.benchmark in NATION:
        return "nationally"
    if panel.benchmark.casefold() == "all":
        return "in all areas together"
    return f"in the benchmark {'areas' if ',' in panel.benchmark else 'area'}"


def trends(panel: Panel) -> str:
    """Return what shift-share takes out of a change: the benchmark's and the industry's trend."""
    wide = "national" if panel.benchmark in NATION else "benchmark"
    return f"{wide} and industry trends"


def covered_jobs(panel: Panel) -> str:
    """Return what a share of jobs is a share of."""
    return "private covered jobs" if panel.ownership == "private" else "covered jobs"


def area_noun(areas: Sequence[str]) -> tuple[str, str]:
    """Return what the areas are called, one and many: counties where every code is a county's.

    Virginia's independent cities stand beside its counties, so there the noun is localities.
    """
    codes = [code for code in areas if len(code) == 5 and code.isdigit()]
    if len(codes) < len(areas) or any(code.endswith("000") for code in codes) or not codes:
        return "area", "areas"
    if any(code.startswith("51") and int(code[2:]) >= 500 for code in codes):
        return "locality", "localities"
    return "county", "counties"


def criterion_name(facts: SectorFacts, indicator: str) -> str:
    """Return what an indicator is called inside a sentence."""
    if indicator in IN_A_SENTENCE:
        return IN_A_SENTENCE[indicator]
    name = facts.ranking.indicators.label(indicator).strip() or indicator
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def unit_suffix(unit: str) -> str:
    """Return what follows a number of a user's own unit, nothing where the number says it all."""
    shown_by_number = unit in _SILENT_UNITS or unit.startswith(("%", "USD", "$"))
    if shown_by_number or any(char.isdigit() for char in unit):
        return ""
    return f" {unit}"


def own_value(facts: SectorFacts, indicator: str) -> Fact:
    """Return the fact of a sector's own value in the indicator's unit."""
    return facts.fact(own_address(indicator), facts.unit(indicator))


def grew(rate: float) -> str:
    """Return the verb for a rate of growth; the number after it is a magnitude."""
    return "grew" if rate >= 0 else "shrank"
