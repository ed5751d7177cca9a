"""``trend``: ranks and scores over all runs, in every form."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.refresh.yearly import rewritten, three_years
from tests.reports.schemas import check
from typer.testing import CliRunner

from sectorscan.cli.app import app
from sectorscan.errors import InputError
from sectorscan.refresh.trend import trend
from sectorscan.reports.trend import document, sections, sparkline, to_csv, to_json, to_markdown


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("yearly") / "project"
    three_years(folder)
    return folder


@pytest.fixture(scope="module")
def found(project):
    return trend(project)


def test_ranks_and_scores_are_those_of_the_runs(project, found):
    assert [run.name for run in found.runs] == ["2024-11-01", "2025-11-01", "2026-11-01"]
    assert [run.end for run in found.runs] == [2022, 2023, 2023]
    assert trend(project / "runs") == found
    for place, run in enumerate(found.runs):
        text = (project / "runs" / run.name / "ranking.json").read_text(encoding="utf-8")
        record = json.loads(text)
        told = {one["id"]: (one["rank"], one["score"]) for one in record["sectors"]}
        shown = {one.id: (one.ranks[place], one.scores[place]) for one in found.sectors}
        assert {code: pair for code, pair in shown.items() if pair[0] is not None} == told
    latest = [one.ranks[-1] for one in found.sectors if one.ranks[-1] is not None]
    assert latest == sorted(latest)


def test_every_form_holds_the_same(project, found, tmp_path):
    check(json.loads(to_json(found)), "trend-1.schema.json")
    rows = list(csv.DictReader(io.StringIO(to_csv(found))))
    assert len(rows) == sum(r is not None for one in found.sectors for r in one.ranks)
    out = tmp_path / "trend.md"
    done = CliRunner().invoke(app, ["trend", str(project), "-f", "json", "-o", str(out)])
    assert (done.exit_code, done.stdout) == (0, to_json(found))
    assert out.read_text(encoding="utf-8") == to_markdown(found)
    shown = CliRunner().invoke(app, ["trend", str(project)])
    assert shown.exit_code == 0
    assert found.sectors[0].title.split()[0] in shown.stdout


def test_a_sector_that_left_has_a_gap_and_stands_last(project, found):
    run = project / "runs" / "2026-11-01"
    kept = {name: (run / name).read_bytes() for name in ("ranking.json", "manifest.json")}
    rewritten(run, "ranking.json", lambda record: record["sectors"].pop(0))
    try:
        left = trend(project).sectors[-1]
    finally:
        for name, content in kept.items():
            (run / name).write_bytes(content)
    assert left.id == found.sectors[0].id
    assert left.ranks[-1] is None
    assert left.scores[-1] is None
    assert document(found)["sectors"][0]["ranks"][-1] == 1


def test_a_folder_without_runs_is_said(tmp_path):
    with pytest.raises(InputError, match="there are no runs"):
        trend(tmp_path)
    assert CliRunner().invoke(app, ["trend", str(tmp_path)]).exit_code == 1


ranks = st.lists(st.one_of(st.none(), st.integers(1, 90)), min_size=1, max_size=12)


@given(ranks, st.sampled_from(["▁▂▃▄▅▆▇█", "_.-=+*%#"]))
def test_a_better_rank_has_a_bar_at_least_as_high(ranks, bars):
    line = sparkline(ranks, 90, bars, " ")
    assert len(line) == len(ranks)
    drawn = [(rank, bars.index(bar)) for rank, bar in zip(ranks, line, strict=True) if rank]
    for rank, height in drawn:
        assert all(height >= other for worse, other in drawn if worse >= rank)
    assert [bar == " " for bar in line] == [rank is None for rank in ranks]


def test_a_terminal_without_these_characters_gets_others(found):
    for section in sections(found, ascii_only=True):
        assert all(row[1].isascii() for row in section.rows)


def test_the_ends_of_the_bars():
    assert sparkline([1, None, 9], 9) == "█·▁"
    assert sparkline([1], 1) == "█"


def test_the_picture_draws_every_run_and_the_same_twice(project, found, tmp_path):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    out = [tmp_path / name for name in ("one.svg", "two.svg", "three.png")]
    options = [word for path in out for word in ("-o", str(path))]
    done = CliRunner().invoke(app, ["trend", str(project), "-q", *options])
    assert done.exit_code == 0, done.stderr
    drawn = out[0].read_text(encoding="utf-8")
    assert drawn == out[1].read_text(encoding="utf-8")
    assert out[2].read_bytes().startswith(b"\x89PNG")
    for run in found.runs:
        assert f">{run.name}<" in drawn
    listed = [one for one in found.sectors if min(r for r in one.ranks if r) <= found.top]
    assert len(listed) >= found.top
    for one in listed:
        assert f">{one.ranks[-1]}  {one.title[:20]}" in drawn
    assert "other ranked sectors are left out" in drawn
