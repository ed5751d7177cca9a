"""What a refresh writes, when, and that the same inputs, config and date give the same bytes."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from tests.refresh.runs import (
    CONFIG,
    DAY,
    bytes_of,
    check_next_one_works,
    check_runs,
    made_in,
    rated,
)

from sectorscan.config.loader import load_config
from sectorscan.config.presets import preset_names
from sectorscan.errors import SectorscanError
from sectorscan.refresh.build import TABLES
from sectorscan.refresh.folder import latest_run
from sectorscan.refresh.manifest import read_manifest, schema_text
from sectorscan.refresh.reproduce import reproduce
from sectorscan.refresh.resolved import resolved_config
from sectorscan.refresh.run import refresh
from sectorscan.reports import plan
from sectorscan.reports.write import render
from sectorscan.scan import scan

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def test_a_run_is_what_rank_says_of_the_same_inputs(project):
    outcome = refresh(project, DAY)
    shortlist = scan([project / "inputs"], load_config(project / "sectorscan.yaml"))
    run = project / "runs" / outcome.run
    assert (run / "ranking.json").read_text(encoding="utf-8") == render(shortlist, "json")
    assert (run / "ranking.md").read_text(encoding="utf-8") == render(shortlist, "markdown")
    check_runs(project)


def test_the_name_plan_holds_the_launch_order(project):
    config = project / "sectorscan.yaml"
    names = "plan.md, plan.json, plan.csv, plan.xlsx, planned.md"
    text = config.read_text(encoding="utf-8").replace("ranking.csv, ranking.md", names)
    config.write_text(text, encoding="utf-8")
    run = project / "runs" / refresh(project, DAY).run
    shortlist = scan([project / "inputs"], load_config(config))
    for ending, writer in plan.WRITERS.items():
        assert (run / f"plan{ending}").read_bytes() == writer(shortlist)
    assert json.loads((run / "plan.json").read_bytes())["schema"] == "sectorscan/plan/1"
    assert (run / "planned.md").read_text(encoding="utf-8") == render(shortlist, "markdown")
    assert (run / "plan.xlsx").read_bytes().startswith(b"PK")
    assert reproduce(run).agrees


def test_the_same_inputs_config_and_date_give_the_same_bytes(tmp_path):
    runs = []
    for name in ("one", "two"):
        project = made_in(tmp_path / name / "deeper" / "project")
        runs.append(bytes_of(project / "runs" / refresh(project, DAY).run))
    assert runs[0] == runs[1]


def test_nothing_that_a_run_writes_names_the_folder_it_lies_in(project):
    refresh(project, DAY)
    (project / "inputs" / "wages.csv").unlink()
    (project / "inputs" / "employment.csv").write_text("region,year\n1,2\n", encoding="utf-8")
    with pytest.raises(SectorscanError):
        refresh(project, DAY)
    for path in project.rglob("*"):
        if path.is_file() and path.suffix != ".xlsx":
            assert str(project.parent).encode() not in path.read_bytes(), path.name


def test_a_second_run_of_a_day_has_a_number(project):
    names = [refresh(project, DAY).run for _ in range(3)]
    assert names == ["2026-11-22", "2026-11-22-2", "2026-11-22-3"]
    assert latest_run(project / "runs").name == names[-1]
    assert read_manifest(project / "runs" / names[2]).previous.run == names[1]
    titles = [
        (project / "runs" / name / "changes.md").read_text("utf-8").partition("\n")[0]
        for name in names[1:]
    ]
    assert [title.partition(": ")[2] for title in titles] == [
        f"what changed since {name}, on the same day" for name in names[:2]
    ]


def test_a_date_before_that_of_the_run_it_is_compared_with_is_said(project, first, run):
    code, out, err = run("refresh", project, "--date", "2001-01-01")
    assert (code, out) == (0, "runs/2001-01-01\n")
    assert "compared with runs/2026-11-22\nnote: that run's date is later than this one's" in err
    assert latest_run(project / "runs").name == "2001-01-01"


def test_the_tenth_run_of_a_day_comes_after_the_second(project, first):
    for number in (2, 10):
        copy = first.with_name(f"2026-11-22-{number}")
        copy.mkdir()
        (copy / "manifest.json").write_bytes((first / "manifest.json").read_bytes())
    (project / "runs" / "latest").unlink()
    assert latest_run(project / "runs").name == "2026-11-22-10"


def test_if_changed_waits_for_a_change(project):
    def status():
        return refresh(project, DAY, if_changed=True).status

    assert [status(), status()] == ["done", "unchanged"]
    (project / "sectorscan.yaml").write_text(f"{CONFIG}min_coverage: 0.6\n", encoding="utf-8")
    assert [status(), status()] == ["done", "unchanged"]
    with (project / "inputs" / "wages.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert [status(), status()] == ["done", "unchanged"]
    (project / "sectorscan.yaml").write_text(
        CONFIG.replace("ranking.md", "shortlist.xlsx"), encoding="utf-8"
    )
    assert [status(), status()] == ["done", "unchanged"]
    assert len(list((project / "runs").glob("2026-*"))) == 4


def test_a_trial_touches_nothing(project):
    before = bytes_of(project)
    outcome = refresh(project, DAY, trial=True)
    assert (outcome.status, outcome.run) == ("trial", None)
    assert outcome.shortlist.ranking.order
    assert bytes_of(project) == before


def test_a_capital_letter_makes_no_second_ranking(project):
    """Where capitals don't count, both would be one file."""
    text = CONFIG.replace("ranking.csv", "Ranking.json")
    (project / "sectorscan.yaml").write_text(text, encoding="utf-8")
    run = project / "runs" / refresh(project, DAY).run
    names = [one.path for one in read_manifest(run).files]
    assert [name for name in names if name.casefold() == "ranking.json"] == ["ranking.json"]


def test_the_log_tells_of_every_run(project):
    refresh(project, DAY)
    refresh(project, DAY, if_changed=True)
    (project / "sectorscan.yaml").write_text("wieghts: 1\n", encoding="utf-8")
    with pytest.raises(SectorscanError):
        refresh(project, DAY)
    lines = (project / "refresh.log.jsonl").read_text(encoding="ascii").splitlines()
    events = [json.loads(line) for line in lines]
    assert [e["event"] for e in events] == [
        "started", "done", "started", "unchanged", "started", "failed",
    ]  # fmt: skip
    assert events[1]["run"] == "2026-11-22"
    assert "wieghts" in events[-1]["findings"][0]


def test_a_manifest_fits_its_schema_and_the_schema_its_page(first):
    schema = json.loads((SCHEMAS / "manifest-1.schema.json").read_text(encoding="utf-8"))
    manifest = json.loads((first / "manifest.json").read_text(encoding="ascii"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(manifest, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**manifest, "seed": None}, schema)
    assert (SCHEMAS / "manifest-1.schema.json").read_text(encoding="utf-8") == schema_text()
    assert manifest["vintage"] == {"first_year": 2014, "last_year": 2023}
    assert [one["kind"] for one in manifest["inputs"]] == ["employment", "wages"]
    assert manifest["inputs"][0]["path"] == "inputs/employment.csv"


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "C:x", "a\\..\\x", ""])
def test_a_manifest_that_leads_out_of_its_folder_is_refused(first, path):
    record = json.loads((first / "manifest.json").read_text(encoding="ascii"))
    record["files"][0]["path"] = path
    (first / "manifest.json").write_text(json.dumps(record), encoding="ascii")
    with pytest.raises(SectorscanError, match="inside the folder"):
        read_manifest(first)


def test_the_tables_of_a_run_have_every_year_of_the_inputs(first):
    text = (first / TABLES / "employment.csv").read_text(encoding="utf-8-sig")
    assert {line.split(",")[2] for line in text.splitlines()[1:]} >= {"2014", "2020", "2023"}


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("inputs: ../elsewhere\n", "must lie in the config's folder"),
        ("inputs: /etc\n", "must lie in the config's folder"),
        ("inputs: [absent]\n", "no file or folder"),
        ("inputs: .\n", "would be read as an input"),
        ("inputs: [inputs, runs/2026-11-22]\n", "would be read as an input"),
        ("outputs: {files: [ranking.pdf]}\n", r"ending '\.pdf'"),
        ("outputs: {files: [../up.csv]}\n", "can't be a file's name"),
        ("outputs: {files: [manifest.json]}\n", "every run has of its own"),
        ("outputs: {files: [nul.csv]}\n", "a device on Windows"),
        ("outputs: {files: [a.csv, A.csv]}\n", "listed twice"),
        ("readiness: nobody.xlsx\n", "isn't there"),
        ("regions: {every: county}\ninputs: [inputs]\n", "which one is meant"),
        ("region: '39049'\ninputs: [inputs]\n", "39049"),
    ],
)
def test_a_project_at_fault_is_told_and_leaves_no_run(project, config, words):
    (project / "sectorscan.yaml").write_text(config, encoding="utf-8")
    with pytest.raises(SectorscanError, match=words):
        refresh(project, DAY)
    assert sorted(p.name for p in (project / "runs").iterdir()) == [".lock"]
    (project / "sectorscan.yaml").write_text(CONFIG, encoding="utf-8")
    check_next_one_works(project)


def test_a_folder_without_a_project_is_told_and_stays_empty(tmp_path):
    with pytest.raises(SectorscanError, match=r"no sectorscan\.yaml"):
        refresh(tmp_path, DAY)
    assert list(tmp_path.iterdir()) == []


def test_what_changed_belongs_to_the_run(project, first):
    assert not (first / "changes.json").exists()
    second = refresh(project, DAY)
    assert second.previous == first.name
    place = project / "runs" / second.run
    assert {"changes.json", "changes.md"} <= {one.path for one in read_manifest(place).files}
    check_runs(project)
    assert reproduce(place).agrees
    shutil.rmtree(first)
    found = reproduce(place)
    assert found.agrees
    assert "The earlier run 2026-11-22 is no longer there" in found.left_out[0]


def test_an_earlier_run_that_is_damaged_is_named(project, first):
    (first / "ranking.json").write_text("{}", encoding="ascii")
    with pytest.raises(SectorscanError, match="the earlier run 2026-11-22 can't be compared with"):
        refresh(project, DAY)
    shutil.rmtree(first)
    check_next_one_works(project)


def test_scorecards_are_kept_with_the_run(project):
    rated(project)
    run = project / "runs" / refresh(project, DAY).run
    assert refresh(project, DAY, if_changed=True).status == "unchanged"
    found = json.loads((run / "ranking.json").read_text(encoding="ascii"))
    assert any(sector["readiness"] for sector in found["sectors"])
    kept = bytes_of(run)["scorecards/card.xlsx"]
    assert kept == (project / "card.xlsx").read_bytes()
    assert read_manifest(run).scorecards[0].bytes == len(kept)
    (project / "card.xlsx").unlink()
    assert reproduce(run).agrees
    with pytest.raises(SectorscanError, match=r"card\.xlsx: this scorecard isn't there"):
        refresh(project, DAY)


def test_ratings_are_stale_as_seen_from_the_day_of_the_run(project):
    rated(project)

    def stale(day):
        outcome = refresh(project, day)
        (answers,) = {s.stale_share for s in outcome.shortlist.readiness.sectors.values()}
        return answers

    assert stale(DAY) == 0
    assert stale(DAY.replace(year=2028)) == 1
    rated(project, "as_of: 2026-11-22\n")
    assert stale(DAY.replace(year=2028)) == 0
    assert read_manifest(latest_run(project / "runs")).as_of == "2026-11-22"


def test_a_scorecard_with_other_questions_is_resolved(tmp_path):
    path = tmp_path / "sectorscan.yaml"
    path.write_text(
        "readiness: card.xlsx\nscorecard: {early_win: null, convener: {blocks_launch_at: null}}\n",
        encoding="utf-8",
    )
    loaded = load_config(path)
    resolved = tmp_path / "config.yaml"
    text = resolved_config(loaded, ["scorecards/card.xlsx"], ("ranking.json",), DAY)
    resolved.write_text(text, encoding="utf-8")
    again = load_config(resolved)
    assert "early_win" not in again.config.scorecard
    assert again.config.scorecard == loaded.config.scorecard
    assert again.config.as_of == DAY


def test_without_tables_the_sample_is_ranked_and_labelled(project):
    for path in (project / "inputs").iterdir():
        path.unlink()
    outcome = refresh(project, DAY)
    assert outcome.sample
    manifest = read_manifest(project / "runs" / outcome.run)
    assert (manifest.inputs_from, manifest.synthetic) == ("sample", True)


@pytest.mark.parametrize(
    "text",
    [
        *(f"extends: {name}\n" for name in preset_names()),
        "sectors: {bundles: sectors-common.yaml}\n",
        "sectors: {list: [{name: 'No: \"x\"', naics: [31-33], except: '3254', areas: '01001'}]}\n",
        "criteria: {own: {weight: 1, indicators: {mine: {weight: 1, scale: {method: minmax}}}}}\n",
        "gates: []\ncolumns: {employment: 'Jobs, yes'}\nthresholds: {new_hire_annual_pay: 1e-05}\n",
        "region: 01001\nperiod: {quarter: 2}\nbenchmark: [all]\nrobustness: {limits: {}}\n",
    ],
)
def test_the_resolved_config_alone_is_the_config(tmp_path, text):
    path = tmp_path / "sectorscan.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_config(path)
    resolved = tmp_path / "config.yaml"
    resolved.write_text(resolved_config(loaded, (), ("ranking.json",), DAY), encoding="utf-8")
    assert "extends" not in resolved.read_text(encoding="utf-8").split("version:")[1]
    again = load_config(resolved)
    assert again.sha256 == loaded.sha256
    assert again.config.outputs.files == ("ranking.json",)
