"""Random mangled tables give either tables or a clean message, never another exception."""

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from sectorscan.errors import InputError
from sectorscan.tables.files import expand
from sectorscan.tables.frames import EMPLOYMENT_COLUMNS
from sectorscan.tables.read import read_tables

HEADERS = [
    "region industry year employment",
    "region industry year employment establishments total_wages flag ownership",
    "FIPS NAICS Year Jobs avg_annual_pay employment_low employment_high industry_title",
    "region industry year location_quotient flag",
    "region industry base_year end_year growth_pct annual_growth_pct basis openings",
    "region industry indicator value low high year unit source",
]
NASTY = """39041 1001 39041.0 722 31-33 722.0 10 total 2023 2023.0 2020 2030 12,345 $52,300 3.2%
(120) N/A (D) * N <10 - 1e5 inf nan 1e999 0,85 1.234,5 private 5 0 projected Apr-45 2023Q1 " ' =1+1
\x1b[0m \u22123 #REF! \x00 a,b a;b -0 \u0663 \xbd < <-1"""
CELLS = st.one_of(
    st.sampled_from([*NASTY.split(), "", "\n", "\t", " ", "\u00a0", "9" * 400]),
    st.integers(-(10**12), 10**12).map(str),
    st.floats().map(repr),
    st.text(max_size=6),
)


SOUND = {
    **dict.fromkeys(["region", "FIPS"], lambda row: "39041"),
    **dict.fromkeys(["industry", "NAICS"], lambda row: str(721 + row)),
    **dict.fromkeys(["year", "Year", "base_year"], lambda row: "2023"),
    **dict.fromkeys(["employment", "Jobs", "value"], lambda row: f"{row * 1000:,}"),
    "end_year": lambda row: "2033",
    "growth_pct": lambda row: f"{row}.5%",
    "avg_annual_pay": lambda row: f"${row * 10000:,}",
    "location_quotient": lambda row: "1.25",
    "ownership": lambda row: "private",
    "flag": lambda row: "N" if row == 3 else "",
    "indicator": lambda row: "green_jobs",
}


@st.composite
def mangled(draw):
    header = draw(st.sampled_from(HEADERS)).split()
    if draw(st.booleans()):
        header = draw(st.permutations(header))
    if draw(st.integers(0, 4)) == 0:
        header[draw(st.integers(0, len(header) - 1))] = draw(CELLS)
    one_in = draw(st.sampled_from([3, 10, 50, 1000]))
    rows = [
        [
            draw(CELLS)
            if draw(st.integers(1, one_in)) == 1
            else SOUND.get(name, lambda at: "")(row)
            for name in header
        ]
        for row in range(draw(st.integers(0, 6)))
    ]
    if rows and draw(st.integers(0, 5)) == 0:
        rows[-1] = rows[-1][: draw(st.integers(0, len(header)))]
    mark = draw(st.sampled_from([",", ";", "\t"]))
    quoted = draw(st.booleans())
    lines = [
        mark.join('"' + cell.replace('"', '""') + '"' if quoted else cell for cell in row)
        for row in [header, *rows]
    ]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"]))
    content = draw(st.sampled_from(["\n", "\r\n"])).join(lines).encode(encoding, "replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=20)) + content[at:]
    return content


def read(path, scope):
    try:
        tables = read_tables(expand([path]), columns={}, ownership=scope, benchmark=None)
    except InputError as error:
        return None, error.findings
    return tables, tables.findings


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=mangled(), scope=st.sampled_from(["private", "all"]))
def test_mangled_table_is_read_or_refused(tmp_path, content, scope):
    path = tmp_path / "mangled.csv"
    path.write_bytes(content)
    tables, findings = read(path, scope)
    assert not any("\x1b" in str(finding) for finding in findings)
    event("read" if tables else "refused")
    if tables is None:
        assert findings
        return
    frame = tables.employment
    assert tuple(frame.columns) == EMPLOYMENT_COLUMNS
    assert not frame.duplicated(["region", "industry", "year"]).any()
    known = frame[frame["employment"].notna()]
    assert (known["employment_low"] <= known["employment"]).all()
    assert (known["employment"] <= known["employment_high"]).all()
    withheld = frame[frame["employment_status"] == "withheld"]
    assert withheld["employment"].isna().all()
    assert (withheld["employment_low"] <= withheld["employment_high"]).all()
    assert np.isfinite(tables.growth["annual_growth_pct"]).all()
    assert frame["region"].map(type).eq(str).all()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    head=st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\xff\xfe"]
    ),
    body=st.binary(max_size=600),
    ending=st.sampled_from([".csv", ".xlsx", ".xls", ".parquet", ".zip"]),
)
def test_junk_is_refused(tmp_path, head, body, ending):
    path = tmp_path / f"junk{ending}"
    path.write_bytes(head + body)
    tables, findings = read(path, "private")
    assert tables is None
    assert "junk" in str(findings[0])
