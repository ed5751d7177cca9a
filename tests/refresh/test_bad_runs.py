"""Run folders that are none, or that somebody touched: told by name, never a traceback."""

import csv
import hashlib
import io
import json
import os
import shutil

import pytest
from tests.refresh.rated import configure, put_figures, run
from tests.refresh.yearly import rewritten
from tests.running import run_program


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    project = tmp_path_factory.mktemp("bad") / "project"
    put_figures(project)
    configure(project, "")
    return [run(project, year) for year in (2025, 2026)]


@pytest.fixture
def runs(made, tmp_path):
    return [shutil.copytree(one, tmp_path / one.name) for one in made]


def put(folder, name, content):
    """Put other content into a file of a run, recorded as if the run had written it."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for one in manifest["files"]:
        if one["path"] == name:
            one |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def first_year(folder, text):
    path = folder / "tables" / "employment.csv"
    put(folder, "tables/employment.csv", path.read_bytes().replace(b",2014,", text, 1))


def listed(path):
    def change(folder):
        name = folder / "manifest.json"
        record = json.loads(name.read_text(encoding="utf-8"))
        record["files"].append({"path": path, "bytes": 1, "sha256": "0" * 64})
        name.write_text(json.dumps(record), encoding="utf-8")

    return change


def manifest(**values):
    def change(folder):
        name = folder / "manifest.json"
        record = json.loads(name.read_text(encoding="utf-8"))
        name.write_text(json.dumps(record | values), encoding="utf-8")

    return change


REFUSED = {
    "path up": (listed("../x"), "must be a path inside the folder"),
    "path down and up": (listed("tables/../ranking.json"), "must be a path inside the folder"),
    "path absolute": (listed("/etc/passwd"), "must be a path inside the folder"),
    "path of Windows": (listed("C:\\x"), "must be a path inside the folder"),
    "other schema": (manifest(schema="sectorscan/manifest/2"), "schema Input should be"),
    "deep manifest": (lambda f: (f / "manifest.json").write_bytes(b"[" * 10**5), "recursion"),
    "no text": (lambda f: (f / "manifest.json").write_bytes(b"\xff\xfe{"), "isn't a manifest"),
    "ranking of another schema": (
        lambda f: rewritten(f, "ranking.json", lambda r: r.update(schema="sectorscan/ranking/2")),
        "2025-11-01/ranking.json: this isn't a ranking that this version can read: schema",
    ),
    "deep ranking": (lambda f: put(f, "ranking.json", b"[" * 10**5), "ranking.json: this isn't a"),
    "endless score": (
        lambda f: put(f, "ranking.json", (f / "ranking.json").read_bytes().replace(
            b'"score": ', b'"score": 1e999, "was": ', 1)),
        "sectors.0.score: Input should be a finite number",
    ),
    "deep tables": (lambda f: put(f, "tables/tables.json", b"[" * 10**5),
                    "2025-11-01/tables.json: this isn't the file that the run wrote"),
    "year out of range": (lambda f: first_year(f, b",99999999999999999999,"),
                          "2025-11-01/employment.csv: this isn't the file"),
    "year in words": (lambda f: first_year(f, b",MMXIV,"), "employment.csv: this isn't the file"),
    "no header": (lambda f: put(f, "tables/employment.csv", b""), "this isn't the file"),
    "endless cell": (lambda f: put(f, "tables/employment.csv", b'"' + b"x" * 300_000),
                     "this isn't the file"),
    "config of another kind": (lambda f: put(f, "config.yaml", b"a: 1\n"),
                               "2025-11-01/config.yaml:1:1: a: is not a key here"),
    "config missing": (lambda f: (f / "config.yaml").unlink(), "this file of the run is missing"),
    "a folder for a file": (
        lambda f: ((f / "ranking.json").unlink(), (f / "ranking.json").mkdir()),
        "2025-11-01/ranking.json: this file of the run is missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_touched_run_is_refused_by_name(runs, name):
    touch, words = REFUSED[name]
    touch(runs[0])
    code, out, err = run_program("changes", *runs, "--format", "json")
    assert (code, out) == (1, "")
    assert words in err
    assert "2025-11-01" in err, "two runs have files of the same names"


def test_what_is_no_run_folder_is_told_what_it_is(runs, made, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "run"), "zip", runs[0])
    given = {
        runs[0] / "ranking.json": "'ranking.json' is a file, not the folder of a run.",
        archive: "a zip is to be unpacked first.",
        made[0].parents[1]: "'project' is a project, not one of its runs.",
        tmp_path / "nowhere": "'nowhere' is no run folder",
    }
    for place, words in given.items():
        code, _, err = run_program("changes", place, runs[1])
        assert code == 1
        assert words in err


def test_a_withheld_cell_of_no_tree_is_refused(runs):
    """A parent that isn't there would be found by index only in the midst of the sums."""
    header = "area,industry,year,parent," + ",".join(
        f"{kind}_{end}"
        for kind in ("jobs", "wages")
        for end in ("low", "high", "slack", "complete", "contradicted")
    )
    row = "0,0,2020,7," + ",".join(["0"] * 10)
    folder = runs[0]
    (folder / "tables" / "trees.csv").write_bytes(b"")
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record["files"].append({"path": "tables/trees.csv", "bytes": 0, "sha256": "0" * 64})
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    put(folder, "tables/trees.csv", f"{header}\n{row}\n".encode())
    rest = json.loads((folder / "tables" / "tables.json").read_text(encoding="utf-8"))
    rest["trees"] = {"areas": ["98001"], "industries": ["10"]}
    put(folder, "tables/tables.json", json.dumps(rest).encode())
    code, _, err = run_program("changes", *runs)
    assert code == 1
    assert "trees.csv: this isn't the file that the run wrote" in err


HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> [red]x[/red] \x1b[31m | `a` \u202e"


def test_hostile_titles_and_tiers_stay_text(runs):
    def change(record):
        for one in (*record["sectors"], *record["excluded"]):
            one["title"] = HOSTILE
        record["sectors"][0]["tier"] = "<b>launch</b>"
        record["sectors"][0]["readiness"] = {"score": 50, "questions": []}

    for one in runs:
        rewritten(one, "ranking.json", change)
    for output_format in ("table", "json", "csv", "markdown"):
        code, out, _ = run_program("changes", *runs, "--format", output_format)
        assert code == 0
        assert "\x1b" not in out
        assert "\u202e" not in out
        if output_format == "markdown":
            assert "<script>" not in out
            assert "<b>" not in out
        if output_format == "csv":
            cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
            assert any(cell.startswith("'=cmd") for cell in cells)
            assert not any(cell.startswith("=") for cell in cells)


def config(old, new):
    """Return what puts other text into a run's config, recorded as if the run had written it."""

    def change(folder):
        text = (folder / "config.yaml").read_text(encoding="utf-8")
        assert old in text
        put(folder, "config.yaml", text.replace(old, new, 1).encode())

    return change


LEADS_OUT = {
    "extends": config("version: 1", "version: 1\nextends: ../../secret.yaml"),
    "sectors.bundles": config("sectors:", "sectors: {bundles: ../../secret.yaml}\nwas:"),
    "inputs": config("version: 1", "version: 1\ninputs: [elsewhere]"),
    "readiness": config("version: 1", "version: 1\nreadiness: [scorecards/../../secret.yaml]"),
}


@pytest.mark.parametrize("key", LEADS_OUT)
def test_a_config_that_leads_out_of_the_run_is_refused_unread(runs, key):
    """The file that it names isn't YAML: its words would be told if it were read."""
    (runs[0].parent.parent / "secret.yaml").write_text("secret: [", encoding="utf-8")
    LEADS_OUT[key](runs[0])
    words = f"{key}: leads to another file, which the config of a run never does"
    for arguments in (("changes", *runs), ("reproduce", runs[0])):
        code, _, err = run_program(*arguments)
        assert code == 1
        assert words in err
        assert "secret.yaml:" not in err


def link_to(target):
    def change(path):
        path.symlink_to(target)

    return change


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows, which has no pipes")
@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("tables", link_to("/usr"), "tables: this is a link, which a run folder never has"),
        ("scorecards", link_to("/proc"), "scorecards: this is a link"),
        ("tables/more.csv", link_to("/dev/zero"), "tables/more.csv: this is a link"),
        ("tables/round", link_to(".."), "tables/round: this is a link"),
        ("tables/more.csv", getattr(os, "mkfifo", None), "more.csv: this is no ordinary file"),
        ("manifest.json", getattr(os, "mkfifo", None), "there is no manifest.json to read"),
        ("manifest.json", link_to("/dev/zero"), "there is no manifest.json to read"),
        ("ranking.json", getattr(os, "mkfifo", None), "ranking.json: this is no ordinary file"),
    ],
)
def test_what_is_no_ordinary_file_is_never_followed(runs, name, make, words):
    place = runs[0] / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    make(place)
    code, _, err = run_program("reproduce", runs[0])
    assert code == 1
    assert words in err
    if name != "scorecards":  # what changed is told without them
        assert run_program("changes", *runs)[0] == 1


def test_of_many_missing_files_the_first_are_named(runs):
    name = runs[1] / "manifest.json"
    record = json.loads(name.read_text(encoding="utf-8"))
    record["files"] += [{"path": f"tables/{n}.csv", "bytes": 1, "sha256": "0" * 64}
                        for n in range(1_234)]  # fmt: skip
    name.write_text(json.dumps(record), encoding="utf-8")
    code, _, err = run_program("changes", *runs)
    assert code == 1
    assert len(err.splitlines()) <= 22
    assert "1,214 more files of the run are like these." in err


def test_a_file_that_is_too_large_is_not_read(runs):
    with (runs[0] / "tables" / "more.csv").open("wb") as stream:
        stream.truncate(1 << 41)
    code, _, err = run_program("reproduce", runs[0])
    assert code == 1
    assert "tables/more.csv: this file is too large to be a run's" in err


@pytest.mark.parametrize(
    "values",
    [{"rank": 10**400}, {"score": 1.7e308}, {"id": "x" * 10_000}],
)
def test_numbers_and_names_beyond_any_region_are_refused(runs, values):
    rewritten(runs[0], "ranking.json", lambda record: record["sectors"][0].update(values))
    code, out, _ = run_program("trend", runs[0].parent)
    assert code == 0
    assert "The run 2025-11-01 is left out" in out
    assert run_program("changes", *runs)[0] == 1


def test_hostile_words_are_drawn_as_text(runs, tmp_path):
    """A control character would end the program that draws, and Python with it."""

    def change(record):
        for one in record["sectors"]:
            one |= {"title": HOSTILE + "y" * 10**6, "tier": HOSTILE}
            one["readiness"] = {"score": 50, "questions": []}

    for one in runs:
        rewritten(one, "ranking.json", change)
    manifest(benchmark=HOSTILE)(runs[0])
    drawn = [tmp_path / f"t{ending}" for ending in (".svg", ".html", ".md")]
    code, _, err = run_program(
        "trend", runs[0].parent, *(word for path in drawn for word in ("--out", path))
    )
    assert code == 0, err
    for path in drawn:
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "\x1b" not in text
