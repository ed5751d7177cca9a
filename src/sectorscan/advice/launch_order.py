"""In which order partnerships are launched, by whom, and what has to wait: decided, not yet said.

The team starts with one sector that is ready. The order among the ready is by *priority*, a
weighted mean of what the config weighs; years are then filled from the first on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from sectorscan.advice.launch_model import (
    FULL,
    LITTLE,
    STAGES,
    TERMS,
    Contender,
    Delay,
    Entry,
    LaunchOrder,
    Shared,
    Stage,
    Term,
)
from sectorscan.config.plan import PlanConfig, PlanWeights
from sectorscan.scoring.positions import competition_ranks
from sectorscan.sources import naics
from sectorscan.sources.overlaps import shared_codes


def launch_order(contenders: Sequence[Contender], settings: PlanConfig, top: int) -> LaunchOrder:
    """Return the plan; the order in which the sectors are given changes nothing.

    Sectors come by stage, then by priority, highest first. Priorities within 1e-9 of each other
    are ties: then the better rank decides, then the id. Sectors that nobody rated have no
    priority: they come by rank. Years go to those that are ready, in that order, each the earliest
    that capacity, shared employers and conveners allow; then, after the first year and only where
    a first launch is there, to those that are being prepared.

    ``top`` is the shortlist's length: unrated sectors up to that rank are to be rated.
    """
    terms = [_terms(one, settings.weights) for one in contenders]
    priorities = [_priority(one, parts) for one, parts in zip(contenders, terms, strict=True)]
    ranks = competition_ranks(np.array(priorities, dtype=float)).tolist() if contenders else []
    found = [
        (Entry(one, _stage(one, top), 0, priority, parts), rank or math.inf)
        for one, priority, parts, rank in zip(contenders, priorities, terms, ranks, strict=True)
    ]
    found.sort(key=lambda each: (STAGES.index(each[0].stage), each[1], each[0].contender.rank,
                                 each[0].contender.sector))  # fmt: skip
    entries = [replace(entry, place=place) for place, (entry, _) in enumerate(found, 1)]
    shared = _overlaps([entry.contender for entry in entries if entry.stage in STAGES[:3]])
    return LaunchOrder(_dated(entries, shared, settings), shared, settings)


def _stage(one: Contender, top: int) -> Stage:
    if one.tier == "launch" and not one.held and not one.blocked_by:
        return "launch"
    if one.tier == "prepare" and not one.held:
        return "ask" if one.unknown or one.coverage < LITTLE else "prepare"
    if one.tier == "support":
        return "ask"
    return "rate" if one.tier == "economic case only" and one.rank <= top else "not yet"


def _terms(one: Contender, weights: PlanWeights) -> tuple[Term, ...]:
    """Return what is known of a priority: the weights of the known terms, brought to sum to 1."""
    given: Mapping[str, float] = weights.model_dump()
    known = [name for name in TERMS if given[name] > 0 and not math.isnan(one.values[name])]
    total = math.fsum(given[name] for name in known)
    found = []
    for name in known:
        weight = given[name] / total
        value = one.values[name]
        found.append(Term(name, value, weight, weight * 100 * value / FULL[name]))
    return tuple(found)


def _priority(one: Contender, terms: Sequence[Term]) -> float:
    if not terms or math.isnan(one.values["readiness"]):
        return math.nan
    return math.fsum(term.points for term in terms)


def _overlaps(contenders: Sequence[Contender]) -> tuple[Shared, ...]:
    """Return every two sectors that have NAICS codes in common, in the order given."""
    found = []
    for place, one in enumerate(contenders):
        for other in contenders[place + 1 :]:
            ours, theirs = ([c for c in each.codes if _is_naics(c)] for each in (one, other))
            apart = not set(one.areas) & set(other.areas) and (one.areas or other.areas)
            codes = () if apart else tuple(sorted(set(shared_codes(ours, theirs))))
            if codes:
                inside = next(
                    (
                        inner.sector
                        for inner, outer in ((one, other), (other, one))
                        if set(inner.areas) <= set(outer.areas)
                        and all(any(naics.contains(o, i) for o in outer.codes) for i in inner.codes)
                    ),
                    "",
                )
                found.append(Shared(one.sector, other.sector, codes, inside))
    return tuple(found)


def _is_naics(code: str) -> bool:
    """Whether a code is one, whole or with something taken out: names of one's own aren't."""
    whole, _ = naics.split_remainder(code)
    return naics.is_total(whole) or naics.level(whole) is not None


def _dated(
    entries: Sequence[Entry], shared: Sequence[Shared], settings: PlanConfig
) -> tuple[Entry, ...]:
    """Return the entries with years, conveners, and why they don't come earlier."""
    wanted = Counter(
        name.casefold()
        for entry in entries
        if entry.stage in ("launch", "prepare")
        for name in entry.contender.conveners
    )
    sharing: dict[str, set[str]] = {}
    for pair in shared:
        sharing.setdefault(pair.one, set()).add(pair.other)
        sharing.setdefault(pair.other, set()).add(pair.one)
    found: list[Entry] = []
    booked: list[Entry] = []
    for entry in entries:
        waits = entry.stage == "prepare"
        if entry.stage == "launch" or (waits and booked):
            others = sharing.get(entry.contender.sector, set())
            entry = _placed(entry, booked, others, settings, wanted)
            booked += [entry] if entry.year else []
        found.append(entry)
    return tuple(found)


def _placed(
    entry: Entry,
    booked: Sequence[Entry],
    sharing: Set[str],
    settings: PlanConfig,
    wanted: Mapping[str, int],
) -> Entry:
    """Return the entry with its year and convener; a year that is full has no other reason."""
    delays: dict[Delay, None] = {}
    for year in range(2 if entry.stage == "prepare" else 1, settings.years + 1):
        convener, busy = _convener(entry, year, booked, settings.convener_years, wanted)
        against = _full(year, booked, settings) or [*_asked(year, booked, sharing), *busy]
        if not against:
            return replace(entry, year=year, convener=convener, delays=tuple(delays))
        delays.update(dict.fromkeys(against))
    return replace(entry, delays=tuple(delays))


def _full(year: int, booked: Sequence[Entry], settings: PlanConfig) -> list[Delay]:
    room = 1 if year == 1 else settings.capacity
    return [] if sum(one.year == year for one in booked) < room else [Delay("capacity")]


def _asked(year: int, booked: Sequence[Entry], sharing: Set[str]) -> list[Delay]:
    """Return the sectors of that year whose employers would be asked twice."""
    others = [one.contender.sector for one in booked if one.year == year]
    return [Delay("employers", other) for other in others if other in sharing]


def _convener(
    entry: Entry, year: int, booked: Sequence[Entry], span: int, wanted: Mapping[str, int]
) -> tuple[str, list[Delay]]:
    """Return who convenes: of those free, who is named for fewest sectors, then by the alphabet.

    Where nobody is named somebody must be found, which delays nothing.
    """
    taken = {
        one.convener.casefold(): one.contender.sector
        for one in booked
        if one.convener and abs(one.year - year) < span
    }
    names = sorted(
        entry.contender.conveners,
        key=lambda name: (wanted.get(name.casefold(), 0), name.casefold(), name),
    )
    free = [name for name in names if name.casefold() not in taken]
    if free or not names:
        return (free[0] if free else ""), []
    return "", [Delay("convener", taken[name.casefold()], name) for name in names]
