"""The frozen objects that hold regional data between the stages.

``RegionalTables`` are the tables as given (many areas, intervals for what is withheld);
a ``Panel`` is one region beside its benchmark, as arrays ready for the indicator kernels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.errors import Finding
from sectorscan.tables.frames import FRAMES
from sectorscan.tables.trees import Trees

FloatArray = npt.NDArray[np.float64]

TOTAL_INDUSTRY = "10"
"""The code of *all industries* in every table, as QCEW has it."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """Provenance of one input: its file name (never its folder), kind, hash and row count."""

    path: str
    kind: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Sector:
    """A candidate: one industry or a named bundle of NAICS codes.

    ``naics`` are the codes whose cells are summed; ``areas`` is the bundle's own list of areas,
    ``None`` means the whole region. ``written`` are a bundle's codes as somebody wrote them
    (``311-316``), ``excluded`` those that are taken out of them.
    """

    id: str
    title: str
    naics: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    written: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes as a reader is shown them, without what is excluded."""
        return self.written or self.naics


@dataclass(frozen=True, slots=True)
class RegionalTables:
    """The tables as given: many areas, not yet summed into a region.

    ``employment`` has the columns ``frames.EMPLOYMENT_COLUMNS``, one row an area x industry x year,
    in one ownership scope. ``region`` and ``industry`` are text (totals are industry ``"10"``,
    ranges stay ``"31-33"``), ``year`` int. ``employment`` (jobs), ``total_wages`` (USD a year) and
    their bounds are float; NaN is missing. Statuses:

    - ``published``: value = low = high;
    - ``derived``: computed from published figures (over-the-year columns), value = low = high;
    - ``estimated``: withheld, and already bounded and estimated from the area's own tree;
    - ``withheld``: withheld, value NaN, low/high what is known of it (0, inf when nothing is);
    - ``missing``: not given at all, value, low and high NaN.

    ``covered_totals`` has region, year, employment: all industries, all ownerships (the base of
    BLS's own location quotients); empty where not known. ``concentration`` has region, industry,
    year, location_quotient, source; ``growth`` has region, industry, base_year, end_year,
    annual_growth_pct, basis (observed, projected), openings, source; ``indicators`` has region,
    industry, indicator, year, value, low, high, unit, source (region may be blank: the only one).
    ``rates`` has what is a ratio of sums over areas and industries (see ``sources/rates.py``):
    ``numerator`` with its ``low`` and ``high`` over ``denominator`` (NaN: withheld), for an
    ``industry`` of one or more codes (``"315, 316"``) from ``base_year`` to ``end_year``.
    ``area_titles`` maps area codes to names where the files give them.
    ``trees`` hold what ties an area's withheld figures together, where some are withheld.
    ``public`` says that an area's absent row means no establishments (QCEW), not an unknown.
    ``synthetic`` labels the embedded sample wherever it shows.
    ``quarter`` (1 to 4): the figures of each year are that quarter's, wages at an annual rate;
    ``None``: whole years.
    """

    employment: pd.DataFrame
    covered_totals: pd.DataFrame
    concentration: pd.DataFrame
    growth: pd.DataFrame
    indicators: pd.DataFrame
    inputs: tuple[InputFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    area_titles: dict[str, str] = field(default_factory=dict)
    ownership: str | None = None
    trees: Trees | None = None
    public: bool = False
    synthetic: bool = False
    quarter: int | None = None
    rates: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=FRAMES["rates"]))


@dataclass(frozen=True, slots=True)
class Interval:
    """An array of quantities, each ``low <= value <= high``.

    NaN in ``value`` is missing (then the ends are NaN too); ``inf`` in ``high`` is not known.
    """

    low: FloatArray
    value: FloatArray
    high: FloatArray

    @classmethod
    def exact(cls, value: FloatArray) -> Interval:
        """Return the interval whose ends are the value itself."""
        return cls(value, value, value)

    @property
    def uncertain(self) -> npt.NDArray[np.bool_]:
        """True where the ends differ."""
        return np.asarray(~np.isnan(self.value) & (self.low != self.high), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sector: an industry one level down, or a code of a bundle, in the end year.

    ``employment`` in jobs with its ends, ``pay`` in USD a year with its outer ends; ``_base`` is
    the base year's, ``_in`` the benchmark's. NaN is not known, or not comparable.
    """

    id: str
    title: str
    employment: float
    employment_low: float
    employment_high: float
    establishments: float
    pay: float
    status: str
    pay_low: float = np.nan
    pay_high: float = np.nan
    employment_base: float = np.nan
    employment_in: float = np.nan
    employment_in_base: float = np.nan
    pay_in: float = np.nan


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be summed into one region: plain values, taken from the config by the caller.

    ``areas`` are the region's codes (``None``: the tables' only region that isn't the benchmark);
    ``benchmark`` codes (``None``: US000 or US where present), ``("all",)`` for every area given.
    ``level`` "sector", "3-digit" ... (``None``: 3-digit, else what the tables have) or, where
    ``bundles`` is given, those sectors. ``period`` (base, end), ``None``: the widest possible.
    ``quarter`` (1 to 4) of each year is compared, of quarterly QCEW files; ``None``: whole years
    where they are there, else the quarter that serves best.
    ``all_areas_needed`` False: an area that no file has is no error of the files' (many regions).
    """

    name: str | None = None
    areas: tuple[str, ...] | None = None
    benchmark: tuple[str, ...] | None = None
    ownership: str = "private"
    lq_base: str = "same-ownership"
    period: tuple[int, int] | None = None
    level: str | None = None
    bundles: tuple[Sector, ...] | None = None
    quarter: int | None = None
    all_areas_needed: bool = True
    thresholds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """One region beside its benchmark: S sectors x Y years, jobs and USD a year.

    ``years`` are all years of the period, ``years[0]`` = base, ``years[-1]`` = end (equal when the
    period is one year). Shapes: (S, Y) for ``e_ir w_ir e_in w_in n_ir``; (S, Y) too for
    ``e_r w_r`` (a bundle with its own areas has its own total); (1, Y) for ``e_region`` (the whole
    region: the base of shares, totals and the region's pay and growth), ``w_region``, ``n_region``,
    ``e_n`` and ``w_n``. ``e_r_lq`` (S, Y) and ``e_n_lq`` (1, Y) are the denominators of the
    location quotient in the chosen base (the same arrays as ``e_r`` and ``e_n`` for
    ``same-ownership``).

    ``n_r`` and ``n_in`` (S, Y) and ``n_n`` (1, Y) are establishments of all industries in the
    sector's areas, of the sector in the benchmark, of all industries there; None: not known.

    ``total_is_sum``: e_r was summed from industries, so it moves with e_ir when e_ir is uncertain.
    ``benchmark_contains_region``: e_in and e_n are sums that hold the region's own cells.
    ``part_of_benchmark``: the region lies in the benchmark, whether its cells are known there or
    not (a county in a published nation).
    ``e_status`` and ``w_status`` (S, Y) hold published/derived/estimated/missing for the region's
    cells; ``e_in_status`` (S, Y) those of the benchmark's. ``withheld_areas`` (S,) counts the
    region's areas whose end-year jobs are withheld, ``areas_with_rows`` (S,) those that have the
    industry at all. ``segments`` (S,) lists each sector's parts; ``neighbours`` (S,) what pays more
    than the region beside a low-paid sector, in its NAICS sector, where none of its parts does.
    ``mean_interval_width_pct`` and ``_jobs`` are those of the candidates' withheld cells (see
    ``sources/uncertainty.py``). ``sources`` maps "employment", "wages", "establishments",
    "benchmark" to the files behind them. ``rates`` has the figures of other public sources by
    indicator, ``thresholds`` the user's own. ``quarter`` as in ``RegionalTables``: the figures of
    each year are that quarter's.
    """

    sectors: tuple[Sector, ...]
    years: tuple[int, ...]
    region_name: str
    areas: tuple[str, ...]
    benchmark: str
    ownership: str
    lq_base: str
    e_ir: Interval
    w_ir: Interval
    n_ir: FloatArray
    e_r: Interval
    w_r: Interval
    e_in: Interval
    w_in: Interval
    e_n: Interval
    w_n: Interval
    e_region: Interval
    w_region: Interval
    e_r_lq: Interval
    e_n_lq: Interval
    e_status: npt.NDArray[np.str_]
    w_status: npt.NDArray[np.str_]
    e_in_status: npt.NDArray[np.str_]
    withheld_areas: npt.NDArray[np.int64]
    areas_with_rows: npt.NDArray[np.int64]
    total_is_sum: bool
    benchmark_contains_region: bool
    estimated_share: float | None
    sources: dict[str, str]
    given: GivenFigures
    n_region: FloatArray | None = None
    n_r: FloatArray | None = None
    n_in: FloatArray | None = None
    n_n: FloatArray | None = None
    part_of_benchmark: bool = False
    segments: tuple[tuple[Segment, ...], ...] = ()
    neighbours: tuple[tuple[Segment, ...], ...] = ()
    synthetic: bool = False
    cautions: tuple[str, ...] = ()
    quarter: int | None = None
    mean_interval_width_pct: float | None = None
    mean_interval_width_jobs: float | None = None
    rates: Mapping[str, Rate] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @property
    def base(self) -> int | None:
        """The period's first year, None where only ready-made indicators were given."""
        return self.years[0] if self.years else None

    @property
    def end(self) -> int | None:
        """The period's last year, None where only ready-made indicators were given."""
        return self.years[-1] if self.years else None


@dataclass(frozen=True, slots=True)
class GivenFigures:
    """Figures that the user's tables give ready-made for the region's sectors.

    ``values[indicator]`` is an ``Interval`` of shape (S,); ``sources`` names each one's file and
    ``units`` its unit. Registry ids (``location_quotient``, ``projected_growth_pct`` ...) and the
    user's own names share the dictionary. ``region[indicator]`` is the figure of all industries
    (needed by ``projected_growth_vs_region_pp``), NaN where not given.
    """

    values: dict[str, Interval] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    region: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rate:
    """An indicator taken from another public source, for S sectors.

    ``interval`` (S,) and ``all_industries`` (1,) are in the indicator's unit and come from the same
    area of the same tables. ``status`` (S,) is derived, estimated or missing, ``missing`` says why.
    ``wider`` says whose figures these are where they aren't the region's own ("national rate").
    """

    interval: Interval
    all_industries: Interval
    status: npt.NDArray[np.str_]
    source: str
    wider: str = ""
    missing: Mapping[int, str] = field(default_factory=dict)
