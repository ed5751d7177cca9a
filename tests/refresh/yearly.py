"""A synthetic project refreshed three times: a year more and a revision, then other weights."""

import csv
import datetime as dt
import hashlib
import json

from sectorscan.refresh.run import refresh
from sectorscan.tables.resources import bundled

CONFIG = """\
version: 1
extends: balanced
region: {{name: Synthetic region, areas: ["98001", "98003"]}}
benchmark: US000
criteria:
  concentration: {{weight: {concentration}}}
inputs: [inputs]
robustness: {{draws: 0}}
outputs: {{top: 5, files: [ranking.csv]}}
"""


def put_figures(project, last, revised=None, factor=1.0, code="621"):
    """Write the sample's tables up to a year, one industry's jobs of a year revised."""
    (project / "inputs").mkdir(exist_ok=True)
    for name in ("employment.csv", "wages.csv"):
        with (bundled("samples") / name).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if int(row["year"]) <= last]
        for row in rows:
            touched = (row["industry"], row["year"], row["region"]) == (code, str(revised), "98001")
            if touched and name == "employment.csv" and row["employment"].isdigit():
                row["employment"] = str(round(int(row["employment"]) * factor))
        with (project / "inputs" / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)


def put_config(project, concentration=20):
    """Write the project's config with a weight of its concentration group."""
    text = CONFIG.format(concentration=concentration)
    (project / "sectorscan.yaml").write_text(text, encoding="utf-8")


def three_years(project):
    """Refresh a project three times; return the three run folders."""
    project.mkdir(exist_ok=True)
    put_config(project)
    put_figures(project, 2022)
    refresh(project, dt.date(2024, 11, 1))
    put_figures(project, 2023, revised=2022, factor=1.1)
    refresh(project, dt.date(2025, 11, 1))
    put_config(project, concentration=45)
    refresh(project, dt.date(2026, 11, 1))
    return [project / "runs" / f"{year}-11-01" for year in (2024, 2025, 2026)]


def rewritten(run, name, change):
    """Change a JSON file of a run, and its record in the manifest, as that run would have it."""
    record = json.loads((run / name).read_text(encoding="utf-8"))
    change(record)
    content = json.dumps(record).encode("ascii")
    (run / name).write_bytes(content)
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    for one in manifest["files"]:
        if one["path"] == name:
            one |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
