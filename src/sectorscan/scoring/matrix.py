"""The decision matrix: the indicators that the config scores, in the config's order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sectorscan.config.models import Config, CriterionConfig, Scale
from sectorscan.errors import ConfigError, Finding, nearest
from sectorscan.indicators.model import IndicatorTable
from sectorscan.scoring.model import Criterion, DecisionMatrix
from sectorscan.scoring.weights import criteria_weights
from sectorscan.tables.model import FloatArray


def decision_matrix(indicators: IndicatorTable, config: Config) -> DecisionMatrix:
    """Return the S x C matrix of a config's criteria, weight 0 included.

    A criterion that the table hasn't got is missing for every sector.

    Raises
    ------
    ConfigError
        Where no weight is positive, or a criterion has no usable scale; all criteria at once.
    """
    criteria = resolve_criteria(config)
    ids = [criterion.id for criterion in criteria]
    return DecisionMatrix(
        sectors=indicators.sectors,
        criteria=criteria,
        low=_columns(indicators, ids, indicators.low),
        value=_columns(indicators, ids, indicators.value),
        high=_columns(indicators, ids, indicators.high),
        aggregation=config.aggregation,
        missing=config.missing,
        min_coverage=config.min_coverage,
    )


def resolve_criteria(config: Config) -> tuple[Criterion, ...]:
    """Return the criteria with effective weights and scales, in the config's order."""
    weights = iter(criteria_weights(config))
    criteria: list[Criterion] = []
    findings: list[Finding] = []
    for group_id, group in config.criteria.items():
        for indicator, criterion in group.indicators.items():
            weight = float(next(weights))
            place = f"criteria.{group_id}.indicators.{indicator}"
            scale, finding = _resolve_scale(indicator, criterion, place)
            if any(indicator == other.id for other in criteria):
                finding = Finding(
                    f"{indicator} is scored twice.", "Keep it in one group only.", column=place
                )
            if finding is not None:
                findings.append(finding)
            criteria.append(Criterion(indicator, group_id, weight, scale, criterion.direction))
    if findings:
        raise ConfigError(findings)
    return tuple(criteria)


def _resolve_scale(
    indicator: str, criterion: CriterionConfig, place: str
) -> tuple[Scale, Finding | None]:
    scale = criterion.scale or _default_scale(indicator)
    if scale is None:
        from sectorscan.indicators.registry import REGISTRY

        what = f"{indicator} has no scale, and there is no default for it."
        remedy = f"Give it points or a method.{nearest(indicator, REGISTRY)}"
        return Scale(), Finding(what, remedy, column=place)
    return scale, _check_points(scale, f"{place}.scale")


def _default_scale(indicator: str) -> Scale | None:
    from sectorscan.indicators.registry import REGISTRY

    spec = REGISTRY.get(indicator)
    if spec is None or spec.default_points is None:
        return None
    return Scale(points=tuple(spec.default_points), log=spec.default_log)


def _check_points(scale: Scale, place: str) -> Finding | None:
    if scale.method != "points":
        return None
    if not scale.points:
        what = "A scale by points needs at least one [value, score] pair."
        return Finding(what, "Write points: [[0.5, 0], [1, 50], [2, 100]].", column=place)
    values = [value for value, _ in scale.points]
    if any(left >= right for left, right in pairwise(values)):
        return Finding(
            "The points' values must increase.", "Sort the pairs by value.", column=place
        )
    if scale.log and values[0] <= 0:
        return Finding(
            "A log scale's points need values above 0.", "Raise the first value.", column=place
        )
    if not all(0 <= score <= 100 for _, score in scale.points):
        return Finding("The points' scores must lie between 0 and 100.", column=place)
    return None


def _columns(indicators: IndicatorTable, ids: list[str], array: FloatArray) -> FloatArray:
    columns = np.full((len(indicators.sectors), len(ids)), np.nan)
    for place, indicator in enumerate(ids):
        if indicator in indicators.ids:
            columns[:, place] = array[:, indicators.ids.index(indicator)]
    return columns
