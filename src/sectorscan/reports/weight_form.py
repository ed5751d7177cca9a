"""The blank weights workbook: a sheet for each board member, and one that says how."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sectorscan.config.models import Config
from sectorscan.errors import Finding, InputError
from sectorscan.reports.scale_words import at_scores
from sectorscan.reports.sheets.allocation import points, swing
from sectorscan.reports.sheets.comparisons import ahp
from sectorscan.reports.sheets.grid import Book, Column, put, row_height, write_table
from sectorscan.reports.sheets.weighing import LABEL, UNIT, Block, Described, Sheet, begin
from sectorscan.reports.text import plain
from sectorscan.reports.workbook import book_bytes
from sectorscan.robustness.answers import most_compared, wanted_keys
from sectorscan.robustness.board import hierarchy_of, labels_of
from sectorscan.robustness.elicitation import MOST_COMPARED
from sectorscan.scoring.matrix import resolve_criteria
from sectorscan.sources.weight_forms import COMPARED, Method, column_letters

HOW = "How to"
MOST_MEMBERS = 60
ROWS_A_PAGE = 50
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_ONE = "only one group: it takes all of the weight"

TOLD: dict[Method, tuple[str, ...]] = {
    "points": (
        "First share 100 points among the groups, then, inside each group, 100 points among its "
        "criteria: the more points, the more it counts. Type into the shaded cells only.",
        "Think of the whole way from the value that earns 0 points to the one that earns 100, not "
        "of the word alone.",
    ),
    "swing": (
        "Imagine a sector that is at its worst on everything (column Worst). You may move one "
        "group, with all that it holds, to its best. Which would you move first? Give it order 1 "
        "and worth 100. Then the second: how much is its move worth next to the first's, 0 to 100?",
        "Then the same inside each group, with its criteria. Type into the shaded cells only.",
    ),
    "ahp": (
        "Compare two at a time: should the left one count more or the right one, and how much "
        "more? Choose the answers from the lists in the shaded cells: first the groups, then the "
        "criteria inside each group.",
        "The consistency ratio below each list says whether the answers fit together: 0 is no "
        "contradiction, up to 0.10 is usual.",
    ),
}
_BACKGROUND: dict[Method, tuple[str, ...]] = {
    "points": (
        "Budget allocation: everyone hands out the same 100 points, so nothing can matter more "
        "without something else mattering less.",
        "Inside a group the points say how its criteria share what the group got. The last column "
        "shows what each comes to of the whole.",
        "Where a sum isn't 100 the program scales it and says so.",
    ),
    "swing": (
        "Swing weighting asks what a move from worst to best is worth, because a weight without "
        "its range means nothing: pay matters little if all sectors pay alike.",
        "The order is only a help for you; the worth counts. The first one is worth 100, one that "
        "is worth half as much 50, one that doesn't matter 0.",
        "Source: von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research.",
    ),
    "ahp": (
        "The analytic hierarchy process (AHP) finds the weights that fit all comparisons best: the "
        "principal eigenvector of their table, worked out right of each sheet in 20 steps.",
        "The consistency ratio compares how far the answers contradict each other with answers "
        "drawn by chance (Saaty's random index). Above 0.10 look again, first at the comparison "
        "that the sheet names. With one or two criteria nothing can contradict, so it is 0.",
        "Source: Saaty (1980), The Analytic Hierarchy Process; random index from p. 21.",
    ),
}


def weight_form(config: Config, of: str, method: Method, members: Sequence[str]) -> bytes:
    """Return a blank workbook (.xlsx) with a sheet for each member.

    ``of`` names the config; a member's name that is empty is left for the member to type.

    Raises
    ------
    InputError
        Where there is nothing to weigh, or too much for the method.
    """
    hierarchy = hierarchy_of(config)
    if not wanted_keys(hierarchy, method):
        what = "the config has one criterion alone, so there is nothing to weigh."
        raise InputError(Finding(what, "Give a config with several criteria."))
    if method == "ahp" and most_compared(hierarchy) > MOST_COMPARED:
        what = f"more than {MOST_COMPARED} criteria in a group can't be compared in pairs."
        raise InputError(Finding(what, "Choose --method points or swing, or split the group."))
    blocks = blocks_of(config)
    names = sheet_names([plain(name) for name in members])

    def sheets(book: Book) -> None:
        # The members' sheets come first, so that the workbook opens on one.
        for name, sheet_name in zip(members, names, strict=True):
            _member(book, sheet_name, plain(name), f"Criteria of {of}", method, blocks)
        _how(book, method)

    return book_bytes("Weights of a board", "Weights workbook", sheets)


def sheet_names(members: Sequence[str]) -> list[str]:
    """Return sheet names that a workbook can hold, each once: members' names, else numbers."""
    names: list[str] = []
    taken = {HOW.casefold(), "history"}
    for number, member in enumerate(members, 1):
        name = _NOT_IN_SHEET_NAMES.sub(" ", member).strip(" '")[:_LONGEST_SHEET_NAME].strip(" '")
        whole = name = name or f"Member {number}"
        while name.casefold() in taken:
            aside = f" ({number})"
            name = f"{whole[: _LONGEST_SHEET_NAME - len(aside)]}{aside}"
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def blocks_of(config: Config) -> tuple[Block, ...]:
    """Return what is weighed against each other, explained: the groups, then each's criteria."""
    labels, hierarchy = labels_of(config), hierarchy_of(config)
    criteria = {criterion.id: criterion for criterion in resolve_criteria(config)}
    groups = []
    inside = []
    for group, names in zip(hierarchy.groups, hierarchy.criteria, strict=True):
        label = plain(labels[("group", group)])
        held = "; ".join(plain(labels[("criterion", name)]) for name in names)
        groups.append(Described(group, label, (held,)))
        parts = tuple(
            Described(name, plain(labels[("criterion", name)]),
                      (_unit(name), *at_scores(criteria[name], _unit(name))))
            for name in names
        )  # fmt: skip
        alone = "" if len(names) > 1 else " (one criterion: it takes all of the group's weight)"
        inside.append(Block(group, f"Inside {label}{alone}", parts))
    title = "The groups" if len(groups) > 1 else f"The groups ({_ONE})"
    return (Block("", title, tuple(groups)), *inside)


def _unit(name: str) -> str:
    from sectorscan.config.known import DECLARED
    from sectorscan.indicators.registry import REGISTRY

    spec = REGISTRY.get(name) or DECLARED.get(name)
    return spec.unit if spec else "as your table has it"


def _member(
    book: Book, name: str, member: str, of: str, method: Method, blocks: Sequence[Block]
) -> None:
    made = book.sheet(name)
    # A name such as "2nd & 3rd ward" would be read as font size and codes.
    shown = name.replace("&", "&&")
    made.set_footer(f"&L&8 Weights of a board&C&8 {shown}&R&8 Page &P of &N")
    sheet = Sheet(book, made, method)
    begin(sheet, member, of, TOLD[method])
    first = len(_how_rows(method)) + 4
    texts, times = (
        f"'{HOW}'!${letters}${first}:${letters}${first + len(COMPARED) - 1}"
        for letters in (column_letters(0), column_letters(1))
    )
    for block in blocks:
        if method == "points":
            points(sheet, block)
        elif method == "swing":
            swing(sheet, block)
        else:
            ahp(sheet, block, texts, times)
    if method != "ahp":
        made.fit_to_pages(1, -(-sheet.row // ROWS_A_PAGE))
    made.print_area(0, LABEL, sheet.row - 2, sheet.share)
    made.set_selection(2, UNIT, 2, UNIT)
    made.protect("", {"format_columns": True, "format_rows": True})


def _how_rows(method: Method) -> tuple[str, ...]:
    return (
        *TOLD[method],
        *_BACKGROUND[method],
        "Each member fills in a sheet, alone; copies in several files are fine. Then: sectorscan "
        "weights read FILES --out criteria.yaml",
        "A member's first column is hidden: it tells the program which row is what. The sheets are "
        "protected, without a password, so that only the shaded cells change.",
    )


def _how(book: Book, method: Method) -> None:
    sheet = book.sheet(HOW)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 40)
    put(sheet, 0, 0, "How to give weights", book.format(bold=True, font_size=15))
    sheet.set_row(0, 24)
    for row, line in enumerate(_how_rows(method), 1):
        form = book.format(text_wrap=True)
        sheet.merge_range(row, 0, row, 1, "", form)
        sheet.write_string(row, 0, line, form)
        sheet.set_row(row, row_height((100, line)))
    if method == "ahp":
        top = len(_how_rows(method)) + 2
        columns = [Column("Answer", 60), Column("The left one counts ... times", 40, "0.00")]
        write_table(book, sheet, top, columns, list(COMPARED.items()))
    sheet.protect("", {"format_columns": True, "format_rows": True})
