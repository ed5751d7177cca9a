"""What a user can mend: findings about inputs, and the error that carries them.

Anything that is not a ``SectorscanError`` is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "caution", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a user should know about an input: what, where, and what to do next.

    ``row`` is the line as a spreadsheet or editor shows it (the header is line 1);
    ``column`` is the column's header, or, for YAML, the key's dotted path;
    ``position`` is the (line, column) of a YAML node.
    ``error`` stops the run, ``caution`` is carried into the report (and makes ``--strict``
    exit with 3), ``note`` is said once and counts for nothing.
    """

    what: str
    remedy: str = ""
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: Severity = "error"
    position: tuple[int, int] | None = None

    def where(self) -> str:
        """Return the place as text: ``employment.csv, row 12, column jobs``."""
        if self.position is not None:
            line, char = self.position
            place = f"{self.file or 'config'}:{line}:{char}"
            return f"{place}: {self.column}" if self.column else place
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """Return one line: where, what (with the value seen), remedy."""
        where = self.where()
        seen = f" (found {quoted(self.value)})" if self.value is not None else ""
        what = f"{self.what.removesuffix('.')}{seen}." if seen else self.what
        head = f"{where}: {what}" if where else what
        if not self.remedy:
            return head
        return f"{head if head.endswith(('.', '?', '!', ':')) else f'{head}.'} {self.remedy}"


class SectorscanError(Exception):
    """An input, config or file that the user can mend; ends with exit code 1.

    Carries every problem found, not just the first.
    """

    def __init__(self, findings: Iterable[Finding] | Finding | str) -> None:
        if isinstance(findings, str):
            findings = Finding(findings)
        if isinstance(findings, Finding):
            findings = (findings,)
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class InputError(SectorscanError):
    """A table or public file that can't be used as it is."""


class ConfigError(SectorscanError):
    """A config that can't be used as it is."""


def quoted(text: object) -> str:
    """Return text in quotes, control characters escaped but a path's backslashes as typed."""
    return repr(str(text)).replace("\\\\", "\\")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the nearest known word, or ``""``."""
    match = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean {match[0]!r}?" if match else ""
