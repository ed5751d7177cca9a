"""What the page says of the launch order, as text: the template only places it."""

from __future__ import annotations

from dataclasses import dataclass

from sectorscan.reports import plan_view, view
from sectorscan.reports.html.model import everyone
from sectorscan.scan.model import Shortlist


@dataclass(frozen=True, slots=True)
class Row:
    """A sector of the plan. ``place`` names its profile, ``cells`` are under ``Shown.titles``."""

    place: int
    cells: tuple[str, ...]
    needs: tuple[str, ...]
    scheduled: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The plan: questions with their answers, the table, what it rests on."""

    answers: tuple[tuple[str, tuple[str, ...]], ...]
    titles: tuple[tuple[str, bool], ...]
    """Of each column: its title, and whether it holds numbers."""
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    title: str = plan_view.TITLE
    table: str = plan_view.HEADING
    needs: str = plan_view.NEEDS
    sector: str = plan_view.SECTOR


def plan(shortlist: Shortlist) -> Shown | None:
    """Return the launch order, None where nobody rated a sector."""
    found = plan_view.rated_plan(shortlist)
    if found is None:
        return None
    columns = plan_view.columns(shortlist, found)
    places = {view.verbatim_id(shortlist, one): at for at, one in enumerate(everyone(shortlist))}
    entries, needs = plan_view.entries(found), plan_view.needs(shortlist, found)
    rows = zip(entries, needs, *(column.texts for column in columns), strict=True)
    return Shown(
        answers=plan_view.answers(found.told),
        titles=tuple((column.title, bool(column.unit)) for column in columns),
        rows=tuple(
            Row(places[entry.contender.sector], tuple(cells), lacking, entry.year > 0)
            for entry, lacking, *cells in rows
        ),
        notes=tuple(filter(None, (plan_view.left_out(found), plan_view.MEANING))),
        settings=plan_view.settings(shortlist, found),
    )
