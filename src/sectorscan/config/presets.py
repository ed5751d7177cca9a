"""The configs that ship with the package."""

from __future__ import annotations

from pathlib import Path

from sectorscan.tables.resources import bundled

DEFAULT_PRESET = "balanced"
BUNDLES_FILE = "sectors-common.yaml"
SCORECARD_FILE = "scorecard.yaml"
"""The readiness scorecard's questions, which lie under every config."""
_NO_PRESETS = frozenset({BUNDLES_FILE, SCORECARD_FILE})


def preset_names() -> tuple[str, ...]:
    """Return the shipped presets' names, the default first."""
    folder = bundled("configs")
    names = sorted(path.stem for path in folder.glob("*.yaml") if path.name not in _NO_PRESETS)
    return tuple(sorted(names, key=lambda name: name != DEFAULT_PRESET))


def preset_path(name: str) -> Path:
    """Return a shipped preset's file."""
    return bundled("configs", f"{name}.yaml")
