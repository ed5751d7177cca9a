"""Every figure of every sector, as the page holds them: text by column, each label once.

As tables they would be most of the page's size, and hardly one of them is opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from sectorscan.reports import view
from sectorscan.reports.html.model import everyone
from sectorscan.reports.json_text import Record
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

HEADERS = ("Indicator", "Value", "Between", "Status", "0 to 100", "Weight", "Points")


def figures(shortlist: Shortlist) -> Record:
    """Return the indicators, the scored ones first, and each sector's cells of them.

    A cell is its value, what it lies between (blank where that is certain), its status (a place in
    ``statuses``), and for a criterion its 0-100 value and its points. Sectors are in the order of
    ``model.everyone``.
    """
    ids = _ids(shortlist)
    statuses: dict[str, int] = {}
    cells = [
        [list(_cell(shortlist, name, candidate.index, statuses)) for name in ids]
        for candidate in everyone(shortlist)
    ]
    weights = {c.id: c.weight for c in shortlist.ranking.matrix.criteria}
    return {
        "headers": HEADERS,
        "labels": [with_unit(shortlist, name) for name in ids],
        "weights": [view.shown(100 * weights[name], "%") for name in ids if name in weights],
        "statuses": list(statuses),
        "sectors": cells,
    }


def with_unit(shortlist: Shortlist, indicator: str) -> str:
    """Return an indicator's label, with its unit where the label doesn't say it."""
    label, unit = view.label_of(shortlist, indicator), view.unit_of(shortlist, indicator)
    return f"{label} ({unit})" if unit and unit not in label else label


def _ids(shortlist: Shortlist) -> list[str]:
    scored = [criterion.id for criterion in shortlist.ranking.matrix.criteria]
    others = [name for name in shortlist.ranking.indicators.ids if name not in scored]
    return [*scored, *others]


def _cell(
    shortlist: Shortlist, indicator: str, s: int, statuses: dict[str, int]
) -> Iterator[str | int]:
    ranking = shortlist.ranking
    value, between, status = _measured(shortlist, indicator, s)
    yield from (value, between, statuses.setdefault(status, len(statuses)))
    scored = [criterion.id for criterion in ranking.matrix.criteria]
    if indicator in scored:
        c = scored.index(indicator)
        known = view.number(ranking.matrix.value[s, c]) is not None
        yield view.shown(float(ranking.scaled[s, c]), "score") if known else "–"
        yield view.shown(float(ranking.contribution[s, c]), "points") if known else "–"


def _measured(shortlist: Shortlist, indicator: str, s: int) -> tuple[str, str, str]:
    """Return an indicator's value, its ends and its status."""
    table = shortlist.ranking.indicators
    if indicator not in table.ids:
        return "–", "", "missing"
    i = table.ids.index(indicator)
    unit = plain(table.units[i])
    low, value, high = (float(ends[s, i]) for ends in (table.low, table.value, table.high))
    if view.number(value) is None:
        why = table.missing_reason.get((table.sectors[s].id, indicator))
        return "–", "", f"missing: {plain(why)}" if why else "missing"
    between = "" if low == high else f"{view.shown(low, unit)} to {view.shown(high, unit)}"
    return view.shown(value, unit), between, str(table.status[s, i])
