"""A board's weights for people: members, medians, agreement, who would be first."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

from rich.console import Console

from sectorscan.reports import view
from sectorscan.reports.board_json import BoardReport, to_csv, to_json
from sectorscan.reports.page import Page
from sectorscan.reports.section import Section, section_markdown, show_section
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.robustness.answers import worded
from sectorscan.robustness.board import Board, Member
from sectorscan.scan.board import Preference

TITLE = "Weights of the board"
FEW = 6
"""Members side by side in one table."""
FIRST_PLACES = 3


def show_board(report: BoardReport, console: Console) -> None:
    """Print the board's weights on a terminal."""
    page = Page(console)
    page.paragraph(TITLE, style="bold")
    for section in sections(report):
        show_section(section, page)


def render_board(report: BoardReport, output_format: str) -> str:
    """Return the board's weights as ``json``, ``csv`` (a row a criterion) or ``markdown``."""
    if output_format == "json":
        return to_json(report)
    if output_format == "csv":
        return to_csv(report)
    lines = [f"# {TITLE}", ""]
    for section in sections(report):
        lines += section_markdown(section)
    return "\n".join(lines)


def sections(report: BoardReport) -> Iterator[Section]:
    """Yield the parts of the report."""
    yield _medians(report)
    yield from _members(report)
    yield Section("How far the members agree", tuple(agreement(report.board)))
    compared = [member for member in report.board.members if member.pairwise]
    if compared:
        yield _consistency(report, compared)
    if report.preferences:
        yield _first(report)
    if report.cautions:
        notes = tuple(f"! {caution}" for caution in report.cautions)
        yield Section("Cautions", notes)


def _medians(report: BoardReport) -> Section:
    board = report.board
    rows = []
    place = 0
    for g, (group, names) in enumerate(
        zip(board.hierarchy.groups, board.hierarchy.criteria, strict=True)
    ):
        configured = report.configured[place : place + len(names)].sum()
        each = [member.groups[g] for member in board.members]
        rows.append((
            _label(report, "group", group), percent(board.groups[g]), percent(min(each)),
            percent(max(each)), percent(configured),
        ))  # fmt: skip
        for name in names:
            rows.append((
                f"· {_label(report, 'criterion', name)}", percent(board.effective[place]),
                percent(board.spread[0, place]), percent(board.spread[4, place]),
                percent(report.configured[place]),
            ))  # fmt: skip
            place += 1
    many = len(board.members)
    note = (
        f"{'1 member' if many == 1 else f'{many} members'} answered. The median is the middle "
        "answer: half of the members gave less, half gave more. Groups are taken first, then the "
        "criteria inside each, and both are brought back to 100 %."
    )
    return Section(
        "What the board settles on",
        (note,),
        ("Group or criterion", "Median", "Lowest", "Highest", f"In {plain(report.config_name)}"),
        rows,
        right=frozenset({1, 2, 3, 4}),
    )


def _members(report: BoardReport) -> Iterator[Section]:
    board = report.board
    ids = board.hierarchy.ids
    for start in range(0, len(board.members), FEW):
        shown = board.members[start : start + FEW]
        rows = [
            (
                _label(report, "criterion", name),
                *(percent(member.effective[place]) for member in shown),
            )
            for place, name in enumerate(ids)
        ]
        more = f" ({start + 1} to {start + len(shown)})" if len(board.members) > FEW else ""
        titles = ("Criterion", *(_head(member.name) for member in shown))
        right = frozenset(range(1, len(titles)))
        yield Section(f"Each member's weights{more}", (), titles, rows, right=right)


def _head(name: str) -> str:
    """Return a name as a column's title: two lines at most."""
    return "\n".join(textwrap.wrap(plain(name), 20, max_lines=2, placeholder=" ..."))


def agreement(board: Board) -> Iterator[str]:
    """Yield how far the members agree, in words."""
    if len(board.members) < 2:
        yield "One member alone: there is nothing to agree on."
        return
    for what, value in (("criteria", board.agreement), ("groups", board.group_agreement)):
        if math.isnan(value):
            yield (
                f"On the order of the {what} agreement can't be told: every member weighs them all "
                "alike, or there is only one."
            )
        else:
            yield (
                f"On the order of the {what}: {cell(value, 'ratio')}, {_strength(value)} "
                "(Kendall's W: 0 is no agreement, 1 is the same order from all)."
            )


def _strength(value: float) -> str:
    """Return agreement in words, after Schmidt (1997), Decision Sciences 28(3):763-774."""
    for least, words in ((0.9, "very strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak")):
        if value >= least:
            return f"{words} agreement"
    return "very weak agreement"


def _consistency(report: BoardReport, members: Sequence[Member]) -> Section:
    rows = []
    for member in members:
        for group, found in member.pairwise.items():
            names = dict(report.board.hierarchy.blocks)[group]
            kind = "criterion" if group else "group"
            odd = ""
            if found.odd is not None and found.ratio > 0:
                i, j = (_label(report, kind, names[at]) for at in found.odd)
                odd = f"{i} / {j}: {worded(found.given)}, others say {worded(found.fitting)}"
            of = _label(report, "group", group) if group else "The groups"
            rows.append((plain(member.name), of, cell(found.ratio, "ratio"), odd))
    note = (
        "The consistency ratio says whether a member's comparisons fit together: 0 is no "
        "contradiction, up to 0.10 is usual; above it the member should look again."
    )
    titles = ("Member", "Comparing", "Ratio", "Fits the others least")
    return Section("Do the comparisons fit together?", (note,), titles, rows, right=frozenset({2}))


def _first(report: BoardReport) -> Section:
    rows = []
    for one in report.preferences:
        order = one.ranking.order[:FIRST_PLACES]
        sectors = one.ranking.indicators.sectors
        named = [plain(sectors[at].title) or plain(sectors[at].id) for at in order]
        named += [""] * (FIRST_PLACES - len(named))
        rows.append((_whose(report, one), *named))
    firsts = {one.ranking.order[:1] for one in report.preferences if one.member}
    if firsts == {()}:
        said = "No sector could be ranked."
    elif len(firsts) == 1:
        said = "All members would put the same sector first."
    else:
        said = f"The members would put {len(firsts)} different sectors first."
    note = f"The same figures, ranked by each member's weights. {said}"
    notes = (view.SYNTHETIC_BANNER, note) if report.synthetic else (note,)
    titles = ("Weights of", "First", "Second", "Third")
    return Section("Who would come first?", notes, titles, rows)


def _whose(report: BoardReport, one: Preference) -> str:
    if one.member is None:
        return plain(report.config_name)
    return plain(one.member) or "the board (medians)"


def _label(report: BoardReport, kind: str, name: str) -> str:
    return plain(report.labels.get((kind, name), name)) or name


def percent(share: float) -> str:
    """Return a share as percent with one decimal, a dash where there is none."""
    return "–" if math.isnan(share) else f"{100 * share:.1f} %"
