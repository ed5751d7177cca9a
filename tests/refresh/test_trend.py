"""``trend``: ranks and scores over all runs, in every form."""

import csv
import io
import json
from contextlib import contextmanager

import pytest
from tests.refresh.yearly import rewritten, three_years
from tests.reports.schemas import check
from tests.running import run_program

from sectorscan.errors import InputError
from sectorscan.refresh.trend import trend
from sectorscan.reports.trend import document, to_csv, to_json, to_markdown
from sectorscan.scan.changes import Setting


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
    assert [run.head.end for run in found.runs] == [2022, 2023, 2023]
    assert trend(project / "runs") == found
    for place, run in enumerate(found.runs):
        text = (project / "runs" / run.name / "ranking.json").read_text(encoding="utf-8")
        record = json.loads(text)
        told = {one["id"]: (one["rank"], one["score"]) for one in record["sectors"]}
        shown = {one.id: (one.ranks[place], one.scores[place]) for one in found.sectors}
        assert {code: pair for code, pair in shown.items() if pair[0] is not None} == told
    latest = [one.ranks[-1] for one in found.sectors if one.ranks[-1] is not None]
    assert latest == sorted(latest)


@contextmanager
def changed(run, name, change):
    """Change a JSON file of a run as if that run had written it so, for a while."""
    kept = {file: (run / file).read_bytes() for file in (name, "manifest.json")}
    if name == "manifest.json":
        record = json.loads(kept[name])
        change(record)
        (run / name).write_text(json.dumps(record), encoding="utf-8")
    else:
        rewritten(run, name, change)
    try:
        yield
    finally:
        for file, content in kept.items():
            (run / file).write_bytes(content)


def test_every_form_holds_the_same(project, found, tmp_path):
    check(json.loads(to_json(found)), "trend-1.schema.json")
    rows = list(csv.DictReader(io.StringIO(to_csv(found))))
    assert len(rows) == sum(r is not None for one in found.sectors for r in one.ranks)
    out = [tmp_path / name for name in ("trend.md", "trend.html", "trend.csv")]
    options = [word for path in out for word in ("-o", path)]
    assert run_program("trend", project, "-q", "-f", "json", *options)[:2] == (0, to_json(found))
    assert out[0].read_text(encoding="utf-8") == to_markdown(found)
    assert out[2].read_text(encoding="utf-8-sig") == to_csv(found)
    page = out[1].read_text(encoding="utf-8")
    for one in found.sectors:
        assert f'<th scope="row">{one.name}</th>' in page.replace("&amp;", "&")
    code, shown, _ = run_program("trend", project)
    assert code == 0
    assert found.sectors[0].title.split()[0] in shown


def test_intervals_are_those_of_the_runs(project, found):
    uncertain = 0
    for place, run in enumerate(found.runs):
        text = (project / "runs" / run.name / "ranking.json").read_text(encoding="utf-8")
        told = {one["id"]: one for one in json.loads(text)["sectors"]}
        for one in found.sectors:
            if (s := one.standings[place]) is not None:
                record = told[one.id]
                assert (s.low, s.high) == (record["score_low"], record["score_high"])
                assert (s.shortlisted, s.tied) == (record["shortlisted"], record["tied"])
                assert s.tier is None, "nobody rated it"
                uncertain += not s.certain
    assert uncertain, "no score rests on a withheld figure: intervals weren't tried"


def test_settings_that_changed_are_marked_where_they_did(found):
    assert [bool(run.settings) for run in found.runs] == [False, False, True]
    (one,) = found.runs[2].settings
    # 20 of 100 were its group's, then 45 of 125.
    assert (one.name, one.old, one.new) == ("criteria.concentration.weight", 20, 45)
    assert one.shares == pytest.approx((0.2, 0.36))
    assert "concentration's weight from 20 to 45" in to_markdown(found)
    assert found.cautions == ()


def test_top_lists_more_sectors_but_the_result_has_all(project, found):
    assert {one.id for one in found.listed} == {
        one.id for one in found.sectors if any(s and s.shortlisted for s in one.standings)
    }
    wide = trend(project, top=12)
    assert wide.sectors == found.sectors
    assert [one.best <= 12 for one in wide.sectors] == [one in wide.listed for one in wide.sectors]
    assert run_program("trend", project, "--top", "0")[0] == 2
    _, shown, _ = run_program("trend", project, "--top", "12")
    assert "ever among the first 12" in shown
    assert shown.count("Hospitals") == 2


def test_a_sector_that_left_has_a_gap_and_stands_last(project, found):
    run = project / "runs" / "2026-11-01"
    with changed(run, "ranking.json", lambda record: record["sectors"].pop(0)):
        left = trend(project).sectors[-1]
    assert left.id == found.sectors[0].id
    assert (left.ranks[-1], left.scores[-1]) == (None, None)
    assert document(found)["sectors"][0]["ranks"][-1] == 1


def test_other_areas_are_marked_and_said(project):
    run = project / "runs" / "2025-11-01"
    region = {"name": "Another", "areas": ["98001"]}
    with changed(run, "manifest.json", lambda record: record.update(region=region)):
        found = trend(project)
    assert ["region.areas" in [s.name for s in one.settings] for one in found.runs] == [
        False,
        True,
        True,
    ]
    assert [one.head.region for one in found.runs][1] == "Another"
    assert [text.split(" on ")[0] for text in found.cautions] == [
        "From the run 2025-11-01", "From the run 2026-11-01",
    ]  # fmt: skip
    assert "the region's areas" in found.cautions[0]


def test_a_config_that_this_version_cannot_read_is_said(project):
    run = project / "runs" / "2024-11-01"
    kept = (run / "config.yaml").read_bytes()
    (run / "config.yaml").write_bytes(b"version: 99\n")
    try:
        found = trend(project)
        assert found.runs[1].settings == (), "the hashes say that it is the same"
        assert found.cautions[0] == (
            "Which settings changed at the run 2024-11-01 isn't known: this isn't the file that "
            "the run wrote."
        )
        with changed(run, "manifest.json", lambda r: r["config"].update(sha256="0" * 64)):
            found = trend(project)
    finally:
        (run / "config.yaml").write_bytes(kept)
    assert found.runs[1].settings == (Setting(("config",), None, None),)
    assert "settings that this version can't compare" in to_markdown(found)


def test_a_broken_run_is_left_out_and_said(project, found):
    ranking = project / "runs" / "2025-11-01" / "ranking.json"
    kept = ranking.read_bytes()
    ranking.write_bytes(kept[:-100])
    (project / "runs" / "2023-11-01").mkdir()
    try:
        left = trend(project)
        code, shown, said = run_program("trend", project, "--strict")
    finally:
        ranking.write_bytes(kept)
        (project / "runs" / "2023-11-01").rmdir()
    assert [run.name for run in left.runs] == ["2024-11-01", "2026-11-01"]
    assert [one.ranks for one in left.sectors[:3]] == [
        (one.ranks[0], one.ranks[2]) for one in found.sectors[:3]
    ]
    assert "run 2025-11-01 is left out: 2025-11-01/ranking.json" in left.cautions[0]
    assert "'2023-11-01' is no run folder" in left.cautions[1]
    assert (code, said) == (3, "")
    assert "2025-11-01 is left out" in " ".join(shown.split())


def test_a_folder_without_runs_is_said(tmp_path):
    with pytest.raises(InputError, match="there are no runs"):
        trend(tmp_path)
    (tmp_path / "runs" / "2025-11-01").mkdir(parents=True)
    with pytest.raises(InputError, match="is no run folder"):
        trend(tmp_path)
    code, shown, said = run_program("trend", tmp_path)
    assert (code, shown) == (1, "")
    assert said.startswith("error: ")


def test_the_picture_draws_every_run_and_the_same_twice(project, found, tmp_path):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    out = [tmp_path / name for name in ("one.svg", "two.svg", "three.png")]
    options = [word for path in out for word in ("-o", path)]
    code, _, said = run_program("trend", project, "-q", *options)
    assert code == 0, said
    drawn = out[0].read_text(encoding="utf-8")
    assert drawn == out[1].read_text(encoding="utf-8")
    assert out[2].read_bytes().startswith(b"\x89PNG")
    for run in found.runs:
        assert f">{run.name}<" in drawn
    assert len(found.listed) >= 5
    for one in found.listed:
        assert f">{one.ranks[-1]}. {one.label[:20]}" in drawn
    assert "Settings changed at the dashed lines" in drawn
    assert "SYNTHETIC SAMPLE" in drawn
