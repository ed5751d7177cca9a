"""A board's weights as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.text import csv_text
from sectorscan.robustness.board import Board, Member
from sectorscan.robustness.elicitation import Pairwise
from sectorscan.scan.board import Preference
from sectorscan.tables.model import FloatArray

SCHEMA = "sectorscan/weights/1"
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


def to_json(report: BoardReport) -> str:
    """Return the board's weights as JSON text."""
    return dump(document(report))


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
            _consistency_record(group, found, board) for group, found in member.pairwise.items()
        ],
    }


def _consistency_record(group: str, found: Pairwise, board: Board) -> Record:
    names = dict(board.hierarchy.blocks)[group]
    odd = found.odd if found.ratio > 0 else None
    return {
        "group": group or None,
        "ratio": number(found.ratio),
        "oddest": None if odd is None else [names[place] for place in odd],
        "answered": None if odd is None else number(found.given),
        "others_say": None if odd is None else number(found.fitting),
    }


def to_csv(report: BoardReport) -> str:
    """Return a row a criterion, with a column a member."""
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
