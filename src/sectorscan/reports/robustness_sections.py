"""What ``sectorscan robustness`` says to people: titled tables, their meaning in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sectorscan.reports import view
from sectorscan.reports.robustness_assumptions import assumption_sections
from sectorscan.reports.robustness_criteria import hygiene_sections
from sectorscan.reports.robustness_short import short_section
from sectorscan.reports.robustness_together import together_sections
from sectorscan.reports.robustness_told import UNITS, Told
from sectorscan.reports.robustness_ways import ways_sections
from sectorscan.reports.section import Section
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.robustness.examination import Examination, Worth
from sectorscan.robustness.flips import Flip
from sectorscan.robustness.model import Acceptability
from sectorscan.robustness.needed import Needed
from sectorscan.robustness.stability import Stability
from sectorscan.scan.model import Shortlist

MOST_FIGURES = 15
MILLION = 1_000_000
MOST_VALUES = 3

_READINGS = {
    "near": "weights near these, and withheld figures",
    "any": "any weights at all, and withheld figures",
    "near_alone": "weights near these alone",
    "any_alone": "any weights at all, alone",
    "figures_alone": "withheld figures alone",
}


def sections(shortlist: Shortlist, found: Examination) -> Iterator[Section]:
    """Yield the parts of the report in their order; empty ones are left out."""
    told = Told(shortlist, found)
    yield short_section(told)
    if found.readings:
        yield _how_often(told)
        yield _readings(told)
    if found.assumptions is not None:
        yield from assumption_sections(shortlist, found.assumptions)
    yield _weights(told)
    yield _first(told)
    if found.to_shortlist:
        yield _shortlisted(told)
    yield from together_sections(told)
    yield _worth(told)
    yield from ways_sections(shortlist, found.ways)
    yield from hygiene_sections(shortlist, found.hygiene)


def _place(told: Told, reading: str, sector: str) -> tuple[Acceptability, int | None]:
    whole = told.found.robustness
    return told.found.readings[reading], None if whole is None else whole.place.get(sector)


def _chance(told: Told, reading: str, sector: str, what: str) -> str:
    of, place = _place(told, reading, sector)
    return "–" if place is None else cell(float(getattr(of, what)[place]), "chance")


def _ranks(told: Told, reading: str, sector: str) -> str:
    of, place = _place(told, reading, sector)
    if place is None:
        return "–"
    low, high = int(of.rank_p05[place]), int(of.rank_p95[place])
    return str(low) if low == high else f"{low}-{high}"


def _how_often(told: Told) -> Section:
    rows = [
        (
            f"{candidate.rank} {view.band(told.shortlist, candidate)}",
            told.name(told.id(candidate)),
            _chance(told, "near", told.id(candidate), "p_first"),
            _chance(told, "near", told.id(candidate), "p_top"),
            _ranks(told, "near", told.id(candidate)),
            _chance(told, "any", told.id(candidate), "p_first"),
            _chance(told, "any", told.id(candidate), "p_top"),
            _ranks(told, "any", told.id(candidate)),
        )
        for candidate in told.shown
    ]
    whole = told.found.robustness
    spread = f"{100 * whole.spread:g}" if whole is not None else ""
    draws = f"{whole.draws:,}" if whole is not None else ""
    return Section(
        "How often each sector comes out where",
        (
            f"The ranking was made again {draws} times. Near: every weight was moved at random by "
            f"up to {spread} % either way. Any: all possible weights, each as likely as any other. "
            "Both times every withheld figure was drawn between its bounds, the middle its "
            "estimate.",
            f"Ranks: where it lies in nine of ten draws. {view.BAND_MEANING}.",
        ),
        (
            *("Rank", "Sector", "Near:\nfirst", "Near:\non list", "Near:\nranks"),
            *("Any:\nfirst", "Any:\non list", "Any:\nranks"),
        ),
        rows,
        right=frozenset({0, 2, 3, 4, 5, 6, 7}),
    )


def _readings(told: Told) -> Section:
    ranked = view.ranked(told.shortlist)
    leader, listed = ranked[0], [c for c in ranked if c.shortlisted]
    rows = []
    for reading, words in _READINGS.items():
        of = told.found.readings[reading]
        whole = told.found.robustness
        places = [whole.place[told.id(c)] for c in listed if whole is not None]
        kept = sum(float(of.p_top[place]) for place in places)
        first = _chance(told, reading, told.id(leader), "p_first")
        rows.append((words, first, f"{kept:.1f} of {len(listed)}"))
    return Section(
        "What the uncertainty comes from",
        (
            "The same with one thing at a time left open. If a line is much lower than the "
            "others, that is what the ranking hangs on.",
        ),
        (
            "What is left open",
            f"{plain(leader.id)[:20]}\nstays first",
            "Shortlisted\nthat stay",
        ),
        rows,
        right=frozenset({1, 2}),
    )


def _weights(told: Told) -> Section:
    known = view.known_criteria(told.shortlist)
    weighed = [one for one in told.found.stabilities if one.weight > 0]
    unknown = [one for one in weighed if one.kind == "criterion" and one.id not in known]
    rows = [_weight(told, one) for one in weighed if one not in unknown]
    notes = [
        "Each line moves one weight while the others keep their proportions. A weight is a share "
        "of the whole, after groups.",
    ]
    if any(not one.exact for one in told.found.stabilities):
        notes.append(
            "* the sectors that set a scale change on the way: the range was found with the scale "
            "as it is now."
        )
    if unknown:
        names = "; ".join(told.label(one.id) for one in unknown)
        notes.append(f"Known for no sector, so no weight of it changes anything: {names}.")
    return Section(
        "How far each weight may move before the ranking changes",
        tuple(notes),
        (
            *("Weight of", "Now", "First place\nholds from-to", "Below it:\nfirst is"),
            *("Above it:\nfirst is", "Shortlist\nholds from-to"),
        ),
        rows,
        right=frozenset({1, 2, 5}),
    )


def _weight(told: Told, one: Stability) -> tuple[str, ...]:
    label = (
        f"group {plain(one.id).replace('_', ' ')}" if one.kind == "group" else told.label(one.id)
    )
    return (
        label + ("" if one.exact else " *"),
        cell(one.weight, "share"),
        _span(one.first),
        plain(one.below or "–"),
        plain(one.above or "–"),
        _span(one.shortlist),
    )


def _span(ends: tuple[float, float]) -> str:
    low, high = (cell(end, "share").removesuffix(" %") for end in ends)
    return "always" if ends == (0.0, 1.0) else f"{low}-{high} %"


def _first(told: Told) -> Section:
    flips = {one.sector: one for one in told.found.flips}
    rows = [
        (
            str(candidate.rank),
            told.name(told.id(candidate)),
            _moved(told, flips[told.id(candidate)]),
            _values(told, told.found.needed.get(told.id(candidate), ())),
        )
        for candidate in told.shown
        if told.id(candidate) in flips and candidate.rank != 1
    ]
    title = "What it would take to come first"
    if not rows:
        return Section(title, ("Every ranked sector comes first already.",))
    return Section(
        title,
        (
            "Weights: the least share of the whole weight that has to be moved from some criteria "
            "to others. Figures: on one criterion alone, all else as it is; the others of its "
            "criteria can't do it alone.",
            UNITS,
        ),
        ("Rank", "Sector", "Weight\nto move", "Or a figure of"),
        rows,
        right=frozenset({0}),
    )


def _moved(told: Told, flip: Flip) -> str:
    if flip.change is None:
        by = "" if flip.dominated_by is None else f": {plain(flip.dominated_by)} beats it on all"
        return f"no weights do{by}"
    return f"{'' if flip.exact else 'about '}{cell(flip.change / 2, 'share')}"


def _values(told: Told, needed: Sequence[Needed]) -> str:
    reachable = [
        one for one in needed if one.value is not None and told.known_somewhere(one.criterion)
    ]
    texts = [
        told.figure(one.criterion, one.value or 0.0, one.now) for one in reachable[:MOST_VALUES]
    ]
    return "; ".join(texts) or "none alone"


def _shortlisted(told: Told) -> Section:
    rows = [
        (str(c.rank), told.name(told.id(c)), _values(told, told.found.to_shortlist[told.id(c)]))
        for c in told.shown
        if told.id(c) in told.found.to_shortlist
    ]
    return Section(
        "What it would take to get on the shortlist",
        ("On one criterion alone, all else as it is.",),
        ("Rank", "Sector", "A figure of"),
        rows,
        right=frozenset({0}),
    )


def _worth(told: Told) -> Section:
    found = told.found.worth
    rows = [_figure(told, one) for one in found[:MOST_FIGURES]]
    notes = ["Each figure alone, at either end of what it can be: who would come on the shortlist, "
             "who would fall off it. Worth asking the state for, most change first."]  # fmt: skip
    if not found:
        notes = ["No single withheld or missing figure, whatever it turns out to be, would change "
                 "the shortlist or the first place."]  # fmt: skip
    if len(found) > len(rows):
        notes.append(f"The first {len(rows)} of {len(found)}; --format json has them all.")
    return Section(
        "Which figures are worth finding out",
        tuple(notes),
        ("Sector", "Figure", "Lies between", "Its rank\nthen", "Comes on", "Falls off")
        if rows
        else (),
        rows,
    )


def _figure(told: Told, one: Worth) -> tuple[str, ...]:
    units = {"employment": "jobs", "wages": "USD/year"}
    unit = units.get(one.figure) or view.unit_of(told.shortlist, one.figure)
    if one.year is not None:
        label = f"{'jobs' if one.figure == 'employment' else 'total wages'} {one.year}"
    else:
        label = told.label(one.figure)
    between = "not known"
    if not math.isnan(one.value):
        between = f"{_end(one.low, unit)} and {_end(one.high, unit)}"
    ranks = [str(rank) if rank else "unranked" for rank in (one.rank_low, one.rank_high)]
    first = f"; first: {', '.join(map(plain, one.first))}" if one.first else ""
    return (
        told.name(one.sector),
        label,
        between,
        " or ".join(ranks),
        (", ".join(map(plain, one.joins)) or "–") + first,
        ", ".join(map(plain, one.leaves)) or "–",
    )


def _end(value: float, unit: str) -> str:
    if not math.isfinite(value):
        return "no limit"
    if unit == "USD/year" and value >= MILLION:  # all its digits would not fit a column
        return f"${value / MILLION:,.1f} million"
    return cell(value, unit)
