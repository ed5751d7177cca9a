"""The page's file: template, style, script and chart library put into one."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

import sectorscan
from sectorscan.reports import method, view
from sectorscan.reports.html import content
from sectorscan.reports.html.figures import figures
from sectorscan.reports.html.model import arithmetic, groups, movable
from sectorscan.reports.html.pictures import Picture, drawings, pictures
from sectorscan.reports.html.plan import plan
from sectorscan.reports.json_text import Record
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

HERE = Path(__file__).parent
STYLE = "page.css"
LIBRARY = "vega.js"
SCRIPTS = ("score.js", "table.js", "figures.js", "charts.js", "page.js")
"""Run as one script, in this order."""

_NUMBER_AND_SIGN = re.compile(r"(?<=\d) (?=%)")
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def to_html(shortlist: Shortlist) -> str:
    """Return the whole page; every text in it is escaped where it stands."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_held,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    drawn = pictures(shortlist)
    library = _source(LIBRARY) if drawn else ""
    script = _script()
    style = _source(STYLE)
    return environment.get_template("page.html.j2").render(
        # Ours, and the same for every page; the policy admits these texts and nothing else.
        style=Markup(style),  # noqa: S704
        scripts=[Markup(text) for text in (library, script) if text],  # noqa: S704
        policy=policy(style, [text for text in (library, script) if text]),
        model=Markup(json_in_script(_model(shortlist, drawn))),  # noqa: S704
        **_shown(shortlist, drawn),
    )


def _held(value: object) -> object:
    """Return text whose numbers keep their percent sign on the same line."""
    return _NUMBER_AND_SIGN.sub("\u00a0", value) if type(value) is str else value


def policy(style: str, scripts: Iterable[str]) -> str:
    """Return the content security policy: these very texts, and no address at all."""
    allowed = " ".join(_digest(text) for text in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def json_in_script(record: Record) -> str:
    """Return JSON that can't end the element it stands in: no ``<``, ``>`` or ``&``."""
    text = json.dumps(record, allow_nan=False, separators=(",", ":"))
    return text.translate(_IN_SCRIPT)


def _source(name: str) -> str:
    # A checkout on Windows may have other line ends; the bytes of the page don't depend on it.
    return (HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _script() -> str:
    body = "\n".join(_source(name) for name in SCRIPTS)
    return f'\n(function () {{\n"use strict";\n{body}}})();\n'


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
        "version": sectorscan.__version__,
    }
