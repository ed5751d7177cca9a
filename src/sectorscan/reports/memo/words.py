"""What the memo says: the question, what the ranking depends on, what isn't known, the motion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sectorscan.advice.readiness import is_blocked
from sectorscan.readiness.cautions import in_short
from sectorscan.reports import view
from sectorscan.reports.charts.contributions import group_words, groups
from sectorscan.reports.plan_view import rated_plan
from sectorscan.reports.readiness import is_rated
from sectorscan.reports.settings import settings
from sectorscan.reports.text import plain
from sectorscan.reports.words import ESTIMATED, cell
from sectorscan.scan.model import Shortlist
from sectorscan.sources.scope import listed

FIRM = 0.95
"""A sector that is on the list in this share of the draws, or more, is called firm."""
MOST_CAUTIONS, MOST_BESIDE_A_PLAN = 4, 2
"""So many are told, fewer where a launch order takes their room on the two pages."""
_MOST_CHALLENGERS = 3
_MOST_OWN = 2


def region(shortlist: Shortlist) -> str:
    """Return the region's name."""
    return plain(shortlist.ranking.indicators.panel.region_name)


def on_the_list(shortlist: Shortlist) -> list[view.Candidate]:
    """Return the shortlist, best first."""
    return [candidate for candidate in view.ranked(shortlist) if candidate.shortlisted]


def asked(shortlist: Shortlist) -> Iterator[str]:
    """Yield what was asked, of whom, and by which weights."""
    ranked, unranked = len(view.ranked(shortlist)), len(view.unranked(shortlist))
    rest = f"; {unranked} can't be ranked or are kept out by a rule" if unranked else ""
    yield (
        f"Which sectors of {region(shortlist)} merit a regional partnership first? "
        f"{ranked + unranked} candidate sectors were compared: {ranked} are ranked{rest}. The "
        f"first {len(on_the_list(shortlist))} are the shortlist."
    )
    yield f"{' '.join(settings(shortlist))} {_weights(shortlist)}"


def _weights(shortlist: Shortlist) -> str:
    names = groups(shortlist)
    criteria = shortlist.ranking.matrix.criteria
    shares = [sum(c.weight for c in criteria if c.group == name) for name in names]
    told = [
        f"{word} {cell(share, 'share')}"
        for word, share in zip(group_words(names), shares, strict=True)
    ]
    return f"What counts, and how much: {', '.join(told)}."


def about(candidate: view.Candidate) -> str:
    """Return the paragraph on one sector; its rank stands in the table, its points in the bars."""
    return view.paragraph([one for one in candidate.advice.summary if "rank" not in one.facts])


def ready(shortlist: Shortlist, candidate: view.Candidate) -> tuple[str, str] | None:
    """Return a sector's tier, readiness score and what blocks a launch, None where nobody rated it.

    Where raters differ is among the cautions.
    """
    tier = shortlist.ranking.tier[candidate.index]
    if tier is None or not is_rated(shortlist, candidate):
        return None
    standing = shortlist.standings[view.verbatim_id(shortlist, candidate)]
    said = candidate.advice.readiness[: 1 + is_blocked(standing)]
    return f"{tier.capitalize()}:", view.paragraph(said)


def against(candidate: view.Candidate) -> str:
    """Return the first of what speaks against a sector, and the first caution on its figures."""
    advice = candidate.advice
    return view.paragraph([*advice.concerns[:_MOST_OWN], *advice.cautions[:1]])


def depends(shortlist: Shortlist) -> Iterator[str]:
    """Yield how firm the shortlist is, from the draws."""
    chosen = on_the_list(shortlist)
    if shortlist.robustness is None or not chosen:
        yield "No random draws were made, so how firm the ranks are isn't known."
        return
    yield view.draws_note(shortlist)
    first = view.robust(shortlist, chosen[0], "p_first")
    yield f"{chosen[0].name} comes first in {view.shown(first, 'chance')} of the draws."
    firm = [c for c in chosen if (view.robust(shortlist, c, "p_top") or 0) >= FIRM]
    other = [c for c in chosen if c not in firm]
    if firm:
        names = "; ".join(_chance(shortlist, c) for c in firm)
        yield f"Firmly on the shortlist (in {cell(FIRM, 'chance')} of the draws or more): {names}."
    if other:
        yield f"Less firmly: {'; '.join(_chance(shortlist, c) for c in other)}."
    rivals = _challengers(shortlist)
    if rivals:
        names = "; ".join(_chance(shortlist, c) for c in rivals)
        yield f"Likeliest to take a place instead: {names}."
    else:
        yield "No other sector is on the shortlist in any draw."


def _chance(shortlist: Shortlist, c: view.Candidate) -> str:
    return f"{c.name} {view.shown(view.robust(shortlist, c, 'p_top'), 'chance')}"


def _challengers(shortlist: Shortlist) -> list[view.Candidate]:
    """Return the sectors beyond the shortlist that are on it in most draws."""
    others = [
        (view.robust(shortlist, c, "p_top") or 0.0, c)
        for c in (*view.ranked(shortlist), *view.unranked(shortlist))
        if not c.shortlisted
    ]
    likely = sorted((pair for pair in others if pair[0] > 0), key=lambda pair: -pair[0])
    return [c for _, c in likely[:_MOST_CHALLENGERS]]


def unknown(shortlist: Shortlist) -> Iterator[str]:
    """Yield what isn't known: withheld and missing figures, readiness, the run's cautions."""
    end = shortlist.ranking.indicators.panel.end
    if end is not None and shortlist.estimated_share is None:
        yield f"How many of the {end} jobs are estimated is not known."
    elif end is not None and shortlist.estimated_share:
        told = view.estimated(shortlist, end)
        yield f"{told[:1].upper()}{told[1:]}."
    yield from _scored_on_less(shortlist)
    yield from _unrated(shortlist)
    most = MOST_CAUTIONS if shortlist.readiness is None else MOST_BESIDE_A_PLAN
    for caution in _weightiest_first(shortlist)[:most]:
        text = plain(caution)
        yield text if text.endswith(".") else f"{text}."
    more = len(shortlist.cautions) - most
    if more > 0:
        noun = "caution stands" if more == 1 else "cautions stand"
        yield f"{more} more {noun} in the workbook (--out FILE.xlsx)."


def _weightiest_first(shortlist: Shortlist) -> list[str]:
    """Return the cautions, those on people's ratings first: a board can do something about them."""
    if shortlist.readiness is None:
        return list(shortlist.cautions)
    own = in_short(shortlist.readiness, shortlist.ranking.indicators.sectors)
    return sorted(shortlist.cautions, key=lambda caution: caution not in own)


def _unrated(shortlist: Shortlist) -> Iterator[str]:
    chosen = on_the_list(shortlist)
    unrated = [c.name for c in chosen if not is_rated(shortlist, c)]
    if unrated:
        whose = "" if len(unrated) == len(chosen) else f" for {listed(unrated, 8)}"
        yield (
            f"Whether employers, champions and a convener are ready isn't known{whose}: only the "
            "economic case was looked at."
        )


def _scored_on_less(shortlist: Shortlist) -> Iterator[str]:
    partly = [c for c in on_the_list(shortlist) if shortlist.ranking.coverage[c.index] < 1 - 1e-9]
    if partly:
        told = [
            f"{c.name} ({cell(float(shortlist.ranking.coverage[c.index]), 'share')})"
            for c in partly
        ]
        yield f"Scored on part of the weight, as some figures are missing: {listed(told, 8)}."


def motion(shortlist: Shortlist) -> str:
    """Return the motion to adopt the shortlist, and to begin with what is ready first."""
    chosen = on_the_list(shortlist)
    names = "; ".join(f"{c.rank}{'=' if c.tied else ''}. {c.name}" for c in chosen)
    sectors = "this sector" if len(chosen) == 1 else f"these {len(chosen)} sectors, in this order,"
    return (
        f"that the board adopt {sectors} as the shortlist for regional sector partnerships in "
        f"{region(shortlist)}: {names}{_beginning(shortlist)}."
    )


def _beginning(shortlist: Shortlist) -> str:
    """Return with which sector to begin; blank where none is ready, or nobody rated any."""
    found = rated_plan(shortlist)
    first = found.order.first if found else None
    if first is None:
        return ""
    by = f", convened by {plain(first.convener)}" if first.convener else ", once a convener agrees"
    return f"; and begin with {plain(first.contender.title)}{by}"


COLUMNS = ("Rank", "Sector", "Jobs", "Location quotient", "Job growth, %/year",
           "Average annual pay", "Score, 0 to 100", "Likely ranks", "On the list")  # fmt: skip
WIDTHS = (0.45, 2.1, 0.65, 0.7, 0.6, 0.75, 0.55, 0.55, 0.65)
_FIGURES = (
    ("employment", "jobs"),
    ("location_quotient", "ratio"),
    ("employment_cagr_pct", "%/year"),
    ("avg_annual_pay", "USD/year"),
)
TABLE_MEANING = (
    f"{ESTIMATED} rests on withheld figures, estimated. Location quotient 1: as concentrated as "
    "in the benchmark. Likely ranks: in nine of ten draws. On the list: in how many of the draws."
)


def table_rows(shortlist: Shortlist) -> list[Sequence[str]]:
    """Return the shortlist's rows as text."""
    return [_row(shortlist, candidate) for candidate in on_the_list(shortlist)]


def _row(shortlist: Shortlist, c: view.Candidate) -> tuple[str, ...]:
    figures = (
        (ESTIMATED if view.is_estimated(shortlist, name, c.index) else "")
        + view.shown(view.figure(shortlist, name, c.index), unit).removesuffix(" %")
        for name, unit in _FIGURES
    )
    return (
        f"{c.rank}{'=' if c.tied else ''}",
        c.name,
        *figures,
        view.shown(float(shortlist.ranking.score[c.index]), "score"),
        view.likely_ranks(shortlist, c),
        view.shown(view.robust(shortlist, c, "p_top"), "chance"),
    )
