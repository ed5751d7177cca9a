"""A sheet that writes formulas as they are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


@cache
def sheet_class() -> type[Worksheet]:
    """Return XlsxWriter's sheet, but one that doesn't look for newer functions in every formula.

    ``write_formula`` has looked for them already: a formula that has one comes expanding them.
    """
    from xlsxwriter.worksheet import Worksheet

    class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            if expand_future_functions:
                return str(super()._prepare_formula(formula, expand_future_functions))
            return formula.removeprefix("=")

    return Sheet
