"""Jobs of analyst tables: bounds and statuses, ownership, and the wages put beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sectorscan.errors import Finding
from sectorscan.tables.blocks import Array, Block, keys_of, stack, tell, without_repeats
from sectorscan.tables.model import TOTAL_INDUSTRY
from sectorscan.tables.oddities import oddities
from sectorscan.tables.ownership import ALL, PARTS
from sectorscan.tables.typed import Typed, text_column
from sectorscan.tables.wages import KEY, WAGES, joined_wages, unmatched, with_wages

_JOBS = ("employment", "employment_low", "employment_high", "employment_status", "establishments")


def block_of(part: Typed) -> Block:
    """Return a sheet's rows of jobs and wages as one block; what it doesn't give is NaN."""
    count = len(part.rows)
    columns: dict[str, Array] = {
        "region": text_column(part, "region"),
        "industry": text_column(part, "industry"),
        "year": part.years["year"],
        "row": part.rows,
        "file": np.zeros(count, dtype=np.int64),
        "own": text_column(part, "ownership"),
        "industry_title": text_column(part, "industry_title"),
        "flagged": part.flagged,
        "source": np.full(count, part.source, dtype=object),
    }
    for name, column in (
        ("employment", "employment"),
        ("given_low", "employment_low"),
        ("given_high", "employment_high"),
        ("establishments", "establishments"),
        ("total", "total_wages"),
        ("total_low", "total_wages_low"),
        ("total_high", "total_wages_high"),
        ("pay", "avg_annual_pay"),
    ):
        numbers = part.numbers.get(column)
        columns[name] = np.full(count, np.nan) if numbers is None else numbers.value
        none = np.zeros(count, dtype=np.bool_)
        columns[f"{name}_hidden"] = none if numbers is None else numbers.withheld
        columns[f"{name}_below"] = np.full(count, np.inf) if numbers is None else numbers.below
    columns["has_wages"] = np.full(count, "wages" in part.kinds)
    return Block(columns, (part.label,))


def with_statuses(block: Block) -> tuple[Block, list[Finding]]:
    """Return the block with ``employment_low``, ``_high`` and ``_status``, and what contradicts.

    A flag or mark withholds; bounds beside a figure make it an estimate; bounds alone are an
    interval whose value isn't known.
    """
    value = block["employment"].copy()
    low, high = block["given_low"], block["given_high"]
    bounded = ~(np.isnan(low) & np.isnan(high))
    known = ~np.isnan(value)
    estimated = known & bounded & (low != high)
    flagged = block["flagged"] & ~(known & bounded)
    withheld = flagged | block["employment_hidden"] | (~known & bounded)
    findings = _contradictions(block, value, low, high)
    shown = np.flatnonzero(flagged & known & (value != 0))
    if len(shown):
        file, row = block.place(int(shown[0]))
        rows = "row is" if len(shown) == 1 else "rows are"
        what = f"{len(shown):,} {rows} flagged as withheld but give jobs; the figure is not used."
        remedy = "Take the flag away, or give employment_low and employment_high beside it."
        findings.append(Finding(what, remedy, file, row, severity="caution"))
    value[withheld] = np.nan
    below = np.where(block["employment_hidden"], block["employment_below"], np.inf)
    ends = {
        "employment_low": np.where(withheld, np.where(np.isnan(low), 0.0, low), value),
        "employment_high": np.where(withheld, np.where(np.isnan(high), below, high), value),
    }
    for name, end in (("employment_low", low), ("employment_high", high)):
        ends[name] = np.where(estimated & ~np.isnan(end), end, ends[name])
    status = np.where(np.isnan(value), "missing", "published").astype(object)
    status[estimated] = "estimated"
    status[withheld] = "withheld"
    columns = {**block.columns, **ends, "employment": value, "employment_status": status}
    return Block(columns, block.labels), findings


def _contradictions(block: Block, value: Array, low: Array, high: Array) -> list[Finding]:
    def bounds(at: int) -> str:
        return f"the jobs' bounds are the wrong way round: low {low[at]:,g}, high {high[at]:,g}."

    def outside(at: int) -> str:
        ends = f"{low[at]:,g} to {high[at]:,g}".replace("nan", "?")
        return f"employment {value[at]:,g} lies outside its own bounds, {ends}."

    swapped = low > high
    out = ~swapped & ((value < low) | (value > high))
    return [
        *tell(block, np.flatnonzero(swapped), bounds, "Swap the two."),
        *tell(block, np.flatnonzero(out), outside, "Mend the figure or its bounds."),
    ]


def in_scope(block: Block, scope: str) -> tuple[Block, list[Finding]]:
    """Return the rows of the ownership asked for; with ``all``, totals or the sums of all parts.

    Where a table has only federal, state, local and private rows, they are summed where all four
    are published; elsewhere the total is not known.
    """
    own = block["own"]
    if (own == "").all():
        return block, []
    mine = (own == "") | (own == scope)
    totals, findings = block.take(mine), []
    part = np.isin(own, PARTS)
    if scope == ALL and part.any():
        known = set(zip(*(totals[name].tolist() for name in KEY), strict=True))
        keys = zip(*(block[name].tolist() for name in KEY), strict=True)
        lacking = part & np.array([key not in known for key in keys], dtype=np.bool_)
        if lacking.any():
            summed, found = _sum_parts(block.take(lacking))
            totals, findings = stack([totals, summed]), found
    if not len(totals):
        there = ", ".join(sorted(set(own.tolist())))
        what = f"no row has the ownership asked for ({scope}); those there are {there}."
        remedy = "Give the rows of that ownership, or change ownership: in the config."
        findings.append(Finding(what, remedy, block.labels[0]))
    return totals, findings


def _sum_parts(block: Block) -> tuple[Block, list[Finding]]:
    block, findings = without_repeats(block, (*KEY, "own"), ("employment", "total"), "the figure")
    key = keys_of(block, KEY)
    first = np.unique(key, return_index=True)[1]
    published = block["employment_status"] == "published"
    complete = np.bincount(key, published) == len(PARTS)

    def total(name: str) -> Array:
        sums = np.bincount(key, np.nan_to_num(block[name]))
        every = np.bincount(key, ~np.isnan(block[name])) == len(PARTS)
        return np.where(complete & every, sums, np.nan)

    out = block.take(first)
    pay = np.where(np.isnan(block["total"]), block["pay"] * block["employment"], block["total"])
    block = Block({**block.columns, "total": np.where(block["flagged"], np.nan, pay)}, block.labels)
    jobs = total("employment")
    out.columns.update(
        employment=jobs,
        employment_low=jobs,
        employment_high=jobs,
        employment_status=np.where(complete, "published", "missing").astype(object),
        establishments=total("establishments"),
        total=total("total"),
        total_low=np.full(len(out), np.nan),
        total_high=np.full(len(out), np.nan),
        pay=np.full(len(out), np.nan),
        flagged=np.zeros(len(out), dtype=np.bool_),
        total_hidden=np.zeros(len(out), dtype=np.bool_),
        pay_hidden=np.zeros(len(out), dtype=np.bool_),
    )
    whole, broken = int(complete.sum()), int((~complete).sum())
    what = (
        f"there are no rows for all ownerships together; {whole:,} were summed from federal, "
        f"state, local and private, {broken:,} are not known: a part is absent or withheld."
    )
    remedy = "Give the rows of total covered employment (ownership 0)."
    return out, [*findings, Finding(what, remedy, block.labels[0], severity="caution")]


def covered(block: Block) -> dict[str, Array]:
    """Return region, year and jobs of all industries and all ownerships, where rows say so."""
    total = (block["own"] == ALL) & (block["industry"] == TOTAL_INDUSTRY)
    found = block.take(total & (block["employment_status"] == "published"))
    key = keys_of(found, ("region", "year"))
    first = np.unique(key, return_index=True)[1]
    return {name: found[name][first] for name in ("region", "year", "employment")}


def jobs_and_wages(
    parts: Sequence[Typed], scope: str
) -> tuple[Block | None, dict[str, Array] | None, list[Finding]]:
    """Return the rows of all tables of jobs and wages, the covered totals, and the findings."""
    findings: list[Finding] = []
    totals: list[Block] = []
    chosen: dict[bool, list[Block]] = {True: [], False: []}
    for part in parts:
        if not {"employment", "wages"} & set(part.kinds):
            continue
        block, found = with_statuses(block_of(part))
        findings += found
        totals.append(block)
        block, found = in_scope(block, scope)
        findings += found
        chosen["employment" in part.kinds].append(block)
    jobs, wages = (
        _once(stack(blocks), findings, figures) if blocks else None
        for blocks, figures in ((chosen[True], (*_JOBS, *WAGES)), (chosen[False], WAGES))
    )
    if jobs is None:
        if wages is not None:
            findings += unmatched(wages, np.ones(len(wages), dtype=np.bool_))
        return None, None, findings
    if wages is not None:
        jobs, found = joined_wages(jobs, wages)
        findings += found
    jobs = with_wages(jobs)
    return jobs, covered(stack(totals)), [*findings, *oddities(jobs)]


def _once(block: Block, findings: list[Finding], figures: Sequence[str]) -> Block:
    block, found = without_repeats(block, KEY, figures, "the figure")
    findings += found
    return block
