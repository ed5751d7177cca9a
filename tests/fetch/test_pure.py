"""What is decided without a network: answers, addresses, the cache, contents, words."""

import gzip
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fetch.local import as_csv, rows_of, table

from sectorscan.sources.fetch import cache
from sectorscan.sources.fetch.answers import Kind, judge, total_of, wait_asked
from sectorscan.sources.fetch.cache import Entry, Step
from sectorscan.sources.fetch.content import CutShortError, WrongContentError, check, unpacked
from sectorscan.sources.fetch.download import Outcome
from sectorscan.sources.fetch.failures import findings
from sectorscan.sources.fetch.plan import Slice
from sectorscan.sources.fetch.settings import parse_base, same_origin

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SLICE = Slice(2023, None, "98001")
ENTRY = Entry("https://data.bls.gov/x.csv", "a" * 64, 10, '"e"', "Tue, 24 Nov 2026 12:00:00 GMT")


def verdict(status, headers=None, *, have=0, conditional=False):
    return judge(status, headers or {}, have=have, conditional=conditional, now=NOON)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, Kind.take),
        (404, Kind.absent),
        (410, Kind.absent),
        (302, Kind.moved),
        (403, Kind.fail),
        (407, Kind.end),
        (429, Kind.again),
        (503, Kind.again),
        (500, Kind.again),
        (204, Kind.fail),
        (418, Kind.fail),
        (304, Kind.fail),
        (206, Kind.fail),
        (416, Kind.fail),
    ],
)
def test_each_status_has_one_meaning(status, kind):
    assert verdict(status).kind is kind


def test_an_unchanged_file_is_only_an_answer_to_that_question():
    assert verdict(304, conditional=True).kind is Kind.same


@pytest.mark.parametrize(
    ("span", "kind"),
    [
        ("bytes 100-199/200", Kind.rest),
        ("bytes 100-199/*", Kind.rest),
        ("bytes 0-199/200", Kind.restart),
        ("bytes 101-199/200", Kind.restart),
        ("lines 100-199/200", Kind.restart),
        ("", Kind.restart),
    ],
)
def test_a_rest_must_start_where_the_first_part_ended(span, kind):
    assert verdict(206, {"content-range": span}, have=100).kind is kind


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("Tue, 24 Nov 2026 12:00:45 GMT", 45.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("99999999999999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header, seconds):
    assert wait_asked(header, NOON) == seconds


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_header_breaks_the_reading(text):
    assert (wait_asked(text, NOON) or 0) >= 0
    assert (total_of({"content-length": text, "content-range": text}) or 0) >= 0


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://data.bls.gov", "https://data.bls.gov"),
        (" http://127.0.0.1:8080/mirror/ ", "http://127.0.0.1:8080/mirror"),
    ],
)
def test_a_base_address_loses_its_closing_slash(text, base):
    assert parse_base(text) == base


@pytest.mark.parametrize(
    "text",
    [
        "data.bls.gov",
        "ftp://data.bls.gov",
        "file:///etc/passwd",
        "https://",
        "https://me:secret@data.bls.gov",
        "https://data.bls.gov/?q=1",
        "https://data.bls.gov/#top",
        "https://data.bls.gov/a b",
        "https://data.bls.gov/\n",
        "https://dätä.gov",
    ],
)
def test_other_base_addresses_are_refused(text):
    if text.endswith("\n"):
        text += "x"
    with pytest.raises(ValueError, match=r"address"):
        parse_base(text)


def test_the_same_origin_is_scheme_host_and_port():
    assert same_origin("https://a.gov/x", "https://a.gov:443/y")
    assert not same_origin("http://a.gov:443/x", "https://a.gov/x")
    for other in ("http://a.gov/x", "https://b.gov/x", "https://a.gov:8443/x", "file:///x"):
        assert not same_origin(other, "https://a.gov/x")


@pytest.mark.parametrize(
    ("entry", "sha256", "address", "refresh", "expected"),
    [
        (None, None, ENTRY.address, False, Step.take),
        (None, "a" * 64, ENTRY.address, False, Step.take),
        (ENTRY, None, ENTRY.address, False, Step.take),
        (ENTRY, "b" * 64, ENTRY.address, True, Step.take),
        (ENTRY, "a" * 64, "https://other/x.csv", False, Step.take),
        (ENTRY, "a" * 64, ENTRY.address, False, Step.keep),
        (ENTRY, "a" * 64, ENTRY.address, True, Step.ask),
    ],
)
def test_a_file_is_kept_only_as_it_was_downloaded(entry, sha256, address, refresh, expected):
    assert cache.step(entry, sha256, address, refresh=refresh) is expected


def test_the_manifest_reads_what_it_wrote(tmp_path):
    entries = {"b.csv": ENTRY, "a.csv": replace(ENTRY, etag=None, last_modified=None)}
    (tmp_path / cache.MANIFEST).write_text(cache.text(entries), encoding="utf-8")
    assert cache.read(tmp_path) == entries
    assert cache.text(entries) == cache.text(dict(reversed(entries.items())))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"files": 3}',
        '{"files": {"a.csv": 3}}',
        "[" * 200_000,
        '{"files": {"a.csv": {"address": "x", "sha256": "no hash", "size": 1}}}',
        "\ufffe",
    ],
)
def test_a_damaged_manifest_is_as_none(tmp_path, content):
    assert cache.read(tmp_path) == {}
    (tmp_path / cache.MANIFEST).write_text(content, encoding="utf-8")
    assert cache.read(tmp_path) == {}


def test_a_manifest_of_absurd_size_is_as_none(tmp_path):
    text = cache.text({"a.csv": ENTRY}) + " " * cache.MOST_BYTES
    (tmp_path / cache.MANIFEST).write_text(text, encoding="utf-8")
    assert cache.read(tmp_path) == {}


@pytest.mark.parametrize("etag", ['"a"\r\nX: y', "é", 3, "", "x" * 1000])
def test_a_manifest_can_put_nothing_into_a_header(tmp_path, etag):
    entry = {"address": "x", "sha256": "a" * 64, "size": 1, "etag": etag}
    text = json.dumps({"files": {"a.csv": entry}})
    (tmp_path / cache.MANIFEST).write_text(text, encoding="utf-8")
    assert cache.read(tmp_path)["a.csv"].etag is None


def test_a_table_of_the_layout_is_taken():
    check(table(), SLICE, measured=True)
    check(b"\xef\xbb\xbf" + table(), SLICE, measured=False)


def quarterly(quarter):
    header, *rows = rows_of(2023, "98001")
    names = [name.replace("annual_avg_emplvl", "month3_emplvl") for name in header]
    return as_csv([names, *([*row[:6], quarter, *row[7:]] for row in rows)])


def test_real_slices_are_taken(shared):
    quarter = shared("data/qcew/us_2024q1_slice.csv").read_bytes()
    check(quarter, Slice(2024, 1, "US000"), measured=False)
    nation = shared("data/qcew/us_annual_2024.csv").read_bytes()
    check(nation, Slice(2024, None, "US000"), measured=False)
    with pytest.raises(WrongContentError, match="quarterly"):
        check(nation, Slice(2024, 1, "US000"), measured=True)


def test_a_quarters_table_is_taken_for_its_quarter():
    check(quarterly("2"), Slice(2023, 2, "98001"), measured=True)
    with pytest.raises(WrongContentError, match="qtr '3' in place of '2'"):
        check(quarterly("3"), Slice(2023, 2, "98001"), measured=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "aren't those of a QCEW annual file"),
        (b"\n  <!DOCTYPE html><html>Maintenance</html>", "a web page"),
        (b"\x89PNG\r\n\xff\xfe", "no CSV table"),
        (b"area,jobs\n1,2\n", "aren't those of a QCEW annual file"),
        (b'"' + b"x" * 200_000, "no CSV table"),
        (as_csv(rows_of(2023, "98001")[:1]), "no rows"),
        (table(2022), "year '2022' in place of '2023'"),
        (table(2023, "98003"), "area_fips '98003' in place of '98001'"),
        (quarterly("1"), "aren't those of a QCEW annual file"),
        (as_csv([*rows_of(2023, "98001"), ["x"], *rows_of(2023, "98001")[1:]]), "lines differ"),
    ],
)
def test_what_isnt_the_table_asked_for_is_said(content, words):
    with pytest.raises(WrongContentError, match=words):
        check(content, SLICE, measured=True)


def test_a_table_without_its_end_is_cut_short():
    whole = table()
    with pytest.raises(CutShortError):
        check(whole[:-40], SLICE, measured=True)
    # Cut within its last number, only the server's own word can tell.
    check(whole[:-3], SLICE, measured=True)
    with pytest.raises(CutShortError):
        check(whole[:-3], SLICE, measured=False)


@settings(deadline=None)
@given(st.integers(3, 5000))
def test_no_broken_line_is_taken_unmeasured(size):
    start = table()[:-size]
    if not start.endswith(
        b"\n"
    ):  # a table that ends at a line's end can't be told from a whole one
        with pytest.raises((CutShortError, WrongContentError)):
            check(start, SLICE, measured=False)


def test_packed_bodies_are_unpacked_within_the_limit():
    packed = gzip.compress(table())
    assert unpacked(packed, "gzip", 1 << 26) == table()
    assert unpacked(table(), "", 1 << 26) == table()
    bomb = gzip.compress(b"0" * (1 << 22))
    with pytest.raises(WrongContentError, match="more than 1 MiB"):
        unpacked(bomb, "gzip", 1 << 20)
    with pytest.raises(CutShortError):
        unpacked(packed[:-50], "gzip", 1 << 26)
    with pytest.raises(WrongContentError, match="damaged"):
        unpacked(b"no gzip", "gzip", 1 << 26)
    with pytest.raises(WrongContentError, match="'br'"):
        unpacked(zlib.compress(b"x"), "br", 1 << 26)


def outcome(year, area, status="absent", quarter=None, **more):
    return Outcome(Slice(year, quarter, area), status, **more)


def told(*outcomes):
    return [str(finding) for finding in findings(outcomes, "https://data.bls.gov", 2026)]


def test_a_year_that_is_too_old_points_to_the_national_file():
    (line,) = told(outcome(2012, "US000"), outcome(2012, "39049"), outcome(2023, "39049", "kept"))
    assert line.startswith("2012.annual.US000.csv and 1 more: 2012 is too old for the area slices")
    assert "https://data.bls.gov/cew/data/files/2012/csv/2012_annual_singlefile.zip" in line
    assert "https://www.bls.gov/cew/downloadable-data-files.htm" in line


def test_a_year_that_isnt_published_yet_is_no_old_one():
    (line,) = told(outcome(2026, "US000"), outcome(2026, "39049"))
    assert "has no area slices of 2026 yet. Annual averages come about June" in line
    (line,) = told(outcome(2026, "39049", quarter=3))
    assert "no area slices of 2026 q3 yet. A quarter comes about five to six months" in line


def test_an_area_that_isnt_there_in_a_year_that_is():
    lines = told(
        outcome(2023, "US000", "downloaded"),
        outcome(2023, "39048"),
        outcome(2023, "35620"),
        outcome(2023, "39049"),
    )
    assert "no slice of area 39048 for 2023. Find the code with: sectorscan areas NAME." in lines[0]
    assert "Did you mean" in lines[0]
    assert "C and four digits: C3562" in lines[1]
    assert "may not have been an area of QCEW then" in lines[2]


def test_a_code_that_nobody_knows_isnt_blamed_on_the_year():
    (line,) = told(outcome(2012, "98001"))
    assert "no slice of area 98001 for 2012" in line
    (line,) = told(outcome(2012, "C1814"))
    assert "2012 is too old" in line


def test_failures_come_with_reason_and_remedy_and_the_rest_in_one_line():
    lines = told(
        outcome(2023, "US000", "failed", reason="the server is busy", remedy="Try later."),
        outcome(2023, "39041", "not asked"),
        outcome(2023, "39049", "not asked"),
    )
    assert lines == [
        "2023.annual.US000.csv: the server is busy. Try later.",
        "2023.annual.39041.csv and 1 more: not asked for, after what failed before. "
        "Run the same command again.",
    ]
