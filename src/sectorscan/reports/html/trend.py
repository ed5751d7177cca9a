"""The page of all runs of a project: what the template places and what its script reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.changes_words import ordinal, period
from sectorscan.reports.charts import runs
from sectorscan.reports.charts.model import Look
from sectorscan.reports.charts.over_time import ranks_over_time
from sectorscan.reports.charts.score_panels import scores_over_time
from sectorscan.reports.html.assembly import STYLE, assembled
from sectorscan.reports.html.pictures import WIDTHS, Picture, drawings, picture
from sectorscan.reports.json_text import Record
from sectorscan.reports.text import plain
from sectorscan.reports.trend_text import (
    UNKNOWN,
    change_words,
    changed_notes,
    is_rated,
    rank_text,
    readiness_text,
    score_text,
)
from sectorscan.reports.words import ESTIMATED
from sectorscan.scan.trend import SectorTrend, Standing, Trend

SCRIPTS = ("charts.js", "trend.js")
STYLES = (STYLE, "trend.css")


@dataclass(frozen=True, slots=True)
class Card:
    """A sector of the latest shortlist."""

    rank: str
    name: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A sector in a run; ``score`` is blank where it wasn't ranked."""

    rank: str
    score: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a sector, and its cells by run."""

    name: str
    cells: tuple[Cell | str, ...]


@dataclass(frozen=True, slots=True)
class RunRow:
    """What a run was; ``letter`` stands in the charts where its settings changed."""

    name: str
    figures: str
    compares: str
    vintage: str
    ranked: str
    top: int
    region: str
    version: str
    settings: str
    letter: str

    @property
    def changed(self) -> bool:
        """Whether its settings differ from those of the run before."""
        return bool(self.letter)


def to_html(trend: Trend) -> str:
    """Return the whole page; every text in it is escaped where it stands."""
    drawn = _pictures(trend)
    model = {"charts": drawings(drawn)}
    shown = _shown(trend, drawn)
    return assembled(
        "trend.html.j2", shown, model, SCRIPTS, library=bool(drawn), styles=STYLES
    )  # fmt: skip


def _pictures(trend: Trend) -> tuple[Picture, ...]:
    if not trend.listed:
        return ()
    # The ranks of one run are its list.
    charts = (*([ranks_over_time] if len(trend.runs) > 1 else []), scores_over_time)
    made = ([make(trend, Look(width=width)) for width in WIDTHS] for make in charts)
    return tuple(picture(tuple(looks), looks[-1].columns, looks[-1].rows) for looks in made)


def _shown(trend: Trend, drawn: tuple[Picture, ...]) -> Record:
    """Return what the template places."""
    shortlist = "its shortlist" if trend.top is None else f"the first {trend.top}"
    return {
        "kind": "Sectors over the years",
        "first": "history" if drawn else "runs",
        "region": plain(trend.region),
        "banner": view.SYNTHETIC_BANNER if trend.synthetic else "",
        "lead": _lead(trend),
        "now_title": "The shortlist now" if trend.top is None else f"The first {trend.top} now",
        "warnings": _warnings(trend),
        "cards": list(_cards(trend)),
        "estimated": any(
            trend.lists(s) and not s.certain for one in trend.sectors if (s := one.standings[-1])
        ),
        "gone": list(_gone(trend)),
        "pictures": drawn,
        "shaded": f"Shaded: the run had it on {shortlist}.",
        "changed": any(run.settings for run in trend.runs),
        "rows": [_row(trend, one) for one in trend.sectors],
        "rated": [
            Row(plain(one.name), tuple(readiness_text(s) for s in one.standings))
            for one in trend.sectors
            if is_rated(one)
        ],
        "runs": list(_runs(trend)),
        "cautions": [plain(text) for text in trend.cautions],
    }


def _lead(trend: Trend) -> tuple[str, str]:
    """Return how many runs there are, and what the latest is."""
    first, last = trend.runs[0], trend.runs[-1]
    count = len(trend.runs)
    head = "1 run." if count == 1 else f"{count} runs, {first.name} to {last.name}."
    what = "It" if count == 1 else "The latest"
    years = "" if last.head.end is None else f" compares {period(last.head.base, last.head.end)};"
    return head, (
        f"{what}{years or ' says this:'} {last.ranked} of {last.candidates} sectors are ranked, "
        f"and the first {last.top} are its shortlist."
    )


def _warnings(trend: Trend) -> list[str]:
    """Return what keeps the latest moves from being read as the economy's."""
    if len(trend.runs) == 1:
        return ["One run is no trend yet: the next refresh makes it one."]
    if not trend.runs[-1].settings:
        return []
    (*_, note) = changed_notes(trend)
    return [f"{plain(note)} So not the economy alone moved the latest ranks and scores."]


def _cards(trend: Trend) -> Iterator[Card]:
    for one in trend.sectors:
        last = one.standings[-1]
        if last is None or not trend.lists(last):
            continue
        on = sum(trend.lists(s) for s in one.standings)
        before = ""
        if len(trend.runs) > 1:
            then = one.standings[-2]
            was = "not ranked" if then is None else f"{ordinal(then.rank)}, {score_text(then)}"
            before = f"The run before: {was}; on the list in {on} of {len(trend.runs)} runs"
        ready = f"; readiness: {readiness_text(last)}" if last.readiness is not None else ""
        now = f"{_score(last)} of 100 points{ready}"
        yield Card(rank_text(last), plain(one.name), now, before)


def _gone(trend: Trend) -> Iterator[str]:
    """Yield the sectors that the run before had on its list and the latest hasn't."""
    for one in trend.sectors:
        before = one.standings[-2] if len(trend.runs) > 1 else None
        if trend.lists(before) and not trend.lists(one.standings[-1]):
            yield f"No longer on it: {plain(one.name)}, {runs.standing_words(trend, one)}."


def _score(s: Standing) -> str:
    return ("" if s.certain else ESTIMATED) + score_text(s)


def _row(trend: Trend, one: SectorTrend) -> Row:
    return Row(
        plain(one.name),
        tuple(
            Cell(rank_text(s), "" if s is None else _score(s), trend.lists(s))
            for s in one.standings
        ),
    )


def _runs(trend: Trend) -> Iterator[RunRow]:
    letters = dict(runs.changed(trend))
    for place, run in enumerate(trend.runs):
        settings = plain(change_words(run))
        yield RunRow(
            name=run.name,
            figures="" if run.head.end is None else f"to {run.head.end}",
            compares=period(run.head.base, run.head.end),
            vintage=period(run.first_year, run.last_year),
            ranked=f"{run.ranked} of {run.candidates}",
            top=run.top,
            region=plain(run.head.region),
            version=plain(run.head.version),
            settings=settings or (UNKNOWN if place else "the first run"),
            letter=letters.get(place, ""),
        )
