"""What ``sectorscan robustness`` says of the criteria themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sectorscan.reports import view
from sectorscan.reports.section import Section
from sectorscan.reports.words import cell
from sectorscan.robustness.examination import Hygiene, Influence
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.aggregate import in_play


def _remark(one: Influence, *, known: bool) -> str:
    if not known:
        return "known for no sector"
    return "" if one.separates else "doesn't tell the ranked sectors apart"


def hygiene_sections(shortlist: Shortlist, found: Hygiene) -> Iterator[Section]:
    """Yield what the criteria do, and where two of them say the same."""
    known = in_play(shortlist.ranking.matrix.value)
    rows = [
        (
            view.label_of(shortlist, one.criterion),
            cell(one.weight, "share"),
            "–" if math.isnan(one.influence) else cell(one.influence, "chance"),
            _remark(one, known=bool(known[place])),
        )
        for place, one in enumerate(found.influences)
    ]
    yield Section(
        "What each criterion does",
        (
            "Influence: its share of what sets the ranked sectors' scores apart (how far the "
            "points that it gives are spread out). Where the sectors hardly differ on a "
            "criterion, its weight decides little; where they lie far apart, more than it says.",
        ),
        ("Criterion", "Weight", "Influence", ""),
        rows,
        right=frozenset({1, 2}),
    )
    notes = [
        f"{view.label_of(shortlist, pair.first)} and {view.label_of(shortlist, pair.second)} order "
        f"the ranked sectors nearly alike (rank correlation {cell(pair.correlation, 'ratio')}, "
        "where 1 is the same order): they say one thing, which counts with both weights."
        for pair in found.pairs
    ]
    if found.double_count:
        notes.append(
            "The change of the location quotient and the competitive rate both rise where the "
            "sector grows faster here than in the benchmark: scored together, that counts twice."
        )
    if notes:
        yield Section("Criteria that say the same", tuple(notes))
