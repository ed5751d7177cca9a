"""Findings as JSON, CSV or Markdown: one row a problem."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from sectorscan.errors import Finding
from sectorscan.reports.text import csv_text, markdown_text

COLUMNS = ("severity", "file", "row", "column", "value", "problem", "remedy")


def render_findings(findings: Sequence[Finding], output_format: str) -> str:
    """Return the findings in the format ``json``, ``csv`` or ``markdown``."""
    rows = [_row(finding) for finding in findings]
    if output_format == "json":
        problems = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        return json.dumps({"schema": "sectorscan/check/1", "problems": problems}, indent=1) + "\n"
    if output_format == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([csv_text("" if v is None else str(v)) for v in row] for row in rows)
        return out.getvalue()
    lines = [" | ".join(COLUMNS), " | ".join("---" for _ in COLUMNS)]
    lines += [" | ".join(markdown_text("" if v is None else str(v)) for v in row) for row in rows]
    return "".join(f"| {line} |\n" for line in lines)


def _row(finding: Finding) -> tuple[str | int | None, ...]:
    row = finding.position[0] if finding.position else finding.row
    return (
        finding.severity,
        finding.file,
        row,
        finding.column,
        finding.value,
        finding.what,
        finding.remedy,
    )
