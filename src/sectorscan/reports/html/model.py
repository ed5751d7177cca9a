"""The numbers that the page ranks again with, as the script in it reads them.

``score.js`` repeats the arithmetic of ``sectorscan.scoring`` on them: what doesn't depend on the
weights (gates, ``points`` scales) is settled here, what does (coverage, scales that the candidates
set, aggregation, ranks) is worked out there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.html.pictures import group_words
from sectorscan.reports.json_text import Record, number
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.aggregate import in_play
from sectorscan.tables.model import FloatArray


def movable(shortlist: Shortlist) -> tuple[view.Candidate, ...]:
    """Return the sectors that some weights could rank: all but those that a gate keeps out.

    The ranked come first, best first.
    """
    outside = [c for c in view.unranked(shortlist) if _exclusion(shortlist, c) != "gate"]
    return (*view.ranked(shortlist), *outside)


def everyone(shortlist: Shortlist) -> tuple[view.Candidate, ...]:
    """Return all sectors in the page's order: the movable ones, then those a gate keeps out."""
    able = movable(shortlist)
    seen = {candidate.index for candidate in able}
    return (*able, *(c for c in view.unranked(shortlist) if c.index not in seen))


def _exclusion(shortlist: Shortlist, candidate: view.Candidate) -> str | None:
    return shortlist.ranking.exclusion[candidate.index]


def arithmetic(shortlist: Shortlist) -> Record:
    """Return what ``score.js`` takes, sectors in the order of ``movable``."""
    candidates = movable(shortlist)
    matrix = shortlist.ranking.matrix
    ids = [view.verbatim_id(shortlist, candidate) for candidate in candidates]
    by_id = sorted(range(len(ids)), key=lambda place: ids[place])
    return {
        "aggregation": matrix.aggregation,
        "missing": matrix.missing,
        "min_coverage": matrix.min_coverage,
        "top": shortlist.config.outputs.top,
        "groups": groups(shortlist),
        "criteria": _criteria(shortlist, [candidate.index for candidate in candidates]),
        "tiebreak": [by_id.index(place) for place in range(len(ids))],
    }


def groups(shortlist: Shortlist) -> list[Record]:
    """Return the config's groups with their weights and those inside, as written, in its order.

    ``word`` is what the charts call a group, ``label`` the same to begin a line with.
    """
    words = group_words(shortlist)
    return [
        {
            "id": name,
            "word": words[name],
            "label": words[name][:1].upper() + words[name][1:],
            "weight": number(float(group.weight)),
            "inside": [number(float(one.weight)) for one in group.indicators.values()],
        }
        for name, group in shortlist.config.criteria.items()
    ]


def _criteria(shortlist: Shortlist, rows: Sequence[int]) -> list[Record]:
    """Return each criterion: 0-100 values under ``points``, else the values and their scale."""
    ranking = shortlist.ranking
    matrix = ranking.matrix
    playing = in_play(matrix.value)
    records = []
    for place, criterion in enumerate(matrix.criteria):
        known = ~np.isnan(matrix.value[:, place])
        if criterion.scale.method == "points":
            scaled = np.where(known, ranking.scaled[:, place], np.nan)
            record: Record = {"scaled": _numbers(scaled, rows)}
        else:
            sign = -1.0 if criterion.direction == "min" else 1.0
            record = {
                "method": criterion.scale.method,
                "oriented": _numbers(sign * matrix.value[:, place], rows),
            }
        records.append({"playing": bool(playing[place]), **record})
    return records


def _numbers(values: FloatArray, rows: Sequence[int]) -> list[float | int | None]:
    return [number(values[row]) for row in rows]


def sort_keys(shortlist: Shortlist, figures: Sequence[str]) -> Record:
    """Return for each column of the ranking that isn't scored again what it is sorted by."""
    candidates = movable(shortlist)
    keys: Record = {
        figure: [view.figure(shortlist, figure, c.index) for c in candidates] for figure in figures
    }
    for name in ("rank_p50", "p_top"):
        found = [view.robust(shortlist, candidate, name) for candidate in candidates]
        keys[name] = [None if one is None or not math.isfinite(one) else one for one in found]
    return keys
