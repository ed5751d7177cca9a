"""What stands in a new project folder: its texts, and its scorecards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

CONFIG, INPUTS, SCORECARDS, BLANK = "sectorscan.yaml", "inputs", "scorecards", "scorecard.xlsx"
TEXTS = (CONFIG, "README.md", f"{INPUTS}/README.md", f"{SCORECARDS}/README.md")

README = """\
# A sector ranking, every year

Which sectors drive the region, which are ready for a partnership, and which to launch first. What
lies in this folder:

| file or folder | what it is |
|---|---|
| `sectorscan.yaml` | the region, the years, the weights: a text file, every line explained in it |
| `inputs` | your figures go here |
| `scorecard.xlsx` | the blank scorecard that you send to people who know the sectors (step 4) |
| `scorecards` | filled scorecards go here |
| `runs` | every year's results, a folder a run, each with the day's date |

## Before you begin

You type commands into a terminal, and you are in this folder when you do.

- Windows: open this folder in the Explorer, type `cmd` into the address bar, press Enter.
- Mac: right-click the folder in the Finder, then Services, New Terminal at Folder.
- Linux: right-click in the folder, Open in Terminal.

The commands are the same everywhere, `/` in a path works on Windows too, and a name with a space
stands in "quotes". `sectorscan --version` says whether the program is there, `sectorscan --help`
what it can do. To open a file from the terminal: `start FILE` on Windows, `open FILE` on a Mac,
`xdg-open FILE` on Linux. On Windows write the path of a file that you open with `\\`.
{sample}
## The steps of a year, in order

**1. Say which region it is.** Open `sectorscan.yaml` in a text editor (Windows:
`notepad sectorscan.yaml`) and set the lines `name`, `areas`, `benchmark` and `period`{once}. This
finds the codes of counties:

    sectorscan areas franklin ohio

**2. Put the figures into `inputs`**: your own tables (Excel or CSV: region, industry, year,
employment), or files of the Bureau of Labor Statistics (QCEW) as they come. Next year put the new
year's files beside the old ones, and set `period` to the new last year. Or let the program
download the QCEW files of your region, benchmark and years:

    sectorscan fetch -c sectorscan.yaml --to inputs

**3. Check them, then look at the ranking.** `error` stops the program and says what to mend, and
where; `caution` is what a reader of the result should know; `note` needs nothing from you.

    sectorscan check -c sectorscan.yaml
    sectorscan rank -c sectorscan.yaml

**4. Make the blank scorecard** for the sectors on the shortlist (`--top 8` for eight of them):

    sectorscan scorecard new -c sectorscan.yaml --out scorecard.xlsx

It replaces the blank one of the sample, and nothing that anybody has filled in: in a later year
give it another name, `--out scorecard-2027.xlsx`.

**5. Send it to the raters**: employers, the chamber, colleges, the workforce board. Each fills in
the yellow cells of a copy and sends it back; sheet *Start here* explains all of it.

**6. Collect the filled ones in `scorecards`**, each under a name of its own: `chamber.xlsx`,
`college.xlsx`.{delete}
This shows what they say, where raters differ, and what is missing:

    sectorscan scorecard read scorecards

**7. Make the year's run.** It writes a new folder in `runs` and names it: the workbook
`shortlist.xlsx`, the page `report.html` and more. `runs/latest` holds the name of the latest run.
From the second run on `changes.md` in it says what changed, and why.

    sectorscan refresh

**8. Plan**: which sector first, why it, who convenes, what next, what not yet. The run's workbook,
page and memo have it already, with ratings looked back on from the run's day. This writes it as a
text, by default from the day of the latest rating (`--as-of 2026-11-22` for another):

    sectorscan plan -c sectorscan.yaml --out plan.md

**9. In the years after**, the steps from 2 on again. Then also, with the names of two runs:

    sectorscan changes runs/2026-11-22 runs/2027-11-20
    sectorscan trend

## More

    sectorscan explain 332 -c sectorscan.yaml        one sector in full
    sectorscan compare 332 621 -c sectorscan.yaml    why one ranks above another
    sectorscan robustness -c sectorscan.yaml         how far the ranking can be trusted
    sectorscan shiftshare -c sectorscan.yaml         what changed in the region's jobs, and why
    sectorscan scope 332 -c sectorscan.yaml          in which counties a sector's jobs are
    sectorscan rank -c sectorscan.yaml --all-regions several regions at once (`regions:`)
    sectorscan reproduce runs/2026-11-22             an earlier run again, byte by byte

`refresh.log.jsonl` says which run was made when, and what went wrong if one failed.
"""

SAMPLE_README = """
## See it work first

As long as `inputs` holds no table, everything runs on a **synthetic sample**: an invented region of
six counties, and in `scorecards` three invented raters. Every result says so.

    sectorscan refresh
    sectorscan plan -c sectorscan.yaml

`refresh` names the folder in `runs` that it made: open its `shortlist.xlsx`. As soon as your own
table is in `inputs`, the invented ratings are left out, and that is said.
"""

IN_INPUTS = """\
Your tables go here: employment.csv (region, industry, year, employment) and, where you have
them, wages.csv, concentration.csv, growth.csv, indicators.csv; or QCEW files, annual or quarterly,
as the Bureau of Labor Statistics publishes them. Excel, Parquet and zip of CSV will do as well.
Industry projections, LEHD QWI and OEWS files may lie beside them.
"""

IN_SCORECARDS = """\
Filled scorecards go here, each under a name of its own. A blank one is made by:
sectorscan scorecard new -c sectorscan.yaml --out scorecard.xlsx
"""
SAMPLE_IN_SCORECARDS = """
Those whose names begin with synthetic are invented, as the sample's figures are. They are left out
once your own tables are in inputs; delete them then.
"""

NATION = ("US000",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project starts with; ``areas`` None is the synthetic sample's region and years."""

    areas: tuple[str, ...] | None = None
    name: str = "My region"
    benchmark: tuple[str, ...] = NATION
    period: tuple[int, int] | None = None
    level: str = "3-digit"
    preset: str = "balanced"


def texts(settings: Settings) -> dict[str, str]:
    """Return the new folder's text files: path to text."""
    from sectorscan.config.example import example_config

    sample = settings.areas is None
    if sample:
        config = example_config(level=settings.level, preset=settings.preset)
    else:
        config = example_config(**asdict(settings))
    readme = README.format(
        sample=SAMPLE_README if sample else "",
        once=", the sample's\nas yet" if sample else " where\nthey aren't right yet",
        delete=" Delete the three whose names begin with `synthetic`." if sample else "",
    )
    cards = IN_SCORECARDS + (SAMPLE_IN_SCORECARDS if sample else "")
    return dict(zip(TEXTS, (config, readme, IN_INPUTS, cards), strict=True))


def scorecards(folder: Path, settings: Settings, config: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the new folder's workbooks: a blank one for the shortlist; the sample's filled ones.

    Without tables in the project's inputs there is no shortlist yet, and no workbook.

    Raises
    ------
    SectorscanError
        Where the inputs can't be ranked.
    """
    from sectorscan.cli.scorecard import blank_of
    from sectorscan.config.inputs import inputs_and_config
    from sectorscan.reports.scorecard.blank import blank_scorecard
    from sectorscan.reports.scorecard.sample import sample_scorecards
    from sectorscan.scan import scan

    own = (folder / INPUTS,) if holds_inputs(folder) else ()
    if settings.areas is not None and not own:
        return
    paths, loaded, _ = inputs_and_config(own, config)
    shortlist = scan(paths, replace(loaded, readiness=()), draws=False)
    blank = blank_of(shortlist)
    yield BLANK, blank_scorecard(blank)
    if settings.areas is None:
        for name, content in sample_scorecards(blank).items():
            yield f"{SCORECARDS}/{name}", content


def holds_inputs(folder: Path) -> bool:
    """Return whether the folder has tables already."""
    from sectorscan.tables.files import holds_tables

    inputs = folder / INPUTS
    return inputs.is_dir() and holds_tables(inputs)
