"""``sectorscan robustness``: the examination of a ranking as text, Markdown, CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rich.console import Console

from sectorscan.reports import view
from sectorscan.reports.console import head
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.page import Page
from sectorscan.reports.robustness_assumptions import assumptions_record
from sectorscan.reports.robustness_sections import sections
from sectorscan.reports.robustness_together import together_record
from sectorscan.reports.robustness_ways import way_record
from sectorscan.reports.section import section_markdown, show_section
from sectorscan.reports.text import csv_text, markdown_text
from sectorscan.robustness.examination import Examination, Worth
from sectorscan.robustness.flips import Flip
from sectorscan.robustness.model import NUMBERS
from sectorscan.robustness.stability import Stability
from sectorscan.scan.model import Shortlist
from sectorscan.tables.model import FloatArray

SCHEMA = "sectorscan/robustness/1"
NOBODY = "No sector could be ranked, so there is nothing to trust or to change."
CSV_COLUMNS = (
    *("rank", "band", "id", "title", *NUMBERS),
    *("any_p_first", "any_p_top", "least_weight_change_to_first", "dominated_by"),
)


def show_robustness(shortlist: Shortlist, found: Examination | None, console: Console) -> None:
    """Print the examination on a terminal."""
    page = Page(console)
    head(shortlist, page)
    if found is None:
        page.heading(NOBODY)
        return
    for section in sections(shortlist, found):
        show_section(section, page)


def render_robustness(shortlist: Shortlist, found: Examination | None, output_format: str) -> str:
    """Return the examination as ``json``, ``csv`` (a row a sector) or ``markdown``."""
    if output_format == "json":
        return dump(document(shortlist, found))
    if output_format == "csv":
        return _csv(shortlist, found)
    return "\n".join(_markdown(shortlist, found))


def _markdown(shortlist: Shortlist, found: Examination | None) -> Iterator[str]:
    region = shortlist.ranking.indicators.panel.region_name
    yield from (f"# How far the ranking can be trusted: {markdown_text(region)}", "")
    if shortlist.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    if found is None:
        yield from (NOBODY, "")
        return
    for section in sections(shortlist, found):
        yield from section_markdown(section)


def _csv(shortlist: Shortlist, found: Examination | None) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for record in document(shortlist, found)["sectors"]:
        any_weights = record["any"] or {}
        flat = {
            **record,
            "any_p_first": any_weights.get("p_first"),
            "any_p_top": any_weights.get("p_top"),
        }
        cells = (flat[column] for column in CSV_COLUMNS)
        writer.writerow(csv_text(cell) if isinstance(cell, str) else cell for cell in cells)
    return text.getvalue()


def document(shortlist: Shortlist, found: Examination | None) -> Record:
    """Return the examination as plain dictionaries, lists, numbers, text and None."""
    panel, of = shortlist.ranking.indicators.panel, shortlist.config.robustness
    stabilities = found.stabilities if found else ()
    return {
        "schema": SCHEMA,
        "synthetic": shortlist.synthetic,
        "region": {"name": panel.region_name, "areas": list(panel.areas)},
        "draws": of.draws,
        "seed": of.seed,
        "weights_drawn": of.weights,
        "spread": number(of.spread),
        "top": shortlist.config.outputs.top,
        "sectors": _sectors(shortlist, found) if found else [],
        "weights": [_stability(one) for one in stabilities if one.kind == "criterion"],
        "groups": [_stability(one) for one in stabilities if one.kind == "group"],
        "worth_finding_out": [_worth(one) for one in found.worth] if found else [],
        "other_ways": [way_record(one) for one in found.ways] if found else [],
        "hygiene": _hygiene(found) if found else None,
        "assumptions": assumptions_record(found.assumptions) if found else None,
        "cautions": list(shortlist.cautions),
    }


def _sectors(shortlist: Shortlist, found: Examination) -> list[Record]:
    """Return the ranked sectors in order, then those that some draws may rank."""
    flips = {one.sector: one for one in found.flips}
    place = found.robustness.place if found.robustness else {}
    ids = [sector.id for sector in shortlist.ranking.indicators.sectors]
    candidates = [
        candidate
        for candidate in (*view.ranked(shortlist), *view.unranked(shortlist))
        if candidate.rank is not None or ids[candidate.index] in place
    ]
    records = []
    for candidate in candidates:
        sector = ids[candidate.index]
        at = place.get(sector)
        readings = {
            name: None
            if at is None
            else {
                "p_rank": _until_zero(one.p_rank[at]),
                "p_first": number(one.p_first[at]),
                "p_top": number(one.p_top[at]),
            }
            for name, one in found.readings.items()
        }
        whole = found.robustness
        records.append(
            {
                "id": sector,
                "title": candidate.title,
                "rank": candidate.rank,
                "band": view.band(shortlist, candidate) or None,
                **{name: readings.get(name) for name in ("near", "any")},
                **{name: one for name, one in readings.items() if name not in ("near", "any")},
                **{n: None if whole is None else number(whole.number(sector, n)) for n in NUMBERS},
                "beats_next": None if whole is None else number(whole.beats_next.get(sector)),
                **_flip(shortlist, flips.get(sector)),
                **_needed(found, sector),
                **together_record(shortlist, found, sector),
            }
        )
    return records


def _until_zero(p_rank: FloatArray) -> list[float | int | None]:
    """Return the shares of ranks 1, 2 ... up to the last that is taken at all."""
    last = int(p_rank.nonzero()[0].max(initial=-1))
    return [number(share) for share in p_rank[: last + 1]]


def _flip(shortlist: Shortlist, flip: Flip | None) -> Record:
    ids = [criterion.id for criterion in shortlist.ranking.matrix.criteria]
    weights = None if flip is None else flip.weights
    return {
        "least_weight_change_to_first": None if flip is None else number(flip.change),
        "least_weight_change_exact": None if flip is None else flip.exact,
        "weights_when_first": None
        if weights is None
        else {name: number(weight) for name, weight in zip(ids, weights, strict=True)},
        "dominated_by": None if flip is None else flip.dominated_by,
    }


def _needed(found: Examination, sector: str) -> Record:
    first, listed = found.needed.get(sector, ()), found.to_shortlist.get(sector, ())
    return {
        "value_needed_for_first": {one.criterion: number(one.value) for one in first},
        "value_needed_for_first_rescaled": {
            one.criterion: number(one.moving) for one in first if one.moves
        },
        "value_needed_for_shortlist": {one.criterion: number(one.value) for one in listed},
    }


def _stability(one: Stability) -> Record:
    return {
        "id": one.id,
        "weight": number(one.weight),
        "first_holds": [number(end) for end in one.first],
        "below": one.below,
        "above": one.above,
        "shortlist_holds": [number(end) for end in one.shortlist],
        "exact": one.exact,
    }


def _worth(one: Worth) -> Record:
    return {
        "id": one.sector,
        "figure": one.figure,
        "year": one.year,
        "low": number(one.low),
        "value": number(one.value),
        "high": number(one.high),
        "rank": one.rank or None,
        "rank_low": one.rank_low or None,
        "rank_high": one.rank_high or None,
        "joins": list(one.joins),
        "leaves": list(one.leaves),
        "first": list(one.first),
    }


def _hygiene(found: Examination) -> Record:
    return {
        "same": [
            {"ids": [pair.first, pair.second], "rank_correlation": number(pair.correlation)}
            for pair in found.hygiene.pairs
        ],
        "criteria": [
            {
                "id": one.criterion,
                "weight": number(one.weight),
                "influence": number(one.influence),
                "separates": one.separates,
            }
            for one in found.hygiene.influences
        ],
        "double_count": found.hygiene.double_count,
    }
