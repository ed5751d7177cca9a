"""What changed, in sentences for a board: every number stands in the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sectorscan.advice.wording import listed
from sectorscan.reports.words import cell
from sectorscan.scan.changes import Changes, SectorChange, Setting

_NOTHING = 1e-9
"""Fewer points than this are no change."""
_NAMED_CRITERIA = 2
_SMALLEST_NAMED = 0.05
_SETTINGS: Mapping[str, str] = {
    "region": "the region's areas",
    "benchmark": "the benchmark",
    "ownership": "the ownership",
    "lq_base": "the location quotient's base",
    "sectors": "the candidates or their codes",
    "thresholds": "your thresholds",
    "aggregation": "how scores are added up",
    "missing": "what a missing value does",
    "min_coverage": "the smallest coverage",
    "gates": "the gates",
}


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
        return f"{one.title} is new on the list, {_placed(one)}. {one.reason}"
    if one.status == "left":
        return f"{one.title} left the list: it was {ordinal(one.rank_old or 0)}. {one.reason}"
    if one.status == "unranked":
        return f"{one.title} is ranked in neither run. {one.reason}"
    head = f"{one.title} {_moved(one)}, its score {_score_moved(one)}"
    if one.parts is None:
        return f"{head}. {one.reason}"
    if all(abs(part) <= _NOTHING for part in one.parts.values()):
        return f"{head}."
    return f"{head}: {', '.join(_parts(changes, one, one.parts))}."


def _placed(one: SectorChange) -> str:
    score = "" if one.score_new is None else f" with a score of {cell(one.score_new, 'score')}"
    return f"{ordinal(one.rank_new or 0)}{score}"


def _moved(one: SectorChange) -> str:
    old, new = one.rank_old or 0, one.rank_new or 0
    if old == new:
        return f"stayed {ordinal(new)}"
    return f"moved from {ordinal(old)} to {ordinal(new)}"


def _score_moved(one: SectorChange) -> str:
    old, new = one.score_old or 0.0, one.score_new or 0.0
    if abs(new - old) <= _NOTHING:
        return f"the same at {cell(new, 'score')}"
    return f"from {cell(old, 'score')} to {cell(new, 'score')} ({signed(new - old)})"


def _parts(changes: Changes, one: SectorChange, parts: Mapping[str, float]) -> Iterator[str]:
    """Yield each part with its source; what could have moved the score and didn't comes last."""
    sources = {
        "data": data_words(changes),
        "revision": revision_words(changes),
        "config": "weights and other settings",
        "competitors": "how the other candidates moved",
        "method": "the newer version's method",
    }
    moved = [name for name in sources if abs(parts[name]) > _NOTHING]
    for name in moved:
        points = signed(parts[name])
        unit = "" if name != moved[0] else " point" if points[1:] == "1.0" else " points"
        yield f"{points}{unit} from {sources[name]}{_criteria(changes, one, name)}"
    still = [sources[name] for name in ("data", "revision", "config") if name not in moved]
    if still:
        yield f"nothing from {' or '.join([', '.join(still[:-1])] * (len(still) > 1) + still[-1:])}"


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
        return f"the period's move to {period(changes.new.base, changes.new.end)}"
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


def setting_words(changes: Changes, one: Setting) -> str:
    """Return what differs between the configs: ``weight of pay: 20 % to 30 %``."""
    kind, _, criterion = one.name.partition(".")
    label = changes.labels.get(criterion, criterion)
    if kind == "weight" and one.old is not None and one.new is not None:
        return f"weight of {label}: {cell(one.old, 'share')} to {cell(one.new, 'share')}"
    if kind == "scale":
        return f"scale of {label}"
    return _SETTINGS.get(one.name, one.name)


def readiness_sentences(changes: Changes) -> Iterator[str]:
    """Yield what is to be raised: scorecards that fell, ratings that are stale, none any more."""
    for one in changes.sectors:
        now = one.readiness
        if now is None:
            continue
        if now.old is not None and now.new is None:
            yield f"{one.title}: it was rated {cell(now.old, 'score')} and isn't rated any more."
        if now.old is not None and now.new is not None and now.falls:
            fell = f"readiness fell from {cell(now.old, 'score')} to {cell(now.new, 'score')}"
            where = [
                f"{question.replace('_', ' ')} from {cell(old, 'level')} to {cell(new, 'level')}"
                for question, old, new in now.fallen
            ]
            told = f" ({'; '.join(where)})" if where else ""
            yield f"{one.title}: {fell}{told}. Ask its champions before the next meeting."
        if now.stale_share:
            share = cell(now.stale_share, "share")
            yield f"{one.title}: ratings with {share} of the weight are older than twelve months."
