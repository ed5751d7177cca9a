"""Which inputs a config goes with: those that are named, its own, or the synthetic sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sectorscan.config.loader import LoadedConfig, load_config
from sectorscan.config.overrides import Overrides
from sectorscan.tables.files import holds_tables
from sectorscan.tables.resources import bundled


class Chosen(NamedTuple):
    """Folders or files, the config, and whether they are the embedded sample."""

    paths: tuple[Path, ...]
    loaded: LoadedConfig
    sample: bool


def inputs_and_config(
    given: Sequence[Path], source: Path | str | None, overrides: Overrides | None = None
) -> Chosen:
    """Return the inputs and the config: without given ones the config's, else the sample.

    A folder that the config names and that holds no table yet counts for nothing. With the sample
    and no region in the config, the sample's region is taken.

    Raises
    ------
    ConfigError
        Where the config is at fault.
    """
    options = overrides or Overrides()
    if given:
        return Chosen(tuple(given), load_config(source, overrides=options), sample=False)
    sample = bundled("samples")
    loaded = load_config(source or sample / "sample.yaml", overrides=options)
    own = tuple(path for path in loaded.inputs if holds_tables(path))
    if own:
        return Chosen(own, loaded, sample=False)
    if loaded.config.region is None:
        region = load_config(sample / "sample.yaml").config.region
        if region is not None:
            options = replace(options, region=region.areas, name=region.name)
        loaded = load_config(source, overrides=options)
    return Chosen(tuple(sorted(sample.glob("*.csv"))), loaded, sample=True)
