"""Mangled tables through the whole command line: a ranking, or a clean message and exit code 1."""

import csv
import io
import json
import unicodedata

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sectorscan.cli.app import app

KNOWN = {
    "employment.csv": (
        "region industry industry_title year establishments employment avg_annual_pay flag",
        [
            [region, code, title, str(year), str(90 * times), str(jobs * times + year), pay, ""]
            for region, times in (("39041", 1), ("US000", 100))
            for code, title, jobs, pay in (
                ("10", "Total", 9000, "60000"),
                ("722", "Food services", 2000, "25000"),
                ("332", "Metal products", 1000, "66000"),
                ("621", "Ambulatory care", 1500, "70000"),
            )
            for year in (2020, 2021, 2023)
        ],
    ),
    "growth.csv": (
        "region industry base_year end_year growth_pct basis",
        [
            ["39041", code, "2023", "2033", rate, ""]
            for code, rate in (("10", "5"), ("722", "8.1%"))
        ],
    ),
    "indicators.csv": (
        "region industry indicator value low high",
        [
            ["39041", "722", "green_jobs", "5", "4", "6"],
            ["39041", "332", "green_jobs", "9", "", ""],
        ],
    ),
}
NASTY = """39041 1001 722.0 31-33 10 total 2023.0 2035 12,345 $52,300 3.2% (120) N/A (D) * N <10
- 0 -0 1e5 inf nan 1e999 0,85 1.234,5 private Apr-45 2023Q1 2023-12-31 " ' =1+1 =HYPERLINK("http://x")
#REF! <script> [red] \x1b[2J \u202e \x00 a,b a;b \u0663 \xbd 72251 US000 99 Manufacturing
1e-300 1e300"""
CELLS = st.one_of(
    st.sampled_from([*NASTY.split(), "", "\n", "\t", "\u00a0", "x" * 3000]),
    st.integers(-(10**12), 10**12).map(str),
    st.floats().map(repr),
    st.text(max_size=6),
)
STEERS = {"Cc", "Cf", "Zl", "Zp"}
"""Control and format characters, and the lesser line ends: what could steer a terminal."""
HARMLESS = "\n\u200c\u200d"
OPTIONS = st.sampled_from(
    [
        (),
        ("--region", "39041"),
        ("--benchmark", "all"),
        ("--period", "2023"),
        ("--level", "3-digit"),
    ]
)


@st.composite
def folders(draw):
    """Draw a sound folder of tables, with a few cells, columns or rows spoilt."""
    files = {}
    for name in draw(st.sets(st.sampled_from(sorted(KNOWN)), min_size=1)) | {"employment.csv"}:
        header, rows = KNOWN[name]
        table = [header.split(), *map(list, rows)]
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 3]))):
            first = draw(st.sampled_from([0, 1, 1, 1, 1, 1]))
            row = draw(st.integers(first, len(table) - 1))
            table[row][draw(st.integers(0, len(table[row]) - 1))] = draw(CELLS)
        doing = draw(
            st.sampled_from(["keep", "keep", "keep", "drop rows", "repeat", "drop column", "move"])
        )
        if doing == "drop rows":
            del table[draw(st.integers(1, len(table) - 1)) :]
        elif doing == "repeat":
            table.append(table[draw(st.integers(0, len(table) - 1))])
        elif doing == "drop column":
            gone = draw(st.integers(0, len(table[0]) - 1))
            table = [row[:gone] + row[gone + 1 :] for row in table]
        elif doing == "move":
            table[1:] = draw(st.permutations(table[1:]))
        text = io.StringIO()
        csv.writer(text, delimiter=draw(st.sampled_from(",,;\t")), lineterminator="\n").writerows(
            table
        )
        encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]))
        files[name] = text.getvalue().encode(encoding, "replace")
    return files


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=folders(), options=OPTIONS, form=st.sampled_from(["json", "table", "csv", "markdown"]))
def test_any_table_gives_a_ranking_or_a_clean_message(tmp_path, files, options, form):
    for name in KNOWN:
        (tmp_path / name).unlink(missing_ok=True)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    done = CliRunner().invoke(app, ["rank", str(tmp_path), "--format", form, *options])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    event(f"exit code {done.exit_code}")
    assert done.exit_code in (0, 1)
    said = done.stdout + done.stderr
    assert [c for c in said if unicodedata.category(c) in STEERS and c not in HARMLESS] == []
    if done.exit_code == 1:
        assert done.stdout == ""
        assert done.stderr.startswith("error: ")
    elif form == "json":
        result = json.loads(done.stdout, parse_constant=lambda name: 1 / 0)
        assert {s["id"] for s in (*result["sectors"], *result["excluded"])}
        scores = [sector["score"] for sector in result["sectors"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)
