"""Wages of analyst tables: put beside the jobs, totals from pay times jobs."""

from __future__ import annotations

import numpy as np

from sectorscan.errors import Finding
from sectorscan.tables.blocks import Array, Block, keys_of, stack

KEY = ("region", "industry", "year")
WAGES = (
    *("total", "total_low", "total_high", "total_below"),
    *("pay", "total_hidden", "pay_hidden", "flagged"),
)
_SLACK_USD = 1.0
"""Wages, or pay, of two tables that differ by no more were rounded differently."""


def joined_wages(jobs: Block, wages: Block) -> tuple[Block, list[Finding]]:
    """Return the rows of jobs with the wages of other tables put beside them, by key."""
    key = keys_of(stack([_keys(jobs), _keys(wages)]), KEY)
    mine, theirs = key[: len(jobs)], key[len(jobs) :]
    order = np.argsort(mine)
    at = np.searchsorted(mine, theirs, sorter=order).clip(max=max(len(mine) - 1, 0))
    target = order[at] if len(mine) else at
    matched = mine[target] == theirs if len(mine) else np.zeros(len(theirs), dtype=np.bool_)
    findings = unmatched(wages, ~matched)
    target, wages = target[matched], wages.take(matched)
    findings += _disagreeing(jobs, target, wages)
    changed = {name: jobs[name].copy() for name in (*WAGES, "has_wages", "source")}
    columns = {**jobs.columns, **changed}
    own = ~np.isnan(columns["total"]) | ~np.isnan(columns["pay"]) | columns["total_hidden"]
    fill = ~own[target]
    for name in WAGES:
        columns[name][target[fill]] = wages[name][fill]
    columns["has_wages"][target[fill]] = True
    columns["source"][target[fill]] = _joined(
        columns["source"][target[fill]], wages["source"][fill]
    )
    return Block(columns, jobs.labels), findings


def _keys(block: Block) -> Block:
    return Block({name: block[name] for name in (*KEY, "row")}, block.labels)


def _joined(first: Array, second: Array) -> list[str]:
    """Return the sources of both, each once; rows are many, files few."""
    pairs = list(zip(first, second, strict=True))
    both = {
        (mine, theirs): mine if theirs in mine.split(" + ") else f"{mine} + {theirs}"
        for mine, theirs in dict.fromkeys(pairs)
    }
    return [both[pair] for pair in pairs]


def unmatched(wages: Block, lone: Array) -> list[Finding]:
    """Return a caution for each file with wages that have no jobs beside them."""
    findings = []
    for index, label in enumerate(wages.labels):
        count = int((lone & (wages["file"] == index)).sum())
        if count:
            rows = "row has" if count == 1 else "rows have"
            what = f"{count:,} {rows} wages for a region, industry and year without jobs; not used."
            remedy = "Give the jobs of these in the employment table."
            findings.append(Finding(what, remedy, label, severity="caution"))
    return findings


def _disagreeing(jobs: Block, target: Array, wages: Block) -> list[Finding]:
    findings = []
    for name in ("total", "pay"):
        apart = np.abs(jobs[name][target] - wages[name]) > _SLACK_USD
        for at in np.flatnonzero(apart)[:10].tolist():
            file, row = jobs.place(int(target[at]))
            what = (
                f"{'total wages' if name == 'total' else 'pay'} {wages[name][at]:,.0f} contradict "
                f"the {jobs[name][target[at]]:,.0f} of {file}, row {row}."
            )
            findings.append(Finding(what, "Delete one of the two.", *wages.place(at)))
    return findings


def with_wages(block: Block) -> Block:
    """Return the block with ``total_wages``, its ends and ``wages_status``.

    Given totals win, their own ends beside them; else they are pay times jobs, where the jobs of
    the row are known.
    """
    total, pay = block["total"], np.where(block["flagged"], np.nan, block["pay"])
    jobs_status = block["employment_status"]
    hidden_jobs = jobs_status == "withheld"
    given = ~np.isnan(total) & ~block["flagged"]
    paid = ~given & ~np.isnan(pay) & ~block["total_hidden"]
    silent = ~given & ~paid & block["has_wages"]
    own_low, own_high = block["total_low"], block["total_high"]
    bounded = ~(np.isnan(own_low) & np.isnan(own_high))
    withheld = silent & (block["flagged"] | block["total_hidden"] | block["pay_hidden"])
    # A blank beside withheld jobs is withheld with them.
    withheld |= silent & (hidden_jobs | bounded) | paid & hidden_jobs
    value = np.where(given, total, np.where(paid, pay * block["employment"], np.nan))
    ends = {}
    for name, unknown, own in (("low", 0.0, own_low), ("high", block["total_below"], own_high)):
        jobs = block[f"employment_{name}"]
        # No pay times boundless jobs is nothing, not an undefined product.
        product = np.where(pay == 0, 0.0, pay * np.where(pay == 0, 0.0, jobs))
        bound = np.where(paid, product, np.where(withheld, unknown, np.nan))
        bound = np.where(given, total, bound)
        used = (given | withheld) & ~np.isnan(own)
        ends[f"total_wages_{name}"] = np.where(used, own, bound)
    status = np.full(len(block), "missing", dtype=object)
    status[paid & (jobs_status == "published")] = "derived"
    status[paid & (jobs_status == "estimated")] = "estimated"
    status[given] = "published"
    status[given & bounded & (own_low != own_high)] = "estimated"
    status[withheld] = "withheld"
    return Block(
        {**block.columns, **ends, "total_wages": value, "wages_status": status}, block.labels
    )
