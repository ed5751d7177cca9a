"""Rows of several files in one set of arrays, each row still knowing where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.errors import Finding

Array = npt.NDArray[Any]
_LARGEST_KEY = 2**62


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of equal length by name; ``file`` (an index into ``labels``) and ``row`` say where.

    ``region`` and ``industry`` are text, the years int64, figures float64 with NaN as missing.
    """

    columns: dict[str, Array]
    labels: tuple[str, ...]

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns["row"])

    def take(self, rows: Array) -> Block:
        """Return the rows that a mask or an index array picks."""
        return Block({name: column[rows] for name, column in self.columns.items()}, self.labels)

    def place(self, at: int) -> tuple[str, int]:
        """Return the file and the spreadsheet row of a row."""
        return self.labels[int(self["file"][at])], int(self["row"][at])


def stack(parts: Sequence[Block]) -> Block:
    """Return the rows of blocks with the same columns one below the other, labels joined."""
    if len(parts) == 1:
        return parts[0]
    labels: list[str] = []
    columns: dict[str, list[Array]] = {name: [] for name in parts[0].columns}
    for part in parts:
        for name, column in part.columns.items():
            columns[name].append(column + len(labels) if name == "file" else column)
        labels.extend(part.labels)
    return Block({name: np.concatenate(found) for name, found in columns.items()}, tuple(labels))


def keys_of(block: Block, names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return one whole number a row, the same for the same key, rising in the key's order."""
    key = np.zeros(len(block), dtype=np.int64)
    for name in names:
        # A year that isn't given is a key like any other.
        codes, uniques = pd.factorize(block[name], sort=True, use_na_sentinel=False)
        if int(key.max(initial=0)) > _LARGEST_KEY // max(len(uniques), 1):
            key = _ranks(key)
        key = key * len(uniques) + codes
    return _ranks(key)


def _ranks(key: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.unique(key, return_inverse=True)[1].reshape(-1)


def without_repeats(
    block: Block, names: Sequence[str], figures: Sequence[str], what: str
) -> tuple[Block, list[Finding]]:
    """Return the rows sorted by key, each key once, and what was found to repeat.

    A row that repeats another exactly is dropped with a caution; one that gives other figures
    for the same key is a problem, told with both rows.
    """
    key = keys_of(block, names)
    order = np.argsort(key, kind="stable")
    block, key = block.take(order), key[order]
    again = np.zeros(len(key), dtype=np.bool_)
    again[1:] = key[1:] == key[:-1]
    if not again.any():
        return block, []
    starts = np.flatnonzero(~again)
    first = np.repeat(starts, np.diff(np.append(starts, len(key))))
    differs = np.zeros(len(key), dtype=np.bool_)
    for name in figures:
        differs |= _unequal(block[name], block[name][first])
    findings = _conflicts(block, first, again & differs, (names, figures), what)
    findings += _repeats(block, np.flatnonzero(again & ~differs), what)
    return block.take(~again), findings


def _unequal(left: Array, right: Array) -> npt.NDArray[np.bool_]:
    different = left != right
    if left.dtype.kind == "f":
        different &= ~(np.isnan(left) & np.isnan(right))
    return np.asarray(different, dtype=np.bool_)


def _conflicts(
    block: Block,
    first: Array,
    conflict: Array,
    names: tuple[Sequence[str], Sequence[str]],
    what: str,
) -> list[Finding]:
    keys, figures = names

    def told(at: int) -> str:
        file, other_file = block.place(at)[0], block.place(int(first[at]))[0]
        elsewhere = "" if file == other_file else f" of {other_file}"
        key = ", ".join(f"{name} {block[name][at]}" for name in keys if _given(block[name][at]))
        differing = next(
            name for name in figures if _unequal(block[name][[at]], block[name][first[[at]]])[0]
        )
        here, there = (_plainly(block[differing][row]) for row in (at, first[at]))
        return (
            f"{what} for {key} stands in row {block.place(int(first[at]))[1]}{elsewhere} too, "
            f"with other figures ({differing.replace('_', ' ')} {there} there, {here} here)."
        )

    remedy = (
        "Delete one of the two rows; if they differ by ownership or quarter, keep the column "
        "that says so."
    )
    return tell(block, np.flatnonzero(conflict), told, remedy)


def _given(key: object) -> bool:
    return key not in ("", 0) and key == key


def _plainly(figure: object) -> str:
    if isinstance(figure, float):
        return "not given" if np.isnan(figure) else f"{figure:,.10g}"
    return str(figure)


def _repeats(block: Block, repeats: Array, what: str) -> list[Finding]:
    findings = []
    for index, label in enumerate(block.labels):
        rows = np.sort(block["row"][repeats][block["file"][repeats] == index])
        if len(rows):
            listed = ", ".join(str(row) for row in rows[:5])
            more = f" and {len(rows) - 5:,} more" if len(rows) > 5 else ""
            noun = "row repeats" if len(rows) == 1 else "rows repeat"
            text = f"{len(rows):,} {noun} {what} given before, exactly (row {listed}{more}); "
            findings.append(
                Finding(
                    f"{text}counted once.",
                    "Delete what is double.",
                    label,
                    severity="caution",
                )
            )
    return findings


def tell(
    block: Block,
    at: Array,
    what: str | Callable[[int], str],
    remedy: str,
    limit: int = 10,
) -> list[Finding]:
    """Return a problem for each of the first rows at fault, and one that counts the rest."""
    findings = []
    for position in at[:limit].tolist():
        file, row = block.place(position)
        text = what if isinstance(what, str) else what(position)
        findings.append(Finding(text, remedy, file, row))
    if len(at) > limit:
        text = what if isinstance(what, str) else what(int(at[limit]))
        findings.append(Finding(f"and {len(at) - limit:,} more like this: {text}", remedy))
    return findings
