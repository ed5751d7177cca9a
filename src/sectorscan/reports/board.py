"""A board's weights for people and scripts: members, medians, agreement, who would be first."""

from __future__ import annotations

import csv
import io
import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from sectorscan.reports import view
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.page import Page
from sectorscan.reports.section import Section, section_markdown, show_section
from sectorscan.reports.text import csv_text, plain
from sectorscan.reports.words import cell
from sectorscan.robustness.answers import worded
from sectorscan.robustness.board import Board, Member
from sectorscan.scan.board import Preference
from sectorscan.tables.model import FloatArray

SCHEMA = "sectorscan/weights/1"
TITLE = "Weights of the board"
FEW = 6
"""Members side by side in one table."""
FIRST_PLACES = 3
Labels = Mapping[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class BoardReport:
    """What is reported of a board.

    ``labels`` are names for people, ``configured`` (C,) the config's weights, ``cautions`` what was
    said of the sheets, ``preferences`` the rankings where figures were given, and ``synthetic``
    whether those were the synthetic sample's.
    """

    board: Board
    labels: Labels
    config_name: str
    config_sha256: str
    configured: FloatArray
    cautions: tuple[str, ...]
    preferences: tuple[Preference, ...] = ()
    synthetic: bool = False


def show_board(report: BoardReport, console: Console) -> None:
    """Print the board's weights on a terminal."""
    page = Page(console)
    page.paragraph(TITLE, style="bold")
    for section in sections(report):
        show_section(section, page)


def render_board(report: BoardReport, output_format: str) -> str:
    """Return the board's weights as ``json``, ``csv`` (a row a criterion) or ``markdown``."""
    if output_format == "json":
        return dump(document(report))
    if output_format == "csv":
        return _csv(report)
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
    said = "All members would put the same sector first." if len(firsts) == 1 else (
        f"The members would put {len(firsts)} different sectors first."
    )  # fmt: skip
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


def document(report: BoardReport) -> Record:
    """Return the board's weights as plain dictionaries, lists, numbers, text and None."""
    board = report.board
    hierarchy = board.hierarchy
    return {
        "schema": SCHEMA,
        "synthetic": report.synthetic,
        "config": {"path": report.config_name, "sha256": report.config_sha256},
        "groups": [
            {"id": group, "weight": number(weight), "members": _by_member(board, g)}
            for g, (group, weight) in enumerate(zip(hierarchy.groups, board.groups, strict=True))
        ],
        "criteria": list(_criteria(report)),
        "members": [_member(member, board) for member in board.members],
        "agreement": {
            "kendall_w": number(board.agreement),
            "kendall_w_groups": number(board.group_agreement),
        },
        "rankings": [
            {"of": {None: "config", "": "median"}.get(one.member, "member"),
             "member": one.member or None,
             "order": [one.ranking.indicators.sectors[at].id for at in one.ranking.order]}
            for one in report.preferences
        ],
        "cautions": list(report.cautions),
    }  # fmt: skip


def _by_member(board: Board, group: int) -> list[float | int | None]:
    return [number(member.groups[group]) for member in board.members]


def _criteria(report: BoardReport) -> Iterator[Record]:
    board = report.board
    place = 0
    for g, (group, names) in enumerate(
        zip(board.hierarchy.groups, board.hierarchy.criteria, strict=True)
    ):
        for at, name in enumerate(names):
            low, q1, middle, q3, high = board.spread[:, place]
            yield {
                "id": name,
                "group": group,
                "weight": number(board.effective[place]),
                "weight_in_group": number(board.inside[g][at]),
                "configured": number(report.configured[place]),
                "lowest": number(low),
                "lower_quartile": number(q1),
                "middle": number(middle),
                "upper_quartile": number(q3),
                "highest": number(high),
            }
            place += 1


def _member(member: Member, board: Board) -> Record:
    weights = zip(board.hierarchy.ids, member.effective, strict=True)
    return {
        "name": member.name,
        "file": member.file,
        "sheet": member.sheet,
        "method": member.method,
        "weights": {name: number(weight) for name, weight in weights},
        "consistency": [
            {"group": group or None, "ratio": number(found.ratio)}
            for group, found in member.pairwise.items()
        ],
    }


def _csv(report: BoardReport) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = ("id", "group", "weight", "weight_in_group", "configured", "lowest", "highest")
    names = [csv_text(member.name) for member in report.board.members]
    writer.writerow([*columns, *names])
    for place, record in enumerate(_criteria(report)):
        cells = [record[column] for column in columns]
        each = [number(member.effective[place]) for member in report.board.members]
        writer.writerow([csv_text(c) if isinstance(c, str) else c for c in (*cells, *each)])
    return text.getvalue()
