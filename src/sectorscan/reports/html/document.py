"""The shortlist's page: what the template places and what its scripts read."""

from __future__ import annotations

from sectorscan.reports import method, view
from sectorscan.reports.html import content
from sectorscan.reports.html.assembly import assembled
from sectorscan.reports.html.figures import figures
from sectorscan.reports.html.model import arithmetic, groups, movable
from sectorscan.reports.html.pictures import Picture, drawings, pictures
from sectorscan.reports.html.plan import plan
from sectorscan.reports.json_text import Record
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

SCRIPTS = ("score.js", "table.js", "figures.js", "charts.js", "contributions.js", "page.js")
"""Run as one script, in this order."""


def to_html(shortlist: Shortlist) -> str:
    """Return the whole page; every text in it is escaped where it stands."""
    drawn = pictures(shortlist)
    shown, model = _shown(shortlist, drawn), _model(shortlist, drawn)
    return assembled("page.html.j2", shown, model, SCRIPTS, library=bool(drawn))


def _model(shortlist: Shortlist, drawn: tuple[Picture, ...]) -> Record:
    return {
        **arithmetic(shortlist),
        "keys": content.keys(shortlist),
        "names": [candidate.name for candidate in movable(shortlist)],
        "labels": [candidate.label for candidate in movable(shortlist)],
        "figures": figures(shortlist),
        "charts": drawings(drawn),
    }


def _shown(shortlist: Shortlist, drawn: tuple[Picture, ...]) -> Record:
    """Return what the template places."""
    return {
        "kind": "Sector shortlist",
        "first": "ranking",
        "region": plain(shortlist.ranking.indicators.panel.region_name),
        "banner": view.SYNTHETIC_BANNER if shortlist.synthetic else "",
        "lead": content.lead(shortlist),
        "facts": view.header(shortlist),
        "columns": content.columns(shortlist),
        "rows": content.rows(shortlist),
        "plan": plan(shortlist),
        "groups": groups(shortlist),
        "tiers": content.tiers(shortlist),
        "pictures": drawn,
        "draws_note": view.draws_note(shortlist),
        "band": lambda candidate: view.band(shortlist, candidate),
        "band_meaning": view.BAND_MEANING if shortlist.robustness else "",
        "range_meaning": view.SCORE_RANGE_MEANING,
        "quadrant_note": view.quadrant_note(shortlist),
        "profiles": content.profiles(shortlist),
        "ledger": content.ledger(shortlist),
        "cautions": [plain(text) for text in (*shortlist.cautions, *shortlist.notes)],
        "weights": method.weights(shortlist),
        "settings": method.settings(shortlist),
        "inputs": shortlist.inputs,
        "shown": view.shown,
        "plain": plain,
    }
