"""Public sources beside QCEW: which of them a file is, and its reader."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.errors import InputError
from sectorscan.sources import bls_projections, oews, qwi, state_projections
from sectorscan.tables.files import TableFile
from sectorscan.tables.model import RegionalTables, Scope

_OCCUPATIONS = "occupational-projections"
_KNOWN_BY = (
    (qwi.KIND, qwi.is_qwi),
    (oews.KIND, oews.is_oews),
    (bls_projections.KIND, bls_projections.is_bls_projections),
    (state_projections.KIND, state_projections.is_state_projections),
    (_OCCUPATIONS, state_projections.is_occupational),
)


def kind_of(headers: Sequence[Sequence[str]]) -> str | None:
    """Return which source a file is by the headers of its sheets, None where it is none of them."""
    for kind, known in _KNOWN_BY:
        if any(known(header) for header in headers):
            return kind
    return None


def read_other(file: TableFile, kind: str, scope: Scope) -> RegionalTables:
    """Return the rates that a file of a known kind has.

    Raises
    ------
    InputError
        With the file's problems.
    """
    if kind == qwi.KIND:
        return qwi.read_qwi(file, scope)
    if kind == oews.KIND:
        return oews.read_oews(file, scope.ownership)
    if kind == bls_projections.KIND:
        return bls_projections.read_bls_projections(file)
    if kind == _OCCUPATIONS:
        raise InputError(state_projections.occupations_instead(file))
    return state_projections.read_state_projections(file)
