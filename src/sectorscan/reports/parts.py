"""What a sector consists of, and what pays better: its parts, its neighbours, the mix inside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sectorscan.advice.pairing import Pairing, pairing
from sectorscan.indicators.arithmetic import ratio
from sectorscan.indicators.mix import Mix, mix_inside
from sectorscan.reports import view
from sectorscan.reports.json_text import Record, number
from sectorscan.reports.markdown import markdown_table
from sectorscan.reports.page import Column, Page
from sectorscan.reports.text import markdown_text
from sectorscan.reports.words import ESTIMATED, cell
from sectorscan.scan.model import Shortlist
from sectorscan.sources.scope import listed
from sectorscan.tables.model import Segment

MOST_PARTS = 15
MOST_NAMED = 8
BESIDE_MEANING = (
    "Outside the sector's own codes, in the same NAICS sector: the nearest industries here that "
    "pay more than the average."
)
MIX_MEANING = (
    "Growth is weighed by the parts' jobs of the base year, the location quotient and pay by those "
    "of the end year; competitive effects are added. The mix is the sum's figure minus the parts'."
)


def part_records(shortlist: Shortlist, candidate: view.Candidate) -> list[Record]:
    """Return a record for each part, with what it pays against the region's average."""
    pair = pairing(shortlist.ranking, candidate.index)
    return [_record(pair, part) for part in pair.parts]


def neighbour_records(shortlist: Shortlist, candidate: view.Candidate) -> list[Record]:
    """Return a record for each better-paid industry beside a low-paid sector."""
    pair = pairing(shortlist.ranking, candidate.index)
    return [_record(pair, part) for part in pair.neighbours]


def _record(pair: Pairing, part: Segment) -> Record:
    return {
        "id": part.id,
        "title": part.title or part.id,
        "employment": number(part.employment),
        "employment_low": number(part.employment_low),
        "employment_high": number(part.employment_high),
        "employment_base": number(part.employment_base),
        "establishments": number(part.establishments),
        "avg_annual_pay": number(part.pay),
        "avg_annual_pay_low": number(part.pay_low),
        "avg_annual_pay_high": number(part.pay_high),
        "pay_vs_region": number(float(ratio(part.pay, pair.average))),
        "above_region": pair.above(part),
        "status": part.status,
    }


def mix_records(shortlist: Shortlist, candidate: view.Candidate) -> list[Record]:
    """Return a record for each indicator whose mix inside the sector is known."""
    return [
        {
            "id": one.id,
            "unit": view.unit_of(shortlist, one.id),
            "of_sum": number(one.of_sum),
            "of_parts": number(one.of_parts),
            "mix": number(one.difference),
            "estimated": one.estimated,
        }
        for one in mix_inside(shortlist.ranking.indicators.panel, candidate.index)
    ]


def show_parts(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    """Print a sector's parts, those that pay above the region, its neighbours and its mix."""
    pair = pairing(shortlist.ranking, candidate.index)
    sector = shortlist.ranking.indicators.sectors[candidate.index]
    if sector.excluded:
        page.line()
        page.paragraph(f"NAICS {candidate.codes}; summed from {', '.join(sector.naics)}.")
    if pair.parts:
        page.heading("Its parts")
        _print_segments(pair, pair.parts[:MOST_PARTS], page)
        if len(pair.parts) > MOST_PARTS:
            page.paragraph(f"... and {len(pair.parts) - MOST_PARTS} smaller ones.")
        page.paragraph(_better(pair))
    if pair.neighbours:
        page.heading("Better paid beside it")
        _print_segments(pair, pair.neighbours, page)
        page.paragraph(BESIDE_MEANING, style="dim")
    mixes = mix_inside(shortlist.ranking.indicators.panel, candidate.index)
    if mixes:
        page.heading("Mix inside it")
        titles, rows = _mix_rows(shortlist, mixes)
        columns = [[row[c] for row in rows] for c in range(len(titles))]
        heads = zip(titles, columns, strict=True)
        page.table(
            [Column(title, cells, right=i > 0, flexible=i == 0, wraps=i == 0)
             for i, (title, cells) in enumerate(heads)]
        )  # fmt: skip
        page.paragraph(MIX_MEANING, style="dim")


def _print_segments(pair: Pairing, parts: Sequence[Segment], page: Page) -> None:
    page.table(
        [
            Column("Code", [part.id for part in parts], right=False),
            Column("Part", [part.title for part in parts], right=False, flexible=True, wraps=True),
            Column("Jobs", [_jobs(part) for part in parts]),
            Column("Between", [_between(part) for part in parts]),
            Column("Estabs.", [view.shown(part.establishments, "count") for part in parts]),
            Column("Pay\na year", [view.shown(part.pay, "USD/year") for part in parts]),
            Column("Against\naverage", [_against(pair, part) for part in parts]),
        ]
    )


def _against(pair: Pairing, part: Segment) -> str:
    """Return ``+ 18 % above``; a question mark where withheld figures leave the side open."""
    if not (math.isfinite(part.pay) and math.isfinite(pair.average)):
        return "–"
    text = cell(float(ratio(part.pay, pair.average)), "ratio-as-percent-above")
    mark = {True: "+ ", False: "", None: "? "}[pair.above(part)]
    return mark + text


def _better(pair: Pairing) -> str:
    """Return which parts pay above the average, and of which it isn't certain."""
    if not pair.known:
        return "What its parts pay against the average isn't known."
    average = cell(pair.average, "USD/year")
    sure = [part for part in pair.better if pair.above(part)]
    perhaps = [part for part in pair.better if not pair.above(part)]
    said = []
    if sure:
        said.append(f"Pay above the average of {average}: {_names(sure)}.")
    if perhaps:
        said.append(
            f"{'Probably above it' if sure else f'Probably above the average of {average}'}, but "
            f"withheld figures leave it open: {_names(perhaps)}."
        )
    return " ".join(said) or f"None of its parts with known pay is above the average of {average}."


def _names(parts: Sequence[Segment]) -> str:
    return listed([f"{part.title} ({part.id})" for part in parts], MOST_NAMED)


def _jobs(part: Segment) -> str:
    return (ESTIMATED if part.status == "estimated" else "") + view.shown(part.employment, "jobs")


def _between(part: Segment) -> str:
    if part.employment_low == part.employment_high or math.isnan(part.employment_low):
        return ""
    if math.isinf(part.employment_high):
        return f"{cell(part.employment_low, 'jobs')} or more"
    return f"{cell(part.employment_low, 'jobs')}-{cell(part.employment_high, 'jobs')}"


def _mix_rows(
    shortlist: Shortlist, mixes: Sequence[Mix]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    rows: list[tuple[str, ...]] = []
    for one in mixes:
        about = ESTIMATED if one.estimated else ""
        unit = view.unit_of(shortlist, one.id)
        gap = "pp" if unit.startswith("%") else unit
        rows.append(
            (
                view.label_of(shortlist, one.id),
                about + cell(one.of_sum, unit),
                about + cell(one.of_parts, unit),
                about + cell(one.difference, gap),
            )
        )
    return ("Indicator", "Of the sum", "Of the parts", "Mix"), rows


def part_tables(shortlist: Shortlist, candidate: view.Candidate) -> Iterator[str]:
    """Yield the same as Markdown."""
    pair = pairing(shortlist.ranking, candidate.index)
    if pair.parts:
        yield from ("## Its parts", "")
        yield from _segment_table(pair, pair.parts)
        yield from (markdown_text(_better(pair)), "")
    if pair.neighbours:
        yield from ("## Better paid beside it", "")
        yield from _segment_table(pair, pair.neighbours)
        yield from (BESIDE_MEANING, "")
    if mixes := mix_inside(shortlist.ranking.indicators.panel, candidate.index):
        yield from ("## Mix inside it", "")
        titles, rows = _mix_rows(shortlist, mixes)
        yield from markdown_table(titles, rows, {1, 2, 3})
        yield from (MIX_MEANING, "")


def _segment_table(pair: Pairing, parts: Sequence[Segment]) -> Iterator[str]:
    rows = [
        (
            f"{part.title or part.id} ({part.id})",
            view.shown(part.employment, "jobs"),
            view.shown(part.employment_low, "jobs"),
            view.shown(part.employment_high, "jobs"),
            view.shown(part.establishments, "count"),
            view.shown(part.pay, "USD/year"),
            _against(pair, part),
            part.status,
        )
        for part in parts
    ]
    titles = (
        *("Part", "Jobs", "Low", "High", "Establishments", "Average annual pay"),
        *("Against the average", "Status"),
    )
    yield from markdown_table(titles, rows, {1, 2, 3, 4, 5, 6})
