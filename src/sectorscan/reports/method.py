"""How the scores came about, in words: weights, scales, gates, formulas and settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sectorscan
from sectorscan.config.models import GateConfig, GateTest
from sectorscan.reports.text import REASON_MEANINGS, REASON_WORDS, plain
from sectorscan.reports.view import SCORE_RANGE_MEANING, label_of, scored_with
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.model import Criterion

_AGGREGATION = {
    "arithmetic": "arithmetic: the score is the sum of weight times scaled value",
    "geometric": "geometric: the score is exp(sum of weight times ln(1 + 0.99 times scaled "
    "value)), so that a zero on one criterion can't be fully bought back",
}
_MISSING = {
    "renormalise": "the weights of the known criteria are scaled up to 1",
    "neutral": "counts as 50",
    "worst": "counts as the scale's worst",
    "exclude": "leaves the sector unranked",
}
_DATA_SCALES = {
    "minmax": "0 for the least candidate, 100 for the greatest, straight between",
    "zscore": "normal distribution of the distance from the candidates' mean",
    "percentile": "share of candidates below, half of the equal ones counted",
    "rank": "share of the other candidates that are strictly worse",
}


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One criterion as the method lists it; ``weight`` is effective, a share of 1."""

    group: str
    label: str
    id: str
    weight: float
    scale: str


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """One indicator's definition."""

    id: str
    label: str
    unit: str
    formula: str
    reference: str


def weights(shortlist: Shortlist) -> tuple[WeightRow, ...]:
    """Return the criteria with their effective weights, in the config's order."""
    return tuple(
        WeightRow(
            plain(criterion.group).replace("_", " "),
            label_of(shortlist, criterion.id),
            plain(criterion.id),
            criterion.weight,
            scale_text(criterion),
        )
        for criterion in shortlist.ranking.matrix.criteria
    )


def scale_text(criterion: Criterion) -> str:
    """Return a scale in words: ``0.5 is 0, 1 is 50, 2 is 100; straight between``."""
    scale = criterion.scale
    if scale.method == "points":
        points = ", ".join(f"{x:g} is {y:g}" for x, y in scale.points or ())
        return f"{points}; straight between{' in log10' if scale.log else ''}, flat outside"
    turned = "; less is better" if criterion.direction == "min" else ""
    return f"{_DATA_SCALES[scale.method]}{turned}"


def gate_text(gate: GateConfig, name: Callable[[str], str] = plain) -> str:
    """Return a gate in words: ``employment below 200: not ranked``; ``name`` names indicators."""
    tests: list[GateTest] = list(gate.all_of or ())
    if gate.indicator is not None:
        tests.insert(0, GateTest(indicator=gate.indicator, below=gate.below, above=gate.above))
    effect = {
        "exclude": "not ranked",
        "hold": "ranked, but held back from launch",
        "caution": "a caution",
    }[gate.effect]
    return f"{' and '.join(_bound_text(test, name) for test in tests)}: {effect}"


def _bound_text(test: GateTest, name: Callable[[str], str]) -> str:
    bounds = [
        f"{word} {bound:g}"
        for word, bound in (("below", test.below), ("above", test.above))
        if bound is not None
    ]
    return f"{name(test.indicator)} {' or '.join(bounds)}"


def settings(shortlist: Shortlist) -> tuple[tuple[str, str], ...]:
    """Return the settings that decide the scores: label and text."""
    config = shortlist.config
    gates = "; ".join(gate_text(gate) for gate in config.gates)
    reasons = "; ".join(f"{REASON_WORDS[code]}: {REASON_MEANINGS[code]}" for code in REASON_WORDS)
    return (
        ("Aggregation", _AGGREGATION[config.aggregation]),
        ("A missing value", _MISSING[config.missing]),
        (
            "Least coverage",
            f"{100 * config.min_coverage:g} % of the weight must be known for a sector to be "
            "ranked",
        ),
        ("Gates", gates or "none"),
        ("Score range", SCORE_RANGE_MEANING),
        (
            "Location quotient",
            "a sector's share of the region's jobs over its share of the benchmark's; base: "
            f"{plain(shortlist.ranking.indicators.panel.lq_base)}",
        ),
        (
            "Withheld figures",
            "a withheld cell is never counted as zero: it is bounded by what its published "
            "neighbors leave for it, and estimated in between",
        ),
        ("Reason codes", reasons),
        ("Config", scored_with(shortlist)),
        ("Hash of the resolved settings", f"sha256 {shortlist.config_sha256}"),
        ("Made with", f"sectorscan {sectorscan.__version__}"),
    )


def formulas(shortlist: Shortlist) -> tuple[FormulaRow, ...]:
    """Return the definition of every indicator in the result; a user's own is used as given."""
    from sectorscan.indicators.registry import REGISTRY

    table = shortlist.ranking.indicators
    criteria = [c.id for c in shortlist.ranking.matrix.criteria if c.id not in table.ids]
    rows = []
    for indicator in (*table.ids, *criteria):
        spec = REGISTRY.get(indicator)
        rows.append(
            FormulaRow(plain(spec.id), spec.label, spec.unit, spec.formula, spec.reference)
            if spec is not None
            else _own_indicator(shortlist, indicator)
        )
    return tuple(rows)


def _own_indicator(shortlist: Shortlist, indicator: str) -> FormulaRow:
    table = shortlist.ranking.indicators
    place = table.ids.index(indicator) if indicator in table.ids else None
    unit = "" if place is None else plain(table.units[place])
    source = "" if place is None else plain(table.sources[place])
    return FormulaRow(
        plain(indicator), label_of(shortlist, indicator), unit, "as given", source or "not given"
    )
