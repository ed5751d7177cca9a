"""Shift-share in full: a region's change in jobs taken apart, by sector, for the rest, in total.

Four methods, each a list of parts whose sum is the change. A sector's ends come from the
machinery of all indicators (each uncertain quantity varied once); the ends of a total are the sums
of its lines' ends, an outer bound, but for what the region's own totals tell (jobs, their change,
the benchmark's growth).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np

from sectorscan.indicators import growth, missing
from sectorscan.indicators.arithmetic import FloatArray, as_given, difference
from sectorscan.indicators.evaluate import evaluated
from sectorscan.indicators.quantities import quantities
from sectorscan.indicators.rest import rest_of_the_region, whole_region, why_no_rest
from sectorscan.indicators.spec import DUNN, IndicatorSpec
from sectorscan.tables.model import Interval, Panel

SEARCHES = 16
"""Products of two rates have more dips than other formulas: with 3 searches 8 of 360 ends of random
panels were too narrow, with 8 searches 1, with 16 none."""

_NOISE = 1e-9
"""Two sums of the same jobs in another order differ by less."""

Kind = Literal["sector", "rest", "total"]

_ESTEBAN = "Esteban-Marquillas (1972), Regional and Urban Economics 2(3):249-255"
_ARCELUS = "Arcelus (1984), Growth and Change 15(1):3-8"
_BARFF = "Barff and Knight (1988), Growth and Change 19(2):1-10"


class Ends(NamedTuple):
    """One number with its ends, jobs; NaN where missing, infinite where not bounded."""

    low: float
    value: float
    high: float


class Method(NamedTuple):
    """A way to take the change apart: its name, what it answers, its source and its parts."""

    label: str
    answers: str
    reference: str
    parts: tuple[IndicatorSpec, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sector, the rest of the region, or the total: jobs of both years, and the parts.

    ``parts`` by id; where one can't be computed all are NaN, and ``reason`` says why.
    """

    kind: Kind
    id: str
    title: str
    base: Ends
    end: Ends
    change: Ends
    parts: Mapping[str, Ends]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decomposition:
    """One method's lines, sectors in the panel's order, then the rest (if any), then the total.

    ``covers_region``: the total is the region's own change; else ``why_not`` says what it lacks.
    """

    method: str
    lines: tuple[Line, ...]
    covers_region: bool
    why_not: str = ""

    @property
    def total(self) -> Line:
        """The last line."""
        return self.lines[-1]


def _part(
    name: str, label: str, kernel: Callable[..., FloatArray], takes: tuple[str, ...], source: str
) -> IndicatorSpec:
    return IndicatorSpec(name, label, "jobs", "", source, kernel, takes, kind="growth")


def _field(kernel: Callable[..., Sequence[FloatArray]], place: int) -> Callable[..., FloatArray]:
    """Return the kernel of one field of a kernel that gives several."""
    return lambda *cells: kernel(*cells)[place]


_NATIONAL = _part(
    "national_growth_effect",
    "Benchmark's growth",
    growth.national_growth_effect,
    ("e_ir0", "e_n1", "e_n0"),
    DUNN,
)
_MIX = _part(
    "industry_mix_effect",
    "Industry mix",
    growth.industry_mix_effect,
    ("e_ir0", "e_in1", "e_in0", "e_n1", "e_n0"),
    DUNN,
)
_LOCAL = _part(
    "competitive_effect",
    "Local performance",
    growth.competitive_effect,
    ("e_ir1", "e_ir0", "e_in1", "e_in0"),
    DUNN,
)
_OF_ESTEBAN = ("e_ir1", "e_ir0", "e_r0", "e_in1", "e_in0", "e_n0")
_OF_ARCELUS = ("e_ir1", "e_ir0", "e_r1", "e_r0", "e_in1", "e_in0", "e_n1", "e_n0")
_BY_YEAR = ("e_ir_by_year", "e_in_by_year", "e_n_by_year")
_ARCELUS_LABELS = (
    "Benchmark's growth, expected jobs",
    "Benchmark's growth, jobs beyond",
    "Industry mix, expected jobs",
    "Industry mix, jobs beyond",
    "Region's growth, expected jobs",
    "Region's growth, jobs beyond",
    "Region's industry mix, expected jobs",
    "Region's industry mix, jobs beyond",
)

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "classic": Method(
            "Classic shift-share",
            "How much of the change came with the benchmark's growth, how much with the industry, "
            "and how much is the region's own doing?",
            DUNN,
            (_NATIONAL, _MIX, _LOCAL),
        ),
        "esteban-marquillas": Method(
            "Esteban-Marquillas",
            "Is local performance good in itself, or only large because the sector is large here?",
            _ESTEBAN,
            (
                _NATIONAL,
                _MIX,
                *(
                    _part(name, label, _field(growth.esteban_marquillas, at), _OF_ESTEBAN, _ESTEBAN)
                    for at, name, label in (
                        (1, "homothetic_competitive_effect", "Local performance, size apart"),
                        (2, "allocation_effect", "Allocation"),
                    )
                ),
            ),
        ),
        "arcelus": Method(
            "Arcelus",
            "How much of local performance is the whole region's growth, and how much the "
            "sector's own?",
            _ARCELUS,
            tuple(
                _part(name, label, _field(growth.arcelus, at), _OF_ARCELUS, _ARCELUS)
                for at, (name, label) in enumerate(
                    zip(growth.Arcelus._fields, _ARCELUS_LABELS, strict=True)
                )
            ),
        ),
        "dynamic": Method(
            "Dynamic shift-share",
            "The classic parts year by year, summed: what if the mix and the growth rates changed "
            "on the way?",
            _BARFF,
            tuple(
                _part(spec.id, spec.label, _field(growth.dynamic_shift_share, at), _BY_YEAR, _BARFF)
                for at, spec in enumerate((_NATIONAL, _MIX, _LOCAL))
            ),
        ),
    }
)
"""Every method by the name that the command line takes."""

_JOBS = (
    _part("base", "Jobs, base year", as_given, ("e_ir0",), DUNN),
    _part("end", "Jobs, end year", as_given, ("e_ir1",), DUNN),
    _part("change", "Change", difference, ("e_ir1", "e_ir0"), DUNN),
)


def decompose(panel: Panel, method: str) -> Decomposition:
    """Return a panel's shift-share by one of ``METHODS``.

    Raises
    ------
    KeyError
        Where there is no such method.
    """
    parts = METHODS[method].parts
    sectors = _lines(panel, "sector", parts)
    counted = np.array([not line.reason for line in sectors], dtype=np.bool_)
    why_not = why_no_rest(panel) if len(panel.years) > 1 else "the period is one year"
    rest: tuple[Line, ...] = ()
    if not why_not and (others := rest_of_the_region(panel, counted)) is not None:
        if np.isnan(others.e_ir.value + others.e_in.value)[:, [0, -1]].any():
            why_not = "the sectors' jobs add up to more than those of all industries"
        else:
            rest = _lines(others, "rest", parts)
            why_not = rest[0].reason
    summed = [*(line for line in sectors if not line.reason), *rest]
    total = _total(panel, summed, parts, whole=not why_not)
    return Decomposition(method, (*sectors, *rest, total), not why_not, why_not)


def by_year(panel: Panel) -> tuple[tuple[int, int, tuple[Line, ...]], ...]:
    """Return the classic parts of each step between neighbouring years: (from, to, lines).

    Over consecutive years their sums are the dynamic method's parts.
    """
    steps = []
    for first, last in zip(panel.years[:-1], panel.years[1:], strict=True):
        marks = {"0": f" {first}", "1": f" {last}"}
        steps.append((first, last, _lines(panel, "sector", METHODS["classic"].parts, marks)))
    return tuple(steps)


def _lines(
    panel: Panel,
    kind: Kind,
    parts: Sequence[IndicatorSpec],
    marks: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Line, ...]:
    """Return a line a sector of the panel; ``marks`` put other years for base and end."""
    from_panel = quantities(panel)

    def of(spec: IndicatorSpec) -> Interval:
        takes = tuple(name[:-1] + marks.get(name[-1], name[-1]) for name in spec.takes)
        return evaluated(from_panel, spec.kernel, takes, SEARCHES)

    base, end, change = (of(spec) for spec in _JOBS)
    found = {spec.id: of(spec) for spec in parts}
    absent = np.any([np.isnan(x.value) for x in found.values()], axis=0)
    why: dict[int, str] = {}
    for spec in parts:
        gone = np.isnan(found[spec.id].value)
        for s, reason in missing.reasons(panel, from_panel, spec, gone).items():
            why.setdefault(s, reason)
    nothing = Ends(np.nan, np.nan, np.nan)
    return tuple(
        Line(
            kind,
            sector.id,
            sector.title or sector.id,
            _ends(base, s),
            _ends(end, s),
            _ends(change, s),
            {name: nothing if absent[s] else _ends(x, s) for name, x in found.items()},
            why.get(s, ""),
        )
        for s, sector in enumerate(panel.sectors)
    )


def _ends(interval: Interval, s: int) -> Ends:
    return Ends(float(interval.low[s]), float(interval.value[s]), float(interval.high[s]))


def _total(
    panel: Panel, lines: Sequence[Line], parts: Sequence[IndicatorSpec], *, whole: bool
) -> Line:
    """Return the sum of the lines; of the whole region what its own totals tell more exactly."""
    title = "All industries" if whole else "Sum of the sectors that could be computed"
    total = Line(
        "total",
        "10" if whole else "",
        title,
        _sum([line.base for line in lines]),
        _sum([line.end for line in lines]),
        _sum([line.change for line in lines]),
        {spec.id: _sum([line.parts[spec.id] for line in lines]) for spec in parts},
    )
    if not whole:
        return total
    known = [spec for spec in parts if spec.id == _NATIONAL.id]
    own = _lines(whole_region(panel), "total", known)[0]
    exact = {name: _within(total.parts[name], ends) for name, ends in own.parts.items()}
    return replace(
        total,
        base=_within(total.base, own.base),
        end=_within(total.end, own.end),
        change=_within(total.change, own.change),
        parts={**total.parts, **(exact if not own.reason else {})},
    )


def _within(summed: Ends, own: Ends) -> Ends:
    """Return a sum with the ends that the region's own figure tells; they differ by rounding."""
    if np.isclose(summed.value, own.value, rtol=_NOISE, atol=_NOISE):
        return own
    return Ends(min(summed.value, own.low), summed.value, max(summed.value, own.high))


def _sum(ends: Sequence[Ends]) -> Ends:
    """Return the sum end by end; of nothing, nothing is known."""
    if not ends:
        return Ends(np.nan, np.nan, np.nan)
    low, value, high = (float(np.sum(column)) for column in zip(*ends, strict=True))
    return Ends(low, value, high)
