"""Print how fast sectorscan is, as ratios to what can't be avoided on the same machine.

Ratios travel between machines, seconds don't: nothing here passes or fails by them.

    make bench
    make bench BENCH_FLAGS="--write docs/benchmarks.md"
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

from child import Run, compare
from singlefile import FOLDER, NATION, REGION, YEAR, YEARS, file_name, singlefile

CLI = (str(Path(sys.executable).with_name("sectorscan")),)
MEMORY_AIM_MIB = 450
YEAR_BYTES = 600 << 20
CACHE = FOLDER / "cache"

READ_REGION = """
from pathlib import Path
from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand
tables = read_qcew(expand([Path({path!r})]), areas=frozenset({areas!r}), benchmark=({nation!r},),
                   ownership="private", period=None)
assert len(tables.employment) > 1000
"""
PANDAS_REGION = """
import pandas as pd
rows = pd.read_csv({path!r}, usecols={columns!r}, dtype={types!r})
rows = rows[rows["area_fips"].isin({areas!r}) & rows["own_code"].isin(["0", "5"])]
assert len(rows) > 1000
"""
READ_YEARS = """
from pathlib import Path
from sectorscan.sources.engines import Reading
from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand
tables = read_qcew(expand([Path(path) for path in {paths!r}]), areas=frozenset({areas!r}),
                   benchmark=({nation!r},), ownership="private", period={period!r},
                   reading=Reading(cache=Path({cache!r})))
assert tables.employment["year"].nunique() == {years}
"""
HASH = """
from pathlib import Path
from sectorscan.sources.qcew_cache import digests
from sectorscan.tables.files import expand
assert len(digests(expand([Path(path) for path in {paths!r}]))) == {years}
"""
KEPT = """
from pathlib import Path
from sectorscan.sources.qcew_cache import digests, kept
from sectorscan.tables.files import expand
files = expand([Path(path) for path in {paths!r}])
sha256 = digests(files)
print("\\n".join(str(kept(file, Path({cache!r}), sha256[file.path])[0]) for file in files))
"""
COUNTIES = """
from pathlib import Path
from sectorscan.indicators.national import county_structure
from sectorscan.sources.national import from_cache
found = county_structure(from_cache([Path(path) for path in {paths!r}]))
assert found.location_quotient.shape[0] > 3000
"""
BARE_COUNTIES = """
import polars as pl
rows = pl.scan_parquet({paths!r}).filter(
    (pl.col("own") == "5")
    & ((pl.col("industry").str.len_bytes() == 4) | (pl.col("industry") == "10"))
).select("area", "industry", "year", "employment")
nation = rows.filter(pl.col("area") == "US000").select("industry", "year", e_in="employment")
totals = rows.filter(pl.col("industry") == "10").select("area", "year", e_r="employment")
whole = nation.filter(pl.col("industry") == "10").select("year", e_n="e_in")
cells = (rows.filter((pl.col("area") != "US000") & (pl.col("industry") != "10"))
         .join(nation, on=["industry", "year"]).join(totals, on=["area", "year"])
         .join(whole, on="year"))
cells = cells.with_columns(lq=(pl.col("employment") / pl.col("e_r"))
                           / (pl.col("e_in") / pl.col("e_n"))).collect()
base, end = (cells.lazy().filter(pl.col("year") == year) for year in ({first}, {last}))
both = base.join(end, on=["area", "industry"], suffix="1").with_columns(
    national=pl.col("employment") * (pl.col("e_n1") / pl.col("e_n") - 1),
    mix=pl.col("employment") * (pl.col("e_in1") / pl.col("e_in") - pl.col("e_n1") / pl.col("e_n")),
    competitive=pl.col("employment1") - pl.col("employment") * pl.col("e_in1") / pl.col("e_in"),
).collect()
assert cells["area"].n_unique() > 3000 and len(both) > 100_000
"""
READ_NATION = """
from pathlib import Path
from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand
tables = read_qcew(expand([Path({path!r})]), areas=None, benchmark=({nation!r},),
                   ownership="private", period=({year}, {year}))
assert tables.employment["region"].nunique() > 3000
"""
POLARS_NATION = """
import polars as pl
rows = pl.scan_csv({path!r}, infer_schema=False).select({columns!r})
assert len(rows.filter(pl.col("own_code").is_in(["0", "5"])).collect()) > 3_000_000
"""
NEEDED = {
    "area_fips": "str",
    "own_code": "str",
    "industry_code": "str",
    "agglvl_code": "str",
    "year": "int64",
    "disclosure_code": "str",
    "annual_avg_estabs": "int64",
    "annual_avg_emplvl": "int64",
    "total_annual_wages": "int64",
}


class Line(NamedTuple):
    """One line of the table: what, against what, the aim in words."""

    what: str
    ours: Run
    against: str
    floor: Run
    aim: str
    faster_is: bool = False

    def ratio(self) -> str:
        """Return how many times the floor we take, or how many times faster we are."""
        if self.faster_is:
            return f"{self.floor.seconds / self.ours.seconds:.1f}x faster"
        return f"{self.ours.seconds / self.floor.seconds:.2f}x"


def help_line(runs: int) -> Line:
    """``--help`` against importing typer alone."""
    done = compare({"ours": (*CLI, "--help"), "floor": _python("import typer")}, runs)
    return Line("--help", done["ours"], "import typer", done["floor"], "3x at most")


def sample_line(runs: int) -> Line:
    """``rank`` of the embedded sample against importing what it can't do without."""
    floor = "import pandas, typer, pydantic, yaml, rich"
    done = compare({"ours": (*CLI, "rank"), "floor": _python(floor)}, runs)
    return Line("rank (sample)", done["ours"], floor, done["floor"], "1.5x at most")


def region_lines(runs: int) -> list[Line]:
    """Read a region out of a national file; the floor is pandas reading the needed columns."""
    path = str(singlefile())
    areas = [*REGION, NATION]
    ours = READ_REGION.format(path=path, areas=list(REGION), nation=NATION)
    floor = PANDAS_REGION.format(path=path, areas=areas, columns=list(NEEDED), types=NEEDED)
    region = ("--region", ",".join(REGION), "--benchmark", NATION, "--period", f"{YEAR}:{YEAR}")
    done = compare(
        {
            "ours": _python(ours),
            "whole": (*CLI, "rank", path, *region),
            "floor": _python(floor),
            "cat": ("sh", "-c", 'cat "$1" | wc -l', "sh", path),
        },
        runs,
    )
    against = "pandas read_csv(usecols)"
    aim = f"4x faster, under {MEMORY_AIM_MIB} MiB"
    return [
        Line("region of a singlefile", done["ours"], against, done["floor"], aim, faster_is=True),
        Line("the same", done["ours"], "cat FILE | wc -l", done["cat"], "-"),
        Line("the same, ranked", done["whole"], against, done["floor"], "-", faster_is=True),
    ]


def draw_lines(runs: int) -> list[Line]:
    """Ranks of 10,000 draws of weights, against numpy and peers; imports left out.

    A peer that isn't installed (``pip install -e ".[bench]"``) is left out, and that is said.
    """
    script = str(Path(__file__).with_name("draws.py"))
    floors = ["numpy"]
    for name, module in (("pysensmcda", "pysensmcda"), ("scikit-criteria", "skcriteria")):
        if find_spec(module) is None:
            print(f"{name} is left out: it isn't installed (pip install -e '.[bench]')")
        else:
            floors.append(name)
    taken: dict[str, list[float]] = {who: [] for who in ("ours", *floors)}
    for _ in range(runs):
        for who, times in taken.items():
            command = (sys.executable, script, who)
            done = subprocess.run(command, capture_output=True, check=True, text=True)
            times.append(float(done.stdout))
    spent = {who: Run(median(times), 0.0) for who, times in taken.items()}
    what = "10,000 draws x 300 sectors x 15 criteria"
    return [
        Line(what, spent["ours"], floor, spent[floor], aim, faster_is=floor != "numpy")
        for floor, aim in zip(floors, ("1.3x at most", "ahead", "ahead"), strict=False)
    ]


def memory_line(runs: int) -> Line:
    """Draws over 2,000 sectors with every figure withheld: the peak of memory, against imports."""
    script = Path(__file__).with_name("draws_memory.py")
    done = compare(
        {
            "ours": (sys.executable, str(script), "2000"),
            "floor": (sys.executable, str(script), "0"),
        },
        runs,
    )
    return Line(
        "draws of 2,000 sectors", done["ours"], "importing it", done["floor"], "under 300 MiB"
    )


def years_lines(runs: int) -> list[Line]:
    """Ten years: a region out of the Parquet cache, and every county's structure."""
    paths = [str(path) for path in ten_years()]
    named = {"paths": paths, "years": len(YEARS), "cache": str(CACHE)}
    made = subprocess.run(
        _python(KEPT.format(**named)), check=True, capture_output=True, text=True
    ).stdout.split("\n")
    kept = [line for line in made if line]
    region = {"areas": list(REGION), "nation": NATION, "period": (YEARS[0], YEARS[-1])}
    ends = {"first": YEARS[0], "last": YEARS[-1]}
    done = compare(
        {
            "region": _python(READ_YEARS.format(**named, **region)),
            "hash": _python(HASH.format(**named)),
            "counties": _python(COUNTIES.format(paths=kept)),
            "bare": _python(BARE_COUNTIES.format(paths=kept, **ends)),
        },
        runs,
    )
    what = "region, ten years, cached"
    counties = "LQ, shift-share of all counties"
    aim = "1.3x at most, under 1500 MiB"
    return [
        Line(what, done["region"], "SHA-256 of the sources", done["hash"], "-"),
        Line(counties, done["counties"], "bare Polars query", done["bare"], aim),
    ]


def nation_line(runs: int) -> Line:
    """Bounds and estimates for every area of one year."""
    path = str(singlefile())
    ours = READ_NATION.format(path=path, nation=NATION, year=YEAR)
    floor = POLARS_NATION.format(path=path, columns=list(NEEDED))
    done = compare({"ours": _python(ours), "floor": _python(floor)}, runs)
    aim = "under 20 s, under 2048 MiB"
    return Line("bounds for the nation", done["ours"], "Polars scan_csv", done["floor"], aim)


def ten_years() -> list[Path]:
    """Return the files of all years, made where they are absent: one at a time, so it resumes."""
    absent = [year for year in YEARS if not (FOLDER / file_name(year)).exists()]
    FOLDER.mkdir(parents=True, exist_ok=True)
    needed = (len(absent) + 1) * YEAR_BYTES
    if absent and shutil.disk_usage(FOLDER).free < needed:
        sys.exit(f"Ten years need {needed >> 30} GiB more in {FOLDER}.")
    return [singlefile(year=year) for year in YEARS]


def _python(code: str) -> Sequence[str]:
    return (sys.executable, "-c", code)


def _mib(run: Run) -> str:
    return f"{run.mib:.0f}" if run.mib else "-"


def as_table(lines: Sequence[Line]) -> str:
    """Return the results as a Markdown table, which reads well on a terminal too."""
    head = ("what", "seconds", "peak MiB", "against", "seconds", "peak MiB", "ratio", "aim")
    rows = [
        (
            line.what,
            f"{line.ours.seconds:.3f}",
            _mib(line.ours),
            line.against,
            f"{line.floor.seconds:.3f}",
            _mib(line.floor),
            line.ratio(),
            line.aim,
        )
        for line in lines
    ]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    cells = [head, tuple("-" * width for width in widths), *rows]
    return "\n".join(
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    )


GROUPS: dict[str, Callable[[int], list[Line]]] = {
    "help": lambda runs: [help_line(runs)],
    "sample": lambda runs: [sample_line(runs)],
    "region": region_lines,
    "years": years_lines,
    "nation": lambda runs: [nation_line(runs)],
    "draws": lambda runs: [*draw_lines(runs), memory_line(1)],
}


def main() -> None:
    """Measure, print, and write only where asked."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--runs", type=int, default=7, help="counted runs of each short command")
    options.add_argument("--bulk-runs", type=int, default=3, help="and of the national files'")
    options.add_argument("--only", choices=tuple(GROUPS), help="one of these")
    options.add_argument("--write", type=Path, help="write the table to this Markdown file too")
    chosen = options.parse_args()
    if not hasattr(os, "wait4"):
        sys.exit("Peak memory of a child can't be read on this system: run on Linux or macOS.")
    groups = [chosen.only] if chosen.only else list(GROUPS)
    lines: list[Line] = []
    for name in groups:
        short = name in ("help", "sample")
        lines += GROUPS[name](chosen.runs if short else chosen.bulk_runs)
    table = as_table(lines)
    print(table)
    if chosen.write is not None:
        chosen.write.write_text(page(table, chosen.runs, chosen.bulk_runs), encoding="utf-8")


def page(table: str, runs: int, bulk_runs: int) -> str:
    """Return the table with what one must know to read it."""
    return (
        '# Benchmarks\n\nMade by `make bench BENCH_FLAGS="--write docs/benchmarks.md"`. '
        f"Medians of {runs} runs ({bulk_runs} for the national file), whole processes, taking "
        "turns, compiled bytecode on, file cache warm. The national file is invented: 3.6 million "
        "rows in BLS's 38 columns.\n\n"
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}.\n\n"
        f"{table}\n"
    )


if __name__ == "__main__":
    main()
