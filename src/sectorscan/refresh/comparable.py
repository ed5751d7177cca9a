"""What can't be compared, or only with care, between two runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sectorscan
from sectorscan.refresh.run_folder import Run
from sectorscan.refresh.split import State
from sectorscan.scan.changes import SectorChange
from sectorscan.sources.scope import listed

_JOBS = {"private": "private jobs", "all": "jobs of all ownerships"}


def cautions(
    runs: tuple[Run, Run],
    states: tuple[State, State],
    sectors: Sequence[SectorChange],
    why_not: str,
) -> Iterator[str]:
    """Yield what a reader must know before comparing the two runs."""
    old, new = (run.manifest for run in runs)
    if old.date > new.date:
        yield f"The old run ({old.date}) is dated after the new one ({new.date})."
    yield from _measured(runs)
    if sectors and not any(one.status == "ranked" for one in sectors):
        yield "No sector is ranked in both runs, so there is no change of a score to tell."
    if why_not:
        yield f"The changes can't be split into their parts: {why_not}"
    yield from _versions(runs, sectors)
    if all(run.rated for run in runs):
        yield from _questions(states)


def _measured(runs: tuple[Run, Run]) -> Iterator[str]:
    """Yield what is measured otherwise: areas, benchmark, ownership."""
    old, new = (run.manifest for run in runs)
    came = [area for area in new.region.areas if area not in old.region.areas]
    gone = [area for area in old.region.areas if area not in new.region.areas]
    if came or gone:
        moves = [f"{listed(areas)} {'is' if len(areas) == 1 else 'are'} {what}"
                 for areas, what in ((came, "new"), (gone, "gone")) if areas]  # fmt: skip
        yield (
            f"The two runs are of different areas: {', '.join(moves)}. Their ranks and scores are "
            "of two regions; what the other areas did counts among the settings."
        )
    if old.benchmark != new.benchmark:
        yield (
            f"The benchmark was {old.benchmark or 'none'} and is {new.benchmark or 'none'}: what "
            "is measured against it can't be compared; its change counts among the settings."
        )
    if old.ownership != new.ownership:
        was, now = (_JOBS.get(one.ownership, one.ownership) for one in (old, new))
        yield f"The old run is of {was}, the new one of {now}: they aren't the same jobs."


def _versions(runs: tuple[Run, Run], sectors: Sequence[SectorChange]) -> Iterator[str]:
    """Yield which versions made the runs, or that a record isn't what its own inputs give."""
    old, new = (run.manifest.tool.version for run in runs)
    here = sectorscan.__version__
    moved = any(one.parts and one.parts["method"] for one in sectors)
    if (old, new) != (here, here):
        effect = "" if moved else " It moved no score."
        yield (
            f"The old run was made by version {old}, the new one by {new}, and they are compared "
            f"by {here}: what the method did stands apart, as Method.{effect}"
        )
    elif moved:
        yield (
            "A recorded score isn't what this version makes of its run's own figures, though the "
            "same version made it; the difference stands as Method. sectorscan reproduce tells "
            "which file differs."
        )


def _questions(states: tuple[State, State]) -> Iterator[str]:
    """Yield that the scorecards ask or weigh otherwise."""
    old, new = (state.loaded.config.scorecard for state in states)
    came = [one.title for name, one in new.items() if name not in old]
    gone = [one.title for name, one in old.items() if name not in new]
    moves = [f"{what}: {listed(titles)}" for titles, what in ((came, "new"), (gone, "gone"))
             if titles]  # fmt: skip
    if moves:
        yield (
            f"The two scorecards don't ask the same questions ({'; '.join(moves)}): their "
            "readiness scores are only roughly comparable."
        )
    elif any(old[name].weight != one.weight for name, one in new.items()):
        yield (
            "The two scorecards weigh their questions differently: a readiness score may differ "
            "with the same answers."
        )
