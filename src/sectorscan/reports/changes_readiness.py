"""Tiers and readiness then and now, in words: what a board asks its champions about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sectorscan.advice.model import Fact
from sectorscan.advice.wording import listed
from sectorscan.reports.section import Section
from sectorscan.reports.words import cell, fact_text
from sectorscan.scan.changes import Because, Changes, LevelChange, ReadinessChange, SectorChange
from sectorscan.scoring.tiers import FAIR, STRONG

_MOST_CAUSES = 2
_MOST_FALLEN = 3
_CLEARLY = 1.0
"""A question that falls so many levels is raised even where the score doesn't fall."""
_FOUND = {"convener": ("a convener was found", "there is no convener any more")}
_UNRATED = "economic case only"


def tier_sentence(one: SectorChange) -> str:
    """Return how a sector's tier changed and because of what; blank where it didn't."""
    old, new = one.tiers
    if old is None or new is None or old == new:
        return ""
    reasons = [text for each in one.because if (text := _because(each, new))]
    why = f", because {listed(reasons)}" if reasons else ""
    if old == _UNRATED:
        return f"Its tier is {new}, and was the economic case only{why}."
    if new == _UNRATED:
        return f"Its tier was {old}, and is the economic case only{why}."
    return f"It moved from {old} to {new}{why}."


def because_texts(one: SectorChange) -> list[str]:
    """Return each thing that a tier changed because of."""
    return [_because(each, one.tiers[1] or "") for each in one.because]


def _because(one: Because, tier: str) -> str:
    match one.kind:
        case "released" | "blocked":
            return listed([_barred(level, one.kind) for level in one.levels])
        case "held":
            return "a gate holds it back from launch now"
        case "let go":
            return "no gate holds it back from launch any more"
        case "readiness":
            return _readiness(one)
    return f"its score {_crossed(one)}"


def _barred(level: LevelChange, kind: Literal["blocked", "released"]) -> str:
    """Return what became of a question that bars a launch."""
    old, new = level.old, level.new
    if old == new:
        change = "bars a launch now" if kind == "blocked" else "bars no launch any more"
        return f"{level.title} at level {_level(new)} {change}"
    if kind == "blocked" and old is None:
        return f"{level.title} is at level {_level(new)} (too low for a launch)"
    found = _FOUND.get(level.question)
    if found and (new if kind == "released" else not new):
        return f"{found[kind == 'blocked']} ({_moved(level)})"
    enough = "too low for a launch" if kind == "blocked" else "enough for a launch"
    return f"{_rose(level)} ({enough})"


def _readiness(one: Because) -> str:
    if one.new is None:
        return "it isn't rated any more"
    if one.old is None:
        return f"it is rated now, with a readiness of {_score(one.new)}"
    up = one.new > one.old
    same_way = [level for level in one.levels if level.points and (level.points > 0) == up]
    named = _largest(same_way, _MOST_CAUSES, more="")
    return f"its readiness {_crossed(one)}{f' ({named})' if named else ''}"


def _largest(levels: Sequence[LevelChange], most: int, more: str = "{} more") -> str:
    """Return the questions that moved most, and how many others did."""
    largest = sorted(levels, key=lambda level: -abs(level.points))
    rest = [more.format(len(levels) - most)] if more and len(levels) > most else []
    return "; ".join([_moved(level) for level in largest[:most]] + rest)


def _crossed(one: Because) -> str:
    """Return ``rose from 58.1 to 61.0, over the mark of 60``."""
    old, new = one.old or 0.0, one.new or 0.0
    marks = [mark for mark in (STRONG, FAIR) if min(old, new) < mark <= max(old, new)]
    side = "over" if new > old else "under"
    over = f", {side} the mark of {marks[0]:g}" if marks else ""
    verb = "rose" if new > old else "fell"
    return f"{verb} from {_score(old)} to {_score(new)}{over}"


def _score(value: float) -> str:
    """Return a score with as many digits as tell it apart from the mark."""
    return fact_text(Fact("", value, "score", against=STRONG))


def _level(value: float | None) -> str:
    return "unknown" if value is None else cell(value, "level")


def _moved(level: LevelChange) -> str:
    return f"{level.title} from {_level(level.old)} to {_level(level.new)}"


def _rose(level: LevelChange) -> str:
    known = level.old is not None and level.new is not None
    verb = ("rose" if level.points > 0 else "fell") if known else "went"
    return f"{level.title} {verb} from {_level(level.old)} to {_level(level.new)}"


def readiness_sentences(changes: Changes) -> Iterator[str]:
    """Yield what is to be raised: who isn't rated any more, what fell, ratings that are stale."""
    known = [(one, one.readiness) for one in changes.sectors if one.readiness is not None]
    now = [one for one, rated in known if rated.new is not None]
    then = [one for one, rated in known if rated.old is not None]
    if then and not now:
        yield (
            f"Rated in the old run, and not in this one: {_titles(then)}. No sector is rated "
            "now: all tiers rest on the economic case alone."
        )
        return
    if now and not then:
        yield f"Rated in this run, and not in the old one: {_titles(now)}."
    else:
        lost = [
            f"{one.title} (it was {cell(rated.old, 'score')})"
            for one, rated in known
            if rated.old is not None and rated.new is None
        ]
        if lost:
            yield f"Not rated any more: {'; '.join(lost)}."
    for one, rated in known:
        yield from _fallen(one, rated)
    yield from _stale(changes, [(one, rated.stale_share or 0.0) for one, rated in known])


def _titles(sectors: Sequence[SectorChange]) -> str:
    return "; ".join(one.title for one in sectors)


def _fallen(one: SectorChange, rated: ReadinessChange) -> Iterator[str]:
    """Yield that engagement wanes: the score fell by some answer, or an answer fell clearly.

    A score that fell by other questions or weights alone isn't engagement.
    """
    if rated.old is None or rated.new is None:
        return
    known = [(level, level.old, level.new) for level in rated.levels]
    lost = [level for level, _, new in known if new is None]
    found = [level for level, old, _ in known if old is None]
    fell = [level for level, old, new in known if old is not None and new is not None and new < old]
    then, now = rated.raters
    raters = f" {now} rated it, where {then} did." if then != now else ""
    ask = "Ask its champions before the next meeting."
    if rated.falls and (fell or lost or found):
        scores = f"from {cell(rated.old, 'score')} to {cell(rated.new, 'score')}"
        named = _largest((*fell, *lost, *found), _MOST_FALLEN)
        yield f"{one.title}: readiness fell {scores} ({named}).{raters} {ask}"
        return
    clearly = [level for level in fell if (level.old or 0) - (level.new or 0) >= _CLEARLY]
    if clearly or lost:
        named = _largest((*clearly, *lost), _MOST_FALLEN)
        though = "" if rated.falls else ", though its readiness as a whole didn't fall"
        yield f"{one.title}: {named}{though}.{raters} {ask}"


def _stale(changes: Changes, shares: Sequence[tuple[SectorChange, float]]) -> Iterator[str]:
    """Yield whose ratings are old, those with the same share together."""
    by_share: dict[str, list[str]] = {}
    for one, share in shares:
        if share > 0:
            weight = f"ratings with {cell(share, 'share')} of the weight"
            text = "all ratings" if share >= 1 - 1e-9 else weight
            by_share.setdefault(text, []).append(one.title)
    for text, titles in by_share.items():
        old = f"{text} of {'; '.join(titles)}"
        yield f"Older than twelve months on {changes.as_of}: {old}. Ask the raters again."


def readiness_section(changes: Changes) -> Iterator[Section]:
    """Yield the rated sectors' scores and tiers then and now, question by question."""
    rows = [
        (
            one.title,
            _cell(one.readiness.old),
            _cell(one.readiness.new),
            one.tiers[0] or "–",
            one.tiers[1] or "–",
            "; ".join(map(_short, one.readiness.levels)) or "none",
        )
        for one in changes.sectors
        if one.readiness is not None
    ]
    raised = tuple(readiness_sentences(changes))
    if rows or raised:
        titles = ("Sector", "Readiness\nthen", "Readiness\nnow", "Tier\nthen", "Tier\nnow",
                  "Questions that moved")  # fmt: skip
        yield Section("Readiness", raised, titles, rows, frozenset({1, 2}))


def _short(level: LevelChange) -> str:
    return f"{level.title} {_level(level.old)} to {_level(level.new)}"


def _cell(value: float | None) -> str:
    return "–" if value is None else cell(value, "score")
