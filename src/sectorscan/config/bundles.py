"""Files of named sectors, such as the shipped ``sectors-common.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sectorscan.config.merge import nodes_by_path, plain, prune
from sectorscan.config.messages import findings_of
from sectorscan.config.models import BundlesFile, SectorEntry
from sectorscan.config.presets import BUNDLES_FILE
from sectorscan.config.yaml_nodes import Origin, parse, printable, read_text
from sectorscan.errors import ConfigError
from sectorscan.tables.resources import bundled

if TYPE_CHECKING:
    from sectorscan.tables.model import Sector


def bundles_path(name: str, folder: Path | None) -> Path:
    """Return the file that ``bundles:`` names: one beside the config, else the shipped one."""
    beside = folder / name if folder is not None else Path(name)
    shipped = {BUNDLES_FILE, Path(BUNDLES_FILE).stem}
    if name in shipped and (folder is None or not beside.is_file()):
        return bundled("configs", BUNDLES_FILE)
    return beside


def read_bundles(path: Path) -> tuple[SectorEntry, ...]:
    """Return a bundles file's entries, read with a config's care.

    Raises
    ------
    ConfigError
        With every problem of the file.
    """
    tree, repeated = parse(read_text(path), Origin(printable(path.name), path.parent))
    tree, _ = prune(tree)
    try:
        entries = BundlesFile.model_validate(plain(tree)).sectors
    except ValidationError as error:
        nodes = nodes_by_path(tree)
        raise ConfigError([*repeated, *findings_of(error, nodes, BundlesFile)]) from error
    if repeated:
        raise ConfigError(repeated)
    return entries


def as_sectors(entries: tuple[SectorEntry, ...]) -> tuple[Sector, ...]:
    """Return the candidates that entries describe; a sector's id is its name.

    Ranges are codes from here on; what is excluded is still among them.
    """
    from sectorscan.sources.code_lists import expand
    from sectorscan.tables.model import Sector

    return tuple(
        Sector(
            entry.name,
            entry.name,
            tuple(code for written in entry.naics for code in expand(written)),
            entry.areas,
            written=entry.naics,
            excluded=entry.excluded or (),
        )
        for entry in entries
    )
