"""Two sectors in words: the gap, what makes it, what would turn the two round.

The facts of a comparison have addresses of their own, which ``resolve_pair`` follows:

==================================  ==============================================================
address                             number
==================================  ==============================================================
``one.<address>``, ``other.<...>``  a number of the sector ahead, of the one behind (see ``Fact``)
``gap``                             points between the two scores
``difference.<criterion>``          points that the criterion gives the one ahead more
``advantages``, ``against``         points that all advantages give together; the other's
``outweighing``                     points that the fewest advantages named give together
``holds.low.<kind>.<id>``           the share of weight below which the order turns; ``high`` above
``weight.<kind>.<id>``              the present share of weight
``needed.<criterion>``              the value that brings the one behind level
``least``, ``moved``                the least sum of absolute changes of weights, and half of it
``then.<criterion>``                the weight after that least change
``beats``, ``draws``                the share of draws that the one ahead wins; how many draws
==================================  ==============================================================
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sectorscan.advice.facts import Parts, SectorFacts, resolve, say
from sectorscan.advice.model import Fact, Sentence
from sectorscan.advice.wording import Clause, criterion_name, joined, listed
from sectorscan.robustness.compare import Comparison, Hold
from sectorscan.robustness.needed import Needed
from sectorscan.scoring.model import Ranking

POINTS = ("point", "points")
MOST = 3
"""At most so many criteria are named in one sentence."""


def resolve_pair(ranking: Ranking, pair: Comparison, address: str) -> float:
    """Return the number at an address of a comparison.

    Raises
    ------
    KeyError
        Where the address leads nowhere.
    """
    head, _, rest = address.partition(".")
    if head in ("one", "other"):
        return resolve(ranking, pair.one if head == "one" else pair.other, rest)
    if head == "difference":
        return float(pair.differences[_place(ranking, rest)])
    if head in _OF_PAIR and not rest:
        return _OF_PAIR[head](pair)
    if pair.reversal is None:
        raise KeyError(address)
    if head == "needed":
        return _number(pair.reversal.values[_place(ranking, rest)].value)
    if head == "then" and pair.reversal.least.weights is not None:
        return float(pair.reversal.least.weights[_place(ranking, rest)])
    kind_and_id = rest if head == "weight" else rest.partition(".")[2]
    for hold in pair.reversal.weights:
        if f"{hold.kind}.{hold.id}" == kind_and_id:
            ends = {"weight": hold.weight, "low": hold.low, "high": hold.high}
            return ends["weight" if head == "weight" else rest.partition(".")[0]]
    raise KeyError(address)


_OF_PAIR: Mapping[str, Callable[[Comparison], float]] = {
    "gap": lambda pair: pair.gap,
    "advantages": lambda pair: float(pair.differences[pair.differences > 0].sum()),
    "against": lambda pair: -float(pair.differences[pair.differences < 0].sum()),
    "outweighing": lambda pair: float(pair.differences[list(pair.outweighing or ())].sum()),
    "least": lambda pair: _number(pair.reversal.least.change if pair.reversal else None),
    "moved": lambda pair: _OF_PAIR["least"](pair) / 2,
    "beats": lambda pair: _number(pair.beats),
    "draws": lambda pair: pair.drawing.draws if pair.drawing else math.nan,
}


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _place(ranking: Ranking, criterion: str) -> int:
    ids = [one.id for one in ranking.matrix.criteria]
    if criterion not in ids:
        raise KeyError(criterion)
    return ids.index(criterion)


class _Pair:
    """What the sentences are made of: names and facts of one comparison."""

    def __init__(self, ranking: Ranking, pair: Comparison) -> None:
        self.ranking, self.pair = ranking, pair
        self.facts = SectorFacts(ranking, pair.one)
        self.one, self.other = (self._name(s) for s in (pair.one, pair.other))

    def _name(self, sector: int) -> str:
        found = self.ranking.matrix.sectors[sector]
        return found.title or found.id

    @property
    def names(self) -> dict[str, str]:
        return {"one": self.one, "other": self.other}

    def fact(self, address: str, unit: str, noun: tuple[str, str] | None = None) -> Fact:
        return Fact(address, resolve_pair(self.ranking, self.pair, address), unit, noun)

    def criterion(self, place: int) -> str:
        return self.ranking.matrix.criteria[place].id

    def called(self, place: int) -> str:
        return criterion_name(self.facts, self.criterion(place))

    def differences(self, places: Sequence[int]) -> Clause:
        """Return criteria with the points between the two: ``pay (5.1 points), jobs (2.0)``."""
        clauses = []
        for place in places:
            points = self.fact(f"difference.{self.criterion(place)}", "abs points", POINTS)
            clauses.append(
                Clause("{name} ({points})", {"name": self.called(place), "points": points})
            )
        return joined(clauses)


def comparison_sentences(ranking: Ranking, comparison: Comparison) -> tuple[Sentence, ...]:
    """Return what is said of two sectors: the gap, why, what would turn them, how sure it is."""
    pair = _Pair(ranking, comparison)
    return (
        _gap(pair),
        *_advantages(pair),
        *_outweighing(pair),
        *_turning_weights(pair),
        *_turning_values(pair),
        *_least(pair),
        *_draws(pair),
    )


def _gap(pair: _Pair) -> Sentence:
    parts: Parts = {
        **pair.names,
        "ours": pair.fact("one.score", "score"),
        "theirs": pair.fact("other.score", "score"),
        "gap": pair.fact("gap", "points", POINTS),
    }
    if pair.pair.gap == 0:
        return say("{one} and {other} are level, at {ours}.", parts)
    unranked = [name for name, s in ((pair.one, pair.pair.one), (pair.other, pair.pair.other))
                if pair.ranking.rank[s] <= 0]  # fmt: skip
    parts["unranked"] = listed(unranked) if unranked else ""
    verb = "is" if len(unranked) == 1 else "are"
    note = f" ({{unranked}} {verb} not ranked: scores alone are compared)" if unranked else ""
    return say(f"{{one}} scores {{ours}}, {{other}} {{theirs}}: {{gap}} between them{note}.", parts)


def _advantages(pair: _Pair) -> list[Sentence]:
    """Return on what each of the two is ahead, most points first."""
    found = []
    for name, sign, total in ((pair.one, 1, "advantages"), (pair.other, -1, "against")):
        ahead = sign * pair.pair.differences
        places = [int(k) for k in np.argsort(-ahead, kind="stable") if ahead[k] > 0]
        if not places:
            found.append(say("{name} is ahead on nothing.", {"name": name}))
            continue
        told = pair.differences(places[:MOST])
        rest = f" and {len(places) - MOST} more" if len(places) > MOST else ""
        parts = {**told.parts, "name": name, "total": pair.fact(total, "points", POINTS)}
        found.append(say(f"{{name}} is ahead on {told.template}{rest}: {{total}} in all.", parts))
    return found


def _outweighing(pair: _Pair) -> list[Sentence]:
    places = pair.pair.outweighing
    if not places:
        return []
    told = joined([Clause("{name}", {"name": pair.called(k)}) for k in places])
    parts: Parts = {
        **told.parts,
        **pair.names,
        "sum": pair.fact("outweighing", "points", POINTS),
        "against": pair.fact("against", "points"),
    }
    alone = "alone outweighs" if len(places) == 1 else "together outweigh"
    start = told.template[:1]
    text = f"{start}{told.template[1:]} {alone} everything in favor of {{other}}"
    return [say(f"For {{one}}, {text}: {{sum}} against {{against}}.", parts)]


def _turning_weights(pair: _Pair) -> list[Sentence]:
    """Return the weights whose nearest turning point is nearest, and that of no other."""
    reversal = pair.pair.reversal
    if reversal is None:
        return []
    holds = [hold for hold in reversal.weights if hold.kind == "criterion"]
    turning = [hold for hold in holds if hold.turning_points and hold.low < hold.high]
    if not turning:
        return [say("No single weight, moved alone, would turn the two round.", {})]
    nearest = sorted(turning, key=lambda hold: round(abs(_nearest(hold) - hold.weight), 9))[:MOST]
    clauses = []
    for hold in nearest:
        side = "low" if _nearest(hold) == hold.low else "high"
        word = "below" if side == "low" else "above"
        clauses.append(Clause(
            f"{{name}} weighed {word} {{end}} (now {{now}})",
            {
                "name": criterion_name(pair.facts, hold.id),
                "end": pair.fact(f"holds.{side}.{hold.kind}.{hold.id}", "share"),
                "now": pair.fact(f"weight.{hold.kind}.{hold.id}", "share"),
            },
        ))  # fmt: skip
    told = joined(clauses, last=", or if ", between=", or if ")
    text = f"The order would turn if {told.template}, the other weights kept in proportion."
    return [say(text, told.parts)]


def _nearest(hold: Hold) -> float:
    return min(hold.turning_points, key=lambda end: abs(end - hold.weight))


def _turning_values(pair: _Pair) -> list[Sentence]:
    reversal = pair.pair.reversal
    if reversal is None or pair.pair.gap == 0:
        return []
    reachable = [one for one in reversal.values if one.value is not None]
    if not reachable:
        return [say("{other} can't draw level on one criterion alone.", pair.names)]
    told = joined([_value(pair, one) for one in reachable[:MOST]], last=", or ")
    more = f" ({len(reachable) - MOST} more in the table)" if len(reachable) > MOST else ""
    parts = {**told.parts, **pair.names}
    return [say(f"{{other}} would draw level with {told.template}{more}, all else equal.", parts)]


def _value(pair: _Pair, one: Needed) -> Clause:
    unit = pair.facts.unit(one.criterion)
    per_year = " a year" if unit == "percentage points/year" else ""
    parts: Parts = {
        "name": criterion_name(pair.facts, one.criterion),
        "value": pair.fact(f"needed.{one.criterion}", unit),
    }
    points = " percentage points" if unit.startswith("percentage points") else ""
    if math.isnan(one.now):
        return Clause(f"{{name}} of {{value}}{points}{per_year} (now not known)", parts)
    parts["now"] = pair.fact(f"other.indicator.{one.criterion}", unit)
    return Clause(f"{{name}} of {{value}}{points}{per_year} (now {{now}})", parts)


def _least(pair: _Pair) -> list[Sentence]:
    if pair.pair.reversal is None or pair.pair.gap == 0:
        return []
    least = pair.pair.reversal.least
    if least.change is None:
        dominated = " {one} is at least as good on everything." if least.dominated_by else ""
        return [say(f"No weights at all put {{other}} ahead.{dominated}", pair.names)]
    about = "" if least.exact else "about "
    parts: Parts = {**pair.names, "moved": pair.fact("moved", "share")}
    text = f"It takes {about}{{moved}} of all weight, moved between criteria{_moves(pair, parts)}, "
    end = "; less can't do it." if least.exact else "."
    return [say(f"{text}for {{other}} to draw level{end}", parts)]


def _moves(pair: _Pair, parts: Parts) -> str:
    """Return, in a template, which weight gives most and which takes most; adds their facts."""
    reversal = pair.pair.reversal
    if reversal is None or reversal.least.weights is None:
        return ""
    now = pair.ranking.matrix.weights
    moved = reversal.least.weights - now
    places = {"from": int(np.argmin(moved)), "to": int(np.argmax(moved))}
    for word, place in places.items():
        criterion = pair.criterion(place)
        parts[f"{word}_name"] = pair.called(place)
        parts[f"{word}_now"] = pair.fact(f"one.criterion.{criterion}.weight", "share")
        parts[f"{word}_then"] = pair.fact(f"then.{criterion}", "share")
    texts = [f"{word} {{{word}_name}} ({{{word}_now}} becomes {{{word}_then}})" for word in places]
    return f", most of it {' '.join(texts)}"


def _draws(pair: _Pair) -> list[Sentence]:
    drawing = pair.pair.drawing
    if pair.pair.beats is None or drawing is None:
        return []
    weights = {
        "near": "every weight moved a little at random",
        "any": "all possible weights",
        None: "the weights as they are",
    }[drawing.weights]
    parts: Parts = {
        **pair.names,
        "beats": pair.fact("beats", "share"),
        "draws": pair.fact("draws", "count"),
        "weights": weights,
    }
    text = (
        "{one} is ahead of {other} in {beats} of {draws} draws, with {weights} and the withheld "
        "figures drawn within their bounds."
    )
    return [say(text, parts)]
