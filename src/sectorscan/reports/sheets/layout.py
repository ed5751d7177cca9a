"""Where everything stands on the live sheets, Weights and Scores, and what it is called there.

Formulas on one sheet point at cells of another that isn't written yet, so places are settled first.
Rows and columns count from 0, as XlsxWriter counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.sheets import facts
from sectorscan.reports.sheets.worked import group_scores, work
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.model import Criterion

WEIGHTS, SCORES, INDICATORS = "Weights", "Scores", "Indicators"

MESSAGE_ROW, NOTICE_ROW = 2, 3
"""On Weights: what the weights' state is, and what no longer holds once they are changed."""
GROUPS_TOP = 6
"""The row of the titles of the table of groups."""

BLOCK_ROW, GROUP_ROW, WEIGHT_ROW, TITLE_ROW, FIRST_ROW = 3, 4, 5, 6, 7
"""On Scores, above the sectors: names of blocks and groups, effective weights, titles."""
FOOT = (
    "Effective weight, where any sector has a value",
    "Number of the indicator on sheet Indicators",
    "Sectors that set the scale",
    "Lowest of them",
    "Highest of them",
    "Mean of them",
    "Standard deviation of them",
)
"""The rows below the sectors, after one blank row: what the formulas above also need."""
IN_PLAY, INDICATOR, COUNT, LOWEST, HIGHEST, MEAN, DEVIATION = range(len(FOOT))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of criteria: its weight, and the places of its criteria in the matrix."""

    id: str
    title: str
    weight: float
    first: int
    count: int


class Layout:
    """The places of one workbook's live cells.

    ``candidates`` are the rows of Scores: ranked sectors in their order, then the others.
    """

    def __init__(self, shortlist: Shortlist) -> None:
        self.shortlist = shortlist
        self.ranking = shortlist.ranking
        self.matrix = shortlist.ranking.matrix
        self.candidates = (*view.ranked(shortlist), *view.unranked(shortlist))
        self.criteria: tuple[Criterion, ...] = self.matrix.criteria
        self.groups = _groups(shortlist)
        self.figures = facts.figures(shortlist, self.candidates)
        self.words = facts.words(shortlist, self.candidates)
        self.worked = work(self.ranking)
        self.group_scores = tuple(
            group_scores(self.ranking, self.worked, group.first, group.count)
            for group in self.groups
        )
        self.geometric = self.matrix.aggregation == "geometric"
        self.moving = tuple(
            place for place, c in enumerate(self.criteria) if c.scale.method != "points"
        )
        """The criteria whose scale depends on the candidates."""
        self.columns, self.widths = _allocate(self._blocks())
        self.last_row = FIRST_ROW + len(self.candidates) - 1
        self.criteria_top = GROUPS_TOP + len(self.groups) + 4
        self.scales_top = self.criteria_top + len(self.criteria) + 4
        self.key_step = 10 ** len(str(len(self.ranking.indicators.ids)))
        self.can_be_ranked = sum(self.ranking.exclusion[c.index] != "gate" for c in self.candidates)

    def _blocks(self) -> Iterable[tuple[str, int]]:
        count = len(self.criteria)
        yield from ((name, 1) for name in ("rank", "sector", "score", "low", "high", "coverage"))
        yield ("status", 1)
        yield from ((name, count) for name in ("value", "scaled", "contribution"))
        yield ("filled", int(self.matrix.missing == "neutral"))
        yield ("group", len(self.groups))
        yield from (("number", 1), ("gated", 1), ("passing", 1), ("divisor", 1))
        yield ("log_score", int(self.geometric))
        yield from ((name, 1) for name in ("ranked", "by_id", "key", "place"))
        yield from (("position", 1), ("descending", 1), ("tied_rank", 1))
        yield from (("reference", len(self.moving)), ("term", count if self.geometric else 0))
        yield from (("estimated", 1), ("fact", len(self.figures) + len(self.words)))

    def of(self, group: Group) -> tuple[Criterion, ...]:
        """Return a group's criteria."""
        return self.criteria[group.first : group.first + group.count]

    def column(self, block: str, place: int = 0) -> int:
        """Return a column of Scores."""
        return self.columns[block] + place

    def cell(self, block: str, row: int, place: int = 0, *, fixed: str = "") -> str:
        """Return a cell of Scores; ``fixed`` has "row", "col" or both."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(
            xl_rowcol_to_cell(row, self.column(block, place), "row" in fixed, "col" in fixed)
        )

    def down(self, block: str, place: int = 0) -> str:
        """Return a column of Scores over all sectors, fixed: ``$D$8:$D$45``."""
        from xlsxwriter.utility import xl_range_abs

        at = self.column(block, place)
        return str(xl_range_abs(FIRST_ROW, at, self.last_row, at))

    def across(
        self, block: str, row: int, places: tuple[int, int] | None = None, *, fixed: bool = False
    ) -> str:
        """Return a row of a block of Scores, all of it or (first, count) of it."""
        from xlsxwriter.utility import xl_range, xl_range_abs

        first, count = places or (0, self.widths[block])
        left = self.column(block, first)
        span = xl_range_abs if fixed else xl_range
        return str(span(row, left, row, left + count - 1))

    def foot(self, which: int) -> int:
        """Return the row of Scores below the sectors on which something stands."""
        return self.last_row + 2 + which

    def row_of(self, place: int) -> int:
        """Return the row of Scores of a candidate, by its place among ``candidates``."""
        return FIRST_ROW + place

    def group_row(self, group: int) -> int:
        """Return a group's row on Weights."""
        return GROUPS_TOP + 1 + group

    def criterion_row(self, criterion: int) -> int:
        """Return a criterion's row on Weights."""
        return self.criteria_top + 1 + criterion


def on(sheet: str, place: str) -> str:
    """Return a place as other sheets call it: ``Scores!$D$8``."""
    return f"{sheet}!{place}"


def notice() -> str:
    """Return the formula of what no longer holds, for any sheet."""
    return f"{WEIGHTS}!$A${NOTICE_ROW + 1}"


def _allocate(blocks: Iterable[tuple[str, int]]) -> tuple[dict[str, int], dict[str, int]]:
    columns: dict[str, int] = {}
    widths: dict[str, int] = {}
    free = 0
    for name, width in blocks:
        columns[name], widths[name] = free, width
        free += width
    return columns, widths


def _groups(shortlist: Shortlist) -> tuple[Group, ...]:
    """Return the groups that have criteria, in the config's order."""
    criteria = shortlist.ranking.matrix.criteria
    ids = list(dict.fromkeys(criterion.group for criterion in criteria))
    config = shortlist.config.criteria
    groups = []
    for name in ids:
        places = [place for place, criterion in enumerate(criteria) if criterion.group == name]
        title = plain(name).replace("_", " ")
        groups.append(Group(name, title, config[name].weight, places[0], len(places)))
    return tuple(groups)
