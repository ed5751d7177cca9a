"""Ranks and scores over all runs as text: sections for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sectorscan.reports.changes_settings import setting_words
from sectorscan.reports.changes_words import period, signed
from sectorscan.reports.section import Section
from sectorscan.reports.words import cell
from sectorscan.scan.changes import Setting
from sectorscan.scan.trend import SectorTrend, Standing, Trend, TrendRun

UNKNOWN = "–"
_BARS, _ASCII_BARS = "▁▂▃▄▅▆▇█", "_.-=+*%#"
_GAP, _ASCII_GAP = "·", "."
_CHANGED, _ASCII_CHANGED = "│", "|"
_MOST_RUNS = 6
"""So many runs have their own column; the line beside them shows all."""
_ROOM_FOR_NAMES, _ROOM_FOR_CHANGE, _COLUMN = 24, 9, 12
"""Characters on a terminal, the space between columns included."""


def heading(trend: Trend) -> str:
    """Return the title of the report."""
    count = len(trend.runs)
    if count == 1:
        return f"{trend.region}: 1 run, {trend.runs[0].name}"
    return f"{trend.region}: {count} runs, {trend.runs[0].name} to {trend.runs[-1].name}"


def listed_words(trend: Trend) -> str:
    """Return which sectors are listed."""
    if trend.top is not None:
        return f"Sectors that were ever among the first {trend.top}, by their latest rank."
    return "Sectors that were ever on the shortlist, by their latest rank."


def others(trend: Trend) -> int:
    """Return how many ranked sectors aren't listed."""
    return len(trend.sectors) - len(trend.listed)


def rank_text(one: Standing | None) -> str:
    """Return a rank, ``=`` behind it where others share it."""
    return UNKNOWN if one is None else f"{one.rank}{'=' * one.tied}"


def score_text(one: Standing | None) -> str:
    """Return a score as tables have it."""
    return UNKNOWN if one is None or one.score is None else cell(one.score, "score")


def readiness_text(one: Standing | None) -> str:
    """Return tier and readiness score: ``launch 71.0``."""
    if one is None or one.readiness is None:
        return UNKNOWN
    return " ".join([*([one.tier] if one.tier else []), cell(one.readiness, "score")])


def is_rated(one: SectorTrend) -> bool:
    """Return whether its readiness was rated in any run."""
    return any(s is not None and s.readiness is not None for s in one.standings)


def change_words(run: TrendRun) -> str:
    """Return the settings that differ from the run before."""
    return "; ".join(setting_text(run, one) for one in run.settings)


def setting_text(run: TrendRun, one: Setting) -> str:
    """Return one setting that differs from the run before."""
    if one.path == ("config",):
        return "settings that this version can't compare"
    return setting_words(run, one)


def moved_ranks(old: int | None, new: int | None) -> str:
    """Return how a rank moved in a table's cell: ``up 2``, ``down 1``, ``same``, ``new``."""
    if new is None:
        return "–" if old is None else "left"
    if old is None:
        return "new"
    if old == new:
        return "same"
    return f"up {old - new}" if new < old else f"down {new - old}"


def sparkline(
    shares: Sequence[float | None], changed: Iterable[int] = (), *, ascii_only: bool = False
) -> str:
    """Return a character a run, higher for a larger share of 1, and a line before some of them."""
    bars, gap, line = (
        (_ASCII_BARS, _ASCII_GAP, _ASCII_CHANGED) if ascii_only else (_BARS, _GAP, _CHANGED)
    )
    before = set(changed)
    return "".join(
        line * (place in before) + (gap if one is None else bars[round((len(bars) - 1) * one)])
        for place, one in enumerate(shares)
    )


def rank_shares(ranks: Sequence[int | None], worst: int) -> list[float | None]:
    """Return 1 for the 1st rank, 0 for the worst."""
    return [None if r is None else 1 - (r - 1) / max(worst - 1, 1) for r in ranks]


def score_shares(scores: Sequence[float | None], least: float, most: float) -> list[float | None]:
    """Return 0 for the least score, 1 for the highest."""
    return [None if s is None else (s - least) / ((most - least) or 1.0) for s in scores]


def sections(
    trend: Trend, *, width: int | None = None, ascii_only: bool = False
) -> Iterator[Section]:
    """Yield ranks, scores, readiness, what each run was; ``width`` is a terminal's."""
    changed = [place for place, run in enumerate(trend.runs) if run.settings]
    columns = _columns(trend, width)
    listed = trend.listed

    def bars(shares: Sequence[float | None]) -> str:
        return sparkline(shares, changed, ascii_only=ascii_only)

    def table(
        title: str,
        notes: tuple[str, ...],
        cells: Callable[[Standing | None], str],
        line: Callable[[SectorTrend], tuple[str, str]],
    ) -> Section:
        several = len(trend.runs) > 1
        heads = [_head(trend.runs[place]) for place in columns]
        titles = ("Sector", *(["All runs"] if several else []), *heads,
                  *(["Change"] if several else []))  # fmt: skip
        rows = []
        for one in listed:
            bar, change = line(one) if several else ("", "")
            shown = [cells(one.standings[place]) for place in columns]
            rows.append((one.name, *([bar] if several else []), *shown,
                         *([change] if several else [])))  # fmt: skip
        right = frozenset(range(1 + several, len(titles)))
        return Section(title, notes, titles, rows, right)

    worst = max((r for one in listed for r in one.ranks if r is not None), default=1)
    scores = [s for one in listed for s in one.scores if s is not None] or [0.0]
    yield table(
        "Ranks",
        tuple(_reading(trend, len(columns), ascii_only=ascii_only)),
        rank_text,
        lambda one: (bars(rank_shares(one.ranks, worst)), moved_ranks(*one.ranks[-2:])),
    )
    yield table(
        "Scores",
        (),
        score_text,
        lambda one: (
            bars(score_shares(one.scores, min(scores), max(scores))), _score_change(one),
        ),
    )  # fmt: skip
    rated = [one for one in listed if is_rated(one)]
    if rated:
        titles = ("Sector", *(_head(trend.runs[place]) for place in columns))
        rows = [(one.name, *(readiness_text(one.standings[p]) for p in columns)) for one in rated]
        yield Section("Readiness: tier, and score 0 to 100", (), titles, rows)
    yield _runs(trend)
    if trend.cautions:
        yield Section("Cautions", trend.cautions)


def _columns(trend: Trend, width: int | None) -> range:
    """Return the places of the runs that have a column: the latest, as many as there is room."""
    runs = trend.runs
    fitting = _MOST_RUNS
    if width is not None:
        bars = len(runs) + sum(bool(run.settings) for run in runs) + 2
        fitting = (width - _ROOM_FOR_NAMES - bars - _ROOM_FOR_CHANGE) // _COLUMN
    return range(len(runs) - min(max(fitting, 1), _MOST_RUNS, len(runs)), len(runs))


def _reading(trend: Trend, columns: int, *, ascii_only: bool) -> Iterator[str]:
    """Yield who is listed, and how the bars are read."""
    yield listed_words(trend)
    if more := others(trend):
        these = f"{more} other ranked sector{'s aren' if more > 1 else ' isn'}'t listed"
        yield f"{these}; --top {max(one.best for one in trend.sectors)} lists all."
    if len(trend.runs) == 1:
        yield "One run is no trend yet: the next refresh makes it one."
        return
    line, gap = (_ASCII_CHANGED, _ASCII_GAP) if ascii_only else (_CHANGED, _GAP)
    yield (
        "A bar a run, the oldest first, the highest for the best rank or score shown; "
        f"{gap} where a sector wasn't ranked"
        + (f"; {line} where settings changed, so not the economy alone moved what follows."
           if any(run.settings for run in trend.runs) else ".")
    )  # fmt: skip
    if left_out := len(trend.runs) - columns:
        yield (
            f"The oldest {left_out} runs are in the bars only; CSV, JSON and the page have all."
            if left_out > 1
            else "The oldest run is in the bars only; CSV, JSON and the page have all."
        )


def _head(run: TrendRun) -> str:
    """Return a run's column header: its name over the last year of its figures."""
    return run.name if run.head.end is None else f"{run.name}\nto {run.head.end}"


def _score_change(one: SectorTrend) -> str:
    before, now = one.scores[-2:]
    return UNKNOWN if before is None or now is None else signed(now - before)


def changed_notes(trend: Trend) -> tuple[str, ...]:
    """Return a sentence for each run whose settings differ from those of the run before."""
    return tuple(
        f"Settings changed before {run.name}: {change_words(run)}."
        for run in trend.runs
        if run.settings
    )


def _runs(trend: Trend) -> Section:
    titles = ("Run", "Compares", "Figures\nto", "Ranked", "List", "Version")
    rows = [
        (
            run.name,
            period(run.head.base, run.head.end),
            UNKNOWN if run.last_year is None else str(run.last_year),
            f"{run.ranked} of {run.candidates}",
            str(run.top),
            run.head.version,
        )
        for run in trend.runs
    ]
    notes = changed_notes(trend) or (("All runs have the same settings.",) * (len(rows) > 1))
    return Section("The runs", notes, titles, rows, frozenset({2, 4}))
