"""A new project: what stands in it, what it asks, where it refuses, and the sample's scorecards."""

import json
import re
import shutil

import pytest
from tests.readiness.filling import Book
from typer.testing import CliRunner

from sectorscan.cli import init as module
from sectorscan.cli.app import app
from sectorscan.cli.new_folder import make
from sectorscan.cli.session import command_line
from sectorscan.config.loader import load_config
from sectorscan.errors import InputError
from sectorscan.refresh.run import CONFIG
from sectorscan.reports import view

CARDS = [f"scorecards/synthetic_rater_{letter}.xlsx" for letter in "abc"]
NEW = {"README.md", "inputs/README.md", "scorecards/README.md", "sectorscan.yaml"}
TABLE = "region,industry,year,employment\n" + "".join(
    f"{region},{code},{year},{jobs + year - 2020}\n"
    for year in (2020, 2023)
    for region, total in (("39049", 900), ("US000", 90_000))
    for code, jobs in (("10", total), ("722", total // 3), ("334", total // 3))
)


def bytes_in(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*")
            if p.is_file()}  # fmt: skip


def words_of(text):
    return " ".join(text.replace("│", " ").split())


def test_init_takes_options(run, tmp_path):
    code, _, err = run(
        "init", tmp_path / "p", "--region", "01001,39049", "--name", 'A "b": c', "--period",
        "2020:2023", "--benchmark", "39000", "--level", "4-digit", "--preset", "rural",
    )  # fmt: skip
    assert code == 0, err
    assert "put your figures into" in err
    config = load_config(tmp_path / "p" / "sectorscan.yaml").config
    assert config.region.areas == ("01001", "39049")
    assert (config.region.name, config.benchmark) == ('A "b": c', "39000")
    assert (config.period.years, config.sectors.level) == ((2020, 2023), "4-digit")
    assert config.criteria == load_config("rural").config.criteria


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--name", "X"), 2, "which areas?"),
        (("--preset", "rurul"), 2, "Did you mean 'rural'?"),
        (("--region", "1,,2"), 2, "commas between them"),
        (("--region", "39049", "--name", "a\nb"), 1, "name"),
    ],
)
def test_what_init_refuses_leaves_nothing(run, tmp_path, options, code, words):
    done, _, err = run("init", tmp_path / "p", *options)
    assert done == code
    assert words in words_of(err)
    assert not (tmp_path / "p").exists()


def test_init_asks_on_a_terminal(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_on_terminal", lambda: True)
    answers = [
        "franklin ohio",
        "nowhere at all",
        "39049",
        "Franklin",
        "",
        "2020-2023x",
        "2020:2023",
    ]
    answers += ["rurul", "rural"]
    result = CliRunner().invoke(app, ["init", str(tmp_path / "p")], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    for words in ("39049  Franklin County, Ohio", "Nothing found", "write two years", "no preset"):
        assert words in result.stderr
    config = load_config(tmp_path / "p" / "sectorscan.yaml").config
    assert (config.region.name, config.region.areas) == ("Franklin", ("39049",))
    assert (config.benchmark, config.period.years) == ("US000", (2020, 2023))
    result = CliRunner().invoke(app, ["init", str(tmp_path / "s")], input="\n")
    assert result.exit_code == 0
    assert load_config(tmp_path / "s" / "sectorscan.yaml").config.region.areas[0] == "98001"


@pytest.mark.parametrize("answers", ["", "39049\n", "39049\nFranklin\nUS000\n\n"])
def test_what_is_broken_off_writes_nothing_and_ends_as_interrupted(tmp_path, monkeypatch, answers):
    monkeypatch.setattr(module, "_on_terminal", lambda: True)
    result = CliRunner().invoke(app, ["init", str(tmp_path / "p")], input=answers)
    assert result.exit_code == 130
    assert "Broken off: nothing was written." in result.stderr
    assert not (tmp_path / "p").exists()


def test_answers_are_told_what_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_on_terminal", lambda: True)
    answers = ["39049; Bezirk 9", "Mühlenkreis \u201cOst\u201d\x07", "Mühlenkreis ñ", "nation",
               "", ""]  # fmt: skip
    result = CliRunner().invoke(app, ["init", str(tmp_path / "p")], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "39049  Franklin County, Ohio" in result.stderr
    for code in ("Bezirk 9", "nation"):
        assert f"{code}  no area of the Bureau of Labor Statistics" in result.stderr
    assert "without control characters" in result.stderr
    config = load_config(tmp_path / "p" / CONFIG).config
    assert (config.region.name, config.region.areas) == ("Mühlenkreis ñ", ("39049", "Bezirk 9"))


def test_the_sample_s_project_has_scorecards_and_the_same_bytes_again(run, made_once, tmp_path):
    assert set(bytes_in(made_once)) == NEW | {"scorecard.xlsx", *CARDS}
    code, out, err = run("init", tmp_path / "again")
    assert (code, out) == (0, "")
    assert "sectorscan plan -c" in err
    assert bytes_in(tmp_path / "again") == bytes_in(made_once)


def test_its_scorecards_show_all_that_ratings_can_say(run, made_once):
    code, out, _ = run("scorecard", "read", made_once / "scorecards", "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert found["synthetic"]
    assert found["as_of"] == "2024-10-14", "invented ratings don't grow old"
    assert all(rater.startswith("Synthetic") for rater in found["raters"])
    by_rank = {one["id"]: one for one in found["sectors"]}
    assert by_rank["541"]["blocked_by"] == ["champions"]
    assert by_rank["493"]["blocked_by"] == ["convener"]
    assert [one["id"] for one in found["sectors"] if one["stale_share"]] == ["621"]
    discussed = {q["id"] for s in found["sectors"] for q in s["questions"] if q["discuss"]}
    assert discussed == {"landscape"}
    for arguments in ((), ("-f", "markdown")):
        assert view.SYNTHETIC_BANNER in run("scorecard", "read", made_once / "scorecards",
                                            *arguments)[1].replace("\n", " ")  # fmt: skip


def test_its_plan_answers_what_a_board_asks(run, made_once):
    code, out, _ = run("plan", "-c", made_once / CONFIG, "--draws", 0, "-f", "json")
    assert code == 0
    plan = json.loads(out)
    assert plan["synthetic"]
    assert [one["question"] for one in plan["answers"]] == [
        "Which first?", "Why it?", "Who convenes?", "What next?",
        "What only needs a survey or a focus group for now?", "What not yet?",
    ]  # fmt: skip
    stages = {one["id"]: (one["stage"], one["year"]) for one in plan["sectors"]}
    assert [stages[one] for one in ("334", "333", "541", "493", "621")] == [
        ("launch", 1), ("launch", 2), ("prepare", 2), ("ask", None), ("prepare", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("options", [("--level", "4-digit"), ("--preset", "rural")])
def test_every_sample_project_has_something_to_launch(run, tmp_path, options):
    assert run("init", tmp_path / "p", *options)[0] == 0
    code, out, err = run("plan", "-c", tmp_path / "p" / CONFIG, "--draws", 0, "-f", "json")
    assert code == 0
    assert "of no sector in this ranking" not in err
    assert "launch" in {one["stage"] for one in json.loads(out)["sectors"]}


def real(project):
    """Put figures of a real county into a project that was made for the sample."""
    (project / "inputs" / "employment.csv").write_text(TABLE, encoding="utf-8")
    config = (project / CONFIG).read_text(encoding="utf-8").replace("base: 2018", "base: 2020")
    areas = '"98001", "98003", "98005", "98007", "98009", "98011"'
    assert areas in config
    settings = "robustness: {draws: 0}\ngates: []\noutputs: {files: ranking.csv}\n"
    text = config.replace(areas, '"39049"') + settings
    (project / CONFIG).write_text(text, encoding="utf-8")
    return project


def tiers(text):
    return {one["id"]: one["tier"] for one in json.loads(text)["sectors"]}


def test_beside_real_figures_the_sample_s_scorecards_are_left_out_and_that_is_said(
    run, sample_project
):
    project = real(sample_project)
    code, out, _ = run("rank", "-c", project / CONFIG, "-f", "json")
    assert code == 0
    ranking = json.loads(out)
    assert not ranking["synthetic"]
    assert set(tiers(out).values()) == {"economic case only"}
    (said,) = [one for one in ranking["cautions"] if "synthetic" in one]
    for name in CARDS:
        assert name.removeprefix("scorecards/") in said
    assert "sectorscan scorecard new -c DIR/sectorscan.yaml --out DIR/scorecard.xlsx" in said
    assert "synthetic_rater_a.xlsx" in run("check", "-c", project / CONFIG)[1]
    code, out, err = run("refresh", project, "--date", "2026-11-22")
    assert code == 0
    assert said in err
    assert run("reproduce", project / "runs" / "2026-11-22")[0] == 0


def test_one_s_own_scorecard_counts_beside_those_of_the_sample(run, sample_project):
    project = real(sample_project)
    code, _, err = run("scorecard", "new", "-c", project / CONFIG, "--out",
                       project / "scorecard.xlsx", "--sectors", "334")  # fmt: skip
    assert code == 0, err
    book = Book.open(project / "scorecard.xlsx").sign(1, "Chamber")
    for question in load_config().config.scorecard:
        book.answer("334", question, 1, 4)
    book.save(project / "scorecards" / "chamber.xlsx")
    code, out, _ = run("rank", "-c", project / CONFIG, "-f", "json")
    found = json.loads(out)
    assert {one["id"]: one["readiness"] and one["readiness"]["score"] for one in found["sectors"]
            } == {"334": 100, "722": None}  # fmt: skip
    assert any("synthetic_rater_a.xlsx" in one for one in found["cautions"])
    assert [one["path"] for one in found["inputs"] if one["kind"] == "scorecard"] == [
        "chamber.xlsx"
    ]


@pytest.mark.parametrize(
    "what",
    ["level", "a formula", "a row below", "evidence", "convener", "a sheet more", "no workbook"],
)
def test_a_blank_of_the_sample_that_holds_an_answer_is_kept(run, made_once, tmp_path, what):
    path = shutil.copy(made_once / "scorecard.xlsx", tmp_path / "scorecard.xlsx")
    book = Book.open(path)
    if what == "level":
        book.cell("334", "outlook", 2, "Your level").value = "unknown"
    elif what == "a formula":
        book.cell("334", "outlook", 2, "Your level").value = "=1+2"
    elif what == "a row below":
        book.cell("334", "outlook", 3, "Your level").offset(row=1).value = 3
    elif what == "evidence":
        book.cell("334", "outlook", 2, "Evidence").value = "Minutes"
    elif what == "convener":
        sheet = book.sheet("334")
        sheet.cell(book.row(sheet, "convener:1"), 5).value = "Chamber"
    else:
        book.book.create_sheet("Notes")["A1"] = "call the chamber"
    book.save()
    if what == "no workbook":
        path.write_bytes(b"mine")
    before = path.read_bytes()
    code, _, err = run("scorecard", "new", "--top", 2, "--out", path)
    assert code == 1
    assert "may hold people's answers" in err
    assert path.read_bytes() == before


def test_a_blank_of_the_sample_is_replaced_whichever_program_saved_it(run, made_once, tmp_path):
    path = Book.open(made_once / "scorecard.xlsx").save(tmp_path / "scorecard.xlsx")
    assert run("scorecard", "new", "--top", 2, "--out", path)[0] == 0
    assert len(Book.open(path).book.worksheets) == 3


def test_figures_that_lie_there_already_give_the_blank_scorecard_its_sectors(run, tmp_path):
    (tmp_path / "p" / "inputs").mkdir(parents=True)
    (tmp_path / "p" / "inputs" / "employment.csv").write_text(TABLE, encoding="utf-8")
    code, _, err = run("init", tmp_path / "p")
    assert code == 1
    assert "can't be the sample's project. Say which areas they are of: --region" in err
    assert run("init", tmp_path / "p", "--region", "39049")[0] == 0
    assert set(bytes_in(tmp_path / "p")) == NEW | {"scorecard.xlsx", "inputs/employment.csv"}
    book = Book.open(tmp_path / "p" / "scorecard.xlsx")
    assert len(book.book.worksheets) > 1
    assert not any(
        str(row[0].value) == "synthetic" for sheet in book.book for row in sheet.iter_rows()
    )


def test_figures_that_can_t_be_ranked_give_no_scorecard_but_a_project(run, tmp_path):
    (tmp_path / "p" / "inputs").mkdir(parents=True)
    (tmp_path / "p" / "inputs" / "employment.csv").write_text(
        "region,year\n1,2\n", encoding="utf-8"
    )
    code, _, err = run("init", tmp_path / "p", "--region", "39049")
    assert code == 0
    assert "note: no scorecard.xlsx yet, because the figures can't be ranked: employment.csv" in err
    assert "next: sectorscan check -c" in err
    assert (tmp_path / "p" / CONFIG).is_file()
    assert not (tmp_path / "p" / "scorecard.xlsx").exists()


def test_a_real_project_without_scorecards_yet_is_ranked_by_its_economic_case(run, tmp_path):
    assert run("init", tmp_path / "p", "--region", "39049", "--preset", "balanced")[0] == 0
    (tmp_path / "p" / "inputs" / "employment.csv").write_text(TABLE, encoding="utf-8")
    code, out, err = run("rank", "-c", tmp_path / "p" / CONFIG, "--draws", 0, "-f", "json")
    assert code == 0, err
    assert not any("corecard" in one for one in json.loads(out)["cautions"])
    code, _, err = run("rank", "-c", tmp_path / "p" / CONFIG, "--readiness",
                       tmp_path / "p" / "scorecards")  # fmt: skip
    assert code == 1
    assert "there is no scorecard in scorecards" in err


def test_the_sample_s_areas_are_told_apart_from_misspelt_ones(run, sample_project):
    (sample_project / "inputs" / "employment.csv").write_text(TABLE, encoding="utf-8")
    code, _, err = run("rank", "-c", sample_project / CONFIG)
    assert code == 1
    assert "98001 is in none of the inputs" in err
    assert "It is the synthetic sample's: write your own region's areas instead." in err


@pytest.mark.parametrize(
    "name", ["con", "Aux.txt", "nul.", "com1 ", "LPT9", "dots...", "a:b", 'it"s', "what?", "a\nb"]
)
def test_names_that_windows_has_not_are_refused(run, tmp_path, name):
    code, _, err = run("init", tmp_path / name)
    assert code == 1
    assert "no folder can be called" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "it's", "ünï 漢字", "new/and/deep", "v1.2", "-x"])
def test_any_other_name_will_do_and_is_told_as_it_is_typed(run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    code, _, err = run("init", "--region", "39049", "--", name)
    assert code == 0, err
    assert (tmp_path / name / CONFIG).is_file()
    then = command_line(["sectorscan", "refresh", "./-x" if name == "-x" else name])
    assert f"{then}\n" in err


def test_home_is_found_where_the_shell_says_nothing(run, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert run("init", "~/p", "--region", "39049")[0] == 0
    assert (tmp_path / "p" / CONFIG).is_file()


def test_a_folder_that_is_none_or_holds_a_project_is_told(run, tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    for place, words in ((tmp_path / "file", "is a file"), (tmp_path / "file" / "p", "be written")):
        code, _, err = run("init", place)
        assert code == 1
        assert words in err
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "scorecard.xlsx").write_bytes(b"answers")
    code, _, err = run("init", tmp_path / "full")
    assert code == 1
    assert "already has scorecard.xlsx; nothing was written" in err
    assert bytes_in(tmp_path / "full") == {"scorecard.xlsx": b"answers"}


def test_what_can_t_be_written_whole_leaves_nothing(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "notes.txt").write_bytes(b"mine")
    (tmp_path / "p" / "scorecards").write_bytes(b"a file")
    files = {"README.md": b"1", "inputs/README.md": b"2", "scorecards/README.md": b"3"}
    with pytest.raises(InputError, match="can't be written"):
        make(tmp_path / "p", files)
    assert bytes_in(tmp_path / "p") == {"notes.txt": b"mine", "scorecards": b"a file"}
    assert not (tmp_path / "p" / "inputs").exists()


def test_its_readme_names_commands_and_options_that_are_there(run, made_once):
    text = (made_once / "README.md").read_text(encoding="utf-8")
    called = re.findall(r"^    sectorscan ([a-z]+(?: (?:new|read))?)([^\n]*)", text, re.MULTILINE)
    assert {"fetch", "check", "scorecard new", "scorecard read", "refresh", "plan", "changes",
            "trend"} <= {name for name, _ in called}  # fmt: skip
    for name, rest in called:
        code, out, _ = run(*name.split(), "--help")
        assert code == 0
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest):
            assert option in out, f"{name} {option}"
