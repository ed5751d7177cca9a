"""The files that ship with the package: presets, bundles and the synthetic sample region."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def bundled(*parts: str) -> Path:
    """Return the path of a shipped file or folder: ``bundled("configs", "balanced.yaml")``.

    A wheel holds them under the package's ``bundled/``; a checkout holds the same files at its
    top, as ``configs/`` and ``data/samples/``, so that there is one copy only.

    Raises
    ------
    FileNotFoundError
        If neither place has it: the installation is incomplete, which no input can cause.
    """
    packaged = _PACKAGE.joinpath("bundled", *parts)
    if packaged.exists():
        return packaged
    top = {name: ("data", name) for name in ("samples", "samples_qcew")}
    first, *rest = parts
    in_checkout = _PACKAGE.parents[1].joinpath(*top.get(first, (first,)), *rest)
    if in_checkout.exists():
        return in_checkout
    missing = "/".join(parts)
    message = f"{missing} is missing from this installation of sectorscan"
    raise FileNotFoundError(message)
