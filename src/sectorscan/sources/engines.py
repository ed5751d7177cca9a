"""By which engine public files are read, and where their typed rows are kept."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sectorscan.errors import Finding, SectorscanError

EngineName = Literal["polars", "duckdb", "spark"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How large public files are read: by which engine, and where their typed rows are kept.

    ``cache`` is a folder (``None``: nothing is kept); ``spark_master`` is Spark's own address of a
    cluster (``None``: this machine). ``frames``, by name, are read in place of files.
    """

    engine: EngineName = "polars"
    cache: Path | None = None
    spark_master: str | None = None
    frames: tuple[tuple[str, Any], ...] = ()

    def check(self) -> None:
        """Check that what was asked for goes together.

        Raises
        ------
        SectorscanError
            Where it doesn't.
        """
        if self.cache is not None and self.engine != "polars":
            what = f"the cache is read by the engine polars, not {self.engine}."
            raise SectorscanError(Finding(what, "Leave out one of --cache and --engine."))
        if self.spark_master is not None and self.engine != "spark":
            what = f"--spark-master is for the engine spark, not {self.engine}."
            raise SectorscanError(Finding(what, "Add --engine spark."))


POLARS = Reading()
"""The embedded engine, nothing kept."""


def other_engines_errors() -> tuple[type[Exception], ...]:
    """Return what DuckDB and Spark raise, of those that are in use."""
    errors: list[type[Exception]] = []
    if "duckdb" in sys.modules:
        errors.append(sys.modules["duckdb"].Error)
    if "pyspark" in sys.modules:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        errors += [PySparkException, Py4JError]
    return tuple(errors)
