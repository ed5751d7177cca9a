"""The JSON of commands against their schemas in ``docs/schemas``, to the last key.

Many regions' is in ``tests/reports/test_regions.py``.
"""

import json
from pathlib import Path

import pytest
from tests.reports.schemas import SCHEMAS, check

ROOT = Path(__file__).resolve().parents[2]
QCEW = ROOT / "data/samples_qcew"
COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"
WITHHELD = (QCEW, "--region", "98001,98003", "--period", "2022:2023")
CALLS = {
    "compare": [
        ("compare", "332", "621", "--draws", 100),
        ("compare", "332", "621", "--draws", 0),
        ("compare", "332", "621", "484", "--draws", 100),
        ("compare", "722", "Hospitals", *WITHHELD, "--draws", 100),
        ("compare", "111", "332", "--draws", 100),
    ],
    "shiftshare": [
        ("shiftshare",),
        ("shiftshare", *WITHHELD),
        *(("shiftshare", "--method", method) for method in ("arcelus", "dynamic")),
    ],
    "scope": [("scope", "334"), ("scope", "722", *WITHHELD)],
    "robustness": [
        ("robustness", "--draws", 100),
        ("robustness", "--draws", 0),
        ("robustness", *WITHHELD, "--draws", 100),
    ],
    "weight-comparison": [("weights", "compare"), ("weights", "compare", *WITHHELD)],
    "plan": [("plan", "--draws", 100), ("plan", *WITHHELD, "--draws", 0)],
    "ranking": [("rank", *WITHHELD, "--draws", 100)],
}
CASES = [(name, call) for name, calls in CALLS.items() for call in calls]


@pytest.mark.parametrize(
    ("name", "call"), CASES, ids=[" ".join(map(str, (n, *c[1:3]))) for n, c in CASES]
)
def test_the_json_is_its_schema_to_the_last_key(run, name, call):
    code, out, err = run(*call, "--format", "json")
    assert code == 0, err
    check(json.loads(out), f"{name}-1.schema.json")


def test_real_withheld_figures_keep_to_the_schemas(run, shared):
    where = (shared(COLUMBUS), "--region", "39041,39045,39049", "--benchmark", "all")
    for name, call in (
        ("compare", ("compare", "541", "722")),
        ("shiftshare", ("shiftshare",)),
        ("scope", ("scope", "541")),
        ("robustness", ("robustness",)),
    ):
        draws = ("--draws", 100) if name in ("compare", "robustness") else ()
        code, out, err = run(*call, *where, *draws, "--format", "json")
        assert code == 0, err
        check(json.loads(out), f"{name}-1.schema.json")


def test_every_schema_is_linked_and_says_whose_it_is():
    pages = " ".join(p.read_text(encoding="utf-8") for p in (ROOT / "docs").glob("*.md"))
    for path in SCHEMAS.glob("*.json"):
        number = "/".join(path.name.removesuffix(".schema.json").rsplit("-", 1))
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["properties"]["schema"]["const"] == f"sectorscan/{number}"
        assert f"(schemas/{path.name})" in pages
