"""Which assumption the ranking hangs on, in plain words; and the same for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sectorscan.reports.json_text import Record, number
from sectorscan.reports.section import Section
from sectorscan.reports.words import cell
from sectorscan.robustness.assumptions import MEASURES, Assumption, Assumptions
from sectorscan.robustness.sobol import Share
from sectorscan.scan.model import Shortlist

_ROWS = {
    "weights": "Weights",
    "scale": "Scale: from a figure to points",
    "aggregation": "Mean: from points to a score",
    "missing": "What stands for a missing figure",
    "figures": "Withheld figures",
}
_SHORT = {
    "weights": "Weights",
    "scale": "Scale",
    "aggregation": "Mean",
    "missing": "Missing figures",
    "figures": "Withheld figures",
}
_NAMES = {
    "weights": "the weights",
    "scale": "the scale (how a figure becomes points)",
    "aggregation": "the mean (points added or multiplied)",
    "missing": "what stands for a missing figure",
    "figures": "the withheld figures",
}
_LIST_HANGS = {
    "shortlist_changed": "Whether the shortlist changes hangs most on",
    "shortlist_left": "How much of the shortlist changes hangs most on",
}
_HOW_TO_READ = (
    "Alone: how much of the differences would go if this one were settled. With others: how much "
    "would stay if all the others were settled; what it does together with others is in it, so "
    "these add up to more than 100 %. Estimates: after ± is how far off they may be (19 times out "
    "of 20 less)."
)


def assumption_sections(shortlist: Shortlist, found: Assumptions) -> Iterator[Section]:
    """Yield what moves the ranks, and what changes the shortlist."""
    left_open = [one for one in found.each if one.left_out is None]
    title = "Which assumption moves the ranks most"
    if not left_open:
        yield Section(title, ("None: no other choice changes a rank.", *_left_out(found)))
        return
    yield Section(
        title,
        (
            *_most("The ranks hang most on", found, "rank_change"),
            _what_was_done(shortlist, found),
            _HOW_TO_READ,
            *_left_out(found),
        ),
        ("Assumption", "Ways\ntried", "Different\nrankings", "Alone", "With\nothers"),
        [
            (
                _ROWS[one.id],
                f"{one.choices:,}",
                f"{one.rankings:,}",
                *_both(one.shares.get("rank_change")),
            )
            for one in left_open
        ],
        right=frozenset({1, 2, 3, 4}),
    )
    yield _shortlist(shortlist, found, left_open)


def _shortlist(
    shortlist: Shortlist, found: Assumptions, left_open: Sequence[Assumption]
) -> Section:
    listed = min(shortlist.config.outputs.top, len(shortlist.ranking.order))
    changed, left = (found.means[name] for name in ("shortlist_changed", "shortlist_left"))
    said = f"The shortlist is another one in {cell(changed, 'chance')} of these rankings"
    notes = [f"{said}: of the {listed} on it {left:.1f} leave it on average."]
    titles = ["Assumption", "Different\nshortlists"]
    columns = [[_SHORT[one.id] for one in left_open], [f"{one.shortlists:,}" for one in left_open]]
    told = [name for name in MEASURES[1:] if any(name in one.shares for one in left_open)]
    for name in told:
        what = "At all" if name == "shortlist_changed" else "How far"
        titles += [f"{what}:\nalone", f"{what}:\nwith others"]
        pairs = [_both(one.shares.get(name)) for one in left_open]
        columns += [[pair[place] for pair in pairs] for place in (0, 1)]
    if "shortlist_changed" not in told:
        seldom = "it never is" if changed == 0 else "it hardly ever is"
        often = "it always is" if changed == 1 else "it nearly always is"
        why = seldom if changed < 1 / 2 else often
        notes.append(f"What makes it another one can't be told apart: {why}.")
    if told:
        notes.append("At all: whether it is another one. How far: how many leave it.")
        notes = [*_most(_LIST_HANGS[told[-1]], found, told[-1]), *notes]
    return Section(
        "Which assumption changes the shortlist most",
        tuple(notes),
        tuple(titles),
        list(zip(*columns, strict=True)),
        right=frozenset(range(1, len(titles))),
    )


def most_sentences(found: Assumptions) -> Iterator[str]:
    """Say what the ranks hang most on, and what the shortlist does."""
    yield from _most("The ranks hang most on", found, "rank_change")
    shared = {name for one in found.each for name in one.shares}
    for measure in [name for name in MEASURES[1:] if name in shared][-1:]:
        yield from _most(_LIST_HANGS[measure], found, measure)


def _most(start: str, found: Assumptions, measure: str) -> Iterator[str]:
    """Say which assumption has the largest share with others, and which may have as large a one."""
    having = [
        (one.shares[measure], one.id)
        for one in found.each
        if one.left_out is None and measure in one.shares
    ]
    if not having:
        return
    most = max(share.total for share, _ in having)
    least = max(share.total - share.total_within for share, _ in having if share.total == most)
    close = [name for share, name in having if share.total + share.total_within >= least]
    names = " or ".join(_NAMES[name] for name in close)
    yield f"{start} {names}" + (": too close to tell apart." if len(close) > 1 else ".")


def _what_was_done(shortlist: Shortlist, found: Assumptions) -> str:
    of = shortlist.config.robustness
    near = f"within {100 * of.spread:g} % of these" if of.weights == "near" else "any at all"
    return (
        f"The ranking was made {found.rankings:,} times with everything below left open at once: "
        f"weights {near}, withheld figures between their bounds, and every other way to score, "
        "one as likely as another. A sector then lies "
        f"{found.means['rank_change']:.1f} ranks from its present one on average."
    )


def _left_out(found: Assumptions) -> Iterator[str]:
    gone = [f"{_NAMES[one.id]} ({one.left_out})" for one in found.each if one.left_out]
    if gone:
        yield f"Left out, as it can change nothing here: {'; '.join(gone)}."
    scales = next(one for one in found.each if one.id == "scale")
    if found.scales_left_out and scales.left_out is None:
        whys = "; ".join(dict.fromkeys(found.scales_left_out.values()))
        yield f"Not tried: the scales {', '.join(found.scales_left_out)} ({whys})."


def _both(share: Share | None) -> tuple[str, str]:
    if share is None:
        return "–", "–"
    return (
        _estimate(share.first, share.first_within),
        _estimate(share.total, share.total_within),
    )


def _estimate(share: float, within: float) -> str:
    """Return whole percent between 0 and 100; an estimate may come out just beyond either."""
    percent = f"{min(max(100 * share, 0.0), 100.0):.0f}"
    return f"{'~0' if percent == '0' else percent} % ± {max(1.0, 100 * within):.0f}"


def assumptions_record(found: Assumptions | None) -> Record | None:
    """Return the same as plain dictionaries, unrounded."""
    if found is None:
        return None
    return {
        "samples": found.samples,
        "rankings": found.rankings,
        "means": {name: number(mean) for name, mean in found.means.items()},
        "each": [
            {
                "id": one.id,
                "choices": one.choices,
                "rankings": one.rankings,
                "shortlists": one.shortlists,
                **{name: _share(one.shares.get(name)) for name in MEASURES},
                "left_out": one.left_out,
            }
            for one in found.each
        ],
        "scales_left_out": dict(found.scales_left_out),
    }


def _share(share: Share | None) -> Record | None:
    if share is None:
        return None
    return {
        "first_order": number(share.first),
        "first_order_within": number(share.first_within),
        "total_order": number(share.total),
        "total_order_within": number(share.total_within),
    }
