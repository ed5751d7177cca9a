"""Tiers and readiness then and now: which answers moved, and what a tier changed because of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from sectorscan.refresh.run_folder import Readiness, SectorRecord
from sectorscan.scan.changes import Because, LevelChange, ReadinessChange
from sectorscan.scoring.tiers import tier

_STEPS = ("economic", "readiness", "blocked", "held")


def readiness_change(
    old: Readiness | None, new: Readiness | None, titles: Mapping[str, str]
) -> ReadinessChange | None:
    """Return a sector's readiness then and now, None where no run has any."""
    if old is None and new is None:
        return None
    return ReadinessChange(
        old=old.score if old else None,
        new=new.score if new else None,
        stale_share=new.stale_share if new else None,
        levels=tuple(one for one in _levels(old, new, titles) if one.old != one.new),
        raters=(old.raters if old else 0, new.raters if new else 0),
    )


def _levels(
    old: Readiness | None, new: Readiness | None, titles: Mapping[str, str]
) -> Iterator[LevelChange]:
    """Yield the level of each question that both scorecards ask."""
    before = {one.id: one.level for one in old.questions} if old else {}
    for one in new.questions if new else ():
        if one.id in before:
            yield LevelChange(
                one.id, titles.get(one.id, one.id), before[one.id], one.level, one.weight
            )


def because(old: SectorRecord, new: SectorRecord, titles: Mapping[str, str]) -> tuple[Because, ...]:
    """Return what a tier changed because of; nothing where it didn't, or by another rule.

    A tier has four causes: economic score, readiness score, blocking questions, a gate that holds.
    A cause counts where, with some choice of the others from either run, it alone decides.
    """
    scores = (old.score, new.score)
    if old.tier == new.tier or None in (*scores, old.tier, new.tier):
        return ()
    rated = [one.readiness or Readiness() for one in (old, new)]
    blocked = [one.blocked_by for one in rated]
    if rated[1].score is None:
        # Nobody was found where nobody rates any more.
        blocked[1] = blocked[0]
    held = [one.held for one in (old, new)]

    def at(taken: tuple[int, ...]) -> str:
        economic, readiness, blocks, holds = taken
        return tier(
            scores[economic] or 0.0,
            rated[readiness].score,
            blocked=bool(blocked[blocks]) or held[holds],
        )

    if (at((0, 0, 0, 0)), at((1, 1, 1, 1))) != (old.tier, new.tier):
        return ()
    counts = {
        step
        for place, step in enumerate(_STEPS)
        for taken in product((0, 1), repeat=len(_STEPS))
        if at((*taken[:place], 0, *taken[place + 1 :]))
        != at((*taken[:place], 1, *taken[place + 1 :]))
    }
    return tuple(_causes(counts, old, new, titles))


def _causes(
    counts: set[str], old: SectorRecord, new: SectorRecord, titles: Mapping[str, str]
) -> Iterator[Because]:
    change = readiness_change(old.readiness, new.readiness, titles)
    before, after = (one.readiness.blocked_by if one.readiness else () for one in (old, new))
    if "blocked" in counts:
        named = sorted({*before} ^ {*after}, key=(*before, *after).index)
        yield Because(
            "blocked" if after else "released",
            levels=tuple(_level(name, old.readiness, new.readiness, titles) for name in named),
        )
    if "readiness" in counts and change is not None:
        yield Because("readiness", change.old, change.new, change.levels)
    if "economic" in counts:
        yield Because("economic", old.score, new.score)
    if "held" in counts:
        yield Because("held" if new.held else "let go")


def _level(
    name: str, old: Readiness | None, new: Readiness | None, titles: Mapping[str, str]
) -> LevelChange:
    levels = [
        next((one.level for one in run.questions if one.id == name), None) if run else None
        for run in (old, new)
    ]
    return LevelChange(name, titles.get(name, name), levels[0], levels[1])
