"""Many problems of one kind, told without drowning the reader."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.errors import Finding, Severity
from sectorscan.tables.files import shown

LISTED = 10
_LONGEST = 80


def listed(
    what: str,
    remedy: str,
    file: str,
    column: str | None,
    rows: Sequence[int],
    values: Sequence[str] | None = None,
    severity: Severity = "error",
) -> list[Finding]:
    """Return a finding for each of the first ten rows, and one that counts the rest."""
    column = None if column is None else shown(column)
    findings = []
    for index, row in enumerate(rows[:LISTED]):
        value = None if values is None or not values[index].strip() else clipped(values[index])
        findings.append(Finding(what, remedy, file, int(row), column, value, severity))
    more = len(rows) - LISTED
    if more > 0:
        rest = f"and {more:,} more: {what}"
        findings.append(Finding(rest, remedy, file, None, column, None, severity))
    return findings


def clipped(value: str) -> str:
    """Return a cell's text, cut where it is absurdly long."""
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
