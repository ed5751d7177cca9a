"""Against a server that stalls, truncates, is busy, lies, and leads astray."""

import gzip
import hashlib
import json
from dataclasses import replace

import pytest
from tests.fetch.local import Answer, as_csv, rows_of, slice_path, table

from sectorscan.errors import InputError, SectorscanError
from sectorscan.sources.fetch.cache import MANIFEST
from sectorscan.sources.fetch.download import download
from sectorscan.sources.fetch.plan import Slice
from sectorscan.sources.fetch.service import AGENT

NAME = "2023.annual.98001.csv"
PATH = slice_path(2023, "98001")
ONE = (Slice(2023, None, "98001"),)


@pytest.fixture
def get(tmp_path, quick, slept):
    """Return a function that downloads slices into the test's folder."""

    def call(slices=ONE, settings=quick, **more):
        return download(slices, tmp_path, settings, this_year=2026, sleep=slept, **more)

    return call


def listing(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_lands_whole_with_its_entry(server, get, tmp_path):
    server.serve(2023, "98001", Answer(table(), headers={"ETag": '"v1"'}))
    (outcome,) = get()
    assert (outcome.status, outcome.size) == ("downloaded", len(table()))
    assert (tmp_path / NAME).read_bytes() == table()
    assert listing(tmp_path) == [NAME, MANIFEST]
    entry = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["files"][NAME]
    assert entry == {
        "address": server.base + PATH,
        "sha256": hashlib.sha256(table()).hexdigest(),
        "size": len(table()),
        "etag": '"v1"',
        "last_modified": None,
    }
    ((_, headers),) = server.asked
    assert headers["user-agent"] == AGENT
    assert AGENT.startswith("sectorscan/")
    assert "@" not in AGENT


def test_what_is_there_isnt_asked_for_again(server, get):
    server.serve(2023, "98001")
    get()
    (outcome,) = get()
    assert outcome.status == "kept"
    assert len(server.asked) == 1


def test_a_file_that_was_changed_is_downloaded_again(server, get, tmp_path):
    server.serve(2023, "98001")
    get()
    (tmp_path / NAME).write_bytes(b"saved by a spreadsheet")
    assert get()[0].status == "downloaded"
    assert (tmp_path / NAME).read_bytes() == table()


@pytest.mark.parametrize(
    "version", [{"ETag": '"v1"'}, {"Last-Modified": "Tue, 24 Nov 2026 12:00:00 GMT"}]
)
def test_refresh_asks_only_for_something_newer(server, get, version):
    server.serve(2023, "98001", Answer(table(), headers=version), Answer(status=304))
    get()
    (outcome,) = get(refresh=True)
    assert outcome.status == "unchanged"
    headers = server.asked[1][1]
    asked = headers.get("if-none-match") or headers.get("if-modified-since")
    assert [asked] == list(version.values())


def test_refresh_replaces_a_file_that_was_revised(server, get, tmp_path):
    revised = as_csv(rows_of(2023, "98001")[:-1])
    server.serve(
        2023, "98001",
        Answer(table(), headers={"ETag": '"v1"'}), Answer(revised, headers={"ETag": '"v2"'}),
    )  # fmt: skip
    get()
    assert get(refresh=True)[0].status == "downloaded"
    assert (tmp_path / NAME).read_bytes() == revised
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["files"][NAME]["etag"] == '"v2"'


def test_refresh_of_the_same_bytes_leaves_the_file_alone(server, get, tmp_path):
    server.serve(2023, "98001")
    get()
    before = (tmp_path / NAME).stat()
    assert get(refresh=True)[0].status == "unchanged"
    assert (tmp_path / NAME).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("status", [429, 503, 500])
def test_a_busy_server_is_asked_again_with_longer_waits(server, get, slept, status):
    server.serve(2023, "98001", Answer(status=status), Answer(status=status), Answer(table()))
    assert get()[0].status == "downloaded"
    assert slept == [0.01, 0.02]


def test_a_pause_that_the_server_asks_for_is_kept(server, get, slept):
    busy = Answer(status=429, headers={"Retry-After": "3"})
    server.serve(2023, "98001", busy, Answer(table()))
    assert get()[0].status == "downloaded"
    assert slept == [3.0]


def test_a_pause_that_is_too_long_ends_the_run(server, get, slept):
    server.serve(2023, "98001", Answer(status=503, headers={"Retry-After": "3600"}))
    server.serve(2023, "98003")
    outcomes = get((*ONE, Slice(2023, None, "98003")))
    assert [one.status for one in outcomes] == ["failed", "not asked"]
    assert "asks for a pause of 60 minutes" in outcomes[0].reason
    assert slept == []
    assert len(server.asked) == 1


def test_a_server_that_stays_busy_is_given_up(server, get, tmp_path):
    server.serve(2023, "98001", Answer(status=503))
    (outcome,) = get()
    assert outcome.status == "failed"
    assert outcome.reason == "the server is busy (status 503), 3 times"
    assert len(server.asked) == 3
    assert listing(tmp_path) == []


def test_a_server_that_stalls_is_asked_again(server, get):
    server.serve(2023, "98001", Answer(table(), stall=30.0), Answer(table()))
    assert get()[0].status == "downloaded"
    server.serve(2023, "98003", Answer(table(2023, "98003"), stall=30.0))
    assert get((Slice(2023, None, "98003"),))[0].reason == "nothing came for 0.3 s, 3 times"


def test_a_body_that_drips_for_too_long_is_given_up(server, get, quick):
    server.serve(2023, "98001", Answer(table(), drip=0.02))
    (outcome,) = get(settings=replace(quick, per_answer=0.1, tries=1))
    assert outcome.reason == "it took over 0.1 s"


def test_a_truncated_body_is_taken_up_where_it_broke_off(server, get, tmp_path):
    server.resumable(2023, "98001", first=1000)
    assert get()[0].status == "downloaded"
    headers = server.asked[1][1]
    assert (headers["range"], headers["if-range"]) == ("bytes=1000-", '"v1"')
    assert (tmp_path / NAME).read_bytes() == table()


def test_a_packed_body_is_taken_up_too(server, get, tmp_path):
    packed = gzip.compress(table(), mtime=0)
    more = {"Content-Encoding": "gzip"}
    server.resumable(2023, "98001", first=500, body=packed, **more)
    cut, rest = server.answers[PATH]
    server.answers[PATH] = [cut, lambda asked: add(rest(asked), more)]
    assert get()[0].status == "downloaded"
    assert len(server.asked) == 2
    assert (tmp_path / NAME).read_bytes() == table()


def add(answer, headers):
    answer.headers = {**answer.headers, **headers}
    return answer


def test_without_a_name_for_the_version_it_starts_anew(server, get, tmp_path):
    server.serve(2023, "98001", Answer(table(), cut=1000), Answer(table()))
    assert get()[0].status == "downloaded"
    assert "range" not in server.asked[1][1]
    assert (tmp_path / NAME).read_bytes() == table()


def test_a_server_that_knows_no_ranges_sends_the_whole(server, get, tmp_path):
    version = {"ETag": '"v1"'}
    server.serve(
        2023, "98001", Answer(table(), headers=version, cut=1000), Answer(table(), headers=version)
    )
    assert get()[0].status == "downloaded"
    assert "range" in server.asked[1][1]
    assert len(server.asked) == 2
    assert (tmp_path / NAME).read_bytes() == table()


def test_a_weak_name_for_the_version_joins_nothing(server, get):
    weak = {"ETag": 'W/"v1"'}
    server.serve(
        2023, "98001", Answer(table(), headers=weak, cut=1000), Answer(table(), headers=weak)
    )
    assert get()[0].status == "downloaded"
    assert "range" not in server.asked[1][1]


SIZE = len(table())


@pytest.mark.parametrize(
    "rest",
    [
        {"Content-Range": f"bytes 1000-{SIZE - 1}/{SIZE}", "ETag": '"v2"'},
        {"Content-Range": f"bytes 1000-{SIZE - 1}/{SIZE}", "Content-Encoding": "gzip"},
        {"Content-Range": f"bytes 1000-{SIZE - 1}/{SIZE + 1}"},
        {"Content-Range": f"bytes 999-{SIZE - 1}/{SIZE}"},
    ],
)
def test_two_versions_are_never_joined(server, get, tmp_path, rest):
    """The server sends a rest although the file has changed meanwhile: it is asked for anew."""
    start = Answer(table(), headers={"ETag": '"v1"'}, cut=1000)
    other = Answer(table()[1000:].replace(b"1", b"2"), 206, rest)
    server.serve(2023, "98001", start, other, Answer(table(), headers={"ETag": '"v2"'}))
    assert get()[0].status == "downloaded"
    assert "range" not in server.asked[2][1]
    assert (tmp_path / NAME).read_bytes() == table()


def test_a_rest_that_is_no_whole_rest_starts_anew(server, get, tmp_path):
    start = Answer(table(), headers={"ETag": '"v1"'}, cut=1000)
    end = table().index(b"\n", 2000) + 1  # a line's end, so that the content alone looks whole
    part = Answer(table()[1000:end], 206, {"Content-Range": f"bytes 1000-{end - 1}/{SIZE}"})
    server.serve(2023, "98001", start, part, Answer(table()))
    assert get()[0].status == "downloaded"
    assert "range" not in server.asked[2][1]


def test_a_body_that_is_said_to_be_too_large_isnt_begun(server, get):
    server.serve(2023, "98001", Answer(table(), headers={"Content-Length": str(1 << 40)}, cut=10))
    assert get()[0].reason == "it is larger than 64 MiB, as no area's table is"
    assert len(server.asked) == 1


def test_a_range_that_cant_be_had_starts_anew(server, get):
    start = Answer(table(), headers={"ETag": '"v1"'}, cut=1000)
    server.serve(2023, "98001", start, Answer(status=416), Answer(table()))
    assert get()[0].status == "downloaded"
    assert "range" not in server.asked[2][1]


def test_an_unmeasured_body_without_its_end_is_asked_for_again(server, get, tmp_path):
    server.serve(2023, "98001", Answer(table(), cut=2000, measured=False), Answer(table()))
    assert get()[0].status == "downloaded"
    assert (tmp_path / NAME).read_bytes() == table()


def test_a_truncated_file_leaves_nothing_behind(server, get, tmp_path):
    server.serve(2023, "98001", Answer(table(), cut=1000))
    assert get()[0].status == "failed"
    assert listing(tmp_path) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"<html>Down for maintenance</html>"), "a web page"),
        (Answer(table(2022)), "in place of '2023'"),
        (Answer(table(2023, "98003")), "in place of '98001'"),
        (Answer(b"0" * 300_000), "larger than"),
        (Answer(b"0" * 300_000, measured=False), "larger than"),
        (
            Answer(gzip.compress(b"0" * 2_000_000), headers={"Content-Encoding": "gzip"}),
            "unpacks to more than",
        ),
        (Answer(table(), headers={"Content-Encoding": "br"}), "packed as 'br'"),
        (Answer(status=403), "refuses it"),
        (Answer(status=404), ""),
        (Answer(status=503), "busy"),
    ],
)
def test_no_failure_touches_the_good_file_that_is_there(
    server, get, quick, tmp_path, answer, words
):
    server.serve(2023, "98001")
    get()
    server.serve(2023, "98001", answer)
    settings = replace(quick, largest=200_000)
    (outcome,) = get(refresh=True, settings=settings)
    assert not outcome.good
    assert words in outcome.reason
    assert (tmp_path / NAME).read_bytes() == table()
    assert listing(tmp_path) == [NAME, MANIFEST]
    assert get()[0].status == "kept"


@pytest.mark.parametrize(
    "place",
    [
        "https://elsewhere.example/x.csv",
        "http://localhost:9/x.csv",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "//elsewhere.example/x",
        "http://[broken",
        "",
    ],
)
def test_redirects_to_other_places_are_refused(server, get, tmp_path, place):
    server.serve(2023, "98001", Answer(status=302, headers={"Location": place}))
    server.serve(2023, "98003")
    outcomes = get((*ONE, Slice(2023, None, "98003")))
    assert "points to another place" in outcomes[0].reason
    assert outcomes[1].status == "not asked"
    assert len(server.asked) == 1
    assert listing(tmp_path) == []


def test_a_redirect_within_the_server_is_followed(server, get):
    server.serve(2023, "98001", Answer(status=301, headers={"Location": "/new/place.csv"}))
    server.answers["/new/place.csv"] = [Answer(table())]
    assert get()[0].status == "downloaded"
    assert server.paths == [PATH, "/new/place.csv"]


def test_a_circle_of_redirects_ends(server, get):
    server.serve(2023, "98001", Answer(status=302, headers={"Location": PATH}))
    assert "in a circle" in get()[0].reason
    assert len(server.asked) == 4


def test_good_files_stay_where_others_fail(server, get, tmp_path):
    server.serve(2023, "98003")
    outcomes = get((Slice(2023, None, "98005"), Slice(2023, None, "98003")))
    assert [one.status for one in outcomes] == ["absent", "downloaded"]
    assert listing(tmp_path) == ["2023.annual.98003.csv", MANIFEST]


def test_after_three_failures_in_a_row_nothing_more_is_asked(server, get):
    areas = ("98001", "98003", "98005", "98007", "98009")
    for area in areas:
        server.serve(2023, area, Answer(b"<html></html>"))
    server.serve(2023, "98003")
    outcomes = get(tuple(Slice(2023, None, area) for area in (*areas, "98011")))
    assert [one.status for one in outcomes] == [
        "failed", "downloaded", "failed", "failed", "failed", "not asked",
    ]  # fmt: skip


def test_years_before_one_that_is_gone_arent_asked_for(server, get):
    years = range(2023, 2009, -1)
    slices = tuple(Slice(year, None, area) for year in years for area in ("98000", "98001"))
    for year in range(2014, 2024):
        for area in ("98000", "98001"):
            server.serve(year, area)
    outcomes = get(slices)
    assert [one.status for one in outcomes] == ["downloaded"] * 20 + ["absent"] * 8
    assert server.paths[20:] == [slice_path(2013, "98000")]


def test_a_county_that_isnt_there_says_nothing_of_its_year(server, get):
    get((Slice(2013, None, "98001"), Slice(2012, None, "98001"), Slice(2012, None, "98003")))
    assert len(server.asked) == 3


def test_a_recent_year_that_is_absent_ends_nothing(server, get):
    server.serve(2024, "98001", Answer(status=404))
    server.serve(2023, "98000")
    outcomes = get((Slice(2026, None, "98000"), Slice(2023, None, "98000")))
    assert [one.status for one in outcomes] == ["absent", "downloaded"]


def test_a_server_that_cant_be_reached_ends_the_run(get, quick, tmp_path):
    settings = replace(quick, base="http://127.0.0.1:9")
    outcomes = get((*ONE, Slice(2023, None, "98003")), settings=settings)
    assert [one.status for one in outcomes] == ["failed", "not asked"]
    assert outcomes[0].reason.startswith("127.0.0.1:9 can't be reached")
    assert "Check the connection" in outcomes[0].remedy


def test_requests_keep_their_distance(server, get, quick, slept):
    for area in ("98001", "98003"):
        server.serve(2023, area)
    get((*ONE, Slice(2023, None, "98003")), settings=replace(quick, pause=60.0))
    assert len(slept) == 1
    assert 50 < slept[0] <= 60


def test_an_interrupt_leaves_nothing_torn(server, get, tmp_path):
    server.serve(2023, "98001")
    server.serve(2023, "98003")

    def interrupt(news):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        get((*ONE, Slice(2023, None, "98003")), heard=interrupt)
    assert listing(tmp_path) == [NAME, MANIFEST]
    assert [one.status for one in get((*ONE, Slice(2023, None, "98003")))] == ["kept", "downloaded"]


def test_a_folder_that_cant_be_made_is_said(server, quick, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="can't be made"):
        download(ONE, tmp_path / "file" / "qcew", quick, this_year=2026)
    assert not server.asked


def test_a_disk_that_takes_no_more_is_said(server, get, tmp_path, monkeypatch):
    server.serve(2023, "98001")
    monkeypatch.setattr("sectorscan.tables.writing._fill", full)
    with pytest.raises(SectorscanError, match="disk is full"):
        get()
    assert listing(tmp_path) == []


def full(*_):
    raise OSError(28, "No space left on device")


def test_a_proxy_that_cant_be_used_is_said(get, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "socks9://nowhere")
    with pytest.raises(InputError, match="HTTPS_PROXY"):
        get()


def test_the_environments_proxy_is_used(server, get, monkeypatch, quick):
    """The address is nowhere; the proxy, our own server, is asked for it."""
    monkeypatch.setenv("HTTP_PROXY", server.base)
    address = f"http://nowhere.invalid{PATH}"
    server.answers[address] = [Answer(table())]
    assert get(settings=replace(quick, base="http://nowhere.invalid"))[0].status == "downloaded"
    assert server.paths == [address]
