"""Runs that can't be compared, or only with care: what is said, and that nothing is invented."""

import csv
import json
import shutil
from dataclasses import replace

import pytest
from tests.refresh.changing import CODES, METHODS, random_states
from tests.refresh.rated import CONFIG, configure, put_figures, run
from tests.refresh.yearly import rewritten
from tests.running import run_program

import sectorscan
from sectorscan.refresh.changes import compare_runs
from sectorscan.refresh.split import split
from sectorscan.reports.changes import to_markdown


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    project = tmp_path_factory.mktemp("comparable") / "project"
    put_figures(project)
    configure(project, "")
    run(project, 2025)
    return project


@pytest.fixture
def project(first, tmp_path):
    return shutil.copytree(first, tmp_path / "project")


def against(project, text):
    """Refresh a year later with another config; return what changed."""
    (project / "sectorscan.yaml").write_text(text, encoding="utf-8")
    return compare_runs(project / "made" / "2025-11-01", run(project, 2026))


def test_other_areas_are_cautioned_and_count_as_settings(project):
    changes = against(project, CONFIG.replace('"98003"', '"98005"'))
    (caution,) = changes.cautions
    assert caution.startswith("The two runs are of different areas: 98005 is new, 98003 is gone.")
    assert any(abs(one.parts["config"]) > 1 for one in changes.sectors)
    for one in changes.sectors:
        assert one.parts["config"] == pytest.approx(one.change, abs=1e-9)
    assert "all of it from other areas (" in to_markdown(changes)


def test_another_name_is_no_other_region(project):
    changes = against(project, CONFIG.replace("Synthetic region", "Our counties"))
    assert changes.cautions == ()
    (one,) = changes.settings
    assert (one.name, one.moves) == ("region.name", "nothing")


def test_another_benchmark_is_cautioned(project):
    changes = against(project, CONFIG.replace("US000", '"98005"'))
    (caution,) = changes.cautions
    assert caution.startswith("The benchmark was US000 and is 98005: what is measured against it")


def test_another_level_has_no_sentence_a_sector(project):
    changes = against(project, f"{CONFIG}sectors: {{list: [{{name: Health, naics: ['621']}}]}}\n")
    assert {one.status for one in changes.sectors} == {"left", "entered"}
    (caution,) = changes.cautions
    assert caution.startswith("No sector is ranked in both runs")
    text = to_markdown(changes)
    assert "Nothing can be compared: 5 sectors were ranked then, and 1 others are ranked" in text
    assert "Health" not in text


def test_areas_that_the_old_run_has_not_got_leave_no_parts(project):
    extra = (project / "inputs" / "employment.csv").read_text(encoding="utf-8")
    more = [row.replace("98001", "98099") for row in extra.splitlines() if row.startswith("98001")]
    (project / "inputs" / "more.csv").write_text(
        "\n".join([extra.splitlines()[0], *more]) + "\n", encoding="utf-8"
    )
    changes = against(project, CONFIG.replace('"98003"', '"98099"'))
    assert "don't go with the other's settings: the region's area 98099 is in" in changes.why_not
    assert all(one.parts is None and one.change is not None for one in changes.sectors)
    assert (changes.new_years, changes.revised_years, changes.revised_rows) == ((), (), 0)
    text = to_markdown(changes)
    assert "Revised" not in text
    assert "New data" not in text
    assert text.count("The changes can't be split into their parts") == 1


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (lambda s: replace(s, tables=replace(s.tables, ownership="all")), "jobs of all ownerships"),
        (lambda s: replace(s, quarter=1), "the new one's of quarter 1"),
    ],
)
def test_figures_of_other_jobs_are_never_called_revised(other, words):
    methods = METHODS[:4]
    old, new = random_states(1, (methods, methods))
    found = split(old, other(new), CODES)
    assert words in found.why_not
    assert not (found.parts == found.parts).any()


def test_another_version_is_cautioned_and_its_method_stands_apart(project):
    old, new = project / "made" / "2025-11-01", run(project, 2026)

    def version(run_folder, text):
        path = run_folder / "manifest.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        record["tool"]["version"] = text
        path.write_text(json.dumps(record), encoding="utf-8")

    version(old, "0.0.1")
    here = sectorscan.__version__
    (caution,) = compare_runs(old, new).cautions
    assert caution == (
        f"The old run was made by version 0.0.1, the new one by {here}, and they are compared by "
        f"{here}: what the method did stands apart, as Method. It moved no score."
    )
    rewritten(old, "ranking.json", lambda record: record["sectors"][0].update(score=50.0))
    changes = compare_runs(old, new)
    assert "It moved no score." not in changes.cautions[0]
    text = to_markdown(changes)
    assert "from another version's method" in text
    assert "| Method |" in text
    version(old, here)
    (caution,) = compare_runs(old, new).cautions
    assert caution.startswith("A recorded score isn't what this version makes of its run's own")
    code, _, _ = run_program("changes", old, new, "--strict")
    assert code == 3


def test_the_other_way_round_is_cautioned(project):
    old, new = project / "made" / "2025-11-01", run(project, 2026)
    (caution,) = compare_runs(new, old).cautions
    assert caution == "The old run (2026-11-01) is dated after the new one (2025-11-01)."


def test_a_gate_that_shuts_sectors_out_is_told(project):
    gate = "gates: [{indicator: employment, below: %d, effect: exclude}]\n"
    shut = against(project, CONFIG + gate % 10**7)
    assert {one.status for one in shut.sectors} == {"left"}
    assert all(one.reason.endswith("The changed settings took it out.") for one in shut.sectors)
    again = compare_runs(project / "made" / "2026-11-01", project / "made" / "2025-11-01")
    assert all(one.reason.endswith("The changed settings brought it in.") for one in again.sectors)


def test_figures_that_keep_a_sector_out_are_told_from_a_gate(project):
    path = project / "inputs" / "employment.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["industry"] == "493" and row["employment"].isdigit():
            row["employment"] = str(int(row["employment"]) // 100)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    changes = against(project, CONFIG)
    (gone,) = [one for one in changes.sectors if one.status == "left"]
    assert gone.id == "493"
    assert gone.reason.startswith("It isn't ranked now: ")
    assert gone.reason.endswith("The newer figures took it out.")
