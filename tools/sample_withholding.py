"""Which cells of the invented economy are withheld: a rule like the real one.

Primary: fewer than three establishments, or one that has more than 80 % of the jobs. Complementary:
wherever a disclosed parent would have a single withheld child, a second child is withheld too, and
under a withheld parent at least one child is, so that nothing follows from adding or subtracting.
"""

from __future__ import annotations

from collections import defaultdict

from sample_region import Cell, Key, Truth, ancestors

FEWEST_ESTABLISHMENTS = 3
LARGEST_SHARE = 0.8
SMALLEST_PARTNER = 0.2

ROOT = ("0", "10")
Node = tuple[str, str]


def withheld_cells(truth: Truth) -> set[Key]:
    """Return the keys whose jobs and wages aren't published."""
    trees: dict[tuple[str, int], dict[Node, Cell]] = defaultdict(dict)
    for key, cell in truth.items():
        trees[key.area, key.year][key.own, key.code] = cell
    return {
        Key(area, year, *node)
        for (area, year), cells in trees.items()
        for node in _withheld_nodes(cells)
    }


def parent_of(node: Node) -> Node | None:
    """Return the cell that a cell adds up to: ("5", "334") gives ("5", "31-33")."""
    own, code = node
    if node == ROOT:
        return None
    return (own, ancestors(code)[0]) if code != "10" else ROOT


def _withheld_nodes(cells: dict[Node, Cell]) -> set[Node]:
    children: dict[Node, list[Node]] = defaultdict(list)
    for node in sorted(cells):
        parent = parent_of(node)
        if parent is not None:
            children[parent].append(node)
    withheld = {node for node, cell in cells.items() if node != ROOT and _is_primary(cell)}
    waiting = [ROOT]
    while waiting:
        parent = waiting.pop()
        parts = children[parent]
        hidden = [node for node in parts if node in withheld]
        shown = [node for node in parts if node not in withheld]
        needs_a_partner = not hidden if parent in withheld else len(hidden) == 1
        if shown and needs_a_partner:
            withheld.add(_partner(cells, shown, hidden))
        waiting.extend(parts)
    return withheld


def _is_primary(cell: Cell) -> bool:
    return cell.establishments < FEWEST_ESTABLISHMENTS or cell.largest > LARGEST_SHARE * cell.jobs


def _partner(cells: dict[Node, Cell], shown: list[Node], hidden: list[Node]) -> Node:
    """Return the smallest disclosed sibling that is large enough to cover the withheld one."""
    need = max((cells[node].jobs for node in hidden), default=0) * SMALLEST_PARTNER
    by_jobs = sorted(shown, key=lambda node: (cells[node].jobs, node))
    return next((node for node in by_jobs if cells[node].jobs >= need), by_jobs[-1])
