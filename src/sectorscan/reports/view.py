"""What every report shows of a shortlist, in the same order and under the same names."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sectorscan.advice.model import Recommendation, Sentence
from sectorscan.reports.text import REASON_WORDS, plain
from sectorscan.reports.words import NOT_KNOWN, cell, render
from sectorscan.scan.model import Shortlist
from sectorscan.scan.named import Named
from sectorscan.scoring.aggregate import in_play
from sectorscan.tables.model import Panel
from sectorscan.tables.periods import span, spoken

SYNTHETIC_BANNER = "SYNTHETIC SAMPLE: invented figures to try the tool with, not a real region"
SCORE_RANGE_MEANING = (
    "The score range shows how far withheld figures could move a sector's own score: every "
    "uncertain indicator at its worst, then at its best, the other sectors held where they are. "
    "It is an outer bound, exact only where a single indicator is uncertain or all reach their "
    "worst together."
)


@dataclass(frozen=True, slots=True)
class Candidate(Named):
    """One sector of a shortlist: its place in the arrays and what a report calls it.

    ``rank`` is None for a sector that isn't ranked; ``shortlisted`` says that it is among the
    first ``outputs.top``, ties at the last place included.
    """

    index: int
    id: str
    title: str
    naics: tuple[str, ...]
    rank: int | None
    tied: bool
    shortlisted: bool
    advice: Recommendation
    excluded: tuple[str, ...] = ()

    @property
    def codes(self) -> str:
        """Return the NAICS codes as written, else the id where the title doesn't say it."""
        own = self.id if self.id != self.title else ""
        text = ", ".join(self.naics) or own
        return f"{text} except {', '.join(self.excluded)}" if self.excluded else text


def ranked(shortlist: Shortlist) -> tuple[Candidate, ...]:
    """Return the ranked sectors, best first."""
    ranking = shortlist.ranking
    return tuple(_candidate(shortlist, s) for s in ranking.order if ranking.rank[s] > 0)


def unranked(shortlist: Shortlist) -> tuple[Candidate, ...]:
    """Return the sectors that aren't ranked, by the rank they would have had, unscored last."""
    ranking = shortlist.ranking
    sectors = ranking.indicators.sectors
    places = [s for s in range(len(sectors)) if ranking.rank[s] <= 0]
    places.sort(key=lambda s: (int(ranking.would_rank[s]) or len(sectors) + 1, sectors[s].id))
    return tuple(_candidate(shortlist, s) for s in places)


def candidate_of(shortlist: Shortlist, sector: str) -> Candidate:
    """Return one sector by its id, ranked or not.

    Raises
    ------
    KeyError
        Where no candidate has this id.
    """
    ids = [candidate.id for candidate in shortlist.ranking.indicators.sectors]
    if sector not in ids:
        raise KeyError(sector)
    return _candidate(shortlist, ids.index(sector))


def _candidate(shortlist: Shortlist, s: int) -> Candidate:
    ranking = shortlist.ranking
    sector = ranking.indicators.sectors[s]
    rank = int(ranking.rank[s])
    return Candidate(
        index=s,
        id=plain(sector.id),
        title=plain(sector.title) or plain(sector.id),
        naics=tuple(plain(code) for code in sector.codes),
        excluded=tuple(plain(code) for code in sector.excluded),
        rank=rank if rank > 0 else None,
        tied=bool(ranking.tied[s]) and rank > 0,
        shortlisted=0 < rank <= shortlist.config.outputs.top,
        advice=shortlist.recommendations[s],
    )


def number(value: float) -> float | None:
    """Return a float, None where it is missing or unbounded."""
    return float(value) if math.isfinite(value) else None


def figure(shortlist: Shortlist, indicator: str, s: int) -> float | None:
    """Return one sector's value of an indicator, None where it isn't known."""
    return number(shortlist.ranking.indicators.values(indicator)[s])


def is_estimated(shortlist: Shortlist, indicator: str, s: int) -> bool:
    """Return whether a value rests on a withheld figure that was estimated."""
    table = shortlist.ranking.indicators
    return indicator in table.ids and table.status[s, table.ids.index(indicator)] == "estimated"


def shown(value: float | None, unit: str) -> str:
    """Return a figure as people read it, a dash where it isn't known."""
    return "–" if value is None or not math.isfinite(value) else cell(value, unit)


def verbatim_id(shortlist: Shortlist, candidate: Candidate) -> str:
    """Return a sector's id as the results have it: ``Candidate.id`` is fit for a line of text."""
    return shortlist.ranking.indicators.sectors[candidate.index].id


def band(shortlist: Shortlist, candidate: Candidate) -> str:
    """Return a sector's confidence band, ``""`` without draws."""
    found = shortlist.robustness
    return "" if found is None else found.band.get(verbatim_id(shortlist, candidate), "")


def robust(shortlist: Shortlist, candidate: Candidate, name: str) -> float | None:
    """Return a number of the draws (``Robustness.number``), None where there is none."""
    found = shortlist.robustness
    return None if found is None else number(found.number(verbatim_id(shortlist, candidate), name))


def likely_ranks(shortlist: Shortlist, candidate: Candidate) -> str:
    """Return the ranks of nine draws in ten, ``1-3``; a dash where there are none."""
    low, high = (robust(shortlist, candidate, name) for name in ("rank_p05", "rank_p95"))
    if low is None or high is None:
        return "–"
    return f"{low:.0f}" if low == high else f"{low:.0f}-{high:.0f}"


def draws_note(shortlist: Shortlist) -> str:
    """Return what a draw is, ``""`` without draws."""
    found = shortlist.robustness
    if found is None:
        return ""
    weights = (
        f"every weight moved at random by up to {100 * found.spread:g} % either way"
        if found.weights == "near"
        else "all possible weights drawn alike"
    )
    figures = (
        " and every withheld figure drawn between its bounds"
        if found.figures
        else " (no withheld figure matters to the scores)"
    )
    return (
        f"The ranking was made again {found.draws:,} times, with {weights}{figures}. What the "
        "draws don't ask: whether these are the right criteria."
    )


def known_criteria(shortlist: Shortlist) -> frozenset[str]:
    """Return the criteria that are known for at least one candidate: no other can turn anything."""
    matrix = shortlist.ranking.matrix
    playing = in_play(matrix.value)
    return frozenset(one.id for one, plays in zip(matrix.criteria, playing, strict=True) if plays)


BAND_MEANING = (
    "A, B ...: neighbours with the same letter can't be told apart with confidence (they change "
    "places in more than 20 % of the draws); where many share a letter, its first and its last "
    "may still be"
)


def paragraph(sentences: Iterable[Sentence]) -> str:
    """Return the sentences as one line of running text."""
    return " ".join(plain(render(sentence)) for sentence in sentences)


def in_one_line(advice: Recommendation) -> str:
    """Return the headline, or the first sentence of the summary."""
    sentence = advice.headline or next(iter(advice.summary), None)
    text = "" if sentence is None else plain(render(sentence))
    return text[:1].upper() + text[1:]


def why_not(advice: Recommendation) -> str:
    """Return why a sector isn't ranked, for a place whose title says already that it isn't."""
    if advice.reason is None:
        return ""
    text = paragraph([advice.reason]).removeprefix("not shortlisted: ")
    return text[:1].upper() + text[1:]


def would_qualify_if(advice: Recommendation) -> str:
    """Return what would change that, to be read after ``it would qualify if``."""
    return "" if advice.would_qualify_if is None else paragraph([advice.would_qualify_if])


def reason_words(advice: Recommendation) -> str:
    """Return the reason codes in words: ``large, concentrated``."""
    return ", ".join(REASON_WORDS.get(code, plain(code)) for code in advice.reason_codes)


def quadrant_note(shortlist: Shortlist) -> str:
    """Return why no sector has a quadrant, ``""`` where the benchmark's growth is known."""
    growth = shortlist.ranking.indicators.benchmark.get("employment_cagr_pct", math.nan)
    return "" if math.isfinite(growth) else "not known, because the benchmark's growth is missing"


def headline_indicators(shortlist: Shortlist, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return those of the wanted indicators that some candidate has a value of.

    Where none has one (a table of the user's own indicators alone), the criteria of the most
    weight stand in, at most six.
    """
    table = shortlist.ranking.indicators
    known = {
        indicator
        for column, indicator in enumerate(table.ids)
        if np.isfinite(table.value[:, column]).any()
    }
    chosen = tuple(indicator for indicator in wanted if indicator in known)
    if chosen:
        return chosen
    by_weight = sorted(shortlist.ranking.matrix.criteria, key=lambda c: (-c.weight, c.id))
    return tuple(criterion.id for criterion in by_weight if criterion.id in known)[:6]


def label_of(shortlist: Shortlist, indicator: str) -> str:
    """Return an indicator's label, else its id."""
    return plain(shortlist.ranking.indicators.label(indicator)) or plain(indicator)


def unit_of(shortlist: Shortlist, indicator: str) -> str:
    """Return an indicator's unit, ``""`` where the table hasn't got the indicator."""
    table = shortlist.ranking.indicators
    return plain(table.units[table.ids.index(indicator)]) if indicator in table.ids else ""


def scored_with(shortlist: Shortlist) -> str:
    """Return the config's name and the weights set over it, with what they come to."""
    criteria = shortlist.ranking.matrix.criteria
    changed = []
    for name, number in shortlist.what_if.items():
        share = sum(c.weight for c in criteria if name in (c.id, c.group))
        changed.append(f"{plain(name)} = {number:g} ({shown(100 * share, '%')} of the weight)")
    config = plain(shortlist.config_name)
    return f"{config}, with {' and '.join(changed)}" if changed else config


def period(panel: Panel) -> str:
    """Return the years, or the quarters, that are compared."""
    if panel.base is None or panel.end is None:
        return NOT_KNOWN
    return span(panel.base, panel.end, panel.quarter)


def estimated(of: Shortlist | Panel, year: int) -> str:
    """Return which share of a year's jobs is estimated, and how wide the ranges are on average."""
    share = of.estimated_share
    if share is None:
        return "how many of them are estimated is not known"
    if share == 0:
        return "none of them estimated"
    width = interval_width(of)
    return (
        f"{cell(100 * share, '%')} of the {year} jobs are estimated, because their figures are "
        f"withheld{f' (the range of such a figure is on average {width})' if width else ''}"
    )


def interval_width(of: Shortlist | Panel) -> str:
    """Return how wide the ranges of withheld figures are on average; blank where not known."""
    pct, jobs = of.mean_interval_width_pct, of.mean_interval_width_jobs
    if pct is None or jobs is None:
        return ""
    return f"{shown(jobs, 'jobs')} jobs wide, {shown(pct, '%')} of its estimate"


def header(shortlist: Shortlist) -> tuple[tuple[str, str], ...]:
    """Return what the figures are of: label and text, in the order in which to print them."""
    panel = shortlist.ranking.indicators.panel
    count = len(panel.areas)
    areas = ", ".join(plain(area) for area in panel.areas)
    jobs = "; ".join(
        f"{shown(shortlist.totals[year], 'jobs')} in {spoken(year, panel.quarter)}"
        for year in sorted(set(shortlist.totals) & {panel.base, panel.end})
    )
    share = shortlist.estimated_share
    estimated = NOT_KNOWN if share is None else shown(100 * share, "%")
    width = interval_width(shortlist)
    return (
        ("Region", f"{plain(panel.region_name)} ({count} area{'s' if count != 1 else ''})"),
        ("Areas", areas or NOT_KNOWN),
        ("Benchmark", plain(panel.benchmark) or "none"),
        ("Ownership", plain(panel.ownership)),
        ("Location quotient's base", plain(panel.lq_base)),
        ("Period", period(panel)),
        ("Jobs in the region", jobs or NOT_KNOWN),
        ("Share of jobs that is estimated", estimated),
        *((("Mean range of withheld jobs", width),) if width else ()),
        ("Config", f"{scored_with(shortlist)}, {shortlist.config.aggregation} mean"),
    )
