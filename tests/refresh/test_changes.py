"""``changes`` on run folders: what is told, in every form, and what is refused."""

import csv
import io
import json
import os
import re
import shutil

import pytest
from tests.refresh.yearly import rewritten, three_years
from tests.reports.schemas import check
from typer.testing import CliRunner

from sectorscan.cli.app import app
from sectorscan.errors import InputError
from sectorscan.refresh.changes import compare_runs
from sectorscan.reports.changes import to_csv, to_markdown
from sectorscan.reports.changes_json import document, to_json
from sectorscan.reports.changes_words import ordinal, sentence, signed
from sectorscan.reports.words import cell
from sectorscan.scan.changes import PARTS


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    return three_years(tmp_path_factory.mktemp("yearly") / "project")


@pytest.fixture
def copies(runs, tmp_path):
    for run in runs[:2]:
        shutil.copytree(run, tmp_path / run.name)
    return [tmp_path / run.name for run in runs[:2]]


@pytest.fixture(scope="module")
def longer(runs):
    return compare_runs(runs[0], runs[1])


@pytest.fixture(scope="module")
def reweighted(runs):
    return compare_runs(runs[1], runs[2])


def of(changes, code):
    return next(one for one in changes.sectors if one.id == code)


def test_parts_sum_to_every_change(longer, reweighted):
    for changes in (longer, reweighted):
        ranked = [one for one in changes.sectors if one.status == "ranked"]
        assert len(ranked) > 20
        for one in ranked:
            assert tuple(one.parts) == PARTS
            assert sum(one.parts.values()) == pytest.approx(one.change, abs=1e-9)
            assert one.change == one.score_new - one.score_old
            assert one.parts["method"] == 0
            assert one.parts["competitors"] == 0


def test_a_year_more_and_a_revision_are_told_apart(longer):
    assert longer.new_years == (2023,)
    assert longer.revised_years == (2022,)
    assert longer.revised_rows == 1
    assert longer.settings == ()
    revised = of(longer, "621")
    assert revised.parts["revision"] != 0
    assert all(abs(one.parts["data"]) > 0 for one in longer.sectors if one.status == "ranked")
    assert all(one.parts["config"] == 0 for one in longer.sectors if one.parts)


def test_weights_alone_are_the_config(reweighted):
    assert reweighted.new_years == reweighted.revised_years == ()
    (setting,) = reweighted.settings
    assert (setting.name, setting.old, setting.new) == ("criteria.concentration.weight", 20, 45)
    assert setting.shares == pytest.approx((20 / 100, 45 / 125))
    weights = {one.criterion: (one.old, one.new) for one in reweighted.weights}
    assert weights["location_quotient"] == pytest.approx((20 / 100, 45 / 125))
    assert weights["pay_vs_region"][1] == pytest.approx(weights["pay_vs_region"][0] * 100 / 125)
    for one in reweighted.sectors:
        if one.parts:
            assert one.parts["config"] == pytest.approx(one.change, abs=1e-9)
            assert one.parts["data"] == one.parts["revision"] == 0


def test_every_number_of_a_sentence_stands_in_the_result(longer):
    one = of(longer, "621")
    text = sentence(longer, one)
    assert f"its score rose by {signed(one.change)[1:]} to {cell(one.score_new, 'score')}: " in text
    assert f"{signed(one.parts['data'])} point" in text
    assert f"{signed(one.parts['revision'])} from revised 2022 figures" in text
    assert "from new figures for 2023" in text
    assert ", nothing from weights." in text
    largest = max(one.by_criterion["data"].items(), key=lambda pair: abs(pair[1]))
    assert f"({longer.labels[largest[0]]} {signed(largest[1])}" in text
    named = [float(n.replace("\u2212", "-")) for n in re.findall(r"[+\u2212][\d.]+", told(text))]
    assert sum(named[1:]) == pytest.approx(named[0], abs=0.2)
    for part, moved in one.by_criterion.items():
        assert sum(moved.values()) == pytest.approx(one.parts[part], abs=1e-9)


def told(text):
    """What is said of the new figures: their points, then the criteria in brackets."""
    return re.search(r"\S+ points? from new figures [^)]*\)", text)[0]


def test_what_moved_nothing_is_said_once(reweighted):
    """Nothing came in or was revised, so nobody asks for it: that stands under what differs."""
    text = sentence(reweighted, of(reweighted, "621"))
    assert ", all of it from changed weights (concentration " in text
    assert "nothing" not in text
    assert "Revised: no figure of the years that both have." in to_markdown(reweighted)


def test_refresh_wrote_what_changed(runs, longer):
    assert not (runs[0] / "changes.json").exists()
    written = json.loads((runs[1] / "changes.json").read_text(encoding="utf-8"))
    result = document(longer)
    # The folder had no name yet when it was written: its date stands for it.
    assert written == {**result, "new": {**result["new"], "run": result["new"]["date"]}}
    assert (runs[1] / "changes.md").read_text(encoding="utf-8") == to_markdown(longer)


def test_the_json_is_its_schema_to_the_last_key(longer, reweighted):
    for changes in (longer, reweighted):
        check(json.loads(to_json(changes)), "changes-1.schema.json")


def test_the_table_has_a_row_a_sector(longer):
    rows = list(csv.DictReader(io.StringIO(to_csv(longer))))
    assert [row["id"] for row in rows] == [one.id for one in longer.sectors]
    first, one = rows[0], longer.sectors[0]
    assert float(first["score_change"]) == one.change
    assert [float(first[part]) for part in PARTS] == list(one.parts.values())


def test_the_command_prints_what_the_function_returns(runs, reweighted, tmp_path):
    old, new = map(str, runs[1:])
    out = tmp_path / "changes.md"
    done = CliRunner().invoke(app, ["changes", old, new, "-f", "json", "-o", str(out)])
    assert (done.exit_code, done.stdout) == (0, to_json(reweighted))
    assert out.read_text(encoding="utf-8") == to_markdown(reweighted)
    shown = CliRunner().invoke(app, ["changes", old, new])
    assert shown.exit_code == 0
    assert (
        "concentration's weight from 20 to 45 (20 % of all weights, now 36 %); all others weigh"
        in " ".join(shown.stdout.split())
    )


def unranked(record):
    gone = record["sectors"].pop(0)
    record["excluded"].append({**gone, "rank": None, "exclusion": "gate", "reason": "Too few."})


def test_entries_and_exits_have_their_reasons(copies):
    old, new = copies
    rewritten(old, "ranking.json", unranked)
    rewritten(new, "ranking.json", lambda record: record["sectors"].pop(1))
    rewritten(old, "ranking.json", lambda record: record["sectors"].pop(4))
    changes = compare_runs(old, new)
    by_status = {status: [one for one in changes.sectors if one.status == status]
                 for status in ("entered", "left")}  # fmt: skip
    reasons = {one.reason for one in by_status["entered"]}
    assert reasons == {"It wasn't ranked before: Too few.", "It is a new candidate."}
    assert [one.reason for one in by_status["left"]] == ["It is no candidate any more."]
    assert all(one.parts is None for status in by_status.values() for one in status)
    text = to_markdown(changes)
    assert "is newly ranked" in text
    assert "left the ranking" in text
    check(document(changes), "changes-1.schema.json")


def test_another_method_is_what_the_rest_leaves(copies):
    old, new = copies

    def scored_otherwise(record):
        record["sectors"][0]["score"] += 0.5

    rewritten(old, "ranking.json", scored_otherwise)
    record = json.loads((old / "ranking.json").read_text(encoding="utf-8"))
    code = record["sectors"][0]["id"]
    one = of(compare_runs(old, new), code)
    assert one.parts["method"] == pytest.approx(-0.5, abs=1e-9)
    assert sum(one.parts.values()) == pytest.approx(one.change, abs=1e-9)
    assert "from another version's method" in sentence(compare_runs(old, new), one)


@pytest.mark.parametrize("name", ["ranking.json", "config.yaml", "tables/employment.csv"])
def test_a_file_that_the_run_did_not_write_is_refused(copies, name):
    old, new = copies
    path = new / name
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InputError, match=rf"{name}: this isn't the file that the run wrote"):
        compare_runs(old, new)


def test_a_missing_or_added_table_is_refused(copies):
    old, new = copies
    (old / "tables" / "employment.csv").unlink()
    (old / "tables" / "growth.csv").write_text("region,industry\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        compare_runs(old, new)
    told = str(caught.value)
    assert "employment.csv: this file of the run is missing" in told
    assert "growth.csv: the run didn't write this file" in told


def test_a_ranking_that_is_none_is_refused(copies):
    old, new = copies
    rewritten(new, "ranking.json", lambda record: record["sectors"][0].update(rank="first"))
    with pytest.raises(InputError, match=r"this isn't a ranking .* sectors\.0\.rank"):
        compare_runs(old, new)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_that_links_out_of_the_run_is_refused(copies, tmp_path):
    old, new = copies
    outside = tmp_path / "outside.yaml"
    (new / "config.yaml").rename(outside)
    (new / "config.yaml").symlink_to(outside)
    with pytest.raises(InputError, match="is a link, which a run folder never has"):
        compare_runs(old, new)


def test_the_command_says_what_is_no_run_folder(runs, tmp_path):
    done = CliRunner().invoke(app, ["changes", str(tmp_path), str(runs[0])])
    assert done.exit_code == 1
    assert "is no run folder" in done.stderr
    same = CliRunner().invoke(app, ["changes", str(runs[0]), str(runs[0])])
    assert same.exit_code == 1
    assert "both are the same run folder" in same.stderr


def test_ordinals():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th"]
    )
