"""What states' own figures say of their counties' withheld cells, and the counties' of the state's.

An industry's jobs in a state are those of its counties and those in no county. That sum stands
across the areas' trees, so the two together are no tree: passing one and the other in turn gives
ends that hold the truth, though not always the narrowest that a linear programme would find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sectorscan.sources.areas import counties_of, kind, stands_in
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.sources.withheld import BoolArray, Bounds, Forest, IntArray, bound
from sectorscan.tables.model import FloatArray

_ROUNDS = 4
"""Passes over trees and states; what a later one would still move is little."""
_MOVED = 1e-6
_RELATIVE_ROUNDING = 1e-9
"""What some passes over floats may lose, as a share of the figure."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over children: by how much each may be off, and whether all its children are there."""

    forest: Forest
    slack: FloatArray
    complete: BoolArray

    def bound(self, low: FloatArray, high: FloatArray) -> Bounds:
        """Return what these sums make of the ends of every node."""
        return bound(self.forest, low, high, self.slack, self.complete)

    def with_slack(self, slack: FloatArray) -> Sums:
        """Return the same sums with another rounding."""
        return Sums(self.forest, slack, self.complete)

    def some_in(self, marked: BoolArray) -> IntArray:
        """Return the parents of the sums in which a node is marked; -1 elsewhere."""
        parent = self.forest.parent
        some = marked | (self.forest.sum_of_children(marked.astype(np.float64)) > 0)
        return np.where((parent >= 0) & some[parent], parent, -1)

    def among(self, rows: IntArray, parent: IntArray) -> Sums:
        """Return the sums of some rows, which hold every member of each."""
        place = np.full(len(parent) + 1, -1, dtype=np.intp)  # the last is for no parent
        place[rows] = np.arange(len(rows))
        forest = Forest.of(place[parent[rows]])
        return Sums(forest, self.slack[rows], self.complete[rows])

    def broken(self, low: FloatArray, high: FloatArray) -> BoolArray:
        """Return the nodes that their children can't add up to."""
        least, most = self.forest.sum_of_children(low), self.forest.sum_of_children(high)
        lost = _RELATIVE_ROUNDING * (1.0 + np.abs(least))
        short = self.complete & (most + self.slack < low - lost)
        broken = (self.forest.children > 0) & ((least - self.slack > high + lost) | short)
        return np.asarray(broken, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class StateSums:
    """Each county's rows under its state's row of the same industry, ownership and time.

    ``sums`` has the rounding of annual jobs; ``state_time`` (rows,) numbers what hangs together, a
    state's areas at one time, -1 for rows of no state.
    """

    sums: Sums
    state_time: IntArray


def state_sums(rows: pd.DataFrame, codes: CodeBook) -> StateSums | None:
    """Return the sums over counties, None where no state has a row beside one of its counties.

    A sum is complete where the counties' establishments, published for withheld cells too, are not
    fewer than the state's. That is certain of a quarter's counts; of annual averages, whose
    rounding may hide an absent row, every county that the state is known to have and what lies in
    none must have rows too. Elsewhere the counties given are at most the state. Years derived from
    changes take no part.

    Parameters
    ----------
    rows
        Columns area, own, industry, year, quarter (0 for annual averages), derived, establishments.
    codes
        What the numbers in area stand for.
    """
    texts = codes.areas.texts
    is_state = np.array([kind(text) == "state" for text in texts], dtype=np.bool_)
    state_of = _states(texts)
    if not (is_state.any() and (state_of >= 0).any()):
        return None
    area, own, industry, year, quarter = (
        rows[name].to_numpy(dtype=np.intp)
        for name in ("area", "own", "industry", "year", "quarter")
    )
    time, times = pd.factorize(year * 5 + quarter)
    key = ((time * len(codes.owns.texts) + own) * len(codes.industries.texts) + industry) * len(
        texts
    )
    mine = ~rows["derived"].to_numpy(dtype=np.bool_)
    tops = np.flatnonzero(is_state[area] & mine)
    below = np.flatnonzero((state_of[area] >= 0) & mine & _stands(texts, area, year))
    parent = np.full(len(rows), -1, dtype=np.intp)
    parent[below] = _found(key[tops] + area[tops], key[below] + state_of[area[below]], tops)
    if (parent < 0).all():
        return None
    forest = Forest.of(parent)
    establishments = rows["establishments"].to_numpy(dtype=np.float64)
    told = forest.sum_of_children(establishments) >= establishments
    state = np.where(is_state, np.arange(len(texts)), state_of)[area]
    state_time = np.where(state >= 0, state * len(times) + time, -1)
    whole = _whole_states(texts, area, state_time, year, len(times))
    annual = quarter == 0
    complete = told & (state_time >= 0) & (whole[state_time] | ~annual)
    slack = np.where(annual, forest.rounding_slack(), 0.0)
    return StateSums(Sums(forest, slack, complete), state_time)


def _states(texts: Sequence[str]) -> IntArray:
    """Return the position of each area's state, -1 for what lies in none that is there."""
    place = {text: at for at, text in enumerate(texts)}
    inside = ("county", "no county")
    found = [place.get(f"{text[:2]}000", -1) if kind(text) in inside else -1 for text in texts]
    return np.array(found, dtype=np.intp)


def _stands(texts: Sequence[str], area: IntArray, year: IntArray) -> BoolArray:
    """Return whether each row's area stands in its year, lest Connecticut count twice."""
    years, place = np.unique(year, return_inverse=True)
    stands = np.array([[stands_in(text, int(y)) for y in years] for text in texts], dtype=np.bool_)
    return np.asarray(stands.reshape(len(texts), -1)[area, place], dtype=np.bool_)


def _found(keys: IntArray, wanted: IntArray, rows: IntArray) -> IntArray:
    """Return the row with each wanted key, -1 where none has it."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.intp)
    order = np.argsort(keys, kind="stable")
    place = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    at = order[place]
    return np.where(keys[at] == wanted, rows[at], -1)


def _whole_states(
    texts: Sequence[str], area: IntArray, state_time: IntArray, year: IntArray, times: int
) -> BoolArray:
    """Return whether all areas of a state have rows at a time, shape (areas x times + 1,)."""
    given: dict[int, set[str]] = {}
    when: dict[int, int] = {}
    seen = pd.DataFrame({"area": area, "at": state_time, "year": year}).drop_duplicates()
    for number, at, of_year in seen.itertuples(index=False, name=None):
        given.setdefault(at, set()).add(texts[number])
        when[at] = of_year
    whole = np.zeros(len(texts) * times + 1, dtype=np.bool_)
    for at, found in given.items():
        if at >= 0:
            state = texts[at // times]
            counties = counties_of(state, when[at])
            whole[at] = bool(counties) and counties | {f"{state[:2]}999"} <= found
    return whole


def narrowed(
    trees: Sequence[Sums], states: StateSums | None, own: Bounds, rounded: BoolArray
) -> tuple[Bounds, BoolArray]:
    """Return the bounds that trees and states allow together, and the states' rows not used.

    Never wider than ``own``. A sum over counties that contradicts its state isn't used; where its
    state's sums and the trees contradict each other, none of that state at that time is.

    Parameters
    ----------
    trees
        The sums inside the areas, any number of ways to write them; the last is passed last.
    states
        From `state_sums`; None changes nothing.
    own
        The bounds that ``trees`` give by themselves.
    rounded
        Which rows are whole numbers by rounding; others add up exactly.
    """
    unused = np.zeros(len(own.low), dtype=np.bool_)
    if states is None:
        return own, unused
    across = states.sums.with_slack(np.where(rounded, states.sums.slack, 0.0))
    open_ended = own.low < own.high
    inside = states.state_time >= 0
    kept = across.some_in(open_ended)
    ways = [kept, *(tree.some_in(open_ended & inside) for tree in trees)]
    if (kept < 0).all():
        return own, unused
    member = np.zeros(len(own.low) + 1, dtype=np.bool_)  # the last is for no parent
    for way in ways:
        member[:-1] |= way >= 0
        member[way] = True
    rows = np.flatnonzero(member[:-1] & inside)
    small = [sums.among(rows, way) for sums, way in zip((across, *trees), ways, strict=True)]
    own_ends = Bounds(own.low[rows], own.high[rows], own.contradicted[rows])
    ends, wrong = _passed(small[1:], small[0], own_ends)
    unused[rows] = wrong
    broken = np.zeros(len(own.low), dtype=np.bool_)
    for sums in small[1:]:
        broken[rows] |= sums.broken(*ends) & ~own.contradicted[rows]
    broken[rows] |= small[0].broken(*ends) & ~wrong
    apart = np.isin(states.state_time, np.unique(states.state_time[broken])) & inside
    unused |= apart & (np.bincount(kept[kept >= 0], minlength=len(kept)) > 0)
    return _within(own, rows[~apart[rows]], *(end[~apart[rows]] for end in ends)), unused


def _within(own: Bounds, rows: IntArray, low: FloatArray, high: FloatArray) -> Bounds:
    """Return the bounds with new ends of some rows, none outside its own by what floats lose."""
    lows, highs = own.low.copy(), own.high.copy()
    lows[rows] = np.clip(low, own.low[rows], own.high[rows])
    highs[rows] = np.maximum(np.minimum(high, own.high[rows]), lows[rows])
    return Bounds(lows, highs, own.contradicted)


def _passed(
    trees: Sequence[Sums], states: Sums, own: Bounds
) -> tuple[tuple[FloatArray, FloatArray], BoolArray]:
    """Return the ends after passing states and trees in turn, and the states contradicted."""
    low, high = own.low, own.high
    wrong = np.zeros(len(low), dtype=np.bool_)
    for _ in range(_ROUNDS):
        before = low, high
        found = states.bound(low, high)
        wrong |= found.contradicted
        parent = states.forest.parent
        kept = wrong | ((parent >= 0) & wrong[parent])
        low, high = np.where(kept, low, found.low), np.where(kept, high, found.high)
        for tree in trees:
            found = tree.bound(low, high)
            low, high = found.low, found.high
        if not (_moved(before[0], low) or _moved(before[1], high)):
            break
    return (low, high), wrong


def _moved(before: FloatArray, now: FloatArray) -> bool:
    with np.errstate(invalid="ignore"):  # what is open stays so
        return bool((np.abs(now - before) > _MOVED * (1.0 + np.abs(now))).any())
