"""What changed, in sentences for a board: every number stands in the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sectorscan.advice.wording import listed
from sectorscan.reports.changes_readiness import tier_sentence
from sectorscan.reports.changes_settings import config_words
from sectorscan.reports.words import cell
from sectorscan.scan.changes import Changes, SectorChange

_NOTHING = 1e-9
"""Fewer points than this are no change."""
_NAMED_CRITERIA = 2
_SMALLEST_NAMED = 0.05
_LITTLE = 0.005
"""Fewer points than this are told as next to nothing."""


def signed(points: float) -> str:
    """Return points with their sign: ``+4.1``, ``−0.8``; 0 for the residue of an addition."""
    if abs(points) <= _NOTHING:
        return "0"
    return f"{'+' if points > 0 else ''}{cell(points, 'points')}"


def ordinal(rank: int) -> str:
    """Return ``1st``, ``2nd``, ``11th``."""
    last = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{last}"


def sentence(changes: Changes, one: SectorChange) -> str:
    """Return what happened to one sector, and why."""
    if one.status == "entered":
        return f"{one.title} is newly ranked, {_placed(one)}. {one.reason}"
    if one.status == "left":
        return (
            f"{one.title} left the ranking, where it was {ordinal(one.rank_old or 0)}. {one.reason}"
        )
    if one.status == "unranked":
        return f"{one.title} is ranked in neither run: {one.reason}"
    told = f"{one.title} {_moved(one)}; its score {_score_moved(one)}{_why(changes, one)}."
    return f"{told} {tier_sentence(one)}".strip()


def _why(changes: Changes, one: SectorChange) -> str:
    """Return where a change came from; blank where that is said for all sectors together."""
    if one.parts is None:
        return "" if changes.why_not else f". {one.reason.rstrip('.')}"
    if all(abs(part) <= _NOTHING for part in one.parts.values()):
        return ""
    return f"{_parts(changes, one, one.parts)}"


def _placed(one: SectorChange) -> str:
    score = "" if one.score_new is None else f" with a score of {cell(one.score_new, 'score')}"
    on = ", on the shortlist" if one.shortlisted[1] else ""
    return f"{ordinal(one.rank_new or 0)}{score}{on}"


def _moved(one: SectorChange) -> str:
    old, new = one.rank_old or 0, one.rank_new or 0
    then, now = one.shortlisted
    list_too = "" if then == now else f", {'onto' if now else 'off'} the shortlist"
    if old == new:
        return f"stayed {ordinal(new)}{list_too}"
    return f"moved from {ordinal(old)} to {ordinal(new)}{list_too}"


def _score_moved(one: SectorChange) -> str:
    """Return the change and where it led: then, now and change don't add up once rounded."""
    old, new = one.score_old or 0.0, one.score_new or 0.0
    if abs(new - old) <= _NOTHING:
        return f"stayed {cell(new, 'score')}"
    verb = "rose" if new > old else "fell"
    return f"{verb} by {cell(abs(new - old), 'points')} to {cell(new, 'score')}"


def _parts(changes: Changes, one: SectorChange, parts: Mapping[str, float]) -> str:
    """Return each part with its source; what could have moved the score and didn't comes last."""
    sources = {
        "data": data_words(changes),
        "revision": revision_words(changes),
        "config": config_words(changes),
        "competitors": "how the other candidates moved",
        "method": "another version's method",
    }
    told = [name for name in sources if abs(parts[name]) >= _LITTLE]
    little = [name for name in sources if _NOTHING < abs(parts[name]) < _LITTLE]
    still = [name for name in _in_question(changes) if abs(parts[name]) <= _NOTHING]
    phrases = []
    if len(told) == 1 and not little:
        phrases = [f"all of it from {sources[told[0]]}{_criteria(changes, one, told[0])}"]
    else:
        for place, name in enumerate(told):
            points = signed(parts[name])
            unit = "" if place else " point" if points[1:] == "1.0" else " points"
            phrases.append(f"{points}{unit} from {sources[name]}{_criteria(changes, one, name)}")
    if little:
        phrases.append(f"next to nothing from {_or([sources[name] for name in little])}")
    if still:
        phrases.append(f"nothing from {_or([_still(changes, name) for name in still])}")
    return (", " if phrases[0].startswith("all") else ": ") + ", ".join(phrases)


def _in_question(changes: Changes) -> Iterator[str]:
    """Yield the parts of which a reader may ask: what came in, what was revised, always weights."""
    if changes.new_years:
        yield "data"
    if changes.revised_years:
        yield "revision"
    yield "config"


def _still(changes: Changes, part: str) -> str:
    """Return what moved nothing by its name."""
    if part == "config":
        return config_words(changes)
    return data_words(changes) if part == "data" else revision_words(changes)


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _criteria(changes: Changes, one: SectorChange, part: str) -> str:
    """Return the criteria that a part came from most: `` (job growth +3.2, pay +0.9)``."""
    moved = one.by_criterion.get(part, {})
    if part == "competitors" or not moved:
        return ""
    largest = sorted(moved, key=lambda name: (-abs(moved[name]), name))[:_NAMED_CRITERIA]
    largest = [name for name in largest if abs(moved[name]) >= _SMALLEST_NAMED]
    named = [f"{changes.labels.get(name, name)} {signed(moved[name])}" for name in largest]
    others = sum(points for name, points in moved.items() if name not in largest)
    if named and abs(others) >= _SMALLEST_NAMED:
        named.append(f"others {signed(others)}")
    return f" ({', '.join(named)})" if named else ""


def data_words(changes: Changes) -> str:
    """Return what the new data are: ``new figures for 2024``."""
    if changes.new_years:
        return f"new figures for {_years(changes.new_years)}"
    if (changes.old.base, changes.old.end) != (changes.new.base, changes.new.end):
        return f"the new period {period(changes.new.base, changes.new.end)}"
    return "new data"


def revision_words(changes: Changes) -> str:
    """Return which figures were revised: ``revised 2023 figures``."""
    years = changes.revised_years
    if len(years) == 1:
        return f"revised {years[0]} figures"
    return f"revised figures of {_years(years)}" if years else "revised figures"


def _years(years: Sequence[int]) -> str:
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]} to {years[-1]}"
    return listed([str(year) for year in years])


def period(base: int | None, end: int | None) -> str:
    """Return a period in words: ``2020 to 2024``."""
    if base is None or end is None:
        return "no years"
    return str(end) if base == end else f"{base} to {end}"
