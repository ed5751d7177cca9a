"""Tables of figures that are used as given: location quotients, growth, own indicators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sectorscan.errors import Finding
from sectorscan.tables.blocks import Array, Block, stack, tell, without_repeats
from sectorscan.tables.oddities import growth_in_fractions
from sectorscan.tables.ownership import ALL
from sectorscan.tables.typed import Typed, text_column

AGREE_PP = 0.1
"""Two growth rates that differ by no more (percentage points a year) agree: they are rounded."""


def concentration(parts: Sequence[Typed], scope: str) -> tuple[Block | None, list[Finding]]:
    """Return region, industry, year, location_quotient of all tables that give quotients."""
    blocks = []
    for part in parts:
        if "concentration" in part.kinds:
            block = _keyed(part, ("region", "industry"), ("year",), ("location_quotient",))
            known = ~np.isnan(block["location_quotient"]) & ~part.flagged & _owned(part, scope)
            blocks.append(block.take(known))
    if not blocks:
        return None, []
    return without_repeats(
        stack(blocks), ("region", "industry", "year"), ("location_quotient",), "the quotient"
    )


def growth(
    parts: Sequence[Typed], scope: str, latest: int | None
) -> tuple[Block | None, list[Finding]]:
    """Return the growth rates, % a year, of all tables that give growth.

    Growth over the whole span is annualised by compounding, 100·((1 + g/100)^(1/T) − 1).
    ``latest`` is the last year of the employment tables: growth to it or before was observed.
    """
    blocks, findings = [], []
    for part in parts:
        if "growth" not in part.kinds:
            continue
        figures = ("growth_pct", "annual_growth_pct", "openings")
        block = _keyed(part, ("region", "industry"), ("base_year", "end_year"), figures)
        block.columns["basis"] = text_column(part, "basis")
        block = block.take(~part.flagged & _owned(part, scope))
        findings += growth_in_fractions(block)
        block, found = _annualised(block)
        findings += found
        findings += _with_basis(block, latest)
        blocks.append(block)
    if not blocks:
        return None, findings
    keys = ("region", "industry", "base_year", "end_year", "basis")
    block, found = without_repeats(
        stack(blocks), keys, ("annual_growth_pct", "openings"), "the growth"
    )
    return block, findings + found


def indicators(parts: Sequence[Typed]) -> tuple[Block | None, list[Finding]]:
    """Return the user's own indicators: value, low and high, exact where no bounds are given."""
    blocks, findings = [], []
    for part in parts:
        if "indicators" not in part.kinds:
            continue
        block = _keyed(part, ("region", "industry", "indicator"), (), ("value", "low", "high"))
        years = part.years.get("year", np.zeros(len(block), dtype=np.int64))
        block.columns["year"] = np.where(years == 0, np.nan, years.astype(np.float64))
        block.columns["unit"] = text_column(part, "unit")
        given = text_column(part, "source")
        block.columns["source"] = np.where(given == "", block["source"], given).astype(object)
        for end in ("low", "high"):
            block.columns[end] = np.where(np.isnan(block[end]), block["value"], block[end])
        findings += _outside(block)
        blocks.append(block.take(~np.isnan(block["value"])))
    if not blocks:
        return None, findings
    keys = ("region", "industry", "indicator", "year")
    block, found = without_repeats(stack(blocks), keys, ("value", "low", "high"), "the indicator")
    return block, findings + found


def _outside(block: Block) -> list[Finding]:
    value, low, high = block["value"], block["low"], block["high"]
    at = np.flatnonzero((value < low) | (value > high))
    return tell(
        block,
        at,
        lambda row: f"the value {value[row]:,g} lies outside {low[row]:,g} to {high[row]:,g}.",
        "Mend the value or its bounds.",
    )


def _annualised(block: Block) -> tuple[Block, list[Finding]]:
    span = (block["end_year"] - block["base_year"]).astype(np.float64)
    sound = span > 0
    findings = tell(
        block,
        np.flatnonzero(~sound & (block["base_year"] > 0) & (block["end_year"] > 0)),
        lambda row: (
            f"the growth ends in {block['end_year'][row]}, not after its base year "
            f"{block['base_year'][row]}."
        ),
        "Swap or mend the years.",
    )
    whole, annual = block["growth_pct"], block["annual_growth_pct"]
    # Out-of-range growth is a problem of its own, told where the cell was read.
    multiple = np.where(sound & (whole >= -100), 1 + whole / 100, np.nan)
    compounded = 100 * (multiple ** (1 / np.where(sound, span, 1.0)) - 1)
    apart = np.flatnonzero(np.abs(compounded - annual) > AGREE_PP)
    if len(apart):
        file, row = block.place(int(apart[0]))
        rows = "row gives" if len(apart) == 1 else "rows give"
        what = (
            f"{len(apart):,} {rows} growth over the span and a year that disagree, such as "
            f"{compounded[apart[0]]:.2f} and {annual[apart[0]]:.2f} % a year; the latter is used."
        )
        remedy = "Mend the one that is wrong."
        findings.append(Finding(what, remedy, file, row, severity="caution"))
    rate = np.where(np.isnan(annual), compounded, annual)
    block = Block({**block.columns, "annual_growth_pct": rate}, block.labels)
    return block.take(~np.isnan(rate)), findings


def _with_basis(block: Block, latest: int | None) -> list[Finding]:
    """Fill in where the table doesn't say whether growth was observed or projected."""
    silent = block["basis"] == ""
    past = block["end_year"] <= (latest if latest is not None else -1)
    block["basis"][silent] = np.where(past[silent], "observed", "projected")
    if not silent.any():
        return []
    if latest is None:
        what = "growth is taken as projected: the table doesn't say, and no jobs tell by year."
    else:
        what = f"growth up to {latest} is taken as observed, later growth as projected."
    remedy = "A column basis (observed, projected) says so itself."
    return [Finding(what, remedy, block.labels[0], severity="note")]


def _keyed(part: Typed, keys: Sequence[str], years: Sequence[str], figures: Sequence[str]) -> Block:
    count = len(part.rows)
    columns: dict[str, Array] = {name: text_column(part, name) for name in keys}
    columns.update({name: part.years[name] for name in years})
    for name in figures:
        numbers = part.numbers.get(name)
        columns[name] = np.full(count, np.nan) if numbers is None else numbers.value.copy()
    columns["source"] = np.full(count, part.source, dtype=object)
    columns["row"] = part.rows
    columns["file"] = np.zeros(count, dtype=np.int64)
    return Block(columns, (part.label,))


def _owned(part: Typed, scope: str) -> Array:
    """Return the rows of the ownership asked for; all where the table has none of it."""
    own = text_column(part, "ownership")
    mine = (own == "") | (own == scope)
    return np.asarray(mine if mine.any() else own != ALL, dtype=np.bool_)
