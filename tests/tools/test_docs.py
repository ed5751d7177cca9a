"""What the pages print is what the program does, generated pages are fresh, links lead on."""

import html
import re
import runpy
import shlex
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sectorscan.cli.app import app
from sectorscan.config.loader import load_config
from sectorscan.scan import scan
from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
GENERATED_EXAMPLES = "docs/commands.md"  # its folders are made up: tests/cli runs the commands
TOOLS = {
    "docs/config.md": "make_config_page.py",
    "docs/example.md": "make_example_page.py",
    "docs/column-names.md": "make_names_page.py",
}
FENCE = re.compile(
    r"(?:^[ ]*<!-- (?P<key>file|not run|exit|real files)(?:: (?P<word>.+?))? -->\n)?"
    r"^(?P<indent>[ ]*)```(?P<language>\w+)\n(?P<body>.*?)^[ ]*```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    key: str | None
    word: str
    language: str
    lines: tuple[str, ...]


def blocks(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        Block(
            found["key"],
            found["word"] or "",
            found["language"],
            tuple(line.removeprefix(found["indent"]) for line in found["body"].splitlines()),
        )
        for found in FENCE.finditer(text)
    ]


def called(line):
    """Return exit code, standard output and all output of one command line of a page."""
    line, _, target = line.partition(" > ")
    words = shlex.split(line, comments=True)
    if words[0] == "mkdir":
        Path(words[1]).mkdir()
        return 0, ""
    assert words[0] == "sectorscan", f"a page calls {words[0]!r}"
    arguments = [
        str(ROOT / word) if word.startswith(("data/", "configs/")) else word for word in words[1:]
    ]
    environment = {"COLUMNS": "100", "NO_COLOR": "1"}
    result = CliRunner().invoke(app, arguments, env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if target:
        Path(target.strip()).write_text(result.stdout, encoding="utf-8")
    return result.exit_code, result.output


def run_as_printed(page, monkeypatch, passed_over):
    """Run the commands of a page in this folder, and find each line that it prints."""
    for block in blocks(page):
        if block.key == "file":
            Path(block.word).parent.mkdir(parents=True, exist_ok=True)
            Path(block.word).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        if block.language != "console" or block.key in passed_over:
            continue
        code, output, line = 0, "", ""
        for printed in block.lines:
            if not printed.startswith("$ "):
                if printed.strip() not in ("", "..."):
                    assert printed.rstrip() in [seen.rstrip() for seen in output.splitlines()], line
                continue
            line = printed.removeprefix("$ ")
            if line.startswith("cd "):
                monkeypatch.chdir(Path.cwd() / line.removeprefix("cd ").strip())
                continue
            code, output = called(line)
            expected = int(block.word) if block.key == "exit" else 0
            assert code == expected, f"{page}: {line}\n{output}"


@pytest.mark.parametrize("page", [page for page in PAGES if page != GENERATED_EXAMPLES])
def test_commands_run_as_printed(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_as_printed(page, monkeypatch, ("not run", "real files"))


def test_the_walkthrough_runs_on_the_real_files(tmp_path, monkeypatch, shared):
    folder = tmp_path / "qcew"
    shutil.copytree(shared("data/qcew/columbus_oh_annual_2020_2023"), folder)
    shutil.copy(shared("data/qcew/us_annual_2024.csv"), folder)
    monkeypatch.chdir(tmp_path)
    run_as_printed("docs/walkthrough.md", monkeypatch, ("not run",))


def test_the_readme_opens_with_the_two_commands():
    first = blocks("README.md")[0]
    assert [line.split("#")[0].strip() for line in first.lines] == ["$ make demo", "$ make test"]


def test_every_console_block_has_a_command():
    for page in PAGES:
        for block in blocks(page):
            if block.language == "console":
                assert any(line.startswith("$ ") for line in block.lines), page


@pytest.mark.parametrize("page", sorted(TOOLS))
def test_generated_pages_are_fresh(page):
    made = runpy.run_path(str(ROOT / "tools" / TOOLS[page]))["page"]()
    assert (ROOT / page).read_text(encoding="utf-8") == made, "run: make docs"


def test_the_picture_shows_what_the_program_prints():
    tool = runpy.run_path(str(ROOT / "tools" / "make_picture_page.py"))
    svg = (ROOT / "docs" / "images" / "rank.svg").read_text(encoding="utf-8")
    assert tool["page"]() == tool["page"](), "the same result gives the same bytes"
    # Lines' places vary with rich's version, their words don't.
    drawn = "".join(html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    shown = "".join(line.plain for line in tool["lines"]())

    def packed(text):
        return re.sub(r"\s", "", text)

    assert packed(drawn).endswith(packed(shown)), "run: make docs"
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", ""), "nothing from the network"


def test_the_samples_are_fresh():
    tool = runpy.run_path(str(ROOT / "tools" / "make_samples_page.py"))
    made = tool["samples"]()
    assert {path.name for path in tool["FOLDER"].iterdir()} == set(made), "run: make docs"
    assert all(
        "http" not in svg.replace("http://www.w3.org/", "")
        for svg in (
            content.decode("utf-8") for name, content in made.items() if name.endswith(".svg")
        )
    )
    drawn_with = version("vl-convert-python").partition(".post")[0]
    if drawn_with != tool["DRAWN_WITH"]:
        pytest.skip(f"the samples were drawn with another vl-convert than {drawn_with}")
    for name, content in made.items():
        assert (tool["FOLDER"] / name).read_bytes() == content, f"{name}: run: make docs"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://")):
            assert ((ROOT / page).parent / target).exists(), target


def test_every_page_is_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in PAGES:
        if page not in ("README.md", "docs/index.md"):
            assert f"]({Path(page).name})" in index, page
    for note in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"](decisions/{note.name})" in index, note.name


@pytest.fixture(scope="module")
def by_hand():
    return runpy.run_path(str(ROOT / "tools" / "make_example_page.py"))


@pytest.fixture(scope="module")
def ranking():
    tables = sorted((ROOT / "data" / "samples").glob("*.csv"))
    return scan(tables, load_config(ROOT / "data" / "samples" / "sample.yaml")).ranking


def place(ranking, sector):
    return [one.id for one in ranking.indicators.sectors].index(sector)


def test_the_sector_by_hand_is_the_sector_of_the_program(by_hand, ranking):
    sector = by_hand["SECTOR"]
    at = place(ranking, sector)
    worked = {line.id: line for line in by_hand["lines"](by_hand["Tables"](), sector)}
    for column, criterion in enumerate(ranking.matrix.criteria):
        line = worked.pop(criterion.id)
        assert line.weight == pytest.approx(criterion.weight, rel=1e-12)
        assert line.value == pytest.approx(ranking.matrix.value[at, column], rel=1e-10)
        assert line.scaled == pytest.approx(ranking.scaled[at, column], rel=1e-10)
        assert line.points == pytest.approx(ranking.contribution[at, column], rel=1e-10)
    assert not worked
    score = sum(line.points for line in by_hand["lines"](by_hand["Tables"](), sector))
    assert score == pytest.approx(ranking.score[at], rel=1e-12)
    assert f"**{score:.4f}**" in (ROOT / "docs" / "example.md").read_text(encoding="utf-8")


def test_the_range_by_hand_is_the_range_of_the_program(by_hand, ranking):
    sector = by_hand["UNCERTAIN"]
    at = place(ranking, sector)
    for end, values, score in (
        ("employment_low", ranking.matrix.low, ranking.score_low),
        ("employment", ranking.matrix.value, ranking.score),
        ("employment_high", ranking.matrix.high, ranking.score_high),
    ):
        worked = by_hand["lines"](by_hand["Tables"](), sector, end)
        by_id = {line.id: line.value for line in worked}
        for column, criterion in enumerate(ranking.matrix.criteria):
            assert by_id[criterion.id] == pytest.approx(values[at, column], rel=1e-6, abs=1e-9)
        assert sum(line.points for line in worked) == pytest.approx(score[at], rel=1e-6)


def test_the_withheld_cells_by_hand_are_those_of_the_reader(by_hand):
    worked, county = by_hand["withheld"](), by_hand["COUNTY"]
    table = read_qcew(
        expand([by_hand["SLICE"]]),
        areas=frozenset({county}),
        benchmark=("US000",),
        ownership="private",
        period=(2023, 2023),
    ).employment
    rows = table[table["region"] == county].set_index("industry")
    assert len(worked.ends) == 4
    for code, (low, high) in worked.ends.items():
        row = rows.loc[code]
        assert row["employment_status"] == "estimated"
        assert row["employment_low"] == pytest.approx(low, abs=1e-9)
        assert row["employment_high"] == pytest.approx(high, abs=1e-9)
        assert row["employment"] == pytest.approx(worked.values[code], rel=1e-9)
