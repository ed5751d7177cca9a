"""What a board should know of the scorecards behind its tiers, in a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sectorscan.errors import nearest
from sectorscan.readiness.model import APART, Readiness
from sectorscan.sources.scope import listed
from sectorscan.tables.files import shown
from sectorscan.tables.model import Sector

OF_ONE_REGION = (
    "Readiness scorecards are of one region, and aren't read here: tiers are of the economic case "
    "alone."
)
MOST_NAMED = 8
STALE_MONTHS = 12
ALL_OF_THEM = "sectorscan scorecard read lists them"


def in_short(readiness: Readiness, sectors: Sequence[Sector]) -> tuple[str, ...]:
    """Return sentences about scorecards beside a ranking: what doesn't match, what to talk over.

    Each problem with its cell stands in ``Readiness.findings``.
    """
    left_out = () if readiness.left_out is None else (str(readiness.left_out),)
    if left_out and not readiness.sectors:
        return left_out
    return (
        *left_out,
        *_unmatched(readiness, sectors),
        *_nobody(readiness),
        *_stale(readiness, sectors),
        *_apart(readiness, sectors),
        *_of_the_workbooks(readiness),
    )


def _unmatched(readiness: Readiness, sectors: Sequence[Sector]) -> list[str]:
    known = {sector.id for sector in sectors}
    names = {sector.title.casefold(): sector.id for sector in sectors}
    said = []
    for sector in readiness.sectors.values():
        if sector.sector in known:
            continue
        same = names.get(sector.title.casefold())
        near = f" Did you mean {same!r}?" if same else nearest(sector.sector[:60], known)
        said.append(
            f"The scorecard's sheet of {shown(sector.sector)!r} is of no sector in this ranking; "
            f"its ratings are left out.{near}"
        )
    return said


def _nobody(readiness: Readiness) -> list[str]:
    rated = any(sector.score is not None for sector in readiness.sectors.values())
    return [] if rated else ["The scorecards are blank: nobody has rated anything yet."]


def _stale(readiness: Readiness, sectors: Sequence[Sector]) -> list[str]:
    stale = [sector.sector for sector in readiness.sectors.values() if sector.stale_share > 0]
    if not stale or readiness.as_of is None:
        return []
    return [
        f"Ratings more than {STALE_MONTHS} months old on {readiness.as_of.isoformat()} still count "
        f"for {_named(stale, sectors)}: ask the raters again."
    ]


def _apart(readiness: Readiness, sectors: Sequence[Sector]) -> list[str]:
    apart = [
        sector.sector
        for sector in readiness.sectors.values()
        if any(answer.discuss for answer in sector.answers)
    ]
    if not apart:
        return []
    named = _named(apart, sectors)
    return [f"Raters lie {APART} levels or more apart on {named}: {ALL_OF_THEM}."]


def _of_the_workbooks(readiness: Readiness) -> list[str]:
    counts = Counter(f.what for f in readiness.findings if f.severity == "caution")
    total = sum(counts.values())
    if not total:
        return []
    what, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    first = shown(what).rstrip(".")
    many = f"{total} remarks on the scorecards" if total > 1 else "A remark on the scorecards"
    times = f" ({most} times)" if most > 1 else ""
    return [f"{many}, such as: {first}{times}; {ALL_OF_THEM}."]


def _named(ids: Sequence[str], sectors: Sequence[Sector]) -> str:
    """Return sectors by their titles, with their ids where those are others."""
    titles = {one.id: f"{one.title} ({one.id})" for one in sectors if one.title not in ("", one.id)}
    return listed([shown(titles.get(one, one)) for one in ids], MOST_NAMED)
