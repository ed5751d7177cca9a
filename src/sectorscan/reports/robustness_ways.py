"""What ``sectorscan robustness`` says of other ways to score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.json_text import Record, number
from sectorscan.reports.section import Section
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.robustness.methods import OtherWay
from sectorscan.scan.model import Shortlist

MOST_SECTORS = 15
MOST_UNABLE = 3

_SAME_ORDER = 1 - 1e-12
_WORDS = {
    "method": {
        "weighted_product": "weighted product: points are multiplied, so a low one counts more",
        "topsis": "TOPSIS: near the best, far from the worst value on everything",
        "vikor": "VIKOR: little short of the best overall, and never far short",
        "promethee_ii": "PROMETHEE II: on how much of the weight it beats each other sector",
        "edas": "EDAS: far above the average, little below it",
        "spotis": "SPOTIS: near full points on everything",
    },
    "scale": {
        "points": "scale: points at fixed figures",
        "minmax": "scale: from the lowest figure of all (0) to the highest (100)",
        "zscore": "scale: how far from the average, beside the usual spread",
        "percentile": "scale: the share of sectors that have less, level ones half",
        "rank": "scale: places alone, from the last (0) to the first (100)",
    },
    "aggregation": {
        "arithmetic": "mean: points are added (arithmetic)",
        "geometric": "mean: points are multiplied (geometric)",
    },
    "missing": {
        "renormalise": "missing figure: the known ones count for it",
        "neutral": "missing figure: counts as 50",
        "worst": "missing figure: counts as 0",
        "exclude": "missing figure: the sector isn't ranked",
    },
}
_NEED = "The first six need every figure of the ranked sectors: "
_STANDS_IN = {
    "renormalise": f"{_NEED}for a missing one the sector's own score stands in.",
    "neutral": f"{_NEED}for a missing one 50 stands in.",
    "worst": f"{_NEED}for a missing one 0 stands in.",
    "exclude": f"{_NEED}they have them.",
}
_TITLES = ("First", "Comes on", "Falls off", "Order\nagrees")
_AGREES = "Order agrees: Kendall's tau, 1 = the same order, 0 = no relation, −1 = the reverse."


def ways_sections(shortlist: Shortlist, ways: Sequence[OtherWay]) -> Iterator[Section]:
    """Yield what other methods, scales and rules make of the ranking, then what is left out."""
    gaps = _gaps(shortlist)
    others = scored_otherwise(shortlist, ways)
    yield Section(
        "Other ways to score",
        (
            "The same figures and weights, scored otherwise. What nearly all of them agree on "
            f"doesn't hang on how the scores are made. {_AGREES}",
            tally(shortlist, others),
            _STANDS_IN[shortlist.ranking.matrix.missing]
            if gaps
            else "No figure is missing, so the rules for missing ones change nothing.",
        ),
        ("Scored by", *_TITLES),
        [(_WORDS[one.kind][one.id], *_outcome(shortlist, one)) for one in others],
        right=frozenset({4}),
    )
    yield _left_out(shortlist, ways)


def scored_otherwise(shortlist: Shortlist, ways: Sequence[OtherWay]) -> list[OtherWay]:
    """Return the other methods, scales, means and, where figures are missing, rules for these."""
    kinds = [kind for kind in _WORDS if kind != "missing" or _gaps(shortlist)]
    return [one for one in ways if one.kind in kinds]


def _left_out(shortlist: Shortlist, ways: Sequence[OtherWay]) -> Section:
    criteria = [one for one in ways if one.kind == "without_criterion"]
    sectors = [one for one in ways if one.kind == "without_sector"]
    changing = [one for one in sectors if not (one.keeps_first and one.keeps_shortlist)]
    if all(one.why_not is not None for one in sectors):
        of_sectors = "There is no second sector, so none can be left out."
        changing = []
    elif not changing:
        of_sectors = (
            "Whichever one sector is left out, the first place and the shortlist of the others "
            "stay as they are."
        )
    else:
        of_sectors = (
            f"Of {len(sectors)} sectors, {len(changing)} change the first place or the shortlist "
            "of the others where they are left out"
            + (f"; the first {MOST_SECTORS} are shown." if len(changing) > MOST_SECTORS else ".")
        )
    return Section(
        "With one criterion or one sector left out",
        (
            "A criterion's weight goes to the others of its group. A sector's absence should "
            "matter to nobody else.",
            tally(shortlist, criteria),
            of_sectors,
        ),
        ("Without", *_TITLES),
        [
            *((view.label_of(shortlist, o.id), *_outcome(shortlist, o)) for o in criteria),
            *((plain(o.id), *_outcome(shortlist, o)) for o in changing[:MOST_SECTORS]),
        ],
        right=frozenset({4}),
    )


def tally(shortlist: Shortlist, ways: Sequence[OtherWay], what: str = "in all") -> str:
    """Say how many of the ways that can be computed keep the first place, and the shortlist."""
    ranking = shortlist.ranking
    now = [plain(ranking.matrix.sectors[s].id) for s in ranking.order if ranking.rank[s] == 1]
    able = [one for one in ways if one.why_not is None]
    first = sum(one.keeps_first for one in able)
    listed = sum(one.keeps_shortlist for one in able)
    return (
        f"Of {len(able)} {what}, {first} keep the first place ({' and '.join(now)}), "
        f"{listed} the whole shortlist."
    )


def _gaps(shortlist: Shortlist) -> bool:
    """Return whether a figure is missing that others have, of a sector past the gates."""
    ranking = shortlist.ranking
    passing = [reason != "gate" for reason in ranking.exclusion]
    unknown = np.isnan(ranking.matrix.value[:, ranking.matrix.weights > 0])
    return bool((unknown[passing] & ~unknown.all(axis=0)).any())


def _outcome(shortlist: Shortlist, one: OtherWay) -> tuple[str, ...]:
    if one.why_not is not None:
        return f"can't be computed: {_why(shortlist, one)}", "–", "–", "–"
    return (
        "stays" if one.keeps_first else " and ".join(map(plain, one.first)),
        ", ".join(map(plain, one.joins)) or "–",
        ", ".join(map(plain, one.leaves)) or "–",
        _agreement(one.kendall_tau),
    )


def _why(shortlist: Shortlist, one: OtherWay) -> str:
    labels = [view.label_of(shortlist, name) for name in one.unable[:MOST_UNABLE]]
    more = len(one.unable) - len(labels)
    named = ", ".join(labels) + (f" and {more} more" if more > 0 else "")
    return plain(one.why_not or "") + (f" ({named})" if named else "")


def _agreement(tau: float) -> str:
    """Return two decimals, and 1 for the same order alone."""
    if math.isnan(tau):
        return "–"
    if tau >= _SAME_ORDER:
        return "1"
    text = cell(tau, "ratio")
    return "just under 1" if text == cell(1.0, "ratio") else text


def way_record(one: OtherWay) -> Record:
    """Return one other way as the JSON has it: null where it can't be computed."""
    able = one.why_not is None
    return {
        "kind": one.kind,
        "id": one.id,
        "keeps_first": one.keeps_first if able else None,
        "first": list(one.first),
        "keeps_shortlist": one.keeps_shortlist if able else None,
        "joins": list(one.joins),
        "leaves": list(one.leaves),
        "ranked": one.ranked if able else None,
        "kendall_tau": number(one.kendall_tau),
        "why_not": one.why_not,
        "unable": list(one.unable),
    }
