"""A page's one file: template, style, scripts and chart library put together."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import sectorscan
from sectorscan.reports.json_text import Record

HERE = Path(__file__).parent
STYLE = "page.css"
LIBRARY = "vega.js"

_NUMBER_AND_SIGN = re.compile(r"(?<=\d) (?=%)")
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def assembled(
    template: str,
    shown: Record,
    model: Record,
    scripts: Sequence[str],
    *,
    library: bool,
    styles: Sequence[str] = (STYLE,),
) -> str:
    """Return a whole page; every text in it is escaped where it stands.

    ``shown`` is what the template places, ``model`` what the scripts read, as JSON. ``scripts`` run
    as one, in their order; ``library`` puts the chart library before them. ``styles`` are one, too.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=held,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts = [*([_source(LIBRARY)] if library else []), _script(scripts)]
    style = "\n".join(_source(name) for name in styles)
    return environment.get_template(template).render(
        # Ours, and the same for every page; the policy admits these texts and nothing else.
        style=Markup(style),  # noqa: S704
        scripts=[Markup(text) for text in texts],  # noqa: S704
        policy=policy(style, texts),
        model=Markup(json_in_script(model)),  # noqa: S704
        version=sectorscan.__version__,
        **shown,
    )


def held(value: object) -> object:
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


def _script(names: Sequence[str]) -> str:
    body = "\n".join(_source(name) for name in names)
    return f'\n(function () {{\n"use strict";\n{body}}})();\n'
