"""What the indicator stage gives: one value with its interval for each sector and indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sectorscan.tables.model import FloatArray, Panel, Sector

Status = Literal["published", "derived", "estimated", "missing"]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """S sectors x I indicators: ``low <= value <= high``, NaN where missing.

    An unbounded end is -inf or inf (printed as null). ``status`` (S, I) is published, derived,
    estimated or missing; ``sources`` (I,) names the files; ``units`` (I,) as the registry or the
    user's table declares; ``missing_reason[(sector, indicator)]`` says why a value is missing.
    ``region`` holds the region's own figures by indicator id (all industries), ``benchmark`` the
    benchmark's: what sentences compare with. ``labels`` (I,) are for people.
    """

    sectors: tuple[Sector, ...]
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    units: tuple[str, ...]
    low: FloatArray
    value: FloatArray
    high: FloatArray
    status: npt.NDArray[np.str_]
    sources: tuple[str, ...]
    missing_reason: Mapping[tuple[str, str], str]
    region: Mapping[str, float]
    benchmark: Mapping[str, float]
    panel: Panel
    cautions: tuple[str, ...] = ()

    def column(self, indicator: str) -> int:
        """Return the index of an indicator.

        Raises
        ------
        KeyError
            Where the table hasn't got it.
        """
        try:
            return self.ids.index(indicator)
        except ValueError:
            raise KeyError(indicator) from None

    def label(self, indicator: str) -> str:
        """Return an indicator's name for people, its id where the table hasn't got it."""
        return self.labels[self.ids.index(indicator)] if indicator in self.ids else indicator

    def values(self, indicator: str) -> FloatArray:
        """Return the (S,) values of one indicator, all NaN where the table hasn't got it."""
        if indicator not in self.ids:
            return np.full(len(self.sectors), np.nan)
        return self.value[:, self.ids.index(indicator)]
