"""The decision matrix: the indicators that the config scores, in the config's order."""

from __future__ import annotations

import numpy as np

from sectorscan.config.models import Config, Scale
from sectorscan.errors import ConfigError, Finding, nearest
from sectorscan.indicators.model import IndicatorTable
from sectorscan.indicators.registry import REGISTRY
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
    """Return the criteria with effective weights and scales, in the config's order.

    Raises
    ------
    ConfigError
        Where no weight is positive, or a criterion has no usable scale; all criteria at once.
    """
    weights = iter(criteria_weights(config))
    criteria: list[Criterion] = []
    findings: list[Finding] = []
    for group_id, group in config.criteria.items():
        for indicator, criterion in group.indicators.items():
            scale = _resolve_scale(indicator, criterion.scale)
            if scale is None:
                findings.append(_no_scale(indicator, group_id))
                continue
            weight = float(next(weights))
            criteria.append(Criterion(indicator, group_id, weight, scale, criterion.direction))
    if findings:
        raise ConfigError(findings)
    return tuple(criteria)


def _resolve_scale(indicator: str, scale: Scale | None) -> Scale | None:
    """Return the config's scale, else the registry's points, else None."""
    if scale is not None and (scale.method != "points" or scale.points is not None):
        return scale
    spec = REGISTRY.get(indicator)
    if spec is None or spec.default_points is None:
        return None
    return Scale(points=tuple(spec.default_points), log=spec.default_log)


def _no_scale(indicator: str, group: str) -> Finding:
    return Finding(
        f"{indicator} has no scale, and there is no default for it.",
        f"Give it points or a method.{nearest(indicator, REGISTRY)}",
        column=f"criteria.{group}.indicators.{indicator}.scale",
    )


def _columns(indicators: IndicatorTable, ids: list[str], array: FloatArray) -> FloatArray:
    columns = np.full((len(indicators.sectors), len(ids)), np.nan)
    for place, indicator in enumerate(ids):
        if indicator in indicators.ids:
            columns[:, place] = array[:, indicators.ids.index(indicator)]
    return columns
